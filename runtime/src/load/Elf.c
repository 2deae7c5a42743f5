//===-- Elf.c - finding an artifact's parts in its file -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads with pread() and not from a mapping: a file that shrinks meanwhile is
// an error then, and not a signal.
#include "load/Elf.h"
#include "core/Hash.h"
#include "core/Message.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

//===-- Sources ---------------------------------------------------------===//

static int readFile(const tn_source *source, uint64_t offset, void *buffer,
                    size_t count) {
  char *to = buffer;
  while (count) {
    ssize_t n = pread(source->file, to, count, (off_t)offset);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return n < 0 ? errno : EIO;
    to += n;
    offset += (uint64_t)n;
    count -= (size_t)n;
  }
  return 0;
}

static int readMemory(const tn_source *source, uint64_t offset, void *buffer,
                      size_t count) {
  memcpy(buffer, (const char *)source->data + offset, count);
  return 0;
}

tn_source tn_file_source(int file, uint64_t size) {
  tn_source source = {readFile, NULL, file, size};
  return source;
}

tn_source tn_memory_source(const void *data, uint64_t size) {
  tn_source source = {readMemory, data, -1, size};
  return source;
}

static int inside(const tn_source *source, uint64_t offset, uint64_t count) {
  return offset <= source->size && count <= source->size - offset;
}

static tn_status damaged(tn_message *message, const char *what) {
  return tn_fail(message, TN_CORRUPT,
                 "the file is cut off or damaged (%s); compile the model again",
                 what);
}

tn_status tn_source_read(const tn_source *source, uint64_t offset, void *buffer,
                         uint64_t count, tn_message *message) {
  if (!inside(source, offset, count))
    return damaged(message, "it ends too early");
  int error = count ? source->read(source, offset, buffer, count) : 0;
  if (error)
    return tn_fail(message, TN_IO_ERROR, "reading failed: %s", strerror(error));
  return TN_OK;
}

// A part of the file in memory of its own, with a NUL behind it.
static tn_status readPart(const tn_source *source, uint64_t offset,
                          uint64_t count, char **part, tn_message *message) {
  *part = NULL;
  if (!inside(source, offset, count))
    return damaged(message, "a table lies outside");
  char *buffer = malloc(count + 1);
  if (!buffer)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for %llu bytes",
                   (unsigned long long)count);
  tn_status status = tn_source_read(source, offset, buffer, count, message);
  if (status) {
    free(buffer);
    return status;
  }
  buffer[count] = '\0';
  *part = buffer;
  return TN_OK;
}

//===-- Structure -------------------------------------------------------===//

static tn_status checkHeader(const tn_source *source, const Elf64_Ehdr *h,
                             tn_message *message) {
  if (memcmp(h->e_ident, ELFMAG, SELFMAG))
    return tn_fail(message, TN_CORRUPT,
                   "this is no artifact of tenonc (not an ELF file)");
  if (h->e_ident[EI_CLASS] != ELFCLASS64 || h->e_ident[EI_DATA] != ELFDATA2LSB)
    return tn_fail(message, TN_INCOMPATIBLE,
                   "the file is for a 32-bit or big-endian machine");
  if (h->e_type == ET_REL)
    return tn_fail(message, TN_INCOMPATIBLE,
                   "this is an object to link, not a shared library; compile "
                   "with --emit=so");
  if (h->e_type == ET_EXEC)
    return tn_fail(message, TN_INCOMPATIBLE,
                   "this is an executable: run it by itself, or compile with "
                   "--emit=so");
  if (h->e_type != ET_DYN)
    return damaged(message, "unknown kind of ELF file");
  if (h->e_shentsize != sizeof(Elf64_Shdr) ||
      h->e_phentsize != sizeof(Elf64_Phdr) ||
      !inside(source, h->e_shoff, h->e_shnum * sizeof(Elf64_Shdr)) ||
      !inside(source, h->e_phoff, h->e_phnum * sizeof(Elf64_Phdr)))
    return damaged(message, "section or segment table");
  return TN_OK;
}

static tn_status checkSegments(const tn_source *source, const Elf64_Ehdr *h,
                               tn_message *message) {
  int dynamic = 0;
  for (unsigned i = 0; i < h->e_phnum; ++i) {
    Elf64_Phdr p;
    tn_status status = tn_source_read(source, h->e_phoff + i * sizeof(p), &p,
                                      sizeof(p), message);
    if (status)
      return status;
    if (p.p_type == PT_INTERP)
      return tn_fail(message, TN_INCOMPATIBLE,
                     "this is an executable: run it by itself, or compile "
                     "with --emit=so");
    dynamic |= p.p_type == PT_DYNAMIC;
    if (!inside(source, p.p_offset, p.p_filesz) ||
        (p.p_type == PT_LOAD && p.p_filesz > p.p_memsz))
      return damaged(message, "a segment");
  }
  return dynamic ? TN_OK : damaged(message, "no dynamic segment");
}

// What tn_elf_read() works on.
typedef struct {
  const tn_source *source;
  Elf64_Shdr *sections;
  unsigned count;
  char *names;
  uint64_t names_size;
} tables;

// Only then its offset and size mean a part of the file.
static int hasBytes(const Elf64_Shdr *s) {
  return s->sh_type != SHT_NOBITS && s->sh_type != SHT_NULL;
}

static const Elf64_Shdr *findSection(const tables *t, const char *name) {
  for (unsigned i = 0; i < t->count; ++i)
    if (t->sections[i].sh_name < t->names_size &&
        !strcmp(t->names + t->sections[i].sh_name, name))
      return &t->sections[i];
  return NULL;
}

static tn_status checkSections(const tables *t, tn_message *message) {
  for (unsigned i = 0; i < t->count; ++i) {
    const Elf64_Shdr *s = &t->sections[i];
    if (hasBytes(s) && !inside(t->source, s->sh_offset, s->sh_size))
      return damaged(message, "a section");
  }
  return TN_OK;
}

static int isQuery(const char *name) {
  size_t size = strlen(name);
  return size > strlen("tn__query") && !strncmp(name, "tn_", 3) &&
         !strcmp(name + size - 6, "_query");
}

// Looks through the exported symbols for the one query.
static tn_status findQuery(const tables *t, tn_elf *elf, tn_message *message) {
  const Elf64_Shdr *section = NULL;
  for (unsigned i = 0; i < t->count; ++i)
    if (t->sections[i].sh_type == SHT_DYNSYM)
      section = &t->sections[i];
  if (!section || section->sh_link >= t->count)
    return damaged(message, "no exported symbols");
  const Elf64_Shdr *string_section = &t->sections[section->sh_link];
  char *symbols = NULL, *strings = NULL;
  tn_status status = readPart(t->source, section->sh_offset, section->sh_size,
                              &symbols, message);
  if (!status)
    status = readPart(t->source, string_section->sh_offset,
                      string_section->sh_size, &strings, message);
  unsigned found = 0;
  for (uint64_t i = 0; !status && i < section->sh_size / sizeof(Elf64_Sym);
       ++i) {
    Elf64_Sym s;
    memcpy(&s, symbols + i * sizeof(s), sizeof(s));
    if (s.st_shndx == SHN_UNDEF || ELF64_ST_BIND(s.st_info) != STB_GLOBAL ||
        s.st_name >= string_section->sh_size || !isQuery(strings + s.st_name))
      continue;
    const char *name = strings + s.st_name;
    if (strlen(name) >= sizeof(elf->query)) {
      status = damaged(message, "the query's name");
      break;
    }
    strcpy(elf->query, name);
    ++found;
  }
  free(symbols);
  free(strings);
  if (status || found == 1)
    return status;
  return tn_fail(message, TN_NOT_FOUND,
                 found ? "the file exports several models (tn_*_query); link "
                         "against it instead"
                       : "this is no artifact of tenonc (no tn_*_query is "
                         "exported)");
}

static tn_status readTables(const tn_source *source, const Elf64_Ehdr *h,
                            tables *t, tn_message *message) {
  t->source = source;
  t->count = h->e_shnum;
  char *sections = NULL;
  tn_status status = readPart(
      source, h->e_shoff, h->e_shnum * sizeof(Elf64_Shdr), &sections, message);
  if (status)
    return status;
  t->sections = (Elf64_Shdr *)sections;
  if (h->e_shstrndx >= t->count)
    return damaged(message, "no section names");
  const Elf64_Shdr *names = &t->sections[h->e_shstrndx];
  t->names_size = names->sh_size;
  return readPart(source, names->sh_offset, names->sh_size, &t->names, message);
}

static tn_status findParts(const tables *t, tn_elf *elf, tn_message *message) {
  tn_status status = checkSections(t, message);
  if (status)
    return status;
  const Elf64_Shdr *meta = findSection(t, TN_META_SECTION);
  if (!meta || !hasBytes(meta))
    return tn_fail(message, TN_NOT_FOUND,
                   "this is no artifact of tenonc (no section " TN_META_SECTION
                   ")");
  elf->meta_offset = meta->sh_offset;
  elf->meta_size = meta->sh_size;
  const Elf64_Shdr *weights = findSection(t, TN_WEIGHTS_SECTION);
  if (weights && !hasBytes(weights))
    return damaged(message, "weights without bytes");
  if (weights) {
    elf->weights_offset = weights->sh_offset;
    elf->weights_size = weights->sh_size;
  }
  return findQuery(t, elf, message);
}

tn_status tn_elf_read(const tn_source *source, tn_elf *elf,
                      tn_message *message) {
  memset(elf, 0, sizeof(*elf));
  Elf64_Ehdr header;
  if (source->size < sizeof(header))
    return tn_fail(message, TN_CORRUPT,
                   "this is no artifact of tenonc (only %llu bytes)",
                   (unsigned long long)source->size);
  tn_status status =
      tn_source_read(source, 0, &header, sizeof(header), message);
  if (!status)
    status = checkHeader(source, &header, message);
  if (!status)
    status = checkSegments(source, &header, message);
  tables t = {0};
  if (!status)
    status = readTables(source, &header, &t, message);
  if (!status)
    status = findParts(&t, elf, message);
  free(t.sections);
  free(t.names);
  return status;
}

//===-- Content ---------------------------------------------------------===//

static tn_status hashPart(const tn_source *source, uint64_t begin, uint64_t end,
                          char *buffer, uint64_t *hash, tn_message *message) {
  for (uint64_t size; begin < end; begin += size) {
    size = end - begin < TN_WEIGHTS_HASH_BYTES ? end - begin
                                               : TN_WEIGHTS_HASH_BYTES;
    tn_status status = tn_source_read(source, begin, buffer, size, message);
    if (status)
      return status;
    uint64_t chain[2] = {*hash, tn_hash(buffer, size)};
    *hash = tn_hash(chain, sizeof(chain));
  }
  return TN_OK;
}

tn_status tn_elf_check_seal(const tn_source *source, const tn_elf *elf,
                            tn_message *message) {
  tn_seal seal;
  if (source->size < sizeof(seal))
    return TN_OK;
  uint64_t end = source->size - sizeof(seal);
  tn_status status = tn_source_read(source, end, &seal, sizeof(seal), message);
  if (status || seal.magic != TN_SEAL_MAGIC)
    return status;
  uint64_t weights_end = elf->weights_offset + elf->weights_size;
  if (seal.file_size != end || weights_end > end)
    return damaged(message, "the seal's size");
  char *buffer = malloc(TN_WEIGHTS_HASH_BYTES);
  if (!buffer)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory to check the seal");
  uint64_t hash = 0;
  status = hashPart(source, 0, elf->weights_offset, buffer, &hash, message);
  if (!status)
    status = hashPart(source, weights_end, end, buffer, &hash, message);
  free(buffer);
  if (!status && hash != seal.hash)
    return damaged(message, "its seal does not match");
  return status;
}

tn_status tn_elf_read_meta(const tn_source *source, const tn_elf *elf,
                           void **data, tn_meta *meta, tn_message *message) {
  char *bytes;
  *data = NULL;
  tn_status status =
      readPart(source, elf->meta_offset, elf->meta_size, &bytes, message);
  if (!status)
    status = tn_meta_read(bytes, elf->meta_size, meta, message);
  if (!status && meta->header->weights_bytes != elf->weights_size)
    status = damaged(message, "the size of the weights");
  if (status)
    free(bytes);
  else
    *data = bytes;
  return status;
}

tn_status tn_elf_check_weights(const tn_source *source, const tn_elf *elf,
                               const tn_meta *meta, tn_message *message) {
  char *buffer = malloc(TN_WEIGHTS_HASH_BYTES);
  if (!buffer)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory to check weights");
  tn_status status = TN_OK;
  for (uint64_t i = 0; !status && i < meta->header->weights_hash_count; ++i) {
    uint64_t begin = i * TN_WEIGHTS_HASH_BYTES;
    uint64_t left = elf->weights_size - begin;
    uint64_t size = left < TN_WEIGHTS_HASH_BYTES ? left : TN_WEIGHTS_HASH_BYTES;
    status = tn_source_read(source, elf->weights_offset + begin, buffer, size,
                            message);
    if (!status)
      status = tn_meta_check_piece(meta, i, buffer, size, message);
  }
  free(buffer);
  return status;
}
