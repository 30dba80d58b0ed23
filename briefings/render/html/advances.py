"""How many lines a text takes on paper, by the widths of the letters that ours are set in."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping

BOLD = 1.02
"""How much wider a semibold face is."""


def lines(text: str, size: float, width: float, *, sans: bool = False, beyond: int = 0) -> int:
    """How many lines a text is broken into; at least one.

    Args:
        text: Words. Lines end at spaces; of a script that writes none all is a word.
        size: That of the letters, in the unit of `width`.
        width: Of the lines.
        sans: Whether the Latin letters are those of the sans.
        beyond: So many letters more stand behind it, in short words.

    """
    space = _advance(" ", sans=sans) * size
    count, at = 1, 0.0
    for length in _lengths(text, sans=sans, beyond=beyond):
        word = length * size
        begin = at + space if at else 0.0
        if begin + word <= width:
            at = begin + word
        else:
            taken = math.ceil(word / width)  # a word that no line holds goes on over several
            count += taken if at else taken - 1
            at = word - (taken - 1) * width
    return count


def length(text: str, *, sans: bool = False) -> float:
    """How long a text is on one line, for letters of size 1."""
    return _length(text, sans=sans)


def _lengths(text: str, *, sans: bool, beyond: int) -> Iterator[float]:
    """The lengths of the pieces between which a line may end, for letters of size 1."""
    for word in text.split(" "):
        yield _length(word, sans=sans)
    for start in range(0, beyond, _SHORT):
        yield _OTHER * min(_SHORT, beyond - start)


def _length(word: str, *, sans: bool) -> float:
    """Of one word. A letter of the Arabic script is the narrower where another is joined to it."""
    length = 0.0
    letters = [each for each in word if not unicodedata.combining(each)]
    for letter, following in zip(letters, [*letters, ""][1:], strict=True):
        is_joined = letter in _JOINED and following in _ENDING and following.isalpha()
        length += _JOINED[letter] if is_joined else _advance(letter, sans=sans)
    return length


def _advance(letter: str, *, sans: bool) -> float:
    if unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return 0.0
    if letter == "\u00a0":
        letter = " "
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    other = _CASELESS if unicodedata.category(letter) == "Lo" else _OTHER
    return (_SANS if sans else _SERIF).get(letter) or _ENDING.get(letter, other)


def _widths(letters: Mapping[int, str]) -> dict[str, float]:
    return {letter: width / 1000 for width, group in letters.items() for letter in group}


_SHORT = 4  # letters of a word of those beyond a text
_OTHER, _CASELESS = 0.5, 0.7  # of a letter that no table has; of a script without capitals

# In thousandths of the size, rounded: of Source Serif 4 and Source Sans 3, and of Vazirmatn, whose
# letters are wider where they end a word than where the next one is joined to them.
_SERIF = _widths(
    {
        180: "'",
        220: "\u2019\u2018",
        240: " ",
        280: "!|",
        300: ",.:;j\u00b7",
        320: "-il\u0131",
        340: "/[\\]",
        360: "()ft{}",
        380: '"IJ',
        400: "`",
        420: "?",
        440: "\u201c\u201d",
        460: "*rs",
        480: "z",
        520: "#$0123456789_c\u2013",
        540: "+<=>S^ae~\u00ab\u00bb\u00e1\u00e9",
        560: "gx",
        580: "Zovy\u00f6",
        600: "kq\u00b6",
        620: "FLPbdpu\u00fc",
        640: "EThn",
        660: "BCY",
        680: "RX",
        700: "V",
        720: "&AGK",
        740: "DOQ",
        760: "NU",
        820: "H\u2014\u2026",
        840: "@w",
        940: "%M",
        960: "m",
        1000: "W",
    }
)
_SANS = _widths(
    {
        200: " ",
        240: "',.:;ij|\u2019\u2018\u00b7\u0131",
        260: "Il",
        280: "!",
        300: "()[]f{}",
        320: "-",
        340: "rt",
        360: "/\\",
        420: '"*?sz\u201c\u201d\u00ab\u00bb',
        440: "x",
        460: "cvy",
        480: "JLY\u2013",
        500: "#$+0123456789<=>F^_aegk~\u00e1\u00e9",
        520: "EVX",
        540: "ASTZ`hnou\u00f6\u00fc",
        560: "PRbdpq\u00b6",
        580: "BCK",
        600: "&",
        620: "DG",
        640: "NU",
        660: "HOQ",
        720: "Mw",
        780: "W",
        800: "\u2014",
        820: "%m",
        840: "@",
        940: "\u2026",
    }
)
_ENDING = _widths(
    {
        250: "\u0622\u0623\u0625\u0627\u066c\u0671",
        275: "\u060c\u061b\u0640\u0674",
        300: "\u0661\u06d4\u06f1",
        375: "\u0631\u0632\u0660\u0691\u0693\u0695\u0696\u0698",
        400: "\u060d\u0621",
        425: "\u061f\u066b\u06f0",
        450: "\u0624\u0648\u06c6\u06c7\u06c8\u06c9\u06ca\u06cb\u06cf",
        475: "\u0664\u0669\u06c1\u06c2\u06c3\u06f6\u06f9",
        500: "\u0629\u062f\u0630\u0647\u0666\u066a\u0688\u0689\u06c0\u06d5",
        525: "\u0662\u0665\u06f2",
        575: "\u06e9\u06f4",
        600: "\u0639\u063a\u0667\u0668\u06a0\u06f5\u06f7\u06f8",
        625: "\u0645",
        650: "\u0644\u0663\u066d\u06b5\u06be\u06f3",
        675: "\u0626\u062c\u062d\u062e\u063d\u0649\u064a\u0681\u0685\u0686\u06cc\u06ce\u06d0",
        700: "\u0642\u0646\u066f\u06ba\u06bc\u06bd",
        750: "\u0637\u0638",
        775: "\u06cd",
        850: "\u06d2\u06d3",
        900: (
            "\u0628\u062a\u062b\u0641\u0643\u066e\u0679\u067c\u067e\u06a1\u06a4\u06a9\u06ab"
            "\u06ac\u06ad\u06af"
        ),
        975: "\u06de",
        1000: "\u06aa",
        1200: "\u0633\u0634\u069a",
        1250: "\u0635\u0636",
    }
)
_JOINED = _widths(
    {
        300: "\u0644\u0646\u0649\u066e\u06b5\u06ba\u06bc",
        325: "\u0626\u0628\u062a\u062b\u063d\u064a\u0679\u067e\u06bd\u06cc\u06ce\u06d0",
        350: "\u067c",
        400: "\u06c1\u06c2",
        475: "\u0641\u0642\u0643\u066f\u06a1\u06a4\u06a9\u06ab\u06ac\u06ad\u06af",
        550: "\u0639\u063a\u0645\u06a0",
        600: "\u0647\u06be",
        675: "\u062c\u062d\u062e\u0637\u0638\u0681\u0685\u0686",
        800: "\u06aa",
        825: "\u0633\u0634\u069a",
        850: "\u0635\u0636",
    }
)
