"""A final page set as a PDF by itself, as a build has it set: what of a brief's cost is setting.

python benchmarks/page.py PAGE PDF
"""

from __future__ import annotations

import sys
from pathlib import Path

from briefings.workers.pdfs import set_page
from briefings.workers.templates import fonts


def main() -> None:
    """All of it: the page read, set with tags, data and letters that can be taken out, written."""
    page, file = map(Path, sys.argv[1:])
    file.write_bytes(set_page(page.read_text(encoding="utf-8"), fonts(), own=()))


if __name__ == "__main__":
    main()
