"""Two editions held against each other, wherever each comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from harbour_desk import change, desk, issued_on, record
from refusals import codes as refused_with
from refusals import refusal

from briefings.core.difference import ChangeKind, Comparison, diff
from briefings.core.limits import TEXT
from briefings.core.model import TopicId
from briefings.core.record import from_json
from briefings.render.html.environment import environment, source
from briefings.run.diff import Differences, as_text, differences

__all__ = ["desk"]

BASIN = TopicId("basin-closure")


@pytest.mark.parametrize(
    ("names", "status", "code"),
    [
        (("2024-02-30", "2024-03-05"), 2, "bad-date"),
        (("basin-closure.en.2024-03-04", "2024-03-05"), 2, "unknown-name"),
        (("basin-closure.en.2024-03-05", "tarn-cannery.en.2024-03-10"), 2, "editions-differ"),
        (("FACTS", "2024-03-05"), 1, "edition-unreadable"),
    ],
)
def test_what_can_not_be_compared(
    desk: Path, names: tuple[str, str], status: int, code: str
) -> None:
    """One diagnostic, and the exit code of a wrong request or of a file at fault."""
    issued_on(desk)
    issued_on(desk, 10, "tarn-cannery")
    one, other = (name.replace("FACTS", str(desk / "facts.yaml")) for name in names)
    refusals = refused_with(lambda: differences(desk / "facts.yaml", (one, other), ()))
    assert refusals == (status, [code])


def test_two_files_need_no_desk(desk: Path) -> None:
    """A brief carries all that a comparison needs."""
    issued_on(desk)
    page = str(desk.parent / "out" / "basin-closure.en.html")
    compared = differences(Path("/nowhere/facts.yaml"), (page, str(record(desk))), ())
    assert [each.changes for each in compared.comparisons] == [()]
    lost = refusal(lambda: differences(Path("/nowhere/facts.yaml"), (page, "2024-03-05"), ()))
    assert lost.status == 2


def test_a_fact_of_another_kind_is_only_revised(desk: Path) -> None:
    """Its id is the same."""
    issued_on(desk)
    change(desk, "  - id: silting\n    kind: statement", "  - id: silting\n    kind: claim")
    compared = differences(desk / "facts.yaml", ("basin-closure.en.2024-03-05", "2024-03-05"), ())
    (revision,) = compared.comparisons[0].changes
    assert (revision.kind, revision.id) == (ChangeKind.REVISED, "silting")


def test_days_on_which_nothing_was_known_are_not_compared(desk: Path) -> None:
    """Each such side is told; a topic that came later is new, with a warning."""
    base = desk / "facts.yaml"

    def codes(one: str, other: str, *topics: TopicId) -> tuple[list[str], int]:
        done = differences(base, (one, other), topics)
        return [each.code for each in done.diagnostics], len(done.comparisons)

    def refused(one: str, other: str, *topics: TopicId) -> tuple[int, list[str]]:
        return refused_with(lambda: differences(base, (one, other), topics))

    done = refusal(lambda: differences(base, ("2020-01-01", "2020-01-02"), (BASIN,)))
    assert done.status == 1
    messages = [each.message for each in done.diagnostics if each.code == "nothing-to-build"]
    assert [("2020-01-01" in each, "2020-01-02" in each) for each in messages] == [
        (True, False),
        (False, True),
    ]
    # Its days are no flags, as those of `build` are.
    later = [each.hints[0].message for each in done.diagnostics if each.code == "nothing-known"]
    assert later == ["the first of it was known on 2024-02-10: give 2024-02-10"] * 2
    both = ["nothing-known", "nothing-to-build"]
    assert refused("2020-01-01", "2024-03-05", BASIN) == (1, both)
    assert refused("2024-03-05", "2020-01-01", BASIN) == (1, both)
    topics = (BASIN, TopicId("tarn-cannery"))
    assert codes("2024-02-20", "2024-03-10", *topics) == (["nothing-known"], 2)
    assert codes("2024-02-20", "2024-02-20", *topics) == (["nothing-known"], 1)
    issued_on(desk)
    assert refused("basin-closure.en.2024-03-05", "2020-01-01") == (1, both)


def test_a_topic_may_be_called_like_a_brief_with_limits(desk: Path) -> None:
    """Its whole name is known, so nothing of it is a digest of flags."""
    change(desk, "basin-closure", "basin-custom-house")
    issued_on(desk, 5, "basin-custom-house")
    names = ("basin-custom-house.en.2024-03-05", "2024-03-10")
    compared = differences(desk / "facts.yaml", names, ())
    assert len(compared.comparisons) == 1


def test_what_a_file_of_others_says_can_not_act_on_a_terminal(desk: Path) -> None:
    """A checksum proves no author: codes of its text are shown, and the line stays one line."""
    issued_on(desk)
    issued = from_json(record(desk).read_text(encoding="utf-8")).snapshot
    hostile = "\x1b]0;owned\x07 \u202esdrawkcab\n  می\u200cشود"
    other = replace(issued, facts=tuple(replace(each, statement=hostile) for each in issued.facts))
    text = as_text(Differences((Comparison(issued, other, diff(issued, other)),)))
    assert text.replace("\n", "").isprintable() is False, "a joiner that Persian needs stays"
    assert text.replace("\n", "").replace("\u200c", "").isprintable()
    assert "<U+001B>]0;owned<U+0007> <U+202E>sdrawkcab<U+000A>  می\u200cشود" in text


def test_what_no_base_could_say_is_not_printed_whole(desk: Path) -> None:
    """A record may hold texts of megabytes: of one too long for a base, its head."""
    issued_on(desk)
    issued = from_json(record(desk).read_text(encoding="utf-8")).snapshot
    facts = tuple(
        replace(each, statement=letter * (TEXT.most + extra))
        for each, letter, extra in zip(issued.facts, "ab", (0, 1), strict=False)
    )
    other = replace(issued, facts=facts)
    text = as_text(Differences((Comparison(issued, other, diff(issued, other)),)))
    assert "a" * TEXT.most in text
    assert "b" * TEXT.most + " …" in text
    assert "b" * (TEXT.most + 1) not in text


@pytest.mark.parametrize("kind", ChangeKind)
def test_each_kind_of_change_has_its_words(kind: ChangeKind) -> None:
    """In briefs and comparisons, which share them."""
    assert re.search(rf'"{kind}": _\("[A-Z]', source(environment(), "change.html.j2"))
