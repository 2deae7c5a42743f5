//===-- Chart.h - memory along the launches, drawn --------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_REPORT_CHART_H
#define TENON_LIB_REPORT_CHART_H

#include "tenon/Report/Description.h"

#include "llvm/Support/raw_ostream.h"

namespace tenon::report {

/// One entry, with all that its charts and tables show.
struct EntryView {
  const Description &description;
  const Entry &entry;
  MemoryProfile profile;
  /// Bytes of tensors and workspace at the same point of a step in which
  /// nothing runs again; empty if unknown.
  std::vector<uint64_t> without;
  /// For every tensor of the profile, whether it is alive at the peak.
  std::vector<bool> atPeak;

  EntryView(const Description &description, const Entry &entry);

  /// "launch 12: conv2, relu2" for the one that writes a tensor; escaped.
  std::string titleOf(const TensorLife &tensor) const;
  /// The type of a tensor without "tensor<>", or nothing; not escaped.
  std::string typeOf(const TensorLife &tensor) const;
};

/// The model's nodes that a launch computes, or its kernel; escaped.
std::string nameOf(const Launch &launch);

/// Bytes over launches: tensors, workspace, arena, and with a budget that and
/// what there would be without it.
void drawCurve(llvm::raw_ostream &out, const EntryView &view);

/// Where every tensor lies in the arena, and when.
void drawArena(llvm::raw_ostream &out, const EntryView &view);

} // namespace tenon::report

#endif // TENON_LIB_REPORT_CHART_H
