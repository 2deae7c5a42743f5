//===-- MakeChallenges.cpp - hard instances for the allocator -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// usage: make-challenges FOLDER
//
// Writes Inputs/challenges/*.csv again: buffers that are known to fit 2^20
// bytes, since they are a square cut into rectangles, of which some were taken
// away. Cuts are straight or pinwheels of five, which no sequence of straight
// cuts makes. Those named open-* are beyond what our search finds today.
//
//===----------------------------------------------------------------------===//

#include "test/Unit/Plan/RandomGraphs.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

constexpr uint64_t kSide = 1024; ///< Units of time, and of 1024 bytes.

struct Kind {
  uint64_t seed;
  unsigned pieces;
  unsigned pinwheels; ///< In per cent of the cuts.
  unsigned missing;   ///< In per cent of the pieces.
  /// No placement within 2^20 is found with the default bound on the work.
  bool open;
};

const Kind kKinds[] = {
    {2, 200, 40, 10, false},  {14, 368, 52, 23, false},
    {17, 179, 41, 19, false}, {18, 216, 54, 1, false},
    {44, 248, 42, 8, false},  {47, 219, 31, 13, false},
    {48, 256, 44, 4, false},  {50, 190, 20, 18, false},
    {57, 169, 61, 19, false}, {58, 206, 24, 10, false},
    {59, 243, 37, 17, false}, {12, 294, 26, 9, true},
    {15, 405, 65, 5, true},   {19, 253, 67, 8, true},
    {20, 290, 30, 15, true},
};

struct Piece {
  uint64_t from, to;    ///< Time.
  uint64_t bottom, top; ///< Place.
};

void cut(Random &random, const Kind &kind, std::vector<Piece> &pieces) {
  // The largest of a few, so that none stays very large.
  size_t at = random.below(pieces.size());
  for (int i = 0; i < 3; ++i) {
    size_t other = random.below(pieces.size());
    auto area = [&](size_t p) {
      return (pieces[p].to - pieces[p].from) *
             (pieces[p].top - pieces[p].bottom);
    };
    if (area(other) > area(at))
      at = other;
  }
  Piece whole = pieces[at];
  uint64_t time = whole.to - whole.from;
  uint64_t height = whole.top - whole.bottom;
  auto between = [&](uint64_t low, uint64_t high) {
    return low + 1 + random.below(high - low - 1);
  };
  if (time >= 4 && height >= 4 && random.chance(kind.pinwheels)) {
    uint64_t a = between(whole.from, whole.to - 1);
    uint64_t b = between(a, whole.to);
    uint64_t c = between(whole.bottom, whole.top - 1);
    uint64_t d = between(c, whole.top);
    pieces[at] = {a, b, c, d};
    pieces.push_back({whole.from, b, whole.bottom, c});
    pieces.push_back({b, whole.to, whole.bottom, d});
    pieces.push_back({a, whole.to, d, whole.top});
    pieces.push_back({whole.from, a, c, whole.top});
    return;
  }
  bool inTime = (time > height) == random.chance(50);
  if ((inTime ? time : height) < 2)
    return;
  Piece other = whole;
  if (inTime)
    pieces[at].to = other.from = between(whole.from, whole.to);
  else
    pieces[at].top = other.bottom = between(whole.bottom, whole.top);
  pieces.push_back(other);
}

std::vector<Buffer> make(const Kind &kind) {
  Random random(kind.seed);
  std::vector<Piece> pieces{{0, kSide, 0, kSide}};
  while (pieces.size() < kind.pieces)
    cut(random, kind, pieces);
  std::vector<Buffer> buffers;
  for (const Piece &p : pieces)
    if (!random.chance(kind.missing))
      buffers.push_back({p.from, p.to, (p.top - p.bottom) * 1024});
  for (size_t i = buffers.size(); i > 1; --i)
    std::swap(buffers[i - 1], buffers[random.below(i)]);
  return buffers;
}

bool write(const std::string &path, const std::vector<Buffer> &buffers) {
  std::FILE *file = std::fopen(path.c_str(), "w");
  if (!file)
    return false;
  std::fprintf(file, "id,lower,upper,size\n");
  for (size_t b = 0; b < buffers.size(); ++b)
    std::fprintf(file, "%zu,%llu,%llu,%llu\n", b,
                 (unsigned long long)buffers[b].lower,
                 (unsigned long long)buffers[b].upper,
                 (unsigned long long)buffers[b].size);
  return std::fclose(file) == 0;
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make-challenges FOLDER\n");
    return 2;
  }
  for (const Kind &kind : kKinds) {
    std::string path = std::string(argv[1]) + (kind.open ? "/open-" : "/") +
                       std::to_string(kind.seed) + ".csv";
    if (!write(path, make(kind))) {
      std::fprintf(stderr, "make-challenges: cannot write '%s'\n",
                   path.c_str());
      return 1;
    }
  }
}
