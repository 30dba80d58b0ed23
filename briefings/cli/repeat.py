"""A command that is typed again: what it printed, before anything that builds is loaded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.cli import terminal
from briefings.core.limits import VARIABLE

if TYPE_CHECKING:
    from briefings.make.unchanged import LastBuild

BUILDING = frozenset({"build", "weekly"})

CACHE = "~/.cache/briefings"
CACHE_VARIABLE = "BRIEFINGS_CACHE"


def again(words: Sequence[str]) -> int | None:
    """Tell of a build that stands as these words made it, and give its exit code; else None."""
    if not words or words[0] not in BUILDING or (cache := _cache(words)) is None:
        return None
    if os.environ.get(VARIABLE):  # what it allows is not looked at yet
        return None
    from briefings.make.unchanged import look_for  # not for other commands

    kept = look_for(words, cache, terminal.today)
    if kept is None:
        return None
    typed, before = kept
    return stands(before, quiet=typed.quiet, why=typed.why)


def stands(before: LastBuild, *, quiet: bool, why: bool) -> int:
    """Print what was printed when it was made.

    Args:
        before: The build that stands.
        quiet: Whether to leave out all but what was wrong.
        why: Whether to say that nothing has changed.

    Returns:
        The status of the command.
    """
    if why:
        terminal.tell("nothing has changed: all is as it was built")
    terminal.retell(before.report, before.lines if not quiet else ())
    return 0


def cache_folder(named: str) -> Path | None:
    """The folder of a cache by the name that was given for it; None for `off`.

    Nor is there one by default for a user without a folder of his own, as in many a container.

    Raises:
        ValueError: The name is none.
    """
    if not named:
        message = "an empty text names no folder: without a cache, it is `off`"
        raise ValueError(message)
    if named == "off":
        return None
    if not named.startswith("~/") or os.environ.get("HOME", "/").startswith("/"):
        with suppress(RuntimeError):
            return Path(named).expanduser()
    if named == CACHE:
        return None
    message = f"{named!r} begins with the folder of a user who has none"
    raise ValueError(message)


def _cache(words: Sequence[str]) -> Path | None:
    """The cache that a command names, before its words are parsed.

    To take another word for it does no harm: these very words are looked up in it, and are only
    where they were typed with that cache.
    """
    named = os.environ.get(CACHE_VARIABLE) or CACHE
    for place, word in enumerate(words):
        if word == "--cache":
            named = "".join(words[place + 1 : place + 2]) or named
        elif word.startswith("--cache="):
            named = word.removeprefix("--cache=")
    with suppress(ValueError):  # which is told once the words are parsed
        return cache_folder(named)
    return None
