//===-- Cli.h - the command line of tenon-run and of executables -*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CLI_CLI_H
#define TENON_RUNTIME_CLI_CLI_H

#include "cli/Tensor.h"

// Exit codes, which are also what commands return.
enum { TN_EXIT_OK = 0, TN_EXIT_FAILED = 1, TN_EXIT_USAGE = 2 };

// Where models come from: a file named on the command line, or the one that is
// linked into the program.
typedef struct tn_cli_source {
  const char *program; // as messages name it
  const tn_model *linked;
  // When nothing is linked: loads path into *handle, to be closed.
  tn_status (*open)(const char *path, int inspect, void **handle,
                    const tn_model **model, tn_message *message);
  void (*close)(void *handle);
} tn_cli_source;

// Runs `run`, `bench`, `verify` or `info`; returns the exit code.
int tn_cli_main(int argc, char **argv, const tn_cli_source *source);

//===-- Between the files of the command line ---------------------------===//

enum { TN_CLI_MAX_INPUTS = 1024, TN_CLI_MAX_EXPORTS = 16 };

typedef struct tn_cli_options {
  const char *program;
  const char *artifact;                  // NULL when linked
  const char *inputs[TN_CLI_MAX_INPUTS]; // "name=file"
  int input_count;
  const char *out;
  const char *dir;
  uint64_t threads, seed, repetitions, withhold, min_distinct;
  double rtol, atol; // atol < 0: from the expected values
  int has_seed, guard_pages, json, profile;
  int32_t entry; // TN_INFER, TN_STEP or TN_EVAL
  const char *data, *valid, *checkpoint, *source, *log, *curve;
  const char *exports[TN_CLI_MAX_EXPORTS];
  int export_count, resume, no_shuffle, is_training;
  uint64_t epochs, checkpoint_every;
} tn_cli_options;

// A model with a context and all tensors of one entry.
typedef struct tn_session {
  const tn_model *model;
  tn_model_info info;
  int32_t entry;
  uint32_t input_count, output_count;
  tn_context *context;
  tn_host_tensor *inputs, *outputs;
  tn_tensor *input_views, *output_views;
  uint64_t *profile; // nanoseconds of each launch; NULL without --profile
  uint32_t profile_count;
} tn_session;

// Creates the context and zeroed outputs; inputs stay empty for the caller. The
// state of a model that trains is set from the checkpoint that the options
// name, else by their seed.
tn_status tn_session_begin(const tn_model *model, const tn_cli_options *options,
                           tn_session *session, tn_message *message);
tn_status tn_session_run(tn_session *session, tn_message *message);
void tn_session_end(tn_session *session);

// Fills input number `index` with random values.
tn_status tn_session_random_input(tn_session *session, uint32_t index,
                                  uint64_t seed, tn_message *message);

// The verbs. They print what they find and return an exit code; with a failed
// *message is set and not printed.
int tn_cli_run(tn_session *session, const tn_cli_options *options,
               tn_message *message);
int tn_cli_bench(tn_session *session, const tn_cli_options *options,
                 tn_message *message);
int tn_cli_verify(tn_session *session, const tn_cli_options *options,
                  tn_message *message);
int tn_cli_train(tn_session *session, const tn_cli_options *options,
                 tn_message *message);
int tn_cli_eval(tn_session *session, const tn_cli_options *options,
                tn_message *message);
int tn_cli_info(const tn_model *model, tn_message *message);

#endif // TENON_RUNTIME_CLI_CLI_H
