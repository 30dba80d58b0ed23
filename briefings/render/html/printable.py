"""The one gate to text: what a template may print, or make a text of by any other way.

A filter, `~`, `%`, a method of a text and a translation each make text of what they are given, long
before anything is printed. All of them ask here, so that no value with parts is ever written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from functools import wraps
from numbers import Number
from string import Formatter
from typing import Any, TypeVar

import jinja2
from jinja2.filters import do_join, do_tojson, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.sandbox import SandboxedEscapeFormatter, SandboxedFormatter
from markupsafe import Markup

from briefings.core.limits import PAGE
from briefings.render.html.escape import escape_controls
from briefings.render.html.loader import TemplateHole

MEND = "look for a loop without end, a loop in a loop, or a text that is multiplied; {}"
_LONG = 1_000_000
"""Characters from which on it is asked whether a text is too long."""

_PRINTED = (str, Number, date, time, timedelta, jinja2.Undefined)
"""What reads as text; what is not defined Jinja refuses itself."""

_OF_VALUES = frozenset(
    {
        *("abs", "attr", "batch", "count", "d", "default", "dictsort", "first", "float"),
        *("groupby", "int", "items", "last", "length", "list", "map", "max", "min", "reject"),
        *("rejectattr", "reverse", "round", "select", "selectattr", "slice", "sort", "sum"),
        "unique",
    }
)
"""The filters that make no text of what they are given; any other may."""

_OF_LISTS = frozenset({"endswith", "join", "startswith"})

_T = TypeVar("_T")


def too_long(path: str | None = None, line: int = 1) -> TemplateHole:
    """What is told of a page, or of a text for it, that has more characters than a page may."""
    message = f"the page grows beyond {PAGE.shown} characters"
    return TemplateHole(path, line, message, "template-limit", MEND.format(PAGE.raising))


def printable(value: _T) -> _T:
    """The value, if it reads as text: a text, a number or a day.

    Raises:
        jinja2.TemplateRuntimeError: It is nothing to be read: absent, a list with its brackets, a
            value with all its parts, or what would be printed with its address in memory.
        TemplateHole: It is longer than a page may be, which to escape alone would take it long.
    """
    if isinstance(value, str) and len(value) > _LONG and len(value) > PAGE.most:
        raise too_long()
    if isinstance(value, _PRINTED) or hasattr(value, "__html__"):  # as a template that is imported
        return value
    if value is None:
        raise jinja2.TemplateRuntimeError("there is nothing to print: the value is none")
    message = f"a value of type `{type(value).__name__}` can't be printed"
    raise jinja2.TemplateRuntimeError(message)


@jinja2.pass_context  # so that Jinja leaves what is constant for when the page is filled
def printed(_: object, value: _T) -> _T:
    """What a template prints, with unruly characters shown."""
    return escape_controls(printable(value))


def items(value: Any) -> Any:
    """The value, if it reads as text, or as a list of such."""
    if isinstance(value, Iterable) and not isinstance(value, str | jinja2.Undefined):
        return tuple(map(printable, value))
    return printable(value)


class _Named(dict[Any, Any]):
    """Values by their names, which are no text together, as `%s` would take them."""

    def __repr__(self) -> str:  # type: ignore[explicit-override]  # typing.override: Python 3.12
        return str(printable(tuple(self)))


def formatted(values: Any) -> Any:
    """What stands behind a `%`: a value, or several of them, or some by their names."""
    if isinstance(values, Mapping):
        return _Named({name: printable(each) for name, each in values.items()})
    return tuple(map(printable, values)) if isinstance(values, tuple) else printable(values)


def filters(of_jinja: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The filters, of which those that make a text take nothing that can't be printed."""
    gated = {
        name: each if name in _OF_VALUES else _gated(each, *_TAKEN.get(name, (printable, _option)))
        for name, each in of_jinja.items()
    }
    return {**gated, "join": _join, "tojson": _tojson}


def _option(value: Any) -> Any:
    return value if value is None else items(value)


def _pairs(value: Any) -> Any:
    """Of a query a text, or names and what they are set to."""
    if isinstance(value, str):
        return value
    pairs = value.items() if isinstance(value, Mapping) else value
    return [tuple(map(printable, pair)) for pair in pairs]


def _attributes(value: Any) -> Any:
    """Of attributes their names and values, where none leaves one out."""
    return {name: each if each is None else printable(each) for name, each in value.items()}


_TAKEN: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "format": (printable, printable),
    "replace": (printable, printable),
    "urlencode": (_pairs, _option),
    "xmlattr": (_attributes, _option),
}
"""What is asked of a filter's value and of its arguments, where it is something of its own."""


def _gated(
    given: Callable[..., Any], value: Callable[[Any], Any], argument: Callable[[Any], Any]
) -> Callable[..., Any]:
    own = int(hasattr(given, "jinja_pass_arg"))  # what Jinja hands over of itself comes first

    @wraps(given)
    def gated(*args: Any, **named: Any) -> Any:
        return given(
            *args[:own],
            value(args[own]),
            *map(argument, args[own + 1 :]),
            **{name: argument(each) for name, each in named.items()},
        )

    return gated


@jinja2.pass_eval_context
def _join(context: EvalContext, value: Any, d: str = "", attribute: str | None = None) -> Any:
    """Jinja's filter: of values it joins what is printed of them, their attribute."""
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    return do_join(context, list(map(printable, value)), printable(d))


@jinja2.pass_eval_context
def _tojson(context: EvalContext, value: Any, indent: int | None = None) -> str:
    """Jinja's filter, as a text like any other: its quotation marks would end an attribute."""
    return str(do_tojson(context, value, indent))


class _Gate(SandboxedFormatter):
    """`format` of a text, each field of which is something to be read."""

    def get_field(  # type: ignore[explicit-override]  # typing.override: Python 3.12
        self, field_name: str, args: Any, kwargs: Any
    ) -> tuple[Any, str]:
        value, name = super().get_field(field_name, args, kwargs)
        return printable(value), name


class _EscapingGate(_Gate, SandboxedEscapeFormatter):
    pass


def formatting(templates: jinja2.Environment, text: str, *, is_map: bool) -> Callable[..., str]:
    """The method `format` or `format_map` of a text."""
    formatter: Formatter = (
        _EscapingGate(templates, escape=text.escape)
        if isinstance(text, Markup)
        else _Gate(templates)
    )

    def format_text(*args: Any, **named: Any) -> str:
        if is_map:
            (named,), args = args, ()
        return type(text)(formatter.vformat(text, args, named))

    return format_text


def asked_of_markup(called: object) -> Callable[[Any], Any] | None:
    """What is asked of each argument of a method of markup, which makes a text of any of them."""
    owner = getattr(called, "__self__", None)
    if not issubclass(owner if isinstance(owner, type) else type(owner), Markup):
        return None
    return items if getattr(called, "__name__", "") in _OF_LISTS else printable
