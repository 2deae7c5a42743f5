// RUN: tenon-opt %s --split-input-file --verify-diagnostics

func.func @sqrt_of_integers(%x: tensor<4xi32>) {
  // expected-error@+1 {{operand #0 must be statically shaped tensor of 32-bit float or 64-bit float}}
  %0 = tenon.sqrt %x : tensor<4xi32>
  return
}

// -----

func.func @sigmoid_of_bool(%x: tensor<4xi1>) {
  // expected-error@+1 {{operand #0 must be statically shaped tensor of 32-bit float or 64-bit float}}
  %0 = tenon.sigmoid %x : tensor<4xi1>
  return
}

// -----

func.func @and_of_floats(%x: tensor<4xf32>) {
  // expected-error@+1 {{operand #0 must be statically shaped tensor of 8-bit signless integer}}
  %0 = tenon.and %x, %x : tensor<4xf32>
  return
}

// -----

func.func @shift_of_floats(%x: tensor<4xf16>) {
  // expected-error@+1 {{operand #0 must be statically shaped tensor of 8-bit signless integer}}
  %0 = tenon.shl %x, %x : tensor<4xf16>
  return
}

// -----

func.func @not_of_floats(%x: tensor<4xf64>) {
  // expected-error@+1 {{operand #0 must be statically shaped tensor of 8-bit signless integer}}
  %0 = tenon.not %x : tensor<4xf64>
  return
}

// -----

func.func @different_types(%x: tensor<4xf32>, %y: tensor<4xf64>) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "tenon.add"(%x, %y) : (tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return
}
