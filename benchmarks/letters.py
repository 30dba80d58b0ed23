"""Take the text out of briefs on paper in three ways, and tell what is not the page's own.

    python benchmarks/letters.py [--brief un-staff-ban --brief ...] [--lang en --lang fa ...]

Poppler reads as search engines do, pdfium as Chrome; both by words, for they choose an order of
their own. The tags are read as a screen reader does, `ActualText` before what glyphs stand for:
their text is held against the page's character by character, and in order.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import desks
from taken_out import by_pdfium, by_poppler, by_tags, text_of_page, words

from briefings.compose.edition import compose
from briefings.compose.selection import window
from briefings.core.model import Period, TopicId
from briefings.core.spec import EditionSpec
from briefings.render.html.environment import environment, shipped
from briefings.render.html.page import BriefPage
from briefings.render.pdf.write import pdf

_DAY = date(2025, 12, 14)
_BRIEFS = ("un-staff-ban", "border-clashes")
_LANGUAGES = ("en", "fa", "ps", "fa-AF")
_MOST_SHOWN = 40


def main() -> None:
    """For each brief and way: how many words differ, of how many, and which."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--brief", action="append", help="a topic of the reference desk")
    parser.add_argument("--lang", action="append")
    given = parser.parse_args()
    for topic in given.brief or _BRIEFS:
        for language in given.lang or _LANGUAGES:
            page = _page(TopicId(topic), language)
            printed = pdf(page, shipped() / "fonts")
            with pypdfium2.PdfDocument(printed) as document:
                pages = len(document)
            print(f"{topic}.{language}, {pages} pages, {len(printed):,} bytes")
            written = words(text_of_page(page, pages=pages, apart=True))
            for reader, text in (("poppler", by_poppler(printed)), ("pdfium", by_pdfium(printed))):
                missing = written - words(text)
                shown = ", ".join(f"{n} × {word}" for word, n in missing.most_common(_MOST_SHOWN))
                print(f"  {reader:8}{missing.total():>5} of {written.total():,}: {shown}")
            said = text_of_page(page, pages=pages, apart=True).casefold().split()
            parted = list(_parted(said, by_tags(printed).casefold().split()))
            shown = "; ".join(f"{ours} as {theirs}" for ours, theirs in parted)
            print(f"  {'tags':8}{len(parted):>5} of {len(said):,}: {shown}")


def _page(topic: TopicId, language: str) -> str:
    spec = EditionSpec(topic, (topic,), _DAY, _DAY, window(_DAY, Period.WEEK), language)
    return BriefPage(compose(desks.reference(), spec), "print").text(environment())


def _parted(ours: list[str], theirs: list[str]) -> Iterator[tuple[str, str]]:
    """Where words in order differ otherwise than by a space."""
    for kind, i, j, k, n in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal" and "".join(ours[i:j]) != "".join(theirs[k:n]):
            yield " ".join(ours[i:j]), " ".join(theirs[k:n])


if __name__ == "__main__":
    main()
