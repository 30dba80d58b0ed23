"""The files of a new desk: one source, three facts and a judgement, on an invented subject."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from briefings.core import files
from briefings.load.schema import json_schema

BASE = "facts.yaml"
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


def new_desk() -> dict[str, bytes]:
    """The content of each file of a new desk, by its path below the desk's folder."""
    shipped = {path: files.read(_SHIPPED, name) for path, name in _NAMES.items()}
    return {**shipped, SCHEMA: schema_text().encode()}


def schema_text() -> str:
    """The JSON Schema of a base, as it is printed and written."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
