//===-- TenonAttrs.td - the dialect's attributes ---------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_ATTRS_TD
#define TENON_ATTRS_TD

include "dialects/Interfaces/Enums.td"
include "dialects/Tenon/TenonDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/EnumAttr.td"

def Tenon_Predicate : EnumAttr<Tenon_Dialect, Tenon_PredicateEnum, "predicate">;

def Tenon_PadMode : EnumAttr<Tenon_Dialect, Tenon_PadModeEnum, "pad_mode">;

def Tenon_Layout : EnumAttr<Tenon_Dialect, Tenon_LayoutEnum, "layout">;

def Tenon_VariableKind : EnumAttr<Tenon_Dialect, Tenon_VariableKindEnum, "variable_kind">;

def Tenon_ParameterRole : EnumAttr<Tenon_Dialect, Tenon_ParameterRoleEnum, "parameter_role">;

def Tenon_ParameterAttr : AttrDef<Tenon_Dialect, "Parameter"> {
  let mnemonic = "parameter";
  let summary = "Why a constant may be trained";
  let description = [{
    On constants of a model that is to be trained: what the constant is to `node`
    ("Conv 'conv1'"), how many inputs each of its outputs sums, for initialisers,
    and its shape in the model file, of which the constant may be a view.
  }];
  let parameters = (ins EnumParameter<Tenon_ParameterRoleEnum>:$role,
                        StringRefParameter<"the node that reads it">:$node,
                        "int64_t":$fanIn, OptionalArrayRefParameter<"int64_t">:$shape);
  let assemblyFormat = [{
    `<` $role `of` $node `,` `fan_in` `=` $fanIn `,` `shape` `=` `[` (`]`) : ($shape^ `]`)? `>`
  }];
}

def Tenon_KernelAttr : AttrDef<Tenon_Dialect, "Kernel"> {
  let mnemonic = "kernel";
  let summary = "How a group is computed: decided by configure, read by codegen";
  let description = [{
    `template` names the loop nest; `tiles` are its sizes, in the order that the
    template documents; `workspace` is bytes of scratch per worker; `grid` is
    the number of independent tiles.
  }];
  let parameters = (ins StringRefParameter<"loop nest">:$nest,
                        ArrayRefParameter<"int64_t">:$tiles,
                        "int64_t":$workspace, "int64_t":$grid);
  let assemblyFormat = [{
    `<` $nest `,` `tiles` `=` `[` $tiles `]` `,` `workspace` `=` $workspace `,` `grid` `=` $grid `>`
  }];
}

#endif
