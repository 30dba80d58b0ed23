"""A file of a desk as it is to be: held against the whole check before it is put there."""

from __future__ import annotations

import codecs
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from briefings.core import files
from briefings.core.characters import visible
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic
from briefings.core.model import FactBase
from briefings.load.desk import Loaded, load
from briefings.output.atomic import reason
from briefings.output.desk import ChangedMeanwhile, replace
from briefings.run.check import Checked, check_loaded


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk as it was read, and what the check says of it: `base` is what could be read."""

    path: Path
    loaded: Loaded
    checked: Checked
    base: FactBase


@dataclass(frozen=True, slots=True)
class Draft:
    """A file of the desk as it was and as it is to be, and what the check says of the latter.

    `added` are the diagnostics that were not there before.
    """

    desk: OpenDesk
    file: str
    before: bytes
    after: bytes
    checked: Checked
    added: tuple[Diagnostic, ...]


def open_desk(path: Path) -> OpenDesk:
    """Read and check the base at `path`; its mistakes are in the result.

    Raises:
        Refused: With status 1: the base can't be read.

    """
    loaded = load(path)
    if loaded.base is None:
        raise Refused(1, loaded.diagnostics, loaded.texts)
    return OpenDesk(path, loaded, check_loaded(loaded), loaded.base)


def content(desk: OpenDesk, file: str) -> bytes:
    """The bytes of a file of the base, which are those that were read.

    Raises:
        Refused: With status 1: it has changed since.

    """
    try:
        now = files.read(desk.loaded.root, file)
    except (files.Unreadable, files.OutsideFolder) as error:
        raise _changed(file) from error
    if hashlib.sha256(now).hexdigest() != desk.loaded.reads[file]:
        raise _changed(file)
    return now


def draft(desk: OpenDesk, file: str, text: str) -> Draft:
    """What the check says of the desk if `file` held `text`, of which nothing is written yet.

    Raises:
        Refused: With status 1: the file has changed since it was read.

    """
    before = content(desk, file)
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    after = mark + text.encode()
    checked = check_loaded(load(desk.path, {file: after}))
    # Places shift with every line: a mistake is known by what it says.
    known = Counter((each.code, each.message) for each in desk.checked.diagnostics)
    added = []
    for each in checked.diagnostics:
        if known[each.code, each.message] > 0:
            known[each.code, each.message] -= 1
        else:
            added.append(each)
    return Draft(desk, file, before, after, checked, tuple(added))


def write(made: Draft) -> None:
    """Put the file in place, if it is still the one that was read.

    Raises:
        Refused: With status 1: it has changed meanwhile; with status 2: it can't be written. Then
            it is as it was.

    """
    try:
        replace(made.desk.loaded.root, made.file, made.before, made.after)
    except ChangedMeanwhile as error:
        raise _changed(made.file) from error
    except BlockingIOError as error:
        message = f"another program holds {visible(made.file)!r}"
        raise Refused(2, [diagnostic("output-unwritable", message, None, "try again")]) from error
    except OSError as error:
        message = f"{visible(made.file)!r} can't be written: {reason(error)}"
        raise Refused(2, [diagnostic("output-unwritable", message, None)]) from error


def _changed(file: str) -> Refused:
    message = f"{visible(file)!r} was changed meanwhile by somebody else: nothing was written"
    return Refused(1, [diagnostic("changed-meanwhile", message, None)])
