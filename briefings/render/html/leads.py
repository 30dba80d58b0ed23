"""How a front tells: a report in one sentence, prose claim by claim, a dispute answer by answer."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby, takewhile

from briefings.core.edition import ActorView, ContestView, Edition, JudgementView, Sentence, Telling
from briefings.core.edtf import Edtf
from briefings.core.groups import grouped
from briefings.core.likelihood import term_in
from briefings.core.model import Claim, LocalText, Prose, Source, SourceId
from briefings.core.values import dataclass

_COUNT = re.compile(r"(?<![\w.,])\d{1,4} ")
_LONGEST_COUNTED = 12  # letters of a word behind a number, such as a month behind its day
_TITLE_LENGTH = 22  # letters of a title that tells a source apart
_LAST_LETTERS = 3  # of a script that writes no spaces, to which a number is held
_WITHOUT_SPACES = ("THAI ", "LAO ", "KHMER ", "MYANMAR ", "TIBETAN ")

LONG = 3000
"""Letters of a report that is too long to be kept on one sheet."""


@dataclass(frozen=True, slots=True)
class Told:
    """Words of a prose and the sentences that carry them; none where no document tells."""

    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """A report in a line, in `language`, and the sentences that it stands for; never empty."""

    language: str
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ShortTitle:
    """The first words of a title, and when that was published if they are those of several."""

    text: str
    day: Edtf | None


@dataclass(frozen=True, slots=True)
class NewsDay:
    """Reports in a row that are of one day, the day of `sentence`; never empty.

    `is_late`: whether they are new only by their report, and of a day before what is new begins.
    """

    sentence: Sentence
    reports: tuple[Telling, ...]
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: its `number` as the text has it, or ""; the text is in `language`."""

    language: str
    number: str
    text: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Side:
    """One answer to a disputed point, if the desk has put it in words, and who gives it."""

    answer: LocalText | None
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> LocalText:
        """The answer; else what the first fact that gives it says, in short if it can."""
        fact = self.sentences[0].fact
        return self.answer or fact.headline or fact.statement


def claims(
    prose: Prose, sentences: Iterable[Sentence], language: str
) -> tuple[str, tuple[Told, ...]]:
    """The language that a prose is told in, and its words claim by claim.

    Args:
        prose: The text.
        sentences: Those of all its facts.
        language: That of the page.
    """
    code, parts = prose.best(language)
    places = {sentence.fact.id: sentence for sentence in sentences}
    return code, tuple(
        Told(claim.text, tuple(places[fact] for fact in claim.facts)) for claim in parts
    )


def lead(report: Telling, language: str) -> Lead:
    """An account's headline or first sentence; else the headline of a group's first fact with one.

    Under an account's headline, too, stand those of its sentences that it begins with.
    """
    if report.account is not None:
        account = report.account.account
        code, parts = account.text.best(language)
        first = tuple(_first_sentence(parts))
        carried = {fact for claim in first for fact in claim.facts}
        sentences = tuple(each for each in report.sentences if each.fact.id in carried)
        words = "".join(claim.text for claim in first).strip()
        if account.headline is not None:
            code, words = account.headline.best(language)
        return Lead(code, words, sentences or report.sentences)
    named = (each.fact.headline for each in report.sentences if each.fact.headline is not None)
    code, words = next(named, report.sentences[0].fact.statement).best(language)
    return Lead(code, words, report.sentences)


def held(words: str) -> tuple[str, str, str]:
    """Words up to the last one, the space between, and that one, to which a number is held.

    Of a script that writes no spaces it is the last few letters: the line may end before them.
    """
    start, space, last = words.rpartition(" ")
    if len(last) > _LAST_LETTERS and any(map(_is_of_no_words, last)):
        ends = [at for at, letter in enumerate(last) if unicodedata.category(letter)[0] != "M"]
        cut = (ends or [0])[-_LAST_LETTERS:][0]
        return start + space + last[:cut], "", last[cut:]
    return start, space, last


def counted(words: str) -> tuple[tuple[str, bool], ...]:
    """Words in pieces, and whether no line may part one: a number is held to the word behind it."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in _COUNT.finditer(words):
        behind = words[found.end() :]
        # With the marks of its letters, which `\w` has not.
        counted = "".join(takewhile(_is_of_a_word, behind))
        if 0 < len(counted) <= _LONGEST_COUNTED and not behind[len(counted) :][:1].isalnum():
            pieces += [(words[end : found.start()], False), (found[0] + counted, True)]
            end = found.end() + len(counted)
    return tuple(piece for piece in (*pieces, (words[end:], False)) if piece[0])


def _is_of_a_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LM" or letter in "_\u200c\u200d"


def _is_of_no_words(letter: str) -> bool:
    """Whether its script writes words without spaces."""
    is_wide = unicodedata.east_asian_width(letter) in "WF"
    return is_wide or unicodedata.name(letter, "").startswith(_WITHOUT_SPACES)


def is_long(report: Telling, language: str) -> bool:
    """Whether its text is so long that it may have to go on on the next sheet."""
    if report.account is not None:
        return len(report.account.account.text.words.best(language)[1]) > LONG
    return sum(len(each.fact.statement.best(language)[1]) for each in report.sentences) > LONG


def occasion(report: Telling, language: str, since: date) -> Sentence:
    """The sentence whose day stands beside a report: of its lead, or else of what is new in it.

    Args:
        report: What is told of an account, or of facts without one.
        language: That of the page.
        since: The first day of what is new.
    """
    first = lead(report, language).sentences
    if report.account is not None and not report.account.is_new:
        return first[0]
    return next((each for each in (*first, *report.sentences) if each.known >= since), first[0])


def days(reports: Iterable[Telling], language: str, since: date) -> tuple[NewsDay, ...]:
    """Reports in their order, those in a row of one day together.

    Args:
        reports: In the order of the page.
        language: That of the page.
        since: The first day of what is new.
    """
    told = ((occasion(report, language, since), report) for report in reports)
    groups = (tuple(group) for _, group in groupby(told, key=lambda pair: _day(pair[0], since)))
    return tuple(
        NewsDay(group[0][0], tuple(each for _, each in group), is_late(group[0][0], since))
        for group in groups
    )


def alone_of_grade(edition: Edition) -> frozenset[SourceId]:
    """The sources whose grade no other publisher of the brief has: its letter says whose it is."""
    by_letter = grouped((view.source.reliability, view.source) for view in edition.sources)
    return frozenset(
        source.id
        for sources in by_letter.values()
        for source in sources
        if len({each.publisher.forms if each.publisher else each.id for each in sources}) == 1
    )


def sole_outlet(edition: Edition, language: str) -> Source | None:
    """The one source of all that page one tells, named once; None if there are more, or one."""
    leads = [lead(report, language) for report in edition.front.foremost]
    sources = {
        attribution.source.id: attribution.source
        for each in leads
        for sentence in each.sentences
        for attribution in sentence.attributions
    }
    return next(iter(sources.values())) if len(leads) > 1 and len(sources) == 1 else None


def drawn_from(sentences: Iterable[Sentence]) -> tuple[Source, ...]:
    """The sources of what a picture draws, in the order of its sentences."""
    attributions = (each for sentence in sentences for each in sentence.attributions)
    return tuple({each.source.id: each.source for each in attributions}.values())


def short_titles(sources: Iterable[Source]) -> dict[str, ShortTitle | None]:
    """What tells a source apart from others of its publisher; None where its name suffices."""
    shown = {source.id: source for source in sources}
    publishers = Counter(map(_named, shown.values()))
    titles = Counter((_named(source), _short(source)) for source in shown.values())
    found: dict[str, ShortTitle | None] = {}
    for name, source in shown.items():
        publisher, title = _named(source), _short(source)
        is_told = source.publisher is not None and publishers[publisher] == 1
        is_alone = titles[publisher, title] == 1
        day = None if is_alone else source.published
        found[name] = None if is_told else ShortTitle(title, day)
    return found


def people(edition: Edition) -> tuple[ActorView, ...]:
    """Who is who of it, each by what the sources that it cites call them."""
    cited = {view.source.id for view in edition.sources}
    return tuple(
        replace(view, titles=tuple(each for each in view.titles if each[1].id in cited))
        for view in edition.actors
    )


def named_sources(edition: Edition) -> Iterator[Source]:
    """The sources that an edition cites, and those of the titles of its people and bodies."""
    yield from (view.source for view in edition.sources)
    yield from (named for actor in edition.actors for _, named in actor.titles)


def figure(sentence: Sentence, language: str) -> Figure:
    """The figure of a key figure's statement, and all that this says."""
    code, text = sentence.fact.statement.best(language)
    number = (sentence.figure.get(code) if sentence.figure is not None else None) or ""
    return Figure(code, number if number in text else "", text, sentence)


def emphasised(view: JudgementView, language: str) -> tuple[str, str, str]:
    """A judgement before, in and after its term of likelihood."""
    code, text = view.judgement.statement.best(language)
    term = term_in(text, view.likelihood, code)
    return (text[: term[0]], text[slice(*term)], text[term[1] :]) if term else (text, "", "")


def assessed(edition: Edition) -> date | None:
    """The day on which all judgements of page one were made, said once above them; else None."""
    days = {view.judgement.made for view in edition.front.judgements}
    return days.pop() if len(days) == 1 else None


def sides(view: ContestView) -> tuple[Side, ...]:
    """The answers to a disputed point in the order of their first account, each with all of these.

    Where the desk has put an account into no words of its own, the account is an answer by itself.
    """
    groups: dict[object, list[Sentence]] = {}
    for sentence in view.positions:
        answer = view.contest.answer(sentence.fact.id)
        groups.setdefault(answer.forms if answer is not None else sentence.id, []).append(sentence)
    return tuple(
        Side(view.contest.answer(group[0].fact.id), tuple(group)) for group in groups.values()
    )


def _named(source: Source) -> tuple[tuple[str, str], ...]:
    """What a publisher is called, wherever in the base that is written."""
    return source.publisher.forms if source.publisher is not None else ()


def _short(source: Source) -> str:
    """The first words of its title, but for the name of its publisher, which stands before them."""
    forms = source.publisher.forms if source.publisher is not None else ()
    rests = (source.title.removeprefix(name).lstrip(" ,:;–—-") for _, name in forms)
    title = next((rest for rest in rests if rest and len(rest) < len(source.title)), source.title)
    if len(title) <= _TITLE_LENGTH:
        return title
    return title[: _TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def is_late(sentence: Sentence, since: date) -> bool:
    """Whether it is new only by its report: it happened, or was said, before what is new begins."""
    day = sentence.fact.date
    return day is not None and day.latest is not None and day.latest < since <= sentence.known


def _day(sentence: Sentence, since: date) -> tuple[str, date | None]:
    """What a reader sees of when it was: its date, and when it was reported."""
    day = sentence.fact.date
    is_told = day is None or is_late(sentence, since)
    return "" if day is None else day.text, sentence.known if is_told else None


def _first_sentence(parts: Iterable[Claim]) -> Iterator[Claim]:
    for claim in parts:
        yield claim
        if claim.ends:
            return
