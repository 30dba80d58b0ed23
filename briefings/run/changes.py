"""What is new in each brief of a build: against the last issued edition, or one period before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from briefings.compose.edition import compose
from briefings.compose.record import snapshot
from briefings.core.edition import Changes, Edition, EditionSpec, Part, Window
from briefings.core.model import CheckedBase
from briefings.core.snapshot import Change, ChangeKind, Snapshot, diff
from briefings.run.issued import MARKINGS, Issued, Records, last_before


@dataclass(frozen=True, slots=True)
class Compared:
    """Editions that say what has changed; `records` are the issued ones that they looked at."""

    editions: tuple[Edition, ...]
    records: tuple[Issued, ...]


def compare(checked: CheckedBase, editions: Iterable[Edition], records: Records) -> Compared:
    """Fill in `Edition.changes`; it stays None in the first edition of a brief."""
    made: list[Edition] = []
    used: dict[str, Issued] = {}
    for edition in editions:
        if Part.CHANGES not in edition.spec.parts:
            made.append(edition)
            continue
        after = snapshot(edition)
        last = last_before(records, after, edition.spec.ceiling)
        if last is not None:
            used[last.path] = last
        before = last.snapshot if last is not None else _one_period_before(checked, edition.spec)
        if before is None:
            made.append(edition)
            continue
        changes = Changes(
            since=date.fromisoformat(before.as_of),
            issued=last is not None,
            edition=before.edition,
            items=_open(before, after),
        )
        made.append(replace(edition, changes=changes))
    return Compared(tuple(made), tuple(used.values()))


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
    return snapshot(earlier) if earlier.citations else None


def _open(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """The changes, without words of an earlier edition that was marked higher than this one."""
    found = diff(before, after)
    if MARKINGS[before.marking] <= MARKINGS[after.marking]:
        return found
    gone = (ChangeKind.NO_LONGER_SHOWN, ChangeKind.WITHDRAWN)
    return tuple(
        replace(one, text="" if one.kind in gone else one.text, differences=()) for one in found
    )
