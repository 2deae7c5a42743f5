// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<24xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xf64>}) -> (
    tensor<24xf64> {tenon.expected = dense<[0x7FF0000000000000, 0xFFF0000000000000, 1.0, -1.0, 2.0, -0.4, 0.0, -0.0, 0x7FF8000000000000, 0x7FF0000000000000, 0xFFF0000000000000, 5.562684646268003e-309, -5.562684646268003e-309, 1.0e+01, -3.3333333333333335, 1.4285714285714286, 0.7692307692307692, -0.5882352941176471, 0.3448275862068966, -0.22727272727272727, 0.10526315789473684, -0.09090909090909091, 0.03333333333333333, -0.02857142857142857]> : tensor<24xf64>}) {
  %y = tenon.reciprocal %a : tensor<24xf64>
  return %y : tensor<24xf64>
}

func.func @f32(
    %a: tensor<24xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xf32>}) -> (
    tensor<24xf32> {tenon.expected = dense<[0x7F800000, 0xFF800000, 1.0, -1.0, 2.0, -0.4, 0.0, -0.0, 0x7FC00000, 0x7F800000, 0xFF800000, 2.938736e-39, -2.938736e-39, 1.0e+01, -3.3333333, 1.4285715, 0.7692308, -0.58823526, 0.34482756, -0.22727272, 0.10526316, -0.09090909, 0.033333335, -0.028571429]> : tensor<24xf32>}) {
  %y = tenon.reciprocal %a : tensor<24xf32>
  return %y : tensor<24xf32>
}

func.func @f16(
    %a: tensor<24xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xf16>}) -> (
    tensor<24xf16> {tenon.expected = dense<[0x7C00, 0xFC00, 1.0, -1.0, 2.0, -0.4, 0.0, -0.0, 0x7E00, 0x7C00, 0xFC00, 1.526e-05, -1.526e-05, 1.0e+01, -3.332, 1.428, 0.7695, -0.5884, 0.3447, -0.2273, 0.1053, -0.0909, 0.03333, -0.02856]> : tensor<24xf16>}) {
  %y = tenon.reciprocal %a : tensor<24xf16>
  return %y : tensor<24xf16>
}

func.func @bf16(
    %a: tensor<24xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 3.0e+01, -35.0]> : tensor<24xbf16>}) -> (
    tensor<24xbf16> {tenon.expected = dense<[0x7F80, 0xFF80, 1.0, -1.0, 2.0, -0.4, 0.0, -0.0, 0x7FC0, 0x7F80, 0xFF80, 2.9e-39, -2.9e-39, 1.0e+01, -3.33, 1.43, 0.77, -0.586, 0.344, -0.227, 0.1055, -0.091, 0.0334, -0.0286]> : tensor<24xbf16>}) {
  %y = tenon.reciprocal %a : tensor<24xbf16>
  return %y : tensor<24xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<0.1> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<1.0e+01> : tensor<f32>}) {
  %y = tenon.reciprocal %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [0.5, 2.0]}) -> tensor<2x5xf64> {
  %y = tenon.reciprocal %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
