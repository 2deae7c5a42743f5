//===-- TileTable.cpp - tile sizes given by the user ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Kernels/Configure.h"

#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace tenon;

Expected<TileTable> TileTable::parse(StringRef text, StringRef fileName) {
  TileTable table;
  unsigned number = 0;
  SmallVector<StringRef> lines;
  text.split(lines, '\n');
  for (StringRef line : lines) {
    ++number;
    auto fail = [&](const Twine &why) {
      return createStringError(fileName + ":" + Twine(number) + ": " + why +
                               "; a rule is '<nest> <shape or *> <tile>...'");
    };
    SmallVector<StringRef> words;
    line.split('#').first.trim().split(words, ' ', -1, /*KeepEmpty=*/false);
    if (words.empty())
      continue;
    size_t expected = StringSwitch<size_t>(words[0])
                          .Cases({"contract", "conv", "filter_grad"}, 4)
                          .Case("map", 3)
                          .Cases({"reduce", "scatter"}, 2)
                          .Default(0);
    if (!expected)
      return fail("no nest is called '" + words[0] + "'");
    if (words.size() != expected + 2)
      return fail("'" + words[0] + "' has " + Twine(expected) + " tiles");
    Rule rule{words[0].str(), words[1].str(), {}};
    for (StringRef word : ArrayRef(words).drop_front(2)) {
      int64_t tile;
      if (word.getAsInteger(10, tile) || tile < 0 || tile > (int64_t(1) << 32))
        return fail("'" + word + "' is no tile size");
      rule.tiles.push_back(tile);
    }
    bool registers = expected == 4;
    if (registers &&
        (rule.tiles[0] < 1 || rule.tiles[0] > 32 || rule.tiles[1] < 1 ||
         rule.tiles[1] > 8 || rule.tiles[2] < 1))
      return fail("rows must be 1 to 32, vectors 1 to 8, block at least 1");
    if (registers && words[0] == "contract" && rule.tiles[2] % rule.tiles[0])
      return fail("block must be a multiple of rows");
    if ((words[0] == "filter_grad" && rule.tiles[3] < 1) ||
        (words[0] == "scatter" && rule.tiles[1] < 1))
      return fail("a tile of no size covers nothing");
    table.rules.push_back(std::move(rule));
  }
  return table;
}

const SmallVector<int64_t> *TileTable::find(StringRef nest,
                                            StringRef shape) const {
  for (const Rule &rule : rules)
    if (rule.nest == nest && (rule.shape == "*" || rule.shape == shape))
      return &rule.tiles;
  return nullptr;
}
