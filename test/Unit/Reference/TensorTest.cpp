//===-- TensorTest.cpp - tensors and attributes ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Run.h"

#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace tenon;

namespace {

using TensorTest = Run;

TEST_F(TensorTest, SizesThatCannotBeAreNull) {
  EXPECT_FALSE(Tensor::allocate(Kind::F32, {-1}));
  EXPECT_FALSE(
      Tensor::allocate(Kind::F32, {int64_t(1) << 40, int64_t(1) << 40}));
  EXPECT_FALSE(Tensor::allocate(Kind::F64, {int64_t(1) << 60}));
  EXPECT_FALSE(Tensor::splat({int64_t(1) << 62, 4}, HostScalar::ofBool(true)));
  // Overflowing extents beside an empty one are no elements.
  Tensor empty =
      Tensor::allocate(Kind::F32, {int64_t(1) << 62, 0, int64_t(1) << 62});
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty.size(), 0);
}

TEST_F(TensorTest, IsAligned) {
  for (int64_t n : {1, 3, 1000})
    EXPECT_EQ(
        reinterpret_cast<uintptr_t>(Tensor::allocate(Kind::I8, {n}).data()) %
            64,
        0u);
}

TEST_F(TensorTest, SplatsStaySplats) {
  auto type =
      RankedTensorType::get({1 << 20, 1 << 20}, Float32Type::get(&context));
  auto attr = DenseElementsAttr::get(type, 2.5f);
  auto t = Tensor::fromAttr(UnknownLoc::get(&context), attr);
  ASSERT_TRUE(succeeded(t));
  EXPECT_TRUE(t->isSplat());
  EXPECT_EQ((*t)[123456789].f, 2.5f);
  EXPECT_EQ(t->toAttr(&context), attr);
  Tensor small =
      Tensor::splat({3, 5}, HostScalar::ofInt(Kind::I16, -7)).dense();
  EXPECT_FALSE(small.isSplat());
  EXPECT_EQ(elements(small), std::vector<double>(15, -7));
  Tensor large =
      Tensor::splat({100003}, HostScalar::ofDouble(Kind::F64, 0.1)).dense();
  EXPECT_EQ(large[100002].d, 0.1);
  EXPECT_EQ(large[65536].d, 0.1);
}

/// MLIR keeps i1 in its own form; bytes hold 0 or 1.
TEST_F(TensorTest, Booleans) {
  auto type = RankedTensorType::get({11}, IntegerType::get(&context, 1));
  bool values[] = {true,  false, false, true, true, true,
                   false, true,  false, true, true};
  auto attr = DenseElementsAttr::get(type, ArrayRef(values));
  auto t = Tensor::fromAttr(UnknownLoc::get(&context), attr);
  ASSERT_TRUE(succeeded(t));
  for (int64_t i = 0; i < 11; ++i)
    EXPECT_EQ(t->elements<uint8_t>()[i], uint8_t(values[i])) << i;
  EXPECT_EQ(t->toAttr(&context), attr);
  // Bytes from a file may be anything but 0.
  Tensor v = Tensor::view(Kind::Bool, {4}, {"\x00\x02\x01\xff", 4});
  EXPECT_EQ(v.elements<uint8_t>(), ArrayRef<uint8_t>({0, 1, 1, 1}));
  auto on = DenseElementsAttr::get(type, true);
  auto s = Tensor::fromAttr(UnknownLoc::get(&context), on);
  ASSERT_TRUE(succeeded(s));
  EXPECT_TRUE(s->isSplat());
  EXPECT_EQ(s->toAttr(&context), on);
}

TEST_F(TensorTest, EveryKindRoundTrips) {
  for (int k = 0; k <= int(Kind::Bool); ++k) {
    Kind kind = Kind(k);
    Tensor t = Tensor::allocate(kind, {2, 3});
    auto *to = static_cast<char *>(t.mutableData());
    for (int64_t i = 0; i < 6; ++i)
      convert(HostScalar::ofInt(Kind::I32, i % 4), kind)
          .store(to + i * bytesOf(kind));
    DenseElementsAttr attr = t.toAttr(&context);
    EXPECT_EQ(attr.getType(), t.type(&context));
    auto back = Tensor::fromAttr(UnknownLoc::get(&context), attr);
    ASSERT_TRUE(succeeded(back)) << diagnostics;
    EXPECT_TRUE(bitwiseEqual(*back, t)) << k;
    Tensor none = Tensor::allocate(kind, {0, 3});
    auto empty =
        Tensor::fromAttr(UnknownLoc::get(&context), none.toAttr(&context));
    ASSERT_TRUE(succeeded(empty)) << diagnostics;
    EXPECT_EQ(empty->shape(), ArrayRef<int64_t>({0, 3}));
  }
}

TEST_F(TensorTest, ResourcesAreViewedAndChecked) {
  auto type = RankedTensorType::get({4}, Float32Type::get(&context));
  alignas(64) static const float data[5] = {1, 2, 3, 4, 5};
  auto resource = [&](const void *p, size_t bytes) {
    return DenseResourceElementsAttr::get(
        type, "w",
        UnmanagedAsmResourceBlob::allocateWithAlign(
            {static_cast<const char *>(p), bytes}, 1));
  };
  auto t = Tensor::fromAttr(UnknownLoc::get(&context), resource(data, 16));
  ASSERT_TRUE(succeeded(t)) << diagnostics;
  EXPECT_EQ(t->data(), data);
  auto shifted =
      Tensor::fromAttr(UnknownLoc::get(&context),
                       resource(reinterpret_cast<const char *>(data) + 1, 16));
  ASSERT_TRUE(succeeded(shifted));
  EXPECT_EQ(reinterpret_cast<uintptr_t>(shifted->data()) % 64, 0u);
  EXPECT_TRUE(
      failed(Tensor::fromAttr(UnknownLoc::get(&context), resource(data, 12))));
  EXPECT_NE(diagnostics.find("has 12 bytes, 'tensor<4xf32>' needs 16"),
            std::string::npos)
      << diagnostics;
  auto module =
      parse("func.func @f() -> tensor<4xf32> {\n"
            "  %y = tenon.constant dense_resource<nowhere> : tensor<4xf32>\n"
            "  return %y : tensor<4xf32>\n}");
  EXPECT_TRUE(failed(tenon::run(*module, "f", {})));
  EXPECT_NE(diagnostics.find("'nowhere' has no bytes"), std::string::npos)
      << diagnostics;
}

TEST_F(TensorTest, BitwiseEquality) {
  Tensor a = Tensor::splat({3}, HostScalar::ofDouble(Kind::F32, 0.0));
  EXPECT_TRUE(bitwiseEqual(a, a.dense()));
  EXPECT_FALSE(bitwiseEqual(
      a, Tensor::splat({3}, HostScalar::ofDouble(Kind::F32, -0.0))));
  EXPECT_FALSE(
      bitwiseEqual(a, Tensor::splat({3}, HostScalar::ofInt(Kind::I32, 0))));
  EXPECT_FALSE(bitwiseEqual(
      a, Tensor::splat({4}, HostScalar::ofDouble(Kind::F32, 0.0))));
  EXPECT_FALSE(bitwiseEqual(a, Tensor::of<float>(Kind::F32, {3}, {0, 0, 1})));
}

} // namespace
