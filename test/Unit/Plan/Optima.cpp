//===-- Optima.cpp - small graphs with proven optima ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/Unit/Plan/Optima.h"

#include "test/Unit/Plan/TrainingGraphs.h"

#include <algorithm>
#include <cstdio>

namespace tenon::plan::test {

std::optional<Graph> smallGraph(const std::string &name) {
  char kind[16] = "";
  unsigned seed = 0;
  unsigned size = 0;
  if (std::sscanf(name.c_str(), "%15[a-z]-%u-%u", kind, &seed, &size) != 3)
    return std::nullopt;
  std::string which = kind;
  if (which == "uniform")
    return uniformChain(size);
  if (which == "chain")
    return randomChain(seed, size);
  if (which == "unet")
    return smallUNet(seed, size);
  if (which == "dag")
    return smallDag(seed, size);
  if (which == "layered")
    return randomLayered(seed, size, size * 2);
  return std::nullopt;
}

std::vector<std::string> smallGraphNames() {
  std::vector<std::string> names;
  auto add = [&](const char *kind, unsigned seed, unsigned size) {
    names.push_back(std::string(kind) + "-" + std::to_string(seed) + "-" +
                    std::to_string(size));
  };
  for (unsigned size = 5; size <= 12; ++size)
    add("uniform", 0, size);
  for (unsigned seed = 1; seed <= 24; ++seed)
    add("chain", seed, 5 + seed % 8);
  for (unsigned seed = 1; seed <= 16; ++seed)
    add("unet", seed, 2 + seed % 2);
  for (unsigned seed = 1; seed <= 16; ++seed)
    add("dag", seed, 5 + seed % 4);
  for (unsigned seed = 1; seed <= 7; ++seed)
    add("layered", seed, 12 + seed);
  for (unsigned seed = 31; seed <= 38; ++seed)
    add("layered", seed, 10 + seed % 7);
  return names;
}

uint64_t peakOf(const Graph &graph) {
  uint64_t most = 0;
  for (NodeId now = 0; now < graph.nodes.size(); ++now) {
    uint64_t live = 0;
    for (TensorId t = 0; t < graph.tensors.size(); ++t) {
      const Tensor &tensor = graph.tensors[t];
      if (tensor.place != Place::Arena)
        continue;
      NodeId last = tensor.producer;
      for (NodeId n = now; n < graph.nodes.size(); ++n)
        if (std::count(graph.nodes[n].operands.begin(),
                       graph.nodes[n].operands.end(), t))
          last = n;
      if (tensor.producer <= now && now <= last)
        live += tensor.bytes;
    }
    most = std::max(most, live);
  }
  return most;
}

uint64_t workingSetOf(const Graph &graph) {
  uint64_t most = 0;
  for (const Node &node : graph.nodes) {
    uint64_t bytes = 0;
    for (const auto *list : {&node.operands, &node.results})
      for (TensorId t : *list)
        if (graph.tensors[t].place == Place::Arena)
          bytes += graph.tensors[t].bytes;
    most = std::max(most, bytes);
  }
  return most;
}

} // namespace tenon::plan::test
