"""Recommendations for tests, without a document being read."""

import hashlib

from beleidskennis.model import Document, DocumentId, Label, LabelSource, PassageId, Recommendation, Span, Strength
from beleidskennis.recommendations import identify
from beleidskennis.recommendations.details import action, deadline, figures
from beleidskennis.recommendations.grammar import read_sentence
from beleidskennis.recommendations.summary import summarise


def document(name, date="2024", **described):
    document_id = DocumentId(hashlib.sha256(name.encode()).hexdigest())
    described = {"publisher": "Adviesraad", "kind": "advies"} | described
    return Document(document_id, f"{name}.pdf", f"/bron/{name}.pdf", name.capitalize(), date=date, **described)


def recommendation(source, quote, *, themes=(), addressees=(), page=3, intro="", **fields):
    labels = [Label("theme", theme, 0.8, LabelSource.WORDS, (theme,)) for theme in themes]
    labels += [Label("addressee", one, 0.9, LabelSource.WORDS, (one,)) for one in addressees]
    values = {
        "summary": summarise(quote, intro),
        "action": action(read_sentence(quote)),
        "deadline": deadline(quote),
        "figures": figures(quote),
        "headings": ("1 Inleiding", "2 Advies"),
    } | fields
    return Recommendation(
        identify(source.document_id, quote),
        source.document_id,
        PassageId("p" * 16),
        quote,
        (Span(source.document_id, page, 10, 10 + len(quote)),),
        page,
        str(page - 1),
        Strength.EXPLICIT,
        "aanbeveling",
        intro=intro,
        labels=tuple(labels),
        **values,
    )
