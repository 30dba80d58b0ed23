"""The glyphs of a run as Pango keeps them, read together: each look at one of them costs a call."""

from __future__ import annotations

from typing import Any, NamedTuple

from weasyprint.text.ffi import ffi

_NUMBERS = ffi.sizeof("PangoGlyphInfo") // ffi.sizeof("guint")
"""Of each glyph: itself, its width, how far it is moved across and up, and what nobody asks for."""


class Glyphs(NamedTuple):
    """The glyphs of a run from left to right, as four lists of the same length."""

    numbers: list[int]
    widths: list[int]
    across: list[int]
    up: list[int]


def glyphs_of(shaped: Any) -> Glyphs:
    """The glyphs of a `PangoGlyphString`."""
    size, step = shaped.num_glyphs * ffi.sizeof("PangoGlyphInfo"), _NUMBERS
    numbers = memoryview(ffi.buffer(shaped.glyphs, size)).cast("i").tolist()
    return Glyphs(numbers[::step], numbers[1::step], numbers[2::step], numbers[3::step])
