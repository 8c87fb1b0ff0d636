"""Everything that can go wrong, as one tree.

    BeleidskennisError
    ├── SettingsError            a setting is missing or cannot be used
    ├── SourceError              a source file cannot be taken in; the other files go on
    │   ├── UnreadableFileError      zero bytes, not a PDF, truncated, damaged
    │   ├── EncryptedFileError       a password is needed, or the given one is wrong
    │   ├── LimitExceededError       too slow, too large or too many pages for the limits
    │   └── ManifestError            the manifest cannot be read
    ├── IndexUnusableError            the index cannot be used as it is
    │   ├── EmptyIndexError          nothing has been taken in yet
    │   ├── CatalogueError           what all else is made from cannot be read
    │   ├── IndexVersionError        made by another version of the program
    │   ├── IndexModelError          made with another embedding model
    │   └── IndexLockedError         somebody else is writing to it
    ├── ModelError               an embedding model cannot be loaded or used
    ├── QueryError               a question is empty or cannot be understood
    ├── TaxonomyError            a taxonomy file does not hold together
    ├── GeneratorError           the configured language model failed or talked nonsense
    └── MissingExtraError        an optional part is not installed

Each message is one for the user, in Dutch, and says what failed, on which file or page, and what to do.
`exit_code` is what the command line exits with.
"""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "het bestand of de map is er niet",
    errno.EACCES: "u mag er niet bij",
    errno.EPERM: "u mag er niet bij",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EROFS: "hier kan niet worden geschreven",
    errno.ENOSPC: "de schijf is vol",
    errno.EMFILE: "er staan te veel bestanden open",
    errno.ENAMETOOLONG: "de naam is te lang",
}


def reason(error: Exception) -> str:
    """Why the system refused a file, in Dutch where that is known."""
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0, error.strerror or str(error))
    return str(error)


class BeleidskennisError(Exception):
    """Base of all. `message` is for the user, in Dutch; `hint` is the way out."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[type[BeleidskennisError], tuple[str, ...]]:
        return type(self), (self.message, self.hint)


class SettingsError(BeleidskennisError):
    """A setting is missing or cannot be used."""

    exit_code = 2


class SourceError(BeleidskennisError):
    """A source file cannot be taken in; `file_name` and, where known, `page_number` (from 1) name the place."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "", *, file_name: str = "", page_number: int | None = None) -> None:
        super().__init__(message, hint)
        self.file_name = file_name
        self.page_number = page_number

    def __reduce__(self) -> tuple[object, ...]:  # type: ignore[override]
        state = {"file_name": self.file_name, "page_number": self.page_number}
        return type(self), (self.message, self.hint), state


class UnreadableFileError(SourceError):
    """Zero bytes, not a PDF, truncated or damaged."""


class EncryptedFileError(SourceError):
    """A password is needed, or the given one is wrong."""


class LimitExceededError(SourceError):
    """Too slow, too large or too many pages for the limits in force."""


class ManifestError(SourceError):
    """The manifest cannot be read; says which line."""


class IndexUnusableError(BeleidskennisError):
    """The index cannot be used as it is."""

    exit_code = 4


class EmptyIndexError(IndexUnusableError):
    """Nothing has been taken in yet."""


class CatalogueError(IndexUnusableError):
    """The catalogue, from which all else is made, cannot be read."""


class DiskFullError(IndexUnusableError):
    """There is no room left to write the index."""

    def __init__(self) -> None:
        hint = "Maak ruimte vrij en doe het opnieuw; wat al was opgenomen is er nog, en wordt niet nog eens ingelezen."
        super().__init__("De schijf is vol: de index kan niet worden bijgewerkt.", hint)

    def __reduce__(self) -> tuple[type[BeleidskennisError], tuple[str, ...]]:
        return type(self), ()


class IndexVersionError(IndexUnusableError):
    """The index was made by another version of the program."""


class IndexModelError(IndexUnusableError):
    """The index was made with another embedding model."""


class IndexLockedError(IndexUnusableError):
    """Somebody else is writing to the index."""


class ModelError(BeleidskennisError):
    """An embedding model cannot be loaded or used."""

    exit_code = 5


class QueryError(BeleidskennisError):
    """A question is empty or cannot be understood."""

    exit_code = 2


class TaxonomyError(BeleidskennisError):
    """A taxonomy file does not hold together."""

    exit_code = 6


class GeneratorError(BeleidskennisError):
    """The configured language model failed, was too slow or talked nonsense."""

    exit_code = 7


class MissingExtraError(BeleidskennisError):
    """An optional part is not installed; the hint names the command that installs it."""

    exit_code = 8
