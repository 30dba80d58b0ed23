"""What a content stream shows, as one reads it: the streams of pages, in the form of pydyf."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import field
from itertools import combinations

from briefings.core.values import dataclass
from briefings.render.pdf.reader import UnreadablePdf
from briefings.render.pdf.texts.actual_text import NOTHING, agrees, are_said, is_same
from briefings.render.pdf.texts.turned import RAISED, TAG, TOUCHING, agrees_when_turned
from briefings.scan.bidi import readings
from briefings.scan.pdffonts import DIGITS, Font

_ROUNDED = 0.03
"""By how much of its type size a gap may be another than whoever set it took it for."""

_MOST_DOUBTFUL = 4
"""How many gaps of a line may be such that they are a space or none."""

_NEAR = 4
"""How many glyphs before marks may be those of their cluster, besides what says them."""

OPERATORS = frozenset(
    b"re m l c v y h n q Q S s w J j M i g G k K rg RG cm f F f* b b* B B* W W* BT"
    b" gs d cs CS sc SC scn SCN Do sh ri BMC BDC MP DP Tr Ts".split()
)
"""What a stream may have besides `TJ`, `Tf`, `Tm`, `ET` and `EMC`: none of it shows a text.

Those are missing that show one in ways that WeasyPrint has no use for, or a picture within a page.
"""

# Possessive throughout: whatever stands in a stream, it is gone through once.
_NUMBER = r"[+-]?+(?:\d++(?:\.\d*+)?+|\.\d++)"
_NAME = r"/[^\0\t\n\f\r ()<>\[\]{}/%]++"
_TEXT = r"\((?:[^()\\]++|\\.)*+\)|<[0-9A-Fa-f]*+>"
_LIST = rf"\[(?:{_NUMBER}|[ \n])*+\]"
_DICTIONARY = rf"<<(?:[^<>()%{{}}]++|{_TEXT})*+>>"
_OPERAND = rf"(?:{_NUMBER}|{_NAME}|{_TEXT}|{_LIST}|{_DICTIONARY})"
_OTHERS = "|".join(re.escape(each.decode()) for each in sorted(OPERATORS))
_INSTRUCTION = re.compile(
    (
        rf"\[(?P<row>(?:<[0-9a-f]*>|{_NUMBER}|[ \n])*+)\] TJ(?:\n|\Z)"
        rf"|(?P<font>{_NAME}) (?P<size>{_NUMBER}) Tf(?:\n|\Z)"
        rf"|(?:{_NUMBER} ){{4}}(?P<x>{_NUMBER}) (?P<y>{_NUMBER}) Tm(?:\n|\Z)"
        r"|(?P<end>ET)(?:\n|\Z)"
        r"|/Span\n<</ActualText <feff(?P<said>(?:[0-9a-f]{4})++)>>>\nBDC(?:\n|\Z)"
        rf"|/{TAG}\n<</ActualText <feff(?P<turned>(?:[0-9a-f]{{4}})++)>>>\nBDC(?:\n|\Z)"
        r"|(?P<unmarked>EMC)(?:\n|\Z)"
        rf"|(?P<other>(?:(?!/(?:Span|{TAG})\n<</ActualText)"
        rf"(?:{_OPERAND}[ \n])*+(?:{_OTHERS})(?:\n|\Z))++)"
    ).encode(),
    re.DOTALL,
)
_SAID_OTHERWISE = re.compile(rb"ActualText|/Alt|/E[ (<\n]|#|(?<!>>\n)BDC")
_MARKED = (b"BDC", b"BMC")
_CELL = re.compile(rb"<([0-9a-f]*)>|([+-]?[\d.]+)")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a stream shows, taken as lines to the right and as lines to the left; and the rest.

    `rest` is the text of all instructions that show nothing, with the names and texts in them.
    """

    readings: tuple[str, str]
    rest: bytes


def read_content(
    content: bytes, fonts: Mapping[str, Font], turned: ToldToPdfium | None = None
) -> Drawn:
    """Read the stream `content`, which has been unpacked; `fonts` by the names that it uses.

    It may be a part of one: then what is `turned` may go on in the next part, and is to be held
    against its letters behind the last one.

    Raises:
        UnreadablePdf: An instruction or a font is used in a way that we do not use.
    """
    lines, rest, place = _Lines(fonts, turned or ToldToPdfium()), [], 0
    while place < len(content):
        instruction = _INSTRUCTION.match(content, place)
        if instruction is None:
            raise UnreadablePdf(f"{content[place : place + 12]!r} is not drawn as we do it")
        place = instruction.end()
        kind = instruction.lastgroup
        if kind == "other":
            lines.pass_over(instruction[kind])
            rest.append(instruction[kind])
        elif kind == "said":
            lines.say(_decoded(instruction[kind]))
        elif kind == "turned":
            lines.say_turned(_decoded(instruction[kind]))
        elif kind == "unmarked":
            lines.unmark()
        elif kind == "row":
            lines.show(instruction[kind])
        elif kind == "size":
            lines.take(instruction["font"].decode(errors="replace"), float(instruction[kind]))
        elif kind == "y":
            lines.move(float(instruction["x"]), float(instruction[kind]))
        else:
            lines.finish()
    lines.finish()
    if turned is None:
        lines.turned.hold()
    right, left = ("".join(way).strip("\n") for way in lines.ways)
    return Drawn((right, left), b"".join(rest))


def _decoded(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


@dataclass(slots=True)
class ToldToPdfium:
    """What is said for pdfium beside glyphs on a line, one after the other, and their letters.

    `said` is that of the glyphs that are being shown, `doubtful` where gaps wait that may be none.
    """

    said: str | None = None
    waiting: list[tuple[str, str]] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    last: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def begin(self, said: str) -> None:
        """Say something of the glyphs that follow."""
        self.said = said

    def end(self, letters: str) -> None:
        """End the glyphs, which stand for `letters`."""
        self.waiting.append((self.said or "", letters))
        self.said = None

    def move(self, x: float, y: float) -> None:
        """Go on at another place than where the last glyph ended, perhaps on another line."""
        after, line, size = self.last
        if abs(y - line) > RAISED * size:
            self.hold()
        elif self.waiting and x - after > (TOUCHING - _ROUNDED) * size:
            if x - after < (TOUCHING + _ROUNDED) * size:
                self.doubtful.append(len(self.waiting))
            self.waiting.append((" ", " "))

    def hold(self) -> None:
        """Hold what has been said against the letters of its glyphs, which end here.

        Raises:
            UnreadablePdf: Pdfium would be told something else.
        """
        waiting, doubtful = self.waiting, self.doubtful[:_MOST_DOUBTFUL]
        self.waiting, self.doubtful = [], []
        for count in range(len(doubtful) + 1) if waiting else ():
            for none in combinations(doubtful, count):
                told = [each for at, each in enumerate(waiting) if at not in none]
                said, letters = ("".join(each) for each in zip(*told, strict=True))
                if agrees_when_turned(said, letters):
                    return
        if waiting:
            raise UnreadablePdf("what it says beside its glyphs is not what they stand for")


@dataclass(slots=True)
class _Lines:
    """The text so far, in both ways to read it, and the piece that is being set.

    A piece is what stands from one place on: part of a line, its glyphs from left to right. What is
    `actual` stands for the glyphs `beside` it, of one cluster, and so does what is `turned` for a
    reader that would read it otherwise: of glyphs beside each other, this and their own letters.
    Pieces that go on to the right stand the other way round in a line to the left: `line` is where
    it begins among these, `place` where the last piece is, which `has_left` letters or not.
    """

    fonts: Mapping[str, Font]
    turned: ToldToPdfium
    font: Font | None = None
    size: float = 0.0
    start: tuple[float, float] = (0.0, 0.0)
    width: float = 0.0
    glyphs: list[str] = field(default_factory=list)
    actual: str | None = None
    beside: list[str] = field(default_factory=list)
    last: tuple[float, float, float] | None = None
    line: int = 0
    place: int = 0
    has_left: bool = False
    ways: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))

    def take(self, name: str, size: float) -> None:
        """Go on in another font."""
        if name not in self.fonts:
            raise UnreadablePdf(f"there is no font called {name}")
        self.font, self.size = self.fonts[name], size

    def move(self, x: float, y: float) -> None:
        """Begin a piece at another place."""
        self.finish()
        self.start = (x, y)
        self.turned.move(x, y)

    def show(self, row: bytes) -> None:
        """Add glyphs to the piece, and the room between them."""
        if self.font is None:
            raise UnreadablePdf("a text is shown in no font")
        letters, widths, scale = self.font.letters, self.font.widths, self.size / 1000
        for glyphs, room in _CELL.findall(row):
            if room:
                if room != b"0":
                    self.width -= float(room) * scale
                continue
            for glyph in _each(glyphs):
                if glyph not in letters:
                    raise UnreadablePdf(f"glyph {glyph.decode()} stands for no letter")
                if self.actual is not None:
                    self.beside.append(letters[glyph])
                else:
                    if letters[glyph]:
                        self.turned.hold()
                    self.glyphs.append(letters[glyph])
                self.width += widths.get(glyph, 1000.0) * scale

    def say(self, text: str) -> None:
        """Begin a cluster whose text is said beside its glyphs."""
        if self.actual is not None:
            raise UnreadablePdf("what it says beside its glyphs is in two ways")
        self.actual, self.beside = text, []

    def say_turned(self, text: str) -> None:
        """Say of glyphs whose text is said what pdfium is to find there."""
        if self.actual is None or self.turned.said is not None or self.beside:
            raise UnreadablePdf("what it says beside its glyphs is in two ways")
        self.turned.begin(text)

    def unmark(self) -> None:
        """End the cluster, if there is one."""
        if self.actual is None:
            return
        actual, shown = self.actual, "".join(self.beside)
        if self.turned.said is not None:
            if not is_same(actual, shown):
                raise UnreadablePdf("what it says beside its glyphs is not what they stand for")
            self.turned.end(actual)
            self.glyphs.extend(actual)
            self.actual, self.beside = "", []
            return
        self.actual = None
        if self.turned.waiting and actual == shown == "":
            return  # that of glyphs which are turned
        self.turned.hold()
        if actual == NOTHING:
            if not are_said(shown, "".join(self.glyphs[-len(shown) - _NEAR :])):
                raise UnreadablePdf("it draws a text that it does not say")
        elif agrees(actual, shown):
            self.glyphs.append(actual)
        else:
            raise UnreadablePdf("what it says beside its glyphs is not what they stand for")

    def pass_over(self, others: bytes) -> None:
        """Instructions that show nothing; none of them says anything in another way."""
        if _SAID_OTHERWISE.search(others):
            raise UnreadablePdf("it says a text in a way that we do not use")
        if self.actual is not None and any(mark in others for mark in _MARKED):
            raise UnreadablePdf("what it says beside its glyphs is in two ways")

    def finish(self) -> None:
        """End the piece, if there is one."""
        if self.actual is not None:
            raise UnreadablePdf("what it says beside its glyphs has no end")
        if not self.glyphs:
            return
        x, y = self.start
        between = "" if self._touches(x, x + self.width, y) else "\n"
        right, left = self.ways
        to_right, to_left = readings(self.glyphs)
        right.extend((between, to_right))
        has_left = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in to_left)
        if not self._goes_on_right(x, y):
            left.append(between)
            self.line = self.place = len(left)
            left.append(to_left)
        elif has_left or self.has_left:
            left[self.line : self.line] = (to_left, between)
            self.place = self.line
        else:
            left[self.place + 1 : self.place + 1] = (between, to_left)
            self.place += 2
        self.has_left = has_left
        self.last = (x, x + self.width, y)
        self.turned.last = (x + self.width, y, self.size)
        self.glyphs, self.width = [], 0.0

    def _goes_on_right(self, x: float, y: float) -> bool:
        """Whether a piece stands on the last one's line, perhaps raised, and right of it."""
        if self.last is None:
            return False
        _, after, line = self.last
        return abs(y - line) < RAISED * self.size and x > after - TOUCHING * self.size

    def _touches(self, x: float, end: float, y: float) -> bool:
        """Whether a piece goes on, at either side, where the last one was."""
        if self.last is None:
            return False
        near = TOUCHING * self.size
        before, after, line = self.last
        return abs(y - line) < near and (abs(x - after) < near or abs(end - before) < near)


def _each(glyphs: bytes) -> Iterable[bytes]:
    """The glyphs of a cell, each as its digits; a cell has one as a rule."""
    if len(glyphs) == DIGITS:
        return (glyphs,)
    return (glyphs[place : place + DIGITS] for place in range(0, len(glyphs), DIGITS))
