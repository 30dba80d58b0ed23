"""Clusters of letters that their glyphs can't tell one by one: their text is said beside them.

A reader without tags takes each glyph for the letters that its font says, from left to right, and
takes a glyph that stands higher for another line. A cluster of a script to the right gets its text
around its glyphs (ISO 32000-1, 14.9.4). In one of a script to the left readers would turn that text
round: there a glyph that shows nothing says each mark, and the mark is drawn without a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream

from briefings.render.pdf.actual import NOTHING, agrees, parts
from briefings.render.pdf.blanks import DIGITS, Face, Faces

__all__ = ["TO_RIGHT", "Mark", "MarksApart", "Plan", "clusters_shown", "said_beside", "share"]

_GLYPHS_OR_ROOM = re.compile("<([0-9a-f]*)>|([^<>]+)")
TO_RIGHT = "\u200e"
"""What a blank stands for that only shows where a cluster begins or ends."""


@dataclass(frozen=True, slots=True)
class Mark:
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
    drawn: tuple[Mark, ...]


@dataclass(slots=True)
class Plan:
    """What is to be said and drawn in the text that is being drawn, by the places of its glyphs.

    Places are counted from 0 at the left, without blanks. `said` has the place behind the last
    glyph of a cluster, and its text; `marks` are those above and below the glyph at a place.
    """

    said: dict[int, tuple[int, str]] = field(default_factory=dict)
    marks: dict[int, MarksApart] = field(default_factory=dict)
    shown: int = 0
    open_until: int | None = None
    is_risen: bool = False

    def clear(self) -> None:
        """Begin a text of which nothing is to be said."""
        self.said.clear()
        self.marks.clear()
        self.shown, self.open_until = 0, None

    def turns(self) -> bool:
        """Whether a cluster begins or ends before the next glyph."""
        return self.shown == self.open_until or self.shown in self.said

    def __bool__(self) -> bool:
        """Whether anything is to be said or drawn."""
        return bool(self.said or self.marks or self.open_until is not None)


@contextmanager
def clusters_shown(faces: Faces, plan: Plan) -> Iterator[None]:
    """While it lasts, WeasyPrint shows the glyphs of a text by the `plan` for it."""
    show, take, end = Stream.show_text, Stream.set_font_size, Stream.end_text
    rise = Stream.set_text_rise

    def show_planned(stream: Any, row: str) -> None:
        face = faces.in_use(stream)
        if not plan or face is None:
            show(stream, row)
            return
        blanks = {_cell(glyph) for glyph in face.standing_for.values()}
        waiting: list[str] = []
        if plan.open_until is not None and plan.is_risen and row.startswith("-"):
            # A reader that sorts by place takes it for the next letter's, behind which it begins.
            waiting.extend(edge(face))
        for cell in _cells(row):
            if not cell.startswith("<") or cell in blanks:
                waiting.append(cell)
                continue
            if plan.turns():
                show_waiting(stream, waiting)
                turn(stream)
            apart = plan.marks.get(plan.shown)
            plan.shown += 1
            if apart is None:
                waiting.append(cell)
                continue
            led = len(waiting) - face.blanks_before(cell[1:-1])
            waiting[led:led] = map(_cell, apart.blanks)
            waiting.append(cell)
            show_waiting(stream, waiting)
            draw(stream, apart.drawn, face.font.widths[int(cell[1:-1], 16)])
        show_waiting(stream, waiting)

    def show_waiting(stream: Any, waiting: list[str]) -> None:
        if waiting:
            show(stream, "".join(waiting).replace("><", ""))
            waiting.clear()

    def turn(stream: Any) -> None:
        close(stream)
        if plan.shown in plan.said:
            plan.open_until, text = plan.said.pop(plan.shown)
            _begin(stream, text)

    def rise_within(stream: Any, height: float) -> None:
        if height and plan.turns():
            turn(stream)
            show_edge(stream)  # where the line is
        plan.is_risen = bool(height)
        rise(stream, height)

    def show_edge(stream: Any) -> None:
        face = faces.in_use(stream)
        for cell in edge(face) if face is not None else ():
            show(stream, cell)

    def edge(face: Face) -> list[str]:
        blank = face.standing_for.get(TO_RIGHT)
        return [] if blank is None else [_cell(blank)]

    def draw(stream: Any, marks: Sequence[Mark], width: float) -> None:
        """The marks of a base of some width that has just been shown."""
        _begin(stream, NOTHING)
        for mark in marks:
            moved = mark.offset - width
            rise(stream, mark.rise)
            show(stream, f"{-moved}{_cell(mark.glyph)}{moved}")
        rise(stream, 0)
        stream.end_marked_content()

    def close(stream: Any) -> None:
        if plan.open_until is None:
            return
        show_edge(stream)
        stream.end_marked_content()
        plan.open_until = None

    def take_after(stream: Any, name: str, size: float) -> None:
        close(stream)
        take(stream, name, size)

    def end_after(stream: Any) -> None:
        close(stream)
        end(stream)

    Stream.show_text, Stream.set_font_size, Stream.end_text = show_planned, take_after, end_after
    Stream.set_text_rise = rise_within
    try:
        yield
    finally:
        Stream.show_text, Stream.set_font_size, Stream.end_text = show, take, end
        Stream.set_text_rise = rise


def _cells(row: str) -> Iterator[str]:
    """The glyphs of a row, each in brackets, and the room between them."""
    for glyphs, room in _GLYPHS_OR_ROOM.findall(row):
        if room:
            yield f"{room} "
        for place in range(0, len(glyphs), DIGITS):
            yield f"<{glyphs[place : place + DIGITS]}>"


def _cell(glyph: int) -> str:
    return f"<{glyph:0{DIGITS}x}>"


def _begin(stream: Any, text: str) -> None:
    encoded = f"<feff{text.encode('utf-16-be').hex()}>".encode()
    pydyf.Stream.begin_marked_content(stream, "Span", pydyf.Dictionary({"ActualText": encoded}))


# Scripts to the right


def said_beside(letters: str, glyphs: Sequence[Any], face: Face) -> bool:
    """Whether the text of a cluster has to be said beside its glyphs, and can be."""
    known = face.font.to_unicode
    shown = "".join(known.get(each.glyph, "") for each in glyphs)
    is_moved = any(each.geometry.y_offset or each.geometry.x_offset for each in glyphs)
    return (shown != letters or is_moved) and agrees(letters, shown)


def share(letters: str, glyphs: Sequence[Any], face: Face) -> None:
    """Say which letters of a cluster each glyph stands for, where that is not known yet."""
    known = face.font.to_unicode
    left = list(letters)
    unknown: dict[int, None] = {}
    for each in glyphs:
        own = known.get(each.glyph) or face.letter(each.glyph, (*left, *parts(left)))
        if own is None:
            unknown[each.glyph] = None
            continue
        known.setdefault(each.glyph, own)
        if any(letter not in left for letter in own):
            left = parts(left)
        for letter in own:
            if letter in left:
                left.remove(letter)
    if len(left) < len(unknown):
        left = parts(left)
    for number, glyph in enumerate(unknown, 1):
        own = "".join(left if number == len(unknown) else left[:1])
        del left[: len(own)]
        if own:
            known[glyph] = own
