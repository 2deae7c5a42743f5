// RUN: bash %S/Inputs/check %s %t
// Same row-major elements.

func.func @main(
    %a0: tensor<2x3xf32> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>},
    %a1: tensor<1x1xf32> {tenon.value = dense<[[1.0]]> : tensor<1x1xf32>},
    %a2: tensor<2x3xf64> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>},
    %a3: tensor<1x1xf64> {tenon.value = dense<[[1.0]]> : tensor<1x1xf64>},
    %a4: tensor<2x3xf16> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf16>},
    %a5: tensor<1x1xf16> {tenon.value = dense<[[1.0]]> : tensor<1x1xf16>},
    %a6: tensor<2x3xbf16> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xbf16>},
    %a7: tensor<1x1xbf16> {tenon.value = dense<[[1.0]]> : tensor<1x1xbf16>},
    %a8: tensor<2x3xi8> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi8>},
    %a9: tensor<1x1xi8> {tenon.value = dense<[[1]]> : tensor<1x1xi8>},
    %a10: tensor<2x3xui8> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui8>},
    %a11: tensor<1x1xui8> {tenon.value = dense<[[1]]> : tensor<1x1xui8>},
    %a12: tensor<2x3xi16> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi16>},
    %a13: tensor<1x1xi16> {tenon.value = dense<[[1]]> : tensor<1x1xi16>},
    %a14: tensor<2x3xui16> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui16>},
    %a15: tensor<1x1xui16> {tenon.value = dense<[[1]]> : tensor<1x1xui16>},
    %a16: tensor<2x3xi32> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>},
    %a17: tensor<1x1xi32> {tenon.value = dense<[[1]]> : tensor<1x1xi32>},
    %a18: tensor<2x3xui32> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui32>},
    %a19: tensor<1x1xui32> {tenon.value = dense<[[1]]> : tensor<1x1xui32>},
    %a20: tensor<2x3xi64> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi64>},
    %a21: tensor<1x1xi64> {tenon.value = dense<[[1]]> : tensor<1x1xi64>},
    %a22: tensor<2x3xui64> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui64>},
    %a23: tensor<1x1xui64> {tenon.value = dense<[[1]]> : tensor<1x1xui64>},
    %a24: tensor<2x3xi1> {tenon.value = dense<[[false, true, false], [true, false, true]]> : tensor<2x3xi1>},
    %a25: tensor<1x1xi1> {tenon.value = dense<[[false]]> : tensor<1x1xi1>}
) -> (
    tensor<3x1x2xf32> {tenon.expected = dense<[[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]]]> : tensor<3x1x2xf32>},
    tensor<f32> {tenon.expected = dense<1.0> : tensor<f32>},
    tensor<3x1x2xf64> {tenon.expected = dense<[[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]]]> : tensor<3x1x2xf64>},
    tensor<f64> {tenon.expected = dense<1.0> : tensor<f64>},
    tensor<3x1x2xf16> {tenon.expected = dense<[[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]]]> : tensor<3x1x2xf16>},
    tensor<f16> {tenon.expected = dense<1.0> : tensor<f16>},
    tensor<3x1x2xbf16> {tenon.expected = dense<[[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]]]> : tensor<3x1x2xbf16>},
    tensor<bf16> {tenon.expected = dense<1.0> : tensor<bf16>},
    tensor<3x1x2xi8> {tenon.expected = dense<[[[1, 2]], [[3, 4]], [[5, 6]]]> : tensor<3x1x2xi8>},
    tensor<i8> {tenon.expected = dense<1> : tensor<i8>},
    tensor<3x1x2xui8> {tenon.expected = dense<[[[1, 2]], [[3, 4]], [[5, 6]]]> : tensor<3x1x2xui8>},
    tensor<ui8> {tenon.expected = dense<1> : tensor<ui8>},
    tensor<3x1x2xi16> {tenon.expected = dense<[[[1, 2]], [[3, 4]], [[5, 6]]]> : tensor<3x1x2xi16>},
    tensor<i16> {tenon.expected = dense<1> : tensor<i16>},
    tensor<3x1x2xui16> {tenon.expected = dense<[[[1, 2]], [[3, 4]], [[5, 6]]]> : tensor<3x1x2xui16>},
    tensor<ui16> {tenon.expected = dense<1> : tensor<ui16>},
    tensor<3x1x2xi32> {tenon.expected = dense<[[[1, 2]], [[3, 4]], [[5, 6]]]> : tensor<3x1x2xi32>},
    tensor<i32> {tenon.expected = dense<1> : tensor<i32>},
    tensor<3x1x2xui32> {tenon.expected = dense<[[[1, 2]], [[3, 4]], [[5, 6]]]> : tensor<3x1x2xui32>},
    tensor<ui32> {tenon.expected = dense<1> : tensor<ui32>},
    tensor<3x1x2xi64> {tenon.expected = dense<[[[1, 2]], [[3, 4]], [[5, 6]]]> : tensor<3x1x2xi64>},
    tensor<i64> {tenon.expected = dense<1> : tensor<i64>},
    tensor<3x1x2xui64> {tenon.expected = dense<[[[1, 2]], [[3, 4]], [[5, 6]]]> : tensor<3x1x2xui64>},
    tensor<ui64> {tenon.expected = dense<1> : tensor<ui64>},
    tensor<3x1x2xi1> {tenon.expected = dense<[[[false, true]], [[false, true]], [[false, true]]]> : tensor<3x1x2xi1>},
    tensor<i1> {tenon.expected = dense<false> : tensor<i1>}
) {
  %r0 = tenon.reshape %a0 : tensor<2x3xf32> to tensor<3x1x2xf32>
  %r1 = tenon.reshape %a1 : tensor<1x1xf32> to tensor<f32>
  %r2 = tenon.reshape %a2 : tensor<2x3xf64> to tensor<3x1x2xf64>
  %r3 = tenon.reshape %a3 : tensor<1x1xf64> to tensor<f64>
  %r4 = tenon.reshape %a4 : tensor<2x3xf16> to tensor<3x1x2xf16>
  %r5 = tenon.reshape %a5 : tensor<1x1xf16> to tensor<f16>
  %r6 = tenon.reshape %a6 : tensor<2x3xbf16> to tensor<3x1x2xbf16>
  %r7 = tenon.reshape %a7 : tensor<1x1xbf16> to tensor<bf16>
  %r8 = tenon.reshape %a8 : tensor<2x3xi8> to tensor<3x1x2xi8>
  %r9 = tenon.reshape %a9 : tensor<1x1xi8> to tensor<i8>
  %r10 = tenon.reshape %a10 : tensor<2x3xui8> to tensor<3x1x2xui8>
  %r11 = tenon.reshape %a11 : tensor<1x1xui8> to tensor<ui8>
  %r12 = tenon.reshape %a12 : tensor<2x3xi16> to tensor<3x1x2xi16>
  %r13 = tenon.reshape %a13 : tensor<1x1xi16> to tensor<i16>
  %r14 = tenon.reshape %a14 : tensor<2x3xui16> to tensor<3x1x2xui16>
  %r15 = tenon.reshape %a15 : tensor<1x1xui16> to tensor<ui16>
  %r16 = tenon.reshape %a16 : tensor<2x3xi32> to tensor<3x1x2xi32>
  %r17 = tenon.reshape %a17 : tensor<1x1xi32> to tensor<i32>
  %r18 = tenon.reshape %a18 : tensor<2x3xui32> to tensor<3x1x2xui32>
  %r19 = tenon.reshape %a19 : tensor<1x1xui32> to tensor<ui32>
  %r20 = tenon.reshape %a20 : tensor<2x3xi64> to tensor<3x1x2xi64>
  %r21 = tenon.reshape %a21 : tensor<1x1xi64> to tensor<i64>
  %r22 = tenon.reshape %a22 : tensor<2x3xui64> to tensor<3x1x2xui64>
  %r23 = tenon.reshape %a23 : tensor<1x1xui64> to tensor<ui64>
  %r24 = tenon.reshape %a24 : tensor<2x3xi1> to tensor<3x1x2xi1>
  %r25 = tenon.reshape %a25 : tensor<1x1xi1> to tensor<i1>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12, %r13, %r14, %r15, %r16, %r17, %r18, %r19, %r20, %r21, %r22, %r23, %r24, %r25
      : tensor<3x1x2xf32>, tensor<f32>, tensor<3x1x2xf64>, tensor<f64>, tensor<3x1x2xf16>, tensor<f16>, tensor<3x1x2xbf16>, tensor<bf16>, tensor<3x1x2xi8>, tensor<i8>, tensor<3x1x2xui8>, tensor<ui8>, tensor<3x1x2xi16>, tensor<i16>, tensor<3x1x2xui16>, tensor<ui16>, tensor<3x1x2xi32>, tensor<i32>, tensor<3x1x2xui32>, tensor<ui32>, tensor<3x1x2xi64>, tensor<i64>, tensor<3x1x2xui64>, tensor<ui64>, tensor<3x1x2xi1>, tensor<i1>
}
