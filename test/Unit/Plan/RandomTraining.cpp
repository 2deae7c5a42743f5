//===-- RandomTraining.cpp - training steps for randomised tests ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/Unit/Plan/RandomGraphs.h"

#include <algorithm>

namespace tenon::plan::test {

namespace {

/// Layers forward, then their derivatives in reverse, with everything that
/// makes planning hard now and then: reads through views, values in pieces,
/// state, results that survive.
class Generator {
public:
  explicit Generator(Random &random) : random(random) {}

  Graph run(unsigned layers) {
    last = graph.addTensor("x", size(), Place::ExternalInput);
    switch (random.below(5)) {
    case 0:
      for (unsigned l = 0; l < layers; ++l)
        forward({last});
      break;
    case 1:
      nested(layers);
      break;
    case 2:
      residual(layers);
      break;
    case 3:
      dense(layers);
      break;
    default:
      for (unsigned l = 0; l < layers; ++l)
        forward(recent());
    }
    loss();
    guarded = random.chance(25);
    while (!records.empty()) {
      Layer layer = std::move(records.back());
      records.pop_back();
      backward(layer);
    }
    if (guarded)
      guard();
    for (const Update &u : updates)
      update(u);
    return std::move(graph);
  }

private:
  struct Layer {
    NodeId node = kNone;
    std::vector<TensorId> inputs; ///< As they are read: perhaps views.
    TensorId output = kNone;
    TensorId weight = kNone;
    TensorId saved = kNone; ///< A second result, for the derivative alone.
  };
  struct Update {
    TensorId weight;
    TensorId gradient;
    NodeId reader;
    NodeId derivative;
  };

  std::string name(const char *kind) {
    return kind + std::to_string(graph.tensors.size());
  }

  uint64_t size() {
    static const uint64_t common[] = {64, 64, 64, 128, 128, 192, 256};
    return random.chance(80) ? common[random.below(7)] : random.below(300);
  }

  TensorId rootOf(TensorId t) const {
    while (graph.tensors[t].viewOf != kNone)
      t = graph.tensors[t].viewOf;
    return t;
  }

  bool isExternal(TensorId t) const {
    return graph.tensors[rootOf(t)].place == Place::ExternalInput;
  }

  std::vector<TensorId> recent() {
    std::vector<TensorId> inputs{last};
    for (uint64_t more = random.below(3); more > 0 && !values.empty(); --more) {
      size_t back = random.below(std::min<size_t>(values.size(), 6));
      TensorId t = values[values.size() - 1 - back];
      if (std::find(inputs.begin(), inputs.end(), t) == inputs.end())
        inputs.push_back(t);
    }
    return inputs;
  }

  /// Layers between which a value skips the inner ones.
  void nested(unsigned layers) {
    std::vector<TensorId> skips;
    for (unsigned l = 0; l < layers / 2; ++l)
      skips.push_back(forward({last}));
    for (unsigned l = layers / 2; l < layers; ++l) {
      if (skips.empty() || skips.back() == last) {
        forward({last});
        continue;
      }
      forward({last, skips.back()});
      skips.pop_back();
    }
  }

  void residual(unsigned layers) {
    TensorId shortcut = forward({last}, 128);
    for (unsigned l = 1; l < layers; ++l) {
      forward({last}, 128);
      if (l % 2 == 0)
        shortcut = forward({last, shortcut}, 128);
    }
  }

  /// Every layer appends a piece to one value and reads all before it.
  void dense(unsigned layers) {
    uint64_t width = 1 + random.below(64);
    uint64_t rows = random.chance(50) ? 1 : 1 + random.below(3);
    uint64_t stride = width * layers;
    TensorId root = graph.addTensor(name("concat"), rows * stride);
    for (unsigned l = 0; l < layers; ++l) {
      TensorId piece = graph.addStridedView(name("piece"), root, l * width,
                                            rows * width, rows, stride);
      forward({last}, rows * width, piece);
      last = graph.addStridedView(name("front"), root, 0,
                                  rows * width * (l + 1), rows, stride);
    }
  }

  void decorate(NodeId id) {
    Node &node = graph.nodes[id];
    node.cost = random.below(100);
    if (random.chance(15)) {
      node.workspaceBytes = random.below(200);
      node.maxGrid = random.below(6);
    }
    if (random.chance(50))
      for (TensorId o : node.operands)
        for (TensorId r : node.results)
          if (graph.tensors[r].viewOf == kNone && !isExternal(o) &&
              random.chance(50))
            node.inPlace.push_back({o, r});
  }

  TensorId forward(std::vector<TensorId> inputs, uint64_t bytes = 0,
                   TensorId output = kNone) {
    Layer layer;
    for (TensorId &t : inputs)
      if (random.chance(15))
        t = graph.addView(name("reshape"), t, 0, graph.tensors[t].bytes);
    layer.inputs = inputs;
    if (output == kNone)
      output = graph.addTensor(name("y"), bytes != 0 ? bytes : size());
    layer.output = output;
    std::vector<TensorId> results{output};
    if (random.chance(20)) {
      layer.saved = graph.addTensor(name("saved"), random.below(100));
      results.push_back(layer.saved);
    }
    if (random.chance(50)) {
      layer.weight = graph.addTensor(name("w"), 64, Place::ExternalInput);
      inputs.push_back(layer.weight);
    }
    bool stateful = random.chance(4);
    if (stateful && random.chance(50))
      results.push_back(
          graph.addTensor(name("state"), 16, Place::ExternalOutput));
    layer.node = graph.addNode(name("layer"), std::move(inputs), results);
    decorate(layer.node);
    graph.nodes[layer.node].stateful = stateful;
    records.push_back(layer);
    values.push_back(output);
    return last = output;
  }

  void loss() {
    TensorId value = graph.addTensor("loss", 4, Place::ExternalOutput);
    TensorId root = rootOf(last);
    TensorId g = graph.addTensor(name("g"), graph.tensors[root].bytes);
    decorate(graph.addNode("loss", {last}, {value, g}));
    gradients.push_back({root, g});
  }

  TensorId *gradientOf(TensorId root) {
    for (auto &[t, g] : gradients)
      if (t == root)
        return &g;
    return nullptr;
  }

  void contribute(TensorId value, TensorId part) {
    TensorId root = rootOf(value);
    TensorId *sum = gradientOf(root);
    bool whole = graph.tensors[part].bytes == graph.tensors[root].bytes;
    if (!sum && whole) {
      gradients.push_back({root, part});
      return;
    }
    std::vector<TensorId> parts{part};
    if (sum)
      parts.push_back(*sum);
    TensorId total = graph.addTensor(name("sum"), graph.tensors[root].bytes);
    decorate(graph.addNode(name("add"), std::move(parts), {total}));
    if (sum)
      *sum = total;
    else
      gradients.push_back({root, total});
  }

  void backward(const Layer &layer) {
    TensorId root = rootOf(layer.output);
    TensorId *found = gradientOf(root);
    if (!found)
      return; // Nobody reads the layer.
    TensorId g = *found;
    if (root != layer.output) {
      Tensor piece = graph.tensors[layer.output];
      g = graph.addStridedView(name("slice"), g, piece.viewOffset, piece.bytes,
                               piece.blocks, piece.blockStride);
    }
    std::vector<TensorId> reads{g};
    if (random.chance(70))
      reads.insert(reads.end(), layer.inputs.begin(), layer.inputs.end());
    if (random.chance(40))
      reads.push_back(layer.output);
    if (layer.saved != kNone)
      reads.push_back(layer.saved);
    std::vector<TensorId> writes;
    std::vector<std::pair<TensorId, TensorId>> parts;
    for (TensorId t : layer.inputs) {
      if (isExternal(t))
        continue;
      writes.push_back(graph.addTensor(name("dx"), graph.tensors[t].bytes));
      parts.push_back({t, writes.back()});
    }
    Update update{layer.weight, kNone, layer.node, kNone};
    if (layer.weight != kNone) {
      reads.push_back(layer.weight);
      Place place = random.chance(40)   ? Place::ArenaLiveOut
                    : random.chance(20) ? Place::ExternalOutput
                                        : Place::Arena;
      update.gradient = graph.addTensor(name("dw"), size(), place);
      writes.push_back(update.gradient);
    }
    if (writes.empty())
      return;
    update.derivative = graph.addNode(name("grad"), std::move(reads), writes);
    decorate(update.derivative);
    for (auto [t, part] : parts)
      contribute(t, part);
    if (layer.weight == kNone)
      return;
    if (!guarded && random.chance(60))
      this->update(update);
    else
      updates.push_back(update);
  }

  /// One node sees all gradients before the first update; nothing before it
  /// runs again behind it.
  void guard() {
    std::vector<TensorId> seen;
    for (const Update &u : updates)
      seen.push_back(u.gradient);
    NodeId n = graph.addNode(name("guard"), std::move(seen), {});
    graph.nodes[n].stateful = true;
    for (NodeId before = 0; before < n; ++before)
      graph.nodes[n].after.push_back(before);
    gate = n;
  }

  /// Writes over the weight, behind all that reads it.
  void update(const Update &u) {
    TensorId written = graph.addTensor(name("new"), 64, Place::ExternalOutput);
    NodeId n = graph.addNode(name("update"), {u.gradient, u.weight}, {written});
    graph.nodes[n].cost = random.below(20);
    graph.nodes[n].stateful = random.chance(80);
    graph.nodes[n].after = {u.reader, u.derivative};
    if (gate != kNone)
      graph.nodes[n].after.push_back(gate);
  }

  Random &random;
  Graph graph;
  TensorId last = kNone;
  std::vector<TensorId> values;
  std::vector<Layer> records;
  std::vector<Update> updates;
  bool guarded = false;
  NodeId gate = kNone;
  std::vector<std::pair<TensorId, TensorId>> gradients; ///< By root.
};

} // namespace

Graph randomTrainingStep(Random &random, unsigned layers) {
  return Generator(random).run(layers);
}

} // namespace tenon::plan::test
