//===-- KernelBuilder.cpp - index arithmetic, memory, loops ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/KernelBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

Buffer Buffer::rowMajor(Value pointer, RankedTensorType type) {
  Buffer r{pointer,
           kindOf(type.getElementType()),
           llvm::to_vector(type.getShape()),
           {}};
  r.strides.resize(r.shape.size());
  int64_t stride = 1;
  for (size_t d = r.shape.size(); d-- > 0; stride *= r.shape[d])
    r.strides[d] = stride;
  return r;
}

//===----------------------------------------------------------------------===//
// Indices
//===----------------------------------------------------------------------===//

Value KernelBuilder::index(int64_t v) {
  return arith::ConstantIndexOp::create(b, loc, v);
}

std::optional<int64_t> KernelBuilder::constant(Value v) {
  APInt value;
  if (matchPattern(v, m_ConstantInt(&value)))
    return value.getSExtValue();
  return std::nullopt;
}

Value KernelBuilder::add(Value l, Value r) {
  return b.createOrFold<arith::AddIOp>(loc, l, r,
                                       arith::IntegerOverflowFlags::nsw);
}
Value KernelBuilder::sub(Value l, Value r) {
  return b.createOrFold<arith::SubIOp>(loc, l, r,
                                       arith::IntegerOverflowFlags::nsw);
}
Value KernelBuilder::mul(Value l, int64_t r) {
  if (r == 0)
    return index(0);
  return b.createOrFold<arith::MulIOp>(loc, l, index(r),
                                       arith::IntegerOverflowFlags::nsw);
}
// Indices are never negative where they are divided.
Value KernelBuilder::div(Value l, int64_t r) {
  return b.createOrFold<arith::DivUIOp>(loc, l, index(r));
}
Value KernelBuilder::rem(Value l, int64_t r) {
  if (r == 1)
    return index(0);
  return b.createOrFold<arith::RemUIOp>(loc, l, index(r));
}
Value KernelBuilder::min(Value l, Value r) {
  return b.createOrFold<arith::MinSIOp>(loc, l, r);
}
Value KernelBuilder::max(Value l, Value r) {
  return b.createOrFold<arith::MaxSIOp>(loc, l, r);
}

Value KernelBuilder::inRange(Value v, int64_t extent) {
  // Unsigned: a negative index is a huge one.
  return b.createOrFold<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, v,
                                       index(extent));
}
Value KernelBuilder::both(Value l, Value r) {
  return b.createOrFold<arith::AndIOp>(loc, l, r);
}
Value KernelBuilder::select(Value c, Value l, Value r) {
  return b.createOrFold<arith::SelectOp>(loc, c, l, r);
}

SmallVector<Value> KernelBuilder::delinearize(Value linear,
                                              ArrayRef<int64_t> shape) {
  SmallVector<Value> indices(shape.size());
  for (size_t d = shape.size(); d-- > 0;) {
    // The outermost index needs no remainder: linear is in range.
    indices[d] = d == 0 ? linear : rem(linear, std::max<int64_t>(shape[d], 1));
    if (d)
      linear = div(linear, std::max<int64_t>(shape[d], 1));
  }
  return indices;
}

//===----------------------------------------------------------------------===//
// Memory and vectors
//===----------------------------------------------------------------------===//

Type KernelBuilder::registerType(Kind kind, int64_t lanes) {
  Type t =
      kind == Kind::Bool ? b.getI1Type() : storageTypeOf(kind, b.getContext());
  return lanes == 1 ? t : VectorType::get({lanes}, t);
}

Value KernelBuilder::advance(Value pointer, Kind kind, Value offset) {
  if (auto c = constant(offset)) {
    if (*c == 0)
      return pointer;
    if (llvm::isInt<31>(*c))
      return LLVM::GEPOp::create(
          b, loc, pointer.getType(), storageTypeOf(kind, b.getContext()),
          pointer, ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(*c)});
  }
  Value i = arith::IndexCastOp::create(b, loc, b.getI64Type(), offset);
  return LLVM::GEPOp::create(b, loc, pointer.getType(),
                             storageTypeOf(kind, b.getContext()), pointer,
                             ArrayRef<LLVM::GEPArg>{i});
}

Value KernelBuilder::load(Value pointer, Kind kind, int64_t lanes,
                          int64_t stride, Value mask) {
  Type element = storageTypeOf(kind, b.getContext());
  unsigned alignment = bytesOf(kind);
  Value v;
  if (lanes == 1 || stride == 0) {
    v = LLVM::LoadOp::create(b, loc, element, pointer, alignment);
  } else {
    auto type = VectorType::get({lanes}, element);
    Value zero;
    if (mask || stride != 1)
      zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(type));
    if (stride != 1) {
      Value numbers = laneNumbers(b.getI64Type(), lanes);
      Value factor = arith::ConstantOp::create(
          b, loc,
          DenseElementsAttr::get(cast<VectorType>(numbers.getType()),
                                 b.getI64IntegerAttr(stride)));
      Value offsets = arith::MulIOp::create(b, loc, numbers, factor);
      auto pointers = VectorType::get({lanes}, pointer.getType());
      Value addresses = LLVM::GEPOp::create(b, loc, pointers, element, pointer,
                                            ArrayRef<LLVM::GEPArg>{offsets});
      if (!mask)
        mask = arith::ConstantOp::create(
            b, loc,
            DenseElementsAttr::get(VectorType::get({lanes}, b.getI1Type()),
                                   true));
      v = LLVM::masked_gather::create(b, loc, type, addresses, mask, zero,
                                      alignment);
    } else if (mask) {
      v = LLVM::MaskedLoadOp::create(b, loc, type, pointer, mask, zero,
                                     alignment);
    } else {
      v = LLVM::LoadOp::create(b, loc, type, pointer, alignment);
    }
  }
  if (kind == Kind::Bool) {
    Value zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(v.getType()));
    v = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, v, zero);
  }
  return stride == 0 ? splat(v, lanes) : v;
}

void KernelBuilder::store(Value value, Value pointer, Kind kind, Value mask) {
  if (kind == Kind::Bool) {
    Type t = b.getI8Type();
    if (auto v = dyn_cast<VectorType>(value.getType()))
      t = VectorType::get(v.getShape(), t);
    value = arith::ExtUIOp::create(b, loc, t, value);
  }
  if (mask)
    LLVM::MaskedStoreOp::create(b, loc, value, pointer, mask, bytesOf(kind));
  else
    LLVM::StoreOp::create(b, loc, value, pointer, bytesOf(kind));
}

Value KernelBuilder::splat(Value scalar, int64_t lanes) {
  if (lanes == 1)
    return scalar;
  return vector::BroadcastOp::create(
      b, loc, VectorType::get({lanes}, scalar.getType()), scalar);
}

Value KernelBuilder::constantOf(HostScalar value, int64_t lanes) {
  Type type = registerType(value.kind, lanes);
  Type element = getElementTypeOrSelf(type);
  TypedAttr a;
  if (auto f = dyn_cast<FloatType>(element)) {
    a = b.getFloatAttr(f, value.kind == Kind::F64 ? value.d : value.f);
  } else if (value.kind == Kind::BF16) {
    uint16_t bits;
    value.store(&bits);
    a = b.getIntegerAttr(element, APInt(16, bits));
  } else {
    a = b.getIntegerAttr(
        element, APInt(element.getIntOrFloatBitWidth(), value.i, false, true));
  }
  if (auto v = dyn_cast<VectorType>(type))
    a = DenseElementsAttr::get(v, a);
  return arith::ConstantOp::create(b, loc, a);
}

Value KernelBuilder::laneNumbers(Type element, int64_t lanes) {
  SmallVector<Attribute> numbers;
  for (int64_t i = 0; i < lanes; ++i)
    numbers.push_back(b.getIntegerAttr(element, i));
  return arith::ConstantOp::create(
      b, loc,
      DenseElementsAttr::get(VectorType::get({lanes}, element), numbers));
}

Value KernelBuilder::maskBelow(Value count, int64_t lanes) {
  Value n = arith::IndexCastOp::create(b, loc, b.getI32Type(), count);
  return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt,
                               laneNumbers(b.getI32Type(), lanes),
                               splat(n, lanes));
}

//===----------------------------------------------------------------------===//
// Control
//===----------------------------------------------------------------------===//

void KernelBuilder::loop(Value from, Value to, int64_t step,
                         function_ref<void(Value)> body) {
  loop(from, to, step, {}, [&](Value i, ValueRange) -> SmallVector<Value> {
    body(i);
    return {};
  });
}

SmallVector<Value>
KernelBuilder::loop(Value from, Value to, int64_t step, ValueRange init,
                    function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  auto f = constant(from), t = constant(to);
  if (f && t && *f >= *t)
    return llvm::to_vector(init);
  if (f && t && *f + step >= *t)
    return body(from, init);
  auto op = scf::ForOp::create(b, loc, from, to, index(step), init);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(op.getBody());
  SmallVector<Value> next = body(op.getInductionVar(), op.getRegionIterArgs());
  if (init.empty())
    return {};
  scf::YieldOp::create(b, loc, next);
  return SmallVector<Value>(op.getResults());
}

void KernelBuilder::overLanes(Value from, Value to, int64_t extent,
                              int64_t lanes,
                              function_ref<void(Value, Value)> body) {
  if (lanes == 1)
    return loop(from, to, 1, [&](Value i) { body(i, {}); });
  int64_t whole = extent / lanes * lanes;
  loop(from, min(to, index(whole)), lanes, [&](Value i) { body(i, {}); });
  if (whole == extent)
    return;
  Value reached = b.createOrFold<arith::CmpIOp>(loc, arith::CmpIPredicate::sgt,
                                                to, index(whole));
  branch(reached,
         [&] { body(index(whole), maskBelow(index(extent - whole), lanes)); });
}

void KernelBuilder::branch(Value condition, function_ref<void()> then,
                           function_ref<void()> otherwise) {
  if (auto c = constant(condition)) {
    if (*c)
      then();
    else if (otherwise)
      otherwise();
    return;
  }
  auto op = scf::IfOp::create(b, loc, condition, static_cast<bool>(otherwise));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(op.thenBlock());
  then();
  if (otherwise) {
    b.setInsertionPointToStart(op.elseBlock());
    otherwise();
  }
}

SmallVector<Value>
KernelBuilder::branch(Value condition, TypeRange types,
                      function_ref<SmallVector<Value>()> then,
                      function_ref<SmallVector<Value>()> otherwise) {
  if (auto c = constant(condition))
    return *c ? then() : otherwise();
  auto op =
      scf::IfOp::create(b, loc, types, condition, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(op.thenBlock());
  scf::YieldOp::create(b, loc, then());
  b.setInsertionPointToStart(op.elseBlock());
  scf::YieldOp::create(b, loc, otherwise());
  return SmallVector<Value>(op.getResults());
}
