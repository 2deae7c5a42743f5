//===-- Parameters.cpp - which constants are trained ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Transforms/Train/Parameters.h"

#include "dialects/Tenon/State.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Regex.h"

using namespace mlir;
using namespace tenon;

StringRef tenon::tensorName(ConstantOp constant) {
  auto name = dyn_cast<NameLoc>(constant.getLoc());
  return name ? name.getName().getValue() : StringRef();
}

static std::string reader(ParameterAttr role) {
  return (stringifyParameterRole(role.getRole()) + " of " + role.getNode())
      .str();
}

static llvm::Expected<llvm::Regex> regex(StringRef flag, StringRef text) {
  llvm::Regex r(text);
  std::string error;
  if (!r.isValid(error))
    return llvm::createStringError("--" + flag + "='" + text +
                                   "' is no regular expression: " + error);
  return std::move(r);
}

llvm::Expected<std::vector<ParameterCandidate>>
tenon::listParameters(ModuleOp module, const TrainOptions &options) {
  std::vector<ParameterCandidate> all;
  auto main = module.lookupSymbol<func::FuncOp>("main");
  llvm::StringMap<size_t> known;
  main.walk([&](ConstantOp constant) {
    auto role = constant->getAttrOfType<ParameterAttr>(kParameterAttr);
    StringRef name = tensorName(constant);
    if (!role || name.empty() || !known.try_emplace(name, all.size()).second)
      return;
    ParameterCandidate c{name.str(), constant.getType().clone(role.getShape()),
                         role, true, reader(role)};
    if (isStatistic(role.getRole())) {
      c.trainable = false;
      c.why += ", a buffer";
    } else if (role.getRole() == ParameterRole::Operand) {
      c.trainable = false;
      c.why += ", no weight; --train-only trains it";
    }
    all.push_back(std::move(c));
  });

  auto select = [&](StringRef flag, StringRef text,
                    llvm::function_ref<void(ParameterCandidate &, bool)> set)
      -> llvm::Error {
    if (text.empty())
      return llvm::Error::success();
    auto pattern = regex(flag, text);
    if (!pattern)
      return pattern.takeError();
    bool any = false;
    for (ParameterCandidate &c : all) {
      bool matches = pattern->match(c.name);
      any |= matches;
      if (!isStatistic(c.role.getRole()))
        set(c, matches);
    }
    if (!any)
      return llvm::createStringError(
          "--" + flag + "='" + text +
          "' matches no parameter; --list-params prints their names");
    return llvm::Error::success();
  };
  if (llvm::Error e = select("train-only", options.trainOnly,
                             [](ParameterCandidate &c, bool matches) {
                               c.trainable = matches;
                               c.why = reader(c.role) +
                                       (matches ? ", by --train-only"
                                                : ", not in --train-only");
                             }))
    return std::move(e);
  if (llvm::Error e = select("freeze", options.freeze,
                             [](ParameterCandidate &c, bool matches) {
                               if (!matches)
                                 return;
                               c.trainable = false;
                               c.why = reader(c.role) + ", by --freeze";
                             }))
    return std::move(e);
  return all;
}
