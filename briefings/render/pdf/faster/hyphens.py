"""Where words may be parted: Pyphen's patterns, each read when a word asks for it; see wraps.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from weasyprint.text import line_break

from briefings.core import files
from briefings.core.overriding import override
from briefings.render.pdf.patching import exchanged

_Weights: TypeAlias = tuple[int, tuple[int, ...]]
"""How far behind the start of a pattern its first weight stands, and the weights."""

_SETTINGS = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFT", "COMPOUNDRIGHT")
_STEPS = re.compile(r"(\d?)(\D?)")
_WEIGHTS = str.maketrans("", "", "123456789")


@contextmanager
def patterns_when_asked() -> Iterator[None]:
    """Of the patterns of a language, ten thousand or more, a brief asks for a few hundred.

    Pyphen reads all of them at the first word that might be parted: a tenth of a second for
    English, more than one for German.
    """
    dictionary = line_break.pyphen.HyphDict
    read_all = dictionary.__init__

    def read_when_asked(self: Any, path: Path) -> None:
        patterns = _patterns(path)
        if patterns is None:
            read_all(self, path)
            return
        self.patterns, self.cache = patterns, {}
        self.maxlen = max(map(len, patterns))

    with exchanged("__init__", read_when_asked, dictionary):
        yield


class _Patterns(dict[str, str]):
    """The lines of a dictionary, by their letters."""

    @override
    def get(self, letters: str, *_: Any) -> _Weights | None:  # type: ignore[override]
        line = super().get(letters)
        return None if line is None else _weights(line)


def _patterns(path: Path) -> _Patterns | None:
    """None for a dictionary of another form than most have."""
    try:
        encoding, _, content = files.read(path.parent, path.name).partition(b"\n")
        lines = content.decode(encoding.decode().strip()).split("\n")
    except (files.Unreadable, UnicodeDecodeError, LookupError):
        return None
    if any("^^" in line or ("/" in line and "=" in line) for line in lines):
        return None  # a letter by its code; a word that changes where it is parted
    patterns = _Patterns()
    for line in map(str.strip, lines):
        letters = line.translate(_WEIGHTS)
        if letters != line and not line.startswith(_SETTINGS):
            patterns[letters.replace("0", "")] = line
    return patterns or None


def _weights(line: str) -> _Weights:
    """The weights between the letters of a pattern, of which one at least is not 0."""
    weights = [int(weight or 0) for weight, _ in _STEPS.findall(line)]
    start = next(place for place, weight in enumerate(weights) if weight)
    while not weights[-1]:
        weights.pop()
    return start, tuple(weights[start:])
