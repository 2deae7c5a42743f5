//===-- Verify.c - the verb `verify` ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compares outputs with expected files, laid out as the ONNX backend tests are:
// input_0.pb, input_1.pb, ..., output_0.pb, ... in signature order.
#include "cli/Cli.h"
#include "core/Message.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  double max_error;  // largest |a - b|
  double range;      // max - min of the finite expected values
  uint64_t wrong;    // elements beyond the tolerance
  uint64_t first;    // the first of them
  uint64_t distinct; // different expected values
} comparison;

// DIR/input_N.pb, or .npy where there is no such file. Returns whether one of
// the two exists.
static int expectedPath(const char *dir, const char *kind, uint32_t index,
                        char *path, size_t size) {
  static const char *const suffixes[] = {".pb", ".npy"};
  for (int i = 0; i < 2; ++i) {
    int used =
        snprintf(path, size, "%s/%s_%u%s", dir, kind, index, suffixes[i]);
    if (used > 0 && (size_t)used < size && access(path, F_OK) == 0)
      return 1;
  }
  snprintf(path, size, "%s/%s_%u.pb", dir, kind, index);
  return 0;
}

static tn_status readInputs(tn_session *s, const char *dir,
                            tn_message *message) {
  char path[4096];
  for (uint32_t i = 0; i < s->input_count; ++i) {
    expectedPath(dir, "input", i, path, sizeof(path));
    tn_status status = tn_tensor_read(path, &s->inputs[i], message);
    if (status)
      return status;
  }
  if (expectedPath(dir, "input", s->input_count, path, sizeof(path)))
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "'%.300s' is an input too many: model '%.200s' has %u", path,
                   s->info.name, s->input_count);
  return TN_OK;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// Sorts and counts; NaN does not count.
static uint64_t countDistinct(const tn_host_tensor *t, tn_status *status,
                              tn_message *message) {
  double *values = malloc((t->elements + 1) * sizeof(*values));
  if (!values) {
    *status = tn_fail(message, TN_OUT_OF_MEMORY, "no memory to compare");
    return 0;
  }
  uint64_t count = 0, distinct = 0;
  for (uint64_t i = 0; i < t->elements; ++i) {
    values[count] = tn_host_element(t, i);
    count += !isnan(values[count]);
  }
  qsort(values, count, sizeof(*values), ascending);
  for (uint64_t i = 0; i < count; ++i)
    distinct += i == 0 || values[i] != values[i - 1];
  free(values);
  return distinct;
}

static int close_enough(const tn_host_tensor *got,
                        const tn_host_tensor *expected, uint64_t i, double rtol,
                        double atol) {
  // Integers are compared as they are: double cannot hold all of them.
  if (!tn_is_float(expected->dtype)) {
    size_t size = tn_dtype_size(expected->dtype);
    return !memcmp((char *)got->data + i * size,
                   (char *)expected->data + i * size, size);
  }
  double a = tn_host_element(got, i), b = tn_host_element(expected, i);
  if (isnan(b))
    return isnan(a) != 0;
  if (isinf(b) || isinf(a))
    return a == b;
  return fabs(a - b) <= atol + rtol * fabs(b);
}

static comparison compare(const tn_host_tensor *got,
                          const tn_host_tensor *expected, double rtol,
                          double atol) {
  comparison c = {0};
  double low = INFINITY, high = -INFINITY;
  for (uint64_t i = 0; i < expected->elements; ++i) {
    double b = tn_host_element(expected, i);
    if (isfinite(b)) {
      low = b < low ? b : low;
      high = b > high ? b : high;
    }
  }
  c.range = high > low ? high - low : 0;
  // Halves have three decimal digits: a few roundings show.
  int half = expected->dtype == TN_F16 || expected->dtype == TN_BF16;
  if (atol < 0)
    atol = 1e-7 + (half ? 2e-3 : 1e-5) *
                      (high >= low ? fmax(fabs(low), fabs(high)) : 0);
  for (uint64_t i = 0; i < expected->elements; ++i) {
    double a = tn_host_element(got, i), b = tn_host_element(expected, i);
    double error = fabs(a - b);
    if (a == b || (isnan(a) && isnan(b)))
      error = 0;
    else if (!(error <= INFINITY)) // NaN on one side
      error = INFINITY;
    c.max_error = error > c.max_error ? error : c.max_error;
    if (!close_enough(got, expected, i, rtol, atol) && c.wrong++ == 0)
      c.first = i;
  }
  return c;
}

static tn_status checkShape(const tn_host_tensor *got,
                            const tn_host_tensor *expected, const char *path,
                            tn_message *message) {
  if (got->dtype == expected->dtype && got->rank == expected->rank &&
      !memcmp(got->dims, expected->dims,
              (size_t)got->rank * sizeof(got->dims[0])))
    return TN_OK;
  char a[TN_SHAPE_TEXT], b[TN_SHAPE_TEXT];
  tn_shape_text(a, got->dtype, got->rank, got->dims);
  tn_shape_text(b, expected->dtype, expected->rank, expected->dims);
  return tn_fail(message, TN_INVALID_ARGUMENT,
                 "the model gives %s, and '%.300s' holds %s", a, path, b);
}

// Compares one output and prints the result; *failed is set when it is beyond
// the tolerance.
static tn_status verifyOutput(const tn_session *s, uint32_t index,
                              const tn_host_tensor *expected,
                              const tn_cli_options *options, int *failed,
                              tn_message *message) {
  const tn_host_tensor *got = &s->outputs[index];
  tn_tensor_spec spec;
  tn_status status = tn_spec(s->model, TN_OUTPUT, index, &spec, message);
  if (status)
    return status;
  comparison c = compare(got, expected, options->rtol, options->atol);
  c.distinct = countDistinct(expected, &status, message);
  if (status)
    return status;
  char shape[TN_SHAPE_TEXT];
  tn_shape_text(shape, got->dtype, got->rank, got->dims);
  printf("output %u '%s' %s: largest error %.9g, relative to max-min %.3g, "
         "%llu distinct expected values\n",
         index, spec.name, shape, c.max_error,
         c.max_error == 0 ? 0 : c.max_error / c.range,
         (unsigned long long)c.distinct);
  if (c.wrong) {
    *failed = 1;
    printf("  FAILED: %llu of %llu elements, the first at %llu: %.9g, "
           "expected %.9g\n",
           (unsigned long long)c.wrong, (unsigned long long)got->elements,
           (unsigned long long)c.first, tn_host_element(got, c.first),
           tn_host_element(expected, c.first));
  }
  if (got->elements > options->min_distinct &&
      c.distinct < options->min_distinct) {
    *failed = 1;
    printf("  FAILED: fewer than %llu distinct expected values show too "
           "little\n",
           (unsigned long long)options->min_distinct);
  }
  return TN_OK;
}

int tn_cli_verify(tn_session *s, const tn_cli_options *options,
                  tn_message *message) {
  tn_status status = readInputs(s, options->dir, message);
  if (!status)
    status = tn_session_run(s, message);
  int failed = 0;
  uint32_t compared = 0;
  char path[4096];
  for (uint32_t i = 0; !status && i < s->output_count; ++i) {
    // An expected file may be missing for an output that a test has no opinion
    // on, but not for all of them.
    if (!expectedPath(options->dir, "output", i, path, sizeof(path)))
      continue;
    tn_host_tensor expected;
    status = tn_tensor_read(path, &expected, message);
    if (!status)
      status = checkShape(&s->outputs[i], &expected, path, message);
    if (!status)
      status = verifyOutput(s, i, &expected, options, &failed, message);
    tn_host_free(&expected);
    ++compared;
  }
  if (!status && !compared)
    status = tn_fail(message, TN_NOT_FOUND,
                     "'%.300s' has no output_0.pb or output_0.npy to compare "
                     "with",
                     options->dir);
  if (!status &&
      expectedPath(options->dir, "output", s->output_count, path, sizeof(path)))
    status = tn_fail(message, TN_INVALID_ARGUMENT,
                     "'%.300s' is an output too many: model '%.200s' has %u",
                     path, s->info.name, s->output_count);
  if (!status && !failed)
    printf("PASSED: %u output%s\n", compared, compared == 1 ? "" : "s");
  return status || failed ? TN_EXIT_FAILED : TN_EXIT_OK;
}
