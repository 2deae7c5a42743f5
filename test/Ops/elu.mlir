// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<19xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 0.75, -0.75, 3.0, -3.0, 1.7, -1.7]> : tensor<19xf64>}) -> (
    tensor<19xf64> {tenon.expected = dense<[0.0, 0.0, 1.0, -0.9481808382428365, 0.5, -1.3768725020641517, 0x7FF0000000000000, -1.5, 0x7FF8000000000000, 5.0e-324, 0.0, 1.7976931348623157e+308, -1.5, 0.75, -0.791450170888478, 3.0, -1.4253193974482041, 1.7, -1.2259747139208979]> : tensor<19xf64>, tenon.ulps = 4.0 : f64}) {
  %y = tenon.elu %a {alpha = 1.5 : f64} : tensor<19xf64>
  return %y : tensor<19xf64>
}

func.func @f32(
    %a: tensor<19xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 0.75, -0.75, 3.0, -3.0, 1.7, -1.7]> : tensor<19xf32>}) -> (
    tensor<19xf32> {tenon.expected = dense<[0.0, 0.0, 1.0, -0.9481808, 0.5, -1.3768725, 0x7F800000, -1.5, 0x7FC00000, 1.0e-45, 0.0, 3.4028235e+38, -1.5, 0.75, -0.79145014, 3.0, -1.4253194, 1.7, -1.2259747]> : tensor<19xf32>, tenon.ulps = 4.0 : f64}) {
  %y = tenon.elu %a {alpha = 1.5 : f64} : tensor<19xf32>
  return %y : tensor<19xf32>
}

func.func @f16(
    %a: tensor<19xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 0.75, -0.75, 3.0, -3.0, 1.7, -1.7]> : tensor<19xf16>}) -> (
    tensor<19xf16> {tenon.expected = dense<[0.0, 0.0, 1.0, -0.9478, 0.5, -1.377, 0x7C00, -1.5, 0x7E00, 6.0e-08, 0.0, 6.55e+04, -1.5, 0.75, -0.791, 3.0, -1.426, 1.7, -1.227]> : tensor<19xf16>, tenon.ulps = 4.0 : f64}) {
  %y = tenon.elu %a {alpha = 1.5 : f64} : tensor<19xf16>
  return %y : tensor<19xf16>
}

func.func @bf16(
    %a: tensor<19xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 0.75, -0.75, 3.0, -3.0, 1.7, -1.7]> : tensor<19xbf16>}) -> (
    tensor<19xbf16> {tenon.expected = dense<[0.0, 0.0, 1.0, -0.95, 0.5, -1.375, 0x7F80, -1.5, 0x7FC0, 9.0e-41, 0.0, 3.39e+38, -1.5, 0.75, -0.79, 3.0, -1.42, 1.7, -1.234]> : tensor<19xbf16>, tenon.ulps = 4.0 : f64}) {
  %y = tenon.elu %a {alpha = 1.5 : f64} : tensor<19xbf16>
  return %y : tensor<19xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<0.75> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<0.75> : tensor<f32>, tenon.ulps = 4.0 : f64}) {
  %y = tenon.elu %a {alpha = 1.5 : f64} : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [-4.0, 4.0], tenon.kinks = [0.0]}) -> tensor<2x5xf64> {
  %y = tenon.elu %a {alpha = 1.5 : f64} : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
