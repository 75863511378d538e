"""The network as graphs for onnxruntime: the lower layers with the subwords' vectors, and each head's upper layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from nlp.training.e5 import Floats, Sizes
from nlp.training.network import Encoder
from nlp.training.quantise import Quantised

OPSET, IR_VERSION = 20, 10
OWN = "com.microsoft"  # operators of onnxruntime's own: whole attention, and a product of integers scaled to floats


class Graph:
    """Grows by operators; each gives the name of what it makes."""

    def __init__(self, name: str, kind: int, shape: Sequence[str | int]) -> None:
        self.input = name
        self._input = helper.make_tensor_value_info(name, kind, shape)
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def constant(self, values: Any) -> str:
        """An array that belongs to the graph."""
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, inputs: list[str], *, domain: str = "", outputs: int = 1, **settings: Any) -> list[str]:
        """An operator with one or several outputs."""
        made = [f"n{len(self._nodes)}_{k}" for k in range(outputs)]
        self._nodes.append(helper.make_node(kind, inputs, made, domain=domain, **settings))
        return made

    def one(self, kind: str, *inputs: str, domain: str = "", **settings: Any) -> str:
        """An operator with one output."""
        return self.add(kind, list(inputs), domain=domain, **settings)[0]

    def dense(self, x: str, map_: Quantised) -> str:
        """A dense map in integers."""
        if map_.divisor is not None:
            x = self.one("Mul", x, self.constant(1 / map_.divisor))
        scale, zero = self.constant(np.float32(map_.scale)), self.constant(np.uint8(map_.zero))
        stored = self.one("QuantizeLinear", x, scale, zero)
        weight, weight_scale = self.constant(map_.weight), self.constant(map_.weight_scale)
        bias = self.constant(map_.bias)
        return self.one("MatMulIntegerToFloat", stored, weight, scale, weight_scale, zero, "", bias, domain=OWN)

    def norm(self, x: str, module: Any) -> str:
        """A layer norm over the last axis."""
        weight, bias = (self.constant(values.detach().numpy()) for values in (module.weight, module.bias))
        return self.one("LayerNormalization", x, weight, bias, axis=-1, epsilon=float(module.eps))

    def file(self, made: str, name: str, width: int) -> bytes:
        """The graph as a file, giving ``made`` under ``name`` with shape (texts, subwords, width)."""
        self._nodes.append(helper.make_node("Identity", [made], [name]))
        output = helper.make_tensor_value_info(name, TensorProto.FLOAT, ["texts", "subwords", width])
        graph = helper.make_graph(self._nodes, "helseradar", [self._input], [output], self._constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(OWN, 1)]
        content: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION).SerializeToString()
        return content


def lower_graph(encoder: Encoder, maps: dict[str, Quantised], layers: range, sizes: Sizes) -> bytes:
    """``ids`` (texts, subwords) to ``hidden`` (texts, subwords, width). The subwords' vectors are kept in 8 bits."""
    graph = Graph("ids", TensorProto.INT64, ["texts", "subwords"])
    vectors: Floats = encoder.word.weight.detach().numpy()
    scales = (np.abs(vectors).max(axis=1, keepdims=True) / 127).astype(np.float32)
    stored = graph.one("Gather", graph.constant(np.rint(vectors / scales).astype(np.int8)), graph.input)
    read = graph.one("Cast", stored, to=TensorProto.FLOAT)
    read = graph.one("Mul", read, graph.one("Gather", graph.constant(scales), graph.input))
    positions = graph.constant((encoder.pos.weight + encoder.typ).detach().numpy())
    length = graph.one("Shape", graph.input, start=1, end=2)
    here = graph.one("Slice", positions, graph.constant(np.array([0])), length, graph.constant(np.array([0])))
    x = graph.norm(graph.one("Add", read, here), encoder.eln)
    for number in layers:
        x = _layer(graph, x, encoder.layers[number], maps, number)
    return graph.file(x, "hidden", sizes.width)


def head_graph(layers: dict[int, Any], head: Any, maps: dict[str, Quantised], sizes: Sizes) -> bytes:
    """``hidden`` to ``scores`` (texts, subwords, labels): the upper layers of one head and its map to labels.

    Args:
        layers: by the number that they have in ``maps``.
    """
    graph = Graph("hidden", TensorProto.FLOAT, ["texts", "subwords", sizes.width])
    x = graph.input
    for number, layer in layers.items():
        x = _layer(graph, x, layer, maps, number)
    product = graph.one("MatMul", x, graph.constant(head.weight.detach().numpy().T))
    scores = graph.one("Add", product, graph.constant(head.bias.detach().numpy()))
    return graph.file(scores, "scores", head.out_features)


def _layer(graph: Graph, x: str, layer: Any, maps: dict[str, Quantised], number: int) -> str:
    together = graph.dense(x, maps[f"{number}.qkv"])
    parts = graph.add("Split", [together], outputs=3, axis=-1, num_outputs=3)
    attended = graph.one("MultiHeadAttention", *parts, domain=OWN, num_heads=layer.heads)
    x = graph.norm(graph.one("Add", x, graph.dense(attended, maps[f"{number}.ao"])), layer.aln)
    inner = graph.one("Gelu", graph.dense(x, maps[f"{number}.fi"]))
    return graph.norm(graph.one("Add", x, graph.dense(inner, maps[f"{number}.fo"])), layer.oln)
