"""The words that are ours: what templates, catalogues and formats say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from sys import intern

from briefings.core import correction, difference, edition, files, model, record, snapshot
from briefings.core.values import dataclass
from briefings.output.manifest import manifest
from briefings.render.html.environment import shipped
from briefings.render.l10n.catalogues import FOLDER
from briefings.render.l10n.cldr import cldr
from briefings.scan.shingles import joined, names_in

_READ = (".j2", ".css", ".js", ".po")
_BLOB = re.compile(r"[A-Za-z0-9+/]{200,}={0,2}")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The words that stand in pages of any base, in their order with breaks, and each once.

    `names` are those that may be an id, and every word.
    """

    words: Sequence[str]
    vocabulary: frozenset[str]
    names: frozenset[str]


@lru_cache(maxsize=1)
def own_words(languages: tuple[str, ...]) -> OwnWords:
    """Our words in pages of these languages: of the program alone, and the same for its life."""
    texts = tuple(_own_texts(languages))
    # Each of some five thousand words is kept once, and not as often as it stands there.
    words = tuple(map(intern, joined(texts)))
    vocabulary = frozenset(words)
    return OwnWords(words, vocabulary, vocabulary | names_in("\n".join(texts).lower()))


def _own_texts(languages: Iterable[str]) -> Iterator[str]:
    """Texts that stand in pages of any base: the shipped ones, and the names of days and lands."""
    for folder in (shipped(), FOLDER):
        for name in files.listed(folder)[0]:
            if name.endswith(_READ):
                yield _BLOB.sub("", files.read(folder, name).decode())
    yield manifest((), {}, ()).content.decode()
    for module in (model, edition, snapshot, difference, record, correction):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, StrEnum):
                yield "\n".join(value)
            elif isinstance(value, type) and is_dataclass(value):
                yield "\n".join(field.name for field in fields(value))
    for language in dict.fromkeys(("en", *languages)):
        locale = cldr(language)
        yield "\n".join((*locale.territories.values(), *locale.languages.values()))
        for names in locale.months["format"].values():
            yield "\n".join(names.values())
