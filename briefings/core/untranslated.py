"""What an edition has to say first, and has not in its own language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefings.core.languages import primary
from briefings.core.model import LocalText
from briefings.core.values import dataclass

# For types alone: the report of a check needs no more than the type below.
if TYPE_CHECKING:
    from briefings.core.edition import Edition


@dataclass(frozen=True, slots=True)
class Untranslated:
    """Texts of one kind that are there in `languages` instead; of `total`, `missing` are."""

    kind: str
    missing: int
    total: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmade:
    """An edition that is not made unless it is asked for by its language, and what it lacks."""

    brief: str
    language: str
    missing: tuple[Untranslated, ...]


def untranslated(edition: Edition) -> tuple[Untranslated, ...]:
    """What keeps an edition from being one in its language, in the order of a brief.

    Of headline, summary, judgements and accounts each has to be translated. Statements may be left
    to another language, but not all of them: so a desk that writes no accounts is held to more
    than the title. A language serves the readers of any form of it.
    """
    language = edition.spec.language
    missing: list[Untranslated] = []
    for kind, texts in _texts(edition):
        codes = [text.best(language)[0] for text in texts]
        others = [code for code in codes if primary(code) != primary(language)]
        if others and (kind != "statements" or len(others) == len(codes)):
            languages = tuple(dict.fromkeys(others))
            missing.append(Untranslated(kind, len(others), len(codes), languages))
    return tuple(missing)


def _texts(edition: Edition) -> Iterator[tuple[str, list[LocalText]]]:
    headline = edition.front.headline
    of_accounts = (view.account.headline for view in edition.accounts)
    headlines = [edition.title if headline is None else headline]
    headlines += [
        finding.summary.summary.headline for finding in edition.findings if finding.summary
    ]
    yield "headlines", [*headlines, *(each for each in of_accounts if each is not None)]
    if edition.summary is not None:
        yield "summaries", [edition.summary.summary.standfirst.words]
    yield "judgements", [view.judgement.statement for view in edition.judgements]
    yield "accounts", [view.account.text.words for view in edition.accounts]
    yield "statements", [sentence.fact.statement for sentence in edition.sentences]
