"""A Word document (.docx): its paragraphs, notes included, and its properties."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import date
from xml.etree import ElementTree as ET

from briefings.capture.captured import About, Captured, Kind, NotCaptured
from briefings.capture.identify import language_of
from briefings.capture.mend import as_text

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
        raw = mammoth.extract_raw_text(io.BytesIO(content)).value
        title, author, created = _properties(content)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        message = "it is a broken Word document"
        raise NotCaptured(message, "open it in a word processor and save it again") from error
    counts: Counter[str] = Counter()
    text = as_text(re.split(r"\n+", raw), counts)
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
    return Captured(kind=Kind.WORD, text=text, about=about, mended=+counts)


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
