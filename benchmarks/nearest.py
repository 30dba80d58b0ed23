"""The most that each limit lets through, made to cost what it can, and what commands take for it.

    python benchmarks/nearest.py [--only WORD] [--seconds 60]

Each input stands just below a limit of `briefings/core/limits.py`, of the kind that costs most of
those that were tried. Printed for each command: seconds of processor time, its workers and its own
start included, and how it ended. A command that takes longer than
`--seconds` is ended, and so is told as a hang.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from briefings.core import limits
from briefings.core.limits import Limit

PROGRAM = Path(sys.executable).with_name("briefings")
READING = (
    *("check", "fmt --check", "list facts", "find ship", "coverage a", "impact f"),
    *(
        "add --quote Nobody --statement Nobody. --credibility 2 --source a --topic t --dry-run",
        "build --format html",
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
    given = parser.parse_args()
    print("| limit | input | command | s | came to |\n|---|---|---|---|---|")
    for trial in trials():
        if given.only not in f"{trial.limit} {trial.what}":
            continue
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "desk"
            folder.mkdir()
            trial.make(folder)
            for command in trial.commands:
                spent, end = _cost(folder, command.split(), given.seconds)
                row = f"{spent:.1f} | {end}"
                print(f"| `{trial.limit}` | {trial.what} | `{command}` | {row} |", flush=True)


def _cost(folder: Path, arguments: list[str], seconds: int) -> tuple[float, str]:
    """Seconds of processor time of a command and its workers, and its end."""
    with tempfile.TemporaryFile() as told:
        kept = {"XDG_CACHE_HOME": str(folder.parent / "cache"), "BRIEFINGS_LIMITS": ""}
        words = ["prlimit", f"--cpu={seconds}", str(PROGRAM), *arguments]
        child = subprocess.Popen(  # noqa: S603 # our own program
            words, cwd=folder, env=os.environ | kept, stdout=told, stderr=told, stdin=told
        )
        _, status, spent = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        lines = told.read().decode(errors="replace").splitlines()
    codes = {each.partition("error[")[2].partition("]")[0] for each in lines if "error[" in each}
    end = f"{child.returncode} {', '.join(sorted(codes))}".strip()
    return spent.ru_utime + spent.ru_stime, end


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
                ("check", "build --format html") if not name else ("check", "repair"),
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


def _facts(folder: Path, count: int) -> None:
    """So many facts of one file, of one document for each hundred."""
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
        "edition: {as_of: 2024-03-10, period: week}\nsources:\n"
        + "".join(sources)
        + "topics: {t: {title: Harbour, weekly: true}}\nfacts:\n"
        + "".join(facts),
        encoding="utf-8",
    )


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
        *("capture-unpacked", "a Word document, paragraphs", _word),
        ("capture x.docx --dry-run",),
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
    yield Trial("file", "a record on record, keys", _record, ("check", "list issued", "impact f"))
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


def _record(folder: Path) -> None:
    desk(folder)
    issued = folder / "issued"
    issued.mkdir()
    (issued / "harbour.en.2024-03-10.json").write_text(
        _keys(below(limits.RECORD)), encoding="utf-8"
    )


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
