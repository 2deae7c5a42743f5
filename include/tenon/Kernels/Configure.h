//===-- Configure.h - how a group is computed -------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_KERNELS_CONFIGURE_H
#define TENON_KERNELS_CONFIGURE_H

#include "dialects/Tenon/Tenon.h"
#include "tenon/Kernels/CpuTarget.h"
#include "llvm/ADT/StringMap.h"

#include <memory>

namespace tenon {

class GroupOp;

/// Tile sizes given by the user, one rule a line:
///   <nest> <shape or *> <tile>...
/// The shape is the anchor's, as `describe` prints it: MxNxK for contract,
/// OHxOWxFxCxKHxKW for conv, MxNxK for filter_grad (K: positions), the result's
/// for map, reduce and scatter. The first rule
/// that matches wins. '#' begins a comment.
class TileTable {
public:
  static llvm::Expected<TileTable> parse(llvm::StringRef text,
                                         llvm::StringRef fileName);
  /// Null when no rule matches.
  const llvm::SmallVector<int64_t> *find(llvm::StringRef nest,
                                         llvm::StringRef shape) const;

private:
  struct Rule {
    std::string nest, shape;
    llvm::SmallVector<int64_t> tiles;
  };
  std::vector<Rule> rules;
};

/// What a target knows of kernels. Implementations decide only speed: any
/// answer gives the same bits.
class TargetModel {
public:
  virtual ~TargetModel() = default;
  /// Whether groups of several ops are worth making.
  virtual bool fuses() const = 0;
  /// The panel width that operand `input` of the group is to be packed to, when
  /// the artifact is written if it is a weight, else at run time; 0 for none.
  virtual int64_t panelOf(GroupOp group, unsigned input) const = 0;
  /// The nest and its tiles. Called once weights are packed.
  virtual KernelAttr configure(GroupOp group) const = 0;
};

std::unique_ptr<TargetModel> makeCpuModel(CpuTarget cpu, TileTable tiles);
/// One element at a time, no fusion, no packing: the oracle.
std::unique_ptr<TargetModel> makeRefModel();

/// Whether `v`, a value of a group's body, can be computed for several lanes at
/// once when lane l stands at index + l * step.
bool isVectorizable(mlir::Value v, llvm::ArrayRef<int64_t> step);

} // namespace tenon

#endif // TENON_KERNELS_CONFIGURE_H
