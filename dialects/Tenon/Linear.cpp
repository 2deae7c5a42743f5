//===-- Linear.cpp - contractions and their storage layouts ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/Window.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace tenon;

#define GET_OP_CLASSES
#include "dialects/Tenon/Linear.cpp.inc"

static RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

//===----------------------------------------------------------------------===//
// matmul
//===----------------------------------------------------------------------===//

LogicalResult MatmulOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> loc, Adaptor a,
                                         SmallVectorImpl<Type> &types) {
  auto l = tensorType(a.getLhs()), r = tensorType(a.getRhs());
  int64_t rank = l.getRank();
  if (rank != r.getRank() || rank < 2 || rank > 3)
    return emitOptionalError(loc,
                             "operands must both have rank 2, or both rank 3");
  if (l.getElementType() != r.getElementType())
    return emitOptionalError(loc, "operands must share the element type");
  if (rank == 3 && l.getDimSize(0) != r.getDimSize(0))
    return emitOptionalError(loc, "batches differ: ", l.getDimSize(0), " and ",
                             r.getDimSize(0));
  if (l.getDimSize(rank - 1) != r.getDimSize(rank - 2))
    return emitOptionalError(
        loc, "inner dimensions differ: ", l.getDimSize(rank - 1), " and ",
        r.getDimSize(rank - 2));
  SmallVector<int64_t> shape(l.getShape());
  shape.back() = r.getShape().back();
  types.push_back(l.clone(shape));
  return success();
}

SmallVector<Value> MatmulOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  Value dy = cotangents[0];
  if (!dy)
    return {Value(), Value()};
  SmallVector<int64_t> swap = {1, 0};
  if (getType().getRank() == 3)
    swap = {0, 2, 1};
  Value lt = TransposeOp::create(b, getLoc(), getLhs(), swap);
  Value rt = TransposeOp::create(b, getLoc(), getRhs(), swap);
  return {MatmulOp::create(b, getLoc(), dy, rt),
          MatmulOp::create(b, getLoc(), lt, dy)};
}

//===----------------------------------------------------------------------===//
// conv
//===----------------------------------------------------------------------===//

LogicalResult ConvOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> loc, Adaptor a,
                                       SmallVectorImpl<Type> &types) {
  auto x = tensorType(a.getX()), w = tensorType(a.getFilter());
  int64_t rank = x.getRank(), spatial = rank - 2;
  if (spatial < 1 || spatial > 3 || w.getRank() != rank)
    return emitOptionalError(
        loc, "operand and filter must have one rank of 3 to 5, not ", rank,
        " and ", w.getRank());
  if (x.getElementType() != w.getElementType())
    return emitOptionalError(loc,
                             "operand and filter must share the element type");
  bool last = a.getLayout() == Layout::ChannelsLast;
  int64_t groups = a.getGroups(), channels = x.getDimSize(last ? rank - 1 : 1);
  int64_t perGroup = w.getDimSize(last ? rank - 2 : 1),
          filters = w.getDimSize(last ? rank - 1 : 0);
  if (groups < 1 || channels % groups || channels / groups != perGroup)
    return emitOptionalError(loc, "operand has ", channels, " channels in ",
                             groups, " groups, the filter expects ", perGroup,
                             " a group");
  if (filters % groups)
    return emitOptionalError(loc, filters, " filters do not divide into ",
                             groups, " groups");
  SmallVector<int64_t> window(w.getShape().slice(last ? 0 : 2, spatial));
  SmallVector<int64_t> extents(x.getShape().slice(last ? 1 : 2, spatial));
  FailureOr<SmallVector<int64_t>> out = windowExtents(
      loc, extents,
      {window, a.getStrides(), a.getLow(), a.getHigh(), a.getDilations()});
  if (failed(out))
    return failure();
  SmallVector<int64_t> shape = {x.getDimSize(0)};
  if (!last)
    shape.push_back(filters);
  llvm::append_range(shape, *out);
  if (last)
    shape.push_back(filters);
  types.push_back(x.clone(shape));
  return success();
}

SmallVector<Value> ConvOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  Value dy = cotangents[0];
  if (!dy)
    return {Value(), Value()};
  bool last = getLayout() == Layout::ChannelsLast;
  auto filter = tensorType(getFilter());
  ArrayRef<int64_t> window =
      filter.getShape().slice(last ? 0 : 2, filter.getRank() - 2);
  return {convInputGrad(b, getLoc(), dy, getFilter(), getLayout(), getStrides(),
                        getLow(), getDilations(), getGroups(),
                        tensorType(getX())),
          ConvFilterGradOp::create(b, getLoc(), getX(), dy, getLayout(), window,
                                   getStrides(), getLow(), getHigh(),
                                   getDilations(), getGroups())};
}

//===----------------------------------------------------------------------===//
// conv_filter_grad
//===----------------------------------------------------------------------===//

LogicalResult ConvFilterGradOp::inferReturnTypes(MLIRContext *,
                                                 std::optional<Location> loc,
                                                 Adaptor a,
                                                 SmallVectorImpl<Type> &types) {
  auto x = tensorType(a.getX()), dy = tensorType(a.getDy());
  int64_t rank = x.getRank(), spatial = rank - 2;
  if (spatial < 1 || spatial > 3 || dy.getRank() != rank)
    return emitOptionalError(loc, "x and dy must have one rank of 3 to 5, not ",
                             rank, " and ", dy.getRank());
  if (x.getElementType() != dy.getElementType())
    return emitOptionalError(loc, "x and dy must share the element type");
  if (x.getDimSize(0) != dy.getDimSize(0))
    return emitOptionalError(loc, "batches differ: ", x.getDimSize(0), " and ",
                             dy.getDimSize(0));
  bool last = a.getLayout() == Layout::ChannelsLast;
  int64_t groups = a.getGroups(), channels = x.getDimSize(last ? rank - 1 : 1),
          filters = dy.getDimSize(last ? rank - 1 : 1);
  if (groups < 1 || channels % groups || filters % groups)
    return emitOptionalError(loc, channels, " channels and ", filters,
                             " filters do not divide into ", groups, " groups");
  FailureOr<SmallVector<int64_t>> out =
      windowExtents(loc, x.getShape().slice(last ? 1 : 2, spatial),
                    {a.getWindow(), a.getStrides(), a.getLow(), a.getHigh(),
                     a.getDilations()});
  if (failed(out))
    return failure();
  if (dy.getShape().slice(last ? 1 : 2, spatial) != ArrayRef<int64_t>(*out))
    return emitOptionalError(loc, "dy has not the extents of the convolution's "
                                  "result");
  SmallVector<int64_t> shape;
  if (!last)
    shape = {filters, channels / groups};
  llvm::append_range(shape, a.getWindow());
  if (last)
    shape.append({channels / groups, filters});
  types.push_back(x.clone(shape));
  return success();
}

/// It is bilinear, and <conv_filter_grad(x, dy), g> = <conv(x, g), dy>.
SmallVector<Value> ConvFilterGradOp::buildVJP(OpBuilder &b,
                                              ValueRange cotangents) {
  Value g = cotangents[0];
  if (!g)
    return {Value(), Value()};
  return {convInputGrad(b, getLoc(), getDy(), g, getLayout(), getStrides(),
                        getLow(), getDilations(), getGroups(),
                        tensorType(getX())),
          ConvOp::create(b, getLoc(), getX(), g, getLayout(), getStrides(),
                         getLow(), getHigh(), getDilations(), getGroups())};
}

//===----------------------------------------------------------------------===//
// The gradient of a convolution by its operand, and conv_transpose
//===----------------------------------------------------------------------===//

/// The filter that carries values back: reversed in space, input and output
/// channels exchanged within each group.
static Value turned(OpBuilder &b, Location loc, Value filter, Layout layout,
                    int64_t groups) {
  auto type = tensorType(filter);
  int64_t rank = type.getRank(), spatial = rank - 2;
  bool last = layout == Layout::ChannelsLast;
  SmallVector<int64_t> space, split, order, shape;
  for (int64_t d = 0; d < spatial; ++d)
    space.push_back((last ? 0 : 2) + d);
  int64_t filters = type.getDimSize(last ? rank - 1 : 0),
          channels = type.getDimSize(last ? rank - 2 : 1);
  SmallVector<int64_t> window(type.getShape().slice(last ? 0 : 2, spatial));
  if (last) {
    split = window, shape = window;
    split.append({channels, groups, filters / groups});
    order.assign(space);
    order.append({rank, rank - 1, rank - 2});
    shape.append({filters / groups, groups * channels});
  } else {
    split = {groups, filters / groups, channels};
    order = {0, 2, 1};
    shape = {groups * channels, filters / groups};
    llvm::append_range(split, window);
    llvm::append_range(shape, window);
    for (int64_t d = 0; d < spatial; ++d)
      order.push_back(3 + d);
  }
  Value back = reversed(b, loc, filter, space);
  if (groups == 1) {
    order.assign(space);
    order.insert(last ? order.end() : order.begin(), {last ? rank - 1 : 1});
    order.insert(last ? order.end() : order.begin() + 1, {last ? rank - 2 : 0});
    return TransposeOp::create(b, loc, back, order);
  }
  back = ReshapeOp::create(b, loc, type.clone(split), back);
  back = TransposeOp::create(b, loc, back, order);
  return ReshapeOp::create(b, loc, type.clone(shape), back);
}

namespace {
/// A convolution's operand along one spatial dimension: elements that are equal
/// modulo the stride meet the same taps, every stride-th one.
struct Residue {
  int64_t first, count;      ///< elements first, first + stride, ...
  int64_t tap, taps, stride; ///< taps tap, tap + stride, ...; may be none
  int64_t low, high;         ///< what a convolution of stride 1 needs around dy
};
} // namespace

/// Element first + j stride meets, at tap + q stride, output position
/// j + (first + low - tap) / stride - q.
static Residue residueOf(int64_t first, int64_t extent, int64_t out,
                         int64_t window, int64_t stride, int64_t low) {
  Residue r;
  r.first = first;
  r.stride = stride;
  r.count = (extent - first + stride - 1) / stride;
  r.tap = ((first + low) % stride + stride) % stride;
  r.taps = r.tap < window ? (window - r.tap + stride - 1) / stride : 0;
  r.low = r.taps - 1 - (first + low - r.tap) / stride;
  r.high = r.count - out - r.low + r.taps - 1;
  return r;
}

/// With zeros between the elements of dy: for strides and dilations whose
/// residues would be many.
static Value spreadInputGrad(OpBuilder &b, Location loc, Value dy, Value filter,
                             Layout layout, ArrayRef<int64_t> strides,
                             ArrayRef<int64_t> low, ArrayRef<int64_t> dilations,
                             int64_t groups, RankedTensorType type) {
  auto from = tensorType(dy), w = tensorType(filter);
  int64_t rank = type.getRank(), spatial = rank - 2;
  bool last = layout == Layout::ChannelsLast;
  int64_t first = last ? 1 : 2;
  SmallVector<int64_t> before(rank, 0), after(rank, 0), between(rank, 0),
      none(spatial, 0), ones(spatial, 1);
  for (int64_t d = 0; d < spatial; ++d) {
    int64_t reach = dilations[d] * (w.getDimSize((last ? 0 : 2) + d) - 1);
    int64_t spread = (from.getDimSize(first + d) - 1) * strides[d] + 1;
    between[first + d] = strides[d] - 1;
    before[first + d] = reach - low[d];
    after[first + d] = type.getDimSize(first + d) - spread + low[d];
  }
  return ConvOp::create(b, loc, padOrCut(b, loc, dy, before, after, between),
                        turned(b, loc, filter, layout, groups), layout, ones,
                        none, none, dilations, groups);
}

Value tenon::convInputGrad(OpBuilder &b, Location loc, Value dy, Value filter,
                           Layout layout, ArrayRef<int64_t> strides,
                           ArrayRef<int64_t> low, ArrayRef<int64_t> dilations,
                           int64_t groups, RankedTensorType type) {
  auto from = tensorType(dy), w = tensorType(filter);
  int64_t rank = type.getRank(), spatial = rank - 2, residues = 1;
  bool last = layout == Layout::ChannelsLast;
  int64_t space = last ? 1 : 2, filterSpace = last ? 0 : 2;
  bool mixed = false; // strides and dilations in one dimension
  for (int64_t d = 0; d < spatial; ++d) {
    residues *= std::min<int64_t>(strides[d], 16);
    mixed |= strides[d] > 1 && dilations[d] > 1;
  }
  if (mixed || residues > 8)
    return spreadInputGrad(b, loc, dy, filter, layout, strides, low, dilations,
                           groups, type);

  // Each residue is a convolution of stride 1 with its taps; where one has
  // none, or the operand is larger than what any window covers, there is 0.
  SmallVector<int64_t> ones(spatial, 1), none(rank, 0);
  Value sum;
  for (int64_t number = 0; number < residues; ++number) {
    SmallVector<int64_t> starts(rank, 0), sizes(w.getShape()), steps(rank, 1),
        before(rank, 0), after(rank, 0), first(rank, 0), rest(rank, 0),
        between(rank, 0);
    bool empty = false, cuts = false;
    for (int64_t d = spatial, left = number; d-- > 0; left /= strides[d]) {
      int64_t extent = type.getDimSize(space + d), dilation = dilations[d],
              window = w.getDimSize(filterSpace + d);
      // A dilated filter of stride 1 is one of wider reach.
      Residue r =
          residueOf(left % strides[d], extent, from.getDimSize(space + d),
                    dilation * (window - 1) + 1, strides[d], low[d]);
      starts[filterSpace + d] = r.tap;
      sizes[filterSpace + d] = dilation > 1 ? window : r.taps;
      steps[filterSpace + d] = r.taps > 1 && dilation == 1 ? r.stride : 1;
      before[space + d] = r.low;
      after[space + d] = r.high;
      first[space + d] = r.first;
      between[space + d] = strides[d] - 1;
      rest[space + d] = extent - r.first -
                        (std::max<int64_t>(r.count, 1) - 1) * strides[d] - 1;
      empty |= r.taps < 1 || r.count < 1;
      cuts |= r.low < 0 || r.high < 0;
    }
    if (empty)
      continue;
    Value part = filter;
    if (ArrayRef<int64_t>(sizes) != w.getShape())
      part = SliceOp::create(b, loc, filter, starts, sizes, steps);
    part = turned(b, loc, part, layout, groups);
    // The convolution pads by itself, but it does not cut.
    Value x = dy;
    if (cuts) {
      x = padOrCut(b, loc, dy, before, after, none);
      before = after = none;
    }
    Value y = ConvOp::create(
        b, loc, x, part, layout, ones, ArrayRef(before).slice(space, spatial),
        ArrayRef(after).slice(space, spatial), dilations, groups);
    y = padOrCut(b, loc, y, first, rest, between);
    sum = sum ? Value(AddOp::create(b, loc, sum, y)) : y;
  }
  return sum ? sum : ConstantOp::splat(b, loc, type, 0.0);
}

LogicalResult ConvTransposeOp::verify() {
  auto x = tensorType(getX()), w = tensorType(getFilter()), y = getType();
  int64_t rank = x.getRank();
  size_t spatial = rank - 2;
  if (rank < 3 || rank > 5 || w.getRank() != rank || y.getRank() != rank)
    return emitOpError("operand, filter and result must have one rank of 3 to "
                       "5");
  if (getStrides().size() != spatial || getLow().size() != spatial ||
      getDilations().size() != spatial)
    return emitOpError("needs ")
           << spatial << " entries in strides, low and dilations";
  bool last = getLayout() == Layout::ChannelsLast;
  int64_t groups = getGroups(), filters = w.getDimSize(last ? rank - 1 : 0),
          perGroup = w.getDimSize(last ? rank - 2 : 1);
  if (groups < 1 || filters % groups ||
      filters != x.getDimSize(last ? rank - 1 : 1))
    return emitOpError("operand has ")
           << x.getDimSize(last ? rank - 1 : 1) << " channels in " << groups
           << " groups, the filter expects " << filters;
  if (y.getDimSize(0) != x.getDimSize(0) ||
      y.getDimSize(last ? rank - 1 : 1) != perGroup * groups)
    return emitOpError("result must have the operand's batch and ")
           << perGroup * groups << " channels";
  // Bounds that keep every product below within 64 bits.
  constexpr int64_t limit = int64_t(1) << 31;
  for (size_t d = 0; d < spatial; ++d) {
    auto within = [](int64_t v, int64_t least) {
      return v >= least && v <= limit;
    };
    if (!within(getStrides()[d], 1) || !within(getDilations()[d], 1) ||
        !within(getLow()[d], -limit) ||
        !within(w.getDimSize((last ? 0 : 2) + d), 1) ||
        !within(x.getDimSize((last ? 1 : 2) + d), 1) ||
        !within(y.getDimSize((last ? 1 : 2) + d), 1))
      return emitOpError("extents, strides and dilations of spatial dimension ")
             << d << " must be at least 1, none above 2^31";
  }
  return success();
}

SmallVector<Value> ConvTransposeOp::decompose(OpBuilder &b) {
  return {convInputGrad(b, getLoc(), getX(), getFilter(), getLayout(),
                        getStrides(), getLow(), getDilations(), getGroups(),
                        getType())};
}

//===----------------------------------------------------------------------===//
// pack, unpack
//===----------------------------------------------------------------------===//

/// The operand of pack seen as a matrix: K, N.
static std::pair<int64_t, int64_t> asMatrix(RankedTensorType t) {
  int64_t n = t.getShape().back();
  return {n ? t.getNumElements() / n : 0, n};
}

LogicalResult PackOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> loc, Adaptor a,
                                       SmallVectorImpl<Type> &types) {
  auto x = tensorType(a.getX());
  int64_t panel = a.getPanel();
  if (x.getRank() < 2 || panel < 1)
    return emitOptionalError(loc,
                             "needs at least rank 2 and a panel of at least 1");
  auto [k, n] = asMatrix(x);
  int64_t panels = llvm::divideCeil(n, panel);
  types.push_back(x.clone({panels, k, panel}));
  return success();
}

LogicalResult UnpackOp::verify() {
  auto x = tensorType(getX()), y = getType();
  if (x.getRank() != 3 || y.getRank() < 2 ||
      x.getElementType() != y.getElementType())
    return emitOpError("operand is not the packed form of the result");
  auto [k, n] = asMatrix(y);
  if (x.getDimSize(1) != k || x.getDimSize(2) < 1 ||
      x.getDimSize(0) !=
          static_cast<int64_t>(llvm::divideCeil(n, x.getDimSize(2))))
    return emitOpError("operand is not the packed form of the result");
  return success();
}
