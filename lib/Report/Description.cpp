//===-- Description.cpp - what an artifact says of its plan ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Report/Description.h"

#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace tenon::report;

namespace {

/// Sizes, offsets and costs are below this, so that sums do not wrap.
constexpr uint64_t kMost = UINT64_C(1) << 48;

/// Reads what is there; what is missing keeps its default. The first value of
/// the wrong kind is the error.
class Reader {
public:
  bool failed() const { return !wrong.empty(); }
  std::string wrong;

  void read(const json::Object &o, StringRef key, uint64_t &to) {
    if (const json::Value *v = o.get(key))
      number(*v, key, to);
  }
  void read(const json::Object &o, StringRef key, std::string &to) {
    const json::Value *v = o.get(key);
    if (!v)
      return;
    if (std::optional<StringRef> text = v->getAsString())
      to = text->str();
    else
      fail(key);
  }
  void read(const json::Object &o, StringRef key, bool &to) {
    const json::Value *v = o.get(key);
    if (!v)
      return;
    if (std::optional<bool> b = v->getAsBoolean())
      to = *b;
    else
      fail(key);
  }
  void read(const json::Object &o, StringRef key, std::optional<uint64_t> &to) {
    if (o.get(key))
      read(o, key, to.emplace());
  }
  void read(const json::Object &o, StringRef key,
            std::vector<std::string> &to) {
    each(o, key, [&](const json::Value &v) {
      if (std::optional<StringRef> text = v.getAsString())
        to.push_back(text->str());
      else
        fail(key);
    });
  }
  void read(const json::Object &o, StringRef key, std::vector<uint64_t> &to) {
    each(o, key,
         [&](const json::Value &v) { number(v, key, to.emplace_back()); });
  }
  void read(const json::Object &o, StringRef key, std::vector<Buffer> &to) {
    each(o, key, [&](const json::Value &v) {
      const json::Array *a = v.getAsArray();
      if (!a || a->size() != 3 || !(*a)[0].getAsString())
        return fail(key);
      Buffer &b = to.emplace_back();
      b.space = (*a)[0].getAsString()->str();
      number((*a)[1], key, b.position);
      number((*a)[2], key, b.bytes);
    });
  }
  /// Calls `element` for every object of a list.
  template <typename F>
  void objects(const json::Object &o, StringRef key, F element) {
    each(o, key, [&](const json::Value &v) {
      if (const json::Object *object = v.getAsObject())
        element(*object);
      else
        fail(key);
    });
  }

private:
  template <typename F>
  void each(const json::Object &o, StringRef key, F element) {
    const json::Value *v = o.get(key);
    if (!v)
      return;
    const json::Array *list = v->getAsArray();
    if (!list)
      return fail(key);
    for (const json::Value &value : *list)
      element(value);
  }
  void number(const json::Value &v, StringRef key, uint64_t &to) {
    std::optional<uint64_t> n = v.getAsUINT64();
    if (n && *n < kMost)
      to = *n;
    else
      fail(key);
  }
  void fail(StringRef key) {
    if (wrong.empty())
      wrong = key.str();
  }
};

Certificate readCertificate(Reader &r, const json::Object &o) {
  Certificate c;
  r.read(o, "arena_budget", c.arenaBudget);
  r.read(o, "state", c.state);
  r.read(o, "store_all", c.storeAll);
  r.read(o, "smallest", c.smallest);
  r.read(o, "bound", c.bound);
  r.read(o, "cost", c.cost);
  r.read(o, "recompute_cost", c.recomputeCost);
  r.read(o, "cost_bound", c.costBound);
  r.read(o, "recomputed", c.recomputed);
  r.read(o, "work", c.work);
  r.read(o, "costs", c.costs);
  r.read(o, "store_all_live", c.storeAllLive);
  return c;
}

Entry readEntry(Reader &r, const json::Object &o) {
  Entry e;
  r.read(o, "name", e.name);
  r.read(o, "scratch_offset", e.scratchOffset);
  r.read(o, "scratch_stride", e.scratchStride);
  r.read(o, "max_threads", e.maxThreads);
  r.objects(o, "launches", [&](const json::Object &l) {
    Launch &launch = e.launches.emplace_back();
    r.read(l, "kernel", launch.kernel);
    r.read(l, "grid", launch.grid);
    r.read(l, "recomputed", launch.recomputed);
    r.read(l, "nodes", launch.nodes);
    r.read(l, "reads", launch.reads);
    r.read(l, "writes", launch.writes);
  });
  if (const json::Object *g = o.getObject("guard")) {
    uint64_t launch = 0;
    r.read(*g, "launch", launch);
    r.read(*g, "reads", e.guard.emplace().reads);
    e.guard->launch = std::min<uint64_t>(launch, e.launches.size());
  }
  if (const json::Object *c = o.getObject("certificate"))
    e.certificate = readCertificate(r, *c);
  return e;
}

/// Lists that go with the launches are as long as they.
Error checkLists(const Entry &e) {
  if (e.maxThreads && e.scratchStride > kMost / e.maxThreads)
    return createStringError("entry '%s': impossible workspace",
                             e.name.c_str());
  if (!e.certificate)
    return Error::success();
  for (const auto *list : {&e.certificate->costs, &e.certificate->storeAllLive})
    if (!list->empty() && list->size() != e.launches.size())
      return createStringError(
          "entry '%s': the certificate is not of these launches",
          e.name.c_str());
  return Error::success();
}

} // namespace

const Entry *Description::entry(StringRef name) const {
  auto found = find_if(entries, [&](const Entry &e) { return e.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

const Kernel *Description::kernel(StringRef name) const {
  auto found =
      find_if(kernels, [&](const Kernel &k) { return k.name == name; });
  return found == kernels.end() ? nullptr : &*found;
}

Expected<Description> tenon::report::parseDescription(StringRef text) {
  Expected<json::Value> value = json::parse(text);
  if (!value)
    return createStringError("the artifact's description is no JSON: " +
                             toString(value.takeError()));
  const json::Object *root = value->getAsObject();
  if (!root)
    return createStringError("the artifact's description is no JSON object");
  Reader r;
  Description d;
  r.objects(*root, "entries", [&](const json::Object &o) {
    d.entries.push_back(readEntry(r, o));
  });
  r.objects(*root, "kernels", [&](const json::Object &o) {
    Kernel &k = d.kernels.emplace_back();
    r.read(o, "name", k.name);
    r.read(o, "config", k.config);
    r.read(o, "results", k.results);
  });
  r.objects(*root, "weights", [&](const json::Object &o) {
    Weight &w = d.weights.emplace_back();
    r.read(o, "offset", w.offset);
    r.read(o, "bytes", w.bytes);
    r.read(o, "type", w.type);
  });
  if (r.failed())
    return createStringError("the artifact's description has no sense: '" +
                             r.wrong + "'");
  for (const Entry &e : d.entries)
    if (Error wrong = checkLists(e))
      return wrong;
  return d;
}
