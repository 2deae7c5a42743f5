// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<3x6xf64> {tenon.value = dense<[[2.64, 2.64, -0.48, 2.64, 1.84, 2.5], [0.64, -0.92, 3.86, 0.14, 3.86, 3.86], [-3.48, 0.87, 0x7FF8000000000000, 3.37, 0x7FF8000000000000, 3.01]]> : tensor<3x6xf64>}) -> (
    tensor<3xi64> {tenon.expected = dense<[0, 2, 2]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xf64>
  return %y : tensor<3xi64>
}

func.func @f64_last(
    %a: tensor<3x6xf64> {tenon.value = dense<[[2.64, 2.64, -0.48, 2.64, 1.84, 2.5], [0.64, -0.92, 3.86, 0.14, 3.86, 3.86], [-3.48, 0.87, 0x7FF8000000000000, 3.37, 0x7FF8000000000000, 3.01]]> : tensor<3x6xf64>}) -> (
    tensor<3xi64> {tenon.expected = dense<[3, 5, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xf64>
  return %y : tensor<3xi64>
}

func.func @f32(
    %a: tensor<3x6xf32> {tenon.value = dense<[[-1.68, -1.68, -0.7, -1.68, 3.39, 1.5], [1.48, -2.41, 1.48, 0.23, -3.44, 1.48], [-2.04, -0.1, 0x7FC00000, -0.67, 0x7FC00000, 3.9]]> : tensor<3x6xf32>}) -> (
    tensor<3xi64> {tenon.expected = dense<[4, 0, 2]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xf32>
  return %y : tensor<3xi64>
}

func.func @f32_last(
    %a: tensor<3x6xf32> {tenon.value = dense<[[-1.68, -1.68, -0.7, -1.68, 3.39, 1.5], [1.48, -2.41, 1.48, 0.23, -3.44, 1.48], [-2.04, -0.1, 0x7FC00000, -0.67, 0x7FC00000, 3.9]]> : tensor<3x6xf32>}) -> (
    tensor<3xi64> {tenon.expected = dense<[4, 5, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xf32>
  return %y : tensor<3xi64>
}

func.func @f16(
    %a: tensor<3x6xf16> {tenon.value = dense<[[-3.44, -3.44, -3.6, -3.44, -1.57, -0.23], [-3.5, -0.56, 3.33, 3.33, 3.02, 3.33], [-2.8, -1.9, 0x7E00, 0.38, 0x7E00, -1.46]]> : tensor<3x6xf16>}) -> (
    tensor<3xi64> {tenon.expected = dense<[5, 2, 2]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xf16>
  return %y : tensor<3xi64>
}

func.func @f16_last(
    %a: tensor<3x6xf16> {tenon.value = dense<[[-3.44, -3.44, -3.6, -3.44, -1.57, -0.23], [-3.5, -0.56, 3.33, 3.33, 3.02, 3.33], [-2.8, -1.9, 0x7E00, 0.38, 0x7E00, -1.46]]> : tensor<3x6xf16>}) -> (
    tensor<3xi64> {tenon.expected = dense<[5, 5, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xf16>
  return %y : tensor<3xi64>
}

func.func @bf16(
    %a: tensor<3x6xbf16> {tenon.value = dense<[[0.21, 0.21, -3.7, 0.21, 2.02, -1.4], [-1.23, -2.81, 2.6, -3.05, -3.22, 2.6], [0.58, 0.07, 0x7FC0, 2.56, 0x7FC0, 3.42]]> : tensor<3x6xbf16>}) -> (
    tensor<3xi64> {tenon.expected = dense<[4, 2, 2]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xbf16>
  return %y : tensor<3xi64>
}

func.func @bf16_last(
    %a: tensor<3x6xbf16> {tenon.value = dense<[[0.21, 0.21, -3.7, 0.21, 2.02, -1.4], [-1.23, -2.81, 2.6, -3.05, -3.22, 2.6], [0.58, 0.07, 0x7FC0, 2.56, 0x7FC0, 3.42]]> : tensor<3x6xbf16>}) -> (
    tensor<3xi64> {tenon.expected = dense<[4, 5, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xbf16>
  return %y : tensor<3xi64>
}

func.func @i8(
    %a: tensor<3x6xi8> {tenon.value = dense<[[-68, -68, 58, -68, -2, 16], [-78, -17, 66, 15, 66, 66], [95, -9, -43, -82, -71, 77]]> : tensor<3x6xi8>}) -> (
    tensor<3xi64> {tenon.expected = dense<[2, 2, 0]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xi8>
  return %y : tensor<3xi64>
}

func.func @i8_last(
    %a: tensor<3x6xi8> {tenon.value = dense<[[-68, -68, 58, -68, -2, 16], [-78, -17, 66, 15, 66, 66], [95, -9, -43, -82, -71, 77]]> : tensor<3x6xi8>}) -> (
    tensor<3xi64> {tenon.expected = dense<[2, 5, 0]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xi8>
  return %y : tensor<3xi64>
}

func.func @i16(
    %a: tensor<3x6xi16> {tenon.value = dense<[[-55, -55, 13, -55, -52, 10], [-71, 42, 71, 71, 13, 71], [75, -23, -74, -72, -55, -51]]> : tensor<3x6xi16>}) -> (
    tensor<3xi64> {tenon.expected = dense<[2, 2, 0]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xi16>
  return %y : tensor<3xi64>
}

func.func @i16_last(
    %a: tensor<3x6xi16> {tenon.value = dense<[[-55, -55, 13, -55, -52, 10], [-71, 42, 71, 71, 13, 71], [75, -23, -74, -72, -55, -51]]> : tensor<3x6xi16>}) -> (
    tensor<3xi64> {tenon.expected = dense<[2, 5, 0]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xi16>
  return %y : tensor<3xi64>
}

func.func @i32(
    %a: tensor<3x6xi32> {tenon.value = dense<[[54, 54, 29, 54, -94, 33], [50, 45, 50, 4, -76, 50], [26, -96, 43, -94, -47, 33]]> : tensor<3x6xi32>}) -> (
    tensor<3xi64> {tenon.expected = dense<[0, 0, 2]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xi32>
  return %y : tensor<3xi64>
}

func.func @i32_last(
    %a: tensor<3x6xi32> {tenon.value = dense<[[54, 54, 29, 54, -94, 33], [50, 45, 50, 4, -76, 50], [26, -96, 43, -94, -47, 33]]> : tensor<3x6xi32>}) -> (
    tensor<3xi64> {tenon.expected = dense<[3, 5, 2]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xi32>
  return %y : tensor<3xi64>
}

func.func @i64(
    %a: tensor<3x6xi64> {tenon.value = dense<[[65, 65, -68, 65, 43, -44], [62, -8, 62, -17, -73, 62], [-6, 6, 27, -1, 44, -52]]> : tensor<3x6xi64>}) -> (
    tensor<3xi64> {tenon.expected = dense<[0, 0, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xi64>
  return %y : tensor<3xi64>
}

func.func @i64_last(
    %a: tensor<3x6xi64> {tenon.value = dense<[[65, 65, -68, 65, 43, -44], [62, -8, 62, -17, -73, 62], [-6, 6, 27, -1, 44, -52]]> : tensor<3x6xi64>}) -> (
    tensor<3xi64> {tenon.expected = dense<[3, 5, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xi64>
  return %y : tensor<3xi64>
}

func.func @ui8(
    %a: tensor<3x6xui8> {tenon.value = dense<[[33, 33, 60, 33, 42, 44], [98, 60, 98, 29, 82, 98], [44, 8, 85, 45, 86, 42]]> : tensor<3x6xui8>}) -> (
    tensor<3xi64> {tenon.expected = dense<[2, 0, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xui8>
  return %y : tensor<3xi64>
}

func.func @ui8_last(
    %a: tensor<3x6xui8> {tenon.value = dense<[[33, 33, 60, 33, 42, 44], [98, 60, 98, 29, 82, 98], [44, 8, 85, 45, 86, 42]]> : tensor<3x6xui8>}) -> (
    tensor<3xi64> {tenon.expected = dense<[2, 5, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xui8>
  return %y : tensor<3xi64>
}

func.func @ui16(
    %a: tensor<3x6xui16> {tenon.value = dense<[[1, 1, 25, 1, 16, 13], [40, 10, 93, 59, 93, 93], [79, 44, 100, 76, 96, 90]]> : tensor<3x6xui16>}) -> (
    tensor<3xi64> {tenon.expected = dense<[2, 2, 2]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xui16>
  return %y : tensor<3xi64>
}

func.func @ui16_last(
    %a: tensor<3x6xui16> {tenon.value = dense<[[1, 1, 25, 1, 16, 13], [40, 10, 93, 59, 93, 93], [79, 44, 100, 76, 96, 90]]> : tensor<3x6xui16>}) -> (
    tensor<3xi64> {tenon.expected = dense<[2, 5, 2]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xui16>
  return %y : tensor<3xi64>
}

func.func @ui32(
    %a: tensor<3x6xui32> {tenon.value = dense<[[23, 23, 97, 23, 99, 6], [25, 76, 89, 26, 1, 89], [3, 37, 39, 16, 66, 52]]> : tensor<3x6xui32>}) -> (
    tensor<3xi64> {tenon.expected = dense<[4, 2, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xui32>
  return %y : tensor<3xi64>
}

func.func @ui32_last(
    %a: tensor<3x6xui32> {tenon.value = dense<[[23, 23, 97, 23, 99, 6], [25, 76, 89, 26, 1, 89], [3, 37, 39, 16, 66, 52]]> : tensor<3x6xui32>}) -> (
    tensor<3xi64> {tenon.expected = dense<[4, 5, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xui32>
  return %y : tensor<3xi64>
}

func.func @ui64(
    %a: tensor<3x6xui64> {tenon.value = dense<[[14, 14, 1, 14, 81, 72], [98, 91, 98, 36, 13, 98], [15, 76, 64, 68, 85, 4]]> : tensor<3x6xui64>}) -> (
    tensor<3xi64> {tenon.expected = dense<[4, 0, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 : tensor<3x6xui64>
  return %y : tensor<3xi64>
}

func.func @ui64_last(
    %a: tensor<3x6xui64> {tenon.value = dense<[[14, 14, 1, 14, 81, 72], [98, 91, 98, 36, 13, 98], [15, 76, 64, 68, 85, 4]]> : tensor<3x6xui64>}) -> (
    tensor<3xi64> {tenon.expected = dense<[4, 5, 4]> : tensor<3xi64>}) {
  %y = tenon.arg_max %a axis 1 last : tensor<3x6xui64>
  return %y : tensor<3xi64>
}
