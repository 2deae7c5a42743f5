//===-- Sweeps.cpp - what must be there at once, bit by bit ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Sweeps.h"

#include "lib/Plan/Core/Replay.h"

#include <algorithm>

namespace tenon::plan {

namespace {

/// What the tail may read of other values, as a part of all that the gate
/// reads.
constexpr uint64_t kTailPart = 4096;

/// Below this part of all results there is nothing to be gained.
constexpr uint64_t kUsefulPart = 256;

constexpr unsigned kMostSweeps = 6;

/// Replays a schedule of the part within so many bytes. False if that fails.
bool follow(const Part &part, uint64_t bytes, uint64_t workLimit,
            Schedule &schedule, uint64_t &work) {
  ReplayLimits limits;
  limits.bytes = bytes;
  limits.maxRuns = schedule.size() + 8 * part.nodes.size();
  limits.workLimit = workLimit;
  auto replayed = replay(part.model, schedule, limits, work);
  if (replayed)
    schedule = std::move(replayed->schedule);
  return replayed.has_value();
}

} // namespace

Schedule Part::fromWhole(const Schedule &schedule) const {
  std::vector<NodeId> nodeOf;
  for (NodeId n = 0; n < nodes.size(); ++n) {
    if (nodes[n] >= nodeOf.size())
      nodeOf.resize(nodes[n] + 1, kNone);
    nodeOf[nodes[n]] = n;
  }
  Schedule own;
  for (NodeId n : schedule)
    own.push_back(nodeOf[n]);
  return own;
}

Schedule Part::toWhole(const Schedule &schedule) const {
  Schedule whole;
  for (NodeId n : schedule)
    whole.push_back(nodes[n]);
  return whole;
}

Part partOf(const Model &whole, const std::vector<uint8_t> &in,
            const std::vector<uint8_t> &lasting) {
  Part part;
  std::vector<NodeId> nodeOf(whole.ops.size(), kNone);
  std::vector<ValueId> valueOf(whole.values.size(), kNone);
  for (NodeId n : whole.order)
    if (in[n]) {
      nodeOf[n] = NodeId(part.nodes.size());
      part.model.order.push_back(nodeOf[n]);
      part.nodes.push_back(n);
      for (ValueId v : whole.ops[n].writes)
        valueOf[v] = 0;
    }
  // In the order of the whole, so that lists stay sorted.
  for (ValueId v = 0; v < whole.values.size(); ++v)
    if (valueOf[v] != kNone) {
      valueOf[v] = ValueId(part.model.values.size());
      Model::Value value = whole.values[v];
      value.liveOut = lasting[v];
      if (value.producer != kNone)
        value.producer = nodeOf[value.producer];
      part.model.values.push_back(value);
    }
  auto values = [&](const std::vector<ValueId> &list) {
    std::vector<ValueId> mapped;
    for (ValueId v : list)
      if (valueOf[v] != kNone)
        mapped.push_back(valueOf[v]);
    return mapped;
  };
  auto pairs = [&](const std::vector<std::pair<ValueId, ValueId>> &list) {
    std::vector<std::pair<ValueId, ValueId>> mapped;
    for (auto [from, into] : list)
      if (valueOf[from] != kNone)
        mapped.push_back({valueOf[from], valueOf[into]});
    return mapped;
  };
  auto nodes = [&](const std::vector<NodeId> &list) {
    std::vector<NodeId> mapped;
    for (NodeId n : list)
      if (nodeOf[n] != kNone)
        mapped.push_back(nodeOf[n]);
    std::sort(mapped.begin(), mapped.end());
    return mapped;
  };
  for (NodeId n : part.nodes) {
    Model::Op op = whole.ops[n];
    op.reads = values(op.reads);
    op.writes = values(op.writes);
    op.mayShare = pairs(op.mayShare);
    op.shares = pairs(op.shares);
    op.after = nodes(op.after);
    op.needs = nodes(op.needs);
    op.before = nodes(op.before);
    part.model.ops.push_back(std::move(op));
  }
  return part;
}

Sweeps::Sweeps(const Model &model)
    : model(model), behind(model.ops.size(), false),
      tail(model.ops.size(), false), lasting(model.values.size(), false),
      leaf(model.ops.size(), false) {
  findGate();
  findTail();
  findLasting();
  uint64_t all = 0;
  for (const Model::Value &value : model.values)
    all += value.bytes;
  useful = leafBytes > all / kUsefulPart;
  if (!useful)
    return;
  std::vector<uint8_t> inside(model.ops.size());
  for (NodeId n = 0; n < model.ops.size(); ++n)
    inside[n] = !isOutside(n);
  part =
      partOf(model, inside, std::vector<uint8_t>(model.values.size(), false));
}

/// The node that runs once and needs most at once.
void Sweeps::findGate() {
  uint64_t most = 0;
  for (NodeId n : model.order) {
    uint64_t bytes = 0;
    for (ValueId v : model.ops[n].reads)
      bytes += model.values[v].bytes;
    if (model.ops[n].stateful && !model.ops[n].after.empty() && bytes > most) {
      most = bytes;
      gate = n;
    }
  }
  if (gate == kNone)
    return;
  behind[gate] = true;
  for (NodeId n : model.order)
    for (NodeId needed : model.ops[n].needs)
      behind[n] |= behind[needed];
}

/// What may wait until all that lasts is there, and needs little else: sums of
/// squares.
void Sweeps::findTail() {
  uint64_t most = 0;
  if (gate != kNone)
    for (ValueId v : model.ops[gate].reads)
      most += model.values[v].bytes;
  most /= kTailPart;
  std::vector<std::vector<NodeId>> readers(model.values.size());
  for (NodeId n : model.order)
    for (ValueId v : model.ops[n].reads)
      readers[v].push_back(n);
  std::vector<uint8_t> isLate(model.ops.size(), true);
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t p = model.order.size(); p-- > 0;) {
      NodeId n = model.order[p];
      if (!isLate[n] || behind[n])
        continue;
      for (ValueId v : model.ops[n].writes)
        for (NodeId reader : readers[v])
          isLate[n] &= isLate[reader] || behind[reader];
    }
    for (NodeId n : model.order) {
      if (!isLate[n] || behind[n])
        continue;
      uint64_t more = 0;
      for (ValueId v : model.ops[n].reads) {
        NodeId producer = model.values[v].producer;
        bool lasts = std::any_of(readers[v].begin(), readers[v].end(),
                                 [&](NodeId r) { return behind[r]; });
        if (!lasts && (producer == kNone || !isLate[producer]))
          more += model.values[v].bytes;
      }
      if (more > most || model.ops[n].reads.empty()) {
        isLate[n] = false;
        changed = true;
      }
    }
  }
  for (NodeId n : model.order)
    tail[n] = isLate[n] && !behind[n];
}

void Sweeps::findLasting() {
  std::vector<uint8_t> readInside(model.values.size(), false);
  for (NodeId n : model.order)
    for (ValueId v : model.ops[n].reads)
      (isOutside(n) ? lasting : readInside)[v] = true;
  for (ValueId v = 0; v < model.values.size(); ++v)
    lasting[v] |= model.values[v].liveOut;
  for (NodeId n : model.order) {
    const Model::Op &op = model.ops[n];
    if (isOutside(n) || !op.mayRepeat)
      continue;
    uint64_t bytes = 0;
    bool isRead = false;
    for (ValueId v : op.writes) {
      bytes += lasting[v] ? model.values[v].bytes : 0;
      isRead |= readInside[v];
    }
    leaf[n] = bytes > 0 && !isRead;
    leafBytes += leaf[n] ? bytes : 0;
  }
}

struct Sweeps::State {
  Schedule done;             ///< Of the whole.
  Schedule base;             ///< Of the whole: the next sweep follows it.
  std::vector<uint8_t> in;   ///< By node: has to run in the next sweep.
  std::vector<uint8_t> keep; ///< By value: lasts from the next sweep on.
  uint64_t kept = 0;         ///< Bytes that last from the sweeps so far.
  uint64_t fixed = 0; ///< Bytes that the next sweep reads and cannot make.
  uint64_t there() const { return kept + fixed; }
};

std::optional<Schedule> Sweeps::within(uint64_t limit, const Schedule &base,
                                       uint64_t atOnce, uint64_t workLimit,
                                       uint64_t &work) const {
  uint64_t stop = work + workLimit;
  State state;
  state.base = part.toWhole(base);
  state.in.assign(model.ops.size(), false);
  for (NodeId n : part.nodes)
    state.in[n] = true;
  state.keep = lasting;
  for (unsigned sweeps = 0; sweeps < kMostSweeps && work < stop; ++sweeps) {
    if (finish(state, limit, (stop - work) / 4, work)) {
      for (NodeId n : model.order)
        if (isOutside(n))
          state.done.push_back(n);
      return std::move(state.done);
    }
    if (!sweep(state, limit, atOnce, (stop - work) / 4, work))
      break;
  }
  return std::nullopt;
}

/// True if what is left can be done in one sweep.
bool Sweeps::finish(State &state, uint64_t limit, uint64_t workLimit,
                    uint64_t &work) const {
  if (state.there() >= limit)
    return false;
  Part rest = partOf(model, state.in, state.keep);
  Schedule base = rest.fromWhole(state.base);
  if (!follow(rest, limit - state.there(), workLimit, base, work))
    return false;
  Schedule last = rest.toWhole(base);
  state.done.insert(state.done.end(), last.begin(), last.end());
  return true;
}

/// Follows the base once, and keeps what there is room for. False if that is
/// nothing.
bool Sweeps::sweep(State &state, uint64_t limit, uint64_t atOnce,
                   uint64_t workLimit, uint64_t &work) const {
  std::vector<uint8_t> nothing(model.values.size(), false);
  Part rest = partOf(model, state.in, nothing);
  Schedule base = rest.fromWhole(state.base);
  Evaluator evaluator(rest.model);
  if (!evaluator.isValid(base))
    return false;
  if (evaluator.prune(base).peak + state.there() > limit) {
    if (state.there() >= limit ||
        !follow(rest, limit - state.there(), workLimit, base, work))
      return false;
  }
  std::vector<uint64_t> profile;
  evaluator.evaluate(base, &profile);
  work += evaluator.work;
  // Of each node the last run is the one whose results are kept.
  std::vector<uint32_t> last(rest.nodes.size(), kNone);
  for (uint32_t p = 0; p < base.size(); ++p)
    last[base[p]] = p;
  auto lastingBytes = [&](NodeId n) {
    uint64_t bytes = 0;
    for (ValueId v : model.ops[n].writes)
      bytes += state.keep[v] ? model.values[v].bytes : 0;
    return bytes;
  };
  // What is no leaf lasts from here on, wherever it is made.
  uint64_t more = state.there();
  std::vector<uint64_t> room(base.size());
  for (uint32_t p = 0; p < base.size(); ++p) {
    uint64_t used = profile[p] + more;
    room[p] = limit - std::min(limit, used);
    NodeId n = rest.nodes[base[p]];
    if (last[base[p]] == p && !leaf[n])
      more += lastingBytes(n);
  }
  // The later, the cheaper to keep.
  uint64_t keptBehind = 0;
  uint64_t least = UINT64_MAX; // Of the room behind, with all that is kept.
  std::vector<uint8_t> isKept(model.ops.size(), false);
  for (uint32_t p = uint32_t(base.size()); p-- > 0;) {
    NodeId n = rest.nodes[base[p]];
    if (leaf[n] && last[base[p]] == p) {
      uint64_t bytes = lastingBytes(n);
      if (bytes <= least && keptBehind + bytes <= atOnce) {
        isKept[n] = true;
        keptBehind += bytes;
        least -= bytes;
      }
    }
    least = std::min(least, room[p]);
  }
  if (keptBehind == 0)
    return false;
  for (uint32_t p = 0; p < base.size(); ++p) {
    NodeId n = rest.nodes[base[p]];
    if (!leaf[n] || (isKept[n] && last[base[p]] == p))
      state.done.push_back(n);
  }
  state.kept = more - state.fixed + keptBehind;
  for (NodeId n : rest.nodes)
    if (!leaf[n] || isKept[n])
      for (ValueId v : model.ops[n].writes)
        state.keep[v] = false;
  state.base = rest.toWhole(base);
  for (NodeId n : rest.nodes)
    if (!leaf[n] || isKept[n])
      state.in[n] = false;
  narrow(state);
  return true;
}

/// The next sweep runs what is still to be kept, and what that needs.
void Sweeps::narrow(State &state) const {
  for (size_t p = model.order.size(); p-- > 0;) {
    NodeId n = model.order[p];
    if (state.in[n])
      for (NodeId needed : model.ops[n].needs)
        state.in[needed] |= model.ops[needed].mayRepeat;
  }
  std::vector<uint8_t> counted(model.values.size(), false);
  state.fixed = 0;
  for (NodeId n : part.nodes)
    if (state.in[n])
      for (ValueId v : model.ops[n].reads) {
        NodeId producer = model.values[v].producer;
        bool isMade = producer != kNone && state.in[producer];
        if (!isMade && !counted[v])
          state.fixed += model.values[v].bytes;
        counted[v] = true;
      }
  state.base.erase(std::remove_if(state.base.begin(), state.base.end(),
                                  [&](NodeId n) { return !state.in[n]; }),
                   state.base.end());
}

} // namespace tenon::plan
