//===-- embed.cpp - a compiled model in a C++ program ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Loads the artifact that the command line names, which has one f32 input and
// one f32 output, runs it on ones and prints the largest score:
//
//   c++ -std=c++17 embed.cpp libtnload.a -ldl -pthread && ./a.out mnist.so
#include "tn.hpp"

#include <algorithm>
#include <iostream>

static std::vector<int64_t> dimsOf(const tn_tensor_spec &spec) {
  return {spec.dims, spec.dims + spec.rank};
}

int main(int argc, char **argv) try {
  if (argc != 2)
    throw std::runtime_error("usage: embed ARTIFACT");
  tn::Library library(argv[1], TN_OPEN_VERIFY);
  tn::Model model = library.model();
  tn::Context context(model);

  tn_tensor_spec in = model.inputs().at(0), out = model.outputs().at(0);
  std::vector<float> x(in.bytes / sizeof(float), 1.0f);
  std::vector<float> y(out.bytes / sizeof(float));
  context.run({tn::tensor(x, dimsOf(in))}, {tn::tensor(y, dimsOf(out))});

  auto best = std::max_element(y.begin(), y.end());
  std::cout << "largest of '" << out.name << "' is element " << best - y.begin()
            << ": " << *best << "\n";
  return 0;
} catch (const std::exception &error) {
  std::cerr << "error: " << error.what() << "\n";
  return 1;
}
