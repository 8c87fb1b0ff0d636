"""Makes the student's vocabulary: the teacher's English word pieces plus Dutch ones, each with a first vector.

A Dutch piece starts from the English pieces that it is aligned with: IBM model 1 (Brown et al. 1993) in both
directions, multiplied, over the parallel sentences and the dictionaries, so that the student begins as a word-by-word
translator into the teacher's own input space. Pieces that were never aligned start from the pieces that the teacher
would cut them into.

    python training/vocabulary.py --data DATA --out FOLDER [--teacher FOLDER] [--pieces 24000]
"""

from __future__ import annotations

import argparse
import collections
import json
import time
from pathlib import Path

import bert
import corpora
import numpy as np
import torch

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
# Dictionary pairs are counted this often as a sentence pair: short, and right almost always.
DICTIONARY_REPEATS = 2
ITERATIONS = 5
# Longer sentences align badly, and their number of pairs of pieces grows with the square.
MAX_PIECES = 28
MAX_CHARACTERS = 150


def dutch_texts(data: Path) -> list[str]:
    """All Dutch training text; the sources nearest to policy advice twice."""
    texts = [nl for rows in corpora.parallel(data).values() for _, nl in rows]
    for source, rows in corpora.prose(data).items():
        texts += rows[::3] if source.startswith(("msdocs", "laws_wetten")) else rows
        if source.startswith("verkiezings"):
            texts += rows
    texts += [nl for _, nl in corpora.dictionary(data)]
    return texts


def learn_pieces(texts: list[str], normalizer: object, count: int) -> list[str]:
    """WordPiece vocabulary of Dutch text, most frequent first."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=count, min_frequency=6, special_tokens=SPECIAL, limit_alphabet=200, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    vocabulary = tokenizer.get_vocab()
    return sorted(vocabulary, key=vocabulary.get)


def english_pieces(old, texts: list[str]) -> set[int]:
    """Numbers of the teacher's pieces that occur in `texts`, plus single letters, digits and signs."""
    seen = np.zeros(old.get_vocab_size(), dtype=np.int64)
    for start in range(0, len(texts), 20000):
        for encoding in old.encode_batch(texts[start : start + 20000]):
            seen[encoding.ids] += 1
    keep = set(np.flatnonzero(seen).tolist())
    for piece, number in old.get_vocab().items():
        bare = piece.removeprefix("##")
        common_word = number < 16000 and bare.isascii() and not piece.startswith("[unused")
        if common_word or (len(bare) == 1 and ord(bare) < 0x250) or piece in SPECIAL:
            keep.add(number)
    return keep


def merged_tokenizer(old_json: dict, kept: list[str], added: list[str]) -> dict:
    """The teacher's `tokenizer.json` with another vocabulary."""
    vocabulary = {piece: number for number, piece in enumerate(SPECIAL)}
    for piece in [*kept, *added]:
        vocabulary.setdefault(piece, len(vocabulary))
    new = json.loads(json.dumps(old_json))
    new["model"]["vocab"] = vocabulary
    new["padding"] = new["truncation"] = None
    new["added_tokens"] = [{**token, "id": vocabulary[token["content"]]} for token in new["added_tokens"]]
    for name, token in new["post_processor"].get("special_tokens", {}).items():
        token["ids"] = [vocabulary[name]]
    for name in ("cls", "sep"):
        if name in new["post_processor"]:
            piece = new["post_processor"][name][0]
            new["post_processor"][name] = [piece, vocabulary[piece]]
    return new


def align(source: list[list[int]], target: list[list[int]], source_size: int) -> dict[int, float]:
    """IBM model 1: `t(target | source)` as a mapping from `source * 2**20 + target`; piece 0 of a source is empty."""
    sentence, left, right = [], [], []
    offset = 0
    for f_row, e_row in zip(source, target, strict=True):
        f = np.array([0, *f_row], dtype=np.int64)
        e = np.array(e_row, dtype=np.int64)
        left.append(np.tile(f, len(e)))
        right.append(np.repeat(e, len(f)))
        sentence.append(np.repeat(np.arange(offset, offset + len(e), dtype=np.int32), len(f)))
        offset += len(e)
    f_all, e_all, slot = np.concatenate(left), np.concatenate(right), np.concatenate(sentence)
    keys, inverse = np.unique(f_all << 20 | e_all, return_inverse=True)
    inverse = inverse.astype(np.int32)
    key_f = keys >> 20
    table = np.ones(len(keys), dtype=np.float64)
    for _ in range(ITERATIONS):
        weight = table[inverse]
        weight /= np.bincount(slot, weights=weight, minlength=offset)[slot]
        table = np.bincount(inverse, weights=weight, minlength=len(keys))
        table /= np.bincount(key_f, weights=table, minlength=source_size)[key_f] + 1e-12
    strong = table > 0.01
    return dict(zip(keys[strong].tolist(), table[strong].tolist(), strict=True))


def first_vectors(
    pairs: list[tuple[str, str]],
    old,
    new,
    old_vectors: np.ndarray,
) -> tuple[np.ndarray, int]:
    """First vectors of all pieces of `new`, `(pieces, width)`, and how many came from the alignment."""
    old_vocabulary, new_vocabulary = old.get_vocab(), new.get_vocab()
    english = [e.ids[1:-1] for e in old.encode_batch([en for en, _ in pairs])]
    dutch = [e.ids[1:-1] for e in new.encode_batch([nl for _, nl in pairs])]
    fits = [i for i in range(len(pairs)) if len(english[i]) <= MAX_PIECES and len(dutch[i]) <= MAX_PIECES]
    english, dutch = [english[i] for i in fits], [dutch[i] for i in fits]
    forward = align(dutch, english, len(new_vocabulary))
    backward = align(english, dutch, len(old_vocabulary))
    linked: dict[int, list[tuple[int, float]]] = collections.defaultdict(list)
    for key, chance in forward.items():
        f, e = key >> 20, key & (2**20 - 1)
        back = backward.get(e << 20 | f, 0.0)
        if f and back:
            linked[f].append((e, chance * back))
    norm = float(np.linalg.norm(old_vectors, axis=1).mean())
    vectors = np.zeros((len(new_vocabulary), old_vectors.shape[1]), dtype=np.float32)
    aligned = 0
    for piece, number in new_vocabulary.items():
        if piece in old_vocabulary:
            vectors[number] = old_vectors[old_vocabulary[piece]]
            continue
        links = sorted(linked.get(number, []), key=lambda link: -link[1])[:6]
        if links:
            aligned += 1
            mixed = sum(weight * old_vectors[e] for e, weight in links)
        else:
            bare = piece.removeprefix("##")
            ids = old.encode(bare, add_special_tokens=False).ids
            mixed = old_vectors[ids].mean(0)
        vectors[number] = mixed * (norm / (np.linalg.norm(mixed) + 1e-9))
    return vectors, aligned


def main() -> None:
    """Writes `tokenizer.json` and `model.pt` (the student before training) to `--out`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teacher")
    parser.add_argument("--pieces", type=int, default=24000)
    options = parser.parse_args()
    from tokenizers import Tokenizer

    began = time.time()
    folder = bert.teacher_folder(options.teacher)
    teacher = bert.load_teacher(folder)
    old = bert.load_tokenizer(folder, 512)
    parallel = [pair for rows in corpora.parallel(options.data).values() for pair in rows]
    words = corpora.dictionary(options.data)
    learned = learn_pieces(dutch_texts(options.data), old.normalizer, options.pieces)
    print(f"{time.time() - began:.0f} s: {len(learned)} Dutch pieces", flush=True)
    keep = english_pieces(old, [en for en, _ in [*parallel, *words]] + corpora.glosses(options.data))
    old_vocabulary = old.get_vocab()
    kept = [piece for piece, number in sorted(old_vocabulary.items(), key=lambda item: item[1]) if number in keep]
    added = [piece for piece in learned if piece not in old_vocabulary]
    old_json = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    merged = merged_tokenizer(old_json, kept, added)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "tokenizer.json").write_text(json.dumps(merged, ensure_ascii=False), encoding="utf-8")
    new = Tokenizer.from_str(json.dumps(merged))
    print(f"{time.time() - began:.0f} s: {len(kept)} kept, {len(added)} added", flush=True)
    short = [pair for pair in parallel if len(pair[1]) < MAX_CHARACTERS]
    vectors, aligned = first_vectors(
        short + words * DICTIONARY_REPEATS, old, new, teacher.words.weight.detach().numpy()
    )
    student = bert.Bert(len(vectors))
    state = teacher.state_dict() | {"words.weight": torch.from_numpy(vectors)}
    student.load_state_dict(state)
    torch.save(student.state_dict(), options.out / "model.pt")
    print(f"{time.time() - began:.0f} s: {aligned} of {len(added)} new pieces aligned", flush=True)


if __name__ == "__main__":
    main()
