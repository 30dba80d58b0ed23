"""Read an edition back: from a record, from a brief that was built, or from what a desk has."""

from __future__ import annotations

from pathlib import Path

from briefings.core import files
from briefings.core import record as issued_record
from briefings.core.canonical import NotASnapshot
from briefings.core.carried import from_json
from briefings.core.diagnostics import Diagnostic, diagnostic
from briefings.core.snapshot import Snapshot
from briefings.render.html.embedded import NoData, from_html


def edition_in(path: Path) -> Snapshot | Diagnostic:
    """The edition in a file: a record, or a brief as HTML or PDF; else `edition-unreadable`.

    Its checksum proves that nothing was changed by mistake, not who wrote it.
    """
    try:
        return _snapshot(files.given(path))
    except (files.Unreadable, NoData, NotASnapshot) as error:
        why = str(error)
    except UnicodeDecodeError:
        why = "it is not UTF-8"
    return diagnostic("edition-unreadable", f"no edition in {str(path)!r}: {why}", None)


def _snapshot(content: bytes) -> Snapshot:
    if content.startswith(b"%PDF-"):
        # Late: pikepdf takes a tenth of a second to load, and is for this alone.
        from briefings.render.pdf.attached import from_pdf  # noqa: PLC0415

        return from_json(from_pdf(content)).snapshot
    text = content.decode("utf-8-sig")
    if text.startswith("{"):
        return issued_record.from_json(text).snapshot
    return from_json(from_html(text)).snapshot
