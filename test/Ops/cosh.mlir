// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<24xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xf64>}) -> (
    tensor<24xf64> {tenon.expected = dense<[1.0, 1.0, 1.5430806348152437, 1.5430806348152437, 1.1276259652063807, 6.132289479663686, 0x7FF0000000000000, 0x7FF0000000000000, 0x7FF8000000000000, 1.0, 1.0, 0x7FF0000000000000, 0x7FF0000000000000, 1.0050041680558035, 1.0453385141288605, 1.255169005630943, 1.9709142303266285, 2.828315457889967, 9.114584294749733, 40.73157300243561, 6679.863452256851, 29937.07086594976, 5343237290762.231, 793006726156715.4]> : tensor<24xf64>, tenon.ulps = 2.0 : f64}) {
  %y = tenon.cosh %a : tensor<24xf64>
  return %y : tensor<24xf64>
}

func.func @f32(
    %a: tensor<24xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xf32>}) -> (
    tensor<24xf32> {tenon.expected = dense<[1.0, 1.0, 1.5430807, 1.5430807, 1.127626, 6.1322894, 0x7F800000, 0x7F800000, 0x7FC00000, 1.0, 1.0, 0x7F800000, 0x7F800000, 1.0050042, 1.0453385, 1.255169, 1.9709141, 2.8283155, 9.114585, 40.731575, 6679.8633, 29937.07, 5.343237e+12, 7.930067e+14]> : tensor<24xf32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.cosh %a : tensor<24xf32>
  return %y : tensor<24xf32>
}

func.func @f16(
    %a: tensor<24xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xf16>}) -> (
    tensor<24xf16> {tenon.expected = dense<[1.0, 1.0, 1.543, 1.543, 1.128, 6.133, 0x7C00, 0x7C00, 0x7E00, 1.0, 1.0, 0x7C00, 0x7C00, 1.005, 1.045, 1.255, 1.971, 2.828, 9.12, 40.66, 6.68e+03, 2.994e+04, 0x7C00, 0x7C00]> : tensor<24xf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.cosh %a : tensor<24xf16>
  return %y : tensor<24xf16>
}

func.func @bf16(
    %a: tensor<24xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xbf16>}) -> (
    tensor<24xbf16> {tenon.expected = dense<[1.0, 1.0, 1.55, 1.55, 1.125, 6.12, 0x7F80, 0x7F80, 0x7FC0, 1.0, 1.0, 0x7F80, 0x7F80, 1.01, 1.05, 1.26, 1.97, 2.84, 9.2, 41.0, 6.7e+03, 3.0e+04, 5.36e+12, 7.9e+14]> : tensor<24xbf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.cosh %a : tensor<24xbf16>
  return %y : tensor<24xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<0.1> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<1.0050042> : tensor<f32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.cosh %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<2x5xf64> {
  %y = tenon.cosh %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
