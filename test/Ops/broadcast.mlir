// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<3xf64> {tenon.value = dense<[0.06, -3.3, -2.77]> : tensor<3xf64>}) -> (
    tensor<2x3x2xf64> {tenon.expected = dense<[[[0.06, 0.06], [-3.3, -3.3], [-2.77, -2.77]], [[0.06, 0.06], [-3.3, -3.3], [-2.77, -2.77]]]> : tensor<2x3x2xf64>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xf64> to tensor<2x3x2xf64>
  return %y : tensor<2x3x2xf64>
}

func.func @f32(
    %a: tensor<3xf32> {tenon.value = dense<[-1.9, 1.53, 2.22]> : tensor<3xf32>}) -> (
    tensor<2x3x2xf32> {tenon.expected = dense<[[[-1.9, -1.9], [1.53, 1.53], [2.22, 2.22]], [[-1.9, -1.9], [1.53, 1.53], [2.22, 2.22]]]> : tensor<2x3x2xf32>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xf32> to tensor<2x3x2xf32>
  return %y : tensor<2x3x2xf32>
}

func.func @f16(
    %a: tensor<3xf16> {tenon.value = dense<[0.76, 3.94, 1.51]> : tensor<3xf16>}) -> (
    tensor<2x3x2xf16> {tenon.expected = dense<[[[0.76, 0.76], [3.94, 3.94], [1.51, 1.51]], [[0.76, 0.76], [3.94, 3.94], [1.51, 1.51]]]> : tensor<2x3x2xf16>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xf16> to tensor<2x3x2xf16>
  return %y : tensor<2x3x2xf16>
}

func.func @bf16(
    %a: tensor<3xbf16> {tenon.value = dense<[0.36, -1.74, -0.38]> : tensor<3xbf16>}) -> (
    tensor<2x3x2xbf16> {tenon.expected = dense<[[[0.36, 0.36], [-1.74, -1.74], [-0.38, -0.38]], [[0.36, 0.36], [-1.74, -1.74], [-0.38, -0.38]]]> : tensor<2x3x2xbf16>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xbf16> to tensor<2x3x2xbf16>
  return %y : tensor<2x3x2xbf16>
}

func.func @i8(
    %a: tensor<3xi8> {tenon.value = dense<[65, 1, 92]> : tensor<3xi8>}) -> (
    tensor<2x3x2xi8> {tenon.expected = dense<[[[65, 65], [1, 1], [92, 92]], [[65, 65], [1, 1], [92, 92]]]> : tensor<2x3x2xi8>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xi8> to tensor<2x3x2xi8>
  return %y : tensor<2x3x2xi8>
}

func.func @i16(
    %a: tensor<3xi16> {tenon.value = dense<[28, 85, -87]> : tensor<3xi16>}) -> (
    tensor<2x3x2xi16> {tenon.expected = dense<[[[28, 28], [85, 85], [-87, -87]], [[28, 28], [85, 85], [-87, -87]]]> : tensor<2x3x2xi16>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xi16> to tensor<2x3x2xi16>
  return %y : tensor<2x3x2xi16>
}

func.func @i32(
    %a: tensor<3xi32> {tenon.value = dense<[-16, -60, -73]> : tensor<3xi32>}) -> (
    tensor<2x3x2xi32> {tenon.expected = dense<[[[-16, -16], [-60, -60], [-73, -73]], [[-16, -16], [-60, -60], [-73, -73]]]> : tensor<2x3x2xi32>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xi32> to tensor<2x3x2xi32>
  return %y : tensor<2x3x2xi32>
}

func.func @i64(
    %a: tensor<3xi64> {tenon.value = dense<[-51, 71, 95]> : tensor<3xi64>}) -> (
    tensor<2x3x2xi64> {tenon.expected = dense<[[[-51, -51], [71, 71], [95, 95]], [[-51, -51], [71, 71], [95, 95]]]> : tensor<2x3x2xi64>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xi64> to tensor<2x3x2xi64>
  return %y : tensor<2x3x2xi64>
}

func.func @ui8(
    %a: tensor<3xui8> {tenon.value = dense<[1, 40, 3]> : tensor<3xui8>}) -> (
    tensor<2x3x2xui8> {tenon.expected = dense<[[[1, 1], [40, 40], [3, 3]], [[1, 1], [40, 40], [3, 3]]]> : tensor<2x3x2xui8>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xui8> to tensor<2x3x2xui8>
  return %y : tensor<2x3x2xui8>
}

func.func @ui16(
    %a: tensor<3xui16> {tenon.value = dense<[49, 23, 71]> : tensor<3xui16>}) -> (
    tensor<2x3x2xui16> {tenon.expected = dense<[[[49, 49], [23, 23], [71, 71]], [[49, 49], [23, 23], [71, 71]]]> : tensor<2x3x2xui16>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xui16> to tensor<2x3x2xui16>
  return %y : tensor<2x3x2xui16>
}

func.func @ui32(
    %a: tensor<3xui32> {tenon.value = dense<[31, 29, 43]> : tensor<3xui32>}) -> (
    tensor<2x3x2xui32> {tenon.expected = dense<[[[31, 31], [29, 29], [43, 43]], [[31, 31], [29, 29], [43, 43]]]> : tensor<2x3x2xui32>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xui32> to tensor<2x3x2xui32>
  return %y : tensor<2x3x2xui32>
}

func.func @ui64(
    %a: tensor<3xui64> {tenon.value = dense<[33, 53, 82]> : tensor<3xui64>}) -> (
    tensor<2x3x2xui64> {tenon.expected = dense<[[[33, 33], [53, 53], [82, 82]], [[33, 33], [53, 53], [82, 82]]]> : tensor<2x3x2xui64>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xui64> to tensor<2x3x2xui64>
  return %y : tensor<2x3x2xui64>
}

func.func @i1(
    %a: tensor<3xi1> {tenon.value = dense<[true, false, true]> : tensor<3xi1>}) -> (
    tensor<2x3x2xi1> {tenon.expected = dense<[[[true, true], [false, false], [true, true]], [[true, true], [false, false], [true, true]]]> : tensor<2x3x2xi1>}) {
  %y = tenon.broadcast %a dims [1] : tensor<3xi1> to tensor<2x3x2xi1>
  return %y : tensor<2x3x2xi1>
}

func.func @gradient(
    %a: tensor<3xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<2x3x2xf64> attributes {tenon.linear} {
  %y = tenon.broadcast %a dims [1] : tensor<3xf64> to tensor<2x3x2xf64>
  return %y : tensor<2x3x2xf64>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<2.07> : tensor<f32>}) -> (
    tensor<17xf32> {tenon.expected = dense<[2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07, 2.07]> : tensor<17xf32>}) {
  %y = tenon.broadcast %a dims [] : tensor<f32> to tensor<17xf32>
  return %y : tensor<17xf32>
}
