// Written by generate.py: expectations are exact, rounded once.

func.func @from_f64(
    %a: tensor<15xf64> {tenon.value = dense<[0.0, -0.0, 0.9, -1.9, 2.5, 2.0e+02, -2.0e+02, 65519.0, 4.0e+09, -3.0e+09, 1.0e+19, 1.0e-41, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<15xf64>}) -> (
    tensor<15xf32> {tenon.expected = dense<[0.0, -0.0, 0.9, -1.9, 2.5, 2.0e+02, -2.0e+02, 65519.0, 4.0e+09, -3.0e+09, 1.0e+19, 1.0e-41, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<15xf32>},    tensor<15xf16> {tenon.expected = dense<[0.0, -0.0, 0.9, -1.9, 2.5, 2.0e+02, -2.0e+02, 6.55e+04, 0x7C00, 0xFC00, 0x7C00, 0.0, 0x7C00, 0xFC00, 0x7E00]> : tensor<15xf16>},    tensor<15xbf16> {tenon.expected = dense<[0.0, -0.0, 0.9, -1.9, 2.5, 2.0e+02, -2.0e+02, 6.55e+04, 4.0e+09, -3.0e+09, 1.0e+19, 0.0, 0x7F80, 0xFF80, 0x7FC0]> : tensor<15xbf16>},    tensor<15xi8> {tenon.expected = dense<[0, 0, 0, -1, 2, 127, -128, 127, 127, -128, 127, 0, 127, -128, 0]> : tensor<15xi8>},    tensor<15xi16> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 32767, 32767, -32768, 32767, 0, 32767, -32768, 0]> : tensor<15xi16>},    tensor<15xi32> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 65519, 2147483647, -2147483648, 2147483647, 0, 2147483647, -2147483648, 0]> : tensor<15xi32>},    tensor<15xi64> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 65519, 4000000000, -3000000000, 9223372036854775807, 0, 9223372036854775807, -9223372036854775808, 0]> : tensor<15xi64>},    tensor<15xui8> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 255, 255, 0, 255, 0, 255, 0, 0]> : tensor<15xui8>},    tensor<15xui16> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65519, 65535, 0, 65535, 0, 65535, 0, 0]> : tensor<15xui16>},    tensor<15xui32> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65519, 4000000000, 0, 4294967295, 0, 4294967295, 0, 0]> : tensor<15xui32>},    tensor<15xui64> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65519, 4000000000, 0, 10000000000000000000, 0, 18446744073709551615, 0, 0]> : tensor<15xui64>},    tensor<15xi1> {tenon.expected = dense<[false, false, true, true, true, true, true, true, true, true, true, true, true, true, true]> : tensor<15xi1>}) {
  %f32 = tenon.cast %a : tensor<15xf64> to tensor<15xf32>
  %f16 = tenon.cast %a : tensor<15xf64> to tensor<15xf16>
  %bf16 = tenon.cast %a : tensor<15xf64> to tensor<15xbf16>
  %i8 = tenon.cast %a : tensor<15xf64> to tensor<15xi8>
  %i16 = tenon.cast %a : tensor<15xf64> to tensor<15xi16>
  %i32 = tenon.cast %a : tensor<15xf64> to tensor<15xi32>
  %i64 = tenon.cast %a : tensor<15xf64> to tensor<15xi64>
  %ui8 = tenon.cast %a : tensor<15xf64> to tensor<15xui8>
  %ui16 = tenon.cast %a : tensor<15xf64> to tensor<15xui16>
  %ui32 = tenon.cast %a : tensor<15xf64> to tensor<15xui32>
  %ui64 = tenon.cast %a : tensor<15xf64> to tensor<15xui64>
  %i1 = tenon.cast %a : tensor<15xf64> to tensor<15xi1>
  return %f32, %f16, %bf16, %i8, %i16, %i32, %i64, %ui8, %ui16, %ui32, %ui64, %i1 : tensor<15xf32>, tensor<15xf16>, tensor<15xbf16>, tensor<15xi8>, tensor<15xi16>, tensor<15xi32>, tensor<15xi64>, tensor<15xui8>, tensor<15xui16>, tensor<15xui32>, tensor<15xui64>, tensor<15xi1>
}

func.func @from_f32(
    %a: tensor<15xf32> {tenon.value = dense<[0.0, -0.0, 0.9, -1.9, 2.5, 2.0e+02, -2.0e+02, 65519.0, 4.0e+09, -3.0e+09, 1.0e+19, 1.0e-41, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<15xf32>}) -> (
    tensor<15xf64> {tenon.expected = dense<[0.0, -0.0, 0.8999999761581421, -1.899999976158142, 2.5, 2.0e+02, -2.0e+02, 65519.0, 4.0e+09, -3.0e+09, 9.999999980506448e+18, 9.999665841421895e-42, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<15xf64>},    tensor<15xf16> {tenon.expected = dense<[0.0, -0.0, 0.9, -1.9, 2.5, 2.0e+02, -2.0e+02, 6.55e+04, 0x7C00, 0xFC00, 0x7C00, 0.0, 0x7C00, 0xFC00, 0x7E00]> : tensor<15xf16>},    tensor<15xbf16> {tenon.expected = dense<[0.0, -0.0, 0.9, -1.9, 2.5, 2.0e+02, -2.0e+02, 6.55e+04, 4.0e+09, -3.0e+09, 1.0e+19, 0.0, 0x7F80, 0xFF80, 0x7FC0]> : tensor<15xbf16>},    tensor<15xi8> {tenon.expected = dense<[0, 0, 0, -1, 2, 127, -128, 127, 127, -128, 127, 0, 127, -128, 0]> : tensor<15xi8>},    tensor<15xi16> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 32767, 32767, -32768, 32767, 0, 32767, -32768, 0]> : tensor<15xi16>},    tensor<15xi32> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 65519, 2147483647, -2147483648, 2147483647, 0, 2147483647, -2147483648, 0]> : tensor<15xi32>},    tensor<15xi64> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 65519, 4000000000, -3000000000, 9223372036854775807, 0, 9223372036854775807, -9223372036854775808, 0]> : tensor<15xi64>},    tensor<15xui8> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 255, 255, 0, 255, 0, 255, 0, 0]> : tensor<15xui8>},    tensor<15xui16> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65519, 65535, 0, 65535, 0, 65535, 0, 0]> : tensor<15xui16>},    tensor<15xui32> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65519, 4000000000, 0, 4294967295, 0, 4294967295, 0, 0]> : tensor<15xui32>},    tensor<15xui64> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65519, 4000000000, 0, 9999999980506447872, 0, 18446744073709551615, 0, 0]> : tensor<15xui64>},    tensor<15xi1> {tenon.expected = dense<[false, false, true, true, true, true, true, true, true, true, true, true, true, true, true]> : tensor<15xi1>}) {
  %f64 = tenon.cast %a : tensor<15xf32> to tensor<15xf64>
  %f16 = tenon.cast %a : tensor<15xf32> to tensor<15xf16>
  %bf16 = tenon.cast %a : tensor<15xf32> to tensor<15xbf16>
  %i8 = tenon.cast %a : tensor<15xf32> to tensor<15xi8>
  %i16 = tenon.cast %a : tensor<15xf32> to tensor<15xi16>
  %i32 = tenon.cast %a : tensor<15xf32> to tensor<15xi32>
  %i64 = tenon.cast %a : tensor<15xf32> to tensor<15xi64>
  %ui8 = tenon.cast %a : tensor<15xf32> to tensor<15xui8>
  %ui16 = tenon.cast %a : tensor<15xf32> to tensor<15xui16>
  %ui32 = tenon.cast %a : tensor<15xf32> to tensor<15xui32>
  %ui64 = tenon.cast %a : tensor<15xf32> to tensor<15xui64>
  %i1 = tenon.cast %a : tensor<15xf32> to tensor<15xi1>
  return %f64, %f16, %bf16, %i8, %i16, %i32, %i64, %ui8, %ui16, %ui32, %ui64, %i1 : tensor<15xf64>, tensor<15xf16>, tensor<15xbf16>, tensor<15xi8>, tensor<15xi16>, tensor<15xi32>, tensor<15xi64>, tensor<15xui8>, tensor<15xui16>, tensor<15xui32>, tensor<15xui64>, tensor<15xi1>
}

func.func @from_f16(
    %a: tensor<15xf16> {tenon.value = dense<[0.0, -0.0, 0.9, -1.9, 2.5, 2.0e+02, -2.0e+02, 6.55e+04, 0x7C00, 0xFC00, 0x7C00, 0.0, 0x7C00, 0xFC00, 0x7E00]> : tensor<15xf16>}) -> (
    tensor<15xf64> {tenon.expected = dense<[0.0, -0.0, 0.89990234375, -1.900390625, 2.5, 2.0e+02, -2.0e+02, 65504.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF0000000000000, 0.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<15xf64>},    tensor<15xf32> {tenon.expected = dense<[0.0, -0.0, 0.89990234, -1.9003906, 2.5, 2.0e+02, -2.0e+02, 65504.0, 0x7F800000, 0xFF800000, 0x7F800000, 0.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<15xf32>},    tensor<15xbf16> {tenon.expected = dense<[0.0, -0.0, 0.9, -1.9, 2.5, 2.0e+02, -2.0e+02, 6.55e+04, 0x7F80, 0xFF80, 0x7F80, 0.0, 0x7F80, 0xFF80, 0x7FC0]> : tensor<15xbf16>},    tensor<15xi8> {tenon.expected = dense<[0, 0, 0, -1, 2, 127, -128, 127, 127, -128, 127, 0, 127, -128, 0]> : tensor<15xi8>},    tensor<15xi16> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 32767, 32767, -32768, 32767, 0, 32767, -32768, 0]> : tensor<15xi16>},    tensor<15xi32> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 65504, 2147483647, -2147483648, 2147483647, 0, 2147483647, -2147483648, 0]> : tensor<15xi32>},    tensor<15xi64> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 65504, 9223372036854775807, -9223372036854775808, 9223372036854775807, 0, 9223372036854775807, -9223372036854775808, 0]> : tensor<15xi64>},    tensor<15xui8> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 255, 255, 0, 255, 0, 255, 0, 0]> : tensor<15xui8>},    tensor<15xui16> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65504, 65535, 0, 65535, 0, 65535, 0, 0]> : tensor<15xui16>},    tensor<15xui32> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65504, 4294967295, 0, 4294967295, 0, 4294967295, 0, 0]> : tensor<15xui32>},    tensor<15xui64> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65504, 18446744073709551615, 0, 18446744073709551615, 0, 18446744073709551615, 0, 0]> : tensor<15xui64>},    tensor<15xi1> {tenon.expected = dense<[false, false, true, true, true, true, true, true, true, true, true, false, true, true, true]> : tensor<15xi1>}) {
  %f64 = tenon.cast %a : tensor<15xf16> to tensor<15xf64>
  %f32 = tenon.cast %a : tensor<15xf16> to tensor<15xf32>
  %bf16 = tenon.cast %a : tensor<15xf16> to tensor<15xbf16>
  %i8 = tenon.cast %a : tensor<15xf16> to tensor<15xi8>
  %i16 = tenon.cast %a : tensor<15xf16> to tensor<15xi16>
  %i32 = tenon.cast %a : tensor<15xf16> to tensor<15xi32>
  %i64 = tenon.cast %a : tensor<15xf16> to tensor<15xi64>
  %ui8 = tenon.cast %a : tensor<15xf16> to tensor<15xui8>
  %ui16 = tenon.cast %a : tensor<15xf16> to tensor<15xui16>
  %ui32 = tenon.cast %a : tensor<15xf16> to tensor<15xui32>
  %ui64 = tenon.cast %a : tensor<15xf16> to tensor<15xui64>
  %i1 = tenon.cast %a : tensor<15xf16> to tensor<15xi1>
  return %f64, %f32, %bf16, %i8, %i16, %i32, %i64, %ui8, %ui16, %ui32, %ui64, %i1 : tensor<15xf64>, tensor<15xf32>, tensor<15xbf16>, tensor<15xi8>, tensor<15xi16>, tensor<15xi32>, tensor<15xi64>, tensor<15xui8>, tensor<15xui16>, tensor<15xui32>, tensor<15xui64>, tensor<15xi1>
}

func.func @from_bf16(
    %a: tensor<15xbf16> {tenon.value = dense<[0.0, -0.0, 0.9, -1.9, 2.5, 2.0e+02, -2.0e+02, 6.55e+04, 4.0e+09, -3.0e+09, 1.0e+19, 0.0, 0x7F80, 0xFF80, 0x7FC0]> : tensor<15xbf16>}) -> (
    tensor<15xf64> {tenon.expected = dense<[0.0, -0.0, 0.8984375, -1.8984375, 2.5, 2.0e+02, -2.0e+02, 65536.0, 3992977408.0, -3003121664.0, 1.0016005571271983e+19, 0.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<15xf64>},    tensor<15xf32> {tenon.expected = dense<[0.0, -0.0, 0.8984375, -1.8984375, 2.5, 2.0e+02, -2.0e+02, 65536.0, 3.9929774e+09, -3.0031217e+09, 1.0016006e+19, 0.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<15xf32>},    tensor<15xf16> {tenon.expected = dense<[0.0, -0.0, 0.8984, -1.898, 2.5, 2.0e+02, -2.0e+02, 0x7C00, 0x7C00, 0xFC00, 0x7C00, 0.0, 0x7C00, 0xFC00, 0x7E00]> : tensor<15xf16>},    tensor<15xi8> {tenon.expected = dense<[0, 0, 0, -1, 2, 127, -128, 127, 127, -128, 127, 0, 127, -128, 0]> : tensor<15xi8>},    tensor<15xi16> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 32767, 32767, -32768, 32767, 0, 32767, -32768, 0]> : tensor<15xi16>},    tensor<15xi32> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 65536, 2147483647, -2147483648, 2147483647, 0, 2147483647, -2147483648, 0]> : tensor<15xi32>},    tensor<15xi64> {tenon.expected = dense<[0, 0, 0, -1, 2, 200, -200, 65536, 3992977408, -3003121664, 9223372036854775807, 0, 9223372036854775807, -9223372036854775808, 0]> : tensor<15xi64>},    tensor<15xui8> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 255, 255, 0, 255, 0, 255, 0, 0]> : tensor<15xui8>},    tensor<15xui16> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65535, 65535, 0, 65535, 0, 65535, 0, 0]> : tensor<15xui16>},    tensor<15xui32> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65536, 3992977408, 0, 4294967295, 0, 4294967295, 0, 0]> : tensor<15xui32>},    tensor<15xui64> {tenon.expected = dense<[0, 0, 0, 0, 2, 200, 0, 65536, 3992977408, 0, 10016005571271983104, 0, 18446744073709551615, 0, 0]> : tensor<15xui64>},    tensor<15xi1> {tenon.expected = dense<[false, false, true, true, true, true, true, true, true, true, true, false, true, true, true]> : tensor<15xi1>}) {
  %f64 = tenon.cast %a : tensor<15xbf16> to tensor<15xf64>
  %f32 = tenon.cast %a : tensor<15xbf16> to tensor<15xf32>
  %f16 = tenon.cast %a : tensor<15xbf16> to tensor<15xf16>
  %i8 = tenon.cast %a : tensor<15xbf16> to tensor<15xi8>
  %i16 = tenon.cast %a : tensor<15xbf16> to tensor<15xi16>
  %i32 = tenon.cast %a : tensor<15xbf16> to tensor<15xi32>
  %i64 = tenon.cast %a : tensor<15xbf16> to tensor<15xi64>
  %ui8 = tenon.cast %a : tensor<15xbf16> to tensor<15xui8>
  %ui16 = tenon.cast %a : tensor<15xbf16> to tensor<15xui16>
  %ui32 = tenon.cast %a : tensor<15xbf16> to tensor<15xui32>
  %ui64 = tenon.cast %a : tensor<15xbf16> to tensor<15xui64>
  %i1 = tenon.cast %a : tensor<15xbf16> to tensor<15xi1>
  return %f64, %f32, %f16, %i8, %i16, %i32, %i64, %ui8, %ui16, %ui32, %ui64, %i1 : tensor<15xf64>, tensor<15xf32>, tensor<15xf16>, tensor<15xi8>, tensor<15xi16>, tensor<15xi32>, tensor<15xi64>, tensor<15xui8>, tensor<15xui16>, tensor<15xui32>, tensor<15xui64>, tensor<15xi1>
}

func.func @from_i8(
    %a: tensor<11xi8> {tenon.value = dense<[0, 1, 2, 7, 100, 127, 126, -1, -2, -100, -128]> : tensor<11xi8>}) -> (
    tensor<11xf64> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 127.0, 126.0, -1.0, -2.0, -1.0e+02, -128.0]> : tensor<11xf64>},    tensor<11xf32> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 127.0, 126.0, -1.0, -2.0, -1.0e+02, -128.0]> : tensor<11xf32>},    tensor<11xf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 127.0, 126.0, -1.0, -2.0, -1.0e+02, -128.0]> : tensor<11xf16>},    tensor<11xbf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 127.0, 126.0, -1.0, -2.0, -1.0e+02, -128.0]> : tensor<11xbf16>},    tensor<11xi16> {tenon.expected = dense<[0, 1, 2, 7, 100, 127, 126, -1, -2, -100, -128]> : tensor<11xi16>},    tensor<11xi32> {tenon.expected = dense<[0, 1, 2, 7, 100, 127, 126, -1, -2, -100, -128]> : tensor<11xi32>},    tensor<11xi64> {tenon.expected = dense<[0, 1, 2, 7, 100, 127, 126, -1, -2, -100, -128]> : tensor<11xi64>},    tensor<11xui8> {tenon.expected = dense<[0, 1, 2, 7, 100, 127, 126, 255, 254, 156, 128]> : tensor<11xui8>},    tensor<11xui16> {tenon.expected = dense<[0, 1, 2, 7, 100, 127, 126, 65535, 65534, 65436, 65408]> : tensor<11xui16>},    tensor<11xui32> {tenon.expected = dense<[0, 1, 2, 7, 100, 127, 126, 4294967295, 4294967294, 4294967196, 4294967168]> : tensor<11xui32>},    tensor<11xui64> {tenon.expected = dense<[0, 1, 2, 7, 100, 127, 126, 18446744073709551615, 18446744073709551614, 18446744073709551516, 18446744073709551488]> : tensor<11xui64>},    tensor<11xi1> {tenon.expected = dense<[false, true, true, true, true, true, true, true, true, true, true]> : tensor<11xi1>}) {
  %f64 = tenon.cast %a : tensor<11xi8> to tensor<11xf64>
  %f32 = tenon.cast %a : tensor<11xi8> to tensor<11xf32>
  %f16 = tenon.cast %a : tensor<11xi8> to tensor<11xf16>
  %bf16 = tenon.cast %a : tensor<11xi8> to tensor<11xbf16>
  %i16 = tenon.cast %a : tensor<11xi8> to tensor<11xi16>
  %i32 = tenon.cast %a : tensor<11xi8> to tensor<11xi32>
  %i64 = tenon.cast %a : tensor<11xi8> to tensor<11xi64>
  %ui8 = tenon.cast %a : tensor<11xi8> to tensor<11xui8>
  %ui16 = tenon.cast %a : tensor<11xi8> to tensor<11xui16>
  %ui32 = tenon.cast %a : tensor<11xi8> to tensor<11xui32>
  %ui64 = tenon.cast %a : tensor<11xi8> to tensor<11xui64>
  %i1 = tenon.cast %a : tensor<11xi8> to tensor<11xi1>
  return %f64, %f32, %f16, %bf16, %i16, %i32, %i64, %ui8, %ui16, %ui32, %ui64, %i1 : tensor<11xf64>, tensor<11xf32>, tensor<11xf16>, tensor<11xbf16>, tensor<11xi16>, tensor<11xi32>, tensor<11xi64>, tensor<11xui8>, tensor<11xui16>, tensor<11xui32>, tensor<11xui64>, tensor<11xi1>
}

func.func @from_i16(
    %a: tensor<11xi16> {tenon.value = dense<[0, 1, 2, 7, 100, 32767, 32766, -1, -2, -100, -32768]> : tensor<11xi16>}) -> (
    tensor<11xf64> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 32767.0, 32766.0, -1.0, -2.0, -1.0e+02, -32768.0]> : tensor<11xf64>},    tensor<11xf32> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 32767.0, 32766.0, -1.0, -2.0, -1.0e+02, -32768.0]> : tensor<11xf32>},    tensor<11xf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 3.277e+04, 3.277e+04, -1.0, -2.0, -1.0e+02, -3.277e+04]> : tensor<11xf16>},    tensor<11xbf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 3.28e+04, 3.28e+04, -1.0, -2.0, -1.0e+02, -3.28e+04]> : tensor<11xbf16>},    tensor<11xi8> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2, -1, -2, -100, 0]> : tensor<11xi8>},    tensor<11xi32> {tenon.expected = dense<[0, 1, 2, 7, 100, 32767, 32766, -1, -2, -100, -32768]> : tensor<11xi32>},    tensor<11xi64> {tenon.expected = dense<[0, 1, 2, 7, 100, 32767, 32766, -1, -2, -100, -32768]> : tensor<11xi64>},    tensor<11xui8> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254, 255, 254, 156, 0]> : tensor<11xui8>},    tensor<11xui16> {tenon.expected = dense<[0, 1, 2, 7, 100, 32767, 32766, 65535, 65534, 65436, 32768]> : tensor<11xui16>},    tensor<11xui32> {tenon.expected = dense<[0, 1, 2, 7, 100, 32767, 32766, 4294967295, 4294967294, 4294967196, 4294934528]> : tensor<11xui32>},    tensor<11xui64> {tenon.expected = dense<[0, 1, 2, 7, 100, 32767, 32766, 18446744073709551615, 18446744073709551614, 18446744073709551516, 18446744073709518848]> : tensor<11xui64>},    tensor<11xi1> {tenon.expected = dense<[false, true, true, true, true, true, true, true, true, true, true]> : tensor<11xi1>}) {
  %f64 = tenon.cast %a : tensor<11xi16> to tensor<11xf64>
  %f32 = tenon.cast %a : tensor<11xi16> to tensor<11xf32>
  %f16 = tenon.cast %a : tensor<11xi16> to tensor<11xf16>
  %bf16 = tenon.cast %a : tensor<11xi16> to tensor<11xbf16>
  %i8 = tenon.cast %a : tensor<11xi16> to tensor<11xi8>
  %i32 = tenon.cast %a : tensor<11xi16> to tensor<11xi32>
  %i64 = tenon.cast %a : tensor<11xi16> to tensor<11xi64>
  %ui8 = tenon.cast %a : tensor<11xi16> to tensor<11xui8>
  %ui16 = tenon.cast %a : tensor<11xi16> to tensor<11xui16>
  %ui32 = tenon.cast %a : tensor<11xi16> to tensor<11xui32>
  %ui64 = tenon.cast %a : tensor<11xi16> to tensor<11xui64>
  %i1 = tenon.cast %a : tensor<11xi16> to tensor<11xi1>
  return %f64, %f32, %f16, %bf16, %i8, %i32, %i64, %ui8, %ui16, %ui32, %ui64, %i1 : tensor<11xf64>, tensor<11xf32>, tensor<11xf16>, tensor<11xbf16>, tensor<11xi8>, tensor<11xi32>, tensor<11xi64>, tensor<11xui8>, tensor<11xui16>, tensor<11xui32>, tensor<11xui64>, tensor<11xi1>
}

func.func @from_i32(
    %a: tensor<11xi32> {tenon.value = dense<[0, 1, 2, 7, 100, 2147483647, 2147483646, -1, -2, -100, -2147483648]> : tensor<11xi32>}) -> (
    tensor<11xf64> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 2147483647.0, 2147483646.0, -1.0, -2.0, -1.0e+02, -2147483648.0]> : tensor<11xf64>},    tensor<11xf32> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 2.1474836e+09, 2.1474836e+09, -1.0, -2.0, -1.0e+02, -2.1474836e+09]> : tensor<11xf32>},    tensor<11xf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 0x7C00, 0x7C00, -1.0, -2.0, -1.0e+02, 0xFC00]> : tensor<11xf16>},    tensor<11xbf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 2.15e+09, 2.15e+09, -1.0, -2.0, -1.0e+02, -2.15e+09]> : tensor<11xbf16>},    tensor<11xi8> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2, -1, -2, -100, 0]> : tensor<11xi8>},    tensor<11xi16> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2, -1, -2, -100, 0]> : tensor<11xi16>},    tensor<11xi64> {tenon.expected = dense<[0, 1, 2, 7, 100, 2147483647, 2147483646, -1, -2, -100, -2147483648]> : tensor<11xi64>},    tensor<11xui8> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254, 255, 254, 156, 0]> : tensor<11xui8>},    tensor<11xui16> {tenon.expected = dense<[0, 1, 2, 7, 100, 65535, 65534, 65535, 65534, 65436, 0]> : tensor<11xui16>},    tensor<11xui32> {tenon.expected = dense<[0, 1, 2, 7, 100, 2147483647, 2147483646, 4294967295, 4294967294, 4294967196, 2147483648]> : tensor<11xui32>},    tensor<11xui64> {tenon.expected = dense<[0, 1, 2, 7, 100, 2147483647, 2147483646, 18446744073709551615, 18446744073709551614, 18446744073709551516, 18446744071562067968]> : tensor<11xui64>},    tensor<11xi1> {tenon.expected = dense<[false, true, true, true, true, true, true, true, true, true, true]> : tensor<11xi1>}) {
  %f64 = tenon.cast %a : tensor<11xi32> to tensor<11xf64>
  %f32 = tenon.cast %a : tensor<11xi32> to tensor<11xf32>
  %f16 = tenon.cast %a : tensor<11xi32> to tensor<11xf16>
  %bf16 = tenon.cast %a : tensor<11xi32> to tensor<11xbf16>
  %i8 = tenon.cast %a : tensor<11xi32> to tensor<11xi8>
  %i16 = tenon.cast %a : tensor<11xi32> to tensor<11xi16>
  %i64 = tenon.cast %a : tensor<11xi32> to tensor<11xi64>
  %ui8 = tenon.cast %a : tensor<11xi32> to tensor<11xui8>
  %ui16 = tenon.cast %a : tensor<11xi32> to tensor<11xui16>
  %ui32 = tenon.cast %a : tensor<11xi32> to tensor<11xui32>
  %ui64 = tenon.cast %a : tensor<11xi32> to tensor<11xui64>
  %i1 = tenon.cast %a : tensor<11xi32> to tensor<11xi1>
  return %f64, %f32, %f16, %bf16, %i8, %i16, %i64, %ui8, %ui16, %ui32, %ui64, %i1 : tensor<11xf64>, tensor<11xf32>, tensor<11xf16>, tensor<11xbf16>, tensor<11xi8>, tensor<11xi16>, tensor<11xi64>, tensor<11xui8>, tensor<11xui16>, tensor<11xui32>, tensor<11xui64>, tensor<11xi1>
}

func.func @from_i64(
    %a: tensor<11xi64> {tenon.value = dense<[0, 1, 2, 7, 100, 9223372036854775807, 9223372036854775806, -1, -2, -100, -9223372036854775808]> : tensor<11xi64>}) -> (
    tensor<11xf64> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 9.223372036854776e+18, 9.223372036854776e+18, -1.0, -2.0, -1.0e+02, -9.223372036854776e+18]> : tensor<11xf64>},    tensor<11xf32> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 9.223372e+18, 9.223372e+18, -1.0, -2.0, -1.0e+02, -9.223372e+18]> : tensor<11xf32>},    tensor<11xf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 0x7C00, 0x7C00, -1.0, -2.0, -1.0e+02, 0xFC00]> : tensor<11xf16>},    tensor<11xbf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 9.22e+18, 9.22e+18, -1.0, -2.0, -1.0e+02, -9.22e+18]> : tensor<11xbf16>},    tensor<11xi8> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2, -1, -2, -100, 0]> : tensor<11xi8>},    tensor<11xi16> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2, -1, -2, -100, 0]> : tensor<11xi16>},    tensor<11xi32> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2, -1, -2, -100, 0]> : tensor<11xi32>},    tensor<11xui8> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254, 255, 254, 156, 0]> : tensor<11xui8>},    tensor<11xui16> {tenon.expected = dense<[0, 1, 2, 7, 100, 65535, 65534, 65535, 65534, 65436, 0]> : tensor<11xui16>},    tensor<11xui32> {tenon.expected = dense<[0, 1, 2, 7, 100, 4294967295, 4294967294, 4294967295, 4294967294, 4294967196, 0]> : tensor<11xui32>},    tensor<11xui64> {tenon.expected = dense<[0, 1, 2, 7, 100, 9223372036854775807, 9223372036854775806, 18446744073709551615, 18446744073709551614, 18446744073709551516, 9223372036854775808]> : tensor<11xui64>},    tensor<11xi1> {tenon.expected = dense<[false, true, true, true, true, true, true, true, true, true, true]> : tensor<11xi1>}) {
  %f64 = tenon.cast %a : tensor<11xi64> to tensor<11xf64>
  %f32 = tenon.cast %a : tensor<11xi64> to tensor<11xf32>
  %f16 = tenon.cast %a : tensor<11xi64> to tensor<11xf16>
  %bf16 = tenon.cast %a : tensor<11xi64> to tensor<11xbf16>
  %i8 = tenon.cast %a : tensor<11xi64> to tensor<11xi8>
  %i16 = tenon.cast %a : tensor<11xi64> to tensor<11xi16>
  %i32 = tenon.cast %a : tensor<11xi64> to tensor<11xi32>
  %ui8 = tenon.cast %a : tensor<11xi64> to tensor<11xui8>
  %ui16 = tenon.cast %a : tensor<11xi64> to tensor<11xui16>
  %ui32 = tenon.cast %a : tensor<11xi64> to tensor<11xui32>
  %ui64 = tenon.cast %a : tensor<11xi64> to tensor<11xui64>
  %i1 = tenon.cast %a : tensor<11xi64> to tensor<11xi1>
  return %f64, %f32, %f16, %bf16, %i8, %i16, %i32, %ui8, %ui16, %ui32, %ui64, %i1 : tensor<11xf64>, tensor<11xf32>, tensor<11xf16>, tensor<11xbf16>, tensor<11xi8>, tensor<11xi16>, tensor<11xi32>, tensor<11xui8>, tensor<11xui16>, tensor<11xui32>, tensor<11xui64>, tensor<11xi1>
}

func.func @from_ui8(
    %a: tensor<7xui8> {tenon.value = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xui8>}) -> (
    tensor<7xf64> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 255.0, 254.0]> : tensor<7xf64>},    tensor<7xf32> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 255.0, 254.0]> : tensor<7xf32>},    tensor<7xf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 255.0, 254.0]> : tensor<7xf16>},    tensor<7xbf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 255.0, 254.0]> : tensor<7xbf16>},    tensor<7xi8> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2]> : tensor<7xi8>},    tensor<7xi16> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xi16>},    tensor<7xi32> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xi32>},    tensor<7xi64> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xi64>},    tensor<7xui16> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xui16>},    tensor<7xui32> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xui32>},    tensor<7xui64> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xui64>},    tensor<7xi1> {tenon.expected = dense<[false, true, true, true, true, true, true]> : tensor<7xi1>}) {
  %f64 = tenon.cast %a : tensor<7xui8> to tensor<7xf64>
  %f32 = tenon.cast %a : tensor<7xui8> to tensor<7xf32>
  %f16 = tenon.cast %a : tensor<7xui8> to tensor<7xf16>
  %bf16 = tenon.cast %a : tensor<7xui8> to tensor<7xbf16>
  %i8 = tenon.cast %a : tensor<7xui8> to tensor<7xi8>
  %i16 = tenon.cast %a : tensor<7xui8> to tensor<7xi16>
  %i32 = tenon.cast %a : tensor<7xui8> to tensor<7xi32>
  %i64 = tenon.cast %a : tensor<7xui8> to tensor<7xi64>
  %ui16 = tenon.cast %a : tensor<7xui8> to tensor<7xui16>
  %ui32 = tenon.cast %a : tensor<7xui8> to tensor<7xui32>
  %ui64 = tenon.cast %a : tensor<7xui8> to tensor<7xui64>
  %i1 = tenon.cast %a : tensor<7xui8> to tensor<7xi1>
  return %f64, %f32, %f16, %bf16, %i8, %i16, %i32, %i64, %ui16, %ui32, %ui64, %i1 : tensor<7xf64>, tensor<7xf32>, tensor<7xf16>, tensor<7xbf16>, tensor<7xi8>, tensor<7xi16>, tensor<7xi32>, tensor<7xi64>, tensor<7xui16>, tensor<7xui32>, tensor<7xui64>, tensor<7xi1>
}

func.func @from_ui16(
    %a: tensor<7xui16> {tenon.value = dense<[0, 1, 2, 7, 100, 65535, 65534]> : tensor<7xui16>}) -> (
    tensor<7xf64> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 65535.0, 65534.0]> : tensor<7xf64>},    tensor<7xf32> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 65535.0, 65534.0]> : tensor<7xf32>},    tensor<7xf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 0x7C00, 0x7C00]> : tensor<7xf16>},    tensor<7xbf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 6.55e+04, 6.55e+04]> : tensor<7xbf16>},    tensor<7xi8> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2]> : tensor<7xi8>},    tensor<7xi16> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2]> : tensor<7xi16>},    tensor<7xi32> {tenon.expected = dense<[0, 1, 2, 7, 100, 65535, 65534]> : tensor<7xi32>},    tensor<7xi64> {tenon.expected = dense<[0, 1, 2, 7, 100, 65535, 65534]> : tensor<7xi64>},    tensor<7xui8> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xui8>},    tensor<7xui32> {tenon.expected = dense<[0, 1, 2, 7, 100, 65535, 65534]> : tensor<7xui32>},    tensor<7xui64> {tenon.expected = dense<[0, 1, 2, 7, 100, 65535, 65534]> : tensor<7xui64>},    tensor<7xi1> {tenon.expected = dense<[false, true, true, true, true, true, true]> : tensor<7xi1>}) {
  %f64 = tenon.cast %a : tensor<7xui16> to tensor<7xf64>
  %f32 = tenon.cast %a : tensor<7xui16> to tensor<7xf32>
  %f16 = tenon.cast %a : tensor<7xui16> to tensor<7xf16>
  %bf16 = tenon.cast %a : tensor<7xui16> to tensor<7xbf16>
  %i8 = tenon.cast %a : tensor<7xui16> to tensor<7xi8>
  %i16 = tenon.cast %a : tensor<7xui16> to tensor<7xi16>
  %i32 = tenon.cast %a : tensor<7xui16> to tensor<7xi32>
  %i64 = tenon.cast %a : tensor<7xui16> to tensor<7xi64>
  %ui8 = tenon.cast %a : tensor<7xui16> to tensor<7xui8>
  %ui32 = tenon.cast %a : tensor<7xui16> to tensor<7xui32>
  %ui64 = tenon.cast %a : tensor<7xui16> to tensor<7xui64>
  %i1 = tenon.cast %a : tensor<7xui16> to tensor<7xi1>
  return %f64, %f32, %f16, %bf16, %i8, %i16, %i32, %i64, %ui8, %ui32, %ui64, %i1 : tensor<7xf64>, tensor<7xf32>, tensor<7xf16>, tensor<7xbf16>, tensor<7xi8>, tensor<7xi16>, tensor<7xi32>, tensor<7xi64>, tensor<7xui8>, tensor<7xui32>, tensor<7xui64>, tensor<7xi1>
}

func.func @from_ui32(
    %a: tensor<7xui32> {tenon.value = dense<[0, 1, 2, 7, 100, 4294967295, 4294967294]> : tensor<7xui32>}) -> (
    tensor<7xf64> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 4294967295.0, 4294967294.0]> : tensor<7xf64>},    tensor<7xf32> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 4.2949673e+09, 4.2949673e+09]> : tensor<7xf32>},    tensor<7xf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 0x7C00, 0x7C00]> : tensor<7xf16>},    tensor<7xbf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 4.3e+09, 4.3e+09]> : tensor<7xbf16>},    tensor<7xi8> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2]> : tensor<7xi8>},    tensor<7xi16> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2]> : tensor<7xi16>},    tensor<7xi32> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2]> : tensor<7xi32>},    tensor<7xi64> {tenon.expected = dense<[0, 1, 2, 7, 100, 4294967295, 4294967294]> : tensor<7xi64>},    tensor<7xui8> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xui8>},    tensor<7xui16> {tenon.expected = dense<[0, 1, 2, 7, 100, 65535, 65534]> : tensor<7xui16>},    tensor<7xui64> {tenon.expected = dense<[0, 1, 2, 7, 100, 4294967295, 4294967294]> : tensor<7xui64>},    tensor<7xi1> {tenon.expected = dense<[false, true, true, true, true, true, true]> : tensor<7xi1>}) {
  %f64 = tenon.cast %a : tensor<7xui32> to tensor<7xf64>
  %f32 = tenon.cast %a : tensor<7xui32> to tensor<7xf32>
  %f16 = tenon.cast %a : tensor<7xui32> to tensor<7xf16>
  %bf16 = tenon.cast %a : tensor<7xui32> to tensor<7xbf16>
  %i8 = tenon.cast %a : tensor<7xui32> to tensor<7xi8>
  %i16 = tenon.cast %a : tensor<7xui32> to tensor<7xi16>
  %i32 = tenon.cast %a : tensor<7xui32> to tensor<7xi32>
  %i64 = tenon.cast %a : tensor<7xui32> to tensor<7xi64>
  %ui8 = tenon.cast %a : tensor<7xui32> to tensor<7xui8>
  %ui16 = tenon.cast %a : tensor<7xui32> to tensor<7xui16>
  %ui64 = tenon.cast %a : tensor<7xui32> to tensor<7xui64>
  %i1 = tenon.cast %a : tensor<7xui32> to tensor<7xi1>
  return %f64, %f32, %f16, %bf16, %i8, %i16, %i32, %i64, %ui8, %ui16, %ui64, %i1 : tensor<7xf64>, tensor<7xf32>, tensor<7xf16>, tensor<7xbf16>, tensor<7xi8>, tensor<7xi16>, tensor<7xi32>, tensor<7xi64>, tensor<7xui8>, tensor<7xui16>, tensor<7xui64>, tensor<7xi1>
}

func.func @from_ui64(
    %a: tensor<7xui64> {tenon.value = dense<[0, 1, 2, 7, 100, 18446744073709551615, 18446744073709551614]> : tensor<7xui64>}) -> (
    tensor<7xf64> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 1.8446744073709552e+19, 1.8446744073709552e+19]> : tensor<7xf64>},    tensor<7xf32> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 1.8446744e+19, 1.8446744e+19]> : tensor<7xf32>},    tensor<7xf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 0x7C00, 0x7C00]> : tensor<7xf16>},    tensor<7xbf16> {tenon.expected = dense<[0.0, 1.0, 2.0, 7.0, 1.0e+02, 1.845e+19, 1.845e+19]> : tensor<7xbf16>},    tensor<7xi8> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2]> : tensor<7xi8>},    tensor<7xi16> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2]> : tensor<7xi16>},    tensor<7xi32> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2]> : tensor<7xi32>},    tensor<7xi64> {tenon.expected = dense<[0, 1, 2, 7, 100, -1, -2]> : tensor<7xi64>},    tensor<7xui8> {tenon.expected = dense<[0, 1, 2, 7, 100, 255, 254]> : tensor<7xui8>},    tensor<7xui16> {tenon.expected = dense<[0, 1, 2, 7, 100, 65535, 65534]> : tensor<7xui16>},    tensor<7xui32> {tenon.expected = dense<[0, 1, 2, 7, 100, 4294967295, 4294967294]> : tensor<7xui32>},    tensor<7xi1> {tenon.expected = dense<[false, true, true, true, true, true, true]> : tensor<7xi1>}) {
  %f64 = tenon.cast %a : tensor<7xui64> to tensor<7xf64>
  %f32 = tenon.cast %a : tensor<7xui64> to tensor<7xf32>
  %f16 = tenon.cast %a : tensor<7xui64> to tensor<7xf16>
  %bf16 = tenon.cast %a : tensor<7xui64> to tensor<7xbf16>
  %i8 = tenon.cast %a : tensor<7xui64> to tensor<7xi8>
  %i16 = tenon.cast %a : tensor<7xui64> to tensor<7xi16>
  %i32 = tenon.cast %a : tensor<7xui64> to tensor<7xi32>
  %i64 = tenon.cast %a : tensor<7xui64> to tensor<7xi64>
  %ui8 = tenon.cast %a : tensor<7xui64> to tensor<7xui8>
  %ui16 = tenon.cast %a : tensor<7xui64> to tensor<7xui16>
  %ui32 = tenon.cast %a : tensor<7xui64> to tensor<7xui32>
  %i1 = tenon.cast %a : tensor<7xui64> to tensor<7xi1>
  return %f64, %f32, %f16, %bf16, %i8, %i16, %i32, %i64, %ui8, %ui16, %ui32, %i1 : tensor<7xf64>, tensor<7xf32>, tensor<7xf16>, tensor<7xbf16>, tensor<7xi8>, tensor<7xi16>, tensor<7xi32>, tensor<7xi64>, tensor<7xui8>, tensor<7xui16>, tensor<7xui32>, tensor<7xi1>
}

func.func @from_i1(
    %a: tensor<2xi1> {tenon.value = dense<[false, true]> : tensor<2xi1>}) -> (
    tensor<2xf64> {tenon.expected = dense<[0.0, 1.0]> : tensor<2xf64>},    tensor<2xf32> {tenon.expected = dense<[0.0, 1.0]> : tensor<2xf32>},    tensor<2xf16> {tenon.expected = dense<[0.0, 1.0]> : tensor<2xf16>},    tensor<2xbf16> {tenon.expected = dense<[0.0, 1.0]> : tensor<2xbf16>},    tensor<2xi8> {tenon.expected = dense<[0, 1]> : tensor<2xi8>},    tensor<2xi16> {tenon.expected = dense<[0, 1]> : tensor<2xi16>},    tensor<2xi32> {tenon.expected = dense<[0, 1]> : tensor<2xi32>},    tensor<2xi64> {tenon.expected = dense<[0, 1]> : tensor<2xi64>},    tensor<2xui8> {tenon.expected = dense<[0, 1]> : tensor<2xui8>},    tensor<2xui16> {tenon.expected = dense<[0, 1]> : tensor<2xui16>},    tensor<2xui32> {tenon.expected = dense<[0, 1]> : tensor<2xui32>},    tensor<2xui64> {tenon.expected = dense<[0, 1]> : tensor<2xui64>}) {
  %f64 = tenon.cast %a : tensor<2xi1> to tensor<2xf64>
  %f32 = tenon.cast %a : tensor<2xi1> to tensor<2xf32>
  %f16 = tenon.cast %a : tensor<2xi1> to tensor<2xf16>
  %bf16 = tenon.cast %a : tensor<2xi1> to tensor<2xbf16>
  %i8 = tenon.cast %a : tensor<2xi1> to tensor<2xi8>
  %i16 = tenon.cast %a : tensor<2xi1> to tensor<2xi16>
  %i32 = tenon.cast %a : tensor<2xi1> to tensor<2xi32>
  %i64 = tenon.cast %a : tensor<2xi1> to tensor<2xi64>
  %ui8 = tenon.cast %a : tensor<2xi1> to tensor<2xui8>
  %ui16 = tenon.cast %a : tensor<2xi1> to tensor<2xui16>
  %ui32 = tenon.cast %a : tensor<2xi1> to tensor<2xui32>
  %ui64 = tenon.cast %a : tensor<2xi1> to tensor<2xui64>
  return %f64, %f32, %f16, %bf16, %i8, %i16, %i32, %i64, %ui8, %ui16, %ui32, %ui64 : tensor<2xf64>, tensor<2xf32>, tensor<2xf16>, tensor<2xbf16>, tensor<2xi8>, tensor<2xi16>, tensor<2xi32>, tensor<2xi64>, tensor<2xui8>, tensor<2xui16>, tensor<2xui32>, tensor<2xui64>
}

func.func @gradient(
    %a: tensor<4xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<4xf64> attributes {tenon.linear} {
  %h = tenon.cast %a : tensor<4xf64> to tensor<4xf64>
  return %h : tensor<4xf64>
}
