//===-- Interface.cpp - the module, its inputs and its outputs ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/Importer.h"

#include "dialects/Tenon/NN.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

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

/// Nodes of a function that is called twice have their names twice.
static void tellDropoutsApart(Block &body) {
  llvm::StringSet<> taken;
  for (auto op : body.getOps<DropoutOp>()) {
    std::string id = op.getId().str();
    for (unsigned i = 1; !taken.insert(id).second; ++i)
      id = (op.getId() + "#" + Twine(i)).str();
    op.setId(id);
  }
}

LogicalResult Importer::finish(const Scope &outer, ArrayRef<StringRef> names) {
  body->walk([](ConstantOp c) { c->removeDiscardableAttr(kSettledAttr); });
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
  if (!options.newHead.empty() && !head)
    return emitError(file) << "the model has no node '" << options.newHead
                           << "' to give a new head; --check --json lists the "
                              "names of its nodes";
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
  tellDropoutsApart(*body);
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
