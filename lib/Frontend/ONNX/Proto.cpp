//===-- Proto.cpp - protobuf to plain structures --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The parsed message stays alive as Model::storage, so that weights are never
// copied; everything below refers to it.
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/ExternalData.h"
#include "lib/Frontend/ONNX/Model.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>
#include <onnx/onnx_pb.h>

using namespace llvm;
using namespace tenon::onnx;

static_assert(endianness::native == endianness::little,
              "ONNX tensors are little-endian and are used in place");

namespace {

/// A subgraph within a subgraph within ... is converted recursively.
constexpr unsigned maxGraphDepth = 32;

class Converter {
public:
  Converter(std::shared_ptr<const ::onnx::ModelProto> proto, StringRef path)
      : proto(std::move(proto)), external(path) {}

  Expected<std::unique_ptr<Model>> run();

private:
  void convert(const ::onnx::GraphProto &from, Graph &to, unsigned depth);
  void convert(const ::onnx::NodeProto &from, Node &to, unsigned depth);
  void convert(const ::onnx::AttributeProto &from, NodeAttribute &to,
               unsigned depth);
  void convert(const ::onnx::TensorProto &from, TensorData &to);
  void convert(const ::onnx::ValueInfoProto &from, ValueInfo &to);

  std::shared_ptr<const ::onnx::ModelProto> proto;
  ExternalData external;
  bool tooDeep = false;
};

} // namespace

/// Copies the elements of a typed field into memory layout.
template <class To, class Field>
static void narrow(const Field &field, TensorData &to) {
  auto bytes = std::make_shared<SmallVector<To, 0>>();
  bytes->reserve(field.size());
  for (auto v : field)
    bytes->push_back(static_cast<To>(v));
  to.bytes = {reinterpret_cast<const char *>(bytes->data()),
              bytes->size() * sizeof(To)};
  to.owner = bytes;
}

template <class Field>
static ArrayRef<char> bytesOfField(const Field &field) {
  return {reinterpret_cast<const char *>(field.data()),
          field.size() * sizeof(*field.data())};
}

/// The bytes of a tensor that stands inside the model.
static void embeddedBytes(const ::onnx::TensorProto &from, TensorData &to) {
  if (from.has_raw_data()) {
    to.bytes = {from.raw_data().data(), from.raw_data().size()};
    return;
  }
  switch (to.dataType) {
  case Float:
    to.bytes = bytesOfField(from.float_data());
    return;
  case Double:
    to.bytes = bytesOfField(from.double_data());
    return;
  case Int64:
    to.bytes = bytesOfField(from.int64_data());
    return;
  case UInt64:
    to.bytes = bytesOfField(from.uint64_data());
    return;
  case Int32:
    to.bytes = bytesOfField(from.int32_data());
    return;
  case UInt32:
    return narrow<uint32_t>(from.uint64_data(), to);
  case Int16:
  case UInt16:
  case Float16:
  case BFloat16:
    return narrow<uint16_t>(from.int32_data(), to);
  case Int8:
  case UInt8:
    return narrow<uint8_t>(from.int32_data(), to);
  case Bool:
    return narrow<bool>(from.int32_data(), to);
  }
}

void Converter::convert(const ::onnx::TensorProto &from, TensorData &to) {
  to.name = from.name();
  to.dataType = from.data_type();
  to.dims.assign(from.dims().begin(), from.dims().end());
  to.owner = proto;
  unsigned width = bytesOf(to.dataType);
  if (!width) {
    to.problem = "element type " + nameOf(to.dataType) + " is not supported";
    return;
  }
  uint64_t expected = width;
  for (int64_t d : to.dims) {
    bool overflow = false;
    expected = d < 0 ? 0 : SaturatingMultiply<uint64_t>(expected, d, &overflow);
    if (d < 0 || overflow) {
      to.problem = d < 0 ? "has a negative dimension"
                         : "has more elements than memory can hold";
      return;
    }
  }
  if (from.data_location() == ::onnx::TensorProto::EXTERNAL) {
    SmallVector<std::pair<StringRef, StringRef>> entries;
    for (const auto &e : from.external_data())
      entries.push_back({e.key(), e.value()});
    external.read(entries, expected, to);
    if (!to.problem.empty())
      return;
  } else {
    embeddedBytes(from, to);
  }
  if (to.bytes.size() != expected) {
    to.problem = ("holds " + Twine(to.bytes.size()) +
                  " bytes where its shape needs " + Twine(expected))
                     .str();
    to.bytes = {};
    return;
  }
  // A byte other than 0 and 1 is not a bool to anything downstream.
  if (to.dataType == Bool && any_of(to.bytes, [](char c) { return c & ~1; })) {
    auto bools = std::make_shared<SmallVector<char, 0>>(to.bytes);
    for (char &c : *bools)
      c = c != 0;
    to.bytes = *bools;
    to.owner = bools;
  }
}

void Converter::convert(const ::onnx::ValueInfoProto &from, ValueInfo &to) {
  to.name = from.name();
  to.isTensor = from.type().has_tensor_type();
  if (!to.isTensor)
    return;
  const auto &tensor = from.type().tensor_type();
  to.dataType = tensor.elem_type();
  if (!tensor.has_shape())
    return;
  to.shape.emplace();
  for (const auto &dim : tensor.shape().dim()) {
    Dimension &d = to.shape->emplace_back();
    if (dim.has_dim_value())
      d.value = dim.dim_value();
    d.symbol = dim.dim_param();
  }
}

void Converter::convert(const ::onnx::AttributeProto &from, NodeAttribute &to,
                        unsigned depth) {
  to.name = from.name();
  to.type = from.type();
  to.reference = from.ref_attr_name();
  to.i = from.i();
  to.f = from.f();
  to.s = from.s();
  to.ints = {from.ints().data(), static_cast<size_t>(from.ints_size())};
  to.floats = {from.floats().data(), static_cast<size_t>(from.floats_size())};
  for (const std::string &s : from.strings())
    to.strings.push_back(s);
  // Files older than IR version 3 leave the type out.
  if (to.type == NodeAttribute::Unknown && to.reference.empty())
    to.type = from.has_f()          ? NodeAttribute::Float
              : from.has_i()        ? NodeAttribute::Int
              : from.has_s()        ? NodeAttribute::String
              : from.has_t()        ? NodeAttribute::Tensor
              : from.has_g()        ? NodeAttribute::Graph
              : from.floats_size()  ? NodeAttribute::Floats
              : from.strings_size() ? NodeAttribute::Strings
                                    : NodeAttribute::Ints;
  if (from.has_t() && to.type == NodeAttribute::Tensor) {
    to.t = std::make_unique<TensorData>();
    convert(from.t(), *to.t);
  }
  if (from.has_g() && to.type == NodeAttribute::Graph) {
    to.g = std::make_unique<Graph>();
    convert(from.g(), *to.g, depth + 1);
  }
}

void Converter::convert(const ::onnx::NodeProto &from, Node &to,
                        unsigned depth) {
  to.name = from.name();
  to.opType = from.op_type();
  to.domain =
      from.domain() == "ai.onnx" ? StringRef() : StringRef(from.domain());
  for (const std::string &s : from.input())
    to.inputs.push_back(s);
  for (const std::string &s : from.output())
    to.outputs.push_back(s);
  // An absent optional input or output at the end says nothing.
  while (!to.inputs.empty() && to.inputs.back().empty())
    to.inputs.pop_back();
  while (!to.outputs.empty() && to.outputs.back().empty())
    to.outputs.pop_back();
  to.attributes.resize(from.attribute_size());
  for (int i = 0; i < from.attribute_size(); ++i)
    convert(from.attribute(i), to.attributes[i], depth);
}

void Converter::convert(const ::onnx::GraphProto &from, Graph &to,
                        unsigned depth) {
  if (depth > maxGraphDepth) {
    tooDeep = true;
    return;
  }
  to.name = from.name();
  to.hasSparseInitializers = from.sparse_initializer_size() != 0;
  auto all = [&](const auto &source, auto &target) {
    target.resize(source.size());
    for (int i = 0; i < source.size(); ++i)
      convert(source[i], target[i]);
  };
  all(from.input(), to.inputs);
  all(from.output(), to.outputs);
  all(from.value_info(), to.values);
  all(from.initializer(), to.initializers);
  to.nodes.resize(from.node_size());
  for (int i = 0; i < from.node_size(); ++i) {
    convert(from.node(i), to.nodes[i], depth);
    to.nodes[i].index = i;
  }
}

template <class Opsets>
static void convertOpsets(const Opsets &from, StringMap<int64_t> &to) {
  for (const auto &entry : from)
    to[entry.domain() == "ai.onnx" ? "" : entry.domain()] = entry.version();
}

Expected<std::unique_ptr<Model>> Converter::run() {
  auto model = std::make_unique<Model>();
  model->storage = proto;
  convertOpsets(proto->opset_import(), model->opsets);
  convert(proto->graph(), model->graph, 0);
  model->functions.resize(proto->functions_size());
  for (int i = 0; i < proto->functions_size(); ++i) {
    const ::onnx::FunctionProto &from = proto->functions(i);
    Function &to = model->functions[i];
    to.name = from.name();
    to.domain = from.domain();
    for (const std::string &s : from.input())
      to.inputs.push_back(s);
    for (const std::string &s : from.output())
      to.outputs.push_back(s);
    to.nodes.resize(from.node_size());
    for (int n = 0; n < from.node_size(); ++n) {
      convert(from.node(n), to.nodes[n], 0);
      to.nodes[n].index = n;
    }
    convertOpsets(from.opset_import(), to.opsets);
  }
  if (tooDeep)
    return createStringError("graphs are nested more than " +
                             Twine(maxGraphDepth) + " deep");
  return std::move(model);
}

Expected<std::unique_ptr<Model>> tenon::onnx::parseModel(MemoryBufferRef bytes,
                                                         StringRef path) {
  if (bytes.getBufferSize() > static_cast<size_t>(INT_MAX))
    return createStringError(
        "is larger than 2 GiB, which ONNX cannot hold in one file; store the "
        "weights as external data");
  if (bytes.getBufferSize() == 0)
    return createStringError("is empty");
  // Its own messages go to stderr; ours says it with the file's name.
  google::protobuf::LogSilencer silence;
  auto proto = std::make_shared<::onnx::ModelProto>();
  google::protobuf::io::ArrayInputStream stream(bytes.getBufferStart(),
                                                bytes.getBufferSize());
  google::protobuf::io::CodedInputStream coded(&stream);
  coded.SetTotalBytesLimit(INT_MAX);
  if (!proto->ParseFromCodedStream(&coded) || !coded.ConsumedEntireMessage())
    return createStringError(
        "is no ONNX model, or a damaged one: protobuf cannot parse it");
  if (!proto->has_graph())
    return createStringError("is no ONNX model: it has no graph");
  return Converter(std::move(proto), path).run();
}

const NodeAttribute *Node::find(StringRef attribute) const {
  for (const NodeAttribute &a : attributes)
    if (a.name == attribute)
      return &a;
  return nullptr;
}

std::string Node::label() const {
  return name.empty() ? (opType + "#" + Twine(index)).str() : name.str();
}

std::string tenon::onnx::nameOf(int32_t dataType) {
  static constexpr StringLiteral names[] = {
      "undefined",      "float32",    "uint8",
      "int8",           "uint16",     "int16",
      "int32",          "int64",      "string",
      "bool",           "float16",    "float64",
      "uint32",         "uint64",     "complex64",
      "complex128",     "bfloat16",   "float8e4m3fn",
      "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz",
      "uint4",          "int4",       "float4e2m1",
      "float8e8m0",     "uint2",      "int2"};
  if (dataType >= 0 && dataType < static_cast<int32_t>(std::size(names)))
    return names[dataType].str();
  return "type " + itostr(dataType);
}

unsigned tenon::onnx::bytesOf(int32_t dataType) {
  switch (dataType) {
  case Bool:
  case Int8:
  case UInt8:
    return 1;
  case Int16:
  case UInt16:
  case Float16:
  case BFloat16:
    return 2;
  case Float:
  case Int32:
  case UInt32:
    return 4;
  case Double:
  case Int64:
  case UInt64:
    return 8;
  }
  return 0;
}
