"""What can be read in a finished file by whoever looks: its text, its source, its data."""

from __future__ import annotations

import base64
import binascii
import html
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from briefings.core.artifacts import Artifact
from briefings.core.packing import LARGEST
from briefings.scan.shingles import BREAK

_LAYERS = 4
"""How often a text may be wrapped in codes, one in the other, and still be read."""

_APART = re.compile(r"<!--.*?-->|<(?P<block>style|script)\b.*?</(?P=block)\s*>|<[^<>]+>", re.DOTALL)
_WITHIN_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|i|mark|q|s|small|span|strong|u|wbr)\b"
)
_WITHIN_LINES = re.compile(r"</?(?:br|sub|sup)\b|<!--")
_BACKSLASH = re.compile(
    r"\\(?:u\{?([0-9a-fA-F]{4,6})\}?|x([0-9a-fA-F]{2})|([0-9a-fA-F]{1,6})[ \n]?|([nrt]))"
)
_PACKED = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_BLOB = re.compile(r"[A-Za-z0-9+/]{1000,}={0,2}")
_DEFLATED = b"x\xda"
_WORDLESS = ("image/", "font/")


class Unsearchable(Exception):
    """Part of the file can't be read; the message says which, in one lower-case clause."""


def extract_text(file: Artifact) -> Iterator[tuple[str, str]]:
    """Where in `file`, and what is to be read there, codes undone.

    Pictures and fonts have no words, but a name.

    Raises:
        Unsearchable: Not everything in the file can be read.
    """
    yield "in its name", file.path
    if file.media_type == "application/pdf":
        yield from _in_pdf(file.content)
    elif not file.media_type.startswith(_WORDLESS):
        yield from _written(file.content)


def _in_pdf(content: bytes) -> Iterator[tuple[str, str]]:
    # Late: pikepdf takes a tenth of a second to load, and most desks have nothing to look for.
    from briefings.render.pdf.reader import UnreadablePdf  # noqa: PLC0415
    from briefings.scan.pdftext import words_of  # noqa: PLC0415

    try:
        words = words_of(content)
    except UnreadablePdf as error:
        raise Unsearchable(str(error)) from None
    for text in words.shown:
        yield "on its pages", text
    for loose in _layers("\n".join(words.loose)):
        yield "in its titles, links or other data", loose
    for attached in words.attached:
        for _, text in _written(attached):
            yield "in an attachment or its metadata", text


def _written(content: bytes) -> Iterator[tuple[str, str]]:
    """A text, in markup or not: what it shows, and all that it is made of."""
    try:
        source = content.decode()
    except UnicodeDecodeError:
        raise Unsearchable("it is not UTF-8") from None
    source = _BLOB.sub(_opened, source)
    if "<" in source:
        yield "in its text", html.unescape(_APART.sub(_gap, source))
    for layer in _layers(source):
        yield "in its source", layer


def _opened(blob: re.Match[str]) -> str:
    """The text that a long stretch of base64 is; nothing for a font or a picture."""
    return _unpacked(blob[0]) or ""


def _gap(tag: re.Match[str]) -> str:
    if _WITHIN_WORDS.match(tag[0]):
        return ""
    return "\n" if _WITHIN_LINES.match(tag[0]) else BREAK


def _layers(text: str) -> Iterator[str]:
    """The text, and what it becomes when the codes in it are undone, layer by layer."""
    opened: set[str] = set()
    for _ in range(_LAYERS):
        yield text
        packed = [blob for blob in dict.fromkeys(_PACKED.findall(text)) if blob not in opened]
        opened.update(packed)
        unpacked = [plain for blob in packed if (plain := _unpacked(blob)) is not None]
        inner = "\n".join([_undone(text), *unpacked])
        if inner == text:
            return
        text = inner
    yield text


def _undone(text: str) -> str:
    """References, percent signs and backslashes, each undone once."""
    inner = html.unescape(text) if "&" in text else text
    inner = unquote(inner) if "%" in inner else inner
    return _BACKSLASH.sub(_letter, inner) if "\\" in inner else inner


def _letter(code: re.Match[str]) -> str:
    if code[4]:
        return "\n"
    try:
        return chr(int(code[1] or code[2] or code[3], 16))
    except (ValueError, OverflowError):
        return code[0]


@lru_cache(maxsize=256)
def _unpacked(packed: str) -> str | None:
    """The text in base64, deflated or not; None for anything else that only looks like it."""
    plain = packed.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        held = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
        text = (_inflated(held) if held.startswith(_DEFLATED) else held).decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return None
    return text if text.isprintable() or "\n" in text else None


def _inflated(held: bytes) -> bytes:
    """What zlib packed, as a brief's data are; of what is larger than any of ours the beginning."""
    return zlib.decompressobj().decompress(held, LARGEST)
