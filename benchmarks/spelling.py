"""How many typing errors are put right, and how many words that are right are left alone.

    python benchmarks/spelling.py --passages passages.jsonl [--other text.txt]

Errors (a letter left out, doubled, added, replaced or swapped with its neighbour; two of them in 40% of the words of
ten letters and more) are made at random in words of the passages. `--other` is Dutch text of other documents: of its
words that the passages lack, those that occur three times and more should not be changed. Seeded.
"""

import argparse
import collections
import json
import random
import re
import time
from pathlib import Path

from beleidskennis.dutch.lemmas import lemma, stem
from beleidskennis.dutch.spelling import Spelling
from beleidskennis.dutch.words import normalise, words
from beleidskennis.query import read_query

LETTERS = "aeiourstnl"
"""Common letters: what a slip of the finger or of the ear puts in."""


def mistype(word, chance):
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    other = chance.choice(LETTERS)
    swapped = before + after[0] + letter + after[1:]
    return chance.choice(
        [before + after, swapped, before + other + after, before + letter * 2 + after, before + other + letter + after]
    )


def searched(word, spelling):
    corrections = read_query(f"wat is gemeentelijk {word}", spelling=spelling).reading.corrections
    return dict(corrections).get(word, word)


def repaired(counts, spelling, chance, trials):
    pool = [word for word in counts if len(word) >= 5 and word.isalpha()]
    outcome = collections.Counter()
    times = []
    for word in chance.choices(pool, k=trials):
        typed = mistype(word, chance)
        if len(word) >= 10 and chance.random() < 0.4:
            typed = mistype(typed, chance)
        if typed in counts:
            continue
        start = time.process_time()
        found = searched(typed, spelling)
        times.append(time.process_time() - start)
        same = stem(lemma(found)) == stem(lemma(word))
        outcome["right" if same else "left as typed" if found == typed else "another word"] += 1
    times.sort()
    return outcome, times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--other", type=Path)
    parser.add_argument("--trials", type=int, default=1500)
    options = parser.parse_args()
    lines = options.passages.read_text(encoding="utf-8").splitlines()
    counts = collections.Counter(normalise(word) for line in lines for word in words(json.loads(line)["text"]))
    spelling = Spelling(counts)
    chance = random.Random(5)
    spelling.suggest("opwarmen")
    outcome, times = repaired(counts, spelling, chance, options.trials)
    total = sum(outcome.values())
    for name, count in outcome.most_common():
        print(f"{name}: {count / total:.1%} of {total} mistyped words")
    print(f"CPU time per word: median {1e3 * times[total // 2]:.2f} ms, p95 {1e3 * times[int(total * 0.95)]:.2f} ms")
    if options.other:
        found = collections.Counter(re.findall(r"\b[^\W\d_]{4,}\b", options.other.read_text(encoding="utf-8")))
        unseen = [word for word, count in found.items() if count >= 3 and word.islower() and word not in counts]
        changed = sum(searched(word, spelling) != word for word in unseen)
        print(f"changed: {changed / len(unseen):.1%} of {len(unseen)} other words")


if __name__ == "__main__":
    main()
