"""How well versions of a document are told from other documents, on drafts made by editing real texts.

    python benchmarks/versions.py [--data FOLDER ...] [--seed N]

Of each document drafts are made (words replaced, sentences dropped, rewritten, added and moved, one half only) and
documents that are no version of it but repeat some of its sentences (the method, the colophon, a quoted page). Prints
for each kind of edit the share of shingles in common, exact and by sketch, and precision and recall for thresholds.
Then, for the drafts, how many passages find their text in the newer version, right and wrong.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from beleidskennis.model import DocumentId
from beleidskennis.reading import ReadJob, read_document
from beleidskennis.versions.families import LINKED_SHARE
from beleidskennis.versions.passages import places_in
from beleidskennis.versions.shingles import estimated_share, shared, shingles, sketch_of

SAMPLE = Path(__file__).parent.parent / "corpus"
DRAFTS_EACH = 5
THRESHOLDS = (0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6)

Text = list[list[str]]
"""Passages, each a list of sentences."""
Edit = Callable[[Text, Sequence[str], random.Random], Text]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[SAMPLE])
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    real = os.environ.get("BELEIDSKENNIS_REAL_CORPUS")
    folders = [*options.data, *([Path(real)] if real else [])]
    texts = {path.name: read_text(path) for folder in folders for path in sorted(folder.glob("*.pdf"))}
    score_pairs(texts, random.Random(options.seed))
    score_passages(texts, random.Random(options.seed))


def read_text(path: Path) -> Text:
    read = read_document(ReadJob(path.resolve(), DocumentId("0" * 64)))
    running = [passage for passage in read.passages if passage.kind.is_running_text]
    return [[passage.text[start:end] for start, end in passage.sentences] for passage in running]


# Edits: each takes the passages, sentences of other documents, and a source of chance


def words_replaced(rate: float) -> Edit:
    def edit(text: Text, others: Sequence[str], chance: random.Random) -> Text:
        return [[_reworded(sentence, rate, others, chance) for sentence in passage] for passage in text]

    return edit


def sentences_changed(dropped: float, rewritten: float, added: float, *, moved: bool = False) -> Edit:
    def edit(text: Text, others: Sequence[str], chance: random.Random) -> Text:
        made: Text = []
        for passage in text:
            kept: list[str] = []
            for sentence in passage:
                if chance.random() < dropped:
                    continue
                kept.append(_reworded(sentence, 0.4, others, chance) if chance.random() < rewritten else sentence)
                kept += [chance.choice(others)] if chance.random() < added else []
            made.append(kept)
        if moved:
            parts = [made[start : start + 8] for start in range(0, len(made), 8)]
            chance.shuffle(parts)
            made = [passage for part in parts for passage in part]
        return [passage for passage in made if passage]

    return edit


def one_half(text: Text, _others: Sequence[str], _chance: random.Random) -> Text:
    return text[: max(1, len(text) // 2)]


def repeats(share: float) -> Edit:
    """Another document of the same length, of which `share` is taken from this one: no version of it."""

    def edit(text: Text, others: Sequence[str], chance: random.Random) -> Text:
        count = round(share * len(text))
        start = chance.randrange(max(1, len(text) - count))
        new = [[chance.choice(others) for _ in passage] for passage in text[count:]]
        return text[start : start + count] + new

    return edit


def _reworded(sentence: str, rate: float, others: Sequence[str], chance: random.Random) -> str:
    pool = chance.choice(others).split()
    return " ".join(chance.choice(pool) if chance.random() < rate else word for word in sentence.split())


VERSIONS: dict[str, Edit] = {
    "2% of words replaced": words_replaced(0.02),
    "5% of words": words_replaced(0.05),
    "10% of words": words_replaced(0.10),
    "20% of words": words_replaced(0.20),
    "10% of sentences dropped, 10% rewritten, 10% added": sentences_changed(0.1, 0.1, 0.1),
    "20% each, sections moved": sentences_changed(0.2, 0.2, 0.2, moved=True),
    "30% each, sections moved": sentences_changed(0.3, 0.3, 0.3, moved=True),
    "the first half only": one_half,
}
OTHERS: dict[str, Edit] = {f"another text that repeats {share:.0%}": repeats(share) for share in (0.05, 0.1, 0.2)}


def score_pairs(texts: dict[str, Text], chance: random.Random) -> None:
    whole = {name: shingles(" ".join(passage) for passage in text) for name, text in texts.items()}
    unrelated = [shared(whole[a], whole[b]) for a, b in itertools.combinations(whole, 2)]
    found: dict[bool, list[float]] = {True: [], False: list(unrelated)}
    errors: list[float] = []
    print(f"{'pair':54}{'n':>5}{'lowest':>8}{'median':>8}{'highest':>8}")
    show("two different documents", unrelated)
    for is_version, edits in ((False, OTHERS), (True, VERSIONS)):
        for label, edit in edits.items():
            shares = []
            for name, text in texts.items():
                others = [s for other, of in texts.items() if other != name for passage in of for s in passage]
                for _ in range(DRAFTS_EACH):
                    made = shingles(" ".join(passage) for passage in edit(text, others, chance))
                    shares.append(shared(whole[name], made))
                    errors.append(abs(shares[-1] - estimated_share(sketch_of(whole[name]), sketch_of(made))))
            show(label, shares)
            found[is_version] += shares
    print(f"\nsketch: off by {sum(errors) / len(errors):.3f} on average, at most {max(errors):.3f}\n")
    print(f"{'threshold':>10}{'precision':>10}{'recall':>8}")
    for threshold in THRESHOLDS:
        right, wrong = (sum(share >= threshold for share in found[kind]) for kind in (True, False))
        mark = "  <- in use" if threshold == LINKED_SHARE else ""
        print(f"{threshold:>10}{right / max(1, right + wrong):>10.3f}{right / len(found[True]):>8.3f}{mark}")


def show(label: str, shares: Sequence[float]) -> None:
    ordered = sorted(shares)
    middle = ordered[len(ordered) // 2]
    print(f"{label:54}{len(ordered):>5}{ordered[0]:>8.3f}{middle:>8.3f}{ordered[-1]:>8.3f}")


def score_passages(texts: dict[str, Text], chance: random.Random) -> None:
    """Of the passages of a draft: how many are found in the newer version, by how much of their text is in it."""
    print(f"\n{'passages of a draft whose sentences are':44}{'n':>6}{'found in the newer version':>28}")
    edit = sentences_changed(0.15, 0.15, 0.15, moved=True)
    counts: dict[str, list[bool]] = {"all in it": [], "most of them in it": [], "half or fewer": [], "none": []}
    for name, newer in texts.items():
        others = [s for other, of in texts.items() if other != name for passage in of for s in passage]
        older = edit(newer, others, chance)
        cut = recut(older)
        known = {sentence for passage in newer for sentence in passage}
        links = places_in([" ".join(passage) for passage in cut], [" ".join(passage) for passage in newer])
        for position, passage in enumerate(cut):
            length = sum(len(sentence) for sentence in passage)
            share = sum(len(sentence) for sentence in passage if sentence in known) / max(1, length)
            kind = "all in it" if share == 1 else "most of them in it" if share > 0.5 else "half or fewer"
            counts["none" if share == 0 else kind].append(position in links)
    for label, linked in counts.items():
        print(f"{label:44}{len(linked):>6}{sum(linked) / max(1, len(linked)):>28.2f}")


def recut(passages: Text, most_words: int = 110) -> Text:
    """Sentences cut into passages anew, as a changed text would be: borders do not fall where they fell."""
    made: Text = [[]]
    for sentence in (sentence for passage in passages for sentence in passage):
        if made[-1] and sum(len(one.split()) for one in [*made[-1], sentence]) > most_words:
            made.append([])
        made[-1].append(sentence)
    return made


if __name__ == "__main__":
    main()
