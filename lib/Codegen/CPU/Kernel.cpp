//===-- Kernel.cpp - a group's body becomes a function of pointers --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Codegen/Kernel.h"
#include "lib/Codegen/CPU/Nests.h"

#include "dialects/Tenon/Control.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

void Kernel::storeResult(size_t i, const Point &p) {
  storeValue(i, evaluator.at(yielded()[i], p), p);
}

void Kernel::storeResults(const Point &p) {
  // All are read before any is written: a result may replace an operand.
  SmallVector<Value> values;
  for (Value v : yielded())
    values.push_back(evaluator.at(v, p));
  for (auto [i, v] : llvm::enumerate(values))
    storeValue(i, v, p);
}

void Kernel::storeValue(size_t i, Value v, const Point &p) {
  const Buffer &buffer = results[i];
  Value offset = k.index(0);
  for (size_t d = 0; d < buffer.shape.size(); ++d)
    offset = k.add(offset, k.mul(p.index[d], buffer.strides[d]));
  k.store(v, k.advance(buffer.pointer, buffer.kind, offset), buffer.kind,
          p.mask);
}

FailureOr<func::FuncOp> tenon::emitKernel(ModuleOp module, StringRef name,
                                          Region &body, KernelAttr config) {
  struct Nest {
    void (*emit)(Kernel &);
    size_t tiles;
  };
  auto nest = llvm::StringSwitch<Nest>(config.getNest())
                  .Case("map", {emitMap, 3})
                  .Case("reduce", {emitReduce, 2})
                  .Case("contract", {emitContract, 4})
                  .Case("conv", {emitConv, 4})
                  .Case("filter_grad", {emitFilterGrad, 4})
                  .Case("scatter", {emitScatter, 2})
                  .Default({nullptr, 0});
  Location loc = body.getLoc();
  if (!nest.emit)
    return emitError(loc) << "no loop nest is called '" << config.getNest()
                          << "'",
           failure();
  if (config.getTiles().size() != nest.tiles)
    return emitError(loc) << "loop nest '" << config.getNest() << "' has "
                          << nest.tiles << " tiles, not "
                          << config.getTiles().size(),
           failure();

  OpBuilder b = OpBuilder::atBlockEnd(module.getBody());
  Type pointer = LLVM::LLVMPointerType::get(b.getContext()),
       i64 = b.getI64Type();
  auto f = func::FuncOp::create(
      b, loc, name,
      b.getFunctionType({pointer, i64, i64, pointer}, TypeRange()));
  Block *entry = f.addEntryBlock();
  b.setInsertionPointToStart(entry);
  KernelBuilder k(b, loc);
  Evaluator evaluator(k);

  auto argument = [&](size_t i, RankedTensorType type) {
    Value slot =
        LLVM::GEPOp::create(b, loc, pointer, pointer, entry->getArgument(0),
                            ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(i)});
    return Buffer::rowMajor(LLVM::LoadOp::create(b, loc, pointer, slot), type);
  };
  auto zeros = [&](int64_t bytes) -> Value {
    OpBuilder top = OpBuilder::atBlockBegin(module.getBody());
    auto type = LLVM::LLVMArrayType::get(b.getI8Type(), bytes);
    std::string symbol = "zeros_" + std::to_string(bytes);
    auto global = module.lookupSymbol<LLVM::GlobalOp>(symbol);
    if (!global)
      global = LLVM::GlobalOp::create(
          top, loc, type, /*isConstant=*/true, LLVM::Linkage::Internal, symbol,
          b.getZeroAttr(RankedTensorType::get({bytes}, b.getI8Type())),
          /*alignment=*/64);
    return LLVM::AddressOfOp::create(b, loc, global);
  };
  auto asIndex = [&](unsigned i) -> Value {
    return arith::IndexCastOp::create(b, loc, b.getIndexType(),
                                      entry->getArgument(i));
  };

  Block &block = body.front();
  size_t next = 0;
  for (BlockArgument a : block.getArguments())
    evaluator.bindBuffer(a,
                         argument(next++, cast<RankedTensorType>(a.getType())));
  Kernel kernel{k,    evaluator,  block,      config,
                {},   asIndex(1), asIndex(2), entry->getArgument(3),
                zeros};
  for (Value v : kernel.yielded())
    kernel.results.push_back(
        argument(next++, cast<RankedTensorType>(v.getType())));
  nest.emit(kernel);
  func::ReturnOp::create(b, loc);
  // The plan has reserved what was declared, and the runtime guards its end.
  if (kernel.workspace != config.getWorkspace())
    return emitError(loc) << "kernel @" << name << " declares a workspace of "
                          << config.getWorkspace()
                          << " bytes, but its loop nest uses "
                          << kernel.workspace << " (an internal error)",
           failure();
  orderOperations(f);
  return f;
}
