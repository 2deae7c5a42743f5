// RUN: tenon-opt %s --tenon-gradient --split-input-file --verify-diagnostics

// expected-note@+1 {{from the loss: tenon.reduce_sum <- tenon.mul "head" <- tenon.rem <- tenon.exp <- argument 1; take the argument out of wrt}}
func.func private @loss(%i: tensor<2xi64>, %x: tensor<4xf32>) -> tensor<f32> {
  %e = tenon.exp %x : tensor<4xf32>
  // expected-error@+1 {{'tenon.rem' op has no gradient, and the loss of @loss depends on argument 1 through it}}
  %g = tenon.rem %e, %x : tensor<4xf32>
  %y = tenon.mul %g, %g : tensor<4xf32> loc("head")
  %l = tenon.reduce_sum %y dims [0] : tensor<4xf32>
  return %l : tensor<f32>
}
func.func @main(%i: tensor<2xi64>, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{required by this gradient}}
  %l, %dx = tenon.grad @loss(%i, %x) wrt [1]
      : (tensor<2xi64>, tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>)
  return %dx : tensor<4xf32>
}

// -----

// Off the path nothing needs a gradient.
func.func private @loss(%i: tensor<2xi64>, %x: tensor<4xf32>, %w: tensor<2xf32>) -> tensor<f32> {
  %g = tenon.gather %x, %i axis 0 : tensor<4xf32>, tensor<2xi64>
  %r = tenon.rem %g, %g : tensor<2xf32>
  %y = tenon.mul %r, %w : tensor<2xf32>
  %l = tenon.reduce_sum %y dims [0] : tensor<2xf32>
  return %l : tensor<f32>
}
func.func @main(%i: tensor<2xi64>, %x: tensor<4xf32>, %w: tensor<2xf32>) -> tensor<2xf32> {
  %l, %dw = tenon.grad @loss(%i, %x, %w) wrt [2]
      : (tensor<2xi64>, tensor<4xf32>, tensor<2xf32>) -> (tensor<f32>, tensor<2xf32>)
  return %dw : tensor<2xf32>
}

// -----

// A VJP that refuses says why itself.
func.func private @loss(%x: tensor<4xf32>) -> tensor<f32> {
  // expected-error@+1 {{'tenon.slice' op has no gradient for a stride of 0}}
  %s = tenon.slice %x starts [0] sizes [2] strides [0] : tensor<4xf32>
  %l = tenon.reduce_sum %s dims [0] : tensor<2xf32>
  return %l : tensor<f32>
}
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{required by this gradient}}
  %l, %dx = tenon.grad @loss(%x) wrt [0] : (tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>)
  return %dx : tensor<4xf32>
}

// -----

// expected-error@+1 {{tenon.grad of a function that calls itself}}
func.func @main(%x: tensor<f32>) -> tensor<f32> {
  %y, %dx = tenon.grad @main(%x) wrt [0] : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %dx : tensor<f32>
}

// -----

func.func private @loss(%x: tensor<4x2xf32>, %s: tensor<2xf32>) -> tensor<f32> {
  // expected-error@+1 {{has a gradient of its first result only; the loss depends on its mean or variance}}
  %y, %mean, %variance = tenon.batch_norm_train %x, %s, %s epsilon 1.0e-5 : tensor<4x2xf32>, tensor<2xf32>
  %l = tenon.reduce_sum %mean dims [0] : tensor<2xf32>
  return %l : tensor<f32>
}
func.func @main(%x: tensor<4x2xf32>, %s: tensor<2xf32>) -> tensor<4x2xf32> {
  // expected-error@+1 {{required by this gradient}}
  %l, %dx = tenon.grad @loss(%x, %s) wrt [0]
      : (tensor<4x2xf32>, tensor<2xf32>) -> (tensor<f32>, tensor<4x2xf32>)
  return %dx : tensor<4x2xf32>
}
