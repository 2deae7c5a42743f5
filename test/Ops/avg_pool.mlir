// RUN: bash %S/Inputs/check %s %t
// The mean of the taps inside, or of those within the counted padding.

func.func @main(
    %a0: tensor<1x1x5xf32> {tenon.value = dense<[[[4.0, 8.0, 2.0, 6.0, 10.0]]]> : tensor<1x1x5xf32>},
    %a1: tensor<1x5x1xf32> {tenon.value = dense<[[[4.0], [8.0], [2.0], [6.0], [10.0]]]> : tensor<1x5x1xf32>},
    %a2: tensor<1x1x5xf64> {tenon.value = dense<[[[4.0, 8.0, 2.0, 6.0, 10.0]]]> : tensor<1x1x5xf64>},
    %a3: tensor<1x5x1xf64> {tenon.value = dense<[[[4.0], [8.0], [2.0], [6.0], [10.0]]]> : tensor<1x5x1xf64>},
    %a4: tensor<1x1x5xf16> {tenon.value = dense<[[[4.0, 8.0, 2.0, 6.0, 10.0]]]> : tensor<1x1x5xf16>},
    %a5: tensor<1x5x1xf16> {tenon.value = dense<[[[4.0], [8.0], [2.0], [6.0], [10.0]]]> : tensor<1x5x1xf16>},
    %a6: tensor<1x1x5xbf16> {tenon.value = dense<[[[4.0, 8.0, 2.0, 6.0, 10.0]]]> : tensor<1x1x5xbf16>},
    %a7: tensor<1x5x1xbf16> {tenon.value = dense<[[[4.0], [8.0], [2.0], [6.0], [10.0]]]> : tensor<1x5x1xbf16>}
) -> (
    tensor<1x1x2xf32> {tenon.expected = dense<[[[6.0, 6.0]]]> : tensor<1x1x2xf32>},
    tensor<1x2x1xf32> {tenon.expected = dense<[[[6.0], [6.0]]]> : tensor<1x2x1xf32>},
    tensor<1x1x2xf32> {tenon.expected = dense<[[[4.0, 6.0]]]> : tensor<1x1x2xf32>},
    tensor<1x2x1xf32> {tenon.expected = dense<[[[4.0], [6.0]]]> : tensor<1x2x1xf32>},
    tensor<1x1x2xf32> {tenon.expected = dense<[[[4.0, 6.0]]]> : tensor<1x1x2xf32>},
    tensor<1x2x1xf32> {tenon.expected = dense<[[[4.0], [6.0]]]> : tensor<1x2x1xf32>},
    tensor<1x1x2xf64> {tenon.expected = dense<[[[6.0, 6.0]]]> : tensor<1x1x2xf64>},
    tensor<1x2x1xf64> {tenon.expected = dense<[[[6.0], [6.0]]]> : tensor<1x2x1xf64>},
    tensor<1x1x2xf64> {tenon.expected = dense<[[[4.0, 6.0]]]> : tensor<1x1x2xf64>},
    tensor<1x2x1xf64> {tenon.expected = dense<[[[4.0], [6.0]]]> : tensor<1x2x1xf64>},
    tensor<1x1x2xf64> {tenon.expected = dense<[[[4.0, 6.0]]]> : tensor<1x1x2xf64>},
    tensor<1x2x1xf64> {tenon.expected = dense<[[[4.0], [6.0]]]> : tensor<1x2x1xf64>},
    tensor<1x1x2xf16> {tenon.expected = dense<[[[6.0, 6.0]]]> : tensor<1x1x2xf16>},
    tensor<1x2x1xf16> {tenon.expected = dense<[[[6.0], [6.0]]]> : tensor<1x2x1xf16>},
    tensor<1x1x2xf16> {tenon.expected = dense<[[[4.0, 6.0]]]> : tensor<1x1x2xf16>},
    tensor<1x2x1xf16> {tenon.expected = dense<[[[4.0], [6.0]]]> : tensor<1x2x1xf16>},
    tensor<1x1x2xf16> {tenon.expected = dense<[[[4.0, 6.0]]]> : tensor<1x1x2xf16>},
    tensor<1x2x1xf16> {tenon.expected = dense<[[[4.0], [6.0]]]> : tensor<1x2x1xf16>},
    tensor<1x1x2xbf16> {tenon.expected = dense<[[[6.0, 6.0]]]> : tensor<1x1x2xbf16>},
    tensor<1x2x1xbf16> {tenon.expected = dense<[[[6.0], [6.0]]]> : tensor<1x2x1xbf16>},
    tensor<1x1x2xbf16> {tenon.expected = dense<[[[4.0, 6.0]]]> : tensor<1x1x2xbf16>},
    tensor<1x2x1xbf16> {tenon.expected = dense<[[[4.0], [6.0]]]> : tensor<1x2x1xbf16>},
    tensor<1x1x2xbf16> {tenon.expected = dense<[[[4.0, 6.0]]]> : tensor<1x1x2xbf16>},
    tensor<1x2x1xbf16> {tenon.expected = dense<[[[4.0], [6.0]]]> : tensor<1x2x1xbf16>}
) {
  %r0 = tenon.avg_pool %a0 channels_first window [3] strides [3] low [1] high [1] dilations [1] : tensor<1x1x5xf32>
  %r1 = tenon.avg_pool %a1 channels_last window [3] strides [3] low [1] high [1] dilations [1] : tensor<1x5x1xf32>
  %r2 = tenon.avg_pool %a0 channels_first window [3] strides [3] low [1] high [1] dilations [1] {count_pad} : tensor<1x1x5xf32>
  %r3 = tenon.avg_pool %a1 channels_last window [3] strides [3] low [1] high [1] dilations [1] {count_pad} : tensor<1x5x1xf32>
  %r4 = tenon.avg_pool %a0 channels_first window [3] strides [3] low [1] high [1] dilations [1] {count_pad, counted_high = array<i64: 0>} : tensor<1x1x5xf32>
  %r5 = tenon.avg_pool %a1 channels_last window [3] strides [3] low [1] high [1] dilations [1] {count_pad, counted_high = array<i64: 0>} : tensor<1x5x1xf32>
  %r6 = tenon.avg_pool %a2 channels_first window [3] strides [3] low [1] high [1] dilations [1] : tensor<1x1x5xf64>
  %r7 = tenon.avg_pool %a3 channels_last window [3] strides [3] low [1] high [1] dilations [1] : tensor<1x5x1xf64>
  %r8 = tenon.avg_pool %a2 channels_first window [3] strides [3] low [1] high [1] dilations [1] {count_pad} : tensor<1x1x5xf64>
  %r9 = tenon.avg_pool %a3 channels_last window [3] strides [3] low [1] high [1] dilations [1] {count_pad} : tensor<1x5x1xf64>
  %r10 = tenon.avg_pool %a2 channels_first window [3] strides [3] low [1] high [1] dilations [1] {count_pad, counted_high = array<i64: 0>} : tensor<1x1x5xf64>
  %r11 = tenon.avg_pool %a3 channels_last window [3] strides [3] low [1] high [1] dilations [1] {count_pad, counted_high = array<i64: 0>} : tensor<1x5x1xf64>
  %r12 = tenon.avg_pool %a4 channels_first window [3] strides [3] low [1] high [1] dilations [1] : tensor<1x1x5xf16>
  %r13 = tenon.avg_pool %a5 channels_last window [3] strides [3] low [1] high [1] dilations [1] : tensor<1x5x1xf16>
  %r14 = tenon.avg_pool %a4 channels_first window [3] strides [3] low [1] high [1] dilations [1] {count_pad} : tensor<1x1x5xf16>
  %r15 = tenon.avg_pool %a5 channels_last window [3] strides [3] low [1] high [1] dilations [1] {count_pad} : tensor<1x5x1xf16>
  %r16 = tenon.avg_pool %a4 channels_first window [3] strides [3] low [1] high [1] dilations [1] {count_pad, counted_high = array<i64: 0>} : tensor<1x1x5xf16>
  %r17 = tenon.avg_pool %a5 channels_last window [3] strides [3] low [1] high [1] dilations [1] {count_pad, counted_high = array<i64: 0>} : tensor<1x5x1xf16>
  %r18 = tenon.avg_pool %a6 channels_first window [3] strides [3] low [1] high [1] dilations [1] : tensor<1x1x5xbf16>
  %r19 = tenon.avg_pool %a7 channels_last window [3] strides [3] low [1] high [1] dilations [1] : tensor<1x5x1xbf16>
  %r20 = tenon.avg_pool %a6 channels_first window [3] strides [3] low [1] high [1] dilations [1] {count_pad} : tensor<1x1x5xbf16>
  %r21 = tenon.avg_pool %a7 channels_last window [3] strides [3] low [1] high [1] dilations [1] {count_pad} : tensor<1x5x1xbf16>
  %r22 = tenon.avg_pool %a6 channels_first window [3] strides [3] low [1] high [1] dilations [1] {count_pad, counted_high = array<i64: 0>} : tensor<1x1x5xbf16>
  %r23 = tenon.avg_pool %a7 channels_last window [3] strides [3] low [1] high [1] dilations [1] {count_pad, counted_high = array<i64: 0>} : tensor<1x5x1xbf16>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12, %r13, %r14, %r15, %r16, %r17, %r18, %r19, %r20, %r21, %r22, %r23
      : tensor<1x1x2xf32>, tensor<1x2x1xf32>, tensor<1x1x2xf32>, tensor<1x2x1xf32>, tensor<1x1x2xf32>, tensor<1x2x1xf32>, tensor<1x1x2xf64>, tensor<1x2x1xf64>, tensor<1x1x2xf64>, tensor<1x2x1xf64>, tensor<1x1x2xf64>, tensor<1x2x1xf64>, tensor<1x1x2xf16>, tensor<1x2x1xf16>, tensor<1x1x2xf16>, tensor<1x2x1xf16>, tensor<1x1x2xf16>, tensor<1x2x1xf16>, tensor<1x1x2xbf16>, tensor<1x2x1xbf16>, tensor<1x1x2xbf16>, tensor<1x2x1xbf16>, tensor<1x1x2xbf16>, tensor<1x2x1xbf16>
}
