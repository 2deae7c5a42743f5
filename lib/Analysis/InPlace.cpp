//===-- InPlace.cpp - which operands a group may write over ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Analysis/InPlace.h"

#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/State.h"
#include "llvm/ADT/DenseSet.h"

using namespace mlir;

namespace tenon {

bool isReadAtPoint(GroupOp group, unsigned i) {
  BlockArgument a = group.getBody().getArgument(i);
  // A reduction's kernel passes over its rows more than once.
  if (!group.getBody().getOps<ReductionOpInterface>().empty())
    return false;
  for (Type t : group.getResultTypes())
    if (cast<RankedTensorType>(t).getShape() !=
        cast<RankedTensorType>(a.getType()).getShape())
      return false;
  // Never into an op that looks elsewhere.
  SmallVector<Value> work = {a};
  llvm::DenseSet<Value> seen;
  while (!work.empty()) {
    Value v = work.pop_back_val();
    if (!seen.insert(v).second)
      continue;
    for (Operation *user : v.getUsers()) {
      if (isa<YieldOp>(user))
        continue;
      if (!isa<PointwiseOpInterface>(user))
        return false;
      work.push_back(user->getResult(0));
    }
  }
  return true;
}

Value rootOf(Value v) {
  while (Operation *op = v.getDefiningOp()) {
    if (auto guard = dyn_cast<GuardOp>(op))
      v = guard.getValues()[cast<OpResult>(v).getResultNumber()];
    else if (auto reshape = dyn_cast<ReshapeOp>(op))
      v = reshape.getX();
    else
      break;
  }
  return v;
}

} // namespace tenon
