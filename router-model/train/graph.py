"""Writes the router as one ONNX graph: BERT with fused operators, the cheap features, and the item-response head.

The graph is written node by node from the encoder's tensors instead of being exported and then optimised: nothing has
to guess which operators can be fused, no training framework is needed, and the file is the same on every machine.

    input_ids, attention_mask, token_count -> skills, logits

`skills` is what the prompt asks for; a pair of models that the router was not trained on is fitted in that space.

int8: every large matrix holds signed weights with one scale per output column (`DynamicQuantizeMatMul`, `QAttention`),
the word embeddings one scale per row. Weights use 7 of the 8 bits, because CPUs without VNNI add two products in 16 bits
and would saturate, that is: score otherwise than the CPU the router was judged on.
"""

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from head import WIDEST

FUSED = "com.microsoft"
OPSET = [helper.make_opsetid("", 20), helper.make_opsetid(FUSED, 1)]


@dataclass(frozen=True)
class EncoderShape:
    """What the tensors' names and sizes do not say."""

    layers: int
    head_size: int
    layer_norm_epsilon: float
    positions: int  # the longest sequence that is ever encoded


class GraphWriter:
    """Collects nodes and constants; every method returns the name of the value it defines."""

    def __init__(self, int8):
        self.int8 = int8
        self.nodes = []
        self.constants = {}

    def constant(self, name, value):
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(self, operator, inputs, name, domain="", outputs=None, **attributes):
        self.nodes.append(helper.make_node(operator, inputs, outputs or [name], name, domain=domain, **attributes))
        return name

    def linear(self, x, weight, bias, name):
        """x @ weight + bias, with weight [in, out]."""
        bias = self.constant(name + ".bias", bias.astype(np.float32))
        if not self.int8:
            product = self.node("MatMul", [x, self.constant(name + ".weight", weight.astype(np.float32))], name + ".product")
            return self.node("Add", [product, bias], name)
        quantized, scale = quantize(weight, axis=0)
        operands = [x, self.constant(name + ".weight", quantized), self.constant(name + ".scale", scale), "", bias]
        return self.node("DynamicQuantizeMatMul", operands, name, FUSED)

    def attention(self, x, mask, weight, bias, heads, name):
        """Softmax attention of all heads; weight [hidden, 3 * hidden] holds query, key and value side by side."""
        bias = self.constant(name + ".bias", bias.astype(np.float32))
        if not self.int8:
            operands = [x, self.constant(name + ".weight", weight.astype(np.float32)), bias, mask]
            return self.node("Attention", operands, name, FUSED, num_heads=heads)
        quantized, scale = quantize(weight, axis=0)
        activations = [name + ".x", name + ".x_scale", name + ".x_zero"]
        self.node("DynamicQuantizeLinear", [x], name + ".quantize", outputs=activations)
        zero = self.constant(name + ".zero", np.zeros_like(scale, dtype=np.int8))
        operands = [activations[0], self.constant(name + ".weight", quantized), bias, activations[1],
                    self.constant(name + ".scale", scale), mask, activations[2], zero]
        return self.node("QAttention", operands, name, FUSED, num_heads=heads)

    def rows(self, table, ids, name):
        """table[ids], float32."""
        if not self.int8:
            return self.node("Gather", [self.constant(name + ".table", table.astype(np.float32)), ids], name)
        quantized, scale = quantize(table, axis=1, largest=127)
        found = self.node("Gather", [self.constant(name + ".table", quantized), ids], name + ".int8")
        scales = self.node("Gather", [self.constant(name + ".scale", scale[:, None]), ids], name + ".scales")
        return self.node("Mul", [self.cast(found, TensorProto.FLOAT, name + ".float"), scales], name)

    def norm(self, x, skip, weights, prefix, epsilon, name):
        """LayerNorm(x + skip)."""
        scale = self.constant(name + ".scale", weights[prefix + ".weight"])
        shift = self.constant(name + ".shift", weights[prefix + ".bias"])
        return self.node("SkipLayerNormalization", [x, skip, scale, shift], name, FUSED, epsilon=epsilon)

    def cast(self, x, to, name):
        return self.node("Cast", [x], name, to=to)


def quantize(matrix, axis, largest=63):
    """Symmetric int8 with one scale for each slice that remains when `axis` is reduced."""
    scale = np.abs(matrix).max(axis=axis, keepdims=True) / largest
    scale = np.where(scale == 0, 1, scale)
    return np.round(matrix / scale).astype(np.int8), scale.squeeze(axis).astype(np.float32)


def encoder(graph, weights, shape):
    """BERT. Returns the name of the hidden states [batch, tokens, hidden] after the embeddings and after each layer."""
    ids = graph.cast("input_ids", TensorProto.INT32, "ids")
    mask = graph.cast("attention_mask", TensorProto.INT32, "mask")
    words = graph.rows(weights["embeddings.word_embeddings.weight"], ids, "words")
    places = weights["embeddings.position_embeddings.weight"][: shape.positions] + weights["embeddings.token_type_embeddings.weight"][0]
    length = graph.node("Gather", [graph.node("Shape", ["input_ids"], "input_shape"), graph.constant("one", np.array([1]))], "length")
    bounds = [graph.constant("positions", places), graph.constant("zero", np.array([0])), length]
    positions = graph.node("Unsqueeze", [graph.node("Slice", bounds, "place"), "zero"], "places")
    hidden = graph.norm(words, positions, weights, "embeddings.LayerNorm", shape.layer_norm_epsilon, "layer0")
    states = [hidden]
    for number in range(shape.layers):
        hidden = layer(graph, hidden, mask, weights, f"encoder.layer.{number}.", shape, f"layer{number + 1}")
        states.append(hidden)
    return states


def layer(graph, x, mask, weights, prefix, shape, name):
    """One transformer layer: attention and a two-layer perceptron, each with its residual and norm."""
    dense = lambda part: (weights[prefix + part + ".weight"].T, weights[prefix + part + ".bias"])
    parts = [dense("attention.self." + part) for part in ("query", "key", "value")]
    joined = [np.concatenate(tensors, axis=-1) for tensors in zip(*parts)]
    attended = graph.attention(x, mask, *joined, len(joined[1]) // 3 // shape.head_size, name + ".attention")
    attended = graph.linear(attended, *dense("attention.output.dense"), name + ".attention.output")
    x = graph.norm(attended, x, weights, prefix + "attention.output.LayerNorm", shape.layer_norm_epsilon, name + ".attention.norm")
    inner = graph.linear(x, *dense("intermediate.dense"), name + ".inner")
    inner = graph.node("FastGelu", [inner], name + ".gelu", FUSED)
    inner = graph.linear(inner, *dense("output.dense"), name + ".outer")
    return graph.norm(inner, x, weights, prefix + "output.LayerNorm", shape.layer_norm_epsilon, name)


class Pooling:
    """Means over the tokens that are no padding, as one matrix product: [batch, 1, tokens] x [batch, tokens, n]."""

    def __init__(self, graph):
        self.graph = graph
        self.middle = graph.constant("one", np.array([1]))
        mask = graph.cast("attention_mask", TensorProto.FLOAT, "mask_float")
        self.total = graph.node("ReduceSum", [mask, self.middle], "mask_total", keepdims=1)
        share = graph.node("Div", [mask, self.total], "mask_share")
        self.share = graph.node("Unsqueeze", [share, self.middle], "mask_row")

    def mean(self, x, name):
        product = self.graph.node("MatMul", [self.share, x], name + ".row")
        return self.graph.node("Squeeze", [product, self.middle], name)


def cheap_features(graph, pooling, table):
    """What the words alone say: for each property of `table` [vocabulary, properties] its share of the encoded tokens
    and the logarithm of its count; then the logarithm of the whole text's length."""
    kinds, kind = np.unique(table, axis=0, return_inverse=True)  # the vocabulary has few kinds of pieces: 0.1 MB, not 1.8
    kind = graph.constant("properties.kind", kind.reshape(-1).astype(np.int32))
    found = graph.node("Gather", [kind, "input_ids"], "properties.kinds")
    found = graph.node("Gather", [graph.constant("properties.table", kinds.astype(np.float32)), found], "properties")
    share = pooling.mean(found, "properties.share")
    one = graph.constant("one_float", np.ones(1, np.float32))
    logarithm = lambda x, name: graph.node("Log", [graph.node("Add", [x, one], name + ".next")], name)
    count = graph.node("Mul", [share, pooling.total], "properties.count")
    length = graph.node("Unsqueeze", [graph.cast("token_count", TensorProto.FLOAT, "length_float"), pooling.middle], "length_column")
    return [share, logarithm(count, "properties.log"), logarithm(length, "length_log")]


def item_response(graph, parts, head):
    """The head of head.py on the joined parts: `skills` and `logits`. The normalisation of nearness is folded into the
    matrix behind it."""
    basis, inputs = head.basis, len(head.basis.mean)
    x = graph.node("Sub", [graph.node("Concat", parts, "x", axis=-1), graph.constant("x.mean", basis.mean)], "x.centred")
    x = graph.node("Div", [x, graph.constant("x.scale", basis.scale)], "x.standard")
    bounds = [graph.constant("x." + name, np.float32(bound)) for name, bound in (("least", -WIDEST), ("most", WIDEST))]
    cut = graph.node("Clip", [x, *bounds], "x.cut")
    squares = graph.node("ReduceSumSquare", [cut, graph.constant("one", np.array([1]))], "x.squares", keepdims=1)
    products = graph.linear(cut, -2 * basis.landmarks.T, (basis.landmarks**2).sum(1), "landmarks")
    distances = graph.node("Add", [products, squares], "distances")
    fall = graph.constant("fall", np.float32(-basis.fall))
    near = graph.node("Exp", [graph.node("Mul", [distances, fall], "distances.scaled")], "near")
    into = head.skills.copy()
    into[inputs:] /= basis.spread[:, None]
    joined = graph.node("Concat", [x, near], "basis", axis=-1)
    bias = graph.constant("skills.bias", -basis.near @ into[inputs:])
    skills = graph.node("Gemm", [joined, graph.constant("skills.weight", into), bias], "skills")
    graph.node("Gemm", [skills, graph.constant("abilities", head.abilities), graph.constant("ease", head.ease)], "logits")


def model(graph, **outputs):
    """The checked ONNX model that gives `outputs`: name=width, each [batch, width]."""
    ids = lambda name: helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
    count = helper.make_tensor_value_info("token_count", TensorProto.INT64, ["batch"])
    results = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", width]) for name, width in outputs.items()]
    body = helper.make_graph(graph.nodes, "pointsman-router", [ids("input_ids"), ids("attention_mask"), count], results,
                             list(graph.constants.values()))
    built = helper.make_model(body, opset_imports=OPSET, ir_version=10, producer_name="pointsman router-model/train")
    onnx.checker.check_model(built)
    return built
