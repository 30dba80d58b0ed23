"""Short forms of entries: each says the same as the long one, to whoever reads or writes a base."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
import yaml
from breadth import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from little_desk import LittleDesk, printed
from test_fmt import loaded, random_base
from yaml_shapes import Shapes

from briefings.authoring.completions import completions
from briefings.authoring.draft import open_desk
from briefings.authoring.editing import edited, mention_at, renamed
from briefings.authoring.lost_quotes import lost_quotes
from briefings.authoring.mends import mends
from briefings.core.limits import allowing
from briefings.core.span import SourceText
from briefings.edit import grouping
from briefings.edit.canonical import formatted, lines_of
from briefings.edit.comments import Group, commented
from briefings.load import yamltree
from briefings.load.desk import load
from briefings.load.piecewise import Memory
from briefings.load.schema import json_schema

HEAD = """\
format: 1
title.en: Little desk
title.fa: میز
languages: [en, fa]
topics:
  t: {title.en: Harbour}
actors:
  mora: {name: Ana Mora, kind: person}
"""
SHORT = """\
facts:
  - source: a
    kind: claim
    by: mora
    facts:
      - id: one
        topics: [t]
        statement.en: Ana Mora has two piers.
        statement.fa: دو اسکله
        quote: two piers
        translation.fa: دو اسکله
        evidence.note.en: So it is.
      - id: two
        topics: [t]
        statement: Ana Mora has three boats.
        date: 2025-01-01
        evidence:
          - quote: three boats
            by: outlet
          - quote: two piers
            source: b
  - id: three
    kind: event
    topics: [t]
    statement: There were two piers.
    quote: two piers
    source: b
contested:
  - topic: t
    contested:
      - id: c
        question: How many?
        positions:
          one.en: Two
          two: {en: Three}
gaps:
  - topic: t
    made: 2025-01-01
    gaps:
      - {id: g, question.en: Why, why.en: It matters.}
"""
LONG = """\
facts:
  - id: one
    kind: claim
    topics: [t]
    statement: {en: Ana Mora has two piers., fa: دو اسکله}
    evidence:
      - source: a
        quote: two piers
        by: mora
        translation: {fa: دو اسکله}
        note: {en: So it is.}
  - id: two
    kind: claim
    topics: [t]
    statement: Ana Mora has three boats.
    date: 2025-01-01
    evidence:
      - {source: a, quote: three boats, by: outlet}
      - {source: b, quote: two piers, by: mora}
  - id: three
    kind: event
    topics: [t]
    statement: There were two piers.
    evidence:
      - {source: b, quote: two piers}
contested:
  - id: c
    topic: t
    question: How many?
    positions: {one: {en: Two}, two: {en: Three}}
gaps:
  - id: g
    topic: t
    question: {en: Why}
    why: {en: It matters.}
    made: 2025-01-01
"""
SOURCES = "sources:\n" + "".join(
    f"  {name}: {{file: {name}.txt, sha256: {'0' * 64}, title: T, publisher: P, language: en,"
    " published: 2025-01-02}\n"
    for name in "ab"
)
TEXT = "Ana Mora said: two piers, three boats."


@pytest.fixture
def desk(tmp_path: Path) -> LittleDesk:
    return LittleDesk(tmp_path).document("a", TEXT).document("b", f"{TEXT} It rained.")


def shapes(source: str) -> tuple[str, str]:
    """A base with all short forms that it can have, and with none."""
    forms = []
    shaped = formatted(source)
    assert shaped is not None
    for shorter in (True, False):
        text = SourceText("", shaped)
        root, _ = yamltree.parse(text)
        assert root is not None
        whole = commented(text, root)
        assert isinstance(whole.root, Group)
        grouping.write_out(whole.root)
        if shorter:
            grouping.shorten(whole.root)
        forms.append(lines_of(whole))
    return forms[0], forms[1]


@settings(deadline=None, max_examples=examples(40, 800))
@given(st.integers(0, 2**32))
def test_short_and_long_say_the_same(seed: int) -> None:
    """Over bases in any shape, there and back: what is read is equal, and so are the comments."""
    chance = Random(seed)
    written = Shapes(chance)
    base = random_base(chance)
    source = written.write(base)
    short, long = shapes(source)
    assert loaded(short) == loaded(source)
    assert loaded(long) == loaded(source)
    assert formatted(short) == short
    assert formatted(long) == long
    facts = base.get("facts", [])
    assert isinstance(facts, list)
    if all("id" in fact for fact in facts):  # which stands first, with what is said of it
        assert (shapes(short)[0], shapes(long)[1]) == (short, long)
    for text in (short, long):
        # Each is numbered, and no text of such a base holds `#` and a space.
        numbers = sorted(map(int, re.findall(r"# (\d+)", text)))
        assert numbers == list(range(len(written.comments)))


def test_each_form_is_what_it_stands_for() -> None:
    """Dots, evidence of a fact, what several pieces share, groups: read as the long form is."""
    assert loaded(HEAD + SOURCES + SHORT) == loaded(HEAD + SOURCES + LONG)
    assert loaded(HEAD + SOURCES + SHORT)[1] == []
    assert shapes(HEAD + SHORT) == shapes(HEAD + LONG)


@pytest.mark.parametrize("key", ["title" + ".a" * 400, ".title", "title.", "title..en", "."])
def test_what_is_no_path_is_a_key(key: str) -> None:
    """Which nothing has; it is kept as it is, and no depth of it costs anything."""
    base = f"{key}: x\ntopics:\n  t:\n    {key}: x\n"
    assert f"the base has no key `{key}`" in [message for _, message in loaded(base)[1]]
    shape = formatted(base)
    assert shape is not None
    assert shape.count(f"{key}: x") == 2


def test_what_many_share_counts_for_each(desk: LittleDesk) -> None:
    """A little file can not say more than the files of a base may hold together."""
    names = [f"t{number}" for number in range(40)]
    head = HEAD.replace("  t: {", "".join(f"  {name}: {{title: T}}\n" for name in names) + "  t: {")
    facts = "".join(f"      - id: f{number}\n" for number in range(60))
    group = f"facts:\n  - topics: [{', '.join(names)}]\n    facts:\n{facts}"
    for most, codes in ((3_000, []), (2_000, ["yaml-limit"])):
        with allowing({"all-values": most}):
            found = desk.check(group, head).diagnostics
        assert [each.code for each in found if each.code == "yaml-limit"] == codes


def test_what_is_nearer_goes_before() -> None:
    """A piece of evidence before its fact, and that before its group, which may be in another."""
    head = HEAD + SOURCES
    short = (
        "facts:\n  - {kind: event, topics: [t], by: anonymous, source: a, facts: [\n"
        "      {id: f, statement: One, evidence: [{quote: two piers, by: mora}]},\n"
        "      {by: outlet, kind: claim, facts: [\n"
        "        {id: g, statement: Two, source: b, quote: three boats},\n"
        "        {id: h, statement: Three, by: mora, evidence: [\n"
        "          {quote: two piers}, {quote: three boats, by: anonymous}]}]}]}\n"
    )
    long = (
        "facts:\n  - {id: f, statement: One, kind: event, topics: [t], evidence: [\n"
        "      {source: a, quote: two piers, by: mora}]}\n"
        "  - {id: g, statement: Two, kind: claim, topics: [t], evidence: [\n"
        "      {source: b, quote: three boats}]}\n"
        "  - {id: h, statement: Three, kind: claim, topics: [t], evidence: [\n"
        "      {source: a, quote: two piers, by: mora},\n"
        "      {source: a, quote: three boats, by: anonymous}]}\n"
    )
    assert loaded(head + short) == loaded(head + long)
    assert loaded(head + short)[1] == []
    assert loaded(shapes(head + short)[1]) == loaded(shapes(head + short)[0]) == loaded(head + long)


def test_the_schema_knows_them() -> None:
    """Both are valid; a group's entry lacks nothing, one beside it lacks what a group would say."""
    validator = Draft202012Validator(json_schema())
    for text, is_valid in (
        (SHORT, True),
        (LONG, True),
        (SHORT.replace("    made: 2025-01-01\n    gaps", "    gaps"), True),
        (LONG.replace("    made: 2025-01-01\n", ""), False),
        (SHORT.replace("    source: b\ncontested", "contested"), False),
        (SHORT.replace("statement.en", "statment.en"), False),
        (SHORT.replace("    by: mora\n", "    statement: All.\n"), False),
        (SHORT.replace("        quote: two piers\n        translation.fa", "        x"), False),
    ):
        base = yaml.load(HEAD + SOURCES + text, yaml.BaseLoader)  # noqa: S506 # it makes nothing but texts
        assert validator.is_valid(base) is is_valid, text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  - source: a\n", "  - source: aa\n", "13:13 unknown-reference there is no source `aa`"),
        ("  - source: a\n", "  - sauce: a\n", "13:5 unknown-key a group of `facts` has no key"),
        ("    by: mora\n", "    note: So.\n", "15:5 unknown-key a group of `facts` has no key"),
        ("statement.en", "statment.en", "19:9 unknown-key fact `one` has no key `statment`"),
        ("statement.en", "statement.de", "19:19 unknown-language `de` is not in `languages`"),
        ("statement.fa", "statement", "20:9 duplicate-key the key `statement` stands twice"),
        ("title.fa", "title", "3:1 duplicate-key the key `title` stands twice in one map"),
        ("        translation.fa", "        transaltion.fa",
         "22:9 unknown-key evidence of fact `one` has no key `transaltion`"),
        ("evidence.note.en", "evidence.quote",
         "21:9 duplicate-key the key `quote` stands twice in one map"),
        ("        date: 2025-01-01\n", "        quote: two piers\n",
         "27:9 unknown-key `quote` of a fact stands beside a list of its `evidence`"),
        ("    facts:\n", "    facts: one\n", "16:12 wrong-type `facts` of a group is a list"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_stands(desk: LittleDesk, old: str, new: str, told: str) -> None:
    """By line and column of what was written, and once, however many entries share it."""
    assert old in HEAD + SHORT
    if old == "    facts:\n":
        short = SHORT[: SHORT.index(old)] + new + SHORT[SHORT.index("  - id: three") :]
    else:
        short = SHORT.replace(old, new, 1)
    head = HEAD if short != SHORT else HEAD.replace(old, new, 1)
    shown = printed(desk.check(short, head))
    place, code, message = told.split(" ", 2)
    assert f"facts.yaml:{place}: error[{code}]: {message}" in shown
    assert shown.count(f"error[{code}]") == 1, shown


def test_what_is_known_of_a_group_is_not_read_again(desk: LittleDesk) -> None:
    """Nor is it known any more once one of its entries, or what it says for them, is another."""
    assert not printed(desk.check(SHORT, HEAD))
    base, kept = desk.folder / "facts.yaml", dict[str, bytes]()

    def read() -> tuple[object, list[str]]:
        known = load(base, memory=Memory(kept.get, kept.__setitem__))
        fresh = load(base)
        assert known.base == fresh.base
        assert known.diagnostics == fresh.diagnostics
        return known.base, [each.message for each in known.diagnostics]

    first = read()
    assert read() == first
    text = base.read_text(encoding="utf-8")
    for old, new in (("kind: claim", "kind: event"), ("quote: three boats", "quote: boats")):
        base.write_text(text.replace(old, new), encoding="utf-8")
        assert read()[0] != first[0]
    base.write_text(text.replace("id: two\n", "id: two\n        kind: no\n"), encoding="utf-8")
    assert read()[1] == read()[1] != []


def test_an_id_is_named_once_by_its_group(desk: LittleDesk) -> None:
    """Which a rename changes as all other places, behind dots too."""
    desk.check(SHORT, HEAD)
    opened = edited(desk.folder / "facts.yaml", {})
    text = opened.texts["facts.yaml"].text
    for old, count in (("mora", 2), ("one", 2), ("a", 2)):
        where = text.index(f": {old}\n" if old == "one" else f"  {old}:") + 2
        mention = mention_at(opened, "facts.yaml", where)
        assert mention is not None
        edits = renamed(opened, mention, "renamed")
        assert len(edits) == count
        after = text
        for each in sorted(edits, key=lambda edit: -edit.span.start):
            after = after[: each.span.start] + each.text + after[each.span.end :]
        assert loaded(after)[1] == loaded(text)[1]


def test_a_lost_source_of_several_is_left_to_the_analyst(desk: LittleDesk) -> None:
    """Another source in its place would be that of the whole group."""
    desk.document("b", "It rained on the piers, and on the boats.")
    desk.check(SHORT.replace("        quote: two piers\n", "        quote: It rained\n", 1), HEAD)
    opened = open_desk(desk.folder / "facts.yaml")
    (lost, _) = lost_quotes(opened, ["one", "two"])
    assert lost.rewrites == ()
    assert "write `source: b` beside it" in lost.why


def test_steps_in_a_group(desk: LittleDesk) -> None:
    """The number of a place goes beside the quote that a fact says itself."""
    desk.document("a", f"{TEXT} They are two piers.")
    desk.check(SHORT, HEAD)
    opened = edited(desk.folder / "facts.yaml", {})
    step = next(each for each in mends(opened) if each.title == "it is that of place 2")
    text = opened.texts["facts.yaml"].text
    for each in step.edits:
        text = text[: each.span.start] + each.text + text[each.span.end :]
    assert "        occurrence: 2\n        quote: two piers\n        translation.fa" in text


def test_keys_are_offered_where_they_may_stand(desk: LittleDesk) -> None:
    """Those of evidence at a fact, and those of an entry in its group."""
    desk.check(SHORT, HEAD)
    opened = edited(desk.folder / "facts.yaml", {})
    typed = "facts:\n  - source: a\n    facts:\n      - id: x\n        "
    for text in (typed, typed.replace("    facts:", "    evidence:")):
        offered = {key for key, _ in completions(opened, SourceText("", text), len(text))}
        assert {"quote: ", "by: ", "translation: "} <= offered
        assert ("statement: " in offered) is (text == typed)
