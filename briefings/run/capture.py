"""A saved file or an address becomes a document of the desk and a source, beside its original."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeAlias

from briefings.authoring.draft import Draft, OpenDesk
from briefings.authoring.new_entry import new_entry
from briefings.capture.captured import About, Captured, FileKind, NotCaptured
from briefings.capture.extraction import PACKAGES, Saved, extract
from briefings.capture.fetch import fetched
from briefings.core import extras, files
from briefings.core.addresses import is_web, split
from briefings.core.characters import condensed, in_a_line, visible
from briefings.core.diagnostics import Refused, as_json, in_order
from briefings.core.excerpts import head
from briefings.core.limits import CAPTURE, CAPTURE_MEMORY, CAPTURE_TIME
from briefings.core.model import SourceId
from briefings.core.progress import Progress
from briefings.core.values import dataclass
from briefings.edit.insert import Value
from briefings.load import documents
from briefings.workers.pool import Failed, Limits, answers, is_want_of_memory

__all__ = [
    "AlreadyThere",
    "Details",
    "Proposed",
    "Saved",
    "Text",
    "as_object",
    "capture",
    "extracted",
    "saved",
]

Text: TypeAlias = Captured | NotCaptured
"""What a file says, or why it can't be read."""

_WALL = 600
"""Seconds on the clock for a file, for what waits without end."""
_FOLDER = "seeds"
_LONGEST = 300
_LONGEST_SLUG = 24
"""Characters of what a document says of itself."""
_MOST_COMPARED = 5000
"""Paragraphs: beyond it a newer state is not shown side by side with the older one."""

_LOOKED_FOR = "give its path from the folder that you are in; a web address begins with `https://`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the analyst says of the source; what is empty is taken from the document."""

    id: str = ""
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """The desk has the document already, as the source `id`."""

    id: SourceId


@dataclass(frozen=True, slots=True)
class Proposed:
    """A source as it would be written: its YAML, and the desk with it.

    `older` is the source of which the document is a newer state, `difference` what changed in it,
    by lines that begin with `+` or `-`.
    """

    id: str
    entry: Mapping[str, Value]
    lines: str
    captured: Captured
    draft: Draft
    older: SourceId | None
    difference: tuple[str, ...]


def extracted(given: Mapping[str, Saved], progress: Progress) -> Mapping[str, Text]:
    """The texts of files by their names, or why there is none.

    They are read in processes with limits, since they may be anybody's; such a process takes longer
    to begin than for a file, and reads one after the other.

    Raises:
        Refused: With status 2: the extra is not installed.
    """
    if packages := extras.missing(PACKAGES):
        raise extras.refused("capture", packages, "capture")
    texts: dict[str, Text] = {}
    limits = Limits.of(CAPTURE_TIME, CAPTURE_MEMORY, wall=_WALL)
    for name, answer in answers(given, _work, limits, start="spawn"):
        if isinstance(answer, Failed):
            hint = "save only the part that matters, or as plain text"
            answer = NotCaptured(answer.reason, hint, *answer.hints)  # noqa: PLW2901 # why there is none
        texts[name] = answer
        progress(f"read {given[name].name}", len(texts), len(given))
    return texts


def capture(
    desk: OpenDesk, file: Saved, captured: Text, wanted: Details
) -> AlreadyThere | Proposed:
    """The source that a file would be; nothing is written yet.

    Args:
        desk: The desk that gets it.
        file: The file; its `today` is the day of the capture.
        captured: What `extracted` made of it.
        wanted: What is known better than the document says it.

    Raises:
        Refused: With status 1: the file can't be captured, or the base has no place for a source.
    """
    if isinstance(captured, NotCaptured):
        raise _refusal(captured, file.name)
    text = captured.text.encode()
    if (too_much := documents.too_much(text)) is not None:
        raise _refusal(NotCaptured(*too_much), file.name)
    digests = {hashlib.sha256(file.content).hexdigest(), hashlib.sha256(text).hexdigest()}
    for source in desk.base.sources.values():
        if digests & {source.sha256, source.original_sha256}:
            return AlreadyThere(source.id)
    about = _about(captured.about, wanted, desk.base.languages)
    name = wanted.id or _proposed_id(about, file, desk.base.sources)
    older = _older(desk, about)
    entry, new = _entry(name, about, wanted.published, captured, file)
    if "en" in desk.base.languages:
        entry |= _reasons(entry, file.today)
    proposed = new_entry(desk, "sources", {"id": name, **entry}, new=new)
    return Proposed(
        id=name,
        entry=entry,
        lines=proposed.lines,
        captured=captured,
        draft=proposed.draft,
        older=older,
        difference=_difference(desk, older, captured.text) if older else (),
    )


def saved(what: str, given: BinaryIO, today: date) -> Saved:
    """The file to capture.

    Args:
        what: Its path; or an address of http or https, which alone asks the network; or `-`.
        given: What is read for `-`.
        today: The day of the capture.

    Raises:
        Refused: With status 2: there is no such file; with status 1: it can't be had.
    """
    name = PurePosixPath(split(what).path).name if is_web(what) else Path(what).name
    charset = ""
    try:
        if what == "-":
            content, name = given.read(CAPTURE.most + 1), "standard input"
        elif is_web(what):
            content, charset = fetched(what)
        else:
            path = Path(what)
            if path.is_dir():
                raise NotCaptured(
                    "it is a folder",
                    f"capture what is in it: briefings capture {what.rstrip('/')}/*",
                )
            content = files.read(path.parent, path.name, CAPTURE)
    except files.Missing as error:
        message = f"there is no file {visible(what)!r}"
        hints = error.hints or (_LOOKED_FOR,)
        raise Refused.by(2, "not-captured", message, *hints) from error
    except (files.Unreadable, files.OutsideFolder) as error:
        hint = f"save it as a plain file of at most {CAPTURE.shown}, or only what matters"
        raise _refusal(NotCaptured(str(error), hint, CAPTURE.raising), what) from error
    except NotCaptured as error:
        raise _refusal(error, what) from error
    return Saved(content, name or what, charset, today)


def as_object(proposed: Proposed, *, written: bool) -> dict[str, object]:
    """A proposal for machines."""
    texts = proposed.draft.checked.texts
    return {
        "written": written,
        "id": proposed.id,
        "entry": proposed.entry,
        "files": sorted(proposed.draft.new),
        "mended": dict(proposed.captured.mended),
        "left_out": dict(proposed.captured.left_out),
        "older": proposed.older,
        "difference": list(proposed.difference),
        "diagnostics": [as_json(each, texts) for each in in_order(proposed.draft.added)],
    }


def _refusal(why: NotCaptured, name: str) -> Refused:
    """A file that can't be captured, as a diagnostic."""
    message = f"{visible(name)!r} can't be captured: {in_a_line(why.message)}"
    return Refused.by(1, "not-captured", message, *why.hints)


def _work(saved: Saved) -> Text:
    try:
        return extract(saved)
    except NotCaptured as why:
        return why
    except RecursionError:
        return NotCaptured("it nests too deep", "save it as plain text")
    except Exception as error:
        if is_want_of_memory(error):
            raise  # told by whoever set the limit
        if isinstance(error, OSError) and (step := files.allowance(error)) is not None:
            return NotCaptured(f"this machine does not let it be read: {files.reason(error)}", step)
        return NotCaptured(f"it is broken: {str(error) or type(error).__name__}", "save it again")


def _about(about: About, wanted: Details, languages: Collection[str]) -> About:
    """What the document says of itself, with what is known better.

    How its day is known is said in English, and only on a desk that is read in it.
    """
    known: dict[str, Any] = {
        name: value
        for name in ("title", "publisher", "author", "language", "url")
        if (value := getattr(wanted, name))
    }
    if wanted.published or "en" not in languages:
        known["published_basis"] = ""
    if wanted.published:
        known["published"] = None
    # A subject of a megabyte is none, nor is what does not show part of one; what the analyst says
    # stays as it is.
    own = {
        name: head(condensed(getattr(about, name)), _LONGEST)
        for name in ("title", "publisher", "author")
    }
    return replace(about, **{**own, **known}, guessed=about.guessed - known.keys())


def _entry(
    name: str, about: About, published: str, captured: Captured, saved: Saved
) -> tuple[dict[str, Value], dict[str, bytes]]:
    """The fields of the source, and the files that it needs."""
    document = f"{_FOLDER}/{name}.txt"
    original = f"{_FOLDER}/originals/{name}.{captured.kind}"
    new = {document: captured.text.encode()}
    if captured.kind is not FileKind.TEXT or saved.content != new[document]:
        new[original] = saved.content
    published = published or (about.published.isoformat() if about.published else "")
    unread = {
        *about.guessed,
        *(() if about.publisher else ("publisher",)),
        *(() if published else ("published",)),
    }
    basis = f"{about.published_basis[:1].upper()}{about.published_basis[1:]}."
    fields: dict[str, Value] = {
        "file": document,
        "sha256": hashlib.sha256(new[document]).hexdigest(),
        "title": about.title,
        "publisher": about.publisher or "unknown",
        "published": published or f"../{saved.today}",
        "published_basis": {"en": basis} if about.published_basis else "",
        "retrieved": saved.today.isoformat(),
        "language": about.language,
        "author": about.author,
        "original": original if original in new else "",
        "original_sha256": hashlib.sha256(saved.content).hexdigest() if original in new else "",
        "to_confirm": tuple(sorted(unread)),
        "url": about.url,
    }
    return {key: value for key, value in fields.items() if value}, new


def _reasons(entry: Mapping[str, Value], today: date) -> dict[str, Value]:
    """Why publisher and day are not known, where the document says neither; in English."""
    reasons: dict[str, Value] = {}
    if entry["publisher"] == "unknown":
        reasons["publisher_basis"] = {"en": "Capture found none in the document."}
    if entry["published"] == f"../{today}":
        basis = "Capture found no day in the document; it is no later than the capture."
        reasons["published_basis"] = {"en": basis}
    return reasons


def _proposed_id(about: About, saved: Saved, taken: Collection[str]) -> str:
    """A short name for the source: whose it is, and of which day."""
    host = split(about.url).hostname or ""
    labels = [label for label in host.split(".") if label not in {"www", "m", "amp"}]
    words = (labels[0] if labels else "", about.publisher, saved.name.rpartition(".")[0])
    stem = next((slug for each in words if (slug := _slug(each))), "source")
    day = about.published or date.min
    first = f"{stem}-{day:%m%d}" if about.published else stem
    names = [first, *(f"{first}-{number}" for number in range(2, len(taken) + 3))]
    return next(each for each in names if each not in taken)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", errors="ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) <= _LONGEST_SLUG:
        return slug
    return slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]


def _older(desk: OpenDesk, about: About) -> SourceId | None:
    """The last source of the same address, or of the same title and publisher."""
    for source in reversed(tuple(desk.base.sources.values())):
        if about.url and source.url == about.url:
            return source.id
        names = source.publisher.forms if source.publisher is not None else ()
        if source.title == about.title and about.publisher in {name for _, name in names}:
            return source.id
    return None


def _difference(desk: OpenDesk, older: SourceId, text: str) -> tuple[str, ...]:
    if older not in desk.loaded.documents:
        return ()
    before, after = desk.loaded.documents[older].text.splitlines(), text.splitlines()
    if len(before) + len(after) > _MOST_COMPARED:
        return (f"too long to compare: {len(before)} paragraphs before, {len(after)} now",)
    lines = difflib.unified_diff(before, after, n=0, lineterm="")
    return tuple(in_a_line(line) for line in lines if not line.startswith(("---", "+++", "@@")))
