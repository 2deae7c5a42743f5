//===-- Importer.cpp - nodes, scopes, functions, branches -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/Importer.h"

#include "dialects/Tenon/Shape.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

/// Functions may call functions: the body of a small file can be huge.
static constexpr size_t maxNodes = size_t(1) << 18;
static constexpr unsigned maxDepth = 32;

/// Names may hold any character: the domain's length tells the two apart.
static std::string keyOf(StringRef domain, StringRef name) {
  return (Twine(domain.size()) + ":" + domain + name).str();
}

Importer::Importer(MLIRContext &context, const Model &model, StringRef path,
                   const ImportOptions &options,
                   std::vector<NodeReport> &report)
    : context(context), model(model),
      file(FileLineColLoc::get(&context, path, 0, 0)), path(path),
      options(options), report(report), b(&context) {
  for (const Function &f : model.functions)
    functions[keyOf(f.domain, f.name)] = &f;
}

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
  return functions.lookup(keyOf(node.domain, node.opType));
}

static bool allows(Elements elements, Value v) {
  mlir::Type type = NodeImporter::elementType(v);
  bool isFloat = isa<FloatType>(type), isBool = type.isInteger(1);
  switch (elements) {
  case Elements::Any:
    return true;
  case Elements::Float:
    return isFloat;
  case Elements::Number:
    return !isBool;
  case Elements::Integer:
    return !isBool && !isFloat;
  case Elements::Bool:
    return isBool;
  }
  llvm_unreachable("all cases return");
}

static const char *wordFor(Elements elements) {
  switch (elements) {
  case Elements::Any:
    break;
  case Elements::Float:
    return "floating-point";
  case Elements::Number:
    return "numbers";
  case Elements::Integer:
    return "integers";
  case Elements::Bool:
    return "bool";
  }
  llvm_unreachable("everything is allowed");
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
  if (!inputs.empty() && inputs[0] && !allows(row->elements, inputs[0]))
    return refuse(Twine("its first input must be ") + wordFor(row->elements));
  if (poisoned) {
    entry.reason = "not checked: it reads a node that is not supported";
    poison(node, scope);
  } else {
    bool named = !options.newHead.empty() && node.label() == options.newHead;
    if (std::string reason = enterHead(node, inputs); !reason.empty())
      return refuse("cannot be the new head: " + reason);
    if (options.parameters)
      markParameters(node, inputs);
    importSupported(node, scope, *row, entry.opset, inputs, entry);
    if (named && !node.outputs.empty())
      head = scope.values.lookup(node.outputs.front());
  }
  report.push_back(std::move(entry));
  return success();
}

std::string Importer::enterHead(const Node &node,
                                MutableArrayRef<Value> inputs) {
  if (options.newHead.empty())
    return {};
  bool bias = head && node.opType == "Add" && llvm::is_contained(inputs, head);
  if (node.label() != options.newHead && !bias)
    return {};
  std::string reason =
      replaceHead(b, node, inputs, options.newHeadClasses, options.newHeadSeed);
  // What is added may be no bias at all.
  return bias ? std::string() : reason;
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
