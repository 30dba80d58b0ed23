"""What two editions differ in, wherever each of them comes from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path

from briefings.compose.edition import compose
from briefings.core.canonical import plain
from briefings.core.characters import in_a_line
from briefings.core.diagnostics import Diagnostic, Refused, beside, diagnostic
from briefings.core.difference import Change, Comparison, diff
from briefings.core.edtf import parse_day
from briefings.core.model import CheckedBase, LocalText, Marking, TopicId
from briefings.core.names import suggestion
from briefings.core.snapshot import Snapshot
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.load.records import FOLDER
from briefings.output.atomic import atomic_write, reason
from briefings.plan.choose import editions
from briefings.plan.identity import LIMITED
from briefings.plan.request import BriefRequest
from briefings.plan.resolve import BriefPlan, resolve
from briefings.render.html.jobs import ComparisonPage
from briefings.run.check import Checked, SoundDesk, check_desk, sound
from briefings.run.produce import Jobs, Labels, produce
from briefings.run.reading import edition_in
from briefings.workers.templates import TemplateRunner, templates_of, words_of

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True, slots=True)
class Differences:
    """What editions differ in; never empty.

    `checked` is the base, if the desk was read. `diagnostics` are warnings, `texts` what they
    point into, by path.
    """

    comparisons: tuple[Comparison, ...]
    checked: CheckedBase | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, SourceText] = field(default_factory=dict)

    @property
    def desk(self) -> LocalText | None:
        """The desk's title, if the desk was read."""
        return self.checked.base.title if self.checked else None


def differences(base: Path, names: tuple[str, str], topics: tuple[TopicId, ...]) -> Differences:
    """Compare two editions.

    The desk is read only if a day or a record's name asks for it. A day stands for the brief of
    the other side, or, between two days, for the topics asked for, else the weekly ones.

    Args:
        base: The fact base.
        names: The earlier edition and the later: each a day, a record of the desk, or a file.
        topics: The topics asked for, where both are days.

    Raises:
        Refused: With status 1: an edition or the base is at fault, or nothing was known on a day;
            with status 2: they can't be compared.

    """
    sides = [_given(name) for name in names]
    if None not in sides:
        pairs, _ = _pairs(None, sides, topics)
        return Differences(_compared(pairs))
    desk = sound(_checked(base))
    with beside(desk.warnings, desk.texts):
        known = [
            side if side is not None else _recorded(desk, name)
            for side, name in zip(sides, names, strict=True)
        ]
        pairs, empty = _pairs(desk.checked, known, topics)
    diagnostics = (*desk.warnings, *empty)
    return Differences(_compared(pairs), desk.checked, diagnostics, desk.texts)


def _compared(pairs: Iterable[tuple[Snapshot, Snapshot]]) -> tuple[Comparison, ...]:
    return tuple(Comparison(before, after, diff(before, after)) for before, after in pairs)


def _refusal(status: int, code: str, message: str, *hints: str) -> Refused:
    return Refused(status, [diagnostic(code, message, None, *hints)])


def _given(name: str) -> Snapshot | None:
    """The edition in the file `name`; None if that is a day, or a name for the desk to know."""
    path = Path(name)
    if _DAY.match(name) or not path.is_file():
        return None
    edition = edition_in(path)
    if isinstance(edition, Diagnostic):
        raise Refused(1, [edition])
    return edition


def _checked(base: Path) -> Checked:
    if not base.exists():
        message = f"there is no {str(base)!r}, which a day or the name of a record needs"
        hint = "go to the folder of the desk, name it with --base, or give two files"
        raise _refusal(2, "unreadable-file", message, hint)
    return check_desk(base)


def _recorded(desk: SoundDesk, name: str) -> Snapshot | date:
    """The day that `name` is, or the record of that name; a path in the desk will do."""
    if _DAY.match(name):
        try:
            return parse_day(name)
        except ValueError as error:
            raise _refusal(2, "bad-date", f"{name!r} is not a day: {error}") from None
    stem = name.removeprefix(f"{FOLDER}/").removesuffix(".json")
    known = {each.record.name.removesuffix(".json"): each.snapshot for each in desk.records.issued}
    if stem not in known:
        message = f"{name!r} is no day, no file and no issued brief"
        hints = suggestion(stem, known) or ("`briefings list issued` shows them all",)
        raise _refusal(2, "unknown-name", message, *hints)
    return known[stem]


def _pairs(
    checked: CheckedBase | None,
    sides: Sequence[Snapshot | date | None],
    topics: tuple[TopicId, ...],
) -> tuple[list[tuple[Snapshot, Snapshot]], tuple[Diagnostic, ...]]:
    """What to compare with what, and of which briefs nothing was known on a day."""
    match sides:
        case [Snapshot() as before, Snapshot() as after]:
            pass
        case [Snapshot() as before, date() as day]:
            assert checked is not None
            after = _computed_like(checked, before, day)
        case [date() as day, Snapshot() as after]:
            assert checked is not None
            before = _computed_like(checked, after, day)
        case [date() as earlier, date() as later]:
            assert checked is not None
            return _of_days(_computed(checked, earlier, topics), _computed(checked, later, topics))
        case _:
            raise AssertionError(sides)
    if topics:
        message = "--topic chooses among briefs between two days, and a brief is named already"
        raise _refusal(2, "editions-differ", message, "leave --topic out")
    if (before.brief, before.language) != (after.brief, after.language):
        message = (
            f"`{before.brief}` in `{before.language}` and `{after.brief}` in `{after.language}`"
            " are not editions of one brief"
        )
        raise _refusal(2, "editions-differ", message)
    return [(before, after)], ()


@dataclass(frozen=True, slots=True)
class _OfDay:
    """The briefs of a day; `held` tells for each whether it holds anything, `empty` which not."""

    day: date
    snapshots: tuple[Snapshot, ...]
    held: tuple[bool, ...]
    empty: tuple[Diagnostic, ...]

    @property
    def is_empty(self) -> bool:
        return not any(self.held)


def _of_days(
    before: _OfDay, after: _OfDay
) -> tuple[list[tuple[Snapshot, Snapshot]], tuple[Diagnostic, ...]]:
    """Pair the briefs of two days, but for those that neither day has."""
    if before.is_empty or after.is_empty:
        raise Refused(1, _nothing(before, after))
    pairs = [
        (earlier, later)
        for earlier, later, *held in zip(
            before.snapshots, after.snapshots, before.held, after.held, strict=True
        )
        if any(held)
    ]
    empty = (*before.empty, *after.empty)
    if not pairs:
        raise Refused(1, empty)
    return pairs, tuple(dict.fromkeys(empty))


def _nothing(*sides: _OfDay) -> tuple[Diagnostic, ...]:
    """What is wrong with the sides that are empty."""
    faults: list[Diagnostic] = []
    for side in sides:
        if side.is_empty:
            message = f"nothing was known on {side.day}: it has no edition to compare"
            hint = "give a later day"
            faults += [*side.empty, diagnostic("nothing-to-build", message, None, hint)]
    return tuple(dict.fromkeys(faults))


def _computed_like(checked: CheckedBase, like: Snapshot, day: date) -> Snapshot:
    """The brief of `like` as the base has it on `day`, below the ceiling that its name tells of."""
    base = checked.base
    known = {*base.briefs, *base.topics}
    name = like.brief if like.brief in known else like.brief.rpartition(LIMITED)[0]
    kept = (name,) if name in base.briefs else ()
    topics = () if kept else (TopicId(name),)
    for ceiling in (None, *Marking) if name in known else ():
        asked = BriefRequest(topics, languages=(like.language,), marking=ceiling, as_of=day)
        try:
            plans = resolve(base, asked, kept, lambda _: day)
        except Refused:
            if ceiling is None:
                raise
            continue  # what the base is above can't be the ceiling that was asked for
        if [plan.spec.brief for plan in plans] == [like.brief]:
            computed = _composed(checked, day, plans)
            if computed.is_empty:
                raise Refused(1, _nothing(computed))
            return computed.snapshots[0]
    message = f"brief `{like.brief}` is neither a topic nor a kept brief of this base"
    hint = "give another file or record of it instead of a day"
    raise _refusal(2, "unknown-name", message, hint)


def _computed(checked: CheckedBase, day: date, topics: tuple[TopicId, ...]) -> _OfDay:
    """The briefs of `topics`, else of the weekly ones, in the base's own language."""
    asked = BriefRequest(topics, languages=checked.base.languages[:1], as_of=day)
    return _composed(checked, day, resolve(checked.base, asked, (), lambda _: day))


def _composed(checked: CheckedBase, day: date, plans: Sequence[BriefPlan]) -> _OfDay:
    pairs, empty = editions(checked, plans)
    full = {plan.spec: edition for plan, edition in pairs}
    return _OfDay(
        day,
        tuple((full.get(plan.spec) or compose(checked, plan.spec)).snapshot for plan in plans),
        tuple(plan.spec in full for plan in plans),
        tuple(each for each in empty if each.code != "nothing-to-build"),
    )


def as_text(result: Differences) -> str:
    """The comparisons for people."""
    return "\n".join(
        "".join(f"{in_a_line(line)}\n" for line in _lines(comparison))
        for comparison in result.comparisons
    )


def _lines(comparison: Comparison) -> list[str]:
    before, after = comparison.before, comparison.after
    earlier, later = (f"{each.as_of}, edition {each.edition}" for each in (before, after))
    lines = [f"{after.brief} ({after.language}): {earlier} → {later}"]
    if not comparison.changes:
        lines.append("  nothing has changed")
    counts = Counter((change.kind, change.subject) for change in comparison.changes)
    last = ""
    for change in comparison.changes:
        head = f"{change.kind} {change.subject}"
        if head != last:
            lines.append(f"  {head} ({counts[change.kind, change.subject]})")
            last = head
        lines += [f"    {change.id}: {change.text}", *(f"      {line}" for line in _more(change))]
    return lines


def _more(change: Change) -> list[str]:
    lines = [
        f"{each.field}: {each.before or 'none'} → {each.after or 'none'}"
        for each in change.differences
    ]
    if change.on is not None:
        lines.append(f"on {change.on}: {change.why}")
    if change.replaced_by is not None:
        lines.append(f"in its place: {change.replaced_by}")
    return lines


def as_object(result: Differences) -> dict[str, object]:
    """The comparisons for machines."""
    return {
        "comparisons": [
            {
                "brief": each.after.brief,
                "language": each.after.language,
                "before": _named(each.before),
                "after": _named(each.after),
                "changes": [plain(change) for change in each.changes],
            }
            for each in result.comparisons
        ]
    }


def _named(edition: Snapshot) -> dict[str, str]:
    return {
        "as_of": edition.as_of.isoformat(),
        "known_by": edition.known_by.isoformat(),
        "edition": edition.edition,
    }


def write(result: Differences, file: Path, desk: Path) -> None:
    """Write the comparisons as a web page, with the desk's own templates if it has some.

    What the desk marks higher than the page is searched for if the desk was read.

    Raises:
        Refused: With status 1: a template has a mistake, or the page gives away what is marked
            higher; with status 2: the file can't be written.

    """
    runner = TemplateRunner(templates_of(desk), desk, words_of(desk))
    comparisons = result.comparisons
    label = max(edition.marking for each in comparisons for edition in (each.before, each.after))
    jobs = Jobs(runner, {file.name: ComparisonPage(result.desk, comparisons)})
    with beside((), result.texts):
        (page,) = produce(jobs, result.checked, Labels({}, label))
    try:
        atomic_write(file, page.content)
    except OSError as error:
        message = f"{str(file)!r} can't be written: {reason(error)}"
        raise _refusal(2, "output-unwritable", message) from error
