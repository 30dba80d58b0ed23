"""In which languages the pages around the briefs are made, and what each is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefings.core.edition import Edition
from briefings.core.model import FactBase, SourceId


def languages(base: FactBase, editions: Iterable[Edition]) -> tuple[str, ...]:
    """The base's own language and each that a brief is in, in the order of the base."""
    built = {edition.spec.language for edition in editions}
    return tuple(code for code in base.languages if code == base.languages[0] or code in built)


def read_in(language: str, editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The briefs in one language; all, where none is."""
    return tuple(one for one in editions if one.spec.language == language) or tuple(editions)


def citing(source: SourceId, editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """The briefs that rest on a source."""
    return tuple(one for one in editions if source in one.documents)


def told_alike(edition: Edition, editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """The same brief in each language that it is there in, itself included."""
    return tuple(one for one in editions if one.spec.brief == edition.spec.brief)
