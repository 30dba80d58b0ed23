"""Hostile words for commands: of no letters, without end, that lead elsewhere, or give orders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from hostile.bases import Harm, put

Given: TypeAlias = tuple[str, tuple[str, ...], Harm]

_LONG = "A" * 60_000
_NO_TEXT = "It is likely that \udcff\udcfe sails."
_ORDERS = "\x1b]0;x\x07\u202e::error::x"
_QUOTE = "The ship left the port"
_SURE = ("--confidence", "low", "--because", "One source says so.", "--rests-on", "f")
_LIKELY = "It is likely that the ship will leave again."


def arguments() -> Iterator[Given]:
    """Each by its name, with what is done to a sound desk before."""
    for name, words in (*_judged(), *_asked(), *_confirmed(), *_added(), *_looked_for(), *_built()):
        yield name, words, _nothing
    yield from _elsewhere()


def _nothing(_: Path) -> None:
    pass


def _judged() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, statement in {
        "words without end": f"It is likely that {_LONG}",
        "lines of YAML": "It is likely that\n- id: x\n  kind: y",
        "no text": _NO_TEXT,
        "ends of lines that do not show": "It is likely that \u2028 it \x85 leaves.",
        "nothing": "",
        "marks": f"It is likely that {'e' + chr(0x301) * 9_000}",
    }.items():
        yield f"judge {name}", ("judge", statement, *_SURE)
    for flag, value in (
        *(("--id", "../../x"), ("--id", "a" * 5_000), ("--topic", _ORDERS)),
        *(("--made", "9999-12-31"), ("--made", "0000-01-01"), ("--until", "0001-01-01")),
    ):
        shown = value if value.isprintable() and len(value) < 20 else "that is none"
        yield f"judge {flag} {shown}", ("judge", _LIKELY, *_SURE, flag, value)
    many = sum((("--rests-on", f"f{number}") for number in range(900)), ())
    yield "judge on hundreds of facts", ("judge", _LIKELY, *_SURE, *many)


def _asked() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, question in {
        "without end": f"{_LONG}?",
        "in tags": "Who \U000e0041\U000e0042 pays?",
        "in signs of YAML": "? - [x]: {y}\n---\n?",
        "in signs alone": "'\"|>@`%&*!# : ?",
        "in parts of letters": "Qui re\u0301pare le quai?",
        "in no text": _NO_TEXT,
    }.items():
        yield f"ask {name}", ("ask", question)
    for name, key in {
        "look-alike": "\u0430dmin",
        "digit of others": "\u0664",
        "key": "a: b",
    }.items():
        yield f"ask by a {name}", ("ask", "Who pays?", "--id", key)


def _confirmed() -> Iterator[tuple[str, tuple[str, ...]]]:
    for flag, value in (
        *(("url", "javascript:alert(1)"), ("url", "https://ex\u0430mple.org/")),
        *(("url", "https://a:b@example.org/"), ("language", "../../x"), ("published", "9" * 9_000)),
        *(("origin", "../x y"), ("publisher", "Cafe\u0301 \u202e x"), ("title", _LONG)),
        *(("reliability", "Z"), ("author", _NO_TEXT), ("published-basis", "a\n  b: c")),
    ):
        shown = value if value.isascii() and value.isprintable() and len(value) < 40 else "odd"
        yield f"confirm {flag} {shown}", ("confirm", "a", f"--{flag}", value)
    for name, words in {
        "why without end": ("f", "--why", _LONG),
        "why of no text": ("f", "--why", _NO_TEXT),
        "why of lines": ("f", "--why", "a\n    x: y\n#"),
        "on the last day": ("f", "--why", "It was wrong.", "--on", "9999-12-31"),
        "on the first day": ("f", "--why", "It was wrong.", "--on", "0001-01-01"),
        "on no day": ("f", "--why", "It was wrong.", "--on", "99999-12-31"),
        "for itself": ("f", "--why", "It was wrong.", "--replaced-by", "f"),
        "of a path": ("../facts.yaml", "--why", "x"),
    }.items():
        yield f"withdraw {name}", ("withdraw", *words)


def _added() -> Iterator[tuple[str, tuple[str, ...]]]:
    said = ("--statement", "The ship left the port.", "--credibility", "2", "--yes")
    for name, words in {
        "sentence before the first": ("--source", "a", "--sentence", "-1"),
        "sentence of many digits": ("--source", "a", "--sentence", "9" * 4_000),
        "sentence of too many digits": ("--source", "a", "--sentence", "9" * 5_000),
        "place beyond all": ("--quote", _QUOTE, "--occurrence", "9" * 30),
        "date of a path": ("--quote", _QUOTE, "--date", "../../"),
        "quote of dots": ("--quote", "… " * 9_000),
        "quote of one letter": ("--quote", "e"),
        "quote of no text": ("--quote", _NO_TEXT),
        "key for an id": ("--quote", _QUOTE, "--id", "a: b"),
        "language of a path": ("--quote", _QUOTE, "--translated", "../..", "x"),
        "language of a line": ("--quote", _QUOTE, "--translated", "\n", "x"),
        "language without end": ("--quote", _QUOTE, "--translated", "e" * 5_000, "x"),
        "hundreds of actors": (
            *("--quote", _QUOTE),
            *sum((("--actor", f"a{number}") for number in range(900)), ()),
        ),
    }.items():
        yield f"add {name}", ("add", *words, *said)
    for name, called in {
        "turned about": "The \u202eferry",
        "of signs": "!!! ???",
        "of a picture": "\U0001f6a2",
        "of a device": "con",
        "of another page": "Index",
        "without end": _LONG,
        "of no text": _NO_TEXT,
    }.items():
        yield f"name a topic {name}", ("name", "topic", called)
    yield "name an actor like another", ("name", "actor", "H\u0430nne", "--kind", "person")


def _looked_for() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, words in {
        "nothing": ("",),
        "marks": ("\u0301" * 1_000,),
        "no text": ("\udcff\udcfe",),
        "words without end": (_LONG,),
        "thousands of words": ("e",) * 9_000,
        "two lines": ("The ship\nleft",),
    }.items():
        yield f"find {name}", ("find", *words)
    for command in ("explain", "coverage", "impact", "help"):
        yield f"{command} a path", (command, "../../etc/passwd")
        yield f"{command} without end", (command, _LONG)
    yield "diff days before and after all", ("diff", "0001-01-01", "9999-12-31")
    yield "diff of what never ends", ("diff", "/dev/zero", "2024-03-10")
    yield "diff of folders", ("diff", "..", ".")
    yield "verify what never ends", ("verify", "/dev/zero")
    yield "capture what never ends", ("capture", "/dev/zero")
    yield "import what never ends", ("import", "/dev/zero")
    yield "base that never ends", ("check", "--base", "/dev/zero")
    yield "limit of no text", ("--limit", "\udcff", "check")
    yield "words of a path", ("words", "../x")
    yield "words without end", ("words", "x-" + "a" * 300)


def _led_round(folder: Path) -> None:
    (folder / "n.yaml").symlink_to("n.yaml")


def _built() -> Iterator[tuple[str, tuple[str, ...]]]:
    for week in ("2024-W00", "2024-W54", "0000-W01", "9999-W52", "0001-W01", "2024-W10\n"):
        yield f"weekly {week!r}", ("weekly", "--format", "html", "--week", week)
    for flag, value in (
        *(("as-of", "0001-01-01"), ("as-of", "1e3"), ("lang", "../.."), ("lang", "e" * 9_000)),
        *(("title", "\udcff"), ("name", "\udcff"), ("marking", "\udcff"), ("out", "a" * 300)),
        *(("out", "."), ("out", "/proc/x"), ("templates", "/proc"), ("topic", _LONG)),
    ):
        shown = value if value.isprintable() and len(value) < 20 else "that is none"
        yield f"build --{flag} {shown}", ("build", "--format", "html", f"--{flag}", value)
    for cache in ("issued", "templates/new", "."):
        yield f"check --cache {cache}", ("check", "--cache", cache)
    for name, words in {
        "in a file": ("facts.yaml/x",),
        "deep below": ("/".join(["a" * 200] * 30),),
        "by a name without end": ("a" * 300,),
        "in no folder": ("/proc/x",),
        "of a title without end": ("n", "--title", _LONG),
        "of a title of lines": ("n", "--title", "a\nb: c"),
        "of a title of no text": ("n", "--title", "\udcff"),
        "in a language of a path": ("n", "--title", "x", "--language", "../.."),
    }.items():
        yield f"init {name}", ("init", *words)
    for name, page in {"folder": ".", "base": "facts.yaml", "no folder": "a/b.html"}.items():
        yield f"coverage page for a {name}", ("coverage", "--html", page)


def _elsewhere() -> Iterator[Given]:
    def link(name: str) -> Harm:
        return lambda folder: (folder / name).symlink_to(folder.parent / "outside.txt")

    def pipe(name: str) -> Harm:
        return lambda folder: os.mkfifo(folder / name)

    for name, make in {"link": link, "pipe": pipe}.items():
        yield f"init in a {name}", ("init", "n"), make("n")
        yield f"coverage page that is a {name}", ("coverage", "--html", "n.html"), make("n.html")
        yield f"capture of a {name}", ("capture", "n.txt"), make("n.txt")
        yield f"import of a {name}", ("import", "n.json"), make("n.json")
        yield f"base that is a {name}", ("check", "--base", "n.yaml"), make("n.yaml")
    yield "base that leads to itself", ("check", "--base", "n.yaml"), _led_round
    yield "diff of a pipe", ("diff", "n.html", "2024-03-10"), pipe("n.html")
    yield "verify of a pipe", ("verify", "n.pdf"), pipe("n.pdf")
    page = ("coverage", "--html", "mine.html")
    yield "coverage page of somebody else", page, lambda folder: put(folder, "<p>x", "mine.html")
