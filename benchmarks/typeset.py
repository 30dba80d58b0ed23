"""What it costs to set a brief, against a plain document of the same words set in the same run.

    python benchmarks/typeset.py [facts.yaml]

The ratio says what the layout costs, whatever the machine and whatever else it does.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from strait_desk import edition, strait

from briefings.core.edition import Edition
from briefings.plan.choose import choose
from briefings.plan.request import Request
from briefings.render.html import page
from briefings.render.html.environment import environment, shipped
from briefings.render.pdf.write import pdf
from briefings.run.check import check_desk

_FONTS = shipped() / "fonts"
_STYLE = (
    "@page { size: A4; margin: 20mm }"
    'body { font: 9pt/12pt "Source Serif 4", "Vazirmatn"; hyphens: auto }'
    "p { margin: 0 0 3pt }"
)
_ROUNDS = 3


def main() -> None:
    """One brief of the little desk, and the longest of the desk that is named."""
    desk = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "facts.yaml"
    with tempfile.TemporaryDirectory() as folder:
        little = edition(strait(Path(folder)))
    pdf("<!DOCTYPE html><html lang=en><title>x</title><p>Warm.", _FONTS)
    print(f"{'brief':<16}{'pages':>6}{'CPU s':>8}{'ms/page':>9}{'plain s':>9}{'ratio':>7}")
    for shown in (little, _longest(desk)):
        html = page.brief(environment(), shown, medium="print")
        seconds, pages = _set(html)
        plain, _ = _set(_plain(html))
        print(
            f"{shown.spec.brief:<16}{pages:>6}{seconds:>8.2f}{1000 * seconds / pages:>9.0f}"
            f"{plain:>9.2f}{seconds / plain:>7.1f}"
        )


def _longest(base: Path) -> Edition:
    checked = check_desk(base).checked
    if checked is None:
        sys.exit(f"{base} does not pass the check")
    request = Request(base=base, out=base.parent / "build")
    planned = choose(checked, request, lambda _: date.today()).briefs  # noqa: DTZ011 # any day does
    return max((one.edition for one in planned), key=lambda edition: len(edition.citations))


def _set(html: str) -> tuple[float, int]:
    """The least processor seconds of a few rounds, and the number of pages."""
    least, made = float("inf"), b""
    for _ in range(_ROUNDS):
        start = time.process_time()
        made = pdf(html, _FONTS)
        least = min(least, time.process_time() - start)
    return least, len(pypdfium2.PdfDocument(made))


def _plain(html: str) -> str:
    """The same words in paragraphs, with no other markup and next to no style."""
    body = re.sub(r"<(script|svg|style).*?</\1>", "", html.partition("<body")[2], flags=re.DOTALL)
    blocks = re.split(r"</(?:p|h\d|li|div|t[dh]|d[dt]|section)>", "<body" + body)
    texts = [" ".join(re.sub(r"<[^>]+>", "", block).split()) for block in blocks]
    words = "".join(f"<p>{text}</p>" for text in texts if text)
    return f"<!DOCTYPE html><html lang=en><title>x</title><style>{_STYLE}</style>{words}"


if __name__ == "__main__":
    main()
