//===-- Metadata.c - checked view of an artifact's metadata -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Metadata.h"
#include "core/Hash.h"
#include "core/Message.h"

#include <string.h>

_Static_assert(sizeof(tn_meta_header) == 328, "layout is part of the ABI");
_Static_assert(sizeof(tn_meta_entry) == 24, "layout is part of the ABI");
_Static_assert(sizeof(tn_meta_state) == 48, "layout is part of the ABI");
_Static_assert(sizeof(tn_meta_tensor) == 32, "layout is part of the ABI");
_Static_assert(sizeof(tn_meta_op) == 8, "layout is part of the ABI");

// Larger plans are damage, not models; keeps the sums below from wrapping.
#define MAX_BYTES (UINT64_C(1) << 46)
#define MAX_THREADS 4096
#define MAX_RANK 64

static tn_status corrupt(tn_message *message, const char *what) {
  return tn_fail(message, TN_CORRUPT,
                 "the artifact's metadata is damaged (%s); compile the model "
                 "again",
                 what);
}

// Whether count entries of entry_size bytes at offset lie inside size bytes,
// aligned to their size.
static int inside(uint64_t offset, uint64_t count, uint64_t entry_size,
                  uint64_t alignment, uint64_t size) {
  return offset % alignment == 0 && offset <= size &&
         count <= (size - offset) / entry_size;
}

static const char *checkTensor(const tn_meta *meta,
                               const tn_meta_tensor *tensor) {
  const tn_meta_header *h = meta->header;
  if (tensor->name >= h->strings_size)
    return "a tensor's name";
  size_t element = tn_dtype_size(tensor->dtype);
  if (!element)
    return "a tensor's dtype";
  if (tensor->rank > MAX_RANK || tensor->dims_index > h->dims_count ||
      tensor->rank > h->dims_count - tensor->dims_index)
    return "a tensor's shape";
  uint64_t bytes = element;
  for (uint32_t i = 0; i < tensor->rank; ++i) {
    int64_t dim = meta->dims[tensor->dims_index + i];
    if (dim < 0 || (dim && bytes > MAX_BYTES / (uint64_t)dim))
      return "a tensor's shape";
    bytes *= (uint64_t)dim;
  }
  if (bytes != tensor->bytes)
    return "a tensor's size";
  if (tensor->alignment < element || tensor->alignment > 4096 ||
      (tensor->alignment & (tensor->alignment - 1)))
    return "a tensor's alignment";
  return NULL;
}

static const char *checkEntry(const tn_meta *meta, int32_t index) {
  const tn_meta_header *h = meta->header;
  const tn_meta_entry *e = &h->entries[index];
  uint64_t tensors = (uint64_t)e->input_count + e->output_count;
  if (e->present > 1 || (!e->present && (tensors || e->op_count)))
    return "an entry";
  if (e->first_tensor > h->tensor_count ||
      tensors > h->tensor_count - e->first_tensor)
    return "an entry's tensors";
  if (e->first_op > h->op_count || e->op_count > h->op_count - e->first_op)
    return "an entry's nodes";
  if (index == TN_INIT && e->present) {
    const tn_meta_tensor *seed = meta->tensors + e->first_tensor;
    if (e->input_count != 1 || e->output_count || seed->dtype != TN_U64 ||
        seed->rank || seed->alignment != sizeof(uint64_t))
      return "the entry that sets the state";
  }
  return NULL;
}

static const char *checkStates(const tn_meta *meta) {
  const tn_meta_header *h = meta->header;
  if (h->state_bytes > MAX_BYTES || h->state_bytes % TN_ARENA_ALIGNMENT ||
      (h->state_count == 0 && h->state_bytes))
    return "state size";
  uint64_t end = 0;
  for (uint32_t i = 0; i < h->state_count; ++i) {
    const tn_meta_state *state = &meta->states[i];
    const char *wrong = checkTensor(meta, &state->tensor);
    if (wrong)
      return wrong;
    if (state->kind < TN_STATE_PARAMETER || state->kind > TN_STATE_COUNTER ||
        state->source >= h->strings_size)
      return "a tensor of the state";
    // Ascending, so that a look at the one before shows every overlap.
    if (state->offset % TN_ARENA_ALIGNMENT ||
        state->tensor.alignment > TN_ARENA_ALIGNMENT || state->offset < end ||
        state->offset > h->state_bytes ||
        state->tensor.bytes > h->state_bytes - state->offset)
      return "the place of a tensor of the state";
    end = state->offset + state->tensor.bytes;
  }
  return NULL;
}

static const char *checkPlan(const tn_meta_header *h) {
  if (h->max_threads < 1 || h->max_threads > MAX_THREADS)
    return "thread limit";
  if (h->arena_bytes > MAX_BYTES || h->scratch_offset > MAX_BYTES ||
      h->scratch_stride > MAX_BYTES / MAX_THREADS)
    return "arena size";
  if (h->arena_bytes % TN_ARENA_ALIGNMENT ||
      h->scratch_offset % TN_ARENA_ALIGNMENT ||
      h->scratch_stride % TN_ARENA_ALIGNMENT)
    return "arena alignment";
  if (h->scratch_offset + h->max_threads * h->scratch_stride > h->arena_bytes)
    return "workspace";
  return NULL;
}

void tn_meta_view(const void *data, tn_meta *meta) {
  const char *base = data;
  const tn_meta_header *h = data;
  meta->header = h;
  meta->tensors = (const tn_meta_tensor *)(base + h->tensors_offset);
  meta->ops = (const tn_meta_op *)(base + h->ops_offset);
  meta->states = (const tn_meta_state *)(base + h->states_offset);
  meta->dims = (const int64_t *)(base + h->dims_offset);
  meta->weights_hash = (const uint64_t *)(base + h->weights_hash_offset);
  meta->strings = base + h->strings_offset;
  meta->json = base + h->json_offset;
}

tn_status tn_meta_read(const void *data, uint64_t size, tn_meta *meta,
                       tn_message *message) {
  memset(meta, 0, sizeof(*meta));
  const tn_meta_header *h = data;
  if (!data || (uintptr_t)data % 8 || size < sizeof(*h))
    return corrupt(message, "too short");
  if (h->magic != TN_META_MAGIC)
    return corrupt(message, "no magic number");
  // Another version may have another layout, so nothing else is read first.
  if (h->abi_version != TN_ABI_VERSION)
    return tn_fail(message, TN_INCOMPATIBLE,
                   "the artifact has ABI version %u, and this program expects "
                   "%u; compile the model again with the matching tenonc",
                   h->abi_version, TN_ABI_VERSION);
  if (h->header_size != sizeof(*h) || h->total_size != size)
    return corrupt(message, "size");
  const char *hashed = (const char *)&h->abi_version;
  if (tn_hash(hashed, size - (hashed - (const char *)data)) != h->hash)
    return corrupt(message, "hash");

  // A right hash says that the bytes are as written, not by whom; what follows
  // keeps readers in bounds whoever wrote them.
  if (!inside(h->tensors_offset, h->tensor_count, sizeof(tn_meta_tensor), 8,
              size))
    return corrupt(message, "tensor table");
  if (!inside(h->states_offset, h->state_count, sizeof(tn_meta_state), 8, size))
    return corrupt(message, "state table");
  if (!inside(h->dims_offset, h->dims_count, sizeof(int64_t), 8, size))
    return corrupt(message, "shapes");
  if (!inside(h->ops_offset, h->op_count, sizeof(tn_meta_op), 4, size))
    return corrupt(message, "node table");
  if (!inside(h->strings_offset, h->strings_size, 1, 1, size) ||
      !h->strings_size)
    return corrupt(message, "strings");
  if (!inside(h->json_offset, h->json_size, 1, 1, size))
    return corrupt(message, "description");
  if (!inside(h->weights_hash_offset, h->weights_hash_count, sizeof(uint64_t),
              8, size))
    return corrupt(message, "weight hashes");
  if (h->weights_bytes > MAX_BYTES ||
      h->weights_hash_count != (h->weights_bytes + TN_WEIGHTS_HASH_BYTES - 1) /
                                   TN_WEIGHTS_HASH_BYTES)
    return corrupt(message, "number of weight hashes");

  tn_meta view;
  tn_meta_view(data, &view);
  if (view.strings[h->strings_size - 1] != '\0')
    return corrupt(message, "strings");
  if (h->model_name >= h->strings_size || h->target_cpu >= h->strings_size ||
      h->labels >= h->strings_size)
    return corrupt(message, "strings");
  for (uint32_t i = 0; i < h->tensor_count; ++i) {
    const char *wrong = checkTensor(&view, &view.tensors[i]);
    if (wrong)
      return corrupt(message, wrong);
  }
  for (uint32_t i = 0; i < h->op_count; ++i)
    if (view.ops[i].name >= h->strings_size ||
        view.ops[i].op_type >= h->strings_size)
      return corrupt(message, "a node's name");
  const char *wrong = checkPlan(h);
  for (int32_t i = 0; !wrong && i < TN_ENTRY_COUNT; ++i)
    wrong = checkEntry(&view, i);
  if (!wrong)
    wrong = checkStates(&view);
  if (wrong)
    return corrupt(message, wrong);
  *meta = view;
  return tn_succeed(message);
}

tn_status tn_meta_check_piece(const tn_meta *meta, uint64_t index,
                              const void *data, uint64_t size,
                              tn_message *message) {
  if (tn_hash(data, size) == meta->weights_hash[index])
    return TN_OK;
  uint64_t begin = index * TN_WEIGHTS_HASH_BYTES;
  return tn_fail(message, TN_CORRUPT,
                 "the weights of model '%.200s' are damaged between byte %llu "
                 "and %llu; compile the model again",
                 meta->strings + meta->header->model_name,
                 (unsigned long long)begin, (unsigned long long)(begin + size));
}
