// RUN: split-file %s %t
// RUN: tenon-opt %t/in.mlir --tenon-fuse --tenon-configure="cpu=x86-64-v4 tiles=%t/good.tiles" | FileCheck %t/in.mlir
// RUN: not tenon-opt %t/in.mlir --tenon-fuse --tenon-configure=tiles=%t/nest.tiles 2>&1 | FileCheck %t/nest.tiles
// RUN: not tenon-opt %t/in.mlir --tenon-fuse --tenon-configure=tiles=%t/count.tiles 2>&1 | FileCheck %t/count.tiles
// RUN: not tenon-opt %t/in.mlir --tenon-fuse --tenon-configure=tiles=%t/number.tiles 2>&1 | FileCheck %t/number.tiles
// RUN: not tenon-opt %t/in.mlir --tenon-fuse --tenon-configure=tiles=%t/range.tiles 2>&1 | FileCheck %t/range.tiles
// RUN: not tenon-opt %t/in.mlir --tenon-fuse --tenon-configure=tiles=%t/multiple.tiles 2>&1 | FileCheck %t/multiple.tiles
// RUN: not tenon-opt %t/in.mlir --tenon-fuse --tenon-configure=tiles=%t/none.tiles 2>&1 | FileCheck %s --check-prefix=NONE

// NONE: error: cannot read the tile rules '{{.*}}none.tiles': No such file or directory

//--- good.tiles
# The first rule that matches wins.
contract 128x96x32  3 2 6 0   # this very shape
contract *          1 1 1 1
conv     8x8x16x4x3x3  5 1 2 1
map      64x48  16 2 0
filter_grad 9x40x128 4 2 3 1

//--- in.mlir
// 96 columns in panels of 2 * 16 are 3, 128 rows in blocks of 6 are 22.
// CHECK-LABEL: func.func @main
// CHECK: tenon.pack %{{.*}} panel 32 : tensor<32x96xf32>
// CHECK: #tenon.kernel<"contract", tiles = [3, 2, 6, 0], workspace = 0, grid = 66>
func.func @main(%x: tensor<128x32xf32>) -> tensor<128x96xf32> {
  %w = tenon.constant dense_resource<w> : tensor<32x96xf32>
  %0 = tenon.matmul %x, %w : tensor<128x32xf32>, tensor<32x96xf32>
  return %0 : tensor<128x96xf32>
}
// CHECK-LABEL: func.func @other
// CHECK: #tenon.kernel<"contract", tiles = [1, 1, 1, 1], workspace = 0, grid = 8>
func.func @other(%x: tensor<8x32xf32>) -> tensor<8x16xf32> {
  %w = tenon.constant dense_resource<w> : tensor<32x16xf32>
  %0 = tenon.matmul %x, %w : tensor<8x32xf32>, tensor<32x16xf32>
  return %0 : tensor<8x16xf32>
}
// One panel by four blocks of two rows.
// CHECK-LABEL: func.func @window
// CHECK: #tenon.kernel<"conv", tiles = [5, 1, 2, 1], workspace = 0, grid = 4>
func.func @window(%x: tensor<1x8x8x4xf32>) -> tensor<1x8x8x16xf32> {
  %w = tenon.constant dense_resource<w> : tensor<3x3x4x16xf32>
  %0 = tenon.conv %x, %w channels_last strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<1x8x8x4xf32>, tensor<3x3x4x16xf32>
  return %0 : tensor<1x8x8x16xf32>
}
// Depthwise, a register tile has one vector: four of nine taps are a tile of
// one row of the window, the accumulators of one wait between blocks of lines.
// CHECK-LABEL: func.func @depthwise
// CHECK: #tenon.kernel<"filter_grad", tiles = [4, 1, 3, 1], workspace = 256, grid = 9>
func.func @depthwise(%x: tensor<2x10x10x40xf32>, %dy: tensor<2x8x8x40xf32>) -> tensor<3x3x1x40xf32> {
  %0 = tenon.conv_filter_grad %x, %dy channels_last window [3, 3] strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 40 : tensor<2x10x10x40xf32>, tensor<2x8x8x40xf32>
  return %0 : tensor<3x3x1x40xf32>
}
// Of a map only the block is a choice: here elements, rounded up to a vector,
// as the tensor is read in any order.
// CHECK-LABEL: func.func @elements
// CHECK: #tenon.kernel<"map", tiles = [16, 16, 1], workspace = 0, grid = 192>
func.func @elements(%x: tensor<64x48xf32>) -> tensor<64x48xf32> {
  %0 = tenon.relu %x : tensor<64x48xf32>
  return %0 : tensor<64x48xf32>
}

//--- nest.tiles
# CHECK: error: {{.*}}nest.tiles:3: no nest is called 'gemm'; a rule is '<nest> <shape or *> <tile>...'

gemm * 1 1 1 1

//--- count.tiles
# CHECK: error: {{.*}}count.tiles:2: 'contract' has 4 tiles
contract * 1 1 1

//--- number.tiles
# CHECK: error: {{.*}}number.tiles:2: '-3' is no tile size
map * 16 -3 0

//--- range.tiles
# CHECK: error: {{.*}}range.tiles:2: rows must be 1 to 32, vectors 1 to 8, block at least 1
contract * 33 1 33 0

//--- multiple.tiles
# CHECK: error: {{.*}}multiple.tiles:2: block must be a multiple of rows
contract * 3 1 4 0
