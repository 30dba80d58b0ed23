"""Each character of a text leaves a glyph that stands for it alone: so it can be taken out again.

A PDF holds the glyphs of a line from left to right, and readers turn those of a text to the left
round one by one. So a ligature that stands for two letters comes out turned round (لا), and of a
joint within a Persian word, which shows nothing, WeasyPrint leaves no glyph at all. Fonts have
glyphs that show nothing and take no room: these stand for what else none would stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeAlias
from unicodedata import category, combining

from weasyprint.draw import text
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from briefings.core.characters import RIGHT_TO_LEFT
from briefings.render.pdf.patching import exchanged
from briefings.render.pdf.texts.actual_text import IN_CLUSTERS, VIRAMA
from briefings.render.pdf.texts.blanks import Face, Faces
from briefings.render.pdf.texts.clusters import (
    TO_RIGHT,
    DrawnMark,
    MarksApart,
    SaidCluster,
    Spelling,
    is_told,
    said_beside,
    share,
)

_JOINERS = "\u200c\u200d"
"""Zero-width non-joiner and joiner."""

_DIGITS = 4
"""How many hexadecimal digits stand for a glyph."""

_RISE = 1000
"""In what WeasyPrint counts how much higher a glyph stands."""

_MOST_ROOM = 25
"""How much may be between letters, in thousandths of the type size, and they are one word."""

_ROW = re.compile("<([0-9a-f]+)>([^<>]*)")
_TO_THE_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")
_MARKS = re.compile(
    "[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0730-\u074a\u07eb-\u07f3\u08ca-\u08ff\ufb1e]"
)
"""Marks above and below letters to the left."""

_Cluster: TypeAlias = tuple[str, list[Any]]
"""Letters, and the glyphs that stand for them, from left to right."""


@contextmanager
def letters_kept(faces: Faces, spelling: Spelling) -> Iterator[None]:
    """While it lasts, WeasyPrint draws its texts so; nothing looks or lies otherwise.

    It has to be the last of all that look at a text before it is drawn.
    """
    draw = text.draw_first_line

    def draw_all(stream: Any, box: Any, *rest: Any) -> Any:
        spelling.clear()
        if _TO_THE_LEFT.search(box.text) or IN_CLUSTERS.search(box.text):
            _prepare(stream, box, faces, spelling)
        return draw(stream, box, *rest)

    with exchanged("draw_first_line", draw_all, text):
        yield


@contextmanager
def ligatures_parted(faces: Faces) -> Iterator[None]:
    """While it lasts, blanks stand beside each ligature of a text to the left."""
    show, take = Stream.show_text, Stream.set_font_size

    def take_known(self: Any, name: str, size: float) -> None:
        take(self, name, size)
        faces.taken[id(self)] = name, size

    def show_all(self: Any, row: str) -> None:
        face = faces.in_use(self)
        show(self, row if face is None else _with_blanks(row, face.with_blanks))

    with (
        exchanged("show_text", show_all, Stream),
        exchanged("set_font_size", take_known, Stream),
    ):
        yield


def _prepare(stream: Any, box: Any, faces: Faces, spelling: Spelling) -> None:
    """Say what the glyphs of a text stand for, before they are drawn."""
    # It is set when the text is drawn, and would have the line laid out anew then.
    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    line, _ = box.pango_layout.get_first_line()
    encoded = box.pango_layout.text.encode()
    is_spelt = IN_CLUSTERS.search(box.text) or _MARKS.search(box.text)
    run, place = line.runs[0], 0
    while run != ffi.NULL:
        item, shaped = run.data.item, run.data.glyphs
        letters = encoded[item.offset : item.offset + item.length]
        is_turned = bool(item.analysis.level % 2)
        if is_spelt or (is_turned and _is_uneven(letters.decode(), shaped.num_glyphs)):
            face = faces.of(stream, item.analysis.font)
            clusters = list(_clusters(letters, shaped, is_turned=is_turned))
            size = stream.add_font(item.analysis.font)[1]
            if is_turned:
                place = _turned(clusters, face, spelling, place, size)
            else:
                place = _straight(clusters, face, spelling, place, size)
        run = run.next


def _is_uneven(letters: str, glyphs: int) -> bool:
    """As a rule each letter has its glyph, and WeasyPrint says itself what that stands for."""
    return glyphs != len(letters) or any(map(letters.__contains__, _JOINERS))


def _clusters(letters: bytes, shaped: Any, *, is_turned: bool) -> Iterator[_Cluster]:
    """The clusters of a run from left to right: the letters of each, and its glyphs."""
    # As lists at once: each look into Pango's own costs a call.
    starts = ffi.unpack(shaped.log_clusters, shaped.num_glyphs)
    glyphs_of_run = list(shaped.glyphs[0 : shaped.num_glyphs])
    groups = [
        (start, [glyphs_of_run[number] for number in group])
        for start, group in groupby(range(len(starts)), key=starts.__getitem__)
    ]
    ends = [start for start, _ in groups]
    ends = [len(letters), *ends[:-1]] if is_turned else [*ends[1:], len(letters)]
    for (start, glyphs), end in zip(groups, ends, strict=True):
        yield letters[start:end].decode(), glyphs


def _straight(
    clusters: Sequence[_Cluster], first: Face, spelling: Spelling, place: int, size: float
) -> int:
    """Spell a run to the right from a place on, and return the place behind it."""
    for bound in _bound(_shown_together(clusters)):
        face, parts = _named(bound, first)
        for letters, glyphs in parts:
            start, place = place, place + len(glyphs)
            if face is not first or _is_beside(letters, glyphs, face):
                face.blank(TO_RIGHT)
                room = sum(each.geometry.width for each in glyphs) * 1000 * FROM_UNITS / size
                moved = glyphs[0].geometry.x_offset / size
                spelling.actual[start] = SaidCluster(place, letters, room, moved, face)
    return place


def _named(bound: Sequence[_Cluster], first: Face) -> tuple[Face, Sequence[_Cluster]]:
    """A font whose glyphs stand for the letters of clusters, and the clusters that are said as one.

    The first font if there is none.
    """
    for face in first.namings():
        before = face.font.to_unicode.copy()
        parts = _shared(bound, face)
        if all(is_told(letters, glyphs, face) for letters, glyphs in parts if _are_known(glyphs)):
            for number, name in face.font.to_unicode.items() if face.first else ():
                first.font.to_unicode.setdefault(
                    number, name
                )  # which is what it is drawn in, first
            return face, parts
        face.font.to_unicode = before
    return first, _shared(bound, first)


def _shared(bound: Sequence[_Cluster], face: Face) -> Sequence[_Cluster]:
    """Say what the glyphs of clusters stand for, and return which are said as one."""
    for letters, glyphs in bound:
        if _are_known(glyphs):
            share(letters, glyphs, face)
    whole = "".join(letters for letters, _ in bound), [each for _, own in bound for each in own]
    return (whole,) if _is_beside(*whole, face) else bound


def _shown_together(clusters: Sequence[_Cluster]) -> Iterator[_Cluster]:
    """Clusters with the marks behind them, and what is not drawn, as joiners are."""
    letters, glyphs = "", list[Any]()
    for number, (own, places) in enumerate(clusters, 1):
        letters, glyphs = letters + own, glyphs + list(filter(_is_shown, places))
        if number < len(clusters) and (not glyphs or _goes_on(*clusters[number])):
            continue
        yield letters, glyphs
        letters, glyphs = "", []


def _goes_on(letters: str, glyphs: Sequence[Any]) -> bool:
    return all(map(_is_mark, letters)) or not any(map(_is_shown, glyphs))


def _bound(clusters: Iterable[_Cluster]) -> Iterator[list[_Cluster]]:
    """Clusters that are bound to each other: one may be drawn above, below or within the next."""
    bound: list[_Cluster] = []
    for cluster in clusters:
        if bound and VIRAMA not in (combining(bound[-1][0][-1]), combining(cluster[0][0])):
            yield bound
            bound = []
        bound.append(cluster)
    if bound:
        yield bound


def _are_known(glyphs: Sequence[Any]) -> bool:
    """Whether there are any, and each is one of the font."""
    return bool(glyphs) and not any(each.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG for each in glyphs)


def _is_beside(letters: str, glyphs: Sequence[Any], face: Face) -> bool:
    """Whether the text of a cluster is to be said beside its glyphs."""
    return _are_known(glyphs) and said_beside(letters, glyphs, face)


def _turned(
    clusters: Sequence[_Cluster], face: Face, spelling: Spelling, place: int, size: float
) -> int:
    """Spell a run to the left from a place on, and return the place behind it."""
    marks: list[_Cluster] = []
    for cluster in clusters:
        # Nearly all of a text are a letter and its glyph.
        if len(cluster[0]) == len(cluster[1]) == 1 and not marks and not _is_mark(cluster[0]):
            number = cluster[1][0].glyph
            if number < pango.PANGO_GLYPH_EMPTY:
                face.font.to_unicode.setdefault(number, cluster[0])
                place += number not in face.silent
                continue
        for letters, glyphs in (cluster,) if len(cluster[0]) == 1 else _parted(cluster):
            if all(map(_is_mark, letters)):
                marks.append((letters, glyphs))
                continue
            _stand_for(letters, glyphs, face)
            if marks and (apart := _marks_apart(marks, glyphs[-1], face, size)):
                spelling.marks[place + sum(map(face.is_shown, glyphs)) - 1] = apart
            else:
                place = _left_alone(marks, face, place)
            place += sum(map(face.is_shown, glyphs))
            marks = []
    return _left_alone(marks, face, place)


def _parted(cluster: _Cluster) -> Iterator[_Cluster]:
    """A cluster of a text to the left, its marks apart if each has its glyph."""
    letters, glyphs = cluster
    base = letters.rstrip("".join(filter(_is_mark, letters)))
    count = len(letters) - len(base)
    if not base or len(glyphs) != count + 1:
        yield cluster
        return
    for letter, glyph in zip(reversed(letters[len(base) :]), glyphs, strict=False):
        yield letter, [glyph]
    yield base, glyphs[count:]


def _left_alone(marks: Sequence[_Cluster], face: Face, place: int) -> int:
    for letters, glyphs in marks:
        _stand_for(letters, glyphs, face)
        place += sum(map(face.is_shown, glyphs))
    return place


def _marks_apart(
    clusters: Sequence[_Cluster], base: Any, face: Face, size: float
) -> MarksApart | None:
    """Marks left of their `base`, as they are to be drawn; they leave the line.

    None if they stand where they follow in it, or if no glyph is left to say them.
    """
    letters = [letter for own, _ in clusters for letter in reversed(own)]
    glyphs = [each for _, own in clusters for each in own]
    is_moved = any(each.geometry.x_offset or each.geometry.y_offset for each in glyphs)
    if (
        not (is_moved or _is_sorted(letters, glyphs, face))
        or any(_is_wide(each, face) for each in glyphs)
        or None in [face.blank(letter) for letter in (TO_RIGHT, *letters)]
    ):
        return None
    for own, places in clusters:
        # A glyph that stands for no mark of its own says nothing, in a text that says nothing.
        for number, each in enumerate(places):
            known = face.letter(each.glyph, own) or (own if number == 0 else own[-1])
            face.font.to_unicode.setdefault(each.glyph, known)
    marks = []
    for each in glyphs:
        moved = each.geometry
        offset = (moved.x_offset - base.geometry.x_offset) / size
        marks.append(DrawnMark(each.glyph, offset, -moved.y_offset / _RISE))
        face.font.widths[each.glyph] = 0
        each.glyph, moved.x_offset, moved.y_offset = pango.PANGO_GLYPH_EMPTY, 0, 0
    return MarksApart(tuple(face.standing_for[letter] for letter in letters), tuple(marks))


def _is_sorted(letters: Sequence[str], glyphs: Sequence[Any], face: Face) -> bool:
    """Whether marks stand in another order than they are written in: a font may want its own."""
    known = [face.letter(each.glyph, letters) for each in glyphs]
    return None not in known and known != letters


@lru_cache(maxsize=4096)
def _is_mark(letter: str) -> bool:
    return category(letter) in ("Mn", "Mc")


def _is_wide(each: Any, face: Face) -> bool:
    """Whether a glyph takes room in its line, or is none."""
    if each.geometry.width or each.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
        return True
    return each.glyph == pango.PANGO_GLYPH_EMPTY or face.width(each.glyph) != 0


def _is_shown(each: Any) -> bool:
    return bool(each.glyph != pango.PANGO_GLYPH_EMPTY)


def _stand_for(letters: str, glyphs: list[Any], face: Face) -> None:
    """One cluster of a text to the left, its glyphs from left to right."""
    if len(glyphs) == len(letters):
        for letter, glyph in zip(reversed(letters), glyphs, strict=True):
            if glyph.glyph == pango.PANGO_GLYPH_EMPTY:
                blank = face.blank(letter) if letter in _JOINERS else None
                if blank is not None:
                    glyph.glyph = blank
            elif not glyph.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                own = face.letter(glyph.glyph, letters) if len(letters) > 1 else None
                face.font.to_unicode.setdefault(glyph.glyph, own or letter)
    elif len(glyphs) == 1 < len(letters) and not glyphs[0].glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
        face.part(glyphs[0].glyph, letters)


def _with_blanks(row: str, ligatures: dict[str, str]) -> str:
    """A row of glyphs with blanks beside each ligature.

    Poppler takes more room beside one for a space: what is too much goes to the other side of it.
    """

    def parted(match: re.Match[str]) -> str:
        digits, room = match.groups()
        glyphs = [digits[place : place + _DIGITS] for place in range(0, len(digits), _DIGITS)]
        shown = [_apart(ligatures[glyph]) if glyph in ligatures else glyph for glyph in glyphs]
        if glyphs[-1] in ligatures and room.strip() and (left := float(room) + _MOST_ROOM) < 0:
            shown[-1], room = f"> {left:.3f}<{shown[-1]}", f"{-_MOST_ROOM} "
        return f"<{''.join(shown)}>{room}".removeprefix("<>")

    return _ROW.sub(parted, row) if any(map(row.__contains__, ligatures)) else row


def _apart(glyphs: str) -> str:
    """A ligature and its blanks, each a little to the right of the one before.

    Poppler sorts letters by where they begin: at one place, the ligature might be first.
    """
    cells = [glyphs[place : place + _DIGITS] for place in range(0, len(glyphs), _DIGITS)]
    return f"> {(len(cells) - 1) * 0.1:.1f}<{'>-0.1<'.join(cells)}"
