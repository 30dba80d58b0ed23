"""What a base says in each of its languages, and what it leaves to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain as joined

from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.languages import chain, primary
from briefings.core.model import Designation, Evidence, FactBase, LocalText, Source
from briefings.core.values import dataclass

KINDS = (
    *("statements", "headlines", "judgements", "grounds", "contested questions", "gaps"),
    *("summaries", "accounts", "titles", "names", "notes", "quotes"),
)
"""What texts there are, in the order in which they are told of."""


@dataclass(frozen=True, slots=True)
class TranslationCoverage:
    """All texts of one kind for readers of one language; `counts` counts them by their language.

    A quote, or what a source calls someone, counts by the language in which that reader can read
    it: its own, or that of a translation.
    """

    kind: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many texts there are."""
        return sum(self.counts.values())

    def read(self, language: str) -> int:
        """How many of them a reader of `language` has in it, or in what it is a form of."""
        return sum(self.counts.get(code, 0) for code in chain(language))


def coverage(base: FactBase) -> dict[str, tuple[TranslationCoverage, ...]]:
    """By language of the base: each kind of text that there is, in a fixed order."""
    kinds = {kind: tuple(texts) for kind, texts in _texts(base).items()}
    quotes: list[Evidence | Designation] = [
        *(each for fact in base.facts.values() for each in fact.evidence),
        *(title for actor in base.actors.values() for title in actor.titles),
    ]
    return {
        language: tuple(
            TranslationCoverage(kind, dict(sorted(Counter(languages).items())))
            for kind, languages in (
                *((kind, [each.best(language)[0] for each in kinds[kind]]) for kind in kinds),
                ("quotes", [_readable(each, language) for each in quotes]),
            )
            if languages
        )
        for language in base.languages
    }


def untranslated_quotes(base: FactBase) -> Iterator[Diagnostic]:
    """Quotes in a foreign language without a translation into the base's own."""
    first = base.languages[0]
    for fact in base.facts.values():
        for evidence in fact.evidence:
            # A source that could not be read leaves the language unknown, and is reported itself.
            if not evidence.language or _readable(evidence, first) != evidence.language:
                continue
            if primary(evidence.language) != primary(first):
                message = f"a quote of `{fact.id}` in `{evidence.language}` has no translation"
                yield diagnostic("missing-translation", message, evidence.quote_span)


def _readable(quote: Evidence | Designation, language: str) -> str:
    """Where a reader of `language` is served neither by the quote nor by us, it is the quote's."""
    if primary(quote.language) == primary(language):
        return language
    forms = dict(quote.translation.forms) if quote.translation else {}
    return next((code for code in chain(language) if code in forms), quote.language)


def _texts(base: FactBase) -> dict[str, Iterator[LocalText]]:
    facts, judgements = base.facts.values(), base.judgements.values()
    contests, gaps, topics = base.contests.values(), base.gaps.values(), base.topics.values()
    actors, sources = base.actors.values(), base.sources.values()
    summaries, accounts = base.summaries.values(), base.accounts.values()
    return {
        "statements": (fact.statement for fact in facts),
        "headlines": _there(
            *(fact.headline for fact in facts), *(each.headline for each in accounts)
        ),
        "judgements": (each.statement for each in judgements),
        "grounds": (each.because for each in judgements),
        "contested questions": (each.question for each in contests),
        "gaps": (each.question for each in gaps),
        "summaries": joined(
            (each.headline for each in summaries), (each.standfirst.words for each in summaries)
        ),
        "accounts": (each.text.words for each in accounts),
        "titles": joined([base.title], (each.title for each in topics)),
        "names": joined(
            (each.name for each in actors), (each.name for each in base.places.values())
        ),
        "notes": _there(
            *(each.question for each in topics),
            *(fact.note for fact in facts),
            *(each.note for fact in facts for each in fact.evidence),
            *(fact.withdrawn.why for fact in facts if fact.withdrawn),
            *(
                text
                for each in contests
                for text in (each.note, *(answer for _, answer in each.says))
            ),
            *(each.why for each in gaps),
            *(each.note for each in actors),
            *(each.why for each in base.acceptances),
            *(text for each in sources for text in _notes(each)),
        ),
    }


def _notes(source: Source) -> Iterator[LocalText | None]:
    yield from (source.publisher_basis, source.published_basis, source.reliability_basis)
    yield source.descriptor
    yield source.retracted.why if source.retracted else None


def _there(*texts: LocalText | None) -> Iterator[LocalText]:
    return (text for text in texts if text is not None)
