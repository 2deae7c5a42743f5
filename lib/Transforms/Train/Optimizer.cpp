//===-- Optimizer.cpp - how a parameter changes in a step -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The rules are torch's: momentum without dampening, Adam's epsilon outside the
// square root of the corrected second moment, AdamW's decay before the update.
//===----------------------------------------------------------------------===//

#include "lib/Transforms/Train/Optimizer.h"

using namespace mlir;
using namespace tenon;

static Expr toF64(OpBuilder &b, Location loc, Value v) {
  return {b, loc,
          CastOp::create(b, loc, RankedTensorType::get({}, b.getF64Type()), v)};
}

Optimizer::Optimizer(OpBuilder &b, Location loc, const TrainOptions &options,
                     Value step)
    : b(b), loc(loc), options(options), step(toF64(b, loc, step)),
      rate(learningRate()), correction1(this->step), correction2(this->step) {
  if (options.optimizer == OptimizerKind::SGD)
    return;
  auto correction = [&](double beta) {
    return 1.0 - pow(this->step.splat(beta), this->step);
  };
  correction1 = correction(options.beta1);
  correction2 = correction(options.beta2);
}

ArrayRef<llvm::StringLiteral> Optimizer::slots(const TrainOptions &options) {
  static constexpr llvm::StringLiteral sgd[] = {"momentum"};
  static constexpr llvm::StringLiteral adam[] = {"first_moment",
                                                 "second_moment"};
  if (options.optimizer != OptimizerKind::SGD)
    return adam;
  return options.momentum != 0 ? ArrayRef(sgd)
                               : ArrayRef<llvm::StringLiteral>();
}

Expr Optimizer::repeat(Expr scalar, Expr like) const {
  auto type = RankedTensorType::get({}, like.type().getElementType());
  Value v = scalar;
  if (scalar.type() != type)
    v = CastOp::create(b, loc, type, v);
  if (like.type().getRank() != 0)
    v = BroadcastOp::create(b, loc, like.type(), v, ArrayRef<int64_t>());
  return {b, loc, v};
}

Expr Optimizer::learningRate() const {
  const LearningRate &r = options.learningRate;
  Expr rate = step.splat(r.rate);
  Expr since = max(step - static_cast<double>(1 + r.warmup), 0.0);
  switch (r.decay) {
  case LearningRate::Decay::Constant:
    break;
  case LearningRate::Decay::Step: {
    Expr periods = since / static_cast<double>(r.every);
    periods = periods.make<FloorOp>(Value(periods));
    rate = rate * pow(step.splat(r.gamma), periods);
    break;
  }
  case LearningRate::Decay::Cosine: {
    Expr part = min(since / static_cast<double>(r.steps), 1.0);
    Expr wave = (cos(part * M_PI) + 1.0) * 0.5;
    rate = rate * (wave * (1.0 - r.least) + r.least);
    break;
  }
  }
  if (r.warmup > 0)
    rate = rate * min(step / static_cast<double>(r.warmup), 1.0);
  return rate;
}

SmallVector<Value> Optimizer::update(Value parameter, Value gradient,
                                     ArrayRef<Value> slots) {
  Expr p(b, loc, parameter), g(b, loc, gradient);
  double decay = options.weightDecay;
  if (decay != 0 && options.optimizer != OptimizerKind::AdamW)
    g = g + p * decay;

  if (options.optimizer == OptimizerKind::SGD) {
    if (options.momentum == 0)
      return {p - repeat(rate, p) * g};
    Expr velocity = Expr(b, loc, slots[0]) * options.momentum + g;
    Expr direction =
        options.nesterov ? g + velocity * options.momentum : velocity;
    return {p - repeat(rate, p) * direction, velocity};
  }

  if (decay != 0 && options.optimizer == OptimizerKind::AdamW)
    p = p * repeat(1.0 - rate * decay, p);
  Expr m = Expr(b, loc, slots[0]) * options.beta1 + g * (1 - options.beta1);
  Expr v = Expr(b, loc, slots[1]) * options.beta2 + g * g * (1 - options.beta2);
  Expr denominator = sqrt(v) / repeat(sqrt(correction2), p) + options.epsilon;
  return {p - repeat(rate / correction1, p) * (m / denominator), m, v};
}
