"""Which editions a build makes, and what to say about those that would be empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from briefings.compose.edition import compose
from briefings.compose.selection import first_known, window
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.edition import Edition, EditionSpec
from briefings.core.model import CheckedBase, FactBase, TopicId


def unknown_topics(base: FactBase, asked: Sequence[str]) -> list[Diagnostic]:
    """`unknown-topic` for each name that is no topic, with the nearest one as its hint."""
    found = []
    for name in dict.fromkeys(asked):
        if name not in base.topics:
            near = get_close_matches(name, base.topics, n=1, cutoff=0.5)
            known = ", ".join(sorted(base.topics)) or "none at all"
            hint = f"did you mean `{near[0]}`?" if near else f"the base has {known}"
            found.append(diagnostic("unknown-topic", f"there is no topic `{name}`", None, hint))
    return found


def editions(
    checked: CheckedBase, asked: Sequence[str], as_of: date
) -> tuple[list[Edition], list[Diagnostic]]:
    """The editions of the topics asked for, else of the weekly ones, in order of topic.

    An edition that would show nothing is left out and reported: `nothing-known`, and
    `nothing-to-build` when none is left.
    """
    base = checked.base
    weekly = [topic.id for topic in base.topics.values() if topic.weekly] or base.topics
    period = window(as_of, base.edition.period)
    composed = [
        compose(checked, EditionSpec(topic, (topic,), as_of, as_of, period, base.languages[0]))
        for topic in sorted({TopicId(name) for name in asked} or weekly)
    ]
    made = [edition for edition in composed if edition.citations]
    found = [_nothing_known(base, edition.spec) for edition in composed if not edition.citations]
    if not made:
        message = f"nothing was known by {as_of} about any topic chosen: there is no brief to build"
        found.append(diagnostic("nothing-to-build", message, None))
    return made, found


def _nothing_known(base: FactBase, spec: EditionSpec) -> Diagnostic:
    since = first_known(base, spec.topics)
    return diagnostic(
        "nothing-known",
        f"nothing was known about `{spec.brief}` by {spec.as_of}",
        base.topics[spec.topics[0]].span,
        f"the first of it was known on {since}: --as-of {since}" if since else "it has no fact yet",
    )
