"""A drawing of a page as WeasyPrint draws it: the shapes of a map, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import pi, sqrt
from xml.etree.ElementTree import Element

from briefings.verify.in_browser.painted import Frame, is_same

_STEP = re.compile(r"([MLZ])([^MLZ]*)")
_NONE = "none"


def is_drawn(svg: Element, frame: Frame, steps: str) -> bool:
    """Whether steps draw just what an element has, as large as its frame.

    The page writes names of attributes in small letters, as parsers of HTML do.
    """
    x, y, width, height = frame
    _, _, wide, high = (float(each) for each in svg.attrib["viewbox"].split())
    scale = width / wide
    if abs(height - high * scale) > 1:
        return False
    due = [
        *f"q /a1 gs 1 0 0 1 {x} {y} cm q q 1 0 0 1 0 0 cm {scale} 0 0 {scale} 0 0 cm".split(),
        *(word for shape in svg for word in _steps(shape)),
        "Q",
        "Q",
        "Q",
    ]
    said = steps.replace("[", "[ ").replace("]", " ]").split()
    return len(said) == len(due) and all(map(_is_same, said, due))


def _is_same(said: str, due: str) -> bool:
    if said == due:
        return True
    try:
        return is_same([float(said)], [float(due)])
    except ValueError:
        return False


def _steps(shape: Element) -> Iterator[str]:
    own = shape.attrib
    if shape.tag == "title":
        return
    fill, stroke = own.get("fill", "#000000"), own.get("stroke", _NONE)
    yield "q"
    if fill != _NONE:
        yield from ("/a1.0", "gs", *_colour(fill), "rg")
    if stroke != _NONE:
        yield from ("/A1.0", "gs", *_colour(stroke), "RG", own["stroke-width"], "w")
    yield from ("[", *own.get("stroke-dasharray", "").split(), "]", "0", "d")
    yield from ("0", "J", "0", "j", "4", "M")
    yield from _OUTLINES[shape.tag](own)
    way = "*" if own.get("fill-rule") == "evenodd" and fill != _NONE else ""
    yield ("S" if fill == _NONE else "f" if stroke == _NONE else "B") + way
    yield "Q"


def _colour(digits: str) -> Iterator[str]:
    yield from (f"{int(digits[at : at + 2], 16) / 255:f}" for at in (1, 3, 5))


def _rectangle(own: dict[str, str]) -> Iterator[str]:
    yield from (own.get("x", "0"), own.get("y", "0"), own["width"], own["height"], "re")


def _line(own: dict[str, str]) -> Iterator[str]:
    yield from (own["x1"], own["y1"], "m", own["x2"], own["y2"], "l")


def _circle(own: dict[str, str]) -> Iterator[str]:
    x, y, r = (float(own[name]) for name in ("cx", "cy", "r"))
    bend = r / sqrt(pi)
    curves = (
        (x + r, y + bend, x + bend, y + r, x, y + r),
        (x - bend, y + r, x - r, y + bend, x - r, y),
        (x - r, y - bend, x - bend, y - r, x, y - r),
        (x + bend, y - r, x + r, y - bend, x + r, y),
    )
    yield from (str(x + r), str(y), "m")
    for curve in curves:
        yield from (*map(str, curve), "c")
    yield "h"


def _path(own: dict[str, str]) -> Iterator[str]:
    yield from ("0", "0", "m")
    for step, place in _STEP.findall(own["d"]):
        yield from (*place.replace(",", " ").split(), {"M": "m", "L": "l", "Z": "h"}[step])


_OUTLINES = {"rect": _rectangle, "line": _line, "circle": _circle, "path": _path}
