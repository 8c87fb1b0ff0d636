"""Search at 10,000, 100,000 and 1,000,000 passages: time, memory and disk, beside what else one could use.

    python benchmarks/scale.py [--passages 10000 100000] [--model beleidskennis-nl] [--work FOLDER] [--keep]

The corpus is recombined from the sample corpus (`scale_corpus.py` says how). Each system runs in a process of its own,
one thread, one after the other in the same run: beleidskennis (the catalogue and index as users have them); LangChain's
EnsembleRetriever over rank-bm25 and FAISS, up to --ensemble-up-to passages; bare bm25s and bare FAISS, which find
nothing but row numbers and so are the floor. The last two need: pip install bm25s langchain-classic
langchain-community. Each question is asked once. Beside the time on the clock stands that on the processor, which is
what to look at where other work runs on the machine.
"""

import argparse
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from unittest import mock

import numpy as np
import scale_corpus

from beleidskennis import ingest
from beleidskennis.catalogue import Catalogue
from beleidskennis.deriving import derive
from beleidskennis.embeddings import load_encoder
from beleidskennis.index import CATALOGUE_FILE, current_generation
from beleidskennis.library import Library
from beleidskennis.model import Filters
from beleidskennis.search import Mode
from beleidskennis.settings import Settings

ROOT = Path(__file__).parents[1]
ASKED = 200
"""Questions: those of the sample sets, filled up with beginnings of sentences."""
RECALL_AT = 50


def questions(sample):
    """Questions, each of them once."""
    found = []
    for name in ("sample-questions", "answerability"):
        lines = (ROOT / f"tests/data/{name}.jsonl").read_text(encoding="utf-8").splitlines()
        found += [json.loads(line)["question"] for line in lines]
    found += [" ".join(text.split()[:9]) for text in sample.sentences]
    return list(dict.fromkeys(found))[:ASKED]


def clocks():
    return np.array([time.perf_counter(), time.process_time()])


def timed(work):
    """`(seconds on the clock, seconds on the processor, result)` of one call."""
    before = clocks()
    result = work()
    wall, processor = (clocks() - before).tolist()
    return wall, processor, result


def percentiles(name, work, asked):
    """Median and 95th percentile in milliseconds of `work` over questions, after five to warm up."""
    for question in asked[-5:]:
        work(question)
    took = np.array([timed(lambda question=question: work(question))[:2] for question in asked]) * 1000
    p50, p95 = np.percentile(took, [50, 95], axis=0)
    return {f"{name} p50": p50[0], f"{name} p95": p95[0], f"{name} cpu p50": p50[1], f"{name} cpu p95": p95[1]}


def memory():
    """Megabytes that this process holds: all of it, and what is not simply a file that is mapped."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    read = {name: int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon")}
    return {"memory MB": read["VmRSS"], "of which not mapped MB": read["RssAnon"]}


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def disk(folder):
    """Megabytes under a folder, linked files once."""
    sizes = {(stat := path.stat()).st_ino: stat.st_size for path in folder.rglob("*") if path.is_file()}
    return sum(sizes.values()) / 1e6


# Each system, in a process of its own


def ours_build(options, sample):
    index = options.index
    shutil.rmtree(index, ignore_errors=True)
    index.mkdir(parents=True)
    catalogue = Catalogue.open(index / CATALOGUE_FILE)
    filled, _, _ = timed(lambda: scale_corpus.fill(catalogue, sample, options.size))
    wall, processor, _ = timed(lambda: derive(catalogue, index, sample.model))
    catalogue.close()
    place = index / current_generation(index)
    return {
        "catalogue s": filled,
        "index s": wall,
        "index cpu s": processor,
        "building memory MB": peak(),
        "catalogue MB": (index / CATALOGUE_FILE).stat().st_size / 1e6,
        **{f"{part} MB": disk(place / part) for part in ("lexical", "vectors", "sentences")},
    }


def ours_ask(options, sample):
    asked = questions(sample)
    opened, _, library = timed(lambda: Library.open(Settings(index=options.index, model=options.model)))
    with library:
        opened += timed(library.opened)[0]
        figures = {"open s": opened, "first query s": timed(lambda: library.search("krapte op de arbeidsmarkt"))[0]}
        for mode in Mode:
            figures |= percentiles(mode.value, lambda text, mode=mode: library.search(text, mode=mode), asked)
        some = Filters(publishers=("Adviesraad 7",), years=(2000, 2020))
        figures |= percentiles("filtered", lambda text: library.search(text, filters=some), asked)
        figures |= percentiles("typing error", lambda text: library.search(slip(text)), asked)
        gc.collect()
        figures |= memory()
        figures |= recall(library, options, sample, asked[:50])
        figures |= add_one(library)
    return figures


def slip(text):
    """The text with two letters of its longest word swapped."""
    longest = max(text.split(), key=len)
    return text.replace(longest, longest[:3] + longest[4:5] + longest[3:4] + longest[5:])


def recall(library, options, sample, asked):
    """Share of the 50 nearest rows by exact search that the index finds too."""
    vectors = library.opened().snapshot.vectors
    queries = library.encoder.encode_queries(asked)
    nearest = [np.empty(0)] * len(asked)
    scores = [np.empty(0)] * len(asked)
    base = 0
    for _document, _pages, made, wholes, _parts in scale_corpus.documents(sample, options.size):
        for number, row in enumerate(queries @ wholes.T):
            scores[number] = np.append(scores[number], row)
            nearest[number] = np.append(nearest[number], np.arange(base, base + len(made)))
            if len(scores[number]) > 40 * RECALL_AT:
                keep = np.argsort(-scores[number], kind="stable")[:RECALL_AT]
                scores[number], nearest[number] = scores[number][keep], nearest[number][keep]
        base += len(made)
    shares = []
    for number, query in enumerate(queries):
        exact = nearest[number][np.argsort(-scores[number], kind="stable")[:RECALL_AT]]
        shares.append(len(np.intersect1d(exact, vectors.top(query, RECALL_AT)[0])) / RECALL_AT)
    return {"recall at 50": float(np.mean(shares))}


def add_one(library):
    """Seconds until a search in an open library finds a 20-page PDF, from the call that takes it in."""
    with tempfile.TemporaryDirectory() as folder:
        figures = {}
        for number, name in enumerate(("a first", "a second")):
            pdf = twenty_pages(Path(folder) / f"nieuw-{number}.pdf", number)
            only = Filters(documents=(pdf.name,))
            index_seconds = []
            with mock.patch.object(ingest, "derive", partial(_timed_derive, index_seconds)):
                took, _, report = timed(lambda pdf=pdf: library.ingest([pdf]))
            seen, _, result = timed(lambda only=only: library.search("werk en wonen in de stad", filters=only))
            if not result.hits or report.passages == 0:
                raise SystemExit("the document that was added is not found")
            figures |= {f"{name} document taken in s": took, f"{name} document first query s": seen}
            figures[f"{name} document of which the index s"] = sum(index_seconds)
            figures[f"{name} document visible s"] = took + seen
        return figures


def _timed_derive(seconds, *given):
    wall, _, changed = timed(lambda: derive(*given))
    seconds.append(wall)
    return changed


def twenty_pages(path, number):
    """A PDF of 20 pages of the sample corpus; each `number` gives another one."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    pages = [page for file in sorted((ROOT / "corpus").glob("*.pdf")) for page in PdfReader(file).pages]
    for page in pages[number : number + 20]:
        writer.add_page(page)
    writer.add_metadata({"/Keywords": str(time.time_ns())})  # new to an index that saw an earlier run
    writer.write(path)
    return path


def texts_and_vectors(options, sample):
    texts, vectors = [], np.empty((options.size, sample.vectors.shape[1]), dtype=np.float32)
    for _document, _pages, made, wholes, _parts in scale_corpus.documents(sample, options.size):
        vectors[len(texts) : len(texts) + len(made)] = wholes
        texts += [passage.text for passage in made]
    return texts, vectors


def floor(options, sample):
    import bm25s
    import faiss

    faiss.omp_set_num_threads(1)
    encoder = load_encoder(options.model)
    asked = questions(sample)
    texts, vectors = texts_and_vectors(options, sample)

    def build():
        words = bm25s.BM25()
        tokens = bm25s.tokenize(texts, stopwords=None, show_progress=False)
        texts.clear()
        words.index(tokens, show_progress=False)
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        return words, flat

    wall, processor, (words, flat) = timed(build)
    vectors.resize(0, refcheck=False)  # FAISS has its own copy

    def by_words(text):
        return words.retrieve(bm25s.tokenize(text, stopwords=None, show_progress=False), k=200, show_progress=False)

    def by_meaning(text):
        return flat.search(encoder.encode_queries([text]), 200)

    return {
        "index s": wall,
        "index cpu s": processor,
        "building memory MB": peak(),
        **percentiles("woorden", by_words, asked),
        **percentiles("betekenis", by_meaning, asked),
        **percentiles("hybride", lambda text: (by_words(text), by_meaning(text)), asked),
        **memory(),
    }


def ensemble(options, sample):
    import warnings

    warnings.simplefilter("ignore")
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_community.vectorstores import FAISS

    encoder = load_encoder(options.model)

    class Embeddings:
        def embed_query(self, text):
            return encoder.encode_queries([text])[0].tolist()

        def embed_documents(self, texts):
            return encoder.encode_passages(texts).tolist()

        __call__ = embed_query

    texts, vectors = texts_and_vectors(options, sample)

    def build():
        by_words = BM25Retriever.from_texts(texts, k=10)
        store = FAISS.from_embeddings(zip(texts, vectors, strict=True), Embeddings())
        by_meaning = store.as_retriever(search_kwargs={"k": 10})
        return EnsembleRetriever(retrievers=[by_words, by_meaning], weights=[0.5, 0.5])

    wall, processor, retriever = timed(build)
    some = questions(sample)[: 40 if options.size > 20_000 else None]
    return {
        "index s": wall,
        "index cpu s": processor,
        "building memory MB": peak(),
        **percentiles("hybride", retriever.invoke, some),
        **memory(),
    }


SYSTEMS = {"ours_build": ours_build, "ours_ask": ours_ask, "floor": floor, "ensemble": ensemble}


def run(system, size, options, sample):
    """The figures of one system at one size, from a process of its own."""
    command = [sys.executable, __file__, "--child", system, "--size", str(size), "--sample", str(sample)]
    command += ["--index", str(options.work / f"index-{size}"), "--model", options.model]
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, env=os.environ | one_thread, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return {"failed": done.returncode}
    return json.loads(done.stdout.splitlines()[-1])


def table(figures):
    """Markdown: a row a measure, a column a system and size."""
    columns = list(figures)
    names = list(dict.fromkeys(name for column in columns for name in figures[column]))
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "--:|" * len(columns)]
    for name in names:
        values = [figures[column].get(name) for column in columns]
        shown = ["" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.3g}" for value in values]
        lines.append(f"| {name} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--model", default="beleidskennis-nl")
    parser.add_argument("--ensemble-up-to", type=int, default=100_000)
    parser.add_argument("--systems", nargs="+", default=list(SYSTEMS), choices=list(SYSTEMS))
    parser.add_argument("--work", type=Path, help="where the indexes go; a temporary folder if left out")
    parser.add_argument("--keep", action="store_true", help="leave the indexes in --work")
    parser.add_argument("--child", choices=list(SYSTEMS), help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--sample", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(SYSTEMS[options.child](options, scale_corpus.load(options.sample))))
        return
    with tempfile.TemporaryDirectory() as temporary:
        options.work = options.work or Path(temporary)
        sample = options.work / "sample.json"
        options.work.mkdir(parents=True, exist_ok=True)
        scale_corpus.save(scale_corpus.read_sample(ROOT / "corpus", options.model), sample)
        figures = {}
        for size in options.passages:
            for system in options.systems:
                if system != "ensemble" or size <= options.ensemble_up_to:
                    name = f"{system.partition('_')[0]} {size:,}"
                    figures[name] = figures.get(name, {}) | run(system, size, options, sample)
                    print(name, system, json.dumps(figures[name]), file=sys.stderr, flush=True)
            if not options.keep:
                shutil.rmtree(options.work / f"index-{size}", ignore_errors=True)
        print(table(figures))


if __name__ == "__main__":
    main()
