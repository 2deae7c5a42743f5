/*===-- prepare.c - Fashion-MNIST as .npz files -----------------*- C -*-===*/
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                 */
/*
 * prepare OUT [FOLDER]
 *
 * Writes OUT/train.npz, OUT/valid.npz (the last 5,000 images of the training
 * split) and OUT/test.npz from FOLDER (Debian's dataset-fashion-mnist by
 * default): images f32 [N,1,28,28] in 0..1, labels i64 [N], stored, as
 * numpy.savez would. Needs zlib.
 */
#include "../npz.h"
#include "idx.h"

enum { SIDE = 28, IMAGE = SIDE * SIDE, VALID = 5000 };

static void write_npz(const char *folder, const char *name,
                      const uint8_t *pixels, const uint8_t *labels,
                      uint32_t count) {
  char path[4096], shape[64];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  struct npz npz;
  npz_open(&npz, path);
  snprintf(shape, sizeof shape, "(%u, 1, %d, %d)", count, SIDE, SIDE);
  npz_begin(&npz, "images", "<f4", shape);
  for (uint32_t i = 0; i < count; ++i) {
    float block[IMAGE];
    for (int k = 0; k < IMAGE; ++k)
      block[k] = (float)pixels[(size_t)i * IMAGE + k] / 255.0f;
    npz_put(&npz, block, sizeof block);
  }
  npz_end(&npz);
  snprintf(shape, sizeof shape, "(%u,)", count);
  npz_begin(&npz, "labels", "<i8", shape);
  for (uint32_t i = 0; i < count; ++i) {
    const int64_t label = labels[i];
    npz_put(&npz, &label, sizeof label);
  }
  npz_end(&npz);
  npz_close(&npz);
  printf("%s: %u images\n", path, count);
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > 3) {
    fprintf(stderr, "usage: prepare OUT [FOLDER]\n");
    return 2;
  }
  const char *folder = argc > 2 ? argv[2] : FOLDER;
  const uint32_t dims[] = {0, SIDE, SIDE};
  uint8_t *pixels, *labels;
  uint32_t count =
      read_idx(folder, "train-images-idx3-ubyte.gz", 3, dims, &pixels);
  if (read_idx(folder, "train-labels-idx1-ubyte.gz", 1, NULL, &labels) != count)
    fail(folder, "has not one label for each image");
  if (count <= VALID)
    fail(folder, "has too few images");
  uint32_t first = count - VALID;
  write_npz(argv[1], "train.npz", pixels, labels, first);
  write_npz(argv[1], "valid.npz", pixels + (size_t)first * IMAGE,
            labels + first, VALID);
  free(pixels);
  free(labels);
  count = read_idx(folder, "t10k-images-idx3-ubyte.gz", 3, dims, &pixels);
  if (read_idx(folder, "t10k-labels-idx1-ubyte.gz", 1, NULL, &labels) != count)
    fail(folder, "has not one label for each image");
  write_npz(argv[1], "test.npz", pixels, labels, count);
  free(pixels);
  free(labels);
  return 0;
}
