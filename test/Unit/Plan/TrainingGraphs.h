//===-- TrainingGraphs.h - training steps of known networks -----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The graphs that differentiation and fusion leave, with sizes of f32 tensors
// in bytes and costs in units of a thousand operations.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_TEST_UNIT_PLAN_TRAININGGRAPHS_H
#define TENON_TEST_UNIT_PLAN_TRAININGGRAPHS_H

#include "tenon/Plan/Graph.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tenon::plan::test {

/// n layers of one size and cost whose backward reads input and output of the
/// layer: the textbook's chain. Sizes are `unit` bytes.
Graph uniformChain(unsigned layers, uint64_t unit = 64);

/// The same with sizes and costs that differ.
Graph randomChain(uint64_t seed, unsigned layers);

/// VGG-16 for images of `side` x `side`; biases and activations fused.
Graph vgg16(uint64_t batch, uint64_t side);

/// ResNet-50 with batch norm of the batch. With a guard, gradients of
/// parameters are nodes of their own, and one node needs them all before the
/// first update.
Graph resnet50(uint64_t batch, uint64_t side, bool guarded = false);

/// DenseNet with growth rate 32; each layer reads all before it in its block.
Graph denseNet(uint64_t batch, uint64_t side, std::vector<unsigned> blocks,
               bool guarded = false);

/// A U-Net with skips from every level; upsampling doubles the side.
Graph uNet(uint64_t batch, uint64_t side, uint64_t channels, unsigned levels);

/// Pre-norm decoder layers with attention in one kernel.
Graph transformer(unsigned layers, uint64_t tokens, uint64_t width);

/// One LSTM layer, unrolled.
Graph lstm(unsigned steps, uint64_t batch, uint64_t width);

/// The denoiser of Stable Diffusion, version 1: residual blocks, attention to
/// text, skips from every block.
Graph stableDiffusion(uint64_t batch, uint64_t side);

/// Random sizes and costs, a few layers with a skip over the inner ones: small
/// enough for an exact solver.
Graph smallUNet(uint64_t seed, unsigned levels);

/// The same with layers that read one or two of the last three results.
Graph smallDag(uint64_t seed, unsigned layers);

/// No training step: random layers of nodes that read from earlier layers, as
/// in the evaluation of MOCCASIN (Bartan et al., ICML 2023).
Graph randomLayered(uint64_t seed, unsigned nodes, unsigned edges);

/// All of the above in the sizes that the benchmark reports.
std::vector<std::pair<std::string, Graph>> benchmarkGraphs();

} // namespace tenon::plan::test

#endif // TENON_TEST_UNIT_PLAN_TRAININGGRAPHS_H
