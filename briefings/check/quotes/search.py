"""Quotes and documents made ready for each other, and the places where a quote stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice

from briefings.check.quotes import linebreaks, lookalikes, nearest
from briefings.check.quotes.cuts import MOST_TRIED, splits
from briefings.check.quotes.fold import Folded, folded_once, folded_text
from briefings.check.quotes.haystack import Haystack
from briefings.core.model import Document
from briefings.core.span import line_starts
from briefings.core.values import dataclass

# Each alternative begins with a letter of its own, so that a search runs over all others.
GAP = re.compile(r"\[\s?(?:…|\.{3,})\s?\]|\(\s?(?:…|\.{3,})\s?\)|…|\.\.\.+|\.(?:[ \u00a0]\.){2,}")
_BRACKETED = re.compile(r"\[(\w)\](?=\w)")
_WRAPPED = re.compile(
    r"(?P<marks>“(.+)”|\"(.+)\"|„(.+)[“”]|«\s?(.+?)\s?»|‘(.+)’|'(.+)'|‹\s?(.+?)\s?›|「(.+)」|『(.+)』)",
    re.DOTALL,
)
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_MOST_PARTS = 20
MOST_PLACES = 1000
"""How many places of a quote are told apart."""

Place = tuple[tuple[int, int], ...]
"""The fragments of one occurrence, in folded indexes."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """One way to read a quote: whole, and in the parts between its ellipses, all folded.

    `written` are the parts as they are written; `set_aside` names what this way reads over.
    """

    text: str
    whole: str
    written: tuple[str, ...]
    parts: tuple[str, ...]
    has_gap: bool
    set_aside: tuple[str, ...] = ()


@lru_cache(maxsize=16)  # one quote is asked for more than once before the next
def read(text: str, *set_aside: str) -> Searchable:
    """`text` as it is written."""
    text = text.strip()
    pieces = [piece.strip() for piece in GAP.split(text)]
    inner = range(1, len(pieces) - 1)
    written = tuple(piece for at, piece in enumerate(pieces) if piece or at in inner)
    parts = tuple(folded_text(piece).strip() for piece in written)
    return Searchable(text, folded_text(text).strip(), written, parts, len(pieces) > 1, set_aside)


def readings(text: str) -> Iterator[Searchable]:
    """Every way to read a quote, as it is written first.

    Then without the quotation marks around it, and with letters as they stood before an editor
    wrote `[S]ome` for `some`.
    """
    yield read(text)
    inner = text.strip()
    aside: tuple[str, ...] = ()
    if (match := _WRAPPED.fullmatch(inner)) is not None:
        inner = next(group for group in match.groups()[1:] if group is not None)
        aside = ("quotation marks around it",)
        yield read(inner, *aside)
    if _BRACKETED.search(inner) is not None:
        changed = _BRACKETED.sub(lambda match: match[1].swapcase(), inner)
        yield read(changed, *aside, "a bracketed letter")


def fault(quote: Searchable) -> str | None:
    """Why it can't be a quote at all."""
    if not quote.parts or not all(any(map(str.isalnum, part)) for part in quote.parts):
        return "holds a part without letter or digit"
    if len(quote.parts) > _MOST_PARTS:
        return f"has more than {_MOST_PARTS} parts"
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a quote stands, read in one way; `places` is never empty.

    Each place is in the indexes of `folded`, which is that of the document or, where a word was
    broken at a line end, one without hyphens.
    """

    reading: Searchable
    folded: Folded
    places: tuple[Place, ...]


# A page has a few lines at its foot and its head: a number, a title, a date.
_MOST_FURNITURE = 5
_ENDS = re.compile(r"[.!?:;؟。！？]\W*$")
_TAIL = 4


class Searched:
    """A document made ready for searching, once for all its quotes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._known: dict[str, Standing | None] = {}

    @cached_property
    def folded(self) -> Folded:
        """Its text, folded when the first quote is looked for."""
        return folded_once(self.document.text)

    @cached_property
    def ranges(self) -> Sequence[tuple[int, int]]:
        """Its paragraphs in the indexes of the folded text."""
        return _ranges(self.folded, self.document)

    @cached_property
    def words(self) -> nearest.Paragraphs:
        """Its words, for the nearest passage to a lost quote."""
        return nearest.paragraphs(self.document)

    def line(self, position: int) -> int:
        """The line of the document, from 1, in which the code point at `position` stands."""
        return bisect_right(self._line_starts, position)

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return line_starts(self.document.text)

    def standing(self, text: str) -> Standing | None:
        """Where the quote `text` stands, by the first way of reading it that is found."""
        if text not in self._known:
            self._known[text] = next(self._standings(text), None)
        return self._known[text]

    def holds(self, needle: str) -> bool:
        """Whether the folded `needle` stands whole anywhere."""
        return next(self._occurrences(needle), None) is not None

    def _standings(self, text: str) -> Iterator[Standing]:
        for reading in readings(text):
            if fault(reading) is not None:
                continue
            places: list[Place] = [
                ((index, index + len(reading.whole)),)
                for index in islice(self._occurrences(reading.whole), MOST_PLACES)
                if self._reads_on(self.folded, self.ranges, index, index + len(reading.whole))
            ]
            if not places and reading.has_gap:
                places = list(islice(self._chains(reading.parts), MOST_PLACES))
            if places:
                yield Standing(reading, self.folded, tuple(places))
            elif not reading.has_gap:
                yield from self._written_otherwise(reading)

    def _written_otherwise(self, reading: Searchable) -> Iterator[Standing]:
        """Where the document breaks a word of the quote at a line end, or mixes its letters."""
        if (joined := self._joined) is not None:
            candidates = islice(joined.places(reading.whole), MOST_PLACES)
            places = self._unbroken(joined.folded, self._joined_ranges, candidates)
            if places:
                yield Standing(reading, joined.folded, places)
        if (alike := self._lookalikes) is not None:
            candidates = islice(alike.places(reading.whole), MOST_PLACES)
            places = self._unbroken(self.folded, self.ranges, candidates)
            if places:
                yield Standing(reading, self.folded, places)

    def _unbroken(
        self,
        folded: Folded,
        ranges: Sequence[tuple[int, int]],
        candidates: Iterable[tuple[int, int]],
    ) -> tuple[Place, ...]:
        return tuple(
            (part,) for part in candidates if self._reads_on(folded, ranges, part[0], part[1])
        )

    @cached_property
    def _lookalikes(self) -> lookalikes.Lookalikes | None:
        return lookalikes.lookalikes(self.folded)

    @cached_property
    def _joined(self) -> linebreaks.Joined | None:
        return linebreaks.joined(self.folded)

    @cached_property
    def _joined_ranges(self) -> Sequence[tuple[int, int]]:
        return _ranges(self._joined.folded, self.document) if self._joined else []

    def _occurrences(self, needle: str) -> Iterator[int]:
        """Where `needle` stands whole: where neither end cuts a word or a number."""
        for index in islice(self._haystack.places(needle), MOST_TRIED):
            if not splits(self.folded, index) and not splits(self.folded, index + len(needle)):
                yield index

    @cached_property
    def _haystack(self) -> Haystack:
        return Haystack(self.folded.text)

    def _chains(self, parts: tuple[str, ...]) -> Iterator[Place]:
        """The tightest ways to find `parts` in order within one paragraph."""
        seen = -1
        for first in islice(self._occurrences(parts[0]), MOST_PLACES):
            paragraph = bisect_right(self.ranges, (first, len(self.folded.text))) - 1
            if paragraph not in (seen, -1):
                seen = paragraph
                start, _ = self.ranges[paragraph]
                yield from self._chains_between(parts, start, self._page_end(paragraph))

    def _page_end(self, paragraph: int) -> int:
        """Where a paragraph ends, be it on the next page, behind what stands at its foot and head.

        It goes on there if it ends no sentence on this page and that one begins in lower case.
        """
        end, text = self.ranges[paragraph][1], self.folded.text
        if _ENDS.search(text, max(0, end - _TAIL), end) is not None:
            return end
        last = self.folded.original_range(end - 1, end)[1]
        for start, stop in self.ranges[paragraph + 1 : paragraph + 1 + _MOST_FURNITURE]:
            if start == stop:  # of characters that do not show
                continue
            first = self.folded.original_range(start, start + 1)[0]
            if text[start].islower() and "\f" in self.folded.original[last:first]:
                return stop
        return end

    def _chains_between(self, parts: tuple[str, ...], start: int, end: int) -> list[Place]:
        starts = [list(islice(self._between(part, start, end), MOST_PLACES)) for part in parts]
        tails: dict[Place, int] = {}
        for first in starts[0]:
            chain = [(first, first + len(parts[0]))]
            for part, behind in zip(parts[1:], starts[1:], strict=True):
                at = bisect_left(behind, chain[-1][1])
                if at == len(behind):
                    break
                chain.append((behind[at], behind[at] + len(part)))
            if len(chain) < len(parts):
                break  # what is missing behind this first part is missing behind all later ones
            # A later first part before the same rest is the tighter passage.
            tails[tuple(chain[1:])] = first
        return [((first, first + len(parts[0])), *rest) for rest, first in tails.items()]

    def _between(self, needle: str, start: int, end: int) -> Iterator[int]:
        index, text = self.folded.text.find(needle, start, end), self.folded.text
        for _ in range(MOST_TRIED):
            if index < 0:
                return
            if not splits(self.folded, index) and not splits(self.folded, index + len(needle)):
                yield index
            index = text.find(needle, index + 1, end)

    @staticmethod
    def _reads_on(folded: Folded, ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
        """Whether a range stays in one paragraph, or runs only over ends of wrapped lines.

        A line that goes on in lower case was wrapped, or cut by the end of a page; any other is
        a paragraph of its own, and words on both sides of its end are no sentence.
        """
        at = max(bisect_right(ranges, (start, len(folded.text))) - 1, 0)
        while at + 1 < len(ranges) and ranges[at + 1][0] < end:
            stop, begin = ranges[at][1], ranges[at + 1][0]
            end_of_line = folded.original_range(stop - 1, stop)[1]
            between = folded.original[end_of_line : folded.original_range(begin, begin + 1)[0]]
            page_end = "\f" in between
            wrapped = page_end or len(_LINE_BREAK.findall(between)) == 1
            following = folded.text[begin]
            if not wrapped or not (following.islower() or (page_end and _is_caseless(following))):
                return False
            at += 1
        return True


def _is_caseless(char: str) -> bool:
    return char.isalpha() and char.lower() == char.upper()


def _ranges(folded: Folded, document: Document) -> Sequence[tuple[int, int]]:
    """The paragraphs of a document in the indexes of its folded text."""
    if folded.runs is None:  # as of most: these are their own, and of a large desk there are many
        return document.paragraphs
    return [(folded.index(start), folded.index(end)) for start, end in document.paragraphs]
