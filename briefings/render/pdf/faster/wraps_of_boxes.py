"""WeasyPrint kept from asking each box and each point of a map what it is: see wraps.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint import draw, svg
from weasyprint.draw import border
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, background, inline, preferred
from weasyprint.layout import float as floating

from briefings.render.pdf.patching import exchanged

_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")
_RADII = tuple(f"border_{corner}_radius" for corner in _CORNERS)
_SQUARE = ((0, "px"), (0, "px"))
_NO_RADII = dict.fromkeys(_RADII, (0, 0))

_NUMBER = r"-?\d+(?:\.\d+)?"
_POINT = rf"{_NUMBER},{_NUMBER}"
_STRAIGHT = re.compile(rf"(?:M{_POINT}(?:L{_POINT})+Z?)+")
_STEP = re.compile(rf"([ML])({_NUMBER}),({_NUMBER})(Z?)")


@contextmanager
def flow_at_once() -> Iterator[None]:
    """Most boxes lie in the flow, as two of their values say without five questions."""
    ask = boxes.Box.is_in_normal_flow

    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        if style["float"] == "none" and style["position"] in ("static", "relative"):
            return True
        answer: bool = ask(self)
        return answer

    with exchanged("is_in_normal_flow", is_in_normal_flow, boxes.Box):
        yield


@contextmanager
def widths_when_asked() -> Iterator[None]:
    """How narrow a box may become is asked only of one that is wider than its room."""

    def shrunk(context: Any, box: Any, room: float) -> float:
        widest: float = preferred.max_content_width(context, box, outer=False)
        if widest <= room:
            return widest
        narrowest: float = preferred.min_content_width(context, box, outer=False)
        return min(max(narrowest, room), widest)

    with exchanged("shrink_to_fit", shrunk, preferred, inline, floating, absolute):
        yield


@contextmanager
def descent_at_once() -> Iterator[None]:
    """All that lies in a box comes from one loop, not from one for each box around it."""

    def descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:
        yield self
        under_way = [iter(self.children)]
        while under_way:
            for child in under_way[-1]:
                is_box = isinstance(child, boxes.Box)
                if not is_box and not placeholders:
                    yield child
                    continue
                box = child if is_box else vars(child)["_box"]
                yield box
                if box.children:
                    under_way.append(iter(box.children))
                    break
            else:
                under_way.pop()

    with exchanged("descendants", descendants, boxes.Box):
        yield


@contextmanager
def backgrounds_when_there() -> Iterator[None]:
    """Of most boxes nothing is painted behind their text, as their style says once for all."""
    layout = background.layout_box_backgrounds
    known: dict[int, tuple[Any, bool]] = {}

    def layout_if_there(
        page: Any, box: Any, image: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        own = box.style
        if id(own) not in known:
            # The style is kept as well, so that no other one gets its number.
            known[id(own)] = own, _shows_nothing(own)
        if style is not None or not layout_children or box is page or not known[id(own)][1]:
            layout(page, box, image, layout_children, style)
            return
        vars(getattr(box, "_box", box)).update(_NO_RADII)  # a placeholder stands for its box
        for child in box.all_children():
            layout_if_there(page, child, image)
        box.background = None

    with exchanged("layout_box_backgrounds", layout_if_there, background):
        yield


def _shows_nothing(style: Any) -> bool:
    """Whether a box has corners, and neither background, nor shadow, nor pictures for borders."""
    return (
        all(style[radius] == _SQUARE for radius in _RADII)
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and style["visibility"] != "hidden"
        and all(kind == "none" for kind, _ in style["background_image"])
        and not style["box_shadow"]
        and get_color(style, "background_color").alpha == 0
    )


@contextmanager
def borders_when_there() -> Iterator[None]:
    """Most boxes have neither borders nor rules between columns."""
    draw_border = draw.draw_border

    def draw_if_there(stream: Any, box: Any) -> None:
        if (
            box.border_top_width
            or box.border_right_width
            or box.border_bottom_width
            or box.border_left_width
            or box.style["column_rule_width"]
            or box.style["border_image_source"][0] != "none"
        ):
            draw_border(stream, box)

    with exchanged("draw_border", draw_if_there, draw):
        yield


@contextmanager
def outlines_when_there() -> Iterator[None]:
    """Hardly any box has an outline: the colour of none is worked out for each box in its turn."""
    draw_outline = border.draw_outline

    def draw_if_there(stream: Any, box: Any) -> None:
        # What lies in a box may be no box: it is drawn apart, with what it has around it.
        within = (each for each in box.descendants() if isinstance(each, boxes.Box))
        if any(each.style["outline_width"] for each in within):
            draw_outline(stream, box)

    with exchanged("draw_outline", draw_if_there, draw):
        yield


@contextmanager
def lines_at_once() -> Iterator[None]:
    """The outline of a map is a list of points: these are not looked at for arcs and units.

    Nor for the angles at which marks would stand on them, where there are none.
    """
    path = svg.TAGS["path"]

    def straight(image: Any, node: Any, font_size: float) -> None:
        way = node.get("d", "")
        has_marks = any(name.startswith("marker") for name in node.attrib)
        if has_marks or _STRAIGHT.fullmatch(way) is None:
            path(image, node, font_size)
            return
        to_bytes = pydyf._to_bytes  # noqa: SLF001 # nothing public
        image.stream.move_to(0, 0)  # as theirs does
        steps: list[bytes] = []
        for letter, x, y, is_closed in _STEP.findall(way):
            go = b"m" if letter == "M" else b"l"
            steps.append(b"%b %b %b" % (to_bytes(float(x)), to_bytes(float(y)), go))
            if is_closed:
                steps.append(b"h")
        image.stream.stream += steps

    with exchanged("TAGS", {**svg.TAGS, "path": straight}, svg):
        yield
