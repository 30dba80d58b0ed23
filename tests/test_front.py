"""The desk's front pages and feeds: what they list, in which languages, and where they lead."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import desks
import jinja2
import pypdfium2
import pytest
from breadth import cases
from browsers import Tab
from strait_desk import AS_OF, strait
from test_weekly import two

from briefings.compose.edition import compose
from briefings.core.model import TopicId
from briefings.plan.request import BriefRequest, Request
from briefings.render.html import front
from briefings.render.html.feed import feed
from briefings.render.html.siblings import Desk, Siblings
from briefings.run.build import Built, build
from briefings.run.issue import issue
from briefings.run.weekly import weekly

__all__ = ["two"]

ATOM = "{http://www.w3.org/2005/Atom}"
BOTH = BriefRequest(languages=("en", "fa"))
FERRIES = BriefRequest((TopicId("ferries"),), as_of=AS_OF)


def links(html: str) -> list[str]:
    return re.findall(r'<a [^>]*?href="([^"]*)"', html)


def text(html: str) -> str:
    body = re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", body)).split())


def built(desk: Path, day: date, *, forms: tuple[str, ...] = ("html",), out: str = "out") -> Built:
    brief = replace(BOTH, as_of=day)
    request = Request(desk / "facts.yaml", desk / out, brief, formats=forms)
    return build(request, today=lambda _: day)


def test_each_language_has_a_front_page(two: Path) -> None:
    """Each leads to the others by the name that a language has for itself, and to every form."""
    built(two, date(2025, 1, 19))
    out = two / "out"
    english, persian = (
        (out / name).read_text(encoding="utf-8") for name in ("index.html", "index.fa.html")
    )
    assert '<html lang="fa" dir="rtl">' in persian
    assert 'href="index.fa.html" lang="fa" hreflang="fa" dir="rtl" rel="alternate">فارسی' in english
    assert 'href="index.html" lang="en" hreflang="en" dir="ltr" rel="alternate">English' in persian
    for html in (english, persian):
        leads = links(html)
        for name in ("ferry.en.html", "ferry.fa.html", "toll.en.html", "toll.fa.html"):
            assert name in leads
    assert links(persian).index("toll.fa.html") < links(persian).index("toll.en.html")
    assert "عوارض" in persian
    assert 'href="toll.fa.html" lang="fa"' in (out / "toll.en.html").read_text(encoding="utf-8")
    assert 'href="index.fa.html"' in (out / "toll.fa.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("blank_pdfs")
def test_every_link_of_a_site_in_two_languages_leads_somewhere(two: Path) -> None:
    """And every page of it can be reached from the front page."""
    built(two, date(2025, 1, 19), forms=("html", "pdf"))
    out = two / "out"
    reached, left = set[str](), ["index.html"]
    while left:
        name = left.pop()
        if name in reached:
            continue
        reached.add(name)
        if not name.endswith(".html"):
            continue
        for link in links((out / name).read_text(encoding="utf-8")):
            target = (out / name).parent / link.partition("#")[0]
            if link.startswith("#"):
                continue
            assert target.is_file(), f"{name} links to {link}"
            left.append(target.resolve().relative_to(out.resolve()).as_posix())
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert there - reached == {"manifest.json"}


def test_the_front_page_tells_what_is_new(tmp_path: Path) -> None:
    """The question, the first judgement, the counts, how fresh it is."""
    strait(tmp_path)
    request = Request(tmp_path / "facts.yaml", tmp_path / "out", FERRIES, formats=("html",))
    build(request, today=lambda _: AS_OF)
    page = text((tmp_path / "out" / "index.html").read_text(encoding="utf-8"))
    for words in (
        "The latest briefs are of 18 May 2031.",
        "When will ferries sail again, and who pays for it?",
        "It is very likely that no ferry sails in this week.",
        "This is the first edition.",
        "newest information of 14 May 2031",
        "The desk has no record of an edition before this one.",
        "Grade B, usually reliable",
        "TLP:GREEN",
    ):
        assert words in page


def test_the_archive_lists_what_was_issued_before(two: Path) -> None:
    """Each day once, whatever its languages; nothing of this day or a later one."""
    days = (date(2025, 1, 5), date(2025, 1, 19), date(2025, 1, 26))
    for day in days:
        brief = replace(BOTH, topics=(TopicId("ferry"),), as_of=day)
        request = Request(two / "facts.yaml", two / str(day), brief, formats=("html",))
        issue(request, today=lambda _: days[-1])
    built(two, days[1])
    page = (two / "out" / "index.fa.html").read_text(encoding="utf-8")
    archive = page.partition('id="archive"')[2].partition("</section>")[0]
    assert archive.count('<li class="row">') == 1
    ids = re.findall(r'class="hash">([0-9a-f]{12})<', archive)
    assert len(re.findall("(?:، <bdi|</bdi>، )", archive)) == 4
    assert ", " not in re.sub("<[^>]+>", "", archive)
    assert len(ids) == 2
    assert all(
        any(each in record.read_text() for record in (two / "issued").iterdir()) for each in ids
    )
    manifest = (two / "out" / "manifest.json").read_text(encoding="utf-8")
    assert "issued/ferry.fa.2025-01-05.json" in manifest
    assert "2025-01-26" not in manifest


def test_a_card_tells_how_much_is_new_and_what_else_changed(harbour_site: Path) -> None:
    """Since the edition before: what is new in words, the rest by its kind."""
    page = text((harbour_site / "index.html").read_text(encoding="utf-8"))
    told = re.search(r"(\d+) new since 3 Mar 2024((?: · [A-Z][a-z ]+ \(\d+\))+)", page)
    assert told is not None
    assert int(told[1]) > 1
    assert told[2] == " · Outcome now known (1) · Day has passed (1)"


def test_a_weeks_front_page_leads_to_all_weeks(two: Path) -> None:
    """Other builds have no such list beside them."""
    request = Request(two / "facts.yaml", two / "weekly", formats=("html",))
    weekly(request, today=lambda _: date(2025, 1, 20))
    built(two, date(2025, 1, 19))
    assert "../index.html" in links((two / "weekly" / "2025-W03" / "index.html").read_text())
    assert "../index.html" not in links((two / "out" / "index.html").read_text())


@pytest.mark.parametrize("name", ["feed.xml", "feed.fa.xml"])
@pytest.mark.usefixtures("blank_pdfs")
def test_a_feed_is_atom(two: Path, name: str) -> None:
    """What RFC 4287 asks of a feed and its entries; ids that hold, links that lead to files."""
    built(two, date(2025, 1, 19), forms=("html", "pdf"))
    content = (two / "out" / name).read_bytes()
    feed = ET.fromstring(content)  # noqa: S314 # made by the test itself
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for element in (feed, *entries):
        for tag in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{tag}")) == 1
        moment = datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "")
        assert moment.isoformat(timespec="seconds") == "2025-01-19T00:00:00+04:30"
        assert re.fullmatch("urn:sha256:[0-9a-f]{64}", element.findtext(f"{ATOM}id") or "")
        links = element.findall(f"{ATOM}link")
        assert [link.get("rel") for link in links].count("alternate") == 1
        for link in links:
            assert (two / "out" / (link.get("href") or "")).is_file()
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert len({each.findtext(f"{ATOM}id") for each in (feed, *entries)}) == 3
    page = (two / "out" / name.replace("feed", "index").replace("xml", "html")).read_text("utf-8")
    assert (
        f'type="application/atom+xml" title="{feed.findtext(f"{ATOM}title")}" href="{name}"' in page
    )


def test_a_feed_keeps_its_ids(two: Path) -> None:
    """The feed's over all builds, an entry's over all builds of its day."""
    feeds = []
    for day, out in ((19, "one"), (19, "two"), (26, "three")):
        built(two, date(2025, 1, day), out=out)
        content = (two / out / "feed.xml").read_bytes()
        feeds.append(ET.fromstring(content))  # noqa: S314 # made by the test itself
    first, again, later = feeds
    assert ET.tostring(first) == ET.tostring(again)
    assert first.findtext(f"{ATOM}id") == later.findtext(f"{ATOM}id")
    entries = [{each.text for each in feed.iter(f"{ATOM}id")} for feed in (first, later)]
    assert len(entries[0] & entries[1]) == 1


def test_a_renamed_desk_keeps_its_ids(two: Path) -> None:
    """In each of its feeds: it is the same desk, whatever it is called."""
    ids = []
    for name in ("The old desk", "The new desk"):
        base = (two / "facts.yaml").read_text(encoding="utf-8")
        title = re.compile("^title: .*$", re.MULTILINE)
        assert title.search(base)
        (two / "facts.yaml").write_text(title.sub(f"title: {name}", base, 1), encoding="utf-8")
        built(two, date(2025, 1, 19), out=name)
        feeds = [ET.parse(two / name / each) for each in ("feed.xml", "feed.fa.xml")]  # noqa: S314 # ours
        assert {each.findtext(f"{ATOM}title") for each in feeds} == {name}
        ids.append([[each.text for each in feed.iter(f"{ATOM}id")] for feed in feeds])
    assert ids[0] == ids[1]
    assert ids[0][0][0] != ids[0][1][0]


def test_a_mended_typo_is_an_update_of_the_same_entry(two: Path) -> None:
    """Of the brief that shows it; the entry of another one stays as it is."""
    built(two, date(2025, 1, 19), out="before")
    facts = two / "facts.yaml"
    mended = facts.read_text(encoding="utf-8").replace("The toll was raised.", "The toll was up.")
    facts.write_text(mended, encoding="utf-8")
    built(two, date(2025, 1, 19), out="after")
    before, after = (
        {
            entry.findtext(f"{ATOM}id"): entry.findtext(f"{ATOM}updated")
            for entry in ET.parse(two / out / "feed.xml").iter(f"{ATOM}entry")  # noqa: S314 # ours
        }
        for out in ("before", "after")
    )
    assert before.keys() == after.keys()
    assert sum(before[name] != after[name] for name in before) == 1


def test_what_is_mended_after_its_issue_is_later(two: Path) -> None:
    """By more than what a fingerprint gives: an update goes forward, whatever it says."""
    day = date(2025, 1, 19)
    request = Request(two / "facts.yaml", two / "sent", replace(BOTH, as_of=day), formats=("html",))
    issue(request, today=lambda _: day)
    facts, moments = two / "facts.yaml", {}
    text = facts.read_text(encoding="utf-8")
    for words in ("raised", "up", "put up", "lifted"):
        mended = text.replace("The toll was raised.", f"The toll was {words}.")
        facts.write_text(mended, encoding="utf-8")
        built(two, day, out=words)
        tree = ET.parse(two / words / "feed.xml")  # noqa: S314 # made by the test itself
        moments[words] = {
            entry.findtext(f"{ATOM}id"): datetime.fromisoformat(
                entry.findtext(f"{ATOM}updated") or ""
            )
            for entry in tree.iter(f"{ATOM}entry")
        }
    issued = moments.pop("raised")
    sent = ET.parse(two / "sent" / "feed.xml")  # noqa: S314 # made by the test itself
    assert {each.text for each in sent.iter(f"{ATOM}updated")} >= {
        moment.isoformat() for moment in issued.values()
    }
    for later in moments.values():
        assert later.keys() == issued.keys()
        assert sorted(later[entry] > issued[entry] for entry in issued) == [False, True]
        assert all(later[entry] >= issued[entry] for entry in issued)


def test_a_printed_page_is_a_brief(tmp_path: Path, tab: Tab) -> None:
    """Marked on every sheet, with its quotes and numbers of pages, and none of the controls."""
    strait(tmp_path)
    request = Request(tmp_path / "facts.yaml", tmp_path / "out", FERRIES, formats=("html",))
    build(request, today=lambda _: AS_OF)
    view = tab(color_scheme="dark")
    view.goto((tmp_path / "out" / "ferries.en.html").as_uri())
    paper = view.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    document = pypdfium2.PdfDocument(paper)
    sheets = [page.get_textpage().get_text_range() for page in document]
    picture = document[0].render(scale=0.1).to_pil().convert("L")
    assert picture.getpixel((2, picture.height - 3)) == 255, "it is printed dark"
    assert len(sheets) > 1
    for number, text in enumerate(sheets, start=1):
        assert text.count("TLP:GREEN") >= 2
        assert f"{number} / {len(sheets)}" in text
    whole = " ".join(" ".join(sheets).split())
    assert "We wait for the pilots" in whole
    for control in ("Search", "Copy", "Contents", "Show all"):
        assert control not in whole


def test_no_printed_sheet_holds_but_the_marking(tmp_path: Path, tab: Tab) -> None:
    """The page's own label, at its end, stays with the last quotes wherever these end."""
    strait(tmp_path)
    request = Request(tmp_path / "facts.yaml", tmp_path / "out", FERRIES, formats=("html",))
    build(request, today=lambda _: AS_OF)
    view = tab()
    view.goto((tmp_path / "out" / "ferries.en.html").as_uri())
    for height in cases(range(166, 300, 28), *range(180, 300, 28)):
        paper = view.pdf(width="210mm", height=f"{height}mm")
        document = pypdfium2.PdfDocument(paper)
        last = document[len(document) - 1].get_textpage().get_text_range()
        assert re.search(r"[a-z]{3}", last), f"{height} mm: {last}"


def test_a_feed_says_what_each_brief_found() -> None:
    """As its title, with topic, day and answer; without a summary the question and judgements."""
    shown_week = desks.weekly("un-staff-ban")
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
        text = feed(desks.reference().base, [shown], "en", files=files).decode()
        topic = f"{shown.title.best('en')[1]} – 14 December 2025"
        headed = shown.summary is not None
        assert f"<title>{expected[0].best('en')[1] if headed else topic}</title>" in text
        assert (f"<summary>{topic} · " in text) == headed
        assert all(each.best("en")[1] in text for each in expected)
        assert not any(each.best("en")[1] in text for each in unsaid)


def test_a_brief_of_several_topics_is_listed_with_what_each_comes_to(
    templates: jinja2.Environment,
) -> None:
    """On the front page and in the feed: none of their judgements stands for all."""
    base, topics = desks.reference().base, tuple(map(TopicId, desks.WEEKLY))
    spec = replace(desks.weekly("un-staff-ban").spec, brief="all", topics=topics)
    shown = compose(desks.reference(), spec)
    headlines = [each.summary.summary.headline for each in shown.findings if each.summary]
    assert len(headlines) == len(topics)
    desk, files = Desk.of(base), Siblings(html=True, pdf=False, index=True)
    html = front.FrontPage(desk, front.overview(desk, [shown], files, "en"), files, "en").text(
        templates
    )
    words = re.sub("<[^>]*>", "", html)
    listed = feed(base, [shown], "en", files=files).decode()
    for finding, headline in zip(shown.findings, headlines, strict=True):
        assert f"{finding.title.best('en')[1]} {headline.best('en')[1]}" in words
        assert f"{finding.title.best('en')[1]} · {headline.best('en')[1]}" in listed
    judgement = shown.judgements[0].judgement.statement.best("en")[1]
    assert judgement not in words
    assert judgement not in listed


def test_the_front_page_says_what_each_brief_found(templates: jinja2.Environment) -> None:
    """Its summary's headline, numbers held to their words; the question where it has none."""
    shown_week = desks.weekly("un-staff-ban")
    assert shown_week.summary is not None
    assert shown_week.question is not None
    finding = shown_week.summary.summary.headline.best("en")[1]
    finding = finding.replace("7 December", '<span class="whole">7 December</span>')
    assert "whole" in finding
    question = shown_week.question.best("en")[1]
    desk, files = Desk.of(desks.reference().base), Siblings(html=True, pdf=False, index=True)
    for shown, expected, unsaid in (
        (shown_week, finding, question),
        (replace(shown_week, summary=None), question, finding),
    ):
        html = front.FrontPage(desk, front.overview(desk, [shown], files, "en"), files, "en").text(
            templates
        )
        assert expected in html
        assert unsaid not in html
