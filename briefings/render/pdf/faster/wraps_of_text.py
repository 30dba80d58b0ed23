"""WeasyPrint kept from laying out, breaking and shaping the same text again: see wraps.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from math import inf
from operator import itemgetter
from typing import Any
from unicodedata import category

from weasyprint import css, draw
from weasyprint.css import computed_values, units
from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango

from briefings.render.pdf.faster.declarations import OURS
from briefings.render.pdf.patching import exchanged
from briefings.render.pdf.texts.glyphs import Glyphs, glyphs_of

ffi.cdef(OURS)

_MOST_KEPT = 8192
"""Of a brief of 25 pages, all; twenty megabytes."""

_SMALLEST = 1e-6
"""The size of letters below which WeasyPrint draws none."""

_EMPTY = pango.PANGO_GLYPH_EMPTY
_NOTHING = frozenset({_EMPTY})

_OF_TEXT = itemgetter(
    *("direction", "lang", "letter_spacing", "word_spacing", "tab_size"),
    *("white_space", "overflow_wrap", "word_break", "hyphens", "hyphenate_character"),
    *("hyphenate_limit_chars", "hyphenate_limit_zone", "font_style", "font_stretch"),
    *("font_weight", "font_size", "line_height", "font_kerning", "font_language_override"),
    *("font_feature_settings", "font_variation_settings"),
    *(f"font_variant_{kind}" for kind in ("ligatures", "position", "caps", "numeric")),
    *("font_variant_alternates", "font_variant_east_asian"),
)
"""All in a style that a text is broken and shaped by, but for its fonts and whether it is lined."""

_TEXTUAL = frozenset({*_OF_TEXT.__reduce__()[1], "font_family"})

_ENDS_OF_LINES = frozenset("\n\r\u2029")


def _numbered() -> Callable[[Any], int]:
    """What has the same number for all styles in which a text is set alike."""
    numbers: dict[object, int] = {}
    known: dict[int, tuple[Any, int]] = {}

    def number(style: Any) -> int:
        own = id(style)
        if own not in known:
            is_lined = style["text_decoration_line"] != "none"
            # What has no rules has all from what it lies in, but what somebody gave it since.
            around = style.parent_style
            is_bare = type(style) is css.AnonymousStyle and all(
                style[each] == around[each] for each in style.keys() & _TEXTUAL
            )
            giver = around if is_bare else style
            values = (is_lined, *_OF_TEXT(giver), *giver["font_family"])
            # The style is kept as well, so that no other one gets its number.
            known[own] = style, numbers.setdefault(values, len(numbers))
        return known[own][1]

    return number


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
        exchanged("get_next_linebox", line_at_start, inline),
        exchanged("avoid_collisions", high_at_start, inline),
    ):
        yield


@contextmanager
def room_at_once() -> Iterator[None]:
    """Where nothing floats, a line has all the room between the sides of the box that it is in."""
    avoid = inline.avoid_collisions

    def with_room(
        context: Any, box: Any, around: Any, outer: bool = True
    ) -> tuple[float, float, float]:
        margins = (box.margin_left, box.margin_right, box.margin_top)
        if context.excluded_shapes or type(box) is not boxes.LineBox or any(margins):
            answer: tuple[float, float, float] = avoid(context, box, around, outer=outer)
            return answer
        left = around.content_box_x()
        right = left + around.width
        is_to_left = around.style["direction"] == "rtl"
        return right if is_to_left else left, box.position_y, right - left

    with exchanged("avoid_collisions", with_room, inline):
        yield


@contextmanager
def breaks_kept() -> Iterator[None]:
    """The same text in a style like that and the same width breaks in the same place.

    One that fits into its line as a whole is the same in any that has the room.
    """
    split, number = inline.split_first_line, _numbered()
    known: dict[object, Any] = {}
    whole: dict[object, tuple[Any, float]] = {}

    def split_once(
        text: str, style: Any, context: Any, room: float | None, *rest: Any, **options: Any
    ) -> Any:
        alike = (text, number(style), rest)
        if alike in whole and (room is None or whole[alike][1] <= room):
            return copied(whole[alike][0], room)
        key = (*alike, room, tuple(options.items()))
        if key not in known:
            known[key] = split(text, style, context, room, *rest, **options)
            layout, _, resume_at, width, *_ = known[key]
            is_whole = resume_at is None and layout.text == text
            if is_whole and (room is None or width <= room):
                whole[alike] = known[key], width
        return copied(known[key], room)

    def copied(answer: Any, room: float | None) -> Any:
        layout, *measures = answer
        own = layout.__class__.__new__(layout.__class__)
        vars(own).update(vars(layout))
        own.max_width = room
        return own, *measures

    with exchanged("split_first_line", split_once, inline, preferred):
        yield


@contextmanager
def layouts_kept() -> Iterator[None]:
    """A text is shaped once, not once to be placed and once more each time that it is drawn.

    Only so many are kept that a long document needs hardly more memory than a short one.
    """
    layout, number = line_break.Layout, _numbered()
    set_text, leave, return_to = layout.set_text, layout.deactivate, layout.reactivate
    draw_whole_text = draw.draw_text
    left = _MOST_KEPT
    is_drawn_whole = False

    def set_whole(self: Any, text: str, justify: bool = False) -> None:
        # As texts are drawn: a change of it then would have them shaped anew.
        is_whole = not _ENDS_OF_LINES.intersection(text)
        pango.pango_layout_set_single_paragraph_mode(self.layout, is_whole)
        set_text(self, text, justify)

    def keep(self: Any) -> None:
        nonlocal left
        if "shaped" in vars(self):  # it has been drawn
            if is_drawn_whole and not self.shaped and not self.justification_spacing:
                self.shaped.append((self.layout, self.language, self.style))
        elif left and pango.pango_layout_get_line_readonly(self.layout, 1) == ffi.NULL:
            left -= 1
            # In a list, for whoever draws it next: what breaks the same has a copy of this.
            self.shaped = [(self.layout, self.language, self.style)]
        leave(self)

    def take(self: Any, style: Any) -> None:
        kept = vars(self).setdefault("shaped", [])
        is_alike = kept and number(kept[0][2]) == number(style)
        if is_alike and not self.justification_spacing:
            self.layout, self.language, _ = kept.pop()
            self.style = style
        else:
            return_to(self, style)

    def draw_whole(stream: Any, box: Any, offset: float, *cut: str) -> None:
        nonlocal is_drawn_whole
        # A text that is cut off is another then; marks are taken from their letters (letters.py).
        is_drawn_whole = cut == ("clip", "none") and not _has_mark(box.text)
        draw_whole_text(stream, box, offset, *cut)
        is_drawn_whole = False

    with (
        exchanged("draw_text", draw_whole, draw),
        exchanged("set_text", set_whole, layout),
        exchanged("deactivate", keep, layout),
        exchanged("reactivate", take, layout),
    ):
        yield


@contextmanager
def breakable_kept() -> Iterator[None]:
    """Whether a text has a place to break is asked of Pango once."""
    kept = lru_cache(maxsize=None)(inline.can_break_text)
    with exchanged("can_break_text", kept, inline, preferred):
        yield


@contextmanager
def struts_kept() -> Iterator[None]:
    """The height of a line is looked up by its style itself, not by a long text of its values."""
    strut, number = inline.strut, _numbered()
    known: dict[int, Any] = {}

    def strut_once(style: Any) -> Any:
        own = number(style)
        if own not in known:
            known[own] = strut(style)
        return known[own]

    with exchanged("strut", strut_once, inline, units, computed_values):
        yield


@contextmanager
def contexts_kept() -> Iterator[None]:
    """What Pango is told of a style for one text, its language and its font, holds for the next."""
    layout = line_break.Layout
    set_up, number = layout.setup, _numbered()
    known: dict[int, Any] = {}

    def set_up_once(self: Any, style: Any) -> None:
        own = number(style)
        if own not in known:
            known[own] = pattern = layout.__new__(layout)
            set_up(pattern, style)
        pattern = known[own]
        vars(self).update(vars(pattern))
        self.style = style
        self.layout = ffi.gc(pango.pango_layout_copy(pattern.layout), gobject.g_object_unref)

    with exchanged("setup", set_up_once, layout):
        yield


@contextmanager
def rows_at_once() -> Iterator[None]:
    """The glyphs of a line are read together, and each is written as it was written before.

    Glyphs above or below their line, those of no font and of fonts in colour are left to the rest.
    """
    draw_one = draw_text.draw_first_line
    written: dict[tuple[str, float], _Parts] = {}

    def draw_at_once(stream: Any, box: Any, overflow: str, ellipsis: str, matrix: Any) -> list[Any]:
        is_whole = overflow != "ellipsis" and ellipsis == "none"
        if not is_whole or not box.text.strip() or box.style["font_size"] < _SMALLEST:
            return draw_one(stream, box, overflow, ellipsis, matrix)  # type: ignore[no-any-return]
        pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
        line, _ = box.pango_layout.get_first_line()
        runs, run = list[tuple[Any, Glyphs, Any, float]](), line.runs[0]
        while run != ffi.NULL:
            glyphs = glyphs_of(run.data.glyphs)
            font, size = stream.add_font(run.data.item.analysis.font)
            shown = {*glyphs.numbers} - _NOTHING
            is_known = shown <= font.widths.keys() and shown <= font.to_unicode.keys()
            in_colour = font.bitmap or font.svg or font.png or font.colr
            if any(glyphs.up) or in_colour or not is_known:
                return draw_one(stream, box, overflow, ellipsis, matrix)  # type: ignore[no-any-return]
            runs.append((run.data.item.analysis.font, glyphs, font, size))
            run = run.next
        stream.set_text_matrix(*matrix.values)
        string, before = "", None
        for pango_font, glyphs, font, size in runs:
            if pango_font != before:
                before = pango_font
                if string:
                    stream.show_text(string)
                string = ""
                stream.set_font_size(font.hash, size)
            parts = written.setdefault((font.hash, size), _Parts(size))
            own = [font.widths.get(number, 0) for number in glyphs.numbers]
            string += "<" + "".join(map(parts.__getitem__, zip(*glyphs[:3], own, strict=True)))
            string = string[:-1] if string[-1] == "<" else f"{string}>"
        stream.show_text(string)
        return []

    with exchanged("draw_first_line", draw_at_once, draw_text):
        yield


@contextmanager
def blanks_at_once() -> Iterator[None]:
    """A space between two texts is not made ready to be drawn, since nothing of it is."""
    draw_text = draw.draw_text

    def draw_if_seen(stream: Any, box: Any, *rest: Any) -> None:
        style = box.style
        if (
            box.text.strip()
            or style["visibility"] != "visible"
            or style["text_decoration_line"] != "none"
        ):
            draw_text(stream, box, *rest)
            return
        stream.set_color(style["color"])
        stream.begin_text()
        stream.end_text()

    with exchanged("draw_text", draw_if_seen, draw):
        yield


class _Parts(dict[tuple[int, int, int, int], str]):
    """Glyphs within a row, with the room that parts each from the next, as WeasyPrint writes them.

    By the glyph, its width, how far it is moved across, and what its font says of its width.
    """

    def __init__(self, size: float) -> None:
        super().__init__()
        self._size = size

    def __missing__(self, key: tuple[int, int, int, int]) -> str:
        self[key] = self._written(*key)
        return self[key]

    def _written(self, glyph: int, width: int, across: int, own: int) -> str:
        if glyph == _EMPTY:
            return f">{-width / self._size}<"
        offset = across / self._size
        kerning = own + offset - width * 1000 * FROM_UNITS / self._size
        moved = f">{-offset}<" if offset else ""
        return f"{moved}{glyph:04x}" + (f">{int(kerning)}<" if kerning else "")


_BARE: set[str] = set()
"""Letters and signs that have been seen to be no marks."""


def _has_mark(text: str) -> bool:
    if _BARE.issuperset(text):
        return False
    is_bare = all(category(letter)[0] != "M" for letter in text)
    _BARE.update(text if is_bare else ())
    return not is_bare
