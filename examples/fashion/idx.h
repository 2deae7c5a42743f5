/*===-- idx.h - Debian's dataset-fashion-mnist ------------------*- C -*-===*/
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                 */
#ifndef TENON_EXAMPLES_FASHION_IDX_H
#define TENON_EXAMPLES_FASHION_IDX_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define FOLDER "/usr/share/datasets/fashion-mnist"

static void fail(const char *what, const char *why) {
  fprintf(stderr, "error: %s: %s\n", what, why);
  exit(1);
}

/* Reads a gzipped IDX file of bytes: 0, 0, type 8, rank, then the big-endian
   dimensions, which must be `dims`, the first of them free and returned. The
   caller frees *data. */
static uint32_t read_idx(const char *folder, const char *name, uint32_t rank,
                         const uint32_t *dims, uint8_t **data) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  gzFile file = gzopen(path, "rb");
  if (!file)
    fail(path, "cannot be opened; install dataset-fashion-mnist");
  uint8_t header[16];
  const int header_size = (int)(4 + 4 * rank);
  if (gzread(file, header, (unsigned)header_size) != header_size ||
      header[0] != 0 || header[1] != 0 || header[2] != 8 || header[3] != rank)
    fail(path, "is not an IDX file of unsigned bytes");
  uint32_t count = 0;
  size_t item = 1;
  for (uint32_t i = 0; i < rank; ++i) {
    const uint8_t *b = header + 4 + 4 * i;
    uint32_t dim = (uint32_t)b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
    if (i == 0)
      count = dim;
    else if (dim != dims[i])
      fail(path, "holds items of another shape");
    else
      item *= dim;
  }
  if (count == 0 || count > 1000000)
    fail(path, "holds no plausible number of items");
  *data = malloc(count * item);
  if (!*data)
    fail(path, "out of memory");
  /* One byte more than promised would be as wrong as one less. */
  uint8_t extra;
  if (gzread(file, *data, (unsigned)(count * item)) != (int)(count * item) ||
      gzread(file, &extra, 1) != 0)
    fail(path, "has more or fewer bytes than its header says");
  gzclose(file);
  return count;
}

#endif /* TENON_EXAMPLES_FASHION_IDX_H */
