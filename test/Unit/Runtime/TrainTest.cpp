//===-- TrainTest.cpp - steps, evaluations and what refuses them ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeModel.h"
#include "FakeTrainer.h"

#include "runtime/hpp/tn.hpp"

#include "gtest/gtest.h"
#include <atomic>
#include <cmath>
#include <cstring>
#include <limits>

namespace {

// Buffers of one batch, with the same labels the regression can learn.
struct Batch {
  float images[FAKE_BATCH * FAKE_FEATURES] = {1, 0, 0, 1, -1, -1, 1, 0.5f};
  int64_t labels[FAKE_BATCH] = {0, 1, 2, 0};
  float loss = -1, accuracy = -1;
  int64_t count = -1;
  int64_t image_dims[2] = {FAKE_BATCH, FAKE_FEATURES};
  int64_t label_dims[1] = {FAKE_BATCH};
  tn_tensor inputs[2] = {{images, TN_F32, 2, image_dims},
                         {labels, TN_I64, 1, label_dims}};
  tn_tensor outputs[3] = {{&loss, TN_F32, 0, nullptr},
                          {&accuracy, TN_F32, 0, nullptr},
                          {&count, TN_I64, 0, nullptr}};
  tn_message message;
  tn_status step(tn_context *context) {
    return tn_step(context, inputs, 2, outputs, 2, &message);
  }
  tn_status eval(tn_context *context) {
    return tn_eval(context, inputs, 2, outputs, 3, &message);
  }
};

class Training : public testing::Test {
protected:
  explicit Training(uint32_t threads = 1)
      : context(model.get(), threads, TN_CONTEXT_GUARD_PAGES) {}
  void SetUp() override {
    ASSERT_EQ(context.status, TN_OK) << context.message.text;
  }
  std::string state() {
    std::string blob(tn_state_bytes(model.get()), '?');
    EXPECT_EQ(tn_get_state(context, blob.data(), blob.size(), &batch.message),
              TN_OK)
        << batch.message.text;
    return blob;
  }
  // The step is refused for `words`, and says truly that nothing has changed.
  void expectRefusedStep(std::initializer_list<const char *> words) {
    std::string before = state();
    EXPECT_EQ(batch.step(context), TN_STEP_ERROR);
    for (const char *word : words)
      EXPECT_NE(std::strstr(batch.message.text, word), nullptr)
          << "no '" << word << "' in: " << batch.message.text;
    EXPECT_NE(std::strstr(batch.message.text, "the state is as before"),
              nullptr)
        << batch.message.text;
    EXPECT_EQ(state(), before);
  }
  FakeModel model{trainerInfo(), fake_train_infer, fake_train_step,
                  fake_train_eval, fake_train_init};
  ScopedContext context;
  Batch batch;
};

TEST_F(Training, Learns) {
  ASSERT_EQ(tn_init(context, 1, &batch.message), TN_OK);
  ASSERT_EQ(batch.eval(context), TN_OK) << batch.message.text;
  float first = batch.loss;
  for (int i = 0; i < 200; ++i)
    ASSERT_EQ(batch.step(context), TN_OK) << batch.message.text;
  EXPECT_LT(batch.loss, first / 4);
  ASSERT_EQ(batch.eval(context), TN_OK);
  EXPECT_EQ(batch.accuracy, 1);
  EXPECT_EQ(batch.count, FAKE_BATCH);
  const void *steps;
  ASSERT_EQ(tn_state_data(context, 5, &steps, &batch.message), TN_OK);
  EXPECT_EQ(*static_cast<const uint64_t *>(steps), 200u);
  float scores[FAKE_BATCH * FAKE_CLASSES];
  int64_t score_dims[] = {FAKE_BATCH, FAKE_CLASSES};
  tn_tensor output{scores, TN_F32, 2, score_dims};
  ASSERT_EQ(tn_run(context, batch.inputs, 1, &output, 1, &batch.message),
            TN_OK);
  EXPECT_GT(scores[0], 0.8f);
}

TEST_F(Training, StartsFromTheSeedAlone) {
  ASSERT_EQ(tn_init(context, 5, &batch.message), TN_OK);
  std::string five = state();
  ASSERT_EQ(batch.step(context), TN_OK);
  EXPECT_NE(state(), five);
  ASSERT_EQ(tn_init(context, 6, &batch.message), TN_OK);
  EXPECT_NE(state(), five);
  ASSERT_EQ(tn_init(context, 5, &batch.message), TN_OK);
  EXPECT_EQ(state(), five);
}

TEST_F(Training, NeedsAState) {
  char blob[8];
  for (tn_status status :
       {batch.step(context), batch.eval(context),
        tn_run(context, nullptr, 0, nullptr, 0, &batch.message),
        tn_get_state(context, blob, 8, &batch.message)}) {
    EXPECT_EQ(status, TN_INVALID_ARGUMENT);
    EXPECT_NE(std::strstr(batch.message.text, "call tn_init() or"), nullptr)
        << batch.message.text;
  }
}

TEST_F(Training, ContextsHaveStatesOfTheirOwn) {
  ScopedContext other(model.get(), 2);
  ASSERT_EQ(tn_init(context, 1, &batch.message), TN_OK);
  ASSERT_EQ(tn_init(other, 1, &batch.message), TN_OK);
  std::string before = state();
  ASSERT_EQ(batch.step(other), TN_OK);
  EXPECT_EQ(state(), before);
  std::string blob(before.size(), '?');
  ASSERT_EQ(tn_get_state(other, blob.data(), blob.size(), nullptr), TN_OK);
  ASSERT_EQ(batch.step(context), TN_OK);
  EXPECT_EQ(state(), blob) << "one thread, guard pages or neither";
}

TEST_F(Training, RefusesALossThatIsNotFinite) {
  ASSERT_EQ(tn_init(context, 1, &batch.message), TN_OK);
  batch.images[3] = std::numeric_limits<float>::quiet_NaN();
  expectRefusedStep({"the loss is", "nan", "learning rate"});
  batch.images[3] = 1;
  EXPECT_EQ(batch.step(context), TN_OK) << "the next batch is fine";
}

TEST_F(Training, RefusesAGradientThatIsNotFinite) {
  ASSERT_EQ(tn_init(context, 1, &batch.message), TN_OK);
  // Scores of about 1, and a gradient whose square no float holds.
  const void *w;
  ASSERT_EQ(tn_state_data(context, 0, &w, &batch.message), TN_OK);
  auto *at = static_cast<float *>(const_cast<void *>(w));
  for (int i = 0; i < FAKE_FEATURES * FAKE_CLASSES; ++i)
    at[i] = 1e-30f;
  batch.images[6] = 1e30f;
  expectRefusedStep({"norm of the gradient is inf"});
}

TEST_F(Training, RefusesALabelAndNamesIt) {
  ASSERT_EQ(tn_init(context, 1, &batch.message), TN_OK);
  batch.labels[2] = 3;
  batch.labels[3] = -1;
  expectRefusedStep(
      {"label 2 of input 'labels' is 3", "from 0 to 2", "-100 takes no part"});
  EXPECT_EQ(batch.eval(context), TN_STEP_ERROR);
  EXPECT_EQ(std::strstr(batch.message.text, "state"), nullptr)
      << batch.message.text;
  batch.labels[2] = batch.labels[3] = FAKE_IGNORE;
  ASSERT_EQ(batch.eval(context), TN_OK) << batch.message.text;
  EXPECT_EQ(batch.count, 2);
}

TEST_F(Training, ChecksEveryCall) {
  ASSERT_EQ(tn_init(context, 1, &batch.message), TN_OK);
  std::string before = state();
  batch.inputs[1].dtype = TN_F64;
  EXPECT_EQ(batch.step(context), TN_INVALID_ARGUMENT);
  EXPECT_NE(std::strstr(batch.message.text,
                        "input 1 'labels' must be i64[4], and is f64[4]"),
            nullptr)
      << batch.message.text;
  batch.inputs[1].dtype = TN_I64;
  batch.image_dims[0] = 0;
  EXPECT_EQ(batch.step(context), TN_INVALID_ARGUMENT);
  EXPECT_NE(std::strstr(batch.message.text, "f32[0x2]"), nullptr);
  batch.image_dims[0] = FAKE_BATCH;
  EXPECT_EQ(tn_step(context, batch.inputs, 1, batch.outputs, 2, &batch.message),
            TN_INVALID_ARGUMENT);
  EXPECT_STREQ(batch.message.text, "the step has 2 inputs, and 1 was given");
  EXPECT_EQ(tn_eval(context, batch.inputs, 2, batch.outputs, 2, &batch.message),
            TN_INVALID_ARGUMENT);
  EXPECT_STREQ(batch.message.text,
               "the evaluation has 3 outputs, and 2 were given");
  batch.outputs[1].data = batch.images;
  EXPECT_EQ(batch.step(context), TN_INVALID_ARGUMENT);
  EXPECT_NE(std::strstr(batch.message.text, "overlaps input 0 'images'"),
            nullptr);
  EXPECT_EQ(state(), before);
}

TEST_F(Training, TellsItsSignatures) {
  tn_model_info info{};
  info.struct_size = sizeof(info);
  ASSERT_EQ(tn_info(model.get(), &info, &batch.message), TN_OK);
  EXPECT_EQ(info.entries, 15u);
  EXPECT_EQ(info.state_count, 6u);
  EXPECT_EQ(info.state_bytes, uint64_t(FAKE_STATE_BYTES));
  EXPECT_EQ(info.input_count, 1u);
  EXPECT_EQ(info.step_input_count, 2u);
  EXPECT_EQ(info.step_output_count, 2u);
  EXPECT_EQ(info.step_op_count, 4u);
  EXPECT_EQ(info.eval_output_count, 3u);
  EXPECT_STREQ(info.labels, "labels");
  EXPECT_EQ(info.label_classes, FAKE_CLASSES);
  EXPECT_EQ(info.ignore_label, FAKE_IGNORE);
  auto name = [&](int32_t kind, uint32_t index) {
    tn_tensor_spec spec;
    EXPECT_EQ(tn_spec(model.get(), kind, index, &spec, &batch.message), TN_OK);
    return std::string(spec.name);
  };
  EXPECT_EQ(name(TN_OUTPUT, 0), "scores");
  EXPECT_EQ(name(TN_STEP_INPUT, 1), "labels");
  EXPECT_EQ(name(TN_STEP_OUTPUT, 0), "loss");
  EXPECT_EQ(name(TN_EVAL_INPUT, 0), "images");
  EXPECT_EQ(name(TN_EVAL_OUTPUT, 2), "count");
  tn_tensor_spec spec;
  ASSERT_EQ(tn_spec(model.get(), TN_STATE, 4, &spec, &batch.message), TN_OK);
  EXPECT_STREQ(spec.name, "seen");
  EXPECT_STREQ(spec.source, "seen");
  EXPECT_EQ(spec.state_kind, TN_STATE_STATISTIC);
  EXPECT_EQ(tn_spec(model.get(), TN_STATE, 6, &spec, &batch.message),
            TN_INVALID_ARGUMENT);
  EXPECT_EQ(tn_spec(model.get(), TN_STEP_INPUT, 2, &spec, &batch.message),
            TN_INVALID_ARGUMENT);
  EXPECT_NE(std::strstr(batch.message.text, "input of the step 2"), nullptr);
  tn_memory_stats stats{};
  stats.struct_size = sizeof(stats);
  ASSERT_EQ(tn_memory(context, &stats, nullptr), TN_OK);
  EXPECT_EQ(stats.state_bytes, uint64_t(FAKE_STATE_BYTES));
}

TEST(Inference, CannotBeTrained) {
  FakeModel model(chainInfo(4), chainStep);
  ScopedContext context(model.get());
  Batch batch;
  char blob[8];
  for (tn_status status : {batch.step(context), batch.eval(context),
                           tn_init(context, 1, &batch.message),
                           tn_get_state(context, blob, 8, &batch.message),
                           tn_set_state(context, blob, 8, &batch.message)}) {
    EXPECT_EQ(status, TN_INVALID_ARGUMENT);
    EXPECT_NE(std::strstr(batch.message.text, "--train"), nullptr)
        << batch.message.text;
  }
  const void *data;
  EXPECT_EQ(tn_state_data(context, 0, &data, &batch.message),
            TN_INVALID_ARGUMENT);
  EXPECT_EQ(data, nullptr);
  EXPECT_EQ(tn_state_bytes(model.get()), 0u);
}

TEST(Entries, MustBeThoseOfTheMetadata) {
  FakeModel model(trainerInfo(), fake_train_infer, fake_train_step, nullptr,
                  fake_train_init);
  ScopedContext context(model.get());
  EXPECT_EQ(context.status, TN_CORRUPT);
  EXPECT_NE(std::strstr(context.message.text, "entries"), nullptr);
}

TEST(Wrapper, Trains) {
  FakeModel fake(trainerInfo(), fake_train_infer, fake_train_step,
                 fake_train_eval, fake_train_init);
  tn::Model model(fake.get());
  ASSERT_EQ(model.stepInputs().size(), 2u);
  EXPECT_STREQ(model.stepOutputs().at(0).name, "loss");
  EXPECT_STREQ(model.evalInputs().at(1).name, "labels");
  EXPECT_EQ(model.evalOutputs().size(), 3u);
  EXPECT_EQ(model.states().at(5).state_kind, TN_STATE_COUNTER);
  std::vector<float> images(FAKE_BATCH * FAKE_FEATURES, 1);
  std::vector<int64_t> labels(FAKE_BATCH, 1);
  float loss = 0, accuracy = 0;
  int64_t count = 0;
  std::vector<tn::Tensor> in = {tn::tensor(images, {FAKE_BATCH, FAKE_FEATURES}),
                                tn::tensor(labels, {FAKE_BATCH})};
  std::vector<tn::Tensor> out = {{&loss, TN_F32, {}}, {&accuracy, TN_F32, {}}};
  std::vector<tn::Tensor> all = out;
  all.push_back({&count, TN_I64, {}});

  tn::Context context(model, 1);
  EXPECT_THROW(context.step(in, out), tn::Error);
  context.init(3);
  std::vector<char> begin = context.state();
  EXPECT_EQ(begin.size(), model.stateBytes());
  context.step(in, out);
  float first = loss;
  for (int i = 0; i < 20; ++i)
    context.step(in, out);
  EXPECT_LT(loss, first);
  EXPECT_EQ(*static_cast<const uint64_t *>(context.stateData(5)), 21u);
  tn::Context moved(std::move(context));
  moved.setState(begin);
  moved.eval(in, all);
  EXPECT_EQ(loss, first);
  EXPECT_EQ(count, FAKE_BATCH);
  begin[0] ^= 1;
  try {
    moved.setState(begin);
    ADD_FAILURE() << "a damaged state was set";
  } catch (const tn::Error &error) {
    EXPECT_EQ(error.status(), TN_CORRUPT);
  }
}

//===-- The guard ---------------------------------------------------------===//

// What the next step gives to its guard.
const void *guardLoss, *guardNorm;
tn_dtype guardType;
int64_t guardLabel;
bool reportBefore, reportAfter, writeBefore;

int32_t guardedStep(tn_exec *exec, void *const *, void *const *, char *,
                    const char *, char *state) {
  if (reportBefore)
    tn_report_error(exec, 1, 77);
  if (writeBefore)
    state[0] ^= 1;
  if (int32_t code =
          tn_guard(exec, guardLoss, guardNorm, guardType, &guardLabel))
    return code;
  state[0] ^= 1;
  if (reportAfter)
    tn_report_error(exec, 0, 5);
  return 0;
}

class Guard : public testing::Test {
protected:
  static FakeInfo info() {
    FakeInfo info = trainerInfo();
    info.step.inputs.clear();
    info.step.outputs.clear();
    return info;
  }
  void SetUp() override {
    guardLoss = guardNorm = nullptr;
    guardType = TN_F32;
    guardLabel = -1;
    reportBefore = reportAfter = writeBefore = false;
    ASSERT_EQ(tn_init(context, 1, &message), TN_OK);
  }
  tn_status step() {
    return tn_step(context, nullptr, 0, nullptr, 0, &message);
  }
  template <typename T>
  tn_status stepWith(T loss, T norm, tn_dtype dtype) {
    guardLoss = &loss;
    guardNorm = &norm;
    guardType = dtype;
    return step();
  }
  FakeModel model{info(), fake_train_infer, guardedStep, fake_train_eval,
                  fake_train_init};
  ScopedContext context{model.get(), 1, TN_CONTEXT_GUARD_PAGES};
  tn_message message;
};

TEST_F(Guard, LooksAtEveryType) {
  EXPECT_EQ(step(), TN_OK) << "nothing to look at";
  double nan = std::nan(""), inf = INFINITY;
  EXPECT_EQ(stepWith(1e300, 0.0, TN_F64), TN_OK);
  EXPECT_EQ(stepWith(nan, 0.0, TN_F64), TN_STEP_ERROR);
  EXPECT_EQ(stepWith(0.0, -inf, TN_F64), TN_STEP_ERROR);
  EXPECT_NE(std::strstr(message.text, "gradient is -inf"), nullptr);
  EXPECT_EQ(stepWith(3e38f, 1e-44f, TN_F32), TN_OK);
  EXPECT_EQ(stepWith(float(inf), 0.f, TN_F32), TN_STEP_ERROR);
  EXPECT_NE(std::strstr(message.text, "the loss is inf"), nullptr);
  using Half = uint16_t;
  EXPECT_EQ(stepWith<Half>(0x7bff, 0xfbff, TN_F16), TN_OK);
  EXPECT_EQ(stepWith<Half>(0x7c00, 0, TN_F16), TN_STEP_ERROR);
  EXPECT_EQ(stepWith<Half>(0, 0xfe00, TN_F16), TN_STEP_ERROR);
  EXPECT_EQ(stepWith<Half>(0x7f7f, 0x7c00, TN_BF16), TN_OK);
  EXPECT_EQ(stepWith<Half>(0xff80, 0, TN_BF16), TN_STEP_ERROR);
  EXPECT_NE(std::strstr(message.text, "the loss is -inf"), nullptr);
  EXPECT_EQ(stepWith<Half>(0x7fc0, 0, TN_BF16), TN_STEP_ERROR);
}

TEST_F(Guard, StopsAfterAReportedError) {
  reportBefore = true;
  guardLabel = 3; // found later than the report
  EXPECT_EQ(step(), TN_STEP_ERROR);
  EXPECT_STREQ(message.text,
               "Loss 'loss' met a value out of its range, first at element 77; "
               "the step was refused, and the state is as before it");
}

TEST_F(Guard, ALabelComesBeforeTheLossItSpoils) {
  guardLabel = 3;
  EXPECT_EQ(stepWith(std::nan(""), 0.0, TN_F64), TN_STEP_ERROR);
  EXPECT_NE(std::strstr(message.text, "label 3, out of range"), nullptr)
      << message.text;
}

TEST_F(Guard, AnErrorBehindItLosesTheState) {
  reportAfter = true;
  EXPECT_EQ(step(), TN_STEP_ERROR);
  EXPECT_NE(std::strstr(message.text, "the state is lost"), nullptr)
      << message.text;
  reportAfter = false;
  EXPECT_EQ(step(), TN_INVALID_ARGUMENT) << "goes on with a state half written";
  ASSERT_EQ(tn_init(context, 1, &message), TN_OK);
  EXPECT_EQ(step(), TN_OK);
}

TEST_F(Guard, PagesNoticeAWriteBeforeIt) {
  writeBefore = true;
  EXPECT_EQ(step(), TN_OK);
  guardLabel = 0;
  EXPECT_EQ(step(), TN_INTERNAL);
  EXPECT_STREQ(message.text, "a kernel wrote to the state where none may");
}

//===-- Guard pages -------------------------------------------------------===//

int64_t pokeState;

int32_t pokeStateStep(tn_exec *, void *const *, void *const *, char *,
                      const char *, char *state) {
  reinterpret_cast<volatile char *>(state)[pokeState] = 1;
  return 0;
}

tn_status poke(int64_t offset, tn_message *message) {
  FakeInfo info = trainerInfo();
  info.step.inputs.clear();
  info.step.outputs.clear();
  FakeModel model(info, fake_train_infer, pokeStateStep, pokeStateStep,
                  fake_train_init);
  ScopedContext context(model.get(), 1, TN_CONTEXT_GUARD_PAGES);
  EXPECT_EQ(context.status, TN_OK) << context.message.text;
  EXPECT_EQ(tn_init(context, 1, message), TN_OK);
  pokeState = offset;
  return tn_step(context, nullptr, 0, nullptr, 0, message);
}

TEST(StateGuardPages, LetTheStateBe) {
  tn_message message;
  EXPECT_EQ(poke(0, &message), TN_OK) << message.text;
  EXPECT_EQ(poke(FAKE_STATE_BYTES - 1, &message), TN_OK) << message.text;
}
TEST(StateGuardPages, NoticeWritesInFront) {
  tn_message message;
  EXPECT_EQ(poke(-1, &message), TN_INTERNAL);
  EXPECT_NE(std::strstr(message.text, "in front of the state"), nullptr);
}
TEST(StateGuardPagesDeathTest, FaultBehindTheEnd) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  tn_message message;
  EXPECT_DEATH(poke(FAKE_STATE_BYTES, &message), "");
}

} // namespace
