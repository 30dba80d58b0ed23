"""A desk open in an editor: what the check says of the texts as typed, and what an editor asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from briefings.authoring.draft import base_files
from briefings.core.characters import visible
from briefings.core.model import FactBase, title_of
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.desk.checked import Checked, check_loaded
from briefings.load import mentions
from briefings.load.desk import Loaded, load
from briefings.load.entries import sections_of
from briefings.load.grammars import ID
from briefings.load.mentions import Mention

_AROUND = 300
"""How many code points of a document a hover shows before and behind a passage."""


class RenameRefused(Exception):
    """The id can't be changed so; the message says why."""


@dataclass(frozen=True, slots=True)
class TextEdit:
    """What is to stand at a place of a file."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class EditedDesk:
    """A desk with the texts that an editor has open, and what the check says of them.

    `index` holds the ids of its files; those of a file that can't be read are from before.
    """

    path: Path
    loaded: Loaded
    checked: Checked
    index: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)

    @property
    def texts(self) -> Mapping[str, SourceText]:
        """All that diagnostics and places point into, by path from the desk's folder."""
        return self.checked.texts


def edited(path: Path, drafts: Mapping[str, str], before: EditedDesk | None = None) -> EditedDesk:
    """Read and check the desk whose base is at `path`.

    Args:
        path: The base.
        drafts: What files hold in the editor, by path from the desk's folder.
        before: The desk as it was read last.
    """
    loaded = load(path, {file: text.encode("utf-8", "replace") for file, text in drafts.items()})
    index: dict[str, tuple[Mention, ...]] = {}
    for file in base_files(loaded):
        text = loaded.texts[file]
        known = before.index.get(file, ()) if before is not None else ()
        if before is not None and before.loaded.texts.get(file) == text:
            index[file] = known
        else:
            named = mentions.mentions(text)
            index[file] = known if named is None else named
    return EditedDesk(path, loaded, check_loaded(loaded), index)


def mention_at(desk: EditedDesk, file: str, offset: int) -> Mention | None:
    """The id at a code point of a file.

    Args:
        desk: The desk as it is being edited.
        file: A file of the base, by its path in the desk.
        offset: A code point, from 0.
    """
    for each in desk.index.get(file, ()):
        if each.span.start <= offset <= each.span.end:
            return each
    return None


def given(desk: EditedDesk, mention: Mention) -> Mention | None:
    """Where the entry of an id stands."""
    everywhere = [each for named in desk.index.values() for each in named if each.gives]
    by_id = {(each.kinds[0], each.name): each for each in reversed(everywhere)}
    entries = (by_id.get((kind, mention.name)) for kind in mention.kinds)
    return next((each for each in entries if each is not None), None)


def namings(desk: EditedDesk, mention: Mention) -> tuple[Mention, ...]:
    """All places of the id that stands at one of them, in order."""
    entry = given(desk, mention)
    kind = entry.kinds[0] if entry is not None else mention.kinds[0]
    return tuple(
        sorted(
            (
                each
                for named in desk.index.values()
                for each in named
                if each.name == mention.name and kind in each.kinds
            ),
            key=lambda each: each.span,
        )
    )


def renamed(desk: EditedDesk, mention: Mention, name: str) -> tuple[TextEdit, ...]:
    """The edits that give an entry another id, wherever it is named.

    Args:
        desk: The desk as it is being edited.
        mention: The entry, wherever it is named.
        name: Its new id.

    Raises:
        RenameRefused: It is no id, is taken already, or its entry stands nowhere.
    """
    if re.fullmatch(ID, name) is None:
        raise RenameRefused(f"{name!r} is no id: small letters, digits and hyphens make one")
    entry = given(desk, mention)
    if entry is None:
        raise RenameRefused(f"no entry has the id `{mention.name}`")
    if given(desk, Mention(entry.kinds, name, mention.span, gives=False, whole=mention.span)):
        raise RenameRefused(f"the id `{name}` is taken already")
    if any(mentions.mentions(desk.texts[file]) is None for file in desk.index):
        raise RenameRefused("a file of the base can't be read: mend it first")
    return tuple(TextEdit(_bare(desk, each), name) for each in namings(desk, mention))


def passage_at(desk: EditedDesk, file: str, offset: int) -> Span | None:
    """Where the quote at a code point of a file stands in its document.

    Args:
        desk: The desk as it is being edited.
        file: A file of the base, by its path in the desk.
        offset: A code point, from 0.
    """
    base = desk.loaded.base
    for quote in desk.checked.quotes if base is not None else ():
        if quote.fact is None or quote.anchor is None:
            continue
        assert base is not None
        span = base.facts[quote.fact].evidence[quote.index].quote_span
        if span.path == file and span.start <= offset <= span.end:
            passages = quote.anchor.passages
            path = desk.loaded.documents[quote.source].path
            return Span(path, passages[0].start, passages[-1].end)
    return None


def explained(desk: EditedDesk, file: str, offset: int) -> tuple[str, Span] | None:
    """What is to be said of a place, as plain text, and the place it is about: a quote, an id.

    Args:
        desk: The desk as it is being edited.
        file: A file of the base, by its path in the desk.
        offset: A code point, from 0.
    """
    passage = passage_at(desk, file, offset)
    if passage is not None:
        text = desk.texts[passage.path].text
        before = " ".join(text[max(0, passage.start - _AROUND) : passage.start].split())
        behind = " ".join(text[passage.end : passage.end + _AROUND].split())
        words = " ".join(text[passage.start : passage.end].split())
        context = visible(f"… {before} ⟨{words}⟩ {behind} …")
        return f"{_line(desk, passage)}\n{context}", passage
    mention = mention_at(desk, file, offset)
    entry = given(desk, mention) if mention is not None else None
    if mention is None or entry is None:
        return None
    words = called(desk.loaded.base, mention, entry)
    return f"{_line(desk, entry.span)}\n{visible(words)}", mention.span


def called(base: FactBase | None, mention: Mention, entry: Mention) -> str:
    """What the base says of an entry: its first words.

    Args:
        base: None where it can't be read: then an entry is called by its id.
        mention: Where it is named.
        entry: Where it stands, which tells its section.
    """
    for section in sections_of(FactBase):
        if section.identity == entry.kinds[0] and base is not None:
            value = getattr(base, section.name).get(mention.name)
            return title_of(value) or f"{section.noun} `{mention.name}`"
    return f"`{mention.name}`"


def _bare(desk: EditedDesk, mention: Mention) -> Span:
    """The id without quotation marks around it."""
    written = desk.texts[mention.span.path].slice(mention.span)
    start = mention.span.start + written.index(mention.name)
    return Span(mention.span.path, start, start + len(mention.name))


def _line(desk: EditedDesk, span: Span) -> str:
    return f"{visible(span.path)}:{desk.texts[span.path].position(span.start).line}"
