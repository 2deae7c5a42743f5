//===-- ProveOptima.cpp - cheapest recomputation by integer programs ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// usage: prove-optima [SECONDS [NAME...]]
//
// Prints "NAME BUDGET COST" for every small graph and budget of which CBC
// proves the optimum in so many seconds (60).
// The program is that of Checkmate (Jain et al., MLSys 2020), with a variable
// for every result of a node: in stage t, node t runs for the first time;
// run[t][i] says that node i runs in it, kept[t][v] that value v is there at
// the beginning.
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Plan/Optima.h"

#include <coin/Cbc_C_Interface.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

class Program {
public:
  Program(const Graph &graph, uint64_t budget)
      : graph(graph), n(graph.nodes.size()), valueOf(graph.tensors.size(), 0),
        reads(n), writes(n), model(Cbc_newModel()) {
    for (NodeId i = 0; i < n; ++i) {
      for (TensorId t : graph.nodes[i].results)
        if (graph.tensors[t].place == Place::Arena) {
          valueOf[t] = values.size();
          writes[i].push_back(values.size());
          values.push_back({double(graph.tensors[t].bytes) / 64, i, {}});
        }
      for (TensorId t : graph.nodes[i].operands)
        if (graph.tensors[t].place == Place::Arena) {
          reads[i].push_back(valueOf[t]);
          values[valueOf[t]].readers.push_back(i);
        }
    }
    addVariables(double(budget) / 64);
    addRows();
  }
  ~Program() { Cbc_deleteModel(model); }

  /// The least cost, or nothing: not proven in that time, or none in program
  /// order, which other plans need not keep.
  std::string solve(const char *seconds) {
    Cbc_setLogLevel(model, 0);
    Cbc_setParameter(model, "sec", seconds);
    Cbc_solve(model);
    if (!Cbc_isProvenOptimal(model))
      return "";
    return std::to_string(uint64_t(std::llround(Cbc_getObjValue(model))));
  }

private:
  using Terms = std::vector<std::pair<int, double>>;

  int variable(double low, double high, double cost, bool integer) {
    Cbc_addCol(model, "", low, high, cost, integer, 0, nullptr, nullptr);
    return columns++;
  }

  void row(const Terms &terms, char sense, double right) {
    std::vector<int> which;
    std::vector<double> factors;
    for (auto [column, factor] : terms) {
      which.push_back(column);
      factors.push_back(factor);
    }
    Cbc_addRow(model, "", int(which.size()), which.data(), factors.data(),
               sense, right);
  }

  void addVariables(double budget) {
    run.resize(n);
    used.resize(n);
    kept.resize(n);
    for (size_t t = 0; t < n; ++t) {
      for (size_t i = 0; i <= t; ++i) {
        run[t].push_back(
            variable(i == t ? 1 : 0, 1, double(graph.nodes[i].cost), true));
        used[t].push_back(variable(0, budget, 0, false));
      }
      for (const Value &value : values)
        kept[t].push_back(variable(0, value.producer < t ? 1 : 0, 0, true));
    }
  }

  void addRows() {
    for (size_t t = 0; t < n; ++t) {
      for (size_t i = 0; i <= t; ++i)
        for (size_t v : reads[i])
          row({{run[t][i], 1},
               {run[t][values[v].producer], -1},
               {kept[t][v], -1}},
              'L', 0);
      for (size_t v = 0; v < values.size(); ++v)
        if (values[v].producer < t)
          row({{kept[t][v], 1},
               {run[t - 1][values[v].producer], -1},
               {kept[t - 1][v], -1}},
              'L', 0);
      addMemory(t);
    }
  }

  /// used[t][k]: bytes while node k runs in stage t, or would run.
  void addMemory(size_t t) {
    Terms before; // What was there when the stage began.
    for (size_t v = 0; v < values.size(); ++v)
      before.push_back({kept[t][v], -values[v].size});
    for (size_t k = 0; k <= t; ++k) {
      Terms terms = before;
      terms.push_back({used[t][k], 1});
      double own = 0;
      for (size_t v : writes[k])
        own += values[v].size;
      terms.push_back({run[t][k], -own});
      row(terms, 'E', 0);
      // Freed after k: what it reads and what it writes.
      before.clear();
      before.push_back({used[t][k], -1});
      for (const auto *list : {&reads[k], &writes[k]})
        for (size_t v : *list) {
          int freed = variable(0, 1, 0, true);
          before.push_back({freed, values[v].size});
          row({{freed, 1}, {run[t][k], -1}}, 'L', 0);
          if (t + 1 < n)
            row({{freed, 1}, {kept[t + 1][v], 1}}, 'L', 1);
          for (size_t later : values[v].readers)
            if (later > k && later <= t)
              row({{freed, 1}, {run[t][later], 1}}, 'L', 1);
        }
    }
  }

  /// A tensor in the arena.
  struct Value {
    double size; ///< In units of 64 bytes.
    size_t producer;
    std::vector<size_t> readers;
  };

  const Graph &graph;
  size_t n;
  std::vector<Value> values;
  std::vector<size_t> valueOf; ///< By tensor.
  std::vector<std::vector<size_t>> reads, writes;
  Cbc_Model *model;
  int columns = 0;
  std::vector<std::vector<int>> run, kept, used;
};

} // namespace

int main(int argc, char **argv) {
  const char *seconds = argc > 1 ? argv[1] : "60";
  std::vector<std::string> names(argv + std::min(argc, 2), argv + argc);
  if (names.empty())
    names = smallGraphNames();
  for (const std::string &name : names) {
    auto graph = smallGraph(name);
    if (!graph) {
      std::fprintf(stderr, "prove-optima: there is no graph '%s'\n",
                   name.c_str());
      return 1;
    }
    uint64_t low = workingSetOf(*graph) / 64;
    uint64_t high = peakOf(*graph) / 64;
    for (uint64_t part : {2, 4, 6}) {
      uint64_t budget = (low + (high - low) * part / 8) * 64;
      std::string cost = Program(*graph, budget).solve(seconds);
      if (!cost.empty())
        std::printf("%s %llu %s\n", name.c_str(), (unsigned long long)budget,
                    cost.c_str());
      std::fflush(stdout);
    }
  }
}
