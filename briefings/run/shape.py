"""The files of a base put into their canonical shape."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefings.core.diagnostics import Refused
from briefings.edit.canonical import formatted
from briefings.load.desk import Loaded, load
from briefings.run.draft import content, put


@dataclass(frozen=True, slots=True)
class Shaped:
    """The files of a base, by desk-relative path: those in their shape, those that had another."""

    kept: tuple[str, ...]
    changed: tuple[str, ...]


def shape(path: Path, *, check: bool = False) -> Shaped:
    """Put the base at `path` and all that it includes into their shape, or only `check` it.

    A base with mistakes has a shape too, as long as it is YAML.

    Raises:
        Refused: With status 1: a file can't be read, is no YAML, or has changed meanwhile; with
            status 2: one can't be written. It is then as it was, and so are those behind it.

    """
    loaded = load(path)
    files = _files(loaded, path.name)
    before, after = {}, {}
    for file in files:
        text = formatted(loaded.texts[file].text)
        if text is None:
            raise _refused(loaded)
        before[file], after[file] = content(loaded, file), text.encode()
    changed = tuple(file for file in files if before[file] != after[file])
    if not check:
        put(loaded.root, before, {file: after[file] for file in changed})
    return Shaped(tuple(file for file in files if file not in changed), changed)


def _files(loaded: Loaded, name: str) -> tuple[str, ...]:
    """The base and what it includes, in order of path, the base first.

    Raises:
        Refused: With status 1: one of them can't be read.

    """
    unread = ("unreadable-file", "outside-desk")
    if name not in loaded.texts or any(each.code in unread for each in loaded.diagnostics):
        raise _refused(loaded)
    documents = {document.path for document in loaded.documents.values()}
    return (name, *sorted(set(loaded.texts) - documents - {name}))


def _refused(loaded: Loaded) -> Refused:
    """What keeps files from being read as YAML, and nothing of what is wrong with their entries."""
    codes = ("unreadable-file", "outside-desk", "hidden-character", "duplicate-key", "yaml-")
    faults = [each for each in loaded.diagnostics if each.code.startswith(codes)]
    return Refused(1, faults or loaded.diagnostics, loaded.texts)
