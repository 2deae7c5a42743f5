//===-- MakeMeta.cpp - writes the metadata of FakeArtifact.c --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FakeModel.h"

extern "C" {
#include "runtime/src/core/Hash.h"
}

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

static uint64_t hashOf(const char *path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  return tn_hash(bytes.data(), bytes.size());
}

// MakeMeta OUT NAME ISA [SOURCE]: what FakeArtifact.c includes as its
// .tn.meta.
int main(int argc, char **argv) {
  if (argc < 4)
    return 1;
  FakeInfo info;
  if (!std::strncmp(argv[2], "trainer", 7))
    info = trainerInfo();
  info.name = argv[2];
  info.isa = std::strtoull(argv[3], nullptr, 0);
  if (argc > 4)
    info.sourceHash = hashOf(argv[4]);
  if (!info.trains) {
    info.inputs = {{"x", TN_F32, {2, 3}}};
    info.outputs = {{"y", TN_F32, {2, 3}}};
    info.ops = {{"add_0", "Add"}};
  }
  info.weights.assign((1 << 20) + 1000, '\0');
  for (size_t i = 0; i < info.weights.size(); ++i)
    info.weights[i] = static_cast<char>(i % 251);
  MetaBytes meta = buildMeta(info);
  std::ofstream file(argv[1], std::ios::binary);
  file.write(meta.data(), meta.size);
  std::ofstream weights(std::string(argv[1]) + ".weights", std::ios::binary);
  weights << info.weights;
  return file.good() && weights.good() ? 0 : 1;
}
