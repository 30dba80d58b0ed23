"""Regular expressions as the values that Python compiles them to, since to compile takes long.

How it does so is private to each version of Python, so these values are good for the very version
that made them; where one does things otherwise, patterns are compiled as ever.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from briefings.core import files
from briefings.core.pycache import kept

_OWN = Path(__file__).parent, Path(__file__).name

Code: TypeAlias = tuple[int, bytes, int, tuple[tuple[str, int], ...]]
"""The flags of a pattern, its code, how many groups catch, and those of them that have a name."""


def compiled(pattern: str, flags: int = 0) -> Code | None:
    """What a pattern is compiled to; None where it isn't seen."""
    try:
        parsed: Any = import_module("re._parser").parse(pattern, flags)
        code: list[int] = import_module("re._compiler")._code(parsed, flags)  # noqa: SLF001 # no public way
        state = parsed.state
        words = array("I", code).tobytes()
        return int(state.flags), words, state.groups, tuple(state.groupdict.items())
    except (ImportError, AttributeError, TypeError):
        return None


def pattern_of(pattern: str, code: Code | None, flags: int = 0) -> re.Pattern[str]:
    """A pattern, compiled.

    Args:
        pattern: What to compile.
        code: What it comes to, as an earlier process has kept it; None where none has.
        flags: As `re.compile` has them.
    """
    if code is None:
        return re.compile(pattern, flags)
    all_flags, words, groups, named = code
    names: list[str | None] = [None] * groups
    for name, number in named:
        names[number] = name
    made: re.Pattern[str] = import_module("_sre").compile(
        pattern, all_flags, array("I", words).tolist(), groups - 1, dict(named), tuple(names)
    )
    return made


def kept_pattern(module: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The one pattern of a module that takes long to compile, kept beside it.

    Args:
        module: The path of the module.
        pattern: What to compile.
        flags: As `re.compile` has them.
    """
    path = Path(module)
    own = files.own(*_OWN)
    inputs = [own, pattern.encode(), b"%d" % flags]
    code = kept(path.with_name(f"{path.stem}_pattern.re"), inputs, lambda: compiled(pattern, flags))
    return pattern_of(pattern, code, flags)


@contextmanager
def compiled_once(module: str) -> Iterator[None]:
    """Load modules whose patterns an earlier process has compiled; what no table has, is as ever.

    What modules compile as they are loaded, of this program or of another, is kept as one table
    where Python looks for a pattern that was compiled before. Nothing else may be done within: what
    somebody's texts make of patterns is not to be kept.

    Args:
        module: The path of the module that loads them.
    """
    at_hand: MutableMapping[Any, Any] = getattr(re, "_cache", {})
    path, own = Path(module), files.own(*_OWN)
    beside = path.with_name(f"{path.stem}_patterns.re")
    before = _texts(at_hand)
    table: dict[tuple[str, int], Code] = kept(beside, [own], dict) or {}
    for (pattern, flags), code in table.items():
        at_hand.setdefault((str, pattern, flags), pattern_of(pattern, code, flags))
    yield
    loaded = _texts(at_hand) - before
    if not loaded <= table.keys():
        kept(beside, [own], lambda: _codes(loaded), anew=True)


def _codes(patterns: set[tuple[str, int]]) -> dict[tuple[str, int], Code]:
    return {each: code for each in sorted(patterns) if (code := compiled(*each)) is not None}


def _texts(at_hand: MutableMapping[Any, Any]) -> set[tuple[str, int]]:
    """The patterns that are at hand, by their flags; those of bytes aside."""
    return {(each[1], int(each[2])) for each in at_hand if each[0] is str}
