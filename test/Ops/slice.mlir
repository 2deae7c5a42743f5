// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<3x7xf64> {tenon.value = dense<[[-1.79, 0.38, -2.13, 0.68, -0.54, 1.25, 3.28], [-2.51, 2.28, -3.04, 2.97, 0.27, 3.39, 2.6], [2.12, -3.82, -2.11, -3.29, -0.06, 3.47, 3.53]]> : tensor<3x7xf64>}) -> (
    tensor<2x3xf64> {tenon.expected = dense<[[-3.82, -3.29, 3.47], [0.38, 0.68, 1.25]]> : tensor<2x3xf64>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xf64>
  return %y : tensor<2x3xf64>
}

func.func @f32(
    %a: tensor<3x7xf32> {tenon.value = dense<[[1.7, 3.94, 2.4, -1.63, 3.02, 3.44, -3.99], [-2.44, 2.96, 0.59, 1.85, 3.5, -0.97, 3.97], [-2.76, -3.72, 3.32, -2.07, 0.08, -3.0, -3.43]]> : tensor<3x7xf32>}) -> (
    tensor<2x3xf32> {tenon.expected = dense<[[-3.72, -2.07, -3.0], [3.94, -1.63, 3.44]]> : tensor<2x3xf32>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xf32>
  return %y : tensor<2x3xf32>
}

func.func @f16(
    %a: tensor<3x7xf16> {tenon.value = dense<[[3.41, 2.12, -0.51, 0.81, 1.48, 2.35, 2.43], [-0.06, -3.88, 1.82, -2.5, 2.43, 0.23, -1.28], [-0.03, -1.82, 3.84, 1.02, -2.61, -3.13, -3.76]]> : tensor<3x7xf16>}) -> (
    tensor<2x3xf16> {tenon.expected = dense<[[-1.82, 1.02, -3.13], [2.12, 0.81, 2.35]]> : tensor<2x3xf16>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xf16>
  return %y : tensor<2x3xf16>
}

func.func @bf16(
    %a: tensor<3x7xbf16> {tenon.value = dense<[[0.85, -2.05, -3.9, 3.06, 2.7, 2.23, 2.05], [-2.2, -0.08, 1.27, 0.79, 0.67, -3.92, 3.4], [1.15, -3.66, -3.3, -1.13, -3.81, -0.67, -3.44]]> : tensor<3x7xbf16>}) -> (
    tensor<2x3xbf16> {tenon.expected = dense<[[-3.66, -1.13, -0.67], [-2.05, 3.06, 2.23]]> : tensor<2x3xbf16>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xbf16>
  return %y : tensor<2x3xbf16>
}

func.func @i8(
    %a: tensor<3x7xi8> {tenon.value = dense<[[-92, -22, -17, 15, -67, 77, 4], [28, -61, -73, -7, -91, -68, -84], [-74, -64, -7, 9, 54, -78, 61]]> : tensor<3x7xi8>}) -> (
    tensor<2x3xi8> {tenon.expected = dense<[[-64, 9, -78], [-22, 15, 77]]> : tensor<2x3xi8>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xi8>
  return %y : tensor<2x3xi8>
}

func.func @i16(
    %a: tensor<3x7xi16> {tenon.value = dense<[[-2, 43, 5, -18, -31, 82, -80], [-84, 64, -21, -69, -45, 10, -95], [-12, 33, -12, -71, 86, -85, 31]]> : tensor<3x7xi16>}) -> (
    tensor<2x3xi16> {tenon.expected = dense<[[33, -71, -85], [43, -18, 82]]> : tensor<2x3xi16>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xi16>
  return %y : tensor<2x3xi16>
}

func.func @i32(
    %a: tensor<3x7xi32> {tenon.value = dense<[[-22, -84, -77, -55, 8, 62, 68], [20, 78, -81, -29, 89, -36, -8], [-65, 25, 19, 4, -39, -29, -77]]> : tensor<3x7xi32>}) -> (
    tensor<2x3xi32> {tenon.expected = dense<[[25, 4, -29], [-84, -55, 62]]> : tensor<2x3xi32>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xi32>
  return %y : tensor<2x3xi32>
}

func.func @i64(
    %a: tensor<3x7xi64> {tenon.value = dense<[[-59, -83, -73, 44, -21, -40, -99], [-62, -8, -26, 91, -80, -37, -52], [-64, 75, 47, 18, -47, -18, 76]]> : tensor<3x7xi64>}) -> (
    tensor<2x3xi64> {tenon.expected = dense<[[75, 18, -18], [-83, 44, -40]]> : tensor<2x3xi64>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xi64>
  return %y : tensor<2x3xi64>
}

func.func @ui8(
    %a: tensor<3x7xui8> {tenon.value = dense<[[33, 6, 51, 32, 62, 91, 15], [80, 66, 31, 85, 26, 22, 37], [34, 97, 91, 9, 23, 64, 18]]> : tensor<3x7xui8>}) -> (
    tensor<2x3xui8> {tenon.expected = dense<[[97, 9, 64], [6, 32, 91]]> : tensor<2x3xui8>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xui8>
  return %y : tensor<2x3xui8>
}

func.func @ui16(
    %a: tensor<3x7xui16> {tenon.value = dense<[[88, 22, 26, 75, 72, 17, 46], [40, 90, 77, 10, 14, 30, 5], [31, 9, 81, 15, 90, 90, 43]]> : tensor<3x7xui16>}) -> (
    tensor<2x3xui16> {tenon.expected = dense<[[9, 15, 90], [22, 75, 17]]> : tensor<2x3xui16>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xui16>
  return %y : tensor<2x3xui16>
}

func.func @ui32(
    %a: tensor<3x7xui32> {tenon.value = dense<[[51, 88, 83, 71, 16, 73, 36], [84, 53, 7, 40, 47, 23, 26], [25, 0, 10, 40, 88, 24, 69]]> : tensor<3x7xui32>}) -> (
    tensor<2x3xui32> {tenon.expected = dense<[[0, 40, 24], [88, 71, 73]]> : tensor<2x3xui32>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xui32>
  return %y : tensor<2x3xui32>
}

func.func @ui64(
    %a: tensor<3x7xui64> {tenon.value = dense<[[32, 13, 62, 41, 44, 39, 25], [96, 35, 77, 93, 9, 46, 51], [1, 37, 73, 96, 82, 46, 85]]> : tensor<3x7xui64>}) -> (
    tensor<2x3xui64> {tenon.expected = dense<[[37, 96, 46], [13, 41, 39]]> : tensor<2x3xui64>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xui64>
  return %y : tensor<2x3xui64>
}

func.func @i1(
    %a: tensor<3x7xi1> {tenon.value = dense<[[false, false, false, true, false, true, true], [true, false, true, true, true, false, true], [true, false, true, false, false, true, false]]> : tensor<3x7xi1>}) -> (
    tensor<2x3xi1> {tenon.expected = dense<[[false, false, true], [false, true, true]]> : tensor<2x3xi1>}) {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xi1>
  return %y : tensor<2x3xi1>
}

func.func @gradient(
    %a: tensor<3x7xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<2x3xf64> attributes {tenon.linear} {
  %y = tenon.slice %a starts [2, 1] sizes [2, 3] strides [-2, 2] : tensor<3x7xf64>
  return %y : tensor<2x3xf64>
}
