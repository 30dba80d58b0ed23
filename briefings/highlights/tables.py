"""Highlights in a table: comma-separated values with the names of their columns above."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from briefings.core.names import suggestion
from briefings.highlights.highlight import (
    BrokenRow,
    Export,
    Highlight,
    NotHighlights,
    gathered,
    highlight,
)

_COLUMNS = {
    "quote": ("quote", "highlight", "text", "exact", "passage"),
    "note": ("note", "comment", "annotation"),
    "source": ("source",),
    "url": ("url", "uri", "address", "link"),
    "prefix": ("prefix",),
    "suffix": ("suffix",),
}
"""What each column may be called, in any case."""
_SEPARATORS = ",;\t"


def read(text: str) -> Export:
    """The highlights of a table (RFC 4180), whose columns are parted by `,`, `;` or tabs.

    A row is called by its number among all rows, the first being that of the names.

    Raises:
        NotHighlights: No column is called `quote`, or there are too many rows.
    """
    heading = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=heading.count)
    rows = csv.reader(StringIO(text.lstrip("\r\n"), newline=""), delimiter=separator)
    try:
        names = [name.strip().casefold() for name in next(rows, [])]
    except csv.Error as error:
        raise _no_quotes([]) from error
    columns = {
        column: names.index(name)
        for column, called in _COLUMNS.items()
        for name in reversed(called)
        if name in names
    }
    if "quote" not in columns:
        raise _no_quotes(names)
    return gathered("table", "row", _rows(rows, columns))


def _no_quotes(names: list[str]) -> NotHighlights:
    hints = suggestion("quote", [name for name in names if name])
    return NotHighlights(
        "it is neither JSON nor a table with a column `quote`",
        "; ".join(["name the columns in the first row: quote, note, source, url", *hints]),
    )


def _rows(
    rows: Iterator[list[str]], columns: dict[str, int]
) -> Iterator[Highlight | BrokenRow | None]:
    number = 1
    while True:
        number += 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            is_long = "field limit" in str(error)
            most = f"a text of it is over {csv.field_size_limit():,} characters long"
            yield BrokenRow(number, most if is_long else str(error))
            return  # where the next row begins is anybody's guess
        if row is None:
            return
        cells = {
            column: row[index] if index < len(row) else "" for column, index in columns.items()
        }
        yield highlight(
            number,
            cells["quote"],
            note=cells.get("note", ""),
            around=(cells.get("prefix", ""), cells.get("suffix", "")),
            addresses=(cells.get("url", ""),),
            source=cells.get("source", ""),
        )
