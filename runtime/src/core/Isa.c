//===-- Isa.c - CPU features of the host --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Asks the CPU itself: __builtin_cpu_supports would need libgcc, which an
// artifact does not link.
#include "core/Isa.h"
#include "core/Message.h"

#include <stdio.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>

enum { LEAF1_ECX, LEAF7_EBX, LEAF7_ECX, LEAF7_EDX, LEAF71_EAX, EXT1_ECX, REGS };
enum { NO_STATE, AVX_STATE, AVX512_STATE };

typedef struct {
  uint64_t bit;
  const char *name;
  unsigned char reg, shift, state;
} feature;

static const feature features[] = {
    {TN_ISA_SSE3, "sse3", LEAF1_ECX, 0, NO_STATE},
    {TN_ISA_SSSE3, "ssse3", LEAF1_ECX, 9, NO_STATE},
    {TN_ISA_SSE4_1, "sse4.1", LEAF1_ECX, 19, NO_STATE},
    {TN_ISA_SSE4_2, "sse4.2", LEAF1_ECX, 20, NO_STATE},
    {TN_ISA_POPCNT, "popcnt", LEAF1_ECX, 23, NO_STATE},
    {TN_ISA_CX16, "cx16", LEAF1_ECX, 13, NO_STATE},
    {TN_ISA_AVX, "avx", LEAF1_ECX, 28, AVX_STATE},
    {TN_ISA_AVX2, "avx2", LEAF7_EBX, 5, AVX_STATE},
    {TN_ISA_FMA, "fma", LEAF1_ECX, 12, AVX_STATE},
    {TN_ISA_F16C, "f16c", LEAF1_ECX, 29, AVX_STATE},
    {TN_ISA_BMI1, "bmi", LEAF7_EBX, 3, NO_STATE},
    {TN_ISA_BMI2, "bmi2", LEAF7_EBX, 8, NO_STATE},
    {TN_ISA_LZCNT, "lzcnt", EXT1_ECX, 5, NO_STATE},
    {TN_ISA_MOVBE, "movbe", LEAF1_ECX, 22, NO_STATE},
    {TN_ISA_AVX512F, "avx512f", LEAF7_EBX, 16, AVX512_STATE},
    {TN_ISA_AVX512BW, "avx512bw", LEAF7_EBX, 30, AVX512_STATE},
    {TN_ISA_AVX512CD, "avx512cd", LEAF7_EBX, 28, AVX512_STATE},
    {TN_ISA_AVX512DQ, "avx512dq", LEAF7_EBX, 17, AVX512_STATE},
    {TN_ISA_AVX512VL, "avx512vl", LEAF7_EBX, 31, AVX512_STATE},
    {TN_ISA_AVX512IFMA, "avx512ifma", LEAF7_EBX, 21, AVX512_STATE},
    {TN_ISA_AVX512VBMI, "avx512vbmi", LEAF7_ECX, 1, AVX512_STATE},
    {TN_ISA_AVX512VBMI2, "avx512vbmi2", LEAF7_ECX, 6, AVX512_STATE},
    {TN_ISA_AVX512VNNI, "avx512vnni", LEAF7_ECX, 11, AVX512_STATE},
    {TN_ISA_AVX512BITALG, "avx512bitalg", LEAF7_ECX, 12, AVX512_STATE},
    {TN_ISA_AVX512VPOPCNTDQ, "avx512vpopcntdq", LEAF7_ECX, 14, AVX512_STATE},
    {TN_ISA_AVX512BF16, "avx512bf16", LEAF71_EAX, 5, AVX512_STATE},
    {TN_ISA_AVX512FP16, "avx512fp16", LEAF7_EDX, 23, AVX512_STATE},
    {TN_ISA_AVXVNNI, "avxvnni", LEAF71_EAX, 4, AVX_STATE},
    {TN_ISA_GFNI, "gfni", LEAF7_ECX, 8, NO_STATE},
    {TN_ISA_VAES, "vaes", LEAF7_ECX, 9, AVX_STATE},
    {TN_ISA_VPCLMULQDQ, "vpclmulqdq", LEAF7_ECX, 10, AVX_STATE},
    {TN_ISA_AES, "aes", LEAF1_ECX, 25, NO_STATE},
    {TN_ISA_PCLMUL, "pclmul", LEAF1_ECX, 1, NO_STATE},
    {TN_ISA_ADX, "adx", LEAF7_EBX, 19, NO_STATE},
};

_Static_assert(sizeof(features) / sizeof(features[0]) == TN_ISA_COUNT,
               "every TN_ISA_* bit has a row");

uint32_t tn_host_arch(void) { return TN_ARCH_X86_64; }

uint64_t tn_host_isa(void) {
  unsigned reg[REGS] = {0}, a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &reg[LEAF1_ECX], &d))
    return 0;
  // Leaf 7 says in EAX whether subleaf 1 exists.
  if (__get_cpuid_count(7, 0, &a, &reg[LEAF7_EBX], &reg[LEAF7_ECX],
                        &reg[LEAF7_EDX]) &&
      a >= 1)
    __get_cpuid_count(7, 1, &reg[LEAF71_EAX], &b, &c, &d);
  __get_cpuid(0x80000001, &a, &b, &reg[EXT1_ECX], &d);

  // A CPU may have vector registers that the system does not save; using them
  // would fault. XCR0: bits 1-2 are xmm and ymm, 5-7 masks and zmm.
  unsigned saved = 0, high = 0;
  if (reg[LEAF1_ECX] >> 27 & 1) // OSXSAVE
    __asm__ volatile("xgetbv" : "=a"(saved), "=d"(high) : "c"(0));
  int state = NO_STATE;
  if ((saved & 0x06) == 0x06)
    state = (saved & 0xe0) == 0xe0 ? AVX512_STATE : AVX_STATE;

  uint64_t bits = 0;
  for (size_t i = 0; i < TN_ISA_COUNT; ++i)
    if ((reg[features[i].reg] >> features[i].shift & 1) &&
        features[i].state <= state)
      bits |= features[i].bit;
  return bits;
}

static const char *featureName(int bit) {
  for (size_t i = 0; i < TN_ISA_COUNT; ++i)
    if (features[i].bit == UINT64_C(1) << bit)
      return features[i].name;
  return NULL;
}

#else

uint32_t tn_host_arch(void) {
#if defined(__aarch64__)
  return TN_ARCH_AARCH64;
#else
  return 0;
#endif
}
uint64_t tn_host_isa(void) { return 0; }
static const char *featureName(int bit) {
  (void)bit;
  return NULL;
}

#endif

tn_status tn_check_isa(uint32_t arch, uint64_t required, uint64_t host,
                       const char *model, const char *target,
                       tn_message *message) {
  if (arch != tn_host_arch())
    return tn_fail(message, TN_INCOMPATIBLE,
                   "model '%.200s' was compiled for another processor family "
                   "(%.80s); compile it for this machine",
                   model, target);
  uint64_t missing = required & ~host;
  if (!missing)
    return TN_OK;
  char names[512];
  size_t used = 0;
  names[0] = '\0';
  for (int bit = 0; bit < 64 && used < sizeof(names) - 32; ++bit) {
    if (!(missing >> bit & 1))
      continue;
    const char *name = featureName(bit);
    if (name)
      used += snprintf(names + used, sizeof(names) - used, " %s", name);
    else
      used += snprintf(names + used, sizeof(names) - used, " feature-%d", bit);
  }
  return tn_fail(message, TN_INCOMPATIBLE,
                 "model '%.200s' was compiled for '%.80s', and this CPU or "
                 "operating system lacks:%s; compile it again with "
                 "--cpu=native here, or with an older --cpu",
                 model, target, names);
}
