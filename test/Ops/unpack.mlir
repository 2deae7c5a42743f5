// RUN: bash %S/Inputs/check %s %t
// The inverse of pack.

func.func @main(
    %a0: tensor<2x2x2xf32> {tenon.value = dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xf32>},
    %a1: tensor<2x2x2xf64> {tenon.value = dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xf64>},
    %a2: tensor<2x2x2xf16> {tenon.value = dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xf16>},
    %a3: tensor<2x2x2xbf16> {tenon.value = dense<[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]> : tensor<2x2x2xbf16>},
    %a4: tensor<2x2x2xi8> {tenon.value = dense<[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]> : tensor<2x2x2xi8>},
    %a5: tensor<2x2x2xui8> {tenon.value = dense<[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]> : tensor<2x2x2xui8>},
    %a6: tensor<2x2x2xi16> {tenon.value = dense<[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]> : tensor<2x2x2xi16>},
    %a7: tensor<2x2x2xui16> {tenon.value = dense<[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]> : tensor<2x2x2xui16>},
    %a8: tensor<2x2x2xi32> {tenon.value = dense<[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]> : tensor<2x2x2xi32>},
    %a9: tensor<2x2x2xui32> {tenon.value = dense<[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]> : tensor<2x2x2xui32>},
    %a10: tensor<2x2x2xi64> {tenon.value = dense<[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]> : tensor<2x2x2xi64>},
    %a11: tensor<2x2x2xui64> {tenon.value = dense<[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]> : tensor<2x2x2xui64>},
    %a12: tensor<2x2x2xi1> {tenon.value = dense<[[[false, true], [false, true]], [[false, true], [false, true]]]> : tensor<2x2x2xi1>}
) -> (
    tensor<2x3xf32> {tenon.expected = dense<[[1.0, 2.0, 5.0], [3.0, 4.0, 7.0]]> : tensor<2x3xf32>},
    tensor<2x3xf64> {tenon.expected = dense<[[1.0, 2.0, 5.0], [3.0, 4.0, 7.0]]> : tensor<2x3xf64>},
    tensor<2x3xf16> {tenon.expected = dense<[[1.0, 2.0, 5.0], [3.0, 4.0, 7.0]]> : tensor<2x3xf16>},
    tensor<2x3xbf16> {tenon.expected = dense<[[1.0, 2.0, 5.0], [3.0, 4.0, 7.0]]> : tensor<2x3xbf16>},
    tensor<2x3xi8> {tenon.expected = dense<[[1, 2, 5], [3, 4, 7]]> : tensor<2x3xi8>},
    tensor<2x3xui8> {tenon.expected = dense<[[1, 2, 5], [3, 4, 7]]> : tensor<2x3xui8>},
    tensor<2x3xi16> {tenon.expected = dense<[[1, 2, 5], [3, 4, 7]]> : tensor<2x3xi16>},
    tensor<2x3xui16> {tenon.expected = dense<[[1, 2, 5], [3, 4, 7]]> : tensor<2x3xui16>},
    tensor<2x3xi32> {tenon.expected = dense<[[1, 2, 5], [3, 4, 7]]> : tensor<2x3xi32>},
    tensor<2x3xui32> {tenon.expected = dense<[[1, 2, 5], [3, 4, 7]]> : tensor<2x3xui32>},
    tensor<2x3xi64> {tenon.expected = dense<[[1, 2, 5], [3, 4, 7]]> : tensor<2x3xi64>},
    tensor<2x3xui64> {tenon.expected = dense<[[1, 2, 5], [3, 4, 7]]> : tensor<2x3xui64>},
    tensor<2x3xi1> {tenon.expected = dense<[[false, true, false], [false, true, false]]> : tensor<2x3xi1>}
) {
  %r0 = tenon.unpack %a0 : tensor<2x2x2xf32> to tensor<2x3xf32>
  %r1 = tenon.unpack %a1 : tensor<2x2x2xf64> to tensor<2x3xf64>
  %r2 = tenon.unpack %a2 : tensor<2x2x2xf16> to tensor<2x3xf16>
  %r3 = tenon.unpack %a3 : tensor<2x2x2xbf16> to tensor<2x3xbf16>
  %r4 = tenon.unpack %a4 : tensor<2x2x2xi8> to tensor<2x3xi8>
  %r5 = tenon.unpack %a5 : tensor<2x2x2xui8> to tensor<2x3xui8>
  %r6 = tenon.unpack %a6 : tensor<2x2x2xi16> to tensor<2x3xi16>
  %r7 = tenon.unpack %a7 : tensor<2x2x2xui16> to tensor<2x3xui16>
  %r8 = tenon.unpack %a8 : tensor<2x2x2xi32> to tensor<2x3xi32>
  %r9 = tenon.unpack %a9 : tensor<2x2x2xui32> to tensor<2x3xui32>
  %r10 = tenon.unpack %a10 : tensor<2x2x2xi64> to tensor<2x3xi64>
  %r11 = tenon.unpack %a11 : tensor<2x2x2xui64> to tensor<2x3xui64>
  %r12 = tenon.unpack %a12 : tensor<2x2x2xi1> to tensor<2x3xi1>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12
      : tensor<2x3xf32>, tensor<2x3xf64>, tensor<2x3xf16>, tensor<2x3xbf16>, tensor<2x3xi8>, tensor<2x3xui8>, tensor<2x3xi16>, tensor<2x3xui16>, tensor<2x3xi32>, tensor<2x3xui32>, tensor<2x3xi64>, tensor<2x3xui64>, tensor<2x3xi1>
}
