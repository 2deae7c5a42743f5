//===-- Npz.c - numpy's archives ----------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A zip archive is read from its end: the end record names the central
// directory, which names the members; each has a header of its own in front of
// its content. Sizes that do not fit 32 bits stand in zip64 records.
#include "cli/Npz.h"
#include "core/Message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  END_SIZE = 22,
  END64_SIZE = 56,
  LOCATOR_SIZE = 20,
  ENTRY_SIZE = 46,
  LOCAL_SIZE = 30
};

// Little-endian numbers at any address.
static uint64_t number(const unsigned char *p, int bytes) {
  uint64_t value = 0;
  for (int i = bytes - 1; i >= 0; --i)
    value = value << 8 | p[i];
  return value;
}

static int hasSignature(const unsigned char *p, const char *two) {
  return p[0] == 'P' && p[1] == 'K' && p[2] == two[0] && p[3] == two[1];
}

static tn_status damaged(const tn_npz *npz, const char *what,
                         tn_message *message) {
  return tn_fail(message, TN_CORRUPT,
                 "'%.300s' is no .npz file, or damaged (%s)", npz->path, what);
}

// Where the central directory is.
typedef struct {
  uint64_t offset, size, count;
} directory;

static tn_status findDirectory(const tn_npz *npz, directory *d,
                               tn_message *message) {
  const unsigned char *data = npz->file.data;
  uint64_t size = npz->file.size;
  if (size < END_SIZE)
    return damaged(npz, "too short", message);
  // A comment of up to 65535 bytes may follow the end record.
  uint64_t end = size - END_SIZE, least = end > 65535 ? end - 65535 : 0;
  while (!(hasSignature(data + end, "\x05\x06") &&
           number(data + end + 20, 2) == size - end - END_SIZE)) {
    if (end == least)
      return damaged(npz, "no end of archive", message);
    --end;
  }
  d->count = number(data + end + 10, 2);
  d->size = number(data + end + 12, 4);
  d->offset = number(data + end + 16, 4);
  int is_zip64 =
      d->count == 0xffff || d->size == 0xffffffff || d->offset == 0xffffffff;
  if (is_zip64 && end >= LOCATOR_SIZE &&
      hasSignature(data + end - LOCATOR_SIZE, "\x06\x07")) {
    uint64_t at = number(data + end - LOCATOR_SIZE + 8, 8);
    if (at > end || end - at < END64_SIZE ||
        !hasSignature(data + at, "\x06\x06"))
      return damaged(npz, "end of archive", message);
    d->count = number(data + at + 32, 8);
    d->size = number(data + at + 40, 8);
    d->offset = number(data + at + 48, 8);
  }
  if (d->offset > end || d->size > end - d->offset ||
      d->count > d->size / ENTRY_SIZE)
    return damaged(npz, "directory", message);
  return TN_OK;
}

// Takes sizes that are all ones from the zip64 extra field.
static int readExtra(const unsigned char *extra, uint64_t size,
                     uint64_t *values[3]) {
  while (size >= 4) {
    uint64_t id = number(extra, 2), length = number(extra + 2, 2);
    if (length > size - 4)
      return 0;
    if (id == 1) {
      uint64_t at = 0;
      for (int i = 0; i < 3; ++i) {
        if (*values[i] != 0xffffffff)
          continue;
        if (length - at < 8)
          return 0;
        *values[i] = number(extra + 4 + at, 8);
        at += 8;
      }
    }
    extra += 4 + length;
    size -= 4 + length;
  }
  return 1;
}

static tn_status readDirectory(tn_npz *npz, tn_message *message) {
  directory d;
  tn_status status = findDirectory(npz, &d, message);
  if (status)
    return status;
  npz->members = calloc(d.count + 1, sizeof(*npz->members));
  if (!npz->members)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for %llu members",
                   (unsigned long long)d.count);
  const unsigned char *p = (const unsigned char *)npz->file.data + d.offset;
  uint64_t left = d.size;
  for (uint64_t i = 0; i < d.count; ++i) {
    if (left < ENTRY_SIZE || !hasSignature(p, "\x01\x02"))
      return damaged(npz, "directory entry", message);
    uint64_t name = number(p + 28, 2), extra = number(p + 30, 2);
    uint64_t comment = number(p + 32, 2);
    uint64_t total = ENTRY_SIZE + name + extra + comment;
    if (total > left)
      return damaged(npz, "directory entry", message);
    tn_npz_member *m = &npz->members[i];
    uint64_t packed = number(p + 20, 4);
    m->encrypted = p[8] & 1;
    m->method = (uint32_t)number(p + 10, 2);
    m->crc = (uint32_t)number(p + 16, 4);
    m->size = number(p + 24, 4);
    m->header = number(p + 42, 4);
    m->name = (const char *)p + ENTRY_SIZE;
    m->name_size = (uint32_t)name;
    uint64_t *values[] = {&m->size, &packed, &m->header};
    if (!readExtra(p + ENTRY_SIZE + name, extra, values))
      return damaged(npz, "directory entry", message);
    if (m->method == 0 && packed != m->size)
      return damaged(npz, "size of a member", message);
    p += total;
    left -= total;
  }
  npz->count = d.count;
  return TN_OK;
}

tn_status tn_npz_parse(const char *path, const void *data, uint64_t size,
                       tn_npz *npz, tn_message *message) {
  memset(npz, 0, sizeof(*npz));
  npz->path = path;
  npz->file.data = data;
  npz->file.size = size;
  tn_status status = readDirectory(npz, message);
  if (status)
    tn_npz_close(npz);
  return status ? status : tn_succeed(message);
}

tn_status tn_npz_open(const char *path, tn_npz *npz, tn_message *message) {
  memset(npz, 0, sizeof(*npz));
  tn_mapped_file file;
  tn_status status = tn_file_map(path, &file, message);
  if (!status)
    status = tn_npz_parse(path, file.data, file.size, npz, message);
  if (status)
    tn_file_unmap(&file);
  npz->is_mapped = !status;
  return status;
}

void tn_npz_close(tn_npz *npz) {
  free(npz->members);
  if (npz->is_mapped)
    tn_file_unmap(&npz->file);
  memset(npz, 0, sizeof(*npz));
}

// Writes the names of all arrays, for a message about one that is missing.
static void listNames(const tn_npz *npz, char *text, size_t size) {
  size_t used = 0;
  text[0] = '\0';
  for (uint64_t i = 0; i < npz->count && used + 8 < size; ++i) {
    const tn_npz_member *m = &npz->members[i];
    int length = (int)m->name_size;
    if (length >= 4 && !memcmp(m->name + length - 4, ".npy", 4))
      length -= 4;
    used += (size_t)snprintf(text + used, size - used, "%s'%.*s'",
                             i ? ", " : "", length < 64 ? length : 64, m->name);
  }
}

static tn_status readMember(const tn_npz *npz, const tn_npz_member *m,
                            const char *name, tn_npz_array *array,
                            tn_message *message) {
  const unsigned char *data = npz->file.data;
  uint64_t size = npz->file.size;
  if (m->encrypted)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "array '%.200s' of '%.300s' is encrypted; save it by "
                   "numpy.savez",
                   name, npz->path);
  if (m->method)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "array '%.200s' of '%.300s' is compressed, and only stored "
                   "arrays can be read in place; save it by numpy.savez "
                   "instead of numpy.savez_compressed",
                   name, npz->path);
  if (m->header > size || size - m->header < LOCAL_SIZE ||
      !hasSignature(data + m->header, "\x03\x04"))
    return damaged(npz, "header of a member", message);
  uint64_t begin = m->header + LOCAL_SIZE + number(data + m->header + 26, 2) +
                   number(data + m->header + 28, 2);
  if (begin > size || m->size > size - begin)
    return damaged(npz, "place of a member", message);
  uint64_t offset;
  tn_message reason;
  tn_status status =
      tn_npy_header(data + begin, m->size, &array->shape, &offset, &reason);
  if (status)
    return tn_fail(message, status, "array '%.200s' of '%.300s': %.400s", name,
                   npz->path, reason.text);
  array->data = data + begin + offset;
  array->crc = m->crc;
  return tn_succeed(message);
}

tn_status tn_npz_find(const tn_npz *npz, const char *name, tn_npz_array *array,
                      tn_message *message) {
  memset(array, 0, sizeof(*array));
  size_t size = strlen(name);
  for (uint64_t i = 0; i < npz->count; ++i) {
    const tn_npz_member *m = &npz->members[i];
    if (m->name_size >= size && !memcmp(m->name, name, size) &&
        (m->name_size == size ||
         (m->name_size == size + 4 && !memcmp(m->name + size, ".npy", 4))))
      return readMember(npz, m, name, array, message);
  }
  char names[400];
  listNames(npz, names, sizeof(names));
  return tn_fail(message, TN_NOT_FOUND,
                 "'%.300s' has no array '%.200s'; it has %s", npz->path, name,
                 npz->count ? names : "none");
}
