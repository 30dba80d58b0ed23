"""What gives an entry of the base away: its words, its names, its files, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping

from briefings.core.digests import Digests
from briefings.core.model import Marking
from briefings.core.values import dataclass
from briefings.scan.allowlist import OwnWords
from briefings.scan.entries import Marked
from briefings.scan.shingles import (
    LONG_NGRAM,
    NGRAM,
    NgramIndex,
    index_ngrams,
    names_in,
    ngrams,
    words,
)

_DIGEST = 12
"""How many digits of a file's SHA-256 give it away."""

_OWN_WORDS = 2
"""How many words that no page of ours has by itself make a run that gives something away."""

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

    @property
    def digest(self) -> str:
        """A digest of all that is looked for, whichever entries it gives away."""
        sought = (tuple(sorted(each)) for each in (self.runs, self.ids, self.digests))
        return Digests().of(tuple(sought))

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


def leak_index(known: Iterable[Marked], open_to: Marking, own: OwnWords) -> LeakIndex:
    """What gives the entries above a marking away, and nothing that is open as well.

    What an open document or statement says is open. What the desk says freely in an open entry
    opens names, short runs of words and what it says freely itself; not a long run, or the whole,
    of a restricted statement or document: that was repeated.

    Args:
        known: Every entry of the base, with all that it says.
        open_to: The highest marking that may be read.
        own: Words of ours, which tell nothing of any base.
    """
    closed = [entry for entry in known if entry.marking > open_to]
    if not closed:
        return LeakIndex({}, index_ngrams(()), {}, {})
    short, long = _runs(closed, own.vocabulary)
    ids = {name: entry for entry in reversed(closed) for name in entry.ids}
    for runs in (short, long):
        # Nearly every run has a word that is not ours: it need not be looked for.
        own_runs = [run for run in runs if own.vocabulary.issuperset(run.split(" "))]
        _forget(runs, index_ngrams(own_runs).in_text(own.words))
    _forget(ids, own.names.intersection(ids))
    sought = index_ngrams((*short, *long))
    # Text by text: those of a large base take up more than all the rest of it, as words.
    for entry in known:
        if entry.marking > open_to:
            continue
        for text in (*entry.texts, *entry.ids):
            parts = words(text)
            found = sought.in_text(parts)
            _forget(short, found)
            _forget(long, found)
            _forget(ids, names_in(text.lower()).union(parts))
        for text in entry.typed:
            _forget(short, sought.in_text(words(text)))
    leaks = {**short, **long}
    digests = {
        part: entry
        for entry in reversed(closed)
        for digest in entry.digests
        for part in _parts(digest)
    }
    return LeakIndex(leaks, index_ngrams(leaks), ids, digests)


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


def _forget(leaks: dict[str, Marked], traces: Iterable[str]) -> None:
    """Take away what stands in an open text too."""
    for trace in leaks.keys() & traces:
        del leaks[trace]


def _parts(digest: str) -> Iterator[str]:
    return (digest[start : start + _DIGEST] for start in range(len(digest) - _DIGEST + 1))


def _is_telling(word: str) -> bool:
    return any(char.isalpha() for char in word) and len(word) > (2 if word.isascii() else 1)
