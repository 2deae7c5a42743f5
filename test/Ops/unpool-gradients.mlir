// Written by generate.py: expectations are exact, rounded once.

func.func @gradient_plain_picked(
    %a: tensor<1x2x2x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<1x2x2x2xi32> {tenon.value = dense<[[[[0, 3], [1, 3]], [[2, 2], [0, 3]]]]> : tensor<1x2x2x2xi32>}) -> tensor<1x2x4x4xf64> attributes {tenon.linear} {
  %y = tenon.unpool %a, %b channels_first window [2, 2] strides [2, 2] low [0, 0] high [0, 0] dilations [1, 1] : tensor<1x2x2x2xf64>, tensor<1x2x2x2xi32> to tensor<1x2x4x4xf64>
  return %y : tensor<1x2x4x4xf64>
}

func.func @gradient_padded(
    %a: tensor<1x2x3x4xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x2x5x4xf64> attributes {tenon.linear} {
  %y = tenon.unpool %a channels_first window [3, 2] strides [2, 1] low [1, 1] high [1, 0] dilations [1, 1] : tensor<1x2x3x4xf64> to tensor<1x2x5x4xf64>
  return %y : tensor<1x2x5x4xf64>
}

func.func @gradient_padded_picked(
    %a: tensor<1x2x3x4xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<1x2x3x4xi32> {tenon.value = dense<[[[[5, 4, 5, 4], [5, 5, 4, 4], [1, 1, 0, 0]], [[3, 2, 4, 5], [5, 4, 5, 3], [3, 2, 1, 0]]]]> : tensor<1x2x3x4xi32>}) -> tensor<1x2x5x4xf64> attributes {tenon.linear} {
  %y = tenon.unpool %a, %b channels_first window [3, 2] strides [2, 1] low [1, 1] high [1, 0] dilations [1, 1] : tensor<1x2x3x4xf64>, tensor<1x2x3x4xi32> to tensor<1x2x5x4xf64>
  return %y : tensor<1x2x5x4xf64>
}

func.func @gradient_dilated(
    %a: tensor<1x2x7xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x2x7xf64> attributes {tenon.linear} {
  %y = tenon.unpool %a channels_first window [3] strides [1] low [2] high [2] dilations [2] : tensor<1x2x7xf64> to tensor<1x2x7xf64>
  return %y : tensor<1x2x7xf64>
}

func.func @gradient_dilated_picked(
    %a: tensor<1x2x7xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<1x2x7xi32> {tenon.value = dense<[[[2, 2, 2, 2, 1, 1, 0], [2, 1, 2, 0, 1, 1, 0]]]> : tensor<1x2x7xi32>}) -> tensor<1x2x7xf64> attributes {tenon.linear} {
  %y = tenon.unpool %a, %b channels_first window [3] strides [1] low [2] high [2] dilations [2] : tensor<1x2x7xf64>, tensor<1x2x7xi32> to tensor<1x2x7xf64>
  return %y : tensor<1x2x7xf64>
}

func.func @gradient_three_dimensions(
    %a: tensor<1x2x3x1x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x2x3x2x3xf64> attributes {tenon.linear} {
  %y = tenon.unpool %a channels_first window [2, 2, 2] strides [1, 1, 2] low [1, 0, 0] high [0, 0, 1] dilations [1, 1, 1] : tensor<1x2x3x1x2xf64> to tensor<1x2x3x2x3xf64>
  return %y : tensor<1x2x3x2x3xf64>
}

func.func @gradient_three_dimensions_picked(
    %a: tensor<1x2x3x1x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<1x2x3x1x2xi32> {tenon.value = dense<[[[[[5, 6]], [[5, 2]], [[1, 4]]], [[[4, 4]], [[6, 6]], [[2, 6]]]]]> : tensor<1x2x3x1x2xi32>}) -> tensor<1x2x3x2x3xf64> attributes {tenon.linear} {
  %y = tenon.unpool %a, %b channels_first window [2, 2, 2] strides [1, 1, 2] low [1, 0, 0] high [0, 0, 1] dilations [1, 1, 1] : tensor<1x2x3x1x2xf64>, tensor<1x2x3x1x2xi32> to tensor<1x2x3x2x3xf64>
  return %y : tensor<1x2x3x2x3xf64>
}
