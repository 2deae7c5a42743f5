// RUN: bash %S/Inputs/check %s %t
// Along either dimension.

func.func @main(
    %a0: tensor<2x2xf32> {tenon.value = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>},
    %a1: tensor<2x2xf64> {tenon.value = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf64>},
    %a2: tensor<2x2xf16> {tenon.value = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf16>},
    %a3: tensor<2x2xbf16> {tenon.value = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xbf16>},
    %a4: tensor<2x2xi8> {tenon.value = dense<[[1, 2], [3, 4]]> : tensor<2x2xi8>},
    %a5: tensor<2x2xui8> {tenon.value = dense<[[1, 2], [3, 4]]> : tensor<2x2xui8>},
    %a6: tensor<2x2xi16> {tenon.value = dense<[[1, 2], [3, 4]]> : tensor<2x2xi16>},
    %a7: tensor<2x2xui16> {tenon.value = dense<[[1, 2], [3, 4]]> : tensor<2x2xui16>},
    %a8: tensor<2x2xi32> {tenon.value = dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>},
    %a9: tensor<2x2xui32> {tenon.value = dense<[[1, 2], [3, 4]]> : tensor<2x2xui32>},
    %a10: tensor<2x2xi64> {tenon.value = dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>},
    %a11: tensor<2x2xui64> {tenon.value = dense<[[1, 2], [3, 4]]> : tensor<2x2xui64>},
    %a12: tensor<2x2xi1> {tenon.value = dense<[[false, true], [false, true]]> : tensor<2x2xi1>}
) -> (
    tensor<4x2xf32> {tenon.expected = dense<[[1.0, 2.0], [3.0, 4.0], [1.0, 2.0], [3.0, 4.0]]> : tensor<4x2xf32>},
    tensor<2x4xf32> {tenon.expected = dense<[[1.0, 2.0, 1.0, 2.0], [3.0, 4.0, 3.0, 4.0]]> : tensor<2x4xf32>},
    tensor<4x2xf64> {tenon.expected = dense<[[1.0, 2.0], [3.0, 4.0], [1.0, 2.0], [3.0, 4.0]]> : tensor<4x2xf64>},
    tensor<2x4xf64> {tenon.expected = dense<[[1.0, 2.0, 1.0, 2.0], [3.0, 4.0, 3.0, 4.0]]> : tensor<2x4xf64>},
    tensor<4x2xf16> {tenon.expected = dense<[[1.0, 2.0], [3.0, 4.0], [1.0, 2.0], [3.0, 4.0]]> : tensor<4x2xf16>},
    tensor<2x4xf16> {tenon.expected = dense<[[1.0, 2.0, 1.0, 2.0], [3.0, 4.0, 3.0, 4.0]]> : tensor<2x4xf16>},
    tensor<4x2xbf16> {tenon.expected = dense<[[1.0, 2.0], [3.0, 4.0], [1.0, 2.0], [3.0, 4.0]]> : tensor<4x2xbf16>},
    tensor<2x4xbf16> {tenon.expected = dense<[[1.0, 2.0, 1.0, 2.0], [3.0, 4.0, 3.0, 4.0]]> : tensor<2x4xbf16>},
    tensor<4x2xi8> {tenon.expected = dense<[[1, 2], [3, 4], [1, 2], [3, 4]]> : tensor<4x2xi8>},
    tensor<2x4xi8> {tenon.expected = dense<[[1, 2, 1, 2], [3, 4, 3, 4]]> : tensor<2x4xi8>},
    tensor<4x2xui8> {tenon.expected = dense<[[1, 2], [3, 4], [1, 2], [3, 4]]> : tensor<4x2xui8>},
    tensor<2x4xui8> {tenon.expected = dense<[[1, 2, 1, 2], [3, 4, 3, 4]]> : tensor<2x4xui8>},
    tensor<4x2xi16> {tenon.expected = dense<[[1, 2], [3, 4], [1, 2], [3, 4]]> : tensor<4x2xi16>},
    tensor<2x4xi16> {tenon.expected = dense<[[1, 2, 1, 2], [3, 4, 3, 4]]> : tensor<2x4xi16>},
    tensor<4x2xui16> {tenon.expected = dense<[[1, 2], [3, 4], [1, 2], [3, 4]]> : tensor<4x2xui16>},
    tensor<2x4xui16> {tenon.expected = dense<[[1, 2, 1, 2], [3, 4, 3, 4]]> : tensor<2x4xui16>},
    tensor<4x2xi32> {tenon.expected = dense<[[1, 2], [3, 4], [1, 2], [3, 4]]> : tensor<4x2xi32>},
    tensor<2x4xi32> {tenon.expected = dense<[[1, 2, 1, 2], [3, 4, 3, 4]]> : tensor<2x4xi32>},
    tensor<4x2xui32> {tenon.expected = dense<[[1, 2], [3, 4], [1, 2], [3, 4]]> : tensor<4x2xui32>},
    tensor<2x4xui32> {tenon.expected = dense<[[1, 2, 1, 2], [3, 4, 3, 4]]> : tensor<2x4xui32>},
    tensor<4x2xi64> {tenon.expected = dense<[[1, 2], [3, 4], [1, 2], [3, 4]]> : tensor<4x2xi64>},
    tensor<2x4xi64> {tenon.expected = dense<[[1, 2, 1, 2], [3, 4, 3, 4]]> : tensor<2x4xi64>},
    tensor<4x2xui64> {tenon.expected = dense<[[1, 2], [3, 4], [1, 2], [3, 4]]> : tensor<4x2xui64>},
    tensor<2x4xui64> {tenon.expected = dense<[[1, 2, 1, 2], [3, 4, 3, 4]]> : tensor<2x4xui64>},
    tensor<4x2xi1> {tenon.expected = dense<[[false, true], [false, true], [false, true], [false, true]]> : tensor<4x2xi1>},
    tensor<2x4xi1> {tenon.expected = dense<[[false, true, false, true], [false, true, false, true]]> : tensor<2x4xi1>}
) {
  %r0 = tenon.concat %a0, %a0 axis 0 : tensor<2x2xf32>, tensor<2x2xf32>
  %r1 = tenon.concat %a0, %a0 axis 1 : tensor<2x2xf32>, tensor<2x2xf32>
  %r2 = tenon.concat %a1, %a1 axis 0 : tensor<2x2xf64>, tensor<2x2xf64>
  %r3 = tenon.concat %a1, %a1 axis 1 : tensor<2x2xf64>, tensor<2x2xf64>
  %r4 = tenon.concat %a2, %a2 axis 0 : tensor<2x2xf16>, tensor<2x2xf16>
  %r5 = tenon.concat %a2, %a2 axis 1 : tensor<2x2xf16>, tensor<2x2xf16>
  %r6 = tenon.concat %a3, %a3 axis 0 : tensor<2x2xbf16>, tensor<2x2xbf16>
  %r7 = tenon.concat %a3, %a3 axis 1 : tensor<2x2xbf16>, tensor<2x2xbf16>
  %r8 = tenon.concat %a4, %a4 axis 0 : tensor<2x2xi8>, tensor<2x2xi8>
  %r9 = tenon.concat %a4, %a4 axis 1 : tensor<2x2xi8>, tensor<2x2xi8>
  %r10 = tenon.concat %a5, %a5 axis 0 : tensor<2x2xui8>, tensor<2x2xui8>
  %r11 = tenon.concat %a5, %a5 axis 1 : tensor<2x2xui8>, tensor<2x2xui8>
  %r12 = tenon.concat %a6, %a6 axis 0 : tensor<2x2xi16>, tensor<2x2xi16>
  %r13 = tenon.concat %a6, %a6 axis 1 : tensor<2x2xi16>, tensor<2x2xi16>
  %r14 = tenon.concat %a7, %a7 axis 0 : tensor<2x2xui16>, tensor<2x2xui16>
  %r15 = tenon.concat %a7, %a7 axis 1 : tensor<2x2xui16>, tensor<2x2xui16>
  %r16 = tenon.concat %a8, %a8 axis 0 : tensor<2x2xi32>, tensor<2x2xi32>
  %r17 = tenon.concat %a8, %a8 axis 1 : tensor<2x2xi32>, tensor<2x2xi32>
  %r18 = tenon.concat %a9, %a9 axis 0 : tensor<2x2xui32>, tensor<2x2xui32>
  %r19 = tenon.concat %a9, %a9 axis 1 : tensor<2x2xui32>, tensor<2x2xui32>
  %r20 = tenon.concat %a10, %a10 axis 0 : tensor<2x2xi64>, tensor<2x2xi64>
  %r21 = tenon.concat %a10, %a10 axis 1 : tensor<2x2xi64>, tensor<2x2xi64>
  %r22 = tenon.concat %a11, %a11 axis 0 : tensor<2x2xui64>, tensor<2x2xui64>
  %r23 = tenon.concat %a11, %a11 axis 1 : tensor<2x2xui64>, tensor<2x2xui64>
  %r24 = tenon.concat %a12, %a12 axis 0 : tensor<2x2xi1>, tensor<2x2xi1>
  %r25 = tenon.concat %a12, %a12 axis 1 : tensor<2x2xi1>, tensor<2x2xi1>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12, %r13, %r14, %r15, %r16, %r17, %r18, %r19, %r20, %r21, %r22, %r23, %r24, %r25
      : tensor<4x2xf32>, tensor<2x4xf32>, tensor<4x2xf64>, tensor<2x4xf64>, tensor<4x2xf16>, tensor<2x4xf16>, tensor<4x2xbf16>, tensor<2x4xbf16>, tensor<4x2xi8>, tensor<2x4xi8>, tensor<4x2xui8>, tensor<2x4xui8>, tensor<4x2xi16>, tensor<2x4xi16>, tensor<4x2xui16>, tensor<2x4xui16>, tensor<4x2xi32>, tensor<2x4xi32>, tensor<4x2xui32>, tensor<2x4xui32>, tensor<4x2xi64>, tensor<2x4xi64>, tensor<4x2xui64>, tensor<2x4xui64>, tensor<4x2xi1>, tensor<2x4xi1>
}
