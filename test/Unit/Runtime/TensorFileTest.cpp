//===-- TensorFileTest.cpp - .npy and TensorProto files -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gtest/gtest.h"

extern "C" {
#include "runtime/src/cli/Tensor.h"
}

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <random>
#include <sstream>
#include <string>

namespace {

struct Parsed {
  tn_host_tensor tensor{};
  tn_message message{};
  tn_status status;
  using Parser = tn_status(const void *, uint64_t, tn_host_tensor *,
                           tn_message *);
  Parsed(Parser *parser, const std::string &bytes) {
    // Exactly so many bytes, for sanitizers.
    std::unique_ptr<char[]> copy(new char[bytes.size()]);
    std::memcpy(copy.get(), bytes.data(), bytes.size());
    status = parser(copy.get(), bytes.size(), &tensor, &message);
  }
  ~Parsed() { tn_host_free(&tensor); }
  std::vector<double> values() const {
    std::vector<double> result;
    for (uint64_t i = 0; i < tensor.elements; ++i)
      result.push_back(tn_host_element(&tensor, i));
    return result;
  }
  bool says(const char *words) const {
    return std::strstr(message.text, words) != nullptr;
  }
};

//===-- .npy
//----------------------------------------------------------------===//

std::string npy(std::string header, const std::string &data, int version = 1) {
  header += '\n';
  std::string result = "\x93NUMPY";
  result += static_cast<char>(version);
  result += '\0';
  result += static_cast<char>(header.size() & 0xff);
  result += static_cast<char>(header.size() >> 8);
  if (version > 1)
    result += std::string(2, '\0');
  return result + header + data;
}

std::string describe(const char *descr, const char *shape,
                     const char *order = "False") {
  return std::string("{'descr': '") + descr + "', 'fortran_order': " + order +
         ", 'shape': " + shape + ", }";
}

template <typename T>
std::string raw(std::initializer_list<T> values) {
  return {reinterpret_cast<const char *>(values.begin()),
          values.size() * sizeof(T)};
}

TEST(Npy, ReadsVersionsAndShapes) {
  std::string data = raw<float>({1, -2.5, 3, 4, 5, 6});
  for (int version : {1, 2, 3}) {
    Parsed p(tn_npy_parse, npy(describe("<f4", "(2, 3)"), data, version));
    ASSERT_EQ(p.status, TN_OK) << p.message.text;
    EXPECT_EQ(p.tensor.dtype, TN_F32);
    EXPECT_EQ(p.tensor.rank, 2);
    EXPECT_EQ(p.tensor.dims[1], 3);
    EXPECT_EQ(p.values(), (std::vector<double>{1, -2.5, 3, 4, 5, 6}));
  }
  Parsed vector(tn_npy_parse, npy(describe("<f4", "(6,)"), data));
  EXPECT_EQ(vector.status, TN_OK);
  EXPECT_EQ(vector.tensor.rank, 1);
  Parsed scalar(tn_npy_parse, npy(describe("<f8", "()"), raw<double>({7})));
  EXPECT_EQ(scalar.status, TN_OK);
  EXPECT_EQ(scalar.tensor.rank, 0);
  EXPECT_EQ(scalar.values(), std::vector<double>{7});
  Parsed empty(tn_npy_parse, npy(describe("<f4", "(3, 0)"), ""));
  EXPECT_EQ(empty.status, TN_OK);
  EXPECT_EQ(empty.tensor.elements, 0u);
}

TEST(Npy, ReadsDtypes) {
  auto expect = [](const char *descr, std::string data, tn_dtype dtype,
                   std::vector<double> values) {
    Parsed p(tn_npy_parse, npy(describe(descr, "(2,)"), data));
    ASSERT_EQ(p.status, TN_OK) << descr << p.message.text;
    EXPECT_EQ(p.tensor.dtype, dtype) << descr;
    EXPECT_EQ(p.values(), values) << descr;
  };
  expect("<f2", raw<uint16_t>({0x3c00, 0x8001}), TN_F16, {1, -0x1p-24});
  expect("<V2", raw<uint16_t>({0x3f80, 0xc040}), TN_BF16, {1, -3});
  expect("|i1", raw<int8_t>({-128, 5}), TN_I8, {-128, 5});
  expect("|u1", raw<uint8_t>({255, 5}), TN_U8, {255, 5});
  expect("<u1", raw<uint8_t>({255, 5}), TN_U8, {255, 5});
  expect("<i2", raw<int16_t>({-300, 5}), TN_I16, {-300, 5});
  expect("<u2", raw<uint16_t>({65535, 5}), TN_U16, {65535, 5});
  expect("<i4", raw<int32_t>({-70000, 5}), TN_I32, {-70000, 5});
  expect("<u4", raw<uint32_t>({4000000000u, 5}), TN_U32, {4000000000.0, 5});
  expect("=i8", raw<int64_t>({-1, 5}), TN_I64, {-1, 5});
  expect("<u8", raw<uint64_t>({1, 5}), TN_U64, {1, 5});
  expect("|b1", raw<uint8_t>({1, 0}), TN_BOOL, {1, 0});
}

TEST(Npy, RefusesWithACure) {
  std::string data = raw<float>({1, 2, 3, 4, 5, 6});
  Parsed fortran(tn_npy_parse, npy(describe("<f4", "(2, 3)", "True"), data));
  EXPECT_EQ(fortran.status, TN_INVALID_ARGUMENT);
  EXPECT_TRUE(fortran.says("numpy.ascontiguousarray"));
  Parsed big(tn_npy_parse, npy(describe(">f4", "(2, 3)"), data));
  EXPECT_EQ(big.status, TN_INVALID_ARGUMENT);
  EXPECT_TRUE(big.says("big-endian"));
  Parsed complex(tn_npy_parse, npy(describe("<c8", "(3,)"), data));
  EXPECT_EQ(complex.status, TN_INVALID_ARGUMENT);
  EXPECT_TRUE(complex.says("'<c8'"));
  Parsed fields(tn_npy_parse,
                npy("{'descr': [('a', '<f4')], 'fortran_order': False, "
                    "'shape': (6,), }",
                    data));
  EXPECT_TRUE(fields.says("structured"));
  Parsed more(tn_npy_parse, npy(describe("<f4", "(2, 2)"), data));
  EXPECT_TRUE(more.says("24 bytes of data, and its shape needs 16"));
  Parsed absurd(tn_npy_parse,
                npy(describe("<f4", "(99999999999, 99999999999)"), data));
  EXPECT_EQ(absurd.status, TN_CORRUPT);
  Parsed huge(tn_npy_parse,
              npy(describe("<f4", "(99999999999999999999999,)"), data));
  EXPECT_EQ(huge.status, TN_CORRUPT);
  for (const char *header :
       {"", "{", "{}", "{'descr': '<f4'", "{'descr': <f4, }",
        "{'descr': '<f4', 'fortran_order': False, }",
        "{'shape': (6,), 'descr': '<f4', }",
        "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (6,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6, }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-6,), }",
        "{'descr': '', 'fortran_order': False, 'shape': (6,), }"}) {
    Parsed p(tn_npy_parse, npy(header, data));
    EXPECT_EQ(p.status, TN_CORRUPT) << header;
  }
}

TEST(Npy, IsReadBackAsWritten) {
  std::string path = testing::TempDir() + "tenon_roundtrip.npy";
  for (tn_dtype dtype = TN_F32; dtype <= TN_BOOL; ++dtype)
    for (int32_t rank : {0, 1, 2, 40}) {
      tn_host_tensor t{};
      t.dtype = dtype;
      t.rank = rank;
      for (int i = 0; i < rank; ++i)
        t.dims[i] = i < 2 ? 3 + i : 1;
      ASSERT_EQ(tn_host_allocate(&t, 1000, nullptr), TN_OK);
      tn_host_randomize(&t, 5);
      ASSERT_EQ(tn_npy_write(path.c_str(), &t, nullptr), TN_OK);
      tn_host_tensor back;
      tn_message message;
      ASSERT_EQ(tn_tensor_read(path.c_str(), &back, &message), TN_OK)
          << message.text;
      EXPECT_EQ(back.dtype, dtype);
      EXPECT_EQ(back.rank, rank);
      EXPECT_EQ(std::memcmp(back.data, t.data, t.bytes), 0);
      // numpy maps files, and wants data aligned.
      std::ifstream file(path, std::ios::binary | std::ios::ate);
      EXPECT_EQ((uint64_t(file.tellg()) - t.bytes) % 64, 0u);
      tn_host_free(&back);
      tn_host_free(&t);
    }
  std::remove(path.c_str());
}

//===-- TensorProto
//---------------------------------------------------------===//

std::string varint(uint64_t value) {
  std::string result;
  for (; value > 127; value >>= 7)
    result += static_cast<char>(value | 0x80);
  return result + static_cast<char>(value);
}
std::string field(int number, uint64_t value) {
  return varint(number << 3) + varint(value);
}
std::string field(int number, const std::string &bytes) {
  return varint(number << 3 | 2) + varint(bytes.size()) + bytes;
}

TEST(Proto, ReadsRawData) {
  std::string bytes = field(1, 2) + field(1, 3) + field(2, 1) +
                      field(8, std::string("x")) +
                      field(9, raw<float>({1, 2, 3, 4, 5, 6}));
  Parsed p(tn_proto_parse, bytes);
  ASSERT_EQ(p.status, TN_OK) << p.message.text;
  EXPECT_EQ(p.tensor.dims[0], 2);
  EXPECT_EQ(p.values(), (std::vector<double>{1, 2, 3, 4, 5, 6}));
  Parsed packed(tn_proto_parse, field(1, varint(2) + varint(3)) + field(2, 1) +
                                    field(9, raw<float>({1, 2, 3, 4, 5, 6})));
  EXPECT_EQ(packed.status, TN_OK);
  EXPECT_EQ(packed.tensor.dims[1], 3);
}

TEST(Proto, ReadsTypedData) {
  auto expect = [](int type, int number, std::string data,
                   std::vector<double> values) {
    Parsed p(tn_proto_parse,
             field(1, 2) + field(2, type) + field(number, data));
    ASSERT_EQ(p.status, TN_OK) << type << ": " << p.message.text;
    EXPECT_EQ(p.values(), values) << type;
  };
  std::string minus = varint(~UINT64_C(0)); // int32 -1 takes ten bytes
  expect(1, 4, raw<float>({1.5, -2}), {1.5, -2});
  expect(11, 10, raw<double>({1.5, -2}), {1.5, -2});
  expect(2, 5, varint(255) + varint(1), {255, 1});
  expect(3, 5, minus + varint(1), {-1, 1});
  expect(4, 5, varint(65535) + varint(1), {65535, 1});
  expect(5, 5, minus + varint(1), {-1, 1});
  expect(6, 5, minus + varint(1), {-1, 1});
  expect(7, 7, minus + varint(1), {-1, 1});
  expect(9, 5, varint(1) + varint(0), {1, 0});
  expect(10, 5, varint(0x3c00) + varint(0xbc00), {1, -1});
  expect(16, 5, varint(0x3f80) + varint(0xbf80), {1, -1});
  expect(12, 11, varint(4000000000) + varint(1), {4e9, 1});
  expect(13, 11, varint(9) + varint(1), {9, 1});
  Parsed unpacked(tn_proto_parse,
                  field(1, 2) + field(2, 6) + field(5, 8) + field(5, 9));
  EXPECT_EQ(unpacked.values(), (std::vector<double>{8, 9}));
  Parsed scalar(tn_proto_parse, field(2, 1) + field(9, raw<float>({4})));
  EXPECT_EQ(scalar.tensor.rank, 0);
  EXPECT_EQ(scalar.values(), std::vector<double>{4});
  Parsed empty(tn_proto_parse, field(1, 0) + field(2, 1));
  EXPECT_EQ(empty.status, TN_OK);
  EXPECT_EQ(empty.tensor.elements, 0u);
}

TEST(Proto, RefusesWhatIsInconsistent) {
  std::string data = raw<float>({1, 2});
  for (const std::string &bytes :
       {field(2, 1) + field(1, 3) + field(9, data),
        field(2, 1) + field(1, 3) + field(4, data),
        field(2, 1) + field(1, 1) + field(4, data),
        field(2, 1) + field(1, ~UINT64_C(0)) + field(9, data),
        field(2, 1) + field(1, UINT64_C(1) << 40) + field(9, data),
        field(2, 1) + field(1, 2) + field(4, data.substr(1)),
        field(2, 6) + field(1, 1) + field(5, std::string("\xff")),
        std::string("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
        std::string("\x0f"), std::string(12, '\xff')}) {
    Parsed p(tn_proto_parse, bytes);
    EXPECT_EQ(p.status, TN_CORRUPT) << p.message.text;
    EXPECT_STRNE(p.message.text, "");
  }
  Parsed text(tn_proto_parse, field(2, 8));
  EXPECT_TRUE(text.says("data type 8"));
  Parsed elsewhere(tn_proto_parse, field(2, 1) + field(14, 1));
  EXPECT_TRUE(elsewhere.says("another file"));
  std::string deep = field(2, 1);
  for (int i = 0; i < 65; ++i)
    deep += field(1, 1);
  Parsed rank(tn_proto_parse, deep);
  EXPECT_EQ(rank.status, TN_CORRUPT);
}

//===-- Any bytes
//-----------------------------------------------------------===//

TEST(TensorFiles, AnyBytesGiveAResultOrAMessage) {
  std::mt19937 random(3);
  std::string seeds[] = {
      npy(describe("<f4", "(2, 3)"), raw<float>({1, 2, 3, 4, 5, 6})),
      field(1, 2) + field(2, 1) + field(8, std::string("name")) +
          field(9, raw<float>({1, 2})),
      field(1, 3) + field(2, 6) +
          field(5, varint(1) + varint(~UINT64_C(0)) + varint(300))};
  Parsed::Parser *parsers[] = {tn_npy_parse, tn_proto_parse, tn_proto_parse};
  int accepted = 0;
  for (int i = 0; i < 60000; ++i) {
    int which = i % 3;
    std::string bytes = seeds[which];
    for (int k = random() % 4; k >= 0; --k) {
      size_t at = random() % bytes.size();
      switch (random() % 4) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at, 1 + random() % 3);
        break;
      case 2:
        bytes.insert(at, 1, static_cast<char>(random()));
        break;
      default:
        bytes.resize(at);
      }
      if (bytes.empty())
        break;
    }
    Parsed p(parsers[which], bytes);
    accepted += p.status == TN_OK;
    if (p.status == TN_OK) {
      double sum = 0;
      for (double value : p.values())
        sum += std::isfinite(value) ? value : 0;
      ASSERT_EQ(sum, sum);
      ASSERT_LE(p.tensor.bytes, 8 * bytes.size());
    } else {
      ASSERT_STRNE(p.message.text, "");
      ASSERT_EQ(p.tensor.data, nullptr);
    }
  }
  EXPECT_GT(accepted, 1000);
}

TEST(TensorFiles, MessagesNameTheFile) {
  tn_host_tensor tensor;
  tn_message message;
  EXPECT_EQ(tn_tensor_read("/no/such.npy", &tensor, &message), TN_NOT_FOUND);
  EXPECT_NE(std::strstr(message.text, "'/no/such.npy'"), nullptr);
  EXPECT_EQ(tn_tensor_read("image.png", &tensor, &message),
            TN_INVALID_ARGUMENT);
  EXPECT_NE(std::strstr(message.text, ".npy"), nullptr);
}

TEST(Random, DependsOnSeedAndPosition) {
  auto make = [](tn_dtype dtype, uint64_t seed) {
    tn_host_tensor t{};
    t.dtype = dtype;
    t.rank = 1;
    t.dims[0] = 1000;
    EXPECT_EQ(tn_host_allocate(&t, 1000, nullptr), TN_OK);
    tn_host_randomize(&t, seed);
    return t;
  };
  for (tn_dtype dtype = TN_F32; dtype <= TN_BOOL; ++dtype) {
    tn_host_tensor a = make(dtype, 1), b = make(dtype, 1), c = make(dtype, 2);
    EXPECT_EQ(std::memcmp(a.data, b.data, a.bytes), 0);
    EXPECT_NE(std::memcmp(a.data, c.data, a.bytes), 0);
    double least = 0, most = 0;
    for (int i = 0; i < 1000; ++i) {
      least = std::min(least, tn_host_element(&a, i));
      most = std::max(most, tn_host_element(&a, i));
    }
    EXPECT_GE(least, -1) << dtype;
    EXPECT_LE(most, 1) << dtype;
    EXPECT_GT(most, 0.9) << dtype;
    tn_host_free(&a);
    tn_host_free(&b);
    tn_host_free(&c);
  }
}

} // namespace
