"""Pages to finished files, and these to their place: the one way to either for every command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic
from briefings.core.edition import Edition
from briefings.core.model import CheckedBase, Marking
from briefings.core.progress import Progress, silent
from briefings.core.signing import Signing
from briefings.core.untranslated import Unmade
from briefings.output.manifest import manifest
from briefings.output.publish import publish
from briefings.output.store import RunStore, Store
from briefings.render.html.jobs import Page, PageJob
from briefings.run.earlier import ANEW, KeptPages, Lookup, clean_key, pdf_key
from briefings.scan.scan import search
from briefings.workers import pdfs
from briefings.workers.pdfs import LIMITS, Failed, print_pdfs, set_page
from briefings.workers.pool import Executor, Pool
from briefings.workers.scripts import digest, needed_by
from briefings.workers.templates import Fault, TemplateRunner, font_inputs, fonts

HTML = "text/html; charset=utf-8"
_PDF = "application/pdf"


class NotSet(Refused):
    """PDFs can't be made, of these `names`; all others could be."""

    def __init__(self, names: Iterable[str], diagnostics: Iterable[Diagnostic]) -> None:
        super().__init__(1, diagnostics)
        self.names = frozenset(names)


@dataclass(frozen=True, slots=True)
class Jobs:
    """Pages that `runner` is to fill, by the name of the file that each becomes.

    Those whose names end in .pdf are set as PDFs. `ready` are files that need no template.
    """

    runner: TemplateRunner
    pages: Mapping[str, PageJob]
    ready: tuple[Artifact, ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """How restricted each file is: as `by_path` says, `otherwise` where that says nothing."""

    by_path: Mapping[str, Marking]
    otherwise: Marking


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a manifest says beside the pages: the editions, and what was read for them.

    `reads` maps the path of each file to its SHA-256; `unmade` are editions that were left out.
    """

    editions: Sequence[Edition]
    reads: Mapping[str, str]
    unmade: Sequence[Unmade] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """The finished `screens`; the `prints` that are to become PDFs, by the name of the PDF.

    `reads` maps each template and font to its SHA-256, as `templates/…` wherever it was found;
    `fonts` are files of fonts that PDFs may use besides the shipped ones, with their SHA-256.
    """

    screens: tuple[Artifact, ...]
    prints: Mapping[str, str]
    reads: Mapping[str, str]
    fonts: Mapping[Path, str]


def produce(
    jobs: Jobs,
    checked: CheckedBase | None,
    labels: Labels,
    inventory: Inventory | None = None,
    *,
    progress: Progress = silent,
    store: Store | RunStore | None = None,
    tell_why: Callable[[str, str], object] = lambda _, __: None,
    signing: Signing | None = None,
    out: Path = Path(),
    pool: Executor | None = None,
) -> tuple[Artifact, ...]:
    """Fill templates, set PDFs, and search all files for what is above their marking.

    Args:
        jobs: The pages.
        checked: The base that is searched for; without one, nothing can be.
        labels: The marking of each file.
        inventory: What the manifest says; without it, there is no manifest.
        progress: Is told of each step.
        store: What was made before, and is to be found the next time; None for none.
        tell_why: Is told of each page and PDF why it was made, in a lower-case clause; an empty
            one means that it was kept.
        signing: Whom to sign as; None for nobody.
        out: The folder that the files go to, in which signed ones may stand already.
        pool: Who does the work; None for workers on this machine, who do all of it.

    Raises:
        Refused: With status 1: a template has a mistake, or a file gives
            away what is above its marking; with 2: it can't be signed.
        Unmade: PDFs can't be set; those that could be are in the store.

    """
    steps = _Steps(progress, len(jobs.pages) + sum(map(_is_pdf, jobs.pages)))
    with nullcontext(pool) if pool is not None else Pool(start=pdfs.start()) as hired:
        pages = _filled(jobs, steps, hired, store, tell_why)
        files = [*pages.screens, *_printed(pages, steps, hired, store, tell_why)]
        listing = None
        if inventory is not None:
            listing = _listing(inventory, pages)
            files.append(listing(files))
        leaks: list[Diagnostic] = []
        if checked is not None:
            leaks = _leaks(checked, files, labels, progress=progress, pool=hired, store=store)
        if leaks:
            raise Refused(1, leaks)
    if signing is None:
        return tuple(files)
    # Late: it is an extra's, and of few builds.
    from briefings.run.signatures import signed  # noqa: PLC0415

    progress("signing")
    return signed(files, listing, signing, out)


def fill(jobs: Jobs) -> Pages:
    """Fill the templates, up to the first page that can't be.

    Raises:
        Refused: With status 1: a template has a mistake.

    """
    return _filled(jobs, _Steps(silent, len(jobs.pages)), None, None, lambda _, __: None)


@dataclass(slots=True)
class _Steps:
    """Counts what is done of all that is to be done, and tells it."""

    progress: Progress
    of: int
    done: int = 0

    def __call__(self, step: str) -> None:
        self.done += 1
        self.progress(step, self.done, self.of)

    def begin(self, step: str) -> None:
        self.progress(step, self.done, self.of)


def _filled(
    jobs: Jobs,
    steps: _Steps,
    pool: Executor | None,
    store: Store | RunStore | None,
    tell_why: Callable[[str, str], object],
) -> Pages:
    """Every page: those that are kept as they were, the others filled."""
    shelf = None if store is None else KeptPages(store, jobs.runner)
    kept: dict[str, Page] = {}
    for name, job in jobs.pages.items():
        lookup = Lookup(None, ANEW) if shelf is None else shelf.find(job)
        if lookup.page is not None:
            kept[name] = lookup.page
            steps(f"kept {name}")
        if not _is_pdf(name):
            tell_why(name, lookup.why)
    missing = {name: job for name, job in jobs.pages.items() if name not in kept}
    if missing:
        steps.begin("filling the pages")
    filled = jobs.runner.fill(missing, done=lambda name: steps(f"filled {name}"), pool=pool)
    if isinstance(filled, Fault):
        raise Refused(1, [filled.diagnostic], filled.texts)
    if shelf is not None:
        for name, page in filled.pages.items():
            shelf.keep(jobs.pages[name], page)
    pages = {name: kept.get(name) or filled.pages[name] for name in jobs.pages}
    screens = (
        Artifact(name, HTML, page.text.encode())
        for name, page in pages.items()
        if not _is_pdf(name)
    )
    prints = {name: page.text for name, page in pages.items() if _is_pdf(name)}
    reads = {path: digest for page in pages.values() for path, digest in page.reads.items()}
    inputs = {**dict(sorted(reads.items())), **font_inputs(filled.own_fonts)}
    return Pages((*screens, *jobs.ready), prints, inputs, filled.own_fonts)


def _is_pdf(name: str) -> bool:
    return name.endswith(".pdf")


def _listing(inventory: Inventory, pages: Pages) -> Callable[[Iterable[Artifact]], Artifact]:
    """What makes the manifest of finished files."""
    more = {font for page in pages.prints.values() for font in needed_by(page, pages.fonts)}
    reads = {
        **inventory.reads,
        **pages.reads,
        **{f"fonts/{font.name}": digest(font) for font in more},
    }
    return partial(manifest, inventory.editions, reads, unmade=inventory.unmade)


def _leaks(
    checked: CheckedBase,
    files: Sequence[Artifact],
    labels: Labels,
    *,
    progress: Progress,
    pool: Executor,
    store: Store | RunStore | None,
) -> list[Diagnostic]:
    """What files give away that is above their marking, in the order of their names.

    A file in which an earlier build has looked for the same, and found nothing, is not searched.
    """
    progress("searching the files")
    look = search(checked, files, labels.by_path, labels.otherwise)
    if look is None:
        return []
    sought = look.sought()
    keys = {file.path: clean_key(file, sought[file.path]) for file in files}
    tasks = {
        file.path: file
        for file in sorted(files, key=lambda file: -len(file.content))
        if store is None or store.get(keys[file.path]) is None
    }
    number = count(1)
    leaks: dict[str, list[Diagnostic]] = {}
    for name, answer in pool.answers(tasks, look, LIMITS):
        leaks[name] = _unsearched(name, answer) if isinstance(answer, Failed) else answer
        if store is not None and not leaks[name]:
            store.put(keys[name], b"")
        progress(f"searched {name}", next(number), len(tasks))
    return [leak for name in sorted(leaks) for leak in leaks[name]]


def _unsearched(name: str, why: Failed) -> list[Diagnostic]:
    message = f"{name} can't be searched for what is above its marking: {why.reason}"
    return [diagnostic("unsearched", message, None)]


def put(
    files: Sequence[Artifact],
    out: Path,
    desk: Path,
    *,
    progress: Progress = silent,
    then: Callable[[], Diagnostic | None] = lambda: None,
) -> tuple[str, ...]:
    """Let a folder hold some files and nothing else.

    Args:
        files: The finished files.
        out: The folder.
        desk: That of the desk, which is never written into.
        progress: Is told of the step.
        then: Is done with it, or neither; what it returns is why it could not be.

    Returns:
        The names of the files, in order.

    Raises:
        Refused: With status 2: `out` can't be written, or what `then` says.

    """
    progress("publishing")
    if fault := publish(files, out, desk, then):
        raise Refused(2, [fault])
    return tuple(sorted(file.path for file in files))


def _printed(
    pages: Pages,
    steps: _Steps,
    pool: Executor,
    store: Store | RunStore | None,
    tell_why: Callable[[str, str], object],
) -> list[Artifact]:
    """The PDF of each page, by the name that it is to have."""
    keys: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    if store is not None:
        for name, page in pages.prints.items():
            keys[name] = pdf_key(page, pages.fonts, needed_by(page, pages.fonts))
            content = store.get(keys[name])
            if content is not None:
                kept[name] = content
                steps(f"kept {name}")
    for name in pages.prints:
        tell_why(name, "" if name in kept else "its page is new")
    unset = {name: page for name, page in pages.prints.items() if name not in kept}
    if unset:
        steps.begin("setting PDFs")

    def keep(name: str, content: bytes) -> None:
        # At once: a build that is cut short has not set it in vain.
        if store is not None:
            store.put(keys[name], content)

    answers = print_pdfs(
        unset,
        fonts(),
        partial(set_page, own=tuple(pages.fonts)),
        done=lambda name: steps(f"set {name}"),
        keep=keep,
        pool=pool,
    )
    faults = {
        name: diagnostic("pdf-failed", f"{name} could not be made: {answer.reason}", None)
        for name, answer in answers.items()
        if isinstance(answer, Failed)
    }
    made = {name: answer for name, answer in answers.items() if not isinstance(answer, Failed)}
    if faults:
        raise NotSet(faults, faults.values())
    return [Artifact(name, _PDF, {**kept, **made}[name]) for name in pages.prints]
