// RUN: bash %S/Inputs/check %s %t
// Negative indices count from the end; those outside are clamped.

func.func @main(
    %a0: tensor<2x2xi64> {tenon.value = dense<[[2, -1], [7, -9]]> : tensor<2x2xi64>},
    %a1: tensor<2x3xf32> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>},
    %a2: tensor<2x3xf64> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>},
    %a3: tensor<2x3xf16> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf16>},
    %a4: tensor<2x3xbf16> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xbf16>},
    %a5: tensor<2x3xi8> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi8>},
    %a6: tensor<2x3xui8> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui8>},
    %a7: tensor<2x3xi16> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi16>},
    %a8: tensor<2x3xui16> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui16>},
    %a9: tensor<2x3xi32> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>},
    %a10: tensor<2x3xui32> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui32>},
    %a11: tensor<2x3xi64> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi64>},
    %a12: tensor<2x3xui64> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui64>},
    %a13: tensor<2x3xi1> {tenon.value = dense<[[false, true, false], [true, false, true]]> : tensor<2x3xi1>},
    %a14: tensor<1xi32> {tenon.value = dense<[1]> : tensor<1xi32>},
    %a15: tensor<1xi8> {tenon.value = dense<[1]> : tensor<1xi8>},
    %a16: tensor<1xui8> {tenon.value = dense<[1]> : tensor<1xui8>}
) -> (
    tensor<2x2x2xf32> {tenon.expected = dense<[[[3.0, 3.0], [3.0, 1.0]], [[6.0, 6.0], [6.0, 4.0]]]> : tensor<2x2x2xf32>},
    tensor<2x2x2xf64> {tenon.expected = dense<[[[3.0, 3.0], [3.0, 1.0]], [[6.0, 6.0], [6.0, 4.0]]]> : tensor<2x2x2xf64>},
    tensor<2x2x2xf16> {tenon.expected = dense<[[[3.0, 3.0], [3.0, 1.0]], [[6.0, 6.0], [6.0, 4.0]]]> : tensor<2x2x2xf16>},
    tensor<2x2x2xbf16> {tenon.expected = dense<[[[3.0, 3.0], [3.0, 1.0]], [[6.0, 6.0], [6.0, 4.0]]]> : tensor<2x2x2xbf16>},
    tensor<2x2x2xi8> {tenon.expected = dense<[[[3, 3], [3, 1]], [[6, 6], [6, 4]]]> : tensor<2x2x2xi8>},
    tensor<2x2x2xui8> {tenon.expected = dense<[[[3, 3], [3, 1]], [[6, 6], [6, 4]]]> : tensor<2x2x2xui8>},
    tensor<2x2x2xi16> {tenon.expected = dense<[[[3, 3], [3, 1]], [[6, 6], [6, 4]]]> : tensor<2x2x2xi16>},
    tensor<2x2x2xui16> {tenon.expected = dense<[[[3, 3], [3, 1]], [[6, 6], [6, 4]]]> : tensor<2x2x2xui16>},
    tensor<2x2x2xi32> {tenon.expected = dense<[[[3, 3], [3, 1]], [[6, 6], [6, 4]]]> : tensor<2x2x2xi32>},
    tensor<2x2x2xui32> {tenon.expected = dense<[[[3, 3], [3, 1]], [[6, 6], [6, 4]]]> : tensor<2x2x2xui32>},
    tensor<2x2x2xi64> {tenon.expected = dense<[[[3, 3], [3, 1]], [[6, 6], [6, 4]]]> : tensor<2x2x2xi64>},
    tensor<2x2x2xui64> {tenon.expected = dense<[[[3, 3], [3, 1]], [[6, 6], [6, 4]]]> : tensor<2x2x2xui64>},
    tensor<2x2x2xi1> {tenon.expected = dense<[[[false, false], [false, false]], [[true, true], [true, true]]]> : tensor<2x2x2xi1>},
    tensor<1x3xf32> {tenon.expected = dense<[[4.0, 5.0, 6.0]]> : tensor<1x3xf32>},
    tensor<1x3xf32> {tenon.expected = dense<[[4.0, 5.0, 6.0]]> : tensor<1x3xf32>},
    tensor<1x3xf32> {tenon.expected = dense<[[4.0, 5.0, 6.0]]> : tensor<1x3xf32>}
) {
  %r0 = tenon.gather %a1, %a0 axis 1 : tensor<2x3xf32>, tensor<2x2xi64>
  %r1 = tenon.gather %a2, %a0 axis 1 : tensor<2x3xf64>, tensor<2x2xi64>
  %r2 = tenon.gather %a3, %a0 axis 1 : tensor<2x3xf16>, tensor<2x2xi64>
  %r3 = tenon.gather %a4, %a0 axis 1 : tensor<2x3xbf16>, tensor<2x2xi64>
  %r4 = tenon.gather %a5, %a0 axis 1 : tensor<2x3xi8>, tensor<2x2xi64>
  %r5 = tenon.gather %a6, %a0 axis 1 : tensor<2x3xui8>, tensor<2x2xi64>
  %r6 = tenon.gather %a7, %a0 axis 1 : tensor<2x3xi16>, tensor<2x2xi64>
  %r7 = tenon.gather %a8, %a0 axis 1 : tensor<2x3xui16>, tensor<2x2xi64>
  %r8 = tenon.gather %a9, %a0 axis 1 : tensor<2x3xi32>, tensor<2x2xi64>
  %r9 = tenon.gather %a10, %a0 axis 1 : tensor<2x3xui32>, tensor<2x2xi64>
  %r10 = tenon.gather %a11, %a0 axis 1 : tensor<2x3xi64>, tensor<2x2xi64>
  %r11 = tenon.gather %a12, %a0 axis 1 : tensor<2x3xui64>, tensor<2x2xi64>
  %r12 = tenon.gather %a13, %a0 axis 1 : tensor<2x3xi1>, tensor<2x2xi64>
  %r13 = tenon.gather %a1, %a14 axis 0 : tensor<2x3xf32>, tensor<1xi32>
  %r14 = tenon.gather %a1, %a15 axis 0 : tensor<2x3xf32>, tensor<1xi8>
  %r15 = tenon.gather %a1, %a16 axis 0 : tensor<2x3xf32>, tensor<1xui8>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12, %r13, %r14, %r15
      : tensor<2x2x2xf32>, tensor<2x2x2xf64>, tensor<2x2x2xf16>, tensor<2x2x2xbf16>, tensor<2x2x2xi8>, tensor<2x2x2xui8>, tensor<2x2x2xi16>, tensor<2x2x2xui16>, tensor<2x2x2xi32>, tensor<2x2x2xui32>, tensor<2x2x2xi64>, tensor<2x2x2xui64>, tensor<2x2x2xi1>, tensor<1x3xf32>, tensor<1x3xf32>, tensor<1x3xf32>
}
