// The gradient of sum((x w)^2): 2 x^T (x w).

func.func private @loss(%x: tensor<1x2xf32>, %w: tensor<2x2xf32>) -> tensor<f32> {
  %y = tenon.matmul %x, %w : tensor<1x2xf32>, tensor<2x2xf32>
  %s = tenon.mul %y, %y : tensor<1x2xf32>
  %l = tenon.reduce_sum %s dims [0, 1] : tensor<1x2xf32>
  return %l : tensor<f32>
}

func.func @main(
    %a0: tensor<1x2xf32> {tenon.value = dense<[[1.0, -2.0]]> : tensor<1x2xf32>},
    %a1: tensor<2x2xf32> {tenon.value = dense<[[0.5, 1.0], [2.0, -1.0]]> : tensor<2x2xf32>}
) -> (
    tensor<f32> {tenon.expected = dense<21.25> : tensor<f32>},
    tensor<2x2xf32> {tenon.expected = dense<[[-7.0, 6.0], [14.0, -12.0]]> : tensor<2x2xf32>}
) {
  %l, %d = tenon.grad @loss(%a0, %a1) wrt [1] : (tensor<1x2xf32>, tensor<2x2xf32>) -> (tensor<f32>, tensor<2x2xf32>)
  return %l, %d
      : tensor<f32>, tensor<2x2xf32>
}
