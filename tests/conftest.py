"""What the tests share: the sample corpus, an index over it, and where real PDFs lie."""

import os
from pathlib import Path

import hypothesis
import pytest
from places import SAMPLE

from beleidskennis.library import Library
from beleidskennis.settings import Settings

# A busy machine is no mistake in the code.
hypothesis.settings.register_profile("calm", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("calm")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch, tmp_path):
    """No setting of the machine reaches a test, but where the real PDFs are."""
    for name in list(os.environ):
        if name.startswith("BELEIDSKENNIS_") and not name.startswith("BELEIDSKENNIS_REAL_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def real_folder(name):
    folder = os.environ.get(name, "")
    if not folder or not Path(folder).is_dir():
        pytest.skip(f"{name} names no folder")
    return Path(folder)


@pytest.fixture(scope="session")
def real_corpus():
    """The folder with real policy PDFs."""
    return real_folder("BELEIDSKENNIS_REAL_CORPUS")


@pytest.fixture(scope="session")
def real_eval():
    """The folder with question sets over the real PDFs, and their score.py."""
    return real_folder("BELEIDSKENNIS_REAL_EVAL")


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory):
    """Settings with the sample corpus and an index of their own."""
    return Settings(corpus=SAMPLE, index=tmp_path_factory.mktemp("sample") / "index")


@pytest.fixture(scope="session")
def sample_library(sample_settings):
    """A library over the sample corpus, with the bundled model. For reading only."""
    with Library.open(sample_settings) as library:
        report = library.ingest([SAMPLE])
        assert not report.failures
        yield library


@pytest.fixture(scope="session")
def real_library(real_corpus, tmp_path_factory):
    """A library over the real PDFs, with the bundled model. For reading only."""
    settings = Settings(corpus=real_corpus, index=tmp_path_factory.mktemp("real") / "index")
    with Library.open(settings) as library:
        report = library.ingest([real_corpus])
        assert not report.failures
        yield library
