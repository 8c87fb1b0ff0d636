# Needs nothing but Python 3.11 or newer, make and git. `make app` and `make test` do everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PORT ?= 8501

.DEFAULT_GOAL := help
.PHONY: help app test lint ingest corpus docs pictures clean

help:  ## Show what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

# A stamp, so that a second run installs nothing unless the packaging changed.
$(INSTALLED): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	$(BIN)/python -m compileall -q src  # a command starts 0.15 s sooner; an editable install leaves it to the first run
	touch $(INSTALLED)

app: $(INSTALLED)  ## Install, take in corpus/ and open the app on localhost
	$(BIN)/beleidskennis ingest corpus
	$(BIN)/beleidskennis app --port $(PORT)

test: $(INSTALLED)  ## Install and run the whole test suite
	$(BIN)/python -m pytest

lint: $(INSTALLED)  ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

ingest: $(INSTALLED)  ## Take in what is new or changed in corpus/
	$(BIN)/beleidskennis ingest corpus

corpus: $(INSTALLED)  ## Set the sample corpus again from its Markdown sources
	$(BIN)/python scripts/build_corpus.py

docs: $(INSTALLED)  ## Build the documentation into site/, strictly
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

pictures: $(INSTALLED)  ## Take the pictures of the user guide again (needs chromium)
	$(BIN)/python scripts/screenshots.py

clean:  ## Remove the environment and the built index
	rm -rf $(VENV) site index/g-* index/CURRENT index/catalogue.sqlite*
