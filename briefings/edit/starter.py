"""The files of a new desk: one source, three facts and a judgement, on an invented subject."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefings.core import files
from briefings.core.filenames import BASE
from briefings.edit.canonical import formatted
from briefings.edit.recognise import proposed_id
from briefings.load.schema import json_schema

DOCUMENT = "seeds/brackwater-courier.txt"
SCHEMA = "facts.schema.json"

_SHIPPED = Path(__file__).with_name("starter")
# Names that begin with a dot are spelt out here, so that no tool takes them for its own.
_NAMES: Mapping[str, str] = {
    BASE: BASE,
    DOCUMENT: DOCUMENT,
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".editorconfig": "editorconfig",
    ".vscode/settings.json": "vscode-settings.json",
    ".vscode/extensions.json": "vscode-extensions.json",
    ".github/workflows/briefs.yml": "workflow.yml",
}


_EMPTY = """\
# yaml-language-server: $schema=facts.schema.json
#
# `briefings capture` adds documents, `briefings name` those who speak and act, places and topics,
# `briefings add` and `briefings desk` facts, `briefings judge` what you judge, `briefings ask` what
# no document says; `briefings help authoring` has them all.

format: 1
title: {title}
languages: [{languages}]
timezone: UTC

topics:
  {topic}:
    title: {title}
    weekly: true
"""


def new_desk() -> dict[str, bytes]:
    """The content of each file of a new desk with a sample, by its path below the desk's folder."""
    shipped = {path: files.own(_SHIPPED, name) for path, name in _NAMES.items()}
    return {**shipped, SCHEMA: schema_text().encode()}


def empty_desk(title: str, languages: Sequence[str]) -> dict[str, bytes]:
    """The files of a desk about something: no document yet, and one topic, which has its title.

    Args:
        title: What it is about, in the first of its languages.
        languages: The codes of these.
    """
    topic = proposed_id(title, "topic", ())
    quoted = json.dumps(title, ensure_ascii=False)
    codes = ", ".join(map(json.dumps, languages))
    base = formatted(_EMPTY.format(title=quoted, languages=codes, topic=topic))
    assert base is not None
    sample = {BASE, DOCUMENT}
    begun = {path: each for path, each in new_desk().items() if path not in sample}
    return {BASE: base.encode(), **begun}


def schema_text() -> str:
    """The JSON Schema of a base, as it is printed and written."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
