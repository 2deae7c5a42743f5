//===-- TrainingGraphs.cpp - training steps of known networks -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/Unit/Plan/TrainingGraphs.h"

#include "test/Unit/Plan/RandomGraphs.h"

#include <algorithm>

namespace tenon::plan::test {

namespace {

constexpr uint64_t kFloat = 4;

/// Builds the forward part and differentiates it: the backward node of a layer
/// reads the gradient of its result and what `Saves` says, and writes the
/// gradients of its inputs. Gradients of a value with several readers are
/// summed in place.
class Step {
public:
  enum Saves : unsigned { kNothing = 0, kInputs = 1, kOutput = 2 };

  explicit Step(std::string name) {
    graph.name = std::move(name);
    input = graph.addTensor("input", 64, Place::ExternalInput);
  }

  /// A value that depends on parameters alone has no gradient to pass on.
  TensorId layer(const std::string &kind, std::vector<TensorId> inputs,
                 uint64_t bytes, uint64_t cost, unsigned saves,
                 uint64_t parameterBytes = 0, bool inPlace = false) {
    Record r;
    r.kind = kind;
    r.inputs = inputs;
    r.cost = cost;
    r.saves = saves;
    r.parameterBytes = parameterBytes;
    r.output = graph.addTensor(name(kind + ".y"), bytes);
    NodeId n = graph.addNode(name(kind), inputs, {r.output});
    graph.nodes[n].cost = cost;
    if (inPlace)
      for (TensorId t : inputs)
        if (graph.tensors[t].bytes == bytes && t != input)
          graph.nodes[n].inPlace.push_back({t, r.output});
    records.push_back(r);
    return r.output;
  }

  /// Ends the forward part with a loss over `last`, and runs back.
  Graph finish(TensorId last) {
    std::vector<TensorId> gradient(1, kNone);
    TensorId loss = graph.addTensor("loss", 4, Place::ExternalOutput);
    TensorId g = graph.addTensor("loss.dx", graph.tensors[last].bytes);
    NodeId n = graph.addNode("loss", {last}, {loss, g});
    graph.nodes[n].cost = graph.tensors[last].bytes / 4000 + 1;
    gradientOf.assign(graph.tensors.size(), kNone);
    gradientOf[last] = g;
    for (size_t i = records.size(); i-- > 0;)
      differentiate(records[i]);
    if (guarded)
      guard();
    return std::move(graph);
  }

  TensorId input;
  /// Gradients of parameters are nodes of their own, and a guard sees all of
  /// them before the first update.
  bool guarded = false;

private:
  struct Record {
    std::string kind;
    std::vector<TensorId> inputs;
    TensorId output = kNone;
    uint64_t cost = 0;
    unsigned saves = 0;
    uint64_t parameterBytes = 0;
  };

  void guard() {
    std::vector<TensorId> gradients;
    for (auto &[kind, dw] : updates)
      gradients.push_back(dw);
    NodeId guard = graph.addNode("guard", std::move(gradients), {});
    graph.nodes[guard].stateful = true;
    for (NodeId n = 0; n < guard; ++n)
      graph.nodes[guard].after.push_back(n);
    for (auto &[kind, dw] : updates) {
      NodeId update = graph.addNode(name(kind + ".update"), {dw}, {});
      graph.nodes[update].name += "." + std::to_string(update);
      graph.nodes[update].cost = graph.tensors[dw].bytes / 4000 + 1;
      graph.nodes[update].stateful = true;
      graph.nodes[update].after.push_back(guard);
    }
  }

  std::string name(const std::string &kind) {
    return kind + std::to_string(graph.tensors.size());
  }

  void differentiate(const Record &r) {
    TensorId g = gradientOf[r.output];
    if (g == kNone)
      return;
    std::vector<TensorId> reads{g};
    if (r.saves & kInputs)
      for (TensorId t : r.inputs)
        reads.push_back(t);
    if (r.saves & kOutput)
      reads.push_back(r.output);
    std::vector<TensorId> writes;
    std::vector<std::pair<TensorId, TensorId>> sums;
    for (TensorId t : r.inputs) {
      if (t == input)
        continue;
      TensorId d =
          graph.addTensor(name(r.kind + ".dx"), graph.tensors[t].bytes);
      writes.push_back(d);
      sums.push_back({t, d});
    }
    uint64_t parts = writes.size();
    if (r.parameterBytes != 0 && guarded) {
      TensorId dw = graph.addTensor(name(r.kind + ".dw"), r.parameterBytes);
      NodeId n = graph.addNode(name(r.kind + ".filter"), reads, {dw});
      graph.nodes[n].cost = r.cost;
      updates.push_back({r.kind, dw});
    } else if (r.parameterBytes != 0) {
      // The optimizer's update is fused: the gradient lives for one node.
      writes.push_back(graph.addTensor(name(r.kind + ".dw"), r.parameterBytes));
      ++parts;
    }
    if (writes.empty())
      return;
    NodeId n = graph.addNode(name(r.kind + ".grad"), reads, writes);
    graph.nodes[n].cost =
        r.parameterBytes != 0 && parts > 1 && !guarded ? 2 * r.cost : r.cost;
    if (!(r.saves & kInputs) || r.saves == kNothing)
      for (auto [t, d] : sums)
        if (graph.tensors[d].bytes == graph.tensors[g].bytes &&
            r.parameterBytes == 0) {
          graph.nodes[n].inPlace.push_back({g, d});
          break;
        }
    if (r.parameterBytes != 0 && !guarded) {
      NodeId update =
          graph.addNode(name(r.kind + ".update"), {writes.back()}, {});
      graph.nodes[update].cost = r.parameterBytes / 4000 + 1;
      graph.nodes[update].stateful = true;
      // It writes over what these read.
      for (NodeId reader : {graph.tensors[r.output].producer, n})
        graph.nodes[update].after.push_back(reader);
    }
    gradientOf.resize(graph.tensors.size(), kNone);
    for (auto [t, d] : sums) {
      if (gradientOf[t] == kNone) {
        gradientOf[t] = d;
        continue;
      }
      TensorId sum = graph.addTensor(name("sum"), graph.tensors[t].bytes);
      NodeId add = graph.addNode(name("add"), {gradientOf[t], d}, {sum});
      graph.nodes[add].cost = graph.tensors[t].bytes / 4000 + 1;
      graph.nodes[add].inPlace = {{gradientOf[t], sum}, {d, sum}};
      gradientOf.resize(graph.tensors.size(), kNone);
      gradientOf[t] = sum;
    }
  }

  Graph graph;
  std::vector<Record> records;
  std::vector<TensorId> gradientOf;
  /// Kinds and gradients of what is updated behind the guard.
  std::vector<std::pair<std::string, TensorId>> updates;
};

/// Images in f32 and the layers over them.
struct Image {
  TensorId tensor;
  uint64_t side;
  uint64_t channels;
};

class Network {
public:
  Network(std::string name, uint64_t batch, uint64_t side, uint64_t channels,
          bool guarded = false)
      : step(std::move(name)), batch(batch), image{step.input, side, channels} {
    step.guarded = guarded;
  }

  uint64_t bytes(uint64_t side, uint64_t channels) const {
    return batch * side * side * channels * kFloat;
  }

  Image conv(Image in, uint64_t channels, uint64_t stride, uint64_t kernel) {
    uint64_t side = (in.side + stride - 1) / stride;
    uint64_t cost = 2 * batch * side * side * channels * in.channels * kernel *
                    kernel / 1000;
    return {step.layer("conv", {in.tensor}, bytes(side, channels), cost,
                       Step::kInputs,
                       kernel * kernel * in.channels * channels * kFloat),
            side, channels};
  }

  /// Elementwise, over any number of images of one shape.
  Image map(const char *kind, std::vector<Image> in, unsigned saves) {
    std::vector<TensorId> tensors;
    for (const Image &i : in)
      tensors.push_back(i.tensor);
    uint64_t size = bytes(in[0].side, in[0].channels);
    return {step.layer(kind, tensors, size, size / 1000 + 1, saves, 0, true),
            in[0].side, in[0].channels};
  }

  Image relu(Image in) { return map("relu", {in}, Step::kOutput); }
  /// Normalisation of the batch needs its input again, and so do group norm
  /// and the like.
  Image norm(Image in) { return map("norm", {in}, Step::kInputs); }
  Image silu(Image in) { return map("silu", {in}, Step::kInputs); }

  Image pool(Image in) {
    uint64_t side = in.side / 2;
    return {step.layer("pool", {in.tensor}, bytes(side, in.channels),
                       bytes(in.side, in.channels) / 1000 + 1,
                       Step::kInputs | Step::kOutput),
            side, in.channels};
  }

  Image up(Image in) {
    return {step.layer("up", {in.tensor}, bytes(2 * in.side, in.channels),
                       bytes(2 * in.side, in.channels) / 1000 + 1,
                       Step::kNothing),
            2 * in.side, in.channels};
  }

  Image concat(std::vector<Image> in) {
    std::vector<TensorId> tensors;
    uint64_t channels = 0;
    for (const Image &i : in) {
      tensors.push_back(i.tensor);
      channels += i.channels;
    }
    uint64_t size = bytes(in[0].side, channels);
    return {
        step.layer("concat", tensors, size, size / 1000 + 1, Step::kNothing),
        in[0].side, channels};
  }

  Graph finish(Image in, uint64_t classes) {
    TensorId pooled =
        step.layer("pool", {in.tensor}, batch * in.channels * kFloat,
                   bytes(in.side, in.channels) / 1000 + 1, Step::kNothing);
    TensorId logits = step.layer("linear", {pooled}, batch * classes * kFloat,
                                 2 * batch * in.channels * classes / 1000 + 1,
                                 Step::kInputs, in.channels * classes * kFloat);
    return step.finish(logits);
  }

  Step step;
  uint64_t batch;
  Image image;
};

Graph chain(std::string name, const std::vector<uint64_t> &bytes,
            const std::vector<uint64_t> &costs) {
  Step step(std::move(name));
  TensorId x = step.input;
  for (size_t i = 0; i < bytes.size(); ++i)
    x = step.layer("f", {x}, bytes[i], costs[i], Step::kInputs | Step::kOutput);
  return step.finish(x);
}

} // namespace

Graph uniformChain(unsigned layers, uint64_t unit) {
  return chain("chain" + std::to_string(layers),
               std::vector<uint64_t>(layers, unit),
               std::vector<uint64_t>(layers, 1000));
}

Graph randomChain(uint64_t seed, unsigned layers) {
  Random random(seed);
  std::vector<uint64_t> bytes;
  std::vector<uint64_t> costs;
  for (unsigned i = 0; i < layers; ++i) {
    bytes.push_back(64 * (1 + random.below(8)));
    costs.push_back(100 * (1 + random.below(20)));
  }
  return chain("random-chain" + std::to_string(layers), bytes, costs);
}

Graph vgg16(uint64_t batch, uint64_t side) {
  Network net("vgg16", batch, side, 3);
  Image x = net.image;
  const std::pair<uint64_t, unsigned> stages[] = {
      {64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
  for (auto [channels, layers] : stages) {
    for (unsigned i = 0; i < layers; ++i)
      x = net.relu(net.conv(x, channels, 1, 3));
    x = net.pool(x);
  }
  return net.finish(x, 1000);
}

Graph resnet50(uint64_t batch, uint64_t side, bool guarded) {
  Network net("resnet50", batch, side, 3, guarded);
  Image x = net.pool(net.relu(net.norm(net.conv(net.image, 64, 2, 7))));
  uint64_t width = 64;
  for (unsigned blocks : {3, 4, 6, 3}) {
    for (unsigned b = 0; b < blocks; ++b) {
      uint64_t stride = b == 0 && width != 64 ? 2 : 1;
      Image skip = x;
      if (b == 0)
        skip = net.norm(net.conv(x, 4 * width, stride, 1));
      Image y = net.relu(net.norm(net.conv(x, width, 1, 1)));
      y = net.relu(net.norm(net.conv(y, width, stride, 3)));
      y = net.norm(net.conv(y, 4 * width, 1, 1));
      x = net.relu(net.map("add", {y, skip}, Step::kNothing));
    }
    width *= 2;
  }
  return net.finish(x, 1000);
}

Graph denseNet(uint64_t batch, uint64_t side, std::vector<unsigned> blocks,
               bool guarded) {
  constexpr uint64_t growth = 32;
  Network net("densenet", batch, side, 3, guarded);
  Image x = net.pool(net.relu(net.norm(net.conv(net.image, 64, 2, 7))));
  for (size_t b = 0; b < blocks.size(); ++b) {
    for (unsigned i = 0; i < blocks[b]; ++i) {
      Image y = net.conv(net.relu(net.norm(x)), 4 * growth, 1, 1);
      y = net.conv(net.relu(net.norm(y)), growth, 1, 3);
      x = net.concat({x, y});
    }
    if (b + 1 < blocks.size())
      x = net.pool(net.conv(net.relu(net.norm(x)), x.channels / 2, 1, 1));
  }
  return net.finish(net.relu(net.norm(x)), 1000);
}

Graph uNet(uint64_t batch, uint64_t side, uint64_t channels, unsigned levels) {
  Network net("unet", batch, side, 3);
  auto twice = [&](Image x, uint64_t c) {
    x = net.relu(net.norm(net.conv(x, c, 1, 3)));
    return net.relu(net.norm(net.conv(x, c, 1, 3)));
  };
  std::vector<Image> skips;
  Image x = net.image;
  for (unsigned l = 0; l < levels; ++l) {
    x = twice(x, channels << l);
    skips.push_back(x);
    x = net.pool(x);
  }
  x = twice(x, channels << levels);
  for (unsigned l = levels; l-- > 0;)
    x = twice(net.concat({skips[l], net.up(x)}), channels << l);
  return net.finish(x, 2);
}

Graph transformer(unsigned layers, uint64_t tokens, uint64_t width) {
  Step step("transformer" + std::to_string(layers));
  uint64_t unit = tokens * width * kFloat;
  uint64_t square = 2 * tokens * width * width / 1000;
  uint64_t attention = 4 * tokens * tokens * width / 1000;
  uint64_t light = unit / 1000;
  auto linear = [&](TensorId x, uint64_t bytes, uint64_t cost) {
    return step.layer("linear", {x}, bytes, cost, Step::kInputs,
                      cost / square * width * width * kFloat);
  };
  TensorId x = step.layer("embed", {step.input}, unit, light, Step::kNothing);
  for (unsigned l = 0; l < layers; ++l) {
    TensorId n = step.layer("norm", {x}, unit, light, Step::kInputs);
    TensorId q = linear(n, unit, square);
    TensorId k = linear(n, unit, square);
    TensorId v = linear(n, unit, square);
    TensorId a = step.layer("attention", {q, k, v}, unit, attention,
                            Step::kInputs | Step::kOutput);
    TensorId o = linear(a, unit, square);
    x = step.layer("add", {x, o}, unit, light, Step::kNothing, 0, true);
    n = step.layer("norm", {x}, unit, light, Step::kInputs);
    TensorId h = linear(n, 4 * unit, 4 * square);
    h = step.layer("gelu", {h}, 4 * unit, 4 * light, Step::kInputs);
    h = linear(h, unit, 4 * square);
    x = step.layer("add", {x, h}, unit, light, Step::kNothing, 0, true);
  }
  x = step.layer("norm", {x}, unit, light, Step::kInputs);
  return step.finish(linear(x, 4 * unit, 4 * square));
}

Graph lstm(unsigned steps, uint64_t batch, uint64_t width) {
  Step step("lstm" + std::to_string(steps));
  uint64_t unit = batch * width * kFloat;
  uint64_t product = 2 * batch * width * width * 4 / 1000;
  TensorId h = step.layer("h0", {step.input}, unit, 1, Step::kNothing);
  TensorId c = step.layer("c0", {step.input}, unit, 1, Step::kNothing);
  for (unsigned t = 0; t < steps; ++t) {
    // The weights' gradients are summed outside: their product is the cost.
    TensorId gates =
        step.layer("gates", {h}, 4 * unit, 2 * product, Step::kInputs);
    c = step.layer("cell", {gates, c}, unit, unit / 500, Step::kInputs);
    h = step.layer("hidden", {gates, c}, unit, unit / 500, Step::kInputs);
  }
  return step.finish(h);
}

Graph stableDiffusion(uint64_t batch, uint64_t side) {
  Network net("stable-diffusion", batch, side, 4);
  auto residual = [&](Image x, uint64_t channels) {
    Image y = net.conv(net.silu(net.norm(x)), channels, 1, 3);
    y = net.conv(net.silu(net.norm(y)), channels, 1, 3);
    if (x.channels != channels)
      x = net.conv(x, channels, 1, 1);
    return net.map("add", {x, y}, Step::kNothing);
  };
  auto attend = [&](Image x, bool toText) {
    Image n = net.norm(x);
    Image q = net.conv(n, x.channels, 1, 1);
    std::vector<TensorId> from{q.tensor};
    uint64_t keys = 77;
    if (!toText) {
      from.push_back(net.conv(n, x.channels, 1, 1).tensor);
      from.push_back(net.conv(n, x.channels, 1, 1).tensor);
      keys = x.side * x.side;
    }
    uint64_t size = net.bytes(x.side, x.channels);
    Image a{net.step.layer(
                "attention", from, size,
                4 * net.batch * x.side * x.side * keys * x.channels / 1000 + 1,
                Step::kInputs | Step::kOutput),
            x.side, x.channels};
    return net.map("add", {x, net.conv(a, x.channels, 1, 1)}, Step::kNothing);
  };
  auto spatial = [&](Image x) {
    x = attend(attend(x, false), true);
    Image h = net.conv(net.norm(x), 8 * x.channels, 1, 1);
    h = {net.step.layer("geglu", {h.tensor}, net.bytes(x.side, 4 * x.channels),
                        net.bytes(x.side, 8 * x.channels) / 1000,
                        Step::kInputs),
         x.side, 4 * x.channels};
    return net.map("add", {x, net.conv(h, x.channels, 1, 1)}, Step::kNothing);
  };
  const uint64_t widths[] = {320, 640, 1280, 1280};
  Image x = net.conv(net.image, 320, 1, 3);
  std::vector<Image> skips{x};
  for (unsigned l = 0; l < 4; ++l) {
    for (unsigned b = 0; b < 2; ++b) {
      x = residual(x, widths[l]);
      if (l < 3)
        x = spatial(x);
      skips.push_back(x);
    }
    if (l < 3) {
      x = net.conv(x, widths[l], 2, 3);
      skips.push_back(x);
    }
  }
  x = residual(spatial(residual(x, 1280)), 1280);
  for (unsigned l = 4; l-- > 0;) {
    for (unsigned b = 0; b < 3; ++b) {
      x = residual(net.concat({x, skips.back()}), widths[l]);
      skips.pop_back();
      if (l < 3)
        x = spatial(x);
    }
    if (l > 0)
      x = net.conv(net.up(x), widths[l], 1, 3);
  }
  x = net.conv(net.silu(net.norm(x)), 4, 1, 3);
  return net.step.finish(x.tensor);
}

Graph smallUNet(uint64_t seed, unsigned levels) {
  Random random(seed);
  Step step("small-unet");
  auto layer = [&](std::vector<TensorId> in, uint64_t units) {
    // One draw after the other: compilers order arguments as they like.
    uint64_t cost = 100 * (1 + random.below(20));
    bool output = random.chance(50);
    return step.layer("f", std::move(in), 64 * units, cost,
                      Step::kInputs | (output ? Step::kOutput : 0));
  };
  std::vector<std::pair<TensorId, uint64_t>> skips;
  TensorId x = step.input;
  uint64_t units = 4 + random.below(5);
  for (unsigned l = 0; l < levels; ++l) {
    x = layer({x}, units);
    skips.push_back({x, units});
    units = std::max<uint64_t>(units / 2, 1);
    x = layer({x}, units);
  }
  for (unsigned l = levels; l-- > 0;)
    x = layer({skips[l].first, x}, skips[l].second);
  return step.finish(x);
}

Graph smallDag(uint64_t seed, unsigned layers) {
  Random random(seed);
  Step step("small-dag");
  std::vector<TensorId> results{step.input};
  for (unsigned l = 0; l < layers; ++l) {
    std::vector<TensorId> in{results.back()};
    size_t back = 1 + random.below(3);
    if (back > 1 && back <= l)
      in.push_back(results[results.size() - back]);
    uint64_t bytes = 64 * (1 + random.below(8));
    uint64_t cost = 100 * (1 + random.below(20));
    bool output = random.chance(50);
    results.push_back(step.layer("f", std::move(in), bytes, cost,
                                 Step::kInputs | (output ? Step::kOutput : 0)));
  }
  return step.finish(results.back());
}

Graph randomLayered(uint64_t seed, unsigned nodes, unsigned edges) {
  Random random(seed);
  Graph graph;
  graph.name = "random" + std::to_string(nodes);
  TensorId input = graph.addTensor("input", 64, Place::ExternalInput);
  std::vector<std::vector<TensorId>> layers;
  std::vector<TensorId> results;
  unsigned width = 3;
  while (width * width * 4 < nodes)
    ++width;
  while (results.size() < nodes) {
    layers.emplace_back();
    unsigned size = 1 + unsigned(random.below(2 * width - 1));
    for (unsigned i = 0; i < size && results.size() < nodes; ++i) {
      TensorId t = graph.addTensor("t" + std::to_string(results.size()),
                                   1024 * (1 + random.below(16)));
      std::vector<TensorId> reads;
      if (layers.size() == 1)
        reads.push_back(input);
      else
        reads.push_back(layers[layers.size() - 2]
                              [random.below(layers[layers.size() - 2].size())]);
      // Edges over and above the one to the layer before.
      double more = double(edges) / nodes - 1;
      while (layers.size() > 1 && more > 0) {
        if (more >= 1 || random.below(1000) < uint64_t(more * 1000)) {
          // Mostly near, sometimes far.
          size_t back = 1 + random.below(random.chance(80) ? 3 : 12);
          const auto &layer =
              layers[layers.size() - 1 - std::min(back, layers.size() - 1)];
          reads.push_back(layer[random.below(layer.size())]);
        }
        more -= 1;
      }
      std::sort(reads.begin(), reads.end());
      reads.erase(std::unique(reads.begin(), reads.end()), reads.end());
      NodeId n =
          graph.addNode("n" + std::to_string(results.size()), reads, {t});
      graph.nodes[n].cost = 100 * (1 + random.below(50));
      layers.back().push_back(t);
      results.push_back(t);
    }
  }
  return graph;
}

std::vector<std::pair<std::string, Graph>> benchmarkGraphs() {
  std::vector<std::pair<std::string, Graph>> all;
  auto add = [&](std::string name, Graph graph) {
    all.push_back({std::move(name), std::move(graph)});
  };
  add("chain-64", uniformChain(64, 1 << 20));
  add("chain-1000", uniformChain(1000, 1 << 20));
  add("random-chain-200", randomChain(1, 200));
  add("vgg16", vgg16(8, 224));
  add("resnet50", resnet50(8, 224));
  add("densenet121", denseNet(8, 224, {6, 12, 24, 16}));
  add("resnet50-guard", resnet50(8, 224, true));
  add("densenet121-guard", denseNet(8, 224, {6, 12, 24, 16}, true));
  add("unet", uNet(4, 256, 32, 4));
  add("transformer-12", transformer(12, 1024, 768));
  add("transformer-96", transformer(96, 1024, 1024));
  add("lstm-1000", lstm(1000, 32, 256));
  add("stable-diffusion", stableDiffusion(1, 64));
  add("random-100", randomLayered(1, 100, 236));
  add("random-250", randomLayered(2, 250, 944));
  add("random-500", randomLayered(3, 500, 2461));
  add("random-1000", randomLayered(4, 1000, 5875));
  return all;
}

} // namespace tenon::plan::test
