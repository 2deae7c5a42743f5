// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<21xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 0.1, 0.7, 1.3, 2.9, 0.0001, 3.0e+04, 0.99, 1.01]> : tensor<21xf64>}) -> (
    tensor<21xf64> {tenon.expected = dense<[0xFFF0000000000000, 0xFFF0000000000000, 0.0, 0x7FF8000000000000, -0.6931471805599453, 0x7FF8000000000000, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000, -744.4400719213812, 0x7FF8000000000000, 709.782712893384, 0x7FF8000000000000, -2.3025850929940455, -0.35667494393873245, 0.26236426446749106, 1.0647107369924282, -9.210340371976182, 10.308952660644293, -0.01005033585350145, 0.009950330853168092]> : tensor<21xf64>, tenon.ulps = 2.0 : f64}) {
  %y = tenon.log %a : tensor<21xf64>
  return %y : tensor<21xf64>
}

func.func @f32(
    %a: tensor<21xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 0.1, 0.7, 1.3, 2.9, 0.0001, 3.0e+04, 0.99, 1.01]> : tensor<21xf32>}) -> (
    tensor<21xf32> {tenon.expected = dense<[0xFF800000, 0xFF800000, 0.0, 0x7FC00000, -0.6931472, 0x7FC00000, 0x7F800000, 0x7FC00000, 0x7FC00000, -103.27893, 0x7FC00000, 88.72284, 0x7FC00000, -2.3025851, -0.35667497, 0.26236424, 1.0647107, -9.2103405, 10.308952, -0.010050327, 0.009950321]> : tensor<21xf32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.log %a : tensor<21xf32>
  return %y : tensor<21xf32>
}

func.func @f16(
    %a: tensor<21xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 0.1, 0.7, 1.3, 2.9, 0.0001, 3.0e+04, 0.99, 1.01]> : tensor<21xf16>}) -> (
    tensor<21xf16> {tenon.expected = dense<[0xFC00, 0xFC00, 0.0, 0x7E00, -0.6934, 0x7E00, 0x7C00, 0x7E00, 0x7E00, -16.64, 0x7E00, 11.09, 0x7E00, -2.303, -0.3564, 0.2622, 1.064, -9.21, 10.31, -0.00981, 0.00972]> : tensor<21xf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.log %a : tensor<21xf16>
  return %y : tensor<21xf16>
}

func.func @bf16(
    %a: tensor<21xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 0.1, 0.7, 1.3, 2.9, 0.0001, 3.0e+04, 0.99, 1.01]> : tensor<21xbf16>}) -> (
    tensor<21xbf16> {tenon.expected = dense<[0xFF80, 0xFF80, 0.0, 0x7FC0, -0.69, 0x7FC0, 0x7F80, 0x7FC0, 0x7FC0, -92.0, 0x7FC0, 88.5, 0x7FC0, -2.3, -0.357, 0.26, 1.07, -9.2, 10.3, -0.0118, 0.00778]> : tensor<21xbf16>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.log %a : tensor<21xbf16>
  return %y : tensor<21xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<0.1> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<-2.3025851> : tensor<f32>, tenon.ulps = 1.0 : f64}) {
  %y = tenon.log %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [0.5, 3.0]}) -> tensor<2x5xf64> {
  %y = tenon.log %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
