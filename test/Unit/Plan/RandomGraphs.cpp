//===-- RandomGraphs.cpp - graphs for randomised tests --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/Unit/Plan/RandomGraphs.h"

#include <algorithm>

namespace tenon::plan::test {

namespace {

class Generator {
public:
  Generator(Random &random, unsigned nodes) : random(random), wanted(nodes) {}

  Graph run() {
    unsigned inputs = 1 + unsigned(random.below(3));
    for (unsigned i = 0; i < inputs; ++i)
      readable.push_back(
          graph.addTensor(name("input"), size(), Place::ExternalInput));
    while (graph.nodes.size() < wanted) {
      unsigned kind = unsigned(random.below(10));
      if (kind == 0)
        addConcat();
      else if (kind == 1)
        addReadView();
      else
        addPlainNode();
    }
    return std::move(graph);
  }

private:
  std::string name(const char *kind) {
    return kind + std::to_string(graph.tensors.size());
  }

  uint64_t size() {
    static const uint64_t common[] = {0, 1, 16, 64, 64, 128, 128, 128, 256};
    return random.chance(70) ? common[random.below(9)] : random.below(300);
  }

  Place place() {
    unsigned roll = unsigned(random.below(20));
    return roll == 0   ? Place::ArenaLiveOut
           : roll == 1 ? Place::ExternalOutput
                       : Place::Arena;
  }

  std::vector<TensorId> pickOperands() {
    std::vector<TensorId> operands;
    for (uint64_t i = random.below(4); i > 0; --i) {
      // Mostly recent tensors: long chains with a few long skips.
      size_t back = random.chance(80)
                        ? random.below(std::min<size_t>(readable.size(), 6))
                        : random.below(readable.size());
      operands.push_back(readable[readable.size() - 1 - back]);
    }
    return operands;
  }

  NodeId finishNode(std::vector<TensorId> operands,
                    std::vector<TensorId> results) {
    NodeId id = graph.addNode("node" + std::to_string(graph.nodes.size()),
                              std::move(operands), std::move(results));
    Node &node = graph.nodes[id];
    node.cost = random.below(100);
    node.stateful = random.chance(5);
    if (random.chance(20)) {
      node.workspaceBytes = random.below(200);
      node.maxGrid = random.below(6);
    }
    if (id > 0 && random.chance(5))
      node.after.push_back(NodeId(random.below(id)));
    if (random.chance(70))
      for (TensorId o : node.operands)
        for (TensorId r : node.results)
          if (random.chance(60))
            node.inPlace.push_back({o, r});
    return id;
  }

  void addPlainNode() {
    std::vector<TensorId> operands = pickOperands();
    std::vector<TensorId> results;
    uint64_t count = random.chance(80) ? 1 : random.below(4);
    for (uint64_t i = 0; i < count; ++i) {
      // Often an operand's size, so that in-place writes are common.
      uint64_t bytes =
          !operands.empty() && random.chance(60)
              ? graph.tensors[operands[random.below(operands.size())]].bytes
              : size();
      results.push_back(graph.addTensor(name("t"), bytes, place()));
    }
    finishNode(std::move(operands), results);
    for (TensorId t : results)
      if (random.chance(90))
        readable.push_back(t);
  }

  /// Pieces of one root, written by different nodes, contiguous or
  /// interleaved; now and then a reader between them sees a piece.
  void addConcat() {
    uint64_t rows = random.chance(50) ? 1 : 1 + random.below(4);
    uint64_t pieces = 2 + random.below(3);
    std::vector<uint64_t> widths;
    uint64_t stride = 0;
    for (uint64_t p = 0; p < pieces; ++p) {
      widths.push_back(1 + random.below(64));
      stride += widths.back();
    }
    TensorId root = graph.addTensor(name("concat"), rows * stride, place());
    uint64_t at = 0;
    for (uint64_t width : widths) {
      std::vector<TensorId> operands = pickOperands();
      TensorId piece = graph.addStridedView(name("piece"), root, at,
                                            rows * width, rows, stride);
      finishNode(std::move(operands), {piece});
      if (random.chance(30))
        readable.push_back(piece);
      at += width;
    }
    readable.push_back(root);
  }

  void addReadView() {
    TensorId base = readable[random.below(readable.size())];
    uint64_t bytes = graph.tensors[base].bytes;
    if (random.chance(50) || footprint(graph, base).blocks > 1) {
      readable.push_back(graph.addView(name("reshape"), base, 0, bytes));
      return;
    }
    uint64_t offset = random.below(bytes + 1);
    readable.push_back(graph.addView(name("slice"), base, offset,
                                     random.below(bytes - offset + 1)));
  }

  Random &random;
  unsigned wanted;
  Graph graph;
  std::vector<TensorId> readable;
};

} // namespace

Graph randomGraph(Random &random, unsigned nodes) {
  return Generator(random, nodes).run();
}

std::vector<Buffer> randomBuffers(Random &random, unsigned count,
                                  uint64_t times, uint64_t maxSize) {
  std::vector<Buffer> buffers;
  for (unsigned i = 0; i < count; ++i) {
    uint64_t lower = random.below(times);
    uint64_t upper = lower + random.below(times - lower + 1);
    buffers.push_back({lower, upper, random.below(maxSize + 1)});
  }
  return buffers;
}

std::vector<Buffer> guillotineBuffers(Random &random, unsigned count,
                                      uint64_t times, uint64_t height) {
  std::vector<Buffer> pieces{{0, times, height}};
  for (unsigned tries = 0; pieces.size() < count && tries < 100 * count;
       ++tries) {
    size_t at = random.below(pieces.size());
    Buffer &piece = pieces[at];
    Buffer other = piece;
    if (random.chance(50)) {
      if (piece.upper - piece.lower < 2)
        continue;
      uint64_t cut =
          piece.lower + 1 + random.below(piece.upper - piece.lower - 1);
      piece.upper = cut;
      other.lower = cut;
    } else {
      if (piece.size < 2)
        continue;
      uint64_t cut = 1 + random.below(piece.size - 1);
      other.size = piece.size - cut;
      piece.size = cut;
    }
    pieces.push_back(other);
  }
  for (size_t i = pieces.size(); i > 1; --i)
    std::swap(pieces[i - 1], pieces[random.below(i)]);
  return pieces;
}

} // namespace tenon::plan::test
