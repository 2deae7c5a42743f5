//===-- Metadata.cpp - writing an artifact's self-description -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tenon/Target/Metadata.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/xxhash.h"
#include <cassert>
#include <cstddef>
#include <cstring>
#include <map>

using namespace llvm;

namespace tenon {
namespace {

/// NUL-terminated strings, equal ones once. Offset 0 is the empty string.
class StringTable {
public:
  uint32_t add(StringRef text) {
    // An embedded NUL would end the string early for every reader.
    std::string key = text.take_until([](char c) { return c == '\0'; }).str();
    auto [it, isNew] = offsets.try_emplace(key, bytes.size());
    if (isNew)
      bytes.append(key).push_back('\0');
    return it->second;
  }
  StringRef content() const { return bytes; }

private:
  std::string bytes = std::string(1, '\0');
  std::map<std::string, uint32_t> offsets = {{"", 0}};
};

/// Appends sections behind the header, each 8-byte aligned.
class Layout {
public:
  explicit Layout(size_t headerSize) : bytes(headerSize, '\0') {}

  template <typename T>
  uint64_t append(ArrayRef<T> entries) {
    bytes.resize(alignTo(bytes.size(), 8), '\0');
    uint64_t offset = bytes.size();
    if (!entries.empty())
      bytes.append(reinterpret_cast<const char *>(entries.data()),
                   entries.size() * sizeof(T));
    return offset;
  }
  std::string take() && { return std::move(bytes); }
  uint64_t size() const { return bytes.size(); }

private:
  std::string bytes;
};

tn_meta_tensor describeTensor(const TensorInfo &info, StringTable &strings,
                              std::vector<int64_t> &dims) {
  tn_meta_tensor tensor{};
  uint64_t bytes = tn_dtype_size(info.dtype);
  tensor.name = strings.add(info.name);
  tensor.dtype = info.dtype;
  tensor.rank = info.dims.size();
  tensor.alignment = info.alignment ? info.alignment : bytes;
  tensor.dims_index = dims.size();
  for (int64_t dim : info.dims) {
    dims.push_back(dim);
    bytes *= static_cast<uint64_t>(dim);
  }
  tensor.bytes = bytes;
  return tensor;
}

std::vector<tn_meta_state> describeStates(const ArtifactInfo &info,
                                          StringTable &strings,
                                          std::vector<int64_t> &dims) {
  std::vector<const StateInfo *> sorted;
  for (const StateInfo &state : info.states)
    sorted.push_back(&state);
  // Readers see overlaps by a look at the one before.
  llvm::stable_sort(sorted, [](const StateInfo *a, const StateInfo *b) {
    return a->offset < b->offset;
  });
  std::vector<tn_meta_state> result;
  uint64_t end = 0;
  for (const StateInfo *state : sorted) {
    tn_meta_state entry{};
    entry.tensor = describeTensor(state->tensor, strings, dims);
    entry.kind = state->kind;
    entry.source = strings.add(state->source);
    entry.offset = state->offset;
    assert(state->offset >= end && "two tensors of the state overlap");
    end = state->offset + entry.tensor.bytes;
    result.push_back(entry);
  }
  assert(end <= info.stateBytes && "the state does not hold its tensors");
  (void)end;
  return result;
}

} // namespace

std::string writeMetadata(const ArtifactInfo &info) {
  assert(info.arenaBytes >=
             info.scratchOffset + info.maxThreads * info.scratchStride &&
         "the arena holds every worker's workspace");
  assert(info.arenaBytes % TN_ARENA_ALIGNMENT == 0 &&
         info.scratchOffset % TN_ARENA_ALIGNMENT == 0 &&
         info.scratchStride % TN_ARENA_ALIGNMENT == 0);
  assert(info.weightsHashes.size() ==
         divideCeil(info.weightsBytes, TN_WEIGHTS_HASH_BYTES));

  StringTable strings;
  std::vector<int64_t> dims;
  tn_meta_header header{};
  std::vector<tn_meta_tensor> tensors;
  std::vector<tn_meta_op> ops;
  for (auto [entry, place] : zip(info.entries, header.entries)) {
    if (!entry.present)
      continue;
    place.present = 1;
    place.input_count = entry.inputs.size();
    place.output_count = entry.outputs.size();
    place.op_count = entry.ops.size();
    place.first_tensor = tensors.size();
    place.first_op = ops.size();
    for (const TensorInfo &input : entry.inputs)
      tensors.push_back(describeTensor(input, strings, dims));
    for (const TensorInfo &output : entry.outputs)
      tensors.push_back(describeTensor(output, strings, dims));
    for (const OpInfo &op : entry.ops)
      ops.push_back({strings.add(op.name), strings.add(op.opType)});
  }
  std::vector<tn_meta_state> states = describeStates(info, strings, dims);

  header.magic = TN_META_MAGIC;
  header.abi_version = TN_ABI_VERSION;
  header.header_size = sizeof(header);
  header.isa_required = info.isaRequired;
  header.arch = info.arch;
  header.arena_bytes = info.arenaBytes;
  header.scratch_offset = info.scratchOffset;
  header.scratch_stride = info.scratchStride;
  header.max_threads = info.maxThreads;
  header.model_name = strings.add(info.modelName);
  header.target_cpu = strings.add(info.targetCpu);
  header.tensor_count = tensors.size();
  header.op_count = ops.size();
  header.state_count = states.size();
  header.state_bytes = info.stateBytes;
  header.source_hash = info.sourceHash;
  header.ignore_label = info.ignoreLabel;
  header.label_classes = info.labelClasses;
  header.labels = strings.add(info.labels);
  header.dims_count = dims.size();
  header.weights_bytes = info.weightsBytes;
  header.weights_hash_count = info.weightsHashes.size();

  Layout layout(sizeof(header));
  header.tensors_offset = layout.append(ArrayRef(tensors));
  header.states_offset = layout.append(ArrayRef(states));
  header.dims_offset = layout.append(ArrayRef(dims));
  header.ops_offset = layout.append(ArrayRef(ops));
  header.weights_hash_offset = layout.append(ArrayRef(info.weightsHashes));
  StringRef text = strings.content();
  header.strings_offset = layout.append(ArrayRef(text.data(), text.size()));
  header.strings_size = text.size();
  header.json_offset =
      layout.append(ArrayRef(info.json.data(), info.json.size()));
  header.json_size = info.json.size();
  header.total_size = layout.size();

  std::string bytes = std::move(layout).take();
  std::memcpy(bytes.data(), &header, sizeof(header));
  constexpr size_t hashed = offsetof(tn_meta_header, abi_version);
  header.hash = xxHash64(StringRef(bytes).drop_front(hashed));
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes;
}

std::optional<uint64_t> isaBit(StringRef llvmFeature) {
  return StringSwitch<std::optional<uint64_t>>(llvmFeature)
      .Cases({"64bit", "cmov", "cx8", "fxsr", "mmx", "nopl", "sahf", "sse",
              "sse2", "x87", "xsave"},
             0)
      .Case("sse3", TN_ISA_SSE3)
      .Case("ssse3", TN_ISA_SSSE3)
      .Case("sse4.1", TN_ISA_SSE4_1)
      // The crc32 instruction came with SSE4.2 and has no bit of its own.
      .Cases({"sse4.2", "crc32"}, TN_ISA_SSE4_2)
      .Case("popcnt", TN_ISA_POPCNT)
      .Case("cx16", TN_ISA_CX16)
      .Case("avx", TN_ISA_AVX)
      .Case("avx2", TN_ISA_AVX2)
      .Case("fma", TN_ISA_FMA)
      .Case("f16c", TN_ISA_F16C)
      .Case("bmi", TN_ISA_BMI1)
      .Case("bmi2", TN_ISA_BMI2)
      .Case("lzcnt", TN_ISA_LZCNT)
      .Case("movbe", TN_ISA_MOVBE)
      .Case("avx512f", TN_ISA_AVX512F)
      .Case("avx512bw", TN_ISA_AVX512BW)
      .Case("avx512cd", TN_ISA_AVX512CD)
      .Case("avx512dq", TN_ISA_AVX512DQ)
      .Case("avx512vl", TN_ISA_AVX512VL)
      .Case("avx512ifma", TN_ISA_AVX512IFMA)
      .Case("avx512vbmi", TN_ISA_AVX512VBMI)
      .Case("avx512vbmi2", TN_ISA_AVX512VBMI2)
      .Case("avx512vnni", TN_ISA_AVX512VNNI)
      .Case("avx512bitalg", TN_ISA_AVX512BITALG)
      .Case("avx512vpopcntdq", TN_ISA_AVX512VPOPCNTDQ)
      .Case("avx512bf16", TN_ISA_AVX512BF16)
      .Case("avx512fp16", TN_ISA_AVX512FP16)
      .Case("avxvnni", TN_ISA_AVXVNNI)
      .Case("gfni", TN_ISA_GFNI)
      .Case("vaes", TN_ISA_VAES)
      .Case("vpclmulqdq", TN_ISA_VPCLMULQDQ)
      .Case("aes", TN_ISA_AES)
      .Case("pclmul", TN_ISA_PCLMUL)
      .Case("adx", TN_ISA_ADX)
      .Default(std::nullopt);
}

std::string sanitizeModelName(StringRef name) {
  std::string result;
  for (char c : name)
    result.push_back(isAlnum(c) ? c : '_');
  return result.empty() ? "model" : result;
}

} // namespace tenon
