"""Words and numbers of the other direction are kept apart from the space or sign behind them.

Poppler, which reads for search engines, puts a page's lines in order by the kinds of their letters,
and takes what is neutral behind words of the other direction for theirs: it would read the space
of "۸ دسامبر" before the number. A mark of direction (UAX #9, 2.6), as a glyph that shows nothing,
ends such words. It is drawn alone: pdfium passes over a text without width, so that whoever
searches a page in a browser meets none. Behind a hyphen that is the text's own it keeps poppler
from taking that for the end of a line, and out of the word.

It reads all lines of a page in the direction of most of its letters. Where those run against the
edition, as much of one that falls back to another language does, marks in the margin outweigh them.
It counts letter by letter, and prints what it counts, so that these are as many as are missing:
some hundreds or thousands on a page, said beside one glyph at the right edge, where they push
nothing aside. That is the price of a page in order: without them a line in three of such an edition
is not. Whoever copies a part of a page, or reads it by its tags, meets none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import field
from itertools import chain, groupby, islice
from struct import unpack
from typing import Any

from weasyprint.draw import text
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import ffi, pango

from briefings.core.characters import RIGHT_TO_LEFT
from briefings.core.values import dataclass
from briefings.render.pdf.patching import exchanged
from briefings.render.pdf.texts.actual_text import IN_CLUSTERS
from briefings.render.pdf.texts.blanks import DIGITS, Face, Faces, cell_of
from briefings.render.pdf.texts.clusters import said
from briefings.render.pdf.texts.glyphs import glyphs_of
from briefings.render.pdf.texts.line_texts import texts_of
from briefings.render.pdf.texts.one_block import lines_together, marks_between, marks_of_sizes

_TO_THE_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")
_APART = re.compile(rf"[\d.,:/+#$%°،٪؋-]|[^\W\d_{RIGHT_TO_LEFT}]")
"""What ends a part of a line to the left: letters and digits to the right, and signs as below."""

_WORDS_APART = re.compile(rf"(?:\d|[^\W{RIGHT_TO_LEFT}])+")

_ENDS_IN_SIGN = re.compile(r"[^\W\d_].*[^\w\s-]\Z", re.DOTALL)

_SIGNS = re.compile("[-.,:/+#$%]|°|،|٪|؋".encode())
"""Signs that poppler counts among digits (UAX #9: ES, ET and CS)."""

_TURNING = {"rtl": frozenset({"R", "AL"}), "ltr": frozenset({"L", "EN", "AN"})}
"""The kinds of letters that poppler takes out of words against their page."""

_STRONG_OR_DIGIT = frozenset.union(*_TURNING.values())

_MARKS = {"rtl": "\u200f", "ltr": "\u200e"}
_GLYPHS = re.compile("<[0-9a-f]+>")
_CELLS = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")
_BEFORE = 5
"""How far left of its place a mark begins a turn, in thousandths of the type size.

Poppler takes what begins at the same place in either order, and a line apart where it is wrong.
"""

_FROM_EDGE = 2
"""How far from the right edge of a page marks are said, in pixels; poppler reads none beyond."""

_LEADS_TO_LEFT = frozenset((*range(0xD6, 0xE0), 0xEF))
"""The bytes in UTF-8 that letters to the left begin with."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A mark before a glyph of a line, counted from 0 at the left, without blanks.

    What it `says` is said beside its glyph, where that stands for another one.
    """

    place: int
    glyph: str
    says: str

    def show(self, stream: Any, show: Callable[[Any, str], None]) -> None:
        """Draw it, where the text has come to."""
        with said(stream, self.says) if self.says else nullcontext():
            show(stream, self.glyph)


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

    def blank(self, mark: str) -> int | None:
        """A glyph that shows nothing, for a mark of direction; perhaps that which says the other.

        Syllables are said beside their glyphs, and nothing else can be among them.
        """
        blank = self.face.blank(mark)
        if blank is not None or IN_CLUSTERS.search(self.letters.decode()):
            return blank
        known = map(self.face.standing_for.get, _MARKS.values())
        return next((glyph for glyph in known if glyph is not None), None)


@dataclass(slots=True)
class _Reading:
    """How poppler reads each text, by `id`: in which direction, and which texts turn.

    The first and the last of words that run against their page. `outweighed` are marks that are to
    be said so far right of a text, so that their direction is that of most letters of its page;
    `sizes` are those of type that its line needs marks of, and how far left of its end.
    """

    directions: dict[int, str] = field(default_factory=dict)
    firsts: set[int] = field(default_factory=set)
    lasts: set[int] = field(default_factory=set)
    outweighed: dict[int, tuple[str, float]] = field(default_factory=dict)
    sizes: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    def is_end(self, box: Any) -> bool:
        """Whether words that run against their page begin or end with a text."""
        return id(box) in self.firsts or id(box) in self.lasts

    def is_led(self, box: Any) -> bool:
        """Whether a mark is to stand left of the whole text."""
        return any(back > box.width for _, back in self.sizes.get(id(box), ()))


@contextmanager
def turns_marked(pages: Sequence[Any], faces: Faces) -> Iterator[None]:
    """While it lasts, WeasyPrint draws the texts of `pages` so; nothing looks otherwise."""
    draw, show = text.draw_first_line, Stream.show_text
    read = _read(pages)
    turns: list[_Turn] = []
    shown = 0

    def draw_marked(stream: Any, box: Any, *rest: Any) -> Any:
        nonlocal shown
        shown = 0
        turns.extend(_turns_of(stream, box, read, faces))
        start = len(stream.stream)
        try:
            drawn = draw(stream, box, *rest)
            wider = _width(stream.stream[start:], faces) - box.width if read.is_led(box) else 0
            for turn in turns:  # behind the last glyph
                turn.show(stream, show)
            if id(box) in read.outweighed:
                marks, right = read.outweighed[id(box)]
                last = runs_of(stream, box, faces)[-1]
                if (blank := last.blank(marks[0])) is not None:
                    room = right / box.style["font_size"] * 1000
                    row = f"{-room:.3f}{cell_of(blank)}{room:.3f}"
                    _Turn(last.stop, row, marks).show(stream, show)
            for size, back in read.sizes.get(id(box), ()):
                last = runs_of(stream, box, faces)[-1]
                for cell, says in _mark(last, box.style["direction"]):
                    stream.set_font_size(last.face.font.hash, size)
                    # What stands left of the whole text is to stand left of it as it is drawn.
                    room = (back + (wider if back > box.width else 0)) / size * 1000
                    row = f"{room:.3f}{cell}{-room:.3f}"
                    _Turn(last.stop, row, says).show(stream, show)
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
            if isinstance(part, _Turn):
                part.show(stream, show)
            else:
                show(stream, part)

    with (
        exchanged("draw_first_line", draw_marked, text),
        exchanged("show_text", show_marked, Stream),
    ):
        yield


def _width(operators: Sequence[Any], faces: Faces) -> float:
    """How wide a text is drawn: each glyph's width is rounded, and in a long line that adds up."""
    width = scale = 0.0
    widths: Mapping[int, float] = {}
    for item in operators:
        operator = item[-3:] if isinstance(item, bytes) else b""
        if operator == b" Tf":
            name, size = item[1:].split()[:2]
            face = faces.known.get(name.decode())
            widths, scale = face.font.widths if face is not None else {}, float(size) / 1000
        elif operator == b" TJ":
            for glyphs, room in _CELLS.findall(item[: -len(b" TJ")]):
                numbers = unpack(f">{len(glyphs) // DIGITS}H", bytes.fromhex(glyphs.decode()))
                width += scale * sum([widths.get(number, 0) for number in numbers])
                width -= scale * float(room or 0)
    return width


def _read(pages: Sequence[Any]) -> _Reading:
    read = _Reading()
    for page in pages:
        held = list(page._page_box.descendants(placeholders=True))  # noqa: SLF001 # nothing public
        texts = [box for box in held if isinstance(box, boxes.TextBox)]
        counts, marks = _letters(texts)
        direction = "ltr" if counts["ltr"] >= counts["rtl"] + marks else "rtl"
        margin = _last_in_margin(held)
        if margin is not None:
            direction = str(page._page_box.children[0].style["direction"])  # noqa: SLF001
            against = "rtl" if direction == "ltr" else "ltr"
            # Hardly a text has a mark against the edition, and none has several.
            missing = counts[against] - counts[direction] + len(texts) + 1
            if missing > 0:
                right = page.width - _FROM_EDGE - margin.position_x - margin.width
                read.outweighed[id(margin)] = _MARKS[direction] * missing, right
        read.directions.update((id(box), direction) for box in texts)
        for lines in lines_together(held):
            for box, size, back in marks_of_sizes(lines, direction):
                read.sizes.setdefault(id(box), []).append((size, back))
        for line in held:
            if isinstance(line, boxes.LineBox):
                for box, size, back in marks_between(line):
                    read.sizes.setdefault(id(box), []).append((size, back))
                for turned in _turned_texts(line, direction):
                    read.firsts.update(map(id, _behind_turns(turned, direction)))
                    read.lasts.update(map(id, turned[-1:]))
    return read


def _last_in_margin(held: Sequence[Any]) -> Any:
    """The last text that a page says in its margin; None if it says nothing there."""
    margins = (box for box in held if isinstance(box, boxes.MarginBox))
    texts = (box for margin in margins for box in margin.descendants())
    return max(
        (box for box in texts if isinstance(box, boxes.TextBox) and box.text.strip()),
        key=lambda box: (box.position_y, box.position_x),
        default=None,
    )


def _letters(texts: Sequence[Any]) -> tuple[dict[str, int], int]:
    """How many letters of a page have which direction, and how many marks are among them.

    Numbers have none (UAX #9, 3.2). A mark to the left is behind each turn in a text to the left.
    """
    counts = {"ltr": 0, "rtl": 0}
    for character, count in Counter("".join(box.text for box in texts)).items():
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            counts["ltr" if kind == "L" else "rtl"] += count
    to_left = (box.text for box in texts if box.style["direction"] == "rtl")
    return counts, sum(len(_WORDS_APART.findall(text)) for text in to_left)


def _turned_texts(box: Any, direction: str) -> Iterator[list[Any]]:
    """The texts of each part of a line that has the other direction."""
    if isinstance(box, boxes.TextBox) or box.style["direction"] != direction:
        yield [each for each in texts_of(box) if each.text.strip()]
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _turned_texts(child, direction)


def _behind_turns(texts: Iterable[Any], direction: str) -> Iterator[Any]:
    """The first of texts that run against their page, and those behind what turns once more."""
    is_behind = True
    for box in texts:
        if is_behind and box.style["direction"] != direction and box.text.strip():
            yield box
            # One to the right is marked before its first sign, one to the left behind a letter.
            is_behind = direction == "ltr"
        kinds = map(unicodedata.bidirectional, reversed(box.text))
        turns = (kind in _TURNING[direction] for kind in kinds if kind in _STRONG_OR_DIGIT)
        is_behind = next(turns, is_behind)


def _turns_of(stream: Any, box: Any, read: _Reading, faces: Faces) -> Iterator[_Turn]:
    """The marks of a text, from left to right."""
    reading, own = read.directions.get(id(box)), box.style["direction"]
    if reading is None:
        return  # a text of a picture is no box of the page
    is_end = read.is_end(box)
    if own == "ltr" and box.text.endswith("-"):
        yield from _turn_behind(stream, box, faces)
    elif _may_turn(box, reading, is_end=is_end):
        runs, is_first = runs_of(stream, box, faces), id(box) in read.firsts
        if reading == "rtl":
            yield from _turns_to_left(
                runs, is_within=own == "rtl", is_first=is_first, is_end=is_end
            )
        else:
            yield from _turns_to_right(runs, is_end=own == "ltr" or is_first)
        if own == "rtl" and box.text.startswith("-"):
            yield from _turn_behind(stream, box, faces)  # it stands at the right end


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
        places = ffi.unpack(shaped.log_clusters, shaped.num_glyphs)
        shown = glyphs_of(shaped).numbers
        if not face.silent.isdisjoint(shown):
            placed = zip(shown, places, strict=True)
            own = [(glyph, place) for glyph, place in placed if glyph not in face.silent]
            shown, places = ([each[way] for each in own] for way in (0, 1))
        letters = encoded[item.offset : item.offset + item.length]
        runs.append(_Run(start, shown, places, letters, bool(item.analysis.level % 2), face))
        start += len(shown)
        run = run.next
    return runs


def _turns_to_left(
    runs: Sequence[_Run], *, is_within: bool, is_first: bool, is_end: bool
) -> Iterator[_Turn]:
    """Where a line is read to the left: left of words to the right, and of each sign.

    And right of a sign that ends such words, as the bracket of "UN Women (UNAMA)".
    """
    for is_turned, group in groupby(runs, lambda run: run.is_turned):
        together = list(group)
        first, last = together[0], together[-1]
        if not is_turned:
            if is_within or (is_first and first.start == 0):
                yield from _turn(first, "rtl", first.start)
            words = b"".join(run.letters for run in together).decode()
            ends = is_within or (is_end and last is runs[-1])
            if ends and _ENDS_IN_SIGN.search(words):
                yield from _turn(last, "ltr", last.stop)
            continue
        for run in together if is_within else ():
            signs = {sign.start() for sign in _SIGNS.finditer(run.letters)}
            for place, cluster in enumerate(run.clusters if signs else (), run.start):
                if cluster in signs:
                    yield from _turn(run, "rtl", place)


def _turns_to_right(runs: Sequence[_Run], *, is_end: bool) -> Iterator[_Turn]:
    """Where a line is read to the right: right of the last letter of words to the left.

    And left of a mark that is the first of them there, as a vowel sign that ends a word.
    """
    last: int | None = None
    for number, run in enumerate(runs):
        if run.is_turned:
            if unicodedata.bidirectional(run.letters.decode()[-1:] or "L") == "NSM":
                yield from _turn(run, "rtl", run.start)
            places = zip(range(run.stop, run.start, -1), reversed(run.clusters), strict=True)
            ends = (place for place, cluster in places if run.letters[cluster] in _LEADS_TO_LEFT)
            last = next(ends, last)
        elif last is not None:
            within = run if last == run.start else runs[number - 1]
            yield from _turn(within, "ltr", last)
            last = None
    if last is not None and is_end:
        yield from _turn(runs[-1], "ltr", last)


def _turn_behind(stream: Any, box: Any, faces: Faces) -> Iterator[_Turn]:
    """A mark behind a hyphen of the text's own: poppler takes one that ends a line for another."""
    last = runs_of(stream, box, faces)[-1]
    own, other = ("rtl", "ltr") if last.is_turned else ("ltr", "rtl")
    # Either mark will do, where a font has but one glyph to spare.
    marks = chain(_turn(last, own, last.stop), _turn(last, other, last.stop))
    yield from islice(marks, 1)


def _turn(run: _Run, reading: str, place: int) -> Iterator[_Turn]:
    for cell, says in _mark(run, reading):
        yield _Turn(place, f"{_BEFORE}{cell}{-_BEFORE}", says)


def _mark(run: _Run, reading: str) -> Iterator[tuple[str, str]]:
    """The glyph of a mark, and what it says where that is said beside it; if there is one left."""
    mark = _MARKS[reading]
    blank = run.blank(mark)
    if blank is not None:
        yield cell_of(blank), "" if run.face.standing_for.get(mark) == blank else mark


def _with_turns(
    row: str, face: Face, turns: list[_Turn], shown: int
) -> tuple[list[str | _Turn], int]:
    """A row of glyphs parted where marks come, and how many glyphs have been shown after it.

    Marks that have found their place are taken out of `turns`.
    """
    blanks = {f"{glyph:0{DIGITS}x}" for glyph in face.standing_for.values()}
    parts: list[str | _Turn] = []
    before, start = "", 0
    for cell in _GLYPHS.finditer(row):
        if not turns:
            break  # nobody asks what is shown behind the last
        for place in range(cell.start() + 1, cell.end() - 1, DIGITS):
            if row[place : place + DIGITS] in blanks:
                continue
            while turns and turns[0].place == shown:
                parts += [_whole(f"{before}{row[start:place]}>"), turns.pop(0)]
                before, start = "<", place
            shown += 1
    parts.append(_whole(f"{before}{row[start:]}"))
    return [part for part in parts if part], shown


def _whole(part: str) -> str:
    """A part of a row without empty strings, which would part two numbers."""
    return part.replace("<>", " ").strip()
