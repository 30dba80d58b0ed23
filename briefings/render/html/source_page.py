"""A source document as a page, whole, with every passage marked that a brief quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import jinja2

from briefings.core.edition import Edition
from briefings.core.groups import grouped
from briefings.core.model import Document, LocalText, Marking, Source, SourceId
from briefings.core.overriding import override
from briefings.core.values import dataclass
from briefings.render.html.environment import locale_of
from briefings.render.html.fill import Fillable, filled, marked
from briefings.render.html.passages import MarkedParagraph, MarkedPassage, paragraphs
from briefings.render.html.siblings import Desk, Siblings


@dataclass(frozen=True, slots=True)
class Uses:
    """What one brief, called `title` and at `href`, quotes of a document or of its paragraph."""

    title: LocalText
    href: str
    citations: tuple[MarkedPassage, ...]


def uses_of(source: SourceId, editions: Iterable[Edition], files: Siblings) -> tuple[Uses, ...]:
    """What briefs quote of a source, in their order; nothing of those that do not."""
    uses = (
        Uses(
            edition.title,
            "../" + files.name_of(edition, "html"),
            tuple(MarkedPassage.of(each) for each in edition.citations if each.source.id == source),
        )
        for edition in editions
    )
    return tuple(each for each in uses if each.citations)


@dataclass(frozen=True, slots=True)
class SourcePage(Fillable):
    """A source document, whole, with every passage marked that a brief quotes."""

    desk: Desk
    source: Source
    document: Document
    uses: tuple[Uses, ...]
    marking: Marking
    files: Siblings
    language: str

    @override
    def text(self, templates: jinja2.Environment) -> str:
        quotes = {passage.id: passage for each in self.uses for passage in each.citations}
        text, name = paragraphs(self.document, quotes.values()), self.files.source_name
        return filled(
            templates,
            "source.html.j2",
            locale_of(templates, self.language),
            rules=[_target_rules(quotes), marked(self.marking)],
            context={
                "source": self.source,
                "desk": self.desk.title,
                "marking": self.marking,
                "paragraphs": used(text, self.uses),
                "files": self.files,
                "index_path": self.files.index_name(self.language),
                "alternates": [
                    (code, f"../{name(self.source.id, code)}") for code in self.files.languages
                ],
            },
        )


def _target_rules(quotes: Iterable[str]) -> str:
    """Light up all pieces of the passage that an address names, where quotes overlap too."""
    return "\n".join(
        f"p:has(#p-{name}:target) .in-{name}{{background:var(--target);color:var(--ink)}}"
        for name in quotes
    )


def used(
    text: Iterable[MarkedParagraph], uses: Sequence[Uses]
) -> list[tuple[MarkedParagraph, tuple[Uses, ...]]]:
    """Each paragraph with who quotes it, in the order of `uses`; nothing of those that do not."""
    places = grouped(
        (citation.id, (number, turn))
        for number, each in enumerate(uses)
        for turn, citation in enumerate(each.citations)
    )
    found: list[tuple[MarkedParagraph, tuple[Uses, ...]]] = []
    for paragraph in text:
        turns = grouped(
            (number, turn)
            for number, turn in sorted({at for name in paragraph.cited for at in places[name]})
        )
        here = (
            replace(uses[number], citations=tuple(uses[number].citations[turn] for turn in each))
            for number, each in turns.items()
        )
        found.append((paragraph, tuple(here)))
    return found
