//===-- Npz.cpp - fuzz target: numpy's archives ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
extern "C" {
#include "runtime/src/cli/Npz.h"
}
#include "test/Fuzz/Target.h"

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  tn_npz npz;
  tn_message message;
  if (tn_npz_parse("data.npz", data, size, &npz, &message) != TN_OK) {
    TENON_FUZZ_REQUIRE(message.text[0] != '\0');
    return 0;
  }
  volatile uint64_t sink = 0;
  for (uint64_t i = 0; i < npz.count; ++i) {
    std::string name(npz.members[i].name, npz.members[i].name_size);
    tn_npz_array array;
    if (tn_npz_find(&npz, name.c_str(), &array, &message) != TN_OK) {
      TENON_FUZZ_REQUIRE(message.text[0] != '\0');
      continue;
    }
    const auto *bytes = static_cast<const uint8_t *>(array.data);
    for (uint64_t k = 0; k < array.shape.bytes; ++k)
      sink = sink + bytes[k];
  }
  tn_npz_close(&npz);
  return 0;
}

static void put(std::vector<uint8_t> &to, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8)
    to.push_back(static_cast<uint8_t>(value));
}

// One stored array x of two floats.
std::vector<uint8_t> tenonFuzzSeed() {
  const std::string name = "x.npy";
  std::string content("\x93NUMPY\x01\x00\x36\x00", 10);
  content += "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}";
  content.resize(10 + 0x36, '\n');
  content.append(8, '\1');
  auto fields = [&](std::vector<uint8_t> &to) {
    put(to, 20, 2);
    put(to, 0, 4);
    put(to, 0x210000, 4);
    put(to, 0, 4); // nobody looks at the check sum
    put(to, content.size(), 4);
    put(to, content.size(), 4);
    put(to, name.size(), 2);
    put(to, 0, 2);
  };
  std::vector<uint8_t> seed;
  put(seed, 0x04034b50, 4);
  fields(seed);
  seed.insert(seed.end(), name.begin(), name.end());
  seed.insert(seed.end(), content.begin(), content.end());
  size_t directory = seed.size();
  put(seed, 0x02014b50, 4);
  put(seed, 20, 2);
  fields(seed);
  put(seed, 0, 10);
  put(seed, 0, 4);
  seed.insert(seed.end(), name.begin(), name.end());
  size_t size = seed.size() - directory;
  put(seed, 0x06054b50, 4);
  put(seed, 0, 4);
  put(seed, 1, 2);
  put(seed, 1, 2);
  put(seed, size, 4);
  put(seed, directory, 4);
  put(seed, 0, 2);
  return seed;
}
