//===-- File.c - whole files, read and replaced -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/File.h"
#include "core/Message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

tn_status tn_file_map(const char *path, tn_mapped_file *file,
                      tn_message *message) {
  memset(file, 0, sizeof(*file));
  // Not to wait for the other end of a pipe that someone named.
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return tn_fail(message, errno == ENOENT ? TN_NOT_FOUND : TN_IO_ERROR,
                   "cannot read '%.300s': %s", path, strerror(errno));
  struct stat info;
  tn_status status = TN_OK;
  if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    status = tn_fail(message, TN_IO_ERROR,
                     "cannot read '%.300s': this is not a regular file", path);
  } else if (info.st_size > 0) {
    void *map = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map == MAP_FAILED) {
      status = tn_fail(message, TN_IO_ERROR, "cannot map '%.300s': %s", path,
                       strerror(errno));
    } else {
      file->data = map;
      file->size = (uint64_t)info.st_size;
    }
  }
  close(fd);
  return status ? status : tn_succeed(message);
}

void tn_file_unmap(tn_mapped_file *file) {
  if (file->data)
    munmap((void *)file->data, file->size);
  memset(file, 0, sizeof(*file));
}

// Each returns 0, or an errno.

static int writeAll(int fd, const char *data, uint64_t size) {
  while (size) {
    ssize_t written =
        write(fd, data, size < (1u << 30) ? (size_t)size : 1u << 30);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return errno;
    data += written;
    size -= (uint64_t)written;
  }
  return 0;
}

static int writePieces(const char *path, const tn_piece *pieces,
                       uint32_t count) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0)
    return errno;
  int error = 0;
  for (uint32_t i = 0; i < count && !error; ++i)
    error = writeAll(fd, pieces[i].data, pieces[i].size);
  if (!error && fsync(fd) != 0)
    error = errno;
  if (close(fd) != 0 && !error)
    error = errno;
  return error;
}

// The name is on the disk when its folder is.
static int flushFolder(char *path) {
  char *slash = strrchr(path, '/');
  if (slash)
    slash[slash == path] = '\0';
  int fd = open(slash ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return errno;
  // Some file systems cannot, and have nothing to flush then.
  int error = fsync(fd) != 0 && errno != EINVAL ? errno : 0;
  close(fd);
  return error;
}

static tn_status cannotWrite(const char *path, int error, tn_message *message) {
  return tn_fail(message, TN_IO_ERROR, "cannot write '%.300s': %s%s", path,
                 strerror(error), error == EFBIG ? " (see 'ulimit -f')" : "");
}

// The caller's to free; NULL when memory ran out.
static char *temporaryName(const char *path) {
  size_t size = strlen(path) + sizeof(".tmp");
  char *temporary = malloc(size);
  if (temporary)
    snprintf(temporary, size, "%s.tmp", path);
  return temporary;
}

tn_status tn_file_can_replace(const char *path, tn_message *message) {
  char *temporary = temporaryName(path);
  if (!temporary)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a path");
  int error = writePieces(temporary, NULL, 0);
  unlink(temporary);
  free(temporary);
  return error ? cannotWrite(path, error, message) : tn_succeed(message);
}

tn_status tn_file_replace(const char *path, const tn_piece *pieces,
                          uint32_t count, tn_message *message) {
  char *temporary = temporaryName(path);
  if (!temporary)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a path");
  int error = writePieces(temporary, pieces, count);
  if (!error && rename(temporary, path) != 0)
    error = errno;
  if (error)
    unlink(temporary);
  else
    error = flushFolder(temporary);
  free(temporary);
  return error ? cannotWrite(path, error, message) : tn_succeed(message);
}
