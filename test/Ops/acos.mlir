// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<18xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 0.1, -0.3, 0.7, -0.9, 0.9999]> : tensor<18xf64>}) -> (
    tensor<18xf64> {tenon.expected = dense<[1.5707963267948966, 1.5707963267948966, 0.0, 3.141592653589793, 1.0471975511965979, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 1.5707963267948966, 1.5707963267948966, 0x7FF8000000000000, 0x7FF8000000000000, 1.4706289056333368, 1.8754889808102941, 0.7953988301841436, 2.6905658417935308, 0.014142253477512098]> : tensor<18xf64>, tenon.ulps = 2.0 : f64}) {
  %y = tenon.acos %a : tensor<18xf64>
  return %y : tensor<18xf64>
}

func.func @f32(
    %a: tensor<18xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 0.1, -0.3, 0.7, -0.9, 0.9999]> : tensor<18xf32>}) -> (
    tensor<18xf32> {tenon.expected = dense<[1.5707964, 1.5707964, 0.0, 3.1415927, 1.0471976, 0x7FC00000, 0x7FC00000, 0x7FC00000, 0x7FC00000, 1.5707964, 1.5707964, 0x7FC00000, 0x7FC00000, 1.4706289, 1.875489, 0.79539883, 2.6905658, 0.014143427]> : tensor<18xf32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.acos %a : tensor<18xf32>
  return %y : tensor<18xf32>
}

func.func @f16(
    %a: tensor<18xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 0.1, -0.3, 0.7, -0.9, 1.0]> : tensor<18xf16>}) -> (
    tensor<18xf16> {tenon.expected = dense<[1.57, 1.57, 0.0, 3.14, 1.047, 0x7E00, 0x7E00, 0x7E00, 0x7E00, 1.57, 1.57, 0x7E00, 0x7E00, 1.471, 1.876, 0.795, 2.69, 0.0]> : tensor<18xf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.acos %a : tensor<18xf16>
  return %y : tensor<18xf16>
}

func.func @bf16(
    %a: tensor<18xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 0.1, -0.3, 0.7, -0.9, 1.0]> : tensor<18xbf16>}) -> (
    tensor<18xbf16> {tenon.expected = dense<[1.57, 1.57, 0.0, 3.14, 1.05, 0x7FC0, 0x7FC0, 0x7FC0, 0x7FC0, 1.57, 1.57, 0x7FC0, 0x7FC0, 1.47, 1.875, 0.797, 2.69, 0.0]> : tensor<18xbf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.acos %a : tensor<18xbf16>
  return %y : tensor<18xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<0.1> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<1.4706289> : tensor<f32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.acos %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [-0.8, 0.8]}) -> tensor<2x5xf64> {
  %y = tenon.acos %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
