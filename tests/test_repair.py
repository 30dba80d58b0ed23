"""`repair`: lost quotes, the passages that come nearest, and nothing else touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import desk, new, run
from hypothesis import given
from hypothesis import strategies as st

from briefings.authoring.draft import open_desk
from briefings.authoring.lost_quotes import lost_quotes
from briefings.check.quotes.fold import folded_once
from briefings.core.span import SourceText
from briefings.edit.canonical import formatted
from briefings.edit.rewrite import Rewrite, rewritten
from briefings.load import yamltree
from briefings.run.repair import repaired

__all__ = ["desk", "new"]


def change(folder: Path, old: str, new: str) -> None:
    text = (folder / "facts.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "facts.yaml").write_text(text.replace(old, new), encoding="utf-8")


def test_a_lost_quote_is_shown_and_repaired(new: Path) -> None:
    """The difference first; with --yes the base is again what it was."""
    before = (new / "facts.yaml").read_text(encoding="utf-8")
    change(new, "quote: Nine of the ward's", "quote: Ten of the wards")
    lost = (new / "facts.yaml").read_text(encoding="utf-8")
    shown = run("repair")
    assert shown.exit_code == 1
    assert shown.stdout.endswith(
        ": nine-nurses-left, quote 1: it does not stand in `courier`\n"
        "  - Ten of the wards 21 nurses have left since January\n"
        "  + Nine of the ward's 21 nurses have left since January\n"
        "    seeds/brackwater-courier.txt:5:110\n"
    )
    assert shown.stderr == "1 lost: 0 repaired, 1 left; --yes takes the nearest\n"
    assert (new / "facts.yaml").read_text(encoding="utf-8") == lost
    done = run("repair", "--yes")
    assert (done.exit_code, done.stderr) == (0, "1 lost: 1 repaired, 0 left\n")
    assert (new / "facts.yaml").read_text(encoding="utf-8") == before


def test_a_document_is_folded_once(new: Path) -> None:
    """For the check that does not find the quote, and for whoever looks where it should stand."""
    change(new, "quote: Nine of the ward's", "quote: Ten of the wards")
    folded_once.cache_clear()
    assert lost_quotes(open_desk(new / "facts.yaml"))
    assert 0 < folded_once.cache_info().misses <= len(list((new / "seeds").iterdir()))
    assert folded_once.cache_info().hits > 0


def test_a_block_stays_a_block(new: Path) -> None:
    """At its indentation, at the width of a base; what stands around it stays."""
    before = (new / "facts.yaml").read_text(encoding="utf-8")
    change(
        new,
        "close its night ward on 1 April, its director, Dr",
        "shut it on 1 April, its director, Dr",
    )
    assert run("repair", "--yes").exit_code == 0
    after = (new / "facts.yaml").read_text(encoding="utf-8")
    assert formatted(after) == after
    assert run("check", "--strict").exit_code == 0
    assert after == before


def test_another_source(desk: Path) -> None:
    """A quote that stands in another document gets that for its source; only in some facts."""
    change(
        desk,
        "source: notice, quote: The Port Authority counted",
        "source: gazette, quote: The Port Authority counted",
    )
    change(desk, "quote: twelve boats were refused", "quote: eleven boats were refused")
    done = run("repair", "berths", "--yes")
    assert "it stands not in `gazette`, but in `notice`" in done.stdout
    assert done.exit_code == 0
    assert "twelve" not in done.stdout
    assert "source: notice, quote: The Port Authority counted" in (desk / "facts.yaml").read_text(
        "utf-8"
    )
    assert json.loads(run("repair", "--json").stdout)["lost"][0]["fact"] == "twelve-refused"


def test_words_of_another_sentence_are_no_part(new: Path) -> None:
    """A quote that has more words than the passage does not reach into the sentence before it."""
    change(
        new, "quote: Nine of the ward's 21 nurses", "quote: More than ten of the ward's 21 nurses"
    )
    done = run("repair", "--yes")
    assert done.exit_code == 0
    assert "  + Nine of the ward's 21 nurses have left since January\n" in done.stdout


def test_what_the_check_says_then_is_said(new: Path) -> None:
    """A repaired quote may carry less than its statement."""
    change(new, "quote: Nine of the ward's 21", "quote: Ten of the ward's 21")
    change(new, "that nine of the ward's 21", "that ten of the ward's 21")
    done = run("repair", "--yes")
    assert done.exit_code == 0
    assert "carries “ten” of its statement" in done.stderr


def test_what_can_not_be_repaired(new: Path) -> None:
    """Nothing near, or nothing known of the document: it is said, and nothing written."""
    change(
        new, "quote: Nine of the ward's 21 nurses have left since January", "quote: zebra stripes"
    )
    before = (new / "facts.yaml").read_bytes()
    done = run("repair", "--yes")
    assert done.exit_code == 1
    assert "nine-nurses-left, quote 1: no passage comes near it" in done.stdout
    assert (new / "facts.yaml").read_bytes() == before
    (new / "seeds" / "brackwater-courier.txt").write_text("changed", encoding="utf-8")
    assert "0 lost" in run("repair", "--yes").stderr
    assert run("repair", "nobody").exit_code == 2
    (new / "facts.yaml").write_text("a: [", encoding="utf-8")
    assert run("repair").exit_code == 1


def test_a_base_that_changes_meanwhile(new: Path) -> None:
    """Is not overwritten."""
    change(new, "quote: Nine of", "quote: Ten of")
    desk = open_desk(new / "facts.yaml")
    (lost,) = lost_quotes(desk)
    change(new, "title: Brackwater", "title: The Brackwater")
    with pytest.raises(Exception, match="changed meanwhile"):
        repaired(desk, [lost])


VALUES = st.lists(
    st.sampled_from(
        ["the", "port", "said:", "#2", "it's", "“so”", '"no"', "{x}", "[y]", ",", "می‌رود"]
    ),
    min_size=1,
    max_size=40,
).map(" ".join)
SHAPES = (
    "a: %s\nb: x\n",
    "a: 'old'\nb: x\n",
    'a: "old"  # tail\nb: x\n',
    "- a: %s # tail\n  b: x\n",
    "- {a: %s, b: x}\n",
    "c:\n  - a: >- # tail\n      old\n      text\n\n\n    b: x\n",
    "a: |\n  old\nb: x\n",
    "a: old\n  text\nb: x\n",
    "{a: [%s], b: x}",
)


@given(st.sampled_from(SHAPES), VALUES)
def test_only_the_text_itself_is_written_anew(shape: str, value: str) -> None:
    """In every shape: the value is the new one, all else is the same, comments too."""
    text = shape.replace("%s", "old")
    root, _ = yamltree.parse(SourceText("", text))
    assert root is not None
    scalar = _first(root)
    result = rewritten(text, [Rewrite(scalar.span, value)])
    again, mistakes = yamltree.parse(SourceText("", result))
    assert again is not None, (result, mistakes)
    assert _first(again).value.removesuffix("\n") == value
    assert result.startswith(text[: scalar.span.start])
    assert result.endswith(text[scalar.span.end :])
    assert _values(again)[1:] == _values(root)[1:]


def _first(node: yamltree.Node) -> yamltree.Scalar:
    match node:
        case yamltree.Scalar():
            return node
        case yamltree.Mapping():
            return _first(node.entries[0][1])
        case yamltree.Sequence():
            return _first(node.items[0])


def _values(node: yamltree.Node) -> list[str]:
    match node:
        case yamltree.Scalar():
            return [node.value]
        case yamltree.Mapping():
            return [each for _, value in node.entries for each in _values(value)]
        case yamltree.Sequence():
            return [each for item in node.items for each in _values(item)]
