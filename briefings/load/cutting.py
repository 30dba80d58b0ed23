"""A file of a base cut into lines that can be read by themselves, without reading any of them.

What stands in a section is cut where an entry begins, at the indentation of the first. Such a line
may still be part of a text in quotes or of a list in brackets, which for YAML go on at any
indentation; but then the lines before it end within it, and no parser takes them for whole. So a
cut is right if all that is cut can be read by itself, from the first line on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from zlib import crc32

from briefings.core.values import dataclass
from briefings.load.grammars import ID

# Behind a line end, which a search for it finds at once; `^` would be tried at every letter.
_KEY = re.compile(r"\n([a-z_]+(?:\.[\w-]+)*):(?=[ \t\r\n]|\Z)")
_NOTHING = r"(?: *(?:\#[^\r\n]*)?\r?\n)*"  # no tab: no line of YAML may begin with one
_HEAD = re.compile(_NOTHING)
_SECTION = re.compile(rf"[a-z_]+:[ \t]*(?:[ \t]\#[^\r\n]*)?\r?\n{_NOTHING}(?P<indent> *)(?=[\w-])")
_LONGEST_KEY = 99
_ENTRIES = 16
"""About how many entries are in a piece: where it is cut depends on its own entries alone."""


@dataclass(frozen=True, slots=True)
class BasePiece:
    """Whole entries of a section, half-open in code points; `digest` is of their text."""

    section: str
    start: int
    end: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A section whose entries stand in a block: its key at `start`, them from `first` to `end`.

    `starts` are where each of them begins, as far as can be told without reading any.
    """

    section: str
    start: int
    first: int
    end: int
    starts: tuple[int, ...]

    def entry(self, number: int) -> tuple[int, int]:
        """The lines of an entry, by its number from 0."""
        behind = number + 1
        return self.starts[number], self.starts[behind] if behind < len(self.starts) else self.end


@dataclass(frozen=True, slots=True)
class Cut:
    """A file in pieces; `heads` are the ranges of lines that are in none of them.

    `keys` are where each section that is cut begins, `gaps` the ranges of these and of comments
    before what they are above. All stand in the order of the file.
    """

    heads: tuple[tuple[int, int], ...]
    gaps: tuple[tuple[int, int], ...]
    keys: tuple[tuple[str, int], ...]
    pieces: tuple[BasePiece, ...]


def cut(text: str, sections: Mapping[str, bool]) -> Cut | None:
    """The pieces of a text; None where it has none, or begins as no base does.

    Args:
        text: The text of the file.
        sections: The keys of sections, each with whether its entries are a list.
    """
    heads: list[tuple[int, int]] = []
    gaps: list[tuple[int, int]] = []
    keys: list[tuple[str, int]] = []
    pieces: list[BasePiece] = []
    for key, start, end, match in _parts(text, sections):
        if not gaps:
            gaps.append((0, start))
        if match is None:
            heads.append((start, end))
            continue
        keys.append((key, start))
        gaps.append((start, match.start("indent")))
        entry = _entry(len(match["indent"]), is_list=sections[key])
        pieces += _pieces(key, text, match.start("indent"), end, entry)
    return Cut(tuple(heads), tuple(gaps), tuple(keys), tuple(pieces)) if pieces else None


def ids(text: str, piece: BasePiece) -> tuple[str, ...] | None:
    """The ids of the entries of a piece of a list, by how their lines begin: nothing is read.

    None where an entry does not begin with its id. Whoever reads the piece has to hold them against
    what stands there: a line may mean something else than it seems to.
    """
    content = text[piece.start : piece.end]
    indent = len(content) - len(content.lstrip(" "))
    seen = re.findall(rf"^ {{{indent}}}- +id: +({ID}) *\r?$", content, re.MULTILINE)
    others = _entry(indent, is_list=True).findall(content)
    return tuple(seen) if len(seen) == len(others) + 1 else None


def blocks(text: str, sections: Mapping[str, bool]) -> tuple[Block, ...]:
    """The sections of a text whose entries stand in blocks; its arguments are those of `cut`."""
    return tuple(
        Block(key, start, match.start("indent"), end, _starts(match, end, is_list=sections[key]))
        for key, start, end, match in _parts(text, sections)
        if match is not None
    )


def _starts(section: re.Match[str], end: int, *, is_list: bool) -> tuple[int, ...]:
    """Where entries may begin in a section, the first one first."""
    text, first = section.string, section.start("indent")
    others = _entry(len(section["indent"]), is_list=is_list).finditer(text, first, end)
    return first, *(match.start() + 1 for match in others)


def _parts(
    text: str, sections: Mapping[str, bool]
) -> Iterator[tuple[str, int, int, re.Match[str] | None]]:
    """Each key of a text with its lines; with a match if its entries stand in a block below it."""
    first = _KEY.match(f"\n{text[:_LONGEST_KEY]}")
    starts = [*([0] if first else []), *(match.start(1) for match in _KEY.finditer(text))]
    beginning = _HEAD.match(text)
    if not starts or beginning is None or beginning.end() != starts[0]:
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        key = text[start : text.index(":", start)]
        match = _SECTION.match(text, start, end) if key in sections else None
        begins = match is not None and _begins(match, is_list=sections[key])
        yield key, start, end, match if begins else None


def _begins(section: re.Match[str], *, is_list: bool) -> bool:
    """Whether the first entry stands as those of a list or map do; ids stand deeper than keys."""
    if section.string.startswith("- ", section.end()):
        return is_list
    return not is_list and bool(section["indent"])


def _entry(indent: int, *, is_list: bool) -> re.Pattern[str]:
    """Where an entry may begin: at a dash, or at an id."""
    beginning = "-(?= )" if is_list else r"(?=[^ \t#\r\n])"
    return re.compile(f"\n {{{indent}}}{beginning}")


def _pieces(key: str, text: str, start: int, end: int, entry: re.Pattern[str]) -> list[BasePiece]:
    pieces: list[BasePiece] = []
    first = last = start
    for match in entry.finditer(text, start, end):
        at = match.start() + 1
        # A piece ends with an entry by its own text, so that no other entry moves its bounds.
        if at > last and crc32(text[last:at].encode()) % _ENTRIES == 0:
            pieces.append(_piece(key, text, first, at))
            first = at
        last = at
    pieces.append(_piece(key, text, first, end))
    return pieces


def _piece(key: str, text: str, start: int, end: int) -> BasePiece:
    content = f"{key}\n{text[start:end]}".encode("utf-8", "surrogatepass")
    return BasePiece(key, start, end, blake2b(content, digest_size=16).digest())
