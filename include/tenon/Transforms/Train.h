//===-- Train.h - an inference model becomes a training program -*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The module of an inference model, one function @main, becomes four functions
// over `tenon.variable`s:
//
//   @main(variables, inputs) -> outputs                         inference
//   @step(variables, inputs, labels) -> loss, metrics, variables
//   @eval(variables, inputs, labels) -> loss, metrics, count
//   @init(seed) -> variables
//
// The gradient in @step is a `tenon.grad` of @tenon_loss, which the gradient
// pass replaces.
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Tenon.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tenon {

enum class LossKind { CrossEntropy, SoftCrossEntropy, BinaryCrossEntropy, MSE };
/// The model's values, or normal ones of variance 2 / fan_in (He) or
/// 2 / (fan_in + fan_out) (Xavier).
enum class Initializer { Keep, He, Xavier };
enum class OptimizerKind { SGD, Adam, AdamW };

/// The learning rate of step t, counted from 1: `rate` times min(1, t / warmup)
/// times a factor of s = t - 1 - warmup (0 at least).
struct LearningRate {
  enum class Decay { Constant, Step, Cosine };
  double rate = 0.01;
  int64_t warmup = 0;
  Decay decay = Decay::Constant;
  int64_t every = 1;  ///< Step: factor is gamma^(s / every)
  double gamma = 0.1; ///< Step
  int64_t steps = 1;  ///< Cosine: from 1 at s = 0 to `least` at s = steps
  double least = 0;   ///< Cosine
};

/// Everything a training program is made from beside the model.
struct TrainOptions {
  LossKind loss = LossKind::CrossEntropy;
  int64_t ignoreLabel = -100; ///< cross-entropy: takes no part
  bool accuracy = false;      ///< a metric beside the loss
  std::string output;         ///< of the model; its only float one if empty

  OptimizerKind optimizer = OptimizerKind::SGD;
  double momentum = 0;
  bool nesterov = false;
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
  /// Added to the gradient (sgd, adam) or decoupled (adamw).
  double weightDecay = 0;
  LearningRate learningRate;

  /// Regular expressions over names of parameters; empty: the default choice.
  std::string trainOnly, freeze;
  Initializer init = Initializer::Keep;
  /// The importer's: a node whose weights get another number of outputs.
  std::string newHead;
  int64_t newHeadClasses = 0, newHeadSeed = 0;
  uint64_t initSeed = 0;
  /// Batch normalisation by the batch, with running statistics; otherwise by
  /// the model's stored ones.
  bool batchStatistics = false;
  /// What a running statistic keeps of its old value at each step.
  double statisticMomentum = 0.9;
};

/// Parses what users write: "sgd,momentum=0.9,nesterov", "adamw,beta2=0.95".
llvm::Error parseOptimizer(llvm::StringRef text, TrainOptions &options);
/// "constant", "step,every=1000,gamma=0.5" or "cosine,steps=10000,min=0.01".
llvm::Error parseSchedule(llvm::StringRef text, LearningRate &rate);
/// "cross-entropy[,ignore=-1]", "soft-cross-entropy", "binary-cross-entropy",
/// "mse".
llvm::Error parseLoss(llvm::StringRef text, TrainOptions &options);
/// "keep", "he[,seed=N]" or "xavier[,seed=N]".
llvm::Error parseInit(llvm::StringRef text, TrainOptions &options);

/// "NODE:classes=N[,seed=S]".
llvm::Error parseNewHead(llvm::StringRef text, TrainOptions &options);

/// One floating constant of a model.
struct ParameterCandidate {
  std::string name;
  mlir::RankedTensorType type;
  ParameterAttr role;
  bool trainable;
  std::string why;
};

/// All candidates, in the order in which the model reads them. Fails with a
/// message where a regular expression is none, or matches nothing.
llvm::Expected<std::vector<ParameterCandidate>>
listParameters(mlir::ModuleOp module, const TrainOptions &options);

/// Rewrites the module. What is wrong with the model is a diagnostic.
mlir::LogicalResult buildTrainingProgram(mlir::ModuleOp module,
                                         const TrainOptions &options);

} // namespace tenon
