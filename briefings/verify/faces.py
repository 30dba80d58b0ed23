"""The fonts of a PDF held against those it was set in: each letter is drawn as what it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from briefings.core import files
from briefings.core.values import dataclass
from briefings.render.pdf.reader import Pdf, UnreadablePdf, expecting_ours, unpacked
from briefings.render.pdf.texts.actual_text import IN_CLUSTERS, SAME_GLYPH, parts
from briefings.scan.pdffonts import read_font
from briefings.verify.outlines import DamagedFont, Outline, TrueType
from briefings.verify.verdict import Fault

_OTHERWISE = "a font draws a letter otherwise than it is drawn"
_NO_FONT = "a font in it is none that shows letters as we write them"


@dataclass(frozen=True, slots=True)
class Lettering:
    """What is wrong with the fonts of a PDF; `unknown` are the names of those not at hand."""

    faults: tuple[Fault, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """A font that is at hand."""

    families: frozenset[str]
    font: TrueType
    letters: Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Embedded:
    """A font as a PDF has it: its name, what its glyphs stand for, how they are drawn."""

    name: str
    letters: Mapping[int, str]
    outlines: Mapping[int, Outline]


def compare_faces(pdf: Pdf, fonts: Iterable[Path]) -> Lettering:
    """Whether each glyph that a PDF uses is drawn as in the font that it was set in.

    Args:
        pdf: The file, still open.
        fonts: The fonts that it may have been set in.
    """
    known = list(_known(fonts))
    faults: list[Fault] = []
    unknown: list[str] = []
    for each in _embedded(pdf):
        if each is None:
            faults.append(Fault(_NO_FONT))
            continue
        source = _source(each, known)
        if source is None:
            unknown.append(each.name)
        else:
            faults += _compare(each, source)
    return Lettering(tuple(faults), tuple(dict.fromkeys(unknown)))


def _known(fonts: Iterable[Path]) -> Iterator[_Known]:
    for path in fonts:
        try:
            font = TrueType.read(files.read(path.parent, path.name))
            yield _Known(font.families(), font, font.letters())
        except (files.Unreadable, DamagedFont):
            continue  # of another kind: what is set in it is said to be unknown


def _embedded(pdf: Pdf) -> Iterator[_Embedded | None]:
    """The fonts of all pages; None for one that is none of ours."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.document.pages:
        resources: Any = page.obj.get("/Resources", {})
        for font in resources.get("/Font", {}).values():
            if font.objgen in seen:
                continue
            seen.add(font.objgen)
            try:
                with expecting_ours():
                    yield _opened(font)
            except (UnreadablePdf, DamagedFont):
                yield None


def _opened(font: Any) -> _Embedded | None:
    below = font.DescendantFonts[0]
    is_direct = font.Encoding == "/Identity-H" and below.get("/CIDToGIDMap") == "/Identity"
    described = below.FontDescriptor
    name = str(described.get("/FontFamily", font.BaseFont))
    letters = {int(digits, 16): text for digits, text in read_font(font).letters.items()}
    if "/FontFile3" in described:
        return _Embedded(name, letters, {})
    if not is_direct:
        return None
    drawn = TrueType.read(unpacked(described.FontFile2))
    return _Embedded(name, letters, {glyph: drawn.outline(glyph) for glyph in letters})


def _source(face: _Embedded, known: Iterable[_Known]) -> _Known | None:
    """The font of that name which most of the glyphs are of."""
    named = [each for each in known if face.name in each.families]
    return max(named, key=lambda each: _shared(face, each), default=None)


def _shared(face: _Embedded, known: _Known) -> int:
    """How many glyphs are drawn alike."""
    return sum(known.font.outline(glyph) == each for glyph, each in face.outlines.items())


def _compare(face: _Embedded, source: _Known) -> Iterator[Fault]:
    joined = _plain(
        letter
        for glyph, outline in face.outlines.items()
        if outline and len(own := source.letters.get(glyph, frozenset())) > 1
        for letter in own
        if unicodedata.bidirectional(letter) in ("R", "AL")
    )
    for glyph, text in sorted(face.letters.items()):
        outline, own = face.outlines.get(glyph), source.letters.get(glyph, frozenset())
        if source.font.is_fixed and outline != source.font.outline(glyph):
            yield Fault(_OTHERWISE, says=face.name, expected=text)
        elif outline == () and not all(_shows_nothing(each, joined) for each in text):
            yield Fault("a font shows nothing for a letter", says=face.name, expected=text)
        elif outline != () and own and not _may_name(text, own):
            shown = "".join(sorted(own))
            yield Fault("a font draws another letter than it names", says=shown, expected=text)


def _may_name(text: str, own: AbstractSet[str]) -> bool:
    """Whether a glyph that comes of letters may be called by a text.

    Glyphs share the letters of a cluster, whose text is said beside them; and so do marks of one
    letter, which fonts put in an order of their own.
    """
    if any(map(IN_CLUSTERS.search, own)) or all(map(_is_mark, (*text, *own))):
        return True
    return _plain(text) <= _plain(own)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Mc")


def _plain(letters: Iterable[str]) -> AbstractSet[str]:
    plain = "".join(parts(letters)).translate(SAME_GLYPH)
    return {each for each in plain if unicodedata.category(each) != "Cf" and not each.isspace()}


def _shows_nothing(letter: str, joined: AbstractSet[str]) -> bool:
    """Whether a letter may have a glyph that shows nothing: a ligature to the left shows it."""
    is_silent = letter.isspace() or unicodedata.category(letter) in ("Cf", "Cc")
    return is_silent or _is_mark(letter) or _plain(letter) <= joined
