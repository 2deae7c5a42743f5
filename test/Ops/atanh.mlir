// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<18xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 0.1, -0.3, 0.7, -0.9, 0.9999]> : tensor<18xf64>}) -> (
    tensor<18xf64> {tenon.expected = dense<[0.0, -0.0, 0x7FF0000000000000, 0xFFF0000000000000, 0.5493061443340549, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 0x7FF8000000000000, 0x7FF8000000000000, 0.10033534773107558, -0.3095196042031117, 0.8673005276940531, -1.4722194895832204, 4.951718775643099]> : tensor<18xf64>, tenon.ulps = 2.0 : f64}) {
  %y = tenon.atanh %a : tensor<18xf64>
  return %y : tensor<18xf64>
}

func.func @f32(
    %a: tensor<18xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 0.1, -0.3, 0.7, -0.9, 0.9999]> : tensor<18xf32>}) -> (
    tensor<18xf32> {tenon.expected = dense<[0.0, -0.0, 0x7F800000, 0xFF800000, 0.54930615, 0x7FC00000, 0x7FC00000, 0x7FC00000, 0x7FC00000, 1.0e-45, -1.0e-45, 0x7FC00000, 0x7FC00000, 0.10033535, -0.30951962, 0.8673005, -1.4722193, 4.951636]> : tensor<18xf32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.atanh %a : tensor<18xf32>
  return %y : tensor<18xf32>
}

func.func @f16(
    %a: tensor<18xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 0.1, -0.3, 0.7, -0.9, 1.0]> : tensor<18xf16>}) -> (
    tensor<18xf16> {tenon.expected = dense<[0.0, -0.0, 0x7C00, 0xFC00, 0.5493, 0x7E00, 0x7E00, 0x7E00, 0x7E00, 6.0e-08, -6.0e-08, 0x7E00, 0x7E00, 0.1003, -0.3096, 0.8677, -1.472, 0x7C00]> : tensor<18xf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.atanh %a : tensor<18xf16>
  return %y : tensor<18xf16>
}

func.func @bf16(
    %a: tensor<18xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 0.1, -0.3, 0.7, -0.9, 1.0]> : tensor<18xbf16>}) -> (
    tensor<18xbf16> {tenon.expected = dense<[0.0, -0.0, 0x7F80, 0xFF80, 0.55, 0x7FC0, 0x7FC0, 0x7FC0, 0x7FC0, 9.0e-41, -9.0e-41, 0x7FC0, 0x7FC0, 0.1006, -0.31, 0.867, -1.46, 0x7F80]> : tensor<18xbf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.atanh %a : tensor<18xbf16>
  return %y : tensor<18xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<0.1> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<0.10033535> : tensor<f32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.atanh %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [-0.8, 0.8]}) -> tensor<2x5xf64> {
  %y = tenon.atanh %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
