//===-- Metadata.h - writing an artifact's self-description -----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The content of section .tn.meta. Its layout, and what readers check, are
// stated in the runtime's abi.h.
//
//===----------------------------------------------------------------------===//
#ifndef TENON_TARGET_METADATA_H
#define TENON_TARGET_METADATA_H

#include "tenon/abi.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tenon {

/// One input or output of an entry, in signature order, or one of the state.
struct TensorInfo {
  std::string name;
  tn_dtype dtype = TN_F32;
  llvm::SmallVector<int64_t, 4> dims;
  /// Bytes, a power of two; 0 means the element's size.
  uint32_t alignment = 0;
};

/// A node of the source model, for errors that a step reports by its index.
struct OpInfo {
  std::string name;
  std::string opType;
};

/// One of TN_INFER, TN_STEP, ...
struct EntryInfo {
  bool present = false;
  std::vector<TensorInfo> inputs;
  std::vector<TensorInfo> outputs;
  /// What tn_report_error() counts, and tn_launch() in its order.
  std::vector<OpInfo> ops;
};

/// A tensor of the state.
struct StateInfo {
  /// With a name that no other tensor of the state has.
  TensorInfo tensor;
  /// TN_STATE_PARAMETER, ...
  uint32_t kind = TN_STATE_PARAMETER;
  /// The initializer or constant of the source model whose value it replaces.
  std::string source;
  /// In the state block, a multiple of TN_ARENA_ALIGNMENT.
  uint64_t offset = 0;
};

/// What an artifact says about itself. Sizes and offsets are bytes; the arena
/// and all that is in it are multiples of TN_ARENA_ALIGNMENT.
struct ArtifactInfo {
  std::string modelName;
  /// As the user named it, for messages.
  std::string targetCpu;
  uint32_t arch = TN_ARCH_X86_64;
  /// TN_ISA_* bits of everything that code generation was allowed to use.
  uint64_t isaRequired = 0;
  EntryInfo entries[TN_ENTRY_COUNT];
  /// In any order.
  std::vector<StateInfo> states;
  /// Of the block, a multiple of TN_ARENA_ALIGNMENT.
  uint64_t stateBytes = 0;
  /// XXH64 of the source model's file, 0 when unknown.
  uint64_t sourceHash = 0;
  /// The input of TN_STEP and TN_EVAL that holds class labels, if any; labels
  /// are below labelClasses (0: unknown), ignoreLabel takes no part.
  std::string labels;
  int64_t labelClasses = 0;
  int64_t ignoreLabel = 0;
  /// For all entries, of which one runs at a time. At least scratchOffset +
  /// maxThreads * scratchStride.
  uint64_t arenaBytes = 0;
  /// Where activations end and worker 0's workspace begins.
  uint64_t scratchOffset = 0;
  uint64_t scratchStride = 0;
  uint32_t maxThreads = 1;
  uint64_t weightsBytes = 0;
  /// WeightsObjectWriter::hashes(): one for each MiB of weights.
  std::vector<uint64_t> weightsHashes;
  /// Description for tenon-inspect; opaque here.
  std::string json;
};

/// The section's bytes; equal for equal input. The caller places them 8-byte
/// aligned.
std::string writeMetadata(const ArtifactInfo &info);

/// The TN_ISA_* bit of an LLVM x86 feature ("avx512f"), 0 for what every
/// x86-64 has. None for a feature that artifacts cannot ask for: code
/// generation must run with it disabled, or the artifact could fault.
std::optional<uint64_t> isaBit(llvm::StringRef llvmFeature);

/// A C identifier made of the model's name, for tn_<name>_query.
std::string sanitizeModelName(llvm::StringRef name);

} // namespace tenon

#endif // TENON_TARGET_METADATA_H
