"""Source files: finding them, identifying them, and what is known or guessed of each."""

from beleidskennis.sources.describing import describe, with_entry
from beleidskennis.sources.files import (
    SUFFIXES,
    check_file,
    find_set_aside,
    find_sources,
    find_unread,
    sha256_of,
    shown_name,
)
from beleidskennis.sources.identifiers import find_identifiers
from beleidskennis.sources.manifest import ManifestEntry, read_manifest
from beleidskennis.sources.periodicals import printed_range

__all__ = [
    "SUFFIXES",
    "ManifestEntry",
    "check_file",
    "describe",
    "find_identifiers",
    "find_set_aside",
    "find_sources",
    "find_unread",
    "printed_range",
    "read_manifest",
    "sha256_of",
    "shown_name",
    "with_entry",
]
