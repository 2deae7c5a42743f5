//===-- Chart.cpp - memory along the launches, drawn ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A drawing is one SVG that is stretched to the page's width, with a launch as
// unit of x and 1000 as its height. Words stand beside it in HTML, so that they
// keep their size.
//===----------------------------------------------------------------------===//

#include "lib/Report/Chart.h"

#include "lib/Report/Html.h"

#include "llvm/Support/Format.h"

#include <algorithm>

using namespace llvm;

namespace tenon::report {

EntryView::EntryView(const Description &description, const Entry &entry)
    : description(description), entry(entry), profile(memoryProfile(entry)) {
  for (const TensorLife &t : profile.tensors)
    atPeak.push_back(t.first <= profile.peak && profile.peak <= t.last);
  if (entry.certificate)
    for (uint64_t bytes : entry.certificate->storeAllLive)
      without.push_back(bytes + entry.workspace());
}

std::string nameOf(const Launch &launch) {
  return launch.nodes.empty() ? escape(launch.kernel)
                              : escapeNames(launch.nodes);
}

std::string EntryView::titleOf(const TensorLife &t) const {
  const Launch &l = entry.launches[t.first];
  return "launch " + std::to_string(t.first) +
         (l.recomputed ? " (again): " : ": ") + nameOf(l);
}

std::string EntryView::typeOf(const TensorLife &t) const {
  const Kernel *kernel = description.kernel(entry.launches[t.first].kernel);
  if (!kernel || t.result >= kernel->results.size())
    return "";
  StringRef type = kernel->results[t.result];
  if (type.consume_front("tensor<"))
    type.consume_back(">");
  return type.str();
}

namespace {

class Plot {
public:
  Plot(raw_ostream &out, const EntryView &view, uint64_t most)
      : out(out), view(view), launches(view.entry.launches.size()),
        ticks(byteTicks(most)) {}

  /// Opens the drawing: axis of bytes, grid, launches that run again.
  void begin(StringRef kind, const Twine &label) {
    out << "<div class=\"chart\"><div class=\"ylabels\" aria-hidden=\"true\">";
    for (uint64_t tick : ticks)
      out << "<span style=\"top:" << fixed(y(tick) / 10) << "%\">"
          << (tick ? bytesText(tick, ticks.back()) : "0") << "</span>";
    out << "</div><div class=\"plot\" tabindex=\"0\"><svg class=\"" << kind
        << "\" viewBox=\"0 0 " << launches
        << " 1000\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\""
        << escape(label.str()) << "\">\n";
    for (uint64_t tick : ticks)
      line("grid", tick);
    const std::vector<Launch> &list = view.entry.launches;
    for (size_t i = 0; i < list.size(); ++i) {
      size_t first = i;
      while (i < list.size() && list[i].recomputed)
        ++i;
      if (i > first)
        out << "<rect class=\"again-strip\" x=\"" << first
            << "\" y=\"0\" width=\"" << i - first << "\" height=\"1000\"/>\n";
    }
  }

  /// Closes it: guard, cursor, axis of launches.
  void end() {
    if (view.entry.guard)
      out << "<path class=\"guard\" d=\"M" << view.entry.guard->launch
          << " 0V1000\"/>\n";
    out << "</svg>";
    out << "<span class=\"peak-mark\" style=\"left:"
        << percentOf(double(view.profile.peak) + 0.5)
        << "%\" title=\"most bytes alive: launch " << view.profile.peak
        << "\"></span><span class=\"cursor\" hidden></span></div>"
           "<div class=\"xlabels\" aria-hidden=\"true\">";
    for (uint64_t tick : countTicks(launches))
      out << "<span style=\"left:" << percentOf(double(tick) + 0.5) << "%\">"
          << tick << "</span>";
    out << "</div><div class=\"xtitle\">launch</div></div>\n";
  }

  void line(StringRef kind, uint64_t bytes) {
    out << "<path class=\"" << kind << "\" d=\"M0 " << fixed(y(bytes)) << "H"
        << launches << "\"/>\n";
  }

  /// The stairs over `values`, filled down to `floor` unless that is empty.
  void stairs(StringRef kind, ArrayRef<uint64_t> values,
              ArrayRef<uint64_t> floor = {}) {
    out << "<path class=\"" << kind << "\" d=\"M0 " << fixed(y(values[0]));
    for (size_t i = 0; i < values.size(); ++i) {
      if (i && values[i] != values[i - 1])
        out << "V" << fixed(y(values[i]));
      if (i + 1 == values.size() || values[i + 1] != values[i])
        out << "H" << i + 1;
    }
    for (size_t i = floor.size(); i-- > 0;) {
      if (i + 1 == floor.size() || floor[i] != floor[i + 1])
        out << "V" << fixed(y(floor[i]));
      if (i == 0 || floor[i - 1] != floor[i])
        out << "H" << i;
    }
    out << (floor.empty() ? "\"/>\n" : "Z\"/>\n");
  }

  void box(StringRef kind, const Twine &attributes, size_t first, size_t last,
           uint64_t offset, uint64_t bytes, StringRef title) {
    out << "<rect class=\"" << kind << "\"" << attributes << " x=\"" << first
        << "\" y=\"" << fixed(y(offset + bytes)) << "\" width=\""
        << last - first + 1 << "\" height=\""
        << fixed(y(offset) - y(offset + bytes)) << "\"><title>" << title
        << "</title></rect>\n";
  }

private:
  double y(uint64_t bytes) const {
    return 1000.0 * (1 - double(bytes) / double(ticks.back()));
  }
  std::string percentOf(double launch) const {
    return fixed(100 * launch / double(launches));
  }
  static std::string fixed(double value) {
    std::string text;
    raw_string_ostream(text) << format("%.2f", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
      text.pop_back();
    return text == "-0" ? "0" : text;
  }

  raw_ostream &out;
  const EntryView &view;
  size_t launches;
  std::vector<uint64_t> ticks;
};

void legend(raw_ostream &out, StringRef kind, const Twine &text) {
  out << "<li><i class=\"key " << kind << "\"></i>" << text << "</li>";
}

} // namespace

void drawCurve(raw_ostream &out, const EntryView &view) {
  const Entry &e = view.entry;
  const Certificate *c = e.certificate ? &*e.certificate : nullptr;
  std::vector<uint64_t> tensors = view.profile.live, all = tensors;
  for (uint64_t &bytes : all)
    bytes += e.workspace();
  // A budget far above everything would flatten what there is to see.
  uint64_t most = std::max(e.arena(), view.profile.maxLive() + e.workspace());
  if (c)
    most = std::max(most, c->storeAll);
  bool showBudget = c && c->arenaBudget <= most + most / 2;
  if (showBudget)
    most = std::max(most, c->arenaBudget);

  out << "<figure><figcaption><h3>Bytes alive at each launch</h3><ul "
         "class=\"legend\">";
  legend(out, "tensors",
         "tensors, at most " + bytesText(view.profile.maxLive()));
  if (e.workspace())
    legend(out, "workspace",
           "workspace of " + Twine(e.maxThreads) + " workers, " +
               bytesText(e.workspace()));
  legend(out, "arena-line", "arena " + bytesText(e.arena()));
  if (c)
    legend(out, "budget-line",
           "budget for the arena " + bytesText(c->arenaBudget) +
               (showBudget ? "" : " (above this chart)"));
  if (!view.without.empty())
    legend(out, "without-line",
           "without the budget, arena " + bytesText(c->storeAll));
  if (c && c->recomputed)
    legend(out, "again-key", "launches that run again");
  if (e.guard)
    legend(out, "guard-key", "guard: refuses a bad step");
  legend(out, "peak-key", "peak");
  out << "</ul></figcaption>";
  Plot plot(out, view, most);
  plot.begin("curve", "Bytes alive at each launch, at most " +
                          bytesText(view.profile.maxLive()) + " at launch " +
                          Twine(view.profile.peak));
  plot.stairs("tensors", tensors, std::vector<uint64_t>(tensors.size(), 0));
  if (e.workspace())
    plot.stairs("workspace", all, tensors);
  if (!view.without.empty())
    plot.stairs("without-line", view.without);
  plot.line("arena-line", e.arena());
  if (showBudget)
    plot.line("budget-line", c->arenaBudget);
  plot.end();
  out << "</figure>\n";
}

void drawArena(raw_ostream &out, const EntryView &view) {
  const Entry &e = view.entry;
  out << "<figure><figcaption><h3>Where each tensor lies in the arena</h3><ul "
         "class=\"legend\">";
  legend(out, "held", "alive at the peak");
  legend(out, "tensor", "other tensors");
  if (e.certificate && e.certificate->recomputed)
    legend(out, "redone", "computed again");
  if (e.workspace())
    legend(out, "workspace", "workspace");
  out << "</ul></figcaption>";
  uint64_t most = e.arena();
  for (const TensorLife &life : view.profile.tensors)
    most = std::max(most, life.offset + life.bytes);
  Plot plot(out, view, most);
  plot.begin("arena", "Place of each tensor in the arena over launches");
  if (e.workspace())
    plot.box("workspace", "", 0, e.launches.size() - 1, e.scratchOffset,
             e.workspace(), "workspace");
  for (size_t t = 0; t < view.profile.tensors.size(); ++t) {
    const TensorLife &life = view.profile.tensors[t];
    std::string kind = e.launches[life.first].recomputed ? "redone" : "tensor";
    if (view.atPeak[t])
      kind += " held";
    std::string title =
        bytesText(life.bytes) + " " + escape(view.typeOf(life)) +
        ", launches " + std::to_string(life.first) + " to " +
        std::to_string(life.last) + ", offset " + grouped(life.offset) +
        "; written by " + view.titleOf(life);
    plot.box(kind, " data-t=\"" + Twine(t) + "\"", life.first, life.last,
             life.offset, life.bytes, title);
  }
  plot.end();
  out << "</figure>\n";
}

} // namespace tenon::report
