"""What an edition tells first: its headline, and its facts by account or by voice and occasion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from briefings.core.edition import (
    Attribution,
    Content,
    ContestView,
    Front,
    JudgementView,
    Sentence,
    Telling,
)
from briefings.core.model import ContestKind, FactId, Filters, LocalText
from briefings.core.sentences import unstopped


def front(content: Content, figures: Iterable[FactId]) -> Front:
    """What the first two pages of a brief with that content tell.

    Args:
        content: All that the brief shows.
        figures: The facts whose figures the desk would show large, in its order.
    """
    by_fact = {sentence.fact.id: sentence for sentence in content.sentences}
    accounts = [(view.is_new, Telling(view.sentences, view)) for view in content.accounts]
    new = [report for is_new, report in accounts if is_new]
    groups = [*_groups(content.developments), *_groups(content.commentary)]
    earlier = [report for is_new, report in accounts if not is_new]
    if not (new or groups):
        earlier = sorted([*earlier, *_groups(content.background)], key=_last_known, reverse=True)
    leading = _leading(content)
    return Front(
        headline=_headline(content, leading),
        leading=leading,
        judgements=content.judgements[1:] if leading is not None else content.judgements,
        figures=tuple(by_fact[fact] for fact in figures if fact in by_fact),
        news=(*new, *sorted(groups, key=_weight)),
        reports=(*new, *groups, *earlier),
        disputes=_points(content, ContestKind.DISAGREE),
        details=_points(content, ContestKind.DETAIL),
    )


def _leading(content: Content) -> JudgementView | None:
    """What a topic comes to where nothing sums it up.

    Of what filters leave of it no judgement says that, nor one of several topics of all of them.
    """
    is_whole = content.spec.filters == Filters() and not content.findings
    return next(iter(content.judgements), None) if content.summary is None and is_whole else None


def _headline(content: Content, leading: JudgementView | None) -> LocalText | None:
    if content.summary is not None:
        return content.summary.summary.headline
    if leading is None:
        return None
    first = leading.judgement.statement
    return replace(first, forms=tuple((code, unstopped(words)) for code, words in first.forms))


def _points(content: Content, kind: ContestKind) -> tuple[ContestView, ...]:
    return tuple(view for view in content.contests if view.contest.kind is kind)


def _groups(sentences: Sequence[Sentence]) -> list[Telling]:
    """The sentences that no account tells, by voice and occasion, in the order of the first."""
    groups: dict[object, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.accounts:
            continue
        event = sentence.fact.date
        voices = tuple(map(_voice, sentence.attributions))
        occasion = voices, event.text if event is not None else "", sentence.known
        groups.setdefault(occasion, []).append(sentence)
    return [Telling(tuple(group)) for group in groups.values()]


def _voice(attribution: Attribution) -> tuple[object, ...]:
    actors = attribution.actor, attribution.via
    speakers = (actor.id if actor is not None else None for actor in actors)
    return (*speakers, attribution.anonymous, attribution.source.id)


def _last_known(report: Telling) -> date:
    return max(sentence.known for sentence in report.sentences)


def _weight(report: Telling) -> tuple[bool, int]:
    """News that the desk has given a headline goes first, then that of which most is told."""
    is_named = any(sentence.fact.headline is not None for sentence in report.sentences)
    return not is_named, -len(report.sentences)
