//===-- Driver.cpp - seeded mutations without libFuzzer -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   TARGET FILE...                     runs each file once
//   TARGET --mutations=N [FILE...]     and N mutations of them, or of the
//                                      target's own seed
//
// The same mutations on every machine. The input that runs is kept in
// TARGET.last-input, so that a crash leaves it behind.
//
//===----------------------------------------------------------------------===//

#include "test/Fuzz/Target.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

using Bytes = std::vector<uint8_t>;

__attribute__((weak)) std::vector<uint8_t> tenonFuzzSeed() { return {}; }

namespace {

constexpr unsigned kSecondsPerInput = 30;

int lastInputFile = -1;

void runOne(const Bytes &input) {
  // Before the run, because a crash leaves no chance after it.
  if (ftruncate(lastInputFile, 0) != 0 ||
      pwrite(lastInputFile, input.data(), input.size(), 0) !=
          static_cast<ssize_t>(input.size())) {
    std::perror("cannot keep the input");
    std::exit(2);
  }
  alarm(kSecondsPerInput);
  // A copy of exactly this size: a read past it is one past the allocation.
  std::unique_ptr<uint8_t[]> copy(new uint8_t[input.size()]);
  if (!input.empty())
    std::memcpy(copy.get(), input.data(), input.size());
  LLVMFuzzerTestOneInput(copy.get(), input.size());
  alarm(0);
}

class Mutator {
public:
  explicit Mutator(const std::vector<Bytes> &seeds) : seeds(seeds) {}

  Bytes next() {
    Bytes bytes = seeds[below(seeds.size())];
    for (size_t edits = 1 + below(4); edits > 0; --edits)
      edit(bytes);
    return bytes;
  }

private:
  // Not std::uniform_int_distribution: its values differ between libraries.
  size_t below(size_t bound) { return random() % bound; }

  void edit(Bytes &bytes) {
    if (bytes.empty()) {
      bytes.push_back(static_cast<uint8_t>(random()));
      return;
    }
    size_t at = below(bytes.size());
    switch (below(7)) {
    case 0:
      bytes[at] ^= static_cast<uint8_t>(1u << below(8));
      break;
    case 1:
      bytes[at] = static_cast<uint8_t>(random());
      break;
    case 2:
      bytes.resize(at);
      break;
    case 3:
      bytes.erase(bytes.begin() + static_cast<ptrdiff_t>(at),
                  bytes.begin() + static_cast<ptrdiff_t>(
                                      at + below(bytes.size() - at + 1)));
      break;
    case 4: { // a piece of another seed, or of the same
      const Bytes &from = seeds[below(seeds.size())];
      size_t begin = below(from.size() + 1);
      size_t count = below(std::min<size_t>(from.size() - begin, 256) + 1);
      bytes.insert(bytes.begin() + static_cast<ptrdiff_t>(at),
                   from.begin() + static_cast<ptrdiff_t>(begin),
                   from.begin() + static_cast<ptrdiff_t>(begin + count));
      break;
    }
    default: { // an integer at the edges of its range
      static const uint64_t edges[] = {0,
                                       1,
                                       0x7f,
                                       0x80,
                                       0xff,
                                       0x7fff,
                                       0xffff,
                                       0x7fffffff,
                                       0x80000000,
                                       0xffffffff,
                                       0x7fffffffffffffff,
                                       0x8000000000000000,
                                       0xffffffffffffffff};
      uint64_t value = edges[below(std::size(edges))];
      size_t width = std::min(size_t(1) << below(4), bytes.size() - at);
      std::memcpy(&bytes[at], &value, width);
      break;
    }
    }
  }

  const std::vector<Bytes> &seeds;
  std::mt19937_64 random{1};
};

} // namespace

int main(int argc, char **argv) {
  unsigned long mutations = 0;
  std::vector<Bytes> seeds;
  for (int i = 1; i < argc; ++i) {
    static const char option[] = "--mutations=";
    if (std::strncmp(argv[i], option, sizeof(option) - 1) == 0) {
      mutations = std::strtoul(argv[i] + sizeof(option) - 1, nullptr, 10);
      continue;
    }
    std::ifstream file(argv[i], std::ios::binary);
    if (!file) {
      std::fprintf(stderr, "%s: cannot be read\n", argv[i]);
      return 2;
    }
    seeds.emplace_back(std::istreambuf_iterator<char>(file),
                       std::istreambuf_iterator<char>());
  }
  if (seeds.empty())
    seeds.push_back(tenonFuzzSeed());
  if (seeds.front().empty()) {
    std::fprintf(stderr, "%s: no seed; name a file\n", argv[0]);
    return 2;
  }

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#if defined(__has_feature)
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
#define TENON_LIMIT_MEMORY
#endif
#else
#define TENON_LIMIT_MEMORY
#endif
#endif
#ifdef TENON_LIMIT_MEMORY
  // Far above what any seed needs, far below what a forged size asks for.
  const rlim_t bytes = rlim_t(3) << 30;
  const rlimit limit = {bytes, bytes};
  setrlimit(RLIMIT_DATA, &limit);
#endif

  const char *slash = std::strrchr(argv[0], '/');
  std::string lastInput =
      std::string(slash ? slash + 1 : argv[0]) + ".last-input";
  lastInputFile = open(lastInput.c_str(), O_CREAT | O_RDWR | O_TRUNC, 0644);
  for (const Bytes &seed : seeds)
    runOne(seed);
  Mutator mutator(seeds);
  for (unsigned long i = 0; i < mutations; ++i)
    runOne(mutator.next());
  std::remove(lastInput.c_str());
  std::printf("%zu seeds and %lu mutations ran\n", seeds.size(), mutations);
  return 0;
}
