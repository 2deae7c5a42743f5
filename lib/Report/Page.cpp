//===-- Page.cpp - an artifact's memory as a page to look at --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Report/Page.h"

#include "lib/Report/Assets.h"
#include "lib/Report/Chart.h"
#include "lib/Report/Html.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Base64.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <tuple>

using namespace llvm;
using namespace tenon::report;

namespace {

/// Most rows of a table that stand open; the rest is folded.
constexpr size_t kOpenRows = 25;

struct Column {
  StringRef title;
  bool number = false;
};

class PageWriter {
public:
  PageWriter(raw_ostream &out, const Subject &subject,
             const Description &description)
      : out(out), subject(subject), description(description) {}

  void write(ArrayRef<const Entry *> entries);

private:
  void head();
  void summary(ArrayRef<const Entry *> entries);
  void section(const Entry &entry);
  void verdict(const EntryView &view);
  void tiles(const EntryView &view);
  void peakTable(const EntryView &view);
  void againTable(const EntryView &view);
  void launchTable(const EntryView &view);
  void proof(const Certificate &c);

  void tile(StringRef name, const Twine &value, const Twine &exact);
  void beginTable(ArrayRef<Column> columns, StringRef kind = "");
  void endTable() { out << "</tbody></table></div>\n"; }
  void nodes(const Launch &launch);
  void kernel(const Launch &launch);
  template <typename F>
  void folded(size_t rows, size_t open, const Twine &what, F row,
              ArrayRef<Column> columns);

  raw_ostream &out;
  const Subject &subject;
  const Description &description;
};

StringRef titleOf(StringRef entry) {
  return StringSwitch<StringRef>(entry)
      .Case("infer", "Inference")
      .Case("step", "Training step")
      .Case("eval", "Evaluation")
      .Case("init", "Initialisation")
      .Default("Entry");
}

std::string exactBytes(uint64_t bytes) { return grouped(bytes) + " bytes"; }

} // namespace

void PageWriter::head() {
  // The page may run its own script and load nothing, whatever stands in it.
  std::array<uint8_t, 32> digest = SHA256::hash(arrayRefFromStringRef(kScript));
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta "
         "charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
         "'none'; style-src 'unsafe-inline'; script-src 'sha256-"
      << encodeBase64(digest)
      << "'\">\n<meta name=\"viewport\" content=\"width=device-width, "
         "initial-scale=1\">\n<title>Memory of "
      << escape(subject.model) << "</title>\n<style>" << kStyle
      << "</style>\n</head>\n<body>\n";
}

void PageWriter::summary(ArrayRef<const Entry *> entries) {
  out << "<h1>Memory of <span class=\"name\">" << escape(subject.model)
      << "</span></h1>\n<p class=\"muted\">compiled for " << escape(subject.cpu)
      << "; weights that are only read, mapped from the file: "
      << bytesText(subject.weightsBytes);
  if (subject.stateBytes) {
    out << "; variables: " << bytesText(subject.stateBytes);
    static const char *const kinds[] = {"", "parameters", "optimizer",
                                        "statistics", "counters"};
    ListSeparator comma(", ");
    out << " (";
    for (auto [name, bytes] : zip(kinds, subject.stateParts))
      if (bytes)
        out << comma << name << ' ' << bytesText(bytes);
    out << ')';
  }
  out << "</p>\n";
  if (entries.size() < 2)
    return;
  out << "<nav>";
  for (const Entry *e : entries)
    out << "<a href=\"#" << escape(e->name) << "\">" << titleOf(e->name)
        << "</a>";
  out << "</nav>\n";
}

void PageWriter::verdict(const EntryView &view) {
  const Entry &e = view.entry;
  out << "<p>";
  if (const Certificate *c = e.certificate ? &*e.certificate : nullptr) {
    out << "The arena takes <strong>" << bytesText(e.arena())
        << "</strong> of the " << bytesText(c->arenaBudget)
        << " that the budget leaves it; with everything kept it would take "
        << bytesText(c->storeAll) << ". ";
    if (c->recomputed)
      out << "<strong>" << grouped(c->recomputed) << " of "
          << grouped(e.launches.size()) << " launches run again</strong>, "
          << percent(c->recomputeCost, c->cost)
          << " more work than running each once.";
    else if (c->storeAll > e.arena())
      out << "Nothing runs again: another order of launches is enough.";
    else
      out << "Nothing runs again.";
  } else {
    out << "The arena takes <strong>" << bytesText(e.arena())
        << "</strong>; there is no budget, and nothing runs again.";
  }
  uint64_t lost =
      e.scratchOffset - std::min(e.scratchOffset, view.profile.maxLive());
  if (lost)
    out << " The arena is " << bytesText(lost)
        << " larger than what is alive at the peak.";
  else
    out << " The arena is no larger than what is alive at the peak.";
  out << "</p>\n";
}

void PageWriter::tile(StringRef name, const Twine &value, const Twine &exact) {
  out << "<div><dt>" << name << "</dt><dd class=\"value\">" << value
      << "</dd><dd class=\"exact\">" << exact << "</dd></div>";
}

void PageWriter::tiles(const EntryView &view) {
  const Entry &e = view.entry;
  out << "<dl class=\"tiles\">";
  if (const Certificate *c = e.certificate ? &*e.certificate : nullptr) {
    uint64_t budget = c->arenaBudget + c->state;
    tile("budget", bytesText(budget),
         c->state ? exactBytes(budget) + ", variables " + grouped(c->state)
                  : exactBytes(budget) + " for the arena");
    tile("arena", bytesText(e.arena()), exactBytes(e.arena()));
    tile("without the budget", bytesText(c->storeAll), exactBytes(c->storeAll));
    tile("launches that run again", grouped(c->recomputed),
         percent(c->recomputeCost, c->cost) + " more work");
  } else {
    tile("arena", bytesText(e.arena()), exactBytes(e.arena()));
    tile("launches", grouped(e.launches.size()), "each runs once");
  }
  tile("tensors at the peak", bytesText(view.profile.maxLive()),
       exactBytes(view.profile.maxLive()));
  tile("workspace", bytesText(e.workspace()),
       e.workspace() ? grouped(e.maxThreads) + " workers of " +
                           grouped(e.scratchStride) + " bytes"
                     : "no kernel needs any");
  out << "</dl>\n";
}

void PageWriter::beginTable(ArrayRef<Column> columns, StringRef kind) {
  out << "<div class=\"scroll\"><table class=\"" << kind << "\"><thead><tr>";
  for (const Column &c : columns)
    out << (c.number ? "<th class=\"n\" scope=\"col\">" : "<th scope=\"col\">")
        << c.title << "</th>";
  out << "</tr></thead><tbody>\n";
}

void PageWriter::nodes(const Launch &launch) {
  out << "<td class=\"names\" data-c=\"nodes\">";
  if (launch.nodes.empty())
    out << "<span class=\"muted\">none of the model's</span></td>";
  else
    out << "<span class=\"name\">" << escapeNames(launch.nodes)
        << "</span></td>";
}

void PageWriter::kernel(const Launch &launch) {
  out << "<td class=\"kernel\" data-c=\"kernel\">" << escape(launch.kernel)
      << "</td>";
}

/// A table of which the first `open` rows stand open.
template <typename F>
void PageWriter::folded(size_t rows, size_t open, const Twine &what, F row,
                        ArrayRef<Column> columns) {
  // A single row takes no more room than the line that says it is folded.
  if (rows <= open + 1)
    open = rows;
  beginTable(columns);
  for (size_t i = 0; i < open; ++i)
    row(i);
  endTable();
  if (open == rows)
    return;
  out << "<details><summary>" << rows - open << " more " << what
      << "</summary>";
  beginTable(columns);
  for (size_t i = open; i < rows; ++i)
    row(i);
  endTable();
  out << "</details>\n";
}

void PageWriter::peakTable(const EntryView &view) {
  std::vector<size_t> held;
  for (size_t t = 0; t < view.atPeak.size(); ++t)
    if (view.atPeak[t])
      held.push_back(t);
  const std::vector<TensorLife> &tensors = view.profile.tensors;
  llvm::sort(held, [&](size_t a, size_t b) {
    return std::make_tuple(tensors[b].bytes, a) <
           std::make_tuple(tensors[a].bytes, b);
  });
  // Small ones matter to nobody, unless there is nothing else.
  size_t open = 0;
  while (
      open < held.size() && open < kOpenRows &&
      (open < 5 || tensors[held[open]].bytes >= view.profile.maxLive() / 200))
    ++open;
  const Launch &peak = view.entry.launches[view.profile.peak];
  out << "<div class=\"block\"><h3>What holds the peak</h3>\n<p>" << held.size()
      << (held.size() == 1 ? " tensor is" : " tensors are")
      << " alive at launch <a href=\"#" << escape(view.entry.name) << '-'
      << view.profile.peak << "\">" << view.profile.peak
      << "</a>, <span class=\"name\">" << nameOf(peak) << "</span>.</p>\n";
  folded(held.size(), open,
         "tensors, the largest of " +
             grouped(open < held.size() ? tensors[held[open]].bytes : 0) +
             " bytes",
         [&](size_t i) {
           const TensorLife &t = tensors[held[i]];
           const Launch &l = view.entry.launches[t.first];
           out << "<tr data-t=\"" << held[i] << "\"><td class=\"n\">"
               << grouped(t.bytes) << "<span class=\"bar\" style=\"width:"
               << 100 * t.bytes / tensors[held[0]].bytes << "%\"></span></td>"
               << "<td class=\"n\">" << percent(t.bytes, view.profile.maxLive())
               << "</td>";
           nodes(l);
           out << "<td class=\"plain\">" << escape(view.typeOf(t))
               << "</td><td class=\"plain\">" << t.first << " to " << t.last
               << (l.recomputed ? " <span class=\"mark\">again</span>" : "")
               << (t.inPlace ? " <span class=\"muted\">in place</span>" : "")
               << "</td>";
           kernel(l);
           out << "</tr>\n";
         },
         {{"bytes", true},
          {"of peak", true},
          {"for nodes"},
          {"type"},
          {"alive, launches"},
          {"written by kernel"}});
  out << "</div>\n";
}

void PageWriter::againTable(const EntryView &view) {
  const Certificate &c = *view.entry.certificate;
  std::vector<size_t> again;
  for (size_t i = 0; i < view.entry.launches.size(); ++i)
    if (view.entry.launches[i].recomputed)
      again.push_back(i);
  if (again.empty())
    return;
  if (!c.costs.empty())
    llvm::sort(again, [&](size_t a, size_t b) {
      return std::make_tuple(c.costs[b], a) < std::make_tuple(c.costs[a], b);
    });
  out << "<div class=\"block\"><h3>What runs again</h3>\n<p>The results of "
         "these launches were not kept; the same kernels compute them again. "
         "Times are nominal: what the plan weighs, not what was measured.</p>"
         "\n";
  folded(again.size(), kOpenRows, "launches",
         [&](size_t i) {
           const Launch &l = view.entry.launches[again[i]];
           uint64_t bytes = 0;
           for (const Buffer &b : l.writes)
             bytes += b.bytes;
           out << "<tr><td class=\"n\"><a href=\"#" << escape(view.entry.name)
               << '-' << again[i] << "\">" << again[i] << "</a></td>";
           if (!c.costs.empty())
             out << "<td class=\"n\">" << timeText(c.costs[again[i]])
                 << "</td><td class=\"n\">"
                 << percent(c.costs[again[i]], c.cost) << "</td>";
           else
             out << "<td></td><td></td>";
           out << "<td class=\"n\">" << grouped(bytes) << "</td>";
           nodes(l);
           kernel(l);
           out << "</tr>\n";
         },
         {{"launch", true},
          {"nominal time", true},
          {"of a step", true},
          {"bytes written", true},
          {"for nodes"},
          {"kernel"}});
  out << "</div>\n";
}

void PageWriter::proof(const Certificate &c) {
  auto fact = [&](StringRef name, const Twine &value) {
    out << "<dt>" << name << "</dt><dd>" << value << "</dd>";
  };
  out << "<div class=\"block\"><h3>Certificate</h3>\n<dl class=\"facts\">";
  if (c.state)
    fact("budget", exactBytes(c.arenaBudget + c.state) +
                       ", of which variables " + grouped(c.state));
  fact("budget for the arena", exactBytes(c.arenaBudget));
  fact("arena with everything kept", exactBytes(c.storeAll));
  if (c.smallest)
    fact("smallest arena found", exactBytes(*c.smallest));
  fact("no plan has an arena below", exactBytes(c.bound));
  fact("nominal time, each launch once", timeText(c.cost));
  fact("nominal time of what runs again", timeText(c.recomputeCost) + " (" +
                                              percent(c.recomputeCost, c.cost) +
                                              ")");
  if (c.costBound)
    fact("at most this far from the cheapest plan",
         percent(double(c.cost + c.recomputeCost) - double(c.costBound),
                 c.costBound));
  fact("work of the search", grouped(c.work));
  out << "</dl></div>\n";
}

void PageWriter::launchTable(const EntryView &view) {
  const Entry &e = view.entry;
  const Certificate *c = e.certificate ? &*e.certificate : nullptr;
  std::vector<Column> columns = {{"launch", true}, {""}, {"alive", true}};
  if (!view.without.empty())
    columns.push_back({"without", true});
  if (c && !c->costs.empty())
    columns.push_back({"nominal time", true});
  columns.insert(columns.end(), {{"for nodes"}, {"kernel"}});
  out << "<details><summary>All " << e.launches.size()
      << " launches</summary>\n<p class=\"muted\">alive: tensors and workspace "
         "in the arena while it runs.</p>\n";
  beginTable(columns, "launches");
  for (size_t i = 0; i < e.launches.size(); ++i) {
    const Launch &l = e.launches[i];
    out << "<tr id=\"" << escape(e.name) << '-' << i << "\" data-launch=\"" << i
        << "\"><td class=\"n\">" << i << "</td><td class=\"mark\" "
        << "data-c=\"again\">" << (l.recomputed ? "again" : "")
        << "</td><td class=\"n\" data-c=\"alive\">"
        << bytesText(view.profile.live[i] + e.workspace()) << "</td>";
    if (!view.without.empty())
      out << "<td class=\"n\" data-c=\"without\">"
          << (l.recomputed ? "" : bytesText(view.without[i])) << "</td>";
    if (c && !c->costs.empty())
      out << "<td class=\"n\">" << timeText(c->costs[i]) << "</td>";
    nodes(l);
    kernel(l);
    out << "</tr>\n";
  }
  endTable();
  out << "</details>\n";
}

void PageWriter::section(const Entry &entry) {
  EntryView view(description, entry);
  out << "<section id=\"" << escape(entry.name) << "\" data-peak=\""
      << view.profile.peak << "\" data-launches=\"" << entry.launches.size()
      << "\">\n<h2>" << titleOf(entry.name) << " <span class=\"muted\">"
      << escape(entry.name) << "</span></h2>\n";
  verdict(view);
  tiles(view);
  if (view.profile.maxLive() == 0) {
    out << "<p>No tensor of this entry lives in the arena.</p>\n";
    if (!entry.launches.empty())
      launchTable(view);
    out << "</section>\n";
    return;
  }
  drawCurve(out, view);
  drawArena(out, view);
  out << "<p class=\"readout muted\" role=\"status\">Point at a chart, or "
         "focus it "
         "and use the arrow keys, to read a launch.</p>\n";
  peakTable(view);
  if (entry.certificate) {
    againTable(view);
    proof(*entry.certificate);
  }
  launchTable(view);
  out << "</section>\n";
}

void PageWriter::write(ArrayRef<const Entry *> entries) {
  head();
  summary(entries);
  for (const Entry *e : entries)
    section(*e);
  out << "<script>" << kScript << "</script>\n</body>\n</html>\n";
}

Expected<std::string> tenon::report::writePage(const Subject &subject,
                                               StringRef entry) {
  Expected<Description> description = parseDescription(subject.json);
  if (!description)
    return description.takeError();
  std::vector<const Entry *> entries;
  for (const Entry &e : description->entries)
    if (entry.empty() ? e.name != "init" : e.name == entry)
      entries.push_back(&e);
  if (entries.empty())
    return createStringError("the artifact has no entry '" + entry + "'");
  // What a budget is about comes first.
  auto step =
      find_if(entries, [](const Entry *e) { return e->name == "step"; });
  if (step != entries.end())
    std::rotate(entries.begin(), step, step + 1);
  std::string page;
  raw_string_ostream out(page);
  PageWriter(out, subject, *description).write(entries);
  return page;
}

Expected<std::string> tenon::report::reportFile(StringRef option,
                                                StringRef artifact) {
  auto [kind, file] = option.split(':');
  if (kind != "html" || (file.empty() && option != kind))
    return createStringError("--report takes html[:FILE], not '" + option +
                             "'");
  if (!file.empty())
    return file.str();
  SmallString<128> path(artifact);
  sys::path::replace_extension(path, ".html");
  return path.str().str();
}

Error tenon::report::writeReport(StringRef file, StringRef page) {
  std::error_code e;
  raw_fd_ostream out(file, e);
  if (!e) {
    out << page;
    out.flush();
    e = out.error();
    out.clear_error();
  }
  return e ? createStringError("cannot write " + file + ": " + e.message())
           : Error::success();
}
