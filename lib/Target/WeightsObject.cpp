//===-- WeightsObject.cpp - weights as a relocatable object ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Written by hand because LLVM's object writer keeps a section in memory, and
// weights do not fit there twice.
#include "tenon/Target/WeightsObject.h"

#include "tenon/abi.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>

using namespace llvm;

namespace tenon {
namespace {

enum Section { Null, Weights, SymTab, StrTab, ShStrTab, Stack, SectionCount };

// Offsets into `sectionNames`.
constexpr char sectionNames[] = "\0.tn.weights\0.symtab\0.strtab\0.shstrtab\0"
                                ".note.GNU-stack";
constexpr uint32_t nameOf[] = {0, 1, 13, 21, 29, 39};

constexpr uint64_t dataOffset = TN_WEIGHTS_ALIGNMENT;

template <typename T>
void writeStruct(raw_ostream &os, const T &value) {
  os.write(reinterpret_cast<const char *>(&value), sizeof(T));
}

Error makeError(const Twine &message, std::error_code code) {
  return createStringError(code, message + ": " + code.message());
}

} // namespace

WeightsObjectWriter::WeightsObjectWriter(StringRef path, uint64_t totalSize)
    : path(path), total(totalSize) {
  piece.reserve(std::min<uint64_t>(total, TN_WEIGHTS_HASH_BYTES));
}

WeightsObjectWriter::~WeightsObjectWriter() {
  if (!out || finished)
    return;
  out->close();
  // A stream that is destroyed with an unread error ends the process.
  out->clear_error();
  sys::fs::remove(path);
}

Expected<std::unique_ptr<WeightsObjectWriter>>
WeightsObjectWriter::create(StringRef path, uint64_t totalSize) {
  std::unique_ptr<WeightsObjectWriter> writer(
      new WeightsObjectWriter(path, totalSize));
  std::error_code code;
  auto out = std::make_unique<raw_fd_ostream>(path, code, sys::fs::OF_None);
  if (code)
    return makeError("cannot write the weights to '" + path + "'", code);
  writer->out = std::move(out);
  writer->writeHeader();
  return writer;
}

void WeightsObjectWriter::writeHeader() {
  uint64_t tables = alignTo(dataOffset + total, 8);
  ELF::Elf64_Ehdr header{};
  std::copy_n(ELF::ElfMagic, 4, header.e_ident);
  header.e_ident[ELF::EI_CLASS] = ELF::ELFCLASS64;
  header.e_ident[ELF::EI_DATA] = ELF::ELFDATA2LSB;
  header.e_ident[ELF::EI_VERSION] = ELF::EV_CURRENT;
  header.e_type = ELF::ET_REL;
  header.e_machine = ELF::EM_X86_64;
  header.e_version = ELF::EV_CURRENT;
  header.e_ehsize = sizeof(ELF::Elf64_Ehdr);
  header.e_shentsize = sizeof(ELF::Elf64_Shdr);
  header.e_shnum = SectionCount;
  header.e_shstrndx = ShStrTab;
  header.e_shoff = tables;
  writeStruct(*out, header);
  out->write_zeros(dataOffset - sizeof(header));
}

void WeightsObjectWriter::closePiece() {
  pieces.push_back(xxHash64(ArrayRef<uint8_t>(
      reinterpret_cast<const uint8_t *>(piece.data()), piece.size())));
  piece.clear();
}

void WeightsObjectWriter::write(ArrayRef<char> data) {
  out->write(data.data(), data.size());
  position += data.size();
  while (!data.empty()) {
    size_t count =
        std::min<size_t>(data.size(), TN_WEIGHTS_HASH_BYTES - piece.size());
    piece.insert(piece.end(), data.begin(), data.begin() + count);
    data = data.drop_front(count);
    if (piece.size() == TN_WEIGHTS_HASH_BYTES)
      closePiece();
  }
}

void WeightsObjectWriter::writeZeros(uint64_t count) {
  static const char zeros[4096] = {};
  while (count) {
    uint64_t part = std::min<uint64_t>(count, sizeof(zeros));
    write(ArrayRef(zeros, part));
    count -= part;
  }
}

Error WeightsObjectWriter::append(ArrayRef<char> data, uint64_t offset) {
  if (offset < position || offset > total || data.size() > total - offset)
    return createStringError("internal error: weights at offset " +
                             Twine(offset) + " of " + Twine(data.size()) +
                             " bytes do not fit between " + Twine(position) +
                             " and " + Twine(total));
  writeZeros(offset - position);
  write(data);
  if (out->has_error())
    return makeError("cannot write the weights to '" + path + "'",
                     out->error());
  return Error::success();
}

void WeightsObjectWriter::writeTables() {
  uint64_t tables = alignTo(dataOffset + total, 8);
  uint64_t symbols = tables + SectionCount * sizeof(ELF::Elf64_Shdr);
  std::string names(1, '\0');
  names.append(symbolName.data(), symbolName.size()).push_back('\0');
  uint64_t strings = symbols + 2 * sizeof(ELF::Elf64_Sym);
  uint64_t sectionStrings = strings + names.size();

  ELF::Elf64_Shdr section[SectionCount] = {};
  for (unsigned i = 0; i < SectionCount; ++i) {
    section[i].sh_name = nameOf[i];
    section[i].sh_addralign = i == Null ? 0 : 1;
  }
  section[Weights].sh_type = ELF::SHT_PROGBITS;
  section[Weights].sh_flags = ELF::SHF_ALLOC;
  section[Weights].sh_offset = dataOffset;
  section[Weights].sh_size = total;
  section[Weights].sh_addralign = TN_WEIGHTS_ALIGNMENT;
  section[SymTab].sh_type = ELF::SHT_SYMTAB;
  section[SymTab].sh_offset = symbols;
  section[SymTab].sh_size = 2 * sizeof(ELF::Elf64_Sym);
  section[SymTab].sh_link = StrTab;
  section[SymTab].sh_info = 1; // the first symbol that is not local
  section[SymTab].sh_addralign = 8;
  section[SymTab].sh_entsize = sizeof(ELF::Elf64_Sym);
  section[StrTab].sh_type = ELF::SHT_STRTAB;
  section[StrTab].sh_offset = strings;
  section[StrTab].sh_size = names.size();
  section[ShStrTab].sh_type = ELF::SHT_STRTAB;
  section[ShStrTab].sh_offset = sectionStrings;
  section[ShStrTab].sh_size = sizeof(sectionNames);
  // Says that the stack need not be executable.
  section[Stack].sh_type = ELF::SHT_PROGBITS;
  section[Stack].sh_offset = sectionStrings + sizeof(sectionNames);

  out->write_zeros(tables - (dataOffset + total));
  for (const ELF::Elf64_Shdr &header : section)
    writeStruct(*out, header);
  ELF::Elf64_Sym symbol[2] = {};
  symbol[1].st_name = 1;
  symbol[1].setBindingAndType(ELF::STB_GLOBAL, ELF::STT_OBJECT);
  symbol[1].st_other = ELF::STV_HIDDEN;
  symbol[1].st_shndx = Weights;
  symbol[1].st_size = total;
  writeStruct(*out, symbol[0]);
  writeStruct(*out, symbol[1]);
  *out << names;
  out->write(sectionNames, sizeof(sectionNames));
}

Error WeightsObjectWriter::finish() {
  writeZeros(total - position);
  if (!piece.empty())
    closePiece();
  writeTables();
  out->close();
  if (out->has_error()) {
    std::error_code code = out->error();
    return makeError("cannot write the weights to '" + path + "'", code);
  }
  finished = true;
  return Error::success();
}

} // namespace tenon
