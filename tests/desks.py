"""The desks of this repository, read and checked when a test first asks for one, and once."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from breadth import cases

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.edition import Edition
from briefings.core.model import CheckedBase, Period, TopicId
from briefings.core.spec import EditionSpec
from briefings.desk.checked import Checked
from briefings.run.check import check_desk

WEEKLY = ("border-clashes", "opposition-outreach", "tehran-meeting", "un-staff-ban")
"""The topics of the reference desk of which a brief is built each week."""
TOPICS = (
    *WEEKLY,
    "contact-group-2024",
    "daesh-threat",
    "doha-2024",
    "iran-taliban-relations",
    "qatar-mediation",
    "security-council",
    "women-returnees",
)
"""All that it has."""
SHORT = ("opposition-outreach", "un-staff-ban")
"""Those of them whose briefs are short."""
LANGUAGES = ("en", "fa", "fa-AF", "ps")
"""Those of its briefs in tests; it is not translated into the last."""
AS_OF = date(2025, 12, 14)
"""The day of its edition."""


def built() -> list[str]:
    """The topics of which `reference` holds briefs, in every language."""
    return cases(SHORT, *(topic for topic in WEEKLY if topic not in SHORT))


def printed() -> list[str]:
    """The briefs of the reference desk that are set as PDFs, by their names: all, or none.

    Then the fixture `persian_brief` is a short one in the direction that is harder to set,
    `harbour_site` has one in English, and `front_of` sets the first pages in the other languages,
    which hold all that the templates say in them.
    """
    return cases([], *(f"{topic}.{code}.pdf" for topic in WEEKLY for code in LANGUAGES))


@dataclass(slots=True)
class Run:
    """What the workers of a run of tests have in common."""

    shared: Callable[[str, Callable[[Path], object]], Path] | None = None


RUN = Run()


@cache
def reference_check() -> Checked:
    """What the check of the reference desk found, of which one of the workers is enough."""
    if RUN.shared is None:
        return _reference_check()
    path = RUN.shared("reference.check", lambda path: path.write_bytes(_packed()))
    checked = pickle.loads(path.read_bytes())  # noqa: S301 # what a worker of this run has put there
    assert isinstance(checked, Checked)
    return checked


def _packed() -> bytes:
    return pickle.dumps(_reference_check())


def _reference_check() -> Checked:
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


@cache
def weekly(topic: str, language: str = "en", day: date = AS_OF) -> Edition:
    """A topic of the reference desk, as of `day`, for the week before."""
    name = TopicId(topic)
    spec = EditionSpec(topic, (name,), day, day, window(day, Period.WEEK), language)
    return compose(reference(), spec)
