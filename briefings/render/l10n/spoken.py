"""In which language a text is that came without one, as those of issued editions do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from briefings.core.edition import Edition
from briefings.core.model import LocalText
from briefings.render.l10n.locales import Locale

UNKNOWN = "und"
"""ISO 639-2 for a language that nobody can tell."""

_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def texts_of(edition: Edition) -> list[LocalText]:
    """What an edition may say of itself and of the one before it."""
    return [
        *(sentence.fact.statement for sentence in edition.sentences),
        *(view.judgement.statement for view in edition.judgements),
        *(end.why for _, end in edition.withdrawn),
    ]


def spoken(locale: Locale, texts: Iterable[LocalText] = ()) -> Callable[[str], str]:
    """The language of a text: where it is one of `texts` their word for it, else by its script.

    A text whose script runs the other way than the page's is in another language than the page.
    """
    known: dict[str, str] = {}
    for text in texts:
        for code, words in text.forms:
            if known.get(words) != locale.language:
                known[words] = code

    def language_of(words: str) -> str:
        if words in known:
            return known[words]
        kinds = (_DIRECTIONS.get(unicodedata.bidirectional(char)) for char in words)
        first = next((kind for kind in kinds if kind is not None), locale.direction)
        return locale.language if first == locale.direction else UNKNOWN

    return language_of
