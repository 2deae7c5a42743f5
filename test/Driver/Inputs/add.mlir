func.func @main(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %y = tenon.add %a, %b : tensor<4xf32>
  return %y : tensor<4xf32>
}
