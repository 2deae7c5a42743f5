/*===-- npz.h - Writes arrays as numpy.savez would --------------*- C -*-===*/
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                 */
/*
 * A .npz is a zip archive of .npy files; here they are stored, so that
 * `tenon-run train` reads them where they lie. Below 4 GiB. Needs zlib, for its
 * check sums; every failure ends the program with a message.
 */
#ifndef TENON_EXAMPLES_NPZ_H
#define TENON_EXAMPLES_NPZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* What the archive's directory says about a member. */
struct npz_member {
  char name[32];
  uint32_t crc, size, offset;
};

struct npz {
  const char *path;
  FILE *file;
  int count; /* the last member is open */
  struct npz_member members[4];
};

static void npz_fail(const struct npz *npz, const char *why) {
  fprintf(stderr, "error: %s: %s\n", npz->path, why);
  exit(1);
}

static void npz_bytes(struct npz *npz, const void *bytes, size_t size) {
  if (fwrite(bytes, 1, size, npz->file) != size)
    npz_fail(npz, "writing failed; is the disk full?");
}

static void npz_number(struct npz *npz, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8) {
    const unsigned char byte = value & 0xff;
    npz_bytes(npz, &byte, 1);
  }
}

/* The fields that a member's header and the directory share. */
static void npz_fields(struct npz *npz, const struct npz_member *m) {
  npz_number(npz, 20, 2);       /* version */
  npz_number(npz, 0, 2);        /* flags */
  npz_number(npz, 0, 2);        /* stored */
  npz_number(npz, 0x210000, 4); /* 1 January 1980 */
  npz_number(npz, m->crc, 4);
  npz_number(npz, m->size, 4);
  npz_number(npz, m->size, 4);
  npz_number(npz, (uint32_t)strlen(m->name), 2);
  npz_number(npz, 0, 2); /* extra */
}

static void npz_header(struct npz *npz, const struct npz_member *m) {
  npz_number(npz, 0x04034b50, 4);
  npz_fields(npz, m);
  npz_bytes(npz, m->name, strlen(m->name));
}

static void npz_open(struct npz *npz, const char *path) {
  memset(npz, 0, sizeof *npz);
  npz->path = path;
  npz->file = fopen(path, "wb");
  if (!npz->file)
    npz_fail(npz, "cannot be written");
}

/* Some of the open array's content, in row-major order. */
static void npz_put(struct npz *npz, const void *bytes, size_t size) {
  struct npz_member *m = &npz->members[npz->count - 1];
  npz_bytes(npz, bytes, size);
  m->crc = (uint32_t)crc32(m->crc, bytes, (uInt)size);
  m->size += (uint32_t)size;
}

/* dtype and shape in numpy's words: "<f4", "(10, 1, 28, 28)" or "(10,)". */
static void npz_begin(struct npz *npz, const char *name, const char *dtype,
                      const char *shape) {
  if (npz->count == (int)(sizeof npz->members / sizeof *npz->members))
    npz_fail(npz, "has too many arrays");
  struct npz_member *m = &npz->members[npz->count++];
  snprintf(m->name, sizeof m->name, "%s.npy", name);
  m->crc = (uint32_t)crc32(0, NULL, 0);
  m->offset = (uint32_t)ftell(npz->file);
  npz_header(npz, m);
  char header[128];
  memset(header, ' ', sizeof header);
  memcpy(header, "\x93NUMPY\x01\x00\x76\x00", 10);
  const int used = snprintf(
      header + 10, sizeof header - 10,
      "{'descr': '%s', 'fortran_order': False, 'shape': %s, }", dtype, shape);
  header[10 + used] = ' ';
  header[sizeof header - 1] = '\n';
  npz_put(npz, header, sizeof header);
}

/* Writes the open array's header again, now that sum and size are known. */
static void npz_end(struct npz *npz) {
  const struct npz_member *m = &npz->members[npz->count - 1];
  if (fseek(npz->file, (long)m->offset, SEEK_SET) != 0)
    npz_fail(npz, "writing failed");
  npz_header(npz, m);
  if (fseek(npz->file, 0, SEEK_END) != 0)
    npz_fail(npz, "writing failed");
}

static void npz_close(struct npz *npz) {
  const uint32_t directory = (uint32_t)ftell(npz->file);
  for (int i = 0; i < npz->count; ++i) {
    const struct npz_member *m = &npz->members[i];
    npz_number(npz, 0x02014b50, 4);
    npz_number(npz, 20, 2); /* made by */
    npz_fields(npz, m);
    for (int k = 0; k < 5; ++k) /* comment, disk, attributes */
      npz_number(npz, 0, 2);
    npz_number(npz, m->offset, 4);
    npz_bytes(npz, m->name, strlen(m->name));
  }
  const uint32_t size = (uint32_t)ftell(npz->file) - directory;
  npz_number(npz, 0x06054b50, 4);
  npz_number(npz, 0, 4); /* disks */
  npz_number(npz, (uint32_t)npz->count, 2);
  npz_number(npz, (uint32_t)npz->count, 2);
  npz_number(npz, size, 4);
  npz_number(npz, directory, 4);
  npz_number(npz, 0, 2); /* comment */
  if (fclose(npz->file) != 0)
    npz_fail(npz, "writing failed; is the disk full?");
}

#endif /* TENON_EXAMPLES_NPZ_H */
