//===-- AllocationTest.cpp - a step allocates nothing ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeModel.h"
#include "FakeTrainer.h"

#include "gtest/gtest.h"
#include <atomic>
#include <thread>

extern "C" std::atomic<long> tenon_test_allocations;

namespace {

TEST(Allocation, TheCounterCounts) {
  long before = tenon_test_allocations;
  // Through a volatile, or the compiler may see that nobody needs the block.
  std::vector<char> *volatile block = new std::vector<char>(1000);
  delete block;
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

TEST(Allocation, ATrainingStepHasNone) {
  FakeModel model(trainerInfo(), fake_train_infer, fake_train_step,
                  fake_train_eval, fake_train_init);
  for (uint32_t threads : {1, 4})
    for (uint32_t flags : {0u, unsigned(TN_CONTEXT_GUARD_PAGES)}) {
      ScopedContext context(model.get(), threads, flags);
      float images[FAKE_BATCH * FAKE_FEATURES] = {1, 2}, loss, accuracy;
      int64_t labels[FAKE_BATCH] = {}, count, batch = FAKE_BATCH;
      int64_t dims[] = {FAKE_BATCH, FAKE_FEATURES};
      tn_tensor in[] = {{images, TN_F32, 2, dims}, {labels, TN_I64, 1, &batch}};
      tn_tensor out[] = {{&loss, TN_F32, 0, nullptr},
                         {&accuracy, TN_F32, 0, nullptr},
                         {&count, TN_I64, 0, nullptr}};
      std::string blob(tn_state_bytes(model.get()), '\0');
      tn_message message;
      long before = tenon_test_allocations;
      tn_status status = tn_init(context, 1, &message);
      for (int i = 0; i < 100 && status == TN_OK; ++i) {
        status = tn_step(context, in, 2, out, 2, &message);
        if (status == TN_OK)
          status = tn_eval(context, in, 2, out, 3, &message);
      }
      if (status == TN_OK)
        status = tn_get_state(context, blob.data(), blob.size(), &message);
      if (status == TN_OK)
        status = tn_set_state(context, blob.data(), blob.size(), &message);
      labels[0] = 99; // nor does a refused step
      tn_status refused = tn_step(context, in, 2, out, 2, &message);
      long after = tenon_test_allocations;
      EXPECT_EQ(status, TN_OK);
      EXPECT_EQ(refused, TN_STEP_ERROR);
      EXPECT_EQ(after - before, 0) << threads << " threads";
    }
}

} // namespace
