// Written by generate.py: expectations are exact, rounded once.

func.func @i8() -> (
    tensor<2x3x4xi8> {tenon.expected = dense<[[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], [[12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23]]]> : tensor<2x3x4xi8>}) {
  %y = tenon.linear_index strides [12, 4, 1] : tensor<2x3x4xi8>
  return %y : tensor<2x3x4xi8>
}

func.func @i16() -> (
    tensor<2x3x4xi16> {tenon.expected = dense<[[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], [[12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23]]]> : tensor<2x3x4xi16>}) {
  %y = tenon.linear_index strides [12, 4, 1] : tensor<2x3x4xi16>
  return %y : tensor<2x3x4xi16>
}

func.func @i32() -> (
    tensor<2x3x4xi32> {tenon.expected = dense<[[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], [[12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23]]]> : tensor<2x3x4xi32>}) {
  %y = tenon.linear_index strides [12, 4, 1] : tensor<2x3x4xi32>
  return %y : tensor<2x3x4xi32>
}

func.func @i64() -> (
    tensor<2x3x4xi64> {tenon.expected = dense<[[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], [[12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23]]]> : tensor<2x3x4xi64>}) {
  %y = tenon.linear_index strides [12, 4, 1] : tensor<2x3x4xi64>
  return %y : tensor<2x3x4xi64>
}

func.func @ui8() -> (
    tensor<2x3x4xui8> {tenon.expected = dense<[[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], [[12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23]]]> : tensor<2x3x4xui8>}) {
  %y = tenon.linear_index strides [12, 4, 1] : tensor<2x3x4xui8>
  return %y : tensor<2x3x4xui8>
}

func.func @ui16() -> (
    tensor<2x3x4xui16> {tenon.expected = dense<[[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], [[12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23]]]> : tensor<2x3x4xui16>}) {
  %y = tenon.linear_index strides [12, 4, 1] : tensor<2x3x4xui16>
  return %y : tensor<2x3x4xui16>
}

func.func @ui32() -> (
    tensor<2x3x4xui32> {tenon.expected = dense<[[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], [[12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23]]]> : tensor<2x3x4xui32>}) {
  %y = tenon.linear_index strides [12, 4, 1] : tensor<2x3x4xui32>
  return %y : tensor<2x3x4xui32>
}

func.func @ui64() -> (
    tensor<2x3x4xui64> {tenon.expected = dense<[[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], [[12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23]]]> : tensor<2x3x4xui64>}) {
  %y = tenon.linear_index strides [12, 4, 1] : tensor<2x3x4xui64>
  return %y : tensor<2x3x4xui64>
}

func.func @permuted() -> (
    tensor<4x2x35xui64> {tenon.expected = dense<[[[0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76, 80, 84, 88, 92, 96, 100, 104, 108, 112, 116, 120, 124, 128, 132, 136], [140, 144, 148, 152, 156, 160, 164, 168, 172, 176, 180, 184, 188, 192, 196, 200, 204, 208, 212, 216, 220, 224, 228, 232, 236, 240, 244, 248, 252, 256, 260, 264, 268, 272, 276]], [[1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41, 45, 49, 53, 57, 61, 65, 69, 73, 77, 81, 85, 89, 93, 97, 101, 105, 109, 113, 117, 121, 125, 129, 133, 137], [141, 145, 149, 153, 157, 161, 165, 169, 173, 177, 181, 185, 189, 193, 197, 201, 205, 209, 213, 217, 221, 225, 229, 233, 237, 241, 245, 249, 253, 257, 261, 265, 269, 273, 277]], [[2, 6, 10, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50, 54, 58, 62, 66, 70, 74, 78, 82, 86, 90, 94, 98, 102, 106, 110, 114, 118, 122, 126, 130, 134, 138], [142, 146, 150, 154, 158, 162, 166, 170, 174, 178, 182, 186, 190, 194, 198, 202, 206, 210, 214, 218, 222, 226, 230, 234, 238, 242, 246, 250, 254, 258, 262, 266, 270, 274, 278]], [[3, 7, 11, 15, 19, 23, 27, 31, 35, 39, 43, 47, 51, 55, 59, 63, 67, 71, 75, 79, 83, 87, 91, 95, 99, 103, 107, 111, 115, 119, 123, 127, 131, 135, 139], [143, 147, 151, 155, 159, 163, 167, 171, 175, 179, 183, 187, 191, 195, 199, 203, 207, 211, 215, 219, 223, 227, 231, 235, 239, 243, 247, 251, 255, 259, 263, 267, 271, 275, 279]]]> : tensor<4x2x35xui64>}) {
  %y = tenon.linear_index strides [1, 140, 4] : tensor<4x2x35xui64>
  return %y : tensor<4x2x35xui64>
}

func.func @any_strides() -> (
    tensor<3x17xi64> {tenon.expected = dense<[[0, -2, -4, -6, -8, -10, -12, -14, -16, -18, -20, -22, -24, -26, -28, -30, -32], [0, -2, -4, -6, -8, -10, -12, -14, -16, -18, -20, -22, -24, -26, -28, -30, -32], [0, -2, -4, -6, -8, -10, -12, -14, -16, -18, -20, -22, -24, -26, -28, -30, -32]]> : tensor<3x17xi64>}) {
  %y = tenon.linear_index strides [0, -2] : tensor<3x17xi64>
  return %y : tensor<3x17xi64>
}

func.func @scalar() -> (
    tensor<i64> {tenon.expected = dense<0> : tensor<i64>}) {
  %y = tenon.linear_index strides [] : tensor<i64>
  return %y : tensor<i64>
}
