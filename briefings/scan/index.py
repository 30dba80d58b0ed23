"""What gives an entry of the base away: its words, its names, its files, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefings.core.model import Marking
from briefings.scan.entries import Marked
from briefings.scan.shingles import (
    BREAK,
    LONG_NGRAM,
    NGRAM,
    NgramIndex,
    index_ngrams,
    ngrams,
    words,
)

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

    `runs` are runs of words, and `sought` the same to look for; `ids` are names of the base in
    parts; `digests` beginnings of each stretch of a SHA-256.
    """

    runs: Mapping[str, Marked]
    sought: NgramIndex
    ids: Mapping[str, Marked]
    digests: Mapping[str, Marked]

    def __bool__(self) -> bool:
        return bool(self.runs or self.ids or self.digests)

    def in_words(self, text: str) -> dict[str, Marked]:
        """The runs of words that stand in `text`."""
        return {run: self.runs[run] for run in self.sought.in_text(words(text))}

    def in_code(self, text: str) -> dict[str, Marked]:
        """The names and digests that stand in `text`, which is more than prose."""
        plain = text.lower()
        entries = {name: self.ids[name] for name in names_in(plain) if name in self.ids}
        for digits in set(_HEX.findall(plain)) if self.digests else ():
            entries |= {part: self.digests[part] for part in _parts(digits) if part in self.digests}
        return entries


def names_in(text: str) -> set[str]:
    """Everything in `text`, in lower case, that may be an id, and each part of it, with hyphens."""
    names = set(_ALONE.findall(text))
    for compound in set(_COMPOUND.findall(text)):
        parts = compound.replace("_", "-").split("-")
        for start in range(len(parts)):
            for stop in range(start + 1, len(parts) + 1):
                names.add("-".join(parts[start:stop]))
    return names


def leak_index(known: Iterable[Marked], open_to: Marking, own_texts: Iterable[str]) -> LeakIndex:
    """What gives the entries above a marking away, and nothing that is open as well.

    What an open document or statement says is open. What the desk says freely in an open entry
    opens names, short runs of words and what it says freely itself; not a long run, or the whole,
    of a restricted statement or document: that was repeated.

    Args:
        known: Every entry of the base, with all that it says.
        open_to: The highest marking that may be read.
        own_texts: Texts of ours, which tell nothing of any base.

    """
    closed = [entry for entry in known if entry.marking > open_to]
    if not closed:
        return LeakIndex({}, index_ngrams(()), {}, {})
    others = [entry for entry in known if entry.marking <= open_to]
    ours = _read(tuple(own_texts))
    short, long = _runs(closed, ours.vocabulary)
    ids = {name: entry for entry in reversed(closed) for name in entry.ids}
    grounded = [text for entry in others for text in (*entry.texts, *entry.ids)]
    open_words = [*ours.words, *_joined(grounded)]
    _forget(short, open_words)
    _forget(long, open_words)
    open_names = names_in("\n".join(grounded).lower()) | ours.names | set(open_words)
    for name in ids.keys() & open_names:
        del ids[name]
    _forget(short, _joined(text for entry in others for text in entry.typed))
    leaks = {**short, **long}
    digests = {
        part: entry
        for entry in reversed(closed)
        for digest in entry.digests
        for part in _parts(digest)
    }
    return LeakIndex(leaks, index_ngrams(leaks), ids, digests)


@dataclass(frozen=True, slots=True)
class _Ours:
    """What our own texts say: their words in order, each word once, and what may be an id."""

    words: tuple[str, ...]
    vocabulary: frozenset[str]
    names: frozenset[str]


@lru_cache(maxsize=4)
def _read(texts: tuple[str, ...]) -> _Ours:
    """Our own texts, read once a process: they are the same for every build."""
    in_order = tuple(_joined(texts))
    names = names_in("\n".join(texts).lower())
    return _Ours(in_order, frozenset(in_order), frozenset(names))


def _runs(
    closed: Iterable[Marked], vocabulary: Container[str]
) -> tuple[dict[str, Marked], dict[str, Marked]]:
    """The runs of words of restricted entries: short ones, and long ones or whole texts.

    A run of nothing but words of `vocabulary` tells nothing.
    """
    short: dict[str, Marked] = {}
    long: dict[str, Marked] = {}
    for entry in closed:
        for text in (*entry.texts, *entry.typed):
            parts = words(text)
            own = {word for word in parts if _is_telling(word) and word not in vocabulary}
            if len(parts) < NGRAM:
                if own:
                    (long if entry.is_named_so else short).setdefault(" ".join(parts), entry)
                continue
            for run in ngrams(parts, NGRAM):
                if len(own.intersection(run.split(" "))) >= _OWN_WORDS:
                    short.setdefault(run, entry)
            repeated = long if text in entry.texts else short
            for run in ngrams(parts, min(LONG_NGRAM, len(parts))):
                inner = run.split(" ")
                if not own.isdisjoint(inner) or sum(map(str.isalpha, inner)) >= NGRAM:
                    repeated.setdefault(run, entry)
    return short, long


def _joined(texts: Iterable[str]) -> list[str]:
    """The words of all texts, with a break between one text and the next."""
    return [word for text in texts for word in (*words(text), BREAK)]


def _forget(leaks: dict[str, Marked], open_words: Sequence[str]) -> None:
    """Take away what stands in `open_words` too."""
    for run in index_ngrams(leaks).in_text(open_words):
        del leaks[run]


def _parts(digest: str) -> Iterator[str]:
    return (digest[start : start + _DIGEST] for start in range(len(digest) - _DIGEST + 1))


def _is_telling(word: str) -> bool:
    return any(char.isalpha() for char in word) and len(word) > (2 if word.isascii() else 1)
