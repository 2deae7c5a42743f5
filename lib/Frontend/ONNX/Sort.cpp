//===-- Sort.cpp - nodes in dependency order ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/Importer.h"

using namespace llvm;
using namespace tenon::onnx;

/// Calls `visit` with every name that a node reads, in its subgraphs as well.
static void forEachRead(const Node &node, function_ref<void(StringRef)> visit) {
  for (StringRef name : node.inputs)
    visit(name);
  for (const NodeAttribute &a : node.attributes) {
    if (!a.g)
      continue;
    for (const Node &inner : a.g->nodes)
      forEachRead(inner, visit);
    for (const ValueInfo &out : a.g->outputs)
      visit(out.name);
  }
}

Expected<SmallVector<const Node *>> tenon::onnx::sorted(ArrayRef<Node> nodes) {
  StringMap<size_t> producer;
  for (size_t i = 0; i < nodes.size(); ++i)
    for (StringRef name : nodes[i].outputs)
      if (!name.empty() && !producer.try_emplace(name, i).second)
        return createStringError("value '" + name +
                                 "' is defined twice: by node '" +
                                 nodes[producer[name]].label() +
                                 "' and by node '" + nodes[i].label() + "'");

  std::vector<SmallVector<size_t, 4>> reads(nodes.size());
  for (size_t i = 0; i < nodes.size(); ++i)
    forEachRead(nodes[i], [&](StringRef name) {
      auto found = producer.find(name);
      if (!name.empty() && found != producer.end())
        reads[i].push_back(found->second);
    });

  // Depth first with a stack of our own: a chain may be long.
  enum : char { Unseen, Open, Done };
  std::vector<char> state(nodes.size(), Unseen);
  SmallVector<const Node *> order;
  std::vector<std::pair<size_t, size_t>> stack; // node, next read to follow
  for (size_t root = 0; root < nodes.size(); ++root) {
    if (state[root] != Unseen)
      continue;
    stack.push_back({root, 0});
    state[root] = Open;
    while (!stack.empty()) {
      auto &[node, next] = stack.back();
      if (next == reads[node].size()) {
        state[node] = Done;
        order.push_back(&nodes[node]);
        stack.pop_back();
        continue;
      }
      size_t read = reads[node][next++];
      if (state[read] == Unseen) {
        state[read] = Open;
        stack.push_back({read, 0});
      } else if (state[read] == Open) {
        std::string cycle;
        size_t first = 0;
        while (stack[first].first != read)
          ++first;
        // A few names tell where to look.
        for (size_t i = first; i < std::min(stack.size(), first + 8); ++i)
          cycle += "'" + nodes[stack[i].first].label() + "' reads ";
        return createStringError("the graph has a cycle: " + cycle +
                                 (stack.size() > first + 8 ? "... " : "") +
                                 "'" + nodes[read].label() + "'");
      }
    }
  }
  return order;
}
