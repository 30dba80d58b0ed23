"""What is said beside glyphs and in tags: it is what they show, or it is found out."""

from __future__ import annotations

import re

import pytest
from rewritten_pdf import Change, objects, rewritten

from briefings.render.html.environment import shipped
from briefings.render.pdf.reader import UnreadablePdf
from briefings.render.pdf.texts.actual_text import agrees, are_said
from briefings.render.pdf.write import pdf
from briefings.scan.pdftext import words_of
from briefings.verify.paper import compare_paper
from briefings.verify.printed import printed
from briefings.workers.scripts import needed

STYLE = "<style>@page { size: 200mm 40mm } p { font: 12pt Vazirmatn }</style>"
PERSIAN = f"<!DOCTYPE html><html lang=fa dir=rtl><title>x</title>{STYLE}<p>کابل احتمالاً امن بود"
HINDI = f"<!DOCTYPE html><html lang=hi><title>x</title>{STYLE}<p>हिन्दी में शिक्षा"
_SAID = re.compile(rb"<</ActualText <feff([0-9a-f]+)>>>")


@pytest.fixture(scope="module")
def persian() -> bytes:
    """A mark that stands higher than its letter."""
    return pdf(PERSIAN, shipped() / "fonts")


@pytest.fixture(scope="module")
def hindi() -> bytes:
    """Syllables whose glyphs stand in another order than their letters."""
    pytest.importorskip("justmytype_intl_south_asia")
    return pdf(HINDI, shipped() / "fonts", needed(HINDI, ()))


def changed(content: bytes, change: Change) -> bytes:
    """A PDF whose streams are changed, and all else put right."""
    streams = {number: change for number, _, data in objects(content) if data is not None}
    altered = rewritten(content, streams)
    assert altered != content
    return altered


def test_a_true_file_holds(persian: bytes, hindi: bytes) -> None:
    """In both ways to say it."""
    assert compare_paper(persian, PERSIAN) == ("4 on 1 page", ())
    assert compare_paper(hindi, HINDI)[1] == ()
    assert _SAID.search(b"".join(data for *_, data in objects(hindi) if data is not None))


def _another_syllable(data: bytes) -> bytes:
    """The first syllable said for the second one."""
    texts = _SAID.findall(data)
    return data.replace(texts[1], texts[0]) if len(texts) > 1 else data


def _two_in_one(data: bytes) -> bytes:
    """Letters after letters: words could be set in any order."""
    return _SAID.sub(lambda said: said[0].replace(said[1], said[1] + b"0020" + said[1]), data)


def _no_end(data: bytes) -> bytes:
    return re.sub(rb"(<</ActualText <feff[0-9a-f]+>>>\nBDC\n(?:[^E]|E(?!MC))*)EMC\n", rb"\1", data)


def _alternative(data: bytes) -> bytes:
    return data.replace(b"/ActualText", b"/Alt")


@pytest.mark.parametrize("change", [_another_syllable, _two_in_one, _no_end, _alternative])
def test_syllables_that_are_not_shown(hindi: bytes, change: Change) -> None:
    """Neither the search for what a brief may not give away believes them, nor `verify`."""
    altered = changed(hindi, change)
    with pytest.raises(UnreadablePdf):
        words_of(altered)
    with pytest.raises(UnreadablePdf):
        printed(altered)


def test_what_is_drawn_and_not_said(persian: bytes) -> None:
    """Nothing but the mark that the line says."""

    def another_glyph(data: bytes) -> bytes:
        letter = re.search(rb"\[<([0-9a-f]{4})>", data)
        marks = re.compile(rb"(<feff0000>>>\nBDC\n[^<]*<)[0-9a-f]{4}")
        return marks.sub(rb"\g<1>" + letter[1], data) if letter else data

    def a_word(data: bytes) -> bytes:
        return data.replace(b"\nBT\n", b"\nBT\n/Span\n<</ActualText <feff0000>>>\nBDC\n").replace(
            b"ET\n", b"EMC\nET\n"
        )

    for change in (another_glyph, a_word):
        with pytest.raises(UnreadablePdf):
            printed(changed(persian, change))


def test_a_tag_that_says_something_else(persian: bytes) -> None:
    """Whoever hears a page hears what stands on it."""

    def not_safe(data: bytes) -> bytes:
        safe, instead = ("امن بود".encode("utf-16-be").hex(), "جنگ بود".encode("utf-16-be").hex())
        return data.replace(safe.encode(), instead.encode())

    _, faults = compare_paper(changed(persian, not_safe), PERSIAN)
    assert any("جنگ" in fault.says for fault in faults)


@pytest.mark.parametrize(
    ("actual", "shown"),
    [
        *(("कि", "िक"), ("क्ष", "क्ष"), ("ทำ", "ทํา"), ("কো", "েকা"), ("यों", "याें")),
        *(("សៅ", "េសៅ"), ("សេ", "េស"), ("ដើ", "េដី"), ("ដើ", "េដើ"), ("-", "\u2010")),
    ],
)
def test_the_same_letters(actual: str, shown: str) -> None:
    """In whatever order, and taken apart as fonts take them."""
    assert agrees(actual, shown)


@pytest.mark.parametrize(
    ("actual", "shown"),
    [
        *(("united", "untied"), ("कि", "क"), ("", ""), ("a b", "b a"), ("ab", "ba")),
        # The glyph of a vowel of two signs shows but the one behind.
        *(("ស", "េស"), ("សៅ", "សៅ"), ("សៅ", "េសោ"), ("សេៅ", "េសៅ")),
    ],
)
def test_other_letters(actual: str, shown: str) -> None:
    """Of one cluster only: words have their order."""
    assert not agrees(actual, shown)


def test_marks_are_said_before() -> None:
    """Marks alone, and each of them."""
    assert are_said("\u064b", "ن\u064bا")
    assert not are_said("\u064b", "نا")
    assert not are_said("ا", "نا")
    assert not are_said("\u064b\u064b", "ن\u064bا")
