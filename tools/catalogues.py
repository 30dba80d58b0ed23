"""The catalogues of `briefings/locale`: words extracted, updated and proven complete.

    python tools/catalogues.py            write them anew, and say what is left to translate
    python tools/catalogues.py --check    write nothing; fail if one is old or incomplete
    python tools/catalogues.py --new LANG begin one for a further language

A catalogue of a form of a language (`fa-AF`) holds only what differs from that language's own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from briefings.core.languages import chain
from briefings.render.l10n.own_words import fixed, written

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "briefings" / "locale"

_SOURCES = (("templates/**/*.j2", "jinja2"), ("briefings/**/*.py", "python"))
# As the environment reads templates; a broken one fails.
_OPTIONS = {
    "silent": "false",
    "trimmed": "true",
    "newstyle_gettext": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "keep_trailing_newline": "true",
}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_COMMENT = "L10n:"


def extracted(root: Path) -> Catalog:
    """Every word that the program's pages use, in order of file and place."""
    catalogue = Catalog(charset="utf-8")
    for pattern, method in _SOURCES:
        for path in sorted(root.glob(pattern)):
            name = path.relative_to(root).as_posix()
            for _, message, comments, context in extract_from_file(
                method,
                path,
                keywords=_KEYWORDS,
                comment_tags=[_COMMENT],
                options=_OPTIONS if method == "jinja2" else {},
                strip_comment_tags=True,
            ):
                catalogue.add(
                    message, locations=[(name, 0)], auto_comments=comments, context=context
                )
    return catalogue


def read(folder: Path) -> dict[str, Catalog]:
    """The catalogues that there are, by code; those of which others are a form come first."""
    catalogues = {}
    for path in sorted(folder.glob("*.po"), key=lambda each: each.stem):
        with path.open("rb") as file:
            catalogues[path.stem] = read_po(file, abort_invalid=True)
    return catalogues


def update(code: str, catalogues: dict[str, Catalog], words: Catalog) -> None:
    """Bring one catalogue to today's words: what is translated stays, what is not used goes."""
    own = catalogues[code]
    own.update(_copy(words), no_fuzzy_matching=True)
    own.obsolete.clear()
    for message in _messages(own) if len(chain(code)) > 1 else ():
        if not _said(message) or message.string == _inherited(code, catalogues, message):
            own.delete(message.id, context=message.context)


def complaints(code: str, catalogues: dict[str, Catalog], words: Catalog) -> Iterator[str]:
    """What is wrong with one catalogue: words missing, doubtful, or with other placeholders."""
    complete = any(other in catalogues for other in chain(code)[1:])  # or told of there
    for word in () if complete else _messages(words):
        translation = catalogues[code].get(word.id, context=word.context)
        if translation is None or not _said(translation):
            yield f"{code}: not translated: {_shown(word)}"
    for message in filter(_said, _messages(catalogues[code])):
        if message.fuzzy:
            yield f"{code}: fuzzy: {_shown(message)}"
        for error in message.check(catalogues[code]):
            yield f"{code}: {_told(error)}: {_shown(message)}"
        if not _same_placeholders(message):
            yield f"{code}: other placeholders, tags or blanks: {_shown(message)}"


def _copy(words: Catalog) -> Catalog:
    """The same words: a catalogue that is updated keeps the very objects it is updated with."""
    copied = Catalog(charset="utf-8")
    for message in _messages(words):
        copied[message.id] = message.clone()
    return copied


def _messages(catalogue: Catalog) -> tuple[Message, ...]:
    return tuple(message for message in catalogue if message.id)


def _forms(text: object) -> tuple[str, ...]:
    """A text in each of its forms; a new message has none, and Babel gives it None."""
    return tuple(text) if isinstance(text, list | tuple) else (str(text or ""),)


def _said(message: Message) -> bool:
    """Whether it is translated, in each of its forms."""
    return all(_forms(message.string))


def _inherited(code: str, catalogues: dict[str, Catalog], word: Message) -> object:
    """What the nearest language that this one is a form of says; None for nothing."""
    for other in chain(code)[1:]:
        translation = (
            catalogues[other].get(word.id, context=word.context) if other in catalogues else None
        )
        if translation is not None and _said(translation):
            return translation.string
    return None


def _same_placeholders(message: Message) -> bool:
    wanted = [fixed(form) for form in _forms(message.id)]
    return all(
        fixed(form) == wanted[-1] or (place == 0 and fixed(form) == wanted[0])
        for place, form in enumerate(_forms(message.string))
    )


def _shown(message: Message) -> str:
    form = _forms(message.id)[0]
    return f"{message.context} | {form}" if message.context else form


def _told(error: TranslationError) -> str:
    return str(error)


def run(arguments: Iterable[str], root: Path, folder: Path) -> tuple[int, list[str]]:
    """The exit code, and the lines to print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_AsWritten)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--new", metavar="LANG", help="begin a catalogue")
    asked = parser.parse_args(list(arguments))
    words, catalogues = extracted(root), read(folder)
    if asked.new:
        begun = read_po(BytesIO(written(asked.new, Catalog())))
        catalogues.setdefault(asked.new, begun)
    lines = []
    for code in sorted(catalogues):
        update(code, catalogues, words)
        path, content = folder / f"{code}.po", written(code, catalogues[code])
        if asked.check:
            if path.read_bytes() != content:
                lines.append(f"{code}: not up to date; run `make catalogues`")
        else:
            path.write_bytes(content)
        lines += complaints(code, catalogues, words)
    counts = (
        f"{code} {sum(map(_said, _messages(catalogues[code])))}" for code in sorted(catalogues)
    )
    last = f"{len(_messages(words))} messages; of its own has {', '.join(counts)}"
    return (1 if lines else 0), [*lines, last]


class _AsWritten(argparse.RawDescriptionHelpFormatter):
    """The description has lines of its own."""


if __name__ == "__main__":
    status, told = run(sys.argv[1:], ROOT, FOLDER)
    print("\n".join(told))
    sys.exit(status)
