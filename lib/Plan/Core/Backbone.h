//===-- Backbone.h - what every way through a graph passes ------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A gate is a node that lies on every way from the first node to the last of
// the forward part. The nodes between two gates, with the latter, are a link:
// they read nothing but what the gate before writes and each other. An event of
// a link is a node behind the forward part that reads a value of the link and
// that depends on the event of the link behind. So events run in reverse order:
//
//   | link 1 | link 2 | ... | link s |  event s, ..., event 2, event 1
//
// Values that a planner may not compute again, or that are smaller than some
// number of bytes, count as always there: what is proven without them holds.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_BACKBONE_H
#define TENON_LIB_PLAN_CORE_BACKBONE_H

#include "lib/Plan/Core/Schedule.h"

#include <vector>

namespace tenon::plan {

struct Backbone {
  struct Part {
    uint64_t cost = 0;
    /// Bytes that are alive, at least, if what the node wrote is still there.
    uint64_t bytes = 0;
    /// Of these, what the event itself reads.
    uint64_t eventBytes = 0;
    bool isWanted = false;  ///< By the event, or a step that leads to it.
    bool readsGate = false; ///< That of the link before.
    /// It wrote several values, so that some of them may be there and others,
    /// which are wanted, not.
    bool hasPieces = false;
    std::vector<uint32_t> reads; ///< Parts of the same link.
  };
  /// A step on the way from the event of the link behind to that of a link.
  struct Step {
    /// Something that is alive, or is not, while the step runs.
    struct Holding {
      uint32_t item = 0;     ///< A part, or behind the parts what led here.
      uint64_t bytes = 0;    ///< That it takes beside what the step does.
      bool isNeeded = false; ///< By what runs behind the step for certain.
    };
    uint64_t bytes = 0; ///< While it runs, see `Link::firstStepBytes`.
    /// Parts that it reads, or a step that runs before it for certain.
    std::vector<uint32_t> reads;
    /// What may be of use behind it. The parts; then, of what led here, that
    /// which ran before it for certain.
    std::vector<Holding> holdings;
  };
  struct Link {
    std::vector<Part> parts; ///< Its nodes, each after those that it reads.
    /// The event of the link behind and the steps to that of this link. They
    /// read parts, and numbers from the number of parts on are theirs. Empty if
    /// there are too many to tell.
    std::vector<Part> late;
    std::vector<Step> steps; ///< One for each of `late` but the first.
    uint64_t cost = 0;       ///< Of all of them.
    uint64_t width = 0;      ///< Bytes of its smallest value.
    /// Most bytes that one of its nodes reads and writes, with and without what
    /// it reads of the gate before.
    uint64_t passBytes = 0, firstPassBytes = 0;
    /// Most bytes while the event runs, or any node that runs between the event
    /// of the link behind and this one because this one depends on it and it on
    /// the other; with and without what they read of the link before, always
    /// without what they read of those before that.
    uint64_t stepBytes = 0, firstStepBytes = 0;
    /// While the event runs.
    uint64_t eventBytes = 0, firstEventBytes = 0;
    /// Whether the event reads what the gate before writes.
    bool eventReadsGate = false;
  };
  std::vector<Link> links;
  /// From the first event on, at least so many bytes are alive that depend on
  /// it.
  uint64_t lateBytes = 0;
};

/// The backbone of a model without values below `smallest` bytes. Without links
/// if there is none.
Backbone findBackbone(const Model &model, uint64_t smallest);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_BACKBONE_H
