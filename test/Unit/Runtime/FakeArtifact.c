//===-- FakeArtifact.c - a shared artifact made by hand -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// y = x + the first byte of the weights + 1; or, with TRAINER, what
// FakeTrainer.h describes. Compiled with META, the file that MakeMeta wrote,
// and QUERY, the exported name.
#include "FakeTrainer.h"

#ifdef TRAINER
#define ENTRIES                                                                \
  "fake_train_infer, fake_train_step, fake_train_eval, fake_train_init"
#else
#define ENTRIES "fake_step, 0, 0, 0"
#endif

__asm__(".section .tn.meta,\"a\",@progbits\n"
        ".balign 8\n"
        "fake_meta: .incbin \"" META "\"\n"
        "fake_meta_end:\n"
        ".section .tn.weights,\"a\",@progbits\n"
        ".balign 4096\n"
        "fake_weights: .incbin \"" META ".weights\"\n"
        "fake_weights_end:\n"
        ".section .data.rel.ro,\"aw\",@progbits\n"
        ".balign 8\n"
        ".globl fake_model\n"
        ".hidden fake_model\n"
        "fake_model: .quad tn_runtime_vtable, fake_meta\n"
        ".quad fake_meta_end - fake_meta, fake_weights\n"
        ".quad fake_weights_end - fake_weights, fake_entries\n"
        "fake_entries: .quad " ENTRIES "\n"
        ".text\n");

extern TN_HIDDEN const tn_model fake_model;

static void addKernel(void *const *args, int64_t begin, int64_t end,
                      void *scratch) {
  const float *x = args[0];
  float *y = args[1];
  const char *weights = args[2];
  (void)scratch;
  for (int64_t i = begin; i < end; ++i)
    y[i] = x[i] + (float)weights[0] + 1;
}

TN_HIDDEN int32_t fake_step(tn_exec *exec, void *const *inputs,
                            void *const *outputs, char *arena,
                            const char *weights, char *state) {
  void *args[] = {inputs[0], outputs[0], (void *)weights};
  (void)arena;
  (void)state;
  tn_launch(exec, addKernel, args, 6);
  return 0;
}

__attribute__((visibility("default"))) const tn_model *QUERY(void) {
  return &fake_model;
}
