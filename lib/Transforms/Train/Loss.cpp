//===-- Loss.cpp - what a model's output is trained for -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Transforms/Train/Loss.h"

#include "dialects/Tenon/Expr.h"
#include "dialects/Tenon/Loss.h"
#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Reduce.h"

using namespace mlir;
using namespace tenon;

static RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

/// The value under views that together change nothing.
static Value throughReshapes(Value v) {
  Value at = v;
  while (auto reshape = at.getDefiningOp<ReshapeOp>())
    at = reshape.getX();
  return at;
}

/// Whether a softmax runs over what the losses take for classes: dimension 1.
static bool isOverClasses(Operation *op, Value output) {
  ArrayRef<int64_t> x = tensorType(op->getOperand(0)).getShape(),
                    y = tensorType(output).getShape();
  return op->getAttrOfType<IntegerAttr>("axis").getInt() == 1 &&
         y.size() >= 2 && x.take_front(2) == y.take_front(2);
}

/// What stands before a final activation that the loss contains.
static Value scoresOf(Value output, LossKind loss) {
  Operation *op = throughReshapes(output).getDefiningOp();
  bool classes =
      loss == LossKind::CrossEntropy || loss == LossKind::SoftCrossEntropy;
  Value scores;
  if (classes && isa_and_nonnull<SoftmaxOp, LogSoftmaxOp>(op) &&
      isOverClasses(op, output))
    scores = op->getOperand(0);
  else if (loss == LossKind::BinaryCrossEntropy &&
           isa_and_nonnull<SigmoidOp>(op))
    scores = op->getOperand(0);
  else
    return output;
  if (scores.getType() == output.getType())
    return scores;
  // Older exporters flatten around the softmax.
  Value under = throughReshapes(scores);
  return under.getType() == output.getType() ? under : output;
}

FailureOr<TrainedOutput> tenon::findTrainedOutput(func::FuncOp main,
                                                  const TrainOptions &options) {
  auto names = main->getAttrOfType<ArrayAttr>("tenon.output_names");
  Operation *ret = main.getBody().front().getTerminator();
  SmallVector<unsigned> usable;
  std::string all;
  for (auto [i, v] : llvm::enumerate(ret->getOperands())) {
    StringRef name = cast<StringAttr>(names[i]).getValue();
    all += (all.empty() ? "'" : ", '") + name.str() + "'";
    if (options.output.empty() ? isa<FloatType>(tensorType(v).getElementType())
                               : name == options.output)
      usable.push_back(i);
  }
  if (usable.size() != 1) {
    InFlightDiagnostic d = main.emitError();
    if (!options.output.empty())
      d << "the model has no output '" << options.output << "'";
    else if (usable.empty())
      d << "the model has no floating-point output to train";
    else
      d << "the model has " << usable.size()
        << " floating-point outputs, of which one is trained";
    d.attachNote() << "its outputs are " << all
                   << "; choose one with --train-output=NAME";
    return failure();
  }
  TrainedOutput found;
  found.index = usable.front();
  Value output = ret->getOperand(found.index);
  found.scores = scoresOf(output, options.loss);
  auto type = tensorType(found.scores);
  if (!isa<FloatType>(type.getElementType()))
    return main.emitError("the output to train, ")
           << all << ", is not floating-point but " << type;
  found.labels = type;
  found.labelsName = "targets";
  if (options.loss == LossKind::CrossEntropy) {
    if (type.getRank() < 2)
      return main.emitError("cross-entropy needs an output of [batch, classes, "
                            "...], and this one is ")
             << type;
    SmallVector<int64_t> shape(type.getShape());
    shape.erase(shape.begin() + 1);
    found.labels =
        RankedTensorType::get(shape, IntegerType::get(main.getContext(), 64));
    found.labelsName = "labels";
  }
  if (options.accuracy && options.loss != LossKind::CrossEntropy)
    return main.emitError("--metric=accuracy counts labels of classes, and "
                          "needs --loss=cross-entropy");
  return found;
}

/// How many labels that take part the greatest score agrees with, over `count`.
static Value buildAccuracy(OpBuilder &b, Location loc, Value scores,
                           Value labels, Value count, int64_t ignored) {
  Value best = ArgMaxOp::create(b, loc, scores, 1, false);
  auto element = tensorType(scores).getElementType();
  Value agrees = CompareOp::create(b, loc, Predicate::EQ, best, labels);
  auto ignoredType = tensorType(labels);
  Value none = ConstantOp::create(
      b, loc, DenseElementsAttr::get(ignoredType, APInt(64, ignored, true)));
  Value counts = CompareOp::create(b, loc, Predicate::NE, labels, none);
  Value hit = AndOp::create(b, loc, agrees, counts);
  auto type = tensorType(labels).clone(element);
  Value hits = CastOp::create(b, loc, type, hit);
  SmallVector<int64_t> dims(
      llvm::to_vector(llvm::seq<int64_t>(0, type.getRank())));
  Expr sum(b, loc, ReduceSumOp::create(b, loc, hits, dims));
  return sum / max(Expr(b, loc, count), 1.0);
}

LossValues tenon::buildLoss(OpBuilder &b, Location loc, Value scores,
                            Value labels, const TrainOptions &options) {
  auto type = tensorType(scores);
  auto scalar = RankedTensorType::get({}, type.getElementType());
  LossValues values;
  if (options.loss == LossKind::CrossEntropy) {
    auto op =
        CrossEntropyOp::create(b, loc, scores, labels, options.ignoreLabel);
    values.loss = op.getLoss();
    values.count = op.getValid();
    values.bad = op.getBad();
    if (options.accuracy)
      values.accuracy = buildAccuracy(b, loc, scores, labels, values.count,
                                      options.ignoreLabel);
    return values;
  }
  switch (options.loss) {
  case LossKind::SoftCrossEntropy:
    values.loss = SoftCrossEntropyOp::create(b, loc, scores, labels);
    break;
  case LossKind::BinaryCrossEntropy:
    values.loss = BinaryCrossEntropyOp::create(b, loc, scores, labels);
    break;
  default:
    values.loss = MSEOp::create(b, loc, scores, labels);
  }
  values.count = ConstantOp::splat(b, loc, scalar,
                                   type.getRank() ? type.getDimSize(0) : 1);
  values.bad =
      ConstantOp::splat(b, loc, RankedTensorType::get({}, b.getI64Type()), -1);
  return values;
}
