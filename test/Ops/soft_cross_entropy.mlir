// Written by generate.py: expectations are exact, rounded once.

func.func @f64_4x5(
    %a: tensor<4x5xf64> {tenon.value = dense<[[-3.95, 3.98, 2.04, 1.68, -0.79], [3.53, -0.71, 0.22, -3.01, 3.44], [2.17, -1.9, -1.79, -3.99, -2.24], [0.09, 1.16, -2.32, -1.69, 1.69]]> : tensor<4x5xf64>},
    %b: tensor<4x5xf64> {tenon.value = dense<[[0.55, 0.75, 0.64, 0.72, 0.46], [0.31, 0.19, 0.09, 0.64, 0.37], [0.99, 0.86, 0.11, 0.92, 0.98], [0.43, 0.39, 0.43, 0.29, 0.9]]> : tensor<4x5xf64>}) -> (
    tensor<f64> {tenon.expected = dense<8.941488337798374> : tensor<f64>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.soft_cross_entropy %a, %b : tensor<4x5xf64>
  return %y : tensor<f64>
}

func.func @f32_4x5(
    %a: tensor<4x5xf32> {tenon.value = dense<[[-2.75, 2.97, -1.32, -0.36, -2.01], [-3.6, -1.05, -2.46, 0.26, -1.04], [0.71, 3.74, -0.59, -1.61, 2.74], [3.21, -2.98, -3.81, 1.15, -2.15]]> : tensor<4x5xf32>},
    %b: tensor<4x5xf32> {tenon.value = dense<[[0.72, 0.74, 0.22, 0.89, 0.99], [0.09, 0.47, 0.89, 0.84, 0.27], [0.79, 0.84, 0.04, 0.82, 0.79], [0.43, 0.57, 0.18, 0.9, 0.39]]> : tensor<4x5xf32>}) -> (
    tensor<f32> {tenon.expected = dense<9.030678> : tensor<f32>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.soft_cross_entropy %a, %b : tensor<4x5xf32>
  return %y : tensor<f32>
}

func.func @f32_2x3x5(
    %a: tensor<2x3x5xf32> {tenon.value = dense<[[[3.51, 0.59, -3.43, -0.38, 1.9], [2.01, 0.37, 2.38, 1.63, 3.56], [3.67, 1.52, -3.7, -0.17, -3.22]], [[-1.87, -3.01, 0.93, 3.33, 2.42], [-3.78, 1.21, -2.3, 3.29, 2.52], [2.39, 3.28, 0.96, 0.6, 3.5]]]> : tensor<2x3x5xf32>},
    %b: tensor<2x3x5xf32> {tenon.value = dense<[[[0.12, 0.0, 0.34, 0.47, 0.31], [0.86, 0.74, 0.0, 0.77, 0.8], [0.41, 0.51, 0.18, 0.19, 0.85]], [[0.83, 0.98, 0.02, 0.79, 0.68], [0.95, 0.06, 0.52, 0.45, 0.54], [0.97, 0.61, 0.8, 0.04, 0.52]]]> : tensor<2x3x5xf32>}) -> (
    tensor<f32> {tenon.expected = dense<3.7108428> : tensor<f32>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.soft_cross_entropy %a, %b : tensor<2x3x5xf32>
  return %y : tensor<f32>
}

func.func @f32_1x1(
    %a: tensor<1x1xf32> {tenon.value = dense<[[3.95]]> : tensor<1x1xf32>},
    %b: tensor<1x1xf32> {tenon.value = dense<[[0.93]]> : tensor<1x1xf32>}) -> (
    tensor<f32> {tenon.expected = dense<0.0> : tensor<f32>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.soft_cross_entropy %a, %b : tensor<1x1xf32>
  return %y : tensor<f32>
}

func.func @f32_19x2(
    %a: tensor<19x2xf32> {tenon.value = dense<[[-3.4, 1.29], [-2.28, 3.84], [0.52, 1.65], [-0.24, -1.9], [2.32, 0.97], [3.88, -3.5], [1.75, -0.56], [-2.49, -1.87], [-3.37, 0.9], [-1.94, -1.85], [0.52, -1.88], [-1.04, -0.86], [-0.69, 2.29], [3.86, -3.46], [0.19, -3.19], [0.98, -2.83], [1.62, 2.94], [3.55, 0.45], [3.31, -2.33]]> : tensor<19x2xf32>},
    %b: tensor<19x2xf32> {tenon.value = dense<[[0.7, 0.61], [0.43, 0.98], [0.0, 0.84], [0.11, 0.79], [0.56, 0.1], [0.63, 0.99], [0.6, 0.82], [0.68, 0.34], [0.42, 0.62], [0.57, 0.3], [0.38, 0.85], [0.93, 0.35], [0.97, 0.88], [0.22, 0.71], [0.08, 0.32], [0.58, 0.19], [0.19, 0.41], [0.72, 1.0], [0.88, 0.5]]> : tensor<19x2xf32>}) -> (
    tensor<f32> {tenon.expected = dense<2.1074295> : tensor<f32>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.soft_cross_entropy %a, %b : tensor<19x2xf32>
  return %y : tensor<f32>
}

func.func @f16_4x5(
    %a: tensor<4x5xf16> {tenon.value = dense<[[-2.1, 3.64, -0.26, -3.14, 2.41], [1.77, -0.25, 2.59, 2.46, 2.05], [1.87, -3.72, -2.61, -3.69, -1.65], [-3.94, 3.72, 3.7, -0.12, 1.31]]> : tensor<4x5xf16>},
    %b: tensor<4x5xf16> {tenon.value = dense<[[0.03, 0.86, 0.04, 0.63, 0.46], [0.69, 0.26, 0.65, 0.29, 0.63], [0.21, 0.85, 0.5, 0.76, 0.49], [0.66, 0.04, 0.41, 0.27, 0.79]]> : tensor<4x5xf16>}) -> (
    tensor<f16> {tenon.expected = dense<8.2> : tensor<f16>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.soft_cross_entropy %a, %b : tensor<4x5xf16>
  return %y : tensor<f16>
}

func.func @bf16_4x5(
    %a: tensor<4x5xbf16> {tenon.value = dense<[[0.34, -0.64, 2.34, -1.95, 0.18], [3.31, -3.17, 2.27, -2.88, -3.55], [2.7, -3.55, -3.61, -1.48, -1.93], [-2.06, 0.15, -2.23, -1.76, 3.38]]> : tensor<4x5xbf16>},
    %b: tensor<4x5xbf16> {tenon.value = dense<[[0.51, 0.3, 0.14, 0.58, 0.52], [0.1, 0.38, 0.59, 0.59, 0.69], [0.1, 0.44, 0.14, 0.11, 0.17], [0.76, 0.03, 0.96, 0.43, 0.83]]> : tensor<4x5xbf16>}) -> (
    tensor<bf16> {tenon.expected = dense<8.8> : tensor<bf16>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.soft_cross_entropy %a, %b : tensor<4x5xbf16>
  return %y : tensor<bf16>
}

func.func @gradient_4x5(
    %a: tensor<4x5xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<4x5xf64> {tenon.range = [0.1, 1.0]}) -> tensor<f64> {
  %y = tenon.soft_cross_entropy %a, %b : tensor<4x5xf64>
  return %y : tensor<f64>
}

func.func @gradient_2x3x5(
    %a: tensor<2x3x5xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x3x5xf64> {tenon.range = [0.1, 1.0]}) -> tensor<f64> {
  %y = tenon.soft_cross_entropy %a, %b : tensor<2x3x5xf64>
  return %y : tensor<f64>
}

func.func @gradient_1x1(
    %a: tensor<1x1xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<1x1xf64> {tenon.range = [0.1, 1.0]}) -> tensor<f64> {
  %y = tenon.soft_cross_entropy %a, %b : tensor<1x1xf64>
  return %y : tensor<f64>
}

func.func @gradient_19x2(
    %a: tensor<19x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<19x2xf64> {tenon.range = [0.1, 1.0]}) -> tensor<f64> {
  %y = tenon.soft_cross_entropy %a, %b : tensor<19x2xf64>
  return %y : tensor<f64>
}
