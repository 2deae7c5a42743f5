//===-- Profile.cpp - bytes alive along the launches of an entry ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Report/Description.h"
#include "tenon/abi.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <map>

using namespace tenon::report;

namespace {

class Follower {
public:
  explicit Follower(const Entry &entry) : entry(entry) {
    profile.live.resize(entry.launches.size());
  }

  MemoryProfile run() {
    for (size_t i = 0; i < entry.launches.size(); ++i) {
      if (entry.guard && entry.guard->launch == i && i > 0)
        for (const Buffer &b : entry.guard->reads)
          read(b, i - 1);
      for (const Buffer &b : entry.launches[i].reads)
        read(b, i);
      for (size_t r = 0; r < entry.launches[i].writes.size(); ++r)
        write(entry.launches[i].writes[r], i, r);
    }
    std::vector<uint64_t> &live = profile.live;
    std::vector<uint64_t> dies(live.size() + 1);
    for (const TensorLife &t : profile.tensors) {
      live[t.first] += llvm::alignTo(t.bytes, TN_ARENA_ALIGNMENT);
      dies[t.last + 1] += llvm::alignTo(t.bytes, TN_ARENA_ALIGNMENT);
    }
    for (size_t i = 1; i < live.size(); ++i)
      live[i] += live[i - 1] - dies[i];
    for (auto [i, bytes] : shared)
      profile.live[i] -= bytes;
    profile.peak = std::max_element(live.begin(), live.end()) - live.begin();
    return std::move(profile);
  }

private:
  void read(const Buffer &b, size_t launch) {
    if (b.space != "arena")
      return;
    auto above = holders.upper_bound(b.position);
    if (above == holders.begin())
      return;
    TensorLife &t = profile.tensors[std::prev(above)->second];
    if (b.position < t.offset + t.bytes)
      t.last = std::max(t.last, launch);
  }

  void write(const Buffer &b, size_t launch, size_t result) {
    if (b.space != "arena" || b.bytes == 0)
      return;
    TensorLife t{launch, launch, result, b.position, b.bytes, false};
    auto at = holders.lower_bound(b.position);
    if (at != holders.begin()) {
      const TensorLife &below = profile.tensors[std::prev(at)->second];
      if (below.offset + below.bytes > b.position)
        --at;
    }
    // What was there is gone; if this launch read it, the two share bytes.
    while (at != holders.end() && at->first < b.position + b.bytes) {
      const TensorLife &old = profile.tensors[at->second];
      if (old.last == launch && old.first != launch) {
        t.inPlace = true;
        shared.push_back({launch, llvm::alignTo(std::min(old.bytes, b.bytes),
                                                TN_ARENA_ALIGNMENT)});
      }
      at = holders.erase(at);
    }
    holders[b.position] = profile.tensors.size();
    profile.tensors.push_back(t);
  }

  const Entry &entry;
  MemoryProfile profile;
  std::map<uint64_t, size_t> holders; ///< By offset: what the bytes are.
  std::vector<std::pair<size_t, uint64_t>> shared;
};

} // namespace

MemoryProfile tenon::report::memoryProfile(const Entry &entry) {
  return Follower(entry).run();
}
