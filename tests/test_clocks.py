"""Two clocks: an edition knows what was known by its day, and nothing else, anywhere in it."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from html import unescape
from itertools import chain
from pathlib import Path

import pypdfium2
import pytest
from breadth import cases
from desks import editions, harbour, reference
from little_desk import LittleDesk

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.edition import Edition
from briefings.core.edtf import Edtf, Moment
from briefings.core.knowledge import facts_known, source_known
from briefings.core.model import FactId, FactKind, Period, SourceId, TopicId
from briefings.core.spec import EditionSpec
from briefings.make.pages import pages
from briefings.make.pipeline import is_pdf
from briefings.make.produce import Jobs, fill
from briefings.plan.choose import Chosen
from briefings.plan.request import Request
from briefings.render.html.embedded import from_html
from briefings.render.pdf.attached import from_pdf
from briefings.render.pdf.write import pdf
from briefings.workers.templates import fonts

ROOT = Path(__file__).parents[1]
HTN, CONTACT_GROUP = SourceId("htn-1312"), SourceId("contact-group-2511")
DAYS = (date(2024, 3, 1), date(2025, 12, 8), date(2025, 12, 14))
TOPICS = ("doha-2024", "security-council", "un-staff-ban")
"""Those whose pages are looked at in `make test`."""
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
# Names of documents, files and persons that no earlier document has.
LATER_WORDS = {
    DAYS[0]: ("HTN", "htn-1312", "000_d1314", "contact-group-2511", "001_4059eb55", "Takal"),
    DAYS[1]: ("HTN", "htn-1312", "000_d1314"),
}


def laid_open(text: str) -> str:
    """A page, or its data, with what it carries packed in plain words, without fonts and icon.

    Chance spells short names in base64, and hides long ones.
    """

    def unpacked(packed: re.Match[str]) -> str:
        return zlib.decompress(base64.b64decode(packed[1])).decode()

    text = re.sub(r"data:(?:font/woff2|image/png);base64,[A-Za-z0-9+/=]+", "", text)
    plain, count = re.subn(r'(?<="packed": ")([A-Za-z0-9+/=]+)(?=")', unpacked, text)
    assert count == text.count('"packed": ')
    assert "base64," not in plain
    return plain


def chosen(day: date) -> list[Chosen]:
    """The briefs whose pages are looked at: of some topics, or of all."""
    topics = cases(TOPICS, *(str(topic) for topic in reference().base.topics))
    return [
        Chosen(each, f"{each.spec.brief}.en")
        for each in editions(day)
        if each.citations and each.spec.brief in topics
    ]


def asked(*formats: str) -> Request:
    return Request(Path("facts.yaml"), Path("build"), formats=formats)


@cache
def jobs(day: date) -> Jobs:
    """A build of that day, but for the setting of its PDFs."""
    return pages(reference(), chosen(day), asked("html", "pdf"))


@cache
def filled(day: date) -> Mapping[str, str]:
    """Its pages, also those for paper, by the files that they become."""
    return fill(jobs(day))


@cache
def html(day: date) -> str:
    """Every page of a build of that day: briefs, index and documents, with all they carry."""
    screens = {name: text for name, text in filled(day).items() if not is_pdf(name)}
    screens |= {file.path: file.content.decode() for file in jobs(day).ready}
    return "\n".join(f"{name}\n{laid_open(text)}" for name, text in screens.items())


def shown_facts(edition: Edition) -> set[FactId]:
    parts = (edition.developments, edition.commentary, edition.background, edition.outlook)
    return {sentence.fact.id for sentence in chain(*parts)}


def begins(event: Edtf | None) -> date | None:
    """The first day that an event may have been on."""
    return (event.earliest or event.latest) if event else None


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{5,}", text))


@pytest.mark.parametrize("day", DAYS)
def test_an_edition_of_all_topics_shows_what_was_known(day: date) -> None:
    """Every known fact of every topic, and none that was not; the same of sources."""
    base = reference().base
    known = {fact for fact, since in facts_known(base).items() if since <= day}
    shown = set().union(*(shown_facts(edition) for edition in editions(day)))
    assert shown == known
    sources = {view.source.id for edition in editions(day) for view in edition.sources}
    assert sources == {
        source.id
        for source in base.sources.values()
        if (since := source_known(source)) is not None and since <= day
    }
    assert (HTN in sources) == (day == DAYS[2])
    assert (CONTACT_GROUP in sources) == (day > DAYS[0])


@pytest.mark.parametrize("day", DAYS)
def test_nothing_in_an_edition_is_of_a_later_day(day: date) -> None:
    """No date of knowledge, judgement, gap, withdrawal or title; no event but of a plan."""
    base = reference().base
    for edition in editions(day):
        for sentence in chain(
            edition.developments, edition.commentary, edition.background, edition.outlook
        ):
            assert sentence.known <= day
            begun = begins(sentence.fact.date)
            assert begun is None or begun <= day or sentence.fact.kind is FactKind.PLAN
            for outcome in sentence.outcomes:
                assert facts_known(base)[outcome.id] <= day
            due = sentence.fact.due.latest if sentence.fact.due else None
            is_past = due is not None and due < day
            assert sentence.overdue == (is_past and not sentence.outcomes)
        assert all(view.judgement.made <= day for view in edition.judgements)
        assert all(gap.made <= day for gap in edition.gaps)
        assert all(view.age >= 0 for view in edition.sources)
        titles = [source for view in edition.actors for _, source in view.titles]
        for source in (*titles, *(base.sources[name] for name in edition.documents)):
            since = source_known(source)
            assert since is not None
            assert since <= day


@pytest.mark.parametrize("day", LATER_WORDS)
def test_words_of_later_documents_are_on_no_page(day: date) -> None:
    """Names that stand in a later document alone, and in nothing the desk said by then."""
    base = reference()
    early, late = "", ""
    for name, source in base.base.sources.items():
        since = source_known(source)
        if since is not None and since <= day:
            early += base.documents[name].text + "\n"
        else:
            late += base.documents[name].text + "\n"
    text = html(day)
    for word in LATER_WORDS[day]:
        assert word in late + repr(base.base.sources)
        assert word not in text
    names = {word for word in words(late) - words(early) if word[0].isupper()}
    assert len(names) > 20
    assert names & words(text) <= words(desk_words(day) + frame_words())


@pytest.mark.parametrize("day", DAYS)
def test_paper_and_its_data_know_no_later_day(day: date) -> None:
    """The pages that become PDFs, with what is attached to them, tell just what was known."""
    base = reference().base
    briefs = chosen(day)
    prints = {name: text for name, text in filled(day).items() if is_pdf(name)}
    known = facts_known(base)
    later = [fact for name, fact in base.facts.items() if known[name] > day]
    assert len(prints) == len(briefs) > 0
    for brief in briefs:
        data = from_html(prints[f"{brief.stem}.pdf"])
        assert {FactId(each["id"]) for each in json.loads(data)["facts"]} == shown_facts(
            brief.edition
        )
        paper = laid_open(prints[f"{brief.stem}.pdf"])
        text = " ".join(unescape(re.sub("<[^>]+>", "", paper)).split())
        for word in LATER_WORDS.get(day, ()):
            assert word not in paper
        for fact in later:
            assert fact.statement.forms[0][1] not in text
            assert f'"{fact.id}"' not in paper


def test_a_pdf_says_and_carries_what_its_page_does() -> None:
    """Neither more nor less: the facts of its day in its data, and every statement on paper."""
    (edition,) = (each for each in editions(DAYS[1]) if each.spec.brief == "security-council")
    prints = fill(pages(reference(), [Chosen(edition, "brief")], asked("pdf")))
    content = pdf(prints["brief.pdf"], fonts())
    paper = pypdfium2.PdfDocument(content)
    text = unhyphenated(
        "".join(paper[number].get_textpage().get_text_bounded() for number in range(len(paper)))
    )
    paper.close()
    known, since = shown_facts(edition), facts_known(reference().base)
    data = from_pdf(content)
    assert {FactId(each["id"]) for each in json.loads(data)["facts"]} == known
    carried = laid_open(data)
    for fact in reference().base.facts.values():
        assert (unhyphenated(fact.statement.forms[0][1]) in text) is (fact.id in known)
        if since[fact.id] > DAYS[1]:
            assert f'"{fact.id}"' not in carried
            assert fact.statement.forms[0][1] not in carried
    for word in LATER_WORDS[DAYS[1]]:
        assert word not in text
        assert word not in carried


def unhyphenated(text: str) -> str:
    """Without hyphens: of those at the end of a line a reader of PDFs cannot tell which belong."""
    return " ".join(re.sub("[-\u0002]|\u2010\r\n", "", text).split())


@cache
def frame_words() -> str:
    """Words of every brief: those of the templates, and the countries on any map."""
    folder = ROOT / "templates"
    files = (*sorted(folder.glob("*.*")), folder / "map" / "countries-50m.json")
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path.is_file())


def desk_words(day: date) -> str:
    """The desk's own words on what was known by `day`: statements, judgements, notes, names."""
    return "\n".join(
        chain.from_iterable(
            (
                *(repr(each.fact.statement) + repr(each.fact.note) for each in chain(*told_parts)),
                repr([(view.actor, view.of) for view in edition.actors]),
                repr([view.judgement for view in edition.judgements]),
                repr([view.source for view in edition.sources]),
                repr([view.place for view in edition.places]),
                repr((edition.gaps, edition.contests, edition.title, edition.question)),
                " ".join(MONTHS),
            )
            for edition in editions(day)
            for told_parts in [
                (edition.developments, edition.commentary, edition.background, edition.outlook)
            ]
        )
    )


@pytest.mark.parametrize("day", DAYS)
def test_no_later_day_is_written_on_any_page(day: date) -> None:
    """But for the day on which a plan is due, and years that the documents speak of."""
    allowed = {
        moment.first + timedelta(days=step)
        for edition in editions(day)
        for sentence in edition.outlook
        for moment in moments(sentence.fact.due)
        for step in range((moment.last - moment.first).days + 1)
    }
    text = re.sub(r"<style>.*?</style>", "", html(day), flags=re.DOTALL)
    months = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
    written = {
        date(int(year), months[month[:3]], int(number))
        for number, month, year in re.findall(
            rf"\b(\d{{1,2}}) ({'|'.join(months)})[a-z]*\.? (\d{{4}})\b", text
        )
    } | {date.fromisoformat(each) for each in re.findall(r"\b20\d\d-\d\d-\d\d\b", text)}
    assert day in written
    assert {later for later in written if later > day} <= allowed


def moments(due: Edtf | None) -> list[Moment]:
    return [each for each in (due.start, due.end) if each is not None] if due else []


def test_an_earlier_day_told_with_later_knowledge() -> None:
    """The situation on the 8th as known on the 14th: later sources, no later events."""
    (plain,) = (each for each in editions(DAYS[1]) if each.spec.brief == "tehran-meeting")
    (later,) = (each for each in editions(DAYS[1], DAYS[2]) if each.spec.brief == "tehran-meeting")
    assert shown_facts(plain) <= shown_facts(later)
    for sentence in later.developments:
        begun = begins(sentence.fact.date)
        assert begun is None or begun <= DAYS[1]
    assert later.id != plain.id
    page = fill(pages(reference(), [Chosen(later, "brief")], asked("html")))["brief.html"]
    (line,) = re.findall(r'<p class="running">(.*?)</p>', page)
    words = re.sub(r"<[^>]*>", "", line)
    assert "8 December 2025" in words
    assert "information up to 14 December 2025" in words


def test_a_plan_whose_day_has_passed_reads_so() -> None:
    """Never as if it had happened, nor as still to come; with an outcome, that is told."""
    texts = {}
    for day in (date(2024, 3, 8), date(2024, 3, 9)):
        topic = TopicId("basin-closure")
        spec = EditionSpec(topic, (topic,), day, day, window(day, Period.WEEK), "en")
        edition = compose(harbour(), spec)
        overdue = {each.fact.id: each.overdue for each in edition.outlook}
        assert overdue[FactId("hearing")] == (day > date(2024, 3, 8))
        assert not overdue[FactId("closure-ordered")]
        filled_ = fill(pages(harbour(), [Chosen(edition, "brief")], asked("html")))
        texts[day] = filled_["brief.html"]
    for section in ("outlook", "facts"):  # on page two, and among all facts of the annex
        parts = [_section(text, section) for text in texts.values()]
        assert [part.count("no outcome is reported") for part in parts] == [0, 1]
    assert [text.count("no outcome is reported") for text in texts.values()] == [0, 2]


def _section(page: str, name: str) -> str:
    (section,) = re.findall(rf'<section aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    return str(section)


@pytest.mark.parametrize(
    ("keys", "told", "overdue"),
    [
        ("date: 2025-01-20", "due 20 Jan 2025", False),
        ("date: 2025-01-04", "due 4 Jan 2025", True),
        ("date: 2025-01-02", "no day given", False),
        ("date: 2025-01-02, due: 2025-01-20", "due 20 Jan 2025", False),
    ],
)
def test_the_day_of_a_plan_is_told_alike_in_both_places(
    tmp_path: Path, keys: str, told: str, overdue: bool
) -> None:
    """On page two and in the annex: its `due`, else a `date` that is later than its source."""
    words = "The bridge will be closed, the office said."
    checked = (
        LittleDesk(tmp_path)
        .document("a", words)
        .check(
            f"facts:\n  - {{id: f, kind: plan, topics: [t], {keys}, by: outlet, credibility: 2,\n"
            f"     statement: '{words}', evidence: [{{source: a, quote: '{words}'}}]}}\n"
        )
    )
    assert checked.checked is not None
    topic, day = TopicId("t"), date(2025, 1, 10)
    spec = EditionSpec(topic, (topic,), day, day, window(day, Period.WEEK), "en")
    edition = compose(checked.checked, spec)
    assert [each.overdue for each in edition.outlook] == [overdue]
    text = fill(pages(checked.checked, [Chosen(edition, "brief")], asked("html")))["brief.html"]
    for section, passed in (
        ("outlook", "said.¶\xa01 That day has passed"),  # the day stands beside it
        ("facts", "Due 4 January 2025. That day has passed"),
    ):
        part = re.sub("<[^>]*>", "", _section(text, section))
        assert told in part or (overdue and section == "facts")
        assert (passed in part) is overdue
