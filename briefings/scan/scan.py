"""The last look at finished files: nothing in them may be above their own marking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.marking import markings
from briefings.core.model import CheckedBase, Marking
from briefings.scan.allowlist import interface
from briefings.scan.entries import Entry, entries
from briefings.scan.extract import Unsearchable, extract_text
from briefings.scan.index import LeakIndex, traces

_SHOWN = 60


def above(
    checked: CheckedBase,
    files: Iterable[Artifact],
    marked: Mapping[str, Marking],
    otherwise: Marking,
) -> list[Diagnostic]:
    """`above-marking` for each entry that a file gives away although it is above the file's label.

    `marked` has the labels by path, `otherwise` that of all other files. A file that can't be read
    through is `unsearched`. Where no entry is above any label there is nothing to look for.
    """
    labelled = [(file, marked.get(file.path, otherwise)) for file in files]
    highest = markings(checked.base).highest
    if all(label >= highest for _, label in labelled):
        return []
    known = entries(checked)
    ours = tuple(interface(checked.base.languages))
    wanted = {label: traces(known, label, ours) for label in {label for _, label in labelled}}
    return [
        found
        for file, label in sorted(labelled, key=lambda one: one[0].path)
        for found in _looked(file, label, wanted[label])
    ]


def _looked(file: Artifact, label: Marking, wanted: LeakIndex) -> Iterator[Diagnostic]:
    if not wanted:
        return
    told: set[str] = set()
    try:
        for where, text in extract_text(file):
            for said, entry in sorted(_found(wanted, text), key=_longest_first):
                if entry.what not in told:
                    told.add(entry.what)
                    yield _above(file, label, where, said, entry)
    except Unsearchable as unread:
        message = f"{file.path} can't be searched for what is above {label.label}: {unread}"
        yield diagnostic("unsearched", message, None)


def _found(wanted: LeakIndex, text: str) -> Iterator[tuple[str, Entry]]:
    yield from wanted.in_words(text).items()
    yield from wanted.in_code(text).items()


def _longest_first(found: tuple[str, Entry]) -> tuple[str, int, str]:
    said, entry = found
    return entry.what, -len(said), said


def _above(file: Artifact, label: Marking, where: str, said: str, entry: Entry) -> Diagnostic:
    shown = said if len(said) <= _SHOWN else said[: _SHOWN - 1] + "…"
    message = (
        f"{file.path} is {label.label}, and {where} stands “{shown}” of {entry.what}, which is"
        f" {entry.marking.label}"
    )
    return diagnostic("above-marking", message, entry.span)
