//===-- Graph.h - plain graphs for the memory planner -----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The planner's input: nodes that run one after another and the tensors they
// read and write. No MLIR and no LLVM, so that graphs can be kept, generated
// and fuzzed on their own. All sizes are bytes.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PLAN_GRAPH_H
#define TENON_PLAN_GRAPH_H

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tenon::plan {

using NodeId = uint32_t;
using TensorId = uint32_t;

/// Stands for "no node", "no tensor".
inline constexpr uint32_t kNone = UINT32_MAX;

/// Sizes and offsets must stay below this, so that sums never wrap.
inline constexpr uint64_t kMaxBytes = uint64_t(1) << 48;

/// Who provides the bytes of a tensor.
enum class Place : uint8_t {
  /// In the arena; dies after its last reader.
  Arena,
  /// In the arena; survives to the end of the step.
  ArenaLiveOut,
  /// Bound by pointer and filled before the step: inputs, weights. Not counted.
  ExternalInput,
  /// Bound by pointer and filled by the step. Not counted.
  ExternalOutput,
};

/// One tensor. Some are *roots*, which own bytes; the others are *views* of
/// bytes of another tensor.
///
/// A view that a node produces writes a part of its root: a concatenation is a
/// root without a producer whose pieces are produced views. A view without a
/// producer reads what was written there: a reshape or slice. Every byte of a
/// root has at most one producer, and every byte read has exactly one.
struct Tensor {
  std::string name;
  uint64_t bytes = 0;
  Place place = Place::Arena; ///< Roots only; a view is where its root is.
  NodeId producer = kNone;

  TensorId viewOf = kNone; ///< May be a view itself.
  uint64_t viewOffset = 0; ///< Of the first byte, in bytes of `viewOf`.
  /// A strided view is `blocks` runs of `bytes / blocks` bytes, `blockStride`
  /// bytes apart; one block is a contiguous view.
  uint64_t blocks = 1;
  uint64_t blockStride = 0;
};

/// Permission to write `result` into the bytes of `operand`: the node reads
/// every element of `operand` before it writes the same bytes of `result`, for
/// any split of its work over threads.
struct InPlace {
  TensorId operand = kNone;
  TensorId result = kNone;
};

/// One unit of execution. Workspace that is shared by all workers is a result
/// that nobody reads.
struct Node {
  std::string name;
  uint64_t cost = 0;           ///< Any additive unit.
  uint64_t workspaceBytes = 0; ///< Per worker, beside all tensors.
  uint64_t maxGrid = 0;        ///< Most workers that take part; 0 is no limit.
  /// Runs exactly once: it writes state, or draws from something that moves on.
  bool stateful = false;
  std::vector<TensorId> operands;
  std::vector<TensorId> results;
  std::vector<InPlace> inPlace; ///< In order of preference.
  /// Must run after these for other reasons, such as writing over state that
  /// they read: after every execution of them.
  std::vector<NodeId> after;
};

/// A program. The order of `nodes` is a valid execution order.
struct Graph {
  std::string name;
  std::vector<Node> nodes;
  std::vector<Tensor> tensors;

  /// Appends a root tensor and returns its number.
  TensorId addTensor(std::string name, uint64_t bytes,
                     Place place = Place::Arena);
  /// Appends a contiguous view of `bytes` bytes.
  TensorId addView(std::string name, TensorId viewOf, uint64_t offset,
                   uint64_t bytes);
  /// Appends a strided view of `blocks` runs.
  TensorId addStridedView(std::string name, TensorId viewOf, uint64_t offset,
                          uint64_t bytes, uint64_t blocks, uint64_t stride);
  /// Appends a node and makes it the producer of `results`.
  NodeId addNode(std::string name, std::vector<TensorId> operands,
                 std::vector<TensorId> results);
};

/// The bytes of a tensor inside its root: `blocks` runs of `blockBytes` bytes,
/// the first at `offset`, `stride` bytes from run to run.
struct Footprint {
  TensorId root = kNone;
  uint64_t offset = 0;
  uint64_t blocks = 1;
  uint64_t blockBytes = 0;
  uint64_t stride = 0;

  uint64_t end() const { return offset + (blocks - 1) * stride + blockBytes; }
};

/// Resolves chains of views. The graph must be valid.
Footprint footprint(const Graph &graph, TensorId tensor);

/// Says why the graph is not a graph: numbers out of range, views outside their
/// base, bytes with two producers or none, an order that reads before it
/// writes. Messages name nodes and tensors. Empty when all is well.
std::optional<std::string> validate(const Graph &graph);

/// For every node, the nodes that must run before it, sorted and unique. The
/// graph must be valid.
std::vector<std::vector<NodeId>> predecessors(const Graph &graph);

} // namespace tenon::plan

#endif // TENON_PLAN_GRAPH_H
