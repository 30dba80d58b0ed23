"""The figures in a text: numbers, percentages and dates, in digits or spelled out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefings.check import lexicon
from briefings.check.fold import fold

_ISO_DATE = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_TIME = re.compile(r"(?<![\w:])(\d{1,2}):(\d{2})(?![\w:])")
_NUMBER = re.compile(
    r"(?<![\w.])(?P<sign>(?<![\w)])[-+])?(?P<value>\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?|\d+(?:[.٫]\d+)?)"
    r"(?:st|nd|rd|th|-)?(?![\d])"
)


_Read = Callable[[re.Match[str]], "tuple[Figure, ...] | None"]


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A figure by what it means, so that “28 per cent” and “twenty-eight percent” are equal.

    `kind` is number, percent, date (month-day), month, weekday, time or vague; `shown` is how
    the text writes it, and no part of its value.
    """

    kind: str
    value: str
    shown: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What two figures are compared by."""
        return self.kind, self.value


def stated(text: str, language: str) -> tuple[Figure, ...]:
    """The figures that `text` states, in order; a date counts as one."""
    return tuple(dict.fromkeys(_figures(_plain(text), language.partition("-")[0])))


def carried(text: str, language: str) -> frozenset[tuple[str, str]]:
    """The keys of all figures in a quote: of its dates also the day, the month and the year."""
    keys = set()
    for figure in _figures(_plain(text), language.partition("-")[0], uncounted=False):
        keys.add(figure.key)
        if figure.kind == "date":
            month, _, day = figure.value.partition("-")
            keys |= {("month", month), ("number", day)}
    return frozenset(keys)


def _plain(text: str) -> str:
    """The text folded, with every decimal digit in ASCII."""
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char for char in fold(text).text
    )


def _figures(text: str, language: str, *, uncounted: bool = True) -> Iterator[Figure]:
    """Figures by place; what is read is blanked, so that nothing is read twice."""
    found: list[tuple[int, Figure]] = []

    def take(pattern: re.Pattern[str], read: _Read) -> None:
        nonlocal text
        for match in list(pattern.finditer(text)):
            figures = read(match)
            if figures is None:
                continue
            found.extend((match.start(), figure) for figure in figures)
            text = text[: match.start()] + "\0" * len(match.group()) + text[match.end() :]

    words = _words_of(language)
    if uncounted and words.uncounted is not None:
        take(words.uncounted, lambda _: ())
    take(_ISO_DATE, _iso_date)
    take(_TIME, lambda m: (Figure("time", f"{int(m[1])}:{m[2]}", m[0]),))
    for pattern in words.dates:
        take(pattern, lambda m: _date(m, words.months))
    if words.month is not None:
        take(words.month, lambda m: _month(m, words, text))
    if words.weekday is not None:
        take(words.weekday, lambda m: (Figure("weekday", str(words.weekdays[m[0]]), m[0]),))
    if words.vague is not None:
        take(words.vague, lambda m: (Figure("vague", m[0].lower(), m[0]),))
    take(words.number, lambda m: _digits(m, words))
    if words.spelled is not None:
        take(words.spelled, lambda m: _spelled(m, words))
    return (figure for _, figure in sorted(found, key=lambda pair: pair[0]))


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon of one language as patterns over folded text."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    dates: tuple[re.Pattern[str], ...]
    month: re.Pattern[str] | None
    weekday: re.Pattern[str] | None
    vague: re.Pattern[str] | None
    uncounted: re.Pattern[str] | None
    introduction: re.Pattern[str] | None
    number: re.Pattern[str]
    spelled: re.Pattern[str] | None
    joint: re.Pattern[str]


@lru_cache(maxsize=16)
def _words_of(language: str) -> _Words:
    months = {fold(k).text: v for k, v in lexicon.MONTHS.get(language, {}).items()}
    weekdays = {fold(k).text: v for k, v in lexicon.WEEKDAYS.get(language, {}).items()}
    numbers = {fold(k).text: v for k, v in lexicon.NUMBERS.get(language, {}).items()}
    scales = {fold(k).text: v for k, v in lexicon.SCALES.get(language, {}).items()}
    percent = rf"\s?(?:[%٪]|-?(?:{lexicon.PERCENT.get(language, '[%]')})(?!\w))"
    scale = rf"[\s-]?(?P<scale>{_any(scales)})(?!\w)" if scales else r"(?P<scale>(?!))"
    month = _any(months) if months else r"(?!)"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    year = r"(?:,?\s+(?P<year>\d{4}))?"
    dates = (
        re.compile(rf"(?<![\w.,-]){day}\s+(?:of\s+)?(?P<month>{month}){year}(?![\w])"),
        re.compile(rf"(?<!\w)(?P<month>{month})\.?\s+{day}(?!\d){year}(?![\w%])"),
    )
    spelled = None
    joint = rf"(?:\s+{lexicon.AND.get(language, '(?!)')}\s+|[\s-]+)"
    if numbers:
        word = rf"(?:{_any({**numbers, **scales})})"
        spelled = re.compile(
            rf"(?<![\w])(?P<words>{word}(?:{joint}{word})*)(?!\w)(?P<percent>{percent})?",
            re.IGNORECASE,
        )
    uncounted = lexicon.UNCOUNTED.get(language)
    return _Words(
        months,
        weekdays,
        numbers,
        scales,
        dates if months else (),
        re.compile(rf"(?<!\w)(?:{month})(?!\w)") if months else None,
        re.compile(rf"(?<!\w)(?:{_any(weekdays)})(?!\w)") if weekdays else None,
        lexicon.VAGUE.get(language),
        uncounted,
        lexicon.MONTH_INTRODUCTIONS.get(language),
        re.compile(rf"{_NUMBER.pattern}(?:{scale})?(?P<percent>{percent})?", re.IGNORECASE),
        spelled,
        re.compile(joint, re.IGNORECASE),
    )


def _any(words: Mapping[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda each: (-len(each), each)))


def _iso_date(match: re.Match[str]) -> tuple[Figure, ...] | None:
    year, month, day = match[1], int(match[2]), int(match[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Figure("date", f"{month}-{day}", match[0]), Figure("number", year, year)


def _date(match: re.Match[str], months: Mapping[str, int]) -> tuple[Figure, ...] | None:
    if not 1 <= int(match["day"]) <= 31:
        return None
    figures = [Figure("date", f"{months[match['month']]}-{int(match['day'])}", match[0])]
    if match["year"]:
        figures.append(Figure("number", match["year"], match["year"]))
    return tuple(figures)


def _month(match: re.Match[str], words: _Words, text: str) -> tuple[Figure, ...] | None:
    ambiguous = match[0] in lexicon.AMBIGUOUS_MONTHS
    if ambiguous and not re.match(r"\s+\d{4}\b", text[match.end() :]):
        before = text[: match.start()]
        if words.introduction is None or not words.introduction.search(before):
            return None
    return (Figure("month", str(words.months[match[0]]), match[0]),)


def _digits(match: re.Match[str], words: _Words) -> tuple[Figure, ...]:
    value = Decimal(re.sub("[,٬]", "", match["value"]).replace("٫", "."))
    if match["sign"] == "-":
        value = -value
    if match["scale"]:
        value *= words.scales[match["scale"].lower()]
    return (Figure("percent" if match["percent"] else "number", _number(value), match[0].strip()),)


def _spelled(match: re.Match[str], words: _Words) -> tuple[Figure, ...]:
    total, current, fresh, figures = 0, 0, True, []
    for word in words.joint.split(match["words"].lower()):
        if word in words.scales:
            scale = words.scales[word]
            current = max(current, 1) * scale
            if scale >= 1000:
                total, current = total + current, 0
            fresh = False
            continue
        value = words.numbers[word]
        # “seven eight” are two numbers, “twenty eight” and “a hundred eight” one.
        if not fresh and not _adds(current, value):
            figures.append(total + current)
            total, current = 0, 0
        current += value
        fresh = False
    values = [*figures, total + current]
    last = "percent" if match["percent"] else "number"
    kinds = ["number"] * (len(values) - 1) + [last]
    return tuple(
        Figure(kind, _number(Decimal(value)), match[0].strip())
        for kind, value in zip(kinds, values, strict=True)
    )


def _adds(current: int, value: int) -> bool:
    below = current % 100
    return below == 0 or (below >= 20 and below % 10 == 0 and 0 < value < 10)


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")
