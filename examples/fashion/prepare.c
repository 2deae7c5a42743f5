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
#include "idx.h"

#include <string.h>

enum { SIDE = 28, IMAGE = SIDE * SIDE, VALID = 5000 };

/* What the archive's directory says about a member. */
struct member {
  const char *name;
  uint32_t crc, size, offset;
};

static void put(FILE *file, const void *bytes, size_t size) {
  if (fwrite(bytes, 1, size, file) != size)
    fail("writing", "failed; is the disk full?");
}

static void put_number(FILE *file, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8)
    if (fputc((int)(value & 0xff), file) == EOF)
      fail("writing", "failed; is the disk full?");
}

static void put_checked(FILE *file, struct member *m, const void *bytes,
                        size_t size) {
  put(file, bytes, size);
  m->crc = (uint32_t)crc32(m->crc, bytes, (uInt)size);
  m->size += (uint32_t)size;
}

/* The fields that a member's header and the directory share. */
static void put_fields(FILE *file, const struct member *m) {
  put_number(file, 20, 2);       /* version */
  put_number(file, 0, 2);        /* flags */
  put_number(file, 0, 2);        /* stored */
  put_number(file, 0x210000, 4); /* 1 January 1980 */
  put_number(file, m->crc, 4);
  put_number(file, m->size, 4);
  put_number(file, m->size, 4);
  put_number(file, (uint32_t)strlen(m->name), 2);
  put_number(file, 0, 2); /* extra */
}

static void put_header(FILE *file, const struct member *m) {
  put_number(file, 0x04034b50, 4);
  put_fields(file, m);
  put(file, m->name, strlen(m->name));
}

/* Writes the header again, now that check sum and size are known. */
static void finish_member(FILE *file, const struct member *m) {
  if (fseek(file, (long)m->offset, SEEK_SET) != 0)
    fail("writing", "failed");
  put_header(file, m);
  if (fseek(file, 0, SEEK_END) != 0)
    fail("writing", "failed");
}

static void begin_array(FILE *file, struct member *m, const char *dtype,
                        const char *shape) {
  char header[128];
  m->crc = (uint32_t)crc32(0, NULL, 0);
  m->size = 0;
  m->offset = (uint32_t)ftell(file);
  put_header(file, m);
  memset(header, ' ', sizeof header);
  memcpy(header, "\x93NUMPY\x01\x00\x76\x00", 10);
  int used = snprintf(header + 10, sizeof header - 10,
                      "{'descr': '%s', 'fortran_order': False, 'shape': %s, }",
                      dtype, shape);
  header[10 + used] = ' ';
  header[sizeof header - 1] = '\n';
  put_checked(file, m, header, sizeof header);
}

static void write_images(FILE *file, struct member *m, const uint8_t *pixels,
                         uint32_t count) {
  char shape[64];
  float block[IMAGE];
  snprintf(shape, sizeof shape, "(%u, 1, %d, %d)", count, SIDE, SIDE);
  begin_array(file, m, "<f4", shape);
  for (uint32_t i = 0; i < count; ++i) {
    for (int k = 0; k < IMAGE; ++k)
      block[k] = (float)pixels[(size_t)i * IMAGE + k] / 255.0f;
    put_checked(file, m, block, sizeof block);
  }
  finish_member(file, m);
}

static void write_labels(FILE *file, struct member *m, const uint8_t *labels,
                         uint32_t count) {
  char shape[64];
  snprintf(shape, sizeof shape, "(%u,)", count);
  begin_array(file, m, "<i8", shape);
  for (uint32_t i = 0; i < count; ++i) {
    int64_t label = labels[i];
    put_checked(file, m, &label, sizeof label);
  }
  finish_member(file, m);
}

static void write_npz(const char *folder, const char *name,
                      const uint8_t *pixels, const uint8_t *labels,
                      uint32_t count) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  if (!file)
    fail(path, "cannot be written");
  struct member members[] = {{"images.npy", 0, 0, 0}, {"labels.npy", 0, 0, 0}};
  write_images(file, &members[0], pixels, count);
  write_labels(file, &members[1], labels, count);
  uint32_t directory = (uint32_t)ftell(file);
  for (int i = 0; i < 2; ++i) {
    put_number(file, 0x02014b50, 4);
    put_number(file, 20, 2); /* made by */
    put_fields(file, &members[i]);
    for (int k = 0; k < 5; ++k) /* comment, disk, attributes */
      put_number(file, 0, 2);
    put_number(file, members[i].offset, 4);
    put(file, members[i].name, strlen(members[i].name));
  }
  uint32_t size = (uint32_t)ftell(file) - directory;
  put_number(file, 0x06054b50, 4);
  put_number(file, 0, 4); /* disks */
  put_number(file, 2, 2);
  put_number(file, 2, 2);
  put_number(file, size, 4);
  put_number(file, directory, 4);
  put_number(file, 0, 2); /* comment */
  if (fclose(file) != 0)
    fail(path, "cannot be written");
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
