//===-- Importer.cpp - a model becomes a module ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/Importer.h"

#include "dialects/Tenon/Shape.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "tenon/Reference/Interpreter.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

/// Functions may call functions: the body of a small file can be huge.
static constexpr size_t maxNodes = size_t(1) << 18;
static constexpr unsigned maxDepth = 32;
/// Results up to these sizes are computed here. Integers and booleans are the
/// shape arithmetic of exporters; some of it passes through a few floats.
static constexpr int64_t maxFoldedInts = int64_t(1) << 16;
static constexpr int64_t maxFoldedFloats = 64;

Importer::Importer(MLIRContext &context, const Model &model, StringRef path,
                   const ImportOptions &options,
                   std::vector<NodeReport> &report)
    : context(context), model(model),
      file(FileLineColLoc::get(&context, path, 0, 0)), path(path),
      options(options), report(report), b(&context) {}

Location Importer::locationOf(StringRef name) const {
  return NameLoc::get(StringAttr::get(&context, name), file);
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

const NodeAttribute *Scope::attribute(const Node &node, StringRef name) const {
  const NodeAttribute *found = node.find(name);
  const Scope *scope = this;
  while (found && !found->reference.empty()) {
    while (scope && !scope->call)
      scope = scope->outer;
    if (!scope)
      return nullptr;
    found = scope->call->find(found->reference);
    scope = scope->caller;
  }
  return found;
}

void Importer::define(StringRef name, Value value, Scope &scope) {
  if (!name.empty())
    scope.values[name] = value;
}

std::optional<Value> Importer::lookup(StringRef name, Scope &inner,
                                      std::string &problem) {
  for (Scope *scope = &inner; scope; scope = scope->outer) {
    auto value = scope->values.find(name);
    if (value != scope->values.end())
      return value->second;
    auto found = scope->initializers.find(name);
    if (found == scope->initializers.end())
      continue;
    const TensorData &tensor = *found->second;
    if (!tensor.problem.empty()) {
      problem = ("tensor '" + name + "' " + tensor.problem).str();
      return std::nullopt;
    }
    ElementsAttr attribute = attributeOf(tensor, &context);
    Value constant = ConstantOp::create(b, locationOf(name), attribute);
    return scope->values[name] = constant;
  }
  problem = ("reads '" + name + "', which nothing defines").str();
  return std::nullopt;
}

void Importer::poison(const Node &node, Scope &scope) {
  for (StringRef name : node.outputs) {
    if (name.empty())
      continue;
    // Where the model tells a static type, later nodes can still be checked.
    Value value;
    auto declared = scope.declared.find(name);
    if (declared != scope.declared.end() && declared->second->shape) {
      SmallVector<int64_t> shape;
      for (const Dimension &d : *declared->second->shape)
        shape.push_back(d.value.value_or(-1));
      Type element = typeOf(declared->second->dataType, &context);
      if (element && problemOf(shape, element).empty())
        value = UnrealizedConversionCastOp::create(
                    b, file, TypeRange{RankedTensorType::get(shape, element)},
                    ValueRange{})
                    .getResult(0);
    }
    define(name, value, scope);
  }
}

LogicalResult Importer::enterGraph(const Graph &graph, Scope &scope) {
  if (graph.hasSparseInitializers)
    return emitError(file)
           << "graph '" << graph.name
           << "' has sparse initializers, which are not supported";
  for (const TensorData &t : graph.initializers)
    if (!scope.initializers.try_emplace(t.name, &t).second)
      return emitError(file)
             << "initializer '" << t.name << "' is defined twice";
  for (const ValueInfo &v : graph.values)
    scope.declared[v.name] = &v;
  for (const ValueInfo &v : graph.outputs)
    scope.declared[v.name] = &v;
  for (const Node &node : graph.nodes)
    for (StringRef name : node.outputs)
      if (!name.empty() &&
          (scope.initializers.contains(name) || scope.values.contains(name)))
        return emitError(locationOf(node.label()))
               << "value '" << name << "' is defined twice: by node '"
               << node.label()
               << "' and as an input or initializer of the graph";
  return success();
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

void Importer::reject(const Node &node, NodeReport &entry, StringRef reason,
                      StringRef cure) {
  entry.supported = false;
  entry.reason = reason;
  entry.cure = cure;
  rejected = true;
  InFlightDiagnostic d = emitError(locationOf(node.label()));
  d << "node '" << node.label() << "' (" << node.opType;
  if (!node.domain.empty())
    d << " of domain '" << node.domain << "'";
  d << ", opset " << entry.opset;
  if (!entry.inputs.empty()) {
    d << ", inputs ";
    llvm::interleaveComma(entry.inputs, d, [&](const std::string &s) {
      d << (s.empty() ? "(none)" : s);
    });
  }
  d << "): " << reason;
  if (!cure.empty())
    d.attachNote() << cure;
}

const Function *Importer::findFunction(const Node &node) const {
  for (const Function &f : model.functions)
    if (f.name == node.opType && f.domain == node.domain)
      return &f;
  return nullptr;
}

LogicalResult Importer::importNodes(ArrayRef<Node> nodes, Scope &scope) {
  auto order = sorted(nodes);
  if (!order)
    return emitError(file) << llvm::toString(order.takeError());
  for (const Node *node : *order)
    if (failed(importNode(*node, scope)))
      return failure();
  return success();
}

LogicalResult Importer::importNode(const Node &node, Scope &scope) {
  if (++imported > maxNodes)
    return emitError(file) << "the model has more than " << maxNodes
                           << " nodes once its functions are inlined";
  NodeReport entry;
  entry.name = node.label();
  entry.op = node.opType;
  entry.domain = node.domain;
  auto opset = scope.opsets->find(node.domain);
  bool versioned = opset != scope.opsets->end();
  entry.opset = versioned ? opset->second : 1;

  // Inputs first: their types belong into every message.
  SmallVector<Value> inputs;
  std::string problem;
  bool poisoned = false;
  for (StringRef name : node.inputs) {
    if (name.empty() || scope.absent.contains(name)) {
      inputs.push_back({});
      entry.inputs.push_back("");
      continue;
    }
    std::optional<Value> value = lookup(name, scope, problem);
    poisoned |= value && !*value;
    inputs.push_back(value.value_or(Value()));
    entry.inputs.push_back(inputs.back() ? describe(inputs.back().getType())
                                         : "?");
  }

  auto refuse = [&](const Twine &reason, const Twine &cure = {}) {
    reject(node, entry, reason.str(), cure.str());
    poison(node, scope);
    report.push_back(std::move(entry));
    return success();
  };
  if (!problem.empty())
    return refuse(problem);
  if (const Function *function = findFunction(node)) {
    if (scope.depth >= maxDepth)
      return refuse("functions call each other more than " + Twine(maxDepth) +
                    " deep");
    report.push_back(std::move(entry));
    if (poisoned) {
      poison(node, scope);
      return success();
    }
    return importCall(node, *function, scope, inputs);
  }
  if (!node.domain.empty())
    return refuse(
        "operators of domain '" + node.domain + "' are not supported",
        node.domain == "com.microsoft"
            ? "export the model without ONNX Runtime's graph optimizations"
            : "express it by operators of the default domain, or as a "
              "model-local "
              "function");
  if (entry.opset > newestOpset)
    return refuse("opset " + Twine(entry.opset) + " is newer than " +
                      Twine(newestOpset) + ", the newest that is supported",
                  "export the model with opset " + Twine(newestOpset) +
                      " or older");
  if (node.opType == "If") {
    if (poisoned)
      poison(node, scope);
    else if (failed(importIf(node, scope, inputs, entry)))
      return failure();
    report.push_back(std::move(entry));
    return success();
  }
  const Row *row = findRow(node.opType);
  if (!row)
    return refuse("the operator " + node.opType + " is not supported",
                  "docs/onnx-support.md lists the operators that are");
  if (entry.opset < row->since)
    return refuse("opset " + Twine(entry.opset) + " of " + node.opType +
                      " is not supported, opset " + Twine(row->since) +
                      " is the oldest",
                  "convert the model with onnx.version_converter to opset " +
                      Twine(std::max<int64_t>(row->since, 13)));
  if (inputs.size() > row->limit)
    return refuse("has " + Twine(inputs.size()) + " inputs, " + node.opType +
                  " takes " + Twine(row->limit));
  for (unsigned i = 0; i < row->required; ++i)
    if (i >= inputs.size() || (!inputs[i] && entry.inputs[i].empty()))
      return refuse("input " + Twine(i) + " is missing");
  if (poisoned) {
    entry.reason = "not checked: it reads a node that is not supported";
    poison(node, scope);
  } else {
    importSupported(node, scope, *row, entry.opset, inputs, entry);
  }
  report.push_back(std::move(entry));
  return success();
}

void Importer::importSupported(const Node &node, Scope &scope, const Row &row,
                               int64_t opset, ArrayRef<Value> inputs,
                               NodeReport &entry) {
  Location loc = locationOf(node.label());
  NodeImporter n(b, loc, node, scope, opset, inputs);
  Operation *before = body->empty() ? nullptr : &body->back();
  captured.clear();
  bool good;
  {
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &d) {
      captured += (captured.empty() ? "" : "; ") + d.str();
      return success();
    });
    good = succeeded(row.import(n)) && n.reason.empty() && settle(before, n);
  }
  if (good && n.results.size() < node.outputs.size()) {
    for (size_t i = n.results.size(); i < node.outputs.size(); ++i)
      if (good && !node.outputs[i].empty()) {
        (void)n.unsupported("output " + Twine(i) + ", '" + node.outputs[i] +
                            "', is not supported");
        good = false;
      }
  }
  if (!good) {
    if (n.reason.empty())
      n.reason = captured.empty() ? "cannot be expressed" : captured;
    reject(node, entry, n.reason, n.cure);
    poison(node, scope);
    return;
  }
  for (auto [name, value] : llvm::zip(node.outputs, n.results))
    define(name, value, scope);
}

LogicalResult Importer::importCall(const Node &node, const Function &function,
                                   Scope &scope, ArrayRef<Value> inputs) {
  Scope inner;
  inner.opsets = function.opsets.empty() ? scope.opsets : &function.opsets;
  inner.call = &node;
  inner.caller = &scope;
  inner.depth = scope.depth + 1;
  for (auto [i, name] : llvm::enumerate(function.inputs)) {
    if (i < inputs.size() && inputs[i])
      define(name, inputs[i], inner);
    else
      inner.absent.insert(name);
  }
  if (failed(importNodes(function.nodes, inner)))
    return failure();
  for (size_t i = 0; i < node.outputs.size(); ++i) {
    Value value;
    std::string problem;
    if (i < function.outputs.size() &&
        !inner.absent.contains(function.outputs[i]))
      value = lookup(function.outputs[i], inner, problem).value_or(Value());
    if (!value && !rejected)
      return emitError(locationOf(node.label()))
             << "node '" << node.label() << "': function '" << function.name
             << "' does not define its output " << i;
    define(node.outputs[i], value, scope);
  }
  return success();
}

LogicalResult Importer::importIf(const Node &node, Scope &scope,
                                 ArrayRef<Value> inputs, NodeReport &entry) {
  auto refuse = [&](const Twine &reason, const Twine &cure = {}) {
    reject(node, entry, reason.str(), cure.str());
    poison(node, scope);
    return success();
  };
  const NodeAttribute *branches[] = {node.find("else_branch"),
                                     node.find("then_branch")};
  if (inputs.size() != 1 || !inputs[0] || !branches[0] || !branches[1] ||
      !branches[0]->g || !branches[1]->g)
    return refuse("needs a condition, a then_branch and an else_branch");
  auto condition = inputs[0].getDefiningOp<ConstantOp>();
  auto value = condition ? dyn_cast<DenseElementsAttr>(condition.getValue())
                         : DenseElementsAttr();
  if (!value || !value.getElementType().isInteger(1) ||
      value.getNumElements() != 1)
    return refuse("the condition is computed at run time",
                  "fix the inputs it depends on, so that one branch remains");
  if (scope.depth >= maxDepth)
    return refuse("is nested more than " + Twine(maxDepth) + " deep");
  const Graph &graph = *branches[*value.value_begin<bool>()]->g;
  if (graph.outputs.size() < node.outputs.size())
    return refuse("has more outputs than its branch");
  Scope inner;
  inner.outer = &scope;
  inner.opsets = scope.opsets;
  inner.depth = scope.depth + 1;
  if (failed(enterGraph(graph, inner)) ||
      failed(importNodes(graph.nodes, inner)))
    return failure();
  for (size_t i = 0; i < node.outputs.size(); ++i) {
    std::string problem;
    std::optional<Value> result = lookup(graph.outputs[i].name, inner, problem);
    if (!result)
      return refuse(problem);
    define(node.outputs[i], *result, scope);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Folding
//===----------------------------------------------------------------------===//

void Importer::foldOp(Operation *op, MutableArrayRef<Value> results) {
  if (op->getNumResults() != 1 || op->hasTrait<OpTrait::ConstantLike>())
    return;
  Value old = op->getResult(0);
  auto type = cast<RankedTensorType>(old.getType());
  SmallVector<Attribute> operands;
  bool small = true;
  for (Value v : op->getOperands()) {
    auto constant = v.getDefiningOp<ConstantOp>();
    operands.push_back(constant ? Attribute(constant.getValue()) : Attribute());
    small &= constant && cast<RankedTensorType>(v.getType()).getNumElements() <=
                             maxFoldedInts;
  }
  Value replacement;
  SmallVector<OpFoldResult> folded;
  if (succeeded(op->fold(operands, folded)) && !folded.empty()) {
    replacement = dyn_cast<Value>(folded[0]);
    if (auto attribute = dyn_cast<Attribute>(folded[0]))
      replacement =
          ConstantOp::create(b, op->getLoc(), cast<ElementsAttr>(attribute));
  } else if (small &&
             type.getNumElements() <= (isa<FloatType>(type.getElementType())
                                           ? maxFoldedFloats
                                           : maxFoldedInts)) {
    SmallVector<ElementsAttr> values;
    for (Attribute a : operands)
      values.push_back(cast<ElementsAttr>(a));
    auto computed = fold(op, values);
    if (succeeded(computed))
      replacement = ConstantOp::create(b, op->getLoc(), computed->front());
  }
  if (!replacement || replacement == old)
    return;
  old.replaceAllUsesWith(replacement);
  for (Value &v : results)
    if (v == old)
      v = replacement;
  op->erase();
}

bool Importer::settle(Operation *before, NodeImporter &n) {
  Operation *op = before          ? before->getNextNode()
                  : body->empty() ? nullptr
                                  : &body->front();
  while (op) {
    Operation *next = op->getNextNode();
    if (failed(verify(op, /*verifyRecursively=*/false)))
      return false;
    for (Type t : op->getResultTypes()) {
      auto tensor = cast<RankedTensorType>(t);
      std::string problem =
          problemOf(tensor.getShape(), tensor.getElementType());
      if (!problem.empty()) {
        (void)n.invalid("its result " + problem);
        return false;
      }
    }
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPoint(op);
    foldOp(op, n.results);
    op = next;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// The module
//===----------------------------------------------------------------------===//

LogicalResult Importer::declareInputs(Scope &scope,
                                      SmallVectorImpl<Type> &types,
                                      SmallVectorImpl<StringRef> &names) {
  llvm::StringSet<> used, seen;
  SmallVector<std::string> missing, symbols;
  for (const ValueInfo &input : model.graph.inputs) {
    if (!seen.insert(input.name).second)
      return emitError(file)
             << "input '" << input.name << "' is declared twice";
    // Up to IR version 3 every initializer is also listed as an input.
    if (scope.initializers.contains(input.name))
      continue;
    Location loc = locationOf(input.name);
    if (!input.isTensor)
      return emitError(loc) << "input '" << input.name
                            << "' is no tensor; sequences, maps and optionals "
                               "are not supported";
    Type element = typeOf(input.dataType, &context);
    if (!element)
      return emitError(loc)
             << "input '" << input.name << "' has element type "
             << nameOf(input.dataType) << ", which is not supported";
    if (!input.shape) {
      InFlightDiagnostic d = emitError(loc)
                             << "input '" << input.name << "' has no shape";
      d.attachNote() << "export the model with the shapes of its inputs";
      return d;
    }
    SmallVector<int64_t> shape;
    for (auto [i, dim] : llvm::enumerate(*input.shape)) {
      if (dim.value && *dim.value >= 0) {
        shape.push_back(*dim.value);
        continue;
      }
      std::string position = (input.name + "." + Twine(i)).str();
      auto found = options.dims.find(position);
      if (found == options.dims.end() && !dim.symbol.empty())
        found = options.dims.find(dim.symbol);
      std::string name = dim.symbol.empty() ? position : dim.symbol.str();
      if (!llvm::is_contained(symbols, name))
        symbols.push_back(name);
      if (found == options.dims.end()) {
        if (!llvm::is_contained(missing, name))
          missing.push_back(name);
        shape.push_back(1);
        continue;
      }
      used.insert(found->first());
      if (found->second < 0)
        return emitError(loc)
               << "dimension '" << found->first() << "' is given as "
               << found->second << ", which is negative";
      shape.push_back(found->second);
    }
    std::string problem = problemOf(shape, element);
    if (!problem.empty())
      return emitError(loc) << "input '" << input.name << "' " << problem;
    types.push_back(RankedTensorType::get(shape, element));
    names.push_back(input.name);
  }
  for (const auto &given : options.dims)
    if (!used.contains(given.first()) &&
        !llvm::is_contained(missing, given.first())) {
      InFlightDiagnostic d = emitError(file)
                             << "'" << given.first()
                             << "' is no symbolic dimension of this model";
      if (symbols.empty())
        d.attachNote() << "all its shapes are static";
      else
        d.attachNote() << "it has " << llvm::join(symbols, ", ");
      return d;
    }
  if (missing.empty())
    return success();
  InFlightDiagnostic d = emitError(file)
                         << "the model has symbolic dimensions: "
                         << llvm::join(missing, ", ");
  // The batch is 1 more often than not; of the others nobody can know.
  std::string line;
  for (const std::string &name : missing)
    line += " --dim " +
            (name.find_first_of(" '\"$;&|<>()*?\\`") == std::string::npos
                 ? name + "=1"
                 : "'" + name + "=1'");
  d.attachNote() << "give each a size on the command line:" << line;
  return d;
}

LogicalResult Importer::finish(const Scope &outer, ArrayRef<StringRef> names) {
  Scope &scope = const_cast<Scope &>(outer);
  SmallVector<Value> values;
  SmallVector<Attribute> outputNames, inputNames;
  if (model.graph.outputs.empty())
    return emitError(file) << "the model has no outputs";
  for (const ValueInfo &output : model.graph.outputs) {
    std::string problem;
    std::optional<Value> value = lookup(output.name, scope, problem);
    if (!value && !rejected)
      return emitError(locationOf(output.name))
             << "output of the model: " << problem;
    if (!value || !*value)
      continue;
    Type declared =
        output.isTensor ? typeOf(output.dataType, &context) : Type();
    Type computed = cast<RankedTensorType>(value->getType()).getElementType();
    if (declared && declared != computed && !rejected)
      return emitError(locationOf(output.name))
             << "output '" << output.name << "' is declared as "
             << describe(declared) << ", but computed as "
             << describe(computed);
    values.push_back(*value);
    outputNames.push_back(b.getStringAttr(output.name));
  }
  if (rejected)
    return failure();
  for (StringRef name : names)
    inputNames.push_back(b.getStringAttr(name));
  auto function = cast<func::FuncOp>(body->getParentOp());
  func::ReturnOp::create(b, file, values);
  function.setType(b.getFunctionType(body->getArgumentTypes(),
                                     ValueRange(values).getTypes()));
  function->setAttr("tenon.input_names", b.getArrayAttr(inputNames));
  function->setAttr("tenon.output_names", b.getArrayAttr(outputNames));
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(*body)))
    if (isOpTriviallyDead(&op))
      op.erase();
  return verify(*module);
}

FailureOr<OwningOpRef<ModuleOp>> Importer::run() {
  context.loadDialect<TenonDialect, func::FuncDialect>();
  module = ModuleOp::create(file);
  StringRef name = llvm::sys::path::stem(path);
  if (name.empty())
    name = model.graph.name.empty() ? "model" : model.graph.name;
  (*module)->setAttr("tenon.model_name", b.getStringAttr(name));

  Scope scope;
  llvm::StringMap<int64_t> oldest;
  oldest[""] = 1;
  scope.opsets = model.opsets.empty() ? &oldest : &model.opsets;
  SmallVector<Type> types;
  SmallVector<StringRef> names;
  // Inputs enter the scope first, so that a node that redefines one is found.
  for (const TensorData &t : model.graph.initializers)
    scope.initializers[t.name] = &t;
  if (failed(declareInputs(scope, types, names)))
    return failure();
  scope.initializers.clear();
  b.setInsertionPointToEnd(module->getBody());
  auto function =
      func::FuncOp::create(b, file, "main", b.getFunctionType(types, {}));
  body = function.addEntryBlock();
  for (auto [input, argument] : llvm::zip(names, body->getArguments())) {
    argument.setLoc(locationOf(input));
    define(input, argument, scope);
  }
  b.setInsertionPointToEnd(body);
  if (failed(enterGraph(model.graph, scope)) ||
      failed(importNodes(model.graph.nodes, scope)) ||
      failed(finish(scope, names)))
    return failure();
  return std::move(module);
}
