"""Times of taking in, of a warm query and of a cold start, beside plain pypdf on the same cores in the same run.

    python benchmarks/ingest_and_search.py FOLDER [--questions QUESTIONS.jsonl] [--rounds 3]

Prints a Markdown table. Timings on shared machines are noisy: look at the ratios, which come from one run, and at the
processor time, which other programs touch least. A question is timed when it is asked for the first time: each round
opens the library anew and warms it with other questions, for vectors of questions are remembered.
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

WARMING = ["duurzame energie", "wat kost een parkeervergunning", "regels voor evenementen", "toegankelijke website"]
QUESTIONS = ["krapte op de arbeidsmarkt", "hoeveel woningen komen erbij", "wie betaalt de tram", "hulp voor starters"]


def extract(path):
    """Plain pypdf: the text of every page."""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(path).pages]


def timed(work):
    """`(seconds, processor seconds, result)` of one call; child processes that have ended count too."""
    started, used = time.perf_counter(), processor_seconds()
    result = work()
    return time.perf_counter() - started, processor_seconds() - used, result


def processor_seconds():
    return sum(os.times()[:4])


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
    """`(milliseconds, processor milliseconds)` of each query, in a warm library that has not seen it before."""
    times = []
    for _ in range(rounds):
        with Library.open(Settings(index=index)) as library:
            for question in WARMING:
                library.search(question, mode=mode)
            for question in questions:
                started, used = time.perf_counter(), time.process_time()
                library.search(question, mode=mode)
                times.append((1000 * (time.perf_counter() - started), 1000 * (time.process_time() - used)))
    return times


def p95(values):
    return sorted(values)[int(0.95 * (len(values) - 1))]


def cold_start(index, rounds):
    """`(seconds, processor seconds)` of `beleidskennis search` as a new process, the median of each."""
    command = [sys.executable, "-m", "beleidskennis", "--index", str(index), "search", QUESTIONS[0]]
    found = [timed(lambda: subprocess.run(command, check=True, capture_output=True))[:2] for _ in range(rounds)]
    return tuple(statistics.median(column) for column in zip(*found, strict=True))


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
            *serial, pages = timed(lambda: plain_serial(files))
            *parallel, _ = timed(lambda: plain_parallel(files))
            *whole, report = timed(lambda: ingest(options.folder, index))
            rounds.append((whole[0] / serial[0], serial, parallel, whole))
        _ratio, serial, parallel, whole = sorted(rounds)[len(rounds) // 2]
        rows.append(("pages, passages", f"{pages}, {report.passages}", "", ""))
        cores = os.cpu_count()
        named = (("plain pypdf, one process", serial), (f"plain pypdf, {cores} processes", parallel))
        for name, (seconds, used) in (*named, ("`beleidskennis ingest`, all of it", whole)):
            ratios = f"{seconds / serial[0]:.1f}, {used / serial[1]:.1f}"
            rows.append((name, f"{seconds:.2f} s", f"{used:.2f} s", ratios))
        for mode in Mode:
            times = warm_queries(index, asked, mode, options.rounds)
            shown = [f"{statistics.median(column):.1f}, {p95(column):.1f} ms" for column in zip(*times, strict=True)]
            rows.append((f"warm query, {mode.value}: median, p95", *shown, ""))
        seconds, used = cold_start(index, 5)
        rows.append(("cold start of `beleidskennis search`", f"{seconds:.2f} s", f"{used:.2f} s", ""))
    print("| what | time | processor time | of plain pypdf: time, processor time |\n|---|--:|--:|--:|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
