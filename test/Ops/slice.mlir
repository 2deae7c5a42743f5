// RUN: bash %S/Inputs/check %s %t
// Starts, sizes and strides, negative ones as well.

func.func @main(
    %a0: tensor<3x4xf32> {tenon.value = dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0]]> : tensor<3x4xf32>},
    %a1: tensor<3x4xf64> {tenon.value = dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0]]> : tensor<3x4xf64>},
    %a2: tensor<3x4xf16> {tenon.value = dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0]]> : tensor<3x4xf16>},
    %a3: tensor<3x4xbf16> {tenon.value = dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0]]> : tensor<3x4xbf16>},
    %a4: tensor<3x4xi8> {tenon.value = dense<[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]> : tensor<3x4xi8>},
    %a5: tensor<3x4xui8> {tenon.value = dense<[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]> : tensor<3x4xui8>},
    %a6: tensor<3x4xi16> {tenon.value = dense<[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]> : tensor<3x4xi16>},
    %a7: tensor<3x4xui16> {tenon.value = dense<[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]> : tensor<3x4xui16>},
    %a8: tensor<3x4xi32> {tenon.value = dense<[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]> : tensor<3x4xi32>},
    %a9: tensor<3x4xui32> {tenon.value = dense<[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]> : tensor<3x4xui32>},
    %a10: tensor<3x4xi64> {tenon.value = dense<[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]> : tensor<3x4xi64>},
    %a11: tensor<3x4xui64> {tenon.value = dense<[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]> : tensor<3x4xui64>},
    %a12: tensor<3x4xi1> {tenon.value = dense<[[false, true, false, true], [false, true, false, true], [false, true, false, true]]> : tensor<3x4xi1>}
) -> (
    tensor<2x2xf32> {tenon.expected = dense<[[2.0, 4.0], [10.0, 12.0]]> : tensor<2x2xf32>},
    tensor<3x2xf32> {tenon.expected = dense<[[12.0, 10.0], [8.0, 6.0], [4.0, 2.0]]> : tensor<3x2xf32>},
    tensor<2x2xf64> {tenon.expected = dense<[[2.0, 4.0], [10.0, 12.0]]> : tensor<2x2xf64>},
    tensor<3x2xf64> {tenon.expected = dense<[[12.0, 10.0], [8.0, 6.0], [4.0, 2.0]]> : tensor<3x2xf64>},
    tensor<2x2xf16> {tenon.expected = dense<[[2.0, 4.0], [10.0, 12.0]]> : tensor<2x2xf16>},
    tensor<3x2xf16> {tenon.expected = dense<[[12.0, 10.0], [8.0, 6.0], [4.0, 2.0]]> : tensor<3x2xf16>},
    tensor<2x2xbf16> {tenon.expected = dense<[[2.0, 4.0], [10.0, 12.0]]> : tensor<2x2xbf16>},
    tensor<3x2xbf16> {tenon.expected = dense<[[12.0, 10.0], [8.0, 6.0], [4.0, 2.0]]> : tensor<3x2xbf16>},
    tensor<2x2xi8> {tenon.expected = dense<[[2, 4], [10, 12]]> : tensor<2x2xi8>},
    tensor<3x2xi8> {tenon.expected = dense<[[12, 10], [8, 6], [4, 2]]> : tensor<3x2xi8>},
    tensor<2x2xui8> {tenon.expected = dense<[[2, 4], [10, 12]]> : tensor<2x2xui8>},
    tensor<3x2xui8> {tenon.expected = dense<[[12, 10], [8, 6], [4, 2]]> : tensor<3x2xui8>},
    tensor<2x2xi16> {tenon.expected = dense<[[2, 4], [10, 12]]> : tensor<2x2xi16>},
    tensor<3x2xi16> {tenon.expected = dense<[[12, 10], [8, 6], [4, 2]]> : tensor<3x2xi16>},
    tensor<2x2xui16> {tenon.expected = dense<[[2, 4], [10, 12]]> : tensor<2x2xui16>},
    tensor<3x2xui16> {tenon.expected = dense<[[12, 10], [8, 6], [4, 2]]> : tensor<3x2xui16>},
    tensor<2x2xi32> {tenon.expected = dense<[[2, 4], [10, 12]]> : tensor<2x2xi32>},
    tensor<3x2xi32> {tenon.expected = dense<[[12, 10], [8, 6], [4, 2]]> : tensor<3x2xi32>},
    tensor<2x2xui32> {tenon.expected = dense<[[2, 4], [10, 12]]> : tensor<2x2xui32>},
    tensor<3x2xui32> {tenon.expected = dense<[[12, 10], [8, 6], [4, 2]]> : tensor<3x2xui32>},
    tensor<2x2xi64> {tenon.expected = dense<[[2, 4], [10, 12]]> : tensor<2x2xi64>},
    tensor<3x2xi64> {tenon.expected = dense<[[12, 10], [8, 6], [4, 2]]> : tensor<3x2xi64>},
    tensor<2x2xui64> {tenon.expected = dense<[[2, 4], [10, 12]]> : tensor<2x2xui64>},
    tensor<3x2xui64> {tenon.expected = dense<[[12, 10], [8, 6], [4, 2]]> : tensor<3x2xui64>},
    tensor<2x2xi1> {tenon.expected = dense<[[true, true], [true, true]]> : tensor<2x2xi1>},
    tensor<3x2xi1> {tenon.expected = dense<[[true, true], [true, true], [true, true]]> : tensor<3x2xi1>}
) {
  %r0 = tenon.slice %a0 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xf32>
  %r1 = tenon.slice %a0 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xf32>
  %r2 = tenon.slice %a1 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xf64>
  %r3 = tenon.slice %a1 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xf64>
  %r4 = tenon.slice %a2 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xf16>
  %r5 = tenon.slice %a2 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xf16>
  %r6 = tenon.slice %a3 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xbf16>
  %r7 = tenon.slice %a3 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xbf16>
  %r8 = tenon.slice %a4 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xi8>
  %r9 = tenon.slice %a4 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xi8>
  %r10 = tenon.slice %a5 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xui8>
  %r11 = tenon.slice %a5 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xui8>
  %r12 = tenon.slice %a6 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xi16>
  %r13 = tenon.slice %a6 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xi16>
  %r14 = tenon.slice %a7 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xui16>
  %r15 = tenon.slice %a7 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xui16>
  %r16 = tenon.slice %a8 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xi32>
  %r17 = tenon.slice %a8 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xi32>
  %r18 = tenon.slice %a9 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xui32>
  %r19 = tenon.slice %a9 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xui32>
  %r20 = tenon.slice %a10 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xi64>
  %r21 = tenon.slice %a10 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xi64>
  %r22 = tenon.slice %a11 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xui64>
  %r23 = tenon.slice %a11 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xui64>
  %r24 = tenon.slice %a12 starts [0, 1] sizes [2, 2] strides [2, 2] : tensor<3x4xi1>
  %r25 = tenon.slice %a12 starts [2, 3] sizes [3, 2] strides [-1, -2] : tensor<3x4xi1>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12, %r13, %r14, %r15, %r16, %r17, %r18, %r19, %r20, %r21, %r22, %r23, %r24, %r25
      : tensor<2x2xf32>, tensor<3x2xf32>, tensor<2x2xf64>, tensor<3x2xf64>, tensor<2x2xf16>, tensor<3x2xf16>, tensor<2x2xbf16>, tensor<3x2xbf16>, tensor<2x2xi8>, tensor<3x2xi8>, tensor<2x2xui8>, tensor<3x2xui8>, tensor<2x2xi16>, tensor<3x2xi16>, tensor<2x2xui16>, tensor<3x2xui16>, tensor<2x2xi32>, tensor<3x2xi32>, tensor<2x2xui32>, tensor<3x2xui32>, tensor<2x2xi64>, tensor<3x2xi64>, tensor<2x2xui64>, tensor<3x2xui64>, tensor<2x2xi1>, tensor<3x2xi1>
}
