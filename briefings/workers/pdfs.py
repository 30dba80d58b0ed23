"""Turn pages into PDFs, each in a process with limits on what it may use."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from briefings.workers.pool import Executor, Failed, Limits, Start
from briefings.workers.scripts import needed_by

__all__ = ["LIMITS", "Convert", "Failed", "print_pdfs", "set_page", "start"]

LIMITS = Limits(processor=300, wall=3600, memory=2 * 2**30)
"""Of one PDF: 25 pages take about ten seconds; 460 pages take a third of the memory."""

Convert = Callable[[str, Path], bytes]
"""HTML and the folder of the fonts to a PDF; importable by name: a worker may start afresh."""


def print_pdfs(
    pages: Mapping[str, str],
    fonts: Path,
    convert: Convert,
    *,
    pool: Executor,
    done: Callable[[str], None] = lambda _: None,
    keep: Callable[[str, bytes], None] = lambda _, __: None,
    limits: Limits = LIMITS,
) -> dict[str, bytes | Failed]:
    """Set the PDF of each page.

    Args:
        pages: HTML by name.
        fonts: The folder of the only fonts that may be used.
        convert: What sets one page.
        pool: Who sets them.
        done: Called with the name of each page when it is set, in any order.
        keep: Called before that with the name and the PDF, if there is one.
        limits: What one page may use.

    Returns:
        The PDFs, or why there is none, by the names of `pages` and in their order.

    """
    results: dict[str, bytes | Failed] = {}
    work = partial(_converted, convert, fonts)
    # The longest first, so that none is left alone at the end.
    longest_first = sorted(pages, key=lambda name: -len(pages[name]))
    tasks = {name: pages[name] for name in longest_first}
    for name, result in pool.answers(tasks, work, limits):
        results[name] = result
        if not isinstance(result, Failed):
            keep(name, result)
        done(name)
    return {name: results[name] for name in pages}


def set_page(page: str, folder: Path, *, own: Sequence[Path]) -> bytes:
    """The PDF of a page, in the fonts of a folder, of a desk, and of extras where it needs them."""
    # Imported in the worker, which alone needs WeasyPrint and is limited in what that may use.
    from briefings.render.pdf.write import pdf  # noqa: PLC0415

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
    except MemoryError:
        raise  # told by whoever set the limit
    except RecursionError:
        return Failed("its markup nests too deep")
    except Exception as error:  # noqa: BLE001 # a page can upset the layout in any way
        return Failed(str(error) or type(error).__name__)
