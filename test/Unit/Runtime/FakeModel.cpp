//===-- FakeModel.cpp - a model made by hand ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeModel.h"
#include "FakeTrainer.h"

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
  auto describe = [&](const FakeTensor &t) {
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
    return entry;
  };
  std::vector<tn_meta_op> ops;
  tn_meta_header h{};
  FakeEntry entries[TN_ENTRY_COUNT] = {
      {info.inputs, info.outputs, info.ops}, info.step, info.eval, {}};
  entries[TN_INIT].inputs = {{"seed", TN_U64, {}}};
  for (int i = 0; i < (info.trains ? TN_ENTRY_COUNT : 1); ++i) {
    h.entries[i] = {1,
                    static_cast<uint32_t>(entries[i].inputs.size()),
                    static_cast<uint32_t>(entries[i].outputs.size()),
                    static_cast<uint32_t>(entries[i].ops.size()),
                    static_cast<uint32_t>(tensors.size()),
                    static_cast<uint32_t>(ops.size())};
    for (const auto *list : {&entries[i].inputs, &entries[i].outputs})
      for (const FakeTensor &t : *list)
        tensors.push_back(describe(t));
    for (const auto &op : entries[i].ops) {
      uint32_t name = addString(strings, op.first);
      ops.push_back({name, addString(strings, op.second)});
    }
  }
  std::vector<tn_meta_state> states;
  for (const FakeState &state : info.states)
    states.push_back({describe(state.tensor), state.kind,
                      addString(strings, state.source), state.offset});
  std::vector<uint64_t> hashes;
  for (size_t i = 0; i < info.weights.size(); i += TN_WEIGHTS_HASH_BYTES) {
    std::string piece = info.weights.substr(i, TN_WEIGHTS_HASH_BYTES);
    hashes.push_back(tn_hash(piece.data(), piece.size()));
  }

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
  h.tensor_count = tensors.size();
  h.op_count = ops.size();
  h.state_count = states.size();
  h.state_bytes = info.stateBytes;
  h.source_hash = info.sourceHash;
  h.labels = addString(strings, info.labels);
  h.label_classes = info.labelClasses;
  h.ignore_label = info.ignoreLabel;
  h.dims_count = dims.size();
  h.weights_bytes = info.weights.size();
  h.weights_hash_count = hashes.size();
  h.strings_size = strings.size();
  h.json_size = info.json.size();
  Writer w(sizeof(h));
  h.tensors_offset = w.add(tensors);
  h.states_offset = w.add(states);
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

FakeModel::FakeModel(const FakeInfo &info, tn_step_fn infer, tn_step_fn step,
                     tn_step_fn eval, tn_step_fn init)
    : meta(buildMeta(info)), weights(info.weights),
      entries{infer, step, eval, init},
      model{&tn_runtime_vtable, meta.words.data(),
            meta.size,          weights.empty() ? nullptr : weights.data(),
            weights.size(),     entries} {}

//===-- The chain ---------------------------------------------------------===//

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
                  char *arena, const char *weights, char *) {
  char *a = arena;
  char *b = arena + (chainSize * sizeof(float) + 63) / 64 * 64;
  void *steps[][2] = {{inputs[0], a}, {a, b}, {b, a}, {a, b}, {b, outputs[0]}};
  for (auto &args : steps)
    tn_launch(exec, scaleKernel, args, chainSize);
  return 0;
}

//===-- The trainer -------------------------------------------------------===//

FakeInfo trainerInfo() {
  FakeInfo info;
  info.name = "trainer";
  info.trains = true;
  FakeTensor images{"images", TN_F32, {FAKE_BATCH, FAKE_FEATURES}};
  FakeTensor labels{"labels", TN_I64, {FAKE_BATCH}};
  FakeTensor loss{"loss", TN_F32, {}}, accuracy{"accuracy", TN_F32, {}};
  info.inputs = {images};
  info.outputs = {{"scores", TN_F32, {FAKE_BATCH, FAKE_CLASSES}}};
  info.ops = {{"gemm", "Gemm"}};
  info.step.inputs = info.eval.inputs = {images, labels};
  info.step.outputs = {loss, accuracy};
  info.step.ops = {{"gemm", "Gemm"},
                   {"loss", "Loss"},
                   {"gemm_grad", "Gemm"},
                   {"update", "Momentum"}};
  info.eval.outputs = {loss, accuracy, {"count", TN_I64, {}}};
  info.eval.ops = {{"gemm", "Gemm"}, {"loss", "Loss"}};
  info.states = {
      {{"W", TN_F32, {2, 3}}, TN_STATE_PARAMETER, "W", FAKE_W},
      {{"B", TN_F32, {3}}, TN_STATE_PARAMETER, "B", FAKE_B},
      {{"W.momentum", TN_F32, {2, 3}}, TN_STATE_OPTIMIZER, "", FAKE_MW},
      {{"B.momentum", TN_F32, {3}}, TN_STATE_OPTIMIZER, "", FAKE_MB},
      {{"seen", TN_F32, {1}}, TN_STATE_STATISTIC, "seen", FAKE_SEEN},
      {{"steps", TN_U64, {}}, TN_STATE_COUNTER, "", FAKE_COUNT}};
  info.stateBytes = FAKE_STATE_BYTES;
  info.labels = "labels";
  info.labelClasses = FAKE_CLASSES;
  info.ignoreLabel = FAKE_IGNORE;
  info.activationBytes = FAKE_ACTIVATION_BYTES;
  return info;
}
