"""Mutated PDFs through the guard: no crash of the parent, no hang, every case answered.

    python scripts/fuzz_pdf.py --cases 2000 --seed 1 [PDF...]

Without PDFs the sample corpus is mutated. Prints a table of outcomes; a case that breaks the promise is kept in --keep.
"""

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from beleidskennis.errors import SourceError
from beleidskennis.pdf import Limits, RawDocument, read_pdf
from beleidskennis.pdf.guard import GuardedPool

ROOT = Path(__file__).parent.parent
LIMITS = Limits(page_seconds=5, document_seconds=30, memory_mb=1024, max_pages=500, max_characters=5_000_000)


def read(path):
    """Read one mutated file, in a child process."""
    return read_pdf(path, limits=LIMITS)


def flip(data, chance):
    """Change up to 200 bytes."""
    for _ in range(chance.randint(1, 200)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return data


def truncate(data, chance):
    """Cut off the end."""
    return data[: chance.randrange(len(data))]


def cut(data, chance):
    """Take out a stretch."""
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, max(2, len(data) // 4))]
    return data


def double(data, chance):
    """Repeat a stretch somewhere else."""
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 5000)]
    place = chance.randrange(len(data))
    return data[:place] + piece * chance.randint(1, 20) + data[place:]


def swap_references(data, chance):
    """Let references point to other objects: loops, wrong types."""
    numbers = [int(number) for number in re.findall(rb"(\d+) 0 obj", bytes(data))] or [1]
    share = chance.random() * 0.5

    def other(match):
        return b"%d 0 R" % chance.choice(numbers) if chance.random() < share else match[0]

    return bytearray(re.sub(rb"\d+ 0 R", other, bytes(data)))


def change_numbers(data, chance):
    """Put extreme numbers where there are numbers."""
    extremes = [b"0", b"-1", b"99999999999", b"4294967296", b"1e308", b"-0.0000001", b"2147483648"]
    share = chance.random() * 0.02

    def other(match):
        return chance.choice(extremes) if chance.random() < share else match[0]

    return bytearray(re.sub(rb"(?<=[ \[])\d+(?=[ \]/\n])", other, bytes(data)))


def nest(data, chance):
    """Nest arrays or dictionaries deeply inside an object."""
    depth = chance.choice([50, 1000, 30_000])
    opened, closed = chance.choice([(b"[", b"]"), (b"<< /A ", b">>"), (b"(", b")"), (b"q ", b"Q ")])
    place = chance.randrange(len(data))
    return data[:place] + opened * depth + closed * chance.choice([depth, depth - 1, 0]) + data[place:]


def swap_names(data, chance):
    """Exchange the names in dictionaries."""
    names = list(set(re.findall(rb"/[A-Z][A-Za-z]{2,12}", bytes(data))))
    share = chance.random() * 0.1

    def other(match):
        return chance.choice(names) if chance.random() < share else match[0]

    return bytearray(re.sub(rb"/[A-Z][A-Za-z]{2,12}", other, bytes(data))) if names else data


MUTATIONS = (flip, truncate, cut, double, swap_references, change_numbers, nest, swap_names)


def mutate(data, chance):
    """One to three mutations, one after the other; the names of them and the bytes."""
    chosen = [chance.choice(MUTATIONS) for _ in range(chance.randint(1, 3))]
    changed = bytearray(data)
    for mutation in chosen:
        changed = mutation(changed, chance) if len(changed) > 8 else changed
    return "+".join(mutation.__name__ for mutation in chosen), bytes(changed)


def run(sources, cases, seed, folder, *, workers=2, keep=None):
    """Outcomes by kind, and the promises broken (expected to be none)."""
    chance = random.Random(seed)
    originals = [source if isinstance(source, bytes) else source.read_bytes() for source in sources]
    outcomes, broken = Counter(), []
    with GuardedPool(read, workers=workers, limits=LIMITS) as pool:
        for first in range(0, cases, 50):
            paths = {}
            for number in range(first, min(first + 50, cases)):
                label, data = mutate(chance.choice(originals), chance)
                path = folder / f"{number:05}.pdf"
                path.write_bytes(data)
                paths[path] = label
            answered = set()
            for path, outcome in pool.map(paths):
                answered.add(path)
                kind = type(outcome).__name__
                outcomes[kind] += 1
                right = isinstance(outcome, (RawDocument, SourceError)) and "fout in het programma" not in str(outcome)
                if not right or (isinstance(outcome, SourceError) and path.name not in outcome.message):
                    broken.append((path.name, paths[path], str(outcome)))
                    if keep:
                        (keep / path.name).write_bytes(path.read_bytes())
            broken += [(path.name, paths[path], "no answer") for path in set(paths) - answered]
            for path in paths:
                path.unlink()
    return outcomes, broken


def main():
    """Run from the command line."""
    from fuzz_pdf import run  # so that the child processes can import `read`

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sources", nargs="*", type=Path)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    sources = arguments.sources or sorted((ROOT / "corpus").glob("*.pdf"))
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcomes, broken = run(
            sources, arguments.cases, arguments.seed, Path(folder), workers=arguments.workers, keep=arguments.keep
        )
    print(f"{sum(outcomes.values())} cases in {time.monotonic() - started:.0f} s (seed {arguments.seed})")
    for kind, count in outcomes.most_common():
        print(f"{count:6}  {kind}")
    for name, label, outcome in broken:
        print(f"BROKEN  {name}  {label}  {outcome}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
