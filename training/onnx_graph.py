"""The layers of encoder and reader as ONNX graphs in 8 bits, written out by hand.

Word vectors are in 4 bits, the products int8 weights with one scale an output against activations that onnxruntime
brings to 8 bits as it goes (`DynamicQuantizeMatMul`); attention is its fused operator. A graph holds a run of layers,
so that encoder and reader can share the lower ones: what is pooled, and how, is up to the one who runs them.

What was measured on the way (docs/performance.md): a sum and a plain `LayerNormalization` are faster than the fused
`SkipLayerNormalization`, and 8-bit blocks (`MatMulNBits`) are slower than this by half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import bert
import numpy as np
import torch

if TYPE_CHECKING:
    import onnx
    from torch import nn

BLOCK = 32
"""Numbers of a word vector that share a scale."""

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


def by_block(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`matrix` as numbers of 4 bits, -8 to 7, with one half-precision scale for each `BLOCK` of a row.

    The number furthest from 0 becomes -8, as in the file that the word vectors come from: those return as they were.
    """
    blocks = matrix.reshape(len(matrix), -1, BLOCK)
    furthest = np.take_along_axis(blocks, np.abs(blocks).argmax(2, keepdims=True), 2)
    scale = (furthest / -8).astype(np.float16)
    divisor = np.where(scale == 0, 1, scale).astype(np.float32)
    return np.clip(np.round(blocks / divisor), -8, 7).astype(np.int8).reshape(matrix.shape), scale[:, :, 0]


def packed(numbers: np.ndarray) -> np.ndarray:
    """Numbers of 4 bits, two a byte, the even one low: `(n, d)` to `(n, d / 2)` uint8."""
    bits = numbers.astype(np.uint8) & 15
    return bits[:, 0::2] | bits[:, 1::2] << 4


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

    def word_states(self, max_length: int) -> str:
        """What goes into the first layer: word vectors, in 4 bits, with those of their places."""
        from onnx import TensorProto

        numbers, scale = by_block(self.state["words.weight"])
        words = self.helper.make_tensor("words", TensorProto.INT4, numbers.shape, packed(numbers).tobytes(), raw=True)
        self.weights.append(words)
        inputs, blocks = ["words", "ids", self.weight(scale, "words.scale")], {"block_size": BLOCK, "quantize_axis": 1}
        words = self.node("GatherBlockQuantized", inputs, domain="com.microsoft", gather_axis=0, **blocks)
        zero, one, two = (self.weight(np.array([i], dtype=np.int64), f"number.{i}") for i in range(3))
        length = self.node("Slice", [self.node("Shape", ["ids"]), one, two])
        places = self.node("Slice", [self.weight(self.state["places"][:max_length], "places"), zero, length, zero])
        return self.normalised(self.node("Cast", [words], to=TensorProto.FLOAT), places, "norm")

    def score(self, x: str, score: nn.Linear) -> str:
        """One number for each piece."""
        weight, bias = (value.detach().float().numpy() for value in (score.weight, score.bias))
        x = self.node("Add", [self.node("MatMul", [x, self.weight(weight.T, "score.w")]), self.weight(bias, "score.b")])
        return self.node("Squeeze", [x, self.weight(np.array([2], dtype=np.int64), "score.axis")])

    def layer(self, x: str, prefix: str) -> str:
        """One transformer layer."""
        halves = self.node("Split", [self.linear(x, prefix + "qkv")], outputs=3, axis=2, num_outputs=3)
        three = [halves, f"{halves}_1", f"{halves}_2"]
        mixed = self.node("MultiHeadAttention", three, domain="com.microsoft", num_heads=bert.HEADS)
        x = self.normalised(self.linear(mixed, prefix + "out"), x, prefix + "norm1")
        inner = self.node("Gelu", [self.linear(x, prefix + "up")], domain="com.microsoft")
        return self.normalised(self.linear(inner, prefix + "down"), x, prefix + "norm2")


def onnx_layers(
    model: bert.Bert,
    first: int,
    end: int,
    largest: dict[str, np.ndarray],
    *,
    max_length: int,
    score: nn.Linear | None = None,
) -> onnx.ModelProto:
    """Layers `first` to `end` (not included) as an ONNX model; `largest` is what `largest_inputs` gives.

    The input is `ids` `(1, pieces)` int64, of up to `max_length` pieces, where `first` is 0; else `middle`
    `(1, pieces, 384)` float32, the output of the layer before. The output is `middle`, or after the last layer `states`
    of the same shape; with the linear `score` it is `scores` `(1, pieces)`.
    """
    from onnx import TensorProto, helper

    state = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    graph = Graph(state, largest)
    kinds = {
        "ids": (TensorProto.INT64, [1, "pieces"]),
        "middle": (TensorProto.FLOAT, [1, "pieces", bert.WIDTH]),
        "states": (TensorProto.FLOAT, [1, "pieces", bert.WIDTH]),
        "scores": (TensorProto.FLOAT, [1, "pieces"]),
    }
    given = "middle" if first else "ids"
    made = "scores" if score else "states" if end == len(model.layers) else "middle"
    x = given if first else graph.word_states(max_length)
    for number in range(first, end):
        x = graph.layer(x, f"layers.{number}.")
    if score:
        x = graph.score(x, score)
    # A name of its own, so that a part may be given a tensor of the name that it makes.
    graph.nodes.append(helper.make_node("Identity", [x], [made]))
    body = helper.make_graph(
        graph.nodes,
        "beleidskennis-nl",
        [helper.make_tensor_value_info(given, *kinds[given])],
        [helper.make_tensor_value_info(made, *kinds[made])],
        graph.weights,
    )
    domains = [helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(body, opset_imports=domains, ir_version=10)
