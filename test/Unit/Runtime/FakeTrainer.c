//===-- FakeTrainer.c - a model that trains, made by hand -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeTrainer.h"

#include <math.h>
#include <stddef.h>

// Offsets in the arena.
enum { PROBABILITIES = 0, GRADIENT_W = 128, GRADIENT_B = 192, SCALARS = 256 };

typedef struct {
  float loss, norm, accuracy;
  int64_t count, bad_label;
} scalars;

static float *floats(void *base, ptrdiff_t offset) {
  return (float *)((char *)base + offset);
}

// One row of probabilities a tile. args: images, state, probabilities
static void forward(void *const *args, int64_t begin, int64_t end,
                    void *scratch) {
  const float *w = floats(args[1], FAKE_W), *b = floats(args[1], FAKE_B);
  (void)scratch;
  for (int64_t i = begin; i < end; ++i) {
    const float *x = (const float *)args[0] + i * FAKE_FEATURES;
    float *p = (float *)args[2] + i * FAKE_CLASSES;
    float sum = 0;
    for (int c = 0; c < FAKE_CLASSES; ++c) {
      p[c] = expf(x[0] * w[c] + x[1] * w[FAKE_CLASSES + c] + b[c]);
      sum += p[c];
    }
    for (int c = 0; c < FAKE_CLASSES; ++c)
      p[c] /= sum;
  }
}

// args: probabilities, labels, scalars
static void measure(void *const *args, int64_t begin, int64_t end,
                    void *scratch) {
  const int64_t *labels = args[1];
  scalars *s = args[2];
  (void)begin, (void)end, (void)scratch;
  s->loss = s->accuracy = 0;
  s->count = 0;
  s->bad_label = -1;
  for (int64_t i = 0; i < FAKE_BATCH; ++i) {
    const float *p = (const float *)args[0] + i * FAKE_CLASSES;
    if (labels[i] == FAKE_IGNORE)
      continue;
    if (labels[i] < 0 || labels[i] >= FAKE_CLASSES) {
      if (s->bad_label < 0)
        s->bad_label = i;
      continue;
    }
    int best = 0;
    for (int c = 1; c < FAKE_CLASSES; ++c)
      best = p[c] > p[best] ? c : best;
    s->loss -= logf(p[labels[i]]);
    s->accuracy += best == labels[i];
    ++s->count;
  }
  s->loss /= (float)(s->count ? s->count : 1);
  s->accuracy /= (float)(s->count ? s->count : 1);
}

// args: images, labels, arena
static void backward(void *const *args, int64_t begin, int64_t end,
                     void *scratch) {
  const float *x = args[0], *p = floats(args[2], PROBABILITIES);
  const int64_t *labels = args[1];
  float *gw = floats(args[2], GRADIENT_W), *gb = floats(args[2], GRADIENT_B);
  scalars *s = (scalars *)((char *)args[2] + SCALARS);
  (void)begin, (void)end, (void)scratch;
  s->norm = 0;
  for (int c = 0; c < FAKE_CLASSES; ++c) {
    gw[c] = gw[FAKE_CLASSES + c] = gb[c] = 0;
    for (int i = 0; i < FAKE_BATCH; ++i) {
      if (labels[i] == FAKE_IGNORE)
        continue;
      float d = (p[i * FAKE_CLASSES + c] - (labels[i] == c)) / (float)s->count;
      gw[c] += d * x[i * FAKE_FEATURES];
      gw[FAKE_CLASSES + c] += d * x[i * FAKE_FEATURES + 1];
      gb[c] += d;
    }
    s->norm += gw[c] * gw[c] + gw[FAKE_CLASSES + c] * gw[FAKE_CLASSES + c] +
               gb[c] * gb[c];
  }
}

// args: arena, state
static void update(void *const *args, int64_t begin, int64_t end,
                   void *scratch) {
  static const struct {
    int gradient, moment, parameter, count;
  } all[] = {{GRADIENT_W, FAKE_MW, FAKE_W, FAKE_FEATURES * FAKE_CLASSES},
             {GRADIENT_B, FAKE_MB, FAKE_B, FAKE_CLASSES}};
  (void)begin, (void)end, (void)scratch;
  for (int k = 0; k < 2; ++k) {
    float *g = floats(args[0], all[k].gradient);
    float *m = floats(args[1], all[k].moment);
    float *p = floats(args[1], all[k].parameter);
    for (int i = 0; i < all[k].count; ++i) {
      m[i] = 0.9f * m[i] + g[i];
      p[i] -= 0.05f * m[i];
    }
  }
  *floats(args[1], FAKE_SEEN) += FAKE_BATCH;
  ++*(uint64_t *)((char *)args[1] + FAKE_COUNT);
}

static scalars *evaluate(tn_exec *exec, void *const *inputs, char *arena,
                         char *state) {
  void *first[] = {inputs[0], state, arena + PROBABILITIES};
  tn_launch(exec, forward, first, FAKE_BATCH);
  void *second[] = {arena + PROBABILITIES, inputs[1], arena + SCALARS};
  tn_launch(exec, measure, second, 1);
  return (scalars *)(arena + SCALARS);
}

int32_t fake_train_infer(tn_exec *exec, void *const *inputs,
                         void *const *outputs, char *arena, const char *weights,
                         char *state) {
  (void)arena, (void)weights;
  void *args[] = {inputs[0], state, outputs[0]};
  tn_launch(exec, forward, args, FAKE_BATCH);
  return TN_OK;
}

int32_t fake_train_step(tn_exec *exec, void *const *inputs,
                        void *const *outputs, char *arena, const char *weights,
                        char *state) {
  (void)weights;
  scalars *s = evaluate(exec, inputs, arena, state);
  void *third[] = {inputs[0], inputs[1], arena};
  tn_launch(exec, backward, third, 1);
  *(float *)outputs[0] = s->loss;
  *(float *)outputs[1] = s->accuracy;
  int32_t code = tn_guard(exec, &s->loss, &s->norm, TN_F32, &s->bad_label);
  if (code)
    return code;
  void *last[] = {arena, state};
  tn_launch(exec, update, last, 1);
  return TN_OK;
}

int32_t fake_train_eval(tn_exec *exec, void *const *inputs,
                        void *const *outputs, char *arena, const char *weights,
                        char *state) {
  (void)weights;
  scalars *s = evaluate(exec, inputs, arena, state);
  *(float *)outputs[0] = s->loss;
  *(float *)outputs[1] = s->accuracy;
  *(int64_t *)outputs[2] = s->count;
  return tn_guard(exec, &s->loss, NULL, TN_F32, &s->bad_label);
}

// args: seed, state
static void start(void *const *args, int64_t begin, int64_t end,
                  void *scratch) {
  uint64_t seed = *(const uint64_t *)args[0];
  float *w = floats(args[1], FAKE_W);
  (void)begin, (void)end, (void)scratch;
  for (int i = 0; i < FAKE_FEATURES * FAKE_CLASSES; ++i) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    w[i] = (float)(seed >> 40) / (float)(1 << 24) - 0.5f;
    floats(args[1], FAKE_MW)[i] = 0;
  }
  for (int i = 0; i < FAKE_CLASSES; ++i)
    floats(args[1], FAKE_B)[i] = floats(args[1], FAKE_MB)[i] = 0;
  *floats(args[1], FAKE_SEEN) = 0;
  *(uint64_t *)((char *)args[1] + FAKE_COUNT) = 0;
}

int32_t fake_train_init(tn_exec *exec, void *const *inputs,
                        void *const *outputs, char *arena, const char *weights,
                        char *state) {
  (void)outputs, (void)arena, (void)weights;
  void *args[] = {inputs[0], state};
  tn_launch(exec, start, args, 1);
  return TN_OK;
}
