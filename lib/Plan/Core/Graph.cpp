//===-- Graph.cpp - plain graphs for the memory planner -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Graph.h"

#include <algorithm>
#include <map>

namespace tenon::plan {

namespace {

/// Bound on the runs of all strided views together: text of a few bytes must
/// not make work without end.
constexpr uint64_t kMaxRuns = uint64_t(1) << 22;

/// Contiguous bytes of a root that one node writes.
struct Run {
  uint64_t begin;
  uint64_t end;
  NodeId writer;
};

/// The written runs of every root, sorted by address.
using Runs = std::vector<std::vector<Run>>;

std::string quoted(const std::string &name) { return "'" + name + "'"; }

std::string range(uint64_t begin, uint64_t end) {
  return "[" + std::to_string(begin) + ", " + std::to_string(end) + ")";
}

Runs writtenRuns(const Graph &graph) {
  Runs runs(graph.tensors.size());
  for (TensorId t = 0; t < graph.tensors.size(); ++t) {
    NodeId writer = graph.tensors[t].producer;
    if (writer == kNone)
      continue;
    Footprint f = footprint(graph, t);
    if (f.blockBytes == 0)
      continue;
    for (uint64_t b = 0; b < f.blocks; ++b) {
      uint64_t begin = f.offset + b * f.stride;
      runs[f.root].push_back({begin, begin + f.blockBytes, writer});
    }
  }
  for (std::vector<Run> &of : runs)
    std::sort(of.begin(), of.end(), [](const Run &a, const Run &b) {
      return std::tie(a.begin, a.end, a.writer) <
             std::tie(b.begin, b.end, b.writer);
    });
  return runs;
}

/// Calls `visit(run)` for every run that holds bytes of the footprint. Returns
/// the first byte of it that no run holds, or nothing.
template <typename Visit>
std::optional<uint64_t> visitRuns(const std::vector<Run> &runs,
                                  const Footprint &f, Visit visit) {
  if (f.blockBytes == 0)
    return std::nullopt;
  for (uint64_t b = 0; b < f.blocks; ++b) {
    uint64_t next = f.offset + b * f.stride;
    uint64_t end = next + f.blockBytes;
    auto it = std::upper_bound(
        runs.begin(), runs.end(), next,
        [](uint64_t at, const Run &run) { return at < run.end; });
    for (; next < end; ++it) {
      if (it == runs.end() || it->begin > next)
        return next;
      visit(*it);
      next = it->end;
    }
  }
  return std::nullopt;
}

/// The first rule that a tensor breaks by itself.
std::optional<std::string> checkTensor(const Graph &graph, TensorId id,
                                       uint64_t &total, uint64_t &runs) {
  const Tensor &t = graph.tensors[id];
  std::string who = "tensor " + quoted(t.name);
  if (t.bytes > kMaxBytes)
    return who + " has more bytes than the planner counts (2^48)";
  if (t.producer != kNone && t.producer >= graph.nodes.size())
    return who + " has a producer that does not exist";
  if (t.viewOf == kNone) {
    if (t.blocks != 1)
      return who + " is strided but no view";
    if (t.place == Place::ExternalInput && t.producer != kNone)
      return who + " is an input and is written by node " +
             quoted(graph.nodes[t.producer].name);
    total += t.bytes + 4096;
    if (total > kMaxBytes)
      return "the tensors up to " + quoted(t.name) +
             " have more bytes than the planner counts (2^48)";
    return std::nullopt;
  }
  if (t.viewOf >= id)
    return who + " is a view of a tensor that does not stand before it";
  const Tensor &base = graph.tensors[t.viewOf];
  if (t.place != Place::Arena)
    return who + " is a view; only its root says where it is";
  if (t.blocks == 0 || t.blocks > kMaxRuns || t.bytes % t.blocks != 0)
    return who + " cannot be split into " + std::to_string(t.blocks) +
           " blocks";
  runs += t.blocks;
  if (runs > kMaxRuns)
    return "the views up to " + quoted(t.name) + " have more than 2^22 blocks";
  uint64_t blockBytes = t.bytes / t.blocks;
  if (t.blocks > 1 && (t.blockStride < blockBytes || t.blockStride == 0))
    return who + " has blocks that overlap each other";
  bool whole = t.viewOffset == 0 && t.blocks == 1 && t.bytes == base.bytes;
  if (!whole && base.viewOf != kNone && footprint(graph, t.viewOf).blocks != 1)
    return who + " is a part of the strided view " + quoted(base.name) +
           "; make it a view of the root";
  bool fits = t.viewOffset <= base.bytes &&
              blockBytes <= base.bytes - t.viewOffset &&
              (t.blocks == 1 ||
               t.blocks - 1 <=
                   (base.bytes - t.viewOffset - blockBytes) / t.blockStride);
  if (!fits)
    return who + " does not lie inside " + quoted(base.name);
  return std::nullopt;
}

/// The first rule that a node breaks by itself.
std::optional<std::string> checkNode(const Graph &graph, NodeId id) {
  const Node &n = graph.nodes[id];
  std::string who = "node " + quoted(n.name);
  if (n.workspaceBytes > kMaxBytes)
    return who + " has more workspace than the planner counts (2^48)";
  for (TensorId t : n.operands)
    if (t >= graph.tensors.size())
      return who + " reads a tensor that does not exist";
  for (TensorId t : n.results) {
    if (t >= graph.tensors.size())
      return who + " writes a tensor that does not exist";
    if (graph.tensors[t].producer != id)
      return "tensor " + quoted(graph.tensors[t].name) +
             " is a result of node " + quoted(n.name) +
             " but has another producer";
  }
  for (NodeId before : n.after)
    if (before >= id)
      return who + " must come after a node that does not stand before it";
  for (const InPlace &p : n.inPlace) {
    auto has = [](const std::vector<TensorId> &list, TensorId t) {
      return std::find(list.begin(), list.end(), t) != list.end();
    };
    if (!has(n.operands, p.operand) || !has(n.results, p.result))
      return who + " may write in place what is not its operand and result";
  }
  return std::nullopt;
}

/// Every byte has one writer at most.
std::optional<std::string> checkWriters(const Graph &graph, const Runs &runs) {
  for (TensorId root = 0; root < runs.size(); ++root) {
    const std::vector<Run> &of = runs[root];
    for (size_t i = 0; i < of.size(); ++i) {
      if (graph.tensors[root].place == Place::ExternalInput)
        return "node " + quoted(graph.nodes[of[i].writer].name) +
               " writes into the input " + quoted(graph.tensors[root].name);
      if (i > 0 && of[i].begin < of[i - 1].end)
        return "bytes " +
               range(of[i].begin, std::min(of[i].end, of[i - 1].end)) + " of " +
               quoted(graph.tensors[root].name) + " are written by node " +
               quoted(graph.nodes[of[i - 1].writer].name) + " and by node " +
               quoted(graph.nodes[of[i].writer].name);
    }
  }
  return std::nullopt;
}

/// Every byte that a node reads was written by an earlier node.
std::optional<std::string> checkReads(const Graph &graph, const Runs &runs) {
  // The last writer of each tensor's bytes, so that a tensor is walked once.
  std::vector<NodeId> lastWriter(graph.tensors.size(), kNone);
  std::vector<bool> walked(graph.tensors.size(), false);
  for (NodeId id = 0; id < graph.nodes.size(); ++id) {
    for (TensorId t : graph.nodes[id].operands) {
      Footprint f = footprint(graph, t);
      if (graph.tensors[f.root].place == Place::ExternalInput)
        continue;
      if (!walked[t]) {
        walked[t] = true;
        auto gap = visitRuns(runs[f.root], f, [&](const Run &run) {
          if (lastWriter[t] == kNone || run.writer > lastWriter[t])
            lastWriter[t] = run.writer;
        });
        if (gap)
          return "node " + quoted(graph.nodes[id].name) + " reads " +
                 quoted(graph.tensors[t].name) + ", but nothing writes byte " +
                 std::to_string(*gap) + " of " +
                 quoted(graph.tensors[f.root].name);
      }
      if (lastWriter[t] != kNone && lastWriter[t] >= id)
        return "node " + quoted(graph.nodes[id].name) + " reads " +
               quoted(graph.tensors[t].name) + " before node " +
               quoted(graph.nodes[lastWriter[t]].name) + " has written it";
    }
  }
  for (TensorId t = 0; t < graph.tensors.size(); ++t) {
    const Tensor &root = graph.tensors[t];
    if (root.viewOf != kNone || (root.place != Place::ExternalOutput &&
                                 root.place != Place::ArenaLiveOut))
      continue;
    if (auto gap = visitRuns(runs[t], footprint(graph, t), [](const Run &) {}))
      return "nothing writes byte " + std::to_string(*gap) + " of the result " +
             quoted(root.name);
  }
  return std::nullopt;
}

} // namespace

TensorId Graph::addTensor(std::string name, uint64_t bytes, Place place) {
  Tensor t;
  t.name = std::move(name);
  t.bytes = bytes;
  t.place = place;
  tensors.push_back(std::move(t));
  return TensorId(tensors.size() - 1);
}

TensorId Graph::addView(std::string name, TensorId viewOf, uint64_t offset,
                        uint64_t bytes) {
  return addStridedView(std::move(name), viewOf, offset, bytes, 1, 0);
}

TensorId Graph::addStridedView(std::string name, TensorId viewOf,
                               uint64_t offset, uint64_t bytes, uint64_t blocks,
                               uint64_t stride) {
  Tensor t;
  t.name = std::move(name);
  t.bytes = bytes;
  t.viewOf = viewOf;
  t.viewOffset = offset;
  t.blocks = blocks;
  t.blockStride = stride;
  tensors.push_back(std::move(t));
  return TensorId(tensors.size() - 1);
}

NodeId Graph::addNode(std::string name, std::vector<TensorId> operands,
                      std::vector<TensorId> results) {
  NodeId id = NodeId(nodes.size());
  for (TensorId t : results)
    if (t < tensors.size())
      tensors[t].producer = id;
  Node n;
  n.name = std::move(name);
  n.operands = std::move(operands);
  n.results = std::move(results);
  nodes.push_back(std::move(n));
  return id;
}

Footprint footprint(const Graph &graph, TensorId tensor) {
  const Tensor *t = &graph.tensors[tensor];
  Footprint f{tensor, 0, 1, t->bytes, 0};
  while (t->viewOf != kNone) {
    // At most one step of a chain is strided: the others are contiguous, or
    // whole views of it.
    if (t->blocks > 1) {
      f.blocks = t->blocks;
      f.blockBytes = t->bytes / t->blocks;
      f.stride = t->blockStride;
    }
    f.offset += t->viewOffset;
    f.root = t->viewOf;
    t = &graph.tensors[t->viewOf];
  }
  return f;
}

std::optional<std::string> validate(const Graph &graph) {
  if (graph.nodes.size() >= kNone || graph.tensors.size() >= kNone)
    return "the graph has more than 2^32 nodes or tensors";
  uint64_t total = 0;
  uint64_t runCount = 0;
  for (TensorId t = 0; t < graph.tensors.size(); ++t)
    if (auto error = checkTensor(graph, t, total, runCount))
      return error;
  for (NodeId n = 0; n < graph.nodes.size(); ++n)
    if (auto error = checkNode(graph, n))
      return error;
  // `Node::results` and `Tensor::producer` say the same thing twice.
  std::vector<uint32_t> times(graph.tensors.size(), 0);
  for (const Node &n : graph.nodes)
    for (TensorId t : n.results)
      ++times[t];
  for (TensorId t = 0; t < graph.tensors.size(); ++t)
    if (times[t] != (graph.tensors[t].producer == kNone ? 0u : 1u))
      return "tensor " + quoted(graph.tensors[t].name) +
             " is not once among the results of its producer";
  Runs runs = writtenRuns(graph);
  if (auto error = checkWriters(graph, runs))
    return error;
  return checkReads(graph, runs);
}

std::vector<std::vector<NodeId>> predecessors(const Graph &graph) {
  Runs runs = writtenRuns(graph);
  std::map<TensorId, std::vector<NodeId>> writersOf;
  std::vector<std::vector<NodeId>> result(graph.nodes.size());
  for (NodeId id = 0; id < graph.nodes.size(); ++id) {
    std::vector<NodeId> &before = result[id];
    before = graph.nodes[id].after;
    for (TensorId t : graph.nodes[id].operands) {
      auto [it, isNew] = writersOf.try_emplace(t);
      if (isNew) {
        Footprint f = footprint(graph, t);
        std::vector<NodeId> &writers = it->second;
        visitRuns(runs[f.root], f, [&](const Run &run) {
          if (writers.empty() || writers.back() != run.writer)
            writers.push_back(run.writer);
        });
        std::sort(writers.begin(), writers.end());
        writers.erase(std::unique(writers.begin(), writers.end()),
                      writers.end());
      }
      before.insert(before.end(), it->second.begin(), it->second.end());
    }
    std::sort(before.begin(), before.end());
    before.erase(std::unique(before.begin(), before.end()), before.end());
  }
  return result;
}

} // namespace tenon::plan
