"""A fact proposed from a passage: all of its fields that can be recognised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefings.authoring.draft import OpenDesk
from briefings.authoring.new_entry import NewEntry, new_entry
from briefings.core.characters import visible
from briefings.core.diagnostics import Hint, Refused, diagnostic, unknown_name
from briefings.core.model import Document, FactBase, FactKind, Source, SourceId, Voice
from briefings.core.names import suggestion
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.edit import recognise
from briefings.edit.insert import Value
from briefings.edit.quoting import Selector, quoted, selectors, trimmed


@dataclass(frozen=True, slots=True)
class DocumentRange:
    """A half-open range of code points of a document."""

    source: SourceId
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the analyst says of a fact; all but `statement` is proposed where it is left out.

    `statement` maps languages to texts; `translation` is of the passage, in the first language of
    the desk, and left out where the document is in that one. `actors` and `places` are None where
    they are to be recognised.
    """

    statement: Mapping[str, str]
    id: str = ""
    kind: str = ""
    topics: tuple[str, ...] = ()
    headline: str = ""
    date: str = ""
    due: str = ""
    actors: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    credibility: str = ""
    outcome_of: tuple[str, ...] = ()
    by: str = ""
    translation: str = ""


def document_of(desk: OpenDesk, source: SourceId) -> Document:
    """The document of a source.

    Raises:
        Refused: With status 2: there is no such source; with status 1: it can't be read.
    """
    if source in desk.loaded.documents:
        return desk.loaded.documents[source]
    if source in desk.base.sources:
        raise Refused(1, desk.loaded.diagnostics, desk.loaded.texts)
    raise Refused(2, [unknown_name("source", source, desk.base.sources)])


def marked(desk: OpenDesk, source: SourceId, start: int, end: int) -> DocumentRange:
    """A range of a document that somebody has marked, without what is no part of a quote.

    Args:
        desk: The open desk.
        source: Whose document it is.
        start: The first code point, from 0.
        end: The one behind the last.

    Raises:
        Refused: As of `document_of`.
    """
    return DocumentRange(source, *trimmed(document_of(desk, source), start, end))


def passage_text(desk: OpenDesk, passage: DocumentRange) -> str:
    """The words of a passage as they would be quoted."""
    return quoted(desk.loaded.documents[passage.source], passage.start, passage.end)


def propose(desk: OpenDesk, passage: DocumentRange, wanted: Wanted) -> NewEntry:
    """The fact that rests on a passage, with all that can be recognised, and what the check says.

    Args:
        desk: The desk; nothing is written.
        passage: What is quoted.
        wanted: What is given of the fact; what is not is recognised in the passage.

    Raises:
        Refused: With status 1: its place in the file can't be found, the file has changed, or the
            quote would be read somewhere else; with status 2: no topic can be proposed.
    """
    document = desk.loaded.documents[passage.source]
    unread: NewEntry | None = None
    for selector in selectors(document, passage.start, passage.end):
        entry = fields(desk, passage, wanted, selector)
        proposal = new_entry(desk, "facts", entry, file_for(desk, passage.source))
        place = _place(proposal)
        if place == passage.start:
            return proposal
        unread = proposal if place is None else unread
    if unread is not None:
        return unread
    message = f"the quote would be read at another place of `{passage.source}`"
    hint = Hint(
        "no words around this one tell it apart", Span(document.path, passage.start, passage.end)
    )
    fault = diagnostic("selector-mismatch", message, None, "take a longer passage", hint)
    raise Refused(1, [fault], desk.loaded.texts)


def proposed_topics(base: FactBase, source: SourceId) -> tuple[str, ...]:
    """The only topic, else those of the last fact that rests on the same source, else none."""
    return topics_by_source(base).get(source, ())


def topics_by_source(base: FactBase) -> Mapping[SourceId, tuple[str, ...]]:
    """What is proposed for a fact from each source; those for which nothing is are left out."""
    if len(base.topics) == 1:
        return dict.fromkeys(base.sources, tuple(base.topics))
    return {
        evidence.source: fact.topics for fact in base.facts.values() for evidence in fact.evidence
    }


def fields(
    desk: OpenDesk, passage: DocumentRange, wanted: Wanted, selector: Selector
) -> dict[str, Value]:
    """The fields of the fact, in any order; those that would be empty are left out.

    Args:
        desk: The desk.
        passage: What is quoted.
        wanted: What is given of the fact; what is not is recognised in the passage.
        selector: What tells the passage from others of the same words.

    Raises:
        Refused: With status 1: the base has no such language; with status 2: no topic can be
            proposed.
    """
    base, forms = desk.base, wanted.statement
    _require_languages(base, forms)
    source = base.sources[passage.source]
    words = wanted.headline or next(iter(forms.values()))
    first = base.languages[0]
    statement: Value = forms[first] if list(forms) == [first] else dict(forms)
    evidence: dict[str, Value] = {
        "source": passage.source,
        "quote": quoted(desk.loaded.documents[passage.source], passage.start, passage.end),
        "by": "" if wanted.by == Voice.OUTLET else wanted.by,
        "prefix": selector.prefix or "",
        "suffix": selector.suffix or "",
        "occurrence": str(selector.occurrence or ""),
        "translation": "" if source.language == first else wanted.translation,
    }
    taken = {*base.facts, *(desk.loaded.standing or ())}
    actors, where = recognise.named(base, forms)
    kind = wanted.kind or (FactKind.CLAIM if evidence["by"] else FactKind.EVENT).value
    is_plan = kind == FactKind.PLAN
    values: dict[str, Value] = {
        "id": wanted.id or recognise.proposed_id(words, passage.source, taken),
        "kind": kind,
        "topics": wanted.topics or _topics(base, passage.source),
        "statement": statement,
        "headline": wanted.headline,
        "date": wanted.date or ("" if is_plan else recognise.event_date(forms, source) or ""),
        "due": wanted.due or (_due(forms, source) if is_plan else ""),
        "actors": tuple(actors if wanted.actors is None else wanted.actors),
        "places": tuple(where if wanted.places is None else wanted.places),
        "credibility": wanted.credibility,
        "outcome_of": wanted.outcome_of,
        "evidence": ({key: value for key, value in evidence.items() if value},),
    }
    return {key: value for key, value in values.items() if value}


def _require_languages(base: FactBase, forms: Iterable[str]) -> None:
    """Nothing, if all are languages of the base: words of others are not looked for.

    Raises:
        Refused: With status 1: one is not.
    """
    for language in forms:
        if language not in base.languages:
            message = f"`{visible(language)}` is not in `languages`"
            hints = suggestion(language, base.languages)
            raise Refused.by(1, "unknown-language", message, *hints)


def _due(forms: Mapping[str, str], source: Source) -> str:
    """The one day that a plan names, which is still to come where its source tells of it."""
    return recognise.event_date(forms, source, is_ahead=True) or ""


def _topics(base: FactBase, source: SourceId) -> tuple[str, ...]:
    """The topics that are proposed.

    Raises:
        Refused: With status 2: there is nothing to go by.
    """
    if topics := proposed_topics(base, source):
        return topics
    message = f"no fact rests on `{source}` yet, and the base has several topics"
    hint = "name one with --topic: " + ", ".join(f"`{each}`" for each in base.topics)
    raise Refused.by(2, "missing-key", message, hint)


def file_for(desk: OpenDesk, source: SourceId) -> str:
    """The file that holds the last fact of the same source, else the last fact, else the base."""
    last = desk.path.name
    same: str | None = None
    for fact in desk.base.facts.values():
        last = fact.span.path
        if any(evidence.source == source for evidence in fact.evidence):
            same = last
    return same or last


def _place(proposal: NewEntry) -> int | None:
    """Where the gate finds the quote; None if it does not, which the check then tells."""
    name = proposal.id
    if name in proposal.draft.desk.base.facts:
        return None
    anchors = [each.anchor for each in proposal.draft.checked.quotes if each.fact == name]
    return anchors[-1].passages[0].start if anchors and anchors[-1] is not None else None
