"""How each type of value in the model is written: its reader, its JSON Schema, its word."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, NewType, TypeVar, Union, get_args, get_origin

from briefings.core import edtf, filenames, languages
from briefings.core.diagnostics import Hint
from briefings.core.fields import AnyOf, Between, Grammar, Rule
from briefings.core.model import LocalText, Marking
from briefings.core.names import suggestion
from briefings.load.shape import Mistake, Reader
from briefings.load.yamltree import Mapping as MappingNode
from briefings.load.yamltree import Node, Sequence

Schema = Mapping[str, Any]
ID = Annotated[str, Grammar.ID]
"""The type of an id where an entry states its own."""

_ID = r"[a-z0-9][a-z0-9-]*"
_NUMBER = r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,12})?"
_SHA256 = r"[0-9a-f]{64}"
_URL = r"https?://[^\s/?#@]+(?:[/?#]\S*)?"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Form:
    """How a type of value is written.

    `read(reader, node, key, owner)` makes the value of a node, or reports why not and returns
    None; `key` and `owner`, the entry that holds it, are what messages call them. `word` is what
    the tables of the docs call it, where its key alone does not say; `part` is the class of the
    entries that it holds, if any; `words` are all that may stand there, where they are few.
    """

    read: Callable[[Reader, Node, str, str], Any]
    schema: Schema
    word: str = ""
    part: type | None = None
    words: tuple[str, ...] = ()


def form_of(annotation: Any) -> Form:
    """The form of a value whose type is `annotation`, with what `Annotated` says of it."""
    kind, marks = parted(annotation)
    for mark in marks:
        match mark:
            case Grammar():
                return _GRAMMARS[mark]
            case AnyOf():
                return _reference("entry", mark.kinds)
            case Between():
                return _number(kind, mark)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, NewType):
        return _reference(_noun(kind), (kind,))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice({str(member.value): member for member in kind})
    return _compound(get_origin(kind), get_args(kind), marks)


def parted(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type itself, without `None`, and the marks that `Annotated` puts on it."""
    marks: tuple[Any, ...] = ()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            marks = (*marks, *more)
            continue
        members = [each for each in get_args(annotation) if each is not type(None)]
        if get_origin(annotation) not in (Union, UnionType) or len(members) != 1:
            return annotation, marks
        (annotation,) = members


def listing(item: Form, marks: Collection[Any], *, once: bool = False) -> Form:
    """A list, kept to what `marks` ask for; with `once`, of values that stand there once each."""
    whole, or_map, not_empty = (rule in marks for rule in (Rule.WHOLE, Rule.OR_MAP, Rule.NOT_EMPTY))

    def read(reader: Reader, node: Node, key: str, owner: str) -> tuple[Any, ...] | None:
        if or_map and isinstance(node, MappingNode):
            node = Sequence(tuple(name for name, _ in node.entries), node.span)
        items = reader.items(node, key)
        values = [item.read(reader, each, key, owner) for each in items]
        kept = tuple(value for value in values if value is not None)
        if once:
            kept = _once(reader, zip(values, items, strict=True))
        if not_empty and not items and isinstance(node, Sequence):
            reader.report("empty-text", f"`{key}` of {owner} is empty", node.span)
        incomplete = whole and (len(kept) < len(items) or not isinstance(node, Sequence))
        return None if incomplete or (not_empty and not kept) else kept

    least = {"minItems": 1} if not_empty else {}
    unique = {"uniqueItems": True} if once else {}
    return Form(
        read,
        {"type": "array", "items": item.schema, **least, **unique},
        "list",
        item.part,
        item.words,
    )


def _compound(origin: Any, kinds: tuple[Any, ...], marks: tuple[Any, ...]) -> Form:
    if origin is Literal:
        return _literal(kinds)
    if origin in (Union, UnionType):
        identity, words = kinds
        return _reference(_noun(identity), (identity,), {str(word.value): word for word in words})
    if origin is tuple and kinds[-1] is not Ellipsis:
        return _row(kinds)
    if origin is tuple and get_origin(kinds[0]) is tuple:
        return _answers(form_of(get_args(kinds[0])[1]))
    if origin is tuple:
        kind, inner = parted(kinds[0])
        refers = isinstance(kind, NewType) or any(isinstance(mark, AnyOf) for mark in inner)
        return listing(form_of(kinds[0]), marks, once=refers)
    raise TypeError(f"nothing says how {origin} of {kinds} is written")


def _parsed(parse: Callable[[Reader, str, str], Any], schema: Schema, word: str = "") -> Form:
    return Form(lambda reader, node, key, _: reader.parsed(node, key, parse), schema, word)


def _pattern(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def _one_of(values: Mapping[str, _T]) -> Callable[[Reader, str, str], _T]:
    def parse(_reader: Reader, text: str, key: str) -> _T:
        if text in values:
            return values[text]
        message = f"{text!r} is no `{key}`: take one of {', '.join(values)}"
        raise Mistake("bad-value", message, *suggestion(text, values)[:1])

    return parse


def _choice(values: Mapping[str, Any]) -> Form:
    return replace(_parsed(_one_of(values), _words(values)), words=tuple(values))


def _words(values: Iterable[str]) -> Schema:
    """One of these; YAML takes a bare 1 for a number, and so does whoever reads the schema."""
    return {"enum": [value for text in values for value in (text, *_bare(text))]}


def _bare(text: str) -> tuple[int | bool, ...]:
    return (int(text),) if text.isdigit() else ()


# An id may be all digits.
_identity: Schema = {**_pattern(_ID), "type": ["string", "integer"]}


def _literal(values: tuple[str, ...]) -> Form:
    def parse(_reader: Reader, text: str, key: str) -> str:
        if text in values:
            return text
        known = ", ".join(values)
        raise Mistake("bad-value", f"{key} {text!r} is not known: this program reads {known}")

    return _parsed(parse, _words(values))


def _noun(identity: NewType) -> str:
    return identity.__name__.removesuffix("Id").lower()


def _reference(noun: str, kinds: Iterable[Any], words: Mapping[str, Any] | None = None) -> Form:
    """An id of an entry of one of `kinds`, or one of `words`."""
    kinds = tuple(kinds)
    others = words or {}

    def parse(reader: Reader, text: str, _key: str) -> Any:
        for kind in kinds:
            if text in reader.ids[kind]:
                return text
        if text in others:
            return others[text]
        known = {*others, *(name for kind in kinds for name in reader.ids[kind])}
        message = f"there is no {noun} `{text}`"
        raise Mistake("unknown-reference", message, *suggestion(text, known))

    return Form(lambda reader, node, _key, _: reader.parsed(node, noun, parse), _identity)


def _number(kind: type, bounds: Between) -> Form:
    low, high = bounds.low, bounds.high

    def parse(_reader: Reader, text: str, key: str) -> Any:
        if not re.fullmatch(_NUMBER, text) or not low <= float(text) <= high:
            message = f"`{key}` is a number from {low:g} to {high:g}, not {text!r}"
            raise Mistake("bad-value", message)
        number = float(text)
        if kind is int and number != int(number):
            message = f"`{key}` is a whole number, from {low:g}"
            raise Mistake("bad-value", message, instead=int(number))
        return kind(number)

    name = "integer" if kind is int else "number"
    written = {**_pattern(_NUMBER), "type": [name, "string"]}
    return _parsed(parse, {**written, "minimum": low, "maximum": high})


def _row(kinds: Iterable[Any]) -> Form:
    """A list of so many numbers, each with its own name."""
    names = [mark.name for kind in kinds for mark in parted(kind)[1] if isinstance(mark, Between)]
    forms = [form_of(kind) for kind in kinds]

    def read(reader: Reader, node: Node, key: str, owner: str) -> tuple[Any, ...] | None:
        items = reader.items(node, key)
        if len(items) != len(forms):
            reader.report("wrong-type", f"`{key}` is [{', '.join(names)}]", node.span)
            return None
        each = zip(forms, items, names, strict=True)
        values = tuple(form.read(reader, item, name, owner) for form, item, name in each)
        return None if None in values else values

    parts = [form.schema for form in forms]
    size = {"minItems": len(forms), "maxItems": len(forms)}
    return Form(read, {"type": "array", "prefixItems": parts, **size})


def _answers(answer: Form) -> Form:
    """What a map says of each of its ids; a list of them says nothing."""

    def read(reader: Reader, node: Node, _key: str, owner: str) -> tuple[Any, ...]:
        entries = node.entries if isinstance(node, MappingNode) else ()
        said = [(key.value, answer.read(reader, text, key.value, owner)) for key, text in entries]
        return tuple((name, text) for name, text in said if text is not None)

    names = {"propertyNames": _pattern(_ID), "additionalProperties": answer.schema}
    return Form(read, {"type": "object", **names})


def _once(reader: Reader, values: Iterable[tuple[str | None, Node]]) -> tuple[str, ...]:
    first: dict[str, Node] = {}
    for name, node in values:
        if name is None:
            continue
        if name in first:
            hint = Hint("first listed here", first[name].span)
            reader.report("bad-value", f"`{name}` is listed twice", node.span, hint)
        first.setdefault(name, node)
    return tuple(first)


def identity(_reader: Reader, text: str, _key: str) -> str:
    """An id, as an entry or a key of a section states it."""
    if not re.fullmatch(_ID, text):
        better = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        message = f"{text!r} is no id: use lower-case letters, digits and hyphens"
        raise Mistake("bad-id", message, *((f"for example `{better}`",) if better else ()))
    return text


def _flag(_reader: Reader, text: str, key: str) -> bool:
    if text not in ("true", "false"):
        raise Mistake("bad-value", f"`{key}` is true or false, not {text!r}")
    return text == "true"


def _date(parse: Callable[[str], _T]) -> Callable[[Reader, str, str], _T]:
    def parsed(_reader: Reader, text: str, _key: str) -> _T:
        try:
            return parse(text)
        except ValueError as error:
            message = f"{text!r} is not a date: {error}"
            raise Mistake("bad-date", message, "write days as YYYY-MM-DD") from None

    return parsed


_TLP = {marking.label.removeprefix("TLP:"): marking for marking in Marking}
_label = _one_of(_TLP)


def _marking(reader: Reader, text: str, key: str) -> Marking:
    """A TLP label, with or without its `TLP:`."""
    return _label(reader, text.removeprefix("TLP:"), key)


def _language(_reader: Reader, text: str, _key: str) -> str:
    if not languages.is_code(text):
        raise Mistake("bad-value", f"{text!r} is no language code", "write it as en, fa or fa-AF")
    return text


def _base_language(reader: Reader, text: str, key: str) -> str:
    code = _language(reader, text, key)
    if code not in reader.languages:
        message = f"`{code}` is not in `languages`"
        raise Mistake("unknown-language", message, *suggestion(code, reader.languages))
    return code


def _url(_reader: Reader, text: str, _key: str) -> str:
    if not re.fullmatch(_URL, text):
        raise Mistake("bad-url", f"{text!r} is no http or https address")
    return text


def _sha256(_reader: Reader, text: str, _key: str) -> str:
    if not re.fullmatch(_SHA256, text):
        raise Mistake("bad-value", "a SHA-256 is 64 lower-case hexadecimal digits")
    return text


def _time_zone(_reader: Reader, text: str, _key: str) -> str:
    # The other names stand for whatever the machine is set to.
    if text not in zoneinfo.available_timezones() or ("/" not in text and text != "UTC"):
        raise Mistake("bad-value", f"{text!r} is no time zone", "such as Asia/Kabul")
    return text


def _file_name(_reader: Reader, text: str, _key: str) -> str:
    try:
        filenames.check(text)
    except filenames.BadPattern as error:
        raise Mistake("bad-name", str(error), *error.hints) from None
    return text


_text = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_code = _pattern(languages.PATTERN)
_PLAIN: Mapping[Any, Form] = {
    str: Form(lambda reader, node, key, _: reader.text(node, key), _text),
    LocalText: Form(
        lambda reader, node, key, _: reader.local(node, key),
        {
            "anyOf": [
                _text,
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": _code,
                    "additionalProperties": _text,
                },
            ]
        },
        "text",
    ),
    bool: _parsed(_flag, {"enum": [True, False, "true", "false"]}),
    date: _parsed(_date(edtf.parse_day), _pattern(edtf.DAY), "day"),
    edtf.Edtf: _parsed(
        _date(edtf.parse),
        {"anyOf": [_pattern(edtf.PATTERN), {"type": "integer", "minimum": 1000, "maximum": 9999}]},
        "date",
    ),
    Marking: _parsed(_marking, _words([*_TLP, *(marking.label for marking in Marking)])),
}
_GRAMMARS: Mapping[Grammar, Form] = {
    Grammar.ID: _parsed(identity, _identity),
    Grammar.LANGUAGE: _parsed(_language, _code),
    Grammar.BASE_LANGUAGE: _parsed(_base_language, _code),
    Grammar.URL: _parsed(_url, _pattern(_URL)),
    Grammar.SHA256: _parsed(_sha256, _pattern(_SHA256)),
    Grammar.TIME_ZONE: _parsed(_time_zone, {"type": "string"}),
    Grammar.FILE_NAME: _parsed(_file_name, {"type": "string"}),
}
