//===-- CountAllocations.c - counts a program's heap allocations ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For LD_PRELOAD: prints the number of allocations when the program ends. A
// benchmark that does not allocate in a step gives the same number for any
// number of repetitions.
//
// Also linked into a test, which reads the counter itself.
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

atomic_long tenon_test_allocations;

void *malloc(size_t size) {
  ++tenon_test_allocations;
  return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) {
  ++tenon_test_allocations;
  return __libc_calloc(count, size);
}
void *realloc(void *old, size_t size) {
  ++tenon_test_allocations;
  return __libc_realloc(old, size);
}
void *memalign(size_t alignment, size_t size) {
  ++tenon_test_allocations;
  return __libc_memalign(alignment, size);
}
void *aligned_alloc(size_t alignment, size_t size) {
  return memalign(alignment, size);
}
int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = memalign(alignment, size);
  return *result ? 0 : 12; // ENOMEM
}

#ifdef PRINT_AT_EXIT
__attribute__((destructor)) static void print(void) {
  char text[64];
  int size = snprintf(text, sizeof(text), "allocations: %ld\n",
                      (long)tenon_test_allocations);
  if (write(STDERR_FILENO, text, (size_t)size) != size)
    return;
}
#endif
