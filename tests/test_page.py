"""Web pages: what stands on them, where their links lead, and what they ask of a browser."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import jinja2
import pytest
from browsers import Tab
from desks import weekly
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, ConsoleMessage, Request
from strait_desk import AS_OF, edition

from briefings.core.difference import Change, ChangeKind, Subject
from briefings.core.edition import Changes, Edition
from briefings.core.model import CheckedBase, Document, LocalText, SourceId
from briefings.core.overriding import override
from briefings.core.span import Span
from briefings.render.html import front
from briefings.render.html.environment import (
    TemplateHole,
    environment,
    shipped,
    text_of,
    used_files,
)
from briefings.render.html.fill import Medium, runs, script_of
from briefings.render.html.page import BriefPage
from briefings.render.html.passages import MarkedPassage, paragraphs
from briefings.render.html.siblings import Desk, Siblings, brief_name
from briefings.render.html.source_page import SourcePage, uses_of

ALL = Siblings(html=True, pdf=True, index=True, sources=frozenset({"herald", "wire"}))


@pytest.fixture(scope="module")
def site(
    strait_base: CheckedBase, strait_week: Edition, templates: jinja2.Environment
) -> dict[str, str]:
    """Every page of one build, by its path."""
    desk = Desk.of(strait_base.base)
    pages = {
        brief_name(strait_week, "html"): BriefPage(strait_week, "screen", files=ALL).text(templates)
    }
    for name in ("herald", "wire"):
        source = strait_base.base.sources[SourceId(name)]
        pages[ALL.source_name(source.id, "en")] = SourcePage(
            desk,
            source,
            strait_base.documents[source.id],
            uses_of(source.id, [strait_week], ALL),
            strait_week.marking,
            ALL,
            "en",
        ).text(templates)
    shown = front.overview(desk, [strait_week], ALL, "en")
    pages["index.html"] = front.FrontPage(desk, shown, ALL, "en").text(templates)
    return pages


class Seen(HTMLParser):
    """Ids, links and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self.headings: list[int] = []
        self._style = False
        self.feed(html)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._style = tag == "style"
        attributes = dict(attrs)
        if "id" in attributes:
            self.ids.append(attributes["id"] or "")
        if tag == "a":
            self.links.append(attributes["href"] or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    @override
    def handle_data(self, data: str) -> None:
        if not self._style:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def test_every_link_of_the_site_leads_somewhere(site: dict[str, str]) -> None:
    """To an id of the same page, to a page of the site and its id, to the PDF or the feed."""
    seen = {name: Seen(html) for name, html in site.items()}
    for name, links in seen.items():
        assert len(links.ids) == len(set(links.ids)), f"{name} gives an id twice"
        for link in links.links:
            target, _, fragment = link.partition("#")
            path = (Path(name).parent / target).as_posix() if target else name
            path = path.removeprefix("sources/../")
            if path in ("ferries.en.pdf", "feed.xml"):
                continue
            assert path in seen, f"{name} links to {link}"
            assert not fragment or fragment in seen[path].ids, f"{name} links to {link}"


def test_one_step_to_the_quote_one_to_the_passage_and_back(
    strait_week: Edition, site: dict[str, str]
) -> None:
    """From each sentence to its quotes, from each quote to its document, and both ways back."""
    brief = Seen(site["ferries.en.html"])
    for sentence in (
        *strait_week.developments,
        *strait_week.commentary,
        *strait_week.background,
        *strait_week.outlook,
    ):
        assert sentence.id in brief.ids
        for number in sentence.citations:
            assert f"#q{number}" in brief.links
    for citation in strait_week.citations:
        document = Seen(site[ALL.source_name(citation.source.id, "en")])
        assert f"sources/{citation.source.id}.html#p-{citation.id}" in brief.links
        assert f"p-{citation.id}" in document.ids
        assert f"../ferries.en.html#q{citation.number}" in document.links
        for link in citation.cited_by:
            assert f"#{link.target}" in brief.links
            assert f"../ferries.en.html#{link.target}" in document.links


def test_every_part_of_a_brief_is_there(strait_week: Edition, site: dict[str, str]) -> None:
    """Masthead, judgements, attribution, grades, contests, what became of plans, gaps, sources."""
    text = Seen(site["ferries.en.html"]).text
    for words in (
        "The Strait of Oom", "The ferries' halt", "When will ferries sail again",
        "18 May 2031 (12–18 May 2031)", strait_week.id, strait_week.fingerprint, "TLP:GREEN",
        "It is very likely that no ferry sails in this week.",
        "80–95 % confidence low · based on ¶ 2, 4",
        "Two of the three accounts are not named.",
        "people close to the talks (anonymous), in Herald",
        "Herald, the outlet’s own account",
        "By how much was the toll raised?",
        "Due 13 May 2031. That day has passed; no outcome is reported.",
        "The Herald holds that both sides",
        "What do the pilots say themselves?",
        "Map of Port Oom and Farside",
        "follow Natural Earth (public domain) and imply no judgement on their status",
        "“its director” – Herald",
        "This brief has 8 facts from 2 source documents",
        "between 13 May and 14 May 2031",
        "سخنگوی بندر گفت که کشتی‌ها از فردا حرکت می‌کنند",
        "The spokesman of the port said that the ships move from tomorrow on (translated by",
        "Note: The text does not say which ships.",
        "The ferry company said […] no ferry would sail before 20 May 2031",
        "twice their pay & <b>more</b>",
    ):  # fmt: skip
        assert words in text, words


def test_empty_parts_say_why(strait_base: CheckedBase, templates: jinja2.Environment) -> None:
    """An edition that knows nothing is still a brief, and honest about each part."""
    empty = edition(strait_base, "silence")
    text = Seen(BriefPage(empty, "screen").text(templates)).text
    for words in (
        "We have no key judgement on this topic for 18 May 2031.",
        "Nothing was known on this topic by 18 May 2031.",
        "We know of no point on which the accounts known by 18 May 2031 disagree.",
        "No plan for the time ahead was known by 18 May 2031.",
        "We have no open question on this topic.",
        "This brief has no fact.",
        "No fact of this brief carries a date.",
        "This brief names no person and no body.",
        "This brief cites no source.",
        "This brief quotes nothing.",
    ):
        assert words in text, words
    week = edition(strait_base)
    front = week.front
    long = replace(
        front, disputes=(), details=front.disputes, news=front.news * 3, reports=front.reports * 3
    )
    agreed = replace(week, front=long)
    text = Seen(BriefPage(agreed, "screen").text(templates)).text
    assert "We know of no point on which the sources disagree." in text
    assert "We know of no point on which the accounts known by 18 May 2031 disagree." in text
    later = edition(strait_base, as_of=AS_OF.replace(year=2032))
    assert (
        "the newest information is from 14 May 2031"
        in Seen(BriefPage(later, "screen").text(templates)).text
    )


ORDERED = "statement|because|due|passage-text|translation|note|telling|point"
ALIKE = (
    *("bottom-line", "news", "disagree", "unknown", "trust", "developments", "contested"),
    *("outlook", "gaps", "who", "sourcing", "quotes"),
)


@pytest.mark.parametrize(("much", "once"), [(1, {"developments", "gaps"}), (3, set[str]())])
def test_both_media_say_the_same(
    strait_week: Edition, templates: jinja2.Environment, much: int, once: set[str]
) -> None:
    """Paper leaves out navigation and moves voices aside; no word of a sentence differs.

    The screen has room for more of a quote's paragraph, for its translator each time and for saying
    that it stands there to the letter. What a short brief tells at length on page one is `once`
    there and in no part of its own, on either; so is the one judgement, which leads.
    """
    once = {*once, "bottom-line"}
    front = strait_week.front
    front = replace(front, news=front.news * much, reports=front.reports * much)
    shown = replace(strait_week, front=front)
    roomy = re.compile(
        r"(?<=>)[^<]*(?=<q>)|(?<=</q>)[^<]*|"
        r' <span class="by">.*?</span>|(?:(?<=\d)|(?<=\d</span>)) · word for word|'
        r'<p class="lead">Every passage.*?</p>'
    )
    screen, paper = (
        roomy.sub("", BriefPage(shown, medium, files=ALL).text(templates))
        for medium in ("screen", "print")
    )
    by_medium = [
        [
            Seen(text).text
            for text in re.findall(rf'<(?:p|td) class="(?:{ORDERED})"[^>]*>(.*?)</(?:p|td)>', html)
        ]
        for html in (screen, paper)
    ]
    assert len(by_medium[0]) > 20
    assert by_medium[0] == by_medium[1]
    # What only leads about: contents, the heads of columns, and the way to a page of a document.
    aside = re.compile(
        r'<nav.*?</nav>|<thead>.*?</thead>|<span class="in-document">.*?</a></span>', re.DOTALL
    )
    for part in ALIKE:
        words = [
            Counter(re.findall(r"\w+|%", Seen(aside.sub("", match[1]).replace("<p", " <p")).text))
            for html in (screen, paper)
            if (match := re.search(rf'id="{part}"(.*?)(?=<section|</main>)', html, re.DOTALL))
        ]
        assert len(words) == (0 if part in once else 2), part
        assert part in once or words[0] == words[1], part


def test_what_is_now_disputed_names_the_question(
    strait_week: Edition, templates: jinja2.Environment
) -> None:
    """It stands before the account that is disputed."""
    view = strait_week.contests[0]
    fact = view.positions[0].fact
    change = Change(ChangeKind.NEWLY_CONTESTED, Subject.FACT, fact.id, "It was told.")
    changed = replace(strait_week, changes=Changes(AS_OF, True, "an-edition", (change,)))
    html = BriefPage(changed, "screen", files=ALL).text(templates)
    row = re.search(r"Now disputed</b></div>(.*?)</li>", html, re.DOTALL)
    assert row is not None
    question = view.contest.question.best("en")[1]
    assert Seen(row[1]).text.strip().startswith(f"{question} It was told.")


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_who_is_who_quotes_no_source_that_is_not_cited(
    templates: jinja2.Environment, medium: Medium
) -> None:
    """What other documents of the desk call a person or body says nothing of this brief."""
    shown = weekly("border-clashes")
    cited = {view.source.id for view in shown.sources}
    html = BriefPage(shown, medium).text(templates)
    told = html.partition('<h2 id="who">')[2].partition("</section>")[0]
    called = [
        (source.id, {each.name, each.title})
        for view in shown.actors
        for each, source in view.titles
    ]
    known = set[str | None]().union({None}, *(names for source, names in called if source in cited))
    strange = set[str | None]().union(*(names for source, names in called if source not in cited))
    assert {"The Taliban government", "the militant group"} <= strange - known
    assert not [each for each in strange - known if f"“{escape(str(each))}”" in told]
    assert "“IEA”" in told


def test_who_translated_is_said_once_on_paper(
    strait_week: Edition, templates: jinja2.Environment
) -> None:
    """At the head of the quotes, unless they have several translators; on a screen beside each."""
    screen, paper = (
        Seen(BriefPage(strait_week, medium).text(templates)).text for medium in ("screen", "print")
    )
    assert "Translations by the desk." in paper
    assert "translated by" not in paper
    assert "(translated by the desk)" in screen
    first, *others = strait_week.citations
    words = LocalText((("en", "No ferry sails."),), Span("facts.yaml", 0, 0))
    evidence = replace(first.evidence, language="de", translation=words, translator="R. Roe")
    several = replace(strait_week, citations=(replace(first, evidence=evidence), *others))
    text = Seen(BriefPage(several, "print").text(templates)).text
    assert "Translations by" not in text
    assert "(translated by the desk)" in text
    assert "(translated by R. Roe)" in text


def test_headings_skip_no_level(site: dict[str, str]) -> None:
    """The outline can be walked by ear."""
    for name, html in site.items():
        levels = Seen(html).headings
        assert levels[0] == 1
        assert levels.count(1) == 1, name
        for before, after in pairwise(levels):
            assert after <= before + 1, name


def test_changes_of_language_are_marked(site: dict[str, str]) -> None:
    """Persian is Persian for a screen reader and runs from the right, in brief and document."""
    brief, wire = site["ferries.en.html"], site["sources/wire.html"]
    assert re.search(r'<p class="passage-text" lang="fa" dir="rtl">.*کشتی', brief)
    assert re.search(r'<bdi lang="fa" dir="rtl">سخنگوی بندر</bdi>', brief)
    assert re.search(r'<p lang="en" dir="rtl"><mark[^>]* lang="fa">', wire)


def test_a_browser_asks_for_nothing_else(
    site: dict[str, str], tmp_path: Path, browser: Browser
) -> None:
    """The policy lets the style in and nothing else; no request, no error, no sideways scroll."""
    for name, html in site.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(html, encoding="utf-8")
    asked: list[Request] = []
    messages: list[ConsoleMessage] = []
    for width in (320, 1280):
        view = browser.new_page(viewport={"width": width, "height": 800})
        view.on("request", lambda request: asked.append(request))  # noqa: PLW0108 # see below
        view.on("console", lambda message: messages.append(message))  # noqa: PLW0108 # no builtins
        for name in site:
            asked.clear()
            view.goto((tmp_path / name).as_uri())
            assert [each.url for each in asked] == [(tmp_path / name).as_uri()]
            assert messages == []
            if name == "ferries.en.html":
                ends = view.evaluate(
                    "[...document.querySelectorAll('.timeline .track')].map(t =>"
                    " [t.getBoundingClientRect().left, t.getBoundingClientRect().right].join())"
                )
                assert len(set(ends)) == 1, "a row of the timeline is not drawn to its axis"
            wide = view.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} wide at {width}"
            assert view.evaluate("getComputedStyle(document.querySelector('.tlp')).color") == (
                "rgb(51, 255, 0)"
            ), "the style sheet did not pass the policy"
        view.close()


def test_an_address_lights_up_its_whole_passage(
    strait_week: Edition, site: dict[str, str], tmp_path: Path, tab: Tab
) -> None:
    """Both fragments of a quote with an ellipsis, although another quote overlaps the second."""
    path = tmp_path / "herald.html"
    path.write_text(site["sources/herald.html"], encoding="utf-8")
    halt = next(each for each in strait_week.citations if each.fact.id == "halt")
    view = tab()
    view.goto(f"{path.as_uri()}#p-{halt.id}")
    lit = view.evaluate(
        "[...document.querySelectorAll('mark')].filter(m =>"
        " getComputedStyle(m).backgroundColor == 'rgb(246, 216, 107)').map(m => m.innerText)"
    )
    assert lit == ["The ferry company said", "no ferry would sail before 20 May 2031"]


def test_overlapping_passages_are_cut_where_they_meet(strait_week: Edition) -> None:
    """Each piece knows every quote that covers it, and the text is whole."""
    document = strait_week.documents[SourceId("herald")]
    cited = [MarkedPassage.of(each) for each in strait_week.citations if each.source.id == "herald"]
    whole = paragraphs(document, cited)
    for paragraph, (start, end) in zip(whole, document.paragraphs, strict=True):
        assert "".join(piece.text for piece in paragraph.pieces) == document.text[start:end]
    shared = [piece for piece in whole[1].pieces if len(piece.inside) == 2]
    assert [piece.text for piece in shared] == ["no ferry would sail before 20 May 2031"]


@given(st.data())
def test_any_passages_leave_the_text_whole(strait_week: Edition, data: st.DataObject) -> None:
    """However passages overlap: pieces join to the paragraph, each quote opens exactly once."""
    text = data.draw(st.text("ab ", min_size=1, max_size=40))
    document = Document(SourceId("herald"), "x", text, ((0, len(text)),))
    spans = data.draw(
        st.lists(
            st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted), max_size=5
        )
    )
    first = MarkedPassage.of(strait_week.citations[0])
    quotes = [
        replace(
            first,
            id=f"c{number}",
            anchor=replace(
                first.anchor, passages=(replace(first.anchor.passages[0], start=start, end=end),)
            ),
        )
        for number, (start, end) in enumerate(spans)
        if start < end
    ]
    (paragraph,) = paragraphs(document, quotes)
    assert "".join(piece.text for piece in paragraph.pieces) == text
    assert sorted(paragraph.cited) == [quote.id for quote in quotes]


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ((), ()),
        ((3,), ((3, 3),)),
        ((4, 5), ((4, 4), (5, 5))),
        ((7, 1, 2, 3, 5, 6), ((1, 3), (5, 7))),
    ],
)
def test_three_numbers_in_a_row_are_a_range(
    numbers: tuple[int, ...], found: tuple[tuple[int, int], ...]
) -> None:
    """`1–3, 5–7`, but `4, 5`."""
    assert runs(numbers) == found


def test_paper_has_no_variables(strait_week: Edition, templates: jinja2.Environment) -> None:
    """Each is its value there; the screen keeps them, since they turn with its colours."""
    assert "var(" not in BriefPage(strait_week, "print").text(templates)
    assert "var(" in BriefPage(strait_week, "screen").text(templates)


@pytest.mark.parametrize(
    ("template", "code", "line", "words"),
    [
        ("one\n{{ edition.no_such_thing }}\n", "template-hole", 2, "no_such_thing"),
        ("\n\n{{ nowhere }}", "template-hole", 3, "nowhere"),
        ("{% if %}", "template-syntax", 1, "Expected"),
        ("\n{% include 'gone.html.j2' %}", "template-hole", 2, "gone.html.j2"),
        ("\n{% include '/etc/passwd' %}", "template-hole", 2, "/etc/passwd"),
        ("\n{% extends '/etc/passwd' %}", "template-hole", 2, "/etc/passwd"),
        ("\n{% import '/etc/passwd' as x %}", "template-hole", 2, "/etc/passwd"),
        ("\n{% include '../../facts.yaml' %}", "template-hole", 2, "facts.yaml"),
        ("\n{% include '' %}", "template-hole", 2, "no template"),
        ("\n{% include 'a\\0b' %}", "template-hole", 2, "no template"),
        ("{{ ''.__class__.__mro__ }}", "template-hole", 1, "__class__"),
        ("{{ 1 / 0 }}", "template-hole", 1, "zero"),
        ("{% for n in range(10**9) %}x{% endfor %}", "template-hole", 1, "ange"),
        ("{{ edition.id | safe }}", "template-syntax", 1, "safe"),
        ("{{ [1, 2] | random }}", "template-syntax", 1, "random"),
        ("{{ lipsum() }}", "template-hole", 1, "lipsum"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "template-hole", 1, "circle"),
        ("a\n{{ 1 }}{% macro m(a, a) %}{% endmacro %}\n{{ 2 }}", "template-syntax", 2, "argument"),
        ("\n\n{{ edition.of(a=1, a=1) }}\n{{ 2 }}", "template-syntax", 3, "repeated: a"),
        ("{% for n in [1] %}\n" * 25 + "{% endfor %}" * 25, "template-syntax", 21, "nested blocks"),
        (f"{{{{ {'9' * 5_000} }}}}", "template-syntax", 1, "digits"),
        (f"{{{{ 0x{'f' * 5_000} }}}}", "template-syntax", 1, "digits"),
        (b"\xff", "template-syntax", 1, "UTF-8"),
    ],
)
def test_a_hole_is_an_error_with_its_place(
    strait_week: Edition, tmp_path: Path, template: str | bytes, *, code: str, line: int, words: str
) -> None:
    """A desk's own template that can't be filled is named by file and line."""
    path = tmp_path / "brief.html.j2"
    path.write_bytes(template if isinstance(template, bytes) else template.encode())
    with pytest.raises(TemplateHole, match=words) as caught:
        BriefPage(strait_week, "screen").text(environment(tmp_path))
    assert (caught.value.path, caught.value.line) == (str(path), line)
    assert caught.value.code == code


def _deep(depth: int, act: Callable[[], object]) -> object:
    return act() if depth == 0 else _deep(depth - 1, act)


def test_a_circle_has_one_place(strait_week: Edition, tmp_path: Path) -> None:
    """The line that leads back, however deep the program stands when it begins."""
    names = ("brief", "second", "third")
    for name, following in zip(names, (*names[1:], names[0]), strict=True):
        asks = f'\n{{% set x %}}\n{{% include "{following}.html.j2" %}}\n{{% endset %}}'
        (tmp_path / f"{name}.html.j2").write_text(asks, encoding="utf-8")
    places = set()
    for depth in range(0, 60, 5):
        fill = partial(BriefPage(strait_week, "screen").text, environment(tmp_path))
        with pytest.raises(TemplateHole, match="circle") as caught:
            _deep(depth, fill)
        places.add((caught.value.path, caught.value.line))
    assert places == {(str(tmp_path / "third.html.j2"), 3)}


@pytest.mark.parametrize(
    "template",
    [
        '\n{% import "macros.html.j2" as m %}',  # which needs a context
        '{% import "macros.html.j2" as m with context %}\n{{ m.local(none) }}',
        '{% extends "base.html.j2" %}{% block body %}\n{% include "quote.html.j2" %}{% endblock %}',
    ],
)
def test_what_fails_in_a_shipped_template_is_told_where_it_was_asked_for(
    strait_week: Edition, tmp_path: Path, template: str
) -> None:
    """In the line that whoever wrote it can mend; where it failed is said."""
    path = tmp_path / "brief.html.j2"
    path.write_text(template, encoding="utf-8")
    with pytest.raises(TemplateHole, match=r", in line \d+ of [a-z]+\.html\.j2$") as caught:
        BriefPage(strait_week, "screen").text(environment(tmp_path))
    assert (caught.value.path, caught.value.line) == (str(path), 2)


@pytest.mark.parametrize("name", ["quote.html.j2", "brief.html.j2", "print.css", "map"])
def test_no_link_is_followed_to_a_template(strait_week: Edition, tmp_path: Path, name: str) -> None:
    """A template folder can't reach what lies outside of it; that it tries to is said."""
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / name).symlink_to(secret)
    with pytest.raises(TemplateHole, match="is a link"):
        BriefPage(strait_week, "print").text(environment(folder))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (Path.mkdir, "can't be read: it is a folder"),
        (os.mkfifo, "can't be read: it is not a regular file"),
        (lambda path: path.write_bytes(b"x" * (4 * 2**20 + 1)), "can't be read: it is larger than"),
        (lambda path: path.symlink_to("/etc/passwd"), "is a link"),
    ],
)
@pytest.mark.parametrize("name", ["brief.html.j2", "timeline.html.j2", "screen.css", "page.js"])
def test_what_stands_in_a_template_s_place_is_not_passed_over(
    strait_week: Edition, tmp_path: Path, make: Callable[[Path], object], words: str, name: str
) -> None:
    """In silence, for the shipped one: whoever put it there meant it to be read."""
    make(tmp_path / name)
    with pytest.raises(TemplateHole, match=f'"{name}" {words}'):
        BriefPage(strait_week, "screen").text(environment(tmp_path))


def test_a_folder_in_the_way_of_a_template_is_told(strait_week: Edition, tmp_path: Path) -> None:
    """So is one of templates that is a file; one that is not there has no templates."""
    (tmp_path / "map").write_text("a file", encoding="utf-8")
    with pytest.raises(TemplateHole, match=r'"map/\S+" can\'t be read: what it names'):
        BriefPage(strait_week, "print").text(environment(tmp_path))
    with pytest.raises(TemplateHole, match='the folder "map" can\'t be read: what it names'):
        BriefPage(strait_week, "print").text(environment(tmp_path / "map"))
    templates = environment(tmp_path / "missing")
    BriefPage(strait_week, "screen").text(templates)
    assert all(Path(path).is_relative_to(shipped()) for path in used_files(templates))


@pytest.mark.parametrize(
    ("code", "carried"),
    [
        (
            "// why\nlet a = 1; // one\n  // two\n\n  if (a)\n    b();\n",
            "let a = 1; // one\nif (a)\nb();",
        ),
        ("let a = `one\n  // two\n  three`;\n", "let a = `one\n  // two\n  three`;"),
        ("let a = 'one\\\n  two';\n", "let a = 'one\\\n  two';"),
    ],
    ids=["as ours", "a text of several lines", "a text that goes on"],
)
def test_a_script_is_carried_without_its_comments(tmp_path: Path, code: str, carried: str) -> None:
    """And without its margins; where these may stand in a text, it is carried as it is."""
    (tmp_path / "own.js").write_text(code, encoding="utf-8")
    assert script_of(environment(tmp_path), "own.js") == carried


def test_only_templates_are_read_to_be_shown(tmp_path: Path) -> None:
    """By their paths below the folders; by no other, and through no link."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (folder / "own.html.j2").write_text("own", encoding="utf-8")
    (folder / "link.html.j2").symlink_to(tmp_path / "secret")
    templates = environment(folder)
    assert text_of(templates, str(folder / "own.html.j2")) == "own"
    for path in ("/etc/passwd", f"{folder}/../secret", f"{folder}/link.html.j2", "own.html.j2"):
        assert text_of(templates, path) is None


def test_what_a_desk_writes_is_never_markup(
    strait_base: CheckedBase, templates: jinja2.Environment, strait_week: Edition
) -> None:
    """A statement, a quote and an address with markup in them are text on the page."""
    html = BriefPage(strait_week, "screen").text(templates)
    assert "twice their pay &amp; &lt;b&gt;more&lt;/b&gt;" in html
    source = replace(
        strait_base.base.sources[SourceId("herald")], title='"><script>alert(1)</script>'
    )
    desk, document = Desk.of(strait_base.base), strait_base.documents[source.id]
    uses = uses_of(source.id, [strait_week], ALL)
    page_of_it = SourcePage(desk, source, document, uses, strait_week.marking, ALL, "en")
    html = page_of_it.text(templates)
    assert "<script" not in html


def test_nothing_is_linked_that_is_not_there(
    strait_week: Edition, templates: jinja2.Environment
) -> None:
    """A page alone links only into itself; it has the one script that is ours, paper has none."""
    seen = Seen(BriefPage(strait_week, "screen").text(templates))
    assert all(link.startswith("#") for link in seen.links)
    assert seen.tags.count("script") == 1
    assert "script" not in Seen(BriefPage(strait_week, "print").text(templates)).tags


@pytest.mark.parametrize(("language", "is_kept"), [("en", False), ("he", True)])
def test_the_day_in_the_foot_stays_in_one_piece(
    strait_week: Edition, templates: jinja2.Environment, language: str, is_kept: bool
) -> None:
    """Behind English words its number would be read with these, on a page to the left."""
    shown = replace(strait_week, spec=replace(strait_week.spec, language=language))
    html = BriefPage(shown, "print").text(templates)
    assert ('data-known="\u200f18' in html) is is_kept
