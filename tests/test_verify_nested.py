"""How tags nest: as the elements of their page, which are apart where these are."""

from __future__ import annotations

from briefings.verify.in_browser.nested import Tag, TaggedText, mistagged
from briefings.verify.in_browser.placed import Element


def tag(kind: str | None, around: int | None = None) -> Tag:
    return Tag(kind, around, None, None, ())


def told(tags: list[Tag], marks: list[TaggedText]) -> list[str]:
    return [fault.line for fault in mistagged(tags, marks)]


def items() -> tuple[list[Tag], list[TaggedText]]:
    """A list of two items, the second with a paragraph that runs on in its line."""
    listed = Element("ol", Element("body", None))
    first, second = Element("li", listed), Element("li", listed)
    tags = [tag(None), tag("/Document", 0), tag("/L", 1)]
    tags += [tag("/LI", 2), tag("/LBody", 3), tag("/Span", 4)]
    tags += [tag("/LI", 2), tag("/LBody", 6), tag("/NonStruct", 7), tag("/Span", 8)]
    return tags, [TaggedText("one", 1, 5, first), TaggedText("two", 1, 9, Element("p", second))]


def test_tags_are_those_of_their_elements() -> None:
    """Whatever lies between them that means nothing; a paragraph may be none to the tags."""
    tags, marks = items()
    assert told(tags, marks) == []
    tags[8] = tag("/P", 7)
    assert told(tags, marks) == []


def test_tags_of_other_kinds() -> None:
    """One that is none of an item, and a paragraph that is none on its page."""
    tags, marks = items()
    tags[3] = tag("/Sect", 2)
    (fault,) = told(tags, marks)
    assert fault.startswith("page 1: “one” is told of by other tags: it says ")
    tags, marks = items()
    tags[5] = tag("/P", 4)
    (fault,) = told(tags, marks)
    assert 'it says "/L/LI/LBody/P", it should say "/L/LI/LBody"' in fault


def test_two_items_in_one() -> None:
    """They would be read as a list of one."""
    tags, marks = items()
    tags[9] = tag("/Span", 4)
    assert told(tags, marks) == [
        "page 1: “two” is told of with what its page has apart from it",
        "page 1: “two” is told of with what its page has apart from it",
    ]


def table(of_cell: tuple[str, ...] = ("t-1-0", "t-0-1"), name: str = "t-0-1") -> list[Tag]:
    """One of two columns and two rows, in which a single cell is no head."""
    return [
        tag("/Table"),
        tag("/TR", 0),
        Tag("/TH", 1, "t-0-0", "/Column", ()),
        Tag("/TH", 1, name, "/Column", ()),
        tag("/TBody", 0),
        tag("/TR", 4),
        Tag("/TH", 5, "t-1-0", "/Row", ()),
        Tag("/TD", 5, None, None, of_cell),
    ]


def test_a_cell_belongs_to_the_heads_of_its_row_and_column() -> None:
    """To these alone, in this order; and a head is called by its place."""
    (other,) = told(table(("t-1-0", "t-0-0")), [])
    assert other == "a cell of a table is told to belong to other heads than its own"
    assert told(table(), []) == []
    assert told(table(("t-0-1", "t-1-0")), []) == [other]
    assert told(table(("t-1-0", "t-0-0"), "t-0-0"), [])
