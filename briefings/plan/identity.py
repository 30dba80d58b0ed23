"""What names a brief over all its days: by it files and records are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.model import FactBase, TopicId
from briefings.core.spec import EditionSpec

LIMITED = "-custom-"
"""In the name of a brief that flags limit, it stands before the digest of its limits."""

_DIGITS = 6
_LIMITED_NAME = re.compile(rf"(.+){LIMITED}[0-9a-f]{{{_DIGITS}}}")


def identity(kept: str | None, topics: Sequence[TopicId], *, apart: bool) -> str:
    """The name of a brief that is limited by nothing but what its base keeps.

    Ids hold no `_`, so no name that is joined by it is an id.

    Args:
        kept: The kept brief that it belongs to, None if topics were asked for.
        topics: What it is about.
        apart: Whether it is one of several, a topic each.
    """
    joined = "_".join(topics)
    if kept is None:
        return joined
    return f"{kept}_{joined}" if apart else kept


def limited(base: FactBase, kept: str | None, spec: EditionSpec) -> str:
    """The name of a brief that flags limit: `spec.brief` with a digest of its limits.

    So it is never taken for the whole, nor for one with other limits. Topics are limits where the
    name stands for those of a kept brief, and these are others.

    Args:
        base: The fact base.
        kept: The kept brief that was asked for; None for none.
        spec: What is asked for.
    """
    limits: tuple[object, ...] = (spec.filters, spec.parts, spec.ceiling)
    if (
        kept is not None
        and spec.brief == kept
        and set(spec.topics) != set(base.briefs[kept].topics)
    ):
        limits = (*limits, spec.topics)
    digest = sha256(repr(limits).encode()).hexdigest()
    return f"{spec.brief}{LIMITED}{digest[:_DIGITS]}"


def any_limited(brief: str) -> str:
    """A name as long as that of a brief under any limits."""
    return f"{brief}{LIMITED}{'0' * _DIGITS}"


def shared_identities(base: FactBase) -> Iterator[Diagnostic]:
    """`duplicate-id` for each name under which two briefs of the base would be one.

    A kept brief with the id of a topic, or either with the name of another under limits.
    """
    topics = {str(topic.id): topic.span for topic in base.topics.values()}
    kept = {brief.id: brief.span for brief in base.briefs.values()}
    for name in sorted(kept.keys() & topics.keys()):
        yield diagnostic(
            "duplicate-id",
            f"brief id `{name}` is already taken by a topic",
            kept[name],
            Hint("the topic", topics[name]),
            "give the brief another id: what is issued of one would be taken for the other",
        )
    whole = topics | kept
    for name, span in whole.items():
        match = _LIMITED_NAME.fullmatch(name)
        if match and match[1] in whole:
            yield diagnostic(
                "duplicate-id",
                f"`{name}` is what `{match[1]}` is called where flags limit it",
                span,
                Hint(f"`{match[1]}`", whole[match[1]]),
                "give it another id",
            )
