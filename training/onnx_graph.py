"""The encoder as an ONNX graph in 8 bits, written out by hand.

Word vectors are int8 with one scale a piece, the products int8 weights with one scale an output against activations
that onnxruntime brings to 8 bits as it goes (`DynamicQuantizeMatMul`); attention is its fused operator. Input `ids`
`(1, pieces)` int64, output `states` `(1, pieces, 384)` float32: what is pooled, and how, is up to the one who runs it.

What was measured on the way (docs/performance.md): a sum and a plain `LayerNormalization` are faster than the fused
`SkipLayerNormalization`, and 8-bit blocks (`MatMulNBits`) are slower than this by half.
"""

from __future__ import annotations

import bert
import numpy as np
import torch

MIGRATION = {"qkv": 0.7, "up": 0.7, "down": 0.8}
"""How much of the outliers in a product's input moves into its weights (SmoothQuant's alpha): the best of 0.5 to 0.9 by
the cosine to the unquantised vectors, which rose from 0.9948 to 0.9984. The output of attention has no outliers."""


def by_row(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`matrix` as int8 rows with one float32 scale each."""
    scale = np.maximum(np.abs(matrix).max(1), 1e-9) / 127
    return np.round(matrix / scale[:, None]).astype(np.int8), scale.astype(np.float32)


@torch.no_grad()
def largest_inputs(model: bert.Bert, rows: list[list[int]]) -> dict[str, np.ndarray]:
    """For each product in `MIGRATION` the largest absolute value of each of its inputs over tokenised texts."""
    found: dict[str, torch.Tensor] = {}

    def watch(name: str):
        def look(_module: object, given: tuple[torch.Tensor]) -> None:
            largest = given[0].abs().flatten(0, -2).amax(0)
            found[name] = torch.maximum(found[name], largest) if name in found else largest

        return look

    hooks = [
        module.register_forward_pre_hook(watch(name))
        for name, module in model.named_modules()
        if name.rpartition(".")[2] in MIGRATION
    ]
    for row in rows:
        model(torch.tensor([row]))
    for hook in hooks:
        hook.remove()
    return {name: value.float().numpy() for name, value in found.items()}


def smoothing(weight: np.ndarray, largest: np.ndarray, alpha: float) -> np.ndarray:
    """`(inputs,)`: by what to divide the inputs of a product, and multiply its weight `(outputs, inputs)`.

    Activations are brought to 8 bits with one scale, so that a few large inputs cost all others their precision.
    """
    factor = np.maximum(largest, 1e-5) ** alpha / np.maximum(np.abs(weight).max(0), 1e-5) ** (1 - alpha)
    return np.clip(factor / np.exp(np.log(factor).mean()), 1e-2, 1e2).astype(np.float32)


class Graph:
    """Collects nodes and weights of an ONNX graph; every method gives the name of its output."""

    def __init__(self, state: dict[str, np.ndarray], largest: dict[str, np.ndarray]) -> None:
        from onnx import helper, numpy_helper

        self.helper, self.numpy_helper = helper, numpy_helper
        self.state, self.largest = state, largest
        self.nodes: list = []
        self.weights: list = []

    def weight(self, value: np.ndarray, name: str) -> str:
        """A constant."""
        self.weights.append(self.numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], *, outputs: int = 1, domain: str = "", **attributes: object) -> str:
        """A node; the name of its first output."""
        name = f"{kind}_{len(self.nodes)}"
        names = [name] + [f"{name}_{i}" for i in range(1, outputs)]
        self.nodes.append(self.helper.make_node(kind, inputs, names, name=name, domain=domain, **attributes))
        return name

    def linear(self, x: str, name: str) -> str:
        """`x @ weight.T + bias`, the weight in int8 with one scale an output, `x` in uint8 with one scale."""
        weight, bias = self.state[f"{name}.weight"], self.state[f"{name}.bias"]
        if name in self.largest:
            factor = smoothing(weight, self.largest[name], MIGRATION[name.rpartition(".")[2]])
            x = self.node("Mul", [x, self.weight(1 / factor, f"{name}.smoothing")])
            weight = weight * factor
        rows, scale = by_row(weight)
        inputs = [x, self.weight(rows.T, f"{name}.w"), self.weight(scale, f"{name}.s"), ""]
        inputs.append(self.weight(bias, f"{name}.b"))
        return self.node("DynamicQuantizeMatMul", inputs, domain="com.microsoft")

    def normalised(self, left: str, right: str, name: str) -> str:
        """The sum of two inputs, normalised."""
        weights = [self.weight(self.state[f"{name}.{part}"], f"{name}.{part}") for part in ("weight", "bias")]
        return self.node("LayerNormalization", [self.node("Add", [left, right]), *weights], epsilon=1e-12)

    def layer(self, x: str, prefix: str) -> str:
        """One transformer layer."""
        halves = self.node("Split", [self.linear(x, prefix + "qkv")], outputs=3, axis=2, num_outputs=3)
        three = [halves, f"{halves}_1", f"{halves}_2"]
        mixed = self.node("MultiHeadAttention", three, domain="com.microsoft", num_heads=bert.HEADS)
        x = self.normalised(self.linear(mixed, prefix + "out"), x, prefix + "norm1")
        inner = self.node("Gelu", [self.linear(x, prefix + "up")], domain="com.microsoft")
        return self.normalised(self.linear(inner, prefix + "down"), x, prefix + "norm2")


def onnx_graph(model: bert.Bert, max_length: int, texts: list[list[int]]) -> object:
    """The encoder as an ONNX model, reading up to `max_length` pieces; `texts` (tokenised) show what its inputs are."""
    from onnx import TensorProto, helper

    state = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    graph = Graph(state, largest_inputs(model, texts))
    table, scale = by_row(state["words.weight"])
    pieces = graph.node("Gather", [graph.weight(table, "words"), "ids"])
    size = graph.node("Gather", [graph.weight(scale[:, None], "words.scale"), "ids"])
    words = graph.node("Mul", [graph.node("Cast", [pieces], to=TensorProto.FLOAT), size])
    zero, one, two = (graph.weight(np.array([i], dtype=np.int64), f"number.{i}") for i in range(3))
    length = graph.node("Slice", [graph.node("Shape", ["ids"]), one, two])
    places = graph.node("Slice", [graph.weight(state["places"][:max_length], "places"), zero, length, zero])
    x = graph.normalised(words, places, "norm")
    number = 0
    while f"layers.{number}.qkv.weight" in state:
        x = graph.layer(x, f"layers.{number}.")
        number += 1
    graph.nodes.append(helper.make_node("Identity", [x], ["states"]))
    body = helper.make_graph(
        graph.nodes,
        "beleidskennis-nl",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"])],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, "pieces", bert.WIDTH])],
        graph.weights,
    )
    domains = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(body, opset_imports=domains, ir_version=9)
