//===-- Run.c - the verbs `run` and `info` ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Cli.h"
#include "core/Message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int fail(tn_status status) {
  return status ? TN_EXIT_FAILED : TN_EXIT_OK;
}

// The names of all inputs, for a message about one that is not among them.
static void listInputs(const tn_session *s, char *text, size_t size) {
  size_t used = 0;
  text[0] = '\0';
  for (uint32_t i = 0; i < s->input_count && used < size; ++i) {
    tn_tensor_spec spec;
    if (tn_spec(s->model, TN_INPUT, i, &spec, NULL))
      return;
    used += (size_t)snprintf(text + used, size - used, "%s'%s'", i ? ", " : "",
                             spec.name);
  }
}

// Finds the input that "name=file" names; "file" alone will do for a model with
// one input.
static tn_status findInput(const tn_session *s, const char *argument,
                           uint32_t *index, const char **file,
                           tn_message *message) {
  for (uint32_t i = 0; i < s->input_count; ++i) {
    tn_tensor_spec spec;
    tn_status status = tn_spec(s->model, TN_INPUT, i, &spec, message);
    if (status)
      return status;
    // Names may contain '=' themselves.
    size_t size = strlen(spec.name);
    if (!strncmp(argument, spec.name, size) && argument[size] == '=') {
      *index = i;
      *file = argument + size + 1;
      return TN_OK;
    }
  }
  if (s->input_count == 1 && !strchr(argument, '=')) {
    *index = 0;
    *file = argument;
    return TN_OK;
  }
  char names[512];
  listInputs(s, names, sizeof(names));
  return tn_fail(message, TN_INVALID_ARGUMENT,
                 "--input %.200s names no input; write --input NAME=FILE with "
                 "one of %s",
                 argument, names);
}

static tn_status readInputs(tn_session *s, const tn_cli_options *options,
                            tn_message *message) {
  for (int k = 0; k < options->input_count; ++k) {
    uint32_t index;
    const char *file;
    tn_status status = findInput(s, options->inputs[k], &index, &file, message);
    if (status)
      return status;
    if (s->inputs[index].data)
      return tn_fail(message, TN_INVALID_ARGUMENT,
                     "--input %.200s gives an input for the second time",
                     options->inputs[k]);
    status = tn_tensor_read(file, &s->inputs[index], message);
    if (status)
      return status;
  }
  for (uint32_t i = 0; i < s->input_count; ++i) {
    if (s->inputs[i].data)
      continue;
    tn_tensor_spec spec;
    tn_status status = tn_spec(s->model, TN_INPUT, i, &spec, message);
    if (!status && !options->has_seed)
      status = tn_fail(message, TN_INVALID_ARGUMENT,
                       "input %u '%.200s' is missing; give --input "
                       "'%.200s=FILE.npy', or --seed=N for random values",
                       i, spec.name, spec.name);
    if (!status)
      status = tn_session_random_input(s, i, options->seed, message);
    if (status)
      return status;
  }
  return TN_OK;
}

static tn_status makeDirectories(const char *path, tn_message *message) {
  char *copy = malloc(strlen(path) + 1);
  if (!copy)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a path");
  strcpy(copy, path);
  int error = 0;
  for (char *p = copy + 1; !error; ++p) {
    if (*p != '/' && *p != '\0')
      continue;
    char end = *p;
    *p = '\0';
    if (mkdir(copy, 0777) != 0 && errno != EEXIST)
      error = errno;
    *p = end;
    if (!end)
      break;
  }
  free(copy);
  return error ? tn_fail(message, TN_IO_ERROR, "cannot create '%.300s': %s",
                         path, strerror(error))
               : TN_OK;
}

enum { NAME_SIZE = 208 };

// The output's name as part of a file name.
static tn_status fileName(const tn_session *s, uint32_t index,
                          char name[NAME_SIZE], tn_message *message) {
  tn_tensor_spec spec;
  tn_status status = tn_spec(s->model, TN_OUTPUT, index, &spec, message);
  if (status)
    return status;
  snprintf(name, NAME_SIZE, "%s", spec.name);
  for (char *p = name; *p; ++p) {
    int keep = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
               (*p >= '0' && *p <= '9') || *p == '_' || *p == '-' ||
               (*p == '.' && p != name);
    *p = keep ? *p : '_';
  }
  return TN_OK;
}

// Writes one output to DIR/NAME.npy, or DIR/NAME.INDEX.npy where the names of
// two outputs come out alike.
static tn_status writeOutput(const tn_session *s, uint32_t index,
                             const char *dir, tn_message *message) {
  char name[NAME_SIZE], other[NAME_SIZE], shape[TN_SHAPE_TEXT];
  tn_status status = fileName(s, index, name, message);
  int clash = 0;
  for (uint32_t i = 0; !status && i < s->output_count; ++i) {
    status = fileName(s, i, other, message);
    clash |= i != index && !strcmp(name, other);
  }
  if (status)
    return status;
  size_t size = strlen(dir) + NAME_SIZE + 32;
  char *path = malloc(size);
  if (!path)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a path");
  if (clash)
    snprintf(path, size, "%s/%s.%u.npy", dir, name, index);
  else
    snprintf(path, size, "%s/%s.npy", dir, name);
  const tn_host_tensor *tensor = &s->outputs[index];
  status = tn_npy_write(path, tensor, message);
  tn_shape_text(shape, tensor->dtype, tensor->rank, tensor->dims);
  if (!status)
    printf("output %u %s -> %s\n", index, shape, path);
  free(path);
  return status;
}

int tn_cli_run(tn_session *session, const tn_cli_options *options,
               tn_message *message) {
  tn_status status = readInputs(session, options, message);
  if (!status)
    status = makeDirectories(options->out, message);
  if (!status)
    status = tn_session_run(session, message);
  for (uint32_t i = 0; !status && i < session->output_count; ++i)
    status = writeOutput(session, i, options->out, message);
  return fail(status);
}

static tn_status printTensors(const tn_model *model, int32_t kind,
                              uint32_t count, tn_message *message) {
  static const char *const names[] = {
      "input",      "output",      "step input", "step output",
      "eval input", "eval output", "state"};
  static const char *const kinds[] = {"", ", parameter", ", optimizer",
                                      ", statistic", ", counter"};
  for (uint32_t i = 0; i < count; ++i) {
    tn_tensor_spec spec;
    tn_status status = tn_spec(model, kind, i, &spec, message);
    if (status)
      return status;
    char shape[TN_SHAPE_TEXT];
    tn_shape_text(shape, spec.dtype, spec.rank, spec.dims);
    printf("%s %u: '%s' %s%s\n", names[kind], i, spec.name, shape,
           kinds[spec.state_kind]);
  }
  return TN_OK;
}

int tn_cli_info(const tn_model *model, tn_message *message) {
  tn_model_info info = {.struct_size = sizeof(info)};
  tn_status status = tn_info(model, &info, message);
  if (status)
    return TN_EXIT_FAILED;
  printf("model: %s\ncpu: %s\n", info.name, info.target_cpu);
  uint32_t counts[] = {info.input_count,      info.output_count,
                       info.step_input_count, info.step_output_count,
                       info.eval_input_count, info.eval_output_count,
                       info.state_count};
  for (int32_t kind = TN_INPUT; !status && kind <= TN_STATE; ++kind)
    status = printTensors(model, kind, counts[kind], message);
  printf("arena: %llu bytes, of it workspace: %llu bytes for each of at most "
         "%u threads\nweights: %llu bytes\n",
         (unsigned long long)info.arena_bytes,
         (unsigned long long)info.workspace_bytes, info.max_threads,
         (unsigned long long)info.weights_bytes);
  if (info.state_count)
    printf("state: %llu bytes\n", (unsigned long long)info.state_bytes);
  return fail(status);
}
