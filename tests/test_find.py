"""`find`: words of facts and documents, over spelling variants and letter forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import desk, run
from hypothesis import given
from hypothesis import strategies as st
from little_desk import HEAD, LittleDesk

from briefings.edit.cited import CitedPassage, citing
from briefings.edit.loose import loosen, needle
from briefings.run.find import find

__all__ = ["desk"]


@pytest.mark.parametrize(
    ("looked_for", "text", "there"),
    [
        ("ines calder", "Inés Calder said", "Inés Calder"),
        ("INÉS", "ines said", "ines"),
        ("علي کابلی", "گفت عليّ كابلي است", "عليّ كابلي"),
        ("می رود", "او می‌رود", None),
        ("میرود", "او می‌رود", "می‌رود"),
        ("احمد", "قال أحمد", "أحمد"),
        ("cease fire", "the cease–fire held", "cease–fire"),
        ("1403", "در سال ۱۴۰۳ شد", "۱۴۰۳"),
        ("strasse", "die Straße dort", "Straße"),
        ("two words", "two\n  words", "two\n  words"),
        ("“so”", 'he said "so"', '"so"'),
        ("Lodz", "in Łódź today", "Łódź"),
    ],
)
def test_letter_forms(looked_for: str, text: str, there: str | None) -> None:
    """What a reader takes for the same is found, at the code points where it stands."""
    places = [text[start:end] for start, end in loosen(text).places(needle(looked_for))]
    assert places == ([] if there is None else [there])


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_every_part_of_a_text_is_found_in_it(text: str, first: int, last: int) -> None:
    """Each place that is found loosens to what was looked for."""
    part = needle(text[first:last])
    if part:
        places = list(loosen(text).places(part))
        assert all(0 <= start < end <= len(text) for start, end in places)
        whole = loosen(text)
        assert (part in whole.text) == bool(places)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=8),
    st.lists(st.integers(1, 6), max_size=8),
)
def test_one_walk_finds_what_comparing_each_with_each_finds(
    passages: list[tuple[int, int]], lengths: list[int]
) -> None:
    """Which facts cite a range."""
    cited = sorted(
        CitedPassage(start, start + length, f"f{at}")  # type: ignore[arg-type] # a FactId is a str
        for at, (start, length) in enumerate(passages)
    )
    ranges, at = [], 0
    for length in lengths:
        ranges.append((at, at + length))
        at += length + 1
    walked = [set(facts) for facts in citing(ranges, cited)]
    assert walked == [
        {each.fact for each in cited if each.start < end and each.end > start}
        for start, end in ranges
    ]


@pytest.mark.usefixtures("desk")
def test_places_are_shown_with_who_cites_them() -> None:
    """Facts first, then each place in a document in its words."""
    done = run("find", "exemptions")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("facts.yaml:")
    assert "fact twelve-refused, statement (en): " in lines[0]
    assert "⟨exemptions⟩" in lines[0]
    (document,) = [line for line in lines if "document gazette" in line]
    assert document.startswith("documents/gazette.txt:")
    assert lines[lines.index(document) + 1] == "  cited by twelve-refused"
    assert done.stderr == (
        "“exemptions”: 1 text of facts, 2 places in documents, 1 of them cited by no fact\n"
    )


@pytest.mark.usefixtures("desk")
def test_a_name_is_found_in_all_its_spellings() -> None:
    """An alias leads to the name, and the name to the alias."""
    done = run("find", "--json", "inés calder")
    answer = json.loads(done.stdout)
    assert answer["spellings"] == ["inés calder", "Calder"]
    matches = {hit["match"] for hit in answer["hits"]}
    assert {"Inés Calder", "Ines Calder"} <= matches
    first = next(hit for hit in answer["hits"] if hit["kind"] == "document")
    text = Path(first["file"]).read_text(encoding="utf-8").splitlines()
    assert text[first["line"] - 1][first["column"] - 1 :].startswith(first["match"])


def test_a_space_may_be_a_joiner(tmp_path: Path) -> None:
    """In Persian people write either."""
    little = LittleDesk(tmp_path)
    little.document("a", "او به خانه می‌رود.", language="fa")
    little.check("", HEAD)
    (hit,) = find(tmp_path / "facts.yaml", "می رود").hits
    assert hit.match == "می‌رود"


@pytest.mark.usefixtures("desk")
def test_nothing_found() -> None:
    """Exit code 1, as of any search."""
    done = run("find", "zeppelin")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "“zeppelin”: 0 texts of facts, 0 places in documents\n"


@pytest.mark.usefixtures("desk")
def test_nothing_to_look_for() -> None:
    """Signs alone are refused."""
    done = run("find", " - ")
    assert done.exit_code == 2
    assert "holds no letter and no digit" in done.stderr


def test_a_base_with_mistakes_is_searched(desk: Path) -> None:
    """A quote that is lost cites nothing; one whose document is gone is searched itself."""
    base = desk / "facts.yaml"
    text = base.read_text(encoding="utf-8")
    base.write_text(text.replace("quote: twelve boats", "quote: eleven boats"), encoding="utf-8")
    assert "no fact cites it" in run("find", "twelve boats").stdout
    (desk / "documents" / "gazette.txt").unlink()
    assert "fact twelve-refused, quote 1: " in run("find", "eleven boats").stdout
    base.write_text("title: [", encoding="utf-8")
    assert run("find", "x").exit_code == 1


def test_context_stays_in_the_paragraph_and_shows_what_is_hidden(tmp_path: Path) -> None:
    """The words around are cut between words; control characters do not reach a terminal."""
    little = LittleDesk(tmp_path)
    little.document("a", f"Before.\n{'x ' * 60}the \x1bword{' y' * 60}\nAfter.")
    little.check("", HEAD)
    (hit,) = find(tmp_path / "facts.yaml", "word").hits
    assert hit.before.startswith("… x")
    assert hit.after.endswith("y …")
    assert "\x1b" not in run("find", "word", "--base", str(tmp_path)).stdout


def test_a_place_is_shown_from_the_letters_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not from all of a paragraph, which may be a whole book, for each place in it."""
    little = LittleDesk(tmp_path)
    little.document("a", "the ship left a port " * 1_000)
    little.check("", HEAD)
    looked: list[int] = []

    def counted(text: str, most: int) -> str:
        looked.append(len(text))
        return text[:most]

    for name in ("head", "tail"):
        monkeypatch.setattr(f"briefings.run.find.{name}", counted)
    assert len(find(tmp_path / "facts.yaml", "ship").hits) == 1_000
    assert len(looked) == 2_000
    assert max(looked) == 61


def test_a_word_that_stands_everywhere_is_found_so_often_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first places are told, and that there may be more; what stands more seldom is found."""
    monkeypatch.setattr("briefings.run.find._MOST", 5)
    LittleDesk(tmp_path).document("a", "The ward " * 9 + "closed.\n").quote("closed")
    base = ("--base", str(tmp_path))
    found = run("find", "ward", *base)
    assert "5 places in documents, 5 of them cited by no fact; `a` may have more" in found.stderr
    answer = json.loads(run("find", "ward", "--json", *base).stdout)
    assert [hit["column"] for hit in answer["hits"]] == [5, 14, 23, 32, 41]
    assert answer["cut_off"] == ["a"]
    assert "more" not in run("find", "closed", *base).stderr
