//===-- NodeImporter.cpp - what an operator's importer works with ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/NodeImporter.h"

#include "lib/Frontend/ONNX/Importer.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "tenon/Reference/Tensor.h"
#include "llvm/ADT/StringExtras.h"

#include <numeric>

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

/// More than any machine's memory; sums and products of a few such sizes still
/// fit 64 bits.
static constexpr int64_t maxBytes = int64_t(1) << 40;
static constexpr size_t maxRank = 64;

//===----------------------------------------------------------------------===//
// Types and constants
//===----------------------------------------------------------------------===//

mlir::Type tenon::onnx::typeOf(int32_t dataType, MLIRContext *context) {
  switch (dataType) {
  case Float:
    return Float32Type::get(context);
  case Double:
    return Float64Type::get(context);
  case Float16:
    return Float16Type::get(context);
  case BFloat16:
    return BFloat16Type::get(context);
  case Bool:
    return IntegerType::get(context, 1);
  case Int8:
  case Int16:
  case Int32:
  case Int64:
    return IntegerType::get(context, 8 * bytesOf(dataType));
  case UInt8:
  case UInt16:
  case UInt32:
  case UInt64:
    return IntegerType::get(context, 8 * bytesOf(dataType),
                            IntegerType::Unsigned);
  }
  return {};
}

std::string tenon::onnx::describe(mlir::Type type) {
  if (auto tensor = dyn_cast<RankedTensorType>(type))
    return describe(tensor.getElementType(), tensor.getShape());
  if (type.isBF16())
    return "bfloat16";
  if (type.isInteger(1))
    return "bool";
  std::string width = llvm::utostr(type.getIntOrFloatBitWidth());
  return (isa<FloatType>(type)       ? "float"
          : type.isUnsignedInteger() ? "uint"
                                     : "int") +
         width;
}

std::string tenon::onnx::describe(mlir::Type elementType,
                                  ArrayRef<int64_t> shape) {
  std::string s = describe(elementType) + "[";
  for (auto [i, d] : llvm::enumerate(shape))
    s += (i ? "," : "") + llvm::itostr(d);
  return s + "]";
}

std::string tenon::onnx::problemOf(ArrayRef<int64_t> shape,
                                   mlir::Type elementType) {
  if (shape.size() > maxRank)
    return "has " + llvm::utostr(shape.size()) + " dimensions, more than " +
           llvm::utostr(maxRank);
  if (llvm::any_of(shape, [](int64_t d) { return d < 0; }))
    return "has a dimension of unknown or negative extent";
  // An empty tensor counts as if it were not, so that no product of some of its
  // extents can overflow either.
  SmallVector<int64_t> extents(shape);
  llvm::replace(extents, int64_t(0), int64_t(1));
  std::optional<int64_t> count = elementCount(kindOf(elementType), extents);
  if (!count || *count > maxBytes / bytesOf(kindOf(elementType)))
    return "has more elements than memory can hold";
  return "";
}

ElementsAttr tenon::onnx::attributeOf(const TensorData &tensor,
                                      MLIRContext *context) {
  mlir::Type element = typeOf(tensor.dataType, context);
  if (!element || !tensor.problem.empty() ||
      !problemOf(tensor.dims, element).empty())
    return {};
  auto type = RankedTensorType::get(tensor.dims, element);
  ArrayRef<char> bytes = tensor.bytes;
  size_t width = bytesOf(tensor.dataType);
  bool splat =
      bytes.size() > width &&
      !memcmp(bytes.data(), bytes.data() + width, bytes.size() - width);
  if (splat)
    bytes = bytes.take_front(width);
  if (splat || bytes.size() <= 64) {
    if (tensor.dataType == Bool)
      return DenseElementsAttr::get(
          type, ArrayRef<bool>(reinterpret_cast<const bool *>(bytes.data()),
                               bytes.size()));
    return DenseElementsAttr::getFromRawBuffer(type, bytes);
  }
  if (reinterpret_cast<uintptr_t>(bytes.data()) % width)
    return DenseResourceElementsAttr::get(
        type, tensor.name,
        HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, 64));
  // The least that holds wherever the file was read to: dumps show it.
  return DenseResourceElementsAttr::get(
      type, tensor.name,
      AsmResourceBlob(
          bytes, width, [owner = tensor.owner](void *, size_t, size_t) {},
          /*dataIsMutable=*/false));
}

int64_t tenon::onnx::productOf(ArrayRef<int64_t> extents) {
  return std::accumulate(extents.begin(), extents.end(), int64_t(1),
                         std::multiplies<int64_t>());
}

//===----------------------------------------------------------------------===//
// Inputs and attributes
//===----------------------------------------------------------------------===//

bool NodeImporter::isConstant(Value v) {
  return v && v.getDefiningOp<ConstantOp>();
}

/// The constant behind a value; null if it is none.
static tenon::Tensor constantOf(Value v) {
  ElementsAttr value = v ? knownValue(v) : ElementsAttr();
  if (!value)
    return {};
  auto tensor = tenon::Tensor::fromAttr(v.getLoc(), value);
  return failed(tensor) ? tenon::Tensor() : *tensor;
}

FailureOr<SmallVector<int64_t>> NodeImporter::constantInts(size_t i,
                                                           StringRef what) {
  tenon::Tensor t = constantOf(input(i));
  if (!t)
    return unsupported(what + " (input " + Twine(i) +
                           ") is computed at run time",
                       "Tenon compiles static shapes: make it a constant of "
                       "the model, or give "
                       "the sizes it is computed from by --dim");
  if (isFloat(t.kind()))
    return invalid(what + " (input " + Twine(i) + ") must be integers");
  if (t.size() > 4096)
    return invalid(what + " (input " + Twine(i) + ") has " + Twine(t.size()) +
                   " elements");
  SmallVector<int64_t> values;
  for (int64_t k = 0; k < t.size(); ++k)
    values.push_back(t[k].i);
  return values;
}

FailureOr<SmallVector<double>> NodeImporter::constantNumbers(size_t i,
                                                             StringRef what) {
  tenon::Tensor t = constantOf(input(i));
  if (!t)
    return unsupported(what + " (input " + Twine(i) +
                           ") is computed at run time",
                       "make it a constant of the model");
  if (t.size() > 4096)
    return invalid(what + " (input " + Twine(i) + ") has " + Twine(t.size()) +
                   " elements");
  SmallVector<double> values;
  for (int64_t k = 0; k < t.size(); ++k)
    values.push_back(t[k].toDouble());
  return values;
}

FailureOr<double> NodeImporter::constantScalar(size_t i, StringRef what) {
  FailureOr<SmallVector<double>> values = constantNumbers(i, what);
  if (failed(values))
    return failure();
  if (values->size() != 1)
    return invalid(what + " (input " + Twine(i) + ") must have one element");
  return values->front();
}

const NodeAttribute *NodeImporter::attribute(StringRef name) const {
  return scope.attribute(node, name);
}

/// The attribute if it has the type; marks the node invalid if it has another.
static const NodeAttribute *typed(NodeImporter &n, StringRef name,
                                  NodeAttribute::Type type) {
  const NodeAttribute *a = n.attribute(name);
  if (a && a->type != type) {
    (void)n.invalid("attribute '" + name + "' has the wrong type");
    return nullptr;
  }
  return a;
}

int64_t NodeImporter::integer(StringRef name, int64_t otherwise) {
  const NodeAttribute *a = typed(*this, name, NodeAttribute::Int);
  return a ? a->i : otherwise;
}

double NodeImporter::number(StringRef name, double otherwise) {
  const NodeAttribute *a = typed(*this, name, NodeAttribute::Float);
  // The attribute is a float; 0.01 in the model means 0.01f.
  return a ? a->f : static_cast<float>(otherwise);
}

StringRef NodeImporter::string(StringRef name, StringRef otherwise) {
  const NodeAttribute *a = typed(*this, name, NodeAttribute::String);
  return a ? a->s : otherwise;
}

std::optional<SmallVector<int64_t>> NodeImporter::integers(StringRef name) {
  const NodeAttribute *a = typed(*this, name, NodeAttribute::Ints);
  if (!a)
    return std::nullopt;
  return SmallVector<int64_t>(a->ints);
}

FailureOr<int64_t> NodeImporter::axis(int64_t axis, int64_t rank) {
  if (axis < -rank || axis >= rank)
    return invalid("axis " + Twine(axis) + " is outside the rank " +
                   Twine(rank));
  return axis < 0 ? axis + rank : axis;
}

FailureOr<SmallVector<int64_t>> NodeImporter::axes(ArrayRef<int64_t> axes,
                                                   int64_t rank) {
  SmallVector<int64_t> result;
  for (int64_t a : axes) {
    FailureOr<int64_t> checked = axis(a, rank);
    if (failed(checked))
      return failure();
    if (llvm::is_contained(result, *checked))
      return invalid("axis " + Twine(a) + " is listed twice");
    result.push_back(*checked);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Making ops
//===----------------------------------------------------------------------===//

Value NodeImporter::constant(ArrayRef<int64_t> values) {
  auto type = RankedTensorType::get({static_cast<int64_t>(values.size())},
                                    b.getI64Type());
  return ConstantOp::create(
      b, loc, llvm::cast<ElementsAttr>(DenseElementsAttr::get(type, values)));
}

Value NodeImporter::reshape(Value v, ArrayRef<int64_t> shape) {
  if (!v || type(v).getShape() == shape)
    return v;
  std::string problem = problemOf(shape, elementType(v));
  if (!problem.empty() || productOf(shape) != type(v).getNumElements()) {
    (void)invalid("cannot give " + describe(v.getType()) + " the shape of " +
                  describe(elementType(v), shape));
    return {};
  }
  RankedTensorType to = type(v).clone(shape);
  // The bytes of a weight do not move: the same handle with another type.
  if (auto constant = v.getDefiningOp<ConstantOp>())
    if (auto resource =
            dyn_cast<DenseResourceElementsAttr>(constant.getValue())) {
      auto moved = ConstantOp::create(
          b, constant.getLoc(),
          llvm::cast<ElementsAttr>(
              DenseResourceElementsAttr::get(to, resource.getRawHandle())));
      moved->setDiscardableAttrs(constant->getDiscardableAttrDictionary());
      return moved;
    }
  return ReshapeOp::create(b, loc, to, v);
}

Value NodeImporter::transpose(Value v, ArrayRef<int64_t> permutation) {
  if (!v || llvm::is_sorted(permutation))
    return v;
  return make<TransposeOp>(v, permutation);
}

Value NodeImporter::cast(Value v, mlir::Type element) {
  if (!v || elementType(v) == element)
    return v;
  return CastOp::create(b, loc, type(v).clone(element), v);
}

Value NodeImporter::slice(Value v, int64_t axis, int64_t first, int64_t size,
                          int64_t stride) {
  if (!v)
    return {};
  SmallVector<int64_t> starts(rank(v), 0), sizes(shape(v)), strides(rank(v), 1);
  starts[axis] = first;
  sizes[axis] = size;
  strides[axis] = stride;
  return make<SliceOp>(v, starts, sizes, strides);
}

Value NodeImporter::broadcastAlong(Value v, ArrayRef<int64_t> to,
                                   ArrayRef<int64_t> dims) {
  if (!v || type(v).getShape() == to)
    return v;
  std::string problem = problemOf(to, elementType(v));
  if (!problem.empty()) {
    (void)invalid("its result " + problem);
    return {};
  }
  return BroadcastOp::create(b, loc, type(v).clone(to), v, dims);
}

Value NodeImporter::broadcast(Value v, ArrayRef<int64_t> to) {
  if (!v || type(v).getShape() == to)
    return v;
  SmallVector<int64_t> kept, dims;
  int64_t shift = static_cast<int64_t>(to.size()) - rank(v);
  for (auto [i, extent] : llvm::enumerate(shape(v))) {
    int64_t target = shift + static_cast<int64_t>(i);
    if (target >= 0 && extent == to[target]) {
      kept.push_back(extent);
      dims.push_back(target);
    } else if (extent != 1) {
      (void)invalid(describe(v.getType()) + " does not broadcast to " +
                    describe(elementType(v), to));
      return {};
    }
  }
  return broadcastAlong(reshape(v, kept), to, dims);
}

FailureOr<SmallVector<int64_t>>
NodeImporter::commonShape(ArrayRef<Value> values) {
  SmallVector<int64_t> common;
  for (Value v : values) {
    ArrayRef<int64_t> s = shape(v);
    if (s.size() > common.size())
      common.insert(common.begin(), s.size() - common.size(), 1);
    for (size_t i = 0; i < s.size(); ++i) {
      int64_t &c = common[common.size() - s.size() + i];
      if (c != s[i] && c != 1 && s[i] != 1)
        return invalid("the shapes of its inputs do not broadcast to one");
      if (c == 1)
        c = s[i];
    }
  }
  return common;
}

bool NodeImporter::broadcastAll(MutableArrayRef<Value> values) {
  FailureOr<SmallVector<int64_t>> common = commonShape(values);
  if (failed(common))
    return false;
  for (Value &v : values)
    if (!(v = broadcast(v, *common)))
      return false;
  return true;
}

//===----------------------------------------------------------------------===//
// Ends
//===----------------------------------------------------------------------===//

LogicalResult NodeImporter::yield(ArrayRef<Value> values) {
  results.assign(values.begin(), values.end());
  return success(!llvm::is_contained(values, Value()));
}

LogicalResult NodeImporter::unsupported(const Twine &why, const Twine &what) {
  if (reason.empty()) {
    reason = why.str();
    cure = what.str();
  }
  return failure();
}

LogicalResult NodeImporter::invalid(const Twine &why, const Twine &what) {
  return unsupported(why, what);
}
