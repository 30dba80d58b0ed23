"""All the words of a PDF that we wrote: on its pages, in its data, names and attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pikepdf

from briefings.core.values import dataclass
from briefings.render.pdf.reader import Pdf, UnreadablePdf, expecting_ours, read_pdf, unpacked
from briefings.scan.pdfcontent import OPERATORS, read_content
from briefings.scan.pdffonts import Font, read_font, wordless_parts

# Names, texts and words as they stand in the file.
_NAME_OR_TEXT = re.compile(
    rb"/[^\0\t\n\f\r ()<>\[\]{}/%]+|\((?:[^()\\]++|\\.)*+\)|(?<!<)<[0-9A-Fa-f\s]*>"
    rb"|(?<![\w/#.+-])[A-Za-z'\"][\w*'\"]*",
    re.DOTALL,
)
_CONSTANTS = frozenset((b"R", b"true", b"false", b"null"))
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}


@dataclass(frozen=True, slots=True)
class PdfWords:
    """The words by where they stand.

    `shown` is what pages and forms show; of one where a line mixes both directions there are two
    readings. `loose` are all texts and names outside of them, each once: titles, the outline,
    targets, links, alternatives. `attached` are the files within, and the metadata.
    """

    shown: tuple[str, ...]
    loose: tuple[str, ...]
    attached: tuple[bytes, ...]


def words_of(content: bytes) -> PdfWords:
    """The words of the PDF `content`. Pictures and fonts have none.

    Raises:
        UnreadablePdf: Something in it is not understood: what can't be read is not passed over.
    """
    pdf = read_pdf(content)
    with pdf.document, expecting_ours():
        return _words(pdf)


def fonts_of(pdf: Pdf) -> Mapping[str, Font]:
    """The fonts of its pages, by the names that content streams use.

    Raises:
        UnreadablePdf: As `words_of`.
    """
    return _used(pdf).fonts


def _words(pdf: Pdf) -> PdfWords:
    used = _used(pdf)
    readings: dict[str, None] = {}
    raw = _names_and_texts(pdf.source)
    attached: list[bytes] = []
    for number, stream in sorted(pdf.streams.items()):
        if stream.get("/Type") in ("/Metadata", "/EmbeddedFile"):
            attached.append(unpacked(stream))
        elif number in used.contents or is_drawing(stream):
            drawn = read_content(unpacked(stream), used.fonts)
            raw |= _names_and_texts(drawn.rest, but=OPERATORS)
            readings |= dict.fromkeys(drawn.readings)
        elif number in used.wordless or "/FunctionType" in stream:
            unpacked(stream)  # for nothing but that it is whole, and no more than that
        elif stream.get("/Subtype") != "/Image":
            raise UnreadablePdf(f"object {number} is a stream that we have no use for")
    if pdf.document.get_warnings():
        raise UnreadablePdf("a stream in it is damaged")
    return PdfWords(tuple(readings), tuple(dict.fromkeys(map(_decoded, raw))), tuple(attached))


# Names and texts


def _names_and_texts(source: bytes, but: frozenset[bytes] = frozenset()) -> dict[bytes, None]:
    """Every name, text and bare word in `source`, each once and as it is written.

    Without words that are constants, or are in `but`.
    """
    texts = dict.fromkeys(_NAME_OR_TEXT.findall(source))
    return {raw: None for raw in texts if raw not in _CONSTANTS and raw not in but}


def _decoded(raw: bytes) -> str:
    """What a name, a text in brackets of either kind, or a word says."""
    if raw.startswith(b"/"):
        plain = _CODE.sub(lambda code: bytes.fromhex(code[1].decode()), raw[1:])
        return plain.decode("utf-8", "surrogateescape")
    if raw.startswith(b"("):
        text = _ESCAPE.sub(_unescaped, raw[1:-1])
    elif raw.startswith(b"<"):
        digits = b"".join(raw[1:-1].split())
        text = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        text = raw
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "replace")
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _unescaped(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) & 255])
    return _ESCAPED.get(code, code)


# What streams are for


@dataclass(frozen=True, slots=True)
class _Used:
    """What pages use: streams that show something, such as hold no words, fonts by their names."""

    contents: frozenset[int]
    wordless: frozenset[int]
    fonts: Mapping[str, Font]


def _used(pdf: Pdf) -> _Used:
    """The streams that have a place in a PDF of ours, other than those that say what they are."""
    pages = [page.obj for page in pdf.document.pages]
    drawings = [stream for stream in pdf.streams.values() if is_drawing(stream)]
    intents = pdf.document.Root.get("/OutputIntents", ())
    wordless = [intent.get("/DestOutputProfile") for intent in intents]
    named: dict[str, Any] = {}
    for resources in _each_once(owner.get("/Resources") for owner in (*pages, *drawings)):
        spaces = resources.get("/ColorSpace", {}).values()
        wordless += [part for space in spaces if _is_profile(space) for part in space]
        for name, font in resources.get("/Font", {}).items():
            if not font.is_indirect or named.setdefault(name, font).objgen != font.objgen:
                raise UnreadablePdf(f"more than one font is called {name}")
    for font in named.values():
        wordless += wordless_parts(font)
    return _Used(
        frozenset(each.objgen[0] for page in pages for each in _streams(page.get("/Contents"))),
        frozenset(part.objgen[0] for part in wordless if isinstance(part, pikepdf.Stream)),
        {name: read_font(font) for name, font in named.items()},
    )


def _streams(contents: Any) -> Iterable[Any]:
    return contents if isinstance(contents, pikepdf.Array) else (contents,)


def _is_profile(space: Any) -> bool:
    return isinstance(space, pikepdf.Array) and space[0] == "/ICCBased"


def is_drawing(stream: pikepdf.Stream) -> bool:
    """Whether a stream is what pages draw again and again, or fill shapes with."""
    return stream.get("/Subtype") == "/Form" or stream.get("/PatternType") == 1


def _each_once(values: Iterable[Any]) -> Iterator[Any]:
    """Objects that several pages share, once; of others each."""
    seen: set[tuple[int, int]] = set()
    for value in values:
        if value is not None and value.objgen not in seen:
            if value.is_indirect:
                seen.add(value.objgen)
            yield value
