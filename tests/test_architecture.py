"""Imports only go to a lower layer; modules of one layer do not know each other; importing costs nothing heavy."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "beleidskennis"
LAYERS = {
    "errors": 0, "model": 0,
    "settings": 1, "pdf": 1, "formats": 1, "cleaning": 1, "dutch": 1, "taxonomy": 1,
    "sources": 2, "passages": 2, "embeddings": 2,
    "reading": 3, "catalogue": 3, "lexical": 3, "vectors": 3, "sentence_vectors": 3, "folding": 3, "topics": 3,
    "index": 4, "query": 4, "advisers": 4, "embedding": 4, "versions": 4,
    "deriving": 5, "search": 5, "fusing": 5, "hits": 5, "reranking": 5, "recommendations": 5, "followup": 5,
    "references": 5, "unchanging": 5, "planning": 5, "batching": 5,
    "comparison": 6, "citations": 6, "answers": 6, "ingest": 6, "evaluation": 6,
    "linking": 6,
    "advice": 7, "exports": 7, "wording": 7,
    "library": 8,
    "api": 9, "ui": 9,
    "cli": 10,
    "__main__": 11,
}  # fmt: skip
SAME_LAYER = {
    # The formats other than PDF give the PDF reader's types.
    ("formats", "pdf"),
    ("taxonomy", "dutch"),
    ("answers", "citations"),
    ("deriving", "unchanging"), ("deriving", "batching"),
    ("search", "fusing"), ("search", "hits"),
    ("followup", "recommendations"),
}  # fmt: skip
HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "faiss",
    "onnxruntime",
    "streamlit",
    "sklearn",
    "rdflib",
    "pandas",
)


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def part_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def runtime_imports(tree):
    """Imported module names, those under TYPE_CHECKING left out."""
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            skipped.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.col_offset) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "beleidskennis":
                yield from ((f"beleidskennis.{alias.name}", node.col_offset) for alias in node.names)
            else:
                yield node.module, node.col_offset


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_go_down(path):
    own = part_of(path)
    for name, _column in runtime_imports(ast.parse(path.read_text(encoding="utf-8"))):
        package, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if package != "beleidskennis" or not other or other in (own, "__version__"):
            continue
        allowed = LAYERS[other] < LAYERS[own] or (own, other) in SAME_LAYER
        assert allowed, f"{own} (layer {LAYERS[own]}) imports {other} (layer {LAYERS[other]})"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_imports_stand_inside_functions(path):
    if part_of(path) == "ui":
        return
    for name, column in runtime_imports(ast.parse(path.read_text(encoding="utf-8"))):
        assert column > 0 or name.partition(".")[0] not in HEAVY, f"{name} is imported at the top of {path.name}"


def test_the_layers_are_those_of_the_parts_that_there_are_and_of_the_documentation():
    assert {part_of(path) for path in modules()} == set(LAYERS)
    text = (PACKAGE.parent.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ((?:`\w+`(?:, )?)+) \|", text, re.MULTILINE)
    told = {name: int(number) for number, names in rows for name in re.findall(r"\w+", names)}
    assert told == {name: layer for name, layer in LAYERS.items() if name != "__main__"}


def test_only_parts_that_use_each_other_are_excused():
    used = {
        (part_of(path), name.split(".")[1])
        for path in modules()
        for name, _column in runtime_imports(ast.parse(path.read_text(encoding="utf-8")))
        if name.startswith("beleidskennis.") and name.split(".")[1] in LAYERS
    }
    assert {(own, other) for own, other in used if own != other and LAYERS[own] == LAYERS[other]} == SAME_LAYER


def test_every_data_file_says_where_it_comes_from():
    notice = (PACKAGE / "data" / "NOTICE.md").read_text(encoding="utf-8")
    there = {path.name for path in (PACKAGE / "data").iterdir() if path.suffix not in (".py", ".md")} - {"__pycache__"}
    assert there == set(re.findall(r"`(\w+\.(?:tsv|json|ttl|txt))`", notice))


def test_only_the_interfaces_and_the_library_read_the_settings():
    for path in modules():
        if part_of(path) in ("library", "cli", "api", "ui", "settings"):
            continue
        names = [name for name, _ in runtime_imports(ast.parse(path.read_text(encoding="utf-8")))]
        assert "beleidskennis.settings" not in names, path.name


def test_the_command_line_starts_without_anything_heavy():
    code = "import sys, beleidskennis.cli, beleidskennis.library; print(sorted(set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(ast.literal_eval(done.stdout))
    assert not loaded & set(HEAVY)
