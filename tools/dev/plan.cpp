//===-- plan.cpp - plans the memory of a graph in text --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Allocator.h"
#include "tenon/Plan/Budget.h"
#include "tenon/Plan/Planner.h"
#include "tenon/Plan/TextFormat.h"
#include "tenon/Plan/Verifier.h"

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>

using namespace tenon::plan;

namespace {

const char kHelp[] =
    R"(usage: tenon-plan [options] GRAPH              plan a graph, print and verify the plan
       tenon-plan [options] --budget=N GRAPH   the same within N bytes of arena
       tenon-plan [options] --allocate FILE    place buffers, print 'height: N'

GRAPH is text as documented in include/tenon/Plan/TextFormat.h.
FILE is CSV with a header and the columns lower, upper, size (extent in time,
half-open, and bytes).

  --budget=N       bytes (or NKiB, NMiB, NGiB) for the arena; nodes may run more
                   than once, and a certificate says how good the plan is
  --alignment=N    of offsets (GRAPH: 64, FILE: 1)
  --threads=N      workers with scratch of their own (16)
  --capacity=N     with --allocate: stop at this height (0: the smallest)
  --work=N         bound on the exact placement, counted (1000000000; with GRAPH 200000000)
  --order=program  keep program order (default: search for a lower peak)
  --in-place=off   give every result bytes of its own
  --print          with --allocate: print id,offset lines, too
  --summary        with GRAPH: print no order and no offsets
  --print-graph    print the graph as it was understood, and do not plan
)";

struct Arguments {
  std::string file;
  bool allocate = false;
  bool print = false;
  bool printGraph = false;
  std::optional<uint64_t> alignment;
  std::optional<uint64_t> work;
  bool summary = false;
  uint64_t capacity = 0;
  std::optional<uint64_t> budget;
  PlanOptions plan;
};

int fail(const std::string &message) {
  std::fprintf(stderr, "tenon-plan: error: %s\n", message.c_str());
  return 1;
}

/// Reads a number of bytes with an optional unit.
std::optional<uint64_t> parseBytes(const std::string &text) {
  uint64_t number = 0;
  auto [end, code] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  std::string unit(end, text.data() + text.size());
  unsigned shift = unit == "KiB"   ? 10
                   : unit == "MiB" ? 20
                   : unit == "GiB" ? 30
                                   : 0;
  if (code != std::errc() || text.empty() || (shift == 0 && !unit.empty()) ||
      number > (kMaxBytes >> shift))
    return std::nullopt;
  return number << shift;
}

bool parseArguments(int argc, char **argv, Arguments &out, std::string &error) {
  for (int i = 1; i < argc; ++i) {
    std::string arg = argv[i];
    size_t equals = arg.find('=');
    std::string key = arg.substr(0, equals);
    std::string value =
        equals == std::string::npos ? "" : arg.substr(equals + 1);
    uint64_t number = 0;
    auto [end, code] =
        std::from_chars(value.data(), value.data() + value.size(), number);
    bool isNumber = code == std::errc() && end == value.data() + value.size() &&
                    !value.empty();
    if (arg == "--allocate") {
      out.allocate = true;
    } else if (arg == "--print") {
      out.print = true;
    } else if (arg == "--print-graph") {
      out.printGraph = true;
    } else if (arg == "--summary") {
      out.summary = true;
    } else if (key == "--budget") {
      out.budget = parseBytes(value);
      if (!out.budget) {
        error = "'" + value + "' is not a number of bytes, as 1000 or 64MiB";
        return false;
      }
    } else if (arg == "--order=program") {
      out.plan.reorder = false;
    } else if (arg == "--in-place=off") {
      out.plan.inPlace = false;
    } else if (key == "--alignment" && isNumber && number > 0 &&
               number <= 4096) {
      out.alignment = number;
    } else if (key == "--threads" && isNumber && number <= UINT32_MAX) {
      out.plan.maxThreads = uint32_t(number);
    } else if (key == "--capacity" && isNumber) {
      out.capacity = number;
    } else if (key == "--work" && isNumber) {
      out.work = number;
    } else if (!arg.empty() && arg[0] == '-') {
      error = "'" + arg + "' is not understood; see --help";
      return false;
    } else if (out.file.empty()) {
      out.file = arg;
    } else {
      error = "more than one file: '" + out.file + "' and '" + arg + "'";
      return false;
    }
  }
  if (out.file.empty()) {
    error = "no file; see --help";
    return false;
  }
  return true;
}

int runAllocate(const Arguments &args, const std::string &text) {
  std::string error;
  auto buffers = parseBuffers(text, error);
  if (!buffers)
    return fail(args.file + ": " + error);
  AllocatorOptions options;
  options.alignment = args.alignment.value_or(1);
  options.capacity = args.capacity;
  options.workLimit = args.work.value_or(options.workLimit);
  Allocation allocation = allocate(*buffers, options);
  // Checked here and not in the allocator, which must not vouch for itself.
  for (size_t a = 0; a < buffers->size(); ++a)
    for (size_t b = a + 1; b < buffers->size(); ++b) {
      const Buffer &x = (*buffers)[a];
      const Buffer &y = (*buffers)[b];
      if (x.lower < y.upper && y.lower < x.upper && x.size && y.size &&
          x.lower < x.upper && y.lower < y.upper &&
          allocation.offsets[a] < allocation.offsets[b] + y.size &&
          allocation.offsets[b] < allocation.offsets[a] + x.size)
        return fail("internal: buffers " + std::to_string(a) + " and " +
                    std::to_string(b) + " overlap");
    }
  if (args.print)
    for (size_t b = 0; b < buffers->size(); ++b)
      std::printf("%zu,%llu\n", b, (unsigned long long)allocation.offsets[b]);
  std::printf("height: %llu\n", (unsigned long long)allocation.height);
  std::printf("max-live: %llu\n", (unsigned long long)allocation.maxLive);
  std::printf("work: %llu\n", (unsigned long long)allocation.work);
  return 0;
}

int runPlan(const Arguments &args, const std::string &text) {
  std::string error;
  auto graph = parseGraph(text, error);
  if (!graph)
    return fail(args.file + ": " + error);
  if (args.printGraph) {
    std::fputs(printGraph(*graph).c_str(), stdout);
    return 0;
  }
  PlanOptions options = args.plan;
  options.alignment = args.alignment.value_or(64);
  options.allocatorWorkLimit = args.work.value_or(options.allocatorWorkLimit);
  BudgetOptions budget;
  budget.plan = options;
  budget.arenaBytes = args.budget;
  BudgetFailure failure;
  auto plan = planWithBudget(*graph, budget, failure);
  if (!plan)
    return fail(args.file + ": " + failure.message);
  if (!args.summary)
    std::fputs(printPlan(plan->program, plan->plan).c_str(), stdout);
  std::fputs(printCertificate(plan->certificate).c_str(), stdout);
  if (auto wrong = verify(*graph, *plan, budget))
    return fail("internal: the plan does not hold: " + *wrong);
  return 0;
}

} // namespace

int main(int argc, char **argv) {
  if (argc == 2 && std::string(argv[1]) == "--help") {
    std::fputs(kHelp, stdout);
    return 0;
  }
  Arguments args;
  std::string error;
  if (!parseArguments(argc, argv, args, error))
    return fail(error);
  std::error_code ignored;
  if (std::filesystem::is_directory(args.file, ignored))
    return fail("'" + args.file + "' is a folder");
  std::ifstream stream(args.file, std::ios::binary);
  if (!stream)
    return fail("cannot open '" + args.file + "'");
  std::string text((std::istreambuf_iterator<char>(stream)),
                   std::istreambuf_iterator<char>());
  return args.allocate ? runAllocate(args, text) : runPlan(args, text);
}
