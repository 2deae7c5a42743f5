//===-- Describe.cpp - what an artifact says about itself -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Pipeline/Describe.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/State.h"
#include "dialects/Tnrt/Tnrt.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace tenon;

uint64_t tenon::byteSizeOf(Type tensor) {
  auto t = cast<RankedTensorType>(tensor);
  return t.getNumElements() * bytesOf(kindOf(t.getElementType()));
}

/// The names in a location, outermost first, each once.
static void collectNames(Location loc, llvm::SetVector<StringRef> &names) {
  if (auto name = dyn_cast<NameLoc>(loc)) {
    names.insert(name.getName());
  } else if (auto fused = dyn_cast<FusedLoc>(loc)) {
    for (Location l : fused.getLocations())
      collectNames(l, names);
  } else if (auto call = dyn_cast<CallSiteLoc>(loc)) {
    collectNames(call.getCallee(), names);
  }
}

static tn_dtype dtypeOf(Type element) {
  switch (kindOf(element)) {
  case Kind::F32:
    return TN_F32;
  case Kind::F64:
    return TN_F64;
  case Kind::F16:
    return TN_F16;
  case Kind::BF16:
    return TN_BF16;
  case Kind::I8:
    return TN_I8;
  case Kind::U8:
    return TN_U8;
  case Kind::I16:
    return TN_I16;
  case Kind::U16:
    return TN_U16;
  case Kind::I32:
    return TN_I32;
  case Kind::U32:
    return TN_U32;
  case Kind::I64:
    return TN_I64;
  case Kind::U64:
    return TN_U64;
  case Kind::Bool:
    return TN_BOOL;
  }
  llvm_unreachable("unknown kind");
}

static TensorInfo tensorInfo(Type type, Attribute name) {
  auto t = cast<RankedTensorType>(type);
  TensorInfo info;
  info.name = cast<StringAttr>(name).str();
  info.dtype = dtypeOf(t.getElementType());
  info.dims.assign(t.getShape().begin(), t.getShape().end());
  return info;
}

static std::string text(Attribute a) {
  std::string s;
  llvm::raw_string_ostream(s) << a;
  return s;
}

static llvm::json::Value buffer(Attribute a, Type type) {
  auto b = cast<tnrt::BufferAttr>(a);
  return llvm::json::Array{stringifySpace(b.getSpace()), b.getPosition(),
                           int64_t(byteSizeOf(type))};
}

/// The function of each entry.
static constexpr llvm::StringLiteral entryFunctions[TN_ENTRY_COUNT] = {
    "main", "step", "eval", "init"};
static constexpr llvm::StringLiteral entryNames[TN_ENTRY_COUNT] = {
    "infer", "step", "eval", "init"};

SmallVector<tnrt::ScheduleOp> tenon::entrySchedules(ModuleOp module) {
  SmallVector<tnrt::ScheduleOp> schedules;
  for (StringRef function : entryFunctions)
    schedules.push_back(
        module.lookupSymbol<tnrt::ScheduleOp>(("step_" + function).str()));
  return schedules;
}

static void describeSignature(func::FuncOp function, EntryInfo &entry) {
  entry.present = true;
  for (auto [type, name] :
       llvm::zip(function.getArgumentTypes(),
                 function->getAttrOfType<ArrayAttr>("tenon.input_names")))
    entry.inputs.push_back(tensorInfo(type, name));
  for (auto [type, name] :
       llvm::zip(function->getAttrOfType<ArrayAttr>("tenon.output_types"),
                 function->getAttrOfType<ArrayAttr>("tenon.output_names")))
    entry.outputs.push_back(tensorInfo(cast<TypeAttr>(type).getValue(), name));
}

/// Lists the launches of a schedule, for people and for messages.
static llvm::json::Array
describeLaunches(ModuleOp module, tnrt::ScheduleOp schedule, EntryInfo &entry) {
  llvm::json::Array launches;
  for (auto launch : schedule.getBody().getOps<tnrt::LaunchOp>()) {
    auto kernel = module.lookupSymbol<tnrt::KernelOp>(launch.getKernel());
    Block &body = kernel.getBody().front();
    llvm::SetVector<StringRef> names;
    collectNames(launch.getLoc(), names);
    llvm::json::Array nodes, reads, writes;
    for (StringRef name : names)
      nodes.push_back(llvm::json::fixUTF8(name));
    entry.ops.push_back({llvm::join(names, ", "), launch.getKernel().str()});
    unsigned inputs = body.getNumArguments();
    for (auto [i, a] : llvm::enumerate(launch.getBuffers())) {
      if (i < inputs)
        reads.push_back(buffer(a, body.getArgument(i).getType()));
      else
        writes.push_back(
            buffer(a, body.getTerminator()->getOperand(i - inputs).getType()));
    }
    launches.push_back(
        llvm::json::Object{{"kernel", launch.getKernel()},
                           {"grid", int64_t(launch.getGrid())},
                           {"recomputed", launch->hasAttr(kRecomputedAttr)},
                           {"nodes", std::move(nodes)},
                           {"reads", std::move(reads)},
                           {"writes", std::move(writes)}});
  }
  return launches;
}

/// What the guard of a schedule reads, and how many launches stand before it;
/// null without a guard.
static llvm::json::Value describeGuard(tnrt::ScheduleOp schedule) {
  int64_t before = 0;
  for (Operation &op : schedule.getBody().front()) {
    auto guard = dyn_cast<tnrt::GuardOp>(op);
    if (!guard) {
      ++before;
      continue;
    }
    Builder b(guard.getContext());
    Type scalar = RankedTensorType::get({}, guard.getElementType());
    Type types[] = {scalar, scalar, RankedTensorType::get({}, b.getI64Type())};
    llvm::json::Array reads;
    for (auto [a, type] : llvm::zip(guard.getBuffers(), types))
      reads.push_back(buffer(a, type));
    return llvm::json::Object{{"launch", before}, {"reads", std::move(reads)}};
  }
  return nullptr;
}

static llvm::json::Object describeCertificate(DictionaryAttr proven) {
  llvm::json::Object certificate;
  for (NamedAttribute a : proven) {
    llvm::json::Value &value = certificate[a.getName().getValue()];
    if (auto list = dyn_cast<DenseI64ArrayAttr>(a.getValue()))
      value = llvm::json::Array(list.asArrayRef());
    else
      value = cast<IntegerAttr>(a.getValue()).getInt();
  }
  return certificate;
}

static void describeState(ModuleOp module, ArtifactInfo &info) {
  for (auto variable : module.getOps<VariableOp>()) {
    StateInfo state;
    state.tensor = tensorInfo(variable.getType(), variable.getSymNameAttr());
    state.kind = static_cast<uint32_t>(variable.getKind());
    state.source = variable.getSource().value_or("").str();
    state.offset = *variable.getOffset();
    uint64_t end = state.offset + byteSizeOf(variable.getType());
    info.stateBytes = std::max<uint64_t>(
        info.stateBytes, llvm::alignTo(end, TN_ARENA_ALIGNMENT));
    info.states.push_back(std::move(state));
  }
  auto integer = [&](StringRef name) {
    auto a = module->getAttrOfType<IntegerAttr>(name);
    return a ? a.getInt() : 0;
  };
  info.sourceHash = integer("tenon.source_hash");
  info.ignoreLabel = integer("tenon.ignore_label");
  info.labelClasses = integer("tenon.label_classes");
  if (info.labelClasses)
    info.labels = "labels";
}

void tenon::describe(ModuleOp module, ArtifactInfo &info) {
  info.modelName = module->getAttrOfType<StringAttr>("tenon.model_name").str();
  describeState(module, info);
  llvm::json::Array entries, kernels, weights;
  for (auto [i, schedule] : llvm::enumerate(entrySchedules(module))) {
    if (!schedule)
      continue;
    EntryInfo &entry = info.entries[i];
    describeSignature(module.lookupSymbol<func::FuncOp>(entryFunctions[i]),
                      entry);
    llvm::json::Object described{
        {"name", entryNames[i]},
        {"scratch_offset", int64_t(schedule.getScratchOffset())},
        {"scratch_stride", int64_t(schedule.getScratchStride())},
        {"max_threads", int64_t(schedule.getMaxThreads())},
        {"launches", describeLaunches(module, schedule, entry)}};
    if (llvm::json::Value guard = describeGuard(schedule);
        guard.kind() != llvm::json::Value::Null)
      described["guard"] = std::move(guard);
    if (std::optional<DictionaryAttr> proven = schedule.getCertificate())
      described["certificate"] = describeCertificate(*proven);
    entries.push_back(std::move(described));
    // One entry runs at a time, in the same bytes.
    info.scratchOffset =
        std::max<uint64_t>(info.scratchOffset, schedule.getScratchOffset());
    info.scratchStride =
        std::max<uint64_t>(info.scratchStride, schedule.getScratchStride());
    info.maxThreads = schedule.getMaxThreads();
  }
  info.arenaBytes = info.scratchOffset + info.maxThreads * info.scratchStride;

  for (auto kernel : module.getOps<tnrt::KernelOp>()) {
    llvm::json::Array ops, results;
    for (Operation &op : kernel.getBody().front().without_terminator())
      ops.push_back(op.getName().stripDialect());
    for (Type t : kernel.getBody().front().getTerminator()->getOperandTypes())
      results.push_back(text(TypeAttr::get(t)));
    kernels.push_back(llvm::json::Object{{"name", kernel.getSymName()},
                                         {"config", text(kernel.getConfig())},
                                         {"ops", std::move(ops)},
                                         {"results", std::move(results)}});
  }
  llvm::DenseSet<int64_t> listed;
  for (auto function : module.getOps<func::FuncOp>())
    for (auto recipe : function.getOps<RecipeOp>())
      if (listed.insert(*recipe.getOffset()).second)
        weights.push_back(llvm::json::Object{
            {"offset", int64_t(*recipe.getOffset())},
            {"bytes", int64_t(byteSizeOf(recipe.getType()))},
            {"type", text(TypeAttr::get(recipe.getType()))}});
  llvm::raw_string_ostream(info.json)
      << llvm::json::Value(llvm::json::Object{{"entries", std::move(entries)},
                                              {"kernels", std::move(kernels)},
                                              {"weights", std::move(weights)}});
}
