"""What else is written beside a page, and the desk that they are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from briefings.core.edition import Edition
from briefings.core.model import FactBase, LocalText, Marking, SourceId
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Desk:
    """What pages say of the desk itself; the first of `languages` is its own."""

    title: LocalText
    languages: tuple[str, ...]
    marking: Marking

    @classmethod
    def of(cls, base: FactBase) -> Desk:
        """The desk that has this base."""
        return cls(base.title, base.languages, base.marking)


@dataclass(frozen=True, slots=True)
class Siblings:
    """What else is written beside a page, so that it links to nothing that is not there.

    `pdf` and `html`: each brief in that form; `sources`: those with a page of their own. `stems`
    maps the id of an edition to the name of its files where that is not the usual one.
    `languages` are those of the index and of the source pages; the first has the plain names.
    `weeks` is the address of the list of weeks.
    """

    html: bool = False
    pdf: bool = False
    index: bool = False
    sources: frozenset[str] = frozenset()
    stems: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    weeks: str | None = None

    def index_name(self, language: str) -> str:
        """The file name of the index in `language`."""
        return f"index{self._suffix(language)}.html"

    def source_name(self, name: SourceId, language: str) -> str:
        """The path of a source's page in `language`."""
        return f"sources/{name}{self._suffix(language)}.html"

    def feed_name(self, language: str) -> str:
        """The file name of the feed in `language`."""
        return f"feed{self._suffix(language)}.xml"

    def _suffix(self, language: str) -> str:
        return f".{language}" if language in self.languages[1:] else ""

    def name_of(self, edition: Edition, extension: Literal["html", "pdf"]) -> str:
        """The file name of a brief in the output folder."""
        stem = self.stems.get(edition.id)
        return brief_name(edition, extension) if stem is None else f"{stem}.{extension}"


def brief_name(edition: Edition, extension: Literal["html", "pdf"]) -> str:
    """The usual file name of a brief."""
    return f"{edition.spec.brief}.{edition.spec.language}.{extension}"
