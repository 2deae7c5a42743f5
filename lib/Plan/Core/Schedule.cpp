//===-- Schedule.cpp - executions of nodes, some more than once -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Schedule.h"

#include "lib/Plan/Core/Lifetimes.h"

#include <algorithm>

namespace tenon::plan {

namespace {

void sortUnique(std::vector<uint32_t> &items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

} // namespace

uint64_t Model::baseCost() const {
  uint64_t sum = 0;
  for (const Op &op : ops)
    sum += op.cost;
  return sum;
}

uint64_t workingSet(const Model &model, const Model::Op &op) {
  uint64_t operands = 0;
  for (ValueId v : op.reads)
    operands += model.values[v].bytes;
  uint64_t results = 0;
  for (ValueId v : op.writes)
    if (!std::binary_search(op.reads.begin(), op.reads.end(), v))
      results += model.values[v].bytes;
  std::vector<ValueId> placed;
  for (auto [from, into] : op.mayShare)
    if (std::find(placed.begin(), placed.end(), into) == placed.end()) {
      results -= model.values[into].bytes;
      placed.push_back(into);
    }
  return operands + results;
}

Model buildModel(const Graph &graph, const PlanOptions &options,
                 std::vector<NodeId> order) {
  Model model;
  model.order = std::move(order);
  model.ops.resize(graph.nodes.size());
  std::vector<ValueId> valueOf(graph.tensors.size(), kNone);
  for (TensorId t = 0; t < graph.tensors.size(); ++t) {
    if (!inArena(graph, t) || graph.tensors[t].bytes == 0)
      continue;
    valueOf[t] = ValueId(model.values.size());
    Model::Value value;
    value.bytes = alignTo(graph.tensors[t].bytes, options.alignment);
    value.liveOut = graph.tensors[t].place == Place::ArenaLiveOut;
    value.root = t;
    model.values.push_back(value);
  }
  auto valuesOf = [&](const std::vector<TensorId> &tensors) {
    std::vector<ValueId> values;
    for (TensorId t : tensors) {
      // Nothing orders an empty view and what writes around it.
      ValueId v = valueOf[footprint(graph, t).root];
      if (v != kNone && graph.tensors[t].bytes != 0)
        values.push_back(v);
    }
    sortUnique(values);
    return values;
  };
  auto needs = predecessors(graph);
  // Copies of what is kept to the end, but the last, are not kept.
  Graph copies = graph;
  for (Tensor &tensor : copies.tensors)
    if (tensor.place == Place::ArenaLiveOut)
      tensor.place = Place::Arena;
  std::vector<uint8_t> isRead(graph.tensors.size(), false);
  for (const Node &node : graph.nodes)
    for (TensorId t : node.operands)
      isRead[footprint(graph, t).root] = true;
  for (NodeId n = 0; n < graph.nodes.size(); ++n) {
    const Node &node = graph.nodes[n];
    Model::Op &op = model.ops[n];
    for (TensorId t : node.results) {
      TensorId root = footprint(graph, t).root;
      op.isReadOutside |= isRead[root] && !inArena(graph, root);
    }
    op.needs = std::move(needs[n]);
    op.cost = node.cost;
    op.stateful = node.stateful;
    op.mayRepeat = !node.stateful;
    op.after = node.after;
    sortUnique(op.after);
    for (NodeId earlier : op.after)
      model.ops[earlier].before.push_back(n);
    op.reads = valuesOf(node.operands);
    op.writes = valuesOf(node.results);
    for (ValueId v : op.writes) {
      model.values[v].producer = n;
      ++model.values[v].writers;
    }
    if (options.inPlace)
      for (const InPlace &pair : node.inPlace) {
        if (!canShare(copies, node, pair, options.alignment))
          continue;
        ValueId from = valueOf[footprint(graph, pair.operand).root];
        ValueId into = valueOf[pair.result];
        if (from == kNone || into == kNone)
          continue;
        op.mayShare.push_back({from, into});
        if (model.values[from].bytes == model.values[into].bytes &&
            canShare(graph, node, pair, options.alignment))
          op.shares.push_back({from, into});
      }
  }
  for (Model::Op &op : model.ops)
    for (ValueId v : op.writes)
      if (model.values[v].writers > 1) {
        model.values[v].producer = kNone;
        op.mayRepeat = false;
      }
  return model;
}

Evaluator::Evaluator(const Model &model)
    : model(model), alive(model.values.size()), writesLeft(model.values.size()),
      runsLeft(model.ops.size()) {
  for (const Model::Value &value : model.values) {
    bytes.push_back(value.bytes);
    liveOut.push_back(value.liveOut);
    bytesLiveOut += value.liveOut ? value.bytes : 0;
  }
  for (const Model::Op &op : model.ops) {
    Node node;
    node.reads = uint32_t(lists.size());
    lists.insert(lists.end(), op.reads.begin(), op.reads.end());
    node.writes = uint32_t(lists.size());
    lists.insert(lists.end(), op.writes.begin(), op.writes.end());
    node.shares = uint32_t(lists.size());
    for (auto [from, into] : op.shares)
      lists.insert(lists.end(), {from, into});
    node.end = uint32_t(lists.size());
    node.cost = op.cost;
    node.mayRepeat = op.mayRepeat;
    node.isReadOutside = op.isReadOutside;
    node.writesPieces =
        std::any_of(op.writes.begin(), op.writes.end(), [&](ValueId v) {
          return model.values[v].producer == kNone;
        });
    nodes.push_back(node);
  }
}

// Backwards: whether a result is read later is known when its execution comes.
template <bool kPrune>
Evaluation Evaluator::scan(const Schedule &schedule,
                           std::vector<uint64_t> *profile) {
  alive = liveOut;
  uint64_t live = bytesLiveOut;
  for (ValueId v = 0; v < model.values.size(); ++v)
    writesLeft[v] = model.values[v].writers;
  if (kPrune) {
    std::fill(runsLeft.begin(), runsLeft.end(), 0);
    firstRun.resize(model.ops.size());
    for (size_t p = schedule.size(); p-- > 0;) {
      ++runsLeft[schedule[p]];
      firstRun[schedule[p]] = uint32_t(p);
    }
    dropped.assign(schedule.size(), false);
  }
  if (profile)
    profile->resize(schedule.size());
  Evaluation result;
  uint64_t steps = schedule.size();
  for (uint32_t p = uint32_t(schedule.size()); p-- > 0;) {
    const Node &node = nodes[schedule[p]];
    const ValueId *reads = lists.data() + node.reads;
    const ValueId *writes = lists.data() + node.writes;
    const ValueId *shares = lists.data() + node.shares;
    const ValueId *end = lists.data() + node.end;
    if (kPrune && runsLeft[schedule[p]] > 1 && node.mayRepeat &&
        !(node.isReadOutside && firstRun[schedule[p]] == p)) {
      bool used = false;
      for (const ValueId *v = writes; v != shares; ++v)
        used |= alive[*v];
      if (!used) {
        dropped[p] = true;
        --runsLeft[schedule[p]];
        continue;
      }
    }
    // Results that nobody reads are alive here all the same.
    uint64_t during = live;
    for (const ValueId *v = writes; v != shares; ++v)
      if (!alive[*v]) {
        during += bytes[*v];
        if (node.writesPieces && model.values[*v].producer == kNone) {
          // A piece of something; the whole of it is alive from its first
          // piece on.
          alive[*v] = true;
          live += bytes[*v];
        }
      }
    for (const ValueId *v = reads; v != writes; ++v)
      if (!alive[*v]) {
        alive[*v] = 2; // Dies here.
        during += bytes[*v];
        live += bytes[*v];
      }
    for (const ValueId *pair = shares; pair != end; pair += 2) {
      ValueId from = pair[0], into = pair[1];
      if (alive[from] == 2 && alive[into] != 3) {
        during -= bytes[into];
        alive[from] = 1;
        // Marks the result as placed; it is not alive before this anyway.
        live -= alive[into] ? bytes[into] : 0;
        alive[into] = 3;
      }
    }
    for (const ValueId *v = writes; v != shares; ++v) {
      if (node.writesPieces && model.values[*v].producer == kNone) {
        // Not alive before its first writer.
        if (--writesLeft[*v] == 0 && alive[*v]) {
          alive[*v] = false;
          live -= bytes[*v];
        }
        continue;
      }
      if (alive[*v] == 1 || alive[*v] == 2)
        live -= bytes[*v];
      alive[*v] = false;
    }
    for (const ValueId *v = reads; v != writes; ++v)
      alive[*v] = alive[*v] != 0;
    if (during >= result.peak) {
      result.peak = during;
      result.peakAt = p;
    }
    if (profile)
      (*profile)[p] = during;
    result.cost += node.cost;
    steps += node.shares - node.reads;
  }
  work += steps;
  return result;
}

Evaluation Evaluator::evaluate(const Schedule &schedule,
                               std::vector<uint64_t> *profile) {
  return scan<false>(schedule, profile);
}

bool Evaluator::isValid(const Schedule &schedule) {
  std::fill(runsLeft.begin(), runsLeft.end(), 0);
  std::fill(writesLeft.begin(), writesLeft.end(), 0);
  for (NodeId n : schedule) {
    const Model::Op &op = model.ops[n];
    if (runsLeft[n]++ > 0 && !op.mayRepeat)
      return false;
    for (ValueId v : op.reads)
      if (writesLeft[v] == 0)
        return false;
    for (ValueId v : op.writes)
      ++writesLeft[v];
    for (NodeId earlier : op.needs)
      if (runsLeft[earlier] == 0)
        return false;
    for (NodeId later : op.before)
      if (runsLeft[later] > 0)
        return false;
  }
  return std::find(runsLeft.begin(), runsLeft.end(), 0) == runsLeft.end();
}

Evaluation Evaluator::prune(Schedule &schedule,
                            std::vector<uint64_t> *addresses) {
  Evaluation result = scan<true>(schedule, nullptr);
  size_t kept = 0;
  size_t from = 0, to = 0; // Of the addresses.
  for (size_t p = 0; p < schedule.size(); ++p) {
    if (p == result.peakAt)
      result.peakAt = uint32_t(kept);
    size_t count = model.ops[schedule[p]].writes.size();
    if (!dropped[p]) {
      schedule[kept++] = schedule[p];
      if (addresses)
        for (size_t i = 0; i < count; ++i)
          (*addresses)[to++] = (*addresses)[from + i];
    }
    from += count;
  }
  schedule.resize(kept);
  if (addresses)
    addresses->resize(to);
  return result;
}

} // namespace tenon::plan
