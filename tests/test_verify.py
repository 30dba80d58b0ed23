"""`briefings verify`: what was made is never refused, and whatever was changed is found."""

from __future__ import annotations

import base64
import json
import random
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from command import desk, run
from rewritten_pdf import Change, objects, rewritten

from briefings.core.canonical import NotASnapshot
from briefings.core.carried import Carried, from_json, to_json
from briefings.core.model import LocalText
from briefings.core.packed import pack, unpack
from briefings.render.html.embedded import block, from_html
from briefings.render.html.environment import environment
from briefings.render.html.jobs import BriefPage, make
from briefings.render.pdf.attached import from_pdf
from briefings.render.pdf.reader import read_pdf
from briefings.scan.pdffonts import Font
from briefings.scan.pdftext import fonts_of
from briefings.verify.paper import compare_paper, faults_of_form
from briefings.verify.remake import carrying, job_in
from briefings.verify.screen import compare_pages
from briefings.verify.verdict import Fault

__all__ = ["desk"]

BRIEFS = ("basin-closure.en", "basin-closure.fa")
TODAY = "--as-of=2024-03-10"


@pytest.fixture(scope="module")
def screen(harbour_site: Path) -> str:
    """A page of the web, as it was built."""
    return (harbour_site / "basin-closure.en.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def paper(harbour_site: Path) -> bytes:
    """A PDF, as it was built."""
    return (harbour_site / "basin-closure.en.pdf").read_bytes()


@pytest.fixture(scope="module")
def persian(harbour_site: Path) -> bytes:
    """One whose pages run from right to left."""
    return (harbour_site / "basin-closure.fa.pdf").read_bytes()


def made(data: str) -> str:
    """The page that data make."""
    return make(environment(), job_in(from_json(data))).text


@pytest.fixture(scope="module")
def made_for_paper(paper: bytes) -> str:
    return made(from_pdf(paper))


@pytest.fixture(scope="module")
def made_in_persian(persian: bytes) -> str:
    return made(from_pdf(persian))


# What was made


@pytest.mark.parametrize("form", ["html", "pdf"])
@pytest.mark.parametrize("brief", BRIEFS)
def test_what_was_built_is_verified(harbour_site: Path, brief: str, form: str) -> None:
    """From any folder, without a desk; three lines, the last on what was not looked at."""
    done = run("verify", str(harbour_site / f"{brief}.{form}"))
    assert done.exit_code == 0, done.stdout
    data, words, quotes = done.stdout.splitlines()
    assert "the id follows from its data: compare it with the one" in data
    assert "are those of its data" in words
    assert "quotes: UNCHECKED" in quotes


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
    assert "words: UNCHECKED: not compared: it was made with templates of the desk's own" in (
        alone.stdout
    )
    assert run("verify", "build/basin-closure.en.html", "--desk", ".").exit_code == 0


# What has changed since


def test_what_holds_by_now(desk: Path) -> None:
    """A fact withdrawn, one revised, one contested: told, and no fault of the brief."""
    run("issue", "--format", "html", "--as-of", "2024-03-05")
    facts = desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    text = text.replace("that the basin was silting up", "that the basin had been silting up", 1)
    facts.write_text(text, encoding="utf-8")
    done = run("verify", "build/basin-closure.en.html", "--desk", ".")
    assert done.exit_code == 0, done.stdout
    assert "since then: silting: revised: Inés Calder said that the basin had been" in done.stdout


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


# Pages of the web that were changed


def swapped(text: str, one: str, other: str) -> str:
    """A text with the first of each of two others in the place of the other."""
    first, second = text.index(one), text.index(other)
    assert first < second
    between = text[first + len(one) : second]
    return text[:first] + other + between + one + text[second + len(other) :]


CHANGED_PAGES: dict[str, Callable[[str], str]] = {
    "a word": lambda page: page.replace("refused", "welcomed", 1),
    "a number": lambda page: page.replace("twelve", "twenty", 1),
    "a quote": lambda page: page.replace("two that carried exemptions", "three that carried", 1),
    "a citation": lambda page: page.replace('href="#q1"', 'href="#q2"', 1),
    "numbers of sentences": lambda page: swapped(page, 'id="s1"', 'id="s2"'),
    "a grade": lambda page: page.replace(">B3<", ">A1<", 1),
    "a rule that hides": lambda page: page.replace("<style>", "<style>#s1{display:none}", 1),
    "a hidden attribute": lambda page: page.replace('id="s1"', 'hidden id="s1"', 1),
    "a style on an element": lambda page: page.replace('id="s1"', 'style="opacity:0" id="s1"', 1),
    "a text by a style sheet": lambda page: page.replace(
        "<style>", '<style>h1::after{content:"not so"}', 1
    ),
    "a second style sheet": lambda page: page.replace("</head>", "<style>p{}</style></head>", 1),
    "a script": lambda page: page.replace("</body>", "<script>alert(1)</script></body>", 1),
    "a script changed": lambda page: page.replace("<script>", "<script>document.title='';", 1),
    "a policy": lambda page: page.replace("default-src 'none'", "default-src *", 1),
    "an address": lambda page: page.replace('href="#source-gazette"', 'href="https://x.y/"', 1),
    "a base": lambda page: page.replace("<head>", '<head><base href="https://x.y/">', 1),
    "a title": lambda page: page.replace("<title>", "<title>No ", 1),
    "a comment": lambda page: page.replace("<main", "<!-- more --><main", 1),
    "behind the end": lambda page: page + "<p>More.</p>",
    "before the beginning": lambda page: "<p>More.</p>" + page,
    "an invisible character": lambda page: page.replace("refused", "re\u200bfused", 1),
    "an override": lambda page: page.replace("refused", "\u202erefused\u202c", 1),
    "letters that look alike": lambda page: page.replace("refused", "r\u0435fused", 1),
    "a marking": lambda page: page.replace("TLP:CLEAR", "TLP:GREEN", 1),
    "a section gone": lambda page: re.sub(
        r'<section aria-labelledby="contested">.*?</section>', "", page, count=1, flags=re.DOTALL
    ),
    "a section twice": lambda page: re.sub(
        r'(<section aria-labelledby="outlook".*?</section>)',
        r"\1\1",
        page,
        count=1,
        flags=re.DOTALL,
    ),
    "line ends": lambda page: page.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("kind", CHANGED_PAGES)
def test_a_page_that_was_changed(screen: str, kind: str) -> None:
    """Whatever is not as the data make it; the place is told."""
    changed = CHANGED_PAGES[kind](screen)
    assert changed != screen
    assert list(compare_pages(made(from_html(screen)), changed))


def test_words_of_a_page_one_after_the_other(screen: str) -> None:
    """A hundred and twenty words altered, each alone: found, with the word."""
    page = made(from_html(screen))
    body = page.index("<main")
    places = [
        match.span(1) for match in re.finditer(r">[^<>]*?\b([A-Za-z]{4,})\b[^<>]*?<", page[body:])
    ]
    chosen = random.Random(14).sample(places, 120)
    for start, end in chosen:
        changed = page[: body + start] + "altered" + page[body + end :]
        (fault,) = compare_pages(page, changed)
        assert "altered" in fault.says
        assert page[body + start : body + end] in fault.said


def test_the_command_says_which_words(tmp_path: Path, screen: str) -> None:
    """With the nearest place that a link can lead to."""
    changed = tmp_path / "changed.html"
    head, body = screen.split("<main", 1)
    body = body.replace("twelve boats", "twenty boats", 1)
    changed.write_text(f"{head}<main{body}", encoding="utf-8")
    done = run("verify", str(changed))
    assert done.exit_code == 1
    assert 'it says "twenty", it should say "twelve"' in done.stdout
    assert "words: FAILS" in done.stdout


# Data that were changed


def forged(page: str, change: Callable[[BriefPage], BriefPage], *, renamed: bool) -> str:
    """A page of other data that makes itself anew without fault, its checksum right as well."""
    carried = from_json(from_html(page))
    assert carried.page is not None
    job = change(job_in(carried))
    data = carrying(job, own_templates=False)
    if renamed:
        data = to_json(replace(from_json(data), snapshot=carried.snapshot))
    return make(environment(), replace(job, data=data)).text


def reworded(job: BriefPage) -> BriefPage:
    """The first sentence says otherwise, in the data and so on the page."""
    first, *rest = job.edition.developments
    statement = LocalText((("en", "Nothing happened."),), first.fact.statement.span)
    told = replace(first, fact=replace(first.fact, statement=statement))
    return replace(job, edition=replace(job.edition, developments=(told, *rest)))


def test_data_changed_with_the_words(tmp_path: Path, screen: str) -> None:
    """Their checksum is right and the page is theirs: but another id follows from them."""
    path = tmp_path / "forged.html"
    path.write_text(forged(screen, reworded, renamed=True), encoding="utf-8")
    done = run("verify", str(path))
    assert done.exit_code == 1
    assert "its id is not that of its data" in done.stdout


DAMAGED_DATA: dict[str, Callable[[str], str]] = {
    "a statement": lambda data: data.replace("twelve boats", "twenty boats", 1),
    "a key more": lambda data: data.replace("{", '{"more": 1,', 1),
    "nothing": lambda _: "{}",
    "no JSON": lambda data: data[:-3],
    "the page of it": lambda data: re.sub(r'("packed": ")....', r"\1AAAA", data),
}


@pytest.mark.parametrize("kind", DAMAGED_DATA)
def test_data_changed_alone(tmp_path: Path, screen: str, kind: str) -> None:
    """In the block of the page: its checksum does not fit any more."""
    data = from_html(screen)
    changed = DAMAGED_DATA[kind](data)
    assert changed != data
    path = tmp_path / "changed.html"
    path.write_text(screen.replace(data, str(block(changed))[48:-9]), encoding="utf-8")
    done = run("verify", str(path))
    assert done.exit_code == 1
    assert "data: FAILS" in done.stdout


def test_values_come_back_as_they_were(screen: str) -> None:
    """Equal values are packed alike, and what was packed is equal."""
    job = job_in(from_json(from_html(screen)))
    packed = pack(job, without=frozenset({"snapshot", "data"}))
    again = unpack(BriefPage, packed, {"snapshot": job.edition.snapshot, "data": job.data})
    assert again == job
    assert pack(again, without=frozenset({"snapshot", "data"})) == packed


@pytest.mark.parametrize("packed", ["", "AAAA", "eJwDAAAAAAE=", "eNqrrgUAAXUA+Q==", "é"])
def test_what_is_packed_otherwise(packed: str, screen: str) -> None:
    """A mistake that is told, whatever stands there."""
    carried = from_json(from_html(screen))
    assert carried.page is not None
    broken = Carried(carried.snapshot, replace(carried.page, packed=packed))
    with pytest.raises(NotASnapshot):
        job_in(broken)


def test_data_of_the_right_types_that_make_no_sense(screen: str) -> None:
    """Two hundred tables with a value exchanged for another: an error that is told, or the same."""
    carried = from_json(from_html(screen))
    assert carried.page is not None
    table = json.loads(zlib.decompress(base64.b64decode(carried.page.packed)))
    chance = random.Random(14)
    for _ in range(200):
        values = json.loads(json.dumps(table["values"]))
        one, other = chance.choice(values), chance.choice(values)
        one[chance.randrange(len(one))] = other[chance.randrange(len(other))]
        text = json.dumps({"fields": table["fields"], "values": values})
        packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
        try:
            job_in(Carried(carried.snapshot, replace(carried.page, packed=packed)))
        except NotASnapshot:
            continue


def test_every_promise_has_its_tests(checkout: Path) -> None:
    """Each file that docs/threats.md names is there."""
    named = re.findall(r"`(tests/\w+\.py)`", (checkout / "docs" / "threats.md").read_text("utf-8"))
    assert len(named) > 10
    assert all((checkout / path).is_file() for path in named)


# PDFs that were changed


def saved(change: Callable[[pikepdf.Pdf], None], content: bytes) -> bytes:
    """As another program writes it after a change."""
    with pikepdf.open(BytesIO(content)) as document:
        change(document)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def turned(document: pikepdf.Pdf) -> None:
    document.pages.reverse()


def removed(document: pikepdf.Pdf) -> None:
    del document.pages[1]


def doubled(document: pikepdf.Pdf) -> None:
    document.pages.append(document.pages[0])


def stamped(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.contents_add(document.make_stream(b"BT /F1 12 Tf 50 50 Td (Not so.) Tj ET"))


def annotated(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=[0, 0, 90, 90],
        Contents="Not so.",
    )
    document.pages[0].Annots.append(document.make_indirect(note))


def retitled(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Another brief"


def unattached(document: pikepdf.Pdf) -> None:
    del document.Root.Names["/EmbeddedFiles"]
    del document.Root["/AF"]


def attached(document: pikepdf.Pdf) -> None:
    document.attachments["more.txt"] = b"More."


def scripted(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def left_alone(document: pikepdf.Pdf) -> None:
    del document.Root["/Lang"]


BY_OTHER_PROGRAMS = (
    *(turned, removed, doubled, stamped, annotated, retitled, unattached, attached, scripted),
    left_alone,
)


@pytest.mark.parametrize("change", BY_OTHER_PROGRAMS, ids=lambda change: change.__name__)
def test_a_pdf_that_another_program_wrote(
    paper: bytes, change: Callable[[pikepdf.Pdf], None]
) -> None:
    """It is not as we write it, whatever was changed."""
    assert list(faults_of_form(saved(change, paper)))


@pytest.mark.parametrize(
    "change", [turned, removed, doubled, stamped], ids=lambda one: one.__name__
)
def test_its_pages_are_looked_at_all_the_same(
    paper: bytes, made_for_paper: str, change: Callable[[pikepdf.Pdf], None]
) -> None:
    """So that a reader knows where: pages turned, taken out, doubled or stamped."""
    _, faults = compare_paper(saved(change, paper), made_for_paper)
    assert any(fault.page is not None for fault in faults)


DAMAGED: dict[str, Change] = {
    "an update behind it": lambda pdf: pdf + b"1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n",
    "a byte of its metadata": lambda pdf: pdf.replace(
        b"UA identification", b"UB identification", 1
    ),
    "cut off": lambda pdf: pdf[:-2000],
    "a comment": lambda pdf: pdf.replace(b"\nendobj\n", b"\nendobj\n% more\n", 1),
    "no PDF": lambda _: b"%PDF-1.7\nhello",
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_pdf_that_was_damaged(paper: bytes, kind: str) -> None:
    """Behind its end, in its metadata, between its objects."""
    changed = DAMAGED[kind](paper)
    assert changed != paper
    assert list(faults_of_form(changed))


def test_a_byte_anywhere(paper: bytes) -> None:
    """Sixty bytes altered, each alone: found."""
    for place in random.Random(14).sample(range(len(paper)), 60):
        changed = paper[:place] + bytes([paper[place] ^ 1]) + paper[place + 1 :]
        assert list(faults_of_form(changed)), place


def contents(pdf: bytes) -> list[int]:
    """The numbers of the streams of its pages."""
    opened = read_pdf(pdf)
    with opened.document:
        return [page.obj.Contents.objgen[0] for page in opened.document.pages]


def page_faults(pdf: bytes, number: int, change: Change, page: str) -> tuple[Fault, ...]:
    """What is found where the stream of a page is changed by someone who puts all else right."""
    changed = rewritten(pdf, {number: change})
    assert changed != pdf
    assert not list(faults_of_form(changed)), "the form alone tells it already"
    return compare_paper(changed, page)[1]


def test_what_is_put_right_again_is_whole(paper: bytes, made_for_paper: str) -> None:
    """The test's own writer changes nothing by itself."""
    same = rewritten(paper, {})
    assert not list(faults_of_form(same))
    assert compare_paper(same, made_for_paper)[1] == ()


_ROW = re.compile(rb"/(\w+) [\d.]+ Tf\n|\[((?:<[0-9a-f]{4}>-?[\d.]+)+)\] TJ\n")
_PIECE = re.compile(rb"/Span\n<</MCID \d+>>\nBDC\n.*?EMC\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """A text in a content stream, from `start` to `end`, and itself with two letters exchanged."""

    start: int
    end: int
    turned: bytes


def rows(content: bytes, pdf: bytes) -> list[Row]:
    """Texts in which two letters stand side by side that differ; a digit is none."""
    opened = read_pdf(pdf)
    with opened.document:
        fonts = fonts_of(opened)
    found, font = [], Font({}, {})
    for match in _ROW.finditer(content):
        if match[1] is not None:
            font = fonts[f"/{match[1].decode()}"]
            continue
        cells = re.findall(rb"<([0-9a-f]{4})>", match[2])
        for place, pair in enumerate(pairwise(cells)):
            if pair[0] != pair[1] and all(font.letters[cell].isalpha() for cell in pair):
                cells[place : place + 2] = pair[1], pair[0]
                turned_row = b"[" + b"".join(b"<%b>0" % cell for cell in cells) + b"] TJ\n"
                found.append(Row(*match.span(), turned_row))
                break
    return found


@pytest.mark.parametrize("language", ["en", "fa"])
def test_words_of_a_pdf_one_after_the_other(request: pytest.FixtureRequest, language: str) -> None:
    """Two glyphs exchanged in thirty texts, each alone: found, with its page."""
    pdf: bytes = request.getfixturevalue("paper" if language == "en" else "persian")
    page: str = request.getfixturevalue("made_for_paper" if language == "en" else "made_in_persian")
    streams = {number: data for number, _, data in objects(pdf) if data is not None}
    numbers = contents(pdf)
    places = [(number, row) for number in numbers for row in rows(streams[number], pdf)]
    for number, row in random.Random(14).sample(places, 30):

        def change(data: bytes, row: Row = row) -> bytes:
            return data[: row.start] + row.turned + data[row.end :]

        faults = page_faults(pdf, number, change, page)
        assert numbers.index(number) + 1 in {fault.page for fault in faults}, row


def first_gone(data: bytes) -> bytes:
    return _PIECE.sub(b"", data, count=1)


def last_gone(data: bytes) -> bytes:
    return data.replace([*_PIECE.finditer(data)][-1][0], b"", 1)


def exchanged(data: bytes) -> bytes:
    """The texts of two pieces exchanged, their places and numbers kept."""
    shown = [match for match in _ROW.finditer(data) if match[2] is not None]
    one, other = next(pair for pair in pairwise(shown) if len(pair[0][0]) > len(pair[1][0]) > 99)
    between = data[one.end() : other.start()]
    return data[: one.start()] + other[0] + between + one[0] + data[other.end() :]


def repeated(data: bytes) -> bytes:
    """A text shown a second time, in no tag."""
    first = next(_PIECE.finditer(data))[0]
    return data + first[first.index(b"BDC\n") + 4 : first.rindex(b"EMC\n")]


def as_artifact(data: bytes) -> bytes:
    """A text shown a second time, as what is no part of the text."""
    first = next(_PIECE.finditer(data))[0]
    return data + b"/Artifact\nBMC\n" + first[first.index(b"BDC\n") + 4 :]


def in_margin(data: bytes) -> bytes:
    """A text shown a second time, as part of a margin."""
    first = next(_PIECE.finditer(data))[0]
    head = b"/Artifact\n<</Type /Pagination/Subtype /Header>>\nBDC\n"
    return data + head + first[first.index(b"BDC\n") + 4 :]


def unseen(data: bytes) -> bytes:
    return data.replace(b"BT\n", b"BT\n3 Tr\n", 1)


@pytest.mark.parametrize(
    "change",
    [first_gone, last_gone, exchanged, repeated, as_artifact, in_margin, unseen],
    ids=lambda change: change.__name__,
)
def test_a_page_put_right_again(paper: bytes, made_for_paper: str, change: Change) -> None:
    """Words taken out, exchanged, added, or shown so that nobody sees them."""
    number = contents(paper)[1]
    assert page_faults(paper, number, change, made_for_paper)
