"""What the check proves: where each quote stands, and the base once all of them do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

from briefings.core.model.base import FactBase
from briefings.core.model.texts import LocalText
from briefings.core.model.vocabulary import FactId, JudgementId, Likelihood, SourceId
from briefings.core.values import dataclass

_DECIMALS, _ROUGH_DECIMALS = 6, 3


class Outcome(StrEnum):
    """What became of a quote at the gate; only `exact` and `folded` pass.

    `exact`: it stands in its source to the letter. `folded`: it does but for what
    `check/quotes/fold.py` sets aside. `misattributed`: it stands in another source. `absent`: in
    none. `unreadable` and `changed`: its document can't be read, or is not the one on record.
    """

    EXACT = "exact"
    FOLDED = "folded"
    MISATTRIBUTED = "misattributed"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    CHANGED = "changed"

    @property
    def passes(self) -> bool:
        """Whether a brief may cite it."""
        return self in (Outcome.EXACT, Outcome.FOLDED)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where one fragment of a quote stands: half-open code points, line and paragraph from 1."""

    start: int
    end: int
    line: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """The proven place of a quote: its passages in order, one unless an ellipsis joins more.

    `how` is `exact` or `folded`.
    """

    source: SourceId
    passages: tuple[Passage, ...]
    how: Outcome


@dataclass(frozen=True, slots=True)
class Document:
    """A source document's text; `paragraphs` are half-open ranges without white space at ends."""

    source: SourceId
    path: str
    text: str
    paragraphs: tuple[tuple[int, int], ...]

    def around(self, index: int) -> tuple[int, int] | None:
        """The paragraph that holds a code point; None between two."""
        return next((each for each in self.paragraphs if each[0] <= index < each[1]), None)


@dataclass(frozen=True, slots=True)
class Derivation:
    """Arithmetic over figures of a fact's quotes, which the check has followed.

    `expression` is as the base has it; `terms` are its numbers, in one unit, and the signs
    `+ - * / ( )` between them. `exact` says that nothing was rounded.
    """

    expression: str
    terms: tuple[Fraction | str, ...]
    result: Fraction
    per_cent: bool = False
    exact: bool = True

    @property
    def equation(self) -> str:
        """The expression and what it comes to, for a record in no language: `640 - 410 = 230`."""
        value, whole = decimal(self.result)
        sign = "=" if self.exact and whole else "≈"
        return f"{self.expression} {sign} {value:f}{' %' if self.per_cent else ''}"


def decimal(value: Fraction) -> tuple[Decimal, bool]:
    """A number in decimals, and whether they are all of it: six at most, else a few that count."""
    whole = (value * 10**_DECIMALS).denominator == 1
    length = len(str(abs(int(value))))
    context = Context(prec=length + (_DECIMALS if whole else _ROUGH_DECIMALS))
    return context.divide(Decimal(value.numerator), Decimal(value.denominator)), whole


@dataclass(frozen=True, slots=True)
class CheckedBase:
    """A base whose every quote was found: what composing starts from.

    `anchors[fact]` runs parallel to `fact.evidence`; `documents` holds every source's text;
    `likelihoods` the ICD 203 band of each judgement; `derivations` what facts work out; `figures`
    what key figures show large, in each language.
    """

    base: FactBase
    documents: Mapping[SourceId, Document]
    anchors: Mapping[FactId, tuple[Anchor, ...]]
    likelihoods: Mapping[JudgementId, Likelihood] = field(default_factory=dict)
    derivations: Mapping[FactId, tuple[Derivation, ...]] = field(default_factory=dict)
    figures: Mapping[FactId, LocalText] = field(default_factory=dict)
