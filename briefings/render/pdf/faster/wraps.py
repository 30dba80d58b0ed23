"""WeasyPrint and pydyf kept from working out the same thing again; the pages stay as they are.

Each of `WRAPS` is a context that exchanges a function or two of theirs while it lasts, and can be
left out: tests/test_wraps.py holds the bytes of a PDF to be the same without it, and
tests/test_weasyprint.py says what to look at when one of these functions has changed. Together they
save nearly half of the processor time, most of them a hundredth or two; benchmarks/setting.py
measures it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from weasyprint.layout import block

from briefings.render.pdf.faster.hyphens import patterns_when_asked
from briefings.render.pdf.faster.wraps_of_boxes import (
    backgrounds_when_there,
    borders_when_there,
    descent_at_once,
    flow_at_once,
    lines_at_once,
    outlines_when_there,
    widths_when_asked,
)
from briefings.render.pdf.faster.wraps_of_files import (
    bytes_by_type,
    marked_at_once,
    markup_cut_quickly,
    packed_once,
    packed_quickly,
    references_kept,
    tags_cut_quickly,
    written_once,
)
from briefings.render.pdf.faster.wraps_of_numbers import (
    numbers_guessed,
    numbers_in_place,
    numbers_in_time,
    targets_by_name,
)
from briefings.render.pdf.faster.wraps_of_selectors import selectors_once
from briefings.render.pdf.faster.wraps_of_styles import (
    initial_styles_together,
    lengths_kept,
    math_where_it_may_be,
    plain_styles_at_once,
    styles_shared,
    styles_when_asked,
)
from briefings.render.pdf.faster.wraps_of_text import (
    blanks_at_once,
    breakable_kept,
    breaks_kept,
    contexts_kept,
    layouts_kept,
    lines_once,
    room_at_once,
    rows_at_once,
    struts_kept,
)
from briefings.render.pdf.patching import exchanged

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
    tags_cut_quickly,
    room_at_once,
    lines_once,
    breaks_kept,
    layouts_kept,
    breakable_kept,
    struts_kept,
    contexts_kept,
    rows_at_once,
    blanks_at_once,
    patterns_when_asked,
    lengths_kept,
    selectors_once,
    plain_styles_at_once,
    initial_styles_together,
    styles_shared,
    styles_when_asked,
    targets_by_name,
    numbers_in_time,
    numbers_guessed,
    numbers_in_place,
    columns_at_once,
    flow_at_once,
    descent_at_once,
    backgrounds_when_there,
    borders_when_there,
    outlines_when_there,
    lines_at_once,
    bytes_by_type,
    packed_once,
    written_once,
    references_kept,
    math_where_it_may_be,
    marked_at_once,
    widths_when_asked,
)
