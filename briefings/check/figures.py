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
from briefings.core.languages import primary

_Read = Callable[[re.Match[str]], "tuple[Figure, ...] | None"]

_BLANK = "_"  # what was read becomes this: it is part of no word, and no sign stands behind it
_MOST_DIGITS = 30

_ISO_DATE = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_DOTTED_DATE = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\w])")
_TIME = re.compile(
    r"(?<![\w:.])(\d{1,2})(?::(\d{2}))?(?:\s?([ap])\.?m(?:\.|(?!\w))|(?<=:\d\d)(?![\w:]))",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<!\w)[A-Za-z]{1,5}-?\d+(?!\w)")
_NUMBER = (
    r"(?<![\w.])(?P<sign>(?<![\w)])[-+])?"
    r"(?P<value>\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.٫]\d+)?)"
    r"(?P<ordinal>st|nd|rd|th)?(?P<decade>s(?!\w))?(?!\d)"
)


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A figure by what it means, so that “28 per cent” and “twenty-eight percent” are equal.

    `kind` is number, ordinal, percent, date (month-day), month, weekday, time, decade, code
    (`MH17`) or vague; `shown` is how the text writes it, and no part of its meaning.
    """

    kind: str
    value: str
    shown: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What two figures are compared by."""
        return self.kind, self.value


def is_spelled(language: str) -> bool:
    """Whether numbers and months that are spelled out in `language` are known here."""
    return primary(language) in lexicon.NUMBERS


def stated(text: str, language: str) -> tuple[Figure, ...]:
    """The figures that `text` states, in order, each once; a date counts as one."""
    found: dict[tuple[str, str], Figure] = {}
    for figure in _figures(_plain(text), primary(language)):
        found.setdefault(figure.key, figure)
    return tuple(found.values())


def carried(text: str, language: str) -> frozenset[tuple[str, str]]:
    """The keys of all figures in a quote; a day of a month carries its month and its ordinal."""
    keys = set()
    for figure in _figures(_plain(text), primary(language)):
        keys.add(figure.key)
        if figure.kind == "date":
            month, _, day = figure.value.partition("-")
            keys |= {("month", month), ("ordinal", day)}
    return frozenset(keys)


def _plain(text: str) -> str:
    """The text folded, with every decimal digit in ASCII."""
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char for char in fold(text).text
    )


def _figures(text: str, language: str) -> Iterator[Figure]:
    """Figures by place; what is read is blanked, so that nothing is read twice."""
    found: list[tuple[int, Figure]] = []

    def take(pattern: re.Pattern[str] | None, read: _Read) -> None:
        nonlocal text
        if pattern is None:
            return
        pieces, last = [], 0
        for match in pattern.finditer(text):
            figures = read(match)
            if figures is None:
                continue
            found.extend((match.start(), figure) for figure in figures)
            pieces += [text[last : match.start()], _BLANK * len(match.group())]
            last = match.end()
        text = "".join([*pieces, text[last:]])

    words = _words_of(language)
    take(words.uncounted, lambda _: ())
    take(_ISO_DATE, lambda m: _calendar(m[1], m[2], m[3], m[0]))
    take(_DOTTED_DATE, lambda m: _calendar(m[3], m[2], m[1], m[0]))
    take(_TIME, _time)
    for pattern in words.dates:
        take(pattern, lambda m: _date(m, words.months))
    take(words.month, lambda m: _month(m, words, text))
    take(words.weekday, lambda m: (Figure("weekday", str(words.weekdays[m[0].lower()]), m[0]),))
    take(words.vague, lambda m: (Figure("vague", m[0].lower().rstrip("s"), m[0]),))
    take(words.number, lambda m: _digits(m, words))
    take(_CODE, lambda m: (Figure("code", m[0].upper().replace("-", ""), m[0]),))
    take(words.spelled, lambda m: _spelled(m, words))
    return (figure for _, figure in sorted(found, key=lambda pair: pair[0]))


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon of one language as patterns over folded text; keys are in lower case."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
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
    def words(table: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
        return {fold(word).text.lower(): n for word, n in table.get(language, {}).items()}

    months, weekdays = words(lexicon.MONTHS), words(lexicon.WEEKDAYS)
    numbers, ordinals = words(lexicon.NUMBERS), words(lexicon.ORDINALS)
    scales, suffixes = words(lexicon.SCALES), words(lexicon.SUFFIXES)
    percent = rf"\s?(?:[%٪]|-?(?:{lexicon.PERCENT.get(language, '[%]')})(?!\w))"
    scale = (
        rf"(?:[\s-]?(?P<scale>{_any(scales)})|(?P<suffix>{_any(suffixes)}))(?!\w)"
        if scales
        else r"(?P<scale>(?!))(?P<suffix>(?!))"
    )
    joint = rf"(?:\s+{lexicon.AND.get(language, '(?!)')}\s+|[\s-]+)"
    return _Words(
        months,
        weekdays,
        numbers,
        ordinals,
        scales | suffixes,
        _date_patterns(months),
        _one_of(months),
        _one_of(weekdays),
        lexicon.VAGUE.get(language),
        lexicon.UNCOUNTED.get(language),
        lexicon.MONTH_INTRODUCTIONS.get(language),
        re.compile(rf"{_NUMBER}(?:{scale})?(?P<percent>{percent})?", re.IGNORECASE),
        _spelled_pattern({**numbers, **ordinals, **scales}, joint, percent),
        re.compile(joint, re.IGNORECASE),
    )


def _any(words: Mapping[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda each: (-len(each), each)))


def _one_of(words: Mapping[str, int]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{_any(words)})(?!\w)", re.IGNORECASE) if words else None


def _date_patterns(months: Mapping[str, int]) -> tuple[re.Pattern[str], ...]:
    if not months:
        return ()
    month = _any(months)
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|\s?(?:ام|م|مه)(?!\w))?"
    year = r"(?:,?\s+(?P<year>\d{4}))?"
    return (
        re.compile(rf"(?<![\w.,]){day}\s+(?:of\s+)?(?P<month>{month}){year}(?!\w)", re.IGNORECASE),
        re.compile(
            rf"(?<!\w)(?P<month>{month})\.?\s+(?:په\s+)?{day}(?!\d){year}(?![\w%])",
            re.IGNORECASE,
        ),
    )


def _spelled_pattern(words: Mapping[str, int], joint: str, percent: str) -> re.Pattern[str] | None:
    if not words:
        return None
    word = rf"(?:{_any(words)})"
    return re.compile(
        rf"(?<!\w)(?P<words>{word}(?:{joint}{word})*)(?!\w)(?P<percent>{percent})?", re.IGNORECASE
    )


def _calendar(year: str, month: str, day: str, shown: str) -> tuple[Figure, ...] | None:
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return Figure("date", f"{int(month)}-{int(day)}", shown), Figure("number", year, year)


def _time(match: re.Match[str]) -> tuple[Figure, ...] | None:
    hour, minute, half = int(match[1]), match[2] or "00", (match[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (Figure("time", f"{hour}:{minute}", match[0].rstrip(".")),)


def _date(match: re.Match[str], months: Mapping[str, int]) -> tuple[Figure, ...] | None:
    if not 1 <= int(match["day"]) <= 31:
        return None
    month = months[match["month"].lower()]
    figures = [Figure("date", f"{month}-{int(match['day'])}", match[0])]
    if match["year"]:
        figures.append(Figure("number", match["year"], match["year"]))
    return tuple(figures)


def _month(match: re.Match[str], words: _Words, text: str) -> tuple[Figure, ...] | None:
    """A month's name on its own; where it is a common word too, only if its context says so."""
    name = match[0].lower()
    if name in lexicon.AMBIGUOUS_MONTHS and not re.match(r"\s+\d{4}\b", text[match.end() :]):
        introduced = words.introduction and words.introduction.search(text[: match.start()][-24:])
        if not introduced or (match[0].isascii() and match[0][0].islower()):
            return None
    return (Figure("month", str(words.months[name]), match[0]),)


def _digits(match: re.Match[str], words: _Words) -> tuple[Figure, ...]:
    digits = re.sub("[,٬ ]", "", match["value"]).replace("٫", ".")
    shown = match[0].strip()
    if len(digits) > _MOST_DIGITS:  # no quantity; compared as it stands
        return (Figure("number", digits, f"{shown[:_MOST_DIGITS]}…"),)
    value = Decimal(digits)
    if match["sign"] == "-":
        value = -value
    if scale := match["scale"] or match["suffix"]:
        value *= words.scales[scale.lower()]
    kind = "number"
    if match["ordinal"]:
        kind = "ordinal"
    elif match["decade"]:
        kind = "decade"
    elif match["percent"]:
        kind = "percent"
    return (Figure(kind, _number(value), shown),)


def _spelled(match: re.Match[str], words: _Words) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    total, current, fresh, shown = 0, 0, True, match[0].strip()
    kind = "number"
    for word in words.joint.split(match["words"].lower()):
        if word in words.scales:
            current = max(current, 1) * words.scales[word]
            if words.scales[word] >= 1000:
                total, current = total + current, 0
        else:
            value = words.numbers[word] if word in words.numbers else words.ordinals[word]
            # “seven eight” are two numbers, “twenty eight” and “a hundred eight” one.
            if not fresh and not _adds(current, value):
                figures.append(Figure(kind, _number(Decimal(total + current)), shown))
                total, current, kind = 0, 0, "number"
            current += value
            kind = "ordinal" if word in words.ordinals else kind
        fresh = False
    kind = "percent" if match["percent"] else kind
    return (*figures, Figure(kind, _number(Decimal(total + current)), shown))


def _adds(current: int, value: int) -> bool:
    below = current % 100
    return below == 0 or (below >= 20 and below % 10 == 0 and 0 < value < 10)


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")
