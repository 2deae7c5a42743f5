// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<18xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 1.1, 1.5, 3.0, 1.0e+02, 0.9]> : tensor<18xf64>}) -> (
    tensor<18xf64> {tenon.expected = dense<[0x7FF8000000000000, 0x7FF8000000000000, 0.0, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 710.475860073944, 0x7FF8000000000000, 0.4435682543851154, 0.9624236501192069, 1.762747174039086, 5.298292365610485, 0x7FF8000000000000]> : tensor<18xf64>, tenon.ulps = 2.0 : f64}) {
  %y = tenon.acosh %a : tensor<18xf64>
  return %y : tensor<18xf64>
}

func.func @f32(
    %a: tensor<18xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 1.1, 1.5, 3.0, 1.0e+02, 0.9]> : tensor<18xf32>}) -> (
    tensor<18xf32> {tenon.expected = dense<[0x7FC00000, 0x7FC00000, 0.0, 0x7FC00000, 0x7FC00000, 0x7FC00000, 0x7F800000, 0x7FC00000, 0x7FC00000, 0x7FC00000, 0x7FC00000, 89.415985, 0x7FC00000, 0.44356832, 0.9624236, 1.7627472, 5.298292, 0x7FC00000]> : tensor<18xf32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.acosh %a : tensor<18xf32>
  return %y : tensor<18xf32>
}

func.func @f16(
    %a: tensor<18xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 1.1, 1.5, 3.0, 1.0e+02, 0.9]> : tensor<18xf16>}) -> (
    tensor<18xf16> {tenon.expected = dense<[0x7E00, 0x7E00, 0.0, 0x7E00, 0x7E00, 0x7E00, 0x7C00, 0x7E00, 0x7E00, 0x7E00, 0x7E00, 11.78, 0x7E00, 0.4426, 0.9624, 1.763, 5.297, 0x7E00]> : tensor<18xf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.acosh %a : tensor<18xf16>
  return %y : tensor<18xf16>
}

func.func @bf16(
    %a: tensor<18xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 1.1, 1.5, 3.0, 1.0e+02, 0.9]> : tensor<18xbf16>}) -> (
    tensor<18xbf16> {tenon.expected = dense<[0x7FC0, 0x7FC0, 0.0, 0x7FC0, 0x7FC0, 0x7FC0, 0x7F80, 0x7FC0, 0x7FC0, 0x7FC0, 0x7FC0, 89.5, 0x7FC0, 0.447, 0.96, 1.766, 5.3, 0x7FC0]> : tensor<18xbf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.acosh %a : tensor<18xbf16>
  return %y : tensor<18xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<1.1> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<0.44356832> : tensor<f32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.acosh %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [1.5, 4.0]}) -> tensor<2x5xf64> {
  %y = tenon.acosh %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
