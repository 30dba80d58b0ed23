"""The files of a base put into their canonical shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from briefings.authoring.draft import base_files, content, open_desk, put
from briefings.check.wording.names import named_by, with_names
from briefings.core.diagnostics import Refused, failed
from briefings.core.model import FactBase
from briefings.core.progress import Progress, silent
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.edit.brevity import shortened
from briefings.edit.canonical import formatted
from briefings.load.desk import Loaded, load


@dataclass(frozen=True, slots=True)
class Shaped:
    """The files of a base, by desk-relative path: those in their shape, those that had another."""

    kept: tuple[str, ...]
    changed: tuple[str, ...]


def shape(path: Path, *, check: bool = False, progress: Progress = silent) -> Shaped:
    """Put the base at `path` and all that it includes into their shape, or only `check` it.

    A base with mistakes has a shape too, as long as it is YAML. `progress` is told of each file.

    Raises:
        Refused: With status 1: a file can't be read, is no YAML, or has changed meanwhile; with
            status 2: one can't be written. It is then as it was, and so are those behind it.
    """
    progress("reading the base")
    loaded = load(path)
    files = _files(loaded, path.name)
    before, after = {}, {}
    for number, file in enumerate(files):
        progress(f"shaping {file}", number, len(files))
        text = formatted(loaded.texts[file].text)
        if text is None:
            raise _refused(loaded)
        before[file], after[file] = content(loaded, file), text.encode()
    changed = tuple(file for file in files if before[file] != after[file])
    if not check:
        put(loaded.root, before, {file: after[file] for file in changed})
    return Shaped(tuple(file for file in files if file not in changed), changed)


def shorten(path: Path) -> Shaped:
    """Let the base at `path` say things once, by defaults and by names; nothing read changes.

    Raises:
        Refused: As of `shape`; with status 1 also if the base has mistakes.
    """
    desk = open_desk(path)
    if failed(desk.checked.diagnostics):
        raise Refused(1, desk.checked.diagnostics, desk.checked.texts)
    files = _files(desk.loaded, path.name)
    before = {file: content(desk.loaded, file) for file in files}
    named = named_by(desk.base)
    lists: dict[str, dict[str, tuple[str, ...]]] = {
        fact: {"actors": actors, "places": places} for fact, (actors, places) in named.items()
    }
    written = {file: desk.loaded.texts[file].text for file in files}
    texts = shortened(written, lists, desk.base.languages)
    after = {file: text.encode() for file, text in texts.items()}
    # A law of `shortened`: what is read, with all that is taken, is the same as before.
    again = with_names(_base(load(path, after)))[0]
    assert meaning(again) == meaning(with_names(desk.base)[0]), (
        "the shorter base says another thing"
    )
    changed = tuple(file for file in files if before[file] != after[file])
    put(desk.loaded.root, before, {file: after[file] for file in changed})
    return Shaped(tuple(file for file in files if file not in changed), changed)


def meaning(value: object) -> object:
    """What a base, or a value in it, says: without where it says it, and what it says once."""
    if is_dataclass(value) and not isinstance(value, type):
        return [
            (field.name, meaning(getattr(value, field.name)))
            for field in fields(value)
            if field.name not in ("defaults", "words")
            and not isinstance(getattr(value, field.name), Span)
        ]
    if isinstance(value, Mapping):
        return [(key, meaning(each)) for key, each in value.items()]
    if isinstance(value, tuple):
        return [meaning(each) for each in value if not isinstance(each, Span)]
    return value


def _base(loaded: Loaded) -> FactBase:
    assert loaded.base is not None
    return loaded.base


def _files(loaded: Loaded, name: str) -> tuple[str, ...]:
    """The base and what it includes, in order of path, the base first.

    Raises:
        Refused: With status 1: one of them can't be read.
    """
    unread = ("unreadable-file", "outside-desk")
    if name not in loaded.texts or any(each.code in unread for each in loaded.diagnostics):
        raise _refused(loaded)
    return (name, *sorted(set(base_files(loaded)) - {name}))


def _refused(loaded: Loaded) -> Refused:
    """What keeps files from being read as YAML, and nothing of what is wrong with their entries."""
    codes = ("unreadable-file", "outside-desk", "hidden-character", "duplicate-key", "yaml-")
    faults = [each for each in loaded.diagnostics if each.code.startswith(codes)]
    return Refused(1, faults or loaded.diagnostics, loaded.texts)
