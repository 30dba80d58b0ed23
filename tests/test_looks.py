"""Small pictures of pages, kept in `looks/`: a change in looks is seen, and accepted by hand.

They show the harbour desk, so that no edit of a fact touches them; `make looks` takes them anew.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from browsers import Tab
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page

LOOKS = Path(__file__).parent / "looks"
TALL = 2400
"""So many CSS pixels of a web page are looked at."""

SHRUNK = 4
"""A picture is kept at a fourth of its size: what a font engine does to an edge is lost in it."""

BLOCK = 8
PART, WHOLE = 26.0, 1.2
"""The most by which the mean of a block of 8 x 8, or of a picture, may differ, of 255 levels."""


@dataclass(frozen=True, slots=True)
class Look:
    page: str
    width: int
    scheme: Literal["light", "dark"]

    @property
    def name(self) -> str:
        return f"{self.page.replace('/', '-').removesuffix('.html')}-{self.width}-{self.scheme}.png"


SCREENS = (
    Look("basin-closure.en.html", 1280, "light"),
    Look("basin-closure.en.html", 360, "dark"),
    Look("basin-closure.fa.html", 1280, "dark"),
    Look("basin-closure.fa.html", 360, "light"),
    Look("index.html", 1280, "light"),
    Look("index.fa.html", 360, "dark"),
    Look("sources/notice.html", 360, "light"),
)


def test_web_pages_look_as_they_did(
    harbour_site: Path, tab: Tab, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Brief, front page and document; phone and desk; both schemes; both directions."""
    changed = []

    @cache
    def opened(width: int, scheme: str) -> Page:
        return tab(viewport={"width": width, "height": TALL}, color_scheme=scheme)

    for look in SCREENS:
        page = opened(look.width, look.scheme)
        page.goto((harbour_site / look.page).as_uri())
        page.evaluate("document.fonts.ready")
        taken = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
        changed += _changed(look.name, taken, request, tmp_path)
    assert not changed, _told(changed)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_paper_looks_as_it_did(
    harbour_site: Path, language: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """All pages side by side."""
    document = pypdfium2.PdfDocument(harbour_site / f"basin-closure.{language}.pdf")
    pages = [page.render(scale=2).to_pil() for page in document]
    sheet = Image.new("RGB", (sum(page.width for page in pages), pages[0].height))
    for number, page in enumerate(pages):
        sheet.paste(page, (number * page.width, 0))
    changed = _changed(f"basin-closure.{language}.pdf.png", sheet, request, tmp_path)
    assert not changed, _told(changed)


def test_a_change_in_looks_is_seen() -> None:
    """A moved heading and a faded colour count; the edge of a letter does not."""
    before = Image.new("RGB", (320, 400), "white")
    before.paste("#0d4f70", (20, 20, 120, 40))
    moved, faded, edged = before.copy(), before.copy(), before.copy()
    moved.paste("white", (0, 0, 320, 60))
    moved.paste("#0d4f70", (20, 32, 120, 52))
    faded.paste("#6f98ab", (20, 20, 120, 40))
    edged.paste("#b0b0b0", (120, 20, 121, 40))
    assert _alike(before, before.copy())
    assert _alike(before, edged)
    assert not _alike(before, moved)
    assert not _alike(before, faded)
    assert not _alike(before, before.resize((320, 408)))


def _changed(
    name: str, taken: Image.Image, request: pytest.FixtureRequest, folder: Path
) -> list[str]:
    """Where a picture that is not like the kept one was put; or it is kept itself."""
    size = (taken.width // SHRUNK, taken.height // SHRUNK)
    small = taken.convert("RGB").resize(size, Image.Resampling.BOX)
    kept = LOOKS / name
    if request.config.getoption("--new-looks"):
        LOOKS.mkdir(exist_ok=True)
        if not kept.exists() or not _alike(Image.open(kept).convert("RGB"), small):
            small.quantize(64).save(kept, optimize=True)
        return []
    if kept.exists() and _alike(Image.open(kept).convert("RGB"), small):
        return []
    small.save(folder / name)
    return [str(folder / name)]


def _alike(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return False
    apart = ImageChops.difference(one, other).convert("L")
    blocks = apart.resize(
        (max(apart.width // BLOCK, 1), max(apart.height // BLOCK, 1)), Image.Resampling.BOX
    )
    return ImageStat.Stat(blocks).extrema[0][1] < PART and ImageStat.Stat(apart).mean[0] < WHOLE


def _told(changed: list[str]) -> str:
    return f"pages look otherwise; see {', '.join(changed)}; to accept them: make looks"
