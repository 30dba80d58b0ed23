"""Pages filled, set as PDFs and searched, each as soon as it can be: no stage waits for another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from functools import partial
from pathlib import Path

from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic
from briefings.core.progress import Progress
from briefings.core.values import dataclass
from briefings.make.kept_pages import ANEW, KeptPages, Lookup, clean_key, pdf_key
from briefings.output.spool import Spool
from briefings.output.store import RunStore, Store
from briefings.render.html.jobs import Page, PageJob, extent, mould
from briefings.scan.scan import Search
from briefings.workers import pdfs
from briefings.workers.agenda import Agenda, Errand, WorkKind, long_work
from briefings.workers.batch import TemplateFault
from briefings.workers.pdfs import Failed
from briefings.workers.pool import Executor
from briefings.workers.scripts import needed_by
from briefings.workers.templates import TemplateRunner, fonts

HTML = "text/html; charset=utf-8"
_PDF = "application/pdf"

_AHEAD = 10**6
"""More than any extent: so a page of which a PDF is still to be set goes before all others."""


class NotSet(Refused):
    """PDFs can't be made, of these `names`; all others could be."""

    def __init__(self, names: Iterable[str], diagnostics: Iterable[Diagnostic]) -> None:
        super().__init__(1, diagnostics)
        self.names = frozenset(names)


@dataclass(slots=True)
class Steps:
    """Counts what is done of all that is to be done, and tells it."""

    progress: Progress
    of: int
    done: int = 0

    def __call__(self, step: str) -> None:
        """Tell that a step is done."""
        self.done += 1
        self.progress(step, self.done, self.of)

    def begin(self, step: str) -> None:
        """Tell what is begun with."""
        self.progress(step, self.done, self.of)

    def skip(self) -> None:
        """Count a step that was not needed."""
        self.done += 1


@dataclass(slots=True)
class Making:
    """Makes files of pages.

    Args:
        runner: Fills the templates.
        look: Searches a file for what is above its marking; None if there is no need.
        pool: Who does the work.
        store: What was made before, and is to be found the next time; None for none.
        steps: Is told of each step.
        spool: Where finished files wait.

    Attributes:
        files: The finished files, by name.
        reads: The SHA-256 of each template that pages were made with, as `templates/…`.
        own_fonts: The desk's own fonts, with theirs.
        more_fonts: Those of extras that PDFs need.
        leaks: What files give away that is above their marking, by name.
    """

    runner: TemplateRunner
    look: Search | None
    pool: Executor
    store: Store | RunStore | None
    steps: Steps
    spool: Spool
    files: dict[str, Artifact] = field(default_factory=dict)
    reads: dict[str, str] = field(default_factory=dict)
    own_fonts: Mapping[Path, str] = field(init=False)
    more_fonts: set[Path] = field(default_factory=set)
    leaks: dict[str, list[Diagnostic]] = field(default_factory=dict)
    _agenda: Agenda = field(default_factory=Agenda)
    _setting: WorkKind = field(init=False)
    _searching: WorkKind | None = field(init=False)
    _sought: Mapping[str, str] = field(init=False)
    _why: dict[str, str] = field(default_factory=dict)
    _unset: dict[str, Failed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = self.runner.usable_fonts()
        if isinstance(own, TemplateFault):
            raise Refused(1, [own.diagnostic])
        self.own_fonts = own
        self._setting = pdfs.setting(partial(pdfs.set_page, own=tuple(own)), fonts())
        self._searching = None if self.look is None else WorkKind(self.look, long_work(), rank=2)
        self._sought = {} if self.look is None else self.look.sought()

    def make(self, jobs: Mapping[str, PageJob], tell_why: Callable[[str, str], object]) -> None:
        """Make the file of each page; those whose names end in .pdf are set.

        Raises:
            Refused: With status 1: a template has a mistake.
            NotSet: PDFs can't be set; those that could be are in the store.
        """
        shelf = None if self.store is None else KeptPages(self.store, self.runner)
        missing: dict[str, PageJob] = {}
        for name, job in jobs.items():
            lookup = Lookup(None, ANEW) if shelf is None else shelf.find(job)
            self._why[name] = lookup.why
            if lookup.page is None:
                missing[name] = job
            else:
                self.steps(f"kept {name}")
                self._go_on(name, lookup.page)
        if missing:
            self.steps.begin("filling the pages")

        def take(name: str, page: Page) -> None:
            if shelf is not None:
                shelf.keep(jobs[name], page)
            self.steps(f"filled {name}")
            self._go_on(name, page)

        # One of each mould before all: whoever has a mistake in a template shall not wait for it.
        first = {mould(missing[name]): name for name in reversed(missing)}.values()

        def size(name: str) -> int:
            return extent(jobs[name]) + _AHEAD * (2 * (name in first) + is_pdf(name))

        batch = self.runner.put(missing, self._agenda, take, size)
        self.pool.work_off(self._agenda)
        fault = batch.fault()
        if fault is not None:
            raise Refused(1, [fault.diagnostic], fault.texts)
        in_order = sorted(jobs, key=is_pdf)
        for name in in_order:
            tell_why(name, self._why[name])
        if self._unset:
            unset = [name for name in in_order if name in self._unset]
            raise NotSet(unset, [_failed(name, self._unset[name]) for name in unset])

    def add(self, files: Iterable[Artifact]) -> None:
        """Take in files that are made already; they are searched as others are."""
        for file in files:
            self._finish(file)
        self.pool.work_off(self._agenda)

    def _go_on(self, name: str, page: Page) -> None:
        """Do with a page what follows."""
        self.reads.update(page.reads)
        if not is_pdf(name):
            self._finish(Artifact(name, HTML, page.text.encode()))
            return
        needs = needed_by(page.text, self.own_fonts)
        self.more_fonts.update(needs)
        key = "" if self.store is None else pdf_key(page.text, self.own_fonts, needs)
        content = None if self.store is None else self.store.get(key)
        if content is None:
            self._why[name] = "its page is new"
            then = partial(self._take_pdf, name, key)
            pdfs.put(self._agenda, self._setting, name, page.text, then)
        else:
            self._why[name] = ""
            self.steps(f"kept {name}")
            self._finish(Artifact(name, _PDF, content))

    def _take_pdf(self, name: str, key: str, answer: bytes | Failed) -> None:
        if isinstance(answer, Failed):
            self._unset[name] = answer
        else:
            # At once: a build that is cut short has not set it in vain.
            if self.store is not None:
                self.store.put(key, answer)
            self._finish(Artifact(name, _PDF, answer))
        self.steps(f"set {name}")

    def _finish(self, file: Artifact) -> None:
        """Keep a file, and have it searched.

        One in which an earlier build has looked for the same, and found nothing, is not searched.
        """
        self.files[file.path] = replace(file, held=self.spool.keep(file.content))
        if self._searching is None:
            return
        key = "" if self.store is None else clean_key(file, self._sought[file.path])
        if self.store is not None and self.store.get(key) is not None:
            self.steps.skip()
            return
        then = partial(self._take_leaks, file.path, key)
        self._agenda.put(Errand(file.path, file, self._searching, then, len(file.content)))

    def _take_leaks(self, name: str, key: str, answer: list[Diagnostic] | Failed) -> None:
        leaks = [_unsearched(name, answer)] if isinstance(answer, Failed) else answer
        self.leaks[name] = leaks
        if self.store is not None and not leaks:
            self.store.put(key, b"")
        self.steps(f"searched {name}")


def is_pdf(name: str) -> bool:
    """Whether a page is to be set as a PDF, by the name of its file."""
    return name.endswith(".pdf")


def _failed(name: str, why: Failed) -> Diagnostic:
    message = f"{name} could not be made: {why.reason}"
    step = ("make it smaller, by --topic, --since or --no-annex, or mend its style sheet",)
    return diagnostic("pdf-failed", message, None, *(step if why.hints else ()), *why.hints)


def _unsearched(name: str, why: Failed) -> Diagnostic:
    message = f"{name} can't be searched for what is above its marking: {why.reason}"
    return diagnostic("unsearched", message, None, *why.hints)
