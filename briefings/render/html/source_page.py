"""A source document as a page, whole, with every passage marked that a brief quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import jinja2

from briefings.core.edition import Edition
from briefings.core.model import Document, LocalText, Marking, Source, SourceId
from briefings.core.values import dataclass
from briefings.render.html.environment import locale_of
from briefings.render.html.fill import filled, marked
from briefings.render.html.passages import MarkedParagraph, MarkedPassage, paragraphs
from briefings.render.html.siblings import Desk, Siblings


@dataclass(frozen=True, slots=True)
class Uses:
    """What one brief, called `title` and at `href`, quotes of a document or of its paragraph."""

    title: LocalText
    href: str
    citations: tuple[MarkedPassage, ...]


def uses_of(source: SourceId, editions: Iterable[Edition], files: Siblings) -> tuple[Uses, ...]:
    """What briefs quote of a source, in their order; nothing of those that do not.

    Args:
        source: The source that the page is of.
        editions: The briefs of a build.
        files: What these are called.

    """
    uses = (
        Uses(
            edition.title,
            "../" + files.name_of(edition, "html"),
            tuple(MarkedPassage.of(each) for each in edition.citations if each.source.id == source),
        )
        for edition in editions
    )
    return tuple(each for each in uses if each.citations)


def source_page(
    templates: jinja2.Environment,
    desk: Desk,
    shown: Source,
    document: Document,
    uses: Sequence[Uses],
    *,
    marking: Marking,
    files: Siblings,
    language: str | None = None,
) -> str:
    """A source document, whole, with every passage marked that a brief quotes.

    Args:
        templates: An environment of `environment`.
        desk: Whose page it is.
        shown: The source.
        document: Its text.
        uses: What each brief quotes of it, in the order in which they are named.
        marking: How restricted the page is.
        files: What else is written; links are relative to the folder `sources`.
        language: That of the page; None for the desk's own.

    Raises:
        TemplateHole: The template can't be filled.

    """
    locale = locale_of(templates, language or desk.languages[0])
    quotes = {passage.id: passage for each in uses for passage in each.citations}
    text = paragraphs(document, quotes.values())
    return filled(
        templates,
        "source.html.j2",
        locale,
        rules=[_target_rules(quotes), marked(marking)],
        context={
            "source": shown,
            "desk": desk.title,
            "marking": marking,
            "paragraphs": used(text, uses),
            "files": files,
            "index_path": files.index_name(locale.language),
            "alternates": [
                (code, f"../{files.source_name(shown.id, code)}") for code in files.languages
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
    places: dict[str, list[tuple[int, int]]] = {}
    for number, each in enumerate(uses):
        for turn, citation in enumerate(each.citations):
            places.setdefault(citation.id, []).append((number, turn))
    found: list[tuple[MarkedParagraph, tuple[Uses, ...]]] = []
    for paragraph in text:
        turns: dict[int, list[int]] = {}
        for number, turn in sorted({at for name in paragraph.cited for at in places[name]}):
            turns.setdefault(number, []).append(turn)
        here = (
            replace(uses[number], citations=tuple(uses[number].citations[turn] for turn in each))
            for number, each in turns.items()
        )
        found.append((paragraph, tuple(here)))
    return found
