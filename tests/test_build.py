"""A whole build, from files to files."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from unittest.mock import ANY

import pypdfium2
import pytest
from blank_pdfs import blank_pdfs
from command import run, stated
from harbour_desk import DESK, change, codes, content, desk, html, refused

from briefings import __version__
from briefings.core.model import TopicId
from briefings.plan.request import BriefRequest, Request
from briefings.run.build import build
from briefings.workers import pdfs

__all__ = ["desk"]

BOTH = ("basin-closure", "tarn-cannery")
GONE = ("topics:", "facts:", "judgements:", "contested:", "gaps:")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both briefs of the little desk, in both formats; one PDF is a blank sheet."""
    out = tmp_path_factory.mktemp("built") / "build"
    with blank_pdfs("basin-closure.en.pdf"):
        result = build(
            Request(DESK / "facts.yaml", out, BriefRequest(tuple(map(TopicId, BOTH)))),
            today=lambda _: date(2024, 3, 10),
            workers=1,
        )
    assert codes(result) == []
    assert set(result.files) == set(content(out))
    return out


def test_a_second_little_desk_builds(built: Path) -> None:
    """Briefs in both formats, a page for each cited source, an index and a manifest."""
    assert set(content(built)) == {
        "basin-closure.en.html",
        "basin-closure.en.pdf",
        "feed.xml",
        "index.html",
        "manifest.json",
        "sources/gazette.html",
        "sources/notice.html",
        "sources/radio-quai.html",
        "tarn-cannery.en.html",
        "tarn-cannery.en.pdf",
    }


def test_the_pdf_says_what_the_page_says(built: Path) -> None:
    """A statement, a foreign quote and its translation, out of the finished file."""
    paper = pypdfium2.PdfDocument(built / "basin-closure.en.pdf")
    text = " ".join(page.get_textpage().get_text_bounded() for page in paper)
    words = re.sub(r"\s+", " ", text)
    page = (built / "basin-closure.en.html").read_text(encoding="utf-8")
    for sentence in ("The Port Authority counted 64 berths", "Neuf chalutiers ont été refoulés"):
        assert sentence in words
        assert sentence in page


def test_the_manifest_names_what_was_read_chosen_and_written(built: Path) -> None:
    """Each with its SHA-256; and nothing of the machine, the folder or the time."""
    text = (built / "manifest.json").read_text(encoding="utf-8")
    read = stated(text)
    files = content(built)
    assert read.artifacts == {
        path: sha256(written).hexdigest()
        for path, written in files.items()
        if path != "manifest.json"
    }
    desk = {path: digest for path, digest in read.inputs.items() if "templates/" not in path}
    assert desk == {name: sha256(data).hexdigest() for name, data in content(DESK).items()}
    assert any(path.startswith("templates/fonts/") for path in read.inputs)
    assert "templates/brief.html.j2" in read.inputs
    assert [brief["brief"] for brief in read.briefs] == list(BOTH)
    assert read.briefs[1]["facts"] == [
        "twelve-refused",
        "dredging-offer",
        "cannery-jobs",
        "gift",
        "blockade",
    ]
    for trace in (str(built), str(DESK), str(Path.home()), sys.prefix):
        assert trace not in text
    # The clock was not read; four digits inside a hash are no year.
    assert not re.search(rf"\b{date.today().year}\b", text)  # noqa: DTZ011


def test_the_manifest_has_the_keys_that_others_read(built: Path) -> None:
    """A statement of in-toto with the provenance of SLSA; no key comes or goes unseen."""
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert manifest.keys() == {"_type", "subject", "predicateType", "predicate"}
    assert manifest["subject"][0].keys() == {"name", "digest", "mediaType", "annotations"}
    definition, details = (manifest["predicate"][key] for key in ("buildDefinition", "runDetails"))
    assert manifest["predicate"].keys() == {"buildDefinition", "runDetails"}
    assert definition.keys() == {"buildType", "externalParameters", "resolvedDependencies"}
    assert details == {"builder": {"id": ANY, "version": {"briefings": __version__}}}
    asked = definition["externalParameters"]
    assert asked.keys() == {"briefs", "not_made"}
    assert asked["briefs"][0].keys() == {
        *("brief", "topics", "language", "as_of", "known_by", "since", "until", "edition"),
        *("fingerprint", "marking", "facts", "judgements", "sources"),
    }


def test_the_order_of_the_base_gives_the_same_pages(tmp_path: Path, desk: Path) -> None:
    """The entries of each section turned about: only the base's own hash differs."""
    text = (desk / "facts.yaml").read_text(encoding="utf-8")
    head, *parts = re.split(r"(?m)^(?=[a-z]+:\n)", text)
    turned = []
    for part in parts:
        title, *entries = re.split(r"(?m)^(?=  (?:- id|[a-z-]+):)", part)
        turned.append(title + "".join(f"{entry.rstrip()}\n" for entry in reversed(entries)))
    assert len(turned) == 8
    html(desk, tmp_path / "first", topics=BOTH)
    (desk / "facts.yaml").write_text(head + "".join(turned), encoding="utf-8")
    shuffled_pages = html(desk, tmp_path / "second", topics=BOTH)
    assert codes(shuffled_pages) == []
    first, second = content(tmp_path / "first"), content(tmp_path / "second")
    assert first.pop("manifest.json") != second.pop("manifest.json")
    assert first == second


def test_a_failed_check_leaves_the_earlier_build(tmp_path: Path, desk: Path) -> None:
    """Everything is reported, nothing is written."""
    out = tmp_path / "build"
    html(desk, out)
    before = content(out)
    change(desk, "quote: twelve boats were refused", "quote: thirteen boats were refused")
    stopped = refused(desk, out)
    assert stopped.status == 1
    assert "quote-not-found" in codes(stopped)
    assert content(out) == before
    assert {path.name for path in tmp_path.iterdir()} == {"build", "desk"}


@pytest.mark.usefixtures("blank_pdfs")
def test_formats_can_be_built_alone(tmp_path: Path, desk: Path) -> None:
    """HTML without a PDF; a PDF without pages of sources, which it has no use for."""
    html(desk, tmp_path / "html")
    assert not [name for name in content(tmp_path / "html") if name.endswith(".pdf")]
    html(desk, tmp_path / "pdf", formats=("pdf",))
    assert set(content(tmp_path / "pdf")) == {
        "basin-closure.en.pdf",
        "feed.xml",
        "index.html",
        "manifest.json",
    }


def test_the_day_is_asked_for_declared_or_today(tmp_path: Path, desk: Path) -> None:
    """In that order; the clock is asked in the desk's own time zone."""
    asked = []

    def clock(zone: str) -> date:
        asked.append(zone)
        return date(2024, 3, 7)

    def day(as_of: date | None) -> date:
        brief = BriefRequest(as_of=as_of)
        request = Request(desk / "facts.yaml", tmp_path / "build", brief, formats=("html",))
        return build(request, today=clock).editions[0].spec.as_of

    assert day(date(2024, 3, 5)) == date(2024, 3, 5)
    assert asked == ["Europe/Lisbon"]  # for whether that day is still to come
    asked.clear()
    assert day(None) == date(2024, 3, 10)
    assert asked == []
    change(desk, "as_of: 2024-03-10, ", "")
    assert day(None) == date(2024, 3, 7)
    assert asked == ["Europe/Lisbon"]


def test_an_earlier_edition_holds_nothing_of_a_later_source(tmp_path: Path, desk: Path) -> None:
    """Not a word of it in any file, nor a page of its own."""
    html(desk, tmp_path / "build", topics=BOTH, as_of=date(2024, 3, 5))
    pages = content(tmp_path / "build")
    manifest = stated(pages.pop("manifest.json"))
    assert set(manifest.briefs[0]["sources"]) == {"notice", "gazette"}
    for name, text in pages.items():
        for trace in ("radio-quai", "Radio Quai", "capitaine", "harbour master confirmed"):
            assert trace not in text.decode(), (name, trace)


def test_a_topic_of_which_nothing_was_known_is_said_plainly(tmp_path: Path, desk: Path) -> None:
    """It is left out with a warning; if none is left, nothing is built."""
    day = date(2024, 2, 20)
    some = html(desk, tmp_path / "some", topics=BOTH, as_of=day)
    assert codes(some) == ["nothing-known"]
    assert "nothing was known about `tarn-cannery` by 2024-02-20" in some.diagnostics[0].message
    assert "2024-03-04" in some.diagnostics[0].hints[0].message
    assert "tarn-cannery.en.html" not in content(tmp_path / "some")
    strict = refused(desk, tmp_path / "none", topics=BOTH, as_of=day, strict=True)
    assert strict.status == 1
    none = refused(desk, tmp_path / "none", topics=BOTH[1:], as_of=day)
    assert (none.status, codes(none)) == (1, ["nothing-known", "nothing-to-build"])
    assert not (tmp_path / "none").exists()


def test_a_base_without_topics_is_told_so(tmp_path: Path, desk: Path) -> None:
    """It may hold what a source calls someone, which is a quote as well."""
    facts = desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    kept = [part for part in re.split(r"(?m)^(?=\w)", text) if not part.startswith(GONE)]
    facts.write_text("".join(kept), encoding="utf-8")
    stopped = refused(desk, tmp_path / "build")
    assert (stopped.status, codes(stopped)) == (1, ["nothing-to-build"])
    assert stopped.diagnostics[0].message.startswith("the base has no topic: ")


def test_an_unknown_topic_names_the_nearest(tmp_path: Path, desk: Path) -> None:
    """Before anything is made."""
    stopped = refused(desk, tmp_path / "build", topics=("basin-closing", "basin-closure", "x"))
    assert (stopped.status, codes(stopped)) == (2, ["unknown-topic", "unknown-topic"])
    assert stopped.diagnostics[0].hints[0].message == "did you mean `basin-closure`?"
    assert "`basin-closure`, `tarn-cannery`" in stopped.diagnostics[1].hints[0].message
    assert not (tmp_path / "build").exists()


def _all_but_the_basin(page: str, _: Path, *, own: Sequence[Path]) -> bytes:
    if "The closure of the inner basin" in page.partition("</title>")[0]:
        raise ValueError("it is too long")
    return f"{len(page)}{own}".encode()


def _none(*_: str, **__: object) -> bytes:
    raise ValueError("it is too long")


def test_a_brief_that_fails_takes_no_other_with_it(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --keep-going: what is built is what would be built if it had not been asked for."""
    monkeypatch.chdir(desk)
    monkeypatch.setattr(pdfs, "set_page", _all_but_the_basin)
    asked = ("build", "--topic", "tarn-cannery", "--cache", "off")
    alone = run(*asked, "--out", str(tmp_path / "alone"))
    assert alone.exit_code == 0, alone.stderr
    for cache in ("off", str(tmp_path / "cache")):
        both = (*asked[:-1], cache, "--topic", "basin-closure", "--out", str(tmp_path / "both"))
        whole = run(*both)
        assert (whole.exit_code, whole.stdout) == (1, "")
        assert not (tmp_path / "both").exists()
        for _ in range(2):  # the second time it is tried again
            rest = run(*both, "--keep-going")
            assert rest.exit_code == 1
            assert "basin-closure.en.pdf could not be made: it is too long" in rest.stderr
            assert "1 of 2 briefs could not be built" in rest.stderr
            assert "tarn-cannery.en.pdf" in rest.stdout
            assert content(tmp_path / "both") == content(tmp_path / "alone")
        shutil.rmtree(tmp_path / "both")


def test_where_each_brief_fails_nothing_is_written(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it was asked for."""
    monkeypatch.chdir(desk)
    monkeypatch.setattr(pdfs, "set_page", _none)
    done = run("build", "--format", "pdf", "--keep-going", "--out", str(tmp_path / "build"))
    assert done.exit_code == 1
    assert "it is too long" in done.stderr
    assert not (tmp_path / "build").exists()


def test_a_style_that_asks_for_something_outside_stops_the_build(
    tmp_path: Path, desk: Path
) -> None:
    """Before its page is set, and no brief is published."""
    (desk / "templates").mkdir()
    (desk / "templates" / "print.css").write_text(
        "body { background: url(file:///etc/passwd) }", encoding="utf-8"
    )
    stopped = refused(desk, tmp_path / "build", formats=("pdf",))
    assert (stopped.status, codes(stopped)) == (1, ["page-forbids"])
    assert not (tmp_path / "build").exists()


def test_a_pdf_that_fails_stops_the_build(
    tmp_path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its page made WeasyPrint object to, no brief is published."""
    monkeypatch.setattr(pdfs, "set_page", _none)
    stopped = refused(desk, tmp_path / "build", formats=("pdf",))
    assert (stopped.status, codes(stopped)) == (1, ["pdf-failed"])
    assert "basin-closure.en.pdf" in stopped.diagnostics[0].message
    assert not (tmp_path / "build").exists()
