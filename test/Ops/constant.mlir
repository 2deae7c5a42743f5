// Written by generate.py: expectations are exact, rounded once.

func.func @f64() -> (
    tensor<5xf64> {tenon.expected = dense<[1.47, 3.01, 0.09, -3.68, -2.16]> : tensor<5xf64>}) {
  %y = tenon.constant dense<[1.47, 3.01, 0.09, -3.68, -2.16]> : tensor<5xf64>
  return %y : tensor<5xf64>
}

func.func @f32() -> (
    tensor<5xf32> {tenon.expected = dense<[-2.95, -1.06, -3.97, 1.17, 1.38]> : tensor<5xf32>}) {
  %y = tenon.constant dense<[-2.95, -1.06, -3.97, 1.17, 1.38]> : tensor<5xf32>
  return %y : tensor<5xf32>
}

func.func @f16() -> (
    tensor<5xf16> {tenon.expected = dense<[2.99, 3.22, 3.79, -0.47, -2.64]> : tensor<5xf16>}) {
  %y = tenon.constant dense<[2.99, 3.22, 3.79, -0.47, -2.64]> : tensor<5xf16>
  return %y : tensor<5xf16>
}

func.func @bf16() -> (
    tensor<5xbf16> {tenon.expected = dense<[3.66, -3.77, 3.56, 2.58, -3.42]> : tensor<5xbf16>}) {
  %y = tenon.constant dense<[3.66, -3.77, 3.56, 2.58, -3.42]> : tensor<5xbf16>
  return %y : tensor<5xbf16>
}

func.func @i8() -> (
    tensor<5xi8> {tenon.expected = dense<[74, 73, 33, 74, 34]> : tensor<5xi8>}) {
  %y = tenon.constant dense<[74, 73, 33, 74, 34]> : tensor<5xi8>
  return %y : tensor<5xi8>
}

func.func @i16() -> (
    tensor<5xi16> {tenon.expected = dense<[-85, 60, 85, 75, -51]> : tensor<5xi16>}) {
  %y = tenon.constant dense<[-85, 60, 85, 75, -51]> : tensor<5xi16>
  return %y : tensor<5xi16>
}

func.func @i32() -> (
    tensor<5xi32> {tenon.expected = dense<[62, 51, -4, 76, 61]> : tensor<5xi32>}) {
  %y = tenon.constant dense<[62, 51, -4, 76, 61]> : tensor<5xi32>
  return %y : tensor<5xi32>
}

func.func @i64() -> (
    tensor<5xi64> {tenon.expected = dense<[29, 32, -63, -84, -85]> : tensor<5xi64>}) {
  %y = tenon.constant dense<[29, 32, -63, -84, -85]> : tensor<5xi64>
  return %y : tensor<5xi64>
}

func.func @ui8() -> (
    tensor<5xui8> {tenon.expected = dense<[99, 60, 68, 92, 63]> : tensor<5xui8>}) {
  %y = tenon.constant dense<[99, 60, 68, 92, 63]> : tensor<5xui8>
  return %y : tensor<5xui8>
}

func.func @ui16() -> (
    tensor<5xui16> {tenon.expected = dense<[21, 9, 88, 84, 88]> : tensor<5xui16>}) {
  %y = tenon.constant dense<[21, 9, 88, 84, 88]> : tensor<5xui16>
  return %y : tensor<5xui16>
}

func.func @ui32() -> (
    tensor<5xui32> {tenon.expected = dense<[36, 87, 86, 21, 85]> : tensor<5xui32>}) {
  %y = tenon.constant dense<[36, 87, 86, 21, 85]> : tensor<5xui32>
  return %y : tensor<5xui32>
}

func.func @ui64() -> (
    tensor<5xui64> {tenon.expected = dense<[50, 25, 85, 8, 48]> : tensor<5xui64>}) {
  %y = tenon.constant dense<[50, 25, 85, 8, 48]> : tensor<5xui64>
  return %y : tensor<5xui64>
}

func.func @i1() -> (
    tensor<5xi1> {tenon.expected = dense<[false, false, true, false, true]> : tensor<5xi1>}) {
  %y = tenon.constant dense<[false, false, true, false, true]> : tensor<5xi1>
  return %y : tensor<5xi1>
}

func.func @splat() -> (
    tensor<2x17xf32> {tenon.expected = dense<[[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]]> : tensor<2x17xf32>}) {
  %y = tenon.constant dense<0.1> : tensor<2x17xf32>
  return %y : tensor<2x17xf32>
}
