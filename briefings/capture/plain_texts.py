"""A plain text or Markdown file: its paragraphs, as one who reads it would part them."""

from __future__ import annotations

import re
from collections import Counter

from briefings.capture.captured import About, Captured, FileKind, NotCaptured, fits
from briefings.capture.identify import language_of
from briefings.capture.mend import ENDS, TITLE, as_text, joined
from briefings.core.excerpts import head

_WRAPPED = 60
"""Characters: lines that were broken by hand are as long, and few of them end a sentence."""
_ITEM = re.compile(r"\s*(?:[-*+•] |\d+[.)] |#{1,6} |>|\|)")


def plain(text: str, kind: FileKind, encoding_guess: str) -> Captured:
    """A text as it was saved.

    Args:
        text: All of the file.
        kind: Markdown, or any other text.
        encoding_guess: The encoding, if it was guessed; else empty.

    Raises:
        NotCaptured: It is no text.
    """
    if text.count("\0") or text.count("\ufffd") > len(text) / 100:
        raise NotCaptured("it is no text", "save what it shows as a page, PDF or text")
    fits(len(text))
    counts: Counter[str] = Counter()
    parts = _of_markdown(text, counts) if kind is FileKind.MARKDOWN else paragraphs(text, counts)
    body = as_text(parts, counts)
    if not body:
        raise NotCaptured("it is empty", "save it again")
    first = body.partition("\n")[0]
    guessed = {"title", "language", *(("file",) if encoding_guess else ())}
    about = About(
        title=head(re.sub(r"\A#+\s*", "", first), TITLE),
        language=language_of(body),
        guessed=frozenset(guessed),
    )
    return Captured(kind=kind, text=body, about=about, mended=+counts)


def paragraphs(text: str, counts: Counter[str]) -> list[str]:
    """Paragraphs: parted by empty lines where lines were broken by hand, else by line ends."""
    blocks = [block.split("\n") for block in re.split(r"\n[ \t]*\n", text)]
    ends = [line for block in blocks for line in block[:-1] if line.strip()]
    by_hand = sum(len(line) >= _WRAPPED and not ENDS.search(line) for line in ends)
    if not ends or by_hand < len(ends) * 0.6:
        return [line for block in blocks for line in block]
    return [paragraph for block in blocks for paragraph in _of_block(block, counts)]


def _of_markdown(text: str, counts: Counter[str]) -> list[str]:
    """The paragraphs of Markdown: a line end in one is a space; blocks of code stay as they are."""
    parts: list[str] = []
    for at, part in enumerate(re.split(r"(?m)^```.*$", text)):
        if at % 2:
            parts += part.split("\n")
        else:
            for block in re.split(r"\n[ \t]*\n", part):
                parts += _of_block(block.strip("\n").split("\n"), counts)
    return parts


def _of_block(block: list[str], counts: Counter[str]) -> list[str]:
    """A block of lines as one paragraph, but for items of a list, each of which is one."""
    parts: list[list[str]] = []
    for line in block:
        if not parts or _ITEM.match(line):
            parts.append([line.strip()])
        else:
            parts[-1].append(line.strip())
    return [joined(lines, counts) for lines in parts]
