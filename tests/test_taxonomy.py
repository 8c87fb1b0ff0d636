"""Taxonomy and concept list: files, links, addressees, widening of questions. All sentences are made up."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidskennis.errors import TaxonomyError
from beleidskennis.model import LabelSource
from beleidskennis.taxonomy import (
    check,
    concepts_from_csv,
    concepts_to_csv,
    concepts_to_turtle,
    default_addressees,
    find_organisations,
    link,
    link_addressees,
    link_topics,
    load_concepts,
    load_taxonomy,
    matches,
)
from beleidskennis.taxonomy.concepts import MAX_PER_CONCEPT, MAX_TERMS, concepts_json
from beleidskennis.taxonomy.skos import read_skos
from beleidskennis.taxonomy.store import DATA, compiled_json
from beleidskennis.taxonomy.turtle import Literal, parse

THEMES = (
    "arbeidsmarkt onderwijs-en-talent innovatie-en-technologie ondernemerschap ruimte-en-vastgoed "
    "bereikbaarheid-en-mobiliteit duurzaamheid-en-energie internationale-positionering veiligheid-en-weerbaarheid "
    "wonen-en-leefklimaat toerisme-en-cultuur bestuur-en-samenwerking financiering dienstverlening-en-acquisitie "
    "monitoring-en-beleidscyclus"
)
SECTORS = (
    "ict-en-digitaal zorg-en-health bouw-en-installatie maakindustrie logistiek-en-handel energie security "
    "legal-en-policy toerisme-en-horeca onderwijs overheid zakelijke-dienstverlening creatieve-industrie "
    "luchtvaart-en-hightech detailhandel maritiem"
)
ADDRESSEES = (
    "gemeente provincie rijk regio eu bedrijfsleven onderwijsinstellingen kennisinstellingen "
    "maatschappelijk-middenveld onbekend"
)
PREFIXES = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix t: <urn:t:> .\n"
    "@prefix bk: <urn:beleidskennis:> .\n"
)
SOME_WORDS = ["de", "gemeente", "woning", "zorg", "arbeidsmarkt", "én", "15%", "–", "niet", "Rijk", "(mkb)", "energie-"]
SEARCH_WORDS = ["woning", "trein", "vacature", "de", "subsidie", "stad", "innovatie", "winkel", "zorg", "data"]
ANY_TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=200)


@cache
def shipped(name):
    return read_skos((DATA / f"{name}.ttl").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def taxonomy():
    return load_taxonomy()


@pytest.fixture(scope="module")
def concepts():
    return load_concepts()


def ids(labels):
    return {label.concept_id for label in labels}


class TestFiles:
    @pytest.mark.parametrize(("scheme", "wanted"), [("theme", THEMES), ("sector", SECTORS), ("addressee", ADDRESSEES)])
    def test_ids_are_those_of_the_default_taxonomy(self, taxonomy, scheme, wanted):
        assert set(taxonomy.ids(scheme)) == set(wanted.split())

    def test_compiled_files_are_in_step_with_their_sources(self):
        for name, compiled in (("taxonomie", compiled_json), ("concepten", concepts_json)):
            source = (DATA / f"{name}.ttl").read_text(encoding="utf-8")
            made = (DATA / f"{name}.json").read_text(encoding="utf-8")
            assert made == compiled(source), "python scripts/build_taxonomy.py"

    def test_shipped_files_have_no_problems(self):
        assert check(DATA / "taxonomie.ttl") == []
        assert check(DATA / "concepten.ttl", kind="begrippen") == []

    def test_every_concept_has_dutch_and_english_and_synonyms(self):
        read = shipped("concepten")
        assert len(read) >= 1000
        assert all(concept.texts("pref", "nl") and concept.texts("pref", "en") for concept in read)
        assert all(concept.broader or concept.texts("alt", "nl") for concept in read)

    def test_mappings_name_tooi_and_sbi(self, taxonomy):
        themes = {uri for concept in taxonomy.concepts["theme"] for _, uri in concept.mappings}
        assert themes
        assert all(uri.startswith("https://identifier.overheid.nl/tooi/def/thes/top/c_") for uri in themes)
        retail = taxonomy.concept("sector", "detailhandel")
        assert ("close", "urn:beleidskennis:sbi2025:47") in retail.mappings

    def test_names_in_both_languages(self, taxonomy):
        assert taxonomy.name("theme", "arbeidsmarkt") == "arbeidsmarkt"
        assert taxonomy.name("theme", "arbeidsmarkt", "en") == "labour market"
        assert taxonomy.name("theme", "bestaat-niet") == "bestaat-niet"

    @pytest.mark.parametrize("name", ["taxonomie", "concepten"])
    def test_own_reader_agrees_with_rdflib(self, name):
        rdflib = pytest.importorskip("rdflib")
        source = (DATA / f"{name}.ttl").read_text(encoding="utf-8")
        ours = {
            (t.subject, t.predicate, (t.object.text, t.object.language) if isinstance(t.object, Literal) else t.object)
            for t in parse(source)
        }
        theirs = {
            (str(s), str(p), (str(o), o.language or "") if isinstance(o, rdflib.Literal) else str(o))
            for s, p, o in rdflib.Graph().parse(data=source, format="turtle")
        }
        assert ours == theirs


class TestTurtle:
    def test_reads_what_skos_files_use(self):
        triples = parse(
            '# commentaar\nPREFIX s: <urn:s:>\n@base <urn:b:> .\ns:a a s:C ; s:p "een \\"twee\\""@nl, \'drie\' ;\n'
            '  s:q """vier\nvijf"""^^s:t , 6.5 , true ; s:r <c> ; .\n'
        )
        values = [t.object for t in triples]
        assert values[1:3] == [Literal('een "twee"', "nl"), Literal("drie")]
        assert values[3:6] == [Literal("vier\nvijf"), Literal("6.5"), Literal("true")]
        assert values[6] == "urn:b:c"

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            (PREFIXES + 't:a skos:prefLabel "x" t:b .', 4),
            (PREFIXES + "\nx:a a skos:Concept .", 5),
            (PREFIXES + 't:a skos:prefLabel "open', 4),
            (PREFIXES + "t:a skos:broader t:b", 4),
            (PREFIXES + "t:a skos:related [ a skos:Concept ] .", 4),
        ],
    )
    def test_an_error_names_its_line(self, text, line):
        with pytest.raises(TaxonomyError, match=f"Regel {line}:"):
            parse(text)

    @settings(deadline=None)
    @given(ANY_TEXT)
    def test_any_label_survives(self, label):
        label = label.strip()
        source = concepts_to_turtle(
            concepts_from_csv("schema;id;naam\nthemas;a;x\n")
        )  # one concept, whose name is then replaced
        concept = replace(read_skos(source)[0], labels={"pref": ((label, "nl"),)})
        assert read_skos(concepts_to_turtle([concept]))[0].texts("pref") == (label,)

    @settings(deadline=None)
    @given(ANY_TEXT)
    def test_nothing_but_a_taxonomy_error(self, text):
        with suppress(TaxonomyError):
            parse(PREFIXES + text)


class TestTopics:
    @pytest.mark.parametrize(
        ("text", "theme"),
        [
            ("Zorg voor meer werkgelegenheid in de wijken.", "arbeidsmarkt"),
            ("Maak het arbeidsmarktbeleid regionaal.", "arbeidsmarkt"),
            ("Leid meer jongeren op in de techniek via het mbo.", "onderwijs-en-talent"),
            ("Verbeter de treinverbinding met Antwerpen.", "bereikbaarheid-en-mobiliteit"),
            ("Bouw tweeduizend betaalbare woningen.", "wonen-en-leefklimaat"),
            ("Richt een fonds op voor durfkapitaal.", "financiering"),
            ("Meet elk jaar de voortgang met een vaste set indicatoren.", "monitoring-en-beleidscyclus"),
            ("Help ondernemers sneller aan een vergunning via één loket.", "dienstverlening-en-acquisitie"),
            ("Verhoog de digitale weerbaarheid tegen cyberaanvallen.", "veiligheid-en-weerbaarheid"),
            ("Trek congressen en evenementen naar de stad.", "toerisme-en-cultuur"),
            ("Verduurzaam bedrijventerreinen met zonnepanelen.", "duurzaamheid-en-energie"),
        ],
    )
    def test_theme(self, taxonomy, text, theme):
        assert theme in ids(link_topics(text, taxonomy, "theme"))

    def test_not_labels_hold_a_word_back(self, taxonomy):
        assert "veiligheid-en-weerbaarheid" not in ids(
            link_topics("Herzie het stelsel van sociale zekerheid.", taxonomy, "theme")
        )
        assert "duurzaamheid-en-energie" not in ids(
            link_topics("Werk aan de duurzame inzetbaarheid van personeel.", taxonomy, "theme")
        )
        assert "ruimte-en-vastgoed" not in ids(link_topics("Op het gebied van zorg is meer nodig.", taxonomy, "theme"))

    def test_several_sectors(self, taxonomy):
        found = ids(link_topics("Breng winkels en havenbedrijven bij elkaar.", taxonomy, "sector"))
        assert {"detailhandel", "maritiem"} <= found

    def test_handling_goods_is_not_being_good(self, taxonomy):
        assert link_topics("Een goede basis is het beste.", taxonomy, "sector") == ()

    def test_headings_are_weaker_evidence(self, taxonomy):
        own = link_topics("Verbeter het openbaar vervoer.", taxonomy, "theme")
        headed = link_topics("Verbeter het openbaar vervoer.", taxonomy, "theme", context="Mobiliteit")
        alone = link_topics("Doe er iets aan.", taxonomy, "theme", context="Mobiliteit en parkeren")
        assert headed[0].confidence > own[0].confidence
        assert alone == ()

    def test_surest_first_and_why(self, taxonomy):
        labels = link_topics("Leraren, scholen en studenten profiteren van een fonds.", taxonomy, "theme")
        assert labels[0].concept_id == "onderwijs-en-talent"
        assert labels[0].source is LabelSource.WORDS
        assert set(labels[0].evidence) == {"Leraren", "scholen", "studenten"}
        assert [label.confidence for label in labels] == sorted((x.confidence for x in labels), reverse=True)

    def test_likeness_adds_evidence(self, taxonomy):
        def embed(texts):
            vectors = np.eye(len(texts), dtype=np.float32)
            position = 1 + taxonomy.ids("theme").index("financiering")
            vectors[position] = vectors[0]
            return vectors

        text = "Doe er iets aan met schaarse middelen."
        assert "financiering" not in ids(link_topics(text, taxonomy, "theme"))
        labels = link_topics(text, taxonomy, "theme", embed=embed)
        assert ids(labels) == {"financiering"}

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from(SOME_WORDS)) | ANY_TEXT)
    def test_links_are_sound_for_any_text(self, text):
        text = text if isinstance(text, str) else " ".join(text)
        taxonomy = load_taxonomy()
        labels = link(text, taxonomy, default_addressees=("rijk",))
        assert labels == link(text, taxonomy, default_addressees=("rijk",))
        for label in labels:
            assert 0 < label.confidence <= 1
            assert label.concept_id in taxonomy.ids(label.scheme)
            assert all(word in text for word in label.evidence)
        for match in (
            found for scheme in ("theme", "sector", "addressee") for found in matches(text, taxonomy, scheme)
        ):
            assert 0 <= match.start < match.end <= len(text)


class TestAddressees:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("Gemeenten dienen hier een plan voor te maken.", {"gemeente"}),
            ("Het Rijk moet de regels vereenvoudigen.", {"rijk"}),
            ("Hier kunnen provincies meer doen.", {"provincie"}),
            ("De raad roept de Europese Commissie op de regeling te verlengen.", {"eu"}),
            ("Dit is een taak voor werkgevers.", {"bedrijfsleven"}),
            (
                "Scholen en universiteiten moeten hun programma aanpassen.",
                {"onderwijsinstellingen", "kennisinstellingen"},
            ),
            ("Gemeenten moeten dit samen met vakbonden oppakken.", {"gemeente", "maatschappelijk-middenveld"}),
            ("De minister van Onderwijs zou dit moeten onderzoeken.", {"rijk"}),
        ],
    )
    def test_named(self, taxonomy, text, wanted):
        found = ids(link_addressees(text, taxonomy, default_addressees=("regio",)))
        assert wanted <= found
        assert "regio" not in found

    def test_default_where_nobody_is_named(self, taxonomy):
        labels = link_addressees("Verlaag de drempels.", taxonomy, default_addressees=("gemeente",))
        assert [(label.concept_id, label.source) for label in labels] == [("gemeente", LabelSource.CONTEXT)]

    def test_the_sentence_chooses_between_defaults(self, taxonomy):
        found = link_addressees("Zorg voor nationale kaders.", taxonomy, default_addressees=("rijk", "gemeente"))
        assert ids(found) == {"rijk"}

    def test_who_gains_need_not_act(self, taxonomy):
        found = link_addressees("Verlaag de lasten van ondernemers.", taxonomy, default_addressees=("gemeente",))
        assert ids(found) == {"gemeente"}

    def test_unknown_without_any_clue(self, taxonomy):
        assert ids(link_addressees("Verlaag de drempels.", taxonomy)) == {"onbekend"}

    @pytest.mark.parametrize(
        ("title", "publisher", "text", "wanted"),
        [
            ("Actieagenda 2031", "Gemeente Vlietmonde", "", ("gemeente",)),
            ("Visieadvies", "Economic Board Vlietmonde", "De stad groeit.", ("gemeente",)),
            ("Groeiagenda", "Provincie Zuid-Holland", "", ("provincie",)),
            ("Groeiagenda", "Metropoolregio Rotterdam Den Haag", "", ("regio",)),
            ("Arbeid in balans", "Sociaal-Economische Raad", "Het kabinet vroeg advies.", ("rijk",)),
            ("Toekomst van de stad", "Sociaal-Economische Raad", "", ("rijk", "gemeente")),
            ("Notitie", "", "Advies aan de minister en aan het kabinet.", ("rijk",)),
            ("Notitie", "", "Advies aan de gemeenteraad voor de komende raadsperiode.", ("gemeente",)),
            ("Notitie", "", "Zonder aanwijzing.", ()),
        ],
    )
    def test_of_a_document(self, title, publisher, text, wanted):
        assert default_addressees(title, publisher, text) == wanted


class TestOrganisations:
    def test_names_with_their_address(self):
        text = "De gemeente Den Haag en het UWV spreken met het ministerie van Economische Zaken."
        found = find_organisations(text)
        assert [text[m.start : m.end] for m in found] == [
            "gemeente Den Haag",
            "UWV",
            "ministerie van Economische Zaken",
        ]
        assert [m.organisation.addressee for m in found] == ["gemeente", "rijk", "rijk"]
        assert found[0].organisation.uri == "https://identifier.overheid.nl/tooi/id/gemeente/gm0518"
        assert found[2].organisation.uri == ""

    def test_ordinary_words_are_no_organisations(self):
        assert find_organisations("Hecht waarde aan het Best haalbare. Politie is er niet.") == ()


class TestCheck:
    def problems(self, tmp_path: Path, body: str):
        path = tmp_path / "eigen.ttl"
        path.write_text(PREFIXES + body, encoding="utf-8")
        return [str(problem) for problem in check(path)]

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ("t:a a skos:Concept ; skos:inScheme bk:themas .", "geen Nederlandse naam"),
            ('t:a a skos:Concept ; skos:prefLabel "a"@nl, "b"@nl .', "meer dan één Nederlandse naam"),
            ('t:a a skos:Concept ; skos:prefLabel "a"@nl ; skos:broader t:b .', "onbekend begrip: b"),
            ('t:a a skos:Concept ; skos:prefLabel "a"@nl ; skos:altLabel "a*"@nl .', "kan alleen in skos:hiddenLabel"),
            ('t:a a skos:Concept ; skos:prefLabel "a"@nl ; skos:inScheme bk:dingen .', "onbekend schema: dingen"),
            ('t:a a skos:Concept ; skos:prefLabel "a"@nl .', "hoort bij geen schema"),
            ('t:a a skos:Concept ; skos:prefLabel "a"@nl ; skos:related t:a .', "naar zichzelf"),
            (
                't:a a skos:Concept ; skos:prefLabel "a"@nl ; skos:broader t:b .\n'
                't:b a skos:Concept ; skos:prefLabel "b"@nl ; skos:broader t:a .',
                "kring van ruimere begrippen: a > b > a",
            ),
            (
                't:a a skos:Concept ; skos:prefLabel "a"@nl . <urn:u:a> a skos:Concept ; skos:prefLabel "b"@nl .',
                "een id dat vaker voorkomt: a",
            ),
            ('t:a a skos:Concept ; skos:prefLabel "a"@nl', "Regel 4"),
            ("", "bevat geen begrippen"),
        ],
    )
    def test_says_what_is_wrong(self, tmp_path, body, message):
        assert any(message in problem for problem in self.problems(tmp_path, body))

    def test_errors_come_first_and_say_where(self, tmp_path):
        problems = self.problems(tmp_path, 't:a a skos:Concept ; skos:prefLabel "a"@nl ;\n skos:inScheme bk:dingen .')
        assert problems[0].startswith("Fout: regel 4:")
        assert problems[-1].startswith("Let op:")

    def test_a_file_that_is_not_there(self, tmp_path):
        assert "kan niet worden gelezen" in check(tmp_path / "weg.ttl")[0].message


class TestOwnFile:
    def test_a_municipality_brings_its_own(self, tmp_path):
        path = tmp_path / "eigen.ttl"
        path.write_text(
            PREFIXES + 't:1 a skos:Concept ; skos:notation "zwemmen" ; skos:prefLabel "zwemwater"@nl, "swimming"@en ;\n'
            ' skos:hiddenLabel "zwem*"@nl ; bk:weakLabel "plas"@nl ; skos:inScheme bk:themas .',
            encoding="utf-8",
        )
        own = load_taxonomy(path)
        assert own.ids("theme") == ("zwemmen",)
        labels = link("Houd de zwemplas schoon.", own)
        assert [(label.scheme, label.concept_id, label.evidence) for label in labels] == [
            ("theme", "zwemmen", ("zwemplas",))
        ]

    def test_an_edited_file_is_read_anew(self, tmp_path):
        path = tmp_path / "lijst.ttl"
        text = PREFIXES + 't:a a skos:Concept ; skos:prefLabel "zwembad"@nl, "pool"@en ; skos:altLabel "{}"@nl .'
        path.write_text(text.format("badhuis"), encoding="utf-8")
        path.with_suffix(".json").write_text(concepts_json(text.format("badhuis")), encoding="utf-8")
        assert load_concepts(path).weights(["zwembad"]) == {"badhuis": pytest.approx(0.72)}
        path.write_text(text.format("zwemparadijs"), encoding="utf-8")
        assert set(load_concepts(path).weights(["zwembad"])) == {"zwemparadijs"}

    @pytest.mark.parametrize("name", ["taxonomie", "concepten"])
    def test_table_and_turtle_give_the_same_concepts_back(self, name):
        read = [replace(concept, line=0, labels=dict(sorted(concept.labels.items()))) for concept in shipped(name)]
        for again in (concepts_from_csv(concepts_to_csv(read)), read_skos(concepts_to_turtle(read))):
            assert [replace(c, line=0, labels=dict(sorted(c.labels.items()))) for c in again] == read

    @pytest.mark.parametrize(
        ("table", "message"), [("id;naam\na;b\n", "schema"), ("schema;id;naam\nthemas;;b\n", "Rij 2")]
    )
    def test_a_table_that_is_not_right(self, table, message):
        with pytest.raises(TaxonomyError, match=message):
            concepts_from_csv(table)


class TestExpand:
    @pytest.mark.parametrize(
        ("question", "language", "wanted"),
        [
            ("Waarom blijven vacatures open?", "nl", None),
            ("vacatures blijven open", "nl", "personeelstekort"),
            ("bijstand", "nl", "uitkering"),
            ("hoe staat het met de trein", "nl", "spoor"),
            ("zzp'ers", "nl", "zelfstandige zonder personeel"),
            ("uitstoot van ammoniak", "nl", "stikstof"),
            ("een geldpot voor de wijk", "nl", "fonds"),
            ("lege winkelpanden", "nl", "detailhandel"),
            ("housing shortage", "en", "woningtekort"),
            ("attracting foreign talent", "en", "kennismigrant"),
            ("business parks", "en", "bedrijventerrein"),
        ],
    )
    def test_finds_the_word_that_policy_uses(self, concepts, question, language, wanted):
        found = {expansion.term for expansion in concepts.expand(question, language)}
        assert wanted is None or wanted in found

    def test_relations_weigh_in_order(self, concepts):
        found = concepts.expand("stikstof")
        weights = {
            relation: max(x.weight for x in found if x.relation == relation) for relation in ("synoniem", "verwant")
        }
        assert weights["synoniem"] > weights["verwant"] > 0
        assert found[0].source_label == "stikstof"
        assert found[0].concept_id == "stikstof"

    def test_several_words_go_before_one(self, concepts):
        assert {x.concept_id for x in concepts.expand("openbaar vervoer") if x.relation == "synoniem"} == {
            "openbaar-vervoer"
        }

    def test_stop_words_meet_nothing(self, concepts):
        assert concepts.expand("wat is er met de en het van") == ()
        assert concepts.expand("what is in it or by the way of the", "en") == ()

    def test_takes_lemmas_too(self, concepts):
        assert concepts.weights(["bijstand"]) == {x.term: x.weight for x in concepts.expand("bijstand")}

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from(SEARCH_WORDS), max_size=8) | ANY_TEXT.map(str.split), st.sampled_from(["nl", "en"]))
    def test_never_drowns_the_question(self, words, language):
        found = load_concepts().expand(" ".join(words), language)
        assert len(found) <= MAX_TERMS
        assert all(0 < x.weight <= 1 for x in found)
        assert [x.weight for x in found] == sorted((x.weight for x in found), reverse=True)
        assert len({x.words for x in found}) == len(found)
        counts = [sum(y.concept_id == x.concept_id and y.relation == x.relation for y in found) for x in found]
        assert all(count <= MAX_PER_CONCEPT for count in counts)
