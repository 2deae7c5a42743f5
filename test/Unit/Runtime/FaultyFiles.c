//===-- FaultyFiles.c - a disk with errors --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For LD_PRELOAD. FAULTY_FILES=CALL:NUMBER lets calls `write`, `fsync` or
// `rename` number NUMBER and later fail for lack of space, if they are about
// files whose name ends in .tmp. FAULTY_FILES=slow makes each such write take
// long enough to be interrupted in the middle.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int isTemporary(const char *path) {
  size_t size = path ? strlen(path) : 0;
  return size > 4 && !strcmp(path + size - 4, ".tmp");
}

static int isTemporaryFile(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof(path) - 1);
  path[size < 0 ? 0 : size] = '\0';
  return isTemporary(path);
}

static int fails(const char *call) {
  static int calls;
  const char *wanted = getenv("FAULTY_FILES");
  size_t size = strlen(call);
  if (!wanted || strncmp(wanted, call, size) || wanted[size] != ':' ||
      calls++ < atoi(wanted + size + 1))
    return 0;
  errno = ENOSPC;
  return 1;
}

ssize_t write(int fd, const void *data, size_t size) {
  ssize_t (*real)(int, const void *, size_t) =
      (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  if (!isTemporaryFile(fd))
    return real(fd, data, size);
  if (fails("write"))
    return -1;
  const char *mode = getenv("FAULTY_FILES");
  if (mode && !strcmp(mode, "slow") && size > 1) {
    ssize_t half = real(fd, data, size / 2);
    usleep(2000);
    return half;
  }
  return real(fd, data, size);
}

int fsync(int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  return isTemporaryFile(fd) && fails("fsync") ? -1 : real(fd);
}

int rename(const char *from, const char *to) {
  int (*real)(const char *, const char *) =
      (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
  return isTemporary(from) && fails("rename") ? -1 : real(from, to);
}
