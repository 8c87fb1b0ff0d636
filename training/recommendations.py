"""Train the classifier of recommendations, and measure every rule.

    python training/recommendations.py              train, cross-validate, write recommendation_model.json
    python training/recommendations.py --rules      precision and recall of each rule

Trained only on `src/beleidskennis/data/recommendation_sentences.tsv`: sentences written and labelled for this
project, none of them taken from a document. Ten-fold cross-validation keeps the items of one list together.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np

from beleidskennis.model import Document, DocumentId, Passage, PassageId, PassageKind, Span
from beleidskennis.recommendations.context import Unit, heading_setting, intro_setting, is_agenda
from beleidskennis.recommendations.counter import COUNTER
from beleidskennis.recommendations.detection import CLASSES, by_place
from beleidskennis.recommendations.explicit import EXPLICIT
from beleidskennis.recommendations.features import WORD, features, fired
from beleidskennis.recommendations.grammar import read_sentence
from beleidskennis.recommendations.implicit import IMPLICIT

DATA = Path(__file__).parents[1] / "src" / "beleidskennis" / "data"
THRESHOLD = 0.4
STRENGTH_OF_PENALTY = 1.0
FEWEST_SENTENCES = 3
"""Words in fewer labelled sentences are left out."""


def read() -> tuple[list[Unit], list[str], list[str]]:
    """The labelled sentences as units, their labels, and a group per list."""
    units, labels, groups = [], [], []
    with (DATA / "recommendation_sentences.tsv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            units.append(as_unit(row["zin"], row["kop"], row["aanhef"], bool(row["lijst"]), row["document"]))
            labels.append(row["label"])
            groups.append(f"{row['kop']}|{row['aanhef']}" if row["lijst"] else str(number))
    return units, labels, groups


def as_unit(text: str, heading: str, intro: str, item: bool, kind: str) -> Unit:
    spans = (Span(DocumentId("0" * 64), 1, 0, len(text)),)
    passage = Passage(
        PassageId(""),
        spans[0].document_id,
        0,
        text,
        spans,
        1,
        "1",
        headings=(heading,) if heading else (),
        intro=intro,
        kind=PassageKind.LIST if item else PassageKind.BODY,
        sentences=((0, len(text)),),
    )
    return Unit(
        passage,
        text,
        spans,
        read_sentence(text),
        is_item=item,
        intro=intro,
        intro_setting=intro_setting(intro),
        heading_setting=heading_setting(passage.headings),
        agenda=is_agenda(Document(spans[0].document_id, "a.pdf", "", "", kind=kind)),
    )


def fit(rows, labels, names):
    from sklearn.linear_model import LogisticRegression

    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    return LogisticRegression(C=STRENGTH_OF_PENALTY, max_iter=2000).fit(matrix, labels), matrix


def cross_validate(units, rows, labels, groups, names) -> None:
    from sklearn.model_selection import GroupKFold

    wanted = np.array([label != "geen" for label in labels])
    chance = np.zeros(len(labels))
    for train, test in GroupKFold(10, shuffle=True, random_state=1).split(rows, labels, groups):
        model, _ = fit([rows[i] for i in train], [labels[i] for i in train], names)
        matrix = np.array([[rows[i].get(name, 0.0) for name in names] for i in test])
        chance[test] = 1 - model.predict_proba(matrix)[:, list(model.classes_).index("geen")]
    seen = np.array([fired(unit) for unit in units])
    explicit = np.array([label == "expliciet" for label in labels])
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        chosen = (chance >= threshold) & seen
        share = (chosen & explicit).sum() / explicit.sum()
        print(f"threshold {threshold}: {precision_recall(chosen, wanted)}  R explicit {share:.3f}")
    rules_only = np.array([any(r(u.sentence) for r in (*EXPLICIT, *IMPLICIT)) for u in units])
    print(f"any rule, no classifier: {precision_recall(rules_only, wanted)}")
    for i, unit in enumerate(units):
        if (chance[i] >= THRESHOLD and seen[i]) != wanted[i]:
            print(f"  {'missed' if wanted[i] else 'wrong '} {chance[i]:.2f} {unit.text}")


def precision_recall(chosen, wanted) -> str:
    right = (chosen & wanted).sum()
    return f"P {right / chosen.sum():.3f}  R {right / wanted.sum():.3f}"


def measure_rules(units, labels) -> None:
    wanted = [label != "geen" for label in labels]
    for family in (EXPLICIT, IMPLICIT, COUNTER):
        for rule in family:
            hits = [i for i, unit in enumerate(units) if rule(unit.sentence)]
            right = sum(wanted[i] for i in hits) if family is not COUNTER else sum(not wanted[i] for i in hits)
            of = sum(wanted) if family is not COUNTER else len(wanted) - sum(wanted)
            print(f"{rule.__name__:18} P {right / max(1, len(hits)):.2f}  R {right / of:.2f}  n {len(hits)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", action="store_true")
    arguments = parser.parse_args()
    units, labels, groups = read()
    placed = [(verdict, label) for unit, label in zip(units, labels, strict=True) if (verdict := by_place(unit))]
    for strength in ("expliciet", "impliciet"):
        chosen = [label != "geen" for verdict, label in placed if verdict.strength.value == strength]
        print(f"items decided by their list, {strength}: P {np.mean(chosen):.2f}  n {len(chosen)}")
    if arguments.rules:
        return measure_rules(units, labels)
    rows = [features(unit) for unit in units]
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if not name.startswith(WORD) or count >= FEWEST_SENTENCES)
    cross_validate(units, rows, labels, groups, names)
    model, _ = fit(rows, labels, names)
    order = [list(model.classes_).index(name) for name in CLASSES]
    written = {
        "trained_on": len(labels),
        "threshold": THRESHOLD,
        "intercepts": {name: round(float(model.intercept_[k]), 4) for name, k in zip(CLASSES, order, strict=True)},
        "weights": {
            name: {f: round(float(w), 4) for f, w in zip(names, model.coef_[k], strict=True)}
            for name, k in zip(CLASSES, order, strict=True)
        },
    }
    (DATA / "recommendation_model.json").write_text(
        json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
