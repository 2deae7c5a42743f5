//===-- finetune.cpp - training inside a program of one's own -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   finetune ARTIFACT STATE [STEPS]
//
// Teaches a network that knows clothes to tell discs, squares and triangles.
// The pictures are drawn here, batch by batch; nothing is read from a file.
// What was learned is saved in STATE, and another call goes on from there.
#include "tn.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>

namespace {

constexpr int side = 28, classes = 3;

struct Batch {
  explicit Batch(int64_t size)
      : size(size), images(size * side * side), labels(size) {}

  /// Draws other pictures, the same for the same seed.
  void draw(uint64_t seed) {
    std::mt19937_64 random(seed);
    auto uniform = [&](double low, double high) {
      return low + (high - low) * (random() >> 11) * 0x1p-53;
    };
    for (int64_t i = 0; i < size; ++i) {
      labels[i] = static_cast<int64_t>(random() % classes);
      double x = uniform(10, 18), y = uniform(10, 18), r = uniform(5, 9);
      float *pixel = &images[i * side * side];
      for (int v = 0; v < side; ++v)
        for (int u = 0; u < side; ++u) {
          double dx = u - x, dy = v - y;
          bool inside = labels[i] == 0 ? dx * dx + dy * dy < r * r
                        : labels[i] == 1
                            ? std::max(std::abs(dx), std::abs(dy)) < 0.85 * r
                            : dy < 0.6 * r && 2 * std::abs(dx) < dy + r;
          *pixel++ =
              static_cast<float>((inside ? 0.7 : 0.1) + uniform(-0.1, 0.1));
        }
    }
  }

  std::vector<tn::Tensor> inputs() {
    return {tn::tensor(images, {size, 1, side, side}),
            tn::tensor(labels, {size})};
  }

  int64_t size;
  std::vector<float> images;
  std::vector<int64_t> labels;
};

/// Loss and accuracy of pictures that are never trained on.
void evaluate(tn::Context &context, Batch &batch, const char *when) {
  float loss, accuracy, count;
  double sum = 0, right = 0;
  constexpr int batches = 10;
  for (uint64_t i = 0; i < batches; ++i) {
    batch.draw(~i);
    context.eval(
        batch.inputs(),
        {{&loss, TN_F32, {}}, {&accuracy, TN_F32, {}}, {&count, TN_F32, {}}});
    sum += loss;
    right += accuracy;
  }
  std::printf("%s: loss %.4f, accuracy %.1f %%\n", when, sum / batches,
              100 * right / batches);
}

/// Whatever happens, `path` names the old state or all of the new one.
void save(const std::string &path, const std::vector<char> &state) {
  std::string temporary = path + ".tmp";
  std::ofstream file(temporary, std::ios::binary);
  file.write(state.data(), static_cast<std::streamsize>(state.size()));
  file.close();
  if (!file || std::rename(temporary.c_str(), path.c_str()) != 0)
    throw std::runtime_error("cannot write '" + path + "'");
}

} // namespace

int main(int argc, char **argv) try {
  if (argc < 3 || argc > 4)
    throw std::runtime_error("usage: finetune ARTIFACT STATE [STEPS]");
  std::string path = argv[2];
  int steps = argc > 3 ? std::stoi(argv[3]) : 60;

  tn::Library library(argv[1], TN_OPEN_VERIFY);
  tn::Model model = library.model();
  tn::Context context(model);
  std::ifstream file(path, std::ios::binary);
  if (file) {
    std::vector<char> state((std::istreambuf_iterator<char>(file)), {});
    context.setState(state);
    std::printf("resumed from %s\n", path.c_str());
  } else {
    context.init(1);
  }

  Batch batch(model.stepInputs().at(0).dims[0]);
  evaluate(context, batch, "before");
  // The state counts the steps, so that a resumed training draws new pictures.
  const int64_t *done = nullptr;
  std::vector<tn_tensor_spec> states = model.states();
  for (uint32_t i = 0; i < states.size(); ++i)
    if (states[i].state_kind == TN_STATE_COUNTER)
      done = static_cast<const int64_t *>(context.stateData(i));
  if (!done)
    throw std::runtime_error("the artifact does not count its steps");
  for (int i = 0; i < steps; ++i) {
    float loss, accuracy;
    batch.draw(static_cast<uint64_t>(*done));
    context.step(batch.inputs(),
                 {{&loss, TN_F32, {}}, {&accuracy, TN_F32, {}}});
    if (*done % 20 == 0)
      std::printf("step %lld: loss %.4f\n", static_cast<long long>(*done),
                  loss);
  }
  evaluate(context, batch, "after");
  save(path, context.state());
  return 0;
} catch (const std::exception &error) {
  std::cerr << "finetune: error: " << error.what() << '\n';
  return 1;
}
