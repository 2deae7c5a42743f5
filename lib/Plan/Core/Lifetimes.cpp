//===-- Lifetimes.cpp - which bytes live when -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Lifetimes.h"

#include <algorithm>

namespace tenon::plan {

namespace {

/// A box while it grows, times inclusive.
struct OpenBox {
  uint32_t first = 0;
  uint32_t last = 0;
  uint64_t size = 0;
  bool pinned = false; ///< Holds a live-out root.
  TensorId owner = kNone;
};

class Builder {
public:
  Builder(const Graph &graph, const std::vector<RootAccess> &accesses,
          const std::vector<NodeId> &order, uint64_t alignment,
          const std::vector<uint64_t> *addresses)
      : graph(graph), accesses(accesses), order(order), alignment(alignment),
        addresses(addresses), position(order.size()) {
    for (uint32_t p = 0; p < order.size(); ++p)
      position[order[p]] = p;
    out.boxOf.assign(graph.tensors.size(), kNone);
    out.offsetInBox.assign(graph.tensors.size(), 0);
    out.inPlace.resize(graph.nodes.size());
    live.assign(order.size(), 0);
    openBoxes();
  }

  void shareInPlace(Sharing sharing) {
    for (uint32_t p = 0; p < order.size(); ++p) {
      const Node &node = graph.nodes[order[p]];
      for (const InPlace &pair : node.inPlace)
        tryShare(node, p, pair, true);
      if (sharing != Sharing::LowerPeak)
        continue;
      for (const InPlace &pair : node.inPlace)
        tryShare(node, p, pair, false);
    }
  }

  Lifetimes finish() {
    std::vector<uint32_t> number(boxes.size(), kNone);
    for (TensorId root = 0; root < graph.tensors.size(); ++root) {
      uint32_t box = out.boxOf[root];
      if (box == kNone)
        continue;
      if (number[box] == kNone) {
        number[box] = uint32_t(out.boxes.size());
        const OpenBox &b = boxes[box];
        out.boxes.push_back({b.first, uint64_t(b.last) + 1, b.size});
      }
      out.boxOf[root] = number[box];
    }
    out.maxLive =
        live.empty() ? 0 : *std::max_element(live.begin(), live.end());
    return std::move(out);
  }

private:
  void openBoxes() {
    for (TensorId root = 0; root < graph.tensors.size(); ++root) {
      const std::vector<NodeId> &nodes = accesses[root].nodes;
      if (!inArena(graph, root) || nodes.empty() ||
          graph.tensors[root].bytes == 0)
        continue;
      OpenBox box;
      box.first = uint32_t(order.size());
      for (NodeId n : nodes) {
        box.first = std::min(box.first, position[n]);
        box.last = std::max(box.last, position[n]);
      }
      box.pinned = graph.tensors[root].place == Place::ArenaLiveOut;
      if (box.pinned)
        box.last = uint32_t(order.size()) - 1;
      box.size = alignTo(graph.tensors[root].bytes, alignment);
      box.owner = root;
      out.boxOf[root] = uint32_t(boxes.size());
      boxes.push_back(box);
      for (uint32_t p = box.first; p <= box.last; ++p)
        live[p] += box.size;
    }
  }

  void tryShare(const Node &node, uint32_t p, const InPlace &pair,
                bool sameSize) {
    if (!canShare(graph, node, pair, alignment))
      return;
    Footprint from = footprint(graph, pair.operand);
    if (addresses && (*addresses)[from.root] != (*addresses)[pair.result])
      return;
    uint32_t into = out.boxOf[from.root];
    uint32_t gone = out.boxOf[pair.result];
    if (into == kNone || gone == kNone || into == gone)
      return;
    OpenBox &box = boxes[into];
    const OpenBox &result = boxes[gone];
    // The operand must die here and still own its box.
    if (box.pinned || box.last != p || box.owner != from.root ||
        result.first != p || result.owner != pair.result)
      return;
    uint64_t offset = out.offsetInBox[from.root] + from.offset;
    if (offset % alignment != 0 || result.size > box.size ||
        offset > box.size - result.size)
      return;
    if (sameSize != (result.size == box.size))
      return;
    // A smaller result keeps the whole box alive: only for a lower peak.
    uint64_t keeps = box.size - result.size;
    if (keeps > 0) {
      uint64_t before = 0;
      uint64_t after = 0;
      for (uint32_t t = p; t <= result.last; ++t) {
        before = std::max(before, live[t]);
        after =
            std::max(after, t == p ? live[t] - result.size : live[t] + keeps);
      }
      if (after >= before)
        return;
    }
    live[p] -= result.size;
    for (uint32_t t = p + 1; t <= result.last; ++t)
      live[t] += keeps;
    box.last = result.last;
    box.pinned = result.pinned;
    box.owner = pair.result;
    out.boxOf[pair.result] = into;
    out.offsetInBox[pair.result] = offset;
    out.inPlace[order[p]].push_back(pair);
  }

  const Graph &graph;
  const std::vector<RootAccess> &accesses;
  const std::vector<NodeId> &order;
  uint64_t alignment;
  const std::vector<uint64_t> *addresses;
  std::vector<uint32_t> position;
  std::vector<OpenBox> boxes;
  std::vector<uint64_t> live; ///< By position.
  Lifetimes out;
};

} // namespace

bool inArena(const Graph &graph, TensorId root) {
  const Tensor &t = graph.tensors[root];
  return t.viewOf == kNone &&
         (t.place == Place::Arena || t.place == Place::ArenaLiveOut);
}

std::vector<RootAccess> rootAccesses(const Graph &graph) {
  std::vector<RootAccess> result(graph.tensors.size());
  for (NodeId id = 0; id < graph.nodes.size(); ++id)
    for (const std::vector<TensorId> *list :
         {&graph.nodes[id].operands, &graph.nodes[id].results})
      for (TensorId t : *list) {
        std::vector<NodeId> &nodes = result[footprint(graph, t).root].nodes;
        if (nodes.empty() || nodes.back() != id)
          nodes.push_back(id);
      }
  return result;
}

bool canShare(const Graph &graph, const Node &node, const InPlace &pair,
              uint64_t alignment) {
  Footprint from = footprint(graph, pair.operand);
  if (!inArena(graph, from.root) || !inArena(graph, pair.result) ||
      graph.tensors[from.root].place == Place::ArenaLiveOut ||
      from.blocks != 1 || from.offset % alignment != 0 ||
      graph.tensors[pair.result].bytes > graph.tensors[pair.operand].bytes)
    return false;
  // The permission speaks of this operand alone: other reads or writes of the
  // same root by this node might come later than the overwriting.
  for (TensorId t : node.operands)
    if (t != pair.operand && footprint(graph, t).root == from.root)
      return false;
  for (TensorId t : node.results)
    if (footprint(graph, t).root == from.root)
      return false;
  return true;
}

Lifetimes computeLifetimes(const Graph &graph,
                           const std::vector<RootAccess> &accesses,
                           const std::vector<NodeId> &order, uint64_t alignment,
                           Sharing sharing,
                           const std::vector<uint64_t> *addresses) {
  Builder builder(graph, accesses, order, alignment, addresses);
  if (sharing != Sharing::None)
    builder.shareInPlace(sharing);
  return builder.finish();
}

} // namespace tenon::plan
