//===-- Train.c - the verb `train` --------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Cli.h"
#include "cli/Evaluate.h"
#include "cli/Export.h"
#include "cli/TrainLog.h"
#include "core/Hash.h"
#include "core/Message.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  tn_session *session;
  const tn_cli_options *options;
  tn_dataset data, valid;
  tn_scores scores, valid_scores; // of the last step, of the last evaluation
  double means[TN_TRAIN_OUTPUTS]; // over the last epoch
  double before[TN_TRAIN_OUTPUTS], after[TN_TRAIN_OUTPUTS]; // of validation
  int has_before, has_after;
  uint64_t batches; // of an epoch
  uint32_t *order;
  void *state; // room for a saved one
  uint64_t state_size;
  tn_training at;
  tn_train_log log;
  tn_progress progress;
} trainer;

static volatile sig_atomic_t stop_signal;

static void onSignal(int number) { stop_signal = number; }

// The first of these asks to stop, the second stops.
static void handleSignals(void) {
  struct sigaction action;
  memset(&action, 0, sizeof(action));
  action.sa_handler = onSignal;
  action.sa_flags = (int)SA_RESETHAND;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  // A file that grows too large is an error of write(), which says so.
  signal(SIGXFSZ, SIG_IGN);
}

//===-- Beginning -------------------------------------------------------===//

static tn_status openData(trainer *t, tn_message *message) {
  const tn_model *model = t->session->model;
  const tn_cli_options *o = t->options;
  tn_status status =
      tn_dataset_open(model, TN_STEP, o->data, &t->data, message);
  if (!status)
    status = tn_scores_open(model, TN_STEP, &t->scores, message);
  if (!status && o->valid)
    status = tn_dataset_open(model, TN_EVAL, o->valid, &t->valid, message);
  if (!status && o->valid)
    status = tn_scores_open(model, TN_EVAL, &t->valid_scores, message);
  if (status)
    return status;
  t->batches = t->data.examples / t->data.batch;
  if (t->batches == 0)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "'%.300s' has %llu examples, which do not fill a batch of "
                   "%llu; give more, or compile with a smaller batch (--dim)",
                   o->data, (unsigned long long)t->data.examples,
                   (unsigned long long)t->data.batch);
  t->order = malloc(t->data.examples * sizeof(*t->order));
  t->state_size = tn_state_bytes(model);
  t->state = malloc(t->state_size);
  if (!t->order || !t->state)
    return tn_fail(message, TN_OUT_OF_MEMORY,
                   "no memory for the order of %llu examples and a saved state "
                   "of %llu bytes",
                   (unsigned long long)t->data.examples,
                   (unsigned long long)t->state_size);
  return TN_OK;
}

// Starts the training that the options ask for, from its first step.
static void beginAnew(trainer *t) {
  memset(&t->at, 0, sizeof(t->at));
  t->at.seed = t->options->seed;
  t->at.in_order = (uint64_t)t->options->no_shuffle;
  t->at.fingerprint = t->data.fingerprint;
  t->at.examples = t->data.examples;
  t->at.batch = t->data.batch;
  t->at.curve.width = 1;
}

static tn_status checkResumed(const trainer *t, tn_message *message) {
  const tn_cli_options *o = t->options;
  const tn_training *at = &t->at;
  if (o->has_seed && o->seed != at->seed)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "checkpoint '%.300s' was trained with --seed %llu; go on "
                   "with that, or start again with another --checkpoint",
                   o->checkpoint, (unsigned long long)at->seed);
  if ((int)at->in_order != o->no_shuffle)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "checkpoint '%.300s' was trained %s --no-shuffle; go on "
                   "like that, or start again with another --checkpoint",
                   o->checkpoint, at->in_order ? "with" : "without");
  if (at->batch != t->data.batch)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "checkpoint '%.300s' was trained with a batch of %llu, and "
                   "the model has %llu",
                   o->checkpoint, (unsigned long long)at->batch,
                   (unsigned long long)t->data.batch);
  if (at->fingerprint != t->data.fingerprint ||
      at->examples != t->data.examples || at->position > t->batches)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "checkpoint '%.300s' was trained on other data than "
                   "'%.300s'; resume on the same",
                   o->checkpoint, o->data);
  return TN_OK;
}

static tn_status begin(trainer *t, tn_message *message) {
  const tn_cli_options *o = t->options;
  beginAnew(t);
  if (!o->checkpoint)
    return TN_OK;
  if (!o->resume) {
    if (access(o->checkpoint, F_OK) != 0)
      return TN_OK;
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "checkpoint '%.300s' is there already; give --resume to go "
                   "on from it, or remove it",
                   o->checkpoint);
  }
  tn_status status =
      tn_checkpoint_read(o->checkpoint, &t->at, t->session->context, message);
  if (status == TN_NOT_FOUND) {
    fprintf(stderr, "no checkpoint '%s' yet: starting anew\n", o->checkpoint);
    return TN_OK;
  }
  if (!status)
    status = checkResumed(t, message);
  if (!status)
    fprintf(stderr, "resumed '%s' after step %llu\n", o->checkpoint,
            (unsigned long long)t->at.steps);
  return status;
}

//===-- Steps -----------------------------------------------------------===//

static tn_status save(trainer *t, tn_message *message) {
  if (!t->options->checkpoint)
    return TN_OK;
  // The log first: it holds at least what the checkpoint says.
  tn_status status = tn_train_log_flush(&t->log, &t->at.log_size, message);
  if (!status)
    status =
        tn_checkpoint_write(t->options->checkpoint, &t->at, t->session->context,
                            t->state, t->state_size, message);
  tn_progress_skip(&t->progress);
  return status;
}

static tn_status step(trainer *t, tn_message *message) {
  tn_training *at = &t->at;
  tn_dataset_fill(&t->data, at->in_order ? NULL : t->order,
                  at->position * at->batch, at->batch);
  tn_message reason;
  tn_status status =
      tn_step(t->session->context, t->data.views, t->data.input_count,
              t->scores.views, t->scores.output_count, &reason);
  if (status) {
    // Only a step that was refused left the state as it was, or marked it lost.
    tn_message unused;
    int saved =
        status == TN_STEP_ERROR && t->options->checkpoint && !save(t, &unused);
    return tn_fail(message, status, "epoch %llu, batch %llu: %.700s%s",
                   (unsigned long long)at->epoch + 1,
                   (unsigned long long)at->position + 1, reason.text,
                   saved ? " and saved in the checkpoint" : "");
  }
  ++at->position;
  ++at->steps;
  double values[TN_TRAIN_OUTPUTS];
  for (uint32_t i = 0; i < t->scores.count; ++i) {
    values[i] = tn_host_element(&t->scores.outputs[i], 0);
    at->sums[i] += values[i];
    t->means[i] = at->sums[i] / (double)at->position;
  }
  tn_curve_add(&at->curve, values[0]);
  tn_train_log_row(&t->log, "train", at, values, t->scores.count);
  tn_progress_show(&t->progress, at, &t->scores, t->means);
  return TN_OK;
}

static tn_status finishEpoch(trainer *t, tn_message *message) {
  tn_training *at = &t->at;
  tn_status status = TN_OK;
  if (t->options->valid) {
    status = tn_evaluate(t->session->context, &t->valid, &t->valid_scores,
                         t->after, message);
    if (status)
      return status;
    t->has_after = 1;
    tn_curve_add_valid(&at->curve, at->steps, t->after[0]);
    tn_train_log_row(&t->log, "valid", at, t->after, t->valid_scores.count);
  }
  for (uint32_t i = 0; i < t->scores.count; ++i)
    t->means[i] = at->sums[i] / (double)at->position;
  tn_progress_epoch(&t->progress, at, &t->scores, t->means,
                    t->has_after ? &t->valid_scores : NULL, t->after);
  ++at->epoch;
  at->position = 0;
  memset(at->sums, 0, sizeof(at->sums));
  return save(t, message);
}

static tn_status train(trainer *t, tn_message *message) {
  tn_training *at = &t->at;
  tn_status status = TN_OK;
  uint64_t every = t->options->checkpoint_every;
  while (!status && !stop_signal && at->epoch < t->options->epochs) {
    if (!at->in_order)
      tn_shuffle(t->order, at->examples, at->seed, at->epoch);
    while (!status && !stop_signal && at->position < t->batches) {
      status = step(t, message);
      if (!status && every && at->steps % every == 0)
        status = save(t, message);
    }
    if (!status && at->position == t->batches)
      status = finishEpoch(t, message);
  }
  if (!status && stop_signal)
    status = save(t, message);
  return status;
}

//===-- End -------------------------------------------------------------===//

static tn_status report(trainer *t, tn_message *message) {
  tn_memory_stats memory = {.struct_size = sizeof(memory)};
  tn_status status = tn_memory(t->session->context, &memory, message);
  if (!status)
    status =
        tn_get_state(t->session->context, t->state, t->state_size, message);
  if (status)
    return status;
  printf("{\"epochs\": %llu, \"steps\": %llu, \"seed\": %llu, "
         "\"threads\": %u, \"examples_per_second\": %.1f, "
         "\"arena_bytes\": %llu, \"state_bytes\": %llu, "
         "\"state_xxh64\": \"%016llx\"",
         (unsigned long long)t->at.epoch, (unsigned long long)t->at.steps,
         (unsigned long long)t->at.seed, memory.threads,
         tn_progress_speed(&t->progress),
         (unsigned long long)memory.arena_bytes,
         (unsigned long long)memory.state_bytes,
         (unsigned long long)tn_hash(t->state, t->state_size));
  if (t->progress.steps) {
    printf(", \"train\": ");
    tn_scores_print(&t->scores, t->means, stdout);
  }
  if (t->has_before) {
    printf(", \"valid_before\": ");
    tn_scores_print(&t->valid_scores, t->before, stdout);
  }
  if (t->has_after) {
    printf(", \"valid\": ");
    tn_scores_print(&t->valid_scores, t->after, stdout);
  }
  puts("}");
  return TN_OK;
}

static tn_status finish(trainer *t, tn_message *message) {
  const tn_cli_options *o = t->options;
  // What was learned comes first: a log or a picture that fails costs it not.
  tn_status status = TN_OK;
  for (int i = 0; i < o->export_count && !status; ++i)
    status = tn_export(t->session->model, t->session->context, o->source,
                       o->exports[i], message);
  if (!status)
    status = tn_train_log_flush(&t->log, &t->at.log_size, message);
  if (!status && o->curve)
    status = tn_curve_write(&t->at.curve, o->curve, message);
  return status ? status : report(t, message);
}

// What can be refused before hours of training should be.
static tn_status checkEnd(const trainer *t, tn_message *message) {
  tn_status status = TN_OK;
  for (int i = 0; i < t->options->export_count && !status; ++i) {
    status = tn_export(t->session->model, NULL, t->options->source,
                       t->options->exports[i], message);
    if (!status)
      status = tn_file_can_replace(t->options->exports[i], message);
  }
  if (!status && t->options->curve)
    status = tn_file_can_replace(t->options->curve, message);
  if (!status && t->options->checkpoint)
    status = tn_file_can_replace(t->options->checkpoint, message);
  return status;
}

static tn_status prepare(trainer *t, tn_message *message) {
  const tn_cli_options *o = t->options;
  tn_status status = checkEnd(t, message);
  if (!status)
    status = openData(t, message);
  if (!status)
    status = begin(t, message);
  if (!status)
    status = tn_train_log_open(o->log, &t->at, &t->scores, &t->log, message);
  if (status)
    return status;
  uint64_t left = t->data.examples % t->data.batch;
  if (left)
    fprintf(stderr,
            "%llu examples are %llu batches of %llu; another %llu of them are "
            "left out of each epoch\n",
            (unsigned long long)t->data.examples,
            (unsigned long long)t->batches, (unsigned long long)t->data.batch,
            (unsigned long long)left);
  if (o->valid)
    tn_evaluate_note(&t->valid);
  if (o->valid && t->at.steps == 0) {
    status = tn_evaluate(t->session->context, &t->valid, &t->valid_scores,
                         t->before, message);
    if (status)
      return status;
    t->has_before = 1;
    tn_curve_add_valid(&t->at.curve, 0, t->before[0]);
    fprintf(stderr, "before training: ");
    tn_scores_show(&t->valid_scores, t->before, "valid ");
    fputc('\n', stderr);
  }
  tn_progress_begin(&t->progress, &t->at, t->batches, o->epochs);
  return TN_OK;
}

int tn_cli_train(tn_session *session, const tn_cli_options *options,
                 tn_message *message) {
  trainer *t = calloc(1, sizeof(*t)); // large
  if (!t) {
    tn_fail(message, TN_OUT_OF_MEMORY, "no memory to train");
    return TN_EXIT_FAILED;
  }
  t->session = session;
  t->options = options;
  handleSignals();
  tn_status status = prepare(t, message);
  if (!status)
    status = train(t, message);
  tn_progress_end(&t->progress);
  int code = status ? TN_EXIT_FAILED : TN_EXIT_OK;
  if (!status && stop_signal) {
    fprintf(stderr, "stopped after step %llu%s\n",
            (unsigned long long)t->at.steps,
            options->checkpoint ? "; --resume goes on from there" : "");
    code = 128 + (int)stop_signal;
  } else if (!status && finish(t, message)) {
    code = TN_EXIT_FAILED;
  }
  tn_train_log_close(&t->log);
  tn_scores_close(&t->scores);
  tn_scores_close(&t->valid_scores);
  tn_dataset_close(&t->data);
  tn_dataset_close(&t->valid);
  free(t->order);
  free(t->state);
  free(t);
  return code;
}
