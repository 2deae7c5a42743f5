//===-- Gradients.cpp - derivatives against differences -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "CheckOps.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Reduce.h"
#include "dialects/Tenon/Shape.h"
#include "tenon/Reference/Interpreter.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <random>

using namespace mlir;
using namespace tenon;
using namespace tenon::checkops;

static constexpr uint64_t seeds[] = {1, 2, 3};
static constexpr double step = 1e-5;
static constexpr double tolerance = 1e-6;
static constexpr double adjointTolerance = 1e-12;
static constexpr double kinkDistance = 1e-3;

bool checkops::isGradientTest(func::FuncOp function) {
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    if (function.getArgAttr(i, "tenon.range"))
      return true;
  return false;
}

static bool isF64(Type type) {
  return cast<RankedTensorType>(type).getElementType().isF64();
}

/// The sum over all results of weight x result; weights come after the
/// function's own operands.
static FailureOr<func::FuncOp> addLoss(func::FuncOp function) {
  OpBuilder b(function);
  Location loc = function.getLoc();
  auto scalar = RankedTensorType::get({}, b.getF64Type());
  SmallVector<Type> operands(function.getArgumentTypes());
  for (Type t : function.getResultTypes()) {
    if (!isF64(t))
      return function.emitError("results of a gradient test are f64");
    operands.push_back(t);
  }
  auto loss = func::FuncOp::create(b, loc, (function.getName() + "_loss").str(),
                                   b.getFunctionType(operands, scalar));
  loss.setPrivate();
  Block *body = loss.addEntryBlock();
  b.setInsertionPointToStart(body);
  IRMapping map;
  unsigned count = function.getNumArguments();
  map.map(function.getArguments(), body->getArguments().take_front(count));
  for (Operation &op : function.getBody().front().without_terminator())
    b.clone(op, map);
  Value sum;
  for (auto [i, v] : llvm::enumerate(
           function.getBody().front().getTerminator()->getOperands())) {
    Value product =
        MulOp::create(b, loc, map.lookup(v), body->getArgument(count + i));
    auto rank = cast<RankedTensorType>(v.getType()).getRank();
    Value term = ReduceSumOp::create(b, loc, product,
                                     llvm::to_vector(llvm::seq<int64_t>(rank)));
    sum = sum ? Value(AddOp::create(b, loc, sum, term)) : term;
  }
  func::ReturnOp::create(b, loc, sum);
  return loss;
}

FailureOr<GradientTest> checkops::addGradientTest(func::FuncOp function) {
  GradientTest test{function, {}, {}, {}};
  for (unsigned i = 0; i < function.getNumArguments(); ++i) {
    if (!function.getArgAttr(i, "tenon.range"))
      continue;
    if (!isF64(function.getArgumentTypes()[i]))
      return function.emitError("operands with tenon.range are f64");
    test.wrt.push_back(i);
  }
  FailureOr<func::FuncOp> loss = addLoss(function);
  if (failed(loss))
    return failure();
  test.loss = *loss;

  OpBuilder b(function);
  Location loc = function.getLoc();
  SmallVector<Type> results(test.loss.getResultTypes());
  for (int64_t i : test.wrt)
    results.push_back(test.loss.getArgumentTypes()[i]);
  test.gradient = func::FuncOp::create(
      b, loc, (function.getName() + "_gradient").str(),
      b.getFunctionType(test.loss.getArgumentTypes(), results));
  Block *body = test.gradient.addEntryBlock();
  b.setInsertionPointToStart(body);
  auto grad = GradOp::create(b, loc, results, test.loss.getName(),
                             body->getArguments(), test.wrt);
  func::ReturnOp::create(b, loc, grad.getResults());
  return test;
}

/// Uniform in [0, 1), the same on every platform.
static double uniform(std::mt19937_64 &random) {
  return std::ldexp(random() >> 11, -53);
}

static SmallVector<double> numbers(Attribute attr) {
  SmallVector<double> list;
  if (auto array = dyn_cast_or_null<ArrayAttr>(attr))
    for (Attribute a : array)
      if (auto f = dyn_cast<FloatAttr>(a))
        list.push_back(f.getValueAsDouble());
  return list;
}

FailureOr<SmallVector<Tensor>> checkops::drawOperands(const GradientTest &test,
                                                      uint64_t seed) {
  func::FuncOp function = test.function, loss = test.loss;
  std::mt19937_64 random(seed);
  // One slot of the range per element of any operand: no two are equal.
  SmallVector<int64_t> slots;
  for (int64_t i : test.wrt)
    slots.resize(
        slots.size() +
        cast<RankedTensorType>(loss.getArgumentTypes()[i]).getNumElements());
  for (auto [i, slot] : llvm::enumerate(slots))
    slot = i;
  for (size_t i = slots.size(); i > 1; --i)
    std::swap(slots[i - 1], slots[random() % i]);

  SmallVector<Tensor> operands;
  size_t next = 0;
  for (auto [i, type] : llvm::enumerate(loss.getArgumentTypes())) {
    bool stated = i < function.getNumArguments();
    if (auto value =
            stated ? function.getArgAttrOfType<ElementsAttr>(i, "tenon.value")
                   : nullptr) {
      FailureOr<Tensor> t = Tensor::fromAttr(function.getLoc(), value);
      if (failed(t))
        return failure();
      operands.push_back(*t);
      continue;
    }
    Tensor t = Tensor::allocate(cast<RankedTensorType>(type));
    auto *data = static_cast<double *>(t.mutableData());
    if (!stated) { // a weight
      for (int64_t k = 0; k < t.size(); ++k)
        data[k] = (random() & 1 ? 1 : -1) * (0.25 + uniform(random));
      operands.push_back(t);
      continue;
    }
    SmallVector<double> range = numbers(function.getArgAttr(i, "tenon.range"));
    SmallVector<double> kinks = numbers(function.getArgAttr(i, "tenon.kinks"));
    if (range.size() != 2 || range[0] >= range[1])
      return function.emitError("argument ")
             << i << " needs tenon.value, or tenon.range = [lowest, highest]";
    double width = (range[1] - range[0]) / slots.size();
    for (int64_t k = 0; k < t.size(); ++k) {
      double x =
          range[0] + width * (slots[next++] + 0.25 + 0.5 * uniform(random));
      for (double kink : kinks)
        if (std::fabs(x - kink) < kinkDistance)
          x = kink + std::copysign(kinkDistance, x - kink);
      data[k] = x;
    }
    operands.push_back(t);
  }
  return operands;
}

/// `tensor` with element `index` changed by `delta`.
static Tensor moved(const Tensor &tensor, int64_t index, double delta) {
  SmallVector<double> values(tensor.elements<double>());
  values[index] += delta;
  return Tensor::of<double>(Kind::F64, tensor.shape(), values);
}

static FailureOr<double> evaluateLoss(func::FuncOp loss,
                                      SmallVector<Tensor> operands) {
  auto result =
      run(cast<FunctionOpInterface>(loss.getOperation()), std::move(operands));
  if (failed(result))
    return failure();
  return (*result)[0][0].toDouble();
}

/// The gradient by operand `k`, from the loss alone.
static FailureOr<SmallVector<double>>
differences(func::FuncOp loss, ArrayRef<Tensor> operands, int64_t k) {
  SmallVector<double> slopes;
  for (int64_t i = 0; i < operands[k].size(); ++i) {
    SmallVector<Tensor> below(operands), above(operands);
    below[k] = moved(operands[k], i, -step);
    above[k] = moved(operands[k], i, step);
    FailureOr<double> low = evaluateLoss(loss, below),
                      high = evaluateLoss(loss, above);
    if (failed(low) || failed(high))
      return failure();
    slopes.push_back((*high - *low) /
                     (above[k][i].toDouble() - below[k][i].toDouble()));
  }
  return slopes;
}

static void compareSlopes(const Twine &name, const Tensor &gradient,
                          ArrayRef<double> slopes, Report &report) {
  double largest = 0, error = 0;
  int64_t worst = 0;
  for (auto [i, b] : llvm::enumerate(slopes)) {
    double difference = std::fabs(gradient[i].toDouble() - b);
    largest = std::fmax(largest, std::fabs(b));
    if (!(difference <= error)) {
      error = difference;
      worst = i;
    }
  }
  if (error <= tolerance * (largest + 1e-3))
    return report.pass();
  report.fail(
      name,
      llvm::formatv("element {0} of the gradient is {1}, by differences {2}",
                    worst, gradient[worst].toDouble(), slopes[worst])
          .str());
}

/// Of a map that is linear in operand k: <f(v), w> = <v, f^T(w)>.
static void compareAdjoint(const Twine &name, func::FuncOp loss,
                           ArrayRef<Tensor> operands, int64_t k,
                           const Tensor &gradient, Report &report) {
  SmallVector<Tensor> without(operands);
  without[k] =
      Tensor::splat(operands[k].shape(), HostScalar::ofDouble(Kind::F64, 0))
          .dense();
  FailureOr<double> all = evaluateLoss(loss, SmallVector<Tensor>(operands));
  FailureOr<double> rest = evaluateLoss(loss, without);
  if (failed(all) || failed(rest))
    return report.fail(name, "the interpreter failed");
  double product = 0, scale = std::fabs(*all) + std::fabs(*rest);
  for (int64_t i = 0; i < gradient.size(); ++i) {
    double term = gradient[i].toDouble() * operands[k][i].toDouble();
    product += term;
    scale += std::fabs(term);
  }
  if (std::fabs(*all - *rest - product) <= adjointTolerance * scale)
    return report.pass();
  report.fail(name, llvm::formatv("<f(v), w> is {0}, <v, f^T(w)> is {1}",
                                  *all - *rest, product)
                        .str());
}

void checkops::checkGradient(const GradientTest &test, ModuleOp differentiated,
                             Report &report) {
  func::FuncOp function = test.function;
  auto gradient = differentiated.lookupSymbol<func::FuncOp>(
      func::FuncOp(test.gradient).getName());
  for (uint64_t seed : seeds) {
    std::string name = llvm::formatv("{0}, seed {1}", function.getName(), seed);
    FailureOr<SmallVector<Tensor>> operands = drawOperands(test, seed);
    if (failed(operands))
      return report.fail(name, "no operands");
    auto results =
        run(cast<FunctionOpInterface>(gradient.getOperation()), *operands);
    if (failed(results))
      return report.fail(name, "the interpreter failed");
    for (auto [i, k] : llvm::enumerate(test.wrt)) {
      std::string by = llvm::formatv("{0}, by operand {1}", name, k);
      auto slopes = differences(test.loss, *operands, k);
      if (failed(slopes))
        return report.fail(by, "the interpreter failed");
      compareSlopes(by, (*results)[i + 1], *slopes, report);
      if (function->hasAttr("tenon.linear"))
        compareAdjoint(by + ", adjoint", test.loss, *operands, k,
                       (*results)[i + 1], report);
    }
  }
}
