//===-- Passes.td - passes from tenon to tenon ---------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_TRANSFORMS_PASSES_TD
#define TENON_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def OrderPass : Pass<"tenon-order", "::mlir::func::FuncOp"> {
  let summary = "Ops in an order that only depends on who reads whom";
  let description = [{
    Expressions in the compiler build an op per operator, and C++ leaves open
    which operand comes first. Fusion and the plan go by program order, so this
    pass takes the accident out: the same model gives the same bytes, whichever
    compiler Tenon was built with.

    Contractions, windows, reductions, opaque ops and what has regions or effects
    stay where they are: the compiler builds each in a statement of its own. The
    ops between two of them are sorted by a depth-first walk from those that stay,
    first operand first; none leaves its place between the two, so that fusion and
    lifetimes are those of the order in which rules are written. Ops that nobody
    needs go.

    Limits: of two operands of one C++ operator at most one may build an op that
    stays, and then the other nothing at all.

    Tests: `test/Transforms/order.mlir`.
  }];
  let dependentDialects = ["::tenon::TenonDialect"];
}

def SimplifyPass : Pass<"tenon-simplify", "::mlir::func::FuncOp"> {
  let summary = "Decompose composites, fold normalisation into contractions";
  let description = [{
    Exporters write one computation in many ways. This pass makes them one:
    composites become primitives, no-ops and dead code go, common
    subexpressions merge (constants with different resources are different).

    A per-channel factor after a convolution or matmul with constant weights
    moves into the weights, a per-channel shift into one shift: `(conv(x, w) + b)
    * s + t` becomes `conv(x, w * s) + (b * s + t)`. This moves roundings, and is
    therefore done here, before targets differ: it is part of the program's
    meaning. Zero padding of spatial dimensions moves into the convolution.

    Limits: a factor before a convolution stays, and so does one after a
    contraction with a second use.

    Tests: `test/Transforms/simplify.mlir`, `test/Transforms/fold-affine.mlir`.
  }];
  let dependentDialects = ["::tenon::TenonDialect"];
}

def ConfigurePass : Pass<"tenon-configure", "::mlir::func::FuncOp"> {
  let summary = "Choose the loop nest and tiles of every group";
  let description = [{
    Asks the target's kernel model how each group is computed, stores weights of
    contractions in panels (as `tenon.pack` outside, which becomes a recipe, and
    `tenon.unpack` inside) and sets `kernel`. Reads no budget.

    Tests: `test/Kernels/tiles.mlir`, `test/Kernels/tile-rules.mlir`.
  }];
  let options = [
    Option<"target", "target", "std::string", "\"cpu\"", "cpu or ref">,
    Option<"cpu", "cpu", "std::string", "\"native\"", "x86-64-v3, x86-64-v4 or native">,
    Option<"tiles", "tiles", "std::string", "\"\"", "file of tile rules">];
}

def GradientPass : Pass<"tenon-gradient", "::mlir::ModuleOp"> {
  let summary = "Replace tenon.grad by forward and reverse walk";
  let description = [{
    `tenon.grad @f(...) wrt [i]` becomes f's body, followed by its ops in
    reverse, each building the cotangents of its operands from those of its
    results. Cotangents of one value are added in the order of the reverse walk;
    a value that the loss does not depend on gets an exact zero. Integer values
    carry no cotangent. Composites without a gradient of their own have that of
    their decomposition. A gradient of a function that itself holds gradients is
    taken innermost first.

    An op without a gradient between loss and argument is an error, with the
    path that leads through it.

    Tests: `test/Transforms/gradient.mlir`, `test/Transforms/gradient-errors.mlir`.
  }];
  let dependentDialects = ["::tenon::TenonDialect"];
}

def TrainPass : Pass<"tenon-train", "::mlir::ModuleOp"> {
  let summary = "An inference model becomes a training program";
  let description = [{
    Constants marked `#tenon.parameter` become variables, and @main four
    functions: inference, @step (loss, `tenon.grad`, guard, update rules), @eval
    and @init. Options are spelled as `tenonc --train` takes them.

    A final softmax or sigmoid that the loss contains is looked through. Dropout
    becomes active in @step, keyed by seed, step and node; batch normalisation
    uses the batch with `bn=batch`. Every new value of a variable is made of what
    passed the guard.

    Tests: `test/Transforms/train.mlir`, `train-errors.mlir`.
  }];
  let dependentDialects = ["::tenon::TenonDialect"];
  let options = [
    Option<"loss", "loss", "std::string", "\"cross-entropy\"", "">,
    Option<"optimizer", "optimizer", "std::string", "\"sgd\"", "">,
    Option<"rate", "lr", "double", "0.01", "learning rate">,
    Option<"schedule", "lr-schedule", "std::string", "\"constant\"", "">,
    Option<"warmup", "lr-warmup", "int64_t", "0", "steps">,
    Option<"init", "init", "std::string", "\"keep\"", "">,
    Option<"bn", "bn", "std::string", "\"frozen\"", "frozen or batch">,
    Option<"accuracy", "accuracy", "bool", "false", "a metric">,
    Option<"trainOnly", "train-only", "std::string", "\"\"", "regular expression">,
    Option<"freeze", "freeze", "std::string", "\"\"", "regular expression">];
}

def LayoutPass : Pass<"tenon-layout", "::mlir::func::FuncOp"> {
  let summary = "Channels last, by transposes that cancel";
  let description = [{
    Convolutions and pools read consecutive channels of one position, so their
    channels must stand last. The pass turns each into its channels_last form
    between two transposes, then sinks transposes through pointwise ops, concat,
    pad, slice, reductions, broadcast and reshapes that keep dimensions together,
    until they meet and cancel. A transpose of weights stays where it is: it is
    evaluated when the artifact is written; a flatten before a matmul
    permutes the rows of the weights instead, if these are constant or small
    beside the images, and their gradient likewise. A transpose that moves only
    extents of 1 is a reshape. At last a 1x1 convolution of stride 1 without
    padding becomes a matmul over all positions, as does its filter's gradient,
    and the padding of other filter gradients a tensor.

    Reduced dimensions keep the order in which they are listed, so that a sum
    folds in the same order as before. A network of convolutions keeps one
    transpose, at its input.

    Limits: transposes sink but never rise, so a reshape that splits dimensions
    between two transposes keeps both; several operands that stand in different
    orders follow the one that comes from a convolution.

    Tests: `test/Transforms/layout.mlir`, `test/Transforms/layout-gradient.mlir`.
  }];
  let dependentDialects = ["::tenon::TenonDialect"];
}

def FusePass : Pass<"tenon-fuse", "::mlir::func::FuncOp"> {
  let summary = "Ops become groups, each one kernel";
  let description = [{
    Puts every op that runs at run time into a `tenon.group`. What a group may
    hold:

    - anchor: one contraction or window, and pointwise ops of its result's shape;
    - rows: reductions over equal dimensions of equal shapes, pointwise ops of
      the full or the reduced shape, broadcasts back along the reduced rows: a
      softmax or a layer norm is one group;
    - map: pointwise ops and ops that move elements, with results of one shape;
    - one opaque op.

    An op joins the group of the last of its producers that may take it (a
    residual sum ends the later of its branches); then a group with one reader
    moves into it where nothing is computed twice. Splat constants, iota and
    broadcasts are copied to each pointwise reader instead of being stored.
    Weights stay outside, as producers. Views stay between groups: where a
    pointwise op or a reduction reads a view, the work is done in the shape under
    the view and the view moves behind it. What a function returns is written by
    a group: a copy, where it is an argument, a weight or returned already.

    A pointwise value that groups read of another is either stored by that or
    computed by each of them, in copies of its ops: a minimum cut chooses, by
    bytes moved and kept and by arithmetic repeated. What is behind the guard is
    never repeated, and nothing joins across it. A new value of a variable is
    written over the old one, or copied there where its group reads other
    elements of it.

    A group's location is that of all of its ops, so names survive.

    Limits: greedy, in program order; what a contraction reads is never computed
    inside its group; a value that is read through a view or a broadcast is
    stored.

    Tests: `test/Transforms/fuse-anchor.mlir`, `fuse-rows.mlir`, `fuse-map.mlir`,
    `fuse-results.mlir`, `fuse-off.mlir`, `fuse-train.mlir`, `fuse-repeat.mlir`.
  }];
  let dependentDialects = ["::tenon::TenonDialect"];
  let options = [
    Option<"enabled", "enabled", "bool", "true",
           "false: every op is a group of its own">,
    Option<"maxOps", "max-ops", "unsigned", "64",
           "no group has more ops; bounds the compile time of a kernel">];
}

def OutlineRecipesPass : Pass<"tenon-outline-recipes", "::mlir::func::FuncOp"> {
  let summary = "Weights become recipes";
  let description = [{
    Each constant-derived value that a group, a view or the return reads becomes
    one `tenon.recipe` that holds all ops from its constants to it; equal recipes
    are one. Afterwards a function holds groups, recipes, views and its return.

    Tests: `test/Transforms/outline-recipes.mlir`.
  }];
  let dependentDialects = ["::tenon::TenonDialect"];
}

def CheckContractPass : Pass<"tenon-check-contract", "::mlir::func::FuncOp"> {
  let summary = "Check what a phase promises, without running it";
  let description = [{
    Runs the check that the pipeline runs after the phase of that name, so that
    each rule can be tested on IR that breaks it.

    Tests: `test/Transforms/contracts.mlir`.
  }];
  let options = [Option<"phase", "phase", "std::string", "\"\"",
      "gradient, simplify, layout, fuse, configure or outline-recipes">];
}

#endif
