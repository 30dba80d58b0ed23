"""What the files of briefs are called, no two alike."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.core import filenames
from briefings.core.diagnostics import Diagnostic, Refused, diagnostic
from briefings.core.filenames import BadPattern
from briefings.core.periods import week_name
from briefings.core.spec import EditionSpec


def stems(briefs: Iterable[tuple[EditionSpec, str, str]]) -> list[str]:
    """The name of each brief's files, without extension.

    Args:
        briefs: Each with the pattern for its name, and the id of its edition.

    Raises:
        Refused: With status 2 and `bad-name`: a name that is not safe, or one name for two.
    """
    names: list[str] = []
    faults: list[Diagnostic] = []
    taken: dict[str, EditionSpec] = {}
    for spec, pattern, edition in briefs:
        try:
            stem = filenames.fill(pattern, _values(spec, edition))
        except BadPattern as error:
            faults.append(diagnostic("bad-name", str(error), None, *error.hints))
            continue
        # Two names that differ in case alone are one file on some disks.
        other = taken.setdefault(stem.casefold(), spec)
        if other is not spec:
            first, second = (f"`{each.brief}` in {each.language}" for each in (other, spec))
            message = f"{first} and {second} would both be named `{stem}`"
            hint = "tell them apart by {brief}, {topic}, {lang} or {edition}"
            faults.append(diagnostic("bad-name", message, None, hint))
        names.append(stem)
    if faults:
        raise Refused(2, dict.fromkeys(faults))
    return names


def _values(spec: EditionSpec, edition: str) -> dict[str, str]:
    return {
        "brief": spec.brief,
        "topic": "_".join(spec.topics),
        "lang": spec.language,
        "as_of": spec.as_of.isoformat(),
        "week": week_name(spec.as_of),
        "edition": edition,
    }
