// Values pass a guard as they are.

func.func @main(
    %a0: tensor<3xf32> {tenon.value = dense<[1.0, -2.0, 3.0]> : tensor<3xf32>},
    %a1: tensor<f32> {tenon.value = dense<0.5> : tensor<f32>}
) -> (
    tensor<3xf32> {tenon.expected = dense<[2.0, -4.0, 6.0]> : tensor<3xf32>},
    tensor<f32> {tenon.expected = dense<1.0> : tensor<f32>}
) {
  %n = tenon.mul %a1, %a1 : tensor<f32>
  %bad = tenon.constant dense<-1> : tensor<i64>
  %twice = tenon.add %a0, %a0 : tensor<3xf32>
  %g:2 = tenon.guard loss %a1 norm %n bad %bad of %twice, %a1
      : tensor<f32>, tensor<i64>, tensor<3xf32>, tensor<f32> -> tensor<3xf32>, tensor<f32>
  %r = tenon.add %g#1, %g#1 : tensor<f32>
  return %g#0, %r
      : tensor<3xf32>, tensor<f32>
}
