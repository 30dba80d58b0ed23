"""Names of files: the base's, and patterns for those of a brief, `{topic}-{week}.{lang}`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefings.core.excerpts import head
from briefings.core.names import suggestion

BASE = "facts.yaml"
"""The base of a desk, unless another is named."""
KEPT = ("seeds", "issued", "templates")
"""The folders that a desk keeps: of documents, records, templates. No output is among these."""
FORMATS = ("html", "pdf", "md", "txt")
"""The forms that a brief can be had in, by the endings of their files."""
PLACEHOLDERS = ("brief", "topic", "lang", "as_of", "week", "edition")
DEFAULT = "{brief}.{lang}"

_PART = re.compile(r"\{([^{}]*)\}")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]|[A-Za-z0-9]")
_LONGEST = 120
_SHOWN = 40
# What Windows takes for devices, whatever follows the first dot; and the pages that list briefs,
# in the base's own language and in others.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_FRONT = re.compile(r"index(?:\..*)?", re.IGNORECASE)


class BadPattern(ValueError):
    """No file can be named after the pattern; `hints` may say what would do."""

    def __init__(self, message: str, *hints: str) -> None:
        super().__init__(message)
        self.hints = hints


def check(pattern: str) -> None:
    """See that a pattern can name a file in any build, whatever its placeholders stand for.

    Raises:
        BadPattern: It can't; `hints` say what would do.
    """
    for name in _PART.findall(pattern):
        if name not in PLACEHOLDERS:
            raise BadPattern(
                f"a file name has no place for `{{{name}}}`", *suggestion(name, PLACEHOLDERS)
            )
    fill(pattern, dict.fromkeys(PLACEHOLDERS, "x"))


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """The name, without extension, in which each placeholder has its value.

    Args:
        pattern: One that `check` lets pass.
        values: One for each of `PLACEHOLDERS`.

    Raises:
        BadPattern: The name is no file of the output folder, is too long, or that of another
            thing.
    """
    name = _PART.sub(lambda match: values[match[1]], pattern)
    if not is_name(name):
        raise BadPattern(
            f"`{pattern}` names no file in the output folder",
            "take letters, digits, `.`, `_` and `-`, none but letters and digits at its ends, and "
            + ", ".join(f"{{{each}}}" for each in PLACEHOLDERS),
        )
    if _FRONT.fullmatch(name):
        raise BadPattern(f"`{name}` is the name of another page", f"take desk-{pattern}")
    return portable(name)


def is_front(name: str) -> bool:
    """Whether a page of this name lists briefs: no brief has one that begins so."""
    return _FRONT.fullmatch(name) is not None and name.endswith(".html")


def is_name(name: str) -> bool:
    """Whether a file of the output folder can be called so: it leads nowhere else."""
    return _SAFE.fullmatch(name) is not None and ".." not in name


def portable(name: str) -> str:
    """The name, if a file can have it on any disk, whatever its extension.

    Raises:
        BadPattern: It is too long, or a device of Windows.
    """
    if len(name) > _LONGEST:
        raise BadPattern(
            f"`{head(name, _SHOWN)}` is longer than {_LONGEST} characters", "take a shorter one"
        )
    if _DEVICE.fullmatch(name):
        raise BadPattern(f"`{name}` is the name of a device of Windows", "take another")
    return name
