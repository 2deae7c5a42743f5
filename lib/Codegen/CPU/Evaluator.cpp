//===-- Evaluator.cpp - values of a group at a point ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Evaluator.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Reduce.h"
#include "dialects/Tenon/Shape.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

static RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}
static Kind kindOfTensor(Value v) {
  return kindOf(tensorType(v).getElementType());
}

const Buffer *Evaluator::buffer(Value argument) const {
  auto i = buffers.find(argument);
  return i == buffers.end() ? nullptr : &i->second;
}

Value Evaluator::at(Value tensor, const Point &p) {
  Memo memo;
  return at(tensor, p, memo);
}

Value Evaluator::at(Value tensor, const Point &p, Memo &memo) {
  // A value bound per row is the same for all lanes along it.
  if (Value v = values.lookup(tensor))
    return p.lanes > 1 && !isa<VectorType>(v.getType()) ? k.splat(v, p.lanes)
                                                        : v;
  if (Value v = memo.lookup(tensor))
    return v;
  Value v = compute(tensor, p, memo);
  memo[tensor] = v;
  return v;
}

Value Evaluator::load(const Buffer &buffer, const Point &p) {
  Value offset = k.index(0);
  int64_t stride = 0;
  for (size_t d = 0; d < buffer.shape.size(); ++d) {
    offset = k.add(offset, k.mul(p.index[d], buffer.strides[d]));
    stride += p.step[d] * buffer.strides[d];
  }
  return k.load(k.advance(buffer.pointer, buffer.kind, offset), buffer.kind,
                p.lanes, stride, p.mask);
}

Value Evaluator::lanesFrom(Value first, int64_t step, int64_t lanes,
                           Kind kind) {
  OpBuilder &b = k.builder();
  Type i64 = b.getI64Type();
  Value i =
      k.splat(arith::IndexCastOp::create(b, k.location(), i64, first), lanes);
  if (step && lanes > 1) {
    Value by = k.constantOf(HostScalar::ofInt(Kind::I64, step), lanes);
    by = arith::MulIOp::create(b, k.location(), k.laneNumbers(i64, lanes), by);
    i = arith::AddIOp::create(b, k.location(), i, by);
  }
  return convert(k.scalar(i, Kind::I64), kind).value;
}

Value Evaluator::compute(Value tensor, const Point &p, Memo &memo) {
  if (const Buffer *b = buffer(tensor))
    return load(*b, p);
  Operation *op = tensor.getDefiningOp();
  assert(op && "an argument without a buffer");

  if (auto pointwise = dyn_cast<PointwiseOpInterface>(op)) {
    SmallVector<Value> args;
    for (Value operand : op->getOperands())
      args.push_back(at(operand, p, memo));
    return pointwise.buildScalar(k.builder(), k.location(), args);
  }

  Point q = p;
  return TypeSwitch<Operation *, Value>(op)
      .Case([&](ConstantOp constant) {
        auto dense = cast<DenseElementsAttr>(constant.getValue());
        assert(dense.isSplat() && "only splats live inside groups");
        Kind kind = kindOfTensor(tensor);
        HostScalar h = HostScalar::ofInt(kind, 0);
        if (isa<FloatType>(dense.getElementType())) {
          APFloat f = dense.getSplatValue<APFloat>();
          bool lost;
          f.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &lost);
          h = HostScalar::ofDouble(kind, f.convertToDouble());
        } else {
          h = HostScalar::ofInt(kind,
                                dense.getSplatValue<APInt>().getSExtValue());
        }
        return k.constantOf(h, p.lanes);
      })
      .Case([&](BroadcastOp broadcast) {
        auto from = tensorType(broadcast.getX());
        q.index.clear(), q.step.clear();
        // One element is at 0, also where the point is that of a collapsed
        // nest.
        if (from.getNumElements() == 1) {
          q.index.assign(from.getRank(), k.index(0));
          q.step.assign(from.getRank(), 0);
          return at(broadcast.getX(), q);
        }
        for (int64_t d : broadcast.getDims()) {
          q.index.push_back(p.index[d]);
          q.step.push_back(p.step[d]);
        }
        return at(broadcast.getX(), q);
      })
      .Case([&](TransposeOp transpose) {
        for (auto [i, d] : llvm::enumerate(transpose.getPermutation())) {
          q.index[d] = p.index[i];
          q.step[d] = p.step[i];
        }
        return at(transpose.getX(), q);
      })
      .Case([&](SliceOp slice) {
        for (size_t d = 0; d < q.index.size(); ++d) {
          q.index[d] = k.add(k.mul(p.index[d], slice.getStrides()[d]),
                             slice.getStarts()[d]);
          q.step[d] = p.step[d] * slice.getStrides()[d];
        }
        return at(slice.getX(), q);
      })
      .Case([&](IotaOp iota) {
        int64_t axis = iota.getAxis();
        return lanesFrom(p.index[axis], p.step[axis], p.lanes,
                         kindOfTensor(tensor));
      })
      .Case([&](LinearIndexOp index) {
        Value position = k.index(0);
        int64_t step = 0;
        for (auto [d, stride] : llvm::enumerate(index.getStrides())) {
          position = k.add(position, k.mul(p.index[d], stride));
          step += p.step[d] * stride;
        }
        return lanesFrom(position, step, p.lanes, kindOfTensor(tensor));
      })
      .Case([&](UnpackOp unpack) {
        int64_t panel = tensorType(unpack.getX()).getDimSize(2);
        Value row = k.index(0), column = p.index.back();
        for (size_t d = 0; d + 1 < p.index.size(); ++d)
          row = k.add(k.mul(row, tensorType(tensor).getDimSize(d)), p.index[d]);
        q.index = {k.div(column, panel), row, k.rem(column, panel)};
        q.step = {0, 0, 0};
        return at(unpack.getX(), q);
      })
      .Case([&](PadOp) { return padAt(op, p); })
      .Case([&](GatherOp) { return gatherAt(op, p); })
      .Case([&](PackOp) { return packAt(op, p); })
      .Case([&](ConcatOp) { return concatAt(op, p); })
      .Case([&](ReductionOpInterface) { return reduceAt(op, p); })
      .Case([&](MatmulOp) { return matmulAt(op, p); })
      .Case([&](ConvOp) { return convAt(op, p); })
      .Case([&](ConvFilterGradOp) { return filterGradAt(op, p); })
      .Case<MaxPoolOp, AvgPoolOp>([&](auto) { return poolAt(op, p); })
      .Case([&](MaxPoolIndexOp) { return maxPoolIndexAt(op, p); })
      .Case([&](UnpoolOp) { return unpoolAt(op, p); })
      .Case([&](ScatterAddOp) { return scatterAddAt(op, p); })
      .Case<ArgMaxOp, ArgMinOp>([&](auto) { return argAt(op, p); })
      .Default([&](Operation *) -> Value {
        llvm_unreachable("op without an element definition");
      });
}

//===----------------------------------------------------------------------===//
// Ops that move elements and look before they read
//===----------------------------------------------------------------------===//

Value Evaluator::padAt(Operation *op, const Point &p) {
  auto pad = cast<PadOp>(op);
  auto from = tensorType(pad.getX());
  Point q = p;
  Value inside, lanesInside;
  for (int64_t d = 0; d < from.getRank(); ++d) {
    int64_t apart = pad.getInteriorOf(d) + 1;
    if (!pad.getLow()[d] && !pad.getHigh()[d] && apart == 1)
      continue;
    int64_t extent = from.getDimSize(d);
    Value i = k.add(p.index[d], -pad.getLow()[d]);
    if (p.lanes > 1 && p.step[d]) {
      // Constant, a step of 1: a run of lanes is inside.
      OpBuilder &b = k.builder();
      Value end = k.maskBelow(k.sub(k.index(extent), i), p.lanes),
            begin = k.maskBelow(k.sub(k.index(0), i), p.lanes);
      lanesInside = arith::AndIOp::create(
          b, k.location(), end, logicalNot(k.scalar(begin, Kind::Bool)).value);
      q.mask = p.mask ? Value(arith::AndIOp::create(b, k.location(),
                                                    lanesInside, p.mask))
                      : lanesInside;
      q.index[d] = i;
      continue;
    }
    switch (pad.getMode()) {
    case PadMode::Constant: {
      // Below 0 the quotient is huge, so that nothing there is in range.
      Value here = k.inRange(apart == 1 ? i : k.div(i, apart), extent);
      if (apart > 1) {
        here = k.both(here, k.inRange(k.rem(i, apart), 1));
        i = k.div(i, apart);
      }
      inside = inside ? k.both(inside, here) : here;
      break;
    }
    case PadMode::Edge:
      i = k.max(k.min(i, k.index(extent - 1)), k.index(0));
      break;
    case PadMode::Reflect:
      // |i| reflects at the low edge, extent - 1 - |extent - 1 - i| at the
      // high.
      i = k.max(i, k.sub(k.index(0), i));
      i = k.sub(k.index(extent - 1), k.max(k.sub(k.index(extent - 1), i),
                                           k.sub(i, k.index(extent - 1))));
      break;
    case PadMode::Wrap:
      i = k.rem(k.add(i, extent), extent);
      break;
    }
    q.index[d] = i;
  }
  if (!inside && !lanesInside)
    return at(pad.getX(), q);
  Kind kind = kindOf(from.getElementType());
  Type type = k.registerType(kind, p.lanes);
  Value fill = k.constantOf(
      HostScalar::ofDouble(kind, pad.getValue().convertToDouble()), p.lanes);
  auto read = [&] {
    Value v = at(pad.getX(), q);
    return SmallVector<Value>{lanesInside ? k.select(lanesInside, v, fill) : v};
  };
  if (!inside)
    return read()[0];
  return k.branch(inside, TypeRange(type), read,
                  [&] { return SmallVector<Value>{fill}; })[0];
}

Value Evaluator::placeAt(Value indices, ArrayRef<Value> where, int64_t extent) {
  Point p;
  p.index.assign(where.begin(), where.end());
  p.step.assign(where.size(), 0);
  Kind kind = kindOfTensor(indices);
  IRScalar i = convert(k.scalar(at(indices, p), kind), Kind::I64);
  if (!isUnsigned(kind))
    i = tenon::select(i < lit(i, 0), i + lit(i, extent), i);
  i = tenon::max(tenon::min(i, lit(i, extent - 1)), lit(i, 0));
  OpBuilder &b = k.builder();
  return arith::IndexCastOp::create(b, k.location(), b.getIndexType(), i.value);
}

Value Evaluator::gatherAt(Operation *op, const Point &p) {
  auto gather = cast<GatherOp>(op);
  int64_t axis = gather.getAxis(),
          rank = tensorType(gather.getIndices()).getRank();
  int64_t extent = tensorType(gather.getX()).getDimSize(axis);
  Value row =
      placeAt(gather.getIndices(), ArrayRef(p.index).slice(axis, rank), extent);
  Point q = p;
  q.index.erase(q.index.begin() + axis, q.index.begin() + axis + rank);
  q.index.insert(q.index.begin() + axis, row);
  q.step.erase(q.step.begin() + axis, q.step.begin() + axis + rank);
  q.step.insert(q.step.begin() + axis, 0);
  return at(gather.getX(), q);
}

Value Evaluator::packAt(Operation *op, const Point &p) {
  auto pack = cast<PackOp>(op);
  auto from = tensorType(pack.getX());
  Kind kind = kindOf(from.getElementType());
  Point q = p;
  Value column = k.add(k.mul(p.index[0], pack.getPanel()), p.index[2]);
  q.index = k.delinearize(p.index[1], from.getShape().drop_back());
  q.index.push_back(column);
  q.step.assign(q.index.size(), 0);
  int64_t columns = from.getShape().back();
  if (p.lanes > 1) {
    q.step.back() = 1;
    if (columns % pack.getPanel() == 0)
      return at(pack.getX(), q);
    Value here = k.maskBelow(k.sub(k.index(columns), column), p.lanes);
    q.mask = p.mask ? Value(arith::AndIOp::create(k.builder(), k.location(),
                                                  here, p.mask))
                    : here;
    return k.select(here, at(pack.getX(), q),
                    k.constantOf(HostScalar::ofInt(kind, 0), p.lanes));
  }
  return k.branch(
      k.inRange(column, columns), TypeRange(k.registerType(kind, 1)),
      [&] { return SmallVector<Value>{at(pack.getX(), q)}; },
      [&] {
        return SmallVector<Value>{k.constantOf(HostScalar::ofInt(kind, 0), 1)};
      })[0];
}

Value Evaluator::concatAt(Operation *op, const Point &p) {
  auto concat = cast<ConcatOp>(op);
  int64_t axis = concat.getAxis();
  Type type = k.registerType(kindOfTensor(concat.getY()), 1);
  // The operand that holds the index, by a chain of comparisons.
  std::function<Value(size_t, int64_t)> from = [&](size_t i,
                                                   int64_t start) -> Value {
    Value input = concat.getInputs()[i];
    Point q = p;
    q.index[axis] = k.add(p.index[axis], -start);
    int64_t extent = tensorType(input).getDimSize(axis);
    if (i + 1 == concat.getInputs().size())
      return at(input, q);
    return k.branch(
        k.inRange(q.index[axis], extent), TypeRange(type),
        [&] { return SmallVector<Value>{at(input, q)}; },
        [&] { return SmallVector<Value>{from(i + 1, start + extent)}; })[0];
  };
  return from(0, 0);
}
