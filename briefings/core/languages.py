"""Codes of languages, and in which others a reader looks where one has no words of its own."""

from __future__ import annotations

import re
from functools import lru_cache

PATTERN = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"

CATALOGUES = "locale/*.po"
"""Where a desk keeps words of our pages in further languages: `locale/fr.po`."""

_CODE = re.compile(PATTERN)


def is_code(text: str) -> bool:
    """Whether `text` is a BCP 47 code of a language, and optionally script and region."""
    return _CODE.fullmatch(text) is not None


@lru_cache(maxsize=256)
def chain(language: str) -> tuple[str, ...]:
    """`language` and what it is a form of, nearest first: `fa-AF`, `fa` (RFC 4647, 3.4, lookup)."""
    parts = language.split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


@lru_cache(maxsize=256)
def primary(language: str) -> str:
    """The language without script and region: `fa` of `fa-AF`."""
    return language.partition("-")[0]
