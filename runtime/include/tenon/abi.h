/*===-- abi.h - C interface of a compiled model -----------------*- C -*-===*/
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                 */
/*
 * A compiled model exports one symbol, tn_<model>_query(), which returns the
 * immutable, shared model. Everything else is reached through that model's
 * table of functions, by the inline tn_* wrappers below; programs use only
 * these.
 *
 * Ownership. The model and every string, shape and specification that it hands
 * out live as long as the artifact is linked or loaded. A context belongs to
 * whoever created it and ends with tn_context_destroy(). Tensors given to
 * tn_run() belong to the caller, are used in place, and are not kept.
 *
 * Training. A model compiled with --train has state: parameters, optimizer
 * state, statistics, a step counter. Every context has a state of its own,
 * which tn_init() or tn_set_state() must fill before the first step, evaluation
 * or inference. A step that fails for a reason found before its guard (a loss
 * or gradient that is not finite, a label out of range) leaves the state
 * untouched.
 *
 * Threads. Any number of contexts of one model may run at the same time; one
 * context runs one step at a time. The weights exist once per process.
 *
 * Errors. A function that can fail returns a tn_status, TN_OK being 0, and
 * takes a tn_message last, which may be NULL. On return the message holds a
 * NUL-terminated sentence (cut, not overrun, when too long), empty on TN_OK.
 * Out-parameters are NULL or zero on failure.
 *
 * Units. Sizes and offsets are bytes. Shapes are in elements, row-major.
 *
 * Versions. Structs that may grow begin with struct_size, which the caller sets
 * to sizeof; new fields come only at the end and mean "as before" when zero.
 */
#ifndef TENON_ABI_H
#define TENON_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Changes when a struct or function below changes incompatibly. */
#define TN_ABI_VERSION 2u

/*===-- Status -----------------------------------------------------------===*/

typedef int32_t tn_status;
enum {
  TN_OK = 0,
  TN_INVALID_ARGUMENT = 1, /* the caller's argument: shape, dtype, NULL, ... */
  TN_INCOMPATIBLE = 2,     /* this CPU or ABI version is not the artifact's */
  TN_CORRUPT = 3,          /* the artifact's bytes are not what was written */
  TN_NOT_FOUND = 4,        /* no such file, symbol or section */
  TN_IO_ERROR = 5,         /* the operating system refused */
  TN_OUT_OF_MEMORY = 6,    /* the arena, the threads or a handle */
  TN_BUSY = 7,             /* the context is running another step */
  TN_STEP_ERROR = 8,       /* the step ended in an error; see the message */
  TN_INTERNAL = 9          /* a broken promise of the compiler's own */
};

#define TN_MESSAGE_SIZE 1024
typedef struct tn_message {
  char text[TN_MESSAGE_SIZE];
} tn_message;

/*===-- Tensors ----------------------------------------------------------===*/

typedef int32_t tn_dtype;
enum {
  TN_F32 = 1,
  TN_F64 = 2,
  TN_F16 = 3,
  TN_BF16 = 4,
  TN_I8 = 5,
  TN_U8 = 6,
  TN_I16 = 7,
  TN_U16 = 8,
  TN_I32 = 9,
  TN_U32 = 10,
  TN_I64 = 11,
  TN_U64 = 12,
  TN_BOOL = 13 /* one byte, 0 or 1 */
};

/* Bytes of one element, 0 for a value that is no dtype. */
static inline size_t tn_dtype_size(tn_dtype dtype) {
  static const uint8_t sizes[] = {0, 4, 8, 2, 2, 1, 1, 2, 2, 4, 4, 8, 8, 1};
  return dtype < 0 || dtype > TN_BOOL ? 0 : sizes[dtype];
}

/* A dense row-major buffer of the caller's. Data is aligned to the element
   unless the specification asks for more. dims has rank entries; it may be NULL
   when rank is 0. Inputs are only read. */
typedef struct tn_tensor {
  void *data;
  tn_dtype dtype;
  int32_t rank;
  const int64_t *dims;
} tn_tensor;

/* What the model expects of, or promises for, one tensor. */
typedef struct tn_tensor_spec {
  const char *name;
  tn_dtype dtype;
  int32_t rank;
  const int64_t *dims;
  uint64_t bytes;     /* elements x element size */
  uint64_t alignment; /* required of data, a power of two */
  /* Of TN_STATE only, else 0 and NULL: TN_STATE_*, and the initializer or
     constant of the source model whose value it replaces, "" when none. */
  int32_t state_kind;
  const char *source;
} tn_tensor_spec;

/*===-- Models and contexts ----------------------------------------------===*/

typedef struct tn_model tn_model;     /* immutable; never freed by the user */
typedef struct tn_context tn_context; /* arena, threads, error state */
typedef struct tn_vtable tn_vtable;

/* What a model can be asked to do. An inference artifact has TN_INFER only. */
enum {
  TN_INFER = 0,
  TN_STEP = 1, /* one training step: reads a batch, updates the state */
  TN_EVAL = 2, /* loss and metrics of a batch; leaves the state alone */
  TN_INIT = 3, /* fills the state from a seed */
  TN_ENTRY_COUNT = 4
};

/* What a tensor of the state is for. */
enum {
  TN_STATE_PARAMETER = 1, /* trained */
  TN_STATE_OPTIMIZER = 2, /* momentum and the like */
  TN_STATE_STATISTIC = 3, /* running mean and variance */
  TN_STATE_COUNTER = 4    /* steps done */
};

typedef struct tn_model_info {
  size_t struct_size;
  const char *name;
  uint32_t input_count; /* of inference, as output_count and op_count */
  uint32_t output_count;
  uint32_t max_threads; /* part of the plan: never more than this */
  uint32_t op_count;    /* entries of the node table: one a launch, in order */
  uint64_t arena_bytes; /* activations and all workers' workspace */
  uint64_t workspace_bytes; /* of one worker, contained in arena_bytes */
  uint64_t weights_bytes;   /* mapped read-only, shared by all contexts */
  uint64_t isa_required;    /* TN_ISA_* */
  const char *target_cpu;   /* as given to the compiler */
  const char *json;         /* description for tools; not NUL-terminated */
  uint64_t json_size;
  uint32_t entries; /* bit TN_INFER, TN_STEP, ... set: the model has it */
  uint32_t state_count;
  uint64_t state_bytes; /* of one context's state */
  uint32_t step_input_count;
  uint32_t step_output_count;
  uint32_t step_op_count;
  uint32_t eval_input_count;
  uint32_t eval_output_count;
  uint32_t eval_op_count;
  /* The input of step and evaluation that holds class labels, "" when none;
     how many classes it tells apart, 0 when unknown; and the label that takes
     no part in loss and metrics. */
  const char *labels;
  int64_t label_classes;
  int64_t ignore_label;
  uint64_t source_hash; /* XXH64, seed 0, of the model file; 0: unknown */
} tn_model_info;

enum {
  /* Development aid: the arena ends at an unmapped page, and so do the state
     and each worker's workspace; what lies between is checked after every step,
     and so is that the state has changed only where it may. */
  TN_CONTEXT_GUARD_PAGES = 1u << 0
};

typedef struct tn_context_options {
  size_t struct_size;
  uint32_t
      threads;    /* 0: as many as this process may use, at most max_threads */
  uint32_t flags; /* TN_CONTEXT_* */
  /* Development aid: with TN_CONTEXT_GUARD_PAGES, so many bytes (a multiple of
     64) are withheld from the end of the activations, so that a plan which
     needs them faults. */
  uint64_t withhold_bytes;
  /* Development aid: launch i of each step adds its nanoseconds to entry i, for
     i below launch_count. The caller's, until the context is destroyed; NULL:
     no clock is read. */
  uint64_t *launch_nanoseconds;
  uint32_t launch_count;
} tn_context_options;

typedef struct tn_memory_stats {
  size_t struct_size;
  uint64_t arena_bytes;      /* as planned; what the context mapped, once */
  uint64_t activation_bytes; /* of it, without workspace */
  uint64_t workspace_bytes;  /* of it, all workers the plan allows for */
  uint64_t weights_bytes;    /* read-only and shared; not in the arena */
  uint32_t threads;          /* of this context, the caller's included */
  uint32_t reserved;
  uint64_t state_bytes; /* mapped beside the arena */
} tn_memory_stats;

/* Which tensors of the signature tn_spec() speaks of. */
enum {
  TN_INPUT = 0,
  TN_OUTPUT = 1,
  TN_STEP_INPUT = 2,
  TN_STEP_OUTPUT = 3,
  TN_EVAL_INPUT = 4,
  TN_EVAL_OUTPUT = 5,
  TN_STATE = 6
};

struct tn_vtable {
  uint32_t abi_version;
  uint32_t struct_size;
  tn_status (*check)(const tn_model *, tn_message *);
  tn_status (*verify)(const tn_model *, tn_message *);
  tn_status (*info)(const tn_model *, tn_model_info *, tn_message *);
  tn_status (*spec)(const tn_model *, int32_t kind, uint32_t index,
                    tn_tensor_spec *, tn_message *);
  tn_status (*context_create)(const tn_model *, const tn_context_options *,
                              tn_context **, tn_message *);
  void (*context_destroy)(tn_context *);
  /* entry is TN_INFER, TN_STEP or TN_EVAL. */
  tn_status (*run)(tn_context *, int32_t entry, const tn_tensor *inputs,
                   uint32_t input_count, const tn_tensor *outputs,
                   uint32_t output_count, tn_message *);
  tn_status (*memory)(const tn_context *, tn_memory_stats *, tn_message *);
  tn_status (*init)(tn_context *, uint64_t seed, tn_message *);
  uint64_t (*state_bytes)(const tn_model *);
  tn_status (*get_state)(tn_context *, void *blob, uint64_t size, tn_message *);
  tn_status (*set_state)(tn_context *, const void *blob, uint64_t size,
                         tn_message *);
  tn_status (*state_data)(tn_context *, uint32_t index, const void **data,
                          tn_message *);
};

/* The part of a context that the wrappers need. */
struct tn_context {
  const tn_vtable *vtable;
};

/*===-- Contract with generated code -------------------------------------===*/
/* Only the compiler and the runtime need this part. */

/* State of one running step. */
typedef struct tn_exec tn_exec;

/* Runs the tiles [begin, end) of a launch's grid. args are the launch's.
   scratch is this worker's workspace, 64-byte aligned, its content undefined.
 */
typedef void (*tn_kernel_fn)(void *const *args, int64_t begin, int64_t end,
                             void *scratch);

/* One entry of the model. inputs and outputs are the caller's data pointers in
   the entry's order; state is the context's, 64-byte aligned, NULL when the
   model has none. TN_INIT has one input, the seed (one uint64_t), and no
   output. Returns 0, or a tn_status. */
typedef int32_t (*tn_step_fn)(tn_exec *exec, void *const *inputs,
                              void *const *outputs, char *arena,
                              const char *weights, char *state);

/* What an artifact's object defines, as hidden constant data, one per model:
     tn_step_fn entries[TN_ENTRY_COUNT] = {infer, step, evaluate, init};
     tn_model d = {&tn_runtime_vtable, meta, meta_size, weights, weights_size,
                   entries};
   together with the one exported symbol,
     const tn_model *tn_<model>_query(void) { return &d; }
   so that neither needs initialisation, and one process may hold any number
   of models, each with a hidden runtime of its own or sharing one. */
struct tn_model {
  const tn_vtable *vtable;
  const void *meta; /* section .tn.meta, 8-byte aligned */
  uint64_t meta_size;
  const char *weights; /* section .tn.weights, page-aligned; NULL when none */
  uint64_t weights_size;
  const tn_step_fn *entries; /* TN_ENTRY_COUNT of them; NULL where absent */
};

#if defined(__GNUC__)
#define TN_HIDDEN __attribute__((visibility("hidden")))
#else
#define TN_HIDDEN
#endif

/* The runtime's functions; the artifact refers to it from its descriptor. */
extern TN_HIDDEN const tn_vtable tn_runtime_vtable;

/* Called by a step: runs fn over all tiles [0, grid), split over the context's
   workers, and returns when all are done. Which worker runs which tile is not
   determined, so tiles must be independent; the result is. Kernels must not
   call it. Allocates nothing. A grid of 0 or less runs nothing. */
TN_HIDDEN void tn_launch(tn_exec *exec, tn_kernel_fn fn, void *const *args,
                         int64_t grid);

/* Called by a step or by a kernel that got exec among its args: records that
   the node `op` (an index into the metadata's node table) met a bad value at
   `index` of its operand. The first launch, and in it the least (op, index), is
   kept, whatever the threads; the step then ends in TN_STEP_ERROR. */
TN_HIDDEN void tn_report_error(tn_exec *exec, int32_t op, int64_t index);

/* Called by a step before its first write to the state; an entry without state
   writes may call it too. Returns 0 to go on. Otherwise an error was reported
   before, or *bad_label (the least element of the labels that is out of range;
   -1: none) is not negative, or *loss or *norm (the squared norm of the
   gradient) is not finite; the reason is kept for the message, and the entry
   must return the result, TN_STEP_ERROR, at once. dtype is that of loss and
   norm: TN_F32, TN_F64, TN_F16 or TN_BF16. A NULL is not looked at. */
TN_HIDDEN int32_t tn_guard(tn_exec *exec, const void *loss, const void *norm,
                           tn_dtype dtype, const int64_t *bad_label);

/* The type of tn_<model>_query. */
typedef const tn_model *(*tn_query_fn)(void);

/* Declares the query of a model that the program links against:
     TN_DECLARE_MODEL(mnist)   gives   const tn_model *tn_mnist_query(void); */
#define TN_DECLARE_MODEL(name) const tn_model *tn_##name##_query(void);

/*===-- CPU features -----------------------------------------------------===*/
/* Bits of tn_model_info.isa_required, for the x86-64 family. A bit counts as
   present only when the operating system saves the registers it needs. */

#define TN_ISA_SSE3 (UINT64_C(1) << 0)
#define TN_ISA_SSSE3 (UINT64_C(1) << 1)
#define TN_ISA_SSE4_1 (UINT64_C(1) << 2)
#define TN_ISA_SSE4_2 (UINT64_C(1) << 3)
#define TN_ISA_POPCNT (UINT64_C(1) << 4)
#define TN_ISA_CX16 (UINT64_C(1) << 5)
#define TN_ISA_AVX (UINT64_C(1) << 6)
#define TN_ISA_AVX2 (UINT64_C(1) << 7)
#define TN_ISA_FMA (UINT64_C(1) << 8)
#define TN_ISA_F16C (UINT64_C(1) << 9)
#define TN_ISA_BMI1 (UINT64_C(1) << 10)
#define TN_ISA_BMI2 (UINT64_C(1) << 11)
#define TN_ISA_LZCNT (UINT64_C(1) << 12)
#define TN_ISA_MOVBE (UINT64_C(1) << 13)
#define TN_ISA_AVX512F (UINT64_C(1) << 14)
#define TN_ISA_AVX512BW (UINT64_C(1) << 15)
#define TN_ISA_AVX512CD (UINT64_C(1) << 16)
#define TN_ISA_AVX512DQ (UINT64_C(1) << 17)
#define TN_ISA_AVX512VL (UINT64_C(1) << 18)
#define TN_ISA_AVX512IFMA (UINT64_C(1) << 19)
#define TN_ISA_AVX512VBMI (UINT64_C(1) << 20)
#define TN_ISA_AVX512VBMI2 (UINT64_C(1) << 21)
#define TN_ISA_AVX512VNNI (UINT64_C(1) << 22)
#define TN_ISA_AVX512BITALG (UINT64_C(1) << 23)
#define TN_ISA_AVX512VPOPCNTDQ (UINT64_C(1) << 24)
#define TN_ISA_AVX512BF16 (UINT64_C(1) << 25)
#define TN_ISA_AVX512FP16 (UINT64_C(1) << 26)
#define TN_ISA_AVXVNNI (UINT64_C(1) << 27)
#define TN_ISA_GFNI (UINT64_C(1) << 28)
#define TN_ISA_VAES (UINT64_C(1) << 29)
#define TN_ISA_VPCLMULQDQ (UINT64_C(1) << 30)
#define TN_ISA_AES (UINT64_C(1) << 31)
#define TN_ISA_PCLMUL (UINT64_C(1) << 32)
#define TN_ISA_ADX (UINT64_C(1) << 33)
#define TN_ISA_COUNT 34

/*===-- Metadata ---------------------------------------------------------===*/
/* The content of section .tn.meta, little-endian, 8-byte aligned. Offsets are
   bytes from the start of the header; string references are offsets into the
   string table and point to NUL-terminated UTF-8. Readers check every one. */

/* "TENONMD" and a NUL, as a little-endian number. */
#define TN_META_MAGIC UINT64_C(0x00444d4e4f4e4554)
#define TN_META_SECTION ".tn.meta"
#define TN_WEIGHTS_SECTION ".tn.weights"
#define TN_WEIGHTS_ALIGNMENT 4096
/* Weights are hashed in pieces of this size; the last may be shorter. */
#define TN_WEIGHTS_HASH_BYTES (UINT64_C(1) << 20)
/* Alignment of the arena, of workspaces and of everything planned in them. */
#define TN_ARENA_ALIGNMENT 64

enum { TN_ARCH_X86_64 = 1, TN_ARCH_AARCH64 = 2 };

/* One of TN_INFER, TN_STEP, ...; all zero when the model does not have it. */
typedef struct tn_meta_entry {
  uint32_t present; /* 0 or 1 */
  uint32_t input_count;
  uint32_t output_count;
  uint32_t op_count;
  uint32_t first_tensor; /* in the tensor table: inputs, then outputs */
  uint32_t first_op; /* in the node table; tn_report_error() counts from it */
} tn_meta_entry;

typedef struct tn_meta_header {
  uint64_t magic;
  uint64_t hash; /* XXH64, seed 0, of all bytes after this field */
  uint32_t abi_version;
  uint32_t header_size;
  uint64_t total_size; /* of the whole section */
  uint64_t isa_required;
  uint32_t arch;
  uint32_t flags;          /* 0 */
  uint64_t arena_bytes;    /* >= scratch_offset + max_threads * stride */
  uint64_t scratch_offset; /* of worker 0 in the arena; activations end here */
  uint64_t scratch_stride; /* bytes of one worker */
  uint32_t max_threads;    /* >= 1 */
  uint32_t model_name;     /* string */
  uint32_t target_cpu;     /* string */
  uint32_t tensor_count;   /* of all entries, as op_count */
  uint32_t op_count;
  uint32_t state_count; /* 0 unless there is TN_INIT or TN_STEP */
  tn_meta_entry entries[TN_ENTRY_COUNT];
  uint64_t state_bytes;    /* of the block, a multiple of TN_ARENA_ALIGNMENT */
  uint64_t states_offset;  /* tn_meta_state, ascending in offset */
  uint64_t source_hash;    /* of the model file; 0 when unknown */
  int64_t ignore_label;    /* takes no part in loss and metrics */
  int64_t label_classes;   /* labels are below it; 0 when unknown */
  uint32_t labels;         /* string: the input with labels; "" when none */
  uint32_t reserved;       /* 0 */
  uint64_t tensors_offset; /* tn_meta_tensor */
  uint64_t dims_offset;    /* int64_t */
  uint64_t dims_count;
  uint64_t ops_offset; /* tn_meta_op */
  uint64_t weights_bytes;
  uint64_t weights_hash_offset; /* uint64_t, XXH64 of each piece */
  uint64_t weights_hash_count;
  uint64_t strings_offset;
  uint64_t strings_size;
  uint64_t json_offset;
  uint64_t json_size;
} tn_meta_header;

typedef struct tn_meta_tensor {
  uint32_t name; /* string */
  tn_dtype dtype;
  uint32_t rank;
  uint32_t alignment;
  uint64_t dims_index; /* first entry in the dims array */
  uint64_t bytes;
} tn_meta_tensor;

/* A tensor of the state. Lies in the context's state block, at offset. */
typedef struct tn_meta_state {
  tn_meta_tensor tensor; /* has a name that no other has */
  uint32_t kind;         /* TN_STATE_* */
  uint32_t source;       /* string */
  uint64_t offset;       /* a multiple of TN_ARENA_ALIGNMENT */
} tn_meta_state;

/* A node of the source model, as errors name it. */
typedef struct tn_meta_op {
  uint32_t name;    /* string */
  uint32_t op_type; /* string */
} tn_meta_op;

/* A saved state, as tn_get_state() writes it: this header, the tensors, their
   shapes, their names, their data; little-endian. Offsets are bytes from the
   start; readers check every one, and match tensors by name. */

/* "TENSTAT" and a NUL, as a little-endian number. */
#define TN_STATE_MAGIC UINT64_C(0x00544154534e4554)
#define TN_STATE_VERSION 1u

typedef struct tn_state_header {
  uint64_t magic;
  uint64_t hash; /* XXH64, seed 0, of all bytes after this field */
  uint32_t version;
  uint32_t header_size;
  uint64_t total_size;
  uint32_t tensor_count;
  uint32_t reserved;       /* 0 */
  uint64_t tensors_offset; /* tn_state_entry */
  uint64_t dims_offset;    /* int64_t */
  uint64_t dims_count;
  uint64_t strings_offset;
  uint64_t strings_size;
} tn_state_header;

typedef struct tn_state_entry {
  uint32_t name; /* string */
  tn_dtype dtype;
  uint32_t rank;
  uint32_t kind;       /* TN_STATE_* */
  uint64_t dims_index; /* first entry in the dims array */
  uint64_t offset;     /* of the data, a multiple of TN_ARENA_ALIGNMENT */
  uint64_t bytes;
} tn_state_entry;

/* The seal: the last bytes of a linked artifact, behind what ELF describes. It
   covers every byte of the file but the weights, which have their own hashes.
   strip and similar tools remove it, and tn_open() then goes without. */

/* "TENSEAL" and a NUL, as a little-endian number. */
#define TN_SEAL_MAGIC UINT64_C(0x004c4145534e4554)

typedef struct tn_seal {
  uint64_t magic;
  uint64_t file_size; /* without the seal */
  /* h(0) = 0, h(i) = XXH64 of the 16 bytes {h(i-1), XXH64 of piece i}, over the
     pieces of 1 MiB (the last of each part shorter) of the bytes before the
     weights, then of those behind them. */
  uint64_t hash;
} tn_seal;

/*===-- What programs call -----------------------------------------------===*/

/* TN_INCOMPATIBLE, with the names of what is missing, when this CPU cannot run
   the model. tn_context_create() checks it too. */
static inline tn_status tn_check(const tn_model *model, tn_message *message) {
  return model->vtable->check(model, message);
}

/* Compares the weights with the hashes written beside them. */
static inline tn_status tn_verify(const tn_model *model, tn_message *message) {
  return model->vtable->verify(model, message);
}

/* Fills *info; set info->struct_size first. */
static inline tn_status tn_info(const tn_model *model, tn_model_info *info,
                                tn_message *message) {
  return model->vtable->info(model, info, message);
}

/* Describes tensor number `index` of a kind: TN_INPUT, TN_STEP_OUTPUT, ... */
static inline tn_status tn_spec(const tn_model *model, int32_t kind,
                                uint32_t index, tn_tensor_spec *spec,
                                tn_message *message) {
  return model->vtable->spec(model, kind, index, spec, message);
}

/* Maps the arena and starts the threads; options may be NULL. The caller ends
 *context with tn_context_destroy(). */
static inline tn_status tn_context_create(const tn_model *model,
                                          const tn_context_options *options,
                                          tn_context **context,
                                          tn_message *message) {
  return model->vtable->context_create(model, options, context, message);
}

/* Joins the threads and releases everything; NULL does nothing. */
static inline void tn_context_destroy(tn_context *context) {
  if (context)
    context->vtable->context_destroy(context);
}

/* Runs one inference. Tensors stand in signature order; every shape, dtype,
   pointer and alignment is checked first, and outputs may overlap nothing.
   After TN_STEP_ERROR the outputs' content is undefined. Allocates nothing. */
static inline tn_status tn_run(tn_context *context, const tn_tensor *inputs,
                               uint32_t input_count, const tn_tensor *outputs,
                               uint32_t output_count, tn_message *message) {
  return context->vtable->run(context, TN_INFER, inputs, input_count, outputs,
                              output_count, message);
}

/* Fills the state with initial values that depend on the seed alone; what was
   in it is lost. */
static inline tn_status tn_init(tn_context *context, uint64_t seed,
                                tn_message *message) {
  return context->vtable->init(context, seed, message);
}

/* One training step on a batch (TN_STEP_INPUT, TN_STEP_OUTPUT); otherwise as
   tn_run(). After TN_STEP_ERROR the message says whether the state is as before
   the step; where it is not, the context refuses to go on until the state is
   set again. */
static inline tn_status tn_step(tn_context *context, const tn_tensor *inputs,
                                uint32_t input_count, const tn_tensor *outputs,
                                uint32_t output_count, tn_message *message) {
  return context->vtable->run(context, TN_STEP, inputs, input_count, outputs,
                              output_count, message);
}

/* Loss and metrics of a batch (TN_EVAL_INPUT, TN_EVAL_OUTPUT) with the state as
   it is, which stays so. */
static inline tn_status tn_eval(tn_context *context, const tn_tensor *inputs,
                                uint32_t input_count, const tn_tensor *outputs,
                                uint32_t output_count, tn_message *message) {
  return context->vtable->run(context, TN_EVAL, inputs, input_count, outputs,
                              output_count, message);
}

/* Bytes of a saved state, always the same for one model; 0 when it has none. */
static inline uint64_t tn_state_bytes(const tn_model *model) {
  return model->vtable->state_bytes(model);
}

/* Saves the state to blob, of exactly tn_state_bytes() bytes. Equal states give
   equal bytes. */
static inline tn_status tn_get_state(tn_context *context, void *blob,
                                     uint64_t size, tn_message *message) {
  return context->vtable->get_state(context, blob, size, message);
}

/* Restores a saved state. Any bytes may be given; they must hold exactly the
   model's tensors, matched by name, whose shapes and dtypes must be equal. On
   failure the state is untouched and the message names the first that is not.
 */
static inline tn_status tn_set_state(tn_context *context, const void *blob,
                                     uint64_t size, tn_message *message) {
  return context->vtable->set_state(context, blob, size, message);
}

/* Points *data at tensor number `index` of the state (TN_STATE), where it stays
   until the context is destroyed. Its content changes with every step. */
static inline tn_status tn_state_data(tn_context *context, uint32_t index,
                                      const void **data, tn_message *message) {
  return context->vtable->state_data(context, index, data, message);
}

/* Fills *stats; set stats->struct_size first. */
static inline tn_status tn_memory(const tn_context *context,
                                  tn_memory_stats *stats, tn_message *message) {
  return context->vtable->memory(context, stats, message);
}

/*===-- Loading at run time ----------------------------------------------===*/
/* In libtnload.a, for programs that are not linked against the artifact. */

typedef struct tn_library tn_library;

enum {
  TN_OPEN_VERIFY = 1u << 0, /* compare the weights with their hashes */
  /* Read what the model says about itself, without loading any of its code;
     works for any CPU. Such a model cannot be run. */
  TN_OPEN_INSPECT = 1u << 1
};

/* Loads an artifact. Its ELF structure, seal, ABI version, metadata hash and
   CPU requirement are checked from the file's bytes before any of its code is
   mapped. The caller ends *library with tn_close(). */
tn_status tn_open(const char *path, uint32_t flags, tn_library **library,
                  tn_message *message);

/* The model of a library; valid until tn_close(). */
const tn_model *tn_library_model(const tn_library *library);

/* Unloads; all of the model's contexts must have been destroyed. NULL does
   nothing. */
void tn_close(tn_library *library);

#ifdef __cplusplus
}
#endif

#endif /* TENON_ABI_H */
