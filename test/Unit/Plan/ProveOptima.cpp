//===-- ProveOptima.cpp - cheapest recomputation by integer programs ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// usage: prove-optima [SECONDS [NAME...]]
//
// Prints "NAME BUDGET COST" for every small graph and budget of which CBC
// proves the optimum in so many seconds (60).
// The program is that of Checkmate (Jain et al., MLSys 2020): in stage t, node
// t runs for the first time; R[t][i] says that node i runs in it, S[t][i] that
// its result is there at the beginning. Every node has one result in the arena.
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
      : graph(graph), n(graph.nodes.size()), model(Cbc_newModel()) {
    for (const Node &node : graph.nodes) {
      uint64_t own = 0;
      for (TensorId t : node.results)
        if (graph.tensors[t].place == Place::Arena)
          own += graph.tensors[t].bytes;
      bytes.push_back(double(own) / 64);
      std::vector<size_t> from;
      for (TensorId t : node.operands)
        if (graph.tensors[t].place == Place::Arena)
          from.push_back(graph.tensors[t].producer);
      operands.push_back(std::move(from));
    }
    readers.resize(n);
    for (size_t i = 0; i < n; ++i)
      for (size_t j : operands[i])
        readers[j].push_back(i);
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
    kept.resize(n + 1);
    used.resize(n);
    for (size_t t = 0; t < n; ++t)
      for (size_t i = 0; i <= t; ++i) {
        run[t].push_back(
            variable(i == t ? 1 : 0, 1, double(graph.nodes[i].cost), true));
        used[t].push_back(variable(0, budget, 0, false));
        if (i < t)
          kept[t].push_back(variable(0, 1, 0, true));
      }
  }

  void addRows() {
    for (size_t t = 0; t < n; ++t) {
      for (size_t i = 0; i <= t; ++i)
        for (size_t j : operands[i])
          row({{run[t][i], 1}, {run[t][j], -1}, {kept[t][j], -1}}, 'L', 0);
      for (size_t i = 0; i < t; ++i) {
        Terms terms{{kept[t][i], 1}, {run[t - 1][i], -1}};
        if (i + 1 < t)
          terms.push_back({kept[t - 1][i], -1});
        row(terms, 'L', 0);
      }
      addMemory(t);
    }
  }

  /// used[t][k]: bytes while node k runs in stage t, or would run.
  void addMemory(size_t t) {
    Terms before; // What was there when the stage began.
    for (size_t i = 0; i < t; ++i)
      before.push_back({kept[t][i], -bytes[i]});
    for (size_t k = 0; k <= t; ++k) {
      Terms terms = before;
      terms.push_back({used[t][k], 1});
      terms.push_back({run[t][k], -bytes[k]});
      row(terms, 'E', 0);
      // Freed after k: its operands and its own result.
      before.clear();
      before.push_back({used[t][k], -1});
      std::vector<size_t> candidates = operands[k];
      candidates.push_back(k);
      for (size_t i : candidates) {
        int freed = variable(0, 1, 0, true);
        before.push_back({freed, bytes[i]});
        row({{freed, 1}, {run[t][k], -1}}, 'L', 0);
        if (t + 1 < n)
          row({{freed, 1}, {kept[t + 1][i], 1}}, 'L', 1);
        for (size_t later : readers[i])
          if (later > k && later <= t)
            row({{freed, 1}, {run[t][later], 1}}, 'L', 1);
      }
    }
  }

  const Graph &graph;
  size_t n;
  Cbc_Model *model;
  int columns = 0;
  std::vector<double> bytes;
  std::vector<std::vector<size_t>> operands;
  std::vector<std::vector<size_t>> readers;
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
