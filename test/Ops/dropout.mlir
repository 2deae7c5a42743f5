// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<3x7xf64> {tenon.value = dense<[[-1.79, 0.38, -2.13, 0.68, -0.54, 1.25, 3.28], [-2.51, 2.28, -3.04, 2.97, 0.27, 3.39, 2.6], [2.12, -3.82, -2.11, -3.29, -0.06, 3.47, 3.53]]> : tensor<3x7xf64>}) -> (
    tensor<3x7xf64> {tenon.expected = dense<[[-1.79, 0.38, -2.13, 0.68, -0.54, 1.25, 3.28], [-2.51, 2.28, -3.04, 2.97, 0.27, 3.39, 2.6], [2.12, -3.82, -2.11, -3.29, -0.06, 3.47, 3.53]]> : tensor<3x7xf64>}) {
  %y = tenon.dropout %a ratio 0.5 id "d" : tensor<3x7xf64>
  return %y : tensor<3x7xf64>
}

func.func @f32(
    %a: tensor<3x7xf32> {tenon.value = dense<[[1.7, 3.94, 2.4, -1.63, 3.02, 3.44, -3.99], [-2.44, 2.96, 0.59, 1.85, 3.5, -0.97, 3.97], [-2.76, -3.72, 3.32, -2.07, 0.08, -3.0, -3.43]]> : tensor<3x7xf32>}) -> (
    tensor<3x7xf32> {tenon.expected = dense<[[1.7, 3.94, 2.4, -1.63, 3.02, 3.44, -3.99], [-2.44, 2.96, 0.59, 1.85, 3.5, -0.97, 3.97], [-2.76, -3.72, 3.32, -2.07, 0.08, -3.0, -3.43]]> : tensor<3x7xf32>}) {
  %y = tenon.dropout %a ratio 0.5 id "d" : tensor<3x7xf32>
  return %y : tensor<3x7xf32>
}

func.func @f16(
    %a: tensor<3x7xf16> {tenon.value = dense<[[3.41, 2.12, -0.51, 0.81, 1.48, 2.35, 2.43], [-0.06, -3.88, 1.82, -2.5, 2.43, 0.23, -1.28], [-0.03, -1.82, 3.84, 1.02, -2.61, -3.13, -3.76]]> : tensor<3x7xf16>}) -> (
    tensor<3x7xf16> {tenon.expected = dense<[[3.41, 2.12, -0.51, 0.81, 1.48, 2.35, 2.43], [-0.06, -3.88, 1.82, -2.5, 2.43, 0.23, -1.28], [-0.03, -1.82, 3.84, 1.02, -2.61, -3.13, -3.76]]> : tensor<3x7xf16>}) {
  %y = tenon.dropout %a ratio 0.5 id "d" : tensor<3x7xf16>
  return %y : tensor<3x7xf16>
}

func.func @bf16(
    %a: tensor<3x7xbf16> {tenon.value = dense<[[0.85, -2.05, -3.9, 3.06, 2.7, 2.23, 2.05], [-2.2, -0.08, 1.27, 0.79, 0.67, -3.92, 3.4], [1.15, -3.66, -3.3, -1.13, -3.81, -0.67, -3.44]]> : tensor<3x7xbf16>}) -> (
    tensor<3x7xbf16> {tenon.expected = dense<[[0.85, -2.05, -3.9, 3.06, 2.7, 2.23, 2.05], [-2.2, -0.08, 1.27, 0.79, 0.67, -3.92, 3.4], [1.15, -3.66, -3.3, -1.13, -3.81, -0.67, -3.44]]> : tensor<3x7xbf16>}) {
  %y = tenon.dropout %a ratio 0.5 id "d" : tensor<3x7xbf16>
  return %y : tensor<3x7xbf16>
}

func.func @gradient(
    %a: tensor<2x3xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<2x3xf64> attributes {tenon.linear} {
  %y = tenon.dropout %a ratio 0.5 id "d" : tensor<2x3xf64>
  return %y : tensor<2x3xf64>
}
