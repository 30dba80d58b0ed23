"""Entries of a base that get other fields, held against the check before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefings.authoring.draft import Draft, OpenDesk, content, draft
from briefings.core.diagnostics import Refused, diagnostic
from briefings.core.model import Fact, Source
from briefings.core.values import dataclass
from briefings.edit.fields_set import with_fields
from briefings.edit.insert import NoPlace, Value


@dataclass(frozen=True, slots=True)
class EntryChange:
    """The new fields of a fact or source by key; None takes a field out."""

    entry: Fact | Source
    fields: Mapping[str, Value | None]


def changed(desk: OpenDesk, changes: Iterable[EntryChange]) -> Draft:
    """The desk with these changes; nothing is written yet.

    Raises:
        Refused: With status 1: a file has changed meanwhile, or an entry stands between brackets.
    """
    texts: dict[str, str] = {}
    # The last first, so that those before stay where they were read.
    for each in sorted(changes, key=lambda each: -each.entry.span.start):
        span = each.entry.span
        if span.path not in texts:
            texts[span.path] = content(desk.loaded, span.path).decode("utf-8-sig")
        try:
            text = with_fields(texts[span.path], span.start, type(each.entry), each.fields)
        except NoPlace as error:
            message = f"`{each.entry.id}` can't be changed in its place: {error}"
            fault = diagnostic("no-place", message, span)
            raise Refused(1, [fault], desk.loaded.texts) from error
        texts[span.path] = text
    return draft(desk, texts)
