"""Texts that are not any text: what each has to look like, and what it stands for.

Each public function here parses a text, or makes what does. All have the same arguments: the reader
of the base, for what an earlier field has said; the text; and its key, which messages name. They
return what the text stands for, and raise `Mistake` where it is not what it has to be.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Mapping
from typing import TypeVar

from briefings.core import filenames, languages
from briefings.core.addresses import is_of_web, normal
from briefings.core.model import Marking
from briefings.core.names import suggestion
from briefings.load import intended
from briefings.load.shape import Mistake, Reader

ID = r"[a-z0-9][a-z0-9-]*"
NUMBER = r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,12})?"
SHA256 = r"[0-9A-Fa-f]{64}"
TEMPLATE = r"(?:(?!\.\.?/)[^/\\]+/)*[^/\\]+\.html\.j2"

TLP = {marking.label.removeprefix("TLP:"): marking for marking in Marking}

_T = TypeVar("_T")


def one_of(values: Mapping[str, _T]) -> Callable[[Reader, str, str], _T]:
    """What reads one of the texts of `values`, for its value; any other text is a Mistake."""

    def parse(_reader: Reader, text: str, key: str) -> _T:
        if text in values:
            return values[text]
        message = f"{text!r} is no `{key}`: take one of {', '.join(values)}"
        raise Mistake("bad-value", message, *suggestion(text, values)[:1])

    return parse


def identity(_reader: Reader, text: str, _key: str) -> str:
    """An id, as an entry or a key of a section states it: lower-case letters, digits and hyphens.

    Raises:
        Mistake: `bad-id`: the text is none.
    """
    if not re.fullmatch(ID, text):
        message = f"{text!r} is no id: an id is lower-case letters, digits and hyphens"
        raise Mistake("bad-id", message, *intended.identity(text))
    return text


def flag(_reader: Reader, text: str, key: str) -> bool:
    """`true` or `false`, and no other word for them: YAML 1.2, not the `yes` and `on` of 1.1.

    Raises:
        Mistake: `bad-value`: the text is neither.
    """
    if text not in ("true", "false"):
        message = f"`{key}` is true or false, not {text!r}"
        raise Mistake("bad-value", message, f"write `{key}: true`, or leave it out for false")
    return text == "true"


def dated(parse: Callable[[str], _T]) -> Callable[[Reader, str, str], _T]:
    """What reads a date by `parse`, whose ValueError becomes a Mistake that says why."""

    def parsed(_reader: Reader, text: str, _key: str) -> _T:
        try:
            return parse(text)
        except ValueError as error:
            message = f"{text!r} is not a date: {error}"
            raise Mistake("bad-date", message, *intended.day(text)) from None

    return parsed


def marking(reader: Reader, text: str, key: str) -> Marking:
    """A label of the Traffic Light Protocol (FIRST, TLP 2.0), with or without its `TLP:`.

    Raises:
        Mistake: `bad-value`: there is no such label.
    """
    return one_of(TLP)(reader, text.removeprefix("TLP:"), key)


def language(_reader: Reader, text: str, _key: str) -> str:
    """A language by its code: BCP 47, as far as `core/languages.py` reads it.

    Raises:
        Mistake: `bad-value`: the text is no code.
    """
    if not languages.is_code(text):
        hint = "write a BCP 47 code, such as en, fa or fa-AF"
        raise Mistake("bad-value", f"{text!r} is no language code", *intended.code(text), hint)
    return text


def base_language(reader: Reader, text: str, key: str) -> str:
    """The code of one of the languages of the base.

    Raises:
        Mistake: `bad-value`: it is no code; `unknown-language`: the base has no such language.
    """
    code = language(reader, text, key)
    if code not in reader.languages:
        message = f"`{code}` is not in `languages`"
        raise Mistake("unknown-language", message, *suggestion(code, reader.languages))
    return code


def url(_reader: Reader, text: str, _key: str) -> str:
    """An address of the web, with scheme and host in small letters from here on.

    Raises:
        Mistake: `bad-url`: the text is no such address.
    """
    if not is_of_web(text):
        raise Mistake("bad-url", f"{text!r} is no http or https address", *intended.url(text))
    return normal(text)


def sha256(_reader: Reader, text: str, key: str) -> str:
    """A SHA-256 (FIPS 180-4) in 64 hexadecimal digits of either case, in lower case from here on.

    Raises:
        Mistake: `bad-value`: it has another length, or holds something else.
    """
    if not re.fullmatch(SHA256, text):
        strange = re.search(r"[^0-9A-Fa-f]", text)
        what = f"holds {strange.group()!r}" if strange else f"has {len(text)}"
        message = f"a SHA-256 is 64 hexadecimal digits, and `{key}` {what}"
        raise Mistake("bad-value", message, *intended.digest(text))
    return text.lower()


def time_zone(_reader: Reader, text: str, _key: str) -> str:
    """The name of a zone of the IANA time zone database, or `UTC`.

    Raises:
        Mistake: `bad-value`: there is no such zone, or its name depends on the machine.
    """
    if not _is_time_zone(text):
        raise Mistake("bad-value", f"{text!r} is no time zone", "such as Asia/Kabul")
    return text


def _is_time_zone(text: str) -> bool:
    if "/" not in text or text.startswith(("posix/", "right/")):
        return text == "UTC"  # other names stand for whatever the machine is set to
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def file_name(_reader: Reader, text: str, _key: str) -> str:
    """A pattern for the names of files, as `core/filenames.py` fills it.

    Raises:
        Mistake: `bad-name`: no file can have that name.
    """
    try:
        filenames.check(text)
    except filenames.BadPattern as error:
        raise Mistake("bad-name", str(error), *error.hints) from None
    return text


def template(_reader: Reader, text: str, _key: str) -> str:
    """The name of a template, from the folder that holds it.

    Raises:
        Mistake: `bad-value`: no template folder can hold such a file.
    """
    if re.fullmatch(TEMPLATE, text) is None:
        hint = "name a file of the desk's templates/ from there; it ends in `.html.j2`"
        raise Mistake("bad-value", f"{text!r} is no name of a template", hint)
    return text
