"""Dataclasses whose methods are compiled when somebody calls them, since of most nobody does.

The standard library writes and compiles six methods for each of them as its module is loaded. For
the hundreds of classes that a command loads, that takes longer than to check what has changed since
the last one; and few of them ever have an instance. Those made here are the same to `fields`,
`replace`, `match`, `copy` and `pickle`; our own `replace` does the same as theirs, and sooner.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable, Sequence
from dataclasses import MISSING, FrozenInstanceError, fields
from functools import cache
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass", "replace"]

_Values = Callable[[Any], tuple[object, ...]]
_Fills = dict[str, Callable[[Any, object], None]]


def _dataclass(
    *,
    slots: bool,
    frozen: bool = False,
    eq: bool = True,
    order: bool = False,
    kw_only: bool = False,
) -> Callable[[Any], Any]:
    """As `dataclasses.dataclass` with the same arguments; `slots` is there to be true."""
    plain = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)

    def decorate(written: Any) -> Any:
        written.__doc__ = written.__doc__ or written.__name__  # else its signature is worked out
        kind: Any = plain(written)
        compared = _values_of([each.name for each in fields(kind) if each.compare])
        methods: dict[str, object] = {"__init__": _compiled_later(kind), "__repr__": _told}
        if eq:
            methods |= {"__eq__": _equal(compared), "__hash__": _hash(compared) if frozen else None}
        if order:
            methods |= {
                f"__{name}__": _ordered(compared, name) for name in ("lt", "le", "gt", "ge")
            }
        if frozen:
            methods |= _FROZEN
        for name, method in methods.items():
            if vars(kind).get(name) is None:  # which stands for the hash of what has an `__eq__`
                setattr(kind, name, method)
        return kind

    return decorate


def _replace(value: Any, /, **changes: object) -> Any:
    """Another instance, with other values in the fields that are named."""
    kind: Any = type(value)
    copied, fills = _copier(kind)
    if copied is None:
        return dataclasses.replace(value, **changes)
    other = copied(value)
    for name, each in changes.items():
        if name not in fills:
            message = f"{kind.__qualname__} has no field {name!r}"
            raise TypeError(message)
        fills[name](other, each)
    return other


if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:
    dataclass, replace = _dataclass, _replace


@cache
def _copier(kind: Any) -> tuple[Callable[[Any], Any] | None, _Fills]:
    """What makes an instance of the same values, and what fills each of its slots.

    No copier where an instance is more than what it was given, or has no slots of ours.
    """
    if hasattr(kind, "__post_init__") or not hasattr(kind, "__slots__"):
        return None, {}
    own = fields(kind)
    if not all(each.init for each in own):
        return None, {}
    fills: _Fills = {each.name: getattr(kind, each.name).__set__ for each in own}
    names: dict[str, Any] = {f"_fill{at}": fill for at, fill in enumerate(fills.values())}
    names |= {"_new": object.__new__, "_kind": kind}
    lines = [f"_fill{at}(other, self.{name})" for at, name in enumerate(fills)]
    body = "; ".join(["other = _new(_kind)", *lines, "return other"])
    exec(f"def copied(self): {body}", names)  # noqa: S102 # of the names of our own fields
    return names["copied"], fills


def _compiled_later(kind: Any) -> Callable[..., None]:
    """An initializer that puts the real one in its own place when it is called."""

    def initialize(self: Any, /, *values: object, **named: object) -> None:
        kind.__init__ = real = _initializer(kind)
        real(self, *values, **named)

    return initialize


def _initializer(kind: Any) -> Callable[..., None]:
    """Fills each slot by its own descriptor, which a frozen instance does not keep from anyone.

    That takes a third of what `object.__setattr__` takes, by which the standard library does it.
    """
    names: dict[str, Any] = {"MISSING": MISSING}
    placed, named, lines = ["self"], ["*"], []
    for number, each in enumerate(fields(kind)):
        fill, make, default = f"_fill{number}", f"_make{number}", f"_default{number}"
        names |= {fill: getattr(kind, each.name).__set__}
        names |= {make: each.default_factory, default: each.default}
        is_made = each.default_factory is not MISSING
        if each.init:
            has_default = is_made or each.default is not MISSING
            parameter = f"{each.name}={default}" if has_default else each.name
            (named if each.kw_only else placed).append(parameter)
            value = f"{make}() if {each.name} is MISSING else {each.name}" if is_made else each.name
        elif is_made or each.default is not MISSING:
            value = f"{make}()" if is_made else default
        else:
            continue
        lines.append(f"{fill}(self, {value})")
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = ", ".join([*placed, *(named if len(named) > 1 else ())])
    exec(f"def __init__({parameters}): {'; '.join(lines) or 'pass'}", names)  # noqa: S102 # of the names of our own fields
    initialize: Callable[..., None] = names["__init__"]
    initialize.__qualname__ = f"{kind.__qualname__}.__init__"
    return initialize


def _values_of(names: Sequence[str]) -> _Values:
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _equal(values: _Values) -> Callable[[Any, object], bool]:
    def equal(self: Any, other: object) -> bool:
        return values(self) == values(other) if type(self) is type(other) else NotImplemented

    return equal


def _hash(values: _Values) -> Callable[[Any], int]:
    return lambda self: hash(values(self))


def _ordered(values: _Values, name: str) -> Callable[[Any, object], bool]:
    compare: Callable[[object, object], bool] = getattr(operator, name)

    def ordered(self: Any, other: object) -> bool:
        return compare(values(self), values(other)) if type(self) is type(other) else NotImplemented

    return ordered


@recursive_repr()
def _told(self: Any) -> str:
    values = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(values)})"


def _refuse_to_set(_: Any, name: str, __: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, each.name) for each in fields(self)]


def _restore(self: Any, state: Sequence[object]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


_FROZEN = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}
