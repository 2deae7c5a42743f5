//===-- NodeImporter.h - what an operator's importer works with -*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An operator is imported by one function, `LogicalResult f(NodeImporter &n)`:
// it reads inputs and attributes, makes tenon ops and ends in `n.yield(...)`,
// or in `n.unsupported(...)` or `n.invalid(...)`. Values are null after a
// failure, and every function here passes null through, so that a chain of
// calls is checked once, by yield.
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Expr.h"
#include "lib/Frontend/ONNX/Model.h"
#include "mlir/IR/Builders.h"

namespace tenon::onnx {

struct Scope;

class NodeImporter {
public:
  NodeImporter(mlir::OpBuilder &b, mlir::Location loc, const Node &node,
               const Scope &scope, int64_t opset,
               llvm::ArrayRef<mlir::Value> inputs)
      : b(b), loc(loc), node(node), opset(opset), scope(scope), inputs(inputs) {
  }

  mlir::OpBuilder &b;
  const mlir::Location loc;
  const Node &node;
  /// The version of the operator set that the node's domain is imported with.
  const int64_t opset;

  //===--- Inputs ---------------------------------------------------------===//

  size_t numInputs() const { return inputs.size(); }
  /// Input i, or null where the optional input is absent.
  mlir::Value input(size_t i) const {
    return i < inputs.size() ? inputs[i] : mlir::Value();
  }
  static mlir::RankedTensorType type(mlir::Value v) {
    return mlir::cast<mlir::RankedTensorType>(v.getType());
  }
  static llvm::ArrayRef<int64_t> shape(mlir::Value v) {
    return type(v).getShape();
  }
  static int64_t rank(mlir::Value v) { return type(v).getRank(); }
  static mlir::Type elementType(mlir::Value v) {
    return type(v).getElementType();
  }
  /// The elements of a constant integer input; failure, with the node marked
  /// unsupported, where it is computed at run time.
  mlir::FailureOr<llvm::SmallVector<int64_t>>
  constantInts(size_t i, llvm::StringRef what);
  /// The same for a constant of a few numbers of any type.
  mlir::FailureOr<llvm::SmallVector<double>>
  constantNumbers(size_t i, llvm::StringRef what);
  /// The same for a constant of one element of any type.
  mlir::FailureOr<double> constantScalar(size_t i, llvm::StringRef what);
  /// Whether all values are constant.
  static bool isConstant(mlir::Value v);

  //===--- Attributes -----------------------------------------------------===//

  /// The attribute, with a function's parameters replaced; null if absent.
  const NodeAttribute *attribute(llvm::StringRef name) const;
  bool has(llvm::StringRef name) const { return attribute(name); }
  /// An attribute of another type marks the node invalid.
  int64_t integer(llvm::StringRef name, int64_t otherwise);
  double number(llvm::StringRef name, double otherwise);
  llvm::StringRef string(llvm::StringRef name, llvm::StringRef otherwise);
  std::optional<llvm::SmallVector<int64_t>> integers(llvm::StringRef name);
  /// An axis counted from the end where negative; failure outside the rank.
  mlir::FailureOr<int64_t> axis(int64_t axis, int64_t rank);
  mlir::FailureOr<llvm::SmallVector<int64_t>> axes(llvm::ArrayRef<int64_t> axes,
                                                   int64_t rank);

  //===--- Making ops -----------------------------------------------------===//

  /// Creates an op from its operands and attributes (without result types where
  /// it infers them); null where inference fails.
  template <class Op, class... Args>
  mlir::Value make(Args &&...args);
  /// An expression over a value that is not null.
  Expr expr(mlir::Value v) const { return {b, loc, v}; }
  mlir::Value splat(mlir::RankedTensorType type, double value) const {
    return ConstantOp::splat(b, loc, type, value);
  }
  mlir::Value constant(llvm::ArrayRef<int64_t> values);
  mlir::Value reshape(mlir::Value v, llvm::ArrayRef<int64_t> shape);
  mlir::Value transpose(mlir::Value v, llvm::ArrayRef<int64_t> permutation);
  mlir::Value cast(mlir::Value v, mlir::Type elementType);
  /// Dimension `axis`, elements first, first + stride, ...
  mlir::Value slice(mlir::Value v, int64_t axis, int64_t first, int64_t size,
                    int64_t stride = 1);
  /// NumPy's broadcasting, made explicit.
  mlir::Value broadcast(mlir::Value v, llvm::ArrayRef<int64_t> shape);
  /// Dimension i of `v` becomes dimension `dims[i]` of the shape.
  mlir::Value broadcastAlong(mlir::Value v, llvm::ArrayRef<int64_t> shape,
                             llvm::ArrayRef<int64_t> dims);
  /// The shape that all values broadcast to; the node is invalid if there is
  /// none.
  mlir::FailureOr<llvm::SmallVector<int64_t>>
  commonShape(llvm::ArrayRef<mlir::Value> values);
  /// Brings all values to one shape; false, with the node marked invalid, if
  /// there is none.
  bool broadcastAll(llvm::MutableArrayRef<mlir::Value> values);

  //===--- Ends -----------------------------------------------------------===//

  mlir::LogicalResult yield(llvm::ArrayRef<mlir::Value> values);
  mlir::LogicalResult yield(mlir::Value value) {
    return yield(llvm::ArrayRef<mlir::Value>(value));
  }
  /// The node is legal ONNX that Tenon does not do. `cure` is what the user can
  /// do about it.
  mlir::LogicalResult unsupported(const llvm::Twine &reason,
                                  const llvm::Twine &cure = {});
  /// The node breaks a rule of ONNX.
  mlir::LogicalResult invalid(const llvm::Twine &reason,
                              const llvm::Twine &cure = {});

  /// The first reason given; empty while all is well.
  std::string reason, cure;
  llvm::SmallVector<mlir::Value> results;

private:
  const Scope &scope;
  llvm::ArrayRef<mlir::Value> inputs;
};

/// "float32[1,3]" of a tensor type, "float32" of an element type.
std::string describe(mlir::Type type);
std::string describe(mlir::Type elementType, llvm::ArrayRef<int64_t> shape);
/// The tenon element type; null if there is none.
mlir::Type typeOf(int32_t dataType, mlir::MLIRContext *context);
/// A constant that refers to the tensor's bytes, or holds them where they are
/// few or all equal. Null for a tensor with a problem.
mlir::ElementsAttr attributeOf(const TensorData &tensor,
                               mlir::MLIRContext *context);
/// Why no tensor may have this shape; empty if one may.
std::string problemOf(llvm::ArrayRef<int64_t> shape, mlir::Type elementType);

/// The constant under views and transposes of it, which some exporters write as
/// nodes; null if there is none.
ConstantOp constantUnder(mlir::Value v);

/// On a constant that something was computed from while importing.
inline constexpr llvm::StringLiteral kSettledAttr = "tenon.settled";

/// What a value is, if that is known: a constant that training does not change,
/// or a small view of one.
mlir::ElementsAttr knownValue(mlir::Value v);

/// Marks the floating constants that a node reads with `#tenon.parameter`.
/// A tensor that is a statistic of one node and a parameter of another becomes
/// two constants of one name.
void markParameters(const Node &node,
                    llvm::MutableArrayRef<mlir::Value> inputs);

/// Replaces the constant weights and bias among a node's inputs by zeros with
/// `classes` outputs, marked to be initialised from `seed`. Says why it cannot;
/// empty when it has.
std::string replaceHead(mlir::OpBuilder &b, const Node &node,
                        llvm::MutableArrayRef<mlir::Value> inputs,
                        int64_t classes, int64_t seed);

/// What an operator's first input may hold. Where it fits, the others are held
/// against the first; Any leaves all checks to the operator's function.
enum class Elements { Any, Float, Number, Integer, Bool };

/// Of extents that problemOf accepts; does not overflow.
int64_t productOf(llvm::ArrayRef<int64_t> extents);

/// How one operator is imported.
struct Row {
  llvm::StringLiteral op;
  /// Opsets below are not supported.
  int64_t since;
  /// Inputs below `required` may not be absent, inputs from `limit` on do not
  /// exist.
  unsigned required, limit;
  mlir::LogicalResult (*import)(NodeImporter &);
  Elements elements = Elements::Any;
};
constexpr unsigned variadic = ~0u;

/// The newest operator set that the rows were written for.
constexpr int64_t newestOpset = 28;

/// The row of an operator of the default domain; null if there is none.
const Row *findRow(llvm::StringRef op);

// The tables, one a topic.
llvm::ArrayRef<Row> genericRows();
llvm::ArrayRef<Row> elementwiseRows();
llvm::ArrayRef<Row> constantRows();
llvm::ArrayRef<Row> shapeRows();
llvm::ArrayRef<Row> indexingRows();
llvm::ArrayRef<Row> reduceRows();
llvm::ArrayRef<Row> linearRows();
llvm::ArrayRef<Row> poolRows();
llvm::ArrayRef<Row> normalizationRows();
llvm::ArrayRef<Row> resizeRows();

//===----------------------------------------------------------------------===//
// Inline parts
//===----------------------------------------------------------------------===//

namespace detail {
template <class T>
bool isNullValue(const T &v) {
  if constexpr (std::is_convertible_v<T, mlir::Value>)
    return !static_cast<mlir::Value>(v);
  return false;
}
} // namespace detail

template <class Op, class... Args>
mlir::Value NodeImporter::make(Args &&...args) {
  if ((detail::isNullValue(args) || ...))
    return {};
  if constexpr (Op::template hasTrait<mlir::InferTypeOpInterface::Trait>()) {
    // The builder without result types aborts where inference fails.
    mlir::OperationState state(loc, Op::getOperationName());
    Op::build(b, state, mlir::Type(b.getNoneType()),
              std::forward<Args>(args)...);
    llvm::SmallVector<mlir::Type> types;
    mlir::RegionRange regions;
    if (mlir::failed(
            Op::inferReturnTypes(b.getContext(), loc, state.operands,
                                 state.attributes.getDictionary(b.getContext()),
                                 state.getRawProperties(), regions, types)))
      return {};
    state.types.assign(types.begin(), types.end());
    return b.create(state)->getResult(0);
  } else {
    return Op::create(b, loc, std::forward<Args>(args)...);
  }
}

} // namespace tenon::onnx
