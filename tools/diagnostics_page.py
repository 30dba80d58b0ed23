"""`docs/diagnostics.md`, made from the catalogue of diagnostics.

    python tools/diagnostics_page.py           write it anew
    python tools/diagnostics_page.py --check   write nothing; fail if it is old

The page is what `briefings explain --all` prints.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pages import keep

from briefings.core.codes import catalogue

PAGE = Path(__file__).parent.parent / "docs" / "diagnostics.md"


def written(_: str) -> str:
    """The page as the code has it."""
    return catalogue()


if __name__ == "__main__":
    sys.exit(keep(PAGE, written, __doc__))
