/*===-- prepare.c - Pictures of shapes as .npz files ------------*- C -*-===*/
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                 */
/*
 * prepare OUT TRAIN VALID TEST
 *
 * Draws that many pictures into OUT/train.npz, OUT/valid.npz and OUT/test.npz:
 * images f32 [N,1,64,64], labels i64 [N,64,64]. Needs zlib.
 */
#include "../npz.h"
#include "shapes.h"

static void write_npz(const char *folder, const char *name, uint64_t seed,
                      const char *words) {
  char path[4096], shape[64];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  const unsigned long count = strtoul(words, NULL, 10);
  if (count == 0 || count > 80000) { /* an archive of less than 4 GiB */
    fprintf(stderr,
            "error: %s: '%s' is no number of pictures from 1 to 80000\n", path,
            words);
    exit(1);
  }
  struct npz npz;
  npz_open(&npz, path);
  float image[PIXELS];
  int64_t label[PIXELS];
  snprintf(shape, sizeof shape, "(%lu, 1, %d, %d)", count, SIDE, SIDE);
  npz_begin(&npz, "images", "<f4", shape);
  for (unsigned long i = 0; i < count; ++i) {
    draw_shapes(seed + i, image, label);
    npz_put(&npz, image, sizeof image);
  }
  npz_end(&npz);
  snprintf(shape, sizeof shape, "(%lu, %d, %d)", count, SIDE, SIDE);
  npz_begin(&npz, "labels", "<i8", shape);
  for (unsigned long i = 0; i < count; ++i) {
    draw_shapes(seed + i, image, label);
    npz_put(&npz, label, sizeof label);
  }
  npz_end(&npz);
  npz_close(&npz);
  printf("%s: %lu pictures\n", path, count);
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: prepare OUT TRAIN VALID TEST\n");
    return 2;
  }
  write_npz(argv[1], "train.npz", TRAIN_SEED, argv[2]);
  write_npz(argv[1], "valid.npz", VALID_SEED, argv[3]);
  write_npz(argv[1], "test.npz", TEST_SEED, argv[4]);
  return 0;
}
