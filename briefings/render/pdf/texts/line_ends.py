"""Where lines end in writing whose words Pango does not know.

Korean has spaces, and its readers expect a line to end at one (`word-break: keep-all` in CSS
Text 3), but by Unicode it may end behind any syllable (UAX 14). Lao, Khmer and Burmese have no
spaces between words, and Pango no dictionary: where it must, it parts them between any two letters.
There a line ends before what is seen to begin a syllable, whatever the words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline, preferred

from briefings.render.pdf.patching import exchanged

_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_UNSPACED = "\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
_HANGUL_LETTER = re.compile(f"[{_HANGUL}]")
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_EITHER = re.compile(f"[{_HANGUL}{_UNSPACED}]")
_SYLLABLE = re.compile(
    # Lao: a vowel before its consonant, or a consonant with the sign of a vowel or a tone.
    "[\u0ec0-\u0ec4]|(?<![\u0ec0-\u0ec4])[\u0e81-\u0eae\u0edc-\u0edf](?=[\u0eb0-\u0ebd\u0ec8-\u0ecd])"
    # Khmer: a letter with the sign of a vowel; one with another below it may end a syllable, but
    # not behind a sign.
    "|(?<!\u17d2)[\u1780-\u17b3](?=[\u17b4-\u17c5])|(?<=[\u17b6-\u17d1])[\u1780-\u17a2](?=\u17d2)"
    # Burmese: a letter that no sign ends (asat), and that stands neither above nor below another.
    "|(?<!\u1039)[\u1000-\u102a\u103f](?!\u1037?\u103a|\u1039)"
    # A number, or whatever follows a space.
    r"|(?<![\d.,])\d|(?<=\s)\S"
)

_AHEAD = 3
"""How many letters a syllable is seen by."""

_LONGEST = 10
"""Letters of a Korean word that has to fit into a column of a table; most are shorter."""


@contextmanager
def lines_ended(markup: str) -> Iterator[None]:
    """While it lasts, no such word is parted that fits into a line, and no such syllable.

    Args:
        markup: The page. Without letters of these scripts nothing changes.
    """
    if not _EITHER.search(markup):
        yield
        return
    split, may_break = inline.split_first_line, inline.can_break_text

    def split_better(
        text: str, style: Any, context: Any, room: float | None, *rest: Any, **options: Any
    ) -> Any:
        answer = split(text, style, context, room, *rest, **options)
        if answer[2] is None:
            return answer
        stop = len(text.encode()[: answer[2]].decode())
        pair = text[stop - 1 : stop + 1]
        if " " in pair:
            return answer
        if _UNSPACED_LETTER.search(pair):
            place = behind = _syllable_before(text, stop)
        elif pair.isalnum() and _HANGUL_LETTER.search(pair):
            is_whole = not options["is_line_start"]
            if options.get("minimum"):  # of a column
                is_whole = len(text.partition(" ")[0]) <= _LONGEST
            place = _space_before(text, stop, or_behind=is_whole)
            behind = place + 1
        else:
            return answer
        if place < 0:
            return answer
        layout, length, _, *measures = split(text[:place], style, context, None, *rest, **options)
        return (
            layout,
            length,
            len(text[:behind].encode()) if behind < len(text) else None,
            *measures,
        )

    def may_break_at_spaces(text: str, language: str | None) -> Any:
        return may_break(_HANGUL_LETTER.sub("a", text), language)

    with (
        exchanged("split_first_line", split_better, inline, preferred),
        exchanged("can_break_text", may_break_at_spaces, inline, preferred),
    ):
        yield


def _syllable_before(text: str, stop: int) -> int:
    """The last place up to `stop` where a syllable begins; -1 without one."""
    found = _SYLLABLE.finditer(text, 1, stop + _AHEAD)
    return max((each.start() for each in found if each.start() <= stop), default=-1)


def _space_before(text: str, stop: int, *, or_behind: bool) -> int:
    """The last space up to `stop`, or else the first behind it, or the end; -1 without one.

    With `or_behind`, the word has to be whole, be there a space before it or not.
    """
    place = text.rfind(" ", 0, stop)
    if place < 0 and or_behind:
        place = text.find(" ", stop)
        return len(text) if place < 0 else place
    return place
