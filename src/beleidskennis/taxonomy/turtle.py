"""Reads Turtle (RDF 1.1), as far as SKOS files use it, without a dependency.

Prefixes, base, comments, `a`, predicate lists (`;`), object lists (`,`), strings of one or more lines with a language
or a datatype, numbers and booleans. Blank nodes and collections are refused: SKOS concept schemes do not need them.
`tests/test_taxonomy.py` holds this reader against rdflib on the shipped files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from beleidskennis.errors import TaxonomyError

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?:[^\W\d_][\w-]*)?:(?:[\w:%-]|\\.|\.(?=[\w:%.-]))*)
    |(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<word>[A-Za-z]+)
    |(?P<mark>\^\^|[.;,\[\]()])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Literal:
    """A text with its language tag ("" if it has none)."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Triple:
    """Subject and predicate are full URIs; the object is a URI or a literal. `line` counts from 1."""

    subject: str
    predicate: str
    object: str | Literal
    line: int


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int


def parse(text: str) -> tuple[Triple, ...]:
    """The triples of a Turtle text, in order. Raises `TaxonomyError` naming the line that cannot be read."""
    return tuple(_Reader(list(_tokens(text))).triples())


def _tokens(text: str) -> Iterator[_Token]:
    position, line = 0, 1
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _error(line, f"onleesbaar teken bij “{text[position : position + 20].splitlines()[0]}”")
        if match.lastgroup != "space":
            yield _Token(str(match.lastgroup), match.group(), line)
        line += match.group().count("\n")
        position = match.end()


def _error(line: int, what: str) -> TaxonomyError:
    return TaxonomyError(f"Regel {line}: {what}.", "Verbeter deze regel; zie docs/taxonomy.md voor de vorm.")


class _Reader:
    """One pass over the tokens."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._prefixes: dict[str, str] = {}
        self._base = ""

    def triples(self) -> Iterator[Triple]:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.text.lower() in ("@prefix", "prefix", "@base", "base"):
                self._directive()
            else:
                yield from self._statement()

    def _next(self) -> _Token:
        if self._at >= len(self._tokens):
            last = self._tokens[-1].line if self._tokens else 1
            raise _error(last, "het bestand houdt midden in een regel op (ontbreekt er een punt?)")
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def _directive(self) -> None:
        word = self._next()
        if word.text.lower().endswith("prefix"):
            name = self._next()
            if not name.text.endswith(":"):
                raise _error(name.line, f"na @prefix hoort een naam met een dubbele punt, niet “{name.text}”")
            self._prefixes[name.text[:-1]] = self._iri(self._next())
        else:
            self._base = self._iri(self._next())
        if word.text.startswith("@") and self._next().text != ".":
            raise _error(word.line, f"{word.text} eindigt niet met een punt")

    def _statement(self) -> Iterator[Triple]:
        subject = self._iri(self._next())
        while True:
            predicate_token = self._next()
            predicate = RDF_TYPE if predicate_token.text == "a" else self._iri(predicate_token)
            while True:
                line = self._tokens[min(self._at, len(self._tokens) - 1)].line
                yield Triple(subject, predicate, self._object(), line)
                mark = self._next()
                if mark.text != ",":
                    break
            while mark.text == ";" and self._peek() == ";":
                mark = self._next()
            if mark.text == ";" and self._peek() == ".":
                mark = self._next()
            if mark.text == ".":
                return
            if mark.text != ";":
                raise _error(mark.line, f"hier hoort een komma, puntkomma of punt, niet “{mark.text[:30]}”")

    def _object(self) -> str | Literal:
        token = self._next()
        if token.kind == "string":
            quote = 3 if token.text.startswith('"""') else 1
            value = _ESCAPE.sub(_unescape, token.text[quote:-quote])
            if self._peek().startswith("@"):
                return Literal(value, self._next().text[1:].lower())
            if self._peek() == "^^":
                self._next()
                self._iri(self._next())
            return Literal(value)
        if token.kind == "number" or token.text in ("true", "false"):
            return Literal(token.text)
        return self._iri(token)

    def _iri(self, token: _Token) -> str:
        if token.kind == "iri":
            iri = token.text[1:-1]
            return iri if ":" in iri else self._base + iri
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix not in self._prefixes:
                raise _error(token.line, f"het voorvoegsel “{prefix}:” is niet bekend (ontbreekt een @prefix?)")
            return self._prefixes[prefix] + local.replace("\\", "")
        raise _error(token.line, f"hier hoort een naam of adres, niet “{token.text[:30]}”")


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    if code[0] in "uU" and len(code) > 1:
        return chr(int(code[1:], 16))
    return _ESCAPED.get(code, code)
