"""Pages to finished files, and these to their place: the one way to either for every command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, Refused
from briefings.core.edition import Edition
from briefings.core.model import CheckedBase, Marking
from briefings.core.progress import Progress, silent
from briefings.core.signing import Signing
from briefings.core.untranslated import Unmade
from briefings.core.values import dataclass
from briefings.make.pipeline import Making, Steps, is_pdf
from briefings.output.allowed import in_the_way
from briefings.output.atomic import atomic_write, reason
from briefings.output.manifest import NAME, manifest
from briefings.output.publish import publish
from briefings.output.spool import Spool
from briefings.output.store import RunStore, Store
from briefings.render.html.jobs import PageJob
from briefings.scan.scan import Search, search
from briefings.workers import pdfs
from briefings.workers.batch import TemplateFault
from briefings.workers.pool import Executor, Pool
from briefings.workers.scripts import digest
from briefings.workers.templates import TemplateRunner, font_inputs


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
        NotSet: PDFs can't be set; those that could be are in the store.
    """
    look = None if checked is None else _look(checked, jobs, labels, inventory)
    parts = (jobs.pages, filter(is_pdf, jobs.pages), look.labels if look is not None else ())
    steps = Steps(progress, sum(len(tuple(part)) for part in parts))
    with nullcontext(pool) if pool is not None else Pool(start=pdfs.start()) as hired:
        making = Making(jobs.runner, look, hired, store, steps, Spool(out))
        making.make(jobs.pages, tell_why)
        making.add(jobs.ready)
        listing = None
        if inventory is not None:
            listing = _listing(inventory, making)
            making.add([listing(making.files.values())])
    if leaks := [leak for name in sorted(making.leaks) for leak in making.leaks[name]]:
        raise Refused(1, leaks)
    files = tuple(making.files[name] for name in sorted(making.files))
    if signing is None:
        return files
    # Late: it is an extra's, and of few builds.
    from briefings.make.signatures import signed  # noqa: PLC0415

    progress("signing")
    return signed(files, listing, signing, out)


def fill(jobs: Jobs) -> Mapping[str, str]:
    """The text of each page that is to be filled, by its file, be it set as a PDF afterwards.

    Raises:
        Refused: With status 1: a template has a mistake.
    """
    filled = jobs.runner.fill(jobs.pages)
    if isinstance(filled, TemplateFault):
        raise Refused(1, [filled.diagnostic], filled.texts)
    return {name: page.text for name, page in filled.items()}


def one_page(
    job: PageJob,
    name: str,
    runner: TemplateRunner,
    label: Marking,
    checked: CheckedBase | None = None,
) -> bytes:
    """A page that stands alone, searched for what is above its marking.

    Args:
        job: The page.
        name: That of its file.
        runner: Who fills its template.
        label: Its marking.
        checked: As of `produce`.

    Raises:
        Refused: As of `produce`.
    """
    (page,) = produce(Jobs(runner, {name: job}), checked, Labels({}, label))
    return page.content


def _look(
    checked: CheckedBase, jobs: Jobs, labels: Labels, inventory: Inventory | None
) -> Search | None:
    """How each file is searched for what is above its marking; None if there is no need."""
    names = [*jobs.pages, *(file.path for file in jobs.ready)]
    if inventory is not None:
        names.append(NAME)
    return search(checked, names, labels.by_path, labels.otherwise)


def _listing(inventory: Inventory, making: Making) -> Callable[[Iterable[Artifact]], Artifact]:
    """What makes the manifest of finished files."""
    reads = {
        **inventory.reads,
        **dict(sorted(making.reads.items())),
        **font_inputs(making.own_fonts),
        **{f"fonts/{font.name}": digest(font) for font in making.more_fonts},
    }
    return partial(manifest, inventory.editions, reads, unmade=inventory.unmade)


def put_page(made: Callable[[], bytes], file: Path) -> None:
    """Let one file hold a page, beside whatever its folder holds.

    Whether it may is asked before the work as well, so that nobody waits for that in vain.

    Raises:
        Refused: With status 2: the file can't be written, or is there and no page of ours.
    """
    _put_page(None, file)
    _put_page(made(), file)


def _put_page(content: bytes | None, file: Path) -> None:
    """Put a page into a file, if there is one by now."""
    try:
        if other := in_the_way(file, "move it away, or give another file"):
            raise Refused(2, [other])
        if content is not None:
            atomic_write(file, content)
    except OSError as error:
        message = f"{str(file)!r} can't be written: {reason(error)}"
        hint = "give another file, or see who may write in its folder"
        raise Refused.by(2, "output-unwritable", message, hint) from error


def put(
    files: Sequence[Artifact],
    out: Path,
    desk: Path,
    *,
    progress: Progress,
    then: Callable[[], Diagnostic | None] = lambda: None,
) -> tuple[str, ...]:
    """Let a folder hold some files and nothing else.

    Args:
        files: The finished files.
        out: The folder.
        desk: The folder of the desk, which is never written into.
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
