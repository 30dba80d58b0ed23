"""What came of verifying one file: its findings, and each fault with its place and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from enum import StrEnum

from briefings.core.characters import JOINERS, legible, visible
from briefings.core.excerpts import head
from briefings.core.snapshot import Snapshot
from briefings.core.values import dataclass

_NO_JOINERS = dict.fromkeys(map(ord, JOINERS))
_MOST_SHOWN = 200
"""Of how many code points the words of a fault are told at most; a page may part for good."""


class State(StrEnum):
    """What came of one question; what could not be asked is no pass."""

    HOLDS = "holds"
    FAILS = "fails"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question, in one lower-case clause."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        message: What, in one lower-case clause.
        page: The page of a PDF, from 1; None where it is on none.
        near: The id of the element of a page of the web after which it is; None elsewhere.
        says: The words that stand there.
        expected: The words that should.
    """

    message: str
    page: int | None = None
    near: str | None = None
    says: str = ""
    expected: str = ""

    @property
    def line(self) -> str:
        """All of it in one line."""
        place = f"page {self.page}: " if self.page is not None else ""
        place = f"after #{self.near}: " if self.near is not None else place
        shown = self.cut
        words = f': it says "{shown.says}"' if self.says else ""
        if self.expected:
            words += f'{"," if words else ":"} it should say "{shown.expected}"'
        return f"{place}{self.message}{words}"

    @property
    def shown(self) -> str:
        """The same for people, who see its joiners where they are all that is wrong."""
        says, expected = (text.translate(_NO_JOINERS) for text in (self.says, self.expected))
        return (visible if says == expected else legible)(self.line)

    @property
    def cut(self) -> Fault:
        """The same, with no more of its words than one can read at a glance."""
        says, expected = (head(text, _MOST_SHOWN) for text in (self.says, self.expected))
        return replace(self, says=says, expected=expected)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file.

    `edition` is what it says it is, where that could be read. `words` and `quotes` are None of a
    file that has none, such as a record; `signature` is None of one that has none, and need not.
    `since` is what a desk's base says otherwise by now, which is no fault of the file.
    """

    edition: Snapshot | None
    data: Finding
    words: Finding | None
    quotes: Finding | None
    faults: tuple[Fault, ...]
    since: tuple[str, ...] = ()
    signature: Finding | None = None

    @property
    def is_good(self) -> bool:
        """Whether its data, words and signature hold, and none of its quotes fails."""
        needed = (self.data, self.words, self.signature)
        held = all(each is None or each.state is State.HOLDS for each in needed)
        quoted = self.quotes is None or self.quotes.state is not State.FAILS
        return held and quoted and not self.faults


def as_object(path: str, verdict: Verdict) -> dict[str, object]:
    """A verdict for machines."""
    edition = verdict.edition
    return {
        "file": path,
        "holds": verdict.is_good,
        "edition": None
        if edition is None
        else {
            "id": edition.edition,
            "fingerprint": edition.fingerprint,
            "brief": edition.brief,
            "language": edition.language,
            "as_of": edition.as_of.isoformat(),
            "marking": edition.marking.label,
        },
        **{
            name: {"state": finding.state.value, "text": finding.text}
            for name, finding in _findings(verdict)
        },
        "faults": [asdict(fault.cut) for fault in verdict.faults],
        "since": list(verdict.since),
    }


def as_text(path: str, verdict: Verdict) -> str:
    """For people: a line for each question, each fault that is none of these, what holds by now."""
    told = {finding.text for _, finding in _findings(verdict)}
    lines = [
        f"{path}: {name}: {'' if finding.state is State.HOLDS else _LOUD[finding.state]}"
        f"{finding.text}"
        for name, finding in _findings(verdict)
    ]
    lines += [f"  {fault.shown}" for fault in verdict.faults if fault.line not in told]
    lines += [f"  since then: {change}" for change in verdict.since]
    return "".join(f"{legible(line)}\n" for line in lines)


_LOUD = {State.FAILS: "FAILS: ", State.UNCHECKED: "UNCHECKED: "}


def _findings(verdict: Verdict) -> Iterator[tuple[str, Finding]]:
    for name in ("data", "words", "quotes", "signature"):
        finding = getattr(verdict, name)
        if finding is not None:
            yield name, finding
