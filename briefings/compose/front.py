"""What an edition tells first: its headline, and its facts as reports of a voice on an occasion."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.core.edition import Attribution, Content, ContestView, Front, Report, Sentence
from briefings.core.model import ContestKind, FactId, LocalText


def front(content: Content, figures: Iterable[FactId]) -> Front:
    """What the first two pages of a brief with that content tell.

    Args:
        content: All that the brief shows.
        figures: The facts whose figures the desk would show large, in its order.

    """
    told = {sentence.fact.id: sentence for sentence in content.sentences}
    reports = _reports(content.developments) + _reports(content.commentary)
    return Front(
        headline=_headline(content),
        figures=tuple(told[fact] for fact in figures if fact in told),
        news=tuple(sorted(reports, key=_weight)),
        reports=reports,
        disputes=_points(content, ContestKind.DISAGREE),
        details=_points(content, ContestKind.DETAIL),
    )


def _headline(content: Content) -> LocalText | None:
    """The first judgement, which the desk has put there because it leads."""
    return content.judgements[0].judgement.statement if content.judgements else None


def _points(content: Content, kind: ContestKind) -> tuple[ContestView, ...]:
    return tuple(view for view in content.contests if view.contest.kind is kind)


def _reports(sentences: Iterable[Sentence]) -> tuple[Report, ...]:
    """The sentences by voice and occasion, in the order of the first of each."""
    groups: dict[object, list[Sentence]] = {}
    for sentence in sentences:
        date = sentence.fact.date
        voices = tuple(map(_voice, sentence.attributions))
        occasion = voices, date.text if date is not None else "", sentence.known
        groups.setdefault(occasion, []).append(sentence)
    return tuple(Report(tuple(group)) for group in groups.values())


def _voice(said: Attribution) -> tuple[object, ...]:
    speakers = (each.id if each is not None else None for each in (said.actor, said.via))
    return (*speakers, said.anonymous, said.source.id)


def _weight(report: Report) -> tuple[bool, int]:
    """News that the desk has given a headline goes first, then that of which most is told."""
    return report.lead.fact.headline is None, -len(report.sentences)
