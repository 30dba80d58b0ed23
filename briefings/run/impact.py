"""What rests on a source or a fact: what a desk has to look at when one of them falls."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from briefings.core.characters import line_by_line
from briefings.core.diagnostics import Diagnostic, Refused, location_from, unknown_name
from briefings.core.model import (
    Account,
    Contest,
    Fact,
    FactBase,
    FactId,
    Gap,
    Judgement,
    LocalText,
    SourceId,
    Summary,
)
from briefings.core.snapshot import FactState
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.load import records as desk_records
from briefings.load.desk import load
from briefings.load.records import Issued, find

_Entry: TypeAlias = Judgement | Contest | Gap | Summary | Account


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
class Impacts:
    """The impact of every source and fact of one name.

    `diagnostics` are what is wrong with issued records, which may be missing for that; `texts` are
    what all of it points into, by path.
    """

    impacts: tuple[Impact, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]


def impact(path: Path, name: str) -> Impacts:
    """What rests on the source or fact `name`; mistakes elsewhere in the base don't matter.

    Raises:
        Refused: With status 1: the base can't be read; with status 2: nothing has that name.
    """
    loaded = load(path)
    records = desk_records.read(loaded.root)
    texts = {**loaded.texts, **records.texts}
    base = loaded.base
    if base is None:
        raise Refused(1, loaded.diagnostics, texts)
    impacts = []
    if (source := SourceId(name)) in base.sources:
        impacts.append(_of_source(base, source, records.issued))
    if (fact := FactId(name)) in base.facts:
        impacts.append(_of_fact(base, fact, records.issued))
    if not impacts:
        unknown = unknown_name("source and no fact", name, {*base.sources, *base.facts})
        raise Refused(2, (*records.diagnostics, unknown), texts)
    return Impacts(tuple(impacts), records.diagnostics, texts)


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
    names = {fact.id for fact in facts}
    briefs = _briefs(records, lambda state: any(quote.source == source for quote in state.quotes))
    return Impact("source", source, (*_resting(base, facts, names), *titles, *briefs))


def _of_fact(base: FactBase, name: FactId, records: Iterable[Issued]) -> Impact:
    facts = [
        fact
        for fact in base.facts.values()
        if name in fact.outcome_of
        or (fact.withdrawn is not None and fact.withdrawn.replaced_by == name)
    ]
    briefs = _briefs(records, lambda state: state.id == name)
    resting = _resting(base, facts, {name}, base.facts[name])
    return Impact("fact", name, (*resting, *briefs))


def _resting(
    base: FactBase, facts: Iterable[Fact], names: set[FactId], itself: Fact | None = None
) -> list[Resting]:
    """The `facts`, and all that rests on any of `names`; in the order of the base."""
    direct = list(facts)
    resting = [Resting("fact", fact.id, _told(base, fact), fact.span) for fact in direct]
    rest: tuple[tuple[str, _Entry, LocalText, Collection[FactId | None]], ...] = (
        *(("judgement", each, each.statement, each.rests_on) for each in base.judgements.values()),
        *(
            ("contested point", each, each.question, each.positions)
            for each in base.contests.values()
        ),
        *(("gap", each, each.question, (each.answered_by,)) for each in base.gaps.values()),
        *(("summary", each, each.headline, each.facts) for each in base.summaries.values()),
        *(
            ("account", each, each.headline or each.text.words, each.facts)
            for each in base.accounts.values()
        ),
    )
    resting += [
        Resting(kind, each.id, _words(base, text), each.span)
        for kind, each, text, facts in rest
        if not names.isdisjoint(facts)
    ]
    about = {topic for fact in (*direct, *((itself,) if itself else ())) for topic in fact.topics}
    resting += [
        Resting("topic", topic.id, _words(base, topic.title), topic.span)
        for topic in base.topics.values()
        if topic.id in about
    ]
    return resting


def _told(base: FactBase, fact: Fact) -> str:
    words = _words(base, fact.statement)
    return f"{words} (withdrawn on {fact.withdrawn.on})" if fact.withdrawn else words


def _words(base: FactBase, text: LocalText) -> str:
    return text.best(base.languages[0])[1]


def _briefs(records: Iterable[Issued], concerns: Callable[[FactState], bool]) -> Iterator[Resting]:
    """Each issued brief that told a fact which it `concerns`, and where in its record."""
    for issued in records:
        snapshot = issued.snapshot
        if facts := [state.id for state in snapshot.facts if concerns(state)]:
            text = (
                f"{snapshot.title}, edition {snapshot.edition} of {snapshot.as_of}:"
                f" {', '.join(facts)}"
            )
            span = find(issued.text, f'"id": "{facts[0]}"')
            yield Resting("issued brief", issued.record.name.removesuffix(".json"), text, span)


def as_text(result: Impacts, folder: Path) -> str:
    """The impact for people, with the places as seen from where one works."""
    lines: list[str] = []
    for each in result.impacts:
        count = len(each.resting)
        rests = "nothing rests" if count == 0 else f"{count} rest" + ("s" if count == 1 else "")
        lines.append(f"{each.kind} {each.id}: {rests} on it")
        kind = ""
        for entry in each.resting:
            if entry.kind != kind:
                kind = entry.kind
                lines.append(f"  {kind}")
            where = location_from(folder, entry.span, result.texts)
            lines.append(f"    {where}: {entry.id}: {entry.text}")
    return line_by_line(lines)


def as_object(result: Impacts, folder: Path) -> dict[str, object]:
    """The impact for machines."""
    return {
        "impacts": [
            {
                "kind": each.kind,
                "id": each.id,
                "resting": [
                    {
                        "kind": entry.kind,
                        "id": entry.id,
                        "text": entry.text,
                        "place": location_from(folder, entry.span, result.texts),
                    }
                    for entry in each.resting
                ],
            }
            for each in result.impacts
        ]
    }
