"""Letters that a reader takes for the same: what a search sets aside beyond what the gate does."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator
from functools import lru_cache

from briefings.check.quotes.fold import Folded, fold
from briefings.core.values import dataclass

# What Unicode does not take apart although people write one for the other.
_ALIKE = {
    **dict.fromkeys("ىي", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ةۀہھە", "ه"),
    "ٱ": "ا",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "-": " ",
}


@dataclass(frozen=True, slots=True)
class LoosenedText:
    """A text without case, accents and vowel signs; `folded[indexes[i]]` became `text[i]`."""

    folded: Folded
    text: str
    indexes: array[int]

    def places(self, needle: str) -> Iterator[tuple[int, int]]:
        """Where a loosened `needle` stands: half-open ranges of the original, none overlapping."""
        at = self.text.find(needle) if needle else -1
        while at >= 0:
            end = at + len(needle)
            yield self.folded.original_range(self.indexes[at], self.indexes[end - 1] + 1)
            at = self.text.find(needle, end)


def loosen(original: str) -> LoosenedText:
    """`original`, loosened, with the way back to every code point of it."""
    folded = fold(original)
    letters: list[str] = []
    indexes = array("I")
    blank = False
    for index, char in enumerate(folded.text):
        for letter in _letters(char):
            if letter == " " and blank:
                continue
            blank = letter == " "
            letters.append(letter)
            indexes.append(index)
    return LoosenedText(folded, "".join(letters), indexes)


def needle(text: str) -> str:
    """`text` as it is looked for, without white space at its ends."""
    return loosen(text).text.strip()


@lru_cache(maxsize=4096)
def _letters(char: str) -> str:
    """What is left of a character: its letters in lower case, its digits in ASCII."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    apart = unicodedata.normalize("NFKD", char).casefold()
    kept = (each for each in apart if not unicodedata.category(each).startswith("M"))
    return "".join(_ALIKE.get(each, each) for each in kept)
