"""A Word document (.docx): its paragraphs, notes included, and its properties."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree as ET

from briefings.capture.captured import About, Captured, FileKind, NotCaptured, fits
from briefings.capture.identify import language_of
from briefings.capture.mend import as_text

_PART = re.compile(r"word/[^/]+\.xml")
_COUNTED = re.compile(rf"{_PART.pattern}|word/_rels/[^/]+\.rels")
_NOTE = re.compile(rb"<(?:\w+:)?(?:foot|end)note\b")
_REFERENCE = re.compile(rb"<(?:\w+:)?(?:foot|end)noteReference\b")
_ELEMENT = re.compile(rb"<[^/!?]")
_TO_ONE = 4
"""How many elements of a Word document count as one of a page: most say how a word looks."""
_PROPERTIES = "docProps/core.xml"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


def document(content: bytes) -> Captured:
    """The text of a Word document.

    Raises:
        NotCaptured: It is broken, or holds no text.
    """
    import mammoth  # noqa: PLC0415 # of the extra

    try:
        fits(0, _elements(content))
        no_pictures = mammoth.images.img_element(lambda _: {})
        shown = io.BytesIO(_without_hidden(content))
        markup = mammoth.convert_to_html(shown, convert_image=no_pictures).value
        title, author, created = _properties(content)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        message = "it is a broken Word document"
        raise NotCaptured(message, "open it in a word processor and save it again") from error
    counts: Counter[str] = Counter()
    text = as_text(list(_paragraphs(markup)), counts) if markup else ""
    if not text:
        raise NotCaptured("there is no text in it", "if it is a scan, recognise its text first")
    guessed = {"language", *(() if title else ("title",)), *(("published",) if created else ())}
    about = About(
        title=title or text.partition("\n")[0],
        author=author,
        published=created,
        published_basis="the day on which the file says it was made" if created else "",
        language=language_of(text),
        guessed=frozenset(guessed),
    )
    return Captured(kind=FileKind.WORD, text=text, about=about, mended=+counts)


def _elements(content: bytes) -> int:
    """How many elements of a page there are in it, its notes included.

    A note stands where it is referred to, each time: more often than once only to do harm.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if _COUNTED.fullmatch(name)]
    elements = [len(_ELEMENT.findall(part)) for part in parts]
    notes = [len(_NOTE.findall(part)) for part in parts]
    again = max(0, sum(len(_REFERENCE.findall(part)) for part in parts) - sum(notes))
    of_notes = sum(count for count, held in zip(elements, notes, strict=True) if held)
    return (sum(elements) + again * of_notes) // _TO_ONE


def _without_hidden(content: bytes) -> bytes:
    """The document without the words that are set as hidden: nobody sees them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if _PART.fullmatch(name)}
        hiding = {name: part for name, part in parts.items() if b"vanish" in part}
        if not hiding:
            return content
        with zipfile.ZipFile(io.BytesIO(), "w") as shown:
            written = shown.fp  # which stays open: it was given
            for name in dict.fromkeys(archive.namelist()):
                held = hiding.get(name)
                shown.writestr(name, archive.read(name) if held is None else _of_shown(held))
    assert isinstance(written, io.BytesIO)
    return written.getvalue()


def _of_shown(part: bytes) -> bytes:
    from lxml import etree  # noqa: PLC0415 # of the extra

    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    for run in list(root.iter("{*}r")):
        hides = run.find("{*}rPr/{*}vanish")
        said = set() if hides is None else set(hides.attrib.values())
        if hides is not None and not said & {"0", "false", "off"}:
            run.getparent().remove(run)
    return bytes(etree.tostring(root))


def _paragraphs(markup: str) -> Iterator[str]:
    """Paragraphs, rows of tables, and the notes at the end; marks of notes are no words."""
    from lxml import html  # noqa: PLC0415 # of the extra

    tree = html.fragment_fromstring(markup, create_parent="div")
    for link in list(tree.iter("a")):
        if re.match(r"#(?:foot|end)note-", link.get("href", "")):
            link.drop_tree()
    for line_end in tree.iter("br"):
        line_end.tail = f" {line_end.tail or ''}"
    for inner in reversed(list(tree.iter("ol", "ul"))):
        if (outer := inner.getparent()).tag == "li":
            outer.addnext(inner)
    for row in list(tree.iter("tr")):
        cells = (" ".join("".join(cell.itertext()).split()) for cell in row)
        words = f"| {' | '.join(cells)} |"
        row.clear()
        row.text = words
    for block in tree.iter("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr"):
        if block.tag != "li" or block.find("p") is None:
            yield "".join(block.itertext())


def _properties(content: bytes) -> tuple[str, str, date | None]:
    """Title, author and day of making, as the document's properties have them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _PROPERTIES not in archive.namelist():
            return "", "", None
        # Expat has limits of its own, and the process has more.
        root = ET.fromstring(archive.read(_PROPERTIES))  # noqa: S314
    created = re.match(r"\d{4}-\d{2}-\d{2}", root.findtext(f"{_TERMS}created", "").strip())
    title = " ".join(root.findtext(f"{_DUBLIN}title", "").split())
    author = " ".join(root.findtext(f"{_DUBLIN}creator", "").split())
    return title, author, date.fromisoformat(created[0]) if created else None
