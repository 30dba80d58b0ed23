"""Turn pages into PDFs, each in a process with limits on what it may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from briefings.workers.pool import Failed, Limits, answers

__all__ = ["MEMORY", "SECONDS", "Convert", "Failed", "print_pdfs"]

SECONDS = 300
"""The most wall time, and the most processor time, for one PDF; 25 pages take about ten."""

MEMORY = 4 * 2**30
"""The most address space of a worker in bytes; 460 pages take a sixth of it."""

Convert = Callable[[str, Path], bytes]
"""HTML and the folder of the fonts to a PDF; importable by name, since a worker starts afresh."""


def print_pdfs(
    pages: Mapping[str, str],
    fonts: Path,
    convert: Convert,
    *,
    workers: int | None = None,
    done: Callable[[str], None] = lambda _: None,
    seconds: float = SECONDS,
) -> dict[str, bytes | Failed]:
    """The PDF of each page, by the keys of `pages` and in their order.

    `done` is called after each page, in any order.
    """
    answered: dict[str, bytes | Failed] = {}
    work, limits = partial(_converted, convert, fonts), Limits(seconds, MEMORY)
    # Spawned: WeasyPrint's libraries are not for a fork, which would keep the locks of any thread.
    for page, answer in answers(pages, work, limits, start="spawn", workers=workers):
        answered[page] = answer
        done(page)
    return {page: answered[page] for page in pages}


def _converted(convert: Convert, fonts: Path, page: str) -> bytes | Failed:
    try:
        return convert(page, fonts)
    except MemoryError:
        raise  # told by whoever set the limit
    except RecursionError:
        return Failed("its markup nests too deep")
    except Exception as error:  # noqa: BLE001 # a page can upset the layout in any way
        return Failed(str(error) or type(error).__name__)
