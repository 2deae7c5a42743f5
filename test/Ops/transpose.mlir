// RUN: bash %S/Inputs/check %s %t
// Every element at its permuted place.

func.func @main(
    %a0: tensor<2x3xf32> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>},
    %a1: tensor<2x3x2xf32> {tenon.value = dense<[[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[7.0, 8.0], [9.0, 10.0], [11.0, 12.0]]]> : tensor<2x3x2xf32>},
    %a2: tensor<2x3xf64> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>},
    %a3: tensor<2x3x2xf64> {tenon.value = dense<[[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[7.0, 8.0], [9.0, 10.0], [11.0, 12.0]]]> : tensor<2x3x2xf64>},
    %a4: tensor<2x3xf16> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf16>},
    %a5: tensor<2x3x2xf16> {tenon.value = dense<[[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[7.0, 8.0], [9.0, 10.0], [11.0, 12.0]]]> : tensor<2x3x2xf16>},
    %a6: tensor<2x3xbf16> {tenon.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xbf16>},
    %a7: tensor<2x3x2xbf16> {tenon.value = dense<[[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[7.0, 8.0], [9.0, 10.0], [11.0, 12.0]]]> : tensor<2x3x2xbf16>},
    %a8: tensor<2x3xi8> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi8>},
    %a9: tensor<2x3x2xi8> {tenon.value = dense<[[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]> : tensor<2x3x2xi8>},
    %a10: tensor<2x3xui8> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui8>},
    %a11: tensor<2x3x2xui8> {tenon.value = dense<[[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]> : tensor<2x3x2xui8>},
    %a12: tensor<2x3xi16> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi16>},
    %a13: tensor<2x3x2xi16> {tenon.value = dense<[[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]> : tensor<2x3x2xi16>},
    %a14: tensor<2x3xui16> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui16>},
    %a15: tensor<2x3x2xui16> {tenon.value = dense<[[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]> : tensor<2x3x2xui16>},
    %a16: tensor<2x3xi32> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>},
    %a17: tensor<2x3x2xi32> {tenon.value = dense<[[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]> : tensor<2x3x2xi32>},
    %a18: tensor<2x3xui32> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui32>},
    %a19: tensor<2x3x2xui32> {tenon.value = dense<[[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]> : tensor<2x3x2xui32>},
    %a20: tensor<2x3xi64> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi64>},
    %a21: tensor<2x3x2xi64> {tenon.value = dense<[[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]> : tensor<2x3x2xi64>},
    %a22: tensor<2x3xui64> {tenon.value = dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xui64>},
    %a23: tensor<2x3x2xui64> {tenon.value = dense<[[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]> : tensor<2x3x2xui64>},
    %a24: tensor<2x3xi1> {tenon.value = dense<[[false, true, false], [true, false, true]]> : tensor<2x3xi1>},
    %a25: tensor<2x3x2xi1> {tenon.value = dense<[[[false, true], [false, true], [false, true]], [[false, true], [false, true], [false, true]]]> : tensor<2x3x2xi1>}
) -> (
    tensor<3x2xf32> {tenon.expected = dense<[[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]> : tensor<3x2xf32>},
    tensor<2x2x3xf32> {tenon.expected = dense<[[[1.0, 3.0, 5.0], [7.0, 9.0, 11.0]], [[2.0, 4.0, 6.0], [8.0, 10.0, 12.0]]]> : tensor<2x2x3xf32>},
    tensor<3x2xf64> {tenon.expected = dense<[[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]> : tensor<3x2xf64>},
    tensor<2x2x3xf64> {tenon.expected = dense<[[[1.0, 3.0, 5.0], [7.0, 9.0, 11.0]], [[2.0, 4.0, 6.0], [8.0, 10.0, 12.0]]]> : tensor<2x2x3xf64>},
    tensor<3x2xf16> {tenon.expected = dense<[[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]> : tensor<3x2xf16>},
    tensor<2x2x3xf16> {tenon.expected = dense<[[[1.0, 3.0, 5.0], [7.0, 9.0, 11.0]], [[2.0, 4.0, 6.0], [8.0, 10.0, 12.0]]]> : tensor<2x2x3xf16>},
    tensor<3x2xbf16> {tenon.expected = dense<[[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]> : tensor<3x2xbf16>},
    tensor<2x2x3xbf16> {tenon.expected = dense<[[[1.0, 3.0, 5.0], [7.0, 9.0, 11.0]], [[2.0, 4.0, 6.0], [8.0, 10.0, 12.0]]]> : tensor<2x2x3xbf16>},
    tensor<3x2xi8> {tenon.expected = dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xi8>},
    tensor<2x2x3xi8> {tenon.expected = dense<[[[1, 3, 5], [7, 9, 11]], [[2, 4, 6], [8, 10, 12]]]> : tensor<2x2x3xi8>},
    tensor<3x2xui8> {tenon.expected = dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xui8>},
    tensor<2x2x3xui8> {tenon.expected = dense<[[[1, 3, 5], [7, 9, 11]], [[2, 4, 6], [8, 10, 12]]]> : tensor<2x2x3xui8>},
    tensor<3x2xi16> {tenon.expected = dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xi16>},
    tensor<2x2x3xi16> {tenon.expected = dense<[[[1, 3, 5], [7, 9, 11]], [[2, 4, 6], [8, 10, 12]]]> : tensor<2x2x3xi16>},
    tensor<3x2xui16> {tenon.expected = dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xui16>},
    tensor<2x2x3xui16> {tenon.expected = dense<[[[1, 3, 5], [7, 9, 11]], [[2, 4, 6], [8, 10, 12]]]> : tensor<2x2x3xui16>},
    tensor<3x2xi32> {tenon.expected = dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xi32>},
    tensor<2x2x3xi32> {tenon.expected = dense<[[[1, 3, 5], [7, 9, 11]], [[2, 4, 6], [8, 10, 12]]]> : tensor<2x2x3xi32>},
    tensor<3x2xui32> {tenon.expected = dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xui32>},
    tensor<2x2x3xui32> {tenon.expected = dense<[[[1, 3, 5], [7, 9, 11]], [[2, 4, 6], [8, 10, 12]]]> : tensor<2x2x3xui32>},
    tensor<3x2xi64> {tenon.expected = dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xi64>},
    tensor<2x2x3xi64> {tenon.expected = dense<[[[1, 3, 5], [7, 9, 11]], [[2, 4, 6], [8, 10, 12]]]> : tensor<2x2x3xi64>},
    tensor<3x2xui64> {tenon.expected = dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xui64>},
    tensor<2x2x3xui64> {tenon.expected = dense<[[[1, 3, 5], [7, 9, 11]], [[2, 4, 6], [8, 10, 12]]]> : tensor<2x2x3xui64>},
    tensor<3x2xi1> {tenon.expected = dense<[[false, true], [true, false], [false, true]]> : tensor<3x2xi1>},
    tensor<2x2x3xi1> {tenon.expected = dense<[[[false, false, false], [false, false, false]], [[true, true, true], [true, true, true]]]> : tensor<2x2x3xi1>}
) {
  %r0 = tenon.transpose %a0 permutation [1, 0] : tensor<2x3xf32>
  %r1 = tenon.transpose %a1 permutation [2, 0, 1] : tensor<2x3x2xf32>
  %r2 = tenon.transpose %a2 permutation [1, 0] : tensor<2x3xf64>
  %r3 = tenon.transpose %a3 permutation [2, 0, 1] : tensor<2x3x2xf64>
  %r4 = tenon.transpose %a4 permutation [1, 0] : tensor<2x3xf16>
  %r5 = tenon.transpose %a5 permutation [2, 0, 1] : tensor<2x3x2xf16>
  %r6 = tenon.transpose %a6 permutation [1, 0] : tensor<2x3xbf16>
  %r7 = tenon.transpose %a7 permutation [2, 0, 1] : tensor<2x3x2xbf16>
  %r8 = tenon.transpose %a8 permutation [1, 0] : tensor<2x3xi8>
  %r9 = tenon.transpose %a9 permutation [2, 0, 1] : tensor<2x3x2xi8>
  %r10 = tenon.transpose %a10 permutation [1, 0] : tensor<2x3xui8>
  %r11 = tenon.transpose %a11 permutation [2, 0, 1] : tensor<2x3x2xui8>
  %r12 = tenon.transpose %a12 permutation [1, 0] : tensor<2x3xi16>
  %r13 = tenon.transpose %a13 permutation [2, 0, 1] : tensor<2x3x2xi16>
  %r14 = tenon.transpose %a14 permutation [1, 0] : tensor<2x3xui16>
  %r15 = tenon.transpose %a15 permutation [2, 0, 1] : tensor<2x3x2xui16>
  %r16 = tenon.transpose %a16 permutation [1, 0] : tensor<2x3xi32>
  %r17 = tenon.transpose %a17 permutation [2, 0, 1] : tensor<2x3x2xi32>
  %r18 = tenon.transpose %a18 permutation [1, 0] : tensor<2x3xui32>
  %r19 = tenon.transpose %a19 permutation [2, 0, 1] : tensor<2x3x2xui32>
  %r20 = tenon.transpose %a20 permutation [1, 0] : tensor<2x3xi64>
  %r21 = tenon.transpose %a21 permutation [2, 0, 1] : tensor<2x3x2xi64>
  %r22 = tenon.transpose %a22 permutation [1, 0] : tensor<2x3xui64>
  %r23 = tenon.transpose %a23 permutation [2, 0, 1] : tensor<2x3x2xui64>
  %r24 = tenon.transpose %a24 permutation [1, 0] : tensor<2x3xi1>
  %r25 = tenon.transpose %a25 permutation [2, 0, 1] : tensor<2x3x2xi1>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12, %r13, %r14, %r15, %r16, %r17, %r18, %r19, %r20, %r21, %r22, %r23, %r24, %r25
      : tensor<3x2xf32>, tensor<2x2x3xf32>, tensor<3x2xf64>, tensor<2x2x3xf64>, tensor<3x2xf16>, tensor<2x2x3xf16>, tensor<3x2xbf16>, tensor<2x2x3xbf16>, tensor<3x2xi8>, tensor<2x2x3xi8>, tensor<3x2xui8>, tensor<2x2x3xui8>, tensor<3x2xi16>, tensor<2x2x3xi16>, tensor<3x2xui16>, tensor<2x2x3xui16>, tensor<3x2xi32>, tensor<2x2x3xi32>, tensor<3x2xui32>, tensor<2x2x3xui32>, tensor<3x2xi64>, tensor<2x2x3xi64>, tensor<3x2xui64>, tensor<2x2x3xui64>, tensor<3x2xi1>, tensor<2x2x3xi1>
}
