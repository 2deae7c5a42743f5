//===-- Schedule.cpp - the step as native code ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "tenon/Target/Schedule.h"

#include "tenon/Target/Metadata.h"
#include "tenon/Target/WeightsObject.h"
#include "llvm/IR/IRBuilder.h"

using namespace llvm;

std::string tenon::kernelSymbol(StringRef name) {
  return ("tn_kernel_" + name).str();
}

std::unique_ptr<Module> tenon::buildScheduleModule(LLVMContext &context,
                                                   tnrt::ScheduleOp schedule,
                                                   StringRef modelName,
                                                   StringRef metadata,
                                                   uint64_t weightsBytes) {
  auto module = std::make_unique<Module>("schedule", context);
  Type *pointer = PointerType::get(context, 0),
       *i64 = Type::getInt64Ty(context);
  Type *i32 = Type::getInt32Ty(context), *i8 = Type::getInt8Ty(context);
  auto hide = [](GlobalValue *v) {
    v->setVisibility(GlobalValue::HiddenVisibility);
  };

  // int32_t infer(exec, inputs, outputs, arena, weights, state)
  auto *step = Function::Create(
      FunctionType::get(
          i32, {pointer, pointer, pointer, pointer, pointer, pointer}, false),
      GlobalValue::InternalLinkage, "tn_infer", module.get());
  auto *launch = Function::Create(
      FunctionType::get(Type::getVoidTy(context),
                        {pointer, pointer, pointer, i64}, false),
      GlobalValue::ExternalLinkage, "tn_launch", module.get());
  hide(launch);
  Type *kernelType = FunctionType::get(Type::getVoidTy(context),
                                       {pointer, i64, i64, pointer}, false);

  IRBuilder<> b(BasicBlock::Create(context, "entry", step));
  size_t most = 1;
  for (auto op : schedule.getBody().getOps<tnrt::LaunchOp>())
    most = std::max<size_t>(most, op.getBuffers().size());
  // The launches run one after the other and tn_launch returns when all tiles
  // are done: one array of arguments serves them all.
  Value *args = b.CreateAlloca(ArrayType::get(pointer, most), nullptr, "args");
  for (auto op : schedule.getBody().getOps<tnrt::LaunchOp>()) {
    for (auto [i, attribute] : enumerate(op.getBuffers())) {
      auto buffer = mlir::cast<tnrt::BufferAttr>(attribute);
      int64_t position = buffer.getPosition();
      Value *place = nullptr;
      switch (buffer.getSpace()) {
      case tnrt::Space::Arena:
        place = b.CreateConstInBoundsGEP1_64(i8, step->getArg(3), position);
        break;
      case tnrt::Space::Weights:
        place = b.CreateConstInBoundsGEP1_64(i8, step->getArg(4), position);
        break;
      case tnrt::Space::Input:
      case tnrt::Space::Output: {
        Value *table =
            step->getArg(buffer.getSpace() == tnrt::Space::Input ? 1 : 2);
        place = b.CreateLoad(
            pointer, b.CreateConstInBoundsGEP1_64(pointer, table, position));
        break;
      }
      }
      b.CreateStore(place, b.CreateConstInBoundsGEP2_64(
                               ArrayType::get(pointer, most), args, 0, i));
    }
    FunctionCallee kernel = module->getOrInsertFunction(
        kernelSymbol(op.getKernel()), cast<FunctionType>(kernelType));
    hide(cast<Function>(kernel.getCallee()));
    b.CreateCall(launch, {step->getArg(0), kernel.getCallee(), args,
                          b.getInt64(op.getGrid())});
  }
  b.CreateRet(b.getInt32(0));

  auto *text =
      ConstantDataArray::getString(context, metadata, /*AddNull=*/false);
  auto *meta =
      new GlobalVariable(*module, text->getType(), /*isConstant=*/true,
                         GlobalValue::InternalLinkage, text, "tn_meta");
  meta->setSection(TN_META_SECTION);
  meta->setAlignment(Align(8));

  auto external = [&](StringRef name) {
    auto *v = new GlobalVariable(*module, i8, true,
                                 GlobalValue::ExternalLinkage, nullptr, name);
    hide(v);
    return v;
  };
  Constant *weights =
      weightsBytes
          ? static_cast<Constant *>(external(WeightsObjectWriter::symbolName))
          : ConstantPointerNull::get(cast<PointerType>(pointer));
  SmallVector<Constant *, TN_ENTRY_COUNT> functions(
      TN_ENTRY_COUNT, ConstantPointerNull::get(cast<PointerType>(pointer)));
  functions[TN_INFER] = step;
  auto *tableType = ArrayType::get(pointer, TN_ENTRY_COUNT);
  auto *entries = new GlobalVariable(
      *module, tableType, /*isConstant=*/true, GlobalValue::InternalLinkage,
      ConstantArray::get(tableType, functions), "tn_entries");
  Constant *fields[] = {external("tn_runtime_vtable"),          meta,
                        ConstantInt::get(i64, metadata.size()), weights,
                        ConstantInt::get(i64, weightsBytes),    entries};
  auto *type =
      StructType::get(context, {pointer, pointer, i64, pointer, i64, pointer});
  auto *model = new GlobalVariable(
      *module, type, /*isConstant=*/true, GlobalValue::InternalLinkage,
      ConstantStruct::get(type, fields), "tn_model");

  auto *query = Function::Create(
      FunctionType::get(pointer, false), GlobalValue::ExternalLinkage,
      "tn_" + sanitizeModelName(modelName) + "_query", module.get());
  b.SetInsertPoint(BasicBlock::Create(context, "entry", query));
  b.CreateRet(model);
  return module;
}
