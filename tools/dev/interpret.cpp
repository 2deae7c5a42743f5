//===-- interpret.cpp - runs a model on the reference interpreter ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The model as it is after `layout`, where its meaning is fixed (simplify moves
// factors into weights, layout orders the rows of weights behind a flatten):
// what every target must compute, to the bit.
//===----------------------------------------------------------------------===//

#include "tenon/Pipeline/Compile.h"
#include "tenon/Pipeline/Register.h"
#include "tenon/Reference/Interpreter.h"
#include "tenon/Reference/Npy.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;
using namespace tenon;

static cl::OptionCategory category("Tenon options");
static cl::opt<std::string> model(cl::Positional,
                                  cl::desc("MODEL.onnx|.mlir|.mlirbc"),
                                  cl::Required, cl::cat(category));
static cl::list<std::string> inputs("input", cl::desc("Value of an input"),
                                    cl::value_desc("name=file.npy"),
                                    cl::cat(category));
static cl::opt<std::string> out("out", cl::desc("Folder for <output>.npy"),
                                cl::value_desc("folder"), cl::Required,
                                cl::cat(category));
static cl::opt<std::string>
    after("after", cl::desc("Phase whose result is run (default layout)"),
          cl::value_desc("phase"), cl::init("layout"), cl::cat(category));

static int fail(const Twine &message) {
  errs() << "error: " << message << '\n';
  return 1;
}

/// tenon-run's rule for names that are no file names.
static std::string fileName(StringRef name) {
  std::string s;
  for (char c : name)
    s += isAlnum(c) || StringRef("_-").contains(c) || (c == '.' && !s.empty())
             ? c
             : '_';
  return s + ".npy";
}

static SmallVector<std::string> namesOf(mlir::func::FuncOp function,
                                        StringRef attribute) {
  SmallVector<std::string> names;
  for (auto name : function->getAttrOfType<mlir::ArrayAttr>(attribute)
                       .getAsValueRange<mlir::StringAttr>())
    names.push_back(name.str());
  return names;
}

static int interpret(mlir::MLIRContext &context) {
  CompileOptions options;
  options.input = model;
  auto module = importModel(context, options);
  if (failed(module))
    return 1;
  for (const Phase &phase : phases()) {
    if (failed(phase.run(**module, options)) || failed(phase.check(**module)))
      return 1;
    if (phase.name == std::string(after))
      break;
  }
  auto main = (*module)->lookupSymbol<mlir::func::FuncOp>("main");
  SmallVector<std::string> names = namesOf(main, "tenon.input_names");
  SmallVector<Tensor> arguments(names.size());
  for (const std::string &input : inputs) {
    auto [name, file] = StringRef(input).split('=');
    auto *found = find(names, name);
    if (found == names.end() || file.empty())
      return fail("--input takes name=file.npy of one of: " +
                  join(names, ", "));
    Expected<Tensor> value = readNpy(file);
    if (!value)
      return fail(toString(value.takeError()));
    arguments[found - names.begin()] = std::move(*value);
  }
  for (auto [name, value] : zip(names, arguments))
    if (!value)
      return fail("input '" + name + "' has no value: --input " + name +
                  "=file.npy");
  auto results =
      tenon::run(cast<mlir::FunctionOpInterface>(main.getOperation()),
                 std::move(arguments));
  if (failed(results))
    return 1;
  if (std::error_code e = sys::fs::create_directories(out))
    return fail("cannot make " + out + ": " + e.message());
  for (auto [name, value] : zip(namesOf(main, "tenon.output_names"), *results))
    if (Error e = writeNpy(out + "/" + fileName(name), value))
      return fail(toString(std::move(e)));
  return 0;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv, "Tenon: runs a model on the reference interpreter\n");
  mlir::DialectRegistry registry;
  registerDialects(registry);
  mlir::MLIRContext context(registry);
  context.loadAllAvailableDialects();
  context.printOpOnDiagnostic(false);
  SourceMgr sources;
  mlir::SourceMgrDiagnosticHandler handler(sources, &context);
  return interpret(context);
}
