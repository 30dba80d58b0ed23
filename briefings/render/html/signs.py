"""Signs that a style sheet puts beside words, or into margins of paper: those that say nothing."""

from __future__ import annotations

import re
import unicodedata

import tinycss2


def has_no_words(value: str) -> bool:
    """Whether what a sheet puts beside words is no word itself, and no sign that turns one.

    One counter is a number, or the letter of an item; of several a word could be spelt.
    """
    counters = 0
    for token in tinycss2.parse_component_value_list(value, skip_comments=True):
        if token.type == "string" and any(map(_turns, token.value)):
            return False
        if token.type == "function":
            counters += 1
            if token.lower_name not in {"counter", "counters"}:
                return False
        if token.type in {"url", "hash"}:
            return False
    return counters <= 1


def says_what_a_page_has(value: str) -> bool:
    """Whether it is no word of the sheet's own: numbers of pages, and what the template names."""
    tokens = tinycss2.parse_component_value_list(value, skip_comments=True)
    functions = {each.lower_name for each in tokens if each.type == "function"}
    signs = "".join(each.value for each in tokens if each.type == "string")
    return not any(map(_turns, signs)) and functions <= {"counter", "counters", "string"}


def _turns(letter: str) -> bool:
    """Whether a sign that a sheet puts beside words may say something of them, or turn them.

    Brackets, quotation marks, blanks, dashes, full stops and plain shapes do not.
    """
    kind = unicodedata.category(letter)
    if kind == "Po":
        return _ASKS.search(unicodedata.name(letter, "")) is not None
    is_plain = kind in {"Zs", "Ps", "Pe", "Pi", "Pf", "Pd"} or letter == "\n"
    return _is_sum(letter) or not (is_plain or _SHAPES.fullmatch(letter))


_ASKS = re.compile("QUESTION|EXCLAMATION|INTERROBANG|PER CENT|PERCENT|PER MILLE|PER TEN|PRIME")
_SHAPES = re.compile(
    "[\u2500-\u25ff\u2605\u2606\u261a-\u261f\u2720-\u274b\u2756\u2761-\u2767\u2794-\u27be]"
)


def _is_sum(letter: str) -> bool:
    """Whether it is a sign of arithmetic, or a dash that could be a minus before a number."""
    return unicodedata.category(letter) == "Sm" or letter in "-‐‑‒−"
