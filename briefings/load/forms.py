"""How each type of value in the model is written: its reader, its JSON Schema, its word."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

from briefings.core import edtf, languages
from briefings.core.addresses import URL
from briefings.core.diagnostics import Hint
from briefings.core.fields import AnyOf, Between, Grammar, Rule
from briefings.core.groups import grouped
from briefings.core.limits import ALL_VALUES
from briefings.core.model import FactId, LocalText, Marking, Prose, SharedWords
from briefings.core.names import suggestion
from briefings.core.values import dataclass
from briefings.load import grammars, intended, marked
from briefings.load.shape import Mistake, Reader
from briefings.load.variants import MOST_SHARED, MOST_WORDS
from briefings.load.yamltree import Mapping as MappingNode
from briefings.load.yamltree import Node, Scalar, Sequence

# So many ids are looked through for those that were meant: a base whose references are all wrong
# has another mistake than a slip of the pen.
_MOST_COMPARED = 100_000
_MOST_NAMED = 3

Schema = Mapping[str, Any]
ID = Annotated[str, Grammar.ID]
"""The type of an id where an entry states its own."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a type of value is written.

    `read(reader, node, key, owner)` makes the value of a node, or reports why not and returns
    None; `key` and `owner`, the entry that holds it, are what messages call them. `word` is what
    the tables of the docs call it, where its key alone does not say; `part` is the class of the
    entries that it holds, if any; `words` are all that may stand there, where they are few;
    `refers` are the kinds of ids that may, in a prose as marks, and `besides` words for none.
    """

    read: Callable[[Reader, Node, str, str], Any]
    schema: Schema
    word: str = ""
    part: type | None = None
    words: tuple[str, ...] = ()
    refers: tuple[Any, ...] = ()
    besides: tuple[str, ...] = ()


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
    """The form of a list.

    Args:
        item: That of its items.
        marks: Rules that it is kept to: `WHOLE`, `OR_MAP`, `NOT_EMPTY`.
        once: Whether a value that stands in it twice is a mistake.
    """
    whole, or_map, not_empty = (rule in marks for rule in (Rule.WHOLE, Rule.OR_MAP, Rule.NOT_EMPTY))

    def read(reader: Reader, node: Node, key: str, owner: str) -> tuple[Any, ...] | None:
        if or_map and isinstance(node, MappingNode):
            node = Sequence(tuple(name for name, _ in node.entries), node.span)
        items = reader.items(node, key, of_maps=item.part is not None)
        reader.listed += len(items)
        if reader.listed > ALL_VALUES.most:
            _report_too_many(reader, len(items), node)
            return None
        values = [item.read(reader, each, key, owner) for each in items]
        kept = tuple(value for value in values if value is not None)
        if once:
            kept = _once(reader, zip(values, items, strict=True))
        if not_empty and not items and isinstance(node, Sequence):
            whose = f" of {owner}" if owner else ""
            reader.report("empty-text", f"`{key}`{whose} is empty", node.span, "write at least one")
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
        item.refers,
    )


def _report_too_many(reader: Reader, count: int, node: Node) -> None:
    """Say it of the first list: what groups and defaults say for many counts for each of them."""
    if reader.listed - count <= ALL_VALUES.most:
        message = (
            f"with what is said once, the lists of the base hold over {ALL_VALUES.shown} items"
        )
        hint = "say a long list where it belongs, not for all entries of a group or source"
        reader.report("yaml-limit", message, node.span, hint, ALL_VALUES.raising)


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


def _choice(values: Mapping[str, Any]) -> Form:
    return replace(_parsed(grammars.one_of(values), _words(values)), words=tuple(values))


def _words(values: Iterable[str]) -> Schema:
    """One of these; YAML takes a bare 1 for a number, and so does whoever reads the schema."""
    texts = list(values)
    return {"enum": [*texts, *(int(text) for text in texts if text.isdigit())]}


# An id may be all digits.
_identity: Schema = {**_pattern(grammars.ID), "type": ["string", "integer"]}


def _literal(values: tuple[str, ...]) -> Form:
    def parse(_reader: Reader, text: str, key: str) -> str:
        if text in values:
            return text
        known = ", ".join(values)
        raise Mistake("bad-value", f"{key} {text!r} is not known: this program reads {known}")

    return _parsed(parse, _words(values))


_ADDED_BY = {
    **{noun: (f"a new one: `briefings name {noun}`",) for noun in ("actor", "place", "topic")},
    "source": ("a new one: `briefings capture`",),
}
"""The command that adds an entry, by what it is."""


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
        message = f"there is no {noun} `{text}`"
        reader.compared += sum(len(reader.ids[kind]) for kind in kinds)
        if reader.compared > _MOST_COMPARED:
            raise Mistake("unknown-reference", message)
        known = {*others, *(name for kind in kinds for name in reader.ids[kind])}
        raise Mistake(
            "unknown-reference", message, *suggestion(text, known), *_ADDED_BY.get(noun, ())
        )

    return Form(
        lambda reader, node, _key, _: reader.parsed(node, noun, parse),
        _identity,
        refers=kinds,
        besides=tuple(others),
    )


def _number(kind: type, bounds: Between) -> Form:
    low, high = bounds.low, bounds.high

    def parse(_reader: Reader, text: str, key: str) -> Any:
        if not re.fullmatch(grammars.NUMBER, text) or not low <= float(text) <= high:
            message = f"`{key}` is a number from {low:g} to {high:g}, not {text!r}"
            hint = "write it in the digits 0 to 9, with a point before decimals"
            raise Mistake("bad-value", message, hint)
        number = float(text)
        if kind is int and number != int(number):
            message = f"`{key}` is a whole number, from {low:g}"
            raise Mistake("bad-value", message, instead=int(number))
        return kind(number)

    name = "integer" if kind is int else "number"
    written = {**_pattern(grammars.NUMBER), "type": [name, "string"]}
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
        texts = [(key.value, answer.read(reader, text, key.value, owner)) for key, text in entries]
        return tuple((name, text) for name, text in texts if text is not None)

    named = {
        f"^(?:{grammars.ID})$": answer.schema,
        rf"^(?:{grammars.ID})\.(?:{languages.PATTERN})$": ONE_LANGUAGE,
    }
    return Form(read, {"type": "object", "patternProperties": named, "additionalProperties": False})


def _once(reader: Reader, values: Iterable[tuple[str | None, Node]]) -> tuple[str, ...]:
    places = grouped((name, node) for name, node in values if name is not None)
    repeated = [name for name, nodes in places.items() if len(nodes) > 1]
    if repeated:
        first, again = places[repeated[0]][:2]
        counts = [(name, len(places[name])) for name in repeated]
        hint = Hint("first listed here", first.span)
        reader.report("bad-value", _repeats(counts), again.span, "name each once", hint)
    return tuple(places)


def _repeats(counts: list[tuple[str, int]]) -> str:
    """What stands several times in a list, in one message: there may be thousands."""
    (name, count), *others = counts
    if not others:
        return f"`{name}` is listed {'twice' if count == 2 else f'{count:,} times'}"
    shown = ", ".join(f"`{name}`" for name, _ in counts[:_MOST_NAMED])
    rest = len(counts) - _MOST_NAMED
    return f"{shown}{f' and {rest:,} more' if rest > 0 else ''} are listed several times each"


_text = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_code = _pattern(languages.PATTERN)
_words_that_differ = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": MOST_WORDS,
    "additionalProperties": _text,
}
ONE_LANGUAGE: Schema = {"anyOf": [_text, _words_that_differ]}
"""What a text in languages says in one of them."""
_local = {
    "anyOf": [
        _text,
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": _code,
            "additionalProperties": ONE_LANGUAGE,
        },
    ]
}
_WORDING: Schema = {
    "type": "object",
    "patternProperties": {
        f"^(?:{languages.PATTERN})$": {
            "type": "object",
            "maxProperties": MOST_SHARED,
            "additionalProperties": _text,
        }
    },
    "additionalProperties": False,
}


def _wording(reader: Reader, node: Node, key: str, _owner: str) -> SharedWords:
    """Words by which forms of languages differ, each of a form of a language of the base."""
    words: dict[str, dict[str, str]] = {}
    for code, told in _pairs(reader, node, key):
        if code.value not in reader.languages:
            hints = intended.language(code.value, reader.languages)
            message = f"`{code.value}` is not in `languages`"
            reader.report("unknown-language", message, code.span, *hints)
        elif not set(languages.chain(code.value)[1:]) & set(reader.languages):
            message = f"`{code.value}` is no form of another language of the base"
            reader.report("bad-value", message, code.span, "words differ from those of another")
        else:
            told_by = _pairs(reader, told, f"{key}.{code.value}")
            if len(told_by) > MOST_SHARED:
                message = f"`{key}.{code.value}` holds {len(told_by)} words"
                reader.report("bad-value", message, code.span, f"tell up to {MOST_SHARED}")
            texts = {old.value: reader.text(new, old.value) for old, new in told_by[:MOST_SHARED]}
            words[code.value] = {
                " ".join(old.split()): " ".join(new.split())
                for old, new in texts.items()
                if old and new
            }
    return SharedWords(words)


def _pairs(reader: Reader, node: Node, key: str) -> tuple[tuple[Scalar, Node], ...]:
    if isinstance(node, MappingNode):
        return node.entries
    hint = "write {fa-AF: {a word: another}}, a map of words for each form of a language"
    reader.report("wrong-type", f"`{key}` is a map, not {intended.form(node)}", node.span, hint)
    return ()


_PLAIN: Mapping[Any, Form] = {
    SharedWords: Form(_wording, _WORDING, "map"),
    str: Form(lambda reader, node, key, _: reader.text(node, key), _text),
    LocalText: Form(lambda reader, node, key, _: reader.local(node, key), _local, "text"),
    Prose: Form(marked.prose, _local, "text", refers=(FactId,)),
    bool: _parsed(grammars.flag, {"enum": [True, False, "true", "false"]}),
    date: _parsed(grammars.dated(edtf.parse_day), _pattern(edtf.DAY), "day"),
    edtf.Edtf: _parsed(
        grammars.dated(edtf.parse),
        {"anyOf": [_pattern(edtf.PATTERN), {"type": "integer", "minimum": 1000, "maximum": 9999}]},
        "date",
    ),
    Marking: _parsed(
        grammars.marking, _words([*grammars.TLP, *(marking.label for marking in Marking)])
    ),
}
_GRAMMARS: Mapping[Grammar, Form] = {
    Grammar.WORD: Form(lambda reader, node, key, _: reader.word(node, key), _text),
    Grammar.VERBATIM: Form(lambda reader, node, key, _: reader.verbatim(node, key), _text),
    Grammar.ID: _parsed(grammars.identity, _identity),
    Grammar.LANGUAGE: _parsed(grammars.language, _code),
    Grammar.BASE_LANGUAGE: _parsed(grammars.base_language, _code),
    Grammar.URL: _parsed(grammars.url, _pattern(URL)),
    Grammar.SHA256: _parsed(grammars.sha256, _pattern(grammars.SHA256)),
    Grammar.TIME_ZONE: _parsed(grammars.time_zone, {"type": "string"}),
    Grammar.FILE_NAME: _parsed(grammars.file_name, {"type": "string"}),
    Grammar.TEMPLATE: _parsed(grammars.template, _pattern(grammars.TEMPLATE)),
}
