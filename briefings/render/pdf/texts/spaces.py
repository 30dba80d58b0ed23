"""Spaces between texts, and between letters, where WeasyPrint 70 goes wrong with them.

The space between a text and what stands in its line after it is a text of its own: where a line
ends at such a space, it goes back for a place to break the text before it, and may break that after
its first word. And letters of syllables are not spaced out: Pango would draw without the ligatures
that fonts for Khmer compose a syllable of. The space at the end of a line to the left is taken out
of its text and drawn nevertheless, so that the line would be wider than it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import document
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from briefings.render.pdf.patching import exchanged
from briefings.render.pdf.texts.actual_text import IN_CLUSTERS

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "em", "i", "mark", "q", "span", "strong", "sup", "time"}
)


@contextmanager
def spaces_apart() -> Iterator[None]:
    """While it lasts, boxes are put right so as soon as they are built."""
    build = document.build_formatting_structure

    def built(*arguments: Any, **options: Any) -> Any:
        root = build(*arguments, **options)
        _set_apart(root)
        _close_up(root)
        return root

    remove = inline.remove_last_whitespace

    def removed(context: Any, line: Any) -> None:
        width = line.width
        remove(context, line)
        if line.width != width:
            _draw_without(context, line, width - line.width)

    with (
        exchanged("build_formatting_structure", built, document),
        exchanged("remove_last_whitespace", removed, inline),
    ):
        yield


def _set_apart(root: Any) -> None:
    waiting = [root]
    while waiting:
        box = waiting.pop()
        # In a link, however deep, a text apart would be a link of its own.
        if not isinstance(box, boxes.ParentBox) or box.element_tag == "a":
            continue
        waiting.extend(box.all_children())
        if isinstance(box, boxes.LineBox | boxes.InlineBox):
            box.children = list(_parted(box.children))


def _close_up(root: Any) -> None:
    for box in root.descendants():
        has_syllables = isinstance(box, boxes.TextBox) and IN_CLUSTERS.search(box.text)
        if has_syllables and box.style["letter_spacing"] != "normal":
            box.style = box.style.copy()
            box.style["letter_spacing"] = "normal"


def _draw_without(context: Any, line: Any, space: float) -> None:
    """Draw a line to the left without its last space, which moved all of it by so much."""
    last = line
    while isinstance(last, boxes.LineBox | boxes.InlineBox):
        last = last.children[-1]
    if last.text and last.pango_layout.first_line_direction % 2:
        last.pango_layout = inline.split_text_box(context, last, None, 0)[0].pango_layout
        for child in line.children:
            child.translate(dx=space, ignore_floats=True)


def _parted(children: list[Any]) -> Iterator[Any]:
    for child, following in zip(children, [*children, None][1:], strict=True):
        words = child.text.rstrip() if isinstance(child, boxes.TextBox) else ""
        if words and words != child.text and getattr(following, "element_tag", "") in _INLINE:
            yield child.copy_with_text(words)
            yield child.copy_with_text(child.text[len(words) :])
        else:
            yield child
