//===-- MetadataTest.cpp - hashes, metadata, CPU features -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeModel.h"

extern "C" {
#include "runtime/src/core/Hash.h"
#include "runtime/src/core/Isa.h"
#include "runtime/src/core/Metadata.h"
}

#include "gtest/gtest.h"
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <sstream>

namespace {

// Values from the algorithm's own publications.
TEST(Hash, IsXXH64) {
  auto hash = [](const std::string &s) { return tn_hash(s.data(), s.size()); };
  EXPECT_EQ(hash(""), 0xEF46DB3751D8E999u);
  EXPECT_EQ(hash("a"), 0xD24EC4F1A98C6E5Bu);
  EXPECT_EQ(hash("abc"), 0x44BC2CF5AD770999u);
  EXPECT_EQ(hash("Nobody inspects the spammish repetition"),
            0xFBCEA83C8A378BF1u);
}

FakeInfo sample() {
  FakeInfo info;
  info.inputs = {{"x", TN_F32, {2, 3}}, {"s", TN_I64, {}}};
  info.outputs = {{"y", TN_BF16, {7}}};
  info.ops = {{"conv", "Conv"}, {"relu", "Relu"}};
  info.activationBytes = 640;
  info.scratchStride = 128;
  info.weights.assign(3 << 20, 'x');
  info.json = "{\"a\": 1}";
  return info;
}

// Reads a copy of exactly `size` bytes, so that a sanitizer sees one too many.
tn_status read(const char *data, size_t size, tn_message *message) {
  std::unique_ptr<void, decltype(&std::free)> copy(std::malloc(size ? size : 1),
                                                   std::free);
  if (size)
    std::memcpy(copy.get(), data, size);
  tn_meta meta;
  return tn_meta_read(copy.get(), size, &meta, message);
}

TEST(Metadata, IsReadBack) {
  MetaBytes bytes = buildMeta(sample());
  tn_meta meta;
  tn_message message;
  ASSERT_EQ(tn_meta_read(bytes.data(), bytes.size, &meta, &message), TN_OK)
      << message.text;
  EXPECT_STREQ(meta.strings + meta.ops[1].name, "relu");
  EXPECT_STREQ(meta.strings + tn_meta_outputs(&meta, TN_INFER)->name, "y");
  EXPECT_EQ(meta.dims[tn_meta_outputs(&meta, TN_INFER)->dims_index], 7);
  EXPECT_EQ(meta.header->weights_hash_count, 3u);
}

TEST(Metadata, EveryFlippedBitIsNoticed) {
  MetaBytes bytes = buildMeta(sample());
  for (size_t i = 0; i < bytes.size; ++i)
    for (int bit = 0; bit < 8; ++bit) {
      bytes.data()[i] ^= 1 << bit;
      tn_message message;
      tn_status status = read(bytes.data(), bytes.size, &message);
      EXPECT_TRUE(status == TN_CORRUPT || status == TN_INCOMPATIBLE)
          << "byte " << i << " bit " << bit;
      EXPECT_STRNE(message.text, "");
      bytes.data()[i] ^= 1 << bit;
    }
}

TEST(Metadata, EveryCutIsNoticed) {
  MetaBytes bytes = buildMeta(sample());
  for (size_t size = 0; size < bytes.size; ++size)
    EXPECT_EQ(read(bytes.data(), size, nullptr), TN_CORRUPT) << size;
}

TEST(Metadata, AnotherVersionIsNotCalledDamaged) {
  MetaBytes bytes = buildMeta(sample());
  bytes.header()->abi_version = TN_ABI_VERSION + 1;
  rehash(bytes);
  tn_message message;
  EXPECT_EQ(read(bytes.data(), bytes.size, &message), TN_INCOMPATIBLE);
  EXPECT_NE(std::strstr(message.text, "ABI version 3"), nullptr);
}

// With a right hash, only the structure protects the reader.
TEST(Metadata, WrongReferencesAreNoticed) {
  auto expectCorrupt = [](void (*spoil)(MetaBytes &)) {
    MetaBytes bytes = buildMeta(sample());
    spoil(bytes);
    rehash(bytes);
    tn_message message;
    EXPECT_EQ(read(bytes.data(), bytes.size, &message), TN_CORRUPT);
    return std::string(message.text);
  };
  using M = MetaBytes;
  auto tensor = [](M &m) {
    return reinterpret_cast<tn_meta_tensor *>(m.data() +
                                              m.header()->tensors_offset);
  };
  static decltype(tensor) at = tensor;
  expectCorrupt([](M &m) { m.header()->tensors_offset = m.size; });
  expectCorrupt([](M &m) { m.header()->tensors_offset += 4; });
  expectCorrupt([](M &m) { m.header()->tensors_offset = ~UINT64_C(7); });
  expectCorrupt([](M &m) { m.header()->tensor_count = ~0u; });
  expectCorrupt([](M &m) { m.header()->tensor_count = 40; });
  expectCorrupt([](M &m) { m.header()->dims_count = UINT64_C(1) << 61; });
  expectCorrupt([](M &m) { m.header()->ops_offset += m.size; });
  expectCorrupt([](M &m) { m.header()->op_count += 100; });
  expectCorrupt([](M &m) { m.header()->strings_size = 0; });
  expectCorrupt([](M &m) { m.header()->strings_size -= 1; });
  expectCorrupt([](M &m) { m.header()->strings_offset = m.size; });
  expectCorrupt([](M &m) { m.header()->json_size = ~UINT64_C(0); });
  expectCorrupt(
      [](M &m) { m.header()->model_name = m.header()->strings_size; });
  expectCorrupt([](M &m) { m.header()->target_cpu = ~0u; });
  expectCorrupt([](M &m) { m.header()->weights_hash_count -= 1; });
  expectCorrupt([](M &m) { m.header()->weights_bytes += 1; });
  expectCorrupt([](M &m) { m.header()->weights_bytes = ~UINT64_C(0); });
  expectCorrupt([](M &m) { m.header()->max_threads = 0; });
  expectCorrupt([](M &m) { m.header()->max_threads += 1; });
  expectCorrupt([](M &m) { m.header()->arena_bytes -= 64; });
  expectCorrupt([](M &m) { m.header()->arena_bytes += 1; });
  expectCorrupt([](M &m) { m.header()->scratch_offset += 32; });
  expectCorrupt([](M &m) { m.header()->scratch_stride = ~UINT64_C(63); });
  expectCorrupt([](M &m) { at(m)->name = m.header()->strings_size; });
  expectCorrupt([](M &m) { at(m)->dtype = 0; });
  expectCorrupt([](M &m) { at(m)->dtype = -1; });
  expectCorrupt([](M &m) { at(m)->rank = 60; });
  expectCorrupt([](M &m) { at(m)->dims_index = 2; });
  expectCorrupt([](M &m) { at(m)->dims_index = ~UINT64_C(0); });
  expectCorrupt([](M &m) { at(m)->bytes -= 4; });
  expectCorrupt([](M &m) { at(m)->alignment = 3; });
  expectCorrupt([](M &m) { at(m)->alignment = 2; });
  expectCorrupt([](M &m) { at(m)->alignment = 8192; });
  expectCorrupt([](M &m) {
    reinterpret_cast<int64_t *>(m.data() + m.header()->dims_offset)[0] = -2;
  });
  expectCorrupt([](M &m) {
    auto *dims =
        reinterpret_cast<int64_t *>(m.data() + m.header()->dims_offset);
    dims[0] = dims[1] = INT64_C(1) << 40;
  });
}

// The same for what only training has.
TEST(Metadata, WrongEntriesAndStatesAreNoticed) {
  using M = MetaBytes;
  auto expectCorrupt = [](void (*spoil)(MetaBytes &), const char *what) {
    MetaBytes bytes = buildMeta(trainerInfo());
    spoil(bytes);
    rehash(bytes);
    tn_message message;
    EXPECT_EQ(read(bytes.data(), bytes.size, &message), TN_CORRUPT) << what;
    EXPECT_NE(std::strstr(message.text, what), nullptr) << message.text;
  };
  static auto at = [](M &m) {
    return reinterpret_cast<tn_meta_state *>(m.data() +
                                             m.header()->states_offset);
  };
  MetaBytes good = buildMeta(trainerInfo());
  EXPECT_EQ(read(good.data(), good.size, nullptr), TN_OK);
  expectCorrupt([](M &m) { m.header()->entries[1].present = 2; }, "an entry");
  expectCorrupt([](M &m) { m.header()->entries[1].present = 0; }, "an entry");
  expectCorrupt([](M &m) { m.header()->entries[1].first_tensor += 90; },
                "an entry's tensors");
  expectCorrupt([](M &m) { m.header()->entries[1].input_count = ~0u; },
                "an entry's tensors");
  expectCorrupt([](M &m) { m.header()->entries[1].op_count = 90; },
                "an entry's nodes");
  expectCorrupt([](M &m) { m.header()->entries[2].first_op = ~0u; },
                "an entry's nodes");
  expectCorrupt([](M &m) { m.header()->entries[3].first_tensor = 0; },
                "sets the state");
  expectCorrupt([](M &m) { m.header()->entries[3].input_count = 0; },
                "sets the state");
  expectCorrupt([](M &m) { m.header()->states_offset = m.size; },
                "state table");
  expectCorrupt([](M &m) { m.header()->state_count = ~0u; }, "state table");
  expectCorrupt([](M &m) { m.header()->state_count = 0; }, "state size");
  expectCorrupt([](M &m) { m.header()->state_bytes += 1; }, "state size");
  expectCorrupt([](M &m) { m.header()->state_bytes = ~UINT64_C(63); },
                "state size");
  expectCorrupt([](M &m) { m.header()->state_bytes -= 64; }, "the place");
  expectCorrupt([](M &m) { m.header()->labels = ~0u; }, "strings");
  expectCorrupt([](M &m) { at(m)[1].offset = 0; }, "the place");
  expectCorrupt([](M &m) { at(m)[1].offset += 4; }, "the place");
  expectCorrupt([](M &m) { at(m)[5].offset = ~UINT64_C(63); }, "the place");
  expectCorrupt([](M &m) { at(m)[1].tensor.alignment = 128; }, "the place");
  expectCorrupt([](M &m) { std::swap(at(m)[1], at(m)[2]); }, "the place");
  expectCorrupt([](M &m) { at(m)[2].kind = 0; }, "a tensor of the state");
  expectCorrupt([](M &m) { at(m)[2].kind = 5; }, "a tensor of the state");
  expectCorrupt([](M &m) { at(m)[2].source = ~0u; }, "a tensor of the state");
  expectCorrupt([](M &m) { at(m)[2].tensor.name = ~0u; }, "a tensor's name");
}

// Whatever a sealed header says, an accepted one keeps its readers in bounds.
TEST(Metadata, RandomDamageUnderARightHashStaysInBounds) {
  std::mt19937 random(7);
  FakeInfo inference = sample();
  inference.weights.resize(100);
  int accepted = 0;
  for (int i = 0; i < 30000; ++i) {
    MetaBytes bytes = buildMeta(i % 2 ? trainerInfo() : inference);
    for (int k = random() % 4; k >= 0; --k) {
      size_t word = 2 + random() % (bytes.words.size() - 2);
      uint64_t values[] = {0, 1, 64, bytes.size, ~UINT64_C(0), random()};
      uint64_t mask = random() % 2 ? ~UINT64_C(0) : UINT64_C(0xffffffff);
      uint64_t value = values[random() % 6];
      bytes.words[word] = (bytes.words[word] & ~mask) | (value & mask);
    }
    bytes.header()->abi_version = TN_ABI_VERSION;
    bytes.header()->header_size = sizeof(tn_meta_header);
    bytes.header()->total_size = bytes.size;
    rehash(bytes);
    std::unique_ptr<char[]> exact(new char[bytes.size]);
    std::memcpy(exact.get(), bytes.data(), bytes.size);
    tn_meta meta;
    tn_message message;
    if (tn_meta_read(exact.get(), bytes.size, &meta, &message) != TN_OK) {
      ASSERT_STRNE(message.text, "");
      continue;
    }
    ++accepted;
    const tn_meta_header &h = *meta.header;
    size_t length = std::strlen(meta.strings + h.model_name);
    for (uint64_t t = 0; t < h.tensor_count; ++t) {
      length += std::strlen(meta.strings + meta.tensors[t].name);
      for (uint32_t d = 0; d < meta.tensors[t].rank; ++d)
        ASSERT_GE(meta.dims[meta.tensors[t].dims_index + d], 0);
    }
    for (int e = 0; e < TN_ENTRY_COUNT; ++e) {
      for (uint32_t t = 0; t < h.entries[e].input_count; ++t)
        length += tn_meta_inputs(&meta, e)[t].bytes & 1;
      for (uint32_t t = 0; t < h.entries[e].output_count; ++t)
        length += tn_meta_outputs(&meta, e)[t].bytes & 1;
      for (uint32_t k = 0; k < h.entries[e].op_count; ++k)
        length += meta.ops[h.entries[e].first_op + k].name & 1;
    }
    uint64_t end = 0;
    for (uint32_t t = 0; t < h.state_count; ++t) {
      length += std::strlen(meta.strings + meta.states[t].source);
      ASSERT_GE(meta.states[t].offset, end);
      end = meta.states[t].offset + meta.states[t].tensor.bytes;
      ASSERT_LE(end, h.state_bytes);
    }
    for (uint64_t k = 0; k < h.weights_hash_count; ++k)
      length += meta.weights_hash[k] & 1;
    for (uint64_t k = 0; k < h.json_size; ++k)
      length += meta.json[k] & 1;
    ASSERT_LT(length, 1u << 20);
  }
  EXPECT_GT(accepted, 0);
}

#if defined(__x86_64__) && defined(__linux__)
// The kernel's own list of what the CPU has and the system has enabled.
TEST(Isa, AgreesWithTheOperatingSystem) {
  std::ifstream cpuinfo("/proc/cpuinfo");
  std::set<std::string> flags;
  for (std::string line; std::getline(cpuinfo, line) && flags.empty();)
    if (line.rfind("flags", 0) == 0) {
      std::istringstream words(line.substr(line.find(':') + 1));
      for (std::string word; words >> word;)
        flags.insert(word);
    }
  if (flags.empty())
    GTEST_SKIP() << "no flags in /proc/cpuinfo";
  const std::pair<uint64_t, const char *> names[] = {
      {TN_ISA_SSE3, "pni"},
      {TN_ISA_SSSE3, "ssse3"},
      {TN_ISA_SSE4_1, "sse4_1"},
      {TN_ISA_SSE4_2, "sse4_2"},
      {TN_ISA_POPCNT, "popcnt"},
      {TN_ISA_CX16, "cx16"},
      {TN_ISA_AVX, "avx"},
      {TN_ISA_AVX2, "avx2"},
      {TN_ISA_FMA, "fma"},
      {TN_ISA_F16C, "f16c"},
      {TN_ISA_BMI1, "bmi1"},
      {TN_ISA_BMI2, "bmi2"},
      {TN_ISA_LZCNT, "abm"},
      {TN_ISA_MOVBE, "movbe"},
      {TN_ISA_AVX512F, "avx512f"},
      {TN_ISA_AVX512BW, "avx512bw"},
      {TN_ISA_AVX512CD, "avx512cd"},
      {TN_ISA_AVX512DQ, "avx512dq"},
      {TN_ISA_AVX512VL, "avx512vl"},
      {TN_ISA_AVX512IFMA, "avx512ifma"},
      {TN_ISA_AVX512VBMI, "avx512vbmi"},
      {TN_ISA_AVX512VBMI2, "avx512_vbmi2"},
      {TN_ISA_AVX512VNNI, "avx512_vnni"},
      {TN_ISA_AVX512BITALG, "avx512_bitalg"},
      {TN_ISA_AVX512VPOPCNTDQ, "avx512_vpopcntdq"},
      {TN_ISA_AVX512BF16, "avx512_bf16"},
      {TN_ISA_AVX512FP16, "avx512_fp16"},
      {TN_ISA_AVXVNNI, "avx_vnni"},
      {TN_ISA_GFNI, "gfni"},
      {TN_ISA_VAES, "vaes"},
      {TN_ISA_VPCLMULQDQ, "vpclmulqdq"},
      {TN_ISA_AES, "aes"},
      {TN_ISA_PCLMUL, "pclmulqdq"},
      {TN_ISA_ADX, "adx"}};
  static_assert(std::size(names) == TN_ISA_COUNT);
  uint64_t host = tn_host_isa();
  for (auto [bit, name] : names)
    EXPECT_EQ((host & bit) != 0, flags.count(name) != 0) << name;
}
#endif

TEST(Isa, NamesWhatIsMissing) {
  tn_message message;
  EXPECT_EQ(tn_check_isa(tn_host_arch(), TN_ISA_AVX2 | TN_ISA_AVX512F,
                         TN_ISA_AVX2, "m", "x86-64-v4", &message),
            TN_INCOMPATIBLE);
#if defined(__x86_64__)
  EXPECT_STREQ(message.text,
               "model 'm' was compiled for 'x86-64-v4', and this CPU or "
               "operating system lacks: avx512f; compile it again with "
               "--cpu=native here, or with an older --cpu");
#endif
  EXPECT_EQ(tn_check_isa(tn_host_arch(), ~UINT64_C(0), 0, "m", "c", &message),
            TN_INCOMPATIBLE);
  EXPECT_EQ(tn_check_isa(99, 0, 0, "m", "c", &message), TN_INCOMPATIBLE);
  EXPECT_EQ(tn_check_isa(tn_host_arch(), 3, 7, "m", "c", &message), TN_OK);
}

} // namespace
