"""Fonts of a desk, beside those that every brief is set in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration

from briefings.core import files
from briefings.render.pdf.charsets import is_cut, is_of_pictures, unreadable


class UnreadableFont(Exception):
    """A file that is of no use; the message says which, in one lower-case clause."""


@contextmanager
def with_fonts(paths: Sequence[Path]) -> Iterator[Any]:
    """The fonts that are configured, and those at `paths` for letters that they have not.

    Pango keeps what fontconfig has read even when a map of fonts is gone: a fifth of a MiB for each
    page that a worker sets. So it is taken away from the map, once the page is done.

    Raises:
        UnreadableFont: One of them is none, or none that a PDF can show.
    """
    fonts = FontConfiguration()
    fonts_of_pango = ffi.cast("PangoFcFontMap *", fonts.font_map)
    try:
        _add(fonts, paths)
        if paths:
            pangoft2.pango_fc_font_map_config_changed(fonts_of_pango)
        yield fonts
    finally:
        pangoft2.pango_fc_font_map_set_config(fonts_of_pango, ffi.NULL)
        # What `@font-face` had it write: a worker ends without taking things apart.
        fonts.__del__()


def _add(fonts: Any, paths: Sequence[Path]) -> None:
    for path in paths:
        font = files.read(path.parent, path.name)
        if is_cut(font):
            raise UnreadableFont(f"{path.name} in templates/fonts/ is cut off: copy it once more")
        if is_of_pictures(font):
            raise UnreadableFont(f"{path.name} in templates/fonts/ has pictures for letters")
        if (letter := unreadable(font)) is not None:
            message = f"{path.name} in templates/fonts/ draws “{letter}” so that nobody can read it"
            raise UnreadableFont(message)
        # As WeasyPrint does with a font that a style sheet brings, but under its own name.
        if not fontconfig.FcConfigAppFontAddFile(fonts._config, os.fsencode(path)):  # noqa: SLF001 # nothing public
            raise UnreadableFont(f"{path.name} in templates/fonts/ is no font")
