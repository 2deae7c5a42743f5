// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<5x7xf64> {tenon.value = dense<[[1.87, 1.36, -3.33, -3.66, 0.67, -3.41, 1.91], [0.27, 0.07, 2.64, -1.58, -3.64, 3.37, -1.56], [-0.57, 3.73, 2.19, -3.83, 3.2, 0.35, -1.81], [-3.31, -1.56, 3.69, 1.03, -3.95, -2.83, -0.26], [-3.28, 1.36, -3.46, 3.63, -1.85, 3.52, 0.59]]> : tensor<5x7xf64>},
    %b: tensor<5xi64> {tenon.value = dense<[0, 6, -100, 3, 2]> : tensor<5xi64>}) -> (
    tensor<f64> {tenon.expected = dense<4.258296985105656> : tensor<f64>, tenon.ulps = 24.0 : f64},
    tensor<f64> {tenon.expected = dense<4.0> : tensor<f64>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index -100 : tensor<5x7xf64>, tensor<5xi64>
  return %y, %z, %w : tensor<f64>, tensor<f64>, tensor<i64>
}

func.func @f32(
    %a: tensor<5x7xf32> {tenon.value = dense<[[2.26, -0.93, -0.0, 3.53, 1.72, -3.94, 3.7], [-0.19, -3.2, 2.64, 2.83, -1.26, 2.88, 2.82], [0.3, 1.02, -3.33, -1.25, 2.52, -0.83, -3.45], [0.9, -1.43, 2.41, 1.3, 2.68, 2.36, -2.5], [1.21, 2.53, -0.57, 3.57, 3.61, 2.83, 2.2]]> : tensor<5x7xf32>},
    %b: tensor<5xi64> {tenon.value = dense<[0, 6, -100, 3, 2]> : tensor<5xi64>}) -> (
    tensor<f32> {tenon.expected = dense<2.8506641> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<4.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index -100 : tensor<5x7xf32>, tensor<5xi64>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @f16(
    %a: tensor<5x7xf16> {tenon.value = dense<[[3.99, -3.75, -2.36, 1.37, -1.1, 0.37, 3.61], [-2.86, -0.26, 2.89, -2.68, -0.91, -1.01, -2.3], [3.71, -1.15, 1.79, 0.25, -3.17, 0.91, 3.57], [1.31, 3.7, 3.07, -1.37, 2.74, 3.7, 0.69], [-0.92, 0.77, -2.17, -0.57, 0.11, 1.14, 3.27]]> : tensor<5x7xf16>},
    %b: tensor<5xi64> {tenon.value = dense<[0, 6, -100, 3, 2]> : tensor<5xi64>}) -> (
    tensor<f16> {tenon.expected = dense<4.434> : tensor<f16>, tenon.ulps = 24.0 : f64},
    tensor<f16> {tenon.expected = dense<4.0> : tensor<f16>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index -100 : tensor<5x7xf16>, tensor<5xi64>
  return %y, %z, %w : tensor<f16>, tensor<f16>, tensor<i64>
}

func.func @bf16(
    %a: tensor<5x7xbf16> {tenon.value = dense<[[-1.95, 2.52, 1.61, -3.34, -3.9, 1.22, -1.35], [3.39, -1.66, -2.9, -0.53, -1.22, -3.34, -1.3], [-1.82, 1.71, -1.7, -1.3, -0.22, -2.44, -2.47], [-2.52, 2.7, 3.25, 1.26, 2.58, -0.78, -1.45], [0.71, -2.45, -0.22, 1.68, 2.77, -3.5, 1.84]]> : tensor<5x7xbf16>},
    %b: tensor<5xi64> {tenon.value = dense<[0, 6, -100, 3, 2]> : tensor<5xi64>}) -> (
    tensor<bf16> {tenon.expected = dense<4.03> : tensor<bf16>, tenon.ulps = 24.0 : f64},
    tensor<bf16> {tenon.expected = dense<4.0> : tensor<bf16>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index -100 : tensor<5x7xbf16>, tensor<5xi64>
  return %y, %z, %w : tensor<bf16>, tensor<bf16>, tensor<i64>
}

func.func @i8(
    %a: tensor<4x3xf32> {tenon.value = dense<[[2.81, 3.19, 2.44], [2.75, 1.82, 2.0], [-3.44, 2.33, 3.42], [-2.39, 3.19, -1.99]]> : tensor<4x3xf32>},
    %b: tensor<4xi8> {tenon.value = dense<[2, 0, 1, 2]> : tensor<4xi8>}) -> (
    tensor<f32> {tenon.expected = dense<2.4440024> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<3.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 1 : tensor<4x3xf32>, tensor<4xi8>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @i16(
    %a: tensor<4x3xf32> {tenon.value = dense<[[2.81, 3.19, 2.44], [2.75, 1.82, 2.0], [-3.44, 2.33, 3.42], [-2.39, 3.19, -1.99]]> : tensor<4x3xf32>},
    %b: tensor<4xi16> {tenon.value = dense<[2, 0, 1, 2]> : tensor<4xi16>}) -> (
    tensor<f32> {tenon.expected = dense<2.4440024> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<3.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 1 : tensor<4x3xf32>, tensor<4xi16>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @i32(
    %a: tensor<4x3xf32> {tenon.value = dense<[[2.81, 3.19, 2.44], [2.75, 1.82, 2.0], [-3.44, 2.33, 3.42], [-2.39, 3.19, -1.99]]> : tensor<4x3xf32>},
    %b: tensor<4xi32> {tenon.value = dense<[2, 0, 1, 2]> : tensor<4xi32>}) -> (
    tensor<f32> {tenon.expected = dense<2.4440024> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<3.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 1 : tensor<4x3xf32>, tensor<4xi32>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @i64(
    %a: tensor<4x3xf32> {tenon.value = dense<[[2.81, 3.19, 2.44], [2.75, 1.82, 2.0], [-3.44, 2.33, 3.42], [-2.39, 3.19, -1.99]]> : tensor<4x3xf32>},
    %b: tensor<4xi64> {tenon.value = dense<[2, 0, 1, 2]> : tensor<4xi64>}) -> (
    tensor<f32> {tenon.expected = dense<2.4440024> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<3.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 1 : tensor<4x3xf32>, tensor<4xi64>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @ui8(
    %a: tensor<4x3xf32> {tenon.value = dense<[[2.81, 3.19, 2.44], [2.75, 1.82, 2.0], [-3.44, 2.33, 3.42], [-2.39, 3.19, -1.99]]> : tensor<4x3xf32>},
    %b: tensor<4xui8> {tenon.value = dense<[2, 0, 1, 2]> : tensor<4xui8>}) -> (
    tensor<f32> {tenon.expected = dense<2.4440024> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<3.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 1 : tensor<4x3xf32>, tensor<4xui8>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @ui16(
    %a: tensor<4x3xf32> {tenon.value = dense<[[2.81, 3.19, 2.44], [2.75, 1.82, 2.0], [-3.44, 2.33, 3.42], [-2.39, 3.19, -1.99]]> : tensor<4x3xf32>},
    %b: tensor<4xui16> {tenon.value = dense<[2, 0, 1, 2]> : tensor<4xui16>}) -> (
    tensor<f32> {tenon.expected = dense<2.4440024> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<3.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 1 : tensor<4x3xf32>, tensor<4xui16>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @ui32(
    %a: tensor<4x3xf32> {tenon.value = dense<[[2.81, 3.19, 2.44], [2.75, 1.82, 2.0], [-3.44, 2.33, 3.42], [-2.39, 3.19, -1.99]]> : tensor<4x3xf32>},
    %b: tensor<4xui32> {tenon.value = dense<[2, 0, 1, 2]> : tensor<4xui32>}) -> (
    tensor<f32> {tenon.expected = dense<2.4440024> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<3.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 1 : tensor<4x3xf32>, tensor<4xui32>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @ui64(
    %a: tensor<4x3xf32> {tenon.value = dense<[[2.81, 3.19, 2.44], [2.75, 1.82, 2.0], [-3.44, 2.33, 3.42], [-2.39, 3.19, -1.99]]> : tensor<4x3xf32>},
    %b: tensor<4xui64> {tenon.value = dense<[2, 0, 1, 2]> : tensor<4xui64>}) -> (
    tensor<f32> {tenon.expected = dense<2.4440024> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<3.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 1 : tensor<4x3xf32>, tensor<4xui64>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @image(
    %a: tensor<2x4x3x3xf32> {tenon.value = dense<[[[[0.15, 2.01, -1.3], [-2.22, 1.49, 0.99], [2.44, 2.55, -0.85]], [[2.34, 1.83, 3.5], [0.31, 1.65, -1.45], [-2.11, -2.55, -3.99]], [[0.75, 0.58, -2.19], [2.45, 3.41, 0.63], [-2.5, -0.14, -2.12]], [[0.09, -0.51, 3.76], [-3.94, -3.07, 2.9], [-3.06, -2.08, -3.26]]], [[[-3.15, 1.83, -2.8], [2.41, -1.72, -3.74], [-2.69, -1.05, -0.81]], [[2.08, 1.69, -1.85], [-0.13, -0.33, -0.62], [-0.22, -2.64, -2.02]], [[-0.27, -1.07, -1.74], [-2.89, 0.71, -0.72], [-1.19, -0.34, 2.02]], [[-1.19, 2.24, 1.81], [-1.28, 0.14, 0.31], [0.17, -0.78, -3.81]]]]> : tensor<2x4x3x3xf32>},
    %b: tensor<2x3x3xi32> {tenon.value = dense<[[[1, 0, 2], [0, 3, 3], [3, 3, 1]], [[0, 3, 0], [3, 3, 0], [3, 2, 1]]]> : tensor<2x3x3xi32>}) -> (
    tensor<f32> {tenon.expected = dense<3.549734> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<1.0e+01> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 3 : tensor<2x4x3x3xf32>, tensor<2x3x3xi32>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @many_classes(
    %a: tensor<2x300xf32> {tenon.value = dense<[[-2.22, -3.51, 1.22, -3.32, 3.16, -2.8, -1.04, -2.81, -3.09, -3.48, -3.89, 2.47, -0.33, -0.75, 0.67, 1.92, 2.46, -3.95, 3.82, -1.2, 0.33, -3.15, -0.63, 3.72, 2.49, 1.6, 0.39, -1.18, -1.84, -0.38, 0.61, -0.23, 0.42, -3.11, -0.8, 2.53, -0.07, -0.06, -2.92, 0.9, 1.94, -3.62, -2.78, 2.4, 3.94, -0.27, -3.05, -0.85, 1.08, -1.4, -3.91, -0.6, 3.64, 3.77, -3.64, -1.88, -2.37, -1.51, -3.1, 2.71, 2.57, -2.32, -3.17, 1.16, 0.56, -3.87, 2.44, 0.3, 2.53, -3.91, -0.4, 0.53, -3.1, -0.72, -2.16, -2.05, -0.11, 3.48, -3.85, -3.9, 1.73, 2.45, -3.37, 0.61, -0.54, -3.32, -3.5, 3.44, -2.85, 2.33, 3.09, 2.13, -2.3, 2.28, -0.41, 1.23, 0.7, 2.5, -2.75, -1.98, 0.47, 0.66, 1.93, -1.26, -1.18, -0.77, 3.72, 0.26, -3.94, 1.86, 0.73, 0.18, -3.44, -3.92, -2.11, -0.96, 0.87, -2.58, 2.79, 0.49, 2.92, 2.51, -1.28, 0.22, -2.09, -1.79, -1.68, -3.2, -3.21, -2.5, -3.36, 3.14, -0.26, 3.77, 3.41, -1.53, -0.78, -1.64, 1.34, 2.39, 2.49, -1.73, 2.52, 2.53, 1.74, -1.14, -3.27, 3.97, -2.73, 2.28, 1.81, -1.67, -0.72, -0.45, -1.06, -1.85, -2.37, 2.47, 0.98, -1.16, -1.65, -1.82, -3.13, -3.62, -0.89, 3.38, -0.39, 1.98, -0.11, 0.22, 1.37, -2.26, -1.08, 3.22, 0.09, -0.63, 3.71, 3.27, -0.33, 0.42, 0.07, 3.38, 1.79, 0.79, 3.81, 3.55, 0.27, -1.75, 3.73, 0.44, 3.31, -2.35, -3.06, -0.62, -1.06, -3.99, 1.39, -2.16, 2.35, 2.13, 3.74, 0.05, 1.48, -1.44, 0.46, 0.51, -2.08, -0.3, 1.87, 3.33, 1.04, 0.47, 2.88, -3.24, -0.12, -2.09, 3.62, 2.7, -3.19, -0.46, 1.5, 0.27, -1.36, 0.54, -2.92, 2.77, -2.38, -1.73, 2.85, -1.92, 3.26, 3.97, -1.82, 1.49, -3.22, -2.8, -2.49, 3.89, 2.83, -3.25, 0.37, -2.92, -0.55, -2.93, 3.29, -0.7, -2.64, 2.62, -1.21, 1.4, 3.86, -0.56, -3.61, 3.87, 0.11, 1.79, 1.3, 0.71, 2.04, 0.78, 1.52, 0.14, -0.02, 2.29, -0.4, -0.86, 0.23, 2.42, 2.1, 3.9, 3.75, 2.42, 1.25, -3.62, 2.05, 0.49, -2.18, 0.52, 0.4, -1.71, 0.45, -2.83, -3.13, -3.98, -0.22, -3.41, 2.83, -3.62, -2.28, -0.67, -2.76, -2.01, -2.14, -1.9, 3.09, 0.46, -1.96, -2.78, -3.85, -3.49], [-1.03, -2.51, -1.62, 0.23, 2.79, 2.74, 0.16, -2.74, -3.06, 0.55, 0.94, 0.04, 2.13, 3.82, -1.5, 0.09, 1.1, -2.98, -3.19, -0.13, 1.5, -0.62, -2.44, 3.29, -3.75, 0.82, 3.65, -0.84, -2.98, -3.52, 3.38, -0.66, -0.15, -1.46, -2.74, -1.9, -1.58, -0.97, 0.11, 0.5, 0.93, -1.78, -3.6, -3.96, -1.8, 0.6, -1.12, -1.37, -1.06, -3.21, 3.37, -3.18, 3.95, 3.26, 3.86, 2.29, 2.15, -1.47, -2.78, -1.18, 2.33, 1.59, 2.66, -1.4, 2.59, -3.3, 3.94, 1.88, 1.12, 1.69, 3.36, -3.47, 0.63, 2.83, -2.86, 0.81, 3.0, 0.67, -3.71, -2.7, 0.73, 1.31, 1.85, 0.64, -1.42, -3.4, 0.54, -2.86, 2.8, -0.73, -3.25, -1.13, -3.52, -0.06, -0.99, -0.6, 0.74, 0.93, 0.24, -1.75, -3.29, -0.71, 2.44, -3.58, -1.85, -0.82, 0.96, -0.36, -2.77, 0.65, -1.05, -1.56, 1.89, -2.92, -2.12, 3.01, -1.15, -3.59, -2.88, -2.65, -3.4, 2.7, -3.28, 0.02, -3.46, -2.5, 2.48, 3.08, -1.69, -0.54, -0.08, -3.01, -2.7, -0.53, -2.56, -3.47, -0.18, 3.4, 1.8, 0.51, -3.84, 3.89, 3.53, 1.78, -0.72, 1.58, -3.19, 3.29, 2.67, 3.24, 0.87, -2.02, 0.23, 3.98, 2.96, 0.08, -1.93, 2.29, -3.12, -0.88, 0.5, -0.01, 3.45, -2.37, -1.39, 1.03, -1.89, 2.2, -1.66, 2.5, 1.39, -1.07, 1.93, 2.3, 0.99, 0.98, 0.37, 3.38, -1.76, -2.62, -1.95, -1.92, 0.81, 1.85, 2.06, 0.59, 2.32, -2.6, -2.16, -2.63, 3.4, -1.33, 2.64, -0.61, -2.95, 3.65, 1.01, 1.2, -2.3, -2.93, -3.17, -1.95, 0.72, -3.15, -3.52, -0.23, -1.71, 0.76, 2.58, 0.45, -0.21, -1.35, -2.49, -2.22, 3.34, 3.16, -1.75, 0.22, -1.52, -0.47, -3.0, -3.86, -1.48, 3.9, -1.06, -3.17, -2.0, -0.38, -2.16, 3.01, -3.04, 1.72, -3.82, 0.67, -1.07, 2.13, -3.66, 2.59, -1.85, 2.59, 1.31, -1.77, -3.38, -1.06, -3.64, 1.09, 2.43, -3.9, -3.7, 3.33, 1.97, 2.28, -1.09, 0.53, 2.95, 3.94, -1.81, 0.63, -0.02, -2.72, 2.88, 0.63, -2.06, 3.97, -2.44, 2.83, 0.08, -1.35, -1.72, 1.03, -1.6, -1.73, 0.58, 0.74, -3.8, -2.07, 1.09, 3.96, 2.22, -0.08, 2.76, 0.78, 0.73, 1.3, 0.79, -3.04, -1.06, 2.52, -0.56, 2.11, -2.63, 2.42, -2.87, -1.94, 1.56, -2.94, -0.41, -0.04, -0.43, 0.56]]> : tensor<2x300xf32>},
    %b: tensor<2xui8> {tenon.value = dense<[255, 4]> : tensor<2xui8>}) -> (
    tensor<f32> {tenon.expected = dense<5.2562275> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<2.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index -1 : tensor<2x300xf32>, tensor<2xui8>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @many_rows(
    %a: tensor<37x2xf32> {tenon.value = dense<[[-3.19, 2.25], [-2.25, 3.97], [-3.8, -3.11], [-1.57, -2.85], [-1.21, 1.86], [-2.29, 1.68], [-1.12, -3.5], [0.35, -1.02], [0.71, -0.28], [2.69, 1.85], [-2.96, 3.89], [3.94, 0.49], [-0.62, 0.65], [3.14, 1.22], [1.33, 3.43], [-1.54, -1.99], [-2.44, 1.18], [-3.17, 2.42], [-0.77, -0.62], [1.69, 2.62], [-2.07, -2.75], [-0.46, -2.55], [2.31, 2.96], [-3.9, 1.91], [-1.14, -3.59], [3.84, -0.96], [-0.74, -1.74], [3.31, 0.89], [3.88, -3.17], [2.78, 4.0], [2.37, -0.38], [2.52, -1.95], [0.8, 1.69], [-1.79, 2.79], [2.84, -1.28], [-0.08, -0.87], [-2.97, -1.51]]> : tensor<37x2xf32>},
    %b: tensor<37xi64> {tenon.value = dense<[0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1]> : tensor<37xi64>}) -> (
    tensor<f32> {tenon.expected = dense<1.6463879> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<37.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index -1 : tensor<37x2xf32>, tensor<37xi64>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @one_class(
    %a: tensor<2x1xf32> {tenon.value = dense<[[-3.53], [-1.46]]> : tensor<2x1xf32>},
    %b: tensor<2xi64> {tenon.value = dense<[0, 0]> : tensor<2xi64>}) -> (
    tensor<f32> {tenon.expected = dense<0.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<2.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index -1 : tensor<2x1xf32>, tensor<2xi64>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @all_ignored(
    %a: tensor<2x3xf32> {tenon.value = dense<[[2.6, 2.59, -0.29], [-3.4, 2.07, -2.98]]> : tensor<2x3xf32>},
    %b: tensor<2xi64> {tenon.value = dense<[-7, -7]> : tensor<2xi64>}) -> (
    tensor<f32> {tenon.expected = dense<0.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<0.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index -7 : tensor<2x3xf32>, tensor<2xi64>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @bad(
    %a: tensor<5x3xf32> {tenon.value = dense<[[2.79, -3.67, -1.75], [2.96, -3.32, 3.74], [0.23, -0.05, -3.33], [0.42, 0.46, -0.28], [0.08, 0.5, -1.33]]> : tensor<5x3xf32>},
    %b: tensor<5xi64> {tenon.value = dense<[0, -1, 3, 1, 2]> : tensor<5xi64>}) -> (
    tensor<f32> {tenon.expected = dense<1.219802> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<2.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<1> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 1 : tensor<5x3xf32>, tensor<5xi64>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @far(
    %a: tensor<4x3xf32> {tenon.value = dense<[[2.81, 3.19, 2.44], [2.75, 1.82, 2.0], [-3.44, 2.33, 3.42], [-2.39, 3.19, -1.99]]> : tensor<4x3xf32>},
    %b: tensor<4xi64> {tenon.value = dense<[4294967296, 9223372036854775807, -9223372036854775808, 1]> : tensor<4xi64>}) -> (
    tensor<f32> {tenon.expected = dense<0.009356695> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<1.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<0> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 0 : tensor<4x3xf32>, tensor<4xi64>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @bad_in_image(
    %a: tensor<2x3x2xf32> {tenon.value = dense<[[[1.55, -3.02], [-0.83, 1.55], [0.85, 2.99]], [[0.02, 0.57], [-1.78, -1.46], [1.14, -0.91]]]> : tensor<2x3x2xf32>},
    %b: tensor<2x2xi32> {tenon.value = dense<[[0, 1], [2, 5]]> : tensor<2x2xi32>}) -> (
    tensor<f32> {tenon.expected = dense<0.9884255> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<f32> {tenon.expected = dense<2.0> : tensor<f32>, tenon.ulps = 24.0 : f64},
    tensor<i64> {tenon.expected = dense<3> : tensor<i64>, tenon.ulps = 24.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index 0 : tensor<2x3x2xf32>, tensor<2x2xi32>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @large(
    %a: tensor<2x3xf32> {tenon.value = dense<[[1.0e+03, -1.0e+03, 0.0], [0xFF800000, 1.0, 2.0]]> : tensor<2x3xf32>},
    %b: tensor<2xi64> {tenon.value = dense<[1, 2]> : tensor<2xi64>}) -> (
    tensor<f32> {tenon.expected = dense<1000.1566> : tensor<f32>, tenon.ulps = 4.0 : f64},
    tensor<f32> {tenon.expected = dense<2.0> : tensor<f32>, tenon.ulps = 4.0 : f64},
    tensor<i64> {tenon.expected = dense<-1> : tensor<i64>, tenon.ulps = 4.0 : f64}) {
  %y, %z, %w = tenon.cross_entropy %a, %b ignore_index -1 : tensor<2x3xf32>, tensor<2xi64>
  return %y, %z, %w : tensor<f32>, tensor<f32>, tensor<i64>
}

func.func @gradient(
    %a: tensor<4x5xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<4xi64> {tenon.value = dense<[0, 4, 2, 2]> : tensor<4xi64>}) -> tensor<f64> {
  %y, %v, %b1 = tenon.cross_entropy %a, %b ignore_index -1 : tensor<4x5xf64>, tensor<4xi64>
  return %y : tensor<f64>
}

func.func @gradient_ignored(
    %a: tensor<4x3xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<4xi64> {tenon.value = dense<[1, 7, 2, -3]> : tensor<4xi64>}) -> tensor<f64> {
  %y, %v, %b1 = tenon.cross_entropy %a, %b ignore_index 1 : tensor<4x3xf64>, tensor<4xi64>
  return %y : tensor<f64>
}

func.func @gradient_none(
    %a: tensor<2x3xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2xi64> {tenon.value = dense<[9, 9]> : tensor<2xi64>}) -> tensor<f64> {
  %y, %v, %b1 = tenon.cross_entropy %a, %b ignore_index 9 : tensor<2x3xf64>, tensor<2xi64>
  return %y : tensor<f64>
}

func.func @gradient_image(
    %a: tensor<2x3x2x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x2x2xi64> {tenon.value = dense<[[[0, 1], [2, 0]], [[1, 1], [2, 2]]]> : tensor<2x2x2xi64>}) -> tensor<f64> {
  %y, %v, %b1 = tenon.cross_entropy %a, %b ignore_index 0 : tensor<2x3x2x2xf64>, tensor<2x2x2xi64>
  return %y : tensor<f64>
}

func.func @gradient_one_class(
    %a: tensor<2x1xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2xi64> {tenon.value = dense<[0, 0]> : tensor<2xi64>}) -> tensor<f64> {
  %y, %v, %b1 = tenon.cross_entropy %a, %b ignore_index -1 : tensor<2x1xf64>, tensor<2xi64>
  return %y : tensor<f64>
}

func.func @gradient_many(
    %a: tensor<3x19xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<3xi64> {tenon.value = dense<[18, 0, 16]> : tensor<3xi64>}) -> tensor<f64> {
  %y, %v, %b1 = tenon.cross_entropy %a, %b ignore_index -1 : tensor<3x19xf64>, tensor<3xi64>
  return %y : tensor<f64>
}
