"""How dates, lists and numbers are written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

import babel
import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from briefings.core.edtf import Precision, parse
from briefings.core.spec import Window
from briefings.render.l10n.conventions import digits
from briefings.render.l10n.locales import Locale

EN = Locale("en")


@pytest.mark.parametrize(
    ("written", "long", "short"),
    [
        ("2025-12-07", "7 December 2025", "7 Dec 2025"),
        ("2025-12", "December 2025", "Dec 2025"),
        ("2025-12-XX", "December 2025", "Dec 2025"),
        ("2025", "2025", "2025"),
        ("202X", "2020 to 2029", "2020 to 2029"),
        ("2025-11~", "about November 2025", "about Nov 2025"),
        ("2025?", "2025 (uncertain)", "2025 (uncertain)"),
        ("2025-12-07%", "about 7 December 2025 (uncertain)", "about 7 Dec 2025 (uncertain)"),
        ("2025-12-08/2025-12-14", "8–14 December 2025", "8–14 Dec 2025"),
        ("2025-12-08/2025-12-08", "8 December 2025", "8 Dec 2025"),
        (
            "2024-01/2024-02",
            "between January 2024 and February 2024",
            "between Jan 2024 and Feb 2024",
        ),
        ("2019/2021", "between 2019 and 2021", "between 2019 and 2021"),
        (
            "2024-01-05~/2024-02",
            "between about 5 January 2024 and February 2024",
            "between about 5 Jan 2024 and Feb 2024",
        ),
        ("2025-12-14/..", "from 14 December 2025 on", "from 14 Dec 2025 on"),
        ("2025-12-14/", "from 14 December 2025, end unknown", "from 14 Dec 2025, end unknown"),
        ("../2025-12-14", "until 14 December 2025", "until 14 Dec 2025"),
        (
            "/2025-12-14",
            "until 14 December 2025, start unknown",
            "until 14 Dec 2025, start unknown",
        ),
    ],
)
def test_dates_are_said_as_vaguely_as_they_are_known(written: str, long: str, short: str) -> None:
    """No part of a date is written that the base does not state."""
    assert _plain(EN.when(parse(written))) == long
    assert _plain(EN.when(parse(written), "short")) == short


def test_bounds_say_that_one_day_lies_between() -> None:
    """An interval of publication is not a duration."""
    bounds = "between 8 December and 14 December 2025"
    assert EN.bounds(parse("2025-12-08/2025-12-14")) == bounds
    assert EN.bounds(parse("2025-12-08")) == "8 December 2025"


@given(st.dates(), st.integers(0, 4000))
def test_a_period_ends_with_its_last_day(first: date, days: int) -> None:
    """Whatever the two have in common is left out at the first, never at the last."""
    try:
        last = first + timedelta(days=days)
    except OverflowError:
        return
    assert EN.window(Window(first, last)).endswith(EN.day(last).split(" ", 1)[1])


PERSIAN = [
    ("2025-12-07", "۷ دسامبر ۲۰۲۵ (۱۶ آذر ۱۴۰۴)", "۱۶ آذر ۱۴۰۴"),
    ("2025-12", "دسامبر ۲۰۲۵ (آذر–دی ۱۴۰۴)", "آذر–دی ۱۴۰۴"),
    ("2025-03", "مارس ۲۰۲۵ (اسفند ۱۴۰۳ – فروردین ۱۴۰۴)", "اسفند ۱۴۰۳ – فروردین ۱۴۰۴"),
    ("2025", "۲۰۲۵ (۱۴۰۳–۱۴۰۴)", "۱۴۰۳–۱۴۰۴"),
    ("202X", "۲۰۲۰ تا ۲۰۲۹ (۱۳۹۸–۱۴۰۸)", "۱۳۹۸–۱۴۰۸"),
    ("2025-11~", "حدود نوامبر ۲۰۲۵ (آبان–آذر ۱۴۰۴)", "حدود آبان–آذر ۱۴۰۴"),
    ("2025?", "۲۰۲۵ (۱۴۰۳–۱۴۰۴)، با تردید", "۱۴۰۳–۱۴۰۴، با تردید"),
    ("2025-12-07%", "حدود ۷ دسامبر ۲۰۲۵ (۱۶ آذر ۱۴۰۴)، با تردید", "حدود ۱۶ آذر ۱۴۰۴، با تردید"),
    ("2025-12-08/2025-12-14", "۸ تا ۱۴ دسامبر ۲۰۲۵ (۱۷ تا ۲۳ آذر ۱۴۰۴)", "۱۷ تا ۲۳ آذر ۱۴۰۴"),
    ("2024-01/2024-02", "بین ژانویه ۲۰۲۴ و فوریه ۲۰۲۴ (دی–اسفند ۱۴۰۲)", "دی–اسفند ۱۴۰۲"),
    (
        "2024-01/2024-02-05",
        "بین ژانویه ۲۰۲۴ (دی–بهمن ۱۴۰۲) و ۵ فوریه ۲۰۲۴ (۱۶ بهمن ۱۴۰۲)",
        "دی–بهمن ۱۴۰۲ تا ۱۶ بهمن ۱۴۰۲",
    ),
    ("2025-12-14/..", "از ۱۴ دسامبر ۲۰۲۵ (۲۳ آذر ۱۴۰۴) به بعد", "از ۲۳ آذر ۱۴۰۴ به بعد"),
    (
        "/2025-12-14",
        "تا ۱۴ دسامبر ۲۰۲۵ (۲۳ آذر ۱۴۰۴)، آغاز نامعلوم",
        "تا ۲۳ آذر ۱۴۰۴، آغاز نامعلوم",
    ),
    ("1750", "۱۷۵۰", ""),
]


@pytest.mark.parametrize(("written", "long", "solar"), PERSIAN)
def test_persian_dates_stand_in_both_calendars(written: str, long: str, solar: str) -> None:
    """As vague in the one as in the other; where there is no room, the common one alone."""
    value, locale = parse(written), Locale("fa")
    assert locale.when(value) == long
    assert locale.solar(value) == solar
    short = locale.when(value, "short")
    assert "(" not in short
    assert not solar or short in re.sub(r" \([^)]*\)", "", long)
    assert not re.search("[0-9]", long + solar)


def test_dari_and_pashto_have_months_of_their_own() -> None:
    """Both calendars, by the names that are used in Kabul."""
    period = Window(date(2025, 12, 8), date(2025, 12, 14))
    dari, pashto = Locale("fa-AF"), Locale("ps")
    assert dari.window(period) == "۸ تا ۱۴ دسمبر ۲۰۲۵ (۱۷ تا ۲۳ قوس ۱۴۰۴)"
    assert pashto.window(period) == "له ۸ تر ۱۴ ډسمبر ۲۰۲۵ (له ۱۷ تر ۲۳ لیندۍ ۱۴۰۴)"
    assert dari.day(date(2025, 5, 1)) == "۱ می ۲۰۲۵ (۱۱ ثور ۱۴۰۴)"
    assert pashto.bounds(parse("2025-12-08/2025-12-14")) == (
        "د ۸ ډسمبر او ۱۴ ډسمبر ۲۰۲۵ ترمنځ (له ۱۷ تر ۲۳ لیندۍ ۱۴۰۴)"
    )
    assert pashto.when(parse("2025-11~")) == "شاوخوا نومبر ۲۰۲۵ (لړم–لیندۍ ۱۴۰۴)"
    for locale in (dari, pashto):
        assert locale.weekday(date(2025, 12, 14)) == "یکشنبه"
        assert "۲۰۲۵" in locale.tick(date(2025, 12, 1), Precision.MONTH)
        assert locale.near(date(2025, 12, 7), date(2025, 1, 1)).startswith("۷ ")


def test_persian_dari_and_pashto_write_by_their_own_rules() -> None:
    """Digits, separators, quotation marks, lists, names."""
    persian, dari, pashto = Locale("fa"), Locale("fa-AF"), Locale("ps")
    for locale in (persian, dari, pashto):
        assert locale.direction == "rtl"
        assert locale.number(1234.5) == "۱٬۲۳۴٫۵"
        assert (locale.comma, locale.semicolon) == ("، ", "؛ ")
        assert locale.quoted("x") == "«x»"
    assert persian.list(["الف", "ب", "ج"]) == "الف، ب و ج"
    assert pashto.list(["الف", "ب"]) == "الف او ب"
    assert persian.list(["الف"]) == "الف"
    assert persian.band(80, 95) == "۸۰ تا ۹۵\u00a0درصد"
    assert dari.band(80, 95) == "۸۰ تا ۹۵\u00a0فیصد"
    assert pashto.band(80, 95) == "له ۸۰ تر ۹۵\u00a0سلنه"
    assert persian.languages(["en", "fa", "fa-AF", "ps"]) == "انگلیسی، فارسی، دری و پشتو"
    assert pashto.languages(["en", "fa", "fa-AF", "ps"]) == "انګليسي، فارسي، دري او پښتو"
    north, east = "۳۴٫۵۳°\u00a0شمالی", "۶۹٫۱۷°\u00a0شرقی"
    apart = f'<bdi dir="rtl">{north}</bdi>، <bdi dir="rtl">{east}</bdi>'
    assert persian.coordinates((34.53, 69.17)) == apart
    assert pashto.territory("US") == "د امریکا متحده ایالات"


def test_any_other_language_has_its_dates_and_english_words() -> None:
    """A desk may write German: what Babel knows is German, what only we say is English."""
    german = Locale("de")
    assert german.day(date(2025, 12, 7)) == "7. Dezember 2025"
    assert german.when(parse("2025~")) == "about 2025"
    assert german.number(1234.5) == "1.234,5"
    assert german.solar(parse("2025")) == ""
    assert Locale("ar").comma == ", "  # between words of English, which an Arabic one turns round


def test_signs_between_words_are_those_of_the_words() -> None:
    """Of a language whose words only a desk has, those of that language."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    said = f'{head}msgid "Grades:"\nmsgstr "الدرجات:"\n'
    arabic = Locale("ar", (("ar", said),))
    assert (arabic.comma, arabic.semicolon) == ("، ", "؛ ")


@pytest.mark.parametrize(
    ("language", "day", "number", "band"),
    [
        ("bn", "৭ ডিসেম্বর, ২০২৫", "১২,৩৪,৫৬৭.৫", "৮০–৯৫\u00a0%"),
        ("mr", "७ डिसेंबर, २०२५", "१२,३४,५६७.५", "८०–९५\u00a0%"),
        ("my", "၂၀၂၅ ဒီဇင်ဘာ ၇", "၁,၂၃၄,၅၆၇.၅", "၈၀–၉၅\u00a0%"),
        ("ckb", "٧ی کانونی یەکەمی ٢٠٢٥", "١٬٢٣٤٬٥٦٧٫٥", "٨٠–٩٥\u00a0%"),
        ("ar-EG", "٧ ديسمبر ٢٠٢٥", "١٬٢٣٤٬٥٦٧٫٥", "٨٠–٩٥\u00a0%"),
        ("ar", "7 ديسمبر 2025", "1,234,567.5", "80–95\u00a0%"),
        ("hi", "7 दिसंबर 2025", "12,34,567.5", "80–95\u00a0%"),
    ],
)
def test_a_language_has_the_digits_that_its_readers_expect(
    language: str, day: str, number: str, band: str
) -> None:
    """In dates and numbers alike: those of its default numbering system in CLDR."""
    locale = Locale(language)
    assert locale.day(date(2025, 12, 7)) == day
    assert locale.number(1234567.5) == number
    assert locale.band(80, 95) == band


def test_the_digits_of_every_language_are_known() -> None:
    """Each default numbering system of CLDR has ten digits of its own that follow each other."""
    systems = {babel.Locale.parse(name).default_numbering_system for name in locale_identifiers()}
    assert len(systems) > 10
    for system in systems:
        assert [unicodedata.decimal(each) for each in digits(system).values()] == [*range(10)]


@pytest.mark.parametrize("language", ["fi", "ckb", "mn"])
def test_a_period_has_whole_names_of_months(language: str) -> None:
    """Languages that write them in full in any case have no longer form: not one letter alone."""
    locale, period = Locale(language), Window(date(2025, 12, 8), date(2025, 12, 14))
    assert locale.window(period) == locale.window(period, "short")


def test_a_language_without_data_has_english_dates_and_its_own_direction() -> None:
    """Hazaragi is written in Arabic letters; `prs` is another name for Dari."""
    hazaragi, dari = Locale("haz"), Locale("prs")
    assert hazaragi.day(date(2025, 12, 7)) == "7 December 2025"
    assert hazaragi.list(["a", "b"]) == "a, b"
    assert dari.day(date(2025, 12, 7)) == "۷ دسمبر ۲۰۲۵"
    assert [each.direction for each in (hazaragi, dari, Locale("xx"))] == ["rtl", "rtl", "ltr"]


@pytest.mark.parametrize(
    ("code", "runs"),
    [
        *(("ku", "ltr"), ("ku-Arab", "rtl"), ("ug", "rtl"), ("ug-Latn", "ltr")),
        *(("pa-Arab-PK", "rtl"), ("aii", "rtl"), ("arc", "rtl"), ("mid", "rtl"), ("azb", "rtl")),
        *(("ff-Adlm", "rtl"), ("uz", "ltr"), ("uz-AF", "rtl"), ("prs", "rtl"), ("mn-Mong", "ltr")),
    ],
)
def test_a_script_tells_the_direction(code: str, runs: str) -> None:
    """The one that a code names, else that of the language in its region, be it in CLDR or not."""
    assert Locale(code).direction == runs


def test_markup_stays_markup() -> None:
    """A list or a quotation of links is no text to be escaped again; what is no markup is."""
    link = Markup("<a>x</a>")
    assert EN.list([link, "<y>"]) == Markup("<a>x</a> and &lt;y&gt;")
    assert EN.quoted(link) == Markup("“<a>x</a>”")
    assert isinstance(Locale("fa").quoted(link), Markup)
    assert not isinstance(EN.list(["x", "<y>"]), Markup)


def test_names_and_numbers() -> None:
    """Languages, directions, lists, bands and coordinates, as English has them."""
    assert EN.language_name("fa") == "Persian"
    assert EN.language_name("fa-AF") == "Dari"
    assert EN.language_name("xx") == "language xx"
    assert Locale("fa").language_name("xx") == "زبان xx"
    assert Locale("de", fallen="<{}>".format).language_name("xx") == "<language xx>"
    assert Locale("haz", fallen="<{}>".format).language_name("khw") == "<Khowar>"
    assert EN.autonym("prs") == "دری"
    assert (EN.direction, EN.direction_of("fa"), EN.direction_of("ps")) == ("ltr", "rtl", "rtl")
    assert EN.direction_of("xx") == "ltr"
    assert EN.list(["a", "b", "c"]) == "a, b and c"
    assert EN.list([]) == ""
    assert EN.languages(["en", "fa"]) == "English and Persian"
    assert EN.band(80, 95) == "80–95\u00a0%"
    assert EN.number(1234) == "1,234"
    assert EN.coordinates((-17.5, 179.6)) == "17.5°\u00a0S, 179.6°\u00a0E"
    assert EN.near(date(2025, 12, 7), date(2025, 1, 1)) == "7 Dec"
    assert EN.near(date(2024, 12, 7), date(2025, 1, 1)) == "7 Dec 2024"
    assert EN.near(parse("2025-12-07~"), date(2025, 1, 1)) == "about 7 Dec"
    assert EN.near(parse("2024-12-07~"), date(2025, 1, 1)) == "about 7 Dec 2024"
    assert EN.near(parse("2025-12"), date(2025, 1, 1)) == "Dec 2025"
    assert EN.territory("IR") == "Iran"


def _plain(text: str) -> str:
    return text.replace("\u2009", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "listed"), [("haz", "a, b, c"), ("qaa", "a, b, c"), ("ha", "a, b, da c")]
)
def test_a_language_without_data_has_no_foreign_and(language: str, listed: str) -> None:
    """An English word in its lists would be marked as nothing but its own."""
    assert Locale(language).list(["a", "b", "c"]) == listed


@pytest.mark.parametrize(
    ("language", "runs"), [("he", "ltr"), ("en", "ltr"), ("fa", "rtl"), ("ps", "rtl")]
)
def test_a_band_of_signs_alone_reads_from_left_to_right(language: str, runs: str) -> None:
    """Between words of a language it reads as that does."""
    assert Locale(language).band_direction == runs
