"""Finding recommendations: from passages to records."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import make_document

from beleidskennis.model import PassageKind, Span, Strength, slice_spans
from beleidskennis.recommendations import as_records, extract, identify
from beleidskennis.taxonomy import load_taxonomy


def found(*texts, kinds=None, **described):
    document, pages, passages = make_document("advies", texts, kinds=kinds, **described)
    return extract(document, passages), {page.page_number: page.text for page in pages}


ADVICE = [
    "Wij adviseren het college om binnen twee jaar een woonplan vast te stellen.",
    "Investeer in betaalbare kinderopvang voor werkende ouders.",
    "De gemeente moet de leegstand in de winkelstraten aanpakken.",
    "Het is noodzakelijk dat de provincie meer regie neemt.",
    "Daarvoor is extra toezicht nodig.",
    "Werkgevers dienen meer te investeren in scholing.",
    "Het kabinet zou de regeling moeten verlengen.",
    "Het verdient aanbeveling om de cijfers jaarlijks te publiceren.",
    "De nood is hoog; open daarom een noodopvang voor jongeren.",
    "Zet € 2 miljoen apart voor het herstel van kades.",
]
NONE = [
    "De gemeente telt ruim 48.000 inwoners.",
    "Volgens de wet moet de gemeente binnen acht weken beslissen.",
    "Wat moet er gebeuren om de leegstand terug te dringen?",
    "De school moest in 2019 twee klassen samenvoegen.",
    "In dit rapport beschrijven we de stand van de jeugdzorg.",
    "Het kabinet wil de regeldruk voor ondernemers verminderen.",
    "Een regisseur die de partijen moet verbinden, is in maart begonnen.",
    "Zorg en welzijn werken in de wijk steeds meer samen.",
    "Onderzoek wijst uit dat inwoners tevreden zijn.",
    "De leden van de adviesraad komen uit het onderwijs.",
    "Neem voor vragen contact op met het secretariaat.",
]


@pytest.mark.parametrize("text", ADVICE)
def test_plain_advice_is_found_as_explicit(text):
    recommendations, _ = found(text)
    assert [(item.quote, item.strength) for item in recommendations] == [(text, Strength.EXPLICIT)]


@pytest.mark.parametrize("text", NONE)
def test_findings_laws_questions_and_plans_are_none(text):
    assert found(text)[0] == ()


@pytest.mark.parametrize(
    "text",
    [
        "Dit vraagt om durf van artsen en verzekeraars.",
        "Er liggen kansen om restwarmte te benutten voor woningen.",
        "Door vroeg te beginnen met taalles kan achterstand worden voorkomen.",
    ],
)
def test_advice_between_the_lines_is_implicit(text):
    assert [item.strength for item in found(text)[0]] == [Strength.IMPLICIT]


def test_a_quote_is_a_slice_of_its_page():
    recommendations, pages = found(" ".join([NONE[0], *ADVICE[:3]]), ADVICE[3])
    assert len(recommendations) == 4
    for item in recommendations:
        assert item.quote == slice_spans(item.spans, pages)
        assert item.page_number == item.spans[0].page_number


def test_items_under_an_advice_are_recommendations_with_their_introduction():
    text = "Ons advies aan de gemeente is:\n• een vast aanspreekpunt per wijk;\n• meer groen op schoolpleinen."
    document, pages, passages = make_document("advies", [text], kinds=[PassageKind.LIST])
    ends = [text.index("\n"), text.index(";") + 1, len(text)]
    starts = [0, text.index("een vast"), text.index("meer groen")]
    import dataclasses

    passage = dataclasses.replace(passages[0], sentences=tuple(zip(starts, ends, strict=True)))
    recommendations = extract(document, [passage])
    assert [item.quote for item in recommendations] == [
        "een vast aanspreekpunt per wijk;",
        "meer groen op schoolpleinen.",
    ]
    assert {item.intro for item in recommendations} == {"Ons advies aan de gemeente is:"}
    assert slice_spans(recommendations[0].intro_spans, {1: pages[0].text}) == "Ons advies aan de gemeente is:"


def agenda(intro, *items):
    import dataclasses

    lines = [intro, *items]
    text = "\n".join(lines)
    document, _, passages = make_document("agenda", [text], kinds=[PassageKind.LIST], kind="actieagenda")
    starts, place = [], 0
    for line in lines:
        starts.append(place)
        place += len(line) + 1
    sentences = tuple((start, start + len(line)) for start, line in zip(starts, lines, strict=True))
    return extract(document, [dataclasses.replace(passages[0], sentences=sentences, headings=())])


def test_in_an_agenda_the_actions_count_and_the_rest_does_not():
    actions = agenda("Inzet dit jaar:", "Nagaan hoe starters sneller ruimte vinden", "Plan van aanpak binnenstad")
    assert [(item.kind, item.strength) for item in actions] == [("actie", Strength.EXPLICIT)] * 2
    assert agenda("Resultaten 2025:", "Loket voor starters open", "Jaarlijkse monitor") == ()
    assert agenda("Partners:", "Provincie en waterschap", "Ondernemersvereniging") == ()
    assert agenda("Indicatoren:", "Aantal meldingen per jaar") == ()


def test_the_same_advice_twice_is_one_with_two_places():
    recommendations, pages = found(ADVICE[1], NONE[0], ADVICE[1])
    assert len(recommendations) == 1
    assert [spans[0].page_number for spans in recommendations[0].also_at] == [3]
    assert slice_spans(recommendations[0].also_at[0], pages) == ADVICE[1]


def test_advice_that_differs_in_a_number_stays_apart():
    recommendations, _ = found(
        "Reserveer ten minste 20 procent van de nieuwe woningen voor starters in de stad.",
        "Reserveer ten minste 30 procent van de nieuwe woningen voor starters in de stad.",
    )
    assert len(recommendations) == 2


def test_records_name_every_place_on_request():
    document, _, passages = make_document("advies", [ADVICE[1], NONE[0], ADVICE[1]])
    recommendations = extract(document, passages)
    one = as_records(recommendations, [document])
    every = as_records(recommendations, {document.document_id: document}, every_place=True)
    assert [record["page_number"] for record in one] == [1]
    assert one[0]["also_on_pages"] == [3]
    assert [record["page_number"] for record in every] == [1, 3]
    assert every[1]["same_as"] == every[0]["id"]
    assert len({record["id"] for record in every}) == 2


def test_ids_are_stable_and_unlike_for_other_documents():
    first, _ = found(ADVICE[0])
    again, _ = found(ADVICE[0])
    other, _ = found(ADVICE[0], title="Ander", publisher="Ander")
    assert first[0].recommendation_id == again[0].recommendation_id == other[0].recommendation_id
    assert identify("a" * 64, ADVICE[0]) != identify("b" * 64, ADVICE[0])
    assert identify("a" * 64, "De  gemeente moet kiezen.") == identify("a" * 64, "De gemeente moet kiezen")


def test_third_party_advice_names_its_speaker_and_own_advice_does_not():
    quoted, _ = found("De OESO adviseert Nederland om de aftrek sneller af te bouwen.")
    own, _ = found("De SER pleit voor een landelijk fonds voor scholing.", publisher="Sociaal-Economische Raad")
    assert quoted[0].speaker == "OESO"
    assert own[0].speaker == ""
    assert quoted[0].confidence < own[0].confidence


def test_labels_come_from_the_taxonomy_and_defaults_from_the_document():
    document, _, passages = make_document("advies", ["Bouw meer sociale huurwoningen bij het station.", ADVICE[5]])
    homes, training = extract(document, passages, taxonomy=load_taxonomy(), default_addressees=("gemeente",))
    assert "wonen-en-leefklimaat" in homes.concepts("theme")
    assert homes.concepts("addressee") == ("gemeente",)
    assert training.concepts("addressee") == ("bedrijfsleven",)


def test_pages_without_running_text_give_nothing():
    document, _, passages = make_document("advies", [ADVICE[1]], kinds=[PassageKind.CONTENTS])
    assert extract(document, passages) == ()


def test_recommendations_survive_pickling_for_a_process_pool():
    recommendations, _ = found(ADVICE[0])
    assert pickle.loads(pickle.dumps(recommendations)) == recommendations


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from([*ADVICE, *NONE]), st.text(max_size=80)), min_size=1, max_size=6))
def test_any_text_gives_slices_and_unique_ids(texts):
    clean = [" ".join(text.split()) for text in texts]
    recommendations, pages = found(*clean)
    assert len({item.recommendation_id for item in recommendations}) == len(recommendations)
    for item in recommendations:
        assert item.quote == slice_spans(item.spans, pages)
        for place in item.also_at:
            assert slice_spans(place, pages)


def test_the_sample_corpus_is_read_as_labelled(sample_library):
    """At least nine in ten explicit recommendations of the fictional documents are found."""
    import json
    from pathlib import Path

    lines = (Path(__file__).parent / "data" / "sample-recommendations.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines if line.strip()]
    items = sample_library.recommendations().items
    quotes = {" ".join(item.quote.split()) for item in items}
    explicit = [one["quote"] for one in gold if one["strength"] == "expliciet"]
    hits = sum(any(quote in mine or mine in quote for mine in quotes) for quote in explicit)
    assert hits / len(explicit) >= 0.85


@pytest.mark.parametrize(
    ("heading", "quote"),
    [
        ("1. Bescherm de natte kade", "Bescherm de natte kade"),
        ("Ruimte: kies nu voor de kade", "Ruimte: kies nu voor de kade"),
        ("3.2 Gebruik het nieuwe kader", "Gebruik het nieuwe kader"),
        ("Aanbeveling 4: Richt een fonds op", "Richt een fonds op"),
        ("Druk op de arbeidsmarkt", ""),
        ("Vraag en aanpak", ""),
        ("Stroom als knelpunt", ""),
        ("Groei zonder houvast", ""),
        ("Wat moet er gebeuren?", ""),
        ("Richt een fonds op?", ""),
    ],
)
def test_a_heading_that_tells_what_to_do_is_advice_quoted_from_its_page(heading, quote):
    text = f"{heading}\nDe haven telt twaalf bedrijven. Er werken 200 mensen."
    document, _, [passage] = make_document("advies", [text])
    body = len(heading) + 1
    passage = replace(
        passage,
        text=text[body:],
        spans=(Span(document.document_id, 1, body, len(text)),),
        sentences=((0, 31), (32, len(text) - body)),
        headings=("Inleiding", heading),
        heading_spans=((), (Span(document.document_id, 1, 0, len(heading)),)),
    )
    items = extract(document, [passage, replace(passage, position=1)])
    assert [item.quote for item in items] == ([quote] if quote else [])
    for item in items:
        assert slice_spans(item.spans, {1: text}) == quote
        assert (item.strength, item.headings) == (Strength.EXPLICIT, ("Inleiding",))


def test_a_heading_in_an_appendix_or_without_a_place_is_no_advice():
    document, _, [passage] = make_document("advies", ["De haven telt twaalf bedrijven."])
    place = (Span(document.document_id, 1, 0, 8),)
    under = replace(passage, headings=("Bijlage 2", "Richt een fonds op"), heading_spans=((), place))
    assert extract(document, [under]) == ()
    assert extract(document, [replace(under, headings=("Richt een fonds op",), heading_spans=())]) == ()
