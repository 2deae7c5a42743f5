// RUN: bash %S/Inputs/check %s %t
// Of ties the first, or the last; NaN wins.

func.func @main(
    %a0: tensor<2x4xf32> {tenon.value = dense<[[3.0, 7.0, 1.0, 7.0], [1.0, 2.0, 2.0, 1.0]]> : tensor<2x4xf32>},
    %a1: tensor<4xf32> {tenon.value = dense<[1.0, 0x7FC00000, 9.0, 0x7FC00000]> : tensor<4xf32>},
    %a2: tensor<2x4xf64> {tenon.value = dense<[[3.0, 7.0, 1.0, 7.0], [1.0, 2.0, 2.0, 1.0]]> : tensor<2x4xf64>},
    %a3: tensor<4xf64> {tenon.value = dense<[1.0, 0x7FF8000000000000, 9.0, 0x7FF8000000000000]> : tensor<4xf64>},
    %a4: tensor<2x4xf16> {tenon.value = dense<[[3.0, 7.0, 1.0, 7.0], [1.0, 2.0, 2.0, 1.0]]> : tensor<2x4xf16>},
    %a5: tensor<4xf16> {tenon.value = dense<[1.0, 0x7E00, 9.0, 0x7E00]> : tensor<4xf16>},
    %a6: tensor<2x4xbf16> {tenon.value = dense<[[3.0, 7.0, 1.0, 7.0], [1.0, 2.0, 2.0, 1.0]]> : tensor<2x4xbf16>},
    %a7: tensor<4xbf16> {tenon.value = dense<[1.0, 0x7FC0, 9.0, 0x7FC0]> : tensor<4xbf16>},
    %a8: tensor<2x4xi8> {tenon.value = dense<[[3, 7, 1, 7], [1, 2, 2, 1]]> : tensor<2x4xi8>},
    %a9: tensor<2x4xui8> {tenon.value = dense<[[3, 7, 1, 7], [1, 2, 2, 1]]> : tensor<2x4xui8>},
    %a10: tensor<2x4xi16> {tenon.value = dense<[[3, 7, 1, 7], [1, 2, 2, 1]]> : tensor<2x4xi16>},
    %a11: tensor<2x4xui16> {tenon.value = dense<[[3, 7, 1, 7], [1, 2, 2, 1]]> : tensor<2x4xui16>},
    %a12: tensor<2x4xi32> {tenon.value = dense<[[3, 7, 1, 7], [1, 2, 2, 1]]> : tensor<2x4xi32>},
    %a13: tensor<2x4xui32> {tenon.value = dense<[[3, 7, 1, 7], [1, 2, 2, 1]]> : tensor<2x4xui32>},
    %a14: tensor<2x4xi64> {tenon.value = dense<[[3, 7, 1, 7], [1, 2, 2, 1]]> : tensor<2x4xi64>},
    %a15: tensor<2x4xui64> {tenon.value = dense<[[3, 7, 1, 7], [1, 2, 2, 1]]> : tensor<2x4xui64>}
) -> (
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<i64> {tenon.expected = dense<1> : tensor<i64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<i64> {tenon.expected = dense<1> : tensor<i64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<i64> {tenon.expected = dense<1> : tensor<i64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<i64> {tenon.expected = dense<1> : tensor<i64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 0]> : tensor<2xi64>},
    tensor<2xi64> {tenon.expected = dense<[2, 3]> : tensor<2xi64>}
) {
  %r0 = tenon.arg_min %a0 axis 1 : tensor<2x4xf32>
  %r1 = tenon.arg_min %a0 axis 1 last : tensor<2x4xf32>
  %r2 = tenon.arg_min %a1 axis 0 : tensor<4xf32>
  %r3 = tenon.arg_min %a2 axis 1 : tensor<2x4xf64>
  %r4 = tenon.arg_min %a2 axis 1 last : tensor<2x4xf64>
  %r5 = tenon.arg_min %a3 axis 0 : tensor<4xf64>
  %r6 = tenon.arg_min %a4 axis 1 : tensor<2x4xf16>
  %r7 = tenon.arg_min %a4 axis 1 last : tensor<2x4xf16>
  %r8 = tenon.arg_min %a5 axis 0 : tensor<4xf16>
  %r9 = tenon.arg_min %a6 axis 1 : tensor<2x4xbf16>
  %r10 = tenon.arg_min %a6 axis 1 last : tensor<2x4xbf16>
  %r11 = tenon.arg_min %a7 axis 0 : tensor<4xbf16>
  %r12 = tenon.arg_min %a8 axis 1 : tensor<2x4xi8>
  %r13 = tenon.arg_min %a8 axis 1 last : tensor<2x4xi8>
  %r14 = tenon.arg_min %a9 axis 1 : tensor<2x4xui8>
  %r15 = tenon.arg_min %a9 axis 1 last : tensor<2x4xui8>
  %r16 = tenon.arg_min %a10 axis 1 : tensor<2x4xi16>
  %r17 = tenon.arg_min %a10 axis 1 last : tensor<2x4xi16>
  %r18 = tenon.arg_min %a11 axis 1 : tensor<2x4xui16>
  %r19 = tenon.arg_min %a11 axis 1 last : tensor<2x4xui16>
  %r20 = tenon.arg_min %a12 axis 1 : tensor<2x4xi32>
  %r21 = tenon.arg_min %a12 axis 1 last : tensor<2x4xi32>
  %r22 = tenon.arg_min %a13 axis 1 : tensor<2x4xui32>
  %r23 = tenon.arg_min %a13 axis 1 last : tensor<2x4xui32>
  %r24 = tenon.arg_min %a14 axis 1 : tensor<2x4xi64>
  %r25 = tenon.arg_min %a14 axis 1 last : tensor<2x4xi64>
  %r26 = tenon.arg_min %a15 axis 1 : tensor<2x4xui64>
  %r27 = tenon.arg_min %a15 axis 1 last : tensor<2x4xui64>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12, %r13, %r14, %r15, %r16, %r17, %r18, %r19, %r20, %r21, %r22, %r23, %r24, %r25, %r26, %r27
      : tensor<2xi64>, tensor<2xi64>, tensor<i64>, tensor<2xi64>, tensor<2xi64>, tensor<i64>, tensor<2xi64>, tensor<2xi64>, tensor<i64>, tensor<2xi64>, tensor<2xi64>, tensor<i64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>
}
