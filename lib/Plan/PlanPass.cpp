//===-- PlanPass.cpp - order and memory of a function's groups ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Plan/Passes.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/State.h"
#include "lib/Plan/Model.h"
#include "tenon/Analysis/Weights.h"
#include "tenon/Plan/Budget.h"
#include "tenon/Plan/Verifier.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Threading.h"

namespace tenon {
#define GEN_PASS_DEF_PLANPASS
#include "tenon/Plan/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace tenon;

namespace {

/// Writes a plan into the function: groups in order, those that run again as
/// copies, and the place of every result.
class Rewriter {
public:
  Rewriter(func::FuncOp function, PlanModel &model,
           const plan::BudgetedPlan &budgeted)
      : body(function.getBody().front()), end(body.getTerminator()),
        model(model), program(budgeted.program), origins(budgeted),
        plan(budgeted.plan), builder(end) {}

  /// Returns the bytes of the weight section.
  int64_t run() {
    int64_t weights = 0;
    for (RecipeOp recipe : llvm::to_vector(body.getOps<RecipeOp>())) {
      recipe->moveBefore(end);
      recipe.setOffset(weights);
      weights = llvm::alignTo(weights + byteSize(recipe.getY()), 64);
    }
    for (plan::NodeId node = 0; node < program.nodes.size(); ++node)
      place(node);
    // Each view stands right behind its operand.
    for (ReshapeOp reshape : llvm::to_vector(body.getOps<ReshapeOp>())) {
      if (Operation *source = reshape.getX().getDefiningOp())
        reshape->moveAfter(source);
      else
        reshape->moveBefore(&body, body.begin());
    }
    return weights;
  }

private:
  void place(plan::NodeId node) {
    plan::Origin origin = origins.nodes[node];
    Operation *op = model.nodes[origin.id];
    if (origin.clone == 0) {
      op->moveBefore(end);
    } else {
      op = builder.clone(*op);
      op->setAttr(kRecomputedAttr, builder.getUnitAttr());
    }
    const plan::Node &n = program.nodes[node];
    for (auto [i, tensor] : llvm::enumerate(n.operands))
      op->setOperand(i, valueOf(tensor));
    auto group = dyn_cast<GroupOp>(op);
    if (!group)
      return;
    SmallVector<int64_t> offsets;
    for (auto [v, tensor] : llvm::zip(group.getResults(), n.results)) {
      placed[tensor] = v;
      auto output = model.outputs.find(v);
      offsets.push_back(output != model.outputs.end()
                            ? -(output->second + 1)
                            : static_cast<int64_t>(plan.offsets[tensor]));
    }
    group.setOffsets(offsets);
  }

  /// The value of a tensor of the program: of the copy that was run, or the
  /// view of it.
  Value valueOf(plan::TensorId tensor) {
    if (Value known = placed.lookup(tensor))
      return known;
    Value v = model.values[origins.tensors[tensor].id];
    if (auto reshape = v.getDefiningOp<ReshapeOp>()) {
      Value x = valueOf(program.tensors[tensor].viewOf);
      if (x != reshape.getX()) {
        IRMapping map;
        map.map(reshape.getX(), x);
        v = builder.clone(*reshape, map)->getResult(0);
      }
    }
    return placed[tensor] = v;
  }

  Block &body;
  Operation *end;
  PlanModel &model;
  const plan::Graph &program;
  const plan::BudgetedPlan &origins;
  const plan::Plan &plan;
  OpBuilder builder;
  llvm::DenseMap<plan::TensorId, Value> placed;
};

struct PlanMemory : tenon::impl::PlanPassBase<PlanMemory> {
  using PlanPassBase::PlanPassBase;

  void runOnOperation() override {
    std::vector<Outcome> outcomes;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isExternal())
        outcomes.push_back({function, {}});
    uint64_t state = arenaOnly ? 0 : stateBytes(getOperation());
    if (failed(failableParallelForEach(
            &getContext(), outcomes, [&](Outcome &outcome) {
              return planFunction(outcome.function, state, outcome.refusal);
            })))
      return signalPassFailure();
    // What has room for the greatest need has room for all.
    Outcome *worst = nullptr;
    for (Outcome &outcome : outcomes)
      if (outcome.refusal && (!worst || outcome.refusal->smallestBytes >
                                            worst->refusal->smallestBytes))
        worst = &outcome;
    if (!worst)
      return;
    refuse(worst->function, *worst->refusal, state);
    signalPassFailure();
  }

private:
  struct Outcome {
    func::FuncOp function;
    std::optional<plan::BudgetFailure> refusal; ///< of too small a budget
  };

  LogicalResult planFunction(func::FuncOp function, uint64_t state,
                             std::optional<plan::BudgetFailure> &refusal) {
    PlanModel model;
    if (failed(buildPlanModel(function, model)))
      return failure();

    plan::BudgetOptions options;
    options.plan.maxThreads = maxThreads;
    // Less than the variables alone take is refused by numbers too.
    if (budget)
      options.arenaBytes = budget > state ? budget - state : 0;
    plan::BudgetFailure reason;
    std::optional<plan::BudgetedPlan> plan =
        plan::planWithBudget(model.graph, options, reason);
    if (!plan && !reason.smallestBytes)
      return function.emitError("no memory plan: ") << reason.message;
    if (plan && budget && budget < state) {
      reason.smallestBytes = reason.boundBytes = plan->plan.arenaBytes;
      plan.reset();
    }
    if (!plan) {
      refusal = std::move(reason);
      return success();
    }
    if (std::optional<std::string> broken =
            plan::verify(model.graph, *plan, options))
      return function.emitError(
                 "the memory plan is wrong (an internal error): ")
             << *broken;
    int64_t weights = Rewriter(function, model, *plan).run();
    describe(function, *plan, weights, state);
    return success();
  }

  static uint64_t stateBytes(ModuleOp module) {
    uint64_t bytes = 0;
    for (auto variable : module.getOps<VariableOp>()) {
      auto type = cast<RankedTensorType>(variable.getType());
      bytes += llvm::alignTo(
          type.getNumElements() * bytesOf(kindOf(type.getElementType())), 64);
    }
    return bytes;
  }

  void refuse(func::FuncOp function, const plan::BudgetFailure &reason,
              uint64_t state) {
    std::string prefix = arenaOnly ? "arena:" : "";
    InFlightDiagnostic d = function.emitError("@")
                           << function.getName() << " has no plan within "
                           << budget.getValue()
                           << " bytes; --memory-budget=" << prefix
                           << reason.smallestBytes + state << " has one";
    d.attachNote() << "no plan whatever can do with less than "
                   << reason.boundBytes + state << " bytes"
                   << (state ? ", of which variables take " +
                                   std::to_string(state)
                             : std::string());
  }

  void describe(func::FuncOp function, const plan::BudgetedPlan &budgeted,
                int64_t weights, uint64_t state) {
    const plan::Plan &plan = budgeted.plan;
    const plan::Certificate &c = budgeted.certificate;
    Builder b(function.getContext());
    NamedAttrList sizes;
    auto add = [&](StringRef name, uint64_t value) {
      sizes.append(name, b.getI64IntegerAttr(value));
    };
    add("arena", plan.arenaBytes);
    add("max_live", plan.maxLive);
    add("max_threads", maxThreads);
    add("scratch", plan.scratchOffset);
    add("stride", plan.scratchStride);
    add("tensors", plan.tensorBytes);
    add("weights", weights);
    if (c.budgetBytes) {
      NamedAttrList proven;
      auto prove = [&](StringRef name, uint64_t value) {
        proven.append(name, b.getI64IntegerAttr(value));
      };
      prove("arena_budget", *c.budgetBytes);
      prove("state", state);
      prove("max_live", c.maxLiveBytes);
      prove("store_all", c.storeAllBytes);
      if (c.smallestBytes)
        prove("smallest", *c.smallestBytes);
      prove("bound", c.boundBytes);
      prove("cost", c.baseCost);
      prove("recompute_cost", c.recomputeCost());
      prove("cost_bound", c.boundCost);
      prove("recomputed", c.clones);
      prove("work", c.work);
      describeProfile(budgeted, b, proven);
      sizes.append("certificate", proven.getDictionary(b.getContext()));
    }
    function->setAttr("tenon.plan", sizes.getDictionary(b.getContext()));
  }

  /// For reports: what each group costs, and the bytes that would be alive at
  /// it if nothing ran again. The guard is no group.
  static void describeProfile(const plan::BudgetedPlan &budgeted, Builder b,
                              NamedAttrList &proven) {
    SmallVector<int64_t> costs, live;
    for (auto [node, bytes] :
         llvm::zip_equal(budgeted.program.nodes, budgeted.storeAllLive)) {
      if (!node.results.empty()) {
        costs.push_back(node.cost);
        live.push_back(bytes);
      } else if (!live.empty()) {
        live.back() = std::max<int64_t>(live.back(), bytes);
      }
    }
    proven.append("costs", b.getDenseI64ArrayAttr(costs));
    proven.append("store_all_live", b.getDenseI64ArrayAttr(live));
  }
};

} // namespace
