"""The one reader of entries: the annotations of a class of the model say what stands in a map."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from briefings.core.fields import At, Doc, Key, Noun, Rule, annotations_of
from briefings.core.model import FactBase
from briefings.core.span import Span
from briefings.core.values import dataclass
from briefings.load.agreement import AGREEMENTS
from briefings.load.forms import ID, Form, form_of, listing, parted
from briefings.load.shape import Entry, InvalidEntry, Reader, require
from briefings.load.yamltree import Node

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the model that is written in a base, under `key`.

    `default` is what it is without its key; None also where other entries decide. `required` says
    that its key has to be there, `needed` that there is no entry without its value, `inherited`
    that it has the base's if it has none; `whole` that a mistake in it gives up its entry; `shared`
    that a group may say it for its entries.
    """

    name: str
    key: str
    form: Form
    doc: str
    default: Any
    required: bool
    needed: bool
    inherited: bool
    whole: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A field of the base that holds the entries of one class, by id.

    They are a list if the id stands in each as a field of its own, else a map.
    """

    name: str
    key: str
    doc: str
    noun: str
    identity: Any
    entry: type
    is_list: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How a class is written: its fields, the keys they have, and the places it keeps.

    `inline` are the fields that are made of keys of the same map. `spans` are, for each field that
    is a place, the keys of which the first that is there has it; without keys, it is that of the
    entry. `required` are keys.
    """

    fields: tuple[Field, ...]
    inline: Mapping[str, type]
    spans: tuple[tuple[str, tuple[str, ...]], ...]
    required: tuple[str, ...]
    keys: frozenset[str]


def read(reader: Reader, kind: type[_T], what: str, node: Node, **filled: object) -> _T:
    """The entry that stands in `node`, read whole before it is given up.

    Args:
        reader: gathers the mistakes, and knows the base as a whole.
        kind: a dataclass of the model; its annotations say what is read.
        what: the entry as messages name it: "fact `x`".
        node: a map, or a mistake.
        filled: fields that do not stand in the entry, such as the id that is its key.

    Raises:
        InvalidEntry: it can't be made; the reader has reported why.
    """
    plan = plan_of(kind)  # type: ignore[arg-type] # mypy takes no class of a variable for hashable
    entry = require(reader.entry(node, what, plan.required, plan.keys))
    entry.values.update(filled)
    sound = read_fields(reader, plan.fields, entry)
    for name, part in plan.inline.items():
        inner = Entry(what, entry.nodes, entry.span, {})
        read_fields(reader, plan_of(part).fields, inner)
        entry.values[name] = part(**inner.values)
    if (agree := AGREEMENTS.get(kind)) is not None:
        agree(reader, entry)
    for field in plan.fields:
        if field.inherited:
            entry.values.setdefault(field.name, reader.marking)
        sound = sound and (field.name in entry.values or not field.needed)
    if not sound:
        raise InvalidEntry
    for name, keys in plan.spans:
        places = (entry.nodes[key].span for key in keys if key in entry.nodes)
        entry.values.setdefault(name, next(places, entry.span))
    return kind(**entry.values)


def read_fields(reader: Reader, fields: Iterable[Field], entry: Entry) -> bool:
    """Read fields into the values of an entry, those aside that have one already.

    Args:
        reader: Gathers the mistakes.
        fields: The fields, in the order in which they are read.
        entry: Whose nodes are read; its values are added to.

    Returns:
        Whether the entry can still be made: no field with `whole` has a mistake.
    """
    sound = True
    for each in fields:
        node = entry.nodes.get(each.key)
        if node is None or each.name in entry.values:
            continue
        value = each.form.read(reader, node, each.key, entry.what)
        if value is not None:
            entry.values[each.name] = value
        elif each.whole:
            sound = False
    return sound


@cache
def plan_of(kind: type) -> Plan:
    """How `kind`, a dataclass of the model, is written."""
    written: list[Field] = []
    inline: dict[str, type] = {}
    spans: list[tuple[str, tuple[str, ...]]] = []
    hints = annotations_of(kind)
    for each in dataclasses.fields(kind):
        base, marks = parted(hints[each.name])
        if Rule.INLINE in marks:
            inline[each.name] = base
        elif base is Span:
            spans.append((each.name, _mark(marks, At, At()).keys))
        elif get_origin(base) is not Mapping and any(isinstance(m, Doc | Key) for m in marks):
            written.append(_field(each, hints[each.name]))
    parts = [plan_of(part) for part in inline.values()]
    return Plan(
        fields=tuple(written),
        inline=inline,
        spans=tuple(spans),
        required=tuple(each.key for each in written if each.required),
        keys=frozenset(each.key for each in written).union(*(part.keys for part in parts)),
    )


def fields_of(kind: type) -> tuple[Field, ...]:
    """The fields of all keys of `kind`, in its order, those of its inline parts in their place."""
    plan = plan_of(kind)
    named: dict[str, tuple[Field, ...]] = {each.name: (each,) for each in plan.fields}
    named |= {name: fields_of(part) for name, part in plan.inline.items()}
    return tuple(each for field in dataclasses.fields(kind) for each in named.get(field.name, ()))


@cache
def sections_of(base: type) -> tuple[Section, ...]:
    """The sections of `base`, the class of the fact base, in the order in which they are read."""
    sections = []
    for name, annotation in annotations_of(base).items():
        kind, marks = parted(annotation)
        if get_origin(kind) is Mapping:
            identity, entry = get_args(kind)
            key = _mark(marks, Key, Key(name)).name
            noun = _mark(marks, Noun, Noun(key.removesuffix("s"))).text
            doc = _mark(marks, Doc, Doc("")).text
            is_list = "id" in plan_of(entry).keys
            sections.append(
                Section(
                    name=name,
                    key=key,
                    doc=doc,
                    noun=noun,
                    identity=identity,
                    entry=entry,
                    is_list=is_list,
                )
            )
    return tuple(sections)


@cache
def sections_by_key() -> Mapping[str, Section]:
    """The sections of a base, by the key of each."""
    return {each.key: each for each in sections_of(FactBase)}


def with_parts(kinds: Iterable[type]) -> tuple[type, ...]:
    """Classes of entries, with those of the entries inside them."""
    reached = [*kinds]
    for kind in reached:
        parts = (field.form.part for field in plan_of(kind).fields)
        reached += [part for part in parts if part is not None and part not in reached]
    return tuple(reached)


def _field(field: dataclasses.Field[Any], annotation: Any) -> Field:
    _, marks = parted(annotation)
    key = _mark(marks, Key, Key(field.name)).name
    needed, inherited = field.default is MISSING, Rule.INHERITED in marks
    return Field(
        name=field.name,
        key=key,
        form=_form(key, annotation),
        doc=_mark(marks, Doc, Doc("")).text,
        default=None if needed or inherited else field.default,
        required=needed or Rule.REQUIRED in marks,
        needed=needed,
        inherited=inherited,
        whole=Rule.WHOLE in marks,
        shared=Rule.SHARED in marks,
    )


def _form(key: str, annotation: Any) -> Form:
    kind, marks = parted(annotation)
    if _is_entry(kind):
        return _part(kind, f"`{key}`")
    if get_origin(kind) is tuple and _is_entry(item := get_args(kind)[0]):
        return listing(_part(item, _mark(marks, Noun, Noun(key)).text), marks)
    return form_of(ID if key == "id" else annotation)


def _is_entry(kind: Any) -> bool:
    return is_dataclass(kind) and isinstance(kind, type) and bool(plan_of(kind).keys)


def _part(kind: type, noun: str) -> Form:
    """An entry inside another."""

    def read_part(reader: Reader, node: Node, _key: str, owner: str) -> Any:
        try:
            return read(reader, kind, f"{noun} of {owner}" if owner else noun, node)
        except InvalidEntry:
            return None

    return Form(read_part, {"$ref": f"#/$defs/{kind.__name__}"}, part=kind)


def _mark(marks: tuple[Any, ...], kind: type[_T], default: _T) -> _T:
    return next((mark for mark in marks if isinstance(mark, kind)), default)
