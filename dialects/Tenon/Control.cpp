//===-- Control.cpp - gradient, groups, recipes ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Control.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace tenon;

#define GET_OP_CLASSES
#include "dialects/Tenon/Control.cpp.inc"

//===----------------------------------------------------------------------===//
// grad
//===----------------------------------------------------------------------===//

LogicalResult GradOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto f = symbols.lookupNearestSymbolFrom<FunctionOpInterface>(
      *this, getCalleeAttr());
  if (!f)
    return emitOpError("calls @")
           << getCallee() << ", which is no function here";
  auto types = llvm::to_vector(f.getArgumentTypes());
  if (TypeRange(types) != getInputs().getTypes())
    return emitOpError("operand types differ from @")
           << getCallee() << "'s arguments";
  auto results = llvm::to_vector(f.getResultTypes());
  if (results.empty())
    return emitOpError("@")
           << getCallee() << " returns nothing to differentiate";
  auto loss = dyn_cast<RankedTensorType>(results.front());
  if (!loss || loss.getRank() != 0 || !isa<FloatType>(loss.getElementType()))
    return emitOpError("the first result of @")
           << getCallee() << " must be a scalar float to differentiate, not "
           << results.front();
  for (int64_t i : getWrt()) {
    if (i < 0 || i >= static_cast<int64_t>(types.size()))
      return emitOpError("wrt names argument ")
             << i << ", @" << getCallee() << " has " << types.size();
    if (!isa<FloatType>(getElementTypeOrSelf(types[i])))
      return emitOpError("wrt names argument ")
             << i << ", which is no float: " << types[i];
    results.push_back(types[i]);
  }
  if (TypeRange(results) != getOutputs().getTypes())
    return emitOpError("must return @")
           << getCallee() << "'s results, then one gradient per wrt";
  return success();
}

//===----------------------------------------------------------------------===//
// group
//===----------------------------------------------------------------------===//

void GroupOp::print(OpAsmPrinter &p) {
  p << " (";
  llvm::interleaveComma(
      llvm::zip(getBody().getArguments(), getInputs()), p, [&](auto pair) {
        p.printRegionArgument(std::get<0>(pair), {}, /*omitType=*/true);
        p << " = " << std::get<1>(pair);
      });
  p << ") : ";
  p.printFunctionalType(*this);
  p.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  p << ' ';
  p.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

ParseResult GroupOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::Argument> arguments;
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  auto pair = [&]() -> ParseResult {
    OpAsmParser::Argument &a = arguments.emplace_back();
    if (parser.parseArgument(a) || parser.parseEqual())
      return failure();
    return parser.parseOperand(operands.emplace_back());
  };
  FunctionType type;
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, pair) ||
      parser.parseColon() || parser.parseType(type) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes))
    return failure();
  if (type.getNumInputs() != operands.size())
    return parser.emitError(parser.getNameLoc(), "needs one type per operand");
  for (auto [a, t] : llvm::zip(arguments, type.getInputs()))
    a.type = t;
  result.addTypes(type.getResults());
  return failure(parser.resolveOperands(operands, type.getInputs(),
                                        parser.getNameLoc(), result.operands) ||
                 parser.parseRegion(*result.addRegion(), arguments));
}

LogicalResult GroupOp::verify() {
  if (getBody().getArgumentTypes() != getInputs().getTypes())
    return emitOpError("body arguments must have the operands' types");
  auto yield = cast<YieldOp>(getBody().front().getTerminator());
  if (yield.getValues().getTypes() != getOutputs().getTypes())
    return emitOpError("must yield its results' types");
  if (getOffsets() && getOffsets()->size() != getNumResults())
    return emitOpError("needs one offset per result");
  return success();
}

//===----------------------------------------------------------------------===//
// recipe
//===----------------------------------------------------------------------===//

LogicalResult RecipeOp::verify() {
  auto yield = cast<YieldOp>(getBody().front().getTerminator());
  if (yield.getValues().size() != 1 ||
      yield.getValues()[0].getType() != getType())
    return emitOpError("must yield one value of its result's type");
  return success();
}
