"""Make the fonts of letters that the others of `templates/fonts` have not.

python tools/rare_letters.py NotoSans.ttf NotoSansArabic.ttf

Both are variable fonts; ORIGIN.md says where they come from. What is kept of them are the Latin
letters of Unicode that none of our faces has, as Hausa's, and the sign of the afghani; and spaces,
since Pango sets a space in the font of the letter before it, whether that has one or not. Glyphs
that show nothing part the sign of the afghani from digits, for who reads a PDF.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).parents[1] / "templates" / "fonts"
LATIN = "NotoSansRareLetters-Regular.ttf"
AFGHANI = "NotoSansAfghani-Regular.ttf"
_SPACES = (0x20, 0xA0, 0x202F)
_BLANKS = (0x34F, 0x200B)
_FACES = ("SourceSans3-Regular", "SourceSerif4-Regular", "SourceSerif4-Italic")


def rare() -> list[int]:
    """The Latin letters that one of our faces has not, and another then need not have."""
    held = [TTFont(FONTS / f"{face}.ttf", lazy=True).getBestCmap() for face in _FACES]
    letters = (each for each in range(0x180, 0x1F00) if _is_latin(each))
    return [each for each in letters if not all(each in face for face in held)]


def _is_latin(code: int) -> bool:
    character = chr(code)
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN ")


def cut(font: Path, codes: Iterable[int]) -> TTFont:
    """A font of the regular weight, with these characters, under a name of its own."""
    whole = instancer.instantiateVariableFont(
        TTFont(font, recalcTimestamp=False), {"wght": 400, "wdth": 100}
    )
    options = subset.Options(layout_features=["mark", "mkmk", "ccmp"], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[*codes, *_SPACES])
    cutter.subset(whole)
    return whole


def name(font: TTFont, family: str) -> None:
    """Let it be known as what it is: no whole font of the family that it was cut from."""
    names = {1: family, 2: "Regular", 3: family, 4: family, 6: family.replace(" ", "") + "-Regular"}
    for record in list(font["name"].names):
        if record.nameID in (16, 17, 21, 22, 25) or record.nameID > 255:
            font["name"].removeNames(nameID=record.nameID)
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def main(latin: str, arabic: str) -> None:
    """Write both fonts."""
    for source, codes, file, family in (
        (latin, rare(), LATIN, "Noto Sans Rare Letters"),
        (arabic, [0x60B, *_BLANKS], AFGHANI, "Noto Sans Afghani"),
    ):
        font = cut(Path(source), codes)
        name(font, family)
        font.save(FONTS / file, reorderTables=True)
        print(f"{file}: {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main(*sys.argv[1:])
