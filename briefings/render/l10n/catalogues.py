"""The words of the program's own pages in other languages: gettext catalogues beside the code."""

from __future__ import annotations

import gettext
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from briefings.core import files
from briefings.core.languages import chain

FOLDER = Path(__file__).parents[2] / "locale"
"""One `.po` for each language, by its BCP 47 code. There is no compiled form that could be old."""


@lru_cache(maxsize=16)
def catalogue(language: str) -> gettext.NullTranslations:
    """The words of `language`, where it has none of what it is a form of, and at last English."""
    words: gettext.NullTranslations = gettext.NullTranslations()
    for code in reversed(chain(language)):
        with suppress(files.Missing):
            compiled = _compiled(files.read(FOLDER, f"{code}.po"))
            compiled.add_fallback(words)
            words = compiled
    return words


def _compiled(content: bytes) -> gettext.GNUTranslations:
    buffer = BytesIO()
    write_mo(buffer, read_po(BytesIO(content)))
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)
