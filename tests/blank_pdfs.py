"""PDFs that are not set, for tests of what is printed, where and when, not of how it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256

import pytest

from briefings.render.html.jobs import Page, PageJob
from briefings.render.pdf.write import pdf
from briefings.workers import pdfs
from briefings.workers.agenda import Agenda, WorkKind
from briefings.workers.batch import Batch
from briefings.workers.pdfs import Failed
from briefings.workers.templates import TemplateRunner, fonts

PUT_PDF = pdfs.put
"""What has a PDF set."""


@contextmanager
def blank_pdfs(*but: str) -> Iterator[dict[str, str]]:
    """Each PDF, `but` those of these names, is a blank sheet, which differs where its page does.

    What is yielded fills with the pages that are not set, by the names of their PDFs.
    """
    pages: dict[str, str] = {}

    def blank(
        agenda: Agenda, kind: WorkKind, name: str, page: str, then: Callable[[bytes | Failed], None]
    ) -> None:
        if name in but:
            PUT_PDF(agenda, kind, name, page, then)
        else:
            pages[name] = page
            then(_sheet(page))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdfs, "put", blank)
        yield pages


@contextmanager
def unfilled_pdfs(*but: str) -> Iterator[None]:
    """The same where nobody reads the pages either: those of such PDFs are empty."""
    put = TemplateRunner.put

    def filled(
        runner: TemplateRunner,
        jobs: Mapping[str, PageJob],
        agenda: Agenda,
        then: Callable[[str, Page], None],
        size: Callable[[str], int] = lambda _: 0,
    ) -> Batch:
        needed = {
            name: job for name, job in jobs.items() if name in but or not name.endswith(".pdf")
        }
        for name in jobs.keys() - needed.keys():
            then(name, Page("", {}))
        return put(runner, needed, agenda, then, size)

    with pytest.MonkeyPatch.context() as patch, blank_pdfs(*but):
        patch.setattr(TemplateRunner, "put", filled)
        yield


@cache
def _sheet(page: str) -> bytes:
    name = sha256(page.encode()).hexdigest()
    return pdf(f"<!DOCTYPE html><html lang=en><title>{name}</title>", fonts())
