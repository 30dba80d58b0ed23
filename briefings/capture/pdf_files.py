"""A PDF: its lines in the order of reading, columns one after the other, as paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any, TypeAlias

from briefings.capture.captured import About, Captured, Kind, NotCaptured
from briefings.capture.identify import language_of
from briefings.capture.mend import ENDS, HEADS, as_text, is_rtl, joined, unmirrored
from briefings.core.limits import CAPTURE_PAGES

_LEAST = 20
"""Characters of a page: less on most pages is a scan, or a drawing."""
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡])[.)]?\s*[^\W\d]")
"""How each of several footnotes begins."""


_Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner of the page."""
_Character: TypeAlias = tuple[str, _Box]

_VOWEL_SIGN = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
_ALEFS = frozenset("\u0622\u0623\u0625\u0627")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page and its box, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def pdf(content: bytes) -> Captured:
    """The text of a PDF.

    Raises:
        NotCaptured: It is broken, encrypted or scanned, or has too many pages.

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
            raise NotCaptured(message, hint, CAPTURE_PAGES.raising)
        pages = [_lines(document[number]) for number in range(len(document))]
        about = _about(document)
    except pypdfium2.PdfiumError as error:
        raise NotCaptured("it is a broken PDF", "save it again from where it came") from error
    finally:
        document.close()
    scanned = sum(sum(len(line.text) for line in page) < _LEAST for page in pages)
    if not pages or scanned * 2 > len(pages):
        hint = "recognise its text first, for example with `ocrmypdf in.pdf out.pdf`"
        raise NotCaptured("it holds pictures of pages and no text: a scan", hint)
    counts: Counter[str] = Counter()
    bodies = _without_heads(pages, counts)
    ordered = [line for body in bodies for line in _in_order(body)]
    parts = [unmirrored(joined(each, counts), counts) for each in _paragraphs(ordered)]
    text = as_text(parts, counts)
    left_out = {"pages without text": scanned} if scanned else {}
    guessed = {"language", *about.guessed}
    title = about.title or text.partition("\n")[0][:200]
    about_file = About(
        title=title,
        author=about.author,
        published=about.published,
        published_basis=about.published_basis,
        language=language_of(text),
        guessed=frozenset(guessed if about.title else guessed | {"title"}),
    )
    return Captured(kind=Kind.PDF, text=text, about=about_file, mended=+counts, left_out=left_out)


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


def _lines(page: Any) -> list[_Line]:
    """The lines of a page as they stand in the file; one that crosses a gutter is two."""
    text = page.get_textpage()
    try:
        lines: list[_Line] = []
        characters: list[_Character] = []
        for index, char in enumerate(_characters(text)):
            if char in "\r\n":
                lines += _parted(characters)
                characters = []
            elif char != "\0":
                characters.append((char, text.get_charbox(index, loose=True)))
        return lines + _parted(characters)
    finally:
        text.close()
        page.close()


def _characters(text: Any) -> Iterable[str]:
    """Each character by its index in the page; a hyphen that ends a line is one."""
    from pypdfium2 import raw  # noqa: PLC0415 # of the extra

    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsHyphen(text, index) == 1 or code in {0x2, 0xFFFE}:
            yield "-"
        else:
            yield chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _with_ligatures(characters: Sequence[_Character]) -> list[_Character]:
    """The same with lam before alef where one glyph is both: from right to left, both were turned.

    What one glyph stands for has one box.
    """
    ordered = list(characters)
    for at, ((first, box), (second, other)) in enumerate(pairwise(characters)):
        if first in _ALEFS and second == "\u0644" and box == other:
            ordered[at : at + 2] = (second, box), (first, box)
    return ordered


def _with_marks(characters: Sequence[_Character]) -> list[_Character]:
    """The same with each vowel sign of Arabic or Hebrew behind the letter at which it is drawn.

    Fonts place many of them by themselves, and then they stand anywhere in the line.
    """
    strays = dict.fromkeys(
        at
        for at, (char, box) in enumerate(characters)
        if _VOWEL_SIGN.fullmatch(char) and not (at and _is_over(box, characters[at - 1][1]))
    )
    ordered = [each for at, each in enumerate(characters) if at not in strays]
    for char, box in (characters[at] for at in strays):
        letters = (
            at
            for at, (other, place) in enumerate(ordered)
            if other.isalpha() and _is_over(box, place)
        )
        ordered.insert(next(letters, len(ordered) - 1) + 1, (char, box))
    return ordered


def _is_over(mark: _Box, letter: _Box) -> bool:
    """Whether the middle of a mark is within the width of a letter."""
    return letter[0] <= (mark[0] + mark[2]) / 2 <= letter[2]


def _parted(characters: Sequence[_Character]) -> list[_Line]:
    """The characters of a line as one line, or as several where wide gaps part it."""
    characters = _with_marks(_with_ligatures(characters))
    shown = [(char, box) for char, box in characters if not char.isspace()]
    if not shown:
        return []
    size = median(box[3] - box[1] for _, box in shown) or 1.0
    parts: list[list[_Character]] = [[]]
    last: _Box | None = None
    for char, box in characters:
        if not char.isspace():
            gap = max(box[0] - last[2], last[0] - box[2]) if last is not None else 0.0
            if gap > 2 * size:
                parts.append([])
            last = box
        parts[-1].append((char, box))
    return [_line(part) for part in parts if any(not char.isspace() for char, _ in part)]


def _line(part: Sequence[_Character]) -> _Line:
    boxes = [box for char, box in part if not char.isspace()]
    return _Line(
        "".join(char for char, _ in part).strip(" \t"),
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _without_heads(pages: Sequence[list[_Line]], counts: Counter[str]) -> list[list[_Line]]:
    """The pages without the first and last lines that stand on most of them, but for a number."""
    if len(pages) < 3:
        return [list(page) for page in pages]
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


def _stamp(line: _Line) -> tuple[str, int]:
    """What makes a line the same on another page: its words without numbers, and its height."""
    return re.sub(r"\d+", "0", line.text), round(line.bottom / 6)


def _edges(page: Sequence[_Line]) -> list[_Line]:
    by_height = sorted(page, key=lambda line: -line.top)
    return [*by_height[:3], *by_height[3:][-3:]]


def _in_order(lines: Sequence[_Line]) -> list[_Line]:
    """Lines in the order of reading: two columns one after the other, between lines across both."""
    gutter = _gutter(lines)
    if gutter is None:
        return list(lines)
    ordered: list[_Line] = []
    left: list[_Line] = []
    right: list[_Line] = []

    def close() -> None:
        is_turned = is_rtl("".join(line.text for line in [*left, *right]))
        first, second = (right, left) if is_turned else (left, right)
        ordered.extend([*first, *second])
        left.clear()
        right.clear()

    for line in sorted(lines, key=lambda line: (-round(line.top), line.left)):
        if line.left < gutter < line.right:
            close()
            ordered.append(line)
        else:
            (left if line.right <= gutter else right).append(line)
    close()
    return ordered


def _gutter(lines: Sequence[_Line]) -> float | None:
    """Where two columns part, if there are two: five lines or more on each side, few across."""
    if len(lines) < 10:
        return None
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    middle = [start + (end - start) * share / 100 for share in range(35, 66)]
    crossed = {x: sum(line.left < x < line.right for line in lines) for x in middle}
    fewest = min(crossed.values())
    best = [x for x in middle if crossed[x] == fewest]
    gutter = best[len(best) // 2]
    on_left = sum(line.right <= gutter for line in lines)
    on_right = sum(line.left >= gutter for line in lines)
    if min(on_left, on_right) < 5 or fewest > len(lines) * 0.3:
        return None
    return gutter


def _paragraphs(lines: Sequence[_Line]) -> list[list[str]]:
    """Lines that belong together: until a gap, another size of letters, or a short last line."""
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [[line.text for line in group] for group in groups]


def _goes_on(group: Sequence[_Line], line: _Line) -> bool:
    last = group[-1]
    size = max(last.height, 1.0)
    if not 0.8 < line.height / size < 1.25:
        return False
    is_ended = bool(ENDS.search(last.text))
    step = last.bottom - line.bottom
    if step <= 0 or step > 4 * size:  # the next column or page
        return not is_ended and not line.text[:1].isupper()
    width = max(each.right - each.left for each in [*group, line])
    is_short = last.right - last.left < width - 3 * size
    if step > 1.75 * size:
        return False
    is_indented = line.left - min(each.left for each in group) > 0.8 * size and len(group) > 1
    is_note = bool(_NOTE.match(line.text)) and bool(_NOTE.match(group[0].text))
    return not (is_ended and (is_short or is_indented or is_note))
