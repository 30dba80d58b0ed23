"""The last look at finished files: nothing in them may be above their own marking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.marking import markings
from briefings.core.model import CheckedBase, Marking
from briefings.core.values import dataclass
from briefings.scan.allowlist import own_words
from briefings.scan.entries import Marked, entries
from briefings.scan.extract import Unsearchable, extract_text
from briefings.scan.index import LeakIndex, leak_index

_SHOWN = 60


def search(
    checked: CheckedBase, paths: Iterable[str], marked: Mapping[str, Marking], otherwise: Marking
) -> Search | None:
    """How files are searched for what is above their marking.

    Args:
        checked: The base, each entry of which is looked for.
        paths: The files.
        marked: The marking of a file by its path.
        otherwise: That of all others.

    Returns:
        What searches any of these files; None if nothing of the base is above any of them.
    """
    labels = {path: marked.get(path, otherwise) for path in paths}
    highest = markings(checked.base).highest
    if all(label >= highest for label in labels.values()):
        return None
    known = entries(checked)
    ours = own_words(checked.base.languages)
    indexes = {label: leak_index(known, label, ours) for label in set(labels.values())}
    return Search(labels, indexes)


@dataclass(frozen=True, slots=True)
class Search:
    """Searches a file for what is above its marking: `labels` by path, what to find by label."""

    labels: Mapping[str, Marking]
    indexes: Mapping[Marking, LeakIndex]

    def sought(self) -> dict[str, str]:
        """A digest of what is looked for in each file, by its path."""
        digests = {label: index.digest for label, index in self.indexes.items()}
        return {path: digests[label] for path, label in self.labels.items()}

    def __call__(self, file: Artifact) -> list[Diagnostic]:
        """`above-marking` for each entry that a file gives away, or `unsearched`."""
        label = self.labels[file.path]
        return list(_leaks(file, label, self.indexes[label]))


def _leaks(file: Artifact, label: Marking, index: LeakIndex) -> Iterator[Diagnostic]:
    if not index:
        return
    reported: set[str] = set()
    try:
        for where, text in extract_text(file):
            for words, entry in sorted(_found(index, text), key=_longest_first):
                if entry.what not in reported:
                    reported.add(entry.what)
                    yield _above(file, label, where, words, entry)
    except Unsearchable as unread:
        message = f"{file.path} can't be searched for what is above {label.label}: {unread}"
        yield diagnostic("unsearched", message, None)


def _found(index: LeakIndex, text: str) -> Iterator[tuple[str, Marked]]:
    yield from index.in_words(text).items()
    yield from index.in_code(text).items()


def _longest_first(leak: tuple[str, Marked]) -> tuple[str, int, str]:
    words, entry = leak
    return entry.what, -len(words), words


def _above(file: Artifact, label: Marking, where: str, words: str, entry: Marked) -> Diagnostic:
    shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    message = (
        f"{file.path} is {label.label}, and {where} stands “{shown}” of {entry.what}, which is"
        f" {entry.marking.label}"
    )
    return diagnostic("above-marking", message, entry.span)
