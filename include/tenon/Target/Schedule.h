//===-- Schedule.h - the step as native code --------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef TENON_TARGET_SCHEDULE_H
#define TENON_TARGET_SCHEDULE_H

#include "dialects/Tnrt/Tnrt.h"
#include "llvm/IR/Module.h"
#include <memory>

namespace tenon {

/// The hidden symbol of a kernel.
std::string kernelSymbol(llvm::StringRef name);

/// Builds the artifact's own object: its entries (one tn_launch per launch of
/// the schedule, one tn_guard per guard), the metadata section, and the one
/// exported query of `modelName`. schedules[e] is entry e (TN_INFER, ...), or
/// null. weightsBytes of 0 means that there is no weights object.
std::unique_ptr<llvm::Module> buildScheduleModule(
    llvm::LLVMContext &context, llvm::ArrayRef<tnrt::ScheduleOp> schedules,
    llvm::StringRef modelName, llvm::StringRef metadata, uint64_t weightsBytes);

} // namespace tenon

#endif // TENON_TARGET_SCHEDULE_H
