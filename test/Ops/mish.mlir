// Written by generate.py: expectations are exact, rounded once.

func.func @f64(
    %a: tensor<19xf64> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -1.7976931348623157e+308, 0.75, -0.75, 3.0, -3.0, 1.7, -1.7]> : tensor<19xf64>}) -> (
    tensor<19xf64> {tenon.expected = dense<[0.0, -0.0, 0.8650983882673103, -0.3034014613741089, 0.37524521130489513, -0.19681620390653332, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 5.0e-324, -5.0e-324, 1.7976931348623157e+308, -0.0, 0.6100183352182934, -0.2764947145054652, 2.9865350049679575, -0.1456474612756246, 1.6207680739755406, -0.2825893806039154]> : tensor<19xf64>, tenon.ulps = 5.0 : f64}) {
  %y = tenon.mish %a : tensor<19xf64>
  return %y : tensor<19xf64>
}

func.func @f32(
    %a: tensor<19xf32> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -3.4028235e+38, 0.75, -0.75, 3.0, -3.0, 1.7, -1.7]> : tensor<19xf32>}) -> (
    tensor<19xf32> {tenon.expected = dense<[0.0, -0.0, 0.86509836, -0.30340147, 0.3752452, -0.1968162, 0x7F800000, 0x7FC00000, 0x7FC00000, 1.0e-45, -1.0e-45, 3.4028235e+38, -0.0, 0.6100183, -0.2764947, 2.986535, -0.14564747, 1.6207681, -0.28258938]> : tensor<19xf32>, tenon.ulps = 5.0 : f64}) {
  %y = tenon.mish %a : tensor<19xf32>
  return %y : tensor<19xf32>
}

func.func @f16(
    %a: tensor<19xf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7C00, 0xFC00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -6.55e+04, 0.75, -0.75, 3.0, -3.0, 1.7, -1.7]> : tensor<19xf16>}) -> (
    tensor<19xf16> {tenon.expected = dense<[0.0, -0.0, 0.865, -0.3035, 0.3752, -0.1968, 0x7C00, 0x7E00, 0x7E00, 6.0e-08, -6.0e-08, 6.55e+04, -0.0, 0.6104, -0.2764, 2.986, -0.1456, 1.621, -0.2825]> : tensor<19xf16>, tenon.ulps = 5.0 : f64}) {
  %y = tenon.mish %a : tensor<19xf16>
  return %y : tensor<19xf16>
}

func.func @bf16(
    %a: tensor<19xbf16> {tenon.value = dense<[0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0x7F80, 0xFF80, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -3.39e+38, 0.75, -0.75, 3.0, -3.0, 1.7, -1.7]> : tensor<19xbf16>}) -> (
    tensor<19xbf16> {tenon.expected = dense<[0.0, -0.0, 0.863, -0.303, 0.375, -0.197, 0x7F80, 0x7FC0, 0x7FC0, 9.0e-41, -9.0e-41, 3.39e+38, -0.0, 0.613, -0.277, 2.98, -0.1455, 1.625, -0.281]> : tensor<19xbf16>, tenon.ulps = 5.0 : f64}) {
  %y = tenon.mish %a : tensor<19xbf16>
  return %y : tensor<19xbf16>
}

func.func @scalar(
    %a: tensor<f32> {tenon.value = dense<0.75> : tensor<f32>}) -> (
    tensor<f32> {tenon.expected = dense<0.6100183> : tensor<f32>, tenon.ulps = 5.0 : f64}) {
  %y = tenon.mish %a : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient(
    %a: tensor<2x5xf64> {tenon.range = [-4.0, 4.0]}) -> tensor<2x5xf64> {
  %y = tenon.mish %a : tensor<2x5xf64>
  return %y : tensor<2x5xf64>
}
