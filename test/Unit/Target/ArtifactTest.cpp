//===-- ArtifactTest.cpp - what the compiler writes, the runtime reads ----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tenon/Target/Metadata.h"
#include "tenon/Target/Seal.h"
#include "tenon/Target/WeightsObject.h"

extern "C" {
#include "runtime/src/core/Hash.h"
#include "runtime/src/core/Metadata.h"
}

#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include "gtest/gtest.h"
#include <cstring>
#include <numeric>

using namespace llvm;
using namespace tenon;

namespace {

// LLVM's is an implementation by others.
TEST(Hash, IsLLVMsXXH64) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(tn_hash(bytes.data(), bytes.size()), xxHash64(bytes)) << i;
    bytes.push_back(static_cast<char>(i * 37 + 11));
  }
}

ArtifactInfo sample() {
  ArtifactInfo info;
  info.modelName = "sample model";
  info.targetCpu = "x86-64-v3";
  info.isaRequired = TN_ISA_AVX2 | TN_ISA_FMA;
  EntryInfo &infer = info.entries[TN_INFER];
  infer.present = true;
  infer.inputs = {{"image", TN_F32, {1, 3, 8, 8}, 0}, {"n", TN_I64, {}, 64}};
  infer.outputs = {{"scores", TN_BF16, {1, 10}, 0}};
  infer.ops = {{"conv1", "Conv"}, {"", "Relu"}};
  info.arenaBytes = 1024 + 4 * 128;
  info.scratchOffset = 1024;
  info.scratchStride = 128;
  info.maxThreads = 4;
  info.weightsBytes = (2 << 20) + 5;
  info.weightsHashes = {1, 2, 3};
  info.json = "{\"kernels\": []}";
  return info;
}

// 8-byte aligned.
std::vector<uint64_t> aligned(StringRef bytes) {
  std::vector<uint64_t> words((bytes.size() + 7) / 8);
  std::memcpy(words.data(), bytes.data(), bytes.size());
  return words;
}

TEST(Metadata, IsReadByTheRuntime) {
  ArtifactInfo info = sample();
  std::string bytes = writeMetadata(info);
  EXPECT_EQ(bytes, writeMetadata(info));
  std::vector<uint64_t> words = aligned(bytes);
  tn_meta meta;
  tn_message message;
  ASSERT_EQ(tn_meta_read(words.data(), bytes.size(), &meta, &message), TN_OK)
      << message.text;
  const tn_meta_header &h = *meta.header;
  auto text = [&](uint32_t at) { return std::string(meta.strings + at); };
  EXPECT_EQ(text(h.model_name), "sample model");
  EXPECT_EQ(text(h.target_cpu), "x86-64-v3");
  EXPECT_EQ(h.isa_required, TN_ISA_AVX2 | TN_ISA_FMA);
  EXPECT_EQ(h.arena_bytes, 1536u);
  EXPECT_EQ(h.scratch_offset, 1024u);
  EXPECT_EQ(h.scratch_stride, 128u);
  EXPECT_EQ(h.max_threads, 4u);
  ASSERT_EQ(h.entries[TN_INFER].input_count, 2u);
  const tn_meta_tensor *inputs = tn_meta_inputs(&meta, TN_INFER);
  const tn_meta_tensor *outputs = tn_meta_outputs(&meta, TN_INFER);
  EXPECT_EQ(text(inputs[0].name), "image");
  EXPECT_EQ(inputs[0].bytes, 768u);
  EXPECT_EQ(inputs[0].alignment, 4u);
  EXPECT_EQ(meta.dims[inputs[0].dims_index + 3], 8);
  EXPECT_EQ(inputs[1].rank, 0u);
  EXPECT_EQ(inputs[1].alignment, 64u);
  EXPECT_EQ(outputs[0].dtype, TN_BF16);
  EXPECT_EQ(outputs[0].bytes, 20u);
  EXPECT_EQ(text(meta.ops[0].name), "conv1");
  EXPECT_EQ(text(meta.ops[1].name), "");
  EXPECT_EQ(text(meta.ops[1].op_type), "Relu");
  EXPECT_EQ(meta.weights_hash[2], 3u);
  EXPECT_EQ(StringRef(meta.json, h.json_size), info.json);
}

TEST(Metadata, OfTrainingIsReadByTheRuntime) {
  ArtifactInfo info = sample();
  EntryInfo &step = info.entries[TN_STEP];
  step.present = true;
  step.inputs = {{"image", TN_F32, {1, 3, 8, 8}, 0},
                 {"labels", TN_I64, {1}, 0}};
  step.outputs = {{"loss", TN_F32, {}, 0}};
  step.ops = {{"conv1_grad", "Conv"}};
  EntryInfo &init = info.entries[TN_INIT];
  init.present = true;
  init.inputs = {{"seed", TN_U64, {}, 0}};
  info.states = {
      {{"steps", TN_U64, {}, 0}, TN_STATE_COUNTER, "", 192},
      {{"conv1.w", TN_F32, {4, 3, 1, 1}, 64}, TN_STATE_PARAMETER, "W", 0},
      {{"conv1.w.m", TN_F32, {12}, 0}, TN_STATE_OPTIMIZER, "", 64}};
  info.stateBytes = 256;
  info.sourceHash = 0x123456789abcdef0;
  info.labels = "labels";
  info.labelClasses = 10;
  info.ignoreLabel = -100;
  std::string bytes = writeMetadata(info);
  std::vector<uint64_t> words = aligned(bytes);
  tn_meta meta;
  tn_message message;
  ASSERT_EQ(tn_meta_read(words.data(), bytes.size(), &meta, &message), TN_OK)
      << message.text;
  const tn_meta_header &h = *meta.header;
  auto text = [&](uint32_t at) { return std::string(meta.strings + at); };
  EXPECT_EQ(h.entries[TN_INFER].input_count, 2u);
  EXPECT_EQ(h.entries[TN_EVAL].present, 0u);
  EXPECT_EQ(text(tn_meta_inputs(&meta, TN_STEP)[1].name), "labels");
  EXPECT_EQ(text(tn_meta_outputs(&meta, TN_STEP)->name), "loss");
  EXPECT_EQ(tn_meta_inputs(&meta, TN_INIT)->dtype, TN_U64);
  EXPECT_EQ(text(meta.ops[h.entries[TN_STEP].first_op].name), "conv1_grad");
  ASSERT_EQ(h.state_count, 3u);
  EXPECT_EQ(text(meta.states[0].tensor.name), "conv1.w");
  EXPECT_EQ(text(meta.states[0].source), "W");
  EXPECT_EQ(meta.states[0].kind, unsigned(TN_STATE_PARAMETER));
  EXPECT_EQ(meta.states[0].tensor.alignment, 64u);
  EXPECT_EQ(text(meta.states[1].tensor.name), "conv1.w.m");
  EXPECT_EQ(meta.states[1].offset, 64u);
  EXPECT_EQ(meta.states[2].tensor.bytes, 8u);
  EXPECT_EQ(h.state_bytes, 256u);
  EXPECT_EQ(h.source_hash, 0x123456789abcdef0u);
  EXPECT_EQ(text(h.labels), "labels");
  EXPECT_EQ(h.label_classes, 10);
  EXPECT_EQ(h.ignore_label, -100);
}

TEST(Metadata, OfAnEmptyModelIsReadByTheRuntime) {
  std::string bytes = writeMetadata(ArtifactInfo());
  std::vector<uint64_t> words = aligned(bytes);
  tn_meta meta;
  tn_message message;
  EXPECT_EQ(tn_meta_read(words.data(), bytes.size(), &meta, &message), TN_OK)
      << message.text;
}

TEST(Metadata, KnowsFeaturesByLLVMsNames) {
  EXPECT_EQ(isaBit("avx512f"), TN_ISA_AVX512F);
  EXPECT_EQ(isaBit("sse2"), 0u);
  EXPECT_EQ(isaBit("bmi"), TN_ISA_BMI1);
  EXPECT_EQ(isaBit("amx-tile"), std::nullopt);
  uint64_t all = 0;
  for (const char *name : {"sse3",
                           "ssse3",
                           "sse4.1",
                           "sse4.2",
                           "popcnt",
                           "cx16",
                           "avx",
                           "avx2",
                           "fma",
                           "f16c",
                           "bmi",
                           "bmi2",
                           "lzcnt",
                           "movbe",
                           "avx512f",
                           "avx512bw",
                           "avx512cd",
                           "avx512dq",
                           "avx512vl",
                           "avx512ifma",
                           "avx512vbmi",
                           "avx512vbmi2",
                           "avx512vnni",
                           "avx512bitalg",
                           "avx512vpopcntdq",
                           "avx512bf16",
                           "avx512fp16",
                           "avxvnni",
                           "gfni",
                           "vaes",
                           "vpclmulqdq",
                           "aes",
                           "pclmul",
                           "adx"}) {
    std::optional<uint64_t> bit = isaBit(name);
    ASSERT_TRUE(bit) << name;
    EXPECT_EQ(all & *bit, 0u) << name;
    all |= *bit;
  }
  EXPECT_EQ(all, (UINT64_C(1) << TN_ISA_COUNT) - 1);
}

TEST(Metadata, MakesIdentifiersOfNames) {
  EXPECT_EQ(sanitizeModelName("mnist-12.v2"), "mnist_12_v2");
  EXPECT_EQ(sanitizeModelName(""), "model");
}

class Files : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(sys::fs::createUniqueDirectory("tenon-target", dir));
  }
  void TearDown() override { sys::fs::remove_directories(dir); }
  std::string path(StringRef name) { return (dir + "/" + name).str(); }
  std::string read(StringRef name) {
    auto buffer = MemoryBuffer::getFile(path(name));
    return buffer ? (*buffer)->getBuffer().str() : "";
  }
  SmallString<128> dir;
};

std::vector<char> pattern(size_t size, int step) {
  std::vector<char> bytes(size);
  for (size_t i = 0; i < size; ++i)
    bytes[i] = static_cast<char>(i * step + (i >> 9));
  return bytes;
}

TEST_F(Files, WeightsAreAnObjectOthersCanRead) {
  constexpr uint64_t total = (3 << 20) + 777;
  auto writer = WeightsObjectWriter::create(path("w.o"), total);
  ASSERT_TRUE(bool(writer));
  std::vector<char> first = pattern(100, 3), second = pattern(2 << 20, 5);
  EXPECT_FALSE((*writer)->append(first, 64));
  EXPECT_FALSE((*writer)->append(second, 4096));
  EXPECT_FALSE((*writer)->append({}, 4096 + (2 << 20)));
  ASSERT_FALSE((*writer)->finish());

  std::string expected(total, '\0');
  std::copy(first.begin(), first.end(), expected.begin() + 64);
  std::copy(second.begin(), second.end(), expected.begin() + 4096);
  ASSERT_EQ((*writer)->hashes().size(), 4u);
  for (size_t i = 0; i < 4; ++i)
    EXPECT_EQ((*writer)->hashes()[i],
              xxHash64(StringRef(expected).substr(i << 20, 1 << 20)));

  auto binary = object::ObjectFile::createObjectFile(path("w.o"));
  ASSERT_TRUE(bool(binary));
  const auto &elf = cast<object::ELF64LEObjectFile>(*binary->getBinary());
  bool seen = false;
  for (object::ELFSectionRef section : elf.sections())
    if (cantFail(section.getName()) == ".tn.weights") {
      seen = true;
      EXPECT_EQ(cantFail(section.getContents()), StringRef(expected));
      EXPECT_EQ(section.getFlags(), unsigned(ELF::SHF_ALLOC));
      EXPECT_EQ(section.getAlignment().value(), 4096u);
    }
  EXPECT_TRUE(seen);
  int symbols = 0;
  for (object::ELFSymbolRef symbol : elf.symbols()) {
    ++symbols;
    EXPECT_EQ(cantFail(symbol.getName()), "tn_weights_data");
    EXPECT_EQ(symbol.getSize(), total);
    EXPECT_EQ(symbol.getOther() & 3, unsigned(ELF::STV_HIDDEN));
    EXPECT_EQ(symbol.getBinding(), unsigned(ELF::STB_GLOBAL));
  }
  EXPECT_EQ(symbols, 1);
}

TEST_F(Files, WeightsOutOfPlaceAreRefused) {
  std::vector<char> data = pattern(64, 1);
  {
    auto writer = WeightsObjectWriter::create(path("w.o"), 100);
    ASSERT_TRUE(bool(writer));
    EXPECT_FALSE((*writer)->append(data, 0));
    EXPECT_TRUE(errorToBool((*writer)->append(data, 0)));
    EXPECT_TRUE(errorToBool((*writer)->append(data, 64)));
    EXPECT_TRUE(errorToBool((*writer)->append(data, ~UINT64_C(0))));
  }
  EXPECT_FALSE(sys::fs::exists(path("w.o"))) << "an unfinished file stays";
  auto nowhere = WeightsObjectWriter::create(path("no/w.o"), 100);
  ASSERT_FALSE(bool(nowhere));
  EXPECT_NE(toString(nowhere.takeError()).find("no/w.o"), std::string::npos);
}

TEST_F(Files, WeightsOnAFullDiskAreAnError) {
  if (!sys::fs::exists("/dev/full"))
    GTEST_SKIP() << "no /dev/full";
  auto writer = WeightsObjectWriter::create("/dev/full", 4 << 20);
  ASSERT_TRUE(bool(writer));
  std::vector<char> data = pattern(4 << 20, 1);
  bool failed = errorToBool((*writer)->append(data, 0));
  failed |= errorToBool((*writer)->finish());
  EXPECT_TRUE(failed);
}

// From here on with a real linker and the loader.
class Linked : public Files {
protected:
  void SetUp() override {
    Files::SetUp();
    std::vector<char> weights = pattern((1 << 20) + 300, 7);
    auto writer = WeightsObjectWriter::create(path("w.o"), weights.size());
    ASSERT_TRUE(bool(writer));
    ASSERT_FALSE((*writer)->append(weights, 0));
    ASSERT_FALSE((*writer)->finish());
    ArtifactInfo info = sample();
    info.isaRequired = 0;
    info.weightsBytes = weights.size();
    info.weightsHashes = (*writer)->hashes().vec();
    std::string meta = writeMetadata(info);
    std::error_code code;
    raw_fd_ostream(path("meta"), code) << meta;
    raw_fd_ostream(path("m.s"), code)
        << ".section .tn.meta,\"a\",@progbits\n.balign 8\nmeta: .incbin \""
        << path("meta")
        << "\"\n.section .data.rel.ro,\"aw\",@progbits\n.balign 8\n"
           "model: .quad tn_runtime_vtable, meta, "
        << meta.size() << ", tn_weights_data, " << weights.size()
        << ", entries\nentries: .quad step, 0, 0, 0\n.hidden "
           "tn_runtime_vtable\n.hidden tn_weights_data\n"
           ".text\nstep: xorl %eax, %eax\n ret\n"
           ".globl tn_sample_query\n.type tn_sample_query, @function\n"
           "tn_sample_query: leaq model(%rip), %rax\n ret\n"
           ".section .note.GNU-stack,\"\",@progbits\n";
    ASSERT_EQ(run({LLVM_TOOLS "/llvm-mc", "-filetype=obj", path("m.s"), "-o",
                   path("m.o")}),
              0);
    ASSERT_EQ(
        run({LLVM_TOOLS "/ld.lld", "-shared", "--gc-sections", "-z", "defs",
             "--build-id=none", "-s", path("m.o"), path("w.o"), RUNTIME_ARCHIVE,
             "-L/lib/x86_64-linux-gnu", "-l:libc.so.6", "-o", path("m.so")}),
        0);
  }
  int run(std::vector<std::string> arguments) {
    std::vector<StringRef> views(arguments.begin(), arguments.end());
    std::string error;
    int code = sys::ExecuteAndWait(arguments[0], views, std::nullopt, {}, 0, 0,
                                   &error);
    EXPECT_EQ(error, "");
    return code;
  }
  tn_status open(uint32_t flags = TN_OPEN_VERIFY) {
    tn_library *library;
    tn_status status = tn_open(path("m.so").c_str(), flags, &library, &message);
    tn_close(library);
    return status;
  }
  void flip(uint64_t at) {
    std::string bytes = read("m.so");
    bytes[at] ^= 1;
    std::error_code code;
    raw_fd_ostream(path("m.so"), code) << bytes;
  }
  tn_message message;
};

TEST_F(Linked, OpensSealedAndUnsealed) {
  EXPECT_EQ(open(), TN_OK) << message.text;
  uint64_t before = read("m.so").size();
  ASSERT_FALSE(sealArtifact(path("m.so")));
  EXPECT_EQ(read("m.so").size(), before + sizeof(tn_seal));
  EXPECT_EQ(open(), TN_OK) << message.text;
}

TEST_F(Linked, TheRuntimeInsideIsSmall) {
  EXPECT_LT(read("m.so").size(), (1 << 20) + 200 * 1024u);
}

TEST_F(Linked, ASealedFileHasNoByteToSpare) {
  ASSERT_FALSE(sealArtifact(path("m.so")));
  uint64_t size = read("m.so").size();
  for (uint64_t at = 5; at < size; at += size / 41) {
    flip(at);
    EXPECT_NE(open(), TN_OK) << at;
    flip(at);
  }
  EXPECT_EQ(open(), TN_OK) << message.text;
}

TEST_F(Linked, SealingWhatIsMissingOrNoElfIsAnError) {
  EXPECT_TRUE(errorToBool(sealArtifact(path("none.so"))));
  EXPECT_TRUE(errorToBool(sealArtifact(path("m.s"))));
}

} // namespace
