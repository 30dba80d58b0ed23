"""Characters that do not show, or change how others do: their classes, and who may hold any."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from briefings.core.groups import grouped
from briefings.core.patterns import kept_pattern

# Classes of characters, each as it stands between the brackets of a regular expression. What a
# stage refuses, drops or shows is put together of these and of no others.
C0 = "\x00-\x08\x0b\x0c\x0e-\x1f"
"""Control characters but for tab and line ends."""
NEL = "\x85"
C1 = "\x7f-\x84\x86-\x9f"
"""Delete, and the second set of control characters but for `NEL`, which ends a line."""
SOFT_HYPHEN = "\u00ad"
ZERO_WIDTH_SPACE = "\u200b"
JOINERS = "\u200c\u200d"
"""Zero-width non-joiner and joiner, with which some scripts spell."""
DIRECTION_MARKS = "\u200e\u200f"
ARABIC_LETTER_MARK = "\u061c"
SEPARATORS = "\u2028\u2029"
"""What parts lines and paragraphs."""
EMBEDDINGS = "\u202a-\u202c"
OVERRIDES = f"{EMBEDDINGS}\u202d\u202e"
"""Embeddings and overrides of direction, by which a word prints as another."""
ISOLATES = "\u2066-\u2069"
"""Isolates of direction, by which a word prints as another as well."""
WORD_JOINER = "\u2060"
OPERATORS = "\u2061-\u2065"
"""Signs of mathematics that do not show, and a code point that is kept for one."""
DEPRECATED = "\u206a-\u206f"
"""Format characters that nobody should use any more."""
BOM = "\ufeff"
"""The byte order mark, once a no-break space without width."""
GRAPHEME_JOINER = "\u034f"
FILLERS = f"{GRAPHEME_JOINER}\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters, vowels and signs without a shape of their own."""
MONGOLIAN_SELECTORS = "\u180b-\u180f"
VARIATION_SELECTORS = "\ufe00-\ufe0f"
ANNOTATIONS = "\ufff9-\ufffb"
SPECIALS = "\ufff0-\ufff8"
"""Unassigned, for format characters to come."""
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0xE0000, 0x10000)
)
"""Code points that no text is written with; those of the last planes are in what follows."""
UNPAIRED = r"\ud800-\udfff"
PRIVATE = "\ue000-\uf8ff"
NOTATION = "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
"""Format characters of hieroglyphs, of shorthand and of music."""
TAGS = "\U000e0000-\U000e0fff"
"""Tags, more variation selectors, and what is kept for more of the kind."""
BEYOND = "\U000e1000-\U0010ffff"
"""Unassigned, and private use."""
MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
"""Marks that are put on any letter."""
OTHER_MARKS = "\u0483-\u0489\ufe20-\ufe2f"
"""Marks of Cyrillic, and halves that span two letters."""

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
"""Blocks of scripts that run from right to left, as far as fonts of ours have them."""

_SUSPECT = (
    f"[{C0}{C1}{NEL}{SOFT_HYPHEN}{ZERO_WIDTH_SPACE}{JOINERS}{DIRECTION_MARKS}{ARABIC_LETTER_MARK}"
    f"{SEPARATORS}{OVERRIDES}{ISOLATES}{WORD_JOINER}{OPERATORS}{DEPRECATED}{BOM}{FILLERS}"
    f"{MONGOLIAN_SELECTORS}{VARIATION_SELECTORS}{ANNOTATIONS}{SPECIALS}{NONCHARACTERS}{UNPAIRED}"
    f"{PRIVATE}{NOTATION}{TAGS}{BEYOND}]"
)
# A search for single characters is quicker than one that looks for heaps of marks as well: more
# on one letter than any writing has. What most texts are made of is passed over at a look: so are
# joiners between letters of Arabic, with which Persian spells.
_SPELLED = "[\u0620-\u064a\u0671-\u06d3]"
_SINGLE = kept_pattern(
    __file__,
    rf"[^\t\n\r -~\u00a0-\u00ac\u00ae-\u034e\u0350-\u061b\u061d-\u115e](?<={_SUSPECT})"
    rf"(?:(?<!{_SPELLED}[{JOINERS}])|(?!{_SPELLED}))",
)
_HEAP = f"[{MARKS}{OTHER_MARKS}]"
_MARK = re.compile(rf"[^\x00-\u02ff\u0370-\u0482\u048a-\u1aaf](?<={_HEAP})")
MOST_MARKS = 256
_NO_LETTER = re.compile(r"[^\w\s\x00-\u02ff]")
_NO_LETTERS = re.compile(rf"{_NO_LETTER.pattern}{{{MOST_MARKS + 1},}}")
_INVISIBLE = re.compile(f"[{FILLERS}{VARIATION_SELECTORS}{TAGS}]")
_UNSURE = re.compile("[^\n -~]")
_HUGE = 10_000
_JOINER = re.compile(f"[{JOINERS}]")
_BREAK = re.compile("[\t\n\r]")
_COMMAND = re.compile(r"^(\s*):(?=:)")
_ORDER = re.compile(r"##(?=\w*\[)")
# What captured pages are full of, and what the gate sets aside or reads over.
_HARMLESS = frozenset(
    f"{SOFT_HYPHEN}{ZERO_WIDTH_SPACE}{JOINERS}{DIRECTION_MARKS}{WORD_JOINER}{BOM}"
    "\u2028\x0b\x0c\ufe0e\ufe0f"
)
_EMOJI = "\u200d\ufe0e\ufe0f"
# Units of measurement that begin or end with a Greek letter: microgram, kiloohm.
_UNIT = re.compile("\u03bc(?:[gmslLAVWFJNHTC]|Sv|mol|Pa|Gy|Ci|bar|rem|cd|eV)|[kMGT]\u03a9")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LOOKALIKE = re.compile("[\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f]")


def hidden(text: str) -> Iterator[int]:
    """Indexes of characters that do not show or that change how others do, and of heaps of marks.

    The zero-width joiner and non-joiner pass between two letters or marks outside Latin, Greek
    and Cyrillic, where Persian, Pashto and the scripts of India spell with them; it and the
    selectors of emoji pass behind a symbol.
    """
    if text.isascii() and text.replace("\n", " ").isprintable():
        return  # none of them, by a look that is quick
    suspect = _SINGLE if _MARK.search(text) is None else _single_or_heap()
    for match in suspect.finditer(text):
        index = match.start()
        if match.group() in JOINERS and _joins(text, index):
            continue
        if match.group() in _EMOJI and _shapes_a_symbol(text, index):
            continue
        yield index
    if (heaped := heap(text)) is not None and _MARK.match(text, heaped) is None:
        yield heaped


@cache
def _single_or_heap() -> re.Pattern[str]:
    return re.compile(rf"{_SINGLE.pattern}|{_HEAP}{{5,}}")


def disturbing(text: str) -> Iterator[int]:
    """The places of `hidden` that a captured document should not hold either, such as overrides."""
    return (index for index in hidden(text) if text[index] not in _HARMLESS)


def heap(text: str) -> int | None:
    """Where a heap of combining marks begins, higher than any writing has; None for none.

    To put them in order takes the square of their number.
    """
    if text.isascii():
        return None
    if _NO_LETTER.search(text[MOST_MARKS :: MOST_MARKS + 1]) is None:
        return None  # what is that long has one of these places
    for run in _NO_LETTERS.finditer(text):
        at = run.start()
        for is_mark, marks in groupby(run.group(), lambda char: unicodedata.combining(char) > 0):
            number = sum(1 for _ in marks)
            if is_mark and number > MOST_MARKS:
                return at
            at += number
    return None


def mixed(text: str) -> Iterator[re.Match[str]]:
    """Words that mix Latin letters with Greek or Cyrillic ones, which may look the same."""
    if text.isascii() or _LOOKALIKE.search(text) is None:
        return
    for match in _WORD.finditer(text):
        if _UNIT.fullmatch(match.group()):
            continue
        if _LATIN.search(match.group()) and _LOOKALIKE.search(match.group()):
            yield match


def visible(text: str) -> str:
    """`text` with control, bidi, invisible and unpaired characters written as `<U+XXXX>`.

    What a terminal or a CI log would act on instead of showing; the zero-width joiners that
    Persian needs become visible too, since a reader of a message has to see them.
    """
    if text.isprintable() and _INVISIBLE.search(text) is None:
        return text
    return "".join(
        char if char.isprintable() and not _INVISIBLE.match(char) else f"<U+{ord(char):04X}>"
        for char in text
    )


def legible(text: str) -> str:
    """As `visible`, but for the joiners that a script spells with, which stay as they are."""
    shown = visible(text)
    if shown == text or not _JOINER.search(text):
        return shown
    unruly = set(hidden(text))
    return "".join(
        char if char in JOINERS and at not in unruly else visible(char)
        for at, char in enumerate(text)
    )


def visible_json(value: object) -> str:
    """`value` as JSON in which every such character stands as JSON's own escape.

    It is indented, but for an object that lists more than anybody looks through: Python takes ten
    times as long to indent.
    """
    lists = value.values() if isinstance(value, dict) else (value,)
    is_huge = any(isinstance(each, list | tuple) and len(each) > _HUGE for each in lists)
    text = json.dumps(value, indent=None if is_huge else 2, ensure_ascii=False)
    line = text.replace("\n", " ")
    shown = text if visible(line) == line else _UNSURE.sub(_escaped, text)
    return _ORDER.sub(lambda _: r"\u0023#", shown)


def _escaped(match: re.Match[str]) -> str:
    char = match.group()
    return char if visible(char) == char else json.dumps(char)[1:-1]


def letters_by_script(word: str) -> str:
    """The letters of a word by their alphabet: `Latin a, p and Cyrillic е`."""
    scripts = grouped(
        (unicodedata.name(char, "other").split()[0].title(), char) for char in dict.fromkeys(word)
    )
    return " and ".join(f"{script} {', '.join(chars)}" for script, chars in scripts.items())


def in_a_line(text: str) -> str:
    """`text` as a terminal can show it in one line, whoever wrote it.

    What `hidden` finds stands there by its code point, and so do the ends of lines; the joiners
    that a script spells with stay as they are.
    """
    unruly = {*hidden(text), *(match.start() for match in _BREAK.finditer(text))}
    if not unruly:
        return text
    return "".join(visible(char) if at in unruly else char for at, char in enumerate(text))


def line_by_line(texts: Iterable[str]) -> str:
    """Each of the texts in a line of its own, as of `in_a_line`."""
    return "".join(f"{in_a_line(text)}\n" for text in texts)


def in_lines(text: str) -> str:
    """`text` as terminals and CI logs can show it, lines kept, whoever wrote what stands in them.

    Nothing in it is an order to a terminal, nor to a runner: GitHub's takes one from a line that
    begins with `::`, however far it is indented, or from `##[` anywhere in one, and others from
    the like.
    """
    lines = text.split("\n")
    if not text.isascii() or not "".join(lines).isprintable():
        lines = ["\t".join(map(in_a_line, line.split("\t"))) for line in lines]
    shown = (_COMMAND.sub(r"\1<U+003A>", line) if "::" in line else line for line in lines)
    return _ORDER.sub("<U+0023>#", "\n".join(shown))


def condensed(text: str) -> str:
    """`text` without what does not show, its white space in single blanks."""
    unseen = {at for at in hidden(text) if not text[at].isspace()}
    return " ".join("".join(char for at, char in enumerate(text) if at not in unseen).split())


def name(char: str) -> str:
    """`U+200B ZERO WIDTH SPACE`, for a message."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed character')}"


def _joins(text: str, index: int) -> bool:
    return (
        0 < index < len(text) - 1
        and _spells_with_joiners(text[index - 1])
        and _spells_with_joiners(text[index + 1])
    )


def _shapes_a_symbol(text: str, index: int) -> bool:
    """Whether a joiner or selector stands behind an emoji, or in one made of several."""
    before = text[index - 1 : index]
    if before == "\ufe0f" and text[index] == "\u200d":
        before = text[index - 2 : index - 1]
    keycap = text[index + 1 : index + 2] == "\u20e3"
    return bool(before) and (unicodedata.category(before) in ("So", "Sm", "Sk", "Po") or keycap)


def _spells_with_joiners(char: str) -> bool:
    return ord(char) >= 0x0590 and unicodedata.category(char)[0] in "LM"
