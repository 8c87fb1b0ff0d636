"""Working out what documents advise and what they are about, and keeping it in the catalogue."""

from __future__ import annotations

from beleidskennis.catalogue import Catalogue, links
from beleidskennis.model import Encoder, Label, Passage
from beleidskennis.recommendations import extract
from beleidskennis.taxonomy.linking import link_topics
from beleidskennis.taxonomy.loading import Taxonomy

TOPICS = ("theme", "sector")
"""What passages are linked to; who has to act is asked of recommendations only."""
ADVICE_VECTORS = "#aanbevelingen"
"""Added to a model's name: the vectors of a document's recommendations are kept beside those of its passages."""


def link_missing(catalogue: Catalogue, taxonomy: Taxonomy, encoder: Encoder) -> int:
    """Find recommendations and labels for the documents in force that have none; the number of documents done."""
    missing = links.without_links(catalogue)
    for document_id in missing:
        document = catalogue.document(document_id)
        if document is None:
            continue  # taken out meanwhile
        passages = catalogue.passages(document_id)
        recommendations = extract(document, passages, taxonomy=taxonomy)
        labels = [link_passage(passage, taxonomy) for passage in passages]
        links.put_links(catalogue, document_id, recommendations, labels)
    for document_id in catalogue.without_vectors(encoder.name + ADVICE_VECTORS):
        texts = [" ".join([item.intro, item.quote]).strip() for item in links.recommendations(catalogue, document_id)]
        catalogue.put_vectors(document_id, encoder.name + ADVICE_VECTORS, encoder.encode_passages(texts))
    return len(missing)


def link_passage(passage: Passage, taxonomy: Taxonomy) -> tuple[Label, ...]:
    """The themes and sectors of a passage, from its words and its headings."""
    if not passage.kind.is_running_text:
        return ()
    context = " > ".join(passage.headings[-2:])
    return tuple(label for scheme in TOPICS for label in link_topics(passage.text, taxonomy, scheme, context=context))


def relink(catalogue: Catalogue, taxonomy: Taxonomy, encoder: Encoder) -> int:
    """Link everything anew, after the taxonomy changed, without reading a document; people's judgements stay."""
    links.forget_links(catalogue)
    for document in catalogue.documents():
        catalogue.forget_vectors(document.document_id, encoder.name + ADVICE_VECTORS)
    return link_missing(catalogue, taxonomy, encoder)
