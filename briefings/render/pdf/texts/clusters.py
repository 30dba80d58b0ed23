"""Clusters of letters that their glyphs can't tell one by one: their text is said beside them.

A reader without tags takes each glyph for the letters that its font says, from left to right, and
takes a glyph that stands higher for another line. A cluster of a script to the right gets its text
around its glyphs (ISO 32000-1, 14.9.4). In one of a script to the left readers would turn that text
round: there a glyph that shows nothing says each mark, and the mark is drawn without a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream

from briefings.core.values import dataclass
from briefings.render.pdf.patching import exchanged
from briefings.render.pdf.texts.actual_text import NOTHING, SEEN_AS, VIRAMA, agrees, parts
from briefings.render.pdf.texts.blanks import DIGITS, Face, Faces, cell_of

_GLYPHS_OR_ROOM = re.compile("<([0-9a-f]*)>|([^<>]+)")
_BEHIND = 0.1
"""How far behind the first part of a cluster others begin, in thousandths of the type size."""

_BEFORE = 2.0
"""How far before its place one begins that is raised, in the same unit.

WeasyPrint goes back a little too far behind it, and poppler sorts by places too.
"""

_LEAST_ROOM = 10.0
"""What takes less in its line, in the same unit, takes none."""

TO_RIGHT = "\u200e"
"""What a glyph stands for that says nothing: an edge of a cluster, a part of a drawing."""


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A glyph that is drawn without a text: how far from where its base begins, and how high.

    `offset` is in thousandths of the type size, `rise` in the unit of a text's height.
    """

    glyph: int
    offset: float
    rise: float


@dataclass(frozen=True, slots=True)
class MarksApart:
    """Marks of one base: the blanks that say them from left to right, and what is drawn of them."""

    blanks: tuple[int, ...]
    drawn: tuple[DrawnMark, ...]


@dataclass(frozen=True, slots=True)
class SaidCluster:
    """A cluster whose text is said beside its glyphs, of the font in which these stand for it.

    `stop` is the place behind its last glyph. Its `room`, and how far from its beginning the first
    glyph is moved, are in thousandths of the type size.
    """

    stop: int
    text: str
    room: float
    moved: float
    face: Face


@dataclass(slots=True)
class Spelling:
    """What is to be said and drawn in the text that is being drawn, by the places of its glyphs.

    Places are counted from 0 at the left, without blanks. `actual` are clusters by where they
    begin, `marks` those above and below the glyph at a place. `at` is how far from its beginning
    a cluster has come, of `room`.
    """

    actual: dict[int, SaidCluster] = field(default_factory=dict)
    marks: dict[int, MarksApart] = field(default_factory=dict)
    shown: int = 0
    open_until: int | None = None
    is_risen: bool = False
    at: float = 0.0
    room: float = 0.0

    def clear(self) -> None:
        """Begin a text of which nothing is to be said."""
        self.actual.clear()
        self.marks.clear()
        self.shown, self.open_until = 0, None

    def turns(self) -> bool:
        """Whether a cluster begins or ends before the next glyph."""
        return self.shown == self.open_until or self.shown in self.actual

    def __bool__(self) -> bool:
        """Whether anything is to be said or drawn."""
        return bool(self.actual or self.marks or self.open_until is not None)


@contextmanager
def clusters_shown(faces: Faces, spelling: Spelling) -> Iterator[None]:
    """While it lasts, WeasyPrint shows the glyphs of a text by the `spelling` for it."""
    show, take, end = Stream.show_text, Stream.set_font_size, Stream.end_text
    rise = Stream.set_text_rise
    shown = _Shown(faces, spelling, show, rise)

    def take_after(stream: Any, name: str, size: float) -> None:
        shown.close(stream)
        take(stream, name, size)

    def end_after(stream: Any) -> None:
        shown.close(stream)
        end(stream)

    def show_spelt(stream: Any, row: str) -> None:
        shown.row(stream, row)

    def rise_spelt(stream: Any, height: float) -> None:
        shown.rise(stream, height)

    with (
        exchanged("show_text", show_spelt, Stream),
        exchanged("set_text_rise", rise_spelt, Stream),
        exchanged("set_font_size", take_after, Stream),
        exchanged("end_text", end_after, Stream),
    ):
        yield


@dataclass(frozen=True, slots=True)
class _Shown:
    """The glyphs of a text, shown by a spelling; the last two are WeasyPrint's own functions."""

    faces: Faces
    spelling: Spelling
    show: Callable[[Any, str], None]
    lift: Callable[[Any, float], None]

    def row(self, stream: Any, row: str) -> None:
        """Show a row of glyphs, in parts where the spelling has something between them."""
        face = self.faces.in_use(stream)
        if not self.spelling or face is None:
            self.show(stream, row)
            return
        waiting: list[str] = []
        spelt = self.spelling
        if spelt.open_until is not None and spelt.is_risen:
            # Pdfium sorts by places: all of a cluster has to begin where it does.
            if spelt.room > _LEAST_ROOM:
                waiting += _begin_at(face, _BEHIND - spelt.at)
            elif row.startswith("-"):
                waiting += _edge(face)
        blanks = {cell_of(glyph) for glyph in face.standing_for.values()}
        for cell in _cells(row):
            if cell.startswith("<") and cell not in blanks:
                self._glyph(stream, cell, waiting, face)
                spelt.at += face.width(int(cell[1:-1], 16)) * 1000 / face.font.upem
            else:
                waiting.append(cell)
                spelt.at -= 0.0 if cell.startswith("<") else sum(map(float, cell.split()))
        self._flush(stream, waiting)

    def rise(self, stream: Any, height: float) -> None:
        """Go up or down from the line; a cluster begins before, where the line is."""
        if height and self.spelling.turns():
            self._turn(stream, is_moved=False)
            self._show_edge(stream, _BEFORE)
        self.spelling.is_risen = bool(height)
        self.lift(stream, height)

    def close(self, stream: Any) -> None:
        """End the cluster, if there is one."""
        if self.spelling.open_until is not None:
            self._show_edge(stream)
            face = self.faces.in_use(stream)
            if face is not None and face.first is not None:
                self.faces.exchange(stream, face.first)
            stream.end_marked_content()
            self.spelling.open_until = None

    def _glyph(self, stream: Any, cell: str, waiting: list[str], face: Face) -> None:
        if self.spelling.turns():
            self._flush(stream, waiting)
            self._turn(stream, is_moved=True)
        apart = self.spelling.marks.get(self.spelling.shown)
        self.spelling.shown += 1
        if apart is None:
            waiting.append(cell)
            return
        digits = cell[1:-1]
        led = len(waiting) - 2 * face.blanks_before(digits)  # each with room behind it
        waiting[led:led] = map(cell_of, apart.blanks)
        self._flush(stream, [*waiting, cell])
        waiting.clear()
        self._draw(stream, apart.drawn, face, face.font.widths[int(digits, 16)])

    def _flush(self, stream: Any, waiting: list[str]) -> None:
        face, spelt = self.faces.in_use(stream), self.spelling
        has_room = spelt.open_until is not None and spelt.room > _LEAST_ROOM
        if has_room and face and "<" in "".join(waiting):
            # Pdfium finds spaces by where the first text in a mark ends.
            waiting += _end_at(face, spelt.room - spelt.at)
        if waiting:
            self.show(stream, "".join(waiting).replace("><", ""))
            waiting.clear()

    def _turn(self, stream: Any, *, is_moved: bool) -> None:
        """End the cluster before the next glyph, and begin that which it belongs to.

        `is_moved`: whether the way to that glyph has been gone already.
        """
        self.close(stream)
        if self.spelling.shown in self.spelling.actual:
            spelt = self.spelling.actual.pop(self.spelling.shown)
            self.spelling.open_until, self.spelling.room = spelt.stop, spelt.room
            self.spelling.at = spelt.moved if is_moved else 0.0
            _begin(stream, spelt.text)
            if spelt.face.first is not None:
                self.faces.exchange(stream, spelt.face)

    def _show_edge(self, stream: Any, before: float = 0.0) -> None:
        face = self.faces.in_use(stream)
        for cell in _edge(face) if face is not None else ():
            self.show(stream, f"{before}{cell}{-before}" if before else cell)

    def _draw(self, stream: Any, marks: Sequence[DrawnMark], face: Face, width: float) -> None:
        """The marks of a base of some width that has just been shown.

        Pdfium puts the texts of a line in order by where they begin, and takes one for another line
        that is higher than half of the glyph beside it is wide. So a mark stands between two broad
        glyphs that show nothing: the one begins where the base does, the other ends there.
        """
        _begin(stream, NOTHING)
        broad = face.room()
        for mark in marks:
            moved, cell = mark.offset - width, cell_of(mark.glyph)
            row = f"{-moved}{cell}{moved}"
            if broad is not None:
                blank, room = cell_of(broad[0]), broad[1]
                row = f"{width}{blank}{room - mark.offset}{cell}{room + moved}{blank}"
            self.lift(stream, mark.rise)
            self.show(stream, row)
        self.lift(stream, 0)
        stream.end_marked_content()


def _edge(face: Face) -> list[str]:
    blank = face.standing_for.get(TO_RIGHT)
    return [] if blank is None else [cell_of(blank)]


def _begin_at(face: Face, place: float) -> list[str]:
    """What begins so far right, and shows nothing; and the way back."""
    glyph, width = face.gap() or (face.standing_for.get(TO_RIGHT), 0)
    return [] if glyph is None else [f"{-place:.3f} ", cell_of(glyph), f"{place + width:.3f} "]


def _end_at(face: Face, place: float) -> list[str]:
    """What ends so far right, and shows nothing; and the way back."""
    _, width = face.gap() or (None, 0)
    return _begin_at(face, place - width)


def _cells(row: str) -> Iterator[str]:
    """The glyphs of a row, each in brackets, and the room between them."""
    for glyphs, room in _GLYPHS_OR_ROOM.findall(row):
        if room:
            yield f"{room} "
        for place in range(0, len(glyphs), DIGITS):
            yield f"<{glyphs[place : place + DIGITS]}>"


@contextmanager
def said(stream: Any, text: str) -> Iterator[None]:
    """While it lasts, what is shown in `stream` says `text`."""
    _begin(stream, text)
    yield
    stream.end_marked_content()


def _begin(stream: Any, text: str) -> None:
    encoded = f"<feff{text.encode('utf-16-be').hex()}>".encode()
    pydyf.Stream.begin_marked_content(stream, "Span", pydyf.Dictionary({"ActualText": encoded}))


# Scripts to the right


def said_beside(letters: str, glyphs: Sequence[Any], face: Face) -> bool:
    """Whether the text of a cluster has to be said beside its glyphs, and can be.

    Args:
        letters: What the cluster is written with.
        glyphs: What it is drawn with, as Pango shaped it.
        face: The font of these.
    """
    shown = _shown(glyphs, face)
    is_moved = any(each.geometry.y_offset or each.geometry.x_offset for each in glyphs)
    return (is_moved or not _is_same(shown, letters)) and agrees(letters, shown)


def is_told(letters: str, glyphs: Sequence[Any], face: Face) -> bool:
    """Whether the text of a cluster is told, by its glyphs or beside them."""
    shown = _shown(glyphs, face)
    return (face.first is None and _is_same(shown, letters)) or agrees(letters, shown)


def _shown(glyphs: Sequence[Any], face: Face) -> str:
    known = face.font.to_unicode
    return "".join(known.get(each.glyph, "") for each in glyphs)


def _is_same(shown: str, letters: str) -> bool:
    """Whether glyphs show letters; that of a space that does not break says the one that does."""
    return shown.replace("\xa0", " ") == letters.replace("\xa0", " ")


def share(letters: str, glyphs: Sequence[Any], face: Face) -> None:
    """Say which letters of a cluster each glyph stands for, where that is not known yet.

    Args:
        letters: What the cluster is written with.
        glyphs: What it is drawn with, as Pango shaped it.
        face: The font of these, which learns them.
    """
    known = face.font.to_unicode
    left = list(letters)
    unknown: dict[int, None] = {}
    last: int | None = None
    for each in glyphs:
        seen = [letter.translate(SEEN_AS) for letter in left]
        letter = face.letter(each.glyph, (*left, *parts(left), *seen))
        own = known.get(each.glyph) or letter
        own = own or (TO_RIGHT if each.glyph in face.hollow else face.of_several(each.glyph, left))
        if own is None:
            unknown[each.glyph] = None
            continue
        if each.glyph not in known:
            known[each.glyph] = own
            may_say_more = own != TO_RIGHT and (letter is None or face.first is not None)
            last = each.glyph if may_say_more else last
        if own != TO_RIGHT and any(letter not in left for letter in own):
            left = parts(left)
        for letter in own:
            same = (each for each in left if letter in (each, each.translate(SEEN_AS)))
            if (found := next(same, None)) is not None:
                left.remove(found)
    left = _as_drawn(left)
    if len(left) < len(unknown):
        left = parts(left)
    undrawn = list(unknown)
    if len(bound := _bound(left)) < min(len(left), len(unknown)):
        # Parts of a drawing, which other clusters may have for other letters.
        left, undrawn = bound, undrawn[len(unknown) - len(bound) :]
    for number, glyph in enumerate(undrawn, 1):
        own = "".join(left if number == len(undrawn) else left[:1])
        del left[: 1 if number < len(undrawn) else None]
        if own:
            known[glyph] = own
    for glyph in unknown:
        # Else WeasyPrint would take it for all of the cluster.
        known.setdefault(glyph, TO_RIGHT)
    if last is not None:
        shown = "".join(known[each.glyph] for each in glyphs)
        known[last] += "".join((Counter(parts(letters)) - Counter(parts(shown))).elements())


def _as_drawn(letters: list[str]) -> list[str]:
    """The letters, in Khmer a bound ro first: it is drawn before the consonant that binds it."""
    start, bound, end = "".join(letters).partition("\u17d2\u179a")
    return [bound, *start, *end] if bound else letters


def _bound(letters: Sequence[str]) -> list[str]:
    """Letters, each with what binds it to the consonant before: the two are drawn as one."""
    bound: list[str] = []
    for letter in letters:
        if bound and unicodedata.combining(bound[-1][-1]) == VIRAMA:
            bound[-1] += letter
        else:
            bound.append(letter)
    return bound
