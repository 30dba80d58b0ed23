"""Which rule of words reads what in which language, and what no rule reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from briefings.check.unchecked import Unchecked, counted
from briefings.check.words import languages, words
from briefings.core.languages import primary
from briefings.core.model import FactBase

# Each rule by what it is for, and the sections of a language's words that it needs, any of them.
_RULES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "denials lost or added": ("not", "denial"),
        "hedges lost": ("reported", "possible", "believed"),
        "plans, attempts, demands and conditions told as done": ("plan", "attempt", "condition"),
        "who speaks": ("said", "source"),
        "plans told as events": ("future",),
        "directions and other words turned": ("opposites",),
        "opposites of which nobody tells both: boys for girls": ("sided",),
        "one of a kind told for another: doctors for nurses": ("kinds",),
        "who does something to whom": ("acts", "deeds"),
        "who says what another does": ("telling",),
        "somebody in office for a source that is not named": ("unnamed",),
        "a ban that was refused": ("bans",),
        "“the witnesses” for some of them": ("partitive",),
        "a name beside a title, in scripts without capitals": ("titles.before", "titles.behind"),
        "countries, in scripts without capitals": ("kinds.country",),
        "from and to, before and after, and what is a cause": ("ends.from", "ends.before"),
        "two parts of a sentence in each other's place": ("ends.mutual",),
        "amounts turned: none, some, most, all": ("amounts",),
        "a record that no quote tells of": ("records",),
        "more than any quote says: convicted for charged, agreed for met": ("stronger",),
        "the minister for his deputy, or for a former one": ("qualifiers", "qualifiers_behind"),
        "the whole country for some of its parts": ("everywhere",),
        "“only” dropped from what somebody agreed to or promised, “partly”": ("limited",),
        "by how much something changed, told for what it came to": ("change",),
        "words cut off at a quote's ends, or left out by an ellipsis": ("edge.not", "edge.bound"),
        "whether a statement shares words with its quotes": ("stop",),
        "denials and hedges of translations": ("wide.not",),
        "up or down, passed or turned down, guilty or not, in translations": (
            "axes.rise",
            "axes.pass",
            "axes.guilt",
        ),
    }
)


def table() -> dict[str, tuple[str, ...]]:
    """By rule: the languages whose words it knows. Shared words are compared in any language."""
    known = {language: own for language in languages() if (own := words(language)) is not None}
    return {
        rule: tuple(
            language
            for language, own in known.items()
            if any(own.knows(section) for section in sections)
        )
        for rule, sections in _RULES.items()
    }


def unread(base: FactBase) -> Iterator[Unchecked]:
    """Statements, quotes, summaries and accounts in languages whose words no rule knows."""
    texts = (
        *(code for fact in base.facts.values() for code, _ in fact.statement.forms),
        *(each.language for fact in base.facts.values() for each in fact.evidence),
        *(code for entry in base.prose for code, _ in entry.prose.forms),
    )
    known = frozenset(languages())
    yield from counted("denials, caution and voice", texts, lambda code: primary(code) in known)
