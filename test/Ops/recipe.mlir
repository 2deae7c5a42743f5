// Arithmetic on constants, done before the program runs.

func.func @main(
    %a0: tensor<2x2xf32> {tenon.value = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>}
) -> (
    tensor<2x2xf32> {tenon.expected = dense<[[1.0, 6.0], [6.0, 16.0]]> : tensor<2x2xf32>}
) {
  %w = tenon.recipe : tensor<2x2xf32> {
    %c = tenon.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
    %t = tenon.transpose %c permutation [1, 0] : tensor<2x2xf32>
    tenon.yield %t : tensor<2x2xf32>
  }
  %r0 = tenon.mul %a0, %w : tensor<2x2xf32>
  return %r0
      : tensor<2x2xf32>
}
