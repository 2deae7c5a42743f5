// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<17xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 2.0, 3.0, 0.001, 4.0e+04]> : tensor<17xf64>}) -> (
    tensor<17xf64> {tenon.expected = dense<[0.0, -0.0, 1.0, 0x7FF8000000000000, 0.7071067811865476, 0x7FF8000000000000, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 2.2227587494850775e-162, 0x7FF8000000000000, 1.3407807929942596e+154, 0x7FF8000000000000, 1.4142135623730951, 1.7320508075688772, 0.03162277660168379, 2.0e+02]> : tensor<17xf64>}) {
  %y = tenon.sqrt %a : tensor<17xf64>
  return %y : tensor<17xf64>
}

func.func @f32(
    %a: tensor<17xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 2.0, 3.0, 0.001, 4.0e+04]> : tensor<17xf32>}) -> (
    tensor<17xf32> {tenon.expected = dense<[0.0, -0.0, 1.0, 0x7FC00000, 0.70710677, 0x7FC00000, 0x7F800000, 0x7FC00000, 0x7FC00000, 3.743392e-23, 0x7FC00000, 1.8446743e+19, 0x7FC00000, 1.4142135, 1.7320508, 0.03162278, 2.0e+02]> : tensor<17xf32>}) {
  %y = tenon.sqrt %a : tensor<17xf32>
  return %y : tensor<17xf32>
}

func.func @f16(
    %a: tensor<17xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 2.0, 3.0, 0.001, 4.0e+04]> : tensor<17xf16>}) -> (
    tensor<17xf16> {tenon.expected = dense<[0.0, -0.0, 1.0, 0x7E00, 0.707, 0x7E00, 0x7C00, 0x7E00, 0x7E00, 0.0002441, 0x7E00, 255.9, 0x7E00, 1.414, 1.732, 0.03162, 2.0e+02]> : tensor<17xf16>}) {
  %y = tenon.sqrt %a : tensor<17xf16>
  return %y : tensor<17xf16>
}

func.func @bf16(
    %a: tensor<17xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 2.0, 3.0, 0.001, 4.0e+04]> : tensor<17xbf16>}) -> (
    tensor<17xbf16> {tenon.expected = dense<[0.0, -0.0, 1.0, 0x7FC0, 0.707, 0x7FC0, 0x7F80, 0x7FC0, 0x7FC0, 9.6e-21, 0x7FC0, 1.84e+19, 0x7FC0, 1.414, 1.734, 0.0315, 2.0e+02]> : tensor<17xbf16>}) {
  %y = tenon.sqrt %a : tensor<17xbf16>
  return %y : tensor<17xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<2.0> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<1.4142135> : tensor<f32>}) {
  %y = tenon.sqrt %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [0.5, 4.0]}) -> tensor<2x5xf64> {
  %y = tenon.sqrt %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
