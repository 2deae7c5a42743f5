//===-- Describe.cpp - what an artifact says about itself -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Pipeline/Describe.h"

#include "dialects/Tenon/Control.h"
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

void tenon::describe(ModuleOp module, ArtifactInfo &info) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  auto schedule = module.lookupSymbol<tnrt::ScheduleOp>("step_main");
  info.modelName = module->getAttrOfType<StringAttr>("tenon.model_name").str();
  info.arenaBytes = schedule.getArena();
  info.scratchOffset = schedule.getScratchOffset();
  info.scratchStride = schedule.getScratchStride();
  info.maxThreads = schedule.getMaxThreads();
  EntryInfo &infer = info.entries[TN_INFER];
  infer.present = true;
  for (auto [type, name] :
       llvm::zip(main.getArgumentTypes(),
                 main->getAttrOfType<ArrayAttr>("tenon.input_names")))
    infer.inputs.push_back(tensorInfo(type, name));
  for (auto [type, name] :
       llvm::zip(main->getAttrOfType<ArrayAttr>("tenon.output_types"),
                 main->getAttrOfType<ArrayAttr>("tenon.output_names")))
    infer.outputs.push_back(tensorInfo(cast<TypeAttr>(type).getValue(), name));

  llvm::json::Array launches, kernels, weights;
  for (auto launch : schedule.getBody().getOps<tnrt::LaunchOp>()) {
    auto kernel = module.lookupSymbol<tnrt::KernelOp>(launch.getKernel());
    Block &body = kernel.getBody().front();
    llvm::SetVector<StringRef> names;
    collectNames(launch.getLoc(), names);
    llvm::json::Array nodes, reads, writes;
    for (StringRef name : names)
      nodes.push_back(llvm::json::fixUTF8(name));
    infer.ops.push_back({llvm::join(names, ", "), launch.getKernel().str()});
    unsigned inputs = body.getNumArguments();
    for (auto [i, a] : llvm::enumerate(launch.getBuffers())) {
      if (i < inputs)
        reads.push_back(buffer(a, body.getArgument(i).getType()));
      else
        writes.push_back(
            buffer(a, body.getTerminator()->getOperand(i - inputs).getType()));
    }
    launches.push_back(llvm::json::Object{{"kernel", launch.getKernel()},
                                          {"grid", int64_t(launch.getGrid())},
                                          {"nodes", std::move(nodes)},
                                          {"reads", std::move(reads)},
                                          {"writes", std::move(writes)}});
  }
  for (auto kernel : module.getOps<tnrt::KernelOp>()) {
    llvm::json::Array ops;
    for (Operation &op : kernel.getBody().front().without_terminator())
      ops.push_back(op.getName().stripDialect());
    kernels.push_back(llvm::json::Object{{"name", kernel.getSymName()},
                                         {"config", text(kernel.getConfig())},
                                         {"ops", std::move(ops)}});
  }
  for (auto recipe : main.getOps<RecipeOp>())
    weights.push_back(
        llvm::json::Object{{"offset", int64_t(*recipe.getOffset())},
                           {"bytes", int64_t(byteSizeOf(recipe.getType()))},
                           {"type", text(TypeAttr::get(recipe.getType()))}});
  llvm::raw_string_ostream(info.json)
      << llvm::json::Value(llvm::json::Object{{"launches", std::move(launches)},
                                              {"kernels", std::move(kernels)},
                                              {"weights", std::move(weights)}});
}
