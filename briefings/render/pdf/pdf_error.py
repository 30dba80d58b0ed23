"""Why a page does not become a PDF."""

from __future__ import annotations


class PdfError(Exception):
    """Why a page can't become a PDF, in one lower-case clause."""
