"""Words and numbers of the other direction are kept apart from the space or sign behind them.

Poppler, which reads for search engines, puts a page's lines in order by the kinds of their letters,
and takes what is neutral behind words of the other direction for theirs: it would read the space
of "۸ دسامبر" before the number. A mark of direction (UAX #9, 2.6), as a glyph that shows nothing,
ends such words. It is drawn alone: pdfium passes over a text without width, so that whoever
searches a page in a browser meets none. Behind a hyphen that is the text's own it keeps poppler
from taking that for the end of a line, and out of the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

from weasyprint.draw import text
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import ffi, pango

from briefings.core.characters import RIGHT_TO_LEFT
from briefings.core.values import dataclass
from briefings.render.pdf.blanks import DIGITS, Face, Faces
from briefings.render.pdf.glyphs import glyphs_of

__all__ = ["runs_of", "texts_of", "turns_marked"]

_TO_THE_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")
_APART = re.compile(rf"[\d.,:/+#$%°،٪؋-]|[^\W\d_{RIGHT_TO_LEFT}]")
"""What ends a part of a line to the left: letters and digits to the right, and signs as below."""

_WORDS_APART = re.compile(rf"(?:\d|[^\W{RIGHT_TO_LEFT}])+")

_ENDS_IN_SIGN = re.compile(r"[^\W\d_]\W*[^\w\s-]\Z")

_SIGNS = re.compile("[-.,:/+#$%]|°|،|٪|؋".encode())
"""Those that poppler counts among digits (UAX #9: ES, ET and CS)."""

_TURNING = {"rtl": frozenset({"R", "AL"}), "ltr": frozenset({"L", "EN", "AN"})}
"""The kinds of letters that poppler takes out of words against their page."""

_STRONG_OR_DIGIT = frozenset.union(*_TURNING.values())

_MARKS = {"rtl": "\u200f", "ltr": "\u200e"}
_GLYPHS = re.compile("<[0-9a-f]+>")
_BEFORE = 0.2
"""How far left of its place a mark begins a turn, in thousandths of the type size.

Poppler takes what begins at the same place in either order, and a line apart where it is wrong.
"""

_LEADS_TO_LEFT = frozenset((*range(0xD6, 0xE0), 0xEF))
"""The bytes in UTF-8 that letters to the left begin with."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A mark before a glyph of a line, counted from 0 at the left, without blanks."""

    place: int
    glyph: str


@dataclass(slots=True)
class _Run:
    """Glyphs of one font and direction: from which place on, and what each stands for.

    `letters` are in UTF-8, and `clusters` tell for each glyph where its letters begin among them.
    """

    start: int
    glyphs: list[int]
    clusters: list[int]
    letters: bytes
    is_turned: bool
    face: Face

    @property
    def stop(self) -> int:
        """The place behind its last glyph."""
        return self.start + len(self.clusters)


@contextmanager
def turns_marked(pages: Sequence[Any], faces: Faces) -> Iterator[None]:
    """While it lasts, WeasyPrint draws the texts of `pages` so; nothing looks otherwise."""
    draw, show = text.draw_first_line, Stream.show_text
    directions, ends = _read(pages)
    turns: list[_Turn] = []
    shown = 0

    def draw_marked(stream: Any, box: Any, *rest: Any) -> Any:
        nonlocal shown
        # A text of a picture is no box of the page.
        reading, shown = directions.get(id(box)), 0
        if reading is not None and box.text.endswith("-"):
            turns[:] = _turn_behind(stream, box, faces)
        elif reading is not None and _may_turn(box, reading, is_end=id(box) in ends):
            runs = runs_of(stream, box, faces)
            turns[:] = (
                _turns_to_left(runs, is_within=box.style["direction"] == "rtl")
                if reading == "rtl"
                else _turns_to_right(
                    runs, is_end=box.style["direction"] == "ltr" or id(box) in ends
                )
            )
        try:
            drawn = draw(stream, box, *rest)
            for turn in turns:  # behind the last glyph
                show(stream, turn.glyph)
        finally:
            turns.clear()
        return drawn

    def show_marked(stream: Any, row: str) -> None:
        nonlocal shown
        face = faces.in_use(stream)
        if not turns or face is None:
            show(stream, row)
            return
        parted, shown = _with_turns(row, face, turns, shown)
        for part in parted:
            show(stream, part)

    text.draw_first_line, Stream.show_text = draw_marked, show_marked
    try:
        yield
    finally:
        text.draw_first_line, Stream.show_text = draw, show


def _read(pages: Sequence[Any]) -> tuple[dict[int, str], set[int]]:
    """How poppler reads each text, by `id`: as most letters of its page; and texts that end a turn.

    Those are the first of words that run against their page.
    """
    directions: dict[int, str] = {}
    ends: set[int] = set()
    for page in pages:
        held = list(page._page_box.descendants(placeholders=True))  # noqa: SLF001 # nothing public
        texts = [box for box in held if isinstance(box, boxes.TextBox)]
        reading = _reading(texts)
        directions.update((id(box), reading) for box in texts)
        for line in held:
            if isinstance(line, boxes.LineBox):
                ends.update(map(id, _turned_texts(line, reading)))
    return directions, ends


def _reading(texts: Sequence[Any]) -> str:
    """The direction that most letters of a page have; numbers have none (UAX #9, 3.2).

    A mark to the left counts too, and there is one behind each turn in a text to the left.
    """
    to_right, marks = 0, 0
    for character, count in Counter("".join(box.text for box in texts)).items():
        kind = unicodedata.bidirectional(character)
        to_right += count * ((kind == "L") - (kind in ("R", "AL")))
    if to_right >= 0:
        to_left = (box.text for box in texts if box.style["direction"] == "rtl")
        marks = sum(len(_WORDS_APART.findall(text)) for text in to_left)
    return "ltr" if to_right >= marks else "rtl"


def _turned_texts(box: Any, direction: str) -> Iterator[Any]:
    """The texts that end a turn, of each part of a line that has the other direction.

    Those are the first of it, and those behind words or numbers that turn once more.
    """
    if isinstance(box, boxes.TextBox) or box.style["direction"] != direction:
        yield from _behind_turns(texts_of(box), direction)
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _turned_texts(child, direction)


def texts_of(box: Any) -> Iterator[Any]:
    """The texts of a line, or of a part of it, as they are written."""
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from texts_of(child)


def _behind_turns(texts: Iterable[Any], direction: str) -> Iterator[Any]:
    is_behind = True
    for box in texts:
        if is_behind and box.style["direction"] != direction and box.text.strip():
            yield box
        kinds = map(unicodedata.bidirectional, reversed(box.text))
        turns = (kind in _TURNING[direction] for kind in kinds if kind in _STRONG_OR_DIGIT)
        is_behind = next(turns, is_behind)


def _may_turn(box: Any, reading: str, *, is_end: bool) -> bool:
    if reading == "ltr":
        return _TO_THE_LEFT.search(box.text) is not None
    return is_end or (box.style["direction"] == "rtl" and _APART.search(box.text) is not None)


def runs_of(stream: Any, box: Any, faces: Faces) -> list[_Run]:
    """The glyphs of a text from left to right, without blanks."""
    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    line, _ = box.pango_layout.get_first_line()
    encoded = box.pango_layout.text.encode()
    runs: list[_Run] = []
    start, run = 0, line.runs[0]
    while run != ffi.NULL:
        item, shaped = run.data.item, run.data.glyphs
        face = faces.of(stream, item.analysis.font)
        clusters = ffi.unpack(shaped.log_clusters, shaped.num_glyphs)
        placed = zip(glyphs_of(shaped).numbers, clusters, strict=True)
        own = [(glyph, place) for glyph, place in placed if glyph not in face.silent]
        shown, places = ([each[way] for each in own] for way in (0, 1))
        letters = encoded[item.offset : item.offset + item.length]
        runs.append(_Run(start, shown, places, letters, bool(item.analysis.level % 2), face))
        start += len(shown)
        run = run.next
    return runs


def _turns_to_left(runs: Sequence[_Run], *, is_within: bool) -> Iterator[_Turn]:
    """Where a line is read to the left: left of words to the right, and of each sign.

    And right of a sign that ends such words, as the bracket of "UN Women (UNAMA)".
    """
    before = True
    for run in runs:
        if not run.is_turned and before and (is_within or run.start == 0):
            yield from _turn(run.face, "rtl", run.start)
            if (is_within or run is runs[-1]) and _ENDS_IN_SIGN.search(run.letters.decode()):
                yield from _turn(run.face, "ltr", run.stop)
        elif run.is_turned and is_within:
            signs = {sign.start() for sign in _SIGNS.finditer(run.letters)}
            for place, cluster in enumerate(run.clusters if signs else (), run.start):
                if cluster in signs:
                    yield from _turn(run.face, "rtl", place)
        before = run.is_turned


def _turns_to_right(runs: Sequence[_Run], *, is_end: bool) -> Iterator[_Turn]:
    """Where a line is read to the right: right of the last letter of words to the left."""
    last: int | None = None
    for number, run in enumerate(runs):
        if run.is_turned:
            places = zip(range(run.stop, run.start, -1), reversed(run.clusters), strict=True)
            ends = (place for place, cluster in places if run.letters[cluster] in _LEADS_TO_LEFT)
            last = next(ends, last)
        elif last is not None:
            within = run if last == run.start else runs[number - 1]
            yield from _turn(within.face, "ltr", last)
            last = None
    if last is not None and is_end:
        yield from _turn(runs[-1].face, "ltr", last)


def _turn_behind(stream: Any, box: Any, faces: Faces) -> Iterator[_Turn]:
    """A mark behind a hyphen of the text's own: poppler takes one that ends a line for another."""
    last = runs_of(stream, box, faces)[-1]
    own, other = ("rtl", "ltr") if last.is_turned else ("ltr", "rtl")
    # Either mark will do, where a font has but one glyph to spare.
    marks = chain(_turn(last.face, own, last.stop), _turn(last.face, other, last.stop))
    yield from islice(marks, 1)


def _turn(face: Face, reading: str, place: int) -> Iterator[_Turn]:
    blank = face.blank(_MARKS[reading])
    if blank is not None:
        glyph = f"<{blank:0{DIGITS}x}>"
        yield _Turn(place, f"{_BEFORE}{glyph}{-_BEFORE}" if reading == "rtl" else glyph)


def _with_turns(row: str, face: Face, turns: list[_Turn], shown: int) -> tuple[list[str], int]:
    """A row of glyphs parted where marks come, and how many glyphs have been shown after it.

    Marks that have found their place are taken out of `turns`.
    """
    blanks = {f"{glyph:0{DIGITS}x}" for glyph in face.standing_for.values()}
    parts = [""]
    start = 0
    for cell in _GLYPHS.finditer(row):
        for place in range(cell.start() + 1, cell.end() - 1, DIGITS):
            if row[place : place + DIGITS] in blanks:
                continue
            while turns and turns[0].place == shown:
                parts[-1] += f"{row[start:place]}>"
                parts += [turns.pop(0).glyph, "<"]
                start = place
            shown += 1
    parts[-1] += row[start:]
    # An empty string parts two numbers, which would be one without it.
    plain = (part.replace("<>", " ").strip() for part in parts)
    return [part for part in plain if part], shown
