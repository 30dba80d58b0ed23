"""What was meant by a value that is none: the step that makes a value of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from briefings.core.edtf import parse_day
from briefings.core.languages import is_code
from briefings.core.names import suggestion
from briefings.load.yamltree import Mapping, Node, Scalar, Sequence

_PLAIN_DAY = "write days as YYYY-MM-DD: 7 December 2025 is 2025-12-07"
_YEAR_LAST = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.\- ]?)([0-9]{1,2})\2([0-9]{1,2})")
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ][0-9]{1,2}:?[0-9]{2}.*")
_SEASON = re.compile(r"([0-9]{4})-2[1-4]")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)


def form(node: Node) -> str:
    """What a node is, in a message."""
    match node:
        case Mapping():
            return "a map"
        case Sequence():
            return "a list"
        case Scalar():
            return "a text"


def listed(node: Mapping | Scalar, *, of_maps: bool) -> str:
    """How a value that stands alone becomes a list, of texts or of maps."""
    if isinstance(node, Mapping):
        return "begin each entry with `- ` before its first key, one entry or more"
    if of_maps:
        return "write its entries below it: `- ` before the first key of each, the others under it"
    return f"write it as [{node.value.strip()}]"


def identity(text: str) -> tuple[str, ...]:
    """An id that a name may become."""
    better = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return (f"for example `{better}`",) if better else ()


def parted_by_comma(key: Scalar, value: Node) -> tuple[str, ...]:
    """A hint where a comma has cut off a part of a text within braces.

    Args:
        key: A key that is none; of several words or with a figure first, it is such a part.
        value: What stands behind it: an empty text there.
    """
    is_part = " " in key.value or key.value[:1].isdigit()
    if is_part and isinstance(value, Scalar) and not value.value:
        return ("within {…} a text that holds a comma stands in quotes",)
    return ()


def day(text: str) -> tuple[str, ...]:
    """The day that a text in another form may stand for, as EDTF writes it."""
    plain = "".join(_ascii_digit(char) for char in text)
    if match := _TIME.fullmatch(plain):
        return (f"leave out the time of day: {match[1]}",)
    if match := _SEASON.fullmatch(plain):
        return ("give the months that are meant as an interval, such as 2025-12/2026-02",)
    if match := _YEAR_LAST.fullmatch(plain):
        first, second, year = (int(part) for part in match.groups())
        days = dict.fromkeys((*_day(year, second, first), *_day(year, first, second)))
    elif match := _YEAR_FIRST.fullmatch(plain):
        days = dict.fromkeys(_day(int(match[1]), int(match[3]), int(match[4])))
    else:
        days = {}
    if not days:
        return (_PLAIN_DAY,)
    doubt = ", whichever is meant" if len(days) > 1 else ""
    return (f"write {' or '.join(days)}{doubt}",)


def _ascii_digit(char: str) -> str:
    value = unicodedata.digit(char, None) if unicodedata.category(char) == "Nd" else None
    return char if value is None else str(value)


def _day(year: int, month: int, number: int) -> tuple[str, ...]:
    text = f"{year:04}-{month:02}-{number:02}"
    try:
        parse_day(text)
    except ValueError:
        return ()
    return (text,)


def url(text: str) -> tuple[str, ...]:
    """The public address that a text may stand for."""
    if _HOST.fullmatch(text):
        return (f"write https://{text}, or http:// if that is what its pages have",)
    return ("give the address as a browser shows it, with https:// before it; or leave it out",)


def code(text: str) -> tuple[str, ...]:
    """The code of a language in its usual form."""
    parts = re.split(r"[-_ ]", text)
    usual = [parts[0].lower()]
    usual += [part.title() if len(part) == 4 else part.upper() for part in parts[1:]]
    better = "-".join(usual)
    return (f"did you mean {better}?",) if better != text and is_code(better) else ()


def language(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The language of the base that a code may stand for, or how to add it.

    Args:
        text: What stands where a code is due.
        known: The codes of the base's languages, never empty.
    """
    if not is_code(text):
        hint = (
            f"a text in several languages is a map from code to text, such as {{{min(known)}: …}}"
        )
        return (*suggestion(text, known), hint)
    return (*suggestion(text, known), f"or add `{text}` to `languages`, at the top of the base")


_SHA256_DIGITS = 64


def digest(text: str) -> tuple[str, ...]:
    """How to come by the SHA-256 of a file."""
    others = {32: "an MD5", 40: "a SHA-1", 96: "a SHA-384", 128: "a SHA-512"}
    hint = "`sha256sum FILE`, or `shasum -a 256 FILE` on a Mac, prints it"
    prefix, colon, rest = text.partition(":")
    if colon and len(rest.strip()) == _SHA256_DIGITS:
        return (f"leave out `{prefix}:` before it",)
    if len(text) in others:
        return (f"so many digits has {others[len(text)]}", hint)
    return (hint,)
