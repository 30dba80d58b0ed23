"""Pages filled here, and equal PDFs set once, where it is not workers that are tested."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from types import CodeType

import jinja2
import pytest
from blank_pdfs import PUT_PDF

from briefings.core.artifacts import Artifact
from briefings.render.html.jobs import Page, PageJob
from briefings.render.l10n.catalogues import Own
from briefings.scan.scan import Search
from briefings.verify import reprint
from briefings.workers import pdfs
from briefings.workers.agenda import Agenda, Errand, WorkKind
from briefings.workers.batch import Batch
from briefings.workers.pdfs import Failed
from briefings.workers.pool import Executor
from briefings.workers.templates import Filling, TemplateRunner, fonts

PUT = TemplateRunner.put
"""What has pages filled by workers, each whenever it is asked for."""


PUT_ERRAND = Agenda.put
"""What has anything done by workers."""


SET_ANEW = reprint._set_anew
"""What sets the page of a PDF that is verified."""


_REPLACE = os.replace
"""Tests put others in its place, which fail."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What any worker of this run has made once: a folder of files, by digest."""

    folder: Path

    def of(self, *made_of: object) -> Path:
        """The file of what is made of these values, whether it is there or not."""
        return self.folder / sha256(pickle.dumps(made_of)).hexdigest()


def put_down(path: Path, content: bytes) -> None:
    """As a whole, whoever else writes the same."""
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(content)
    _REPLACE(unfinished, path)


@contextmanager
def filled_here(kept: Kept, *, own: bool = False) -> Iterator[None]:
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
            known = kept.of(runner.words, templates, job)
            if known.exists():
                page = pickle.loads(known.read_bytes())  # noqa: S301 # a worker of this run's
                batch.take(position, name, page)
                continue
            page_or_fault = filling((name, job))
            batch.take(position, name, page_or_fault)
            if not isinstance(page_or_fault, Page):
                break
            put_down(known, pickle.dumps(page_or_fault))
        return batch

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TemplateRunner, "put", put)
        yield


def _contents(folder: Path | None) -> list[tuple[str, bytes]]:
    """The files of a folder of templates."""
    paths = sorted(folder.rglob("*")) if folder is not None else []
    return [(str(path), path.read_bytes()) for path in paths if path.is_file()]


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
def searched_here() -> Iterator[None]:
    """Finished files are searched here: a fork of all that tests load costs more than to look."""

    def put(agenda: Agenda, task: Errand) -> None:
        work = task.kind.work
        if isinstance(work, Search) and isinstance(task.value, Artifact):
            task.then(work(task.value))
        else:
            PUT_ERRAND(agenda, task)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Agenda, "put", put)
        yield


@contextmanager
def set_once(kept: Kept) -> Iterator[None]:
    """PDFs are set here, in builds and before `verify`, and of equal pages one.

    Equal pages make equal PDFs, as test_reproducible.py proves with workers. A page that may use
    fonts of a desk is set anew, by a worker, and so is one that is set in another way.
    """
    plain = pdfs.set_page

    def put(
        agenda: Agenda, kind: WorkKind, name: str, page: str, then: Callable[[bytes | Failed], None]
    ) -> None:
        if not _sets_with(plain, kind):
            PUT_PDF(agenda, kind, name, page, then)
        elif (known := kept.of("PDF", page)).exists():
            then(known.read_bytes())
        else:
            then(set_here(page))

    def anew(page: str, own: tuple[Path, ...], pool: Executor) -> bytes | Failed:
        if own or pdfs.set_page is not plain:
            return SET_ANEW(page, own, pool)
        if (known := kept.of("PDF", page)).exists():
            return known.read_bytes()
        return set_here(page)

    def set_here(page: str) -> bytes | Failed:
        answer: bytes | Failed = pdfs.setting(partial(plain, own=()), fonts()).work(page)
        if not isinstance(answer, Failed):
            put_down(kept.of("PDF", page), answer)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdfs, "put", put)
        patch.setattr(reprint, "_set_anew", anew)
        yield


def _sets_with(convert: Callable[..., bytes], kind: WorkKind) -> bool:
    """Whether a kind of tasks is that of the program, with no fonts but its own."""
    sets = kind.work.args[0] if isinstance(kind.work, partial) else None
    return isinstance(sets, partial) and sets.func is convert and sets.keywords == {"own": ()}
