//===-- Backbone.cpp - what every way through a graph passes --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Backbone.h"

#include <algorithm>

namespace tenon::plan {

namespace {

/// Of links with more than so many steps or nodes, the steps are not described.
constexpr size_t kMostSteps = 24;
constexpr size_t kMostNodes = 48;

class Finder {
public:
  Finder(const Model &model, uint64_t smallest)
      : model(model), counts(model.values.size(), false),
        position(model.ops.size()) {
    for (uint32_t p = 0; p < model.order.size(); ++p)
      position[model.order[p]] = p;
    for (ValueId v = 0; v < model.values.size(); ++v) {
      const Model::Value &value = model.values[v];
      counts[v] = value.producer != kNone && value.bytes >= smallest &&
                  model.ops[value.producer].mayRepeat;
    }
  }

  Backbone run() {
    if (!findRoot())
      return {};
    findGates();
    findLinks(gates);
    if (!findEvents())
      return {};
    Backbone backbone;
    backbone.links.resize(events.size());
    for (Backbone::Link &link : backbone.links)
      link.width = UINT64_MAX;
    partOf.assign(model.ops.size(), 0);
    nodesOf.resize(events.size());
    for (NodeId n : model.order)
      if (uint32_t l = linkOf[n])
        measurePart(n, l, backbone.links[l - 1]);
    findReaders();
    for (uint32_t l = 1; l <= events.size(); ++l) {
      std::vector<NodeId> steps = stepsOf(l);
      measureSteps(steps, l, backbone.links[l - 1]);
      if (l < events.size() && steps.size() <= kMostSteps &&
          nodesOf[l - 1].size() <= kMostNodes)
        describeSteps(steps, l, backbone.links[l - 1]);
    }
    backbone.lateBytes = lateBytes();
    return backbone;
  }

private:
  /// Calls `f` for each value that counts which the node reads.
  template <typename F>
  void forReads(NodeId n, F f) const {
    for (ValueId v : model.ops[n].reads)
      if (counts[v])
        f(v);
  }
  NodeId producerOf(ValueId v) const { return model.values[v].producer; }

  /// Nodes take part that read something that counts, and the root. What others
  /// write does not count.
  bool findRoot() {
    std::vector<uint32_t> height(model.ops.size(), 0);
    NodeId root = kNone;
    for (size_t p = model.order.size(); p-- > 0;) {
      NodeId n = model.order[p];
      bool isSource = true;
      forReads(n, [&](ValueId v) {
        isSource = false;
        NodeId producer = producerOf(v);
        height[producer] = std::max(height[producer], height[n] + 1);
      });
      if (isSource && (root == kNone || height[n] >= height[root]))
        root = n;
    }
    if (root == kNone)
      return false;
    takesPart.assign(model.ops.size(), false);
    takesPart[root] = true;
    for (NodeId n : model.order) {
      bool takes = takesPart[n];
      forReads(n, [&](ValueId) { takes = true; });
      takesPart[n] = takes;
      if (!takes)
        for (ValueId v : model.ops[n].writes)
          counts[v] = false;
    }
    return true;
  }

  /// The longest row of nodes each of which dominates the next.
  void findGates() {
    std::vector<NodeId> dominator(model.ops.size(), kNone);
    std::vector<uint32_t> depth(model.ops.size(), 0);
    NodeId last = kNone;
    for (NodeId n : model.order) {
      if (!takesPart[n])
        continue;
      NodeId above = kNone;
      forReads(n, [&](ValueId v) {
        NodeId other = producerOf(v);
        if (above == kNone)
          above = other;
        while (above != other) {
          NodeId &deeper = depth[above] >= depth[other] ? above : other;
          deeper = dominator[deeper];
        }
      });
      dominator[n] = above;
      depth[n] = above == kNone ? 0 : depth[above] + 1;
      if (last == kNone || depth[n] > depth[last])
        last = n;
    }
    for (; last != kNone; last = dominator[last])
      gates.push_back(last);
    std::reverse(gates.begin(), gates.end());
  }

  /// Numbers the forward nodes by link, from 1; 0 for all others.
  void findLinks(const std::vector<NodeId> &ends) {
    linkOf.assign(model.ops.size(), 0);
    for (uint32_t l = 1; l <= ends.size(); ++l) {
      std::vector<NodeId> stack{ends[l - 1]};
      while (!stack.empty()) {
        NodeId n = stack.back();
        stack.pop_back();
        if (linkOf[n] != 0)
          continue;
        linkOf[n] = l;
        forReads(n, [&](ValueId v) { stack.push_back(producerOf(v)); });
      }
    }
  }

  /// True for nodes behind the forward part.
  bool isLate(NodeId n) const { return takesPart[n] && linkOf[n] == 0; }

  /// The late nodes that `n` depends on, not `n`.
  std::vector<bool> lateBefore(NodeId n) const {
    std::vector<bool> seen(model.ops.size(), false);
    std::vector<NodeId> stack{n};
    while (!stack.empty()) {
      NodeId from = stack.back();
      stack.pop_back();
      forReads(from, [&](ValueId v) {
        NodeId producer = producerOf(v);
        if (isLate(producer) && !seen[producer]) {
          seen[producer] = true;
          stack.push_back(producer);
        }
      });
    }
    return seen;
  }

  /// The last link of which the node reads a value, or 0.
  uint32_t readsLink(NodeId n) const {
    uint32_t last = 0;
    forReads(n,
             [&](ValueId v) { last = std::max(last, linkOf[producerOf(v)]); });
    return last;
  }

  /// Walks back from the event of the first link. Links without an event join
  /// the next that has one.
  bool findEvents() {
    std::vector<uint32_t> depth(model.ops.size(), 0);
    NodeId event = kNone;
    uint32_t link = 0;
    for (NodeId n : model.order) {
      if (!isLate(n))
        continue;
      forReads(n, [&](ValueId v) {
        if (isLate(producerOf(v)))
          depth[n] = std::max(depth[n], depth[producerOf(v)] + 1);
      });
      uint32_t l = readsLink(n);
      if (l != 0 && (event == kNone || l < link ||
                     (l == link && depth[n] >= depth[event]))) {
        event = n;
        link = l;
      }
    }
    std::vector<NodeId> ends;
    while (event != kNone) {
      events.push_back(event);
      ends.push_back(gates[link - 1]);
      std::vector<bool> before = lateBefore(event);
      if (events.size() == 1)
        beforeLast = before;
      NodeId next = kNone;
      uint32_t nextLink = 0;
      for (NodeId n : model.order) {
        uint32_t l = before[n] ? readsLink(n) : 0;
        if (l > link && (next == kNone || l <= nextLink)) {
          next = n;
          nextLink = l;
        }
      }
      event = next;
      link = nextLink;
    }
    if (events.size() < 3)
      return false;
    ends.back() = gates.back();
    findLinks(ends);
    gates = std::move(ends);
    return true;
  }

  void measurePart(NodeId n, uint32_t l, Backbone::Link &link) {
    const Model::Op &op = model.ops[n];
    Backbone::Part part;
    part.cost = op.cost;
    part.bytes = UINT64_MAX;
    uint32_t values = 0;
    for (ValueId v : op.writes)
      if (counts[v]) {
        part.bytes = std::min(part.bytes, model.values[v].bytes);
        ++values;
      }
    part.hasPieces = values > 1;
    uint64_t bytes = workingSet(model, op);
    uint64_t ofGate = 0;
    forReads(n, [&](ValueId v) {
      NodeId producer = producerOf(v);
      if (linkOf[producer] == l) {
        part.reads.push_back(partOf[producer]);
      } else {
        part.readsGate = true;
        ofGate += model.values[v].bytes;
      }
    });
    link.width = std::min(link.width, part.bytes);
    if (part.bytes == UINT64_MAX)
      part.bytes = 0; // Nothing that counts.
    link.passBytes = std::max(link.passBytes, bytes);
    link.firstPassBytes = std::max(link.firstPassBytes, bytes - ofGate);
    link.cost += op.cost;
    partOf[n] = uint32_t(link.parts.size());
    nodesOf[l - 1].push_back(n);
    link.parts.push_back(std::move(part));
  }

  /// What runs between the event behind and that of the link, for certain, and
  /// this event, in order.
  std::vector<NodeId> stepsOf(uint32_t l) {
    uint32_t last = position[events[l - 1]];
    uint32_t first = l < events.size() ? position[events[l]] + 1 : last;
    std::vector<uint8_t> depends(last + 1 - first, false);
    std::vector<uint8_t> leads(last + 1 - first, false);
    auto each = [&](uint32_t p, auto f) {
      forReads(model.order[p], [&](ValueId v) { f(producerOf(v)); });
    };
    for (uint32_t p = first; p <= last; ++p)
      each(p, [&](NodeId from) {
        if (position[from] >= first ? depends[position[from] - first]
                                    : l < events.size() && from == events[l])
          depends[p - first] = true;
      });
    leads[last - first] = true;
    for (uint32_t p = last; p > first; --p)
      if (leads[p - first])
        each(p, [&](NodeId from) {
          if (position[from] >= first)
            leads[position[from] - first] = true;
        });
    std::vector<NodeId> nodes;
    for (uint32_t p = first; p < last; ++p)
      if (depends[p - first] && leads[p - first])
        nodes.push_back(model.order[p]);
    nodes.push_back(events[l - 1]);
    return nodes;
  }

  /// Bytes while a step runs, without what it reads of links before
  /// `firstCounted`.
  uint64_t stepBytes(NodeId n, uint32_t firstCounted) const {
    uint64_t bytes = workingSet(model, model.ops[n]);
    forReads(n, [&](ValueId v) {
      uint32_t of = linkOf[producerOf(v)];
      if (of != 0 && of < firstCounted)
        bytes -= model.values[v].bytes;
    });
    return bytes;
  }

  void measureSteps(const std::vector<NodeId> &steps, uint32_t l,
                    Backbone::Link &link) {
    NodeId event = events[l - 1];
    std::vector<ValueId> wanted;
    for (NodeId n : steps) {
      link.eventBytes = stepBytes(n, l - 1); // It is the last.
      link.firstEventBytes = stepBytes(n, l);
      link.stepBytes = std::max(link.stepBytes, link.eventBytes);
      link.firstStepBytes = std::max(link.firstStepBytes, link.firstEventBytes);
      forReads(n, [&](ValueId v) {
        if (linkOf[producerOf(v)] == l)
          wanted.push_back(v);
      });
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    const std::vector<ValueId> &reads = model.ops[event].reads;
    for (ValueId v : wanted) {
      Backbone::Part &part = link.parts[partOf[producerOf(v)]];
      if (!part.isWanted)
        part.bytes = 0;
      part.isWanted = true;
      part.bytes += model.values[v].bytes;
      if (std::binary_search(reads.begin(), reads.end(), v))
        part.eventBytes += model.values[v].bytes;
    }
    forReads(event, [&](ValueId v) {
      link.eventReadsGate |= l > 1 && producerOf(v) == gates[l - 2];
    });
  }

  /// Who reads a value behind the forward part, as far as the event of the
  /// first link depends on it, and behind which events they run for certain.
  void findReaders() {
    earliest.assign(model.ops.size(), UINT32_MAX);
    readersOf.resize(model.values.size());
    std::vector<uint32_t> eventOf(model.ops.size(), UINT32_MAX);
    for (uint32_t l = 1; l <= events.size(); ++l)
      eventOf[events[l - 1]] = l;
    for (NodeId n : model.order) {
      if (!beforeLast[n] && n != events[0])
        continue;
      forReads(n, [&](ValueId v) {
        NodeId from = producerOf(v);
        readersOf[v].push_back(n);
        earliest[n] = std::min({earliest[n], earliest[from], eventOf[from]});
      });
    }
  }

  /// What one step after the other has at hand, see Backbone::Step.
  void describeSteps(const std::vector<NodeId> &steps, uint32_t l,
                     Backbone::Link &link) {
    // What led here: the event of the link behind, and the steps.
    std::vector<NodeId> late{events[l]};
    late.insert(late.end(), steps.begin(), steps.end());
    uint32_t parts = uint32_t(link.parts.size());
    auto indexOf = [&](NodeId n) {
      return uint32_t(std::find(late.begin(), late.end(), n) - late.begin());
    };
    std::vector<uint64_t> before(late.size(), 0); // Bits of `late`.
    for (uint32_t i = 0; i < late.size(); ++i) {
      Backbone::Part part;
      part.cost = model.ops[late[i]].cost;
      forReads(late[i], [&](ValueId v) {
        NodeId from = producerOf(v);
        if (linkOf[from] == l)
          part.reads.push_back(partOf[from]);
        else if (uint32_t k = indexOf(from); k < i) {
          part.reads.push_back(parts + k);
          before[i] |= before[k] | uint64_t(1) << k;
        }
      });
      link.late.push_back(std::move(part));
    }
    for (uint32_t i = 1; i < late.size(); ++i) {
      Backbone::Step step;
      step.bytes = stepBytes(late[i], l);
      for (uint32_t k = 0; k <= i; ++k)
        if (k == i || before[i] >> k & 1)
          for (uint32_t item : link.late[k].reads)
            if (item < parts)
              step.reads.push_back(item);
      auto isNeeded = [&](ValueId v) {
        return std::any_of(readersOf[v].begin(), readersOf[v].end(),
                           [&](NodeId n) {
                             uint32_t k = indexOf(n);
                             return earliest[n] <= l ||
                                    (k < late.size() && before[k] >> i & 1);
                           });
      };
      auto hold = [&](uint32_t item, NodeId n) {
        Backbone::Step::Holding holding = holdingOf(n, late[i], isNeeded);
        holding.item = item;
        if (holding.bytes > 0)
          step.holdings.push_back(holding);
      };
      for (uint32_t p = 0; p < parts; ++p)
        hold(p, nodesOf[l - 1][p]);
      for (uint32_t k = 0; k < i; ++k)
        if (before[i] >> k & 1)
          hold(parts + k, late[k]);
      link.steps.push_back(std::move(step));
    }
  }

  /// What it takes to have, beside a run of `step`, what `n` wrote: all that is
  /// needed of it, or else any of it.
  template <typename IsNeeded>
  Backbone::Step::Holding holdingOf(NodeId n, NodeId step,
                                    IsNeeded isNeeded) const {
    const Model::Op &op = model.ops[step];
    Backbone::Step::Holding holding;
    uint64_t least = UINT64_MAX;
    for (ValueId v : model.ops[n].writes) {
      if (!counts[v])
        continue;
      uint64_t bytes = model.values[v].bytes;
      if (std::binary_search(op.reads.begin(), op.reads.end(), v) ||
          std::binary_search(op.writes.begin(), op.writes.end(), v))
        bytes = 0;
      least = std::min(least, bytes);
      if (isNeeded(v)) {
        holding.isNeeded = true;
        holding.bytes += bytes;
      }
    }
    if (!holding.isNeeded)
      holding.bytes = least == UINT64_MAX ? 0 : least;
    return holding;
  }

  /// Of the values that depend on the first event and that the last depends on,
  /// the smallest.
  uint64_t lateBytes() const {
    std::vector<bool> depends(model.ops.size(), false);
    depends[events.back()] = true;
    uint64_t least = UINT64_MAX;
    for (NodeId n : model.order) {
      if (!isLate(n))
        continue;
      forReads(n, [&](ValueId v) {
        if (depends[producerOf(v)])
          depends[n] = true;
      });
      // What the last event writes comes after all of them.
      if (depends[n] && beforeLast[n])
        for (ValueId v : model.ops[n].writes)
          if (counts[v])
            least = std::min(least, model.values[v].bytes);
    }
    return least == UINT64_MAX ? 0 : least;
  }

  const Model &model;
  std::vector<bool> counts;                 ///< By value.
  std::vector<bool> takesPart;              ///< By node.
  std::vector<NodeId> gates;                ///< First to last.
  std::vector<uint32_t> linkOf;             ///< By node.
  std::vector<uint32_t> partOf;             ///< By node: its index in its link.
  std::vector<std::vector<NodeId>> nodesOf; ///< By link: its parts.
  std::vector<NodeId> events;               ///< By link: the last to run first.
  std::vector<bool> beforeLast;   ///< The late nodes before the last event.
  std::vector<uint32_t> position; ///< By node, in the model's order.
  /// By value: nodes behind the forward part that the last event needs.
  std::vector<std::vector<NodeId>> readersOf;
  std::vector<uint32_t> earliest; ///< By node: the least link whose event it
                                  ///< depends on.
};

} // namespace

Backbone findBackbone(const Model &model, uint64_t smallest) {
  return Finder(model, smallest).run();
}

} // namespace tenon::plan
