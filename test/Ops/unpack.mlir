// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<3x3x2xf64> {tenon.value = dense<[[[1.95, 3.24], [-0.84, -1.18], [1.71, -2.58]], [[3.76, 1.61], [-3.79, 0.58], [-1.63, -3.97]], [[-3.17, 0.0], [-1.2, 0.0], [-0.54, 0.0]]]> : tensor<3x3x2xf64>}) -> (
    tensor<3x5xf64> {tenon.expected = dense<[[1.95, 3.24, 3.76, 1.61, -3.17], [-0.84, -1.18, -3.79, 0.58, -1.2], [1.71, -2.58, -1.63, -3.97, -0.54]]> : tensor<3x5xf64>}) {
  %y = tenon.unpack %a : tensor<3x3x2xf64> to tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @f32(
    %a: tensor<3x3x2xf32> {tenon.value = dense<[[[-0.3, 3.13], [2.69, 3.7], [2.11, 2.98]], [[-3.73, -2.03], [0.31, -2.22], [-1.85, 3.54]], [[0.08, 0.0], [0.66, 0.0], [1.72, 0.0]]]> : tensor<3x3x2xf32>}) -> (
    tensor<3x5xf32> {tenon.expected = dense<[[-0.3, 3.13, -3.73, -2.03, 0.08], [2.69, 3.7, 0.31, -2.22, 0.66], [2.11, 2.98, -1.85, 3.54, 1.72]]> : tensor<3x5xf32>}) {
  %y = tenon.unpack %a : tensor<3x3x2xf32> to tensor<3x5xf32>
  return %y : tensor<3x5xf32>
}

func.func @f16(
    %a: tensor<3x3x2xf16> {tenon.value = dense<[[[0.16, -0.69], [-2.69, 1.86], [2.1, 2.11]], [[1.44, -1.45], [2.5, -0.34], [0.25, 3.89]], [[3.67, 0.0], [-1.33, 0.0], [3.91, 0.0]]]> : tensor<3x3x2xf16>}) -> (
    tensor<3x5xf16> {tenon.expected = dense<[[0.16, -0.69, 1.44, -1.45, 3.67], [-2.69, 1.86, 2.5, -0.34, -1.33], [2.1, 2.11, 0.25, 3.89, 3.91]]> : tensor<3x5xf16>}) {
  %y = tenon.unpack %a : tensor<3x3x2xf16> to tensor<3x5xf16>
  return %y : tensor<3x5xf16>
}

func.func @bf16(
    %a: tensor<3x3x2xbf16> {tenon.value = dense<[[[-1.19, -0.72], [3.7, -1.52], [-0.74, -2.94]], [[-0.68, 3.55], [2.48, -1.33], [-0.17, 3.03]], [[-2.8, 0.0], [2.55, 0.0], [-1.83, 0.0]]]> : tensor<3x3x2xbf16>}) -> (
    tensor<3x5xbf16> {tenon.expected = dense<[[-1.19, -0.72, -0.68, 3.55, -2.8], [3.7, -1.52, 2.48, -1.33, 2.55], [-0.74, -2.94, -0.17, 3.03, -1.83]]> : tensor<3x5xbf16>}) {
  %y = tenon.unpack %a : tensor<3x3x2xbf16> to tensor<3x5xbf16>
  return %y : tensor<3x5xbf16>
}

func.func @i8(
    %a: tensor<3x3x2xi8> {tenon.value = dense<[[[91, 87], [-19, -64], [-43, 4]], [[1, 60], [-2, 97], [58, -83]], [[1, 0], [81, 0], [-63, 0]]]> : tensor<3x3x2xi8>}) -> (
    tensor<3x5xi8> {tenon.expected = dense<[[91, 87, 1, 60, 1], [-19, -64, -2, 97, 81], [-43, 4, 58, -83, -63]]> : tensor<3x5xi8>}) {
  %y = tenon.unpack %a : tensor<3x3x2xi8> to tensor<3x5xi8>
  return %y : tensor<3x5xi8>
}

func.func @i16(
    %a: tensor<3x3x2xi16> {tenon.value = dense<[[[-38, 96], [92, 28], [-84, -89]], [[50, -95], [-93, 78], [-71, 5]], [[76, 0], [30, 0], [10, 0]]]> : tensor<3x3x2xi16>}) -> (
    tensor<3x5xi16> {tenon.expected = dense<[[-38, 96, 50, -95, 76], [92, 28, -93, 78, 30], [-84, -89, -71, 5, 10]]> : tensor<3x5xi16>}) {
  %y = tenon.unpack %a : tensor<3x3x2xi16> to tensor<3x5xi16>
  return %y : tensor<3x5xi16>
}

func.func @i32(
    %a: tensor<3x3x2xi32> {tenon.value = dense<[[[75, -99], [12, -53], [69, -77]], [[88, -69], [-70, -7], [-22, 71]], [[82, 0], [-100, 0], [48, 0]]]> : tensor<3x3x2xi32>}) -> (
    tensor<3x5xi32> {tenon.expected = dense<[[75, -99, 88, -69, 82], [12, -53, -70, -7, -100], [69, -77, -22, 71, 48]]> : tensor<3x5xi32>}) {
  %y = tenon.unpack %a : tensor<3x3x2xi32> to tensor<3x5xi32>
  return %y : tensor<3x5xi32>
}

func.func @i64(
    %a: tensor<3x3x2xi64> {tenon.value = dense<[[[-62, 14], [-56, 73], [15, -59]], [[28, 95], [-49, 10], [100, 63]], [[44, 0], [-93, 0], [-2, 0]]]> : tensor<3x3x2xi64>}) -> (
    tensor<3x5xi64> {tenon.expected = dense<[[-62, 14, 28, 95, 44], [-56, 73, -49, 10, -93], [15, -59, 100, 63, -2]]> : tensor<3x5xi64>}) {
  %y = tenon.unpack %a : tensor<3x3x2xi64> to tensor<3x5xi64>
  return %y : tensor<3x5xi64>
}

func.func @ui8(
    %a: tensor<3x3x2xui8> {tenon.value = dense<[[[80, 30], [27, 49], [38, 33]], [[26, 81], [3, 27], [42, 68]], [[72, 0], [58, 0], [91, 0]]]> : tensor<3x3x2xui8>}) -> (
    tensor<3x5xui8> {tenon.expected = dense<[[80, 30, 26, 81, 72], [27, 49, 3, 27, 58], [38, 33, 42, 68, 91]]> : tensor<3x5xui8>}) {
  %y = tenon.unpack %a : tensor<3x3x2xui8> to tensor<3x5xui8>
  return %y : tensor<3x5xui8>
}

func.func @ui16(
    %a: tensor<3x3x2xui16> {tenon.value = dense<[[[84, 57], [82, 24], [52, 80]], [[81, 100], [20, 64], [5, 45]], [[64, 0], [8, 0], [1, 0]]]> : tensor<3x3x2xui16>}) -> (
    tensor<3x5xui16> {tenon.expected = dense<[[84, 57, 81, 100, 64], [82, 24, 20, 64, 8], [52, 80, 5, 45, 1]]> : tensor<3x5xui16>}) {
  %y = tenon.unpack %a : tensor<3x3x2xui16> to tensor<3x5xui16>
  return %y : tensor<3x5xui16>
}

func.func @ui32(
    %a: tensor<3x3x2xui32> {tenon.value = dense<[[[50, 58], [94, 40], [16, 90]], [[57, 82], [74, 96], [100, 32]], [[28, 0], [35, 0], [65, 0]]]> : tensor<3x3x2xui32>}) -> (
    tensor<3x5xui32> {tenon.expected = dense<[[50, 58, 57, 82, 28], [94, 40, 74, 96, 35], [16, 90, 100, 32, 65]]> : tensor<3x5xui32>}) {
  %y = tenon.unpack %a : tensor<3x3x2xui32> to tensor<3x5xui32>
  return %y : tensor<3x5xui32>
}

func.func @ui64(
    %a: tensor<3x3x2xui64> {tenon.value = dense<[[[10, 0], [54, 6], [73, 61]], [[45, 33], [69, 34], [83, 71]], [[86, 0], [0, 0], [55, 0]]]> : tensor<3x3x2xui64>}) -> (
    tensor<3x5xui64> {tenon.expected = dense<[[10, 0, 45, 33, 86], [54, 6, 69, 34, 0], [73, 61, 83, 71, 55]]> : tensor<3x5xui64>}) {
  %y = tenon.unpack %a : tensor<3x3x2xui64> to tensor<3x5xui64>
  return %y : tensor<3x5xui64>
}

func.func @i1(
    %a: tensor<3x3x2xi1> {tenon.value = dense<[[[false, true], [true, false], [false, true]], [[true, false], [false, false], [false, false]], [[false, false], [false, false], [false, false]]]> : tensor<3x3x2xi1>}) -> (
    tensor<3x5xi1> {tenon.expected = dense<[[false, true, true, false, false], [true, false, false, false, false], [false, true, false, false, false]]> : tensor<3x5xi1>}) {
  %y = tenon.unpack %a : tensor<3x3x2xi1> to tensor<3x5xi1>
  return %y : tensor<3x5xi1>
}
