//===-- StateTest.cpp - saved states --------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeModel.h"
#include "FakeTrainer.h"

extern "C" {
#include "runtime/src/core/Hash.h"
}

#include "gtest/gtest.h"
#include <cstddef>
#include <cstring>
#include <random>

namespace {

FakeModel makeModel(const FakeInfo &info) {
  return {info, fake_train_infer, fake_train_step, fake_train_eval,
          fake_train_init};
}

std::string save(tn_context *context, const tn_model *model) {
  std::string blob(tn_state_bytes(model), '?');
  tn_message message;
  EXPECT_EQ(tn_get_state(context, blob.data(), blob.size(), &message), TN_OK)
      << message.text;
  return blob;
}

void rehash(std::string &blob) {
  size_t begin = offsetof(tn_state_header, version);
  uint64_t hash = tn_hash(blob.data() + begin, blob.size() - begin);
  std::memcpy(blob.data() + offsetof(tn_state_header, hash), &hash,
              sizeof(hash));
}

class State : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_EQ(tn_init(context, 1, &message), TN_OK) << message.text;
    blob = save(context, model.get());
  }
  // From memory of exactly its size, so that a sanitizer sees one too many, and
  // at an odd address.
  tn_status set(tn_context *to, const std::string &bytes) {
    std::unique_ptr<char[]> copy(new char[bytes.size() + 1]);
    std::memcpy(copy.get() + 1, bytes.data(), bytes.size());
    return tn_set_state(to, copy.get() + 1, bytes.size(), &message);
  }
  void expectMessage(const char *words) {
    EXPECT_NE(std::strstr(message.text, words), nullptr)
        << "no '" << words << "' in: " << message.text;
  }
  FakeModel model = makeModel(trainerInfo());
  ScopedContext context{model.get()};
  std::string blob;
  tn_message message;
};

TEST_F(State, IsRestored) {
  ScopedContext other(model.get(), 1, TN_CONTEXT_GUARD_PAGES);
  ASSERT_EQ(tn_init(other, 2, &message), TN_OK);
  EXPECT_NE(save(other, model.get()), blob);
  ASSERT_EQ(set(other, blob), TN_OK) << message.text;
  EXPECT_EQ(save(other, model.get()), blob) << "padding must not show";
  // Into a context that has none yet.
  ScopedContext fresh(model.get());
  ASSERT_EQ(set(fresh, blob), TN_OK) << message.text;
  EXPECT_EQ(save(fresh, model.get()), blob);
}

TEST_F(State, NeedsTheRightSize) {
  for (uint64_t size : {uint64_t(0), blob.size() - 1, blob.size() + 1})
    EXPECT_EQ(tn_get_state(context, blob.data(), size, &message),
              TN_INVALID_ARGUMENT);
  expectMessage("tn_state_bytes()");
  EXPECT_EQ(tn_get_state(context, nullptr, blob.size(), &message),
            TN_INVALID_ARGUMENT);
  EXPECT_EQ(tn_set_state(context, nullptr, blob.size(), &message), TN_CORRUPT);
}

TEST_F(State, EveryFlippedBitIsNoticed) {
  ScopedContext other(model.get());
  ASSERT_EQ(tn_init(other, 2, &message), TN_OK);
  std::string before = save(other, model.get());
  for (size_t i = 0; i < blob.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      blob[i] ^= 1 << bit;
      tn_status status = set(other, blob);
      EXPECT_TRUE(status == TN_CORRUPT || status == TN_INCOMPATIBLE)
          << "byte " << i << " bit " << bit;
      EXPECT_STRNE(message.text, "");
      blob[i] ^= 1 << bit;
    }
  EXPECT_EQ(save(other, model.get()), before);
}

TEST_F(State, EveryCutIsNoticed) {
  for (size_t size = 0; size < blob.size(); ++size)
    EXPECT_EQ(set(context, blob.substr(0, size)), TN_CORRUPT) << size;
}

TEST_F(State, AnotherVersionIsNotCalledDamaged) {
  blob[offsetof(tn_state_header, version)] = 2;
  rehash(blob);
  EXPECT_EQ(set(context, blob), TN_INCOMPATIBLE);
  expectMessage("version 2");
}

// Models that differ in one tensor.
TEST_F(State, NamesTheFirstTensorThatDoesNotFit) {
  auto expectRefused = [&](void (*change)(FakeInfo &), const char *words) {
    FakeInfo info = trainerInfo();
    change(info);
    FakeModel other = makeModel(info);
    ScopedContext target(other.get());
    ASSERT_EQ(tn_init(target, 3, &message), TN_OK);
    std::string before = save(target, other.get());
    EXPECT_EQ(set(target, blob), TN_INVALID_ARGUMENT);
    expectMessage(words);
    EXPECT_EQ(save(target, other.get()), before);
  };
  expectRefused([](FakeInfo &i) { i.states[2].tensor.name = "W.m"; },
                "no 'W.m', which model 'trainer' needs");
  expectRefused([](FakeInfo &i) { i.states[1].tensor.dims = {4}; },
                "'B' must be f32[4], and is f32[3]");
  expectRefused([](FakeInfo &i) { i.states[1].tensor.dims = {3, 1}; },
                "'B' must be f32[3x1], and is f32[3]");
  expectRefused([](FakeInfo &i) { i.states[5].tensor.dtype = TN_I64; },
                "'steps' must be i64[], and is u64[]");
  expectRefused([](FakeInfo &i) { i.states.erase(i.states.begin() + 3); },
                "has 'B.momentum', which model 'trainer' does not");
}

TEST_F(State, IsMatchedByName) {
  // The same tensors in another order and at other places.
  FakeInfo info = trainerInfo();
  std::swap(info.states[0], info.states[1]);
  std::swap(info.states[0].offset, info.states[1].offset);
  FakeModel other = makeModel(info);
  ScopedContext target(other.get());
  ASSERT_EQ(set(target, blob), TN_OK) << message.text;
  const void *w;
  const void *moved;
  ASSERT_EQ(tn_state_data(context, 0, &w, &message), TN_OK);
  ASSERT_EQ(tn_state_data(target, 1, &moved, &message), TN_OK);
  EXPECT_EQ(std::memcmp(w, moved, 24), 0);
}

// With a right hash, only the structure protects the reader.
TEST_F(State, RandomDamageUnderARightHashStaysInBounds) {
  std::mt19937 random(11);
  ScopedContext other(model.get());
  ASSERT_EQ(tn_init(other, 2, &message), TN_OK);
  std::string before = save(other, model.get());
  size_t tables = blob.size() - FAKE_STATE_BYTES;
  int accepted = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string bytes = blob;
    for (int k = random() % 3; k >= 0; --k) {
      size_t at = 16 + random() % (tables / 4 - 4) * 4;
      uint64_t values[] = {0, 1, 64, bytes.size(), ~UINT64_C(0), random()};
      uint64_t value = values[random() % 6];
      std::memcpy(&bytes[at], &value, random() % 2 ? 4 : 8);
    }
    tn_state_header header;
    std::memcpy(&header, bytes.data(), sizeof(header));
    header.version = TN_STATE_VERSION;
    header.header_size = sizeof(header);
    header.total_size = bytes.size();
    std::memcpy(bytes.data(), &header, sizeof(header));
    rehash(bytes);
    if (set(other, bytes) == TN_OK) {
      ++accepted;
      ASSERT_EQ(set(other, before), TN_OK);
      continue;
    }
    ASSERT_STRNE(message.text, "");
    ASSERT_EQ(save(other, model.get()), before);
  }
  EXPECT_GT(accepted, 0);
}

} // namespace
