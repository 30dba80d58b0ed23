"""Marks of typesetting taken out of a text once, with a count of each; no letter is lost by it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from itertools import accumulate

from briefings.core.characters import BOM, SOFT_HYPHEN, ZERO_WIDTH_SPACE
from briefings.core.groups import grouped

SOFT_HYPHENS = "soft hyphens"
LINE_HYPHENS = "hyphens at line ends"
LIGATURES = "ligatures"
CONTROLS = "control characters"
HEADS = "page heads and feet"
MIRRORED = "mirrored brackets"

TITLE = 120
"""Characters of a title that is taken from the text, of which it may be the head."""

ENDS = re.compile(r"[.!?…。！？؟۔।։።។။][\'\"’”»)\]]*\s*\Z")
"""The end of a sentence, at the end of a line."""
LABEL = 100
"""Characters that a line takes at most which is no prose, as one with a day and what it is of."""
_NOTE = 30
"""Characters of such a line that a full stop may end, such as “Published 4 March 2031.”."""

_LIGATURE = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdf1\ufdf3-\ufdf9\ufe70-\ufefc]")
_CONTROL = re.compile(f"[\0-\b\v-\x1f\x7f-\x9f{BOM}{ZERO_WIDTH_SPACE}]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Two characters of scripts without spaces, or of their punctuation.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff]{2}"
)
_PAIRS = ("«»", "()", "[]", "{}")
_HYPHENED = re.compile(r"(?<!\w)(\w++)-(?=(\w++))")
"""A word and the one behind its hyphen; of `well-to-do` both pairs."""
_LONGEST = 100
"""Characters of a word that a line end may part, at most."""
_SPACES = re.compile(r"[ \t\n\f\u2028\u2029]+")


def mended(text: str, counts: Counter[str]) -> str:
    """A paragraph as one line: white space runs as one space, marks that only shape it gone.

    A no-break space, ZWNJ, ZWJ and direction marks stay: they are part of how words are written.

    Args:
        text: The paragraph.
        counts: Is added to.
    """
    counts[SOFT_HYPHENS] += text.count(SOFT_HYPHEN)
    text = text.replace(SOFT_HYPHEN, "")
    text, ligatures = _LIGATURE.subn(lambda each: unicodedata.normalize("NFKC", each[0]), text)
    counts[LIGATURES] += ligatures
    text, controls = _CONTROL.subn("", text)
    counts[CONTROLS] += controls
    return _SPACES.sub(" ", text).strip(" ")


def unmirrored(text: str, counts: Counter[str]) -> str:
    """A text from right to left with its brackets and quotation marks as they are written.

    A PDF may hold them as they are drawn, which is the other way round: they are turned if they
    close before they open, and open before they close when they are turned.

    Args:
        text: A paragraph, in any direction.
        counts: Is added to.
    """
    if not is_rtl(text):
        return text
    for pair in _PAIRS:
        opening, closing = pair[0], pair[1]
        marks = [each for each in text if each in (opening, closing)]
        turn = str.maketrans({opening: closing, closing: opening})
        turned = "".join(marks).translate(turn)
        if marks[:1] == [closing] and _is_balanced(turned, opening):
            text = text.translate(turn)
            counts[MIRRORED] += len(marks)
    return text


def is_prose(line: str) -> bool:
    """Whether a line tells something, and does not only name it."""
    return len(line) > LABEL or (len(line) > _NOTE and ENDS.search(line) is not None)


def is_rtl(text: str) -> bool:
    """Whether most of a text is written from right to left."""
    return len(_RTL.findall(text)) * 2 > len(text)


def _is_balanced(marks: str, opening: str) -> bool:
    depths = list(accumulate(1 if mark == opening else -1 for mark in marks))
    return min(depths) >= 0 and depths[-1] == 0


def joined(lines: list[str], counts: Counter[str]) -> str:
    """The lines of a paragraph as one text; a hyphen that only a line end put there goes.

    It goes between two small letters, where the word is not one that the lines themselves write
    with a hyphen; any other stays, without a space behind it. Between two letters of a script
    that is written without spaces there is none.
    """
    hyphened = _hyphened(lines)
    done: list[str] = []
    text = lines[0] if lines else ""
    for line in lines[1:]:
        done.append(text[:-_LONGEST])
        text = text[-_LONGEST:]
        head, hyphen, first = text[-2:-1], text[-1:], line[:1]
        if hyphen in {"-", "\u2010"} and head.isalpha() and first.isalpha():
            if head.islower() and first.islower() and not _is_hyphened(text[:-1], line, hyphened):
                text = text[:-1] + line
                counts[LINE_HYPHENS] += 1
            else:
                text += line
        elif text.endswith(SOFT_HYPHEN) or _UNSPACED.fullmatch(text[-1:] + first):
            text += line
        else:
            text += f" {line}"
    return "".join([*done, text])


def _hyphened(lines: list[str]) -> Mapping[str, list[str]]:
    """What stands behind the hyphens within lines, in order, by what stands before them."""
    pairs = _HYPHENED.finditer(" ".join(lines))
    behind = grouped((pair[1], pair[2]) for pair in pairs)
    return {before: sorted(words) for before, words in behind.items()}


def _is_hyphened(text: str, line: str, hyphened: Mapping[str, list[str]]) -> bool:
    """Whether the last word of a text and the first of a line are one that has a hyphen."""
    word, rest = re.search(r"\w+\Z", text), re.match(r"\w+", line)
    if word is None or rest is None:
        return False
    words = hyphened.get(word[0], [])
    at = bisect_left(words, rest[0])
    return at < len(words) and words[at].startswith(rest[0])


def as_text(paragraphs: list[str], counts: Counter[str]) -> str:
    """A paragraph a line, those that are empty left out; `""` if there is none."""
    lines = [line for line in (mended(each, counts) for each in paragraphs) if line.strip()]
    return "".join(f"{line}\n" for line in lines)
