"""Where sentences end, in any language: no more than a reader needs to point at one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_MOST = 100_000
"""The stops of a paragraph that are looked at: more has no text that is read, and each costs."""

# What ends a sentence, with the brackets and quotation marks that close behind it.
_END = re.compile(r"""(?P<stop>[.!?…؟۔।։።។။]+)["'”’»)\]]*(?=\s)|(?P<full>[。！？]+[」』”’）]*)""")
_FULL_STOPS = tuple(".۔।։።။。")
_ABBREVIATION = re.compile(
    "adm|al|approx|apr|aug|bzw|capt|ca|cf|co|col|corp|dec|dept|dr|etc|feb|gen|gov|hon|inc|jan|jr|jul"
    "|jun|lt|ltd|maj|mar|messrs|mr|mrs|ms|mt|mme|nos|nov|oct|prof|rev|rep|sen|sep|sept|sgt|sr|st|tel"
    "|usw|vgl|vs",
    re.IGNORECASE,
)
# German writes a day with a full stop, and its months with a capital: “am 3. März”.
_DAY = re.compile("[1-9]|[12][0-9]|3[01]")
_MONTH = re.compile(
    r"[\s\u00a0](?:Jänner|Jan(?:uar|\.)|Feb(?:ruar|\.)|März|Apr(?:il|\.)|Mai|Juni|Juli|Aug(?:ust|\.)"
    r"|Sept(?:ember|\.)|Okt(?:ober|\.)|Nov(?:ember|\.)|Dez(?:ember|\.))(?!\w)"
)
_LAST_WORD = re.compile(r"(?:\w\.)*\w+\Z")
_NEXT = re.compile(r"""[\s"'“‘«„(\[]*(\S)""")


def ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where each sentence of a paragraph ends that another one follows.

    A full stop behind an initial, a known abbreviation or the day of a month, or before a word in
    lower case, ends none. The last sentence ends with the paragraph, whatever stands there, and so
    does the one that the 100,000th of a paragraph is in.

    Args:
        text: What holds the paragraph.
        start: Where it begins.
        end: Where it ends, half-open.
    """
    begun = start
    for match in islice(_END.finditer(text, start, end), _MOST):
        if match["stop"] and not _ends(text, begun, match, end):
            continue
        yield match.end()
        begun = match.end()


def unstopped(sentence: str) -> str:
    """The sentence as a title: without its full stop, unless that is an abbreviation's."""
    words = sentence.rstrip()
    if words[-1:] not in _FULL_STOPS or words[-2:-1] in (".", ""):
        return sentence
    word = _LAST_WORD.search(words[-20:-1])
    is_short = word is not None and ("." in word[0] or _ABBREVIATION.fullmatch(word[0]) is not None)
    return sentence if is_short else words[:-1]


def _ends(text: str, begun: int, match: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, match.end(), end)
    if following is None or following[1].islower():
        return False
    if match["stop"] != ".":
        return True
    word = _LAST_WORD.search(text[max(begun, match.start() - 20) : match.start()])
    if word is None:
        return True
    if _DAY.fullmatch(word[0]) and _MONTH.match(text, match.end(), end):
        return False
    # “A. Rahimi”, “د. احمدی”, “p. 7”; a letter of a script without capitals may be an initial too.
    is_letter = len(word[0]) == 1 and word[0].isalpha()
    is_initial = is_letter and (not word[0].islower() or following[1].isdigit())
    return not (is_initial or "." in word[0] or _ABBREVIATION.fullmatch(word[0]))
