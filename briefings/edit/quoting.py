"""A passage of a document as a quote: whole words of it, told apart from the same elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from briefings.check.quotes.cuts import occurrences, splits
from briefings.check.quotes.fold import Folded, fold, folded_once
from briefings.check.quotes.search import GAP
from briefings.core import characters
from briefings.core.excerpts import begin_alike, places_of
from briefings.core.model import Document
from briefings.core.values import dataclass

_MOST_PLACES = 100
_MOST_PARTS = 20
_MOST_WORDS = 8
_NEARBY = 200
_ENDS = " .,;:،؛。،"
_MARKS = "\"'“”„‘’‚«»‹› "


@dataclass(frozen=True, slots=True)
class Selector:
    """What tells one place of a quote from another: one of these, or nothing where it has one."""

    prefix: str | None = None
    suffix: str | None = None
    occurrence: int | None = None


def places(passage: str, document: Document) -> tuple[tuple[int, int], ...]:
    """Where a passage stands, whatever the gate sets aside, cut down to whole words.

    Quotation marks around it, of whoever pasted it, are no part of it if it stands nowhere with
    them. Half-open code points, in order, none empty.
    """
    folded = folded_once(document.text)
    for wanted in dict.fromkeys((passage, passage.strip().strip(_MARKS))):
        needle = fold(wanted).text.strip()
        if not any(map(str.isalnum, needle)):
            continue
        starts = islice(places_of(needle, folded.text), _MOST_PLACES)
        whole = (_whole(folded, start, start + len(needle)) for start in starts)
        passages = tuple(dict.fromkeys(place for place in whole if place is not None))
        # One that runs over the end of a paragraph is a passage only if a line is wrapped there.
        within = tuple(place for place in passages if _in_paragraph(document, *place))
        if passages:
            return within or passages
    return ()


def elided(passage: str, document: Document) -> tuple[tuple[int, int], ...]:
    """Where a passage with an ellipsis stands, with the words that this leaves out.

    From its first part to its last, as close as they follow each other within a paragraph.
    Half-open code points, in order; none for a passage without an ellipsis.
    """
    parts = parts_of(passage)
    if len(parts) > _MOST_PARTS or GAP.search(passage) is None:
        return ()
    standing = [places(part, document) for part in parts]
    spans: list[tuple[int, int]] = []
    for start, first_end in standing[0] if standing else ():
        end: int | None = first_end
        for later in standing[1:]:
            end = next((stop for begin, stop in later if end is not None and begin >= end), None)
        if end is not None and _in_paragraph(document, start, end):
            spans.append((start, end))
    return tuple(spans)


def parts_of(passage: str) -> tuple[str, ...]:
    """What a passage has between its ellipses: the parts that hold a letter or digit."""
    return tuple(part for part in GAP.split(passage) if any(map(str.isalnum, part)))


def likeliest(
    document: Document, ranges: Iterable[tuple[int, int]], prefix: str, suffix: str
) -> tuple[int, int]:
    """The place of several which has most of `prefix` before it and of `suffix` behind it.

    Whoever marked a passage may have seen a whole page: words around it that the document does not
    have, such as those of a menu, count for no place.

    Args:
        document: Where the places are.
        ranges: Half-open ranges of code points; never empty.
        prefix: What stood before the passage; as much as is known.
        suffix: What stood behind it, likewise.

    Returns:
        One of the ranges; of equals the first.
    """
    before, behind = _letters(prefix[-_NEARBY:]), _letters(suffix[:_NEARBY])

    def alike(place: tuple[int, int]) -> int:
        there = _letters(_before(document, place[0])), _letters(_behind(document, place[1]))
        return begin_alike(before[::-1], there[0][::-1]) + begin_alike(behind, there[1])

    return max(ranges, key=alike)


def trimmed(document: Document, start: int, end: int) -> tuple[int, int]:
    """A range of a document without white space at its ends, nor a stop or comma at its last one.

    Args:
        document: The document.
        start: Where it begins, in code points.
        end: Where it ends, half-open.

    Returns:
        Its two ends; the range is never emptied of its stop alone.
    """
    text = document.text
    while start < end and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1] in _ENDS + "\n\r\t" and not _abbreviates(text, end):
        end -= 1
    return start, end


def quoted(document: Document, start: int, end: int) -> str:
    """The words of a range as a base can hold them: on one line, without what does not show.

    Args:
        document: The document.
        start: Where the range begins, in code points.
        end: Where it ends, half-open.
    """
    return characters.condensed(document.text[start:end])


def selectors(document: Document, start: int, end: int) -> Iterator[Selector]:
    """Ways to tell a passage from others of the same words, the plainest first; one if it is alone.

    Words before it are taken before words behind it, and these before a number.

    Args:
        document: The document.
        start: Where the passage begins, in code points.
        end: Where it ends, half-open.
    """
    folded = folded_once(document.text)
    needle = fold(quoted(document, start, end)).text.strip()
    starts = list(islice(occurrences(needle, folded), _MOST_PLACES))
    ranges = [folded.original_range(at, at + len(needle)) for at in starts]
    if len(ranges) < 2:
        yield Selector()
        return
    low, high = document.around(start) or (0, start)
    before = document.text[low:start].split()
    behind = document.text[end : max(high, end)].split()
    others = [bounds for bounds in ranges if bounds[0] != start]
    for words in _growing(before, from_end=True):
        wanted = fold(words).text.strip()
        if not any(_before(document, other).endswith(wanted) for other, _ in others):
            yield Selector(prefix=words)
            break
    for words in _growing(behind, from_end=False):
        wanted = fold(words).text.strip()
        if not any(_behind(document, other).startswith(wanted) for _, other in others):
            yield Selector(suffix=words)
            break
    # The gate counts no place that runs over the end of a paragraph, unless a line goes on there.
    earlier = [bounds for bounds in ranges if bounds[0] < start]
    broken = sum(not _in_paragraph(document, *bounds) for bounds in earlier)
    for number in range(len(earlier) - broken, len(earlier) + 1):
        yield Selector(occurrence=number + 1)


def _whole(folded: Folded, start: int, end: int) -> tuple[int, int] | None:
    """A range of the folded text without the words that its ends cut, in the original."""
    while start < end and splits(folded, start):
        start += 1
    while end > start and splits(folded, end):
        end -= 1
    while start < end and folded.text[start] == " ":
        start += 1
    while end > start and folded.text[end - 1] == " ":
        end -= 1
    if not any(map(str.isalnum, folded.text[start:end])):
        return None
    return folded.original_range(start, end)


def _abbreviates(text: str, end: int) -> bool:
    """Whether a full stop belongs to what is before it, as in “U.S.”."""
    return (
        text[end - 1] == "."
        and re.search(r"(?:\A|\W)\w(?:\.\w)+\.\Z", text[max(0, end - 12) : end]) is not None
    )


def _in_paragraph(document: Document, start: int, end: int) -> bool:
    return any(low <= start and end <= high for low, high in document.paragraphs)


def _growing(words: list[str], *, from_end: bool) -> Iterator[str]:
    for count in range(1, min(_MOST_WORDS, len(words)) + 1):
        yield " ".join(words[-count:] if from_end else words[:count])


def _letters(words: str) -> str:
    """Letters and digits alone, folded: a selector need not have the marks between it and them."""
    return "".join(filter(str.isalnum, fold(words).text))


def _before(document: Document, index: int) -> str:
    return fold(document.text[max(0, index - _NEARBY) : index]).text.rstrip()


def _behind(document: Document, index: int) -> str:
    return fold(document.text[index : index + _NEARBY]).text.lstrip()
