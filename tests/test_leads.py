"""What a line of page one tells of a report or a dispute, by day and outlet; where it may break."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import jinja2
import pytest
from desks import weekly
from strait_desk import edition, strait

from briefings.core.difference import Change, ChangeKind, Subject
from briefings.core.edition import Changes, Edition
from briefings.core.edtf import parse
from briefings.core.model import CheckedBase, PaperSize, SourceId
from briefings.core.sentences import unstopped
from briefings.render.html import leads
from briefings.render.html.fill import Medium
from briefings.render.html.first_pages import MOST_ANSWERS
from briefings.render.html.page import BriefPage
from briefings.render.plain import plain


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


def test_an_outlet_is_named_where_its_grade_does_not_tell_it(templates: jinja2.Environment) -> None:
    """Once for all news if they are all its own."""
    for topic, at_head in (("opposition-outreach", 1), ("border-clashes", 0)):
        html = BriefPage(weekly(topic), "print").text(templates)
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
    html = BriefPage(shown, "print").text(templates)
    first = html.split('<div class="page-two">')[0]
    assert first.count("about 7 Dec") == 1


def test_what_is_older_than_the_news_says_when_it_was_reported(
    templates: jinja2.Environment,
) -> None:
    """Beside its own day; what has none, or is of a day within the news, says no second one."""
    shown = weekly("un-staff-ban")
    days = leads.days(shown.front.news, "en", shown.spec.window.since)
    late = [day.sentence.fact.date for day in days if day.is_late]
    assert {each.text for each in late if each} == {"2025-09", "2025-12-07"}
    html = BriefPage(shown, "print").text(templates)
    news = html.partition('<h2 id="news">')[2].partition("</section>")[0]
    beside = re.findall(r'<b class="when">(.*?)</b>', news)
    reported = '<span class="says">reported 8 Dec</span>'
    assert f"Sept 2025 {reported}" in beside
    assert "reported 8 Dec" in beside
    assert [f" {reported}" in each for each in beside] == [day.is_late for day in days][
        : len(beside)
    ]
    mail = plain(shown, "txt", ()).decode()
    assert "• Sept 2025 · reported 8 Dec 2025 · Women kept out" in mail
    since = days[0].sentence.known
    assert not leads.is_late(replace(days[0].sentence, known=since), since + timedelta(days=1))


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
    html = BriefPage(weekly("un-staff-ban"), "screen").text(templates)
    first, second = html.split('<div class="page-two">')
    headline = "Ferguson calls for an immediate reversal of the ban"
    assert f">{headline} <span" in first
    assert f"<h3>{headline}</h3>" in second


def test_a_dispute_of_many_answers_counts_some(templates: jinja2.Environment) -> None:
    """On page one, which has three; each of the others stands in the whole of it."""
    shown = weekly("tehran-meeting")
    html = BriefPage(shown, "screen").text(templates)
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
                         BriefPage(shown, "print").text(templates), re.DOTALL)  # fmt: skip
    assert re.findall(r'<a class="cite level" href="#q(\d+)">¶\u00a0(\d+)</a>', table) == [
        ("2", "2"), ("5", "5"), ("10", "10")
    ]  # fmt: skip
    alone = BriefPage(shown, "print", annex=False).text(templates)
    assert 'class="cite' not in alone


def test_a_quiet_week_tells_what_is_last_known(
    templates: jinja2.Environment, tmp_path: Path
) -> None:
    """Below the line that says so, the newest first, and on either page of a brief of two."""
    desk = strait(tmp_path)
    later = edition(desk, as_of=date(2031, 6, 30))
    assert not later.front.news
    assert later.front.foremost == later.front.reports
    known = [max(each.known for each in told.sentences) for told in later.front.reports]
    assert known == sorted(known, reverse=True)
    reported = {sentence.fact.id for report in later.front.reports for sentence in report.sentences}
    assert {sentence.fact.id for sentence in later.background} <= reported
    lead = leads.lead(later.front.reports[0], "en").text
    long = replace(later, front=replace(later.front, reports=later.front.reports * 3))
    media: tuple[Medium, ...] = ("screen", "print")
    for medium, (shown, again) in product(media, ((later, 0), (long, 1))):
        html = BriefPage(shown, medium, paper=PaperSize.A4).text(templates)
        first, _, rest = html.partition('<div class="page-two')
        assert first.count("Nothing became known in this period") == 1
        assert lead in first
        assert rest.count("Nothing became known in this period") == again
    # What is new since another edition is not told twice for standing there.
    told = next(each for each in later.background if not each.accounts)
    change = Change(ChangeKind.NEW, Subject.FACT, told.fact.id, "")
    changed = replace(later, changes=Changes(date(2031, 1, 1), True, "an-edition", (change,)))
    html = BriefPage(changed, "print", paper=PaperSize.A4).text(templates)
    changes = html.partition('class="changes"')[2].partition("</section>")[0]
    assert changes.count(f'href="#{told.id}"') == 1
    text = plain(later, "txt", ()).decode()
    assert text.index("Nothing became known in this period") < text.index(lead)


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


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("It will stay shut.", "It will stay shut"),
        ("It closes at 6 a.m.", "It closes at 6 a.m."),
        ("It belongs to Oom Ltd.", "It belongs to Oom Ltd."),
        ("Will it open?", "Will it open?"),
        ("And then…", "And then…"),
        ("And then...", "And then..."),
        ("بسته می‌ماند.", "بسته می‌ماند"),
        ("بند رہے گا۔", "بند رہے گا"),
        ("वह बंद रहेगा।", "वह बंद रहेगा"),
        ("它将关闭。", "它将关闭"),
        (".", "."),
    ],
)
def test_a_title_has_no_full_stop(sentence: str, title: str) -> None:
    """But that of an abbreviation, or of what is left open."""
    assert unstopped(sentence) == title


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (("Boats turned away",), (None,)),
        (("Boats turned away", "Basin shut"), ("Boats turned away", "Basin shut")),
        (
            ("Radio Quai, 18 heures", "Notice of the port on all boats"),
            ("18 heures", "Notice of the port…"),
        ),
        (("Radio Quai",) * 2, ("Radio Quai (2024-03-01)", "Radio Quai (2024-03-02)")),
        (("Radio Quai, 18 heures",) * 2, ("18 heures (2024-03-01)", "18 heures (2024-03-02)")),
    ],
)
def test_sources_of_a_publisher_are_told_apart(
    harbour: CheckedBase, titles: tuple[str, ...], told: tuple[str | None, ...]
) -> None:
    """By their titles without its name; by their days where these begin with the same words."""
    known = harbour.base.sources[SourceId("radio-quai")]
    sources = [
        replace(known, id=SourceId(f"s{day}"), title=title, published=parse(f"2024-03-0{day}"))
        for day, title in enumerate(titles, start=1)
    ]
    found = leads.short_titles(sources).values()
    assert told == tuple(
        short and short.text + (f" ({short.day.text})" if short.day else "") for short in found
    )


COUNTED = {
    "by 14 December, or": ["14 December"],
    "২০২৬ সাল পর্যন্ত": ["২০২৬ সাল"],
    "၂၀၂၆ ခုနှစ်အထိ ပိတ်": ["၂၀၂၆ ခုနှစ်အထိ"],
    "12 लोगों की": ["12 लोगों"],
    "۳ می\u200cخواهد که": ["۳ می\u200cخواهد"],
    "in 2025 7 ships": ["7 ships"],
    "3.5 per cent": [],
    "2026 ถูกปิดไว้ตลอดทั้งปีนั้นเลย": [],
}


@pytest.mark.parametrize("words", COUNTED)
def test_a_number_is_held_to_the_word_behind_it(words: str) -> None:
    """To all of it, with the marks of its letters, which a font composes with them."""
    pieces = leads.counted(words)
    assert [piece for piece, is_whole in pieces if is_whole] == COUNTED[words]
    assert "".join(piece for piece, _ in pieces) == words


def test_news_told_at_length_say_when_they_were_reported(
    templates: jinja2.Environment, strait_week: Edition
) -> None:
    """As those in a line do; on page two, which is of no period, each has but its day."""
    html = BriefPage(strait_week, "print").text(templates)
    first, _, second = html.partition('<div class="page-two')
    heads = re.findall(r'<p class="head"><b>(.*?)</b>( · reported \d+ \w+)? · ', first)
    reports = [*strait_week.front.foremost, *strait_week.front.earlier]
    since = strait_week.spec.window.since
    assert [bool(late) for _, late in heads] == [
        leads.is_late(report.sentences[0], since) for report in reports
    ]
    assert {bool(late) for _, late in heads} == {True, False}
    assert not re.search(r'<p class="head"><b>[^<]*</b> · reported', second)
