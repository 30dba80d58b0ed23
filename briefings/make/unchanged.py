"""A build that would make what it made before is not made again.

What a build read, and what it wrote, is kept by digest. If all of it is the same now, the output
stands: a file more that a pattern of the base takes up, a new template, a page edited in the
output, another program or another day where the base leaves the day open each count as a change.

A file of the output that the system says nobody has touched since is not read again.

Whether it is so is asked before anything that builds is loaded: nothing here needs the model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from briefings.core import files, unfinished
from briefings.core.limits import allowed
from briefings.output import manifest
from briefings.output.program import program_digest
from briefings.output.store import Store, key_of

if TYPE_CHECKING:
    from briefings.plan.request import Request

_SECOND = 10**9


class Inputs(NamedTuple):
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


class Typed(NamedTuple):
    """A command as it was typed: its words, and whether they ask for reasons or for silence."""

    words: Sequence[str]
    why: bool
    quiet: bool


class LastBuild(NamedTuple):
    """What a build printed, and why it is not good any more; `why` is empty if it is.

    `report` is of its warnings, `lines` of its files.
    """

    report: str
    lines: tuple[str, ...]
    why: tuple[str, ...] = ()


def look(request: Request, today: Callable[[str], date]) -> LastBuild | None:
    """What the same build did before; None if it was never built, or nothing is known of it."""
    if request.cache is None:
        return None
    return _look(Store(request.cache), _key(request), today)


def look_for(
    words: Sequence[str], cache: Path, today: Callable[[str], date]
) -> tuple[Typed, LastBuild] | None:
    """The last build by the words of a command in the folder that one stands in.

    None if it never was typed there, or does not stand any more.

    Args:
        words: The command as it was typed.
        cache: The folder of the cache.
        today: The day in a time zone.
    """
    store = Store(cache)
    content = store.get(_key_typed(words))
    if content is None:
        return None
    kept: Any = json.loads(content)
    before = _look(store, kept["build"], today)
    if before is None or before.why:
        return None
    return Typed(words, kept["why"], kept["quiet"]), before


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
    store = Store(request.cache)
    # Before any of it is read: what is touched in between looks otherwise the next time.
    names = _names(request.out, inputs.week)
    untouched = _states(request.out, names, store.moment())
    kept = {
        "program": program_digest(),
        "allowed": allowed(),
        "day": inputs.day,
        "root": str(request.base.parent),
        "out": str(request.out),
        "reads": dict(inputs.reads),
        "patterns": {name: list(matched) for name, matched in inputs.patterns.items()},
        "folders": {folder: _digests(Path(folder)) for folder in inputs.folders},
        "week": inputs.week,
        "key": _state_of_key(request),
        "written": {name: files.digest(request.out, name) for name in names},
        "untouched": untouched,
        "report": report,
        "lines": list(lines),
    }
    store.put(_key(request), json.dumps(kept, sort_keys=True).encode())
    store.close()
    return store.trouble


def remember_words(request: Request, typed: Typed) -> None:
    """Keep by which words a build was asked for."""
    if request.cache is None:
        return
    kept = {"build": _key(request), "why": typed.why, "quiet": typed.quiet}
    Store(request.cache).put(_key_typed(typed.words), json.dumps(kept).encode())


def _look(store: Store, key: str, today: Callable[[str], date]) -> LastBuild | None:
    content = store.get(key)
    if content is None:
        return None
    kept: Any = json.loads(content)
    if kept["program"] != program_digest():  # which may have kept other things, or otherwise
        return LastBuild("", (), ("the program has changed",))
    changes: list[str] = []
    if kept["allowed"] != allowed():
        changes.append("other limits are set")
    if kept["day"] is not None and str(today(kept["day"][0])) != kept["day"][1]:
        changes.append("it is another day")
    path, state = kept["key"]
    if _state(path) != state:
        changes.append(path)
    root = Path(kept["root"])
    changes += [
        str(root / path)
        for path, digest in sorted(kept["reads"].items())
        if files.digest(root, path) != digest
    ]
    for pattern, matched in kept["patterns"].items():
        if files.found(root, pattern) != matched:
            changes.append(f"{pattern} matches other files")
    for folder, held in kept["folders"].items():
        changes += _changed(Path(folder), held, _digests(Path(folder)))
    if not changes:
        changes += _touched(store, key, kept)
    return LastBuild(kept["report"], tuple(kept["lines"]), tuple(changes))


def _touched(store: Store, key: str, kept: Mapping[str, Any]) -> list[str]:
    """What is not as it was written; what only looks touched is kept as it looks now."""
    out, written, untouched = Path(kept["out"]), kept["written"], kept["untouched"]
    names = _names(out, kept["week"])
    states = _states(out, names)
    doubted = [name for name in names if name not in states or states[name] != untouched.get(name)]
    if doubted:
        states = _states(out, names, store.moment())
    changed = {name for name in doubted if files.digest(out, name) != written.get(name)}
    changed |= written.keys() - set(names)
    if not changed and states != untouched:
        content = json.dumps({**kept, "untouched": states}, sort_keys=True)
        store.put(key, content.encode())
    whole = out / kept["week"]
    beside = (unfinished.staged(whole), unfinished.replaced(whole))
    left = [f"{path} was left by a build that was cut short" for path in beside if path.exists()]
    return left + [f"{out / name} is not as it was written" for name in sorted(changed)]


def _states(out: Path, names: Iterable[str], until: float = inf) -> dict[str, str]:
    """What the system knows of files: which one it is, and when it was last touched.

    That is no sign of anything for a file that was touched at `until` or later, in nanoseconds, or
    where the system counts in whole seconds: it may be touched again, and look the same.
    """
    states: dict[str, str] = {}
    for name in names:
        with suppress(OSError):
            state = (out / name).lstat()
            if state.st_ctime_ns < until and state.st_ctime_ns % _SECOND:
                parts = (state.st_mode, state.st_ino, state.st_size, state.st_ctime_ns)
                states[name] = " ".join(map(str, parts))
    return states


def _state_of_key(request: Request) -> tuple[str, str]:
    """The file of the key that signs, by its path, and what tells that it was touched.

    No digest of a secret is kept anywhere. Both are empty if nothing is signed; a token has no
    state.
    """
    key = "" if request.signing is None else request.signing.key
    return key, _state(key)


def _state(key: str) -> str:
    if not key:  # else it would be that of the folder that one stands in
        return ""
    try:
        whole = Path(key).expanduser().resolve(strict=True)
    except (OSError, RuntimeError):
        return ""
    return files.state(whole.parent, whole.name)


def _names(out: Path, week: str) -> list[str]:
    """The files of an output; of a weekly run those of its week, and of others what they hold."""
    if not week:
        return _listed(out)
    names = [f"{week}/{name}" for name in _listed(out / week)]
    beside = files.names(out) if out.is_dir() else []
    return names + [f"{name}/{manifest.NAME}" if (out / name).is_dir() else name for name in beside]


def _listed(folder: Path) -> list[str]:
    try:
        return files.listed(folder)[0]
    except OSError:
        return []


def _key(request: Request) -> str:
    """All that is asked for, and where one stands: paths are kept as they were given."""
    from dataclasses import fields  # noqa: PLC0415 # a build that stands needs none

    # Where what was made is kept, and who makes it, change none of it.
    named = (field.name for field in fields(request) if field.name not in ("cache", "cluster"))
    asked = {name: str(getattr(request, name)) for name in named}
    return key_of("build", str(Path.cwd()), *(f"{name}={asked[name]}" for name in sorted(asked)))


def _key_typed(words: Sequence[str]) -> str:
    return key_of("typed", program_digest(), str(Path.cwd()), *words)


def _digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, and that it is there; nothing if it is not."""
    if not folder.is_dir():
        return {}
    return {"": "", **{name: files.digest(folder, name) for name in _listed(folder)}}


def _changed(folder: Path, before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    names = before.keys() | now.keys()
    return [str(folder / name) for name in sorted(names) if before.get(name) != now.get(name)]
