//===-- FakeTrainer.h - a model that trains, made by hand -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Softmax regression of 2 numbers into 3 classes, batches of 4, by momentum.
// What a compiler would write for it: launches, a guard, then writes to the
// state.
//
//   infer: images f32[4,2] -> probabilities f32[4,3]
//   step:  images, labels i64[4] -> loss f32, accuracy f32
//   eval:  images, labels -> loss, accuracy, count i64
//
//===----------------------------------------------------------------------===//
#ifndef TENON_TEST_UNIT_RUNTIME_FAKETRAINER_H
#define TENON_TEST_UNIT_RUNTIME_FAKETRAINER_H

#include "tenon/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  FAKE_BATCH = 4,
  FAKE_FEATURES = 2,
  FAKE_CLASSES = 3,
  FAKE_IGNORE = -100,
  // Offsets in the state.
  FAKE_W = 0,
  FAKE_B = 64,
  FAKE_MW = 128,
  FAKE_MB = 192,
  FAKE_SEEN = 256,
  FAKE_COUNT = 320,
  FAKE_STATE_BYTES = 384,
  FAKE_ACTIVATION_BYTES = 512
};

TN_HIDDEN int32_t fake_train_infer(tn_exec *exec, void *const *inputs,
                                   void *const *outputs, char *arena,
                                   const char *weights, char *state);
TN_HIDDEN int32_t fake_train_step(tn_exec *exec, void *const *inputs,
                                  void *const *outputs, char *arena,
                                  const char *weights, char *state);
TN_HIDDEN int32_t fake_train_eval(tn_exec *exec, void *const *inputs,
                                  void *const *outputs, char *arena,
                                  const char *weights, char *state);
TN_HIDDEN int32_t fake_train_init(tn_exec *exec, void *const *inputs,
                                  void *const *outputs, char *arena,
                                  const char *weights, char *state);

#ifdef __cplusplus
}
#endif

#endif // TENON_TEST_UNIT_RUNTIME_FAKETRAINER_H
