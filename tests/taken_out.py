"""Text taken out of a PDF as other programs do it, and that of the page that it was set from."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import category

import pikepdf
import pypdfium2
from lxml import html

from briefings.render.pdf.texts.actual_text import NOTHING

__all__ = [
    "as_printed",
    "by_pdfium",
    "by_poppler",
    "by_tags",
    "heads_of_page",
    "last_of_sheets",
    "not_whole",
    "text_of_page",
    "words",
]

INLINE = {"a", "abbr", "b", "bdi", "em", "i", "mark", "q", "span", "strong", "sup", "time"}
_ON_A_LINE = {"/Span", "/Link", "/NonStruct"}

# Signs that tell a reader of plain text where a direction begins and ends.
_DIRECTIONS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u200e\u200f\u2066\u2067\u2069"))


def by_poppler(content: bytes) -> str:
    """By its tool `pdftotext`, as search engines do."""
    return as_printed(content).translate(_DIRECTIONS)


def as_printed(content: bytes, *options: str) -> str:
    """What `pdftotext` prints, with all signs of direction."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "page.pdf")
        path.write_bytes(content)
        command = ["pdftotext", *options, str(path), "-"]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def by_pdfium(content: bytes) -> str:
    """As Chrome does."""
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def words(text: str) -> Counter[str]:
    """Letters and digits, whatever their case; words that a line parts with a hyphen are whole.

    Pdfium tells of such a hyphen by U+FFFE, with or without the end of its line.
    """
    whole = re.sub("[\u2010\x02]\r?\n|\ufffe(?:\r?\n)?", "", text.casefold())
    kept = (each if category(each)[0] in "LMN" or each in "\u200c\u200d" else " " for each in whole)
    return Counter("".join(kept).split())


def not_whole(written: str, taken: str) -> list[str]:
    """Lines of a page's text that do not stand whole, and in order, in that which a reader takes.

    Whatever the case, the spaces, and where lines break; a number beside a sentence stands apart.
    """
    text = _in_one_line(taken)
    lines = filter(None, map(_in_one_line, written.splitlines()))
    return [line for line in lines if line not in text]


def _in_one_line(text: str) -> str:
    whole = re.sub("[\u2010\x02]\r?\n|\ufffe(?:\r?\n)?", "", text.casefold())
    whole = re.sub(r"(?<=\w)-\s+", "-", whole)
    whole = re.sub(r"(?<=\w)([–/])\r?\n", r"\1", whole)
    return " ".join(re.sub(r"(?<=\S)¶", " ¶", whole).split())


def text_of_page(page: str, *, pages: int = 0, apart: bool = False) -> str:
    """The text of a page that stands on paper, without pictures; blocks are lines.

    Of an element that asks for more pages than there are, there is none. What is set `apart` are
    numbers of citations, which are raised, and ticks of an axis.
    """
    (body,) = html.fromstring(page).iter("body")
    for spare in body.xpath(".//svg | .//script | .//style | .//figure[not(.//table)]"):
        spare.drop_tree()
    for spare in body.xpath(".//*[@data-from-pages]"):
        if int(spare.get("data-from-pages")) > pages:
            spare.drop_tree()
    for element in body.iter():
        is_apart = apart and re.search("cite|tick", element.get("class", ""))
        if element.tag not in INLINE or is_apart:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    return str(body.text_content())


def by_tags(content: bytes) -> str:
    """As a screen reader does: in the order of the tags, what they say before what is drawn.

    Without pictures, and without what a style sheet adds; blocks are lines.
    """
    with pikepdf.open(BytesIO(content)) as document:
        pages = {page.obj.objgen: _marked(page) for page in document.pages}
        root = document.Root.StructTreeRoot
        return "".join(_spoken(root, None, pages))


def heads_of_page(page: str) -> set[str]:
    """What says of a page's parts what they hold, as `last_of_sheets` has it.

    Titles, the words below them, heads of tables, names of sources.
    """
    (body,) = html.fromstring(page).iter("body")
    heads = (
        "self::h2 or self::h3 or contains(@class, 'lead')"
        " or self::p[parent::*[@class='opening']] or self::th[ancestor::thead]"
        " or self::p[parent::*[@class='source'] and not(preceding-sibling::p)]"
        " or self::p[contains(@class, 'grade-words') and ancestor::*[@class='annex']]"
    )
    return {_plain(each.text_content()) for each in body.xpath(f".//*[{heads}]")}


def last_of_sheets(content: bytes) -> list[str]:
    """The letters of the block that ends each sheet of a PDF, in the order of its tags."""
    with pikepdf.open(BytesIO(content)) as document:
        pages = {page.obj.objgen: _marked(page) for page in document.pages}
        blocks: dict[Any, list[str]] = {name: [] for name in pages}
        _ends(document.Root.StructTreeRoot, None, [], pages, blocks)
        return [_plain("".join(each)) for each in blocks.values()]


def _plain(text: str) -> str:
    """Its letters and digits, sorted: a line to the left is drawn the other way round."""
    return "".join(sorted(each for each in text.casefold() if category(each)[0] in "LN"))


def _ends(
    element: Any,
    page: Any,
    block: list[str],
    pages: dict[Any, dict[int, str]],
    blocks: dict[Any, list[str]],
) -> None:
    if "/Pg" in element:
        page = element.Pg.objgen
    if element.get("/S") not in _ON_A_LINE:
        block = []
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
        if not isinstance(kid, pikepdf.Dictionary):
            if text := pages[page].get(int(kid), ""):
                block.append(text)
                blocks[page] = block
        elif kid.get("/Type") != "/OBJR":
            _ends(kid, page, block, pages, blocks)


def _spoken(element: Any, page: Any, pages: dict[Any, dict[int, str]]) -> Iterator[str]:
    if "/Pg" in element:
        page = element.Pg.objgen
    if element.get("/S") == "/Figure" or str(element.get("/T", "")) == "generated":
        return
    is_apart = "/A" in element and element.A.get("/Placement") == "/Block"
    end = "" if element.get("/S") in _ON_A_LINE and not is_apart else "\n"
    yield end
    if "/ActualText" in element:
        yield str(element.ActualText)
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
        if "/ActualText" in element:
            continue
        if not isinstance(kid, pikepdf.Dictionary):
            yield pages[page].get(int(kid), "")
        elif kid.get("/Type") != "/OBJR":
            yield from _spoken(kid, page, pages)
    yield end


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page, by its number."""
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    texts: dict[int, str] = {}
    marks: list[tuple[int | None, str | None]] = []
    font: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                given = operands[1] if len(operands) > 1 else {}
                number = int(given["/MCID"]) if "/MCID" in given else None
                actual = str(given["/ActualText"]) if "/ActualText" in given else None
                marks.append((number, actual))
            case "EMC":
                _, actual = marks.pop()
                if actual is not None:
                    _add(texts, marks, actual.replace(NOTHING, ""))
            case "Tf":
                font = fonts[str(operands[0])]
            case "TJ":
                rows = (bytes(cell) for cell in operands[0] if isinstance(cell, pikepdf.String))
                _add(
                    texts,
                    marks,
                    "".join(font[row[n : n + 2]] for row in rows for n in range(0, len(row), 2)),
                )
    return {number: text.translate(_DIRECTIONS) for number, text in texts.items()}


def _add(texts: dict[int, str], marks: list[tuple[int | None, str | None]], text: str) -> None:
    if any(each is not None for _, each in marks):
        return
    number = next((number for number, _ in reversed(marks) if number is not None), None)
    if number is not None:
        texts[number] = texts.get(number, "") + text


def _letters(font: Any) -> dict[bytes, str]:
    letters: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(font.ToUnicode):
        if str(instruction.operator) == "endbfchar":
            codes = [bytes(code) for code in instruction.operands]
            letters |= zip(
                codes[::2], (code.decode("utf-16-be") for code in codes[1::2]), strict=True
            )
    return letters
