"""Recommendations as linked data: JSON-LD with SKOS and Dublin Core terms, and the TOOI addresses of the themes.

Terms of our own (`bk:`) are only used where SKOS, Dublin Core, PROV and the Web Annotation vocabulary have none.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from beleidskennis.exports.advice_rows import AdviceExport
from beleidskennis.model import Document, Label, Recommendation

if TYPE_CHECKING:
    from beleidskennis.taxonomy import Taxonomy

CONTEXT: dict[str, Any] = {
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "tooi": "https://identifier.overheid.nl/tooi/def/thes/top/",
    "bk": "urn:beleidskennis:",
    "title": {"@id": "dct:title", "@language": "nl"},
    "publisher": "dct:publisher",
    "date": "dct:date",
    "type": "dct:type",
    "language": "dct:language",
    "identifier": "dct:identifier",
    "source": {"@id": "dct:source", "@type": "@id"},
    "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
    "subject": {"@id": "dct:subject", "@type": "@id"},
    "audience": {"@id": "dct:audience", "@type": "@id"},
    "description": {"@id": "dct:description", "@language": "nl"},
    "license": "dct:license",
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "exactMatch": {"@id": "skos:exactMatch", "@type": "@id"},
    "closeMatch": {"@id": "skos:closeMatch", "@type": "@id"},
    "broadMatch": {"@id": "skos:broadMatch", "@type": "@id"},
    "narrowMatch": {"@id": "skos:narrowMatch", "@type": "@id"},
    "relatedMatch": {"@id": "skos:relatedMatch", "@type": "@id"},
    "exact": {"@id": "oa:exact", "@language": "nl"},
    "pageNumber": {"@id": "bk:bladzijdeInBestand", "@type": "xsd:integer"},
    "pageLabel": "bk:bladzijde",
    "strength": "bk:sterkte",
    "deadline": "bk:termijn",
    "figure": "bk:streefcijfer",
    "action": "bk:actie",
    "speaker": "bk:adviesVan",
    "confidence": {"@id": "bk:zekerheid", "@type": "xsd:decimal"},
}


def json_ld_advice(export: AdviceExport, taxonomy: Taxonomy) -> bytes:
    """A JSON-LD file (UTF-8): the documents, the recommendations, and the concepts that they are linked to."""
    used = dict.fromkeys(item.document_id for item in export.recommendations)
    labels = dict.fromkeys((label.scheme, label.concept_id) for item in export.recommendations for label in item.labels)
    graph = [
        *(_document(export.documents[document_id]) for document_id in used),
        *(_recommendation(item, taxonomy) for item in export.recommendations),
        *(node for scheme, concept_id in labels if (node := _concept(scheme, concept_id, taxonomy))),
    ]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1).encode()


def _document(document: Document) -> dict[str, Any]:
    node = {
        "@id": f"urn:sha256:{document.document_id}",
        "@type": "dct:BibliographicResource",
        "title": document.title,
        "publisher": document.publisher,
        "date": document.date,
        "type": document.kind,
        "language": document.language,
        "license": document.licence,
        "identifier": [document.file_name, *document.identifiers],
    }
    if document.url:
        node["source"] = document.url
    return {name: value for name, value in node.items() if value}


def _recommendation(item: Recommendation, taxonomy: Taxonomy) -> dict[str, Any]:
    topics = [_address(label, taxonomy) for label in item.labels if label.scheme != "addressee"]
    audience = [_address(label, taxonomy) for label in item.labels if label.scheme == "addressee"]
    node = {
        "@id": f"urn:beleidskennis:aanbeveling:{item.recommendation_id}",
        "@type": "bk:Actie" if item.kind == "actie" else "bk:Aanbeveling",
        "isPartOf": f"urn:sha256:{item.document_id}",
        "exact": f"{item.intro} {item.quote}".strip(),
        "description": item.summary,
        "pageNumber": item.page_number,
        "pageLabel": item.page_label,
        "strength": item.strength.value,
        "subject": topics,
        "audience": audience,
        "action": item.action,
        "deadline": item.deadline,
        "figure": list(item.figures),
        "speaker": item.speaker,
        "confidence": item.confidence,
    }
    return {name: value for name, value in node.items() if value not in ("", [], None)}


def _address(label: Label, taxonomy: Taxonomy) -> str:
    concept = taxonomy.concept(label.scheme, label.concept_id)
    return concept.uri if concept else f"urn:beleidskennis:{label.scheme}:{label.concept_id}"


def _concept(scheme: str, concept_id: str, taxonomy: Taxonomy) -> dict[str, Any] | None:
    """A concept with its names and its mappings to TOOI and SBI, or None where the taxonomy has none of that id."""
    concept = taxonomy.concept(scheme, concept_id)
    if concept is None:
        return None
    names = {language: text for text, language in concept.labels.get("pref", ())}
    node: dict[str, Any] = {
        "@id": concept.uri,
        "@type": "skos:Concept",
        "prefLabel": names,
        "inScheme": f"urn:beleidskennis:{concept.scheme}",
    }
    for kind, uri in concept.mappings:
        node.setdefault(f"{kind}Match", []).append(uri)
    return node
