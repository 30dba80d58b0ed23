"""A whole build, from files to files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from typing import Any

import pypdfium2
import pytest
from refusals import refusal

from briefings.core.diagnostics import Refused
from briefings.core.model import TopicId
from briefings.plan.request import BriefRequest, Request
from briefings.render.html import front
from briefings.run import build as module
from briefings.run.build import Built, build
from briefings.run.report import report
from briefings.workers import pool
from briefings.workers import templates as house
from briefings.workers.pdfs import Failed, print_pdfs
from briefings.workers.pool import Limits

DESK = Path(__file__).parent / "desk_harbour"
BOTH = ("basin-closure", "tarn-cannery")
MACHINE = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
GONE = ("topics:", "facts:", "judgements:", "contested:", "gaps:")


def today(_: str) -> date:
    return date(2024, 3, 10)


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A copy of the little desk, to be changed."""
    return Path(shutil.copytree(DESK, tmp_path / "desk"))


def change(desk: Path, *pairs: tuple[str, str]) -> None:
    """Replace text in the base, each of which must be there."""
    facts = desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    facts.write_text(text, encoding="utf-8")


def html(
    desk: Path, out: Path, topics: Sequence[str] = (), as_of: date | None = None, **more: Any
) -> Built:
    """A build without PDFs, which is quick."""
    brief = BriefRequest(
        tuple(map(TopicId, topics)), as_of=as_of, template=more.pop("template", None)
    )
    request = Request(desk / "facts.yaml", out, brief, **{"formats": ("html",), **more})
    return build(request, today=today)


def refused(desk: Path, out: Path, **more: Any) -> Refused:
    """Why there is no build."""
    return refusal(lambda: html(desk, out, **more))


def codes(told: Built | Refused) -> list[str]:
    return [found.code for found in told.diagnostics]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both briefs of the little desk, in both formats."""
    out = tmp_path_factory.mktemp("built") / "build"
    made = build(
        Request(DESK / "facts.yaml", out, BriefRequest(tuple(map(TopicId, BOTH)))),
        today=today,
        workers=1,
    )
    assert codes(made) == []
    assert set(made.files) == set(content(out))
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
    for said in ("The Port Authority counted 64 berths", "Neuf chalutiers ont été refoulés"):
        assert said in words
        assert said in page


def test_the_manifest_names_what_was_read_chosen_and_written(built: Path) -> None:
    """Each with its SHA-256; and nothing of the machine, the folder or the time."""
    text = (built / "manifest.json").read_text(encoding="utf-8")
    read = json.loads(text)
    files = content(built)
    assert {one["path"] for one in read["artifacts"]} == set(files) - {"manifest.json"}
    for one in read["artifacts"]:
        assert one["sha256"] == sha256(files[one["path"]]).hexdigest()
        assert one["bytes"] == len(files[one["path"]])
    desk = {path: digest for path, digest in read["inputs"].items() if "templates/" not in path}
    assert desk == {name: sha256(data).hexdigest() for name, data in content(DESK).items()}
    assert any(path.startswith("templates/fonts/") for path in read["inputs"])
    assert "templates/brief.html.j2" in read["inputs"]
    assert [brief["brief"] for brief in read["briefs"]] == list(BOTH)
    assert read["briefs"][1]["facts"] == [
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


def test_same_inputs_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """Whatever the process, hash seed, time zone, locale, folder and number of workers."""
    script = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from briefings.plan.request import BriefRequest, Request\n"
        "from briefings.run.build import build\n"
        "brief = BriefRequest(tuple(sys.argv[3:]))\n"
        "build(Request(Path(sys.argv[1]), Path(sys.argv[2]), brief),"
        " today=lambda _: date(1999, 1, 1), workers=2)"
    )
    moved = shutil.copytree(DESK, tmp_path / "moved")
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONPATH": str(Path(module.__file__).parents[2]),
    }
    out = tmp_path / "again"
    command = [sys.executable, "-c", script, str(moved / "facts.yaml"), str(out), *reversed(BOTH)]
    subprocess.run(command, check=True, env=environment)
    assert content(out) == content(built)


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
    made = html(desk, tmp_path / "second", topics=BOTH)
    assert codes(made) == []
    first, second = content(tmp_path / "first"), content(tmp_path / "second")
    assert first.pop("manifest.json") != second.pop("manifest.json")
    assert first == second


def test_a_failed_check_leaves_the_earlier_build(tmp_path: Path, desk: Path) -> None:
    """Everything is reported, nothing is written."""
    out = tmp_path / "build"
    html(desk, out)
    before = content(out)
    change(desk, ("quote: twelve boats were refused", "quote: thirteen boats were refused"))
    made = refused(desk, out)
    assert made.status == 1
    assert "quote-not-found" in codes(made)
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
    change(desk, ("as_of: 2024-03-10, ", ""))
    assert day(None) == date(2024, 3, 7)
    assert asked == ["Europe/Lisbon"]


def test_an_earlier_edition_holds_nothing_of_a_later_source(tmp_path: Path, desk: Path) -> None:
    """Not a word of it in any file, nor a page of its own."""
    html(desk, tmp_path / "build", topics=BOTH, as_of=date(2024, 3, 5))
    pages = content(tmp_path / "build")
    manifest = json.loads(pages.pop("manifest.json"))
    assert set(manifest["briefs"][0]["sources"]) == {"notice", "gazette"}
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
    made = refused(desk, tmp_path / "build")
    assert (made.status, codes(made)) == (1, ["nothing-to-build"])
    assert made.diagnostics[0].message.startswith("the base has no topic: ")


def test_an_unknown_topic_names_the_nearest(tmp_path: Path, desk: Path) -> None:
    """Before anything is made."""
    made = refused(desk, tmp_path / "build", topics=("basin-closing", "basin-closure", "x"))
    assert (made.status, codes(made)) == (2, ["unknown-topic", "unknown-topic"])
    assert made.diagnostics[0].hints[0].message == "did you mean `basin-closure`?"
    assert "`basin-closure`, `tarn-cannery`" in made.diagnostics[1].hints[0].message
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("line one\n{{ edition.nonsense }}\n", "template-hole"),
        ("line one\n{% if %}\n", "template-syntax"),
    ],
)
def test_a_template_with_a_hole_is_shown(
    tmp_path: Path, desk: Path, template: str, code: str
) -> None:
    """At its line, in the user's own folder of templates; the earlier build stays."""
    out = tmp_path / "build"
    html(desk, out)
    before = content(out)
    (desk / "templates").mkdir()
    own = desk / "templates" / "index.html.j2"
    own.write_text(template, encoding="utf-8")
    made = refused(desk, out)
    assert (made.status, codes(made)) == (1, [code])
    span = made.diagnostics[0].span
    assert span is not None
    assert span.path == "templates/index.html.j2"
    assert made.texts[span.path].position(span.start).line == 2
    assert content(out) == before


@pytest.mark.parametrize(
    "template",
    [
        "{% include '/etc/passwd' %}",
        "{% extends '/etc/passwd' %}",
        "{% import '/etc/passwd' as x %}",
        "{% include '../facts.yaml' %}",
        "{% include '../../../../../../../etc/passwd' %}",
    ],
)
def test_a_template_can_show_no_other_file(tmp_path: Path, desk: Path, template: str) -> None:
    """Neither on a page nor beside a message: that shows the line which asks."""
    (desk / "templates").mkdir()
    own = desk / "templates" / "index.html.j2"
    own.write_text(f"one\n{template}\n", encoding="utf-8")
    made = refused(desk, tmp_path / "build")
    assert (made.status, codes(made)) == (1, ["template-hole"])
    said = report(made.diagnostics, made.texts, Path())
    assert said.startswith("templates/index.html.j2:2:1: ")
    assert template in said
    assert "root:" not in said
    assert "format: 1" not in said


def test_a_link_as_a_template_is_called_one(tmp_path: Path, desk: Path) -> None:
    """It is not followed, and not passed over in silence for the shipped one either."""
    (desk / "templates").mkdir()
    (desk / "templates" / "macros.html.j2").symlink_to("/etc/passwd")
    made = refused(desk, tmp_path / "build")
    assert (made.status, codes(made)) == (1, ["template-hole"])
    assert '"macros.html.j2" is a link' in made.diagnostics[0].message
    assert "root:" not in report(made.diagnostics, made.texts, Path())


def test_a_folder_of_templates_that_is_a_link_is_not_followed(tmp_path: Path, desk: Path) -> None:
    """A desk could reach what lies beside it; where a user's own leads, is the user's affair."""
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (desk / "evil.html.j2").write_text("{% include 'secret.txt' %}", encoding="utf-8")
    (desk / "templates").symlink_to("..")
    made = refused(desk, tmp_path / "build", template="desk/evil.html.j2")
    assert (made.status, codes(made)) == (1, ["template-hole"])
    assert '"templates" is a link' in made.diagnostics[0].message
    (tmp_path / "house").mkdir()
    (desk / "templates").unlink()
    (tmp_path / "style").symlink_to("house")
    html(desk, tmp_path / "build", templates=tmp_path / "style")


def test_a_place_in_a_house_style_is_seen_from_the_desk(tmp_path: Path, desk: Path) -> None:
    """Not an absolute path, although the folder is given as one."""
    house = tmp_path / "house"
    house.mkdir()
    (house / "index.html.j2").write_text("{{ nowhere }}", encoding="utf-8")
    made = refused(desk, tmp_path / "build", templates=house)
    assert made.diagnostics[0].span is not None
    assert made.diagnostics[0].span.path == "../house/index.html.j2"


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        (
            "one\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            2,
            "longer than 1 seconds of processor time",
        ),
        ("one\n{% set n = 9999999999 %}{{ 'x' * n }}", 2, "too much memory"),
        ("one\n{{ 'x' * 9999999999 }}", 2, "too much memory"),
        ("one\n{{ 'x'.center(9999999999) }}", 2, "too much memory"),
        ("one\n{{ '%9999999999d' % 1 }}", 2, "too much memory"),
        ("{% set n = 7 %}{{ (n ** 999999999) > 1 }}", 0, "1 seconds of processor time"),
        ("{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}", 1, "grows beyond"),
    ],
)
def test_a_template_without_end_is_stopped(
    tmp_path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, template: str, *, line: int,
    words: str,
) -> None:  # fmt: skip
    """With its place, unless it hangs within one call; the earlier build stays."""
    out = tmp_path / "build"
    html(desk, out)
    monkeypatch.setattr(house, "SECONDS", 1)
    monkeypatch.setattr(house, "_GRACE", 1)
    before = content(out)
    (desk / "templates").mkdir()
    (desk / "templates" / "index.html.j2").write_text(template, encoding="utf-8")
    made = refused(desk, out)
    assert (made.status, codes(made)) == (1, ["template-limit"])
    found = made.diagnostics[0]
    assert words in found.message
    if line:
        assert found.span is not None
        assert made.texts[found.span.path].position(found.span.start).line == line
    assert content(out) == before


def test_a_failure_of_our_own_is_no_mistake_of_the_desk(
    tmp_path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is raised here, although it happened in another process."""

    def broken(*_: object, **__: object) -> str:
        raise KeyError("ours")

    monkeypatch.setattr(front, "index", broken)
    with pytest.raises(RuntimeError, match="KeyError: 'ours'"):
        html(desk, tmp_path / "build")


def test_an_unknown_template_names_the_nearest(tmp_path: Path, desk: Path) -> None:
    """The desk's own among them; the request is no good, so the status is 2."""
    (desk / "templates").mkdir()
    (desk / "templates" / "short.html.j2").write_text("x", encoding="utf-8")
    for asked, near in (("shrt.html.j2", "short.html.j2"), ("brief.html", "brief.html.j2")):
        made = refused(desk, tmp_path / "build", template=asked)
        assert (made.status, codes(made)) == (2, ["unknown-name"])
        assert made.diagnostics[0].message == f"there is no template `{asked}`"
        assert made.diagnostics[0].hints[0].message == f"did you mean `{near}`?"
    for asked in ("nosuch", "", "/", "../facts.yaml"):
        made = refused(desk, tmp_path / "build", template=asked)
        assert (made.status, codes(made)) == (2, ["unknown-name"])
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    "name",
    ["brief.css", "page.js", "macros.html.j2", "./index.html.j2", "fonts/Vazirmatn-Bold.ttf"],
)
def test_only_a_template_of_briefs_makes_a_brief(tmp_path: Path, desk: Path, name: str) -> None:
    """A style sheet or a part of a page would be printed as it is."""
    (desk / "templates").mkdir()
    (desk / "templates" / "short.html.j2").write_text("x", encoding="utf-8")
    made = refused(desk, tmp_path / "build", template=name)
    assert (made.status, codes(made)) == (2, ["unknown-name"])
    assert made.diagnostics[0].message == f"`{name}` is no template of a brief"
    assert "take `brief.html.j2`, `short.html.j2`; " in made.diagnostics[0].hints[0].message
    assert not (tmp_path / "build").exists()


def test_a_template_that_can_not_be_read_is_told(tmp_path: Path, desk: Path) -> None:
    """With what to do about it; the shipped one is not taken in silence."""
    (desk / "templates").mkdir()
    os.mkfifo(desk / "templates" / "brief.html.j2")
    made = refused(desk, tmp_path / "build")
    assert (made.status, codes(made)) == (1, ["template-hole"])
    said = report(made.diagnostics, made.texts, Path())
    assert 'the template "brief.html.j2" can\'t be read: it is not a regular file' in said
    assert "hint: make it a file of this user of at most 4 MiB; or remove it" in said


def test_own_templates_go_before_the_shipped_ones(tmp_path: Path, desk: Path) -> None:
    """The manifest names them as they are named, wherever they are."""
    house = tmp_path / "house"
    house.mkdir()
    own = '{% extends "base.html.j2" %}{% block title %}Own {{ desk.forms[0][1] }}{% endblock %}'
    (house / "index.html.j2").write_text(own, encoding="utf-8")
    html(desk, tmp_path / "build", templates=house)
    files = content(tmp_path / "build")
    assert b"<title>Own The harbour of Merrow</title>" in files["index.html"]
    read = json.loads(files["manifest.json"])["inputs"]
    assert (
        read["templates/index.html.j2"]
        == sha256((house / "index.html.j2").read_bytes()).hexdigest()
    )


def test_a_pdf_that_fails_stops_the_build(tmp_path: Path, desk: Path) -> None:
    """A page that asks for something outside gets nothing, and no brief is published."""
    (desk / "templates").mkdir()
    (desk / "templates" / "print.css").write_text(
        "body { background: url(file:///etc/passwd) }", encoding="utf-8"
    )
    made = refused(desk, tmp_path / "build", formats=("pdf",))
    assert (made.status, codes(made)) == (1, ["pdf-failed"])
    assert "basin-closure.en.pdf" in made.diagnostics[0].message
    assert not (tmp_path / "build").exists()


VICES = """
    import os, signal, sys, time
    from pathlib import Path

    def convert(page, fonts):
        if page == "wait": time.sleep(60)
        if page == "slow": time.sleep(3)
        if page == "burn": burn()
        if page == "call": 7 ** 10 ** 9
        if page == "die": os.kill(os.getpid(), signal.SIGKILL)
        if page == "exit": os._exit(3)
        if page == "leave": sys.exit(3)
        if page == "memory": bytearray(2**50)
        if page == "deep": deep()
        if page == "refuse": raise ValueError("it asks for /etc/passwd")
        if page == "large": return bytes(10**8)
        if page == "worker": return str(os.getpid()).encode()
        return page.encode()

    def burn():
        while True: pass

    def deep(): return deep()

    def holding(page, fonts):
        with Path(page).open("w") as pipe:
            pipe.write("begun")
            pipe.flush()
            time.sleep(60)
            pipe.write("done")
"""


@pytest.fixture
def misbehaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Converters that a worker can import by name, each with its own vice."""
    (tmp_path / "misbehaving.py").write_text(dedent(VICES), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module("misbehaving").convert
    with suppress(KeyError):
        del sys.modules["misbehaving"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_misbehaves_harms_no_other(misbehaving: Any, workers: int) -> None:
    """A loop, a death or an exhausted worker is told by name; its neighbours are made."""
    names = [
        *("one", "burn", "two", "call", "three", "die", "exit", "four", "leave", "five", "memory"),
        *("deep", "refuse", "six", "large", "seven"),
    ]
    done: list[str] = []
    printed = print_pdfs(
        {name: name for name in names},
        Path(),
        misbehaving,
        workers=workers,
        done=done.append,
        limits=Limits(processor=1, wall=600, memory=2**30),
    )
    assert list(printed) == names
    assert sorted(done) == sorted(names)
    assert printed.pop("large") == bytes(10**8)
    assert printed == {
        **{name: name.encode() for name in ("one", "two", "three", "four", "five", "six", "seven")},
        "burn": Failed("it took more than 1 seconds of processor time"),
        "call": Failed("it took more than 1 seconds of processor time"),
        "die": Failed("its process was killed by SIGKILL"),
        "exit": Failed("its process ended with status 3"),
        "leave": Failed("its process ended with status 3"),
        "memory": Failed("it took too much memory"),
        "deep": Failed("its markup nests too deep"),
        "refuse": Failed("it asks for /etc/passwd"),
    }


def test_a_page_is_judged_by_the_work_that_it_makes(misbehaving: Any) -> None:
    """On a busy machine the same page takes longer: that alone is no fault of it."""
    limits = Limits(processor=1, wall=600, memory=2**30)
    printed = print_pdfs({"slow": "slow"}, Path(), misbehaving, limits=limits)
    assert printed == {"slow": b"slow"}


def test_a_page_that_waits_without_end_is_given_up(misbehaving: Any) -> None:
    """It takes no processor time, but somebody waits for it."""
    limits = Limits(processor=60, wall=1, memory=2**30)
    printed = print_pdfs({"wait": "wait"}, Path(), misbehaving, limits=limits)
    assert printed == {"wait": Failed("it took longer than 1 seconds")}


ORPHANS = """
    import sys
    from functools import partial
    from pathlib import Path
    from briefings.workers.pool import Limits, answers
    from misbehaving import holding

    if __name__ == "__main__":
        work = partial(holding, fonts=None)
        list(answers({"page": sys.argv[2]}, work, Limits(60, 600, 2**30), start=sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no other kernel ends a child with its parent")
@pytest.mark.parametrize("start", ["spawn", "fork"])
@pytest.mark.usefixtures("misbehaving")
def test_a_worker_ends_with_who_hired_it(tmp_path: Path, start: str) -> None:
    """Killed with no time to say so; nobody is left behind who computes for nobody."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "orphans.py").write_text(dedent(ORPHANS), encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(Path(module.__file__).parents[2])])
    command = [sys.executable, str(tmp_path / "orphans.py"), start, str(pipe)]
    with (
        subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}) as parent,
        pipe.open() as heard,
    ):
        assert heard.read(5) == "begun"
        parent.kill()
        assert heard.read() == ""


def test_workers_are_no_more_than_there_is_memory_for(
    misbehaving: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If each took all that it may; one there always is."""
    assert pool._affordable(MACHINE // 2) == 2
    assert pool._affordable(MACHINE * 2) == 1
    monkeypatch.setattr(pool, "_affordable", lambda _: 1)
    pages = dict.fromkeys(("one", "two", "three"), "worker")
    assert len(set(print_pdfs(pages, Path(), misbehaving, workers=3).values())) == 1


def test_no_page_needs_no_worker() -> None:
    """A build of HTML alone starts no process."""
    assert print_pdfs({}, Path(), lambda *_: b"") == {}
