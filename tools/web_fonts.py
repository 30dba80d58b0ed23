"""Make the style sheets that carry the web faces: `python tools/web_fonts.py`.

Each face of `templates/fonts` is cut down to the characters that briefs are written in, and stands
in a style sheet as a `data:` address. A cut face is another font in the eyes of its licence, so it
bears a name of its own where the owner has reserved the old one.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "templates" / "fonts"

# Latin with the letters that transliterations use, and the signs of the templates.
LATIN = (
    "20-7E A0-17F 192 1CD-1DC 218-21B 2BB-2BF 2C6 2DA 2DC 1E0C-1E0D 1E24-1E25 1E2A-1E2B 1E32-1E35"
    " 1E5A-1E5B 1E62-1E63 1E6C-1E6F 1E92-1E96 2009 2010-2015 2018-201E 2020-2022 2026 202F 2030"
    " 2032-2033 2039-203A 2044 20AC 2116 2122 2190-2193 2212 2248 2260 2264-2265 25CB 25CF"
)
# Arabic script with Persian, Pashto and Urdu letters; punctuation too, so that it fits its words.
ARABIC = (
    "20-2F 3A-40 5B-60 7B-7E A0 AB B0 B7 BB 600-6FF 750-77F 200B-200F 2010-2015 2018-201E 2022"
    " 2026 202F 2039-203A 2212 FD3E-FD3F FDFC"
)
FEATURES = (
    "kern liga calt ccmp locl mark mkmk tnum lnum init medi fina isol rlig curs rclt"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """A font of the folder, and what it is called on the web."""

    file: str
    family: str
    weight: int = 400
    style: str = "normal"


SHEETS = {
    "latin.css": (
        LATIN,
        (
            Face("SourceSerif4-Regular", "Brief Serif"),
            Face("SourceSerif4-Italic", "Brief Serif", style="italic"),
            Face("SourceSerif4-SemiBold", "Brief Serif", 600),
            Face("SourceSans3-Regular", "Brief Sans"),
            Face("SourceSans3-SemiBold", "Brief Sans", 600),
        ),
    ),
    "arabic.css": (
        ARABIC,
        (Face("Vazirmatn-Regular", "Vazirmatn"), Face("Vazirmatn-Bold", "Vazirmatn", 600)),
    ),
}


def characters(ranges: str) -> frozenset[int]:
    """The code points of `20-7E A0 …`."""
    pairs = [part.partition("-") for part in ranges.split()]
    return frozenset(
        code
        for first, _, last in pairs
        for code in range(int(first, 16), int(last or first, 16) + 1)
    )


def cut(face: Face, wanted: frozenset[int]) -> bytes:
    """The face as WOFF2, with no more than `wanted`; its licence stays in it."""
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.layout_features = FEATURES.split()
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]  # copyright, names, licence
    font = TTFont(FONTS / f"{face.file}.ttf", recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    kind = "Italic" if face.style == "italic" else "SemiBold" if face.weight > 400 else "Regular"
    names = {1: face.family, 2: kind, 4: f"{face.family} {kind}"}
    names[6] = names[4].replace(" ", "-")
    for record in font["name"].names:
        record.string = names.get(record.nameID, str(record))
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def rule(face: Face, content: bytes) -> str:
    """The face as one `@font-face`."""
    data = base64.b64encode(content).decode()
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style};'
        f" font-weight: {face.weight}; font-display: block;"
        f' src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
    )


def main() -> None:
    """Write every sheet."""
    for name, (ranges, faces) in SHEETS.items():
        rules = (rule(face, cut(face, characters(ranges))) for face in faces)
        head = "/* Made by tools/web_fonts.py; SIL Open Font License 1.1: see ORIGIN.md. */\n"
        (FONTS / name).write_text(head + "".join(rules), encoding="utf-8")


if __name__ == "__main__":
    main()
