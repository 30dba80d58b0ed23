"""What checking and composing cost grows with the desk, and no faster."""

from __future__ import annotations

import difflib
import re
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from breadth import examples
from counted import steps
from grown_desk import grown, spec
from little_desk import LittleDesk, codes
from lxml import html

from briefings.capture import webpages
from briefings.check.quantities.reader import read
from briefings.check.quotes import nearest
from briefings.check.quotes.fold import fold
from briefings.check.wording import by_or_to, polarity, voice
from briefings.check.wording.clauses import Reading, reading_of
from briefings.compose.edition import compose, compose_all, digest
from briefings.compose.fingerprint import Fingerprints
from briefings.core.edtf import parse
from briefings.core.model import (
    Anchor,
    CheckedBase,
    ContestId,
    Document,
    LocalText,
    Outcome,
    ParagraphStyle,
    Passage,
    SourceId,
    TopicId,
)
from briefings.core.overriding import override
from briefings.core.record import Record, from_json, to_json
from briefings.core.snapshot import Snapshot
from briefings.core.span import SourceText, Span
from briefings.desk.checked import Checked
from briefings.edit.insert import with_entry
from briefings.load import records, yamltree
from briefings.load.documents import paragraphs as decoded_paragraphs
from briefings.render.figures.timeline import timeline
from briefings.render.html.facets import facets
from briefings.render.html.hiding import StyleSheet, require_shown
from briefings.render.html.passages import MarkedPassage, paragraphs
from briefings.render.html.source_page import Uses, used
from briefings.verify.against_desk import since


def test_twice_the_desk_is_twice_the_work() -> None:
    """Facts, sources, rivals, outcomes, judgements, quotes of one long paragraph: all of it."""
    desks = [grown(count) for count in (20, 40, 80)]
    work = [steps(partial(compose, desk, spec())) for desk in desks]
    assert work[1] < 2.1 * work[0], work
    assert work[2] < 2.1 * work[1], work


def test_a_second_language_costs_little() -> None:
    """What differs is the title, the snapshot's words and the fingerprint."""
    desk = grown(40)
    alone = steps(lambda: compose(desk, spec()))
    both = steps(lambda: list(compose_all(desk, [spec("en"), spec("fr")])))
    assert both < 1.5 * alone


def test_twice_the_briefs_are_twice_the_work(desk: LittleDesk) -> None:
    """Though the base has twice the facts: what a day knows is worked out once for all briefs."""
    work = []
    for count in (40, 80):
        lines = [f"Boat {number} left quay {number}." for number in range(count)]
        topics = "".join(f"  t{number}: {{title: Quay {number}}}\n" for number in range(count))
        facts = "facts:\n" + "".join(
            _fact(each, line).replace("[t]", f"[t{each}]") for each, line in enumerate(lines)
        )
        desk.document("a", "\n".join(lines))
        head = f"format: 1\ntitle: Little desk\nlanguages: [en]\ntopics:\n{topics}"
        checked = desk.check(facts, head).checked
        assert checked is not None
        spec_ = spec()
        names = [TopicId(f"t{number}") for number in range(count)]
        specs = [replace(spec_, brief=name, topics=(name,)) for name in names]
        work.append(steps(partial(list, compose_all(checked, specs))))
        assert all(len(each.sentences) == 1 for each in compose_all(checked, specs))
    assert work[1] < 2.1 * work[0], work


def test_languages_that_share_the_work_are_as_if_each_were_alone() -> None:
    """Fingerprint, snapshot and all."""
    desk = grown(20)
    specs = [spec("en"), spec("fr")]
    assert list(compose_all(desk, specs)) == [compose(desk, each) for each in specs]
    english, french = compose_all(desk, specs)
    assert english.fingerprint != french.fingerprint
    assert french.snapshot.facts[0].statement.endswith("(fr)")
    assert english.developments == french.developments


def test_a_timeline_is_drawn_as_fast_as_its_days_grow() -> None:
    """Every other fact has a headline, and so a row; of all those of one day one row is made."""
    work: dict[bool, list[int]] = {}
    for count in (40, 80):
        edition = compose(grown(count), spec())
        (first, *_) = edition.timeline
        told = replace(first.sentence.fact, headline=first.sentence.fact.statement)
        facts = (told, replace(told, headline=None))
        entries = [
            replace(first, sentence=replace(first.sentence, id=f"s{turn}", fact=facts[turn % 2]))
            for turn in range(count)
        ]
        days = [parse(f"2030-{1 + turn // 28:02}-{1 + turn % 28:02}") for turn in range(count)]
        apart = [replace(each, event=day) for each, day in zip(entries, days, strict=True)]
        for alike, shown in ((True, entries), (False, apart)):
            drawn = replace(edition, timeline=tuple(shown))
            work.setdefault(alike, []).append(steps(partial(timeline, drawn)))
    assert all(twice < 2.1 * once for once, twice in work.values()), work


def test_twice_the_facts_are_found_by_whom_they_name_in_twice_the_work() -> None:
    """One speaks in all of them."""
    editions = [compose(grown(count), spec()) for count in (40, 80)]
    work = [steps(partial(facets, edition)) for edition in editions]
    assert work[1] < 2.1 * work[0], work


def test_an_edition_takes_memory_as_its_quotes_grow(desk: LittleDesk) -> None:
    """Though the text that its id is of has with each quote of a fact the fact, with all others."""

    def most(count: int) -> int:
        lines = [f"Boat {number} left the quay." for number in range(count)]
        desk.document("a", "\n".join(lines))
        quotes = "".join(f"      - {{source: a, quote: {line}}}\n" for line in lines)
        fact = "facts:\n" + _fact(0, lines[0]).partition("      - ")[0] + quotes
        checked = desk.check(fact).checked
        assert checked is not None
        content = compose(checked, replace(spec(), brief="t", topics=(TopicId("t"),)))
        assert len(content.citations) == count
        tracemalloc.start()
        digest(content, Fingerprints())
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(1)  # what is made once stays
    assert most(200) < 2.5 * most(100)


def test_what_the_base_says_since_is_found_in_as_many_steps_as_it_has_points() -> None:
    """Each fact of a desk that has a point for each."""

    def told(desk: CheckedBase, snapshot: Snapshot) -> list[str]:
        return list(since(snapshot, desk))

    work = []
    for count in (20, 40):
        desk = grown(count)
        (point, *_) = desk.base.contests.values()
        points = {
            ContestId(f"c-{fact}"): replace(point, id=ContestId(f"c-{fact}"), positions=(fact,))
            for fact in desk.base.facts
        }
        now = replace(desk, base=replace(desk.base, contests=points))
        snapshot = compose(desk, spec()).snapshot
        assert len(told(now, snapshot)) >= len(snapshot.facts)
        work.append(steps(partial(told, now, snapshot)))
    assert work[1] < 2.1 * work[0], work


def test_records_are_read_as_fast_as_they_grow() -> None:
    """A record of twice the facts takes twice as long to read."""
    texts = [to_json(Record(compose(grown(n), spec()).snapshot, {})) for n in (40, 80)]
    work = [steps(partial(from_json, text)) for text in texts]
    assert work[1] < 2.1 * work[0], work


def test_facts_that_vanished_are_looked_for_in_a_record_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its text is gone through once for all of them, and each has its own place."""
    snapshot = compose(grown(40), spec()).snapshot
    text = SourceText("issued/a.json", to_json(Record(snapshot, {})))
    issued = records.Issued(text, "", Record(snapshot, {}))
    monkeypatch.setattr(records, "find", None)
    told = list(records.vanished((), records.Records((issued,), {}, ())))
    spans = [each.span for each in told if each.span is not None]
    assert len({span.start for span in spans}) == len(told) == 40
    assert all(text.text[span.start :].startswith('"id": "') for span in spans)


def test_places_of_a_text_are_found_without_a_look_at_all_of_it() -> None:
    """Though another that equals it was looked at before, as when a base is read again."""
    compared = []

    class Text(str):
        __slots__ = ()
        __hash__ = str.__hash__

        @override
        def __eq__(self, other: object) -> bool:
            compared.append(other)
            return super().__eq__(other)

    SourceText("a", Text("The ship\nleft.\n")).position(9)
    again = SourceText("a", Text("The ship\nleft.\n"))
    assert [again.position(at).line for at in range(8, 12)] == [1, 2, 2, 2]
    assert len(compared) <= 1


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_an_entry_is_put_behind_or_below_many_lines_in_as_many_steps(
    newline: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Empty ones, or comments: the end of each is near, wherever the next other end is."""
    looked = []
    parse = yamltree.parse
    # libyaml takes nothing that is only like a text.
    monkeypatch.setattr(yamltree, "parse", lambda it: parse(SourceText("", str(it.text))))

    class Text(str):
        """A text that notes how much of it is looked at."""

        __slots__ = ()

        @override
        def find(self, word: str, start: Any = 0, end: Any = None, /) -> int:
            end = len(self) if end is None else end
            at = super().find(word, start, end)
            looked.append((end if at < 0 else at) - start)
            return at

        @override
        def rfind(self, word: str, start: Any = 0, end: Any = None, /) -> int:
            at = super().rfind(word, start, end)
            looked.append(len(self) if end is None else end - max(start, at))
            return at

    fact = f"  - id: f{newline}    kind: event{newline}"
    work = []
    for count in (200, 400):
        lines = f"# a{newline}" * count
        looked.clear()
        for text in (
            f"facts:{newline}{fact}{newline * count}",
            f"facts:{newline}{fact}{newline}{lines}{fact}",
            f"format: 1{newline}{lines}judgements:{newline}  - id: j{newline}",
        ):
            assert "id: new" in with_entry(Text(text), "facts", {"id": "new"}).text
        work.append(sum(looked) + count)
    assert work[1] < 2.1 * work[0], work


def test_quotes_that_are_all_wrong_are_linear_too(desk: LittleDesk) -> None:
    """Of twice as many, in a document twice as long, each is told once, at twice the work."""
    most = examples(120, 240)
    lines = [f"Village {number} sent word to market {number}." for number in range(most)]
    work = []
    checked: list[Checked] = []
    for count in (30, most // 2, most):  # at first the words of the rules are read as well
        desk.document("a", "\n".join(lines[:count]))
        facts = "facts:\n" + "".join(_fact(each, line) for each, line in enumerate(lines[:count]))
        work.append(steps(partial(_checked, desk, facts, checked)))
        assert codes(checked[-1]).count("quote-not-found") == count
    assert work[2] < 2.2 * work[1], work


def _checked(desk: LittleDesk, facts: str, checked: list[Checked]) -> None:
    checked.append(desk.check(facts))


def _fact(number: int, line: str) -> str:
    return f"""\
  - id: f{number}
    kind: event
    topics: [t]
    statement: {line}
    credibility: 3
    evidence:
      - source: a
        quote: {line.replace("word", "rice")}
"""


def test_twice_the_quotes_on_the_page_of_a_document_are_twice_the_work() -> None:
    """Each marked in the one line that it stands in, of twice as many; or in one line of all."""

    def marked(count: int, end: str) -> Callable[[], object]:
        text = f"word{end}" * count
        places = [match.span() for match in re.finditer("word", text)]
        document = Document(
            SourceId("a"), "a.txt", text, decoded_paragraphs(text, ParagraphStyle.LINES)
        )
        quotes = [_quoted(number, *place) for number, place in enumerate(places, start=1)]
        return lambda: paragraphs(document, quotes)

    for end in ("\n", " "):
        work = [steps(marked(count, end)) for count in (100, 200, 400)]
        assert work[1] < 2.1 * work[0], work
        assert work[2] < 2.1 * work[1], work


def test_twice_the_quotes_of_a_document_are_told_of_their_briefs_in_twice_the_work() -> None:
    """Whoever quotes a paragraph stands beside it: two briefs each, of each paragraph."""
    work = []
    for count in (100, 200):
        text = "word\n" * count
        document = Document(
            SourceId("a"), "a.txt", text, decoded_paragraphs(text, ParagraphStyle.LINES)
        )
        quotes = tuple(_quoted(number, 5 * number, 5 * number + 4) for number in range(count))
        uses = [Uses(LocalText((("en", name),), Span("", 0, 0)), name, quotes) for name in "ab"]
        shown = list(paragraphs(document, quotes))
        for number, (_, here) in enumerate(used(shown, uses)):
            assert [each.href for each in here] == ["a", "b"]
            assert all(each.citations == quotes[number : number + 1] for each in here)
        work.append(steps(partial(used, shown, uses)))
    assert work[1] < 2.1 * work[0], work


def _quoted(number: int, start: int, end: int) -> MarkedPassage:
    anchor = Anchor(SourceId("a"), (Passage(start, end, 1, 1),), Outcome.EXACT)
    return MarkedPassage(number, f"c{number}", anchor, None, ())


def test_a_letter_that_stands_for_eighteen_is_as_much_work_as_one_for_two() -> None:
    """What a document costs goes by its own letters."""
    work = [steps(partial(fold, letter * 1000)) for letter in ("\ufefb", "\ufdfa")]
    assert len(fold("\ufdfa" * 1000).text) == 15 * 1000
    assert work[1] < 1.1 * work[0], work


def test_ligatures_with_spaces_between_them_are_spelled_out_at_once() -> None:
    """Lines of them too: of a saved page in Arabic, each letter may be one."""
    for letter in ("\ufe8d", "\ufdfa"):
        text = f"{letter}{letter} " * 2000 + "\n"
        fold(text)
        assert steps(partial(fold, text)) < 3 * len(text)


@pytest.mark.parametrize("text", ["a\u0301\u0323", "la montan\u0303a y la nin\u0303a "])
def test_marks_behind_letters_are_composed_without_a_look_at_each_again(text: str) -> None:
    """Two on each letter, or one here and there in a text that some program has taken apart."""
    text *= 300
    fold(text)
    assert steps(partial(fold, text)) < 15 * len(text)


def test_a_word_is_folded_once_however_often_a_document_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For the passage nearest to a lost quote."""
    text = "d\u2019or et d\u2019argent, " * 500
    document = Document(SourceId("a"), "a.txt", text, ((0, len(text)),))
    folded: list[str] = []

    def counted(word: str) -> str:
        folded.append(word)
        return fold(word).text

    monkeypatch.setattr(nearest, "folded_text", counted)
    near = nearest.passage("d'or et d'argile", document, nearest.paragraphs(document))
    assert near is not None
    assert near.message.endswith("“d'argile” there reads “d'argent”")
    assert len(folded) == 2 * len(set(text.split()))


@pytest.mark.parametrize(
    "text", ["o" * 100_000, "o\u00ad" * 50_000, "The shop left " + "o" * 99_999]
)
def test_a_passage_that_is_much_too_long_is_not_held_against_a_lost_quote(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Letter by letter: its length tells; and what no word is as long as is not folded."""
    document = Document(SourceId("a"), "a.txt", text, ((0, len(text)),))
    compared: list[object] = []
    monkeypatch.setattr(difflib.SequenceMatcher, "ratio", compared.append)
    ready = nearest.paragraphs(document)
    assert nearest.passage("The ship left of it", document, ready) is None
    assert compared == []


def test_twice_the_quotes_of_a_fact_are_twice_the_work() -> None:
    """Each with a denial and a caution that other quotes of it may tell plainly."""

    def read(text: str) -> Reading:
        reading = reading_of(text, "en")
        assert reading is not None
        return reading

    def look(quotes: list[Reading]) -> None:
        list(polarity.lost(quotes, statement))
        list(voice.lost(quotes, statement, lambda *_: False))

    statement = read("The harbour and the bridge opened to ferries.")
    quotes = [
        read(f"The harbour did not open to ferries on day {day}; the bridge may open, guards say.")
        for day in range(80)
    ]
    look(quotes)  # words that are read once
    work = [steps(partial(look, quotes[:count])) for count in (20, 40, 80)]
    assert work[1] < 2.1 * work[0], work
    assert work[2] < 2.1 * work[1], work


def test_twice_the_rules_about_twice_the_elements_are_twice_the_work() -> None:
    """Of a style sheet, on a page: each is looked at once, whatever has the same ones."""
    fact = LocalText((("en", "The ship left."),), Span("facts.yaml", 0, 0))

    def looked(count: int) -> Callable[[], object]:
        page = "<!DOCTYPE html><html><body>" + f"<p><b>{fact}</b><i>x</i></p>" * count
        style = StyleSheet("x.css", "*{margin:0}b{color:var(--x)}:root{--x:#123}" * count, "")
        return lambda: require_shown(
            page, [style], {"fact": fact}, is_paper=False, is_own_markup=True
        )

    looked(1)()
    work = [steps(looked(count)) for count in (25, 50, 100)]
    assert work[1] < 2.2 * work[0], work
    assert work[2] < 2.2 * work[1], work


def test_headings_of_a_saved_page_are_linear() -> None:
    """Neither its letters nor what stands before a heading is looked for among all before it."""

    def captured(count: int) -> Callable[[], object]:
        markup = "<h2>On the quay</h2><p>The ship left.</p>\n" * count
        tree = html.document_fromstring(f"<title>A</title><body>{markup}")
        assert webpages.visible_letters(tree) == 21 * count
        return lambda: (
            webpages.visible_letters(tree),
            webpages.with_headings("The ship left.\n", tree),
        )

    work = [steps(captured(count)) for count in (100, 200, 400)]
    assert work[0] > 2 * 100, work
    assert work[1] < 2.1 * work[0], work
    assert work[2] < 2.1 * work[1], work


def test_what_stands_beside_a_figure_is_all_that_is_read_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twice the figures of a statement are twice the letters that are looked through."""
    text = "It rose from 4 to 11 boats, then by 12 boats. "
    sections = ("change.from", "change.to", "change.by")
    looked: list[int] = []

    class Counted:
        def search(self, part: str) -> None:
            looked.append(len(part))

    def letters(count: int) -> int:
        reading = reading_of(text * count, "en")
        assert reading is not None
        with monkeypatch.context() as patched:
            for each in ("at_start", "at_end"):
                patched.setattr(type(reading.words), each, lambda *_: Counted())
            looked.clear()
            for figure in read(reading.text, "en"):
                assert not any(by_or_to._beside(reading, figure, each) for each in sections)
        return sum(looked)

    work = [letters(count) for count in (40, 80, 160)]
    assert work[0] > 10 * len(text)
    assert work[1] < 2.2 * work[0], work
    assert work[2] < 2.2 * work[1], work
