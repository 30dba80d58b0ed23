"""The colours of words and of what lies behind them, as a page's style sheets work them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import product
from typing import Any, Literal, NamedTuple, TypeAlias

import tinycss2
from cssselect2 import ElementWrapper
from tinycss2.color5 import parse_color

from briefings.core.values import dataclass
from briefings.render.html.declared import Declared, Holding, Pseudo, is_at_times

Scheme: TypeAlias = Literal["light", "dark"]

_LEAST = 1.5
"""The least contrast: white on white has 1, black on white 21; what is meant to be read has 4.5."""
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)", re.ASCII)
_MOST_USES = 64
_BACKGROUNDS = frozenset({"background", "background-color", "background-image"})
_NONE = frozenset({"inherit", "initial", "none", "revert", "revert-layer", "unset"})


class _Colour(NamedTuple):
    """Red, green and blue from 0 to 1, and how much of them covers what lies behind."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def over(self, behind: _Colour) -> _Colour:
        """What one sees where it lies over a colour that covers all."""
        mixed = (a * self.alpha + b * (1 - self.alpha) for a, b in zip(self, behind, strict=True))
        red, green, blue, _ = mixed
        return _Colour(red, green, blue)

    @property
    def luminance(self) -> float:
        """As WCAG 2 defines it."""
        red, green, blue = (
            each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
            for each in self[:3]
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_OF_BROWSERS: Mapping[Scheme, Mapping[str, _Colour]] = {
    "light": {
        "canvas": _Colour(1, 1, 1),
        "canvastext": _Colour(0, 0, 0),
        "linktext": _Colour(0, 0, 0.93),
        "field": _Colour(1, 1, 1),
        "fieldtext": _Colour(0, 0, 0),
        "graytext": _Colour(0.43, 0.43, 0.43),
        "mark": _Colour(1, 1, 0),
        "marktext": _Colour(0, 0, 0),
    },
    "dark": {
        "canvas": _Colour(0.07, 0.07, 0.07),
        "canvastext": _Colour(1, 1, 1),
        "linktext": _Colour(0.62, 0.62, 1),
        "field": _Colour(0.23, 0.23, 0.23),
        "fieldtext": _Colour(1, 1, 1),
        "graytext": _Colour(0.6, 0.6, 0.6),
        "mark": _Colour(1, 1, 0),
        "marktext": _Colour(0, 0, 0),
    },
}
"""Colours that a browser has names for, as good as it has them."""


_PARTS = (
    *("first-line", "first-letter", "selection", "target-text", "highlight", "search-text"),
    *("spelling-error", "grammar-error"),
)


@dataclass(frozen=True, slots=True)
class Faint:
    """Words that can't be told from what lies behind them, or not be known to be told from it.

    `number` is that of the declaration of a desk's own that has part in it, `scheme` that of the
    screens on which it is so; paper is light.
    """

    number: int
    scheme: Scheme
    is_known: bool


@dataclass(slots=True)
class _Painted:
    """What holds of an element: its variables, its colour, what may lie behind its words.

    `numbers` are those of a desk's own declarations that its colour and its background come from,
    -1 where it has no part in one; a variable has its own beside its value. A colour that can't
    be worked out is None.
    """

    variables: Mapping[str, tuple[str, int]]
    colour: _Colour | None
    behind: tuple[_Colour | None, ...]
    numbers: tuple[int, int] = (-1, -1)


@dataclass(slots=True)
class _Winners:
    """The declarations that win on one element, by property, with their numbers as above."""

    by_name: dict[str, tuple[bool, int, str]] = field(default_factory=dict)

    def take(self, number: int, each: Declared) -> None:
        """Let a declaration in; they come in the order in which a later one wins."""
        before = self.by_name.get(each.name)
        if before is None or each.important >= before[0]:
            self.by_name[each.name] = each.important, number, each.value


def faint(
    root: Any, holders: Iterable[int], rules: Sequence[tuple[bool, Declared]], *, is_paper: bool
) -> Faint | None:
    """Whether words have the colour of what lies behind them, by a declaration of a desk's own.

    Args:
        root: The page.
        holders: Its elements that hold the words, by Python's id.
        rules: The declarations of all its sheets in their order, and whether each is an own one.
        is_paper: Whether it is for paper, where each variable has its last value everywhere.
    """
    wanted = frozenset(holders)
    fixed = {
        each.name: (each.value, number if is_own else -1)
        for number, (is_own, each) in enumerate(rules)
        if each.name.startswith("--")
    }
    schemes: tuple[Scheme, ...] = ("light",) if is_paper else ("light", "dark")
    selectors = {each.selector.lower() for is_own, each in rules if is_own}
    # A first line, or letter, has the colours of its element where it has none of its own.
    parts = [part for part in _PARTS if any(part in selector for selector in selectors)]
    # What holds at times, as under a mouse or on a wide screen, does not hold at others.
    at_rest = [rule if _is_at_rest(rule[1]) else (rule[0], _NOTHING) for rule in rules]
    states = (
        [rules, at_rest] if any(own and not _is_at_rest(each) for own, each in rules) else [rules]
    )
    variables = fixed if is_paper else None
    for state, scheme, part in product(states, schemes, (None, *parts)):
        if (fault := _in_scheme(root, wanted, state, (scheme, part), variables)) is not None:
            return fault
    return None


_NOTHING = Declared((), "", "", "", False, 0, 0)
_AT_REST = re.compile(
    r"(?:layer|scope).*|media (?:all|screen|print)?|media .*prefers-color-scheme.*|"
)


def _is_at_rest(each: Declared) -> bool:
    """Whether a declaration holds whatever a reader does, and has."""
    return all(map(_AT_REST.fullmatch, each.within)) and not is_at_times(each.selector)


def _in_scheme(
    root: Any,
    holders: frozenset[int],
    rules: Sequence[tuple[bool, Declared]],
    way: tuple[Scheme, Pseudo],
    fixed: Mapping[str, tuple[str, int]] | None,
) -> Faint | None:
    scheme, part = way
    holding = Holding(
        (number, each)
        for number, (_, each) in enumerate(rules)
        if _is_wanted(each, scheme) and (fixed is None or not each.name.startswith("--"))
    )
    winning: dict[tuple[int, ...], _Winners] = {}
    canvas = _OF_BROWSERS[scheme]
    painted: dict[int, _Painted] = {}
    top = _Painted(fixed or {}, canvas["canvastext"], (canvas["canvas"],))
    parents: dict[int, int] = {}
    for element in ElementWrapper.from_html_root(root).iter_subtree():
        node = element.etree_element
        parents |= {id(child): id(node) for child in node}
        above = painted.get(parents.get(id(node), 0), top)
        selecting = holding.selecting(element)
        if selecting not in winning:
            winning[selecting] = _winners(rules, holding.declared(selecting), part)
        winners = winning[selecting]
        own = painted[id(node)] = _paint(node, above, winners, scheme)
        if id(node) in holders and (fault := _fault(own, scheme)) is not None:
            return fault
    return None


def _winners(
    rules: Sequence[tuple[bool, Declared]], declared: Sequence[tuple[int, Pseudo]], part: Pseudo
) -> _Winners:
    winners = _Winners()
    for about in dict.fromkeys((None, part)):
        for number, pseudo in declared:
            is_own, each = rules[number]
            if pseudo == about:
                winners.take(number if is_own else -1, each)
    return winners


def _is_wanted(each: Declared, scheme: Scheme) -> bool:
    """Whether it has a say in colours on that screen, or on paper."""
    if each.name not in {*_BACKGROUNDS, "color"} and not each.name.startswith("--"):
        return False
    around = " ".join(each.within)
    other = "dark" if scheme == "light" else "light"
    is_elsewhere = "forced-colors" in around or re.search(
        rf"prefers-color-scheme:\s*{other}", around
    )
    return bool(each.selector) and not is_elsewhere and "media print" not in around


def _paint(node: Any, above: _Painted, winners: _Winners, scheme: Scheme) -> _Painted:
    won = winners.by_name
    own = {
        name: (value, number) for name, (_, number, value) in won.items() if name.startswith("--")
    }
    variables = {**above.variables, **own} if own else above.variables
    painted = _Painted(variables, above.colour, above.behind, above.numbers)
    canvas = _OF_BROWSERS[scheme]
    if node.tag == "a" and "href" in node.attrib:
        painted.colour = canvas["linktext"]
    elif node.tag == "mark":
        painted.colour, painted.behind = canvas["marktext"], (canvas["mark"],)
    if "color" in won:
        value, number = _resolved(won["color"], variables)
        painted.colour = _colour(value, above, scheme)
        painted.numbers = number, painted.numbers[1]
    for name in sorted(_BACKGROUNDS & won.keys()):
        value, number = _resolved(won[name], variables)
        layers = tuple(_layers(value, painted, scheme))
        if layers:
            painted.behind = tuple(
                None if layer is None or behind is None else layer.over(behind)
                for layer in layers
                for behind in above.behind[:4]
            )[:16]
            painted.numbers = painted.numbers[0], number
    return painted


def _resolved(
    won: tuple[bool, int, str], variables: Mapping[str, tuple[str, int]]
) -> tuple[str, int]:
    """A value without variables, and the number of whatever is a desk's own in it."""
    _, number, value = won
    for _ in range(_MOST_USES):
        use = _VARIABLE.search(value)
        if use is None:
            break
        instead, by = variables.get(use[1], ((use[2] or "").strip(), -1))
        value = value[: use.start()] + instead + value[use.end() :]
        number = max(number, by)
    return value, number


def _colour(value: str, above: _Painted, scheme: Scheme) -> _Colour | None:
    """The colour that a value says; None where it can't be worked out."""
    plain = value.strip().lower()
    if plain in _NONE or plain == "currentcolor":
        return above.colour
    return _parsed(plain, scheme)


def _parsed(value: str, scheme: Scheme) -> _Colour | None:
    if value in _OF_BROWSERS[scheme]:
        return _OF_BROWSERS[scheme][value]
    parsed = parse_color(value, color_schemes=(scheme,))
    if parsed is None or isinstance(parsed, str):
        return None
    try:
        red, green, blue = parsed.to("srgb").coordinates
    except NotImplementedError:
        return None
    red, green, blue = (min(1.0, max(0.0, float(each))) for each in (red, green, blue))
    return _Colour(red, green, blue, float(parsed.alpha))


def _layers(value: str, own: _Painted, scheme: Scheme) -> Iterator[_Colour | None]:
    """Each colour that a background shows somewhere; None for a picture, which may show any."""
    for token in tinycss2.parse_component_value_list(value, skip_comments=True):
        text = tinycss2.serialize([token]).lower()
        if text == "currentcolor":
            yield own.colour
        elif (colour := _parsed(text, scheme)) is not None:
            if colour.alpha > 0:
                yield colour
        elif token.type == "function" and token.lower_name.endswith("gradient"):
            yield from _layers(tinycss2.serialize(token.arguments), own, scheme)
        elif token.type == "url" or (token.type == "function" and token.lower_name not in _SIZES):
            yield None


_SIZES = frozenset({"calc", "clamp", "max", "min"})


def _fault(own: _Painted, scheme: Scheme) -> Faint | None:
    number = max(own.numbers)
    if number < 0:
        return None
    if own.colour is None or None in own.behind:
        return Faint(number, scheme, is_known=False)
    for behind in own.behind:
        assert behind is not None
        light, dark = sorted((own.colour.over(behind).luminance, behind.luminance), reverse=True)
        if (light + 0.05) / (dark + 0.05) < _LEAST:
            return Faint(number, scheme, is_known=True)
    return None
