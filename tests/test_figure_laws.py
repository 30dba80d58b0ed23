"""Laws of figures: another dress of the same figure passes, another figure does not."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from briefings.check.quantities.compare import Carrier, Carriers, Deviation
from briefings.check.quantities.lexicon import lexicon
from briefings.check.quantities.reader import read
from briefings.check.quantities.record import NamedDay, supported_by

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "ru", "uk", "tr", "pl", "nl", "fa", "ar", "hi")
WORDS = ("en", "de", "fr", "es", "pt", "ru", "tr", "fa", "ar")
DIGITS = {
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "wide": "０１２３４５６７８９",
    "hindi": "०१२३४५६७८९",
}
NUMBERS = st.integers(min_value=2, max_value=10**12).filter(lambda n: not 1000 <= n < 2200)

# The same bound in several words; no word of one line says what a word of another does.
BOUNDS = {
    "at least": ("at least", "no fewer than", "not less than", "a minimum of"),
    "at most": ("up to", "as many as", "no more than", "at most"),
    "more than": ("more than", "over", "in excess of"),
    "fewer than": ("fewer than", "less than", "under", "below"),
    "about": ("about", "some", "around", "approximately", "roughly"),
    "nearly": ("nearly", "almost"),
    "only": ("only", "just", "merely"),
}


def carried(statement: str, quote: str, ours: str = "en", theirs: str = "en") -> bool:
    """Whether the quote carries every figure of the statement."""
    carriers = Carriers(Carrier(each, theirs, 0) for each in read(quote, theirs))
    figures = read(statement, ours)
    assert figures
    return all(carriers.find(each, ours).difference is Deviation.NOTHING for each in figures)


@given(number=NUMBERS, ours=st.sampled_from(LANGUAGES), theirs=st.sampled_from(LANGUAGES))
def test_a_number_in_the_format_of_another_language(number: int, ours: str, theirs: str) -> None:
    """Grouping and decimal marks of a language are read as that language writes them."""
    one, other = format_decimal(number, locale=ours), format_decimal(number, locale=theirs)
    assert carried(f"{one} x", f"{other} x", ours, theirs)
    assert not carried(f"{format_decimal(number + 1, locale=ours)} x", f"{other} x", ours, theirs)


@given(number=NUMBERS, script=st.sampled_from(sorted(DIGITS)))
def test_a_number_in_other_digits(number: int, script: str) -> None:
    """The digits of all scripts are digits."""
    digits = str(number).translate(str.maketrans("0123456789", DIGITS[script]))
    assert carried(f"{digits} x", f"{number} x")
    assert not carried(f"{digits}0 x", f"{number} x")


@given(
    whole=st.integers(min_value=0, max_value=9999),
    part=st.integers(min_value=1, max_value=99).filter(lambda n: n % 10 != 0),
    language=st.sampled_from(LANGUAGES),
)
def test_decimals(whole: int, part: int, language: str) -> None:
    """A decimal is not its whole part, nor the number without the mark."""
    text = f"{whole}.{part:02}"
    local = format_decimal(text, locale=language, group_separator=False)
    assert carried(f"{local} %", f"{text} %", language, "en")
    assert not carried(f"{whole} %", f"{text} %", "en", "en")
    assert not carried(f"{whole}{part:02} %", f"{text} %", "en", "en")


@given(number=NUMBERS, kind=st.sampled_from(sorted(BOUNDS)), data=st.data())
def test_bounds(number: int, kind: str, data: st.DataObject) -> None:
    """A synonym of a bound passes; no bound, another bound and an added bound are caught."""
    words = data.draw(st.sampled_from(BOUNDS[kind]))
    quote = f"{data.draw(st.sampled_from(BOUNDS[kind]))} {number} people"
    assert carried(f"{words} {number} people", quote)
    assert not carried(f"{number} people", quote)
    weaker = {"more than": {"at least"}, "fewer than": {"at most"}, "nearly": {"about"}}
    other = data.draw(st.sampled_from(sorted(BOUNDS.keys() - {kind} - weaker.get(kind, set()))))
    assert not carried(f"{BOUNDS[other][0]} {number} people", quote)
    if kind != "about":
        assert not carried(quote, f"{number} people")


@given(number=NUMBERS)
def test_signs(number: int) -> None:
    """A minus belongs to the number, in every sign that is one."""
    for minus in ("-", "−", "minus "):
        assert carried(f"it was {minus}{number} °C", f"it was -{number} °C")
        assert not carried(f"it was {number} °C", f"it was {minus}{number} °C")
        assert not carried(f"it was {minus}{number} °C", f"it was {number} °C")


UNITS = (
    "mm",
    "km",
    "km²",
    "hectares",
    "tonnes",
    "per cent",
    "percentage points",
    "dollars",
    "euros",
)


@given(number=NUMBERS, one=st.sampled_from(UNITS), other=st.sampled_from(UNITS))
def test_units(number: int, one: str, other: str) -> None:
    """The same number of another unit is another figure."""
    assert carried(f"{number} {one}", f"{number} {other}") == (one == other)


@given(scale=st.sampled_from((10**6, 10**9)), number=st.integers(min_value=1, max_value=999))
def test_scales(scale: int, number: int) -> None:
    """A scale word, its abbreviations and the digits say one thing."""
    words = {10**6: ("million", "m", "mn"), 10**9: ("billion", "bn")}[scale]
    for word in words:
        assert carried(f"${number}{word}", f"${number * scale:,}")
        assert not carried(f"${number}{word}", f"${number * scale * 1000:,}")
    assert not carried(f"${number}", f"${number} {words[0]}")


@given(
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)),
    ours=st.sampled_from(LANGUAGES),
    theirs=st.sampled_from(LANGUAGES),
)
def test_days_in_the_words_of_another_language(day: date, ours: str, theirs: str) -> None:
    """The names of months, their order and the digits do not change a day."""
    (stated,) = read(format_date(day, "d MMMM y", locale=ours), ours)
    quote = format_date(day, "d MMMM y", locale=theirs)
    named = [NamedDay(each, None) for each in read(quote, theirs)]
    assert stated.day is not None
    assert supported_by(stated.day, named, frozenset(), None) == "quote"
    other = day.replace(year=day.year - 1, day=min(day.day, 28))
    (wrong,) = read(format_date(other, "d MMMM y", locale=ours), ours)
    assert wrong.day is not None
    assert supported_by(wrong.day, named, frozenset(), None) is None


@pytest.mark.parametrize("language", WORDS)
def test_every_small_number_word_of_the_data_is_read(language: str) -> None:
    """What the lexicon lists for a number is read as that number."""
    words = lexicon(language)
    seen = 0
    for first, entries in words.phrases.items():
        for rest, senses in entries:
            if "number" not in senses or "stop" in senses or "over" in senses:
                continue
            text = " ".join((first, *rest))
            figures = read(text, language)
            if len(senses) == 1:
                assert [str(each.value) for each in figures] == [senses["number"]], text
                seen += 1
    assert seen > 25


@given(number=st.integers(min_value=2, max_value=999), language=st.sampled_from(("en", "de")))
def test_numbers_in_words(number: int, language: str) -> None:
    """A number below a thousand, in words, is that number."""
    spelled = {"en": english, "de": german}[language](number)
    assert carried(f"{number} x", f"{spelled} x", "en", language)
    assert not carried(f"{number + 1} x", f"{spelled} x", "en", language)


ENGLISH = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
GERMAN = (
    *("null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    *("elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn"),
    "neunzehn",
)
GERMAN_TENS = (
    *("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"),
)


def english(number: int) -> str:
    """A number below a thousand in English."""
    if number < 20:
        return ENGLISH[number]
    if number < 100:
        rest = f"-{ENGLISH[number % 10]}" if number % 10 else ""
        return ENGLISH_TENS[number // 10 - 2] + rest
    rest = f" and {english(number % 100)}" if number % 100 else ""
    return f"{ENGLISH[number // 100]} hundred{rest}"


def german(number: int) -> str:
    """A number below a thousand in German, in one word."""
    if number < 20:
        return "eins" if number == 1 else GERMAN[number]
    if number < 100:
        unit = f"{GERMAN[number % 10]}und" if number % 10 else ""
        return unit + GERMAN_TENS[number // 10 - 2]
    return f"{GERMAN[number // 100]}hundert" + (german(number % 100) if number % 100 else "")
