//===-- Import.cpp - the entry points -------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/Importer.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace tenon;

llvm::json::Value tenon::toJSON(ArrayRef<NodeReport> report) {
  auto text = [](StringRef s) {
    return llvm::json::Value(llvm::json::fixUTF8(s));
  };
  llvm::json::Array unsupported;
  for (const NodeReport &node : report) {
    if (node.supported)
      continue;
    llvm::json::Array inputs;
    for (const std::string &input : node.inputs)
      inputs.push_back(text(input));
    unsupported.push_back(llvm::json::Object{{"name", text(node.name)},
                                             {"op", text(node.op)},
                                             {"domain", text(node.domain)},
                                             {"opset", node.opset},
                                             {"inputs", std::move(inputs)},
                                             {"reason", text(node.reason)},
                                             {"cure", text(node.cure)}});
  }
  return llvm::json::Object{{"nodes", static_cast<int64_t>(report.size())},
                            {"unsupported", std::move(unsupported)}};
}

FailureOr<OwningOpRef<ModuleOp>>
tenon::importOnnx(MLIRContext &context, llvm::MemoryBufferRef buffer,
                  const ImportOptions &options,
                  std::vector<NodeReport> *report) {
  StringRef path = buffer.getBufferIdentifier();
  bool isFile = llvm::sys::fs::exists(path);
  auto model = onnx::parseModel(buffer, isFile ? path : StringRef());
  if (!model) {
    emitError(FileLineColLoc::get(&context, path, 0, 0))
        << "'" << path << "' " << llvm::toString(model.takeError());
    return failure();
  }
  std::vector<NodeReport> unused;
  return onnx::Importer(context, **model, path, options,
                        report ? *report : unused)
      .run();
}

FailureOr<OwningOpRef<ModuleOp>>
tenon::importOnnx(MLIRContext &context, StringRef path,
                  const ImportOptions &options,
                  std::vector<NodeReport> *report) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file) {
    emitError(FileLineColLoc::get(&context, path, 0, 0))
        << "cannot read '" << path << "': " << file.getError().message();
    return failure();
  }
  return importOnnx(context, (*file)->getMemBufferRef(), options, report);
}
