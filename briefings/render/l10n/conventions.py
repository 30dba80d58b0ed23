"""What we write by our own rules, since Babel has no digits, calendar or good habits for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from functools import cache
from types import MappingProxyType

from briefings.core.values import dataclass

# To a space, as a reader writes; Babel's lists hold marks of direction.
_ARABIC_COMMA = "،"
_ARABIC_SEMICOLON = "؛"
_GUILLEMETS = ("«", "»")
_WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")

ZEROS: Mapping[str, str] = MappingProxyType(
    {
        "adlm": "\U0001e950",
        "arab": "٠",
        "arabext": "۰",
        "beng": "০",
        "cakm": "\U00011136",
        "deva": "०",
        "hmnp": "\U0001e140",
        "latn": "0",
        "mtei": "\uabf0",
        "mymr": "၀",
        "nkoo": "\u07c0",
        "olck": "\u1c50",
        "tibt": "༠",
    }
)
"""The first of the ten digits in each numbering system that is a language's default (UTS 35)."""


@cache
def digits(system: str) -> dict[int, str]:
    """What writes the digits of a numbering system for those of English."""
    return {ord("0") + value: chr(ord(ZEROS[system]) + value) for value in range(10)}


@dataclass(frozen=True, slots=True)
class Conventions:
    """Months, from January or the solar year's first; weekdays from Monday; the words of lists.

    `months` and `weekdays` are empty where Babel's are used. `names` are of languages and
    countries, by code, where Babel's are not what people write.
    """

    months: tuple[str, ...] = ()
    solar_months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    conjunction: str = ""
    span: tuple[str, str] = ("", "–")  # before and between the ends of a range
    percent: str = ""
    comma: str = ","
    semicolon: str = ";"
    quotes: tuple[str, str] = ("“", "”")
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


_PERSIAN = Conventions(
    months=(
        *("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن"),
        *("ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"),
    ),
    solar_months=(
        *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
        *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
    ),
    weekdays=_WEEKDAYS,
    conjunction=" و ",
    span=("", " تا "),
    percent="درصد",
    comma=_ARABIC_COMMA,
    semicolon=_ARABIC_SEMICOLON,
    quotes=_GUILLEMETS,
    names=MappingProxyType({"tr": "ترکی", "fa-AF": "دری"}),
)
_DARI = replace(
    _PERSIAN,
    months=(
        *("جنوری", "فبروری", "مارچ", "اپریل", "می", "جون"),
        *("جولای", "آگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"),
    ),
    solar_months=(
        *("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله"),
        *("میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"),
    ),
    percent="فیصد",
)
_PASHTO = Conventions(
    months=(
        *("جنوري", "فبروري", "مارچ", "اپرېل", "مې", "جون"),
        *("جولای", "اګست", "سپټمبر", "اکټوبر", "نومبر", "ډسمبر"),
    ),
    solar_months=(
        *("وری", "غویی", "غبرګولی", "چنګاښ", "زمری", "وږی"),
        *("تله", "لړم", "لیندۍ", "مرغومی", "سلواغه", "کب"),
    ),
    weekdays=_WEEKDAYS,
    conjunction=" او ",
    span=("له ", " تر "),
    percent="سلنه",
    comma=_ARABIC_COMMA,
    semicolon=_ARABIC_SEMICOLON,
    quotes=_GUILLEMETS,
    names=MappingProxyType(
        {
            "fa-AF": "دري",
            "IR": "ایران",
            "TR": "ترکیه",
            "US": "د امریکا متحده ایالات",
            "AE": "متحده عربي امارات",
        }
    ),
)
_PLAIN = Conventions()
_ARABIC_SCRIPT = Conventions(comma=_ARABIC_COMMA, semicolon=_ARABIC_SEMICOLON)

_KNOWN: Mapping[str, Conventions] = MappingProxyType(
    {
        "fa": _PERSIAN,
        "fa-AF": _DARI,
        "ps": _PASHTO,
        **dict.fromkeys(("ar", "ckb", "sd", "ug", "ur"), _ARABIC_SCRIPT),
    }
)


def conventions(chain: tuple[str, ...]) -> Conventions:
    """The conventions of the first language of `chain` that has any."""
    return next((_KNOWN[each] for each in chain if each in _KNOWN), _PLAIN)
