"""PDFs that are not set, for tests of what is printed, where and when, not of how it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from briefings.run import produce


@contextmanager
def blank_pdfs() -> Iterator[dict[str, str]]:
    """Each PDF is a blank sheet, which differs where its page does; the pages, by its name."""
    pages: dict[str, str] = {}

    def blank(
        prints: Mapping[str, str],
        fonts: Path,
        convert: Callable[[str, Path], bytes],
        *,
        workers: int | None,
        done: Callable[[str], None],
    ) -> dict[str, bytes]:
        del fonts, convert, workers
        pages.update(prints)
        for name in prints:
            done(name)
        return {name: _sheet(page) for name, page in prints.items()}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(produce, "print_pdfs", blank)
        yield pages


def _sheet(page: str) -> bytes:
    content = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = sha256(page.encode()).hexdigest()
        document.save(content, deterministic_id=True)
    return content.getvalue()
