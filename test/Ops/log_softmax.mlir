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
    tensor<2x3xf32> {tenon.expected = dense<[[-0.6041306257247925, -2.104130506515503, -1.1041306257247925], [-0.24131129682064056, -1.7413113117218018, -3.2413113117218018]]> : tensor<2x3xf32>, tenon.ulps = 6.0 : f64},
    tensor<2x3xf32> {tenon.expected = dense<[[-1.31326162815094, -1.31326162815094, -0.20141327381134033], [-0.3132616877555847, -0.3132616877555847, -1.7014132738113403]]> : tensor<2x3xf32>, tenon.ulps = 6.0 : f64},
    tensor<2xf32> {tenon.expected = dense<[-0.6931471824645996, -0.6931471824645996]> : tensor<2xf32>, tenon.ulps = 2.0 : f64},
    tensor<2x3xf64> {tenon.expected = dense<[[-0.6041306053367282, -2.1041306053367284, -1.1041306053367284], [-0.24131129665715706, -1.7413112966571571, -3.241311296657157]]> : tensor<2x3xf64>, tenon.ulps = 6.0 : f64},
    tensor<2x3xf64> {tenon.expected = dense<[[-1.3132616875182228, -1.3132616875182228, -0.2014132779827524], [-0.3132616875182228, -0.3132616875182228, -1.7014132779827524]]> : tensor<2x3xf64>, tenon.ulps = 6.0 : f64},
    tensor<2xf64> {tenon.expected = dense<[-0.6931471805599453, -0.6931471805599453]> : tensor<2xf64>, tenon.ulps = 2.0 : f64},
    tensor<2x3xf16> {tenon.expected = dense<[[-0.60400390625, -2.103515625, -1.1044921875], [-0.2413330078125, -1.7412109375, -3.2421875]]> : tensor<2x3xf16>, tenon.ulps = 6.0 : f64},
    tensor<2x3xf16> {tenon.expected = dense<[[-1.3134765625, -1.3134765625, -0.201416015625], [-0.313232421875, -0.313232421875, -1.701171875]]> : tensor<2x3xf16>, tenon.ulps = 6.0 : f64},
    tensor<2xf16> {tenon.expected = dense<[-0.693359375, -0.693359375]> : tensor<2xf16>, tenon.ulps = 2.0 : f64},
    tensor<2x3xbf16> {tenon.expected = dense<[[-0.60546875, -2.109375, -1.1015625], [-0.2412109375, -1.7421875, -3.234375]]> : tensor<2x3xbf16>, tenon.ulps = 6.0 : f64},
    tensor<2x3xbf16> {tenon.expected = dense<[[-1.3125, -1.3125, -0.201171875], [-0.3125, -0.3125, -1.703125]]> : tensor<2x3xbf16>, tenon.ulps = 6.0 : f64},
    tensor<2xbf16> {tenon.expected = dense<[-0.69140625, -0.69140625]> : tensor<2xbf16>, tenon.ulps = 2.0 : f64}
) {
  %r0 = tenon.log_softmax %a0 axis 1 : tensor<2x3xf32>
  %r1 = tenon.log_softmax %a0 axis 0 : tensor<2x3xf32>
  %r2 = tenon.log_softmax %a1 axis 0 : tensor<2xf32>
  %r3 = tenon.log_softmax %a2 axis 1 : tensor<2x3xf64>
  %r4 = tenon.log_softmax %a2 axis 0 : tensor<2x3xf64>
  %r5 = tenon.log_softmax %a3 axis 0 : tensor<2xf64>
  %r6 = tenon.log_softmax %a4 axis 1 : tensor<2x3xf16>
  %r7 = tenon.log_softmax %a4 axis 0 : tensor<2x3xf16>
  %r8 = tenon.log_softmax %a5 axis 0 : tensor<2xf16>
  %r9 = tenon.log_softmax %a6 axis 1 : tensor<2x3xbf16>
  %r10 = tenon.log_softmax %a6 axis 0 : tensor<2x3xbf16>
  %r11 = tenon.log_softmax %a7 axis 0 : tensor<2xbf16>
  return %r0, %r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11
      : tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xf32>, tensor<2x3xf64>, tensor<2x3xf64>, tensor<2xf64>, tensor<2x3xf16>, tensor<2x3xf16>, tensor<2xf16>, tensor<2x3xbf16>, tensor<2x3xbf16>, tensor<2xbf16>
}
