"""What `capture` guessed of sources, confirmed by somebody who has looked, or said better."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.authoring.draft import Draft, OpenDesk
from briefings.authoring.entry_changes import EntryChange, changed
from briefings.core.diagnostics import Refused, unknown_name
from briefings.core.edtf import Edtf
from briefings.core.model import LocalText, Source, SourceId
from briefings.edit.insert import Value

_BASES = {"publisher": "publisher_basis", "published": "published_basis"}
"""Fields whose reason no longer holds once they are replaced."""


def waiting(desk: OpenDesk) -> tuple[Source, ...]:
    """The sources with guesses that nobody has confirmed, in the order of the base."""
    return tuple(each for each in desk.base.sources.values() if each.to_confirm)


def source_of(desk: OpenDesk, name: str) -> Source:
    """The source of that id.

    Raises:
        Refused: With status 2: there is none.
    """
    source = desk.base.sources.get(SourceId(name))
    if source is None:
        raise Refused(2, [unknown_name("source", name, desk.base.sources)])
    return source


def guesses(source: Source) -> Mapping[str, str]:
    """The fields of a source that were guessed, each with what it says by now."""
    return {field: _shown(getattr(source, field, None)) for field in source.to_confirm}


def _shown(value: object) -> str:
    if isinstance(value, LocalText):
        return next(text for _, text in value.forms)
    if isinstance(value, Edtf):
        return value.text
    return "unknown" if value is None else str(value)


def confirm(desk: OpenDesk, changes: Mapping[SourceId, Mapping[str, str]]) -> Draft:
    """The desk with no guess left in some sources; nothing is written yet.

    Args:
        desk: The desk.
        changes: What is known better of each, by the keys of its fields.

    Raises:
        Refused: As of `changed`.
    """
    return changed(
        desk,
        [EntryChange(desk.base.sources[key], _fields(better)) for key, better in changes.items()],
    )


def _fields(better: Mapping[str, str]) -> dict[str, Value | None]:
    outdated = {basis: None for field, basis in _BASES.items() if field in better}
    return {"to_confirm": None, **outdated, **better}
