"""What an edition is asked to be: its days, its topics, its language."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from briefings.core.model import Filters, Marking, Part, TopicId
from briefings.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """The period that an edition reports on, both days included."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class EditionSpec:
    """What was asked for.

    `brief` names it whatever its day; files are named after it. `as_of` is the edition's day: no
    event after it is told, and a plan due before it is past. `known_by` cuts knowledge and is
    most often the same day. `ceiling` is the highest marking that the edition may hold. A `title`
    goes before that of the topic.
    """

    brief: str
    topics: tuple[TopicId, ...]
    as_of: date
    known_by: date
    window: Window
    language: str
    filters: Filters = field(default_factory=Filters)
    parts: tuple[Part, ...] = tuple(Part)
    ceiling: Marking = Marking.RED
    title: str | None = None
