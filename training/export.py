"""Turns a trained model into the folder that ships: 8 bits, with its card.

    python training/export.py ENCODER TABLE OUT --name beleidskennis-nl --small beleidskennis-nl-klein --version 1

ENCODER holds the trained `model.pt`, TABLE the trained `table.npy`; both must have one vocabulary. The files of both
models go to OUT; the small one's card goes to a folder beside it and points there.

The ONNX graph is written out by hand: word vectors as int8 with one scale a piece, the products as
`MatMulInteger` on weights with one scale an output, onnxruntime's fused normalisation, GELU and attention,
mean and normalisation at the end. Input `ids` `(1, pieces)` int64, output `vector` `(1, 384)` float32.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import bert
import numpy as np

MAX_LENGTH = 192


def by_row(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`matrix` as int8 rows with one float32 scale each."""
    scale = np.maximum(np.abs(matrix).max(1), 1e-9) / 127
    return np.round(matrix / scale[:, None]).astype(np.int8), scale.astype(np.float32)


class Graph:
    """Collects nodes and weights of an ONNX graph; every method gives the name of its output."""

    def __init__(self) -> None:
        from onnx import helper, numpy_helper

        self.helper, self.numpy_helper = helper, numpy_helper
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

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray, name: str) -> str:
        """`x @ weight.T + bias`, the weight in int8 with one scale an output, `x` in uint8 with one scale."""
        rows, scale = by_row(weight)
        return self.node(
            "DynamicQuantizeMatMul",
            [x, self.weight(rows.T, f"{name}.w"), self.weight(scale, f"{name}.s"), "", self.weight(bias, f"{name}.b")],
            domain="com.microsoft",
        )


def onnx_graph(model: bert.Bert) -> object:
    """The student as an ONNX model in 8 bits."""
    from onnx import TensorProto, helper

    state = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    graph = Graph()
    table, scale = by_row(state["words.weight"])
    pieces = graph.node("Gather", [graph.weight(table, "words"), "ids"])
    size = graph.node("Gather", [graph.weight(scale[:, None], "words.scale"), "ids"])
    words = graph.node("Mul", [graph.node("Cast", [pieces], to=TensorProto.FLOAT), size])
    zero, one = graph.weight(np.array([0], dtype=np.int64), "zero"), graph.weight(np.array([1], dtype=np.int64), "one")
    length = graph.node(
        "Slice", [graph.node("Shape", ["ids"]), one, graph.weight(np.array([2], dtype=np.int64), "two")]
    )
    places = graph.node("Slice", [graph.weight(state["places"][:MAX_LENGTH], "places"), zero, length, zero])
    x = graph.node(
        "LayerNormalization", [graph.node("Add", [words, places]), *_norm(graph, state, "norm")], epsilon=1e-12
    )
    for number in range(bert.LAYERS):
        x = _layer(graph, state, f"layers.{number}.", x)
    mean = graph.node("ReduceMean", [x, one], keepdims=0)
    length_of = graph.node("ReduceL2", [mean, one], keepdims=1)
    graph.nodes.append(helper.make_node("Div", [mean, length_of], ["vector"]))
    body = helper.make_graph(
        graph.nodes,
        "beleidskennis-nl",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, bert.WIDTH])],
        graph.weights,
    )
    domains = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(body, opset_imports=domains, ir_version=9)


def _norm(graph: Graph, state: dict[str, np.ndarray], name: str) -> list[str]:
    return [graph.weight(state[f"{name}.weight"], f"{name}.g"), graph.weight(state[f"{name}.bias"], f"{name}.c")]


def _layer(graph: Graph, state: dict[str, np.ndarray], prefix: str, x: str) -> str:
    def linear(source: str, name: str) -> str:
        return graph.linear(source, state[f"{prefix}{name}.weight"], state[f"{prefix}{name}.bias"], prefix + name)

    def add_norm(left: str, right: str, name: str) -> str:
        weights = _norm(graph, state, prefix + name)
        return graph.node("SkipLayerNormalization", [left, right, *weights], domain="com.microsoft", epsilon=1e-12)

    joint = linear(x, "qkv")
    halves = graph.node("Split", [joint], outputs=3, axis=2, num_outputs=3)
    mixed = graph.node(
        "MultiHeadAttention", [halves, f"{halves}_1", f"{halves}_2"], domain="com.microsoft", num_heads=bert.HEADS
    )
    x = add_norm(linear(mixed, "out"), x, "norm1")
    inner = graph.node("Gelu", [linear(x, "up")], domain="com.microsoft")
    return add_norm(linear(inner, "down"), x, "norm2")


def write_card(
    folder: Path, name: str, version: str, kind: str, dimension: int, weights: Path, files: list[str]
) -> None:
    """`model.json` in `folder`, for a model whose `files` are in `weights`."""
    fields = {
        "format": 1,
        "name": name,
        "version": version,
        "kind": kind,
        "dimension": dimension,
        "max_length": MAX_LENGTH,
        "query_prompt": "",
        "passage_prompt": "",
        "weights_in": "" if weights == folder else weights.name,
        "files": {file: hashlib.sha256((weights / file).read_bytes()).hexdigest() for file in sorted(files)},
    }
    (folder / "model.json").write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Writes both folders."""
    import onnx

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--small", required=True)
    parser.add_argument("--version", required=True)
    options = parser.parse_args()
    out, small = options.out, options.out.parent / options.small
    vocabulary = (options.encoder / "tokenizer.json").read_bytes()
    if vocabulary != (options.table / "tokenizer.json").read_bytes():
        raise SystemExit("The encoder and the table have different vocabularies.")
    out.mkdir(parents=True, exist_ok=True)
    small.mkdir(exist_ok=True)
    (out / "tokenizer.json").write_bytes(vocabulary)
    onnx.save(onnx_graph(bert.load_student(options.encoder)), out / "model.onnx")
    table, scale = by_row(np.load(options.table / "table.npy"))
    np.save(out / "table.npy", table)
    np.save(out / "scale.npy", scale)
    write_card(out, options.name, options.version, "onnx", bert.WIDTH, out, ["model.onnx", "tokenizer.json"])
    small_files = ["table.npy", "scale.npy", "tokenizer.json"]
    write_card(small, options.small, options.version, "static", table.shape[1], out, small_files)


if __name__ == "__main__":
    main()
