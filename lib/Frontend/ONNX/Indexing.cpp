//===-- Indexing.cpp - Gather and its relatives ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Elementwise.h"
#include "lib/Frontend/ONNX/NodeImporter.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

static LogicalResult importGather(NodeImporter &n) {
  FailureOr<int64_t> axis = n.axis(n.integer("axis", 0), n.rank(n.input(0)));
  if (failed(axis))
    return failure();
  return n.yield(n.make<GatherOp>(n.input(0), n.input(1), *axis));
}

/// Indices along a dimension, negative ones counted from its end and those
/// outside held at its edge, as int64.
static Value positions(NodeImporter &n, Value indices, int64_t extent) {
  Value wide = n.cast(indices, n.b.getI64Type());
  if (!wide)
    return {};
  Expr i = n.expr(wide);
  double e = extent;
  return max(min(select(i < 0.0, i + e, i), e - 1), 0.0);
}

/// Flattens, and computes each element's row-major position.
static LogicalResult importGatherElements(NodeImporter &n) {
  Value x = n.input(0), indices = n.input(1);
  int64_t rank = n.rank(x);
  FailureOr<int64_t> axis = n.axis(n.integer("axis", 0), rank);
  if (failed(axis))
    return failure();
  if (isa<FloatType>(n.elementType(indices)) || n.rank(indices) != rank)
    return n.invalid(
        "data and indices must have one rank, and indices be integers");
  for (int64_t d = 0; d < rank; ++d)
    if (d != *axis && n.shape(indices)[d] > n.shape(x)[d])
      return n.invalid("dimension " + Twine(d) +
                       " of the indices exceeds the data's");
  auto type = RankedTensorType::get(n.shape(indices), n.b.getI64Type());
  Value position;
  for (int64_t d = rank, stride = 1; d-- > 0; stride *= n.shape(x)[d]) {
    Value along = d == *axis ? positions(n, indices, n.shape(x)[d])
                             : Value(IotaOp::create(n.b, n.loc, type, d));
    if (!along)
      return failure();
    Value scaled = n.expr(along) * static_cast<double>(stride);
    position = position ? n.make<AddOp>(position, scaled) : scaled;
  }
  Value flat = n.reshape(x, n.type(x).getNumElements());
  return n.yield(n.make<GatherOp>(flat, position, 0));
}

/// The last dimension of the indices is a coordinate into the dimensions after
/// the first `batch_dims`.
static LogicalResult importGatherND(NodeImporter &n) {
  Value x = n.input(0), indices = n.input(1);
  int64_t batch = n.integer("batch_dims", 0), rank = n.rank(x),
          q = n.rank(indices);
  if (isa<FloatType>(n.elementType(indices)))
    return n.invalid("indices must be integers");
  if (q < 1 || batch < 0 || batch >= q || batch >= rank)
    return n.invalid("batch_dims is outside the ranks of its inputs");
  int64_t depth = n.shape(indices)[q - 1];
  if (depth < 1 || batch + depth > rank)
    return n.invalid(
        "the last dimension of the indices exceeds the data's rank");
  ArrayRef<int64_t> lead = n.shape(indices).drop_back();
  if (lead.take_front(batch) != n.shape(x).take_front(batch))
    return n.invalid("the batch dimensions of its inputs differ");
  auto type = RankedTensorType::get(lead, n.b.getI64Type());
  Value position;
  int64_t rows = 1;
  for (int64_t d = batch + depth; d-- > 0; rows *= n.shape(x)[d]) {
    Value along;
    if (d < batch)
      along = IotaOp::create(n.b, n.loc, type, d);
    else
      along =
          positions(n, n.reshape(n.slice(indices, q - 1, d - batch, 1), lead),
                    n.shape(x)[d]);
    if (!along)
      return failure();
    Value scaled = n.expr(along) * static_cast<double>(rows);
    position = position ? n.make<AddOp>(position, scaled) : scaled;
  }
  SmallVector<int64_t> table = {rows};
  llvm::append_range(table, n.shape(x).drop_front(batch + depth));
  return n.yield(n.make<GatherOp>(n.reshape(x, table), position, 0));
}

static const Row rows[] = {
    {"Gather", 1, 2, 2, importGather},
    {"GatherElements", 11, 2, 2, importGatherElements},
    {"GatherND", 11, 2, 2, importGatherND},
};

ArrayRef<Row> tenon::onnx::indexingRows() { return rows; }
