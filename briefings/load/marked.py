"""Prose as a base writes it: marks in brackets name the facts that carry the words before them.

    She asked that the ban be reversed at once [reversal]; no document tells the answer [-].

A bracket is a mark if it holds ids, parted by commas, or a hyphen alone: no document tells. Any
other stands as it is, such as `[S]he`; one that would be a mark is written twice: `[[sic]]`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import field
from itertools import pairwise

from briefings.core.excerpts import head
from briefings.core.model import Claim, FactId, Prose
from briefings.core.names import suggestion
from briefings.core.sentences import ends
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.load.grammars import ID
from briefings.load.shape import Reader
from briefings.load.yamltree import Mapping, Node, Scalar

BRACKET = re.compile(r"\[\[|\]\]|\[(?P<inside>[^\[\]]*)\]|[\[\]]")
_MARK = re.compile(rf"\s*(?:-|{ID}(?:\s*,\s*{ID})*)\s*")
_COMMA = re.compile(r"\s*[,;،؛、，]\s*")
# What belongs to the words before a mark although it stands behind it: commas, full stops, what
# closes a bracket or a quotation; but no sign that opens or counts.
_CLOSING = frozenset({"Po", "Pe", "Pf"})
_NONE = frozenset("]¿¡§¶@#%&*/\\†‡")
_LITERAL = "a bracket that is no mark is written twice: [[…]]"
_INKED = re.compile(r"\S+")
_SHOWN = 60


def prose(reader: Reader, node: Node, key: str, owner: str) -> Prose | None:
    """A text of claims in one or more languages; None if one of its marks has a mistake.

    Args:
        reader: Is told of every mistake, and knows the ids of all facts.
        node: A text, or a map of languages.
        key: What messages call it.
        owner: The entry that holds it, as messages call it.
    """
    local = reader.local(node, key, BRACKET)
    if local is None:
        return None
    places = local.places or (local.span,) * len(local.forms)
    readings = {
        code: _Reading(reader, owner, text, _Places(reader.texts.get(place.path), text, place))
        for (code, text), place in zip(local.forms, places, strict=True)
    }
    # A form that is told by the words in which it differs has the mistakes of the whole one.
    varied = readings.keys() - _whole(node, reader.languages[0])
    claims = {code: readings[code].claims() for code in readings if code not in varied}
    if any(readings[code].is_broken for code in claims):
        return None
    claims |= {code: readings[code].claims() for code in readings if code in varied}
    if any(reading.is_broken for reading in readings.values()):
        return None
    read = Prose(tuple((code, claims[code]) for code, _ in local.forms), local.span, local.places)
    if not read.facts:
        message = f"no mark of {owner} names a fact"
        step = "mark the facts that carry it; what no document says is a gap"
        reader.report("bad-value", message, local.span, step)
        return None
    return read


def _whole(node: Node, first: str) -> set[str]:
    """The languages in which a text is written whole."""
    if not isinstance(node, Mapping):
        return {first}
    return {code.value for code, value in node.entries if isinstance(value, Scalar)}


def first(text: str) -> str | None:
    """The first mark in a text, as it is written; None if it has none."""
    marks = (match for match in BRACKET.finditer(text) if _is_mark(match["inside"]))
    return next((match.group() for match in marks), None)


def places(reader: Reader, text: Scalar) -> tuple[Span, ...]:
    """Where the marks of a text stand, in order."""
    line = " ".join(text.value.split())
    spans = _Places(reader.texts.get(text.span.path), line, text.span)
    marks = (match for match in BRACKET.finditer(line) if _is_mark(match["inside"]))
    return tuple(spans.of(*match.span()) for match in marks)


def _is_mark(inside: str | None) -> bool:
    return inside is not None and _MARK.fullmatch(inside) is not None


@dataclass(slots=True)
class _Reading:
    """One language of a prose, read from left to right; `plain` are its words without marks."""

    reader: Reader
    owner: str
    text: str
    places: _Places
    is_broken: bool = False
    plain: str = ""
    marks: list[tuple[int, tuple[FactId, ...], Span]] = field(default_factory=list)

    def claims(self) -> tuple[Claim, ...]:
        """The claims of the text; what is wrong is reported."""
        self._read()
        stops = [*ends(self.plain, 0, len(self.plain)), len(self.plain.rstrip())]
        marked = [0, *(end for end, _, _ in self.marks)]
        for start, stop in pairwise([0, *dict.fromkeys(stops)]):
            last_mark = marked[bisect_right(marked, stop) - 1]
            if last_mark < stop:
                self._unmarked(max(start, last_mark), stop)
        bounds = pairwise([0, *(end for end, _, _ in self.marks)])
        last = frozenset(stops)
        return tuple(
            Claim(self.plain[start:end], facts, end in last, span)
            for (start, end), (_, facts, span) in zip(bounds, self.marks, strict=True)
        )

    def _read(self) -> None:
        at = 0
        for match in BRACKET.finditer(self.text):
            self.plain += self.text[at : match.start()]
            at = match.end()
            inside = match["inside"]
            if inside is not None and _is_mark(inside):
                at = self._close(match, inside.strip(), _closing(self.text, at))
            elif inside is not None:
                self._hold_literal(match, inside)
                self.plain += match.group()
            elif match.group() in ("[[", "]]"):
                self.plain += match.group()[0]
            else:
                message = f"a bracket of {self.owner} has no other: “{match.group()}”"
                self._report("bad-value", message, match.span(), f"close it, or {_LITERAL}")
        self.plain += self.text[at:]

    def _close(self, match: re.Match[str], inside: str, until: int) -> int:
        """End the claim whose mark is `match`, with what closes behind it; where that ends."""
        words = self.plain.rstrip()
        last = self.marks[-1][0] if self.marks else 0
        if not any(char.isalnum() for char in words[last:]):
            message = f"the mark `{match.group()}` of {self.owner} has no words before it"
            step = "put it behind the words that its facts carry, or join it to the mark before"
            self._report("bad-value", message, match.span(), step)
        names = [] if inside == "-" else _COMMA.split(inside)
        for name in names:
            if name not in self._facts:
                message = f"the mark `{match.group()}` of {self.owner} names no fact: `{name}`"
                hints = (*suggestion(name, self._facts), _LITERAL)
                self._report("unknown-reference", message, match.span(), *hints)
        self.plain = words + self.text[match.end() : until]
        facts = tuple(FactId(name) for name in dict.fromkeys(names))
        self.marks.append((len(self.plain), facts, self.places.of(*match.span())))
        return until

    @property
    def _facts(self) -> Collection[str]:
        return self.reader.ids[FactId]

    def _hold_literal(self, match: re.Match[str], inside: str) -> None:
        """Report a bracket that can only have been meant as a mark."""
        parts = _COMMA.split(inside.strip().lower().replace("_", "-"))
        if parts in (["–"], ["—"], ["−"]):
            meant = "-"
        elif all(part in self._facts for part in parts):
            meant = ", ".join(parts)
        else:
            return
        message = f"`{match.group()}` of {self.owner} is no mark"
        self._report("bad-value", message, match.span(), f"write `[{meant}]`")

    def _unmarked(self, start: int, stop: int) -> None:
        words = self.plain[start:stop].strip()
        message = f"no mark carries “{head(words, _SHOWN)}” in {self.owner}"
        # Brackets are no words: the place is looked for by the words themselves.
        index = self.text.find(words[:_SHOWN])
        where = (index, index + min(len(words), _SHOWN)) if index >= 0 else (0, len(self.text))
        self._report("unmarked-sentence", message, where)

    def _report(self, code: str, message: str, where: tuple[int, int], *hints: str) -> None:
        self.is_broken = True
        self.reader.report(code, message, self.places.of(*where), *hints)


class _Places:
    """Where parts of a text stand in its file.

    Most stand there as they are. Else YAML has folded white space and nothing else: what is no
    white space stands in the file in the same order. Where escapes hide that, the whole text is
    the place of each of its parts.
    """

    def __init__(self, source: SourceText | None, text: str, whole: Span) -> None:
        self._whole = whole
        written = source.slice(whole) if source is not None else ""
        self._begun = written.rfind(text)
        if self._begun < 0:
            self._here, self._there = _Ink.of(text), _Ink.of(written)
            self._first = "".join(written.split()).rfind("".join(text.split()))

    def of(self, start: int, end: int) -> Span:
        """The place of a half-open range of the text, which neither begins nor ends with space."""
        if self._begun >= 0:
            begin = self._whole.start + self._begun
            return Span(self._whole.path, begin + start, begin + end)
        if self._first < 0:
            return self._whole
        first, last = self._here.before(start), self._here.before(end) - 1
        begin = self._whole.start + self._there.place(self._first + first)
        return Span(
            self._whole.path, begin, self._whole.start + self._there.place(self._first + last) + 1
        )


@dataclass(frozen=True, slots=True)
class _Ink:
    """What of a text is no white space: where each run of it starts, and how much is before."""

    starts: Sequence[int]
    counts: Sequence[int]

    @classmethod
    def of(cls, text: str) -> _Ink:
        starts, counts = list[int](), [0]
        for run in _INKED.finditer(text):
            starts.append(run.start())
            counts.append(counts[-1] + run.end() - run.start())
        return cls(starts, counts)

    def before(self, at: int) -> int:
        """How much there is before a place."""
        run = bisect_left(self.starts, at)
        if run == 0:
            return 0
        return min(self.counts[run], self.counts[run - 1] + at - self.starts[run - 1])

    def place(self, number: int) -> int:
        """Where what has a number stands, counted from 0."""
        run = bisect_right(self.counts, number) - 1
        return self.starts[run] + number - self.counts[run]


def _closing(text: str, at: int) -> int:
    """Where what closes behind a mark at `at` ends."""
    while at < len(text) and unicodedata.category(text[at]) in _CLOSING and text[at] not in _NONE:
        at += 1
    return at
