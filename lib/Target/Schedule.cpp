//===-- Schedule.cpp - the step as native code ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "tenon/Target/Schedule.h"

#include "tenon/Target/Metadata.h"
#include "tenon/Target/WeightsObject.h"
#include "llvm/IR/IRBuilder.h"

using namespace llvm;
using namespace tenon;

std::string tenon::kernelSymbol(StringRef name) {
  return ("tn_kernel_" + name).str();
}

namespace {

/// The artifact's own object under construction.
class ScheduleBuilder {
public:
  explicit ScheduleBuilder(LLVMContext &context)
      : module(std::make_unique<Module>("schedule", context)), b(context),
        pointer(PointerType::get(context, 0)), i64(b.getInt64Ty()),
        i32(b.getInt32Ty()), i8(b.getInt8Ty()) {
    launch = runtimeFunction("tn_launch", b.getVoidTy(),
                             {pointer, pointer, pointer, i64});
  }

  /// int32_t name(exec, inputs, outputs, arena, weights, state)
  Function *entry(tnrt::ScheduleOp schedule, StringRef name);
  void model(StringRef name, ArrayRef<Function *> entries, StringRef metadata,
             uint64_t weightsBytes);
  std::unique_ptr<Module> take() { return std::move(module); }

private:
  Function *runtimeFunction(StringRef name, Type *result,
                            ArrayRef<Type *> arguments) {
    auto *f =
        Function::Create(FunctionType::get(result, arguments, false),
                         GlobalValue::ExternalLinkage, name, module.get());
    f->setVisibility(GlobalValue::HiddenVisibility);
    return f;
  }
  Constant *externalData(StringRef name) {
    auto *v = new GlobalVariable(*module, i8, true,
                                 GlobalValue::ExternalLinkage, nullptr, name);
    v->setVisibility(GlobalValue::HiddenVisibility);
    return v;
  }
  GlobalVariable *constant(Constant *value, StringRef name) {
    return new GlobalVariable(*module, value->getType(), /*isConstant=*/true,
                              GlobalValue::InternalLinkage, value, name);
  }
  Value *addressOf(Function *step, mlir::Attribute buffer);
  void emit(Function *step, Value *args, ArrayType *argsType,
            tnrt::LaunchOp op);
  void emit(Function *step, tnrt::GuardOp op);

  std::unique_ptr<Module> module;
  IRBuilder<> b;
  Type *pointer, *i64, *i32, *i8;
  Function *launch, *guard = nullptr;
};

} // namespace

Value *ScheduleBuilder::addressOf(Function *step, mlir::Attribute attribute) {
  auto buffer = mlir::cast<tnrt::BufferAttr>(attribute);
  int64_t position = buffer.getPosition();
  enum { Exec, Inputs, Outputs, Arena, Weights, State };
  auto byte = [&](unsigned block) {
    return b.CreateConstInBoundsGEP1_64(i8, step->getArg(block), position);
  };
  auto slot = [&](unsigned table) {
    return b.CreateLoad(pointer, b.CreateConstInBoundsGEP1_64(
                                     pointer, step->getArg(table), position));
  };
  switch (buffer.getSpace()) {
  case tnrt::Space::Arena:
    return byte(Arena);
  case tnrt::Space::Weights:
    return byte(Weights);
  case tnrt::Space::State:
    return byte(State);
  case tnrt::Space::Input:
    return slot(Inputs);
  case tnrt::Space::Output:
    return slot(Outputs);
  }
  llvm_unreachable("unknown space");
}

void ScheduleBuilder::emit(Function *step, Value *args, ArrayType *argsType,
                           tnrt::LaunchOp op) {
  for (auto [i, buffer] : enumerate(op.getBuffers()))
    b.CreateStore(addressOf(step, buffer),
                  b.CreateConstInBoundsGEP2_64(argsType, args, 0, i));
  std::string name = kernelSymbol(op.getKernel());
  Function *kernel = module->getFunction(name);
  if (!kernel)
    kernel = runtimeFunction(name, b.getVoidTy(), {pointer, i64, i64, pointer});
  b.CreateCall(launch,
               {step->getArg(0), kernel, args, b.getInt64(op.getGrid())});
}

/// if (int32_t code = tn_guard(...)) return code;
void ScheduleBuilder::emit(Function *step, tnrt::GuardOp op) {
  if (!guard)
    guard = runtimeFunction("tn_guard", i32,
                            {pointer, pointer, pointer, i32, pointer});
  tn_dtype dtype = op.getElementType().isF64() ? TN_F64 : TN_F32;
  Value *code = b.CreateCall(
      guard, {step->getArg(0), addressOf(step, op.getBuffers()[0]),
              addressOf(step, op.getBuffers()[1]), b.getInt32(dtype),
              addressOf(step, op.getBuffers()[2])});
  auto *stop = BasicBlock::Create(b.getContext(), "refused", step);
  auto *go = BasicBlock::Create(b.getContext(), "good", step);
  b.CreateCondBr(b.CreateIsNull(code), go, stop);
  b.SetInsertPoint(stop);
  b.CreateRet(code);
  b.SetInsertPoint(go);
}

Function *ScheduleBuilder::entry(tnrt::ScheduleOp schedule, StringRef name) {
  SmallVector<Type *> arguments(6, pointer);
  auto *step =
      Function::Create(FunctionType::get(i32, arguments, false),
                       GlobalValue::InternalLinkage, name, module.get());
  b.SetInsertPoint(BasicBlock::Create(b.getContext(), "entry", step));
  // The launches run one after the other and tn_launch returns when all tiles
  // are done: one array of arguments serves them all.
  size_t most = 1;
  for (auto op : schedule.getBody().getOps<tnrt::LaunchOp>())
    most = std::max<size_t>(most, op.getBuffers().size());
  auto *argsType = ArrayType::get(pointer, most);
  Value *args = b.CreateAlloca(argsType, nullptr, "args");
  for (mlir::Operation &op : schedule.getBody().front()) {
    if (auto guardOp = mlir::dyn_cast<tnrt::GuardOp>(op))
      emit(step, guardOp);
    else
      emit(step, args, argsType, mlir::cast<tnrt::LaunchOp>(op));
  }
  b.CreateRet(b.getInt32(0));
  return step;
}

void ScheduleBuilder::model(StringRef name, ArrayRef<Function *> entries,
                            StringRef metadata, uint64_t weightsBytes) {
  auto *meta = constant(ConstantDataArray::getString(b.getContext(), metadata,
                                                     /*AddNull=*/false),
                        "tn_meta");
  meta->setSection(TN_META_SECTION);
  meta->setAlignment(Align(8));
  Constant *null = ConstantPointerNull::get(cast<PointerType>(pointer));
  SmallVector<Constant *> table;
  for (Function *entry : entries)
    table.push_back(entry ? entry : null);
  auto *functions =
      constant(ConstantArray::get(ArrayType::get(pointer, table.size()), table),
               "tn_entries");
  Constant *weights =
      weightsBytes ? externalData(WeightsObjectWriter::symbolName) : null;
  Constant *fields[] = {externalData("tn_runtime_vtable"), meta,
                        b.getInt64(metadata.size()),       weights,
                        b.getInt64(weightsBytes),          functions};
  auto *model = constant(ConstantStruct::getAnon(fields), "tn_model");
  auto *query = Function::Create(
      FunctionType::get(pointer, false), GlobalValue::ExternalLinkage,
      "tn_" + sanitizeModelName(name) + "_query", module.get());
  b.SetInsertPoint(BasicBlock::Create(b.getContext(), "entry", query));
  b.CreateRet(model);
}

std::unique_ptr<Module> tenon::buildScheduleModule(
    LLVMContext &context, ArrayRef<tnrt::ScheduleOp> schedules,
    StringRef modelName, StringRef metadata, uint64_t weightsBytes) {
  static constexpr StringLiteral names[TN_ENTRY_COUNT] = {"tn_infer", "tn_step",
                                                          "tn_eval", "tn_init"};
  ScheduleBuilder builder(context);
  SmallVector<Function *> entries(TN_ENTRY_COUNT, nullptr);
  for (auto [i, schedule] : enumerate(schedules))
    if (schedule)
      entries[i] = builder.entry(schedule, names[i]);
  builder.model(modelName, entries, metadata, weightsBytes);
  return builder.take();
}
