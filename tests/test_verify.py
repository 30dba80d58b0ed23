"""`briefings verify`: what was made is never refused, and what has changed since is told."""

from __future__ import annotations

import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from breadth import cases
from command import desk, run

from briefings.core.carried import from_json
from briefings.output import manifest
from briefings.render.html.embedded import from_html
from briefings.run.verify import verify

__all__ = ["desk"]

BRIEFS = ("basin-closure.en", "basin-closure.fa")
TODAY = "--as-of=2024-03-10"


# What was made


@pytest.mark.parametrize(
    ("brief", "form"),
    # test_signing.py verifies a PDF in English.
    cases([(BRIEFS[0], "html"), (BRIEFS[1], "html"), (BRIEFS[1], "pdf")], (BRIEFS[0], "pdf")),
)
def test_what_was_built_is_verified(harbour_site: Path, brief: str, form: str) -> None:
    """From any folder, without a desk; three lines, the last on what was not looked at."""
    done = run("verify", str(harbour_site / f"{brief}.{form}"))
    assert done.exit_code == 0, done.stdout
    data, words, quotes = done.stdout.splitlines()
    assert "the id follows from its data: compare it with the one" in data
    assert "are those of its data" in words
    assert "quotes: UNCHECKED" in quotes


def test_what_is_no_brief(tmp_path: Path) -> None:
    """Three lines in plain words; nothing is told twice."""
    page = tmp_path / "page.html"
    page.write_text("<p>Nine trawlers were turned away.</p>", encoding="utf-8")
    done = run("verify", str(page))
    assert done.exit_code == 1
    assert done.stdout == (
        f"{page}: data: FAILS: it can't be verified: it carries no data of a brief; an index and"
        " pages of sources have none: verify the manifest.json beside them\n"
        f"{page}: words: UNCHECKED: not looked at\n"
        f"{page}: quotes: UNCHECKED: not looked at\n"
    )


def test_all_pages_of_a_build(harbour_site: Path, tmp_path: Path) -> None:
    """Its lists of briefs are none, and are held against the manifest; by no other name."""
    site = Path(shutil.copytree(harbour_site, tmp_path / "site"))
    done = run("verify", *(str(page) for page in sorted(site.glob("*.html"))))
    assert done.exit_code == 0, done.stdout
    assert f"{site}/index.html: data: no brief, but the list of briefs" in done.stdout
    (brief, *_) = sorted(site.glob("basin-closure.*.html"))
    stripped = re.sub(r'(?s)<script type="application/json".*?</script>', "", brief.read_text())
    names = manifest.digests((site / manifest.NAME).read_bytes())
    assert names is not None
    for page in (brief, site / "index.html"):
        page.write_text(stripped, encoding="utf-8")
        done = run("verify", str(page))
        assert done.exit_code == 1
        assert "data: FAILS: it" in done.stdout
    put_right = (site / manifest.NAME).read_text()
    digest = sha256(stripped.encode()).hexdigest()
    (site / manifest.NAME).write_text(put_right.replace(names[brief.name], digest))
    assert run("verify", str(brief)).exit_code == 1
    (site / "index.html").write_bytes(b"<p>Nothing.</p>")
    (site / manifest.NAME).unlink()
    assert run("verify", str(site / "index.html")).exit_code == 1


@pytest.mark.parametrize(
    "flags",
    [
        ("--marking", "GREEN"),
        ("--kind", "claim", "--min-credibility", "4"),
        ("--paper", "letter"),
        ("--as-of", "2024-03-05"),
    ],
    ids=["marking", "filters", "letter", "earlier"],
)
def test_briefs_of_every_kind(desk: Path, flags: tuple[str, ...]) -> None:
    """Cut down to a marking, filtered, of another sheet, of another day."""
    built = run("build", "--format", "html", TODAY, *flags)
    assert built.exit_code == 0, built.stderr
    pages = [str(page) for page in Path("build").glob("*.*.html")]
    done = run("verify", *pages, "--desk", str(desk))
    assert done.exit_code == 0, done.stdout


def test_a_brief_that_was_issued(desk: Path) -> None:
    """With its desk: each quote is looked up, the record agrees, and nothing has changed since."""
    run("issue", "--format", "html", "--as-of", "2024-03-05")
    done = run("verify", "build/basin-closure.en.html", "--desk", str(desk))
    assert done.exit_code == 0
    assert "quotes: 9 looked up in the desk's documents, all stand there" in done.stdout
    assert len(done.stdout.splitlines()) == 3


def test_a_desk_with_templates_of_its_own(desk: Path) -> None:
    """They are not at hand everywhere; that the words could not be compared is no pass."""
    folder = desk / "templates"
    folder.mkdir()
    (folder / "languages.html.j2").write_text("<p>By our own press.</p>\n", encoding="utf-8")
    run("build", "--format", "html", TODAY)
    alone = run("verify", "build/basin-closure.en.html")
    assert alone.exit_code == 1
    why = "it was made with templates or words of the desk's own"
    assert f"words: UNCHECKED: not compared: {why}" in alone.stdout
    assert run("verify", "build/basin-closure.en.html", "--desk", ".").exit_code == 0


# What has changed since


def test_what_holds_by_now(desk: Path) -> None:
    """A fact withdrawn, one revised, one contested: told, and no fault of the brief."""
    run("issue", "--format", "html", "--as-of", "2024-03-05")
    facts = desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    text = text.replace("that the basin was silting up", "that the basin had been silting up", 1)
    withdrawn = "id: hearing\n    withdrawn: {on: 2024-03-06, why: It was called off.}"
    text = text.replace("id: hearing", withdrawn, 1)
    contest = (
        "  - {id: whose-berths, topic: basin-closure, question: Whose are they?,"
        " positions: [berths, nine-turned-away]}\n"
    )
    text = text.replace("gaps:\n", f"{contest}gaps:\n", 1)
    facts.write_text(text, encoding="utf-8")
    done = run("verify", "build/basin-closure.en.html", "--desk", ".")
    assert done.exit_code == 0, done.stdout
    for line in (
        "silting: revised: Inés Calder said that the basin had been",
        "hearing: withdrawn on 2024-03-06: It was called off.",
        "berths: contested by now: whose-berths",
    ):
        assert f"since then: {line}" in done.stdout


def test_a_desk_with_a_mistake_says_nothing_of_a_brief(desk: Path) -> None:
    """Its mistakes are told, and that nothing was verified; without it the brief is."""
    run("build", "--format", "html", TODAY)
    facts = desk / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("kind: plan", "kind: plam", 1), "utf-8")
    page = "build/basin-closure.en.html"
    done = run("verify", page, "--desk", ".", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "error[bad-value]: 'plam'" in done.stderr
    assert done.stderr.endswith("nothing was verified\n")
    assert run("verify", page).exit_code == 0


def test_another_file_than_the_one_issued(desk: Path) -> None:
    """Its data and words agree with each other; the record of the desk tells that it is another."""
    run("issue", "--format", "html", "--as-of", "2024-03-05")
    record = desk / "issued" / "basin-closure.en.2024-03-05.json"
    run("build", "--format", "html", "--as-of", "2024-03-05", "--paper", "letter")
    done = run("verify", "build/basin-closure.en.html", "--desk", ".")
    assert record.exists()
    assert done.exit_code == 1
    assert "the desk issued that edition in other files than this one" in done.stdout


def test_the_id_that_one_was_given(harbour_site: Path, screen: str) -> None:
    """Twelve digits or all of the fingerprint; another one is not it."""
    page = str(harbour_site / "basin-closure.en.html")
    known = from_json(from_html(screen)).snapshot
    for name in (known.edition, known.fingerprint):
        done = run("verify", page, "--id", name)
        assert done.exit_code == 0
        assert "as you named it" in done.stdout
    other = run("verify", page, "--id", "0" * 12)
    assert other.exit_code == 1
    assert f"it is edition {known.edition}, and not 000000000000" in other.stdout


def test_wrong_use(harbour_site: Path) -> None:
    """Exit code 2: no such file, no id, an id for two briefs, no desk."""
    page = str(harbour_site / "basin-closure.en.html")
    for arguments in (
        ("none.pdf",),
        (page, "--id", "12"),
        (page, page, "--id", "0" * 12),
        (page, "--desk", "nowhere"),
        (),
    ):
        assert run("verify", *arguments).exit_code == 2, arguments


def test_a_verdict_for_machines(harbour_site: Path) -> None:
    """One object, with each finding by its name."""
    page = str(harbour_site / "basin-closure.en.html")
    (brief,) = json.loads(run("verify", page, "--json").stdout)["briefs"]
    assert brief["holds"] is True
    assert brief["edition"]["brief"] == "basin-closure"
    states = {name: brief[name]["state"] for name in ("data", "words", "quotes")}
    assert states == {"data": "holds", "words": "holds", "quotes": "unchecked"}
    assert brief["faults"] == []


def test_every_promise_has_its_tests(checkout: Path) -> None:
    """Each file that docs/threats.md names is there."""
    named = re.findall(r"`(tests/\w+\.py)`", (checkout / "docs" / "threats.md").read_text("utf-8"))
    assert len(named) > 10
    assert all((checkout / path).is_file() for path in named)


def test_whoever_verifies_many_briefs_sees_that_it_goes_on(harbour_site: Path) -> None:
    """Each is named before it is verified."""
    told: list[tuple[str, int, int]] = []
    pages = sorted(harbour_site.glob("basin-closure.*.html"))[:2]
    assert all(
        verdict.is_good for verdict in verify(pages, progress=lambda *step: told.append(step))
    )
    assert told == [(f"verifying {page.name}", at, 2) for at, page in enumerate(pages)]
