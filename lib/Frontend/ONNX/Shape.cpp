//===-- Shape.cpp - Reshape, Transpose, Slice, Pad, Concat, ... -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Shape.h"
#include "lib/Frontend/ONNX/NodeImporter.h"

#include <numeric>

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

using Ints = SmallVector<int64_t>;

/// A list that newer opsets give as input `i` and older ones as an attribute.
/// None where it is in neither place.
static FailureOr<std::optional<Ints>>
listOf(NodeImporter &n, size_t i, llvm::StringRef name, int64_t sinceInput) {
  if (n.opset < sinceInput)
    return n.integers(name);
  if (!n.input(i))
    return std::optional<Ints>();
  FailureOr<Ints> values = n.constantInts(i, name);
  if (failed(values))
    return failure();
  return std::optional<Ints>(*values);
}

//===----------------------------------------------------------------------===//
// Views
//===----------------------------------------------------------------------===//

static LogicalResult importReshape(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<std::optional<Ints>> given = listOf(n, 1, "shape", 5);
  if (failed(given))
    return failure();
  if (!*given)
    return n.invalid("has no shape");
  Ints shape = **given;
  bool zeroIsZero = n.integer("allowzero", 0);
  std::optional<size_t> open;
  int64_t known = 1;
  for (auto [i, d] : llvm::enumerate(shape)) {
    if (d == 0 && !zeroIsZero) {
      if (static_cast<int64_t>(i) >= n.rank(x))
        return n.invalid("its shape copies dimension " + Twine(i) +
                         ", which the input has not");
      d = n.shape(x)[i];
    }
    if (d == -1) {
      if (open)
        return n.invalid("its shape leaves two dimensions open");
      open = i;
    } else if (d < -1 || llvm::MulOverflow(known, d, known)) {
      return n.invalid("its shape is impossible: entry " + Twine(i) + " is " +
                       Twine(d));
    }
  }
  if (open) {
    int64_t count = n.type(x).getNumElements();
    if (known == 0 ? count != 0 : count % known != 0)
      return n.invalid(Twine(count) + " elements do not divide into its shape");
    shape[*open] = known == 0 ? 0 : count / known;
  }
  return n.yield(n.reshape(x, shape));
}

static LogicalResult importFlatten(NodeImporter &n) {
  Value x = n.input(0);
  int64_t rank = n.rank(x), axis = n.integer("axis", 1);
  if (axis < -rank || axis > rank)
    return n.invalid("axis " + Twine(axis) + " is outside the rank " +
                     Twine(rank));
  if (axis < 0)
    axis += rank;
  ArrayRef<int64_t> shape = n.shape(x);
  return n.yield(n.reshape(x, {productOf(shape.take_front(axis)),
                               productOf(shape.drop_front(axis))}));
}

static LogicalResult importSqueeze(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<std::optional<Ints>> given = listOf(n, 1, "axes", 13);
  if (failed(given))
    return failure();
  Ints dropped;
  if (*given) {
    FailureOr<Ints> axes = n.axes(**given, n.rank(x));
    if (failed(axes))
      return failure();
    dropped = *axes;
  }
  Ints shape;
  for (auto [d, extent] : llvm::enumerate(n.shape(x))) {
    bool drop = *given ? llvm::is_contained(dropped, int64_t(d)) : extent == 1;
    if (drop && extent != 1)
      return n.invalid("dimension " + Twine(d) + " has extent " +
                       Twine(extent) + ", not 1");
    if (!drop)
      shape.push_back(extent);
  }
  return n.yield(n.reshape(x, shape));
}

static LogicalResult importUnsqueeze(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<std::optional<Ints>> given = listOf(n, 1, "axes", 13);
  if (failed(given))
    return failure();
  if (!*given)
    return n.invalid("has no axes");
  int64_t rank = n.rank(x) + (*given)->size();
  FailureOr<Ints> axes = n.axes(**given, rank);
  if (failed(axes))
    return failure();
  Ints shape;
  for (int64_t d = 0, from = 0; d < rank; ++d)
    shape.push_back(llvm::is_contained(*axes, d) ? 1 : n.shape(x)[from++]);
  return n.yield(n.reshape(x, shape));
}

static LogicalResult importExpand(NodeImporter &n) {
  FailureOr<Ints> shape = n.constantInts(1, "the shape");
  if (failed(shape))
    return failure();
  std::string problem = problemOf(*shape, n.elementType(n.input(0)));
  if (!problem.empty())
    return n.invalid("its result " + problem);
  // Both sides broadcast: the shape may have ones where the input has not.
  Value x = n.input(0);
  Ints result(std::max<size_t>(shape->size(), n.rank(x)), 1);
  llvm::copy(*shape, result.end() - shape->size());
  for (int64_t d = 0; d < n.rank(x); ++d) {
    int64_t &r = result[result.size() - n.rank(x) + d];
    if (r == 1)
      r = n.shape(x)[d];
  }
  return n.yield(n.broadcast(x, result));
}

/// Repeats along a new dimension before each, and merges the two.
static LogicalResult importTile(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<Ints> repeats = n.constantInts(1, "the repeats");
  if (failed(repeats))
    return failure();
  if (n.opset < 6 || static_cast<int64_t>(repeats->size()) != n.rank(x))
    return n.invalid("needs one repeat a dimension");
  Ints split, dims, merged;
  for (auto [extent, times] : llvm::zip(n.shape(x), *repeats)) {
    int64_t both;
    if (times < 0 || llvm::MulOverflow(times, extent, both))
      return n.invalid("its repeats are impossible");
    split.push_back(times);
    dims.push_back(split.size());
    split.push_back(extent);
    merged.push_back(both);
  }
  return n.yield(n.reshape(n.broadcastAlong(x, split, dims), merged));
}

//===----------------------------------------------------------------------===//
// Moves
//===----------------------------------------------------------------------===//

static LogicalResult importTranspose(NodeImporter &n) {
  Value x = n.input(0);
  Ints reversed;
  for (int64_t d = n.rank(x); d-- > 0;)
    reversed.push_back(d);
  FailureOr<Ints> permutation =
      n.axes(n.integers("perm").value_or(reversed), n.rank(x));
  if (failed(permutation))
    return failure();
  if (static_cast<int64_t>(permutation->size()) != n.rank(x))
    return n.invalid("perm must list every dimension");
  return n.yield(n.transpose(x, *permutation));
}

static LogicalResult importConcat(NodeImporter &n) {
  SmallVector<Value> inputs;
  for (size_t i = 0; i < n.numInputs(); ++i) {
    if (!n.input(i))
      return n.invalid("input " + Twine(i) + " is missing");
    inputs.push_back(n.input(i));
  }
  // Opset 3 and older: axis 1 where none is given.
  if (!n.has("axis") && n.opset >= 4)
    return n.invalid("has no axis");
  FailureOr<int64_t> axis = n.axis(n.integer("axis", 1), n.rank(inputs[0]));
  if (failed(axis))
    return failure();
  return n.yield(inputs.size() == 1
                     ? inputs[0]
                     : n.make<ConcatOp>(ValueRange(inputs), *axis));
}

static LogicalResult importSplit(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<int64_t> axis = n.axis(n.integer("axis", 0), n.rank(x));
  FailureOr<std::optional<Ints>> given = listOf(n, 1, "split", 13);
  if (failed(axis) || failed(given))
    return failure();
  int64_t extent = n.shape(x)[*axis],
          parts = n.integer("num_outputs", n.node.outputs.size());
  if (parts != static_cast<int64_t>(n.node.outputs.size()) || parts == 0)
    return n.invalid("num_outputs is " + Twine(parts) + ", but the node has " +
                     Twine(n.node.outputs.size()) + " outputs");
  Ints sizes;
  if (*given) {
    sizes = **given;
  } else {
    // The last part is the smaller one where the extent does not divide.
    int64_t each = llvm::divideCeil(extent, parts);
    for (int64_t i = 0; i < parts; ++i)
      sizes.push_back(std::clamp<int64_t>(extent - i * each, 0, each));
  }
  if (static_cast<int64_t>(sizes.size()) != parts)
    return n.invalid("needs one size for each of its outputs");
  SmallVector<Value> results;
  int64_t first = 0;
  for (int64_t size : sizes) {
    if (size < 0 || size > extent - first)
      return n.invalid("its sizes do not add up to the extent " +
                       Twine(extent));
    results.push_back(n.slice(x, *axis, first, size));
    first += size;
  }
  if (first != extent)
    return n.invalid("its sizes do not add up to the extent " + Twine(extent));
  return n.yield(results);
}

/// Negative starts and ends count from the end, and both are held within the
/// extent, as NumPy does.
static LogicalResult importSlice(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<std::optional<Ints>> starts = listOf(n, 1, "starts", 10),
                                 ends = listOf(n, 2, "ends", 10);
  FailureOr<std::optional<Ints>> axesGiven = listOf(n, 3, "axes", 10);
  FailureOr<std::optional<Ints>> stepsGiven = listOf(n, 4, "steps", 10);
  if (failed(starts) || failed(ends) || failed(axesGiven) || failed(stepsGiven))
    return failure();
  if (!*starts || !*ends)
    return n.invalid("has no starts or no ends");
  size_t count = (*starts)->size();
  Ints every(count);
  std::iota(every.begin(), every.end(), 0);
  FailureOr<Ints> axes = n.axes(axesGiven->value_or(every), n.rank(x));
  Ints steps = stepsGiven->value_or(Ints(count, 1));
  if (failed(axes))
    return failure();
  if ((*ends)->size() != count || axes->size() != count ||
      steps.size() != count)
    return n.invalid("starts, ends, axes and steps differ in length");
  Ints first(n.rank(x), 0), sizes(n.shape(x)), strides(n.rank(x), 1);
  for (size_t i = 0; i < count; ++i) {
    int64_t d = (*axes)[i], extent = n.shape(x)[d], step = steps[i];
    if (step == 0)
      return n.invalid("a step is 0");
    auto position = [&](int64_t v, int64_t low, int64_t high) {
      return std::clamp(v < 0 ? v + extent : v, low, high);
    };
    int64_t from, to;
    if (step > 0) {
      from = position((**starts)[i], 0, extent);
      to = position((**ends)[i], 0, extent);
    } else {
      from = position((**starts)[i], -1, extent - 1);
      to = position((**ends)[i], -1, extent - 1);
    }
    int64_t distance = step > 0 ? to - from : from - to;
    // A step as long as the extent takes one element; longer ones overflow.
    int64_t stride = std::clamp<int64_t>(step, -extent - 1, extent + 1);
    first[d] = from;
    sizes[d] = distance <= 0 ? 0 : (distance - 1) / std::abs(stride) + 1;
    strides[d] = stride;
    if (sizes[d] == 0)
      first[d] = 0;
  }
  bool whole = ArrayRef<int64_t>(sizes) == n.shape(x) &&
               llvm::all_of(strides, [](int64_t s) { return s == 1; });
  return n.yield(whole ? x : n.make<SliceOp>(x, first, sizes, strides));
}

/// Pads and crops: negative amounts cut.
static LogicalResult importPad(NodeImporter &n) {
  Value x = n.input(0);
  llvm::StringRef mode = n.string("mode", "constant");
  FailureOr<std::optional<Ints>> given =
      listOf(n, 1, n.opset < 2 ? "paddings" : "pads", 11);
  if (failed(given))
    return failure();
  if (!*given)
    return n.invalid("has no pads");
  int64_t rank = n.rank(x);
  Ints axes(rank);
  std::iota(axes.begin(), axes.end(), 0);
  if (n.opset >= 18 && n.input(3)) {
    FailureOr<Ints> listed = n.constantInts(3, "axes");
    if (failed(listed))
      return failure();
    FailureOr<Ints> checked = n.axes(*listed, rank);
    if (failed(checked))
      return failure();
    axes = *checked;
  }
  if ((*given)->size() != 2 * axes.size())
    return n.invalid("needs two pads an axis");
  double value = n.opset < 11 ? n.number("value", 0) : 0;
  if (n.opset >= 11 && n.input(2)) {
    FailureOr<double> fill = n.constantScalar(2, "the fill value");
    if (failed(fill))
      return failure();
    value = *fill;
  }
  Ints low(rank, 0), high(rank, 0), starts(rank, 0), sizes(n.shape(x)),
      ones(rank, 1);
  bool cuts = false, pads = false;
  for (auto [i, d] : llvm::enumerate(axes)) {
    int64_t before = (**given)[i], after = (**given)[axes.size() + i];
    low[d] = std::max<int64_t>(before, 0);
    high[d] = std::max<int64_t>(after, 0);
    int64_t left = std::max<int64_t>(-before, 0),
            right = std::max<int64_t>(-after, 0);
    if (before == INT64_MIN || after == INT64_MIN || left > sizes[d] ||
        right > sizes[d] - left)
      return n.invalid("its negative pads cut more than there is");
    starts[d] = left;
    sizes[d] -= left + right;
    cuts |= left || right;
    pads |= low[d] || high[d];
  }
  if (cuts)
    x = n.make<SliceOp>(x, starts, sizes, ones);
  if (!pads)
    return n.yield(x);
  std::optional<PadMode> padMode = symbolizePadMode(mode);
  if (!padMode)
    return n.invalid("mode '" + mode + "' does not exist");
  return n.yield(n.make<PadOp>(x, *padMode, llvm::APFloat(value), low, high,
                               DenseI64ArrayAttr()));
}

/// N, C, H, W and blocks of b x b: the blocks become channels or the reverse.
static LogicalResult importDepthToSpace(NodeImporter &n) {
  Value x = n.input(0);
  int64_t block = n.integer("blocksize", 0);
  llvm::StringRef mode = n.string("mode", "DCR");
  if (n.rank(x) != 4 || block < 1 || block > (1 << 20) ||
      n.shape(x)[1] % (block * block))
    return n.invalid("its input must have rank 4 and channels divisible by "
                     "blocksize squared");
  int64_t N = n.shape(x)[0], C = n.shape(x)[1] / (block * block),
          H = n.shape(x)[2], W = n.shape(x)[3];
  if (mode == "DCR")
    x = n.transpose(n.reshape(x, {N, block, block, C, H, W}),
                    {0, 3, 4, 1, 5, 2});
  else if (mode == "CRD")
    x = n.transpose(n.reshape(x, {N, C, block, block, H, W}),
                    {0, 1, 4, 2, 5, 3});
  else
    return n.invalid("mode '" + mode + "' does not exist");
  return n.yield(n.reshape(x, {N, C, H * block, W * block}));
}

static LogicalResult importSpaceToDepth(NodeImporter &n) {
  Value x = n.input(0);
  int64_t block = n.integer("blocksize", 0);
  if (n.rank(x) != 4 || block < 1 || block > (1 << 20) ||
      n.shape(x)[2] % block || n.shape(x)[3] % block)
    return n.invalid(
        "its input must have rank 4 and extents divisible by blocksize");
  int64_t N = n.shape(x)[0], C = n.shape(x)[1], H = n.shape(x)[2] / block,
          W = n.shape(x)[3] / block;
  x = n.transpose(n.reshape(x, {N, C, H, block, W, block}), {0, 3, 5, 1, 2, 4});
  return n.yield(n.reshape(x, {N, C * block * block, H, W}));
}

static const Row rows[] = {
    {"Reshape", 1, 1, 2, importReshape},
    {"Flatten", 1, 1, 1, importFlatten},
    {"Squeeze", 1, 1, 2, importSqueeze},
    {"Unsqueeze", 1, 1, 2, importUnsqueeze},
    {"Expand", 8, 2, 2, importExpand},
    {"Tile", 6, 2, 2, importTile},
    {"Transpose", 1, 1, 1, importTranspose},
    {"Concat", 1, 1, variadic, importConcat},
    {"Split", 2, 1, 2, importSplit},
    {"Slice", 1, 1, 5, importSlice},
    {"Pad", 1, 1, 4, importPad},
    {"DepthToSpace", 1, 1, 1, importDepthToSpace},
    {"SpaceToDepth", 1, 1, 1, importSpaceToDepth},
};

ArrayRef<Row> tenon::onnx::shapeRows() { return rows; }
