"""A document cut into sentences: no more than a reader needs to point at a passage."""

from __future__ import annotations

import re

from briefings.core.model import Document

# What ends a sentence, with the brackets and quotation marks that close behind it.
_END = re.compile(r"""(?P<stop>[.!?…؟۔।]+)["'”’»)\]]*(?=\s)|(?P<full>[。！？]+[」』”’）]*)""")
_ABBREVIATION = re.compile(
    "adm|al|approx|apr|aug|bzw|capt|ca|cf|co|col|corp|dec|dept|dr|etc|feb|gen|gov|hon|inc|jan|jr|jul"
    "|jun|lt|ltd|maj|mar|messrs|mr|mrs|ms|mt|mme|nos|nov|oct|prof|rev|rep|sen|sep|sept|sgt|sr|st|tel"
    "|usw|vgl|vs",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"(?:\w\.)*\w+\Z")
_NEXT = re.compile(r"""[\s"'“‘«„(\[]*(\S)""")


def sentences(document: Document) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of the sentences of a document, in order, each within one paragraph.

    A full stop behind an initial or a known abbreviation, or before a word in lower case, ends
    none. Headings and lines without a full stop are sentences too.
    """
    return tuple(
        sentence
        for start, end in document.paragraphs
        for sentence in _of_paragraph(document.text, start, end)
    )


def _of_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    ranges = []
    begun = start
    for match in _END.finditer(text, start, end):
        if match["stop"] and not _ends(text, begun, match, end):
            continue
        ranges.append((begun, match.end()))
        begun = match.end()
        while begun < end and text[begun].isspace():
            begun += 1
    if begun < end:
        ranges.append((begun, end))
    return ranges


def _ends(text: str, begun: int, match: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, match.end(), end)
    if following is None or following[1].islower():
        return False
    if match["stop"] != ".":
        return True
    word = _LAST_WORD.search(text[max(begun, match.start() - 20) : match.start()])
    if word is None:
        return True
    is_initial = len(word[0]) == 1 and word[0].isalpha() and word[0].isupper()
    return not (is_initial or "." in word[0] or _ABBREVIATION.fullmatch(word[0]))
