//===-- Wire.h - protobuf's wire format -------------------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A message is a run of (field number, wire type) keys, each with a varint, 4,
// 8, or a counted number of bytes.
//
//===--------------------------------------------------------------------===//
#ifndef TENON_RUNTIME_CLI_WIRE_H
#define TENON_RUNTIME_CLI_WIRE_H

#include <stdint.h>

enum {
  TN_WIRE_VARINT = 0,
  TN_WIRE_FIXED64 = 1,
  TN_WIRE_COUNTED = 2,
  TN_WIRE_FIXED32 = 5
};

// What is still to be read.
typedef struct tn_wire {
  const unsigned char *at, *end;
} tn_wire;

// One key with its value; bytes spans the value of all but varints, whole the
// key too.
typedef struct tn_wire_entry {
  uint64_t number, varint;
  unsigned wire;
  tn_wire bytes, whole;
} tn_wire_entry;

// Each returns 0 at what is malformed or cut off.
int tn_wire_varint(tn_wire *wire, uint64_t *value);
int tn_wire_next(tn_wire *wire, tn_wire_entry *entry);

// The dtype that ONNX calls by this number; 0 for those that we have not.
int32_t tn_onnx_dtype(uint64_t type);

#endif // TENON_RUNTIME_CLI_WIRE_H
