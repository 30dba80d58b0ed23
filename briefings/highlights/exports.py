"""A file that another program has exported, read as what it is, whatever it is called."""

from __future__ import annotations

import codecs
import json

from briefings.highlights import tables, web_annotations, zotero
from briefings.highlights.highlight import Export, NotHighlights

_AGAIN = "export it again, as JSON or CSV"
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read(content: bytes) -> Export:
    """The annotations of a file of Hypothesis, of W3C's model, of Zotero, or of a table.

    Raises:
        NotHighlights: It is none of these, is broken, or passes a limit.
    """
    text = _decoded(content)
    if not text.strip():
        raise NotHighlights("it is empty", _AGAIN)
    if text.lstrip()[0] not in "{[":
        return tables.read(text)
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise NotHighlights(f"it is broken JSON: {error.msg} at {where}", _AGAIN) from error
    except (ValueError, RecursionError) as error:
        message = "it is JSON that nests too deep, or has a number of too many digits"
        raise NotHighlights(message, _AGAIN) from error
    export = zotero.read(value) or web_annotations.read(value)
    if export is None:
        message = "it is JSON, but holds no annotation of Hypothesis, of W3C's model or of Zotero"
        raise NotHighlights(message, _AGAIN)
    return export


def _decoded(content: bytes) -> str:
    encoding = next((name for bom, name in _BOMS.items() if content.startswith(bom)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"it is not {encoding.removesuffix('-sig').upper()} text from byte {error.start}"
        raise NotHighlights(message, "save it as UTF-8, or export it again") from error
