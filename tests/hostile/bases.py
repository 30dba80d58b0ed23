"""Hostile and broken desks: each a small sound desk with one thing in it that means harm."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

DOCUMENT = "The ship left the port on 4 March 2024. Nobody was on board, the master said.\n"

Harm: TypeAlias = Callable[[Path], None]
"""What is done to the folder of a sound desk."""


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile desk: its kind, a name of its own, and what is done to a sound one."""

    kind: str
    name: str
    harm: Harm


def text(**fields: str) -> str:
    """The base of a sound desk of one fact; `fields` take the place of what stands there."""
    parts = {
        "head": "format: 1\ntitle: Trial desk\nlanguages: [en]\ntimezone: UTC\n",
        "edition": "edition: {as_of: 2024-03-10, period: week}\n",
        "file": "a.txt",
        "sha256": sha256(DOCUMENT.encode()).hexdigest(),
        "source": "a",
        "title": "Report",
        "publisher": "The Paper",
        "url": "https://example.org/report",
        "topic": "t",
        "topic_title": "Harbour",
        "fact": "f",
        "statement": "The ship left the port.",
        "quote": "The ship left the port",
        "date": "2024-03-04",
        "keys": "",
        "more": "",
    } | fields
    return (
        "{head}{edition}sources:\n"
        "  {source}:\n"
        "    file: {file}\n    sha256: {sha256}\n    title: {title}\n"
        "    publisher: {publisher}\n    origin: paper\n    published: 2024-03-04\n"
        "    language: en\n    reliability: B\n    url: {url}\n"
        "topics:\n  {topic}: {{title: {topic_title}, weekly: true}}\n"
        "facts:\n"
        "  - id: {fact}\n    kind: event\n    topics: [{topic}]\n    statement: {statement}\n"
        "    date: {date}\n    credibility: 2\n{keys}"
        "    evidence:\n      - source: {source}\n        quote: {quote}\n"
        "{more}"
    ).format(**parts)


def sound(folder: Path) -> Path:
    """A sound desk in `folder`; its base."""
    (folder / "a.txt").write_text(DOCUMENT, encoding="utf-8")
    base = folder / "facts.yaml"
    base.write_text(text(), encoding="utf-8")
    return base


def put(folder: Path, content: bytes | str, name: str = "facts.yaml") -> None:
    """A file of a desk, with the folders above it; half a character is written as it is."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    )


def whole(content: bytes | str) -> Harm:
    """Another base altogether."""
    return lambda folder: put(folder, content)


def base(**fields: str) -> Harm:
    """The base with other fields."""
    return whole(text(**fields))


def _quoted(value: str) -> str:
    """A text as YAML in double quotes, each sign as it is but for what YAML does not allow."""
    return json.dumps(value, ensure_ascii=True)


def bind(path: Path) -> None:
    """A socket of that name."""
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(path.parent)  # a socket's path may not be long
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


def captured(document: bytes, **fields: str) -> Harm:
    """A document of these bytes, its hash on record, and a base that cites it."""

    def harm(folder: Path) -> None:
        put(folder, document, "a.txt")
        put(folder, text(sha256=sha256(document).hexdigest(), **fields))

    return harm


def _cited(document: str, **fields: str) -> Harm:
    return captured(document.encode("utf-8", "surrogatepass"), **fields)


# YAML


def _yaml() -> Iterator[tuple[str, Harm]]:  # noqa: PLR0915 # a table
    laughs = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    yield "billion laughs", whole(laughs + text())
    yield "anchor in itself", whole("x: &x [*x]\n" + text())
    yield "alias of nothing", base(keys="    note: *nothing\n")
    yield "alias of a title", base(title="&t Report", publisher="*t")
    yield "python object", whole(text() + "x: !!python/object/apply:os.system ['true']\n")
    yield "python name", base(title="!!python/name:os.system")
    yield "binary", base(title="!!binary aGVsbG8=")
    yield "own tag", base(title="!secret x")
    yield "set", base(keys="    places: !!set {a, b}\n")
    yield "merge key", base(keys="    <<: {kind: figure}\n")
    yield "key twice", base(keys="    kind: figure\n")
    yield "key of a list", base(keys="    ? [a, b]\n    : c\n")
    yield "key that is no text", whole(text() + "1: x\n")
    yield "null key", whole(text() + "~: x\n")
    yield "two documents", whole(text() + "---\n" + text())
    yield "other version", whole("%YAML 9.9\n---\n" + text())
    yield "directive", whole("%TAG ! tag:example.org,2000:\n---\n" + text())
    yield "tab", whole(text().replace("    kind", "\tkind"))
    yield "quote without end", base(title='"Report')
    yield "bracket without end", base(keys="    places: [a, b\n")
    yield "brackets by the thousand", whole("[" * 100_000)
    yield "braces by the thousand", whole("{a: " * 50_000)
    yield "dashes by the thousand", whole("- " * 50_000)
    yield "deep block", whole("".join(" " * n + "a:\n" for n in range(3000)))
    yield "deep brackets closed", base(keys=f"    note: {'[' * 5000}{']' * 5000}\n")
    yield "nothing", whole("")
    yield "only a comment", whole("# nothing\n")
    yield "a text", whole("hello")
    yield "a list", whole("- a\n- b\n")
    yield "a number", whole("17")
    yield "NUL", whole(text().encode() + b"\0")
    yield "escape", whole(text().encode() + b"\x1b[2Jx: 1\n")
    yield "no UTF-8", whole(text().encode() + b"# \xff\xfe\n")
    yield "UTF-16", whole(text().encode("utf-16"))
    yield "UTF-32", whole(text().encode("utf-32"))
    yield "two byte order marks", whole(b"\xef\xbb\xbf" * 2 + text().encode())
    yield "only a byte order mark", whole(b"\xef\xbb\xbf")
    yield "line ends that do not show", whole(text().replace("\n", "\u0085"))
    yield "indent of nine", base(statement="|9\n" + " " * 13 + "The ship left the port.")
    yield "overlong UTF-8", whole(text().encode() + b"# \xc0\xaf\n")
    yield "lone surrogate", base(statement=r'"The ship left \ud800 the port."')
    yield "surrogate in bytes", whole(text().encode() + b"# \xed\xa0\x80\n")
    yield "code beyond Unicode", base(title=r'"\U00110000"')
    yield "unknown escape", base(title=r'"\q"')
    yield "comment that cuts a text", base(statement="The ship #1 left the port.")
    yield "long line", base(more="# " + "x" * 3_000_000 + "\n")
    yield "comments by the thousand", base(more="# x\n" * 60_000)
    yield "key of a megabyte", whole(text() + "x" * 1_000_000 + ": 1\n")
    yield "unknown section", whole(text() + "__class__: {}\n")
    yield "unknown field", base(keys="    __init__: x\n")
    yield "infinite", base(date=".inf")
    yield "not a number", base(keys="    outcome_of: .nan\n")
    yield "date that is none", base(date="2024-02-30")
    yield "date in other digits", base(date="٢٠٢٤-٠٣-٠٤")
    yield "time that ends before it begins", base(date="2024-12-31/2024-01-01")
    yield "year by its power", base(date="Y1E9")
    yield "year before the first", base(date="-0044-03-15")
    yield "SHA-256 in wide letters", base(sha256="Ａ" * 64)
    yield "year of five digits", base(date="10000-01-01")
    yield "date of a thousand digits", base(date="9" * 1000)
    yield "octal id", base(fact="0o17")
    yield "boolean id", base(fact="yes")
    yield "list for a text", base(statement="[a, b]")
    yield "map for a text", base(title="{__proto__: x}")
    yield "text for a list", base(keys="    places: a\n")
    yield (
        "thousand languages",
        base(head="format: 1\ntitle: Trial\nlanguages: [" + ", ".join(["en"] * 1000) + "]\n"),
    )
    yield "language that is none", base(head="format: 1\ntitle: T\nlanguages: [../../etc]\n")
    yield "format of another time", base(head="format: 99\ntitle: T\nlanguages: [en]\n")
    yield (
        "time zone that is a path",
        base(head="format: 1\ntitle: T\nlanguages: [en]\ntimezone: ../../etc/passwd\n"),
    )


# Paths


def _linked(folder: Path) -> None:
    outside = folder.parent / "outside.txt"
    outside.write_text(DOCUMENT, encoding="utf-8")
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to(outside)


def _linked_base(folder: Path) -> None:
    outside = folder.parent / "outside.yaml"
    outside.write_text("facts: []\n", encoding="utf-8")
    (folder / "more.yaml").symlink_to(outside)
    put(folder, text(more="include: [more.yaml]\n"))


def _linked_folder(folder: Path) -> None:
    (folder / "seeds").symlink_to(folder.parent)
    put(folder, text(file="seeds/outside.txt"))


def _fifo(folder: Path) -> None:
    (folder / "a.txt").unlink()
    os.mkfifo(folder / "a.txt")


def _folder(folder: Path) -> None:
    (folder / "a.txt").unlink()
    (folder / "a.txt").mkdir()


def _include_itself(folder: Path) -> None:
    put(folder, text(more="include: [facts.yaml]\n"))


def _deep_tree(folder: Path) -> None:
    place = folder
    for _ in range(300):
        place = place / "d"
    place.mkdir(parents=True)
    put(folder, text(more="include: ['**/*.yaml']\n"))


def _odd_name(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/more-\xff.yaml")).write_text(
        "facts: []\n", encoding="utf-8"
    )
    put(folder, text(more="include: ['more*.yaml']\n"))


def _large_document(folder: Path) -> None:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(5 * 2**20)


def _paths() -> Iterator[tuple[str, Harm]]:
    for name, path in {
        "above": "../outside.txt",
        "above within": "seeds/../../outside.txt",
        "root": "/etc/passwd",
        "home": "~/secret.txt",
        "file address": "file:///etc/passwd",
        "web address": "https://example.org/a.txt",
        "back slashes": r"..\outside.txt",
        "drive": r"C:\a.txt",
        "device": "/dev/zero",
        "process": "/proc/self/environ",
        "dot": ".",
        "slash at the end": "a.txt/",
        "two slashes": "seeds//a.txt",
        "spaces": "'  a.txt'",
        "long name": "x" * 5000,
        "nothing": "''",
        "NUL": r'"a\0.txt"',
        "new line": r'"a\n.txt"',
        "override": r'"a\u202etxt.a"',
        "pattern": "'*.txt'",
    }.items():
        yield name, base(file=path)
    yield "link", _linked
    yield "link to a base", _linked_base
    yield "link to a folder", _linked_folder
    yield "pipe", _fifo
    yield "folder", _folder
    yield "include above", base(more="include: ['../*.yaml']\n")
    yield "include of the root", base(more="include: ['/etc/*']\n")
    yield "include of itself", _include_itself
    yield "include of stars", base(more=f"include: ['{'*' * 2000}a.yaml']\n")
    yield "include of stars and letters", base(more=f"include: ['{'*a' * 60}.yaml']\n")
    yield "include of a deep tree", _deep_tree
    yield "include of an odd name", _odd_name
    yield "include of nothing", base(more="include: [nothing.yaml]\n")
    yield "document too large", _large_document
    yield "document that is gone", lambda folder: (folder / "a.txt").unlink()
    yield "document that is empty", lambda folder: put(folder, b"", "a.txt")
    yield "document that was changed", lambda folder: put(folder, b"Else.\n", "a.txt")
    yield "hash of another length", base(sha256="abc")
    yield "hash with a letter that is none", base(sha256="g" * 64)


# Names


def _names() -> Iterator[tuple[str, Harm]]:
    for name, written in {
        "above": "../x",
        "slash": "a/b",
        "markup": "<b>x</b>",
        "quote": "'a\"b'",
        "space": "a b",
        "dot": ".hidden",
        "capital": "Fact",
        "empty": "''",
        "override": r'"f\u202eg"',
        "no letters of ours": "факт",
        "long": "x" * 2000,
        "line": r'"a\nb"',
        "percent": "a%2fb",
        "template": "'{{ 7 * 7 }}'",
        "command": "'::error::x'",
        "dash": "-x",
    }.items():
        yield f"fact {name}", base(fact=written)
        if name in ("above", "markup", "override", "long", "command"):
            yield f"topic {name}", base(topic=written)
            yield f"source {name}", base(source=written)
    yield "fact twice", lambda folder: put(folder, text() + _second("f"))
    yield "fact alike", lambda folder: put(folder, text() + _second("F"))


def _second(name: str) -> str:
    return (
        f"  - id: {name}\n    kind: event\n    topics: [t]\n"
        "    statement: The ship left the port.\n"
        "    date: 2024-03-04\n    credibility: 2\n"
        "    evidence: [{source: a, quote: The ship left the port}]\n"
    )


# Addresses


def _addresses() -> Iterator[tuple[str, Harm]]:
    for name, address in {
        "script": "javascript:alert(1)",
        "script in capitals": "JaVaScRiPt:alert(1)",
        "script behind a tab": r'"java\tscript:alert(1)"',
        "data": "data:text/html,<script>alert(1)</script>",
        "file": "file:///etc/passwd",
        "ftp": "ftp://example.org/x",
        "blob": "blob:https://example.org/x",
        "no scheme": "//example.org/x",
        "relative": "x/y.html",
        "back slash": r"'https://example.org\.evil.example/'",
        "port": "https://example.org:99999/",
        "port of letters": "https://example.org:http/",
        "bracket": "'https://[::1/'",
        "bracket that is no address": "'https://[nonsense]/'",
        "user": "https://example.org@evil.example/",
        "space": "'https://example.org/a b'",
        "line": r'"https://example.org/\nx"',
        "NUL": r'"https://example.org/\0"',
        "override": r'"https://example.org/\u202egpj.x"',
        "no host": "https:///x",
        "dots": "https://../x",
        "look-alike host": "https://ex\u0430mple.org/",
        "encoded dot": "https://example.org%2eevil.example/",
        "quote": "'https://example.org/\"onmouseover=alert(1)'",
        "markup": "'https://example.org/<script>'",
        "very long": "https://example.org/" + "x" * 100_000,
    }.items():
        yield name, base(url=address)


# Characters


def _characters() -> Iterator[tuple[str, Harm]]:
    signs = {
        "override": "\u202e",
        "embedding": "\u202b",
        "isolate": "\u2067",
        "zero width space": "\u200b",
        "word joiner": "\u2060",
        "byte order mark": "\ufeff",
        "tag": "\U000e0041",
        "bell": "\u0007",
        "escape": "\u001b",
        "next line": "\u0085",
        "line separator": "\u2028",
        "no character": "\ufffe",
        "private use": "\ue000",
        "filler": "\u3164",
        "variation": "\ufe0f",
    }
    for name, sign in signs.items():
        yield f"{name} in a statement", base(statement=_escaped(f"The ship{sign} left the port."))
        yield f"{name} in a title", base(title=_escaped(f"Re{sign}port"))
    yield (
        "two scripts in a name",
        base(more="actors:\n  m: {name: \u041caster Brown, kind: person}\n"),
    )
    yield "two scripts in a word", base(publisher="The P\u0430per")
    yield "many marks on a letter", base(title=_escaped("Re" + "\u0301" * 300 + "port"))


def _escaped(value: str) -> str:
    """A text as YAML in double quotes, with codes for what does not show."""
    written = "".join(
        char if " " <= char < "\u0300" and char not in '"\\\u0085' else f"\\U{ord(char):08x}"
        for char in value
    )
    return f'"{written}"'


# What a sentence claims


def _claims() -> Iterator[tuple[str, Harm]]:
    verdict = "He was found not guilty of murder and guilty of all other charges. "
    report = (
        verdict + "It killed 17 people, and hundreds fled. She denied that the ship had left.\n"
    )
    for name, statement, quote in (
        ("ellipsis over a denial", "He was found guilty.", "He was found … guilty of murder"),
        ("circled figure", "It killed ⑱ people.", "It killed 17 people"),
        ("Roman figure", "It killed XVIII people.", "It killed 17 people"),
        ("full-width figure", "It killed １８ people.", "It killed 17 people"),
        ("superscript figure", "It killed ¹⁸ people.", "It killed 17 people"),
        ("Chinese figure", "It killed 十八 people.", "It killed 17 people"),
        ("fraction", "It killed 17½ people.", "It killed 17 people"),
        ("threescore", "It killed threescore people.", "It killed 17 people"),
        ("figure of a thousand digits", f"It killed {'9' * 1000} people.", "It killed 17 people"),
        ("denial left out", "The ship had left.", "the ship had left"),
        ("quote that proves nothing", "The ship sank with all hands.", "It"),
        ("empty quote", "It killed 17 people.", ""),
        ("quote of dots", "It killed 17 people.", "…"),
        ("quote across the whole", "It killed 17 people.", "He … left"),
        ("quote that is nowhere", "It killed 17 people.", "It killed 17 men"),
    ):
        yield name, _cited(report, statement=_quoted(statement), quote=_quoted(quote))


# What no calendar, zone, template or table was made for


def _extremes() -> Iterator[tuple[str, Harm]]:
    of_zone = "format: 1\ntitle: T\nlanguages: [en]\ntimezone: {}\n"
    yield "limits of its own", base(more="limits: {document: 1GiB}\n")
    yield "edition on the last day of all", base(edition="edition: {as_of: 9999-12-31}\n")
    yield "fact on the last day of all", base(date="9999-12-31")
    yield "fact over all time", base(date="0001-01-01/9999-12-31")
    yield "season of a far year", base(date="9999-24")
    for name, zone in (
        ("climbs", "../../etc/passwd"),
        ("folder", "America"),
        ("rules", "posixrules"),
        ("machine's own", "localtime"),
    ):
        yield f"zone: {name}", base(head=of_zone.format(zone))
    yield (
        "language of one's own",
        base(head="format: 1\ntitle: T\nlanguages: [en, x-klingon]\ntimezone: UTC\n"),
    )
    yield "marks of templates", base(title=_quoted("{{ 7*7 }} {% raw %} %(x)s {0} ${x} {#"))
    yield "ends of markup", base(title=_quoted("]]> --> </title></script><!-- <![CDATA["))
    yield "topic called like a method", base(topic="constructor")
    yield "source called like an object", base(source="__proto__")
    yield "address of a look-alike", base(url="https://ex\u0430mple.org/")
    yield "address of a zero", base(url="https://example.org/%00%0d%0aSet-Cookie:x")
    yield "quote of ellipses", base(quote=_quoted(" … ".join(["The"] * 1000)))
    yield "quote of one letter", _cited("a" * 400_000 + "\n", quote="a" * 9_000 + "b")
    yield "document of one line", _cited("x y " * 200_000, quote="y x z")
    yield "letters that unfold", _cited("\ufdfa" * 20_000 + "\n", quote="\ufdfa" * 50)
    yield "letters that join", _cited("\u1100\u1161\u11a8" * 20_000 + "\n", quote="\u1100" * 500)
    yield "answer to all", base(keys="    accept: {'*': x}\n")


KINDS = {
    "yaml": _yaml,
    "path": _paths,
    "name": _names,
    "address": _addresses,
    "character": _characters,
    "claim": _claims,
    "extreme": _extremes,
}
BASES = tuple(Case(kind, name, harm) for kind, make in KINDS.items() for name, harm in make())
