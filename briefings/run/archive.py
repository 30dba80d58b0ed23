"""Which issued editions a front page lists: none that knows more than the page itself may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from briefings.core.edition import Edition
from briefings.core.model import MARKINGS
from briefings.render.front import Earlier, Issue
from briefings.run.issued import Issued, Records


def before(records: Records, editions: Sequence[Edition]) -> tuple[Issued, ...]:
    """Records of days before these editions, known and marked no further than they are."""
    day = max(edition.spec.as_of for edition in editions)
    known = max(edition.spec.known_by for edition in editions)
    highest = max(edition.marking for edition in editions)
    return tuple(
        one
        for one in records.issued
        if date.fromisoformat(one.snapshot.as_of) < day
        and date.fromisoformat(one.snapshot.known_by) <= known
        and MARKINGS[one.snapshot.marking] <= highest
    )


def listed(issued: Sequence[Issued]) -> tuple[Earlier, ...]:
    """One entry for each brief and day, whatever its languages; the latest day first."""
    groups: dict[tuple[str, str], list[Issued]] = {}
    for one in issued:
        groups.setdefault((one.snapshot.as_of, one.snapshot.brief), []).append(one)
    order = sorted(groups, key=lambda key: (-date.fromisoformat(key[0]).toordinal(), key[1]))
    return tuple(_earlier(groups[key]) for key in order)


def _earlier(group: Sequence[Issued]) -> Earlier:
    first = group[0].snapshot
    return Earlier(
        brief=first.brief,
        as_of=date.fromisoformat(first.as_of),
        editions=tuple(
            Issue(said.language, said.title, said.edition, said.marking)
            for said in (one.snapshot for one in group)
        ),
    )
