//===-- Verifier.cpp - checks a plan by replaying it ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls nothing of the planner, nor of Graph.cpp: a mistake there must not
// excuse itself here.
//
//===----------------------------------------------------------------------===//

#include "tenon/Plan/Verifier.h"

#include <algorithm>
#include <map>
#include <set>

namespace tenon::plan {

namespace {

using Failure = std::optional<std::string>;

/// Contiguous bytes at an address, holding bytes of a root from `rootByte` on.
struct Piece {
  uint64_t address;
  uint64_t size;
  uint64_t rootByte;
};

/// Where a tensor's bytes are.
struct Extent {
  TensorId root = kNone;
  std::vector<Piece> pieces; ///< Sorted by address.
};

/// What the bytes of one address space hold.
class Memory {
public:
  struct Label {
    uint64_t end;
    TensorId root;
    uint64_t rootByte; ///< At the first address of the range.
  };

  void write(const Piece &piece, TensorId root) {
    if (piece.size == 0)
      return;
    split(piece.address);
    split(piece.address + piece.size);
    labels.erase(labels.lower_bound(piece.address),
                 labels.lower_bound(piece.address + piece.size));
    labels[piece.address] = {piece.address + piece.size, root, piece.rootByte};
  }

  /// The first address in the piece that does not hold what it should, with
  /// the root found there (`kNone` for nothing).
  std::optional<std::pair<uint64_t, TensorId>> mismatch(const Piece &piece,
                                                        TensorId root) const {
    uint64_t at = piece.address;
    uint64_t end = piece.address + piece.size;
    auto it = labels.upper_bound(at);
    if (it != labels.begin())
      --it;
    while (at < end) {
      while (it != labels.end() && it->second.end <= at)
        ++it;
      if (it == labels.end() || it->first > at)
        return std::make_pair(at, kNone);
      uint64_t held = it->second.rootByte + (at - it->first);
      if (it->second.root != root ||
          held != piece.rootByte + (at - piece.address))
        return std::make_pair(at, it->second.root);
      at = it->second.end;
    }
    return std::nullopt;
  }

private:
  void split(uint64_t address) {
    auto it = labels.upper_bound(address);
    if (it == labels.begin())
      return;
    --it;
    if (it->first == address || it->second.end <= address)
      return;
    Label upper = it->second;
    upper.rootByte += address - it->first;
    it->second.end = address;
    labels[address] = upper;
  }

  std::map<uint64_t, Label> labels; ///< By first address; disjoint.
};

class Replay {
public:
  Replay(const Graph &graph, const Plan &plan, const PlanOptions &options)
      : graph(graph), plan(plan), options(options) {}

  Failure run() {
    if (Failure f = checkShape())
      return f;
    if (Failure f = locate())
      return f;
    if (Failure f = checkScratch())
      return f;
    if (Failure f = checkBounds())
      return f;
    if (Failure f = replay())
      return f;
    return checkTotals();
  }

private:
  std::string tensorName(TensorId t) const {
    return "'" + graph.tensors[t].name + "'";
  }
  std::string nodeName(NodeId n) const {
    return "'" + graph.nodes[n].name + "'";
  }

  /// Lists of the right length, numbers in range: all later code indexes
  /// without fear.
  Failure checkShape() const {
    size_t nodes = graph.nodes.size();
    size_t tensors = graph.tensors.size();
    if (plan.order.size() != nodes)
      return "the order has " + std::to_string(plan.order.size()) +
             " entries for " + std::to_string(nodes) + " nodes";
    if (plan.offsets.size() != tensors)
      return "there are " + std::to_string(plan.offsets.size()) +
             " offsets for " + std::to_string(tensors) + " tensors";
    if (plan.inPlace.size() != nodes)
      return "there are " + std::to_string(plan.inPlace.size()) +
             " lists of in-place writes for " + std::to_string(nodes) +
             " nodes";
    std::vector<bool> seen(nodes, false);
    for (NodeId n : plan.order) {
      if (n >= nodes)
        return "the order names node number " + std::to_string(n) +
               ", which does not exist";
      if (seen[n])
        return "node " + nodeName(n) + " runs twice";
      seen[n] = true;
    }
    for (const Node &node : graph.nodes) {
      for (const std::vector<TensorId> *list : {&node.operands, &node.results})
        for (TensorId t : *list)
          if (t >= tensors)
            return "node '" + node.name + "' names a tensor that is not there";
      for (NodeId before : node.after)
        if (before >= nodes)
          return "node '" + node.name + "' names a node that is not there";
    }
    for (TensorId t = 0; t < tensors; ++t) {
      const Tensor &tensor = graph.tensors[t];
      if (tensor.viewOf != kNone && tensor.viewOf >= t)
        return "tensor " + tensorName(t) + " is a view of a later tensor";
      if (tensor.bytes > kMaxBytes || tensor.viewOffset > kMaxBytes ||
          tensor.blockStride > kMaxBytes)
        return "tensor " + tensorName(t) + " has absurd sizes";
      if (tensor.blocks == 0 || tensor.bytes % tensor.blocks != 0 ||
          tensor.blocks > (uint64_t(1) << 24))
        return "tensor " + tensorName(t) + " has absurd blocks";
      if (plan.offsets[t] != kNotInArena && plan.offsets[t] > kMaxBytes)
        return "tensor " + tensorName(t) + " has an absurd offset";
    }
    uint64_t alignment = options.alignment;
    if (alignment == 0 || plan.alignment != alignment)
      return "the plan is for another alignment than " +
             std::to_string(alignment);
    return std::nullopt;
  }

  bool isExternal(TensorId root) const {
    return graph.tensors[root].place == Place::ExternalInput ||
           graph.tensors[root].place == Place::ExternalOutput;
  }

  /// Finds the bytes of every tensor, each step of a view in turn.
  Failure locate() {
    extents.resize(graph.tensors.size());
    for (TensorId t = 0; t < graph.tensors.size(); ++t) {
      const Tensor &tensor = graph.tensors[t];
      Extent &extent = extents[t];
      if (tensor.viewOf == kNone) {
        extent.root = t;
        uint64_t address = 0;
        if (!isExternal(t)) {
          if (plan.offsets[t] == kNotInArena)
            return "tensor " + tensorName(t) + " has no offset in the arena";
          address = plan.offsets[t];
          if (address % options.alignment != 0)
            return "tensor " + tensorName(t) + " is at " +
                   std::to_string(address) + ", not aligned to " +
                   std::to_string(options.alignment) + " bytes";
        } else if (plan.offsets[t] != kNotInArena) {
          return "tensor " + tensorName(t) +
                 " is bound by pointer and has an offset in the arena";
        }
        extent.pieces = {{address, tensor.bytes, 0}};
        continue;
      }
      if (Failure f = locateView(t))
        return f;
    }
    return std::nullopt;
  }

  Failure locateView(TensorId t) {
    const Tensor &tensor = graph.tensors[t];
    const Extent &base = extents[tensor.viewOf];
    Extent &extent = extents[t];
    extent.root = base.root;
    if (base.pieces.size() > 1 || tensor.bytes == 0) {
      if (tensor.bytes != 0 &&
          (tensor.viewOffset != 0 || tensor.blocks != 1 ||
           tensor.bytes != graph.tensors[tensor.viewOf].bytes))
        return "tensor " + tensorName(t) + " is a part of a strided view";
      extent.pieces = tensor.bytes == 0 ? std::vector<Piece>{} : base.pieces;
    } else {
      uint64_t size = tensor.bytes / tensor.blocks;
      uint64_t baseSize = base.pieces.empty() ? 0 : base.pieces[0].size;
      for (uint64_t b = 0; b < tensor.blocks; ++b) {
        uint64_t at = tensor.viewOffset + b * tensor.blockStride;
        if (at + size > baseSize)
          return "tensor " + tensorName(t) + " does not lie inside " +
                 tensorName(tensor.viewOf);
        extent.pieces.push_back(
            {base.pieces[0].address + at, size, base.pieces[0].rootByte + at});
      }
    }
    if (isExternal(extent.root)) {
      if (plan.offsets[t] != kNotInArena)
        return "tensor " + tensorName(t) +
               " is bound by pointer and has an offset in the arena";
    } else if (!extent.pieces.empty() &&
               plan.offsets[t] != extent.pieces[0].address) {
      return "the view " + tensorName(t) + " is not where its base " +
             tensorName(tensor.viewOf) + " says it is";
    }
    return std::nullopt;
  }

  Failure checkScratch() const {
    bool any = false;
    for (NodeId n = 0; n < graph.nodes.size(); ++n) {
      const Node &node = graph.nodes[n];
      if (node.workspaceBytes == 0)
        continue;
      any = true;
      if (node.workspaceBytes > plan.scratchStride)
        return "node " + nodeName(n) + " declares " +
               std::to_string(node.workspaceBytes) +
               " bytes of workspace per worker and gets " +
               std::to_string(plan.scratchStride);
      uint64_t workers = options.maxThreads;
      if (options.gridBoundsWorkers && node.maxGrid != 0 &&
          node.maxGrid < workers)
        workers = node.maxGrid;
      if (plan.scratchWorkers < workers)
        return "node " + nodeName(n) + " may run on " +
               std::to_string(workers) + " workers and only " +
               std::to_string(plan.scratchWorkers) + " have scratch";
    }
    if (!any)
      return std::nullopt;
    if (plan.scratchOffset % options.alignment != 0 ||
        plan.scratchStride % options.alignment != 0)
      return "the scratch is not aligned to " +
             std::to_string(options.alignment) + " bytes";
    if (plan.scratchOffset > kMaxBytes || plan.scratchStride > kMaxBytes)
      return std::string("the scratch has absurd sizes");
    return std::nullopt;
  }

  /// Nothing lies outside the arena or in the scratch.
  Failure checkBounds() {
    uint64_t scratchEnd = 0;
    if (plan.scratchStride != 0) {
      if (plan.scratchWorkers > kMaxBytes / plan.scratchStride)
        return std::string("the scratch has absurd sizes");
      scratchEnd =
          plan.scratchOffset + plan.scratchStride * plan.scratchWorkers;
    }
    if (scratchEnd > plan.arenaBytes)
      return "the scratch ends at " + std::to_string(scratchEnd) +
             ", beyond the arena of " + std::to_string(plan.arenaBytes) +
             " bytes";
    std::set<TensorId> used;
    for (const Node &node : graph.nodes)
      for (const std::vector<TensorId> *list : {&node.operands, &node.results})
        for (TensorId t : *list)
          used.insert(extents[t].root);
    for (TensorId root : used) {
      if (isExternal(root) || graph.tensors[root].bytes == 0)
        continue;
      uint64_t begin = plan.offsets[root];
      uint64_t end = begin + graph.tensors[root].bytes;
      if (end > plan.arenaBytes)
        return "tensor " + tensorName(root) + " ends at " +
               std::to_string(end) + ", beyond the arena of " +
               std::to_string(plan.arenaBytes) + " bytes";
      if (begin < scratchEnd && plan.scratchOffset < end)
        return "tensor " + tensorName(root) + " overlaps the scratch";
      tensorEnd = std::max(tensorEnd, end);
    }
    // A tensor's last bytes are padded to the alignment.
    uint64_t alignment = options.alignment;
    tensorEnd = (tensorEnd + alignment - 1) / alignment * alignment;
    contentsEnd = std::max(tensorEnd, scratchEnd);
    return std::nullopt;
  }

  /// The totals are what the offsets say: no byte is asked for in vain.
  Failure checkTotals() const {
    if (plan.arenaBytes != contentsEnd)
      return "the arena has " + std::to_string(plan.arenaBytes) +
             " bytes and what it holds ends at " + std::to_string(contentsEnd);
    if (plan.tensorBytes != tensorEnd || plan.maxLive > plan.tensorBytes)
      return std::string("the totals of the plan contradict its offsets");
    return std::nullopt;
  }

  Memory &spaceOf(TensorId root) {
    return spaces[isExternal(root) ? root : kNone];
  }

  std::string describeRead(TensorId t, uint64_t at, TensorId holds) const {
    std::string where = isExternal(extents[t].root)
                            ? "byte " + std::to_string(at) + " of it"
                            : "arena byte " + std::to_string(at);
    if (holds == kNone)
      return tensorName(t) + ", but " + where + " was never written";
    if (holds == extents[t].root)
      return tensorName(t) + ", but " + where +
             " holds another byte of the same tensor";
    return tensorName(t) + ", but " + where + " holds " + tensorName(holds) +
           " by then";
  }

  Failure replay() {
    for (TensorId t = 0; t < graph.tensors.size(); ++t)
      if (graph.tensors[t].viewOf == kNone &&
          graph.tensors[t].place == Place::ExternalInput)
        spaceOf(t).write(extents[t].pieces[0], t);
    std::vector<bool> ran(graph.nodes.size(), false);
    for (NodeId n : plan.order) {
      const Node &node = graph.nodes[n];
      for (NodeId before : node.after)
        if (!ran[before])
          return "node " + nodeName(n) + " runs before node " +
                 nodeName(before) + ", which it must follow";
      for (TensorId t : node.operands)
        for (const Piece &piece : extents[t].pieces)
          if (auto bad =
                  spaceOf(extents[t].root).mismatch(piece, extents[t].root))
            return "node " + nodeName(n) + " reads " +
                   describeRead(t, bad->first, bad->second);
      if (Failure f = checkOverwriting(n))
        return f;
      for (TensorId t : node.results) {
        if (graph.tensors[extents[t].root].place == Place::ExternalInput)
          return "node " + nodeName(n) + " writes the input " +
                 tensorName(extents[t].root);
        for (const Piece &piece : extents[t].pieces)
          spaceOf(extents[t].root).write(piece, extents[t].root);
      }
      ran[n] = true;
    }
    for (TensorId t = 0; t < graph.tensors.size(); ++t) {
      const Tensor &tensor = graph.tensors[t];
      if (tensor.viewOf != kNone || (tensor.place != Place::ExternalOutput &&
                                     tensor.place != Place::ArenaLiveOut))
        continue;
      if (auto bad = spaceOf(t).mismatch(extents[t].pieces[0], t))
        return "at the end, the program's result is " +
               describeRead(t, bad->first, bad->second);
    }
    return std::nullopt;
  }

  static bool overlap(const Extent &a, const Extent &b) {
    auto i = a.pieces.begin();
    auto j = b.pieces.begin();
    while (i != a.pieces.end() && j != b.pieces.end()) {
      if (i->size != 0 && j->size != 0 && i->address < j->address + j->size &&
          j->address < i->address + i->size)
        return true;
      if (i->address + i->size < j->address + j->size)
        ++i;
      else
        ++j;
    }
    return false;
  }

  bool sameSpace(TensorId a, TensorId b) const {
    TensorId ra = extents[a].root;
    TensorId rb = extents[b].root;
    return ra == rb || (!isExternal(ra) && !isExternal(rb));
  }

  /// While a node runs, its operands and results are all alive.
  Failure checkOverwriting(NodeId n) const {
    const Node &node = graph.nodes[n];
    for (const InPlace &used : plan.inPlace[n])
      if (std::none_of(
              node.inPlace.begin(), node.inPlace.end(), [&](const InPlace &p) {
                return p.operand == used.operand && p.result == used.result;
              }))
        return "node " + nodeName(n) +
               " writes in place without permission to do so";
    for (size_t i = 0; i < node.results.size(); ++i) {
      TensorId result = node.results[i];
      for (size_t j = 0; j < i; ++j)
        if (sameSpace(result, node.results[j]) &&
            overlap(extents[result], extents[node.results[j]]))
          return "node " + nodeName(n) + " writes " + tensorName(result) +
                 " and " + tensorName(node.results[j]) + " to the same bytes";
      for (TensorId operand : node.operands)
        if (sameSpace(result, operand) &&
            overlap(extents[result], extents[operand]) &&
            !permitted(n, operand, result))
          return "node " + nodeName(n) + " writes " + tensorName(result) +
                 " over its own operand " + tensorName(operand) +
                 " without permission";
    }
    return std::nullopt;
  }

  bool permitted(NodeId n, TensorId operand, TensorId result) const {
    for (const InPlace &used : plan.inPlace[n])
      if (used.operand == operand && used.result == result)
        return extents[operand].pieces.size() == 1 &&
               extents[result].pieces.size() == 1 &&
               extents[operand].pieces[0].address ==
                   extents[result].pieces[0].address &&
               extents[result].pieces[0].size <=
                   extents[operand].pieces[0].size;
    return false;
  }

  const Graph &graph;
  const Plan &plan;
  const PlanOptions &options;
  std::vector<Extent> extents;
  uint64_t tensorEnd = 0;            ///< Of the highest tensor, padded.
  uint64_t contentsEnd = 0;          ///< Of tensors and scratch.
  std::map<TensorId, Memory> spaces; ///< `kNone` is the arena.
};

} // namespace

std::optional<std::string> verify(const Graph &graph, const Plan &plan,
                                  const PlanOptions &options) {
  return Replay(graph, plan, options).run();
}

} // namespace tenon::plan
