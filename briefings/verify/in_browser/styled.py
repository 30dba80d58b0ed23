"""How the style sheets of a page have its texts look: how large, in which colour and face."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper

from briefings.core.values import dataclass
from briefings.render.html.declared import Declared, Holding, Pseudo, declarations

_OF_BROWSERS = (
    "address, cite, dfn, em, i, var { font-style: italic }"
    "b, h1, h2, h3, h4, h5, h6, strong, th { font-weight: 600 }"
)
"""What holds where a sheet says nothing else."""
_SETS = frozenset(
    {
        "--closer",
        "color",
        "font",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "line-height",
        "page",
    }
)
_OF_BOX = re.compile(
    r"background|border(?!-(?:spacing|collapse)).*|content|direction|display|float|margin.*|overflow"
    r"|padding.*|position|transform|inset-inline-start|text-align|vertical-align|z-index|left|right|top|width|height"
)
"""What a box looks like, and where a picture has it."""
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_FONT = re.compile(r"(?:(\d+) )?([\d.]+(?:pt|em))(?:/(\S+))? (.+)")
_SIZE = re.compile(r"([\d.]+)(pt|em)")
_SHORT, _LONG = re.compile(r"#(\w)(\w)(\w)(?!\w)"), r"#\1\1\2\2\3\3"
_BOLD = 600
_ROUNDED = 0.01
_NORMAL = -1.2
"""Of letters, where no sheet says how high a line is: in times their size."""

Boxes: TypeAlias = Mapping[Pseudo, Mapping[str, str]]
"""What is declared of a box, and of those that a sheet puts before and behind its text."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a text looks: its size in points, its colour, its faces, of which the first that can.

    `height`: that of its lines, in points, or in times its size if it is negative. `closer`: how
    much is left of the space around its blocks where a page has but a few lines.
    """

    size: float = 12.0
    colour: str = "#000000"
    families: tuple[str, ...] = ()
    is_bold: bool = False
    is_italic: bool = False
    height: float = _NORMAL
    closer: float = 1.0

    @property
    def line(self) -> float:
        """How high its lines are, in points."""
        return self.height if self.height >= 0 else -self.height * self.size


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font of ours: what its family is called, and which of its faces it is.

    `rise`, `fall`: how far its letters reach above their line and below, in times their size.
    """

    families: frozenset[str]
    is_bold: bool
    is_italic: bool
    rise: float = 0
    fall: float = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """How letters look: their size, colour, our face that draws them, if any; which ones could."""

    size: float
    colour: str
    face: int
    able: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Styles:
    """The looks of a page.

    Attributes:
        own: That of each element.
        behind: That of what the sheet puts behind its text.
        boxes: What is declared of the box of each element, and of what is put before and behind it.
        marking: Those of its marking in margins.
        margins: Those of all else there.
        grounds: The colours of the boxes in margins that have one, in six digits.
        above: How wide the margin above is, as it is written; empty if no sheet says so.
    """

    own: Mapping[Element, Look]
    behind: Mapping[Element, Look]
    boxes: Mapping[Element, Boxes]
    marking: Sequence[Look]
    margins: Sequence[Look]
    grounds: Sequence[str]
    above: str = ""


def styles_in(root: Element, sheet: str) -> Styles:
    """How a page looks by its sheet."""
    declared = declarations(_OF_BROWSERS + sheet)
    variables = {each.name: each.value for each in declared if each.name.startswith("--")}
    holding = Holding(
        (at, each)
        for at, each in enumerate(declared)
        if not each.within and (each.name in _SETS or _OF_BOX.fullmatch(each.name))
    )
    own: dict[Element, Look] = {}
    behind: dict[Element, Look] = {}
    boxes: dict[Element, Boxes] = {}
    around = {root: Look()}
    known: dict[tuple[Look, tuple[int, ...]], tuple[Look, Look, Boxes]] = {}
    named = {"page "}
    for wrapped in ElementWrapper.from_html_root(root).iter_subtree():
        element = wrapped.etree_element
        kind = around[element], holding.selecting(wrapped)
        if kind not in known:
            won = [(declared[number], pseudo) for number, pseudo in holding.declared(kind[1])]
            look = _changed(kind[0], won, None, variables)
            behind_it = _changed(look, won, "after", variables)
            known[kind] = look, behind_it, _boxes(won, variables)
            named |= {f"page {each.value}" for each, _ in won if each.name == "page"}
        own[element], behind[element], boxes[element] = known[kind]
        around |= dict.fromkeys(element, own[element])
    marking: list[Look] = []
    others: list[Look] = []
    grounds: list[str] = []
    for name in dict.fromkeys(each.box for each in declared if each.box):
        box = [(each, None) for each in declared if each.box == name and each.within[-1] in named]
        is_marking = any("string(marking)" in each.value for each, _ in box)
        own_grounds = [each.value for each, _ in box if each.name == "background"]
        grounds += [_SHORT.sub(_LONG, each)[1:] for each in own_grounds[-1:]]
        (marking if is_marking else others).append(_changed(Look(), box, None, variables))
    margins = (
        each.value.split()[0] for each in declared if each.name == "margin" and each.box == "page"
    )
    return Styles(own, behind, boxes, marking, others, grounds, next(margins, ""))


def _boxes(declared: Sequence[tuple[Declared, Pseudo]], variables: Mapping[str, str]) -> Boxes:
    """What holds of boxes, where a later declaration wins."""
    held: dict[Pseudo, dict[str, str]] = {}
    for each, pseudo in sorted(declared, key=lambda each: each[0].important):
        if _OF_BOX.fullmatch(each.name):
            value = _VARIABLE.sub(lambda use: variables[use[1]], each.value)
            # A shorthand takes the place of all that it stands for: so it counts from here on.
            held.setdefault(pseudo, {}).pop(each.name, None)
            held[pseudo][each.name] = _SHORT.sub(_LONG, value)
    return held


def _changed(
    above: Look,
    declared: Iterable[tuple[Declared, Pseudo]],
    pseudo: Pseudo,
    variables: Mapping[str, str],
) -> Look:
    """A look as declarations change it, in the order in which a later one wins."""
    look = above
    own = [each for each, about in declared if about == pseudo]
    for each in sorted(own, key=lambda each: each.important):
        value = _VARIABLE.sub(lambda use: variables[use[1]], each.value)
        match each.name:
            case "font":
                look = _of_font(value, above, look)
            case "font-family":
                look = replace(look, families=_families(value))
            case "font-size":
                look = replace(look, size=_size(value, above))
            case "font-style":
                look = replace(look, is_italic=value == "italic")
            case "font-weight":
                look = replace(look, is_bold=int(value) >= _BOLD)
            case "--closer":
                look = replace(look, closer=float(value))
            case "line-height":
                look = replace(look, height=_height(value, look, above))
            case "color":
                colour = above.colour if value == "inherit" else _SHORT.sub(_LONG, value)
                look = replace(look, colour=colour)
    return look


def _of_font(value: str, above: Look, look: Look) -> Look:
    font = _FONT.fullmatch(value)
    assert font is not None
    weight, size, height, families = font.groups()
    is_bold = int(weight or 0) >= _BOLD
    own = replace(
        look,
        size=_size(size, above),
        families=_families(families),
        is_bold=is_bold,
        is_italic=False,
        height=_NORMAL,
    )
    return own if height is None else replace(own, height=_height(height, own, above))


def _height(value: str, look: Look, above: Look) -> float:
    if value == "inherit":
        return above.height
    size = _SIZE.fullmatch(value)
    return -float(value) if size is None else _size(value, look)


def _size(value: str, above: Look) -> float:
    size = _SIZE.fullmatch(value)
    assert size is not None
    return float(size[1]) * (above.size if size[2] == "em" else 1)


def _families(value: str) -> tuple[str, ...]:
    return tuple(name.strip(" \"'") for name in value.split(","))


def unlike(shown: Shown, look: Look, faces: Sequence[Typeface]) -> str:
    """In what letters look other than they should: size, colour or face; empty if in nothing.

    Args:
        shown: As they are drawn.
        look: As the style sheets of their page have them.
        faces: Our faces, by whose numbers `shown` tells of them.
    """
    if abs(shown.size - look.size) > _ROUNDED:
        return "size"
    if shown.colour != look.colour[1:]:
        return "colour"
    own = first_of(look, [faces[each] for each in shown.able])
    return "face" if shown.face >= 0 and own and faces[shown.face] not in own else ""


def first_of(look: Look, able: Sequence[Typeface]) -> list[Typeface]:
    """The faces that letters may have, of those that could show them."""
    for family in look.families:
        named = [each for each in able if family in each.families]
        if named:
            best = max(map(partial(_likeness, look), named))
            return [each for each in named if _likeness(look, each) == best]
    return []


def _likeness(look: Look, face: Typeface) -> tuple[bool, bool]:
    return face.is_italic == look.is_italic, face.is_bold == look.is_bold
