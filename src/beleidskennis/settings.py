"""Settings from the environment (`BELEIDSKENNIS_*`) or `beleidskennis.toml` in the working folder.

Nothing happens at import: `load_settings()` reads, and only `library` and the interfaces call it. Lower layers get
plain values.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from beleidskennis.errors import SettingsError


class Settings(BaseSettings):
    """All settings. Each can be set as `BELEIDSKENNIS_<NAME>` or as `<name> = ...` in `beleidskennis.toml`."""

    model_config = SettingsConfigDict(
        env_prefix="BELEIDSKENNIS_", toml_file="beleidskennis.toml", extra="ignore", frozen=True
    )

    corpus: Path = Field(Path("corpus"), description="Map met de bronbestanden en manifest.csv.")
    index: Path = Field(Path("index"), description="Map waarin de index wordt gemaakt.")
    model: str = Field("beleidskennis-nl", description="Zoekmodel: het meegeleverde, een map, of een naam op de hub.")
    query_prompt: str | None = Field(None, description="Voorvoegsel voor vragen; leeg: wat bij het model hoort.")
    passage_prompt: str | None = Field(None, description="Voorvoegsel voor passages; leeg: wat bij het model hoort.")
    reranker: str = Field(
        "", description="Model (map of naam, met #50 voor 50 treffers) dat de eerste treffers herordent; leeg: geen."
    )
    taxonomy: Path | None = Field(None, description="Eigen taxonomie (SKOS Turtle) in plaats van de meegeleverde.")
    workers: int = Field(0, ge=0, description="Processen bij het inlezen; 0: zoveel als er rekenkernen zijn.")
    page_seconds: float = Field(20.0, gt=0, description="Hoogstens zoveel seconden per bladzijde bij het inlezen.")
    document_seconds: float = Field(600.0, gt=0, description="Hoogstens zoveel seconden per document bij het inlezen.")
    memory_mb: int = Field(2048, ge=256, description="Hoogstens zoveel geheugen (MB) per document bij het inlezen.")
    max_pages: int = Field(5000, ge=1, description="Hoogstens zoveel bladzijden per document.")
    upload_mb: int = Field(100, ge=1, description="Hoogstens zo groot (MB) mag een bestand zijn.")
    passwords: tuple[str, ...] = Field((), description="Wachtwoorden die op versleutelde PDF's worden geprobeerd.")
    llm_url: str = Field("", description="Adres van een OpenAI-compatibele server; leeg: geen taalmodel.")
    llm_model: str = Field("", description="Naam van het taalmodel op die server.")
    llm_key: str = Field("", description="Sleutel voor die server, als die er een vraagt.", repr=False)
    llm_seconds: float = Field(60.0, gt=0, description="Hoogstens zoveel seconden wachten op het taalmodel.")
    user: str = Field("", description="Naam die bij oordelen en wijzigingen wordt bewaard.")
    allowed_users: tuple[str, ...] = Field(
        (), description="Wie in de app mag na inloggen: adressen, @domein of *; leeg: geen inloggen."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: object) -> Settings:
    """The settings in force; `overrides` that are None are left out.

    Raises:
        SettingsError: a value cannot be used; the message names it.

    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        message = f"De instelling '{name}' kan niet worden gebruikt: {_wrong(first)}."
        hint = f"Pas BELEIDSKENNIS_{name.upper()} of de regel '{name}' in beleidskennis.toml aan."
        raise SettingsError(message, hint) from error


def _wrong(found: Mapping[str, Any]) -> str:
    """What is wrong with a value, in Dutch for what happens most."""
    kind, limits = str(found["type"]), found.get("ctx", {})
    if kind.startswith("int_"):
        return f"'{found['input']}' is geen heel getal"
    if kind.startswith("float_"):
        return f"'{found['input']}' is geen getal"
    if kind == "greater_than_equal":
        return f"kies {limits['ge']} of meer"
    if kind == "greater_than":
        return f"kies meer dan {limits['gt']}"
    return str(found["msg"])
