// RUN: bash %S/Inputs/check %s %t
// The index along one dimension.

func.func @main(
    %a0: tensor<1xf32> {tenon.value = dense<[1.0]> : tensor<1xf32>}
) -> (
    tensor<2x3xf32> {tenon.expected = dense<[[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]> : tensor<2x3xf32>},
    tensor<2x3xf64> {tenon.expected = dense<[[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]> : tensor<2x3xf64>},
    tensor<2x3xf16> {tenon.expected = dense<[[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]> : tensor<2x3xf16>},
    tensor<2x3xbf16> {tenon.expected = dense<[[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]> : tensor<2x3xbf16>},
    tensor<2x3xi8> {tenon.expected = dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xi8>},
    tensor<2x3xui8> {tenon.expected = dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xui8>},
    tensor<2x3xi16> {tenon.expected = dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xi16>},
    tensor<2x3xui16> {tenon.expected = dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xui16>},
    tensor<2x3xi32> {tenon.expected = dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xi32>},
    tensor<2x3xui32> {tenon.expected = dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xui32>},
    tensor<2x3xi64> {tenon.expected = dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xi64>},
    tensor<2x3xui64> {tenon.expected = dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xui64>},
    tensor<1xf32> {tenon.expected = dense<[-1.0]> : tensor<1xf32>}
) {
  %r0 = tenon.iota axis 1 : tensor<2x3xf32>
  %r1 = tenon.iota axis 1 : tensor<2x3xf64>
  %r2 = tenon.iota axis 1 : tensor<2x3xf16>
  %r3 = tenon.iota axis 1 : tensor<2x3xbf16>
  %r4 = tenon.iota axis 1 : tensor<2x3xi8>
  %r5 = tenon.iota axis 1 : tensor<2x3xui8>
  %r6 = tenon.iota axis 1 : tensor<2x3xi16>
  %r7 = tenon.iota axis 1 : tensor<2x3xui16>
  %r8 = tenon.iota axis 1 : tensor<2x3xi32>
  %r9 = tenon.iota axis 1 : tensor<2x3xui32>
  %r10 = tenon.iota axis 1 : tensor<2x3xi64>
  %r11 = tenon.iota axis 1 : tensor<2x3xui64>
  %r12 = tenon.neg %a0 : tensor<1xf32>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12
      : tensor<2x3xf32>, tensor<2x3xf64>, tensor<2x3xf16>, tensor<2x3xbf16>, tensor<2x3xi8>, tensor<2x3xui8>, tensor<2x3xi16>, tensor<2x3xui16>, tensor<2x3xi32>, tensor<2x3xui32>, tensor<2x3xi64>, tensor<2x3xui64>, tensor<1xf32>
}
