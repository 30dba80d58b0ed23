"""Pages filled here, and equal PDFs set once, where it is not workers that are tested."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from types import CodeType

import jinja2
import pytest
from blank_pdfs import PUT_PDF

from briefings.render.html.jobs import Page, PageJob
from briefings.render.l10n.catalogues import Own
from briefings.verify import reprint
from briefings.workers import pdfs
from briefings.workers.agenda import Agenda, WorkKind
from briefings.workers.batch import Batch
from briefings.workers.pdfs import Failed
from briefings.workers.pool import Executor
from briefings.workers.templates import Filling, TemplateRunner

PUT = TemplateRunner.put
"""What has pages filled by workers, each whenever it is asked for."""


SET_ANEW = reprint._set_anew
"""What sets the page of a PDF that is verified."""


_PAGES: dict[bytes, Page] = {}
"""What was filled here, by the digest of all that it was made of."""


@contextmanager
def filled_here(*, own: bool = False) -> Iterator[None]:
    """Pages of the shipped templates are filled here: a fork of all that tests load costs more.

    One that is equal to one before is that one: equal jobs make equal pages, as test_jobs.py and
    test_reproducible.py prove with workers. Templates of a desk may do harm, and go to these; with
    `own` they do none.
    """

    @cache
    def filling_of_ours(words: Own) -> Filling:
        return Filling(TemplateRunner(None, Path(), words))

    def put(
        runner: TemplateRunner,
        jobs: Mapping[str, PageJob],
        agenda: Agenda,
        then: Callable[[str, Page], None],
        size: Callable[[str], int] = lambda _: 0,
    ) -> Batch:
        if runner.templates is not None and not own:
            return PUT(runner, jobs, agenda, then, size)
        filling = filling_of_ours(runner.words) if runner.templates is None else Filling(runner)
        templates = _contents(runner.templates)
        batch = Batch(agenda, then)
        for position, (name, job) in enumerate(jobs.items()):
            key = sha256(pickle.dumps((runner.words, templates, job))).digest()
            if key in _PAGES:
                batch.take(position, name, _PAGES[key])
                continue
            made = filling((name, job))
            batch.take(position, name, made)
            if not isinstance(made, Page):
                break
            _PAGES[key] = made
        return batch

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TemplateRunner, "put", put)
        yield


def _contents(folder: Path | None) -> list[tuple[str, bytes]]:
    """The files of a folder of templates."""
    found = sorted(folder.rglob("*")) if folder is not None else []
    return [(str(path), path.read_bytes()) for path in found if path.is_file()]


def compiled(compile_template: Callable[..., CodeType]) -> Callable[..., CodeType]:
    """It, once for each text of a template: our environments have the same settings."""
    codes: dict[tuple[object, ...], CodeType] = {}

    def once(
        self: jinja2.Environment, source: str, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        key = (source, name, filename)
        if key not in codes:
            codes[key] = compile_template(self, *key)
        return codes[key]

    return once


@contextmanager
def set_once() -> Iterator[None]:
    """A PDF whose page is equal to one before is that one, in builds and before `verify`.

    Equal pages make equal PDFs, as test_reproducible.py proves with workers. A page that may use
    fonts of a desk is set anew.
    """
    sheets: dict[str, bytes] = {}
    plain = pdfs.set_page

    def put(
        agenda: Agenda, kind: WorkKind, name: str, page: str, then: Callable[[bytes | Failed], None]
    ) -> None:
        if not _sets_with(plain, kind):
            PUT_PDF(agenda, kind, name, page, then)
        elif page in sheets:
            then(sheets[page])
        else:
            PUT_PDF(agenda, kind, name, page, partial(taken, page, then))

    def anew(page: str, own: tuple[Path, ...], pool: Executor) -> bytes | Failed:
        if own or pdfs.set_page is not plain:
            return SET_ANEW(page, own, pool)
        if page not in sheets:
            taken(page, lambda _: None, answer := SET_ANEW(page, own, pool))
            return answer
        return sheets[page]

    def taken(page: str, then: Callable[[bytes | Failed], None], answer: bytes | Failed) -> None:
        if not isinstance(answer, Failed):
            sheets[page] = answer
        then(answer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdfs, "put", put)
        patch.setattr(reprint, "_set_anew", anew)
        yield


def _sets_with(convert: Callable[..., bytes], kind: WorkKind) -> bool:
    """Whether a kind of tasks is that of the program, with no fonts but its own."""
    sets = kind.work.args[0] if isinstance(kind.work, partial) else None
    return isinstance(sets, partial) and sets.func is convert and sets.keywords == {"own": ()}
