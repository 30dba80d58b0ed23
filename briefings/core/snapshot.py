"""What one edition said, small enough to keep for ever, and what two of them differ in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from briefings.core.languages import is_code
from briefings.core.model import MARKINGS

FORMAT = 1


class NotASnapshot(Exception):
    """The text is no snapshot of an edition; the message says what is wrong with it."""


class ChecksumMismatch(NotASnapshot):
    """It was a snapshot, and was changed by hand: its seal does not fit."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as it was shown, with its source."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Graded:
    """A source and the Admiralty grade that it had."""

    source: str
    reliability: str


@dataclass(frozen=True, slots=True)
class FactState:
    """A fact as one edition told it, in the edition's language; dates are EDTF."""

    id: str
    section: str
    kind: str
    statement: str
    date: str | None
    due: str | None
    credibility: str
    grades: tuple[Graded, ...]
    quotes: tuple[Quoted, ...]
    contests: tuple[str, ...]
    outcomes: tuple[str, ...]
    overdue: bool


@dataclass(frozen=True, slots=True)
class JudgementState:
    """A judgement as one edition told it."""

    id: str
    statement: str
    likelihood: str
    confidence: str
    because: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithdrawnState:
    """A fact of the brief that was taken back by the edition's day; days are YYYY-MM-DD."""

    id: str
    on: str
    why: str
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class AcceptedState:
    """What the desk had answered about an entry that the edition shows, and why."""

    section: str
    entry: str
    at: str | None
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One edition. `brief` names what it is about, whatever its day; `edition` is its short id.

    Days are YYYY-MM-DD; facts and judgements stand in the order in which they were told.
    """

    format: int
    brief: str
    title: str
    language: str
    marking: str
    as_of: str
    known_by: str
    since: str
    until: str
    edition: str
    fingerprint: str
    facts: tuple[FactState, ...]
    judgements: tuple[JudgementState, ...]
    withdrawn: tuple[WithdrawnState, ...]
    accepted: tuple[AcceptedState, ...] = ()


def to_object(snapshot: Snapshot) -> dict[str, object]:
    """The snapshot in the types of JSON; without answers it has no field for them."""
    content = asdict(snapshot)
    if not snapshot.accepted:
        del content["accepted"]
    return content


def to_json(snapshot: Snapshot) -> str:
    """The snapshot as one canonical JSON object with a `seal`, the SHA-256 over all the rest."""
    return sealed(to_object(snapshot))


def from_json(text: str) -> Snapshot:
    """The snapshot in `text`; `ChecksumMismatch` if it was one, else `NotASnapshot`."""
    return from_object(unsealed(text, FORMAT))


def from_object(content: object) -> Snapshot:
    """The snapshot that was made into `content`; `NotASnapshot` if it is none."""
    if isinstance(content, dict):
        content = {"accepted": [], **content}
    value = _read(Snapshot, content)
    assert isinstance(value, Snapshot)
    days = (value.as_of, value.known_by, value.since, value.until)
    for day in (*days, *(one.on for one in value.withdrawn)):
        _require(_is_day(day), f"{day!r} is not a day")
    _require(value.format == FORMAT, "it is of another format")
    _require(is_code(value.language), f"{value.language!r} is no language code")
    _require(value.marking in MARKINGS, f"{value.marking!r} is no marking")
    return value


def sealed(content: Mapping[str, object]) -> str:
    """`content` as canonical JSON with its seal."""
    return _canonical({**content, "seal": _seal(content)}) + "\n"


def unsealed(text: str, kind: str | int) -> dict[str, object]:
    """The object that `sealed` made into `text`, without its seal; its `format` is `kind`.

    `ChecksumMismatch` if its seal does not fit, `NotASnapshot` if it is nothing of ours.
    """
    try:
        content = json.loads(text, object_pairs_hook=_once)
        _require(isinstance(content, dict), "it is no object")
        _require(content.get("format") == kind and "seal" in content, "it has no seal of ours")
        if content.pop("seal") != _seal(content):
            raise ChecksumMismatch("its seal does not fit: it was changed after it was written")
    except ValueError as error:
        raise NotASnapshot(f"it is not JSON: {error}") from error
    except RecursionError as error:
        raise NotASnapshot("it nests too deep") from error
    assert isinstance(content, dict)
    return content


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose keys differ; a second value would win over the sealed one."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ChecksumMismatch("a key stands in it twice")
    return found


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise NotASnapshot(otherwise)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _seal(content: Mapping[str, object]) -> str:
    return hashlib.sha256(_canonical(content).encode("utf-8", "backslashreplace")).hexdigest()


def _canonical(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)


def _read(kind: Any, value: object) -> object:
    """`value`, out of JSON, as `kind`: a dataclass above, a tuple of them, a scalar or None."""
    if isinstance(kind, UnionType):
        return None if value is None else _read(get_args(kind)[0], value)
    if get_origin(kind) is tuple:
        if isinstance(value, list):
            return tuple(_read(get_args(kind)[0], each) for each in value)
    elif isinstance(value, dict) and hasattr(kind, "__dataclass_fields__"):
        hints = get_type_hints(kind)
        names = [each.name for each in fields(kind)]
        if sorted(value) == sorted(names):
            return kind(**{name: _read(hints[name], value[name]) for name in names})
    elif type(value) is kind:
        return value
    raise NotASnapshot("it is no snapshot of this format")


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


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a fact or judgement, before and after, as a reader would see it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `text` is the statement as the later edition has it, or the earlier one had.

    `differences` is there for revised and regraded, `why`, `on` and `replaced_by` for withdrawn.
    """

    kind: ChangeKind
    subject: Subject
    id: str
    text: str
    differences: tuple[Difference, ...] = ()
    why: str | None = None
    on: str | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions of one brief, and what the later says otherwise."""

    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]


def diff(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """What `after` says otherwise than `before`: judgements first, then facts, by kind of change.

    Within a kind they stand in the order in which the editions tell them. `diff(a, a)` is empty.
    """
    changes = [*_judgements(before, after), *_facts(before, after)]
    kinds = list(ChangeKind)
    subjects = [Subject.JUDGEMENT, Subject.FACT]
    changes.sort(key=lambda one: (subjects.index(one.subject), kinds.index(one.kind)))
    return tuple(changes)


def _judgements(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    earlier = {one.id: one for one in before.judgements}
    later = {one.id: one for one in after.judgements}
    for name, one in later.items():
        if name not in earlier:
            yield Change(ChangeKind.NEW, Subject.JUDGEMENT, name, one.statement)
        elif found := _differences(earlier[name], one, _JUDGEMENT_TEXT):
            yield Change(ChangeKind.REVISED, Subject.JUDGEMENT, name, one.statement, found)
    for name, one in earlier.items():
        if name not in later:
            yield Change(ChangeKind.NO_LONGER_SHOWN, Subject.JUDGEMENT, name, one.statement)


def _facts(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    earlier = {one.id: one for one in before.facts}
    later = {one.id: one for one in after.facts}
    withdrawn = {one.id: one for one in after.withdrawn}
    replacements = {_holds_now(name, withdrawn) for name in earlier if name in withdrawn}
    for name, one in later.items():
        if name in earlier:
            yield from _changed(earlier[name], one)
        elif name not in replacements:
            yield Change(ChangeKind.NEW, Subject.FACT, name, one.statement)
    for name, one in earlier.items():
        if name in later:
            continue
        if (end := withdrawn.get(name)) is not None:
            yield Change(
                ChangeKind.WITHDRAWN,
                Subject.FACT,
                name,
                one.statement,
                why=end.why,
                on=end.on,
                replaced_by=_holds_now(name, withdrawn),
            )
        else:
            yield Change(ChangeKind.NO_LONGER_SHOWN, Subject.FACT, name, one.statement)


def _holds_now(name: str, withdrawn: Mapping[str, WithdrawnState]) -> str | None:
    """What holds in the place of a withdrawn fact: a replacement may have been replaced itself."""
    seen: set[str] = set()
    held: str | None = name
    while held is not None and held in withdrawn and held not in seen:
        seen.add(held)
        held = withdrawn[held].replaced_by
    return None if held in seen else held


_FACT_TEXT = ("statement", "kind", "date", "due", "quotes")
_FACT_GRADES = ("credibility", "grades")
_JUDGEMENT_TEXT = ("statement", "likelihood", "confidence", "because", "rests_on")


def _changed(before: FactState, after: FactState) -> Iterator[Change]:
    subject, name, text = Subject.FACT, after.id, after.statement
    if found := _differences(before, after, _FACT_TEXT):
        yield Change(ChangeKind.REVISED, subject, name, text, found)
    if found := _differences(before, after, _FACT_GRADES):
        yield Change(ChangeKind.REGRADED, subject, name, text, found)
    if set(after.contests) - set(before.contests):
        yield Change(ChangeKind.NEWLY_CONTESTED, subject, name, text)
    if set(after.outcomes) - set(before.outcomes):
        yield Change(ChangeKind.OUTCOME_KNOWN, subject, name, text)
    if after.overdue and not before.overdue:
        yield Change(ChangeKind.EXPIRED, subject, name, text)


def _differences(
    before: FactState | JudgementState, after: FactState | JudgementState, names: tuple[str, ...]
) -> tuple[Difference, ...]:
    found = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(
        Difference(name, _shown(one), _shown(other))
        for name, one, other in found
        if _unordered(one) != _unordered(other)
    )


def _unordered(value: object) -> object:
    """Lists stand in the order in which an edition tells them, which is no difference."""
    return frozenset(value) if isinstance(value, tuple) else value


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case tuple():
            return "; ".join(_shown(each) for each in value)
        case Quoted(source, text):
            return f"{source}: “{text}”"
        case Graded(source, reliability):
            return f"{source} {reliability}"
        case _:
            return str(value)
