"""How long pages of the app take over a real connection, for one visitor and for many at once.

    python benchmarks/grown.py INDEX --documents 1000
    python benchmarks/sessions.py INDEX [--visitors 20] [--rounds 10] [--ingest PDF...]

Starts the app over an index, and speaks to it as a browser does (a websocket, Streamlit's own messages): a page is
asked for, and has answered when its script has finished and its last message has come. The first visit to each page, in
a process that was just started, is given apart; so is the processor time that the app took (on Linux), which other work
on the machine does not lengthen. With `--ingest`, files are taken in meanwhile (a copy of the index is used), and what
is counted is how many answers came from the old and the new index, and how many failed. Prints a Markdown table.
"""

import argparse
import asyncio
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode

ROOT = Path(__file__).parent.parent
QUESTION = "krapte op de arbeidsmarkt"
PAGES = {
    "Zoeken, leeg": ("", {}),
    "Zoeken, een vraag": ("", {"q": QUESTION}),
    "Zoeken, met een filter": ("", {"q": QUESTION, "jaar": "2021"}),
    "Aanbevelingen, alle": ("aanbevelingen", {}),
    "Aanbevelingen, een vraag": ("aanbevelingen", {"q": "stages in de techniek"}),
    "Aanbevelingen, in cijfers": ("aanbevelingen", {"vorm": "cijfers"}),
    "Vergelijken, overzicht": ("vergelijken", {}),
    "Vergelijken, naast elkaar": ("vergelijken", {"vorm": "naast", "onderwerp": "onderwijs-en-talent"}),
    "Vergelijken, in de tijd": ("vergelijken", {"vorm": "tijd"}),
    "Vragen": ("vragen", {"q": "Hoeveel woningen wil de stad tot 2030 bouwen?"}),
    "Citeren, leeg": ("citeren", {}),
    "Documenten": ("documenten", {}),
    "Verzamelmap": ("verzamelmap", {}),
    "Kwaliteit": ("kwaliteit", {}),
    "Over": ("over", {}),
}


class Visitor:
    """A browser without a screen: a connection to the app."""

    def __init__(self, address):
        self.address = address

    async def __aenter__(self):
        import websockets

        self.connection = await websockets.connect(
            f"ws://{self.address}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            origin=f"http://{self.address}",
        )
        self.hashes = {}
        return self

    async def __aexit__(self, *_):
        await self.connection.close()

    async def ask(self, page, parameters):
        """Seconds until the page was whole, and its words."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        message = BackMsg()
        message.rerun_script.query_string = urlencode(parameters, quote_via=quote)
        message.rerun_script.page_name = page
        started = time.perf_counter()
        await self.connection.send(message.SerializeToString())
        texts = []
        while True:
            got = ForwardMsg()
            got.ParseFromString(await asyncio.wait_for(self.connection.recv(), 300))
            kind = got.WhichOneof("type")
            if kind == "delta" and got.delta.new_element.HasField("html"):
                texts.append(got.delta.new_element.html.body)
            elif kind == "script_finished":
                return time.perf_counter() - started, "\n".join(texts)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class App:
    """The app over an index, in a process of its own."""

    def __init__(self, index):
        self.address = f"127.0.0.1:{free_port()}"
        program = [sys.executable, "-c", "from beleidskennis.cli import main; main()", "app", "--no-browser"]
        program += ["--port", self.address.partition(":")[2], "--address", "127.0.0.1"]
        environment = os.environ | {"BELEIDSKENNIS_INDEX": str(index), "BELEIDSKENNIS_CORPUS": str(ROOT / "corpus")}
        self.process = subprocess.Popen(program, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)

    def __enter__(self):
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://{self.address}/_stcore/health", timeout=2).close()
                return self
            except OSError:
                time.sleep(0.2)
        raise SystemExit("the app did not start within two minutes")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)


def processor_seconds(process):
    """Processor time that a process has used; none where the system does not say."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def one_visitor(app, rounds):
    """Milliseconds of each page, the first visit to it first; and the processor's for all visits after the first."""
    times, processor = {name: [] for name in PAGES}, {}
    async with Visitor(app.address) as visitor:
        for _ in range(rounds + 1):
            for name, (page, parameters) in PAGES.items():
                seconds, texts = await visitor.ask(page, parameters)
                if "role='alert'" in texts:
                    raise SystemExit(f"{name}: an error was shown")
                times[name].append(1000 * seconds)
        for name, (page, parameters) in PAGES.items():
            before = processor_seconds(app.process)
            for _ in range(rounds):
                await visitor.ask(page, parameters)
            if rounds and before is not None:
                processor[name] = 1000 * (processor_seconds(app.process) - before) / rounds
    return times, processor


async def many_visitors(address, count, seconds, look):
    """What so many visitors saw who each searched on and on: milliseconds, and counts of what `look` made of it."""
    times, seen = [], {}

    async def visit(number):
        async with Visitor(address) as visitor:
            names = list(PAGES)[1:6]
            end, turn = time.perf_counter() + seconds, number
            while time.perf_counter() < end:
                page, parameters = PAGES[names[turn % len(names)]]
                took, texts = await visitor.ask(page, parameters)
                times.append(1000 * took)
                for kind in look(texts):
                    seen[kind] = seen.get(kind, 0) + 1
                turn += 1
                await asyncio.sleep(0.5)  # somebody reads

    await asyncio.gather(*(visit(number) for number in range(count)))
    return times, seen


def row(name, times, first=None, processor=None):
    ordered = sorted(times)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    cells = [first, statistics.median(ordered), p95, processor]
    return f"| {name} | " + " | ".join("" if one is None else f"{one:.0f}" for one in cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--ingest", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    print("| page | first visit, ms | median | p95 | processor |\n|---|--:|--:|--:|--:|")
    with App(given.index) as app:
        pages, processor = asyncio.run(one_visitor(app, given.rounds))
        for name, times in pages.items():
            print(row(name, times[1:], times[0], processor.get(name)), flush=True)
        times, seen = asyncio.run(many_visitors(app.address, given.visitors, given.seconds, faults))
        print(row(f"{given.visitors} visitors at once, half a second apart", times), json.dumps(seen))
    if given.ingest:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "index"
            shutil.copytree(given.index, copy)
            with App(copy) as app:
                asyncio.run(one_visitor(app, 0))
                program = [sys.executable, "-c", "from beleidskennis.cli import main; main()"]
                command = [*program, "--index", str(copy), "ingest", *map(str, given.ingest)]
                writer = subprocess.Popen(command, stdout=subprocess.DEVNULL)
                times, seen = asyncio.run(many_visitors(app.address, given.visitors, given.seconds, faults))
                print(row(f"{given.visitors} visitors while files are taken in", times), json.dumps(seen))
                print("ingest:", writer.wait())


def faults(texts):
    """What went wrong on a page, if anything did."""
    return ["errors"] if "role='alert'" in texts else ["whole pages"]


if __name__ == "__main__":
    main()
