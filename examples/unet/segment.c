/*===-- segment.c - What a compiled U-Net sees in new pictures --*- C -*-===*/
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                 */
/*
 * segment ARTIFACT COUNT OUT.png
 *
 * Runs a U-Net that was compiled for inference over COUNT test pictures, prints
 * the share of pixels that it names correctly and, for each class, intersection
 * over union, and draws the first pictures: one a row, the picture, the truth
 * and the prediction side by side. Needs the C interface, its loader and zlib.
 */
#include "shapes.h"
#include "tenon/abi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { ROWS = 6, SCALE = 2, GAP = 8, TILE = SIDE * SCALE };
enum { WIDTH = 3 * TILE + 4 * GAP, HEIGHT = ROWS * TILE + (ROWS + 1) * GAP };

static unsigned char canvas[HEIGHT][1 + 3 * WIDTH];

static void fail(const char *what, const char *why) {
  fprintf(stderr, "error: %s: %s\n", what, why);
  exit(1);
}

static void check(tn_status status, const char *what, const tn_message *why) {
  if (status != TN_OK)
    fail(what, why->text);
}

/*===-- Picture ---------------------------------------------------------===*/

static void draw_pixel(int row, int column, int at, const unsigned char *rgb) {
  for (int i = 0; i < SCALE * SCALE; ++i) {
    const int x = GAP + column * (TILE + GAP) + at % SIDE * SCALE + i % SCALE;
    const int y = GAP + row * (TILE + GAP) + at / SIDE * SCALE + i / SCALE;
    memcpy(&canvas[y][1 + 3 * x], rgb, 3);
  }
}

static void draw_row(int row, const float *image, const int64_t *truth,
                     const int *seen) {
  static const unsigned char colours[CLASSES][3] = {
      {40, 40, 48}, {31, 119, 180}, {255, 127, 14}, {44, 160, 44}};
  for (int i = 0; i < PIXELS; ++i) {
    const double shade = fmin(fmax(image[i], 0), 1);
    unsigned char gray[3];
    memset(gray, (int)(255 * shade), 3);
    draw_pixel(row, 0, i, gray);
    draw_pixel(row, 1, i, colours[truth[i]]);
    draw_pixel(row, 2, i, colours[seen[i]]);
  }
}

static void big_endian(unsigned char *to, uint32_t value) {
  for (int i = 0; i < 4; ++i)
    to[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void put_chunk(FILE *file, const char *type, const unsigned char *bytes,
                      uint32_t size) {
  unsigned char head[8], tail[4];
  big_endian(head, size);
  memcpy(head + 4, type, 4);
  uLong crc = crc32(crc32(0, NULL, 0), head + 4, 4);
  if (size)
    crc = crc32(crc, bytes, size);
  big_endian(tail, (uint32_t)crc);
  fwrite(head, 1, 8, file);
  if (size)
    fwrite(bytes, 1, size, file);
  fwrite(tail, 1, 4, file);
}

static void write_png(const char *path) {
  uLongf size = compressBound(sizeof canvas);
  unsigned char *stream = malloc(size);
  if (!stream || compress(stream, &size, canvas[0], sizeof canvas) != Z_OK)
    fail(path, "out of memory");
  unsigned char head[13] = {[8] = 8, [9] = 2}; /* 8 bits each, red green blue */
  big_endian(head, WIDTH);
  big_endian(head + 4, HEIGHT);
  FILE *file = fopen(path, "wb");
  if (!file)
    fail(path, "cannot be written");
  fwrite("\x89PNG\r\n\x1a\n", 1, 8, file);
  put_chunk(file, "IHDR", head, sizeof head);
  put_chunk(file, "IDAT", stream, (uint32_t)size);
  put_chunk(file, "IEND", NULL, 0);
  const int failed = ferror(file);
  if (fclose(file) != 0 || failed)
    fail(path, "writing failed; is the disk full?");
  free(stream);
}

/*===-- Prediction ------------------------------------------------------===*/

/* The class with the greatest score, for each pixel of one picture. */
static void best(const float *scores, int seen[PIXELS]) {
  for (int i = 0; i < PIXELS; ++i) {
    seen[i] = 0;
    for (int c = 1; c < CLASSES; ++c)
      if (scores[c * PIXELS + i] > scores[seen[i] * PIXELS + i])
        seen[i] = c;
  }
}

int main(int argc, char **argv) {
  const unsigned long count = argc == 4 ? strtoul(argv[2], NULL, 10) : 0;
  if (count == 0) {
    fprintf(stderr, "usage: segment ARTIFACT COUNT OUT.png\n");
    return 2;
  }
  tn_message why;
  tn_library *library;
  check(tn_open(argv[1], TN_OPEN_VERIFY, &library, &why), argv[1], &why);
  const tn_model *model = tn_library_model(library);
  tn_tensor_spec input, output;
  check(tn_spec(model, TN_INPUT, 0, &input, &why), argv[1], &why);
  check(tn_spec(model, TN_OUTPUT, 0, &output, &why), argv[1], &why);
  if (input.dtype != TN_F32 || input.bytes != PIXELS * sizeof(float) ||
      output.dtype != TN_F32 || output.bytes != CLASSES * input.bytes)
    fail(argv[1], "is no model of f32 [1,1,64,64] -> f32 [1,4,64,64]");

  tn_context_options options = {.struct_size = sizeof options};
  tn_context *context;
  check(tn_context_create(model, &options, &context, &why), argv[1], &why);
  static float image[PIXELS], scores[CLASSES * PIXELS];
  static int64_t truth[PIXELS];
  static int seen[PIXELS];
  const tn_tensor in = {image, input.dtype, input.rank, input.dims};
  const tn_tensor out = {scores, output.dtype, output.rank, output.dims};

  memset(canvas, 255, sizeof canvas);
  unsigned long hits = 0, both[CLASSES] = {0}, either[CLASSES] = {0};
  for (unsigned long n = 0; n < count; ++n) {
    draw_shapes(TEST_SEED + n, image, truth);
    check(tn_run(context, &in, 1, &out, 1, &why), argv[1], &why);
    best(scores, seen);
    for (int i = 0; i < PIXELS; ++i) {
      const int agree = seen[i] == truth[i];
      hits += (unsigned long)agree;
      both[seen[i]] += (unsigned long)agree;
      either[seen[i]] += 1;
      either[truth[i]] += !agree;
    }
    if (n < ROWS)
      draw_row((int)n, image, truth, seen);
  }
  /* Each row of a PNG begins with its filter: none. */
  for (int y = 0; y < HEIGHT; ++y)
    canvas[y][0] = 0;
  write_png(argv[3]);

  static const char *const names[] = {"background", "disc", "square",
                                      "triangle"};
  printf("accuracy      %.2f %% of the pixels of %lu test pictures\n",
         100.0 * (double)hits / ((double)count * PIXELS), count);
  printf("union         ");
  for (int c = 0; c < CLASSES; ++c)
    printf("%s %.1f %%%s", names[c],
           either[c] ? 100.0 * (double)both[c] / (double)either[c] : 100.0,
           c + 1 < CLASSES ? ", " : "\n");
  tn_context_destroy(context);
  tn_close(library);
  return 0;
}
