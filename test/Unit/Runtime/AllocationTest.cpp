//===-- AllocationTest.cpp - a step allocates nothing ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeModel.h"

#include "gtest/gtest.h"
#include <atomic>
#include <thread>

extern "C" std::atomic<long> tenon_test_allocations;

namespace {

TEST(Allocation, TheCounterCounts) {
  long before = tenon_test_allocations;
  std::vector<char> block(1000);
  EXPECT_GT(tenon_test_allocations, before);
}

TEST(Allocation, AStepHasNone) {
  int64_t n = 4096;
  FakeModel model(chainInfo(n), chainStep);
  for (uint32_t threads : {1, 4})
    for (uint32_t flags : {0u, unsigned(TN_CONTEXT_GUARD_PAGES)}) {
      ScopedContext context(model.get(), threads, flags);
      std::vector<float> x(n, 1), y(n);
      tn_tensor in{x.data(), TN_F32, 1, &n}, out{y.data(), TN_F32, 1, &n};
      tn_message message;
      long before = tenon_test_allocations;
      tn_status status = TN_OK;
      for (int i = 0; i < 100 && status == TN_OK; ++i) {
        // The first step too, and one after the workers went to sleep.
        if (i == 50)
          std::this_thread::sleep_for(std::chrono::milliseconds(2));
        status = tn_run(context, &in, 1, &out, 1, &message);
      }
      in.rank = 0; // nor does a refused call
      tn_status refused = tn_run(context, &in, 1, &out, 1, &message);
      long after = tenon_test_allocations;
      EXPECT_EQ(status, TN_OK);
      EXPECT_EQ(refused, TN_INVALID_ARGUMENT);
      EXPECT_EQ(after - before, 0) << threads << " threads";
    }
}

} // namespace
