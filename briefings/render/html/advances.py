"""How many lines texts take on paper, by the widths of the letters that ours are set in."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from briefings.core.values import dataclass

BOLD = 1.03
"""How much wider a semibold face is."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in letters of one `size` and face: Latin ones of the `sans`, or semibold.

    Of a `whole` run no line ends at a space. `inset` is what stands before it, without letters.
    """

    text: str
    size: float
    sans: bool = False
    bold: bool = False
    whole: bool = False
    inset: float = 0.0


def lines(runs: Iterable[Run], width: float) -> int:
    """How many lines a paragraph is broken into; at least one.

    Args:
        runs: Its words, as they follow each other. Lines end at spaces; of a script that writes
            none all is a word.
        width: Of the lines, in the unit of the sizes.
    """
    count, at = 1, 0.0
    for gap, word in _words(runs):
        begin = at + gap if at else 0.0
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


def _words(runs: Iterable[Run]) -> Iterator[tuple[float, float]]:
    """The space before each piece between which a line may end, and how long that is."""
    gap = word = 0.0
    for run in runs:
        text = run.text.replace(" ", _NBSP) if run.whole else run.text
        size = run.size * (BOLD if run.bold else 1.0)
        first, *others = text.split(" ")
        word += run.inset + _length(first, sans=run.sans) * size
        for before, each in pairwise((first, *others)):
            if word:
                yield gap, word
            gap = _space(before[-1:], each[:1], sans=run.sans) * size
            word = _length(each, sans=run.sans) * size
    yield gap, word


@lru_cache(maxsize=4096)
def _length(word: str, *, sans: bool) -> float:
    """The length of one word, which may come again and again.

    A letter of the Arabic script is the narrower where another is joined to it.
    """
    length, before = 0.0, ""
    letters = [each for each in word if not unicodedata.combining(each)]
    for letter, following in zip(letters, [*letters, ""][1:], strict=True):
        if letter in (" ", _NBSP):
            length += _space(before, following, sans=sans)
        elif (forms := _forms_of(letter)) is not None:
            begins = letter in _JOINING and _forms_of(following) is not None
            length += forms[2 * begins + (before in _JOINING)]
        else:
            length += _advance(letter, sans=sans)
        before = letter
    return length


def _forms_of(letter: str) -> tuple[float, ...] | None:
    """How wide a letter is that is joined: alone, ending a word, beginning one, within one."""
    return _JOINING.get(letter) or _ENDING.get(letter)


def _space(before: str, following: str, *, sans: bool) -> float:
    """The length of a space: between letters and digits of the Arabic script one of their face."""
    is_arabic = _is_arabic(before) and _is_arabic(following)
    return _ARABIC_SPACE if is_arabic else _advance(" ", sans=sans)


def _is_arabic(letter: str) -> bool:
    return _forms_of(letter) is not None or letter in _DIGITS


@lru_cache(maxsize=1024)
def _advance(letter: str, *, sans: bool) -> float:
    if unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    other = _CASELESS if unicodedata.category(letter) == "Lo" else _OTHER
    return (_SANS if sans else _SERIF).get(letter) or _ALONE.get(letter, other)


def _forms(letters: Mapping[tuple[int, ...], str]) -> dict[str, tuple[float, ...]]:
    return {
        letter: tuple(width / 1000 for width in widths)
        for widths, group in letters.items()
        for letter in group
    }


def _widths(letters: Mapping[int, str]) -> dict[str, float]:
    return {letter: width / 1000 for width, group in letters.items() for letter in group}


_NBSP = "\u00a0"
_ARABIC_SPACE = 0.27  # of Vazirmatn
_DIGITS = frozenset("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")
_OTHER, _CASELESS = 0.5, 0.7  # of a letter that no table has; of a script without capitals

# In thousandths of the size, rounded: of Source Serif 4 and Source Sans 3, and of Vazirmatn, whose
# letters are wider where they end a word than where the next one is joined to them: of such ones
# alone, at the end of a word, at its beginning, within.
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
_ALONE = _widths(
    {
        260: "\u066c",
        270: "\u060c\u061b\u0674",
        280: "\u0640",
        290: "\u0661\u06f1",
        300: "\u06d4",
        380: "\u0660",
        400: "\u0621",
        410: "\u060d",
        420: "\u066b\u06f0",
        430: "\u061f",
        460: "\u0664",
        480: "\u0669\u06f9",
        490: "\u0666\u066a\u06f6",
        520: "\u0662\u06f2",
        530: "\u0665",
        570: "\u06f4",
        580: "\u06e9",
        590: "\u0667\u0668\u06f5\u06f7\u06f8",
        640: "\u066d",
        660: "\u0663\u06f3",
        980: "\u06de",
    }
)
_ENDING: dict[str, tuple[float, ...]] = _forms(
    {
        (230, 260): "\u0622\u0623\u0625\u0627\u0671",
        (340, 390): "\u0631\u0632\u0691\u0693\u0695\u0696\u0698",
        (440, 440): "\u0624\u0648\u06c6\u06c7\u06c8\u06c9\u06ca\u06cb\u06cf",
        (470, 470): "\u06c3",
        (470, 520): "\u0629\u06c0\u06d5",
        (480, 530): "\u062f\u0630\u0688\u0689",
        (790, 740): "\u06cd",
        (890, 800): "\u06d2\u06d3",
    }
)
_JOINING: dict[str, tuple[float, ...]] = _forms(
    {
        (470, 470, 290, 500): "\u06c1\u06c2",
        (470, 520, 690, 500): "\u0647",
        (590, 630, 530, 570): "\u0645",
        (620, 600, 520, 570): "\u0639\u063a\u06a0",
        (640, 670, 290, 320): "\u0644\u06b5",
        (670, 690, 670, 680): "\u062c\u062d\u062e\u0681\u0685\u0686",
        (680, 720, 290, 340): "\u0646\u06ba\u06bc",
        (680, 720, 310, 360): "\u06bd",
        (690, 690, 460, 500): "\u0642\u066f",
        (710, 650, 290, 340): "\u0649",
        (710, 650, 310, 360): "\u0626\u063d\u064a\u06cc\u06ce\u06d0",
        (740, 760, 650, 670): "\u0637\u0638",
        (750, 560, 690, 500): "\u06be",
        (870, 930, 290, 340): "\u066e\u0679",
        (870, 930, 290, 350): "\u0628",
        (870, 930, 310, 360): "\u062a\u062b\u067e",
        (870, 930, 330, 380): "\u067c",
        (870, 930, 460, 500): "\u0641\u06a1\u06a4",
        (880, 910, 440, 510): "\u0643\u06ac\u06ad",
        (880, 940, 440, 510): "\u06a9\u06ab\u06af",
        (980, 1020, 790, 830): "\u06aa",
        (1180, 1240, 790, 840): "\u0633\u0634\u069a",
        (1250, 1270, 840, 860): "\u0635\u0636",
    }
)
