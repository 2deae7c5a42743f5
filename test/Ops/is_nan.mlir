// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<13xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308]> : tensor<13xf64>}) -> (
    tensor<13xi1> {tenon.expected = dense<[false, false, false, false, false, false, false, false, true, false, false, false, false]> : tensor<13xi1>}) {
  %y = tenon.is_nan %a : tensor<13xf64>
  return %y : tensor<13xi1>
}

func.func @f32(
    %a: tensor<13xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38]> : tensor<13xf32>}) -> (
    tensor<13xi1> {tenon.expected = dense<[false, false, false, false, false, false, false, false, true, false, false, false, false]> : tensor<13xi1>}) {
  %y = tenon.is_nan %a : tensor<13xf32>
  return %y : tensor<13xi1>
}

func.func @f16(
    %a: tensor<13xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04]> : tensor<13xf16>}) -> (
    tensor<13xi1> {tenon.expected = dense<[false, false, false, false, false, false, false, false, true, false, false, false, false]> : tensor<13xi1>}) {
  %y = tenon.is_nan %a : tensor<13xf16>
  return %y : tensor<13xi1>
}

func.func @bf16(
    %a: tensor<13xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38]> : tensor<13xbf16>}) -> (
    tensor<13xi1> {tenon.expected = dense<[false, false, false, false, false, false, false, false, true, false, false, false, false]> : tensor<13xi1>}) {
  %y = tenon.is_nan %a : tensor<13xbf16>
  return %y : tensor<13xi1>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<0.5> : tensor<f32>}) -> (
    tensor<i1> {tenon.expected = dense<false> : tensor<i1>}) {
  %y = tenon.is_nan %a : tensor<f32>
  return %y : tensor<i1>
}
