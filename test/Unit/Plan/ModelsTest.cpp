//===-- ModelsTest.cpp - plans of convolutional networks ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The graphs that fusion leaves of well-known networks: a convolution with its
// activation, and with the residual sum, is one node.
//
//===----------------------------------------------------------------------===//

#include "tenon/Plan/Planner.h"
#include "tenon/Plan/Verifier.h"

#include "gtest/gtest.h"

using namespace tenon::plan;

namespace {

/// Square images in f32; NHWC.
struct Image {
  TensorId tensor;
  uint64_t side;
  uint64_t channels;
};

class Network {
public:
  explicit Network(uint64_t side) {
    image = {
        graph.addTensor("input", side * side * 3 * 4, Place::ExternalInput),
        side, 3};
  }

  static uint64_t bytes(uint64_t side, uint64_t channels) {
    return side * side * channels * 4;
  }

  Image layer(Image in, uint64_t channels, uint64_t stride) {
    uint64_t side = (in.side + stride - 1) / stride;
    TensorId out = graph.addTensor(name("t"), bytes(side, channels));
    graph.addNode(name("conv"), {in.tensor}, {out});
    graph.nodes.back().workspaceBytes = 4096;
    return {out, side, channels};
  }

  /// A convolution that adds `skip` in its epilogue, in place if it may.
  Image layerAndSum(Image in, Image skip) {
    TensorId out = graph.addTensor(name("t"), bytes(skip.side, skip.channels));
    graph.addNode(name("conv"), {in.tensor, skip.tensor}, {out});
    graph.nodes.back().inPlace = {{skip.tensor, out}};
    return {out, skip.side, skip.channels};
  }

  /// Two convolutions, their results interleaved along the channels.
  Image fire(Image in, uint64_t squeeze, uint64_t expand) {
    Image s = layer(in, squeeze, 1);
    uint64_t pixels = in.side * in.side;
    TensorId out = graph.addTensor(name("cat"), bytes(in.side, 2 * expand));
    for (uint64_t half : {0, 1}) {
      TensorId piece =
          graph.addStridedView(name("piece"), out, half * expand * 4,
                               pixels * expand * 4, pixels, 2 * expand * 4);
      graph.addNode(name("expand"), {s.tensor}, {piece});
    }
    return {out, in.side, 2 * expand};
  }

  void finish(Image in) {
    TensorId pooled = graph.addTensor(name("pooled"), in.channels * 4);
    graph.addNode("pool", {in.tensor}, {pooled});
    TensorId out = graph.addTensor("output", 4000, Place::ExternalOutput);
    graph.addNode("classifier", {pooled}, {out});
  }

  Graph graph;
  Image image;

private:
  std::string name(const char *kind) {
    return kind + std::to_string(graph.tensors.size());
  }
};

Graph resnet50() {
  Network net(224);
  Image x = net.layer(net.layer(net.image, 64, 2), 64, 2);
  uint64_t width = 64;
  for (uint64_t blocks : {3, 4, 6, 3}) {
    for (uint64_t b = 0; b < blocks; ++b) {
      uint64_t stride = b == 0 && width != 64 ? 2 : 1;
      Image skip = b == 0 ? net.layer(x, 4 * width, stride) : x;
      Image y = net.layer(net.layer(x, width, 1), width, stride);
      x = net.layerAndSum(y, skip);
    }
    width *= 2;
  }
  net.finish(x);
  return net.graph;
}

Graph mobilenetV2() {
  Network net(224);
  Image x = net.layer(net.layer(net.layer(net.image, 32, 2), 32, 1), 16, 1);
  const uint64_t rows[][3] = {{24, 2, 2}, {32, 3, 2},  {64, 4, 2},
                              {96, 3, 1}, {160, 3, 2}, {320, 1, 1}};
  for (auto [channels, repeats, firstStride] : rows)
    for (uint64_t r = 0; r < repeats; ++r) {
      Image y = net.layer(net.layer(x, 6 * x.channels, 1), 6 * x.channels,
                          r == 0 ? firstStride : 1);
      x = r == 0 ? net.layer(y, channels, 1) : net.layerAndSum(y, x);
    }
  net.finish(net.layer(x, 1280, 1));
  return net.graph;
}

Graph squeezenet() {
  Network net(224);
  Image x = net.layer(net.layer(net.image, 64, 2), 64, 2);
  x = net.fire(net.fire(x, 16, 64), 16, 64);
  x = net.layer(x, 128, 2);
  x = net.fire(net.fire(x, 32, 128), 32, 128);
  x = net.layer(x, 256, 2);
  x = net.fire(net.fire(x, 48, 192), 48, 192);
  x = net.fire(net.fire(x, 64, 256), 64, 256);
  net.finish(net.layer(x, 1000, 1));
  return net.graph;
}

/// Plans in program order with bytes of their own need this much: an
/// independent sum over lifetimes.
uint64_t liveInProgramOrder(const Graph &graph) {
  uint64_t most = 0;
  for (NodeId now = 0; now < graph.nodes.size(); ++now) {
    uint64_t live = 0;
    for (TensorId t = 0; t < graph.tensors.size(); ++t) {
      if (graph.tensors[t].viewOf != kNone ||
          graph.tensors[t].place != Place::Arena)
        continue;
      NodeId first = kNone;
      NodeId last = 0;
      for (NodeId n = 0; n < graph.nodes.size(); ++n)
        for (const auto *list :
             {&graph.nodes[n].operands, &graph.nodes[n].results})
          for (TensorId used : *list)
            if (used == t || graph.tensors[used].viewOf == t) {
              first = std::min(first, n);
              last = std::max(last, n);
            }
      if (first <= now && now <= last)
        live += (graph.tensors[t].bytes + 63) / 64 * 64;
    }
    most = std::max(most, live);
  }
  return most;
}

void expectTight(const Graph &graph) {
  PlanOptions options;
  std::string error;
  auto plan = makePlan(graph, options, error);
  ASSERT_TRUE(plan) << error;
  EXPECT_EQ(verify(graph, *plan, options), std::nullopt);
  EXPECT_EQ(plan->tensorBytes, plan->maxLive);
  EXPECT_LE(plan->maxLive, liveInProgramOrder(graph));

  options.inPlace = false;
  options.reorder = false;
  plan = makePlan(graph, options, error);
  ASSERT_TRUE(plan) << error;
  EXPECT_EQ(plan->maxLive, liveInProgramOrder(graph));
  EXPECT_LE(plan->tensorBytes, plan->maxLive + plan->maxLive / 10);
}

TEST(Models, ResNet50) { expectTight(resnet50()); }
TEST(Models, MobileNetV2) { expectTight(mobilenetV2()); }
TEST(Models, SqueezeNet) { expectTight(squeezenet()); }

TEST(Models, PlansRepeat) {
  Graph graph = resnet50();
  std::string error;
  auto first = makePlan(graph, {}, error);
  auto second = makePlan(graph, {}, error);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->order, second->order);
  EXPECT_EQ(first->offsets, second->offsets);
}

} // namespace
