"""Digits that name a thing and count none: “MH17”, “resolution 2513”, “XVII”."""

from __future__ import annotations

import re
from fractions import Fraction

from briefings.check.quantities.items import Pieces
from briefings.check.quantities.lexicon import unspaced
from briefings.check.quantities.numerals import HAN, han_value, roman_value
from briefings.check.quantities.quantity import YEARS, Kind, Quantities, Quantity
from briefings.check.quantities.tokens import Item
from briefings.core.values import replace

_LONGEST_CODE = 9
ROMAN_LETTERS = frozenset("ivxlcdm")
_NOT_ROMAN = frozenset(
    (
        *(
            "cd",
            "dc",
            "md",
            "mm",
            "cc",
            "cv",
            "di",
            "li",
            "mi",
            "ci",
            "xl",
            "iv",
            "mix",
            "cm",
            "ml",
        ),
        *("dl", "vi", "dd"),
    )
)
HAN_RUN = re.compile(f"[{HAN}]+")
_QUARTER = re.compile(r"[QT][1-4]")  # of a year, in English and in Romance languages
FIRST_HAN = min(HAN)
"""No character before it is a numeral of Han."""
_ROMAN_PLACE = re.compile(r"([IVXLCDM]+)(?:e|er|re)")  # “le XIXe siècle”
_PARTS = re.compile(r"([^\W\d_]+)(-?)(\d+)(.*)")


def code_at(pieces: Pieces, at: int) -> Quantities | None:
    """“MH17”, “COVID-19”; None for a number written together with a word, “mid-2023”, “Rs500”.

    Such a number is cut from its word, and stands among the items by itself from then on.
    """
    item = pieces.items[at]
    match = _PARTS.match(item.key)
    assert match is not None  # the pattern of the token says so
    letters, hyphen, digits, rest = match.groups()
    written = pieces.written(item)[: len(letters)]
    entries = pieces.words.phrases.get(letters, ())
    senses = entries[-1][1] if entries and not entries[-1][0] else {}
    year = len(digits) == 4 and int(digits) in YEARS and not rest and not written.isupper()
    if "currency" in senses or (hyphen and (written[0].islower() or year)):
        middle = item.start + len(letters)
        number = Item("numeral", digits, middle + len(hyphen), item.start + match.end(3), {})
        pieces.items[at : at + 1] = [Item("word", letters, item.start, middle, senses), number]
        return None
    several = rest == "s" and pieces.written(item).endswith("s")  # “four AR-15s”
    text = (letters + digits + ("" if several else rest)).upper()
    code = Quantity(Kind.CODE, text=text, start=item.start, end=item.end)
    if _QUARTER.fullmatch(text):
        code = replace(code, others=(replace(code, kind=Kind.ORDINAL, value=Fraction(digits)),))
    return Quantities((code,), at + 1)


def named_code_at(pieces: Pieces, at: int) -> Quantities | None:
    """“resolution 2513”, “Hill 402”."""
    items, index = pieces.items, at + 1
    while index < len(items) and index < at + 3 and items[index].key in ".:#-'":
        index += 1
    if index >= len(items) or not items[index].key.isdigit():
        return None
    if pieces.senses(index + 1).keys() & {"percent", "scale", "month", "unit", "currency"}:
        return None
    number = items[index]
    first = Quantity(Kind.CODE, text=number.key, start=items[at].start, end=number.end)
    further, end = _listed(pieces, index + 1)
    return Quantities((first, *further), end)


def _listed(pieces: Pieces, at: int) -> tuple[list[Quantity], int]:
    """“… and 2514” behind a code: a code as well, or a count."""
    items, codes = pieces.items, list[Quantity]()
    while at + 1 < len(items) and items[at + 1].kind == "numeral" and items[at + 1].key.isdigit():
        if items[at].key != "," and items[at].senses.keys().isdisjoint({"and", "or"}):
            break
        number = items[at + 1]
        if len(number.key) > _LONGEST_CODE or pieces.senses(at + 2):
            break
        count = Quantity(Kind.NUMBER, Fraction(int(number.key)), start=number.start, end=number.end)
        code = replace(count, kind=Kind.CODE, value=Fraction(0), text=number.key, others=(count,))
        codes.append(code)
        at += 2
    return codes, at


def han_at(pieces: Pieces, at: int) -> Quantities | None:
    """“十八” in a text of a language that writes other numerals; no space is kept beside it."""
    item = pieces.items[at]
    run = HAN_RUN.search(item.key)
    value = han_value(run.group()) if run is not None else None
    spaced = [char for char in item.key if char.isalnum() and not char.isdecimal()]
    if run is None or value is None or all(map(unspaced, spaced)):
        return None
    if any(unspaced(char) and char not in HAN for char in spaced):
        return None  # what is written without spaces has its own reader
    start = item.start + run.start()
    end = start + len(run.group())
    return Quantities((Quantity(Kind.NUMBER, Fraction(value), start=start, end=end),), at + 1)


def roman_at(pieces: Pieces, at: int) -> Quantities | None:
    """“XVII”, a number or an ordinal; short ones are as often initials."""
    item = pieces.items[at]
    if item.key[0] not in ROMAN_LETTERS or len(item.key) < 2 or item.key in _NOT_ROMAN:
        return None
    written = pieces.written(item)
    placed = _ROMAN_PLACE.fullmatch(written)
    letters = placed[1].lower() if placed is not None else item.key
    value = roman_value(letters) if placed is not None or written.isupper() else None
    if value is None:
        return None
    number = Quantity(
        Kind.NUMBER, Fraction(value), start=item.start, end=item.end, sure=len(letters) > 2
    )
    place = replace(number, kind=Kind.ORDINAL)
    if placed is not None:
        return Quantities((replace(place, sure=len(letters) > 1),), at + 1)
    return Quantities((replace(number, others=(place,)),), at + 1)
