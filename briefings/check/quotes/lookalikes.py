"""Words of two scripts in a document: a quote may write them in one, by letters that look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from briefings.check.quotes.cuts import splits
from briefings.check.quotes.fold import Folded
from briefings.check.quotes.haystack import Haystack

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_OTHER = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_LIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсухѕԁһԛԝАΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναρ",
    "ABESIJKMHOPCTYXaeijopcyxsdhqwAABEZHIKMNOPTYXovap",
)
_MOST_TRIED = 20_000


class Lookalikes:
    """A folded document that holds words of two scripts, and where they are."""

    def __init__(self, folded: Folded, mixed: frozenset[int]) -> None:
        self._folded = folded
        self._mixed = mixed
        self._haystack = Haystack(folded.text.translate(_LIKE))

    def places(self, needle: str) -> Iterator[tuple[int, int]]:
        """Where `needle` stands whole, if it differs only in letters of words of two scripts."""
        wanted, text = needle.translate(_LIKE), self._folded.text
        for index in islice(self._haystack.places(wanted), _MOST_TRIED):
            end = index + len(needle)
            if (
                all(
                    text[index + at] == char or index + at in self._mixed
                    for at, char in enumerate(needle)
                )
                and not splits(self._folded, index)
                and not splits(self._folded, end)
            ):
                yield index, end


def lookalikes(folded: Folded) -> Lookalikes | None:
    """The document's words of two scripts, None where it has none."""
    text = folded.text
    if _OTHER.search(text) is None or _LATIN.search(text) is None:
        return None
    mixed = [
        match.span()
        for match in _WORD.finditer(text)
        if _LATIN.search(match.group()) and _OTHER.search(match.group())
    ]
    if not mixed:
        return None
    return Lookalikes(folded, frozenset(at for start, end in mixed for at in range(start, end)))
