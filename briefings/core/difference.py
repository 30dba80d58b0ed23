"""What two editions of one brief differ in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from briefings.core.edtf import Edtf
from briefings.core.model import AccountId, FactId, JudgementId, SummaryId
from briefings.core.snapshot import (
    AccountState,
    ClaimState,
    FactState,
    Graded,
    JudgementState,
    Quoted,
    Snapshot,
    SummaryState,
    WithdrawnState,
)
from briefings.core.values import dataclass


class ChangeKind(StrEnum):
    """In which way an edition differs from an earlier one."""

    NEW = "new"
    REVISED = "revised"
    REGRADED = "regraded"
    WITHDRAWN = "withdrawn"
    NEWLY_CONTESTED = "newly-contested"
    OUTCOME_KNOWN = "outcome-known"
    EXPIRED = "expired"
    NO_LONGER_SHOWN = "no-longer-shown"


class Subject(StrEnum):
    """What changed."""

    FACT = "fact"
    JUDGEMENT = "judgement"
    SUMMARY = "summary"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an entry, before and after, as a reader would see it; prose with its marks."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `text` is the statement as the later edition has it, or the earlier one had.

    Of a summary it is the headline, and of an account, if that has none, the paragraph without
    marks.
    `differences` is there for revised and regraded, `why`, `on` and `replaced_by` for withdrawn.
    """

    kind: ChangeKind
    subject: Subject
    id: FactId | JudgementId | SummaryId | AccountId
    text: str
    differences: tuple[Difference, ...] = ()
    why: str | None = None
    on: date | None = None
    replaced_by: FactId | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions of one brief, and what the later says otherwise."""

    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]


def diff(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """What `after` says otherwise than `before`, by what and by kind of change.

    Its summary comes first, then judgements, accounts and facts. Within a kind they stand in the
    order in which the editions tell them. `diff(a, a)` is empty.
    """
    changes = [
        *_summaries(before, after),
        *_judgements(before, after),
        *_accounts(before, after),
        *_facts(before, after),
    ]
    kinds = list(ChangeKind)
    subjects = [Subject.SUMMARY, Subject.JUDGEMENT, Subject.ACCOUNT, Subject.FACT]
    changes.sort(key=lambda change: (subjects.index(change.subject), kinds.index(change.kind)))
    return tuple(changes)


def _summaries(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    """A newer summary takes the place of the one before, which is not told to be gone."""
    earlier, later = before.summary, after.summary
    if later is None:
        if earlier is not None:
            kind = ChangeKind.NO_LONGER_SHOWN
            yield Change(kind, Subject.SUMMARY, earlier.id, earlier.headline)
    elif earlier is None or earlier.id != later.id:
        yield Change(ChangeKind.NEW, Subject.SUMMARY, later.id, later.headline)
    elif differences := _differences(earlier, later, _SUMMARY_TEXT):
        yield Change(ChangeKind.REVISED, Subject.SUMMARY, later.id, later.headline, differences)


def _accounts(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    """Accounts, of which one falls with the first of its facts that is withdrawn.

    A headline over what was told before says nothing new.
    """
    earlier = {account.id: account for account in before.accounts}
    later = {account.id: account for account in after.accounts}
    withdrawn = {end.id: end for end in after.withdrawn}
    for name, account in later.items():
        if name not in earlier:
            yield Change(ChangeKind.NEW, Subject.ACCOUNT, name, account.short)
        elif differences := _differences(earlier[name], account, _told(earlier[name], account)):
            yield Change(ChangeKind.REVISED, Subject.ACCOUNT, name, account.short, differences)
    for name, account in earlier.items():
        if name in later:
            continue
        ends = [withdrawn[fact] for fact in account.facts if fact in withdrawn]
        if not ends:
            yield Change(ChangeKind.NO_LONGER_SHOWN, Subject.ACCOUNT, name, account.short)
        else:
            end = min(ends, key=lambda end: (end.on, end.id))
            kind = ChangeKind.WITHDRAWN
            yield Change(kind, Subject.ACCOUNT, name, account.short, why=end.why, on=end.on)


def _told(before: AccountState, after: AccountState) -> tuple[str, ...]:
    has_both = before.headline is not None and after.headline is not None
    return ("headline", "claims") if has_both else ("claims",)


def _judgements(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    earlier = {judgement.id: judgement for judgement in before.judgements}
    later = {judgement.id: judgement for judgement in after.judgements}
    for name, judgement in later.items():
        if name not in earlier:
            yield Change(ChangeKind.NEW, Subject.JUDGEMENT, name, judgement.statement)
        elif differences := _differences(earlier[name], judgement, _JUDGEMENT_TEXT):
            yield Change(
                ChangeKind.REVISED, Subject.JUDGEMENT, name, judgement.statement, differences
            )
    for name, judgement in earlier.items():
        if name not in later:
            yield Change(ChangeKind.NO_LONGER_SHOWN, Subject.JUDGEMENT, name, judgement.statement)


def _facts(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    earlier = {fact.id: fact for fact in before.facts}
    later = {fact.id: fact for fact in after.facts}
    withdrawn = {end.id: end for end in after.withdrawn}
    replacements = {_holds_now(name, withdrawn) for name in earlier if name in withdrawn}
    for name, fact in later.items():
        if name in earlier:
            yield from _changed(earlier[name], fact)
        elif name not in replacements:
            yield Change(ChangeKind.NEW, Subject.FACT, name, fact.statement)
    for name, fact in earlier.items():
        if name in later:
            continue
        if (end := withdrawn.get(name)) is not None:
            yield Change(
                ChangeKind.WITHDRAWN,
                Subject.FACT,
                name,
                fact.statement,
                why=end.why,
                on=end.on,
                replaced_by=_holds_now(name, withdrawn),
            )
        else:
            yield Change(ChangeKind.NO_LONGER_SHOWN, Subject.FACT, name, fact.statement)


def _holds_now(name: FactId, withdrawn: Mapping[FactId, WithdrawnState]) -> FactId | None:
    """What holds in the place of a withdrawn fact: a replacement may have been replaced itself."""
    seen: set[FactId] = set()
    held: FactId | None = name
    while held is not None and held in withdrawn and held not in seen:
        seen.add(held)
        held = withdrawn[held].replaced_by
    return None if held in seen else held


_FACT_TEXT = ("statement", "kind", "date", "due", "quotes", "derived")
_FACT_GRADES = ("credibility", "grades")
_SUMMARY_TEXT = ("headline", "standfirst")
_JUDGEMENT_TEXT = ("statement", "likelihood", "confidence", "because", "rests_on")


def _changed(before: FactState, after: FactState) -> Iterator[Change]:
    subject, name, text = Subject.FACT, after.id, after.statement
    if differences := _differences(before, after, _FACT_TEXT):
        yield Change(ChangeKind.REVISED, subject, name, text, differences)
    if differences := _differences(before, after, _FACT_GRADES):
        yield Change(ChangeKind.REGRADED, subject, name, text, differences)
    if set(after.contests) - set(before.contests):
        yield Change(ChangeKind.NEWLY_CONTESTED, subject, name, text)
    if set(after.outcomes) - set(before.outcomes):
        yield Change(ChangeKind.OUTCOME_KNOWN, subject, name, text)
    if after.overdue and not before.overdue:
        yield Change(ChangeKind.EXPIRED, subject, name, text)


_State = FactState | JudgementState | SummaryState | AccountState


def _differences(before: _State, after: _State, names: tuple[str, ...]) -> tuple[Difference, ...]:
    values = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(
        Difference(name, _shown(earlier), _shown(later))
        for name, earlier, later in values
        if _unordered(earlier) != _unordered(later)
    )


def _unordered(value: object) -> object:
    """Lists stand in the order in which an edition tells them; only in prose it is a difference."""
    if not isinstance(value, tuple) or any(isinstance(each, ClaimState) for each in value):
        return value
    return frozenset(value)


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case ClaimState():
            return value.marked
        case tuple():
            joint = " " if any(isinstance(part, ClaimState) for part in value) else "; "
            return joint.join(_shown(part) for part in value)
        case Quoted(source, text):
            return f"{source}: “{text}”"
        case Graded(source, reliability):
            return f"{source} {reliability}"
        case Edtf(text=text):
            return text
        case _:
            return str(value)
