//===-- Semantics.h - the meaning of single ops -----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One function per kind of op, in files named by category. Operands are of the
// op's types; splats are allowed anywhere. A null tensor means no memory.
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/TenonAll.h"
#include "tenon/Reference/Tensor.h"

namespace tenon::reference {

// Pointwise.cpp
Tensor pointwise(mlir::Operation *op, llvm::ArrayRef<Tensor> operands);

// Reduce.cpp
Tensor reduce(ReductionOpInterface op, const Tensor &x);
Tensor argExtremum(const Tensor &x, int64_t axis, bool maximum, bool last);

// Window.cpp
Tensor maxPool(MaxPoolOp op, const Tensor &x);
Tensor maxPoolIndex(MaxPoolIndexOp op, const Tensor &x);
Tensor avgPool(AvgPoolOp op, const Tensor &x);
/// `index` may be null.
Tensor unpool(UnpoolOp op, const Tensor &dy, const Tensor &index);

// Contraction.cpp
Tensor matmul(MatmulOp op, const Tensor &lhs, const Tensor &rhs);
Tensor conv(ConvOp op, const Tensor &x, const Tensor &filter);
Tensor convFilterGrad(ConvFilterGradOp op, const Tensor &x, const Tensor &dy);

// Movement.cpp
Tensor broadcast(BroadcastOp op, const Tensor &x);
Tensor transpose(const Tensor &x, llvm::ArrayRef<int64_t> permutation);
Tensor slice(SliceOp op, const Tensor &x);
Tensor pad(PadOp op, const Tensor &x);
Tensor concat(ConcatOp op, llvm::ArrayRef<Tensor> inputs);
Tensor gather(GatherOp op, const Tensor &x, const Tensor &indices);
Tensor scatterAdd(ScatterAddOp op, const Tensor &x, const Tensor &indices);
Tensor iota(IotaOp op);
Tensor linearIndex(LinearIndexOp op);
Tensor pack(const Tensor &x, int64_t panel);
Tensor unpack(const Tensor &x, llvm::ArrayRef<int64_t> shape);

} // namespace tenon::reference
