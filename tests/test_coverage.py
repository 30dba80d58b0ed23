"""`coverage`: which sentences of each document facts rest on, as text, data and page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command import desk, run
from hypothesis import given
from hypothesis import strategies as st

from briefings.core.model import Document, ParagraphStyle, SourceId
from briefings.edit.document_sentences import sentences
from briefings.load.documents import paragraphs

__all__ = ["desk"]


def document(text: str) -> Document:
    return Document(SourceId("a"), "a.txt", text, paragraphs(text, ParagraphStyle.LINES))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        (
            "Dr. Okoro and J. Smith left. He said so.",
            ["Dr. Okoro and J. Smith left.", "He said so."],
        ),
        (
            "It rose 3.5 per cent. In the U.S. it fell.",
            ["It rose 3.5 per cent.", "In the U.S. it fell."],
        ),
        ("He asked why? and left.", ["He asked why? and left."]),
        ("“Go.” She went.", ["“Go.”", "She went."]),
        ("No stop\nNext line. And more", ["No stop", "Next line.", "And more"]),
        ("او گفت. او رفت؟ بله!", ["او گفت.", "او رفت؟", "بله!"]),
        ("他走了。她来了！", ["他走了。", "她来了！"]),
        ("The end… Then more.", ["The end…", "Then more."]),
        ("", []),
    ],
)
def test_sentences(text: str, cut: list[str]) -> None:
    """Abbreviations, initials and numbers end none; other scripts have stops of their own."""
    assert [text[start:end] for start, end in sentences(document(text))] == cut


@given(st.text("ab. A!?\n。۔”", max_size=60))
def test_sentences_leave_out_nothing_but_white_space(text: str) -> None:
    """They are in order, lie apart, and hold every letter."""
    ranges = sentences(document(text))
    ends = [at for each in ranges for at in each]
    assert ends == sorted(ends)
    assert all(start < end for start, end in ranges)
    kept = "".join(text[start:end] for start, end in ranges)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)


@pytest.mark.usefixtures("desk")
def test_as_text() -> None:
    """Counts for each document, and every sentence that no fact rests on, with its place."""
    done = run("coverage", "gazette")
    assert done.exit_code == 0
    head, *lines = done.stdout.splitlines()
    counted = re.fullmatch(
        r"gazette \(documents/gazette\.txt\): \d+ facts rest on (\d+) of (\d+) sentences", head
    )
    assert counted is not None
    cited, total = map(int, counted.groups())
    assert len(lines) == total - cited > 0
    text = Path("documents/gazette.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        place = re.fullmatch(r"  documents/gazette\.txt:(\d+):(\d+): \(\d+\) (.*)", line)
        assert place is not None
        row, column = int(place[1]), int(place[2])
        assert text[row - 1][column - 1 :].startswith(place[3][:30])
    assert done.stderr == f"1 document: facts rest on {cited} of {total} sentences\n"


@pytest.mark.usefixtures("desk")
def test_as_data() -> None:
    """Every sentence of every document, with the facts that cite any part of it."""
    done = run("coverage", "--json")
    documents = json.loads(done.stdout)["documents"]
    assert {each["source"] for each in documents} == {"notice", "gazette", "radio-quai"}
    (gazette,) = [each for each in documents if each["source"] == "gazette"]
    twelve = [each for each in gazette["passages"] if "twelve boats" in each["text"]]
    assert [each["cited_by"] for each in twelve] == [["twelve-refused"]]
    cited = [each for each in gazette["passages"] if each["cited_by"]]
    assert gazette["cited"] == len(cited)
    text = Path("documents/gazette.txt").read_text(encoding="utf-8")
    assert all(text[each["start"] : each["end"]] == each["text"] for each in gazette["passages"])


def test_as_a_page(desk: Path) -> None:
    """Whole documents, what is cited marked, the facts beside it; as restricted as the base."""
    text = (desk / "facts.yaml").read_text(encoding="utf-8")
    marked = text.replace("  - id: gift\n", "  - id: gift\n    marking: AMBER\n")
    (desk / "facts.yaml").write_text(marked, encoding="utf-8")
    done = run("coverage", "--html", "coverage.html")
    assert (done.exit_code, done.stdout) == (0, "coverage.html\n")
    page = (desk / "coverage.html").read_text(encoding="utf-8")
    assert "TLP:AMBER" in page
    assert '<bdi dir="ltr">twelve-refused</bdi>' in page
    assert any("twelve boats" in mark for mark in re.findall(r"<mark>(.*?)</mark>", page))
    assert "<script>" not in page


def test_a_lost_quote_counts_for_nothing(desk: Path) -> None:
    """And is reported."""
    text = (desk / "facts.yaml").read_text(encoding="utf-8")
    before = json.loads(run("coverage", "--json", "gazette").stdout)["documents"][0]
    changed = text.replace("quote: twelve boats", "quote: eleven boats")
    (desk / "facts.yaml").write_text(changed, encoding="utf-8")
    done = run("coverage", "--json", "gazette")
    after = json.loads(done.stdout)["documents"][0]
    assert "quote-not-found" in done.stderr
    assert "twelve-refused" in set(before["facts"]) - set(after["facts"])


def test_what_is_refused(desk: Path) -> None:
    """An unknown source, two forms at once, a page by another name, a folder in the way."""
    assert "did you mean `gazette`?" in run("coverage", "gazete").stderr
    assert run("coverage", "gazete").exit_code == 2
    assert run("coverage", "--json", "--html", "x.html").exit_code == 2
    assert run("coverage", "--html", "x.pdf").exit_code == 2
    assert run("coverage", "--html", "none/x.html").exit_code == 2
    (desk / "facts.yaml").write_text("title: [", encoding="utf-8")
    assert run("coverage").exit_code == 1
