"""Digits that name a thing and count none: “MH17”, “resolution 2513”, “XVII”."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from briefings.check.quantities.items import Item, Pieces
from briefings.check.quantities.numerals import roman_value
from briefings.check.quantities.quantity import Kind, Quantity, Reading

_YEARS = range(1000, 2200)
_ROMAN_LETTERS = frozenset("ivxlcdm")
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
_PARTS = re.compile(r"([^\W\d_]+)(-?)(\d+)(.*)")


def code_at(pieces: Pieces, at: int) -> Reading | None:
    """“MH17”, “COVID-19”; None for a number written together with a word, “mid-2023”, “Rs500”.

    Such a number is cut from its word, and stands among the items by itself from then on.
    """
    item = pieces.found[at]
    match = _PARTS.match(item.key)
    assert match is not None  # the pattern of the token says so
    letters, hyphen, digits, rest = match.groups()
    written = pieces.written(item)[: len(letters)]
    entries = pieces.words.phrases.get(letters, ())
    senses = entries[-1][1] if entries and not entries[-1][0] else {}
    year = len(digits) == 4 and int(digits) in _YEARS and not rest and not written.isupper()
    if "currency" in senses or (hyphen and (written[0].islower() or year)):
        middle = item.start + len(letters)
        number = Item("numeral", digits, middle + len(hyphen), item.start + match.end(3), {})
        pieces.found[at : at + 1] = [Item("word", letters, item.start, middle, senses), number]
        return None
    text = (letters + digits + rest).upper()
    return Reading((Quantity(Kind.CODE, text=text, start=item.start, end=item.end),), at + 1)


def named_code_at(pieces: Pieces, at: int) -> Reading | None:
    """“resolution 2513”, “Hill 402”."""
    found, index = pieces.found, at + 1
    while index < len(found) and index < at + 3 and found[index].key in ".:#-'":
        index += 1
    if index >= len(found) or not found[index].key.isdigit():
        return None
    if pieces.senses(index + 1).keys() & {"percent", "scale", "month"}:
        return None
    number = found[index]
    quantity = Quantity(Kind.CODE, text=number.key, start=found[at].start, end=number.end)
    return Reading((quantity,), index + 1)


def roman_at(pieces: Pieces, at: int) -> Reading | None:
    """“XVII”, a number or an ordinal; short ones are as often initials."""
    item = pieces.found[at]
    if item.key[0] not in _ROMAN_LETTERS or len(item.key) < 2 or item.key in _NOT_ROMAN:
        return None
    value = roman_value(item.key) if pieces.written(item).isupper() else None
    if value is None:
        return None
    number = Quantity(
        Kind.NUMBER, Fraction(value), start=item.start, end=item.end, sure=len(item.key) > 2
    )
    return Reading((replace(number, others=(replace(number, kind=Kind.ORDINAL),)),), at + 1)
