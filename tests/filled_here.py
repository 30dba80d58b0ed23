"""Pages filled here, and equal PDFs set once, where it is not workers that are tested."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import pytest

from briefings.render.html.jobs import Page, PageJob
from briefings.render.l10n.catalogues import Own
from briefings.run import produce
from briefings.workers.pdfs import Failed, print_pdfs
from briefings.workers.pool import Executor, Pool
from briefings.workers.templates import Fault, Filled, Filling, TemplateRunner, _page

FILL = TemplateRunner.fill
"""What fills pages in workers, each page whenever it is asked for."""


@contextmanager
def filled_here() -> Iterator[None]:
    """Pages of the shipped templates are filled here: a fork of all that tests load costs more.

    One that is equal to one before is that one: equal jobs make equal pages, as test_jobs.py and
    test_reproducible.py prove with workers. Templates of a desk may do harm, and go to these.
    """
    pages: dict[bytes, Page] = {}

    @cache
    def filling(words: Own) -> Filling:
        return Filling(TemplateRunner(None, Path(), words))

    def fill(
        runner: TemplateRunner,
        jobs: Mapping[str, PageJob],
        done: Callable[[str], None] = lambda _: None,
        pool: Executor | None = None,
    ) -> Filled | Fault:
        if runner.templates is not None:
            return FILL(runner, jobs, done, pool)
        made: dict[str, Page] = {}
        for name, job in jobs.items():
            key = sha256(pickle.dumps((runner.words, job))).digest()
            if key not in pages:
                page = _page(name, filling(runner.words)((name, job)))
                if isinstance(page, Fault):
                    return page
                pages[key] = page
            made[name] = pages[key]
            done(name)
        return Filled(made, {})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TemplateRunner, "fill", fill)
        yield


@contextmanager
def set_once() -> Iterator[None]:
    """A PDF whose page is equal to one before is that one, in a build on this machine alone.

    Equal pages make equal PDFs, as test_reproducible.py and test_pdf.py prove with workers. A page
    that may use fonts of a desk is set anew.
    """
    sheets: dict[str, bytes] = {}
    convert = partial(produce._pdf, own=())

    def printed(
        pages: Mapping[str, str],
        folder: Path,
        sets: partial[bytes],
        *,
        done: Callable[[str], None],
        keep: Callable[[str, bytes], None],
        pool: Executor,
    ) -> dict[str, bytes | Failed]:
        is_plain = (sets.func, sets.keywords) == (convert.func, convert.keywords)
        if not (is_plain and isinstance(pool, Pool)):
            return print_pdfs(pages, folder, sets, done=done, keep=keep, pool=pool)
        again = {name: sheets[page] for name, page in pages.items() if page in sheets}
        for name, kept in again.items():
            keep(name, kept)
            done(name)
        rest = {name: page for name, page in pages.items() if name not in again}
        fresh = print_pdfs(rest, folder, sets, done=done, keep=keep, pool=pool)
        for name, sheet in fresh.items():
            if not isinstance(sheet, Failed):
                sheets[pages[name]] = sheet
        return {name: again.get(name) or fresh[name] for name in pages}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(produce, "print_pdfs", printed)
        yield
