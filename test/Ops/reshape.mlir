// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<2x3xf64> {tenon.value = dense<[[-0.32, -2.78, -2.12], [-2.04, 1.64, 2.21]]> : tensor<2x3xf64>}) -> (
    tensor<3x1x2xf64> {tenon.expected = dense<[[[-0.32, -2.78]], [[-2.12, -2.04]], [[1.64, 2.21]]]> : tensor<3x1x2xf64>}) {
  %y = tenon.reshape %a : tensor<2x3xf64> to tensor<3x1x2xf64>
  return %y : tensor<3x1x2xf64>
}

func.func @f32(
    %a: tensor<2x3xf32> {tenon.value = dense<[[2.6, 2.59, -0.29], [-3.4, 2.07, -2.98]]> : tensor<2x3xf32>}) -> (
    tensor<3x1x2xf32> {tenon.expected = dense<[[[2.6, 2.59]], [[-0.29, -3.4]], [[2.07, -2.98]]]> : tensor<3x1x2xf32>}) {
  %y = tenon.reshape %a : tensor<2x3xf32> to tensor<3x1x2xf32>
  return %y : tensor<3x1x2xf32>
}

func.func @f16(
    %a: tensor<2x3xf16> {tenon.value = dense<[[-3.83, 2.15, -2.61], [-0.74, -0.26, -1.68]]> : tensor<2x3xf16>}) -> (
    tensor<3x1x2xf16> {tenon.expected = dense<[[[-3.83, 2.15]], [[-2.61, -0.74]], [[-0.26, -1.68]]]> : tensor<3x1x2xf16>}) {
  %y = tenon.reshape %a : tensor<2x3xf16> to tensor<3x1x2xf16>
  return %y : tensor<3x1x2xf16>
}

func.func @bf16(
    %a: tensor<2x3xbf16> {tenon.value = dense<[[-0.03, -3.31, -0.98], [-1.2, 3.05, -1.52]]> : tensor<2x3xbf16>}) -> (
    tensor<3x1x2xbf16> {tenon.expected = dense<[[[-0.03, -3.31]], [[-0.98, -1.2]], [[3.05, -1.52]]]> : tensor<3x1x2xbf16>}) {
  %y = tenon.reshape %a : tensor<2x3xbf16> to tensor<3x1x2xbf16>
  return %y : tensor<3x1x2xbf16>
}

func.func @i8(
    %a: tensor<2x3xi8> {tenon.value = dense<[[18, 3, 79], [59, 30, 49]]> : tensor<2x3xi8>}) -> (
    tensor<3x1x2xi8> {tenon.expected = dense<[[[18, 3]], [[79, 59]], [[30, 49]]]> : tensor<3x1x2xi8>}) {
  %y = tenon.reshape %a : tensor<2x3xi8> to tensor<3x1x2xi8>
  return %y : tensor<3x1x2xi8>
}

func.func @i16(
    %a: tensor<2x3xi16> {tenon.value = dense<[[-61, 4, -53], [23, 95, 10]]> : tensor<2x3xi16>}) -> (
    tensor<3x1x2xi16> {tenon.expected = dense<[[[-61, 4]], [[-53, 23]], [[95, 10]]]> : tensor<3x1x2xi16>}) {
  %y = tenon.reshape %a : tensor<2x3xi16> to tensor<3x1x2xi16>
  return %y : tensor<3x1x2xi16>
}

func.func @i32(
    %a: tensor<2x3xi32> {tenon.value = dense<[[-85, 53, 93], [88, 3, 47]]> : tensor<2x3xi32>}) -> (
    tensor<3x1x2xi32> {tenon.expected = dense<[[[-85, 53]], [[93, 88]], [[3, 47]]]> : tensor<3x1x2xi32>}) {
  %y = tenon.reshape %a : tensor<2x3xi32> to tensor<3x1x2xi32>
  return %y : tensor<3x1x2xi32>
}

func.func @i64(
    %a: tensor<2x3xi64> {tenon.value = dense<[[-88, -56, -52], [-87, -66, -46]]> : tensor<2x3xi64>}) -> (
    tensor<3x1x2xi64> {tenon.expected = dense<[[[-88, -56]], [[-52, -87]], [[-66, -46]]]> : tensor<3x1x2xi64>}) {
  %y = tenon.reshape %a : tensor<2x3xi64> to tensor<3x1x2xi64>
  return %y : tensor<3x1x2xi64>
}

func.func @ui8(
    %a: tensor<2x3xui8> {tenon.value = dense<[[9, 83, 24], [62, 94, 99]]> : tensor<2x3xui8>}) -> (
    tensor<3x1x2xui8> {tenon.expected = dense<[[[9, 83]], [[24, 62]], [[94, 99]]]> : tensor<3x1x2xui8>}) {
  %y = tenon.reshape %a : tensor<2x3xui8> to tensor<3x1x2xui8>
  return %y : tensor<3x1x2xui8>
}

func.func @ui16(
    %a: tensor<2x3xui16> {tenon.value = dense<[[66, 0, 67], [58, 49, 1]]> : tensor<2x3xui16>}) -> (
    tensor<3x1x2xui16> {tenon.expected = dense<[[[66, 0]], [[67, 58]], [[49, 1]]]> : tensor<3x1x2xui16>}) {
  %y = tenon.reshape %a : tensor<2x3xui16> to tensor<3x1x2xui16>
  return %y : tensor<3x1x2xui16>
}

func.func @ui32(
    %a: tensor<2x3xui32> {tenon.value = dense<[[60, 35, 75], [49, 7, 9]]> : tensor<2x3xui32>}) -> (
    tensor<3x1x2xui32> {tenon.expected = dense<[[[60, 35]], [[75, 49]], [[7, 9]]]> : tensor<3x1x2xui32>}) {
  %y = tenon.reshape %a : tensor<2x3xui32> to tensor<3x1x2xui32>
  return %y : tensor<3x1x2xui32>
}

func.func @ui64(
    %a: tensor<2x3xui64> {tenon.value = dense<[[53, 33, 53], [8, 1, 83]]> : tensor<2x3xui64>}) -> (
    tensor<3x1x2xui64> {tenon.expected = dense<[[[53, 33]], [[53, 8]], [[1, 83]]]> : tensor<3x1x2xui64>}) {
  %y = tenon.reshape %a : tensor<2x3xui64> to tensor<3x1x2xui64>
  return %y : tensor<3x1x2xui64>
}

func.func @i1(
    %a: tensor<2x3xi1> {tenon.value = dense<[[true, true, true], [true, false, false]]> : tensor<2x3xi1>}) -> (
    tensor<3x1x2xi1> {tenon.expected = dense<[[[true, true]], [[true, true]], [[false, false]]]> : tensor<3x1x2xi1>}) {
  %y = tenon.reshape %a : tensor<2x3xi1> to tensor<3x1x2xi1>
  return %y : tensor<3x1x2xi1>
}

func.func @gradient(
    %a: tensor<2x3xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<3x1x2xf64> attributes {tenon.linear} {
  %y = tenon.reshape %a : tensor<2x3xf64> to tensor<3x1x2xf64>
  return %y : tensor<3x1x2xf64>
}
