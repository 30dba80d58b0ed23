"""A style sheet as its declarations: what each says, of which elements, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

from briefings.core.groups import grouped
from briefings.core.values import dataclass

Pseudo = str | None
"""The name of a pseudo-element; None for an element itself."""

_RULES_WITHIN = frozenset(
    {"container", "document", "layer", "media", "scope", "starting-style", "supports"}
)
"""At-rules that hold rules."""

_KNOWN = frozenset(
    {
        *("any-link", "empty", "first-child", "first-of-type", "lang", "last-child"),
        *("last-of-type", "link", "nth-child", "nth-last-child", "nth-last-of-type"),
        *("nth-of-type", "only-child", "only-of-type", "root"),
    }
)
"""Pseudo-classes that hold of an element whatever its reader does."""

_OF_SELECTORS = frozenset({"has", "is", "not", "where"})
_DEEPEST = 32
_ENDLESS = re.compile(r"[0-9]{41}")
"""Python reads no number of thousands of digits, which variables could put together of such."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration; `within` are the at-rules around it, `line` and `column` count from 1.

    `selector` is of the elements that it is about, in whole; `box` is the box in the margin of a
    page that it is about instead, or `page` for the sheet itself.
    """

    within: tuple[str, ...]
    selector: str
    name: str
    value: str
    important: bool
    line: int
    column: int
    box: str = ""

    @property
    def rule(self) -> tuple[object, ...]:
        """All that it says, wherever it stands."""
        return self.within, self.selector, self.name, self.value, self.important, self.box


@lru_cache(maxsize=16)
def declarations(sheet: str) -> tuple[Declared, ...]:
    """All declarations of a sheet in their order, and its other at-rules as ones of `@name`.

    `@nesting` is what nests too deep to be read, and `@number` a number too long.
    """
    if (endless := _ENDLESS.search(sheet)) is not None:
        lines = sheet[: endless.start()].split("\n")
        return (Declared((), "", "@number", "", False, len(lines), len(lines[-1]) + 1),)
    try:
        parsed = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        return tuple(_of_rules(parsed, (), ""))
    except RecursionError:
        return (Declared((), "", "@nesting", "", False, 1, 1),)


def _of_rules(nodes: Sequence[Any], within: tuple[str, ...], parent: str) -> Iterator[Declared]:
    """What stands in rules; those that nest deeper than any sheet's are told as `@nesting`."""
    for node in nodes:
        if len(within) > _DEEPEST or len(parent) > 10_000:
            yield _at("@nesting", node, within)
        elif node.type == "declaration":
            yield _declared(node, within, parent)
        elif node.type == "qualified-rule":
            selector = _nested(_text(node.prelude), parent)
            if _depth(selector) > 2 * _DEEPEST:  # its readers go to about a hundred
                yield _at("@nesting", node, within)
                continue
            yield from _of_rules(_contents(node), (*within, "") if parent else within, selector)
        elif node.type == "at-rule":
            yield from _of_at_rule(node, within, parent)


def _depth(selector: str) -> int:
    """How deep the brackets of a selector are within each other."""
    steps = (1 if bracket == "(" else -1 for bracket in re.findall(r"[()]", selector))
    return max(accumulate(steps), default=0)


def _of_at_rule(node: Any, within: tuple[str, ...], parent: str) -> Iterator[Declared]:
    name = node.lower_at_keyword
    if name in _RULES_WITHIN and node.content is not None:
        yield from _of_rules(_contents(node), (*within, f"{name} {_text(node.prelude)}"), parent)
    elif name == "page" and node.content is not None:
        yield from _of_page(node, (*within, f"page {_text(node.prelude)}"))
    else:
        yield _at(f"@{name}", node, within)


def _of_page(node: Any, within: tuple[str, ...]) -> Iterator[Declared]:
    for part in _contents(node):
        if part.type == "at-rule" and part.content is not None:
            for each in _contents(part):
                if each.type == "declaration":
                    yield _declared(each, within, "", part.lower_at_keyword)
        elif part.type == "declaration":
            yield _declared(part, within, "", "page")


def _contents(node: Any) -> Sequence[Any]:
    parsed: Sequence[Any] = tinycss2.parse_blocks_contents(
        node.content, skip_comments=True, skip_whitespace=True
    )
    return parsed


def _declared(node: Any, within: tuple[str, ...], selector: str, box: str = "") -> Declared:
    return Declared(
        within,
        selector,
        node.name if node.name.startswith("--") else node.lower_name,
        _text(node.value),
        node.important,
        node.source_line,
        node.source_column,
        box,
    )


def _at(name: str, node: Any, within: tuple[str, ...]) -> Declared:
    # A declaration, or what is none at all, has no prelude.
    held = node.content if node.type == "at-rule" and node.content is not None else ()
    value = f"{_text(getattr(node, 'prelude', ()))} {_text(held)}".strip()
    return Declared(within, "", name, value, False, node.source_line, node.source_column)


def _text(tokens: Sequence[Any]) -> str:
    kept = [each for each in tokens if each.type != "comment"]
    return " ".join(tinycss2.serialize(kept).split())


def _nested(selector: str, parent: str) -> str:
    """A selector that stands in the rule of another, in whole."""
    if not parent:
        return selector
    around = f":is({parent})"
    return selector.replace("&", around) if "&" in selector else f"{around} {selector}"


class Holding:
    """Which declarations hold of an element.

    Each selector is tried once for an element, however many declarations it has.
    """

    def __init__(self, rules: Iterable[tuple[int, Declared]]) -> None:
        """Take declarations in, each with its number: a later one of equal weight has a higher."""
        numbers = grouped((each.selector, number) for number, each in rules if each.selector)
        self._matcher = Matcher()
        self._selected: list[tuple[Any, Pseudo, list[int]]] = []
        for selector, of_it in numbers.items():
            for compiled, pseudo in _selectors(selector):
                self._matcher.add_selector(compiled, len(self._selected))
                self._selected.append((compiled.specificity, pseudo, of_it))

    def selecting(self, element: ElementWrapper) -> tuple[int, ...]:
        """The selectors of an element: where they are the same, so are its declarations."""
        return tuple([match[3] for match in self._matcher.match(element)])

    def declared(self, selecting: Iterable[int]) -> tuple[tuple[int, Pseudo], ...]:
        """The numbers of the declarations, in the order in which a later one wins.

        One has its number for each of its selectors that hold.
        """
        found = [
            (specificity, number, pseudo)
            for specificity, pseudo, numbers in map(self._selected.__getitem__, selecting)
            for number in numbers
        ]
        found.sort(key=lambda each: each[:2])
        return tuple([each[1:] for each in found])


@lru_cache(maxsize=4096)
def is_at_times(selector: str) -> bool:
    """Whether all that it is about is so at times, as under a mouse."""
    parts = _parts(tinycss2.parse_component_value_list(selector, skip_comments=True))
    plain = [_without_pseudo_element(part)[0] for part in parts]
    return all(tinycss2.serialize(_broader(part)) != tinycss2.serialize(part) for part in plain)


@lru_cache(maxsize=4096)
def _selectors(selector: str) -> tuple[tuple[Any, Pseudo], ...]:
    """What a selector may be about, whatever its readers do, each with its pseudo-element.

    A pseudo-class that holds at times, or that nobody here knows, is taken to hold; a selector
    that can't be read is taken to be about each element.
    """
    compiled_parts: list[tuple[Any, Pseudo]] = []
    for part in _parts(tinycss2.parse_component_value_list(selector, skip_comments=True)):
        tokens, pseudo = _without_pseudo_element(part)
        plain = tinycss2.serialize(_broader(tokens)).strip()
        for text in (plain, "*"):
            try:
                compiled = compile_selector_list(text or "*")
            except SelectorError:
                continue
            compiled_parts += [(each, pseudo) for each in compiled]
            break
    return tuple(compiled_parts)


def _parts(tokens: Sequence[Any]) -> Iterator[list[Any]]:
    """The selectors of a list."""
    part: list[Any] = []
    for each in tokens:
        if each == ",":
            yield part
            part = []
        else:
            part.append(each)
    yield part


def _without_pseudo_element(tokens: Sequence[Any]) -> tuple[list[Any], Pseudo]:
    for index, each in enumerate(tokens):
        behind = tokens[index + 1 : index + 3]
        if each != ":" or not behind:
            continue
        if behind[0] == ":" and len(behind) > 1:
            return list(tokens[:index]), _name_of(behind[1])
        if _name_of(behind[0]) in {"after", "before", "first-letter", "first-line"}:
            return list(tokens[:index]), _name_of(behind[0])
    return list(tokens), None


def _name_of(token: Any) -> str:
    named = {"ident": "lower_value", "function": "lower_name"}.get(token.type)
    return "" if named is None else str(getattr(token, named))


def _broader(tokens: Sequence[Any]) -> list[Any]:
    """A selector without what holds at times."""
    kept: list[Any] = []
    for token in tokens:
        if kept and kept[-1] == ":" and not _holds_always(token):
            kept.pop()
            if not kept or kept[-1].type == "whitespace" or kept[-1] in (">", "+", "~"):
                kept += tinycss2.parse_component_value_list("*")
        else:
            kept.append(token)
    return kept


def _holds_always(token: Any) -> bool:
    name = _name_of(token)
    if name not in _OF_SELECTORS:
        return name in _KNOWN
    inner = list(token.arguments)
    return all(_holds_always(behind) for colon, behind in pairwise(inner) if colon == ":")
