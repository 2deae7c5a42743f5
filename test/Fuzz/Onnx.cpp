//===-- Onnx.cpp - fuzz target: the ONNX importer -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "test/Fuzz/Target.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "tenon/Frontend/ONNX.h"
#include "llvm/Support/FormatVariadic.h"

// Imports the bytes; answers with the first error message, or "" for success.
static std::string import(llvm::StringRef bytes,
                          const tenon::ImportOptions &options) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  std::string message;
  context.getDiagEngine().registerHandler([&](mlir::Diagnostic &d) {
    if (d.getSeverity() == mlir::DiagnosticSeverity::Error && message.empty())
      message = d.str();
    return mlir::success();
  });
  // Without a name there is no folder, so no file is touched.
  std::vector<tenon::NodeReport> report;
  auto module = tenon::importOnnx(context, llvm::MemoryBufferRef(bytes, ""),
                                  options, &report);
  // A refusal says why, and what is accepted is sound.
  TENON_FUZZ_REQUIRE(mlir::succeeded(module) == message.empty());
  if (mlir::succeeded(module))
    TENON_FUZZ_REQUIRE(mlir::succeeded(mlir::verify(**module)));
  TENON_FUZZ_REQUIRE(
      !llvm::formatv("{0}", tenon::toJSON(report)).str().empty());
  return message;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef bytes(reinterpret_cast<const char *>(data), size);
  tenon::ImportOptions options;
  if (import(bytes, options).find("symbolic dimensions") != std::string::npos) {
    options.dims["N"] = 2;
    import(bytes, options);
  }
  return 0;
}
