"""The first two pages: what they hold, what they count, and that they hold on two pages."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any, Literal

import jinja2
import pypdfium2
import pytest
from breadth import cases
from browsers import Tab
from command import run
from desks import LANGUAGES, WEEKLY, reference
from pypdfium2 import raw
from strait_desk import edition, strait

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.difference import Change, ChangeKind, Subject
from briefings.core.edition import Changes, Edition
from briefings.core.model import (
    ContestKind,
    FactId,
    FactKind,
    Filters,
    PaperSize,
    Period,
    TopicId,
)
from briefings.core.spec import EditionSpec
from briefings.render.figures import captions, lanes
from briefings.render.html import front, leads, page
from briefings.render.html.environment import environment, shipped
from briefings.render.html.feed import feed
from briefings.render.html.first_pages import MOST_ANSWERS, MOST_GAPS, room
from briefings.render.html.heights import Heights
from briefings.render.html.siblings import Desk, Siblings
from briefings.render.pdf import write
from briefings.render.pdf.write import pdf
from briefings.render.plain import plain

FRONTS = (
    *(("tehran-meeting", "en", PaperSize.A4), ("border-clashes", "fa", PaperSize.LETTER)),
    *(("opposition-outreach", "ps", PaperSize.A4), ("un-staff-ban", "fa-AF", PaperSize.LETTER)),
)
"""Each topic, each language and each size of paper."""
HEADLINE = 21
"""In points; nothing but the headline and a short figure is larger."""
AS_OF = date(2025, 12, 14)
FOOT = 14.5 * 72 / 25.4
"""In points: below it is the margin."""
FREE, A_LINE, A_LITTLE = 42, 15.5, 1.5
"""In points, too."""
SMALLEST = 8.5
"""In points; only raised numbers are smaller."""


@pytest.fixture(scope="module")
def templates() -> jinja2.Environment:
    return environment()


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(strait(tmp_path_factory.mktemp("strait")))


@cache
def weekly(topic: str, language: str = "en", day: date = AS_OF) -> Edition:
    name = TopicId(topic)
    spec = EditionSpec(topic, (name,), day, day, window(day, Period.WEEK), language)
    return compose(reference(), spec)


@pytest.mark.parametrize(
    ("topic", "language", "paper"),
    cases(FRONTS, *(each for each in product(WEEKLY, LANGUAGES, PaperSize) if each not in FRONTS)),
)
def test_page_two_ends_on_page_two(
    front_of: Callable[[str, str, PaperSize], Path], topic: str, language: str, paper: PaperSize
) -> None:
    """Alone, without the annex: two sheets, whatever the language and the size."""
    document = pypdfium2.PdfDocument(front_of(topic, language, paper))
    assert len(document) == 2
    assert min(_sizes(document)) >= SMALLEST - 0.05


@pytest.mark.parametrize(
    ("topic", "language", "paper"),
    cases(FRONTS, *(each for each in product(WEEKLY, LANGUAGES, PaperSize) if each not in FRONTS)),
)
def test_no_page_of_a_front_ends_early(
    front_of: Callable[[str, str, PaperSize], Path], topic: str, language: str, paper: PaperSize
) -> None:
    """Where more is counted, each page is filled but for less than its next text would take."""
    for sheet in pypdfium2.PdfDocument(front_of(topic, language, paper)):
        text = sheet.get_textpage()
        places = (text.get_charbox(index) for index in range(text.count_chars()))
        lowest = min(low for _, low, _, high in places if low > FOOT and high > low)
        assert lowest - FOOT < FREE


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
    html = page.brief(templates, shown, medium="print", paper=paper, annex=False)
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
    html = page.brief(
        templates, compose(reference(), spec), medium="print", paper=paper, annex=False
    )
    assert len(pypdfium2.PdfDocument(pdf(html, shipped() / "fonts"))) == 2


def test_a_long_title_is_cut_above_further_pages(templates: jinja2.Environment) -> None:
    """There its line has room for so much; on page one it is told whole."""
    topics = tuple(map(TopicId, WEEKLY))
    spec = EditionSpec("all", topics, AS_OF, AS_OF, window(AS_OF, Period.WEEK), "en")
    shown = compose(reference(), spec)
    html = page.brief(templates, shown, medium="print", annex=False)
    title = shown.title.best("en")[1]
    (cut,) = re.findall(r'data-topic="([^"]*) …"', html)
    assert title.startswith(cut + " ")
    assert len(cut) > 60
    assert title in re.sub("<[^>]*>", "", html.partition("<h1>")[0])
    whole = page.brief(templates, weekly("border-clashes"), medium="print", annex=False)
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

    monkeypatch.setattr(write, "leaving", noted)
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


@pytest.mark.parametrize("number", ["three rounds", "twelve thousand vehicles", "сто " * 15])
def test_a_key_figure_leaves_its_words_their_place(
    templates: jinja2.Environment, number: str
) -> None:
    """However long it is, they begin behind it."""
    html = page.brief(templates, weekly("border-clashes"), medium="print")
    assert ">three rounds</b>" in html
    printed = pdf(html.replace(">three rounds</b>", f">{number}</b>"), shipped() / "fonts")
    sheet = pypdfium2.PdfDocument(printed)[0]
    text = sheet.get_textpage()
    words, _ = text.search("facilitated three rounds").get_next()
    start = text.search(number.split(maxsplit=1)[0]).get_next()
    assert start is not None
    places = [text.get_charbox(start[0] + each) for each in range(len(number.strip()))]
    left = min(
        text.get_charbox(each)[0]
        for each in range(words - 60, words)
        if text.get_text_range(each, 1).strip()
    )
    assert max(right for _, _, right, _ in places) < left


@pytest.mark.parametrize("paper", PaperSize)
def test_a_short_brief_is_told_on_one_sheet(tmp_path: Path, paper: PaperSize) -> None:
    """Page two goes on below page one where all of both has room there; the annex begins anew."""
    assert run("init", str(tmp_path / "desk")).exit_code == 0
    flags = ("--base", str(tmp_path / "desk"), "--format", "pdf", "--paper", paper.value)
    for annex in ("--no-annex", "--annex"):
        done = run("build", *flags, annex, "--out", str(tmp_path / "out"))
        assert done.exit_code == 0, done.stderr
        (made,) = (tmp_path / "out").glob("*.pdf")
        sheets = [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(made)]
        ours = ["What we judge", "What is new", "Developments", "Outlook", "What we don’t know"]
        ours.append("briefings verify" if annex == "--no-annex" else "")
        assert all(each.casefold() in sheets[0].casefold() for each in ours)
        assert (len(sheets) == 1) is (annex == "--no-annex")
        assert "All facts" not in sheets[0]


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
    html = page.brief(templates, shown, medium="print", paper=PaperSize.LETTER)
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


def test_a_summary_leads_and_its_claims_name_their_facts(templates: jinja2.Environment) -> None:
    """Its headline is the title of the page; each claim of its standfirst leads to its facts."""
    shown = weekly("un-staff-ban")
    assert shown.summary is not None
    html = page.brief(templates, shown, medium="screen")
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
    templates: jinja2.Environment, week: Edition, language: str, annex: bool
) -> None:
    """In the reader's words, on either medium, the annex or not; the command is a command."""
    shown = replace(week, spec=replace(week.spec, language=language))
    for medium in ("screen", "print"):
        html = page.brief(templates, shown, medium=medium, annex=annex)
        words, _, command = html.partition('<p class="colophon verify">')[2].partition("<bdi")
        assert command.startswith(' dir="ltr" class="path">briefings verify FILE</bdi></p>')
        assert (words.strip() == "How to verify this document:") == (language == "en")
        assert not re.search(r"<(?:p|li|h2)\b", command.partition("</main>")[0])


def test_grades_are_explained_once_a_page(templates: jinja2.Environment) -> None:
    """Those that the brief has, on page one, on page two and in the annex; and no other."""
    shown = weekly("un-staff-ban")
    html = page.brief(templates, shown, medium="print")
    first, _, rest = html.partition('<div class="page-two">')
    second, _, annex = rest.partition('<div class="annex">')
    for part in (first, second, annex.partition('aria-labelledby="sourcing"')[0]):
        assert part.count("<b>C</b> fairly reliable") == 1
        assert part.count("<b>2</b> probably true") == 1
        assert "usually reliable" not in part


def test_prose_that_fell_back_is_a_block_of_its_own_direction(
    templates: jinja2.Environment,
) -> None:
    """From left to right on a page from right to left, so that its lines keep their order."""
    html = page.brief(templates, weekly("border-clashes", "ps"), medium="print")
    assert re.search(r'<p class="standfirst" dir="ltr"', html)
    assert html.count('<p class="telling" dir="ltr"') > 3
    persian = page.brief(templates, weekly("border-clashes", "fa"), medium="print")
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
    html = page.brief(templates, shown, medium="print", paper=PaperSize.LETTER)
    assert 'class="nothing"' not in html
    assert html.count('class="more"') > 5
    monkeypatch.undo()
    bare = replace(shown, judgements=(), gaps=(), outlook=())
    html = page.brief(templates, bare, medium="print", paper=PaperSize.LETTER)
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
    fits = room(shown, paper, annex=False)
    assert fits.news == len(shown.front.news) == 3
    assert fits.earlier >= 3
    html = page.brief(templates, shown, medium="print", paper=paper, annex=False)
    earlier = html.partition('aria-labelledby="earlier"')[2].partition("</section>")[0]
    accounts = re.findall('data-account="([^"]*)"', earlier)
    known = [each.account.account.id for each in shown.front.earlier if each.account]
    assert accounts == known[: len(accounts)]
    assert len(accounts) >= fits.earlier  # which counts with more lanes than this picture has
    assert ('class="more"' in earlier) == (len(accounts) < len(known))
    assert len(pypdfium2.PdfDocument(pdf(html, shipped() / "fonts"))) == 2
    full = weekly("tehran-meeting", language)
    assert room(full, paper, annex=False).earlier == 0
    assert 'id="earlier"' not in page.brief(templates, full, medium="print", paper=paper)


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_no_two_lines_that_fell_back_run_the_wrong_way(
    templates: jinja2.Environment, tab: Tab, tmp_path: Path, medium: Literal["screen", "print"]
) -> None:
    """Prose of the other direction stands in a block of its own; but for names, which are words."""
    shown = weekly("tehran-meeting", "ps")
    new = [
        Change(ChangeKind.NEW, subject, id_, text)
        for subject, id_, text in (
            (Subject.JUDGEMENT, FactId(shown.judgements[0].judgement.id), "It is likely."),
            *((Subject.FACT, each.fact.id, "So it is.") for each in shown.sentences),
        )
    ]
    words = "What nobody says any longer was said at some length, and in one sentence of English."
    new += [
        Change(kind, Subject.FACT, FactId("gone"), words, why="So.", on=AS_OF)
        for kind in (ChangeKind.WITHDRAWN, ChangeKind.NO_LONGER_SHOWN)
    ]
    shown = replace(shown, changes=Changes(AS_OF, False, "", tuple(new)))
    file = tmp_path / "brief.html"
    file.write_text(page.brief(templates, shown, medium=medium), encoding="utf-8")
    opened = tab(viewport={"width": 640, "height": 900})
    opened.goto(file.as_uri())
    turned, wrong = opened.evaluate(
        """() => {
          for (const each of document.querySelectorAll('details')) each.open = true;
          const words = [...document.querySelectorAll(':is([lang="en"], [lang="und"])')].filter(
            bdi => bdi.localName === 'bdi' && bdi.textContent.split(' ').length > 5 &&
              !bdi.matches('.ln-label bdi, .actors .main > bdi'));
          const direction = bdi => {
            let block = bdi;
            while (getComputedStyle(block).display.startsWith('inline') &&
              getComputedStyle(block).display !== 'inline-block') block = block.parentElement;
            return getComputedStyle(block).direction;
          };
          const wrong = words.filter(bdi => direction(bdi) !== 'ltr' &&
            new Set([...bdi.getClientRects()].map(box => Math.round(box.top))).size > 1);
          return [words.length, wrong.map(bdi => bdi.parentElement.outerHTML.slice(0, 300))];
        }"""
    )
    assert turned > 100
    assert wrong == []
    # Which way a text of no known language runs is ours to say: WeasyPrint finds it for no element.
    assert 'dir="auto"' not in opened.content()


def test_lanes_leave_the_news_most_of_the_width() -> None:
    """What is long ago has a part of its own, and words that stand on a break leave it out."""
    picture = lanes.lanes(weekly("border-clashes"))
    assert picture is not None
    assert picture.breaks
    assert picture.breaks[0] < 50 < picture.period[0] < picture.period[1] < 85
    assert all(
        not stop.label.reach[0] < picture.breaks[number - 1] < stop.label.reach[1]
        for lane in picture.lanes
        for number in lane.breaks
        for stop in lane.stops
    )


def test_a_picture_with_fewer_lanes_leaves_more_room() -> None:
    """And none leaves all of it."""
    shown = weekly("un-staff-ban")
    news = [
        room(shown, PaperSize.LETTER, annex=True, lanes=lanes).news for lanes in ((1, 1), (1,), ())
    ]
    assert news == sorted(news)
    assert not room(shown, PaperSize.LETTER, annex=True, lanes=()).picture


def test_where_it_comes_from_is_the_picture_of_a_brief_without_lanes(
    templates: jinja2.Environment,
) -> None:
    """On page one, and not once more in the annex; beside lanes it stands in the annex alone."""
    for topic, before, behind in (("opposition-outreach", 1, 0), ("un-staff-ban", 0, 1)):
        html = page.brief(templates, weekly(topic), medium="print")
        first, annex = html.split('<div class="annex">')
        assert (first.count('id="origins"'), annex.count('id="origins"')) == (before, behind)
        assert html.count('class="lanes"') == behind


def test_who_says_what_stands_on_page_two_where_all_else_has_room(
    templates: jinja2.Environment, week: Edition
) -> None:
    """Else in the annex, and once in either case."""
    for shown, first, second in ((week, 1, 0), (weekly("tehran-meeting"), 0, 1)):
        html = page.brief(templates, shown, medium="print")
        front, annex = html.split('<div class="annex">')
        assert front.count('<h2 id="who-says-what">') == first
        assert annex.count('<h2 id="who-says-what">') == second


def test_without_a_summary_the_first_judgement_leads(week: Edition) -> None:
    """And without a judgement the title of the edition."""
    assert week.summary is None
    assert week.front.headline == week.judgements[0].judgement.statement
    silent = replace(week.spec, topics=(TopicId("silence"),))
    assert silent.topics != week.spec.topics


def test_what_an_account_tells_is_not_told_again() -> None:
    """Its facts stand in no group beside it; each development is in one report or more."""
    shown = weekly("border-clashes")
    grouped = [
        sentence.fact.id
        for report in shown.front.reports
        if report.account is None
        for sentence in report.sentences
    ]
    in_accounts = {fact for view in shown.accounts for fact in view.account.facts}
    assert in_accounts.isdisjoint(grouped)
    assert len(grouped) == len(set(grouped))
    assert {sentence.fact.id for sentence in shown.developments} <= in_accounts | set(grouped)


def test_points_that_differ_in_detail_stand_in_the_annex(
    templates: jinja2.Environment,
) -> None:
    """Only where both can't be so is it on the first two pages; the numbers run on."""
    shown = weekly("un-staff-ban")
    kinds = {view.contest.id: view.contest.kind for view in shown.contests}
    assert ContestKind.DETAIL in kinds.values()
    html = page.brief(templates, shown, medium="print")
    front, _, annex = html.partition('<div class="annex">')
    for name, kind in kinds.items():
        assert (f'id="contest-{name}"' in front) <= (kind is ContestKind.DISAGREE)
        assert f'id="contest-{name}"' in front + annex


def test_the_front_stands_alone(templates: jinja2.Environment, week: Edition) -> None:
    """Without the annex nothing leads into it, and the foot says where the proof is."""
    html = page.brief(templates, week, medium="print", annex=False)
    ids = set(re.findall(r' id="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids
    assert "each ¶ is proven in the full brief" in html
    assert 'class="annex"' not in html


def test_lanes_put_a_few_facts_into_words_and_count_the_others() -> None:
    """What a label tells is not counted beside it; a lane counts what it does not tell."""
    shown = weekly("tehran-meeting")
    picture = lanes.lanes(shown)
    assert picture is not None
    assert 2 <= len(picture.lanes) <= lanes.MOST
    labelled = [fact for lane in picture.lanes for stop in lane.stops for fact in stop.label.facts]
    counted = [each.fact.id for lane in picture.lanes for each in lane.others]
    others = [each.fact.id for each in picture.others]
    assert sorted([*labelled, *counted, *others]) == sorted(
        each.fact.id for each in shown.sentences
    )
    for lane in picture.lanes:
        assert lane.stops
        for stop in lane.stops:
            assert stop.label.sentence in stop.sentences
            assert stop.label.sentence.fact.id in stop.label.facts
    left, right = (lanes.rules(picture, side) for side in ("left", "right"))
    assert left.replace("left:", "x:").replace("right:", "left:").replace("x:", "right:") == right


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("topic", ["tehran-meeting", "border-clashes", "un-staff-ban"])
def test_words_of_lanes_have_room(topic: str, language: str) -> None:
    """No two touch, none leaves its track, and none is cut down to a word or two.

    At least one lane has two marks: a list of single ones would say as much.
    """
    picture = lanes.lanes(weekly(topic, language))
    assert picture is not None
    assert len(picture.lanes) <= picture.lines <= lanes.MOST_LINES
    assert max(len(lane.stops) for lane in picture.lanes) > 1
    for lane in picture.lanes:
        for line in range(1, lane.lines + 1):
            reaches = sorted(stop.label.reach for stop in lane.stops if stop.line == line)
            assert reaches
            assert all(0 <= begin < end <= 100 for begin, end in reaches)
            assert all(end < begin for (_, end), (begin, _) in pairwise(reaches))
        for stop in lane.stops:
            text = stop.label.text
            assert len(text) <= captions.MOST_LETTERS + 1
            assert not text.endswith("…") or len(text.split()) >= 4


def test_wide_letters_need_more_room_in_a_lane() -> None:
    """As those of Ethiopia; so fewer of them are kept. Narrow ones count as what they are."""
    words = "ኢኔስ ካልደር ወደቡ በደለል እየተሞላ ነው መጠበቅም አይችልም አለች"
    assert captions._letters(words) > len(words) + 4
    assert captions._letters(captions._cut(words, 40)) <= 42
    assert captions._letters("illicit") == len("illicit")


def test_an_account_is_named_where_it_begins() -> None:
    """By its headline, on the day of its first fact; elsewhere its other facts are not it."""
    shown = weekly("tehran-meeting")
    picture = lanes.lanes(shown)
    assert picture is not None
    by_headline = {
        view.account.headline.best("en")[1]: view.sentences[0]
        for view in shown.accounts
        if view.account.headline is not None
    }
    labels = [stop.label for lane in picture.lanes for stop in lane.stops]
    named = [label for label in labels if label.text in by_headline]
    assert len(named) >= 3
    assert all(label.sentence == by_headline[label.text] for label in named)


def test_an_outlet_is_named_where_its_grade_does_not_tell_it(
    templates: jinja2.Environment,
) -> None:
    """Once for all news if they are all its own."""
    for topic, at_head in (("opposition-outreach", 1), ("border-clashes", 0)):
        html = page.brief(templates, weekly(topic), medium="print")
        news = html.partition('<h2 id="news">')[2].partition("</section>")[0]
        behind = re.findall(r'<span class="says[^"]*">(.*?)</span></p>', news)
        assert len(behind) > 2
        assert "Afghanistan International" not in "".join(behind)
        assert news.count("All of it from Afghanistan International") == at_head


def test_a_day_is_said_once(templates: jinja2.Environment) -> None:
    """News in a row that are of one day stand beside it together."""
    shown = weekly("opposition-outreach")
    days = leads.days(shown.front.news, "en", shown.spec.window.since)
    assert [report for day in days for report in day.reports] == list(shown.front.news)
    assert max(len(day.reports) for day in days) > 3
    html = page.brief(templates, shown, medium="print")
    first = html.split('<div class="page-two">')[0]
    assert first.count("about 7 Dec") == 1


def test_news_stand_beside_the_day_of_what_is_new() -> None:
    """Also those that begin with what was known before."""
    shown = weekly("tehran-meeting")
    since = shown.spec.window.since
    begun = [leads.lead(report, "en").sentences[0].known for report in shown.front.news]
    assert min(begun) < since
    days = leads.days(shown.front.news, "en", since)
    assert min(day.sentence.known for day in days) >= since
    text = plain(shown, "txt", ()).decode()
    assert "about Nov 2025 · Regional cooperation" not in text
    before = leads.days(weekly("border-clashes").front.earlier, "en", since)
    assert before
    assert max(day.sentence.known for day in before) < since


def test_a_paragraph_has_its_headline(templates: jinja2.Environment) -> None:
    """On page two above it, on page one in its place."""
    html = page.brief(templates, weekly("un-staff-ban"), medium="screen")
    first, second = html.split('<div class="page-two">')
    headline = "Ferguson calls for an immediate reversal of the ban"
    assert f">{headline} <span" in first
    assert f"<h3>{headline}</h3>" in second


def test_a_dispute_of_many_answers_counts_some(templates: jinja2.Environment) -> None:
    """On page one, which has three; each of the others stands in the whole of it."""
    shown = weekly("tehran-meeting")
    html = page.brief(templates, shown, medium="screen")
    first = html.split('<div class="page-two">')[0]
    points = dict(
        re.findall(r'<p class="point" data-contest="([^"]+)">(.*?)</p>', first, re.DOTALL)
    )
    assert len(points) == 3
    for view in shown.front.disputes:
        count = len(leads.sides(view))
        point = points[view.contest.id]
        assert point.count('<span class="says">') == min(count, MOST_ANSWERS + 1)
        more = re.search(rf'href="#contest-{view.contest.id}"[^>]*>(\d+) more answers?<', point)
        assert (int(more[1]) if more else 0) == max(0, count - MOST_ANSWERS)
    assert "more answers" in first


def test_a_side_says_its_number_once(templates: jinja2.Environment) -> None:
    """The number of the fact leads to its quote; without an annex it leads nowhere."""
    shown = weekly("un-staff-ban")
    table, *_ = re.findall(r'<table class="accounts".*?</table>',
                         page.brief(templates, shown, medium="print"), re.DOTALL)  # fmt: skip
    assert re.findall(r'<a class="cite level" href="#q(\d+)">¶\u00a0(\d+)</a>', table) == [
        ("2", "2"), ("5", "5"), ("10", "10")
    ]  # fmt: skip
    alone = page.brief(templates, shown, medium="print", annex=False)
    assert 'class="cite' not in alone


@pytest.mark.parametrize("form", ["md", "txt"])
def test_an_email_holds_the_gist(tmp_path: Path, form: str) -> None:
    """Headline, judgements, disputes and unknowns as text, and where the proof stands."""
    strait(tmp_path)
    done = run("build", "--base", str(tmp_path), "--as-of", "2031-05-18", "--topic", "ferries",
               "--out", str(tmp_path / "out"), "--format", f"html,{form}")  # fmt: skip
    assert done.exit_code == 0, done.stderr
    text = (tmp_path / "out" / f"ferries.en.{form}").read_text(encoding="utf-8")
    for words in (
        "It is very likely that no ferry sails in this week.",
        "What we judge",
        "By how much was the toll raised?",
        "What do the pilots say themselves?",
        "ferries.en.html",
        "TLP:GREEN",
    ):
        assert words in text, words
    assert ("## " in text) == (form == "md")


def test_an_e_mail_says_when_it_was_reported_and_what_a_letter_means() -> None:
    """As page one does: of a report without a date its day, of a source's grade the word."""
    mail = plain(weekly("border-clashes"), "txt", ()).decode()
    assert "reported 14 Dec 2025 · Fatwa" in mail
    assert "D not usually reliable · HTN World" in mail
    assert "F اعتمادپذیری" in plain(weekly("border-clashes", "fa"), "txt", ()).decode()


def test_an_email_says_on_how_little_it_rests(templates: jinja2.Environment) -> None:
    """In the words of page one, in each language."""
    for topic, language in (("border-clashes", "en"), ("un-staff-ban", "fa")):
        shown = weekly(topic, language)
        assert shown.sourcing is not None
        lines = plain(shown, "txt", ()).decode().splitlines()
        html = page.brief(templates, shown, medium="print", paper=PaperSize.A4)
        trust = html.partition('<h2 id="trust">')[2].partition("</section>")[0]
        words = re.findall(r'<p class="point">(.*?)</p>', trust)[-1]
        assert f"• {words}" in lines


def test_an_email_says_nothing_twice() -> None:
    """Its topic where that is no headline; until when all was known, where that differs."""
    told = weekly("border-clashes")
    untold = replace(told, front=replace(told.front, headline=None))
    later = replace(told, spec=replace(told.spec, known_by=date(2025, 12, 15)))
    title = told.title.best("en")[1]
    for shown, line in (
        (told, f"{title} · 14 December 2025 · TLP:CLEAR"),
        (untold, "14 December 2025 · TLP:CLEAR"),
        (later, f"{title} · 14 December 2025 · information up to 15 December 2025 · TLP:CLEAR"),
    ):
        mail = plain(shown, "txt", ()).decode().splitlines()
        assert line in mail
        assert mail.count(title) == (shown is untold)


def test_markdown_is_never_taken_from_a_text(week: Edition) -> None:
    """What a text holds that Markdown would read is escaped."""
    title = replace(week.title, forms=(("en", "1. *Ships* [and](x) <b>"),))
    bare = replace(week, front=replace(week.front, headline=None), title=title)
    assert rb"# 1\. \*Ships\* \[and\](x) \<b\>" in plain(bare, "md", ())
    assert b"1. *Ships* [and](x) <b>" in plain(bare, "txt", ())


def test_a_quiet_week_tells_what_is_last_known(
    templates: jinja2.Environment, tmp_path: Path
) -> None:
    """On either page and in an e-mail's text: the newest first, below the line that says so."""
    desk = strait(tmp_path)
    later = edition(desk, as_of=date(2031, 6, 30))
    assert not later.front.news
    assert later.front.foremost == later.front.reports
    known = [max(each.known for each in told.sentences) for told in later.front.reports]
    assert known == sorted(known, reverse=True)
    reported = {sentence.fact.id for report in later.front.reports for sentence in report.sentences}
    assert {sentence.fact.id for sentence in later.background} <= reported
    lead = leads.lead(later.front.reports[0], "en").text
    for medium in ("screen", "print"):
        html = page.brief(templates, later, medium=medium, paper=PaperSize.A4)
        first, _, rest = html.partition('<div class="page-two">')
        assert first.count("Nothing became known in this period") == 1
        assert lead in first
        assert rest.count("Nothing became known in this period") == 1
    # What is new since another edition is not told twice for standing there.
    shown = next(each for each in later.background if not each.accounts)
    change = Change(ChangeKind.NEW, Subject.FACT, shown.fact.id, "")
    changed = replace(later, changes=Changes(date(2031, 1, 1), True, "an-edition", (change,)))
    html = page.brief(templates, changed, medium="print", paper=PaperSize.A4)
    changes = html.partition('class="changes"')[2].partition("</section>")[0]
    assert changes.count(f'href="#{shown.id}"') == 1
    text = plain(later, "txt", ()).decode()
    assert text.index("Nothing became known in this period") < text.index(lead)


def test_lanes_say_that_their_scale_changes(templates: jinja2.Environment) -> None:
    """Where it does: what stands close there is not close in time."""
    shown = weekly("border-clashes")
    html = page.brief(templates, shown, medium="print", paper=PaperSize.A4)
    picture = lanes.lanes(shown)
    assert picture is not None
    assert picture.breaks
    assert "Earlier days stand closer." in html
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "briefings.render.html.page.lanes.lanes", lambda _: replace(picture, breaks=())
        )
        html = page.brief(templates, shown, medium="print", paper=PaperSize.A4)
    assert "Earlier days stand closer." not in html


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Kept out on 7 December, says UN Women", ["7 December"]),
        ("در ۷ دسامبر هنوز راه نداشتند", ["۷ دسامبر"]),
        ("91 days, and 2,500 women of 12 provinces", ["91 days", "12 provinces"]),
        ("No mediator in 2025", []),
    ],
)
def test_a_number_is_held_to_its_word(words: str, whole: list[str]) -> None:
    """A headline breaks before a day and behind its month; its letters stay what they are."""
    pieces = leads.counted(words)
    assert "".join(piece for piece, _ in pieces) == words
    assert [piece for piece, is_whole in pieces if is_whole] == whole


@pytest.mark.parametrize("width", [320, 360, 412, 700, 1280])
def test_no_headline_parts_a_day_from_its_month(
    templates: jinja2.Environment, tab: Tab, tmp_path: Path, width: int
) -> None:
    """On a screen of any width."""
    file = tmp_path / "brief.html"
    file.write_text(page.brief(templates, weekly("un-staff-ban"), medium="screen"), "utf-8")
    opened = tab(viewport={"width": width, "height": 800})
    opened.goto(file.as_uri())
    day = opened.locator("h1 .whole")
    assert day.inner_text() == "7 December"
    assert day.evaluate("each => each.getClientRects().length") == 1


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("The port is closed.", "closed."),
        ("Closed.", "Closed."),
        ("市长说大桥于12月7日关闭。", "关闭。"),
        ("สะพานข้ามแม่น้ำปิดเมื่อวันที่", "วันที่"),
        ("一二。", "一二。"),
        ("\u0e31\u0e31\u0e31\u0e31", "\u0e31\u0e31\u0e31\u0e31"),
        ("", ""),
    ],
)
def test_a_number_is_held_to_the_last_word(words: str, last: str) -> None:
    """Or to the last letters, with their marks, where no space parts words: lines end in those."""
    start, space, held = leads.held(words)
    assert start + space + held == words
    assert held == last


def test_a_feed_says_what_each_brief_found() -> None:
    """Headline and standfirst; where there is no summary, the question and what is judged."""
    shown_week = weekly("un-staff-ban")
    assert shown_week.summary is not None
    assert shown_week.question is not None
    summary = shown_week.summary.summary
    files = Siblings(html=True, pdf=False, index=True)
    for shown, expected, unsaid in (
        (shown_week, [summary.headline, summary.standfirst.words], [shown_week.question]),
        (
            replace(shown_week, summary=None),
            [shown_week.question, shown_week.judgements[0].judgement.statement],
            [summary.headline],
        ),
    ):
        text = feed(reference().base, [shown], "en", files=files).decode()
        assert all(each.best("en")[1] in text for each in expected)
        assert not any(each.best("en")[1] in text for each in unsaid)


def test_the_front_page_says_what_each_brief_found(templates: jinja2.Environment) -> None:
    """The headline of its summary; the topic's question only where it has none."""
    shown_week = weekly("un-staff-ban")
    assert shown_week.summary is not None
    assert shown_week.question is not None
    finding = shown_week.summary.summary.headline.best("en")[1]
    question = shown_week.question.best("en")[1]
    desk, files = Desk.of(reference().base), Siblings(html=True, pdf=False, index=True)
    for shown, expected, unsaid in (
        (shown_week, finding, question),
        (replace(shown_week, summary=None), question, finding),
    ):
        html = front.index(templates, desk, front.overview(desk, [shown], files, "en"), files=files)
        assert expected in html
        assert unsaid not in html


def test_a_figure_leaves_its_words_the_width_of_a_phone(
    templates: jinja2.Environment, tab: Tab, tmp_path: Path
) -> None:
    """They stand below it there, and beside it on a desk."""
    file = tmp_path / "brief.html"
    file.write_text(page.brief(templates, weekly("border-clashes"), medium="screen"), "utf-8")
    for width, is_below in ((360, True), (1280, False)):
        opened = tab(viewport={"width": width, "height": 800})
        opened.goto(file.as_uri())
        figure, words = (opened.locator(f".figures {part}").first for part in (".figure", ".what"))
        above, box = figure.bounding_box(), words.bounding_box()
        assert above is not None
        assert box is not None
        assert (box["y"] >= above["y"] + above["height"]) == is_below
        assert box["width"] > 0.8 * width or not is_below


@pytest.mark.parametrize("language", cases(("ps",), "en", "fa"))
def test_nothing_stands_on_the_words_of_a_dispute(
    templates: jinja2.Environment, tab: Tab, tmp_path: Path, language: str
) -> None:
    """What copies it stands beside its question, whichever way that runs."""
    file = tmp_path / "brief.html"
    file.write_text(page.brief(templates, weekly("border-clashes", language), medium="screen"))
    opened = tab(viewport={"width": 1280, "height": 900})
    opened.goto(file.as_uri())
    count, covered = opened.evaluate(
        """() => {
          const buttons = [...document.querySelectorAll('.contest > .copy')];
          const words = button => {
            const range = document.createRange();
            range.selectNodeContents(button.parentElement.querySelector('h3'));
            return [...range.getClientRects()];
          };
          const covers = button => {
            const box = button.getBoundingClientRect();
            return words(button).some(each => each.left < box.right && box.left < each.right &&
              each.top < box.bottom && box.top < each.bottom);
          };
          return [buttons.length, buttons.filter(covers).length];
        }"""
    )
    assert count > 1
    assert covered == 0


@pytest.mark.parametrize("language", cases(("fa", "ps"), "en", "fa-AF"))
def test_no_label_of_a_lane_is_cut_on_a_screen(
    templates: jinja2.Environment, tab: Tab, tmp_path: Path, language: str
) -> None:
    """Words and number both, where the picture is narrowest and has its columns."""
    file = tmp_path / "brief.html"
    shown = weekly("tehran-meeting", language)
    file.write_text(page.brief(templates, shown, medium="screen"), encoding="utf-8")
    opened = tab(viewport={"width": 1280, "height": 900})
    opened.goto(file.as_uri())
    opened.evaluate("document.fonts.ready")
    cut = opened.evaluate(
        """() => [...document.querySelectorAll('.ln-label')].filter(label => {
          const track = label.closest('.ln-track').getBoundingClientRect();
          const words = label.firstElementChild.getBoundingClientRect();
          return words.left < track.left - 0.5 || words.right > track.right + 0.5;
        }).map(label => label.textContent)"""
    )
    assert cut == []
