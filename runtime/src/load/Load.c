//===-- Load.c - tn_open and tn_close -----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Describe.h"
#include "core/Isa.h"
#include "core/Message.h"
#include "load/Elf.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct tn_library {
  void *handle;    // of dlopen; NULL with TN_OPEN_INSPECT
  void *meta_data; // with TN_OPEN_INSPECT, what `inspected` describes
  tn_model inspected;
  const tn_model *model;
};

//===-- Models without code ---------------------------------------------===//

static tn_status cannotRun(tn_message *message) {
  return tn_fail(message, TN_INVALID_ARGUMENT,
                 "the artifact was opened with TN_OPEN_INSPECT, and only "
                 "tells about itself; open it without to run it");
}
static tn_status refuse(const tn_model *model, tn_message *message) {
  (void)model;
  return cannotRun(message);
}
static tn_status refuseContext(const tn_model *model,
                               const tn_context_options *options,
                               tn_context **context, tn_message *message) {
  (void)model;
  (void)options;
  *context = NULL;
  return cannotRun(message);
}

static uint64_t noState(const tn_model *model) {
  (void)model;
  return 0;
}

// The functions of a context are missing: there is none to call them with.
static const tn_vtable inspectTable = {.abi_version = TN_ABI_VERSION,
                                       .struct_size = sizeof(tn_vtable),
                                       .check = refuse,
                                       .verify = refuse,
                                       .info = tn_describe_model,
                                       .spec = tn_describe_tensor,
                                       .context_create = refuseContext,
                                       .state_bytes = noState};

//===-- Opening ---------------------------------------------------------===//

// Everything that can be known from the file's bytes.
static tn_status checkFile(const tn_source *source, uint32_t flags, tn_elf *elf,
                           void **meta_data, tn_message *message) {
  tn_meta meta;
  tn_status status = tn_elf_read(source, elf, message);
  if (status)
    return status;
  status = tn_elf_read_meta(source, elf, meta_data, &meta, message);
  if (status)
    return status;
  if (!(flags & TN_OPEN_INSPECT))
    status = tn_check_isa(meta.header->arch, meta.header->isa_required,
                          tn_host_isa(), meta.strings + meta.header->model_name,
                          meta.strings + meta.header->target_cpu, message);
  if (!status)
    status = tn_elf_check_seal(source, elf, message);
  if (!status && flags & TN_OPEN_VERIFY)
    status = tn_elf_check_weights(source, elf, &meta, message);
  return status;
}

static tn_status openFile(const char *path, int *file, uint64_t *size,
                          tn_message *message) {
  *size = 0;
  // Not to wait for the other end of a pipe that someone named.
  *file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info;
  if (*file < 0)
    return tn_fail(message, errno == ENOENT ? TN_NOT_FOUND : TN_IO_ERROR, "%s",
                   strerror(errno));
  if (fstat(*file, &info) != 0 || !S_ISREG(info.st_mode)) {
    close(*file);
    return tn_fail(message, TN_IO_ERROR, "this is not a regular file");
  }
  *size = (uint64_t)info.st_size;
  return TN_OK;
}

static tn_status load(const char *path, const char *query, tn_library *library,
                      tn_message *message) {
  // Without a slash, dlopen() would search the system's directories instead.
  char *relative = NULL;
  if (!strchr(path, '/')) {
    relative = malloc(strlen(path) + 3);
    if (!relative)
      return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a path");
    strcpy(relative, "./");
    strcat(relative, path);
    path = relative;
  }
  library->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  free(relative);
  if (!library->handle)
    return tn_fail(message, TN_IO_ERROR, "the system cannot load it: %s",
                   dlerror());
  tn_query_fn function;
  *(void **)&function = dlsym(library->handle, query);
  library->model = function ? function() : NULL;
  if (!library->model)
    return tn_fail(message, TN_NOT_FOUND, "%.200s is not there", query);
  if (library->model->vtable->abi_version != TN_ABI_VERSION)
    return tn_fail(message, TN_INCOMPATIBLE,
                   "the artifact has ABI version %u, and this program expects "
                   "%u; compile the model again with the matching tenonc",
                   library->model->vtable->abi_version, TN_ABI_VERSION);
  return tn_check(library->model, message);
}

static tn_status openLibrary(const char *path, uint32_t flags,
                             tn_library *library, tn_message *message) {
  int file;
  uint64_t size;
  tn_status status = openFile(path, &file, &size, message);
  if (status)
    return status;
  tn_source source = tn_file_source(file, size);
  tn_elf elf;
  void *meta_data = NULL;
  status = checkFile(&source, flags, &elf, &meta_data, message);
  close(file);
  if (!status && flags & TN_OPEN_INSPECT) {
    library->meta_data = meta_data;
    library->inspected.vtable = &inspectTable;
    library->inspected.meta = meta_data;
    library->inspected.meta_size = elf.meta_size;
    library->model = &library->inspected;
    return TN_OK;
  }
  free(meta_data);
  return status ? status : load(path, elf.query, library, message);
}

tn_status tn_open(const char *path, uint32_t flags, tn_library **result,
                  tn_message *message) {
  *result = NULL;
  if (!path || flags & ~(uint32_t)(TN_OPEN_VERIFY | TN_OPEN_INSPECT))
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "the path is NULL, or flags 0x%x has unknown bits", flags);
  tn_library *library = calloc(1, sizeof(*library));
  if (!library)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a library");
  tn_message reason;
  tn_status status = openLibrary(path, flags, library, &reason);
  if (status) {
    tn_close(library);
    return tn_fail(message, status, "cannot open '%.300s': %.700s", path,
                   reason.text);
  }
  *result = library;
  return tn_succeed(message);
}

const tn_model *tn_library_model(const tn_library *library) {
  return library->model;
}

void tn_close(tn_library *library) {
  if (!library)
    return;
  if (library->handle)
    dlclose(library->handle);
  free(library->meta_data);
  free(library);
}
