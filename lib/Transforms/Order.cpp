//===-- Order.cpp - the ops of a function in a canonical order ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Derivatives, losses and update rules are written as expressions, and C++
// leaves open which operand of an operator is built first. Later phases go by
// program order, so artifacts would depend on the compiler that Tenon was built
// with.
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Tenon.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace tenon {

#define GEN_PASS_DEF_ORDERPASS
#include "tenon/Transforms/Passes.h.inc"

namespace {

/// Whether the op is built by a statement of its own, hence in a given order.
bool isAnchor(Operation *op) {
  if (op->getNumRegions() || op->hasTrait<OpTrait::IsTerminator>() ||
      !isMemoryEffectFree(op))
    return true;
  auto fusion = dyn_cast<FusionOpInterface>(op);
  if (!fusion)
    return false;
  switch (fusion.getFusionKind()) {
  case FusionKind::Pointwise:
  case FusionKind::Injective:
  case FusionKind::View:
  case FusionKind::Source:
    return false;
  case FusionKind::Reduction:
  case FusionKind::Window:
  case FusionKind::Contraction:
  case FusionKind::Opaque:
    return true;
  }
  llvm_unreachable("unknown FusionKind");
}

class BlockOrder {
public:
  explicit BlockOrder(Block &block) : block(block) {}

  void run() {
    SmallVector<Operation *> ops;
    for (Operation &op : block)
      ops.push_back(&op);
    for (Operation *op : ops)
      if (isAnchor(op))
        number(op);

    // From the end, because what nobody needs may be read by its like.
    SmallVector<Operation *> run;
    Operation *end = nullptr;
    for (Operation *op : llvm::reverse(ops)) {
      if (isAnchor(op)) {
        place(run, end);
        run.clear();
        end = op;
      } else if (numbers.contains(op)) {
        run.push_back(op);
      } else {
        op->erase();
      }
    }
    place(run, end);
  }

private:
  /// Numbers what `anchor` needs, in this block, and has no number yet:
  /// operands before their reader, the first operand first. Not by recursion,
  /// because chains are as long as a model is deep.
  void number(Operation *anchor) {
    struct Frame {
      Operation *op;
      unsigned next = 0;
    };
    SmallVector<Frame> stack;
    auto visit = [&](Value v) {
      Operation *def = v.getDefiningOp();
      if (def && def->getBlock() == &block && !isAnchor(def) &&
          seen.insert(def).second)
        stack.push_back({def});
    };
    anchor->walk<WalkOrder::PreOrder>([&](Operation *inner) {
      for (Value v : inner->getOperands()) {
        visit(v);
        while (!stack.empty()) {
          Frame &top = stack.back();
          if (top.next < top.op->getNumOperands()) {
            visit(top.op->getOperand(top.next++));
            continue;
          }
          size_t next = numbers.size();
          numbers[top.op] = next;
          stack.pop_back();
        }
      }
    });
  }

  /// Puts the ops of a run in the order of their numbers, before `end`.
  void place(SmallVector<Operation *> &run, Operation *end) {
    llvm::sort(run, [&](Operation *a, Operation *b) {
      return numbers.lookup(a) < numbers.lookup(b);
    });
    for (Operation *op : run)
      op->moveBefore(&block, end ? end->getIterator() : block.end());
  }

  Block &block;
  DenseSet<Operation *> seen;
  DenseMap<Operation *, size_t> numbers;
};

struct Order : impl::OrderPassBase<Order> {
  void runOnOperation() override {
    // Blocks inside first: what they read decides the order outside.
    SmallVector<Block *> blocks;
    getOperation()->walk([&](Block *block) { blocks.push_back(block); });
    for (Block *block : blocks)
      BlockOrder(*block).run();
  }
};

} // namespace
} // namespace tenon
