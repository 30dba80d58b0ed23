"""A build that would make what it made before is not made again.

What a build read, and what it wrote, is kept by digest. If all of it is the same now, the output
stands: a file more that a pattern of the base takes up, a new template, a page edited in the
output, another program or another day where the base leaves the day open each count as a change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefings.core import files
from briefings.output import manifest
from briefings.output.store import Store, key_of
from briefings.plan.request import Request
from briefings.run.program import program_digest

_ABSENT = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build went by.

    Attributes:
        reads: The SHA-256 of each file of the desk that was read, by path.
        patterns: What each pattern of `include` matched.
        folders: Folders of which every file counts, by their path as it was given.
        day: The time zone and the day of its calendar, where that mattered.
        week: The one folder of the output that was written, of a weekly run; else empty.

    """

    reads: Mapping[str, str]
    patterns: Mapping[str, tuple[str, ...]]
    folders: tuple[str, ...]
    day: tuple[str, str] | None
    week: str = ""


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What a build printed, and why it is not good any more; `why` is empty if it is.

    `report` is of its warnings, `lines` of its files.
    """

    report: str
    lines: tuple[str, ...]
    why: tuple[str, ...] = ()


def look(request: Request, today: Callable[[str], date]) -> LastBuild | None:
    """What the same build did before; None if it was never built, or nothing is known of it."""
    content = Store(request.cache).get(_key(request)) if request.cache is not None else None
    if content is None:
        return None
    kept: Any = json.loads(content)
    changes: list[str] = []
    if kept["program"] != program_digest():
        changes.append("the program has changed")
    if kept["day"] is not None and str(today(kept["day"][0])) != kept["day"][1]:
        changes.append("it is another day")
    root = request.base.parent
    changes += _differences(root, kept["reads"])
    for pattern, matched in kept["patterns"].items():
        if _matching(root, pattern) != matched:
            changes.append(f"{pattern} matches other files")
    for folder, held in kept["folders"].items():
        changes += [
            f"{Path(folder) / name}" for name in sorted(_changed(held, _states(Path(folder))))
        ]
    if not changes:
        names = sorted(_changed(kept["written"], _written(request.out, kept["week"])))
        changes += [f"{Path(request.out) / name} is not as it was written" for name in names]
    return LastBuild(kept["report"], tuple(kept["lines"]), tuple(changes))


def remember(request: Request, inputs: Inputs, report: str, lines: Iterable[str]) -> str:
    """Keep what a build read, what stands in its output now, and what it printed.

    Args:
        request: What was built; without a cache nothing is kept.
        inputs: What was read for it.
        report: What the check had to say, as it was printed.
        lines: The other lines that were printed.

    Returns:
        Why the cache can't be used, in one lower-case clause; empty if it can, or there is none.

    """
    if request.cache is None:
        return ""
    kept = {
        "program": program_digest(),
        "day": inputs.day,
        "reads": dict(inputs.reads),
        "patterns": {name: list(matched) for name, matched in inputs.patterns.items()},
        "folders": {folder: _states(Path(folder)) for folder in inputs.folders},
        "week": inputs.week,
        "written": _written(request.out, inputs.week),
        "report": report,
        "lines": list(lines),
    }
    store = Store(request.cache)
    store.put(_key(request), json.dumps(kept, sort_keys=True).encode())
    store.close()
    return store.trouble


def _written(out: Path, week: str) -> dict[str, str]:
    """The files of an output; of a weekly run those of its week, and of others what they hold."""
    if not week:
        return _states(out)
    written = {f"{week}/{name}": digest for name, digest in _states(out / week).items()}
    for name in files.names(out) if out.is_dir() else ():
        path = f"{name}/{manifest.NAME}" if (out / name).is_dir() else name
        written[path] = _digest(out, path)
    return written


def _key(request: Request) -> str:
    """All that is asked for, and where."""
    named = (field.name for field in fields(request) if field.name != "cache")
    asked = {name: str(getattr(request, name)) for name in named}
    asked |= {"base": str(request.base.absolute()), "out": str(request.out.absolute())}
    return key_of("build", *(f"{name}={value}" for name, value in sorted(asked.items())))


def _differences(root: Path, reads: Mapping[str, str]) -> list[str]:
    return [
        str(root / path) for path, digest in sorted(reads.items()) if _digest(root, path) != digest
    ]


def _digest(root: Path, path: str) -> str:
    try:
        return sha256(files.read(root, path)).hexdigest()
    except (files.Unreadable, files.OutsideFolder):
        return _ABSENT


def _matching(root: Path, pattern: str) -> list[str]:
    try:
        return files.matching(root, pattern)
    except (files.Unreadable, files.OutsideFolder):
        return []


def _states(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder; nothing if it is not there."""
    try:
        return {name: _digest(folder, name) for name in files.listed(folder)[0]}
    except OSError:
        return {}


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
