"""The catalogues that a desk brings: begun for it, and held against the program's own messages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import babel

from briefings.core import files
from briefings.core.characters import hidden
from briefings.core.characters import name as character
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.languages import is_code
from briefings.core.span import SourceText, Span
from briefings.render.l10n.catalogues import (
    FOLDER,
    NAMES_OF_LANGUAGES,
    Message,
    NoCatalogue,
    read,
    texts,
)

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_COMPLETE = "fa.po"
"""A catalogue of the program that holds every message."""

# Babel has other rules for these, which leave them no plural.
_PLURALS = dict.fromkeys(("fa", "fa-AF", "ps"), "nplurals=2; plural=(n > 1);")
_FIXED = re.compile(r"%\(\w+\)[a-z]|\{\w+\}|</?\w+[^>]*>")
_LOOSE = re.compile(r"(?<!%)(?:%%)*%(?!\(\w+\)s|%)")


def faults(text: SourceText) -> Iterator[Diagnostic]:
    """What is wrong with a desk's catalogue: `bad-catalogue`, and `unknown-message`."""
    code = text.path.rpartition("/")[2].removesuffix(".po")
    if not is_code(code):
        message = f"`{code}.po` is named after no language"
        hint = "name it by the code that stands in `languages`, such as fr.po"
        yield diagnostic("bad-catalogue", message, Span(text.path, 0, 0), hint)
        return
    lines = _lines(text)
    try:
        catalogue = read(text.text)
    except NoCatalogue as broken:
        yield diagnostic("bad-catalogue", str(broken), _line(lines, broken.line))
        return
    known = {(each.context, each.english[0]): each for each in _messages()}
    for translation in catalogue.messages:
        place = _line(lines, translation.line)
        own = known.get((translation.context, translation.english[0]))
        if _names_language(translation.context, translation.english[0]):
            own = translation
        if own is None or own.english != translation.english:
            message = f"the program says nowhere “{translation.english[0]}”"
            yield diagnostic("unknown-message", message, place)
        elif translation.forms:
            yield from (diagnostic("bad-catalogue", each, place) for each in _wrong(translation))


def _wrong(message: Message) -> Iterator[str]:
    """What a translation has otherwise than it has to be, in lower-case clauses."""
    shown = f"“{message.english[0]}”"
    for form in message.forms:
        if not any(fixed(form) == fixed(each) for each in message.english):
            yield f"the translation of {shown} {_otherwise(form, message.english[-1])}"
        elif "{" not in message.english[-1] and _LOOSE.search(form):
            yield f"the translation of {shown} has a % that is no placeholder: write %%"
        if re.search(r"[\t\r\n]", form) and not re.search(r"[\t\r\n]", message.english[0]):
            yield f"the translation of {shown} has a line end or tab, which it has not"
        for place in hidden(form):
            yield f"the translation of {shown} holds {character(form[place])}"


def _otherwise(form: str, english: str) -> str:
    """In which of the things that it must keep a translation differs from its message."""
    kept, wanted = Counter(_FIXED.findall(form)), Counter(_FIXED.findall(english))
    if lost := wanted - kept:
        added = ", ".join((kept - wanted).elements())
        return f"lacks {', '.join(lost.elements())}" + (f" and has {added}" if added else "")
    if added := ", ".join((kept - wanted).elements()):
        return f"has {added}, which it has not"
    if fixed(form)[1] != fixed(english)[1]:
        return "has other braces than it"
    return "does not begin and end with a blank where it does"


def fixed(text: str) -> tuple[Counter[str], int, bool, bool]:
    """What a translation must keep: placeholders, tags, braces, and blanks at either end."""
    braces = text.count("{") + text.count("}")
    return Counter(_FIXED.findall(text)), braces, text[:1].isspace(), text[-1:].isspace()


def begun(language: str, before: str | None) -> tuple[bytes, int, int]:
    """A catalogue with every message of the program, for a desk to translate.

    Args:
        language: A BCP 47 code.
        before: The catalogue that the desk has already: what that translates is kept.

    Returns:
        The file, how many messages it translates, and how many there are.

    Raises:
        NoCatalogue: What the desk has is no catalogue.
    """
    # Late, here and below: few commands write or read a catalogue.
    from babel.messages.catalog import Catalog  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    if before is not None:
        read(before)  # so that its mistakes are told
    catalogue = read_po(BytesIO(_head(language).encode()))
    kept = Catalog() if before is None else read_po(StringIO(before))
    total = translated = 0
    for message in read_po(BytesIO(files.own(FOLDER, _COMPLETE))):
        if not message.id:
            continue
        own = kept.get(message.id, context=message.context)
        is_kept = own is not None and own.id == message.id and bool(own.string)
        empty = "" if isinstance(message.id, str) else ("", "")
        message.string = own.string if own is not None and is_kept else empty
        catalogue[message.id] = message
        total += 1
        translated += all(texts(message.string))
    for message in kept:
        if _names_language(message.context, str(message.id)):
            catalogue[message.id] = message
    return written(language, catalogue), translated, total


def written(language: str, catalogue: Catalog) -> bytes:
    """The file: no dates and no line numbers, so that nothing changes but words."""
    from babel.messages.pofile import write_po  # noqa: PLC0415

    buffer = BytesIO()
    write_po(
        buffer, catalogue, width=100, omit_header=True, ignore_obsolete=True, include_lineno=False
    )
    return (_head(language).encode() + buffer.getvalue().strip()).strip() + b"\n"


def _names_language(context: str | None, message: str) -> bool:
    """Whether it is the name of a language, of which a desk may have any."""
    return context == NAMES_OF_LANGUAGES and is_code(message)


def _head(language: str) -> str:
    forms = _PLURALS.get(language, "nplurals=2; plural=(n != 1);")
    if language not in _PLURALS:
        from babel.messages.catalog import Catalog  # noqa: PLC0415

        with suppress(babel.UnknownLocaleError, ValueError):
            forms = f"{Catalog(locale=language.replace('-', '_')).plural_forms};".replace(";;", ";")
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {forms}\\n"\n\n'
    )


@lru_cache(maxsize=1)
def _messages() -> Sequence[Message]:
    """Every message of the program."""
    return read(files.own(FOLDER, _COMPLETE).decode()).messages


def _lines(text: SourceText) -> Sequence[Span]:
    """Each line of a file, to its last letter."""
    spans: list[Span] = []
    start = 0
    for line in text.text.splitlines(keepends=True):
        spans.append(Span(text.path, start, start + len(line.rstrip())))
        start += len(line)
    return spans or [Span(text.path, 0, 0)]


def _line(lines: Sequence[Span], number: int) -> Span:
    """The whole of a line, or of the last where there is none of that number."""
    return lines[min(max(number, 1), len(lines)) - 1]
