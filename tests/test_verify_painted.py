"""What a page of a PDF paints beside its letters: read, and held against its style sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest
import tinyhtml5

from briefings.verify.in_browser.adorned import SetText, misadorned
from briefings.verify.in_browser.aligned import misaligned
from briefings.verify.in_browser.begun import misbegun
from briefings.verify.in_browser.painted import Strange, paints_in
from briefings.verify.in_browser.sketched import is_drawn
from briefings.verify.in_browser.spaced import misspaced, rows_in
from briefings.verify.in_browser.styled import styles_in
from briefings.verify.in_browser.trimmed import Box, boxes_in

SHEET = """
html { background: #fff } p { border-bottom: 3pt solid #abc; background: #eee }
.scale { position: relative; background: #ddd } .scale > span { position: absolute; left: 25%;
width: 30pt; background: #00f; z-index: 1 }
.cite { padding-inline: 0 6pt; border-left: 3pt solid #abc }
.in { padding: 0; padding-inline-start: 9pt } .key { display: inline-block; width: 15pt }
.at { position: absolute; left: 50%; width: 0; top: 0 }
.at > b { position: absolute; left: -30pt; width: 60pt; top: 0; text-align: center }
"""
PAGE = '<html><body><p>One</p><p>Two</p><div class="scale"><span></span>Three</div></body></html>'
HEAD = "1 0 0 -1 0 800 cm\nq\n0.75 0 0 0.75 0 0 cm\n"
TAIL = "Q"
GREY, BLUE = "0.933333 0.933333 0.933333", "0 0 1"


def ground(box: str, colour: str) -> str:
    return f"/Artifact\nBMC\nq\n/a1.0 gs\n{colour} rg\n{box} re\nW\nn\n{box} re\nf\nQ\nEMC\n"


def underline(top: int) -> str:
    """The lower border of a paragraph, 20 high and 4 wide."""
    strip = f"110 {top + 24} m\n10 {top + 24} l\n10 {top + 20} l\n110 {top + 20} l\nW*\nn\n"
    boxes = f"10 {top} 100 20 re\n10 {top} 100 24 re\nf*\n"
    return f"/Artifact\nBMC\nq\n{strip}0.666667 0.733333 0.8 rg\n{boxes}Q\nEMC\n"


SHEET_GROUND = ground("0 0 600 800", "1 1 1")
FIRST = ground("10 100 100 24", GREY), underline(100)
SECOND = ground("10 140 100 24", GREY), underline(140)
SCALE = ground("10 180 200 20", "0.866667 0.866667 0.866667")
MARK = ground("60 180 40 20", BLUE)
SERIF = frozenset({(9.0, 1)})
ALL = (SHEET_GROUND, *FIRST, *SECOND, SCALE, MARK)


def boxes(page: str = PAGE) -> list[Box]:
    root = tinyhtml5.parse(page, namespace_html_elements=False)
    return list(boxes_in(root, styles_in(root, SHEET)))


def texts(of: Sequence[Box], lines: Sequence[float] = (112, 152, 190)) -> list[SetText]:
    """A text in each paragraph, and one in the scale."""
    held = [box for box in of if box.element.text]
    found = []
    for line, box in zip(lines, [*held, of[-2]], strict=False):
        within: list[Element] = []
        around: Box | None = box
        while around is not None:
            within.append(around.element)
            around = around.around
        found.append(SetText(1, 12, 40, 12, 40, line, 12, SERIF, tuple(within), is_put=False))
    return found


def at(box: Box, left: float, line: float = 100) -> SetText:
    """A text of a box, somewhere."""
    around: Box | None = box
    within: list[Element] = []
    while around is not None:
        within.append(around.element)
        around = around.around
    ends = (left, left + 28)
    return SetText(1, *ends * 2, line, 12, SERIF, tuple(within), is_put=False)


def told(*painted: str, lines: Sequence[float] = (112, 152, 190)) -> list[str]:
    own = boxes()
    drawn = HEAD + "".join(painted) + TAIL
    return [fault.message for fault in misadorned([(1, drawn)], own, texts(own, lines), ())]


def test_what_a_page_asks_for() -> None:
    """In the order in which WeasyPrint paints it."""
    assert told(*ALL) == []


OTHER = ["something else is painted on it than its page has"]
ELSEWHERE = ["something is painted elsewhere on it than its page has it"]


@pytest.mark.parametrize(
    ("painted", "expected"),
    [
        ((*ALL, ground("60 300 40 1", BLUE)), OTHER),
        (ALL[:-1], OTHER),
        ((*ALL[:-2], MARK, SCALE), OTHER),
        ((*ALL[:-1], ground("60 180 40 20", "0 1 0")), OTHER),
        ((*ALL[:-1], ground("61 180 40 20", BLUE)), ELSEWHERE),
        ((*ALL[:-1], ground("60 180 44 20", BLUE)), ELSEWHERE),
        ((SHEET_GROUND, FIRST[0], underline(101), *ALL[3:]), ELSEWHERE),
        ((*ALL[:-1], f"/Artifact\nBMC\nq\n{BLUE} rg\n60 180 40 20 re\nf\nQ\nEMC\n"), None),
        ((*ALL[:-1], f"q\n0 0 70 800 re\nW\nn\n{MARK}Q\n"), None),
    ],
    ids=(
        *("a line more", "a mark gone", "another order", "another colour", "a mark elsewhere"),
        *("a mark wider", "a border apart from its ground", "a form of none of ours", "cut off"),
    ),
)
def test_what_it_does_not_ask_for(painted: Sequence[str], expected: list[str] | None) -> None:
    """Nothing is painted besides, elsewhere, or otherwise."""
    strange = ["something is painted on it as nothing of ours is"]
    assert told(*painted) == (strange if expected is None else expected)


def test_a_text_out_of_its_box() -> None:
    """A box lies around its own words."""
    assert told(*ALL, lines=(130, 152, 190)) == ELSEWHERE


@pytest.mark.parametrize(
    ("left", "line", "expected"),
    [(90, 190, []), (70, 190, ELSEWHERE), (90, 230, ELSEWHERE)],
    ids=("at it", "aside", "below"),
)
def test_a_label_of_a_place(left: float, line: float, expected: list[str]) -> None:
    """It stands in the middle of what is put at its place, whether or not that is painted."""
    own = boxes('<html><body><div class="scale"><i class="at"><b>Name</b></i></div></body></html>')
    within = tuple(box.element for box in reversed(own))
    label = SetText(1, *(left, left + 40) * 2, line, 12, SERIF, within, is_put=True)
    drawn = HEAD + SHEET_GROUND + SCALE + TAIL
    assert [each.message for each in misadorned([(1, drawn)], own, [label], ())] == expected


def test_a_round_border_and_one_of_dots() -> None:
    """They are read as the boxes that they are of, and refused where they are of none."""
    (circle,) = paints_in(1, HEAD + RING + TAIL)
    assert (circle.kind, circle.is_round, circle.box, circle.width) == ("solid", True, BOX, 4)
    (dots,) = paints_in(1, HEAD + DOTS + TAIL)
    assert (dots.kind, dots.box, dots.width) == ("dotted", BOX, 4)
    for form, old, new in ((RING, "30 20 m", "31 20 m"), (DOTS, "[0 8]", "[0 9]")):
        assert old in form
        with pytest.raises(Strange):
            list(paints_in(1, HEAD + form.replace(old, new, 1) + TAIL))


def oval(x: float, y: float, half: float) -> str:
    left, right, low, near, far = x - half, x + half, y + half, 0.45 * half, y - half
    return (
        f"{x} {far} m\n{x} {far} l\n{right - near} {far} {right} {far + near} {right} {y} c\n"
        f"{right} {y} l\n{right} {low - near} {right - near} {low} {x} {low} c\n"
        f"{x} {low} l\n{left + near} {low} {left} {low - near} {left} {y} c\n"
        f"{left} {y} l\n{left} {far + near} {left + near} {far} {x} {far} c\n"
    )


BOX = (20, 20, 20, 20)
RING = f"/Artifact\nBMC\nq\n{BLUE} rg\n{oval(30, 30, 6)}{oval(30, 30, 10)}f*\nQ\nEMC\n"
DOTS = (
    f"/Artifact\nBMC\nq\n/A1.0 gs\n{BLUE} RG\n4 w\n1 J\n"
    "[0 8] 0 d\n22 22 m\n38 22 l\nS\n[0 8] 0 d\n38 22 m\n38 38 l\nS\n"
    "[0 8] 0 d\n22 38 m\n38 38 l\nS\n[0 8] 0 d\n22 22 m\n22 38 l\nS\nQ\nEMC\n"
)

SKETCH = """<svg viewbox="0 0 100 50"><title>A map</title><rect width="100" height="50"
fill="#ffffff"></rect><path d="M1,2L3,4Z" fill="none" stroke="#000000" stroke-width="2"
stroke-dasharray="7 3"></path></svg>"""
SKETCHED = """q /a1 gs 1 0 0 1 10 20 cm q q 1 0 0 1 0 0 cm 2 0 0 2 0 0. cm
q /a1.0 gs 1 1 1 rg [] 0 d 0 J 0 j 4 M 0 0 100 50 re f Q
q /A1.0 gs 0 0 0 RG 2 w [7 3] 0 d 0 J 0 j 4 M 0 0 m 1 2 m 3 4 l h S Q Q Q Q"""


def test_a_picture_is_drawn_shape_by_shape() -> None:
    """As its page has it: in its frame, each line where it is, in its colour, and no other."""
    svg, frame = fromstring(SKETCH), (10, 20, 200, 100)  # noqa: S314 # our own
    assert is_drawn(svg, frame, SKETCHED)
    for old, new in (("3 4 l", "3 5 l"), ("1 1 1 rg", "1 1 0 rg"), ("[7 3]", "[]"), ("S Q", "Q")):
        assert old in SKETCHED
        assert not is_drawn(svg, frame, SKETCHED.replace(old, new, 1)), old
    assert not is_drawn(svg, (10, 20, 200, 110), SKETCHED)
    assert not is_drawn(svg, frame, f"{SKETCHED} q 0 0 9 9 re f Q")


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([(12, 100), (12, 115), (12, 130), (12, 145)], 0),
        ([(12, 100), (12, 117), (12, 130), (12, 145)], 1),
        ([(12, 100), (12, 115.3), (12, 130), (12, 145)], 1),
        ([(12, 100), (17, 115), (12, 130), (12, 145)], 1),
        ([(12, 100), (13, 115)], 1),
    ],
    ids=("as they are", "one lower", "by a hair", "one further in", "one of two"),
)
def test_lines_of_a_paragraph(places: Sequence[tuple[float, float]], expected: int) -> None:
    """They stand below each other, as far from each other as all that are like them."""
    own = boxes()
    (text, *_) = texts(own)
    lines = [
        SetText(1, *(x, x + 90) * 2, y, 12, SERIF, text.within, is_put=False) for x, y in places
    ]
    found = [*misaligned(own, lines), *misbegun(own, lines, rows_in(own, lines))]
    assert len({fault.message for fault in found}) == expected


@pytest.mark.parametrize(
    ("inner", "start", "expected"),
    [
        ("One<b>two</b>", 40, 0),
        ("One<b>two</b>", 42.6, 0),
        ("One<b>two</b>", 38, 1),
        ("One<b>two</b>", 45, 1),
        ('One<b class="cite">two</b>', 44, 0),
        ('One<b class="cite">two</b>', 40, 1),
        ('<i class="cite">One</i><b>two</b>', 48, 0),
        ('One<i class="key"></i><b>two</b>', 60, 0),
        ('One<i class="key"></i><b>two</b>', 50, 1),
    ],
    ids=(
        *("behind it", "behind a space", "on it", "apart", "behind a border"),
        *("on a border", "behind its room", "behind a sign", "on a sign"),
    ),
)
def test_texts_of_a_line(inner: str, start: float, expected: int) -> None:
    """Each stands behind the one before it, with a space and what its sheets ask for between."""
    own = boxes(f"<html><body><p>{inner}</p></body></html>")
    first, second = (
        next(box for box in own if box.element.text == text) for text in ("One", "two")
    )
    lines = [at(box, left) for box, left in ((first, 12.0), (second, start))]
    assert len(list(misspaced(own, rows_in(own, lines), ""))) == expected


@pytest.mark.parametrize(
    ("page", "said", "start", "expected"),
    [
        ("Onetwo", (3, 6), 40, 0),
        ("One two", (4, 7), 42.6, 0),
        ("Onetwo", (3, 6), 42.6, 1),
        ("One two", (4, 7), 40, 1),
        ("One\n two", (5, 8), 42.6, 0),
        ("One two", (4, 7), 45.2, 1),
        ("One, two", (5, 8), 40, 0),
        ("One, two", (5, 8), 42.6, 0),
    ],
    ids=(
        *("without a space", "with one", "a space set", "a space left out", "a line broken"),
        *("two of them", "beside what the sheets put there", "and behind it"),
    ),
)
def test_a_space_stands_where_its_page_has_one(
    page: str, said: tuple[int, int], start: float, expected: int
) -> None:
    """And nowhere else: “notable” is not “not able”."""
    own = boxes("<html><body><p>One<b>two</b></p></body></html>")
    first, second = (
        next(box for box in own if box.element.text == text) for text in ("One", "two")
    )
    lines = [
        replace(at(box, left), said=place)
        for box, left, place in ((first, 12.0, (0, 3)), (second, start, said))
    ]
    assert len(list(misspaced(own, rows_in(own, lines), page))) == expected


@pytest.mark.parametrize(
    ("page", "expected"), [("two One", 1), ("two One more", 0), ("two One\nmore", 1)]
)
def test_a_space_at_the_end_of_a_line_to_the_left(page: str, expected: int) -> None:
    """What stands before it is pushed aside by it, and by nothing else."""
    own = boxes('<html><body dir="rtl"><p>One<b>two</b></p></body></html>')
    last, first = (box for text in ("One", "two") for box in own if box.element.text == text)
    lines = [
        replace(at(box, left), said=place)
        for box, left, place in ((first, 45.2, (0, 3)), (last, 12.0, (4, 7)))
    ]
    assert len(list(misspaced(own, rows_in(own, lines), page))) == expected


@pytest.mark.parametrize(
    ("inner", "starts", "expected"),
    [
        ('<p>One</p><p class="in">two</p>', (12, 24), 0),
        ('<p>One</p><p class="in">two</p>', (12, 12), 1),
        ('<p>One</p><div class="in"><p class="in">two</p></div>', (12, 36), 0),
        ('<div dir="rtl"><p>One</p><p class="in">two</p></div>', (60, 48), 0),
        ('<div dir="rtl"><p>One</p><p class="in">two</p></div>', (60, 60), 1),
        ("<div><p>One</p></div><div><p>two</p></div>", (12, 14), 1),
        ('<table><tr><td>One<td class="in">two<tr><td>3<td>4<tr><td>5<td>6</table>', (12, 99), 0),
        ('<p><i class="key"></i>One</p><p>two</p>', (32, 12), 0),
    ],
    ids=(
        *("further in", "not further in", "twice further in", "from the right", "not from there"),
        *("in two rooms", "in two columns", "behind a sign"),
    ),
)
def test_where_lines_begin(inner: str, starts: tuple[float, float], expected: int) -> None:
    """At the side of what they are in, less what their sheets put around them."""
    own = boxes(f"<html><body>{inner}</body></html>")
    lines = [
        at([box for box in own if text in "".join(box.element.itertext())][-1], start, line)
        for text, start, line in zip(("One", "two"), starts, (100, 130), strict=True)
    ]
    assert len(list(misbegun(own, lines, rows_in(own, lines)))) == expected
