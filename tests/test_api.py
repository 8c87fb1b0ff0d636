"""The API: routes in Dutch, problems as RFC 9457, headers, and the same answers as the library."""

import io

import openpyxl
import pytest
from places import SAMPLE

pytest.importorskip("fastapi")
pytest.importorskip("httpx")

from fastapi.testclient import TestClient

from beleidskennis import __version__
from beleidskennis.api import create_app
from beleidskennis.settings import Settings


@pytest.fixture(scope="module")
def client(sample_library):
    with TestClient(create_app(sample_library.settings)) as opened:
        yield opened


def test_search_gives_what_the_library_gives(client, sample_library):
    answer = client.get("/v1/_zoek", params={"vraag": "leerwerkplekken", "aantal": 3})
    assert answer.status_code == 200
    body = answer.json()
    hits = sample_library.search("leerwerkplekken", k=3).hits
    assert [one["passage"] for one in body["treffers"]] == [hit.passage.passage_id for hit in hits]
    first = body["treffers"][0]
    assert first["tekst"] == hits[0].passage.text
    assert first["bladzijde"] == hits[0].passage.page_number
    assert {one["waarde"] for one in body["filters"]["document"]} <= {path.name for path in SAMPLE.glob("*.pdf")}


def test_filters_narrow_the_search(client):
    name = "kms-middelgrote-steden-2025.pdf"
    chosen = client.get("/v1/documenten", params={}).json()
    [wanted] = [one["kenmerk"] for one in chosen if one["bestand"] == name]
    themes = next(one["themas"] for one in chosen if one["bestand"] == name)
    article = next(one for one in chosen if one["bestand"] == name)
    assert (article["tijdschrift"], article["artikelbladzijden"]) == ("Stadsblad", "41-46")
    assert 1 <= len(themes) <= 5
    assert list(themes.values()) == sorted(themes.values(), reverse=True)
    assert client.get(f"/v1/documenten/{wanted}").json()["themas"] == themes
    body = client.get("/v1/_zoek", params={"vraag": "wonen en werken", "document": name}).json()
    assert body["treffers"]
    assert {one["document"] for one in body["treffers"]} == {wanted}
    body = client.get("/v1/_zoek", params={"vraag": "wonen en werken", "totJaar": 2019}).json()
    assert body["treffers"]
    years = {one["waarde"] for one in body["filters"]["jaar"]}
    assert years == {"2018"}
    body = client.get("/v1/_zoek", params={"vraag": "wonen en werken", "thema": "onderwijs-en-talent"}).json()
    assert body["treffers"]
    counted = {one["waarde"]: one for one in body["filters"]["thema"]}
    assert counted["onderwijs-en-talent"] == {
        "waarde": "onderwijs-en-talent", "naam": "onderwijs en talent", "aantal": body["aantal"]
    }  # fmt: skip


def test_passages_like_a_passage_are_those_of_the_library(client, sample_library):
    first = client.get("/v1/_zoek", params={"vraag": "leerwerkplekken", "aantal": 1}).json()["treffers"][0]["passage"]
    body = client.get(f"/v1/passages/{first}/soortgelijke", params={"aantal": 4}).json()
    assert [one["passage"] for one in body] == [hit.passage.passage_id for hit in sample_library.similar(first, k=4)]
    assert first not in {one["passage"] for one in body}
    assert client.get("/v1/passages/niets/soortgelijke").status_code == 404


def test_places_cut_the_text_out_of_the_page(client):
    hit = client.get("/v1/_zoek", params={"vraag": "economie", "aantal": 1}).json()["treffers"][0]
    parts = []
    for place in hit["plaatsen"]:
        page = client.get(f"/v1/documenten/{hit['document']}/bladzijden/{place['bladzijde']}").json()
        parts.append(page["tekst"][place["begin"] : place["einde"]])
    assert " ".join(parts) == hit["tekst"]


def test_the_page_image_is_a_picture_with_the_passage_marked(client):
    hit = client.get("/v1/_zoek", params={"vraag": "economie", "aantal": 1}).json()["treffers"][0]
    address = f"/v1/documenten/{hit['document']}/bladzijden/{hit['bladzijde']}/afbeelding"
    answer = client.get(address, params={"passage": hit["passage"], "breedte": 400})
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["X-Gemarkeerd"] == "ja"
    assert client.get(address.replace("bladzijden/", "bladzijden/9")).status_code == 404


def test_recommendations_are_quotes_on_their_page(client):
    found = client.get("/v1/aanbevelingen", params={"aantal": 20}).json()
    assert len(found) == 20
    for one in found[:5]:
        pages = client.get(f"/v1/documenten/{one['document']}/bladzijden/{one['bladzijde']}").json()
        assert one["citaat"][:40] in pages["tekst"]


def test_documents_are_compared_as_the_library_compares_them(client, sample_library):
    names = ["ebv-visieadvies-2026-2030.pdf", "seav-ruimte-voor-werk-2018.pdf"]
    asked = {"document": names, "vraag": "woningen bouwen"}
    got = client.get("/v1/_vergelijk", params=asked).json()
    found = sample_library.compare(names, question="woningen bouwen")
    assert [pair["eerste"]["citaat"] for pair in got["eens"]] == [pair.first.quote for pair in found.agreements]
    assert [len(pair["verschillen"]) for pair in got["uiteen"]] == [len(tensions) for _, tensions in found.tensions]
    assert {one: len(items) for one, items in got["alleen"].items()} == {one: len(of) for one, of in found.only.items()}
    theme = client.get("/v1/_vergelijk", params={"document": names, "thema": "wonen en leefklimaat"}).json()
    assert theme["onderwerp"] == "wonen-en-leefklimaat"
    assert client.get("/v1/_vergelijk", params={"document": names[:1]}).status_code == 400
    assert client.get("/v1/_vergelijk", params={"document": ["nee.pdf", names[0]]}).status_code == 404
    table = client.get("/v1/_overzicht", params={"per": "geadresseerde", "document": names}).json()
    assert len(table["documenten"]) == 2
    assert sum(sum(row["aantallen"]) for row in table["rijen"]) > 10
    for chain in client.get("/v1/_tijdlijn", params={"document": names}).json():
        assert len(chain["aanbevelingen"]) == len(chain["scores"]) + 1


def test_recommendations_are_filtered_by_their_follow_up(client):
    assert client.get("/v1/aanbevelingen", params={"stand": "open", "aantal": 3}).json()
    assert client.get("/v1/aanbevelingen", params={"stand": "afgerond"}).json() == []
    assert client.get("/v1/aanbevelingen", params={"stand": "zoek"}).status_code == 400


def test_recommendations_come_as_a_file(client):
    answer = client.get("/v1/aanbevelingen/_exporteer", params={"formaat": "xlsx", "thema": "arbeidsmarkt"})
    assert answer.headers["content-disposition"] == 'attachment; filename="aanbevelingen.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Aanbevelingen"]
    as_text = client.get("/v1/aanbevelingen/_exporteer", params={"formaat": "csv"}).text
    assert "file:" not in as_text
    assert str(SAMPLE) not in as_text
    listed = client.get("/v1/aanbevelingen", params={"thema": "arbeidsmarkt", "aantal": 100}).json()
    assert sheet.max_row == len(listed) + 1
    assert client.get("/v1/aanbevelingen/_exporteer", params={"formaat": "exe"}).status_code == 400


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/v1/_zoek?vraag=%20", 400),
        ("/v1/_zoek", 400),
        ("/v1/_zoek?vraag=a&aantal=0", 400),
        ("/v1/documenten/bestaat-niet.pdf", 404),
        ("/v1/iets", 404),
        ("/v1/_zoek?vraag=jaar:%C2%B2+wonen&document=bestaat-niet.pdf", 400),
        ("/v1/documenten/kms-middelgrote-steden-2025.pdf/bladzijden/100000000000000000000", 404),
        ("/v1/documenten/kms-middelgrote-steden-2025.pdf/bladzijden/0", 404),
    ],
)
def test_problems_are_json_problems_in_dutch(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["title"]


def test_an_empty_index_is_a_problem_with_the_way_out(tmp_path):
    with TestClient(create_app(Settings(index=tmp_path / "index"))) as client:
        answer = client.get("/v1/_zoek", params={"vraag": "wonen"})
        assert answer.status_code == 503
        assert "beleidskennis ingest" in answer.json()["detail"]
        assert client.get("/v1/_status").json()["documenten"] == 0


def test_every_answer_has_the_version_and_the_security_headers(client):
    for address in ("/v1/_status", "/v1/iets", "/v1/openapi.json"):
        headers = client.get(address).headers
        assert headers["API-Version"] == __version__
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_description_names_every_route_and_no_outside_address(client):
    described = client.get("/v1/openapi.json").json()
    assert {"/v1/_zoek", "/v1/documenten", "/v1/aanbevelingen", "/v1/_status"} <= set(described["paths"])
    assert "http" not in str(described["servers"])
    assert client.get("/docs").status_code == 404


def test_answers_verdicts_and_quotes_are_those_of_the_library(client, sample_library):
    question = "Hoeveel leerwerkplekken wil de adviesraad per jaar?"
    body = client.get("/v1/_vraag", params={"vraag": question}).json()
    made = sample_library.ask(question)
    assert (body["antwoord"], body["gevonden"]) == (made.text, True)
    assert [one["citaat"] for one in body["bronnen"]] == [one.quote for one in made.citations]
    assert body["bronnen"][0]["ookIn"] == []
    assert body["gelezenAls"] == question
    onwards = client.get("/v1/_vraag", params={"vraag": "en de gemeente?", "eerder": question}).json()
    assert "leerwerkplekken" in onwards["gelezenAls"]
    lost = client.get("/v1/_vraag", params={"vraag": "Wat kost een vliegticket naar Singapore?"}).json()
    assert not lost["gevonden"]
    assert lost["inDeBuurt"]
    draft = "De raad adviseert 6.000 woningen aan te sluiten op een warmtenet, uiterlijk in 2028."
    body = client.get("/v1/_citeer", params={"zin": draft}).json()
    assert body["ondersteund"]
    assert "2018" in body["plaatsen"][0]["verwijzing"]
    body = client.get("/v1/_controleer", params={"tekst": "Een kade die eenmaal woonboulevard is"}).json()
    assert [one["oordeel"] for one in body] == ["letterlijk gevonden"]
    assert client.get("/v1/_vraag", params={"vraag": " "}).status_code == 400
