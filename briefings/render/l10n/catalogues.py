"""The words of our own pages in other languages: gettext catalogues, those of a desk first."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import field
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, TypeAlias

from briefings.core import files
from briefings.core.conflicts import conflict
from briefings.core.languages import chain
from briefings.core.overriding import override
from briefings.core.pycache import kept
from briefings.core.values import dataclass

FOLDER = Path(__file__).parents[2] / "locale"
"""One `.po` for each language, by its BCP 47 code. What is kept of it is kept by its content."""

NAMES_OF_LANGUAGES = "language"
"""The context under which a catalogue names languages: a message is the code of one."""

Own: TypeAlias = tuple[tuple[str, str], ...]
"""The catalogues of a desk: each with the code of its language and its text, sorted."""

Forms: TypeAlias = Mapping[tuple[str | None, str], tuple[str, ...]]
"""What stands for a message, by its context and its English text."""

_OWN = Path(__file__).parent, Path(__file__).name

_PLURALS = re.compile(
    r"nplurals\s*=\s*([1-6])\s*;\s*plural\s*=\s*([n\d\s?:()<>=!&|%*/+-]{1,300}?);?\s*"
)
_HEADER = re.compile(r'Plural-Forms:((?:[^\\"]|"\s*\n\s*")*)')
_TEXT = re.compile(
    r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\[nrt"\\])*"'
)
_DIVISOR = re.compile(r"[%/](?!\s*[1-9])")
_TRIED = (*range(1000), 10**6, 10**9)
_LONGEST = 2000  # characters of one text: ours have some 400 at most


class NoCatalogue(Exception):
    """Why a text is no catalogue, in one lower-case clause; `line` counts from 1."""

    def __init__(self, reason: str, line: int) -> None:
        self.line = line
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Message:
    """An English text, the second form being of many; and each form of what stands for it.

    `line` is where it stands in its file, counted from 1. Without `forms` it is not translated.
    """

    context: str | None
    english: tuple[str, ...]
    forms: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a file holds; `plural` tells which form goes with a number, counted from 0."""

    messages: tuple[Message, ...]
    plural: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Wording:
    """A catalogue in use; where it has nothing, those below it have, and at last English."""

    forms: Forms = field(default_factory=dict)
    plural: Callable[[int], int] = int
    below: Wording | None = None

    def gettext(self, message: str) -> str:
        """What is said for an English message."""
        return self.pgettext(None, message)

    def pgettext(self, context: str | None, message: str) -> str:
        """A message that would be another without its context, translated."""
        words = self.having(message, context)
        return message if words is None else words.forms[context, message][0]

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """A message that counts, translated, as gettext has it.

        Args:
            singular: The message for one, in English.
            plural: The message for any other number.
            count: The number, which chooses the form by the rule of the language.
        """
        return self.npgettext(None, singular, plural, count)

    def npgettext(self, context: str | None, singular: str, plural: str, count: int) -> str:
        """A message that counts and has a context, translated.

        Args:
            context: What tells it from others in the same words.
            singular: In English.
            plural: In English.
            count: Which form it takes.
        """
        words = self.having(singular, context)
        if words is None:
            return singular if count == 1 else plural
        forms = words.forms[context, singular]
        # A message that is translated as one that counts nothing has one form for all.
        return forms[words.plural(count) if len(forms) > 1 else 0]

    def having(self, message: str, context: str | None = None) -> Wording | None:
        """The catalogue that says it: this one, the nearest below it, or none."""
        words: Wording | None = self
        while words is not None and (context, message) not in words.forms:
            words = words.below
        return words


@lru_cache(maxsize=64)
def catalogue(language: str, own: Own = ()) -> Wording:
    """The words of `language`, where it has none of what it is a form of, and at last English.

    A desk's own words go before those of the program for the same language.
    """
    texts, words = dict(own), Wording()
    for code in reversed(chain(language)):
        with suppress(files.Missing):
            words = _ours_above(words, code)
        if code in texts:
            words = _above(words, texts[code])
    return words


def _ours_above(below: Wording, code: str) -> Wording:
    """Our own words in a language, above those `below`."""
    content, reader = files.own(FOLDER, f"{code}.po"), files.own(*_OWN)
    text = content.decode()
    forms: Forms = kept(FOLDER / f"{code}.po", [content, reader], lambda: _forms(read(text)))
    return Wording(forms, _plural(text), below) if forms else _above(below, text)


def _above(below: Wording, text: str) -> Wording:
    held = read(text)
    return Wording(_forms(held), held.plural, below)


def _forms(held: Catalogue) -> Forms:
    return {(each.context, each.english[0]): each.forms for each in held.messages if each.forms}


@lru_cache(maxsize=32)
def read(text: str) -> Catalogue:
    """The messages of a file; those that are marked as doubtful count as not translated.

    Raises:
        NoCatalogue: It is no such file, its rule for plurals is none, or a text of it is longer
            than any page has room for.
    """
    from babel.messages.pofile import PoFileError  # noqa: PLC0415 # what is kept needs no reader

    if (unmerged := conflict(text)) is not None:
        begin, what = unmerged
        raise NoCatalogue(what, text.count("\n", 0, begin) + 1)
    try:
        held = _held(text)
    except PoFileError as error:
        raise NoCatalogue(str(error).lower().rstrip("."), error.lineno + 1) from None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise NoCatalogue(f"it can't be read: {error}", 1) from None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and line.lstrip()[0] != "#" and not _TEXT.fullmatch(line.strip()):
            reason = r"a line is no text in quotation marks, with \n, \t, \" and \\ alone for signs"
            raise NoCatalogue(reason, number)
    plural = _plural(text)
    for each in held:
        if any(len(form) > _LONGEST for form in (*texts(each.id), *texts(each.string))):
            reason = f"a text of it has more than {_LONGEST:,} characters"
            raise NoCatalogue(reason, each.lineno or 1)
    messages = tuple(
        Message(each.context, texts(each.id), _said(each), each.lineno or 1)
        for each in held
        if each.id
    )
    return Catalogue(messages, plural)


def _held(text: str) -> Iterable[Any]:
    """The messages as Babel reads them, which takes the last of one that stands there twice.

    Raises:
        NoCatalogue: One does.
    """
    from babel.messages.catalog import Catalog  # noqa: PLC0415 # as above
    from babel.messages.pofile import PoFileParser  # noqa: PLC0415

    class Once(Catalog):
        @override
        def __setitem__(self, text: Any, message: Any) -> None:
            if text and self.get(text, message.context) is not None:
                said = f"it says twice what “{texts(text)[0][:80]}” is"
                raise NoCatalogue(said, message.lineno or 1)
            super().__setitem__(text, message)

    catalogue = Once()
    PoFileParser(catalogue, abort_invalid=True).parse(StringIO(text))
    return catalogue


def _said(message: Any) -> tuple[str, ...]:
    forms = texts(message.string)
    return () if message.fuzzy or not all(forms) else forms


def texts(text: object) -> tuple[str, ...]:
    """A text of Babel's in each of its forms; of a message without any it is one empty one."""
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


def _plural(text: str) -> Callable[[int], int]:
    """The rule of a file for its plurals: arithmetic, and held to being nothing else.

    Raises:
        NoCatalogue: It is none, or would choose a form that there is not.
    """
    header = _HEADER.search(text)
    if header is None:
        return lambda number: int(number != 1)
    line = text.count("\n", 0, header.start()) + 1
    stated = re.sub(r'"\s*\n\s*"', "", header[1]).strip()
    rule = _PLURALS.fullmatch(stated)
    if rule is None or _DIVISOR.search(rule[2]):
        raise NoCatalogue(f"its rule for plurals is none: {stated[:80]}", line)
    count = int(rule[1])
    try:
        # It reads C, of which only what `_PLURALS` lets through reaches it.
        plural = gettext.c2py(rule[2])
        chosen = {plural(number) for number in _TRIED}
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise NoCatalogue(f"its rule for plurals is none: {error}", line) from None
    if not chosen <= set(range(count)):
        raise NoCatalogue(f"its rule for plurals chooses a form that is none of the {count}", line)
    # Of a number that was not tried it may choose one all the same.
    return lambda number: plural(number) if 0 <= plural(number) < count else count - 1
