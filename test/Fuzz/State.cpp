//===-- State.cpp - fuzz target: saved states -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The last byte says whether the hash is made right first, since no mutation
// would guess it.
//
//===----------------------------------------------------------------------===//

extern "C" {
#include "runtime/src/core/Hash.h"
}
#include "test/Fuzz/Target.h"
#include "test/Unit/Runtime/FakeModel.h"
#include "test/Unit/Runtime/FakeTrainer.h"

#include <cstring>
#include <memory>

namespace {

struct Trainer {
  FakeModel model{trainerInfo(), fake_train_infer, fake_train_step,
                  fake_train_eval, fake_train_init};
  ScopedContext context{model.get()};
};

std::vector<uint8_t> save(Trainer &trainer) {
  std::vector<uint8_t> blob(tn_state_bytes(trainer.model.get()));
  tn_message message;
  TENON_FUZZ_REQUIRE(tn_get_state(trainer.context, blob.data(), blob.size(),
                                  &message) == TN_OK);
  return blob;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static Trainer trainer;
  if (size == 0)
    return 0;
  bool sealed = data[--size] & 1;
  std::unique_ptr<uint8_t[]> bytes(new uint8_t[size]);
  std::memcpy(bytes.get(), data, size);
  if (sealed && size >= sizeof(tn_state_header)) {
    size_t begin = offsetof(tn_state_header, version);
    uint64_t hash = tn_hash(bytes.get() + begin, size - begin);
    std::memcpy(bytes.get() + offsetof(tn_state_header, hash), &hash,
                sizeof hash);
  }
  tn_message message;
  TENON_FUZZ_REQUIRE(tn_init(trainer.context, 1, &message) == TN_OK);
  std::vector<uint8_t> before = save(trainer);
  if (tn_set_state(trainer.context, bytes.get(), size, &message) == TN_OK)
    return 0;
  TENON_FUZZ_REQUIRE(message.text[0] != '\0');
  TENON_FUZZ_REQUIRE(save(trainer) == before);
  return 0;
}

std::vector<uint8_t> tenonFuzzSeed() {
  Trainer trainer;
  tn_message message;
  TENON_FUZZ_REQUIRE(tn_init(trainer.context, 2, &message) == TN_OK);
  std::vector<uint8_t> seed = save(trainer);
  seed.push_back(1);
  return seed;
}
