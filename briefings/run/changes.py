"""What is new in each brief of a build: against the last issued edition, or one period before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefings.compose.edition import compose
from briefings.core.difference import Change, ChangeKind, Subject, diff
from briefings.core.edition import Changes, Edition
from briefings.core.marking import markings
from briefings.core.model import CheckedBase, FactBase, FactId, JudgementId, Marking, Part
from briefings.core.snapshot import Snapshot
from briefings.core.spec import EditionSpec, Window
from briefings.load.records import Issued, Records, last_before
from briefings.render.html.front import Earlier, Issue

# A brief tells its changes fact by fact: what an account tells anew, its facts do.
_TOLD = (Subject.JUDGEMENT, Subject.FACT)
_GONE = (ChangeKind.NO_LONGER_SHOWN, ChangeKind.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Updated:
    """Editions that say what has changed; `records` are the issued ones that they looked at."""

    editions: tuple[Edition, ...]
    records: tuple[Issued, ...]


def with_changes(checked: CheckedBase, editions: Iterable[Edition], records: Records) -> Updated:
    """Fill in `Edition.changes`; it stays None in the first edition of a brief.

    Args:
        checked: The base, of which an earlier edition is composed where none was issued.
        editions: Those of a build, in its order.
        records: What was issued.

    Returns:
        The editions in the same order, and the records that they were compared with.

    """
    updated: list[Edition] = []
    used: dict[str, Issued] = {}
    for edition in editions:
        if Part.CHANGES not in edition.spec.parts:
            updated.append(edition)
            continue
        after = edition.snapshot
        last = last_before(records, after, edition.spec.ceiling)
        if last is not None:
            used[last.path] = last
        before = last.snapshot if last is not None else _one_period_before(checked, edition.spec)
        if before is None:
            updated.append(edition)
            continue
        changes = Changes(
            since=before.as_of,
            issued=last is not None,
            edition=before.edition,
            items=_open(checked.base, before, after),
        )
        updated.append(replace(edition, changes=changes))
    return Updated(tuple(updated), tuple(used.values()))


def _one_period_before(checked: CheckedBase, spec: EditionSpec) -> Snapshot | None:
    """The edition of the period before, as it would read now; None if it would be empty."""
    length = spec.window.until.toordinal() - spec.window.since.toordinal()
    until = spec.window.since.toordinal() - 1
    if until - length < 1:
        return None
    window = Window(date.fromordinal(until - length), date.fromordinal(until))
    earlier = compose(
        checked, replace(spec, as_of=window.until, known_by=window.until, window=window)
    )
    return earlier.snapshot if earlier.citations else None


def _open(base: FactBase, before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """The changes, as far as the marking of the later edition lets it tell them.

    What is gone and marked higher is not even said to be gone; what the base has no more counts as
    marked like the edition that told it. Where that one was marked higher, its words are not
    repeated.
    """
    limit, earlier = after.marking, before.marking
    marked = markings(base)

    def marking(change: Change) -> Marking:
        if change.subject is Subject.JUDGEMENT:
            return marked.judgements.get(JudgementId(change.id), earlier)
        return marked.facts.get(FactId(change.id), earlier)

    changes = [
        change
        for change in diff(before, after)
        if change.subject in _TOLD and (change.kind not in _GONE or marking(change) <= limit)
    ]
    if earlier <= limit:
        return tuple(changes)
    return tuple(
        replace(change, text="" if change.kind in _GONE else change.text, differences=())
        for change in changes
    )


def before(records: Records, editions: Sequence[Edition]) -> tuple[Issued, ...]:
    """Records of days before these editions, known and marked no further than they are."""
    day = max(edition.spec.as_of for edition in editions)
    known = max(edition.spec.known_by for edition in editions)
    highest = max(edition.marking for edition in editions)
    return tuple(
        record
        for record in records.issued
        if record.snapshot.as_of < day
        and record.snapshot.known_by <= known
        and record.snapshot.marking <= highest
    )


def listed(issued: Sequence[Issued]) -> tuple[Earlier, ...]:
    """One entry for each brief and day, whatever its languages; the latest day first."""
    groups: dict[tuple[date, str], list[Issued]] = {}
    for record in issued:
        groups.setdefault((record.snapshot.as_of, record.snapshot.brief), []).append(record)
    order = sorted(groups, key=lambda key: (-key[0].toordinal(), key[1]))
    return tuple(_earlier(groups[key]) for key in order)


def _earlier(group: Sequence[Issued]) -> Earlier:
    first = group[0].snapshot
    return Earlier(
        brief=first.brief,
        as_of=first.as_of,
        editions=tuple(
            Issue(snapshot.language, snapshot.title, snapshot.edition, snapshot.marking.label)
            for snapshot in (record.snapshot for record in group)
        ),
    )
