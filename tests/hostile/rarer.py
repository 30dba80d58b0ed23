"""Hostile and broken desks by rarer ways: signs of YAML, twin names, odd dates, rings."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from hostile.bases import DOCUMENT, Case, Harm, base, captured, put, text, whole

__all__ = ["RARER"]

_HEAD = "format: 1\ntitle: Trial desk\nlanguages: [en]\ntimezone: UTC\n"
_SECOND = (
    "  - id: g\n    kind: event\n    topics: [t]\n"
    "    statement: The master said that nobody was on board.\n"
    "    date: 2024-03-04\n    credibility: 2\n    evidence:\n      - source: a\n"
    "        quote: Nobody was on board, the master said\n"
)


def _signs() -> Iterator[tuple[str, Harm]]:
    """What is YAML, and seldom written."""
    sound = text()
    yield "lines of Windows", whole(sound.replace("\n", "\r\n"))
    yield "lines of old machines", whole(sound.replace("\n", "\r"))
    yield "lines that end in NEL", whole(sound.replace("\n", "\x85"))
    yield "mark of order", whole(codecs.BOM_UTF8 + sound.encode())
    yield "UTF-16 without a mark", whole(sound.encode("utf-16-be"))
    yield "Latin letters of one byte", whole(text(title="Café").encode("latin-1"))
    yield "key with a question mark", whole(sound.replace("format: 1", "? format\n: 1"))
    yield "anchor of a key", whole(sound.replace("format: 1", "&a format: 1"))
    yield "end, and more", whole(sound + "...\nmore: x\n")
    yield "end alone", whole(sound + "...\n")
    yield "begin alone", whole("---\n" + sound)
    yield "key without a value", base(keys="    note:\n")
    yield "flow key without a value", base(topic_title="{en}")
    yield "escaped key", whole(sound.replace("format: 1", '"form\\x61t": 1'))
    yield "escaped key twice", whole(sound.replace("format: 1", 'format: 1\n"form\\x61t": 1'))
    yield "tag of nothing", base(title="! Report")
    yield "tag in full", base(title="!<tag:yaml.org,2002:str> Report")
    yield "tab behind the colon", whole(sound.replace("format: 1", "format:\t1"))
    yield "statement of two lines", base(statement="|\n      The ship left\n      the port.")
    yield "statement folded", base(statement=">-\n      The ship left\n\n      the port.")
    yield "indent of ten", base(statement="|10\n      The ship left the port.")
    yield "statement of what is no character", base(statement="The ship\ufdd0 left the port.")
    yield "title that hieroglyphs are joined in", base(title="Re\U00013430port")
    yield "indent of nothing", base(statement="|0\n      The ship left the port.")
    yield "list beside a map", whole(sound + "- x\n")
    yield "map that goes on in a list", base(keys="    - x\n")


def _numbers() -> Iterator[tuple[str, Harm]]:
    for value in ("0x2", "2.0", "+2", "2_", "1e0", "9" * 5_000, "-0", "٢", "²"):
        shown = value if len(value) < 9 else "of thousands of digits"
        harm = whole(text().replace("credibility: 2", f"credibility: {value}"))
        yield f"credibility {shown}", harm
    for name, at in {
        "no number": "[.nan, .inf]",
        "beyond all": "[1e400, 0]",
        "three numbers": "[1, 2, 3]",
        "one number": "[1]",
        "words": "[north, west]",
        "in sixties": "[12:30:45, 0]",
        "below the pole": "[-91, 0]",
        "by its power": "[1e1, 2E-1]",
    }.items():
        yield f"place of {name}", base(more=f"places:\n  p: {{name: P, at: {at}}}\n")


def _dates() -> Iterator[tuple[str, Harm]]:
    for date in (
        *("0000", "0000-00-00", "2024-W10", "2024-060", "+002024-03-04", "2024-03-04T10:00Z"),
        *("2024-03-04T23:59:60+99:99", "{2024-03-04..2024-03-05}", "2024-XX", "Y-17E7", "-0001"),
        *("2024-03-04/2024-03-04/2024-03-04", "../..", "/", "2024-03-04?~%", "2024-3-4", "today"),
    ):
        yield f"date {date}", base(date=f"'{date}'")
    for day in ("9999-12-31", "2024-02-30", "2024-03"):
        yield f"edition of {day}", base(edition=f"edition: {{as_of: {day}, period: week}}\n")


def _tongues() -> Iterator[tuple[str, Harm]]:
    for tag in (
        *("x-private", "i-klingon", "en-US-u-ca-buddhist", "qaa", "und", "mul", "zxx", "en_US"),
        *("en-en", "e", "en-", "-en", "a" * 300, "en\u200b", "еn", "art-lojban", "*"),
    ):
        shown = tag.encode("ascii", "backslashreplace").decode()[:30]
        head = _HEAD.replace("[en]", f"[en, '{tag}']")
        yield f"language {shown}", base(head=head)
    yield "language twice", base(head=_HEAD.replace("[en]", "[en, en]"))
    yield "language twice, once in capitals", base(head=_HEAD.replace("[en]", "[en, EN]"))
    for zone in ("''", "Etc/GMT+14", "GMT+25", "UTC0", "utc", "Europe/../UTC", "Europe"):
        yield f"zone {zone}", base(head=_HEAD.replace("timezone: UTC", f"timezone: {zone}"))


def _twins() -> Iterator[tuple[str, Harm]]:
    digest = sha256(DOCUMENT.encode()).hexdigest()
    source = (
        f"    sha256: {digest}\n    title: B\n    publisher: P\n    published: 2024-03-04\n"
        "    language: en\n"
    )
    again = text().replace("topics:\n", f"  b:\n    file: {{}}\n{source}topics:\n", 1)
    yield "document of two sources", whole(again.replace("file: {}", "file: a.txt"))
    yield "document of two sources, by a dot", whole(again.replace("file: {}", "file: ./a.txt"))
    yield "source that is the base", base(file="facts.yaml")

    def capital(folder: Path) -> None:
        put(folder, DOCUMENT, "A.txt")
        put(folder, again.replace("file: {}", "file: A.txt"))

    yield "documents alike but for a capital", capital

    def named(there: str, asked: str) -> Harm:
        def harm(folder: Path) -> None:
            put(folder, DOCUMENT, there)
            put(folder, text(file=f'"{asked}"'))

        return harm

    yield "accent composed, for one that is not", named("cafe\u0301.txt", "caf\u00e9.txt")
    yield "accent as it is there", named("cafe\u0301.txt", "cafe\u0301.txt")
    yield "name that ends in a dot", named("b.txt.", "b.txt.")
    yield "name that ends in a space", named("b.txt ", "b.txt ")
    yield "name of two lines", named("b\nc.txt", "b\\nc.txt")
    yield "name of a command", named("$(id);`id`.txt", "$(id);`id`.txt")
    yield "name of an order", named("::error::b.txt", "::error::b.txt")
    yield "name that begins with a dash", named("-rf.txt", "-rf.txt")
    included = "facts:\n" + _SECOND

    def including(patterns: str, *names: str) -> Harm:
        def harm(folder: Path) -> None:
            for name in names:
                put(folder, included, name)
            put(folder, text(head=f"{_HEAD}include: {patterns}\n"))

        return harm

    yield "include of one file twice", including("[x.yaml, x.yaml]", "x.yaml")
    yield "include of one file in two ways", including("[x.yaml, '*.yaml']", "x.yaml")
    yield "include of one file by a dot", including("[x.yaml, ./x.yaml]", "x.yaml")
    yield "include of one fact from two files", including("['*/x.yaml']", "p/x.yaml", "q/x.yaml")
    yield "include of a document", including("[a.txt]")
    yield "include by a bracket without end", including("['[x.yaml']", "x.yaml")

    def ring(folder: Path) -> None:
        (folder / "ring").symlink_to(".")
        put(folder, included, "x.yaml")
        put(folder, text(head=f"{_HEAD}include: ['**/x.yaml']\n"))

    yield "include where a link leads round", ring


def _references() -> Iterator[tuple[str, Harm]]:
    def withdrawn(by: str) -> str:
        return f"    withdrawn: {{on: 2024-03-06, why: W, replaced_by: {by}}}\n"

    others = "".join(
        _SECOND.replace("id: g", f"id: {name}").replace(
            "    evidence", withdrawn(by) + "    evidence", 1
        )
        for name, by in (("g", "h"), ("h", "f"))
    )
    yield "replaced in a ring of three", base(keys=withdrawn("g"), more=others)
    point = "contested:\n  - {{id: c, topic: t, question: Q, positions: {}}}\n"
    for name, positions in {
        "of one fact": "[f]",
        "of one fact twice": "[f, f]",
        "of a fact that is none": "[f, x]",
        "without an answer": "{f: '', g: ''}",
        "by a number": "[0, 1]",
        "of two facts": "{f: left, g: stayed}",
    }.items():
        yield f"contest {name}", base(more=_SECOND + point.format(positions))
    account = "accounts:\n  - {{id: k, topics: [t], headline: H, text: '{}'}}\n"
    for name, told in {
        "open mark": "The ship left the port [f",
        "closed mark alone": "The ship left the port f].",
        "mark of many": "The ship left the port [" + ", ".join(["f"] * 3_000) + "].",
        "marks by the thousand": "The ship left the port [f]. " * 3_000,
        "mark of marks": "The ship left the port [[f]].",
        "mark of a path": "The ship left the port [../f].",
        "mark alone": "[f]",
        "nothing": "",
    }.items():
        yield f"account, {name}", base(more=account.format(told))
    yield (
        "figure that is none of it",
        base(topic_title="Harbour, key_figures: [f]", keys="    figure: seven\n"),
    )
    retracted = "    title: Report\n    retracted: {on: 0001-01-01, why: W}\n"
    yield "retracted before it was", whole(text().replace("    title: Report\n", retracted))
    for name, marking in {"of two": "RED/GREEN", "small": "red", "in full": "TLP:RED"}.items():
        yield f"marking {name}", base(head=f"{_HEAD}marking: {marking}\n")


def _names() -> Iterator[tuple[str, Harm]]:
    actor = "actors:\n  m: {{name: {}, aliases: [{}], kind: person}}\n"
    for name, alias in {
        "of one letter": "e",
        "of nothing": "''",
        "that is a trap of patterns": "'(a+)+$'",
        "of a sign that joins": '"\\u200d"',
        "of its own name": "Master",
    }.items():
        yield f"alias {name}", base(more=actor.format("Master", alias))
    yield (
        "alias of two actors",
        base(
            more=actor.format("Master", "Skipper")
            + "  n: {name: Mate, aliases: [Skipper], kind: person}\n"
        ),
    )
    yield "statement without a space", base(statement="x" * 20_000)
    yield "statement of marks above marks", base(statement="a" + "\u0301" * 5_000 + " ship.")
    yield "headline of two lines", base(keys='    headline: "The ship\\nleft"\n')
    yield "note of a megabyte", base(keys="    note: " + "word " * 200_000 + "\n")
    yield "title of emoji that join", base(topic_title='"Harbour \U0001f469\u200d\U0001f692"')
    yield "title of Persian that does not join", base(topic_title='"می\u200cرود"')
    yield "million of millions", base(statement="The ship left " + "million " * 2_000 + "port.")
    yield "figure of many commas", base(statement="The ship left 1" + ",000" * 2_000 + " port.")


def _ring(name: str) -> Harm:
    return lambda folder: (folder / name).symlink_to(name)


def _unnamed(folder: Path) -> None:
    (folder / "locale").mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/locale/\xff.po")).write_bytes(b"")


def _ends() -> Iterator[tuple[str, Harm]]:
    """Where the calendar begins and ends, and links lead round."""
    for name, day in {"first": "0001-01-01", "last": "9999-12-31"}.items():
        sound = text(
            statement="The ship left the port on 4 March.",
            quote="The ship left the port on 4",
            edition=f"edition: {{as_of: {day}}}\n",
        )
        at_the_end = sound.replace("published: 2024-03-04", f"published: {day}")
        yield f"source of the {name} day of all", whole(at_the_end)
    for name in ("issued", "locale"):
        yield (f"folder {name} that is a link to itself", _ring(name))
    yield "catalogue whose name is no text", _unnamed


def _squares() -> Iterator[tuple[str, Harm]]:
    """What a library would take the square of its length for."""
    yield "brackets by the million, none closed", whole(text() + "more: " + "[" * 1_100_000)
    heap = "a" + "\u0301\u0316" * 200_000
    yield "marks heaped on a letter of a document", captured(f"{DOCUMENT}{heap}\n".encode())
    points = "\u05d0" + "\u0591\u05b0" * 4_000
    yield "points heaped on a letter", base(statement=f"The ship left the port {points}.")


RARER = tuple(
    Case("rarer", name, harm)
    for each in (_signs, _numbers, _dates, _tongues, _twins, _references, _names, _ends, _squares)
    for name, harm in each()
)
