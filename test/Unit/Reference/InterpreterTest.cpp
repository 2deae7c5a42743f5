//===-- InterpreterTest.cpp - ops, functions, groups, recipes -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Run.h"

using namespace mlir;
using namespace tenon;

namespace {

using InterpreterTest = Run;
using Doubles = std::vector<double>;

const char *const matrix = "%x = tenon.constant dense<[[1.0, 2.0, 3.0], [4.0, "
                           "5.0, 6.0]]> : tensor<2x3xf32>\n";

TEST_F(InterpreterTest, MovesElements) {
  auto of = [&](const std::string &op, StringRef type) {
    return elements(value(matrix + ("%y = " + op), type));
  };
  EXPECT_EQ(of("tenon.transpose %x permutation [1, 0] : tensor<2x3xf32>",
               "tensor<3x2xf32>"),
            Doubles({1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(of("tenon.reshape %x : tensor<2x3xf32> to tensor<3x2xf32>",
               "tensor<3x2xf32>"),
            Doubles({1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(of("tenon.broadcast %x dims [0, 2] : tensor<2x3xf32> to "
               "tensor<2x2x3xf32>",
               "tensor<2x2x3xf32>"),
            Doubles({1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}));
  EXPECT_EQ(of("tenon.broadcast %x dims [1, 2] : tensor<2x3xf32> to "
               "tensor<2x2x3xf32>",
               "tensor<2x2x3xf32>"),
            Doubles({1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(of("tenon.slice %x starts [1, 2] sizes [2, 2] strides [-1, -2] : "
               "tensor<2x3xf32>",
               "tensor<2x2xf32>"),
            Doubles({6, 4, 3, 1}));
  EXPECT_EQ(of("tenon.slice %x starts [5, 0] sizes [0, 3] strides [1, 1] : "
               "tensor<2x3xf32>",
               "tensor<0x3xf32>"),
            Doubles());
  EXPECT_EQ(of("tenon.concat %x, %x axis 1 : tensor<2x3xf32>, tensor<2x3xf32>",
               "tensor<2x6xf32>"),
            Doubles({1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}));
  EXPECT_EQ(of("tenon.pack %x panel 2 : tensor<2x3xf32>", "tensor<2x2x2xf32>"),
            Doubles({1, 2, 4, 5, 3, 0, 6, 0}));
  EXPECT_EQ(
      elements(value(
          std::string(matrix) +
              "%p = tenon.pack %x panel 2 : tensor<2x3xf32>\n"
              "%y = tenon.unpack %p : tensor<2x2x2xf32> to tensor<2x3xf32>",
          "tensor<2x3xf32>")),
      Doubles({1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(elements(value("%y = tenon.iota axis 1 : tensor<2x3xi64>",
                           "tensor<2x3xi64>")),
            Doubles({0, 1, 2, 0, 1, 2}));
}

TEST_F(InterpreterTest, PadsInEveryMode) {
  auto of = [&](const std::string &mode) {
    return elements(
        value(matrix + ("%y = tenon.pad %x " + mode +
                        " 9.0 low [1, 2] high [0, 1] : tensor<2x3xf32>"),
              "tensor<3x6xf32>"));
  };
  EXPECT_EQ(of("constant"),
            Doubles({9, 9, 9, 9, 9, 9, 9, 9, 1, 2, 3, 9, 9, 9, 4, 5, 6, 9}));
  EXPECT_EQ(of("reflect"),
            Doubles({6, 5, 4, 5, 6, 5, 3, 2, 1, 2, 3, 2, 6, 5, 4, 5, 6, 5}));
  EXPECT_EQ(of("edge"),
            Doubles({1, 1, 1, 2, 3, 3, 1, 1, 1, 2, 3, 3, 4, 4, 4, 5, 6, 6}));
  EXPECT_EQ(of("wrap"),
            Doubles({5, 6, 4, 5, 6, 4, 2, 3, 1, 2, 3, 1, 5, 6, 4, 5, 6, 4}));
}

/// The permutation is one of 24: each against its definition.
TEST_F(InterpreterTest, TransposesLargeTensors) {
  SmallVector<int64_t> shape = {5, 33, 2, 47}, p = {0, 1, 2, 3};
  Tensor x = Tensor::allocate(Kind::I32, shape);
  for (int64_t i = 0; i < x.size(); ++i)
    static_cast<int32_t *>(x.mutableData())[i] = i;
  do {
    std::string text, from = "tensor<5x33x2x47xi32>", to = "tensor<";
    for (int64_t d : p)
      to += std::to_string(shape[d]) + "x";
    to += "i32>";
    llvm::raw_string_ostream(text)
        << "func.func @f(%x: " << from << ") -> " << to
        << " {\n%y = tenon.transpose %x permutation [" << p[0] << ", " << p[1]
        << ", " << p[2] << ", " << p[3] << "] : " << from
        << "\nreturn %y : " << to << "\n}";
    auto results = run(text, {x});
    ASSERT_EQ(results.size(), 1u);
    ArrayRef<int32_t> y = results[0].elements<int32_t>();
    int64_t at = 0, wrong = 0, i[4];
    for (i[p[0]] = 0; i[p[0]] < shape[p[0]]; ++i[p[0]])
      for (i[p[1]] = 0; i[p[1]] < shape[p[1]]; ++i[p[1]])
        for (i[p[2]] = 0; i[p[2]] < shape[p[2]]; ++i[p[2]])
          for (i[p[3]] = 0; i[p[3]] < shape[p[3]]; ++i[p[3]])
            wrong += y[at++] != ((i[0] * 33 + i[1]) * 2 + i[2]) * 47 + i[3];
    EXPECT_EQ(wrong, 0) << to;
  } while (std::next_permutation(p.begin(), p.end()));
}

TEST_F(InterpreterTest, GatherCountsFromTheEndAndClamps) {
  const char *indices =
      "%i = tenon.constant dense<[[2, -1], [7, -9]]> : tensor<2x2xi64>\n";
  EXPECT_EQ(elements(value(std::string(matrix) + indices +
                               "%y = tenon.gather %x, %i axis 1 : "
                               "tensor<2x3xf32>, tensor<2x2xi64>",
                           "tensor<2x2x2xf32>")),
            Doubles({3, 3, 3, 1, 6, 6, 6, 4}));
  const char *large =
      "%i = tenon.constant dense<18446744073709551615> : tensor<1xui64>\n";
  EXPECT_EQ(elements(value(std::string(matrix) + large +
                               "%y = tenon.gather %x, %i axis 0 : "
                               "tensor<2x3xf32>, tensor<1xui64>",
                           "tensor<1x3xf32>")),
            Doubles({4, 5, 6}));
}

TEST_F(InterpreterTest, ArgExtrema) {
  const char *x = "%x = tenon.constant dense<[[3.0, 7.0, 7.0, 1.0], [1.0, "
                  "0x7FC00000, 9.0, 0x7FC00000]]> : tensor<2x4xf32>\n";
  auto of = [&](const std::string &op) {
    return elements(value(x + ("%y = tenon." + op + " : tensor<2x4xf32>"),
                          "tensor<2xi64>"));
  };
  EXPECT_EQ(of("arg_max %x axis 1"), Doubles({1, 1}));
  EXPECT_EQ(of("arg_max %x axis 1 last"), Doubles({2, 3}));
  EXPECT_EQ(of("arg_min %x axis 1"), Doubles({3, 1}));
  EXPECT_EQ(elements(value(std::string(x) +
                               "%y = tenon.arg_min %x axis 0 : tensor<2x4xf32>",
                           "tensor<4xi64>")),
            Doubles({1, 1, 0, 1}));
}

TEST_F(InterpreterTest, PointwiseOnDenseAndSplatOperands) {
  EXPECT_EQ(
      elements(value(std::string(matrix) +
                         "%c = tenon.constant dense<2.0> : tensor<2x3xf32>\n"
                         "%y = tenon.sub %c, %x : tensor<2x3xf32>",
                     "tensor<2x3xf32>")),
      Doubles({1, 0, -1, -2, -3, -4}));
  EXPECT_EQ(
      elements(value(
          std::string(matrix) +
              "%c = tenon.constant dense<3.5> : tensor<2x3xf32>\n"
              "%m = tenon.compare lt, %x, %c : tensor<2x3xf32>\n"
              "%y = tenon.select %m, %x, %c : tensor<2x3xi1>, tensor<2x3xf32>",
          "tensor<2x3xf32>")),
      Doubles({1, 2, 3, 3.5, 3.5, 3.5}));
  EXPECT_EQ(elements(value(
                std::string(matrix) +
                    "%y = tenon.cast %x : tensor<2x3xf32> to tensor<2x3xi8>",
                "tensor<2x3xi8>")),
            Doubles({1, 2, 3, 4, 5, 6}));
  // No loop for this kind: element by element.
  EXPECT_EQ(elements(value(
                "%a = tenon.constant dense<[100, -100, 3]> : tensor<3xi8>\n"
                "%y = tenon.add %a, %a : tensor<3xi8>",
                "tensor<3xi8>")),
            Doubles({-56, 56, 6}));
}

/// A 4 TiB splat is computed on as one element.
TEST_F(InterpreterTest, SplatsStayLazy) {
  auto results = run("func.func @f() -> tensor<1048576x1048576xf32> {\n"
                     "  %a = tenon.constant dense<2.0> : tensor<1048576xf32>\n"
                     "  %b = tenon.broadcast %a dims [1] : tensor<1048576xf32> "
                     "to tensor<1048576x1048576xf32>\n"
                     "  %c = tenon.transpose %b permutation [1, 0] : "
                     "tensor<1048576x1048576xf32>\n"
                     "  %d = tenon.mul %c, %b : tensor<1048576x1048576xf32>\n"
                     "  return %d : tensor<1048576x1048576xf32>\n}");
  ASSERT_EQ(results.size(), 1u);
  EXPECT_TRUE(results[0].isSplat());
  EXPECT_EQ(results[0][12345].f, 4.0f);
}

TEST_F(InterpreterTest, CompositesGroupsRecipesAndCalls) {
  auto module = parse(R"(
    func.func private @twice(%x: tensor<2xf32>) -> tensor<2xf32> {
      %y = tenon.add %x, %x : tensor<2xf32>
      return %y : tensor<2xf32>
    }
    func.func @main(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
      %w = tenon.recipe : tensor<2xf32> {
        %c = tenon.constant dense<[1.0, 2.0]> : tensor<2xf32>
        %n = tenon.neg %c : tensor<2xf32>
        tenon.yield %n : tensor<2xf32>
      }
      %g = tenon.group (%a = %x, %b = %w) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32> {
        %p = tenon.mul %a, %b : tensor<2xf32>
        tenon.yield %p : tensor<2xf32>
      }
      %t = func.call @twice(%g) : (tensor<2xf32>) -> tensor<2xf32>
      %l = tenon.leaky_relu %t {alpha = 0.5} : tensor<2xf32>
      %s = tenon.softmax %x axis 0 : tensor<2xf32>
      return %t, %l, %s : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
    })");
  ASSERT_TRUE(module);
  SmallVector<std::string> seen;
  auto observe = [&](Value v, const Tensor &) {
    if (Operation *op = v.getDefiningOp())
      seen.push_back(op->getName().getStringRef().str());
  };
  Tensor x = Tensor::of<float>(Kind::F32, {2}, {3, -4});
  auto results = tenon::run(*module, "main", {x}, observe);
  ASSERT_TRUE(succeeded(results)) << diagnostics;
  EXPECT_EQ(elements((*results)[0]), Doubles({-6, 16}));
  EXPECT_EQ(elements((*results)[1]), Doubles({-3, 16}));
  EXPECT_NEAR((*results)[2][0].f, 1 / (1 + std::exp(-7.0)), 1e-6);
  EXPECT_EQ(seen, (SmallVector<std::string>{
                      "tenon.constant", "tenon.neg", "tenon.recipe",
                      "tenon.mul", "tenon.group", "tenon.add", "func.call",
                      "tenon.leaky_relu", "tenon.softmax"}));
  RecipeOp recipe;
  module->walk([&](RecipeOp r) { recipe = r; });
  auto weight = evaluateRecipe(recipe);
  ASSERT_TRUE(succeeded(weight));
  EXPECT_EQ(elements(*weight), Doubles({-1, -2}));
}

/// The same operand twice, and a composite that reads it twice.
TEST_F(InterpreterTest, BatchNormByItsFormula) {
  Tensor x = Tensor::of<float>(Kind::F32, {1, 2, 2}, {1, 2, 3, 4});
  auto results =
      run(R"(func.func @f(%x: tensor<1x2x2xf32>) -> tensor<1x2x2xf32> {
      %one = tenon.constant dense<[4.0, 1.0]> : tensor<2xf32>
      %y = tenon.batch_norm %x, %one, %one, %one, %one epsilon 0.0 : tensor<1x2x2xf32>, tensor<2xf32>
      return %y : tensor<1x2x2xf32>
    })",
          {x});
  ASSERT_EQ(results.size(), 1u);
  // Channel 0: s = 4 / 2, y = 2 x + (4 - 8). Channel 1: s = 1, y = x + 0.
  EXPECT_EQ(elements(results[0]), Doubles({-2, 0, 3, 4}));
}

/// A chain of n big values never holds more than two of them.
TEST_F(InterpreterTest, FreesValuesAfterTheirLastUse) {
  auto module = parse(R"(func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %a = tenon.neg %x : tensor<4xf32>
      %b = tenon.neg %a : tensor<4xf32>
      %c = tenon.neg %b : tensor<4xf32>
      return %c : tensor<4xf32>
    })");
  bool argumentFreed = false;
  auto bytes = std::shared_ptr<float>(new float[4](), [&](float *p) {
    argumentFreed = true;
    delete[] p;
  });
  SmallVector<Tensor> arguments = {Tensor::view(
      Kind::F32, {4}, {reinterpret_cast<char *>(bytes.get()), 16}, bytes)};
  bytes.reset();
  int values = 0;
  bool freedInTime = false;
  auto observe = [&](Value, const Tensor &) {
    if (++values == 3) // %b is computed, %x was last read by %a
      freedInTime = argumentFreed;
  };
  auto results = tenon::run(*module, "", std::move(arguments), observe);
  ASSERT_TRUE(succeeded(results));
  EXPECT_EQ(values, 4);
  EXPECT_TRUE(freedInTime);
}

TEST_F(InterpreterTest, FoldsAttributes) {
  auto module = parse(
      R"(func.func @f(%a: tensor<3xi64>, %b: tensor<3xi64>) -> tensor<3xi64> {
      %y = tenon.add %a, %b : tensor<3xi64>
      return %y : tensor<3xi64>
    })");
  Operation *add = nullptr;
  module->walk([&](AddOp op) { add = op; });
  auto type = RankedTensorType::get({3}, IntegerType::get(&context, 64));
  auto one = DenseElementsAttr::get(type, ArrayRef<int64_t>({1, 2, 3}));
  auto two = DenseElementsAttr::get(type, int64_t(5));
  auto folded = fold(add, {one, two});
  ASSERT_TRUE(succeeded(folded));
  EXPECT_EQ((*folded)[0],
            DenseElementsAttr::get(type, ArrayRef<int64_t>({6, 7, 8})));
  folded = fold(add, {two, two});
  ASSERT_TRUE(succeeded(folded));
  EXPECT_TRUE(cast<DenseElementsAttr>((*folded)[0]).isSplat());
}

TEST_F(InterpreterTest, FailuresAreDiagnostics) {
  auto fails = [&](StringRef text, SmallVector<Tensor> arguments,
                   StringRef expected) {
    auto module = parse(text);
    ASSERT_TRUE(module);
    diagnostics.clear();
    EXPECT_TRUE(failed(tenon::run(*module, "", std::move(arguments))));
    EXPECT_NE(diagnostics.find(expected.str()), std::string::npos)
        << diagnostics;
  };
  const char *identity = "func.func @f(%x: tensor<2xf32>) -> tensor<2xf32> { "
                         "return %x : tensor<2xf32> }";
  fails(identity, {}, "needs 1 arguments, got 0");
  fails(identity, {Tensor::of<float>(Kind::F32, {1}, {0})},
        "argument 0 must be 'tensor<2xf32>', not 'tensor<1xf32>'");
  fails("func.func @f() -> tensor<f32> { %y = func.call @f() : () -> "
        "tensor<f32> return %y : tensor<f32> }",
        {}, "nest deeper than 256");
  fails("func.func private @g()", {}, "no function to run");
  fails("func.func @f() { return } func.func @g() { return }", {},
        "several functions");
  fails("func.func @f() -> tensor<1048576x1048576x1024xi8> {\n"
        "  %y = tenon.iota axis 0 : tensor<1048576x1048576x1024xi8>\n"
        "  return %y : tensor<1048576x1048576x1024xi8>\n}",
        {}, "no memory for 'tensor<1048576x1048576x1024xi8>'");
  fails("func.func @l(%x: tensor<f32>) -> tensor<f32> { return %x : "
        "tensor<f32> }\n"
        "func.func private @e()\n",
        {}, "needs 1 arguments");
  auto module = parse("func.func @l(%x: tensor<f32>) -> tensor<f32> { return "
                      "%x : tensor<f32> }\n"
                      "func.func @g(%x: tensor<f32>) -> tensor<f32> {\n"
                      "  %l, %d = tenon.grad @l(%x) wrt [0] : (tensor<f32>) -> "
                      "(tensor<f32>, tensor<f32>)\n"
                      "  return %d : tensor<f32>\n}");
  ASSERT_TRUE(module);
  EXPECT_TRUE(failed(
      tenon::run(*module, "g", {Tensor::of<float>(Kind::F32, {}, {0})})));
  EXPECT_NE(diagnostics.find("before the gradient phase"), std::string::npos)
      << diagnostics;
}

} // namespace
