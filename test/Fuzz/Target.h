//===-- Target.h - what a fuzz target defines -------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_TEST_FUZZ_TARGET_H
#define TENON_TEST_FUZZ_TARGET_H

#include <cstddef>
#include <cstdint>
#include <vector>

// libFuzzer's entry point. Must answer any bytes with a result or an error
// message; a crash, a leak or an allocation that the size does not justify is
// a finding. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// One valid input, for targets that have no files to start from.
std::vector<uint8_t> tenonFuzzSeed();

// Aborts unless the condition holds: for what must be true of every input.
#define TENON_FUZZ_REQUIRE(condition)                                          \
  do {                                                                         \
    if (!(condition))                                                          \
      __builtin_trap();                                                        \
  } while (false)

#endif // TENON_TEST_FUZZ_TARGET_H
