"""Which passages of each document facts rest on, and which none does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path

from briefings.check.quotes import anchors
from briefings.core.characters import line_by_line
from briefings.core.coverage import CoveredSentence, DocumentCoverage
from briefings.core.diagnostics import (
    Diagnostic,
    Refused,
    location_from,
    plural,
    refusals_with,
    unknown_name,
)
from briefings.core.model import Document, FactBase, SourceId
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.edit.cited import CitedPassage, cited_passages, citing
from briefings.edit.document_sentences import sentences
from briefings.load.desk import Loaded, load
from briefings.make.produce import one_page, put_page
from briefings.render.html.jobs import CoveragePage
from briefings.workers.templates import runner_for


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of each document that could be read, in the order of the base.

    `diagnostics` are what is wrong with the base and its quotes, which may be why a passage counts
    as cited by none; `texts` what they point into, by path.
    """

    base: FactBase
    documents: tuple[DocumentCoverage, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]


def coverage(path: Path, only: tuple[SourceId, ...] = ()) -> Coverage:
    """Hold the documents of the base at `path`, or `only` those of some sources, against its facts.

    Raises:
        Refused: With status 1: the base can't be read; with status 2: there is no such source.
    """
    loaded = load(path)
    if loaded.base is None:
        raise Refused(1, loaded.diagnostics, loaded.texts)
    for name in only:
        if name not in loaded.base.sources:
            raise Refused(2, [unknown_name("source", name, loaded.base.sources)])
    quotes, lost = anchors.resolve(loaded.base, loaded.documents, loaded.unproven)
    cited = cited_passages(quotes)
    documents = tuple(
        _covered(loaded, source, cited.get(source, ()))
        for source in loaded.documents
        if not only or source in only
    )
    return Coverage(loaded.base, documents, (*loaded.diagnostics, *lost), loaded.texts)


def _covered(
    loaded: Loaded, source: SourceId, passages: tuple[CitedPassage, ...]
) -> DocumentCoverage:
    assert loaded.base is not None
    document = loaded.documents[source]
    ranges = sentences(document)
    covered = tuple(
        CoveredSentence(number, start, end, _paragraph(document, start), facts)
        for number, ((start, end), facts) in enumerate(
            zip(ranges, citing(ranges, passages), strict=True), start=1
        )
    )
    return DocumentCoverage(loaded.base.sources[source], document, covered)


def _paragraph(document: Document, index: int) -> int:
    return bisect_right(document.paragraphs, (index, len(document.text)))


def as_text(result: Coverage, folder: Path) -> str:
    """For each document how many sentences are cited, and where each stands that is not.

    Sentences are numbered as `briefings add --sentence` takes them.
    """
    lines: list[str] = []
    for each in result.documents:
        path = each.document.path
        lines.append(f"{each.source.id} ({(folder / path).as_posix()}): {_count(each)}")
        for sentence in each.uncited:
            span = Span(path, sentence.start, sentence.end)
            words = " ".join(result.texts[path].slice(span).split())
            where = location_from(folder, span, result.texts)
            lines.append(f"  {where}: ({sentence.number}) {words}")
    return line_by_line(lines)


def _count(each: DocumentCoverage) -> str:
    cited, facts = len(each.sentences) - len(each.uncited), len(each.facts)
    rest = "1 fact rests" if facts == 1 else f"{facts} facts rest"
    return f"{rest} on {cited} of {len(each.sentences)} sentences"


def summary(result: Coverage) -> str:
    """All documents in one line."""
    total = sum(len(each.sentences) for each in result.documents)
    uncited = sum(len(each.uncited) for each in result.documents)
    documents = plural(len(result.documents), "document")
    return f"{documents}: facts rest on {total - uncited} of {total} sentences"


def as_object(result: Coverage, folder: Path) -> dict[str, object]:
    """The coverage for machines, with every sentence: places are code points from 0, half-open."""
    return {
        "documents": [
            {
                "source": each.source.id,
                "file": (folder / each.document.path).as_posix(),
                "sentences": len(each.sentences),
                "cited": len(each.sentences) - len(each.uncited),
                "facts": list(each.facts),
                "passages": [
                    {
                        "number": sentence.number,
                        "start": sentence.start,
                        "end": sentence.end,
                        "line": result.texts[each.document.path].position(sentence.start).line,
                        "paragraph": sentence.paragraph,
                        "text": each.document.text[sentence.start : sentence.end],
                        "cited_by": list(sentence.facts),
                    }
                    for sentence in each.sentences
                ],
            }
            for each in result.documents
        ]
    }


def write(result: Coverage, file: Path, desk: Path) -> None:
    """Write the coverage as a web page, with the desk's own templates if it has some.

    Its marking is the highest of the base, since it holds whole documents and the ids of facts.

    Args:
        result: What rests on what.
        file: Where to.
        desk: The folder of the desk.

    Raises:
        Refused: With status 1: a template has a mistake; with status 2: the file can't be written.
    """
    base = result.base
    sources = (each.marking for each in base.sources.values())
    label = max(base.marking, *sources, *(each.marking for each in base.facts.values()))
    job = CoveragePage(base.title, base.languages[0], label, result.documents)
    with refusals_with((), result.texts):
        put_page(lambda: one_page(job, file.name, runner_for(desk), label), file)
