//===-- tenon-inspect.cpp - what is in an artifact ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Report/Description.h"
#include "tenon/Report/Page.h"
#include "tenon/abi.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace tenon;

static cl::OptionCategory category("Tenon options");
static cl::opt<std::string> artifact(cl::Positional, cl::desc("ARTIFACT.so"),
                                     cl::Required, cl::cat(category));
static cl::opt<std::string>
    entry("entry",
          cl::desc("Which entry's kernels and memory: infer (default), step, "
                   "eval or init"),
          cl::init("infer"), cl::cat(category));
static cl::opt<bool>
    showKernels("kernels",
                cl::desc("Each kernel: loop nest, launches, model nodes"),
                cl::cat(category));
static cl::opt<bool> showMemory("memory",
                                cl::desc("Arena bytes alive at each launch"),
                                cl::cat(category));
static cl::opt<bool> showWeights("weights", cl::desc("Each stored weight"),
                                 cl::cat(category));
static cl::opt<std::string> reportTo(
    "report",
    cl::desc("Write a page about memory: of all entries but init, or of "
             "--entry; beside the artifact if no file is named"),
    cl::value_desc("html[:FILE]"), cl::cat(category));
static cl::opt<bool> rawJson("json",
                             cl::desc("The description as JSON, nothing else"),
                             cl::cat(category));

namespace {

std::string shape(const tn_tensor_spec &spec) {
  static const char *const names[] = {"?",   "f32", "f64", "f16", "bf16",
                                      "i8",  "u8",  "i16", "u16", "i32",
                                      "u32", "i64", "u64", "bool"};
  std::string s =
      names[spec.dtype >= 0 && spec.dtype <= TN_BOOL ? spec.dtype : 0];
  s += '[';
  for (int32_t d = 0; d < spec.rank; ++d)
    s += (d ? "," : "") + std::to_string(spec.dims[d]);
  return s + ']';
}

void printSignature(const tn_model *model, const tn_model_info &info) {
  outs() << "model " << info.name << " for " << info.target_cpu << '\n';
  static const char *const kinds[] = {
      "input      ", "output     ", "step input ", "step output",
      "eval input ", "eval output", "state      "};
  static const char *const states[] = {"", " parameter", " optimizer",
                                       " statistic", " counter"};
  const uint32_t counts[] = {info.input_count,      info.output_count,
                             info.step_input_count, info.step_output_count,
                             info.eval_input_count, info.eval_output_count,
                             info.state_count};
  for (int32_t kind = TN_INPUT; kind <= TN_STATE; ++kind)
    for (uint32_t i = 0; i < counts[kind]; ++i) {
      tn_tensor_spec spec;
      if (tn_spec(model, kind, i, &spec, nullptr) == TN_OK)
        outs() << "  " << kinds[kind] << ' ' << spec.name << ": " << shape(spec)
               << states[spec.state_kind] << '\n';
    }
  outs() << formatv("  arena {0} bytes ({1} a worker, at most {2} threads), "
                    "weights {3} bytes\n",
                    info.arena_bytes, info.workspace_bytes, info.max_threads,
                    info.weights_bytes);
  if (info.state_count)
    outs() << formatv("  state {0} bytes\n", info.state_bytes);
}

void printKernels(const report::Description &description,
                  ArrayRef<report::Launch> launches) {
  outs() << formatv("{0} kernels, {1} launches\n", description.kernels.size(),
                    launches.size());
  for (const report::Kernel &kernel : description.kernels) {
    outs() << kernel.name << ' ' << kernel.config << '\n';
    for (auto [i, l] : enumerate(launches))
      if (l.kernel == kernel.name)
        outs() << formatv("  launch {0}{1}, grid {2}: {3}\n", i,
                          l.recomputed ? " (again)" : "", l.grid,
                          join(l.nodes, ", "));
  }
}

void printMemory(const report::Entry &described) {
  report::MemoryProfile profile = report::memoryProfile(described);
  uint64_t most = std::max<uint64_t>(1, profile.maxLive());
  outs() << "bytes alive in the arena at each launch\n";
  for (auto [i, l] : enumerate(described.launches))
    outs() << formatv("{0,4} {1,12} {2,-40} {3}{4}\n", i, profile.live[i],
                      std::string(profile.live[i] * 40 / most, '#'), l.kernel,
                      l.recomputed ? " (again)" : "");
}

/// What the plan proved about a budget.
void printCertificate(const report::Entry &described) {
  if (!described.certificate)
    return;
  const report::Certificate &c = *described.certificate;
  double cost = double(c.cost + c.recomputeCost);
  outs() << formatv(
      "budget of {0}: {1} bytes for the arena, {2} without recomputation, no "
      "plan whatever below {3}\n"
      "  {4} groups run again, {5:P} of a step; within {6:P} of the cheapest "
      "plan; work {7}\n",
      described.name, c.arenaBudget, c.storeAll, c.bound, c.recomputed,
      double(c.recomputeCost) / std::max<double>(1, c.cost),
      cost / std::max<double>(1, c.costBound) - 1, c.work);
}

/// The page; without --entry of all entries.
Error writeReport(const tn_model *model, const tn_model_info &info) {
  Expected<std::string> file = report::reportFile(reportTo, artifact);
  if (!file)
    return file.takeError();
  if (*file == artifact || sys::fs::equivalent(*file, artifact))
    return createStringError("the report would overwrite " + artifact +
                             "; name another file: --report=html:FILE");
  report::Subject subject;
  subject.model = info.name;
  subject.cpu = info.target_cpu;
  subject.weightsBytes = info.weights_bytes;
  subject.stateBytes = info.state_bytes;
  for (uint32_t i = 0; i < info.state_count; ++i) {
    tn_tensor_spec spec;
    if (tn_spec(model, TN_STATE, i, &spec, nullptr) == TN_OK)
      subject.stateParts[spec.state_kind] += spec.bytes;
  }
  subject.json = std::string(info.json, info.json_size);
  Expected<std::string> page = report::writePage(
      subject, entry.getNumOccurrences() ? entry.getValue() : "");
  if (!page)
    return page.takeError();
  return report::writeReport(*file, *page);
}

/// What the options ask for, in words.
Error printDescription(const tn_model_info &info) {
  Expected<report::Description> description =
      report::parseDescription(StringRef(info.json, info.json_size));
  if (!description)
    return description.takeError();
  const report::Entry *described = description->entry(entry);
  if (!described)
    return createStringError("the artifact has no entry '" + entry + "'");
  printCertificate(*described);
  if (showKernels)
    printKernels(*description, described->launches);
  if (showMemory)
    printMemory(*described);
  if (showWeights)
    for (const report::Weight &w : description->weights)
      outs() << formatv("{0,12} {1,12} {2}\n", w.offset, w.bytes, w.type);
  return Error::success();
}

Error inspect(const tn_model *model, const tn_model_info &info) {
  if (rawJson) {
    outs() << StringRef(info.json, info.json_size) << '\n';
    return Error::success();
  }
  if (!reportTo.empty())
    return writeReport(model, info);
  printSignature(model, info);
  return printDescription(info);
}

} // namespace

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv,
                              "Tenon: says what is in an artifact\n");
  tn_message message;
  tn_library *library = nullptr;
  if (tn_open(artifact.c_str(), TN_OPEN_INSPECT, &library, &message) != TN_OK) {
    errs() << "error: " << message.text << '\n';
    return 1;
  }
  const tn_model *model = tn_library_model(library);
  tn_model_info info = {};
  info.struct_size = sizeof info;
  if (tn_info(model, &info, &message) != TN_OK) {
    errs() << "error: " << message.text << '\n';
    tn_close(library);
    return 1;
  }
  Error error = inspect(model, info);
  tn_close(library);
  if (!error)
    return 0;
  errs() << "error: " << toString(std::move(error)) << '\n';
  return 1;
}
