//===-- Description.h - what an artifact says of its plan -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The JSON that an artifact carries (tenon/Pipeline/Describe.h writes it), read
// back for tools and reports. No MLIR. All sizes are bytes.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_REPORT_DESCRIPTION_H
#define TENON_REPORT_DESCRIPTION_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tenon::report {

/// `position` is an offset in `arena`, `weights` and `state`, a number in
/// `input` and `output`.
struct Buffer {
  std::string space;
  uint64_t position = 0;
  uint64_t bytes = 0;
};

struct Launch {
  std::string kernel;
  uint64_t grid = 0;
  bool recomputed = false;
  std::vector<std::string> nodes; ///< Names of the model's nodes.
  std::vector<Buffer> reads, writes;
};

struct Kernel {
  std::string name, config;
  std::vector<std::string> results; ///< Types.
};

/// Ends the step unless it is good.
struct Guard {
  size_t launch = 0; ///< Stands before this one.
  std::vector<Buffer> reads;
};

/// What the plan proved about a budget; see `Certificate` in Plan/Budget.h.
struct Certificate {
  uint64_t arenaBudget = 0;
  uint64_t state = 0; ///< Variables, as far as the budget counts them.
  uint64_t storeAll = 0;
  std::optional<uint64_t> smallest;
  uint64_t bound = 0;
  uint64_t cost = 0, recomputeCost = 0, costBound = 0; ///< Nominal ns.
  uint64_t recomputed = 0, work = 0;
  /// For every launch, or empty: what it costs, and the bytes alive at the same
  /// point of a step in which nothing runs again.
  std::vector<uint64_t> costs, storeAllLive;
};

struct Entry {
  std::string name;
  uint64_t scratchOffset = 0; ///< Tensors end here.
  uint64_t scratchStride = 0; ///< Workspace of a worker.
  uint64_t maxThreads = 0;
  std::vector<Launch> launches;
  std::optional<Guard> guard;
  std::optional<Certificate> certificate;

  uint64_t workspace() const { return scratchStride * maxThreads; }
  uint64_t arena() const { return scratchOffset + workspace(); }
};

struct Weight {
  uint64_t offset = 0, bytes = 0;
  std::string type;
};

struct Description {
  std::vector<Entry> entries;
  std::vector<Kernel> kernels;
  std::vector<Weight> weights;

  /// Null if there is none of this name.
  const Entry *entry(llvm::StringRef name) const;
  const Kernel *kernel(llvm::StringRef name) const;
};

/// Reads the JSON. Any bytes are safe input: the error says what is wrong.
llvm::Expected<Description> parseDescription(llvm::StringRef json);

/// A tensor in the arena, from the launch that writes it to the last that reads
/// it.
struct TensorLife {
  size_t first = 0, last = 0; ///< Launches, inclusive.
  size_t result = 0;          ///< Which of the results of `first` it is.
  uint64_t offset = 0, bytes = 0;
  bool inPlace = false; ///< Written over a tensor that `first` reads.
};

struct MemoryProfile {
  std::vector<TensorLife> tensors; ///< In order of `first`.
  /// Bytes of tensors alive at each launch, each rounded up to the arena's
  /// alignment; what is written in place counts once.
  std::vector<uint64_t> live;
  size_t peak = 0; ///< The first launch with the most bytes alive.

  uint64_t maxLive() const { return live.empty() ? 0 : live[peak]; }
};

/// Follows the launches of an entry through the arena.
MemoryProfile memoryProfile(const Entry &entry);

} // namespace tenon::report

#endif // TENON_REPORT_DESCRIPTION_H
