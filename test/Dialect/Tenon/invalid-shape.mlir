// RUN: tenon-opt %s --split-input-file --verify-diagnostics

func.func @broadcast_type(%x: tensor<4xf32>) {
  // expected-error@+1 {{changes the element type}}
  %0 = tenon.broadcast %x dims [0] : tensor<4xf32> to tensor<4x2xf16>
  return
}

// -----

func.func @broadcast_count(%x: tensor<4xf32>) {
  // expected-error@+1 {{needs one entry of dims per operand dimension}}
  %0 = tenon.broadcast %x dims [0, 1] : tensor<4xf32> to tensor<4x2xf32>
  return
}

// -----

func.func @broadcast_order(%x: tensor<4x2xf32>) {
  // expected-error@+1 {{dims must ascend within the result's rank}}
  %0 = tenon.broadcast %x dims [1, 0] : tensor<4x2xf32> to tensor<2x4xf32>
  return
}

// -----

func.func @broadcast_extent(%x: tensor<1xf32>) {
  // expected-error@+1 {{operand dimension 0 has extent 1, result dimension 1 has 2}}
  %0 = tenon.broadcast %x dims [1] : tensor<1xf32> to tensor<4x2xf32>
  return
}

// -----

func.func @reshape(%x: tensor<4xf32>) {
  // expected-error@+1 {{must keep the element type and the number of elements}}
  %0 = tenon.reshape %x : tensor<4xf32> to tensor<5xf32>
  return
}

// -----

func.func @transpose(%x: tensor<4x2xf32>) {
  // expected-error@+1 {{permutation must list every dimension once}}
  %0 = tenon.transpose %x permutation [0, 0] : tensor<4x2xf32>
  return
}

// -----

func.func @slice_count(%x: tensor<4x2xf32>) {
  // expected-error@+1 {{needs one start, size and stride per dimension}}
  %0 = tenon.slice %x starts [0] sizes [1] strides [1] : tensor<4x2xf32>
  return
}

// -----

func.func @slice_outside(%x: tensor<4xf32>) {
  // expected-error@+1 {{window of dimension 0 leaves its extent 4}}
  %0 = tenon.slice %x starts [1] sizes [3] strides [2] : tensor<4xf32>
  return
}

// -----

// A product that would wrap is no way out of the extent.
func.func @slice_overflow(%x: tensor<4xf32>) {
  // expected-error@+1 {{window of dimension 0 leaves its extent 4}}
  %0 = tenon.slice %x starts [0] sizes [3] strides [9223372036854775807] : tensor<4xf32>
  return
}

// -----

func.func @slice_negative(%x: tensor<4xf32>) {
  // expected-error@+1 {{size -1 of dimension 0 does not fit its extent 4}}
  %0 = tenon.slice %x starts [0] sizes [-1] strides [1] : tensor<4xf32>
  return
}

// -----

func.func @pad_negative(%x: tensor<4xf32>) {
  // expected-error@+1 {{padding must not be negative}}
  %0 = tenon.pad %x constant 0.0 low [-1] high [0] : tensor<4xf32>
  return
}

// -----

// Reflection repeats all but the edge.
func.func @pad_reflect(%x: tensor<4xf32>) {
  // expected-error@+1 {{padding of dimension 0 exceeds what its extent 4 can repeat}}
  %0 = tenon.pad %x reflect 0.0 low [4] high [0] : tensor<4xf32>
  return
}

// -----

func.func @pad_overflow(%x: tensor<4xf32>) {
  // expected-error@+1 {{padded extent overflows}}
  %0 = tenon.pad %x constant 0.0 low [9223372036854775807] high [0] : tensor<4xf32>
  return
}

// -----

func.func @concat_axis(%x: tensor<4xf32>) {
  // expected-error@+1 {{axis 1 is outside the rank 1}}
  %0 = tenon.concat %x, %x axis 1 : tensor<4xf32>, tensor<4xf32>
  return
}

// -----

func.func @concat_extent(%x: tensor<4x2xf32>, %y: tensor<4x3xf32>) {
  // expected-error@+1 {{operands differ in dimension 1: 2 and 3}}
  %0 = tenon.concat %x, %y axis 0 : tensor<4x2xf32>, tensor<4x3xf32>
  return
}

// -----

func.func @concat_type(%x: tensor<4xf32>, %y: tensor<4xf16>) {
  // expected-error@+1 {{operands must share rank and element type}}
  %0 = tenon.concat %x, %y axis 0 : tensor<4xf32>, tensor<4xf16>
  return
}

// -----

func.func @gather_axis(%x: tensor<4xf32>, %i: tensor<2xi64>) {
  // expected-error@+1 {{axis 1 is outside the rank 1}}
  %0 = tenon.gather %x, %i axis 1 : tensor<4xf32>, tensor<2xi64>
  return
}

// -----

func.func @gather_empty(%x: tensor<0xf32>, %i: tensor<2xi64>) {
  // expected-error@+1 {{gathers from an empty dimension}}
  %0 = tenon.gather %x, %i axis 0 : tensor<0xf32>, tensor<2xi64>
  return
}

// -----

func.func @iota() {
  // expected-error@+1 {{axis is outside the rank}}
  %0 = tenon.iota axis 1 : tensor<4xi32>
  return
}

// -----

func.func @pad_interior(%x: tensor<4xf32>) {
  // expected-error@+1 {{interior needs mode constant}}
  %0 = tenon.pad %x edge 0.0 low [0] high [0] interior [1] : tensor<4xf32>
  return
}

// -----

func.func @pad_interior_rank(%x: tensor<4xf32>) {
  // expected-error@+1 {{needs low, high and interior for every dimension}}
  %0 = tenon.pad %x constant 0.0 low [0] high [0] interior [1, 1] : tensor<4xf32>
  return
}

// -----

func.func @pad_interior_overflow(%x: tensor<4xf32>) {
  // expected-error@+1 {{padded extent overflows}}
  %0 = tenon.pad %x constant 0.0 low [0] high [0] interior [4611686018427387904] : tensor<4xf32>
  return
}

// -----

func.func @scatter_axis(%x: tensor<2x3xf32>, %i: tensor<2xi64>) {
  // expected-error@+1 {{axis 2 is outside the rank 2}}
  %0 = tenon.scatter_add %x, %i axis 2 : tensor<2x3xf32>, tensor<2xi64> to tensor<4x3xf32>
  return
}

// -----

func.func @scatter_shape(%x: tensor<3x3xf32>, %i: tensor<2xi64>) {
  // expected-error@+1 {{operand must have the shape of a gather, 'tensor<2x3xf32>'}}
  %0 = tenon.scatter_add %x, %i axis 0 : tensor<3x3xf32>, tensor<2xi64> to tensor<4x3xf32>
  return
}

// -----

func.func @scatter_empty(%x: tensor<2x3xf32>, %i: tensor<2xi64>) {
  // expected-error@+1 {{scatters into an empty dimension}}
  %0 = tenon.scatter_add %x, %i axis 0 : tensor<2x3xf32>, tensor<2xi64> to tensor<0x3xf32>
  return
}
