//===-- Call.c - checks of a call's tensors -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Context.h"
#include "core/Message.h"

#include <string.h>

static tn_status checkTensor(const tn_context_impl *c, const char *what,
                             uint32_t index, const tn_meta_tensor *expected,
                             const tn_tensor *given, tn_message *message) {
  const char *name = c->meta.strings + expected->name;
  const int64_t *dims = c->meta.dims + expected->dims_index;
  int same =
      given->dtype == expected->dtype && given->rank == (int64_t)expected->rank;
  if (same && expected->rank)
    same = given->dims &&
           !memcmp(given->dims, dims, expected->rank * sizeof(*dims));
  if (!same) {
    char wanted[TN_SHAPE_TEXT], got[TN_SHAPE_TEXT];
    tn_shape_text(wanted, expected->dtype, expected->rank, dims);
    tn_shape_text(got, given->dtype, given->rank < 64 ? given->rank : 64,
                  given->dims);
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "%s %u '%.200s' must be %s, and is %s%s", what, index, name,
                   wanted, got,
                   given->rank && !given->dims ? " without dims" : "");
  }
  if (!given->data && expected->bytes)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "%s %u '%.200s' has no data (NULL)", what, index, name);
  if ((uintptr_t)given->data % expected->alignment)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "%s %u '%.200s' must be aligned to %u bytes", what, index,
                   name, expected->alignment);
  return TN_OK;
}

static tn_status checkCount(int32_t entry, const char *what, uint32_t expected,
                            uint32_t given, const tn_tensor *tensors,
                            tn_message *message) {
  static const char *const names[] = {"model", "step", "evaluation"};
  if (given != expected)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "the %s has %u %s%s, and %u %s given", names[entry],
                   expected, what, expected == 1 ? "" : "s", given,
                   given == 1 ? "was" : "were");
  if (given && !tensors)
    return tn_fail(message, TN_INVALID_ARGUMENT, "the array of %ss is NULL",
                   what);
  return TN_OK;
}

static int overlaps(const void *a, uint64_t a_bytes, const void *b,
                    uint64_t b_bytes) {
  uintptr_t x = (uintptr_t)a, y = (uintptr_t)b;
  return a_bytes && b_bytes && (x <= y ? y - x < a_bytes : x - y < b_bytes);
}

// Kernels run while the step still reads inputs, so an output in their place
// would change them.
static tn_status checkOverlap(const tn_meta *meta, int32_t entry,
                              const tn_tensor *inputs, const tn_tensor *outputs,
                              tn_message *message) {
  const tn_meta_tensor *in = tn_meta_inputs(meta, entry);
  const tn_meta_tensor *out = tn_meta_outputs(meta, entry);
  uint32_t input_count = meta->header->entries[entry].input_count;
  uint32_t output_count = meta->header->entries[entry].output_count;
  for (uint32_t i = 0; i < output_count; ++i)
    for (uint32_t j = 0; j < input_count + i; ++j) {
      int is_input = j < input_count;
      uint32_t k = is_input ? j : j - input_count;
      const tn_meta_tensor *other = is_input ? &in[k] : &out[k];
      const void *data = is_input ? inputs[k].data : outputs[k].data;
      if (overlaps(outputs[i].data, out[i].bytes, data, other->bytes))
        return tn_fail(message, TN_INVALID_ARGUMENT,
                       "output %u '%.200s' overlaps %s %u '%.200s'; give it a "
                       "buffer of its own",
                       i, meta->strings + out[i].name,
                       is_input ? "input" : "output", k,
                       meta->strings + other->name);
    }
  return TN_OK;
}

tn_status tn_check_call(tn_context_impl *c, int32_t entry,
                        const tn_tensor *inputs, uint32_t input_count,
                        const tn_tensor *outputs, uint32_t output_count,
                        tn_message *message) {
  const tn_meta_entry *e = &c->meta.header->entries[entry];
  tn_status status =
      checkCount(entry, "input", e->input_count, input_count, inputs, message);
  if (!status)
    status = checkCount(entry, "output", e->output_count, output_count, outputs,
                        message);
  void **pointer = c->pointers;
  for (uint32_t i = 0; !status && i < input_count; ++i) {
    status = checkTensor(c, "input", i, tn_meta_inputs(&c->meta, entry) + i,
                         &inputs[i], message);
    *pointer++ = inputs[i].data;
  }
  for (uint32_t i = 0; !status && i < output_count; ++i) {
    status = checkTensor(c, "output", i, tn_meta_outputs(&c->meta, entry) + i,
                         &outputs[i], message);
    *pointer++ = outputs[i].data;
  }
  if (!status)
    status = checkOverlap(&c->meta, entry, inputs, outputs, message);
  return status;
}
