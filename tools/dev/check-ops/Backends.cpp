//===-- Backends.cpp - compiles cases, runs them, compares the bits -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "CheckOps.h"

#include "tenon/Pipeline/Compile.h"
#include "tenon/Reference/Compare.h"
#include "tenon/abi.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::checkops;

/// One @main with all cases in it, and the functions they call.
static OwningOpRef<ModuleOp> mergeCases(ModuleOp module, ArrayRef<Case> cases) {
  OwningOpRef<ModuleOp> merged = ModuleOp::create(module.getLoc());
  OpBuilder b = OpBuilder::atBlockEnd(merged->getBody());
  for (auto function : module.getOps<func::FuncOp>()) {
    bool isCase = llvm::any_of(
        cases, [&](const Case &c) { return c.function == function; });
    if (function.isPrivate() && !isCase)
      b.clone(*function);
  }
  SmallVector<Type> inputs, outputs;
  SmallVector<Attribute> inputNames, outputNames;
  for (const Case &c : cases) {
    func::FuncOp function = c.function;
    llvm::append_range(inputs, function.getArgumentTypes());
    llvm::append_range(outputs, function.getResultTypes());
  }
  for (size_t i = 0; i < inputs.size(); ++i)
    inputNames.push_back(b.getStringAttr("input" + Twine(i)));
  for (size_t i = 0; i < outputs.size(); ++i)
    outputNames.push_back(b.getStringAttr("output" + Twine(i)));
  auto main = func::FuncOp::create(b, module.getLoc(), "main",
                                   b.getFunctionType(inputs, outputs));
  main->setAttr("tenon.input_names", b.getArrayAttr(inputNames));
  main->setAttr("tenon.output_names", b.getArrayAttr(outputNames));
  (*merged)->setAttr("tenon.model_name", b.getStringAttr("cases"));

  Block *body = main.addEntryBlock();
  b.setInsertionPointToStart(body);
  SmallVector<Value> returned;
  unsigned next = 0;
  for (const Case &c : cases) {
    func::FuncOp function = c.function;
    IRMapping map;
    for (Value v : function.getArguments())
      map.map(v, body->getArgument(next++));
    for (Operation &op : function.getBody().front().without_terminator())
      b.clone(op, map);
    for (Value v : function.getBody().front().getTerminator()->getOperands())
      returned.push_back(map.lookup(v));
  }
  func::ReturnOp::create(b, module.getLoc(), returned);
  return merged;
}

static LogicalResult compileTo(StringRef path, ModuleOp module,
                               ArrayRef<Case> cases, const Backend &backend,
                               const Options &options) {
  CompileOptions compile;
  compile.output = path.str();
  compile.reference = backend.reference;
  compile.fuse = backend.fuse;
  compile.cpu = options.cpu;
  compile.runtimeLibraryDir = options.runtimeLibraryDir;
  compile.compileThreads = 1; // files are compiled side by side
  compile.maxThreads = 2;
  OwningOpRef<ModuleOp> merged = mergeCases(module, cases);
  for (const Phase &phase : phases())
    if (failed(phase.run(*merged, compile)) || failed(phase.check(*merged)))
      return emitError(module.getLoc()) << "phase " << phase.name << " failed";
  return emitArtifact(*merged, compile);
}

static tn_tensor describe(const Tensor &tensor) {
  static_assert(static_cast<int>(Kind::F32) + 1 == TN_F32 &&
                static_cast<int>(Kind::Bool) + 1 == TN_BOOL);
  return {const_cast<void *>(tensor.data()),
          static_cast<tn_dtype>(tensor.kind()) + 1,
          static_cast<int32_t>(tensor.rank()), tensor.shape().data()};
}

/// Runs an artifact; empty on success, else what went wrong.
static std::string runArtifact(const std::string &path, ArrayRef<Tensor> inputs,
                               ArrayRef<Tensor> outputs) {
  tn_message message = {};
  tn_library *library = nullptr;
  if (tn_open(path.c_str(), 0, &library, &message) != TN_OK)
    return message.text;
  llvm::scope_exit close([&] { tn_close(library); });
  tn_context_options context_options = {};
  context_options.struct_size = sizeof context_options;
  context_options.flags = TN_CONTEXT_GUARD_PAGES;
  context_options.threads = 2;
  tn_context *context = nullptr;
  if (tn_context_create(tn_library_model(library), &context_options, &context,
                        &message) != TN_OK)
    return message.text;
  llvm::scope_exit destroy([&] { tn_context_destroy(context); });
  auto in = llvm::map_to_vector(inputs, describe),
       out = llvm::map_to_vector(outputs, describe);
  if (tn_run(context, in.data(), in.size(), out.data(), out.size(), &message) !=
      TN_OK)
    return message.text;
  return {};
}

/// As `checkBackend`, but answers false, saying nothing, if no program came
/// out.
static bool tryBackend(ModuleOp module, ArrayRef<Case> cases,
                       const Backend &backend, const Options &options,
                       Report &report) {
  SmallString<128> path;
  if (std::error_code e =
          llvm::sys::fs::createTemporaryFile("tenon-check-ops", "so", path)) {
    report.fail(backend.name, "no temporary file: " + e.message());
    return true;
  }
  llvm::FileRemover remover(path);
  if (failed(compileTo(path, module, cases, backend, options)))
    return false;
  SmallVector<Tensor> inputs, outputs;
  for (const Case &c : cases) {
    for (const Tensor &t : c.inputs)
      inputs.push_back(t.dense());
    for (const Tensor &t : c.results)
      outputs.push_back(Tensor::allocate(t.kind(), t.shape()));
  }
  std::string error = runArtifact(path.str().str(), inputs, outputs);
  size_t next = 0;
  for (const Case &c : cases) {
    std::string name =
        (func::FuncOp(c.function).getName() + " on " + backend.name).str();
    std::string why = error;
    for (auto [i, expected] : llvm::enumerate(c.results)) {
      const Tensor &got = outputs[next++];
      if (why.empty())
        if (auto sentence =
                difference("result " + std::to_string(i), got, expected))
          why = *sentence + " by the interpreter";
    }
    why.empty() ? report.pass() : report.fail(name, why);
  }
  return true;
}

void checkops::checkBackend(ModuleOp module, ArrayRef<Case> cases,
                            const Backend &backend, const Options &options,
                            Report &report) {
  if (cases.empty() || tryBackend(module, cases, backend, options, report))
    return;
  if (cases.size() == 1)
    return report.fail(func::FuncOp(cases[0].function).getName() + " on " +
                           backend.name,
                       "does not compile");
  // Which one is it?
  for (const Case &c : cases)
    checkBackend(module, c, backend, options, report);
}
