// RUN: bash %S/Inputs/check %s %t
// x s + (bias - mean s), s = scale / sqrt(variance + epsilon).

func.func @main(
    %a0: tensor<1x3x2xf32> {tenon.value = dense<[[[1.0, 2.0], [3.0, -4.0], [0.5, 6.0]]]> : tensor<1x3x2xf32>},
    %a1: tensor<3xf32> {tenon.value = dense<[2.0, 0.5, -1.0]> : tensor<3xf32>},
    %a2: tensor<3xf32> {tenon.value = dense<[1.0, -1.0, 0.25]> : tensor<3xf32>},
    %a3: tensor<3xf32> {tenon.value = dense<[0.5, 2.0, -1.0]> : tensor<3xf32>},
    %a4: tensor<3xf32> {tenon.value = dense<[4.0, 0.25, 1.0]> : tensor<3xf32>},
    %a5: tensor<1x3x2xf64> {tenon.value = dense<[[[1.0, 2.0], [3.0, -4.0], [0.5, 6.0]]]> : tensor<1x3x2xf64>},
    %a6: tensor<3xf64> {tenon.value = dense<[2.0, 0.5, -1.0]> : tensor<3xf64>},
    %a7: tensor<3xf64> {tenon.value = dense<[1.0, -1.0, 0.25]> : tensor<3xf64>},
    %a8: tensor<3xf64> {tenon.value = dense<[0.5, 2.0, -1.0]> : tensor<3xf64>},
    %a9: tensor<3xf64> {tenon.value = dense<[4.0, 0.25, 1.0]> : tensor<3xf64>},
    %a10: tensor<1x3x2xf16> {tenon.value = dense<[[[1.0, 2.0], [3.0, -4.0], [0.5, 6.0]]]> : tensor<1x3x2xf16>},
    %a11: tensor<3xf16> {tenon.value = dense<[2.0, 0.5, -1.0]> : tensor<3xf16>},
    %a12: tensor<3xf16> {tenon.value = dense<[1.0, -1.0, 0.25]> : tensor<3xf16>},
    %a13: tensor<3xf16> {tenon.value = dense<[0.5, 2.0, -1.0]> : tensor<3xf16>},
    %a14: tensor<3xf16> {tenon.value = dense<[4.0, 0.25, 1.0]> : tensor<3xf16>},
    %a15: tensor<1x3x2xbf16> {tenon.value = dense<[[[1.0, 2.0], [3.0, -4.0], [0.5, 6.0]]]> : tensor<1x3x2xbf16>},
    %a16: tensor<3xbf16> {tenon.value = dense<[2.0, 0.5, -1.0]> : tensor<3xbf16>},
    %a17: tensor<3xbf16> {tenon.value = dense<[1.0, -1.0, 0.25]> : tensor<3xbf16>},
    %a18: tensor<3xbf16> {tenon.value = dense<[0.5, 2.0, -1.0]> : tensor<3xbf16>},
    %a19: tensor<3xbf16> {tenon.value = dense<[4.0, 0.25, 1.0]> : tensor<3xbf16>}
) -> (
    tensor<1x3x2xf32> {tenon.expected = dense<[[[1.4714045524597168, 2.4142136573791504], [-0.4226497411727905, -4.464101791381836], [-0.9747448563575745, -5.465476036071777]]]> : tensor<1x3x2xf32>, tenon.ulps = 8.0 : f64},
    tensor<1x3x2xf64> {tenon.expected = dense<[[[1.4714045207910318, 2.414213562373095], [-0.4226497308103742, -4.464101615137754], [-0.974744871391589, -5.465476066494082]]]> : tensor<1x3x2xf64>, tenon.ulps = 8.0 : f64},
    tensor<1x3x2xf16> {tenon.expected = dense<[[[1.4716796875, 2.4140625], [-0.422607421875, -4.46484375], [-0.974609375, -5.46484375]]]> : tensor<1x3x2xf16>, tenon.ulps = 8.0 : f64},
    tensor<1x3x2xbf16> {tenon.expected = dense<[[[1.46875, 2.421875], [-0.421875, -4.46875], [-0.9765625, -5.46875]]]> : tensor<1x3x2xbf16>, tenon.ulps = 8.0 : f64}
) {
  %r0 = tenon.batch_norm %a0, %a1, %a2, %a3, %a4 epsilon 0.5 : tensor<1x3x2xf32>, tensor<3xf32>
  %r1 = tenon.batch_norm %a5, %a6, %a7, %a8, %a9 epsilon 0.5 : tensor<1x3x2xf64>, tensor<3xf64>
  %r2 = tenon.batch_norm %a10, %a11, %a12, %a13, %a14 epsilon 0.5 : tensor<1x3x2xf16>, tensor<3xf16>
  %r3 = tenon.batch_norm %a15, %a16, %a17, %a18, %a19 epsilon 0.5 : tensor<1x3x2xbf16>, tensor<3xbf16>
  return %r0, %r1, %r2, %r3
      : tensor<1x3x2xf32>, tensor<1x3x2xf64>, tensor<1x3x2xf16>, tensor<1x3x2xbf16>
}
