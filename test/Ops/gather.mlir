// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<2x5xf64> {tenon.value = dense<[[-3.39, -1.34, -0.65, 1.1, -1.73], [-1.78, 3.44, 0.53, -3.31, -2.66]]> : tensor<2x5xf64>},
    %b: tensor<2x3xi64> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi64>}) -> (
    tensor<2x2x3xf64> {tenon.expected = dense<[[[-3.39, -1.73, -1.73], [-3.39, -1.73, -3.39]], [[-1.78, -2.66, -2.66], [-1.78, -2.66, -1.78]]]> : tensor<2x2x3xf64>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xf64>, tensor<2x3xi64>
  return %y : tensor<2x2x3xf64>
}

func.func @f32(
    %a: tensor<2x5xf32> {tenon.value = dense<[[-3.87, 2.37, -3.34, -3.48, 1.19], [-0.46, -1.11, 3.97, 1.72, 3.3]]> : tensor<2x5xf32>},
    %b: tensor<2x3xi64> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi64>}) -> (
    tensor<2x2x3xf32> {tenon.expected = dense<[[[-3.87, 1.19, 1.19], [-3.87, 1.19, -3.87]], [[-0.46, 3.3, 3.3], [-0.46, 3.3, -0.46]]]> : tensor<2x2x3xf32>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xf32>, tensor<2x3xi64>
  return %y : tensor<2x2x3xf32>
}

func.func @f16(
    %a: tensor<2x5xf16> {tenon.value = dense<[[2.85, -3.25, -2.19, 2.19, 3.51], [2.94, -3.92, 0.54, -1.4, -2.01]]> : tensor<2x5xf16>},
    %b: tensor<2x3xi64> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi64>}) -> (
    tensor<2x2x3xf16> {tenon.expected = dense<[[[2.85, 3.51, 3.51], [2.85, 3.51, 2.85]], [[2.94, -2.01, -2.01], [2.94, -2.01, 2.94]]]> : tensor<2x2x3xf16>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xf16>, tensor<2x3xi64>
  return %y : tensor<2x2x3xf16>
}

func.func @bf16(
    %a: tensor<2x5xbf16> {tenon.value = dense<[[-0.17, -1.1, 2.42, -1.48, 1.61], [0.55, 2.34, -2.38, -0.99, 0.51]]> : tensor<2x5xbf16>},
    %b: tensor<2x3xi64> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi64>}) -> (
    tensor<2x2x3xbf16> {tenon.expected = dense<[[[-0.17, 1.61, 1.61], [-0.17, 1.61, -0.17]], [[0.55, 0.51, 0.51], [0.55, 0.51, 0.55]]]> : tensor<2x2x3xbf16>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xbf16>, tensor<2x3xi64>
  return %y : tensor<2x2x3xbf16>
}

func.func @i8(
    %a: tensor<2x5xi8> {tenon.value = dense<[[47, 55, 55, -27, -80], [-8, -86, -17, -8, 83]]> : tensor<2x5xi8>},
    %b: tensor<2x3xi8> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi8>}) -> (
    tensor<2x2x3xi8> {tenon.expected = dense<[[[47, -80, -80], [47, -80, 47]], [[-8, 83, 83], [-8, 83, -8]]]> : tensor<2x2x3xi8>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xi8>, tensor<2x3xi8>
  return %y : tensor<2x2x3xi8>
}

func.func @i16(
    %a: tensor<2x5xi16> {tenon.value = dense<[[18, -71, -93, -78, -96], [80, 40, -39, -36, -13]]> : tensor<2x5xi16>},
    %b: tensor<2x3xi64> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi64>}) -> (
    tensor<2x2x3xi16> {tenon.expected = dense<[[[18, -96, -96], [18, -96, 18]], [[80, -13, -13], [80, -13, 80]]]> : tensor<2x2x3xi16>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xi16>, tensor<2x3xi64>
  return %y : tensor<2x2x3xi16>
}

func.func @i32(
    %a: tensor<2x5xi32> {tenon.value = dense<[[41, -4, 27, -27, -55], [-4, -10, 75, -73, -10]]> : tensor<2x5xi32>},
    %b: tensor<2x3xi32> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi32>}) -> (
    tensor<2x2x3xi32> {tenon.expected = dense<[[[41, -55, -55], [41, -55, 41]], [[-4, -10, -10], [-4, -10, -4]]]> : tensor<2x2x3xi32>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xi32>, tensor<2x3xi32>
  return %y : tensor<2x2x3xi32>
}

func.func @i64(
    %a: tensor<2x5xi64> {tenon.value = dense<[[-93, 1, 69, 24, 98], [-19, -84, 58, 6, 63]]> : tensor<2x5xi64>},
    %b: tensor<2x3xi64> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi64>}) -> (
    tensor<2x2x3xi64> {tenon.expected = dense<[[[-93, 98, 98], [-93, 98, -93]], [[-19, 63, 63], [-19, 63, -19]]]> : tensor<2x2x3xi64>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xi64>, tensor<2x3xi64>
  return %y : tensor<2x2x3xi64>
}

func.func @ui8(
    %a: tensor<2x5xui8> {tenon.value = dense<[[75, 14, 66, 19, 42], [12, 88, 80, 23, 12]]> : tensor<2x5xui8>},
    %b: tensor<2x3xui8> {tenon.value = dense<[[0, 4, 9], [2, 100, 1]]> : tensor<2x3xui8>}) -> (
    tensor<2x2x3xui8> {tenon.expected = dense<[[[75, 42, 42], [66, 42, 14]], [[12, 12, 12], [80, 12, 88]]]> : tensor<2x2x3xui8>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xui8>, tensor<2x3xui8>
  return %y : tensor<2x2x3xui8>
}

func.func @ui16(
    %a: tensor<2x5xui16> {tenon.value = dense<[[39, 38, 84, 37, 46], [86, 83, 1, 92, 45]]> : tensor<2x5xui16>},
    %b: tensor<2x3xi64> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi64>}) -> (
    tensor<2x2x3xui16> {tenon.expected = dense<[[[39, 46, 46], [39, 46, 39]], [[86, 45, 45], [86, 45, 86]]]> : tensor<2x2x3xui16>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xui16>, tensor<2x3xi64>
  return %y : tensor<2x2x3xui16>
}

func.func @ui32(
    %a: tensor<2x5xui32> {tenon.value = dense<[[11, 3, 5, 27, 8], [65, 74, 37, 19, 93]]> : tensor<2x5xui32>},
    %b: tensor<2x3xui32> {tenon.value = dense<[[0, 4, 9], [2, 100, 1]]> : tensor<2x3xui32>}) -> (
    tensor<2x2x3xui32> {tenon.expected = dense<[[[11, 8, 8], [5, 8, 3]], [[65, 93, 93], [37, 93, 74]]]> : tensor<2x2x3xui32>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xui32>, tensor<2x3xui32>
  return %y : tensor<2x2x3xui32>
}

func.func @ui64(
    %a: tensor<2x5xui64> {tenon.value = dense<[[72, 11, 66, 55, 5], [64, 56, 84, 22, 34]]> : tensor<2x5xui64>},
    %b: tensor<2x3xi64> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi64>}) -> (
    tensor<2x2x3xui64> {tenon.expected = dense<[[[72, 5, 5], [72, 5, 72]], [[64, 34, 34], [64, 34, 64]]]> : tensor<2x2x3xui64>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xui64>, tensor<2x3xi64>
  return %y : tensor<2x2x3xui64>
}

func.func @i1(
    %a: tensor<2x5xi1> {tenon.value = dense<[[false, false, true, false, false], [true, true, true, false, true]]> : tensor<2x5xi1>},
    %b: tensor<2x3xi64> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi64>}) -> (
    tensor<2x2x3xi1> {tenon.expected = dense<[[[false, false, false], [false, false, false]], [[true, true, true], [true, true, true]]]> : tensor<2x2x3xi1>}) {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xi1>, tensor<2x3xi64>
  return %y : tensor<2x2x3xi1>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x3xi64> {tenon.value = dense<[[0, 4, -1], [-5, 9, -100]]> : tensor<2x3xi64>}) -> tensor<2x2x3xf64> attributes {tenon.linear} {
  %y = tenon.gather %a, %b axis 1 : tensor<2x5xf64>, tensor<2x3xi64>
  return %y : tensor<2x2x3xf64>
}

func.func @gradient_rows(
    %a: tensor<2x17xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<3xi32> {tenon.value = dense<[1, 0, 1]> : tensor<3xi32>}) -> tensor<3x17xf64> attributes {tenon.linear} {
  %y = tenon.gather %a, %b axis 0 : tensor<2x17xf64>, tensor<3xi32>
  return %y : tensor<3x17xf64>
}
