"""The arithmetic over the figures of a fact's quotes that gives a figure which no quote carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from briefings.check.quantities.compare import Carrier, Carriers, Deviation
from briefings.check.quantities.derived import DerivationError, derive
from briefings.check.quantities.quantity import COUNTED, Bound, Kind, Quantity
from briefings.core.values import replace

_RATES = frozenset({Kind.PERCENT, Kind.POINTS})
_FEW = 12  # of more figures two come to any third by chance
_NEAR = Fraction(1, 10)  # what a bound may blur, at most
_MILLION = 10**6
_MOST_DECIMALS = 4


def worked_out(figure: Quantity, language: str, quoted: Iterable[Quantity]) -> str | None:
    """The only sum, difference or share of some figures that carries another, as `derived` has it.

    Args:
        figure: What nothing carries.
        language: Of its text.
        quoted: The figures of a fact's quotes.

    Returns:
        None where there is none, or more than one.
    """
    quoted = tuple(quoted)
    terms = {text: each.value for each in quoted if (text := _term(each)) is not None}
    if len(terms) > _FEW:
        return None
    found = [
        expression
        for expression, value in _expressions(terms)
        if any(_is_near(value, each) for each in figure.readings)
        and _carries(expression, quoted, figure, language)
    ]
    return found[0] if len(found) == 1 else None


def _term(figure: Quantity) -> str | None:
    """A figure as an expression writes it, if it counts something."""
    is_count = figure.kind in COUNTED and figure.sure and figure.value > 0
    if not is_count or figure.upper is not None or (figure.may_be_year and not figure.whole):
        return None
    text = _written(figure.value)
    return f"{text} %" if text is not None and figure.kind is Kind.PERCENT else text


def _written(value: Fraction) -> str | None:
    """A number without commas, which part the items of a list."""
    scale = _MILLION if value >= _MILLION and (value / _MILLION * 1000).denominator == 1 else 1
    shown = value / scale
    if (shown * 10**_MOST_DECIMALS).denominator != 1:
        return None
    digits = str(shown.numerator) if shown.denominator == 1 else repr(float(shown))
    return f"{digits} million" if scale > 1 else digits


def _expressions(terms: Mapping[str, Fraction]) -> Iterator[tuple[str, Fraction]]:
    """Each with what it comes to; a share in per cent."""
    for one, other in combinations(terms, 2):
        yield f"{one} + {other}", terms[one] + terms[other]
        low, high = sorted((one, other), key=terms.__getitem__)
        less, more = terms[low], terms[high]
        if less == more:
            continue
        yield f"{high} - {low}", more - less
        if "%" not in low + high:
            yield f"{low} / {high} in per cent", 100 * less / more
            yield f"({high} - {low}) / {low} in per cent", 100 * (more - less) / less
            yield f"({high} - {low}) / {high} in per cent", 100 * (more - less) / more
    if len(terms) > 2:
        yield " + ".join(terms), sum(terms.values(), Fraction(0))
    for text, value in terms.items():
        if text.endswith("%") and value < 100:
            yield f"100 % - {text}", 100 - value


def _is_near(value: Fraction, figure: Quantity) -> bool:
    """Whether a value may be that of a figure, by its size alone."""
    if figure.kind not in (Kind.NUMBER, *_RATES):
        return False
    meant = [figure.value] if figure.kind in _RATES else [figure.value, figure.value * 100]
    blur = _NEAR if figure.bound is not Bound.NONE else Fraction(0)
    return any(abs(value - each) <= blur * value for each in meant)


def _carries(
    expression: str, quoted: tuple[Quantity, ...], figure: Quantity, language: str
) -> bool:
    try:
        derived = derive(expression, quoted).figure
    except DerivationError:
        return False
    carriers = Carriers([Carrier(derived, "en", 0)])
    return carriers.find(replace(figure, only=False), language).difference is Deviation.NOTHING
