//===-- State.c - saving and restoring the state ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Context.h"
#include "core/Hash.h"
#include "core/Message.h"

#include <string.h>

_Static_assert(sizeof(tn_state_header) == 80, "layout is a file format");
_Static_assert(sizeof(tn_state_entry) == 40, "layout is a file format");

static uint64_t roundUp(uint64_t value, uint64_t unit) {
  return (value + unit - 1) / unit * unit;
}

//===-- Layout of a saved state -----------------------------------------===//

typedef struct {
  uint64_t tensors, dims, dims_count, strings, strings_size, data, total;
} layout;

static layout layoutOf(const tn_meta *meta) {
  layout l = {0};
  uint64_t count = meta->header->state_count;
  for (uint64_t i = 0; i < count; ++i) {
    l.dims_count += meta->states[i].tensor.rank;
    l.strings_size += strlen(meta->strings + meta->states[i].tensor.name) + 1;
  }
  l.tensors = sizeof(tn_state_header);
  l.dims = l.tensors + count * sizeof(tn_state_entry);
  l.strings = l.dims + l.dims_count * sizeof(int64_t);
  l.data = roundUp(l.strings + l.strings_size, TN_ARENA_ALIGNMENT);
  l.total = l.data + meta->header->state_bytes;
  return l;
}

uint64_t tn_model_state_bytes(const tn_model *model) {
  tn_meta meta;
  if (tn_meta_read(model->meta, model->meta_size, &meta, NULL) ||
      !meta.header->state_count)
    return 0;
  return layoutOf(&meta).total;
}

static tn_status noState(const tn_context_impl *c, tn_message *message) {
  return tn_fail(message, TN_INVALID_ARGUMENT,
                 "model '%.200s' has no state; compile it with --train "
                 "--loss=... --optimizer=...",
                 c->meta.strings + c->meta.header->model_name);
}

static tn_status checkHasState(const tn_context_impl *c, tn_message *message) {
  if (!c->meta.header->state_count)
    return noState(c, message);
  if (!c->has_state)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "this context of model '%.200s' has no state yet; call "
                   "tn_init() or tn_set_state() first",
                   c->meta.strings + c->meta.header->model_name);
  return TN_OK;
}

//===-- Saving ----------------------------------------------------------===//

static void save(const tn_context_impl *c, char *blob) {
  const tn_meta *meta = &c->meta;
  layout l = layoutOf(meta);
  // The gaps too: equal states are equal bytes.
  memset(blob, 0, l.data);
  tn_state_header header = {.magic = TN_STATE_MAGIC,
                            .version = TN_STATE_VERSION,
                            .header_size = sizeof(header),
                            .total_size = l.total,
                            .tensor_count = meta->header->state_count,
                            .tensors_offset = l.tensors,
                            .dims_offset = l.dims,
                            .dims_count = l.dims_count,
                            .strings_offset = l.strings,
                            .strings_size = l.strings_size};
  uint64_t dims = 0, strings = 0, end = l.data;
  for (uint32_t i = 0; i < meta->header->state_count; ++i) {
    const tn_meta_state *state = &meta->states[i];
    const char *name = meta->strings + state->tensor.name;
    tn_state_entry entry = {.name = (uint32_t)strings,
                            .dtype = state->tensor.dtype,
                            .rank = state->tensor.rank,
                            .kind = state->kind,
                            .dims_index = dims,
                            .offset = l.data + state->offset,
                            .bytes = state->tensor.bytes};
    memcpy(blob + l.tensors + i * sizeof(entry), &entry, sizeof(entry));
    memcpy(blob + l.dims + dims * sizeof(int64_t),
           meta->dims + state->tensor.dims_index, entry.rank * sizeof(int64_t));
    dims += entry.rank;
    strcpy(blob + l.strings + strings, name);
    strings += strlen(name) + 1;
    memset(blob + end, 0, entry.offset - end);
    memcpy(blob + entry.offset, c->arena.state + state->offset, entry.bytes);
    end = entry.offset + entry.bytes;
  }
  memset(blob + end, 0, l.total - end);
  memcpy(blob, &header, sizeof(header));
  size_t hashed = offsetof(tn_state_header, version);
  header.hash = tn_hash(blob + hashed, l.total - hashed);
  memcpy(blob, &header, sizeof(header));
}

tn_status tn_save_state(tn_context *base, void *blob, uint64_t size,
                        tn_message *message) {
  tn_context_impl *c = (tn_context_impl *)base;
  tn_status status = tn_context_enter(c, message);
  if (status)
    return status;
  status = checkHasState(c, message);
  uint64_t wanted = layoutOf(&c->meta).total;
  if (!status && (!blob || size != wanted))
    status = tn_fail(message, TN_INVALID_ARGUMENT,
                     "a saved state has %llu bytes, and a buffer of %llu was "
                     "given; ask tn_state_bytes()",
                     (unsigned long long)wanted,
                     (unsigned long long)(blob ? size : 0));
  if (!status) {
    save(c, blob);
    tn_succeed(message);
  }
  tn_context_leave(c);
  return status;
}

//===-- Restoring -------------------------------------------------------===//

// A saved state whose header has been checked. Nothing is aligned.
typedef struct {
  tn_state_header header;
  const char *bytes;
} saved;

static tn_status corrupt(tn_message *message, const char *what) {
  return tn_fail(message, TN_CORRUPT, "the saved state is damaged (%s)", what);
}

static int inside(uint64_t offset, uint64_t count, uint64_t entry_size,
                  uint64_t size) {
  return offset <= size && count <= (size - offset) / entry_size;
}

static tn_status openSaved(const void *blob, uint64_t size, saved *s,
                           tn_message *message) {
  tn_state_header *h = &s->header;
  s->bytes = blob;
  if (!blob || size < sizeof(*h))
    return corrupt(message, "too short");
  memcpy(h, blob, sizeof(*h));
  if (h->magic != TN_STATE_MAGIC)
    return tn_fail(message, TN_CORRUPT,
                   "this is no saved state: it has no magic number");
  if (h->version != TN_STATE_VERSION)
    return tn_fail(message, TN_INCOMPATIBLE,
                   "the saved state has version %u, and this artifact reads "
                   "version %u; compile the model again with the tenonc that "
                   "wrote the state's artifact",
                   h->version, TN_STATE_VERSION);
  if (h->header_size != sizeof(*h) || h->total_size != size)
    return corrupt(message, "size");
  size_t hashed = offsetof(tn_state_header, version);
  if (tn_hash(s->bytes + hashed, size - hashed) != h->hash)
    return corrupt(message, "hash");
  if (!inside(h->tensors_offset, h->tensor_count, sizeof(tn_state_entry), size))
    return corrupt(message, "tensor table");
  if (!inside(h->dims_offset, h->dims_count, sizeof(int64_t), size))
    return corrupt(message, "shapes");
  if (!inside(h->strings_offset, h->strings_size, 1, size) ||
      !h->strings_size ||
      s->bytes[h->strings_offset + h->strings_size - 1] != '\0')
    return corrupt(message, "strings");
  return TN_OK;
}

// Reads entry number index; NULL or what is wrong with it.
static const char *readEntry(const saved *s, uint32_t index,
                             tn_state_entry *entry) {
  const tn_state_header *h = &s->header;
  memcpy(entry, s->bytes + h->tensors_offset + index * sizeof(*entry),
         sizeof(*entry));
  if (entry->name >= h->strings_size)
    return "a tensor's name";
  if (!inside(entry->dims_index, entry->rank, 1, h->dims_count))
    return "a tensor's shape";
  if (!inside(entry->offset, entry->bytes, 1, h->total_size))
    return "a tensor's data";
  return NULL;
}

static const char *nameOf(const saved *s, const tn_state_entry *entry) {
  return s->bytes + s->header.strings_offset + entry->name;
}

// Finds a name, first at `hint`, where it is unless the model has changed.
static tn_status find(const saved *s, const char *name, uint32_t hint,
                      int *found, tn_state_entry *entry, tn_message *message) {
  *found = 0;
  uint32_t count = s->header.tensor_count;
  for (uint32_t i = 0; i < count && !*found; ++i) {
    uint32_t at = hint < count ? (hint + i) % count : i;
    const char *wrong = readEntry(s, at, entry);
    if (wrong)
      return corrupt(message, wrong);
    *found = !strcmp(nameOf(s, entry), name);
  }
  return TN_OK;
}

static tn_status checkEntry(const tn_context_impl *c, const saved *s,
                            uint32_t index, tn_state_entry *entry,
                            tn_message *message) {
  const tn_meta_state *expected = &c->meta.states[index];
  const tn_meta_tensor *t = &expected->tensor;
  const char *name = c->meta.strings + t->name;
  const int64_t *dims = c->meta.dims + t->dims_index;
  int found;
  tn_status status = find(s, name, index, &found, entry, message);
  if (status)
    return status;
  if (!found)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "the saved state has no '%.200s', which model '%.200s' "
                   "needs; it is of another model or optimizer",
                   name, c->meta.strings + c->meta.header->model_name);
  const char *given =
      s->bytes + s->header.dims_offset + entry->dims_index * sizeof(int64_t);
  if (entry->dtype != t->dtype || entry->rank != t->rank ||
      memcmp(given, dims, t->rank * sizeof(int64_t))) {
    char wanted[TN_SHAPE_TEXT], got[TN_SHAPE_TEXT];
    int64_t copy[16] = {0}; // given is not aligned
    uint32_t rank = entry->rank < 16 ? entry->rank : 16;
    memcpy(copy, given, rank * sizeof(int64_t));
    tn_shape_text(wanted, t->dtype, t->rank, dims);
    tn_shape_text(got, entry->dtype, rank, copy);
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "'%.200s' must be %s, and is %s in the saved state", name,
                   wanted, got);
  }
  if (entry->bytes != t->bytes || entry->kind != expected->kind)
    return tn_fail(message, TN_CORRUPT,
                   "the saved state is damaged (size or kind of '%.200s')",
                   name);
  return TN_OK;
}

// The first tensor of the saved state that the model does not have.
static tn_status nameForeign(const tn_context_impl *c, const saved *s,
                             tn_message *message) {
  const tn_meta *meta = &c->meta;
  const char *foreign = "?";
  for (uint32_t i = 0; i < s->header.tensor_count; ++i) {
    tn_state_entry entry;
    const char *wrong = readEntry(s, i, &entry);
    if (wrong)
      return corrupt(message, wrong);
    int known = 0;
    for (uint32_t k = 0; k < meta->header->state_count && !known; ++k)
      known = !strcmp(nameOf(s, &entry),
                      meta->strings + meta->states[k].tensor.name);
    if (!known) {
      foreign = nameOf(s, &entry);
      break;
    }
  }
  return tn_fail(message, TN_INVALID_ARGUMENT,
                 "the saved state has '%.200s', which model '%.200s' does not; "
                 "it is of another model or optimizer",
                 foreign, meta->strings + meta->header->model_name);
}

static tn_status restore(tn_context_impl *c, const void *blob, uint64_t size,
                         tn_message *message) {
  if (!c->meta.header->state_count)
    return noState(c, message);
  saved s;
  tn_status status = openSaved(blob, size, &s, message);
  tn_state_entry entry;
  uint32_t count = c->meta.header->state_count;
  for (uint32_t i = 0; !status && i < count; ++i)
    status = checkEntry(c, &s, i, &entry, message);
  if (!status && s.header.tensor_count != count)
    status = nameForeign(c, &s, message);
  if (status)
    return status;
  // Nothing can fail from here on.
  for (uint32_t i = 0; i < count; ++i) {
    checkEntry(c, &s, i, &entry, NULL);
    memcpy(c->arena.state + c->meta.states[i].offset, s.bytes + entry.offset,
           entry.bytes);
  }
  c->has_state = 1;
  return tn_succeed(message);
}

tn_status tn_restore_state(tn_context *base, const void *blob, uint64_t size,
                           tn_message *message) {
  tn_context_impl *c = (tn_context_impl *)base;
  tn_status status = tn_context_enter(c, message);
  if (status)
    return status;
  status = restore(c, blob, size, message);
  tn_context_leave(c);
  return status;
}

tn_status tn_find_state(tn_context *base, uint32_t index, const void **data,
                        tn_message *message) {
  const tn_context_impl *c = (const tn_context_impl *)base;
  *data = NULL;
  uint32_t count = c->meta.header->state_count;
  if (index >= count)
    return count ? tn_fail(message, TN_INVALID_ARGUMENT,
                           "tensor %u of the state was asked for; model "
                           "'%.200s' has %u",
                           index, c->meta.strings + c->meta.header->model_name,
                           count)
                 : noState(c, message);
  *data = c->arena.state + c->meta.states[index].offset;
  return tn_succeed(message);
}
