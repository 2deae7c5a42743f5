//===-- Dataset.c - examples of a .npz, batch by batch ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Dataset.h"
#include "core/Hash.h"
#include "core/Message.h"

#include <stdlib.h>
#include <string.h>

static int64_t *leading(tn_npz_array *array) { return &array->shape.dims[0]; }

// Compares an array with the input that it is for.
static tn_status checkArray(const tn_dataset *data, tn_npz_array *array,
                            const tn_tensor_spec *spec, tn_message *message) {
  const tn_host_tensor *a = &array->shape;
  int same = a->dtype == spec->dtype && a->rank == spec->rank;
  for (int32_t i = 1; i < spec->rank && same; ++i)
    same = a->dims[i] == spec->dims[i];
  if (same)
    return TN_OK;
  char wanted[TN_SHAPE_TEXT], got[TN_SHAPE_TEXT];
  int64_t dims[TN_HOST_MAX_RANK];
  memcpy(dims, spec->dims, (size_t)spec->rank * sizeof(*dims));
  dims[0] = a->rank ? a->dims[0] : 0;
  tn_shape_text(wanted, spec->dtype, spec->rank, dims);
  tn_shape_text(got, a->dtype, a->rank, a->dims);
  return tn_fail(message, TN_INVALID_ARGUMENT,
                 "array '%.200s' of '%.300s' must be %s, any number of "
                 "examples first, and is %s; save it so (numpy: "
                 "a.astype(...), a.reshape(...))",
                 spec->name, data->npz.path, wanted, got);
}

static tn_status openInput(const tn_model *model, int32_t entry, uint32_t i,
                           tn_dataset *data, tn_message *message) {
  tn_tensor_spec spec;
  tn_npz_array *array = &data->arrays[i];
  tn_status status = tn_spec(model, entry * 2, i, &spec, message);
  if (!status && spec.rank == 0)
    status = tn_fail(message, TN_INVALID_ARGUMENT,
                     "input '%.200s' has no dimension for the batch; compile "
                     "the model with a batch",
                     spec.name);
  if (!status)
    status = tn_npz_find(&data->npz, spec.name, array, message);
  if (!status)
    status = checkArray(data, array, &spec, message);
  if (!status)
    status = tn_host_from_spec(&data->buffers[i], &spec, message);
  if (status)
    return status;
  data->views[i] = tn_host_view(&data->buffers[i]);
  if (i == 0) {
    data->examples = (uint64_t)*leading(array);
    data->batch = (uint64_t)spec.dims[0];
  }
  if ((uint64_t)spec.dims[0] != data->batch)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "input '%.200s' has %lld examples in a batch, and the first "
                   "input %llu; they must be the same",
                   spec.name, (long long)spec.dims[0],
                   (unsigned long long)data->batch);
  if ((uint64_t)*leading(array) != data->examples)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "array '%.200s' of '%.300s' has %lld examples, and the "
                   "first array %llu; they must be the same",
                   spec.name, data->npz.path, (long long)*leading(array),
                   (unsigned long long)data->examples);
  if (data->batch)
    data->item_bytes[i] = spec.bytes / data->batch;
  // The archive's own check sums stand for the content.
  uint64_t parts[] = {data->fingerprint, tn_hash(spec.name, strlen(spec.name)),
                      array->shape.bytes, array->crc};
  data->fingerprint = tn_hash(parts, sizeof(parts));
  return TN_OK;
}

static tn_status openInputs(const tn_model *model, int32_t entry,
                            tn_dataset *data, tn_message *message) {
  tn_model_info info = {.struct_size = sizeof(info)};
  tn_status status = tn_info(model, &info, message);
  if (status)
    return status;
  uint32_t count =
      entry == TN_STEP ? info.step_input_count : info.eval_input_count;
  data->arrays = calloc(count + 1u, sizeof(*data->arrays));
  data->buffers = calloc(count + 1u, sizeof(*data->buffers));
  data->views = calloc(count + 1u, sizeof(*data->views));
  data->item_bytes = calloc(count + 1u, sizeof(*data->item_bytes));
  if (!data->arrays || !data->buffers || !data->views || !data->item_bytes)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for %u inputs", count);
  data->input_count = count;
  data->ignore_label = info.ignore_label;
  for (uint32_t i = 0; i < count && !status; ++i) {
    tn_tensor_spec spec;
    status = openInput(model, entry, i, data, message);
    if (!status)
      status = tn_spec(model, entry * 2, i, &spec, message);
    if (!status && info.labels[0] && !strcmp(spec.name, info.labels) &&
        (spec.dtype == TN_I64 || spec.dtype == TN_I32))
      data->labels = (int)i;
  }
  if (!status && (count == 0 || data->batch == 0))
    status = tn_fail(message, TN_INVALID_ARGUMENT,
                     "the model takes no examples: it has no inputs, or a "
                     "batch of none");
  if (!status && data->examples == 0)
    status = tn_fail(message, TN_INVALID_ARGUMENT,
                     "'%.300s' is empty: its arrays have no examples",
                     data->npz.path);
  if (!status && data->examples > UINT32_MAX)
    status =
        tn_fail(message, TN_INVALID_ARGUMENT,
                "'%.300s' has %llu examples, and at most %u can be used; "
                "split it",
                data->npz.path, (unsigned long long)data->examples, UINT32_MAX);
  return status;
}

tn_status tn_dataset_open(const tn_model *model, int32_t entry,
                          const char *path, tn_dataset *data,
                          tn_message *message) {
  memset(data, 0, sizeof(*data));
  data->labels = -1;
  tn_status status = tn_npz_open(path, &data->npz, message);
  if (!status)
    status = openInputs(model, entry, data, message);
  if (status)
    tn_dataset_close(data);
  return status;
}

void tn_dataset_close(tn_dataset *data) {
  for (uint32_t i = 0; i < data->input_count; ++i)
    tn_host_free(&data->buffers[i]);
  free(data->arrays);
  free(data->buffers);
  free(data->views);
  free(data->item_bytes);
  tn_npz_close(&data->npz);
  memset(data, 0, sizeof(*data));
}

void tn_dataset_fill(tn_dataset *data, const uint32_t *order, uint64_t begin,
                     uint64_t count) {
  for (uint32_t i = 0; i < data->input_count; ++i) {
    const char *from = data->arrays[i].data;
    char *to = data->buffers[i].data;
    uint64_t size = data->item_bytes[i];
    for (uint64_t k = 0; k < data->batch; ++k) {
      uint64_t at = begin + (k < count ? k : 0);
      memcpy(to + k * size, from + (order ? order[at] : at) * size, size);
    }
    if ((int)i != data->labels)
      continue;
    // Every label of an example, of which there may be several.
    uint64_t element = tn_dtype_size(data->buffers[i].dtype);
    for (char *p = to + count * size; p < to + data->batch * size; p += element)
      memcpy(p, &data->ignore_label, element); // little-endian: cut is right
  }
}

//===-- Order -----------------------------------------------------------===//

// Philox 4x32, 10 rounds (Salmon et al., 2011): a block of random words that is
// a function of key and counter.
static void philox(uint32_t c[4], const uint32_t key[2]) {
  uint32_t k0 = key[0], k1 = key[1];
  for (int i = 0; i < 10; ++i, k0 += 0x9E3779B9, k1 += 0xBB67AE85) {
    uint64_t a = (uint64_t)0xD2511F53 * c[0], b = (uint64_t)0xCD9E8D57 * c[2];
    uint32_t next[] = {(uint32_t)(b >> 32) ^ c[1] ^ k0, (uint32_t)b,
                       (uint32_t)(a >> 32) ^ c[3] ^ k1, (uint32_t)a};
    memcpy(c, next, sizeof(next));
  }
}

void tn_shuffle(uint32_t *order, uint64_t count, uint64_t seed,
                uint64_t epoch) {
  for (uint64_t i = 0; i < count; ++i)
    order[i] = (uint32_t)i;
  uint32_t key[] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  // Fisher and Yates, from the end. 64 random bits for a range of at most 32:
  // the bias of the product's upper half is below 2^-32.
  for (uint64_t i = count; i > 1; --i) {
    uint32_t c[] = {(uint32_t)i, 0, (uint32_t)epoch, (uint32_t)(epoch >> 32)};
    philox(c, key);
    uint64_t low = (uint64_t)c[0] * i, high = (uint64_t)c[1] * i;
    uint64_t k = (high + (low >> 32)) >> 32;
    uint32_t swapped = order[k];
    order[k] = order[i - 1];
    order[i - 1] = swapped;
  }
}
