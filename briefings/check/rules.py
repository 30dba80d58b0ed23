"""The rules over a base as a whole: each a function of the base alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from briefings.check import accounts, circles, judgements, key_figures, rule_languages, translations
from briefings.check.similar import similar
from briefings.check.unchecked import Unchecked
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic, plural
from briefings.core.knowledge import facts_known, source_known
from briefings.core.model import Credibility, Fact, FactBase, FactKind, Source, TopicId

Rule = Callable[[FactBase], Iterable[Diagnostic]]


def bases_of_dates(base: FactBase) -> Iterator[Diagnostic]:
    """Publication dates and publishers that are inferred or unknown without a reason.

    Those that `capture` has left to be confirmed are told as such.
    """
    for source in base.sources.values():
        is_dated = source.published.is_day or "published" in source.to_confirm
        if not is_dated and source.published_basis is None:
            message = f"source `{source.id}` gives no reason for `{source.published.text}`"
            step = "say in `published_basis` how that is known"
            yield diagnostic("missing-basis", message, source.span, step)
        is_known = source.publisher is not None or "publisher" in source.to_confirm
        if not is_known and source.publisher_basis is None:
            message = f"source `{source.id}` does not say why its publisher is unknown"
            yield diagnostic("missing-basis", message, source.span, "say it in `publisher_basis`")


def similar_origins(base: FactBase) -> Iterator[Diagnostic]:
    """Origins that look like one, misspelt."""
    first = {
        source.origin: source for source in reversed(list(base.sources.values())) if source.origin
    }
    for name, other in similar(first):
        message = f"the origins `{name}` and `{other}` may be one"
        step = "write both alike; or, if they are two, say so with `accept`"
        hint = Hint("the other", first[name].span)
        yield diagnostic("similar-origin", message, first[other].span, step, hint)


def corroboration(base: FactBase) -> Iterator[Diagnostic]:
    """Facts graded as confirmed without two independent origins."""
    for fact in base.facts.values():
        origins = {source.origin for source in _sources(base, fact)} - {None}
        if fact.credibility is Credibility.CONFIRMED and len(origins) < 2:
            count = plural(len(origins), "known origin")
            message = (
                f"`{fact.id}` has credibility 1, which two independent origins have to confirm,"
                f" and evidence of {count}"
            )
            steps = "grade it 2", "or add evidence of another origin"
            yield diagnostic("false-corroboration", message, fact.span, *steps)


_LATE = "correct `date`; or, if it is still to come, make it `kind: plan` with `due`"


def events_after_sources(base: FactBase) -> Iterator[Diagnostic]:
    """Facts dated behind every day on which the last of their sources can have been published.

    An earlier one may say what the event is held against: what was asked for, or planned.
    """
    for fact in base.facts.values():
        if fact.kind is FactKind.PLAN or fact.date is None or fact.date.earliest is None:
            continue
        dated = [(day, each.id) for each in _sources(base, fact) if (day := source_known(each))]
        known, source = max(dated, default=(fact.date.earliest, ""))
        if fact.date.earliest > known:
            message = (
                f"`{fact.id}` is dated {fact.date.text}, and source `{source}` was known by {known}"
            )
            yield diagnostic("event-after-source", message, fact.span, _LATE)


def plans_before_they_are_said(base: FactBase) -> Iterator[Diagnostic]:
    """Plans whose time is over on every day on which they can have been said."""
    for fact in base.facts.values():
        said, due = fact.date, fact.due
        if said is None or due is None or said.earliest is None or due.latest is None:
            continue
        if due.latest < said.earliest:
            message = f"`{fact.id}` was said {said.text}, and is due {due.text}"
            hint = "correct `date` or `due`; or, if it had happened by then, make it `kind: event`"
            yield diagnostic("due-before-said", message, fact.span, hint)


def contests(base: FactBase) -> Iterator[Diagnostic]:
    """Contested points that would show one side alone."""
    for contest in base.contests.values():
        if len(contest.positions) < 2:
            message = f"contested point `{contest.id}` has fewer than two positions"
            yield diagnostic("contested-alone", message, contest.span)
        for name in contest.positions:
            fact = base.facts.get(name)
            if fact is not None and contest.topic not in fact.topics:
                message = f"position `{name}` does not belong to topic `{contest.topic}`"
                hint = Hint("add the topic here", fact.span)
                yield diagnostic("contested-alone", message, contest.span, hint)


def outcomes(base: FactBase) -> Iterator[Diagnostic]:
    """Outcomes of what is no plan."""
    for fact in base.facts.values():
        for name in fact.outcome_of:
            plan = base.facts.get(name)
            if plan is not None and plan.kind is not FactKind.PLAN:
                message = f"`{fact.id}` is given as the outcome of `{name}`, which is no plan"
                step = f"make `{name}` a plan, or take it out of `outcome_of`"
                yield diagnostic("bad-value", message, fact.span, step, Hint("this one", plan.span))


def judgement_days(base: FactBase) -> Iterator[Diagnostic]:
    """Judgements made before what they rest on could be known."""
    days = facts_known(base) if base.judgements else {}
    for judgement in base.judgements.values():
        for name in judgement.rests_on:
            known = days.get(name)
            if known is not None and known > judgement.made:
                message = (
                    f"judgement `{judgement.id}` was made on {judgement.made}, and `{name}` could"
                    f" be known only on {known}"
                )
                yield diagnostic("judgement-before-facts", message, judgement.span)


def retractions(base: FactBase) -> Iterator[Diagnostic]:
    """Facts that an edition would go on showing although a source of theirs was retracted."""
    for fact in base.facts.values():
        for source in _sources(base, fact):
            end, taken = fact.withdrawn, source.retracted
            if taken is None or (end is not None and end.on <= taken.on):
                continue
            message = (
                f"`{fact.id}` rests on source `{source.id}`, which was retracted on {taken.on},"
                + (f" and is withdrawn only on {end.on}" if end else " and is not withdrawn")
            )
            yield diagnostic(
                "rests-on-retracted",
                message,
                end.span if end else fact.span,
                f"write `withdrawn: {{on: {taken.on}, why: …}}`, with `replaced_by` if other"
                " sources still carry part of it",
                Hint("retracted here", taken.span),
            )


def replacements(base: FactBase) -> Iterator[Diagnostic]:
    """Withdrawn facts whose replacement does not hold either."""
    for fact in base.facts.values():
        if fact.withdrawn is None or fact.withdrawn.replaced_by is None:
            continue
        if fact.withdrawn.replaced_by == fact.id:
            message = f"`{fact.id}` is replaced by itself"
            yield diagnostic("bad-replacement", message, fact.withdrawn.span)
            continue
        other = base.facts.get(fact.withdrawn.replaced_by)
        if other is not None and other.withdrawn and other.withdrawn.on <= fact.withdrawn.on:
            message = (
                f"`{fact.id}` is replaced on {fact.withdrawn.on} by `{other.id}`, which is itself"
                f" withdrawn on {other.withdrawn.on}"
            )
            step = "name the fact that holds from that day on, or none"
            hint = Hint("withdrawn here", other.withdrawn.span)
            yield diagnostic("bad-replacement", message, fact.withdrawn.span, step, hint)


def rests_on_withdrawn(base: FactBase) -> Iterator[Diagnostic]:
    """Judgements and contested points that no later edition shows, or shows with fewer sides.

    A judgement is left in peace once the desk has made another on its topic since.
    """
    latest: dict[TopicId, date] = {}
    for judgement in base.judgements.values():
        latest[judgement.topic] = max(judgement.made, latest.get(judgement.topic, judgement.made))
    ends = {fact.id: fact.withdrawn for fact in base.facts.values() if fact.withdrawn}
    anew = "make it anew on what still holds, with an id and a day of its own"
    named = "name the fact that holds in its place among the positions, if there is one"
    judged = [
        (
            f"judgement `{judgement.id}`",
            judgement.rests_on,
            latest[judgement.topic],
            judgement.span,
            anew,
        )
        for judgement in base.judgements.values()
    ]
    argued = [
        (f"contested point `{contest.id}`", contest.positions, date.min, contest.span, named)
        for contest in base.contests.values()
    ]
    for what, facts, renewed, span, step in (*judged, *argued):
        for name in facts:
            end = ends.get(name)
            if end is not None and end.replaced_by not in facts and renewed < end.on:
                message = f"{what} rests on `{name}`, which is withdrawn on {end.on}"
                yield diagnostic(
                    "rests-on-withdrawn", message, span, step, Hint("withdrawn here", end.span)
                )


def _sources(base: FactBase, fact: Fact) -> list[Source]:
    """The sources of a fact's evidence that could be read, each once."""
    named = dict.fromkeys(evidence.source for evidence in fact.evidence)
    return [base.sources[name] for name in named if name in base.sources]


UNCHECKED: tuple[Callable[[FactBase], Iterable[Unchecked]], ...] = (
    rule_languages.unread,
    judgements.unread,
)
"""By rule, what it has no words for."""

RULES: tuple[Rule, ...] = (
    bases_of_dates,
    similar_origins,
    events_after_sources,
    plans_before_they_are_said,
    corroboration,
    contests,
    outcomes,
    circles.bodies,
    circles.plans,
    judgements.likelihoods,
    judgements.confidences,
    judgements.foundations,
    judgement_days,
    retractions,
    replacements,
    rests_on_withdrawn,
    *accounts.RULES,
    key_figures.unshown,
    translations.untranslated_quotes,
)
