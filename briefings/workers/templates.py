"""Templates filled where they can do no harm: in a process with limits, and told of by place."""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import FrameType

import jinja2

from briefings.core import files
from briefings.core.characters import visible
from briefings.core.diagnostics import Refused, diagnostic, failed
from briefings.core.languages import CATALOGUES
from briefings.core.limits import PAGE_MEMORY, PAGE_TIME, TEMPLATE_FILES, TEMPLATES
from briefings.core.overriding import override
from briefings.core.span import SourceText, Span, line_starts
from briefings.core.values import dataclass
from briefings.render.html.environment import (
    OutOfTimeError,
    TemplateHole,
    environment,
    shipped,
    template_digest,
    text_of,
)
from briefings.render.html.jobs import Page, PageJob, make
from briefings.render.l10n.catalogues import Own
from briefings.render.l10n.own_words import faults
from briefings.workers.agenda import Agenda, Limits, WorkKind
from briefings.workers.batch import Batch, Crash, TemplateFault
from briefings.workers.pool import Pool, is_want_of_memory
from briefings.workers.scripts import is_font

_GRACE = 5
"""Seconds more until a page is given up that can't be told to stop, within one call."""

WALL = 1800
"""The most seconds on the clock for one page, for what waits without end."""

_LEAST_SHARE = 0.15
"""Of the time that a page may take: that of one with hardly anything to show."""

_FULL = 2**20
"""Bytes of a page's input from which on it may take all of that time."""

_ITSELF = "copy the font itself into `templates/fonts/`"

_FOLDER = "templates"
"""What the folder of a template is called, wherever it is."""

_ALONE = "give a folder that holds templates, style sheets and fonts alone"

_PAGES_OF_ONE = 12
"""How many pages keep a worker busy for longer than it takes to start another."""


def templates_of(desk: Path, asked: Path | None = None) -> Path | None:
    """The folder that is asked for, wherever a link leads to it; else the desk's own, if any.

    Raises:
        Refused: With status 1: it holds more than a folder of templates, all of which is hashed.
    """
    folder = desk / _FOLDER if asked is None else files.leads_to(asked)
    # That it is a link, or no folder at all, is said when it is read.
    if not os.path.lexists(folder):
        return None if asked is None else folder
    try:
        files.require_at_most(folder, TEMPLATE_FILES, TEMPLATES)
    except files.Unreadable as error:
        message = (
            f"{visible(str(asked or _FOLDER))!r} is too much for a folder of templates: {error}"
        )
        raise Refused(
            1, [diagnostic("template-limit", message, None, _ALONE, *error.hints)]
        ) from error
    return folder


def words_of(desk: Path) -> Own:
    """The catalogues in the folder `locale` of a desk; of one with a mistake its check tells."""
    texts: list[SourceText] = []
    with suppress(files.OutsideFolder, files.Unreadable):
        for path in files.matching(desk, CATALOGUES):
            with suppress(UnicodeDecodeError):
                texts.append(SourceText(path, files.read(desk, path).decode("utf-8-sig")))
    return tuple((Path(text.path).stem, text.text) for text in texts if not failed(faults(text)))


def fonts() -> Path:
    """The folder of the only fonts that a PDF may use."""
    return shipped() / "fonts"


def font_inputs(own: Mapping[Path, str]) -> dict[str, str]:
    """Each font that PDFs may be set in, as `templates/fonts/…`, with its SHA-256.

    Args:
        own: The files of those that the desk brings, with theirs.
    """
    return {**font_digests(), **{_read_as(path.name): each for path, each in own.items()}}


@lru_cache(maxsize=1)
def font_digests() -> Mapping[str, str]:
    """The SHA-256 of each file that a PDF's letters come from, as `templates/fonts/…`."""
    return {
        _read_as(name): sha256(files.own(fonts(), name)).hexdigest()
        for name in files.names(fonts())
        if name.endswith(".conf") or is_font(name)
    }


@dataclass(frozen=True, slots=True)
class TemplateRunner:
    """Makes pages with `templates`, if there are any, before the shipped ones.

    Places are told as seen from `desk`, like all others. `words` are the desk's own catalogues.
    """

    templates: Path | None
    desk: Path
    words: Own

    def fill(self, jobs: Mapping[str, PageJob]) -> Mapping[str, Page] | TemplateFault:
        """Every page by its name, in workers of their own; or the fault of the first without one.

        Raises:
            RuntimeError: A page failed by a mistake of our own.
        """
        own = self.usable_fonts()
        if isinstance(own, TemplateFault):
            return own
        pages: dict[str, Page] = {}
        agenda = Agenda()
        batch = self.put(jobs, agenda, pages.__setitem__)
        # Forked: what makes the pages is loaded here, as the jobs are, and is Python alone.
        with Pool(start="fork") as pool:
            pool.work_off(agenda)
        return batch.fault() or {name: pages[name] for name in jobs}

    def put(
        self,
        jobs: Mapping[str, PageJob],
        agenda: Agenda,
        then: Callable[[str, Page], None],
        size: Callable[[str], int] = lambda _: 0,
    ) -> Batch:
        """Have pages made.

        Args:
            jobs: The pages by name.
            agenda: Of those who make them.
            then: Called with the name of each page, and with the page, when it is made.
            size: How long a page takes, by its name, in any unit.

        Returns:
            What tells, when all is done, whether there was a mistake.
        """
        # Each worker compiles the templates for itself: for few pages another does not pay.
        most = 1 + len(jobs) // _PAGES_OF_ONE
        limits = Limits.of(PAGE_TIME, PAGE_MEMORY, wall=WALL, grace=_GRACE)
        kind = WorkKind(Filling(self), limits, most)
        batch = Batch(agenda, then)
        batch.put(((name, (name, job), size(name)) for name, job in jobs.items()), kind)
        return batch

    def own_fonts(self) -> Mapping[Path, str]:
        """The desk's own fonts, in `fonts/` beside its templates, each with its SHA-256.

        Those that are called like a shipped one are left out: it is a copy.

        Raises:
            files.OutsideFolder, files.Unreadable: One is a link, or can't be read.
        """
        folder = None if self.templates is None else self.templates / "fonts"
        if folder is None or not folder.is_dir() or folder.samefile(fonts()):
            return {}
        return {
            folder / name: sha256(files.read(folder, name)).hexdigest()
            for name in files.names(folder)
            if is_font(name) and _read_as(name) not in font_digests()
        }

    def usable_fonts(self) -> Mapping[Path, str] | TemplateFault:
        """The desk's own fonts, or why they are of no use."""
        try:
            return self.own_fonts()
        except (files.OutsideFolder, files.Unreadable) as error:
            hints = error.hints if isinstance(error, files.Unreadable) else (_ITSELF,)
            message = f"a font in templates/fonts/ can't be used: {error}"
            return TemplateFault(diagnostic("pdf-failed", message, None, *hints))

    def environment(self) -> jinja2.Environment:
        """The templates as they stand now: each file is read when it is first asked for."""
        return environment(*((self.templates,) if self.templates else ()), words=self.words)

    def template_digests(self) -> Callable[[str], str | None]:
        """What the SHA-256 of a template is now, by its name as pages tell it: `templates/…`.

        It is None for one that is not there, or can't be read.
        """
        templates = self.environment()
        return lambda name: template_digest(templates, name.removeprefix(f"{_FOLDER}/"))

    def fault(self, name: str, hole: TemplateHole, templates: jinja2.Environment) -> TemplateFault:
        """The mistake in a template, and the template to show it in: never any other file.

        Args:
            name: The file that could not be made.
            hole: What is wrong, and where.
            templates: Where the text of a template is found.
        """
        hints = () if hole.cure is None else (hole.cure,)
        # What a page may not hold is told of the page: its templates may have it in other pages.
        message = f"{name} {hole.message}" if hole.code == "page-forbids" else hole.message
        if hole.path is None:
            return TemplateFault(diagnostic(hole.code, message, None, *hints))
        shown = self._shown(Path(hole.path))
        content = text_of(templates, hole.path)
        if content is None:
            return TemplateFault(diagnostic(hole.code, message, Span(shown, 0, 0), *hints))
        text = SourceText(shown, content)
        starts = line_starts(content)
        begin = starts[min(hole.line, len(starts)) - 1]
        end = begin + len(text.line(hole.line).rstrip()) if hole.line <= len(starts) else begin
        start = min(begin + hole.column - 1, end)
        return TemplateFault(diagnostic(hole.code, message, Span(shown, start, end), *hints), text)

    def _shown(self, path: Path) -> str:
        """The path as seen from the desk; the shipped templates are nowhere that matters."""
        if self.templates is not None and path.is_relative_to(self.templates):
            return Path(os.path.relpath(path, self.desk)).as_posix()
        return f"briefings/{self.name(path)}"

    def name(self, path: Path) -> str:
        """`templates/…` for a file of either folder: nothing here knows of this machine.

        Raises:
            ValueError: It lies in neither.
        """
        for folder in (self.templates, shipped()):
            if folder is not None and path.is_relative_to(folder):
                return f"{_FOLDER}/{path.relative_to(folder).as_posix()}"
        raise ValueError(path)


def runner_for(desk: Path, asked: Path | None = None) -> TemplateRunner:
    """The templates of a desk, or those asked for in their place, with the desk's own words.

    Raises:
        Refused: As of `templates_of`.
    """
    return TemplateRunner(templates_of(desk, asked), desk, words_of(desk))


class Filling:
    """Makes the page of a named job in a worker, which compiles each template once."""

    def __init__(self, runner: TemplateRunner) -> None:
        self.runner = runner
        self.templates = runner.environment()

    @override
    def __reduce__(self) -> tuple[type[Filling], tuple[TemplateRunner]]:
        """As what it was made of, for a worker that was not forked with it."""
        return Filling, (self.runner,)

    def __call__(self, task: tuple[str, PageJob]) -> Page | TemplateFault | Crash:
        """The page, with what it was made with as the manifest tells it."""
        name, job = task
        seconds = PAGE_TIME.most if self.runner.templates is None else _share(job)

        def stop(_: int, __: FrameType | None) -> None:
            raise OutOfTimeError(f"it takes longer than {seconds} seconds of processor time")

        signal.signal(signal.SIGPROF, stop)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            page = make(self.templates, job)
        except TemplateHole as hole:
            return self.runner.fault(name, hole, self.templates)
        except Refused as refused:
            return TemplateFault(refused.diagnostics[0])
        except OutOfTimeError as error:
            hint = PAGE_TIME.raising
            return TemplateFault(diagnostic("template-limit", str(error), None, hint))
        except Exception as error:
            if is_want_of_memory(error):
                raise  # told by whoever set the limit
            return Crash(traceback.format_exc())
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        reads = {self.runner.name(Path(path)): digest for path, digest in page.reads.items()}
        return Page(page.text, reads)


def _read_as(name: str) -> str:
    return f"{_FOLDER}/fonts/{name}"


def _share(job: PageJob) -> int:
    """Seconds of processor time that a page by templates of a desk's own may take: by its input.

    Shipped templates take 5 ms for each KiB of it at most, so that a loop without end is told long
    before an honest page of thousands of facts would be. To count the steps of loops would not
    tell: what one of them takes differs a thousandfold.
    """
    size = len(pickle.dumps(job, pickle.HIGHEST_PROTOCOL))
    share = min(1, _LEAST_SHARE + size / _FULL)
    return max(1, round(share * PAGE_TIME.most))
