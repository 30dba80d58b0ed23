"""Texts whose figures need a quote, each with the facts that carry it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from briefings.check.quantities.quantity import Bound, Kind, Quantity
from briefings.core.groups import grouped
from briefings.core.languages import primary
from briefings.core.model import (
    Account,
    ContestId,
    Evidence,
    Fact,
    FactBase,
    FactId,
    LocalText,
    Summary,
)

# By language: how words before and behind a small number point back to what was named, “the two”.
_BACK: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "de": (r"\b(?:die|diese|den|diesen|der|dieser)\s+$", ""),
        "en": (r"\b(?:the|these|those|both)\s+$", ""),
        "es": (r"\b(?:los|las|estos|estas|esos|esas)\s+$", ""),
        "fa": (r"(?<!\w)(?:این|آن|هر|همین|همان)\s+$", r"\s+(?:کشور|طرف|جانب|تن|نفر|دولت)(?!\w)"),
        "fr": (r"\b(?:les|ces|des|aux)\s+$", ""),
        "it": (r"\b(?:i|le|gli|questi|queste|dei|delle)\s+$", ""),
        "nl": (r"\b(?:de|deze|die)\s+$", ""),
        "pt": (r"\b(?:os|as|estes|estas|esses|essas|dos|das)\s+$", ""),
        "ru": (r"\b(?:эти|этих|обе|оба|те|тех)\s+$", r"\s+(?:страны|стороны)\b"),
        "tr": (r"\b(?:bu|şu|o|her)\s+$", r"\s+(?:ülke|taraf)\w*"),
        "uk": (r"\b(?:ці|цих|обидва|обидві|ті|тих)\s+$", r"\s+(?:країни|сторони)\b"),
    }
)
_MOST_NAMED = 3


class Stated(NamedTuple):
    """A text that states something of `facts`, and what messages call it.

    `whole` is its name where it stands alone, `part` behind that of its facts. Of prose, which is a
    summary's or an account's, `named` counts the actors and places that it may point back to. A
    label is a headline, which its statement says again in full.
    """

    facts: tuple[Fact, ...]
    whole: str
    part: str
    text: LocalText
    is_translation: bool = False
    is_prose: bool = False
    named: int = 0
    is_label: bool = False

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What carries it: all quotes of its facts."""
        return tuple(each for fact in self.facts for each in fact.evidence)

    @property
    def names(self) -> str:
        """Its facts, as a message names them."""
        return ", ".join(f"`{fact.id}`" for fact in self.facts)

    def points_back(self, figure: Quantity, language: str) -> bool:
        """Whether a figure only counts again what the text has named, “the two”."""
        before, behind = _BACK.get(primary(language), ("", ""))
        text = self.text.get(language) or ""
        if not _is_plain(figure) or not 2 <= figure.value <= min(_MOST_NAMED, self.named):
            return False
        head, tail = text[: figure.start].lower(), text[figure.end :]
        return bool((before and re.search(before, head)) or (behind and re.match(behind, tail)))


def of_fact(fact: Fact, what: str, text: LocalText, *, is_translation: bool = False) -> Stated:
    """A text of one fact.

    Args:
        fact: Whose text it is.
        what: What to call it: `statement`, `headline`.
        text: Its words in each language.
        is_translation: Whether it only says a quote again.
    """
    whole = f"the {what} of `{fact.id}`"
    is_label = what == "headline"
    return Stated((fact,), whole, f"its {what}", text, is_translation, is_label=is_label)


def answers(base: FactBase) -> dict[FactId, list[tuple[ContestId, LocalText]]]:
    """By fact: what it answers to contested points."""
    return grouped(
        (position, (contest.id, answer))
        for contest in base.contests.values()
        for position, answer in contest.says
    )


def of_prose(base: FactBase, entry: Summary | Account) -> Iterator[Stated]:
    """Each claim of a summary or account, and its headline, over the facts that carry it.

    What no document tells may have the figures of any fact of its text.
    """
    facts = tuple(base.facts[name] for name in entry.facts if name in base.facts)
    named = len({name for fact in facts for name in (*fact.actors, *fact.places)})
    for language, claims in entry.prose.forms:
        for claim in claims:
            names = claim.facts or entry.facts
            if not are_read(base, names):
                continue
            own = tuple(base.facts[name] for name in names)
            text = LocalText(((language, claim.text),), claim.span)
            yield Stated(own, entry.what, entry.what, text, is_prose=True, named=named)
    if entry.headline is not None and are_read(base, entry.facts):
        what = f"the headline of {entry.what}"
        yield Stated(facts, what, what, entry.headline, is_prose=True, named=named, is_label=True)


def are_read(base: FactBase, names: Iterable[FactId]) -> bool:
    """Whether the quotes of all these facts are known; a fact with a mistake of form has none."""
    return all(name in base.facts for name in names)


def _is_plain(figure: Quantity) -> bool:
    return (
        figure.kind is Kind.NUMBER
        and figure.unit is None
        and figure.bound is Bound.NONE
        and figure.upper is None
    )
