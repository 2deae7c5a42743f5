//===-- Isa.h - CPU features of the host ------------------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CORE_ISA_H
#define TENON_RUNTIME_CORE_ISA_H

#include "tenon/abi.h"

// TN_ARCH_* of the machine this was compiled for, 0 when it has no name.
uint32_t tn_host_arch(void);

// TN_ISA_* bits that both the CPU and the operating system offer.
uint64_t tn_host_isa(void);

// TN_INCOMPATIBLE, naming model, target and the missing features, unless this
// host has all of `required`.
tn_status tn_check_isa(uint32_t arch, uint64_t required, uint64_t host,
                       const char *model, const char *target,
                       tn_message *message);

#endif // TENON_RUNTIME_CORE_ISA_H
