//===-- tenon-inspect.cpp - what is in an artifact ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/abi.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace llvm;

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
static cl::opt<bool> rawJson("json",
                             cl::desc("The description as JSON, nothing else"),
                             cl::cat(category));

namespace {

struct BufferRef {
  StringRef space;
  int64_t position = 0, bytes = 0;
};

struct Launch {
  bool recomputed = false;
  StringRef kernel;
  int64_t grid = 0;
  std::vector<StringRef> nodes;
  std::vector<BufferRef> reads, writes;
};

std::vector<BufferRef> buffers(const json::Array *list) {
  std::vector<BufferRef> result;
  if (list)
    for (const json::Value &v : *list)
      if (const json::Array *a = v.getAsArray(); a && a->size() == 3)
        result.push_back({(*a)[0].getAsString().value_or(""),
                          (*a)[1].getAsInteger().value_or(0),
                          (*a)[2].getAsInteger().value_or(0)});
  return result;
}

/// What the description says of one entry; null when the artifact has none.
const json::Object *findEntry(const json::Object &root, StringRef name) {
  if (const json::Array *entries = root.getArray("entries"))
    for (const json::Value &v : *entries)
      if (const json::Object *o = v.getAsObject();
          o && o->getString("name") == name)
        return o;
  return nullptr;
}

/// The launches of one entry, in order.
std::vector<Launch> launches(const json::Object &entry) {
  std::vector<Launch> result;
  if (const json::Array *list = entry.getArray("launches"))
    for (const json::Value &v : *list) {
      const json::Object *o = v.getAsObject();
      if (!o)
        continue;
      Launch l;
      l.kernel = o->getString("kernel").value_or("");
      l.grid = o->getInteger("grid").value_or(0);
      l.recomputed = o->getBoolean("recomputed").value_or(false);
      if (const json::Array *nodes = o->getArray("nodes"))
        for (const json::Value &n : *nodes)
          l.nodes.push_back(n.getAsString().value_or(""));
      l.reads = buffers(o->getArray("reads"));
      l.writes = buffers(o->getArray("writes"));
      result.push_back(std::move(l));
    }
  return result;
}

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

void printKernels(const json::Object &root, ArrayRef<Launch> list) {
  const json::Array *kernels = root.getArray("kernels");
  if (!kernels)
    return;
  outs() << formatv("{0} kernels, {1} launches\n", kernels->size(),
                    list.size());
  for (const json::Value &v : *kernels) {
    const json::Object *o = v.getAsObject();
    if (!o)
      continue;
    StringRef name = o->getString("name").value_or("");
    outs() << name << ' ' << o->getString("config").value_or("") << '\n';
    for (auto [i, l] : enumerate(list))
      if (l.kernel == name)
        outs() << formatv("  launch {0}{1}, grid {2}: {3}\n", i,
                          l.recomputed ? " (again)" : "", l.grid,
                          join(l.nodes, ", "));
  }
}

/// A buffer lives from the launch that writes it to the last that reads it.
void printMemory(ArrayRef<Launch> list) {
  struct Life {
    size_t first, last;
    int64_t bytes;
  };
  std::vector<Life> lives;
  std::map<int64_t, size_t> byOffset;
  for (auto [i, l] : enumerate(list)) {
    for (const BufferRef &r : l.reads)
      if (r.space == "arena" && byOffset.count(r.position))
        lives[byOffset[r.position]].last = i;
    for (const BufferRef &w : l.writes)
      if (w.space == "arena") {
        byOffset[w.position] = lives.size();
        lives.push_back({i, i, w.bytes});
      }
  }
  int64_t peak = 1;
  std::vector<int64_t> alive(list.size());
  for (const Life &life : lives)
    for (size_t i = life.first; i <= life.last; ++i)
      peak = std::max(peak, alive[i] += life.bytes);
  outs() << "bytes alive in the arena at each launch\n";
  for (auto [i, l] : enumerate(list))
    outs() << formatv(
        "{0,4} {1,12} {2,-40} {3}{4}\n", i, alive[i],
        std::string(static_cast<size_t>(alive[i] * 40 / peak), '#'), l.kernel,
        l.recomputed ? " (again)" : "");
}

/// What the plan proved about a budget.
void printCertificate(const json::Object &described) {
  const json::Object *c = described.getObject("certificate");
  if (!c)
    return;
  auto number = [&](StringRef name) { return c->getInteger(name).value_or(0); };
  double cost = number("cost") + number("recompute_cost");
  outs() << formatv(
      "budget of {0}: {1} bytes for the arena, {2} without recomputation, no "
      "plan whatever below {3}\n"
      "  {4} groups run again, {5:P} of a step; within {6:P} of the cheapest "
      "plan; work {7}\n",
      entry.getValue(), number("arena_budget"), number("store_all"),
      number("bound"), number("recomputed"),
      number("recompute_cost") / std::max<double>(1, number("cost")),
      cost / std::max<double>(1, number("cost_bound")) - 1, number("work"));
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
  StringRef text(info.json, info.json_size);
  int status = 0;
  if (rawJson) {
    outs() << text << '\n';
  } else {
    printSignature(model, info);
    Expected<json::Value> value = json::parse(text);
    const json::Object *root = value ? value->getAsObject() : nullptr;
    if (!root) {
      errs() << "error: the artifact's description is no JSON: "
             << (value ? std::string("not an object")
                       : toString(value.takeError()))
             << '\n';
      status = 1;
    } else if (const json::Object *described = findEntry(*root, entry);
               !described) {
      errs() << "error: the artifact has no entry '" << entry << "'\n";
      status = 1;
    } else {
      printCertificate(*described);
      std::vector<Launch> list = launches(*described);
      if (showKernels)
        printKernels(*root, list);
      if (showMemory)
        printMemory(list);
      if (showWeights)
        if (const json::Array *weights = root->getArray("weights"))
          for (const json::Value &v : *weights)
            if (const json::Object *o = v.getAsObject())
              outs() << formatv("{0,12} {1,12} {2}\n",
                                o->getInteger("offset").value_or(0),
                                o->getInteger("bytes").value_or(0),
                                o->getString("type").value_or(""));
    }
  }
  tn_close(library);
  return status;
}
