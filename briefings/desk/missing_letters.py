"""Which letters of a base no font has, before any page is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from briefings.core import files
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic
from briefings.core.model import FactBase, LocalText, Prose
from briefings.core.span import SourceText, Span
from briefings.render.pdf.missing_glyphs import listed

_MOST = 20
"""How many texts are told of; of others only how many there are."""

_BEYOND = re.compile(
    "[^"
    "\u0000-\u02b9\u1e00-\u1eff\u0380-\u03ce\u0400-\u045f\u0490-\u0493"
    "\u060c\u060d\u061b-\u061f\u0621-\u063a\u0640-\u0658\u0660-\u0671\u0674-\u0679\u067c\u067e\u0681"
    "\u0685\u0686\u0688\u0689\u0691\u0693\u0695\u0696\u0698\u069a\u06a9-\u06ad\u06af\u06ba\u06bc-\u06be"
    "\u06c0-\u06c3\u06c6-\u06d0\u06d2-\u06d5\u06f0-\u06f9"
    "\u2000-\u20cf\u2190-\u27bf"
    "]"
)
"""What is not surely in the fonts of the program: Latin, Greek, Cyrillic and Arabic letters are."""


def unset_letters(
    base: FactBase, texts: Mapping[str, SourceText], root: Path
) -> Iterator[Diagnostic]:
    """`no-font` for each text of a base with letters that can't be set on paper.

    Args:
        base: Its entries; of its documents only what they quote counts.
        texts: All that was read, by path.
        root: The desk, whose own fonts are in `templates/fonts`.
    """
    documents = {source.file for source in base.sources.values()}
    beyond = "".join(
        text.text
        for path, text in texts.items()
        if path not in documents and _BEYOND.search(text.text) is not None
    )
    if not beyond:
        return
    # Late, since few bases need it: it loads what pages are made with.
    from briefings.workers.scripts import broken, lacking, remedies  # noqa: PLC0415
    from briefings.workers.templates import runner_for  # noqa: PLC0415

    try:
        own = tuple(runner_for(root).own_fonts())
    except (files.OutsideFolder, files.Unreadable, Refused):
        return  # a build says so
    if not (missing := lacking(beyond, own)):
        return
    unset = re.compile(f"[{re.escape(missing)}]")
    places = [
        (span, letters)
        for span, text in dict.fromkeys(_texts(base, Span("", 0, 0)))
        if (letters := "".join(dict.fromkeys(unset.findall(text))))
    ]
    for number, (span, letters) in enumerate(places[:_MOST], start=1):
        more = len(places) - _MOST if number == _MOST else 0
        others = f"; and so in {more} texts more" if more > 0 else ""
        message = f"no font has {listed(letters)}: this text can't be set as PDF{others}"
        yield diagnostic("no-font", message, span, *broken(own), *remedies(letters))


def _texts(value: object, span: Span) -> Iterator[tuple[Span, str]]:
    """Every text of an entry with its place, or that of what it stands in."""
    match value:
        case str():
            yield span, value
        case Prose():
            yield from _texts(value.words, span)
        case LocalText():
            yield from ((value.place(code), text) for code, text in value.forms)
        case tuple() | list():
            for each in value:
                yield from _texts(each, span)
        case Mapping():
            for each in value.values():
                yield from _texts(each, span)
        case _ if is_dataclass(value):
            own = getattr(value, "span", span)
            for field in fields(value):
                if not field.name.endswith("span"):
                    yield from _texts(getattr(value, field.name), own)
