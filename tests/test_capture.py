"""`capture`: what is kept of saved files of real shapes, what is lost, and what is refused."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml
from command import begin_desk, run
from conftest import answered_here
from hostile.files import packed
from saved_files import (
    META,
    NOISE,
    WORDS,
    SavedFile,
    documents,
    letters,
    news,
    pages,
    refusals,
    texts,
    word,
)
from saved_oddities import odd_letters, odd_pages, odd_papers, walls
from saved_shapes import (
    footnoted,
    from_right_to_left,
    national_pages,
    newsletters,
    other_archives,
    rare_pages,
    rich_word,
    saved_by_programs,
)

from briefings.capture import pdf_files, pdf_lines, word_files
from briefings.capture.captured import Captured, NotCaptured
from briefings.capture.extraction import Saved, extract
from briefings.capture.mend import joined
from briefings.capture.pdf_lines import PdfLine
from briefings.core.overriding import override
from briefings.edit.canonical import formatted
from briefings.run import capture as module
from briefings.workers import pool

TODAY = date(2031, 6, 1)
SHAPES = {
    "news pages of eleven languages, in old encodings, a notice": list(pages()),
    "a prefecture’s page; news as sites of five more languages have it": list(national_pages()),
    "a page as Chrome, Firefox’s reader and SingleFile save it, and as MHTML": list(
        saved_by_programs()
    ),
    "AMP, a live blog, a wiki, a page laid out by tables": list(rare_pages()),
    "plain text and Markdown, in several encodings": list(texts()),
    "mail: plain, as a page, a newsletter": [*letters(), *newsletters()],
    "Word, with notes and tables; PDFs of two columns, with heads, footnotes, from right to left": [
        *documents(),
        *rich_word(),
        *footnoted(),
        *from_right_to_left(),
    ],
    "a wall over an article, a word processor’s list, a forwarded letter, a PDF’s table": [
        *odd_pages(),
        *odd_letters(),
        *odd_papers(),
    ],
}
FILES = [file for files in SHAPES.values() for file in files]
UNREADABLE = [*refusals(), *other_archives(), *walls()]
AUTHORING = Path(__file__).parents[1] / "docs" / "authoring.md"


@cache
def extracted(name: str) -> Captured:
    """What becomes of one of the files."""
    (file,) = (each for each in FILES if each.name == name)
    return extract(Saved(file.content, name, "", TODAY))


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new desk, where one stands; files are read here."""
    monkeypatch.setattr(module, "answers", answered_here)
    begin_desk(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def capture(*arguments: str, expected: int = 0) -> dict[str, object]:
    done = run("capture", *arguments, "--retrieved", "2031-06-01", "--json")
    assert done.exit_code == expected, done.stderr
    return dict(json.loads(done.stdout)) if done.stdout else {"stderr": done.stderr}


@pytest.mark.parametrize(
    "canonical",
    [
        *("https://[::1", "https://post.example:0/x", "//[", "x y"),
        f"https://post.example/{'x' * 20_000}",
    ],
)
def test_a_page_that_says_no_address_of_itself_is_captured(canonical: str) -> None:
    """What it calls its address is left out, and the next that it says is taken if it is one."""
    head = META.replace("https://post.example/ferry", canonical)
    for said in ("", "https://post.example/f"):
        stated = f'<meta property="og:url" content="{said}">' if said else ""
        captured = extract(Saved(news("en", head + stated).encode(), "page.html", "", TODAY))
        assert captured.about.url == said
        assert captured.about.publisher == "Harbour Post"


def test_an_address_that_does_not_show_is_written_as_a_browser_would_ask_for_it() -> None:
    """Its signs by their codes: a base takes none that turn a line round."""
    head = META.replace("/ferry", "/\u202egpj\x1b")
    captured = extract(Saved(news("en", head).encode(), "page.html", "", TODAY))
    assert captured.about.url == "https://post.example/%E2%80%AEgpj%1B"


def test_very_many_comments_cost_nothing() -> None:
    """A page of a hundred thousand reads as one of none, in its time."""
    page = news("en", META)
    many = page.replace("</h1>", f"</h1>{'<!-- x -->' * 100_000}")
    began = time.process_time()
    captured = [extract(Saved(each.encode(), "page.html", "", TODAY)) for each in (page, many)]
    assert captured[0].text == captured[1].text
    assert time.process_time() - began < 5


def test_pictures_within_their_address_cost_nothing() -> None:
    """A page that was saved as one file reads as the page that it was saved from, in its time."""
    page = news("en", META)
    picture = f'<img src="data:image/png;base64,{"x" * 8_000_000}">'
    whole = page.replace("</h1>", f"</h1>{picture}")
    began = time.process_time()
    captured = [extract(Saved(each.encode(), "page.html", "", TODAY)) for each in (page, whole)]
    assert captured[0] == captured[1]
    assert time.process_time() - began < 3


def test_a_paragraph_without_end_takes_no_longer_a_line() -> None:
    """Of thousands of lines that each end within a word, and of a PDF's, whatever their sizes."""
    began = time.process_time()
    lines = [f"ship {number} and the well-known har-" for number in range(40_000)]
    counts: Counter[str] = Counter()
    whole = joined(lines, counts)
    assert whole.startswith("ship 0 and the well-known harship 1 and the well-known harship")
    assert counts == {"hyphens at line ends": 39_999}
    placed = [
        PdfLine("ship", 9.0, 9.0 * number, 99.0, 9.0 * number + 8.0)
        for number in reversed(range(40_000))
    ]
    assert [len(each) for each in pdf_files._paragraphs(placed)] == [40_000]
    assert time.process_time() - began < 5


def test_more_bullets_and_vowel_signs_than_a_sheet_has_room_for() -> None:
    """Stay where they stand: each would be held against each line, and each letter."""
    beside = [PdfLine("ship", 20.0, 9.0 * at, 99.0, 9.0 * at + 8.0) for at in range(20_000)]
    bullets = [PdfLine("•", 9.0, 9.0 * at, 12.0, 9.0 * at + 8.0) for at in range(20_000)]
    letters = [("\u0628", (0.0, 0.0, 1.0, 9.0))] * 20_000
    signs = [("\u064b", (9.0 + at, 0.0, 9.0 + at, 9.0)) for at in range(20_000)]
    began = time.process_time()
    assert pdf_files._with_bullets([*beside, *bullets]) == [*beside, *bullets]
    assert pdf_files._with_bullets([*beside[:9], *bullets[:9]])[0].text == "• ship"
    assert pdf_lines._with_marks([*letters, *signs]) == [*letters, *signs]
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("before", "line", "whole"),
    [
        ("a well-", "known ship", "a wellknown ship"),
        ("It is well-known: a well-", "known ship", "It is well-known: a well-known ship"),
        ("Of e-mails one e-", "mail came", "Of e-mails one e-mail came"),
        (
            "A well-to-do man and the well-to-",
            "do, they",
            "A well-to-do man and the well-to-do, they",
        ),
        ("The Vell-", "Tarrow line", "The Vell-Tarrow line"),
        (f"{'a' * 300}-", "b", f"{'a' * 300}b"),
    ],
)
def test_a_hyphen_at_a_line_end_goes_if_the_text_has_no_such_word(
    before: str, line: str, whole: str
) -> None:
    """With a hyphen within a line, in that form or a longer one."""
    assert joined([before, line], Counter()) == whole


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        ("<i" + "".join(map(" a{}='>'".format, range(500_000))) + ">", "500,001 attributes"),
        (f"<script {'x=1 y ' * 300_000}></script>", "600,001 attributes"),
        ("&" * 3_000_000, "characters; 4 MiB are the most"),
    ],
)
def test_what_takes_the_square_of_a_page_is_counted_before(harm: str, why: str) -> None:
    """It is said, and what allows more."""
    page = news("en", META).replace("</h1>", f"</h1><p>{harm}</p>")
    began = time.process_time()
    with pytest.raises(NotCaptured, match=why) as caught:
        extract(Saved(page.encode(), "page.html", "", TODAY))
    assert "--limit" in caught.value.hints[-1]
    assert time.process_time() - began < 3


def test_a_script_that_compares_has_no_attributes() -> None:
    """Nor have its data, however many words these are."""
    script = f"<script>for (i = 0; i<n; i++) f('{'word ' * 9_000}')</script>"
    page = news("en", META)
    captured = [
        extract(Saved(each.encode(), "page.html", "", TODAY))
        for each in (page, page.replace("</h1>", f"</h1>{script}"))
    ]
    assert captured[0].text == captured[1].text


def test_a_headline_stands_once_above_its_byline() -> None:
    """And the byline's names are the author, without what leads to them, or on to the day."""
    byline = '<p class="byline">Par Miora Rasoa, le 17 mai 2031</p>'
    page = news("fr", META.replace("Ferry stops", "Ferry 12")).replace("</h1>", f"</h1>{byline}")
    captured = extract(Saved(page.encode(), "page.html", "", TODAY))
    lines = captured.text.splitlines()
    assert lines[:3] == ["Ferry 12", "Par Miora Rasoa, le 17 mai 2031", WORDS["fr"]]
    assert captured.about.author == "Miora Rasoa"


ANSWER = "Twelve of the pumps are back, and the other two will be by Friday."


def test_letters_in_a_letter_are_captured_or_counted() -> None:
    """Fifty of them; none is dropped without a word."""
    head = b"From: a%d@example.org\nDate: Mon, 4 Mar 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
    part = b"--b\nContent-Type: message/rfc822\n\n" + head + b"\nShip %d left the port.\n"
    parts = b"".join(part % (number, number) for number in range(1, 61))
    mixed = b"Content-Type: multipart/mixed; boundary=b\n\n"
    content = head % 0 + mixed + b"--b\n\nThese ships left.\n" + parts + b"--b--\n"
    captured = extract(Saved(content, "a.eml", "", TODAY))
    assert captured.text.count("left the port.") == 50
    assert "Ship 50 left" in captured.text
    assert captured.left_out == {"letters that it encloses": 10}


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        ("\n\nOn Mon, 16 Feb 2026, Desk wrote:\n> How many?\n>\n> Yours\n", ""),
        (
            "\n\nLe lun. 16 févr. 2026 à 10:12, Desk <desk@harbour.example>\na écrit :\n\n> Q ?\n",
            "",
        ),
        ("\n> How many?\n", ""),
        ("\n\n> And when?\nBy Friday.\n\n> Yours\n", "> And when?\nBy Friday.\n> Yours\n"),
        ("\n\nWe need:\n- pumps\n", "We need:\n- pumps\n"),
    ],
)
def test_the_letter_that_a_letter_answers_is_left_out(below: str, kept: str) -> None:
    """It is another's, quoted at the end; what is answered line by line stays."""
    head = (
        "From: Board <b@harbour.example>\nDate: Sat, 17 May 2031 09:00:00 +0000\nSubject: Pumps\n"
    )
    content = f"{head}\n{ANSWER}{below}".encode()
    captured = extract(Saved(content, "letter.eml", "", TODAY))
    assert captured.text == f"Pumps\n{ANSWER}\n{kept}"
    assert ("lines of the letter that it answers" in captured.left_out) == (not kept)
    only = extract(Saved(f"{head}\n> {ANSWER}\n".encode(), "letter.eml", "", TODAY))
    assert only.text == f"Pumps\n> {ANSWER}\n"


def test_a_guessed_day_is_told_with_where_it_stands(new: Path) -> None:
    """In the analyst's report, since a base in another language keeps no English reason."""
    (new / "note.txt").write_text("A notice\n\nVELL, 3 December\n\nThe ferry stops.\n")
    told = run("capture", "note.txt", "--retrieved", "2031-06-01").stderr
    assert "published (a line of its own in the text, which names no year: it is the last" in told


def test_there_are_files_of_many_shapes() -> None:
    """Thirty and more, of which no two are the same."""
    assert len({file.content for file in FILES}) == len(FILES) >= 57
    assert len({file.language for file in FILES} - {""}) >= 14


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_kept_and_lost(file: SavedFile) -> None:
    """All words of the article to the letter, none of what stands around it."""
    captured = extracted(file.name)
    for words in file.keeps:
        assert words in captured.text
    for words in file.loses:
        assert words not in captured.text
    about = captured.about
    for name in ("title", "publisher", "language", "url"):
        wanted = getattr(file, name)
        assert not wanted or getattr(about, name) == wanted
    assert not file.published or str(about.published) == file.published
    assert bool(about.published) == bool(about.published_basis)
    assert file.guessed is None or about.guessed == file.guessed
    assert set(file.mended) <= captured.mended.keys()
    assert captured.text.endswith("\n")
    assert "\n\n" not in captured.text
    assert "\r" not in captured.text


def test_what_is_kept_and_lost_is_counted() -> None:
    """docs/authoring.md has the count by shape, of passages and of what stands around them."""
    rows = ["| saved files | of them | passages kept | noise that came through |"]
    rows += ["|---|---|---|---|", *(_counted(shape, files) for shape, files in SHAPES.items())]
    rows.append(f"| refused, each with a reason | {len(UNREADABLE)} | | |")
    assert "\n".join(rows) in AUTHORING.read_text(encoding="utf-8"), "\n".join(rows)


def _counted(shape: str, files: Sequence[SavedFile]) -> str:
    counts: Counter[str] = Counter()
    for file in files:
        text = extracted(file.name).text
        counts["passages"] += len(file.keeps)
        counts["kept"] += sum(words in text for words in file.keeps)
        counts["noise"] += sum(words in text for words in file.loses)
        counts["of noise"] += len(file.loses)
    kept = f"{counts['kept']} of {counts['passages']}"
    noise = f"{counts['noise']} of {counts['of noise']}"
    return f"| {shape} | {len(files)} | {kept} | {noise} |"


@pytest.mark.parametrize(
    ("name", "content", "reason"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE]
)
def test_what_can_not_be_captured(name: str, content: bytes, reason: str) -> None:
    """A word that says why, whatever the name says that it is."""
    with pytest.raises(NotCaptured) as refused:
        extract(Saved(content, name, "", TODAY))
    assert reason in refused.value.message
    assert refused.value.hints


def test_a_page_becomes_a_source(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Document, original and entry stand there with their hashes; nothing else is touched."""
    monkeypatch.setattr(module, "answers", pool.answers)  # as the program has it
    Path("ferry.html").write_bytes(news("en", META).encode())
    before = Path("facts.yaml").read_text(encoding="utf-8")
    report = capture("ferry.html")
    assert report["written"] is True
    assert report["id"] == "post-0517"
    text = Path("facts.yaml").read_text(encoding="utf-8")
    source = yaml.safe_load(text)["sources"]["post-0517"]
    for path, digest in (("file", "sha256"), ("original", "original_sha256")):
        content = (new / source[path]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == source[digest]
    assert (new / source["original"]).read_bytes() == Path("ferry.html").read_bytes()
    assert source["published"].isoformat() == "2031-05-17"
    assert source["retrieved"].isoformat() == "2031-06-01"
    assert "to_confirm" not in source
    added = set(text.splitlines()) - set(before.splitlines())
    assert [line for line in before.splitlines() if line not in text.splitlines()] == []
    assert all(line.startswith("    ") or line == "  post-0517:" for line in added)
    assert formatted(text) == text
    assert run("check").exit_code == 0


@pytest.mark.usefixtures("new")
def test_the_same_document_is_recognised() -> None:
    """By its bytes or by its text; a newer state becomes a second source, and is compared."""
    page = news("en", META)
    Path("ferry.html").write_bytes(page.encode())
    capture("ferry.html")
    before = Path("facts.yaml").read_bytes()
    assert capture("ferry.html") == {"written": False, "known": "post-0517"}
    Path("again.html").write_bytes(page.replace(NOISE[2], "Least read").encode())
    assert capture("again.html") == {"written": False, "known": "post-0517"}
    assert Path("facts.yaml").read_bytes() == before
    Path("newer.html").write_bytes(page.replace("two weeks", "three weeks").encode())
    report = capture("newer.html")
    assert report["older"] == "post-0517"
    assert report["id"] == "post-0517-2"
    assert report["difference"] == [
        f"-{WORDS['en']}",
        f"+{WORDS['en'].replace('two weeks', 'three weeks')}",
    ]
    assert run("check").exit_code == 0


@pytest.mark.usefixtures("new")
def test_a_proposed_id_ends_with_a_word() -> None:
    """What is too long for a name is left out word by word."""
    Path("note.txt").write_text(WORDS["en"] + "\n", encoding="utf-8")
    named = capture("note.txt", "--publisher", "Press Watch International", "--dry-run")
    assert named["id"] == "press-watch"
    named = capture("note.txt", "--publisher", "Donaudampfschifffahrtsgesellschaft", "--dry-run")
    assert named["id"] == "donaudampfschifffahrtsge"


@pytest.mark.usefixtures("new")
def test_what_was_guessed_is_counted_until_it_is_confirmed() -> None:
    """`check` names the source and the fields; what the analyst gives is no guess."""
    Path("note.txt").write_text(WORDS["en"] + "\n", encoding="utf-8")
    capture("note.txt", "--publisher", "Harbour Board", "--published", "2031-05")
    source = yaml.safe_load(Path("facts.yaml").read_text(encoding="utf-8"))["sources"]
    source = source["harbour-board"]
    assert source["to_confirm"] == ["language", "title"]
    assert source["published"] == "2031-05"
    done = run("check")
    assert "guesses of capture: harbour-board (language, title)" in done.stderr
    assert json.loads(run("check", "--json").stdout)["to_confirm"] == {
        "harbour-board": ["language", "title"]
    }
    facts = Path("facts.yaml")
    confirmed = facts.read_text(encoding="utf-8").replace("    to_confirm: [language, title]\n", "")
    facts.write_text(confirmed, encoding="utf-8")
    assert "to confirm" not in run("check").stderr


@pytest.mark.usefixtures("new")
def test_an_original_that_changed_is_said() -> None:
    """The proof is the document, but what it was captured from is on record too."""
    Path("ferry.html").write_bytes(news("en", META).encode())
    capture("ferry.html")
    Path("seeds/originals/post-0517.html").write_bytes(b"<html>other</html>")
    done = run("check")
    assert done.exit_code == 1
    assert "is not what `post-0517` was captured from" in done.stderr + done.stdout


@pytest.mark.usefixtures("new")
@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("nothing.html",), 2, "there is no file 'nothing.html'"),
        (("nothing.html",), 2, "hint: give its path from the folder"),
        (("seeds",), 1, "it is a folder"),
        ((".",), 1, "it is a folder"),
        (("scan.pdf",), 1, "a scan"),
        (("ferry.html", "--id", "Courier 1"), 1, "Courier 1"),
        (("http://127.0.0.1:9/x",), 1, "can't be had"),
        (("https://[::1/x",), 1, "can't be had"),
        (("ferry.html", "--url", "https://[::1/x"), 1, "is no http or https address"),
    ],
)
def test_what_is_refused_writes_nothing(
    new: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    """One clear message; the base and the folder are as they were."""
    (scan,) = [content for name, content, _ in UNREADABLE if name == "scan.pdf"]
    Path("scan.pdf").write_bytes(scan)
    Path("ferry.html").write_bytes(news("en", META).encode())
    before = {path: path.read_bytes() for path in new.rglob("*") if path.is_file()}
    done = run("capture", *arguments)
    assert done.exit_code == status
    assert words in done.stderr
    assert "nothing was written" in done.stderr
    assert "not-captured" in done.stderr or "ferry.html" in arguments
    assert {path: path.read_bytes() for path in new.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("new")
def test_a_dry_run_writes_nothing(new: Path) -> None:
    """What would be written is shown, to the letter."""
    Path("ferry.html").write_bytes(news("en", META).encode())
    before = {path: path.read_bytes() for path in new.rglob("*") if path.is_file()}
    shown = run("capture", "ferry.html", "--dry-run", "--retrieved", "2031-06-01").stdout
    assert {path: path.read_bytes() for path in new.rglob("*") if path.is_file()} == before
    capture("ferry.html")
    assert shown.rstrip("\n") in Path("facts.yaml").read_text(encoding="utf-8")


def test_a_base_that_changed_meanwhile_keeps_what_it_holds(
    new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new files go again, and the other's words stay."""
    Path("ferry.html").write_bytes(news("en", META).encode())
    from briefings.authoring import draft as of_run

    whole = of_run.draft

    def slow(*arguments: object) -> object:
        drafted = whole(*arguments)  # type: ignore[arg-type]
        with Path("facts.yaml").open("a", encoding="utf-8") as file:
            file.write("# mine\n")
        return drafted

    monkeypatch.setattr("briefings.authoring.new_entry.draft", slow)
    done = run("capture", "ferry.html")
    assert done.exit_code == 1
    assert "was changed meanwhile" in done.stderr
    assert Path("facts.yaml").read_text(encoding="utf-8").endswith("# mine\n")
    assert not (new / "seeds" / "originals").exists()
    assert not list((new / "seeds").glob("post*"))


@pytest.fixture
def server() -> Iterator[str]:
    """A web site on this machine."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/away":
                self.send_response(302)
                self.send_header("Location", "file:///etc/passwd")
                self.end_headers()
                return
            is_there = self.path == "/news/ferry"
            self.send_response(200 if is_there else 404)
            self.send_header("Content-Type", "text/html; charset=windows-1251")
            self.end_headers()
            self.wfile.write(news("ru").encode("windows-1251", "replace") if is_there else b"")

        @override
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    site = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()
    site.server_close()


@pytest.mark.usefixtures("new")
def test_an_address_is_asked_only_when_it_is_given(server: str) -> None:
    """Its encoding is as the head says; an error and a way out of the web are told."""
    report = capture(f"{server}/news/ferry")
    entry = report["entry"]
    assert isinstance(entry, dict)
    assert entry["url"] == f"{server}/news/ferry"
    assert WORDS["ru"] in Path(str(entry["file"])).read_text(encoding="utf-8")
    assert "404" in str(capture(f"{server}/gone", expected=1)["stderr"])
    assert "can't be captured" in str(capture(f"{server}/away", expected=1)["stderr"])


@pytest.mark.usefixtures("new")
def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback of an import."""
    monkeypatch.setattr("briefings.run.capture.PACKAGES", ("no_such_package",))
    Path("ferry.html").write_bytes(news("en", META).encode())
    done = run("capture", "ferry.html")
    assert done.exit_code == 2
    assert "missing-package" in done.stderr
    assert "pip install 'briefings[capture]'" in done.stderr


def test_hidden_words_of_a_word_document_are_not_captured() -> None:
    """Nobody sees them; what is marked as not hidden is seen."""
    run = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>{}</w:t></w:r>"
    shown = word([WORDS["en"]])
    with zipfile.ZipFile(io.BytesIO(shown)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    more = run.format("", "Nobody was told. ") + run.format(' w:val="0"', "All were told. ")
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:body>", b"<w:body><w:p>" + more.encode() + b"</w:p>", 1
    )
    captured = word_files.document(packed(parts))
    assert "All were told." in captured.text
    assert "Nobody was told." not in captured.text
    assert word_files.document(shown).text in captured.text
