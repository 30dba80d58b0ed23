"""WeasyPrint and pydyf kept from working out the same thing again; the pages stay as they are.

Each of `WRAPS` is a context that exchanges a function or two of theirs while it lasts, and can be
left out: tests/test_wraps.py holds the bytes of a PDF to be the same without it, and
tests/test_weasyprint.py says what to look at when one of these functions has changed. The ratios
are of processor time, of a brief from left to right and of one from right to left, each wrap alone;
benchmarks/setting.py measures them anew.
"""

from __future__ import annotations

import copy
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import lru_cache
from math import inf
from types import SimpleNamespace
from typing import Any

import pydyf
from weasyprint import css
from weasyprint.css import computed_values, targets, units
from weasyprint.css.functions import check_math
from weasyprint.css.properties import Dimension
from weasyprint.layout import block, inline, percent, preferred, table

__all__ = ["WRAPS", "Wrap", "wrapped"]

_MARGINS = 6
"""Where `block_box_layout` is given the margins that adjoin its box, after the box."""

_LEVEL = 6

Wrap = Callable[[], AbstractContextManager[None]]


@contextmanager
def wrapped() -> Iterator[None]:
    """For one document: what the wraps keep is let go at the end."""
    with ExitStack() as stack:
        for wrap in (*WRAPS, packed_quickly):
            stack.enter_context(wrap())
        yield


@contextmanager
def _exchanged(name: str, new: Any, *owners: Any) -> Iterator[None]:
    """`name` of each owner is `new`; all of them had the same there."""
    old = vars(owners[0])[name]
    assert all(vars(owner)[name] is old for owner in owners), name
    for owner in owners:
        setattr(owner, name, new)
    try:
        yield
    finally:
        for owner in owners:
            setattr(owner, name, old)


# Lines


@contextmanager
def lines_once() -> Iterator[None]:
    """A line to the left where nothing floats is laid out once.

    It is laid out again when it comes out higher than was thought, since it might now touch what
    floats; a line to the right finds that it stays in its place, one to the left never does.
    """
    next_line, avoid = inline.get_next_linebox, inline.avoid_collisions
    at_start = False

    def line_at_start(*arguments: Any) -> Any:
        nonlocal at_start
        context, *_, around = arguments[:6]
        *_, first_line_style = arguments
        # The first line's own style is set between the two.
        at_start = (
            not context.excluded_shapes
            and not first_line_style
            and around.style["direction"] == "rtl"
        )
        return next_line(*arguments)

    def high_at_start(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        nonlocal at_start
        place = avoid(context, box, *rest, **options)
        if at_start:
            box.height, at_start = inf, False
        return place

    with (
        _exchanged("get_next_linebox", line_at_start, inline),
        _exchanged("avoid_collisions", high_at_start, inline),
    ):
        yield


@contextmanager
def breaks_kept() -> Iterator[None]:
    """The same text in the same style and width breaks in the same place in each pass."""
    split = inline.split_first_line
    known: dict[object, tuple[Any, Any]] = {}

    def split_once(text: str, style: Any, context: Any, *rest: Any, **options: Any) -> Any:
        key = (text, id(style), rest, tuple(options.items()))
        if key not in known:
            # The style is kept as well, so that no other one gets its number.
            known[key] = style, split(text, style, context, *rest, **options)
        layout, *measures = known[key][1]
        return copy.copy(layout), *measures

    with _exchanged("split_first_line", split_once, inline, preferred):
        yield


@contextmanager
def breakable_kept() -> Iterator[None]:
    """Whether a text has a place to break is asked of Pango once."""
    kept = lru_cache(maxsize=None)(inline.can_break_text)
    with _exchanged("can_break_text", kept, inline, preferred):
        yield


@contextmanager
def struts_kept() -> Iterator[None]:
    """The height of a line is looked up by its style itself, not by a long text of its values."""
    strut = inline.strut
    known: dict[int, tuple[Any, Any]] = {}

    def strut_once(style: Any) -> Any:
        if id(style) not in known:
            known[id(style)] = style, strut(style)
        return known[id(style)][1]

    with _exchanged("strut", strut_once, inline, units, computed_values):
        yield


# Styles and sizes


@contextmanager
def lengths_at_once() -> Iterator[None]:
    """Most lengths are in pixels or automatic: nothing is to be worked out."""
    resolve = percent.resolve_one_percentage

    def resolve_at_once(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if type(value) is Dimension and value.unit == "px":
            setattr(box, name, value.value)
        elif value == "auto" and name not in ("min_width", "min_height"):
            setattr(box, name, value)
        else:
            resolve(box, name, refer_to)

    with _exchanged("resolve_one_percentage", resolve_at_once, percent, inline, table):
        yield


@contextmanager
def plain_styles_at_once() -> Iterator[None]:
    """Most properties of most elements are inherited or initial, and no function of others."""
    style, physical = css.ComputedStyle, css.PHYSICAL_FUNCTIONS
    missing = style.__missing__

    def is_plain(name: str) -> bool:
        return name not in ("float", "display", "position", "page") and not name.startswith(
            "text_decoration_"
        )

    initial = {
        name: value
        for name, value in css.INITIAL_VALUES.items()
        if is_plain(name)
        and name not in css.INITIAL_NOT_COMPUTED
        and name not in css.INHERITED
        and not check_math(value)
    }
    inherited = frozenset(filter(is_plain, css.INHERITED)) - physical.keys()

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
                if not check_math(value):
                    self[name] = value
                    return value
        return missing(self, name)

    with _exchanged("__missing__", missing_at_once, style):
        yield


# Page numbers


@contextmanager
def targets_by_name() -> Iterator[None]:
    """What names the page of another element waits for that element, and for no page of its own.

    Where `content` has a `target-counter()`, the counter is taken for one of the page that names
    it as well, and a target that is named by an attribute is forgotten: each such page is laid
    out three times.
    """
    collector = targets.TargetCollector
    lookup, collect = collector.lookup_target, collector.collect_missing_counters
    named: dict[tuple[int, str], str] = {}

    def lookup_by_name(self: Any, anchor: Any, box: Any, token: str, again: Any) -> Any:
        if anchor[0] == "attr()":
            attribute, _, fallback = anchor[1]
            named[id(box), token] = str(box.element.get(attribute, fallback)).removeprefix("#")
        return lookup(self, anchor, box, token, again)

    def collect_by_name(self: Any, box: Any, token: str, *rest: Any) -> None:
        again, own, of_targets = rest
        if None in of_targets and (id(box), token) in named:
            of_targets[named[id(box), token]] = of_targets.pop(None)
        if any(own is counters for counters in of_targets.values()):
            own = []
        collect(self, box, token, again, own, of_targets)

    with (
        _exchanged("lookup_target", lookup_by_name, collector),
        _exchanged("collect_missing_counters", collect_by_name, collector),
    ):
        yield


@contextmanager
def numbers_in_time() -> Iterator[None]:
    """The number of an earlier page is put in before the page that names it is laid out.

    Else that page is laid out twice. And what nobody asks of a page changes nothing: else all that
    name a page are laid out once more when the number of all pages is known.
    """
    collector = targets.TargetCollector
    cache = collector.cache_target_page_counters
    asking: dict[int, dict[str | None, list[Any]]] = {}

    def cache_in_time(self: Any, anchor: str, values: Any, index: int, pages: Any) -> None:
        if self.collecting:
            return
        if id(self) not in asking:
            asking[id(self)] = _asking(self)
        items = asking[id(self)].get(anchor, [])
        if None not in asking[id(self)]:  # it is, where `targets_by_name` is not
            asked = {name for item in items for name in item.missing_target_counters[anchor]}
            values = {name: value for name, value in values.items() if name in asked}
        cache(self, anchor, values, index, pages)
        for item in items:
            if item.pending:
                item.parse_again({})
                item.pending = False

    with _exchanged("cache_target_page_counters", cache_in_time, collector):
        yield


def _asking(collector: Any) -> dict[str | None, list[Any]]:
    """What has a counter of another element in its text, by that element's name."""
    asking: dict[str | None, list[Any]] = {}
    for item in collector.counter_lookup_items.values():
        for anchor in item.missing_target_counters:
            asking.setdefault(anchor, []).append(item)
    return asking


@contextmanager
def columns_at_once() -> Iterator[None]:
    """Columns that are filled one after the other are not tried out before."""
    whole, layout = block.columns_layout, block.block_box_layout
    nothing = (None, None, None, None, None, None)
    is_simple = False

    def whole_at_once(context: Any, box: Any, *rest: Any) -> Any:
        nonlocal is_simple
        before = is_simple
        is_simple = (
            box.style["column_fill"] == "auto"
            and not context.footnotes
            and all(child.style["column_span"] != "all" for child in box.children)
        )
        try:
            return whole(context, box, *rest)
        finally:
            is_simple = before

    def layout_at_once(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        nonlocal is_simple
        margins = rest[_MARGINS]
        if is_simple and margins is not None:  # a list is given for a trial alone
            return nothing
        # What lies in a column may have columns of its own.
        before, is_simple = is_simple, False
        try:
            return layout(context, box, *rest, **options)
        finally:
            is_simple = before

    with (
        _exchanged("columns_layout", whole_at_once, block),
        _exchanged("block_box_layout", layout_at_once, block),
    ):
        yield


# The file


@contextmanager
def packed_once() -> Iterator[None]:
    """A stream is packed once, not once for the identifier of the file and once to be written."""
    data = pydyf.Stream.data
    known: dict[int, tuple[Any, bytes]] = {}

    def data_once(self: Any) -> bytes:
        if id(self) not in known:
            known[id(self)] = self, data.fget(self)
        return known[id(self)][1]

    with _exchanged("data", property(data_once), pydyf.Stream):
        yield


@contextmanager
def packed_quickly() -> Iterator[None]:
    """Streams are packed at zlib's usual level, not its highest: a hundredth larger, 0.94.

    The one wrap that changes bytes, though none of what is packed.
    """
    packer = SimpleNamespace(
        compress=zlib.compress,
        compressobj=lambda level: zlib.compressobj(min(level, _LEVEL)),
    )
    with _exchanged("zlib", packer, pydyf):
        yield


WRAPS: tuple[Wrap, ...] = (
    lines_once,
    breaks_kept,
    breakable_kept,
    struts_kept,
    lengths_at_once,
    plain_styles_at_once,
    targets_by_name,
    numbers_in_time,
    columns_at_once,
    packed_once,
)
