//===-- OrderTest.cpp - the numerics contract, spelt out naively ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Contractions, reductions and pools against loops that follow
// docs/numerics.md word by word, element by element, on HostScalar. Equal to
// the bit, in every kind.
//===----------------------------------------------------------------------===//

#include "Run.h"

#include <random>

using namespace mlir;
using namespace tenon;

namespace {

const Kind numberKinds[] = {Kind::F32, Kind::F64, Kind::F16, Kind::BF16,
                            Kind::I8,  Kind::U8,  Kind::I16, Kind::U16,
                            Kind::I32, Kind::U32, Kind::I64, Kind::U64};

class Order : public Run {
protected:
  Tensor random(Kind kind, ArrayRef<int64_t> shape) {
    Tensor t = Tensor::allocate(kind, shape);
    std::normal_distribution<double> normal;
    for (int64_t i = 0; i < t.size(); ++i) {
      HostScalar v = isFloat(kind)
                         ? HostScalar::ofDouble(kind, normal(generator))
                         : HostScalar::ofInt(kind, int64_t(generator()));
      v.store(static_cast<char *>(t.mutableData()) + i * bytesOf(kind));
    }
    return t;
  }

  std::string spell(ArrayRef<int64_t> shape, Kind kind) {
    std::string s;
    llvm::raw_string_ostream(s)
        << RankedTensorType::get(shape, typeOf(kind, &context));
    return s;
  }

  /// Runs `op` on operands named %0, %1.
  Tensor apply(const std::string &op, ArrayRef<Tensor> operands,
               const std::string &resultType) {
    std::string text = "func.func @f(";
    for (auto [i, t] : llvm::enumerate(operands))
      text += (i ? ", %" : "%") + std::to_string(i) + ": " +
              spell(t.shape(), t.kind());
    text += ") -> " + resultType + " {\n%y = " + op +
            "\nreturn %y : " + resultType + "\n}";
    auto results = run(text, SmallVector<Tensor>(operands));
    return results.empty() ? Tensor() : results[0];
  }

  std::mt19937_64 generator{7};
};

template <class F>
Tensor build(Kind kind, ArrayRef<int64_t> shape, F &&element) {
  Tensor t = Tensor::allocate(kind, shape);
  SmallVector<int64_t> index(shape.size());
  for (int64_t i = 0; i < t.size(); ++i) {
    int64_t rest = i;
    for (size_t d = shape.size(); d-- > 0;) {
      index[d] = rest % shape[d];
      rest /= shape[d];
    }
    HostScalar v = element(index);
    EXPECT_EQ(v.kind, kind);
    v.store(static_cast<char *>(t.mutableData()) + i * bytesOf(kind));
  }
  return t;
}

int64_t linear(ArrayRef<int64_t> shape, ArrayRef<int64_t> index) {
  int64_t at = 0;
  for (auto [extent, i] : llvm::zip(shape, index))
    at = at * extent + i;
  return at;
}

TEST_F(Order, MatmulIsAChainOfFmaInAscendingK) {
  struct {
    int64_t batch, m, k, n;
  } sizes[] = {{1, 1, 1, 1}, {1, 5, 37, 19}, {3, 4, 8, 33}, {1, 6, 0, 2}};
  for (Kind kind : numberKinds)
    for (auto s : sizes) {
      Tensor a = random(kind, {s.batch, s.m, s.k}),
             b = random(kind, {s.batch, s.k, s.n});
      Tensor expected =
          build(kind, {s.batch, s.m, s.n}, [&](ArrayRef<int64_t> i) {
            HostScalar acc = HostScalar::ofDouble(kind, 0);
            for (int64_t k = 0; k < s.k; ++k)
              acc = fma(a[linear(a.shape(), {i[0], i[1], k})],
                        b[linear(b.shape(), {i[0], k, i[2]})], acc);
            return acc;
          });
      Tensor y = apply("tenon.matmul %0, %1 : " + spell(a.shape(), kind) +
                           ", " + spell(b.shape(), kind),
                       {a, b}, spell(expected.shape(), kind));
      ASSERT_TRUE(y);
      EXPECT_TRUE(bitwiseEqual(y, expected))
          << "kind " << int(kind) << ", k " << s.k;
    }
}

struct ConvCase {
  SmallVector<int64_t> in, kernel, strides, low, high, dilations;
  int64_t batch, groups, channels, filters; // per group
};

TEST_F(Order, ConvolutionRunsOverTheKernelThenTheChannels) {
  ConvCase cases[] = {
      {{7, 9}, {3, 3}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, 2, 1, 5, 6},
      {{8, 6}, {3, 2}, {2, 3}, {0, 1}, {2, 0}, {2, 1}, 1, 2, 3, 2},
      {{9}, {4}, {2}, {3}, {1}, {1}, 1, 1, 2, 3},
      {{6, 6}, {3, 3}, {1, 1}, {2, 2}, {2, 2}, {1, 1}, 1, 4, 1, 1},
      {{4, 5, 3},
       {2, 3, 2},
       {1, 2, 1},
       {1, 0, 1},
       {0, 1, 1},
       {1, 1, 2},
       1,
       1,
       2,
       2},
      {{30, 30}, {1, 1}, {1, 1}, {0, 0}, {0, 0}, {1, 1}, 1, 1, 17, 5},
  };
  for (Kind kind : numberKinds)
    for (const ConvCase &c : cases)
      for (bool last : {false, true}) {
        size_t n = c.in.size();
        auto shaped = [&](int64_t first, int64_t channel,
                          ArrayRef<int64_t> spatial, bool last) {
          SmallVector<int64_t> s = {first};
          if (!last)
            s.push_back(channel);
          llvm::append_range(s, spatial);
          if (last)
            s.push_back(channel);
          return s;
        };
        SmallVector<int64_t> out;
        for (size_t d = 0; d < n; ++d)
          out.push_back((c.in[d] + c.low[d] + c.high[d] -
                         c.dilations[d] * (c.kernel[d] - 1) - 1) /
                            c.strides[d] +
                        1);
        int64_t filters = c.filters * c.groups;
        SmallVector<int64_t> xShape =
            shaped(c.batch, c.channels * c.groups, c.in, last);
        SmallVector<int64_t> wShape =
            shaped(filters, c.channels, c.kernel, false);
        if (last) {
          wShape.assign(c.kernel.begin(), c.kernel.end());
          wShape.append({c.channels, filters});
        }
        SmallVector<int64_t> yShape = shaped(c.batch, filters, out, last);
        Tensor x = random(kind, xShape), w = random(kind, wShape);
        int64_t taps = 1;
        for (int64_t k : c.kernel)
          taps *= k;
        Tensor expected = build(kind, yShape, [&](ArrayRef<int64_t> i) {
          int64_t f = last ? i.back() : i[1];
          ArrayRef<int64_t> o = i.slice(last ? 1 : 2, n);
          HostScalar zero = HostScalar::ofDouble(kind, 0), acc = zero;
          for (int64_t tap = 0; tap < taps; ++tap) {
            SmallVector<int64_t> t(n), at(n);
            bool inside = true;
            for (int64_t d = n, rest = tap; d-- > 0; rest /= c.kernel[d]) {
              t[d] = rest % c.kernel[d];
              at[d] = o[d] * c.strides[d] - c.low[d] + t[d] * c.dilations[d];
              inside &= at[d] >= 0 && at[d] < c.in[d];
            }
            for (int64_t ch = 0; ch < c.channels; ++ch) {
              SmallVector<int64_t> wi = shaped(f, ch, t, false);
              if (last) {
                wi.assign(t.begin(), t.end());
                wi.append({ch, f});
              }
              SmallVector<int64_t> xi =
                  shaped(i[0], f / c.filters * c.channels + ch, at, last);
              HostScalar v = inside ? x[linear(xShape, xi)] : zero;
              acc = fma(v, w[linear(wShape, wi)], acc);
            }
          }
          return acc;
        });
        auto list = [](ArrayRef<int64_t> v) {
          std::string s = "[";
          for (auto [i, e] : llvm::enumerate(v))
            s += (i ? ", " : "") + std::to_string(e);
          return s + "]";
        };
        Tensor y = apply(std::string("tenon.conv %0, %1 ") +
                             (last ? "channels_last" : "channels_first") +
                             " strides " + list(c.strides) + " low " +
                             list(c.low) + " high " + list(c.high) +
                             " dilations " + list(c.dilations) + " groups " +
                             std::to_string(c.groups) + " : " +
                             spell(xShape, kind) + ", " + spell(wShape, kind),
                         {x, w}, spell(yShape, kind));
        ASSERT_TRUE(y);
        EXPECT_TRUE(bitwiseEqual(y, expected))
            << "kind " << int(kind) << ", kernel " << list(c.kernel)
            << (last ? ", channels last" : ", channels first");
      }
}

TEST_F(Order, APaddedTapIsAnFmaWithZero) {
  // inf * 0 is NaN: a skipped tap would leave 1.
  Tensor x = Tensor::of<float>(Kind::F32, {1, 1, 1}, {1});
  Tensor w = Tensor::of<float>(Kind::F32, {1, 1, 2}, {INFINITY, 1});
  Tensor y = apply("tenon.conv %0, %1 channels_first strides [1] low [1] high "
                   "[0] dilations [1] groups 1 : "
                   "tensor<1x1x1xf32>, tensor<1x1x2xf32>",
                   {x, w}, "tensor<1x1x1xf32>");
  EXPECT_TRUE(std::isnan(y[0].f));
}

TEST_F(Order, ReductionsFoldSixteenLanesByHalves) {
  struct {
    SmallVector<int64_t> shape, dims;
  } cases[] = {{{40}, {0}},         {{3, 37}, {1}},      {{37, 3}, {0}},
               {{5, 7, 6}, {2, 0}}, {{5, 7, 6}, {0, 2}}, {{5, 7, 6}, {0, 1, 2}},
               {{4, 3}, {}},        {{2, 0, 3}, {1}},    {{2, 3, 2, 5}, {1, 2}},
               {{1, 9}, {0}}};
  const char *ops[] = {"sum", "prod", "max", "min"};
  for (Kind kind : numberKinds)
    for (const auto &c : cases)
      for (int op = 0; op < 4; ++op) {
        Tensor x = random(kind, c.shape);
        SmallVector<int64_t> kept, shape;
        for (int64_t d = 0; d < int64_t(c.shape.size()); ++d)
          if (!llvm::is_contained(c.dims, d)) {
            kept.push_back(d);
            shape.push_back(c.shape[d]);
          }
        HostScalar like = HostScalar::ofDouble(kind, 0);
        HostScalar identity = op == 0   ? like
                              : op == 1 ? HostScalar::ofDouble(kind, 1)
                              : op == 2 ? lowest(like)
                                        : highest(like);
        auto combine = [&](HostScalar a, HostScalar b) {
          return op == 0   ? a + b
                 : op == 1 ? a * b
                 : op == 2 ? max(a, b)
                           : min(a, b);
        };
        Tensor expected = build(kind, shape, [&](ArrayRef<int64_t> i) {
          std::vector<HostScalar> lanes(16, identity);
          int64_t extent = 1;
          for (int64_t d : c.dims)
            extent *= c.shape[d];
          for (int64_t r = 0; r < extent; ++r) {
            SmallVector<int64_t> at(c.shape.size());
            for (auto [k, d] : llvm::enumerate(kept))
              at[d] = i[k];
            int64_t rest = r;
            for (size_t k = c.dims.size(); k-- > 0;) {
              at[c.dims[k]] = rest % c.shape[c.dims[k]];
              rest /= c.shape[c.dims[k]];
            }
            lanes[r % 16] = combine(lanes[r % 16], x[linear(c.shape, at)]);
          }
          for (int half = 8; half > 0; half /= 2)
            for (int l = 0; l < half; ++l)
              lanes[l] = combine(lanes[l], lanes[l + half]);
          return lanes[0];
        });
        std::string dims;
        for (auto [k, d] : llvm::enumerate(c.dims))
          dims += (k ? ", " : "") + std::to_string(d);
        Tensor y = apply(std::string("tenon.reduce_") + ops[op] + " %0 dims [" +
                             dims + "] : " + spell(c.shape, kind),
                         {x}, spell(shape, kind));
        ASSERT_TRUE(y);
        EXPECT_TRUE(bitwiseEqual(y, expected))
            << "kind " << int(kind) << ", " << ops[op] << " of "
            << spell(c.shape, kind) << " over [" << dims << "]";
      }
}

TEST_F(Order, PoolsFoldTapsOneAfterTheOther) {
  for (Kind kind : numberKinds)
    for (bool last : {false, true}) {
      SmallVector<int64_t> shape = last ? SmallVector<int64_t>{2, 7, 8, 3}
                                        : SmallVector<int64_t>{2, 3, 7, 8};
      // window [3, 2], strides [2, 3], low [1, 0], high [1, 2], dilations [1,
      // 2]
      int64_t out0 = (7 + 2 - 3) / 2 + 1, out1 = (8 + 2 - 3) / 3 + 1;
      SmallVector<int64_t> yShape =
          last ? SmallVector<int64_t>{2, out0, out1, 3}
               : SmallVector<int64_t>{2, 3, out0, out1};
      Tensor x = random(kind, shape);
      auto fold = [&](ArrayRef<int64_t> i, bool average, bool countPad) {
        HostScalar like = HostScalar::ofDouble(kind, 0),
                   acc = average ? like : lowest(like);
        double inside = 0, padded = 0;
        for (int64_t a = 0; a < 3; ++a)
          for (int64_t b = 0; b < 2; ++b) {
            int64_t p = i[last ? 1 : 2] * 2 - 1 + a,
                    q = i[last ? 2 : 3] * 3 + 2 * b;
            padded += p <= 7 && q < 8 + 1; // counted_high = [1, 1]
            if (p < 0 || p >= 7 || q >= 8)
              continue;
            ++inside;
            HostScalar v = last ? x[linear(shape, {i[0], p, q, i[3]})]
                                : x[linear(shape, {i[0], i[1], p, q})];
            acc = average ? acc + v : max(acc, v);
          }
        return average ? acc / HostScalar::ofDouble(kind,
                                                    countPad ? padded : inside)
                       : acc;
      };
      std::string common =
          std::string(last ? "channels_last" : "channels_first") +
          " window [3, 2] strides [2, 3] low [1, 0] high [1, 2] dilations [1, "
          "2] ";
      std::string types = ": " + spell(shape, kind);
      Tensor y = apply("tenon.max_pool %0 " + common + types, {x},
                       spell(yShape, kind));
      EXPECT_TRUE(bitwiseEqual(
          y, build(kind, yShape,
                   [&](ArrayRef<int64_t> i) { return fold(i, false, false); })))
          << "kind " << int(kind);
      if (!isFloat(kind))
        continue;
      y = apply("tenon.avg_pool %0 " + common + types, {x},
                spell(yShape, kind));
      EXPECT_TRUE(bitwiseEqual(y, build(kind, yShape, [&](ArrayRef<int64_t> i) {
                                 return fold(i, true, false);
                               })));
      y = apply("tenon.avg_pool %0 " + common +
                    "{count_pad, counted_high = array<i64: 1, 1>} " + types,
                {x}, spell(yShape, kind));
      EXPECT_TRUE(bitwiseEqual(y, build(kind, yShape, [&](ArrayRef<int64_t> i) {
                                 return fold(i, true, true);
                               })));
    }
}

} // namespace
