//===-- Registry.cpp - operator to row ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/NodeImporter.h"
#include "llvm/ADT/StringMap.h"

using namespace tenon::onnx;

const Row *tenon::onnx::findRow(llvm::StringRef op) {
  static const llvm::StringMap<const Row *> rows = [] {
    llvm::StringMap<const Row *> map;
    for (auto table : {genericRows(), elementwiseRows(), constantRows(),
                       shapeRows(), indexingRows(), reduceRows(), linearRows(),
                       poolRows(), normalizationRows(), resizeRows()})
      for (const Row &row : table)
        map[row.op] = &row;
    return map;
  }();
  return rows.lookup(op);
}
