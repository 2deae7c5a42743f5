// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<24xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xf64>}) -> (
    tensor<24xf64> {tenon.expected = dense<[0.0, -0.0, 1.1752011936438014, -1.1752011936438014, 0.5210953054937474, -6.0502044810397875, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 0x7FF0000000000000, 0xFFF0000000000000, 0.10016675001984403, -0.3045202934471426, 0.7585837018395335, 1.698382437292616, -2.6456319338372323, 9.059561074693326, -40.71929566253254, 6679.863377405021, -29937.07084924806, 5343237290762.231, -793006726156715.4]> : tensor<24xf64>, tenon.ulps = 2.0 : f64}) {
  %y = tenon.sinh %a : tensor<24xf64>
  return %y : tensor<24xf64>
}

func.func @f32(
    %a: tensor<24xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xf32>}) -> (
    tensor<24xf32> {tenon.expected = dense<[0.0, -0.0, 1.1752012, -1.1752012, 0.5210953, -6.0502043, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 0x7F800000, 0xFF800000, 0.10016675, -0.3045203, 0.75858366, 1.6983824, -2.645632, 9.059562, -40.7193, 6679.8633, -29937.07, 5.343237e+12, -7.930067e+14]> : tensor<24xf32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.sinh %a : tensor<24xf32>
  return %y : tensor<24xf32>
}

func.func @f16(
    %a: tensor<24xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xf16>}) -> (
    tensor<24xf16> {tenon.expected = dense<[0.0, -0.0, 1.175, -1.175, 0.521, -6.05, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 0x7C00, 0xFC00, 0.10016, -0.3047, 0.759, 1.698, -2.646, 9.06, -40.66, 6.68e+03, -2.994e+04, 0x7C00, 0xFC00]> : tensor<24xf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.sinh %a : tensor<24xf16>
  return %y : tensor<24xf16>
}

func.func @bf16(
    %a: tensor<24xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xbf16>}) -> (
    tensor<24xbf16> {tenon.expected = dense<[0.0, -0.0, 1.17, -1.17, 0.52, -6.06, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 0x7F80, 0xFF80, 0.1, -0.305, 0.758, 1.695, -2.66, 9.1, -41.0, 6.7e+03, -3.0e+04, 5.36e+12, -7.9e+14]> : tensor<24xbf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.sinh %a : tensor<24xbf16>
  return %y : tensor<24xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<0.1> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<0.10016675> : tensor<f32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.sinh %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<2x5xf64> {
  %y = tenon.sinh %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
