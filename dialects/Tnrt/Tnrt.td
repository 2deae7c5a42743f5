//===-- Tnrt.td - the schedule, the last IR before LLVM --------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TNRT_TD
#define TNRT_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"

def Tnrt_Dialect : Dialect {
  let name = "tnrt";
  let cppNamespace = "::tenon::tnrt";
  let summary = "What one step does: launches over planned memory";
  let description = [{
    A schedule is a list of launches; a kernel is a group's body, kept until
    code generation. Buffers are places, not values: the plan has decided them.
  }];
  let useDefaultAttributePrinterParser = 1;
}

def Tnrt_Space : I32Enum<"Space", "where a buffer lives", [
    I32EnumCase<"Arena", 0, "arena">, I32EnumCase<"Weights", 1, "weights">,
    I32EnumCase<"Input", 2, "input">, I32EnumCase<"Output", 3, "output">,
    I32EnumCase<"State", 4, "state">]> {
  let cppNamespace = "::tenon::tnrt";
}

def Tnrt_BufferAttr : AttrDef<Tnrt_Dialect, "Buffer"> {
  let mnemonic = "buffer";
  let summary = "A place in memory";
  let description = [{
    `arena`, `weights` and `state` are followed by a byte offset; `input` and
    `output` by the tensor's number in the signature.
  }];
  let parameters = (ins EnumParameter<Tnrt_Space>:$space, "int64_t":$position);
  let assemblyFormat = "`<` $space $position `>`";
}

class Tnrt_Op<string mnemonic, list<Trait> traits = []> : Op<Tnrt_Dialect, mnemonic, traits>;

def Tnrt_KernelOp : Tnrt_Op<"kernel", [IsolatedFromAbove, Symbol, SingleBlock]> {
  let summary = "One distinct kernel, still holding its anchor op";
  let description = [{
    Example:
    ```mlir
    tnrt.kernel @relu #tenon.kernel<map, tiles = [16, 4096, 1], workspace = 0, grid = 2> {
    ^bb0(%x: tensor<8192xf32>):
      %y = tenon.relu %x : tensor<8192xf32>
      tenon.yield %y : tensor<8192xf32>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, AnyAttr:$config);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name $config attr-dict-with-keyword $body";
}

def Tnrt_ScheduleOp : Tnrt_Op<"schedule", [IsolatedFromAbove, Symbol, SingleBlock,
    NoTerminator, NoRegionArguments]> {
  let summary = "One step of the model";
  let description = [{
    Sizes are bytes. Activations end at `scratch_offset`; worker w's workspace is
    `scratch_stride` bytes at `scratch_offset + w * scratch_stride`.
    `certificate` is what the plan proved about a budget.

    Example:
    ```mlir
    tnrt.schedule @main arena 131072 scratch 65536 stride 4096 threads 16 {
      tnrt.launch @relu grid 2 [#tnrt.buffer<input 0>, #tnrt.buffer<output 0>]
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, I64Attr:$arena, I64Attr:$scratch_offset,
                       I64Attr:$scratch_stride, I64Attr:$max_threads,
                       OptionalAttr<DictionaryAttr>:$certificate);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `arena` $arena `scratch` $scratch_offset `stride` $scratch_stride
    `threads` $max_threads attr-dict-with-keyword $body
  }];
}

def Tnrt_LaunchOp : Tnrt_Op<"launch", [HasParent<"ScheduleOp">]> {
  let summary = "Runs all tiles of a kernel's grid";
  let description = [{
    Example:
    ```mlir
    tnrt.launch @relu grid 2 [#tnrt.buffer<input 0>, #tnrt.buffer<arena 4096>]
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$kernel, I64Attr:$grid,
                       TypedArrayAttrBase<Tnrt_BufferAttr, "buffers">:$buffers);
  let assemblyFormat = "$kernel `grid` $grid $buffers attr-dict";
}

def Tnrt_GuardOp : Tnrt_Op<"guard", [HasParent<"ScheduleOp">]> {
  let summary = "Ends the step here unless it is good";
  let description = [{
    Buffers: the loss and the squared norm of the gradient, scalars of
    `element_type` which must be finite, and the i64 index of the first label
    out of range, which must be negative. No launch before it writes to `state`.

    Example:
    ```mlir
    tnrt.guard f32 [#tnrt.buffer<output 0>, #tnrt.buffer<arena 64>, #tnrt.buffer<arena 128>]
    ```
  }];
  let arguments = (ins TypeAttr:$element_type,
                       TypedArrayAttrBase<Tnrt_BufferAttr, "buffers">:$buffers);
  let assemblyFormat = "$element_type $buffers attr-dict";
}

#endif
