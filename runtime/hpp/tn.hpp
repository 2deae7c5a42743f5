//===-- tn.hpp - C++ wrapper of compiled models -----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Header-only, C++17, over tenon/abi.h. Failures are thrown as tn::Error.
//
//   tn::Library library("mnist.so");
//   tn::Context context(library.model());
//   std::vector<float> image(784), scores(10);
//   context.run({tn::tensor(image, {1, 1, 28, 28})},
//               {tn::tensor(scores, {1, 10})});
//
//===----------------------------------------------------------------------===//
#ifndef TENON_TN_HPP
#define TENON_TN_HPP

#include "tenon/abi.h"

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace tn {

/// A failed call: its status and its message.
class Error : public std::runtime_error {
public:
  Error(tn_status status, const char *message)
      : std::runtime_error(message), code(status) {}
  tn_status status() const { return code; }

private:
  tn_status code;
};

namespace detail {
template <typename Call>
void check(Call &&call) {
  tn_message message;
  tn_status status = call(&message);
  if (status != TN_OK)
    throw Error(status, message.text);
}
} // namespace detail

/// The dtype of a C++ element type; f16 and bf16 have none before C++23.
template <typename T>
constexpr tn_dtype dtypeOf() {
  if constexpr (std::is_same_v<T, float>)
    return TN_F32;
  else if constexpr (std::is_same_v<T, double>)
    return TN_F64;
  else if constexpr (std::is_same_v<T, bool>)
    return TN_BOOL;
  else {
    static_assert(std::is_integral_v<T>, "no dtype for this element type");
    constexpr bool isSigned = std::is_signed_v<T>;
    if constexpr (sizeof(T) == 1)
      return isSigned ? TN_I8 : TN_U8;
    else if constexpr (sizeof(T) == 2)
      return isSigned ? TN_I16 : TN_U16;
    else if constexpr (sizeof(T) == 4)
      return isSigned ? TN_I32 : TN_U32;
    else
      return isSigned ? TN_I64 : TN_U64;
  }
}

/// A buffer of the caller's with its dtype and shape. Owns the shape only.
class Tensor {
public:
  Tensor(void *data, tn_dtype dtype, std::vector<int64_t> dims)
      : pointer(data), type(dtype), shape(std::move(dims)) {}

  const std::vector<int64_t> &dims() const { return shape; }
  tn_dtype dtype() const { return type; }
  void *data() const { return pointer; }
  /// Valid as long as this Tensor.
  tn_tensor view() const {
    return {pointer, type, static_cast<int32_t>(shape.size()), shape.data()};
  }

private:
  void *pointer;
  tn_dtype type;
  std::vector<int64_t> shape;
};

/// `container` (a vector, an array, ...) with `dims`, which must name exactly
/// its elements. Models only read their inputs.
template <typename Container>
Tensor tensor(Container &container, std::vector<int64_t> dims) {
  using Element =
      std::remove_const_t<std::remove_pointer_t<decltype(container.data())>>;
  std::size_t elements = 1;
  for (int64_t dim : dims)
    elements *= static_cast<std::size_t>(dim);
  if (elements != container.size())
    throw Error(TN_INVALID_ARGUMENT,
                "the container's size is not the product of the dimensions");
  return {const_cast<Element *>(container.data()), dtypeOf<Element>(),
          std::move(dims)};
}

/// A model that is linked in or belongs to a Library. Copied freely.
class Model {
public:
  explicit Model(const tn_model *model) : handle(model) {}

  const tn_model *get() const { return handle; }
  tn_model_info info() const {
    tn_model_info result{};
    result.struct_size = sizeof(result);
    detail::check(
        [&](tn_message *message) { return tn_info(handle, &result, message); });
    return result;
  }
  std::vector<tn_tensor_spec> inputs() const {
    return specs(TN_INPUT, info().input_count);
  }
  std::vector<tn_tensor_spec> outputs() const {
    return specs(TN_OUTPUT, info().output_count);
  }
  std::vector<tn_tensor_spec> stepInputs() const {
    return specs(TN_STEP_INPUT, info().step_input_count);
  }
  std::vector<tn_tensor_spec> stepOutputs() const {
    return specs(TN_STEP_OUTPUT, info().step_output_count);
  }
  std::vector<tn_tensor_spec> evalInputs() const {
    return specs(TN_EVAL_INPUT, info().eval_input_count);
  }
  std::vector<tn_tensor_spec> evalOutputs() const {
    return specs(TN_EVAL_OUTPUT, info().eval_output_count);
  }
  /// The state's tensors, in the order of Context::stateData().
  std::vector<tn_tensor_spec> states() const {
    return specs(TN_STATE, info().state_count);
  }
  /// Bytes of a saved state; 0 when the model has none.
  std::uint64_t stateBytes() const { return tn_state_bytes(handle); }
  /// Throws unless this CPU can run the model.
  void check() const {
    detail::check(
        [&](tn_message *message) { return tn_check(handle, message); });
  }
  /// Throws unless the weights are as they were written.
  void verify() const {
    detail::check(
        [&](tn_message *message) { return tn_verify(handle, message); });
  }

private:
  std::vector<tn_tensor_spec> specs(int32_t kind, uint32_t count) const {
    std::vector<tn_tensor_spec> result(count);
    for (uint32_t i = 0; i < count; ++i)
      detail::check([&](tn_message *message) {
        return tn_spec(handle, kind, i, &result[i], message);
      });
    return result;
  }

  const tn_model *handle;
};

/// Arena and threads of one model; runs one step at a time. Move-only.
class Context {
public:
  /// threads 0: as many as this process may use.
  explicit Context(Model model, uint32_t threads = 0, uint32_t flags = 0)
      : model(model) {
    tn_context_options options{};
    options.struct_size = sizeof(options);
    options.threads = threads;
    options.flags = flags;
    detail::check([&](tn_message *message) {
      return tn_context_create(model.get(), &options, &handle, message);
    });
  }
  Context(Context &&other) noexcept
      : model(other.model), handle(std::exchange(other.handle, nullptr)) {}
  Context &operator=(Context &&other) noexcept {
    std::swap(model, other.model);
    std::swap(handle, other.handle);
    return *this;
  }
  ~Context() { tn_context_destroy(handle); }

  void run(const std::vector<Tensor> &inputs,
           const std::vector<Tensor> &outputs) {
    std::vector<tn_tensor> in = views(inputs), out = views(outputs);
    run(in.data(), in.size(), out.data(), out.size());
  }
  /// The same without any allocation.
  void run(const tn_tensor *inputs, std::size_t inputCount,
           const tn_tensor *outputs, std::size_t outputCount) {
    detail::check([&](tn_message *message) {
      return tn_run(handle, inputs, static_cast<uint32_t>(inputCount), outputs,
                    static_cast<uint32_t>(outputCount), message);
    });
  }

  /// Fills the state with initial values that depend on the seed alone.
  void init(std::uint64_t seed) {
    detail::check(
        [&](tn_message *message) { return tn_init(handle, seed, message); });
  }
  /// One training step on a batch.
  void step(const std::vector<Tensor> &inputs,
            const std::vector<Tensor> &outputs) {
    std::vector<tn_tensor> in = views(inputs), out = views(outputs);
    step(in.data(), in.size(), out.data(), out.size());
  }
  /// The same without any allocation.
  void step(const tn_tensor *inputs, std::size_t inputCount,
            const tn_tensor *outputs, std::size_t outputCount) {
    detail::check([&](tn_message *message) {
      return tn_step(handle, inputs, static_cast<uint32_t>(inputCount), outputs,
                     static_cast<uint32_t>(outputCount), message);
    });
  }
  /// Loss and metrics of a batch; the state stays as it is.
  void eval(const std::vector<Tensor> &inputs,
            const std::vector<Tensor> &outputs) {
    std::vector<tn_tensor> in = views(inputs), out = views(outputs);
    eval(in.data(), in.size(), out.data(), out.size());
  }
  /// The same without any allocation.
  void eval(const tn_tensor *inputs, std::size_t inputCount,
            const tn_tensor *outputs, std::size_t outputCount) {
    detail::check([&](tn_message *message) {
      return tn_eval(handle, inputs, static_cast<uint32_t>(inputCount), outputs,
                     static_cast<uint32_t>(outputCount), message);
    });
  }
  /// The state, to be given to setState() of any context of the model.
  std::vector<char> state() const {
    std::vector<char> blob(model.stateBytes());
    detail::check([&](tn_message *message) {
      return tn_get_state(handle, blob.data(), blob.size(), message);
    });
    return blob;
  }
  void setState(const std::vector<char> &blob) {
    setState(blob.data(), blob.size());
  }
  void setState(const void *blob, std::size_t size) {
    detail::check([&](tn_message *message) {
      return tn_set_state(handle, blob, size, message);
    });
  }
  /// Tensor number `index` of the state, in place.
  const void *stateData(uint32_t index) const {
    const void *data = nullptr;
    detail::check([&](tn_message *message) {
      return tn_state_data(handle, index, &data, message);
    });
    return data;
  }

  tn_memory_stats memory() const {
    tn_memory_stats result{};
    result.struct_size = sizeof(result);
    detail::check([&](tn_message *message) {
      return tn_memory(handle, &result, message);
    });
    return result;
  }

private:
  static std::vector<tn_tensor> views(const std::vector<Tensor> &tensors) {
    std::vector<tn_tensor> result;
    for (const Tensor &tensor : tensors)
      result.push_back(tensor.view());
    return result;
  }

  Model model;
  tn_context *handle = nullptr;
};

/// An artifact loaded from a file; needs libtnload.a. Must outlive its model's
/// contexts. Move-only.
class Library {
public:
  explicit Library(const std::string &path, uint32_t flags = 0) {
    detail::check([&](tn_message *message) {
      return tn_open(path.c_str(), flags, &handle, message);
    });
  }
  Library(Library &&other) noexcept
      : handle(std::exchange(other.handle, nullptr)) {}
  Library &operator=(Library &&other) noexcept {
    std::swap(handle, other.handle);
    return *this;
  }
  ~Library() { tn_close(handle); }

  Model model() const { return Model(tn_library_model(handle)); }

private:
  tn_library *handle = nullptr;
};

} // namespace tn

#endif // TENON_TN_HPP
