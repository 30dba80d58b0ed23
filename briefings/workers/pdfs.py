"""Turn pages into PDFs, each in a process with limits on what it may use."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from briefings.workers.agenda import Agenda, Errand, WorkKind, long_work
from briefings.workers.pool import Failed, Start, is_want_of_memory
from briefings.workers.scripts import blank_in, needed_by

__all__ = ["Convert", "Failed", "put", "set_page", "setting", "start"]

Convert = Callable[[str, Path], bytes]
"""HTML and the folder of the fonts to a PDF; importable by name: a worker may start afresh."""


def setting(convert: Convert, fonts: Path) -> WorkKind:
    """The kind of tasks that set PDFs; before pages are filled, lest these pile up.

    Args:
        convert: What sets one page.
        fonts: The folder of the only fonts that may be used.
    """
    return WorkKind(partial(_converted, convert, fonts), long_work(), rank=1)


def put(
    agenda: Agenda, kind: WorkKind, name: str, page: str, then: Callable[[bytes | Failed], None]
) -> None:
    """Have the PDF of a page set.

    Args:
        agenda: Of those who set it.
        kind: What `setting` returns.
        name: That of the PDF.
        page: HTML.
        then: Called with the PDF, or why there is none.
    """
    agenda.put(Errand(name, page, kind, then, len(page)))


def set_page(page: str, folder: Path, *, own: Sequence[Path]) -> bytes:
    """The PDF of a page: PDF/A-3a and PDF/UA-1 in one file.

    Args:
        page: HTML that loads nothing.
        folder: The fonts that come with the program.
        own: Those of the desk; what a page needs beyond both comes from extras.

    Raises:
        PdfError: As `render.pdf.write` says; or a font would set letters that it does not draw.
    """
    # Imported in the worker, which alone needs WeasyPrint and is limited in what that may use.
    from briefings.render.pdf.missing_glyphs import listed  # noqa: PLC0415
    from briefings.render.pdf.write import PdfError, pdf  # noqa: PLC0415

    for font, letters in blank_in(page, own):
        raise PdfError(f"{font.name} in templates/fonts/ draws nothing for {listed(letters)}")
    return pdf(page, fonts=folder, own=(*own, *needed_by(page, own)))


def start() -> Start:
    """How a worker that sets PDFs comes to be.

    WeasyPrint's libraries are not for a fork, which would keep the locks of any thread: where they
    are loaded already, a worker starts afresh, which takes a second start of all the rest.
    """
    return "spawn" if "weasyprint" in sys.modules else "fork"


def _converted(convert: Convert, fonts: Path, page: str) -> bytes | Failed:
    try:
        return convert(page, fonts)
    except RecursionError:
        return Failed("its markup nests too deep")
    except Exception as error:
        if is_want_of_memory(error):
            raise  # told by whoever set the limit
        return Failed(str(error) or type(error).__name__)
