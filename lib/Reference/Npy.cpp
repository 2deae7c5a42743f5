//===-- Npy.cpp - tensors in NumPy's file format --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Reference/Npy.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cstring>

using namespace llvm;
using namespace tenon;

namespace {

constexpr StringLiteral magic("\x93NUMPY");

Error malformed(StringRef path, const Twine &why) {
  return createStringError(Twine(path) + ": " + why);
}

std::optional<Kind> kindOfDescription(StringRef d) {
  // Byte order does not apply to single bytes.
  if (d.size() == 3 && (d[0] == '|' || d[0] == '=') &&
      (d[2] == '1' || d[0] == '='))
    d = d.drop_front();
  else if (!d.consume_front("<"))
    return std::nullopt;
  return StringSwitch<std::optional<Kind>>(d)
      .Case("f2", Kind::F16)
      .Case("f4", Kind::F32)
      .Case("f8", Kind::F64)
      .Case("V2", Kind::BF16)
      .Case("b1", Kind::Bool)
      .Case("i1", Kind::I8)
      .Case("i2", Kind::I16)
      .Case("i4", Kind::I32)
      .Case("i8", Kind::I64)
      .Case("u1", Kind::U8)
      .Case("u2", Kind::U16)
      .Case("u4", Kind::U32)
      .Case("u8", Kind::U64)
      .Default(std::nullopt);
}

StringRef descriptionOf(Kind k) {
  switch (k) {
  case Kind::F16:
    return "<f2";
  case Kind::F32:
    return "<f4";
  case Kind::F64:
    return "<f8";
  case Kind::BF16:
    return "<V2";
  case Kind::Bool:
    return "|b1";
  case Kind::I8:
    return "|i1";
  case Kind::I16:
    return "<i2";
  case Kind::I32:
    return "<i4";
  case Kind::I64:
    return "<i8";
  case Kind::U8:
    return "|u1";
  case Kind::U16:
    return "<u2";
  case Kind::U32:
    return "<u4";
  case Kind::U64:
    return "<u8";
  }
  llvm_unreachable("unknown kind");
}

/// The text after `'key':`, or none.
std::optional<StringRef> valueOf(StringRef header, StringRef key) {
  for (char quote : {'\'', '"'}) {
    std::string spelt = (Twine(quote) + key + Twine(quote)).str();
    size_t at = header.find(spelt);
    if (at == StringRef::npos)
      continue;
    StringRef rest = header.drop_front(at + spelt.size()).ltrim();
    if (rest.consume_front(":"))
      return rest.ltrim();
  }
  return std::nullopt;
}

struct Header {
  Kind kind;
  SmallVector<int64_t> shape;
  bool fortran;
};

Expected<Header> parseHeader(StringRef path, StringRef text) {
  std::optional<StringRef> descr = valueOf(text, "descr"),
                           order = valueOf(text, "fortran_order");
  std::optional<StringRef> shape = valueOf(text, "shape");
  if (!descr || !order || !shape)
    return malformed(path,
                     "the npy header lacks descr, fortran_order or shape");
  Header h;
  StringRef quoted = descr->take_front(1);
  if (quoted != "'" && quoted != "\"")
    return malformed(path, "holds records; a plain array is needed");
  StringRef d = descr->drop_front().split(quoted).first;
  std::optional<Kind> kind = kindOfDescription(d);
  if (!kind)
    return malformed(
        path,
        "element type '" + d +
            "' is not supported: save little endian bool, int, uint or float");
  h.kind = *kind;
  if (!order->starts_with("True") && !order->starts_with("False"))
    return malformed(path, "fortran_order is neither True nor False");
  h.fortran = order->starts_with("True");
  size_t end = shape->find(')');
  if (!shape->starts_with("(") || end == StringRef::npos)
    return malformed(path, "shape is no tuple");
  SmallVector<StringRef> parts;
  shape->slice(1, end).split(parts, ',');
  for (StringRef p : parts) {
    p = p.trim();
    if (p.empty())
      continue;
    int64_t extent;
    if (p.getAsInteger(10, extent) || extent < 0)
      return malformed(path, "'" + p + "' is no extent");
    h.shape.push_back(extent);
  }
  if (h.shape.size() > 64)
    return malformed(path, "has more than 64 dimensions");
  return h;
}

/// Fortran order is C order of the reversed shape, transposed.
Tensor toRowMajor(const Tensor &t) {
  Tensor y = Tensor::allocate(t.kind(), t.shape());
  if (!y)
    return {};
  size_t width = bytesOf(t.kind());
  auto *from = static_cast<const char *>(t.data());
  auto *to = static_cast<char *>(y.mutableData());
  SmallVector<int64_t> index(t.rank(), 0), strides(t.rank(), 1);
  for (int64_t d = 1; d < t.rank(); ++d)
    strides[d] = strides[d - 1] * t.shape()[d - 1];
  int64_t source = 0;
  for (int64_t i = 0; i < t.size(); ++i) {
    std::memcpy(to + i * width, from + source * width, width);
    for (int64_t d = t.rank(); d-- > 0;) {
      source += strides[d];
      if (++index[d] < t.shape()[d])
        break;
      source -= strides[d] * t.shape()[d];
      index[d] = 0;
    }
  }
  return y;
}

} // namespace

Expected<Tensor> tenon::readNpy(StringRef path) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> file = MemoryBuffer::getFile(
      path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file)
    return malformed(path, file.getError().message());
  std::shared_ptr<MemoryBuffer> buffer = std::move(*file);
  StringRef bytes = buffer->getBuffer();
  if (!bytes.starts_with(magic) || bytes.size() < 10)
    return malformed(path, "is no npy file");
  unsigned version = static_cast<uint8_t>(bytes[6]);
  if (version < 1 || version > 3)
    return malformed(path, "has npy version " + Twine(version) +
                               ", 1 to 3 are known");
  size_t prefix = version == 1 ? 10 : 12;
  if (bytes.size() < prefix)
    return malformed(path, "ends within its header");
  size_t length = version == 1 ? support::endian::read16le(bytes.data() + 8)
                               : support::endian::read32le(bytes.data() + 8);
  if (bytes.size() - prefix < length)
    return malformed(path, "ends within its header");
  Expected<Header> h = parseHeader(path, bytes.substr(prefix, length));
  if (!h)
    return h.takeError();
  StringRef data = bytes.drop_front(prefix + length);
  std::optional<int64_t> n = elementCount(h->kind, h->shape);
  if (!n || static_cast<uint64_t>(*n) * bytesOf(h->kind) != data.size())
    return malformed(path, "holds " + Twine(data.size()) +
                               " bytes of data, which is not what " +
                               "its shape and type need");
  Tensor t = Tensor::view(h->kind, h->shape, ArrayRef(data.data(), data.size()),
                          buffer);
  if (t && h->fortran && t.rank() > 1)
    t = toRowMajor(t);
  if (!t)
    return malformed(path, "no memory for its data");
  return t;
}

Error tenon::writeNpy(StringRef path, const Tensor &tensor) {
  Tensor t = tensor.dense();
  if (!t)
    return malformed(path, "no memory for the dense form");
  std::string header = ("{'descr': '" + descriptionOf(t.kind()) +
                        "', 'fortran_order': False, 'shape': (")
                           .str();
  for (int64_t extent : t.shape())
    header += std::to_string(extent) + ", ";
  header += "), }";
  // The data begins at a multiple of 64 bytes.
  header.append(63 - (10 + header.size()) % 64, ' ');
  header += '\n';
  std::error_code ec;
  raw_fd_ostream out(path, ec);
  if (ec)
    return malformed(path, ec.message());
  char length[2];
  support::endian::write16le(length, header.size());
  out << magic << '\x01' << '\0' << StringRef(length, 2) << header;
  out.write(static_cast<const char *>(t.data()), t.sizeInBytes());
  out.close();
  if (out.has_error()) {
    std::string why = out.error().message();
    out.clear_error();
    return malformed(path, why);
  }
  return Error::success();
}
