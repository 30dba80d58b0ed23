"""The objects of a PDF that we wrote, read from its bytes; whatever is unlike ours is an error."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

LARGEST = 64 * 2**20
"""The most bytes that one stream may hold when it is unpacked."""

Value: TypeAlias = "bool | float | bytes | Name | Ref | Operator | list[Value] | Dict | None"
Dict: TypeAlias = "dict[str, Value]"


class Unreadable(Exception):
    """Part of the file can't be read; the message says which, in one lower-case clause."""


class Name(str):
    """A name, such as `/Type`, without its slash."""

    __slots__ = ()


class Operator(str):
    """A bare word: an operator of a content stream."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to the object of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: its dictionary, and its bytes, unpacked unless it is a picture."""

    about: Dict
    data: bytes


Objects: TypeAlias = Mapping[int, "Value | Stream"]

_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]+"
    rb"|(?P<ref>(\d+) 0 R(?![\w.]))"
    rb"|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))(?![\w.])"
    rb"|(?P<name>/[^\0\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|(?P<row>\[(?:<[0-9A-Fa-f]*>|[+-]?(?:\d+\.?\d*|\.\d+)(?![\w.])|[\n ]+(?!\d+ R))*\])"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|\((?P<text>(?:[^()\\]|\\.)*)(?P<end>[()])"
    rb"|(?P<word>[A-Za-z'\"][\w*'\"]*)",
    re.DOTALL,
)
# Lines that draw or keep house, with nothing but numbers to them: most of a page, and no words.
_DRAWN = re.compile(
    rb"(?<=\n)(?:(?:[+-]?[\d.]+ ){0,6}"
    rb"(?:re|[mlcvyhnqQSswJjMigGkK]|[fbBW]\*?|rg|RG|cm|EMC|BT)\n)+"
)
_HEAD = re.compile(rb"(\d+) 0 obj\n")
_END = re.compile(rb"\nstartxref\n(\d{1,10})\n%%EOF\n?\Z")
_FIRST = re.compile(rb"%PDF-1\.\d\n%[^\n]{1,16}\n")
_CELL = re.compile(rb"<([0-9A-Fa-f]*)>|([+-]?[\d.]+)")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_CONSTANTS: Mapping[bytes, Value] = {b"true": True, b"false": False, b"null": None}


def objects(content: bytes) -> Objects:
    """Every object by its number. No byte lies outside of them: nothing is passed over."""
    end, first = _END.search(content[-64:]), _FIRST.match(content)
    if end is None or first is None:
        raise Unreadable("it is no PDF as we write them")
    table = int(end[1])
    _, read = _object(content, table)
    if not isinstance(read, Stream) or read.about.get("Type") != "XRef":
        raise Unreadable("it has no table of references as we write them")
    found: dict[int, Value | Stream] = {}
    places, packed = _rows(read)
    after = first.end()
    for place in sorted(places):
        if place != after:
            raise Unreadable(f"something stands outside of all objects, at byte {after}")
        after, number, value = _numbered(content, place)
        found[number] = value
    if content[after:] != content[len(content) - len(content[-64:]) + end.start() + 1 :]:
        raise Unreadable("something stands behind its last object")
    for number in packed:
        pack = found.get(number)
        if not isinstance(pack, Stream):
            raise Unreadable("it names a pack of objects that is none")
        found |= _packed(pack)
    return found


def tokens(content: bytes) -> Iterator[Value]:
    """The operands and operators of a content stream, or the values of any other text."""
    place = 0
    while place < len(content):
        place, read, is_there = _value(content, place)
        if is_there:
            yield read


def without_drawing(content: bytes) -> bytes:
    """A content stream without the lines of it that only draw; as it is if it has texts."""
    return content if b"(" in content else _DRAWN.sub(b"", content)


def _numbered(content: bytes, place: int) -> tuple[int, int, Value | Stream]:
    head = _HEAD.match(content, place)
    if head is None:
        raise Unreadable(f"there is no object at byte {place}")
    after, value = _object(content, place)
    return after, int(head[1]), value


def _object(content: bytes, place: int) -> tuple[int, Value | Stream]:
    head = _HEAD.match(content, place)
    if head is None:
        raise Unreadable(f"there is no object at byte {place}")
    after, value, is_there = _value(content, head.end())
    if not is_there:
        raise Unreadable(f"the object at byte {place} is empty")
    if isinstance(value, dict) and content.startswith(b"\nstream\n", after):
        length = value.get("Length")
        if not isinstance(length, float):
            raise Unreadable(f"the stream at byte {place} has no length")
        start = after + len(b"\nstream\n")
        stop = start + int(length)
        if not content.startswith(b"\nendstream\nendobj\n", stop):
            raise Unreadable(f"the stream at byte {place} is cut off")
        data = content[start:stop]
        return stop + len(b"\nendstream\nendobj\n"), Stream(value, _unpacked(value, data))
    if not content.startswith(b"\nendobj\n", after):
        raise Unreadable(f"the object at byte {place} has no end")
    return after + len(b"\nendobj\n"), value


def _unpacked(about: Dict, data: bytes) -> bytes:
    """The bytes of a stream; of a picture as they are, since there is no text in it."""
    packing = about.get("Filter")
    if packing is None or about.get("Subtype") == "Image":
        return data
    if packing != "FlateDecode" or about.get("DecodeParms") is not None:
        raise Unreadable(f"a stream is packed in a way that we do not use: {packing!r}")
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(data, LARGEST + 1)
    except zlib.error:
        raise Unreadable("a stream is damaged") from None
    if len(unpacked) > LARGEST or not unpacking.eof or unpacking.unused_data:
        raise Unreadable("a stream is too large, or not what it says")
    return unpacked


def _rows(table: Stream) -> tuple[list[int], list[int]]:
    """Where objects begin, and which are packs of further ones."""
    widths = table.about.get("W")
    if not isinstance(widths, list) or not all(isinstance(width, float) for width in widths):
        raise Unreadable("its table of references is broken")
    first, second, third = (int(width) for width in widths if isinstance(width, float))
    size = first + second + third
    if first != 1 or not size or len(table.data) % size:
        raise Unreadable("its table of references is broken")
    places: list[int] = []
    packs: dict[int, None] = {}
    for start in range(0, len(table.data), size):
        kind = table.data[start]
        value = int.from_bytes(table.data[start + 1 : start + 1 + second], "big")
        if kind == 1:
            places.append(value)
        elif kind == 2:
            packs[value] = None
    return places, list(packs)


def _packed(pack: Stream) -> dict[int, Value]:
    count, first = pack.about.get("N"), pack.about.get("First")
    if not isinstance(count, float) or not isinstance(first, float):
        raise Unreadable("a pack of objects is broken")
    numbers = [one for one in tokens(pack.data[: int(first)]) if isinstance(one, float)]
    values = list(tokens(pack.data[int(first) :]))
    if len(numbers) != 2 * count or len(values) != count:
        raise Unreadable("a pack of objects is broken")
    return {int(number): value for number, value in zip(numbers[::2], values, strict=True)}


def _value(content: bytes, place: int) -> tuple[int, Value, bool]:
    """The place behind the next value, the value, and whether there is one at all."""
    open_ones: list[tuple[bytes, list[Value]]] = []
    while place < len(content):
        token = _TOKEN.match(content, place)
        if token is None:
            raise Unreadable(f"{content[place : place + 12]!r} is none of our ways to write")
        place = token.end()
        kind = token.lastgroup
        if kind is None:
            continue
        if kind == "open":
            open_ones.append((token[kind], []))
            continue
        if kind == "close":
            if not open_ones or open_ones[-1][0] != {b">>": b"<<", b"]": b"["}[token[kind]]:
                raise Unreadable("brackets do not match")
            value = _closed(*open_ones.pop())
        elif kind == "end":
            place, value = _text(content, token.start())
        else:
            value = _plain(kind, token)
        if not open_ones:
            return place, value, True
        open_ones[-1][1].append(value)
    if open_ones:
        raise Unreadable("a bracket is never closed")
    return place, None, False


def _closed(opening: bytes, inner: list[Value]) -> Value:
    if opening == b"[":
        return inner
    keys = inner[::2]
    if len(inner) % 2 or not all(isinstance(key, Name) for key in keys):
        raise Unreadable("a dictionary is broken")
    return {str(key): value for key, value in zip(keys, inner[1::2], strict=True)}


def _plain(kind: str, token: re.Match[bytes]) -> Value:
    if kind == "ref":
        return Ref(int(token[2]))
    if kind == "number":
        return float(token[kind])
    if kind == "row":
        # A line of text is one: many cells, of two kinds only.
        return [
            float(number) if number else _bytes(digits)
            for digits, number in _CELL.findall(token[kind])
        ]
    if kind == "name":
        plain = _CODE.sub(lambda code: bytes.fromhex(code[1].decode()), token[kind][1:])
        return Name(plain.decode("utf-8", "surrogateescape"))
    if kind == "hex":
        return _bytes(b"".join(token[kind].split()))
    return _CONSTANTS.get(token[kind], Operator(token[kind].decode("ascii", "replace")))


def _bytes(digits: bytes) -> bytes:
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _text(content: bytes, place: int) -> tuple[int, bytes]:
    """A text in round brackets, which may hold pairs of them."""
    depth, index = 0, place
    while index < len(content):
        char = content[index : index + 1]
        if char == b"\\":
            index += 1
        elif char in (b"(", b")"):
            depth += 1 if char == b"(" else -1
            if depth == 0:
                return index + 1, _ESCAPE.sub(_unescaped, content[place + 1 : index])
        index += 1
    raise Unreadable("a text has no end")


def _unescaped(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) & 255])
    return _ESCAPED.get(code, code)
