"""What can be typed at a place of a base: keys, ids, words of the format."""

from __future__ import annotations

import re

from briefings.authoring.editing import EditedDesk, called
from briefings.core.model import Evidence, Fact, FactBase
from briefings.core.span import SourceText, line_starts
from briefings.load import shorthand
from briefings.load.entries import fields_of, sections_by_key, sections_of, with_parts

_KEY = re.compile(r"(?P<indent>(?: |- )*)(?P<key>[\w.-]+)[ \t]*:(?=\s|$)")
_BEGUN = re.compile(r"(?P<indent>(?: |- )*)(?P<word>[\w-]*)\Z")
_LINE = re.compile(r"(?P<indent>(?: |- )*)(?:(?P<key>[\w.-]+)[ \t]*:[ \t]+)?(?=\S)(?P<open>[\[{])?")
_PIECES = re.compile(r"""(?P<text>"(?:[^"\\]|\\.)*"|'[^']*')|(?P<sign>[\[\]{},])""")
_INNER_KEY = re.compile(r"\s*(?P<key>[\w-]+)[ \t]*:[ \t]*\Z")
_MOST_LINES = 50  # that brackets are looked for above a place
_VALUE = re.compile(r"([\w-]+): +(?:\[[^\]{}]*|[^\[\]{},]*)\Z")


def completions(desk: EditedDesk, text: SourceText, offset: int) -> tuple[tuple[str, str], ...]:
    """What can stand at a code point of a text that need not be YAML yet: each with a word on it.

    They are keys where a key begins, ids and words of the format where a value is.

    Args:
        desk: The base as it was last read, for its ids.
        text: The file as it is being typed.
        offset: A code point, from 0.
    """
    at = text.position(offset)
    line = text.line(at.line)[: at.column - 1]
    mark = line.rpartition("[")[2] if "[" in line else None
    begun = _BEGUN.fullmatch(line)
    brackets = _in_brackets(text, offset)
    if brackets:
        kind = _kind_of(brackets)
        return _keys(kind) if kind is not None else ()
    value = _VALUE.search(line)
    if begun is not None:
        keys = _above(text, at.line, len(begun["indent"]))
        if keys and "-" in begun["indent"] and (listed := _values(desk, keys[-1])):
            return listed
        kind = _kind_of(keys)
        return _keys(kind) if kind is not None else ()
    if value is not None and (named := _values(desk, value[1])):
        return named
    if mark is not None and "]" not in mark:
        return _ids(desk, "facts")
    return ()


def _above(text: SourceText, line: int, column: int) -> tuple[str, ...]:
    """The keys under which a column of a line stands, the outermost first."""
    keys: list[str] = []
    for number in range(line - 1, 0, -1):
        match = _KEY.match(text.line(number))
        if match is not None and len(match["indent"]) < column:
            keys.append(match["key"])
            column = len(match["indent"])
        if column == 0:
            break
    return tuple(part for key in reversed(keys) for part in key.split("."))


def _in_brackets(text: SourceText, offset: int) -> tuple[str, ...]:
    """The keys above a place where a key begins in a map between brackets; none for another."""
    last = text.position(offset).line
    margin: int | None = None
    for number in range(last, max(0, last - _MOST_LINES), -1):
        start = line_starts(text.text)[number - 1]
        line = _LINE.match(text.text, start)
        if line is None or (margin is not None and len(line["indent"]) >= margin):
            continue  # nothing, or a further line of what begins above it
        margin = len(line["indent"])
        if line["open"] is not None:
            brackets, rest = _open_brackets(text.text[line.start("open") : offset])
            if brackets:
                is_key = brackets[-1][0] == "{" and re.fullmatch(r"\s*[\w-]*", rest) is not None
                keys = (line["key"], *(key for _, key in brackets))
                above = _above(text, number, margin)
                return (*above, *filter(None, keys)) if is_key else ()
        if number < last:
            break
    return ()


def _open_brackets(written: str) -> tuple[list[tuple[str, str | None]], str]:
    """The brackets that are open at the end of a text, each with its key, and what follows."""
    brackets: list[tuple[str, str | None]] = []
    at = 0
    for piece in _PIECES.finditer(written):
        sign, before = piece["sign"], written[at : piece.start()]
        if sign is None:
            continue
        at = piece.end()
        if sign in "[{":
            key = _INNER_KEY.fullmatch(before)
            brackets.append((sign, key["key"] if key is not None else None))
        elif sign in "]}" and brackets:
            brackets.pop()
    return brackets, written[at:]


def _kind_of(keys: tuple[str, ...]) -> type | None:
    """The class of the entry that stands under these keys."""
    if not keys:
        return FactBase
    sections = sections_by_key()
    kind: type = FactBase
    rest = list(keys)
    if rest[0] in sections:
        section = sections[rest.pop(0)]
        if not section.is_list and not rest:
            return None
        kind, rest = section.entry, rest if section.is_list else rest[1:]
    for key in rest:
        if sections.get(key) is not None and sections[key].entry is kind:
            continue  # the entries of a group
        part = shorthand.part_of(kind, key)
        if part is None:
            return None
        kind = part
    return kind


def _keys(kind: type) -> tuple[tuple[str, str], ...]:
    evidence = fields_of(Evidence) if kind is Fact else ()
    own = (*fields_of(kind), *(each for each in evidence if each.key in shorthand.of_evidence()))
    fields = tuple((f"{each.key}: ", each.doc) for each in own)
    if kind is not FactBase:
        return fields
    return (*fields, *((f"{each.key}:", each.doc) for each in sections_of(FactBase)))


def _values(desk: EditedDesk, key: str) -> tuple[tuple[str, str], ...]:
    """Ids and words that a key of that name can have, in whatever entry."""
    offered: dict[str, str] = {}
    kinds = with_parts((FactBase, *(section.entry for section in sections_of(FactBase))))
    for each in (field for kind in kinds for field in fields_of(kind) if field.key == key):
        offered |= dict.fromkeys((*each.form.words, *each.form.besides), each.doc)
        for section in sections_of(FactBase):
            if section.identity in each.form.refers:
                offered |= dict(_ids(desk, section.name))
    return tuple(offered.items())


def _ids(desk: EditedDesk, section: str) -> tuple[tuple[str, str], ...]:
    """The ids of a section, as far as they could be read, now or before."""
    (identity,) = (each.identity for each in sections_of(FactBase) if each.name == section)
    named = (each for mentioned in desk.index.values() for each in mentioned)
    return tuple(
        (each.name, called(desk.loaded.base, each, each))
        for each in named
        if each.gives and each.kinds == (identity,)
    )
