//===-- Emit.cpp - kernels, weights and schedule become a file ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Pipeline/Compile.h"
#include "tenon/Pipeline/Describe.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tnrt/Tnrt.h"
#include "tenon/Codegen/Kernel.h"
#include "tenon/Kernels/CpuTarget.h"
#include "tenon/Reference/Interpreter.h"
#include "tenon/Report/Page.h"
#include "tenon/Target/Link.h"
#include "tenon/Target/Metadata.h"
#include "tenon/Target/Object.h"
#include "tenon/Target/Schedule.h"
#include "tenon/Target/WeightsObject.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;
using namespace tenon;

namespace {

/// Files of one compilation, removed at its end.
class WorkFolder {
public:
  ~WorkFolder() {
    if (!path.empty())
      llvm::sys::fs::remove_directories(path);
  }
  std::error_code create() {
    return llvm::sys::fs::createUniqueDirectory("tenon", path);
  }
  std::string file(const Twine &name) const {
    return (path + "/" + name).str();
  }

private:
  SmallString<128> path;
};

class Emitter {
public:
  Emitter(ModuleOp module, const CompileOptions &options)
      : module(module), options(options) {}

  LogicalResult run();

private:
  LogicalResult compileKernels();
  LogicalResult writeWeights();
  LogicalResult writeSchedule();
  LogicalResult writeText();
  LogicalResult writeReport();
  LogicalResult fail(llvm::Error e) {
    return module.emitError(llvm::toString(std::move(e)));
  }
  LogicalResult writeFile(StringRef path, ArrayRef<char> bytes);

  ModuleOp module;
  const CompileOptions &options;
  WorkFolder folder;
  CpuTarget cpu;
  ArtifactInfo info;
  std::vector<std::string> objects;
  /// By kernel: object bytes, or text for the textual kinds.
  std::vector<SmallString<0>> compiled;
  std::vector<std::string> texts;
};

} // namespace

LogicalResult Emitter::writeFile(StringRef path, ArrayRef<char> bytes) {
  std::error_code e;
  llvm::raw_fd_ostream out(path, e);
  if (!e) {
    out.write(bytes.data(), bytes.size());
    out.close();
    e = out.error();
    out.clear_error();
  }
  return e ? module.emitError("cannot write ") << path << ": " << e.message()
           : success();
}

LogicalResult Emitter::compileKernels() {
  auto kernels = llvm::to_vector(module.getOps<tnrt::KernelOp>());
  // MLIR's part of each kernel is small; LLVM's is not, and shares nothing.
  struct Job {
    llvm::LLVMContext context;
    std::unique_ptr<llvm::Module> code;
    std::string error;
  };
  std::vector<std::unique_ptr<Job>> jobs;
  for (tnrt::KernelOp kernel : kernels) {
    OwningOpRef<ModuleOp> one = ModuleOp::create(kernel.getLoc());
    auto function =
        emitKernel(*one, kernelSymbol(kernel.getSymName()), kernel.getBody(),
                   cast<KernelAttr>(kernel.getConfig()));
    if (failed(function) || failed(checkGenerated(*function)) ||
        failed(lowerToLLVM(*one)))
      return failure();
    auto job = std::make_unique<Job>();
    job->code =
        translateModuleToLLVMIR(*one, job->context, kernel.getSymName());
    if (!job->code)
      return kernel.emitError("LLVM IR translation failed (an internal error)");
    for (llvm::Function &f : *job->code)
      if (!f.isDeclaration())
        f.setVisibility(llvm::GlobalValue::HiddenVisibility);
    jobs.push_back(std::move(job));
  }

  compiled.resize(kernels.size());
  texts.resize(kernels.size());
  auto work = [&](size_t i) {
    Job &job = *jobs[i];
    auto machine = makeTargetMachine(cpu.name);
    if (!machine) {
      job.error = llvm::toString(machine.takeError());
      return;
    }
    optimize(*job.code, **machine);
    if (options.emit == EmitKind::LLVM) {
      llvm::raw_string_ostream out(texts[i]);
      job.code->print(out, nullptr);
    } else {
      auto kind = options.emit == EmitKind::Assembly ? ObjectKind::Assembly
                                                     : ObjectKind::Object;
      if (llvm::Error e = emitObject(*job.code, **machine, kind, compiled[i]))
        job.error = llvm::toString(std::move(e));
    }
    job.code.reset();
  };
  llvm::DefaultThreadPool pool(
      options.compileThreads
          ? llvm::hardware_concurrency(options.compileThreads)
          : llvm::hardware_concurrency());
  for (size_t i = 0; i < jobs.size(); ++i)
    pool.async([&work, i] { work(i); });
  pool.wait();
  for (auto [job, kernel] : llvm::zip(jobs, kernels))
    if (!job->error.empty())
      return kernel.emitError(job->error);
  return success();
}

LogicalResult Emitter::writeWeights() {
  uint64_t total = 0;
  SmallVector<RecipeOp> recipes;
  // In the order of their places; one that functions share is written once.
  for (auto function : module.getOps<func::FuncOp>())
    for (auto recipe : function.getOps<RecipeOp>())
      if (recipes.empty() || *recipe.getOffset() >= total) {
        recipes.push_back(recipe);
        total = *recipe.getOffset() + byteSizeOf(recipe.getType());
      }
  info.weightsBytes = total;
  if (!total)
    return success();
  auto writer = WeightsObjectWriter::create(folder.file("weights.o"), total);
  if (!writer)
    return fail(writer.takeError());
  for (RecipeOp recipe : recipes) {
    FailureOr<Tensor> weight = evaluateRecipe(recipe);
    if (failed(weight))
      return failure();
    Tensor dense = weight->dense();
    if (!dense)
      return recipe.emitError("not enough memory for a weight of ")
             << recipe.getType();
    ArrayRef<char> bytes(static_cast<const char *>(dense.data()),
                         dense.sizeInBytes());
    if (llvm::Error e = (*writer)->append(bytes, *recipe.getOffset()))
      return fail(std::move(e));
  }
  if (llvm::Error e = (*writer)->finish())
    return fail(std::move(e));
  llvm::append_range(info.weightsHashes, (*writer)->hashes());
  objects.push_back(folder.file("weights.o"));
  return success();
}

LogicalResult Emitter::writeSchedule() {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> code =
      buildScheduleModule(context, entrySchedules(module), info.modelName,
                          writeMetadata(info), info.weightsBytes);
  auto machine = makeTargetMachine(cpu.name);
  if (!machine)
    return fail(machine.takeError());
  optimize(*code, **machine);
  SmallString<0> bytes;
  if (llvm::Error e = emitObject(*code, **machine, ObjectKind::Object, bytes))
    return fail(std::move(e));
  objects.push_back(folder.file("schedule.o"));
  return writeFile(objects.back(), bytes);
}

LogicalResult Emitter::writeText() {
  std::error_code e;
  llvm::raw_fd_ostream out(options.output, e);
  if (e)
    return module.emitError("cannot write ")
           << options.output << ": " << e.message();
  for (size_t i = 0; i < compiled.size(); ++i)
    out << texts[i] << StringRef(compiled[i]);
  return success();
}

LogicalResult Emitter::run() {
  MLIRContext *context = module.getContext();
  registerBuiltinDialectTranslation(*context);
  registerLLVMDialectTranslation(*context);
  auto target = CpuTarget::get(options.cpu);
  if (!target)
    return fail(target.takeError());
  cpu = *target;
  if (std::error_code e = folder.create())
    return module.emitError("cannot make a temporary folder: ") << e.message();

  if (failed(compileKernels()))
    return failure();
  if (options.emit == EmitKind::LLVM || options.emit == EmitKind::Assembly)
    return writeText();
  for (auto [i, bytes] : llvm::enumerate(compiled)) {
    objects.push_back(folder.file("kernel" + Twine(i) + ".o"));
    if (failed(writeFile(objects.back(), bytes)))
      return failure();
  }

  info.targetCpu = cpu.name;
  for (const std::string &feature : cpu.features()) {
    std::optional<uint64_t> bit = isaBit(feature);
    if (!bit)
      return module.emitError("the runtime cannot check for the CPU feature ")
             << feature;
    info.isaRequired |= *bit;
  }
  if (failed(writeWeights()))
    return failure();
  describe(module, info);
  if (failed(writeSchedule()))
    return failure();

  LinkOptions link;
  link.libraryDir = options.runtimeLibraryDir;
  link.modelName = info.modelName;
  if (options.emit == EmitKind::Executable)
    link.kind = ArtifactKind::Executable;
  if (llvm::Error e = linkArtifact(objects, options.output, link))
    return fail(std::move(e));
  return options.report.empty() ? success() : writeReport();
}

LogicalResult Emitter::writeReport() {
  report::Subject subject;
  subject.model = info.modelName;
  subject.cpu = info.targetCpu;
  subject.weightsBytes = info.weightsBytes;
  subject.stateBytes = info.stateBytes;
  for (const StateInfo &state : info.states) {
    uint64_t bytes = tn_dtype_size(state.tensor.dtype);
    for (int64_t dim : state.tensor.dims)
      bytes *= dim;
    subject.stateParts[state.kind] += bytes;
  }
  subject.json = info.json;
  llvm::Expected<std::string> page = report::writePage(subject);
  if (!page)
    return fail(page.takeError());
  if (llvm::Error e = report::writeReport(options.report, *page))
    return fail(std::move(e));
  return success();
}

LogicalResult tenon::emitArtifact(ModuleOp module,
                                  const CompileOptions &options) {
  return Emitter(module, options).run();
}
