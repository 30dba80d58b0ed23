"""A PDF held against the one that is set anew: whatever is moved, covered or coloured is found."""

from __future__ import annotations

import re
from struct import pack

import pytest
from rewritten_pdf import Change, contents, objects, rewritten

from briefings.core.digest_names import IN_PDF
from briefings.verify.pdf_objects import compare_set
from briefings.verify.verdict import State

PLACE = re.compile(rb"(-?\d+\.?\d*) (-?\d+\.?\d*) Tm\n")
BOX = b"/Artifact\nBMC\nq\n%b rg\n60 180 400 300 re\nf\nQ\nEMC\n"


def exchanged(content: bytes) -> bytes:
    """Two texts in each other's place."""
    places = list(PLACE.finditer(content))
    one, other = places[3], places[9]
    between = content[one.end() : other.start()]
    return content[: one.start()] + other[0] + between + one[0] + content[other.end() :]


LOOKS: dict[str, Change] = {
    "a white box over it": lambda page: page + BOX % b"1 1 1",
    "a black one under it": lambda page: page.replace(b"EMC\n", b"EMC\n" + BOX % b"0 0 0", 1),
    "white on white": lambda page: re.sub(
        rb"(?m)^[\d. ]+ rg\nBT(?!\nET)", b"1 1 1 rg\nBT", page, count=1
    ),
    "beside the sheet": lambda page: PLACE.sub(rb"5000 \2 Tm\n", page, count=1),
    "in each other's place": exchanged,
    "too small to read": lambda page: re.sub(rb" [\d.]+ Tf\n", b" 0.1 Tf\n", page, count=1),
    "raised": lambda page: page.replace(b"BT\n", b"BT\n500 Ts\n", 1),
    "cut off by a frame": lambda page: page.replace(b"q\n", b"q\n0 0 1 1 re\nW\nn\n", 1),
    "struck out": lambda page: page + BOX.replace(b"400 300", b"400 1") % b"0 0 0",
    "turned round": lambda page: re.sub(rb"1 0 0 -1 (.* Tm)", rb"-1 0 0 -1 \1", page, count=1),
    "transparent": lambda page: page.replace(b"/a1.0 gs", b"/a0.0 gs"),
}


@pytest.mark.parametrize("look", LOOKS)
def test_how_a_page_looks(paper: bytes, look: str) -> None:
    """Its words are the same, in the same order, and its name is that of its bytes."""
    altered = rewritten(paper, {contents(paper)[1]: LOOKS[look]})
    state, faults = compare_set(altered, paper)
    assert state is State.FAILS
    assert [fault.page for fault in faults] == [2]


def test_the_words_from_which_on_a_page_is_drawn_otherwise(paper: bytes) -> None:
    """So that a reader knows where to look."""
    altered = rewritten(paper, {contents(paper)[1]: LOOKS["too small to read"]})
    _, (fault,) = compare_set(altered, paper)
    assert fault.says == "What changed since 3 March 2024"


def test_pages_that_are_all_otherwise_say_nothing(paper: bytes) -> None:
    """So does a machine with other libraries set them."""
    altered = rewritten(paper, dict.fromkeys(contents(paper), LOOKS["struck out"]))
    assert compare_set(altered, paper) == (State.UNCHECKED, ())


def test_a_machine_that_the_file_says_was_another(paper: bytes) -> None:
    """It may set the same, and if it does not, nobody is accused of it; nor does that pass."""
    elsewhere = rewritten(paper, said_by(paper, rb"Pango \d", b"Pango 9"))
    assert compare_set(elsewhere, paper) == (State.HOLDS, ())
    altered = rewritten(elsewhere, {contents(paper)[1]: LOOKS["a white box over it"]})
    assert compare_set(altered, paper) == (State.UNCHECKED, ())
    unlike = rewritten(paper, said_by(paper, rb"WeasyPrint", b"WeasyMaker"))
    assert compare_set(unlike, paper)[0] is State.FAILS


def test_a_machine_that_only_one_of_its_metadata_names(paper: bytes) -> None:
    """Whoever alters one of them has altered the file, however it is drawn."""
    for place, change in said_by(paper, rb"Pango \d", b"Pango 9").items():
        state, (fault,) = compare_set(rewritten(paper, {place: change}), paper)
        assert state is State.FAILS
        assert fault.message == "its metadata do not agree on what set it"


def said_by(pdf: bytes, pattern: bytes, words: bytes) -> dict[int, Change]:
    """What puts other words into both metadata, as long as those were."""
    places = [each for each, _, data in objects(pdf) if data and re.search(pattern, data)]
    assert len(places) == 2
    return dict.fromkeys(places, lambda data: re.sub(pattern, words, data))


def test_what_the_metadata_say(paper: bytes) -> None:
    """A title that is another brief's."""

    def retitled(data: bytes) -> bytes:
        return data.replace(b"The closure of", b"The opening of", 1)

    altered = rewritten(paper, {number(paper, IN_PDF): retitled})
    state, (fault,) = compare_set(altered, paper)
    assert state is State.FAILS
    assert fault.page is None


def test_what_no_letter_is_drawn_with(paper: bytes) -> None:
    """Machines that pack streams or cut fonts otherwise do not change how anything looks."""
    font = number(paper, b"gasp")
    assert compare_set(rewritten(paper, {}), paper) == (State.HOLDS, ())
    named = rewritten(paper, {font: lambda data: data.replace(b"STAT", b"STAU", 1)})
    assert compare_set(named, paper)[0] is State.UNCHECKED
    dated = rewritten(paper, {font: lambda data: in_head(data, 20, bytes(16))})
    assert compare_set(dated, paper) == (State.HOLDS, ())


def test_letters_drawn_smaller(paper: bytes) -> None:
    """By the units of their font."""
    smaller = rewritten(
        paper, {number(paper, b"gasp"): lambda data: in_head(data, 18, pack(">H", 9000))}
    )
    assert compare_set(smaller, paper) == (State.UNCHECKED, ())


def in_head(font: bytes, place: int, content: bytes) -> bytes:
    """A font with something else at a place of its table `head`."""
    entry = font.index(b"head") + 8
    start = int.from_bytes(font[entry : entry + 4]) + place
    return font[:start] + content + font[start + len(content) :]


def number(pdf: bytes, holding: bytes) -> int:
    """That of the first stream that holds something."""
    return next(each for each, _, data in objects(pdf) if data is not None and holding in data)
