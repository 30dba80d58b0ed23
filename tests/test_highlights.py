"""`import`: highlights of other programs, each proven in its document or reported, kept once."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from command import Done, begin_desk, run

from briefings.authoring import queue
from briefings.core.model import Document, SourceId
from briefings.edit.quoting import likeliest, places
from briefings.highlights.exports import read
from briefings.highlights.highlight import MOST, NotHighlights

EXPORTS = Path(__file__).parent / "highlights"
TABLE = (
    "\ufeffQuote;Note;Source\r\n"
    '"It did not say how it would find the staff";"Ask; by Friday";courier\r\n'
    ";;\r\n"
    "anyone who falls ill at night;;\r\n"
)
NURSES = "Nine of the ward's 21 nurses have left since January"
NEXT = "next: briefings desk, where each waits for a sentence\n"


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new desk, where one stands; its source has an address."""
    begin_desk(tmp_path)
    facts = tmp_path / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    url = "    url: https://courier.example/night-ward\n"
    facts.write_text(text.replace("    language: en\n", f"    language: en\n{url}", 1), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kept() -> list[dict[str, str]]:
    """The rows of the queue."""
    rows: list[dict[str, str]] = json.loads(Path(queue.NAME).read_bytes())["candidates"]
    return rows


def imported(value: object, *flags: str) -> Done:
    """What comes of a file that holds this JSON, or this text."""
    text = value if isinstance(value, str) else json.dumps(value)
    Path("export").write_bytes(text.encode())
    return run("import", "export", *flags)


def annotation(quote: str, **more: Any) -> dict[str, Any]:
    """One of W3C's model, on the page of the desk's source."""
    selector = {"type": "TextQuoteSelector", "exact": quote, **more}
    return {"target": {"source": "https://courier.example/night-ward", "selector": selector}}


def test_an_address_that_no_source_has(new: Path) -> None:
    """The words tell the document if that has no address, as a saved PDF has none."""
    elsewhere = annotation("The ward took in 1,140 patients last year")
    elsewhere["target"]["source"] = "https://elsewhere.example/copy.pdf"
    assert "no source has the address" in imported(elsewhere).stderr
    facts = new / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace("    url: https://courier.example/night-ward\n", ""), "utf-8")
    assert imported(elsewhere).stderr == f"1 new, 0 there already, 0 reported\n{NEXT}"


@pytest.mark.usefixtures("new")
def test_hypothesis() -> None:
    """Folded where the page had another apostrophe; one that runs over two paragraphs is two."""
    done = run("import", str(EXPORTS / "hypothesis.json"))
    assert (done.exit_code, done.stderr) == (
        0,
        f"3 new, 1 there already, 0 reported, 1 that mark no words\n{NEXT}",
    )
    assert done.stdout.splitlines()[0] == (
        f"seeds/brackwater-courier.txt:5:110: new, folded: “{NURSES}”"
    )
    assert kept() == [
        {
            "source": "courier",
            "quote": NURSES,
            "note": "How many <b>left</b> in 2024? #staff #figures",
            "origin": "Hypothesis",
            "state": "open",
        },
        {
            "source": "courier",
            "quote": "their posts, she told a meeting at the town hall",
            "origin": "Hypothesis",
            "state": "open",
        },
        {
            "source": "courier",
            "quote": "The ward took in 1,140 patients last",
            "origin": "Hypothesis",
            "state": "open",
        },
    ]


@pytest.mark.parametrize(
    ("name", "quote", "note", "origin"),
    [
        (
            "collection.jsonld",
            "driven to Tarrow, 38 kilometres away",
            "Where is Tarrow? #places",
            "Web Annotation",
        ),
        (
            "zotero.json",
            "The ward took in 1,140 patients last year",
            "Against the census? #figures (p. 3)",
            "Zotero",
        ),
        ("better-bibtex.json", "expects to reopen the ward by the end of September", "", "Zotero"),
    ],
)
def test_other_programs(new: Path, name: str, quote: str, note: str, origin: str) -> None:
    """Each by the address that its file gives; a second import changes nothing."""
    done = run("import", str(EXPORTS / name), "--json")
    (passage,) = json.loads(done.stdout)["passages"]
    assert (done.exit_code, passage["outcome"], passage["new"]) == (0, "exact", True)
    (row,) = kept()
    assert (row["quote"], row.get("note", ""), row["origin"]) == (quote, note, origin)
    before = (new / queue.NAME).read_bytes()
    again = run("import", str(EXPORTS / name), "--json")
    assert again.exit_code == 0
    assert not json.loads(again.stdout)["passages"][0]["new"]
    assert (new / queue.NAME).read_bytes() == before


@pytest.mark.usefixtures("new")
def test_a_table() -> None:
    """By its own column, else by the one document that has the words; an empty row is none."""
    done = imported(TABLE)
    assert (done.exit_code, done.stderr) == (
        0,
        f"2 new, 0 there already, 0 reported, 1 that mark no words\n{NEXT}",
    )
    assert [(row["quote"], row.get("note")) for row in kept()] == [
        ("It did not say how it would find the staff", "Ask; by Friday"),
        ("anyone who falls ill at night", None),
    ]


@pytest.mark.usefixtures("new")
def test_decisions_stay() -> None:
    """What somebody has dismissed does not come back, and what is kept keeps its note."""
    row = {"source": "courier", "quote": NURSES, "note": "Mine.", "state": "dismissed"}
    Path(queue.NAME).write_text(json.dumps({"format": 1, "candidates": [row]}), "utf-8")
    run("import", str(EXPORTS / "hypothesis.json"))
    assert kept()[0] == row
    assert len(kept()) == 3


def test_a_trial_writes_nothing(new: Path) -> None:
    """With --dry-run."""
    assert run("import", str(EXPORTS / "hypothesis.json"), "--dry-run").exit_code == 0
    assert not (new / queue.NAME).exists()


@pytest.mark.usefixtures("new")
def test_a_lost_quote_is_reported_and_the_others_are_kept() -> None:
    """With its number, and the passage that comes nearest."""
    rows = [annotation("Ten of the wards 21 nurses have left"), annotation("at the town hall")]
    done = imported(rows)
    assert done.exit_code == 1
    assert (
        "error[quote-not-found]: “Ten of the wards 21 nurses have left” of annotation 1 does not"
        " stand in `courier`\n" in done.stderr
    )
    assert "seeds/brackwater-courier.txt:5:110: nearest there: “Nine of the ward's" in done.stderr
    assert [row["quote"] for row in kept()] == ["at the town hall"]


@pytest.mark.usefixtures("new")
@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("Nine of the ward's … since January", NURSES),
        ("Nine of the ward's 21 nurses [...] left (…) since January", NURSES),
        ("… " + NURSES + " ...", NURSES),
        ("since January … Nine of the ward's", None),
        ("Nine of the ward's … zebras", None),
        ("Nine of the ward's 21 nurses … how it would find the staff", None),  # a paragraph below
        ("… … …", None),
        ("a … " * 5000, None),
    ],
)
def test_what_an_ellipsis_leaves_out_is_taken_in(quote: str, passage: str | None) -> None:
    """Within a paragraph, in the document's order; else the quote stands nowhere."""
    rows = io.StringIO()
    csv.writer(rows).writerows([["quote"], [quote]])
    done = imported(rows.getvalue())
    assert done.exit_code == (0 if passage else 1)
    if passage:
        assert [each["quote"] for each in kept()] == [passage]


@pytest.mark.usefixtures("new")
def test_words_around_tell_places_apart() -> None:
    """The place is kept with what tells it from the others, for whoever opens the desk."""
    for prefix, suffix, line in (("close its ", "", 1), ("reopen the ", " by the end", 9)):
        done = imported(annotation("ward", prefix=prefix, suffix=suffix), "--json", "--dry-run")
        (passage,) = json.loads(done.stdout)["passages"]
        assert passage["place"].startswith(f"seeds/brackwater-courier.txt:{line}:"), prefix
    imported(annotation("ward", prefix="reopen the ", suffix=" by the end"))
    (row,) = kept()
    assert row["prefix"] == "reopen the"
    text = Path("seeds/brackwater-courier.txt").read_text(encoding="utf-8")
    document = Document(SourceId("courier"), "", text, ((0, len(text)),))
    start, _ = likeliest(document, places("ward", document), row["prefix"], "")
    assert text[:start].endswith("expects to reopen the ")


BROKEN = {
    "": "it is empty",
    "{": "broken JSON: Expecting property name enclosed in double quotes at line 1, column 2",
    "[" * 100_000: "nests too deep",
    "[" + "9" * 5_000 + "]": "a number of too many digits",
    "{}": "no annotation of Hypothesis",
    '{"type": "FeatureCollection", "features": []}': "no annotation of Hypothesis",
    "<!doctype html><title>Login</title>": "no table",
    "%PDF-1.7": "neither JSON nor a table with a column `quote`",
    "quot,note\na,b\n": "neither JSON nor a table with a column `quote`",
}


@pytest.mark.parametrize("content", BROKEN)
def test_another_file(new: Path, content: str) -> None:
    """One message each, and nothing is written."""
    done = imported(content)
    assert done.exit_code == 1
    words = BROKEN[content].replace("no table", "neither JSON nor a table")
    (message,) = [line for line in done.stderr.splitlines() if "error[" in line]
    assert message.startswith("briefings: error[not-imported]: 'export' can't be imported: ")
    assert words in message
    assert done.stderr.count("hint: ") == 1
    assert done.stderr.endswith("nothing was written\n")
    assert not (new / queue.NAME).exists()


@pytest.mark.usefixtures("new")
def test_bytes_of_no_text() -> None:
    """The place of the first that is none is named; UTF-16 is read."""
    Path("export").write_bytes(b"quote\nna\xefve")
    assert "it is not UTF-8 text from byte 8" in run("import", "export").stderr
    Path("export").write_bytes("quote\tnote\nat the town hall\t\n".encode("utf-16"))
    assert run("import", "export").exit_code == 0


@pytest.mark.usefixtures("new")
def test_what_is_no_file() -> None:
    """A device or a link is told what to give instead, and nothing of how large it may be."""
    Path("link.json").symlink_to("facts.yaml")
    for name, hint in (("/dev/null", "a file of its own"), ("link.json", "the other program")):
        done = run("import", name)
        assert done.exit_code == 1
        assert hint in done.stderr
        assert "--limit" not in done.stderr


@pytest.mark.usefixtures("new")
def test_annotations_that_say_too_little() -> None:
    """Each is told with its number, and stops none of the others."""
    elsewhere = annotation("ward")
    elsewhere["target"]["source"] = "https://other.example/<script>\u202e"
    nowhere = {"target": {"selector": {"type": "TextQuoteSelector", "exact": "no such words"}}}
    done = imported([annotation("town hall"), 7, annotation("a" * 1_000_000), elsewhere, nowhere])
    errors = [line for line in done.stderr.splitlines() if "error[" in line]
    assert done.exit_code == 1
    assert [line.partition("]: ")[2] for line in errors] == [
        "annotation 2 can't be read: it is no annotation: it has no `target`",
        "annotation 3 can't be read: its quote is longer than 4000 characters",
        "no source has the address of annotation 4: https://other.example/<script><U+202E>",
        "“no such words” of annotation 5 stands in no document, and it names none",
    ]
    assert done.stderr.endswith(f"1 new, 0 there already, 4 reported\n{NEXT}")


@pytest.mark.usefixtures("new")
def test_a_source_that_is_none() -> None:
    """As a flag nothing is done at all; in a table the row alone is lost."""
    done = imported(annotation("ward"), "--source", "courrier")
    assert (done.exit_code, "did you mean `courier`?" in done.stderr) == (2, True)
    done = imported("quote,source\ntown hall,courrier\ntown hall,courier\n")
    assert done.exit_code == 1
    assert "there is no source `courrier`, which row 2 marks" in done.stderr
    long = imported(f"quote,source\n{'a' * 200_000},courier\n")
    assert "row 2 can't be read: a text of it is over 131,072 characters long" in long.stderr
    assert len(kept()) == 1
    assert run("import", "nowhere.json").exit_code == 2


@pytest.mark.usefixtures("new")
def test_hostile_words() -> None:
    """A note is a text, without what does not show; markup stays markup."""
    value = annotation("town hall")
    value["bodyValue"] = "<img src=x onerror=alert(1)>\u202e\ud800 \x1b[31m"
    assert imported(value).exit_code == 0
    assert kept()[0]["note"] == "<img src=x onerror=alert(1)> [31m"


def test_too_many() -> None:
    """A limit on annotations, and on a cell of a table."""
    with pytest.raises(NotHighlights, match="more than 10000 annotations"):
        read(json.dumps([annotation("ward")] * (MOST + 1)).encode())
    table = io.StringIO()
    csv.writer(table).writerows([["quote"], ["town hall"], ["x" * 1_000_000]])
    export = read(table.getvalue().encode())
    assert len(export.highlights) == 1
    assert [each.number for each in export.broken] == [3]
