//===-- LaunchTest.cpp - grids over worker threads ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeModel.h"

#include "gtest/gtest.h"
#include <atomic>
#include <cfenv>
#include <cmath>
#include <cstring>
#include <limits>
#include <thread>

namespace {

std::vector<float> ramp(int64_t n) {
  std::vector<float> x(n);
  for (int64_t i = 0; i < n; ++i)
    x[i] = std::sin(0.37f * i) * 10;
  return x;
}

tn_status runChain(tn_context *context, std::vector<float> &x,
                   std::vector<float> &y, tn_message *message) {
  int64_t n = x.size();
  tn_tensor in{x.data(), TN_F32, 1, &n}, out{y.data(), TN_F32, 1, &n};
  return tn_run(context, &in, 1, &out, 1, message);
}

TEST(Launch, GivesTheSameBitsForAnyNumberOfThreads) {
  for (int64_t n : {1, 2, 3, 17, 64, 1000}) {
    FakeModel model(chainInfo(n), chainStep);
    std::vector<float> x = ramp(n);
    for (uint32_t threads : {1, 2, 3, 4, 8}) {
      ScopedContext context(model.get(), threads);
      ASSERT_EQ(context.status, TN_OK) << context.message.text;
      for (int repeat = 0; repeat < 20; ++repeat) {
        std::vector<float> y(n, NAN);
        tn_message message;
        ASSERT_EQ(runChain(context, x, y, &message), TN_OK) << message.text;
        for (int64_t i = 0; i < n; ++i)
          ASSERT_EQ(y[i], chainExpected(x[i])) << threads << " threads, " << i;
      }
    }
  }
}

// Every tile once, for every grid, with launches so short that workers come
// late to nearly all of them.
std::vector<std::atomic<int>> visits(4096);
int64_t visitGrid;

void visitKernel(void *const *args, int64_t begin, int64_t end, void *scratch) {
  for (int64_t i = begin; i < end; ++i)
    visits[i].fetch_add(1, std::memory_order_relaxed);
}

int32_t visitStep(tn_exec *exec, void *const *inputs, void *const *outputs,
                  char *arena, const char *weights, char *) {
  for (int64_t grid = 0; grid <= visitGrid; ++grid)
    tn_launch(exec, visitKernel, nullptr, grid);
  tn_launch(exec, visitKernel, nullptr, -1);
  return 0;
}

TEST(Launch, VisitsEveryTileOnce) {
  FakeModel model(FakeInfo{}, visitStep);
  visitGrid = 700;
  for (uint32_t threads : {1, 2, 4, 8}) {
    for (auto &count : visits)
      count = 0;
    ScopedContext context(model.get(), threads);
    ASSERT_EQ(tn_run(context, nullptr, 0, nullptr, 0, nullptr), TN_OK);
    for (int64_t i = 0; i < visitGrid; ++i)
      ASSERT_EQ(visits[i], visitGrid - i) << threads << " threads";
    ASSERT_EQ(visits[visitGrid], 0);
  }
}

TEST(Launch, WakesWorkersThatSleep) {
  FakeModel model(chainInfo(256), chainStep);
  ScopedContext context(model.get(), 4);
  std::vector<float> x = ramp(256), y(256);
  for (int i = 0; i < 30; ++i) {
    // Longer than workers spin.
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    ASSERT_EQ(runChain(context, x, y, nullptr), TN_OK);
    ASSERT_EQ(y[255], chainExpected(x[255]));
  }
}

// The caller's thread has all but one tile done long before that one is.
void slowKernel(void *const *args, int64_t begin, int64_t end, void *scratch) {
  auto *done = static_cast<std::atomic<int> *>(args[0]);
  if (begin == 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  done->fetch_add(static_cast<int>(end - begin));
}

std::atomic<int> slowDone;
int32_t slowStep(tn_exec *exec, void *const *inputs, void *const *outputs,
                 char *arena, const char *weights, char *) {
  void *args[] = {&slowDone};
  for (int i = 0; i < 10; ++i) {
    slowDone = 0;
    tn_launch(exec, slowKernel, args, 16);
    if (slowDone != 16)
      return 1;
  }
  return 0;
}

TEST(Launch, WaitsForTheSlowestWorker) {
  FakeModel model(FakeInfo{}, slowStep);
  ScopedContext context(model.get(), 4);
  tn_message message;
  EXPECT_EQ(tn_run(context, nullptr, 0, nullptr, 0, &message), TN_OK)
      << message.text;
}

TEST(Launch, ManyContextsRunAtOnce) {
  FakeModel model(chainInfo(300), chainStep);
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      ScopedContext context(model.get(), 1 + t % 3);
      std::vector<float> x = ramp(300), y(300);
      for (float &value : x)
        value += t;
      for (int i = 0; i < 50; ++i) {
        if (runChain(context, x, y, nullptr) != TN_OK)
          ++wrong;
        for (size_t k = 0; k < x.size(); ++k)
          wrong += y[k] != chainExpected(x[k]);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Launch, WorkspacesAreAlignedAndApart) {
  static std::atomic<uint64_t> used[8];
  static char *base;
  auto step = [](tn_exec *exec, void *const *, void *const *, char *arena,
                 const char *, char *) -> int32_t {
    base = arena;
    auto kernel = [](void *const *, int64_t, int64_t, void *scratch) {
      uint64_t offset = static_cast<char *>(scratch) - base - 128;
      if (offset % 192 == 0 && offset / 192 < 8)
        used[offset / 192].fetch_add(1);
      else
        used[0].store(1 << 20);
      if (reinterpret_cast<uintptr_t>(scratch) % 64)
        used[0].store(1 << 20);
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    };
    tn_launch(exec, kernel, nullptr, 64);
    return 0;
  };
  FakeInfo info;
  info.activationBytes = 128;
  info.scratchStride = 192;
  info.maxThreads = 8;
  FakeModel model(info, step);
  ScopedContext context(model.get(), 4);
  ASSERT_EQ(tn_run(context, nullptr, 0, nullptr, 0, nullptr), TN_OK);
  uint64_t total = 0, workers = 0;
  for (auto &count : used) {
    total += count;
    workers += count > 0;
  }
  EXPECT_EQ(total, 16u); // chunks
  EXPECT_GE(workers, 2u);
  EXPECT_LE(workers, 4u);
}

//===-- Errors of a step
//----------------------------------------------------===//

void errorKernel(void *const *args, int64_t begin, int64_t end, void *scratch) {
  auto *exec = static_cast<tn_exec *>(args[0]);
  for (int64_t i = end - 1; i >= begin; --i)
    if (i % 10 == 7) {
      tn_report_error(exec, 1, i);
      tn_report_error(exec, 2, 0); // a later node
    }
}

int32_t errorStep(tn_exec *exec, void *const *inputs, void *const *outputs,
                  char *arena, const char *weights, char *) {
  void *args[] = {exec};
  tn_launch(exec, errorKernel, args, 500);
  tn_report_error(exec, 0, 0);
  tn_launch(exec, errorKernel, args, 8);
  return 0;
}

TEST(Launch, KeepsTheSameErrorForAnyNumberOfThreads) {
  FakeInfo info;
  info.ops = {{"first", "Add"}, {"embed/Gather", "Gather"}, {"last", "Mul"}};
  FakeModel model(info, errorStep);
  for (uint32_t threads : {1, 2, 4}) {
    ScopedContext context(model.get(), threads);
    for (int i = 0; i < 20; ++i) {
      tn_message message;
      ASSERT_EQ(tn_run(context, nullptr, 0, nullptr, 0, &message),
                TN_STEP_ERROR);
      // Node 0 reports in the same launch number as the tiles, and is the
      // least op.
      ASSERT_NE(std::strstr(message.text, "Add 'first'"), nullptr)
          << message.text;
    }
  }
}

int32_t tilesErrorStep(tn_exec *exec, void *const *inputs, void *const *outputs,
                       char *arena, const char *weights, char *) {
  void *args[] = {exec};
  tn_launch(exec, errorKernel, args, 500);
  tn_launch(exec, errorKernel, args, 8);
  return 0;
}

TEST(Launch, KeepsTheLeastIndexOfTheFirstLaunch) {
  FakeInfo info;
  info.ops = {{"first", "Add"}, {"embed/Gather", "Gather"}, {"last", "Mul"}};
  FakeModel model(info, tilesErrorStep);
  for (uint32_t threads : {1, 2, 4}) {
    ScopedContext context(model.get(), threads);
    for (int i = 0; i < 20; ++i) {
      tn_message message;
      ASSERT_EQ(tn_run(context, nullptr, 0, nullptr, 0, &message),
                TN_STEP_ERROR);
      ASSERT_NE(std::strstr(message.text, "Gather 'embed/Gather'"), nullptr)
          << message.text;
      ASSERT_NE(std::strstr(message.text, "element 7"), nullptr)
          << message.text;
    }
  }
}

TEST(Launch, AnErrorDoesNotStayForTheNextStep) {
  static bool fail;
  auto step = [](tn_exec *exec, void *const *, void *const *, char *,
                 const char *, char *) -> int32_t {
    if (fail)
      tn_report_error(exec, 99, 3); // a node that is not in the table
    return 0;
  };
  FakeModel model(FakeInfo{}, step);
  ScopedContext context(model.get());
  tn_message message;
  fail = true;
  EXPECT_EQ(tn_run(context, nullptr, 0, nullptr, 0, &message), TN_STEP_ERROR);
  fail = false;
  EXPECT_EQ(tn_run(context, nullptr, 0, nullptr, 0, &message), TN_OK);
  EXPECT_STREQ(message.text, "");
}

TEST(Launch, TheStepsOwnCodeIsAnError) {
  auto step = [](tn_exec *, void *const *, void *const *, char *, const char *,
                 char *) -> int32_t { return 42; };
  FakeModel model(FakeInfo{}, step);
  ScopedContext context(model.get());
  tn_message message;
  EXPECT_EQ(tn_run(context, nullptr, 0, nullptr, 0, &message), TN_STEP_ERROR);
  EXPECT_NE(std::strstr(message.text, "42"), nullptr);
}

//===-- The caller's floating-point mode
//------------------------------------===//

#if defined(__x86_64__)
void subnormalKernel(void *const *args, int64_t begin, int64_t end,
                     void *scratch) {
  auto *x = static_cast<volatile float *>(args[0]);
  auto *y = static_cast<volatile float *>(args[1]);
  for (int64_t i = begin; i < end; ++i)
    y[i] = x[i] * 0.5f;
}

int32_t subnormalStep(tn_exec *exec, void *const *inputs, void *const *outputs,
                      char *arena, const char *weights, char *) {
  void *args[] = {inputs[0], outputs[0]};
  tn_launch(exec, subnormalKernel, args, 64);
  return 0;
}

TEST(Launch, IgnoresAndRestoresTheCallersFloatingPointMode) {
  FakeInfo info;
  int64_t n = 64;
  info.inputs = {{"x", TN_F32, {n}}};
  info.outputs = {{"y", TN_F32, {n}}};
  FakeModel model(info, subnormalStep);
  float least = std::numeric_limits<float>::min();
  for (uint32_t threads : {1, 4}) {
    unsigned before = __builtin_ia32_stmxcsr();
    // Flush to zero, subnormals are zero, round up: what -ffast-math or an
    // application may set. Threads created now inherit it.
    unsigned mode = 0xdf80;
    __builtin_ia32_ldmxcsr(mode);
    ScopedContext context(model.get(), threads);
    std::vector<float> x(n, least), y(n, 0);
    tn_status status = runChain(context, x, y, nullptr);
    unsigned after = __builtin_ia32_stmxcsr();
    __builtin_ia32_ldmxcsr(before);
    ASSERT_EQ(status, TN_OK);
    EXPECT_EQ(after & 0xffc0, mode & 0xffc0);
    for (float value : y)
      ASSERT_EQ(value, least / 2);
  }
}
#endif

} // namespace
