//===-- FakeModel.cpp - a model made by hand ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeModel.h"

extern "C" {
#include "runtime/src/core/Hash.h"
}

#include <cmath>
#include <cstddef>
#include <cstring>

namespace {

class Writer {
public:
  explicit Writer(size_t begin) : bytes(begin, '\0') {}
  template <typename T>
  uint64_t add(const std::vector<T> &entries) {
    bytes.resize((bytes.size() + 7) / 8 * 8, '\0');
    uint64_t offset = bytes.size();
    bytes.append(reinterpret_cast<const char *>(entries.data()),
                 entries.size() * sizeof(T));
    return offset;
  }
  std::string bytes;
};

uint32_t addString(std::string &table, const std::string &text) {
  uint32_t offset = table.size();
  table += text + '\0';
  return offset;
}

} // namespace

MetaBytes buildMeta(const FakeInfo &info) {
  std::string strings(1, '\0');
  std::vector<tn_meta_tensor> tensors;
  std::vector<int64_t> dims;
  for (const auto *list : {&info.inputs, &info.outputs})
    for (const FakeTensor &t : *list) {
      tn_meta_tensor entry{};
      entry.name = addString(strings, t.name);
      entry.dtype = t.dtype;
      entry.rank = t.dims.size();
      entry.alignment = tn_dtype_size(t.dtype);
      entry.dims_index = dims.size();
      entry.bytes = tn_dtype_size(t.dtype);
      for (int64_t dim : t.dims)
        entry.bytes *= dim;
      dims.insert(dims.end(), t.dims.begin(), t.dims.end());
      tensors.push_back(entry);
    }
  std::vector<tn_meta_op> ops;
  for (const auto &op : info.ops) {
    uint32_t name = addString(strings, op.first);
    ops.push_back({name, addString(strings, op.second)});
  }
  std::vector<uint64_t> hashes;
  for (size_t i = 0; i < info.weights.size(); i += TN_WEIGHTS_HASH_BYTES) {
    std::string piece = info.weights.substr(i, TN_WEIGHTS_HASH_BYTES);
    hashes.push_back(tn_hash(piece.data(), piece.size()));
  }

  tn_meta_header h{};
  h.magic = TN_META_MAGIC;
  h.abi_version = TN_ABI_VERSION;
  h.header_size = sizeof(h);
  h.isa_required = info.isa;
  h.arch = TN_ARCH_X86_64;
  h.scratch_offset = info.activationBytes;
  h.scratch_stride = info.scratchStride;
  h.max_threads = info.maxThreads;
  h.arena_bytes = h.scratch_offset + h.max_threads * h.scratch_stride;
  h.model_name = addString(strings, info.name);
  h.target_cpu = addString(strings, info.cpu);
  h.input_count = info.inputs.size();
  h.output_count = info.outputs.size();
  h.op_count = ops.size();
  h.dims_count = dims.size();
  h.weights_bytes = info.weights.size();
  h.weights_hash_count = hashes.size();
  h.strings_size = strings.size();
  h.json_size = info.json.size();
  Writer w(sizeof(h));
  h.tensors_offset = w.add(tensors);
  h.dims_offset = w.add(dims);
  h.ops_offset = w.add(ops);
  h.weights_hash_offset = w.add(hashes);
  h.strings_offset = w.add(std::vector<char>(strings.begin(), strings.end()));
  h.json_offset = w.add(std::vector<char>(info.json.begin(), info.json.end()));
  h.total_size = w.bytes.size();

  MetaBytes result;
  result.size = w.bytes.size();
  result.words.resize((result.size + 7) / 8);
  std::memcpy(result.data(), w.bytes.data(), result.size);
  *result.header() = h;
  rehash(result);
  return result;
}

void rehash(MetaBytes &meta) {
  size_t begin = offsetof(tn_meta_header, abi_version);
  meta.header()->hash = tn_hash(meta.data() + begin, meta.size - begin);
}

FakeModel::FakeModel(const FakeInfo &info, tn_step_fn step)
    : meta(buildMeta(info)), weights(info.weights),
      model{&tn_runtime_vtable, meta.words.data(),
            meta.size,          weights.empty() ? nullptr : weights.data(),
            weights.size(),     step} {}

//===-- The chain
//-----------------------------------------------------------===//

int64_t chainSize;

static void scaleKernel(void *const *args, int64_t begin, int64_t end,
                        void *scratch) {
  auto *x = static_cast<const float *>(args[0]);
  auto *y = static_cast<float *>(args[1]);
  auto *own = static_cast<float *>(scratch);
  for (int64_t i = begin; i < end; ++i) {
    *own = x[i] * 1.1f; // through the workspace, so that sharing one shows
    y[i] = *own + 0.3f;
  }
}

float chainExpected(float x) {
  for (int i = 0; i < 5; ++i) {
    float scaled = x * 1.1f;
    x = scaled + 0.3f;
  }
  return x;
}

FakeInfo chainInfo(int64_t n) {
  FakeInfo info;
  info.inputs = {{"x", TN_F32, {n}}};
  info.outputs = {{"y", TN_F32, {n}}};
  info.activationBytes = (n * sizeof(float) + 63) / 64 * 64 * 2;
  info.scratchStride = 64;
  chainSize = n;
  return info;
}

int32_t chainStep(tn_exec *exec, void *const *inputs, void *const *outputs,
                  char *arena, const char *weights) {
  char *a = arena;
  char *b = arena + (chainSize * sizeof(float) + 63) / 64 * 64;
  void *steps[][2] = {{inputs[0], a}, {a, b}, {b, a}, {a, b}, {b, outputs[0]}};
  for (auto &args : steps)
    tn_launch(exec, scaleKernel, args, chainSize);
  return 0;
}
