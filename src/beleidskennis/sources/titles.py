"""Title and kind of a document, from its metadata, its first page and what recurs on its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from beleidskennis.pdf.types import Line, RawPage

# Kinds, most telling first: the label, and the words (as the end of a compound too: "visieadvies").
KINDS: tuple[tuple[str, str], ...] = (
    ("raadsvoorstel", r"raadsvoorstel"),
    ("raadsbrief", r"raads(?:informatie)?brief|wethoudersbrief|collegebrief"),
    ("kamerbrief", r"kamerbrief|brief aan de (?:tweede|eerste) kamer"),
    ("initiatiefvoorstel", r"initiatief(?:voorstel|nota)"),
    ("coalitieakkoord", r"coalitieakkoord|collegeprogramma|hoofdlijnenakkoord|regeerakkoord|bestuursakkoord"),
    ("actieagenda", r"actie(?:agenda|plan|programma)|uitvoerings(?:agenda|programma|plan)|werkagenda"),
    ("rekenkamerrapport", r"rekenkamer(?:rapport|onderzoek|brief)"),
    ("evaluatie", r"(?:\w*evaluatie)(?:rapport|onderzoek)?"),
    ("onderzoeksrapport", r"onderzoeks?rapport(?:age)?|onderzoek naar|verkenning|economische verkenningen?"),
    ("monitor", r"\w*monitor|barometer"),
    ("jaarverslag", r"jaar(?:verslag|rekening|rapportage)"),
    ("begroting", r"\w*begroting"),
    ("advies", r"\w*advies|briefadvies|adviesrapport"),
    ("visie", r"\w*visie"),
    ("strategie", r"\w*strategie|\w+agenda"),
    ("nota", r"\w*nota|beleidskader|startnotitie|notitie"),
    ("programma", r"\w*programma"),
    ("convenant", r"convenant|\w*akkoord|city deal|regiodeal"),
    ("factsheet", r"factsheet|infographic"),
    ("artikel", r"\w*artikel|essay|opinie|column|blog"),
    ("rapport", r"\w*rapport(?:age)?"),
)  # fmt: skip
_KIND_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in KINDS)
_WEAK_KINDS = frozenset({"strategie", "programma", "visie", "nota", "monitor", "begroting", "convenant", "evaluatie"})
"""Words that are also common in running text: they only count in a title, a file name or after "dit"."""
_SELF = r"\b(?:dit|deze|ons|onze|voorliggende?|onderhavige?|ligt (?:het|de|een))\s+(?:\w+\s+)?"
_ENOUGH = 2.0
_RESEARCH = re.compile(r"\bonderzo(?:ek|cht)|\banalyses?\b|\bonderzoeksvra", re.IGNORECASE)

_NO_TITLE = re.compile(
    r"^(?:microsoft\b.*|untitled.*|unnamed.*|naamloos.*|document ?\d*|presentatie ?\d*|presentation ?\d*|slide ?\d+|"
    r"dia ?\d+|word[- ]document.*|title|titel|layout \d+|blank|opmaak \d+|pagina \d+|page \d+|anonymous|unspecified|"
    r"scan.*|img.*|powerpoint.*|template.*|sjabloon.*|concept|definitief|bijlage ?\d*|"
    r".*\.(?:docx?|pptx?|xlsx?|indd|qxd|qxp|pdf|fm|book|odt|rtf))$",
    re.IGNORECASE,
)
_GENERIC_HEADING = re.compile(
    r"^(?:[\divxlc.]*\s*)?(?:(?:management)?samenvatting|voorwoord|inleiding|inhoud(?:sopgave)?|colofon|bijlagen?|literatuur|"
    r"bronnen|leeswijzer|conclusies?|advies|rapport|aanleiding|agenda|nota|visie|ten geleide|summary|contents|foreword|"
    r"introduction|conclusies en aanbevelingen|aanbevelingen|deel \w+|hoofdstuk \w+)$",
    re.IGNORECASE,
)


def plausible_title(text: str) -> bool:
    """Whether a metadata title can be one: not a program's default, a file name or a code."""
    text = text.strip()
    words = re.findall(r"[^\W\d_]{2,}", text)
    if not 4 <= len(text) <= 250 or not words or _NO_TITLE.match(text) or _GENERIC_HEADING.match(text):
        return False
    return not ((" " not in text and (re.search(r"[_\d]", text) or len(words) > 2)) or text.count("_") > 1)


def title_on_first_page(page: RawPage) -> str:
    """The lines in the largest type at the top of a first page, joined; "" if none stand out."""
    lines = [line for line in page.lines if re.search(r"[^\W\d_]{2,}", line.text)]
    if not lines:
        return ""
    largest = max(line.size for line in lines)
    body = median(line.size for line in lines)
    at = next(index for index, line in enumerate(lines) if line.size == largest)
    if at > max(3, 0.4 * len(lines)) or (len(lines) > 3 and largest < 1.15 * body):
        return ""
    chosen: list[Line] = []
    for line in lines[at : at + 6]:
        if line.size < 0.95 * largest:
            if re.match(r"[a-zà-ÿ]", line.text.strip()):
                return ""  # the first words of a sentence that goes on in smaller type
            break
        chosen.append(line)
    title = re.sub(r"\s+", " ", " ".join(_dehyphenated([line.text for line in chosen]))).strip(" .:-–")
    return title if 4 <= len(title) <= 250 and not _GENERIC_HEADING.match(title) else ""


def recurring_lines(pages: Sequence[RawPage]) -> tuple[str, ...]:
    """Lines among the first or last three of a page that recur on a third of the pages or more; numbers may differ."""
    counts: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = {}
    for page in pages:
        texts = [line.text.strip() for line in page.lines]
        for text in dict.fromkeys([*texts[:3], *texts[-3:]]):
            key = re.sub(r"\d+", "#", text).casefold()
            if re.search(r"[^\W\d_]{3,}", text) and len(text) < 150:
                counts[key] += 1
                shown.setdefault(key, Counter())[text] += 1
    needed = max(2, len(pages) / 3)
    return tuple(shown[key].most_common(1)[0][0] for key, count in counts.most_common() if count >= needed)


def running_title(pages: Sequence[RawPage], heads: Sequence[str]) -> str:
    """A title that the pages repeat: a line (or part of one) that names the kind of document."""
    counts = Counter(line.text.strip() for page in pages for line in page.lines if len(line.text) < 120)
    repeated = [text for text, count in counts.most_common(40) if count >= max(2, len(pages) / 4)]
    candidates = [part.strip() for text in (*heads, *repeated) for part in re.split(r"\s+[|•·]\s+", text)]
    for candidate in candidates:
        named = any(kind not in _WEAK_KINDS and pattern.search(candidate) for kind, pattern in _KIND_PATTERNS)
        words = re.findall(r"[^\W\d_]{2,}", candidate)
        if named and 2 <= len(words) <= 14 and plausible_title(candidate):
            return candidate
    return ""


def title_from_name(path: Path, text: str = "") -> str:
    """The file name as a title of last resort, with the capitals that `text` has.

    >>> title_from_name(Path("structuur-den-haag-2020.pdf"), "De stad Den Haag. Den Haag is groot.")
    'Structuur Den Haag 2020'
    """
    words = re.sub(r"[_\-+.\s]+", " ", path.stem).split() or [path.name]
    for index, word in enumerate(words):
        capital = word[0].upper() + word[1:]
        if len(re.findall(rf"\b{re.escape(capital)}\b", text)) > len(re.findall(rf"\b{re.escape(word)}\b", text)):
            words[index] = capital
    title = re.sub(r"((?:19|20)\d\d) ((?:19|20)\d\d)$", r"\1-\2", " ".join(words))
    return title[0].upper() + title[1:]


def guess_kind(title: str, name: str, text: str) -> str:
    """The kind of document, or "": by the words of the title, the file name, and what the text calls itself."""
    name = re.sub(r"[_\-.]+", " ", name)
    scores: dict[str, float] = {}
    for kind, pattern in _KIND_PATTERNS:
        weak = kind in _WEAK_KINDS
        score = (3 if weak else 8) * bool(pattern.search(title)) + (2 if weak else 6) * bool(pattern.search(name))
        own = len(re.findall(rf"{_SELF}(?:{pattern.pattern})", text, re.IGNORECASE))
        scores[kind] = score + min(6, 2 * own) + (0 if weak else min(2, 0.5 * len(pattern.findall(text))))
    kind = max(scores, key=lambda key: scores[key])
    return _refined(kind, text) if scores[kind] >= _ENOUGH else ""


def _refined(kind: str, text: str) -> str:
    """A report that speaks of its research is a research report."""
    return "onderzoeksrapport" if kind == "rapport" and len(_RESEARCH.findall(text)) >= 2 else kind


def _dehyphenated(lines: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for line in (text.strip() for text in lines):
        if joined and re.search(r"[a-zà-ÿ]-$", joined[-1]) and re.match(r"[a-zà-ÿ]", line):
            joined[-1] = joined[-1][:-1] + line
        else:
            joined.append(line)
    return joined
