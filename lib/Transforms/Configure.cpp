//===-- Configure.cpp - the loop nest of every group ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Transforms/Configure.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Shape.h"
#include "tenon/Analysis/Weights.h"
#include "tenon/Kernels/Configure.h"
#include "tenon/Transforms/Passes.h"

#include "llvm/Support/MemoryBuffer.h"

namespace tenon {
#define GEN_PASS_DEF_CONFIGUREPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace tenon;

/// Packs at run time: behind the ops that move the elements to where they
/// stand, or in a kernel of its own.
static Value packAtRunTime(OpBuilder &b, Value matrix, int64_t panel,
                           const TargetModel &target) {
  Location loc = matrix.getLoc();
  auto producer = matrix.getDefiningOp<GroupOp>();
  if (!producer || producer->getNumResults() != 1 || !matrix.hasOneUse() ||
      !llvm::all_of(
          producer.getBody().front().without_terminator(),
          [](Operation &op) { return isa<TransposeOp, SliceOp>(op); })) {
    Type type = matrix.getType();
    producer = GroupOp::create(b, loc, type, matrix, KernelAttr(),
                               DenseI64ArrayAttr());
    Block &body = producer.getBody().emplaceBlock();
    OpBuilder inner = OpBuilder::atBlockEnd(&body);
    YieldOp::create(inner, loc, body.addArgument(type, loc));
  }
  Operation *yield = producer.getBody().front().getTerminator();
  OpBuilder inner(yield);
  Value packed = PackOp::create(inner, loc, yield->getOperand(0), panel);
  yield->setOperand(0, packed);
  producer->getResult(0).setType(packed.getType());
  producer.setKernelAttr(target.configure(producer));
  return producer->getResult(0);
}

/// Stores operand `input` in panels; inside, unpack gives the matrix back.
static void packInput(GroupOp group, unsigned input, int64_t panel,
                      const TargetModel &target) {
  OpBuilder b(group);
  Value weight = group.getInputs()[input];
  Value packed = isWeight(weight)
                     ? Value(PackOp::create(b, weight.getLoc(), weight, panel))
                     : packAtRunTime(b, weight, panel, target);
  group->setOperand(input, packed);
  BlockArgument argument = group.getBody().getArgument(input);
  Type plain = argument.getType();
  argument.setType(packed.getType());
  b.setInsertionPointToStart(&group.getBody().front());
  auto unpack = UnpackOp::create(b, group.getLoc(), plain, argument);
  argument.replaceAllUsesExcept(unpack, unpack);
}

void tenon::configureGroups(func::FuncOp function, const TargetModel &target) {
  function.walk([&](GroupOp group) {
    for (unsigned i = 0, n = group.getNumOperands(); i < n; ++i)
      if (int64_t panel = target.panelOf(group, i))
        packInput(group, i, panel, target);
    group.setKernelAttr(target.configure(group));
  });
}

LogicalResult tenon::checkConfigured(func::FuncOp function) {
  bool ok = true;
  function.walk([&](GroupOp group) {
    if (!group.getKernel()) {
      group.emitError("configure left a group without a kernel");
      ok = false;
    }
  });
  return success(ok);
}

namespace {
struct Configure : tenon::impl::ConfigurePassBase<Configure> {
  using ConfigurePassBase::ConfigurePassBase;

  void runOnOperation() override {
    std::unique_ptr<TargetModel> model;
    auto fail = [&](llvm::Error e) {
      getOperation().emitError(llvm::toString(std::move(e)));
      signalPassFailure();
    };
    if (target == "ref") {
      model = makeRefModel();
    } else {
      llvm::Expected<CpuTarget> machine = CpuTarget::get(cpu);
      if (!machine)
        return fail(machine.takeError());
      TileTable table;
      if (!tiles.empty()) {
        auto file = llvm::MemoryBuffer::getFile(tiles);
        if (!file)
          return fail(
              llvm::createStringError("cannot read the tile rules '" + tiles +
                                      "': " + file.getError().message()));
        auto parsed = TileTable::parse((*file)->getBuffer(), tiles);
        if (!parsed)
          return fail(parsed.takeError());
        table = std::move(*parsed);
      }
      model = makeCpuModel(std::move(*machine), std::move(table));
    }
    configureGroups(getOperation(), *model);
  }
};
} // namespace
