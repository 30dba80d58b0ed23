"""What the page is told, as JSON: the desk, a document, a verdict, the candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from briefings.authoring.annotated import AnnotatedDocument, cited_by
from briefings.authoring.candidate import FactVerdict
from briefings.authoring.proposal import topics_by_source
from briefings.authoring.queue import Candidate
from briefings.core.characters import visible
from briefings.core.diagnostics import Diagnostic, as_json, failed, in_order, place_of
from briefings.core.excerpts import head
from briefings.core.model import ActorKind, Credibility, FactKind, LocalText, Voice
from briefings.core.span import SourceText
from briefings.workbench.state import Workbench

_MOST_DIAGNOSTICS = 100
_TITLE = 70  # characters of a title: the list of documents has a line for each


def desk(bench: Workbench) -> dict[str, object]:
    """All but the documents; of diagnostics the first hundred, and how many there are."""
    shown: dict[str, object] = {
        "version": bench.version,
        "base": bench.base,
        "key": sha256(str(bench.path.absolute()).encode()).hexdigest()[:16],
        "refused": failed(bench.diagnostics),
        "count": len(bench.diagnostics),
        "diagnostics": diagnostics(bench.diagnostics, bench.texts),
    }
    if bench.desk is None:
        return shown | {"title": bench.path.parent.name, "sources": []}
    base, loaded = bench.desk.base, bench.desk.loaded
    cited, topics = cited_by(bench.desk), topics_by_source(base)
    return shown | {
        "title": _plain(base.title),
        "languages": list(base.languages),
        "topics": {each.id: _plain(each.title) for each in base.topics.values()},
        "actors": {each.id: _plain(each.name) for each in base.actors.values()},
        "places": {each.id: _plain(each.name) for each in base.places.values()},
        "voices": [voice.value for voice in Voice],
        "kinds": [kind.value for kind in FactKind],
        "actor_kinds": [kind.value for kind in ActorKind],
        "grades": [grade.value for grade in Credibility],
        "facts": len(base.facts),
        "sources": [
            {
                "id": each.id,
                "title": head(_plain(each.title), _TITLE),
                "language": each.language,
                "topics": list(topics.get(each.id, ())),
                "facts": cited.get(each.id, 0),
            }
            for each in base.sources.values()
            if each.id in loaded.documents
        ],
    }


def document(bench: Workbench, shown: AnnotatedDocument) -> dict[str, object]:
    """A document: sentences and passages by code points, half-open."""
    text, facts = shown.document.text, bench.opened().base.facts
    number = 0
    paragraphs = []
    for ranges in shown.paragraphs:
        paragraphs.append(
            [
                {"number": number + at, "start": start, "text": text[start:end]}
                for at, (start, end) in enumerate(ranges, 1)
            ]
        )
        number += len(ranges)
    return {
        "source": shown.document.source,
        "language": shown.language,
        "direction": shown.direction,
        "file": shown.document.path,
        "paragraphs": paragraphs,
        "cited": [[each.start, each.end, each.fact] for each in shown.cited],
        "facts": {name: _plain(facts[name].statement) for name in shown.facts},
        "candidates": candidates(bench.waiting(shown.document.source)),
    }


def candidates(waiting: Iterable[Candidate]) -> list[dict[str, object]]:
    """What waits for a decision."""
    return [
        {
            "quote": each.quote,
            "note": each.note,
            "origin": each.origin,
            "state": each.state.value,
            "start": each.start,
            "end": each.end,
        }
        for each in waiting
    ]


def verdict(result: FactVerdict, base: str) -> dict[str, object]:
    """What the gate says, and what would be written."""
    return {
        "base": base,
        "entry": result.entry,
        "yaml": result.lines,
        "figures": list(result.figures),
        "refused": result.is_refused,
        "diagnostics": diagnostics(result.diagnostics, result.texts),
        "alike": [
            {"fact": each.fact, "why": each.why, "statement": each.statement}
            for each in result.alike
        ],
    }


def diagnostics(
    reported: Iterable[Diagnostic], texts: Mapping[str, SourceText]
) -> list[dict[str, object]]:
    """The first hundred in order of place, each with the line that it stands in."""
    return [
        as_json(each, texts) | {"excerpt": _line(each, texts)}
        for each in in_order(reported)[:_MOST_DIAGNOSTICS]
    ]


def _line(reported: Diagnostic, texts: Mapping[str, SourceText]) -> str:
    span = place_of(reported, texts)
    if span is None or span.path not in texts or (span.start, span.end) == (0, 0):
        return ""
    text = texts[span.path].text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    return visible(text[start : end if end >= 0 else len(text)].strip()[:300])


def _plain(text: LocalText | str) -> str:
    return text if isinstance(text, str) else text.forms[0][1]
