//===-- Evaluate.c - loss and metrics over a data set -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Evaluate.h"
#include "cli/Cli.h"
#include "core/Message.h"

#include <math.h>
#include <string.h>

tn_status tn_scores_open(const tn_model *model, int32_t entry,
                         tn_scores *scores, tn_message *message) {
  memset(scores, 0, sizeof(*scores));
  tn_model_info info = {.struct_size = sizeof(info)};
  tn_status status = tn_info(model, &info, message);
  if (status)
    return status;
  uint32_t count =
      entry == TN_STEP ? info.step_output_count : info.eval_output_count;
  if (count == 0 || count > TN_TRAIN_OUTPUTS)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "the model gives %u numbers for a batch; there must be a "
                   "loss, and at most %d in all",
                   count, TN_TRAIN_OUTPUTS);
  for (uint32_t i = 0; i < count && !status; ++i) {
    tn_tensor_spec spec;
    status = tn_spec(model, entry * 2 + 1, i, &spec, message);
    if (!status && spec.bytes != tn_dtype_size(spec.dtype))
      status = tn_fail(message, TN_INVALID_ARGUMENT,
                       "output '%.200s' must be one number", spec.name);
    if (!status)
      status = tn_host_from_spec(&scores->outputs[i], &spec, message);
    scores->views[i] = tn_host_view(&scores->outputs[i]);
    scores->names[i] = spec.name;
  }
  if (status) {
    tn_scores_close(scores);
    return status;
  }
  scores->output_count = scores->count = count;
  if (count > 1 && entry == TN_EVAL &&
      !strcmp(scores->names[count - 1], "count"))
    --scores->count;
  return TN_OK;
}

void tn_scores_close(tn_scores *scores) {
  for (uint32_t i = 0; i < TN_TRAIN_OUTPUTS; ++i)
    tn_host_free(&scores->outputs[i]);
  memset(scores, 0, sizeof(*scores));
}

tn_status tn_evaluate(tn_context *context, tn_dataset *data, tn_scores *scores,
                      double means[TN_TRAIN_OUTPUTS], tn_message *message) {
  double sums[TN_TRAIN_OUTPUTS] = {0}, total = 0;
  for (uint64_t begin = 0; begin < data->examples; begin += data->batch) {
    uint64_t left = data->examples - begin;
    if (left < data->batch && data->labels < 0 && begin)
      break;
    if (left < data->batch && data->labels < 0)
      return tn_fail(message, TN_INVALID_ARGUMENT,
                     "'%.300s' has %llu examples, which do not fill a batch of "
                     "%llu; give more, or compile with a smaller batch (--dim)",
                     data->npz.path, (unsigned long long)data->examples,
                     (unsigned long long)data->batch);
    uint64_t count = left < data->batch ? left : data->batch;
    tn_dataset_fill(data, NULL, begin, count);
    tn_message reason;
    tn_status status = tn_eval(context, data->views, data->input_count,
                               scores->views, scores->output_count, &reason);
    if (status)
      return tn_fail(message, status,
                     "evaluating '%.300s', examples from %llu on: %.600s",
                     data->npz.path, (unsigned long long)begin, reason.text);
    double weight = scores->count < scores->output_count
                        ? tn_host_element(&scores->outputs[scores->count], 0)
                        : (double)count;
    for (uint32_t i = 0; i < scores->count && weight > 0; ++i)
      sums[i] += weight * tn_host_element(&scores->outputs[i], 0);
    total += weight;
  }
  if (!(total > 0))
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "no example of '%.300s' takes part: all labels are %lld",
                   data->npz.path, (long long)data->ignore_label);
  for (uint32_t i = 0; i < scores->count; ++i)
    means[i] = sums[i] / total;
  return tn_succeed(message);
}

void tn_evaluate_note(const tn_dataset *data) {
  uint64_t left = data->examples % data->batch;
  if (left && data->labels < 0 && data->examples > data->batch)
    fprintf(stderr,
            "'%s': the last %llu examples do not fill a batch of %llu and take "
            "no part\n",
            data->npz.path, (unsigned long long)left,
            (unsigned long long)data->batch);
}

void tn_json_text(const char *text, FILE *to) {
  fputc('"', to);
  for (; *text; ++text) {
    if ((unsigned char)*text < 0x20)
      fprintf(to, "\\u%04x", (unsigned char)*text);
    else
      fprintf(to, "%s%c", *text == '"' || *text == '\\' ? "\\" : "", *text);
  }
  fputc('"', to);
}

void tn_scores_print(const tn_scores *scores,
                     const double means[TN_TRAIN_OUTPUTS], FILE *to) {
  fputc('{', to);
  for (uint32_t i = 0; i < scores->count; ++i) {
    fputs(i ? ", " : "", to);
    tn_json_text(scores->names[i], to);
    // JSON has no other numbers.
    if (isfinite(means[i]))
      fprintf(to, ": %.9g", means[i]);
    else
      fputs(": null", to);
  }
  fputc('}', to);
}

int tn_cli_eval(tn_session *session, const tn_cli_options *options,
                tn_message *message) {
  tn_dataset data;
  tn_scores scores = {0};
  double means[TN_TRAIN_OUTPUTS];
  tn_status status =
      tn_dataset_open(session->model, TN_EVAL, options->data, &data, message);
  if (!status)
    status = tn_scores_open(session->model, TN_EVAL, &scores, message);
  if (!status)
    tn_evaluate_note(&data);
  if (!status)
    status = tn_evaluate(session->context, &data, &scores, means, message);
  if (!status) {
    tn_scores_print(&scores, means, stdout);
    putchar('\n');
  }
  tn_scores_close(&scores);
  tn_dataset_close(&data);
  return status ? TN_EXIT_FAILED : TN_EXIT_OK;
}
