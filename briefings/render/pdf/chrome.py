"""Glyphs say beside themselves what pdfium has to find where it would read a line in a wrong order.

Such a glyph is marked twice: the outer text is its letter, for whoever asks (ISO 32000-1, 14.9.4);
the inner one, whose tag nobody else asks for a text, is what pdfium finds in its place. And the
parts of a line are drawn from left to right: where they differ in height pdfium takes them in the
order in which they are drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from functools import lru_cache
from itertools import groupby, islice, pairwise
from typing import Any
from unicodedata import category

import pydyf
from weasyprint import draw as drawing
from weasyprint.draw import text
from weasyprint.formatting_structure import boxes

from briefings.core.characters import RIGHT_TO_LEFT
from briefings.core.values import dataclass
from briefings.render.pdf.actual_text import NOTHING
from briefings.render.pdf.blanks import DIGITS, Faces
from briefings.render.pdf.patching import exchanged
from briefings.render.pdf.turned import (
    MIRRORED,
    PARTING,
    RAISED,
    TAG,
    TOUCHING,
    agrees_when_turned,
    as_pdfium_reads,
    kind_of,
    parts_missing,
    said_for,
    turned_for_pdfium,
)
from briefings.render.pdf.turns import runs_of, texts_of

__all__ = ["Texts", "texts_noted"]

_CELL = re.compile(rb"<([0-9a-f]*)>|([^<>\[\] ]+)")
_TO_THE_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")

_OF_SEVERAL = frozenset((*MIRRORED, "-", "\u2010"))
"""Signs whose glyph stands for another one too: brackets by direction, and hyphens."""

_SPACES = re.compile(" +")

_ABOVE, _BELOW = 0.7, 0.2
"""How far letters go up and down from their line, in the type size."""

_LEVEL = 0.2
"""How far apart in height, in the type size, texts may be that pdfium sorts by their places."""


@lru_cache(maxsize=4096)
def _kinds_of(letters: str) -> frozenset[str]:
    return frozenset(map(kind_of, letters))


@dataclass(slots=True)
class _Glyph:
    """A glyph that takes room, with those beside it that take none.

    `says` is what fonts say of them, `letters` what they stand for, and `found` what pdfium has to
    find; `row` has them as they are shown. What is fixed is said beside already, or is the room
    that pdfium takes for a space, without a row.
    """

    says: str
    letters: str
    row: bytes = b""
    place: int = 0
    is_fixed: bool = False
    found: str = ""
    is_marked: bool = False
    is_parted: bool = False
    said: str = ""

    @property
    def kinds(self) -> frozenset[str]:
        """What pdfium takes its letters for."""
        return _kinds_of(self.letters)

    @property
    def is_wrong(self) -> bool:
        """Whether it says anything but what it stands for, and what pdfium has to find there."""
        return not self.says == self.letters == self.found


@dataclass(frozen=True, slots=True)
class _Row:
    """What is shown at a place of a content stream."""

    place: int
    glyphs: tuple[_Glyph, ...]

    @property
    def is_marked(self) -> bool:
        """Whether any of its glyphs is to be marked."""
        return any(glyph.is_marked for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that has been drawn, from one place of a content stream to another.

    `line` counts that which it is written in. `brackets` are by how many glyphs stand before them.
    """

    box: Any
    start: int
    stop: int
    line: int
    brackets: Mapping[int, str]

    @property
    def is_to_left(self) -> bool:
        """Whether it lies in a line to the left."""
        return str(self.box.style["direction"]) == "rtl"

    @property
    def size(self) -> float:
        """That of its type."""
        return float(self.box.style["font_size"])

    @property
    def left(self) -> float:
        """Where it begins."""
        return float(self.box.position_x)

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + float(self.box.width)

    @property
    def height(self) -> float:
        """How far below the page's top its letters stand."""
        return float(self.box.position_y + self.box.baseline)


@dataclass(slots=True)
class Texts:
    """The texts of a file as they have been drawn, by the `id` of the stream that they lie in.

    `written` is what each line says, in the order in which it is written; `fonts` are all that
    have been drawn with.
    """

    faces: Faces
    fonts: Mapping[Any, Any]
    written: Sequence[str]
    drawn: dict[int, tuple[Any, list[_Text]]] = field(default_factory=dict)

    def turn(self) -> None:
        """Mark the glyphs that pdfium would not read as they stand."""
        for stream, texts in self.drawn.values():
            rows: dict[int, list[_Row]] = {}
            lines: list[list[_Glyph]] = []
            for group in _groups(texts):
                lines += self._marked(stream, group, rows)
            for chain in _chains(stream, texts, rows):
                _hold(chain)
            for line in lines:
                _keep_apart(line)
            changed = [row for own in rows.values() for row in own if row.is_marked]
            # From the last to the first: the places of those before stay as they are.
            for row in sorted(changed, key=lambda row: -row.place):
                stream.stream[row.place : row.place + 1] = _marking(row)

    def _marked(
        self, stream: Any, group: Sequence[_Text], rows: dict[int, list[_Row]]
    ) -> list[list[_Glyph]]:
        """The glyphs of each line in what pdfium takes for one, some of them marked.

        Their rows go into `rows`, by where the text of each begins.
        """
        lines: dict[int, list[_Text]] = {}
        for each in group:
            lines.setdefault(each.line, []).append(each)
        letters = " ".join(self.written[line] for line in lines)
        is_plain = not any(each.is_to_left or each.brackets for each in group)
        if is_plain and not _TO_THE_LEFT.search(letters):
            return []
        rows.update((each.start, list(self._rows(stream, each))) for each in group)
        told = {line: list(_with_gaps(texts, rows)) for line, texts in lines.items()}
        glyphs = [glyph for own in told.values() for glyph in own]
        to_left = any(each.is_to_left for each in group) and "R" in map(kind_of, letters)
        missing = parts_missing(letters, to_left=to_left)
        if missing and missing > len(_partable(glyphs, to_left=to_left)):
            to_left, missing = not to_left, 0
        for line, own in told.items():
            found = turned_for_pdfium(_fitting(self.written[line], own), to_left=to_left)
            _let_find(own, found or "".join(glyph.says for glyph in own))
            if found:
                _mark_turned(own, to_left=to_left)
        for glyph in _partable(glyphs, to_left=to_left)[:missing] if missing else ():
            glyph.is_marked = glyph.is_parted = True
        return list(told.values())

    def _rows(self, stream: Any, drawn: _Text) -> Iterator[_Row]:
        """The rows of a text that pdfium reads, from left to right."""
        fonts = {font.hash: font for font in self.fonts.values()}
        said: list[str | None] = []
        font, shown = None, 0
        for place in range(drawn.start, drawn.stop):
            item = stream.stream[place]
            if item == b"BDC":
                said.append(_actual(stream.stream[place - 1]))
            elif item == b"EMC":
                said.pop()
            elif isinstance(item, bytes) and item.endswith(b" Tf"):
                font = fonts[item[1:].split()[0].decode()]
            elif isinstance(item, bytes) and item.endswith(b" TJ"):
                face = self.faces.known.get(font.hash) if font is not None else None
                blanks = face.silent if face is not None else set()
                beside = said[-1] if said else None
                if beside == NOTHING:
                    continue  # marks that are drawn apart from their letters
                glyphs, shown = _glyphs(item, font, blanks, drawn.brackets, shown)
                if beside is not None:
                    said[-1] = ""  # all that it says stands with its first row
                    glyphs = [_Glyph(beside, beside, is_fixed=True)] if beside else []
                for glyph in glyphs:
                    glyph.place = place
                if glyphs:
                    yield _Row(place, tuple(glyphs))


@contextmanager
def texts_noted(document: Any, faces: Faces) -> Iterator[Texts]:
    """While it lasts, parts of lines are drawn from left to right, and what is drawn is noted."""
    told = [list(texts_of(line)) for line in _lines(document.pages)]
    if not any(_TO_THE_LEFT.search(box.text) for texts in told for box in texts):
        yield Texts(faces, {}, ())
        return
    lines = {id(box): number for number, texts in enumerate(told) for box in texts}
    noted = Texts(faces, document.fonts, ["".join(_with_spaces_of_gaps(texts)) for texts in told])
    draw, draw_inline = text.draw_first_line, drawing.draw_inline_level

    def draw_and_note(stream: Any, box: Any, *rest: Any) -> Any:
        if "\xa0" in box.text:
            _name_spaces(stream, box, faces)
        start = len(stream.stream)
        drawn = draw(stream, box, *rest)
        if id(box) in lines and len(stream.stream) > start:
            _, texts = noted.drawn.setdefault(id(stream), (stream, []))
            brackets = _brackets(stream, box, faces) if not _OF_SEVERAL.isdisjoint(box.text) else {}
            texts.append(_Text(box, start, len(stream.stream), lines[id(box)], brackets))
        return drawn

    def draw_from_left(stream: Any, page: Any, box: Any, *rest: Any, **options: Any) -> None:
        if not isinstance(box, boxes.LineBox | boxes.InlineBox):
            draw_inline(stream, page, box, *rest, **options)
            return
        written = box.children
        box.children = sorted(written, key=_left)
        try:
            draw_inline(stream, page, box, *rest, **options)
        finally:
            box.children = written  # as its tags are to have them

    with (
        exchanged("draw_first_line", draw_and_note, text),
        exchanged("draw_inline_level", draw_from_left, drawing),
    ):
        yield noted


def _with_gaps(texts: Sequence[_Text], rows: Mapping[int, Sequence[_Row]]) -> Iterator[_Glyph]:
    """The glyphs of a line, and the gaps between its texts that pdfium takes for spaces."""
    before: _Text | None = None
    for each in texts:
        if before is not None and each.left - before.right > TOUCHING * before.size:
            yield _Glyph(" ", " ", is_fixed=True)
        for row in rows[each.start]:
            yield from row.glyphs
        before = each


def _chains(
    stream: Any, texts: Iterable[_Text], rows: Mapping[int, Sequence[_Row]]
) -> Iterator[list[_Glyph]]:
    """Marked glyphs on a line with none between them, as whoever reads them holds them together."""
    chain: list[_Glyph] = []
    before: _Text | None = None
    for each in texts:
        is_next = before is None or not chain or _is_next(stream, before, each)
        if chain and (each.start not in rows or not is_next):
            yield chain
            chain = []
        elif chain and before is not None and each.left - before.right > TOUCHING * before.size:
            chain.append(_Glyph(" ", " ", found=" ", is_fixed=True))
        for glyph in (glyph for row in rows.get(each.start, ()) for glyph in row.glyphs):
            if glyph.is_marked:
                chain.append(glyph)
            elif chain:
                yield chain
                chain = []
        before = each
    if chain:
        yield chain


def _is_next(stream: Any, before: _Text, after: _Text) -> bool:
    """Whether a text goes on on the line of the one before, and nothing else is shown between."""
    between = stream.stream[before.stop : after.start]
    return abs(after.height - before.height) <= RAISED * before.size and not any(
        isinstance(item, bytes) and item.endswith(b" TJ") for item in between
    )


def _hold(chain: Sequence[_Glyph]) -> None:
    """Unmark glyphs of which whoever reads them would not see that they may say so."""
    found = "".join(glyph.found for glyph in chain)
    letters = "".join(glyph.letters for glyph in chain)
    if not agrees_when_turned(found, letters):
        for glyph in chain:
            glyph.is_marked = False


def _left(box: Any) -> float:
    return float(getattr(box, "box", box).position_x)  # of a stacking context


def _lines(pages: Iterable[Any]) -> Iterator[Any]:
    for page in pages:
        for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 # nothing public
            if isinstance(box, boxes.LineBox):
                yield box


def _with_spaces_of_gaps(texts: Sequence[Any]) -> Iterator[str]:
    """What the texts of a line say, with a space where two beside each other stand apart."""
    placed = sorted((box for box in texts if box.text), key=_left)
    apart = {
        frozenset((id(left), id(right)))
        for left, right in pairwise(placed)
        if right.position_x - left.position_x - left.width > TOUCHING * left.style["font_size"]
    }
    for before, box in pairwise([None, *(box for box in texts if box.text)]):
        yield " " if frozenset((id(before), id(box))) in apart else ""
        yield box.text


def _brackets(stream: Any, box: Any, faces: Faces) -> dict[int, str]:
    """Brackets and hyphens of a text by how many glyphs stand before them, blanks apart."""
    return {
        run.start + number: letter
        for run in runs_of(stream, box, faces)
        for number, cluster in enumerate(run.clusters)
        if (letter := _letter_at(run.letters, cluster)) in _OF_SEVERAL
    }


def _name_spaces(stream: Any, box: Any, faces: Faces) -> None:
    """Let the glyph of a space say a space, though a text begins with one that does not break."""
    for run in runs_of(stream, box, faces):
        for glyph in run.glyphs:
            if run.face.letter(glyph, " "):
                run.face.font.to_unicode.setdefault(glyph, " ")


def _letter_at(letters: bytes, place: int) -> str:
    return letters[place : place + 4].decode(errors="ignore")[:1]


def _groups(texts: Iterable[_Text]) -> Iterator[list[_Text]]:
    """What pdfium takes for a line each, in the order in which it takes them."""
    group: list[_Text] = []
    for each in texts:
        if group and not _goes_on(group[-1], each):
            yield _in_order(group)
            group = []
        group.append(each)
    if group:
        yield _in_order(group)


def _goes_on(before: _Text, after: _Text) -> bool:
    """Whether one of two stands within the height of the other."""
    down = after.height - before.height
    return (
        -_ABOVE * before.size < down < _BELOW * before.size
        or -_BELOW * after.size < down < _ABOVE * after.size
    )


def _in_order(group: Sequence[_Text]) -> list[_Text]:
    """Those that stand on one line by their places, these as they are drawn."""
    ordered: list[list[_Text]] = []
    for each in group:
        if ordered and abs(each.height - ordered[-1][-1].height) <= _LEVEL * each.size:
            ordered[-1].append(each)
        else:
            ordered.append([each])
    return [each for level in ordered for each in sorted(level, key=lambda one: one.left)]


def _actual(properties: Any) -> str | None:
    """The text of a marked content, if one is said beside it."""
    said = properties.get("ActualText") if isinstance(properties, pydyf.Dictionary) else None
    if said is None:
        return None
    return bytes.fromhex(said[1:-1].decode()).decode("utf-16")


def _glyphs(
    row: bytes, font: Any, blanks: set[int], brackets: Mapping[int, str], shown: int
) -> tuple[list[_Glyph], int]:
    """The glyphs of a row, and how many have been shown after it, blanks apart."""
    glyphs: list[_Glyph] = []
    says, letters, shows = "", "", b""
    for cell, room in _CELL.findall(row[1 : -len(b"] TJ")]):
        if room:
            if glyphs and not shows:
                glyphs[-1].row += room
            else:
                shows += room
        for place in range(0, len(cell), DIGITS):
            glyph = int(cell[place : place + DIGITS], 16)
            own = font.to_unicode.get(glyph, "")
            says, shows = says + own, shows + b"<" + cell[place : place + DIGITS] + b">"
            letters += brackets.get(shown, own) if glyph not in blanks else own
            shown += glyph not in blanks
            if font.widths.get(glyph):
                # A space that does not break is one for pdfium where it is a gap.
                glyphs.append(_Glyph(says, letters.replace("\xa0", " "), shows))
                says, letters, shows = "", "", b""
    if shows and glyphs:
        last = glyphs[-1]
        last.says, last.letters, last.row = (
            last.says + says,
            last.letters + letters,
            last.row + shows,
        )
    return glyphs, shown


def _fitting(written: str, glyphs: Sequence[_Glyph]) -> str:
    """A text without what has no glyph; empty if the glyphs say another."""
    shown = Counter("".join(glyph.letters for glyph in glyphs))
    letters = "".join(each for each in written if each in shown or category(each) != "Cf")
    kept = letters.replace("\xa0", " ")
    plain = _SPACES.sub(" ", kept).strip(" ")
    # A space at the end may be drawn.
    ways = (kept, kept.strip(" "), plain, f"{plain} ")
    return next((way for way in ways if Counter(way) == shown), "")


def _let_find(glyphs: Sequence[_Glyph], found: str) -> None:
    """Share out among glyphs what pdfium has to find in their place."""
    letters = iter(found)
    for glyph in glyphs:
        glyph.found = "".join(islice(letters, len(glyph.letters)))


def _mark_turned(glyphs: Sequence[_Glyph], *, to_left: bool) -> None:
    """Mark glyphs that say something else, if whoever reads them can see that they may.

    No letter to the left is marked: some versions of pdfium turn such a word round, some do not.
    """
    along = "R" if to_left else "L"
    for is_along, part in groupby(glyphs, lambda glyph: along in glyph.kinds):
        stretch = list(part)
        if is_along or not any(glyph.is_wrong for glyph in stretch):
            continue
        found = "".join(glyph.found for glyph in stretch)
        written = as_pdfium_reads(found, to_left=to_left)
        _let_find(stretch, turned_for_pdfium(written, to_left=to_left, apart=True))
        for is_turned, within in groupby(stretch, lambda glyph: "R" in glyph.kinds):
            if not is_turned:
                _mark(list(within), or_else=glyphs)
        if any(glyph.is_wrong and "R" in glyph.kinds for glyph in stretch):
            for glyph in stretch:
                glyph.is_marked = False
        for glyph in stretch:
            if not glyph.is_marked:
                glyph.found = glyph.says
                glyph.is_marked = glyph.says.replace("\xa0", " ") != glyph.letters


def _mark(stretch: Sequence[_Glyph], or_else: Sequence[_Glyph]) -> None:
    if any(glyph.is_wrong for glyph in stretch):
        for tried in (_wrong(stretch), stretch, or_else):
            if _may_be_marked(tried):
                for glyph in _without_spaces(tried):
                    glyph.is_marked = not glyph.is_fixed
                break


def _wrong(stretch: Sequence[_Glyph]) -> Sequence[_Glyph]:
    """From the first to the last that says something else, with the signs beside them."""
    wrong = [place for place, glyph in enumerate(stretch) if glyph.is_wrong]
    first, last = wrong[0], wrong[-1]
    while first > 0 and stretch[first - 1].kinds == {"N"}:
        first -= 1
    while last + 1 < len(stretch) and stretch[last + 1].kinds == {"N"}:
        last += 1
    return stretch[first : last + 1]


def _without_spaces(glyphs: Sequence[_Glyph]) -> Sequence[_Glyph]:
    """Glyphs without the spaces at their ends, which pdfium would pass over if they stood alone."""
    said = [place for place, glyph in enumerate(glyphs) if {glyph.says, glyph.found} != {" "}]
    return glyphs[said[0] : said[-1] + 1]


def _may_be_marked(glyphs: Sequence[_Glyph]) -> bool:
    """Whether glyphs may say what is found for them."""
    if any(glyph.found != glyph.says if glyph.is_fixed else "R" in glyph.kinds for glyph in glyphs):
        return False
    for _, row in groupby(glyphs, lambda glyph: glyph.place):
        own = list(row)
        if {glyph.letters for glyph in own} == {" "} != {glyph.found for glyph in own}:
            return False  # pdfium passes over a space that is drawn alone
    found = "".join(glyph.found for glyph in glyphs)
    letters = "".join(glyph.letters for glyph in glyphs)
    return agrees_when_turned(found, letters)


def _keep_apart(glyphs: Sequence[_Glyph]) -> None:
    """Say of each marked glyph what pdfium has to find, apart from what stands behind it."""
    edge = _Glyph("", "", found=" ")
    around = zip([edge, *glyphs], glyphs, [*glyphs[1:], edge], strict=False)
    for before, glyph, behind in around:
        if not glyph.is_marked:
            continue
        glyph.said = said_for(glyph.found, behind.found)
        # What is said of a space that is drawn alone is lost.
        is_alone = not before.is_marked or before.letters == " "
        if is_alone and {kind_of(each) for each in (before.found[-1:], glyph.found[:1])} == {"N"}:
            glyph.said = PARTING + glyph.said
        if glyph.is_parted:
            # Letters to the left are turned round before they are put into the line.
            glyph.said = PARTING + glyph.said if "R" in glyph.kinds else glyph.said + PARTING


def _partable(glyphs: Sequence[_Glyph], *, to_left: bool) -> list[_Glyph]:
    """Those within words in the direction of their line: pdfium counts the parts of these."""
    along = "R" if to_left else "L"
    return [
        glyph
        for glyph, following in pairwise(glyphs)
        if glyph.kinds == following.kinds == {along}
        and len(glyph.letters) == 1
        and not glyph.is_fixed
    ]


def _marking(row: _Row) -> Iterator[Any]:
    """A row with its glyphs, of which some are marked."""
    for is_marked, part in groupby(row.glyphs, lambda glyph: glyph.is_marked):
        if not is_marked:
            yield b"[" + b"".join(glyph.row for glyph in part).replace(b"><", b"") + b"] TJ"
            continue
        for together in _with_spaces(list(part)):
            yield from _begin("Span", "".join(glyph.letters for glyph in together))
            yield from _begin(TAG, "".join(glyph.said for glyph in together))
            yield b"[" + b"".join(glyph.row for glyph in together).replace(b"><", b"") + b"] TJ"
            yield from (b"EMC", b"EMC")


def _with_spaces(glyphs: Sequence[_Glyph]) -> list[list[_Glyph]]:
    """Each glyph, with the spaces behind it in whose place pdfium is to find a letter.

    It passes over a space that is drawn alone, and takes the gap for one.
    """
    together: list[list[_Glyph]] = []
    for glyph in glyphs:
        if together and any(
            {each.letters} == {" "} != {each.found} for each in (together[-1][-1], glyph)
        ):
            together[-1].append(glyph)
        else:
            together.append([glyph])
    return together


def _begin(tag: str, said: str) -> Iterator[Any]:
    yield f"/{tag}"
    yield pydyf.Dictionary({"ActualText": f"<feff{said.encode('utf-16-be').hex()}>".encode()})
    yield b"BDC"
