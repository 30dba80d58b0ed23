"""A desk in several languages: what falls back, what is counted, what is checked in each."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from command import run
from little_desk import HEAD, LittleDesk, codes, only

from briefings.check.quantities.quantity import Day
from briefings.check.quantities.reader import read
from briefings.check.unchecked import Unchecked
from briefings.core.languages import chain, primary
from briefings.core.likelihood import TERMS as TERMS_OF
from briefings.core.likelihood import term_in, whole
from briefings.core.model import LocalText
from briefings.core.span import Span
from briefings.desk.checked import Checked
from briefings.desk.report import as_object, languages
from briefings.desk.tally import tally
from briefings.plan.request import BriefRequest, Request
from briefings.render.l10n.catalogues import catalogue
from briefings.render.l10n.locales import Locale
from briefings.render.l10n.spoken import spoken
from briefings.run.build import build

FOUR = HEAD.replace("[en]", "[en, fa, fa-AF, ps]").replace(
    "{title: Harbour}", "{title: {en: Harbour, ps: بندر}}"
)
FACT = """\
facts:
  - id: f
    kind: event
    topics: [t]
    statement: %s
    date: 2025-01-01
    actors: [harbour]
    credibility: 2
    evidence: [{source: a, quote: The ship left%s}]
actors:
  harbour: {name: {en: Merrow Harbour, ps: د مېرو بندر}, kind: body}
"""
JUDGEMENT = """\
judgements:
  - id: j
    topic: t
    statement: {en: "%s", %s: "%s"}
    confidence: low
    because: {en: "One document.", fa: "یک سند."}
    rests_on: [f]
    made: 2025-01-02
"""


def _fact(statement: str, more: str = "") -> str:
    return FACT % (statement, more)


def test_a_language_serves_those_who_speak_a_form_of_it() -> None:
    """Dari looks in Persian, Persian not in Dari; all else falls to the first form there is."""
    assert chain("fa-AF") == ("fa-AF", "fa")
    assert chain("zh-Hant-TW") == ("zh-Hant-TW", "zh-Hant", "zh")
    assert primary("fa-AF") == primary("fa") == "fa"
    text = LocalText((("en", "one"), ("fa", "یک")), Span("x", 0, 0))
    assert text.best("fa-AF") == ("fa", "یک")
    assert text.best("ps") == ("en", "one")
    own = LocalText((("en", "one"), ("fa", "یک"), ("fa-AF", "یو")), Span("x", 0, 0))
    assert own.best("fa-AF") == ("fa-AF", "یو")
    assert own.best("fa") == ("fa", "یک")


def test_what_is_not_translated_is_counted_and_no_mistake(ship: LittleDesk) -> None:
    """A desk may leave statements to another language on purpose: nothing for --strict to stop."""
    statement = "{en: The ship left., fa: کشتی رفت.}"
    checked = ship.check(_fact(statement), FOUR)
    assert codes(checked) == []
    quotes = "0 of 1 quotes (1 in en)"
    names = f"0 of 1 names (1 in en), {quotes}"
    assert languages(tally(checked)) == (
        "en: 1 of 1 statements, 2 of 2 titles, 1 of 1 names, 1 of 1 quotes",
        f"fa: 1 of 1 statements, 0 of 2 titles (2 in en), {names}",
        f"fa-AF: 1 of 1 statements (1 in fa), 0 of 2 titles (2 in en), {names}",
        f"ps: 0 of 1 statements (1 in en), 1 of 2 titles (1 in en), 1 of 1 names, {quotes}",
    )


def test_counts_are_there_for_machines(ship: LittleDesk) -> None:
    """`check --json` has the same, and `check` prints it; one language needs no count."""
    ship.check(_fact("{en: The ship left., fa: کشتی رفت.}"), FOUR)
    base = str(ship.folder / "facts.yaml")
    done = run("check", "--json", "--base", base)
    answer = json.loads(done.stdout)["languages"]
    assert answer["fa-AF"]["statements"] == {"total": 1, "own": 0, "in": {"fa": 1}}
    assert answer["ps"]["names"] == {"total": 1, "own": 1, "in": {"ps": 1}}
    assert "ps: 0 of 1 statements (1 in en)" in run("check", "--base", base).stderr
    alone = ship.check(
        _fact("The ship left.").replace("{en: Merrow Harbour, ps: د مېرو بندر}", "M")
    )
    assert languages(tally(alone)) == ()
    assert as_object(alone, Path(), strict=True)["ok"]


def test_a_quote_counts_where_it_can_be_read(ship: LittleDesk) -> None:
    """By its own language, or by that of its translation."""
    more = ", translation: {fa: کشتی رفت}, translator: the desk"
    counts = languages(tally(ship.check(_fact("The ship left.", more), FOUR)))
    assert [line.rsplit(", ", 1)[1] for line in counts] == [
        "1 of 1 quotes",
        "1 of 1 quotes",
        "1 of 1 quotes (1 in fa)",
        "0 of 1 quotes (1 in en)",
    ]


def _page(ship: LittleDesk, language: str) -> str:
    out = ship.folder / "out"
    request = Request(
        ship.folder / "facts.yaml",
        out,
        BriefRequest(languages=(language,), as_of=date(2025, 1, 5)),
        formats=("html",),
    )
    build(request, today=lambda _: date.min)
    return (out / f"t.{language}.html").read_text(encoding="utf-8")


def test_a_text_in_another_language_is_marked_with_it(ship: LittleDesk) -> None:
    """Language and direction for machines, its name for readers at the head; a name is a name."""
    statement = "{en: The ship left., fa: کشتی رفت.}"
    ship.check(_fact(statement), FOUR)
    pashto = _page(ship, "ps")
    assert '<bdi lang="en" dir="ltr">The ship <span class="ref">left.' in pashto
    assert "هغه دلته په انګليسي راغلې ده" in pashto
    assert "د مېرو بندر" in pashto
    dari = _page(ship, "fa-AF")
    assert '<span lang="fa">کشتی' in dari
    assert "[فارسی]" not in dari
    assert '<bdi lang="en" dir="ltr">Merrow Harbour</bdi>' in dari
    assert 'Merrow Harbour</bdi> <bdi class="tongue">' not in dari


@pytest.mark.parametrize(
    ("statement", "language", "shown"),
    [
        ("{en: The ship left., fa: کشتی رفت.}", "en", False),
        ("{en: The ship left., fa: کشتی رفت.}", "fa", True),
        ("{en: The ship left., fa: کشتی رفت.}", "fa-AF", True),
        ("The ship left.", "fa", True),
        ("The ship left.", "ps", False),
    ],
)
def test_a_translation_is_for_those_whom_it_serves(
    ship: LittleDesk, statement: str, language: str, *, shown: bool
) -> None:
    """Not for readers of the quote, nor for those who have to read the sentence in its language."""
    more = ", translation: {fa: آن کشتی رفت}, translator: the desk"
    assert codes(ship.check(_fact(statement, more), FOUR)) == []
    assert ("آن کشتی رفت" in _page(ship, language)) == shown


def test_pages_around_a_brief_are_in_its_language(ship: LittleDesk) -> None:
    """The front page and the source pages too; a brief leads to those of its own language."""
    ship.check(_fact("{en: The ship left., fa: کشتی رفت.}"), FOUR)
    page = _page(ship, "fa")
    out = ship.folder / "out"
    assert {path.name for path in out.glob("index*.html")} == {"index.html", "index.fa.html"}
    assert 'href="index.fa.html"' in page
    assert 'href="sources/a.fa.html#' in page
    source = (out / "sources" / "a.fa.html").read_text(encoding="utf-8")
    assert '<html lang="fa" dir="rtl">' in source
    assert 'href="../t.fa.html#q1"' in source
    assert '<html lang="en" dir="ltr">' in (out / "sources" / "a.html").read_text(encoding="utf-8")


TERMS = [
    ("almost no chance", "تقریباً هیچ احتمالی ندارد که", "تقریباً هېڅ احتمال نه لري چې"),
    ("very unlikely", "بسیار نامحتمل است که", "ډېر لږ احتمال لري چې"),
    ("unlikely", "نامحتمل است که", "لږ احتمال لري چې"),
    ("roughly even chance", "احتمال تقریباً برابر است که", "احتمال یې تقریباً برابر دی چې"),
    ("likely", "محتمل است که", "احتمال لري چې"),
    ("very likely", "بسیار محتمل است که", "ډېر احتمال لري چې"),
    ("almost certain", "تقریباً قطعی است که", "تقریباً قطعي ده چې"),
]


def _judged(ship: LittleDesk, english: str, language: str, other: str) -> Checked:
    statement = "{en: The ship left., fa: کشتی رفت.}"
    return ship.check(_fact(statement) + JUDGEMENT % (english, language, other), FOUR)


@pytest.mark.parametrize(("english", "persian", "pashto"), TERMS)
def test_a_term_is_the_same_in_each_language(
    ship: LittleDesk, english: str, persian: str, pashto: str
) -> None:
    """Each of the seven is known in Persian, Dari and Pashto, and found to be set in bold."""
    for language, term in (("fa", persian), ("fa-AF", persian), ("ps", pashto)):
        text = f"{term} کشتی رفته باشد."
        checked = _judged(ship, f"There is {english} of it.", language, text)
        assert codes(checked) == []
        assert checked.checked is not None
        band = checked.checked.likelihoods[next(iter(checked.checked.likelihoods))]
        place = term_in(text, band, language)
        assert place is not None
        assert place[0] == 0
        assert text[slice(*place)] in term


@pytest.mark.parametrize(("number", "other"), [(0, 1), (1, 2), (2, 4), (4, 5), (5, 6), (3, 4)])
def test_languages_may_not_differ_in_likelihood(ship: LittleDesk, number: int, other: int) -> None:
    """A Persian reader is not told more or less than an English one."""
    english, persian = TERMS[number][0], TERMS[other][1]
    checked = _judged(ship, f"There is {english} of it.", "fa", f"{persian} کشتی رفته باشد.")
    assert "in different places" in only(checked, "mixed-likelihood").message


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("کشتی رفته است.", "no-likelihood"),
        ("محتمل نیست که کشتی رفته باشد.", "no-likelihood"),
        ("خیلی محتمل است که کشتی رفته باشد.", "no-likelihood"),
        ("محتمل‌تر است که کشتی رفته باشد.", "no-likelihood"),
        ("محتمل یا نامحتمل است که کشتی رفته باشد.", "mixed-likelihood"),
        ("محتمل (۶۰ درصد) است که کشتی رفته باشد.", "mixed-likelihood"),
        ("با اطمینان محتمل است که کشتی رفته باشد.", "likelihood-with-confidence"),
    ],
)
def test_what_is_none_of_the_seven_terms_in_persian(
    ship: LittleDesk, statement: str, code: str
) -> None:
    """Another degree, a denial behind the verb, a second term, a percentage, confidence."""
    assert code in codes(_judged(ship, "It is likely that it left.", "fa", statement))


def test_a_hedge_is_kept_in_persian(ship: LittleDesk) -> None:
    """Words that would be none in a quote keep a hedge in a statement; others lose it."""
    form = "{en: The ship may return., fa: %s}"
    fact = _fact("%s").replace("The ship left}", "It may return}")
    kept = ship.check(fact % (form % "احتمال دارد کشتی بازگردد."), FOUR)
    assert codes(kept) == []
    lost = ship.check(fact % (form % "کشتی بازمی‌گردد."), FOUR)
    assert codes(lost) == ["lost-hedge"]


def test_hedges_that_a_language_has_no_words_for_are_not_asked_for(desk: LittleDesk) -> None:
    """The rule is silent on what it does not know: there are no words of Swahili."""
    desk.document("a", "The ship is believed to have left.")
    fact = _fact("{en: The ship is believed gone., sw: Meli imeondoka.}")
    five = FOUR.replace("fa-AF, ps]", "fa-AF, ps, sw]")
    checked = desk.check(fact.replace("The ship left", "The ship is believed to have left"), five)
    assert codes(checked) == []


@pytest.mark.parametrize(
    ("language", "day", "same"),
    [
        ("fa", "۷ دسامبر", True),
        ("fa-AF", "۷ دسمبر", True),
        ("fa-AF", "۷ آگست", False),
        ("ps", "د ډسمبر په ۷مه", True),
        ("ps", "۷ نومبر", False),
    ],
)
def test_days_are_compared_across_languages(
    desk: LittleDesk, language: str, day: str, *, same: bool
) -> None:
    """A day in another month than the quote's is not carried by it, whatever its name."""
    desk.document("a", "The ship left on 7 December.")
    fact = _fact(f"{{en: The ship left on 7 December., {language}: {day} …}}").replace(
        "The ship left}", "The ship left on 7 December}"
    )
    wrong = codes(desk.check(fact.replace("2025-01-01", "2024-12-07"), FOUR))
    assert ("unsupported-figure" not in wrong) == same


def test_a_language_that_only_names_are_in_needs_no_check(ship: LittleDesk) -> None:
    """What no rule reads is said where a statement is in such a language, not before."""
    head = FOUR.replace("fa-AF, ps]", "fa-AF, ps, sw]")
    assert ship.check(_fact("The ship left."), head).unchecked == ()
    checked = ship.check(_fact("{en: The ship left., sw: Meli iliondoka.}"), head)
    assert codes(checked) == []
    assert checked.unchecked == (Unchecked("denials, caution and voice", "sw", 1),)


@pytest.mark.parametrize("language", ["en", "fa", "fa-AF", "ps"])
def test_every_month_that_is_written_is_read(language: str) -> None:
    """What a page calls the months, the rules know as months."""
    locale = Locale(language)
    for month in range(1, 13):
        (quantity,) = read(locale.near(date(2025, month, 7), date(2025, 1, 1)), language)
        assert quantity.day == Day(month=month, day=7)


@pytest.mark.parametrize("language", ["en", "fa", "fa-AF", "ps"])
def test_a_term_is_called_what_a_judgement_may_call_it(language: str) -> None:
    """The label beside a judgement is one of the words that are listed for its band."""
    for band, words in TERMS_OF[primary(language)].items():
        label = catalogue(language).gettext(str(band).replace("-", " "))
        assert whole(words).fullmatch(label), label


def test_texts_without_a_language_are_told_by_what_is_known_of_them() -> None:
    """Words of the base are in its language; letters that run the other way are in none we know."""
    text = LocalText((("en", "One"), ("fa", "یک"), ("ps", "Kabul")), Span("x", 0, 0))
    same = LocalText((("en", "Kabul"),), Span("x", 0, 0))
    persian = spoken(Locale("fa"), [text, same])
    assert [persian(words) for words in ("One", "یک", "دو", "Two", "۲", "")] == [
        *("en", "fa", "fa", "und", "fa", "fa")
    ]
    assert spoken(Locale("en"), [text, same])("Kabul") == "en"
    assert spoken(Locale("ps"), [text, same])("Kabul") == "ps"


def test_a_date_of_a_record_is_told_in_words() -> None:
    """A record keeps dates as the base writes them; what is none stays as it is."""
    assert Locale("fa").dated("2025-12~") == "حدود دسامبر ۲۰۲۵"
    assert Locale("en").dated("someday") == "someday"
