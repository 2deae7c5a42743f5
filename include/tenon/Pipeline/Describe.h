//===-- Describe.h - what an artifact says about itself ---------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_PIPELINE_DESCRIBE_H
#define TENON_PIPELINE_DESCRIBE_H

#include "dialects/Tnrt/Tnrt.h"
#include "mlir/IR/BuiltinOps.h"
#include "tenon/Target/Metadata.h"

namespace tenon {

/// Bytes of a tensor in memory.
uint64_t byteSizeOf(mlir::Type tensor);

/// The schedules of a lowered module by entry (TN_INFER, ...), null where there
/// is none.
llvm::SmallVector<tnrt::ScheduleOp> entrySchedules(mlir::ModuleOp module);

/// Fills name, entries, state, plan and the JSON that tenon-inspect reads from
/// a lowered module. The JSON: {"entries": [{"name", "scratch_offset",
/// "scratch_stride", "max_threads", "launches": [{"kernel", "grid",
/// "recomputed", "nodes": [names of the model's nodes], "reads", "writes"}],
/// "guard", where there is one: {"launch": the one behind it, "reads"},
/// "certificate", with a budget: see Certificate in Plan/Budget.h, and
/// BudgetedPlan there for "store_all_live"; it and "costs" have a number for
/// each launch}], "kernels": [{"name", "config", "ops", "results"}], "weights":
/// [{"offset", "bytes", "type"}]}; buffers are [space, position, bytes].
void describe(mlir::ModuleOp module, ArtifactInfo &info);

} // namespace tenon

#endif // TENON_PIPELINE_DESCRIBE_H
