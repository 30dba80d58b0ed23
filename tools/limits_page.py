"""The table of `docs/limits.md`, made from the limits of the code.

    python tools/limits_page.py           write it anew
    python tools/limits_page.py --check   write nothing; fail if it is old

It stands between the comments `<!-- limits -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pages import keep

from briefings.core.limits import LIMITS

PAGE = Path(__file__).parent.parent / "docs" / "limits.md"

_TABLE = re.compile(r"(?<=<!-- limits -->\n\n).*?(?=\n<!-- end -->)", re.DOTALL)


def written(page: str) -> str:
    """`page` with its table as the code has it."""
    rows = (f"| `{each.name}` | {each.in_words(each.default)} | {each.guards} |" for each in LIMITS)
    table = "\n".join(("| limit | at most | of what |", "|---|---|---|", *rows)) + "\n"
    return _TABLE.sub(lambda _: table, page)


if __name__ == "__main__":
    sys.exit(keep(PAGE, written, __doc__))
