"""The JSON Schema of a fact base, made from the annotations of the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from briefings.core import languages
from briefings.core.model import Acceptance, Evidence, Fact, FactBase
from briefings.load import shorthand
from briefings.load.answers import KEY, has_answers
from briefings.load.defaults import said_once
from briefings.load.entries import Field, Section, fields_of, plan_of, sections_of, with_parts
from briefings.load.forms import ID, ONE_LANGUAGE, Schema, form_of

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
    defs = {kind.__name__: _object(kind) for kind in with_parts([*parts, *kinds])}
    defs |= {_group_name(each): _group(each) for each in sections if each.is_list}
    for each in filter(has_answers, sections):
        defs[each.entry.__name__]["properties"][KEY] = _ANSWERS
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A fact base of briefings",
        **head,
        "$defs": defs,
    }


def _object(kind: type) -> dict[str, Any]:
    sections = [each for each in sections_of(FactBase) if each.is_list and each.entry is kind]
    shared = shorthand.shared(kind) if sections or kind is Evidence else frozenset()
    needed = [key for key in plan_of(kind).required if key not in said_once(kind) | shared]
    return _map(kind, _properties(kind), needed)


def _map(kind: type, properties: dict[str, Any], needed: Iterable[str]) -> dict[str, Any]:
    """A map with these keys, and such with dots as lead into one of them."""
    dotted = {f"^{path}$": schema for path, schema in _dotted(kind) if _first(path) in properties}
    firsts = {_first(path) for path, _ in _dotted(kind)} | {shorthand.EVIDENCE}
    needed = list(needed)
    there = [_has(_told_by(key)) for key in needed if key in firsts]
    return {
        "type": "object",
        "properties": properties,
        **({"patternProperties": dotted} if dotted else {}),
        "required": [key for key in needed if key not in firsts],
        **({"allOf": there} if there else {}),
        "additionalProperties": False,
    }


def _first(path: str) -> str:
    return path.partition("\\.")[0]


def _told_by(key: str) -> str:
    """The pattern of the keys of which one has to be there where `key` has to."""
    return f"^({key}|quote)(\\.|$)" if key == shorthand.EVIDENCE else f"^{key}(\\.|$)"


def _has(pattern: str) -> Schema:
    """A map with at least one key of a pattern: not all its keys are none of it."""
    return {"not": {"propertyNames": {"not": {"pattern": pattern}}}}


def _properties(kind: type) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for each in fields_of(kind):
        known = properties.get(each.key)
        properties[each.key] = _either(known, each.form.schema) if known else _property(each)
    if kind is Fact:
        for each in fields_of(Evidence):
            if each.key in shorthand.of_evidence():
                properties[each.key] = _property(each)
    return properties


def _dotted(kind: type) -> Iterator[tuple[str, Schema]]:
    """The keys with dots that may stand for those of `kind`, as patterns, and their values."""
    fields = list(fields_of(kind))
    if kind is Fact:
        fields += (each for each in fields_of(Evidence) if each.key in shorthand.of_evidence())
    for each in fields:
        if each.form.word == "text":
            yield rf"{each.key}\.(?:{languages.PATTERN})", ONE_LANGUAGE
        elif each.form.part is not None and (
            each.form.word != "list" or each.form.part is Evidence
        ):
            part = each.form.part
            yield from (
                (rf"{each.key}\.{key}", schema) for key, schema in _properties(part).items()
            )
            yield from ((rf"{each.key}\.{path}", schema) for path, schema in _dotted(part))


def _property(field: Field) -> dict[str, Any]:
    return {"description": field.doc, **field.form.schema}


def _either(known: dict[str, Any], other: Schema) -> dict[str, Any]:
    """A key that two fields share is written as one or the other of them asks for."""
    description = known.pop("description")
    return {"description": description, "anyOf": [known, dict(other)]}


def _section(section: Section) -> dict[str, Any]:
    entry = {"$ref": f"#/$defs/{section.entry.__name__}"}
    if section.is_list:
        kind = section.entry
        items = _grouped(section, {**entry, **_alone(kind)})
        return {"description": section.doc, "type": "array", "items": items}
    ids = {"propertyNames": form_of(ID).schema, "additionalProperties": entry}
    return {"description": section.doc, "type": "object", **ids}


def _alone(kind: type) -> dict[str, Any]:
    """What an entry has to say that is in no group."""
    shared = shorthand.shared(kind) - said_once(kind)
    needed = {"required": [key for key in plan_of(kind).required if key in shared]}
    if kind is not Fact:
        return needed
    sourced = {"required": ["source"]}
    pieces = {"properties": {shorthand.EVIDENCE: {"type": "array", "items": sourced}}}
    listed = {**pieces, "required": [shorthand.EVIDENCE]}
    within = {"properties": {shorthand.EVIDENCE: sourced}, "required": [shorthand.EVIDENCE]}
    behind = {"required": [f"{shorthand.EVIDENCE}.source"]}
    return {**needed, "anyOf": [sourced, listed, within, behind]}


def _grouped(section: Section, alone: Schema) -> Schema:
    """An item of a list of entries: an entry, or a group of them."""
    return {
        "if": {"required": [section.key], "type": "object"},
        "then": {"$ref": f"#/$defs/{_group_name(section)}"},
        "else": alone,
    }


def _group_name(section: Section) -> str:
    """The name of the definition of groups of a section's entries."""
    return f"{section.entry.__name__}Group"


def _group(section: Section) -> dict[str, Any]:
    known = _properties(section.entry)
    shared = {key: known[key] for key in known if key in shorthand.shared(section.entry)}
    member = _grouped(section, {"$ref": f"#/$defs/{section.entry.__name__}"})
    members = {"description": "the entries that share it", "type": "array", "items": member}
    return {
        "type": "object",
        "properties": {**shared, section.key: members},
        "required": [section.key],
        "additionalProperties": False,
    }
