// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<13xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308]> : tensor<13xf64>}) -> (
    tensor<13xf64> {tenon.expected = dense<[0.0, -0.0, 1.0, 0.0, 0.5, 0.0, 0x7FF0000000000000, 0.0, 0x7FF8000000000000, 5.0e-324, 0.0, 1.7976931348623157e+308, 0.0]> : tensor<13xf64>}) {
  %y = tenon.relu %a : tensor<13xf64>
  return %y : tensor<13xf64>
}

func.func @f32(
    %a: tensor<13xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38]> : tensor<13xf32>}) -> (
    tensor<13xf32> {tenon.expected = dense<[0.0, -0.0, 1.0, 0.0, 0.5, 0.0, 0x7F800000, 0.0, 0x7FC00000, 1.0e-45, 0.0, 3.4028235e+38, 0.0]> : tensor<13xf32>}) {
  %y = tenon.relu %a : tensor<13xf32>
  return %y : tensor<13xf32>
}

func.func @f16(
    %a: tensor<13xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04]> : tensor<13xf16>}) -> (
    tensor<13xf16> {tenon.expected = dense<[0.0, -0.0, 1.0, 0.0, 0.5, 0.0, 0x7C00, 0.0, 0x7E00, 6.0e-08, 0.0, 6.55e+04, 0.0]> : tensor<13xf16>}) {
  %y = tenon.relu %a : tensor<13xf16>
  return %y : tensor<13xf16>
}

func.func @bf16(
    %a: tensor<13xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38]> : tensor<13xbf16>}) -> (
    tensor<13xbf16> {tenon.expected = dense<[0.0, -0.0, 1.0, 0.0, 0.5, 0.0, 0x7F80, 0.0, 0x7FC0, 9.0e-41, 0.0, 3.39e+38, 0.0]> : tensor<13xbf16>}) {
  %y = tenon.relu %a : tensor<13xbf16>
  return %y : tensor<13xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<0.5> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<0.5> : tensor<f32>}) {
  %y = tenon.relu %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @i8(
    %a: tensor<11xi8> {tenon.value = dense<[0, 1, 2, 7, 100, 127, 126, -1, -2, -100, -128]> : tensor<11xi8>}) -> (
    tensor<11xi8> {tenon.expected = dense<[0, 1, 2, 7, 100, 127, 126, 0, 0, 0, 0]> : tensor<11xi8>}) {
  %y = tenon.relu %a : tensor<11xi8>
  return %y : tensor<11xi8>
}

func.func @i16(
    %a: tensor<11xi16> {tenon.value = dense<[0, 1, 2, 7, 100, 32767, 32766, -1, -2, -100, -32768]> : tensor<11xi16>}) -> (
    tensor<11xi16> {tenon.expected = dense<[0, 1, 2, 7, 100, 32767, 32766, 0, 0, 0, 0]> : tensor<11xi16>}) {
  %y = tenon.relu %a : tensor<11xi16>
  return %y : tensor<11xi16>
}

func.func @i32(
    %a: tensor<11xi32> {tenon.value = dense<[0, 1, 2, 7, 100, 2147483647, 2147483646, -1, -2, -100, -2147483648]> : tensor<11xi32>}) -> (
    tensor<11xi32> {tenon.expected = dense<[0, 1, 2, 7, 100, 2147483647, 2147483646, 0, 0, 0, 0]> : tensor<11xi32>}) {
  %y = tenon.relu %a : tensor<11xi32>
  return %y : tensor<11xi32>
}

func.func @i64(
    %a: tensor<11xi64> {tenon.value = dense<[0, 1, 2, 7, 100, 9223372036854775807, 9223372036854775806, -1, -2, -100, -9223372036854775808]> : tensor<11xi64>}) -> (
    tensor<11xi64> {tenon.expected = dense<[0, 1, 2, 7, 100, 9223372036854775807, 9223372036854775806, 0, 0, 0, 0]> : tensor<11xi64>}) {
  %y = tenon.relu %a : tensor<11xi64>
  return %y : tensor<11xi64>
}

func.func @ui8(
    %a: tensor<7xui8> {tenon.value = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xui8>}) -> (
    tensor<7xui8> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xui8>}) {
  %y = tenon.relu %a : tensor<7xui8>
  return %y : tensor<7xui8>
}

func.func @ui16(
    %a: tensor<7xui16> {tenon.value = dense<[0, 1, 2, 7, 100, 65535, 65534]> : tensor<7xui16>}) -> (
    tensor<7xui16> {tenon.expected = dense<[0, 1, 2, 7, 100, 65535, 65534]> : tensor<7xui16>}) {
  %y = tenon.relu %a : tensor<7xui16>
  return %y : tensor<7xui16>
}

func.func @ui32(
    %a: tensor<7xui32> {tenon.value = dense<[0, 1, 2, 7, 100, 4294967295, 4294967294]> : tensor<7xui32>}) -> (
    tensor<7xui32> {tenon.expected = dense<[0, 1, 2, 7, 100, 4294967295, 4294967294]> : tensor<7xui32>}) {
  %y = tenon.relu %a : tensor<7xui32>
  return %y : tensor<7xui32>
}

func.func @ui64(
    %a: tensor<7xui64> {tenon.value = dense<[0, 1, 2, 7, 100, 18446744073709551615, 18446744073709551614]> : tensor<7xui64>}) -> (
    tensor<7xui64> {tenon.expected = dense<[0, 1, 2, 7, 100, 18446744073709551615, 18446744073709551614]> : tensor<7xui64>}) {
  %y = tenon.relu %a : tensor<7xui64>
  return %y : tensor<7xui64>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [-2.0, 2.0], tenon.kinks = [0.0]}) -> tensor<2x5xf64> {
  %y = tenon.relu %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
