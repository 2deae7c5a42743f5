// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<17xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 2.0, 3.0, 0.001, 4.0e+04]> : tensor<17xf64>}) -> (
    tensor<17xf64> {tenon.expected = dense<[0x7FF0000000000000, 0xFFF0000000000000, 1.0, 0x7FF8000000000000, 1.414213562373095, 0x7FF8000000000000, 0.0, 0x7FF8000000000000, 0x7FF8000000000000, 4.4989137945431964e+161, 0x7FF8000000000000, 7.458340731200208e-155, 0x7FF8000000000000, 0.7071067811865475, 0.5773502691896258, 31.622776601683796, 0.005]> : tensor<17xf64>}) {
  %y = tenon.rsqrt %a : tensor<17xf64>
  return %y : tensor<17xf64>
}

func.func @f32(
    %a: tensor<17xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 2.0, 3.0, 0.001, 4.0e+04]> : tensor<17xf32>}) -> (
    tensor<17xf32> {tenon.expected = dense<[0x7F800000, 0xFF800000, 1.0, 0x7FC00000, 1.4142135, 0x7FC00000, 0.0, 0x7FC00000, 0x7FC00000, 2.6713738e+22, 0x7FC00000, 5.4210115e-20, 0x7FC00000, 0.70710677, 0.57735026, 31.622774, 0.005]> : tensor<17xf32>}) {
  %y = tenon.rsqrt %a : tensor<17xf32>
  return %y : tensor<17xf32>
}

func.func @f16(
    %a: tensor<17xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 2.0, 3.0, 0.001, 4.0e+04]> : tensor<17xf16>}) -> (
    tensor<17xf16> {tenon.expected = dense<[0x7C00, 0xFC00, 1.0, 0x7E00, 1.414, 0x7E00, 0.0, 0x7E00, 0x7E00, 4096.0, 0x7E00, 0.00391, 0x7E00, 0.707, 0.577, 31.62, 0.005]> : tensor<17xf16>}) {
  %y = tenon.rsqrt %a : tensor<17xf16>
  return %y : tensor<17xf16>
}

func.func @bf16(
    %a: tensor<17xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 2.0, 3.0, 0.001, 4.0e+04]> : tensor<17xbf16>}) -> (
    tensor<17xbf16> {tenon.expected = dense<[0x7F80, 0xFF80, 1.0, 0x7FC0, 1.414, 0x7FC0, 0.0, 0x7FC0, 0x7FC0, 1.043e+20, 0x7FC0, 5.46e-20, 0x7FC0, 0.707, 0.58, 31.8, 0.005]> : tensor<17xbf16>}) {
  %y = tenon.rsqrt %a : tensor<17xbf16>
  return %y : tensor<17xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<2.0> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<0.70710677> : tensor<f32>}) {
  %y = tenon.rsqrt %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [0.5, 4.0]}) -> tensor<2x5xf64> {
  %y = tenon.rsqrt %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
