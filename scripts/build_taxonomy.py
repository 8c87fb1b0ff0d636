"""Makes what is derived from the Turtle files of the package, after an edit of one of them.

    python scripts/build_taxonomy.py                          data/*.json beside data/*.ttl
    python scripts/build_taxonomy.py --vocabularies FOLDER    organisaties.tsv too, and checks the TOOI and SBI mappings

FOLDER holds `tooi-organisaties.tsv` (uri, naam, lijst), `tooi-toplijst-themas.tsv` (uri, naam, bovenliggend) and
`sbi-2025.tsv` (code, nl, en, bovenliggend): TOOI's value lists (https://standaarden.overheid.nl/tooi/waardelijsten)
and CBS's SBI 2025.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from beleidskennis.taxonomy.concepts import concepts_json
from beleidskennis.taxonomy.skos import read_skos
from beleidskennis.taxonomy.store import DATA, compiled_json

CLASSES = {
    "gemeentelijst": "gemeente",
    "caribischelijst": "gemeente",
    "provincielijst": "provincie",
    "waterschaplijst": "regio",
    "solijst": "regio",
    "oorglijst": "rijk",
    "zbolijst": "rijk",
}
"""TOOI's list to the addressee that its organisations are; a samenwerkingsorganisatie acts for a region."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vocabularies", type=Path)
    folder = parser.parse_args().vocabularies
    for name, compiled in (("taxonomie", compiled_json), ("concepten", concepts_json)):
        source = (DATA / f"{name}.ttl").read_text(encoding="utf-8")
        (DATA / f"{name}.json").write_text(compiled(source), encoding="utf-8")
        print(f"{name}.json: {len(read_skos(source))} begrippen")
    if folder:
        write_organisations(folder / "tooi-organisaties.tsv", DATA / "organisaties.tsv")
        check_mappings(folder)


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_organisations(source: Path, target: Path) -> None:
    rows = sorted({(row["naam"], CLASSES[row["lijst"]], row["uri"]) for row in read_rows(source)})
    lines = ["naam\tgeadresseerde\turi", *("\t".join(row) for row in rows)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target.name}: {len(rows)} organisaties")


def check_mappings(folder: Path) -> None:
    themes = {row["uri"] for row in read_rows(folder / "tooi-toplijst-themas.tsv")}
    codes = {row["code"] for row in read_rows(folder / "sbi-2025.tsv")}
    for concept in read_skos((DATA / "taxonomie.ttl").read_text(encoding="utf-8")):
        for _, uri in concept.mappings:
            known = uri.rpartition(":")[2] in codes if "sbi2025" in uri else uri in themes
            if not known:
                raise SystemExit(f"{concept.concept_id}: {uri} staat niet in de bronlijst")


if __name__ == "__main__":
    main()
