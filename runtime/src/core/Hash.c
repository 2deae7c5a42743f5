//===-- Hash.c - XXH64 --------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The published XXH64 algorithm. Detects damage; it is no defence against
// someone who forges an artifact.
#include "core/Hash.h"

#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "artifacts are little-endian, and so must be the host"
#endif

static const uint64_t P1 = UINT64_C(0x9E3779B185EBCA87);
static const uint64_t P2 = UINT64_C(0xC2B2AE3D27D4EB4F);
static const uint64_t P3 = UINT64_C(0x165667B19E3779F9);
static const uint64_t P4 = UINT64_C(0x85EBCA77C2B2AE63);
static const uint64_t P5 = UINT64_C(0x27D4EB2F165667C5);

static uint64_t rotate(uint64_t x, int bits) {
  return (x << bits) | (x >> (64 - bits));
}

static uint64_t read64(const unsigned char *p) {
  uint64_t x;
  memcpy(&x, p, sizeof(x));
  return x;
}

static uint64_t read32(const unsigned char *p) {
  uint32_t x;
  memcpy(&x, p, sizeof(x));
  return x;
}

static uint64_t mixRound(uint64_t acc, uint64_t input) {
  return rotate(acc + input * P2, 31) * P1;
}

static uint64_t mergeRound(uint64_t acc, uint64_t lane) {
  return (acc ^ mixRound(0, lane)) * P1 + P4;
}

uint64_t tn_hash(const void *data, size_t size) {
  const unsigned char *p = data;
  size_t left = size;
  uint64_t h = P5;
  if (left >= 32) {
    uint64_t a = P1 + P2, b = P2, c = 0, d = 0 - P1;
    for (; left >= 32; left -= 32, p += 32) {
      a = mixRound(a, read64(p));
      b = mixRound(b, read64(p + 8));
      c = mixRound(c, read64(p + 16));
      d = mixRound(d, read64(p + 24));
    }
    h = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
    h = mergeRound(h, a);
    h = mergeRound(h, b);
    h = mergeRound(h, c);
    h = mergeRound(h, d);
  }
  h += size;
  for (; left >= 8; left -= 8, p += 8)
    h = rotate(h ^ mixRound(0, read64(p)), 27) * P1 + P4;
  if (left >= 4) {
    h = rotate(h ^ (read32(p) * P1), 23) * P2 + P3;
    left -= 4;
    p += 4;
  }
  for (; left; --left, ++p)
    h = rotate(h ^ (*p * P5), 11) * P1;
  h = (h ^ (h >> 33)) * P2;
  h = (h ^ (h >> 29)) * P3;
  return h ^ (h >> 32);
}
