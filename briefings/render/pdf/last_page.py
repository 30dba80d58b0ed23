"""A last page of a few lines, saved by less space between the parts of the pages before it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import layout
from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes

from briefings.render.pdf.patching import exchanged

_FEW_LINES = 16 * 13 / 0.75
"""How much of a last page is so little that it had better stand on the one before, in pixels."""

_CLOSER_STILL = 0.8
"""What is left of that share where a page is saved, and the one before it is as empty."""

_SHARE = "__closer"
"""As WeasyPrint writes `--closer`."""
_SPACES = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")


@contextmanager
def few_lines_drawn_back() -> Iterator[None]:
    """`--closer` of an element is how much is left of the space above and below its blocks.

    It holds where that saves a last page on which hardly anything stands. Pages before the first
    of these blocks stay as they are laid out, and so do all styles and boxes.
    """
    make, decided = layout.make_all_pages, None

    def make_and_close(context: Any, root: Any, html: Any, made: list[Any]) -> list[Any]:
        nonlocal decided
        pages = list(make(context, root, html, made))
        if decided is context or any(state["content_changed"] for *_, state in context.page_maker):
            return pages
        decided = context
        if not _is_nearly_empty(pages[-1]):
            return pages
        wide = [(box, box.style) for box in _blocks(root) if _share(box.style) is not None]
        styles = {id(style) for _, style in wide}
        first = next((at for at, page in enumerate(pages) if _has(page, styles)), len(pages))

        def made_again(pages: list[Any], part: float | None) -> list[Any]:
            closer = {id(style): _closer(style, part) for _, style in wide if part is not None}
            for box, style in wide:
                box.style = closer.get(id(style), style)
            for *_, state in context.page_maker[first : len(pages)]:
                state["content_changed"] = True
            return list(make(context, root, html, pages))

        fewer = made_again(pages, 1.0)
        if len(fewer) == len(pages):
            return made_again(fewer, None)
        # Where that leaves but a few lines again.
        if _is_nearly_empty(fewer[-1]):
            fewest = made_again(fewer, _CLOSER_STILL)
            return fewest if len(fewest) < len(fewer) else made_again(fewest, 1.0)
        return fewer

    with exchanged("make_all_pages", make_and_close, layout):
        yield


def _is_nearly_empty(page: Any) -> bool:
    told = (box for box in page.children[0].descendants() if isinstance(box, boxes.LineBox))
    ends = (box.position_y + box.height for box in told)
    return bool(max(ends, default=0.0) - page.content_box_y() < _FEW_LINES)


def _blocks(box: Any) -> Iterator[Any]:
    """What lies below one another in a box: blocks and cells, and none beside words of a line."""
    for child in box.children:
        if isinstance(child, boxes.BlockLevelBox | boxes.TableCellBox):
            yield child
        if isinstance(child, boxes.ParentBox) and not isinstance(child, boxes.LineBox):
            yield from _blocks(child)


def _share(style: Any) -> float | None:
    numbers = [each.value for each in style[_SHARE] or () if each.type == "number"]
    return numbers[0] if len(numbers) == 1 and 0 <= numbers[0] < 1 else None


def _closer(style: Any, part: float) -> Any:
    closer, share = style.copy(), (_share(style) or 0.0) * part
    for name in _SPACES:
        if isinstance(room := style[name], Dimension):
            closer[name] = Dimension(room.value * share, room.unit)
    return closer


def _has(page: Any, styles: Container[int]) -> bool:
    return any(id(box.style) in styles for box in page.descendants())
