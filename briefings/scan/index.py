"""What gives an entry of the base away: its words, its names, its files, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefings.core.model import Marking
from briefings.scan.entries import Entry
from briefings.scan.shingles import BREAK, LONG_RUN, RUN, Wanted, runs, wanted, words

_DIGEST = 12
"""So many digits of a file's SHA-256 give it away."""

_OWN_WORDS = 2
"""So many words that no page of ours has by itself make a run that gives something away."""

_COMPOUND = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_ALONE = re.compile(r"(?<=[\"'/#=])[a-z0-9]+(?=[\"'/.#?&])")
_HEX = re.compile(r"[0-9a-f]{12,}")


@dataclass(frozen=True, slots=True)
class LeakIndex:
    """What gives entries above one marking away; of each trace the first entry that has it.

    `runs` are runs of words, and `wanted` the same to look for; `ids` are names of the base in
    parts; `digests` beginnings of each stretch of a SHA-256.
    """

    runs: Mapping[str, Entry]
    wanted: Wanted
    ids: Mapping[str, Entry]
    digests: Mapping[str, Entry]

    def __bool__(self) -> bool:
        return bool(self.runs or self.ids or self.digests)

    def in_words(self, text: str) -> dict[str, Entry]:
        """The runs of words that stand in `text`."""
        return {run: self.runs[run] for run in self.wanted.in_text(words(text))}

    def in_code(self, text: str) -> dict[str, Entry]:
        """The names and digests that stand in `text`, which is more than prose."""
        plain = text.lower()
        found = {name: self.ids[name] for name in names_in(plain) if name in self.ids}
        for digits in set(_HEX.findall(plain)) if self.digests else ():
            found |= {part: self.digests[part] for part in _parts(digits) if part in self.digests}
        return found


def names_in(text: str) -> set[str]:
    """Everything in `text`, in lower case, that may be an id, and each part of it, with hyphens."""
    found = set(_ALONE.findall(text))
    for compound in set(_COMPOUND.findall(text)):
        parts = compound.replace("_", "-").split("-")
        for start in range(len(parts)):
            for stop in range(start + 1, len(parts) + 1):
                found.add("-".join(parts[start:stop]))
    return found


def traces(found: Iterable[Entry], open_to: Marking, interface: Iterable[str]) -> LeakIndex:
    """What gives the entries above `open_to` away, and nothing that is open as well.

    What an open document or statement says is open. What the desk says freely in an open entry
    opens names, short runs of words and what it says freely itself; not a long run, or the whole,
    of a restricted statement or document: that was repeated. `interface` are texts of ours, which
    tell nothing of any base.
    """
    closed = [one for one in found if one.marking > open_to]
    if not closed:
        return LeakIndex({}, wanted(()), {}, {})
    others = [one for one in found if one.marking <= open_to]
    known = list(interface)
    vocabulary = {word for text in known for word in words(text)}
    short: dict[str, Entry] = {}
    long: dict[str, Entry] = {}
    for one in closed:
        for text in (*one.texts, *one.typed):
            said = words(text)
            own = {word for word in said if _is_telling(word) and word not in vocabulary}
            if len(said) < RUN:
                if own:
                    (long if one.is_named_so else short).setdefault(" ".join(said), one)
                continue
            for run in runs(said, RUN):
                if len(own.intersection(run.split(" "))) >= _OWN_WORDS:
                    short.setdefault(run, one)
            repeated = long if text in one.texts else short
            for run in runs(said, min(LONG_RUN, len(said))):
                parts = run.split(" ")
                if not own.isdisjoint(parts) or sum(map(str.isalpha, parts)) >= RUN:
                    repeated.setdefault(run, one)
    ids = {name: one for one in reversed(closed) for name in one.ids}
    grounded = [*known, *(text for one in others for text in (*one.texts, *one.ids))]
    said = _joined(grounded)
    _forget(short, said)
    _forget(long, said)
    for name in ids.keys() & (names_in("\n".join(grounded).lower()) | set(said)):
        del ids[name]
    _forget(short, _joined(text for one in others for text in one.typed))
    found_runs = {**short, **long}
    digests = {
        part: one for one in reversed(closed) for digest in one.digests for part in _parts(digest)
    }
    return LeakIndex(found_runs, wanted(found_runs), ids, digests)


def _joined(texts: Iterable[str]) -> list[str]:
    """The words of all texts, with a break between one text and the next."""
    return [word for text in texts for word in (*words(text), BREAK)]


def _forget(found: dict[str, Entry], said: Sequence[str]) -> None:
    """Take away what is `said` too."""
    for run in wanted(found).in_text(said):
        del found[run]


def _parts(digest: str) -> Iterator[str]:
    return (digest[start : start + _DIGEST] for start in range(len(digest) - _DIGEST + 1))


def _is_telling(word: str) -> bool:
    return any(char.isalpha() for char in word) and len(word) > (2 if word.isascii() else 1)
