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

#endif
