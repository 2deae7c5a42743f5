//===-- Train.cpp - an inference model becomes a training program ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Random.h"
#include "dialects/Tenon/Reduce.h"
#include "dialects/Tenon/State.h"
#include "lib/Transforms/Train/Loss.h"
#include "lib/Transforms/Train/Optimizer.h"
#include "lib/Transforms/Train/Parameters.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace tenon;

namespace {

RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

/// Where in the program a copy of the model stands.
enum class Mode { Inference, Training };

struct Variable {
  VariableOp op;
  std::string tensor; ///< of the model's file; empty for what it has not
  RankedTensorType type;
  ParameterAttr role;   ///< null for what is no parameter or statistic
  Value modelValue;     ///< the model's constant, for --init=keep
  bool ofModel = false; ///< a parameter or statistic: inference reads it
};

class TrainingProgram {
public:
  TrainingProgram(ModuleOp module, const TrainOptions &options)
      : module(module), options(options), b(module.getContext()),
        model(module.lookupSymbol<func::FuncOp>("main")), loc(model.getLoc()) {}

  LogicalResult run();

private:
  LogicalResult declareVariables();
  LogicalResult checkStatistics();
  LogicalResult checkShared();
  Variable &declare(StringRef name, VariableKind kind, RankedTensorType type);
  void buildLossFunction();
  void buildStep();
  void buildEval();
  void buildInit();
  void buildInference();

  /// Starts a function: variables, then inputs, then (with `labels`) labels.
  /// Names go to tenon.input_names.
  func::FuncOp begin(StringRef name, ArrayRef<size_t> variables, bool inputs,
                     bool labels);
  /// Ends it: outputs by name, then variables.
  void finish(func::FuncOp function,
              ArrayRef<std::pair<StringRef, Value>> outputs,
              ArrayRef<std::pair<size_t, Value>> written);
  /// Copies the model's body; variables of the model stand for its constants.
  /// `key` drives dropout; batch statistics, where training uses them, are
  /// appended to `statistics` in order of their variables.
  IRMapping copyModel(ValueRange variables, ValueRange inputs, Mode mode,
                      Value key, SmallVectorImpl<Value> *statistics);
  Value sumOfSquares(Value v);
  double fanOf(const Variable &v);
  Value initialValue(const Variable &v, Value key);
  Value keyFor(Value key, StringRef name);
  Value scalar(Type element, double value) {
    return ConstantOp::splat(b, loc, RankedTensorType::get({}, element), value);
  }
  SmallVector<size_t> where(llvm::function_ref<bool(const Variable &)> wanted) {
    SmallVector<size_t> found;
    for (auto [i, v] : llvm::enumerate(variables))
      if (wanted(v))
        found.push_back(i);
    return found;
  }
  SmallVector<size_t> ofModel() {
    return where([](const Variable &v) { return v.ofModel; });
  }
  Type ui64() { return b.getIntegerType(64, /*isSigned=*/false); }

  ModuleOp module;
  const TrainOptions &options;
  OpBuilder b;
  func::FuncOp model;
  Location loc;
  TrainedOutput output;
  std::vector<Variable> variables;
  llvm::StringMap<size_t> byTensor; ///< variables of the model by tensor name
  SmallVector<size_t> parameters;   ///< into variables
  SmallVector<size_t> statistics;   ///< into variables: mean, variance, ...
  SmallVector<SmallVector<size_t>> slots; ///< of each parameter
  size_t counter = 0, seed = 0;
  bool hasDropout = false;
  func::FuncOp lossFunction;
};

} // namespace

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

static constexpr llvm::StringLiteral kFunctions[] = {
    "main", "step", "eval", "init", "tenon_loss", "tenon_main"};

Variable &TrainingProgram::declare(StringRef name, VariableKind kind,
                                   RankedTensorType type) {
  // Tensors of a model may have any name, those of our functions too.
  std::string symbol = name.str();
  for (unsigned i = 1;
       llvm::is_contained(kFunctions, symbol) || module.lookupSymbol(symbol);
       ++i)
    symbol = (name + "_" + Twine(i)).str();
  b.setInsertionPoint(model);
  Variable v;
  v.op = VariableOp::create(b, loc, symbol, kind, type, StringAttr(),
                            IntegerAttr());
  v.type = type;
  variables.push_back(v);
  return variables.back();
}

LogicalResult TrainingProgram::declareVariables() {
  auto candidates = listParameters(module, options);
  if (!candidates)
    return model.emitError(llvm::toString(candidates.takeError()));
  if (failed(checkStatistics()))
    return failure();
  // Statistics are state only where the batch's own take their place.
  llvm::StringSet<> running; // by tensor name
  if (options.batchStatistics)
    model.walk([&](BatchNormOp op) {
      for (Value v : {op.getMean(), op.getVariance()})
        if (auto constant = v.getDefiningOp<ConstantOp>())
          running.insert(tensorName(constant));
    });
  for (ParameterCandidate &c : *candidates) {
    bool statistic = running.contains(c.name);
    if (!c.trainable && !statistic)
      continue;
    byTensor[c.name] = variables.size();
    (statistic ? statistics : parameters).push_back(variables.size());
    Variable &v = declare(
        c.name, statistic ? VariableKind::Statistic : VariableKind::Parameter,
        c.type);
    v.op.setSource(c.name);
    v.tensor = c.name;
    v.role = c.role;
    v.ofModel = true;
  }
  if (parameters.empty())
    return model.emitError("the model has no parameters to train; "
                           "--list-params prints why");
  model.walk([&](ConstantOp constant) {
    auto it = byTensor.find(tensorName(constant));
    if (it != byTensor.end() && !variables[it->second].modelValue)
      variables[it->second].modelValue = constant;
  });
  if (failed(checkShared()))
    return failure();
  for (size_t p : parameters) {
    auto &own = slots.emplace_back();
    for (StringRef slot : Optimizer::slots(options)) {
      own.push_back(variables.size());
      std::string name = (slot + ":" + variables[p].tensor).str();
      declare(name, VariableKind::Optimizer, variables[p].type);
    }
  }
  counter = variables.size();
  declare("tenon.step", VariableKind::Counter,
          RankedTensorType::get({}, b.getI64Type()));
  model.walk([&](DropoutOp) { hasDropout = true; });
  if (hasDropout) {
    seed = variables.size();
    declare("tenon.seed", VariableKind::Counter,
            RankedTensorType::get({}, ui64()));
  }
  return success();
}

/// With batch statistics, each batch norm has running ones of its own.
LogicalResult TrainingProgram::checkStatistics() {
  if (!options.batchStatistics)
    return success();
  llvm::StringMap<BatchNormOp> owners;
  WalkResult walk = model.walk([&](BatchNormOp op) -> WalkResult {
    for (Value v : {op.getMean(), op.getVariance()}) {
      auto constant = v.getDefiningOp<ConstantOp>();
      if (!constant || tensorName(constant).empty())
        return op.emitError("batch statistics replace a mean and a variance "
                            "that are tensors of the model, and these are "
                            "computed; use --bn=frozen");
      auto [owner, first] = owners.try_emplace(tensorName(constant), op);
      if (first)
        continue;
      InFlightDiagnostic d =
          op.emitError("two batch norms have the statistic '")
          << tensorName(constant) << "', and training gives each its own";
      d.attachNote(owner->second.getLoc())
          << "export the model without merging equal tensors, or use "
             "--bn=frozen";
      return d;
    }
    return WalkResult::advance();
  });
  return failure(walk.wasInterrupted());
}

/// Exporters merge equal tensors: zeros may be a bias here and a mean there, of
/// which training changes one. Where that matters, the file cannot say so.
LogicalResult TrainingProgram::checkShared() {
  WalkResult walk = model.walk([&](ConstantOp constant) -> WalkResult {
    auto it = byTensor.find(tensorName(constant));
    auto role = constant->getAttrOfType<ParameterAttr>(kParameterAttr);
    if (it == byTensor.end() || !role)
      return WalkResult::advance();
    const Variable &v = variables[it->second];
    bool sameUse = isStatistic(role.getRole()) == isStatistic(v.role.getRole());
    if (sameUse &&
        constant.getType().getNumElements() == v.type.getNumElements())
      return WalkResult::advance();
    InFlightDiagnostic d =
        constant.emitError("tensor '")
        << it->first() << "' is " << stringifyParameterRole(v.role.getRole())
        << " of " << v.role.getNode() << " and "
        << stringifyParameterRole(role.getRole()) << " of " << role.getNode()
        << (sameUse ? ", of which one has a new head"
                    : ", of which training changes one");
    d.attachNote() << "give each a tensor of its own when the model is "
                      "exported, or leave it as it is by --freeze";
    return d;
  });
  return failure(walk.wasInterrupted());
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

func::FuncOp TrainingProgram::begin(StringRef name, ArrayRef<size_t> read,
                                    bool inputs, bool labels) {
  SmallVector<Type> types;
  SmallVector<Attribute> names;
  for (size_t i : read) {
    types.push_back(variables[i].type);
    names.push_back(b.getStringAttr(variables[i].op.getSymName()));
  }
  if (inputs) {
    llvm::append_range(types, model.getArgumentTypes());
    llvm::append_range(names,
                       model->getAttrOfType<ArrayAttr>("tenon.input_names"));
  }
  if (labels) {
    types.push_back(output.labels);
    names.push_back(b.getStringAttr(output.labelsName));
  }
  b.setInsertionPoint(model);
  auto function =
      func::FuncOp::create(b, loc, name, b.getFunctionType(types, {}));
  function->setAttr("tenon.input_names", b.getArrayAttr(names));
  for (auto [position, i] : llvm::enumerate(read))
    function.setArgAttr(
        position, kVariableAttr,
        FlatSymbolRefAttr::get(variables[i].op.getSymNameAttr()));
  b.setInsertionPointToStart(function.addEntryBlock());
  return function;
}

void TrainingProgram::finish(func::FuncOp function,
                             ArrayRef<std::pair<StringRef, Value>> outputs,
                             ArrayRef<std::pair<size_t, Value>> written) {
  SmallVector<Value> values;
  SmallVector<Attribute> names;
  for (auto [name, v] : outputs) {
    values.push_back(v);
    names.push_back(b.getStringAttr(name));
  }
  for (auto [i, v] : written) {
    values.push_back(v);
    names.push_back(b.getStringAttr(variables[i].op.getSymName()));
  }
  func::ReturnOp::create(b, loc, values);
  function.setType(b.getFunctionType(function.getArgumentTypes(),
                                     ValueRange(values).getTypes()));
  function->setAttr("tenon.output_names", b.getArrayAttr(names));
  for (auto [k, pair] : llvm::enumerate(written))
    function.setResultAttr(
        outputs.size() + k, kVariableAttr,
        FlatSymbolRefAttr::get(variables[pair.first].op.getSymNameAttr()));
}

Value TrainingProgram::keyFor(Value key, StringRef name) {
  auto type = RankedTensorType::get({}, ui64());
  Value id = ConstantOp::create(
      b, loc, DenseElementsAttr::get(type, APInt(64, llvm::xxh3_64bits(name))));
  return FoldInOp::create(b, loc, key, id);
}

IRMapping TrainingProgram::copyModel(ValueRange modelVariables,
                                     ValueRange inputs, Mode mode, Value key,
                                     SmallVectorImpl<Value> *batch) {
  IRMapping map;
  map.map(model.getArguments(), inputs);
  llvm::StringMap<Value> variable;
  for (auto [i, v] : llvm::zip(ofModel(), modelVariables))
    variable[variables[i].tensor] = v;
  llvm::StringMap<Value> measured; // batch statistics by tensor name
  size_t number = 0;
  for (Operation &op : model.getBody().front().without_terminator()) {
    ++number;
    auto constant = dyn_cast<ConstantOp>(op);
    if (Value v = constant ? variable.lookup(tensorName(constant)) : Value()) {
      if (v.getType() != constant.getType())
        v = ReshapeOp::create(b, op.getLoc(), constant.getType(), v);
      map.map(constant.getResult(), v);
      continue;
    }
    auto dropout = dyn_cast<DropoutOp>(op);
    if (dropout && mode == Mode::Training) {
      Value own = keyFor(key, (dropout.getId() + "#" + Twine(number)).str());
      map.map(dropout.getResult(),
              DropoutTrainOp::create(b, op.getLoc(), map.lookup(dropout.getX()),
                                     own, dropout.getRatio()));
      continue;
    }
    auto norm = dyn_cast<BatchNormOp>(op);
    auto mean =
        norm ? norm.getMean().getDefiningOp<ConstantOp>() : ConstantOp();
    if (mean && mode == Mode::Training && options.batchStatistics &&
        variable.contains(tensorName(mean))) {
      auto train = BatchNormTrainOp::create(
          b, op.getLoc(), map.lookup(norm.getX()), map.lookup(norm.getScale()),
          map.lookup(norm.getBias()), norm.getEpsilonAttr());
      map.map(norm.getResult(), train.getY());
      measured[tensorName(mean)] = train.getMean();
      measured[tensorName(norm.getVariance().getDefiningOp<ConstantOp>())] =
          train.getVariance();
      continue;
    }
    b.clone(op, map)->removeDiscardableAttr(kParameterAttr);
  }
  if (batch)
    for (size_t i : statistics)
      batch->push_back(measured.lookup(variables[i].tensor));
  return map;
}

void TrainingProgram::buildLossFunction() {
  SmallVector<size_t> read = ofModel();
  lossFunction = begin("tenon_loss", read, true, true);
  lossFunction.setPrivate();
  Block &body = lossFunction.getBody().front();
  Value key;
  if (hasDropout) {
    key = body.addArgument(RankedTensorType::get({}, ui64()), loc);
    lossFunction.setType(b.getFunctionType(body.getArgumentTypes(), {}));
  }
  ValueRange arguments = body.getArguments();
  size_t inputs = model.getNumArguments();
  SmallVector<Value> batch;
  IRMapping map = copyModel(arguments.take_front(read.size()),
                            arguments.slice(read.size(), inputs),
                            Mode::Training, key, &batch);
  LossValues values = buildLoss(b, loc, map.lookup(output.scores),
                                arguments[read.size() + inputs], options);
  SmallVector<Value> results = {values.loss, values.bad};
  if (values.accuracy)
    results.push_back(values.accuracy);
  llvm::append_range(results, batch);
  func::ReturnOp::create(b, loc, results);
  lossFunction.setType(b.getFunctionType(body.getArgumentTypes(),
                                         ValueRange(results).getTypes()));
  // Only entry points say which variables they touch.
  lossFunction.removeArgAttrsAttr();
  lossFunction->removeAttr("tenon.input_names");
}

/// Row by row first: a sum of many elements in one piece is one thread's.
Value TrainingProgram::sumOfSquares(Value v) {
  Value sum = Expr(b, loc, v) * Expr(b, loc, v);
  for (int64_t rank = tensorType(v).getRank(); rank > 0;) {
    int64_t kept = rank > 1 ? 1 : 0;
    SmallVector<int64_t> dims = llvm::to_vector(llvm::seq<int64_t>(kept, rank));
    sum = ReduceSumOp::create(b, loc, sum, dims);
    rank = kept;
  }
  return sum;
}

void TrainingProgram::buildStep() {
  SmallVector<size_t> all = where([](const Variable &) { return true; });
  func::FuncOp step = begin("step", all, true, true);
  ValueRange arguments = step.getBody().front().getArguments();

  SmallVector<Value> inputs;
  for (size_t i : ofModel())
    inputs.push_back(arguments[i]);
  llvm::append_range(inputs, arguments.drop_front(all.size()));
  if (hasDropout) {
    Value t = CastOp::create(b, loc, variables[seed].type, arguments[counter]);
    inputs.push_back(FoldInOp::create(b, loc, arguments[seed], t));
  }
  SmallVector<int64_t> wrt;
  for (auto [position, i] : llvm::enumerate(ofModel()))
    if (llvm::is_contained(parameters, i))
      wrt.push_back(position);
  SmallVector<Type> types(lossFunction.getResultTypes());
  for (size_t p : parameters)
    types.push_back(variables[p].type);
  auto grad = GradOp::create(b, loc, types, "tenon_loss", inputs, wrt);
  Value loss = grad.getResult(0), bad = grad.getResult(1);
  ValueRange rest = grad.getResults().drop_front(2);
  Value accuracy;
  if (options.accuracy) {
    accuracy = rest.front();
    rest = rest.drop_front();
  }
  ValueRange batch = rest.take_front(statistics.size());
  ValueRange gradients = rest.drop_front(statistics.size());

  // Everything that the new values are made of passes the guard.
  Type element = tensorType(loss).getElementType();
  Value norm;
  for (Value g : gradients) {
    Value sum = sumOfSquares(g);
    if (tensorType(sum).getElementType() != element)
      sum = CastOp::create(b, loc, RankedTensorType::get({}, element), sum);
    norm = norm ? Value(AddOp::create(b, loc, norm, sum)) : sum;
  }
  SmallVector<Value> guarded(gradients);
  llvm::append_range(guarded, batch);
  llvm::append_range(guarded, arguments.take_front(all.size()));
  auto guard = GuardOp::create(b, loc, ValueRange(guarded).getTypes(), loss,
                               norm, bad, guarded);
  ValueRange good = guard.getResults().take_front(gradients.size());
  ValueRange goodBatch =
      guard.getResults().slice(gradients.size(), batch.size());
  ValueRange old = guard.getResults().take_back(all.size());

  SmallVector<std::pair<size_t, Value>> written;
  Value next = AddOp::create(b, loc, old[counter], scalar(b.getI64Type(), 1));
  Optimizer optimizer(b, loc, options, next);
  for (auto [k, p] : llvm::enumerate(parameters)) {
    SmallVector<Value> own;
    for (size_t s : slots[k])
      own.push_back(old[s]);
    SmallVector<Value> updated = optimizer.update(old[p], good[k], own);
    written.push_back({p, updated[0]});
    for (auto [s, v] : llvm::zip(slots[k], ArrayRef(updated).drop_front()))
      written.push_back({s, v});
  }
  for (auto [k, s] : llvm::enumerate(statistics)) {
    Expr before(b, loc, old[s]), now(b, loc, goodBatch[k]);
    double keep = options.statisticMomentum;
    written.push_back({s, before * keep + now * (1 - keep)});
  }
  written.push_back({counter, next});
  SmallVector<std::pair<StringRef, Value>> outputs = {{"loss", loss}};
  if (accuracy)
    outputs.push_back({"accuracy", accuracy});
  finish(step, outputs, written);
}

void TrainingProgram::buildEval() {
  SmallVector<size_t> read = ofModel();
  func::FuncOp eval = begin("eval", read, true, true);
  ValueRange arguments = eval.getBody().front().getArguments();
  IRMapping map =
      copyModel(arguments.take_front(read.size()),
                arguments.slice(read.size(), model.getNumArguments()),
                Mode::Inference, Value(), nullptr);
  LossValues values =
      buildLoss(b, loc, map.lookup(output.scores), arguments.back(), options);
  SmallVector<std::pair<StringRef, Value>> outputs = {{"loss", values.loss}};
  if (values.accuracy)
    outputs.push_back({"accuracy", values.accuracy});
  outputs.push_back({"count", values.count});
  finish(eval, outputs, {});
}

/// What the variance of a fresh weight is 2 over.
double TrainingProgram::fanOf(const Variable &v) {
  double in = std::max<int64_t>(1, v.role.getFanIn());
  if (options.init != Initializer::Xavier || v.type.getRank() < 2)
    return in;
  // A kernel's outputs share its window, as its inputs do.
  double elements = v.type.getNumElements();
  double out = elements / v.type.getDimSize(0);
  if (v.type.getRank() == 2 || out == in)
    out = elements / (v.type.getRank() == 2 ? in : v.type.getDimSize(1));
  return in + out;
}

Value TrainingProgram::initialValue(const Variable &v, Value key) {
  if (!v.ofModel)
    return ConstantOp::splat(b, loc, v.type, 0);
  Operation *source = v.modelValue.getDefiningOp();
  if (auto fresh = source->getAttrOfType<IntegerAttr>(kFreshAttr))
    key = keyFor(key, "head " + std::to_string(fresh.getInt()));
  else if (options.init == Initializer::Keep) {
    Operation *copy = b.clone(*source);
    copy->removeDiscardableAttr(kParameterAttr);
    return b.createOrFold<ReshapeOp>(loc, v.type, copy->getResult(0));
  }
  switch (v.role.getRole()) {
  case ParameterRole::Weight:
  case ParameterRole::Table: {
    Expr normal(b, loc,
                RandomNormalOp::create(
                    b, loc, v.type,
                    keyFor(key, const_cast<VariableOp &>(v.op).getSymName())));
    return normal * std::sqrt(2.0 / fanOf(v));
  }
  case ParameterRole::Scale:
  case ParameterRole::Variance:
    return ConstantOp::splat(b, loc, v.type, 1);
  default:
    return ConstantOp::splat(b, loc, v.type, 0);
  }
}

void TrainingProgram::buildInit() {
  func::FuncOp init = begin("init", {}, false, false);
  Block &body = init.getBody().front();
  Value given = body.addArgument(RankedTensorType::get({}, ui64()), loc);
  init.setType(b.getFunctionType(body.getArgumentTypes(), {}));
  init->setAttr("tenon.input_names", b.getStrArrayAttr({"seed"}));
  Value root = keyFor(given, std::to_string(options.initSeed));
  SmallVector<std::pair<size_t, Value>> written;
  for (auto [i, v] : llvm::enumerate(variables))
    written.push_back({i, hasDropout && i == seed ? keyFor(root, "dropout")
                                                  : initialValue(v, root)});
  finish(init, {}, written);
}

void TrainingProgram::buildInference() {
  SmallVector<size_t> read = ofModel();
  func::FuncOp main = begin("tenon_main", read, true, false);
  ValueRange arguments = main.getBody().front().getArguments();
  IRMapping map = copyModel(arguments.take_front(read.size()),
                            arguments.drop_front(read.size()), Mode::Inference,
                            Value(), nullptr);
  SmallVector<std::pair<StringRef, Value>> outputs;
  Operation *ret = model.getBody().front().getTerminator();
  for (auto [name, v] :
       llvm::zip(model->getAttrOfType<ArrayAttr>("tenon.output_names"),
                 ret->getOperands()))
    outputs.push_back(
        {cast<StringAttr>(name).getValue(), map.lookupOrDefault(v)});
  finish(main, outputs, {});
  model.erase();
  main.setName("main");
}

LogicalResult TrainingProgram::run() {
  FailureOr<TrainedOutput> found = findTrainedOutput(model, options);
  if (failed(found))
    return failure();
  output = *found;
  for (StringRef input : model->getAttrOfType<ArrayAttr>("tenon.input_names")
                             .getAsValueRange<StringAttr>())
    if (input == output.labelsName)
      return model.emitError("the model has an input '")
             << input << "', which is what a step calls what it learns; rename "
             << "the model's";
  if (failed(declareVariables()))
    return failure();
  if (options.loss == LossKind::CrossEntropy)
    module->setAttr("tenon.ignore_label",
                    b.getI64IntegerAttr(options.ignoreLabel));
  if (options.loss == LossKind::CrossEntropy)
    module->setAttr(
        "tenon.label_classes",
        b.getI64IntegerAttr(tensorType(output.scores).getDimSize(1)));
  buildLossFunction();
  buildStep();
  buildEval();
  buildInit();
  buildInference();
  return success();
}

LogicalResult tenon::buildTrainingProgram(ModuleOp module,
                                          const TrainOptions &options) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!main || main.isExternal() || !llvm::hasSingleElement(main.getBody()))
    return module.emitError("the module has no function @main to train");
  for (StringRef names : {"tenon.input_names", "tenon.output_names"})
    if (!main->getAttrOfType<ArrayAttr>(names))
      return main.emitError("has no ") << names;
  for (StringRef taken : ArrayRef(kFunctions).drop_front())
    if (module.lookupSymbol(taken))
      return module.emitError("@")
             << taken << " is there already; a training program brings its own";
  return TrainingProgram(module, options).run();
}
