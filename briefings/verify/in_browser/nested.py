"""How the tags of a PDF nest, held against the elements of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefings.core.groups import grouped
from briefings.core.values import dataclass
from briefings.verify.in_browser.placed import Element
from briefings.verify.verdict import Fault

_ROLES: Mapping[str, tuple[str, ...]] = {
    **{f"h{level}": (f"/H{level}",) for level in range(1, 7)},
    **dict.fromkeys(("dl", "ol", "ul"), ("/L",)),
    **dict.fromkeys(("caption", "figcaption"), ("/Caption",)),
    "a": ("/Link",),
    "article": ("/Art",),
    "blockquote": ("/BlockQuote",),
    "dd": ("/LBody",),
    "div": ("/Div",),
    "dt": ("/Lbl",),
    "li": ("/LI", "/LBody"),
    "main": ("/Part",),
    "p": ("/P",),
    "section": ("/Sect",),
    "table": ("/Table",),
    "tbody": ("/TBody",),
    "td": ("/TD",),
    "tfoot": ("/TFoot",),
    "th": ("/TH",),
    "thead": ("/THead",),
    "tr": ("/TR",),
}
"""The tags of an element; of any other there are none that mean something."""
_ANY = ("/Document", "/NonStruct", "/Span", None)
_PARAGRAPH = "/P"
"""One that runs on in a line is none to the tags; one of another direction is tagged twice."""
_ROW = "/Row"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its kind, in which one it lies; of a cell its id, its scope, which heads it has."""

    kind: str | None
    around: int | None
    name: str | None
    scope: str | None
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text: what it shows, its page, its tag, and the element that it has on its page."""

    shown: str
    page: int
    tag: int
    element: Element


def mistagged(tags: Sequence[Tag], marks: Iterable[TaggedText]) -> Iterator[Fault]:
    """What is told of by other tags than it has on its page.

    Args:
        tags: All, each behind the one that it lies in.
        marks: The texts that are known on the page.
    """
    own: dict[int, Element] = {}
    told_of: set[tuple[object, ...]] = set()
    for mark in marks:
        said = [each for each in _above(tags, mark.tag) if tags[each].kind not in _ANY]
        due = [(role, each) for each in _lineage(mark.element) for role in _roles(each)]
        told = [tags[each].kind or "" for each in said]
        meant = [role for role, _ in due]
        plain = [each for each in told if each != _PARAGRAPH]
        if plain != [each for each in meant if each != _PARAGRAPH] or (
            _PARAGRAPH in told and _PARAGRAPH not in meant
        ):
            if (mark.page, *said[:-1]) not in told_of:
                message = f"“{mark.shown}” is told of by other tags"
                yield Fault(message, mark.page, says="".join(told), expected="".join(meant))
            told_of.add((mark.page, *said[:-1]))
            continue
        flat = [each for each in said if tags[each].kind != _PARAGRAPH]
        elements = [each for role, each in due if role != _PARAGRAPH]
        for tag, element in zip(flat, elements, strict=True):
            if own.setdefault(tag, element) is not element:
                message = f"“{mark.shown}” is told of with what its page has apart from it"
                yield Fault(message, mark.page)
    yield from _misheaded(tags)


def _above(tags: Sequence[Tag], tag: int) -> list[int]:
    """A tag and those around it, the outermost first."""
    found: list[int] = []
    place: int | None = tag
    while place is not None:
        found.append(place)
        place = tags[place].around
    return found[::-1]


def _lineage(element: Element) -> list[Element]:
    found: list[Element] = []
    place: Element | None = element
    while place is not None:
        found.append(place)
        place = place.around
    return found[::-1]


def _roles(element: Element) -> tuple[str, ...]:
    if element.tag == "div" and element.around is not None and element.around.tag == "dl":
        return ("/LI",)
    return _ROLES.get(element.tag, ())


def _misheaded(tags: Sequence[Tag]) -> Iterator[Fault]:
    """Each cell of a table belongs to the heads of its row and of its column."""
    inner = grouped((tag.around, place) for place, tag in enumerate(tags))
    for table in (place for place, tag in enumerate(tags) if tag.kind == "/Table"):
        rows = _rows(tags, inner, table)
        cells = [[tags[each] for each in inner.get(row, ())] for row in rows]
        columns: dict[int, list[str]] = {}
        beside: dict[int, list[str]] = {}
        for number, row in enumerate(cells):
            for column, cell in enumerate(row):
                if cell.kind == "/TH":
                    heads = (
                        beside.setdefault(number, [])
                        if cell.scope == _ROW
                        else columns.setdefault(column, [])
                    )
                    heads.append(cell.name or "")
        for number, row in enumerate(cells):
            for column, cell in enumerate(row):
                due = (*beside.get(number, ()), *columns.get(column, ()))
                name = f"-{number}-{column}"
                if (cell.kind == "/TD" and cell.heads != due) or (
                    cell.kind == "/TH" and not (cell.name or "").endswith(name)
                ):
                    yield Fault("a cell of a table is told to belong to other heads than its own")


def _rows(tags: Sequence[Tag], inner: Mapping[int | None, Sequence[int]], table: int) -> list[int]:
    found: list[int] = []
    for each in inner.get(table, ()):
        found += [each] if tags[each].kind == "/TR" else _rows(tags, inner, each)
    return found
