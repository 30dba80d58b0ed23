"""A desk that stays open: read again when a file of it has changed, whoever changed it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from datetime import date
from hashlib import sha256
from pathlib import Path

from briefings.authoring import queue
from briefings.authoring.candidate import FactVerdict, Neighbourhood, neighbourhood, verdict
from briefings.authoring.draft import Draft, OpenDesk, commit, open_desk
from briefings.authoring.preview import Preview, WarmRunner, preview, request_for, warm
from briefings.authoring.proposal import DocumentRange, Wanted, document_of, propose
from briefings.core import files
from briefings.core.diagnostics import Diagnostic, Refused
from briefings.core.model import SourceId
from briefings.core.span import SourceText
from briefings.core.values import dataclass
from briefings.desk.checked import sound
from briefings.run import name as naming

_FOLDERS = ("issued", "locale", "templates")
"""Folders of a desk of which every file counts."""

_MOST_BRIEFS = 8


class ChangedSince(Exception):
    """The desk is not what it was when the analyst was shown the verdict."""


@dataclass(slots=True)
class Workbench:
    """One desk, its candidates and its briefs, warm.

    `desk` is as it could last be read, None if it never could; `is_current` says whether that is
    how it stands now. `base` is a digest of the files of the base, `version` of all that the page
    shows. `texts` are what the diagnostics point into.
    """

    path: Path
    today: Callable[[str], date]
    desk: OpenDesk | None = None
    is_current: bool = False
    base: str = ""
    version: str = ""
    decided: queue.Kept = field(default_factory=lambda: queue.Kept({}, None))
    texts: Mapping[str, SourceText] = field(default_factory=dict)
    _briefs: dict[tuple[str, str], Preview] = field(default_factory=dict)
    _runner: WarmRunner | None = None
    _around: Neighbourhood | None = None
    _of_base: tuple[Diagnostic, ...] = ()
    _of_queue: tuple[Diagnostic, ...] = ()
    _files: tuple[str, ...] = ()
    _folders: tuple[str, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the files as they stand, those that can't be read included."""
        return (*self._of_base, *self._of_queue)

    def refresh(self) -> None:
        """Look at the files, and read again what has changed.

        The look comes first: what changes while they are read is noticed the next time.
        """
        seen, folders = tuple(self._look()), tuple(self._look_into_folders())
        if seen == self._files and folders == self._folders:
            return
        if folders != self._folders:
            self._runner = None
            self._briefs.clear()
        if folders != self._folders or not self._stands():
            self._read()
        self._files, self._folders = seen, folders
        self._read_queue()

    def opened(self) -> OpenDesk:
        """The desk as it could last be read.

        Raises:
            Refused: It never could.
        """
        if self.desk is None:
            raise Refused(1, self.diagnostics, self.texts)
        return self.desk

    def verdict(self, passage: DocumentRange, wanted: Wanted) -> FactVerdict:
        """What the gate says of one fact more.

        Raises:
            Refused: There is no desk, no such source, or no topic.
        """
        desk = self.opened()
        if self._around is None or self._around.desk is not desk:
            self._around = neighbourhood(desk, self._around)
        return verdict(self._around, passage, wanted)

    def accept(self, passage: DocumentRange, wanted: Wanted, base: str) -> str:
        """Write one fact more, and return its id.

        Args:
            passage: The range that the fact quotes.
            wanted: What it says.
            base: The desk for which it was shown, by digest.

        Raises:
            ChangedSince: The desk is not `base` any more.
            Refused: The check refuses the fact, or the file can't be written.
        """
        self.refresh()
        desk = self.opened()
        if base != self.base:
            raise ChangedSince
        proposal = propose(desk, passage, wanted)
        self._commit(proposal.draft)
        return proposal.id

    def name(self, new: naming.NewSubject) -> str:
        """Write an actor, a place or a topic, and return its id.

        Raises:
            Refused: As of `run.name.name`, or the check refuses the entry.
        """
        self.refresh()
        named = naming.name(self.opened(), new)
        self._commit(named.draft)
        return named.id

    def _commit(self, draft: Draft) -> None:
        self._take(commit(draft))
        self._renew()

    def waiting(self, source: SourceId) -> tuple[queue.Candidate, ...]:
        """The candidates of one document; none of one that can't be read."""
        return queue.waiting(self.decided, self.opened(), source)

    def decide(self, source: SourceId, quote: str, state: queue.Decision, note: str) -> None:
        """Keep a candidate, or dismiss it for good.

        Args:
            source: Whose document it is.
            quote: The words of the candidate.
            state: What becomes of it.
            note: A word on it; empty leaves the one that is there.

        Raises:
            Refused: As of `queue.kept`, `queue.decide` and `proposal.document_of`.
        """
        root = self.path.parent
        decided = queue.kept(root)
        there = decided.candidates.get((source, quote))
        if there is None:
            document = document_of(self.opened(), source)
            there = queue.Candidate(source, queue.words_of(document, quote))
        self.decided = queue.decide(root, decided, there, state, note or there.note)
        self._renew()

    def brief(self, topic: str, language: str) -> Preview:
        """The brief of one topic as the desk stands.

        Raises:
            Refused: The desk has a mistake, or there is nothing to show.
        """
        desk = self.opened()
        if not self.is_current:
            raise Refused(1, self.diagnostics, self.texts)
        well = sound(desk.checked)
        if self._runner is None:
            self._runner = warm(self.path)
        request = request_for(well.checked.base, topic, language)
        last = self._briefs.pop((topic, language), None)
        brief = preview(self.path, well, request, self._runner, today=self.today, last=last)
        self._briefs[topic, language] = brief
        while len(self._briefs) > _MOST_BRIEFS:
            del self._briefs[next(iter(self._briefs))]
        return brief

    def page(self, digest: str) -> bytes | None:
        """The page of a brief that was made before."""
        pages = (brief.page for brief in self._briefs.values() if brief.digest == digest)
        return next(pages, None)

    def _read(self) -> None:
        try:
            self._take(open_desk(self.path, self.desk))
        except Refused as error:
            self.is_current = False
            self._of_base, self.texts = error.diagnostics, error.texts
            self.base = _digest(
                {name: files.digest(self.path.parent, name) for name in self._watched()}
            )

    def _take(self, desk: OpenDesk) -> None:
        self.desk, self.is_current = desk, True
        self._of_base, self.texts = desk.checked.diagnostics, desk.checked.texts
        self.base = _digest(desk.loaded.reads)

    def _read_queue(self) -> None:
        try:
            self.decided, self._of_queue = queue.kept(self.path.parent), ()
        except Refused as error:
            self._of_queue = error.diagnostics
        self._renew()

    def _renew(self) -> None:
        faults = [str(each) for each in self.diagnostics]
        content = (self.decided.content or b"").decode()
        self.version = _digest([self.base, content, faults, self._folders])

    def _stands(self) -> bool:
        """Whether the files that were touched hold what they held when they were read."""
        if self.desk is None or not self.is_current:
            return False
        reads = self.desk.loaded.reads
        return all(
            files.digest(self.path.parent, name) == reads.get(name, "") for name in self._watched()
        )

    def _watched(self) -> set[str]:
        """The files that the desk consists of, those that are missing too."""
        watched = {self.path.name}
        if self.desk is not None:
            watched.update(self.desk.loaded.reads)
            watched.update(source.file for source in self.desk.base.sources.values())
            for pattern in self.desk.base.include:
                watched.update(files.found(self.path.parent, pattern))
        return watched

    def _look(self) -> Iterator[str]:
        for name in sorted({*self._watched(), queue.NAME}):
            yield f"{name} {files.state(self.path.parent, name)}"

    def _look_into_folders(self) -> Iterator[str]:
        for name in _FOLDERS:
            with suppress(OSError):  # it is not there, or goes just now
                yield from files.states(self.path.parent / name)


def _digest(value: object) -> str:
    if isinstance(value, Mapping):
        value = dict(value)
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
