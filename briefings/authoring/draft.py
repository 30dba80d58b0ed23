"""Files of a desk as they are to be: held against the whole check before they are put there."""

from __future__ import annotations

import codecs
import difflib
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

from briefings.check.clearances import Clearances
from briefings.core import files
from briefings.core.characters import in_a_line, visible
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic, failed
from briefings.core.languages import CATALOGUES
from briefings.core.model import FactBase
from briefings.core.values import dataclass
from briefings.desk.checked import Checked, check_loaded
from briefings.load.desk import Loaded, load
from briefings.load.piecewise import Memory
from briefings.output.atomic import Stuck, Taken, reason
from briefings.output.desk_files import ChangedMeanwhile, laid_out, lay_out, replace

_NONE: Mapping[str, bytes] = {}


_AROUND = 20
"""Characters on either side of those that can't be written."""

_ROOM = "make room on the disk, or see who may write in the folder; then do it again"


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk as it was read, and what the check says of it: `base` is what could be read.

    `clearances` are what the check came to, for the next one of much the same desk, and `known` is
    what was read, for the next reading.
    """

    path: Path
    loaded: Loaded
    checked: Checked
    base: FactBase
    clearances: Clearances
    known: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Draft:
    """Files of the desk as they were `before` and as they are to be `after`, by path.

    `new` are those that are not there yet. `loaded` is the desk as it is to be, `checked` what the
    check says of it, `added` those diagnostics that are new; `clearances` and `known` as of an open
    desk.
    """

    desk: OpenDesk
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    loaded: Loaded
    checked: Checked
    added: tuple[Diagnostic, ...]
    new: Mapping[str, bytes]
    clearances: Clearances
    known: Mapping[str, bytes]


def open_desk(path: Path, before: OpenDesk | None = None) -> OpenDesk:
    """Read and check the base at `path`; its mistakes are in the result.

    What was read and had nothing wrong `before` is read and checked again only if it, or what it
    rests on, has changed.

    Raises:
        Refused: With status 1: the base can't be read.
    """
    loaded, known = _read(path, {}, before.known if before is not None else {})
    if loaded.base is None:
        raise Refused(1, loaded.diagnostics, loaded.texts)
    clearances = Clearances(before.clearances.now if before is not None else {})
    checked = check_loaded(loaded, clearances)
    return OpenDesk(path, loaded, checked, loaded.base, clearances, known)


def _read(
    path: Path, drafts: Mapping[str, bytes], known: Mapping[str, bytes]
) -> tuple[Loaded, Mapping[str, bytes]]:
    """A desk, read but for what is known of it, and what is known then."""
    now = dict(known)
    loaded = load(path, drafts, Memory(known.get, now.__setitem__))
    return loaded, now


def as_text(draft: Draft) -> str:
    """The lines that its files lose and gain, below the name of each, for people."""
    lines: list[str] = []
    for file, before in sorted(draft.before.items()):
        old, new = before.decode().splitlines(), draft.after[file].decode().splitlines()
        lines += difflib.unified_diff(old, new, file, file, n=0, lineterm="")
    return "\n".join(map(in_a_line, lines))


def base_files(loaded: Loaded) -> Iterator[str]:
    """The files that hold the base: neither its documents nor the desk's catalogues."""
    documents = {document.path for document in loaded.documents.values()}
    for path in loaded.texts:
        if path not in documents and not fnmatch(path, CATALOGUES):
            yield path


def content(loaded: Loaded, file: str) -> bytes:
    """The bytes of a file of the base, which are those that were read.

    Raises:
        Refused: With status 1: it has changed since.
    """
    try:
        now = files.read(loaded.root, file)
    except (files.Unreadable, files.OutsideFolder) as error:
        raise _changed(file) from error
    if hashlib.sha256(now).hexdigest() != loaded.reads[file]:
        raise _changed(file)
    return now


def draft(desk: OpenDesk, texts: Mapping[str, str], new: Mapping[str, bytes] = _NONE) -> Draft:
    """What the check says of the desk if its files held `texts`, of which nothing is written yet.

    Args:
        desk: As it is.
        texts: What files that were read are to hold.
        new: Files that are to come.

    Raises:
        Refused: With status 1: a file has changed since it was read; with status 2: what a file is
            to hold can't be written in UTF-8.
    """
    before = {file: content(desk.loaded, file) for file in texts}
    after = {
        file: (codecs.BOM_UTF8 if before[file].startswith(codecs.BOM_UTF8) else b"")
        + _encoded(text)
        for file, text in texts.items()
    }
    loaded, known = _read(desk.path, {**after, **new}, desk.known)
    clearances = Clearances(desk.clearances.now)
    checked = check_loaded(loaded, clearances)
    added = added_to(desk.checked.diagnostics, checked.diagnostics)
    return Draft(
        desk=desk,
        before=before,
        after=after,
        loaded=loaded,
        checked=checked,
        added=added,
        new=new,
        clearances=clearances,
        known=known,
    )


def _encoded(text: str) -> bytes:
    """The bytes of a text; those that the command line was given and that are no UTF-8 are told."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        words = text[max(0, error.start - _AROUND) : error.end + _AROUND]
        message = f"what is to be written is no UTF-8: “{visible(' '.join(words.split()))}”"
        hint = "type it again in this terminal, or have the terminal write UTF-8"
        raise Refused.by(2, "hidden-character", message, hint) from error


def added_to(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics `after` a change that none `before` it says, or that say it once more."""
    # Places shift with every line: a mistake is known by what it says.
    known = Counter((each.code, each.message) for each in before)
    added = []
    for each in after:
        if known[each.code, each.message] > 0:
            known[each.code, each.message] -= 1
        else:
            added.append(each)
    return tuple(added)


def write(changes: Draft) -> None:
    """Put the files of a draft in place; those that are new go again if the others can't be put.

    Raises:
        Refused: As of `put`; with status 2 also if a new file can't be written, or is there.
    """
    root = changes.desk.loaded.root
    try:
        with laid_out(root, changes.new):
            put(root, changes.before, changes.after)
    except (OSError, Taken, Stuck) as error:
        message = f"the files can't be written: {reason(error)}; nothing was changed"
        raise Refused.by(2, "output-unwritable", message, _ROOM) from error


def commit(draft: Draft) -> OpenDesk:
    """Write a draft, and return the desk as it is then.

    Raises:
        Refused: With status 1: the check refuses what it adds; or as of `write`.
    """
    if failed(draft.added):
        raise Refused(1, draft.added, draft.checked.texts)
    write(draft)
    assert draft.loaded.base is not None
    return OpenDesk(
        draft.desk.path,
        draft.loaded,
        draft.checked,
        draft.loaded.base,
        draft.clearances,
        draft.known,
    )


def put(root: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes]) -> None:
    """Let files of the desk `root` hold what is `after`, each if it still holds what was `before`.

    Args:
        root: The desk.
        before: What each file is to hold still, by path; None for one that is to be new.
        after: What it is to hold then; these alone are written.

    Raises:
        Refused: With status 1: one has changed meanwhile; with status 2: it can't be written. It
            is then as it was, and so are those behind it.
    """
    for file, new in after.items():
        old = before[file]
        try:
            if old is None:
                lay_out(root, {file: new})
            else:
                replace(root, file, old, new)
        except (ChangedMeanwhile, Taken) as error:
            raise _changed(file) from error
        except BlockingIOError as error:
            message = f"another program holds {visible(file)!r}"
            fault = diagnostic("output-unwritable", message, None, "try again")
            raise Refused(2, [fault]) from error
        except (OSError, Stuck) as error:
            message = f"{visible(file)!r} can't be written: {reason(error)}"
            raise Refused.by(2, "output-unwritable", message, _ROOM) from error


def _changed(file: str) -> Refused:
    message = f"{visible(file)!r} was changed meanwhile by somebody else: nothing was written"
    return Refused.by(1, "changed-meanwhile", message)
