// Written by generate.py: expectations are exact, rounded once.

func.func @case0(
    %a: tensor<ui64> {tenon.value = dense<0> : tensor<ui64>},
    %b: tensor<ui64> {tenon.value = dense<0> : tensor<ui64>}) -> (
    tensor<ui64> {tenon.expected = dense<16242730742183356629> : tensor<ui64>}) {
  %y = tenon.fold_in %a, %b
  return %y : tensor<ui64>
}

func.func @case1(
    %a: tensor<ui64> {tenon.value = dense<18446744073709551615> : tensor<ui64>},
    %b: tensor<ui64> {tenon.value = dense<3> : tensor<ui64>}) -> (
    tensor<ui64> {tenon.expected = dense<12561083015793463316> : tensor<ui64>}) {
  %y = tenon.fold_in %a, %b
  return %y : tensor<ui64>
}

func.func @case2(
    %a: tensor<ui64> {tenon.value = dense<12345678901234567890> : tensor<ui64>},
    %b: tensor<ui64> {tenon.value = dense<9223372036854775808> : tensor<ui64>}) -> (
    tensor<ui64> {tenon.expected = dense<14545211705207385054> : tensor<ui64>}) {
  %y = tenon.fold_in %a, %b
  return %y : tensor<ui64>
}
