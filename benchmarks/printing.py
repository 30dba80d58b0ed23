"""Another program at its work: every page of a folder to a PDF.

    python benchmarks/printing.py typst|pandoc|chromium|weasyprint PAGES OUT

It loads what that program needs and nothing else, one time for all pages, and asks for tags and
for PDF/A-3a with PDF/UA-1 where the program can make that.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "templates" / "fonts"


class Printing(Protocol):
    """What makes PDFs in `out` of the pages in a folder."""

    def __call__(self, pages: Path, out: Path) -> None:
        """Each is named after its page."""


def typst(pages: Path, out: Path) -> None:
    """Typst, as a library."""
    from typst import compile as typeset  # noqa: PLC0415 # only this program's own load counts

    for page in sorted(pages.glob("*.typ")):
        typeset(
            page,
            output=out / f"{page.stem}.pdf",
            font_paths=[FONTS],
            ignore_system_fonts=True,
            pdf_standards=["a-3a", "ua-1"],
        )


def pandoc(pages: Path, out: Path) -> None:
    """Pandoc from HTML, with Typst for its engine."""
    look = ("-s", "-V", "mainfont=Source Serif 4", "-V", "papersize=a4")
    for page in sorted(pages.glob("*.html")):
        source = out / f"{page.stem}.typ"
        subprocess.run([pandoc_program(), *look, page, "-o", source], check=True)  # noqa: S603 # of a package
    typst(out, out)


def chromium(pages: Path, out: Path) -> None:
    """A browser's print, driven by Playwright, in one tab."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 # as above

    with sync_playwright() as playwright:
        program = browser() or None
        with playwright.chromium.launch(executable_path=program, args=["--no-sandbox"]) as opened:
            tab = opened.new_page()
            for page in sorted(pages.glob("*.html")):
                tab.goto(page.as_uri())
                path = out / f"{page.stem}.pdf"
                tab.pdf(path=path, prefer_css_page_size=True, tagged=True, outline=True)


def weasyprint(pages: Path, out: Path) -> None:
    """Stock WeasyPrint, as a library."""
    from weasyprint import HTML  # noqa: PLC0415 # as above

    for page in sorted(pages.glob("*.html")):
        HTML(page).write_pdf(out / f"{page.stem}.pdf", pdf_variant="pdf/ua-1")


def pandoc_program() -> Path:
    """The binary that comes in the package `pypandoc_binary`.

    Raises:
        ModuleNotFoundError: If that is not installed.
    """
    found = find_spec("pypandoc")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("no pandoc", name="pypandoc_binary")
    return Path(found.origin).parent / "files" / "pandoc"


def browser() -> str:
    """The path of a browser; empty where Playwright has its own.

    Raises:
        subprocess.CalledProcessError: If there is none.
    """
    command = ["sh", str(ROOT / ".ci" / "system-packages"), "browser"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 # our own
    return done.stdout.strip()


PEERS: Mapping[str, Printing] = MappingProxyType(
    {"typst": typst, "pandoc": pandoc, "chromium": chromium, "weasyprint": weasyprint}
)

if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
