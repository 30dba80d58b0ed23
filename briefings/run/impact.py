"""What rests on a source or a fact: what a desk has to look at when one of them falls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefings.core.characters import in_a_line
from briefings.core.diagnostics import Diagnostic, diagnostic, failed
from briefings.core.model import Fact, FactBase, FactId, LocalText, SourceId
from briefings.core.names import suggestion
from briefings.core.snapshot import FactState
from briefings.core.span import SourceText, Span
from briefings.load import records as desk_records
from briefings.load.desk import load
from briefings.load.records import Issued, find


@dataclass(frozen=True, slots=True)
class Resting:
    """One thing that rests on another: what it is, its id, its words, where it is written."""

    kind: str
    id: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Impact:
    """All that rests on the `kind` (source or fact) called `id`."""

    kind: str
    id: str
    resting: tuple[Resting, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The impact of every source and fact of that name.

    With `status` 1 and impacts, an issued record is at fault and may be missing from them.
    """

    status: int
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    impacts: tuple[Impact, ...] = ()


def impact(path: Path, name: str) -> Found:
    """What rests on the source or fact `name`; mistakes elsewhere in the base don't matter."""
    loaded = load(path)
    records = desk_records.read(loaded.root)
    texts = {**loaded.texts, **records.texts}
    base = loaded.base
    if base is None:
        return Found(1, loaded.diagnostics, texts)
    impacts = []
    if (source := SourceId(name)) in base.sources:
        impacts.append(_of_source(base, source, records.issued))
    if (fact := FactId(name)) in base.facts:
        impacts.append(_of_fact(base, fact, records.issued))
    if not impacts:
        known = (*base.sources, *base.facts)
        message = f"there is no source and no fact `{name}`"
        unknown = diagnostic("unknown-name", message, None, *suggestion(name, known))
        return Found(2, (*records.diagnostics, unknown), texts)
    status = 1 if failed(records.diagnostics) else 0
    return Found(status, records.diagnostics, texts, tuple(impacts))


def _of_source(base: FactBase, source: SourceId, records: Iterable[Issued]) -> Impact:
    facts = [
        fact
        for fact in base.facts.values()
        if any(evidence.source == source for evidence in fact.evidence)
    ]
    titles = [
        Resting("actor", actor.id, f"{_words(base, actor.name)}, its title", title.span)
        for actor in base.actors.values()
        for title in actor.titles
        if title.source == source
    ]
    told = {fact.id for fact in facts}
    briefs = [
        _brief(one, [state.id for state in one.snapshot.facts if _rests(state, source)])
        for one in records
    ]
    return Impact("source", source, (*_resting(base, facts, told), *titles, *_some(briefs)))


def _of_fact(base: FactBase, name: FactId, records: Iterable[Issued]) -> Impact:
    facts = [
        fact
        for fact in base.facts.values()
        if name in fact.outcome_of
        or (fact.withdrawn is not None and fact.withdrawn.replaced_by == name)
    ]
    briefs = [
        _brief(one, [state.id for state in one.snapshot.facts if state.id == name])
        for one in records
    ]
    resting = _resting(base, facts, {name}, base.facts[name])
    return Impact("fact", name, (*resting, *_some(briefs)))


def _rests(state: FactState, source: SourceId) -> bool:
    return any(quote.source == source for quote in state.quotes)


def _some(briefs: Iterable[Resting | None]) -> list[Resting]:
    return [one for one in briefs if one is not None]


def _resting(
    base: FactBase, facts: Iterable[Fact], names: set[FactId], itself: Fact | None = None
) -> list[Resting]:
    """The `facts`, and all that rests on any of `names`; in the order of the base."""
    told = list(facts)
    found = [Resting("fact", one.id, _told(base, one), one.span) for one in told]
    found += [
        Resting("judgement", one.id, _words(base, one.statement), one.span)
        for one in base.judgements.values()
        if not names.isdisjoint(one.rests_on)
    ]
    found += [
        Resting("contested point", one.id, _words(base, one.question), one.span)
        for one in base.contests.values()
        if not names.isdisjoint(one.positions)
    ]
    found += [
        Resting("gap", one.id, _words(base, one.question), one.span)
        for one in base.gaps.values()
        if one.answered_by in names
    ]
    about = {topic for one in (*told, *((itself,) if itself else ())) for topic in one.topics}
    found += [
        Resting("topic", one.id, _words(base, one.title), one.span)
        for one in base.topics.values()
        if one.id in about
    ]
    return found


def _told(base: FactBase, fact: Fact) -> str:
    words = _words(base, fact.statement)
    return f"{words} (withdrawn on {fact.withdrawn.on})" if fact.withdrawn else words


def _words(base: FactBase, text: LocalText) -> str:
    return text.best(base.languages[0])[1]


def _brief(one: Issued, facts: list[str]) -> Resting | None:
    """An issued brief that told any of `facts`, and where in its record."""
    if not facts:
        return None
    said = one.snapshot
    text = f"{said.title}, edition {said.edition} of {said.as_of}: {', '.join(facts)}"
    span = find(one.text, f'"id": "{facts[0]}"')
    return Resting("issued brief", one.record.name.removesuffix(".json"), text, span)


def as_text(found: Found, folder: Path) -> str:
    """The impact for people, with the places as seen from where one works."""
    lines: list[str] = []
    for one in found.impacts:
        count = len(one.resting)
        rests = "nothing rests" if count == 0 else f"{count} rest" + ("s" if count == 1 else "")
        lines.append(f"{one.kind} {one.id}: {rests} on it")
        kind = ""
        for each in one.resting:
            if each.kind != kind:
                kind = each.kind
                lines.append(f"  {kind}")
            lines.append(f"    {_place(each.span, found.texts, folder)}: {each.id}: {each.text}")
    return "".join(f"{in_a_line(line)}\n" for line in lines)


def as_object(found: Found, folder: Path) -> dict[str, object]:
    """The impact for machines."""
    return {
        "impacts": [
            {
                "kind": one.kind,
                "id": one.id,
                "resting": [
                    {
                        "kind": each.kind,
                        "id": each.id,
                        "text": each.text,
                        "place": _place(each.span, found.texts, folder),
                    }
                    for each in one.resting
                ],
            }
            for one in found.impacts
        ]
    }


def _place(span: Span, texts: Mapping[str, SourceText], folder: Path) -> str:
    at = texts[span.path].position(span.start)
    return f"{(folder / span.path).as_posix()}:{at.line}:{at.column}"
