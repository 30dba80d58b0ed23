"""WeasyPrint wrapped: less work for each wrap, and not a byte of the PDF another."""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from io import BytesIO
from types import ModuleType
from typing import Any

import pikepdf
import pydyf
import pytest
from breadth import cases, examples
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import css, draw, svg, tinyhtml5
from weasyprint.css import functions
from weasyprint.draw import border, text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, block, inline, page, percent, preferred
from weasyprint.text import line_break
from weasyprint.text.line_break import pyphen

from briefings.render.html.environment import shipped
from briefings.render.pdf.faster import wraps, wraps_of_numbers
from briefings.render.pdf.faster.hyphens import patterns_when_asked
from briefings.render.pdf.faster.wraps import WRAPS, Wrap
from briefings.render.pdf.faster.wraps_of_files import bytes_by_type, tags_cut_quickly
from briefings.render.pdf.write import pdf

FONTS = shipped() / "fonts"

WORDS = " ".join(f"The {number}th of the incomprehensible words." for number in range(20))
PERSIAN = " ".join(["سخنگوی وزارت گفت که نمی‌تواند این گزارش را تأیید کند و به کابل رفت."] * 8)
LATER = "".join(f"<p id=a{number}>{number} " + WORDS for number in range(5))
MAP = """<svg viewBox="0 0 9 9" width=60 height=60><title>A map</title>
<path d="M1,1L8,1.5L8,8L-0.5,7ZM2,2L3,2L3,3Z" fill="none" stroke="#333"/>
<path d="M1,1L8,1.5L8,8" fill="none" stroke="#333"/><path d="M1 1l3 3h2z"/></svg>"""
SHEET = f"""<!DOCTYPE html><html lang=en><title>A sheet</title><style>
@page {{ size: A6; counter-increment: page 9 }}
@page {{ @bottom-center {{ content: counter(page) " / " counter(pages) }} }}
body {{ font: 9pt "Source Serif 4", "Vazirmatn"; hyphens: auto }}
.to::after {{ content: " " target-counter(attr(href), page) }}
.filled {{ columns: 2; column-fill: auto }}
.even {{ columns: 2 }}
li:first-child, ol > li:last-child::marker {{ font-weight: 600 }}
p:has(> q) {{ color: #333 }}
.even h2 {{ column-span: all }}
.cell {{ display: inline-block; width: 40%; padding: 2%; margin-inline-start: 1px }}
.narrow {{ display: inline-block }}
.half {{ width: 50%; margin-inline-start: 3%; min-height: 5% }}
.room {{ width: 60%; height: 20em }}
.cut {{ width: 3em; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }}
.lined::first-line {{ font-weight: 600 }}
div p:not(.lined) {{ orphans: 3 }}
.beside {{ columns: 2; column-rule: 1px solid }}
.beside p {{ border-block-start: 1px dashed }}
.close {{ letter-spacing: -0.2em; width: 4em }}
.behind {{ background: #ddd; border-radius: 2px }}
.outlined {{ outline: 2px dashed #936 }}
.behind + p {{ float: inline-end; visibility: hidden }}
</style>
<h1>A sheet</h1>
<p><a class=to href=#a0>Early</a>, <a class=to href=#a4>late</a></p>
<p><span class=narrow><a class=to href=#a4>late</a></span> {WORDS}
<div class=filled><p>{WORDS}<p>{WORDS}</div>
<div dir=rtl lang=fa><p class=lined>{PERSIAN}<p><span class=cell>{PERSIAN}</span> {PERSIAN}</div>
{LATER}
<p class=half>{WORDS}<div class=room><p class=half id=half>{WORDS}</div>
<p class=cut>Cut off here<p class=cut>Cut off here<div dir=rtl lang=fa>{"<p>نکتهٔ نخست" * 3}</div>
<p class=spread>{WORDS}<p class=short>{WORDS}<p class=short>{WORDS}
<pre>Two lines
and a third	one</pre>
<table><tr><td>{WORDS}<td>Few<tr><td>Few<td>Few</table>
<ul><li>First<li>Second</ul>
<ol><li id=one><b>One</b> <q lang=fr>un</q><li id=two><b>Two</b> <q lang=fr>deux</q></ol>
<table id=three><tr><td><b>3</b></table><table id=four><tr><td><b>4</b></table>
<p id=note>A <q>quoted</q> word<p style="color: #555">Grey<p class=short style="color: #555">Grey
{MAP}
<div class=beside><p>{WORDS}<p>{WORDS}</div>
<p>{"<b>incomprehensible words</b> " * 12}
{"".join(f"<p class=close>{'i' * number} <b>two words</b>" for number in range(24))}
<p class=behind>Before a ground<p>Not to be seen</p>
<p><b class=outlined>Outlined</b> and not</p>
<div class=even><p>{WORDS}<h2>Between</h2><p>{WORDS}</div>
<p><a class=to href=#a0>Back</a>, <a class=to href=#a4>back</a></p>
"""


UNEVEN = """@counter-style uneven { system: fixed; symbols: "1" "222" "I" "44" "5" "66" "7" "8" }
.to::after { content: " " target-counter(attr(href), page, uneven) }"""
"""Numbers of other widths, by which a line holds more or less."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What is done less often with a wrap: a function by its module and name."""

    owner: ModuleType | type
    name: str


SAVED = {
    "markup_cut_quickly": Saved(re, "compile"),
    "tags_cut_quickly": Saved(tinyhtml5.tokenizer.HTMLTokenizer, "tag_name_state"),
    "room_at_once": Saved(boxes.Box, "border_box_y"),
    "lines_once": Saved(inline, "split_inline_box"),
    "breaks_kept": Saved(line_break, "create_layout"),
    "breakable_kept": Saved(line_break, "get_log_attrs"),
    "struts_kept": Saved(line_break, "_font_style_cache_key"),
    "patterns_when_asked": Saved(pyphen, "parse"),
    "layouts_kept": Saved(line_break.Layout, "set_text"),
    "contexts_kept": Saved(line_break, "get_font_description"),
    "rows_at_once": Saved(text, "draw_first_line"),
    "blanks_at_once": Saved(text, "draw_emojis"),
    "lengths_kept": Saved(percent, "percentage"),
    "selectors_once": Saved(css.cssselect2.ElementWrapper, "ancestors"),
    "plain_styles_at_once": Saved(css.ComputedStyle, "__missing__"),
    "initial_styles_together": Saved(css.AnonymousStyle, "__missing__"),
    "styles_shared": Saved(css.ComputedStyle, "__init__"),
    "styles_when_asked": Saved(css.ComputedStyle, "__init__"),
    "targets_by_name": Saved(page, "make_page"),
    "numbers_in_time": Saved(page, "make_page"),
    "numbers_guessed": Saved(page, "remake_page"),
    "numbers_in_place": Saved(page, "remake_page"),
    "columns_at_once": Saved(block, "block_container_layout"),
    "flow_at_once": Saved(boxes.Box, "is_floated"),
    "descent_at_once": Saved(boxes.Box, "descendants"),
    "backgrounds_when_there": Saved(background, "resolve_radii_percentages"),
    "borders_when_there": Saved(draw, "draw_border"),
    "outlines_when_there": Saved(border, "draw_outline"),
    "lines_at_once": Saved(svg.SVG, "point"),
    "bytes_by_type": Saved(pydyf, "_to_bytes"),
    "packed_once": Saved(pydyf.Stream, "data"),
    "written_once": Saved(pydyf.Dictionary, "data"),
    "references_kept": Saved(pydyf.PDF, "page_references"),
    "math_where_it_may_be": Saved(functions, "check_math"),
    "marked_at_once": Saved(contextlib, "_GeneratorContextManager"),
    "widths_when_asked": Saved(preferred, "min_content_width"),
}


Calls = Mapping[Saved, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF, and how often what is saved was called while it was set."""

    content: bytes
    calls: Calls


@pytest.fixture(scope="module")
def wrapped_sheet() -> Sheet:
    """The sheet as it is set with all wraps."""
    return _set_with(WRAPS, frozenset(SAVED.values()))


STRIPES = [WRAPS[start::3] for start in range(3)]
"""Wraps that are left out together, of which no two save the same."""


@pytest.mark.parametrize(
    "left_out",
    cases(STRIPES, *((wrap,) for wrap in WRAPS)),
    ids=lambda left_out: "-".join(wrap.__name__ for wrap in left_out),
)
def test_a_wrap_saves_work_and_changes_no_byte(
    left_out: Sequence[Wrap], wrapped_sheet: Sheet
) -> None:
    """Without it the PDF is the same, and takes more calls of what it is to save.

    Several at once; in full breadth each by itself too.
    """
    saved = {SAVED[wrap.__name__] for wrap in left_out}
    assert len(saved) == len(left_out)
    without = _set_with([wrap for wrap in WRAPS if wrap not in left_out], saved)
    assert without.content == wrapped_sheet.content
    for each in saved:
        assert wrapped_sheet.calls[each] < without.calls[each], each


def test_all_wraps_together_change_no_byte(
    wrapped_sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As WeasyPrint itself would set it."""
    monkeypatch.setattr(wraps, "WRAPS", ())
    assert pdf(SHEET, FONTS) == wrapped_sheet.content


@pytest.mark.parametrize(
    "style",
    [
        "",
        ".to { white-space: nowrap }",
        "nav { text-align: justify; width: 9em }",
        "nav { width: 1em }",
        ".to::after { display: block }",
        ".to::after { border-right: 1px solid; padding: 1px }",
        "html { direction: rtl }",
        f"{UNEVEN} html {{ direction: rtl }}",
        f"{UNEVEN} html {{ direction: rtl }} .to {{ white-space: nowrap }}",
        f"{UNEVEN} nav {{ width: 12em }} .to {{ white-space: nowrap }}",
        f"{UNEVEN} nav {{ text-align: end }}",
        f"{UNEVEN} nav {{ text-align: center }}",
        f"{UNEVEN} nav {{ text-align-last: justify }}",
        f"{UNEVEN} nav {{ float: left }}",
        f"{UNEVEN} nav {{ display: inline-block; background: #eee }}",
        f"{UNEVEN} nav {{ display: grid; grid-template-columns: 2fr 1fr }}",
        f"{UNEVEN} nav {{ display: grid; grid-template-columns: minmax(0, 2fr) 2em }}",
        f"{UNEVEN} .to:nth-child(3n) {{ float: right }}",
        f"{UNEVEN} .to:nth-child(2n) {{ direction: rtl }}",
    ],
)
def test_a_number_is_put_where_laying_out_again_would_put_it(
    style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one digit or of two, however its line is set."""
    links = ", ".join(f"<a class=to href=#a{number}>Chapter</a>" for number in range(12))
    parts = "".join(f"<h2 id=a{number}>{number} of 12</h2>" for number in range(12))
    page = (
        "<!DOCTYPE html><html lang=en><title>Numbers</title><style>@page { size: A7 }"
        'body { font: 9pt "Source Serif 4" } h2 { break-before: page }'
        f".to::after {{ content: ' ' target-counter(attr(href), page) }} {style}</style>"
        f"<nav>{links}</nav>{parts}<p>{links}"
    )
    placed = pdf(page, FONTS)
    for name in ("numbers_in_place", "numbers_guessed"):
        others = tuple(wrap for wrap in WRAPS if wrap.__name__ != name)
        monkeypatch.setattr(wraps, "WRAPS", others)
        assert pdf(page, FONTS) == placed


OF_TEXT = (
    *(("", "direction: rtl"), ("", "text-decoration: underline"), ("", "letter-spacing: 1px")),
    *(("", "word-spacing: 2px"), ("", "white-space: nowrap"), ("white-space: pre", "tab-size: 3")),
    ("hyphens: none; width: 3em; overflow-wrap: normal", "overflow-wrap: anywhere"),
    ("hyphens: none; width: 3em; overflow-wrap: normal", "word-break: break-all"),
    *(("", "hyphens: none"), ("", "hyphenate-character: '+'"), ("", "hyphenate-limit-chars: 20")),
    *(("", "hyphenate-limit-zone: 99%"), ("", "font-style: italic"), ("", "font-weight: 700")),
    *(("", "font-size: 8pt"), ("", "line-height: 2"), ("", "font-kerning: none")),
    *(("", "font-feature-settings: 'onum'"), ("", "font-variant-ligatures: none")),
    *(("", "font-variant-position: sub"), ("", "font-variant-caps: small-caps")),
    *(("", "font-variant-numeric: oldstyle-nums"), ("", "font-family: Vazirmatn")),
)
"""How a text is set, and what of it another has otherwise."""


def test_texts_of_styles_that_differ_are_set_as_each_of_them_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is kept of a text counts for no style that differs in anything a text is set by."""
    text = "12 fine incomprehensible\twords of an incomprehensible affair (1/2): AVATAR incompre"
    pairs = "".join(
        f'<div style="{style}"><p>{text}<p style="{other}">{text}</div>' for style, other in OF_TEXT
    )
    page = (
        "<!DOCTYPE html><html lang=en><title>Styles</title><style>body { hyphens: auto;"
        ' font: 9pt "Source Serif 4" } div { width: 9em; overflow: hidden }'
        f"</style>{pairs}<div><p>{text}<p lang=de>{text}</div>"
    )
    kept = pdf(page, FONTS)
    monkeypatch.setattr(wraps, "WRAPS", ())
    assert pdf(page, FONTS) == kept


@pytest.mark.parametrize("letters", [1, 30, 1_000_000])
def test_no_guess_of_a_number_stands_in_the_pages(
    letters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However far it is off: pages are laid out again until each names the page that it means."""
    parts = "".join(f"<h2 id=a{number}>{number} of 12</h2>" for number in range(12))
    links = ", ".join(f"<a class=to href=#a{number}>Chapter</a>" for number in range(12))
    page = (
        "<!DOCTYPE html><html lang=en><title>Numbers</title><style>@page { size: A7 }"
        'body { font: 9pt "Source Serif 4" } h2 { break-before: page }'
        f".to::after {{ content: ' ' target-counter(attr(href), page) }}</style>"
        f"<nav>{links}</nav>{parts}<p>{links}"
    )
    monkeypatch.setattr(wraps_of_numbers, "LETTERS", letters)
    guessed = pdf(page, FONTS)
    monkeypatch.setattr(wraps, "WRAPS", ())
    assert pdf(page, FONTS) == guessed


@pytest.mark.parametrize(
    "number", [0, -3, 10**20, True, 0.0, -0.0, 2.0, 0.1, -12.3456789, 1e-9, 1e22, math.inf]
)
def test_a_number_is_written_as_pydyf_writes_it(number: float) -> None:
    """Whole ones without a point, others with six digits at most, in no other notation."""
    written = pydyf._to_bytes(number)
    with bytes_by_type():
        assert pydyf._to_bytes(number) == written


MARKUP = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                '<a href="#a">',
                "</a>",
                "<li>",
                "<table><tr><td>",
                "<",
            ),
            *(
                '<i class="a b" lang="fa">',
                '<i class="a" class="b">',
                '</i class="a">',
                "<br>",
                "</",
            ),
            *(
                "<P>",
                "<b/>",
                '<b class="a"/>',
                "<b class='a'>",
                "<b class=a>",
                "<b hidden>",
                "<b\n>",
            ),
            *('<b class="&lt;">', '<b class="\n">', '<b class="<">', '<b  class="a">', "<b class>"),
            *('<b class="a" >', '<b class="a"lang="b">', '<b Class="a">', '<b class="\0">', "<b"),
            *('<svg viewBox="0 0 1 1">', '<path d="M0"/>', "</svg>", "<title>", "</title>", "<h1>"),
            *(
                "<style>",
                "</style>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<textarea>",
                "<pre>\n",
            ),
            *("text", " ", "\n", "&amp;", "\r\n", "x" * 10_230, "\ud800", "<template>", "<select>"),
            *("<", "</", "<b\n>", "<pre>\n"),
        ]
    ),
    max_size=30,
)
"""Tags as they are written, and as nobody should; the long piece ends near what is read at once."""


@settings(max_examples=examples(200, 4_000), deadline=None)
@given(pieces=MARKUP)
def test_markup_is_read_as_tinyhtml5_reads_it(pieces: Sequence[str]) -> None:
    """Whatever it is: the same tree."""
    markup = "".join(pieces)
    read = tinyhtml5.parse(markup, namespace_html_elements=False)
    with tags_cut_quickly():
        quickly = tinyhtml5.parse(markup, namespace_html_elements=False)
    assert _tree(quickly) == _tree(read)


def _tree(element: Any) -> tuple[object, ...]:
    named = (str(element.tag), [*element.attrib.items()], element.text, element.tail)
    return *named, [_tree(child) for child in element]


def test_packing_quickly_changes_nothing_that_is_packed(
    wrapped_sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages say the same; the file is a little larger."""
    monkeypatch.setattr(wraps, "packed_quickly", nullcontext)
    packed_well = pdf(SHEET, FONTS)
    assert len(packed_well) < len(wrapped_sheet.content) < 1.03 * len(packed_well)
    assert _pages(packed_well) == _pages(wrapped_sheet.content)


@pytest.mark.parametrize(
    "language", ["en_US", "sr_Latn", "af_ZA"], ids=["UTF-8", "Latin 2", "lines that change a word"]
)
def test_a_pattern_that_is_read_when_asked_for_says_the_same(language: str) -> None:
    """As Pyphen reads it, which reads all at once."""
    path = pyphen.LANGUAGES[language]
    known = pyphen.HyphDict(path)
    with patterns_when_asked():
        asked = pyphen.HyphDict(path)
    assert asked.maxlen == known.maxlen
    assert asked.patterns.keys() == known.patterns.keys()
    assert {letters: asked.patterns.get(letters) for letters in known.patterns} == known.patterns


def _pages(content: bytes) -> list[bytes]:
    with pikepdf.open(BytesIO(content)) as document:
        return [page.Contents.read_bytes() for page in document.pages]


def test_a_wrap_ends_with_its_document() -> None:
    """Whatever else uses WeasyPrint in this process finds it as it was."""
    parts = [(each.owner, each.name, vars(each.owner)[each.name]) for each in SAVED.values()]
    parts += [(inline, "split_first_line", inline.split_first_line)]
    pdf(SHEET, FONTS)
    assert all(vars(owner)[name] is part for owner, name, part in parts)


def _set_with(some: Sequence[Wrap], saved: Collection[Saved]) -> Sheet:
    """The sheet as it is set with some of the wraps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wraps, "WRAPS", tuple(some))
        patch.setattr(wraps_of_numbers, "LETTERS", 100)  # on so small a page, counted by nines
        # As in a fresh process, whatever has been set before.
        patch.setattr(pyphen, "hdcache", {})
        calls = {each: _counted(each, patch) for each in saved}
        content = pdf(SHEET, FONTS)
    return Sheet(content, {each: len(counted) for each, counted in calls.items()})


def _counted(saved: Saved, patch: pytest.MonkeyPatch) -> list[None]:
    """Grows by one with each call of what is saved, of a property with each look at it."""
    calls: list[None] = []
    part = vars(saved.owner)[saved.name]
    function: Any = part.fget if isinstance(part, property) else part

    def counting(*arguments: Any, **options: Any) -> Any:
        calls.append(None)
        return function(*arguments, **options)

    new = property(counting) if isinstance(part, property) else counting
    patch.setattr(saved.owner, saved.name, new)
    return calls
