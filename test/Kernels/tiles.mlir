// RUN: tenon-opt %s --tenon-simplify --tenon-fuse --tenon-configure=cpu=x86-64-v4 | FileCheck %s --check-prefixes=CHECK,V4
// RUN: tenon-opt %s --tenon-simplify --tenon-fuse --tenon-configure=cpu=x86-64-v3 | FileCheck %s --check-prefixes=CHECK,V3
// RUN: tenon-opt %s --tenon-simplify --tenon-fuse=enabled=false --tenon-configure=target=ref | FileCheck %s --check-prefix=REF
// RUN: not tenon-opt %s --tenon-fuse --tenon-configure=cpu=pentium 2>&1 | FileCheck %s --check-prefix=CPU

// CPU: error: unknown CPU 'pentium'; choose --cpu=x86-64-v3, --cpu=x86-64-v4 or --cpu=native

// A vector is 16 lanes. v4 holds 32 of them: rows * vectors accumulators, a row
// of the weights and two repeated elements fit. v3 holds 8. 56 pixels divide by
// 14, so that no tile of a row is partial.
// The filter is stored in panels as wide as the tile.
// CHECK-LABEL: func.func @main
// V4: %[[F:.*]] = tenon.pack %{{.*}} panel 32 : tensor<3x3x64x64xf32>
// V4: tenon.group (%{{.*}} = %arg0, %{{.*}} = %[[F]]) : (tensor<1x56x56x64xf32>, tensor<2x576x32xf32>)
// V4-SAME: #tenon.kernel<"conv", tiles = [14, 2, {{[0-9]+}}, {{[01]}}], workspace = 0, grid = {{[0-9]+}}>
// V3: %[[F:.*]] = tenon.pack %{{.*}} panel [[PANEL:16|32|48]] : tensor<3x3x64x64xf32>
// V3: #tenon.kernel<"conv", tiles = [{{[1-5], 1|[12], 2|1, 3}}, {{[0-9]+}}, {{[01]}}]
// The weights are read back inside, where code generation sees both.
// CHECK: tenon.unpack %{{.*}} to tensor<3x3x64x64xf32>
// CHECK-NEXT: tenon.conv
// V4: #tenon.kernel<"contract", tiles = [6, 4, {{[0-9]+}}, 1]
// V3: #tenon.kernel<"contract", tiles = [{{[1-5], 1|[12], 2|1, 3}}, {{[0-9]+}}, 1]
// Elements in any order: the collapsed tensor, in tiles of 16384.
// CHECK: #tenon.kernel<"map", tiles = [16, 16384, 1], workspace = 0, grid = 13>
func.func @main(%x: tensor<1x56x56x64xf32>) -> (tensor<1x56x56x64xf32>, tensor<1x56x56x64xf32>) {
  %w = tenon.constant dense_resource<w> : tensor<3x3x64x64xf32>
  %v = tenon.constant dense_resource<v> : tensor<64x64xf32>
  %0 = tenon.conv %x, %w channels_last strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<1x56x56x64xf32>, tensor<3x3x64x64xf32>
  %1 = tenon.relu %0 : tensor<1x56x56x64xf32>
  %flat = tenon.reshape %1 : tensor<1x56x56x64xf32> to tensor<3136x64xf32>
  %2 = tenon.matmul %flat, %v : tensor<3136x64xf32>, tensor<64x64xf32>
  %3 = tenon.reshape %2 : tensor<3136x64xf32> to tensor<1x56x56x64xf32>
  %4 = tenon.exp %x : tensor<1x56x56x64xf32>
  return %3, %4 : tensor<1x56x56x64xf32>, tensor<1x56x56x64xf32>
}

// A softmax is one nest that runs along the rows; the oracle has one nest for
// everything, without vectors.
// CHECK-LABEL: func.func @rows
// CHECK: #tenon.kernel<"reduce", tiles = [1, 4], workspace = 0, grid = 16>
// REF-NOT: "conv"
// REF-NOT: tenon.pack
// REF-LABEL: func.func @rows
// REF-NOT: #tenon.kernel<"{{contract|conv|reduce}}
// REF: #tenon.kernel<"map", tiles = [1,
func.func @rows(%x: tensor<64x1000xf32>) -> tensor<64x1000xf32> {
  %0 = tenon.softmax %x axis 1 : tensor<64x1000xf32>
  return %0 : tensor<64x1000xf32>
}
