"""The desks of this repository, read and checked when a test first asks for one, and once."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.edition import Edition
from briefings.core.model import CheckedBase, Period
from briefings.core.spec import EditionSpec
from briefings.run.check import Checked, check_desk


@cache
def reference_check() -> Checked:
    """What the check of the reference desk found."""
    return check_desk(Path(__file__).parents[1] / "facts.yaml")


def reference() -> CheckedBase:
    """The reference desk."""
    checked = reference_check().checked
    assert checked is not None
    return checked


@cache
def harbour() -> CheckedBase:
    """The little harbour desk."""
    checked = check_desk(Path(__file__).parent / "desk_harbour" / "facts.yaml").checked
    assert checked is not None
    return checked


@cache
def editions(day: date, known_by: date | None = None) -> tuple[Edition, ...]:
    """All topics of the reference desk as of `day`, those without any content too."""
    base = reference().base
    cut = known_by or day
    return tuple(
        compose(
            reference(),
            EditionSpec(topic, (topic,), day, cut, window(day, Period.WEEK), base.languages[0]),
        )
        for topic in sorted(base.topics)
    )
