"""What two editions differ in, wherever each of them comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

from briefings.compare.sides import edition_given, edition_named, pairs
from briefings.core.canonical import plain
from briefings.core.characters import line_by_line
from briefings.core.diagnostics import Diagnostic, Refused, refusals_with
from briefings.core.difference import Change, Comparison, diff
from briefings.core.excerpts import head
from briefings.core.limits import TEXT
from briefings.core.model import CheckedBase, LocalText, TopicId
from briefings.core.snapshot import Snapshot
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.desk.checked import Checked, sound
from briefings.make.produce import one_page, put_page
from briefings.render.html.jobs import ComparisonPage
from briefings.run.check import check_desk
from briefings.workers.templates import runner_for


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
    sides = [edition_given(name) for name in names]
    if None not in sides:
        compared, _ = pairs(None, sides, topics)
        return Differences(_compared(compared))
    desk = sound(_checked(base))
    with refusals_with(desk.warnings, desk.texts):
        known = [
            side if side is not None else edition_named(desk, name)
            for side, name in zip(sides, names, strict=True)
        ]
        compared, empty = pairs(desk.checked, known, topics)
    diagnostics = (*desk.warnings, *empty)
    return Differences(_compared(compared), desk.checked, diagnostics, desk.texts)


def _compared(compared: Iterable[tuple[Snapshot, Snapshot]]) -> tuple[Comparison, ...]:
    return tuple(Comparison(before, after, diff(before, after)) for before, after in compared)


def _checked(base: Path) -> Checked:
    if not base.exists():
        message = f"there is no {str(base)!r}, which a day or the name of a record needs"
        hint = "go to the folder of the desk, name it with --base, or give two files"
        raise Refused.by(2, "unreadable-file", message, hint)
    return check_desk(base)


def as_text(result: Differences) -> str:
    """The comparisons for people; a text that is longer than a base's may be is cut."""
    return "\n".join(line_by_line(_lines(comparison)) for comparison in result.comparisons)


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
        lines += [
            f"    {change.id}: {_cut(change.text)}",
            *(f"      {line}" for line in _more(change)),
        ]
    return lines


def _more(change: Change) -> list[str]:
    lines = [
        f"{each.field}: {_cut(each.before or 'none')} → {_cut(each.after or 'none')}"
        for each in change.differences
    ]
    if change.on is not None:
        lines.append(f"on {change.on}: {_cut(change.why or '')}")
    if change.replaced_by is not None:
        lines.append(f"in its place: {change.replaced_by}")
    return lines


def _cut(text: str) -> str:
    return head(text, TEXT.most)


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
    """Write the comparisons as a web page.

    What the desk marks higher than the page is searched for if the desk was read.

    Args:
        result: The comparisons.
        file: The page.
        desk: The folder of the desk, whose own templates are used if it has some.

    Raises:
        Refused: With status 1: a template has a mistake, or the page gives away what is marked
            higher; with status 2: the file can't be written.
    """
    comparisons = result.comparisons
    label = max(edition.marking for each in comparisons for edition in (each.before, each.after))
    job = ComparisonPage(result.desk, comparisons)
    with refusals_with((), result.texts):
        put_page(lambda: one_page(job, file.name, runner_for(desk), label, result.checked), file)
