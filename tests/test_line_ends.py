"""Lines end where readers expect it, in writing whose words no dictionary tells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from browsers import Tab
from taken_out import by_poppler

from briefings.render.html.environment import shipped
from briefings.render.pdf.write import pdf
from briefings.workers.scripts import needed

WIDTHS = (24, 30, 37, 43, 50, 56)

KOREAN = (
    "장관은 항구가 2025년 12월 7일에 닫혔다고 말했다. 그는 12명이 숨졌고 3,500명이 도움을 청했다."
)


def set_in(widths: Sequence[int], body: str, language: str) -> list[list[str]]:
    """The lines of a text in columns of so many millimetres, from top to bottom of each."""
    style = "@page{size:200mm 250mm;margin:0}div{break-after:page}p,td{font:12pt 'Source Serif 4'}"
    head = f"<!DOCTYPE html><html lang={language}><title>x</title><style>{style}</style>"
    page = head + "".join(f"<div style='width:{width}mm'>{body}</div>" for width in widths)
    printed = by_poppler(pdf(page, shipped() / "fonts", needed(page, ())))
    columns = ([line.strip() for line in each.splitlines()] for each in printed.split("\f"))
    return [[line for line in column if line] for column in columns if column]


@pytest.mark.parametrize("names", [(), ("장관", "3,500")], ids=["plain", "marked"])
def test_a_korean_line_ends_at_a_space(names: Sequence[str]) -> None:
    """Not behind any syllable: a word is whole, with the particle behind a name that is marked."""
    text = KOREAN
    for name in names:
        text = text.replace(name, f"<b>{name}</b>")
    for lines in set_in(WIDTHS, f"<p>{text}", "ko"):
        assert len(lines) > 2
        assert " ".join(lines) == KOREAN


def test_a_korean_word_longer_than_its_line_breaks() -> None:
    """Else it would leave the page; so does one in a column of a table."""
    word = "국제연합여성기구헤라트사무소장대리"
    (lines,) = set_in([30], f"<p>{word}", "ko")
    assert len(lines) > 1
    assert "".join(lines) == word
    (column,) = set_in([100], f"<table><tr><td>{word}<td>{word}</table>", "ko")
    assert len(column) > 2


def test_a_column_has_room_for_a_korean_word() -> None:
    """As it has for a word of any other script."""
    cells = "<td>닫혔다고 말했다<td>활동을 계속하겠다고<td>도움"
    (lines,) = set_in([60], f"<table style='width:60mm'><tr>{cells}</table>", "ko")
    assert "도움" in lines


UNSPACED = {
    "my": "ဝန်ကြီးကဆိပ်ကမ်းကို၂၀၂၅ခုနှစ်ဒီဇင်ဘာလ၇ရက်နေ့တွင်ပိတ်ခဲ့သည်ဟုပြောကြားခဲ့သည်။မန္တလေး",
    "km": "រដ្ឋមន្ត្រីបាននិយាយថាកំពង់ផែត្រូវបានបិទនៅថ្ងៃទី៧ខែធ្នូឆ្នាំ២០២៥ហើយអង្គការនឹងបន្ត",
    "lo": "ລັດຖະມົນຕີກ່າວວ່າທ່າເຮືອໄດ້ປິດລົງໃນວັນທີ7ທັນວາ2025ແລະອົງການຈະສືບຕໍ່ເຮັດວຽກຢູ່ໃນເມືອງ",
}


@pytest.mark.parametrize("language", UNSPACED)
def test_no_syllable_is_parted_where_words_have_no_spaces(language: str) -> None:
    """A line begins with a letter that begins a syllable, or with a whole number."""
    text = UNSPACED[language]
    for lines in set_in(WIDTHS, f"<p>{text}", language):
        assert len(lines) > 2
        assert "".join(lines) == text
        for before, line in pairwise(lines):
            assert not (before[-1].isdecimal() and line[0].isdecimal())
            assert line[:2] not in INSIDE[language]


INSIDE = {
    "my": {each + sign for each in "ကငစညဉတနပမယရလသ" for sign in "်္"} | {"န့"},
    "km": {"យថ", "នន", "នប", "ទន", "រន", "ង្", "ន្"},
    "lo": {"ດລ", "ນວ", "ບຕ", "ດວ", "ກຢ", "ງກ", "ຮັ"},
}
"""How a line would begin in the middle of a syllable of those texts."""


@pytest.mark.parametrize(("language", "whole"), [("ko", True), ("zh", False)])
def test_a_browser_does_the_same(tab: Tab, language: str, whole: bool) -> None:
    """In Korean alone, whatever the language of the page around it."""
    sheet = (shipped() / "screen.css").read_text(encoding="utf-8")
    text = KOREAN.split(". ", maxsplit=1)[0]
    page = tab(viewport={"width": 1280, "height": 700})
    page.set_content(
        f"<!DOCTYPE html><html lang=ko><style>{sheet}</style>"
        f"<p lang={language} id=text style='width:7em'>{text}</p>"
    )
    parted = page.evaluate(
        """() => {
          const node = document.querySelector("#text").firstChild;
          const top = at => {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return range.getBoundingClientRect().top;
          };
          const { data } = node;
          return [...data].some((letter, at) =>
            at > 0 && letter !== " " && data[at - 1] !== " " && top(at) > top(at - 1) + 5);
        }"""
    )
    assert parted is not whole
