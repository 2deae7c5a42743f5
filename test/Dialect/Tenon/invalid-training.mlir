// RUN: tenon-opt %s --split-input-file --verify-diagnostics

func.func @logits_rank(%x: tensor<4xf32>, %l: tensor<4xi64>) {
  // expected-error@+1 {{logits are N x C or N x C x ..., not 'tensor<4xf32>'}}
  %0:3 = tenon.cross_entropy %x, %l ignore_index -1 : tensor<4xf32>, tensor<4xi64>
  return
}

// -----

func.func @no_classes(%x: tensor<4x0xf32>, %l: tensor<4xi64>) {
  // expected-error@+1 {{cannot choose among 0 classes}}
  %0:3 = tenon.cross_entropy %x, %l ignore_index -1 : tensor<4x0xf32>, tensor<4xi64>
  return
}

// -----

func.func @labels_shape(%x: tensor<4x3x2xf32>, %l: tensor<4x3xi64>) {
  // expected-error@+1 {{needs one label per row of logits: 'tensor<4x2xi64>', not 'tensor<4x3xi64>'}}
  %0:3 = tenon.cross_entropy %x, %l ignore_index -1 : tensor<4x3x2xf32>, tensor<4x3xi64>
  return
}

// -----

func.func @labels_type(%x: tensor<4x3xf32>, %l: tensor<4xf32>) {
  // expected-error@+1 {{operand #1 must be statically shaped tensor of}}
  %0:3 = tenon.cross_entropy %x, %l ignore_index -1 : tensor<4x3xf32>, tensor<4xf32>
  return
}

// -----

func.func @soft_rank(%x: tensor<4xf32>) {
  // expected-error@+1 {{logits are N x C or N x C x ..., not 'tensor<4xf32>'}}
  %0 = tenon.soft_cross_entropy %x, %x : tensor<4xf32>
  return
}

// -----

func.func @statistics_rank(%x: tensor<4xf32>, %s: tensor<4xf32>) {
  // expected-error@+1 {{operand needs a channel dimension (dimension 1)}}
  %0:3 = tenon.batch_norm_train %x, %s, %s epsilon 1.0e-5 : tensor<4xf32>, tensor<4xf32>
  return
}

// -----

func.func @statistics_channels(%x: tensor<2x3x4xf32>, %s: tensor<2xf32>) {
  // expected-error@+1 {{scale and bias must be 'tensor<3xf32>'}}
  %0:3 = tenon.batch_norm_train %x, %s, %s epsilon 1.0e-5 : tensor<2x3x4xf32>, tensor<2xf32>
  return
}

// -----

func.func @dropout_ratio(%x: tensor<4xf32>) {
  // expected-error@+1 {{ratio must lie in [0, 1]}}
  %0 = tenon.dropout %x ratio 1.5 id "d" : tensor<4xf32>
  return
}

// -----

func.func @dropout_train_ratio(%x: tensor<4xf32>, %k: tensor<ui64>) {
  // expected-error@+1 {{ratio must lie in [0, 1]}}
  %0 = tenon.dropout_train %x, %k ratio -0.5 : tensor<4xf32>
  return
}

// -----

func.func @probability(%k: tensor<ui64>) {
  // expected-error@+1 {{probability must lie in [0, 1]}}
  %0 = tenon.random_bernoulli %k probability 0x7FF8000000000000 : tensor<4xi1>
  return
}

// -----

// expected-note@+1 {{prior use here}}
func.func @key_type(%k: tensor<ui32>) {
  // expected-error@+1 {{expects different type than prior uses: 'tensor<ui64>' vs 'tensor<ui32>'}}
  %0 = tenon.random_uniform %k : tensor<4xf32>
  return
}

// -----

func.func @index_strides() {
  // expected-error@+1 {{needs one stride per dimension}}
  %0 = tenon.linear_index strides [1] : tensor<2x3xui64>
  return
}
