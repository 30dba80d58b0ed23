"""The cache: nothing is made twice, nothing old is taken for new, and all of it may be deleted."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from breadth import examples
from command import desk, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.cli.repeat import again, cache_folder
from briefings.core import files
from briefings.core.limits import FILE, Limit
from briefings.core.model import TopicId
from briefings.make import unchanged
from briefings.output.store import Store, key_of
from briefings.plan.request import BriefRequest, Request
from briefings.render.html.environment import shipped
from briefings.run.build import build as build_desk

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("desk", "cached", "harmless")


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, which every command uses."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("BRIEFINGS_CACHE", str(folder))
    return folder


def build(*flags: str) -> tuple[str, str]:
    """What a build of pages prints: its lines, and why anything was made."""
    done = run("build", "--format", "html", "--why", *flags)
    assert done.exit_code == 0, done.stderr
    return done.stdout, done.stderr


def states(folder: str = "build") -> dict[str, tuple[int, int]]:
    """Which file each one is, and when it was last written."""
    return {
        str(path): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


def contents(folder: str = "build") -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


def edit(old: str, new: str, path: str = "facts.yaml") -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), encoding="utf-8")


def test_the_same_again_touches_nothing() -> None:
    """Not a file is written, and the same is printed."""
    first, why = build()
    assert "it was not built before" in why
    before = states()
    again, why = build()
    assert again == first
    assert "nothing has changed" in why
    assert states() == before


def test_every_change_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the base, a file that it takes up, a template, the output, the program: each is named."""
    edit("format: 1\n", "format: 1\ninclude: [more/*.yaml]\n")
    Path("more").mkdir()
    Path("more/a.yaml").write_text("gaps: []\n", encoding="utf-8")
    build()
    Path("more/b.yaml").write_text("gaps: []\n", encoding="utf-8")
    assert "more/*.yaml matches other files" in build()[1]
    Path("more/b.yaml").write_text("# two\ngaps: []\n", encoding="utf-8")
    assert "built anew: more/b.yaml\n" in build()[1]
    Path("templates").mkdir()
    Path("templates/own.html.j2").write_text("own", encoding="utf-8")
    why = build()[1]
    assert "templates/own.html.j2" in why
    assert "index.html: filled, a template has come or gone\n" in why
    page = Path("build/index.html")
    page.write_bytes(page.read_bytes() + b" ")
    assert "build/index.html is not as it was written" in build()[1]
    assert "nothing has changed" in build()[1]
    monkeypatch.setattr(unchanged, "program_digest", lambda: "another")
    assert "the program has changed" in build()[1]
    assert "nothing has changed" in build()[1]
    assert "it was not built before" in build("--paper", "letter")[1]


def test_what_another_program_kept_is_not_read(
    cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have kept other things: that it was another is all that is asked."""
    keys: list[str] = []

    def noted(kind: str, *parts: str) -> str:
        key = key_of(kind, *parts)
        keys.extend([key] if kind == "build" else [])
        return key

    monkeypatch.setattr(unchanged, "key_of", noted)
    build()
    Store(cached).put(keys[-1], b'{"program": "earlier"}')
    assert "the program has changed" in build()[1]


def test_the_same_words_again_load_nothing_that_builds() -> None:
    """Nor do they say anything else; what asks for the same in other words is not built either."""
    asked = ("build", "--format", "html")
    first = run(*asked)
    script = (
        "import sys; from briefings.cli import _status\n"
        f"status = _status({list(asked)!r})\n"
        "loaded = [name for name in sys.modules if name.startswith('briefings.')]\n"
        "heavy = ('.model', '.check', '.compose', '.load', '.plan', '.render', '.workers')\n"
        "assert not [name for name in loaded if any(each in name for each in heavy)], loaded\n"
        "sys.exit(status)\n"
    )
    again = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert (again.returncode, again.stdout) == (0, first.stdout), again.stderr
    assert run(*asked, "-q").stdout == ""
    assert run(*asked, "-q").stdout == ""
    other = run("build", "--format=html", "--why")
    assert other.stdout == first.stdout
    assert "nothing has changed" in other.stderr


def test_words_say_where_the_cache_is(tmp_path: Path) -> None:
    """By the flag in either form; where it is off, nothing is looked up."""
    cache = str(tmp_path / "other")
    for flags in (("--cache", cache), (f"--cache={cache}",)):
        first = run("build", "--format", "html", *flags)
        assert again(["build", "--format", "html", *flags]) == 0
        assert run("build", "--format", "html", *flags) == first
        assert again(["build", "--format", "html"]) is None
    assert again(["build", "--format", "html", "--cache", "off"]) is None
    assert again(["check"]) is None


def test_the_same_words_elsewhere_are_another_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of templates that is gone, or is there now, is a change as well."""
    build()
    Path("templates").mkdir()
    assert "built anew: templates" in build()[1]
    assert "nothing has changed" in build()[1]
    Path("templates").rmdir()
    assert "built anew: templates" in build()[1]
    monkeypatch.chdir(shutil.copytree(Path.cwd(), tmp_path / "copy"))
    assert "it was not built before" in build()[1]


def test_a_file_beside_the_desk_makes_nothing_anew() -> None:
    """What nobody reads may come and go in the folder that one stands in."""
    build()
    Path("notes.txt").write_text("to do", encoding="utf-8")
    assert "nothing has changed" in build()[1]


def test_an_output_that_nobody_touched_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was is, even if it has its size and its time as before."""
    build()
    Path("build/index.html").touch()
    time.sleep(0.05)  # the clock of a disk stands still for some thousandths of a second
    assert "nothing has changed" in build()[1]
    read = files.read

    def not_of_output(root: Path, path: str, limit: Limit = FILE, *, linked: bool = True) -> bytes:
        assert root != Path("build")
        return read(root, path, limit, linked=linked)

    page = Path("build/index.html")
    before = page.stat()
    with monkeypatch.context() as patched:
        patched.setattr(files, "read", not_of_output)
        assert "nothing has changed" in build()[1]
    content = page.read_bytes()
    page.write_bytes(content[:-2] + b" \n")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert page.stat().st_size == before.st_size
    assert "build/index.html is not as it was written" in build()[1]


def test_another_day_counts_where_the_base_leaves_it_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not where the edition's day is given."""
    today = date(2024, 3, 10)
    for module in ("build", "terminal"):
        monkeypatch.setattr(f"briefings.cli.{module}.today", lambda _: today)
    build()
    today = date(2024, 3, 11)
    assert "nothing has changed" in build()[1]
    text = Path("facts.yaml").read_text(encoding="utf-8")
    (line,) = [each for each in text.splitlines() if each.startswith("edition:")]
    edit(f"{line}\n", "")
    build()
    assert "nothing has changed" in build()[1]
    today = date(2024, 3, 12)
    assert "it is another day" in build()[1]


def test_a_file_that_stays_the_same_is_not_written_anew() -> None:
    """Where others of the same build are."""
    build()
    before, was = states(), contents()
    edit("format: 1\n", "# a comment\nformat: 1\n")
    build()
    now = contents()
    same = [name for name in was if now.get(name) == was[name]]
    assert same
    after = states()
    assert all(after[f"build/{name}"] == before[f"build/{name}"] for name in same)


def test_a_pdf_whose_page_is_the_same_is_not_set_again(blank_pdfs: dict[str, str]) -> None:
    """One that is damaged in the cache is set anew, and comes out the same."""
    done = run("build", "--format", "pdf", "--why")
    assert "set, its page is new" in done.stderr
    before = contents()
    assert blank_pdfs
    blank_pdfs.clear()
    edit("format: 1\n", "# a comment\nformat: 1\n")
    done = run("build", "--format", "pdf", "--why")
    assert done.exit_code == 0, done.stderr
    assert not blank_pdfs
    assert "kept, its page is the same" in done.stderr
    pdfs = {name: content for name, content in before.items() if name.endswith(".pdf")}
    assert pdfs.items() <= contents().items()
    for entry in Path(os.environ["BRIEFINGS_CACHE"]).rglob("*"):
        if entry.is_file():
            content = entry.read_bytes()
            entry.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    done = run("build", "--format", "pdf", "--why")
    assert "set, its page is new" in done.stderr
    assert pdfs.items() <= contents().items()


@pytest.mark.usefixtures("blank_pdfs")
def test_a_build_that_is_cut_short_goes_on_where_it_was(desk: Path) -> None:
    """What it has filled and set is kept, though it has written nothing."""
    briefs = BriefRequest(topics=(TopicId("basin-closure"), TopicId("tarn-cannery")))
    request = Request(desk / "facts.yaml", Path("build"), briefs, cache=cache_folder("cache"))

    done: set[str] = set()

    def interrupt(step: str, _done: int = 0, _of: int = 0, /) -> None:
        way, _, name = step.partition(" ")
        if way == "set" or (way == "filled" and name.endswith(".html")):
            done.add(name)
        if way == "set":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_desk(request, today=lambda _: date(2024, 3, 10), progress=interrupt)
    assert not Path("build").exists()
    why = build_desk(request, today=lambda _: date(2024, 3, 10)).why
    assert {name for name, reason in why.items() if not reason} == done
    assert "basin-closure.en.pdf" in done


def test_words_of_a_template_set_only_what_shows_them(blank_pdfs: dict[str, str]) -> None:
    """A brief with a template of its own is set anew when that changes, and no other."""
    Path("templates").mkdir()
    own = Path("templates/own.html.j2")
    own.write_text(
        '{% extends "brief.html.j2" %}{% block title %}Our own{% endblock %}', encoding="utf-8"
    )
    kept = "briefs:\n  ours: {topics: [basin-closure], template: own.html.j2}\n"
    kept += "  theirs: {topics: [basin-closure]}\n"
    edit("format: 1\n", f"format: 1\n{kept}")
    asked = ("build", "ours", "theirs", "--format", "pdf", "--why")
    assert run(*asked).exit_code == 0
    assert sorted(blank_pdfs) == ["ours.en.pdf", "theirs.en.pdf"]
    blank_pdfs.clear()
    edit("Our own", "Ours alone", "templates/own.html.j2")
    why = run(*asked).stderr
    assert list(blank_pdfs) == ["ours.en.pdf"]
    assert "templates/own.html.j2" in why
    assert "ours.en.pdf: set, its page is new" in why
    assert "theirs.en.pdf: kept, its page is the same" in why


def made_anew(*flags: str) -> set[str]:
    """The pages that are filled, and the PDFs that are set, by a build of two topics."""
    topics = ("--topic", "basin-closure", "--topic", "tarn-cannery")
    done = run("build", "--why", *topics, *flags)
    assert done.exit_code == 0, done.stderr
    lines = [line.strip() for line in done.stderr.splitlines() if line.startswith("  ")]
    return {line.partition(": ")[0] for line in lines if ": kept, " not in line}


def own_template(name: str, *changes: tuple[str, str]) -> None:
    """A copy of a shipped template in the desk's own folder, with changes."""
    Path("templates").mkdir(exist_ok=True)
    text = (shipped() / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    Path("templates", name).write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("blank_pdfs")
def test_only_what_shows_a_change_is_made_anew() -> None:
    """A fact, a document, a title, a comment, a template, words: each in its own pages alone."""
    asks = (
        '{% extends "base.html.j2" %}',
        '{% extends "base.html.j2" %}{% import "own.j2" as o %}',
    )
    own_template("source.html.j2", asks, ("</header>", "{{ o.word() }}</header>"))
    Path("templates/own.j2").write_text("{% macro word() %}Ours{% endmacro %}", encoding="utf-8")
    everything = made_anew()
    assert {"index.html", "sources/gazette.html", "basin-closure.en.pdf"} < everything
    assert made_anew() == set()
    edit("format: 1\n", "# a comment\n\nformat: 1\n")
    assert made_anew() == set()
    edit("Ours", "Theirs", "templates/own.j2")
    sources = {name for name in everything if name.startswith("sources/")}
    assert made_anew() == sources
    assert "Theirs</header>" in Path("build/sources/gazette.html").read_text(encoding="utf-8")
    edit("at the end of 2023.\n    date: 2023", "when 2023 ended.\n    date: 2023")
    assert made_anew() == {"basin-closure.en.html", "basin-closure.en.pdf"}
    edit("  tarn-cannery:\n    title: The cannery", "  tarn-cannery:\n    title: A cannery")
    cited = {"sources/gazette.html", "sources/radio-quai.html"}
    of_tarn = {"tarn-cannery.en.html", "tarn-cannery.en.pdf"}
    assert made_anew() == {"index.html", *cited, *of_tarn}
    Path("locale").mkdir()
    Path("locale/fr.po").write_text('msgid ""\nmsgstr "Language: fr\\n"\n', encoding="utf-8")
    assert made_anew() == set()


def test_a_cache_that_can_not_be_used_stops_nothing(cached: Path) -> None:
    """A word says so, and the build is right."""
    cached.write_text("a file, and no folder", encoding="utf-8")
    done = run("build", "--format", "html")
    assert done.exit_code == 0
    assert "can't be used" in done.stderr
    assert Path("build/index.html").is_file()
    assert "can't be used" not in run("build", "--format", "html", "--cache", "off").stderr


@pytest.mark.parametrize("home", ["", "home", "~nobody-is-called-so"])
def test_who_has_no_folder_of_his_own_has_no_cache(
    home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is one made in the desk, where the folder is no full path."""
    monkeypatch.setenv("HOME", home)
    assert cache_folder("~/.cache/briefings") is None
    with pytest.raises(ValueError, match="a user who has none"):
        cache_folder("~/kept")
    assert cache_folder("kept") == Path("kept")


@pytest.mark.parametrize("folder", ["seeds", "issued/new", "templates", ".", "..", "documents"])
def test_no_cache_lies_among_the_files_of_the_user(folder: str) -> None:
    """Neither where the desk keeps its own, nor beside whatever else somebody wrote."""
    before = sorted(Path("..").rglob("*"))
    for words in (["check"], ["list", "facts"], ["build", "--format", "html"]):
        done = run(*words, "--cache", folder)
        assert done.exit_code == 2
        assert "Give a folder of its own" in done.stderr
    assert sorted(Path("..").rglob("*")) == before
    for own in ("documents/new", "new"):  # which is there the second time
        assert run("check", "--cache", own).exit_code == 0
        assert run("check", "--cache", own).exit_code == 0


def test_a_cache_lets_go_of_nothing_but_its_own(tmp_path: Path) -> None:
    """Be there too much, or names that nothing finished has."""
    store = Store(tmp_path / "s", most=0)
    theirs = [tmp_path / "s" / "1" / name for name in (".hidden", "notes.txt", "ab/.notes")]
    store.put("ab" * 32, b"content")
    for path in theirs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("theirs", encoding="utf-8")
    (tmp_path / "s" / "1" / "ab" / f".{'0' * 16}").write_bytes(b"half")
    store.close()
    assert sorted(each for each in (tmp_path / "s").rglob("*") if each.is_file()) == sorted(theirs)


def test_a_weekly_set_is_not_built_twice() -> None:
    """Its page of weeks counts as well, and so does another week beside it."""
    first = run("weekly", "--format", "html", "--why", "--week", "2024-W10")
    assert first.exit_code == 0, first.stderr
    before = states("weekly")
    again = run("weekly", "--format", "html", "--why", "--week", "2024-W10")
    assert again.stdout == first.stdout
    assert "nothing has changed" in again.stderr
    assert states("weekly") == before
    run("weekly", "--format", "html", "--week", "2024-W09")
    other = run("weekly", "--format", "html", "--why", "--week", "2024-W10").stderr
    assert "weekly/2024-W09/manifest.json is not as it was written" in other


EDITS: Mapping[str, Callable[[], object]] = {
    "a comment": lambda: edit("format: 1", "# once\nformat: 1"),
    "a language": lambda: edit("languages: [en]", "languages: [en, fa]"),
    "a marking": lambda: edit("marking: CLEAR", "marking: GREEN"),
    "a reason": lambda: edit("because:", "because: "),
    "a statement": lambda: edit("at the end of 2023.\n    date", "when 2023 ended.\n    date"),
    "a topic": lambda: edit("title: The closure of", "title: On the closure of"),
    "a document": lambda: exchange_document("documents/radio-quai.txt"),
    "a page": lambda: own_template("index.html.j2", ("<section ", "<section  ")),
    "a style": lambda: Path("templates", "brief.css").write_bytes(b"p { color: red }"),
    "no page": lambda: Path("templates", "index.html.j2").unlink(missing_ok=True),
    "words": lambda: Path("locale", "en.po").write_text(OWN_WORDS, encoding="utf-8"),
}
"""What changes a build, or does not."""

OWN_WORDS = """\
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Situation briefs"
msgstr "Briefs on the situation"
"""


def exchange_document(path: str) -> None:
    """A document that was captured again, with an end of its own."""
    before = Path(path).read_bytes()
    Path(path).write_bytes(before + b"\nFin.\n")
    edit(sha256(before).hexdigest(), sha256(Path(path).read_bytes()).hexdigest())


@settings(
    max_examples=examples(1),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edits=st.lists(st.sampled_from(sorted(EDITS)), min_size=3, max_size=3, unique=True))
@pytest.mark.usefixtures("blank_pdfs")
def test_cached_and_uncached_are_equal(desk: Path, edits: list[str]) -> None:
    """After any edits, to the byte: pages, PDFs and manifest."""
    shutil.rmtree(desk)
    shutil.copytree(Path(__file__).parent / "desk_harbour", desk)
    os.chdir(desk)
    edit("timezone:", "marking: CLEAR\ntimezone:")
    for folder in ("templates", "locale"):
        Path(folder).mkdir()
    for each in edits:
        EDITS[each]()
        kept = run("build", "--topic", "basin-closure", "--out", "kept")
        fresh = run("build", "--topic", "basin-closure", "--out", "fresh", "--cache", "off")
        assert (kept.exit_code, fresh.exit_code) == (0, 0), kept.stderr
        assert contents("kept") == contents("fresh")


def test_a_store_gives_back_what_was_put_or_nothing(tmp_path: Path) -> None:
    """Under any key, from any number of stores; damage and other formats are not there."""
    store, other = Store(tmp_path / "s"), Store(tmp_path / "s")
    key = key_of("a", b"b")
    assert store.get(key) is None
    store.put(key, b"content")
    assert other.get(key) == b"content"
    (entry,) = [path for path in (tmp_path / "s").rglob("*") if path.is_file()]
    for broken in (b"", entry.read_bytes()[:-1], entry.read_bytes() + b"x"):
        entry.write_bytes(broken)
        assert store.get(key) is None
    store.put(key, b"again")
    assert other.get(key) == b"again"
    store.put(key_of("another"), b"of another")
    (moved,) = [path for path in entry.parents[1].rglob(key_of("another")[2:]) if path.is_file()]
    entry.write_bytes(moved.read_bytes())  # whole, but not what was put there
    assert store.get(key) is None
    shutil.rmtree(tmp_path / "s")
    assert store.get(key) is None


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_keys_tell_lists_apart(one: list[str], other: list[str]) -> None:
    """Whatever the parts hold."""
    assert (key_of(*one) == key_of(*other)) == (one == other)


def test_a_store_is_bounded(tmp_path: Path) -> None:
    """What was not used for longest goes first."""
    store = Store(tmp_path / "s", most=1000)
    keys = [key_of(str(number)) for number in range(20)]
    for number, key in enumerate(keys):
        store.put(key, bytes(100))
        (path,) = [
            path for path in (tmp_path / "s").rglob("*") if path.is_file() and path.name == key[2:]
        ]
        os.utime(path, (number, number))
    assert store.get(keys[0]) is not None  # which makes it the newest
    store.close()
    there = [key for key in keys if Store(tmp_path / "s").get(key) is not None]
    assert keys[0] in there
    assert keys[-1] in there
    assert len(there) * 164 <= 1000


@pytest.mark.parametrize("number", range(5))
def test_a_cache_that_has_room_for_some_is_told_of(
    number: int, cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Be it what was read, what the check came to or a page that does not fit beside the rest."""
    write, left = Path.write_bytes, [False] * number + [True]

    def once_full(path: Path, content: bytes) -> int:
        if path.is_relative_to(cached) and content and left and left.pop(0):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", once_full)
    done = run("build", "--format", "html")
    assert done.exit_code == 0
    assert done.stderr.count("can't be used: no space left on device") == 1


def test_a_cache_whose_disk_is_full_stops_nothing(
    cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word says so, the build is right, and nothing half written is left there."""
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if not path.is_relative_to(cached) or not content:
            return write(path, content)
        write(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    done = run("build", "--format", "html")
    assert done.exit_code == 0
    assert "can't be used: no space left on device; all was built without it" in done.stderr
    assert Path("build/index.html").is_file()
    assert [path for path in cached.rglob("*") if path.is_file() and path.stat().st_size] == []


def test_what_another_version_kept_is_not_looked_at(cached: Path) -> None:
    """Neither of another form of the cache, nor under a key that holds something else."""
    build()
    before = contents()
    (form,) = cached.iterdir()
    form.rename(cached / "0")
    assert "it was not built before" in build()[1]
    entries = sorted(path for path in cached.rglob("*") if path.is_file() and path.stat().st_size)
    texts = {path: path.read_bytes() for path in entries}
    for path, other in zip(entries, [*entries[1:], entries[0]], strict=True):
        path.write_bytes(texts[other][:64] + texts[path][64:])
    shutil.rmtree("build")
    assert "it was not built before" in build()[1]
    assert contents() == before
    for shift in (1, 2, 3):
        texts = {path: path.read_bytes() for path in entries}
        for path, other in zip(entries, entries[shift:] + entries[:shift], strict=True):
            path.write_bytes(texts[other])
        shutil.rmtree("build")
        build()
        assert contents() == before
