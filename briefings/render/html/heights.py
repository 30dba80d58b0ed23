"""How high the parts of a brief's first two pages are, by the sizes that `print.css` gives."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from briefings.core.edition import (
    ContestView,
    Edition,
    FindingView,
    JudgementView,
    Sentence,
    Telling,
)
from briefings.core.excerpts import head
from briefings.core.languages import chain
from briefings.core.model import Gap, LocalText, Marking, PaperSize, Prose, Source
from briefings.core.untranslated import untranslated
from briefings.render.figures.lanes import Lanes
from briefings.render.figures.matrix import Matrix
from briefings.render.figures.origins import Origins
from briefings.render.html.advances import BOLD, Run, length, lines
from briefings.render.html.front_words import FrontWords
from briefings.render.html.leads import (
    alone_of_grade,
    assessed,
    claims,
    counted,
    days,
    emphasised,
    figure,
    is_late,
    lead,
    sides,
    sole_outlet,
)
from briefings.render.l10n.locales import Locale, direction

MOST_ANSWERS = 3
"""How many answers of a dispute page one tells."""

_FEW_FIGURES = 2
"""Up to so many key figures stand one below the other, each beside its words."""

HEAD_ONE, HEAD_TWO = 24.5, 29.0
"""What the head of a section takes on page one and two: a space, its rule and its title."""

_MM = 72 / 25.4
SHEETS = {PaperSize.A4: (210.0, 297.0), PaperSize.LETTER: (215.9, 279.4)}
"""How wide and high sheets of each size are, in mm."""

_SIDES, _ENDS = 32.0, 32.5  # margins in mm, left and right, top and bottom, of `@page`
NARROWEST = (min(width for width, _ in SHEETS.values()) - _SIDES) * _MM
"""In points: a line of any sheet has so much room."""
_BESIDE = 64.0  # mm of the right column and of the gap before it
_WHEN, _TOLD = 22.0, 86.5  # mm of the day of news, and of what is told beside it
_PLACE, _TEXT = 40.0, 132.5  # mm of what places a text on page two, and of the text
_MARKED, _MARKED_LONG = 27.0, 44.0  # mm for the marking in the first line, and for a long one
_FOOT, _FOOT_BESIDE = 152.6, 137.0  # mm of a line at the foot, and of one beside a long marking
_FOOT_LINES = 2  # more would lie beside the sheet
_PROVEN_HERE = "every ¶ leads to its quote in the annex"
_PROVEN_ELSEWHERE = "each ¶ is proven in the full brief"
_SCALE = 24.0  # mm of the scale of a likelihood
_BAR = 7.7  # what stands before an answer, in points as all that follows
_BEFORE_VOICES = 4.0  # mm between an answer and who gives it
_ANSWER = 57.0  # mm of a question and of an answer in the tables of who says what
_ORIGIN, _UNITS = 43.0, 40  # mm of a name, and marks in a line, in the picture of origins
_MARKS = 83.0  # mm beside those marks
_LANE_NAME = 27.0  # mm of the name of a lane
_LONG, _LONGEST = 7, 12  # letters of a key figure beside which its words have less room
_WHOLE = 32  # letters of numbers and grades that no line parts
_TITLES = (25.0, 28.0), (17.0, 21.0)  # of one topic, of several: sizes, and lines so high
_STEP = 6  # points by which the lines of a headline are tried shorter
_ASIDE = 1.05  # how much wider its letters may be than they are taken for
_SERIF, _SANS = 1.078, 1.052  # how much higher lines with letters of Vazirmatn are
_AMONG = 1.03  # the same where they are but a few behind others
_SMALL, _RAISED = 8.5, 6.6  # sizes of what is said beside the words of the desk


class Heights:
    """What the parts of one edition's first two pages take on sheets of one size, in points."""

    def __init__(self, edition: Edition, paper: PaperSize, locale: Locale | None = None) -> None:
        width, height = SHEETS[paper]
        self.edition = edition
        self.language = edition.spec.language
        self.words = FrontWords(edition, locale or Locale(self.language))
        self.leftward = direction(self.language) == "rtl"
        self.leading = _SANS if self.leftward else 1.0
        self.sole = sole_outlet(edition, self.language)
        self.names_outlet = self.sole is not None and self.sole.id not in alone_of_grade(edition)
        # Behind each text that is in another language, unless the head says so for all.
        self.names_languages = not untranslated(edition)
        self.body = 9.6 if self.leftward else 10.0
        # What each topic of several comes to stands below its own, shorter, title.
        of_one, of_several = ((22.0, 28.0), (15.0, 21.0)) if self.leftward else _TITLES
        self.title, self.title_line = of_several if edition.findings else of_one
        self.judged = 11.5 if self.leftward else 12.0
        # The share of a line that an answer has beside those who give it.
        self.answered = 0.46 if self.leftward else 0.54
        self.width = (width - _SIDES) * _MM
        self.height = (height - _ENDS) * _MM
        self.wide = self.width - _BESIDE * _MM
        self.narrow = (_BESIDE - 8) * _MM

    def masthead(self) -> float:
        """The height of page one above its columns, less what of it stands in the margin."""
        edition, locale = self.edition, self.words.locale
        running = f"{edition.title.best(self.language)[1]} · {locale.gettext('Situation brief')}"
        running += f" · {_held(locale.day(edition.spec.as_of))}"
        if edition.spec.window.since != edition.spec.as_of:
            running += f" ({_held(locale.window(edition.spec.window, 'short'))})"
        if edition.spec.known_by != edition.spec.as_of:
            known = _held(locale.day(edition.spec.known_by))
            running += f" · {locale.gettext('information up to %(day)s') % {'day': known}}"
        marked = _MARKED_LONG if edition.marking is Marking.AMBER_STRICT else _MARKED
        first = self._high([self._small(running)], self.width - marked * _MM, 12)
        height = 2.5 + first + self._headline(0.0)[1]
        if edition.summary is not None:
            if edition.question is not None:
                asked, question = self._text(edition.question, 9.0, sans=True)
                height += self._high(question, self.width, 12, asked)
            prose = edition.summary.summary.standfirst
            code, told = self._prose(prose, edition.summary.sentences, 11.5)
            height += 4 + self._high(told, self.width, 15, code)
        elif edition.question is not None:
            code, told = self._text(edition.question, 11.5)
            height += 4 + self._high(told, self.width, 15, code)
        if edition.findings:
            height += 6 + sum(map(self._finding, edition.findings))
        if edition.front.leading is not None:
            height += 10 + self._grounds(edition.front.leading, self.width, 15, 11.5, sans=False)
        for limits in filter(None, (self.words.untranslated(), self.words.limits())):
            begins_bold = replace(self._small(limits), bold=True)
            height += 4 + self._high([begins_bold], self.width, 11)
        figures = edition.front.figures[:4]
        if len(figures) <= _FEW_FIGURES:
            height += sum(map(self._figure, figures)) + (8 if figures else 0)
        else:
            large = 24 * (_SERIF if self.leftward else 1.0)
            below = (self._high(self._of_figure(each), 42 * _MM, 11.5) for each in figures)
            height += 8 + large + max(below)
        return height

    def _finding(self, finding: FindingView) -> float:
        """The height of what one topic of several comes to."""
        named, title = self._text(finding.title, 8.8, sans=True, bold=True)
        beside = 2 + self._high(title, _PLACE * _MM, 11.5, named)
        found = finding.question
        if finding.summary is not None:
            found = _unparted(finding.summary.summary.headline)
        if found is None:
            return 6 + beside
        code, told = self._text(found, 11.5)
        if finding.summary is not None:
            told.append(self._small(f" {self.words.numbers(finding.summary.sentences)}"))
        return 6 + max(beside, self._high(told, _TEXT * _MM, 15, code))

    def _headline(self, inset: float) -> tuple[int, float]:
        """How many lines it has on lines shorter by `inset`, and how high they are."""
        edition = self.edition
        code, words = _unparted(edition.front.headline or edition.title).best(self.language)
        # From left to right its letters are set closer, by about what a semibold face is wider.
        run = Run(words, self.title, bold=self.leftward)
        count = lines([run], self.width - inset)
        return count, count * self.title_line * self._leading(code, sans=False)

    def _figure(self, sentence: Sentence) -> float:
        """The height of a key figure that stands beside its words."""
        number = figure(sentence, self.language).number
        is_longest = len(number) > _LONGEST
        rows = math.ceil(length(number) * 15 * BOLD / (69 * _MM)) if is_longest else 1
        beside = (100 if is_longest else 116 if len(number) > _LONG else 138) * _MM
        leading = _SERIF if self.leftward else 1.0
        return max(
            24.0 * leading * rows + 2, self._high(self._of_figure(sentence), beside, 11.5) + 3
        )

    def _of_figure(self, sentence: Sentence) -> list[Run]:
        _, told = self._text(sentence.fact.statement, 8.8, sans=True)
        return [*told, self._small(f" {self._says([sentence], (sentence,), None)}")]

    def running_title(self) -> str:
        """The title above each further page, cut where its line has no room for all."""
        return running_title(self.edition.title.best(self.language)[1], self.width)

    def running_desk(self, *, annex: bool) -> str:
        """The name of the desk at the foot of each page, cut where that has no room for all."""
        locale, edition = self.words.locale, self.edition
        behind = locale.gettext("edition %(id)s") % {"id": edition.id}
        behind += f" · {locale.gettext(_PROVEN_HERE if annex else _PROVEN_ELSEWHERE)}"
        name, day = edition.desk.best(self.language)[1], edition.spec.known_by
        return running_desk(name, day, behind, locale, edition.marking)

    def headline_inset(self) -> float:
        """What the lines of the headline may be shorter by, so that none is left with a word."""
        count, _ = self._headline(0.0)
        if count == 1:
            return 0.0
        _, words = _unparted(self.edition.front.headline or self.edition.title).best(self.language)
        run = Run(words, self.title * _ASIDE, bold=self.leftward)
        shorter = (
            inset
            for inset in range(_STEP, int(self.width / 2), _STEP)
            if lines([run], self.width - inset) > count
        )
        return float(next(shorter, _STEP) - _STEP)

    def judgement(self, view: JudgementView) -> float:
        """The height of a judgement on page one, in points, as all of these are."""
        code = view.judgement.statement.best(self.language)[0]
        before, term, after = emphasised(view, self.language)
        size = self.judged
        statement = [Run(before, size), Run(term, size, bold=True), Run(after, size)]
        statement += self._tongue(code)
        told = self._high(statement, self.wide, 15.5, code)
        is_dated = assessed(self.edition) is None
        return 11.5 + told + self._grounds(view, self.wide, is_dated=is_dated)

    def _grounds(
        self,
        view: JudgementView,
        width: float,
        line: float = 11.5,
        size: float = 8.8,
        *,
        sans: bool = True,
        is_dated: bool = True,
    ) -> float:
        """The height of a judgement's odds, and of why it is so, in letters and lines of a size."""
        inset = _SCALE * _MM + 3
        band = Run(f" {self.words.band(view)} ", _SMALL, sans=True, bold=True, inset=inset)
        odds = [band, self._small(self.words.confidence(view), inset=3.0)]
        why, because = self._text(view.judgement.because, size, sans=sans)
        height = self._high(odds, width, 12)
        made = [Run(self.words.assessed(view), min(size, 8.8), sans=sans, whole=True)]
        if is_dated and self._is_turned(why):
            height += self._high(made, width, 11.5)
        elif is_dated:
            because = [*made, Run(" ", size, sans=sans), *because]
        return height + self._high(because, width, line, why)

    def events(self, reports: Sequence[Telling], *, is_new: bool = True) -> list[float]:
        """The height of each item of news, or of what was known before, on page one."""
        heights: list[float] = []
        for day in days(reports, self.language, self.edition.spec.window.since):
            when = Run(self.words.day(day.sentence), 8.8, sans=True, bold=True)
            beside = self._high([when], _WHEN * _MM, 13)
            if day.is_late:
                reported = self._small(self.words.reported(day.sentence))
                beside += self._high([reported], _WHEN * _MM, 11)
            told = [self._told(report, is_new=is_new) for report in day.reports]
            heights += [7 + max(told[0], beside), *(7 + each for each in told[1:])]
        return heights

    def _told(self, report: Telling, *, is_new: bool) -> float:
        """The height of a report in a line."""
        line = lead(report, self.language)
        named = self.sole if is_new else None
        says = self._small(self._says(report.sentences, line.sentences, named))
        told = [Run(line.text, self.body), *self._tongue(line.language)]
        # Names of the other direction stand in a line of their own.
        if " · " in says.text and self._is_turned(line.language):
            below = self._high([says], _TOLD * _MM, 11)
            return self._high(told, _TOLD * _MM, 13, line.language) + below
        told += [Run(" ", self.body), replace(says, whole=len(says.text) <= _WHOLE)]
        return self._high(told, _TOLD * _MM, 13, line.language)

    def point(self, view: ContestView) -> float:
        """The height of a disagreement on page one, with the answers that it has room for."""
        told = sides(view)
        code, question = self._text(view.contest.question, 8.8, sans=True, bold=True)
        height = 7 + self._high(question, self.narrow, 11.5, code)
        beside = self.narrow - 0.8 * 8.8
        for side in told[:MOST_ANSWERS]:
            code, answer = self._text(side.words, 8.8, sans=True)
            answer.append(self._small(f"\u00a0{self.words.numbers(side.sentences)}"))
            height += 1.4 + self._high(answer, beside, 11.5, code)
        if len(told) > MOST_ANSWERS:
            more = self._small(self.words.more_answers(len(told) - MOST_ANSWERS))
            height += 1.4 + self._high([more], beside, 11.5)
        return height

    def unknown(self, gap: Gap, *, with_reason: bool = False) -> float:
        """The height of an open question on page one, with why it is open or without."""
        code, question = self._text(gap.question, 8.8, sans=True)
        height = 7 + self._high(question, self.narrow, 11.5, code)
        if not with_reason:
            return height
        since = self._small(self.words.open_since(gap))
        if gap.why is None:
            return height + self._high([since], self.narrow, 11)
        why, reason = self._text(gap.why, _SMALL, sans=True)
        return height + self._high([since, *reason], self.narrow, 11, why)

    def sources(self) -> float:
        """The height of the section on how good the sources are."""
        grades = sorted({view.source.reliability for view in self.edition.sources})
        told = [self.words.grade(letter) for letter in grades]
        told.append(self.words.sourcing())
        heights = (self._high([Run(each, 8.8, sans=True)], self.narrow, 11.5) for each in told)
        return HEAD_ONE + 7 * len(told) + sum(heights)

    def report(self, report: Telling, *, is_beside: bool = True) -> float:
        """The height of a development: an account, or facts that have none.

        `is_beside`: whether its head stands beside what it tells, as on page two, or above it.
        """
        if is_beside:
            return 6 + max(self._parts(report, _PLACE * _MM, _TEXT * _MM))
        return 6 + sum(self._parts(report, self.wide, self.wide, is_news=True))

    def _parts(
        self, report: Telling, place: float, text: float, *, is_news: bool = False
    ) -> tuple[float, float]:
        """The heights of a report's head, and of what it tells, on lines so long."""
        if report.account is None:
            return self._grouped(report.sentences, place, text, is_news=is_news)
        account = report.account.account
        code, told = self._prose(account.text, report.sentences, self.body)
        above = 0.0
        if account.headline is not None:
            named, headline = self._text(account.headline, 9.6, sans=True, bold=True)
            above = 0.5 + self._high(headline, place, 12, named)
        first = lead(report, self.language).sentences
        head = self._head(first[0], self.words.grades(first), is_news=is_news)
        above += self._high(head, place, 11)
        return above, self._high(told, text, 13, code)

    def _head(self, sentence: Sentence, behind: str, *, is_news: bool) -> list[Run]:
        """Its day, among news also when it was reported if they are of a later one; the rest."""
        is_told = is_news and is_late(sentence, self.edition.spec.window.since)
        reported = f" · {self.words.reported(sentence)}" if is_told else ""
        day = replace(self._small(self.words.day(sentence)), bold=True)
        return [day, self._small(f"{reported} · {behind}")]

    def _grouped(
        self, sentences: Sequence[Sentence], place: float, text: float, *, is_news: bool
    ) -> tuple[float, float]:
        """The heights of what is said of all facts without an account, and of what they tell."""
        first = sentences[0]
        behind = f"{self.words.voices(first)} · {self.words.grades([first])}"
        told: list[Run] = []
        for sentence in sentences:
            _, statement = self._text(sentence.fact.statement, self.body)
            told += [*statement, self._mark([sentence]), Run(" ", self.body)]
        code = first.fact.statement.best(self.language)[0]
        above = self._high(self._head(first, behind, is_news=is_news), place, 11)
        return above, self._high(told, text, 13, code)

    def contest(self, view: ContestView) -> float:
        """The height of a disagreement on page two, a row for each side."""
        code, question = self._text(view.contest.question, 9.6, sans=True, bold=True)
        is_turned = self._is_turned(code)
        question.insert(0, Run("1 ", 9.6, sans=True))
        note = 0.0
        if view.contest.note is not None:
            noted, words = self._text(view.contest.note, _SMALL, sans=True)
            note = 1 + self._high(words, self.width, 10.5, noted)
        rows = (
            self._row(side.answer or side.sentences[0].fact.statement, side.sentences)
            for side in sides(view)
        )
        width = self.width * (self.answered if is_turned else 1)
        return 6.8 + self._high(question, width, 12, code) + sum(rows) + note

    def _row(self, answer: LocalText, sentences: Sequence[Sentence]) -> float:
        """The height of an answer and those who give it."""
        code, words = self._text(answer, 9.6)
        told: list[Run] = []
        for sentence in sentences:
            days_ = f"{self.words.voices(sentence)} · {self.words.said(sentence)} · "
            mark = f"{self.words.grades([sentence])} · {self.words.numbers([sentence])}"
            lapse = self.words.lapse(sentence)
            told += [self._small(days_), replace(self._small(mark), whole=True)]
            told.append(self._small(f" · {lapse}; " if lapse else "; "))
        left = self.width * self.answered - _BAR
        right = self.width * (1 - self.answered) - _BEFORE_VOICES * _MM
        return 2.4 + max(self._high(words, left, 12, code), self._high(told, right, 11))

    def matrix(self, picture: Matrix) -> float:
        """The height of the section on who says what, a table for each question."""
        names = 3 * 10.5 * self.leading
        tables = 0.0
        for point in picture.points:
            code, question = self._text(point.view.contest.question, _SMALL, sans=True, bold=True)
            question.insert(0, Run("1 ", _SMALL, sans=True))
            tables += 11 + max(names, self._high(question, _ANSWER * _MM, 10.5, code))
            for answer in point.answers:
                code, words = self._text(answer.side.words, _SMALL, sans=True)
                tables += 4 + self._high(words, _ANSWER * _MM, 10.5, code)
        below = 3.5 + self.drawn_from(picture.sentences)
        tables += self._shows(self.words.backed(picture))
        return HEAD_TWO * self.leading + tables + below

    def origins(self, picture: Origins) -> float:
        """The height of the section on where it all comes from, a row for each origin."""
        rows = 0.0
        for row in picture.rows:
            names = self.words.locale.semicolon.join(map(self.words.label, row.sources))
            name = Run(names, _SMALL, sans=True, bold=True)
            marks = 10.5 * math.ceil(len(row.marks) / _UNITS)
            rows += 4 + max(self._high([name], _ORIGIN * _MM, 10.5), marks)
        rest = 14 if picture.others else 0
        meaning = [self._small(self.words.mark(picture))]
        above = self._high(meaning, self.width - _MARKS * _MM, 10.5)
        told = self._shows(self.words.most(picture))
        return HEAD_ONE + 7 + told + above + rest * self.leading + rows

    def foremost(self, picture: Lanes) -> float:
        """The height of the title of the picture of who acted or spoke."""
        return self._shows(self.words.foremost(picture))

    def _shows(self, title: str) -> float:
        """The height of what a picture shows, as its title."""
        return 1 + self._high([Run(title, 11, bold=True)], self.width, 14) if title else 0.0

    def drawn_from(self, sentences: Iterable[Sentence]) -> float:
        """The height of the line below a picture that names the sources of what it draws."""
        return self._high([self._small(self.words.drawn_from(sentences))], self.width, 11)

    def lanes(self, picture: Lanes) -> list[int]:
        """How many lines each lane of the picture on page one has, its name among them."""
        names = (
            Run(lane.actor.name.best(self.language)[1], _SMALL, sans=True, bold=True)
            for lane in picture.lanes
        )
        return [
            max(lane.lines, lines([name], _LANE_NAME * _MM))
            for lane, name in zip(picture.lanes, names, strict=True)
        ]

    def grades(self) -> float:
        """The height of the words for the grades of page two."""
        return 3.5 + self._high([self._small(self.words.legend())], self.width, 11)

    def plan(self, sentence: Sentence) -> float:
        """The height of a line of the outlook."""
        code, told = self._text(sentence.fact.statement, self.body)
        told.append(self._mark([sentence]))
        below = 0.0
        if lapse := self.words.lapse(sentence, is_dated=False):
            if self._is_turned(code):
                below = self._high([Run(lapse, self.body)], _TEXT * _MM, 11)
            else:
                told.append(Run(f" {lapse}", self.body))
        when = Run(self.words.due(sentence), 8.8, sans=True, bold=True)
        placed = self._high([when], _PLACE * _MM, 13)
        return 3 + max(placed, self._high(told, _TEXT * _MM, 13, code) + below)

    def question(self, gap: Gap) -> float:
        """The height of an open question on page two, with why it is open."""
        code, told = self._text(gap.question, self.body)
        width = _TEXT * _MM
        if gap.why is None:
            return 5 + self._high(told, width, 13, code)
        why, reason = self._text(gap.why, _SMALL, sans=True)
        if self._is_turned(code) or self._is_turned(why):
            return 5 + self._high(told, width, 13, code) + self._high(reason, width, 10.5, why)
        further = lines([*told, Run(" ", self.body), *reason], width) - lines(told, width)
        return 5 + self._high(told, width, 13, code) + 13 * further

    def _high(
        self, runs: Sequence[Run], width: float, line: float, code: str | None = None
    ) -> float:
        """How high the lines of a paragraph are: in a language, or in that of the page."""
        leading = self._leading(code or self.language, sans=runs[0].sans)
        if leading == 1.0 and self.leftward and any(run.size == _SMALL for run in runs[1:]):
            leading = _AMONG
        return lines(runs, width) * line * leading

    def _is_turned(self, code: str) -> bool:
        """Whether a text in a language runs in the other direction than the page."""
        return direction(code) != direction(self.language)

    def _leading(self, code: str, *, sans: bool) -> float:
        if direction(code) != "rtl":
            return 1.0
        return _SANS if sans else _SERIF

    def _small(self, words: str, inset: float = 0.0) -> Run:
        return Run(words, _SMALL, sans=True, inset=inset)

    def _says(
        self, sentences: Sequence[Sentence], told: tuple[Sentence, ...], named: Source | None
    ) -> str:
        """What stands behind a report: its numbers, and how good what it leads with is."""
        return self.words.numbers(sentences) + self.words.worth(told, named)

    def _mark(self, sentences: Sequence[Sentence]) -> Run:
        """The raised numbers of what carries the words before them."""
        return Run(self.words.numbers(sentences), _RAISED, sans=True, whole=True, inset=1.0)

    def _text(
        self, text: LocalText, size: float, *, sans: bool = False, bold: bool = False
    ) -> tuple[str, list[Run]]:
        """A text of the desk, and the language that it is in, named behind it where need be."""
        code, words = text.best(self.language)
        return code, [Run(words, size, sans=sans, bold=bold), *self._tongue(code)]

    def _tongue(self, code: str) -> list[Run]:
        if not self.names_languages or code in chain(self.language):
            return []
        name = f"[{self.words.locale.language_name(code)}]"
        return [self._small(" "), replace(self._small(name), whole=True)]

    def _prose(
        self, text: Prose, sentences: Iterable[Sentence], size: float
    ) -> tuple[str, list[Run]]:
        """A prose, each of its claims with the numbers of what carries it."""
        code, told = claims(text, sentences, self.language)
        runs: list[Run] = []
        for claim in told:
            runs.append(Run(claim.text, size))
            if claim.sentences:
                runs.append(self._mark(claim.sentences))
        return code, [*runs, *self._tongue(code)]


def running_title(title: str, width: float) -> str:
    """A title as it stands above further pages, cut where a line so long has no room for all."""
    room = width - _MARKED * _MM
    fits = (
        words
        for most in range(len(title), 0, -1)
        if length(words := head(title, most), sans=True) * _SMALL <= room
    )
    return next(fits, title)


def running_desk(name: str, day: date, behind: str, locale: Locale, marking: Marking) -> str:
    """The name of a desk, cut where the foot of a page has no room for all.

    Args:
        name: That of the desk.
        day: The day that stands before it.
        behind: What follows it.
        locale: The language of the page.
        marking: That of the page, which stands beside it.
    """
    before = f"{locale.gettext('page')} 00 {locale.gettext('of')} 00 · {locale.day(day, 'short')}"
    is_beside = marking is Marking.AMBER_STRICT
    room = (_FOOT_BESIDE if is_beside else _FOOT) * _MM / _ASIDE

    def taken(most: int) -> int:
        foot = f"{before} · {head(name, most)} · {behind}"
        return lines([Run(foot, _SMALL, sans=True)], room)

    return head(name, bisect_right(range(1, len(name) + 1), _FOOT_LINES, key=taken))


def _held(words: str) -> str:
    """Words with spaces that end no line."""
    return words.replace(" ", "\u00a0")


def _unparted(text: LocalText) -> LocalText:
    """The text with such spaces where a number is held to its word."""
    forms = (
        (code, "".join(_held(part) if whole else part for part, whole in pieces))
        for code, pieces in ((code, counted(words)) for code, words in text.forms)
    )
    return replace(text, forms=tuple(forms))
