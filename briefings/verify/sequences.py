"""In which order the templates tell our messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import count
from typing import TypeAlias

from jinja2 import nodes

from briefings.core.values import dataclass

__all__ = ["Read", "sequences", "told_in"]

_MESSAGES = ("_", "gettext", "ngettext")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a template tells something: on which way of which choices, and whether in a loop."""

    ways: tuple[tuple[int, int], ...] = ()
    is_in_loop: bool = False


@dataclass(frozen=True, slots=True)
class PlacedMessage:
    """A message where a template tells it."""

    message: str
    place: Whereabouts


Read: TypeAlias = Callable[[str], nodes.Template]


def sequences(name: str, read: Read) -> Iterator[tuple[PlacedMessage, ...]]:
    """The messages of a template and of all that it includes, in their order; then each macro's.

    What a variable holds stands elsewhere than where it is given, and in none of them.
    """
    parts: list[nodes.Node] = [read(name)]
    for part in parts:
        yield tuple(_told(part.iter_child_nodes(), Whereabouts(), count(), parts, read))


def _told(
    found: Iterable[nodes.Node],
    place: Whereabouts,
    choices: count[int],
    apart: list[nodes.Node],
    read: Read,
) -> Iterator[PlacedMessage]:
    for node in found:
        if isinstance(node, nodes.Macro):
            apart.append(node)
        elif isinstance(node, nodes.Assign | nodes.AssignBlock):
            continue
        elif isinstance(node, nodes.Output):
            yield from _told(_shown(node), place, choices, apart, read)
        elif isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const):
            included = read(node.template.value).iter_child_nodes()
            yield from _told(included, place, choices, apart, read)
        elif (message := _message(node)) is not None:
            yield PlacedMessage(message, place)
        elif (ways := _ways(node)) is not None:
            choice = next(choices)
            for number, way in enumerate(ways):
                on_it = replace(place, ways=(*place.ways, (choice, number)))
                yield from _told(way, on_it, choices, apart, read)
        else:
            within = replace(place, is_in_loop=True) if isinstance(node, nodes.For) else place
            yield from _told(node.iter_child_nodes(), within, choices, apart, read)


def _shown(output: nodes.Output) -> Iterator[nodes.Node]:
    """What it puts out, but for values of attributes."""
    before = ""
    for node in output.nodes:
        if isinstance(node, nodes.TemplateData):
            before = node.data
        elif not before.endswith('="'):
            yield node


def _message(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        first = node.args[0] if node.args else None
        if node.node.name in _MESSAGES and isinstance(first, nodes.Const):
            return str(first.value)
    return None


def _ways(node: nodes.Node) -> Iterable[Iterable[nodes.Node]] | None:
    """What a node has of which one is told at a time, if it has such."""
    if isinstance(node, nodes.If):
        return (node.body, *(each.body for each in node.elif_), node.else_)
    if isinstance(node, nodes.CondExpr):
        return ((node.expr1,), (node.expr2,) if node.expr2 is not None else ())
    if isinstance(node, nodes.Dict):
        return tuple((item.value,) for item in node.items)
    return None


def told_in(name: str, read: Read) -> Counter[str]:
    """How often a template tells each message, in small letters, anywhere but in others."""
    calls = map(_message, read(name).find_all(nodes.Call))
    return Counter(message.lower() for message in calls if message is not None)
