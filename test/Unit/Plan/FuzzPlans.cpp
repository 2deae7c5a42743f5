//===-- FuzzPlans.cpp - many random graphs and budgets --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// usage: fuzz-plans [COUNT [FIRST]]
//
// Judges the seeds FIRST (0) ... FIRST + COUNT - 1 (2000) and prints findings
// and totals. Fails if there is a finding.
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Plan/PlanFuzz.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace tenon::plan::test;

int main(int argc, char **argv) {
  uint64_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2000;
  uint64_t first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
  if (count == 0) {
    std::fprintf(stderr, "usage: fuzz-plans [COUNT [FIRST]]\n");
    return 2;
  }
  FuzzCounts counts;
  uint64_t findings = 0;
  for (uint64_t seed = first; seed < first + count; ++seed)
    if (auto wrong = fuzzPlans(seed, counts)) {
      std::printf("seed %llu: %s\n", (unsigned long long)seed, wrong->c_str());
      std::fflush(stdout);
      if (++findings == 10)
        break;
    }
  auto print = [](const char *what, uint64_t value) {
    std::printf("%-34s %llu\n", what, (unsigned long long)value);
  };
  print("graphs", counts.graphs);
  print("of them training steps", counts.trainingSteps);
  print("nodes", counts.nodes);
  print("plans judged", counts.plans);
  print("plans that run nodes again", counts.withClones);
  print("executions beyond the first", counts.clones);
  print("budgets refused", counts.infeasible);
  print("graphs with all schedules tried", counts.exhausted);
  print("of them no schedule needs less", counts.smallestFound);
  std::printf("%-34s %.1f\n", "CPU seconds",
              double(std::clock()) / CLOCKS_PER_SEC);
  print("findings", findings);
  return findings != 0;
}
