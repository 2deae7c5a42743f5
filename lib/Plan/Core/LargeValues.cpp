//===-- LargeValues.cpp - models without their small values ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/LargeValues.h"

#include <algorithm>
#include <functional>

namespace tenon::plan {

Model largestValues(const Model &model, size_t most) {
  std::vector<uint64_t> sizes;
  for (const Model::Value &value : model.values)
    sizes.push_back(value.bytes);
  std::sort(sizes.begin(), sizes.end(), std::greater<uint64_t>());
  // All values have more bytes than this.
  uint64_t dropped = most < sizes.size() ? sizes[most] : 0;
  Model large;
  large.order = model.order;
  std::vector<ValueId> numberOf(model.values.size(), kNone);
  for (ValueId v = 0; v < model.values.size(); ++v)
    if (model.values[v].bytes > dropped) {
      numberOf[v] = ValueId(large.values.size());
      large.values.push_back(model.values[v]);
    }
  auto kept = [&](const std::vector<ValueId> &values) {
    std::vector<ValueId> result; // Numbers keep their order.
    for (ValueId v : values)
      if (numberOf[v] != kNone)
        result.push_back(numberOf[v]);
    return result;
  };
  for (const Model::Op &op : model.ops) {
    Model::Op copy;
    copy.reads = kept(op.reads);
    copy.writes = kept(op.writes);
    // No result has more bytes than the operand that it may lie in: where that
    // is free, so is the result.
    for (auto [from, into] : op.mayShare)
      if (numberOf[from] != kNone && numberOf[into] != kNone)
        copy.mayShare.push_back({numberOf[from], numberOf[into]});
    large.ops.push_back(std::move(copy));
  }
  return large;
}

} // namespace tenon::plan
