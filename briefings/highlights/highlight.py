"""A passage that somebody has marked in another program, and what an export of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefings.core.characters import condensed
from briefings.core.values import dataclass

LONGEST = 4000
"""How many characters a quote or a note may have."""
MOST = 10_000
"""How many annotations an export may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A marked passage; `number` is its place in the export, from 1.

    `prefix` and `suffix` are the words around it, as a W3C TextQuoteSelector has them. `addresses`
    are those of its document on the web, `source` is the id that a table gives; each may be empty.
    """

    number: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    addresses: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """An annotation that can't be read, by its `number` from 1, and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Export:
    """What a file of annotations holds.

    `program` is where it comes from; `row` is what one of its annotations is called; `unquoted`
    counts those that mark no words: notes on a whole page, replies, pictures.
    """

    program: str
    row: str
    highlights: tuple[Highlight, ...]
    broken: tuple[BrokenRow, ...] = ()
    unquoted: int = 0


class NotHighlights(Exception):
    """The file is no export that can be read; the message says why, `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def gathered(program: str, row: str, rows: Iterable[Highlight | BrokenRow | None]) -> Export:
    """An export of its rows, in order; None is one that marks no words.

    Args:
        program: Whose export it is.
        row: What to call one of its rows.
        rows: None is one that marks no words.

    Raises:
        NotHighlights: There are too many.
    """
    highlights: list[Highlight] = []
    broken: list[BrokenRow] = []
    unquoted = 0
    for count, each in enumerate(rows, 1):
        if count > MOST:
            raise NotHighlights(f"it holds more than {MOST} annotations", "import it in parts")
        if isinstance(each, Highlight):
            highlights.append(each)
        elif isinstance(each, BrokenRow):
            broken.append(each)
        else:
            unquoted += 1
    return Export(program, row, tuple(highlights), tuple(broken), unquoted)


def highlight(
    number: int,
    quote: str,
    *,
    note: str,
    around: tuple[str, str] = ("", ""),
    addresses: Iterable[str],
    source: str = "",
) -> Highlight | BrokenRow | None:
    """A highlight of what a program has written down; None if it marks no words.

    Args:
        number: Which row it is, from 1.
        quote: The words that were marked.
        note: What was written beside them.
        around: What stands before and behind them.
        addresses: Where the page was found.
        source: The id of the source, if the row names it.
    """
    words, note = condensed(quote), condensed(note)
    if not words:
        return None
    for what, text in (("quote", words), ("note", note)):
        if len(text) > LONGEST:
            return BrokenRow(number, f"its {what} is longer than {LONGEST} characters")
    return Highlight(
        number=number,
        quote=words,
        prefix=condensed(around[0][-LONGEST:]),
        suffix=condensed(around[1][:LONGEST]),
        note=note,
        addresses=tuple(dict.fromkeys(each.strip() for each in addresses if each.strip())),
        source=source.strip(),
    )


# What other programs write is of any shape: each part is taken if it is what is looked for.


def text_of(value: object) -> str:
    """The value if it is a text, else none."""
    return value if isinstance(value, str) else ""


def map_of(value: object) -> dict[str, object]:
    """The value if it is a map, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[object]:
    """A list as it is, no value as none, any other as the only one."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def maps_in(value: object) -> Iterator[dict[str, object]]:
    """The maps of a list, or the one that stands in its place."""
    return (each for each in listed(value) if isinstance(each, dict))
