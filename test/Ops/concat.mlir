// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<2x3xf64> {tenon.value = dense<[[-0.32, -2.78, -2.12], [-2.04, 1.64, 2.21]]> : tensor<2x3xf64>},
    %b: tensor<2x1xf64> {tenon.value = dense<[[-0.31], [3.14]]> : tensor<2x1xf64>},
    %c: tensor<2x2xf64> {tenon.value = dense<[[-0.65, -2.63], [-1.38, -3.34]]> : tensor<2x2xf64>}) -> (
    tensor<2x6xf64> {tenon.expected = dense<[[-0.32, -2.78, -2.12, -0.31, -0.65, -2.63], [-2.04, 1.64, 2.21, 3.14, -1.38, -3.34]]> : tensor<2x6xf64>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xf64>, tensor<2x1xf64>, tensor<2x2xf64>
  return %y : tensor<2x6xf64>
}

func.func @f32(
    %a: tensor<2x3xf32> {tenon.value = dense<[[2.6, 2.59, -0.29], [-3.4, 2.07, -2.98]]> : tensor<2x3xf32>},
    %b: tensor<2x1xf32> {tenon.value = dense<[[-0.32], [2.8]]> : tensor<2x1xf32>},
    %c: tensor<2x2xf32> {tenon.value = dense<[[-2.96, 0.25], [-2.89, 1.57]]> : tensor<2x2xf32>}) -> (
    tensor<2x6xf32> {tenon.expected = dense<[[2.6, 2.59, -0.29, -0.32, -2.96, 0.25], [-3.4, 2.07, -2.98, 2.8, -2.89, 1.57]]> : tensor<2x6xf32>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xf32>, tensor<2x1xf32>, tensor<2x2xf32>
  return %y : tensor<2x6xf32>
}

func.func @f16(
    %a: tensor<2x3xf16> {tenon.value = dense<[[-3.83, 2.15, -2.61], [-0.74, -0.26, -1.68]]> : tensor<2x3xf16>},
    %b: tensor<2x1xf16> {tenon.value = dense<[[-2.19], [-0.03]]> : tensor<2x1xf16>},
    %c: tensor<2x2xf16> {tenon.value = dense<[[1.11, -3.17], [-3.28, -1.89]]> : tensor<2x2xf16>}) -> (
    tensor<2x6xf16> {tenon.expected = dense<[[-3.83, 2.15, -2.61, -2.19, 1.11, -3.17], [-0.74, -0.26, -1.68, -0.03, -3.28, -1.89]]> : tensor<2x6xf16>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xf16>, tensor<2x1xf16>, tensor<2x2xf16>
  return %y : tensor<2x6xf16>
}

func.func @bf16(
    %a: tensor<2x3xbf16> {tenon.value = dense<[[-0.03, -3.31, -0.98], [-1.2, 3.05, -1.52]]> : tensor<2x3xbf16>},
    %b: tensor<2x1xbf16> {tenon.value = dense<[[-3.34], [-2.4]]> : tensor<2x1xbf16>},
    %c: tensor<2x2xbf16> {tenon.value = dense<[[2.6, -1.72], [-3.69, 0.88]]> : tensor<2x2xbf16>}) -> (
    tensor<2x6xbf16> {tenon.expected = dense<[[-0.03, -3.31, -0.98, -3.34, 2.6, -1.72], [-1.2, 3.05, -1.52, -2.4, -3.69, 0.88]]> : tensor<2x6xbf16>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xbf16>, tensor<2x1xbf16>, tensor<2x2xbf16>
  return %y : tensor<2x6xbf16>
}

func.func @i8(
    %a: tensor<2x3xi8> {tenon.value = dense<[[18, 3, 79], [59, 30, 49]]> : tensor<2x3xi8>},
    %b: tensor<2x1xi8> {tenon.value = dense<[[57], [30]]> : tensor<2x1xi8>},
    %c: tensor<2x2xi8> {tenon.value = dense<[[-13, -57], [-73, 77]]> : tensor<2x2xi8>}) -> (
    tensor<2x6xi8> {tenon.expected = dense<[[18, 3, 79, 57, -13, -57], [59, 30, 49, 30, -73, 77]]> : tensor<2x6xi8>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xi8>, tensor<2x1xi8>, tensor<2x2xi8>
  return %y : tensor<2x6xi8>
}

func.func @i16(
    %a: tensor<2x3xi16> {tenon.value = dense<[[-61, 4, -53], [23, 95, 10]]> : tensor<2x3xi16>},
    %b: tensor<2x1xi16> {tenon.value = dense<[[83], [25]]> : tensor<2x1xi16>},
    %c: tensor<2x2xi16> {tenon.value = dense<[[-89, 3], [-51, -77]]> : tensor<2x2xi16>}) -> (
    tensor<2x6xi16> {tenon.expected = dense<[[-61, 4, -53, 83, -89, 3], [23, 95, 10, 25, -51, -77]]> : tensor<2x6xi16>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xi16>, tensor<2x1xi16>, tensor<2x2xi16>
  return %y : tensor<2x6xi16>
}

func.func @i32(
    %a: tensor<2x3xi32> {tenon.value = dense<[[-85, 53, 93], [88, 3, 47]]> : tensor<2x3xi32>},
    %b: tensor<2x1xi32> {tenon.value = dense<[[-79], [2]]> : tensor<2x1xi32>},
    %c: tensor<2x2xi32> {tenon.value = dense<[[31, 92], [64, -99]]> : tensor<2x2xi32>}) -> (
    tensor<2x6xi32> {tenon.expected = dense<[[-85, 53, 93, -79, 31, 92], [88, 3, 47, 2, 64, -99]]> : tensor<2x6xi32>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xi32>, tensor<2x1xi32>, tensor<2x2xi32>
  return %y : tensor<2x6xi32>
}

func.func @i64(
    %a: tensor<2x3xi64> {tenon.value = dense<[[-88, -56, -52], [-87, -66, -46]]> : tensor<2x3xi64>},
    %b: tensor<2x1xi64> {tenon.value = dense<[[97], [-28]]> : tensor<2x1xi64>},
    %c: tensor<2x2xi64> {tenon.value = dense<[[12, 30], [45, -98]]> : tensor<2x2xi64>}) -> (
    tensor<2x6xi64> {tenon.expected = dense<[[-88, -56, -52, 97, 12, 30], [-87, -66, -46, -28, 45, -98]]> : tensor<2x6xi64>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xi64>, tensor<2x1xi64>, tensor<2x2xi64>
  return %y : tensor<2x6xi64>
}

func.func @ui8(
    %a: tensor<2x3xui8> {tenon.value = dense<[[9, 83, 24], [62, 94, 99]]> : tensor<2x3xui8>},
    %b: tensor<2x1xui8> {tenon.value = dense<[[37], [86]]> : tensor<2x1xui8>},
    %c: tensor<2x2xui8> {tenon.value = dense<[[93, 50], [59, 69]]> : tensor<2x2xui8>}) -> (
    tensor<2x6xui8> {tenon.expected = dense<[[9, 83, 24, 37, 93, 50], [62, 94, 99, 86, 59, 69]]> : tensor<2x6xui8>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xui8>, tensor<2x1xui8>, tensor<2x2xui8>
  return %y : tensor<2x6xui8>
}

func.func @ui16(
    %a: tensor<2x3xui16> {tenon.value = dense<[[66, 0, 67], [58, 49, 1]]> : tensor<2x3xui16>},
    %b: tensor<2x1xui16> {tenon.value = dense<[[53], [10]]> : tensor<2x1xui16>},
    %c: tensor<2x2xui16> {tenon.value = dense<[[26, 26], [23, 84]]> : tensor<2x2xui16>}) -> (
    tensor<2x6xui16> {tenon.expected = dense<[[66, 0, 67, 53, 26, 26], [58, 49, 1, 10, 23, 84]]> : tensor<2x6xui16>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xui16>, tensor<2x1xui16>, tensor<2x2xui16>
  return %y : tensor<2x6xui16>
}

func.func @ui32(
    %a: tensor<2x3xui32> {tenon.value = dense<[[60, 35, 75], [49, 7, 9]]> : tensor<2x3xui32>},
    %b: tensor<2x1xui32> {tenon.value = dense<[[23], [95]]> : tensor<2x1xui32>},
    %c: tensor<2x2xui32> {tenon.value = dense<[[80, 46], [57, 73]]> : tensor<2x2xui32>}) -> (
    tensor<2x6xui32> {tenon.expected = dense<[[60, 35, 75, 23, 80, 46], [49, 7, 9, 95, 57, 73]]> : tensor<2x6xui32>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xui32>, tensor<2x1xui32>, tensor<2x2xui32>
  return %y : tensor<2x6xui32>
}

func.func @ui64(
    %a: tensor<2x3xui64> {tenon.value = dense<[[53, 33, 53], [8, 1, 83]]> : tensor<2x3xui64>},
    %b: tensor<2x1xui64> {tenon.value = dense<[[79], [23]]> : tensor<2x1xui64>},
    %c: tensor<2x2xui64> {tenon.value = dense<[[76, 55], [57, 40]]> : tensor<2x2xui64>}) -> (
    tensor<2x6xui64> {tenon.expected = dense<[[53, 33, 53, 79, 76, 55], [8, 1, 83, 23, 57, 40]]> : tensor<2x6xui64>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xui64>, tensor<2x1xui64>, tensor<2x2xui64>
  return %y : tensor<2x6xui64>
}

func.func @i1(
    %a: tensor<2x3xi1> {tenon.value = dense<[[true, true, true], [true, false, false]]> : tensor<2x3xi1>},
    %b: tensor<2x1xi1> {tenon.value = dense<[[false], [false]]> : tensor<2x1xi1>},
    %c: tensor<2x2xi1> {tenon.value = dense<[[false, false], [true, true]]> : tensor<2x2xi1>}) -> (
    tensor<2x6xi1> {tenon.expected = dense<[[true, true, true, false, false, false], [true, false, false, false, true, true]]> : tensor<2x6xi1>}) {
  %y = tenon.concat %a, %b, %c axis 1 : tensor<2x3xi1>, tensor<2x1xi1>, tensor<2x2xi1>
  return %y : tensor<2x6xi1>
}

func.func @gradient(
    %a: tensor<2x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<1x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<3x2xf64> attributes {tenon.linear} {
  %y = tenon.concat %a, %b axis 0 : tensor<2x2xf64>, tensor<1x2xf64>
  return %y : tensor<3x2xf64>
}
