"""How much of a brief its first two pages hold: by the order of the desk, and never shrunk.

Heights are estimated in points from the sizes that `print.css` gives; what does not fit is counted
on the page and stands in the annex, so that an estimate that is too high loses nothing.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from briefings.core.edition import ContestView, Edition, JudgementView, Sentence, Telling
from briefings.core.languages import chain
from briefings.core.model import Gap, LocalText, PaperSize
from briefings.render.html.telling import lead

MOST_JUDGEMENTS = MOST_DISPUTES = MOST_GAPS = 3
MOST_NEWS = 5
"""What page one holds at most, however large the sheet."""

_MM = 72 / 25.4
_SHEETS = {PaperSize.A4: (210.0, 297.0), PaperSize.LETTER: (215.9, 279.4)}
_SIDES, _ENDS = 32.0, 32.5  # margins in mm, left and right, top and bottom, of `@page`
_BESIDE = 64.0  # mm of the right column and of the gap before it
_HEAD = 28.0  # of a section: its rule, its title, and the space before it
_LEAD = 12.5  # the line below a title that says what the section holds
_MORE = 14.0  # the line that counts what has no room
_GRADES = 24.0  # what the grades mean, on page two
_VERIFY = 14.0  # how to verify it, where no annex follows
PICTURE = 146.0
"""The height in points that page one keeps for its picture."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many of each list the first two pages show.

    On page one: `judgements`, `news`, `disputes`, `gaps`, and whether there is room for the
    `picture`. On page two: `reports`, `contests`, `plans`, `questions`. `annex`: whether it comes.
    """

    annex: bool
    judgements: int
    news: int
    disputes: int
    gaps: int
    picture: bool
    reports: int
    contests: int
    plans: int
    questions: int


def room(edition: Edition, paper: PaperSize | None, *, annex: bool) -> Room:
    """What the first two pages of a brief have room for.

    Args:
        edition: The brief.
        paper: The size of its sheets; None on a screen, where page two has no end.
        annex: Whether the annex follows.

    """
    if paper is None:
        return Room(
            annex=annex,
            judgements=MOST_JUDGEMENTS,
            news=MOST_NEWS,
            disputes=MOST_DISPUTES,
            gaps=MOST_GAPS,
            picture=True,
            reports=len(edition.front.reports),
            contests=len(edition.front.disputes),
            plans=len(edition.outlook),
            questions=len(edition.gaps),
        )
    return _Sheets(edition, paper).room(annex=annex)


class _Sheets:
    """The first two pages of one edition on sheets of one size."""

    def __init__(self, edition: Edition, paper: PaperSize) -> None:
        width, height = _SHEETS[paper]
        self.edition = edition
        self.language = edition.spec.language
        self.width = (width - _SIDES) * _MM
        self.height = (height - _ENDS) * _MM

    def room(self, *, annex: bool) -> Room:
        front = self.edition.front
        judgements = [self._judgement(view) for view in self.edition.judgements]
        news = [self._event(report) for report in front.news]
        column = self.height - self._masthead()
        picture = (
            _sum(judgements[:MOST_JUDGEMENTS], _HEAD) + _sum(news[:2], _HEAD + _MORE) + PICTURE
            <= column
        )
        left = column - (PICTURE if picture else 0)
        judged = _fitting(judgements[:MOST_JUDGEMENTS], left - _HEAD)
        left -= _sum(judgements[:judged], _HEAD)
        right = (column - (PICTURE if picture else 0)) - self._sources() - 2 * _HEAD
        disputes, gaps = _in_turn(
            right - 2 * _MORE,
            [self._point(view) for view in front.disputes][:MOST_DISPUTES],
            [self._unknown(gap) for gap in self.edition.gaps][:MOST_GAPS],
        )
        reports, contests, plans, questions = _in_turn(
            self.height - 4 * (_HEAD + _MORE) - 2 * _LEAD - _GRADES - (0 if annex else _VERIFY),
            [self._report(report) for report in front.reports],
            [self._contest(view) for view in front.disputes],
            [self._plan(sentence) for sentence in self.edition.outlook],
            [self._question(gap) for gap in self.edition.gaps],
        )
        return Room(
            annex=annex,
            judgements=judged,
            news=_fitting(news[:MOST_NEWS], left - _HEAD - _MORE),
            disputes=disputes,
            gaps=gaps,
            picture=picture,
            reports=reports,
            contests=contests,
            plans=plans,
            questions=questions,
        )

    def _masthead(self) -> float:
        """Of page one above its columns, less what of it stands in the margin."""
        edition = self.edition
        headline = edition.front.headline or edition.title
        height = 8.0 + 28 * self._lines(headline, 25, self.width)
        below = edition.summary.summary.standfirst.words if edition.summary else edition.question
        if below is not None:
            height += 15 * self._lines(below, 11.5, self.width, beyond=12) + 4
        figures = [sentence.fact.statement for sentence in edition.front.figures[:4]]
        lines = (self._lines(text, 8.4, 42 * _MM, beyond=35) for text in figures)
        if figures:
            height += 35 + 11.5 * max(lines)
        return height

    def _judgement(self, view: JudgementView) -> float:
        width = self.width - _BESIDE * _MM
        statement = self._lines(view.judgement.statement, 12, width)
        because = self._lines(view.judgement.because, 8.4, width)
        return 11 + 15.5 * statement + 13 + 11.5 * because

    def _event(self, report: Telling) -> float:
        width = self.width - (_BESIDE + 24) * _MM
        return 8 + 13 * self._lines(lead(report, self.language).text, 10, width, beyond=45)

    def _point(self, view: ContestView) -> float:
        words = [_told(sentence, view) for sentence in view.positions]
        text = " ".join(text.best(self.language)[1] + " ¶ 12; " for text in words)
        question = view.contest.question.best(self.language)[1]
        return 7 + 11.5 * self._lines(f"{question} {text}", 8.8, (_BESIDE - 9) * _MM)

    def _unknown(self, gap: Gap) -> float:
        return 7 + 11.5 * self._lines(gap.question, 8.8, (_BESIDE - 9) * _MM)

    def _sources(self) -> float:
        """Of the section on how good the sources are: two lines a grade, and three for all."""
        grades = {view.source.reliability for view in self.edition.sources}
        digits = {sentence.fact.credibility for sentence in self.edition.sentences}
        return _HEAD + 30 * len(grades) + 7 + 11.5 * math.ceil(len(digits) / 2) + 41.5

    def _report(self, report: Telling) -> float:
        if report.account is not None:
            words = report.account.account.text.words
            return 8 + 13 * self._lines(words, 10, self.width, beyond=3 * len(report.sentences))
        texts = [sentence.fact.statement.best(self.language)[1] for sentence in report.sentences]
        return 17 + 13 * self._lines(" ".join(texts), 10, self.width, beyond=3 * len(texts))

    def _contest(self, view: ContestView) -> float:
        rows = sum(
            max(
                12 * self._lines(_told(sentence, view), 9.6, self.width * 0.54),
                22,
            )
            + 2
            for sentence in view.positions
        )
        note = view.contest.note
        question = 12 * self._lines(view.contest.question, 9.6, self.width)
        return 7 + question + rows + (10.5 * self._lines(note, 8.5, self.width) if note else 0)

    def _plan(self, sentence: Sentence) -> float:
        return 3 + 13 * self._lines(sentence.fact.statement, 10, self.width - 32 * _MM, beyond=4)

    def _question(self, gap: Gap) -> float:
        why = f" {gap.why.best(self.language)[1]}" if gap.why is not None else ""
        words = gap.question.best(self.language)[1] + why
        return 5 + 13 * self._lines(words, 9.5, self.width, beyond=25)

    def _lines(self, text: LocalText | str, size: float, width: float, *, beyond: int = 0) -> int:
        """How many lines a text takes; `beyond`: so many letters more stand behind it."""
        code, words = (self.language, text) if isinstance(text, str) else text.best(self.language)
        if code not in chain(self.language):  # its language is named behind it
            beyond += 15
        length = sum(map(_advance, words)) + 0.45 * beyond
        return max(1, math.ceil(1.04 * length * size / width))


def _advance(letter: str) -> float:
    """About how wide a letter is, in its size."""
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.48


def _told(sentence: Sentence, view: ContestView) -> LocalText:
    return view.contest.answer(sentence.fact.id) or sentence.fact.statement


def _sum(heights: Sequence[float], head: float) -> float:
    return sum(heights) + (head if heights else 0)


def _fitting(heights: Sequence[float], height: float) -> int:
    """How many of the first fit; one always does, or the brief would not begin."""
    return _in_turn(height, heights)[0] or min(1, len(heights))


def _in_turn(height: float, *queues: Sequence[float]) -> tuple[int, ...]:
    """How many of each queue fit, if they take turns; a queue ends with what does not fit.

    The first queue is what the page is there for: it has two turns for each of the others'.
    """
    taken = [0] * len(queues)
    open_ = set(range(len(queues)))
    while open_:
        for turn in (*range(len(queues)), 0):
            if turn not in open_:
                continue
            following = queues[turn][taken[turn] : taken[turn] + 1]
            if not following or following[0] > height:
                open_.discard(turn)
                continue
            height -= following[0]
            taken[turn] += 1
    return tuple(taken)
