"""Hostile and broken entries beside facts: circles, kept briefs, prose, places, odd documents."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.bases import DOCUMENT, Case, Harm, base, captured, put, text

__all__ = ["ENTRIES"]


def _circles() -> Iterator[tuple[str, Harm]]:
    withdrawn = "    withdrawn: {on: 2024-03-05, why: x, replaced_by: f}\n"
    yield "replaced by itself", base(keys=withdrawn)
    yield "outcome of itself", base(keys="    outcome_of: [f]\n")
    plans = text(keys="    outcome_of: [g]\n").replace("kind: event", "kind: plan")
    first = plans[plans.index("  - id: f") :]
    second = first.replace("id: f", "id: g").replace("[g]", "[f]")
    yield "plans that are each other's outcome", lambda folder: put(folder, plans + second)
    gone = "    withdrawn: {{on: 2024-03-05, why: x, replaced_by: {}}}\n"
    facts = text(keys=gone.format("g"))
    third = facts[facts.index("  - id: f") :].replace("id: f", "id: g").replace("by: g", "by: f")
    yield "replaced by each other", lambda folder: put(folder, facts + third)
    body = "  {0}: {{name: The {0} board, kind: body, of: {1}}}\n"
    yield "actor of itself", base(more="actors:\n" + body.format("x", "x"))
    ring = "".join(body.format(f"a{n}", f"a{(n + 1) % 2000}") for n in range(2000))
    yield "actors in a ring", base(more=f"actors:\n{ring}")
    judgement = (
        "{id: j, topic: t, statement: It will likely leave again., confidence: low,"
        f" because: One source., made: 2024-03-05, rests_on: [{', '.join(['f'] * 9999)}]}}"
    )
    yield "judgement on one fact many times", base(more=f"judgements:\n  - {judgement}\n")
    yield (
        "outcome of one fact many times",
        base(keys=f"    outcome_of: [{', '.join(['f'] * 99)}]\n"),
    )
    yield "derived from itself", base(keys="    derived: {from: [f], by: sum}\n")
    chain = "".join(f"  a{n}: {{name: A{n}x, kind: body, of: a{n + 1}}}\n" for n in range(2000))
    yield "actors in a chain", base(more=f"actors:\n{chain}  a2000: {{name: Z, kind: body}}\n")
    contest = "{id: c, topic: t, question: Did it?, positions: [c]}"
    yield "contest of itself", base(more=f"contested:\n  - {contest}\n")
    yield (
        "gap closed by itself",
        base(
            more="gaps:\n  - {id: g, topic: t, question: Who?, made: 2024-03-04, answered_by: g}\n"
        ),
    )


def _kept() -> Iterator[tuple[str, Harm]]:
    for name, entry in {
        "id that is a path": "../../x: {topics: [t]}",
        "name that is a path": "b: {topics: [t], name: ../../x}",
        "name that is a pattern": "b: {topics: [t], name: '{0.__class__}'}",
        "name of a device": "b: {topics: [t], name: CON}",
        "name of a folder of ours": "b: {topics: [t], name: sources/a}",
        "id of our first page": "index: {topics: [t]}",
        "title of markup": "b: {topics: [t], title: '\"><svg onload=alert(1)>'}",
    }.items():
        yield f"kept brief, {name}", base(more=f"briefs:\n  {entry}\n")
    yield "kept brief, id of a device", base(more="briefs:\n  lpt9: {topics: [t]}\n")
    for length in (103, 104):
        entry = f"{'x' * length}: {{topics: [t]}}"
        yield f"kept brief, id of {length}", base(more=f"briefs:\n  {entry}\n")


def _names() -> Iterator[tuple[str, Harm]]:
    """What a page is named after."""
    long = ("x" * 120, "x" * 117, "x" * 104, "x" * 103)
    for name in ("index", "con", "com1", *long, "index-of-prices", "console"):
        yield f"topic named {name[:20]}, of {len(name)}", base(topic=name)
    for name in ("index", "nul", "null", "x" * 300):
        yield f"source named {name[:20]}, of {len(name)}", base(source=name)


def _prose() -> Iterator[tuple[str, Harm]]:
    for name, prose in {
        "of nothing": "'[]'",
        "of marks in marks": "'The ship [[[f]]] left [f'",
        "of brackets": f"'{'[' * 9000}'",
        "of markup": "'The <script>alert(1)</script> left. [f]'",
        "of a fact that is none": "'The ship left the port. [__class__]'",
    }.items():
        entry = f"{{id: s, topic: t, made: 2024-03-05, headline: It left, standfirst: {prose}}}"
        yield f"summary {name}", base(more=f"summaries:\n  - {entry}\n")


def _values() -> Iterator[tuple[str, Harm]]:
    for name, at in {
        "beyond the pole": "999, 1e308",
        "that is no number": ".nan, .inf",
        "of a thousand digits": f"{'9' * 1000}, 1",
    }.items():
        yield f"place {name}", base(more=f"places:\n  p: {{name: P, at: [{at}]}}\n")
    for name, date in {
        "backwards": "2024-03-05/2024-03-04",
        "of all time": "-9999/9999",
        "open at both ends": "../..",
    }.items():
        yield f"date {name}", base(date=f"'{date}'")
    head = "format: 1\ntitle: '%(x)s {0} %s'\nlanguages: [en]\ntimezone: "
    yield "title that is a pattern", base(head=f"{head}UTC\n")
    yield "time zone of this machine", base(head=f"{head}localtime\n")
    yield "include of braces", base(more=f"include: ['{'{a,b}' * 30}.yaml']\n")
    yield "include of folders", base(more=f"include: ['{'**/' * 400}*.yaml']\n")


def _documents() -> Iterator[tuple[str, Harm]]:
    sound = DOCUMENT.encode()
    yield "document of old line ends", captured(sound.replace(b"\n", b"\r"))
    yield "document of two marks", captured(b"\xef\xbb\xbf" * 2 + sound)
    yield "document that rings", captured(sound + b"\x1b]0;x\x07\n")
    yield "document with a zero", captured(sound + b"\0\n")


ENTRIES = tuple(
    Case("entry", name, harm)
    for make in (_circles, _kept, _names, _prose, _values, _documents)
    for name, harm in make()
)
