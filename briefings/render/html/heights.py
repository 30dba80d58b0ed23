"""How high the parts of a brief's first two pages are, by the sizes that `print.css` gives."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

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
from briefings.render.figures.matrix import Matrix
from briefings.render.figures.origins import Origins
from briefings.render.html.advances import BOLD, length, lines
from briefings.render.html.fill import runs
from briefings.render.html.leads import (
    alone_of_grade,
    counted,
    figure,
    lead,
    sides,
    sole_outlet,
)
from briefings.render.l10n.locales import direction

MOST_ANSWERS = 3
"""Of a dispute page one tells so many answers."""

FEW_FIGURES = 2
"""Up to so many key figures stand one below the other, each beside its words."""

HEAD_ONE, HEAD_TWO = 24.5, 29.0
"""Of a section of page one and two: the space before it, its rule and its title."""

_MM = 72 / 25.4
_SHEETS = {PaperSize.A4: (210.0, 297.0), PaperSize.LETTER: (215.9, 279.4)}
_SIDES, _ENDS = 32.0, 32.5  # margins in mm, left and right, top and bottom, of `@page`
_BESIDE = 64.0  # mm of the right column and of the gap before it
_WHEN = 28.0  # mm of the day beside news, and of the gaps around it
_PLACE, _TEXT = 40.0, 132.5  # mm of what places a text on page two, and of the text
_MARKED, _RUNNING = 27.0, 48  # mm for the marking, and letters behind the title, in the first line
_ANSWER = 49.0  # mm of an answer in the table of who says what
_ORIGIN, _UNITS = 43.0, 40  # mm of a name, and marks in a line, in the picture of origins
_ASSESSED = 14  # letters of the day on which a judgement was made
_DATED = 20  # letters of the day, the grade and the number beside the names of a voice
_LABEL = 22  # letters of a source's title where it has no publisher
_LEFTWARD = 1.07  # lines with letters of both faces are the higher
_LONG = 12  # letters of a key figure beside which its words have less room
_STEP = 6  # points by which the lines of a headline are tried shorter
_ASIDE = 1.05  # how much wider its letters may be than they are taken for
_NAME = 15  # letters of the name of a language behind a text that is in another


class Heights:
    """What the parts of one edition's first two pages take on sheets of one size, in points."""

    def __init__(self, edition: Edition, paper: PaperSize) -> None:
        width, height = _SHEETS[paper]
        self.edition = edition
        self.language = edition.spec.language
        self.leading = _leading(self.language)
        sole = sole_outlet(edition, self.language)
        self.graded = alone_of_grade(edition)
        self.sole = {sole.id} if sole is not None else set()
        self.names_outlet = sole is not None and sole.id not in alone_of_grade(edition)
        # Behind each text that is in another language, unless the head says so for all.
        self.names_languages = not untranslated(edition)
        is_leftward = direction(self.language) == "rtl"
        self.body = 9.6 if is_leftward else 10.0
        self.title = 22.0 if is_leftward else 25.0
        self.judged = 11.5 if is_leftward else 12.0
        self.width = (width - _SIDES) * _MM
        self.height = (height - _ENDS) * _MM

    def masthead(self) -> float:
        """Of page one above its columns, less what of it stands in the margin."""
        edition = self.edition
        headline = edition.front.headline or edition.title
        running = f"{edition.title.best(self.language)[1]} {_held(_RUNNING)}"
        height = 14.5 + 12 * (self._lines(running, 8.5, self.width - _MARKED * _MM, sans=True) - 1)
        # From left to right its letters are set closer, by about what a semibold face is wider.
        bold = BOLD if self.leading > 1 else 1.0
        height += 28 * self._lines(_unparted(headline), self.title * bold, self.width)
        below = edition.summary.summary.standfirst.words if edition.summary else edition.question
        if below is not None:
            beyond = 2 * len(edition.summary.summary.facts) if edition.summary else 0
            height += 15 * self._lines(below, 11.5, self.width, beyond=beyond) + 4
        if untranslated(edition):
            height += 15 * self.leading
        figures = edition.front.figures[:4]
        if len(figures) <= FEW_FIGURES:
            height += sum(map(self._figure, figures)) + (8 if figures else 0)
        else:
            height += 35 + 11.5 * max(
                self._lines(each.fact.statement, 8.8, 42 * _MM, beyond=35, sans=True)
                for each in figures
            )
        return height

    def _figure(self, sentence: Sentence) -> float:
        """Of a key figure that stands beside its words."""
        number = figure(sentence, self.language).number
        is_long = len(number) > _LONG
        large = 24.0 * math.ceil(length(number) * 15 * BOLD / (69 * _MM)) if is_long else 24.0
        beside = (100 if is_long else 138) * _MM
        words = self._lines(sentence.fact.statement, 8.8, beside, beyond=20, sans=True)
        return max(large + 2, 11.5 * words + 3)

    def headline_inset(self) -> float:
        """What the lines of the headline may be shorter by, so that none is left with a word."""
        edition = self.edition
        _, words = _unparted(edition.front.headline or edition.title).best(self.language)
        size = self.title * (BOLD if self.leading > 1 else 1.0)
        count = lines(words, size, self.width)
        if count == 1:
            return 0.0
        shorter = (
            inset
            for inset in range(_STEP, int(self.width / 2), _STEP)
            if lines(words, size * _ASIDE, self.width - inset) > count
        )
        return float(next(shorter, _STEP) - _STEP)

    def judgement(self, view: JudgementView) -> float:
        """Of a judgement on page one, in points, as all of these are."""
        width = self.width - _BESIDE * _MM
        statement = self._lines(view.judgement.statement, self.judged, width)
        because = self._lines(view.judgement.because, 8.8, width, held=_ASSESSED, sans=True)
        return 10 + 15.5 * statement + 13 * self.leading + 11.5 * because

    def event(self, report: Telling, *, is_new: bool = True) -> float:
        """Of an item of news, or of what was known before, on page one."""
        width = self.width - (_BESIDE + _WHEN) * _MM
        line = lead(report, self.language)
        sources = {each.source.id: each.source for each in _attributions(line.sentences)}
        untold = self.graded | self.sole if is_new else self.graded
        names = [self._label(each) for name, each in sources.items() if name not in untold]
        pairs = runs(int(sentence.id[1:]) for sentence in report.sentences)
        beyond = sum(map(len, names)) + sum(6 if last > first else 4 for first, last in pairs)
        # What stands behind it is of the size and the face of labels.
        lines_ = self._lines(line.text, self.body, width, beyond=int(beyond * 0.8), held=5)
        has_day = line.sentences[0].fact.date is not None
        return 7.5 + 13 * max(lines_, 1 if has_day else self.leading * 2)

    def point(self, view: ContestView) -> float:
        """Of a disagreement on page one, with the answers that it has room for."""
        answers = [side.words.best(self.language) for side in sides(view)[:MOST_ANSWERS]]
        words = [f"{text} ¶\u00a012;" for _, text in answers]
        words += ["2 more answers"] if len(sides(view)) > MOST_ANSWERS else []
        question = view.contest.question.best(self.language)[1]
        is_turned = any(direction(code) != direction(self.language) for code, _ in answers)
        blocks = [question, *words] if is_turned else [" ".join((question, *words))]
        width = (_BESIDE - 8) * _MM
        return 7 + 11.5 * sum(self._lines(block, 8.8 * BOLD, width, sans=True) for block in blocks)

    def unknown(self, gap: Gap) -> float:
        """Of a question that no document answers, on page one."""
        return 7 + 11.5 * self._lines(gap.question, 8.8, (_BESIDE - 8) * _MM, sans=True)

    def sources(self) -> float:
        """Of the section on how good the sources are: two lines a grade, and three for all."""
        grades = {view.source.reliability for view in self.edition.sources}
        digits = {sentence.fact.credibility for sentence in self.edition.sentences}
        words = math.ceil(self.leading * len(digits) / 2)
        return (
            HEAD_ONE + 7 * (len(grades) + 2) + 11.5 * self.leading * (2 * len(grades) + words + 3)
        )

    def report(self, report: Telling) -> float:
        """Of a development on page two: an account, or facts that have none."""
        if report.account is not None:
            account = report.account.account
            words, beyond = account.text.words, 2 * len(report.sentences)
            text = 13 * self._lines(words, self.body, _TEXT * _MM, beyond=beyond)
            if account.headline is None:
                return 6 + text
            head = 12 * self._lines(account.headline, 9.6 * BOLD, _PLACE * _MM, sans=True)
            return 6 + max(text, head + 12 * self.leading)
        texts = [sentence.fact.statement.best(self.language)[1] for sentence in report.sentences]
        statements = " ".join(texts)
        names = self._voices(report.sentences[:1])
        head = 11 * self._lines(names, 8.5, _PLACE * _MM, beyond=_DATED, sans=True)
        return 6 + max(
            head, 13 * self._lines(statements, self.body, _TEXT * _MM, beyond=3 * len(texts))
        )

    def contest(self, view: ContestView) -> float:
        """Of a disagreement on page two, a row for each side."""
        rows = sum(
            3
            + max(
                12 * self._lines(_told(side.sentences[0], view), 9.6, self.width * 0.52),
                11
                * self._lines(
                    self._voices(side.sentences),
                    8.5,
                    self.width * 0.43,
                    beyond=_DATED * len(side.sentences),
                    sans=True,
                ),
            )
            for side in sides(view)
        )
        note = view.contest.note
        code, _ = view.contest.question.best(self.language)
        is_turned = direction(code) != direction(self.language)
        width = self.width * (0.52 if is_turned else 1)
        question = 12 * self._lines(view.contest.question, 9.6, width, sans=True)
        return (
            7
            + question
            + rows
            + (10.5 * self._lines(note, 8.5, self.width, sans=True) if note else 0)
        )

    def matrix(self, picture: Matrix) -> float:
        """Of the section on who says what, a row for each answer below its question."""
        rows = sum(
            4 + 10.5 * self._lines(answer.side.words, 8.5, _ANSWER * _MM, sans=True)
            for point in picture.points
            for answer in point.answers
        )
        names = (4 + 3 * 10.5 * self.leading) * len(picture.tables)
        return (HEAD_TWO + 13) * self.leading + names + 19 * len(picture.points) + rows

    def origins(self, picture: Origins) -> float:
        """Of the section on where it all comes from, a row for each origin."""
        rows = sum(
            4
            + 10.5
            * max(
                self._lines(
                    "; ".join(map(self._label, row.sources)), 8.5, _ORIGIN * _MM, sans=True
                ),
                math.ceil(len(row.marks) / _UNITS),
            )
            for row in picture.rows
        )
        rest = 14 if picture.others else 0
        return HEAD_ONE + (4 + 2 * 10.5 + rest) * self.leading + rows

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

    def plan(self, sentence: Sentence) -> float:
        """Of a line of the outlook."""
        return 3 + 13 * self._lines(sentence.fact.statement, self.body, _TEXT * _MM, beyond=4)

    def question(self, gap: Gap) -> float:
        """Of an open question on page two, with why it is open."""
        code, words = gap.question.best(self.language)
        if direction(code) != direction(self.language) and gap.why is not None:
            why = 10.5 * self._lines(gap.why, 8.5, _TEXT * _MM, sans=True)
            return 5 + 13 * self._lines(gap.question, self.body, _TEXT * _MM) + why
        words += f" {gap.why.best(self.language)[1]}" if gap.why is not None else ""
        return 5 + 13 * self._lines(words, 9.5, _TEXT * _MM)

    def _lines(
        self,
        text: LocalText | str,
        size: float,
        width: float,
        *,
        beyond: int = 0,
        held: int = 0,
        sans: bool = False,
    ) -> float:
        """How high the lines of a text are, in lines of one face.

        Behind it stand so many letters more: `beyond` in short words, `held` in one piece.
        """
        code, words = (self.language, text) if isinstance(text, str) else text.best(self.language)
        if self.names_languages and code not in chain(self.language):
            beyond += _NAME
        words += f" {_held(held)}" if held else ""
        return lines(words, size, width, sans=sans, beyond=beyond) * _leading(code)


def _held(letters: int) -> str:
    """A word as long as so many letters are on average."""
    return "n" * letters


def _unparted(text: LocalText) -> LocalText:
    """The text with spaces that end no line where a number is held to its word."""
    forms = (
        (code, "".join(part.replace(" ", "\u00a0") if whole else part for part, whole in pieces))
        for code, pieces in ((code, counted(words)) for code, words in text.forms)
    )
    return replace(text, forms=tuple(forms))


def _leading(language: str) -> float:
    return _LEFTWARD if direction(language) == "rtl" else 1.0


def _attributions(sentences: Iterable[Sentence]) -> Iterator[Attribution]:
    return (each for sentence in sentences for each in sentence.attributions)


def _told(sentence: Sentence, view: ContestView) -> LocalText:
    return view.contest.answer(sentence.fact.id) or sentence.fact.statement
