"""The models that come with the package: numpy, `tokenizers` and, for the full one, onnxruntime; never torch.

A model is a folder with `model.json` (see `Card`), `tokenizer.json`, and weights by kind:

- "static": `table.npy` `(pieces, d / 2)` uint8, two numbers of 4 bits a byte, the even one low, and `scale.npy`
  `(pieces, d / block)` float16, one for each block of a row; a text is the sum of its pieces' rows, scaled to length 1;
- "onnx": `lower.onnx`, from `ids` `(1, pieces)` int64 to `middle` `(1, pieces, d)` float32, and `upper.onnx`, from
  there to `states` of the same shape; a text is the mean of its pieces' states, scaled to length 1;
- "reader": `lower.onnx` and `reader.onnx`, from `middle` to `scores` `(1, pieces)` (see `reading`).

`weights_in` names a sibling folder that holds the files, so that two models can share them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beleidskennis.embeddings.memory import QueryMemory
from beleidskennis.errors import ModelError
from beleidskennis.model import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from beleidskennis.model import Vectors

CARD_FILE = "model.json"
FORMAT = 1
ENCODERS = ("static", "onnx")


@dataclass(frozen=True, slots=True)
class Card:
    """What `model.json` says of a model."""

    name: str
    version: str
    kind: str
    """static, onnx or reader."""
    dimension: int
    max_length: int
    """Word pieces that are read of a text, the two marks at its ends included; the rest is not embedded."""
    query_prompt: str
    passage_prompt: str
    files: dict[str, str]
    """SHA-256 of each file, by its name."""
    weights_in: str = ""
    """Name of the sibling folder with the files; empty: this one."""

    @property
    def fingerprint(self) -> str:
        """Eight characters that change when a weight or the vocabulary changes."""
        import hashlib

        return hashlib.sha256(json.dumps(self.files, sort_keys=True).encode()).hexdigest()[:8]


def bundled_models(folder: Path) -> tuple[str, ...]:
    """Names of the models in `folder` that embed, in alphabetical order."""
    names = sorted(path.parent.name for path in folder.glob(f"*/{CARD_FILE}"))
    return tuple(name for name in names if read_card(folder / name).kind in ENCODERS)


def is_bundled_format(folder: Path) -> bool:
    """Whether `folder` holds a model in the format of this module."""
    return (folder / CARD_FILE).is_file()


def read_card(folder: Path) -> Card:
    """The card of the model in `folder`.

    Raises:
        ModelError: the card cannot be read, or is of another format, or a file is missing.

    """
    hint = "Installeer beleidskennis opnieuw, of kies een ander model met BELEIDSKENNIS_MODEL."
    try:
        fields = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        if fields.pop("format") != FORMAT:
            message = f"Het zoekmodel in {folder} is van een andere versie van beleidskennis."
            raise ModelError(message, hint)
        card = Card(**{name: fields[name] for name in Card.__dataclass_fields__ if name in fields})
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"Het zoekmodel in {folder} kan niet worden gelezen: {CARD_FILE} ontbreekt of is beschadigd."
        raise ModelError(message, hint) from error
    for file in card.files:
        if not (weights_folder(folder, card) / file).is_file():
            message = f"Het zoekmodel in {folder} is niet volledig: {file} ontbreekt."
            raise ModelError(message, hint)
    return card


def weights_folder(folder: Path, card: Card) -> Path:
    """Where the files of the model in `folder` are."""
    return folder.parent / card.weights_in if card.weights_in else folder


def load_bundled(
    folder: Path, *, threads: int = 0, query_prompt: str | None = None, passage_prompt: str | None = None
) -> Encoder:
    """The encoder of the model in `folder`; its weights are read at the first text."""
    card = read_card(folder)
    prompts = (
        card.query_prompt if query_prompt is None else query_prompt,
        card.passage_prompt if passage_prompt is None else passage_prompt,
    )
    if card.kind not in ENCODERS:
        message = f"Het zoekmodel in {folder} is van een onbekende soort: '{card.kind}'."
        raise ModelError(message, "Werk beleidskennis bij.")
    return BundledEncoder(weights_folder(folder, card), card, *prompts, threads=threads or os.cpu_count() or 1)


def with_prompt(prompt: str, texts: Sequence[str]) -> list[str]:
    """The texts with `prompt` before them; an empty one stays empty, so that its vector is one of zeros."""
    return [prompt + text if text.strip() else "" for text in texts]


def open_tokenizer(folder: Path) -> Any:
    """The `tokenizers` tokenizer of the model whose files are in `folder`; it neither pads nor cuts."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@lru_cache(maxsize=8)
def open_graph(path: Path) -> Any:
    """The onnxruntime session of a graph, once for all models that share it.

    Raises:
        ModelError: the file is damaged.

    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The next level would fuse sums and normalisations into an operator that takes five times as long.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        message = f"Het zoekmodel in {path.parent} kan niet worden geladen: {path.name} is beschadigd."
        raise ModelError(message, "Installeer beleidskennis opnieuw.") from error


@dataclass
class BundledEncoder:
    """An encoder of either kind.

    The layers run one text at a time, on as many threads as asked for: the 8-bit products scale their input by its
    largest value, so that in a batch a text's vector would depend on its neighbours (and padding costs time).
    """

    folder: Path
    card: Card
    query_prompt: str
    passage_prompt: str
    threads: int = 1
    _pool: ThreadPoolExecutor | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Name, version, fingerprint of the files, and the prompts where they are not those of the card."""
        own = (self.query_prompt, self.passage_prompt) == (self.card.query_prompt, self.card.passage_prompt)
        prompts = "" if own else f"|{self.query_prompt}|{self.passage_prompt}"
        return f"{self.card.name}@{self.card.version}+{self.card.fingerprint}{prompts}"

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return self.card.dimension

    def encode_passages(self, texts: Sequence[str], /) -> Vectors:
        """`(n, d)` float32, unit rows."""
        return self._embed(with_prompt(self.passage_prompt, texts))

    def encode_queries(self, texts: Sequence[str], /) -> Vectors:
        """`(n, d)` float32, unit rows."""
        return self._remembered(with_prompt(self.query_prompt, texts))

    @cached_property
    def _remembered(self) -> QueryMemory:
        return QueryMemory(self._embed)

    @cached_property
    def _tokenizer(self) -> Any:
        tokenizer = open_tokenizer(self.folder)
        tokenizer.enable_truncation(self.card.max_length)
        return tokenizer

    @cached_property
    def _table(self) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
        import numpy as np

        table = np.load(self.folder / "table.npy", mmap_mode="r")
        scale = np.load(self.folder / "scale.npy")
        if table.dtype != np.uint8 or scale.ndim != 2 or len(table) != len(scale):
            message = f"Het zoekmodel in {self.folder} is beschadigd: table.npy en scale.npy passen niet bij elkaar."
            raise ModelError(message, "Installeer beleidskennis opnieuw.")
        return table, scale

    @cached_property
    def _parts(self) -> tuple[Any, Any]:
        return open_graph(self.folder / "lower.onnx"), open_graph(self.folder / "upper.onnx")

    def _tokenise(self, texts: Sequence[str]) -> list[Any]:
        """The tokenizer's encodings."""
        if len(texts) == 1:  # not worth waking the tokenizer's threads for
            return [self._tokenizer.encode(texts[0])]
        return list(self._tokenizer.encode_batch(list(texts)))

    def _embed(self, texts: Sequence[str]) -> Vectors:
        rows = [encoding.ids for encoding in self._tokenise(texts)]
        return self._static(rows) if self.card.kind == "static" else self._layers(rows)

    def _static(self, rows: list[list[int]]) -> Vectors:
        import numpy as np

        table, scale = self._table
        result = np.zeros((len(rows), 2 * table.shape[1]), dtype=np.float32)
        for number, ids in enumerate(rows):
            pieces = ids[1:-1]
            if pieces:
                result[number] = four_bits(table[pieces], scale[pieces]).sum(axis=0)
        result /= np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-12)
        return result

    def _layers(self, rows: list[list[int]]) -> Vectors:
        import numpy as np

        result = np.zeros((len(rows), self.dimension), dtype=np.float32)

        def one(number: int) -> None:
            if len(rows[number]) > 2:
                result[number] = mean_direction(self._states(rows[number]))

        self._for_each(one, [len(row) for row in rows])
        return result

    def _states(self, ids: list[int]) -> NDArray[np.float32]:
        """The states `(pieces, d)` of one tokenised text."""
        import numpy as np

        lower, upper = self._parts
        (middle,) = lower.run(None, {"ids": np.asarray([ids], dtype=np.int64)})
        return upper.run(None, {"middle": middle})[0][0]  # type: ignore[no-any-return]

    def _for_each(self, work: Callable[[int], None], sizes: Sequence[int]) -> None:
        """Do `work(number)` for each text, on as many threads as asked for."""
        _ = self._parts  # loaded once, before threads ask for it
        # The longest first, so that the threads finish together.
        order = sorted(range(len(sizes)), key=lambda number: -sizes[number])
        if len(sizes) < 4 or self.threads == 1:
            for number in order:
                work(number)
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix="beleidskennis-embed")
        list(self._pool.map(work, order))


def four_bits(table: NDArray[np.uint8], scale: NDArray[np.float16]) -> NDArray[np.float32]:
    """`(n, d)`: the numbers, -8 to 7, that `table` `(n, d / 2)` holds, times their scales `(n, blocks)`."""
    import numpy as np

    bits = np.stack([table & 15, table >> 4], axis=2).reshape(len(table), scale.shape[1], -1)
    numbers = bits.astype(np.float32)
    numbers -= 16 * (numbers > 7)
    return (numbers * scale.astype(np.float32)[:, :, None]).reshape(len(table), -1)


def mean_direction(states: NDArray[np.float32]) -> NDArray[np.float32]:
    """`(d,)`: the mean of the rows of `states` `(pieces, d)`, scaled to length 1."""
    import numpy as np

    mean = states.mean(axis=0)
    return np.asarray(mean / max(float(np.sqrt(mean @ mean)), 1e-12), dtype=np.float32)
