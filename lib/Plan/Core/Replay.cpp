//===-- Replay.cpp - a schedule again, within fewer bytes -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Replay.h"

#include "lib/Plan/Core/AddressSpace.h"
#include "lib/Plan/Core/Mix.h"
#include "lib/Plan/Core/Regression.h"
#include "lib/Plan/Core/Residents.h"

#include <algorithm>
#include <deque>

namespace tenon::plan {

namespace {

constexpr uint32_t kNever = UINT32_MAX;

class Machine {
public:
  Machine(const Model &model, const Schedule &base, const ReplayLimits &limits,
          uint64_t &work)
      : model(model), base(base), limits(limits), stop(work + limits.workLimit),
        work(work), regression(model, limits.bytes, stop, work),
        residents(model), space(model, limits.arena),
        pins(model.values.size(), 0), cursor(model.values.size(), 0),
        upcoming(model.values.size(), 0), ran(model.ops.size(), false),
        closed(model.ops.size(), false), mark(model.ops.size(), 0) {
    std::vector<uint32_t> rank(model.ops.size(), kNever);
    for (uint32_t p = 0; p < base.size(); ++p)
      rank[base[p]] = std::min(rank[base[p]], p);
    for (ValueId v = 0; v < model.values.size(); ++v)
      if (model.values[v].liveOut)
        end.reads.push_back(v);
    regression.setRanks(std::move(rank));
    listAccesses();
    findLasting();
  }

  std::optional<Replayed> run() {
    for (now = 0; now < base.size(); ++now) {
      NodeId n = base[now];
      if (isSpared(n))
        continue;
      if (reach(model.ops[n], n)) {
        ran[n] = true;
        close(model.ops[n]);
      } else if (!goBack()) {
        return std::nullopt;
      }
    }
    // What must be there in the end, all at once.
    if (!reach(end, kNone))
      return std::nullopt;
    return std::move(out);
  }

private:
  void listAccesses() {
    auto forAll = [&](auto visit) {
      for (uint32_t p = 0; p < base.size(); ++p) {
        const Model::Op &op = model.ops[base[p]];
        for (ValueId v : op.reads)
          visit(v, 2 * p);
        for (ValueId v : op.writes)
          if (model.values[v].producer != kNone)
            visit(v, 2 * p + 1);
      }
      for (ValueId v : end.reads)
        visit(v, 2 * uint32_t(base.size()));
    };
    firstAccess.assign(model.values.size() + 1, 0);
    forAll([&](ValueId v, uint32_t) { ++firstAccess[v + 1]; });
    for (size_t v = 0; v < model.values.size(); ++v)
      firstAccess[v + 1] += firstAccess[v];
    accesses.resize(firstAccess.back());
    // The cursors fill the lists; then each is where its list begins again.
    rewind();
    forAll([&](ValueId v, uint32_t access) { accesses[cursor[v]++] = access; });
    rewind();
  }

  void rewind() {
    std::copy(firstAccess.begin(), firstAccess.end() - 1, cursor.begin());
    std::fill(upcoming.begin(), upcoming.end(), 0);
  }

  /// The position of the next read in the base behind this one; `kNever` if
  /// the base computes `v` again before that.
  uint32_t nextUse(ValueId v) {
    if (upcoming[v] / 2 <= now) {
      uint32_t &at = cursor[v];
      while (at < firstAccess[v + 1] && accesses[at] / 2 <= now)
        ++at;
      upcoming[v] = at == firstAccess[v + 1] ? kNever : accesses[at];
    }
    return upcoming[v] % 2 == 1 ? kNever : upcoming[v] / 2;
  }

  bool mayRemake(ValueId v) const { return lasting[v]; }

  /// Nothing that `op` must follow may run again.
  void close(const Model::Op &op) {
    bool changed = false;
    for (NodeId n : op.after) {
      changed |= !closed[n];
      closed[n] = true;
    }
    if (changed)
      findLasting();
  }

  /// Values that can be computed again from nothing.
  void findLasting() {
    lasting.assign(model.values.size(), false);
    for (NodeId n : model.order) {
      const Model::Op &op = model.ops[n];
      bool may = op.mayRepeat && !closed[n];
      for (ValueId v : op.reads)
        may &= bool(lasting[v]);
      for (ValueId v : op.writes)
        lasting[v] = may;
    }
    work += model.order.size();
  }

  /// True for repetitions whose results are there, or have no use.
  bool isSpared(NodeId n) {
    if (!ran[n])
      return false;
    for (ValueId v : model.ops[n].writes)
      if (!residents.contains(v) && nextUse(v) != kNever)
        return false;
    return true;
  }

  /// Makes all operands resident.
  bool bringBack(const Model::Op &op) {
    if (std::all_of(op.reads.begin(), op.reads.end(),
                    [&](ValueId v) { return residents.contains(v); }))
      return true;
    // Values that nothing brings back stay; so do others while there is room.
    std::vector<ValueId> fixed;
    for (ValueId v : residents.values())
      if (!mayRemake(v) && nextUse(v) != kNever)
        fixed.push_back(v);
    std::vector<NodeId> way;
    if (!regression.find(op, fixed, residents.flags(), lasting, way))
      return false;
    return follow(way, op);
  }

  bool follow(const std::vector<NodeId> &way, const Model::Op &target) {
    // For every step, which of its operands the way does not read again, and
    // which of its results it does.
    std::vector<std::vector<ValueId>> last(way.size()), first(way.size());
    std::vector<uint8_t> &awaited = scratch;
    awaited.resize(model.values.size(), false); // All false from call to call.
    for (ValueId v : target.reads)
      awaited[v] = true;
    for (size_t i = way.size(); i-- > 0;) {
      const Model::Op &op = model.ops[way[i]];
      for (ValueId v : op.writes) {
        if (awaited[v])
          first[i].push_back(v);
        awaited[v] = false;
      }
      for (ValueId v : op.reads) {
        if (!awaited[v])
          last[i].push_back(v);
        awaited[v] = true;
      }
    }
    std::vector<ValueId> held;
    for (ValueId v : residents.values())
      if (awaited[v])
        held.push_back(v);
    for (ValueId v : target.reads)
      awaited[v] = false;
    for (NodeId n : way)
      for (ValueId v : model.ops[n].reads)
        awaited[v] = false;
    for (ValueId v : held)
      ++pins[v];
    for (size_t i = 0; i < way.size(); ++i) {
      for (ValueId v : last[i])
        --pins[v];
      if (!execute(way[i]))
        return false;
      for (ValueId v : first[i])
        ++pins[v];
    }
    for (ValueId v : target.reads)
      --pins[v];
    return true;
  }

  bool execute(NodeId n) {
    const Model::Op &op = model.ops[n];
    if (out.schedule.size() >= limits.maxRuns || work > stop ||
        !(isPlaced() ? placeResults(op) : makeRoom(op)))
      return false;
    for (ValueId v : op.writes) {
      residents.admit(v);
      if (isPlaced())
        out.addresses.push_back(space.addressOf(v));
    }
    out.schedule.push_back(n);
    ++work;
    return true;
  }

  bool isPlaced() const { return limits.arena > 0; }

  void drop(ValueId v) {
    residents.drop(v);
    if (isPlaced())
      space.release(v);
  }

  /// Brings back what `op` reads, and runs it, which is node `n` unless that is
  /// none. Where places for it are wanting, tries again with others, and with
  /// less in the way.
  bool reach(const Model::Op &op, NodeId n) {
    if (!isPlaced())
      return bringBack(op) && (n == kNone || execute(n));
    Mark mark;
    mark.now = now;
    mark.runs = out.schedule.size();
    mark.addresses = out.addresses.size();
    for (ValueId v : residents.values())
      mark.there.push_back({v, space.addressOf(v)});
    bool found = false;
    constexpr unsigned kTries = 12;
    for (attempt = 0; attempt < kTries && !found; ++attempt) {
      if (attempt > 0)
        restore(mark, attempt > kTries / 3);
      found = bringBack(op) && (n == kNone || execute(n));
      if (out.schedule.size() >= limits.maxRuns || work > stop)
        break;
    }
    attempt = 0;
    marks.push_back(std::move(mark));
    if (marks.size() > kMostMarks)
      marks.pop_front();
    return found;
  }

  /// What is there before an execution of the base, and how it came about.
  struct Mark {
    uint32_t now;
    size_t runs, addresses;
    std::vector<std::pair<ValueId, uint64_t>> there;
  };

  /// Back to a mark, or to that with less: half of what can be brought back.
  void restore(const Mark &mark, bool less) {
    for (ValueId v : std::vector<ValueId>(residents.values()))
      drop(v);
    for (auto [v, at] : mark.there)
      if (!less || !mayRemake(v) || random() % 2 == 0) {
        residents.admit(v);
        space.place(v, at);
      }
    out.schedule.resize(mark.runs);
    out.addresses.resize(mark.addresses);
    std::fill(pins.begin(), pins.end(), 0);
  }

  /// Where what is in the way cannot be moved any more: goes back, further and
  /// further, and lays things elsewhere from there on. False if it is time to
  /// give up.
  bool goBack() {
    if (!isPlaced() || out.schedule.size() >= limits.maxRuns || work > stop)
      return false;
    if (now > failedAt || back == 0) {
      failedAt = now;
      back = 1;
    } else {
      back *= 2;
    }
    if (back >= 2 * marks.size())
      return false;
    size_t steps = std::min(back, marks.size() - 1);
    marks.resize(marks.size() - steps);
    Mark mark = std::move(marks.back());
    marks.pop_back();
    restore(mark, false);
    // As all was then; the loop goes on behind this position.
    rewind();
    std::fill(ran.begin(), ran.end(), false);
    std::fill(closed.begin(), closed.end(), false);
    for (NodeId n : out.schedule) {
      ran[n] = true;
      for (NodeId earlier : model.ops[n].after)
        closed[earlier] = true;
    }
    findLasting();
    work += out.schedule.size();
    now = mark.now - 1;
    return true;
  }

  uint64_t random() { return mixed(limits.seed += kMixStep); }

  /// Finds addresses for what `op` writes. What fails leaves nothing behind.
  bool placeResults(const Model::Op &op) {
    std::vector<ValueId> missing;
    for (ValueId v : op.writes)
      if (!residents.contains(v))
        missing.push_back(v);
    std::vector<ValueId> placed;
    auto put = [&](ValueId v, uint64_t at) {
      space.place(v, at);
      placed.push_back(v);
    };
    auto share = [&](bool useless) {
      for (auto [from, into] : op.shares)
        if (residents.contains(from) && !residents.contains(into) &&
            space.addressOf(into) == AddressSpace::kNowhere &&
            pins[from] == 0 &&
            (useless ? nextUse(from) == kNever : mayRemake(from))) {
          uint64_t at = space.addressOf(from);
          drop(from);
          put(into, at);
        }
    };
    share(true);
    std::sort(missing.begin(), missing.end(), [&](ValueId a, ValueId b) {
      uint64_t bytesOfA = model.values[a].bytes;
      uint64_t bytesOfB = model.values[b].bytes;
      return bytesOfA != bytesOfB ? bytesOfA > bytesOfB : a < b;
    });
    for (ValueId v : missing) {
      if (space.addressOf(v) != AddressSpace::kNowhere)
        continue;
      uint64_t at = findPlace(op, v);
      if (at == AddressSpace::kNowhere) {
        share(false);
        if (space.addressOf(v) != AddressSpace::kNowhere)
          continue;
        for (ValueId other : placed)
          space.release(other);
        return false;
      }
      put(v, at);
    }
    return true;
  }

  uint64_t findPlace(const Model::Op &op, ValueId v) {
    uint64_t bytes = model.values[v].bytes;
    // What goes soon lies at the other end than what stays.
    uint32_t use = nextUse(v);
    bool high = limits.shortLife > 0 &&
                (use == kNever || use - now <= limits.shortLife);
    if (attempt > 0 || now < failedAt)
      high = random() % 2 == 0;
    work += space.values().size();
    uint64_t at = space.tightestGap(bytes, high);
    if (at != AddressSpace::kNowhere)
      return at;
    prices.clear();
    pin(op, 1);
    for (ValueId other : space.values())
      prices.push_back(residents.contains(other) ? price(other) : -1);
    pin(op, -1);
    work += space.values().size() * 4;
    std::vector<ValueId> victims;
    at = space.cheapestRoom(bytes, prices, high, victims);
    for (ValueId victim : victims)
      drop(victim);
    return at;
  }

  /// Holds what `op` touches, or lets go of it.
  void pin(const Model::Op &op, int more) {
    for (ValueId v : op.reads)
      pins[v] += more;
    for (ValueId v : op.writes)
      pins[v] += more;
  }

  /// Of giving `v` up; negative if that must not be.
  double price(ValueId v) {
    if (pins[v] > 0)
      return -1;
    uint32_t use = nextUse(v);
    if (use == kNever)
      return 0;
    if (!mayRemake(v))
      return -1;
    return double(recomputeCost(v) + 1) / double(use - now);
  }

  bool makeRoom(const Model::Op &op) {
    uint64_t more = 0;
    for (ValueId v : op.writes)
      more += residents.contains(v) ? 0 : model.values[v].bytes;
    // A result that takes the place of an operand needs no room, if the operand
    // is given up.
    auto share = [&](bool useless) {
      for (auto [from, into] : op.shares) {
        if (residents.bytes() + more <= limits.bytes)
          return;
        if (residents.contains(from) && !residents.contains(into) &&
            pins[from] == 0 &&
            (useless ? nextUse(from) == kNever : mayRemake(from)))
          drop(from);
      }
    };
    share(true);
    pin(op, 1);
    while (residents.bytes() + more > limits.bytes) {
      ValueId victim = choose();
      if (victim == kNone)
        break;
      drop(victim);
    }
    pin(op, -1);
    share(false);
    return residents.bytes() + more <= limits.bytes;
  }

  ValueId choose() {
    ValueId best = kNone;
    double bestScore = 0;
    for (ValueId v : residents.values()) {
      if (pins[v] > 0)
        continue;
      uint32_t use = nextUse(v);
      double bytes = double(model.values[v].bytes);
      double score = 0;
      if (use == kNever)
        score = mayRemake(v) ? -bytes : -1 / bytes;
      else if (mayRemake(v) && (best == kNone || bestScore > 0)) {
        // No need to know by how much it is dearer than the best.
        double most = bestScore * bytes * double(use - now) * 1.001 + 1;
        uint64_t enough =
            best == kNone || most > 1e18 ? UINT64_MAX : uint64_t(most);
        score =
            double(recomputeCost(v, enough) + 1) / bytes / double(use - now);
      } else
        continue;
      if (best == kNone || score < bestScore) {
        best = v;
        bestScore = score;
      }
    }
    work += residents.values().size();
    return best;
  }

  /// Cost of the executions that would bring `v` back, up to a number of them
  /// and as long as it is less than `enough`.
  uint64_t recomputeCost(ValueId v, uint64_t enough = UINT64_MAX) {
    ++stamp;
    unsigned left = 32;
    return recomputeOp(model.values[v].producer, left, enough);
  }

  uint64_t recomputeOp(NodeId n, unsigned &left, uint64_t enough) {
    if (mark[n] == stamp || left == 0)
      return 0;
    mark[n] = stamp;
    --left;
    ++work;
    uint64_t cost = model.ops[n].cost;
    for (ValueId v : model.ops[n].reads)
      if (cost < enough && !residents.contains(v) &&
          model.values[v].producer != kNone)
        cost += recomputeOp(model.values[v].producer, left, enough - cost);
    return cost;
  }

  const Model &model;
  const Schedule &base;
  ReplayLimits limits;
  uint64_t stop; ///< Of counted work.
  uint64_t &work;
  Regression regression;

  uint32_t now = 0; ///< Position in the base.
  Residents residents;
  AddressSpace space;                ///< Unused without a limit on the arena.
  std::vector<uint32_t> pins;        ///< Of what the way at hand still needs.
  std::vector<uint32_t> firstAccess; ///< By value, into `accesses`; one more.
  std::vector<uint32_t> accesses;    ///< 2 * position, + 1: a write.
  std::vector<uint32_t> cursor;      ///< By value, into those.
  std::vector<uint32_t> upcoming;    ///< By value: the access there, if any.
  std::vector<uint8_t> ran;
  std::vector<uint8_t> closed;  ///< Nodes that must not run again.
  std::vector<uint8_t> lasting; ///< Values that nodes can bring back.
  std::vector<uint64_t> mark;
  uint64_t stamp = 0;
  std::vector<uint8_t> scratch;
  Model::Op end; ///< Reads what is live out.
  std::vector<double> prices;
  unsigned attempt = 0; ///< At the execution at hand.
  static constexpr size_t kMostMarks = 128;
  std::deque<Mark> marks; ///< Of the latest executions of the base.
  uint32_t failedAt = 0;  ///< Furthest position in the base.
  size_t back = 0;        ///< Marks to go back from there.
  Replayed out;
};

} // namespace

std::optional<Replayed> replay(const Model &model, const Schedule &base,
                               const ReplayLimits &limits, uint64_t &work) {
  return Machine(model, base, limits, work).run();
}

} // namespace tenon::plan
