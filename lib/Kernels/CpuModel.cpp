//===-- CpuModel.cpp - loop nests and tiles for CPUs ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tiles minimise an estimate of cycles: a step of k in a register tile of
// r rows by v vectors costs max(r v, r + v) / 2 (two fma and two loads a
// cycle), and a tile some cycles of its own. Measured tables override it with
// --tiles.
//===----------------------------------------------------------------------===//

#include "tenon/Kernels/Configure.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Reduce.h"
#include "dialects/Tenon/Shape.h"
#include "tenon/Analysis/Weights.h"
#include "tenon/Kernels/FilterGrad.h"

#include <string>

using namespace mlir;
using namespace tenon;

static constexpr int64_t kLanes = 16;
/// Elements that one tile of a memory-bound nest covers: small enough to share
/// among threads, large enough to hide a launch.
static constexpr int64_t kElementsPerTile = 16384;
/// Weights of at most so many bytes stay in the second-level cache while rows
/// of the left operand pass by.
static constexpr int64_t kCachedWeightBytes = 384 * 1024;
/// Left-operand bytes that stay in the cache while panels pass by.
static constexpr int64_t kBlockBytes = 48 * 1024;

static RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

static std::string joined(ArrayRef<int64_t> extents) {
  std::string s;
  for (int64_t e : extents)
    s += (s.empty() ? "" : "x") + std::to_string(e);
  return s.empty() ? "1" : s;
}

namespace {

/// A contraction as a register-tiled loop: m positions that share weights, n
/// columns, depth steps of k for each.
struct Contraction {
  StringRef nest;
  int64_t rows;      // positions that one tile may span
  int64_t rowGroups; // how many such spans there are
  int64_t columns, depth;
  std::string shape;
};

class CpuModel : public TargetModel {
public:
  CpuModel(CpuTarget cpu, TileTable tiles)
      : cpu(std::move(cpu)), tiles(std::move(tiles)) {}

  bool fuses() const override { return true; }
  int64_t panelOf(GroupOp group, unsigned input) const override;
  KernelAttr configure(GroupOp group) const override;

private:
  std::optional<Contraction> contraction(Block &body) const;
  SmallVector<int64_t> contractionTiles(const Contraction &c,
                                        int64_t bytes) const;
  KernelAttr map(Block &body) const;
  std::optional<KernelAttr> reduce(Block &body) const;
  std::optional<KernelAttr> filterGrad(Block &body) const;
  std::optional<KernelAttr> scatter(Block &body) const;
  KernelAttr kernel(MLIRContext *context, StringRef nest, StringRef shape,
                    SmallVector<int64_t> chosen,
                    llvm::function_ref<int64_t(ArrayRef<int64_t>)> grid) const;

  CpuTarget cpu;
  TileTable tiles;
};

} // namespace

KernelAttr
CpuModel::kernel(MLIRContext *context, StringRef nest, StringRef shape,
                 SmallVector<int64_t> chosen,
                 llvm::function_ref<int64_t(ArrayRef<int64_t>)> grid) const {
  if (const SmallVector<int64_t> *given = tiles.find(nest, shape))
    chosen = *given;
  return KernelAttr::get(context, nest, chosen, /*workspace=*/0, grid(chosen));
}

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

/// The op whose weights are block argument `i`, directly or unpacked.
static Operation *contractionOf(Block &body, unsigned i) {
  for (Operation &op : body) {
    Value weights;
    if (auto matmul = dyn_cast<MatmulOp>(op))
      weights = matmul.getRhs();
    else if (auto conv = dyn_cast<ConvOp>(op))
      weights = conv.getFilter();
    else
      continue;
    if (auto unpack = weights.getDefiningOp<UnpackOp>())
      weights = unpack.getX();
    if (weights == body.getArgument(i))
      return &op;
  }
  return nullptr;
}

std::optional<Contraction> CpuModel::contraction(Block &body) const {
  for (Operation &op : body) {
    if (auto matmul = dyn_cast<MatmulOp>(op)) {
      auto y = matmul.getType();
      int64_t m = y.getShape().drop_back().back(), n = y.getShape().back();
      int64_t k = tensorType(matmul.getLhs()).getShape().back();
      SmallVector<int64_t> along(y.getRank(), 0);
      along.back() = 1;
      bool packed = matmul.getRhs().getDefiningOp<UnpackOp>() != nullptr;
      if (!packed && !isVectorizable(matmul.getRhs(), along))
        return std::nullopt;
      if (y.getNumElements() == 0 || k == 0)
        return std::nullopt;
      int64_t batch = y.getRank() == 3 ? y.getDimSize(0) : 1;
      return Contraction{"contract", m, batch, n, k, joined({m, n, k})};
    }
    if (auto conv = dyn_cast<ConvOp>(op)) {
      auto y = conv.getType(), w = tensorType(conv.getFilter());
      if (conv.getLayout() != Layout::ChannelsLast || y.getRank() != 4 ||
          conv.getGroups() != 1 || !isa<BlockArgument>(conv.getX()) ||
          y.getNumElements() == 0 || w.getNumElements() == 0)
        return std::nullopt;
      int64_t depth = w.getDimSize(0) * w.getDimSize(1) * w.getDimSize(2);
      return Contraction{
          "conv",
          y.getDimSize(2),
          y.getDimSize(0) * y.getDimSize(1),
          y.getDimSize(3),
          depth,
          joined({y.getDimSize(1), y.getDimSize(2), y.getDimSize(3),
                  w.getDimSize(2), w.getDimSize(0), w.getDimSize(1)})};
    }
  }
  return std::nullopt;
}

SmallVector<int64_t> CpuModel::contractionTiles(const Contraction &c,
                                                int64_t bytes) const {
  // Accumulators, a row of the right operand and one repeated element.
  auto cost = [&](int64_t rows, int64_t vectors) {
    auto step = [&](int64_t r) {
      return std::max(r * vectors, r + vectors) * 0.5 + 0.5;
    };
    double perTile = 12;
    int64_t full = c.rows / rows, rest = c.rows % rows;
    double rowsCost = full * (step(rows) * c.depth + perTile * rows);
    if (rest)
      rowsCost += step(rest) * c.depth + perTile * rows;
    return rowsCost * llvm::divideCeil(c.columns, vectors * kLanes);
  };
  int64_t bestRows = 1, bestVectors = 1;
  double best = -1;
  int64_t registers = cpu.vectorRegisters * 4 / std::max<int64_t>(bytes, 4);
  for (int64_t vectors = 1; vectors <= 8; ++vectors)
    for (int64_t rows = 1; rows <= 16; ++rows) {
      // One repeated element is in use while the next one is loaded.
      if (rows * vectors + vectors + 2 > registers && rows * vectors > 1)
        continue;
      if (vectors > 4 && rows > 2)
        continue;
      double now = cost(rows, vectors);
      // Later candidates win only when clearly better: fewer vectors pad less.
      if (best < 0 || now < best * 0.999) {
        best = now;
        bestRows = rows;
        bestVectors = vectors;
      }
    }
  bool inner = c.columns * c.depth * bytes <= kCachedWeightBytes;
  if (c.nest == "conv") {
    // Several output rows a tile, so that taps find their rows in the cache.
    int64_t perRow = c.rows * c.depth * bytes / 9 + 1;
    int64_t block = std::clamp<int64_t>(kBlockBytes * 2 / perRow, 1, 8);
    return {bestRows, bestVectors, std::min(block, c.rowGroups), inner};
  }
  int64_t block =
      std::max<int64_t>(1, kBlockBytes / (bestRows * c.depth * bytes)) *
      bestRows;
  // Enough tiles for the threads there may be.
  int64_t all = llvm::alignTo(c.rows, bestRows);
  int64_t share = llvm::divideCeil(all / bestRows, 16);
  block = std::clamp(block, bestRows, std::max(bestRows, share * bestRows));
  if (!inner)
    block = std::max<int64_t>(bestRows,
                              std::min<int64_t>(all, 64 / bestRows * bestRows));
  return {bestRows, bestVectors, block, inner};
}

/// Whether a kernel only moves elements to make `v`, for one reader.
static bool isMoved(Value v) {
  auto group = v.getDefiningOp<GroupOp>();
  return group && v.hasOneUse() && group->getNumResults() == 1 &&
         llvm::all_of(
             group.getBody().front().without_terminator(),
             [](Operation &op) { return isa<TransposeOp, SliceOp>(op); });
}

/// x^T dy. The tile of least cost a step of k; steps that keep a block of both
/// operands in the first-level cache; as few grid tiles as feed the threads
/// there may be, since each reads both operands whole.
std::optional<KernelAttr> CpuModel::filterGrad(Block &body) const {
  Operation *op = filterGradOf(body);
  if (!op)
    return std::nullopt;
  FilterGradShape shape = *FilterGradShape::of(op);
  Kind kind = kindOf(tensorType(shape.dy).getElementType());
  int64_t bytes = bytesOf(kind), positions = shape.positions();
  int64_t registers = cpu.vectorRegisters * 4 / std::max<int64_t>(bytes, 4);
  int64_t bestRows = 1, bestVectors = 1;
  double best = -1;
  // Wide tiles first: each panel reads x again.
  // Depthwise, panels share nothing and are all that threads can share out.
  for (int64_t vectors = shape.depthwise ? 1 : 4; vectors >= 1; --vectors)
    for (int64_t rows = 1; rows <= 16; ++rows) {
      if (rows * vectors + vectors + 2 > registers && rows * vectors > 1)
        continue;
      // Fewer than 8 chains wait for each other; a line has a cost of its own.
      auto step = [&](int64_t r) {
        return r ? std::max<double>(
                       {r * vectors * 0.5, (r + vectors) * 0.5, 4.0}) +
                       0.5 + 6.0 / shape.inner
                 : 0.0;
      };
      FilterGradTiling t = shape.tiling(rows);
      double cost;
      if (t.runs > 1)
        cost = t.outer / t.runs * step(t.runs * shape.run) +
               step(t.outer % t.runs * shape.run);
      else
        cost = t.outer *
               (shape.run / t.rows * step(t.rows) + step(shape.run % t.rows));
      cost *= llvm::divideCeil(shape.columns, vectors * kLanes);
      if (best < 0 || cost < best * (vectors < bestVectors ? 0.97 : 0.999)) {
        best = cost;
        bestRows = rows;
        bestVectors = vectors;
      }
    }
  int64_t line = shape.inner * (shape.columns + shape.innerStride) * bytes;
  int64_t steps =
      std::clamp<int64_t>(kBlockBytes / 2 / std::max<int64_t>(line, 1), 1,
                          std::max<int64_t>(shape.lines(), 1));
  // A block of few positions pays for its accumulators too often.
  steps = std::max<int64_t>(steps, llvm::divideCeil(48, shape.inner));
  int64_t panels = llvm::divideCeil(shape.columns, bestVectors * kLanes);
  int64_t count = shape.tiling(bestRows).count();
  // A tile that is alone in its panel shares no block with another.
  if (count == 1)
    steps = std::max<int64_t>(shape.lines(), 1);
  int64_t operandBytes =
      positions * (shape.columns + shape.innerStride) * bytes;
  double multiplies = double(positions) * shape.rows() * shape.columns;
  int64_t wanted = std::clamp<int64_t>(multiplies / 1e6, 1,
                                       operandBytes > (1 << 20) ? 4 : 16);
  int64_t shares = llvm::divideCeil(wanted, panels);
  SmallVector<int64_t> chosen = {
      bestRows, bestVectors, steps,
      static_cast<int64_t>(llvm::divideCeil(count, shares))};
  if (const SmallVector<int64_t> *given = tiles.find(
          "filter_grad", joined({shape.rows(), shape.columns, positions})))
    chosen = *given;
  if (shape.depthwise)
    chosen[1] = 1;
  chosen[3] = std::max<int64_t>(chosen[3], 1);
  panels = llvm::divideCeil(shape.columns, chosen[1] * kLanes);
  count = shape.tiling(chosen[0]).count();
  int64_t lines = shape.lines() + (shape.tail ? 1 : 0);
  // Accumulators wait where k takes more than one block.
  int64_t workspace = lines > chosen[2]
                          ? chosen[3] * chosen[0] * chosen[1] * kLanes * bytes
                          : 0;
  return KernelAttr::get(op->getContext(), "filter_grad", chosen, workspace,
                         panels * llvm::divideCeil(count, chosen[3]));
}

std::optional<KernelAttr> CpuModel::scatter(Block &body) const {
  auto op = llvm::hasSingleElement(body.without_terminator())
                ? dyn_cast<ScatterAddOp>(body.front())
                : nullptr;
  if (!op || !isa<BlockArgument>(op.getX()) ||
      op.getType().getNumElements() == 0)
    return std::nullopt;
  auto type = op.getType();
  int64_t inner = ShapedType::getNumElements(
              type.getShape().drop_front(op.getAxis() + 1)),
          outer = ShapedType::getNumElements(
              type.getShape().take_front(op.getAxis()));
  int64_t block = std::min<int64_t>(llvm::alignTo(inner, kLanes), 8 * kLanes);
  if (const SmallVector<int64_t> *given =
          tiles.find("scatter", joined(type.getShape())))
    block = llvm::alignTo((*given)[1], kLanes);
  return KernelAttr::get(op.getContext(), "scatter",
                         {inner > 2 ? kLanes : 1, block}, 0,
                         outer * llvm::divideCeil(inner, block));
}

int64_t CpuModel::panelOf(GroupOp group, unsigned input) const {
  Block &body = group.getBody().front();
  Operation *op = contractionOf(body, input);
  if (!op || !llvm::hasSingleElement(body.getArgument(input).getUses()))
    return 0;
  if (auto matmul = dyn_cast<MatmulOp>(op))
    if (matmul.getType().getRank() != 2 || filterGradOf(body))
      return 0;
  std::optional<Contraction> c = contraction(body);
  if (!c)
    return 0;
  if (Value v = group.getInputs()[input]; !isWeight(v)) {
    // A matrix that is written anyway is written in panels; a convolution needs
    // them, and enough positions to pay for a pass over the filter.
    if (isa<MatmulOp>(op) ? !isMoved(v) : c->rows * c->rowGroups < 16)
      return 0;
  }
  Kind kind = kindOf(tensorType(op->getResult(0)).getElementType());
  SmallVector<int64_t> chosen = contractionTiles(*c, bytesOf(kind));
  if (const SmallVector<int64_t> *given = tiles.find(c->nest, c->shape))
    chosen = *given;
  return chosen[1] * kLanes;
}

//===----------------------------------------------------------------------===//
// Everything else
//===----------------------------------------------------------------------===//

/// Whether each tensor is the whole collapsed result or a single element.
static bool isFlat(Block &body) {
  auto type = tensorType(body.getTerminator()->getOperand(0));
  auto fits = [&](Value v) {
    auto t = tensorType(v);
    return t.getShape() == type.getShape() || t.getNumElements() == 1;
  };
  if (type.getNumElements() <= 1)
    return false;
  for (Operation &op : body.without_terminator()) {
    if (auto broadcast = dyn_cast<BroadcastOp>(op)) {
      if (tensorType(broadcast.getX()).getNumElements() != 1)
        return false;
    } else if (!isa<PointwiseOpInterface, ConstantOp>(op)) {
      return false;
    }
    if (tensorType(op.getResult(0)).getShape() != type.getShape() &&
        tensorType(op.getResult(0)).getNumElements() != 1)
      return false;
  }
  return llvm::all_of(body.getArguments(), fits) &&
         llvm::all_of(body.getTerminator()->getOperands(), [&](Value v) {
           return tensorType(v).getShape() == type.getShape();
         });
}

static KernelAttr mapKernel(MLIRContext *context, SmallVector<int64_t> tiles,
                            RankedTensorType type) {
  int64_t rows = 1;
  if (tiles[2])
    rows = type.getNumElements();
  else if (type.getRank())
    for (int64_t e : type.getShape().drop_back())
      rows *= e;
  if (type.getNumElements() == 0)
    rows = 0;
  return KernelAttr::get(context, "map", tiles, 0,
                         llvm::divideCeil(rows, tiles[1]));
}

KernelAttr CpuModel::map(Block &body) const {
  auto type = tensorType(body.getTerminator()->getOperand(0));
  SmallVector<int64_t> along(type.getRank(), 0);
  bool vectors = type.getRank() > 0 && type.getShape().back() > 2;
  if (vectors) {
    along.back() = 1;
    vectors = llvm::all_of(body.getTerminator()->getOperands(),
                           [&](Value v) { return isVectorizable(v, along); });
  }
  // Anchors cost more an element than the element itself.
  int64_t work = kElementsPerTile;
  for (Operation &op : body.without_terminator()) {
    int64_t taps = 1;
    if (auto conv = dyn_cast<ConvOp>(op))
      taps = tensorType(conv.getFilter()).getNumElements() /
             std::max<int64_t>(1, tensorType(conv.getY()).getShape().back());
    else if (auto grad = dyn_cast<ConvFilterGradOp>(op))
      taps = tensorType(grad.getDy()).getNumElements() /
             std::max<int64_t>(1, tensorType(grad.getDy()).getShape().back());
    else if (auto scatter = dyn_cast<ScatterAddOp>(op))
      taps = tensorType(scatter.getIndices()).getNumElements();
    else if (isa<ReductionOpInterface, MaxPoolOp, MaxPoolIndexOp, AvgPoolOp,
                 MatmulOp>(op))
      taps = std::max<int64_t>(
          1, tensorType(op.getOperand(0)).getNumElements() /
                 std::max<int64_t>(
                     1, tensorType(op.getResult(0)).getNumElements()));
    work =
        std::min(work, std::max<int64_t>(256, kElementsPerTile /
                                                  std::max<int64_t>(taps, 1)));
  }
  bool flat = isFlat(body);
  int64_t block = work;
  if (!flat)
    block = std::max<int64_t>(
        1, work / std::max<int64_t>(1, type.getRank() ? type.getShape().back()
                                                      : 1));
  SmallVector<int64_t> chosen = {vectors || flat ? kLanes : 1, block, flat};
  if (const SmallVector<int64_t> *given =
          tiles.find("map", joined(type.getShape())))
    // Lanes and flatness are facts, only the block is a choice.
    chosen[1] = flat ? llvm::alignTo(std::max<int64_t>((*given)[1], 1), kLanes)
                     : std::max<int64_t>((*given)[1], 1);
  return mapKernel(body.getParent()->getContext(), chosen, type);
}

/// Whether all of the full shape can be computed as if the last `count`
/// dimensions were one: nothing tells them apart.
static bool hasFlatRows(Block &body, RankedTensorType full, size_t count) {
  auto apart = full.getRank() - static_cast<int64_t>(count);
  for (Operation &op : body.without_terminator()) {
    if (tensorType(op.getResult(0)).getShape() != full.getShape())
      continue;
    auto broadcast = dyn_cast<BroadcastOp>(op);
    bool flat = broadcast ? llvm::all_of(broadcast.getDims(),
                                         [&](int64_t d) { return d < apart; })
                          : isa<PointwiseOpInterface, ConstantOp>(op);
    if (!flat)
      return false;
  }
  return true;
}

std::optional<KernelAttr> CpuModel::reduce(Block &body) const {
  auto reductions = llvm::to_vector(body.getOps<ReductionOpInterface>());
  if (reductions.empty())
    return std::nullopt;
  auto full = tensorType(reductions[0]->getOperand(0));
  if (full.getRank() == 0)
    return std::nullopt;
  ArrayRef<int64_t> dims = reductions[0].getReducedDims();
  int64_t last = full.getRank() - 1;
  for (ReductionOpInterface r : reductions)
    if (r.getReducedDims() != dims ||
        tensorType(r->getOperand(0)).getShape() != full.getShape())
      return std::nullopt;
  auto kept = tensorType(reductions[0]->getResult(0)).getShape();
  bool onlyKept = true;
  for (Value v : body.getTerminator()->getOperands()) {
    bool isFull = tensorType(v).getShape() == full.getShape();
    if (!isFull && tensorType(v).getShape() != kept)
      return std::nullopt;
    onlyKept &= !isFull;
  }
  // The reduced dimensions are the last ones, in order.
  bool trailing = !dims.empty();
  for (auto [i, d] : llvm::enumerate(llvm::reverse(dims)))
    trailing &= d == last - static_cast<int64_t>(i);
  SmallVector<int64_t> step(full.getRank(), 0);
  step.back() = 1;
  bool vectors = true;
  for (Operation &op : body.without_terminator())
    for (Value v : op.getOperands())
      vectors &= tensorType(v).getShape() != full.getShape() ||
                 isVectorizable(v, step);
  enum { AcrossRows, AlongRow, Scalar, AlongFlat };
  int64_t mode = Scalar;
  if (vectors && trailing &&
      (dims.size() == 1 || full.getShape().back() % kLanes == 0))
    mode = AlongRow;
  else if (trailing && hasFlatRows(body, full, dims.size()))
    mode = AlongFlat;
  else if (vectors && !llvm::is_contained(dims, last))
    mode = AcrossRows;
  // One reduction of its own maps: lanes run along what is kept.
  if (mode == Scalar && reductions.size() == 1 && onlyKept)
    return std::nullopt;
  int64_t rows = ShapedType::getNumElements(kept);
  if (mode == AcrossRows && kept.back())
    rows = rows / kept.back() * llvm::divideCeil(kept.back(), kLanes);
  int64_t perRow =
      std::max<int64_t>(1, full.getNumElements() / std::max<int64_t>(1, rows));
  SmallVector<int64_t> chosen = {
      mode, std::max<int64_t>(1, kElementsPerTile / 4 / perRow)};
  if (const SmallVector<int64_t> *given =
          tiles.find("reduce", joined(full.getShape())))
    chosen[1] = std::max<int64_t>(1, (*given)[1]);
  return KernelAttr::get(body.getParent()->getContext(), "reduce", chosen, 0,
                         llvm::divideCeil(rows, chosen[1]));
}

KernelAttr CpuModel::configure(GroupOp group) const {
  Block &body = group.getBody().front();
  MLIRContext *context = group.getContext();
  if (std::optional<KernelAttr> k = filterGrad(body))
    return *k;
  if (std::optional<KernelAttr> k = scatter(body))
    return *k;
  if (std::optional<Contraction> c = contraction(body)) {
    bool usable = true;
    if (c->nest == "conv") {
      auto conv = *body.getOps<ConvOp>().begin();
      auto unpack = conv.getFilter().getDefiningOp<UnpackOp>();
      usable = unpack && isa<BlockArgument>(unpack.getX());
    }
    Value anchor = c->nest == "conv"
                       ? (*body.getOps<ConvOp>().begin()).getY()
                       : (*body.getOps<MatmulOp>().begin()).getY();
    SmallVector<int64_t> step(tensorType(anchor).getRank(), 0);
    step.back() = 1;
    if (usable) {
      Kind kind = kindOf(tensorType(anchor).getElementType());
      return kernel(
          context, c->nest, c->shape, contractionTiles(*c, bytesOf(kind)),
          [&](ArrayRef<int64_t> t) {
            int64_t panels = llvm::divideCeil(c->columns, t[1] * kLanes);
            if (c->nest == "conv")
              return panels *
                     static_cast<int64_t>(llvm::divideCeil(c->rowGroups, t[2]));
            return c->rowGroups * panels *
                   static_cast<int64_t>(llvm::divideCeil(c->rows, t[2]));
          });
    }
  }
  if (std::optional<KernelAttr> r = reduce(body))
    return *r;
  return map(body);
}

//===----------------------------------------------------------------------===//
// The reference
//===----------------------------------------------------------------------===//

namespace {
class RefModel : public TargetModel {
public:
  bool fuses() const override { return false; }
  int64_t panelOf(GroupOp, unsigned) const override { return 0; }
  KernelAttr configure(GroupOp group) const override {
    auto type =
        tensorType(group.getBody().front().getTerminator()->getOperand(0));
    int64_t last =
        type.getRank() ? std::max<int64_t>(1, type.getShape().back()) : 1;
    return mapKernel(group.getContext(),
                     {1, std::max<int64_t>(1, kElementsPerTile / last), 0},
                     type);
  }
};
} // namespace

std::unique_ptr<TargetModel> tenon::makeCpuModel(CpuTarget cpu,
                                                 TileTable tiles) {
  return std::make_unique<CpuModel>(std::move(cpu), std::move(tiles));
}
std::unique_ptr<TargetModel> tenon::makeRefModel() {
  return std::make_unique<RefModel>();
}
