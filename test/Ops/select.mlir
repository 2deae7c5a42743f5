// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xf64> {tenon.value = dense<[0.0, -0.0, 0x7FF8000000000000, 0x7FF0000000000000, 5.0e-324]> : tensor<5xf64>},
    %c: tensor<5xf64> {tenon.value = dense<[1.0, -0.0, 2.0, 0x7FF8000000000000, -5.0e-324]> : tensor<5xf64>}) -> (
    tensor<5xf64> {tenon.expected = dense<[0.0, -0.0, 0x7FF8000000000000, 0x7FF8000000000000, -5.0e-324]> : tensor<5xf64>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xf64>
  return %y : tensor<5xf64>
}

func.func @f32(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xf32> {tenon.value = dense<[0.0, -0.0, 0x7FC00000, 0x7F800000, 1.0e-45]> : tensor<5xf32>},
    %c: tensor<5xf32> {tenon.value = dense<[1.0, -0.0, 2.0, 0x7FC00000, -1.0e-45]> : tensor<5xf32>}) -> (
    tensor<5xf32> {tenon.expected = dense<[0.0, -0.0, 0x7FC00000, 0x7FC00000, -1.0e-45]> : tensor<5xf32>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xf32>
  return %y : tensor<5xf32>
}

func.func @f16(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xf16> {tenon.value = dense<[0.0, -0.0, 0x7E00, 0x7C00, 6.0e-08]> : tensor<5xf16>},
    %c: tensor<5xf16> {tenon.value = dense<[1.0, -0.0, 2.0, 0x7E00, -6.0e-08]> : tensor<5xf16>}) -> (
    tensor<5xf16> {tenon.expected = dense<[0.0, -0.0, 0x7E00, 0x7E00, -6.0e-08]> : tensor<5xf16>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xf16>
  return %y : tensor<5xf16>
}

func.func @bf16(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xbf16> {tenon.value = dense<[0.0, -0.0, 0x7FC0, 0x7F80, 9.0e-41]> : tensor<5xbf16>},
    %c: tensor<5xbf16> {tenon.value = dense<[1.0, -0.0, 2.0, 0x7FC0, -9.0e-41]> : tensor<5xbf16>}) -> (
    tensor<5xbf16> {tenon.expected = dense<[0.0, -0.0, 0x7FC0, 0x7FC0, -9.0e-41]> : tensor<5xbf16>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xbf16>
  return %y : tensor<5xbf16>
}

func.func @i8(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xi8> {tenon.value = dense<[0, 1, 2, 7, 100]> : tensor<5xi8>},
    %c: tensor<5xi8> {tenon.value = dense<[126, -1, -2, -100, -128]> : tensor<5xi8>}) -> (
    tensor<5xi8> {tenon.expected = dense<[0, -1, 2, -100, -128]> : tensor<5xi8>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xi8>
  return %y : tensor<5xi8>
}

func.func @i16(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xi16> {tenon.value = dense<[0, 1, 2, 7, 100]> : tensor<5xi16>},
    %c: tensor<5xi16> {tenon.value = dense<[32766, -1, -2, -100, -32768]> : tensor<5xi16>}) -> (
    tensor<5xi16> {tenon.expected = dense<[0, -1, 2, -100, -32768]> : tensor<5xi16>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xi16>
  return %y : tensor<5xi16>
}

func.func @i32(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xi32> {tenon.value = dense<[0, 1, 2, 7, 100]> : tensor<5xi32>},
    %c: tensor<5xi32> {tenon.value = dense<[2147483646, -1, -2, -100, -2147483648]> : tensor<5xi32>}) -> (
    tensor<5xi32> {tenon.expected = dense<[0, -1, 2, -100, -2147483648]> : tensor<5xi32>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xi32>
  return %y : tensor<5xi32>
}

func.func @i64(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xi64> {tenon.value = dense<[0, 1, 2, 7, 100]> : tensor<5xi64>},
    %c: tensor<5xi64> {tenon.value = dense<[9223372036854775806, -1, -2, -100, -9223372036854775808]> : tensor<5xi64>}) -> (
    tensor<5xi64> {tenon.expected = dense<[0, -1, 2, -100, -9223372036854775808]> : tensor<5xi64>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xi64>
  return %y : tensor<5xi64>
}

func.func @ui8(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xui8> {tenon.value = dense<[0, 1, 2, 7, 100]> : tensor<5xui8>},
    %c: tensor<5xui8> {tenon.value = dense<[2, 7, 100, 255, 254]> : tensor<5xui8>}) -> (
    tensor<5xui8> {tenon.expected = dense<[0, 7, 2, 255, 254]> : tensor<5xui8>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xui8>
  return %y : tensor<5xui8>
}

func.func @ui16(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xui16> {tenon.value = dense<[0, 1, 2, 7, 100]> : tensor<5xui16>},
    %c: tensor<5xui16> {tenon.value = dense<[2, 7, 100, 65535, 65534]> : tensor<5xui16>}) -> (
    tensor<5xui16> {tenon.expected = dense<[0, 7, 2, 65535, 65534]> : tensor<5xui16>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xui16>
  return %y : tensor<5xui16>
}

func.func @ui32(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xui32> {tenon.value = dense<[0, 1, 2, 7, 100]> : tensor<5xui32>},
    %c: tensor<5xui32> {tenon.value = dense<[2, 7, 100, 4294967295, 4294967294]> : tensor<5xui32>}) -> (
    tensor<5xui32> {tenon.expected = dense<[0, 7, 2, 4294967295, 4294967294]> : tensor<5xui32>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xui32>
  return %y : tensor<5xui32>
}

func.func @ui64(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xui64> {tenon.value = dense<[0, 1, 2, 7, 100]> : tensor<5xui64>},
    %c: tensor<5xui64> {tenon.value = dense<[2, 7, 100, 18446744073709551615, 18446744073709551614]> : tensor<5xui64>}) -> (
    tensor<5xui64> {tenon.expected = dense<[0, 7, 2, 18446744073709551615, 18446744073709551614]> : tensor<5xui64>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xui64>
  return %y : tensor<5xui64>
}

func.func @i1(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xi1> {tenon.value = dense<[true, true, false, false, true]> : tensor<5xi1>},
    %c: tensor<5xi1> {tenon.value = dense<[false, false, true, true, false]> : tensor<5xi1>}) -> (
    tensor<5xi1> {tenon.expected = dense<[true, false, false, true, false]> : tensor<5xi1>}) {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xi1>
  return %y : tensor<5xi1>
}

func.func @gradient(
    %a: tensor<5xi1> {tenon.value = dense<[true, false, true, false, false]> : tensor<5xi1>},
    %b: tensor<5xf64> {tenon.range = [-2.0, 2.0]},
    %c: tensor<5xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<5xf64> attributes {tenon.linear} {
  %y = tenon.select %a, %b, %c : tensor<5xi1>, tensor<5xf64>
  return %y : tensor<5xf64>
}
