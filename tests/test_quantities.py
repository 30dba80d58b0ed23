"""The reader of quantities: from a text of any language to values, units, bounds and days."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from breadth import cases, spread
from counted import steps

from briefings.check.quantities import reader
from briefings.check.quantities.compare import Carrier, Carriers, Deviation
from briefings.check.quantities.items import hold_figure
from briefings.check.quantities.known import languages, table
from briefings.check.quantities.lexicon import lexicon
from briefings.check.quantities.numerals import values
from briefings.check.quantities.quantity import Bound, Kind, Quantity
from briefings.check.quantities.reader import read
from briefings.check.wording.clauses import reading_of

CLAIMS = Path(__file__).parent / "claims"


def written(quantity: Quantity) -> str:
    """A quantity in short: `at least 53`, `30..40`, `percent 12.5`, `day 2023-03-13`, `MH17`."""
    words = []
    if quantity.only:
        words.append("only")
    if quantity.bound is not Bound.NONE:
        words.append(quantity.bound.value)
    if quantity.kind is Kind.DATE:
        day = quantity.day
        assert day is not None
        parts = [
            f"{part:02}" if part is not None else "?" for part in (day.year, day.month, day.day)
        ]
        words.append(("solar " if day.solar else "day ") + "-".join(parts))
        if day.weekday is not None:
            words.append("MTWTFSS"[day.weekday] + str(day.weekday))
    elif quantity.kind is Kind.CODE:
        words.append(f"code {quantity.text}")
    elif quantity.kind is Kind.TIME:
        words.append(f"time {int(quantity.value) // 60}:{int(quantity.value) % 60:02}")
    else:
        if quantity.kind is not Kind.NUMBER:
            words.append(quantity.kind.value)
        words.append(_number(quantity.value))
        if quantity.upper is not None:
            words[-1] += f"..{_number(quantity.upper)}"
    if quantity.unit is not None:
        words.append(quantity.unit.name or f"{quantity.unit.dimension}*{quantity.unit.factor}")
    if not quantity.sure:
        words.append("?")
    return " ".join(words)


def _number(value: Fraction) -> str:
    if value.denominator in (1, 2, 4, 5, 8, 10, 20, 25, 50, 100, 1000):
        return f"{float(value):.12g}" if value.denominator != 1 else str(value.numerator)
    return str(value)


READ = [
    ("pt", "em março, segundo a cooperativa", ["day ?-03-?", "ordinal 2 ?"]),
    ("en", "in March, second in line", ["day ?-03-?", "ordinal 2 ?"]),
    ("en", "on March second", ["day ?-03-02"]),
    ("fr", "de 61 % en 2020 à 48 %", ["percent 61", "2020", "percent 48"]),
    ("en", "by mid-2027 it will hold 40 beds for 12 wards", ["2027", "40", "12"]),
    ("en", "will not exceed 40, not more than 40", ["at most 40", "at most 40"]),
    ("fr", "ne dépassera pas 85 M€", ["at most 85000000 EUR"]),
    ("fr", "Il ne reste que trois puits", ["only 3"]),
    ("fr", "Douze candidats seulement sur 80", ["only 12", "80"]),
    ("es", "nueve grados bajo cero", ["-9 celsius"]),
    ("pt", "dois graus negativos, 40 negativos", ["-2 celsius", "40"]),
    ("pt", "até, no máximo, 4 jogos", ["at most 4"]),
    ("es", "a las nueve menos cuarto de la noche", ["time 20:45"]),
    ("ru", "без пятнадцати девять вечера", ["time 20:45"]),
    ("zh", "晚上八点半", ["time 20:30"]),
    ("en", "2 h 14 min at noon", ["2 time*3600", "14 time*60", "time 12:00 ?"]),
    ("en", "Demba, 19, may have left", ["19"]),
    ("en", "since 1990 one third of them", ["1990", "1/3"]),
    ("en", "more than doubled, three times", ["more than multiple 2", "multiple 3"]),
    ("en", "most of the 90", ["more than 0.5 ?", "90"]),
    ("de", "fast jeder Zweite", ["nearly 0.5"]),
    ("it", "un adulto ogni otto", ["0.125", "8"]),
    ("en", "on day three, both ships", ["3", "2 ?"]),
    ("uk", "від 5 до 10 тисяч гривень", ["5000..10000 UAH"]),
    ("en", "half past seven", ["time 7:30"]),
    ("en", "at seven in the evening", ["time 19:00"]),
    ("en", "3 1/2 hours", ["3.5 time*3600"]),
    ("en", "as few as 12 wells", ["only 12"]),
    ("en", "fell by half to £86m", ["0.5", "86000000 GBP"]),
    ("de", "um halb acht", ["time 7:30"]),
    ("de", "Jede vierte Schule", ["0.25"]),
    ("de", "am 3.11.2025", ["day 2025-11-03"]),
    ("ja", "午後6時半", ["time 18:30"]),
    ("ja", "約7割", ["about percent 70"]),
    ("zh", "近三成居民", ["close to percent 30"]),
    ("zh", "至少有27人", ["at least 27"]),
    ("ru", "в половине восьмого", ["time 7:30"]),
    ("es", "más del 50 %", ["more than percent 50"]),
    ("es", "Sólo se vendieron 300", ["only 300"]),
    ("ko", "노조는 네 명이", ["4"]),
    ("ko", "0.3%포인트", ["points 0.3"]),
    ("en", "Twenty-one per cent of 1,500", ["percent 21", "1500"]),
    ("en", "Sunday, 7 December at 7:30 p.m.", ["day ?-12-07 S6", "time 19:30"]),
    ("en", "December 7th, 2025", ["day 2025-12-07"]),
    ("en", "2025-12-07 and March 2023", ["day 2025-12-07", "day 2023-03-?"]),
    ("en", "91 days, three months", ["91 time*86400", "3 months*1"]),
    ("en", "-5 and 5.2 and 28%", ["-5", "5.2", "percent 28"]),
    ("en", "two hundred and five people", ["205"]),
    ("en", "2 million or two million", ["2000000", "2000000"]),
    ("en", "one hundred and twenty-three thousand", ["123000"]),
    ("en", "between one hundred and two hundred", ["100..200"]),
    ("en", "the third round", ["ordinal 3"]),
    ("en", "seven or eight, a dozen", ["7", "8", "12"]),
    ("en", "no one came, one of them said to one another", ["1 ?"]),
    (
        "en",
        "hundreds of thousands fled, several dozen, thousands",
        ["vague 100000", "vague 10", "vague 1000"],
    ),
    ("en", "it may come, in May it may; they march in March", ["day ?-05-?", "day ?-03-?"]),
    ("en", "5-10 boats, 30 to 40 people", ["5..10", "30..40"]),
    ("en", "from 640 to 410, 112–108", ["640", "410", "112", "108"]),
    ("en", "between 3 and 4 million; 5–10%", ["3000000..4000000", "percent 5..10"]),
    (
        "en",
        "flights MH17 and G7, AK-47, COVID-19",
        ["code MH17", "code G7", "code AK47", "code COVID19"],
    ),
    ("en", "Hill 402, resolution 2513", ["code 402", "code 2513"]),
    ("en", "mid-2023 and the 1990s", ["2023", "decade 1990"]),
    ("en", "$5m, 3bn and 2k", ["5000000 ~dollar", "3000000000", "2000"]),
    (
        "en",
        "US$397.6 million, €20m, Rs 12 crore",
        ["397600000 USD", "20000000 EUR", "120000000 ~rupee"],
    ),
    (
        "en",
        "December 7-9, 7–9 December",
        ["day ?-12-07", "day ?-12-09", "day ?-12-07", "day ?-12-09"],
    ),
    ("en", "two dozen, three score", ["24", "60"]),
    ("en", "half a million, one and a half million, 2½ tons", ["500000", "1500000", "2.5"]),
    ("en", "two thirds, a third of, half", ["2/3", "1/3", "0.5"]),
    ("en", "at 10 a.m., 19h30, 10:00", ["time 10:00", "time 19:30", "time 10:00"]),
    (
        "en",
        "some 1 500 men, 1'500, 1,50,000, 61·4%",
        ["about 1500", "1500", "150000", "percent 61.4"],
    ),
    ("en", "15 mm, 5 km², -7 °C", ["15 length*1/1000", "5 area*1000000", "-7 celsius"]),
    (
        "en",
        "at least 53, up to 50, fewer than 9, over 60",
        ["at least 53", "at most 50", "fewer than 9", "more than 60"],
    ),
    (
        "en",
        "only 3, nearly 40, 50 or more, exceeded 70",
        ["only 3", "nearly 40", "at least 50", "more than 70"],
    ),
    ("en", "over 40 years", ["40 months*12"]),
    ("en", "XVII, Ⅻ and ⑰", ["17", "12", "17"]),
    ("en", "¹⁷ people, 10² km, as said.³", ["17", "10"]),
    ("en", "It killed 十八 people and fourscore dogs", ["18", "80"]),
    ("en", "It killed 七 people", ["7"]),
    ("en", "1.5 percentage points to 12.5 per cent", ["points 1.5", "percent 12.5"]),
    ("en", "1,5 boats", ["1", "5"]),
    ("fa", "۲۱ درصد، بیست و سه نفر", ["percent 21", "23"]),
    ("fa", "۷ دسامبر، ۱۲ بهمن ۱۴۰۱", ["day ?-12-07", "solar 1401-11-12"]),
    ("fa", "نرخ ۳۸/۲ درصد", ["percent 38.2"]),
    (
        "fa",
        "۲ هزار میلیارد تومان، میلیون و نیم، هزار و ۲۰۰",
        ["2000000000000 toman", "1500000", "1200"],
    ),
    ("fa", "دو سوم مردم، نیم میلیون، دو و نیم", ["2/3", "500000", "2.5"]),
    ("fa", "یک مقام گفت نه", ["1 ?", "9 ?"]),
    ("fa", "سومین نشست، بیست‌ویک", ["ordinal 3", "21"]),
    ("fa", "بیش از ۴۰۰، تا ۵۰ نفر، دست‌کم ۵", ["more than 400", "at most 50", "at least 5"]),
    ("ps", "یوویشت، لږ تر لږه ۵۰، له ۵۰ زیات", ["21", "at least 50", "more than 50"]),
    ("ps", "د ډسمبر په ۷مه، دوه نیم میلیونه", ["day ?-12-07", "2500000"]),
    ("ar", "٢٠٣٧ وفاة و٢٩٥٠ إصابة", ["2037", "2950"]),
    ("ar", "أحد عشر، خمسة وعشرون، ألفان وثلاثمئة", ["11", "25", "2300"]),
    ("ar", "٩ شباط، 13 آذار/مارس 2023", ["day ?-02-09", "day 2023-03-13"]),
    ("ar", "ما لا يقل عن 50، نحو 12 في المئة", ["at least 50", "about percent 12"]),
    ("de", "einundzwanzig, zweihundertfünfundzwanzig, eine halbe Million", ["21", "225", "500000"]),
    (
        "de",
        "1.250, 12,5 Prozent, 2,4 Mrd. Euro, 24‘000",
        ["1250", "percent 12.5", "2400000000 EUR", "24000"],
    ),
    ("de", "am 1. Februar um 19.30 Uhr", ["day ?-02-01", "time 19:30"]),
    ("fr", "quatre-vingt-dix, vingt et un, deux mille, mille cent", ["90", "21", "2000", "1100"]),
    ("fr", "1 250, 1.250, le 1er février à 19 h 30", ["1250", "1250", "day ?-02-01", "time 19:30"]),
    ("fr", "2,4 milliards d’euros, 2,4 Md€", ["2400000000 EUR", "2400000000 EUR"]),
    (
        "es",
        "2.400 millones, 2,4 mil millones, veintiún, cientos de miles",
        ["2400000000", "2400000000", "21", "vague 100000"],
    ),
    (
        "pt",
        "mil e duzentas, 2,5 bilhões de reais, 1º de fevereiro",
        ["1200", "2500000000 BRL", "day ?-02-01"],
    ),
    ("ru", "превысило 19 тыс. человек, двухсот двадцати пяти", ["more than 19000", "225"]),
    (
        "ru",
        "5 млн 200 тыс. рублей, полтора миллиона, 1 февраля",
        ["5200000 RUB", "1500000", "day ?-02-01"],
    ),
    (
        "uk",
        "двадцять п’ять, понад 400, 5 лютого 2023 року",
        ["25", "more than 400", "day 2023-02-05"],
    ),
    (
        "tr",
        "651 bin 958, yüzde 65’i, %65, bir buçuk milyon",
        ["651958", "percent 65", "percent 65", "1500000"],
    ),
    (
        "tr",
        "50'den fazla kişi, 19 bini aştı, üçte ikisi",
        ["more than 50", "more than 19000", "2/3"],
    ),
    ("zh", "8574人、4000万元、0.4亿元", ["8574", "40000000 CNY", "40000000 CNY"]),
    (
        "zh",
        "二十一名儿童，三分之二，百分之十二，100多人",
        ["21", "2/3", "percent 12", "more than 100"],
    ),
    ("zh", "2023年2月6日下午7点30分，统一、十分、一些", ["day 2023-02-06", "time 19:30"]),
    (
        "ja",
        "2月6日午前4時17分、約65人、3万人を超えた",
        ["day ?-02-06", "time 4:17", "about 65", "more than 30000"],
    ),
    (
        "ja",
        "１２．５％、 5 万人、1万2000人、50人以上",
        ["percent 12.5", "50000", "12000", "at least 50"],
    ),
    ("ko", "2월 6일, 3만 명, 50명 이상", ["day ?-02-06", "30000", "at least 50"]),
    ("hi", "पच्चीस, 3 लाख रुपये, 50 से अधिक", ["25", "300000 ~rupee", "more than 50"]),
    ("ur", "پچیس، 3 لاکھ روپے، 50 سے زائد", ["25", "300000 ~rupee", "more than 50"]),
    ("it", "ventuno, duecentoventicinque, 1º febbraio", ["21", "225", "day ?-02-01"]),
    ("pl", "dwadzieścia pięć, ponad 400, 1 lutego 2023", ["25", "more than 400", "day 2023-02-01"]),
    ("nl", "eenentwintig, tweehonderdvijfentwintig, 1 februari", ["21", "225", "day ?-02-01"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_reading(language: str, text: str, expected: list[str]) -> None:
    """A figure is what it means, in whatever digits, words and order."""
    assert [written(figure) for figure in read(text, language)] == expected


DAYS = [
    ("he", "ב-7 בדצמבר 2025"),
    ("am", "በዲሴምበር 7 2025"),
    ("km", "ថ្ងៃទី៧ ខែធ្នូ ឆ្នាំ២០២៥"),
    ("ka", "2025 წლის 7 დეკემბერს"),
    ("ha", "ranar 7 ga watan Disamba 2025"),
    ("hy", "2025 թ. դեկտեմբերի 7-ին"),
    ("bn", "৭ই ডিসেম্বর ২০২৫"),
    ("th", "7 ธันวาคม 2568"),
    ("vi", "ngày 7 tháng 12 năm 2025"),
    ("hu", "2025. december 7-én"),
    ("lt", "2025 m. gruodžio 7 d."),
    ("lv", "2025. gada 7. decembrī"),
    ("kk", "2025 жылғы 7 желтоқсанда"),
    ("uz", "2025-yil 7-dekabrda"),
    ("ky", "2025-жылдын 7-декабрында"),
    ("fi", "7. joulukuuta 2025"),
    ("ca", "7 de desembre del 2025"),
    ("cs", "7. 12. 2025"),
    ("ko", "2025. 12. 7."),
    ("ur", "7 دسمبر، 2025"),
    ("ps", "2025 دسمبر 7"),
    ("ml", "2025, ഡിസംബർ 7"),
    ("si", "2025 දෙසැම්බර් 7"),
]


@pytest.mark.parametrize(("language", "text"), DAYS)
def test_days_as_a_language_writes_them(language: str, text: str) -> None:
    """With its cases, prefixes, order and era, whether or not it has words of its own."""
    assert [written(figure) for figure in read(text, language)] == ["day 2025-12-07"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("th", "เรือ 12 ลำ", ["12"]),
        ("th", "12 กมล", ["12"]),
        ("th", "3 ล้านบาท", ["3000000 THB"]),
        ("km", "7 ខែ", ["7 months*1"]),
        ("ko", "조사 결과 백화점 천막 두 개, 만약 억제", ["2"]),
    ],
)
def test_short_forms_are_no_beginnings_of_words(
    language: str, text: str, expected: list[str]
) -> None:
    """Where letters have no spaces between them, a unit or a scale is a word by itself."""
    assert [written(figure) for figure in read(text, language)] == expected


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_spans(language: str, text: str, expected: list[str]) -> None:
    """Each figure is shown as the text writes it, in order."""
    figures = read(text, language)
    assert len(figures) == len(expected)
    for figure in figures:
        assert figure.shown == text[figure.start : figure.end].strip()


WORDS = [CLAIMS / "figures.tsv", *sorted((CLAIMS / "words").glob("*.tsv"))]
"""Of figures, and of words in every language."""
OTHERS = sorted({*CLAIMS.glob("*.tsv")}.difference(WORDS))
TEXTS = ("doc", "quote", "translation", "statement")


def _texts(path: Path) -> list[tuple[str, str]]:
    """Those of a table, each with the language of its quotes."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    named = [(row.get("lang") or path.stem.split("-")[0], row) for row in rows]
    return [(row[name], language) for language, row in named for name in TEXTS if row.get(name)]


@pytest.mark.parametrize(
    "path", cases(WORDS, *OTHERS), ids=lambda path: path.parent.name + "-" + path.stem
)
def test_what_is_passed_over_has_no_figure_and_capitals_make_none(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts are looked through for words alone, compounds and words with prefixes among them.

    And read as they are written only where capitals may tell a code or a Roman number.
    """
    texts = _texts(path)
    texts += [(cell.replace(" ", ""), language) for cell, language in texts]
    quick = [read(text, language) for text, language in texts]
    monkeypatch.setattr(reader, "_may_hold_any", lambda *_: True)
    monkeypatch.setattr(reader, "_CAPITALS", re.compile(""))
    for kept in (reader._read, reader._figures):
        monkeypatch.setattr(reader, kept.__name__, kept.__wrapped__)
    whole = [read(text, language) for text, language in texts]
    assert quick == whole


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.stem)
def test_where_no_word_may_be_a_figure_there_is_none(path: Path) -> None:
    """What the rules of words count in a text is no less than the figures that are read there."""
    readings = [reading_of(text, language) for text, language in _texts(path)[::5]]
    told = [each for each in readings if each is not None]
    assert [each.quantities for each in told] == [read(each.text, each.words.code) for each in told]


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("de", "einundzwanzig", True),
        ("de", "einzeln", False),
        ("ar", "وعشرین", True),
        ("ar", "والمدینه", False),
        ("en", "twentyone", False),
    ],
)
def test_words_that_are_taken_apart(language: str, word: str, expected: bool) -> None:
    """Number words written together, and such with a word before them; not their mere letters."""
    assert hold_figure([word], lexicon(language)) is expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("elfu mbili", 2000),
        ("watu elfu mbili mia tano", 2500),
        ("elfu moja na mia tano", 1500),
        ("laki mbili", 200_000),
        ("milioni 3", 3_000_000),
        ("mia mbili hamsini", 250),
        ("milioni", 1_000_000),
    ],
)
def test_a_scale_before_its_count(text: str, value: int) -> None:
    """Where a language has it so, as Swahili."""
    assert [each.value for each in read(text, "sw")] == [value]


@pytest.mark.parametrize(
    ("text", "upper"),
    [
        ("at least 20 but no more than 30 people", 30),
        ("at least 20 people, but no more than 30", 30),
        ("at least 20 and at most 30", 30),
        ("at least 20 died, and at most 30 were hurt", None),
        ("at least 20 died. At most 30 were hurt", None),
        ("at least 20 died, at most 30 were hurt", None),
        ("at least 30 but no more than 20", None),
        ("at least 20 km but no more than 30 kg", None),
    ],
)
def test_two_bounds_of_one_figure(text: str, upper: int | None) -> None:
    """They are perhaps a range, “between 20 and 30”; of two figures they are not."""
    first = read(text, "en")[0]
    assert next((each.upper for each in first.others if each.upper), None) == upper


def test_two_figures_with_nothing_between_them() -> None:
    """“Of both one” has the whole first, as “of every two one”, and no word for how."""
    assert [written(each) for each in read("هر دو یک گروه است", "fa")] == ["1 ?"]


def test_what_is_read_in_which_language() -> None:
    """The table, which docs/gate.md prints, knows what the files have."""
    read_in = table()
    assert "fi" in read_in["numbers in words"]
    assert "fi" not in read_in["bounds and vague figures"]
    assert "ps" in read_in["bounds and vague figures"]
    assert read_in["months and weekdays"] == languages()


@pytest.mark.parametrize("language", spread(languages(), 50))
def test_every_lexicon_can_be_read(language: str) -> None:
    """Each has months that are read with a day and a year, and senses that the reader knows."""
    words = lexicon(language)
    for entries in words.phrases.values():
        for _, senses in entries:
            assert senses.keys() <= SENSES, senses
    if "month" in words.senses:
        months = (
            " ".join((first, *rest))
            for first, entries in words.phrases.items()
            for rest, senses in entries
            if senses.keys() == {"month"} and first.isalpha()
        )
        for month in list(months)[:3]:
            (figure,) = read(f"7 {month} 2023", language)
            assert figure.day is not None
            assert (figure.day.year, figure.day.day) == (2023, 7)


SENSES = {
    *(
        "whole-first",
        "part-behind",
        "number",
        "scale",
        "ordinal",
        "fraction",
        "vague",
        "multiple",
        "plus-half",
        "plus-before",
        "era",
        "decade",
        "plus-before",
        "over",
        "alone",
        "arriving",
        "compared",
        "that-day",
        "year-part",
    ),
    *(
        "month",
        "month-short",
        "solar-month",
        "weekday",
        "relative",
        "relative-month",
        "relative-year",
        "relative-week",
        "relative-week-end",
        "half-day",
        "clock",
    ),
    *("span", "span-perhaps", "day-before", "later", "beside"),
    *("clock-before", "year-mark", "month-mark", "day-mark", "hour-mark", "minute-mark"),
    *("unit", "currency", "percent", "percent-before", "points", "basis-points", "rate"),
    *("point-word", "point-tenths", "per-mille", "within", "lacking"),
    *(
        "bound",
        "fewest",
        "far",
        "during",
        "only",
        "after",
        "only-after",
        "between",
        "from",
        "to",
        "and",
    ),
    *("or", "of", "in", "on", "per", "fill", "minus", "ordinal-suffix", "ordinal-mark"),
    *("decade-suffix", "behind", "counter", "code-word", "stop", "doubt", "doubt-behind", "single"),
    *(
        "every",
        "each",
        "half-past",
        "hour-link",
        "of-one",
        "sized",
        "peak",
        "link",
        "moment",
        "tenths",
        "reach",
        "move",
        "rough",
        "out-of",
        "clock-perhaps",
        "people",
        "deny",
        "estimate",
        "minus-behind",
        "hourly",
        "worth",
        "part-of-day",
        "majority",
        "moved-to",
        "beside",
        "later",
        "only-denied",
        "past-hour",
        "numbered",
        "times",
        "definite",
        "limit",
        "repeated",
        "year-from",
        "occasions",
        "running",
    ),
}


def test_long_numbers_differ_at_their_end() -> None:
    """Nothing is rounded: figures of thirty digits that differ in the last are two figures."""
    one, other = ("1" * 29 + digit for digit in "12")
    assert read(one, "en")[0].value != read(other, "en")[0].value
    assert read("0." + one, "en")[0].value != read("0." + other, "en")[0].value


HOSTILE: dict[str, tuple[Callable[[int], str], int]] = {
    "digits": (lambda count: "1" * count, 1_000_001),
    "numbers joined": (lambda count: "five and " * count, 2_000),
    "spaces": (lambda count: f"5{' ' * count}x", 1_000_000),
    "points": (lambda count: "1.2" * count, 50_000),
    "numerals of Chinese": (lambda count: "二" * count, 100_000),
    "scales": (lambda count: "million " * count, 5_000),
    "numbers and": (lambda count: "12 and " * count, 3_000),
    "bounds": (lambda count: "at least " * count, 5_000),
    "fractions": (lambda count: "1/" * count, 3_000),
    "words in each other": (lambda count: "zwei" * count, 20_000),
}
"""Texts of so many pieces, and the most that is read."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_end(kind: str, language: str) -> None:
    """Twice of what no honest text holds is at most twice the work.

    What C goes through for us it goes through once: once for each letter of the longest would
    never end.
    """
    written, most = HOSTILE[kind]
    read("5 of 12", language)  # words that are read once
    work = [steps(partial(read, written(count), language)) for count in (100, 200, 400)]
    assert work[1] < 2.1 * work[0] + 100, work
    assert work[2] < 2.1 * work[1] + 100, work
    read(written(most), language)


def test_decimals_with_marks_behind_them_are_several_numbers() -> None:
    """`.1,000` is no one number in any language, and no mistake of ours."""
    assert values(".25", ".") == ((Fraction(1, 4),),)
    assert values(".1,000", ".") == ((Fraction(1, 10), Fraction(0)),)


@pytest.mark.parametrize("language", cases(("ar", "ja"), *sorted({*languages()} - {"ar", "ja"})))
def test_a_hamza_that_joins_nothing(language: str) -> None:
    """Alone it is no word: the figures beside it are read as they stand."""
    apart = [each.shown for each in read("12 \u0654 戌 7", language)]
    assert apart == [each.shown for each in read("12  戌 7", language)]


@pytest.mark.parametrize(
    ("text", "language", "difference"),
    [
        ("21 nurses left", "en", Deviation.WHOLE),
        ("nine of 21 nurses left", "en", Deviation.NOTHING),
        ("תשע מ-21 האחיות עזבו", "he", Deviation.NOTHING),
    ],
)
def test_a_whole_is_one_where_the_word_for_of_is_known(
    text: str, language: str, difference: Deviation
) -> None:
    """A language without such words has a figure told of a part as it has any other."""
    quoted = Carriers(Carrier(each, "en", 0) for each in read("Nine of the 21 nurses left", "en"))
    stated = next(each for each in read(text, language) if each.value == 21)
    assert quoted.find(stated, language).difference is difference
