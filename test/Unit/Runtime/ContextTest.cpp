//===-- ContextTest.cpp - contexts, calls and their checks ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeModel.h"

#include "gtest/gtest.h"
#include <atomic>
#include <cstring>
#include <thread>

namespace {

int32_t nothingStep(tn_exec *, void *const *, void *const *, char *,
                    const char *, char *) {
  return 0;
}

FakeInfo signature() {
  FakeInfo info;
  info.inputs = {{"image", TN_F32, {1, 3, 4}}, {"mask", TN_BOOL, {4}}};
  info.outputs = {{"scores", TN_F32, {1, 5}}};
  info.activationBytes = 256;
  info.scratchStride = 64;
  info.weights = "0123456789";
  return info;
}

// A correct call of the signature above, for tests to spoil.
struct Call {
  alignas(64) float image[12] = {}, scores[5] = {};
  bool mask[4] = {};
  int64_t image_dims[3] = {1, 3, 4}, mask_dims[1] = {4}, score_dims[2] = {1, 5};
  tn_tensor inputs[2] = {{image, TN_F32, 3, image_dims},
                         {mask, TN_BOOL, 1, mask_dims}};
  tn_tensor outputs[1] = {{scores, TN_F32, 2, score_dims}};
  tn_message message;
  tn_status run(tn_context *context) {
    std::memset(&message, '?', sizeof(message));
    return tn_run(context, inputs, 2, outputs, 1, &message);
  }
};

class CallTest : public testing::Test {
protected:
  FakeModel model{signature(), nothingStep};
  ScopedContext context{model.get()};
  Call call;

  void expectRefused(std::initializer_list<const char *> words) {
    EXPECT_EQ(call.run(context), TN_INVALID_ARGUMENT);
    for (const char *word : words)
      EXPECT_NE(std::strstr(call.message.text, word), nullptr)
          << "no '" << word << "' in: " << call.message.text;
  }
};

TEST_F(CallTest, AcceptsWhatTheSignatureSays) {
  EXPECT_EQ(call.run(context), TN_OK);
  EXPECT_STREQ(call.message.text, "");
}
TEST_F(CallTest, RefusesAnExtent) {
  call.image_dims[2] = 5;
  expectRefused({"input 0 'image'", "f32[1x3x4]", "f32[1x3x5]"});
}
TEST_F(CallTest, RefusesARank) {
  call.inputs[0].rank = 2;
  expectRefused({"input 0 'image'", "f32[1x3]"});
}
TEST_F(CallTest, RefusesANegativeRank) {
  call.inputs[1].rank = -1;
  expectRefused({"input 1 'mask'"});
}
TEST_F(CallTest, RefusesMissingDims) {
  call.inputs[0].dims = nullptr;
  expectRefused({"input 0 'image'", "without dims"});
}
TEST_F(CallTest, RefusesADtype) {
  call.inputs[1].dtype = TN_U8;
  expectRefused({"input 1 'mask'", "bool[4]", "u8[4]"});
}
TEST_F(CallTest, RefusesWhatIsNoDtype) {
  call.outputs[0].dtype = 77;
  expectRefused({"output 0 'scores'", "dtype 77"});
}
TEST_F(CallTest, RefusesNull) {
  call.inputs[1].data = nullptr;
  expectRefused({"input 1 'mask'", "NULL"});
}
TEST_F(CallTest, RefusesMisalignment) {
  call.inputs[0].data = reinterpret_cast<char *>(call.image) + 2;
  expectRefused({"input 0 'image'", "aligned to 4"});
}
TEST_F(CallTest, RefusesAnOutputOverAnInput) {
  call.outputs[0].data = call.image + 11;
  expectRefused({"output 0 'scores'", "overlaps", "input 0 'image'"});
}
TEST_F(CallTest, AcceptsAnOutputBesideAnInput) {
  float both[17];
  call.inputs[0].data = both;
  call.outputs[0].data = both + 12;
  EXPECT_EQ(call.run(context), TN_OK);
}
TEST_F(CallTest, RefusesTheWrongNumberOfTensors) {
  tn_message message;
  EXPECT_EQ(tn_run(context, call.inputs, 1, call.outputs, 1, &message),
            TN_INVALID_ARGUMENT);
  EXPECT_STREQ(message.text, "the model has 2 inputs, and 1 was given");
  EXPECT_EQ(tn_run(context, call.inputs, 2, call.outputs, 0, &message),
            TN_INVALID_ARGUMENT);
  EXPECT_EQ(tn_run(context, nullptr, 2, call.outputs, 1, &message),
            TN_INVALID_ARGUMENT);
}
TEST_F(CallTest, NeedsNoMessage) {
  call.inputs[1].data = nullptr;
  EXPECT_EQ(tn_run(context, call.inputs, 2, call.outputs, 1, nullptr),
            TN_INVALID_ARGUMENT);
}
TEST_F(CallTest, CutsLongShapes) {
  std::vector<int64_t> dims(64, 1234567890123);
  call.inputs[0].dims = dims.data();
  call.inputs[0].rank = 64;
  expectRefused({"input 0 'image'", "..."});
}

TEST(Context, ChecksOptions) {
  FakeModel model(signature(), nothingStep);
  ScopedContext many(model.get(), 9);
  EXPECT_EQ(many.status, TN_INVALID_ARGUMENT);
  EXPECT_NE(std::strstr(many.message.text, "--max-threads=9"), nullptr);
  ScopedContext flags(model.get(), 1, 1u << 30);
  EXPECT_EQ(flags.status, TN_INVALID_ARGUMENT);
  ScopedContext withhold(model.get(), 1, 0, 64);
  EXPECT_EQ(withhold.status, TN_INVALID_ARGUMENT);

  tn_context *context = reinterpret_cast<tn_context *>(1);
  tn_message message;
  tn_context_options unset{};
  EXPECT_EQ(tn_context_create(model.get(), &unset, &context, &message),
            TN_INVALID_ARGUMENT);
  EXPECT_EQ(context, nullptr);

  // A caller built against a later header.
  struct {
    tn_context_options known;
    uint64_t later;
  } longer{};
  longer.known.struct_size = sizeof(longer);
  EXPECT_EQ(tn_context_create(model.get(), &longer.known, &context, &message),
            TN_OK);
  tn_context_destroy(context);
  longer.later = 1;
  EXPECT_EQ(tn_context_create(model.get(), &longer.known, &context, &message),
            TN_INCOMPATIBLE);

  EXPECT_EQ(tn_context_create(model.get(), nullptr, &context, nullptr), TN_OK);
  tn_memory_stats stats{};
  stats.struct_size = sizeof(stats);
  EXPECT_EQ(tn_memory(context, &stats, nullptr), TN_OK);
  EXPECT_GE(stats.threads, 1u);
  EXPECT_LE(stats.threads, 8u);
  tn_context_destroy(context);
  tn_context_destroy(nullptr);
}

TEST(Context, TellsItsMemory) {
  FakeModel model(signature(), nothingStep);
  ScopedContext context(model.get(), 2);
  tn_memory_stats stats{};
  stats.struct_size = sizeof(stats);
  ASSERT_EQ(tn_memory(context, &stats, nullptr), TN_OK);
  EXPECT_EQ(stats.arena_bytes, 256u + 8 * 64);
  EXPECT_EQ(stats.activation_bytes, 256u);
  EXPECT_EQ(stats.workspace_bytes, 8u * 64);
  EXPECT_EQ(stats.weights_bytes, 10u);
  EXPECT_EQ(stats.threads, 2u);
  // A caller with an older, shorter struct.
  tn_memory_stats shorter;
  std::memset(&shorter, 0x11, sizeof(shorter));
  shorter.struct_size = offsetof(tn_memory_stats, activation_bytes);
  ASSERT_EQ(tn_memory(context, &shorter, nullptr), TN_OK);
  EXPECT_EQ(shorter.arena_bytes, 256u + 8 * 64);
  EXPECT_EQ(shorter.activation_bytes, 0x1111111111111111u);
}

TEST(Context, DescribesTheModel) {
  FakeModel model(signature(), nothingStep);
  tn_model_info info{};
  tn_message message;
  EXPECT_EQ(tn_info(model.get(), &info, &message), TN_INVALID_ARGUMENT);
  info.struct_size = sizeof(info);
  ASSERT_EQ(tn_info(model.get(), &info, &message), TN_OK);
  EXPECT_STREQ(info.name, "fake");
  EXPECT_EQ(info.input_count, 2u);
  EXPECT_EQ(std::string(info.json, info.json_size), "{}");
  tn_tensor_spec spec;
  ASSERT_EQ(tn_spec(model.get(), TN_INPUT, 0, &spec, &message), TN_OK);
  EXPECT_STREQ(spec.name, "image");
  EXPECT_EQ(spec.rank, 3);
  EXPECT_EQ(spec.dims[1], 3);
  EXPECT_EQ(spec.bytes, 48u);
  ASSERT_EQ(tn_spec(model.get(), TN_OUTPUT, 0, &spec, &message), TN_OK);
  EXPECT_STREQ(spec.name, "scores");
  EXPECT_EQ(tn_spec(model.get(), TN_OUTPUT, 1, &spec, &message),
            TN_INVALID_ARGUMENT);
  EXPECT_EQ(tn_spec(model.get(), 7, 0, &spec, &message), TN_INVALID_ARGUMENT);
}

TEST(Context, VerifiesWeights) {
  FakeInfo info = signature();
  info.weights.assign((2 << 20) + 12345, 'w');
  FakeModel model(info, nothingStep);
  tn_message message;
  EXPECT_EQ(tn_verify(model.get(), &message), TN_OK);
  for (size_t at : {size_t(0), size_t(1 << 20), info.weights.size() - 1}) {
    model.weights[at] ^= 4;
    EXPECT_EQ(tn_verify(model.get(), &message), TN_CORRUPT) << at;
    model.weights[at] ^= 4;
  }
  model.model.weights_size -= 1;
  EXPECT_EQ(tn_verify(model.get(), &message), TN_CORRUPT);
}

TEST(Context, RefusesAModelForAnotherCpu) {
  FakeInfo info = signature();
  info.isa = UINT64_C(1) << 63;
  info.cpu = "future";
  FakeModel model(info, nothingStep);
  ScopedContext context(model.get());
  EXPECT_EQ(context.status, TN_INCOMPATIBLE);
  EXPECT_NE(std::strstr(context.message.text, "'future'"), nullptr);
  EXPECT_NE(std::strstr(context.message.text, "feature-63"), nullptr);
}

TEST(Context, RunsOneStepAtATime) {
  static std::atomic<bool> inside, leave;
  inside = leave = false;
  auto step = [](tn_exec *, void *const *, void *const *, char *, const char *,
                 char *) -> int32_t {
    inside = true;
    while (!leave)
      std::this_thread::yield();
    return 0;
  };
  FakeModel model(FakeInfo{}, step);
  ScopedContext context(model.get());
  std::thread first([&] { tn_run(context, nullptr, 0, nullptr, 0, nullptr); });
  while (!inside)
    std::this_thread::yield();
  tn_message message;
  EXPECT_EQ(tn_run(context, nullptr, 0, nullptr, 0, &message), TN_BUSY);
  leave = true;
  first.join();
  EXPECT_EQ(tn_run(context, nullptr, 0, nullptr, 0, &message), TN_OK);
}

//===-- Guard pages
//---------------------------------------------------------===//

// Writes one byte at `offset` of the arena, or of the workspace.
int64_t pokeArena, pokeScratch;
constexpr int64_t nowhere = INT64_MIN;

int32_t pokeStep(tn_exec *exec, void *const *, void *const *, char *arena,
                 const char *, char *) {
  if (pokeArena != nowhere)
    reinterpret_cast<volatile char *>(arena)[pokeArena] = 1;
  auto kernel = [](void *const *, int64_t, int64_t, void *scratch) {
    if (pokeScratch != nowhere)
      static_cast<volatile char *>(scratch)[pokeScratch] = 1;
  };
  tn_launch(exec, kernel, nullptr, 32);
  return 0;
}

FakeInfo pokeInfo() {
  FakeInfo info;
  info.activationBytes = 4096 + 128;
  info.scratchStride = 192;
  return info;
}

void poke(int64_t arena, int64_t scratch, uint32_t threads = 1,
          uint64_t withhold = 0) {
  FakeModel model(pokeInfo(), pokeStep);
  ScopedContext context(model.get(), threads, TN_CONTEXT_GUARD_PAGES, withhold);
  ASSERT_EQ(context.status, TN_OK) << context.message.text;
  pokeArena = arena;
  pokeScratch = scratch;
  tn_message message;
  tn_status status = tn_run(context, nullptr, 0, nullptr, 0, &message);
  EXPECT_EQ(status, TN_OK) << message.text;
}

TEST(GuardPages, LetThePlannedBytesBe) {
  poke(0, 0);
  poke(4096 + 127, 191);
  poke(4096 + 127, 191, 4);
  poke(4096 + 63, nowhere, 1, 64);
}

TEST(GuardPages, NoticeWritesInFront) {
  for (uint32_t threads : {1, 4}) {
    FakeModel model(pokeInfo(), pokeStep);
    ScopedContext context(model.get(), threads, TN_CONTEXT_GUARD_PAGES);
    tn_message message;
    pokeArena = nowhere;
    pokeScratch = -1;
    EXPECT_EQ(tn_run(context, nullptr, 0, nullptr, 0, &message), TN_INTERNAL);
    EXPECT_NE(std::strstr(message.text, "workspace of worker"), nullptr);
  }
  FakeModel model(pokeInfo(), pokeStep);
  ScopedContext context(model.get(), 1, TN_CONTEXT_GUARD_PAGES);
  tn_message message;
  pokeArena = -64;
  pokeScratch = nowhere;
  EXPECT_EQ(tn_run(context, nullptr, 0, nullptr, 0, &message), TN_INTERNAL);
  EXPECT_NE(std::strstr(message.text, "in front of the arena"), nullptr);
}

TEST(GuardPagesDeathTest, FaultBehindTheEnd) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(poke(4096 + 128, nowhere), "");
  EXPECT_DEATH(poke(nowhere, 192), "");
  EXPECT_DEATH(poke(nowhere, 192, 4), "");
  EXPECT_DEATH(poke(4096 + 64, nowhere, 1, 64), "");
}

TEST(GuardPages, ShowReadsOfWhatWasNotWritten) {
  static float seen[2];
  auto step = [](tn_exec *exec, void *const *, void *const *, char *arena,
                 const char *, char *) -> int32_t {
    auto *first = reinterpret_cast<float *>(arena);
    seen[0] = *first;
    *first = 1;
    auto kernel = [](void *const *, int64_t, int64_t, void *scratch) {
      seen[1] = *static_cast<float *>(scratch);
      *static_cast<float *>(scratch) = 1;
    };
    tn_launch(exec, kernel, nullptr, 1);
    return 0;
  };
  FakeModel model(pokeInfo(), step);
  ScopedContext context(model.get(), 1, TN_CONTEXT_GUARD_PAGES);
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(tn_run(context, nullptr, 0, nullptr, 0, nullptr), TN_OK);
    EXPECT_NE(seen[0], seen[0]);
    EXPECT_NE(seen[1], seen[1]);
  }
}

} // namespace
