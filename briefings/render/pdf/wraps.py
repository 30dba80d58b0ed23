"""WeasyPrint and pydyf kept from working out the same thing again; the pages stay as they are.

Each of `WRAPS` is a context that exchanges a function or two of theirs while it lasts, and can be
left out: tests/test_wraps.py holds the bytes of a PDF to be the same without it, and
tests/test_weasyprint.py says what to look at when one of these functions has changed. The ratios
are of processor time, of a brief from left to right and of one from right to left, each wrap alone;
benchmarks/setting.py measures them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from weasyprint.css import targets
from weasyprint.layout import block

from briefings.render.pdf.hyphens import patterns_when_asked
from briefings.render.pdf.patching import exchanged
from briefings.render.pdf.wraps_of_boxes import (
    backgrounds_when_there,
    borders_when_there,
    flow_at_once,
    lines_at_once,
)
from briefings.render.pdf.wraps_of_files import (
    arrays_of_one_type,
    markup_cut_quickly,
    packed_once,
    packed_quickly,
    references_kept,
    written_once,
)
from briefings.render.pdf.wraps_of_selectors import selectors_once
from briefings.render.pdf.wraps_of_styles import (
    lengths_kept,
    plain_styles_at_once,
    styles_shared,
    styles_when_asked,
)
from briefings.render.pdf.wraps_of_text import (
    breakable_kept,
    breaks_kept,
    contexts_kept,
    layouts_kept,
    lines_once,
    struts_kept,
)

__all__ = ["WRAPS", "Wrap", "wrapped"]

_MARGINS = 6
"""Where `block_box_layout` is given the margins that adjoin its box, after the box."""

Wrap = Callable[[], AbstractContextManager[None]]


@contextmanager
def wrapped() -> Iterator[None]:
    """For one document: what the wraps keep is let go at the end."""
    with ExitStack() as stack:
        for wrap in (*WRAPS, packed_quickly):
            stack.enter_context(wrap())
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
        exchanged("lookup_target", lookup_by_name, collector),
        exchanged("collect_missing_counters", collect_by_name, collector),
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

    with exchanged("cache_target_page_counters", cache_in_time, collector):
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
        exchanged("columns_layout", whole_at_once, block),
        exchanged("block_box_layout", layout_at_once, block),
    ):
        yield


WRAPS: tuple[Wrap, ...] = (
    markup_cut_quickly,
    lines_once,
    breaks_kept,
    layouts_kept,
    breakable_kept,
    struts_kept,
    contexts_kept,
    patterns_when_asked,
    lengths_kept,
    selectors_once,
    plain_styles_at_once,
    styles_shared,
    styles_when_asked,
    targets_by_name,
    numbers_in_time,
    columns_at_once,
    flow_at_once,
    backgrounds_when_there,
    borders_when_there,
    lines_at_once,
    packed_once,
    written_once,
    references_kept,
    arrays_of_one_type,
)
