//===-- ChainBound.cpp - repetitions that a chain cannot avoid ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The chain: each node computes x[i] and reads nothing else of the arena than
// x[i-1], and there are readers B[n], ..., B[1] of x[n-1], ..., x[0] of which
// each depends on the one before. So whenever B[i] runs first, none of those
// after it has, and x[i-1] must be there.
//
// States: with room for c values of the smallest size, one of them the current
// one, c - 1 can be kept, and x[0], which is outside the arena, is one more.
// From the first reader on, one value that depends on it is alive as well:
// where none is, all that the readers have done is lost, and a schedule without
// that part is no dearer.
//
//===----------------------------------------------------------------------===//

#include "lib/Plan/Core/ChainBound.h"

#include <algorithm>

namespace tenon::plan {

namespace {

/// C(n, k), or UINT64_MAX if that is more than `most`.
uint64_t binomial(uint64_t n, uint64_t k, uint64_t most) {
  k = std::min(k, n - k);
  unsigned __int128 value = 1;
  for (uint64_t i = 1; i <= k; ++i) {
    value = value * (n - k + i) / i;
    if (value > most)
      return UINT64_MAX;
  }
  return uint64_t(value);
}

/// The longest run of nodes, in order, each of which reads only what the one
/// before wrote.
std::vector<NodeId> longestChain(const Model &model) {
  std::vector<uint32_t> length(model.ops.size(), 0);
  std::vector<NodeId> previous(model.ops.size(), kNone);
  NodeId last = kNone;
  for (NodeId n : model.order) {
    const Model::Op &op = model.ops[n];
    if (!op.mayRepeat || op.writes.size() != 1 || op.reads.size() > 1)
      continue;
    if (op.reads.empty()) {
      length[n] = 1;
    } else {
      NodeId producer = model.values[op.reads[0]].producer;
      if (producer == kNone || length[producer] == 0)
        continue;
      length[n] = length[producer] + 1;
      previous[n] = producer;
    }
    if (last == kNone || length[n] > length[last])
      last = n;
  }
  std::vector<NodeId> chain;
  for (; last != kNone; last = previous[last])
    chain.push_back(last);
  std::reverse(chain.begin(), chain.end());
  return chain;
}

/// Cost of the repetitions that reversing this very chain takes.
uint64_t reversal(const Model &model, const std::vector<NodeId> &chain,
                  uint64_t bytes) {
  // The readers, from the end of the chain: each the first in order that reads
  // the value and depends on the reader before. Dependence is followed through
  // values that only behind the chain are computed.
  std::vector<uint32_t> position(model.ops.size());
  for (uint32_t p = 0; p < model.order.size(); ++p)
    position[model.order[p]] = p;
  std::vector<bool> depends(model.ops.size(), false);
  size_t n = chain.size();
  uint32_t turn = position[chain[n - 1]];
  uint64_t smallestLate = UINT64_MAX;
  size_t reversed = 0; ///< Values that readers read in reverse order.
  NodeId reader = kNone;
  size_t first = n - 1; // Index of the first value that is read.
  uint32_t from = turn + 1;
  for (size_t i = n; i-- > 0;) {
    ValueId wanted = model.ops[chain[i]].writes[0];
    NodeId found = kNone;
    for (uint32_t p = from; p < model.order.size() && found == kNone; ++p) {
      NodeId candidate = model.order[p];
      const Model::Op &op = model.ops[candidate];
      bool dependsNow = false;
      for (ValueId v : op.reads) {
        NodeId producer = model.values[v].producer;
        dependsNow |= producer != kNone && depends[producer];
      }
      if (dependsNow) {
        depends[candidate] = true;
        for (ValueId v : op.writes)
          smallestLate = std::min(smallestLate, model.values[v].bytes);
      }
      bool reads = std::binary_search(op.reads.begin(), op.reads.end(), wanted);
      if (reads && (reader == kNone || dependsNow))
        found = candidate;
    }
    if (found == kNone) {
      if (reader == kNone) {
        first = i == 0 ? 0 : i - 1;
        continue;
      }
      break;
    }
    if (reader == kNone)
      first = i;
    reader = found;
    // The next depends on this one, not only on those before it.
    depends.assign(model.ops.size(), false);
    depends[found] = true;
    for (ValueId v : model.ops[found].writes)
      smallestLate = std::min(smallestLate, model.values[v].bytes);
    from = position[found] + 1; // One reader for each value.
    ++reversed;
  }
  if (reversed < 3 || reversed != first + 1)
    return 0;
  // States x[1] ... x[first + 1] of our chain and x[0]: one more reader would
  // read x[0]; without it there is one step less to reverse.
  uint64_t smallest = UINT64_MAX;
  std::vector<uint64_t> costs;
  for (size_t i = 0; i <= first; ++i) {
    smallest =
        std::min(smallest, model.values[model.ops[chain[i]].writes[0]].bytes);
    costs.push_back(model.ops[chain[i]].cost);
  }
  if (smallestLate == UINT64_MAX)
    smallestLate = 0;
  uint64_t room = bytes > smallestLate ? bytes - smallestLate : 0;
  uint64_t states = room / smallest;
  if (states == 0)
    return 0;
  std::sort(costs.begin(), costs.end(), std::greater<uint64_t>());
  // The step that ends at the last value needs no repetition at all, as in the
  // count of steps that run "0 times": one step is the reader's own.
  uint64_t extra = 0;
  uint64_t steps = costs.size();
  for (uint64_t r = 1, done = 1; done < steps + 1; ++r) {
    uint64_t most = binomial(states + r, r, steps + 1);
    uint64_t until = std::min(most, steps + 1);
    // These run at least r times.
    for (uint64_t i = done; i < until; ++i)
      extra += (r - 1) * costs[i - 1];
    done = until;
  }
  return extra;
}

} // namespace

uint64_t chainBound(const Model &model, uint64_t bytes) {
  // Counted without in-place writes, which make a step while one value less is
  // alive than the count has room for.
  for (const Model::Op &op : model.ops)
    if (!op.mayShare.empty())
      return 0;
  // The last of the chain may be backward already: a loss writes its gradient,
  // and reads one value alone.
  std::vector<NodeId> chain = longestChain(model);
  uint64_t best = 0;
  for (int shorter = 0; shorter < 3 && chain.size() >= 4; ++shorter) {
    best = std::max(best, reversal(model, chain, bytes));
    chain.pop_back();
  }
  return best;
}

} // namespace tenon::plan
