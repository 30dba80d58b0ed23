"""Regular expressions as the values that Python compiles them to, since to compile takes long.

How it does so is private to each version of Python, so these values are good for the very version
that made them; where one does things otherwise, patterns are compiled as ever.
"""

from __future__ import annotations

import re
from array import array
from importlib import import_module
from typing import Any, TypeAlias

Code: TypeAlias = tuple[int, bytes]
"""The flags of a pattern without groups that catch, and its code."""


def compiled(pattern: str) -> Code | None:
    """What `pattern`, which has no groups that catch, is compiled to; None where it isn't seen."""
    try:
        parsed: Any = import_module("re._parser").parse(pattern, 0)
        code: list[int] = import_module("re._compiler")._code(parsed, 0)  # noqa: SLF001 # see above
        flags: int = parsed.state.flags
    except (ImportError, AttributeError, TypeError):
        return None
    return flags, array("I", code).tobytes()


def pattern_of(pattern: str, code: Code | None) -> re.Pattern[str]:
    """A pattern, by its code where that is at hand."""
    if code is None:
        return re.compile(pattern)
    flags, words = code
    made: re.Pattern[str] = import_module("_sre").compile(
        pattern, flags, array("I", words).tolist(), 0, {}, (None,)
    )
    return made
