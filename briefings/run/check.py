"""From a desk's folder to its checked base: reading, then the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefings.check.anchors import QuoteCheck
from briefings.check.gate import check
from briefings.core.diagnostics import Diagnostic
from briefings.core.model import CheckedBase
from briefings.core.span import SourceText
from briefings.load.desk import load


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check; `checked` is there exactly if no diagnostic is an error.

    `texts` are the texts that the diagnostics point into, `reads` the SHA-256 of each file that
    was read; both by desk-relative path.
    """

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    reads: Mapping[str, str]
    quotes: tuple[QuoteCheck, ...]
    checked: CheckedBase | None


def check_desk(path: Path) -> Checked:
    """Read and check the base at `path` with all that it includes and cites."""
    loaded = load(path)
    if loaded.base is None:
        return Checked(loaded.diagnostics, loaded.texts, loaded.reads, (), None)
    found = check(loaded.base, loaded.documents, loaded.unproven, loaded.diagnostics)
    return Checked(found.diagnostics, loaded.texts, loaded.reads, found.quotes, found.checked)


def topics(path: Path) -> dict[str, str]:
    """The topics of the base at `path` with their titles, of a base with mistakes too."""
    base = load(path).base
    return {topic.id: topic.title.forms[0][1] for topic in base.topics.values()} if base else {}
