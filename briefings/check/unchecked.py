"""What rules can't read: the texts whose language they have no words for, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Unchecked:
    """How many texts in `language` the `rule`, a plural noun, has passed over."""

    rule: str
    language: str
    count: int


def counted(
    rule: str, languages: Iterable[str], reads: Callable[[str], bool]
) -> Iterator[Unchecked]:
    """One count for each of `languages`, one a text, that a rule does not read.

    Args:
        rule: What to call it.
        languages: That of each text, by code.
        reads: Whether it reads a language.
    """
    for language, count in sorted(Counter(languages).items()):
        if not reads(language):
            yield Unchecked(rule, language, count)
