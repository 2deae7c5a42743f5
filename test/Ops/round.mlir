// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<21xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 1.5, 2.5, -0.5, -1.5, 0.49, -0.51, 1023.5, -7.0]> : tensor<21xf64>}) -> (
    tensor<21xf64> {tenon.expected = dense<[0.0, -0.0, 1.0, -1.0, 0.0, -2.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0.0, -0.0, 1.7976931348623157e+308, -1.7976931348623157e+308, 2.0, 2.0, -0.0, -2.0, 0.0, -1.0, 1024.0, -7.0]> : tensor<21xf64>}) {
  %y = tenon.round %a : tensor<21xf64>
  return %y : tensor<21xf64>
}

func.func @f32(
    %a: tensor<21xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 1.5, 2.5, -0.5, -1.5, 0.49, -0.51, 1023.5, -7.0]> : tensor<21xf32>}) -> (
    tensor<21xf32> {tenon.expected = dense<[0.0, -0.0, 1.0, -1.0, 0.0, -2.0, 0x7F800000, 0xFF800000, 0x7FC00000, 0.0, -0.0, 3.4028235e+38, -3.4028235e+38, 2.0, 2.0, -0.0, -2.0, 0.0, -1.0, 1024.0, -7.0]> : tensor<21xf32>}) {
  %y = tenon.round %a : tensor<21xf32>
  return %y : tensor<21xf32>
}

func.func @f16(
    %a: tensor<21xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 1.5, 2.5, -0.5, -1.5, 0.49, -0.51, 1023.5, -7.0]> : tensor<21xf16>}) -> (
    tensor<21xf16> {tenon.expected = dense<[0.0, -0.0, 1.0, -1.0, 0.0, -2.0, 0x7C00, 0xFC00, 0x7E00, 0.0, -0.0, 6.55e+04, -6.55e+04, 2.0, 2.0, -0.0, -2.0, 0.0, -1.0, 1024.0, -7.0]> : tensor<21xf16>}) {
  %y = tenon.round %a : tensor<21xf16>
  return %y : tensor<21xf16>
}

func.func @bf16(
    %a: tensor<21xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 1.5, 2.5, -0.5, -1.5, 0.49, -0.51, 1024.0, -7.0]> : tensor<21xbf16>}) -> (
    tensor<21xbf16> {tenon.expected = dense<[0.0, -0.0, 1.0, -1.0, 0.0, -2.0, 0x7F80, 0xFF80, 0x7FC0, 0.0, -0.0, 3.39e+38, -3.39e+38, 2.0, 2.0, -0.0, -2.0, 0.0, -1.0, 1024.0, -7.0]> : tensor<21xbf16>}) {
  %y = tenon.round %a : tensor<21xbf16>
  return %y : tensor<21xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<1.5> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<2.0> : tensor<f32>}) {
  %y = tenon.round %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [-2.0, 2.0], tenon.kinks = [-3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0]}) -> tensor<2x5xf64> {
  %y = tenon.round %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
