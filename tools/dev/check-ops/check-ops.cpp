//===-- check-ops.cpp - runs the numeric tests of ops ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each public function of a file is a case. Its arguments have values in
// `tenon.value` and its results expectations in `tenon.expected` with a
// tolerance in `tenon.ulps` (0 if absent), as for --tenon-evaluate; then the
// interpreter must agree within the tolerance, and every backend with the
// interpreter to the bit. Or its f64 arguments have `tenon.range`, where their
// values lie, and `tenon.kinks`, what these keep away from; then its gradient
// is checked, also as an adjoint where the function says `tenon.linear`.
//===----------------------------------------------------------------------===//

#include "CheckOps.h"

#include "dialects/Interfaces/Interfaces.h"
#include "tenon/Pipeline/Compile.h"
#include "tenon/Pipeline/Register.h"
#include "tenon/Reference/Compare.h"
#include "tenon/Reference/Interpreter.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::checkops;
namespace cl = llvm::cl;

static cl::OptionCategory category("Options");
static cl::list<std::string>
    paths(cl::Positional, cl::OneOrMore, cl::cat(category),
          cl::desc("FILE.mlir... | FOLDER (then every op must be tested)"));
static cl::opt<std::string> cpu("cpu", cl::init("native"), cl::cat(category),
                                cl::desc("As of tenonc"));
static cl::opt<unsigned>
    jobs("j", cl::init(0), cl::cat(category),
         cl::desc("Files at once; by default one per processor"));

void Report::fail(const Twine &test, const Twine &why) {
  ++failed;
  text += ("  " + test + ": " + why + "\n").str();
}

namespace {

/// One file and what it tests.
struct File {
  std::string path;
  Report report;
  llvm::StringSet<> tested, differentiated; ///< names of ops
};

} // namespace

/// The case's operands as its arguments state them.
static FailureOr<Case> readCase(func::FuncOp function) {
  Case c{function, {}, {}, true};
  for (unsigned i = 0; i < function.getNumArguments(); ++i) {
    auto attr = function.getArgAttrOfType<ElementsAttr>(i, "tenon.value");
    if (!attr || attr.getShapedType() != function.getArgumentTypes()[i])
      return function.emitError("argument ")
             << i << " has no tenon.value of its type";
    FailureOr<Tensor> t = Tensor::fromAttr(function.getLoc(), attr);
    if (failed(t))
      return failure();
    c.inputs.push_back(*t);
  }
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    if (!function.getResultAttrOfType<ElementsAttr>(i, "tenon.expected"))
      return function.emitError("result ") << i << " has no tenon.expected";
  return c;
}

/// Compares the interpreter with the file.
static void checkExpectations(const Case &c, Report &report) {
  func::FuncOp function = c.function;
  for (auto [i, result] : llvm::enumerate(c.results)) {
    auto attr = function.getResultAttrOfType<ElementsAttr>(i, "tenon.expected");
    auto ulps = function.getResultAttrOfType<FloatAttr>(i, "tenon.ulps");
    FailureOr<Tensor> expected = Tensor::fromAttr(function.getLoc(), attr);
    std::optional<std::string> sentence =
        failed(expected)
            ? "unreadable tenon.expected"
            : difference("result " + std::to_string(i), result, *expected,
                         ulps ? ulps.getValueAsDouble() : 0);
    if (sentence)
      return report.fail(function.getName(), *sentence);
  }
  report.pass();
}

static void checkModule(ModuleOp module, const Options &options, File &file) {
  Report &report = file.report;
  SmallVector<Case> cases;
  std::vector<GradientTest> gradients;
  auto functions = llvm::to_vector(module.getOps<func::FuncOp>());
  for (func::FuncOp function : functions) {
    bool isGradient = isGradientTest(function);
    function.walk([&](Operation *op) {
      (isGradient ? file.differentiated : file.tested)
          .insert(op->getName().getStringRef());
    });
    if (function.isPrivate())
      continue;
    if (isGradient) {
      FailureOr<GradientTest> test = addGradientTest(function);
      if (failed(test))
        return report.fail(function.getName(), "is no gradient test");
      auto operands = drawOperands(*test, 0);
      if (failed(operands))
        return report.fail(function.getName(), "has no operands");
      gradients.push_back(*test);
      cases.push_back({test->gradient, *operands, {}, false});
      continue;
    }
    FailureOr<Case> c = readCase(function);
    if (failed(c))
      return report.fail(function.getName(), "is no case");
    cases.push_back(*c);
  }
  if (cases.empty())
    return report.fail(file.path, "has no public function");

  OwningOpRef<ModuleOp> differentiated = module.clone();
  if (failed(verify(module)) || failed(phases()[0].run(*differentiated, {})))
    return report.fail(file.path, "the gradient phase failed");
  SmallVector<Case> interpreted;
  for (Case &c : cases) {
    auto copy =
        differentiated->lookupSymbol<func::FuncOp>(c.function.getName());
    auto results =
        copy ? run(cast<FunctionOpInterface>(copy.getOperation()), c.inputs)
             : FailureOr<SmallVector<Tensor>>(failure());
    if (failed(results)) {
      report.fail(c.function.getName(), "the interpreter failed");
      continue;
    }
    c.results = *results;
    if (c.hasExpectations)
      checkExpectations(c, report);
    interpreted.push_back(c);
  }
  for (const GradientTest &test : gradients)
    checkGradient(test, *differentiated, report);
  for (const Backend &backend : backends)
    checkBackend(module, interpreted, backend, options, report);
}

static void checkFile(File &file, const Options &options) {
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &d) {
    file.report.text += "  " + d.str() + "\n";
    return success();
  });
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(file.path, &context);
  if (!module)
    return file.report.fail(file.path, "cannot be read");
  checkModule(*module, options, file);
}

/// Every op that has a meaning is tested, and every derivative.
static void checkComplete(ArrayRef<File> files, Report &report) {
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  for (RegisteredOperationName op :
       context.getRegisteredOperationsByDialect("tenon")) {
    StringRef name = op.getStringRef();
    auto used = [&](auto member) {
      return llvm::any_of(files, [&](const File &f) {
        return llvm::sys::path::stem(f.path) == name.substr(strlen("tenon.")) &&
               (f.*member).contains(name);
      });
    };
    if (op.hasTrait<OpTrait::IsTerminator>())
      continue;
    used(&File::tested) ? report.pass()
                        : report.fail(name, "no case of its file computes it");
    if (op.hasInterface<VJPOpInterface>() ||
        op.hasInterface<CompositeOpInterface>())
      used(&File::differentiated)
          ? report.pass()
          : report.fail(name, "no gradient test of its file uses it");
  }
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv,
                              "Runs numeric tests of ops on every backend\n");
  Options options;
  options.cpu = cpu;
  std::string self = llvm::sys::fs::getMainExecutable(
      argv[0], reinterpret_cast<void *>(&checkFile));
  options.runtimeLibraryDir =
      (llvm::sys::path::parent_path(llvm::sys::path::parent_path(self)) +
       "/lib/artifact")
          .str();

  std::vector<File> files;
  bool complete = false;
  for (const std::string &path : paths) {
    if (!llvm::sys::fs::is_directory(path)) {
      files.push_back({path, {}, {}, {}});
      continue;
    }
    complete = true;
    std::error_code error;
    for (llvm::sys::fs::directory_iterator i(path, error), end;
         i != end && !error; i.increment(error))
      if (llvm::sys::path::extension(i->path()) == ".mlir")
        files.push_back({i->path(), {}, {}, {}});
  }
  llvm::sort(files,
             [](const File &a, const File &b) { return a.path < b.path; });

  {
    llvm::DefaultThreadPool pool(llvm::hardware_concurrency(jobs));
    for (File &file : files)
      pool.async([&] { checkFile(file, options); });
    pool.wait();
  }
  Report total;
  if (complete)
    checkComplete(files, total);
  for (const File &file : files) {
    total.passed += file.report.passed;
    total.failed += file.report.failed;
    if (file.report.failed)
      llvm::outs() << file.path << ":\n" << file.report.text;
  }
  llvm::outs() << total.text << total.passed << " passed, " << total.failed
               << " failed\n";
  return total.failed ? 1 : 0;
}
