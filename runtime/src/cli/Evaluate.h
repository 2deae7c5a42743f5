//===-- Evaluate.h - loss and metrics over a data set -----------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CLI_EVALUATE_H
#define TENON_RUNTIME_CLI_EVALUATE_H

#include "cli/Checkpoint.h"
#include "cli/Dataset.h"

#include <stdio.h>

// The outputs of an entry that trains or evaluates, each one number: the loss,
// then metrics. Of an evaluation the last may be named "count": how many
// examples took part.
typedef struct tn_scores {
  uint32_t output_count; // with the one named "count"
  uint32_t count;        // without
  const char *names[TN_TRAIN_OUTPUTS];
  tn_host_tensor outputs[TN_TRAIN_OUTPUTS];
  tn_tensor views[TN_TRAIN_OUTPUTS];
} tn_scores;

tn_status tn_scores_open(const tn_model *model, int32_t entry,
                         tn_scores *scores, tn_message *message);
void tn_scores_close(tn_scores *scores);

// Means of the scores over all examples that take part. Those that do not fill
// a last batch take part when there are class labels to tell them from the rest
// of it.
tn_status tn_evaluate(tn_context *context, tn_dataset *data, tn_scores *scores,
                      double means[TN_TRAIN_OUTPUTS], tn_message *message);

// Says on standard error how many examples take no part for lack of labels.
void tn_evaluate_note(const tn_dataset *data);

// Prints {"loss": 0.5, ...}.
void tn_scores_print(const tn_scores *scores,
                     const double means[TN_TRAIN_OUTPUTS], FILE *to);
// Prints a JSON string.
void tn_json_text(const char *text, FILE *to);

#endif // TENON_RUNTIME_CLI_EVALUATE_H
