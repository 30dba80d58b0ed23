"""Desks of a few lines, written for one test and checked for real."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from briefings.core.diagnostics import Diagnostic, in_order
from briefings.core.diagnostics import render as render_diagnostics
from briefings.desk.checked import Checked
from briefings.run.check import check_desk

HEAD = """\
format: 1
title: Little desk
languages: [en]
topics:
  t: {title: Harbour}
"""


class LittleDesk:
    """A desk in `folder`; documents are written first, so that `{name}` in YAML is their hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sources: dict[str, str] = {}

    def document(self, name: str, text: str | bytes, **fields: str) -> LittleDesk:
        """Add the source `name`, captured in `name`.txt; `fields` override the source's own."""
        content = text.encode() if isinstance(text, str) else text
        (self.folder / f"{name}.txt").write_bytes(content)
        entry = {
            "file": f"{name}.txt",
            "sha256": hashlib.sha256(content).hexdigest(),
            "title": f"Document {name}",
            "publisher": f"Paper {name}",
            "origin": f"{name}-{hashlib.sha256(name.encode()).hexdigest()[:6]}",
            "published": "2025-01-02",
            "language": "en",
        } | fields
        pairs = ", ".join(f"{key}: {value}" for key, value in entry.items())
        self.sources[name] = f"  {name}: {{{pairs}}}\n"
        return self

    def check(self, yaml: str, head: str = HEAD) -> Checked:
        """Write `facts.yaml` from head, documents and `yaml`, and check it."""
        sources = "sources:\n" + "".join(self.sources.values()) if self.sources else ""
        (self.folder / "facts.yaml").write_text(head + sources + yaml, encoding="utf-8")
        return check_desk(self.folder / "facts.yaml")

    def quote(self, quote: str, *, source: str = "a", more: str = "") -> Checked:
        """Check a base of one fact with one quote."""
        return self.check(
            "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: Something.\n"
            f"    evidence:\n      - source: {source}\n"
            f"        quote: {json.dumps(quote, ensure_ascii=False)}\n{more}"
        )

    def statement(
        self, statement: str, *quotes: str, more: str = "", language: str = "en", keys: str = ""
    ) -> Checked:
        """Check a base of one fact with these `keys`, whose `quotes` are a document each."""
        for number, quote in enumerate(quotes):
            self.document(f"d{number}", quote, language=language)
        evidence = "".join(
            f"      - {{source: d{number}, quote: {json.dumps(quote, ensure_ascii=False)}}}\n"
            for number, quote in enumerate(quotes)
        )
        return self.check(
            f"{more}facts:\n  - id: f\n    kind: event\n    topics: [t]\n"
            f"    statement: {json.dumps(statement, ensure_ascii=False)}\n{keys}"
            f"    evidence:\n{evidence}"
        )


def codes(checked: Checked) -> list[str]:
    """The codes of what was found, in order of place."""
    return [each.code for each in in_order(checked.diagnostics)]


def only(checked: Checked, code: str) -> Diagnostic:
    """The single diagnostic with this code."""
    (mistake,) = [each for each in in_order(checked.diagnostics) if each.code == code]
    return mistake


def printed(checked: Checked) -> str:
    """What a terminal would show."""
    return render_diagnostics(checked.diagnostics, checked.texts)
