//===-- Enums.td - the enumerations of op attributes --------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_ENUMS_TD
#define TENON_ENUMS_TD

include "mlir/IR/EnumAttr.td"

def Tenon_PredicateEnum : I32Enum<"Predicate", "comparison", [
    I32EnumCase<"EQ", 0, "eq">, I32EnumCase<"NE", 1, "ne">,
    I32EnumCase<"LT", 2, "lt">, I32EnumCase<"LE", 3, "le">,
    I32EnumCase<"GT", 4, "gt">, I32EnumCase<"GE", 5, "ge">]> {
  let cppNamespace = "::tenon";
}

def Tenon_PadModeEnum : I32Enum<"PadMode", "what stands outside the operand", [
    I32EnumCase<"Constant", 0, "constant">, I32EnumCase<"Reflect", 1, "reflect">,
    I32EnumCase<"Edge", 2, "edge">, I32EnumCase<"Wrap", 3, "wrap">]> {
  let cppNamespace = "::tenon";
}

def Tenon_LayoutEnum : I32Enum<"Layout", "where the channels stand", [
    I32EnumCase<"ChannelsFirst", 0, "channels_first">,
    I32EnumCase<"ChannelsLast", 1, "channels_last">]> {
  let cppNamespace = "::tenon";
}

def Tenon_ParameterRoleEnum : I32Enum<"ParameterRole", "what a constant is to the node that reads it", [
    I32EnumCase<"Weight", 0, "weight">, I32EnumCase<"Bias", 1, "bias">,
    I32EnumCase<"Scale", 2, "scale">, I32EnumCase<"Table", 3, "table">,
    I32EnumCase<"Mean", 4, "mean">, I32EnumCase<"Variance", 5, "variance">,
    I32EnumCase<"Operand", 6, "operand">]> {
  let cppNamespace = "::tenon";
}

def Tenon_VariableKindEnum : I32Enum<"VariableKind", "what a variable is for", [
    I32EnumCase<"Parameter", 1, "parameter">, I32EnumCase<"Optimizer", 2, "optimizer">,
    I32EnumCase<"Statistic", 3, "statistic">, I32EnumCase<"Counter", 4, "counter">]> {
  let cppNamespace = "::tenon";
}

#endif
