"""PDFs that are not set, for tests of what is printed, where and when, not of how it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from briefings.render.html.jobs import Page, PageJob
from briefings.render.pdf.write import pdf
from briefings.run import produce
from briefings.workers.pdfs import Failed, print_pdfs
from briefings.workers.pool import Executor
from briefings.workers.templates import Fault, Filled, TemplateRunner, fonts


@contextmanager
def blank_pdfs(*but: str) -> Iterator[dict[str, str]]:
    """Each PDF, `but` those of these names, is a blank sheet, which differs where its page does.

    What is yielded fills with the pages that are not set, by the names of their PDFs.
    """
    pages: dict[str, str] = {}

    def blank(
        prints: Mapping[str, str],
        folder: Path,
        convert: Callable[[str, Path], bytes],
        *,
        done: Callable[[str], None],
        keep: Callable[[str, bytes], None],
        pool: Executor,
    ) -> dict[str, bytes | Failed]:
        set_too = {name: page for name, page in prints.items() if name in but}
        printed = print_pdfs(set_too, folder, convert, done=done, keep=keep, pool=pool)
        unset = {name: page for name, page in prints.items() if name not in but}
        pages.update(unset)
        sheets = {name: _sheet(page) for name, page in unset.items()}
        for name, sheet in sheets.items():
            keep(name, sheet)
            done(name)
        return {name: (printed | sheets)[name] for name in prints}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(produce, "print_pdfs", blank)
        yield pages


@contextmanager
def unfilled_pdfs(*but: str) -> Iterator[None]:
    """The same where nobody reads the pages either: those of such PDFs are empty."""
    fill = TemplateRunner.fill

    def filled(
        runner: TemplateRunner,
        jobs: Mapping[str, PageJob],
        done: Callable[[str], None] = lambda _: None,
        pool: Executor | None = None,
    ) -> Filled | Fault:
        needed = {
            name: job for name, job in jobs.items() if name in but or not name.endswith(".pdf")
        }
        made = fill(runner, needed, done, pool)
        if isinstance(made, Fault):
            return made
        pages = {name: made.pages.get(name, Page("", {})) for name in jobs}
        return Filled(pages, made.own_fonts)

    with pytest.MonkeyPatch.context() as patch, blank_pdfs(*but):
        patch.setattr(TemplateRunner, "fill", filled)
        yield


@cache
def _sheet(page: str) -> bytes:
    name = sha256(page.encode()).hexdigest()
    return pdf(f"<!DOCTYPE html><html lang=en><title>{name}</title>", fonts())
