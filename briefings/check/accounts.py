"""Whether summaries and accounts tell what they may: their topics, markings, rivals and days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.groups import grouped
from briefings.core.knowledge import facts_known
from briefings.core.languages import chain
from briefings.core.marking import fact_markings
from briefings.core.model import (
    Account,
    Contest,
    ContestKind,
    Fact,
    FactBase,
    FactId,
    FactKind,
    Summary,
    TopicId,
)
from briefings.core.span import Span

# What a summary that does not tell it is older than; a plan or a comment is no development.
_NEWS = frozenset({FactKind.EVENT, FactKind.STATEMENT, FactKind.CLAIM, FactKind.FIGURE})


def topics(base: FactBase) -> Iterator[Diagnostic]:
    """Facts of another topic that a summary, an account or a topic's key figures name."""
    points = _points(base)
    for entry in base.prose:
        own = set(_topics(entry))
        facts = tuple(_facts(base, entry))
        on_topic = {fact.id for fact in facts if not own.isdisjoint(fact.topics)}
        for fact in facts:
            rivals = (name for each in points.get(fact.id, ()) for name in each.positions)
            if fact.id not in on_topic and on_topic.isdisjoint(rivals):
                message = f"{entry.what} tells `{fact.id}`, which is of none of its topics"
                hint = Hint("add the topic here, or take the mark out", fact.span)
                yield diagnostic("fact-off-topic", message, _mark(entry, fact.id), hint)
    for topic in base.topics.values():
        for name in topic.key_figures:
            if name in base.facts and topic.id not in base.facts[name].topics:
                message = f"key figure `{name}` of topic `{topic.id}` is of another topic"
                hint = Hint("add the topic here", base.facts[name].span)
                yield diagnostic("fact-off-topic", message, topic.span, hint)


def too_open(base: FactBase) -> Iterator[Diagnostic]:
    """Summaries and accounts that are marked lower than a fact that they tell."""
    marked = fact_markings(base) if base.prose else {}
    for entry in base.prose:
        named = (name for name in entry.facts if name in marked)
        highest = max(named, key=lambda name: marked[name], default=None)
        if entry.marking is None or highest is None or entry.marking >= marked[highest]:
            continue
        label = marked[highest].label
        message = f"{entry.what} is {entry.marking.label} and tells `{highest}`, which is {label}"
        step = "leave `marking` out: it is as restricted as its most restricted fact"
        yield diagnostic("marking-too-low", message, entry.marking_span, step)


def languages(base: FactBase) -> Iterator[Diagnostic]:
    """Languages of a summary or account that other facts carry than the first one."""
    for entry in base.prose:
        facts = {
            code: {fact for claim in claims for fact in claim.facts}
            for code, claims in entry.prose.forms
        }
        first, *others = facts
        for code in others:
            # Told by the words in which it differs, a form has the marks of the whole one.
            if any(facts.get(whole) == facts[code] for whole in chain(code)[1:]):
                continue
            for here, there in ((first, code), (code, first)):
                if missing := sorted(facts[here] - facts[there]):
                    names = ", ".join(f"`{name}`" for name in missing)
                    message = f"{entry.what} marks {names} in `{here}` and not in `{there}`"
                    yield diagnostic("marks-differ", message, entry.prose.words.place(there))


def rivals(base: FactBase) -> Iterator[Diagnostic]:
    """Contested facts that are told without a rival, and without a word of the dispute."""
    if not base.prose:
        return
    known, points = facts_known(base), _points(base)
    for entry in base.prose:
        for name in entry.contested:
            contest = base.contests.get(name)
            if contest is not None and set(contest.positions).isdisjoint(entry.facts):
                message = f"{entry.what} lists contested point `{name}` and tells no position"
                yield diagnostic("bad-value", message, entry.span, "take it out of `contested`")
        contests = {each.id: each for fact in entry.facts for each in points.get(fact, ())}
        for contest in contests.values():
            for fact in _alone(base, entry, contest, known):
                message = f"{entry.what} tells `{fact}`, and no rival in `{contest.id}`"
                yield diagnostic(
                    "one-side-told",
                    message,
                    _mark(entry, fact),
                    Hint("contested here", contest.span),
                    f"mark a rival too, or write `contested: [{contest.id}]` if its words say that"
                    " it is disputed",
                )


def days(base: FactBase) -> Iterator[Diagnostic]:
    """Summaries of one day, made before their facts were known, or older than the news."""
    if not base.summaries:
        return
    known = facts_known(base)
    of_day: dict[tuple[TopicId, date], Summary] = {}
    for summary in base.summaries.values():
        other = of_day.setdefault((summary.topic, summary.made), summary)
        if other is not summary:
            message = f"summaries `{other.id}` and `{summary.id}` are of one topic and day"
            hint = Hint("the other", other.span)
            yield diagnostic("bad-value", message, summary.span, "keep one of the two", hint)
        if (last := _last_after(summary, known)) is not None:
            message = (
                f"summary `{summary.id}` was made on {summary.made}, and `{last}` could be"
                f" known only on {known[last]}"
            )
            yield diagnostic("summary-before-facts", message, _mark(summary, last))
    yield from _outdated(base, known)


def _last_after(summary: Summary, known: Mapping[FactId, date]) -> FactId | None:
    """The fact of a summary that became known last, if that was after it was made."""
    later = (name for name in summary.facts if known.get(name, date.min) > summary.made)
    return max(later, key=lambda name: known[name], default=None)


def withdrawn(base: FactBase) -> Iterator[Diagnostic]:
    """Summaries and accounts that no later edition shows, since a fact of theirs fell.

    They are left in peace once the desk has written another: a summary of a later day, an account
    that tells what holds instead.
    """
    latest = _latest(base.summaries.values())
    told_facts = {fact for each in base.accounts.values() for fact in each.facts}
    for entry in base.prose:
        for fact in _facts(base, entry):
            end = fact.withdrawn
            if end is None or (isinstance(entry, Summary) and latest[entry.topic] is not entry):
                continue
            if isinstance(entry, Account) and end.replaced_by in told_facts:
                continue
            message = f"{entry.what} falls with `{fact.id}`, which is withdrawn on {end.on}"
            step = "write another on what still holds, with an id of its own"
            hint = Hint("withdrawn here", end.span)
            yield diagnostic("rests-on-withdrawn", message, _mark(entry, fact.id), step, hint)


RULES: tuple[Callable[[FactBase], Iterable[Diagnostic]], ...] = (
    *(topics, too_open, languages, rivals, days, withdrawn),
)
"""The rules of this module, each a function of the base alone."""


def _topics(entry: Summary | Account) -> tuple[TopicId, ...]:
    return (entry.topic,) if isinstance(entry, Summary) else entry.topics


def _facts(base: FactBase, entry: Summary | Account) -> Iterator[Fact]:
    """The facts that it tells, but for those that could not be read."""
    return (base.facts[name] for name in entry.facts if name in base.facts)


def _mark(entry: Summary | Account, fact: FactId) -> Span:
    """The first mark that names a fact."""
    claims = (claim for _, form in entry.prose.forms for claim in form)
    return next(claim.span for claim in claims if fact in claim.facts)


def _points(base: FactBase) -> dict[FactId, list[Contest]]:
    """By fact: the contested points of which it is a position."""
    return grouped(
        (name, contest) for contest in base.contests.values() for name in contest.positions
    )


def _alone(
    base: FactBase, entry: Summary | Account, contest: Contest, known: dict[FactId, date]
) -> Iterator[FactId]:
    """The positions that are told although none that answers otherwise is.

    A summary needs to know no rival that came after it. A rival that it tells is told, withdrawn or
    not: with that one it falls.
    """
    if (
        contest.kind is ContestKind.DETAIL
        or contest.topic not in _topics(entry)
        or contest.id in entry.contested
    ):
        return
    until = date.max
    if isinstance(entry, Summary):
        told = (known[fact] for fact in entry.facts if fact in known)
        until = max((entry.made, *told))
    open_then = {
        name
        for name in contest.positions
        if name in known
        and known[name] <= until
        and (base.facts[name].withdrawn is None or name in entry.facts)
    }
    for fact in entry.facts:
        if fact not in contest.positions:
            continue
        answer = contest.answer(fact)
        forms = answer.forms if answer is not None else None
        against = {
            name
            for name in open_then - {fact}
            if forms is None or (other := contest.answer(name)) is None or other.forms != forms
        }
        if against and against.isdisjoint(entry.facts):
            yield fact


def _latest(summaries: Iterable[Summary]) -> dict[TopicId, Summary]:
    """By topic: the summary of the latest day."""
    ordered = sorted(summaries, key=lambda each: (each.made, each.id))
    return {each.topic: each for each in ordered}


def _outdated(base: FactBase, known: dict[FactId, date]) -> Iterator[Diagnostic]:
    """The summaries that lead the newest editions, if a development came after them.

    One that tells what came after it has a wrong day, and is reported for that.
    """
    until = base.edition.as_of or date.max
    latest = _latest(each for each in base.summaries.values() if each.made <= until)
    newest: dict[TopicId, tuple[date, FactId]] = {}
    for name, fact in base.facts.items():
        if fact.kind not in _NEWS or fact.withdrawn or not (day := known.get(name)) or day > until:
            continue
        for topic in latest.keys() & set(fact.topics):
            newest[topic] = max((day, name), newest.get(topic, (date.min, name)))
    for topic, summary in latest.items():
        day, name = newest.get(topic, (date.min, FactId("")))
        if day > summary.made and _last_after(summary, known) is None:
            message = (
                f"summary `{summary.id}` was made on {summary.made}, and `{name}` came on {day}"
            )
            step = "write another of a later day, or answer this if it changes nothing"
            hint = Hint("the newest development", base.facts[name].span)
            yield diagnostic("summary-outdated", message, summary.span, step, hint)
