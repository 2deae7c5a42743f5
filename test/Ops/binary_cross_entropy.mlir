// Written by generate.py: expectations are exact, rounded once.

func.func @f64_4x5(
    %a: tensor<4x5xf64> {tenon.value = dense<[[-3.95, 3.98, 2.04, 1.68, -0.79], [3.53, -0.71, 0.22, -3.01, 3.44], [2.17, -1.9, -1.79, -3.99, -2.24], [0.09, 1.16, -2.32, -1.69, 1.69]]> : tensor<4x5xf64>},
    %b: tensor<4x5xf64> {tenon.value = dense<[[0.55, 0.75, 0.64, 0.72, 0.46], [0.31, 0.19, 0.09, 0.64, 0.37], [0.99, 0.86, 0.11, 0.92, 0.98], [0.43, 0.39, 0.43, 0.29, 0.9]]> : tensor<4x5xf64>}) -> (
    tensor<f64> {tenon.expected = dense<1.270626213001829> : tensor<f64>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.binary_cross_entropy %a, %b : tensor<4x5xf64>
  return %y : tensor<f64>
}

func.func @f32_4x5(
    %a: tensor<4x5xf32> {tenon.value = dense<[[-2.75, 2.97, -1.32, -0.36, -2.01], [-3.6, -1.05, -2.46, 0.26, -1.04], [0.71, 3.74, -0.59, -1.61, 2.74], [3.21, -2.98, -3.81, 1.15, -2.15]]> : tensor<4x5xf32>},
    %b: tensor<4x5xf32> {tenon.value = dense<[[0.72, 0.74, 0.22, 0.89, 0.99], [0.09, 0.47, 0.89, 0.84, 0.27], [0.79, 0.84, 0.04, 0.82, 0.79], [0.43, 0.57, 0.18, 0.9, 0.39]]> : tensor<4x5xf32>}) -> (
    tensor<f32> {tenon.expected = dense<1.0204484> : tensor<f32>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.binary_cross_entropy %a, %b : tensor<4x5xf32>
  return %y : tensor<f32>
}

func.func @f32_37(
    %a: tensor<37xf32> {tenon.value = dense<[-1.14, -1.17, 1.42, -0.71, 2.14, -3.65, -3.84, -1.53, -0.4, -0.99, -2.74, 3.75, 3.63, 3.88, -1.86, 0.25, 2.14, -0.78, 3.61, -3.92, 0.65, 1.17, -1.4, 0.92, 3.21, -3.36, 0.04, -2.81, 3.84, -1.58, 1.68, 0.54, -3.12, 0.15, 0.63, 3.03, -2.94]> : tensor<37xf32>},
    %b: tensor<37xf32> {tenon.value = dense<[0.8, 0.61, 0.98, 0.79, 0.02, 0.81, 0.63, 0.45, 0.81, 0.88, 0.44, 0.7, 0.15, 0.34, 0.47, 0.94, 0.71, 0.91, 0.46, 0.11, 0.36, 0.68, 0.54, 0.75, 0.67, 0.72, 0.65, 0.02, 0.91, 0.5, 1.0, 0.5, 0.14, 0.96, 0.6, 0.32, 0.54]> : tensor<37xf32>}) -> (
    tensor<f32> {tenon.expected = dense<1.1631794> : tensor<f32>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.binary_cross_entropy %a, %b : tensor<37xf32>
  return %y : tensor<f32>
}

func.func @f32_(
    %a: tensor<f32> {tenon.value = dense<2.07> : tensor<f32>},
    %b: tensor<f32> {tenon.value = dense<0.82> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<0.49143636> : tensor<f32>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.binary_cross_entropy %a, %b : tensor<f32>
  return %y : tensor<f32>
}

func.func @f32_3x2x9(
    %a: tensor<3x2x9xf32> {tenon.value = dense<[[[-2.53, -3.69, 1.39, 0.23, -0.49, -3.54, -1.89, 0.88, 0.93], [-1.02, 3.52, 4.0, -0.03, -2.58, -3.76, -2.18, 0.26, 3.19]], [[-2.84, 0.92, -3.99, -2.67, -1.05, -3.31, 1.8, -1.4, 3.69], [2.64, -3.83, 0.04, 1.47, -1.88, 3.83, 0.92, 3.4, -3.19]], [[-0.91, -1.9, 0.18, 0.87, 2.41, 3.7, -2.06, -3.19, 0.76], [-2.48, 3.24, 2.34, -0.71, -2.81, -0.94, 0.01, 0.6, 2.96]]]> : tensor<3x2x9xf32>},
    %b: tensor<3x2x9xf32> {tenon.value = dense<[[[0.91, 0.47, 0.56, 0.52, 0.42, 0.18, 0.53, 0.65, 0.15], [0.92, 0.18, 0.48, 0.6, 0.2, 0.58, 0.99, 0.17, 0.74]], [[0.5, 0.57, 0.52, 0.52, 0.39, 0.32, 0.9, 0.7, 0.88], [0.04, 0.0, 0.56, 0.24, 0.52, 0.98, 0.11, 0.89, 0.46]], [[0.02, 0.11, 0.97, 0.04, 0.39, 0.23, 0.5, 0.72, 0.7], [0.97, 0.33, 0.41, 0.91, 0.5, 0.11, 0.2, 0.27, 0.31]]]> : tensor<3x2x9xf32>}) -> (
    tensor<f32> {tenon.expected = dense<1.2204176> : tensor<f32>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.binary_cross_entropy %a, %b : tensor<3x2x9xf32>
  return %y : tensor<f32>
}

func.func @f16_4x5(
    %a: tensor<4x5xf16> {tenon.value = dense<[[-2.1, 3.64, -0.26, -3.14, 2.41], [1.77, -0.25, 2.59, 2.46, 2.05], [1.87, -3.72, -2.61, -3.69, -1.65], [-3.94, 3.72, 3.7, -0.12, 1.31]]> : tensor<4x5xf16>},
    %b: tensor<4x5xf16> {tenon.value = dense<[[0.03, 0.86, 0.04, 0.63, 0.46], [0.69, 0.26, 0.65, 0.29, 0.63], [0.21, 0.85, 0.5, 0.76, 0.49], [0.66, 0.04, 0.41, 0.27, 0.79]]> : tensor<4x5xf16>}) -> (
    tensor<f16> {tenon.expected = dense<1.467> : tensor<f16>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.binary_cross_entropy %a, %b : tensor<4x5xf16>
  return %y : tensor<f16>
}

func.func @bf16_4x5(
    %a: tensor<4x5xbf16> {tenon.value = dense<[[0.34, -0.64, 2.34, -1.95, 0.18], [3.31, -3.17, 2.27, -2.88, -3.55], [2.7, -3.55, -3.61, -1.48, -1.93], [-2.06, 0.15, -2.23, -1.76, 3.38]]> : tensor<4x5xbf16>},
    %b: tensor<4x5xbf16> {tenon.value = dense<[[0.51, 0.3, 0.14, 0.58, 0.52], [0.1, 0.38, 0.59, 0.59, 0.69], [0.1, 0.44, 0.14, 0.11, 0.17], [0.76, 0.03, 0.96, 0.43, 0.83]]> : tensor<4x5xbf16>}) -> (
    tensor<bf16> {tenon.expected = dense<1.33> : tensor<bf16>, tenon.ulps = 24.0 : f64}) {
  %y = tenon.binary_cross_entropy %a, %b : tensor<4x5xbf16>
  return %y : tensor<bf16>
}

func.func @large(
    %a: tensor<3xf32> {tenon.value = dense<[1.0e+03, -1.0e+03, 0.0]> : tensor<3xf32>},
    %b: tensor<3xf32> {tenon.value = dense<[1.0, 0.0, 0.5]> : tensor<3xf32>}) -> (
    tensor<f32> {tenon.expected = dense<0.23104906> : tensor<f32>, tenon.ulps = 2.0 : f64}) {
  %y = tenon.binary_cross_entropy %a, %b : tensor<3xf32>
  return %y : tensor<f32>
}

func.func @gradient_4x5(
    %a: tensor<4x5xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<4x5xf64> {tenon.range = [0.1, 1.0]}) -> tensor<f64> {
  %y = tenon.binary_cross_entropy %a, %b : tensor<4x5xf64>
  return %y : tensor<f64>
}

func.func @gradient_37(
    %a: tensor<37xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<37xf64> {tenon.range = [0.1, 1.0]}) -> tensor<f64> {
  %y = tenon.binary_cross_entropy %a, %b : tensor<37xf64>
  return %y : tensor<f64>
}

func.func @gradient_(
    %a: tensor<f64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<f64> {tenon.range = [0.1, 1.0]}) -> tensor<f64> {
  %y = tenon.binary_cross_entropy %a, %b : tensor<f64>
  return %y : tensor<f64>
}

func.func @gradient_3x2x9(
    %a: tensor<3x2x9xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<3x2x9xf64> {tenon.range = [0.1, 1.0]}) -> tensor<f64> {
  %y = tenon.binary_cross_entropy %a, %b : tensor<3x2x9xf64>
  return %y : tensor<f64>
}
