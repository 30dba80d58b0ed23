"""What a figure in a text says: its value, unit, bound and kind, or the day that it names."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from briefings.core.values import dataclass


class Kind(StrEnum):
    """What sort of figure it is; two figures of different kinds are different figures."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    PER_MILLE = "per mille"
    ORDINAL = "ordinal"
    VAGUE = "vague"
    MULTIPLE = "multiple"
    DECADE = "decade"
    TIME = "time"
    DATE = "date"
    RELATIVE = "relative day"
    THAT_DAY = "that day"
    WEEK_AWAY = "relative week"
    MONTH_AWAY = "relative month"
    YEAR_AWAY = "relative year"
    YEAR_FROM = "year from another"
    CODE = "code"


AWAY = frozenset(
    {
        Kind.RELATIVE,
        Kind.THAT_DAY,
        Kind.WEEK_AWAY,
        Kind.MONTH_AWAY,
        Kind.YEAR_AWAY,
        Kind.YEAR_FROM,
    }
)
"""What names a day, a week, a month or a year by how far it is from that of the document."""

COUNTED = frozenset({Kind.NUMBER, Kind.PERCENT})
"""What says how many, and nothing else."""

YEARS = range(1000, 2200)
"""What a number of four digits may be, if nothing else tells."""


class Bound(StrEnum):
    """What stands with a value and limits or blurs it; `NEAR` is a word for “about” or “nearly”."""

    NONE = "none"
    EXACTLY = "exactly"
    ABOUT = "about"
    NEARLY = "nearly"
    NEAR = "close to"
    AT_LEAST = "at least"
    MORE = "more than"
    JUST_OVER = "just over"
    AT_MOST = "at most"
    FEWER = "fewer than"
    JUST_UNDER = "just under"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or a currency, by what it measures and how many of the base unit it is.

    `dimension` is `length`, `currency` and the like; `name` tells units apart that have no fixed
    ratio (`USD`), and is empty where the factor says all.
    """

    dimension: str
    factor: Fraction = Fraction(1)
    name: str = ""


class Counter(NamedTuple):
    """A counting word, and what it is for if that tells it from others: 人, people."""

    word: str
    things: str


NO_COUNTER = Counter("", "")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as a text names it; `weekday` counts from Monday, 0.

    `solar` says that year, month and day are of the Solar Hijri calendar.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    solar: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a text.

    `value` is exact; `upper` is there in a range. Of a time of day the value is its minute, and
    `half` says which half of the day is meant, if the text does; “p” of the end of a week. A code
    (`MH17`) has its `text` and no value, a date its `day`. `sure` is False for what may be no
    figure at all (`one`, the German `acht`): it carries, but need not be carried. `whole` says
    that it is what another is part of, the nine in “two of the nine”. `each` is the unit of which
    every one has so much: the tonne of “$215 a tonne”. `counter` is the counting word behind it.
    `definite` says that it is told as known, the 150 of “below the 150 hoped for”. `others` are
    further readings of the same words. `start` and `end` bound it in the text, half-open; `shown`
    is how the text writes it.
    """

    kind: Kind
    value: Fraction = Fraction(0)
    upper: Fraction | None = None
    unit: Unit | None = None
    bound: Bound = Bound.NONE
    only: bool = False
    half: str = ""
    text: str = ""
    day: Day | None = None
    sure: bool = True
    whole: bool = False
    each: Unit | None = None
    counter: Counter = NO_COUNTER
    definite: bool = False
    start: int = 0
    end: int = 0
    shown: str = ""
    others: tuple[Quantity, ...] = ()

    @property
    def readings(self) -> tuple[Quantity, ...]:
        """Itself and what else its words may mean."""
        return (self, *self.others)

    @property
    def may_be_year(self) -> bool:
        """Whether it is a bare whole number that may be a year."""
        value = self.value
        bare = self.kind is Kind.NUMBER and self.unit is None
        return bare and value.denominator == 1 and value.numerator in YEARS


class Quantities(NamedTuple):
    """Figures that were read at one place, and the index of the first item behind them."""

    quantities: tuple[Quantity, ...]
    end: int
