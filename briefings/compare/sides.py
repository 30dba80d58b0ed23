"""What two names of editions stand for, and which briefs are compared with which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from briefings.compose.edition import compose
from briefings.core import files
from briefings.core import record as issued_record
from briefings.core.canonical import NotASnapshot
from briefings.core.carried import from_json
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic
from briefings.core.edtf import parse_day
from briefings.core.model import CheckedBase, Marking, TopicId
from briefings.core.names import suggestion
from briefings.core.snapshot import Snapshot
from briefings.core.values import dataclass
from briefings.desk.checked import SoundDesk
from briefings.load.records import FOLDER
from briefings.plan.choose import editions
from briefings.plan.identity import LIMITED
from briefings.plan.request import BriefRequest
from briefings.plan.resolve import BriefPlan, resolve
from briefings.render.html.embedded import NoData, from_html

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def edition_given(name: str) -> Snapshot | None:
    """The edition in the file `name`; None if that is a day, or a name for the desk to know.

    Raises:
        Refused: With status 1: the file holds no edition, or a damaged one.
    """
    path = Path(name)
    if _DAY.match(name) or not path.is_file():
        return None
    edition = edition_in(path)
    if isinstance(edition, Diagnostic):
        raise Refused(1, [edition])
    return edition


def edition_named(desk: SoundDesk, name: str) -> Snapshot | date:
    """The day that `name` is, or the record of that name; a path in the desk will do.

    Raises:
        Refused: With status 2: it is no calendar day, and no record of the desk.
    """
    if _DAY.match(name):
        try:
            return parse_day(name)
        except ValueError as error:
            raise Refused.by(2, "bad-date", f"{name!r} is not a day: {error}") from None
    stem = name.removeprefix(f"{FOLDER}/").removesuffix(".json")
    known = {each.record.name.removesuffix(".json"): each.snapshot for each in desk.records.issued}
    if stem not in known:
        message = f"{name!r} is no day, no file and no issued brief"
        hints = suggestion(stem, known) or (
            "write days as YYYY-MM-DD; `briefings list issued` shows what was issued",
        )
        raise Refused.by(2, "unknown-name", message, *hints)
    return known[stem]


def pairs(
    checked: CheckedBase | None,
    sides: Sequence[Snapshot | date | None],
    topics: tuple[TopicId, ...],
) -> tuple[list[tuple[Snapshot, Snapshot]], tuple[Diagnostic, ...]]:
    """What to compare with what, and of which briefs nothing was known on a day.

    Args:
        checked: The base; None where both sides are editions.
        sides: The earlier and the later: an edition, or a day on which the base has it.
        topics: Those asked for between two days; empty for the weekly ones.

    Returns:
        The earlier and the later edition of each brief, and a warning for each that a day lacks.

    Raises:
        Refused: With status 1: nothing was known on a day; with status 2: the sides are no editions
            of one brief, or `topics` are asked for of a brief that is named already.
    """
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
        raise Refused.by(2, "editions-differ", message, "leave --topic out")
    if (before.brief, before.language) != (after.brief, after.language):
        message = (
            f"`{before.brief}` in `{before.language}` and `{after.brief}` in `{after.language}`"
            " are not editions of one brief"
        )
        raise Refused.by(2, "editions-differ", message)
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
    raise Refused.by(2, "unknown-name", message, hint)


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
        tuple(_named_here(each) for each in empty if each.code != "nothing-to-build"),
    )


def _named_here(empty: Diagnostic) -> Diagnostic:
    """A brief that holds nothing on a day: here one gives days by themselves, and by no flag."""
    hints = (
        replace(hint, message=hint.message.replace("--as-of ", "give ")) for hint in empty.hints
    )
    return replace(empty, hints=tuple(hints))


def edition_in(path: Path) -> Snapshot | Diagnostic:
    """The edition in a file: a record, or a brief as HTML or PDF; else `edition-unreadable`.

    Its checksum proves that nothing was changed by mistake, not who wrote it.
    """
    try:
        return _snapshot(files.given(path))
    except (files.Unreadable, NoData, NotASnapshot) as error:
        why = str(error)
    except UnicodeDecodeError:
        why = "it is not UTF-8"
    return diagnostic("edition-unreadable", f"no edition in {str(path)!r}: {why}", None)


def _snapshot(content: bytes) -> Snapshot:
    if content.startswith(b"%PDF-"):
        # Late: pikepdf takes a tenth of a second to load, and is for this alone.
        from briefings.render.pdf.attached import from_pdf  # noqa: PLC0415

        return from_json(from_pdf(content)).snapshot
    text = content.decode("utf-8-sig")
    if text.startswith("{"):
        return issued_record.from_json(text).snapshot
    return from_json(from_html(text)).snapshot
