//===-- TextFormat.h - graphs and plans as text -----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A line per item, '#' to the end of a line is a comment:
//
//   graph NAME
//   tensor NAME BYTES [input|output|live-out]
//   view NAME BASE OFFSET BYTES [blocks=N stride=N]
//   node NAME [cost=N] [workspace=N] [grid=N] [stateful=1]
//     reads NAME...
//     writes NAME...
//     inplace OPERAND RESULT
//     after NODE...
//
// The last four belong to the node above them. Names hold no blank, no '#' and
// no '%' but as %20, %23, %25; names of tensors are unique, and so are names of
// nodes. A node names only tensors and nodes that stand above it.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PLAN_TEXTFORMAT_H
#define TENON_PLAN_TEXTFORMAT_H

#include "tenon/Plan/Allocator.h"
#include "tenon/Plan/Budget.h"
#include "tenon/Plan/Graph.h"
#include "tenon/Plan/Planner.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::plan {

/// Reads a graph and validates it. Any bytes are safe input. On failure returns
/// nothing and puts "line N: reason" into `error`.
std::optional<Graph> parseGraph(std::string_view text, std::string &error);

/// Writes what `parseGraph` reads. Names that occur twice are told apart by
/// their number.
std::string printGraph(const Graph &graph);

/// Writes order, offsets, in-place decisions and totals for people to read.
std::string printPlan(const Graph &graph, const Plan &plan);

/// Writes a certificate, a line per number, for people to read.
std::string printCertificate(const Certificate &certificate);

/// Reads the columns `lower`, `upper`, `size` of a CSV file with a header, in
/// any order; other columns are ignored. Same error rule as `parseGraph`.
std::optional<std::vector<Buffer>> parseBuffers(std::string_view text,
                                                std::string &error);

} // namespace tenon::plan

#endif // TENON_PLAN_TEXTFORMAT_H
