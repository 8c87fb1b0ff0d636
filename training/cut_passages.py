"""Cuts PDFs into plain chunks of about 110 words: a stand-in for `beleidskennis passages --jsonl` when training.

python training/cut_passages.py FOLDER-WITH-PDFS > passages.jsonl
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

WORDS = 110


def main() -> None:
    """Writes one JSON object a chunk to standard output."""
    from pypdf import PdfReader

    for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
        for number, page in enumerate(PdfReader(path).pages, start=1):
            text = re.sub(r"(?<=\w)-\s*\n\s*(?=[a-z])", "", page.extract_text() or "")
            sentences = re.split(r"(?<=[.!?:;])\s+|\n\s*[•–-]\s", text)
            chunk: list[str] = []
            for sentence in [*sentences, None]:
                if chunk and (sentence is None or len(chunk) + len(sentence.split()) > WORDS):
                    print(json.dumps({"document": path.name, "page_number": number, "text": " ".join(chunk)}))
                    chunk = []
                if sentence:
                    chunk += sentence.split()


if __name__ == "__main__":
    main()
