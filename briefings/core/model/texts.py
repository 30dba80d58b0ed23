"""Texts in several languages, and annotations that entries of several kinds share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from briefings.core.fields import AnyOf, Between, Doc, Grammar, Rule
from briefings.core.languages import chain
from briefings.core.model.vocabulary import ActorId, FactId, Marking, PlaceId, SourceId
from briefings.core.span import Span
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in one or more languages; never empty, in the order of the base's languages."""

    forms: tuple[tuple[str, str], ...]
    span: Span
    places: tuple[Span, ...] = ()

    def place(self, language: str) -> Span:
        """Where the form in `language` is written, else where the whole text is."""
        codes = (code for code, _ in self.forms)
        return dict(zip(codes, self.places, strict=False)).get(language, self.span)

    def get(self, language: str) -> str | None:
        """The text in `language`, or None."""
        for code, text in self.forms:
            if code == language:
                return text
        return None

    def best(self, *languages: str) -> tuple[str, str]:
        """`(language, text)` for the first of `languages` there is, else the first form.

        A language comes with those that it is a form of: Persian serves a reader of Dari.
        """
        for language in languages:
            for code in chain(language):
                if (text := self.get(code)) is not None:
                    return code, text
        return self.forms[0]


def title_of(entry: object) -> str:
    """The words by which an entry is known, in the language that it has them in first; or none."""
    for name in ("statement", "title", "name", "question", "headline"):
        words: LocalText | str | None = getattr(entry, name, None)
        if words is not None:
            return words if isinstance(words, str) else words.forms[0][1]
    return ""


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Words in which a form of a language differs, such as Dari of Persian, by its code."""

    words: Mapping[str, Mapping[str, str]]


Language = Annotated[str, Grammar.LANGUAGE]
OwnMarking = Annotated[
    Marking, Doc("TLP 2.0: see [marking](marking.md)"), Rule.INHERITED, Rule.SHARED
]
AnyId = Annotated[str, AnyOf(FactId, SourceId, ActorId, PlaceId)]
Coordinates = tuple[
    Annotated[float, Between(-90, 90, "latitude")],
    Annotated[float, Between(-180, 180, "longitude")],
]
