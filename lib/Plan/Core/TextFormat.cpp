//===-- TextFormat.cpp - graphs and plans as text -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/TextFormat.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace tenon::plan {

namespace {

constexpr std::string_view kEscaped = " \t\r\n\v\f#%=,";

std::string escape(const std::string &name) {
  static const char *digits = "0123456789abcdef";
  std::string out;
  for (char c : name) {
    if (kEscaped.find(c) == std::string_view::npos) {
      out += c;
      continue;
    }
    out += '%';
    out += digits[(unsigned char)c >> 4];
    out += digits[(unsigned char)c & 15];
  }
  return out;
}

std::string unescape(std::string_view text) {
  auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
        digit(text[i + 2]) >= 0) {
      out += char(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::optional<uint64_t> parseNumber(std::string_view text) {
  uint64_t value = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty())
    return std::nullopt;
  return value;
}

/// The next line of `text`, without its end; removes it from `text`.
std::string_view takeLine(std::string_view &text) {
  size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (!line.empty() && line.back() == '\r')
    line.remove_suffix(1);
  return line;
}

std::vector<std::string_view> splitWords(std::string_view line) {
  line = line.substr(0, line.find('#'));
  std::vector<std::string_view> words;
  constexpr std::string_view blanks = " \t\r\v\f";
  while (true) {
    size_t begin = line.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
      return words;
    size_t end = std::min(line.find_first_of(blanks, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

class Parser {
public:
  explicit Parser(std::string &error) : error(error) {}

  std::optional<Graph> run(std::string_view text) {
    for (uint64_t line = 1; !text.empty(); ++line) {
      words = splitWords(takeLine(text));
      problem.clear();
      if (!words.empty() && !parseLine()) {
        error = "line " + std::to_string(line) + ": " + problem;
        return std::nullopt;
      }
    }
    if (auto invalid = validate(graph)) {
      error = *invalid;
      return std::nullopt;
    }
    return std::move(graph);
  }

private:
  bool fail(std::string what) {
    problem = std::move(what);
    return false;
  }

  bool parseLine() {
    std::string_view kind = words[0];
    if (kind == "graph")
      return parseTitle();
    if (kind == "tensor")
      return parseTensor();
    if (kind == "view")
      return parseView();
    if (kind == "node")
      return parseNode();
    if (kind != "reads" && kind != "writes" && kind != "inplace" &&
        kind != "after")
      return fail("'" + std::string(kind) +
                  "' is none of graph, tensor, view, node, reads, writes, "
                  "inplace, after");
    if (graph.nodes.empty())
      return fail("'" + std::string(kind) + "' stands before the first node");
    if (kind == "inplace")
      return parseInPlace();
    if (kind == "after")
      return parseAfter();
    return parseTensorList(kind == "reads");
  }

  bool parseTitle() {
    if (words.size() != 2)
      return fail("expected: graph NAME");
    graph.name = unescape(words[1]);
    return true;
  }

  bool parseTensor() {
    if (words.size() != 3 && words.size() != 4)
      return fail("expected: tensor NAME BYTES [input|output|live-out]");
    Place place = Place::Arena;
    if (words.size() == 4) {
      if (words[3] == "input")
        place = Place::ExternalInput;
      else if (words[3] == "output")
        place = Place::ExternalOutput;
      else if (words[3] == "live-out")
        place = Place::ArenaLiveOut;
      else
        return fail("'" + std::string(words[3]) +
                    "' is none of input, output, live-out");
    }
    auto bytes = parseNumber(words[2]);
    if (!bytes)
      return fail("'" + std::string(words[2]) + "' is not a number of bytes");
    if (!nameTensor())
      return false;
    graph.addTensor(unescape(words[1]), *bytes, place);
    return true;
  }

  bool parseView() {
    if (words.size() < 5)
      return fail("expected: view NAME BASE OFFSET BYTES [blocks=N stride=N]");
    auto base = tensor(words[2]);
    auto offset = parseNumber(words[3]);
    auto bytes = parseNumber(words[4]);
    if (!base)
      return false;
    if (!offset || !bytes)
      return fail("offset and bytes of a view must be numbers");
    std::map<std::string_view, uint64_t> values{{"blocks", 1}, {"stride", 0}};
    if (!parseValues(5, values) || !nameTensor())
      return false;
    graph.addStridedView(unescape(words[1]), *base, *offset, *bytes,
                         values["blocks"], values["stride"]);
    return true;
  }

  bool parseNode() {
    if (words.size() < 2)
      return fail("expected: node NAME [cost=N] [workspace=N] [grid=N] "
                  "[stateful=1]");
    std::map<std::string_view, uint64_t> values{
        {"cost", 0}, {"workspace", 0}, {"grid", 0}, {"stateful", 0}};
    if (!parseValues(2, values))
      return false;
    NodeId id = NodeId(graph.nodes.size());
    if (!nodeIds.try_emplace(std::string(words[1]), id).second)
      return fail("there are two nodes '" + std::string(words[1]) + "'");
    graph.addNode(unescape(words[1]), {}, {});
    graph.nodes[id].cost = values["cost"];
    graph.nodes[id].workspaceBytes = values["workspace"];
    graph.nodes[id].maxGrid = values["grid"];
    graph.nodes[id].stateful = values["stateful"] != 0;
    return true;
  }

  bool parseTensorList(bool reads) {
    NodeId id = NodeId(graph.nodes.size() - 1);
    Node &node = graph.nodes.back();
    for (size_t i = 1; i < words.size(); ++i) {
      auto t = tensor(words[i]);
      if (!t)
        return false;
      if (reads) {
        node.operands.push_back(*t);
        continue;
      }
      if (graph.tensors[*t].producer != kNone)
        return fail("'" + std::string(words[i]) + "' is written twice");
      graph.tensors[*t].producer = id;
      node.results.push_back(*t);
    }
    return true;
  }

  bool parseInPlace() {
    if (words.size() != 3)
      return fail("expected: inplace OPERAND RESULT");
    auto operand = tensor(words[1]);
    if (!operand)
      return false;
    auto result = tensor(words[2]);
    if (!result)
      return false;
    graph.nodes.back().inPlace.push_back({*operand, *result});
    return true;
  }

  bool parseAfter() {
    for (size_t i = 1; i < words.size(); ++i) {
      auto it = nodeIds.find(words[i]);
      if (it == nodeIds.end())
        return fail("there is no node '" + std::string(words[i]) + "' above");
      graph.nodes.back().after.push_back(it->second);
    }
    return true;
  }

  /// Reads `key=number` words from the given one on.
  bool parseValues(size_t from, std::map<std::string_view, uint64_t> &values) {
    for (size_t i = from; i < words.size(); ++i) {
      size_t equals = words[i].find('=');
      auto it = values.find(words[i].substr(0, equals));
      if (equals == std::string_view::npos || it == values.end())
        return fail("'" + std::string(words[i]) + "' is not understood here");
      auto value = parseNumber(words[i].substr(equals + 1));
      if (!value)
        return fail("'" + std::string(words[i]) + "' does not give a number");
      it->second = *value;
    }
    return true;
  }

  bool nameTensor() {
    TensorId id = TensorId(graph.tensors.size());
    if (!tensorIds.try_emplace(std::string(words[1]), id).second)
      return fail("there are two tensors '" + std::string(words[1]) + "'");
    return true;
  }

  std::optional<TensorId> tensor(std::string_view name) {
    auto it = tensorIds.find(name);
    if (it != tensorIds.end())
      return it->second;
    fail("there is no tensor '" + std::string(name) + "' above");
    return std::nullopt;
  }

  std::string &error;
  std::string problem;
  Graph graph;
  std::vector<std::string_view> words;
  std::map<std::string, TensorId, std::less<>> tensorIds;
  std::map<std::string, NodeId, std::less<>> nodeIds;
};

/// Escaped names that differ from each other.
template <typename Item>
std::vector<std::string> uniqueNames(const std::vector<Item> &items) {
  std::set<std::string> taken;
  std::vector<std::string> names;
  for (size_t i = 0; i < items.size(); ++i) {
    std::string name = escape(items[i].name);
    if (name.empty())
      name = "_";
    if (taken.count(name) != 0)
      name += "." + std::to_string(i);
    while (!taken.insert(name).second)
      name += "'";
    names.push_back(name);
  }
  return names;
}

} // namespace

std::optional<Graph> parseGraph(std::string_view text, std::string &error) {
  return Parser(error).run(text);
}

std::string printGraph(const Graph &graph) {
  std::vector<std::string> tensors = uniqueNames(graph.tensors);
  std::vector<std::string> nodes = uniqueNames(graph.nodes);
  std::string out;
  if (!graph.name.empty())
    out += "graph " + escape(graph.name) + "\n";
  for (TensorId t = 0; t < graph.tensors.size(); ++t) {
    const Tensor &tensor = graph.tensors[t];
    std::string bytes = std::to_string(tensor.bytes);
    if (tensor.viewOf != kNone) {
      out += "view " + tensors[t] + " " + tensors[tensor.viewOf] + " " +
             std::to_string(tensor.viewOffset) + " " + bytes;
      if (tensor.blocks != 1)
        out += " blocks=" + std::to_string(tensor.blocks) +
               " stride=" + std::to_string(tensor.blockStride);
    } else {
      out += "tensor " + tensors[t] + " " + bytes;
      switch (tensor.place) {
      case Place::Arena:
        break;
      case Place::ArenaLiveOut:
        out += " live-out";
        break;
      case Place::ExternalInput:
        out += " input";
        break;
      case Place::ExternalOutput:
        out += " output";
        break;
      }
    }
    out += "\n";
  }
  auto list = [&](const char *kind, const std::vector<uint32_t> &items,
                  const std::vector<std::string> &names) {
    if (items.empty())
      return;
    out += std::string("  ") + kind;
    for (uint32_t item : items)
      out += " " + names[item];
    out += "\n";
  };
  for (NodeId n = 0; n < graph.nodes.size(); ++n) {
    const Node &node = graph.nodes[n];
    out += "node " + nodes[n];
    if (node.cost != 0)
      out += " cost=" + std::to_string(node.cost);
    if (node.workspaceBytes != 0)
      out += " workspace=" + std::to_string(node.workspaceBytes);
    if (node.maxGrid != 0)
      out += " grid=" + std::to_string(node.maxGrid);
    if (node.stateful)
      out += " stateful=1";
    out += "\n";
    list("reads", node.operands, tensors);
    list("writes", node.results, tensors);
    for (const InPlace &pair : node.inPlace)
      list("inplace", {pair.operand, pair.result}, tensors);
    list("after", node.after, nodes);
  }
  return out;
}

std::string printPlan(const Graph &graph, const Plan &plan) {
  std::vector<std::string> tensors = uniqueNames(graph.tensors);
  std::vector<std::string> nodes = uniqueNames(graph.nodes);
  std::string out;
  for (NodeId n : plan.order) {
    out += "run " + nodes[n] + "\n";
    for (TensorId t : graph.nodes[n].results)
      if (plan.offsets[t] != kNotInArena)
        out += "  " + tensors[t] + " at " + std::to_string(plan.offsets[t]) +
               " size " + std::to_string(graph.tensors[t].bytes) + "\n";
    for (const InPlace &pair : plan.inPlace[n])
      out +=
          "  " + tensors[pair.result] + " over " + tensors[pair.operand] + "\n";
  }
  auto total = [&](const char *what, uint64_t value) {
    out += std::string(what) + ": " + std::to_string(value) + "\n";
  };
  total("arena", plan.arenaBytes);
  total("tensors", plan.tensorBytes);
  total("max-live", plan.maxLive);
  total("scratch-offset", plan.scratchOffset);
  total("scratch-stride", plan.scratchStride);
  total("scratch-workers", plan.scratchWorkers);
  return out;
}

std::string printCertificate(const Certificate &certificate) {
  const Certificate &c = certificate;
  std::string out;
  auto line = [&](const char *what, uint64_t value) {
    out += std::string(what) + ": " + std::to_string(value) + "\n";
  };
  if (c.budgetBytes)
    line("budget", *c.budgetBytes);
  line("arena", c.arenaBytes);
  line("max-live", c.maxLiveBytes);
  line("store-all", c.storeAllBytes);
  if (c.smallestBytes)
    line("smallest", *c.smallestBytes);
  line("bound", c.boundBytes);
  line("base-cost", c.baseCost);
  line("recompute-cost", c.recomputeCost());
  line("total-cost", c.totalCost);
  line("cost-bound", c.boundCost);
  // In thousandths of a per cent, rounded up: never better than it is.
  uint64_t over = c.totalCost - c.boundCost;
  uint64_t gap = c.boundCost == 0
                     ? 0
                     : uint64_t((double(over) * 100000) / double(c.boundCost)) +
                           (over != 0);
  std::string digits = std::to_string(gap % 1000);
  out += "gap: " + std::to_string(gap / 1000) + "." +
         std::string(3 - digits.size(), '0') + digits + " %\n";
  line("clones", c.clones);
  line("work", c.work);
  return out;
}

std::optional<std::vector<Buffer>> parseBuffers(std::string_view text,
                                                std::string &error) {
  auto splitCells = [](std::string_view line) {
    std::vector<std::string_view> cells;
    while (true) {
      size_t comma = line.find(',');
      cells.push_back(line.substr(0, comma));
      if (comma == std::string_view::npos)
        return cells;
      line.remove_prefix(comma + 1);
    }
  };
  std::vector<std::string_view> header = splitCells(takeLine(text));
  size_t column[3];
  const char *const names[3] = {"lower", "upper", "size"};
  for (int i = 0; i < 3; ++i) {
    column[i] = size_t(std::find(header.begin(), header.end(), names[i]) -
                       header.begin());
    if (column[i] == header.size()) {
      error = std::string("line 1: the header has no column '") + names[i] +
              "'; expected id,lower,upper,size";
      return std::nullopt;
    }
  }
  std::vector<Buffer> buffers;
  uint64_t total = 0;
  for (uint64_t number = 2; !text.empty(); ++number) {
    std::string_view line = takeLine(text);
    if (line.empty())
      continue;
    std::vector<std::string_view> cells = splitCells(line);
    uint64_t values[3] = {0, 0, 0};
    std::string where = "line " + std::to_string(number) + ": ";
    for (int i = 0; i < 3; ++i) {
      std::optional<uint64_t> value;
      if (column[i] < cells.size())
        value = parseNumber(cells[column[i]]);
      if (!value) {
        error = where + "column '" + names[i] + "' does not hold a number";
        return std::nullopt;
      }
      values[i] = *value;
    }
    if (values[1] < values[0]) {
      error = where + "the buffer ends before it begins";
      return std::nullopt;
    }
    if (values[2] > kMaxBytes || total + values[2] > kMaxBytes) {
      error = where + "the buffers have more bytes than can be counted (2^48)";
      return std::nullopt;
    }
    total += values[2];
    buffers.push_back({values[0], values[1], values[2]});
  }
  return buffers;
}

} // namespace tenon::plan
