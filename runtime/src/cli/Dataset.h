//===-- Dataset.h - examples of a .npz, batch by batch ----------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CLI_DATASET_H
#define TENON_RUNTIME_CLI_DATASET_H

#include "cli/Npz.h"

// The inputs of one entry, each with the array of its name. An all-zero one is
// empty, and may be closed.
typedef struct tn_dataset {
  tn_npz npz;
  uint32_t input_count;
  tn_npz_array *arrays;    // one for each input
  tn_host_tensor *buffers; // of one batch
  tn_tensor *views;        // of the buffers
  uint64_t *item_bytes;    // of one example of each input
  uint64_t examples, batch;
  int labels;           // the input that holds class labels, or -1
  int64_t ignore_label; // takes no part
  uint64_t fingerprint; // of names, shapes and content
} tn_dataset;

// Opens a .npz for an entry (TN_STEP or TN_EVAL): there must be an array for
// each input, with the input's dtype and shape but for dimension 0, which
// counts the examples and is the same for all.
tn_status tn_dataset_open(const tn_model *model, int32_t entry,
                          const char *path, tn_dataset *data,
                          tn_message *message);
void tn_dataset_close(tn_dataset *data);

// Fills the buffers with `count` examples, those that `order` (NULL: the
// identity) has from `begin` on. What is left of a batch repeats the first of
// them, with the label that takes no part.
void tn_dataset_fill(tn_dataset *data, const uint32_t *order, uint64_t begin,
                     uint64_t count);

// Makes `order` a permutation of [0, count) that is a function of seed and
// epoch alone.
void tn_shuffle(uint32_t *order, uint64_t count, uint64_t seed, uint64_t epoch);

#endif // TENON_RUNTIME_CLI_DATASET_H
