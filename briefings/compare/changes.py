"""What is new in each brief of a build: against the last issued edition, or one period before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from briefings.compose.edition import compose_all
from briefings.core.difference import Change, ChangeKind, Subject, diff
from briefings.core.edition import Changes, Edition
from briefings.core.groups import grouped
from briefings.core.marking import Markings, markings
from briefings.core.model import CheckedBase, FactId, JudgementId, Marking, Part
from briefings.core.snapshot import Snapshot
from briefings.core.spec import EditionSpec, Window
from briefings.core.values import dataclass
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
    asked = tuple(editions)
    lasts = [
        last_before(records, edition.snapshot, edition.spec.ceiling)
        if Part.CHANGES in edition.spec.parts
        else None
        for edition in asked
    ]
    # Those that were never issued are compared with what they would have said; all at once.
    earlier = [
        _one_period_before(edition.spec)
        if last is None and Part.CHANGES in edition.spec.parts
        else None
        for edition, last in zip(asked, lasts, strict=True)
    ]
    composed = compose_all(checked, [spec for spec in earlier if spec is not None])
    marked = markings(checked.base)
    updated: list[Edition] = []
    for edition, last, spec in zip(asked, lasts, earlier, strict=True):
        before = last.snapshot if last is not None else None
        if spec is not None and (as_it_was := next(composed)).citations:
            before = as_it_was.snapshot
        if before is None:
            updated.append(edition)
            continue
        changes = Changes(
            since=before.as_of,
            issued=last is not None,
            edition=before.edition,
            items=_open(marked, before, edition.snapshot),
        )
        updated.append(replace(edition, changes=changes))
    used = {last.path: last for last in lasts if last is not None}
    return Updated(tuple(updated), tuple(used.values()))


def _one_period_before(spec: EditionSpec) -> EditionSpec | None:
    """The edition of the period before, as it would read now; None before the calendar begins."""
    length = spec.window.until.toordinal() - spec.window.since.toordinal()
    until = spec.window.since.toordinal() - 1
    if until - length < 1:
        return None
    window = Window(date.fromordinal(until - length), date.fromordinal(until))
    return replace(spec, as_of=window.until, known_by=window.until, window=window)


def _open(marked: Markings, before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """The changes, as far as the marking of the later edition lets it tell them.

    What is gone and marked higher is not even said to be gone; what the base has no more counts as
    marked like the edition that told it. Where that one was marked higher, its words are not
    repeated.
    """
    limit, earlier = after.marking, before.marking

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


def mended(records: Records, editions: Iterable[Edition]) -> Mapping[str, Issued]:
    """By their fingerprints, editions that say otherwise than was issued of them; their records."""
    issued = {_days_of(record.snapshot): record for record in records.issued}
    found = ((edition.fingerprint, issued.get(_days_of(edition.snapshot))) for edition in editions)
    return {
        fingerprint: record
        for fingerprint, record in found
        if record is not None and record.snapshot.fingerprint != fingerprint
    }


def _days_of(edition: Snapshot) -> tuple[object, ...]:
    """What an edition is of: its brief, language and days."""
    return (edition.brief, edition.language, edition.since, edition.as_of, edition.known_by)


def listed(issued: Sequence[Issued]) -> tuple[Earlier, ...]:
    """One entry for each brief and day, whatever its languages; the latest day first."""
    groups = grouped(((record.snapshot.as_of, record.snapshot.brief), record) for record in issued)
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
