"""What a statement may say in figures: by value, unit and bound, with what the record adds."""

from __future__ import annotations

import json

import pytest
from command import run
from little_desk import HEAD, LittleDesk, codes, only

from briefings.check.unchecked import Unchecked
from briefings.desk.checked import Checked
from briefings.desk.report import as_object, unchecked
from briefings.desk.tally import tally
from briefings.run.check import check_desk

SUPPORTED = [
    ("28 per cent drowned.", "Twenty-eight percent drowned"),
    ("Three boats left.", "3 boats left"),
    ("The boats left on 7 December.", "On December 7 the boats left"),
    ("It rose by 5.2 points.", "a rise of 5.2 points"),
    ("Twelve of the 27 states paid.", "12 of the 27 states paid"),
    ("The 7th of December was cold.", "on 7 December it was cold"),
    ("Some 67 per cent feared it.", "66.7% feared it"),
    ("The dam held 1.5 cm.", "The dam held 15 mm"),
    ("Half of them left.", "50 per cent of them left"),
    ("One well in three is dry.", "a third of the wells is dry"),
    ("It may last 14 days.", "It may last two weeks"),
]


@pytest.mark.parametrize(("statement", "quote"), SUPPORTED)
def test_supported_figure(desk: LittleDesk, statement: str, quote: str) -> None:
    """A figure that a quote carries in other dress is fine."""
    assert codes(desk.statement(statement, quote)) == []


UNSUPPORTED = [
    ("28 per cent drowned.", "28 people drowned", "28 per cent", "changed-unit"),
    ("29 people drowned.", "28 people drowned", "29", "unsupported-figure"),
    ("Five people drowned.", "People drowned", "Five", "unsupported-figure"),
    ("It was 5 degrees.", "It was -5 degrees", "5", "unsupported-figure"),
    (
        "The boats left on 8 December.",
        "On December 7 the boats left",
        "8 December",
        "unsupported-figure",
    ),
    ("The boats left in 2025.", "The boats left", "2025", "unsupported-figure"),
    ("The boats left on Monday.", "The boats left", "Monday", "unsupported-figure"),
    ("7 men died.", "men died on 7 December", "7", "unsupported-figure"),
    ("It cost 5m.", "It cost 5", "5m", "changed-unit"),
    ("The third round failed.", "three rounds failed", "third", "unsupported-figure"),
    ("Flight MH18 left.", "Flight MH17 left", "MH18", "unsupported-figure"),
    ("They left at 3:30 pm.", "They left at 3:30 am", "3:30 pm", "unsupported-figure"),
    ("They seized 47 rifles.", "They seized AK-47 rifles", "47", "unsupported-figure"),
    ("Fifty people died.", "Up to 50 people died", "Fifty", "changed-bound"),
    ("Up to 50 people died.", "50 people died", "Up to 50", "changed-bound"),
    ("At most 53 left.", "At least 53 left", "At most 53", "changed-bound"),
    ("3 of the 40 lived.", "Only 3 of the 40 lived", "3", "changed-bound"),
    ("It fell by 2 per cent.", "It fell by 2 percentage points", "2 per cent", "changed-unit"),
    ("It cost €20.", "It cost $20", "€20", "changed-unit"),
    ("5 km burned.", "5 km² burned", "5 km", "changed-unit"),
    ("Nine men left.", "Two of the nine men left", "Nine", "unsupported-figure"),
    ("It left on 30 February.", "It left on 30 February", "30 February", "unsupported-figure"),
]


@pytest.mark.parametrize(("statement", "quote", "shown", "code"), UNSUPPORTED)
def test_unsupported_figure(
    desk: LittleDesk, statement: str, quote: str, shown: str, code: str
) -> None:
    """A figure in no quote, or with another bound or unit, stops the build, and is named."""
    checked = desk.statement(statement, quote)
    assert f"“{shown}" in only(checked, code).message
    assert checked.checked is None


def test_a_message_says_what_both_say(desk: LittleDesk) -> None:
    """The figure stands as written beside what the quote has instead."""
    mistake = only(desk.statement("Fifty died.", "as many as 50 died"), "changed-bound")
    assert mistake.message == "the statement of `f` says “Fifty”, the quote “as many as 50”"


def test_figures_of_another_fact_do_not_count(desk: LittleDesk) -> None:
    """Only the quotes of the fact itself carry its figures."""
    checked = desk.statement("Five boats left.", "Boats left", "Five of them")
    assert codes(checked) == []
    assert "unsupported-figure" in codes(desk.statement("Five boats left.", "Boats left"))


def test_what_is_wrong_in_one_language_is_shown_there(desk: LittleDesk) -> None:
    """Each form of a text has its own place; in a text of one language that is the text's."""
    desk.document("a", "They did")
    checked = desk.check(
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n"
        "    statement:\n      fa: ۸ کشتی رفت.\n      en: Seven boats left.\n"
        "    headline: Nine left\n    evidence: [{source: a, quote: They did}]\n",
        HEAD.replace("languages: [en]", "languages: [en, fa]"),
    )
    places = {
        each.message.split("“")[1].split("”")[0]: checked.texts["facts.yaml"].text[
            each.span.start : each.span.end
        ]
        for each in checked.diagnostics
        if each.code == "unsupported-figure" and each.span is not None
    }
    assert places == {"Seven": "Seven boats left.", "۸": "۸ کشتی رفت.", "Nine": "Nine left"}


# Translations


def translated(
    desk: LittleDesk, language: str, quote: str, translation: str, statement: str
) -> Checked:
    """A fact with one quote in `language` and its English translation."""
    desk.document("a", f"{quote}.", language=language)
    texts = {"quote": quote, "translation": translation}
    evidence = ", ".join(
        f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in texts.items()
    )
    return desk.check(
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n"
        f"    statement: {json.dumps(statement)}\n    evidence: [{{source: a, {evidence}}}]\n"
    )


@pytest.mark.parametrize(
    ("language", "quote", "translation"),
    [
        ("fa", "ده نفر مردند", "Fifty people died."),
        ("zh", "地震已造成8574人死亡", "85,740 people died"),
        ("de", "Es kostete 1.500 Euro", "It cost 1.5 euros"),
        ("fr", "jusqu’à 50 morts", "at least 50 dead"),
        ("ru", "1 февраля", "On 1 March"),
        ("fa", "۳ لک افغانی", "3 afghanis"),
    ],
)
def test_a_translation_says_what_its_quote_says(
    desk: LittleDesk, language: str, quote: str, translation: str
) -> None:
    """Figures and days of a translation are compared with the quote, whatever its language."""
    assert "mistranslated-figure" in codes(
        translated(desk, language, quote, translation, "It was.")
    )


def test_a_statement_is_compared_with_the_translation(desk: LittleDesk) -> None:
    """Where there is a translation in its language, that is what carries a statement."""
    checked = translated(
        desk, "de", "Es kostete 1.500 Euro", "It cost 1,500 euros", "It cost 1.5 euros."
    )
    assert codes(checked) == ["unsupported-figure"]
    checked = translated(
        desk, "de", "Es kostete 1.500 Euro", "It cost 1,500 euros", "It cost €1,500."
    )
    assert codes(checked) == []


def test_a_language_without_number_words_is_counted(desk: LittleDesk) -> None:
    """What can't be compared is said once and stops nothing; what stands in digits is compared."""
    desk.document("a", "Neh keştî çûn, 8574 kes.", language="zza")
    base = (
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: STATEMENT\n"
        "    evidence: [{source: a, quote: 'Neh keştî çûn, 8574 kes', translation: 'TEXT'}]\n"
    )
    fine = desk.check(
        base.replace("STATEMENT", "Nine ships left, 8,574 people.").replace(
            "TEXT", "Nine ships left, 8574 people"
        )
    )
    assert codes(fine) == []
    assert Unchecked("numbers in words", "zza", 1) in fine.unchecked
    assert "numbers in words (1 text in zza)" in unchecked(tally(fine))
    assert as_object(fine, desk.folder, strict=True)["ok"] is True
    wrong = desk.check(base.replace("STATEMENT", "They left.").replace("TEXT", "85,740 people"))
    assert codes(wrong) == ["mistranslated-figure"]


def test_bounds_of_a_language_that_is_not_spoken_are_left_alone(desk: LittleDesk) -> None:
    """Swedish numbers are known and its bounds are not: what can't be compared is no mistake."""
    for quote, translation in (
        ("minst tjugoen skadades", "at least 21 were hurt"),
        ("hundratusentals flydde", "hundreds of thousands fled"),
        ("kostade 2,5 miljoner", "cost 2.5 million"),
    ):
        assert codes(translated(desk, "sv", quote, translation, "It was so.")) == []
    wrong = codes(translated(desk, "sv", "tjugoen skadades", "22 were hurt", "It was so."))
    assert wrong == ["mistranslated-figure"]


# What the record carries


def told(desk: LittleDesk, statement: str, quote: str, **fields: str) -> Checked:
    """A fact of 14 March 2023, a Tuesday, from a source of that day."""
    document = fields.pop("document", quote)
    event = fields.pop("event", "2023-03-14")
    desk.document("a", document, published=fields.pop("published", "2023-03-14"))
    return desk.check(
        f"facts:\n  - id: f\n    kind: statement\n    topics: [t]\n    statement: {statement}\n"
        f"    date: {event}\n    evidence: [{{source: a, quote: {json.dumps(quote)}}}]\n"
    )


def carried_by(checked: Checked) -> list[str]:
    """What on the record carries the figures of a base without mistakes."""
    assert codes(checked) == []
    return [each.by for each in checked.supports]


def test_a_day_follows_from_a_weekday(desk: LittleDesk) -> None:
    """“On Tuesday”, published that week, is the day that the fact is dated."""
    checked = told(desk, "It said so on 14 March.", "It said so on Tuesday")
    assert carried_by(checked) == ["date and published"]
    carriers = as_object(checked, desk.folder, strict=False)["carried_by"]
    assert carriers == [
        {"fact": "f", "language": "en", "figure": "14 March", "by": "date and published"}
    ]


@pytest.mark.parametrize(
    ("statement", "quote", "fields"),
    [
        ("It said so on 13 March.", "It said so on Tuesday", {"event": "2023-03-13"}),
        ("It said so on 14 March.", "It said so on Monday", {"published": "2023-03-15"}),
        ("It said so on 14 March.", "It said so on Tuesday", {"published": "2023-05-16"}),
        ("It said so on 15 March.", "It said so on Tuesday", {}),
    ],
)
def test_a_day_that_does_not_follow(
    desk: LittleDesk, statement: str, quote: str, fields: dict[str, str]
) -> None:
    """Another weekday, another date or a source of another month carry nothing."""
    assert "unsupported-figure" in codes(told(desk, statement, quote, **fields))


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("In March the harbour closed [f].", "2023-03-14/2023-03-20", []),
        ("In March 2023 the harbour closed [f].", "2023-03-14", []),
        ("In 2023 the harbour closed [f].", "2023-03/2023-05", []),
        ("In April the harbour closed [f].", "2023-03-14", ["unsupported-figure"]),
        ("In March the harbour closed [f].", "2023-03-14/2023-04-02", ["unsupported-figure"]),
        ("In 2024 the harbour closed [f].", "2023-03-14", ["unsupported-figure"]),
        ("On 14 March the harbour closed [f].", "2023-03-20", ["unsupported-figure"]),
    ],
)
def test_prose_names_the_month_of_its_facts(
    desk: LittleDesk, text: str, published: str, expected: list[str]
) -> None:
    """A statement has its date beside it, an account says the month or year in words."""
    desk.document(
        "a", "The harbour closed", published=published, published_basis="the harbour's log"
    )
    checked = desk.check(
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    statement: The harbour closed.\n"
        "    date: 2023-03-14\n    evidence: [{source: a, quote: The harbour closed}]\n"
        f"accounts:\n  - {{id: told, topics: [t], text: {json.dumps(text)}}}\n"
    )
    assert codes(checked) == expected


def test_a_dateline_carries_its_day(desk: LittleDesk) -> None:
    """The head of the document says when it was written."""
    checked = told(
        desk,
        "It said so on 14 March.",
        "It said so on Tuesday",
        document="Port Lumen, 14 March 2023. It said so on Tuesday.",
        published="2023-03-24",
    )
    assert carried_by(checked) == ["date and dateline"]
    (desk.folder / "a.txt").unlink()
    assert codes(check_desk(desk.folder / "facts.yaml")) == ["source-unreadable"]


def test_a_weekday_follows_from_a_day(desk: LittleDesk) -> None:
    """A date has one weekday: another one is wrong."""
    fine = told(desk, "It fell on Monday.", "It fell on 13 March 2023", event="2023-03-13")
    assert carried_by(fine) == ["calendar"]
    wrong = told(desk, "It fell on Friday.", "It fell on 13 March 2023", event="2023-03-13")
    assert codes(wrong) == ["unsupported-figure"]


def test_a_year_follows_from_publication(desk: LittleDesk) -> None:
    """A day without its year is of the year in which its source was written."""
    assert carried_by(told(desk, "It fell on 13 March 2023.", "It fell on 13 March")) == [
        "published"
    ]
    assert codes(told(desk, "It fell on 13 March 2021.", "It fell on 13 March")) != []


@pytest.mark.parametrize(
    ("language", "quote", "right", "wrong"),
    [
        ("en", "Exports fell last year", "Exports fell in 2022.", "Exports fell in 2021."),
        ("en", "It opens next month", "It opens in April.", "It opens in May."),
        ("en", "It ends by the end of the year", "It ends in 2023.", "It ends in 2024."),
        ("de", "Die Ausfuhr sank im vergangenen Jahr", "Sie sank 2022.", "Sie sank 2023."),
        ("es", "Abre antes de fin de mes", "Abre en marzo.", "Abre en abril."),
        (
            "fr",
            "Les ventes ont baissé l'an dernier",
            "La baisse date de 2022.",
            "Elle date de 2021.",
        ),
        ("ru", "Экспорт упал в прошлом году", "Экспорт упал в 2022 году.", "Он упал в 2021 году."),
        ("ar", "تبدأ الحملة قبل نهاية الشهر", "تبدأ الحملة في آذار.", "تبدأ الحملة في نيسان."),
        ("fa", "صادرات پارسال کم شد", "صادرات در ۱۴۰۰ کم شد.", "صادرات در ۱۳۹۹ کم شد."),
        ("ja", "輸出は昨年減った", "輸出は2022年に減った。", "輸出は2021年に減った。"),
        ("tr", "İhracat geçen yıl düştü", "İhracat 2022'de düştü.", "İhracat 2021'de düştü."),
    ],
)
def test_a_month_or_year_follows_from_publication(
    desk: LittleDesk, language: str, quote: str, right: str, wrong: str
) -> None:
    """“Last year” of a document of 14 March 2023 is 2022, of the solar year 1401 it is 1400."""
    desk.document("a", quote, language=language, published="2023-03-14")
    head = f"format: 1\ntitle: T\nlanguages: [{language}]\ntopics: {{t: {{title: T}}}}\n"
    told = [
        desk.check(
            f"facts:\n  - id: f\n    kind: claim\n    topics: [t]\n    statement: {statement}\n"
            f"    evidence: [{{source: a, quote: {json.dumps(quote)}}}]\n",
            head,
        )
        for statement in (right, wrong)
    ]
    assert [each.by for each in told[0].supports] == ["published"]
    assert "unsupported-figure" not in codes(told[0])
    assert "unsupported-figure" in codes(told[1])


@pytest.mark.parametrize(
    ("published", "day", "expected"),
    [
        ("2023-03-24", "", []),
        ("2023-03-18", "", ["unsupported-figure"]),
        ("2023-03-18", "due: 2023-04-05, ", []),
        ("2023-02-10", "due: 2023-04-05, ", ["unsupported-figure"]),
    ],
)
def test_a_day_of_the_month_is_the_nearest_or_that_of_the_fact(
    desk: LittleDesk, published: str, day: str, expected: list[str]
) -> None:
    """“By the 5th” is of the month nearest to its source, or of the fact’s own, a month away."""
    desk.document("a", "The council is to answer by the 5th.", published=published)
    checked = desk.check(
        "facts:\n  - {id: f, kind: plan, topics: [t], "
        f"statement: The council is to answer by 5 April., {day}"
        "source: a, quote: The council is to answer by the 5th}\n"
    )
    assert codes(checked) == expected


def test_a_weekday_of_what_was_planned(desk: LittleDesk) -> None:
    """What became of a plan may name the day on which it was due; so may a fact of a few days."""
    desk.document("a", "They called off the strike planned for Friday.", published="2023-03-14")
    plan = (
        "facts:\n  - {id: p, kind: plan, topics: [t], statement: They planned a strike for Friday.,"
        " due: %s, source: a, quote: the strike planned for Friday}\n"
        "  - id: f\n    kind: event\n    topics: [t]\n    outcome_of: [p]\n    date: 2023-03-13\n"
        "    statement: They called off the strike planned for 17 March.\n"
        "    source: a\n    quote: They called off the strike planned for Friday\n"
    )
    assert carried_by(desk.check(plan % "2023-03-17")) == ["date and published"]
    assert carried_by(desk.check(plan % "2023-03-16/2023-03-18")) == ["date and published"]
    checked = desk.check(plan % "2023-03-24")
    assert codes(checked) == ["unsupported-figure"]
    assert (
        checked.diagnostics[0]
        .hints[-1]
        .message.startswith("which day that is, the fact's `date` says")
    )


def test_calendars_name_one_day(desk: LittleDesk) -> None:
    """22 Dalw 1401 is 11 February 2023."""
    quote = "روز ۲۲ دلو ۱۴۰۱ بود"
    assert (
        codes(translated(desk, "fa", quote, "It was on 11 February 2023", "It was on 11 February."))
        == []
    )
    assert "mistranslated-figure" in codes(
        translated(desk, "fa", quote, "It was on 12 February 2023", "It was.")
    )


def test_many_figures_against_many(desk: LittleDesk) -> None:
    """Hundreds of figures in a statement and in its quote: linear."""
    numbers = " ".join(f"{n}," for n in range(3000, 3400))
    assert codes(desk.statement(f"Seen: {numbers}", f"Seen: {numbers}")) == []


def test_what_the_record_carries_is_listed(
    desk: LittleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check --json` names the figure, the fact, the language and what carries it."""
    monkeypatch.chdir(desk.folder)
    desk.document("a", "The ship left on Monday.", published="2025-01-07")
    fact = (
        "facts:\n  - {id: f, kind: event, topics: [t], date: 2025-01-06, statement: The ship left"
        " on 6 January 2025., evidence: [{source: a, quote: The ship left on Monday}]}\n"
    )
    assert codes(desk.check(fact)) == []
    assert json.loads(run("check", "--json").stdout)["carried_by"] == [
        {"fact": "f", "language": "en", "figure": "6 January 2025", "by": "date and published"}
    ]


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        ("{en: 12 ships left, fa: ۱۳ کشتی رفت, fa-AF: {کشتی: جهاز}}", ["۱۳"]),
        ("{en: 12 ships left, fa: ۱۲ کشتی رفت, fa-AF: {۱۲: ۱۴}}", ["۱۴"]),
        ("{en: 12 ships left, fa: ۱۳ کشتی رفت, fa-AF: {۱۳: ۱۴}}", ["۱۳", "۱۴"]),
        ("{en: 13 ships left, fa: ۱۳ کشتی رفت}", ["13", "۱۳"]),
    ],
)
def test_a_figure_that_a_variant_only_takes_over_is_told_once(
    desk: LittleDesk, headline: str, told: list[str]
) -> None:
    """What is wrong in a text is not told again of the form that differs in other words."""
    desk.document("a", "12 ships left.")
    checked = desk.check(
        "facts:\n  - id: f\n    kind: event\n    topics: [t]\n    credibility: 3\n"
        "    statement: {en: 12 ships left., fa: ۱۲ کشتی رفت.}\n"
        f"    headline: {headline}\n"
        "    evidence:\n"
        "      - {source: a, quote: 12 ships left, translation: {fa: ۱۲ کشتی رفت}}\n",
        HEAD.replace("[en]", "[en, fa, fa-AF]"),
    )
    wrong = [each.message for each in checked.diagnostics if each.code == "unsupported-figure"]
    assert wrong == [f"no quote of `f` carries “{each}” of its headline" for each in told]


@pytest.mark.parametrize(
    ("kind", "quote", "statement", "is_carried"),
    [
        ("plan", "The port will meet on Thursday", "The port will meet on 4 December.", True),
        ("plan", "The port will meet on Thursday", "The port will meet on 5 December.", False),
        ("plan", "The port will meet on Thursday", "The port will meet on 11 December.", False),
        ("plan", "The port will meet on Thursday", "The port will meet on 27 November.", False),
        ("plan", "It will stay shut after Friday's fire", "Shut after 28 November.", True),
        ("event", "Ships left after Friday's fire", "Ships left after 28 November.", True),
        ("event", "Ships left after Friday's fire", "Ships left after 5 December.", False),
        ("event", "The fire of Friday killed four", "The fire of 21 November killed four.", False),
    ],
)
def test_a_weekday_is_the_nearest_in_the_direction_of_its_quote(
    desk: LittleDesk, kind: str, quote: str, statement: str, *, is_carried: bool
) -> None:
    """Though the fact is dated on the day that the source tells it."""
    desk.document("a", f"{quote}.", published="2025-12-01")
    checked = desk.check(
        f"facts:\n  - {{id: f, kind: {kind}, topics: [t], credibility: 3, date: 2025-12-01,"
        f" statement: {statement}, source: a, quote: {quote}}}\n"
    )
    assert ("unsupported-figure" in codes(checked)) is not is_carried


@pytest.mark.parametrize(("due", "is_carried"), [("2025-01-10", True), ("2025-01-17", False)])
def test_the_day_of_a_plan_is_carried_by_its_due(
    desk: LittleDesk, due: str, *, is_carried: bool
) -> None:
    """Where the weekday of its quote is that day's, counted from the source's own."""
    desk.document("a", "The port will shut on Friday.", published="2025-01-06")
    checked = desk.check(
        "facts:\n  - {id: f, kind: plan, topics: [t], statement: The port will shut on 10 January.,"
        f" due: {due}, evidence: [{{source: a, quote: The port will shut on Friday}}]}}\n"
    )
    assert codes(checked) == ([] if is_carried else ["unsupported-figure"])


THAT_DAY = (
    "facts:\n  - {id: f, kind: event, topics: [t], date: %s,\n"
    "     statement: The firm denied it on %s., evidence: [{source: a, quote: %s}]}\n"
)


@pytest.mark.parametrize(
    ("date", "told", "found"),
    [
        ("2023-03-14", "14 March", []),
        ("2023-03-14", "15 March", ["unsupported-figure"]),
        ("2023-02-14", "14 February", ["unsupported-figure"]),
    ],
)
def test_the_same_day_is_the_one_that_the_fact_is_dated_by(
    desk: LittleDesk, date: str, told: str, found: list[str]
) -> None:
    """In the week before its document; which day it was, a sentence before the quote says."""
    text = "The firm denied it the same day"
    desk.document("a", f"On Tuesday it was accused. {text}.", published="2023-03-17")
    assert codes(desk.check(THAT_DAY % (date, told, text))) == found


@pytest.mark.parametrize(("told", "found"), [("March 2024", []), ("March 2025", ["x"])])
def test_last_year_says_of_what_year_the_month_beside_it_is(
    desk: LittleDesk, told: str, found: list[str]
) -> None:
    """“March last year” is that month, and not the nearest one."""
    desk.document("a", "The firm moved the ore in March last year.", published="2025-11-24")
    fact = (
        "facts:\n  - {id: f, kind: event, topics: [t], statement: The firm moved the ore in "
        f"{told}., evidence: [{{source: a, quote: The firm moved the ore in March last year}}]}}\n"
    )
    assert bool(codes(desk.check(fact))) == bool(found)
