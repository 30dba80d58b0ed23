"""Figures that a statement tells of another thing: 30 killed and 12 hurt for 12 and 30."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple, TypeAlias

from briefings.check.quantities.quantity import COUNTED, Kind, Quantity, Unit
from briefings.check.wording.amounts import of_them
from briefings.check.wording.clauses import Clause, Reading
from briefings.check.words.senses import Member
from briefings.core.values import replace

_MARKS = " ,.;:،、，。"
_FIRST_YEAR, _LAST_YEAR = 1300, 2100  # of either calendar
_TWO = 2
_NEAR = 3  # figures, each of which may have changed places with the next ones
_WORDS = re.compile(r"\w+|[^\w\s,.;:،؛、，。]")
_OF_IT = 4  # words between a part and its whole: “of the new school's”
_BEHIND = 2  # words behind a figure that say of what it is: “30 people killed”

_Size: TypeAlias = tuple[Kind, Fraction, Fraction | None]
_Named: TypeAlias = tuple[int | None, int | None, int | None]
"""A day: its month, its number there and its weekday."""


class _Counted(NamedTuple):
    """The words that stand with a figure, those behind it, and how the text writes it.

    `of` are the first of those behind it, `thing` the one right behind it; `frame` is all that
    the text says around it. `joined` are the figures beside it that a word such as “and” parts
    from it, `days` those that are named in its part. `verb` is the last word before the figure,
    where that may be one: “evacuated some *700*”. `before` are all words before it, `unit` is what
    it measures.
    """

    frame: str
    stems: frozenset[str]
    behind: frozenset[str]
    of: frozenset[str]
    thing: frozenset[str]
    shown: str
    joined: frozenset[_Size]
    days: frozenset[_Named]
    verb: str
    before: tuple[str, ...]
    unit: Unit | None


class _Thing(NamedTuple):
    """The words right behind a figure wherever it stands, and how the text writes it with one."""

    stems: frozenset[str]
    shown: str


class _Part(NamedTuple):
    """A range of a text; it `holds_words` where these are its own: of “12 of 27 ships” none is."""

    start: int
    end: int
    holds_words: bool


def moved(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Figures of a statement that the quotes have of another thing, each with what they say.

    A figure counts where it is the only one between two commas, or words such as “and”.
    """
    if not statement.figures:
        return
    yield from _of_each(quotes, statement)
    if sum([each.figures for each in quotes]) < _TWO:
        return
    yield from _in_each_others_place(quotes, statement)
    for quote in quotes:
        yield from ((ours, theirs) for _, ours, theirs in _named_otherwise(quote, statement))
    yield from _exchanged_things(quotes, statement)
    yield from _of_the_other(quotes, statement)
    stated = _counted([statement])
    quoted = _counted(quotes) if stated else {}
    both = [size for size in stated if size in quoted]
    for first, second in combinations(both, 2):
        ours, theirs = (stated[first], stated[second]), (quoted[first], quoted[second])
        if _turned(ours, theirs) or _exchanged(ours, theirs):
            yield stated[first].shown, quoted[second].shown
    for size in both:
        others = {other: each for other, each in quoted.items() if other not in stated}
        alike = {
            other: each
            for other, each in others.items()
            if other in quoted[size].joined and _is_share(other) == _is_share(size)
        }
        counted = _thing_of(stated[size], quoted[size], others) or _told_of(
            stated[size], quoted[size], alike
        )
        counted = counted or _done_to(stated[size], quoted[size], quoted)
        counted = counted or _of_another_day(stated[size], quoted[size], quoted.values())
        if counted is not None:
            yield stated[size].shown, counted.shown


def _of_the_other(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """The only figure of a statement, told of what a quote tells another figure of.

    “Rents rose by 6 per cent, wages by 2”: with the first, a statement has wages, and not rents.
    """
    stated = _counted_in(statement)
    if len(stated) != 1:
        return
    size, ours = stated[0]
    for quote in quotes:
        counted = _counted_in(quote)
        at = next((at for at, (its, _) in enumerate(counted) if its == size), len(counted))
        behind = counted[at + 1 :]
        for its, other in () if size in [its for its, _ in behind] else behind:
            same = counted[at][1]
            own = next((word for word in same.before if word not in other.stems), None)
            theirs = next((word for word in other.before if word not in same.stems), None)
            alike = its[0] is size[0] and same.unit == other.unit
            if alike and own and own not in statement.stems and theirs in ours.stems:
                yield ours.shown, other.shown
                return


def _in_each_others_place(
    quotes: Sequence[Reading], statement: Reading
) -> Iterator[tuple[str, str]]:
    """Two figures with the same words between them as in a quote, but in the other order.

    “By 41 votes to 63” for “by 63 votes to 41”; between them stands more than an “and”.
    """
    ours = _between_figures(statement) if statement.figures >= _TWO else {}
    if not ours:
        return
    alike = (each for each in quotes if each.words is statement.words and each.figures >= _TWO)
    against = statement.words.pattern("against")
    if against is not None:  # “voted by 63 to 41 against it” is “it failed by 41 to 63”
        told = against.search(statement.text) is None
        alike = (each for each in alike if (against.search(each.text) is None) is told)
    theirs = [_between_figures(quote) for quote in alike]
    for (first, words, last), shown in ours.items():
        told = any((first, words, last) in each for each in theirs)
        other = next(
            (each[last, words, first] for each in theirs if (last, words, first) in each), None
        )
        if other is not None and first != last and not told:
            yield shown, other
            return


def _of_each(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Figures of all together that a quote has of each, and the other way round."""
    stated = _shares_of(statement)
    for size, (way, shown) in stated.items():
        heard = [found[size] for quote in quotes if size in (found := _shares_of(quote))]
        if heard and all(their_way != way for their_way, _ in heard):
            yield shown, heard[0][1]
            return


@lru_cache(maxsize=4096)
def _shares_of(reading: Reading) -> Mapping[_Size, tuple[str, str]]:
    """The largest figure of each clause that tells of `each` or in all, `totals`, and that word."""
    found: dict[_Size, tuple[str, str]] = {}
    patterns = [(way, reading.words.pattern(way)) for way in ("each", "totals")]
    for clause in reading.clauses:
        part = reading.text[clause.start : clause.end]
        ways = [
            (way, match.group())
            for way, pattern in patterns
            if pattern is not None and (match := pattern.search(part)) is not None
        ]
        if len(ways) == 1:
            figures = _sure_counts(reading)
            inside = [each for each in figures if clause.start <= each.start < clause.end]
            if inside:
                figure = max(inside, key=_value)
                found[_size(figure)] = ways[0][0], f"{figure.shown} … {ways[0][1]}"
    return found


@lru_cache(maxsize=4096)
def _between_figures(reading: Reading) -> Mapping[tuple[_Size, str, _Size], str]:
    """Each two figures of a sentence with the words between them, and how the text writes it."""
    found: dict[tuple[_Size, str, _Size], str] = {}
    joins = reading.words.pattern("joins")
    figures = [each for each in reading.quantities if each.kind in COUNTED]
    for at, first in enumerate(figures):
        for last in figures[at + 1 : at + 1 + _NEAR]:
            between = reading.text[first.end : last.start]
            words = " ".join(_WORDS.findall(between.lower()))
            if words and (joins is None or joins.fullmatch(words) is None):
                shown = reading.text[first.start : last.end]
                found[_size(first), words, _size(last)] = shown
    return found


def across(quote: Reading, translation: Reading) -> Iterator[tuple[str, str]]:
    """Figures of a translation that its quote tells of another of a kind: the dead for the hurt.

    Where each stands alone with one of the kind in its part of both texts.
    """
    for other, ours, theirs in _named_otherwise(quote, translation):
        if other in _named_with(translation):
            yield ours, theirs
            return


def _named_otherwise(quote: Reading, told: Reading) -> Iterator[tuple[Member, str, str]]:
    """Figures told of one of a kind that stand with another in a quote, which has its own there.

    Each with that other one, and what the two texts say.
    """
    if not (quote.named and told.named):
        return
    stated = _named_with(told)
    quoted = _named_with(quote) if stated else {}
    for member, (size, shown) in sorted(stated.items()):
        if member not in quoted or quoted[member][0] == size:
            continue
        for other, (its, _) in sorted(quoted.items()):
            if its == size and other.kind == member.kind:
                yield other, shown, quoted[other][1]
                break


@lru_cache(maxsize=4096)
def _named_with(reading: Reading) -> Mapping[Member, tuple[_Size, str]]:
    """The one figure that stands with each that is named of a kind; none that has several."""
    figures = _sure_counts(reading)
    shares, wholes = _parts_and_wholes(reading, figures)
    found: dict[Member, set[tuple[_Size, str]]] = {}
    for clause in reading.clauses:
        inside = [each for each in figures if clause.start <= each.start < clause.end]
        for part, figure in _parts(reading, clause, inside) if inside else ():
            within = [each for each in reading.named if part.start <= each.start < part.end]
            kinds = [member.kind for naming in within for member in naming.members]
            for naming in within if figure.start not in wholes else ():
                for member in naming.members:
                    if kinds.count(member.kind) > 1 and (
                        figure.start in shares or _is_of_those(reading, figure, naming.start)
                    ):
                        continue  # “two of the four who were arrested were released”
                    shown = reading.text[part.start : part.end].strip(_MARKS)
                    found.setdefault(member, set()).add((_size(figure), shown))
    return {member: next(iter(each)) for member, each in found.items() if len(each) == 1}


def _parts_and_wholes(reading: Reading, figures: Sequence[Quantity]) -> tuple[set[int], set[int]]:
    """Where figures stand that are a part of the next one, “two of four suspects”, and those."""
    pairs = [
        (part.start, whole.start)
        for part, whole in pairwise(figures)
        if _is_part_of(reading, reading.text[part.end : whole.start].strip())
    ]
    return {part for part, _ in pairs}, {whole for _, whole in pairs}


def _is_part_of(reading: Reading, between: str) -> bool:
    """Whether these words stand between a part and its whole: “of the”, “of the school's”."""
    counted, joins = reading.words.pattern("counted"), reading.words.pattern("joins")
    return (
        0 < len(between.split()) <= _OF_IT
        and counted is not None
        and counted.match(between) is not None
        and (joins is None or joins.search(between) is None)
    )


def _is_of_those(reading: Reading, figure: Quantity, start: int) -> bool:
    """Whether a figure is some of those who are named at `start`: “seven of the detainees”."""
    between = reading.text[figure.end : start].strip()
    if _is_part_of(reading, between):
        return True
    counted = reading.words.at_end("counted")  # “هفت نفر از بازداشت‌شدگان”
    if counted is None or len(between.split()) != _BEHIND:
        return False
    return counted.search(between) is not None


def _exchanged_things(quotes: Sequence[Reading], statement: Reading) -> Iterator[tuple[str, str]]:
    """Two figures that count each other's things, “212 bags from 14,300 shops”."""
    if statement.words.spaceless or statement.figures < _TWO:
        return
    stated = _things([statement])
    quoted = _things(quotes) if len(stated) > 1 else {}
    for first, second in combinations([size for size in stated if size in quoted], 2):
        if _exchange(stated[first].stems, quoted[first].stems, quoted[second].stems) and _exchange(
            stated[second].stems, quoted[second].stems, quoted[first].stems
        ):
            yield stated[first].shown, quoted[second].shown


def _exchange(ours: frozenset[str], same: frozenset[str], others: frozenset[str]) -> bool:
    return not ours.isdisjoint(others) and ours.isdisjoint(same)


def _things(readings: Sequence[Reading]) -> dict[_Size, _Thing]:
    """By its size: what stands right behind each figure, and how the text writes both."""
    things: dict[_Size, _Thing] = {}
    for reading in readings:
        figures = _sure_counts(reading)
        for clause in reading.clauses if figures else ():
            for figure in figures:
                if not clause.start <= figure.start < clause.end:
                    continue
                word = next((each for each in clause.words if each.start >= figure.end), None)
                if word and _counts(reading, reading.text[figure.end : word.start].strip()):
                    known = things.get(_size(figure), _Thing(frozenset(), ""))
                    behind = reading.text[word.start : clause.end].partition(" ")[0]
                    shown = f"{figure.shown} {behind.strip(_MARKS)}"
                    things[_size(figure)] = _Thing(known.stems | {word.stem}, shown)
    return things


def _turned(ours: Sequence[_Counted], theirs: Sequence[_Counted]) -> bool:
    """Whether each of two figures stands with words of the other.

    But for what they count, which the second often does not say again: “twelve miners were hurt and
    three killed” is “three miners were killed, and twelve hurt”.
    """
    counted = (ours[0].thing & theirs[1].thing) | (ours[1].thing & theirs[0].thing)
    first, second = theirs[0].stems - counted, theirs[1].stems - counted
    return _is_of(ours[0].stems, second - first, first - second) and _is_of(
        ours[1].stems, first - second, second - first
    )


def _is_of(stems: frozenset[str], these: frozenset[str], those: frozenset[str]) -> bool:
    return not stems.isdisjoint(these) and stems.isdisjoint(those)


def _exchanged(ours: Sequence[_Counted], theirs: Sequence[_Counted]) -> bool:
    """Whether two figures stand in each other's place, “by 97 to 84” for “by 84 to 97”."""
    frames = [each.frame for each in theirs]
    return [each.frame for each in ours] == frames[::-1] and frames[0] != frames[1]


def _thing_of(ours: _Counted, same: _Counted, others: Mapping[_Size, _Counted]) -> _Counted | None:
    """What the quotes count with another figure, and the statement with this one.

    Only where both the quotes and the statement say what they count in more than a word: of
    “12 people died in May and 30 in June”, 30 are people too.
    """
    if min(len(ours.of), len(same.of)) < _BEHIND:
        return None
    if ours.thing == same.thing != frozenset():  # “17 miners were trapped and 43 miners were saved”
        told, theirs = ours.behind - ours.thing, same.behind - same.thing
        like = (
            each
            for each in others.values()
            if each.thing == ours.thing and told <= each.behind - each.thing
        )
        return next(like, None) if told and told.isdisjoint(theirs) else None
    if not ours.stems.isdisjoint(same.behind):
        return None
    return next((each for each in others.values() if ours.of <= each.of), None)


def _is_share(size: _Size) -> bool:
    kind, value, _ = size
    return kind is Kind.PERCENT or abs(value) < 1


def _told_of(ours: _Counted, same: _Counted, others: Mapping[_Size, _Counted]) -> _Counted | None:
    """What the quotes count with another figure, where each of the two has its thing behind it.

    “A third of the families” for “half of the families, and a third of the wells”. Where no “and”
    joins them, it may be the same thing in another word: “of 40 ships, 12 vessels left”.
    """
    if not ours.thing or not same.thing or not ours.thing.isdisjoint(same.stems):
        return None
    return next((each for each in others.values() if ours.thing == each.thing), None)


def _done_to(ours: _Counted, same: _Counted, quoted: Mapping[_Size, _Counted]) -> _Counted | None:
    """What the quotes do to another figure, joined by an “and”, and the statement to this one.

    “Looks for 700” for “evacuated 700 and looks for 15”.
    """
    if not (ours.verb and same.verb) or ours.verb in same.stems:
        return None
    others = (quoted[size] for size in same.joined if size in quoted)
    other = next((each for each in others if each.verb == ours.verb), None)
    if other is not None and len((ours.behind & same.behind) - other.behind) >= _TWO:
        return None  # “sent 700 tonnes of flour in May”, and 15 more: all but the verb is its own
    return other


def _of_another_day(ours: _Counted, same: _Counted, others: Iterable[_Counted]) -> _Counted | None:
    """What the quotes tell of the day of which the statement tells a figure of another day."""
    if not (ours.days and same.days and ours.days.isdisjoint(same.days)):
        return None
    return next((each for each in others if ours.days <= each.days), None)


def _counted(readings: Sequence[Reading]) -> dict[_Size, _Counted]:
    """By its size: each figure that stands alone in its part of a clause."""
    counted: dict[_Size, _Counted] = {}
    for size, new in (each for reading in readings for each in _counted_in(reading)):
        counted[size] = _together(counted[size], new) if size in counted else new
    return counted


@lru_cache(maxsize=4096)
def _counted_in(reading: Reading) -> tuple[tuple[_Size, _Counted], ...]:
    figures = _sure_counts(reading)
    joined = _joined(reading, figures)
    counted: list[tuple[_Size, _Counted]] = []
    for clause in reading.clauses if figures else ():
        inside = [each for each in figures if clause.start <= each.start < clause.end]
        for part, figure in _parts(reading, clause, inside) if inside else ():
            if of_them(reading, figure.end):
                continue  # “in 29 of these”, of what was counted before
            size = _size(figure)
            new = _of_part(reading, clause, part, figure)
            counted.append((size, new._replace(joined=joined.get(size, frozenset()))))
    return tuple(counted)


def _size(figure: Quantity) -> _Size:
    return figure.kind, figure.value, figure.upper


@lru_cache(maxsize=4096)
def _sure_counts(reading: Reading) -> tuple[Quantity, ...]:
    """The figures of a text that surely count something."""
    figures: list[Quantity] = []
    for each in reading.quantities:
        if each.kind not in COUNTED or _may_be_a_year(each):
            continue
        share = next((other for other in each.others if _is_share(_size(other))), None)
        if share is not None and figures and share.value in map(_value, figures[-1].readings):
            figures[-1] = replace(share, start=figures[-1].start)  # “two in five dockers”
        elif each.sure or (_is_share(_size(each)) and _is_of_something(reading, each)):
            figures.append(each)
    return tuple(figures)


def _value(figure: Quantity) -> Fraction:
    return figure.value


def _is_of_something(reading: Reading, share: Quantity) -> bool:
    """Whether a word that may be a share is one: “a quarter *of* the cranes”."""
    counted = reading.words.pattern("counted")
    return counted is not None and counted.match(reading.text, share.end + 1) is not None


def _may_be_a_year(figure: Quantity) -> bool:
    return figure.shown.isdecimal() and _FIRST_YEAR <= figure.value <= _LAST_YEAR


def _joined(reading: Reading, figures: Sequence[Quantity]) -> dict[_Size, frozenset[_Size]]:
    """By its size, the figures next to a figure that a word such as “and” joins to it."""
    joined: dict[_Size, frozenset[_Size]] = {}
    for figure, following in pairwise(figures):
        if _last(reading, "joins", figure.end, following.start) is not None:
            first, second = _size(figure), _size(following)
            joined[first] = joined.get(first, frozenset()) | {second}
            joined[second] = joined.get(second, frozenset()) | {first}
    return joined


def _of_part(reading: Reading, clause: Clause, part: _Part, figure: Quantity) -> _Counted:
    text, words = reading.text, clause.words if part.holds_words else ()
    before = [word.stem for word in words if part.start <= word.start < figure.start]
    behind = [word.stem for word in words if figure.end <= word.start < part.end]
    thing = [
        word.stem
        for word in words
        if figure.end <= word.start < part.end
        and _counts(reading, text[figure.end : word.start].strip())
    ]
    frame = f"{text[part.start : figure.start]}#{text[figure.end : part.end]}"
    return _Counted(
        frame.strip(_MARKS),
        frozenset(before + behind),
        frozenset(behind),
        frozenset(behind[:_BEHIND]),
        frozenset(thing[:1]),
        text[figure.start : part.end].strip(_MARKS),
        frozenset(),
        _days(reading, part),
        "" if reading.words.verb_last or not before else before[-1],
        tuple(before),
        figure.unit,
    )


def _days(reading: Reading, part: _Part) -> frozenset[_Named]:
    return frozenset(
        (each.day.month, each.day.day, each.day.weekday)
        for each in reading.quantities
        if each.day is not None and part.start <= each.start < part.end
    )


def _counts(reading: Reading, between: str) -> bool:
    """Whether a figure counts what stands behind these words: none, or “of the”."""
    counted = reading.words.pattern("counted")
    return not between or (counted is not None and counted.fullmatch(between) is not None)


def _together(first: _Counted, second: _Counted) -> _Counted:
    return first._replace(
        stems=first.stems | second.stems,
        behind=first.behind | second.behind,
        of=first.of | second.of,
        thing=first.thing | second.thing,
        joined=first.joined | second.joined,
        days=first.days | second.days,
        verb=first.verb if first.verb == second.verb else "",
    )


def _parts(
    reading: Reading, clause: Clause, figures: Sequence[Quantity]
) -> Iterator[tuple[_Part, Quantity]]:
    """The part of a clause that belongs to each figure; those that nothing parts have none.

    A part begins at a word like “and”, or at the figure itself where the verb stands last.
    """
    cuts: list[tuple[int | None, bool]] = [(clause.start, True)]
    for figure, following in pairwise(figures):
        joined = _last(reading, "joins", figure.end, following.end)
        if joined is None and reading.words.verb_last:
            joined = following.start
        paired = _last(reading, "edge.pair", figure.end, following.start)
        cuts.append((joined, True) if joined is not None else (paired, False))
    cuts.append((clause.end, True))
    for figure, ((start, opened), (end, closed)) in zip(figures, pairwise(cuts), strict=True):
        if start is not None and end is not None:
            yield _Part(start, end, holds_words=opened and closed), figure


def _last(reading: Reading, section: str, start: int, end: int) -> int | None:
    """Where the last word of a section stands in a range."""
    pattern = reading.words.pattern(section)
    matches = pattern.finditer(reading.text, start, end) if pattern is not None else ()
    return max((match.start() for match in matches), default=None)
