// Written by generate.py: expectations are exact, rounded once.

func.func @f64_eq(
    %a: tensor<40xf64> {tenon.value = dense<[0.0, 0.0, 0.0, -0.0, -0.0, 1.0, 1.0, -2.5, -2.5, -2.5, 0x7FF0000000000000, 0x7FF0000000000000, 0xFFF0000000000000, 0xFFF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 5.0e-324, 5.0e-324, 1.7976931348623157e+308, 1.7976931348623157e+308, 1.7976931348623157e+308, 0.1, 0.1, 7.0, 7.0, 7.0, -3.0, -3.0, 0.1, -7.5, 7.5, 5.0, -5.0, 2.0, 2.0, -2.0, 0.0, -0.0, 0.0]> : tensor<40xf64>},
    %b: tensor<40xf64> {tenon.value = dense<[0.0, 0xFFF0000000000000, 7.0, 1.0, 5.0e-324, 0x7FF0000000000000, 0.1, -0.0, 0x7FF8000000000000, -3.0, -2.5, 1.7976931348623157e+308, 0.0, 0xFFF0000000000000, 7.0, 1.0, 5.0e-324, 0x7FF0000000000000, 0.1, -0.0, 0x7FF8000000000000, -3.0, -2.5, 1.7976931348623157e+308, 0.0, 0xFFF0000000000000, 7.0, 1.0, 5.0e-324, 0.2, 2.0, -2.0, 3.0, 3.0, 1.0e+01, 0.5, 3.0, 0.0, 0.0, -0.0]> : tensor<40xf64>}) -> (
    tensor<40xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, true, true, true]> : tensor<40xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<40xf64>
  return %y : tensor<40xi1>
}

func.func @f32_eq(
    %a: tensor<40xf32> {tenon.value = dense<[0.0, 0.0, 0.0, -0.0, -0.0, 1.0, 1.0, -2.5, -2.5, -2.5, 0x7F800000, 0x7F800000, 0xFF800000, 0xFF800000, 0xFF800000, 0x7FC00000, 0x7FC00000, 1.0e-45, 1.0e-45, 3.4028235e+38, 3.4028235e+38, 3.4028235e+38, 0.1, 0.1, 7.0, 7.0, 7.0, -3.0, -3.0, 0.1, -7.5, 7.5, 5.0, -5.0, 2.0, 2.0, -2.0, 0.0, -0.0, 0.0]> : tensor<40xf32>},
    %b: tensor<40xf32> {tenon.value = dense<[0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0.2, 2.0, -2.0, 3.0, 3.0, 1.0e+01, 0.5, 3.0, 0.0, 0.0, -0.0]> : tensor<40xf32>}) -> (
    tensor<40xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, true, true, true]> : tensor<40xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<40xf32>
  return %y : tensor<40xi1>
}

func.func @f16_eq(
    %a: tensor<40xf16> {tenon.value = dense<[0.0, 0.0, 0.0, -0.0, -0.0, 1.0, 1.0, -2.5, -2.5, -2.5, 0x7C00, 0x7C00, 0xFC00, 0xFC00, 0xFC00, 0x7E00, 0x7E00, 6.0e-08, 6.0e-08, 6.55e+04, 6.55e+04, 6.55e+04, 0.1, 0.1, 7.0, 7.0, 7.0, -3.0, -3.0, 0.1, -7.5, 7.5, 5.0, -5.0, 2.0, 2.0, -2.0, 0.0, -0.0, 0.0]> : tensor<40xf16>},
    %b: tensor<40xf16> {tenon.value = dense<[0.0, 0xFC00, 7.0, 1.0, 6.0e-08, 0x7C00, 0.1, -0.0, 0x7E00, -3.0, -2.5, 6.55e+04, 0.0, 0xFC00, 7.0, 1.0, 6.0e-08, 0x7C00, 0.1, -0.0, 0x7E00, -3.0, -2.5, 6.55e+04, 0.0, 0xFC00, 7.0, 1.0, 6.0e-08, 0.2, 2.0, -2.0, 3.0, 3.0, 1.0e+01, 0.5, 3.0, 0.0, 0.0, -0.0]> : tensor<40xf16>}) -> (
    tensor<40xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, true, true, true]> : tensor<40xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<40xf16>
  return %y : tensor<40xi1>
}

func.func @bf16_eq(
    %a: tensor<40xbf16> {tenon.value = dense<[0.0, 0.0, 0.0, -0.0, -0.0, 1.0, 1.0, -2.5, -2.5, -2.5, 0x7F80, 0x7F80, 0xFF80, 0xFF80, 0xFF80, 0x7FC0, 0x7FC0, 9.0e-41, 9.0e-41, 3.39e+38, 3.39e+38, 3.39e+38, 0.1, 0.1, 7.0, 7.0, 7.0, -3.0, -3.0, 0.1, -7.5, 7.5, 5.0, -5.0, 2.0, 2.0, -2.0, 0.0, -0.0, 0.0]> : tensor<40xbf16>},
    %b: tensor<40xbf16> {tenon.value = dense<[0.0, 0xFF80, 7.0, 1.0, 9.0e-41, 0x7F80, 0.1, -0.0, 0x7FC0, -3.0, -2.5, 3.39e+38, 0.0, 0xFF80, 7.0, 1.0, 9.0e-41, 0x7F80, 0.1, -0.0, 0x7FC0, -3.0, -2.5, 3.39e+38, 0.0, 0xFF80, 7.0, 1.0, 9.0e-41, 0.2, 2.0, -2.0, 3.0, 3.0, 1.0e+01, 0.5, 3.0, 0.0, 0.0, -0.0]> : tensor<40xbf16>}) -> (
    tensor<40xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, true, true, true]> : tensor<40xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<40xbf16>
  return %y : tensor<40xi1>
}

func.func @i8_eq(
    %a: tensor<36xi8> {tenon.value = dense<[0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 100, 100, 100, 100, 100, 100, 126, 126, 126, 126, 126, -2, -2, -2, -2, -2, -2, -128, -128, -128, -128, -128, 7, 6, -128]> : tensor<36xi8>},
    %b: tensor<36xi8> {tenon.value = dense<[0, 2, 100, 126, -2, -128, 1, 7, 127, -1, -100, 0, 2, 100, 126, -2, -128, 1, 7, 127, -1, -100, 0, 2, 100, 126, -2, -128, 1, 7, 127, -1, -100, 3, 2, -1]> : tensor<36xi8>}) -> (
    tensor<36xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false]> : tensor<36xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<36xi8>
  return %y : tensor<36xi1>
}

func.func @i16_eq(
    %a: tensor<36xi16> {tenon.value = dense<[0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 100, 100, 100, 100, 100, 100, 32766, 32766, 32766, 32766, 32766, -2, -2, -2, -2, -2, -2, -32768, -32768, -32768, -32768, -32768, 7, 6, -32768]> : tensor<36xi16>},
    %b: tensor<36xi16> {tenon.value = dense<[0, 2, 100, 32766, -2, -32768, 1, 7, 32767, -1, -100, 0, 2, 100, 32766, -2, -32768, 1, 7, 32767, -1, -100, 0, 2, 100, 32766, -2, -32768, 1, 7, 32767, -1, -100, 3, 2, -1]> : tensor<36xi16>}) -> (
    tensor<36xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false]> : tensor<36xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<36xi16>
  return %y : tensor<36xi1>
}

func.func @i32_eq(
    %a: tensor<36xi32> {tenon.value = dense<[0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 100, 100, 100, 100, 100, 100, 2147483646, 2147483646, 2147483646, 2147483646, 2147483646, -2, -2, -2, -2, -2, -2, -2147483648, -2147483648, -2147483648, -2147483648, -2147483648, 7, 6, -2147483648]> : tensor<36xi32>},
    %b: tensor<36xi32> {tenon.value = dense<[0, 2, 100, 2147483646, -2, -2147483648, 1, 7, 2147483647, -1, -100, 0, 2, 100, 2147483646, -2, -2147483648, 1, 7, 2147483647, -1, -100, 0, 2, 100, 2147483646, -2, -2147483648, 1, 7, 2147483647, -1, -100, 3, 2, -1]> : tensor<36xi32>}) -> (
    tensor<36xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false]> : tensor<36xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<36xi32>
  return %y : tensor<36xi1>
}

func.func @i64_eq(
    %a: tensor<36xi64> {tenon.value = dense<[0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 100, 100, 100, 100, 100, 100, 9223372036854775806, 9223372036854775806, 9223372036854775806, 9223372036854775806, 9223372036854775806, -2, -2, -2, -2, -2, -2, -9223372036854775808, -9223372036854775808, -9223372036854775808, -9223372036854775808, -9223372036854775808, 7, 6, -9223372036854775808]> : tensor<36xi64>},
    %b: tensor<36xi64> {tenon.value = dense<[0, 2, 100, 9223372036854775806, -2, -9223372036854775808, 1, 7, 9223372036854775807, -1, -100, 0, 2, 100, 9223372036854775806, -2, -9223372036854775808, 1, 7, 9223372036854775807, -1, -100, 0, 2, 100, 9223372036854775806, -2, -9223372036854775808, 1, 7, 9223372036854775807, -1, -100, 3, 2, -1]> : tensor<36xi64>}) -> (
    tensor<36xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false, false, false]> : tensor<36xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<36xi64>
  return %y : tensor<36xi1>
}

func.func @ui8_eq(
    %a: tensor<17xui8> {tenon.value = dense<[0, 0, 0, 0, 2, 2, 2, 100, 100, 100, 100, 254, 254, 254, 7, 6, 254]> : tensor<17xui8>},
    %b: tensor<17xui8> {tenon.value = dense<[0, 2, 100, 254, 1, 7, 255, 0, 2, 100, 254, 1, 7, 255, 3, 2, 255]> : tensor<17xui8>}) -> (
    tensor<17xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false]> : tensor<17xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<17xui8>
  return %y : tensor<17xi1>
}

func.func @ui16_eq(
    %a: tensor<17xui16> {tenon.value = dense<[0, 0, 0, 0, 2, 2, 2, 100, 100, 100, 100, 65534, 65534, 65534, 7, 6, 65534]> : tensor<17xui16>},
    %b: tensor<17xui16> {tenon.value = dense<[0, 2, 100, 65534, 1, 7, 65535, 0, 2, 100, 65534, 1, 7, 65535, 3, 2, 65535]> : tensor<17xui16>}) -> (
    tensor<17xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false]> : tensor<17xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<17xui16>
  return %y : tensor<17xi1>
}

func.func @ui32_eq(
    %a: tensor<17xui32> {tenon.value = dense<[0, 0, 0, 0, 2, 2, 2, 100, 100, 100, 100, 4294967294, 4294967294, 4294967294, 7, 6, 4294967294]> : tensor<17xui32>},
    %b: tensor<17xui32> {tenon.value = dense<[0, 2, 100, 4294967294, 1, 7, 4294967295, 0, 2, 100, 4294967294, 1, 7, 4294967295, 3, 2, 4294967295]> : tensor<17xui32>}) -> (
    tensor<17xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false]> : tensor<17xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<17xui32>
  return %y : tensor<17xi1>
}

func.func @ui64_eq(
    %a: tensor<17xui64> {tenon.value = dense<[0, 0, 0, 0, 2, 2, 2, 100, 100, 100, 100, 18446744073709551614, 18446744073709551614, 18446744073709551614, 7, 6, 18446744073709551614]> : tensor<17xui64>},
    %b: tensor<17xui64> {tenon.value = dense<[0, 2, 100, 18446744073709551614, 1, 7, 18446744073709551615, 0, 2, 100, 18446744073709551614, 1, 7, 18446744073709551615, 3, 2, 18446744073709551615]> : tensor<17xui64>}) -> (
    tensor<17xi1> {tenon.expected = dense<[true, false, false, false, false, false, false, false, false, true, false, false, false, false, false, false, false]> : tensor<17xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<17xui64>
  return %y : tensor<17xi1>
}

func.func @i1_eq(
    %a: tensor<4xi1> {tenon.value = dense<[false, false, true, true]> : tensor<4xi1>},
    %b: tensor<4xi1> {tenon.value = dense<[false, true, false, true]> : tensor<4xi1>}) -> (
    tensor<4xi1> {tenon.expected = dense<[true, false, false, true]> : tensor<4xi1>}) {
  %y = tenon.compare eq, %a, %b : tensor<4xi1>
  return %y : tensor<4xi1>
}

func.func @f32_ne(
    %a: tensor<40xf32> {tenon.value = dense<[0.0, 0.0, 0.0, -0.0, -0.0, 1.0, 1.0, -2.5, -2.5, -2.5, 0x7F800000, 0x7F800000, 0xFF800000, 0xFF800000, 0xFF800000, 0x7FC00000, 0x7FC00000, 1.0e-45, 1.0e-45, 3.4028235e+38, 3.4028235e+38, 3.4028235e+38, 0.1, 0.1, 7.0, 7.0, 7.0, -3.0, -3.0, 0.1, -7.5, 7.5, 5.0, -5.0, 2.0, 2.0, -2.0, 0.0, -0.0, 0.0]> : tensor<40xf32>},
    %b: tensor<40xf32> {tenon.value = dense<[0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0.2, 2.0, -2.0, 3.0, 3.0, 1.0e+01, 0.5, 3.0, 0.0, 0.0, -0.0]> : tensor<40xf32>}) -> (
    tensor<40xi1> {tenon.expected = dense<[false, true, true, true, true, true, true, true, true, true, true, true, true, false, true, true, true, true, true, true, true, true, true, true, true, true, false, true, true, true, true, true, true, true, true, true, true, false, false, false]> : tensor<40xi1>}) {
  %y = tenon.compare ne, %a, %b : tensor<40xf32>
  return %y : tensor<40xi1>
}

func.func @ui32_ne(
    %a: tensor<17xui32> {tenon.value = dense<[0, 0, 0, 0, 2, 2, 2, 100, 100, 100, 100, 4294967294, 4294967294, 4294967294, 7, 6, 4294967294]> : tensor<17xui32>},
    %b: tensor<17xui32> {tenon.value = dense<[0, 2, 100, 4294967294, 1, 7, 4294967295, 0, 2, 100, 4294967294, 1, 7, 4294967295, 3, 2, 4294967295]> : tensor<17xui32>}) -> (
    tensor<17xi1> {tenon.expected = dense<[false, true, true, true, true, true, true, true, true, false, true, true, true, true, true, true, true]> : tensor<17xi1>}) {
  %y = tenon.compare ne, %a, %b : tensor<17xui32>
  return %y : tensor<17xi1>
}

func.func @f32_lt(
    %a: tensor<40xf32> {tenon.value = dense<[0.0, 0.0, 0.0, -0.0, -0.0, 1.0, 1.0, -2.5, -2.5, -2.5, 0x7F800000, 0x7F800000, 0xFF800000, 0xFF800000, 0xFF800000, 0x7FC00000, 0x7FC00000, 1.0e-45, 1.0e-45, 3.4028235e+38, 3.4028235e+38, 3.4028235e+38, 0.1, 0.1, 7.0, 7.0, 7.0, -3.0, -3.0, 0.1, -7.5, 7.5, 5.0, -5.0, 2.0, 2.0, -2.0, 0.0, -0.0, 0.0]> : tensor<40xf32>},
    %b: tensor<40xf32> {tenon.value = dense<[0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0.2, 2.0, -2.0, 3.0, 3.0, 1.0e+01, 0.5, 3.0, 0.0, 0.0, -0.0]> : tensor<40xf32>}) -> (
    tensor<40xi1> {tenon.expected = dense<[false, false, true, true, true, true, false, true, false, false, false, false, true, false, true, false, false, true, true, false, false, false, false, true, false, false, false, true, true, true, true, false, false, true, true, false, true, false, false, false]> : tensor<40xi1>}) {
  %y = tenon.compare lt, %a, %b : tensor<40xf32>
  return %y : tensor<40xi1>
}

func.func @i8_lt(
    %a: tensor<36xi8> {tenon.value = dense<[0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 100, 100, 100, 100, 100, 100, 126, 126, 126, 126, 126, -2, -2, -2, -2, -2, -2, -128, -128, -128, -128, -128, 7, 6, -128]> : tensor<36xi8>},
    %b: tensor<36xi8> {tenon.value = dense<[0, 2, 100, 126, -2, -128, 1, 7, 127, -1, -100, 0, 2, 100, 126, -2, -128, 1, 7, 127, -1, -100, 0, 2, 100, 126, -2, -128, 1, 7, 127, -1, -100, 3, 2, -1]> : tensor<36xi8>}) -> (
    tensor<36xi1> {tenon.expected = dense<[false, true, true, true, false, false, false, true, true, false, false, false, false, false, true, false, false, false, false, true, false, false, true, true, true, true, false, false, true, true, true, true, true, false, false, true]> : tensor<36xi1>}) {
  %y = tenon.compare lt, %a, %b : tensor<36xi8>
  return %y : tensor<36xi1>
}

func.func @f32_le(
    %a: tensor<40xf32> {tenon.value = dense<[0.0, 0.0, 0.0, -0.0, -0.0, 1.0, 1.0, -2.5, -2.5, -2.5, 0x7F800000, 0x7F800000, 0xFF800000, 0xFF800000, 0xFF800000, 0x7FC00000, 0x7FC00000, 1.0e-45, 1.0e-45, 3.4028235e+38, 3.4028235e+38, 3.4028235e+38, 0.1, 0.1, 7.0, 7.0, 7.0, -3.0, -3.0, 0.1, -7.5, 7.5, 5.0, -5.0, 2.0, 2.0, -2.0, 0.0, -0.0, 0.0]> : tensor<40xf32>},
    %b: tensor<40xf32> {tenon.value = dense<[0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0.2, 2.0, -2.0, 3.0, 3.0, 1.0e+01, 0.5, 3.0, 0.0, 0.0, -0.0]> : tensor<40xf32>}) -> (
    tensor<40xi1> {tenon.expected = dense<[true, false, true, true, true, true, false, true, false, false, false, false, true, true, true, false, false, true, true, false, false, false, false, true, false, false, true, true, true, true, true, false, false, true, true, false, true, true, true, true]> : tensor<40xi1>}) {
  %y = tenon.compare le, %a, %b : tensor<40xf32>
  return %y : tensor<40xi1>
}

func.func @ui64_le(
    %a: tensor<17xui64> {tenon.value = dense<[0, 0, 0, 0, 2, 2, 2, 100, 100, 100, 100, 18446744073709551614, 18446744073709551614, 18446744073709551614, 7, 6, 18446744073709551614]> : tensor<17xui64>},
    %b: tensor<17xui64> {tenon.value = dense<[0, 2, 100, 18446744073709551614, 1, 7, 18446744073709551615, 0, 2, 100, 18446744073709551614, 1, 7, 18446744073709551615, 3, 2, 18446744073709551615]> : tensor<17xui64>}) -> (
    tensor<17xi1> {tenon.expected = dense<[true, true, true, true, false, true, true, false, false, true, true, false, false, true, false, false, true]> : tensor<17xi1>}) {
  %y = tenon.compare le, %a, %b : tensor<17xui64>
  return %y : tensor<17xi1>
}

func.func @f32_gt(
    %a: tensor<40xf32> {tenon.value = dense<[0.0, 0.0, 0.0, -0.0, -0.0, 1.0, 1.0, -2.5, -2.5, -2.5, 0x7F800000, 0x7F800000, 0xFF800000, 0xFF800000, 0xFF800000, 0x7FC00000, 0x7FC00000, 1.0e-45, 1.0e-45, 3.4028235e+38, 3.4028235e+38, 3.4028235e+38, 0.1, 0.1, 7.0, 7.0, 7.0, -3.0, -3.0, 0.1, -7.5, 7.5, 5.0, -5.0, 2.0, 2.0, -2.0, 0.0, -0.0, 0.0]> : tensor<40xf32>},
    %b: tensor<40xf32> {tenon.value = dense<[0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0.2, 2.0, -2.0, 3.0, 3.0, 1.0e+01, 0.5, 3.0, 0.0, 0.0, -0.0]> : tensor<40xf32>}) -> (
    tensor<40xi1> {tenon.expected = dense<[false, true, false, false, false, false, true, false, false, true, true, true, false, false, false, false, false, false, false, true, false, true, true, false, true, true, false, false, false, false, false, true, true, false, false, true, false, false, false, false]> : tensor<40xi1>}) {
  %y = tenon.compare gt, %a, %b : tensor<40xf32>
  return %y : tensor<40xi1>
}

func.func @i32_gt(
    %a: tensor<36xi32> {tenon.value = dense<[0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 100, 100, 100, 100, 100, 100, 2147483646, 2147483646, 2147483646, 2147483646, 2147483646, -2, -2, -2, -2, -2, -2, -2147483648, -2147483648, -2147483648, -2147483648, -2147483648, 7, 6, -2147483648]> : tensor<36xi32>},
    %b: tensor<36xi32> {tenon.value = dense<[0, 2, 100, 2147483646, -2, -2147483648, 1, 7, 2147483647, -1, -100, 0, 2, 100, 2147483646, -2, -2147483648, 1, 7, 2147483647, -1, -100, 0, 2, 100, 2147483646, -2, -2147483648, 1, 7, 2147483647, -1, -100, 3, 2, -1]> : tensor<36xi32>}) -> (
    tensor<36xi1> {tenon.expected = dense<[false, false, false, false, true, true, true, false, false, true, true, true, true, false, false, true, true, true, true, false, true, true, false, false, false, false, false, true, false, false, false, false, false, true, true, false]> : tensor<36xi1>}) {
  %y = tenon.compare gt, %a, %b : tensor<36xi32>
  return %y : tensor<36xi1>
}

func.func @f32_ge(
    %a: tensor<40xf32> {tenon.value = dense<[0.0, 0.0, 0.0, -0.0, -0.0, 1.0, 1.0, -2.5, -2.5, -2.5, 0x7F800000, 0x7F800000, 0xFF800000, 0xFF800000, 0xFF800000, 0x7FC00000, 0x7FC00000, 1.0e-45, 1.0e-45, 3.4028235e+38, 3.4028235e+38, 3.4028235e+38, 0.1, 0.1, 7.0, 7.0, 7.0, -3.0, -3.0, 0.1, -7.5, 7.5, 5.0, -5.0, 2.0, 2.0, -2.0, 0.0, -0.0, 0.0]> : tensor<40xf32>},
    %b: tensor<40xf32> {tenon.value = dense<[0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0x7F800000, 0.1, -0.0, 0x7FC00000, -3.0, -2.5, 3.4028235e+38, 0.0, 0xFF800000, 7.0, 1.0, 1.0e-45, 0.2, 2.0, -2.0, 3.0, 3.0, 1.0e+01, 0.5, 3.0, 0.0, 0.0, -0.0]> : tensor<40xf32>}) -> (
    tensor<40xi1> {tenon.expected = dense<[true, true, false, false, false, false, true, false, false, true, true, true, false, true, false, false, false, false, false, true, false, true, true, false, true, true, true, false, false, false, false, true, true, false, false, true, false, true, true, true]> : tensor<40xi1>}) {
  %y = tenon.compare ge, %a, %b : tensor<40xf32>
  return %y : tensor<40xi1>
}

func.func @ui32_ge(
    %a: tensor<17xui32> {tenon.value = dense<[0, 0, 0, 0, 2, 2, 2, 100, 100, 100, 100, 4294967294, 4294967294, 4294967294, 7, 6, 4294967294]> : tensor<17xui32>},
    %b: tensor<17xui32> {tenon.value = dense<[0, 2, 100, 4294967294, 1, 7, 4294967295, 0, 2, 100, 4294967294, 1, 7, 4294967295, 3, 2, 4294967295]> : tensor<17xui32>}) -> (
    tensor<17xi1> {tenon.expected = dense<[true, false, false, false, true, false, false, true, true, true, false, true, true, false, true, true, false]> : tensor<17xi1>}) {
  %y = tenon.compare ge, %a, %b : tensor<17xui32>
  return %y : tensor<17xi1>
}
