"""The tags of a PDF, put right where WeasyPrint leaves them short of PDF/UA-1 (ISO 14289-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

from briefings.render.pdf.patching import exchanged
from briefings.render.pdf.texts.line_texts import as_written

Running = dict[int, dict[int, str]]
"""By page, counted from 0: the marked content of its margins by number, and whether it is part
of the `Header` or of the `Footer`."""

GENERATED = "generated"
"""The title of what a style sheet adds to a page, such as the number of another one."""

_PIXEL = 0.75
"""CSS pixels in points."""

_MAY_STAND_OTHERWISE = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff(){}\\[\\]«»‹›\u2010-]")
"""Letters to the left: they come out in the order in which they stand on paper.

And brackets: of a text to the left they have the glyph of their mirror image, and give it their
name; and hyphens, of which two have one glyph.
"""


@contextmanager
def put_right() -> Iterator[Running]:
    """While it lasts, WeasyPrint's structure elements are put right as soon as they are made.

    What a page repeats in its margins gets none at all: where it is comes to be known by what
    this yields. WeasyPrint has no hook that knows both an element of the page and its tag, so
    the one function that does is wrapped; were it renamed, every PDF would fail.
    """
    running: Running = {}
    original = tags._build_box_tree  # noqa: SLF001 # there is no hook

    def wrapped(
        box: Any, parent: Any, pdf: Any, page: int, nums: dict[int, bytes], *rest: Any
    ) -> Iterator[Any]:
        if isinstance(box, boxes.MarginBox):
            before, objects = set(nums), len(pdf.objects)
            yield from original(box, parent, pdf, page, nums, *rest)
            # Nothing refers to them, and no other object has been numbered since.
            del pdf.objects[objects:]
            part = "Header" if box.at_keyword.startswith("@top") else "Footer"
            for number in nums.keys() - before:
                nums[number] = b"null"
                running.setdefault(page, {})[number] = part
            return
        inner = _taken_from_inside_a_link(box)
        for element in original(box, parent, pdf, page, nums, *rest):
            # A page, `html` and `body` have no elements: they hand on those of what lies in them.
            if box.element is not None and box.element_tag not in ("html", "body"):
                _put_right(box, parent, element, nums, pdf)
            yield element
        if inner is not None:
            link = _link_around(parent, pdf)
            _refer(link, inner, pdf)
            annotations, *_ = rest
            annotations.append((link.reference, inner))

    with exchanged("_build_box_tree", wrapped, tags):
        yield running


def _put_right(box: Any, parent: Any, element: Any, nums: dict[int, bytes], pdf: Any) -> None:
    """Say of one box what its page says of it; `parent` is the element that it will lie in."""
    html, kind = box.element, element["S"]
    if kind == "/Div" and isinstance(box.style, AnonymousStyle):
        # What CSS puts around parts in lines is of the same `div`.
        kind = element["S"] = "/NonStruct"
    if "::" in box.element_tag:
        element["T"] = pydyf.String(GENERATED)
    _keep_letters(box, element, nums, pdf)
    if html.get("lang") and "::" not in box.element_tag:
        element["Lang"] = pydyf.String(html.get("lang"))
    if box.link_annotation:
        box.link_annotation["Contents"] = pydyf.String(_spoken(html))
    if kind in ("/NonStruct", "/Span") and "A" not in element and _is_block(box):
        element["A"] = pydyf.Dictionary({"O": "/Layout", "Placement": "/Block"})
    if kind in ("/NonStruct", "/P") and isinstance(box, boxes.InlineBox):
        element["S"] = "/Span"  # each line of a paragraph that runs within one would be one itself
    elif kind == "/TH":
        element["A"]["Scope"] = "/Row" if html.get("scope") in ("row", "rowgroup") else "/Column"
    elif kind == "/Figure":
        element["A"]["BBox"] = _in_points(element["A"]["BBox"], object_of(element["Pg"], pdf))
    elif kind == "/LI" and parent["S"] == "/Div":
        # A term or a description, in a `div`: made an item of its own, with a body.
        (body,) = _children(element, pdf)
        element["S"], body["S"] = ("/Lbl" if box.element_tag == "dt" else "/LBody"), "/NonStruct"
    elif kind == "/LI" or (kind == "/Div" and parent["S"] == "/L"):
        element["S"] = "/LI"
        _fill_bodies(element, pdf)
    elif kind == "/L":
        _fill_items(element, pdf)


# Links


def _taken_from_inside_a_link(box: Any) -> Any:
    """The annotation of a box that is no link but lies in one, taken off it; or None.

    WeasyPrint gives each box in a link a rectangle of its own, which an element of another kind
    than `Link` may not hold (7.18.5).
    """
    annotation = box.link_annotation
    if not annotation or (box.element_tag or "").partition(":")[0] == "a":
        return None
    box.link_annotation = None
    annotation["Contents"] = pydyf.String(_spoken(box.element))
    return annotation


def _link_around(element: Any, pdf: Any) -> Any:
    while element["S"] != "/Link":
        element = object_of(element["P"], pdf)
    return element


def _refer(element: Any, annotation: Any, pdf: Any) -> None:
    reference = pydyf.Dictionary(
        {"Type": "/OBJR", "Obj": annotation.reference, "Pg": element["Pg"]}
    )
    pdf.add_object(reference)
    element["K"].append(reference.reference)


def _spoken(html: Any) -> str:
    """What a reader hears of an element: its label, else its text."""
    return str(html.get("aria-label") or " ".join("".join(html.itertext()).split()))


# Lists

_PARTS = ("/Lbl", "/LBody")


def _fill_bodies(item: Any, pdf: Any) -> None:
    """An item holds labels and bodies alone (7.2): the rest goes into the part before it.

    An item without a body, as of a `li` that holds paragraphs, gets one.
    """
    for box in [part for part in _children(item, pdf) if part["S"] in ("/Div", "/NonStruct")]:
        if any(part["S"] in _PARTS for part in _children(box, pdf)):
            _replace(box, item, pdf)
    parts = _children(item, pdf)
    if all(part["S"] in _PARTS for part in parts):
        return
    home = next((part for part in parts if part["S"] == "/LBody"), None)
    follow = home is not None
    if home is None:
        home = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array()})
        home["P"], home["Pg"] = item.reference, item["Pg"]
        pdf.add_object(home)
        item["K"].append(home.reference)
    for part in parts:
        if part["S"] not in _PARTS:
            _move(part, item, home)
        elif follow:
            home = part


def _fill_items(listed: Any, pdf: Any) -> None:
    """A list holds items alone (7.2): spaces between them go to the end of the item before."""
    home = None
    for child in _children(listed, pdf):
        if child["S"] == "/LI":
            home = _children(child, pdf)[-1]
        elif child["S"] == "/Span" and home is not None:
            _move(child, listed, home)


def _replace(box: Any, around: Any, pdf: Any) -> None:
    place = around["K"].index(box.reference)
    for child in _children(box, pdf):
        child["P"] = around.reference
    around["K"][place : place + 1] = box["K"]


def _move(element: Any, old: Any, new: Any) -> None:
    old["K"].remove(element.reference)
    new["K"].append(element.reference)
    element["P"] = new.reference


# Text


def _keep_letters(box: Any, element: Any, nums: dict[int, bytes], pdf: Any) -> None:
    """Say letter by letter what the glyphs of a line do not: its letters from the right.

    And the joint within a Persian word, the space at which a line ends, the word that it parts. On
    the elements, for in the content readers without tags would turn such a text round.
    """
    texts = [
        part
        for child in box.children
        for part in _on_lines(child)
        if isinstance(part, boxes.TextBox)
    ]
    spoken = [_spoken_line(text) for text in texts]
    if not any(spoken):
        return
    if element["S"] == "/Link":
        _part(element, nums, pdf)
    spans = [child for child in _children(element, pdf) if _is_leaf(child)]
    if not spans:
        return  # an item around a body, made of the same box: the body has them
    for text, span in zip(spoken, spans, strict=True):
        if text is not None:
            span["ActualText"] = pydyf.String(text)


def _spoken_line(box: Any) -> str | None:
    """The text of a line or of a part of it, if its glyphs do not say it as it is."""
    text = as_written(box)
    # Of a text that is nothing but a space, nothing is drawn.
    is_other = text != box.text or not text.strip()
    is_to_left = box.style["direction"] == "rtl" or _MAY_STAND_OTHERWISE.search(text) is not None
    return text if is_other or is_to_left else None


def _part(link: Any, nums: dict[int, bytes], pdf: Any) -> None:
    """Give each text that is part of a link an element of its own."""
    for place, kid in enumerate(link["K"]):
        if isinstance(kid, int):
            span = pydyf.Dictionary({"Type": "/StructElem", "S": "/Span", "K": pydyf.Array([kid])})
            span["P"], span["Pg"] = link.reference, link["Pg"]
            pdf.add_object(span)
            link["K"][place] = nums[kid] = span.reference


def _is_block(box: Any) -> bool:
    """Whether a box stands apart from the text before it (ISO 32000-1, 14.8.5.4.2)."""
    return not isinstance(box, boxes.InlineBox | boxes.TextBox)


def _on_lines(box: Any) -> list[Any]:
    return list(box.children) if isinstance(box, boxes.LineBox) else [box]


def _is_leaf(element: Any) -> bool:
    return element.get("S") == "/Span" and [type(kid) for kid in element["K"]] == [int]


def _in_points(box: list[float], page: Any) -> Any:
    """Left, top, right and bottom in CSS pixels from the top of a page, as PDF counts them."""
    left, top, right, bottom = (_PIXEL * side for side in box)
    height = page["MediaBox"][3]
    return pydyf.Array((left, height - bottom, right, height - top))


# Objects


def _children(element: Any, pdf: Any) -> list[Any]:
    """The elements in an element; not its marked content."""
    return [object_of(kid, pdf) for kid in element["K"] if isinstance(kid, bytes)]


def object_of(reference: bytes, pdf: Any) -> Any:
    """The object of a PDF that a reference such as `7 0 R` leads to."""
    return pdf.objects[int(reference.split()[0])]
