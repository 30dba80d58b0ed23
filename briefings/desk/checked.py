"""A desk that was read, checked; and one that holds no error, which others work with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.check.acceptance import Accepted
from briefings.check.clearances import Clearances
from briefings.check.figures import Support
from briefings.check.gate import Meanwhile, Said, Telling, check
from briefings.check.parts import parts
from briefings.check.quotes.anchors import QuoteCheck
from briefings.check.unchecked import Unchecked
from briefings.check.wording.names import TakenNames
from briefings.core.diagnostics import Diagnostic, Refused, failed
from briefings.core.languages import CATALOGUES
from briefings.core.model import CheckedBase
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.desk.check_cache import check_cache
from briefings.desk.missing_letters import unset_letters
from briefings.load import records as desk_records
from briefings.load.desk import Loaded
from briefings.load.records import Records
from briefings.plan.resolve import unbuildable, unnameable

# For types alone: nothing else here needs processes.
if TYPE_CHECKING:
    from briefings.workers.pool import Executor


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check; `checked` is there exactly if no diagnostic is an error.

    `texts` are the texts that the diagnostics point into, `reads` the SHA-256 of each file that
    the base consists of; both by desk-relative path. `records` are of the issued briefs,
    `accepted`, `unchecked`, `supports` and `taken` as of the check. `trouble` says in a lower-case
    clause why the cache can't be used; it is empty if it can.
    """

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    reads: Mapping[str, str]
    quotes: tuple[QuoteCheck, ...]
    checked: CheckedBase | None
    records: Records
    accepted: tuple[Accepted, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    supports: tuple[Support, ...] = ()
    taken: tuple[TakenNames, ...] = ()
    trouble: str = ""


@contextmanager
def in_another_process(telling: Telling) -> Iterator[Telling]:
    """Begun with at once, in a process of its own; here after all if that comes to nothing."""
    from briefings.workers.agenda import long_work  # noqa: PLC0415 # see above
    from briefings.workers.pool import Failed, aside  # noqa: PLC0415 # see above

    with aside(telling, long_work()) as answer:

        def told() -> Said:
            heard: Said | Failed = answer()
            return telling() if isinstance(heard, Failed) else heard

        yield told


def check_anew(
    loaded: Loaded,
    path: Path,
    cache: Path | None,
    helpers: Executor | None = None,
    meanwhile: Meanwhile | None = None,
) -> Checked:
    """Check the desk that was read at `path`, as `check_desk` does.

    Args:
        loaded: What was read.
        path: The base's own file.
        cache: The folder of the cache, if there is one.
        helpers: Who checks the facts of a large base in parts, to the same verdicts.
        meanwhile: How some of the entries are checked while others are; None for one by one.
    """
    known = None if cache is None else check_cache(path, cache)
    if known is not None:
        known.clearances.digests = loaded.digests
    if helpers is None:
        clearances = None if known is None else known.clearances
        checked = check_loaded(loaded, clearances, meanwhile)
    else:
        before = {} if known is None else known.clearances.last
        done = {**before, **_in_parts(loaded, before, helpers)}
        clearances = Clearances(done, loaded.digests)
        checked = check_loaded(loaded, clearances)
        if known is not None:
            known.clearances.now.update(clearances.now)
    if known is None:
        return checked
    trouble = known.keep()
    return replace(checked, trouble=trouble or loaded.trouble)


def _in_parts(loaded: Loaded, known: Mapping[str, str], helpers: Executor) -> dict[str, str]:
    """What parts of the base come to; of one that was given up, nothing is known."""
    from briefings.workers.agenda import long_work  # noqa: PLC0415 # of a cluster
    from briefings.workers.pool import Failed  # noqa: PLC0415 # of a cluster

    if loaded.base is None:
        return {}
    clearing, named = parts(loaded.base, loaded.documents, known)
    cleared: dict[str, str] = {}
    for _, answer in helpers.answers(named, clearing, long_work()) if len(named) > 1 else ():
        if not isinstance(answer, Failed):
            cleared |= answer
    return cleared


def check_loaded(
    loaded: Loaded, clearances: Clearances | None = None, meanwhile: Meanwhile | None = None
) -> Checked:
    """Check a desk that was read, with the records of what it issued.

    Args:
        loaded: The desk.
        clearances: What the last check came to, to which what this one comes to is added.
        meanwhile: How some of the entries are checked while others are; None for one by one.
    """
    records = desk_records.read(loaded.root)
    texts = {**loaded.texts, **records.texts}
    earlier = (*loaded.diagnostics, *records.diagnostics)
    if loaded.base is None:
        return Checked(
            diagnostics=earlier,
            texts=texts,
            reads=loaded.reads,
            quotes=(),
            checked=None,
            records=records,
        )
    if loaded.standing is not None:
        earlier = (*earlier, *desk_records.vanished(loaded.standing, records))
    earlier = (*earlier, *unbuildable(loaded.base))
    if not failed(earlier):
        earlier = (*earlier, *unnameable(loaded.base))
    earlier = (
        *earlier,
        *_faults_of_catalogues(loaded),
        *unset_letters(loaded.base, loaded.texts, loaded.root),
    )
    report = check(
        *(loaded.base, loaded.documents, loaded.unproven, earlier, clearances), meanwhile=meanwhile
    )
    return Checked(
        diagnostics=report.diagnostics,
        texts=texts,
        reads=loaded.reads,
        quotes=report.quotes,
        checked=report.checked,
        records=records,
        accepted=report.accepted,
        unchecked=report.unchecked,
        supports=report.supports,
        taken=report.taken,
    )


def _faults_of_catalogues(loaded: Loaded) -> Iterator[Diagnostic]:
    """What is wrong with the words that the desk brings for our pages."""
    texts = [text for path, text in loaded.texts.items() if fnmatch(path, CATALOGUES)]
    if texts:
        # Late, since few desks bring any: it loads Babel.
        from briefings.render.l10n.own_words import faults  # noqa: PLC0415

        for text in texts:
            yield from faults(text)


@dataclass(frozen=True, slots=True)
class SoundDesk:
    """A desk that holds no error; `warnings`, `texts`, `reads` and `records` as of a check."""

    checked: CheckedBase
    warnings: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    reads: Mapping[str, str]
    records: Records


def sound(result: Checked, *, strict: bool = False) -> SoundDesk:
    """The desk, if it can be built from.

    Raises:
        Refused: With status 1: it holds an error, or with `strict` a warning.
    """
    if result.checked is None or failed(result.diagnostics, strict=strict):
        raise Refused(1, result.diagnostics, result.texts)
    return SoundDesk(result.checked, result.diagnostics, result.texts, result.reads, result.records)
