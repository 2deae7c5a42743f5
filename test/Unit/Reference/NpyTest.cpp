//===-- NpyTest.cpp - tensors in NumPy's file format ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Reference/Npy.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace tenon;

namespace {

/// A file of these bytes, gone at the end of the test.
class File {
public:
  explicit File(StringRef bytes) {
    int fd;
    EXPECT_FALSE(sys::fs::createTemporaryFile("tenon", "npy", fd, path));
    remover.setFile(path);
    raw_fd_ostream(fd, true) << bytes;
  }
  SmallString<128> path;

private:
  FileRemover remover;
};

std::string npy(StringRef header, StringRef data, char version = 1) {
  std::string s = "\x93NUMPY";
  s += version;
  s += '\0';
  s += char(header.size());
  s += '\0';
  if (version > 1)
    s += std::string(2, '\0');
  return s + header.str() + data.str();
}

std::string errorOf(StringRef bytes) {
  File f(bytes);
  Expected<Tensor> t = readNpy(f.path);
  return t ? "" : toString(t.takeError());
}

TEST(Npy, ReadsWhatNumPyWrites) {
  // numpy.save of array([[1, 2, 3], [4, 5, 6]], int16).
  std::string header =
      "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }";
  StringRef data("\1\0\2\0\3\0\4\0\5\0\6\0", 12);
  for (char version : {1, 2, 3}) {
    File f(npy(header, data, version));
    Expected<Tensor> t = readNpy(f.path);
    ASSERT_TRUE(bool(t)) << toString(t.takeError());
    EXPECT_EQ(t->kind(), Kind::I16);
    EXPECT_EQ(t->shape(), ArrayRef<int64_t>({2, 3}));
    EXPECT_EQ(t->elements<int16_t>(), ArrayRef<int16_t>({1, 2, 3, 4, 5, 6}));
  }
  File f(
      npy("{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3), }", data));
  Expected<Tensor> t = readNpy(f.path);
  ASSERT_TRUE(bool(t)) << toString(t.takeError());
  EXPECT_EQ(t->elements<int16_t>(), ArrayRef<int16_t>({1, 3, 5, 2, 4, 6}));
}

TEST(Npy, RoundTripsEveryKind) {
  SmallVector<int64_t> shapes[] = {{}, {3, 1}, {0}};
  for (int k = 0; k <= int(Kind::Bool); ++k)
    for (ArrayRef<int64_t> shape : shapes) {
      Tensor t =
          Tensor::splat(shape, convert(HostScalar::ofInt(Kind::I8, 1), Kind(k)))
              .dense();
      File f("");
      ASSERT_FALSE(bool(writeNpy(f.path, t)));
      Expected<Tensor> back = readNpy(f.path);
      ASSERT_TRUE(bool(back)) << toString(back.takeError());
      EXPECT_TRUE(bitwiseEqual(t, *back)) << k;
    }
}

TEST(Npy, RefusesBadBytesByName) {
  std::string header =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
  std::string good = npy(header, StringRef("\0\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(errorOf(good), "");
  for (size_t length = 0; length < good.size(); ++length)
    EXPECT_NE(errorOf(StringRef(good).take_front(length)), "") << length;
  auto with = [&](StringRef from, StringRef to) {
    std::string h = header;
    h.replace(h.find(from.str()), from.size(), to.str());
    return errorOf(npy(h, StringRef("\0\0\0\0\0\0\0\0", 8)));
  };
  EXPECT_NE(with("<f4", ">f4").find("element type '>f4' is not supported"),
            std::string::npos);
  EXPECT_NE(with("'<f4'", "[('a', '<f4')]").find("records"), std::string::npos);
  EXPECT_NE(with("(2,)", "(-2,)").find("is no extent"), std::string::npos);
  EXPECT_NE(with("(2,)", "(9223372036854775807, 9)").find("not what"),
            std::string::npos);
  EXPECT_NE(with("(2,)", "(3,)").find("8 bytes"), std::string::npos);
  EXPECT_NE(with("(2,)", "2").find("no tuple"), std::string::npos);
  EXPECT_NE(with("False", "Maybe").find("neither"), std::string::npos);
  Expected<Tensor> missing = readNpy("/nonexistent/x.npy");
  EXPECT_FALSE(bool(missing));
  consumeError(missing.takeError());
  EXPECT_NE(toString(writeNpy("/nonexistent/x.npy",
                              Tensor::allocate(Kind::F32, {1}))),
            "");
}

} // namespace
