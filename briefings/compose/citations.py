"""Number the quotes of an edition by first use, with the way back to each sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from briefings.compose.context import Surroundings, quoted
from briefings.core.edition import Backlink, Citation, Sentence
from briefings.core.model import (
    Anchor,
    CheckedBase,
    Derivation,
    Evidence,
    Fact,
    FactId,
    Passage,
    SourceId,
)

Quote: TypeAlias = tuple[SourceId, tuple[Passage, ...]]
"""What makes two quotes one: the same passages of the same source, however either was written."""

Use: TypeAlias = tuple[Fact, Evidence, Anchor]
"""Where a quote carries a fact."""


def number(checked: CheckedBase, read: Iterable[FactId]) -> dict[Quote, int]:
    """Number the quotes of an edition, dense from 1 by first use.

    Args:
        checked: The base that the edition may show.
        read: Its facts in the order of reading, each as often as it is printed.
    """
    numbers: dict[Quote, int] = {}
    for fact in read:
        for anchor in checked.anchors[fact]:
            numbers.setdefault(_quote(anchor), len(numbers) + 1)
    return numbers


def numbers_of(anchors: Iterable[Anchor], numbers: Mapping[Quote, int]) -> tuple[int, ...]:
    """The numbers of one fact's quotes, in the order of its evidence, each once."""
    return tuple(dict.fromkeys(numbers[_quote(anchor)] for anchor in anchors))


def cite(
    checked: CheckedBase, numbers: Mapping[Quote, int], sentences: Sequence[Sentence]
) -> tuple[Citation, ...]:
    """The citations of an edition in the order of their numbers.

    Args:
        checked: The base that the edition may show.
        numbers: The number of each quote.
        sentences: All of the edition, in the order of their ids.

    Returns:
        A citation for each quote that a sentence rests on. Where several facts rest on one
        passage, the evidence that tells most about it stands for all.
    """
    uses: defaultdict[int, list[Use]] = defaultdict(list)
    links: defaultdict[int, list[Backlink]] = defaultdict(list)
    derived: defaultdict[int, list[Derivation]] = defaultdict(list)
    for turn, sentence in enumerate(sentences, start=1):
        fact = sentence.fact
        for evidence, anchor in zip(fact.evidence, checked.anchors[fact.id], strict=True):
            uses[numbers[_quote(anchor)]].append((fact, evidence, anchor))
        for cited in sentence.citations:
            links[cited].append(Backlink(sentence.id, str(turn)))
        derived[sentence.citations[0]] += sentence.derived
    surroundings = Surroundings(checked.documents)
    return tuple(
        _citation(
            checked,
            surroundings,
            cited,
            max(uses[cited], key=_telling),
            links=links[cited],
            derived=tuple(derived[cited]),
        )
        for cited in sorted(numbers.values())
    )


def _citation(
    checked: CheckedBase,
    surroundings: Surroundings,
    number: int,
    use: Use,
    *,
    links: list[Backlink],
    derived: tuple[Derivation, ...],
) -> Citation:
    fact, evidence, anchor = use
    before, after = surroundings.of(anchor)
    return Citation(
        number=number,
        id=_id(anchor),
        source=checked.base.sources[anchor.source],
        anchor=anchor,
        evidence=evidence,
        fact=fact,
        text=quoted(checked.documents[anchor.source], anchor),
        before=before,
        after=after,
        cited_by=tuple(links),
        derived=derived,
    )


def _telling(use: Use) -> tuple[bool, bool]:
    """How much a use tells of its passage: that which tells most stands for it, else the first."""
    _, evidence, _ = use
    return evidence.translation is not None, evidence.note is not None


def _quote(anchor: Anchor) -> Quote:
    return anchor.source, anchor.passages


def _id(anchor: Anchor) -> str:
    """A name of a passage that is the same in every edition; no two passages share one.

    `x` joins passages: with a hyphen, those of `a` could be read as those of a source `a-1-2`.
    """
    return f"{anchor.source}-" + "x".join(f"{part.start}-{part.end}" for part in anchor.passages)
