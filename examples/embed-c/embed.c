//===-- embed.c - a compiled model in a C program -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs a model of one f32 input and one f32 output on ones, and prints the
// largest score. It links the artifact, so nothing is loaded at run time:
//
//   tenonc mnist.onnx -o mnist.so
//   cc -DMODEL=mnist embed.c mnist.so -Wl,-rpath,'$ORIGIN'
#include "tenon/abi.h"

#include <stdio.h>
#include <stdlib.h>

#define QUERY(name) tn_##name##_query
#define QUERY_OF(name) QUERY(name)
const tn_model *QUERY_OF(MODEL)(void);

static tn_message message;
static void check(tn_status status) {
  if (status != TN_OK) {
    fprintf(stderr, "error: %s\n", message.text);
    exit(1);
  }
}

int main(void) {
  const tn_model *model = QUERY_OF(MODEL)();
  tn_context *context;
  tn_tensor_spec in, out;
  check(tn_spec(model, TN_INPUT, 0, &in, &message));
  check(tn_spec(model, TN_OUTPUT, 0, &out, &message));
  check(tn_context_create(model, NULL, &context, &message));

  float *x = malloc(in.bytes), *y = malloc(out.bytes);
  for (uint64_t i = 0; i < in.bytes / sizeof(float); ++i)
    x[i] = 1;
  tn_tensor input = {x, TN_F32, in.rank, in.dims};
  tn_tensor output = {y, TN_F32, out.rank, out.dims};
  check(tn_run(context, &input, 1, &output, 1, &message));

  uint64_t best = 0;
  for (uint64_t i = 1; i < out.bytes / sizeof(float); ++i)
    best = y[i] > y[best] ? i : best;
  printf("largest of '%s' is element %d: %g\n", out.name, (int)best, y[best]);
  tn_context_destroy(context);
  free(x);
  free(y);
  return 0;
}
