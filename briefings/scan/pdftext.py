"""All the words of a PDF that we wrote: on its pages, in its data, names and attachments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from briefings.scan import pdfobjects
from briefings.scan.bidi import readings
from briefings.scan.pdfobjects import Name, Objects, Operator, Ref, Stream, Unreadable, Value

__all__ = ["Unreadable", "Words", "words_of"]

_TOUCHING = 0.15
"""How far apart, in units of the type size, two pieces on a line may be and still be one word."""

# Operators that show text in ways that WeasyPrint has no use for, and pictures within a page.
_FOREIGN = frozenset(("Tj", "'", '"', "TD", "Td", "T*", "TL", "Tz", "Tc", "Tw", "BI", "ID", "EI"))
_WITHOUT_WORDS = (
    *("FontFile", "FontFile2", "FontFile3", "CIDSet", "CIDToGIDMap", "ToUnicode"),
    *("DestOutputProfile", "ICCBased"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words by where they stand.

    `shown` is what pages and forms show; of one where a line mixes both directions there are two
    readings. `loose` are all texts and names outside of them: titles, the outline, targets,
    links, alternatives. `attached` are the files within, and the metadata.
    """

    shown: tuple[str, ...]
    loose: tuple[str, ...]
    attached: tuple[bytes, ...]


def words_of(content: bytes) -> Words:
    """The words of the PDF `content`.

    `Unreadable` for whatever is not understood: what can't be read is not passed over. Pictures
    and fonts have no words.
    """
    found = pdfobjects.objects(content)
    uses = _uses(found)
    fonts = _fonts(found)
    shown: dict[str, None] = {}
    loose: list[str] = []
    attached: list[bytes] = []
    for number, one in sorted(found.items()):
        loose += _texts(one.about if isinstance(one, Stream) else one)
        if not isinstance(one, Stream):
            continue
        match one.about:
            case {"Type": "Metadata"} | {"Type": "EmbeddedFile"}:
                attached.append(one.data)
            case {"Type": "XRef"} | {"Type": "ObjStm"} | {"Subtype": "Image"} | {"FunctionType": _}:
                continue
            case {"Subtype": "Form"} | {"PatternType": 1.0}:
                loose += _show(one.data, fonts, shown)
            case _ if uses.get(number) == "Contents":
                loose += _show(one.data, fonts, shown)
            case _ if uses.get(number) not in _WITHOUT_WORDS:
                raise Unreadable(f"object {number} is a stream that we have no use for")
    return Words(tuple(shown), tuple(loose), tuple(attached))


def _uses(found: Objects) -> dict[int, str]:
    """What each object is to the one that refers to it."""
    uses: dict[int, str] = {}

    def look(key: str, value: Value) -> None:
        match value:
            case Ref(number):
                uses.setdefault(number, key)
            case dict():
                for name, one in value.items():
                    look(name, one)
            case [Name("ICCBased"), *inner]:
                for one in inner:
                    look("ICCBased", one)
            case list():
                for one in value:
                    look(key, one)

    for one in found.values():
        look("", one.about if isinstance(one, Stream) else one)
    return uses


def _texts(value: Value) -> Iterator[str]:
    """Every text and name in a value, in its order."""
    match value:
        case Name() | Operator():
            yield str(value)
        case bytes():
            yield _decoded(value)
        case dict():
            for name, one in value.items():
                yield name
                yield from _texts(one)
        case list():
            for one in value:
                yield from _texts(one)


def _decoded(text: bytes) -> str:
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "replace")
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")


@dataclass(frozen=True, slots=True)
class _Font:
    letters: Mapping[int, str]
    widths: Mapping[int, float]


def _fonts(found: Objects) -> dict[str, _Font]:
    """The fonts by the name that pages use; a name that stands for two of them is an error."""
    named: dict[str, Ref] = {}

    def look(value: Value) -> None:
        if not isinstance(value, dict):
            return
        fonts = value.get("Font")
        if isinstance(fonts, Ref):
            there = found.get(fonts.number)
            fonts = there if isinstance(there, dict) else None
        for name, font in fonts.items() if isinstance(fonts, dict) else ():
            if not isinstance(font, Ref) or named.setdefault(name, font) != font:
                raise Unreadable(f"more than one font is called {name}")
        for one in value.values():
            look(one)

    for one in found.values():
        look(one.about if isinstance(one, Stream) else one)
    return {name: _font(found, font) for name, font in named.items()}


def _font(found: Objects, font: Ref) -> _Font:
    match found.get(font.number):
        case {"Subtype": "Type0", "ToUnicode": Ref(letters), "DescendantFonts": [Ref(below)]}:
            about, map_ = found.get(below), found.get(letters)
        case _:
            raise Unreadable(f"object {font.number} is no font of ours")
    if not isinstance(map_, Stream) or not isinstance(about, dict):
        raise Unreadable(f"the font in object {font.number} does not say its letters")
    return _Font(_letters(map_.data), _widths(about.get("W")))


def _letters(map_: bytes) -> dict[int, str]:
    """Which text each glyph stands for; one that is part of another's letter has none."""
    found: dict[int, str] = {}
    inside = False
    glyph: bytes | None = None
    for one in pdfobjects.tokens(map_):
        match one:
            case Operator("beginbfchar"):
                inside = True
            case Operator("endbfchar"):
                inside = False
            case Operator("beginbfrange") | Operator("usecmap"):
                raise Unreadable("a font names its letters in a way that we do not use")
            case bytes() if inside and glyph is None:
                glyph = one
            case bytes() if inside and glyph is not None:
                found[int.from_bytes(glyph, "big")] = one.decode("utf-16-be", "strict")
                glyph = None
    return found


def _widths(given: Value) -> dict[int, float]:
    found: dict[int, float] = {}
    for first, row in pairwise(given if isinstance(given, list) else []):
        if isinstance(first, float) and isinstance(row, list):
            for glyph, width in enumerate(row, start=int(first)):
                found[glyph] = width if isinstance(width, float) else 0.0
    return found


@dataclass(slots=True)
class _Sheet:
    """What a content stream shows, in the making, in both ways to read it.

    A piece is what stands from one place on: part of a line, its glyphs from left to right.
    """

    fonts: Mapping[str, _Font]
    font: _Font | None = None
    size: float = 0.0
    start: tuple[float, float] = (0.0, 0.0)
    width: float = 0.0
    glyphs: list[str] = field(default_factory=list)
    last: tuple[float, float, float] | None = None
    ways: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))

    def show(self, row: Iterable[Value]) -> None:
        if self.font is None:
            raise Unreadable("a text is shown in no font")
        scale = self.size / 1000
        for one in row:
            if isinstance(one, float):
                self.width -= one * scale
            elif isinstance(one, bytes) and len(one) % 2 == 0:
                for high, low in zip(one[::2], one[1::2], strict=True):
                    glyph = high << 8 | low
                    if glyph not in self.font.letters:
                        raise Unreadable(f"glyph {glyph} stands for no letter")
                    self.glyphs.append(self.font.letters[glyph])
                    self.width += self.font.widths.get(glyph, 1000.0) * scale
            else:
                raise Unreadable("a text is not shown as we do it")

    def finish(self) -> None:
        """End the piece, if there is one."""
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


def _show(content: bytes, fonts: Mapping[str, _Font], shown: dict[str, None]) -> Iterator[str]:
    """Add what a stream shows; the texts and names in it besides, such as alternatives."""
    sheet = _Sheet(fonts)
    operands: list[Value] = []
    for one in pdfobjects.tokens(pdfobjects.without_drawing(content)):
        if not isinstance(one, Operator):
            operands.append(one)
            continue
        match one, operands:
            case "TJ", [list() as row]:
                sheet.show(row)
            case "Tf", [str() as name, float() as size] if name in fonts:
                sheet.font, sheet.size = fonts[name], size
            case "Tm", [*_, float() as x, float() as y]:
                sheet.finish()
                sheet.start = (x, y)
            case "ET", []:
                sheet.finish()
            case (("TJ" | "Tf" | "Tm"), _):
                raise Unreadable(f"{one} is not used as we do it")
            case _ if one in _FOREIGN:
                raise Unreadable(f"{one} is an operator that we do not use")
            case _:
                yield from _texts(operands)
        operands = []
    if operands:
        raise Unreadable("a stream breaks off")
    for way in sheet.ways:
        shown.setdefault("".join(way).strip("\n"))
