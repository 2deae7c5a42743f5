//===-- open.c - how long opening an artifact takes -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// open SAMPLES FLAGS ARTIFACT: times tn_open() in SAMPLES processes, one after
// the other, and prints the nanoseconds, one a line. Each process is new, so
// that neither the artifact nor what it needs is loaded; the file is in the
// page cache.
#include "tenon/abi.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int sample(const char *path, uint32_t flags, int print) {
  tn_library *library;
  tn_message message;
  long long begin = now();
  tn_status status = tn_open(path, flags, &library, &message);
  long long end = now();
  if (status) {
    fprintf(stderr, "%s\n", message.text);
    return 1;
  }
  if (print)
    printf("%lld\n", end - begin);
  tn_close(library);
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: open SAMPLES FLAGS ARTIFACT\n");
    return 2;
  }
  int samples = atoi(argv[1]);
  uint32_t flags = (uint32_t)atoi(argv[2]);
  for (int i = -1; i < samples; ++i) { // -1: reads the file into the cache
    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
      return sample(argv[3], flags, i >= 0);
    int status = 1;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
      return 1;
  }
  return 0;
}
