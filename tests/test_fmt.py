"""`fmt`: one shape for what is written; nothing read is changed, no comment is lost."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, is_dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from breadth import cases, examples
from command import desk, run
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_shapes import Shapes, Value, text

from briefings.core.diagnostics import Diagnostic
from briefings.core.span import SourceText, Span
from briefings.edit import scalars
from briefings.edit.canonical import formatted
from briefings.load import yamltree
from briefings.load.decode import decode
from briefings.run.fmt import shape

__all__ = ["desk"]

ROOT = Path(__file__).parents[1]


def random_base(chance: Random) -> dict[str, Value]:
    """A base of any size; what it says need not be true, or whole."""

    def local() -> Value:
        return text(chance) if chance.random() < 0.5 else {"en": text(chance), "fa": text(chance)}

    def fact(number: int) -> Value:
        entry: dict[str, Value] = {
            "id": f"f{number}",
            "kind": "event",
            "topics": ["t"],
            "statement": local(),
            "headline": text(chance, 4),
            "date": "2025-03-01",
            "actors": ["a"] * chance.randint(0, 2),
            "credibility": "2",
            "evidence": [
                {"source": "s", "quote": text(chance), "by": "a"}
                for _ in range(chance.randint(1, 3))
            ],
            "note": text(chance, 9) + "\nand more",
        }
        keys = [key for key in entry if chance.random() < 0.9]
        chance.shuffle(keys)
        return {key: entry[key] for key in keys}

    base: dict[str, Value] = {
        "format": "1",
        "title": local(),
        "languages": ["en", "fa"],
        "edition": {"period": "week", "as_of": "2025-03-01"},
        "places": {
            f"p{n}": {"at": ["1.5", "2"], "name": local()} for n in range(chance.randint(0, 3))
        },
        "actors": {"a": {"name": "An Actor", "kind": "body", "aliases": [text(chance, 3)]}},
        "topics": {"t": {"title": "Topic"}},
        "facts": [fact(number) for number in range(chance.randint(0, 4))],
    }
    keys = list(base)
    chance.shuffle(keys)
    return {key: base[key] for key in keys}


def loaded(source: str) -> tuple[object, list[tuple[str, str]]]:
    """What is read of a text, without places, and what is wrong with it."""
    root, mistakes = yamltree.parse(SourceText("", source))
    assert root is not None, (mistakes, source)
    base, more, _ = decode(root, [], {})
    return _unplaced(base), sorted((each.code, each.message) for each in [*mistakes, *more])


def _unplaced(value: Any) -> object:
    if isinstance(value, Span):
        return None
    if is_dataclass(value):
        return {each.name: _unplaced(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {key: _unplaced(each) for key, each in value.items()}
    return [_unplaced(each) for each in value] if isinstance(value, tuple | list) else value


@settings(deadline=None, max_examples=examples(25, 800))
@given(st.integers(0, 2**32))
def test_nothing_read_is_changed_and_no_comment_lost(seed: int) -> None:
    """Over bases in any shape: the same is loaded, the same comments are there, once is enough."""
    chance = Random(seed)
    shapes = Shapes(chance)
    source = shapes.write(random_base(chance))
    result = formatted(source)
    assert result is not None, source
    assert loaded(result) == loaded(source)
    # Each is numbered, and no text of such a base holds `#` and a space.
    numbers = sorted(map(int, re.findall(r"# (\d+)", result)))
    assert numbers == list(range(len(shapes.comments)))
    assert formatted(result) == result, result


@settings(deadline=None, max_examples=examples(40, 1500))
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn"]), max_size=60))
def test_any_text_survives(value: str) -> None:
    """In a line, between brackets and as a block, in this reader's eyes and in another's."""
    written = [
        f"k: {scalars.in_line(value, flow=False, quoted=False)}\n",
        f"k: [{scalars.in_line(value, flow=True, quoted=False)}]\n",
    ]
    if (block := scalars.block(value, 2)) is not None:
        written.append("\n".join([f"k: {block[0]}", *block[1]]) + "\n")
    for each in written:
        read = yaml.load(each, yaml.CBaseLoader)["k"]  # noqa: S506 - it makes nothing but texts
        assert (read if isinstance(read, str) else read[0]) == value, each


CANONICAL = """\
# The head of the file.

# About the format.
format: 1
title: The port
languages: [en]

# What the documents are.
sources:
  a:
    file: a.txt
    # How it was made.
    sha256: 00  # not a real one

places:
  oom: {name: Oom, at: [12.5, -7]}

  # Another.
  quay: {name: {en: The quay, fa: اسکله}}

facts:
  # The first.
  - id: f
    kind: event
    topics: [t]
    statement: This is a sentence made of long-winded-words that-do-not-fit-into-one-line of-the-width-of-all which-is-so-and-so-wide.
    note: "This one holds what would end it without quotation marks: a colon, and is as wide as that, or so."
    evidence:
      - source: a
        quote: "no: not so"
        # Behind the quote.

  - id: g
    statement: "2025"
# The end.
"""  # noqa: E501 # a text has one line
SHORT = """\
languages: [en, fa]

sources:
  a:
    title: Two kinds of quotation marks
    publisher.en: This one does not fit into a line beside the other, since it is as long as that
    # Above a language.
    publisher.fa: در دو خط
    retracted: {on: 2031-06-01, why: {en: It was made up, fa: نادرست بود}}

facts:
  - id: f
    kind: event
    note: |-
      One line.
      Another.
    source: a
    quote: All of it
    translation.fa: An only translation, which stands behind the dot of its language and has a line
    evidence.note.en: A note on the passage is that of the evidence, and no note of the fact, which has its own
    evidence.note.fa: یادداشت

  # What two of them share.
  - source: a
    date: "2031"
    facts:
      - id: g
        actors: [a-list-of-texts, stands-on-a-line, however-long-it-is, since-what-is-in-it, are-names, as-here]
      - id: h
        quote: One
    # Behind them.

contested:
  - id: c
    positions:
      f: {en: One, fa: یک}
      g.en: The words of this one are so many that they do not fit into a line beside those of the other
      g.fa: دیگری
"""  # noqa: E501 # a text has one line


@pytest.mark.parametrize("shape", [CANONICAL, SHORT])
def test_the_canonical_shape(shape: str) -> None:
    """Stays as it is."""
    assert formatted(shape) == shape


def test_dots_are_one_shape_of_a_map() -> None:
    """Written out or behind dots, in any order, with a comment at each: it comes to the same."""
    retracted = "retracted: {on: 2031-06-01, why: {en: It was made up, fa: نادرست بود}}"
    spread = SHORT
    for old, new in (
        ("    publisher.en: This", "    publisher:\n      en: This"),
        ("    # Above a language.\n    publisher.fa", "      # Above a language.\n      fa"),
        (retracted, "retracted.why.en: It was made up\n    retracted.on: 2031-06-01\n    MORE"),
        ("MORE", "retracted.why.fa: نادرست بود"),
        ("    translation.fa: An only", "    translation:\n      fa: An only"),
        ("    evidence.note.en", "    evidence:\n      note.en"),
        ("    evidence.note.fa", "      note.fa"),
        ("f: {en: One, fa: یک}", "f.en: One\n      f.fa: یک"),
        ("      g.en: The", "      g:\n        en: The"),
        ("      g.fa", "        fa"),
    ):
        assert spread.count(old) == 1, old
        spread = spread.replace(old, new)
    assert formatted(spread) == SHORT


def test_a_key_beside_its_dots_has_no_shape() -> None:
    """One of the two values would go: as of any key that stands twice."""
    assert formatted("title: One\ntitle.en: Two\n") is None


def test_other_shapes_become_it() -> None:
    """Order of keys, brackets, quotes, wrapped lines, line ends and a BOM."""
    other = (
        "# The head of the file.\r\n\r\nlanguages:\r\n- en\r\n# About the format.\r\n"
        "'format': \"1\"\r\ntitle: 'The port'\r\n\r\n\r\n"
        "places: {oom: {at: [12.5, -7], 'name': Oom}, # behind it\r\n"
        "  quay: {name: {en: The quay, fa: اسکله}}}\r\n"
        "# What the documents are.\r\nsources: {a: {file: a.txt,\r\n"
        "  # How it was made.\r\n  sha256: 00}} # not a real one\r\n"
        "facts:\r\n- # The first.\r\n  statement: This is a sentence made of long-winded-words\r\n"
        "    that-do-not-fit-into-one-line of-the-width-of-all\r\n    which-is-so-and-so-wide.\r\n"
        "  id: f\r\n  topics:\r\n    - t\r\n  evidence: [{quote: 'no: not so', source: a}]\r\n"
        "  kind: event\r\n"
        '- {id: g, statement: "2025"}\r\n'
    )
    result = formatted(other)
    assert result is not None
    assert formatted(result) == result
    assert loaded(result) == loaded(CANONICAL)
    assert "\r" not in result
    lines = result.splitlines()
    assert lines[:4] == ["# The head of the file.", "", "# About the format.", 'format: "1"']
    assert "  oom: {name: Oom, at: [12.5, -7]}  # behind it" in lines


# test_defaults.py has the reference desk, which is in shape and stays as it is.
@pytest.mark.parametrize("path", cases(["tests/desk_harbour/facts.yaml"], "facts.yaml"))
def test_whole_desks(path: str) -> None:
    """What is loaded of them, and every comment, is the same; so is what is made of the result."""
    source = (ROOT / path).read_text(encoding="utf-8")
    result = formatted(source)
    assert result is not None
    assert loaded(result) == loaded(source)

    def own(text: str) -> Counter[str]:
        return Counter(line.strip() for line in text.splitlines() if line.strip().startswith("#"))

    assert own(result) == own(source)
    assert formatted(result) == result
    lines = result.splitlines()
    key = r" *(?:- )?[\w.-]+:(?: |$)| {4}[^:]+: [^:]+$"  # or a word, for which another stands
    assert all(re.match(rf"{key}| *- .| *#|$", line) for line in lines)
    assert max(len(line) for line in lines if line.endswith("}")) <= scalars.WIDTH


@pytest.mark.parametrize("source", ["", "# only this\n", "{}\n", "[a, {b: c}]\n", "x\n", "k:\n"])
def test_what_is_no_base_is_left_in_peace(source: str) -> None:
    """An empty file, a list, a text: as YAML, once and for all."""
    result = formatted(source)
    assert result is not None
    assert formatted(result) == result
    assert source.count("#") == result.count("#")


@pytest.mark.parametrize("source", ["a: [", "a: &x 1\nb: *x\n", "a: 1\na: 2\n", "a: b: c\n"])
def test_what_is_no_yaml_has_no_shape(source: str) -> None:
    """Nor has a map that says a thing twice: what would be dropped is the analyst's to decide."""
    assert formatted(source) is None


def test_the_command(desk: Path) -> None:
    """--check names what would change and writes nothing; once it is written, nothing would."""
    (desk / "more").mkdir()
    (desk / "more" / "gaps.yaml").write_text("gaps: []   # none\n", encoding="utf-8")
    text = (desk / "facts.yaml").read_text(encoding="utf-8")
    text = text.replace("languages: [en]\n", "include: ['more/*.yaml']\nlanguages: [en]\n")
    (desk / "facts.yaml").write_text(text, encoding="utf-8")
    (desk / "facts.yaml").chmod(0o640)
    before = run("check", "--json").stdout
    done = run("fmt", "--check")
    assert done.exit_code == 1
    assert done.stdout == "facts.yaml: would change\nmore/gaps.yaml: would change\n"
    assert (desk / "facts.yaml").read_text(encoding="utf-8") == text
    done = run("fmt")
    assert done.exit_code == 0
    assert done.stdout == "facts.yaml: put into shape\nmore/gaps.yaml: put into shape\n"
    assert (desk / "more" / "gaps.yaml").read_text(encoding="utf-8") == "gaps: []  # none\n"
    assert (desk / "facts.yaml").stat().st_mode & 0o777 == 0o640
    assert run("fmt", "--check").stderr == "all is in shape\n"
    assert run("fmt", "--check").exit_code == 0
    assert run("check", "--json").stdout == before


@pytest.mark.usefixtures("desk")
def test_what_can_not_be_put_into_shape(desk: Path) -> None:
    """No YAML, a key twice, an included file that is missing: said, and nothing written."""
    text = (desk / "facts.yaml").read_text(encoding="utf-8")
    for broken, code in (
        ("a: [", "yaml-syntax"),
        ("title: a\n" + text, "duplicate-key"),
        ("include: [no.yaml]\n" + text, "unreadable-file"),
    ):
        (desk / "facts.yaml").write_text(broken, encoding="utf-8")
        done = run("fmt")
        assert done.exit_code == 1, broken
        assert f"error[{code}]" in done.stderr
        assert (desk / "facts.yaml").read_text(encoding="utf-8") == broken
    assert run("fmt", "--base", "nowhere").exit_code == 2


@pytest.mark.usefixtures("desk")
def test_a_base_with_mistakes_has_a_shape(desk: Path) -> None:
    """A key that nobody knows stays, behind the others."""
    (desk / "facts.yaml").write_text("zebra: 1\ntitle: x\n", encoding="utf-8")
    assert run("fmt").exit_code == 0
    assert (desk / "facts.yaml").read_text(encoding="utf-8") == "title: x\nzebra: 1\n"


def test_a_file_in_its_shape_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not written again is not held against itself."""
    shaped = formatted(yaml.safe_dump(random_base(Random(7)), sort_keys=False))
    assert shaped is not None
    parsed: list[SourceText] = []
    parse = yamltree.parse

    def counted(source: SourceText) -> tuple[yamltree.Node | None, list[Diagnostic]]:
        parsed.append(source)
        return parse(source)

    monkeypatch.setattr(yamltree, "parse", counted)
    assert formatted(shaped) == shaped
    assert len(parsed) == 1
    assert formatted(f"\n{shaped}") == shaped
    assert len(parsed) == 3


def test_whoever_shapes_a_large_base_sees_that_it_goes_on(desk: Path) -> None:
    """Each file is named before it is shaped."""
    told: list[tuple[str, int, int]] = []
    shape(desk / "facts.yaml", check=True, progress=lambda *step: told.append(step))
    assert [step for step, *_ in told] == ["reading the base", "shaping facts.yaml"]
