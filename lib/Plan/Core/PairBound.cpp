//===-- PairBound.cpp - bytes that a few values together need -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pebble game (PebbleBound.cpp) has as many states as there are sets of
// values. Here all sets are there of up to k values alone, k = 2 or 3, as in
// planning's heuristics h^k (Haslum and Geffner, 2000). P(S) is a number of
// bytes without which the values of S are never alive at once. Of their
// producers one ran last, then the rest of S was alive already, and so was all
// that it reads; of that, every set of up to k values:
//
//   P(S) = min over last producers n of
//            max(bytes while n runs and the rest of S is alive,
//                P(T) for all T of up to k values in (S less what n writes)
//                     and what n reads)
//
// Where a set is not worked out, 0 stands for it, and P is a bound all the
// same. No order over sets has to be searched: number the values in the order
// in which their last writers first run. What a node reads is before what it
// writes, so T, sorted from the last value down, is before S. One pass over all
// sets in this order is exact, unless nodes write into what they read or into
// pieces of values: sets that are not before S then count as 0.
//
// P grows with S, so that only the largest T count, and those within what a
// node reads are the same for every S.
//
// Sets of the model's largest values alone are fewer, and the rest is free: so
// there are triples as well.
//
//===----------------------------------------------------------------------===//

#include "lib/Plan/Core/PairBound.h"

#include "lib/Plan/Core/LargeValues.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace tenon::plan {

namespace {

/// As many values as there may be: 64 MiB of pairs, 22 MiB of triples.
constexpr size_t kMostForPairs = 4000;
constexpr size_t kMostForTriples = 256;

/// P of all sets of up to `kSize` values.
template <unsigned kSize>
class Sets {
public:
  Sets(Model large, uint64_t &work)
      : model(std::move(large)), work(work), count(model.values.size()),
        place(count), valueAt(count), writersOf(count),
        within(model.ops.size()) {
    std::vector<uint32_t> latest(count, 0);
    for (uint32_t p = 0; p < model.order.size(); ++p)
      for (ValueId v : model.ops[model.order[p]].writes) {
        writersOf[v].push_back(model.order[p]);
        latest[v] = p;
      }
    std::iota(valueAt.begin(), valueAt.end(), 0);
    std::sort(valueAt.begin(), valueAt.end(), [&](ValueId a, ValueId b) {
      return std::pair(latest[a], a) < std::pair(latest[b], b);
    });
    for (uint32_t i = 0; i < count; ++i)
      place[valueAt[i]] = i;
    table.assign(indexOf({uint32_t(count), 0, 0}), 0);
  }

  /// Bytes that some node needs to run. What has not been reached when the work
  /// is `stop` says nothing.
  uint64_t run(uint64_t stop) {
    for (uint32_t a = 0; a < count && work < stop; ++a) {
      // What the writers read is before it.
      for (NodeId n : writersOf[valueAt[a]])
        within[n] = mostOf(model.ops[n].reads);
      for (uint32_t b = 0; b <= a && work < stop; ++b)
        for (uint32_t c = 0; c <= (kSize > 2 ? b : 0); ++c)
          table[indexOf({a, b, c})] = solve(a, b, c);
    }
    uint64_t bytes = 0;
    for (const Model::Op &op : model.ops)
      bytes = std::max({bytes, during(op, {}, 0), mostOf(op.reads)});
    return bytes;
  }

private:
  /// Values by their place in the order, from the last down; where there are
  /// fewer than three, some stand twice.
  using Places = std::array<uint32_t, 3>;

  /// Of a set in the table. Those with `count` as the first place are behind
  /// the last.
  static size_t indexOf(const Places &set) {
    size_t a = set[0], b = set[1], c = set[2];
    if (kSize == 2)
      return a * (a + 1) / 2 + b;
    return a * (a + 1) * (a + 2) / 6 + b * (b + 1) / 2 + c;
  }

  uint64_t at(uint32_t a, uint32_t b, uint32_t c) const {
    if (a < b)
      std::swap(a, b);
    if (kSize > 2 && b < c)
      std::swap(b, c);
    if (kSize > 2 && a < b)
      std::swap(a, b);
    return table[indexOf({a, b, c})];
  }

  /// The greatest P of sets of up to `kSize` of these values.
  uint64_t mostOf(const std::vector<ValueId> &values) {
    uint64_t most = 0;
    for (size_t i = 0; i < values.size(); ++i)
      for (size_t j = 0; j <= i; ++j)
        most = std::max(
            most, mostWith(place[values[i]], place[values[j]], values, j + 1));
    return most;
  }

  /// The greatest P of a pair, or of a triple of it and one of the first
  /// `size` values.
  uint64_t mostWith(uint32_t a, uint32_t b, const std::vector<ValueId> &values,
                    size_t size) {
    ++work;
    if (kSize == 2)
      return at(a, b, 0);
    work += size;
    uint64_t most = 0;
    for (size_t i = 0; i < size; ++i)
      most = std::max(most, at(a, b, place[values[i]]));
    return most;
  }

  /// P of a set, from what is known of those before it.
  uint64_t solve(uint32_t a, uint32_t b, uint32_t c) {
    std::array<ValueId, 3> set{valueAt[a]};
    size_t size = 1;
    if (b != a)
      set[size++] = valueAt[b];
    if (kSize > 2 && c != b)
      set[size++] = valueAt[c];
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < size; ++i)
      for (NodeId n : writersOf[set[i]]) {
        const Model::Op &op = model.ops[n];
        work += 1 + op.reads.size();
        uint64_t bytes = std::max(within[n], during(op, set, size));
        // What is left of the set, beside what the node reads.
        std::array<uint32_t, 3> left;
        size_t rest = 0;
        for (size_t j = 0; j < size; ++j)
          if (!std::binary_search(op.writes.begin(), op.writes.end(), set[j]))
            left[rest++] = place[set[j]];
        for (size_t j = 0; j < rest && bytes < least; ++j) {
          bytes = std::max(bytes, at(left[j], left[j], left[j]));
          for (size_t k = 0; k < op.reads.size(); ++k)
            bytes = std::max(
                bytes, mostWith(left[j], place[op.reads[k]], op.reads, k + 1));
          for (size_t k = 0; k < j; ++k) {
            bytes = std::max(bytes, at(left[j], left[k], left[k]));
            if (kSize > 2 && !op.reads.empty())
              bytes = std::max(
                  bytes, mostWith(left[j], left[k], op.reads, op.reads.size()));
          }
        }
        least = std::min(least, bytes);
      }
    return least == UINT64_MAX ? 0 : least;
  }

  /// With the first `size` of these values.
  uint64_t during(const Model::Op &op, const std::array<ValueId, 3> &set,
                  size_t size) const {
    uint64_t bytes = 0;
    for (size_t i = 0; i < size; ++i)
      bytes += model.values[set[i]].bytes;
    return bytesDuring(model, op, bytes, [&](ValueId v) {
      return std::find(set.begin(), set.begin() + size, v) !=
             set.begin() + size;
    });
  }

  const Model model;
  uint64_t &work;
  size_t count;
  std::vector<uint32_t> place;                ///< By value.
  std::vector<ValueId> valueAt;               ///< By place.
  std::vector<std::vector<NodeId>> writersOf; ///< By value.
  std::vector<uint64_t> within; ///< By node: the greatest P in what it reads.
  std::vector<uint64_t> table;
};

/// Of as many of the largest values as there is work for.
template <unsigned kSize>
uint64_t boundOf(const Model &model, size_t most, uint64_t workLimit,
                 uint64_t &work) {
  most = std::min(most, model.values.size());
  auto price = [&] {
    uint64_t pairs = uint64_t(most) * most / 2;
    return kSize == 2 ? pairs * 8 : pairs * most * 8;
  };
  while (price() > workLimit)
    most -= 1 + most / 64;
  // Prices are of nodes that read little; where they read much more, it ends.
  Sets<kSize> sets(largestValues(model, most), work);
  return sets.run(work + 2 * workLimit);
}

} // namespace

uint64_t pairBound(const Model &model, uint64_t known, uint64_t workLimit,
                   uint64_t &work) {
  known =
      std::max(known, boundOf<2>(model, kMostForPairs, workLimit / 2, work));
  return std::max(known,
                  boundOf<3>(model, kMostForTriples, workLimit / 5, work));
}

} // namespace tenon::plan
