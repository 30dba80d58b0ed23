"""A text is printed as the text that was checked, whatever characters it holds."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from little_desk import LittleDesk
from markupsafe import Markup

from briefings.core.characters import hidden, visible
from briefings.plan.request import Request
from briefings.render.html.escape import escape_controls
from briefings.run.build import build


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ‘text’ – سلام می‌خواهد\n", "plain ‘text’ – سلام می‌خواهد\n"),
        ("il\u202elegal", "il⟨U+202E⟩legal"),
        ("a\U000e0041b", "a⟨U+E0041⟩b"),
        ("a\ud800b", "a⟨U+D800⟩b"),
        ("a\x07b\x9b", "a⟨U+0007⟩b⟨U+009B⟩"),
        ("a\x85b\u2028c\u2029d\n", "a b c d\n"),
        ("e" + "\u0301" * 100, "e" + "\u0301" * 4 + "⟨…⟩"),
    ],
)
def test_unruly_characters_are_shown(text: str, shown: str) -> None:
    """Controls, overrides and tags by their code; a heap of marks by four; line ends by blanks."""
    assert escape_controls(text) == shown


def test_markup_stays_markup() -> None:
    """What was escaped is not escaped again; what is no text passes."""
    escaped = escape_controls(Markup("<b>\u202e</b>"))
    assert (escaped, type(escaped)) == (Markup("<b>⟨U+202E⟩</b>"), Markup)
    assert escape_controls(5) == 5


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


def test_what_a_page_shows_by_its_code_the_other_stages_know_too() -> None:
    """The base may not hold it, and a message shows it by its code as well."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if escape_controls(char) not in (char, " "):
            assert list(hidden(char)) == [0], hex(code)
            assert visible(char) == f"<U+{code:04X}>"


_SHOWN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
"""Format characters that are seen: signs which numbers, years and verses are written in."""


def test_no_text_of_a_base_holds_what_is_no_character() -> None:
    """Nor any control or format character of Unicode but those that are seen."""
    for code in range(sys.maxunicode + 1):
        is_none = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
        if is_none or unicodedata.category(chr(code)) in {"Cc", "Cf", "Zl", "Zp"}:
            is_fine = code in _SHOWN or chr(code) in "\t\n\r"
            assert list(hidden(f"a{chr(code)}b")) == [1] * (not is_fine), hex(code)
