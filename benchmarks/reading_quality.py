"""How well pages are read: rules against labels by hand, and checks over every passage.

    BELEIDSKENNIS_REAL_CORPUS=folder python benchmarks/reading_quality.py [--gold folder] [--list]

The labels (`labels/reading.jsonl`) name pages and line numbers of five real policy PDFs and hold none of their text:
`kinds` is a list of `[first line, last line, kind]`, `hyphens` says for each line that ends in a hyphen whether it is
joined, kept or suspended, `marks` lists note marks as `[line, number]`. Lines count from 0 as `RawPage.lines` does.
With `--gold` (a folder with questions.jsonl, recommendations.jsonl, drafts.jsonl) it also counts the quotes of which
one passage holds at least half the word trigrams, anywhere and on the right page.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from beleidskennis.cleaning import CleanPage, clean_document
from beleidskennis.cleaning.hyphens import CLOSING_DASH, SUSPENDERS
from beleidskennis.cleaning.tracing import trace_lines
from beleidskennis.dutch.language import detect
from beleidskennis.dutch.lemmas import is_known
from beleidskennis.model import DocumentId, Passage
from beleidskennis.passages import cut_passages
from beleidskennis.pdf import RawDocument, RawPage, read_pdf

LABELS = Path(__file__).parent / "labels"
SETS = ("reading", "held-out", "fresh")
"""Pages that the rules were made on; two lots that were labelled before anyone had looked how the rules read them."""
KIND = {"paragraph": "body", "list-item": "item", "references": "reference", "moved": "body"}
WORD = re.compile(r"\w+")
LINE_END = re.compile(rf"[a-zà-ÿ]- (?!(?:{'|'.join(sorted(SUSPENDERS))})\b|,)[a-zà-ÿ]\w*")
ENDED = re.compile(r"[.!?:;…][\"”’')\]]*$")
Read = dict[str, tuple[RawDocument, tuple[CleanPage, ...], tuple[Passage, ...]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("BELEIDSKENNIS_REAL_CORPUS"))
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--list", action="store_true", help="name the pages and lines that were wrong")
    options = parser.parse_args()
    if options.data is None:
        parser.error("no folder: give --data or set BELEIDSKENNIS_REAL_CORPUS")
    read = read_all(options.data)
    for name in SETS:
        lines = (LABELS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        labels = [label for label in map(json.loads, lines) if label["document"] in read]
        print(f"\n{name}: ", end="")
        score_labels(labels, read, show=options.list)
    check_passages(read, show=options.list)
    if options.gold:
        score_gold(options.gold, read)


def read_all(folder: Path) -> Read:
    raws = {path.name: read_pdf(path) for path in sorted(folder.glob("*.pdf"))}
    is_known("")
    read: Read = {}
    started = time.process_time()
    for name, raw in raws.items():
        pages = clean_document(DocumentId(name), raw, is_word=is_known)
        read[name] = raw, pages, cut_passages(DocumentId(name), pages, detect=detect)
    seconds = time.process_time() - started
    count = sum(len(raw.pages) for raw in raws.values())
    print(f"{len(read)} documents, {count} pages: cleaned and cut in {seconds:.2f} s of CPU time")
    return read


def score_labels(labels: Sequence[dict], read: Read, *, show: bool) -> None:
    """Precision and recall of each kind of line, of hyphens and of note marks."""
    hits: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for label in labels:
        raw, pages, _ = read[label["document"]]
        page, clean = raw.pages[label["page"] - 1], pages[label["page"] - 1]
        for name, truth, guess in _facts(label, page, clean):
            found[guess] += bool(guess)
            wanted[truth] += bool(truth)
            hits[truth] += truth == guess
            if show and truth != guess:
                print(f"  {label['document'][:12]} p.{label['page']} {name}: {truth or '-'} read as {guess or '-'}")
    print(f"{len(labels)} labelled pages\n| what | wanted | found | precision | recall |\n|---|---|---|---|---|")
    for name in sorted(wanted | found):
        if name:
            precision = hits[name] / found[name] if found[name] else float("nan")
            recall = hits[name] / wanted[name] if wanted[name] else float("nan")
            print(f"| {name} | {wanted[name]} | {found[name]} | {precision:.3f} | {recall:.3f} |")


def _facts(label: dict, page: RawPage, clean: CleanPage) -> Iterator[tuple[str, str, str]]:
    """`(what, truth, guess)` for each fact of a labelled page."""
    kinds = [KIND.get(kind, kind) for kind in trace_lines(clean, page)]
    for first, last, truth in label["kinds"]:
        for line in range(first, last + 1):
            yield f"line {line}", truth, kinds[line]
    places = {raw + i: start + i for start, raw, length in clean.page.offsets for i in range(length)}
    for line, truth in label["hyphens"].items():
        if kinds[int(line)] not in ("note", "head", "folio"):
            yield f"hyphen {line}", f"hyphen: {truth}", f"hyphen: {_hyphen(page, clean, int(line), places)}"
    truths = {(line, str(number)) for line, number in label["marks"]}
    guesses = set(_removed(page, kinds, places))
    for line, number in sorted(truths | guesses):
        yield (
            f"mark {number} in line {line}",
            *("note mark" if (line, number) in which else "" for which in (truths, guesses)),
        )


def _hyphen(page: RawPage, clean: CleanPage, line: int, places: dict[int, int]) -> str:
    text = page.lines[line].text.rstrip()
    place = places.get(page.lines[line].start + len(text) - 1)
    if place is None:
        return "join"
    return "suspended" if clean.page.text[place + 1 : place + 2] in (" ", "\n", "") else "keep"


def _removed(page: RawPage, kinds: Sequence[str], places: dict[int, int]) -> Iterator[tuple[int, str]]:
    """Numbers glued to a word that are not in the clean text, while the word is."""
    for index, line in enumerate(page.lines):
        if kinds[index] in ("note", "head", "folio"):
            continue
        for match in re.finditer(r"(?<=\S)(?:\d{1,3}|\*{1,3})(?!\w)|(?<=\d{4})\d{1,3}(?!\d)", line.text):
            if line.start + match.start() not in places and line.start + match.start() - 1 in places:
                yield index, match.group()


def check_passages(read: Read, *, show: bool) -> None:
    """Count, over all documents, what no passage may have."""
    counts: Counter[str] = Counter()
    for name, (_, pages, passages) in read.items():
        heads = _furniture(read[name])
        kinds = {(page.page.page_number, block.end): block.kind for page in pages for block in page.blocks}
        texts = {page.page.page_number: page.page.text for page in pages}
        counts["passages"] += len(passages)
        counts["words"] += sum(len(passage.text.split()) for passage in passages)
        for passage in passages:
            for problem in _problems(passage, heads, texts, kinds):
                counts[problem] += 1
                if show:
                    print(f"  {name[:12]} p.{passage.page_number} passage {passage.position}: {problem}")
    print(f"\n{counts['passages']} passages of {counts['words'] / counts['passages']:.0f} words on average")
    for problem in ("line-end hyphen left", "over 200 words", "running head or folio inside", "text is not its spans"):
        print(f"- {problem}: {counts[problem]}")
    for problem in sorted(key for key in counts if key.startswith(("starts", "ends", "under"))):
        print(f"- running text that {problem}: {counts[problem]}")


def _furniture(read: tuple[RawDocument, tuple[CleanPage, ...], tuple[Passage, ...]]) -> set[str]:
    lines: Counter[str] = Counter()
    for page, clean in zip(read[0].pages, read[1], strict=True):
        kinds = trace_lines(clean, page)
        lines.update({line.text.strip() for line, kind in zip(page.lines, kinds, strict=True) if kind == "head"})
    return {line for line, count in lines.items() if count > 2}


def _problems(
    passage: Passage, heads: set[str], texts: dict[int, str], kinds: dict[tuple[int, int], str]
) -> Iterator[str]:
    words = len(passage.text.split())
    if any(not CLOSING_DASH.search(passage.text[: match.start() + 2]) for match in LINE_END.finditer(passage.text)):
        yield "line-end hyphen left"
    if words > 200:
        yield "over 200 words"
    if any(line.strip() in heads for line in passage.text.split("\n")):
        yield "running head or folio inside"
    if " ".join(texts[span.page_number][span.start : span.end] for span in passage.spans) != passage.text:
        yield "text is not its spans"
    if passage.kind in ("body", "list"):
        if passage.text[passage.sentences[0][0]].islower() and passage.kind == "body":
            yield "starts in lower case"
        if not ENDED.search(passage.text) and passage.kind == "body":
            last = passage.spans[-1]
            yield f"ends without a stop: {kinds.get((last.page_number, last.end), 'inside a block')}"
        if words < 25:
            yield "under 25 words"


def score_gold(folder: Path, read: Read) -> None:
    """The share of quotes that one passage holds (half of the word trigrams), anywhere and on the right page."""
    trigrams = {name: [(p.page_number, _trigrams(p.text)) for p in passages] for name, (_, _, passages) in read.items()}
    print("\n| quotes of | number | held | on the right page |\n|---|---|---|---|")
    for name in ("questions", "recommendations", "drafts"):
        held = right = total = 0
        for quote in _quotes(folder / f"{name}.jsonl"):
            wanted = _trigrams(quote["quote"])
            shares = [(len(wanted & found) / len(wanted), page) for page, found in trigrams[quote["document"]]]
            total += 1
            held += any(share >= 0.5 for share, _ in shares)
            right += any(share >= 0.5 and page in quote["pages"] for share, page in shares)
        print(f"| {name} | {total} | {held / total:.3f} | {right / total:.3f} |")


def _quotes(path: Path) -> Iterator[dict]:
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        yield from ([item] if "quote" in item else item.get("evidence", []))


def _trigrams(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in WORD.findall(text)]
    return {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))}


if __name__ == "__main__":
    main()
