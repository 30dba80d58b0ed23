"""The page that verifies briefs in a browser: it says the same, and asks nothing of a network."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from command import DESK, run
from playwright.sync_api import Browser, Request
from prose_desk import SUMMARIES, desk_with

from briefings.core.canonical import with_checksum
from briefings.core.carried import from_json
from briefings.core.digest_names import IN_PAGE, UNNAMED, named
from briefings.render.html.embedded import from_html
from briefings.verify.our_words import _FIELDS, _LOOSE_DAYS, _SCALE, _SPANS_OF_DAYS, _catalogue

LONGEST = 180_000
"""Milliseconds for all files that are dropped at once, on a machine that has much to do."""


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page, as the command writes it."""
    path = tmp_path_factory.mktemp("page") / "verify.html"
    done = run("verify", "--page", str(path))
    assert done.exit_code == 0
    assert "drop a brief on it" in done.stdout
    return path


def verdicts(browser: Browser, verifier: Path, *files: Path, name: str = "") -> list[list[str]]:
    """The lines on each file."""
    page = browser.new_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 # takes no built-in
    page.goto(verifier.as_uri())
    page.fill("#id", name)
    page.set_input_files("#files", files)
    page.wait_for_selector("#verdicts[data-done]", timeout=LONGEST)
    lists = page.locator("#verdicts ul").all()
    lines = [each.locator("li").all_inner_texts() for each in lists]
    page.close()
    assert [request.url for request in asked] == [verifier.as_uri()]
    return lines


def test_what_was_built_is_verified(browser: Browser, verifier: Path, harbour_site: Path) -> None:
    """HTML and PDF, from left to right or right to left; the id is the one that Python makes."""
    files = sorted(harbour_site.glob("basin-closure.*"))
    assert len(files) == 4
    for file, (data, words, _) in zip(files, verdicts(browser, verifier, *files), strict=True):
        page = file.with_suffix(".html").read_text(encoding="utf-8")
        edition = from_json(from_html(page)).snapshot.edition
        assert f"edition {edition}" in data
        assert "the id follows from its data" in data
        assert words.startswith("words: the file is whole, to the last byte")


def test_no_true_page_is_refused(browser: Browser, verifier: Path, tmp_path: Path) -> None:
    """Whatever a brief is on, in whatever language, of whatever day and limits."""
    desk = Path(copytree(DESK, tmp_path / "desk"))
    base = desk / "facts.yaml"
    text = base.read_text(encoding="utf-8")
    base.write_text(
        text.replace("languages: [en]", "languages: [en, fa, ps, fr]") + SUMMARIES, encoding="utf-8"
    )
    # Of the last there are no words of ours.
    shown = [flag for code in ("en", "fa", "ps", "fr") for flag in ("--lang", code)]
    topics = ("--topic", "basin-closure", "--topic", "tarn-cannery")
    files: list[Path] = []
    for name, flags in {
        "all": (),
        "merged": ("--merge",),
        "earlier": ("--as-of", "2024-03-05"),
        "known later": ("--as-of", "2024-03-05", "--known-by", "2024-03-10"),
        "without news": ("--section", "judgements", "--section", "gaps"),
        "limited": ("--kind", "claim", "--kind", "plan", "--no-annex"),
    }.items():
        out = tmp_path / name
        built = ("build", "--format", "html", "--base", str(base), "--out", str(out))
        assert run(*built, *shown, *topics, *flags).exit_code == 0
        files += [each for each in sorted(out.glob("*.html")) if "index" not in each.name]
    assert len(files) > 15
    for file, lines in zip(files, verdicts(browser, verifier, *files), strict=True):
        assert not any(line.startswith("FAILS") for line in lines), "\n".join((str(file), *lines))


def test_what_a_topic_comes_to_is_looked_for(
    browser: Browser, verifier: Path, tmp_path: Path
) -> None:
    """A page of several topics, or its print, that leaves out the finding of one."""
    base = desk_with(tmp_path, SUMMARIES)
    topics = ("--topic", "basin-closure", "--topic", "tarn-cannery", "--merge")
    out = tmp_path / "out"
    done = run("build", "--base", str(base), "--format", "html", *topics, "--out", str(out))
    assert done.exit_code == 0, done.stderr
    (made,) = (each for each in out.glob("*.html") if "index" not in each.name)
    text = made.read_text(encoding="utf-8")
    whole, parts = re.subn(r'<li data-summary="basin-late">.*?</li>', "", text, flags=re.DOTALL)
    assert parts == 1
    (tmp_path / "less.html").write_bytes(renamed(whole))
    true, less = verdicts(browser, verifier, made, tmp_path / "less.html")
    assert not any(line.startswith("FAILS") for line in true), true
    assert any("it does not say “The harbour master confirms" in line for line in less), less


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
        "moved.html": by_another_style(text, "#tl-event-1{left:9%;display:none}"),
        "none.html": b"<p>Hello.</p>",
        "byte.pdf": pdf.replace(b"UA ident", b"UB ident", 1),
        "none.pdf": b"%PDF-1.7\nHello.",
    }
    for name, content in changed.items():
        (tmp_path / name).write_bytes(content)
    files = [tmp_path / name for name in changed]
    for file, lines in zip(files, verdicts(browser, verifier, *files), strict=True):
        assert any(line.startswith("FAILS") for line in lines), file.name


ADDED = {
    "</h1>": "</h1><p>Seven trawlers sank off the quay at noon.</p>",
    '<main id="main"': '<main title="Nobody was refused" id="main"',
    "<footer": "<p>Sources of this brief deny that the sentence is disputed.</p><footer",
}
"""Words of no sentence: of their own, in what one hears or points at, put together of ours."""


@pytest.fixture(scope="module")
def altered(harbour_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page with words added, or numbers and places exchanged, and its name put right again."""
    text = (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("altered")
    first, second = re.findall(r'<a class="cite" href="#q(\d+)"', text)[:2]
    cite = '<a class="cite" href="#q{}"'
    changed = {
        **{str(index): text.replace(*each, 1) for index, each in enumerate(ADDED.items())},
        "cite": text.replace(cite.format(first), cite.format(second), 1),
        "place": text.replace('id="q1"', 'id="q0"').replace('id="q2"', 'id="q1"', 1),
        "sentence": text.replace('id="s1"', 'id="s0"').replace('id="s2"', 'id="s1"', 1),
    }
    paths = {}
    for name, page in changed.items():
        assert page != text, name
        paths[name] = folder / f"{name}.html"
        paths[name].write_bytes(renamed(page))
    return paths


def test_words_and_numbers_of_no_sentence_are_found(
    browser: Browser, verifier: Path, altered: dict[str, Path]
) -> None:
    """By someone who puts the file's name right; each is told by what is wrong."""
    lines = verdicts(browser, verifier, *altered.values())
    by_name = {name: "\n".join(each) for name, each in zip(altered, lines, strict=True)}
    assert "neither its data nor our pages say “Seven trawlers sank" in by_name["0"]
    assert "FAILS: words: it says “Nobody was refused”" in by_name["1"]
    assert "nor our pages say “this deny that is”" in by_name["2"]
    assert "FAILS: words: a number leads elsewhere than it says" in by_name["cite"]
    assert "FAILS: words: where quote 1 leads to, it does not say “" in by_name["place"]
    assert "FAILS: words: where ¶ 1 leads to, it does not say “" in by_name["sentence"]


FIGURES = {
    "<b>2 Mar</b> · reported": ("<b>6 Mar</b> · reported", "“6”"),
    'day">about 4 Mar 2024</b> · Inés': ('day">about 4 Feb 2024</b> · Inés', "“4 Feb”"),
    "reported 10 Feb · Port": ("reported 4 Mar · Port", "“4 Mar”"),
    "due 20 Mar 2024</b>": ("due 4 Mar 2024</b>", "“4”"),
    "Assessed 5 Mar.": ("Assessed 4 Mar.", "“4”"),
    "(4–10 Mar 2024)": ("(5–10 Mar 2024)", "“5”"),
    'probably true">B2</abbr></p>': ('probably true">C2</abbr></p>', "“C2”"),
    ">6 quotes</span>": (">3 quotes</span>", "“3”"),
    "from 3 source documents": ("from 4 source documents", "“4”"),
    "29 days before this edition": ("26 days before this edition", "“26”"),
    "<b>C</b> fairly reliable;": ("<b>B</b> fairly reliable;", "“B”"),
    '"when">due 8 Mar 2024<': ('"when">due 7 Mar 2024<', "“7”"),
    "2 Mar</b> · reported 4 Mar · Inés": ("4 Mar</b> · reported 4 Mar · Inés", "“4”"),
    'tl-date">2 Mar 2024<': ('tl-date">4 Mar 2024<', "“4”"),
    'tl-date">2 Mar 2024</th>\n<td class="tl-known">4 Mar': (
        'tl-date">2 Mar 2024</th>\n<td class="tl-known">2 Mar',
        "“2”",
    ),
    "· reported 4 Mar · Inés": ("· reported 2 Mar · Inés", "“2”"),
    "par. 2, line 3<": ("par. 2, line 6<", "“6”"),
    "</b> possibly true": ("</b> probably true", "“3”"),
    "Due 8 March 2024.": ("Due 10 February 2024.", "“10 February”"),
    "· Tomas Wray, in The": ("· Inés Calder, in The", "do not name “InésCalder”"),
    '<b class="number">7</b>': ('<b class="number">6</b>', "leads to, it is called 6"),
    'class="count">1</span> How many': (
        'class="count">2</span> How many',
        "it numbers “How many boats were refused on 2 March?” as 2, and its data as 1",
    ),
    'label="disputed point 1">1<': ('label="disputed point 1">2<', "elsewhere than it says: “2”"),
    "What changed since 3 March 2024</h2>": ("What changed since 4 March 2024</h2>", "“4”"),
    "documents: 1 is graded A": ("documents: 3 is graded A", "it sums grades up as 3, 1, 1, 5"),
    "5 are graded 2 (probably": ("5 are graded 3 (probably", "A, B, C, 3, 3, 6"),
    'count="part">6 of 10<': ('count="part">3 of 10<', "“3”"),
    "55–80 %": ("45–80 %", "“45 80”"),
    ">1 week<": (">3 week<", "“3”"),
    'data-label="Quotes">6<': ('data-label="Quotes">3<', "“3”"),
    "; 1 more\u00a0¶": ("; 2 more\u00a0¶", "it counts 2 more, and names 1"),
    "<b>2</b> Tarn Island": ("<b>3</b> Tarn Island", "as 3, and its data as 2"),
    "39.61°": ("39.42°", "“42”"),
    'aria-label="quote 7">7</a>–<a class="ref" href="#q9" aria-label="quote 9">9<': (
        'aria-label="quote 7">9</a>–<a class="ref" href="#q9" aria-label="quote 9">7<',
        "it lists 9 before 7",
    ),
    "<span>21 Feb</span>": ("<span>24 Mar</span>", "and time runs otherwise"),
    "the period 4–10 Mar": ("the period 10–4 Mar", "and that span ends before it begins"),
    ">2023</b> · reported": (">2024</b> · reported", "“2024”"),
}
"""A day, a grade, a count, a number, a voice: of the page, and each of another place of it."""


def test_figures_that_belong_elsewhere_are_found(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """Each stands on the page as well, or could: what it stands beside tells that it is not its."""
    text = (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")
    files = []
    for number, (old, (new, _)) in enumerate(FIGURES.items()):
        head, main, rest = text.partition("<body")
        assert old in rest, old
        page = head + main + rest.replace(old, new, 1)
        files.append(tmp_path / f"{number:02}.html")
        files[-1].write_bytes(renamed(page))
    answers = verdicts(browser, verifier, *files)
    for (new, expected), lines in zip(FIGURES.values(), answers, strict=True):
        faults = [line for line in lines if line.startswith("FAILS: words: ")]
        assert any(expected in line for line in faults), "\n".join((new, *lines))


OUT_OF_ORDER = "our words stand in another order than on our pages"
EXCHANGED = {
    ("Announced, expected or demanded</h3>", "Commentary</h3>"): OUT_OF_ORDER,
    ("<dt>Publisher<", "<dt>File<"): OUT_OF_ORDER,
    ("happened or said on that day", "within that time"): OUT_OF_ORDER,
    (">Digits:", ">Grades:"): OUT_OF_ORDER,
    (">documents/gazette.txt<", ">documents/notice.txt<"): (
        "stands in another order than its data have it"
    ),
    ("confidence moderate", "confidence high"): "does not stand behind its judgement",
    (
        ">Inés Calder, in The Merrow Gazette ·",
        ">Tomas Wray, in The Merrow Gazette ·",
    ): "do not name “TomasWray”",
}
"""What stands on a page, and what is put there; where that stands already, the other way round."""


def test_what_stands_in_each_others_place_is_found(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """Each text is ours, or of the data, and stands where another one did."""
    text = (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")
    head, _, body = text.partition("<body")
    files = []
    for number, (one, other) in enumerate(EXCHANGED):
        assert one in body, one
        places = ((body.find(one), one, other), (body.find(other), other, one))
        page = body
        for place, old, new in sorted(places, reverse=True):
            if place >= 0:
                page = page[:place] + new + page[place + len(old) :]
        files.append(tmp_path / f"{number}.html")
        files[-1].write_bytes(renamed(f"{head}<body{page}"))
    answers = verdicts(browser, verifier, *files)
    for (texts, expected), lines in zip(EXCHANGED.items(), answers, strict=True):
        faults = [line for line in lines if line.startswith("FAILS: words: ")]
        assert any(expected in line for line in faults), "\n".join((*texts, *lines))


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


AROUND = {
    "<title>": ('<base href="https://example.org/"><title>', "it has an element base"),
    "</html>": ("</html><p>More.</p>", "something stands behind its end"),
    "default-src 'none'": ("default-src *", "its policy is not the one of its style"),
    '<p class="statement">': ('<p aria-hidden="true">', "those who hear it are not told"),
    '<h2 id="sources">': ('<h2 id="sources" dir="rtl" lang="he">', "none of its data is in: he"),
    'id="source-notice"': ('id="source-gazette"', "or to several places: source-gazette"),
    "<main": ("<details><summary>Sources</summary><main", "nobody sees “"),
    "<footer": ("<details><footer", "it can be shut: details"),
    'id="tl-event-1"': ('id="tl-event-one"', "has a name that none of ours has: tl-event-one"),
    "Search and filter": ("Search and fetter", "neither its data nor our pages say “fetter”"),
    '<p class="card-title"': ('<img><p class="card-title"', "its script shows has an element img"),
    '<h2 id="unknown">': ('<h2 id="unknown" aria-hidden="true">', "those who hear it are not told"),
    ', <a class="ref" href="#s8" aria-label="paragraph 8">8</a></span>': (
        "</span>",
        "other ¶ than its data",
    ),
    ">Not known<": (">Sources disagree<", "it says “Sources disagree” in place of a heading"),
    'st-grade">Grade<': ('st-grade">Origin<', "it says “Origin” in place of a heading"),
    '<li><a href="#quotes">Quotes<': ('<li><a href="#quotes">Sources<', "“Sources” among its"),
    ">How good are the sources?<": ("><", "a part of it is empty: h2"),
    "<!DOCTYPE html>": ("", "it does not begin as ours do"),
    'charset="utf-8"': ('charset="latin1"', "it does not begin as ours do"),
    '<p class="voice">figure': (
        '<p class="voice"><s>figure</s>',
        "none of our pages has an element s",
    ),
    '<li class="quote" id="q1"': ('<li inert class="quote" id="q1"', "has an attribute inert"),
    '<li class="quote" id="q2"': (
        '<li role="none" class="quote" id="q2"',
        "has an attribute role=none",
    ),
    '<p class="voice">claim': ('<p class="voice unseen">claim', "nobody sees “claim"),
    '<ol class="items few">': ('<!-- Denied. --><ol class="items few">', "nobody sees “Denied.”"),
    'href="sources/radio-quai.html"': (
        'href="javascript:open()"',
        "a link leads elsewhere than any of its data: javascript:open()",
    ),
    'href="sources/gazette.html"': (
        'href="sources/radio-quai.html"',
        "a link leads to another document than its source's: sources/radio-quai.html",
    ),
    '<meta property="og:type"': (
        '<meta name="author" content="A."><meta property="og:type"',
        "none of our pages says of itself: author",
    ),
    'dcterms.created" content="2024-03-10': (
        'dcterms.created" content="2024-03-09',
        "it says that it is of another day: 2024-03-09",
    ),
    'property="og:title" content="': (
        'property="og:title" content="Nobody denies that ',
        "neither its data nor our pages say “Nobody denies",
    ),
    "<style>": ('<style media="print">', "none of our pages has an attribute media"),
    "The Sall Skippers&#39; Union says that <q>": (
        "<q>The Sall Skippers&#39; Union says that ",
        "where quote 2 leads to, it puts “The Sall",
    ),
    'href="#s1" aria-label="paragraph 1"': (
        'href="#s1" aria-label="paragraph 4"',
        "those who hear it are told “paragraph 4”",
    ),
    'content="briefings"': ('content="hand"', "it says that it was made by hand"),
    'class="ref">6 quotes</span>': ('class="ref"></span>', "a part of it is empty: span.ref"),
    ">Grades: ": (">Grades: Grades: ", "it says twice “Grades: Grades:”"),
    '<td class="or-grade">C</td>': ("", "a row has more or fewer cells than the others: table"),
}
"""What stands about the words of a page, and each put otherwise."""


def test_what_stands_about_the_words_is_as_we_write_it(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """Where links lead, what is shut, unheard or turned round, and what a browser lets in."""
    text = (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")
    files = []
    for number, (old, (new, _)) in enumerate(AROUND.items()):
        assert old in text, old
        files.append(tmp_path / f"{number}.html")
        files[-1].write_bytes(renamed(text.replace(old, new, 1)))
    answers = verdicts(browser, verifier, *files)
    for (new, expected), lines in zip(AROUND.values(), answers, strict=True):
        faults = [line for line in lines if line.startswith("FAILS: words: ")]
        assert any(expected in line for line in faults), "\n".join((new, *lines))


def test_a_text_may_say_that_its_language_is_unknown(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """What an earlier record says is in whatever language it was, and does not say in which."""
    text = (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")
    assert 'lang="fr"' in text
    file = tmp_path / "unknown.html"
    file.write_bytes(renamed(text.replace('lang="fr"', 'lang="und"', 1)))
    (lines,) = verdicts(browser, verifier, file)
    assert not any(line.startswith("FAILS") for line in lines), lines


def test_a_span_of_days_is_one_over_the_end_of_a_line(
    browser: Browser, verifier: Path, harbour_site: Path, tmp_path: Path
) -> None:
    """As in a PDF, where the words between its days may begin the next piece of text."""
    text = (harbour_site / "basin-closure.fa.html").read_text(encoding="utf-8")
    head, main, rest = text.partition("<body")
    broken, count = re.subn(
        r"(?<=>)([^<>]*[۰-۹]+ )(تا [۰-۹]+ [^<>]*)(?=<)", r"\1<span>\2</span>", rest
    )
    assert count
    path = tmp_path / "broken.html"
    path.write_bytes(renamed(head + main + broken))
    (lines,) = verdicts(browser, verifier, path)
    assert not [line for line in lines if line.startswith("FAILS")]


def test_the_id_that_one_was_given(browser: Browser, verifier: Path, harbour_site: Path) -> None:
    """Another one is not it."""
    page = harbour_site / "basin-closure.en.html"
    edition = from_json(from_html(page.read_text(encoding="utf-8"))).snapshot.edition
    ((right, *_),) = verdicts(browser, verifier, page, name=edition)
    assert "and it is the one that you named" in right
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
    ((data, *_),) = verdicts(browser, verifier, page, name=digest)
    assert "and the file is the one that you named" in data


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


def test_each_message_that_tells_a_figure_is_one_of_ours() -> None:
    """Else the page would know a day or a count by words that no brief says any more."""
    messages = {message.english[0] for message in _catalogue("fa")}
    assert {*_FIELDS, *_LOOSE_DAYS, *_SCALE, *_SPANS_OF_DAYS} <= messages
