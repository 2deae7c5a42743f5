//===-- LoadTest.cpp - tn_open on good and on damaged files ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tenon/abi.h"

extern "C" {
#include "runtime/src/core/Hash.h"
#include "runtime/src/load/Elf.h"
}

#include "gtest/gtest.h"
#include <cstdlib>
#include <cstring>
#include <elf.h>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <unistd.h>

namespace {

std::string readFile(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

void writeFile(const std::string &path, const std::string &bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// The seal as the header describes it.
std::string sealed(std::string file) {
  tn_source source = tn_memory_source(file.data(), file.size());
  tn_elf elf;
  EXPECT_EQ(tn_elf_read(&source, &elf, nullptr), TN_OK);
  tn_seal seal{TN_SEAL_MAGIC, file.size(), 0};
  auto add = [&](size_t begin, size_t end) {
    for (; begin < end; begin += 1 << 20) {
      size_t size = std::min<size_t>(end - begin, 1 << 20);
      uint64_t pair[] = {seal.hash, tn_hash(file.data() + begin, size)};
      seal.hash = tn_hash(pair, sizeof(pair));
    }
  };
  add(0, elf.weights_offset);
  add(elf.weights_offset + elf.weights_size, file.size());
  file.append(reinterpret_cast<const char *>(&seal), sizeof(seal));
  return file;
}

// What tn_open() does before it maps code.
tn_status check(const std::string &file, tn_message *message) {
  tn_source source = tn_memory_source(file.data(), file.size());
  tn_elf elf;
  tn_meta meta;
  void *data = nullptr;
  tn_status status = tn_elf_read(&source, &elf, message);
  if (!status)
    status = tn_elf_read_meta(&source, &elf, &data, &meta, message);
  if (!status)
    status = tn_elf_check_seal(&source, &elf, message);
  if (!status)
    status = tn_elf_check_weights(&source, &elf, &meta, message);
  std::free(data);
  return status;
}

class Load : public testing::Test {
protected:
  void SetUp() override {
    path = testing::TempDir() + "tenon_load_" + std::to_string(getpid()) + "_" +
           testing::UnitTest::GetInstance()->current_test_info()->name() +
           ".so";
  }
  void TearDown() override { std::remove(path.c_str()); }

  tn_status open(const std::string &bytes, uint32_t flags = 0) {
    writeFile(path, bytes);
    tn_library *library = nullptr;
    tn_status status = tn_open(path.c_str(), flags, &library, &message);
    EXPECT_EQ(library != nullptr, status == TN_OK);
    EXPECT_EQ(message.text[0] != '\0', status != TN_OK);
    tn_close(library);
    return status;
  }
  bool says(const char *words) const {
    return std::strstr(message.text, words) != nullptr;
  }

  std::string file = readFile(FAKE_ARTIFACT);
  std::string path;
  tn_message message;
};

float runOnce(const tn_model *model, uint32_t threads) {
  tn_context_options options{};
  options.struct_size = sizeof(options);
  options.threads = threads;
  tn_context *context;
  tn_message message;
  EXPECT_EQ(tn_context_create(model, &options, &context, &message), TN_OK)
      << message.text;
  float x[6] = {1, 2, 3, 4, 5, 6}, y[6] = {};
  int64_t dims[] = {2, 3};
  tn_tensor in{x, TN_F32, 2, dims}, out{y, TN_F32, 2, dims};
  EXPECT_EQ(tn_run(context, &in, 1, &out, 1, &message), TN_OK) << message.text;
  tn_context_destroy(context);
  return y[5];
}

TEST_F(Load, RunsAndClosesArtifacts) {
  writeFile(path, sealed(file));
  for (const std::string &name : {std::string(FAKE_ARTIFACT), path}) {
    tn_library *library;
    ASSERT_EQ(tn_open(name.c_str(), TN_OPEN_VERIFY, &library, &message), TN_OK)
        << message.text;
    EXPECT_EQ(runOnce(tn_library_model(library), 2), 7);
    tn_close(library);
  }
  tn_close(nullptr);
}

TEST_F(Load, HoldsSeveralModelsAtOnce) {
  tn_library *first, *second;
  ASSERT_EQ(tn_open(FAKE_ARTIFACT, 0, &first, &message), TN_OK);
  ASSERT_EQ(tn_open(OTHER_ARTIFACT, 0, &second, &message), TN_OK)
      << message.text;
  const tn_model *a = tn_library_model(first), *b = tn_library_model(second);
  EXPECT_NE(a, b);
  EXPECT_NE(a->vtable, b->vtable) << "each has a runtime of its own";
  EXPECT_EQ(runOnce(a, 2), 7);
  EXPECT_EQ(runOnce(b, 2), 7);
  tn_close(first);
  EXPECT_EQ(runOnce(b, 2), 7);
  tn_close(second);
}

TEST_F(Load, InspectsWithoutRunning) {
  tn_library *library;
  ASSERT_EQ(tn_open(FUTURE_ARTIFACT, TN_OPEN_INSPECT, &library, &message),
            TN_OK);
  const tn_model *model = tn_library_model(library);
  tn_model_info info{};
  info.struct_size = sizeof(info);
  ASSERT_EQ(tn_info(model, &info, &message), TN_OK);
  EXPECT_STREQ(info.name, "future");
  tn_context *context;
  EXPECT_EQ(tn_context_create(model, nullptr, &context, &message),
            TN_INVALID_ARGUMENT);
  EXPECT_TRUE(says("TN_OPEN_INSPECT"));
  tn_close(library);
}

TEST_F(Load, RefusesAnArtifactForAnotherCpu) {
  tn_library *library;
  EXPECT_EQ(tn_open(FUTURE_ARTIFACT, 0, &library, &message), TN_INCOMPATIBLE);
  EXPECT_TRUE(says("feature-62")) << message.text;
}

TEST_F(Load, RefusesWhatIsNoArtifact) {
  EXPECT_EQ(open(""), TN_CORRUPT);
  EXPECT_EQ(open("#!/bin/sh"), TN_CORRUPT);
  EXPECT_EQ(open(std::string(1000, 'x')), TN_CORRUPT);
  EXPECT_TRUE(says("not an ELF file"));
  tn_library *library;
  EXPECT_EQ(tn_open("/no/such.so", 0, &library, &message), TN_NOT_FOUND);
  EXPECT_TRUE(says("/no/such.so"));
  EXPECT_EQ(tn_open("/", 0, &library, &message), TN_IO_ERROR);
  EXPECT_EQ(tn_open("/dev/zero", 0, &library, &message), TN_IO_ERROR);
  EXPECT_EQ(tn_open("/proc/self/exe", 0, &library, &message), TN_INCOMPATIBLE);
  EXPECT_TRUE(says("executable")) << message.text;
  EXPECT_EQ(tn_open(nullptr, 0, &library, &message), TN_INVALID_ARGUMENT);
  EXPECT_EQ(tn_open(FAKE_ARTIFACT, 1u << 20, &library, &message),
            TN_INVALID_ARGUMENT);
  // A shared library that is none of ours.
  std::string runtime = readFile(PLAIN_LIBRARY);
  ASSERT_FALSE(runtime.empty());
  EXPECT_EQ(open(runtime), TN_NOT_FOUND);
  EXPECT_TRUE(says("no artifact of tenonc")) << message.text;
}

TEST_F(Load, DamagedWeightsAreNoticedWhenVerified) {
  tn_source source = tn_memory_source(file.data(), file.size());
  tn_elf elf;
  ASSERT_EQ(tn_elf_read(&source, &elf, &message), TN_OK);
  std::string damaged = sealed(file);
  damaged[elf.weights_offset + (1 << 20) + 5] ^= 1;
  EXPECT_EQ(open(damaged, TN_OPEN_VERIFY), TN_CORRUPT);
  EXPECT_TRUE(says("weights")) << message.text;
  EXPECT_TRUE(says("1048576")) << message.text;
  EXPECT_EQ(open(damaged), TN_OK);
}

TEST_F(Load, EveryFlippedByteIsNoticed) {
  std::string good = sealed(file);
  ASSERT_EQ(check(good, &message), TN_OK) << message.text;
  size_t magic = good.size() - sizeof(tn_seal);
  tn_source source = tn_memory_source(file.data(), file.size());
  tn_elf elf;
  ASSERT_EQ(tn_elf_read(&source, &elf, &message), TN_OK);
  for (size_t i = 0; i < good.size(); ++i) {
    // Headers and metadata in full, of code, debug information and weights a
    // sample.
    bool table = i < 2048 || i >= magic || i - elf.meta_offset < elf.meta_size;
    if (!table && i % 1009)
      continue;
    // Without its magic number the file is unsealed, and as good as before.
    if (i >= magic && i < magic + 8)
      continue;
    good[i] ^= 1 << i % 8;
    tn_status status = check(good, &message);
    ASSERT_NE(status, TN_OK) << "byte " << i;
    ASSERT_STRNE(message.text, "");
    good[i] ^= 1 << i % 8;
  }
}

// Without bytes, a section's offset and size were not compared with the file's.
TEST_F(Load, RefusesPartsWithoutBytes) {
  uint64_t table;
  uint16_t count, name_index;
  std::memcpy(&table, file.data() + offsetof(Elf64_Ehdr, e_shoff), 8);
  std::memcpy(&count, file.data() + offsetof(Elf64_Ehdr, e_shnum), 2);
  std::memcpy(&name_index, file.data() + offsetof(Elf64_Ehdr, e_shstrndx), 2);
  auto header = [&](unsigned i) {
    Elf64_Shdr h;
    std::memcpy(&h, file.data() + table + i * sizeof(h), sizeof(h));
    return h;
  };
  int tried = 0;
  for (unsigned i = 0; i < count; ++i) {
    Elf64_Shdr h = header(i);
    std::string name = file.data() + header(name_index).sh_offset + h.sh_name;
    if (name != TN_META_SECTION && name != TN_WEIGHTS_SECTION)
      continue;
    for (uint32_t type : {SHT_NULL, SHT_NOBITS}) {
      std::string damaged = file;
      h.sh_type = type;
      h.sh_offset = file.size();
      std::memcpy(damaged.data() + table + i * sizeof(h), &h, sizeof(h));
      tn_source source = tn_memory_source(damaged.data(), damaged.size());
      tn_elf elf;
      EXPECT_NE(tn_elf_read(&source, &elf, &message), TN_OK)
          << name << " " << type;
      ++tried;
    }
  }
  EXPECT_EQ(tried, 4);
}

TEST_F(Load, EveryCutIsNoticed) {
  std::string good = sealed(file);
  // Of a sealed file, the seal alone may be missing.
  for (size_t size = 0; size < file.size(); size += size < 1024 ? 1 : 4999) {
    tn_status status = check(good.substr(0, size), &message);
    ASSERT_NE(status, TN_OK) << size;
  }
  EXPECT_NE(open(good.substr(0, good.size() / 2)), TN_OK);
}

// Without the seal the tables have to protect us by themselves.
TEST_F(Load, DamagedTablesStayInBounds) {
  std::mt19937 random(11);
  tn_source source = tn_memory_source(file.data(), file.size());
  tn_elf elf;
  ASSERT_EQ(tn_elf_read(&source, &elf, &message), TN_OK);
  uint64_t sections;
  std::memcpy(&sections, file.data() + 40, 8);
  std::pair<size_t, size_t> regions[] = {{0, 64 + 56 * 12},
                                         {sections, file.size() - sections},
                                         {elf.meta_offset, elf.meta_size}};
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string damaged = file;
    for (int k = random() % 3; k >= 0; --k) {
      auto [begin, size] = regions[random() % 3];
      size_t at = begin + random() % size;
      if (random() % 2)
        damaged[at] = static_cast<char>(random());
      else
        damaged.replace(at, std::min<size_t>(8, file.size() - at),
                        std::min<size_t>(8, file.size() - at), '\xff');
    }
    refused += check(damaged, &message) != TN_OK;
  }
  EXPECT_GT(refused, 1500);
}

} // namespace
