//===-- Session.c - a model with a context and its tensors --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Checkpoint.h"
#include "cli/Cli.h"
#include "core/Message.h"

#include <stdlib.h>
#include <string.h>

static tn_status allocate(tn_session *s, tn_message *message) {
  uint32_t in = s->input_count, out = s->output_count;
  s->inputs = calloc(in + 1u, sizeof(tn_host_tensor));
  s->outputs = calloc(out + 1u, sizeof(tn_host_tensor));
  s->input_views = calloc(in + 1u, sizeof(tn_tensor));
  s->output_views = calloc(out + 1u, sizeof(tn_tensor));
  if (!s->inputs || !s->outputs || !s->input_views || !s->output_views)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for %u tensors",
                   in + out);
  for (uint32_t i = 0; i < out; ++i) {
    tn_tensor_spec spec;
    tn_status status = tn_spec(s->model, s->entry * 2 + 1, i, &spec, message);
    if (!status)
      status = tn_host_from_spec(&s->outputs[i], &spec, message);
    if (status)
      return status;
    s->output_views[i] = tn_host_view(&s->outputs[i]);
  }
  return TN_OK;
}

static tn_status chooseEntry(tn_session *s, const tn_cli_options *options,
                             tn_message *message) {
  const tn_model_info *info = &s->info;
  uint32_t counts[][3] = {
      {info->input_count, info->output_count, info->op_count},
      {info->step_input_count, info->step_output_count, info->step_op_count},
      {info->eval_input_count, info->eval_output_count, info->eval_op_count}};
  static const char *const names[] = {"infer", "train", "evaluate"};
  s->entry = options->entry;
  if (!(info->entries >> s->entry & 1))
    return tn_fail(
        message, TN_INVALID_ARGUMENT, "model '%.200s' cannot %s; compile it %s",
        info->name, names[s->entry],
        s->entry == TN_INFER ? "without --train"
                             : "with --train --loss=... --optimizer=...");
  s->input_count = counts[s->entry][0];
  s->output_count = counts[s->entry][1];
  if (options->profile) {
    s->profile = calloc(counts[s->entry][2] + 1u, sizeof(uint64_t));
    if (!s->profile)
      return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a profile");
    s->profile_count = counts[s->entry][2];
  }
  return TN_OK;
}

static tn_status setState(tn_session *s, const tn_cli_options *options,
                          tn_message *message) {
  if (!s->info.state_count)
    return options->checkpoint
               ? tn_fail(message, TN_INVALID_ARGUMENT,
                         "model '%.200s' has no state for --checkpoint to "
                         "set; compile it with --train --loss=... "
                         "--optimizer=...",
                         s->info.name)
               : TN_OK;
  // `train` reads and writes the file itself.
  if (options->checkpoint && !options->is_training)
    return tn_checkpoint_read(options->checkpoint, NULL, s->context, message);
  return tn_init(s->context, options->seed, message);
}

tn_status tn_session_begin(const tn_model *model, const tn_cli_options *options,
                           tn_session *session, tn_message *message) {
  memset(session, 0, sizeof(*session));
  session->model = model;
  session->info.struct_size = sizeof(session->info);
  tn_status status = tn_info(model, &session->info, message);
  if (status)
    return status;
  tn_context_options create = {.struct_size = sizeof(create)};
  create.threads = (uint32_t)options->threads;
  create.flags = options->guard_pages ? TN_CONTEXT_GUARD_PAGES : 0;
  create.withhold_bytes = options->withhold;
  status = chooseEntry(session, options, message);
  create.launch_nanoseconds = session->profile;
  create.launch_count = session->profile_count;
  if (!status)
    status = tn_context_create(model, &create, &session->context, message);
  if (!status)
    status = allocate(session, message);
  if (!status)
    status = setState(session, options, message);
  if (status)
    tn_session_end(session);
  return status;
}

tn_status tn_session_random_input(tn_session *session, uint32_t index,
                                  uint64_t seed, tn_message *message) {
  tn_tensor_spec spec;
  tn_status status =
      tn_spec(session->model, session->entry * 2, index, &spec, message);
  if (!status)
    status = tn_host_from_spec(&session->inputs[index], &spec, message);
  if (!status)
    tn_host_randomize(&session->inputs[index], seed + index);
  return status;
}

tn_status tn_session_run(tn_session *session, tn_message *message) {
  for (uint32_t i = 0; i < session->input_count; ++i)
    session->input_views[i] = tn_host_view(&session->inputs[i]);
  return session->model->vtable->run(session->context, session->entry,
                                     session->input_views, session->input_count,
                                     session->output_views,
                                     session->output_count, message);
}

void tn_session_end(tn_session *session) {
  tn_context_destroy(session->context);
  for (uint32_t i = 0; session->inputs && i < session->input_count; ++i)
    tn_host_free(&session->inputs[i]);
  for (uint32_t i = 0; session->outputs && i < session->output_count; ++i)
    tn_host_free(&session->outputs[i]);
  free(session->inputs);
  free(session->outputs);
  free(session->input_views);
  free(session->output_views);
  free(session->profile);
  memset(session, 0, sizeof(*session));
}
