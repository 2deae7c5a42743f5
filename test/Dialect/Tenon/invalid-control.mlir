// RUN: tenon-opt %s --split-input-file --verify-diagnostics

func.func @grad_callee(%x: tensor<f32>) {
  // expected-error@+1 {{calls @nobody, which is no function here}}
  %0:2 = tenon.grad @nobody(%x) wrt [0] : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return
}

// -----

func.func private @loss(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @grad_vector(%x: tensor<4xf32>) {
  // expected-error@+1 {{the first result of @loss must be a scalar float to differentiate, not 'tensor<4xf32>'}}
  %0:2 = tenon.grad @loss(%x) wrt [0] : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return
}

// -----

func.func private @loss(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  return %x : tensor<f32>
}
func.func @grad_integer(%x: tensor<f32>, %i: tensor<i32>) {
  // expected-error@+1 {{wrt names argument 1, which is no float: 'tensor<i32>'}}
  %0:2 = tenon.grad @loss(%x, %i) wrt [1] : (tensor<f32>, tensor<i32>) -> (tensor<f32>, tensor<i32>)
  return
}

// -----

func.func private @loss(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}
func.func @grad_wrt(%x: tensor<f32>) {
  // expected-error@+1 {{wrt names argument 1, @loss has 1}}
  %0:2 = tenon.grad @loss(%x) wrt [1] : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return
}

// -----

func.func private @loss(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}
func.func @grad_results(%x: tensor<f32>) {
  // expected-error@+1 {{must return @loss's results, then one gradient per wrt}}
  %0 = tenon.grad @loss(%x) wrt [0] : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @group_yield(%x: tensor<4xf32>) {
  // expected-error@+1 {{must yield its results' types}}
  %0 = tenon.group (%a = %x) : (tensor<4xf32>) -> tensor<5xf32> {
    tenon.yield %a : tensor<4xf32>
  }
  return
}

// -----

// A group is isolated: equal bodies are one kernel.
func.func @group_isolated(%x: tensor<4xf32>) {
  // expected-note@+1 {{required by region isolation constraints}}
  %0 = tenon.group () : () -> tensor<4xf32> {
    // expected-error@+1 {{using value defined outside the region}}
    tenon.yield %x : tensor<4xf32>
  }
  return
}

// -----

func.func @recipe_yield() {
  // expected-error@+1 {{must yield one value of its result's type}}
  %0 = tenon.recipe : tensor<4xf32> {
    %c = tenon.constant dense<1.0> : tensor<5xf32>
    tenon.yield %c : tensor<5xf32>
  }
  return
}
