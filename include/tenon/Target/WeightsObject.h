//===-- WeightsObject.h - weights as a relocatable object -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_TARGET_WEIGHTSOBJECT_H
#define TENON_TARGET_WEIGHTSOBJECT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace llvm {
class raw_fd_ostream;
} // namespace llvm

namespace tenon {

/// Writes an ELF object whose section .tn.weights holds all weights, page
/// aligned, read-only and without relocations, under one hidden symbol. Bytes
/// are streamed: never more than the caller's tensor and one MiB is in memory.
class WeightsObjectWriter {
public:
  /// Hidden symbol at the first byte.
  static constexpr llvm::StringLiteral symbolName = "tn_weights_data";

  /// Opens `path` for totalSize bytes of weights; totalSize is not 0. The
  /// file is removed again unless finish() succeeds.
  static llvm::Expected<std::unique_ptr<WeightsObjectWriter>>
  create(llvm::StringRef path, uint64_t totalSize);
  ~WeightsObjectWriter();

  /// Writes data at `offset`, which is not before the end of what was written;
  /// zeros fill the gap.
  llvm::Error append(llvm::ArrayRef<char> data, uint64_t offset);

  /// Fills up to totalSize and completes the object.
  llvm::Error finish();

  /// XXH64 of every piece of TN_WEIGHTS_HASH_BYTES; complete after finish().
  llvm::ArrayRef<uint64_t> hashes() const { return pieces; }

private:
  WeightsObjectWriter(llvm::StringRef path, uint64_t totalSize);
  void write(llvm::ArrayRef<char> data);
  void writeZeros(uint64_t count);
  void closePiece();
  void writeHeader();
  void writeTables();

  std::string path;
  std::unique_ptr<llvm::raw_fd_ostream> out;
  uint64_t total;
  uint64_t position = 0;
  std::vector<char> piece;
  std::vector<uint64_t> pieces;
  bool finished = false;
};

} // namespace tenon

#endif // TENON_TARGET_WEIGHTSOBJECT_H
