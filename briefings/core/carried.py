"""The data that a brief carries of itself: what it says in short, and all its page is made of."""

from __future__ import annotations

from briefings.core.canonical import plain, require, typed, with_checksum, without_checksum
from briefings.core.snapshot import FORMAT, Snapshot, from_object, to_object
from briefings.core.values import dataclass

_PAGE, _DOCUMENTS = "page", "documents"


@dataclass(frozen=True, slots=True)
class PageData:
    """All that a page is made of.

    `program` names what it was made with, and `own_templates` says whether a desk's templates
    went before the shipped ones; `packed` is the page's job as `core.packing` has it.
    """

    program: str
    own_templates: bool
    packed: str


@dataclass(frozen=True, slots=True)
class CarriedDocument:
    """A document that a brief brings along, by the id of its source.

    `text` is all of it: in UTF-8 it has the bytes that were captured.
    """

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Carried:
    """The data of one brief; briefs of earlier versions carry no `page`.

    `documents` are those that it cites, where it was asked for them.
    """

    snapshot: Snapshot
    page: PageData | None
    documents: tuple[CarriedDocument, ...] = ()


def to_json(carried: Carried) -> str:
    """The data as one canonical JSON object with its checksum."""
    content = to_object(carried.snapshot)
    if carried.page is not None:
        content[_PAGE] = plain(carried.page)
    if carried.documents:
        content[_DOCUMENTS] = plain(carried.documents)
    return with_checksum(content)


def from_json(text: str) -> Carried:
    """The data in `text`.

    Raises:
        ChecksumMismatch: They were ours, and were changed.
        NotASnapshot: They are not ours.
    """
    content = without_checksum(text, FORMAT)
    packed = content.pop(_PAGE, None)
    documents = typed(tuple[CarriedDocument, ...], content.pop(_DOCUMENTS, []))
    page = None if packed is None else typed(PageData, packed)
    require(page is None or isinstance(page, PageData), "it is no snapshot of this format")
    return Carried(from_object(content), page, documents)
