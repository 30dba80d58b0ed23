"""The data that a brief carries of itself: what it says in short, and all its page is made of."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.core.canonical import (
    plain,
    require,
    typed,
    with_checksum,
    without_checksum,
)
from briefings.core.snapshot import FORMAT, Snapshot, from_object, to_object

__all__ = ["Carried", "PageData", "from_json", "to_json"]

_KEY = "page"


@dataclass(frozen=True, slots=True)
class PageData:
    """All that a page is made of.

    `program` names what it was made with, and `own_templates` says whether a desk's templates
    went before the shipped ones; `packed` is the page's job as `core.packed` has it.
    """

    program: str
    own_templates: bool
    packed: str


@dataclass(frozen=True, slots=True)
class Carried:
    """The data of one brief; briefs of earlier versions carry no `page`."""

    snapshot: Snapshot
    page: PageData | None


def to_json(carried: Carried) -> str:
    """The data as one canonical JSON object with its checksum."""
    content = to_object(carried.snapshot)
    if carried.page is not None:
        content[_KEY] = plain(carried.page)
    return with_checksum(content)


def from_json(text: str) -> Carried:
    """The data in `text`.

    Raises:
        ChecksumMismatch: They were ours, and were changed.
        NotASnapshot: They are not ours.

    """
    content = without_checksum(text, FORMAT)
    packed = content.pop(_KEY, None)
    page = None if packed is None else typed(PageData, packed)
    require(page is None or isinstance(page, PageData), "it is no snapshot of this format")
    return Carried(from_object(content), page)
