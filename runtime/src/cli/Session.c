//===-- Session.c - a model with a context and its tensors --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Cli.h"
#include "core/Message.h"

#include <stdlib.h>
#include <string.h>

static tn_status allocate(tn_session *s, tn_message *message) {
  uint32_t in = s->info.input_count, out = s->info.output_count;
  s->inputs = calloc(in + 1, sizeof(tn_host_tensor));
  s->outputs = calloc(out + 1, sizeof(tn_host_tensor));
  s->input_views = calloc(in + 1, sizeof(tn_tensor));
  s->output_views = calloc(out + 1, sizeof(tn_tensor));
  if (!s->inputs || !s->outputs || !s->input_views || !s->output_views)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for %u tensors",
                   in + out);
  for (uint32_t i = 0; i < out; ++i) {
    tn_tensor_spec spec;
    tn_status status = tn_spec(s->model, TN_OUTPUT, i, &spec, message);
    if (!status)
      status = tn_host_from_spec(&s->outputs[i], &spec, message);
    if (status)
      return status;
    s->output_views[i] = tn_host_view(&s->outputs[i]);
  }
  return TN_OK;
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
  if (options->profile) {
    create.launch_count = session->info.op_count;
    session->profile = calloc(session->info.op_count + 1u, sizeof(uint64_t));
    create.launch_nanoseconds = session->profile;
    if (!session->profile)
      return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a profile");
  }
  status = tn_context_create(model, &create, &session->context, message);
  if (!status)
    status = allocate(session, message);
  if (status)
    tn_session_end(session);
  return status;
}

tn_status tn_session_random_input(tn_session *session, uint32_t index,
                                  uint64_t seed, tn_message *message) {
  tn_tensor_spec spec;
  tn_status status = tn_spec(session->model, TN_INPUT, index, &spec, message);
  if (!status)
    status = tn_host_from_spec(&session->inputs[index], &spec, message);
  if (!status)
    tn_host_randomize(&session->inputs[index], seed + index);
  return status;
}

tn_status tn_session_run(tn_session *session, tn_message *message) {
  for (uint32_t i = 0; i < session->info.input_count; ++i)
    session->input_views[i] = tn_host_view(&session->inputs[i]);
  return tn_run(session->context, session->input_views,
                session->info.input_count, session->output_views,
                session->info.output_count, message);
}

void tn_session_end(tn_session *session) {
  tn_context_destroy(session->context);
  for (uint32_t i = 0; session->inputs && i < session->info.input_count; ++i)
    tn_host_free(&session->inputs[i]);
  for (uint32_t i = 0; session->outputs && i < session->info.output_count; ++i)
    tn_host_free(&session->outputs[i]);
  free(session->inputs);
  free(session->outputs);
  free(session->input_views);
  free(session->output_views);
  free(session->profile);
  memset(session, 0, sizeof(*session));
}
