"""Words of the other direction stand in their order, though an element begins or ends among them.

WeasyPrint orders the texts of a line by the direction of the element that they lie in, and looks at
the letters within one text alone: where "UN Women" ends a Persian sentence and the second word
stands in an element with its citation, it would print "Women UN". Here such words come into a box
of their own direction before anything is laid out (UAX #9, rules N1 and L2, over whole lines).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree as ET

from weasyprint import document
from weasyprint.formatting_structure import boxes

from briefings.core.values import dataclass
from briefings.render.pdf.patching import exchanged

_RIGHT = frozenset({"R", "AL"})
_DIGITS = frozenset({"EN", "AN"})
_OBJECT = "\ufffc"
"""What stands for a box whose letters are none of the line's: neutral, as UAX #9 has it."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Where words of the other direction begin and end in a line, counted in characters."""

    start: int
    stop: int


@contextmanager
def words_in_order() -> Iterator[None]:
    """While it lasts, boxes are put right as soon as they are built."""
    build = document.build_formatting_structure

    def built(*arguments: Any, **options: Any) -> Any:
        root = build(*arguments, **options)
        _put_in_order(root)
        return root

    with exchanged("build_formatting_structure", built, document):
        yield


def _put_in_order(root: Any) -> None:
    waiting = [root]
    while waiting:
        box = waiting.pop()
        if isinstance(box, boxes.ParentBox):
            waiting.extend(box.all_children())
        if isinstance(box, boxes.LineBox):
            box.children = _ordered(box.children, box.style["direction"])


def _ordered(children: Sequence[Any], direction: str) -> Sequence[Any]:
    """The boxes of a line, or of a box in it, in which each run lies in one box."""
    ordered = children
    # From the last to the first: the places of those before stay as they are.
    for run in reversed(_runs("".join(map(_text, children)), direction)):
        ordered = _gathered(ordered, run, direction)
    return ordered


def _gathered(children: Sequence[Any], run: _Run, direction: str) -> Sequence[Any]:
    """The run taken out of the boxes that it begins and ends in, into a box of its own."""
    place = 0
    for number, child in enumerate(children):
        length = len(_text(child))
        if place <= run.start and run.stop <= place + length:
            if isinstance(child, boxes.TextBox):
                return children
            inner = _Run(run.start - place, run.stop - place)
            gathered = _gathered(child.children, inner, direction)
            if gathered is child.children:
                return children
            box = child.copy_with_children(gathered)
            return [*children[:number], box, *children[number + 1 :]]
        place += length
    before, rest = _parted(children, run.start)
    within, after = _parted(rest, run.stop - run.start)
    other = "ltr" if direction == "rtl" else "rtl"
    turned = [_turned(box, other) for box in within]
    style = _in_direction(turned[0].style.parent_style.anonymous_style, other)
    return [*before, boxes.InlineBox("span", style, ET.Element("span"), turned), *after]


def _parted(children: Sequence[Any], place: int) -> tuple[list[Any], list[Any]]:
    """The boxes before a place in their text, and those behind; that which it lies in is cut."""
    before: list[Any] = []
    behind: list[Any] = []
    for child in children:
        length = len(_text(child))
        if place <= 0:
            behind.append(child)
        elif place >= length:
            before.append(child)
        elif isinstance(child, boxes.TextBox):
            before.append(child.copy_with_text(child.text[:place]))
            behind.append(child.copy_with_text(child.text[place:]))
        else:
            first, last = map(child.copy_with_children, _parted(child.children, place))
            first.remove_decoration(start=False, end=True)
            last.remove_decoration(start=True, end=False)
            before.append(first)
            behind.append(last)
        place -= length
    return before, behind


def _turned(box: Any, direction: str) -> Any:
    """A box of the run, and what of the line lies in it, in the direction of the run."""
    if not _is_open(box) and not isinstance(box, boxes.TextBox):
        return box
    turned = box.copy()
    turned.style = _in_direction(box.style, direction)
    if _is_open(box):
        turned.children = [_turned(child, direction) for child in box.children]
    return turned


def _in_direction(style: Any, direction: str) -> Any:
    turned = style.copy()
    turned["direction"] = direction
    return turned


def _text(box: Any) -> str:
    """The characters that a box adds to its line."""
    if isinstance(box, boxes.TextBox):
        return str(box.text)
    within = _within(box)
    return _OBJECT if within is None else within


def _is_open(box: Any) -> bool:
    return not isinstance(box, boxes.TextBox) and _within(box) is not None


def _within(box: Any) -> str | None:
    """The texts in a box, if they belong to the line around it."""
    if not isinstance(box, boxes.InlineBox) or "::" in box.element_tag:
        return None  # a text before or after an element may come later, with a page's number
    if box.element_tag == "bdi" or box.element.get("dir") is not None:
        return None
    text = "".join(map(_text, box.children))
    # The number of a citation is none of the words before it.
    is_reference = box.element_tag in ("a", "sup") or box.element.get("class") == "ref"
    is_citation = is_reference and not any(map(str.isalpha, text))
    return None if text and is_citation else text


_LEFT: set[str] = set()
"""Characters that have been seen to be none of a script to the left."""


def _has_right(text: str) -> bool:
    if _LEFT.issuperset(text):
        return False
    has_right = any(unicodedata.bidirectional(letter) in _RIGHT for letter in text)
    _LEFT.update(() if has_right else text)
    return has_right


def _runs(text: str, direction: str) -> list[_Run]:
    """Each stretch from a letter of the other direction to the last before one of the line's."""
    if direction == "ltr" and not _has_right(text):
        return []
    runs: list[_Run] = []
    start = stop = -1
    last = direction
    for place, character in enumerate(text):
        kind = unicodedata.bidirectional(character)
        if kind == "L" or kind in _RIGHT:
            last = "ltr" if kind == "L" else "rtl"
        elif kind not in _DIGITS and kind != "NSM":
            continue
        # A digit goes with the letter before it.
        if last != direction:
            start, stop = (place if start < 0 else start), place + 1
        elif start >= 0:
            runs.append(_Run(start, stop))
            start = -1
    return [*runs, _Run(start, stop)] if start >= 0 else runs
