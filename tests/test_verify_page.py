"""The page that verifies in a browser says what the command says, and asks no network."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from gzip import decompress
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from breadth import cases
from built_desks import Shared
from checkers import axe
from command import DESK, run
from playwright.sync_api import Browser, Page, Request
from prose_desk import SUMMARIES

from briefings.core.canonical import NotASnapshot, with_checksum
from briefings.core.carried import from_json
from briefings.core.digest_names import IN_PAGE, UNNAMED, named
from briefings.core.packing import unpack
from briefings.render.html.embedded import from_html
from briefings.render.html.jobs import BriefPage

LONGEST = 180_000
"""Milliseconds for all files that are dropped at once, on a machine that has much to do."""

MADE = "blob:"
"""Where what the page itself makes lies."""

_OPEN: dict[Path, Page] = {}
"""The page, once for all tests: it takes seconds to start Python in it."""


@pytest.fixture(scope="session")
def verifier(shared: Shared) -> Path:
    """The page, as the command writes it."""

    def write(path: Path) -> None:
        done = run("verify", "--page", str(path))
        assert done.exit_code == 0
        assert "drop a brief on it" in done.stdout

    return shared("verify.html", write)


def made_by_itself(request: Request) -> None:
    """Fails of a request for anything else."""
    assert request.url.startswith(MADE), request.url


def started(browser: Browser, verifier: Path) -> Page:
    """The page, open."""
    if verifier not in _OPEN:
        _OPEN[verifier] = page = browser.new_page()
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 # takes no built-in
        page.goto(verifier.as_uri())
        page.get_by_text("Ready.").wait_for(timeout=LONGEST)
        own, *others = asked
        assert own.url == verifier.as_uri()
        for each in others:
            made_by_itself(each)
        page.on("request", made_by_itself)
    return _OPEN[verifier]


def verdicts(browser: Browser, verifier: Path, *files: Path, name: str = "") -> list[list[str]]:
    """The lines on each file."""
    return told_on(started(browser, verifier), *files, name=name)


def told_on(page: Page, *files: Path, name: str = "") -> list[list[str]]:
    """The lines of an open page on each file."""
    out = page.locator("#verdicts")
    done = int(out.get_attribute("data-done") or 0)
    # Not typed: that verifies the files before once more.
    page.locator("#id").evaluate("(field, name) => { field.value = name; }", name)
    # As a click on it does.
    page.locator("#files").evaluate("(field) => { field.value = ''; }")
    page.set_input_files("#files", files)
    page.wait_for_selector(f"#verdicts[data-done='{done + 1}']", timeout=LONGEST, state="attached")
    return [each.locator("li").all_inner_texts() for each in out.locator("ul").all()]


def test_what_was_built_is_verified(browser: Browser, verifier: Path, harbour_site: Path) -> None:
    """HTML and PDF, from left to right or right to left; the id is the one that Python makes."""
    files = sorted(harbour_site.glob("basin-closure.*"))
    assert len(files) == 4
    for file, (data, words, _) in zip(files, verdicts(browser, verifier, *files), strict=True):
        page = file.with_suffix(".html").read_text(encoding="utf-8")
        edition = from_json(from_html(page)).snapshot.edition
        assert f"edition {edition}" in data
        assert "the id follows from its data" in data
        assert re.match("words: all [0-9,]+ (on [0-9]+ pages )?are those of its data", words), words


def test_its_policy_lets_nothing_in(verifier: Path) -> None:
    """The script by its digest, and what it makes itself beside the page; nothing is fetched.

    And it stays small enough for a mail.
    """
    (policy,) = re.findall(
        r'http-equiv="Content-Security-Policy" content="([^"]*)"', verifier.read_text("utf-8")
    )
    digest = "'sha256-[0-9A-Za-z+/]{43}='"
    scripts = f"script-src {digest} 'wasm-unsafe-eval'; worker-src blob:"
    assert re.fullmatch(f"default-src 'none'; style-src {digest}; {scripts}", policy), policy
    assert verifier.stat().st_size < 10_500_000


def test_its_python_is_the_one_that_its_origin_names(checkout: Path) -> None:
    """Each file of the package, unchanged."""
    folder = checkout / "briefings" / "verify" / "page" / "runtime"
    origin = (folder / "ORIGIN.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"\| `([^`]+)` \| ([0-9a-f]{64}) \|", origin))
    for name in ("pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide.mjs"):
        content = decompress((folder / f"{name}.gz").read_bytes())
        assert named[name] == sha256(content).hexdigest(), name


def test_no_true_page_is_refused(browser: Browser, verifier: Path, tmp_path: Path) -> None:
    """Whatever a brief is on, in whatever language, of whatever day and limits.

    One in a language of which the page has no names and dates is not compared, and no pass.
    """
    every = ["en", "fa", "es", "ar", "lg"]
    desk = Path(copytree(DESK, tmp_path / "desk"))
    base = desk / "facts.yaml"
    text = base.read_text(encoding="utf-8")
    text = text.replace("languages: [en]", f"languages: [{', '.join(every)}]")
    base.write_text(text + SUMMARIES, encoding="utf-8")
    topics = ("--topic", "basin-closure", "--topic", "tarn-cannery")
    files: list[Path] = []
    for name, flags in {
        "all": ("--embed-sources",),
        "merged": ("--merge",),
        "earlier": ("--as-of", "2024-03-05"),
        "known later": ("--as-of", "2024-03-05", "--known-by", "2024-03-10"),
        "without news": ("--section", "judgements", "--section", "gaps"),
        "limited": ("--kind", "claim", "--kind", "plan", "--no-annex"),
    }.items():
        out = tmp_path / name
        asked = every if name == "all" else cases(every[:2], *every[2:])
        shown = (flag for code in asked for flag in ("--lang", code))
        built = ("build", "--format", "html", "--base", str(base), "--out", str(out))
        assert run(*built, *shown, *topics, *flags).exit_code == 0
        files += [each for each in sorted(out.glob("*.html")) if "index" not in each.name]
    assert len(files) > 15
    for file, lines in zip(files, verdicts(browser, verifier, *files), strict=True):
        _, words, quotes = lines
        state = "UNCHECKED: words: not compared: " if ".lg." in file.name else "words: all "
        assert words.startswith(state), "\n".join((str(file), *lines))
        looked_up = "all stand there" if file.parent.name == "all" else "it carries no documents"
        assert quotes.endswith(looked_up), "\n".join((str(file), *lines))


def test_what_was_changed_is_found(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """A word, the data, a rule that hides, a byte of a PDF."""
    text = (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")
    pdf = (harbour_site / "basin-closure.en.pdf").read_bytes()
    head, body = text.split("<main", 1)
    changed = {
        "word.html": f"{head}<main{body.replace('twelve', 'twenty')}".encode(),
        "data.html": text.replace("twelve boats", "twenty boats", 1).encode(),
        "rule.html": text.replace("<style>", "<style>#s1{display:none}", 1).encode(),
        "style.html": by_another_style(text, ".quote{display:none}"),
        "none.html": b"<p>Hello.</p>",
        "byte.pdf": pdf.replace(b"UA ident", b"UB ident", 1),
        "none.pdf": b"%PDF-1.7\nHello.",
    }
    for name, content in changed.items():
        (tmp_path / name).write_bytes(content)
    files = [tmp_path / name for name in changed]
    for file, lines in zip(files, verdicts(browser, verifier, *files), strict=True):
        assert any(line.startswith("FAILS") for line in lines), file.name


ALTERED = {
    r"</h1>": "</h1><p>Seven trawlers sank off the quay at noon.</p>",
    r'<main id="main"': '<main title="Nobody was refused" id="main"',
    r"about 4 Mar 2024</b>": "4 Mar 2024</b>",
    r"29 days before": "26 days before",
    r'probably true">B2<': 'probably true">C2<',
    r"What changed since 3 March 2024</h2>": "What changed since 4 March 2024</h2>",
    r'<strong class="overdue">.*?</strong>': "",
    r'<p class="translation">.*?</p>': "",
    r'<p class="colophon verify">.*?</p>': "",
    r'<div class="point" id="gap-.*?</div>': "",
    r">\d+ km<": ">7 km<",
    r"par. 2, line 3<": "par. 2, line 6<",
    r'href="#s1" aria-label="paragraph 1"': 'href="#s1" aria-label="paragraph 4"',
    r'lang="fr"': 'lang="und"',
    r'<h2 id="sources">': '<h2 id="sources" aria-hidden="true">',
    r'<ol class="items">': '<!-- Denied. --><ol class="items">',
    r'href="sources/gazette.html"': 'href="sources/radio-quai.html"',
    r"default-src 'none'": "default-src *",
    r"</html>": "</html> ",
}
"""What stands on a page, and is put otherwise by someone who puts its name right again."""


def test_every_alteration_of_a_page_is_found(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """A word, a number, a part gone, what is only heard or pointed at, what no reader sees.

    Each is told with what should stand there, and no line says that the words hold.
    """
    text = (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")
    files = []
    for number, (old, new) in enumerate(ALTERED.items()):
        altered, count = re.subn(old, lambda _, new=new: new, text, count=1, flags=re.DOTALL)  # type: ignore[misc] # of this turn
        assert count, old
        files.append(tmp_path / f"{number:02}.html")
        files[-1].write_bytes(renamed(altered))
    answers = verdicts(browser, verifier, *files)
    for old, (data, *lines) in zip(ALTERED, answers, strict=True):
        assert data.startswith("data: edition "), (old, data)
        assert lines[0] == "FAILS: words: they are not those of its data", (old, lines)
        assert lines[1].startswith("FAILS: words: "), (old, lines)
        assert not any(line.startswith("words: ") for line in lines)


def by_another_style(page: str, rule: str) -> bytes:
    """The page with one rule more, its policy and its name put right again."""
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    changed = page.replace(style, f"{style}\n{rule}", 1)
    before, after = (
        b64encode(sha256(each.encode()).digest()).decode() for each in (style, f"{style}\n{rule}")
    )
    return renamed(changed.replace(before, after))


def renamed(page: str) -> bytes:
    """A page with its name put right, so that it is again the one of its bytes."""
    unnamed = re.sub(r"urn:sha256:[0-9a-f]{64}", UNNAMED, page, count=1)
    return named(unnamed.encode(), IN_PAGE)


@pytest.mark.parametrize(
    "changed",
    [
        ("program", "briefings 0.0.1, Babel 2.0", "it was made by briefings 0.0.1, Babel 2.0"),
        ("own_templates", True, "templates or words of the desk's own"),
    ],
    ids=["another version", "templates of its own"],
)
def test_what_can_t_be_made_anew_is_no_pass(
    browser: Browser,
    verifier: Path,
    harbour_site: Path,
    tmp_path: Path,
    changed: tuple[str, object, str],
) -> None:
    """A brief of another version, or by templates of a desk's own: as the command says of them."""
    key, value, why = changed
    text = (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")
    data = from_html(text)
    content = json.loads(data)
    del content["seal"]
    content["page"][key] = value
    file = tmp_path / "other.html"
    file.write_bytes(renamed(text.replace(data, with_checksum(content))))
    ((_, words, _),) = verdicts(browser, verifier, file)
    assert words.startswith("UNCHECKED: words: not compared: ")
    assert why in words


IN_WORKER = """globalThis.Blob = class extends Blob {
  constructor(parts, kind) { super(kind?.type ? ["%s", ...parts] : parts, kind); }
}"""


@pytest.mark.parametrize(
    "without",
    [
        IN_WORKER % "delete globalThis.WebAssembly;",
        "delete globalThis.DecompressionStream",
        "delete globalThis.Worker",
    ],
    ids=["WebAssembly", "unpacking", "workers"],
)
def test_where_python_does_not_run_nothing_is_a_pass(
    browser: Browser, verifier: Path, harbour_site: Path, without: str
) -> None:
    """A browser that lacks something says so, in one line, of the page and of each brief."""
    page = browser.new_page()
    page.add_init_script(without)
    page.goto(verifier.as_uri())
    page.get_by_text("This browser can’t run the check: ").wait_for(timeout=LONGEST)
    files = (harbour_site / "basin-closure.en.html", harbour_site / "basin-closure.en.pdf")
    for lines in told_on(page, *files):
        assert lines[0].startswith(("UNCHECKED: data and words: this browser", "FAILS: "))
        assert not any(line.startswith(("data: ", "words: ")) for line in lines)
        assert not any("\n" in line for line in lines)
    page.close()


def test_each_file_has_an_answer_in_a_sentence(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """Of each file while it is looked at, and of all at the end; a file that is gone is no pass.

    An id that is typed later is held against the files that are there.
    """
    page = started(browser, verifier)
    page.evaluate(
        """() => {
          const state = document.getElementById("state");
          globalThis.told = [];
          const observer = new MutationObserver(() => told.push(state.textContent));
          observer.observe(state, {childList: true});
        }"""
    )
    good = tmp_path / "good.html"
    text = (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")
    good.write_text(text, encoding="utf-8")
    changed = tmp_path / "changed.html"
    changed.write_text(text.replace("twelve", "twenty"), encoding="utf-8")
    told_on(page, good, changed)
    states = ["Verifying good.html…", "Verifying changed.html…", "Done: 1 held, 1 failed."]
    assert page.evaluate("told") == states
    sentences = page.locator("#verdicts p")
    first = "It holds if its id is the one that you were given: no change was found."
    assert sentences.all_inner_texts() == [first, "It fails: do not rely on it."]
    changed.unlink()
    page.fill("#id", from_json(from_html(text)).snapshot.edition)
    page.keyboard.press("Enter")
    page.get_by_text("Done: 1 held, 1 not verified.").wait_for(timeout=LONGEST)
    unread = "Not verified: some of it could not be checked, so this is no pass."
    assert sentences.all_inner_texts() == [unread, "It holds: no change was found."]


def test_it_is_open_to_all_and_fits_a_phone(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """By the keyboard, light and dark; many faults wait behind a button, and none is lost."""
    page = started(browser, verifier)
    brief = harbour_site / "basin-closure.en.html"
    manifest = tmp_path / "manifest.json"
    others = [
        {"name": f"{number}/{brief.name}", "digest": {"sha256": "0" * 64}} for number in range(40)
    ]
    manifest.write_text(json.dumps({"subject": others}), encoding="utf-8")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        held, lines = told_on(page, brief, manifest)
        page.focus("#files")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "id"
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            findings, _ = axe(page, verifier)
            assert not findings
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        shown = page.locator("#verdicts li:visible")
        assert shown.count() < 16 < len(lines)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert shown.all_inner_texts() == held + lines


def test_the_id_that_one_was_given(browser: Browser, verifier: Path, harbour_site: Path) -> None:
    """Another one is not it."""
    page = harbour_site / "basin-closure.en.html"
    edition = from_json(from_html(page.read_text(encoding="utf-8"))).snapshot.edition
    ((right, *_),) = verdicts(browser, verifier, page, name=edition)
    assert "as you named it" in right
    ((wrong, *_),) = verdicts(browser, verifier, page, name="0" * 12)
    assert wrong.startswith("FAILS: data: it is edition")
    ((part, *_),) = verdicts(browser, verifier, page, name=edition[:3])
    assert part.startswith(f"FAILS: data: “{edition[:3]}” is no id of an edition")


def test_the_files_that_a_manifest_or_record_lists(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """By their SHA-256: whatever else agrees, another file is told from the one that is listed."""
    page = harbour_site / "basin-closure.en.html"
    manifest = harbour_site / "manifest.json"
    digest = sha256(page.read_bytes()).hexdigest()
    record = tmp_path / "record.json"
    record.write_text(with_checksum({"files": {page.name: digest}}), encoding="utf-8")
    another = tmp_path / page.name
    another.write_bytes(renamed(page.read_text(encoding="utf-8").replace("Sources", "Sentences")))
    unlisted = tmp_path / "another.html"
    unlisted.write_bytes(another.read_bytes())
    files = (page, another, unlisted, manifest, record)
    right, wrong, none, *lists = verdicts(browser, verifier, *files)
    assert lists[0][0].startswith("UNCHECKED: data: 1 of the ")
    assert [line.partition(": ")[2] for line in right if line.startswith("record: ")] == [
        "manifest.json lists this file, to the last byte",
        "record.json lists this file, to the last byte",
    ]
    assert "FAILS: record: manifest.json lists another file of that name" in wrong
    assert "FAILS: record: record.json lists another file of that name" in wrong
    assert "UNCHECKED: record: record.json does not list it" in none
    ((file, *_),) = verdicts(browser, verifier, page, name=digest)
    assert file == "data: the file is the one that you named, to the last byte"


def test_what_is_no_record_says_so(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """One that was changed, and JSON of another kind."""
    page = harbour_site / "basin-closure.en.html"
    record = with_checksum({"files": {page.name: "0" * 64}}).replace("0" * 64, "1" * 64)
    for name, text, fault in (
        ("record.json", record, "their checksum does not fit"),
        ("other.json", '{"subject": 3}', "it is no record or manifest of ours"),
        ("cut.json", "{", "it is no record or manifest of ours"),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        lines, (own,) = verdicts(browser, verifier, page, path)
        assert own.startswith("FAILS: data: ")
        (line,) = (line for line in lines if "record: " in line)
        assert line.startswith(f"FAILS: record: {name} can’t be relied on: ")
        assert fault in line


def test_a_file_by_which_python_ends_stops_no_other(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """It is no pass, and the next is looked at by a Python of its own."""
    true = harbour_site / "basin-closure.en.html"
    page = true.read_text(encoding="utf-8")
    deep = tmp_path / "deep.html"
    deep.write_text(page.replace(from_html(page).strip(), "[" * 200_000 + "]" * 200_000), "utf-8")
    ended, held = verdicts(browser, verifier, deep, true)
    assert all(line.startswith(("UNCHECKED: data", "FAILS: data")) for line in ended), ended
    assert held[0].startswith("data: edition "), held


def endless(data: str) -> str:
    """The data of an edition with a million quotes, in a file of a few megabytes."""
    content = json.loads(data)
    del content["seal"]
    packed = content["page"]["packed"]
    table = json.loads(zlib.decompress(b64decode(packed)))
    place = table["fields"]["Edition"].index("citations") + 1
    edition = next(each for each in table["values"] if each[0] == "Edition")
    edition[place] *= 1_000_000 // len(edition[place])
    table["values"].insert(-1, [Random(1).randbytes(500_000).hex()])
    content["page"]["packed"] = b64encode(zlib.compress(json.dumps(table).encode())).decode()
    return with_checksum(content)


def test_a_value_that_stands_there_too_often(harbour_site: Path) -> None:
    """What would cost a reader hours takes a file that is not small."""
    data = from_html((harbour_site / "basin-closure.en.html").read_text(encoding="utf-8"))
    packed = json.loads(data)["page"]["packed"]
    table = zlib.decompress(b64decode(packed)) + b" " * 2**21
    with pytest.raises(NotASnapshot, match="it is not packed as we do it"):
        unpack(BriefPage, b64encode(zlib.compress(table)).decode(), {})


def test_a_file_that_takes_too_long_is_left(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """The page stays as quick as it was, says that it is no pass, and goes on with the next."""
    page = browser.new_page()
    page.clock.install()
    page.goto(verifier.as_uri())
    page.get_by_text("Ready.").wait_for(timeout=LONGEST)
    brief = tmp_path / "endless.html"
    text = (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")
    brief.write_text(text.replace(from_html(text), endless(from_html(text))), encoding="utf-8")
    page.set_input_files("#files", [brief, harbour_site / "basin-closure.fa.html"])
    page.get_by_text(f"Verifying {brief.name}…").wait_for(timeout=LONGEST)
    assert page.evaluate("document.querySelectorAll('#verdicts li').length") == 0
    page.clock.fast_forward(300_001)
    page.wait_for_selector("#verdicts[data-done='1']", timeout=LONGEST, state="attached")
    first, second = page.locator("#verdicts ul").all()
    assert "UNCHECKED: data and words: " in first.inner_text()
    assert "it takes longer than 5 minutes, and was stopped" in first.inner_text()
    assert "words: all " in second.inner_text()
    assert "FAILS" not in second.inner_text()
    page.close()
