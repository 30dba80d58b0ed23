"""What a mark of a lane says, in the room that there is beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefings.core.edition import Edition, Sentence
from briefings.core.edtf import Edtf, Precision
from briefings.core.model import FactId, LocalText
from briefings.core.values import dataclass
from briefings.render.figures.timeline import Extent
from briefings.render.html.advances import length as length_of

MOST_LETTERS = 60
"""Words that are longer are cut."""

_FEWEST_WORDS = 4  # that a cut may leave
_WIDTH = 0.55  # of a letter that is no wider than most
_LETTER = 1.0  # per cent of the width that a letter of a label takes, at the least room for it
_DAY, _ABOUT, _NUMBER, _PADDING = 7, 6, 5, 2  # letters of what stands around the words
_END = 98.0  # per cent at which words end, so that what is counted behind them stands apart
_APART = 1.0  # per cent between the words of two marks

Stretch = tuple[float, float]
"""From where to where something reaches, in per cent of the width."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What a mark says, in `language`, behind it or `before` it, and the first fact that it tells.

    With its mark it reaches from one per cent of the width to the other.
    """

    language: str
    text: str
    sentence: Sentence
    before: bool
    reach: tuple[float, float]


def headlines(edition: Edition) -> dict[FactId, LocalText]:
    """The headlines of accounts, each by the fact that its account begins with."""
    accounts = [(view.account, view.sentences) for view in edition.accounts if view.sentences]
    return {
        sentences[0].fact.id: account.headline
        for account, sentences in reversed(accounts)
        if account.headline is not None
    }


def free(place: Extent, taken: Iterable[Stretch]) -> tuple[Stretch, Stretch] | None:
    """What is free up to a mark and from it on, the mark included; None if that is covered."""
    left, right = place.left, place.left + place.width
    begin, end = 0.0, _END
    for first, last in taken:
        if last + _APART <= left:
            begin = max(begin, last + _APART)
        elif first - _APART >= right:
            end = min(end, first - _APART)
        else:
            return None
    return (begin, right), (left, end)


def caption(
    sentences: Sequence[Sentence],
    event: Edtf,
    sides: tuple[Stretch, Stretch],
    headlines: Mapping[FactId, LocalText],
    language: str,
) -> Caption | None:
    """Words for these facts that have room behind the mark or before it; None if none has.

    Args:
        sentences: The facts, of one occasion.
        event: Their date.
        sides: What is free before the mark and behind it, as `free` has it.
        headlines: The headlines of accounts, as `headlines` has them.
        language: That of the page.
    """
    (begin, right), (left, end) = sides
    before, behind = left - begin, end - right
    around = _PADDING + _NUMBER
    if has_day(event):
        around += _DAY + (0 if event.is_day else _ABOUT)
    room = min(int(max(before, behind) / _LETTER) - around, MOST_LETTERS)
    worded = _worded(list(_choices(sentences, headlines)), room, language)
    if worded is None:
        return None
    sentence, code, words = worded
    length = round((_letters(words) + around) * _LETTER, 2)
    is_before = length > behind
    reach = (left - length, right) if is_before else (left, right + length)
    return Caption(code, words, sentence, is_before, reach)


def has_day(event: Edtf) -> bool:
    """Whether a date is short enough to stand in its label: a day, or about one."""
    return not event.interval and event.start is not None and event.start.precision is Precision.DAY


def _worded(
    choices: Sequence[_Choice], room: int, language: str
) -> tuple[Sentence, str, str] | None:
    """The first choice that fits; else the first, cut. Of a statement nothing is cut off.

    That has its voice first, so that its beginning would say nothing.
    """
    texts = [(sentence, *text.best(language)) for sentence, text in choices]
    if fitting := next((each for each in texts if _letters(each[2]) <= room), None):
        return fitting
    sentence, text = choices[0]
    _, code, words = texts[0]
    shorter = "" if text == sentence.fact.statement else _cut(words, room)
    return (sentence, code, shorter) if shorter else None


_Choice = tuple[Sentence, LocalText]


def _choices(
    sentences: Sequence[Sentence], headlines: Mapping[FactId, LocalText]
) -> Iterator[_Choice]:
    """Headlines of accounts that begin here, then those of facts; else what a first fact says."""
    begun = [(each, headlines[each.fact.id]) for each in sentences if each.fact.id in headlines]
    named = [(each, each.fact.headline) for each in sentences if each.fact.headline is not None]
    yield from (*begun, *named) or ((sentences[0], sentences[0].fact.statement),)


def _cut(words: str, letters: int) -> str:
    """All words, or the first that have room, with an ellipsis; "" if these are too few."""
    if (needed := _letters(words)) <= letters:
        return words
    kept = max(letters, 0) * len(words) // needed
    start = words[:kept].rpartition(" ")[0].rstrip(" ,;:–—-،؛")
    return f"{start}…" if len(start.split()) >= _FEWEST_WORDS else ""


def _letters(words: str) -> int:
    """How many letters these are, or as many as their width makes in a script of wide ones."""
    return max(len(words), math.ceil(length_of(words, sans=True) / _WIDTH))
