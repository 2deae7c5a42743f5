// Written by generate.py: expectations are exact, rounded once.

func.func @p0_0(
    %a: tensor<ui64> {tenon.value = dense<1> : tensor<ui64>}) -> (
    tensor<5x13xi1> {tenon.expected = dense<[[false, false, false, false, false, false, false, false, false, false, false, false, false], [false, false, false, false, false, false, false, false, false, false, false, false, false], [false, false, false, false, false, false, false, false, false, false, false, false, false], [false, false, false, false, false, false, false, false, false, false, false, false, false], [false, false, false, false, false, false, false, false, false, false, false, false, false]]> : tensor<5x13xi1>}) {
  %y = tenon.random_bernoulli %a probability 0.000000000000 : tensor<5x13xi1>
  return %y : tensor<5x13xi1>
}

func.func @p1e_09(
    %a: tensor<ui64> {tenon.value = dense<1> : tensor<ui64>}) -> (
    tensor<5x13xi1> {tenon.expected = dense<[[false, false, false, false, false, false, false, false, false, false, false, false, false], [false, false, false, false, false, false, false, false, false, false, false, false, false], [false, false, false, false, false, false, false, false, false, false, false, false, false], [false, false, false, false, false, false, false, false, false, false, false, false, false], [false, false, false, false, false, false, false, false, false, false, false, false, false]]> : tensor<5x13xi1>}) {
  %y = tenon.random_bernoulli %a probability 0.000000001000 : tensor<5x13xi1>
  return %y : tensor<5x13xi1>
}

func.func @p0_25(
    %a: tensor<ui64> {tenon.value = dense<1> : tensor<ui64>}) -> (
    tensor<5x13xi1> {tenon.expected = dense<[[false, false, false, true, false, false, true, false, false, false, false, false, false], [true, false, true, false, false, false, false, false, false, false, true, false, true], [false, true, false, false, true, false, false, false, false, true, false, false, false], [false, false, false, true, false, false, false, false, false, false, true, false, true], [false, false, false, false, false, false, false, true, true, true, true, true, false]]> : tensor<5x13xi1>}) {
  %y = tenon.random_bernoulli %a probability 0.250000000000 : tensor<5x13xi1>
  return %y : tensor<5x13xi1>
}

func.func @p0_3333333333333333(
    %a: tensor<ui64> {tenon.value = dense<1> : tensor<ui64>}) -> (
    tensor<5x13xi1> {tenon.expected = dense<[[false, false, false, true, false, true, true, false, false, false, false, false, false], [true, false, true, false, false, false, false, false, true, false, true, false, true], [false, true, true, false, true, false, false, false, false, true, false, false, false], [false, false, true, true, false, false, false, false, false, true, true, false, true], [false, false, false, false, true, false, false, true, true, true, true, true, false]]> : tensor<5x13xi1>}) {
  %y = tenon.random_bernoulli %a probability 0.333333333333 : tensor<5x13xi1>
  return %y : tensor<5x13xi1>
}

func.func @p1_0(
    %a: tensor<ui64> {tenon.value = dense<1> : tensor<ui64>}) -> (
    tensor<5x13xi1> {tenon.expected = dense<[[true, true, true, true, true, true, true, true, true, true, true, true, true], [true, true, true, true, true, true, true, true, true, true, true, true, true], [true, true, true, true, true, true, true, true, true, true, true, true, true], [true, true, true, true, true, true, true, true, true, true, true, true, true], [true, true, true, true, true, true, true, true, true, true, true, true, true]]> : tensor<5x13xi1>}) {
  %y = tenon.random_bernoulli %a probability 1.000000000000 : tensor<5x13xi1>
  return %y : tensor<5x13xi1>
}
