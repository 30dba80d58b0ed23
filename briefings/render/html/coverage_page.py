"""The page on which passages of its documents a desk's facts rest."""

from __future__ import annotations

import jinja2

from briefings.core.coverage import DocumentCoverage
from briefings.core.groups import grouped
from briefings.core.model import FactId, LocalText, Marking
from briefings.core.overriding import override
from briefings.core.values import dataclass
from briefings.render.html.environment import locale_of
from briefings.render.html.fill import Fillable, filled, marked
from briefings.render.html.passages import direction_of_text


@dataclass(frozen=True, slots=True)
class CoveredParagraph:
    """A paragraph: its sentences, each with the white space behind it, and the facts on it."""

    number: int
    direction: str
    sentences: tuple[tuple[str, str, bool], ...]
    facts: tuple[FactId, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage(Fillable):
    """All documents of a desk, sentence by sentence, those marked that a fact rests on."""

    desk: LocalText
    language: str
    marking: Marking
    documents: tuple[DocumentCoverage, ...]

    @override
    def text(self, templates: jinja2.Environment) -> str:
        return filled(
            templates,
            "coverage.html.j2",
            locale_of(templates, self.language),
            rules=[marked(self.marking)],
            context={
                "desk": self.desk,
                "marking": self.marking,
                "documents": [(each, _paragraphs(each)) for each in self.documents],
                "short_titles": {},
            },
        )


def _paragraphs(covered: DocumentCoverage) -> list[CoveredParagraph]:
    by_paragraph = grouped((sentence.paragraph, sentence) for sentence in covered.sentences)
    text = covered.document.text
    return [
        CoveredParagraph(
            number,
            direction_of_text(text[here[0].start : here[-1].end]),
            tuple(
                (text[each.start : each.end], text[each.end : after], bool(each.facts))
                for each, after in zip(
                    here, [*(each.start for each in here[1:]), here[-1].end], strict=True
                )
            ),
            tuple(dict.fromkeys(fact for each in here for fact in each.facts)),
        )
        for number, here in by_paragraph.items()
    ]
