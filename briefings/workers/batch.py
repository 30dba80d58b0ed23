"""Pages of one build as they are filled, up to the first in their order that can't be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import partial
from typing import TypeAlias

from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.render.html.jobs import Page
from briefings.workers.agenda import Agenda, Errand, WorkKind
from briefings.workers.pool import Failed


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """A template that can't be filled, with its text, if that can be read, to show the place."""

    diagnostic: Diagnostic
    text: SourceText | None = None

    @property
    def texts(self) -> Mapping[str, SourceText]:
        """The text by its path, as a report wants it."""
        return {self.text.path: self.text} if self.text else {}


@dataclass(frozen=True, slots=True)
class Crash:
    """A failure of our own, in a process where nobody would see it."""

    trace: str


Outcome: TypeAlias = Page | TemplateFault | Failed | Crash
"""What a worker has to say of a page."""


@dataclass(slots=True)
class Batch:
    """Pages on an agenda. With the first that can't be made, all that is left there goes.

    But for pages before it: which one is the first does not hang on their speed.

    Args:
        agenda: Where they are, and all that is done with them.
        then: Called with the name of each page, and with the page, when it is made.
    """

    agenda: Agenda
    then: Callable[[str, Page], None]
    _positions: dict[Errand, int] = field(default_factory=dict)
    _first: tuple[int, str, TemplateFault | Failed | Crash] | None = None

    def put(self, jobs: Iterable[tuple[str, object, int]], kind: WorkKind) -> None:
        """Put pages on the agenda: the name of each, what it is made of, and how long it takes."""
        for position, (name, value, size) in enumerate(jobs):
            task = Errand(name, value, kind, partial(self.take, position, name), size)
            self._positions[task] = position
            self.agenda.put(task)

    def take(self, position: int, name: str, outcome: Outcome) -> None:
        """Take what came of the page at a position of the order.

        Args:
            position: From 0.
            name: That of its file.
            outcome: The page, or why there is none.
        """
        if isinstance(outcome, Page):
            if self._first is None:
                self.then(name, outcome)
        elif self._first is None or position < self._first[0]:
            self._first = position, name, outcome
            self.agenda.drop(lambda task: self._positions.get(task, position) >= position)

    def fault(self) -> TemplateFault | None:
        """Why the first of the pages that can't be made can't be, once the agenda is done.

        Raises:
            RuntimeError: By a mistake of our own.
        """
        if self._first is None:
            return None
        _, name, outcome = self._first
        match outcome:
            case Crash():
                raise RuntimeError(f"{name} could not be filled\n{outcome.trace}")
            case Failed():
                message = f"{name} could not be filled: {outcome.reason}"
                return TemplateFault(diagnostic("template-limit", message, None, *outcome.hints))
            case TemplateFault():
                return outcome
