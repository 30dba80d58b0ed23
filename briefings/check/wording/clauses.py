"""Texts as rules of words read them: clause by clause, with what each says and how."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from briefings.check.quantities.quantity import Quantity
from briefings.check.quantities.reader import read as quantities_of
from briefings.check.quotes.fold import fold
from briefings.check.wording.content_words import (
    Word,
    content_words,
    known_stem,
    lowered_text,
    token_of,
)
from briefings.check.words import Words
from briefings.check.words import words as words_of
from briefings.check.words.senses import Held, Mark, Naming, Other, Sense, bits
from briefings.core.values import dataclass

# What a text may hold before the rules read no further: a megabyte in one statement has no more
# marks that anyone would look at.
_MOST_MARKS = 60
_MOST_CLAUSES = 150

_REPORTS = 2  # words of what is denied: “опроверг сообщения о том, что …”
_WIDEST_SCOPE = 40
_DENYING = frozenset({Sense.DENIAL, Sense.FALSE})
# What may be said of what stands before it: “the figure has not been confirmed”.
_PREDICATES = frozenset({Sense.NOT, Sense.REPORTED, Sense.UNCLEAR})
_SHORT = 10_000  # letters of a text that is kept as it was read

_STOP = r"[.!?؟…]+(?=[\s\"')»”]|$)|[。！？।॥；;؛۔\n]"
_OTHER_STOPS = "،、，：()\\[\\]«»—–"
# What ends a clause; `stop` is there where it ends a sentence too. A class of all its signs stands
# first, so that the search runs over what is none of them.
_CLAUSE_END = re.compile(
    rf"[.!?؟…。！？।॥；;؛۔\n{_OTHER_STOPS},:-]"
    r"(?:(?P<stop>(?<=[.!?؟…])(?<!\b[^\W\d_]\.)[.!?؟…]*(?=[\s\"')»”]|$)|(?<=[。！？।॥；;؛۔\n]))"
    rf"|(?<=[{_OTHER_STOPS}])|(?<=[,:])(?!\d)|(?<!\d[,:])(?<=[,:])|(?<=\s-)(?=\s))"
)
_start = attrgetter("start")
SENTENCE_END = re.compile(_STOP)
_FIGURES, _SIDES = bits(Held.FIGURES), bits(Held.SIDES)
_RANKS, _ABOVE, _MEMBERS = bits(Held.RANKS), bits(Held.ABOVE), bits(Held.MEMBERS)
_SIDED = bits(Held.SIDED)
_NO_SENSES: frozenset[Sense] = frozenset()
_NO_NUMBERS: frozenset[int] = frozenset()
_TELLS_NOTHING: frozenset[Other] = frozenset()


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, which counts from 0, at a range of the text; `stems` are its words'."""

    sentence: int
    start: int
    end: int
    words: tuple[Word, ...]
    marks: tuple[Mark, ...]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text in one language, read once for all rules. `text` is folded and in lower case.

    `senses` are those of its marks, `sides` those of pairs of opposites of which it may hold a
    word. `ranks` has the places where a word for how many may stand, with the ranks that it may
    have, `acts` those where a word for an act may. `above` are the numbers of words that no text
    may say by itself, and that it may hold, `sided` those of sides of which it may hold a word that
    is seldom told with its other side; `tells` is what else a word of it may tell.
    `named` are the words that name one of a kind. There are no more `figures` than these, but for
    Roman ones. `holds` says of which of all this there is any, in the `bits` of that.
    """

    text: str
    words: Words
    clauses: tuple[Clause, ...]
    stems: frozenset[str]
    senses: frozenset[Sense]
    sides: frozenset[int]
    ranks: tuple[tuple[int, frozenset[int]], ...]
    acts: tuple[int, ...]
    above: frozenset[int]
    sided: frozenset[int]
    tells: frozenset[Other]
    named: tuple[Naming, ...]
    figures: int
    holds: int

    def marks(self, senses: Iterable[Sense]) -> Iterator[tuple[int, Mark]]:
        """The marks of some senses, each with the index of its clause."""
        wanted = frozenset(senses)
        for index, clause in enumerate(self.clauses) if not wanted.isdisjoint(self.senses) else ():
            for mark in clause.marks:
                if mark.sense in wanted:
                    yield index, mark

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures of the text, which is read for them only where it may hold any."""
        return quantities_of(self.text, self.words.code) if self.figures else ()

    def sentence_at(self, at: int) -> int:
        """The sentence in which index `at` of the text stands, by its number; -1 for none."""
        return next((each.sentence for each in self.clauses if each.start <= at < each.end), -1)

    def part(self, index: int) -> str:
        """The text of clause `index`."""
        clause = self.clauses[index]
        return self.text[clause.start : clause.end]

    def rest(self, index: int, left_out: frozenset[str]) -> str:
        """The text of clause `index` but for the words with stems in `left_out`."""
        return self._blotted(self.part(index), left_out)

    def without(self, left_out: frozenset[str]) -> str:
        """The whole text but for the words in `left_out`, stems or words."""
        return self._blotted(self.text, left_out) if left_out else self.text

    def plain(self, index: int) -> frozenset[str]:
        """The words of clause `index` that have no sense, and their stems."""
        return _plain(self, index)

    def _blotted(self, part: str, left_out: frozenset[str]) -> str:
        words = self.words

        def kept(match: re.Match[str]) -> str:
            token = match.group()
            return "·" if token in left_out or known_stem(token, words) in left_out else token

        if words.spaceless:
            return _covered(part, left_out)
        return token_of(part).sub(kept, part)

    def scope(self, index: int, mark: Mark) -> frozenset[str]:
        """What a mark of clause `index` says something of: the stems of the words it governs.

        Those behind it in its clause or, where its language puts the verb last or it is itself
        the predicate, of the whole clause; if that holds none, of the next clause, or the one
        before.
        """
        clause = self.clauses[index]
        whole = self.words.verb_last or mark.sense is Sense.FALSE
        if mark.sense in (Sense.SAID, Sense.SOURCE, Sense.CLAIMED):
            return self._spoken(index, mark)
        governed = [
            word.stem
            for word in clause.words
            if word.start >= mark.end or (whole and word.start < mark.start)
        ]
        following = index + 1
        if following < len(self.clauses) and self._goes_on(following, mark):
            governed += [word.stem for word in self.clauses[following].words]
        if not governed and mark.sense in _PREDICATES:  # “кислорода больше нет”
            governed = [word.stem for word in clause.words if word.start < mark.start]
        others = (index + 1, index - 1)
        if (mark.sense is Sense.FALSE and self.words.verb_last) or self._tells_who(following):
            others = others[::-1]  # “… را «مزخرف» خواند”; “until noon, no longer,” she said
        for other in others:
            if not governed and 0 <= other < len(self.clauses):
                beside = self.clauses[other]
                if beside.sentence == clause.sentence:
                    governed = [word.stem for word in beside.words]
                if governed and other == following and self._tells_of(other, mark):
                    governed += [word.stem for word in self.clauses[other + 1].words]
        return frozenset(governed[:_WIDEST_SCOPE])

    def _tells_who(self, index: int) -> bool:
        """Whether a clause but says who speaks: “…, said the mayor”."""
        clause = self.clauses[index] if index < len(self.clauses) else None
        return (
            clause is not None
            and len(clause.words) <= _REPORTS
            and any(mark.sense is Sense.SAID for mark in clause.marks)
        )

    def _tells_of(self, index: int, mark: Mark) -> bool:
        """Whether a clause is but a report, and the next one what it says: “сообщение, что”."""
        clauses = self.clauses[index : index + 2]
        return (
            mark.sense is Sense.FALSE
            and len(clauses) > 1
            and len(clauses[0].words) <= _REPORTS
            and self._completes(index + 1, mark)
        )

    def _goes_on(self, index: int, mark: Mark) -> bool:
        """Whether what a mark says of its clause it says of the next, `index`, as well."""
        if self._completes(index, mark):
            return True
        # “طبق گزارش‌های تأییدنشده، …”: a clause that ends in a report has no verb to itself.
        first = index == 1 or self.clauses[index - 2].sentence != self.clauses[index].sentence
        return (
            self.words.verb_last
            and mark.sense is Sense.REPORTED
            and first
            and self.clauses[index].sentence == self.clauses[index - 1].sentence
            and not any(mark.end <= word.start for word in self.clauses[index - 1].words)
        )

    def _completes(self, index: int, mark: Mark) -> bool:
        """Whether a clause says what is denied or doubted in the one before: “…, dass …”."""
        pattern = self.words.at_start("complements")
        clause = self.clauses[index]
        between = sum(mark.end <= word.start for word in self.clauses[index - 1].words)
        return (
            pattern is not None
            and clause.sentence == self.clauses[index - 1].sentence
            and between <= (_REPORTS if mark.sense in _DENYING else 0)
            and pattern.search(self.part(index)) is not None
        )

    def _spoken(self, index: int, mark: Mark) -> frozenset[str]:
        """What someone says: what stands behind the verb, or before a clause that only says who."""
        clause = self.clauses[index]
        behind = [word.stem for word in clause.words if word.start >= mark.end]
        before = [word.stem for word in clause.words if word.start < mark.start]
        relatives = self.words.at_start("relatives")
        own = [at for at, each in enumerate(self.clauses) if each.sentence == clause.sentence]
        # “it shut, she told the council, *which never answered*”
        aside = relatives if index > own[0] else None
        around = [
            word.stem
            for at in own
            if at < index or (at > index and not (aside and aside.search(self.part(at))))
            for word in self.clauses[at].words
        ]
        if mark.sense is Sense.SOURCE:
            # “Witnesses according, guards beat the men” and “It left, according to witnesses”.
            beside = behind if len(before) <= 2 and not around else []
            spoken = before + around + beside or behind
        elif self.words.verb_last:
            spoken = before + around + (behind if len(behind) > 1 else [])  # “گفت رأی‌ها …”
        elif len(behind) < 3 and around:
            spoken = behind + around
        else:
            spoken = behind or around
        return frozenset(spoken[:_WIDEST_SCOPE])


def _covered(text: str, parts: Iterable[str]) -> str:
    """`text` with a point for each letter of any of some parts, which may overlap."""
    letters = list(text)
    for part in parts:
        at = text.find(part)
        while at >= 0:
            letters[at : at + len(part)] = "·" * len(part)
            at = text.find(part, at + 1)
    return "".join(letters)


@lru_cache(maxsize=4096)
def _plain(reading: Reading, index: int) -> frozenset[str]:
    clause, bare = reading.clauses[index], reading.part(index)
    for mark in clause.marks:
        start, end = mark.start - clause.start, mark.end - clause.start
        bare = bare[:start] + " " * (end - start) + bare[end:]
    content, _, _ = content_words(bare, reading.words)
    plain = {word.stem for word in content}
    if not reading.words.spaceless:
        plain.update(match.group() for match in token_of(bare).finditer(bare))
    return frozenset(plain)


def opens(text: str, words: Words) -> bool:
    """Whether a clause ends, or another begins, where `text` begins."""
    begun = words.begun(text, words.places(text))
    return _CLAUSE_END.match(text) is not None or next(begun, None) == 0


def read(text: str, words: Words) -> Reading:
    """The clauses of `text`, which is in the language of `words`.

    A statement or a quote is asked for by several rules, and read once.
    """
    return _short(text, words) if len(text) <= _SHORT else _read(text, words)


def is_of_a_lack(mark: Mark, words: Words) -> bool:
    """Whether a denial is of the noun behind it alone: “a day without newspapers”.

    Args:
        mark: A word of denial.
        words: Those of its language.
    """
    without = words.pattern("lacking")
    return without is not None and without.fullmatch(mark.word) is not None


def reading_of(text: str, language: str) -> Reading | None:
    """The clauses of `text` in a language; None of one without words."""
    known = words_of(language)
    return read(text, known) if known is not None else None


class Letters(NamedTuple):
    """A text and what carries it, as they are written: readings are folded, messages are not."""

    told: str
    language: str
    carriers: tuple[str | None, ...]
    abroad: str = ""
    """The language of the carriers, if it is another."""

    def ours(self, words: str) -> str:
        """Words of the reading of the text, in its own letters."""
        return _as_written(words, (self.told,), self.language)

    def theirs(self, words: str) -> str:
        """Words of the reading of what carries it, in the letters of that."""
        return _as_written(words, self.carriers, self.abroad or self.language)


def _as_written(words: str, texts: Iterable[str | None], language: str) -> str:
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    for text in texts:
        reading = reading_of(text, language) if text else None
        if text and words and reading is not None:
            place = whole.search(reading.text)
            at = place.start() if place is not None else reading.text.find(words)
            if at >= 0:
                start, end = fold(text).original_range(at, at + len(words))
                return text[start:end]
    return words


@lru_cache(maxsize=4096)
def _short(text: str, words: Words) -> Reading:
    return _read(text, words)


def _read(text: str, words: Words) -> Reading:
    lowered = lowered_text(text, words)
    content, places, figures = content_words(lowered, words)
    marks = words.marks(lowered, places, _MOST_MARKS)
    telling = [(start, tried.tells) for start, tried in places if tried.tells]
    senses = frozenset([mark.sense for mark in marks]) if marks else _NO_SENSES
    sides = words.sides(lowered, places)
    ranks = tuple([(start, tried.ranks) for start, tried in places if tried.ranks])
    above = _NO_NUMBERS.union(*[tried.above for _, tried in places if tried.above])
    sided = _NO_NUMBERS.union(*[tried.sided for _, tried in places if tried.sided])
    tells = _TELLS_NOTHING.union(*[tells for _, tells in telling])
    named = words.named(lowered, places)
    clauses = _clauses(lowered, words.begun(lowered, places) if telling else (), content, marks)
    return Reading(
        lowered,
        words,
        clauses,
        clauses[0].stems if len(clauses) == 1 else frozenset([word.stem for word in content]),
        senses,
        sides,
        ranks,
        tuple([start for start, tells in telling if Other.ACT in tells]),
        above,
        sided,
        tells,
        named,
        figures,
        _held(senses, tells)
        | (_FIGURES if figures else 0)
        | (_SIDES if sides else 0)
        | (_RANKS if ranks else 0)
        | (_ABOVE if above else 0)
        | (_MEMBERS if named else 0)
        | (_SIDED if sided else 0),
    )


@cache
def _held(senses: frozenset[Sense], tells: frozenset[Other]) -> int:
    return bits(Held.WORDS, *senses, *tells)


def _clauses(
    text: str, begun: Iterable[int], content: tuple[Word, ...], marks: tuple[Mark, ...]
) -> tuple[Clause, ...]:
    """The clauses of a text in which anything stands, each with its words and marks."""
    clauses: list[Clause] = []
    word = mark = 0
    for sentence, start, end in _bounds(text, begun):
        own, by = content[word:], marks[mark:]
        if end < len(text):
            own = own[: bisect_left(own, end, key=_start)]
            by = by[: bisect_left(by, end, key=_start)] if by else by
        word, mark = word + len(own), mark + len(by)
        if own or by:
            stems = frozenset([each[0] for each in own])
            clauses.append(Clause(sentence, start, end, own, by, stems))
    return tuple(clauses)


def _bounds(text: str, begun: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """The clauses of a text: the number of the sentence, and a half-open range."""
    sentence, cuts, sentences = 0, [0], [0]
    # A mark belongs to the clause before it, a word that begins a clause to its own.
    found = [(match.end(), match["stop"] is not None) for match in _CLAUSE_END.finditer(text)]
    if begun and (begins := [(start, False) for start in begun]):
        found = sorted(found + begins)
    for cut, stops in found:
        if len(cuts) > _MOST_CLAUSES:
            break
        sentence += stops
        cuts.append(cut)
        sentences.append(sentence)
    cuts.append(len(text))
    for (start, end), number in zip(pairwise(cuts), sentences, strict=True):
        if start < end:
            yield number, start, end
