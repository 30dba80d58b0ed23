"""What lines say is remembered as it was written: with the space at their end, and no hyphen more.

WeasyPrint takes the space out, so that the next line would follow without one (ISO 32000-1,
14.8.2.5), and puts a hyphen where it parts a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from briefings.render.pdf.patching import exchanged


@contextmanager
def texts_remembered() -> Iterator[None]:
    """While it lasts, each part of a text that comes into a line keeps what it was cut from."""
    split = inline.split_text_box

    def split_and_remember(
        context: Any, box: Any, width: Any, skip: int | None, *rest: Any, **options: Any
    ) -> Any:
        part, resume, is_kept = split(context, box, width, skip, *rest, **options)
        if part is not None:
            part.written = _cut(box.text, skip or 0, resume)
        return part, resume, is_kept

    with exchanged("split_text_box", split_and_remember, inline):
        yield


def _cut(text: str, start: int, stop: int | None) -> str:
    """Part of a text, by places in its UTF-8; the space that a line begins with belongs to it."""
    if start == 0 and stop is None:
        return text
    encoded = text.encode()
    return encoded[start if encoded[:start].strip() else 0 : stop].decode()


def as_written(box: Any) -> str:
    """The text that a box in a line was cut from."""
    return str(getattr(box, "written", box.text))


def texts_of(box: Any) -> Iterator[Any]:
    """The texts of a line, or of a part of it, as they are written."""
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from texts_of(child)
