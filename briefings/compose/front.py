"""What an edition tells first: its headline, and its facts as reports of a voice on an occasion."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.core.edition import Content, Front, Report, Sentence
from briefings.core.model import LocalText


def front(content: Content) -> Front:
    """What the first two pages of a brief with that content tell."""
    reports = _reports(content.developments) + _reports(content.commentary)
    return Front(
        headline=_headline(content),
        news=tuple(sorted(reports, key=_weight)),
        reports=reports,
    )


def _headline(content: Content) -> LocalText | None:
    """The first judgement, which the desk has put there because it leads."""
    return content.judgements[0].judgement.statement if content.judgements else None


def _reports(sentences: Iterable[Sentence]) -> tuple[Report, ...]:
    """The sentences by voice and occasion, in the order of the first of each."""
    groups: dict[object, list[Sentence]] = {}
    for sentence in sentences:
        date = sentence.fact.date
        occasion = sentence.attributions, date.text if date is not None else "", sentence.known
        groups.setdefault(occasion, []).append(sentence)
    return tuple(Report(tuple(group)) for group in groups.values())


def _weight(report: Report) -> tuple[bool, int]:
    """News that the desk has given a headline goes first, then that of which most is told."""
    return report.lead.fact.headline is None, -len(report.sentences)
