"""The desk of this repository: every assertion of its documents, four briefs with every part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import desks
import pikepdf
import pypdfium2
import pytest
from breadth import cases
from desks import WEEKLY, reference_check

from briefings.compare.changes import with_changes
from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.carried import from_json
from briefings.core.knowledge import facts_known
from briefings.core.model import CheckedBase, ContestKind, FactKind, Period, TopicId
from briefings.core.overriding import override
from briefings.core.spec import EditionSpec
from briefings.desk.checked import Checked
from briefings.plan.request import BriefRequest, Request
from briefings.render.html.embedded import from_html
from briefings.render.html.environment import environment
from briefings.render.html.page import BriefPage
from briefings.run.build import build
from briefings.verify.against_desk import since

ROOT = Path(__file__).parents[1]
SISTERS = ("Iran International", "Afghanistan International")
# Lines that assert nothing: subheadings, links, signatures, a sentence that is printed twice.
SILENT = re.compile(
    r"Sticking to Existing Channels|Regional Concerns and the Risk of Isolation|Also See:|— Amu TV"
    r"|Reuters-Screenshot|Tags|File photo|^He noted, “The agenda also includes"
)
# Every part of a brief by its heading's id, on page one, on page two and in the annex; each is
# there, with content or with a reason.
PARTS = (
    *("bottom-line", "news", "disagree", "unknown", "trust"),
    *("developments", "contested", "outlook", "gaps"),
    *("changes", "facts", "background", "timeline", "map", "who", "sourcing", "sources", "quotes"),
)


@pytest.fixture(scope="module")
def result() -> Checked:
    """The desk, checked."""
    return reference_check()


@pytest.fixture(scope="module")
def checked() -> CheckedBase:
    """The checked base."""
    return desks.reference()


def test_nothing_to_report(result: Checked) -> None:
    """No error, no warning; every quote stands where it is said to stand."""
    assert result.diagnostics == ()
    assert all(check.outcome.passes for check in result.quotes)


def test_it_holds_every_assertion(checked: CheckedBase) -> None:
    """Each paragraph that asserts something is quoted, and the five documents make 150 facts."""
    assert len(checked.base.facts) >= 150
    for source, document in checked.documents.items():
        cited = {
            passage.paragraph
            for anchors in checked.anchors.values()
            for anchor in anchors
            if anchor.source == source
            for passage in anchor.passages
        }
        cited_texts = {
            " ".join(document.text[slice(*document.paragraphs[n - 1])].split()) for n in cited
        }
        for number, bounds in enumerate(document.paragraphs, 1):
            text = " ".join(document.text[slice(*bounds)].split())
            repeated = any(text in other or other in text for other in cited_texts)
            assert number in cited or repeated or SILENT.search(text), (source, number, text)


def test_documents_are_dated_with_reasons(checked: CheckedBase) -> None:
    """Each source says when it was published and why, who published it and why, how good it is."""
    for source in checked.base.sources.values():
        assert source.published_basis
        assert source.publisher_basis
        assert source.reliability_basis
        assert source.descriptor


def test_the_sister_broadcasters_are_one_origin(checked: CheckedBase) -> None:
    """Iran International calls Afghanistan International its sister: they do not corroborate."""
    sources = checked.base.sources.values()
    named = [(each.publisher.get("en"), each.origin) for each in sources if each.publisher]
    sisters = {name: origin for name, origin in named if name in SISTERS}
    assert sisters == dict.fromkeys(SISTERS, "iran-international")


def test_weekly_topics_judge_and_ask(checked: CheckedBase) -> None:
    """Each weekly topic has one to three judgements, contested points and gaps."""
    weekly = tuple(sorted(topic.id for topic in checked.base.topics.values() if topic.weekly))
    assert weekly == WEEKLY
    for topic in weekly:
        judged = [each for each in checked.base.judgements.values() if each.topic == topic]
        assert 1 <= len(judged) <= 3
        assert any(contest.topic == topic for contest in checked.base.contests.values())
        assert any(gap.topic == topic for gap in checked.base.gaps.values())


@pytest.mark.parametrize("topic", WEEKLY)
def test_weekly_topics_are_told(checked: CheckedBase, topic: str) -> None:
    """Each edition leads with a summary of its day, and accounts tell each fact of the topic."""
    summaries = [each for each in checked.base.summaries.values() if each.topic == topic]
    assert [each.made for each in summaries] == [date(2025, 12, 8), date(2025, 12, 14)]
    for summary in summaries:
        for language in ("en", "fa"):
            assert len(summary.headline.get(language) or "") in range(20, 76)
        assert len((summary.standfirst.words.get("en") or "").split()) <= 45
    facts = {
        fact
        for account in checked.base.accounts.values()
        if topic in account.topics
        for fact in account.facts
    }
    assert facts == {fact.id for fact in checked.base.facts.values() if topic in fact.topics}


def test_accounts_are_paragraphs(checked: CheckedBase) -> None:
    """Each tells two facts or more, in English and Persian, in few words."""
    for account in checked.base.accounts.values():
        assert len(account.facts) > 1
        for language in ("en", "fa"):
            assert len((account.text.words.get(language) or "").split()) in range(15, 111)


@pytest.mark.parametrize("topic", WEEKLY)
def test_page_one_is_short(checked: CheckedBase, topic: str) -> None:
    """A judgement's ground is a line; so are the first questions that are open or disputed."""
    base = checked.base
    grounds = [each.because for each in base.judgements.values() if each.topic == topic]
    assert all(len((ground.get("en") or "").split()) <= 25 for ground in grounds)
    gaps = [each.question for each in base.gaps.values() if each.topic == topic][:3]
    assert all(len((question.get("en") or "").split()) <= 12 for question in gaps)
    contests = [each for each in base.contests.values() if each.topic == topic]
    assert all(len((each.question.get("en") or "").split()) <= 9 for each in contests)
    kinds = [each.kind for each in contests]
    assert kinds == sorted(kinds, key=list(ContestKind).index)


def test_the_future_is_planned(checked: CheckedBase) -> None:
    """What lies behind the last document's day is a plan."""
    for fact in checked.base.facts.values():
        if fact.due is not None:
            assert fact.kind is FactKind.PLAN
        if (
            fact.date is not None
            and fact.date.earliest is not None
            and fact.kind is not FactKind.PLAN
        ):
            assert fact.date.earliest <= date(2025, 12, 14)


def test_no_continuity_is_asserted(checked: CheckedBase) -> None:
    """No fact rests on documents of both years, and what is of 2024 is no weekly topic's news."""
    years = {name: source.published.latest for name, source in checked.base.sources.items()}
    known = facts_known(checked.base)
    for fact in checked.base.facts.values():
        (year,) = {day.year for each in fact.evidence if (day := years[each.source])}
        assert known[fact.id].year == year
        weekly = not set(fact.topics).isdisjoint(WEEKLY)
        assert not (weekly and year == 2024 and fact.kind is FactKind.PLAN)


def test_each_document_feeds_a_weekly_brief(checked: CheckedBase) -> None:
    """In its own right, and not as the rival of another's fact; the old ones as background."""
    fed: dict[str, set[str]] = {source: set() for source in checked.base.sources}
    for fact in checked.base.facts.values():
        for each in fact.evidence:
            fed[each.source].update(set(fact.topics).intersection(WEEKLY))
    assert all(fed.values())
    assert "tehran-meeting" in fed["contact-group-2401"]


def test_persian_is_quoted_in_persian(checked: CheckedBase) -> None:
    """With a translation, its translator, and what it says otherwise than the English."""
    persian = [
        each
        for fact in checked.base.facts.values()
        for each in fact.evidence
        if each.language == "fa"
    ]
    assert persian
    assert all(each.translation and each.translator for each in persian)
    assert any(each.note for each in persian)


class _Page(HTMLParser):
    """Ids and links of a page, with the ids of the elements that the links stand in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids and addresses."""
        attributes = dict(attrs)
        if attributes.get("id"):
            self.ids.add(str(attributes["id"]))
        if tag == "a" and attributes.get("href"):
            self.links.append(str(attributes["href"]))


def _pages(built: Path) -> Iterator[tuple[Path, _Page]]:
    for path in sorted(built.rglob("*.html")):
        yield path, _Page(path.read_text(encoding="utf-8"))


def test_every_link_leads_somewhere(reference: Path) -> None:
    """Sentences to quotes, quotes to passages, passages back: no link is dead, none leaves."""
    pages = {path.resolve(): page for path, page in _pages(reference)}
    seen = Counter[str]()
    for path, page in pages.items():
        for link in page.links:
            name, _, anchor = link.partition("#")
            assert not re.match(r"[a-z]+:", name), link
            target = (path.parent / name).resolve() if name else path
            assert target.is_file(), (path, link)
            if anchor:
                assert anchor in pages[target].ids, (path, link)
                seen[f"{path.parent.name}:{anchor[:1]}"] += 1
    assert seen["reference:q"] > 100
    assert seen["reference:p"] > 100
    assert seen["sources:q"] > 100


@pytest.mark.parametrize("topic", desks.built())
def test_every_part_is_there(reference: Path, topic: str) -> None:
    """Each part that a brief has by BRIEF's order is found, in the page and in the PDF."""
    text = (reference / f"{topic}.en.html").read_text(encoding="utf-8")
    # Of a first edition nothing has changed: it says which it is, and has no such part.
    is_first = "This is the first edition." in text
    parts = [part for part in PARTS if part != "changes" or not is_first]
    assert is_first != ('id="changes"' in text)
    places = [text.find(f'id="{part}"') for part in parts]
    assert -1 not in places, [part for part, at in zip(parts, places, strict=True) if at < 0]
    assert places == sorted(places)
    for section in re.findall(r"<section.*?</section>", text, re.DOTALL):
        assert len(re.sub("<[^>]+>", " ", section).split()) > 5
    assert re.search(r"TLP:CLEAR.*TLP:CLEAR", text, re.DOTALL)


@pytest.mark.parametrize(
    "desk", cases(["harbour_site/basin-closure"], *(f"reference/{topic}" for topic in WEEKLY))
)
def test_every_sentence_is_cited_on_paper(request: pytest.FixtureRequest, desk: str) -> None:
    """Each internal link of the PDF resolves; marking and page number stand on each page."""
    site, _, brief = desk.partition("/")
    path = request.getfixturevalue(site) / f"{brief}.en.pdf"
    with pikepdf.open(path) as pdf:
        assert pdf.Root.Lang == "en"
        (top,) = pdf.open_outline().root
        assert len(top.children) >= 10
        assert "/Author" not in pdf.docinfo
        count = len(pdf.pages)
    document = pypdfium2.PdfDocument(path)
    for number in range(count):
        text = document[number].get_textpage().get_text_bounded().replace("\u00a0", " ")
        assert text.count("TLP:CLEAR") >= 2
        assert f"page {number + 1} of {count}" in text
    document.close()


def _page(topic: str, as_of: date) -> str:
    """A brief in English, as known on a day."""
    name = TopicId(topic)
    spec = EditionSpec(topic, (name,), as_of, as_of, window(as_of, Period.WEEK), "en")
    checked, records = desks.reference(), reference_check().records
    (edition,) = with_changes(checked, [compose(checked, spec)], records).editions
    return BriefPage(edition, "screen").text(environment())


def test_a_year_later() -> None:
    """No plan reads as still to come, wherever it is told; no judgement outlives its day."""
    text = _page("tehran-meeting", date(2026, 12, 14))
    contested = text[text.index('id="contested"') : text.index('id="background"')]
    outlook = text[text.index('id="outlook"') : text.index('id="gaps"')]
    for part in (contested, outlook):
        assert "That day has passed; no outcome is reported." in " ".join(part.split())
    assert "before the end of December" not in text
    assert "no key judgement on this topic for" in text


@pytest.mark.parametrize("topic", desks.built())
def test_a_quiet_week_has_no_news(topic: str) -> None:
    """A week in which nothing became known says so, and revises nothing."""
    text = _page(topic, date(2025, 12, 21))
    changes = text[text.index('id="changes"') : text.index('id="developments"')]
    assert "Revised" not in changes
    assert "Nothing became known in this period" in text


def test_the_manifest_names_no_later_document(tmp_path: Path) -> None:
    """Of what was read, an early edition lists only what it could know."""
    asked = BriefRequest((TopicId("doha-2024"),), languages=("en",), as_of=date(2024, 3, 1))
    request = Request(ROOT / "facts.yaml", tmp_path / "early", asked, formats=("html",))
    build(request, today=lambda _: date(2030, 1, 1))
    text = (tmp_path / "early" / "manifest.json").read_text(encoding="utf-8")
    assert "seeds/003_" in text
    assert not re.search(r"seeds/00[014]_", text)


@pytest.mark.parametrize("as_of", [date.max, date(9999, 1, 1)])
def test_the_ends_of_the_calendar(as_of: date) -> None:
    """A day at the end of the calendar is a day like any other."""
    assert "</html>" in _page("un-staff-ban", as_of)


def test_plan_whose_day_has_passed() -> None:
    """The Security Council was to meet on 10 December; no document says what came of it."""
    assert "no outcome is reported" in _page("security-council", date(2025, 12, 14))


def test_nothing_has_changed_since_it_was_built(reference: Path, checked: CheckedBase) -> None:
    """Nobody is told that a fact is contested by now which another topic's point concerned then."""
    for path in sorted(reference.glob("*.en.html")):
        snapshot = from_json(from_html(path.read_text(encoding="utf-8"))).snapshot
        assert snapshot.facts
        assert list(since(snapshot, checked)) == []
