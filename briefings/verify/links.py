"""Links and bookmarks of a PDF: where they lead, what they are called, what else it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefings.render.pdf.reader import Pdf
from briefings.verify.linked import compare_leads
from briefings.verify.pieces import PrintedLink
from briefings.verify.verdict import Fault
from briefings.verify.words import PageText

# What a brief's catalog, its pages and its links have: no key besides these.
OF_CATALOG = frozenset(
    {
        "/Type",
        "/Pages",
        "/Metadata",
        "/Outlines",
        "/Names",
        "/StructTreeRoot",
        "/MarkInfo",
        "/Lang",
        "/ViewerPreferences",
        "/OutputIntents",
        "/AF",
        "/PageMode",
        "/Version",
        "/Extensions",
    }
)
OF_PAGE = frozenset(
    {
        "/Type",
        "/Parent",
        "/MediaBox",
        "/TrimBox",
        "/BleedBox",
        "/CropBox",
        "/Contents",
        "/Resources",
        "/Tabs",
        "/Group",
        "/StructParents",
        "/Annots",
    }
)
OF_LINK = frozenset(
    {"/Type", "/Subtype", "/Rect", "/BS", "/F", "/Contents", "/Dest", "/A", "/StructParent"}
)


def compare_links(pdf: Pdf, page: PageText) -> Iterator[Fault]:
    """What in an opened PDF is none of our links, or leads elsewhere than the page it was set from.

    Args:
        pdf: The file, still open.
        page: What that page says, and where its links lead.
    """
    for key in sorted(set(pdf.document.Root.keys()) - OF_CATALOG):
        yield Fault(f"it asks for what no brief does: {key[1:]}")
    for number, each in enumerate(pdf.document.pages, start=1):
        for key in sorted(set(each.obj.keys()) - OF_PAGE):
            yield Fault(f"the page asks for what no brief does: {key[1:]}", number)
    yield from compare_leads(_bookmarks(pdf), _links(pdf), page)


def _links(pdf: Pdf) -> Iterator[PrintedLink]:
    for number, each in enumerate(pdf.document.pages, start=1):
        for annotation in each.obj.get("/Annots", ()):
            name = str(annotation.get("/Contents", ""))
            yield PrintedLink(number, _address(annotation), name)


def _bookmarks(pdf: Pdf) -> Iterator[str]:
    """The titles of all bookmarks; of some that lead in a circle each once."""
    seen: set[tuple[int, int]] = set()
    waiting = [pdf.document.Root.get("/Outlines")]
    while waiting:
        item: Any = waiting.pop()
        if item is None or item.objgen in seen:
            continue
        seen.add(item.objgen)
        if "/Title" in item:
            yield str(item.Title)
        waiting += [item.get("/Next"), item.get("/First")]


def _address(annotation: Any) -> str | None:
    """Where a link leads, as the page has it; None for anything that is no link of ours."""
    if annotation.get("/Subtype") != "/Link" or set(annotation.keys()) - OF_LINK:
        return None
    if "/Dest" in annotation and "/A" not in annotation:
        return f"#{annotation.Dest}"
    action = annotation.get("/A", {})
    if "/Dest" in annotation or set(action.keys()) - {"/Type", "/S", "/URI"}:
        return None
    return str(action.URI) if action.get("/S") == "/URI" and "/URI" in action else None
