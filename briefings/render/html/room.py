"""How much of a brief its first two pages hold: by the order of the desk, and never shrunk.

Heights are estimated in points from the sizes that `print.css` gives; what does not fit is counted
on the page and stands in the annex, so that an estimate that is too high loses nothing.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefings.core.edition import (
    Attribution,
    ContestView,
    Edition,
    JudgementView,
    Sentence,
    Telling,
)
from briefings.core.languages import chain
from briefings.core.model import Gap, LocalText, PaperSize, Source
from briefings.core.untranslated import untranslated
from briefings.render.figures.lanes import MOST as MOST_LANES
from briefings.render.html.fill import runs
from briefings.render.html.telling import lead, sides
from briefings.render.l10n.locales import direction

MOST_JUDGEMENTS = MOST_DISPUTES = MOST_GAPS = MOST_ANSWERS = 3
MOST_NEWS = 8
"""What a screen and an email hold of page one; paper as many judgements and news at most, and of
disputes and gaps what it has room for. Of a dispute page one tells so many answers."""

FEW_FIGURES = 2
"""Up to so many key figures stand one below the other, each beside its words."""

_MM = 72 / 25.4
_SHEETS = {PaperSize.A4: (210.0, 297.0), PaperSize.LETTER: (215.9, 279.4)}
_SIDES, _ENDS = 32.0, 32.5  # margins in mm, left and right, top and bottom, of `@page`
_BESIDE = 64.0  # mm of the right column and of the gap before it
_HEAD_ONE, _HEAD_TWO = 24.5, 29.0  # of a section: the space before it, its rule and its title
_NO_SPACE = 9.0  # the first of a column has none before it
_LEAD = 12.5  # the line below a title that says what the section holds
_MORE = 14.0  # the line that counts what has no room, or says that there is nothing
_GRADES = 24.0  # what the grades mean, on page two
_VERIFY = 14.0  # how to verify it, where no annex follows
_PICTURE, _LANE = 52.0, 17.0  # the picture of page one without its lanes, and each of these
_ASSESSED = 22  # letters of the day on which a judgement was made
_DATED = 34  # letters of the day, the grade and the number beside the names of a voice
_LABEL = 22  # letters of a source's title where it has no publisher
_NARROW, _WIDE = "fijlrstI.,;:'()-!|", "mwMW"
_SPARE = 5.0  # what estimates of a full column may be wrong by
_SANS = 0.9  # how wide the letters of the sans are, beside those of the serif
_LEFTWARD = 1.07  # lines with letters of both faces are the higher


@dataclass(frozen=True, slots=True)
class Room:
    """How many of each list the first two pages show.

    On page one: `judgements`, `news`, `disputes`, `answers` of each, `gaps`, and whether there is
    room for the `picture`. On page two: `reports`, `contests`, `plans`, `questions`. `annex`:
    whether it comes.
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
    answers: int = MOST_ANSWERS


def room(
    edition: Edition, paper: PaperSize | None, *, annex: bool, lanes: int = MOST_LANES
) -> Room:
    """What the first two pages of a brief have room for.

    Args:
        edition: The brief.
        paper: The size of its sheets; None on a screen, where page two has no end.
        annex: Whether the annex follows.
        lanes: How many the picture of page one has; 0 if there is none.

    """
    if paper is None:
        return Room(
            annex=annex,
            judgements=MOST_JUDGEMENTS,
            news=MOST_NEWS,
            disputes=MOST_DISPUTES,
            gaps=MOST_GAPS,
            picture=lanes > 0,
            reports=len(edition.front.reports),
            contests=len(edition.front.disputes),
            plans=len(edition.outlook),
            questions=len(edition.gaps),
        )
    return _Sheets(edition, paper).room(annex=annex, lanes=lanes)


class _Sheets:
    """The first two pages of one edition on sheets of one size."""

    def __init__(self, edition: Edition, paper: PaperSize) -> None:
        width, height = _SHEETS[paper]
        self.edition = edition
        self.language = edition.spec.language
        self.leading = _leading(self.language)
        is_leftward = direction(self.language) == "rtl"
        self.body = 9.6 if is_leftward else 10.0
        self.title = 22.0 if is_leftward else 25.0
        self.judged = 11.5 if is_leftward else 12.0
        self.width = (width - _SIDES) * _MM
        self.height = (height - _ENDS) * _MM

    def room(self, *, annex: bool, lanes: int) -> Room:
        front = self.edition.front
        judgements = [self._judgement(view) for view in self.edition.judgements]
        news = [self._event(report) for report in front.news]
        column = self.height - self._masthead() - _SPARE
        heads = 2 * _HEAD_ONE - _NO_SPACE
        uncounted = _MORE if len(judgements) > MOST_JUDGEMENTS else 0.0
        judgements = judgements[:MOST_JUDGEMENTS]
        drawn = (_PICTURE + _LANE * lanes) * self.leading
        picture = lanes > 0 and (
            sum(judgements) + sum(news[:2]) + heads + uncounted + _MORE + drawn <= column
        )
        if picture:
            column -= drawn
        left = column - heads - uncounted
        judged = _fitting(judgements, left)
        disputes, gaps = _in_turn(
            column - self._sources() - heads,
            [self._point(view) for view in front.disputes],
            [self._unknown(gap) for gap in self.edition.gaps],
            turns=(0, 1, 1, 1),
        )
        outlook, open_ = self.edition.outlook, self.edition.gaps
        around = (
            (4 * _HEAD_TWO - _NO_SPACE)
            + _LEAD * (bool(outlook) + bool(open_))
            + (_GRADES if front.disputes else 0)
            + (0 if annex else _VERIFY)
        )
        reports, contests, plans, questions = _in_turn(
            self.height - around * self.leading - _SPARE,
            [self._report(report) for report in front.reports],
            [self._contest(view) for view in front.disputes],
            [self._plan(sentence) for sentence in outlook],
            [self._question(gap) for gap in open_],
            turns=(0, 1, 2, 3, 0),
        )
        return Room(
            annex=annex,
            judgements=judged,
            news=min(MOST_NEWS, _fitting(news, left - sum(judgements[:judged]))),
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
        height = 18.0 + 28 * self._lines(headline, self.title, self.width)
        below = edition.summary.summary.standfirst.words if edition.summary else edition.question
        if below is not None:
            height += 15 * self._lines(below, 11.5, self.width, beyond=12) + 4
        if untranslated(edition):
            height += 15 * self.leading
        figures = [sentence.fact.statement for sentence in edition.front.figures[:4]]
        if len(figures) <= FEW_FIGURES:
            height += 26.0 * len(figures) + (8 if figures else 0)
        else:
            lines = (self._lines(text, 8.8, 42 * _MM, beyond=35, sans=True) for text in figures)
            height += 35 + 11.5 * max(lines)
        return height

    def _judgement(self, view: JudgementView) -> float:
        width = self.width - _BESIDE * _MM
        statement = self._lines(view.judgement.statement, self.judged, width)
        because = self._lines(view.judgement.because, 8.8, width, beyond=_ASSESSED, sans=True)
        return 11 + 15.5 * statement + 13 * self.leading + 11.5 * because

    def _event(self, report: Telling) -> float:
        width = self.width - (_BESIDE + 24) * _MM
        told = lead(report, self.language)
        sources = {each.source.id: each.source for each in _attributions(told.sentences)}
        names = map(self._label, sources.values())
        pairs = runs(int(sentence.id[1:]) for sentence in report.sentences)
        beyond = 7 + sum(map(len, names)) + sum(5 if last > first else 4 for first, last in pairs)
        # What stands behind it is of the size and the face of labels.
        return 8 + 13 * self._lines(told.text, self.body, width, beyond=int(beyond * 0.85 * _SANS))

    def _point(self, view: ContestView) -> float:
        told = [side.words.best(self.language) for side in sides(view)[:MOST_ANSWERS]]
        words = [f"{text} ¶ 12; " for _, text in told]
        words += ["2 more answers"] if len(sides(view)) > MOST_ANSWERS else []
        question = view.contest.question.best(self.language)[1]
        is_turned = any(direction(code) != direction(self.language) for code, _ in told)
        lines = [question, *words] if is_turned else [" ".join((question, *words))]
        width = (_BESIDE - 8) * _MM
        return 7 + 11.5 * sum(self._lines(line, 8.8, width, sans=True) for line in lines)

    def _unknown(self, gap: Gap) -> float:
        return 7 + 11.5 * self._lines(gap.question, 8.8, (_BESIDE - 8) * _MM, sans=True)

    def _sources(self) -> float:
        """Of the section on how good the sources are: two lines a grade, and three for all."""
        grades = {view.source.reliability for view in self.edition.sources}
        digits = {sentence.fact.credibility for sentence in self.edition.sentences}
        words = math.ceil(self.leading * len(digits) / 2)
        lines = 2 * len(grades) + words + 3
        return _HEAD_ONE + 7 * (len(grades) + 2) + 11.5 * self.leading * lines

    def _report(self, report: Telling) -> float:
        if report.account is not None:
            account = report.account.account
            words, beyond = account.text.words, 3 * len(report.sentences)
            text = 13 * self._lines(words, self.body, self.width, beyond=beyond)
            if account.headline is None:
                return 5 + text
            return 7 + 12 * self._lines(account.headline, 9.6, self.width, sans=True) + text
        texts = [sentence.fact.statement.best(self.language)[1] for sentence in report.sentences]
        return 17 + 13 * self._lines(" ".join(texts), self.body, self.width, beyond=3 * len(texts))

    def _contest(self, view: ContestView) -> float:
        rows = sum(
            3
            + max(
                12 * self._lines(_told(side.sentences[0], view), 9.6, self.width * 0.5),
                11
                * self._lines(
                    self._voices(side.sentences),
                    8.5,
                    self.width * 0.47,
                    beyond=_DATED * len(side.sentences),
                    sans=True,
                ),
            )
            for side in sides(view)
        )
        note = view.contest.note
        question = 12 * self._lines(view.contest.question, 9.6, self.width, sans=True)
        return 7 + question + rows + (10.5 * self._lines(note, 8.5, self.width) if note else 0)

    def _voices(self, sentences: Sequence[Sentence]) -> str:
        """The names that stand beside an answer."""
        names = (
            f"{each.actor.name.best(self.language)[1] if each.actor else ''}"
            f" {self._label(each.source)}"
            for each in _attributions(sentences)
        )
        return " ".join(names)

    def _label(self, source: Source) -> str:
        if source.publisher is None:
            return source.title[:_LABEL]
        return source.publisher.best(self.language)[1]

    def _plan(self, sentence: Sentence) -> float:
        return 3 + 13 * self._lines(
            sentence.fact.statement, self.body, self.width - 32 * _MM, beyond=4
        )

    def _question(self, gap: Gap) -> float:
        why = f" {gap.why.best(self.language)[1]}" if gap.why is not None else ""
        words = gap.question.best(self.language)[1] + why
        return 5 + 13 * self._lines(words, 9.5, self.width, beyond=25)

    def _lines(
        self,
        text: LocalText | str,
        size: float,
        width: float,
        *,
        beyond: int = 0,
        sans: bool = False,
    ) -> float:
        """How many lines a text takes; `beyond`: so many letters more stand behind it."""
        code, words = (self.language, text) if isinstance(text, str) else text.best(self.language)
        if code not in chain(self.language):  # its language is named behind it
            beyond += 15
        leading = _leading(code)
        if sans and leading == 1:  # one face serves for both from right to left
            size *= _SANS
        length = size * (sum(map(_advance, words)) + 0.45 * beyond)
        # A line that another one follows ends, on average, half a word before the width does.
        return (1 + max(0, math.ceil((length - width) / (width - 1.6 * size)))) * leading


def _leading(language: str) -> float:
    return _LEFTWARD if direction(language) == "rtl" else 1.0


def _advance(letter: str) -> float:
    """About how wide a letter of the serif is, in its size."""
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in " \u00a0":
        return 0.26
    if letter.isascii():
        return 0.36 if letter in _NARROW else 0.9 if letter in _WIDE else 0.58
    return 0.465


def _attributions(sentences: Iterable[Sentence]) -> Iterator[Attribution]:
    return (each for sentence in sentences for each in sentence.attributions)


def _told(sentence: Sentence, view: ContestView) -> LocalText:
    return view.contest.answer(sentence.fact.id) or sentence.fact.statement


def _fitting(heights: Sequence[float], height: float) -> int:
    """How many of the first fit; one always does, or the brief would not begin."""
    return _in_turn(height, heights, turns=(0,))[0] or min(1, len(heights))


def _in_turn(height: float, *queues: Sequence[float], turns: Sequence[int]) -> tuple[int, ...]:
    """How many of each queue fit, if they take turns; a queue ends with what does not fit.

    A queue of which all fits needs no line that counts the rest.

    Args:
        height: What there is.
        queues: The heights of what would stand there.
        turns: Whose turn it is, by the places of queues; then from the first again.

    """
    height -= _MORE * len(queues)
    taken = [0] * len(queues)
    open_ = set(range(len(queues)))
    while open_:
        for turn in turns:
            if turn not in open_:
                continue
            left = len(queues[turn]) - taken[turn]
            free = height + (_MORE if left == 1 else 0)
            if not left or queues[turn][taken[turn]] > free:
                open_.discard(turn)
                continue
            height = (free if left == 1 else height) - queues[turn][taken[turn]]
            taken[turn] += 1
    return tuple(taken)
