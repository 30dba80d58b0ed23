"""The JSON Schema of a base: what the program reads is valid, and what has another shape is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from breadth import cases
from jsonschema import Draft202012Validator

from briefings.core.model import FactBase
from briefings.core.span import SourceText
from briefings.load import yamltree
from briefings.load.decode import decode
from briefings.load.entries import fields_of, plan_of, sections_of
from briefings.load.schema import json_schema

ROOT = Path(__file__).parents[1]
SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

EVERY_FIELD = """
format: 1
title: {en: The strait of Oom, fa: تنگهٔ اوم}
languages: [en, fa, fa-AF]
words: {fa-AF: {تنگهٔ: آبنای}}
timezone: Asia/Kabul
edition: {as_of: 2031-05-18, period: day, paper: letter}
marking: TLP:GREEN
include: [more/*.yaml]
defaults:
  {kind: event, topics: [ferries], credibility: 3, by: anonymous, translator: D, language: en}
sources:
  gazette:
    {file: gazette.txt, sha256: HASH, title: 2031, publisher: unknown, publisher_basis: No imprint.,
     origin: unknown, published: 2031-05, published_basis: Its masthead., retrieved: 2031-05-17,
     language: en, reliability: B, reliability_basis: It is careful., descriptor: A daily.,
     marking: GREEN, url: "https://example.org/2031", paragraphs: blocks, author: Ana Mora,
     original: gazette.pdf, original_sha256: HASH, to_confirm: [title], defaults: {kind: claim},
     retracted: {on: 2031-06-01, why: It was made up.}}
actors:
  harbour: {name: The harbour, kind: body}
  calder:
    {name: Inés Calder, aliases: [Ines Calder], kind: person, of: harbour, note: A pilot once.,
     marking: AMBER+STRICT, titles: [{source: gazette, name: I. Calder, title: master,
     language: fr, translation: master}]}
places: {oom: {name: Oom, aliases: [The Oom], at: [12.5, -7], marking: GREEN}}
topics: {ferries: {title: Ferries, question: Do they sail, weekly: true,
     key_figures: [stopped], marking: GREEN}}
facts:
  - {id: stopped, kind: event, topics: [ferries], statement: They stopped., evidence: [
     {source: gazette, quote: stopped}]}
  - {id: "2031", kind: plan, topics: [ferries], statement: They sail., headline: Sailing,
     figure: sail, date: 2031, due: 2031-06-01/..,
     actors: [calder], places: [oom], credibility: 2, marking: RED,
     outcome_of: [stopped], note: So they say., derived: ["2 - 1"],
     withdrawn: {on: 2031-05-20, why: No., replaced_by: stopped},
     evidence: [{source: gazette, quote: sail, by: calder, via: harbour, prefix: They,
     suffix: again, occurrence: 1, language: fr, translation: sail, translator: the desk,
     note: So.}]}
judgements:
  - {id: soon, topic: ferries, statement: It is likely., likelihood: likely, confidence: low,
     because: One source., rests_on: [stopped], made: 2031-05-18, until: 2031-05-30, marking: RED}
contested:
  - {id: whether, topic: ferries, kind: detail, question: Do they,
     positions: {stopped: Not yet, 2031: {en: Yes}}, note: They differ., marking: RED}
gaps:
  - {id: when, topic: ferries, question: When, why: Fish., made: 2031-05-18, answered_by: stopped,
     marking: RED}
summaries:
  - {id: now, topic: ferries, made: 2031-05-18, headline: {en: They stopped}, contested: [whether],
     standfirst: {en: "They stopped [stopped]."}, marking: RED}
accounts:
  - {id: lately, topics: [ferries], headline: Stopped, text: "They stopped [stopped].",
     contested: [whether], marking: RED}
briefs:
  mine:
    {topics: [ferries], merge: false, actors: [calder], places: [oom], sources: [gazette],
     kinds: [plan], exclude: [stopped, oom], min_reliability: C, min_credibility: 3, marking: RED,
     lang: fa, title: Mine, sections: [map], no_sections: [gaps], period: month,
     template: mine.html.j2, name: "{topic}.{lang}"}
""".replace("HASH", "a" * 64)


class _Editor(yaml.SafeLoader):
    """What an editor makes of YAML 1.2: numbers and true or false, but no dates."""


_Editor.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0].endswith((":int", ":float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def _as_json(text: str, loader: type[yaml.SafeLoader | yaml.BaseLoader] = _Editor) -> Any:
    value = yaml.load(text, loader)  # noqa: S506 # both loaders make plain values only
    return json.loads(json.dumps(value))  # every key is a text


def _mistakes(base: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(base)]


def _keys(value: object, kind: type) -> Iterator[tuple[type, str]]:
    """Each key of the model that stands in `value`, with the class that it belongs to."""
    assert isinstance(value, dict)
    yield from ((kind, key) for key in value)
    for field in fields_of(kind):
        if field.form.part is not None and field.key in value:
            parts = value[field.key] if field.form.word == "list" else [value[field.key]]
            for part in parts:
                yield from _keys(part, field.form.part)
    for section in sections_of(kind):
        entries = value[section.key]
        for entry in entries if section.is_list else entries.values():
            yield from _keys(entry, section.entry)


def test_it_is_a_schema() -> None:
    """It follows draft 2020-12 and is plain JSON."""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "loader"),
    cases(
        [
            (EVERY_FIELD, _Editor),
            (EVERY_FIELD, yaml.BaseLoader),
            (_text("facts.yaml"), _Editor),
            (_text("tests/desk_harbour/facts.yaml"), _Editor),
        ],
        (_text("facts.yaml"), yaml.BaseLoader),
        (_text("tests/desk_harbour/facts.yaml"), yaml.BaseLoader),
    ),
    ids=lambda value: value.splitlines()[0] if isinstance(value, str) else value.__name__,
)
def test_bases_that_are_read_are_valid(
    text: str, loader: type[yaml.SafeLoader | yaml.BaseLoader]
) -> None:
    """With numbers as numbers or as texts, in whole or in a map of languages."""
    assert _mistakes(_as_json(text, loader)) == []


def test_the_base_here_has_every_field() -> None:
    """All keys of all classes stand in it, and the program reads it without a mistake."""
    value = _as_json(EVERY_FIELD)
    present = set(_keys(value, FactBase))
    for kind in {FactBase, *(kind for kind, _ in present)}:
        keys = {*plan_of(kind).keys, *(section.key for section in sections_of(kind))}
        assert {key for held, key in present if held is kind} == keys, kind
    root, found = yamltree.parse(SourceText("facts.yaml", EVERY_FIELD))
    assert root is not None
    base, mistakes, _ = decode(root, [], {})
    assert base is not None
    assert (found, mistakes) == ([], [])


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to each map and to each value in one."""
    if isinstance(value, dict | list):
        yield path
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(inner, (*path, key))
    else:
        yield path


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def test_no_value_may_be_anything() -> None:
    """A list of lists stands nowhere."""
    base = _as_json(EVERY_FIELD)
    paths = [path for path in _paths(base) if path]
    assert len(paths) > 150
    for path in paths:
        holder = _at(base, path[:-1])
        kept, holder[path[-1]] = holder[path[-1]], [[[]]]
        assert not VALIDATOR.is_valid(base), path
        holder[path[-1]] = kept
    assert VALIDATOR.is_valid(base)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format: 1", "format: 2"),
        ("format: 1", ""),
        ("period: day", "period: year"),
        ("kind: event", "kind: rumour"),
        ("statement: They stopped., ", ""),
        ("kind: event", "kinds: event"),
        ("languages: [en, fa, fa-AF]", "languages: [English]"),
        ("title: {en: The strait of Oom, fa: تنگهٔ اوم}", "title: {}"),
        ("title: {en: The strait of Oom, fa: تنگهٔ اوم}", "title: {English: Oom}"),
        ("  - {id: stopped", "  - {id: Stopped"),
        ("topics: [ferries], statement: They stopped.", "topics: [], statement: They stopped."),
        ("topics: [ferries], merge", "topics: [], merge"),
        ("sha256: a", "sha256: G"),
        ("published: 2031-05", "published: May 2031"),
        ("made: 2031-05-18, until", "made: 2031-05, until"),
        ("at: [12.5, -7]", "at: [12.5]"),
        ("at: [12.5, -7]", "at: [95.5, -7]"),
        ("occurrence: 1", "occurrence: 0"),
        ("weekly: true", "weekly: sometimes"),
        ("https://", "ftp://"),
        ("exclude: [stopped, oom]", "exclude: [oom, oom]"),
        ("sections: [map]", "sections: [maps]"),
        ("marking: AMBER+STRICT", "marking: SECRET"),
        ("places: {oom:", "places: {Oom:"),
        ("words: {fa-AF: {", "words: {Dari: {"),
        ("words: {fa-AF: {تنگهٔ: آبنای}}", "words: {fa-AF: آبنای}"),
    ],
)
def test_broken_bases_are_refused(old: str, new: str) -> None:
    """The schema refuses them, and so does the reader of the program."""
    assert EVERY_FIELD.count(old) >= 1
    text = EVERY_FIELD.replace(old, new, 1)
    assert _mistakes(_as_json(text))
    root, _ = yamltree.parse(SourceText("facts.yaml", text))
    assert root is not None
    assert decode(root, [], {})[1]
