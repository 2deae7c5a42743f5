// Written by generate.py: expectations are exact, rounded once.

func.func @f64() -> (
    tensor<2x5xf64> {tenon.expected = dense<[[0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 3.0, 4.0]]> : tensor<2x5xf64>}) {
  %y = tenon.iota axis 1 : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}

func.func @f32() -> (
    tensor<2x5xf32> {tenon.expected = dense<[[0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 3.0, 4.0]]> : tensor<2x5xf32>}) {
  %y = tenon.iota axis 1 : tensor<2x5xf32>
  return %y : tensor<2x5xf32>
}

func.func @f16() -> (
    tensor<2x5xf16> {tenon.expected = dense<[[0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 3.0, 4.0]]> : tensor<2x5xf16>}) {
  %y = tenon.iota axis 1 : tensor<2x5xf16>
  return %y : tensor<2x5xf16>
}

func.func @bf16() -> (
    tensor<2x5xbf16> {tenon.expected = dense<[[0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 3.0, 4.0]]> : tensor<2x5xbf16>}) {
  %y = tenon.iota axis 1 : tensor<2x5xbf16>
  return %y : tensor<2x5xbf16>
}

func.func @i8() -> (
    tensor<2x5xi8> {tenon.expected = dense<[[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]> : tensor<2x5xi8>}) {
  %y = tenon.iota axis 1 : tensor<2x5xi8>
  return %y : tensor<2x5xi8>
}

func.func @i16() -> (
    tensor<2x5xi16> {tenon.expected = dense<[[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]> : tensor<2x5xi16>}) {
  %y = tenon.iota axis 1 : tensor<2x5xi16>
  return %y : tensor<2x5xi16>
}

func.func @i32() -> (
    tensor<2x5xi32> {tenon.expected = dense<[[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]> : tensor<2x5xi32>}) {
  %y = tenon.iota axis 1 : tensor<2x5xi32>
  return %y : tensor<2x5xi32>
}

func.func @i64() -> (
    tensor<2x5xi64> {tenon.expected = dense<[[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]> : tensor<2x5xi64>}) {
  %y = tenon.iota axis 1 : tensor<2x5xi64>
  return %y : tensor<2x5xi64>
}

func.func @ui8() -> (
    tensor<2x5xui8> {tenon.expected = dense<[[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]> : tensor<2x5xui8>}) {
  %y = tenon.iota axis 1 : tensor<2x5xui8>
  return %y : tensor<2x5xui8>
}

func.func @ui16() -> (
    tensor<2x5xui16> {tenon.expected = dense<[[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]> : tensor<2x5xui16>}) {
  %y = tenon.iota axis 1 : tensor<2x5xui16>
  return %y : tensor<2x5xui16>
}

func.func @ui32() -> (
    tensor<2x5xui32> {tenon.expected = dense<[[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]> : tensor<2x5xui32>}) {
  %y = tenon.iota axis 1 : tensor<2x5xui32>
  return %y : tensor<2x5xui32>
}

func.func @ui64() -> (
    tensor<2x5xui64> {tenon.expected = dense<[[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]> : tensor<2x5xui64>}) {
  %y = tenon.iota axis 1 : tensor<2x5xui64>
  return %y : tensor<2x5xui64>
}
