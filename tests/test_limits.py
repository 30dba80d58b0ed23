"""What may cost how much: each limit names itself and its way up, and lets through what it is told.

Each is tried from both sides by a number that is small enough to be passed at once.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

import limits_page
import pytest
import saved_files
from breadth import cases
from command import desk, run
from conftest import answered_here, forked
from little_desk import LittleDesk
from yaml_shapes import Shapes, Value

from briefings.capture.captured import Captured, NotCaptured
from briefings.capture.extraction import Saved
from briefings.core.limits import (
    LIMITS,
    PDF_MEMORY,
    PDF_TIME,
    VALUES,
    VARIABLE,
    Limit,
    allowing,
    parse,
)
from briefings.core.span import SourceText
from briefings.load import yamltree
from briefings.run import capture
from briefings.workers.agenda import Work, long_work
from briefings.workers.pool import Failed

__all__ = ["desk"]

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
VALUE: dict[str, Value] = {"a": ["x", {"b": "c: d", "e": ["f", "g"]}], "h": {"i": "j", "k": []}}
LITTLE = "format: 1\nlanguages: [en]\ntitle: T\n"
LINED = (
    "sources:\n  a:\n    file: lines.txt\n    sha256: {}\n    title: T\n    publisher: P\n"
    "    published: 2024-03-04\n    language: en\n"
)
TRIED = [
    ("file=1kB", "unreadable-file", "'facts.yaml' can't be read: it is larger than 1,000 bytes"),
    ("base=8kB", "unreadable-file", "the files of the base of this desk are more than 8,000 bytes"),
    ("values=99", "yaml-limit", "the file holds more than 99 values"),
    ("all-values=99", "yaml-limit", "with this file, the base holds more than 99 values"),
    ("comments=1", "unreadable-file", "the comments and empty lines of the base of this desk are"),
    ("depth=3", "yaml-limit", "it nests deeper than 3 levels"),
    ("text=20", "bad-value", "characters long; no text is over 20"),
    ("document=100", "source-unreadable", "it is larger than 100 bytes"),
    ("documents=500", "source-unreadable", "the documents of this desk are more than 500 bytes"),
    ("pages=2", "too-large", "this build would make"),
    ("data=1000", "too-large", "characters of data; 1,000 are the most"),
]
NEEDED = ("pages", "data")
"""Of these it is known how much would do, and told; of all others twice as much is tried."""


@pytest.mark.usefixtures("desk", "workers")
@pytest.mark.parametrize(("limit", "code", "message"), TRIED)
def test_a_limit_names_itself_its_place_and_the_way_up(limit: str, code: str, message: str) -> None:
    """By command and by the variable alike; nothing is written."""
    done = run("--limit", limit, "build", "--format", "html")
    assert done.exit_code == 1
    assert f"error[{code}]: " in done.stderr
    assert message in done.stderr
    name = limit.partition("=")[0]
    hint = f"if it has to be more, allow it: `briefings --limit {name}="
    assert hint in done.stderr
    assert not Path("build").exists()
    allowed = name + "=" + done.stderr.split(hint)[1].split(" ")[0]
    raised, rest = divmod(parse([allowed])[name], 2 * parse([limit])[name])
    assert rest == 0
    if name not in NEEDED:
        assert raised == 1
        return
    assert raised > 1
    assert f"error[{code}]: " not in run("--limit", allowed, "build", "--format", "html").stderr


def test_files_of_the_program_are_no_files_of_the_user(tmp_path: Path) -> None:
    """Nothing that it ships is too large for it, however little is allowed; kept or not."""
    words = "The bridge was closed."
    desk = LittleDesk(tmp_path).document("a", words)
    fact = f"{{id: f, kind: event, topics: [t], statement: '{words}', credibility: 2,\n"
    desk.check(f"facts:\n  - {fact}     evidence: [{{source: a, quote: '{words}'}}]}}\n")
    command = [sys.executable, "-m", "briefings", "--limit", "file=3kB"]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode")}
    for asked in (["check"], ["build", "--format", "html"]):
        done = subprocess.run(
            [*command, *asked, "--cache", "off"],
            check=False,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("desk", "workers")
@pytest.mark.parametrize(
    ("limit", "template", "code", "message"),
    [
        ("page=9000", "{{ 'x' * 10000 }}", "template-limit", "the page grows beyond 9,000"),
        ("page-time=1", f"one\n{ENDLESS}", "template-limit", "longer than 1 seconds of processor"),
        ("page-memory=1GiB", "{{ 'x' * 1100000000 }}", "template-limit", "more than 1 GiB"),
        ("template=100", "x" * 101, "template-hole", "can't be read: it is larger than 100 bytes"),
    ],
)
def test_a_template_is_stopped_by_the_same(
    limit: str, template: str, code: str, message: str
) -> None:
    """In the process that fills it, which is told what is allowed."""
    Path("templates").mkdir()
    Path("templates/index.html.j2").write_text(template, encoding="utf-8")
    done = run("--limit", limit, "build", "--format", "html")
    assert done.exit_code == 1
    assert f"error[{code}]: " in done.stderr
    assert message in done.stderr
    assert ("index.html.j2:2:" in done.stderr) is (ENDLESS in template), "the line that has no end"
    assert f"`briefings --limit {limit.partition('=')[0]}=" in done.stderr


@pytest.mark.usefixtures("desk", "workers")
def test_a_style_sheet_has_so_many_rules() -> None:
    """One of a desk's own, by its braces and semicolons; ours has as many as it has."""
    Path("templates").mkdir()
    Path("templates/brief.css").write_text("p { color: red; }\n" * 4, encoding="utf-8")
    build = ("build", "--format", "html")
    done = run("--limit", "style-rules=7", *build)
    assert done.exit_code == 1
    assert "templates/brief.css:1:1: error[template-limit]: " in done.stderr
    assert "it has 8 rules and declarations; 7 are the most" in done.stderr
    assert "`briefings --limit style-rules=14 …`" in done.stderr
    assert run("--limit", "style-rules=8", *build).exit_code == 0


def test_a_folder_of_templates_is_no_heap_of_files(desk: Path) -> None:
    """All of it would be hashed for each build: it is counted before, and its bytes are."""
    folder = desk / "heap"
    (folder / "deep").mkdir(parents=True)
    for number in range(9):
        (folder / "deep" / f"{number}.txt").write_bytes(bytes(100))
    build = ("build", "--format", "html", "--templates", "heap")
    for limit, message in (
        ("template-files=9", "it holds more than 9 files"),
        ("templates=500", "its files have more than 500 bytes"),
    ):
        done = run("--limit", limit, *build)
        assert done.exit_code == 1
        assert f"'heap' is too much for a folder of templates: {message}" in done.stderr
        name, _, most = limit.partition("=")
        assert f"`briefings --limit {name}={2 * int(most)} …`" in done.stderr
        assert not (desk / "build").exists()
    size = sum(path.lstat().st_size for path in folder.rglob("*"))
    assert (
        run("--limit", "template-files=10", "--limit", f"templates={size}", *build).exit_code == 0
    )


def test_comments_and_empty_lines_are_counted_in_all_files_however_they_end(desk: Path) -> None:
    """What is told stands where the file is named; a sign in a text begins no comment."""
    comments = "# One.\n\n  # Two.\n # Three.\nsources: {}\n"
    for newline in ("\n", "\r", "\r\n"):
        for name in ("b.yaml", "c.yaml"):
            (desk / name).write_text(comments, encoding="utf-8", newline=newline)
        text = LITTLE.replace("T", '"T # 1"') + "include: [b.yaml, c.yaml] # Four.\n# Five.\n"
        (desk / "facts.yaml").write_text(text, encoding="utf-8", newline=newline)
        for command in ("check", "fmt"):
            told = run("--limit", "comments=6", command)
            assert "facts.yaml:4:19: error[unreadable-file]: c.yaml" in told.stdout + told.stderr
            assert "`briefings --limit comments=12 …`" in told.stdout + told.stderr
        assert "unreadable-file" not in run("--limit", "comments=7", "check").stdout


def test_a_document_has_so_many_lines(desk: Path) -> None:
    """However they end; what is allowed is told, and lets it through."""
    for content in (b"One.\nTwo.\nThree.", b"One.\r\nTwo.\r\nThree.\r\n", b"One.\r\rThree."):
        (desk / "lines.txt").write_bytes(content)
        text = LITTLE + LINED.format(sha256(content).hexdigest())
        (desk / "facts.yaml").write_text(text, encoding="utf-8")
        printed = run("--limit", "lines=2", "check").stdout
        assert "facts.yaml:6:11: error[source-unreadable]: lines.txt can't be read" in printed
        assert "it has 3 lines; 2 are the most" in printed
        assert "`briefings --limit lines=4 …`" in printed
        assert "source-unreadable" not in run("--limit", "lines=3", "check").stdout


@pytest.mark.usefixtures("desk", "workers")
def test_a_record_is_as_large_as_it_can_be_read() -> None:
    """None larger is issued; none larger is read, by whichever command, nor a manifest."""
    issue = ("issue", "--format", "html")
    done = run("--limit", "record=999", *issue)
    assert done.exit_code == 1
    assert "error[too-large]: the record " in done.stderr
    assert "`briefings --limit record=" in done.stderr
    assert not Path("issued").exists()
    assert run(*issue).exit_code == 0
    record = str(next(Path("issued").iterdir()))
    for command in (("check",), ("diff", record, record), ("verify", record)):
        assert run(*command).exit_code == 0
        done = run("--limit", "record=999", *command)
        assert done.exit_code == 1
        assert "it is larger than 999 bytes; " in done.stdout + done.stderr
    assert run("--limit", "record=99", "verify", "build/manifest.json").exit_code == 1
    assert run("verify", "build/manifest.json").exit_code == 0


def test_a_pattern_is_held_against_so_many_names(desk: Path) -> None:
    """However many folders there are, and however many stars."""
    for number in range(9):
        (desk / "more" / f"{number}").mkdir(parents=True)
    with (desk / "facts.yaml").open("a", encoding="utf-8") as stream:
        stream.write('include: ["more/**/**/*.yaml"]\n')
    done = run("--limit", "pattern=20", "check")
    assert "can't be read: it is held against more than 20 names" in done.stdout
    assert "`briefings --limit pattern=40 …`" in done.stdout
    assert "held against" not in run("check").stdout


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("limit", "name", "message"),
    [
        ("capture=200", "page.pdf", "it is larger than 200 bytes"),
        ("capture-pages=1", "page.pdf", "it has 2 pages; 1 are the most"),
        ("capture-elements=1", "page.html", "it has 6 elements; 1 are the most"),
        ("capture-elements=1", "letter.docx", "it has 4 elements; 1 are the most"),
        ("capture-elements=24", "long.eml", "it has some 1 parts"),
        ("capture-elements=50", "long.eml", "a head of it has 107 characters"),
        ("document=20", "page.html", "its text has 38 characters; 20 bytes are the most"),
        ("document=20", "text.txt", "its text has 23 characters; 20 bytes are the most"),
        ("document=20", "letter.eml", "its text has 23 characters; 20 bytes are the most"),
        ("capture-unpacked=99", "letter.docx", "unpacked it would take"),
        ("capture-time=1", "page.pdf", "it took more than 1 seconds of processor time"),
        ("capture-memory=1GiB", "page.pdf", "it took too much memory"),
    ],
)
def test_what_is_captured_is_limited(
    limit: str, name: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By size, pages, and what reading it takes."""
    if "time" in limit or "memory" in limit:
        monkeypatch.setattr(capture, "extract", _without_end if "time" in limit else _without_room)
        monkeypatch.setattr(capture, "answers", forked)
    elif limit != "capture-pages=1":  # of which a worker is told, as of all of them
        monkeypatch.setattr(capture, "answers", answered_here)
    lines = saved_files.column(72, 770, saved_files.LEFT)
    sentence = "The ship left the port."
    contents = {
        "pdf": saved_files.pdf([lines, lines]),
        "docx": saved_files.word(["A"] * 5),
        "html": f"<title>A</title><p>{sentence}<p>{sentence}".encode(),
        "txt": sentence.encode(),
        "eml": f"From: a@example.org\nDate: Mon, 4 Mar 2024 10:00:00 +0000\n\n{sentence}".encode(),
    }
    content = contents[name.partition(".")[2]]
    if name.startswith("long"):
        content = b"Content-Type: text/plain; a=" + b"x" * 79 + b"\n" + content
    Path(name).write_bytes(content)
    done = run("--limit", limit, "capture", name)
    assert done.exit_code == 1
    assert f"error[not-captured]: '{name}' can't be captured: {message}" in done.stderr
    assert f"`briefings --limit {limit.partition('=')[0]}=" in done.stderr


def _without_end(_: Saved) -> Captured:
    while True:
        pass


def _without_room(_: Saved) -> Captured:
    raise NotCaptured(str(len(bytes(2**31))))


def test_what_no_desk_would_read_is_not_captured(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text with more lines than a document may have: it would be told by the next check."""
    monkeypatch.setattr(capture, "answers", answered_here)
    Path("long.txt").write_text("The ship left.\n\n" * 600, encoding="utf-8")
    before = (desk / "facts.yaml").read_bytes()
    done = run("--limit", "lines=500", "capture", "long.txt", "--id", "long")
    assert done.exit_code == 1
    assert "error[not-captured]: 'long.txt' can't be captured: it has 600 lines" in done.stderr
    assert "`briefings --limit lines=1000 …`" in done.stderr
    done = run("--limit", "document=5kB", "capture", "long.txt", "--id", "long")
    assert "can't be captured: its text has " in done.stderr
    assert (desk / "facts.yaml").read_bytes() == before
    assert run("capture", "long.txt", "--id", "long").exit_code == 0


@pytest.mark.usefixtures("desk")
def test_highlights_are_limited() -> None:
    """As all that is read."""
    Path("export.json").write_text("[]" + " " * 20, encoding="utf-8")
    done = run("--limit", "highlights=9", "import", "export.json")
    assert "'export.json' can't be imported: it is larger than 9 bytes" in done.stderr
    assert "`briefings --limit highlights=18 …`" in done.stderr


def test_a_pdf_may_take_the_time_that_is_allowed() -> None:
    """By whose end `test_pool.py` has a page stopped."""
    with allowing({"pdf-time": 1}):
        limits = long_work()
        assert (limits.processor, limits.more_time) == (1, PDF_TIME.raising)


@pytest.mark.parametrize(
    ("limits", "work", "hint"),
    cases(
        [({"pdf-memory": 2**30}, _without_room, PDF_MEMORY)],
        ({"pdf-time": 1}, _without_end, PDF_TIME),
    ),
)
def test_a_pdf_is_limited(limits: dict[str, int], work: Work, hint: Limit) -> None:
    """Whoever sets it is stopped by the kernel, and the way up is told."""
    with allowing(limits):
        ((_, answer),) = forked({"page": ""}, work, long_work())
        assert isinstance(answer, Failed)
        assert answer.hints == (hint.raising,)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("html", "its data are larger than 1,000 bytes; if it has to be more, allow it:"),
        ("pdf", "a stream is larger than 1,000 bytes; if it has to be more, allow it:"),
    ],
)
def test_who_is_sent_more_than_is_allowed_is_told_how(
    harbour_site: Path, form: str, message: str
) -> None:
    """A maker may have allowed a brief to carry more than its readers do."""
    page = str(harbour_site / f"basin-closure.en.{form}")
    done = run("--limit", "data=1kB", "verify", page)
    assert done.exit_code == 1
    assert f"{message} `briefings --limit data=" in done.stdout


def test_every_limit_is_tried() -> None:
    """Here, each by its name."""
    text = Path(__file__).read_text(encoding="utf-8")
    assert [each.name for each in LIMITS if not re.search(rf'"{each.name}["=]', text)] == []


def test_more_is_let_through(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the command, or by the variable where the command says nothing of it."""
    base = desk / "facts.yaml"
    base.write_text(LITTLE.replace("T", "long " * 2_400), encoding="utf-8")
    refused = "`title` is 11,999 characters long; no text is over"
    assert f"{refused} 10,000" in run("check").stdout
    assert refused not in run("--limit", "text=12000", "check").stdout
    monkeypatch.setenv(VARIABLE, "text=12000 depth=50")
    assert refused not in run("check").stdout
    assert f"{refused} 11,000" in run("--limit", "text=11000", "check").stdout


def test_a_cache_keeps_no_verdict_for_other_limits(desk: Path, tmp_path: Path) -> None:
    """What passed by a higher one does not pass by the next."""
    cache = ("--cache", str(tmp_path / "cache"))
    assert run("--limit", "text=20000", "check", *cache).exit_code == 0
    assert run("--limit", "text=20", "check", *cache).exit_code == 1
    built = ("build", "--format", "html", *cache)
    assert run("--limit", "text=20000", *built).exit_code == 0
    before = {path: path.read_bytes() for path in (desk / "build").iterdir() if path.is_file()}
    assert run("--limit", "text=20", *built).exit_code == 1
    assert run(*built).exit_code == 0
    after = {path: path.read_bytes() for path in (desk / "build").iterdir() if path.is_file()}
    assert after == before


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("documents", "'' is no value of documents: write it as documents=256MiB"),
        ("document=8 MiB of text", "is no value of document: write it as document=4MiB"),
        ("document=8s", "'8s' is no value of document"),
        ("page-time=1MiB", "'1MiB' is no value of page-time: write it as page-time=20s"),
        ("text=0", "'0' is no value of text: write it as text=10000"),
        ("text=-1", "'-1' is no value of text"),
        ("text=\u0661\u0662", "'\u0661\u0662' is no value of text"),
        ("text=" + "9" * 40, "is no value of text"),
        ("dokument=8MiB", "there is no limit 'dokument'; did you mean document?"),
        ("=", "there is no limit '': `briefings help limits` lists them"),
    ],
)
def test_what_is_no_limit_is_told(word: str, message: str) -> None:
    """With exit code 2, before anything is read."""
    done = run("--limit", word, "check", "--base", "nowhere")
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    "text",
    [
        *(Shapes(Random(seed)).write(VALUE) for seed in range(40)),
        "- - - - a\n",
        "[[[[a,b],c],{d: e}]]\n",
        "? a\n? b\n",
        '{"a":1,"b":[2]}',
        "",
        "a",
        "- a\r- b\r- c\r",
    ],
)
def test_values_are_counted_before_any_is_made(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last one: one fewer that is allowed, and nothing is built."""
    source = SourceText("x", text)
    count = yamltree.parse_within(source, VALUES, 10_000)[2]
    assert count > 0
    assert yamltree.parse_within(source, VALUES, count)[1] == []
    monkeypatch.setattr(yamltree, "_build", None)
    _, (mistake,), _ = yamltree.parse_within(source, VALUES, count - 1)
    assert (mistake.code, mistake.hints[-1].message) == ("yaml-limit", VALUES.raising)


def test_the_page_is_made_from_the_limits() -> None:
    """`make tables` was not forgotten."""
    text = limits_page.PAGE.read_text(encoding="utf-8")
    assert limits_page.written(text) == text


def test_a_base_of_many_files_is_told_once(desk: Path) -> None:
    """At the first file that is too much; a broken one among them counts for nothing."""
    for name in "abcd":
        text = "facts:\n- [" + "x," * 400 + "]\n" if name != "b" else "facts: [\n"
        (desk / f"{name}.yaml").write_text(text, encoding="utf-8")
    with (desk / "facts.yaml").open("a", encoding="utf-8") as stream:
        stream.write('include: ["?.yaml"]\n')
    own = yamltree.parse_within(
        SourceText("x", (desk / "facts.yaml").read_text(encoding="utf-8")), VALUES, 10_000
    )[2]
    printed = run("--limit", f"all-values={own + 500}", "check").stdout
    assert printed.count("error[yaml-syntax]") == 1
    assert printed.count("error[yaml-limit]") == 1
    assert re.search(r"(?m)^c\.yaml:2:\d+: error\[yaml-limit\]", printed)
