"""From a desk to published briefs: the order of the stages, and nothing written before the last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from briefings.check.gate import Meanwhile
from briefings.compare.changes import before, listed, mended, with_changes
from briefings.core import files
from briefings.core.artifacts import Artifact
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic, refusals_with
from briefings.core.edition import Edition
from briefings.core.filenames import FORMATS
from briefings.core.knowledge import source_known
from briefings.core.limits import PAGES
from briefings.core.model import FactBase, TopicId
from briefings.core.progress import Progress, silent
from briefings.core.span import SourceText, Span
from briefings.core.untranslated import Unmade
from briefings.core.values import dataclass
from briefings.desk.checked import SoundDesk, check_anew, in_another_process, sound
from briefings.desk.memory import keeping_all
from briefings.desk.read_cache import load_cached
from briefings.load import records
from briefings.load.desk import Loaded
from briefings.make import produce
from briefings.make.executors import executor_for
from briefings.make.pages import labels, pages, unknown_templates
from briefings.make.pipeline import NotSet
from briefings.make.produce import Inventory, Labels
from briefings.make.unchanged import Inputs
from briefings.output.allowed import refusal
from briefings.output.spool import Spool
from briefings.output.store import RunStore, Store
from briefings.plan.choose import Choice, Chosen, choose
from briefings.plan.request import Request
from briefings.workers.pool import Executor, Pool
from briefings.workers.templates import templates_of

_MANY = 8
"""Briefs, by topics and languages."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built. `diagnostics` are warnings, `texts` what they point into, by path.

    `files` are relative to the output folder, the manifest among them; `inputs` is what the build
    went by, `why` tells of each page and PDF why it was made, in a lower-case clause, empty if it
    was made before and kept; `unmade` are editions that are not translated;
    `failures` are of briefs that were left out; `notes` say what was not done where it was to be.
    `trouble` says in a lower-case clause why the cache can't be used; it is empty if it can.
    """

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    briefs: tuple[Chosen, ...]
    files: tuple[str, ...]
    inputs: Inputs
    why: Mapping[str, str]
    unmade: tuple[Unmade, ...]
    failures: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions that were built."""
        return tuple(brief.edition for brief in self.briefs)

    def files_of(self, brief: Chosen) -> tuple[str, ...]:
        """The files of one brief, relative to the output folder."""
        names = {f"{brief.stem}.{form}" for form in FORMATS}
        return tuple(name for name in self.files if name in names)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A build that is finished but for the writing: `built` as it will be, without its `files`."""

    desk: SoundDesk
    built: Built
    artifacts: tuple[Artifact, ...]


def build(
    request: Request,
    *,
    today: Callable[[str], date],
    progress: Progress = silent,
    workers: int | None = None,
    loaded: Loaded | None = None,
) -> Built:
    """Check the desk, build its briefs and publish them.

    Args:
        request: What to build.
        today: The calendar day in a time zone, by its IANA name.
        progress: Is told of each step.
        workers: How many processes set PDFs; None for one a processor.
        loaded: The desk, where it was read already.

    Raises:
        Refused: With status 1: a mistake in the desk or in a template, nothing to show, or a
            cluster that can't be used; with status 2: a request that makes no sense, or an output
            that can't be written.
    """
    prepared = prepare(request, today=today, progress=progress, workers=workers, loaded=loaded)
    return put(prepared, request, progress)


def prepare(
    request: Request,
    *,
    today: Callable[[str], date],
    progress: Progress = silent,
    workers: int | None = None,
    loaded: Loaded | None = None,
    hold: Callable[[Sequence[Diagnostic]], None] = lambda _: None,
) -> Prepared:
    """All that `build` does but writing.

    Args:
        request: What to build.
        today: The calendar day in a time zone, by its IANA name.
        progress: Is told of each step.
        workers: How many processes set PDFs; None for one a processor.
        loaded: The desk, where it was read already.
        hold: Is told of all warnings before any page is made, and may refuse.

    Raises:
        Refused: As of `build`.
    """
    if fault := refusal(request.out, request.base.parent):
        raise Refused(2, [fault])
    of_key = _warnings_of_key(request)
    asked: dict[str, date] = {}

    def asked_for(zone: str) -> date:
        asked[zone] = today(zone)
        return asked[zone]

    store = _store(request)
    why: dict[str, str] = {}
    progress("checking the base")
    with executor_for(request, workers) as (pool, notes):
        helpers = None if request.cluster is None else pool
        with keeping_all():
            loaded = load_cached(request.base, request.cache, helpers) if loaded is None else loaded
            meanwhile = _meanwhile(loaded, request, pool)
            checked = check_anew(loaded, request.base, request.cache, helpers, meanwhile)
        desk = sound(checked, strict=request.strict)
        with refusals_with(desk.warnings, desk.texts):
            choice = choose(desk.checked, request, asked_for)
        diagnostics = (*of_key, *desk.warnings, *choice.warnings)
        with refusals_with((), desk.texts):
            hold(diagnostics)

        by = _Makers(progress, pool, store, why.setdefault)
        make = partial(_made, desk, request, by)
        with refusals_with(diagnostics, desk.texts):
            made, failures = (
                _made_if_possible(make, choice) if request.keep_going else (make(choice), ())
            )
    built = Built(
        diagnostics=diagnostics,
        texts=desk.texts,
        briefs=made.briefs,
        files=(),
        inputs=_inputs(loaded.reads, desk, request, made.briefs, asked),
        why=why,
        unmade=choice.unmade,
        failures=failures,
        notes=tuple(notes),
        trouble=checked.trouble or (store.trouble if isinstance(store, Store) else ""),
    )
    return Prepared(desk, built, made.artifacts)


def _warnings_of_key(request: Request) -> tuple[Diagnostic, ...]:
    """What is to be said of the key that signs, which can be opened, or all of it is refused."""
    if request.signing is None:
        return ()
    from briefings.make.signatures import readable_by_others, refuse_unless_opened  # noqa: PLC0415 # of an extra

    refuse_unless_opened(request.signing)
    return readable_by_others(request.signing)


def _store(request: Request) -> Store | RunStore | None:
    """Where pages and PDFs are kept: for the next build, or until those left out are known."""
    if request.cache is not None:
        return Store(request.cache)
    return RunStore(Spool(request.out)) if request.keep_going else None


class _Made(NamedTuple):
    """The briefs, with what has changed in them, and all the files of the build."""

    briefs: tuple[Chosen, ...]
    artifacts: tuple[Artifact, ...]


def _meanwhile(loaded: Loaded, request: Request, pool: Executor) -> Meanwhile | None:
    """How a part of the base is checked: in another process, where many pages wait for it.

    Both processes learn the same words, which costs more than it saves where few do.
    """
    base, asked = loaded.base, request.brief
    if base is None or not isinstance(pool, Pool) or pool.start != "fork" or pool.workers == 1:
        return None
    topics = len(asked.topics or request.kept or base.topics)
    languages = len(asked.languages or base.languages)
    return in_another_process if topics * languages >= _MANY else None


def _made_if_possible(
    make: Callable[[Choice], _Made], choice: Choice
) -> tuple[_Made, tuple[Diagnostic, ...]]:
    """What `make` makes of those briefs that can be made, and why the others can't."""
    failures: list[Diagnostic] = []
    while True:
        try:
            return make(choice), tuple(failures)
        except NotSet as unset:
            failures += unset.diagnostics
            left = tuple(brief for brief in choice.briefs if f"{brief.stem}.pdf" not in unset.names)
            if not left:
                raise Refused(unset.status, failures) from unset
            choice = replace(choice, briefs=left)


class _Makers(NamedTuple):
    """Who makes the pages of a build, keeps them and is told of them; each as of `produce`."""

    progress: Progress
    pool: Executor
    store: Store | RunStore | None
    tell_why: Callable[[str, str], object]


def _made(desk: SoundDesk, request: Request, by: _Makers, choice: Choice) -> _Made:
    folder, planned = request.base.parent, choice.briefs
    templates = templates_of(folder, request.templates)
    if unknown := unknown_templates(planned, templates, folder):
        raise Refused(2, unknown)
    compared = with_changes(desk.checked, [brief.edition for brief in planned], desk.records)
    editions = compared.editions
    briefs = tuple(
        replace(brief, edition=edition) for brief, edition in zip(planned, editions, strict=True)
    )
    earlier, again = before(desk.records, editions), mended(desk.records, editions)
    jobs = pages(desk.checked, briefs, request, templates, earlier=listed(earlier), mended=again)
    if len(jobs.pages) > PAGES.most:
        raise Refused(1, [_too_many_pages(len(jobs.pages), request.base.name)])
    # Of the issued records only those that a brief or a feed was compared with, or a page lists.
    looked_at = (*compared.records, *earlier, *again.values())
    issued = {record.path: record.sha256 for record in looked_at}
    with _placed(desk.checked.base):
        artifacts = produce.produce(
            jobs,
            desk.checked,
            Labels(labels(desk.checked.base, briefs), max(edition.marking for edition in editions)),
            Inventory(editions, {**_reads(desk, editions), **issued}, choice.unmade),
            **by._asdict(),
            signing=request.signing,
            out=request.out,
        )
    return _Made(briefs, artifacts)


@contextmanager
def _placed(base: FactBase) -> Iterator[None]:
    """Tell what is wrong with a brief at the entry of the base that it is of.

    Whoever makes its page knows no places, or each line that moves would have it made anew.
    """
    try:
        yield
    except Refused as refused:
        refused.diagnostics = tuple(_at_its_entry(each, base) for each in refused.diagnostics)
        raise


def _at_its_entry(reported: Diagnostic, base: FactBase) -> Diagnostic:
    if reported.span is not None:
        return reported
    entry = base.topics.get(TopicId(reported.words)) or base.briefs.get(reported.words)
    return reported if entry is None else replace(reported, span=entry.span, words="")


def _too_many_pages(count: int, base: str) -> Diagnostic:
    message = f"this build would make {count:,} pages; {PAGES.shown} are the most"
    hint = "ask for fewer, by --topic, --lang or --format"
    return diagnostic("too-large", message, Span(base, 0, 0), hint, PAGES.raising_to(count))


def _inputs(
    reads: Mapping[str, str],
    desk: SoundDesk,
    request: Request,
    briefs: Sequence[Chosen],
    asked: Mapping[str, date],
) -> Inputs:
    """All that the build went by; `asked` is what the calendar said when it was asked."""
    base, root = desk.checked.base, request.base.parent
    is_given = any((base.edition.as_of, request.brief.as_of, request.brief.calendar))
    # A day that is given is checked only for being ahead of today's.
    latest = max((brief.edition.spec.known_by for brief in briefs), default=date.min)
    days = [(zone, day) for zone, day in asked.items() if not is_given or latest > day]
    own = [request.templates] if request.templates else [root / "templates"]
    return Inputs(
        reads,
        {pattern: tuple(files.matching(root, pattern)) for pattern in base.include},
        tuple(str(folder) for folder in [*own, root / "locale", root / records.FOLDER]),
        next(((zone, day.isoformat()) for zone, day in days), None),
    )


def _reads(desk: SoundDesk, editions: Sequence[Edition]) -> dict[str, str]:
    """What was read for these editions; no document is named that they could not know or show."""
    latest = max(edition.spec.known_by for edition in editions)
    highest = max(edition.marking for edition in editions)
    left_out = {
        source.file
        for source in desk.checked.base.sources.values()
        if (day := source_known(source)) is None or day > latest or source.marking > highest
    }
    return {path: digest for path, digest in desk.reads.items() if path not in left_out}


def put(
    prepared: Prepared,
    request: Request,
    progress: Progress,
    then: Callable[[], Diagnostic | None] = lambda: None,
) -> Built:
    """Publish what was prepared, and do `then` with it or neither.

    Args:
        prepared: The build.
        request: What it was prepared for.
        progress: Is told of each step.
        then: Is done once the files have their names; what it returns is why they lose them again.

    Raises:
        Refused: With status 2: the output can't be written, or what `then` says.
    """
    built = prepared.built
    with refusals_with(built.diagnostics, built.texts):
        names = produce.put(
            prepared.artifacts, request.out, request.base.parent, progress=progress, then=then
        )
    return replace(built, files=names)
