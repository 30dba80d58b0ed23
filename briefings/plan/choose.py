"""Which editions a build makes, and what to say about those that would be empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from briefings.compose.edition import compose_all
from briefings.compose.selection import first_known, select
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic, failed, refusals_with
from briefings.core.edition import Edition
from briefings.core.model import CheckedBase, FactBase, Filters, Marking, Part
from briefings.core.spec import EditionSpec
from briefings.core.untranslated import Unmade, untranslated
from briefings.core.values import dataclass
from briefings.plan.period import ahead
from briefings.plan.request import TEMPLATE, Request
from briefings.plan.resolve import BriefPlan, resolve
from briefings.plan.stems import stems


@dataclass(frozen=True, slots=True)
class Chosen:
    """A brief that is to be made; `stem` is the name of its files without extension."""

    edition: Edition
    stem: str
    template: str = TEMPLATE


@dataclass(frozen=True, slots=True)
class Choice:
    """The briefs to make, with warnings about them; and the editions that are left out."""

    briefs: tuple[Chosen, ...]
    warnings: tuple[Diagnostic, ...]
    unmade: tuple[Unmade, ...]


def choose(checked: CheckedBase, request: Request, today: Callable[[str], date]) -> Choice:
    """The briefs to make of what is asked for.

    Args:
        checked: The base that they are made of.
        request: What is asked for.
        today: The calendar day in a time zone, by its IANA name.

    Returns:
        The briefs, each with an edition that holds something and a name for its files; a
        warning for each that would be empty, or was asked for of a day to come; and what is not
        made since it is not translated and nobody asked for its language.

    Raises:
        Refused: With status 2 where the request makes no sense, 1 where every brief would be
            empty, or one would be and the request is strict.
    """
    plans = resolve(checked.base, request.brief, request.kept, today)
    composed, empty = editions(checked, plans)
    unmade = [
        Unmade(edition.spec.brief, edition.spec.language, missing)
        for plan, edition in composed
        if plan.by_default and (missing := untranslated(edition))
    ]
    left_out = {(each.brief, each.language) for each in unmade}
    full = [
        (plan, edition)
        for plan, edition in composed
        if (edition.spec.brief, edition.spec.language) not in left_out
    ]
    if request.brief.as_of or request.brief.known_by:
        empty += ahead([edition.spec for _, edition in full], today(checked.base.timezone))
    if failed(empty, strict=request.strict):
        raise Refused(1, empty)
    with refusals_with(empty):
        names = stems((plan.spec, plan.pattern, edition.id) for plan, edition in full)
    briefs = (
        Chosen(edition, name, plan.template)
        for (plan, edition), name in zip(full, names, strict=True)
    )
    return Choice(tuple(briefs), tuple(empty), tuple(unmade))


def editions(
    checked: CheckedBase, plans: Sequence[BriefPlan]
) -> tuple[list[tuple[BriefPlan, Edition]], list[Diagnostic]]:
    """The edition of each brief that would hold anything.

    The others are reported: `nothing-known` or `nothing-matches`, and `nothing-to-build` when
    none is left.
    """
    full: list[tuple[BriefPlan, Edition]] = []
    empty: list[Diagnostic] = []
    composed = compose_all(checked, [plan.spec for plan in plans])
    for plan, edition in zip(plans, composed, strict=True):
        if edition.citations:
            full.append((plan, edition))
        else:
            empty.append(_empty(checked.base, plan.spec))
    if not full:
        days = ", ".join(sorted({str(plan.spec.known_by) for plan in plans}))
        reason = f"nothing was known by {days} about any topic chosen"
        if not plans:
            reason = "the base has no topic"
        elif any(each.code == "nothing-matches" for each in empty):
            reason = "no brief that was asked for would hold anything"
        message = f"{reason}: there is no brief to build"
        empty.append(diagnostic("nothing-to-build", message, None))
    return full, list(dict.fromkeys(empty))


def _empty(base: FactBase, spec: EditionSpec) -> Diagnostic:
    about = ", ".join(f"`{topic}`" for topic in spec.topics)
    span = base.topics[spec.topics[0]].span
    whole = replace(spec, filters=Filters(), parts=tuple(Part), ceiling=Marking.RED)
    if there := len(select(base, whole).facts):
        facts = "1 fact that is" if there == 1 else f"{there} facts that are"
        message = f"of the {facts} known about {about} by {spec.known_by}, none is asked for"
        hint = "loosen a filter, raise --marking, or ask for a section that tells facts"
        return diagnostic("nothing-matches", message, span, hint)
    since = first_known(base, spec.topics)
    hint = (
        f"the first of it was known on {since}: --as-of {since}" if since else "it has no fact yet"
    )
    message = f"nothing was known about {about} by {spec.known_by}"
    return diagnostic("nothing-known", message, span, hint)
