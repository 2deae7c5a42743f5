//===-- Checkpoint.h - where a training stands, and its files ---*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CLI_CHECKPOINT_H
#define TENON_RUNTIME_CLI_CHECKPOINT_H

#include "tenon/abi.h"

enum { TN_CURVE_POINTS = 1024, TN_TRAIN_OUTPUTS = 16 };

// The loss over all steps so far, in a fixed room: point i is the mean of steps
// [i * width, (i + 1) * width).
typedef struct tn_curve {
  uint64_t width, pending; // steps in `sum`, which are no point yet
  double sum;
  uint32_t count, valid_count;
  float points[TN_CURVE_POINTS];
  struct {
    uint64_t step;
    double loss;
  } valid[TN_CURVE_POINTS];
} tn_curve;

void tn_curve_add(tn_curve *curve, double loss);
// A loss on the validation data, after `step` steps.
void tn_curve_add_valid(tn_curve *curve, uint64_t step, double loss);
// Draws it as a PNG.
tn_status tn_curve_write(const tn_curve *curve, const char *path,
                         tn_message *message);

// Where a training stands. Little-endian, as it is in a checkpoint; the state
// follows it there.
typedef struct tn_training {
  uint64_t seed;
  uint64_t fingerprint; // of the data
  uint64_t examples, batch;
  uint64_t epoch;                // that is being trained, from 0
  uint64_t position;             // its batches that are done
  uint64_t steps;                // of all epochs
  uint64_t log_size;             // bytes of the log
  uint64_t in_order;             // 1: examples are not shuffled
  double sums[TN_TRAIN_OUTPUTS]; // of the epoch's outputs
  tn_curve curve;
} tn_training;

// Replaces the file; a reader finds the old checkpoint or the new one. `state`
// is room for the model's saved state.
tn_status tn_checkpoint_write(const char *path, const tn_training *training,
                              tn_context *context, void *state,
                              uint64_t state_size, tn_message *message);

// Reads one and sets the context's state; TN_NOT_FOUND when there is no such
// file. On failure nothing is changed. training may be NULL.
tn_status tn_checkpoint_read(const char *path, tn_training *training,
                             tn_context *context, tn_message *message);

#endif // TENON_RUNTIME_CLI_CHECKPOINT_H
