"""From a desk's folder to its checked base: reading, then the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefings.check.anchors import QuoteCheck
from briefings.check.figures import Support, Unread
from briefings.check.gate import check
from briefings.core.diagnostics import Diagnostic
from briefings.core.model import CheckedBase, LocalText
from briefings.core.span import SourceText
from briefings.load.desk import load
from briefings.run import issued
from briefings.run.issued import Records


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check; `checked` is there exactly if no diagnostic is an error.

    `texts` are the texts that the diagnostics point into, `reads` the SHA-256 of each file that
    the base consists of; both by desk-relative path. `records` are of the issued briefs,
    `supports` the figures that the record carries instead of a quote, `unread` what of the
    figures could not be compared.
    """

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    reads: Mapping[str, str]
    quotes: tuple[QuoteCheck, ...]
    checked: CheckedBase | None
    records: Records
    supports: tuple[Support, ...] = ()
    unread: tuple[Unread, ...] = ()


def check_desk(path: Path) -> Checked:
    """Read and check the base at `path` with all that it includes and cites."""
    loaded = load(path)
    records = issued.read(loaded.root)
    texts = {**loaded.texts, **records.texts}
    earlier = (*loaded.diagnostics, *records.diagnostics)
    if loaded.base is None:
        return Checked(earlier, texts, loaded.reads, (), None, records)
    if loaded.standing is not None:
        earlier = (*earlier, *issued.vanished(loaded.standing, records))
    found = check(loaded.base, loaded.documents, loaded.unproven, earlier)
    return Checked(
        found.diagnostics,
        texts,
        loaded.reads,
        found.quotes,
        found.checked,
        records,
        found.supports,
        found.unread,
    )


def names(path: Path, section: str) -> dict[str, str]:
    """The ids of one section of the base at `path`, such as `topics`, and what each is called.

    A base with mistakes has some too: whatever could be read.
    """
    base = load(path).base
    entries: Mapping[str, object] = getattr(base, section) if base else {}
    return {name: _called(entry) for name, entry in entries.items()}


def _called(entry: object) -> str:
    for attribute in ("title", "name", "statement"):
        match getattr(entry, attribute, None):
            case LocalText() as text:
                return text.forms[0][1]
            case str() as text:
                return text
    return ""
