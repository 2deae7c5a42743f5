//===-- Order.cpp - the operations of a kernel in a canonical order -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Expressions of the emitter build an operation per operator, and C++ leaves
// open which operand is built first: in max(load(x), load(y) * 2) all but the
// order of the two is given. Artifacts must not depend on the compiler that
// Tenon was built with, so pure operations are put in an order that only
// depends on who reads whom. What touches memory, loops and branches keep
// theirs: the emitter builds those one statement after the other.
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Nests.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"
#include <queue>

using namespace mlir;
using namespace tenon;

namespace {

class BlockOrder {
public:
  explicit BlockOrder(Block &block) : block(block) {}
  void run();

private:
  static bool isMovable(Operation *op) {
    return !op->getNumRegions() && !op->hasTrait<OpTrait::IsTerminator>() &&
           isMemoryEffectFree(op);
  }
  /// What defines, in this block, the operands of `op` and all that its regions
  /// read, each once.
  llvm::SetVector<Operation *> inputs(Operation *op);
  /// Calls `body` for the movable operations that `op` needs and that are not
  /// in `seen`, operands first; they are then.
  void visitInputs(Operation *op, DenseSet<Operation *> &seen,
                   function_ref<void(Operation *)> body);

  Block &block;
};

} // namespace

llvm::SetVector<Operation *> BlockOrder::inputs(Operation *op) {
  llvm::SetVector<Operation *> result;
  op->walk<WalkOrder::PreOrder>([&](Operation *inner) {
    for (Value v : inner->getOperands())
      if (Operation *def = v.getDefiningOp(); def && def->getBlock() == &block)
        result.insert(def);
  });
  return result;
}

void BlockOrder::visitInputs(Operation *op, DenseSet<Operation *> &seen,
                             function_ref<void(Operation *)> body) {
  // Not by recursion: chains are as long as a body has operations.
  struct Frame {
    Operation *op;
    llvm::SetVector<Operation *> inputs;
    size_t next;
  };
  SmallVector<Frame> stack;
  stack.push_back({op, inputs(op), 0});
  while (true) {
    Frame &top = stack.back();
    if (top.next < top.inputs.size()) {
      Operation *input = top.inputs[top.next++];
      if (isMovable(input) && seen.insert(input).second)
        stack.push_back({input, inputs(input), 0});
      continue;
    }
    if (stack.size() == 1)
      return;
    body(top.op);
    stack.pop_back();
  }
}

void BlockOrder::run() {
  SmallVector<Operation *> anchors, movable;
  for (Operation &op : block)
    (isMovable(&op) ? movable : anchors).push_back(&op);

  // Numbers by what the anchors need, first things first.
  struct Info {
    size_t number = 0;
    /// Inputs without a place among those that follow from an anchor.
    size_t waits = 0;
    bool follows = false;
  };
  DenseMap<Operation *, Info> info;
  DenseMap<Operation *, SmallVector<Operation *>> readers;
  DenseSet<Operation *> numbered;
  for (Operation *anchor : anchors)
    visitInputs(anchor, numbered, [&](Operation *op) {
      Info mine;
      mine.number = info.size();
      for (Operation *input : inputs(op)) {
        auto i = info.find(input);
        if (i != info.end() && !i->second.follows)
          continue;
        ++mine.waits;
        readers[input].push_back(op);
      }
      mine.follows = mine.waits != 0;
      info[op] = mine;
    });

  // What follows from an anchor is computed as soon as it can be, by number:
  // values are used up before the next ones are loaded. All else (constants,
  // addresses) is computed where it is first needed.
  SmallVector<Operation *> order;
  DenseSet<Operation *> placed;
  using Ready = std::pair<size_t, Operation *>;
  std::priority_queue<Ready, std::vector<Ready>, std::greater<Ready>> ready;
  auto place = [&](Operation *op) {
    visitInputs(op, placed, [&](Operation *input) { order.push_back(input); });
    placed.insert(op);
    order.push_back(op);
    for (Operation *reader : readers.lookup(op))
      if (Info &i = info[reader]; --i.waits == 0)
        ready.push({i.number, reader});
  };
  for (Operation *anchor : anchors) {
    place(anchor);
    while (!ready.empty()) {
      Operation *op = ready.top().second;
      ready.pop();
      place(op);
    }
  }
  for (Operation *op : order)
    op->moveBefore(&block, block.end());
  // Nobody needs the others.
  for (Operation *op : llvm::reverse(movable))
    if (!placed.contains(op))
      op->erase();
}

void cpu::orderOperations(func::FuncOp kernel) {
  // A region's own order decides in which order it reads what is outside.
  SmallVector<Block *> blocks;
  kernel->walk([&](Block *block) { blocks.push_back(block); });
  for (Block *block : blocks)
    BlockOrder(*block).run();
}
