// Written by generate.py: expectations are exact, rounded once.

func.func @gradient_strided_channels_first(
    %a: tensor<1x2x6x5xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x2x3x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x2x3x2xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [2, 3] low [0, 2] high [1, 0] dilations [1, 2] groups 1 : tensor<1x2x6x5xf64>, tensor<2x2x3x2xf64>
  return %y : tensor<1x2x3x2xf64>
}

func.func @gradient_strided_channels_last(
    %a: tensor<1x6x5x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<3x2x2x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x3x2x2xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [2, 3] low [0, 2] high [1, 0] dilations [1, 2] groups 1 : tensor<1x6x5x2xf64>, tensor<3x2x2x2xf64>
  return %y : tensor<1x3x2x2xf64>
}

func.func @gradient_skipping_channels_first(
    %a: tensor<2x2x7x4xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<3x2x1x1xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<2x3x3x2xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [3, 2] low [0, 0] high [0, 0] dilations [1, 1] groups 1 : tensor<2x2x7x4xf64>, tensor<3x2x1x1xf64>
  return %y : tensor<2x3x3x2xf64>
}

func.func @gradient_skipping_channels_last(
    %a: tensor<2x7x4x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<1x1x2x3xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<2x3x2x3xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [3, 2] low [0, 0] high [0, 0] dilations [1, 1] groups 1 : tensor<2x7x4x2xf64>, tensor<1x1x2x3xf64>
  return %y : tensor<2x3x2x3xf64>
}

func.func @gradient_far_padding_channels_first(
    %a: tensor<1x2x3x4xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x2x2x1xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x2x9x4xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [1, 2] low [3, 2] high [4, 1] dilations [1, 1] groups 1 : tensor<1x2x3x4xf64>, tensor<2x2x2x1xf64>
  return %y : tensor<1x2x9x4xf64>
}

func.func @gradient_far_padding_channels_last(
    %a: tensor<1x3x4x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x1x2x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x9x4x2xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [1, 2] low [3, 2] high [4, 1] dilations [1, 1] groups 1 : tensor<1x3x4x2xf64>, tensor<2x1x2x2xf64>
  return %y : tensor<1x9x4x2xf64>
}

func.func @gradient_grouped_channels_first(
    %a: tensor<1x4x3x3xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<6x2x2x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x6x3x3xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [1, 1] low [1, 0] high [0, 1] dilations [1, 1] groups 2 : tensor<1x4x3x3xf64>, tensor<6x2x2x2xf64>
  return %y : tensor<1x6x3x3xf64>
}

func.func @gradient_grouped_channels_last(
    %a: tensor<1x3x3x4xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x2x2x6xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x3x3x6xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [1, 1] low [1, 0] high [0, 1] dilations [1, 1] groups 2 : tensor<1x3x3x4xf64>, tensor<2x2x2x6xf64>
  return %y : tensor<1x3x3x6xf64>
}

func.func @gradient_depthwise_channels_first(
    %a: tensor<1x3x4x3xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<3x1x3x3xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x3x2x3xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [2, 1] low [1, 1] high [1, 1] dilations [1, 1] groups 3 : tensor<1x3x4x3xf64>, tensor<3x1x3x3xf64>
  return %y : tensor<1x3x2x3xf64>
}

func.func @gradient_depthwise_channels_last(
    %a: tensor<1x4x3x3xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<3x3x1x3xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x2x3x3xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [2, 1] low [1, 1] high [1, 1] dilations [1, 1] groups 3 : tensor<1x4x3x3xf64>, tensor<3x3x1x3xf64>
  return %y : tensor<1x2x3x3xf64>
}

func.func @gradient_multiplied_channels_first(
    %a: tensor<1x2x3x3xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<4x1x2x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x4x3x3xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [1, 1] low [1, 1] high [0, 0] dilations [1, 1] groups 2 : tensor<1x2x3x3xf64>, tensor<4x1x2x2xf64>
  return %y : tensor<1x4x3x3xf64>
}

func.func @gradient_multiplied_channels_last(
    %a: tensor<1x3x3x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x2x1x4xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x3x3x4xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [1, 1] low [1, 1] high [0, 0] dilations [1, 1] groups 2 : tensor<1x3x3x2xf64>, tensor<2x2x1x4xf64>
  return %y : tensor<1x3x3x4xf64>
}

func.func @gradient_one_dimension_channels_first(
    %a: tensor<2x2x7xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x2x3xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<2x2x3xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [2] low [2] high [1] dilations [2] groups 1 : tensor<2x2x7xf64>, tensor<2x2x3xf64>
  return %y : tensor<2x2x3xf64>
}

func.func @gradient_one_dimension_channels_last(
    %a: tensor<2x7x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<3x2x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<2x3x2xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [2] low [2] high [1] dilations [2] groups 1 : tensor<2x7x2xf64>, tensor<3x2x2xf64>
  return %y : tensor<2x3x2xf64>
}

func.func @gradient_three_dimensions_channels_first(
    %a: tensor<1x2x2x3x3xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x2x2x2x1xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x2x1x3x2xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [1, 1, 2] low [0, 1, 0] high [0, 0, 0] dilations [1, 1, 1] groups 1 : tensor<1x2x2x3x3xf64>, tensor<2x2x2x2x1xf64>
  return %y : tensor<1x2x1x3x2xf64>
}

func.func @gradient_three_dimensions_channels_last(
    %a: tensor<1x2x3x3x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x2x1x2x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x1x3x2x2xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [1, 1, 2] low [0, 1, 0] high [0, 0, 0] dilations [1, 1, 1] groups 1 : tensor<1x2x3x3x2xf64>, tensor<2x2x1x2x2xf64>
  return %y : tensor<1x1x3x2x2xf64>
}

func.func @gradient_single_channels_first(
    %a: tensor<1x1x1x1xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<1x1x1x1xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x1x1x1xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [1, 1] low [0, 0] high [0, 0] dilations [1, 1] groups 1 : tensor<1x1x1x1xf64>, tensor<1x1x1x1xf64>
  return %y : tensor<1x1x1x1xf64>
}

func.func @gradient_single_channels_last(
    %a: tensor<1x1x1x1xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<1x1x1x1xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x1x1x1xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [1, 1] low [0, 0] high [0, 0] dilations [1, 1] groups 1 : tensor<1x1x1x1xf64>, tensor<1x1x1x1xf64>
  return %y : tensor<1x1x1x1xf64>
}

func.func @gradient_thin_channels_first(
    %a: tensor<1x1x1x5xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x1x1x3xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x2x1x5xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [1, 1] low [0, 1] high [0, 1] dilations [1, 1] groups 1 : tensor<1x1x1x5xf64>, tensor<2x1x1x3xf64>
  return %y : tensor<1x2x1x5xf64>
}

func.func @gradient_thin_channels_last(
    %a: tensor<1x1x5x1xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<1x3x1x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x1x5x2xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [1, 1] low [0, 1] high [0, 1] dilations [1, 1] groups 1 : tensor<1x1x5x1xf64>, tensor<1x3x1x2xf64>
  return %y : tensor<1x1x5x2xf64>
}

func.func @gradient_unread_rest_channels_first(
    %a: tensor<1x2x6x5xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x2x2x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x2x2x2xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_first strides [3, 3] low [0, 0] high [0, 0] dilations [1, 1] groups 1 : tensor<1x2x6x5xf64>, tensor<2x2x2x2xf64>
  return %y : tensor<1x2x2x2xf64>
}

func.func @gradient_unread_rest_channels_last(
    %a: tensor<1x6x5x2xf64> {tenon.range = [-2.0, 2.0]},
    %b: tensor<2x2x2x2xf64> {tenon.range = [-2.0, 2.0]}) -> tensor<1x2x2x2xf64> attributes {tenon.linear} {
  %y = tenon.conv %a, %b channels_last strides [3, 3] low [0, 0] high [0, 0] dilations [1, 1] groups 1 : tensor<1x6x5x2xf64>, tensor<2x2x2x2xf64>
  return %y : tensor<1x2x2x2xf64>
}
