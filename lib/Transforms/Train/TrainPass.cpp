//===-- TrainPass.cpp - training programs, as a pass ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Transforms/Passes.h"
#include "tenon/Transforms/Train.h"

using namespace mlir;

namespace tenon {

#define GEN_PASS_DEF_TRAINPASS
#include "tenon/Transforms/Passes.h.inc"

namespace {

struct Train : impl::TrainPassBase<Train> {
  using TrainPassBase::TrainPassBase;

  void runOnOperation() override {
    TrainOptions options;
    options.learningRate.rate = rate;
    options.learningRate.warmup = warmup;
    options.accuracy = accuracy;
    options.trainOnly = trainOnly;
    options.freeze = freeze;
    options.batchStatistics = bn == "batch";
    llvm::Error e = parseLoss(loss, options);
    if (!e)
      e = parseOptimizer(optimizer, options);
    if (!e)
      e = parseSchedule(schedule, options.learningRate);
    if (!e)
      e = parseInit(init, options);
    if (e) {
      getOperation().emitError(llvm::toString(std::move(e)));
      return signalPassFailure();
    }
    if (failed(buildTrainingProgram(getOperation(), options)))
      signalPassFailure();
  }
};

} // namespace
} // namespace tenon
