//===-- FakeModel.h - a model made by hand ----------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Writes metadata without the compiler's code for it, so that the two
// implementations check each other.
//
//===----------------------------------------------------------------------===//
#ifndef TENON_TEST_UNIT_RUNTIME_FAKEMODEL_H
#define TENON_TEST_UNIT_RUNTIME_FAKEMODEL_H

#include "tenon/abi.h"

#include <cstdint>
#include <string>
#include <vector>

struct FakeTensor {
  std::string name;
  tn_dtype dtype;
  std::vector<int64_t> dims;
};

struct FakeEntry {
  std::vector<FakeTensor> inputs, outputs;
  std::vector<std::pair<std::string, std::string>> ops; // name, type
};

struct FakeState {
  FakeTensor tensor;
  uint32_t kind;
  std::string source;
  uint64_t offset;
};

struct FakeInfo {
  std::string name = "fake";
  std::string cpu = "x86-64-v1";
  uint64_t isa = 0;
  std::vector<FakeTensor> inputs, outputs;
  std::vector<std::pair<std::string, std::string>> ops; // name, type
  // With TN_STEP, TN_EVAL and TN_INIT.
  bool trains = false;
  FakeEntry step, eval;
  std::vector<FakeState> states;
  uint64_t stateBytes = 0, sourceHash = 0;
  std::string labels;
  int64_t labelClasses = 0, ignoreLabel = 0;
  uint64_t activationBytes = 0, scratchStride = 0;
  uint32_t maxThreads = 8;
  std::string weights;
  std::string json = "{}";
};

// 8-byte aligned; `size` bytes of it count.
struct MetaBytes {
  std::vector<uint64_t> words;
  uint64_t size = 0;
  char *data() { return reinterpret_cast<char *>(words.data()); }
  tn_meta_header *header() {
    return reinterpret_cast<tn_meta_header *>(words.data());
  }
};

MetaBytes buildMeta(const FakeInfo &info);

// Makes the hash right after a change.
void rehash(MetaBytes &meta);

class FakeModel {
public:
  FakeModel(const FakeInfo &info, tn_step_fn infer, tn_step_fn step = nullptr,
            tn_step_fn eval = nullptr, tn_step_fn init = nullptr);
  const tn_model *get() const { return &model; }
  MetaBytes meta;
  std::string weights;
  tn_step_fn entries[TN_ENTRY_COUNT];
  tn_model model;
};

// A context that is destroyed at the end of the scope.
class ScopedContext {
public:
  explicit ScopedContext(const tn_model *model, uint32_t threads = 1,
                         uint32_t flags = 0, uint64_t withhold = 0) {
    tn_context_options options{};
    options.struct_size = sizeof(options);
    options.threads = threads;
    options.flags = flags;
    options.withhold_bytes = withhold;
    status = tn_context_create(model, &options, &handle, &message);
  }
  ScopedContext(const ScopedContext &) = delete;
  ~ScopedContext() { tn_context_destroy(handle); }
  operator tn_context *() const { return handle; }

  tn_status status;
  tn_message message;

private:
  tn_context *handle = nullptr;
};

// f32 x[n] -> f32 y[n], with y[i] computed from x[i] by a chain of launches.
FakeInfo chainInfo(int64_t n);
int32_t chainStep(tn_exec *exec, void *const *inputs, void *const *outputs,
                  char *arena, const char *weights, char *state);
// What it should give for x.
float chainExpected(float x);
// Number of elements the current chain works on; set before a run.
extern int64_t chainSize;

// What FakeTrainer.h describes.
FakeInfo trainerInfo();

#endif // TENON_TEST_UNIT_RUNTIME_FAKEMODEL_H
