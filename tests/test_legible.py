"""A text is printed as the text that was checked, whatever characters it holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from little_desk import LittleDesk
from markupsafe import Markup

from briefings.plan.request import Request
from briefings.render.html.legible import legible
from briefings.run.build import build


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ‘text’ – سلام می‌خواهد\n", "plain ‘text’ – سلام می‌خواهد\n"),
        ("il\u202elegal", "il⟨U+202E⟩legal"),
        ("a\U000e0041b", "a⟨U+E0041⟩b"),
        ("a\x07b", "a⟨U+0007⟩b"),
        ("e" + "\u0301" * 100, "e" + "\u0301" * 4 + "⟨…⟩"),
    ],
)
def test_unruly_characters_are_shown(text: str, shown: str) -> None:
    """Controls, overrides and tags by their code; a heap of marks by four of them."""
    assert legible(text) == shown


def test_markup_stays_markup() -> None:
    """What was escaped is not escaped again; what is no text passes."""
    found = legible(Markup("<b>\u202e</b>"))
    assert (found, type(found)) == (Markup("<b>⟨U+202E⟩</b>"), Markup)
    assert legible(5) == 5


def test_document_with_an_override(desk: LittleDesk) -> None:
    """Neither the brief nor the source page prints another word than the document holds."""
    desk.document("a", "They held il\u202elegal talks. The ship left.")
    desk.check(
        "facts:\n  - {id: f, kind: event, topics: [t], statement: The ship left.,"
        " evidence: [{source: a, quote: The ship left}]}\n"
    )
    out = desk.folder / "build"
    build(Request(desk.folder / "facts.yaml", out), today=lambda _: date(2025, 1, 3))
    for path in sorted(Path(out).rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert "\u202e" not in text.partition('<script type="application/json"')[0]
    assert "il⟨U+202E⟩legal" in (out / "sources" / "a.html").read_text(encoding="utf-8")
