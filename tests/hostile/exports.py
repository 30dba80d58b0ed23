"""Hostile exports of highlights: given to `import`, as another program or a stranger left them."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import TypeAlias

_ORDERS = "\x1b]0;x\x07\u202e\r\n::error::x ##[error]y"

Export: TypeAlias = list[dict[str, object]]


def exports() -> Iterator[tuple[str, bytes]]:
    """Each with a name of its own."""
    yield "nothing.json", b""
    yield "deep.json", b"[" * 100_000
    yield "digits.json", b'[{"id": ' + b"9" * 20_000 + b"}]"
    yield "no number.json", b'[{"id": NaN, "uri": Infinity}]'
    yield "lists for texts.json", _marks(exact=[["The ship"]], uri=[1], text={"a": 1})
    yield "nulls.json", b"[null, 1, true, [], {}]"
    yield "orders.json", _marks(exact=_ORDERS, uri=_ORDERS, text=_ORDERS, id=_ORDERS)
    yield "surrogates.json", _marks(exact="The ship\ud800", uri="\udfff", text="\ud800")
    yield "one long passage.json", _marks(exact="The ship left the port " * 50_000)
    yield "twenty thousand.json", json.dumps(_list("The ship") * 20_000).encode()
    yield "formula.csv", b"Text,Note\n\"=cmd|'/c calc'!A1\",@SUM(1)\nThe ship left the port,+1\n"
    yield "zero bytes.csv", b"Text,Note\nThe\0ship,x\n"
    yield "open quotes.csv", b'Text,Note\n"The ship left' + b"\n" * 5_000
    yield "one field.csv", b"Text,Note\n" + b"x" * 2_000_000 + b",y\n"
    yield "half a letter.json", codecs.BOM_UTF16_LE + b"[\0"
    yield "a program.json", b"\x7fELF" + bytes(300)


def _list(exact: object, **fields: object) -> Export:
    """One annotation, as the web has them."""
    mark = {"selector": [{"type": "TextQuoteSelector", "exact": exact}]}
    return [{"id": "1", "uri": "https://example.org/", "text": "", "target": [mark], **fields}]


def _marks(exact: object, **fields: object) -> bytes:
    return json.dumps(_list(exact, **fields)).encode()
