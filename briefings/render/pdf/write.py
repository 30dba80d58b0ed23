"""HTML to PDF bytes, with the fonts given and nothing else from outside."""

from __future__ import annotations

import ctypes.util
import gc
import logging
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from briefings.core.overriding import override
from briefings.render.pdf.faster.lazy_fonttools import fonttools_when_used
from briefings.render.pdf.missing_glyphs import letters_of, listed
from briefings.render.pdf.pdf_error import PdfError

__all__ = ["PdfError", "pdf"]

_LOGGER = "weasyprint"
_NO_GLYPH = ".notdef glyph rendered"
_MOST_TOLD = 5
_FOLDERS = ("HOME", "XDG_CACHE_HOME")
_LIBRARIES = ("FC_", "FONTCONFIG_", "FREETYPE_", "HB_", "PANGO")
"""What the variables begin with by which the libraries in C are told something."""
_WHERE_FONTS_GO = "put a font that has them into templates/fonts/"


def pdf(html: str, fonts: Path, own: Sequence[Path] = ()) -> bytes:
    """Set a page on paper: the same bytes from the same text and fonts, always.

    It is PDF/A-3a (to keep) and PDF/UA-1 (for those who read by ear or touch) in one. The data
    that the page carries become an attachment, dated on the edition's day.

    Args:
        html: A page for print.
        fonts: A folder with `fonts.conf`; fonts of the system are not seen.
        own: Files of more fonts, for letters that those have not.

    Raises:
        PdfError: WeasyPrint warns of anything (an unknown style, a link without a target): it
            would be a hole in the brief. Or the fonts are not there, or have not the letters of
            a text; of other signs, such as emoji, the names stand in their place.
    """
    config = fonts / "fonts.conf"
    if not config.is_file():
        raise PdfError(f"there is no fonts.conf in {fonts}")
    with only_fonts_of(config), _nothing_collected():
        with _listening() as listener:
            content = _written(html, own, "")
        if (unset := listener.unset) and not listener.heard:
            if letters := letters_of(unset):
                raise PdfError(f"no font has {listed(''.join(sorted(letters)))}; {_WHERE_FONTS_GO}")
            with _listening() as listener:
                content = _written(html, own, unset)
    if complaints := list(dict.fromkeys((*listener.heard, *listener.unset))):
        more = len(complaints) - _MOST_TOLD
        told = complaints[:_MOST_TOLD] + ([f"and {more:,} more like these"] if more > 0 else [])
        raise PdfError("; ".join(told))
    return content


def _written(html: str, own: Sequence[Path], unset: str) -> bytes:
    """The PDF, with names for the signs of `unset`."""
    # Late: WeasyPrint takes a quarter of a second, and reads FONTCONFIG_FILE when it loads.
    from briefings.render.pdf.faster.declarations import declarations_kept  # noqa: PLC0415 # late
    from briefings.render.pdf.faster.kept_sheets import their_sheets_kept  # noqa: PLC0415 # late

    with _libraries_by_name(), fonttools_when_used(), declarations_kept(), their_sheets_kept():
        import weasyprint  # noqa: F401, PLC0415 # loaded while these last
    from briefings.render.pdf.typesetting import typeset  # noqa: PLC0415 # late

    return typeset(html, own, unset)


@contextmanager
def _libraries_by_name() -> Iterator[None]:
    """Let no name of a library be looked up but by the linker itself.

    WeasyPrint tries the names that a library has on each system in turn; for those of the others,
    Python would run gcc, ld and ldconfig in vain, dozens of times. On Linux the right name has a
    version, and needs none of them.
    """
    look_up = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 # as theirs
    try:
        yield
    finally:
        ctypes.util.find_library = look_up


@contextmanager
def only_fonts_of(config: Path) -> Iterator[None]:
    """Fontconfig looks its configuration up in the environment each time it is set up.

    So do the other libraries, and none is told otherwise there: how letters are shaped, say.
    And fontTools puts the time into a font that it has changed, but for a time that it finds there.
    Where a folder of the user's is no full path, fontconfig would put its cache into the desk.
    """
    ours: dict[str, str | None] = {
        name: None
        for name, value in os.environ.items()
        if name.startswith(_LIBRARIES) or (name in _FOLDERS and not value.startswith("/"))
    }
    ours |= {"FONTCONFIG_FILE": str(config.resolve()), "SOURCE_DATE_EPOCH": "0"}
    before = {name: os.environ.get(name) for name in ours}
    _set(ours)
    try:
        yield
    finally:
        _set(before)


def _set(variables: Mapping[str, str | None]) -> None:
    """Give variables their values; those of none are taken away."""
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Typesetting makes millions of objects and drops few: to look for those costs an eighth.

    What is left when the document is done refers to itself in rings: a process that sets many has
    to look for them in between (`workers/pool.py` does), or it grows by 10 MiB with each.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@contextmanager
def _listening() -> Iterator[_Listener]:
    """Hear what WeasyPrint would only log."""
    listener = _Listener(logging.WARNING)
    logger = logging.getLogger(_LOGGER)
    before = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield listener
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


class _Listener(logging.Handler):
    """What is logged: complaints, and apart from them the characters that no font has."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.heard: list[str] = []
        self.unset = ""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        match record.args:
            case (str(character), int()) if record.msg.startswith(_NO_GLYPH):
                # A space beside what no font has is taken to be of the same font: of none.
                if character not in self.unset and not character.isspace():
                    self.unset += character
            case _:
                self.heard.append(record.getMessage())
