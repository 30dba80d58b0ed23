"""What one edition said, small enough to keep for ever."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from briefings.core.canonical import plain, require, typed
from briefings.core.edtf import Edtf
from briefings.core.languages import is_code
from briefings.core.model import (
    AccountId,
    Confidence,
    ContestId,
    Credibility,
    FactId,
    FactKind,
    JudgementId,
    Likelihood,
    Marking,
    Part,
    Reliability,
    SourceId,
    SummaryId,
)
from briefings.core.values import dataclass

FORMAT = 1

ID_LENGTH = 12
"""How many digits of its fingerprint name an edition."""

_FINGERPRINT = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as it was shown, with its source."""

    source: SourceId
    text: str


@dataclass(frozen=True, slots=True)
class Graded:
    """A source and the Admiralty grade that it had."""

    source: SourceId
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class FactState:
    """A fact as one edition told it, in the edition's language.

    `derived` is the arithmetic over figures of its quotes, with what it came to: `3 + 4 = 7`.
    """

    id: FactId
    section: Part
    kind: FactKind
    statement: str
    date: Edtf | None
    due: Edtf | None
    credibility: Credibility
    grades: tuple[Graded, ...]
    quotes: tuple[Quoted, ...]
    contests: tuple[ContestId, ...]
    outcomes: tuple[FactId, ...]
    overdue: bool
    derived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgementState:
    """A judgement as one edition told it."""

    id: JudgementId
    statement: str
    likelihood: Likelihood
    confidence: Confidence
    because: str
    rests_on: tuple[FactId, ...]


@dataclass(frozen=True, slots=True)
class WithdrawnState:
    """A fact of the brief that was taken back by the edition's day."""

    id: FactId
    on: date
    why: str
    replaced_by: FactId | None


@dataclass(frozen=True, slots=True)
class AcceptedState:
    """What the desk had answered about an entry that the edition shows, and why."""

    section: str
    entry: str
    at: str | None
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class ClaimState:
    """Words of a summary or account as one edition printed them, and the facts that carry them."""

    text: str
    facts: tuple[FactId, ...]

    @property
    def marked(self) -> str:
        """The words with their mark, as a base writes it."""
        return f"{self.text.strip()} [{', '.join(self.facts) or '-'}]"


@dataclass(frozen=True, slots=True)
class SummaryState:
    """The summary that led one edition."""

    id: SummaryId
    headline: str
    standfirst: tuple[ClaimState, ...]

    @property
    def text(self) -> str:
        """The standfirst without its marks."""
        return "".join(claim.text for claim in self.standfirst)

    @property
    def facts(self) -> tuple[FactId, ...]:
        """The facts that carried it, once each."""
        return tuple(dict.fromkeys(fact for claim in self.standfirst for fact in claim.facts))


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account as one edition told it."""

    id: AccountId
    claims: tuple[ClaimState, ...]
    headline: str | None = None

    @property
    def short(self) -> str:
        """Its headline; without one, all of it."""
        return self.text if self.headline is None else self.headline

    @property
    def text(self) -> str:
        """The paragraph without its marks."""
        return "".join(claim.text for claim in self.claims)

    @property
    def facts(self) -> tuple[FactId, ...]:
        """The facts that it told, once each."""
        return tuple(dict.fromkeys(fact for claim in self.claims for fact in claim.facts))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One edition. `brief` names what it is about, whatever its day; `edition` is its short id.

    Facts, judgements and accounts stand in the order in which they were told.
    """

    format: int
    brief: str
    title: str
    language: str
    marking: Marking
    as_of: date
    known_by: date
    since: date
    until: date
    edition: str
    fingerprint: str
    facts: tuple[FactState, ...]
    judgements: tuple[JudgementState, ...]
    withdrawn: tuple[WithdrawnState, ...]
    accepted: tuple[AcceptedState, ...] = ()
    summary: SummaryState | None = None
    accounts: tuple[AccountState, ...] = ()


# What came to the format later has no field where there is none: older records keep their checksum.
_LATER: Mapping[str, object] = MappingProxyType({"accepted": [], "summary": None, "accounts": []})
_LATER_IN: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {"facts": {"derived": []}, "accounts": {"headline": None}}
)


def to_object(snapshot: Snapshot) -> dict[str, object]:
    """The snapshot in the types of JSON; what came to the format later only where there is any."""
    content = plain(snapshot)
    assert isinstance(content, dict)
    for section, later in _LATER_IN.items():
        content[section] = [_without(entry, later) for entry in content[section]]
    return _without(content, _LATER)


def _without(entry: dict[str, object], later: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value for name, value in entry.items() if name not in later or value != later[name]
    }


def from_object(content: object) -> Snapshot:
    """The snapshot that `to_object` made into `content`; `NotASnapshot` if it is none."""
    if isinstance(content, dict):
        content = {**_LATER, **content}
        for section, later in _LATER_IN.items():
            if isinstance(entries := content.get(section), list):
                content[section] = [
                    {**later, **entry} if isinstance(entry, dict) else entry for entry in entries
                ]
    snapshot = typed(Snapshot, content)
    assert isinstance(snapshot, Snapshot)
    require(snapshot.format == FORMAT, "it is of another format")
    require(is_code(snapshot.language), f"{snapshot.language!r} is no language code")
    is_whole = _FINGERPRINT.match(snapshot.fingerprint) is not None
    is_named = is_whole and snapshot.edition == snapshot.fingerprint[:ID_LENGTH]
    require(is_named, "its id is not that of its fingerprint")
    return snapshot
