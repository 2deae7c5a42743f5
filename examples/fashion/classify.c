/*===-- classify.c - Classify the Fashion-MNIST test images -----*- C -*-===*/
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                 */
/*
 * classify ARTIFACT [FOLDER] [THREADS]
 *
 * Runs a compiled cnn.onnx over the 10,000 test images of FOLDER (Debian's
 * dataset-fashion-mnist by default) and prints its accuracy, its speed, the
 * artifact's size and the memory that it planned. Needs the C interface, its
 * loader and zlib, nothing else.
 */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#include "idx.h"
#include "tenon/abi.h"

#include <sys/stat.h>
#include <time.h>

static void check(tn_status status, const char *what, const tn_message *why) {
  if (status != TN_OK)
    fail(what, why->text);
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static size_t best(const float *scores, size_t classes) {
  size_t winner = 0;
  for (size_t i = 1; i < classes; ++i)
    if (scores[i] > scores[winner])
      winner = i;
  return winner;
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > 4) {
    fprintf(stderr, "usage: classify ARTIFACT [FOLDER] [THREADS]\n");
    return 2;
  }
  const char *folder = argc > 2 ? argv[2] : FOLDER;
  uint8_t *pixels, *labels;
  const uint32_t image_dims[] = {0, 28, 28};
  uint32_t count =
      read_idx(folder, "t10k-images-idx3-ubyte.gz", 3, image_dims, &pixels);
  if (read_idx(folder, "t10k-labels-idx1-ubyte.gz", 1, NULL, &labels) != count)
    fail(folder, "has not one label for each image");

  tn_message why;
  tn_library *library;
  check(tn_open(argv[1], TN_OPEN_VERIFY, &library, &why), argv[1], &why);
  const tn_model *model = tn_library_model(library);
  tn_tensor_spec input, output;
  check(tn_spec(model, TN_INPUT, 0, &input, &why), argv[1], &why);
  check(tn_spec(model, TN_OUTPUT, 0, &output, &why), argv[1], &why);
  if (input.dtype != TN_F32 || input.rank != 4 || input.dims[1] != 1 ||
      input.dims[2] != 28 || input.dims[3] != 28 || output.dtype != TN_F32 ||
      output.rank != 2 || output.dims[0] != input.dims[0])
    fail(argv[1], "is no model of f32 [N,1,28,28] -> f32 [N,classes]");
  const size_t batch = (size_t)input.dims[0], image = 28 * 28;
  const size_t classes = (size_t)output.dims[1];
  if (count % batch != 0)
    fail(argv[1], "has a batch size that does not divide the images");

  tn_context_options options = {.struct_size = sizeof options};
  options.threads = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 0;
  tn_context *context;
  check(tn_context_create(model, &options, &context, &why), argv[1], &why);
  float *x = malloc(input.bytes), *y = malloc(output.bytes);
  if (!x || !y)
    fail(argv[1], "out of memory");
  const tn_tensor in = {x, input.dtype, input.rank, input.dims};
  const tn_tensor out = {y, output.dtype, output.rank, output.dims};

  uint32_t hits = 0;
  const double start = seconds();
  for (size_t first = 0; first < count; first += batch) {
    for (size_t i = 0; i < batch * image; ++i)
      x[i] = (float)pixels[first * image + i] / 255.0f;
    check(tn_run(context, &in, 1, &out, 1, &why), argv[1], &why);
    for (size_t i = 0; i < batch; ++i)
      hits += best(y + i * classes, classes) == labels[first + i];
  }
  const double elapsed = seconds() - start;

  tn_memory_stats memory = {.struct_size = sizeof memory};
  check(tn_memory(context, &memory, &why), argv[1], &why);
  struct stat file;
  if (stat(argv[1], &file) != 0)
    fail(argv[1], "cannot be read");
  printf("accuracy      %.2f %% of %u test images\n", 100.0 * hits / count,
         count);
  printf("speed         %.0f images/s, %u thread%s, batches of %zu\n",
         count / elapsed, memory.threads, memory.threads == 1 ? "" : "s",
         batch);
  printf("artifact      %lld bytes\n", (long long)file.st_size);
  printf("planned peak  %llu bytes of activations and workspace, %llu bytes of "
         "weights\n",
         (unsigned long long)memory.arena_bytes,
         (unsigned long long)memory.weights_bytes);

  tn_context_destroy(context);
  tn_close(library);
  free(x);
  free(y);
  free(pixels);
  free(labels);
  return 0;
}
