"""Alter issued pages and PDFs, by seed, and ask `verify`: each change is found, no true file is.

    python benchmarks/altered.py [--count 300] [--seed 1] [--sheets 4] [--in-browser]

The true files are the harbour desk's briefs, with a summary and accounts, in several languages, for
both sheets, with their annex and without.
Each change is made by someone who forgets the file's own name, or by one who knows how we write and
puts that right again. Changed are words, figures, quotes, numbers, marks, links and sections of a
page, its summary and accounts, its style, script and data; glyphs, the letters of fonts and how
they are drawn, texts, tags, links, pages and their order, looks, data, metadata and bytes of a PDF.
PDFs are also signed, and stripped of that: whoever asks for the signature finds out, and nobody
else can. With `--in-browser` it asks `verify.html` in Chromium instead. Exit code 1 if a change was
not found, or a true file was refused.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from datetime import UTC, datetime
from io import BytesIO, StringIO
from itertools import count, cycle, pairwise, product, zip_longest
from pathlib import Path
from shutil import copytree
from typing import Any, TypeAlias

sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "tests"))

import pikepdf
from loaded import warm  # beside this program
from playwright.sync_api import sync_playwright
from printing import browser  # beside this program
from prose_desk import ACCOUNTS, SUMMARIES  # of the tests, whose folder comes first
from rewritten_pdf import objects, rewritten
from test_signing import write_key
from test_verify_anew import LOOKS

from briefings import cli
from briefings.core.canonical import CHECKSUM, with_checksum
from briefings.core.digest_names import IN_PAGE, UNNAMED, named
from briefings.core.signing import Signing
from briefings.render.pdf.reader import read_pdf, unsigned
from briefings.run.verify import verify, write_page
from briefings.sign.make import signer_of
from briefings.verify.outlines import DamagedFont, TrueType

HARBOUR = Path(__file__).resolve().parents[1] / "tests" / "desk_harbour"
LANGUAGES = ("en", "fa", "ps")
SHEETS = tuple(product(("a4", "letter"), (True, False)))
"""What a brief is made for: a size of paper, and whether its annex is in it."""

Alter: TypeAlias = Callable[[bytes, random.Random], bytes]
"""A file, and whatever chance picks in it, to another file; to the same if it has nothing such."""

Refuses: TypeAlias = Callable[[bytes, Path | None], bool]
"""Whether fault is found with a file, which `signer` has to have signed, if one is given."""

_LONGEST = 600_000
"""Milliseconds: whatever is slow is found out elsewhere."""

_NAME = re.compile(rb"urn:sha256:[0-9a-f]{64}")
_TEXT = re.compile(rb"(?<=>)[^<>{}]*[^\W\d_][^<>{}]*(?=<)")
_TAG = re.compile(rb"<(?:a|p|li|q|span|div|section|h2|h3|blockquote)\b")
_PIECE = re.compile(rb"/Span\n<</MCID \d+>>\nBDC\n.*?EMC\n", re.DOTALL)
_GLYPHS = re.compile(rb"<[0-9a-f]{4}>")
_ALONE = re.compile(rb"\[(?:0\.2)?(<[0-9a-f]{4}>)(?:-0\.2 ?)?\] TJ\n")
_NAMED = re.compile(rb"(?<=> )<[0-9a-f]{4}>")
_CITATION = re.compile(rb'href="#q\d+"[^>]*>[^<]*<')
_PARAGRAPH = re.compile(rb'href="#s\d+"[^>]*>[^<]*<')
_PLACE = re.compile(rb'\bid="[sq]\d+"')
_PROSE = re.compile(rb'<p class="(?:standfirst|telling)".*?</p>', re.DOTALL)
_WORD = re.compile(rb"(?<=[\s>])[^\W\d_]{4,}(?=[\s<])")
_LEADS = re.compile(rb"/Dest \([sq]\d+\)")
_TITLE = re.compile(rb"(?<=<dc:title>).*?(?=</dc:title>)", re.DOTALL)
_STATEMENT = re.compile(r"[^\W\d_]{4,}")


def main() -> int:
    """A line for each kind of change; then what was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=300, help="how many changes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sheets", type=int, default=len(SHEETS), help="how many kinds of them")
    parser.add_argument("--only", choices=("html", "pdf"), help="only files of this form")
    parser.add_argument("--in-browser", action="store_true", help="ask verify.html instead")
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 # nothing is to be kept secret
    warm(HARBOUR)
    asked = verifying_page if given.in_browser else command
    with tempfile.TemporaryDirectory() as scratch, asked(Path(scratch)) as is_refused:
        files = true_files(Path(scratch), given.only, SHEETS[: given.sheets])
        refused = [name for name, content in files.items() if is_refused(content, None)]
        tried: Counter[str] = Counter()
        missed: list[str] = []
        for kind, name in cycle(_turns(files, chance)):
            if tried.total() == given.count:
                break
            altered = _altered(files[name], kind, chance)
            if altered == files[name]:
                continue
            tried[kind] += 1
            if not is_refused(altered, None):
                missed.append(f"not found: {kind}, of {name}, change {tried.total()}")
        papers = {name: content for name, content in files.items() if ".pdf" in name}
        stripped = signed_and_stripped(papers, Path(scratch), is_refused)
    for kind, tries in sorted(tried.items()):
        print(f"{kind:32}{tries:>5}")
    print(f"{len(files)} true files, {len(refused)} of them refused: {', '.join(refused)}")
    print(f"{tried.total()} changes, {len(missed)} of them not found")
    print("\n".join(missed))
    print(f"{len(papers)} signed PDFs, {len(stripped)} of them refused or, stripped, let through")
    return 1 if refused or missed or stripped else 0


def _turns(files: Iterable[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Each kind of change with each file that it is for; each kind once before any twice."""
    pages = [name for name in files if ".html" in name]
    papers = [name for name in files if ".pdf" in name]
    of_kind = {**dict.fromkeys(PAGES, pages), **dict.fromkeys(PAPERS, papers)}
    drawn = [[(kind, name) for name in chance.sample(of, len(of))] for kind, of in of_kind.items()]
    for turn in zip_longest(*drawn):
        yield from (each for each in turn if each is not None)


def true_files(
    folder: Path, only: str | None, sheets: Sequence[tuple[str, bool]]
) -> Mapping[str, bytes]:
    """Briefs as they were built, by a name of each."""
    files: dict[str, bytes] = {}
    desk = Path(copytree(HARBOUR, folder / "desk"))
    facts = desk / "facts.yaml"
    text = facts.read_text(encoding="utf-8")
    shown = ", ".join(LANGUAGES)
    text = text.replace("languages: [en]", f"languages: [{shown}]") + SUMMARIES + ACCOUNTS
    facts.write_text(text, encoding="utf-8")
    for (paper, annex), form in product(sheets, (only,) if only else ("html", "pdf")):
        command = ["build", "--base", str(facts), "--cache", "off", "--format", form]
        command += ["--paper", paper, "--out", str(folder / "out")]
        for language in LANGUAGES[: 2 if form == "pdf" else None]:
            command += ["--lang", language]
        if not annex:
            command.append("--no-annex")
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as told:
            status = cli._status(command)  # noqa: SLF001 # the program but for its exit
        if status:
            raise SystemExit(told.getvalue())
        for path in sorted((folder / "out").glob(f"basin-closure.*.{form}")):
            files[f"{paper} {path.name}{'' if annex else ' short'}"] = path.read_bytes()
    return files


@contextmanager
def command(folder: Path) -> Iterator[Refuses]:
    """What `briefings verify` refuses."""

    def refuses(content: bytes, signer: Path | None) -> bool:
        path = folder / "given"
        path.write_bytes(content)
        (verdict,) = verify([path], signer=signer)
        return not verdict.is_good

    yield refuses


@contextmanager
def verifying_page(folder: Path) -> Iterator[Refuses]:
    """What the page for browsers refuses: whatever fails, and words that it could not compare."""
    page = folder / "verify.html"
    write_page(page)
    with sync_playwright() as playwright:
        # The sandbox does not start for root; the pages are our own.
        chromium = playwright.chromium.launch(
            executable_path=browser() or None, args=["--no-sandbox"]
        )
        with chromium as opened:
            tab = opened.new_page()
            tab.goto(page.as_uri())
            turns = count(1)

            def refuses(content: bytes, signer: Path | None) -> bool:
                given = folder / "given"
                given.write_bytes(content)
                # As a click on it does: the same name once more would be no change.
                tab.locator("#files").evaluate("(field) => { field.value = ''; }")
                tab.set_input_files("#files", [given] if signer is None else [given, signer])
                done = f"#verdicts[data-done='{next(turns)}']"
                tab.wait_for_selector(done, timeout=_LONGEST, state="attached")
                lines = tab.locator("#verdicts li").all_inner_texts()
                assert lines
                unsure = ("FAILS", "UNCHECKED: words", "UNCHECKED: data")
                return any(line.startswith(unsure) for line in lines)

            yield refuses


def signed_and_stripped(
    papers: Mapping[str, bytes], folder: Path, is_refused: Refuses
) -> list[str]:
    """Those of which the signed file is refused, or the stripped one taken for signed."""
    key, certificate = write_key(folder, "desk")
    signing = Signing(str(key), None, None, lambda: datetime(2024, 3, 10, tzinfo=UTC))
    with signer_of(signing) as signer:
        signed = {name: signer.pdf(content) for name, content in papers.items()}
    return [
        name
        for name, content in papers.items()
        if is_refused(signed[name], certificate)
        or unsigned(signed[name]) != content
        or not is_refused(content, certificate)
    ]


def _altered(content: bytes, kind: str, chance: random.Random) -> bytes:
    """The file after a change, under the name that its bytes give it where chance says so."""
    if kind in PAPERS:
        return PAPERS[kind](content, chance)
    changed = PAGES[kind](content, chance)
    if changed == content or chance.random() < 0.5:
        return changed
    return named(_NAME.sub(UNNAMED.encode(), changed, count=1), IN_PAGE)


def _within(pattern: re.Pattern[bytes], put: Callable[[bytes], bytes]) -> Alter:
    """One of the places of a pattern put otherwise."""

    def alter(content: bytes, chance: random.Random) -> bytes:
        found = list(pattern.finditer(content, max(content.find(b"<main"), 0)))
        if not found:
            return content
        place = chance.choice(found)
        return content[: place.start()] + put(place[0]) + content[place.end() :]

    return alter


def _exchanged(content: bytes, chance: random.Random) -> bytes:
    """Two texts in each other's place."""
    found = list(_TEXT.finditer(content, content.find(b"<main")))
    one, other = sorted(chance.sample(found, 2), key=lambda match: match.start())
    between = content[one.end() : other.start()]
    return content[: one.start()] + other[0] + between + one[0] + content[other.end() :]


def _pair_exchanged(pattern: re.Pattern[bytes]) -> Alter:
    """Two different things of one kind, and of one length, in each other's place, once each."""

    def alter(content: bytes, chance: random.Random) -> bytes:
        found = list(pattern.finditer(content, max(content.find(b"<main"), 0)))
        pairs = [
            (one, other)
            for one, other in pairwise(found)
            if one[0] != other[0] and len(one[0]) == len(other[0])
        ]
        if not pairs:
            return content
        one, other = chance.choice(pairs)
        between = content[one.end() : other.start()]
        return content[: one.start()] + other[0] + between + one[0] + content[other.end() :]

    return alter


def _prose(content: bytes, chance: random.Random) -> bytes:
    """A word of a summary or an account put otherwise."""
    places = [
        (told.start() + word.start(), told.start() + word.end())
        for told in _PROSE.finditer(content)
        for word in _WORD.finditer(told[0])
    ]
    if not places:
        return content
    start, end = chance.choice(places)
    return content[:start] + content[start:end][::-1] + content[end:]


def _byte(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return (
        content[:place] + bytes([content[place] ^ 1 << chance.randrange(7)]) + content[place + 1 :]
    )


PAGES: Mapping[str, Alter] = {
    "page: a word": _within(_TEXT, lambda text: text.replace(b" ", b" not ", 1)),
    "page: a text gone": _within(_TEXT, lambda _: b""),
    "page: a text twice": _within(_TEXT, lambda text: text + text),
    "page: texts exchanged": _exchanged,
    "page: a figure": _within(re.compile(rb"(?<=[>\s])\d+(?=[\s<.,])"), lambda text: text + b"0"),
    "page: a link": _within(re.compile(rb'href="#\w'), lambda text: text + b"1"),
    "page: an id": _within(re.compile(rb'id="\w'), lambda text: text + b"1"),
    "page: hidden": _within(_TAG, lambda tag: tag + b" hidden"),
    "page: turned round": _within(_TAG, lambda tag: tag + b' dir="rtl" lang="he"'),
    "page: unseen by style": _within(_TAG, lambda tag: tag + b' style="opacity:0"'),
    "page: turned by a letter": _within(_TEXT, lambda text: "\u202e".encode() + text),
    "page: closed": _within(_TAG, lambda tag: b"<details>" + tag),
    "page: for eyes alone": _within(_TAG, lambda tag: tag + b' aria-hidden="true"'),
    "page: another base": lambda content, _: content.replace(
        b"<title>", b'<base href="https://example.org/"><title>', 1
    ),
    "page: words by style": lambda content, _: content.replace(
        b"</style>", b'.statement::before{content:"Not so: "}</style>', 1
    ),
    "page: words put in their place": lambda content, _: content.replace(
        b"</style>", b'h1{font-size:0}h1::after{content:"It is open";font-size:2rem}</style>', 1
    ),
    "page: citations exchanged": _pair_exchanged(_CITATION),
    "page: paragraphs exchanged": _pair_exchanged(_PARAGRAPH),
    "page: what they lead to exchanged": _pair_exchanged(_PLACE),
    "page: a summary's words": _prose,
    "page: an invisible letter": _within(_TEXT, lambda text: text + "\u2060".encode()),
    "page: a byte": _byte,
    "page: cut off": lambda content, chance: content[: chance.randrange(len(content))],
    "page: more behind": lambda content, _: content + b"<p>More.</p>",
    "page: a style": lambda content, _: content.replace(b"<style>", b"<style>p{color:#fff}", 1),
    "page: a script": lambda content, _: content.replace(b"<script>", b"<script>1;", 1),
    "page: its policy": lambda content, _: content.replace(b"default-src 'none'", b"default-src *"),
}


def _contents(page: Any) -> Iterator[Any]:
    yield page.Contents


def _names_of_letters(page: Any) -> Iterator[Any]:
    yield from (font.ToUnicode for font in page.Resources.Font.values())


def _drawn_letters(page: Any) -> Iterator[Any]:
    for font in page.Resources.Font.values():
        yield font.DescendantFonts[0].FontDescriptor.FontFile2


def _in_stream(change: Alter, streams_of: Callable[[Any], Iterator[Any]] = _contents) -> Alter:
    """A stream that a page of a PDF uses changed, its content as a rule; all else put right."""

    def alter(content: bytes, chance: random.Random) -> bytes:
        opened = read_pdf(content)
        with opened.document:
            pages = opened.document.pages
            numbers = [each.objgen[0] for page in pages for each in streams_of(page.obj)]
        number = chance.choice(numbers)
        streams = {each: data for each, _, data in objects(content) if data is not None}
        if change(streams[number], random.Random(0)) == streams[number]:  # noqa: S311 # as above
            return content
        return rewritten(content, {number: lambda data: change(data, chance)})

    return alter


def _without_chance(change: Callable[[bytes], bytes]) -> Alter:
    """A change in which nothing is picked; none where a stream has not what it would change."""

    def alter(data: bytes, _: random.Random) -> bytes:
        try:
            return change(data)
        except IndexError:
            return data

    return alter


def _glyphs(data: bytes, chance: random.Random) -> bytes:
    """Two glyphs of a text in each other's place.

    Those that show nothing and stand alone in their row only tell readers of a direction: they
    have neither outline nor width, so nobody could see that they stand elsewhere.
    """
    alone = {match[1] for match in _ALONE.finditer(data)}
    found = [match for match in _GLYPHS.finditer(data) if match[0] not in alone]
    pairs = [(a, b) for a, b in pairwise(found) if a[0] != b[0]]
    if not pairs:
        return data
    one, other = chance.choice(pairs)
    between = data[one.end() : other.start()]
    return data[: one.start()] + other[0] + between + one[0] + data[other.end() :]


def _letter_named(table: bytes, chance: random.Random) -> bytes:
    """Two glyphs named as each other's letters."""
    named = list(_NAMED.finditer(table))
    picked = chance.choice(named)
    different = [match for match in named if match[0] != picked[0]]  # some forms share a letter
    if not different:
        return table
    one, other = sorted((picked, chance.choice(different)), key=lambda match: match.start())
    between = table[one.end() : other.start()]
    return table[: one.start()] + other[0] + between + one[0] + table[other.end() :]


def _letter_drawn(font: bytes, chance: random.Random) -> bytes:
    """A glyph drawn a little otherwise."""
    before = TrueType.read(font)
    places = before.places
    drawn = [glyph for glyph, (a, b) in enumerate(pairwise(places)) if a < b]
    start = font.index(before.tables[b"glyf"])
    for _ in range(99):
        glyph = chance.choice(drawn)
        place = start + chance.randrange(places[glyph] + 10, places[glyph + 1])
        changed = font[:place] + bytes([font[place] ^ 1]) + font[place + 1 :]
        with suppress(DamagedFont):
            if TrueType.read(changed).outline(glyph) != before.outline(glyph):
                return changed
    return font


def _piece(put: Callable[[bytes], bytes]) -> Alter:
    """A tagged piece put otherwise; those that show nothing, which WeasyPrint writes, stay."""

    def alter(data: bytes, chance: random.Random) -> bytes:
        found = [match for match in _PIECE.finditer(data) if b" TJ\n" in match[0]]
        if not found:
            return data
        place = chance.choice(found)
        return data[: place.start()] + put(place[0]) + data[place.end() :]

    return alter


def _shown(piece: bytes) -> bytes:
    """A piece without its tag."""
    return piece[piece.index(b"BDC\n") + 4 : piece.rindex(b"EMC\n")]


def _saved(change: Callable[[pikepdf.Pdf, random.Random], None]) -> Alter:
    """As another program writes the file after a change."""

    def alter(content: bytes, chance: random.Random) -> bytes:
        with pikepdf.open(BytesIO(content)) as document:
            change(document, chance)
            out = BytesIO()
            document.save(out)
        return out.getvalue()

    return alter


def _without_page(document: pikepdf.Pdf, chance: random.Random) -> None:
    del document.pages[chance.randrange(len(document.pages))]


def _pages_turned(document: pikepdf.Pdf, _: random.Random) -> None:
    document.pages.reverse()


def _page_turned(document: pikepdf.Pdf, chance: random.Random) -> None:
    chance.choice(list(document.pages)).Rotate = chance.choice((90, 180, 270))


def _page_twice(document: pikepdf.Pdf, chance: random.Random) -> None:
    document.pages.append(chance.choice(list(document.pages)))


def _in_object(name: bytes, change: Callable[[bytes, random.Random], bytes]) -> Alter:
    """The stream of an object that a name tells, changed, and all else put right."""

    def alter(content: bytes, chance: random.Random) -> bytes:
        number, data = next((each, data) for each, text, data in objects(content) if name in text)
        assert data is not None
        changed = change(data, chance)
        return content if changed == data else rewritten(content, {number: lambda _: changed})

    return alter


def _other_data(data: bytes, chance: random.Random) -> bytes:
    """A statement of the data put otherwise, by someone who puts their checksum right."""
    content = json.loads(data)
    del content[CHECKSUM]
    fact = chance.choice(content["facts"])
    word = chance.choice(list(_STATEMENT.finditer(fact["statement"])))
    fact["statement"] = word[0][::-1].join(
        (fact["statement"][: word.start()], fact["statement"][word.end() :])
    )
    return with_checksum(content).encode()


def _attached(document: pikepdf.Pdf, _: random.Random) -> None:
    document.attachments["more.txt"] = b"More."


def _unattached(document: pikepdf.Pdf, _: random.Random) -> None:
    del document.Root.Names["/EmbeddedFiles"]
    del document.Root["/AF"]


def _retitled(document: pikepdf.Pdf, _: random.Random) -> None:
    document.docinfo["/Title"] = "Another brief"


_UPDATE = b"1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"


def _updated(content: bytes, chance: random.Random) -> bytes:
    """A newer state of a page behind the file, one that shows nothing."""
    opened = read_pdf(content)
    with opened.document:
        number = chance.choice([page.obj.objgen[0] for page in opened.document.pages])
        root = opened.document.Root.objgen[0]
        tree = opened.document.Root.Pages.objgen[0]
        size = int(opened.document.trailer.Size)
    before = content[content.rindex(b"startxref\n") + 10 :].split(b"\n", 1)[0]
    page = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Resources<<>>>>" % tree
    update = b"%d 0 obj\n%b\nendobj\n" % (number, page)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(content))
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %b>>\n" % (size, root, before)
    place = len(content) + len(update)
    return content + update + table + trailer + b"startxref\n%d\n%%%%EOF\n" % place


PAPERS: Mapping[str, Alter] = {
    "PDF: glyphs exchanged": _in_stream(_glyphs),
    "PDF: letters named otherwise": _in_stream(_letter_named, _names_of_letters),
    "PDF: a letter drawn otherwise": _in_stream(_letter_drawn, _drawn_letters),
    "PDF: a text gone": _in_stream(_piece(lambda _: b"")),
    "PDF: a text twice": _in_stream(_piece(lambda piece: piece + _shown(piece))),
    "PDF: a text as decoration": _in_stream(
        _piece(lambda piece: piece + b"/Artifact\nBMC\n" + _shown(piece) + b"EMC\n")
    ),
    "PDF: a text that nobody sees": _in_stream(
        _piece(lambda piece: piece.replace(b"BT\n", b"BT\n3 Tr\n", 1))
    ),
    "PDF: a page gone": _saved(_without_page),
    "PDF: pages turned": _saved(_pages_turned),
    "PDF: a page turned": _saved(_page_turned),
    "PDF: a page twice": _saved(_page_twice),
    "PDF: links exchanged": _in_object(b"/ObjStm", _pair_exchanged(_LEADS)),
    "PDF: its data exchanged": _in_object(b"/EmbeddedFile", _other_data),
    "PDF: its metadata": _in_object(
        b"/Type /Metadata", _within(_TITLE, lambda title: title.replace(b"The", b"Not the", 1))
    ),
    "PDF: something attached": _saved(_attached),
    "PDF: its data gone": _saved(_unattached),
    "PDF: its title": _saved(_retitled),
    "PDF: an update behind it": lambda content, _: content + _UPDATE,
    "PDF: a page updated": _updated,
    "PDF: a byte": _byte,
    **{f"PDF: {look}": _in_stream(_without_chance(change)) for look, change in LOOKS.items()},
    "PDF: cut off": lambda content, chance: content[: chance.randrange(9, len(content))],
}


if __name__ == "__main__":
    sys.exit(main())
