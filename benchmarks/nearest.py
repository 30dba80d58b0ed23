"""The most that each limit lets through, made to cost what it can, and what commands take for it.

    python benchmarks/nearest.py [--only WORD] [--seconds 60] [--memory MiB]

Each input stands just below a limit of `briefings/core/limits.py`, of the kind that costs most of
those that were tried. Printed for each command: seconds of processor time, its workers and its own
start included, the most memory that one of its processes held, and how it ended. A command that
takes longer than `--seconds` is ended. None of its processes may ask for more than `--memory`; one
that needs more has to end with a diagnostic.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

from briefings.compose.edition import compose
from briefings.core import limits
from briefings.core.limits import Limit
from briefings.core.model import FactId
from briefings.core.record import Record, to_json
from briefings.core.snapshot import Snapshot
from briefings.core.spec import EditionSpec, Window
from briefings.desk.checked import check_loaded
from briefings.load.desk import load

PROGRAM = Path(sys.executable).with_name("briefings")
READING = (
    *("check", "fmt --check", "list facts", "find ship", "coverage a", "impact f", "repair"),
    *(
        "add --quote Nobody --statement Nobody. --credibility 2 --source a --topic t --dry-run",
        "build --format html",
        "build --format pdf",
    ),
)
"""What reads a whole desk. `desk` and `lsp` read it as `check` does."""
_SENTENCE = "The ship left the port on 4 March 2024. Nobody was on board, the master said.\n"
_QUOTE = "The ship left the port"


@dataclass(frozen=True, slots=True)
class Trial:
    """What is made, and what reads it."""

    limit: str
    what: str
    make: Callable[[Path], None]
    commands: tuple[str, ...] = READING


def main() -> None:
    """One row for each input and command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="rows in whose limit or input this word stands")
    parser.add_argument("--seconds", type=int, default=60, help="of processor time, at most")
    parser.add_argument("--memory", type=int, default=1_536, help="mebibytes, of each process")
    given = parser.parse_args()
    print("| limit | input | command | s | MiB | came to |\n|---|---|---|---|---|---|")
    for trial in trials():
        if given.only not in f"{trial.limit} {trial.what}":
            continue
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "desk"
            folder.mkdir()
            trial.make(folder)
            for pattern in trial.commands:
                made = {
                    "html": next(folder.glob("out/t.en.html"), ""),
                    "pdf": next(folder.glob("out/t.en.pdf"), ""),
                    "record": next(folder.glob("issued/*.json"), ""),
                }
                if any(f"{{{name}}}" in pattern and not path for name, path in made.items()):
                    continue  # the command before did not come to it
                command = pattern.format(**made)
                row = _cost(folder, command.split(), given.seconds, given.memory)
                print(f"| `{trial.limit}` | {trial.what} | `{command}` | {row} |", flush=True)


_MEASURE = """
import os, sys
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, spent = os.wait4(child, 0)
with open(sys.argv[1], "w") as told:
    print(os.waitstatus_to_exitcode(status), spent.ru_utime + spent.ru_stime, file=told)
    print(spent.ru_maxrss // 1024, file=told)
"""
"""Between this program and the command, whose memory is else said to be at least what we hold."""


def _cost(folder: Path, arguments: list[str], seconds: int, memory: int) -> str:
    """Seconds of processor time of a command and its workers, its memory, and its end."""
    measured = folder.parent / "measured"
    kept = {"XDG_CACHE_HOME": str(folder.parent / "cache"), "BRIEFINGS_LIMITS": ""}
    most = (f"--cpu={seconds}", f"--as={memory * 2**20}")
    done = subprocess.run(  # noqa: S603 # our own program
        [
            sys.executable,
            "-S",
            "-c",
            _MEASURE,
            str(measured),
            "prlimit",
            *most,
            str(PROGRAM),
            *arguments,
        ],
        cwd=folder,
        env=os.environ | kept,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
    )
    code, took, mebibytes = measured.read_text().split()
    lines = done.stdout.decode(errors="replace").splitlines()
    codes = {each.partition("error[")[2].partition("]")[0] for each in lines if "error[" in each}
    other = [each for each in lines if each.startswith(("Traceback", "briefings:"))]
    end = " ".join([code, ", ".join(sorted(codes)), *other[-1:]]).strip()
    return f"{float(took):.1f} | {mebibytes} | {end}"


def below(limit: Limit, share: float = 0.99) -> int:
    """As much as just passes."""
    return int(limit.most * share)


def text(document: str = _SENTENCE, quote: str = _QUOTE, more: str = "", head: str = "") -> str:
    """A base of one fact."""
    digest = sha256(document.encode()).hexdigest()
    return (
        f"format: 1\ntitle: Trial\nlanguages: [en]\ntimezone: UTC\n{head}"
        "edition: {as_of: 2024-03-10, period: week}\nsources:\n"
        f"  a: {{file: a.txt, sha256: {digest}, title: R, publisher: P, origin: p, "
        "published: 2024-03-04, language: en, reliability: B, url: 'https://example.org/'}\n"
        "topics: {t: {title: Harbour, weekly: true}}\nfacts:\n"
        "  - {id: f, kind: event, topics: [t], statement: The ship left the port., "
        "date: 2024-03-04, credibility: 2, evidence: [{source: a, quote: "
        f"{json.dumps(quote)}}}]}}\n{more}"
    )


def desk(folder: Path, document: str = _SENTENCE, **fields: str) -> None:
    """A desk of one fact."""
    (folder / "a.txt").write_text(document, encoding="utf-8")
    (folder / "facts.yaml").write_text(text(document, **fields), encoding="utf-8")


def filled(piece: str, limit: Limit = limits.DOCUMENT) -> str:
    """A document of such pieces, as long as it may be, and our sentence behind them."""
    room = below(limit) - 2 * len(_SENTENCE)
    return f"{_SENTENCE}{piece * (room // len(piece.encode()))}\n{_SENTENCE}"


def trials() -> Iterator[Trial]:
    """All of them, limit by limit."""
    yield from _documents()
    yield from _bases()
    yield from _captured()
    yield from _given()
    yield from _papers()
    yield from _records()
    yield from _briefs()
    yield from _desks()
    yield from _looks()


def _documents() -> Iterator[Trial]:
    for what, piece in {
        "words": "the ship left a port ",
        "letters that stand for eighteen": "\ufdfa ",
        "soft hyphens": "a\u00ad",
        "joined Korean": "\u1112\u1161\u11ab",
        "marks upon each other": "a\u0301\u0323",
        "points": ". ",
        "figures": "4 March 2024, 12 ",
        "one letter": "a",
        "emoji": "\U0001f469\u200d\U0001f469 ",
    }.items():
        for name, quote in (("", _QUOTE), (", a lost quote", "The ship left the harbour twice")):
            yield Trial(
                "document",
                what + name,
                lambda folder, piece=piece, quote=quote: desk(folder, filled(piece), quote=quote),  # type: ignore[misc]
                ("check", "build --format html", "find ship", "coverage a")
                if not name
                else ("check", "repair"),
            )
    lines = _SENTENCE + "a\n" * (below(limits.LINES) - 2) + _SENTENCE
    yield Trial("lines", "of one letter", lambda folder: desk(folder, lines))
    long = _SENTENCE + ("the ship left a port in a storm, he\n" * below(limits.LINES))
    yield Trial("lines", "of ten words", lambda folder: desk(folder, long))


def _bases() -> Iterator[Trial]:
    values = below(limits.VALUES)
    yield Trial("values", "facts, all as they should be", lambda f: _facts(f, values // 21))
    for what, more in {
        "a list of texts": f"gaps: [{'1, ' * values}]\n",
        "empty facts": "  - {}\n" * (values // 2),
        "unknown keys": "x: {" + "".join(f"k{n}: 1, " for n in range(values // 3)) + "}\n",
        "maps in maps": "x: [" + "{a: {b: {c: 1}}}, " * (values // 8) + "]\n",
    }.items():
        yield Trial("values", what, lambda folder, more=more: desk(folder, more=more))  # type: ignore[misc]
    deep = "x: [" + ("[" * 95 + "]" * 95 + ", ") * (values // 100) + "]\n"
    yield Trial("depth", "a list in a list, again and again", lambda f: desk(f, more=deep))
    comment = "# the ship left the port\n"
    yield Trial("base", "comments", lambda f: desk(f, more=comment * (60 * 2**20 // len(comment))))
    words = "the ship left the port, he said, with 12 of 30 hands, " * 180
    for what, said in {
        "sentences": words,
        "points": "a. " * 3_300,
        "figures": "4 March 2024, " * 700,
        "hyphens": "a-" * 4_900,
    }.items():
        more = "".join(
            f"  - {{id: g{n}, kind: event, topics: [t], statement: {json.dumps(said[:9_990])}, "
            "date: 2024-03-04, credibility: 2, evidence: [{source: a, quote: The ship}]}\n"
            for n in range(100)
        )
        yield Trial("text", f"a hundred statements of {what}", lambda f, m=more: desk(f, more=m))  # type: ignore[misc]
    quote = ("The ship left the port ... " * 400)[:9_990]
    yield Trial("text", "a quote of ellipses", lambda folder: desk(folder, quote=quote))
    yield Trial("pattern", "a thousand patterns, a thousand files", _patterns)


def _facts(folder: Path, count: int, files: int = 1) -> None:
    """So many facts of so many files, of one document for each hundred."""
    lines = [f"Boat {number} left the port on 4 March 2024.\n" for number in range(count)]
    sources = []
    for first in range(0, count, 100):
        content = "".join(lines[first : first + 100])
        (folder / f"a{first}.txt").write_text(content, encoding="utf-8")
        sources.append(
            f"  a{first}: {{file: a{first}.txt, sha256: {sha256(content.encode()).hexdigest()}, "
            "title: R, publisher: P, origin: p, published: 2024-03-04, language: en, "
            "reliability: B, url: 'https://example.org/'}\n"
        )
    facts = [
        f"  - {{id: f{number}, kind: event, topics: [t], statement: Boat {number} left the "
        "port., date: 2024-03-04, credibility: 2, evidence: "
        f"[{{source: a{number // 100 * 100}, quote: Boat {number} left the port}}]}}\n"
        for number in range(count)
    ]
    (folder / "facts.yaml").write_text(
        "format: 1\ntitle: Trial\nlanguages: [en]\ntimezone: UTC\n"
        + ("include: ['more*.yaml']\n" if files > 1 else "")
        + "edition: {as_of: 2024-03-10, period: week}\nsources:\n"
        + "".join(sources)
        + "topics: {t: {title: Harbour, weekly: true}}\nfacts:\n"
        + "".join(facts[::files]),
        encoding="utf-8",
    )
    for number in range(1, files):
        more = "".join(facts[number::files])
        (folder / f"more{number}.yaml").write_text(f"facts:\n{more}", encoding="utf-8")


def _patterns(folder: Path) -> None:
    more = folder / "more"
    more.mkdir()
    for number in range(990):
        (more / f"{'a' * 100}{number}.txt").touch()
    each = ", ".join(f"'more/{'*a' * 20}{number}*.yaml'" for number in range(999))
    desk(folder, head=f"include: [{each}]\n")


def _captured() -> Iterator[Trial]:
    most = below(limits.CAPTURE)
    paragraph = "<p>The ship left the port on 4 March 2024.</p>\n"
    picture = '<img src="data:image/png;base64,' + "A" * (most - 5_000) + '" alt="">'
    for what, body in {
        "paragraphs": paragraph * (most // len(paragraph)),
        "elements within each other": "<div>" * (most // 5),
        "a picture of data": paragraph * 50 + picture,
        "elements without end": paragraph + "<b a=b>" * (most // 8),
        "one text": "<p>" + "the ship left a port " * (most // 22),
        "rows of a table": "<table>" + "<tr><td>a<td>b" * (most // 14),
        "entities": "<p>" + "&amp;" * (most // 6),
    }.items():
        page = f"<!doctype html><title>Ship</title><body>{body}"
        yield Trial(
            "capture", f"a page, {what}", _file("x.html", page), ("capture x.html --dry-run",)
        )
    yield Trial(
        *("capture", "a text", _file("x.txt", "the ship left a port " * (most // 21))),
        ("capture x.txt --dry-run",),
    )
    mail = "From: a@example.org\nSubject: x\nDate: Mon, 4 Mar 2024 10:00:00 +0000\n\n"
    yield Trial(
        *("capture", "a letter", _file("x.eml", mail + "the ship left a port\n" * (most // 21))),
        ("capture x.eml --dry-run",),
    )
    yield Trial(
        *("capture-unpacked", "a Word document, paragraphs", _word), ("capture x.docx --dry-run",)
    )


def _file(name: str, content: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        desk(folder)
        (folder / name).write_text(content, encoding="utf-8")

    return make


def _word(folder: Path) -> None:
    desk(folder)
    paragraph = "<w:p><w:r><w:t>The ship left the port.</w:t></w:r></w:p>"
    body = paragraph * (below(limits.CAPTURE_UNPACKED) // len(paragraph))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r" Type="{office}" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
    }
    with zipfile.ZipFile(folder / "x.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def _given() -> Iterator[Trial]:
    most = below(limits.FILE)
    for what, name, content in (
        ("a page, one text", "x.html", "<!doctype html><p>" + "a" * most),
        ("a page, elements", "x.html", "<!doctype html>" + "<p>a" * (most // 4)),
        ("a page, script in script", "x.html", "<!doctype html>" + "<script>" * (most // 8)),
        ("a page, comments without end", "x.html", "<!doctype html>" + "<!--" * (most // 4)),
        ("a PDF, objects", "x.pdf", "%PDF-1.7\n" + "1 0 obj\nnull\nendobj\n" * (most // 20)),
        ("a PDF, streams", "x.pdf", "%PDF-1.7\n" + "1 0 obj\n<<>>stream\n" * (most // 19)),
        ("a record, a list", "x.json", "[" + "1," * (most // 2) + "1]"),
        ("a record, lists in lists", "x.json", "[" + "[" * (most // 2)),
        ("a record, keys", "x.json", _keys(most)),
    ):
        yield Trial("file", what, _file(name, content), (f"verify {name}", f"diff {name} {name}"))
    for what, name, content in (
        ("highlights, a list", "x.json", "[" + "{}," * (below(limits.HIGHLIGHTS) // 3) + "{}]"),
        ("highlights, rows", "x.csv", "Highlight,Title\n" + "The ship,R\n" * (15 * 2**20 // 11)),
        ("highlights, notes", "x.json", _notes()),
    ):
        yield Trial("highlights", what, _file(name, content), (f"import {name} --dry-run",))


def _keys(most: int) -> str:
    return "{" + ",".join(f'"{n:08}":1' for n in range(most // 13)) + "}"


def _notes() -> str:
    rows = below(limits.HIGHLIGHTS) // 120
    note = {"uri": "https://example.org/", "target": [{"selector": [{"exact": "The ship left"}]}]}
    return json.dumps({"rows": [note] * rows, "total": rows})


def _records() -> Iterator[Trial]:
    reading = ("check", "list issued", "impact f0", "diff {record} {record}")
    yield Trial("record", "a record on record, keys", _record, reading[:3])
    facts = 60_000
    for what, standing, several in (
        ("facts that have vanished", 1, 1),
        ("facts that stand", facts, 1),
        ("four of facts that stand", facts, 4),
    ):
        make = partial(_issued, facts, standing, several)
        yield Trial("record", f"on record, {what}", make, reading)


def _record(folder: Path) -> None:
    desk(folder)
    issued = folder / "issued"
    issued.mkdir()
    (issued / "harbour.en.2024-03-10.json").write_text(
        _keys(below(limits.RECORD)), encoding="utf-8"
    )


def _issued(facts: int, standing: int, several: int, folder: Path) -> None:
    """Records of so many facts each, of a desk on which so many of them stand."""
    _facts(folder, 1)
    snapshot = _snapshot(folder)
    _facts(folder, standing)
    first = snapshot.facts[0]
    told = tuple(replace(first, id=FactId(f"f{number}")) for number in range(facts))
    issued = folder / "issued"
    issued.mkdir()
    for day in range(several):
        as_of = snapshot.as_of - timedelta(days=several - day)
        of_day = replace(snapshot, facts=told, as_of=as_of, known_by=as_of)
        record = Record(of_day, {})
        content = to_json(record)
        assert len(content) < limits.RECORD.most, len(content)
        (issued / record.name).write_text(content, encoding="utf-8")


def _snapshot(folder: Path) -> Snapshot:
    """What the first edition of a desk would say."""
    checked = check_loaded(load(folder / "facts.yaml")).checked
    assert checked is not None
    topic = next(iter(checked.base.topics))
    day = date(2024, 3, 10)
    window = Window(date(2024, 3, 4), day)
    return compose(checked, EditionSpec(topic, (topic,), day, day, window, "en")).snapshot


def _papers() -> Iterator[Trial]:
    most = below(limits.FILE)
    commands = ("verify x.pdf", "diff x.pdf x.pdf")
    read = ("capture x.pdf --dry-run",)
    for what, make in {
        "a stream": lambda size: _pdf([b"<<>>", _stream(b"", bytes(size))]),
        "an unpacked stream": lambda size: _pdf(
            [b"<<>>", _stream(b"", b"a" * (size - 9), packed=False)]
        ),
        "objects": lambda size: _pdf([b"null"] * min(990_000, size // 30)),
        "pages": lambda size: _pdf([_PAGE] * (size // (len(_PAGE) + 50)), pages=True),
        "pages of one drawing": lambda size: _pdf(
            [_PAGE] * 490 + [_stream(b"", b"(a) Tj 0 1 Td " * (size // 14), packed=True)],
            pages=True,
        ),
        "lists in lists": lambda size: _pdf([b"[" * (size // 2) + b"]" * (size // 2)]),
        "lists in lists, often": lambda size: _pdf([b"[" * 90 + b"]" * 90] * (size // 210)),
        "a tree of pages": lambda size: _deep(min(900_000, size // 90)),
        "names": lambda size: _pdf([b"<<" + b"/A 1" * (size // 4) + b">>"]),
        "texts": lambda size: _pdf([b"(" + b"a" * size + b")"]),
    }.items():
        yield Trial("file", f"a PDF, {what}", _bytes("x.pdf", partial(make, most)), commands)
        if what != "an unpacked stream":
            size = below(limits.CAPTURE)
            yield Trial("capture", f"a PDF, {what}", _bytes("x.pdf", partial(make, size)), read)


_PAGE = b"<</Type /Page/Parent 2 0 R/MediaBox [0 0 9 9]/Resources <<>>/Contents 4 0 R>>"


def _pdf(objects: Sequence[bytes], *, pages: bool = False) -> bytes:
    """A PDF in the form of ours: catalog, tree of pages, and these objects from number 3 on.

    With `pages`, those of them that are pages are in the tree.
    """
    kids = [number for number, each in enumerate(objects, start=3) if pages and each is _PAGE]
    listed = b" ".join(b"%d 0 R" % number for number in kids)
    tree = b"<</Type /Pages/Kids [%b]/Count %d>>" % (listed, len(kids))
    return _written([b"<</Type /Catalog/Pages 2 0 R>>", tree, *objects])


def _deep(levels: int) -> bytes:
    """A tree of pages of one branch."""
    nodes = [
        b"<</Type /Pages/Kids [%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1)
        for number in range(3, levels + 3)
    ]
    last = b"<</Type /Page/Parent %d 0 R/MediaBox [0 0 9 9]/Resources <<>>/Contents []>>"
    root = b"<</Type /Pages/Kids [3 0 R]/Count 1>>"
    head = b"<</Type /Catalog/Pages 2 0 R>>"
    return _written([head, root, *nodes, last % (levels + 2)])


def _written(objects: Sequence[bytes]) -> bytes:
    parts = [b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"]
    at, rows = len(parts[0]), [bytes(6)]
    for number, text in enumerate(objects, start=1):
        rows.append(b"\x01" + at.to_bytes(4, "big") + b"\x00")
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, text))
        at += len(parts[-1])
    rows.append(b"\x01" + at.to_bytes(4, "big") + b"\x00")
    about = b"/Type /XRef/Index [0 %d]/W [1 4 1]/Size %d/Root 1 0 R" % (len(rows), len(rows))
    table = _stream(about, b"".join(rows))
    parts.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(rows) - 1, table, at))
    return b"".join(parts)


def _stream(about: bytes, data: bytes, *, packed: bool = True) -> bytes:
    held = zlib.compress(data, 9) if packed else data
    how = b"/Filter /FlateDecode" if packed else b""
    return b"<<%b%b/Length %d>>\nstream\n%b\nendstream" % (about, how, len(held), held)


def _bytes(name: str, content: Callable[[], bytes]) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        desk(folder)
        (folder / name).write_bytes(content())

    return make


def _briefs() -> Iterator[Trial]:
    """Briefs that the program makes itself, as large as its data may be."""
    facts = 8_000
    commands = (
        *("build --format html --out out", "verify {html}", "verify {html} --desk ."),
        *("diff {html} {html}", "build --format pdf --out out", "verify {pdf}", "diff {pdf} {pdf}"),
    )
    yield Trial("data", f"a brief of {facts:,} facts", lambda f: _facts(f, facts), commands)


def _desks() -> Iterator[Trial]:
    reading = ("check", "find ship", "coverage a0")
    count = below(limits.DOCUMENTS) // below(limits.DOCUMENT)
    yield Trial("documents", "words, a quote of each", lambda f: _library(f, count), reading)
    yield Trial(
        *("documents", "words, a lost quote of each"),
        lambda f: _library(f, count, "The ship left the harbour twice"),
        reading,
    )
    topics = below(limits.PAGES) // 4
    yield Trial("pages", "so many topics", lambda f: _topics(f, topics), ("check", "list briefs"))
    files = below(limits.ALL_VALUES) // below(limits.VALUES)
    yield Trial(
        *("all-values", "facts, all as they should be"),
        lambda f: _facts(f, below(limits.ALL_VALUES) // 21, files),
        ("check",),
    )


def _library(folder: Path, count: int, quote: str = _QUOTE) -> None:
    """Documents of so many words, and a fact of each."""
    content = filled("the ship left a port ")
    desk(folder)
    base = (folder / "facts.yaml").read_text(encoding="utf-8")
    source = next(line for line in base.splitlines(keepends=True) if line.startswith("  a: "))
    fact = base[base.index("  - {id: f") :]
    old = sha256(_SENTENCE.encode()).hexdigest()
    sources, facts = "", ""
    for number in range(count):
        own_text = f"{content}{number}\n"
        digest = sha256(own_text.encode()).hexdigest()
        (folder / f"a{number}.txt").write_text(own_text, encoding="utf-8")
        own = source.replace("a:", f"a{number}:", 1).replace("a.txt", f"a{number}.txt")
        sources += own.replace(old, digest)
        facts += (
            fact.replace("{id: f", f"{{id: f{number}")
            .replace("source: a,", f"source: a{number},")
            .replace(json.dumps(_QUOTE), json.dumps(quote))
        )
    (folder / "facts.yaml").write_text(
        base.replace(source, source + sources) + facts, encoding="utf-8"
    )


def _topics(folder: Path, count: int) -> None:
    desk(folder)
    path = folder / "facts.yaml"
    base = path.read_text(encoding="utf-8")
    more = "".join(
        f", t{number}: {{title: Quay {number}, weekly: true}}" for number in range(count)
    )
    path.write_text(base.replace("weekly: true}}", f"weekly: true}}{more}}}"), encoding="utf-8")


def _looks() -> Iterator[Trial]:
    most = below(limits.TEMPLATE)
    head = (
        '{% extends "base.html.j2" %}{% block title %}x{% endblock %}'
        "{% block marking_label %}{{ edition.marking.label }}{% endblock %}"
        '{% block body %}<main id="main">'
    )
    for what, body in {
        "expressions": "{{ 1 }}" * (most // 7),
        "one text": "a" * most,
        "elements": "<p>a</p>" * (most // 8),
        "conditions": "{% if 1 %}{% endif %}" * (most // 21),
        "a loop": "{% for n in range(49000) %}{% for m in range(1000) %}a{% endfor %}{% endfor %}",
        "a loop without end": "{% for a in range(99999) %}{% for b in range(99999) %}"
        "{% endfor %}{% endfor %}",
    }.items():
        limit = "page" if what == "a loop" else "page-time" if "end" in what else "template"
        yield Trial(
            *(limit, f"{what}", _look("brief.html.j2", f"{head}{body}</main>{{% endblock %}}")),
            ("build --format html",),
        )
    for what, rules in {
        "rules": "a{color:red}" * (most // 12),
        "one selector": "a," * (most // 2) + "a{color:red}",
        "selectors within each other": "a " * (most // 2) + "{color:red}",
        "media": "@media screen{" * (most // 14),
        "brackets": "a{x:" + "(" * most,
        "is within is": ":is(" * (most // 4),
        "variables": "a{" + "".join(f"--v{n}:1;" for n in range(most // 10)) + "}",
    }.items():
        yield Trial(
            *("template", f"style, {what}", _look("brief.css", rules)),
            ("build --format html", "build --format pdf"),
        )


def _look(name: str, content: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        desk(folder)
        (folder / "templates").mkdir()
        (folder / "templates" / name).write_text(content, encoding="utf-8")

    return make


if __name__ == "__main__":
    main()
