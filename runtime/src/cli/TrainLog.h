//===-- TrainLog.h - what a training tells on its way -----------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CLI_TRAINLOG_H
#define TENON_RUNTIME_CLI_TRAINLOG_H

#include "cli/Evaluate.h"

//===-- Rows for other programs -----------------------------------------===//

// A CSV file, or none.
typedef struct tn_train_log {
  FILE *file;
  const char *path;
} tn_train_log;

// Begins a new file, or goes on behind the rows that the training had written
// when it was saved. path may be NULL.
tn_status tn_train_log_open(const char *path, const tn_training *training,
                            const tn_scores *scores, tn_train_log *log,
                            tn_message *message);
void tn_train_log_row(tn_train_log *log, const char *kind,
                      const tn_training *training, const double *values,
                      uint32_t count);
// Says how large it is, or which error there was since it was opened.
tn_status tn_train_log_flush(tn_train_log *log, uint64_t *size,
                             tn_message *message);
void tn_train_log_close(tn_train_log *log);

//===-- Lines for people, on standard error -----------------------------===//

typedef struct tn_progress {
  int is_terminal, is_line_open;
  uint64_t batches, epochs; // of one epoch, in all
  uint64_t batch;
  uint64_t steps;                      // since the start of this program
  double begun, shown, last, training; // seconds
} tn_progress;

void tn_progress_begin(tn_progress *progress, const tn_training *training,
                       uint64_t batches, uint64_t epochs);
// After each step; shows something now and then.
void tn_progress_show(tn_progress *progress, const tn_training *training,
                      const tn_scores *scores, const double *means);
// After each epoch; valid may be NULL.
void tn_progress_epoch(tn_progress *progress, const tn_training *training,
                       const tn_scores *scores, const double *means,
                       const tn_scores *valid, const double *valid_means);
// What was since the last step was no training.
void tn_progress_skip(tn_progress *progress);
void tn_progress_end(tn_progress *progress);
// Examples in a second of training, without evaluations and files.
double tn_progress_speed(const tn_progress *progress);

// "valid loss 0.5000  valid accuracy 0.9000" for the prefix "valid ".
void tn_scores_show(const tn_scores *scores, const double *means,
                    const char *prefix);

#endif // TENON_RUNTIME_CLI_TRAINLOG_H
