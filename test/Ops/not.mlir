// Written by generate.py: expectations are exact, rounded once.

func.func @i8(
    %a: tensor<11xi8> {tenon.value = dense<[0, 1, 2, 7, 100, 127, 126, -1, -2, -100, -128]> : tensor<11xi8>}) -> (
    tensor<11xi8> {tenon.expected = dense<[-1, -2, -3, -8, -101, -128, -127, 0, 1, 99, 127]> : tensor<11xi8>}) {
  %y = tenon.not %a : tensor<11xi8>
  return %y : tensor<11xi8>
}

func.func @i16(
    %a: tensor<11xi16> {tenon.value = dense<[0, 1, 2, 7, 100, 32767, 32766, -1, -2, -100, -32768]> : tensor<11xi16>}) -> (
    tensor<11xi16> {tenon.expected = dense<[-1, -2, -3, -8, -101, -32768, -32767, 0, 1, 99, 32767]> : tensor<11xi16>}) {
  %y = tenon.not %a : tensor<11xi16>
  return %y : tensor<11xi16>
}

func.func @i32(
    %a: tensor<11xi32> {tenon.value = dense<[0, 1, 2, 7, 100, 2147483647, 2147483646, -1, -2, -100, -2147483648]> : tensor<11xi32>}) -> (
    tensor<11xi32> {tenon.expected = dense<[-1, -2, -3, -8, -101, -2147483648, -2147483647, 0, 1, 99, 2147483647]> : tensor<11xi32>}) {
  %y = tenon.not %a : tensor<11xi32>
  return %y : tensor<11xi32>
}

func.func @i64(
    %a: tensor<11xi64> {tenon.value = dense<[0, 1, 2, 7, 100, 9223372036854775807, 9223372036854775806, -1, -2, -100, -9223372036854775808]> : tensor<11xi64>}) -> (
    tensor<11xi64> {tenon.expected = dense<[-1, -2, -3, -8, -101, -9223372036854775808, -9223372036854775807, 0, 1, 99, 9223372036854775807]> : tensor<11xi64>}) {
  %y = tenon.not %a : tensor<11xi64>
  return %y : tensor<11xi64>
}

func.func @ui8(
    %a: tensor<7xui8> {tenon.value = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xui8>}) -> (
    tensor<7xui8> {tenon.expected = dense<[255, 254, 253, 248, 155, 0, 1]> : tensor<7xui8>}) {
  %y = tenon.not %a : tensor<7xui8>
  return %y : tensor<7xui8>
}

func.func @ui16(
    %a: tensor<7xui16> {tenon.value = dense<[0, 1, 2, 7, 100, 65535, 65534]> : tensor<7xui16>}) -> (
    tensor<7xui16> {tenon.expected = dense<[65535, 65534, 65533, 65528, 65435, 0, 1]> : tensor<7xui16>}) {
  %y = tenon.not %a : tensor<7xui16>
  return %y : tensor<7xui16>
}

func.func @ui32(
    %a: tensor<7xui32> {tenon.value = dense<[0, 1, 2, 7, 100, 4294967295, 4294967294]> : tensor<7xui32>}) -> (
    tensor<7xui32> {tenon.expected = dense<[4294967295, 4294967294, 4294967293, 4294967288, 4294967195, 0, 1]> : tensor<7xui32>}) {
  %y = tenon.not %a : tensor<7xui32>
  return %y : tensor<7xui32>
}

func.func @ui64(
    %a: tensor<7xui64> {tenon.value = dense<[0, 1, 2, 7, 100, 18446744073709551615, 18446744073709551614]> : tensor<7xui64>}) -> (
    tensor<7xui64> {tenon.expected = dense<[18446744073709551615, 18446744073709551614, 18446744073709551613, 18446744073709551608, 18446744073709551515, 0, 1]> : tensor<7xui64>}) {
  %y = tenon.not %a : tensor<7xui64>
  return %y : tensor<7xui64>
}

func.func @i1(
    %a: tensor<3xi1> {tenon.value = dense<[false, true, true]> : tensor<3xi1>}) -> (
    tensor<3xi1> {tenon.expected = dense<[true, false, false]> : tensor<3xi1>}) {
  %y = tenon.not %a : tensor<3xi1>
  return %y : tensor<3xi1>
}
