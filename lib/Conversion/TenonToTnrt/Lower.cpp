//===-- Lower.cpp - planned groups become launches ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Conversion/Passes.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/State.h"
#include "dialects/Tnrt/Tnrt.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/OperationSupport.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"

namespace tenon {
#define GEN_PASS_DEF_CHECKLOWEREDPASS
#define GEN_PASS_DEF_LOWERPASS
#include "tenon/Conversion/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace tenon;

namespace {

/// The canonical text of a kernel: ops, attributes, types and configuration,
/// without locations.
std::string keyOf(GroupOp group) {
  std::string key;
  llvm::raw_string_ostream out(key);
  out << group.getKernelAttr() << '\n';
  for (Type t : group.getBody().getArgumentTypes())
    out << t << ' ';
  AsmState state(group, OpPrintingFlags().useLocalScope());
  for (Operation &op : group.getBody().front())
    op.print(out << '\n', state);
  return key;
}

/// A readable, unique symbol: the nest and the ops, as "conv_add_relu_3".
std::string nameOf(GroupOp group, size_t number) {
  std::string name;
  for (Operation &op : group.getBody().front().without_terminator()) {
    StringRef op_ = op.getName().stripDialect();
    if (op_ == "unpack" || op_ == "broadcast" || op_ == "constant" ||
        name.size() > 40)
      continue;
    name += op_.str() + "_";
  }
  if (name.empty())
    name = "copy_";
  return name + std::to_string(number);
}

int64_t byteSize(Type t) {
  auto tensor = cast<RankedTensorType>(t);
  return tensor.getNumElements() * bytesOf(kindOf(tensor.getElementType()));
}

struct Lower : tenon::impl::LowerPassBase<Lower> {
  void runOnOperation() override {
    kernels.clear(), variables.clear(), weights.clear();
    weightsEnd = 0;
    placeVariables();
    for (func::FuncOp function :
         llvm::to_vector(getOperation().getOps<func::FuncOp>()))
      if (!function.isExternal() && function->hasAttr("tenon.plan"))
        lower(function);
  }

  /// Variables lie side by side in the state block.
  void placeVariables() {
    int64_t end = 0;
    for (auto variable : getOperation().getOps<VariableOp>()) {
      variable.setOffset(end);
      variables[FlatSymbolRefAttr::get(variable)] = end;
      end = llvm::alignTo(end + byteSize(variable.getType()), 64);
    }
  }

  /// The functions' weights follow each other in one section; one that an
  /// earlier function has is not stored again.
  int64_t placeWeight(RecipeOp recipe) {
    for (RecipeOp other : weights[recipe.getType()])
      if (OperationEquivalence::isRegionEquivalentTo(
              &recipe.getBody(), &other.getBody(),
              OperationEquivalence::IgnoreLocations))
        return *other.getOffset();
    int64_t offset = weightsEnd;
    weightsEnd = llvm::alignTo(weightsEnd + byteSize(recipe.getType()), 64);
    weights[recipe.getType()].push_back(recipe);
    return offset;
  }

  void lower(func::FuncOp function) {
    MLIRContext *context = &getContext();
    OpBuilder b(function);
    auto plan = function->getAttrOfType<DictionaryAttr>("tenon.plan");
    auto size = [&](StringRef name) {
      return plan.getAs<IntegerAttr>(name).getInt();
    };
    auto schedule = tnrt::ScheduleOp::create(
        b, function.getLoc(), b.getStringAttr("step_" + function.getName()),
        b.getI64IntegerAttr(size("arena")),
        b.getI64IntegerAttr(size("scratch")),
        b.getI64IntegerAttr(size("stride")),
        b.getI64IntegerAttr(size("max_threads")),
        plan.getAs<DictionaryAttr>("certificate"));
    Block &launches = schedule.getBody().emplaceBlock();

    auto place = [&](tnrt::Space space, int64_t position) -> Attribute {
      return tnrt::BufferAttr::get(context, space, position);
    };
    llvm::DenseMap<Value, Attribute> places;
    Block &body = function.getBody().front();
    int64_t inputs = 0;
    for (BlockArgument a : body.getArguments()) {
      FlatSymbolRefAttr variable =
          variableOfArgument(function, a.getArgNumber());
      places[a] = variable
                      ? place(tnrt::Space::State, variables.lookup(variable))
                      : place(tnrt::Space::Input, inputs++);
    }
    SmallVector<Attribute> results;
    int64_t outputs = 0;
    for (unsigned i = 0; i < function.getNumResults(); ++i) {
      FlatSymbolRefAttr variable = variableOfResult(function, i);
      results.push_back(
          variable ? place(tnrt::Space::State, variables.lookup(variable))
                   : place(tnrt::Space::Output, outputs++));
    }

    for (Operation &op :
         llvm::make_early_inc_range(body.without_terminator())) {
      if (auto recipe = dyn_cast<RecipeOp>(op)) {
        recipe.setOffset(placeWeight(recipe));
        places[recipe] = place(tnrt::Space::Weights, *recipe.getOffset());
      } else if (auto reshape = dyn_cast<ReshapeOp>(op)) {
        places[reshape] = places.lookup(reshape.getX());
      } else if (auto guard = dyn_cast<GuardOp>(op)) {
        for (auto [v, result] :
             llvm::zip(guard.getValues(), guard.getGuarded()))
          places[result] = places.lookup(v);
        b.setInsertionPointToEnd(&launches);
        tnrt::GuardOp::create(
            b, guard.getLoc(),
            TypeAttr::get(cast<RankedTensorType>(guard.getLoss().getType())
                              .getElementType()),
            b.getArrayAttr({places.lookup(guard.getLoss()),
                            places.lookup(guard.getNorm()),
                            places.lookup(guard.getBad())}));
      } else if (auto group = dyn_cast<GroupOp>(op)) {
        SmallVector<Attribute> buffers;
        for (Value v : group.getInputs())
          buffers.push_back(places.lookup(v));
        for (auto [v, offset] :
             llvm::zip(group.getResults(), *group.getOffsets()))
          buffers.push_back(places[v] =
                                offset < 0 ? results[-offset - 1]
                                           : place(tnrt::Space::Arena, offset));
        FlatSymbolRefAttr &kernel = kernels[keyOf(group)];
        if (!kernel) {
          b.setInsertionPoint(schedule);
          auto k = tnrt::KernelOp::create(
              b, group.getLoc(),
              b.getStringAttr(nameOf(group, kernels.size() - 1)),
              group.getKernelAttr());
          k.getBody().takeBody(group.getBody());
          kernel = FlatSymbolRefAttr::get(k);
        }
        b.setInsertionPointToEnd(&launches);
        auto launch = tnrt::LaunchOp::create(
            b, group.getLoc(), kernel,
            b.getI64IntegerAttr(group.getKernel()->getGrid()),
            b.getArrayAttr(buffers));
        if (Attribute again = group->getAttr(kRecomputedAttr))
          launch->setAttr(kRecomputedAttr, again);
      }
    }
    // What is left of the function is its signature and the weights.
    b.setInsertionPoint(schedule);
    function->removeAttr("tenon.plan");
    Operation *end = body.getTerminator();
    end->dropAllReferences();
    end->erase();
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(body)))
      if (!isa<RecipeOp>(op)) {
        op.dropAllUses();
        op.erase();
      }
    b.setInsertionPointToEnd(&body);
    func::ReturnOp::create(b, function.getLoc());
    leaveSignature(function, b);
  }

  /// Inputs stay arguments, outputs become attributes; variables go.
  void leaveSignature(func::FuncOp function, OpBuilder &b) {
    auto names = [&](StringRef attribute) {
      return function->getAttrOfType<ArrayAttr>(attribute);
    };
    SmallVector<Attribute> outputTypes, outputNames, inputNames;
    for (auto [i, type] : llvm::enumerate(function.getResultTypes()))
      if (!variableOfResult(function, i)) {
        outputTypes.push_back(TypeAttr::get(type));
        outputNames.push_back(names("tenon.output_names")[i]);
      }
    llvm::BitVector gone(function.getNumArguments());
    for (unsigned i = 0; i < function.getNumArguments(); ++i) {
      if (variableOfArgument(function, i))
        gone.set(i);
      else
        inputNames.push_back(names("tenon.input_names")[i]);
    }
    function->setAttr("tenon.output_types", b.getArrayAttr(outputTypes));
    function->setAttr("tenon.output_names", b.getArrayAttr(outputNames));
    function->setAttr("tenon.input_names", b.getArrayAttr(inputNames));
    (void)function.eraseArguments(gone);
    function.removeResAttrsAttr();
    function.setType(b.getFunctionType(function.getArgumentTypes(), {}));
  }

  llvm::StringMap<FlatSymbolRefAttr> kernels; ///< by canonical body
  llvm::DenseMap<Attribute, int64_t> variables;
  llvm::DenseMap<Type, SmallVector<RecipeOp>> weights;
  int64_t weightsEnd = 0;
};

} // namespace

//===----------------------------------------------------------------------===//
// The contract
//===----------------------------------------------------------------------===//

namespace {

/// What a schedule's buffers may refer to.
struct Signature {
  SmallVector<Type> inputs, outputs;
  llvm::DenseMap<int64_t, int64_t> weights, variables; ///< bytes by offset
};

} // namespace

/// What is left of a lowered function: its signature and its weights.
static FailureOr<Signature> signatureOf(func::FuncOp function) {
  Signature signature;
  llvm::append_range(signature.inputs, function.getArgumentTypes());
  auto types = function->getAttrOfType<ArrayAttr>("tenon.output_types");
  auto names = function->getAttrOfType<ArrayAttr>("tenon.output_names");
  if (!types || !names || names.size() != types.size() ||
      !llvm::all_of(names, llvm::IsaPred<StringAttr>))
    return function.emitError("lower left no type and name for each output");
  for (Attribute a : types) {
    auto type = dyn_cast<TypeAttr>(a);
    if (!type || !isa<RankedTensorType>(type.getValue()))
      return function.emitError("lower left an output that is no tensor");
    signature.outputs.push_back(type.getValue());
  }
  auto module = function->getParentOfType<ModuleOp>();
  for (auto variable : module.getOps<VariableOp>()) {
    if (!variable.getOffset())
      return variable.emitOpError("has no place in the state block");
    signature.variables[*variable.getOffset()] = byteSize(variable.getType());
  }
  for (Operation &op : function.getBody().front().without_terminator()) {
    auto recipe = dyn_cast<RecipeOp>(op);
    if (!recipe || !recipe.getOffset())
      return op.emitOpError(
          "is left in a lowered function, which holds placed recipes only");
    // One without bytes may lie where another begins.
    int64_t &bytes = signature.weights[*recipe.getOffset()];
    bytes = std::max(bytes, byteSize(recipe.getType()));
  }
  return signature;
}

static LogicalResult checkLaunch(tnrt::LaunchOp launch, tnrt::KernelOp kernel,
                                 tnrt::ScheduleOp schedule,
                                 const Signature &signature) {
  auto config = dyn_cast<KernelAttr>(kernel.getConfig());
  if (!config)
    return kernel.emitError("has no #tenon.kernel");
  if (static_cast<int64_t>(launch.getGrid()) != config.getGrid())
    return launch.emitError("runs ")
           << launch.getGrid() << " tiles of @" << launch.getKernel()
           << ", which has " << config.getGrid();
  if (config.getWorkspace() > static_cast<int64_t>(schedule.getScratchStride()))
    return launch.emitError("needs ")
           << config.getWorkspace()
           << " bytes of scratch a worker, of which there are "
           << schedule.getScratchStride();
  Block &body = kernel.getBody().front();
  SmallVector<Type> types(body.getArgumentTypes());
  size_t reads = types.size();
  llvm::append_range(types, body.getTerminator()->getOperandTypes());
  if (launch.getBuffers().size() != types.size())
    return launch.emitError("gives ")
           << launch.getBuffers().size() << " buffers to @"
           << launch.getKernel() << ", which takes " << types.size();
  for (auto [i, attribute, type] :
       llvm::enumerate(launch.getBuffers(), types)) {
    auto buffer = cast<tnrt::BufferAttr>(attribute);
    int64_t at = buffer.getPosition(), bytes = byteSize(type);
    bool fits = false;
    switch (buffer.getSpace()) {
    case tnrt::Space::Arena:
      fits = at >= 0 &&
             bytes <= static_cast<int64_t>(schedule.getScratchOffset()) - at;
      break;
    case tnrt::Space::Weights: {
      auto weight = signature.weights.find(at);
      fits = i < reads && weight != signature.weights.end() &&
             weight->second >= bytes;
      break;
    }
    case tnrt::Space::State: {
      auto variable = signature.variables.find(at);
      fits = variable != signature.variables.end() && variable->second == bytes;
      break;
    }
    case tnrt::Space::Input:
      fits = i < reads && at >= 0 &&
             at < static_cast<int64_t>(signature.inputs.size()) &&
             byteSize(signature.inputs[at]) == bytes;
      break;
    case tnrt::Space::Output:
      fits = at >= 0 && at < static_cast<int64_t>(signature.outputs.size()) &&
             byteSize(signature.outputs[at]) == bytes;
      break;
    }
    if (!fits)
      return launch.emitError("buffer ")
             << i << ", " << attribute << ", has no room for " << type
             << (i < reads ? " to read" : " to write");
  }
  return success();
}

/// What a guard reads are two floats and an index, of this step's making.
static LogicalResult checkGuard(tnrt::GuardOp guard,
                                tnrt::ScheduleOp schedule) {
  if (!guard.getElementType().isF32() && !guard.getElementType().isF64())
    return guard.emitError("needs a loss of f32 or f64, not ")
           << guard.getElementType();
  if (guard.getBuffers().size() != 3)
    return guard.emitError("needs three buffers: loss, norm and bad label");
  for (Attribute a : guard.getBuffers()) {
    auto buffer = cast<tnrt::BufferAttr>(a);
    if (buffer.getSpace() == tnrt::Space::Arena &&
        (buffer.getPosition() < 0 ||
         buffer.getPosition() + 8 >
             static_cast<int64_t>(schedule.getScratchOffset())))
      return guard.emitError("reads outside the arena: ") << a;
  }
  return success();
}

static bool writesState(tnrt::LaunchOp launch, tnrt::KernelOp kernel) {
  size_t reads = kernel.getBody().front().getNumArguments();
  return llvm::any_of(
      launch.getBuffers().getValue().drop_front(reads), [](Attribute a) {
        return cast<tnrt::BufferAttr>(a).getSpace() == tnrt::Space::State;
      });
}

static LogicalResult checkSchedule(func::FuncOp function,
                                   tnrt::ScheduleOp schedule) {
  FailureOr<Signature> signature = signatureOf(function);
  if (failed(signature))
    return failure();
  auto module = function->getParentOfType<ModuleOp>();
  auto guards = schedule.getBody().getOps<tnrt::GuardOp>();
  bool passed = guards.empty(), ok = true;
  for (Operation &op : schedule.getBody().front()) {
    if (auto guard = dyn_cast<tnrt::GuardOp>(op)) {
      ok &= succeeded(checkGuard(guard, schedule));
      passed = true;
      continue;
    }
    auto launch = dyn_cast<tnrt::LaunchOp>(op);
    if (!launch) {
      op.emitOpError("is no launch and stands in a schedule");
      ok = false;
      continue;
    }
    auto kernel = module.lookupSymbol<tnrt::KernelOp>(launch.getKernel());
    if (!kernel) {
      launch.emitError("launches @")
          << launch.getKernel() << ", which is no kernel";
      ok = false;
      continue;
    }
    if (failed(checkLaunch(launch, kernel, schedule, *signature))) {
      ok = false;
    } else if (!passed && writesState(launch, kernel)) {
      launch.emitError("writes a variable before the guard");
      ok = false;
    }
  }
  return success(ok);
}

LogicalResult tenon::checkLowered(ModuleOp module) {
  bool ok = true, main = false;
  module.walk([&](GroupOp group) {
    group.emitError("lower left a group");
    ok = false;
  });
  if (!ok)
    return failure();
  for (auto function : module.getOps<func::FuncOp>()) {
    auto schedule = module.lookupSymbol<tnrt::ScheduleOp>(
        ("step_" + function.getName()).str());
    if (function.isExternal() || !schedule) {
      function.emitError("lower left no @")
          << function.getName() << " with its schedule @step_"
          << function.getName();
      ok = false;
      continue;
    }
    main |= function.getName() == "main";
    ok &= succeeded(checkSchedule(function, schedule));
  }
  if (ok && !main)
    return module.emitError("lower left no @main with its schedule @step_main");
  return success(ok);
}

namespace {
struct CheckLowered : tenon::impl::CheckLoweredPassBase<CheckLowered> {
  void runOnOperation() override {
    if (failed(checkLowered(getOperation())))
      signalPassFailure();
  }
};
} // namespace
