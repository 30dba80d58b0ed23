"""What a content stream shows, as one reads it: the streams of pages, in the form of pydyf."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from briefings.core.values import dataclass
from briefings.render.pdf.actual_text import NOTHING, agrees, are_said
from briefings.render.pdf.reader import UnreadablePdf
from briefings.scan.bidi import readings
from briefings.scan.pdffonts import DIGITS, Font

__all__ = ["OPERATORS", "Drawn", "read_content"]

_NEAR = 4
"""How many glyphs before marks may be those of their cluster, besides what says them."""

_TOUCHING = 0.15
"""How far apart, in units of the type size, two pieces on a line may be and still be one word."""

OPERATORS = frozenset(
    b"re m l c v y h n q Q S s w J j M i g G k K rg RG cm f F f* b b* B B* W W* BT"
    b" gs d cs CS sc SC scn SCN Do sh ri BMC BDC MP DP Tr Ts".split()
)
"""Those that a stream may have besides `TJ`, `Tf`, `Tm`, `ET` and `EMC`: none of them shows a text.

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
        r"|(?P<unmarked>EMC)(?:\n|\Z)"
        rf"|(?P<other>(?:(?!/Span\n<</ActualText)(?:{_OPERAND}[ \n])*+(?:{_OTHERS})(?:\n|\Z))++)"
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


def read_content(content: bytes, fonts: Mapping[str, Font]) -> Drawn:
    """Read the stream `content`, which has been unpacked; `fonts` by the names that it uses.

    Raises:
        UnreadablePdf: An instruction or a font is used in a way that we do not use.
    """
    lines, rest, place = _Lines(fonts), [], 0
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
            lines.say(bytes.fromhex(instruction[kind].decode()).decode("utf-16-be"))
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
    right, left = ("".join(way).strip("\n") for way in lines.ways)
    return Drawn((right, left), b"".join(rest))


@dataclass(slots=True)
class _Lines:
    """The text so far, in both ways to read it, and the piece that is being set.

    A piece is what stands from one place on: part of a line, its glyphs from left to right. What is
    `actual` stands for the glyphs `beside` it, of one cluster.
    """

    fonts: Mapping[str, Font]
    font: Font | None = None
    size: float = 0.0
    start: tuple[float, float] = (0.0, 0.0)
    width: float = 0.0
    glyphs: list[str] = field(default_factory=list)
    actual: str | None = None
    beside: list[str] = field(default_factory=list)
    last: tuple[float, float, float] | None = None
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
                (self.glyphs if self.actual is None else self.beside).append(letters[glyph])
                self.width += widths.get(glyph, 1000.0) * scale

    def say(self, text: str) -> None:
        """Begin a cluster whose text is said beside its glyphs."""
        if self.actual is not None:
            raise UnreadablePdf("what it says beside its glyphs is in two ways")
        self.actual, self.beside = text, []

    def unmark(self) -> None:
        """End the cluster, if there is one."""
        if self.actual is None:
            return
        actual, shown = self.actual, "".join(self.beside)
        self.actual = None
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
        for way, text in zip(self.ways, readings(self.glyphs), strict=True):
            way.extend((between, text))
        self.last = (x, x + self.width, y)
        self.glyphs, self.width = [], 0.0

    def _touches(self, x: float, end: float, y: float) -> bool:
        """Whether a piece goes on, at either side, where the last one was."""
        if self.last is None:
            return False
        near = _TOUCHING * self.size
        before, after, line = self.last
        return abs(y - line) < near and (abs(x - after) < near or abs(end - before) < near)


def _each(glyphs: bytes) -> Iterable[bytes]:
    """The glyphs of a cell, each as its digits; a cell has one as a rule."""
    if len(glyphs) == DIGITS:
        return (glyphs,)
    return (glyphs[place : place + DIGITS] for place in range(0, len(glyphs), DIGITS))
