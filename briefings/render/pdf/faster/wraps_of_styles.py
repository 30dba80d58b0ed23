"""WeasyPrint kept from working out the same styles and lengths again: see wraps.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from operator import itemgetter
from typing import Any
from xml.etree import ElementTree as ET

from weasyprint import css
from weasyprint.css.functions import check_math
from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, block, column, grid, inline, page, percent, table
from weasyprint.layout import float as float_

from briefings.render.pdf.faster.wraps_of_selectors import APART
from briefings.render.pdf.patching import exchanged, shadowed

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{name}{side}" for name in ("margin_", "padding_") for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *(f"{least}{axis}" for least in ("", "min_", "max_") for axis in ("width", "height")),
)
"""What `resolve_percentages` gives a box."""

_PLAIN = frozenset({str, int, float, bool, type(None), Dimension})
"""Values that are no functions and hold none."""


@contextmanager
def math_where_it_may_be() -> Iterator[None]:
    """Nearly all values are words, numbers and lengths, in which no function is looked for."""
    with exchanged("check_math", _is_math, css):
        yield


def _is_math(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN or (kind is tuple and _PLAIN.issuperset(map(type, value))):
        return None
    return check_math(value)


@contextmanager
def lengths_kept() -> Iterator[None]:
    """Boxes of the same style in the same room have the same widths, margins and borders.

    So have those of styles that give the same lengths, and in any room where all of these are
    fixed.
    """
    resolve, lengths_of = percent.resolve_percentages, itemgetter(*_LENGTHS, "box_sizing")
    known: dict[tuple[int, Any, Any, bool], tuple[Any, dict[str, Any]]] = {}
    alike: dict[tuple[Any, ...], dict[str, Any]] = {}

    def resolve_once(box: Any, containing_block: Any) -> None:
        style, room = box.style, containing_block
        width, height = (room.width, room.height) if isinstance(room, boxes.Box) else room
        key = (id(style), width, height, isinstance(box, boxes.PageBox))
        if (before := known.get(key)) is not None:
            vars(box).update(before[1])
            return
        if style["border_collapse"] == "collapse":  # then borders are the table's
            resolve(box, room)
            return
        lengths = lengths_of(style)
        if _PLAIN.issuperset(map(type, lengths)):
            is_fixed = not any(type(each) is Dimension and each.unit == "%" for each in lengths)
            values = lengths if is_fixed else (*lengths, *key[1:])
            if values not in alike:
                resolve(box, room)
                alike[values] = {name: vars(box)[name] for name in _LENGTHS}
            resolved = alike[values]
            vars(box).update(resolved)
        else:
            resolve(box, room)
            resolved = {name: vars(box)[name] for name in _LENGTHS}
        # The style is kept as well, so that no other one gets its number.
        known[key] = style, resolved

    owners = (absolute, block, column, float_, grid, inline, page, percent, table)
    with exchanged("resolve_percentages", resolve_once, *owners):
        yield


@contextmanager
def plain_styles_at_once() -> Iterator[None]:
    """Most properties of most elements are inherited or initial, and no function of others."""
    style, physical = css.ComputedStyle, css.PHYSICAL_FUNCTIONS
    missing = style.__missing__
    initial = _plain_initial()
    inherited = frozenset(filter(_is_plain, css.INHERITED)) - physical.keys()

    def missing_at_once(self: Any, name: str) -> Any:
        if name not in self.cascaded:
            if name in initial:
                logical = physical.get(name)
                if (
                    logical is None
                    or logical(block="ttb", inline=self["direction"]) not in self.cascaded
                ):
                    self[name] = initial[name]
                    return initial[name]
            elif name in inherited and self.parent_style is not None:
                value = self.parent_style[name]
                if type(value) in _PLAIN or not _is_math(value):
                    self[name] = value
                    return value
        return missing(self, name)

    with exchanged("__missing__", missing_at_once, style):
        yield


@contextmanager
def initial_styles_together() -> Iterator[None]:
    """Properties that nothing gives another value have their initial one from the start.

    Not those of a first line or a first letter, whose values go before those around them.
    """
    style, bare = css.ComputedStyle, css.AnonymousStyle
    make, make_bare = style.__init__, bare.__init__
    initial = _plain_initial()
    alone = {name: initial[name] for name in initial.keys() - css.PHYSICAL_FUNCTIONS.keys()}
    logical = {
        function(block="ttb", inline=direction)
        for function in css.PHYSICAL_FUNCTIONS.values()
        for direction in ("ltr", "rtl")
    }

    def made(self: Any, parent: Any, cascaded: Any, pseudo: Any, *rest: Any) -> None:
        make(self, parent, cascaded, pseudo, *rest)
        if pseudo in ("first-line", "first-letter"):
            return
        values = initial if logical.isdisjoint(cascaded) else alone
        self.update(values)
        for name in values.keys() & cascaded.keys():
            del self[name]

    def made_bare(self: Any, parent: Any) -> None:
        self.update(initial)
        make_bare(self, parent)

    with exchanged("__init__", made, style), exchanged("__init__", made_bare, bare):
        yield


def _plain_initial() -> dict[str, Any]:
    """Initial values that hold as they are, wherever a property has no other."""
    return {
        name: value
        for name, value in css.INITIAL_VALUES.items()
        if _is_plain(name)
        and name not in css.INITIAL_NOT_COMPUTED
        and name not in css.INHERITED
        and not check_math(value)
    }


def _is_plain(name: str) -> bool:
    special = ("float", "display", "position", "page")
    return name not in special and not name.startswith("text_decoration_")


@contextmanager
def styles_when_asked() -> Iterator[None]:
    """What would stand before or after an element has a style when somebody asks for it.

    Rules for footnotes and markers hold for each element, so WeasyPrint makes six styles more for
    each, and hardly any is ever looked at.
    """
    compute, style_of = css.StyleFor.set_computed_styles, css.StyleFor.__call__
    make = css.StyleFor.__init__

    def made(self: Any, html: Any, sheets: Any, *rest: Any) -> None:
        vars(self)[APART] = {}
        self.of_all = {"root": html.etree_element, "base_url": html.base_url}
        *_, self.of_all["target_collector"] = rest
        make(self, html, sheets, *rest)

    def compute_later(
        self: Any, element: Any, parent: Any, *rest: Any, pseudo_type: Any = None, **options: Any
    ) -> None:
        cascaded = self.get_cascaded_styles().get((element, pseudo_type), {})
        if pseudo_type and element is parent and "anchor" not in cascaded:
            vars(self)[APART].setdefault(element, {})[pseudo_type] = cascaded
        else:
            compute(self, element, parent, *rest, pseudo_type=pseudo_type, **options)

    def style_now(self: Any, element: Any, pseudo_type: Any = None) -> Any:
        declared = vars(self)[APART].get(element) if pseudo_type else None
        if declared and pseudo_type in declared:
            styles, rules = self.get_computed_styles(), self.get_cascaded_styles()
            if (element, pseudo_type) not in styles:
                rules[element, pseudo_type] = declared[pseudo_type]  # it is empty by now
                compute(self, element, element, pseudo_type=pseudo_type, **self.of_all)
                del rules[element, pseudo_type]
        return style_of(self, element, pseudo_type)

    with (
        exchanged("__init__", made, css.StyleFor),
        exchanged("set_computed_styles", compute_later, css.StyleFor),
        exchanged("__call__", style_now, css.StyleFor),
    ):
        yield


@contextmanager
def styles_shared() -> Iterator[None]:
    """What lies in elements that differ in nothing but their names has one style for all of them.

    WeasyPrint lets elements share a style whose rules and whose parent's style are the same. But
    an element with an `id` has a style of its own, with all in it; so has each with a `lang`, and
    whatever stands before or after an element.
    """
    compute, parse = css.StyleFor.set_computed_styles, css.tinycss2.parse_one_declaration
    alike: dict[int, tuple[Any, int]] = {}
    first: dict[Any, Any] = {}

    def number(value: Any) -> int:
        """One number for all styles that give the same to what lies in their elements."""
        own = id(value)
        return alike[own][1] if own in alike else own

    def compute_once(
        self: Any, element: Any, parent: Any, *rest: Any, pseudo_type: Any = None, **options: Any
    ) -> None:
        rules = self.get_cascaded_styles().get((element, pseudo_type), {})
        styles = self.get_computed_styles()
        is_named = "anchor" in rules
        if (pseudo_type is None) != is_named or not isinstance(element, ET.Element):
            compute(self, element, parent, *rest, pseudo_type=pseudo_type, **options)
            return
        key = (
            number(styles.get((parent, None))),
            pseudo_type,
            *(
                (name, value if name == "lang" else id(value), weight)
                for name, (value, weight) in rules.items()
                if name != "anchor"
            ),
        )
        if is_named or key not in first:
            compute(self, element, parent, *rest, pseudo_type=pseudo_type, **options)
            style = styles[element, pseudo_type]
            # The styles are kept, with all that they are made of, so that none gets their numbers.
            alike[id(style)] = style, id(first.setdefault(key, style))
        else:
            styles[element, pseudo_type] = first[key]

    with (
        exchanged("set_computed_styles", compute_once, css.StyleFor),
        exchanged("parse_one_declaration", lru_cache(maxsize=None)(parse), css.tinycss2),
        shadowed("id", number, css),
    ):
        yield
