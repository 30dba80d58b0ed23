"""The JSON Schema of a fact base, made from the annotations of the model."""

from __future__ import annotations

from typing import Any

from briefings.core.model import Acceptance, FactBase
from briefings.load.answers import KEY, has_answers
from briefings.load.defaults import said_once
from briefings.load.entries import Field, Section, fields_of, plan_of, sections_of
from briefings.load.forms import ID, Schema, form_of

_ANSWERS = {
    "description": "what the check reports about the entry and the desk has answered",
    "type": "array",
    "items": {"$ref": f"#/$defs/{Acceptance.__name__}"},
}


def json_schema() -> dict[str, Any]:
    """What an editor can tell of a base before the program reads it.

    A base that passes the check is valid as YAML 1.2 reads it, with or without quotation marks
    around numbers and `true`. What a schema can't say stays with the check: that ids are unique and
    lead somewhere, that days exist, what fields have to agree on, and every quote.

    Returns:
        A schema (JSON Schema, draft 2020-12) of a base's own file, in the types of JSON.
    """
    sections = sections_of(FactBase)
    head = _object(FactBase)
    head["properties"] |= {each.key: _section(each) for each in sections}
    kinds = [*(each.entry for each in sections), Acceptance]
    parts = [field.form.part for field in plan_of(FactBase).fields if field.form.part]
    defs = {kind.__name__: _object(kind) for kind in _with_parts([*parts, *kinds])}
    for each in filter(has_answers, sections):
        defs[each.entry.__name__]["properties"][KEY] = _ANSWERS
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A fact base of briefings",
        **head,
        "$defs": defs,
    }


def _with_parts(kinds: list[type]) -> list[type]:
    """The classes, each with those of the entries inside its own."""
    reached = list(kinds)
    for kind in reached:
        parts = (field.form.part for field in plan_of(kind).fields)
        reached += [part for part in parts if part is not None and part not in reached]
    return reached


def _object(kind: type) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for each in fields_of(kind):
        known = properties.get(each.key)
        properties[each.key] = _either(known, each.form.schema) if known else _property(each)
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in plan_of(kind).required if key not in said_once(kind)],
        "additionalProperties": False,
    }


def _property(field: Field) -> dict[str, Any]:
    return {"description": field.doc, **field.form.schema}


def _either(known: dict[str, Any], other: Schema) -> dict[str, Any]:
    """A key that two fields share is written as one or the other of them asks for."""
    description = known.pop("description")
    return {"description": description, "anyOf": [known, dict(other)]}


def _section(section: Section) -> dict[str, Any]:
    entry = {"$ref": f"#/$defs/{section.entry.__name__}"}
    if section.is_list:
        return {"description": section.doc, "type": "array", "items": entry}
    ids = {"propertyNames": form_of(ID).schema, "additionalProperties": entry}
    return {"description": section.doc, "type": "object", **ids}
