"""Number the quotes of an edition by first use, with the way back to each sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from briefings.compose.context import around, quoted
from briefings.core.edition import Backlink, Citation, Sentence
from briefings.core.model import Anchor, CheckedBase, Evidence, Fact, FactId, Passage, SourceId

Quote: TypeAlias = tuple[SourceId, tuple[Passage, ...]]
"""What makes two quotes one: the same passages of the same source, however either was written."""


def number(checked: CheckedBase, read: Iterable[FactId]) -> dict[Quote, int]:
    """A number for each quote, dense from 1 by first use; `read` is the order of reading."""
    numbers: dict[Quote, int] = {}
    for fact in read:
        for anchor in checked.anchors[fact]:
            numbers.setdefault(_quote(anchor), len(numbers) + 1)
    return numbers


def numbers_of(anchors: Iterable[Anchor], numbers: Mapping[Quote, int]) -> tuple[int, ...]:
    """The numbers of one fact's quotes, in the order of its evidence, each once."""
    return tuple(dict.fromkeys(numbers[_quote(anchor)] for anchor in anchors))


def cite(
    checked: CheckedBase, numbers: Mapping[Quote, int], told: Sequence[Sentence]
) -> tuple[Citation, ...]:
    """The citations in order of number; `told` are the sentences in the order of their ids."""
    return tuple(
        _citation(checked, quote, numbers[quote], told)
        for quote in sorted(numbers, key=numbers.__getitem__)
    )


def _citation(
    checked: CheckedBase, quote: Quote, number: int, told: Sequence[Sentence]
) -> Citation:
    uses = [
        (sentence.fact, evidence, anchor)
        for sentence in told
        if number in sentence.citations
        for evidence, anchor in zip(
            sentence.fact.evidence, checked.anchors[sentence.fact.id], strict=True
        )
        if _quote(anchor) == quote
    ]
    fact, evidence, anchor = max(uses, key=_telling)
    document = checked.documents[anchor.source]
    before, after = around(document, anchor)
    return Citation(
        number=number,
        id=_id(anchor),
        source=checked.base.sources[anchor.source],
        anchor=anchor,
        evidence=evidence,
        fact=fact,
        text=quoted(document, anchor),
        before=before,
        after=after,
        cited_by=tuple(
            Backlink(sentence.id, str(turn))
            for turn, sentence in enumerate(told, start=1)
            if number in sentence.citations
        ),
    )


def _telling(use: tuple[Fact, Evidence, Anchor]) -> tuple[bool, bool]:
    """Of several uses of one passage the one that tells most stands for it, else the first."""
    _, evidence, _ = use
    return evidence.translation is not None, evidence.note is not None


def _quote(anchor: Anchor) -> Quote:
    return anchor.source, anchor.passages


def _id(anchor: Anchor) -> str:
    """The same name for the same passage in every edition; no two passages share one.

    `x` joins passages: with a hyphen, those of `a` could be read as those of a source `a-1-2`.
    """
    return f"{anchor.source}-" + "x".join(f"{part.start}-{part.end}" for part in anchor.passages)
