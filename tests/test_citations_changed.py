"""Sentences of the sample corpus as drafts: word for word they hold, and with one thing changed they do not."""

from __future__ import annotations

import re

import pytest

from beleidskennis.citations import check_sentence

LEAST, MOST = 8, 30
"""Words of a sentence that says something on its own."""
EACH = 60
"""Sentences of each kind: evenly taken, so that every document has its share."""


def _sentences(library):
    for passage in library.passages():
        if passage.kind.is_running_text:
            for start, end in passage.sentences:
                text = " ".join(passage.text[start:end].split())
                if LEAST <= len(text.split()) <= MOST and text.endswith("."):
                    yield text


def other_year(text):
    """The sentence with its first year three years later; None without a year."""
    match = re.search(r"\b(?:19|20)\d\d\b", text)
    return match and f"{text[: match.start()]}{int(match[0]) + 3}{text[match.end() :]}"


def other_amount(text):
    """The sentence with its first amount or percentage doubled and a bit; None without one."""
    match = re.search(r"(?<![\d.,])(\d{1,3})(?= procent\b| miljoen\b|\.000\b)", text)
    return match and f"{text[: match.start()]}{int(match[0]) * 2 + 3}{text[match.end() :]}"


def denied(text):
    """The sentence with "niet" after its first verb; None if it has no plain place for one."""
    match = re.search(r"\b(?:is|zijn|heeft|wordt|worden|kan|kunnen|moet|moeten) (?!niet|geen|een|er)", text)
    if not match or re.search(r"\b(?:niet|geen|nooit|zonder|nauwelijks)\b", text):
        return None
    return f"{text[: match.end()]}niet {text[match.end() :]}"


def affirmed(text):
    """The sentence without its "niet"; None if that is not all that denies in it."""
    plain = text.replace(" niet ", " ", 1)
    return plain if plain != text and not re.search(r"\b(?:niet|geen|nooit|zonder)\b|\bniet alleen\b", plain) else None


@pytest.fixture(scope="module")
def sentences(sample_library):
    return list(dict.fromkeys(_sentences(sample_library)))


def even(items):
    return items[:: max(1, len(items) // EACH)]


def supported(library, text):
    verdict = check_sentence(text, library.corpus()).verdict
    return None if verdict is None else verdict.is_support


def test_what_a_page_says_word_for_word_is_supported(sample_library, sentences):
    found = [(text, supported(sample_library, text)) for text in even(sentences)]
    assert [text for text, holds in found if holds is False] == []
    assert sum(holds is True for _, holds in found) > 0.8 * len(found)


@pytest.mark.parametrize(
    ("change", "least"), [(other_year, 0.95), (other_amount, 0.95), (denied, 0.95), (affirmed, 0.75)]
)
def test_a_sentence_with_one_thing_changed_is_seen(sample_library, sentences, change, least):
    changed = [new for text in sentences if (new := change(text))]
    assert len(changed) >= 15
    held = [text for text in even(changed) if supported(sample_library, text)]
    assert len(held) <= (1 - least) * len(even(changed)), held
