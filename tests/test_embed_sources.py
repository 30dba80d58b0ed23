"""Briefs that bring their documents along, so that each quote can be looked up without a desk."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from command import desk, run

from briefings.core.carried import from_json, to_json
from briefings.render.html.embedded import block, from_html

__all__ = ["desk"]

BUILD = ("build", "--topic", "basin-closure", "--lang", "en", "--as-of", "2024-03-06")
PAGE = Path("build/basin-closure.en.html")
HTML = ("--format", "html", "--embed-sources")
CODE = "too-large"
LOOKED_UP = "quotes: 10 looked up in the documents that it carries, all stand there"


def recorded_anew(desk: Path, document: Path, content: bytes) -> None:
    """A document with other bytes, and the base that has them on record."""
    base = desk / "facts.yaml"
    before, after = (sha256(each).hexdigest() for each in (document.read_bytes(), content))
    text = base.read_text(encoding="utf-8")
    assert before in text
    base.write_text(text.replace(before, after), encoding="utf-8")
    document.write_bytes(content)


@pytest.mark.parametrize("form", ["html", "pdf"])
@pytest.mark.usefixtures("desk")
def test_each_quote_is_looked_up_in_the_brief_itself(form: str) -> None:
    """On any machine; as of what was captured, by its hash."""
    done = run(*BUILD, "--format", form, "--embed-sources")
    assert done.exit_code == 0, done.stderr
    done = run("verify", str(PAGE.with_suffix(f".{form}")))
    assert done.exit_code == 0, done.stdout
    assert LOOKED_UP in done.stdout


def test_documents_keep_their_bytes(desk: Path) -> None:
    """A byte order mark, line ends of either kind, what would end a script."""
    for document in sorted((desk / "documents").iterdir()):
        text = document.read_bytes() + "\n</script><!-- \u2028 \U0001f6a2\n".encode()
        recorded_anew(desk, document, b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    done = run(*BUILD, *HTML)
    assert done.exit_code == 0, done.stderr
    done = run("verify", str(PAGE))
    assert done.exit_code == 0, done.stdout
    assert LOOKED_UP in done.stdout
    for each in from_json(from_html(PAGE.read_text(encoding="utf-8"))).documents:
        documents = {path.read_bytes() for path in (desk / "documents").iterdir()}
        assert each.text.encode() in documents


@pytest.mark.usefixtures("desk")
def test_a_document_that_was_changed_is_none() -> None:
    """Though the checksum over the data was put right again."""
    run(*BUILD, *HTML)
    page = PAGE.read_text(encoding="utf-8")
    carried = from_json(from_html(page))
    first, *others = carried.documents
    forged = replace(first, text=first.text.replace("the", "teh", 1))
    assert forged != first
    data = to_json(replace(carried, documents=(forged, *others)))
    PAGE.write_text(page.replace(block(from_html(page)), block(data)), encoding="utf-8")
    done = run("verify", str(PAGE))
    assert done.exit_code == 1
    assert f"the document of {first.source} that it carries is not the one" in done.stdout


@pytest.mark.usefixtures("desk")
def test_without_the_flag_no_document_goes_along() -> None:
    """They are other people's texts."""
    run(*BUILD, "--format", "html")
    assert from_json(from_html(PAGE.read_text(encoding="utf-8"))).documents == ()
    assert "quotes: UNCHECKED" in run("verify", str(PAGE)).stdout


def test_a_restricted_document_stays_at_home(desk: Path) -> None:
    """A brief below its marking cites it nowhere, and brings along what it cites."""
    base = desk / "facts.yaml"
    text = base.read_text(encoding="utf-8")
    marked = text.replace("  gazette:\n", "  gazette:\n    marking: RED\n")
    assert marked != text
    base.write_text(marked, encoding="utf-8")
    done = run(*BUILD, *HTML, "--marking", "GREEN", "--name", "open")
    assert done.exit_code == 0, done.stderr
    built = Path("build/open.html")
    page = built.read_text(encoding="utf-8")
    carried = {each.source for each in from_json(from_html(page)).documents}
    assert carried == {"notice", "radio-quai"}


@pytest.mark.parametrize("asked", [("--topic", "basin-closure"), ("own",)])
def test_too_much_to_carry_is_told_where_the_base_asks_for_it(
    desk: Path, asked: tuple[str, ...]
) -> None:
    """At the topic, or at the kept brief: with the line, and what it is called."""
    base, brief = desk / "facts.yaml", asked[-1]
    text = base.read_text(encoding="utf-8")
    text += "briefs:\n  own: {topics: [basin-closure], title: All}\n"
    base.write_text(text, encoding="utf-8")
    line = text[: text.index(f"\n  {brief}:") + 1].count("\n") + 1
    edition = ("--lang", "en", "--as-of", "2024-03-07", "--format", "html", "--paper", "letter")
    done = run("--limit", "data=2000", "build", *asked, *edition)
    assert done.exit_code == 1
    told = f"facts.yaml:{line}:3: error[{CODE}]: brief `{brief}` would carry"
    assert told in done.stderr
    assert f"{line} |   {brief}:" in done.stderr


@pytest.mark.usefixtures("desk")
def test_too_much_to_carry() -> None:
    """One clear word, and nothing is written."""
    assert run(*BUILD, "--format", "html", "--out", "whole").exit_code == 0
    # A page like none of another test, which would be taken as it was made there.
    done = run("--limit", "data=2000", *BUILD, *HTML, "--paper", "letter")
    assert done.exit_code == 1
    assert f"error[{CODE}]: brief `basin-closure` would carry" in done.stderr
    assert "hint: leave out --embed-sources" in done.stderr
    assert not Path("build").exists()
