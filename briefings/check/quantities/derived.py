"""Arithmetic over the figures of a fact's quotes, as its `derived` field writes it.

    640 - 410
    sum(12, 30, 7)
    48 million / 397.6 million in per cent, rounded to 1

Allowed are + - * / and parentheses, `sum(…)`, `in per cent` for a share, and `rounded to` with the
step of the rounding; × ÷ and − are the same signs. Every number has to stand in a quote, but for
the whole of a share, `100 % - 70 %`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from briefings.check.quantities.quantity import Bound, Kind, Quantity, Unit
from briefings.check.quantities.reader import read
from briefings.check.quantities.units import same_unit
from briefings.core.model import Derivation, Fact
from briefings.core.values import dataclass, replace

_LONGEST = 500
_DEEPEST = 20
_WHOLE = 100  # per cent
_LARGEST = 10**60  # of a step on the way
_LARGEST_RESULT = 10**20
_SIGNS = str.maketrans("×÷−–", "*/--")
_ENDING = re.compile(
    r"\s*(?P<share>(?:in|as)\s+(?:per\s?cent|percent|%))?"
    r"\s*(?:,?\s*rounded\s+to\s+(?P<step>[^()]+?))?\s*$",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"\s*(?:(?P<sign>[-+*/(),])|(?P<sum>sum(?=\s*\())|(?P<number>(?:[^-+*/(),]|,(?=\d{3}))+))",
    re.IGNORECASE,
)


class DerivationError(ValueError):
    """An expression that is none, or whose numbers are not those of the quotes, in one clause."""


@dataclass(frozen=True, slots=True)
class _Value:
    """An amount on the way, with the unit that it still has."""

    amount: Fraction
    unit: Unit | None


class Derived(NamedTuple):
    """What an expression comes to: the figure, and the way to it for a reader."""

    figure: Quantity
    derivation: Derivation


def quoted_figures(fact: Fact) -> tuple[Quantity, ...]:
    """The figures that a fact may derive others from."""
    return tuple(figure for each in fact.evidence for figure in read(each.quote, each.language))


def derive(expression: str, quantities: Iterable[Quantity]) -> Derived:
    """The figure that an expression over `quantities` comes to, exactly.

    Of a rounded one the `others` are the bounds by which a text may tell it: “about”, and
    “nearly” or “more than” by the side to which it was rounded.

    Raises:
        DerivationError: the expression is none, divides by zero, mixes units, or has a number
            that is not among `quantities`.
    """
    if len(expression) > _LONGEST:
        raise DerivationError(f"it is longer than {_LONGEST} characters")
    text = expression.translate(_SIGNS)
    ending = _ENDING.search(text)
    assert ending is not None  # the pattern matches the empty end too
    parser = _Parser(text[: ending.start()], tuple(quantities), is_share=bool(ending["share"]))
    value = parser.whole()
    if abs(value.amount) >= _LARGEST_RESULT:
        raise DerivationError("it comes to more digits than any figure has")
    kind, shares = Kind.NUMBER, parser.adds_shares()
    if shares:
        kind = Kind.PERCENT
    elif ending["share"]:
        if value.unit is not None:
            raise DerivationError("a share has no unit: divide one amount by another")
        value, kind = replace(value, amount=value.amount * 100), Kind.PERCENT
    figure = Quantity(kind, value.amount, unit=value.unit, shown=expression)
    if shares:  # from 38 to 30 per cent are eight points, and a difference of eight
        kinds = (Kind.POINTS, *((Kind.NUMBER,) if parser.has_bare else ()))
        figure = replace(figure, others=tuple(replace(figure, kind=each) for each in kinds))
    if ending["step"] is not None:
        whole = figure.value if kind is Kind.NUMBER else Fraction(100)
        amounts = (figure.value, whole, *(each.amount for each in parser.figures.values()))
        figure = _rounded(figure, ending["step"], max(map(abs, amounts)))
    derivation = Derivation(
        expression,
        parser.terms(value.unit),
        figure.value,
        per_cent=kind is Kind.PERCENT,
        exact=figure.bound is Bound.NONE,
    )
    return Derived(figure, derivation)


def _rounded(exact: Quantity, step: str, largest: Fraction) -> Quantity:
    """A figure to the nearest step, which is no larger than it and all that it is made of."""
    figures = read(step, "en")
    if len(figures) != 1 or figures[0].kind is not Kind.NUMBER or figures[0].value <= 0:
        raise DerivationError(f"“{step}” is no step to round to")
    size = figures[0].value
    steps = exact.value / size
    value = Fraction((2 * steps.numerator + steps.denominator) // (2 * steps.denominator)) * size
    if size > largest or (exact.value and not value):
        raise DerivationError(f"nothing is left of it when it is rounded to {step}")
    rounded = replace(exact, value=value)
    if value == exact.value:
        return rounded
    side = Bound.NEARLY if value > exact.value else Bound.MORE
    about = replace(rounded, bound=Bound.ABOUT)
    return replace(about, others=(replace(rounded, bound=side),))


class _Parser:
    """A descent over the tokens of one expression."""

    def __init__(self, text: str, quantities: tuple[Quantity, ...], *, is_share: bool) -> None:
        self.is_share = is_share
        self.tokens = self._tokens(text)
        self.at = 0
        self.depth = 0
        self.figures: dict[int, _Value] = {}
        self.has_bare = False
        self.shares: set[int] = set()
        """Which of the numbers are written as a share, or are one wherever a quote has them."""
        self.known = {
            (reading.value, reading.unit, reading.kind is Kind.PERCENT)
            for quantity in quantities
            for reading in quantity.readings
            if reading.kind in (Kind.NUMBER, Kind.PERCENT, Kind.POINTS)
        }

    def _tokens(self, text: str) -> list[str]:
        tokens, at = [], 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                break
            if match.group().strip():
                tokens.append(match.group().strip())
            at = match.end()
        return tokens

    def whole(self) -> _Value:
        """The value of all tokens."""
        if not self.tokens:
            raise DerivationError("it is empty")
        value = self._sum()
        if self.at < len(self.tokens):
            raise DerivationError(f"“{self.tokens[self.at]}” stands where nothing may follow")
        return value

    def terms(self, unit: Unit | None) -> tuple[Fraction | str, ...]:
        """The numbers and signs that were read; amounts of several units are told in one.

        `unit` is that of the result; where it has none, the first that an amount has.
        """
        used = [each.unit for each in self.figures.values() if each.unit is not None]
        common = unit or (used[0] if used else None)
        terms: list[Fraction | str] = []
        for index, token in enumerate(self.tokens):
            if (value := self.figures.get(index)) is not None:
                scale = value.unit.factor / common.factor if value.unit and common else 1
                terms.append(value.amount * scale)
            elif token.lower() != "sum":
                terms.append(token.replace(",", "+"))
        lone = self.tokens[0].lower() == "sum" and terms.count("(") == 1 and terms[-1] == ")"
        return tuple(terms[1:-1] if lone else terms)

    def adds_shares(self) -> bool:
        """Whether shares alone are added: their sum is one as well."""
        return self.shares == self.figures.keys() and {"*", "/"}.isdisjoint(self.tokens)

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _sum(self) -> _Value:
        value = self._product()
        while (sign := self._next()) in ("+", "-"):
            self.at += 1
            value = _added(value, self._product(), 1 if sign == "+" else -1)
        return value

    def _product(self) -> _Value:
        value = self._operand()
        while (sign := self._next()) in ("*", "/"):
            self.at += 1
            other = self._operand()
            if sign == "/" and self.is_share and value.unit is None:
                value = replace(value, unit=other.unit)  # “of 48 kilometres 41”
            value = _multiplied(value, other) if sign == "*" else _divided(value, other)
        return value

    def _operand(self) -> _Value:
        word = self._next()
        self.at += 1
        if word == "-":
            value = self._operand()
            return replace(value, amount=-value.amount)
        if word.lower() == "sum":
            return self._listed()
        if word == "(":
            return self._grouped()
        if not word or word in "+*/),":
            where = f"before “{word}”" if word else "at its end"
            raise DerivationError(f"a number is missing {where}")
        value = self.figures[self.at - 1] = self._figure(word)
        return value

    def _grouped(self) -> _Value:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise DerivationError(f"its parentheses nest deeper than {_DEEPEST}")
        value = self._sum()
        if self._next() != ")":
            raise DerivationError("a parenthesis is not closed")
        self.at += 1
        self.depth -= 1
        return value

    def _listed(self) -> _Value:
        self.at += 1  # the parenthesis, which the pattern of the token has seen
        value = self._sum()
        while self._next() == ",":
            self.at += 1
            value = _added(value, self._sum(), 1)
        if self._next() != ")":
            raise DerivationError("a parenthesis is not closed")
        self.at += 1
        return value

    def _figure(self, token: str) -> _Value:
        figures = [each for each in read(token, "en") if each.kind in (Kind.NUMBER, Kind.PERCENT)]
        if len(figures) != 1 or figures[0].upper is not None:
            raise DerivationError(f"“{token}” is no number")
        figure = figures[0]
        self.has_bare |= figure.kind is Kind.NUMBER
        if figure.kind is Kind.PERCENT and figure.value == _WHOLE:
            self.shares.add(self.at - 1)
            return _Value(figure.value, None)
        alike = [
            (unit, share)
            for value, unit, share in self.known
            if value == figure.value
            and (figure.unit is None or unit is None or same_unit(figure.unit, unit))
        ]
        if alike and (figure.kind is Kind.PERCENT or all(share for _, share in alike)):
            self.shares.add(self.at - 1)
        for unit, _ in alike:
            return _Value(figure.value, unit if figure.unit is None else figure.unit)
        raise DerivationError(f"“{token}” stands in no quote of the fact")


def _added(left: _Value, right: _Value, sign: int) -> _Value:
    if left.unit is not None and right.unit is not None and left.unit != right.unit:
        if not same_unit(left.unit, right.unit):
            raise DerivationError("it adds amounts of different units")
        ratio = right.unit.factor / left.unit.factor
        return _bounded(left.amount + sign * right.amount * ratio, left.unit)
    return _bounded(left.amount + sign * right.amount, left.unit or right.unit)


def _multiplied(left: _Value, right: _Value) -> _Value:
    if left.unit is not None and right.unit is not None:
        raise DerivationError("it multiplies two amounts that both have a unit")
    return _bounded(left.amount * right.amount, left.unit or right.unit)


def _divided(left: _Value, right: _Value) -> _Value:
    if not right.amount:
        raise DerivationError("it divides by zero")
    if right.unit is None:
        return _bounded(left.amount / right.amount, left.unit)
    if left.unit is None or not same_unit(left.unit, right.unit):
        raise DerivationError("it divides by an amount of another unit")
    return _bounded(left.amount * left.unit.factor / (right.amount * right.unit.factor), None)


def _bounded(amount: Fraction, unit: Unit | None) -> _Value:
    if abs(amount.numerator) > _LARGEST or amount.denominator > _LARGEST:
        raise DerivationError("it comes to more digits than any figure has")
    return _Value(amount, unit)
