//===-- Checkpoint.c - reading and writing checkpoints ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Checkpoint.h"
#include "cli/File.h"
#include "core/Hash.h"
#include "core/Message.h"

#include <string.h>

// "TENCKPT" and a NUL, as a little-endian number.
#define MAGIC UINT64_C(0x0054504b434e4554)

enum { VERSION = 1 };

typedef struct {
  uint64_t magic;
  // XXH64 of the bytes {hash of what is between this field and the state, hash
  // of the state}.
  uint64_t hash;
  uint32_t version;
  uint32_t reserved; // 0
  uint64_t total_size;
  uint64_t state_size;
  tn_training training;
} header;

_Static_assert(sizeof(tn_training) ==
                   9 * 8 + TN_TRAIN_OUTPUTS * 8 + 32 + TN_CURVE_POINTS * 20,
               "layout is a file format");

static uint64_t hashOf(const header *h, const void *state) {
  size_t begin = offsetof(header, version);
  uint64_t parts[] = {tn_hash((const char *)h + begin, sizeof(*h) - begin),
                      tn_hash(state, h->state_size)};
  return tn_hash(parts, sizeof(parts));
}

tn_status tn_checkpoint_write(const char *path, const tn_training *training,
                              tn_context *context, void *state,
                              uint64_t state_size, tn_message *message) {
  tn_status status = tn_get_state(context, state, state_size, message);
  if (status)
    return status;
  header h = {.magic = MAGIC,
              .version = VERSION,
              .total_size = sizeof(h) + state_size,
              .state_size = state_size,
              .training = *training};
  h.hash = hashOf(&h, state);
  tn_piece pieces[] = {{&h, sizeof(h)}, {state, state_size}};
  return tn_file_replace(path, pieces, 2, message);
}

static tn_status damaged(const char *path, const char *what,
                         tn_message *message) {
  return tn_fail(message, TN_CORRUPT,
                 "checkpoint '%.300s' is damaged (%s); remove it to start "
                 "again",
                 path, what);
}

static tn_status check(const char *path, const tn_mapped_file *file,
                       tn_message *message) {
  if (file->size < sizeof(uint64_t))
    return damaged(path, "too short", message);
  uint64_t magic;
  memcpy(&magic, file->data, sizeof(magic));
  if (magic != MAGIC)
    return tn_fail(message, TN_CORRUPT,
                   "'%.300s' is no checkpoint: it has no magic number", path);
  if (file->size < sizeof(header))
    return damaged(path, "too short", message);
  const header *h = file->data; // mapped: aligned
  if (h->version != VERSION)
    return tn_fail(message, TN_INCOMPATIBLE,
                   "checkpoint '%.300s' has version %u, and this program reads "
                   "version %u",
                   path, h->version, VERSION);
  if (h->total_size != file->size || h->state_size != file->size - sizeof(*h))
    return damaged(path, "size", message);
  if (hashOf(h, h + 1) != h->hash)
    return damaged(path, "hash", message);
  // A right hash says that the bytes are as written, not by whom.
  const tn_curve *curve = &h->training.curve;
  if (curve->count >= TN_CURVE_POINTS || curve->valid_count > TN_CURVE_POINTS ||
      curve->width == 0)
    return damaged(path, "curve", message);
  return TN_OK;
}

tn_status tn_checkpoint_read(const char *path, tn_training *training,
                             tn_context *context, tn_message *message) {
  tn_mapped_file file;
  tn_status status = tn_file_map(path, &file, message);
  if (!status)
    status = check(path, &file, message);
  if (!status) {
    const header *h = file.data;
    tn_message reason;
    status = tn_set_state(context, h + 1, h->state_size, &reason);
    if (status)
      tn_fail(message, status, "checkpoint '%.300s': %.600s", path,
              reason.text);
    else if (training)
      *training = h->training;
  }
  tn_file_unmap(&file);
  return status;
}
