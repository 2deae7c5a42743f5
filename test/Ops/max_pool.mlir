// RUN: bash %S/Inputs/check %s %t
// Taps outside take no part; NaN wins.

func.func @main(
    %a0: tensor<1x2x3x4xf32> {tenon.value = dense<[[[[1.0, -2.0, 0.0, 2.0], [-1.0, 1.0, -2.0, 0.0], [2.0, -1.0, 1.0, -2.0]], [[0.0, 2.0, -1.0, 1.0], [-2.0, 0.0, 2.0, -1.0], [1.0, -2.0, 0.0, 2.0]]]]> : tensor<1x2x3x4xf32>},
    %a1: tensor<1x3x4x2xf32> {tenon.value = dense<[[[[1.0, -2.0], [0.0, 2.0], [-1.0, 1.0], [-2.0, 0.0]], [[2.0, -1.0], [1.0, -2.0], [0.0, 2.0], [-1.0, 1.0]], [[-2.0, 0.0], [2.0, -1.0], [1.0, -2.0], [0.0, 2.0]]]]> : tensor<1x3x4x2xf32>},
    %a2: tensor<1x1x3xf32> {tenon.value = dense<[[[1.0, 0x7FC00000, 0xFF800000]]]> : tensor<1x1x3xf32>},
    %a3: tensor<1x2x3x4xf64> {tenon.value = dense<[[[[1.0, -2.0, 0.0, 2.0], [-1.0, 1.0, -2.0, 0.0], [2.0, -1.0, 1.0, -2.0]], [[0.0, 2.0, -1.0, 1.0], [-2.0, 0.0, 2.0, -1.0], [1.0, -2.0, 0.0, 2.0]]]]> : tensor<1x2x3x4xf64>},
    %a4: tensor<1x3x4x2xf64> {tenon.value = dense<[[[[1.0, -2.0], [0.0, 2.0], [-1.0, 1.0], [-2.0, 0.0]], [[2.0, -1.0], [1.0, -2.0], [0.0, 2.0], [-1.0, 1.0]], [[-2.0, 0.0], [2.0, -1.0], [1.0, -2.0], [0.0, 2.0]]]]> : tensor<1x3x4x2xf64>},
    %a5: tensor<1x1x3xf64> {tenon.value = dense<[[[1.0, 0x7FF8000000000000, 0xFFF0000000000000]]]> : tensor<1x1x3xf64>},
    %a6: tensor<1x2x3x4xf16> {tenon.value = dense<[[[[1.0, -2.0, 0.0, 2.0], [-1.0, 1.0, -2.0, 0.0], [2.0, -1.0, 1.0, -2.0]], [[0.0, 2.0, -1.0, 1.0], [-2.0, 0.0, 2.0, -1.0], [1.0, -2.0, 0.0, 2.0]]]]> : tensor<1x2x3x4xf16>},
    %a7: tensor<1x3x4x2xf16> {tenon.value = dense<[[[[1.0, -2.0], [0.0, 2.0], [-1.0, 1.0], [-2.0, 0.0]], [[2.0, -1.0], [1.0, -2.0], [0.0, 2.0], [-1.0, 1.0]], [[-2.0, 0.0], [2.0, -1.0], [1.0, -2.0], [0.0, 2.0]]]]> : tensor<1x3x4x2xf16>},
    %a8: tensor<1x1x3xf16> {tenon.value = dense<[[[1.0, 0x7E00, 0xFC00]]]> : tensor<1x1x3xf16>},
    %a9: tensor<1x2x3x4xbf16> {tenon.value = dense<[[[[1.0, -2.0, 0.0, 2.0], [-1.0, 1.0, -2.0, 0.0], [2.0, -1.0, 1.0, -2.0]], [[0.0, 2.0, -1.0, 1.0], [-2.0, 0.0, 2.0, -1.0], [1.0, -2.0, 0.0, 2.0]]]]> : tensor<1x2x3x4xbf16>},
    %a10: tensor<1x3x4x2xbf16> {tenon.value = dense<[[[[1.0, -2.0], [0.0, 2.0], [-1.0, 1.0], [-2.0, 0.0]], [[2.0, -1.0], [1.0, -2.0], [0.0, 2.0], [-1.0, 1.0]], [[-2.0, 0.0], [2.0, -1.0], [1.0, -2.0], [0.0, 2.0]]]]> : tensor<1x3x4x2xbf16>},
    %a11: tensor<1x1x3xbf16> {tenon.value = dense<[[[1.0, 0x7FC0, 0xFF80]]]> : tensor<1x1x3xbf16>},
    %a12: tensor<1x2x3x4xi8> {tenon.value = dense<[[[[1, -2, 0, 2], [-1, 1, -2, 0], [2, -1, 1, -2]], [[0, 2, -1, 1], [-2, 0, 2, -1], [1, -2, 0, 2]]]]> : tensor<1x2x3x4xi8>},
    %a13: tensor<1x3x4x2xi8> {tenon.value = dense<[[[[1, -2], [0, 2], [-1, 1], [-2, 0]], [[2, -1], [1, -2], [0, 2], [-1, 1]], [[-2, 0], [2, -1], [1, -2], [0, 2]]]]> : tensor<1x3x4x2xi8>},
    %a14: tensor<1x2x3x4xui8> {tenon.value = dense<[[[[3, 0, 2, 4], [1, 3, 0, 2], [4, 1, 3, 0]], [[2, 4, 1, 3], [0, 2, 4, 1], [3, 0, 2, 4]]]]> : tensor<1x2x3x4xui8>},
    %a15: tensor<1x3x4x2xui8> {tenon.value = dense<[[[[3, 0], [2, 4], [1, 3], [0, 2]], [[4, 1], [3, 0], [2, 4], [1, 3]], [[0, 2], [4, 1], [3, 0], [2, 4]]]]> : tensor<1x3x4x2xui8>},
    %a16: tensor<1x2x3x4xi16> {tenon.value = dense<[[[[1, -2, 0, 2], [-1, 1, -2, 0], [2, -1, 1, -2]], [[0, 2, -1, 1], [-2, 0, 2, -1], [1, -2, 0, 2]]]]> : tensor<1x2x3x4xi16>},
    %a17: tensor<1x3x4x2xi16> {tenon.value = dense<[[[[1, -2], [0, 2], [-1, 1], [-2, 0]], [[2, -1], [1, -2], [0, 2], [-1, 1]], [[-2, 0], [2, -1], [1, -2], [0, 2]]]]> : tensor<1x3x4x2xi16>},
    %a18: tensor<1x2x3x4xui16> {tenon.value = dense<[[[[3, 0, 2, 4], [1, 3, 0, 2], [4, 1, 3, 0]], [[2, 4, 1, 3], [0, 2, 4, 1], [3, 0, 2, 4]]]]> : tensor<1x2x3x4xui16>},
    %a19: tensor<1x3x4x2xui16> {tenon.value = dense<[[[[3, 0], [2, 4], [1, 3], [0, 2]], [[4, 1], [3, 0], [2, 4], [1, 3]], [[0, 2], [4, 1], [3, 0], [2, 4]]]]> : tensor<1x3x4x2xui16>},
    %a20: tensor<1x2x3x4xi32> {tenon.value = dense<[[[[1, -2, 0, 2], [-1, 1, -2, 0], [2, -1, 1, -2]], [[0, 2, -1, 1], [-2, 0, 2, -1], [1, -2, 0, 2]]]]> : tensor<1x2x3x4xi32>},
    %a21: tensor<1x3x4x2xi32> {tenon.value = dense<[[[[1, -2], [0, 2], [-1, 1], [-2, 0]], [[2, -1], [1, -2], [0, 2], [-1, 1]], [[-2, 0], [2, -1], [1, -2], [0, 2]]]]> : tensor<1x3x4x2xi32>},
    %a22: tensor<1x2x3x4xui32> {tenon.value = dense<[[[[3, 0, 2, 4], [1, 3, 0, 2], [4, 1, 3, 0]], [[2, 4, 1, 3], [0, 2, 4, 1], [3, 0, 2, 4]]]]> : tensor<1x2x3x4xui32>},
    %a23: tensor<1x3x4x2xui32> {tenon.value = dense<[[[[3, 0], [2, 4], [1, 3], [0, 2]], [[4, 1], [3, 0], [2, 4], [1, 3]], [[0, 2], [4, 1], [3, 0], [2, 4]]]]> : tensor<1x3x4x2xui32>},
    %a24: tensor<1x2x3x4xi64> {tenon.value = dense<[[[[1, -2, 0, 2], [-1, 1, -2, 0], [2, -1, 1, -2]], [[0, 2, -1, 1], [-2, 0, 2, -1], [1, -2, 0, 2]]]]> : tensor<1x2x3x4xi64>},
    %a25: tensor<1x3x4x2xi64> {tenon.value = dense<[[[[1, -2], [0, 2], [-1, 1], [-2, 0]], [[2, -1], [1, -2], [0, 2], [-1, 1]], [[-2, 0], [2, -1], [1, -2], [0, 2]]]]> : tensor<1x3x4x2xi64>},
    %a26: tensor<1x2x3x4xui64> {tenon.value = dense<[[[[3, 0, 2, 4], [1, 3, 0, 2], [4, 1, 3, 0]], [[2, 4, 1, 3], [0, 2, 4, 1], [3, 0, 2, 4]]]]> : tensor<1x2x3x4xui64>},
    %a27: tensor<1x3x4x2xui64> {tenon.value = dense<[[[[3, 0], [2, 4], [1, 3], [0, 2]], [[4, 1], [3, 0], [2, 4], [1, 3]], [[0, 2], [4, 1], [3, 0], [2, 4]]]]> : tensor<1x3x4x2xui64>}
) -> (
    tensor<1x2x2x3xf32> {tenon.expected = dense<[[[[1.0, 0.0, 2.0], [2.0, 1.0, 1.0]], [[2.0, 2.0, 1.0], [1.0, 2.0, 2.0]]]]> : tensor<1x2x2x3xf32>},
    tensor<1x2x3x2xf32> {tenon.expected = dense<[[[[1.0, 2.0], [0.0, 2.0], [-1.0, 1.0]], [[2.0, 0.0], [2.0, 2.0], [1.0, 2.0]]]]> : tensor<1x2x3x2xf32>},
    tensor<1x1x2xf32> {tenon.expected = dense<[[[0x7FC00000, 0x7FC00000]]]> : tensor<1x1x2xf32>},
    tensor<1x2x2x3xf64> {tenon.expected = dense<[[[[1.0, 0.0, 2.0], [2.0, 1.0, 1.0]], [[2.0, 2.0, 1.0], [1.0, 2.0, 2.0]]]]> : tensor<1x2x2x3xf64>},
    tensor<1x2x3x2xf64> {tenon.expected = dense<[[[[1.0, 2.0], [0.0, 2.0], [-1.0, 1.0]], [[2.0, 0.0], [2.0, 2.0], [1.0, 2.0]]]]> : tensor<1x2x3x2xf64>},
    tensor<1x1x2xf64> {tenon.expected = dense<[[[0x7FF8000000000000, 0x7FF8000000000000]]]> : tensor<1x1x2xf64>},
    tensor<1x2x2x3xf16> {tenon.expected = dense<[[[[1.0, 0.0, 2.0], [2.0, 1.0, 1.0]], [[2.0, 2.0, 1.0], [1.0, 2.0, 2.0]]]]> : tensor<1x2x2x3xf16>},
    tensor<1x2x3x2xf16> {tenon.expected = dense<[[[[1.0, 2.0], [0.0, 2.0], [-1.0, 1.0]], [[2.0, 0.0], [2.0, 2.0], [1.0, 2.0]]]]> : tensor<1x2x3x2xf16>},
    tensor<1x1x2xf16> {tenon.expected = dense<[[[0x7E00, 0x7E00]]]> : tensor<1x1x2xf16>},
    tensor<1x2x2x3xbf16> {tenon.expected = dense<[[[[1.0, 0.0, 2.0], [2.0, 1.0, 1.0]], [[2.0, 2.0, 1.0], [1.0, 2.0, 2.0]]]]> : tensor<1x2x2x3xbf16>},
    tensor<1x2x3x2xbf16> {tenon.expected = dense<[[[[1.0, 2.0], [0.0, 2.0], [-1.0, 1.0]], [[2.0, 0.0], [2.0, 2.0], [1.0, 2.0]]]]> : tensor<1x2x3x2xbf16>},
    tensor<1x1x2xbf16> {tenon.expected = dense<[[[0x7FC0, 0x7FC0]]]> : tensor<1x1x2xbf16>},
    tensor<1x2x2x3xi8> {tenon.expected = dense<[[[[1, 0, 2], [2, 1, 1]], [[2, 2, 1], [1, 2, 2]]]]> : tensor<1x2x2x3xi8>},
    tensor<1x2x3x2xi8> {tenon.expected = dense<[[[[1, 2], [0, 2], [-1, 1]], [[2, 0], [2, 2], [1, 2]]]]> : tensor<1x2x3x2xi8>},
    tensor<1x2x2x3xui8> {tenon.expected = dense<[[[[3, 2, 4], [4, 3, 3]], [[4, 4, 3], [3, 4, 4]]]]> : tensor<1x2x2x3xui8>},
    tensor<1x2x3x2xui8> {tenon.expected = dense<[[[[3, 4], [2, 4], [1, 3]], [[4, 2], [4, 4], [3, 4]]]]> : tensor<1x2x3x2xui8>},
    tensor<1x2x2x3xi16> {tenon.expected = dense<[[[[1, 0, 2], [2, 1, 1]], [[2, 2, 1], [1, 2, 2]]]]> : tensor<1x2x2x3xi16>},
    tensor<1x2x3x2xi16> {tenon.expected = dense<[[[[1, 2], [0, 2], [-1, 1]], [[2, 0], [2, 2], [1, 2]]]]> : tensor<1x2x3x2xi16>},
    tensor<1x2x2x3xui16> {tenon.expected = dense<[[[[3, 2, 4], [4, 3, 3]], [[4, 4, 3], [3, 4, 4]]]]> : tensor<1x2x2x3xui16>},
    tensor<1x2x3x2xui16> {tenon.expected = dense<[[[[3, 4], [2, 4], [1, 3]], [[4, 2], [4, 4], [3, 4]]]]> : tensor<1x2x3x2xui16>},
    tensor<1x2x2x3xi32> {tenon.expected = dense<[[[[1, 0, 2], [2, 1, 1]], [[2, 2, 1], [1, 2, 2]]]]> : tensor<1x2x2x3xi32>},
    tensor<1x2x3x2xi32> {tenon.expected = dense<[[[[1, 2], [0, 2], [-1, 1]], [[2, 0], [2, 2], [1, 2]]]]> : tensor<1x2x3x2xi32>},
    tensor<1x2x2x3xui32> {tenon.expected = dense<[[[[3, 2, 4], [4, 3, 3]], [[4, 4, 3], [3, 4, 4]]]]> : tensor<1x2x2x3xui32>},
    tensor<1x2x3x2xui32> {tenon.expected = dense<[[[[3, 4], [2, 4], [1, 3]], [[4, 2], [4, 4], [3, 4]]]]> : tensor<1x2x3x2xui32>},
    tensor<1x2x2x3xi64> {tenon.expected = dense<[[[[1, 0, 2], [2, 1, 1]], [[2, 2, 1], [1, 2, 2]]]]> : tensor<1x2x2x3xi64>},
    tensor<1x2x3x2xi64> {tenon.expected = dense<[[[[1, 2], [0, 2], [-1, 1]], [[2, 0], [2, 2], [1, 2]]]]> : tensor<1x2x3x2xi64>},
    tensor<1x2x2x3xui64> {tenon.expected = dense<[[[[3, 2, 4], [4, 3, 3]], [[4, 4, 3], [3, 4, 4]]]]> : tensor<1x2x2x3xui64>},
    tensor<1x2x3x2xui64> {tenon.expected = dense<[[[[3, 4], [2, 4], [1, 3]], [[4, 2], [4, 4], [3, 4]]]]> : tensor<1x2x3x2xui64>}
) {
  %r0 = tenon.max_pool %a0 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xf32>
  %r1 = tenon.max_pool %a1 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xf32>
  %r2 = tenon.max_pool %a2 channels_first window [2] strides [1] low [0] high [0] dilations [1] : tensor<1x1x3xf32>
  %r3 = tenon.max_pool %a3 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xf64>
  %r4 = tenon.max_pool %a4 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xf64>
  %r5 = tenon.max_pool %a5 channels_first window [2] strides [1] low [0] high [0] dilations [1] : tensor<1x1x3xf64>
  %r6 = tenon.max_pool %a6 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xf16>
  %r7 = tenon.max_pool %a7 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xf16>
  %r8 = tenon.max_pool %a8 channels_first window [2] strides [1] low [0] high [0] dilations [1] : tensor<1x1x3xf16>
  %r9 = tenon.max_pool %a9 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xbf16>
  %r10 = tenon.max_pool %a10 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xbf16>
  %r11 = tenon.max_pool %a11 channels_first window [2] strides [1] low [0] high [0] dilations [1] : tensor<1x1x3xbf16>
  %r12 = tenon.max_pool %a12 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xi8>
  %r13 = tenon.max_pool %a13 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xi8>
  %r14 = tenon.max_pool %a14 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xui8>
  %r15 = tenon.max_pool %a15 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xui8>
  %r16 = tenon.max_pool %a16 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xi16>
  %r17 = tenon.max_pool %a17 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xi16>
  %r18 = tenon.max_pool %a18 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xui16>
  %r19 = tenon.max_pool %a19 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xui16>
  %r20 = tenon.max_pool %a20 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xi32>
  %r21 = tenon.max_pool %a21 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xi32>
  %r22 = tenon.max_pool %a22 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xui32>
  %r23 = tenon.max_pool %a23 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xui32>
  %r24 = tenon.max_pool %a24 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xi64>
  %r25 = tenon.max_pool %a25 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xi64>
  %r26 = tenon.max_pool %a26 channels_first window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x2x3x4xui64>
  %r27 = tenon.max_pool %a27 channels_last window [2, 2] strides [2, 1] low [1, 0] high [0, 0] dilations [1, 1] : tensor<1x3x4x2xui64>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12, %r13, %r14, %r15, %r16, %r17, %r18, %r19, %r20, %r21, %r22, %r23, %r24, %r25, %r26, %r27
      : tensor<1x2x2x3xf32>, tensor<1x2x3x2xf32>, tensor<1x1x2xf32>, tensor<1x2x2x3xf64>, tensor<1x2x3x2xf64>, tensor<1x1x2xf64>, tensor<1x2x2x3xf16>, tensor<1x2x3x2xf16>, tensor<1x1x2xf16>, tensor<1x2x2x3xbf16>, tensor<1x2x3x2xbf16>, tensor<1x1x2xbf16>, tensor<1x2x2x3xi8>, tensor<1x2x3x2xi8>, tensor<1x2x2x3xui8>, tensor<1x2x3x2xui8>, tensor<1x2x2x3xi16>, tensor<1x2x3x2xi16>, tensor<1x2x2x3xui16>, tensor<1x2x3x2xui16>, tensor<1x2x2x3xi32>, tensor<1x2x3x2xi32>, tensor<1x2x2x3xui32>, tensor<1x2x3x2xui32>, tensor<1x2x2x3xi64>, tensor<1x2x3x2xi64>, tensor<1x2x2x3xui64>, tensor<1x2x3x2xui64>
}
