// RUN: bash %S/Inputs/check %s %t
// Along each axis, against exact arithmetic.

func.func @main(
    %a0: tensor<2x3xf32> {tenon.value = dense<[[1.0, -0.5, 0.5], [2.0, 0.5, -1.0]]> : tensor<2x3xf32>},
    %a1: tensor<2xf32> {tenon.value = dense<[1000.0, 1000.0]> : tensor<2xf32>},
    %a2: tensor<2x3xf64> {tenon.value = dense<[[1.0, -0.5, 0.5], [2.0, 0.5, -1.0]]> : tensor<2x3xf64>},
    %a3: tensor<2xf64> {tenon.value = dense<[1000.0, 1000.0]> : tensor<2xf64>},
    %a4: tensor<2x3xf16> {tenon.value = dense<[[1.0, -0.5, 0.5], [2.0, 0.5, -1.0]]> : tensor<2x3xf16>},
    %a5: tensor<2xf16> {tenon.value = dense<[60000.0, 60000.0]> : tensor<2xf16>},
    %a6: tensor<2x3xbf16> {tenon.value = dense<[[1.0, -0.5, 0.5], [2.0, 0.5, -1.0]]> : tensor<2x3xbf16>},
    %a7: tensor<2xbf16> {tenon.value = dense<[1000.0, 1000.0]> : tensor<2xbf16>}
) -> (
    tensor<2x3xf32> {tenon.expected = dense<[[0.546549379825592, 0.12195165455341339, 0.3314989507198334], [0.785597026348114, 0.17529039084911346, 0.03911257162690163]]> : tensor<2x3xf32>, tenon.ulps = 6.0 : f64},
    tensor<2x3xf32> {tenon.expected = dense<[[0.2689414322376251, 0.2689414322376251, 0.8175745010375977], [0.7310585975646973, 0.7310585975646973, 0.18242552876472473]]> : tensor<2x3xf32>, tenon.ulps = 6.0 : f64},
    tensor<2xf32> {tenon.expected = dense<[0.5, 0.5]> : tensor<2xf32>, tenon.ulps = 2.0 : f64},
    tensor<2x3xf64> {tenon.expected = dense<[[0.5465493872661796, 0.12195165230972886, 0.3314989604240915], [0.7855970345892759, 0.1752903921400367, 0.03911257327068745]]> : tensor<2x3xf64>, tenon.ulps = 6.0 : f64},
    tensor<2x3xf64> {tenon.expected = dense<[[0.2689414213699951, 0.2689414213699951, 0.8175744761936437], [0.7310585786300049, 0.7310585786300049, 0.18242552380635635]]> : tensor<2x3xf64>, tenon.ulps = 6.0 : f64},
    tensor<2xf64> {tenon.expected = dense<[0.5, 0.5]> : tensor<2xf64>, tenon.ulps = 2.0 : f64},
    tensor<2x3xf16> {tenon.expected = dense<[[0.54638671875, 0.1219482421875, 0.33154296875], [0.78564453125, 0.17529296875, 0.03912353515625]]> : tensor<2x3xf16>, tenon.ulps = 6.0 : f64},
    tensor<2x3xf16> {tenon.expected = dense<[[0.26904296875, 0.26904296875, 0.8173828125], [0.73095703125, 0.73095703125, 0.182373046875]]> : tensor<2x3xf16>, tenon.ulps = 6.0 : f64},
    tensor<2xf16> {tenon.expected = dense<[0.5, 0.5]> : tensor<2xf16>, tenon.ulps = 2.0 : f64},
    tensor<2x3xbf16> {tenon.expected = dense<[[0.546875, 0.1220703125, 0.33203125], [0.78515625, 0.1748046875, 0.0390625]]> : tensor<2x3xbf16>, tenon.ulps = 6.0 : f64},
    tensor<2x3xbf16> {tenon.expected = dense<[[0.26953125, 0.26953125, 0.81640625], [0.73046875, 0.73046875, 0.1826171875]]> : tensor<2x3xbf16>, tenon.ulps = 6.0 : f64},
    tensor<2xbf16> {tenon.expected = dense<[0.5, 0.5]> : tensor<2xbf16>, tenon.ulps = 2.0 : f64}
) {
  %r0 = tenon.softmax %a0 axis 1 : tensor<2x3xf32>
  %r1 = tenon.softmax %a0 axis 0 : tensor<2x3xf32>
  %r2 = tenon.softmax %a1 axis 0 : tensor<2xf32>
  %r3 = tenon.softmax %a2 axis 1 : tensor<2x3xf64>
  %r4 = tenon.softmax %a2 axis 0 : tensor<2x3xf64>
  %r5 = tenon.softmax %a3 axis 0 : tensor<2xf64>
  %r6 = tenon.softmax %a4 axis 1 : tensor<2x3xf16>
  %r7 = tenon.softmax %a4 axis 0 : tensor<2x3xf16>
  %r8 = tenon.softmax %a5 axis 0 : tensor<2xf16>
  %r9 = tenon.softmax %a6 axis 1 : tensor<2x3xbf16>
  %r10 = tenon.softmax %a6 axis 0 : tensor<2x3xbf16>
  %r11 = tenon.softmax %a7 axis 0 : tensor<2xbf16>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11
      : tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xf32>, tensor<2x3xf64>, tensor<2x3xf64>, tensor<2xf64>, tensor<2x3xf16>, tensor<2x3xf16>, tensor<2xf16>, tensor<2x3xbf16>, tensor<2x3xbf16>, tensor<2xbf16>
}
