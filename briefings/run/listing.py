"""What can be asked for of a desk: the names in its base, with counts and days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from briefings.core.characters import in_a_line
from briefings.core.diagnostics import Diagnostic, Refused
from briefings.core.groups import grouped
from briefings.core.knowledge import facts_known, source_known
from briefings.core.model import Account, Fact, FactBase, FactId, FactKind, LocalText, Summary
from briefings.core.snapshot import Snapshot
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.desk.memory import keeping_all
from briefings.desk.read_cache import load_cached
from briefings.load.records import read

Row: TypeAlias = dict[str, "str | int | bool | list[str] | None"]

Known: TypeAlias = Mapping[FactId, date]
"""The day from which each fact could be known."""

_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Listing:
    """The `rows` for machines; `table` is the same for people.

    `diagnostics` are what is wrong with issued records, where these are listed, and `texts` what
    they point into, by path.
    """

    rows: list[Row]
    table: str
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, SourceText] = field(default_factory=dict)


def listing(path: Path, what: str, cache: Path | None = None) -> Listing:
    """List one kind of thing of a base; one with mistakes is listed as it could be read.

    Args:
        path: The base's own file.
        what: A key of the lists.
        cache: Where it is kept what was read of the base before; None to read all.

    Raises:
        Refused: With status 1: the base can't be read.
    """
    with keeping_all():
        loaded = load_cached(path, cache)
    if loaded.base is None:
        raise Refused(1, loaded.diagnostics, loaded.texts)
    if what == "issued":
        records = read(path.parent)
        rows = [_issued(issued.path, issued.snapshot) for issued in records.issued]
        return Listing(rows, _table(rows), records.diagnostics, records.texts)
    rows = list(_LISTS[what](loaded.base, facts_known(loaded.base)))
    return Listing(rows, _table(rows))


def _topics(base: FactBase, known: Known) -> Iterator[Row]:
    facts = _by_each(base, lambda fact: fact.topics)
    for topic in base.topics.values():
        row: Row = {"id": topic.id, "title": _shown(topic.title), "weekly": topic.weekly}
        yield row | _counted(known, facts.get(topic.id, ()))


def _by_each(
    base: FactBase, names: Callable[[Fact], Iterable[str]]
) -> Mapping[str, Sequence[Fact]]:
    """The facts of each name that `names` gives for them."""
    return grouped((name, fact) for fact in base.facts.values() for name in set(names(fact)))


def _actors(base: FactBase, known: Known) -> Iterator[Row]:
    facts = _by_each(base, lambda fact: (*fact.actors, *fact.voices))
    for actor in base.actors.values():
        row: Row = {"id": actor.id, "name": _shown(actor.name), "kind": actor.kind.value}
        yield row | _counted(known, facts.get(actor.id, ()))


def _places(base: FactBase, known: Known) -> Iterator[Row]:
    facts = _by_each(base, lambda fact: fact.places)
    for place in base.places.values():
        row: Row = {"id": place.id, "name": _shown(place.name)}
        yield row | _counted(known, facts.get(place.id, ()))


def _sources(base: FactBase, _: Known) -> Iterator[Row]:
    facts = _by_each(base, lambda fact: (evidence.source for evidence in fact.evidence))
    for source in base.sources.values():
        yield {
            "id": source.id,
            "title": source.title,
            "publisher": _shown(source.publisher) if source.publisher else None,
            "language": source.language,
            "reliability": source.reliability.value,
            "published": source.published.text,
            "known": _text(source_known(source)),
            "retracted": _text(source.retracted and source.retracted.on),
            "facts": len(facts.get(source.id, ())),
        }


def _facts(base: FactBase, known: Known) -> Iterator[Row]:
    for fact in base.facts.values():
        yield {
            "id": fact.id,
            "kind": fact.kind.value,
            "date": fact.date.text if fact.date else None,
            "due": fact.due.text if fact.due else None,
            "known": _text(known.get(fact.id)),
            "credibility": fact.credibility.value,
            "topics": list(fact.topics),
            "withdrawn": _text(fact.withdrawn and fact.withdrawn.on),
            "statement": _shown(fact.statement),
        }


def _summaries(base: FactBase, _: Known) -> Iterator[Row]:
    for summary in base.summaries.values():
        yield {
            "id": summary.id,
            "topic": summary.topic,
            "made": summary.made.isoformat(),
            "facts": len(summary.facts),
            "withdrawn": _fallen(base, summary),
            "headline": _shown(summary.headline),
        }


def _accounts(base: FactBase, known: Known) -> Iterator[Row]:
    for account in base.accounts.values():
        days = [known.get(fact) for fact in account.facts]
        yield {
            "id": account.id,
            "topics": list(account.topics),
            "known": _text(max(day for day in days if day)) if all(days) else None,
            "facts": len(account.facts),
            "withdrawn": _fallen(base, account),
            "headline": _shown(account.headline) if account.headline is not None else None,
            "text": _shown(account.text.words),
        }


def _fallen(base: FactBase, entry: Summary | Account) -> str | None:
    """The day on which the first of its facts is withdrawn, if one is."""
    facts = (base.facts.get(name) for name in entry.facts)
    days = [fact.withdrawn.on for fact in facts if fact is not None and fact.withdrawn]
    return _text(min(days, default=None))


def _kinds(base: FactBase, known: Known) -> Iterator[Row]:
    facts = base.facts.values()
    for kind in FactKind:
        row: Row = {"id": kind.value}
        yield row | _counted(known, (fact for fact in facts if fact.kind is kind))


def _briefs(base: FactBase, _: Known) -> Iterator[Row]:
    for brief in base.briefs.values():
        yield {
            "id": brief.id,
            "topics": list(brief.topics),
            "merge": brief.merge,
            "lang": brief.language,
            "title": brief.title,
        }


def _issued(path: str, snapshot: Snapshot) -> Row:
    return {
        "id": snapshot.brief,
        "language": snapshot.language,
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat(),
        "edition": snapshot.edition,
        "marking": snapshot.marking.label,
        "facts": len(snapshot.facts),
        "record": path,
    }


_LISTS: Mapping[str, Callable[[FactBase, Known], Iterable[Row]]] = {
    "topics": _topics,
    "actors": _actors,
    "places": _places,
    "sources": _sources,
    "facts": _facts,
    "summaries": _summaries,
    "accounts": _accounts,
    "kinds": _kinds,
    "briefs": _briefs,
}


def _counted(known: Known, facts: Iterable[Fact]) -> Row:
    """How many facts there are, and the first and last day on which one became known."""
    days = [known.get(fact.id) for fact in facts]
    dated = [day for day in days if day is not None]
    return {
        "facts": len(days),
        "first_known": _text(min(dated, default=None)),
        "last_known": _text(max(dated, default=None)),
    }


def _shown(text: LocalText) -> str:
    return text.forms[0][1]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _table(rows: list[Row]) -> str:
    """The rows as columns, with a line of names above; nothing for no rows."""
    if not rows:
        return ""
    names = list(rows[0])
    lines = [[name.replace("_", " ") for name in names]]
    lines += [[_cell(row[name]) for name in names] for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )
    return "".join(f"{line.rstrip()}\n" for line in padded)


def _cell(value: object) -> str:
    match value:
        case None | False:
            text = ""
        case True:
            text = "yes"
        case list():
            text = ", ".join(value)
        case _:
            text = str(value)
    text = in_a_line(text)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
