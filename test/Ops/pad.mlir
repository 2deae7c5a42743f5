// Written by generate.py: expectations are exact, rounded once.

func.func @constant_f64(
    %a: tensor<2x4xf64> {tenon.value = dense<[[2.67, -3.61, 2.75, -2.49], [-1.18, 1.41, -3.54, -1.34]]> : tensor<2x4xf64>}) -> (
    tensor<3x9xf64> {tenon.expected = dense<[[1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, 2.67, -3.61, 2.75, -2.49, 1.5, 1.5, 1.5], [1.5, 1.5, -1.18, 1.41, -3.54, -1.34, 1.5, 1.5, 1.5]]> : tensor<3x9xf64>}) {
  %y = tenon.pad %a constant 1.5 low [1, 2] high [0, 3] : tensor<2x4xf64>
  return %y : tensor<3x9xf64>
}

func.func @constant_f32(
    %a: tensor<2x4xf32> {tenon.value = dense<[[-0.21, 3.63, 2.66, 2.54], [1.18, 2.15, -3.77, 3.08]]> : tensor<2x4xf32>}) -> (
    tensor<3x9xf32> {tenon.expected = dense<[[1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, -0.21, 3.63, 2.66, 2.54, 1.5, 1.5, 1.5], [1.5, 1.5, 1.18, 2.15, -3.77, 3.08, 1.5, 1.5, 1.5]]> : tensor<3x9xf32>}) {
  %y = tenon.pad %a constant 1.5 low [1, 2] high [0, 3] : tensor<2x4xf32>
  return %y : tensor<3x9xf32>
}

func.func @constant_f16(
    %a: tensor<2x4xf16> {tenon.value = dense<[[2.38, -3.01, -2.28, 1.46], [1.5, 2.24, -0.68, 3.06]]> : tensor<2x4xf16>}) -> (
    tensor<3x9xf16> {tenon.expected = dense<[[1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, 2.38, -3.01, -2.28, 1.46, 1.5, 1.5, 1.5], [1.5, 1.5, 1.5, 2.24, -0.68, 3.06, 1.5, 1.5, 1.5]]> : tensor<3x9xf16>}) {
  %y = tenon.pad %a constant 1.5 low [1, 2] high [0, 3] : tensor<2x4xf16>
  return %y : tensor<3x9xf16>
}

func.func @constant_bf16(
    %a: tensor<2x4xbf16> {tenon.value = dense<[[0.25, 0.15, 2.16, 2.64], [-2.66, 0.12, 1.97, -1.96]]> : tensor<2x4xbf16>}) -> (
    tensor<3x9xbf16> {tenon.expected = dense<[[1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, 0.25, 0.15, 2.16, 2.64, 1.5, 1.5, 1.5], [1.5, 1.5, -2.66, 0.12, 1.97, -1.96, 1.5, 1.5, 1.5]]> : tensor<3x9xbf16>}) {
  %y = tenon.pad %a constant 1.5 low [1, 2] high [0, 3] : tensor<2x4xbf16>
  return %y : tensor<3x9xbf16>
}

func.func @constant_i8(
    %a: tensor<2x4xi8> {tenon.value = dense<[[-96, 14, -31, 14], [-28, 75, 11, 34]]> : tensor<2x4xi8>}) -> (
    tensor<3x9xi8> {tenon.expected = dense<[[1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, -96, 14, -31, 14, 1, 1, 1], [1, 1, -28, 75, 11, 34, 1, 1, 1]]> : tensor<3x9xi8>}) {
  %y = tenon.pad %a constant 1.0 low [1, 2] high [0, 3] : tensor<2x4xi8>
  return %y : tensor<3x9xi8>
}

func.func @constant_i16(
    %a: tensor<2x4xi16> {tenon.value = dense<[[-60, -72, -2, -43], [-25, 50, -54, -51]]> : tensor<2x4xi16>}) -> (
    tensor<3x9xi16> {tenon.expected = dense<[[1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, -60, -72, -2, -43, 1, 1, 1], [1, 1, -25, 50, -54, -51, 1, 1, 1]]> : tensor<3x9xi16>}) {
  %y = tenon.pad %a constant 1.0 low [1, 2] high [0, 3] : tensor<2x4xi16>
  return %y : tensor<3x9xi16>
}

func.func @constant_i32(
    %a: tensor<2x4xi32> {tenon.value = dense<[[-97, 30, -53, -60], [-66, 93, 8, -60]]> : tensor<2x4xi32>}) -> (
    tensor<3x9xi32> {tenon.expected = dense<[[1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, -97, 30, -53, -60, 1, 1, 1], [1, 1, -66, 93, 8, -60, 1, 1, 1]]> : tensor<3x9xi32>}) {
  %y = tenon.pad %a constant 1.0 low [1, 2] high [0, 3] : tensor<2x4xi32>
  return %y : tensor<3x9xi32>
}

func.func @constant_i64(
    %a: tensor<2x4xi64> {tenon.value = dense<[[78, 84, -7, 55], [-68, -97, -13, 30]]> : tensor<2x4xi64>}) -> (
    tensor<3x9xi64> {tenon.expected = dense<[[1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 78, 84, -7, 55, 1, 1, 1], [1, 1, -68, -97, -13, 30, 1, 1, 1]]> : tensor<3x9xi64>}) {
  %y = tenon.pad %a constant 1.0 low [1, 2] high [0, 3] : tensor<2x4xi64>
  return %y : tensor<3x9xi64>
}

func.func @constant_ui8(
    %a: tensor<2x4xui8> {tenon.value = dense<[[91, 18, 64, 76], [22, 33, 3, 100]]> : tensor<2x4xui8>}) -> (
    tensor<3x9xui8> {tenon.expected = dense<[[1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 91, 18, 64, 76, 1, 1, 1], [1, 1, 22, 33, 3, 100, 1, 1, 1]]> : tensor<3x9xui8>}) {
  %y = tenon.pad %a constant 1.0 low [1, 2] high [0, 3] : tensor<2x4xui8>
  return %y : tensor<3x9xui8>
}

func.func @constant_ui16(
    %a: tensor<2x4xui16> {tenon.value = dense<[[62, 54, 54, 40], [66, 100, 11, 43]]> : tensor<2x4xui16>}) -> (
    tensor<3x9xui16> {tenon.expected = dense<[[1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 62, 54, 54, 40, 1, 1, 1], [1, 1, 66, 100, 11, 43, 1, 1, 1]]> : tensor<3x9xui16>}) {
  %y = tenon.pad %a constant 1.0 low [1, 2] high [0, 3] : tensor<2x4xui16>
  return %y : tensor<3x9xui16>
}

func.func @constant_ui32(
    %a: tensor<2x4xui32> {tenon.value = dense<[[45, 7, 64, 73], [26, 50, 74, 2]]> : tensor<2x4xui32>}) -> (
    tensor<3x9xui32> {tenon.expected = dense<[[1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 45, 7, 64, 73, 1, 1, 1], [1, 1, 26, 50, 74, 2, 1, 1, 1]]> : tensor<3x9xui32>}) {
  %y = tenon.pad %a constant 1.0 low [1, 2] high [0, 3] : tensor<2x4xui32>
  return %y : tensor<3x9xui32>
}

func.func @constant_ui64(
    %a: tensor<2x4xui64> {tenon.value = dense<[[31, 15, 48, 34], [88, 91, 95, 84]]> : tensor<2x4xui64>}) -> (
    tensor<3x9xui64> {tenon.expected = dense<[[1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 31, 15, 48, 34, 1, 1, 1], [1, 1, 88, 91, 95, 84, 1, 1, 1]]> : tensor<3x9xui64>}) {
  %y = tenon.pad %a constant 1.0 low [1, 2] high [0, 3] : tensor<2x4xui64>
  return %y : tensor<3x9xui64>
}

func.func @constant_i1(
    %a: tensor<2x4xi1> {tenon.value = dense<[[false, false, false, false], [false, true, false, true]]> : tensor<2x4xi1>}) -> (
    tensor<3x9xi1> {tenon.expected = dense<[[true, true, true, true, true, true, true, true, true], [true, true, false, false, false, false, true, true, true], [true, true, false, true, false, true, true, true, true]]> : tensor<3x9xi1>}) {
  %y = tenon.pad %a constant 1.0 low [1, 2] high [0, 3] : tensor<2x4xi1>
  return %y : tensor<3x9xi1>
}

func.func @gradient_constant(
    %a: tensor<2x4xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<3x9xf64> attributes {tenon.linear} {
  %y = tenon.pad %a constant 0.0 low [1, 2] high [0, 3] : tensor<2x4xf64>
  return %y : tensor<3x9xf64>
}

func.func @edge_f32(
    %a: tensor<2x4xf32> {tenon.value = dense<[[-0.21, 3.63, 2.66, 2.54], [1.18, 2.15, -3.77, 3.08]]> : tensor<2x4xf32>}) -> (
    tensor<3x9xf32> {tenon.expected = dense<[[-0.21, -0.21, -0.21, 3.63, 2.66, 2.54, 2.54, 2.54, 2.54], [-0.21, -0.21, -0.21, 3.63, 2.66, 2.54, 2.54, 2.54, 2.54], [1.18, 1.18, 1.18, 2.15, -3.77, 3.08, 3.08, 3.08, 3.08]]> : tensor<3x9xf32>}) {
  %y = tenon.pad %a edge 1.5 low [1, 2] high [0, 3] : tensor<2x4xf32>
  return %y : tensor<3x9xf32>
}

func.func @edge_i64(
    %a: tensor<2x4xi64> {tenon.value = dense<[[78, 84, -7, 55], [-68, -97, -13, 30]]> : tensor<2x4xi64>}) -> (
    tensor<3x9xi64> {tenon.expected = dense<[[78, 78, 78, 84, -7, 55, 55, 55, 55], [78, 78, 78, 84, -7, 55, 55, 55, 55], [-68, -68, -68, -97, -13, 30, 30, 30, 30]]> : tensor<3x9xi64>}) {
  %y = tenon.pad %a edge 1.0 low [1, 2] high [0, 3] : tensor<2x4xi64>
  return %y : tensor<3x9xi64>
}

func.func @gradient_edge(
    %a: tensor<2x4xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<3x9xf64> attributes {tenon.linear} {
  %y = tenon.pad %a edge 0.0 low [1, 2] high [0, 3] : tensor<2x4xf64>
  return %y : tensor<3x9xf64>
}

func.func @reflect_f32(
    %a: tensor<2x4xf32> {tenon.value = dense<[[-0.21, 3.63, 2.66, 2.54], [1.18, 2.15, -3.77, 3.08]]> : tensor<2x4xf32>}) -> (
    tensor<3x9xf32> {tenon.expected = dense<[[-3.77, 2.15, 1.18, 2.15, -3.77, 3.08, -3.77, 2.15, 1.18], [2.66, 3.63, -0.21, 3.63, 2.66, 2.54, 2.66, 3.63, -0.21], [-3.77, 2.15, 1.18, 2.15, -3.77, 3.08, -3.77, 2.15, 1.18]]> : tensor<3x9xf32>}) {
  %y = tenon.pad %a reflect 1.5 low [1, 2] high [0, 3] : tensor<2x4xf32>
  return %y : tensor<3x9xf32>
}

func.func @reflect_i64(
    %a: tensor<2x4xi64> {tenon.value = dense<[[78, 84, -7, 55], [-68, -97, -13, 30]]> : tensor<2x4xi64>}) -> (
    tensor<3x9xi64> {tenon.expected = dense<[[-13, -97, -68, -97, -13, 30, -13, -97, -68], [-7, 84, 78, 84, -7, 55, -7, 84, 78], [-13, -97, -68, -97, -13, 30, -13, -97, -68]]> : tensor<3x9xi64>}) {
  %y = tenon.pad %a reflect 1.0 low [1, 2] high [0, 3] : tensor<2x4xi64>
  return %y : tensor<3x9xi64>
}

func.func @gradient_reflect(
    %a: tensor<2x4xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<3x9xf64> attributes {tenon.linear} {
  %y = tenon.pad %a reflect 0.0 low [1, 2] high [0, 3] : tensor<2x4xf64>
  return %y : tensor<3x9xf64>
}

func.func @wrap_f32(
    %a: tensor<2x4xf32> {tenon.value = dense<[[-0.21, 3.63, 2.66, 2.54], [1.18, 2.15, -3.77, 3.08]]> : tensor<2x4xf32>}) -> (
    tensor<3x9xf32> {tenon.expected = dense<[[-3.77, 3.08, 1.18, 2.15, -3.77, 3.08, 1.18, 2.15, -3.77], [2.66, 2.54, -0.21, 3.63, 2.66, 2.54, -0.21, 3.63, 2.66], [-3.77, 3.08, 1.18, 2.15, -3.77, 3.08, 1.18, 2.15, -3.77]]> : tensor<3x9xf32>}) {
  %y = tenon.pad %a wrap 1.5 low [1, 2] high [0, 3] : tensor<2x4xf32>
  return %y : tensor<3x9xf32>
}

func.func @wrap_i64(
    %a: tensor<2x4xi64> {tenon.value = dense<[[78, 84, -7, 55], [-68, -97, -13, 30]]> : tensor<2x4xi64>}) -> (
    tensor<3x9xi64> {tenon.expected = dense<[[-13, 30, -68, -97, -13, 30, -68, -97, -13], [-7, 55, 78, 84, -7, 55, 78, 84, -7], [-13, 30, -68, -97, -13, 30, -68, -97, -13]]> : tensor<3x9xi64>}) {
  %y = tenon.pad %a wrap 1.0 low [1, 2] high [0, 3] : tensor<2x4xi64>
  return %y : tensor<3x9xi64>
}

func.func @gradient_wrap(
    %a: tensor<2x4xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<3x9xf64> attributes {tenon.linear} {
  %y = tenon.pad %a wrap 0.0 low [1, 2] high [0, 3] : tensor<2x4xf64>
  return %y : tensor<3x9xf64>
}

func.func @interior_f64(
    %a: tensor<2x4xf64> {tenon.value = dense<[[2.67, -3.61, 2.75, -2.49], [-1.18, 1.41, -3.54, -1.34]]> : tensor<2x4xf64>}) -> (
    tensor<4x11xf64> {tenon.expected = dense<[[1.5, 1.5, 2.67, 1.5, -3.61, 1.5, 2.75, 1.5, -2.49, 1.5, 1.5], [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, -1.18, 1.5, 1.41, 1.5, -3.54, 1.5, -1.34, 1.5, 1.5]]> : tensor<4x11xf64>}) {
  %y = tenon.pad %a constant 1.5 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xf64>
  return %y : tensor<4x11xf64>
}

func.func @interior_f32(
    %a: tensor<2x4xf32> {tenon.value = dense<[[-0.21, 3.63, 2.66, 2.54], [1.18, 2.15, -3.77, 3.08]]> : tensor<2x4xf32>}) -> (
    tensor<4x11xf32> {tenon.expected = dense<[[1.5, 1.5, -0.21, 1.5, 3.63, 1.5, 2.66, 1.5, 2.54, 1.5, 1.5], [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, 1.18, 1.5, 2.15, 1.5, -3.77, 1.5, 3.08, 1.5, 1.5]]> : tensor<4x11xf32>}) {
  %y = tenon.pad %a constant 1.5 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xf32>
  return %y : tensor<4x11xf32>
}

func.func @interior_f16(
    %a: tensor<2x4xf16> {tenon.value = dense<[[2.38, -3.01, -2.28, 1.46], [1.5, 2.24, -0.68, 3.06]]> : tensor<2x4xf16>}) -> (
    tensor<4x11xf16> {tenon.expected = dense<[[1.5, 1.5, 2.38, 1.5, -3.01, 1.5, -2.28, 1.5, 1.46, 1.5, 1.5], [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, 1.5, 1.5, 2.24, 1.5, -0.68, 1.5, 3.06, 1.5, 1.5]]> : tensor<4x11xf16>}) {
  %y = tenon.pad %a constant 1.5 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xf16>
  return %y : tensor<4x11xf16>
}

func.func @interior_bf16(
    %a: tensor<2x4xbf16> {tenon.value = dense<[[0.25, 0.15, 2.16, 2.64], [-2.66, 0.12, 1.97, -1.96]]> : tensor<2x4xbf16>}) -> (
    tensor<4x11xbf16> {tenon.expected = dense<[[1.5, 1.5, 0.25, 1.5, 0.15, 1.5, 2.16, 1.5, 2.64, 1.5, 1.5], [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [1.5, 1.5, -2.66, 1.5, 0.12, 1.5, 1.97, 1.5, -1.96, 1.5, 1.5]]> : tensor<4x11xbf16>}) {
  %y = tenon.pad %a constant 1.5 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xbf16>
  return %y : tensor<4x11xbf16>
}

func.func @interior_i8(
    %a: tensor<2x4xi8> {tenon.value = dense<[[-96, 14, -31, 14], [-28, 75, 11, 34]]> : tensor<2x4xi8>}) -> (
    tensor<4x11xi8> {tenon.expected = dense<[[1, 1, -96, 1, 14, 1, -31, 1, 14, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, -28, 1, 75, 1, 11, 1, 34, 1, 1]]> : tensor<4x11xi8>}) {
  %y = tenon.pad %a constant 1.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xi8>
  return %y : tensor<4x11xi8>
}

func.func @interior_i16(
    %a: tensor<2x4xi16> {tenon.value = dense<[[-60, -72, -2, -43], [-25, 50, -54, -51]]> : tensor<2x4xi16>}) -> (
    tensor<4x11xi16> {tenon.expected = dense<[[1, 1, -60, 1, -72, 1, -2, 1, -43, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, -25, 1, 50, 1, -54, 1, -51, 1, 1]]> : tensor<4x11xi16>}) {
  %y = tenon.pad %a constant 1.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xi16>
  return %y : tensor<4x11xi16>
}

func.func @interior_i32(
    %a: tensor<2x4xi32> {tenon.value = dense<[[-97, 30, -53, -60], [-66, 93, 8, -60]]> : tensor<2x4xi32>}) -> (
    tensor<4x11xi32> {tenon.expected = dense<[[1, 1, -97, 1, 30, 1, -53, 1, -60, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, -66, 1, 93, 1, 8, 1, -60, 1, 1]]> : tensor<4x11xi32>}) {
  %y = tenon.pad %a constant 1.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xi32>
  return %y : tensor<4x11xi32>
}

func.func @interior_i64(
    %a: tensor<2x4xi64> {tenon.value = dense<[[78, 84, -7, 55], [-68, -97, -13, 30]]> : tensor<2x4xi64>}) -> (
    tensor<4x11xi64> {tenon.expected = dense<[[1, 1, 78, 1, 84, 1, -7, 1, 55, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, -68, 1, -97, 1, -13, 1, 30, 1, 1]]> : tensor<4x11xi64>}) {
  %y = tenon.pad %a constant 1.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xi64>
  return %y : tensor<4x11xi64>
}

func.func @interior_ui8(
    %a: tensor<2x4xui8> {tenon.value = dense<[[91, 18, 64, 76], [22, 33, 3, 100]]> : tensor<2x4xui8>}) -> (
    tensor<4x11xui8> {tenon.expected = dense<[[1, 1, 91, 1, 18, 1, 64, 1, 76, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 22, 1, 33, 1, 3, 1, 100, 1, 1]]> : tensor<4x11xui8>}) {
  %y = tenon.pad %a constant 1.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xui8>
  return %y : tensor<4x11xui8>
}

func.func @interior_ui16(
    %a: tensor<2x4xui16> {tenon.value = dense<[[62, 54, 54, 40], [66, 100, 11, 43]]> : tensor<2x4xui16>}) -> (
    tensor<4x11xui16> {tenon.expected = dense<[[1, 1, 62, 1, 54, 1, 54, 1, 40, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 66, 1, 100, 1, 11, 1, 43, 1, 1]]> : tensor<4x11xui16>}) {
  %y = tenon.pad %a constant 1.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xui16>
  return %y : tensor<4x11xui16>
}

func.func @interior_ui32(
    %a: tensor<2x4xui32> {tenon.value = dense<[[45, 7, 64, 73], [26, 50, 74, 2]]> : tensor<2x4xui32>}) -> (
    tensor<4x11xui32> {tenon.expected = dense<[[1, 1, 45, 1, 7, 1, 64, 1, 73, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 26, 1, 50, 1, 74, 1, 2, 1, 1]]> : tensor<4x11xui32>}) {
  %y = tenon.pad %a constant 1.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xui32>
  return %y : tensor<4x11xui32>
}

func.func @interior_ui64(
    %a: tensor<2x4xui64> {tenon.value = dense<[[31, 15, 48, 34], [88, 91, 95, 84]]> : tensor<2x4xui64>}) -> (
    tensor<4x11xui64> {tenon.expected = dense<[[1, 1, 31, 1, 15, 1, 48, 1, 34, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 88, 1, 91, 1, 95, 1, 84, 1, 1]]> : tensor<4x11xui64>}) {
  %y = tenon.pad %a constant 1.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xui64>
  return %y : tensor<4x11xui64>
}

func.func @interior_i1(
    %a: tensor<2x4xi1> {tenon.value = dense<[[false, false, false, false], [false, true, false, true]]> : tensor<2x4xi1>}) -> (
    tensor<4x11xi1> {tenon.expected = dense<[[true, true, false, true, false, true, false, true, false, true, true], [true, true, true, true, true, true, true, true, true, true, true], [true, true, true, true, true, true, true, true, true, true, true], [true, true, false, true, true, true, false, true, true, true, true]]> : tensor<4x11xi1>}) {
  %y = tenon.pad %a constant 1.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xi1>
  return %y : tensor<4x11xi1>
}

func.func @gradient_interior(
    %a: tensor<2x4xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<4x11xf64> attributes {tenon.linear} {
  %y = tenon.pad %a constant 0.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xf64>
  return %y : tensor<4x11xf64>
}
