// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<2x3x4xf64> {tenon.value = dense<[[[2.09, -2.14, -0.67, 2.17], [2.33, 0.83, 3.06, -2.0], [1.85, 3.93, -2.55, 3.25]], [[1.63, 1.6, -3.45, 0.64], [-2.77, -1.43, -0.13, -0.17], [1.05, 1.11, -3.16, -2.76]]]> : tensor<2x3x4xf64>}) -> (
    tensor<4x2x3xf64> {tenon.expected = dense<[[[2.09, 2.33, 1.85], [1.63, -2.77, 1.05]], [[-2.14, 0.83, 3.93], [1.6, -1.43, 1.11]], [[-0.67, 3.06, -2.55], [-3.45, -0.13, -3.16]], [[2.17, -2.0, 3.25], [0.64, -0.17, -2.76]]]> : tensor<4x2x3xf64>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xf64>
  return %y : tensor<4x2x3xf64>
}

func.func @f32(
    %a: tensor<2x3x4xf32> {tenon.value = dense<[[[-0.71, 3.63, 2.12, -2.93], [0.66, -0.56, 3.67, -0.93], [-0.21, 3.42, -2.42, 0.27]], [[-3.38, 0.81, 1.53, -3.56], [-3.97, -3.04, 2.44, 1.67], [-3.47, -0.4, 1.35, 0.61]]]> : tensor<2x3x4xf32>}) -> (
    tensor<4x2x3xf32> {tenon.expected = dense<[[[-0.71, 0.66, -0.21], [-3.38, -3.97, -3.47]], [[3.63, -0.56, 3.42], [0.81, -3.04, -0.4]], [[2.12, 3.67, -2.42], [1.53, 2.44, 1.35]], [[-2.93, -0.93, 0.27], [-3.56, 1.67, 0.61]]]> : tensor<4x2x3xf32>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xf32>
  return %y : tensor<4x2x3xf32>
}

func.func @f16(
    %a: tensor<2x3x4xf16> {tenon.value = dense<[[[-3.15, -0.89, -2.22, -0.18], [3.7, 2.46, 0.95, -3.14], [1.86, 1.84, -2.37, 1.94]], [[-0.84, -3.21, 1.01, 1.38], [-2.86, 2.45, -0.84, -0.36], [2.91, 1.8, -3.96, 3.54]]]> : tensor<2x3x4xf16>}) -> (
    tensor<4x2x3xf16> {tenon.expected = dense<[[[-3.15, 3.7, 1.86], [-0.84, -2.86, 2.91]], [[-0.89, 2.46, 1.84], [-3.21, 2.45, 1.8]], [[-2.22, 0.95, -2.37], [1.01, -0.84, -3.96]], [[-0.18, -3.14, 1.94], [1.38, -0.36, 3.54]]]> : tensor<4x2x3xf16>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xf16>
  return %y : tensor<4x2x3xf16>
}

func.func @bf16(
    %a: tensor<2x3x4xbf16> {tenon.value = dense<[[[-3.06, 2.38, -1.01, -3.77], [0.56, -1.89, -1.17, 0.72], [2.97, -0.82, -0.99, -3.4]], [[-1.95, 2.03, -2.28, 1.17], [-0.51, 0.39, 3.48, -2.31], [1.89, -2.23, -3.6, 1.4]]]> : tensor<2x3x4xbf16>}) -> (
    tensor<4x2x3xbf16> {tenon.expected = dense<[[[-3.06, 0.56, 2.97], [-1.95, -0.51, 1.89]], [[2.38, -1.89, -0.82], [2.03, 0.39, -2.23]], [[-1.01, -1.17, -0.99], [-2.28, 3.48, -3.6]], [[-3.77, 0.72, -3.4], [1.17, -2.31, 1.4]]]> : tensor<4x2x3xbf16>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xbf16>
  return %y : tensor<4x2x3xbf16>
}

func.func @i8(
    %a: tensor<2x3x4xi8> {tenon.value = dense<[[[-83, 35, 26, -78], [-56, 62, -41, 79], [-17, -58, -25, -53]], [[44, 18, -96, 26], [3, -81, -14, -39], [44, -60, 19, 40]]]> : tensor<2x3x4xi8>}) -> (
    tensor<4x2x3xi8> {tenon.expected = dense<[[[-83, -56, -17], [44, 3, 44]], [[35, 62, -58], [18, -81, -60]], [[26, -41, -25], [-96, -14, 19]], [[-78, 79, -53], [26, -39, 40]]]> : tensor<4x2x3xi8>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xi8>
  return %y : tensor<4x2x3xi8>
}

func.func @i16(
    %a: tensor<2x3x4xi16> {tenon.value = dense<[[[26, -19, 48, -4], [-31, -49, 38, -1], [-46, -11, -43, -26]], [[77, -97, 92, -90], [77, 1, -24, -25], [24, 46, 31, 22]]]> : tensor<2x3x4xi16>}) -> (
    tensor<4x2x3xi16> {tenon.expected = dense<[[[26, -31, -46], [77, 77, 24]], [[-19, -49, -11], [-97, 1, 46]], [[48, 38, -43], [92, -24, 31]], [[-4, -1, -26], [-90, -25, 22]]]> : tensor<4x2x3xi16>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xi16>
  return %y : tensor<4x2x3xi16>
}

func.func @i32(
    %a: tensor<2x3x4xi32> {tenon.value = dense<[[[65, -21, 91, 12], [-86, 98, -88, -51], [-63, 13, 74, -4]], [[-41, 94, -59, 59], [-39, 33, -96, 24], [11, 30, -17, -99]]]> : tensor<2x3x4xi32>}) -> (
    tensor<4x2x3xi32> {tenon.expected = dense<[[[65, -86, -63], [-41, -39, 11]], [[-21, 98, 13], [94, 33, 30]], [[91, -88, 74], [-59, -96, -17]], [[12, -51, -4], [59, 24, -99]]]> : tensor<4x2x3xi32>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xi32>
  return %y : tensor<4x2x3xi32>
}

func.func @i64(
    %a: tensor<2x3x4xi64> {tenon.value = dense<[[[-14, -45, -5, -29], [23, 25, 77, 24], [74, -72, -32, -68]], [[-60, 2, -73, 81], [-2, 83, 92, -76], [-89, 95, -30, -98]]]> : tensor<2x3x4xi64>}) -> (
    tensor<4x2x3xi64> {tenon.expected = dense<[[[-14, 23, 74], [-60, -2, -89]], [[-45, 25, -72], [2, 83, 95]], [[-5, 77, -32], [-73, 92, -30]], [[-29, 24, -68], [81, -76, -98]]]> : tensor<4x2x3xi64>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xi64>
  return %y : tensor<4x2x3xi64>
}

func.func @ui8(
    %a: tensor<2x3x4xui8> {tenon.value = dense<[[[73, 91, 6, 50], [44, 7, 6, 41], [31, 43, 77, 87]], [[21, 86, 56, 13], [98, 96, 13, 8], [53, 18, 100, 98]]]> : tensor<2x3x4xui8>}) -> (
    tensor<4x2x3xui8> {tenon.expected = dense<[[[73, 44, 31], [21, 98, 53]], [[91, 7, 43], [86, 96, 18]], [[6, 6, 77], [56, 13, 100]], [[50, 41, 87], [13, 8, 98]]]> : tensor<4x2x3xui8>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xui8>
  return %y : tensor<4x2x3xui8>
}

func.func @ui16(
    %a: tensor<2x3x4xui16> {tenon.value = dense<[[[5, 24, 2, 45], [92, 97, 51, 11], [73, 85, 73, 68]], [[88, 2, 17, 71], [44, 2, 73, 83], [31, 96, 100, 45]]]> : tensor<2x3x4xui16>}) -> (
    tensor<4x2x3xui16> {tenon.expected = dense<[[[5, 92, 73], [88, 44, 31]], [[24, 97, 85], [2, 2, 96]], [[2, 51, 73], [17, 73, 100]], [[45, 11, 68], [71, 83, 45]]]> : tensor<4x2x3xui16>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xui16>
  return %y : tensor<4x2x3xui16>
}

func.func @ui32(
    %a: tensor<2x3x4xui32> {tenon.value = dense<[[[44, 6, 52, 7], [28, 40, 59, 75], [61, 82, 4, 55]], [[81, 16, 92, 37], [91, 73, 36, 59], [63, 82, 42, 8]]]> : tensor<2x3x4xui32>}) -> (
    tensor<4x2x3xui32> {tenon.expected = dense<[[[44, 28, 61], [81, 91, 63]], [[6, 40, 82], [16, 73, 82]], [[52, 59, 4], [92, 36, 42]], [[7, 75, 55], [37, 59, 8]]]> : tensor<4x2x3xui32>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xui32>
  return %y : tensor<4x2x3xui32>
}

func.func @ui64(
    %a: tensor<2x3x4xui64> {tenon.value = dense<[[[74, 51, 68, 81], [46, 58, 53, 54], [75, 55, 19, 10]], [[93, 9, 78, 66], [73, 19, 84, 99], [51, 50, 21, 24]]]> : tensor<2x3x4xui64>}) -> (
    tensor<4x2x3xui64> {tenon.expected = dense<[[[74, 46, 75], [93, 73, 51]], [[51, 58, 55], [9, 19, 50]], [[68, 53, 19], [78, 84, 21]], [[81, 54, 10], [66, 99, 24]]]> : tensor<4x2x3xui64>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xui64>
  return %y : tensor<4x2x3xui64>
}

func.func @i1(
    %a: tensor<2x3x4xi1> {tenon.value = dense<[[[true, false, false, true], [true, false, true, true], [true, false, true, false]], [[true, true, true, true], [false, true, true, false], [false, false, false, false]]]> : tensor<2x3x4xi1>}) -> (
    tensor<4x2x3xi1> {tenon.expected = dense<[[[true, true, true], [true, false, false]], [[false, false, false], [true, true, false]], [[false, true, true], [true, true, false]], [[true, true, false], [true, false, false]]]> : tensor<4x2x3xi1>}) {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xi1>
  return %y : tensor<4x2x3xi1>
}

func.func @gradient(
    %a: tensor<2x3x4xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<4x2x3xf64> attributes {tenon.linear} {
  %y = tenon.transpose %a permutation [2, 0, 1] : tensor<2x3x4xf64>
  return %y : tensor<4x2x3xf64>
}
