"""A PDF: its lines in the order of reading, columns one after the other, as paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import median
from typing import Any

from briefings.capture.captured import About, Captured, FileKind, NotCaptured
from briefings.capture.identify import language_of
from briefings.capture.mend import ENDS, HEADS, TITLE, as_text, is_rtl, joined, unmirrored
from briefings.capture.pdf_lines import MOST_PAIRS, PdfLine, lines_of
from briefings.core.excerpts import head
from briefings.core.limits import CAPTURE_PAGES
from briefings.core.values import dataclass

_COLUMN = 5
"""Lines of a column, at least."""
_OF_PROSE = 20
"""Characters of most lines of prose in a narrow column; cells of a table have fewer."""
_LARGER = 1.2
"""Times the letters of most lines: a headline's are."""
_LEAST = 20
"""Characters of a page: less on most pages is a scan, or a drawing."""
_NUMBER = re.compile(
    r"(?i)[-–—]?\s*(?:page|seite|página|pagina|страница|стр\.|صفحه|صفحة|第)?\s*(\d{1,3})"
    r"\s*(?:(?:/|of|de|di|von|van|sur|из|از|من|共)\s*(\d{1,3}))?\s*(?:页|頁|ページ)?\s*[-–—]?"
)
"""The number of a page, and how many there are, as a head or foot tells them."""
_BULLET = re.compile("[•◦▪‣●○■]")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡])[.)]?\s*[^\W\d]")
"""How each of several footnotes begins."""


def pdf(content: bytes) -> Captured:
    """The text of a PDF.

    Raises:
        NotCaptured: As of `_read`, or it is scanned.
    """
    pages, about = _read(content)
    scanned = sum(sum(len(line.text) for line in page) < _LEAST for page in pages)
    if not pages or scanned * 2 > len(pages):
        hint = "recognise its text first, for example with `ocrmypdf in.pdf out.pdf`"
        raise NotCaptured("it holds pictures of pages and no text: a scan", hint)
    counts: Counter[str] = Counter()
    bodies = [_with_bullets(body) for body in _without_heads(pages, counts)]
    ordered = [line for body in bodies for line in _in_order(body)]
    parts = [unmirrored(joined(each, counts), counts) for each in _paragraphs(ordered)]
    text = as_text(parts, counts)
    left_out = {"pages without text": scanned} if scanned else {}
    guessed = {"language", *about.guessed}
    title = about.title or _headline(bodies[0]) or head(text.partition("\n")[0], TITLE)
    about_file = About(
        title=title,
        author=about.author,
        published=about.published,
        published_basis=about.published_basis,
        language=language_of(text),
        guessed=frozenset(guessed if about.title else guessed | {"title"}),
    )
    return Captured(
        kind=FileKind.PDF, text=text, about=about_file, mended=+counts, left_out=left_out
    )


def _read(content: bytes) -> tuple[list[list[PdfLine]], About]:
    """The lines of each page, and what the file says of itself.

    Raises:
        NotCaptured: It is broken or encrypted, or has too many pages.
    """
    import pypdfium2  # noqa: PLC0415 # of the extra

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            hint = "open it with its password and print it into a PDF without one"
            raise NotCaptured("it is encrypted", hint) from error
        raise NotCaptured("it is a broken PDF", "save it again from where it came") from error
    try:
        if len(document) > CAPTURE_PAGES.most:
            message = f"it has {len(document)} pages; {CAPTURE_PAGES.shown} are the most"
            hint = "print the pages that matter into a PDF of their own"
            raise NotCaptured(message, hint, CAPTURE_PAGES.raising_to(len(document)))
        return [lines_of(document[number]) for number in range(len(document))], _about(document)
    except pypdfium2.PdfiumError as error:
        raise NotCaptured("it is a broken PDF", "save it again from where it came") from error
    finally:
        document.close()


def _about(document: Any) -> About:
    """Title, author and day of making, as the file's own data have them: all of it a guess."""
    data = document.get_metadata_dict(skip_empty=True)
    title = " ".join(data.get("Title", "").split())
    if re.search(r"(?i)^untitled|^microsoft word|\.(?:docx?|pdf|indd|tex)$", title):
        title = ""
    created = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", data.get("CreationDate", ""))
    try:
        day = date(int(created[1]), int(created[2]), int(created[3])) if created else None
    except ValueError:
        day = None
    return About(
        title=title,
        author=" ".join(data.get("Author", "").split()),
        published=day,
        published_basis="the day on which the file says it was made" if day else "",
        guessed=frozenset({*(("title",) if title else ()), *(("published",) if day else ())}),
    )


def _without_heads(pages: Sequence[list[PdfLine]], counts: Counter[str]) -> list[list[PdfLine]]:
    """The pages without the first and last lines that stand on most of them, but for a number."""
    if len(pages) < 3:
        return [_without_number(page, at, len(pages), counts) for at, page in enumerate(pages, 1)]
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_stamp(line) for line in _edges(page)})
    bodies = []
    for page in pages:
        edges = _edges(page)
        dropped = {id(line) for line in edges if seen[_stamp(line)] * 2 > len(pages)}
        bodies.append([line for line in page if id(line) not in dropped])
        counts[HEADS] += len(dropped)
    return bodies


def _without_number(
    page: Sequence[PdfLine], number: int, of: int, counts: Counter[str]
) -> list[PdfLine]:
    """A page without the line at its top or end that tells its number in so many words."""
    by_height = sorted(page, key=lambda line: -line.top)
    dropped = set()
    for line in (*by_height[:1], *by_height[1:][-1:]):
        match = _NUMBER.fullmatch(line.text)
        if (
            match
            and not line.text.isdigit()
            and (int(match[1]), int(match[2] or of)) == (number, of)
        ):
            dropped.add(id(line))
    counts[HEADS] += len(dropped)
    return [line for line in page if id(line) not in dropped]


def _stamp(line: PdfLine) -> tuple[str, int]:
    """What makes a line the same on another page: its words without numbers, and its height."""
    return re.sub(r"\d+", "0", line.text), round(line.bottom / 6)


def _edges(page: Sequence[PdfLine]) -> list[PdfLine]:
    by_height = sorted(page, key=lambda line: -line.top)
    return [*by_height[:3], *by_height[3:][-3:]]


def _with_bullets(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Lines of which each that is only a bullet goes before the one that it is drawn beside.

    Where there are more of them than a sheet has room for, all stay as they are.
    """
    whole = [line for line in lines if not _BULLET.fullmatch(line.text)]
    bullets = [line for line in lines if _BULLET.fullmatch(line.text)]
    if len(bullets) * len(whole) > MOST_PAIRS:
        return list(lines)
    for bullet in bullets:
        beside = [
            (max(line.left - bullet.right, bullet.left - line.right), at)
            for at, line in enumerate(whole)
            if abs(line.bottom - bullet.bottom) < bullet.height / 2
        ]
        if beside:
            at = min(beside)[1]
            whole[at] = replace(whole[at], text=f"{bullet.text} {whole[at].text}")
    return whole


def _headline(page: Sequence[PdfLine]) -> str:
    """What stands in the largest letters of a page, if these are larger than most."""
    largest = max((line.height for line in page), default=0.0)
    if largest < _LARGER * median(line.height for line in page):
        return ""
    words = " ".join(line.text for line in page if line.height > largest * 0.95)
    return unmirrored(words, Counter()) if len(words) <= TITLE else ""


def _in_order(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Lines in the order of reading: columns one after the other, between lines across them."""
    gutters = _gutters(lines)
    if not gutters:
        return list(lines)
    ordered: list[PdfLine] = []
    columns: list[list[PdfLine]] = [[] for _ in range(len(gutters) + 1)]

    def close() -> None:
        is_turned = is_rtl("".join(line.text for column in columns for line in column))
        for column in reversed(columns) if is_turned else columns:
            ordered.extend(column)
            column.clear()

    for line in sorted(lines, key=lambda line: (-round(line.top), line.left)):
        if any(line.left < gutter < line.right for gutter in gutters):
            close()
            ordered.append(line)
        else:
            columns[sum(gutter <= line.left for gutter in gutters)].append(line)
    close()
    return ordered


def _gutters(lines: Sequence[PdfLine]) -> tuple[float, ...]:
    """Where three columns of prose part, or two of anything; none if there is one."""
    if len(lines) < 2 * _COLUMN:
        return ()
    first, second = _gutter(lines, 25, 43), _gutter(lines, 58, 76)
    if first is not None and second is not None:
        between = sum(first <= line.left and line.right <= second for line in lines)
        if between >= _COLUMN and median(len(line.text) for line in lines) >= _OF_PROSE:
            return first, second
    middle = _gutter(lines, 35, 66)
    return () if middle is None else (middle,)


def _gutter(lines: Sequence[PdfLine], low: int, high: int) -> float | None:
    """Where columns part within a range, in hundredths of the width, with few lines across."""
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    places = [start + (end - start) * share / 100 for share in range(low, high)]
    crossed = {x: sum(line.left < x < line.right for line in lines) for x in places}
    fewest = min(crossed.values())
    best = [x for x in places if crossed[x] == fewest]
    gutter = best[len(best) // 2]
    on_left = sum(line.right <= gutter for line in lines)
    on_right = sum(line.left >= gutter for line in lines)
    if min(on_left, on_right) < _COLUMN or fewest > len(lines) * 0.3:
        return None
    return gutter


def _paragraphs(lines: Sequence[PdfLine]) -> list[list[str]]:
    """Lines that belong together: until a gap, another size of letters, or a short last line."""
    groups: list[list[PdfLine]] = []
    column = _Column(0.0, 0.0)
    for line in lines:
        if groups and _goes_on(groups[-1], column, line):
            groups[-1].append(line)
            column = column.with_line(line)
        else:
            groups.append([line])
            column = _Column(line.left, line.right - line.left)
    return [[line.text for line in group] for group in groups]


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the lines of a paragraph begin, and how long the longest of them is."""

    left: float
    width: float

    def with_line(self, line: PdfLine) -> _Column:
        return _Column(min(self.left, line.left), max(self.width, line.right - line.left))


def _goes_on(group: Sequence[PdfLine], column: _Column, line: PdfLine) -> bool:
    last = group[-1]
    size = max(last.height, 1.0)
    if not 0.8 < line.height / size < 1.25:
        return False
    if _BULLET.match(line.text) or (_is_row(last.text) and _is_row(line.text)):
        return False
    is_ended = bool(ENDS.search(last.text))
    step = last.bottom - line.bottom
    if step <= 0 or step > 4 * size:  # the next column or page
        return not is_ended and not line.text[:1].isupper()
    width = max(column.width, line.right - line.left)
    is_short = last.right - last.left < width - 3 * size
    if step > 1.75 * size:
        return False
    is_indented = line.left - column.left > 0.8 * size and len(group) > 1
    is_note = bool(_NOTE.match(line.text)) and bool(_NOTE.match(group[0].text))
    return not (is_ended and (is_short or is_indented or is_note))


def _is_row(text: str) -> bool:
    """Whether it is a row of a table, of which half are numbers."""
    words = text.split()
    numbers = sum(word[:1].isdigit() or word[-1:].isdigit() for word in words)
    return len(words) > 1 and numbers * 2 >= len(words)
