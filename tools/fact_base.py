"""The tables of `docs/fact-base.md`, made from the annotations of the model.

    python tools/fact_base.py           write them anew
    python tools/fact_base.py --check   write nothing; fail if one is old

A table stands below a comment that names a class of the model: `<!-- fields: Source -->`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pages import keep

from briefings.core import model
from briefings.core.model import Evidence, FactBase, Marking
from briefings.load.entries import Field, fields_of, sections_of

PAGE = Path(__file__).parent.parent / "docs" / "fact-base.md"

_GROUPED = {Evidence, *(each.entry for each in sections_of(FactBase) if each.is_list)}
_TABLE = re.compile(r"(<!-- fields: (\w+) -->\n)\n(?:\|.*\n)*")


def written(page: str) -> str:
    """`page` with each of its tables as the model has it."""

    def table(found: re.Match[str]) -> str:
        rows = ("| field | | meaning |", "|---|---|---|", *_rows(getattr(model, found[2])))
        return found[1] + "\n" + "\n".join(rows) + "\n"

    return _TABLE.sub(table, page)


def _rows(kind: type, within: str = "") -> Iterator[str]:
    """A row for each key of `kind`; the keys of a single entry in it follow, after a dot."""
    for field in fields_of(kind):
        if not field.doc:
            continue  # another field has the same key, and says what it means
        words = (
            "required" if field.required else "",
            field.form.word,
            "shared" if field.shared and kind in _GROUPED else "",
        )
        yield _row(within + field.key, ", ".join(filter(None, words)), _meaning(field))
        if field.form.part is not None and field.form.word != "list":
            yield from _rows(field.form.part, f"{within}{field.key}.")
    for section in sections_of(kind):
        yield _row(section.key, "list" if section.is_list else "map", section.doc)


def _row(*cells: str) -> str:
    name, *others = cells
    return " | ".join((f"| `{name}`", *others)).replace("|  |", "| |") + " |"


def _meaning(field: Field) -> str:
    """What a field means, the words that may stand there, and what holds without it."""
    doc, words = field.doc, field.form.words
    if not all(f"`{word}`" in doc for word in words):
        lead = "any" if field.form.word == "list" else "one"
        doc += f"; {lead} of " + ", ".join(f"`{word}`" for word in words)
    default = "" if field.required else _shown(field.default)
    return f"{doc}; default `{default}`" if default and "default" not in doc else doc


def _shown(default: object) -> str:
    match default:
        case Marking():
            return default.label.removeprefix("TLP:")
        case str():
            return str(default)
    return ""


if __name__ == "__main__":
    sys.exit(keep(PAGE, written, __doc__))
