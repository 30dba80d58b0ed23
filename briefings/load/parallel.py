"""Files of a large base read apart from each other, anywhere: what is kept of their entries.

Whoever reads some of them need not see the others: an entry that would be another one beside these
is told by what it asked for, and read again where all of them are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from briefings.core import files
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.load import cutting, decode, piecewise
from briefings.load.entries import sections_by_key
from briefings.load.piecewise import Memory, Sheet
from briefings.load.recalled import Recalled
from briefings.load.yamltree import Mapping as MappingNode
from briefings.load.yamltree import parse_part

_LETTERS = 2**20
"""How many letters one part has at least: half a second of work."""

_ALONE = frozenset({"facts", "contested"})
"""Sections of which entries of other files ask nothing, or only now and then."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Reads files of a base; `shared` are those that all need, the base's own before others."""

    shared: tuple[SourceText, ...]

    def __call__(self, part: Sequence[SourceText]) -> dict[str, bytes]:
        """What a `Memory` is to know of the files of a part, by path; of an empty one, of `shared`.

        Of files with a mistake in their YAML it is nothing.
        """
        read: dict[str, bytes] = {}
        memory = Memory(lambda _: None, read.__setitem__)
        sheets: dict[str, Sheet] = {}
        contexts: dict[str, bytes] = {}
        for source in (*self.shared, *part):
            first = next(iter(contexts.values()), b"")
            sheet = piecewise.sheet(source, memory, first)
            if sheet is not None:
                sheets[source.path] = sheet
                contexts[source.path] = piecewise.context(source, sheet, first)
        if self.shared[0].path not in sheets:
            return {}
        texts = {path: sheet.source for path, sheet in sheets.items()}

        def settle() -> None:
            for sheet in sheets.values():
                piecewise.release(sheet)

        recalled = Recalled({}, contexts, settle)
        own, *others = map(piecewise.tree, sheets.values())
        base, mistakes, _ = decode.decode(own, others, texts, recalled)
        piecewise.keep(tuple(sheets.values()), memory, base, recalled, mistakes)
        wanted = {source.path for source in part or self.shared}
        return {path: content for path, content in read.items() if path in wanted}


def parts(base: Path) -> tuple[Apart, dict[str, tuple[SourceText, ...]]] | None:
    """What reads a base by its files, and these by parts.

    Returns:
        None where that does not pay, or not all can be read: whoever reads the base says why.
    """
    try:
        own = _text(base.parent, base.name)
        paths = {
            path
            for pattern in _patterns(own)
            for path in files.matching(base.parent, pattern)
            if path != base.name
        }
        others = [_text(base.parent, path) for path in sorted(paths)]
    except (files.OutsideFolder, files.Unreadable, UnicodeDecodeError):
        return None
    alone = [source for source in others if _sections(source) <= _ALONE]
    shared = (own, *(source for source in others if source not in alone))
    grouped = list(_grouped(alone, max(_LETTERS, _common(shared))))
    if len(grouped) < 2:
        return None
    named: Mapping[str, tuple[SourceText, ...]] = {
        f"files {number}": part for number, part in enumerate(grouped, 1)
    }
    return Apart(shared), {"files 0": (), **named}


def _common(shared: Sequence[SourceText]) -> int:
    """The letters that each part is read with: a part has as many of its own at least."""
    return sum(len(source.text) for source in shared)


def _text(root: Path, path: str) -> SourceText:
    return SourceText(path, files.read(root, path).decode("utf-8-sig"))


def _cut(source: SourceText) -> cutting.Cut | None:
    sections = sections_by_key()
    return cutting.cut(source.text, {key: each.is_list for key, each in sections.items()})


def _sections(source: SourceText) -> set[str]:
    cut = _cut(source)
    return {""} if cut is None else {key for key, _ in cut.keys}


def _patterns(own: SourceText) -> Iterator[str]:
    """What the base includes, by its own file."""
    cut = _cut(own)
    for start, end in cut.heads if cut is not None else ():
        part = parse_part(own, start, end)
        if part is not None and isinstance(part[0], MappingNode):
            root = MappingNode(part[0].entries, Span(own.path, start, end))
            for pattern in decode.include_patterns(root):
                yield pattern.value.strip()


def _grouped(alone: Sequence[SourceText], letters: int) -> Iterator[tuple[SourceText, ...]]:
    """The files in parts of so many letters, the last one of what is left."""
    part: list[SourceText] = []
    for source in alone:
        part.append(source)
        if sum(len(each.text) for each in part) >= letters:
            yield tuple(part)
            part.clear()
    if part:
        yield tuple(part)
