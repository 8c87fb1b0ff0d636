"""Times of taking in, of a warm query and of a cold start, beside plain pypdf on the same cores in the same run.

    python benchmarks/ingest_and_search.py FOLDER [--questions QUESTIONS.jsonl] [--rounds 3]

Prints a Markdown table. Timings on shared machines are noisy: look at the ratios, which come from one run.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from beleidskennis.library import Library
from beleidskennis.search import Mode
from beleidskennis.settings import Settings

QUESTIONS = ["krapte op de arbeidsmarkt", "hoeveel woningen komen erbij", "wie betaalt de tram", "hulp voor starters"]


def extract(path):
    """Plain pypdf: the text of every page."""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(path).pages]


def timed(work):
    """`(seconds, result)` of one call."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def plain_serial(files):
    return sum(len(extract(path)) for path in files)


def plain_parallel(files):
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return sum(len(pages) for pages in pool.map(extract, sorted(files, key=lambda path: -path.stat().st_size)))


def ingest(folder, index):
    shutil.rmtree(index, ignore_errors=True)
    with Library.open(Settings(corpus=folder, index=index)) as library:
        return library.ingest([folder])


def warm_queries(index, questions, mode, rounds):
    """Milliseconds of each query, the first round left out."""
    times = []
    with Library.open(Settings(index=index)) as library:
        for number in range(rounds + 1):
            for question in questions:
                seconds, _ = timed(lambda question=question: library.search(question, mode=mode))
                if number:
                    times.append(1000 * seconds)
    return times


def cold_start(index, rounds):
    """Seconds of `beleidskennis search` as a new process."""
    command = [sys.executable, "-m", "beleidskennis", "--index", str(index), "search", QUESTIONS[0]]
    return [timed(lambda: subprocess.run(command, check=True, capture_output=True))[0] for _ in range(rounds)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    files = sorted(options.folder.glob("*.pdf"))
    asked = QUESTIONS
    if options.questions:
        asked = [json.loads(line)["question"] for line in options.questions.read_text(encoding="utf-8").splitlines()]
    rows = []
    with tempfile.TemporaryDirectory() as place:
        index = Path(place) / "index"
        rounds = []
        for _ in range(options.rounds):
            serial, pages = timed(lambda: plain_serial(files))
            parallel, _ = timed(lambda: plain_parallel(files))
            whole, report = timed(lambda: ingest(options.folder, index))
            rounds.append((whole / serial, serial, parallel, whole))
        ratio, serial, parallel, whole = sorted(rounds)[len(rounds) // 2]
        rows.append(("bladzijden, passages", f"{pages}, {report.passages}", ""))
        rows.append(("plain pypdf, one process", f"{serial:.2f} s", "1"))
        rows.append((f"plain pypdf, {os.cpu_count()} processes", f"{parallel:.2f} s", f"{parallel / serial:.2f}"))
        rows.append(("beleidskennis ingest, all of it", f"{whole:.2f} s", f"{ratio:.2f}"))
        for mode in Mode:
            times = warm_queries(index, asked, mode, options.rounds)
            ordered = sorted(times)
            p95 = ordered[int(0.95 * (len(ordered) - 1))]
            rows.append((f"warm query, {mode.value}: median, p95", f"{statistics.median(times):.1f}, {p95:.1f} ms", ""))
        rows.append(("cold start of `beleidskennis search`", f"{statistics.median(cold_start(index, 5)):.2f} s", ""))
    print("| what | time | of plain pypdf |\n|---|--:|--:|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
