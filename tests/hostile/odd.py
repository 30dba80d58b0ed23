"""Hostile and broken desks by what a base can say shorter, reckon with, select, and call a name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from hostile.bases import DOCUMENT, Case, Harm, base, bind, captured, put, text

__all__ = ["ODD"]


def _short_forms() -> Iterator[tuple[str, Harm]]:
    for name, keys in {
        "of nothing": "'.'",
        "that begins with a dot": "'.en'",
        "that ends with a dot": "'headline.'",
        "of two dots": "'headline..en'",
        "deep within itself": f"'headline{'.en' * 500}'",
        "into a text": "date.en",
        "into a list": "topics.0",
        "into what leads nowhere": "__class__.__init__",
        "beside its map": "statement.en",
        "of a language twice": "statement.EN",
    }.items():
        yield f"dotted key {name}", base(keys=f"    {keys}: x\n")
    yield "evidence beside a quote", base(keys="    quote: The ship left the port\n")
    yield "evidence in itself", base(keys="    evidence.evidence: []\n")
    group = "  - facts:\n"
    yield "group of nothing", base(more="  - facts: []\n")
    yield "group that is a text", base(more="  - facts: x\n")
    yield "group with an id", base(more="  - {id: g, facts: [{id: h}]}\n")
    yield "group of another section", base(more="  - {gaps: [{id: h}]}\n")
    deep = "".join(f"{'  ' * n}{group}" for n in range(45))
    yield "groups within groups", base(more=deep)
    wide = "  - {facts: [" + ", ".join(["{facts: []}"] * 500) + "]}\n"
    yield "groups by the hundred", base(more=wide)
    told = ", ".join(["{statement: x}"] * 500)
    shared = "topics: [" + ", ".join(["t"] * 500) + "]"
    yield "group that multiplies", base(more=f"  - {{{shared}, facts: [{told}]}}\n")


def _words() -> Iterator[tuple[str, Harm]]:
    head = "format: 1\ntitle: T\nlanguages: [en, en-GB]\ntimezone: UTC\nwords: {}\n"
    for name, words in {
        "of nothing": "{en-GB: {'': x}}",
        "for nothing": "{en-GB: {ship: ''}}",
        "in a ring": "{en-GB: {ship: port, port: ship}}",
        "of a pattern": "{en-GB: {'.*': x}}",
        "of markup": "{en-GB: {ship: <script>alert(1)</script>}}",
        "turned about": '{en-GB: {ship: "\\u202epihs"}}',
        "of a language that is none": "{x/../y: {ship: boat}}",
        "of its own language": "{en: {ship: boat}}",
        "that grow": "{en-GB: {ship: " + "ship " * 1_900 + "}}",
        "of a list": "{en-GB: [ship, boat]}",
    }.items():
        yield f"words {name}", base(head=head.format(words))


def _selectors() -> Iterator[tuple[str, Harm]]:
    many = "The ship left. " * 20_000
    for name, keys in {
        "zero": "0",
        "below zero": "-1",
        "half": "0.5",
        "beyond all": "9" * 300,
        "of words": "first",
        "in other digits": "١",
    }.items():
        yield f"occurrence {name}", base(keys="", quote=f"The ship\n        occurrence: {keys}")
    for name, keys in {
        "that is a pattern": "'(.*)+$'",
        "of nothing": "''",
        "of marks": '\'""""\'',
        "of ten thousand": "x" * 9_999,
    }.items():
        yield f"prefix {name}", base(quote=f"The ship\n        prefix: {keys}")
    chosen = "The ship left\n        occurrence: 1000"
    yield "quote in twenty thousand places", captured(many.encode(), quote=chosen)
    longer = "The ship left\n        occurrence: 1001"
    yield "quote in one place too many", captured(many.encode(), quote=longer)


def _reckoned() -> Iterator[tuple[str, Harm]]:
    for name, terms in {
        "by zero": "4 / 0",
        "to a power": "9 ** 9 ** 9",
        "in brackets": "(" * 900 + "4" + ")" * 900,
        "of a thousand terms": " + ".join(["4"] * 1_000),
        "of a thousand digits": "9" * 1_000 + " - 4",
        "of a call": "__import__('os').system('true')",
        "of no sign": "4 4",
        "of nothing": "",
        "of no number": ".nan - .inf",
        "of other digits": "٤ + ٤",
        "of shifts": "4 << 99999",
    }.items():
        yield f"sum {name}", base(keys=f'    derived: ["{terms}"]\n')


def _called() -> Iterator[tuple[str, Harm]]:
    actor = "actors:\n  x: {{name: Harbour board, kind: body, aliases: {}}}\n"
    for name, aliases in {
        "nothing": "['']",
        "a space": "[' ']",
        "a dot": "['.']",
        "a pattern": "['(a+)+$']",
        "a word of each text": "[the, The, on, left]",
        "ten thousand letters": f"[{'x' * 9_999}]",
        "one name a thousand times": "[" + ", ".join(["Board"] * 1_000) + "]",
        "markup": "['<b>ship</b>']",
        "itself": "[Harbour board]",
    }.items():
        yield f"actor called {name}", base(more=actor.format(aliases))
    two = "actors:\n  x: {name: Ship, kind: body}\n  y: {name: ship, kind: body}\n"
    yield "two actors of one name", base(more=two)
    yield (
        "actor who is a place",
        base(more="actors:\n  x: {name: Port, kind: body}\nplaces:\n  x: {name: Port}\n"),
    )


def _answers() -> Iterator[tuple[str, Harm]]:
    for name, answer in {
        "to a code that is none": "{code: __class__, why: x}",
        "to an error": "{code: quote-not-found, why: x}",
        "at a place that is none": "{code: little-shared, why: x, at: a.b.c}",
        "at a place deep within": f"{{code: little-shared, why: x, at: {'statement.' * 900}en}}",
        "at a place below zero": "{code: little-shared, why: x, at: evidence.-1}",
        "of no reason": "{code: little-shared, why: ''}",
        "of markup": "{code: little-shared, why: <img src=x onerror=alert(1)>}",
    }.items():
        yield f"answer {name}", base(keys=f"    accept: [{answer}]\n")
    many = ", ".join(["{code: little-shared, why: x}"] * 200)
    yield "answers by the hundred", base(keys=f"    accept: [{many}]\n")


def _patterns() -> Iterator[tuple[str, Harm]]:
    for name, pattern in {
        "that asks for more": "'{brief.__class__}'",
        "that is wide": "'{brief:>99999999}'",
        "that is turned into code": "'{brief!r}'",
        "of nothing named": "'{}'",
        "of a field that is none": "'{secret}'",
        "that climbs": "'..{brief}'",
        "that ends in a space": "'{brief} '",
        "of a thousand names": "'" + "{brief}" * 1_000 + "'",
        "open": "'{brief'",
        "of brackets": "'{{brief}}'",
    }.items():
        entry = f"b: {{topics: [t], name: {pattern}}}"
        yield f"kept brief, name {name}", base(more=f"briefs:\n  {entry}\n")
    for name, template in {
        "that climbs": "../brief.html.j2",
        "of the machine": "/etc/passwd",
        "that is a style": "brief.css",
        "that is a script": "page.js",
        "of words": "'{{ 7 * 7 }}'",
    }.items():
        entry = f"b: {{topics: [t], template: {template}}}"
        yield f"kept brief, template {name}", base(more=f"briefs:\n  {entry}\n")
    yield (
        "kept brief that leaves all out",
        base(more="briefs:\n  b: {topics: [t], exclude: [f, a]}\n"),
    )
    every = ", ".join(["t"] * 500)
    yield "kept brief of one topic many times", base(more=f"briefs:\n  b: {{topics: [{every}]}}\n")


def _strange_files() -> Iterator[tuple[str, Harm]]:
    yield "document of lines by the hundred thousand", captured(b"a\n" * 100_000)
    yield "document of old line ends by the hundred thousand", captured(b"a\r" * 100_000)
    yield "document that is a page", captured(b"<!DOCTYPE html><title>x</title><p>x")
    yield "document that is packed", captured(b"\x1f\x8b\x08\0" + b"x" * 99)
    yield "document that is a program", captured(b"\x7fELF" + bytes(99))
    yield "document of page ends", captured(b"\f" * 9_999 + DOCUMENT.encode())
    yield "document of half a letter", captured(DOCUMENT.encode() + b"\xe2\x82")
    yield "document of pressed words", captured(b"The ship left the port" * 9_999)
    yield "original outside", base(url="https://example.org/\n    original: ../outside.txt")
    yield "original of the machine", base(url="https://example.org/\n    original: /dev/zero")

    def pipe(folder: Path) -> None:
        os.mkfifo(folder / "a.pdf")
        put(folder, text(url="https://example.org/\n    original: a.pdf"))

    def socket_for_base(folder: Path) -> None:
        bind(folder / "more.yaml")
        put(folder, text(more="include: [more.yaml]\n"))

    yield "original that is a pipe", pipe
    yield "include of a socket", socket_for_base

    def included(content: str) -> Harm:
        def harm(folder: Path) -> None:
            put(folder, content, "more.yaml")
            put(folder, text(more="include: [more.yaml]\n"))

        return harm

    yield "include that includes", included("include: [facts.yaml]\n")
    yield "include with a head", included("format: 1\nlanguages: [en]\ntitle: Another\n")
    yield "include of the same fact", included(text()[text().index("facts:") :])
    yield "include of nothing written", included("")
    yield "include of one of its own", base(more="include: [./facts.yaml, facts.yaml/.]\n")


ODD = tuple(
    Case("odd", name, harm)
    for make in (
        *(_short_forms, _words, _selectors, _reckoned),
        *(_called, _answers, _patterns, _strange_files),
    )
    for name, harm in make()
)
