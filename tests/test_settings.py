"""Settings: from arguments, the environment and a file, in that order; wrong values are named; the docs list all."""

from pathlib import Path

import pytest
from places import ROOT

from beleidskennis.errors import SettingsError
from beleidskennis.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_arguments_go_before_the_environment_and_that_before_the_file(monkeypatch):
    Path("beleidskennis.toml").write_text('model = "uit-bestand"\nupload_mb = 7\n', encoding="utf-8")
    assert load_settings().model == "uit-bestand"
    monkeypatch.setenv("BELEIDSKENNIS_MODEL", "uit-omgeving")
    assert load_settings().model == "uit-omgeving"
    assert load_settings(model="gegeven").model == "gegeven"
    assert load_settings(model=None).upload_mb == 7


def test_a_wrong_value_is_named_with_the_way_out(monkeypatch):
    monkeypatch.setenv("BELEIDSKENNIS_UPLOAD_MB", "veel")
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert "upload_mb" in raised.value.message
    assert "BELEIDSKENNIS_UPLOAD_MB" in raised.value.hint


def test_the_key_of_the_language_model_is_never_shown():
    assert "geheim" not in repr(Settings(llm_key="geheim"))


def test_there_are_at_most_twenty_settings_and_the_docs_list_each():
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"| `{name}` |" in documented
        assert field.description in documented
    assert len(Settings.model_fields) <= 20
