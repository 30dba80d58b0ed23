"""Which fonts set a text: ours, a desk's own, and those that the extras bring for more scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from briefings.core import files
from briefings.core.characters import FILLERS
from briefings.render.html.environment import shipped
from briefings.render.pdf.charsets import characters, is_cut, undrawn
from briefings.render.pdf.missing_glyphs import letters_of

_UNSEEN = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)

_SUFFIXES = (".otf", ".ttc", ".ttf")
_PACKAGES = (
    "justmytype_intl_africa",
    "justmytype_intl_rtl",
    "justmytype_intl_sea",
    "justmytype_intl_south_asia",
    "justmytype_intl_cjk",
    "manimgx_fonts",
)
"""Packages of fonts as data, by the Noto project. Of two fonts that have a letter, the first."""

_LEFT_OUT = ("NotoSansArabic", "NotoSans-Italic", "NotoSans[", "NotoSansSymbols", "NotoEmoji")
"""We bring an Arabic font of our own, whose text can be taken out of a PDF again. No letter of a
script that we lack is in the others."""

_EXTRAS = {
    **dict.fromkeys(
        (
            *("HEBREW", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU"),
            *("THAI", "LAO", "KHMER", "MYANMAR", "ETHIOPIC", "ARMENIAN", "GEORGIAN"),
            *("GUJARATI", "GURMUKHI", "KANNADA", "MALAYALAM", "ORIYA", "SINHALA"),
        ),
        "fonts",
    ),
    **dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"), "fonts-cjk"),
}
"""The extra that sets a script, by the first word in the names of its letters."""


def is_font(name: str) -> bool:
    """Whether a file of that name is taken for a font."""
    return name.endswith(_SUFFIXES)


def lacking(text: str, own: Iterable[Path]) -> str:
    """The letters of words that neither our fonts nor those of a desk nor any extra has."""
    missing = _missing(text, own)
    return "".join(
        each for each in missing if all(ord(each) not in _held(font) for font in _packed())
    )


def needed(text: str, own: Iterable[Path]) -> tuple[Path, ...]:
    """The fonts of extras for letters that neither our fonts nor those of a desk have."""
    missing = set(map(ord, _missing(text, own)))
    fonts: list[Path] = []
    for font in _packed() if missing else ():
        if has := missing & _held(font):
            fonts.append(font)
            missing -= has
    return tuple(fonts)


def needed_by(page: str, own: Iterable[Path]) -> tuple[Path, ...]:
    """The fonts of extras that a page needs, for what it shows."""
    return needed(_UNSEEN.sub("", page), own)


def blank_in(page: str, own: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each font of a desk that would set letters of a page and draws nothing for them; which."""
    unset = _missing(_UNSEEN.sub("", page), ())
    for font in own:
        if blank := "".join(each for each in unset if ord(each) in _blank(font)):
            yield font, blank


def remedies(letters: str) -> Iterator[str]:
    """What to do about letters that no font has, script by script, each a next step."""
    scripts = dict.fromkeys(unicodedata.name(each, "").partition(" ")[0] for each in letters)
    extras = dict.fromkeys(_EXTRAS[each] for each in scripts if each in _EXTRAS)
    for extra in extras:
        yield f"install the fonts for it: `pip install 'briefings[{extra}]'`"
    if others := [each.title() for each in scripts if each not in _EXTRAS]:
        yield (
            f"put a font for {' and '.join(others)} into templates/fonts/ of the desk; Debian's"
            " fonts-noto-core has one for most scripts, in /usr/share/fonts/truetype/noto"
        )


def broken(own: Iterable[Path]) -> Iterator[str]:
    """What to do about fonts of a desk that are cut off, and so have no letters."""
    for font in own:
        if is_cut(files.read(font.parent, font.name)):
            yield f"copy {font.name} into templates/fonts/ once more: it is cut off"


def digest(font: Path) -> str:
    """The SHA-256 of a font."""
    return sha256(files.read(font.parent, font.name)).hexdigest()


def _missing(text: str, own: Iterable[Path]) -> str:
    letters = letters_of("".join(sorted(set(text))))
    fonts = (*_ours(), *own)
    return "".join(each for each in letters if not _is_in(each, fonts))


def _is_in(character: str, fonts: Iterable[Path]) -> bool:
    return any(ord(character) in _held(font) for font in fonts)


@lru_cache(maxsize=64)
def _held(font: Path) -> frozenset[int]:
    """The characters that a font has, but for letters that it draws nothing for."""
    return characters(files.read(font.parent, font.name)) - _blank(font)


@lru_cache(maxsize=64)
def _blank(font: Path) -> frozenset[int]:
    """The letters that a font claims to have, and draws nothing for."""
    codes = undrawn(files.read(font.parent, font.name))
    # Marks may be drawn as parts of letters; a few letters are there to show nothing.
    return frozenset(code for code in codes if _is_letter(chr(code)) and chr(code) not in FILLERS)


def _is_letter(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "L" or category == "Nd"


@lru_cache(maxsize=1)
def _ours() -> Sequence[Path]:
    folder = shipped() / "fonts"
    return tuple(folder / name for name in files.names(folder) if is_font(name))


@lru_cache(maxsize=1)
def _packed() -> Sequence[Path]:
    """The fonts of all extras that are installed, in the order in which they are asked."""
    fonts: list[Path] = []
    for package in _PACKAGES:
        spec = find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            folder = Path(place)
            fonts += [folder / each for each in files.matching(folder, "**/*.ttf")]
    return tuple(font for font in fonts if not font.name.startswith(_LEFT_OUT))
