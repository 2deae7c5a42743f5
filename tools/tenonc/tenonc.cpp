//===-- tenonc.cpp - compiles a model file to an artifact -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Pipeline/Compile.h"
#include "tenon/Pipeline/Register.h"
#include "tenon/Report/Page.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;
using namespace tenon;

static cl::OptionCategory category("Tenon options");

static cl::opt<std::string> input(cl::Positional,
                                  cl::desc("MODEL.onnx|.mlir|.mlirbc"),
                                  cl::Required, cl::cat(category));
static cl::opt<std::string>
    output("o",
           cl::desc("Output file; by default the model's name with the "
                    "ending of --emit"),
           cl::value_desc("file"), cl::cat(category));
static cl::opt<EmitKind> emit(
    "emit", cl::desc("What to write:"), cl::init(EmitKind::SharedLibrary),
    cl::values(clEnumValN(EmitKind::SharedLibrary, "so",
                          "shared library (default)"),
               clEnumValN(EmitKind::Executable, "exe", "stand-alone program"),
               clEnumValN(EmitKind::IR, "ir", "schedule and kernels, as MLIR"),
               clEnumValN(EmitKind::LLVM, "llvm", "kernels, as LLVM IR"),
               clEnumValN(EmitKind::Assembly, "asm", "kernels, as assembly")),
    cl::cat(category));
static cl::opt<std::string>
    target("target",
           cl::desc("cpu (default), or ref: the same code "
                    "generator without fusion, tiles or vectors"),
           cl::init("cpu"), cl::cat(category));
static cl::opt<std::string>
    cpu("cpu", cl::desc("x86-64-v3, x86-64-v4, or native (default)"),
        cl::init("native"), cl::cat(category));
static cl::list<std::string> dims("dim",
                                  cl::desc("Extent of a symbolic dimension"),
                                  cl::value_desc("name=N"), cl::cat(category));
static cl::opt<std::string> tiles("tiles", cl::desc("Rules for tile sizes"),
                                  cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string>
    fuse("fuse", cl::desc("on (default) or off: every op a kernel"),
         cl::init("on"), cl::cat(category));
static cl::opt<unsigned>
    maxThreads("max-threads",
               cl::desc("Most threads a context may use; part "
                        "of the memory plan (default 16)"),
               cl::init(16), cl::cat(category));
static cl::opt<unsigned> compileThreads("compile-threads",
                                        cl::desc("Kernels compiled at once; by "
                                                 "default one per processor"),
                                        cl::init(0), cl::cat(category));
static cl::opt<std::string>
    compileTo("compile-to", cl::desc("Stop after this phase and write the IR"),
              cl::value_desc("phase"), cl::cat(category));
static cl::opt<std::string>
    dumpPhasesTo("dump-phases-to", cl::desc("Write the IR after each phase"),
                 cl::value_desc("folder"), cl::cat(category));
static cl::opt<bool> check("check",
                           cl::desc("Only say which nodes are not supported"),
                           cl::cat(category));
static cl::opt<bool>
    asJson("json", cl::desc("With --check: as JSON on standard output"),
           cl::cat(category));

static cl::opt<std::string> memoryBudget(
    "memory-budget",
    cl::desc("Bytes for variables and arena (arena:N: arena alone), kept or "
             "refused; what is not kept is computed again"),
    cl::value_desc("N[KiB|MiB|GiB]"), cl::cat(category));

static cl::opt<std::string>
    reportTo("report",
             cl::desc("Also write a page about the artifact's memory; beside "
                      "the artifact if no file is named"),
             cl::value_desc("html[:FILE]"), cl::cat(category));

static cl::OptionCategory training("Training options");
static cl::opt<bool>
    train("train",
          cl::desc("Make an artifact that learns: see tenon-run train"),
          cl::cat(training));
static cl::opt<bool>
    listParams("list-params",
               cl::desc("Only print what could be trained, and why"),
               cl::cat(training));
static cl::opt<std::string>
    loss("loss",
         cl::desc("cross-entropy[,ignore=LABEL], soft-cross-entropy, "
                  "binary-cross-entropy or mse"),
         cl::init("cross-entropy"), cl::cat(training));
static cl::opt<std::string> optimizer(
    "optimizer",
    cl::desc("sgd[,momentum=M][,nesterov] or adam|adamw[,beta1=B][,beta2=B]"
             "[,eps=E], each with [,weight-decay=W]"),
    cl::init("sgd"), cl::cat(training));
static cl::opt<double> learningRate("lr", cl::desc("Learning rate"),
                                    cl::init(0.01), cl::cat(training));
static cl::opt<std::string>
    schedule("lr-schedule",
             cl::desc("constant, step,every=STEPS,gamma=FACTOR or "
                      "cosine,steps=STEPS[,min=FACTOR]"),
             cl::init("constant"), cl::cat(training));
static cl::opt<unsigned>
    warmup("lr-warmup", cl::desc("Steps of linear growth to the learning rate"),
           cl::init(0), cl::cat(training));
static cl::opt<std::string>
    initialize("init",
               cl::desc("keep (default): the file's values; he[,seed=N] or "
                        "xavier[,seed=N]: fresh ones"),
               cl::init("keep"), cl::cat(training));
static cl::opt<std::string>
    batchNorm("bn",
              cl::desc("Batch normalisation: frozen statistics, or batch; "
                       "by default frozen if --init=keep"),
              cl::cat(training));
static cl::opt<std::string> newHead(
    "new-head",
    cl::desc("NODE:classes=N[,seed=S]: the last layer for other classes"),
    cl::value_desc("node:classes=N"), cl::cat(training));
static cl::opt<std::string> trainOnly("train-only",
                                      cl::desc("Train these parameters"),
                                      cl::value_desc("regex"),
                                      cl::cat(training));
static cl::opt<std::string> freeze("freeze",
                                   cl::desc("Do not train these parameters"),
                                   cl::value_desc("regex"), cl::cat(training));
static cl::opt<std::string> metric("metric", cl::desc("accuracy"),
                                   cl::cat(training));
static cl::opt<std::string>
    trainOutput("train-output",
                cl::desc("The output that the loss is taken of"),
                cl::value_desc("name"), cl::cat(training));

static int usageError(const Twine &message) {
  errs() << "error: " << message << '\n';
  return 2;
}

/// What --compile-to takes.
static std::string phaseNames() {
  std::string names = "import";
  for (const Phase &phase : phases())
    names += ", " + phase.name.str();
  return names;
}

static StringRef ending(EmitKind kind) {
  switch (kind) {
  case EmitKind::SharedLibrary:
    return ".so";
  case EmitKind::Executable:
    return "";
  case EmitKind::IR:
    return ".mlir";
  case EmitKind::LLVM:
    return ".ll";
  case EmitKind::Assembly:
    return ".s";
  }
  return "";
}

/// "[arena:]N[KiB|MiB|GiB]".
static bool readBudget(StringRef text, CompileOptions &options) {
  options.budgetArenaOnly = text.consume_front("arena:");
  unsigned shift = text.consume_back("KiB")   ? 10
                   : text.consume_back("MiB") ? 20
                   : text.consume_back("GiB") ? 30
                                              : 0;
  uint64_t count;
  if (text.getAsInteger(10, count) || count == 0 ||
      count >= (UINT64_C(1) << 48 >> shift))
    return false;
  options.memoryBudget = count << shift;
  return true;
}

/// What --train and its like ask for.
static Error readTraining(TrainOptions &options) {
  if (Error e = parseLoss(loss, options))
    return e;
  if (Error e = parseOptimizer(optimizer, options))
    return e;
  if (Error e = parseSchedule(schedule, options.learningRate))
    return e;
  if (Error e = parseInit(initialize, options))
    return e;
  if (!(learningRate > 0 && learningRate <= 1e30))
    return createStringError("--lr must be greater than 0, and finite");
  options.learningRate.rate = learningRate;
  options.learningRate.warmup = warmup;
  if (!batchNorm.empty() && batchNorm != "frozen" && batchNorm != "batch")
    return createStringError("--bn takes frozen or batch, not '" + batchNorm +
                             "'");
  options.batchStatistics = batchNorm.empty()
                                ? options.init != Initializer::Keep
                                : batchNorm == "batch";
  if (!metric.empty() && metric != "accuracy")
    return createStringError("--metric takes accuracy, not '" + metric + "'");
  options.accuracy = !metric.empty();
  if (!newHead.empty())
    if (Error e = parseNewHead(newHead, options))
      return e;
  options.trainOnly = trainOnly;
  options.freeze = freeze;
  options.output = trainOutput;
  return Error::success();
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions({&category, &training});
  cl::ParseCommandLineOptions(argc, argv,
                              "Tenon: compiles a model file to native code\n\n"
                              "  tenonc model.onnx -o model.so\n");

  CompileOptions options;
  options.input = input;
  options.emit = emit;
  options.cpu = cpu;
  options.tiles = tiles;
  options.maxThreads = maxThreads;
  options.compileThreads = compileThreads;
  options.compileTo = compileTo;
  options.dumpPhasesTo = dumpPhasesTo;
  if (target != "cpu" && target != "ref")
    return usageError("unknown target '" + target +
                      "'; choose --target=cpu or --target=ref");
  options.reference = target == "ref";
  if (fuse != "on" && fuse != "off")
    return usageError("--fuse takes on or off, not '" + fuse + "'");
  options.fuse = fuse == "on";
  if (maxThreads < 1 || maxThreads > 1024)
    return usageError("--max-threads must be 1 to 1024");
  for (const std::string &dim : dims) {
    auto [name, value] = StringRef(dim).rsplit('=');
    int64_t extent;
    if (name.empty() || value.getAsInteger(10, extent) || extent < 1)
      return usageError("--dim takes name=N with N at least 1, not '" + dim +
                        "'");
    options.dims[name] = extent;
  }
  if (!compileTo.empty() && compileTo != "import" &&
      none_of(phases(), [](const Phase &p) { return p.name == compileTo; }))
    return usageError("unknown phase '" + compileTo + "'; choose one of " +
                      phaseNames());
  if (!output.empty())
    options.output = output;
  else if (!compileTo.empty())
    options.output = "-";
  else
    options.output = sys::path::stem(input).str() + ending(emit).str();
  if (options.output == "-" && compileTo.empty() &&
      (emit == EmitKind::SharedLibrary || emit == EmitKind::Executable))
    return usageError("a library or program cannot go to standard output; name "
                      "a file: -o FILE");
  if (!memoryBudget.empty() && !readBudget(memoryBudget, options))
    return usageError("--memory-budget takes [arena:]N[KiB|MiB|GiB], not '" +
                      memoryBudget + "'");
  if (!reportTo.empty()) {
    if (check || listParams || !compileTo.empty() ||
        (emit != EmitKind::SharedLibrary && emit != EmitKind::Executable))
      return usageError("--report is about an artifact, and none is made");
    Expected<std::string> file = report::reportFile(reportTo, options.output);
    if (!file)
      return usageError(toString(file.takeError()));
    SmallString<128> page(*file), made(options.output);
    for (SmallString<128> *path : {&page, &made}) {
      (void)sys::fs::make_absolute(*path);
      sys::path::remove_dots(*path, /*remove_dot_dot=*/true);
    }
    if (page == made)
      return usageError("the report would overwrite " + options.output +
                        "; name another file: --report=html:FILE");
    options.report = *file;
  }
  if (train || listParams) {
    options.train.emplace();
    if (Error e = readTraining(*options.train))
      return usageError(toString(std::move(e)));
  } else {
    const cl::Option *needTraining[] = {&loss,      &optimizer, &learningRate,
                                        &schedule,  &warmup,    &initialize,
                                        &batchNorm, &newHead,   &trainOnly,
                                        &freeze,    &metric,    &trainOutput};
    for (const cl::Option *option : needTraining)
      if (option->getNumOccurrences())
        return usageError("--" + option->ArgStr + " needs --train");
  }
  std::string self = sys::fs::getMainExecutable(
      argv[0], reinterpret_cast<void *>(&usageError));
  options.runtimeLibraryDir =
      (sys::path::parent_path(sys::path::parent_path(self)) + "/lib/artifact")
          .str();

  mlir::DialectRegistry registry;
  registerDialects(registry);
  mlir::MLIRContext context(registry);
  context.loadAllAvailableDialects();
  // A diagnostic names the node; the whole IR behind it helps nobody.
  context.printOpOnDiagnostic(false);
  SourceMgr sources;
  mlir::SourceMgrDiagnosticHandler handler(sources, &context);
  if (check)
    return succeeded(checkModel(context, options, asJson, outs())) ? 0 : 1;
  if (listParams)
    return succeeded(listParameters(context, options, outs())) ? 0 : 1;
  return succeeded(compile(context, options)) ? 0 : 1;
}
