//===-- ExternalData.cpp - tensors that stand in other files --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/ExternalData.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace tenon::onnx;

/// Whether the path stays below the folder it is relative to. ONNX writes '/'
/// on every platform; a file written on Windows may have '\'.
static bool staysInside(StringRef location) {
  if (location.empty() || sys::path::is_absolute(location) ||
      location.contains('\0') || location.contains('\\') ||
      location.contains(':'))
    return false;
  for (auto part = sys::path::begin(location), end = sys::path::end(location);
       part != end; ++part)
    if (*part == "..")
      return false;
  return true;
}

void ExternalData::read(ArrayRef<std::pair<StringRef, StringRef>> entries,
                        uint64_t expected, TensorData &to) {
  StringRef location;
  uint64_t offset = 0, length = expected;
  for (auto [key, value] : entries) {
    bool bad = false;
    if (key == "location")
      location = value;
    else if (key == "offset")
      bad = value.getAsInteger(10, offset);
    else if (key == "length")
      bad = value.getAsInteger(10, length);
    if (bad) {
      to.problem =
          ("external data: " + key + " is '" + value + "', which is no number")
              .str();
      return;
    }
  }
  if (modelPath.empty()) {
    to.problem = "external data: the model was not read from a file, so there "
                 "is no folder to "
                 "look in";
    return;
  }
  if (!staysInside(location)) {
    to.problem = ("external data: location '" + location +
                  "' must be a relative path without '..'; move the file "
                  "beside the model")
                     .str();
    return;
  }
  std::shared_ptr<MemoryBuffer> &file = files[location];
  if (!file) {
    SmallString<128> path = sys::path::parent_path(modelPath);
    sys::path::append(path, location);
    auto refuse = [&](const Twine &why) {
      to.problem = ("external data: cannot read '" + path + "': " + why).str();
    };
    // A pipe would block, a device might never end.
    if (sys::fs::exists(path) && !sys::fs::is_regular_file(path))
      return refuse("not a regular file");
    auto opened = MemoryBuffer::getFile(path, /*IsText=*/false,
                                        /*RequiresNullTerminator=*/false);
    if (!opened)
      return refuse(opened.getError().message());
    file = std::move(*opened);
  }
  uint64_t size = file->getBufferSize();
  if (offset > size || length > size - offset) {
    to.problem = ("external data: bytes " + Twine(offset) + " to " +
                  Twine(offset) + " + " + Twine(length) + " of '" + location +
                  "', which has " + Twine(size))
                     .str();
    return;
  }
  to.bytes = {file->getBufferStart() + offset, static_cast<size_t>(length)};
  to.owner = file;
}
