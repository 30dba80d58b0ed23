"""YAML text to nodes with places; every scalar stays the text that was written."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import field
from itertools import islice
from typing import Any, NamedTuple

import yaml

from briefings.core import characters
from briefings.core.diagnostics import Diagnostic, Hint, diagnostic
from briefings.core.limits import ALL_VALUES, DEPTH, VALUES, Limit
from briefings.core.span import SourceText, Span
from briefings.core.values import dataclass
from briefings.load import broken

MOST_HIDDEN = 20
_new = tuple.__new__  # a Scalar without the call of a function, for there are many

_SHORT = 24
"""Letters of a key, a code or an id, which stand in a base many times and in memory once."""

# An explicit key may lack its value, which then stands where the next token does; marks of a
# document end it.
_UNSURE = re.compile(r"^[ \t-]*\?(?:\s|$)|^(?:---|\.\.\.|%)|[\x85\u2028\u2029\ufeff]", re.MULTILINE)
_SIGNS = ("?", "---", "...", "%", *"\x85\u2028\u2029\ufeff")
"""What stands in each of these, and is found at once where a pattern tries every letter."""

_COMMENT = re.compile(r"[ \t]*(?:(?:\r\n|\n|\r)(?P<indent> +)|(?<=[ \t]))(?P<comment>#[^\r\n]*)")


class Scalar(NamedTuple):
    """A text; `value` is what YAML makes of quotes, folds and escapes, never another type.

    `comment` is where one ends a text without quotes: it may be a part of that text that begins
    with `#`, and only who knows what is read there can tell. Its own place is in three parts: of
    most texts nobody asks for it, and there are millions.
    """

    value: str
    path: str
    start: int
    end: int
    comment: Span | None = None

    @property
    def span(self) -> Span:
        """Where it stands, quotes and all."""
        return Span(self.path, self.start, self.end)


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    span: Span

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.span.end


class Mapping(NamedTuple):
    """A map; keys are texts, and each stands once."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.span.end


Node = Scalar | Sequence | Mapping


class _Stop(Exception):
    """Nothing sensible can be read after this."""

    def __init__(self, reason: Diagnostic) -> None:
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines that are read by themselves, and where they begin."""

    start: int
    text: str


@dataclass(slots=True)
class _Open:
    """A list or map that is not closed yet."""

    start: int
    is_map: bool
    column: int
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    key: Scalar | None = None


def parse(source: SourceText) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of a text in a subset of YAML 1.1, in which every scalar stays a text.

    It is one document without anchors, aliases, tags or merge keys, whose keys are texts, with no
    more levels and values than are allowed. An empty text is an empty map.

    Args:
        source: A file as it was read, whose path goes into every place.

    Returns:
        The tree, or None where none can be made; and all that is wrong with it: `yaml-syntax`,
        `yaml-feature`, `yaml-limit`, `duplicate-key`, `hidden-character` or `wrong-type`.
    """
    return parse_within(source, VALUES, VALUES.most)[:2]


def parse_within(
    source: SourceText, limit: Limit, most: int
) -> tuple[Node | None, list[Diagnostic], int]:
    """The tree of a text that may hold `most` values by a limit.

    Args:
        source: The text of a file.
        limit: The limit by which values are counted, for the message.
        most: So many are left of it.

    Returns:
        How many it holds as well: `most` for more, and none where it can't be read.
    """
    hidden = islice(characters.hidden(source.text), MOST_HIDDEN)
    mistakes = [_hidden(source.path, source.text, index) for index in hidden]
    if mistakes:
        return None, mistakes, 0
    try:
        if (index := _first_beyond(source.text, most)) is not None:
            message = _TOO_MANY[limit].format(limit.shown)
            return None, [_limit(message, source.path, index, limit)], most
        root, count = _build(source, mistakes)
    except yaml.YAMLError as error:
        return None, [*mistakes, _unreadable(source, error)], 0
    except _Stop as stop:
        return None, [*mistakes, stop.reason], 0
    return root, mistakes, count


def parse_part(source: SourceText, start: int, end: int) -> tuple[Node, int] | None:
    """The tree of some lines of a text, as it stands in that of the whole, one level down.

    The lines are all of a list or map in a block, or some whole entries of it.

    Args:
        source: A file as it was read.
        start: Where the first line begins, half-open in code points.
        end: Where the last one ends.

    Returns:
        The tree and how many events it took; None where the lines can't be read by themselves,
        anything is wrong with them, or it hangs on what follows where one of their values ends.
    """
    text = source.text[start:end]
    # A piece is at most half of what a file may hold: the whole is told by its place.
    if not is_plain(text) or _first_beyond(text, VALUES.most // 2) is not None:
        return None
    mistakes: list[Diagnostic] = []
    try:
        read = _build(source, mistakes, _Part(start, text))
    except (_Stop, yaml.YAMLError):
        return None
    return None if mistakes else read


def is_plain(text: str) -> bool:
    """Whether lines end where they seem to, hang on no other and hold nothing that is hidden."""
    if any(sign in text for sign in _SIGNS) and _UNSURE.search(text) is not None:
        return False
    return next(characters.hidden(text), None) is None


def _hidden(path: str, text: str, index: int) -> Diagnostic:
    return diagnostic(
        "hidden-character",
        f"{characters.name(text[index])} does not show",
        Span(path, index, index + 1),
        "delete it",
    )


def _build(
    source: SourceText, mistakes: list[Diagnostic], part: _Part | None = None
) -> tuple[Node, int]:
    """The tree of all events, and their number; so many are looked at as little as will do.

    Raises:
        _Stop: Nothing sensible can be read.
        yaml.YAMLError: Nothing can be read at all.
    """
    path, text = source.path, source.text
    first, most = (0, DEPTH.most) if part is None else (part.start, DEPTH.most - 1)
    last_comment = text.rfind("#", first, None if part is None else first + len(part.text))
    stack: list[_Open] = []
    parent: _Open | None = None  # the last of them
    root: Node | None = None
    count = 0
    next_event, intern = _next_event(text if part is None else part.text), sys.intern
    scalar = yaml.ScalarEvent
    for count, event in enumerate(iter(next_event, None)):  # noqa: B007 # it is the answer
        kind, start, end = type(event), event.start_mark.index + first, event.end_mark.index + first
        if kind is scalar:
            if event.anchor is not None or event.tag is not None:
                raise _Stop(_unread(event, path, start, end))
            comment = None
            if end <= last_comment and not event.style:
                comment = _comment(source, end, parent.column if parent is not None else 0)
            value: str = event.value
            # One that stands in a base many times is in memory once.
            value = intern(value) if len(value) <= _SHORT else value
            written = _new(Scalar, (value, path, start, end, comment))
            mistakes += _escaped(written) if event.style == '"' else ()
            node: Node = written
        elif kind in _STARTS:
            parent = _opened(event, stack, most, Span(path, start, end))
            stack.append(parent)
            continue
        elif kind in _ENDS:
            node = _close(stack.pop(), path, start, end)
            parent = stack[-1] if stack else None
        elif kind is yaml.AliasEvent:
            raise _Stop(_feature("an alias", path, start, end, "*"))
        elif kind is yaml.DocumentStartEvent and root is not None:
            message = "a second document is not read here"
            step = "delete the line; or put what follows it into a file of its own under `include`"
            raise _Stop(diagnostic("yaml-feature", message, Span(path, start, start + 3), step))
        else:
            continue
        if parent is None:
            root = node
        else:
            _put(parent, node, mistakes)
    return root if root is not None else Mapping((), Span(path, 0, 0)), count


_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def _opened(event: Any, stack: list[_Open], most: int, place: Span) -> _Open:
    """The list or map that an event begins.

    Raises:
        _Stop: It has an anchor or a tag, stands too deep, or would be a key.
    """
    path, start, end = place.path, place.start, place.end
    if event.anchor is not None or event.tag is not None:
        raise _Stop(_unread(event, path, start, end))
    if len(stack) >= most:
        message = f"it nests deeper than {DEPTH.shown} levels"
        raise _Stop(_limit(message, path, start, DEPTH))
    if stack and stack[-1].is_map and stack[-1].key is None:
        message = "a key is a list or a map; keys are texts"
        raise _Stop(diagnostic("wrong-type", message, Span(path, start, start + 1)))
    # The column of a block's keys or dashes, from 0; no line stands deeper than a bracket.
    column = sys.maxsize if event.flow_style else event.start_mark.column
    return _Open(start, type(event) is yaml.MappingStartEvent, column)


def _unread(event: Any, path: str, start: int, end: int) -> Diagnostic:
    """What makes a value stand for more than its own text."""
    if event.anchor is not None:
        return _feature("an anchor", path, start, start + 1 + len(event.anchor), "&")
    return _feature("a tag", path, start, end, "!")


def _next_event(text: str) -> Callable[[], Any]:
    """What gets the next event of a text by libyaml, in the end None; all have marks."""
    loader: Any = yaml.CSafeLoader(text)
    next_event: Callable[[], Any] = loader.get_event
    return next_event


def _unreadable(source: SourceText, error: yaml.YAMLError) -> Diagnostic:
    """What libyaml can't read, in our words."""
    if isinstance(error, yaml.MarkedYAMLError):
        syntax = broken.explain(source.text, error)
        place = Span(source.path, syntax.start, syntax.end)
        return diagnostic("yaml-syntax", syntax.message, place, *syntax.hints)
    assert isinstance(error, yaml.reader.ReaderError)  # the only other error of a parser
    message = f"the character U+{ord(error.character):04X} is not allowed in YAML"
    place = Span(source.path, error.position, error.position)
    return diagnostic("yaml-syntax", message, place)


def _escaped(text: Scalar) -> Iterator[Diagnostic]:
    """A character that does not show; the file was searched for such: an escape brings it in."""
    for index in islice(characters.hidden(text.value), 1):
        message = f"an escape makes {characters.name(text.value[index])}, which does not show"
        yield diagnostic("hidden-character", message, text.span, "delete it")


def _comment(source: SourceText, end: int, column: int) -> Span | None:
    """The comment by which a text without quotes ends at `end`.

    It stands on the same line, or on the next one and deeper than the block's own `column`, where
    the text would go on.
    """
    match = _COMMENT.match(source.text, end)
    if match is None or (match["indent"] is not None and len(match["indent"]) <= column):
        return None
    return Span(source.path, *match.span("comment"))


def _put(parent: _Open, node: Node, mistakes: list[Diagnostic]) -> None:
    if not parent.is_map:
        parent.items.append(node)
    elif (key := parent.key) is None:
        # A collection can't be a key: it was refused when it opened.
        if isinstance(node, Scalar):
            if node.value == "<<":
                raise _Stop(_feature("a merge key", node.path, node.start, node.end))
            parent.key = node
    else:
        parent.key = None
        first, _ = parent.entries.setdefault(key.value, (key, node))
        if first is not key:
            place = Hint("first used here", first.span)
            message = f"the key `{key.value}` stands twice in one map"
            mistakes.append(
                diagnostic("duplicate-key", message, key.span, "keep one of the two", place)
            )


def _close(opened: _Open, path: str, start: int, end: int) -> Node:
    last = end
    if end == start:
        # A block collection ends, for YAML, only where the next token begins.
        if opened.entries:
            last = next(reversed(opened.entries.values()))[1].end
        elif opened.items:
            last = opened.items[-1].end
    span = Span(path, opened.start, max(last, opened.start))
    if opened.is_map:
        return Mapping(tuple(opened.entries.values()), span)
    return Sequence(tuple(opened.items), span)


def _feature(what: str, path: str, start: int, end: int, sign: str | None = None) -> Diagnostic:
    hints = ["write the value out where it is used"]
    if sign is not None:
        hints.append(f"a text that begins with `{sign}` stands in quotes")
    place = Span(path, start, max(start, end))
    return diagnostic("yaml-feature", f"{what} is not read here", place, *hints)


def _limit(message: str, path: str, index: int, limit: Limit) -> Diagnostic:
    place = Span(path, index, index)
    return diagnostic("yaml-limit", message, place, _CURE[limit], limit.raising)


_TOO_MANY = {
    VALUES: "the file holds more than {} values",
    ALL_VALUES: "with this file, the base holds more than {} values",
}
_CURE = {
    VALUES: "part it into files that `include` names",
    ALL_VALUES: "part the desk: let topics that share no facts be two desks",
    DEPTH: "take the brackets or the indentation out",
}


def _first_beyond(text: str, most: int) -> int | None:
    """Where the first value stands that is one too many; None where there is none.

    They are counted, and nothing is made of them: that takes a fifth of the time, and no memory.
    Before each value, and each end of a list or map with it, stands one of a few marks: where
    these are few, nothing is counted. Nor is what nests too deep, which is told when it is read:
    libyaml takes the longer for an event, the more brackets are open.
    """
    if min(len(text), sum(map(text.count, _MARKS))) <= (most - _AROUND) // 2:
        return None
    events = iter(_next_event(text), None)
    left, depth = most + 1, 0
    while depth <= DEPTH.most and (some := tuple(islice(events, _AT_ONCE))):
        if len(some) > left:
            return int(some[left].start_mark.index)
        left -= len(some)
        kinds = Counter(map(type, some))
        depth += sum(kinds[each] for each in _OPENING) - sum(kinds[each] for each in _CLOSING)
    return None


_MARKS = ("\n", "\r", ":", ",", "[", "{", "- ", "? ", "\t")
_AT_ONCE = 10_000
_OPENING = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSING = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_AROUND = 8
"""Events of a text beside those of its values, and of its first value."""
