"""The first two pages: what they hold, what they count, and that they hold on two pages."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from html import escape, unescape
from itertools import product
from pathlib import Path
from typing import Any

import jinja2
import pypdfium2
import pytest
from breadth import cases
from command import run
from desks import LANGUAGES, TOPICS, WEEKLY, reference, weekly
from pypdfium2 import raw
from strait_desk import of_three

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.edition import Edition
from briefings.core.model import (
    ActorId,
    ContestKind,
    FactKind,
    Filters,
    PaperSize,
    Period,
    PlaceId,
    TopicId,
)
from briefings.core.spec import EditionSpec
from briefings.render.figures import lanes
from briefings.render.html import page
from briefings.render.html.environment import shipped
from briefings.render.html.fill import Medium
from briefings.render.html.first_pages import MOST_GAPS, Room, room
from briefings.render.html.heights import Heights
from briefings.render.html.page import BriefPage
from briefings.render.pdf import typesetting
from briefings.render.pdf.write import pdf
from briefings.render.plain import plain

FRONTS = (
    *(("tehran-meeting", "en", PaperSize.A4), ("border-clashes", "fa", PaperSize.LETTER)),
    *(("opposition-outreach", "ps", PaperSize.A4), ("un-staff-ban", "fa-AF", PaperSize.LETTER)),
    ("border-clashes", "fa-AF", PaperSize.A4),
)
"""Each topic, each language and each size of paper; and a judgement whose term of likelihood, in
bold, is what a second line is for."""
HEADLINE = 21
"""In points; nothing but the headline and a short figure is larger."""
AS_OF = date(2025, 12, 14)
FOOT = 14.5 * 72 / 25.4
"""In points: below it is the margin."""
FREE, A_LINE, A_LITTLE = 48, 15.5, 1.5
"""In points, too."""
SMALLEST = 8.5
"""In points; only raised numbers are smaller."""
each_front = pytest.mark.parametrize(
    ("topic", "language", "paper"),
    cases(FRONTS, *(each for each in product(WEEKLY, LANGUAGES, PaperSize) if each not in FRONTS)),
)


@each_front
def test_page_two_ends_on_page_two(
    front_of: Callable[[str, str, PaperSize], Path], topic: str, language: str, paper: PaperSize
) -> None:
    """Alone, without the annex: two sheets, whatever the language and the size."""
    document = pypdfium2.PdfDocument(front_of(topic, language, paper))
    assert len(document) == 2
    assert min(_sizes(document)) >= SMALLEST - 0.05


LED_BY_ITS_ONLY_JUDGEMENT = ("iran-taliban-relations", "ps", PaperSize.LETTER)
WITH_NOTHING_NEW = ("doha-2024", "fa", PaperSize.LETTER)
WITH_SPACES_BESIDE_DIGITS = ("contact-group-2024", "fa", PaperSize.LETTER)
CLOSE = (LED_BY_ITS_ONLY_JUDGEMENT, WITH_NOTHING_NEW, WITH_SPACES_BESIDE_DIGITS)
OTHERS = product((each for each in TOPICS if each not in WEEKLY), LANGUAGES, PaperSize)


@pytest.mark.parametrize(
    ("topic", "language", "paper"), cases(CLOSE, *(each for each in OTHERS if each not in CLOSE))
)
def test_page_two_of_other_topics_ends_on_page_two(
    templates: jinja2.Environment, topic: str, language: str, paper: PaperSize
) -> None:
    """As that of weekly ones does; in an edition of which hardly anything is new."""
    shown = weekly(topic, language, date(2025, 12, 8))
    html = BriefPage(shown, "print", paper=paper, annex=False).text(templates)
    assert len(pypdfium2.PdfDocument(pdf(html, shipped() / "fonts"))) <= 2


@each_front
def test_no_page_of_a_front_ends_early(
    front_of: Callable[[str, str, PaperSize], Path], topic: str, language: str, paper: PaperSize
) -> None:
    """Where more is counted, each page is filled but for less than its next text would take."""
    for sheet in pypdfium2.PdfDocument(front_of(topic, language, paper)):
        text = sheet.get_textpage()
        places = (text.get_charbox(index) for index in range(text.count_chars()))
        lowest = min(low for _, low, _, high in places if low > FOOT and high > low)
        assert lowest - FOOT < FREE


@each_front
def test_page_one_has_a_dispute_and_an_unknown(
    templates: jinja2.Environment,
    monkeypatch: pytest.MonkeyPatch,
    topic: str,
    language: str,
    paper: PaperSize,
) -> None:
    """Where a page is short of room, its picture goes before what a reader must know."""
    rooms: list[Room] = []

    def noted(*of: Any, **more: Any) -> Room:
        rooms.append(room(*of, **more))
        return rooms[0]

    monkeypatch.setattr(page, "room", noted)
    shown = weekly(topic, language)
    BriefPage(shown, "print", paper=paper, annex=False).text(templates)
    assert min(rooms[0].disputes, rooms[0].gaps) > 0
    assert shown.front.disputes
    assert shown.gaps


@pytest.mark.parametrize(("topic", "language", "paper"), FRONTS)
def test_parts_are_as_high_as_they_are_taken_for(
    templates: jinja2.Environment,
    monkeypatch: pytest.MonkeyPatch,
    topic: str,
    language: str,
    paper: PaperSize,
) -> None:
    """All that may stand there is measured where it is laid out: rarely a line less, never more."""
    shown = weekly(topic, language)
    front, sizes = shown.front, Heights(shown, paper)
    everything = replace(
        room(shown, paper, annex=False),
        news=len(front.foremost),
        earlier=0,
        gaps=len(shown.gaps),
        disputes=len(front.disputes),
        contests=len(front.disputes),
        reports=len(front.reports),
        plans=len(shown.outlook),
        questions=len(shown.gaps),
        picture=False,
        origins=False,
    )
    monkeypatch.setattr(page, "room", lambda *_, **__: everything)
    html = BriefPage(shown, "print", paper=paper, annex=False).text(templates)
    laid = _laid(html, monkeypatch)
    taken = [
        *(("judgement", sizes.judgement(each)) for each in shown.judgements[:3]),
        *(("report", sizes.report(each)) for each in front.reports),
        *(("contest", sizes.contest(each)) for each in front.disputes),
        *(("plan", sizes.plan(each)) for each in shown.outlook),
        *(("gap", sizes.question(each)) for each in shown.gaps),
        *(("point", sizes.point(each)) for each in front.disputes),
        *(("point", sizes.unknown(each)) for each in shown.gaps),
    ]
    wrong = []
    for name in ("judgement", "report", "contest", "plan", "gap", "point"):
        given = [height for kind, height in taken if kind == name]
        real = [height for kind, height in laid if kind == name][: len(given)]
        wrong += [each - other for each, other in zip(given, real, strict=True)]
    assert min(wrong) > -A_LITTLE
    assert max(wrong) < A_LINE
    assert sum(each > A_LITTLE for each in wrong) <= len(wrong) / 8


@pytest.mark.parametrize("paper", PaperSize)
def test_a_custom_brief_of_all_topics_ends_on_page_two(
    templates: jinja2.Environment, paper: PaperSize
) -> None:
    """Where most is told by unnamed voices of sources with long names, too."""
    topics = tuple(map(TopicId, WEEKLY))
    filters = Filters(kinds=(FactKind.ANALYSIS,))
    days = window(AS_OF, Period.WEEK)
    spec = EditionSpec("_".join(topics), topics, AS_OF, AS_OF, days, "fa", filters)
    html = BriefPage(compose(reference(), spec), "print", paper=paper, annex=False).text(templates)
    assert len(pypdfium2.PdfDocument(pdf(html, shipped() / "fonts"))) == 2


@pytest.mark.parametrize(
    ("topics", "actor", "language"),
    [
        (WEEKLY, "muttaqi", "en"),
        (WEEKLY, "qatar", "fa-AF"),
        (("tehran-meeting",), "china", "fa"),
        (("border-clashes",), "pakistani-diplomats", "ps"),
    ],
    ids=["nothing-judged", "nothing-disputed", "nothing-disputed-persian", "limits-of-two-lines"],
)
def test_a_brief_of_few_facts_ends_on_page_two(
    templates: jinja2.Environment, topics: tuple[str, ...], actor: str, language: str
) -> None:
    """What stands where nothing is judged or disputed, and what it is limited to, takes room."""
    about = tuple(map(TopicId, topics))
    paper = PaperSize.A4 if language == "ps" else PaperSize.LETTER
    days, filters = window(AS_OF, Period.WEEK), Filters(actors=(ActorId(actor),))
    spec = EditionSpec("_".join(about), about, AS_OF, AS_OF, days, language, filters)
    html = BriefPage(compose(reference(), spec), "print", paper=paper, annex=False).text(templates)
    assert len(pypdfium2.PdfDocument(pdf(html, shipped() / "fonts"))) <= 2


def _of_few(topic: str, language: str, filters: Filters) -> Edition:
    """A brief of the reference desk under filters."""
    days = window(AS_OF, Period.WEEK)
    spec = EditionSpec(topic, (TopicId(topic),), AS_OF, AS_OF, days, language, filters)
    return compose(reference(), spec)


@pytest.mark.parametrize("language", cases(("fa",), "en", "ps"))
def test_what_has_room_at_the_foot_of_page_one_has_no_sheet_of_its_own(
    templates: jinja2.Environment, language: str
) -> None:
    """However little of the sheet is free, where that is enough for all that follows."""
    shown = _of_few("un-staff-ban", language, Filters(places=(PlaceId("afghanistan"),)))
    html = BriefPage(shown, "print", annex=False).text(templates)
    assert "together" in html.partition('<div class="page-two')[2].partition(">")[0]
    assert len(pypdfium2.PdfDocument(pdf(html, shipped() / "fonts"))) == 1


@pytest.mark.parametrize(
    ("topic", "actor", "language", "joined"),
    [
        ("border-clashes", "turkiye", "en", True),
        ("border-clashes", "turkiye", "fa", True),
        ("border-clashes", "naqvi", "en", False),
    ],
)
def test_the_annex_begins_where_page_two_leaves_much_of_its_sheet(
    templates: jinja2.Environment, topic: str, actor: str, language: str, joined: bool
) -> None:
    """Else on a sheet of its own, and so behind a front of one sheet, which stands alone."""
    shown = _of_few(topic, language, Filters(actors=(ActorId(actor),)))
    html = BriefPage(shown, "print").text(templates)
    assert ('class="annex joined"' in html) == joined
    front = BriefPage(shown, "print", annex=False).text(templates)
    sheets = len(pypdfium2.PdfDocument(pdf(front, shipped() / "fonts")))
    whole = pypdfium2.PdfDocument(pdf(html, shipped() / "fonts"))
    heads = re.findall(r'<h2 id="[^"]*">([^<]*)', html.partition('<div class="annex')[2])
    on_last = whole[sheets - 1].get_textpage().get_text_range()
    assert any(unescape(head) in on_last.splitlines() for head in heads) == joined


def test_a_long_title_is_cut_above_further_pages(templates: jinja2.Environment) -> None:
    """There its line has room for so much; on page one it is told whole."""
    topics = tuple(map(TopicId, WEEKLY))
    spec = EditionSpec("all", topics, AS_OF, AS_OF, window(AS_OF, Period.WEEK), "en")
    shown = compose(reference(), spec)
    html = BriefPage(shown, "print", annex=False).text(templates)
    title = shown.title.best("en")[1]
    (cut,) = re.findall(r'data-topic="([^"]*) …"', html)
    assert title.startswith(cut + " ")
    assert len(cut) > 60
    assert title in re.sub("<[^>]*>", "", html.partition("<h1>")[0])
    whole = BriefPage(weekly("border-clashes"), "print", annex=False).text(templates)
    assert f'data-topic="{weekly("border-clashes").title.best("en")[1]}"' in whole


def _laid(html: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """The classes of the boxes of a page as it is set, and how high these are in points."""
    heights: dict[tuple[str, int], float] = {}

    def measured(box: Any) -> None:
        is_inline = type(box).__name__.startswith(("Inline", "Line", "Text"))
        if box.element is not None and not is_inline:
            for name in (box.element.get("class") or "").split():
                key = (name, id(box.element))
                heights[key] = heights.get(key, 0.0) + box.margin_height() * 0.75
        for child in getattr(box, "children", ()):
            measured(child)

    def noted(pages: Iterable[Any]) -> Iterator[tuple[int, str]]:
        for each in pages:
            measured(each._page_box)
        return iter(())

    monkeypatch.setattr(typesetting, "leaving", noted)
    pdf(html, shipped() / "fonts")
    return [(name, height) for (name, _), height in heights.items()]


@pytest.mark.parametrize(("topic", "language", "paper"), FRONTS)
def test_no_line_of_a_headline_is_left_with_a_word(
    front_of: Callable[[str, str, PaperSize], Path], topic: str, language: str, paper: PaperSize
) -> None:
    """Its lines are about as long as each other, and no more than they have to be."""
    first = pypdfium2.PdfDocument(front_of(topic, language, paper))[0]
    text = first.get_textpage()
    letters: dict[int, list[float]] = {}
    for index in range(text.count_chars()):
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text.raw, index, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d or matrix.a)
        if size > HEADLINE and chr(raw.FPDFText_GetUnicode(text.raw, index)).isalpha():
            left, _, right, _ = text.get_charbox(index)
            letters.setdefault(round(matrix.f), []).extend((left, right))
    lengths = [max(places) - min(places) for places in letters.values()]
    assert len(lengths) == 2
    assert min(lengths) > 0.6 * max(lengths)


def test_no_letter_of_a_whole_brief_is_small(persian_brief: Path) -> None:
    """Nor one of the annex: of its timeline and its map."""
    assert min(_sizes(pypdfium2.PdfDocument(persian_brief))) >= SMALLEST - 0.05


@pytest.mark.parametrize(
    "number", ["91 days", "three rounds", "twelve thousand vehicles", "сто " * 15]
)
def test_a_key_figure_leaves_its_words_their_place(
    templates: jinja2.Environment, number: str
) -> None:
    """However long it is, they begin behind it."""
    html = BriefPage(weekly("un-staff-ban"), "print", annex=False).text(templates)
    assert ">91 days</b>" in html
    printed = pdf(html.replace(">91 days</b>", f">{number}</b>"), shipped() / "fonts")
    sheet = pypdfium2.PdfDocument(printed)[0]
    text = sheet.get_textpage()
    words, _ = text.search("had continued their essential").get_next()
    start = text.search(number.split(maxsplit=1)[0]).get_next()
    assert start is not None
    places = [text.get_charbox(start[0] + each) for each in range(len(number.strip()))]
    left = min(
        text.get_charbox(each)[0]
        for each in range(words - 60, words)
        if text.get_text_range(each, 1).strip()
    )
    assert max(right for _, _, right, _ in places) < left


def test_the_day_of_all_judgements_is_said_once(templates: jinja2.Environment) -> None:
    """Above them, where they are of one; else by each."""
    for topic, said in (
        ("border-clashes", ["assessed 8 Dec"]),
        ("tehran-meeting", ["Assessed 8 Dec", "Assessed 14 Dec", "Assessed 14 Dec"]),
    ):
        html = BriefPage(weekly(topic), "print", annex=False).text(templates)
        assert re.findall(r"[Aa]ssessed \d+ Dec", html) == said


def test_no_question_of_page_one_ends_in_a_word_alone(templates: jinja2.Environment) -> None:
    """Nor does a judgement: its last two words stand together."""
    shown = weekly("un-staff-ban")
    html = BriefPage(shown, "print").text(templates)
    first = html.split('<div class="page-two">')[0]
    asked = re.findall(r'<p class="point" data-gap="[^"]+">(.*)</p>', first)
    judged = re.findall(r'<p class="statement">(.*)</p>', first)
    assert len(asked) > 2 < len(judged)
    ends = [each for each in asked + judged if len(re.sub("<[^>]+>", "", each)) > 36]
    assert len(ends) > 4
    assert all(re.search(r'<span class="whole">\S+ \S+</span>$', each) for each in ends)


@pytest.mark.parametrize("paper", PaperSize)
def test_a_short_brief_is_told_on_one_sheet(tmp_path: Path, paper: PaperSize) -> None:
    """Once each: news and questions at length, below them the rest; the annex begins anew."""
    assert run("init", str(tmp_path / "desk")).exit_code == 0
    flags = ("--base", str(tmp_path / "desk"), "--format", "pdf", "--paper", paper.value)
    for annex in ("--no-annex", "--annex"):
        done = run("build", *flags, annex, "--out", str(tmp_path / "out"))
        assert done.exit_code == 0, done.stderr
        (made,) = (tmp_path / "out").glob("*.pdf")
        sheets = [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(made)]
        ours = ["What is new", "Not known", "How good", "Outlook"]
        ours += ["nine of the ward's 21 nurses", "open since", "only her words are reported"]
        ours.append("briefings verify" if annex == "--no-annex" else "")
        again = ("What we judge", "Developments", "What we don’t know", "Where sources disagree")
        assert not any(each in "".join(sheets) for each in again)
        first = " ".join(sheets[0].split()).casefold()
        assert all(each.casefold() in first for each in ours), first
        assert (len(sheets) == 1) is (annex == "--no-annex")
        assert "All facts" not in sheets[0]
        assert len(sheets) <= 2


def test_a_brief_of_ten_facts_is_told_on_one_sheet(paper: bytes) -> None:
    """The picture of page one gives way where all else has room there: it stands in the annex."""
    sheets = [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(paper)]
    assert "due 20 Mar 2024" in sheets[0]
    assert "How many boats were refused" in sheets[0]
    assert "Where it all comes from" not in sheets[0]
    assert "Where it all comes from" in "".join(sheets[1:])


@pytest.mark.parametrize(("much", "sheets"), [(1, 1), (3, 2)])
def test_page_two_begins_at_the_foot_of_page_one(
    templates: jinja2.Environment, strait_week: Edition, much: int, sheets: int
) -> None:
    """Where that is free: nothing is left half empty, and page two still ends on page two."""
    front = strait_week.front
    front = replace(front, news=front.news * much, reports=front.reports * much)
    shown = replace(strait_week, front=front)
    html = BriefPage(shown, "print", annex=False).text(templates)
    made = pypdfium2.PdfDocument(pdf(html, shipped() / "fonts"))
    assert len(made) == sheets
    told = " ".join(each.get_textpage().get_text_range() for each in made)
    assert "more in the full brief" not in told
    text = made[0].get_textpage()
    places = [text.get_charbox(index) for index in range(text.count_chars())]
    lowest = min(low for _, low, _, high in places if low > FOOT and high > low)
    assert lowest - FOOT < made[0].get_height() / 4


def _sizes(document: pypdfium2.PdfDocument) -> set[float]:
    """The sizes of all letters but digits and what stands between them."""
    sizes: set[float] = set()
    for sheet in document:
        text = sheet.get_textpage()
        for index in range(text.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(text.raw, index))
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(text.raw, index, ctypes.byref(matrix))
            if letter.isalpha():
                size = raw.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d or matrix.a)
                sizes.add(round(size, 2))
    return sizes


def test_what_has_no_room_is_counted(templates: jinja2.Environment) -> None:
    """On the page itself, and what is shown and what is counted makes all."""
    shown = weekly("tehran-meeting")
    picture = lanes.lanes(shown)
    assert picture is not None
    by_actor = [lane.lines for lane in picture.lanes]
    fits = room(shown, PaperSize.LETTER, annex=True, lanes=by_actor)
    html = BriefPage(shown, "print", paper=PaperSize.LETTER).text(templates)
    first = html.split('<div class="page-two">')[0]
    for total, count, target in (
        (
            len(shown.front.news),
            fits.news,
            "developments" if fits.reports > fits.news else "further-accounts",
        ),
        (
            len(shown.front.disputes),
            fits.disputes,
            "contested" if fits.contests > fits.disputes else "further-points",
        ),
        (len(shown.gaps), fits.gaps, "gaps" if fits.questions > fits.gaps else "further-gaps"),
    ):
        assert 0 < count <= total
        assert count == total or re.search(
            rf'<a href="#{target}"[^>]*>{total - count} more</a>', first
        )


@pytest.mark.parametrize("paper", PaperSize)
def test_each_paper_has_its_measures(paper: PaperSize) -> None:
    """Something has room on each, and not everything."""
    shown = weekly("tehran-meeting")
    assert 1 < Heights(shown, paper).height < 2_000


def test_lists_grow_while_there_is_room() -> None:
    """On paper, in the desk's order; a list of which all fits has no line that counts the rest."""
    shown = weekly("opposition-outreach")
    fits = room(shown, PaperSize.A4, annex=True, lanes=())
    assert MOST_GAPS < fits.gaps < len(shown.gaps)
    fewer = replace(shown, front=replace(shown.front, disputes=()))
    roomier = room(fewer, PaperSize.A4, annex=True, lanes=())
    assert roomier.gaps > fits.gaps
    assert roomier.reports >= fits.reports
    assert roomier.questions > fits.questions


def test_page_two_tells_another_dispute_before_a_third_report() -> None:
    """Disputes are told in full there; a report that has no room has its line on page one."""
    shown = weekly("border-clashes")
    assert len(shown.front.disputes) == 2
    for paper in PaperSize:
        fits = room(shown, paper, annex=True)
        assert fits.contests == 2
        assert fits.reports >= 2
        assert fits.questions


def test_a_summary_leads_and_its_claims_name_their_facts(templates: jinja2.Environment) -> None:
    """Its headline is the title of the page; each claim of its standfirst leads to its facts."""
    shown = weekly("un-staff-ban")
    assert shown.summary is not None
    html = BriefPage(shown, "screen").text(templates)
    headline = shown.summary.summary.headline.best("en")[1]
    (title,) = re.findall(r"<h1>(.*?)</h1>", html)
    assert re.sub("<[^>]*>", "", title) == headline
    standfirst = re.search(r'<p class="standfirst".*?</p>', html, re.DOTALL)
    assert standfirst is not None
    for fact in shown.summary.summary.facts:
        sentence = shown.sentence(fact)
        assert sentence is not None
        assert f'href="#{sentence.id}"' in standfirst[0]
        assert fact in " ".join(re.findall(r'data-facts="([^"]*)"', standfirst[0])).split()


@pytest.mark.parametrize("annex", [True, False])
@pytest.mark.parametrize("language", ["en", "fa", "fa-AF", "ps"])
def test_a_brief_ends_with_how_to_verify_it(
    templates: jinja2.Environment, strait_week: Edition, language: str, annex: bool
) -> None:
    """In the reader's words, on either medium, the annex or not; the command is a command."""
    shown = replace(strait_week, spec=replace(strait_week.spec, language=language))
    for medium in ("screen", "print"):
        html = BriefPage(shown, medium, annex=annex).text(templates)
        words, _, command = html.partition('<p class="colophon verify">')[2].partition("<bdi")
        assert command.startswith(' dir="ltr" class="path">briefings verify FILE</bdi></p>')
        assert (words.strip() == "How to verify this document:") == (language == "en")
        assert not re.search(r"<(?:p|li|h2)\b", command.partition("</main>")[0])


def test_grades_are_explained_once_a_page(templates: jinja2.Environment) -> None:
    """Those that the brief has and no other, on page one counted, on two and in the annex."""
    shown = weekly("un-staff-ban")
    html = BriefPage(shown, "print").text(templates)
    first, _, rest = html.partition('<div class="page-two">')
    second, _, annex = rest.partition('<div class="annex">')
    annex = annex.partition('aria-labelledby="sourcing"')[0]
    for part, digit in (
        (first, "20\u00a0probably true\u00a0(<b>2</b>)"),
        (second, "<b>2</b> probably true"),
        (annex, "<b>2</b> probably true"),
    ):
        assert part.count("<b>C</b> fairly reliable") == 1
        assert part.count("probably true") == part.count(digit) == 1
        assert "usually reliable" not in part


def test_prose_that_fell_back_is_a_block_of_its_own_direction(
    templates: jinja2.Environment,
) -> None:
    """From left to right on a page from right to left, so that its lines keep their order."""
    html = BriefPage(weekly("border-clashes", "ps"), "print").text(templates)
    assert re.search(r'<p class="standfirst" dir="ltr"', html)
    assert html.count('<p class="telling" dir="ltr"') > 3
    persian = BriefPage(weekly("border-clashes", "fa"), "print").text(templates)
    assert not re.search(r'<p class="(?:standfirst|telling)" dir=', persian)


def test_what_has_no_room_is_not_said_to_be_none(
    templates: jinja2.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where not even the first of a list fits, the page counts them, and says no more."""
    shown = weekly("tehran-meeting")
    assert all((shown.judgements, shown.front.disputes, shown.gaps, shown.outlook))
    fits = room(shown, PaperSize.LETTER, annex=True)
    none = replace(fits, judgements=0, disputes=0, gaps=0, contests=0, plans=0, questions=0)
    monkeypatch.setattr(page, "room", lambda *_, **__: none)
    html = BriefPage(shown, "print", paper=PaperSize.LETTER).text(templates)
    assert 'class="nothing"' not in html
    assert html.count('class="more"') > 5
    monkeypatch.undo()
    silent = replace(shown.front, judgements=())
    bare = replace(shown, judgements=(), gaps=(), outlook=(), front=silent)
    html = BriefPage(bare, "print", paper=PaperSize.LETTER).text(templates)
    assert html.count('class="nothing"') == 4


@pytest.mark.parametrize(
    ("language", "paper"),
    cases((("fa", PaperSize.LETTER),), ("en", PaperSize.A4), ("ps", PaperSize.A4)),
)
def test_a_column_that_news_leave_half_empty_tells_what_was_before(
    templates: jinja2.Environment, language: str, paper: PaperSize
) -> None:
    """As much of it as has room, the rest counted; none where the news need the room."""
    shown = weekly("tehran-meeting", language, date(2025, 12, 8))
    drawn = lanes.lanes(shown)
    assert drawn is not None
    fits = room(shown, paper, annex=False, above=Heights(shown, paper).foremost(drawn))
    assert fits.news == len(shown.front.news) == 3
    assert fits.earlier >= 3
    html = BriefPage(shown, "print", paper=paper, annex=False).text(templates)
    earlier = html.partition('aria-labelledby="earlier"')[2].partition("</section>")[0]
    accounts = re.findall('data-account="([^"]*)"', earlier)
    known = [each.account.account.id for each in shown.front.earlier if each.account]
    assert accounts == known[: len(accounts)]
    assert len(accounts) >= fits.earlier  # which counts with more lanes than this picture has
    assert ('class="more"' in earlier) == (len(accounts) < len(known))
    assert len(pypdfium2.PdfDocument(pdf(html, shipped() / "fonts"))) == 2
    full = weekly("tehran-meeting", language)
    assert room(full, paper, annex=False).earlier == 0
    assert 'id="earlier"' not in BriefPage(full, "print", paper=paper).text(templates)


def test_a_picture_with_fewer_lanes_leaves_more_room() -> None:
    """And none leaves all of it."""
    shown = weekly("un-staff-ban")
    news = [
        room(shown, PaperSize.LETTER, annex=True, lanes=lanes).news for lanes in ((1, 1), (1,), ())
    ]
    assert news == sorted(news)
    assert not room(shown, PaperSize.LETTER, annex=True, lanes=()).picture


@pytest.mark.parametrize("paper", PaperSize)
def test_three_news_come_before_a_picture(paper: PaperSize) -> None:
    """It stands on page one where they have room beside it, else in the annex."""
    shown = weekly("tehran-meeting")
    drawn = lanes.lanes(shown)
    assert drawn is not None
    lines, above = Heights(shown, paper).lanes(drawn), Heights(shown, paper).foremost(drawn)
    fits = room(shown, paper, annex=True, lanes=lines, above=above)
    assert fits.picture == (paper == PaperSize.A4)
    assert fits.news >= 3


def test_where_it_comes_from_is_the_picture_of_a_brief_without_lanes(
    templates: jinja2.Environment,
) -> None:
    """On page one, and not once more in the annex; beside lanes it stands in the annex alone."""
    for topic, before, behind in (("opposition-outreach", 1, 0), ("un-staff-ban", 0, 1)):
        html = BriefPage(weekly(topic), "print").text(templates)
        first, annex = html.split('<div class="annex">')
        assert (first.count('id="origins"'), annex.count('id="origins"')) == (before, behind)
        assert html.count('class="lanes"') == behind


@pytest.mark.parametrize("topic", ["opposition-outreach", "un-staff-ban"])
def test_pictures_are_numbered_as_they_stand(templates: jinja2.Environment, topic: str) -> None:
    """Each once, on paper and on a screen."""
    media: tuple[Medium, ...] = ("print", "screen")
    for medium in media:
        html = BriefPage(weekly(topic), medium).text(templates)
        heads = re.findall(r'<h[23] id="([a-z-]+)"><span class="figure-number">Figure (\d)', html)
        assert [number for _, number in heads] == ["1", "2", "3", "4", "5"][: len(heads)]
        pictures = {"lanes", "origins", "who-says-what", "timeline", "map"}
        assert {head for head, _ in heads} == {each for each in pictures if f'id="{each}"' in html}


def test_who_says_what_stands_on_page_two_where_all_else_has_room(
    templates: jinja2.Environment, strait_week: Edition
) -> None:
    """Else in the annex, and once in either case."""
    asked, _ = of_three(strait_week)
    short = asked.front
    longer = replace(short, reports=short.reports * 2)
    for shown, first, second in (
        (replace(asked, front=longer), 1, 0),
        (asked, 0, 1),
        (weekly("tehran-meeting"), 0, 1),
    ):
        html = BriefPage(shown, "print").text(templates)
        front, annex = html.split('<div class="annex')
        assert front.count('<h2 id="who-says-what">') == first
        assert annex.count('<h2 id="who-says-what">') == second


def test_who_says_what_leads_to_no_point_that_is_not_told(templates: jinja2.Environment) -> None:
    """Points of detail are told in the annex; without one their numbers are no links."""
    topics = (TopicId("tehran-meeting"),)
    days = window(AS_OF, Period.WEEK)
    filters = Filters(actors=(ActorId("qomi"),))
    shown = compose(
        reference(), EditionSpec("tehran-meeting", topics, AS_OF, AS_OF, days, "fa", filters)
    )
    assert shown.front.details
    html = BriefPage(shown, "print", annex=False).text(templates)
    assert 'class="matrix"' in html
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets <= set(re.findall(r'id="([^"]+)"', html))


def test_without_a_summary_the_first_judgement_leads(strait_week: Edition) -> None:
    """As a title, which no full stop ends; and without a judgement the title of the edition."""
    assert strait_week.summary is None
    assert strait_week.front.headline is not None
    headline = strait_week.front.headline.best("en")[1]
    assert f"{headline}." == strait_week.judgements[0].judgement.statement.best("en")[1]
    assert strait_week.front.leading == strait_week.judgements[0]
    assert strait_week.front.judgements == strait_week.judgements[1:]
    silent = replace(strait_week.spec, topics=(TopicId("silence"),))
    assert silent.topics != strait_week.spec.topics


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_judgement_that_leads_is_told_once(
    templates: jinja2.Environment, medium: Medium, language: str
) -> None:
    """As the headline, its odds, confidence and grounds below; the list begins with the next."""
    base = reference()
    without = replace(base, base=replace(base.base, summaries={}))
    shown = compose(without, weekly("un-staff-ban", language).spec)
    first, *others = shown.judgements
    html = BriefPage(shown, medium, paper=PaperSize.A4).text(templates)
    for view in shown.judgements:
        statement = escape(view.judgement.statement.best(language)[1])
        assert re.sub("<[^>]*>", "", html).count(statement) == 1
    head, main = html.split("</header>", 1)
    assert f'id="judgement-{first.judgement.id}"' in head
    assert escape(first.judgement.because.best(language)[1]) in head
    assert 'class="odds"' in head
    listed = re.findall(r'id="judgement-([^"]+)"', main)
    assert listed == [view.judgement.id for view in others]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_question_stands_above_the_headline_that_answers_it(
    templates: jinja2.Environment, language: str
) -> None:
    """Once, in an e-mail below it; where there is no answer, it stands in the answer's place."""
    shown = weekly("border-clashes", language)
    assert shown.question is not None
    asked = shown.question.best(language)[1]
    head = BriefPage(shown, "print").text(templates).partition("<header")[2].split("</header>")[0]
    assert f'<p class="question over">{asked}</p>' in head.partition("<h1>")[0]
    assert head.count(asked) == 1
    assert plain(shown, "txt", ()).decode().splitlines().count(asked) == 1
    unanswered = replace(shown, summary=None, front=replace(shown.front, headline=None))
    head = (
        BriefPage(unanswered, "print").text(templates).partition("<header")[2].split("</header>")[0]
    )
    assert f'<p class="question">{asked}</p>' in head.partition("</h1>")[2]
    assert head.count(asked) == 1


def test_a_judgement_that_leads_alone_leaves_no_list(
    templates: jinja2.Environment, strait_week: Edition
) -> None:
    """Neither a title without an entry, nor a way to it."""
    assert strait_week.front.leading is not None
    assert not strait_week.front.judgements
    html = BriefPage(strait_week, "screen").text(templates)
    assert "bottom-line" not in re.sub("<style.*?</style>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_brief_of_several_topics_says_what_each_comes_to(
    templates: jinja2.Environment, medium: Medium, language: str
) -> None:
    """Below the title of all, each with the facts that carry it; none of them is the headline."""
    shown = _of_all(language)
    html = BriefPage(shown, medium).text(templates)
    head = html.split("</header>")[0]
    title = re.sub("<[^>]*>", "", head.partition("<h1>")[2].partition("</h1>")[0])
    assert title == escape(shown.title.best(language)[1])
    rows = re.findall("<li.*?</li>", head.partition('<ul class="findings">')[2], re.DOTALL)
    for row, name, finding in zip(rows, WEEKLY, shown.findings, strict=True):
        assert finding.summary is not None
        words = re.sub("<[^>]*>", "", row)
        assert escape(reference().base.topics[TopicId(name)].title.best(language)[1]) in words
        assert escape(finding.summary.summary.headline.best(language)[1]) in words
        ends = finding.summary.sentences[0], finding.summary.sentences[-1]
        assert all(f'href="#{each.id}"' in row for each in ends)


@pytest.mark.parametrize("paper", PaperSize)
def test_the_front_of_several_topics_holds_on_two_sheets(
    templates: jinja2.Environment, paper: PaperSize
) -> None:
    """Page one ends on page one, and page two on page two."""
    html = BriefPage(_of_all("fa"), "print", paper=paper, annex=False).text(templates)
    assert len(pypdfium2.PdfDocument(pdf(html, shipped() / "fonts"))) == 2


def _of_all(language: str) -> Edition:
    """The brief of all topics of the week."""
    spec = weekly(WEEKLY[0], language).spec
    return compose(reference(), replace(spec, topics=tuple(map(TopicId, WEEKLY))))


def test_a_judgement_leads_no_brief_of_a_part(templates: jinja2.Environment) -> None:
    """It says what a topic comes to as a whole; so it stands once, where we judge."""
    shown = _of_few("opposition-outreach", "en", Filters(actors=(ActorId("atmar"),)))
    assert shown.judgements
    assert shown.summary is None
    assert shown.front.headline is None
    title = escape(shown.title.best("en")[1])
    html = BriefPage(shown, "print").text(templates)
    assert f"<h1>{title}</h1>" in re.sub(r"</?span[^>]*>", "", html)


def test_points_that_differ_in_detail_stand_in_the_annex(templates: jinja2.Environment) -> None:
    """Only where both can't be so is it on the first two pages; the numbers run on."""
    shown = weekly("un-staff-ban")
    kinds = {view.contest.id: view.contest.kind for view in shown.contests}
    assert ContestKind.DETAIL in kinds.values()
    html = BriefPage(shown, "print").text(templates)
    front, _, annex = html.partition('<div class="annex">')
    for name, kind in kinds.items():
        assert (f'id="contest-{name}"' in front) <= (kind is ContestKind.DISAGREE)
        assert f'id="contest-{name}"' in front + annex


def test_the_front_stands_alone(templates: jinja2.Environment, strait_week: Edition) -> None:
    """Without the annex nothing leads into it, and the foot says where the proof is."""
    html = BriefPage(strait_week, "print", annex=False).text(templates)
    ids = set(re.findall(r' id="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids
    assert "each ¶ is proven in the full brief" in html
    assert 'class="annex"' not in html
