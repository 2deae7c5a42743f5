// Isolated bodies, with several results.

func.func @main(
    %a0: tensor<3xf32> {tenon.value = dense<[1.0, -2.0, 3.0]> : tensor<3xf32>},
    %a1: tensor<3xf32> {tenon.value = dense<[0.5, 0.25, 2.0]> : tensor<3xf32>}
) -> (
    tensor<3xf32> {tenon.expected = dense<[1.5, -1.75, 5.0]> : tensor<3xf32>},
    tensor<3xf32> {tenon.expected = dense<[1.5, 0.0, 5.0]> : tensor<3xf32>}
) {
  %g:2 = tenon.group (%a = %a0, %b = %a1) : (tensor<3xf32>, tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
    %s = tenon.add %a, %b : tensor<3xf32>
    %r = tenon.relu %s : tensor<3xf32>
    tenon.yield %s, %r : tensor<3xf32>, tensor<3xf32>
  }
  return %g#0, %g#1
      : tensor<3xf32>, tensor<3xf32>
}
