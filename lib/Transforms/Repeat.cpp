//===-- Repeat.cpp - what is computed again and what is kept --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pointwise value that is read in another kernel than its own, mostly one of
// the backward pass, can be kept in memory or be computed again there, from
// values that are kept. Which to keep is a minimum cut between what cannot be
// computed again and the kernels that read: each value is an edge that costs
// what keeping it costs; one from the source to its begin costs what computing
// it again costs, and its operands lead to it. A value behind the cut is
// repeated, one that the cut goes through is kept.
//
// How often a value is read or computed depends on what else is repeated. So
// there are a few cuts, each with the readers that follow from the one before,
// and the one counts whose true cost is least.
//===----------------------------------------------------------------------===//

#include "lib/Transforms/Repeat.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/State.h"
#include "tenon/Analysis/InPlace.h"
#include "tenon/Analysis/Weights.h"
#include "tenon/Kernels/Cost.h"
#include "tenon/Support/MaxFlow.h"

using namespace mlir;

namespace tenon {
namespace {

/// What more kernels than this would compute is kept: a chain over the steps of
/// a recurrence must not be repeated from its beginning by each of them.
constexpr size_t kMostReaders = 8;

using Numbers = llvm::SmallDenseSet<unsigned, 4>;

/// After so many the choice hardly changes.
constexpr unsigned kMostCuts = 4;

/// A tensor that lives for so many kernels is kept; a shorter life costs its
/// part of that.
constexpr unsigned kFar = 8;

/// A value that some kernel may need and another one computes. Kernels are
/// numbers of groups.
struct Node {
  Value value;
  /// Whether it may be computed again.
  bool repeatable;
  /// The kernels that need it whatever is repeated.
  Numbers needed = {};
  /// Those that need it with some choice of what is repeated, and whether its
  /// own does.
  Numbers readers = {};
  bool atHome = false;
  /// The nodes of what it is computed from.
  SmallVector<unsigned> operands = {};
};

/// Who reads a value from memory whatever is repeated.
struct Memory {
  Numbers readers;
  unsigned last = 0;
};

class Cut {
public:
  Cut(Block &block, const Grouping &grouping, size_t maxOps)
      : block(block), grouping(grouping), maxOps(maxOps) {
    for (auto [number, group] : llvm::enumerate(grouping.groups())) {
      for (Operation *op : group.ops)
        groupOf[op] = number;
      // Each reduction of a kernel passes over its rows.
      passes.push_back(std::max<uint64_t>(
          1, llvm::count_if(group.ops, llvm::IsaPred<ReductionOpInterface>)));
    }
  }

  OpSet run() {
    collectReads();
    for (Operation &op : llvm::reverse(block))
      for (Value v : op.getResults())
        if (auto it = repeatable.find(v); it != repeatable.end())
          collectOperands(it->second);
    // Nothing, or what the best cut says.
    Choice best(nodes.size(), false), all(nodes.size(), true);
    uint64_t least = collectReaders(best);
    collectReaders(all);
    Choice last;
    for (unsigned i = 0; i < kMostCuts; ++i) {
      Choice choice = minimumCut();
      if (choice == last)
        break;
      last = choice;
      if (uint64_t cost = collectReaders(choice); cost < least) {
        least = cost;
        best = choice;
      }
    }
    OpSet repeated;
    for (unsigned n : order)
      if (best[n])
        repeated.insert(nodes[n].value.getDefiningOp());
    return repeated;
  }

private:
  /// By node: whether it is repeated.
  using Choice = std::vector<bool>;

  std::optional<unsigned> numberOf(Value v) const {
    auto it = groupOf.find(v.getDefiningOp());
    if (it == groupOf.end())
      return std::nullopt;
    return it->second;
  }

  bool isRepeatable(Value v) const {
    std::optional<unsigned> number = numberOf(v);
    return number && isa<PointwiseOpInterface>(v.getDefiningOp()) &&
           !grouping.groups()[*number].guarded;
  }

  /// Calls `visit` for what an op reads, copied ops looked through, and whether
  /// that is element by element, as it stands.
  void forEachRead(Operation *op, bool byElement,
                   llvm::function_ref<void(Value, bool)> visit) const {
    for (OpOperand &use : op->getOpOperands()) {
      Operation *producer = use.get().getDefiningOp();
      if (grouping.isCopiedInto(use)) {
        forEachRead(producer, false, visit);
        continue;
      }
      Value root = rootOf(use.get());
      producer = root.getDefiningOp();
      if (!producer || !grouping.isWeightOp(producer))
        visit(root, byElement && root == use.get());
    }
  }

  unsigned nodeOf(Value v, bool repeats) {
    auto &numbers = repeats ? repeatable : kept;
    auto [it, isNew] = numbers.try_emplace(v, nodes.size());
    if (isNew)
      nodes.push_back({v, repeats});
    return it->second;
  }

  void readFromMemory(Value v, unsigned reader) {
    Memory &m = memory[v];
    m.readers.insert(reader);
    m.last = std::max(m.last, reader);
  }

  /// What each kernel reads of others.
  void collectReads() {
    unsigned number = 0, end = grouping.groups().size();
    for (; number < end; ++number) {
      const Group &group = grouping.groups()[number];
      for (Operation *op : group.ops) {
        bool byElement = !group.guarded &&
                         isa<PointwiseOpInterface, ReductionOpInterface>(op);
        forEachRead(op, byElement, [&](Value v, bool byElement) {
          if (numberOf(v) == number)
            return;
          if (!byElement || !isRepeatable(v))
            return readFromMemory(v, number);
          nodes[nodeOf(v, true)].needed.insert(number);
        });
      }
    }
    for (Operation &op : block)
      if (isa<GuardOp>(op) || op.hasTrait<OpTrait::IsTerminator>())
        for (Value v : op.getOperands())
          readFromMemory(rootOf(v), end);
  }

  void collectOperands(unsigned number) {
    order.push_back(number);
    Operation *op = nodes[number].value.getDefiningOp();
    forEachRead(op, true, [&](Value v, bool byElement) {
      unsigned operand = nodeOf(v, byElement && isRepeatable(v));
      nodes[number].operands.push_back(operand);
    });
  }

  /// Who needs what with a choice, and what all of it costs. Takes out of the
  /// choice what nobody needs, what too many do, and what would make a kernel
  /// too long.
  uint64_t collectReaders(Choice &choice) {
    for (Node &node : nodes) {
      node.readers = node.needed;
      node.atHome = false;
    }
    OpSet atHome; // what its own kernel computes
    std::vector<size_t> sizes;
    for (const Group &group : grouping.groups())
      sizes.push_back(group.ops.size());
    for (Operation &op : llvm::reverse(block)) {
      auto group = groupOf.find(&op);
      if (group == groupOf.end())
        continue;
      Value v = op.getResult(0);
      bool computed =
          atHome.contains(&op) || memory.contains(v) || !isRepeatable(v);
      if (auto it = repeatable.find(v); it != repeatable.end()) {
        Node &node = nodes[it->second];
        bool repeated = choice[it->second] && !node.readers.empty() &&
                        node.readers.size() <= kMostReaders &&
                        llvm::all_of(node.readers, [&](unsigned reader) {
                          return sizes[reader] < maxOps;
                        });
        choice[it->second] = repeated;
        node.atHome = computed;
        computed |= !repeated && !node.readers.empty();
        for (unsigned reader : node.readers) {
          if (!repeated)
            break;
          ++sizes[reader];
          for (unsigned operand : node.operands)
            if (numberOf(nodes[operand].value) != reader)
              nodes[operand].readers.insert(reader);
        }
      }
      if (computed)
        forEachRead(&op, true, [&](Value operand, bool) {
          if (numberOf(operand) == group->second)
            atHome.insert(operand.getDefiningOp());
        });
    }
    uint64_t cost = 0;
    for (auto [n, node] : llvm::enumerate(nodes))
      if (!node.readers.empty())
        cost += choice[n] && node.repeatable
                    ? costOfComputing(node, node.readers)
                    : costOfKeeping(node, node.readers);
    return cost;
  }

  /// Of reading a value where its readers do not read it anyway, and of having
  /// it in memory longer than others need it.
  uint64_t costOfKeeping(const Node &node, const Numbers &readers) const {
    Value v = node.value;
    auto it = memory.find(v);
    const Memory *anyway = it == memory.end() ? nullptr : &it->second;
    uint64_t cost = 0;
    unsigned last = 0;
    for (unsigned reader : readers) {
      last = std::max(last, reader);
      if (!anyway || !anyway->readers.contains(reader))
        cost += costOfReading(v);
    }
    std::optional<unsigned> first = numberOf(v);
    if (!first) // an argument
      return cost;
    if (!anyway)
      cost += costOfWriting(v);
    unsigned free = anyway ? anyway->last : *first;
    return cost + tenon::costOfKeeping(v) *
                      std::min(std::max(last, free) - free, kFar) / kFar;
  }

  /// Of computing a value in its readers, beyond what its own kernel then need
  /// not do.
  uint64_t costOfComputing(const Node &node, const Numbers &readers) const {
    if (!node.repeatable || readers.size() > kMostReaders)
      return MaxFlow::kUnbounded;
    uint64_t times = 0,
             before = node.atHome ? 0 : passes[*numberOf(node.value)];
    for (unsigned reader : readers)
      times += passes[reader];
    // Never for nothing: of two choices that cost the same, the plain one.
    return std::max<uint64_t>(1,
                              (times - std::min(times, before)) *
                                  costOfRepeating(node.value.getDefiningOp()));
  }

  /// The cheapest choice if each value has its present readers, or where it has
  /// none, those of what is computed from it.
  Choice minimumCut() const {
    std::vector<Numbers> readers;
    for (const Node &node : nodes)
      readers.push_back(node.readers);
    for (unsigned n : order)
      for (unsigned operand : nodes[n].operands)
        if (nodes[operand].readers.empty())
          for (unsigned reader : readers[n])
            if (numberOf(nodes[operand].value) != reader)
              readers[operand].insert(reader);

    constexpr uint32_t source = 0, sink = 1;
    auto begin = [](unsigned node) { return 2 + 2 * node; };
    auto end = [](unsigned node) { return 3 + 2 * node; };
    MaxFlow flow(2 + 2 * nodes.size());
    for (unsigned n = 0; n < nodes.size(); ++n) {
      const Node &node = nodes[n];
      flow.addEdge(source, begin(n), costOfComputing(node, readers[n]));
      flow.addEdge(begin(n), end(n), costOfKeeping(node, readers[n]));
      if (!node.needed.empty())
        flow.addEdge(end(n), sink, MaxFlow::kUnbounded);
      for (unsigned operand : node.operands)
        flow.addEdge(end(operand), begin(n), MaxFlow::kUnbounded);
    }
    flow.run(source, sink);
    Choice choice;
    for (unsigned n = 0; n < nodes.size(); ++n)
      choice.push_back(!flow.onSourceSide(begin(n)));
    return choice;
  }

  Block &block;
  const Grouping &grouping;
  size_t maxOps;
  DenseMap<Operation *, unsigned> groupOf;
  std::vector<uint64_t> passes;
  std::vector<Node> nodes;
  std::vector<unsigned> order; ///< repeatable nodes, each before its operands
  /// The node of a value that is computed again or kept, and of one that can
  /// only be kept: it is also read elsewhere than at its reader's element.
  DenseMap<Value, unsigned> repeatable, kept;
  DenseMap<Value, Memory> memory;
};

} // namespace

OpSet opsToRepeat(func::FuncOp function, const Grouping &grouping,
                  size_t maxOps) {
  return Cut(function.getBody().front(), grouping, maxOps).run();
}

} // namespace tenon
