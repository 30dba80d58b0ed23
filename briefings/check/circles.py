"""References that lead back to where they began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.model import FactBase, FactKind
from briefings.core.span import Span

_Id = TypeVar("_Id", bound=str)

# What replaces a withdrawn fact can't run in a circle: one of them would be withdrawn by the day
# on which it is to hold. All other references lead to entries that name none of their kind.


def bodies(base: FactBase) -> Iterator[Diagnostic]:
    """Actors that belong to themselves, be it by way of others."""
    of = {actor.id: (actor.of,) for actor in base.actors.values() if actor.of is not None}
    for name, other in _closing(of):
        whose = "itself" if name == other else f"`{other}`, which itself belongs to `{name}`"
        message = f"actor `{name}` is `of` {whose}"
        step = "take `of` out, or name the body that it really belongs to"
        yield _reported(message, step, base.actors[name].span, base.actors[other].span)


def plans(base: FactBase) -> Iterator[Diagnostic]:
    """Plans that are their own outcome, be it by way of others."""
    of = {fact.id: fact.outcome_of for fact in base.facts.values() if fact.kind is FactKind.PLAN}
    for name, other in _closing(of):
        whose = "itself" if name == other else f"`{other}`, which is itself an outcome of `{name}`"
        message = f"`{name}` is given as the outcome of {whose}"
        step = f"take `{other}` out of `outcome_of`, or what makes it an outcome of `{name}`"
        yield _reported(message, step, base.facts[name].span, base.facts[other].span)


def _reported(message: str, step: str, place: Span, other: Span) -> Diagnostic:
    hints = () if other == place else (Hint("the other", other),)
    return diagnostic("circular-reference", message, place, step, *hints)


def _closing(references: Mapping[_Id, Sequence[_Id]]) -> Iterator[tuple[_Id, _Id]]:
    """References by which a circle closes: of each circle one or more, of each entry one at most.

    A search in depth, with a stack of its own: a chain may be as long as the base.
    """
    finished: set[_Id] = set()
    for start in references:
        way = {} if start in finished else {start: iter(references[start])}
        closes: set[_Id] = set()
        while way:
            name = next(reversed(way))
            other = next(way[name], None)
            if other is None:
                way.popitem()  # unlike `del`, it leaves no gap for `reversed` to pass over
                finished.add(name)
            elif other in way and name not in closes:
                closes.add(name)
                yield name, other
            elif other in references and other not in way and other not in finished:
                way[other] = iter(references[other])
