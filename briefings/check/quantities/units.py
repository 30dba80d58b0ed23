"""Units of measure by what they measure, and currencies by family."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from briefings.check.quantities.quantity import Unit

_MEASURES: Mapping[str, Mapping[str, str]] = {
    "length": {
        "millimeter": "1/1000",
        "centimeter": "1/100",
        "meter": "1",
        "kilometer": "1000",
        "inch": "254/10000",
        "foot": "3048/10000",
        "yard": "9144/10000",
        "mile": "1609344/1000",
        "nautical-mile": "1852",
    },
    "area": {
        "square-meter": "1",
        "square-kilometer": "1000000",
        "hectare": "10000",
        "acre": "40468564224/10000000",
        "square-mile": "2589988110336/1000000",
        "square-foot": "9290304/100000000",
        "jerib": "2000",
        "mu": "2000/3",
    },
    "volume": {
        "milliliter": "1/1000000",
        "liter": "1/1000",
        "cubic-meter": "1",
        "cubic-kilometer": "1000000000",
        "gallon": "3785411784/1000000000000",
        "barrel": "158987294928/1000000000000",
    },
    "mass": {
        "milligram": "1/1000000",
        "gram": "1/1000",
        "kilogram": "1",
        "tonne": "1000",
        "pound-mass": "45359237/100000000",
        "ounce": "28349523125/1000000000000",
    },
    "power": {"watt": "1", "kilowatt": "1000", "megawatt": "1000000", "gigawatt": "1000000000"},
    "energy": {
        "kilowatt-hour": "1",
        "megawatt-hour": "1000",
        "gigawatt-hour": "1000000",
        "terawatt-hour": "1000000000",
    },
    "speed": {"kilometer-per-hour": "1", "mile-per-hour": "1609344/1000000", "knot": "1852/1000"},
    "time": {"second": "1", "minute": "60", "hour": "3600", "day": "86400", "week": "604800"},
    "months": {"month": "1", "year": "12", "decade": "120", "century": "1200"},
    "data": {"megabyte": "1", "gigabyte": "1000", "terabyte": "1000000"},
}
_NAMED = {"celsius": "temperature", "fahrenheit": "temperature", "degree": "temperature"}

MEASURES: Mapping[str, Unit] = MappingProxyType(
    {
        name: Unit(dimension, Fraction(factor))
        for dimension, units in _MEASURES.items()
        for name, factor in units.items()
    }
    | {name: Unit(dimension, Fraction(1), name) for name, dimension in _NAMED.items()}
)
TIMES = frozenset({"time", "months"})
"""Dimensions of spans of time, in which a hyphen or an age may take the place of the unit."""

# Bare names of currencies that several states use; in a lexicon they are written `~dollar`.
_FAMILIES = {
    "dollar": "USD CAD AUD",
    "pound": "GBP EGP SYP LBP SDG",
    "rupee": "INR PKR NPR LKR",
    "rial": "IRR OMR YER QAR SAR",
    "dinar": "IQD KWD JOD LYD TND DZD RSD",
    "franc": "CHF XOF",
    "peso": "MXN ARS COP CLP PHP",
    "ruble": "RUB BYN",
    "krone": "SEK NOK DKK ISK CZK",
    "lira": "TRY",
    "shilling": "KES TZS SOS",
    "yuan": "CNY",
    "yen": "JPY",
    "won": "KRW",
    "euro": "EUR",
    "afghani": "AFN",
    "real": "BRL",
    "hryvnia": "UAH",
    "zloty": "PLN",
    "toman": "toman",
    "manat": "AZN TMT",
    "som": "KGS UZS",
    "tenge": "KZT",
    "somoni": "TJS",
    "shekel": "ILS",
    "birr": "ETB",
    "naira": "NGN",
    "taka": "BDT",
    "dirham": "AED MAD",
    "ringgit": "MYR",
    "baht": "THB",
    "dong": "VND",
    "rupiah": "IDR",
    "rand": "ZAR",
}
FAMILY_OF: Mapping[str, str] = MappingProxyType(
    {code: family for family, codes in _FAMILIES.items() for code in codes.split()}
)
# The only currency of its family: a bare name says as much as the code.
_SINGLE = MappingProxyType(
    {family: codes for family, codes in _FAMILIES.items() if " " not in codes}
)


def measure(name: str) -> Unit:
    """The unit that the lexica call `name`."""
    return MEASURES[name]


def currency(name: str) -> Unit:
    """The currency `USD`, or one of the family `~dollar` of which the text does not say more."""
    if name.startswith("~"):
        family = name[1:]
        return Unit("currency", Fraction(1), _SINGLE.get(family, name))
    return Unit("currency", Fraction(1), name)


def same_unit(unit: Unit, other: Unit) -> bool:
    """Whether the two may be one unit; their factors are left to the comparison of values."""
    if unit.dimension != other.dimension:
        return False
    if unit.dimension == "currency":
        return unit.name == other.name or (
            ("~" in unit.name or "~" in other.name) and _family(unit.name) == _family(other.name)
        )
    return unit.name == other.name or "degree" in (unit.name, other.name)


def _family(name: str) -> str:
    return name[1:] if name.startswith("~") else FAMILY_OF.get(name, name)
