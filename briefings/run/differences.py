"""What two editions differ in, wherever each of them comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from briefings.compose.edition import compose
from briefings.compose.snapshots import snapshot
from briefings.core.artifacts import Artifact
from briefings.core.characters import in_a_line
from briefings.core.diagnostics import Diagnostic, diagnostic, failed
from briefings.core.edtf import parse_day
from briefings.core.model import MARKINGS, CheckedBase, LocalText
from briefings.core.names import suggestion
from briefings.core.snapshot import Change, Comparison, Snapshot, diff
from briefings.core.span import SourceText
from briefings.load.records import FOLDER
from briefings.output.atomic import atomic_write, reason
from briefings.plan.choose import LIMITED, Wanted, editions, wanted
from briefings.plan.request import Custom, Request
from briefings.render.html.jobs import ComparisonPage
from briefings.run.check import Checked, check_desk
from briefings.run.pages import HTML
from briefings.run.reading import edition_in
from briefings.scan.scan import above
from briefings.workers.templates import Fault, TemplateRunner, templates_of

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it; unless `status` is 0, there is no comparison."""

    status: int
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, SourceText]
    comparisons: tuple[Comparison, ...] = ()
    checked: CheckedBase | None = None

    @property
    def desk(self) -> LocalText | None:
        """The desk's title, if the desk was read."""
        return self.checked.base.title if self.checked else None


class _Refused(Exception):
    def __init__(self, status: int, *found: Diagnostic) -> None:
        super().__init__(found)
        self.status = status
        self.found = found


def differences(base: Path, names: tuple[str, str], topics: tuple[str, ...]) -> Compared:
    """Compare two editions, each named by a day, a record of the desk, or a file.

    The desk is read only if a day or a record's name asks for it. A day stands for the brief of
    the other side, or, between two days, for the topics asked for, else the weekly ones.
    """
    desk: Checked | None = None
    try:
        sides: list[Snapshot | date | None] = [_given(name) for name in names]
        if None in sides:
            desk = _checked(base)
            sides = [
                side if side is not None else _recorded(desk, name)
                for side, name in zip(sides, names, strict=True)
            ]
        found, told = _pairs(desk, base, sides, topics)
    except _Refused as refused:
        known = (*desk.diagnostics, *refused.found) if desk else refused.found
        return Compared(refused.status, known, desk.texts if desk else {})
    return Compared(
        0,
        (*desk.diagnostics, *told) if desk else (),
        desk.texts if desk else {},
        tuple(Comparison(one, other, diff(one, other)) for one, other in found),
        desk.checked if desk else None,
    )


def _given(name: str) -> Snapshot | None:
    """The edition in the file `name`; None if that is a day, or a name for the desk to know."""
    path = Path(name)
    if _DAY.match(name) or not path.is_file():
        return None
    read = edition_in(path)
    if isinstance(read, Diagnostic):
        raise _Refused(1, read)
    return read


def _checked(base: Path) -> Checked:
    if not base.exists():
        message = f"there is no {str(base)!r}, which a day or the name of a record needs"
        hint = "go to the folder of the desk, name it with --base, or give two files"
        raise _Refused(2, diagnostic("unreadable-file", message, None, hint))
    desk = check_desk(base)
    if desk.checked is None or failed(desk.diagnostics):
        raise _Refused(1, *desk.diagnostics)
    return desk


def _recorded(desk: Checked, name: str) -> Snapshot | date:
    """The day that `name` is, or the record of that name; a path in the desk will do."""
    if _DAY.match(name):
        try:
            return parse_day(name)
        except ValueError as error:
            message = f"{name!r} is not a day: {error}"
            raise _Refused(2, diagnostic("bad-date", message, None)) from None
    wanted_name = name.removeprefix(f"{FOLDER}/").removesuffix(".json")
    known = {one.record.name.removesuffix(".json"): one.snapshot for one in desk.records.issued}
    if wanted_name not in known:
        message = f"{name!r} is no day, no file and no issued brief"
        hints = suggestion(wanted_name, known) or ("`briefings list issued` shows them all",)
        raise _Refused(2, diagnostic("unknown-name", message, None, *hints))
    return known[wanted_name]


def _pairs(
    desk: Checked | None,
    base: Path,
    sides: Sequence[Snapshot | date | None],
    topics: tuple[str, ...],
) -> tuple[list[tuple[Snapshot, Snapshot]], tuple[Diagnostic, ...]]:
    """What to compare with what, and of which briefs nothing was known on a day."""
    match sides:
        case [Snapshot() as one, Snapshot() as other]:
            pairs = [(one, other)]
        case [Snapshot() as one, date() as day]:
            assert desk is not None
            pairs = [(one, _computed_like(desk, base, one, day))]
        case [date() as day, Snapshot() as other]:
            assert desk is not None
            pairs = [(_computed_like(desk, base, other, day), other)]
        case [date() as one_day, date() as other_day]:
            assert desk is not None
            return _of_days(
                _computed(desk, base, one_day, topics),
                _computed(desk, base, other_day, topics),
            )
        case _:
            raise AssertionError(sides)
    if topics:
        message = "--topic chooses among briefs between two days, and a brief is named already"
        raise _Refused(2, diagnostic("editions-differ", message, None, "leave --topic out"))
    one, other = pairs[0]
    if (one.brief, one.language) != (other.brief, other.language):
        message = (
            f"`{one.brief}` in `{one.language}` and `{other.brief}` in `{other.language}` are not"
            " editions of one brief"
        )
        raise _Refused(2, diagnostic("editions-differ", message, None))
    return pairs, ()


def _of_days(
    before: _Computed, after: _Computed
) -> tuple[list[tuple[Snapshot, Snapshot]], tuple[Diagnostic, ...]]:
    """Pair the briefs of two days, but for those that neither day has."""
    if before.is_empty or after.is_empty:
        raise _Refused(1, *_nothing(before, after))
    pairs = [
        (one, other)
        for one, other, *held in zip(
            before.snapshots, after.snapshots, before.held, after.held, strict=True
        )
        if any(held)
    ]
    if not pairs:
        raise _Refused(1, *before.found, *after.found)
    return pairs, tuple(dict.fromkeys((*before.found, *after.found)))


def _nothing(*sides: _Computed) -> tuple[Diagnostic, ...]:
    """What is wrong with the sides that are empty."""
    found: list[Diagnostic] = []
    for side in sides:
        if side.is_empty:
            message = f"nothing was known on {side.day}: it has no edition to compare"
            found += [
                *side.found,
                diagnostic("nothing-to-build", message, None, "give a later day"),
            ]
    return tuple(dict.fromkeys(found))


def _computed_like(desk: Checked, base: Path, like: Snapshot, day: date) -> Snapshot:
    """The brief of `like` as the base has it on `day`, below the ceiling that its name tells of."""
    assert desk.checked is not None
    known = desk.checked.base
    whole = like.brief in {*known.briefs, *known.topics}
    name = like.brief if whole else like.brief.rpartition(LIMITED)[0]
    topics, kept = ((), (name,)) if name in known.briefs else ((name,), ())
    for ceiling in (None, *MARKINGS) if name in {*known.briefs, *known.topics} else ():
        custom = Custom(languages=(like.language,), marking=ceiling)
        request = Request(base, base, topics, as_of=day, kept=kept, custom=custom)
        briefs, refused = wanted(known, request, lambda _: day)
        if refused and ceiling is None:
            raise _Refused(2, *refused)
        if [brief.spec.brief for brief in briefs] == [like.brief]:
            made = _made(desk.checked, day, briefs)
            if made.is_empty:
                raise _Refused(1, *_nothing(made))
            return made.snapshots[0]
    message = f"brief `{like.brief}` is neither a topic nor a kept brief of this base"
    hint = "give another file or record of it instead of a day"
    raise _Refused(2, diagnostic("unknown-name", message, None, hint))


@dataclass(frozen=True, slots=True)
class _Computed:
    """The briefs of a day; `held` tells for each whether it holds anything, `found` which not."""

    day: date
    snapshots: tuple[Snapshot, ...]
    held: tuple[bool, ...]
    found: tuple[Diagnostic, ...]

    @property
    def is_empty(self) -> bool:
        return not any(self.held)


def _computed(desk: Checked, base: Path, day: date, topics: tuple[str, ...]) -> _Computed:
    assert desk.checked is not None
    custom = Custom(languages=desk.checked.base.languages[:1])
    request = Request(base, base, topics, as_of=day, custom=custom)
    briefs, refused = wanted(desk.checked.base, request, lambda _: day)
    if refused:
        raise _Refused(2, *refused)
    return _made(desk.checked, day, briefs)


def _made(checked: CheckedBase, day: date, briefs: Sequence[Wanted]) -> _Computed:
    made, found = editions(checked, briefs)
    full = {brief.spec: edition for brief, edition in made}
    return _Computed(
        day,
        tuple(snapshot(full.get(brief.spec) or compose(checked, brief.spec)) for brief in briefs),
        tuple(brief.spec in full for brief in briefs),
        tuple(each for each in found if each.code != "nothing-to-build"),
    )


def as_text(compared: Compared) -> str:
    """The comparisons for people."""
    return "\n".join(
        "".join(f"{in_a_line(line)}\n" for line in _lines(one)) for one in compared.comparisons
    )


def _lines(one: Comparison) -> list[str]:
    said, now = one.before, one.after
    earlier, later = (f"{each.as_of}, edition {each.edition}" for each in (said, now))
    lines = [f"{now.brief} ({now.language}): {earlier} → {later}"]
    if not one.changes:
        lines.append("  nothing has changed")
    last = ""
    for change in one.changes:
        head = f"{change.kind} {change.subject}"
        if head != last:
            count = sum(
                (each.kind, each.subject) == (change.kind, change.subject) for each in one.changes
            )
            lines.append(f"  {head} ({count})")
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


def as_object(compared: Compared) -> dict[str, object]:
    """The comparisons for machines."""
    return {
        "comparisons": [
            {
                "brief": one.after.brief,
                "language": one.after.language,
                "before": _named(one.before),
                "after": _named(one.after),
                "changes": [asdict(change) for change in one.changes],
            }
            for one in compared.comparisons
        ]
    }


def _named(said: Snapshot) -> dict[str, str]:
    return {"as_of": said.as_of, "known_by": said.known_by, "edition": said.edition}


def write(compared: Compared, file: Path, desk: Path) -> tuple[Fault, ...]:
    """Write the comparisons as a web page, with the desk's own templates if it has some.

    What the desk marks higher than the page is searched for if the desk was read.
    """
    comparisons = compared.comparisons
    job = ComparisonPage(compared.desk, comparisons)
    filled = TemplateRunner(templates_of(desk), desk).fill({file.name: job})
    if isinstance(filled, Fault):
        return (filled,)
    content = filled.texts[file.name].encode()
    if compared.checked is not None:
        label = max(
            MARKINGS[said.marking] for one in comparisons for said in (one.before, one.after)
        )
        page = Artifact(file.name, HTML, content)
        if leaks := above(compared.checked, [page], {}, label):
            return tuple(Fault(found) for found in leaks)
    try:
        atomic_write(file, content)
    except OSError as error:
        message = f"{str(file)!r} can't be written: {reason(error)}"
        return (Fault(diagnostic("output-unwritable", message, None)),)
    return ()
