"""docs/fact-base.md says of the fields of a base what the model does."""

from __future__ import annotations

import re

import fact_base
import pytest

from briefings.core.model import FactBase
from briefings.load.entries import fields_of, sections_of

TEXT = fact_base.PAGE.read_text(encoding="utf-8")


def _fields(kind: type, within: str = "") -> list[tuple[str, str]]:
    """Table, and name there, of all that stands in a `kind` and in its parts."""
    table = within.partition(" ")[0] or kind.__name__
    prefix = within.partition(" ")[2]
    rows = []
    for field in fields_of(kind):
        rows.append((table, prefix + field.key))
        if field.form.part is not None and field.form.word == "list":
            rows += _fields(field.form.part)
        elif field.form.part is not None:
            rows += _fields(field.form.part, f"{table} {prefix}{field.key}.")
    return rows


FIELDS = [
    *_fields(FactBase),
    *(each for section in sections_of(FactBase) for each in _fields(section.entry)),
]


def test_its_tables_are_those_of_the_model() -> None:
    """Made anew, they are the same: `make tables` was not forgotten."""
    assert fact_base.written(TEXT) == TEXT


@pytest.mark.parametrize("table", sorted({table for table, _ in FIELDS}))
def test_every_field_has_its_row(table: str) -> None:
    """In the table of its class, or after a dot in that of the class that holds it."""
    rows = TEXT.partition(f"<!-- fields: {table} -->\n\n")[2].partition("\n\n")[0]
    names = re.findall(r"^\| `([\w.]+)` \|.*\| \S.* \|$", rows, re.MULTILINE)
    assert {name for held, name in FIELDS if held == table} <= set(names)


def test_the_tables_say_what_is_required() -> None:
    """Of a source: its file, but not its address; and what kind of text each is."""
    assert "| `file` | required | path of the captured text" in TEXT
    assert "| `published` | required, date | " in TEXT
    assert "| `url` | | http or https |" in TEXT
    assert "| `paragraphs` | | `lines`: each line is a paragraph" in TEXT


def test_a_table_follows_the_model() -> None:
    """Whatever stood there before."""
    old = "A gap:\n\n<!-- fields: Gap -->\n\n| field |\n|---|\n| `gone` |\n\nMore.\n"
    page = fact_base.written(old)
    assert page.startswith("A gap:\n\n<!-- fields: Gap -->\n\n| field | | meaning |\n")
    assert "| `question` | required, text | what no document says |\n" in page
    assert "gone" not in page
    assert page.endswith("|\n\nMore.\n")
