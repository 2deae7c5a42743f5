//===-- Compile.cpp - from a model file to an artifact --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Pipeline/Compile.h"

#include "tenon/Frontend/ONNX.h"
#include "tenon/Pipeline/Describe.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/AsmState.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace tenon;

/// Weights are elided: phases are for reading.
static OpPrintingFlags readable() {
  OpPrintingFlags flags;
  flags.elideLargeElementsAttrs(16).elideLargeResourceString(64);
  return flags;
}

static LogicalResult
writeText(Location loc, StringRef path,
          llvm::function_ref<void(llvm::raw_ostream &)> print) {
  std::error_code error;
  llvm::ToolOutputFile file(path, error, llvm::sys::fs::OF_None);
  if (error)
    return emitError(loc) << "cannot write " << path << ": " << error.message();
  print(file.os());
  file.keep();
  return success();
}

/// The last phase that a module has been through; IR that --compile-to wrote
/// continues behind it.
static constexpr llvm::StringLiteral kPhase = "tenon.phase";

/// IR inputs bring what the importer would have made.
static LogicalResult completeModule(ModuleOp module, StringRef path) {
  Attribute modelName = module->getAttr("tenon.model_name");
  if (modelName && !isa<StringAttr>(modelName))
    return module.emitError("tenon.model_name is no string");
  if (!modelName)
    module->setAttr(
        "tenon.model_name",
        StringAttr::get(module.getContext(), llvm::sys::path::stem(path)));
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!main || main.isExternal())
    return module.emitError("the module has no function @main to compile");
  Builder b(module.getContext());
  auto name = [&](StringRef attribute, StringRef prefix,
                  unsigned count) -> LogicalResult {
    if (Attribute given = main->getAttr(attribute)) {
      auto names = dyn_cast<ArrayAttr>(given);
      if (!names || names.size() != count ||
          !llvm::all_of(names, llvm::IsaPred<StringAttr>))
        return main.emitError(attribute) << " must be " << count << " strings";
      return success();
    }
    SmallVector<Attribute> names;
    for (unsigned i = 0; i < count; ++i)
      names.push_back(b.getStringAttr(prefix + Twine(i)));
    main->setAttr(attribute, b.getArrayAttr(names));
    return success();
  };
  for (Type t : main.getFunctionType().getInputs())
    if (!isa<RankedTensorType>(t) ||
        !cast<RankedTensorType>(t).hasStaticShape())
      return main.emitError("arguments must be tensors of static shape, not ")
             << t;
  if (failed(name("tenon.input_names", "input", main.getNumArguments())))
    return failure();
  // A lowered function keeps no results; lower's own check looks at the rest.
  if (module->getAttr(kPhase) == b.getStringAttr("lower"))
    return success();
  if (main.getNumResults() == 0)
    return main.emitError("@main returns nothing");
  return name("tenon.output_names", "output", main.getNumResults());
}

/// How many phases a module that was read has been through, which still has to
/// keep the contract of the last of them.
static FailureOr<size_t> phasesDone(ModuleOp module) {
  Attribute last = module->getAttr(kPhase);
  if (!last)
    return 0;
  for (auto [i, phase] : llvm::enumerate(phases()))
    if (last == StringAttr::get(module.getContext(), phase.name)) {
      if (failed(phase.check(module)))
        return failure();
      return i + 1;
    }
  return module.emitError("tenon.phase is ") << last << ", which is no phase";
}

FailureOr<OwningOpRef<ModuleOp>>
tenon::importModel(MLIRContext &context, const CompileOptions &options) {
  StringRef extension = llvm::sys::path::extension(options.input);
  OwningOpRef<ModuleOp> module;
  if (extension == ".mlir" || extension == ".mlirbc") {
    auto file = llvm::MemoryBuffer::getFile(options.input);
    if (!file)
      return emitError(UnknownLoc::get(&context))
                 << "cannot read '" << options.input
                 << "': " << file.getError().message(),
             failure();
    // Shared: resources of bytecode stay where the file is mapped.
    auto sources = std::make_shared<llvm::SourceMgr>();
    sources->AddNewSourceBuffer(std::move(*file), llvm::SMLoc());
    module = parseSourceFile<ModuleOp>(sources, &context);
    if (!module)
      return failure();
  } else {
    ImportOptions import;
    import.dims = options.dims;
    if (options.train) {
      import.parameters = true;
      import.newHead = options.train->newHead;
      import.newHeadClasses = options.train->newHeadClasses;
      import.newHeadSeed = options.train->newHeadSeed;
    }
    FailureOr<OwningOpRef<ModuleOp>> imported =
        importOnnx(context, options.input, import);
    if (failed(imported))
      return failure();
    module = std::move(*imported);
    // Export writes the trained values into a copy of this very file.
    if (auto file = llvm::MemoryBuffer::getFile(options.input);
        file && options.train)
      (*module)->setAttr("tenon.source_hash",
                         IntegerAttr::get(IntegerType::get(&context, 64),
                                          static_cast<int64_t>(llvm::xxHash64(
                                              (*file)->getBuffer()))));
  }
  if (failed(completeModule(*module, options.input)))
    return failure();
  return module;
}

LogicalResult tenon::checkModel(MLIRContext &context,
                                const CompileOptions &options, bool json,
                                llvm::raw_ostream &out) {
  std::vector<NodeReport> report;
  ImportOptions import;
  import.dims = options.dims;
  bool ok = succeeded(importOnnx(context, options.input, import, &report));
  if (json)
    out << toJSON(report) << '\n';
  else if (ok)
    out << "all " << report.size() << " nodes are supported\n";
  return success(ok);
}

LogicalResult tenon::listParameters(MLIRContext &context,
                                    const CompileOptions &options,
                                    llvm::raw_ostream &out) {
  CompileOptions training = options;
  if (!training.train)
    training.train.emplace();
  FailureOr<OwningOpRef<ModuleOp>> module = importModel(context, training);
  if (failed(module))
    return failure();
  auto candidates = listParameters(**module, *training.train);
  if (!candidates)
    return emitError(UnknownLoc::get(&context))
           << llvm::toString(candidates.takeError());
  size_t width = 4;
  for (const ParameterCandidate &c : *candidates)
    width = std::max(width, c.name.size());
  int64_t trained = 0, bytes = 0;
  for (const ParameterCandidate &c : *candidates) {
    std::string shape;
    llvm::raw_string_ostream(shape) << c.type;
    out << llvm::left_justify(c.name, width)
        << (c.trainable ? "  trained  " : "  frozen   ")
        << llvm::left_justify(shape, 24) << "  " << c.why << '\n';
    if (!c.trainable)
      continue;
    ++trained;
    bytes += byteSizeOf(c.type);
  }
  out << trained << " of " << candidates->size() << " parameters trained, "
      << bytes << " bytes\n";
  return success();
}

LogicalResult tenon::compile(MLIRContext &context,
                             const CompileOptions &options) {
  FailureOr<OwningOpRef<ModuleOp>> imported = importModel(context, options);
  if (failed(imported))
    return failure();
  ModuleOp module = **imported;

  unsigned number = 0;
  auto finish = [&](StringRef phase) -> FailureOr<bool> {
    auto print = [&](llvm::raw_ostream &os) {
      module.print(os, readable());
      os << '\n';
    };
    if (!options.dumpPhasesTo.empty()) {
      if (std::error_code e =
              llvm::sys::fs::create_directories(options.dumpPhasesTo))
        return module.emitError("cannot make ")
               << options.dumpPhasesTo << ": " << e.message();
      std::string file = llvm::formatv("{0}/{1,0+2}-{2}.mlir",
                                       options.dumpPhasesTo, number, phase);
      if (failed(writeText(module.getLoc(), file, print)))
        return failure();
    }
    ++number;
    if (options.compileTo != phase)
      return false;
    // IR that a tool is to read again keeps its weights, and a file the names
    // of nodes as well, which make it hard to read on a terminal.
    if (failed(writeText(
            module.getLoc(), options.output, [&](llvm::raw_ostream &os) {
              module.print(
                  os, OpPrintingFlags().enableDebugInfo(options.output != "-"));
              os << '\n';
            })))
      return failure();
    return true;
  };

  FailureOr<size_t> before = phasesDone(module);
  if (failed(before))
    return failure();
  number = *before;
  if (!options.compileTo.empty() && *before &&
      llvm::none_of(phases().drop_front(*before - 1), [&](const Phase &p) {
        return p.name == options.compileTo;
      }))
    return module.emitError("the module has been through phase ")
           << module->getAttr(kPhase) << " already, which is later than '"
           << options.compileTo << "'";
  FailureOr<bool> done =
      finish(*before ? phases()[*before - 1].name : "import");
  if (failed(done) || *done)
    return LogicalResult(done);
  for (const Phase &phase : phases().drop_front(*before)) {
    if (failed(phase.run(module, options)) || failed(phase.check(module)))
      return failure();
    module->setAttr(kPhase, StringAttr::get(&context, phase.name));
    done = finish(phase.name);
    if (failed(done) || *done)
      return LogicalResult(done);
  }
  if (options.emit == EmitKind::IR)
    return writeText(module.getLoc(), options.output,
                     [&](llvm::raw_ostream &os) {
                       module.print(os, readable());
                       os << '\n';
                     });
  return emitArtifact(module, options);
}
