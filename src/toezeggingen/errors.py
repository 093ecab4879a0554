"""Every error this package raises on purpose: one line that says where, what was found and what to do."""

from __future__ import annotations


class ToezeggingenError(Exception):
    """Base of all errors raised on purpose. `str(error)` is one line, fit for a terminal."""


class LetterError(ToezeggingenError):
    """A letter cannot be read: `path: what was found; what to do`."""

    def __init__(self, path: str, found: str, remedy: str) -> None:
        self.path = path
        self.found = found
        self.remedy = remedy
        super().__init__(f"{path}: {found}; {remedy}")


class LexiconError(ToezeggingenError):
    """A line of a lexicon is not as it should be: `file:line: what was found`."""

    def __init__(self, file: str, line: int, found: str) -> None:
        super().__init__(f"{file}:{line}: {found}")


class ModelError(ToezeggingenError):
    """A pipeline's folder cannot be used with this code: `folder: what was found; what to do`."""

    def __init__(self, folder: str, found: str, remedy: str) -> None:
        super().__init__(f"{folder}: {found}; {remedy}")


class MissingModelError(ModelError):
    """A base model that was asked for is not installed."""


class RecordError(ToezeggingenError):
    """A line is not an extraction record: `file:line: what was found`."""

    def __init__(self, file: str, line: int, found: str) -> None:
        super().__init__(f"{file}:{line}: {found}")


class OptionError(ToezeggingenError):
    """An option or argument that cannot be used: what it was and what is accepted."""
