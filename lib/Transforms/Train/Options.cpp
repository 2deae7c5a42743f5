//===-- Options.cpp - training options as users write them ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Transforms/Train.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;
using namespace tenon;

namespace {

/// "name,key=value,flag": the name, and settings that are taken one by one;
/// what is left over at the end is an error.
class Settings {
public:
  Settings(StringRef what, StringRef given) : what(what), text(given) {
    auto [head, rest] = StringRef(text).split(',');
    name = head.trim();
    while (!rest.empty()) {
      auto [setting, next] = rest.split(',');
      auto [key, value] = setting.split('=');
      values[key.trim()] = value.trim();
      rest = next;
    }
  }

  StringRef name;

  void number(StringRef key, double &to, double least, double most) {
    StringRef text;
    double v;
    if (!take(key, text))
      return;
    if (text.getAsDouble(v) || !(v >= least && v <= most))
      return fail(key, text,
                  "a number from " + toText(least) + " to " + toText(most));
    to = v;
  }
  void integer(StringRef key, int64_t &to, int64_t least) {
    StringRef text;
    int64_t v;
    if (!take(key, text))
      return;
    if (text.getAsInteger(10, v) || v < least)
      return fail(key, text, "an integer of at least " + itostr(least));
    to = v;
  }
  void flag(StringRef key, bool &to) {
    StringRef text;
    if (!take(key, text))
      return;
    if (!text.empty())
      return fail(key, text, "no value");
    to = true;
  }

  Error finish(StringRef known) {
    if (problem.empty() && !values.empty())
      problem = "'" + values.begin()->getKey().str() + "' is no setting of " +
                what.str() + "=" + name.str() +
                (known.empty() ? std::string("; it has none")
                               : "; it takes " + known.str());
    return problem.empty() ? Error::success() : createStringError(problem);
  }
  Error unknown(StringRef choices) {
    return createStringError("unknown " + what + " '" + name +
                             "'; choose one of " + choices);
  }

private:
  static std::string toText(double v) {
    std::string s;
    raw_string_ostream(s) << format("%g", v);
    return s;
  }
  bool take(StringRef key, StringRef &text) {
    auto it = values.find(key);
    if (it == values.end())
      return false;
    text = it->second;
    values.erase(it);
    return true;
  }
  void fail(StringRef key, StringRef text, const Twine &expected) {
    if (problem.empty())
      problem = (what + "=" + name + ": " + key + " takes " + expected +
                 ", not '" + text + "'")
                    .str();
  }

  StringRef what;
  std::string text;
  StringMap<StringRef> values;
  std::string problem;
};

} // namespace

static constexpr double kHuge = 1e30;

Error tenon::parseOptimizer(StringRef text, TrainOptions &options) {
  Settings s("--optimizer", text);
  s.number("weight-decay", options.weightDecay, 0, kHuge);
  if (s.name == "sgd") {
    options.optimizer = OptimizerKind::SGD;
    s.number("momentum", options.momentum, 0, 1);
    s.flag("nesterov", options.nesterov);
    if (options.nesterov && options.momentum == 0)
      return createStringError("--optimizer=sgd: nesterov needs a momentum");
    return s.finish("momentum=M, nesterov, weight-decay=W");
  }
  if (s.name != "adam" && s.name != "adamw")
    return s.unknown("sgd, adam, adamw");
  options.optimizer =
      s.name == "adam" ? OptimizerKind::Adam : OptimizerKind::AdamW;
  s.number("beta1", options.beta1, 0, 1);
  s.number("beta2", options.beta2, 0, 1);
  if (options.beta1 == 1 || options.beta2 == 1)
    return createStringError("--optimizer=" + s.name +
                             ": beta1 and beta2 must be less than 1");
  s.number("eps", options.epsilon, 0, kHuge);
  return s.finish("beta1=B, beta2=B, eps=E, weight-decay=W");
}

Error tenon::parseSchedule(StringRef text, LearningRate &rate) {
  Settings s("--lr-schedule", text);
  if (s.name == "constant") {
    rate.decay = LearningRate::Decay::Constant;
    return s.finish("");
  }
  if (s.name == "step") {
    rate.decay = LearningRate::Decay::Step;
    s.integer("every", rate.every, 1);
    s.number("gamma", rate.gamma, 0, 1);
    return s.finish("every=STEPS, gamma=FACTOR");
  }
  if (s.name == "cosine") {
    rate.decay = LearningRate::Decay::Cosine;
    rate.steps = 0;
    s.integer("steps", rate.steps, 1);
    s.number("min", rate.least, 0, 1);
    if (Error e = s.finish("steps=STEPS, min=FACTOR"))
      return e;
    if (rate.steps == 0)
      return createStringError(
          "--lr-schedule=cosine needs the number of steps: cosine,steps=N");
    return Error::success();
  }
  return s.unknown("constant, step, cosine");
}

Error tenon::parseLoss(StringRef text, TrainOptions &options) {
  Settings s("--loss", text);
  if (s.name == "cross-entropy") {
    options.loss = LossKind::CrossEntropy;
    s.integer("ignore", options.ignoreLabel, INT64_MIN);
    return s.finish("ignore=LABEL");
  }
  if (s.name == "soft-cross-entropy")
    options.loss = LossKind::SoftCrossEntropy;
  else if (s.name == "binary-cross-entropy")
    options.loss = LossKind::BinaryCrossEntropy;
  else if (s.name == "mse")
    options.loss = LossKind::MSE;
  else
    return s.unknown(
        "cross-entropy, soft-cross-entropy, binary-cross-entropy, mse");
  return s.finish("");
}

Error tenon::parseInit(StringRef text, TrainOptions &options) {
  Settings s("--init", text);
  if (s.name == "keep") {
    options.init = Initializer::Keep;
    return s.finish("");
  }
  if (s.name != "he" && s.name != "xavier")
    return s.unknown("keep, he, xavier");
  options.init = s.name == "he" ? Initializer::He : Initializer::Xavier;
  int64_t seed = 0;
  s.integer("seed", seed, 0);
  options.initSeed = seed;
  return s.finish("seed=N");
}

Error tenon::parseNewHead(StringRef text, TrainOptions &options) {
  auto [node, settings] = text.rsplit(':');
  Settings s("--new-head", (node + "," + settings).str());
  options.newHead = node.str();
  s.integer("classes", options.newHeadClasses, 1);
  s.integer("seed", options.newHeadSeed, 0);
  if (Error e = s.finish("classes=N, seed=S"))
    return e;
  if (node.empty() || options.newHeadClasses == 0)
    return createStringError("--new-head takes NODE:classes=N[,seed=S], not '" +
                             text + "'");
  return Error::success();
}
