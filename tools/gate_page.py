"""The table of `docs/gate.md` on which rule reads what in which language, made from the rules.

    python tools/gate_page.py           write it anew
    python tools/gate_page.py --check   write nothing; fail if it is old

It stands between the comments `<!-- languages -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pages import keep

from briefings.check import rule_languages
from briefings.check.quantities import known
from briefings.core.likelihood import TERMS

PAGE = Path(__file__).parent.parent / "docs" / "gate.md"
EVERYWHERE = (
    "that the quote stands in its document, whole",
    "digits, dates in digits, signs of currencies, codes such as MH17",
    "names that a fact does not list",
)

_TABLE = re.compile(r"(?<=<!-- languages -->\n\n).*?(?=\n<!-- end -->)", re.DOTALL)


def written(page: str) -> str:
    """`page` with its table as the rules have it."""
    table = "\n".join(("| what is read | in |", "|---|---|", *_rows())) + "\n"
    return _TABLE.sub(lambda _: table, page)


def _rows() -> Iterator[str]:
    for what in EVERYWHERE:
        yield f"| {what} | every language |"
    for what, languages in (*known.table().items(), *rule_languages.table().items()):
        yield f"| {what} | {len(languages)}: {' '.join(languages)} |"
    yield f"| terms of likelihood | {len(TERMS)}: {' '.join(TERMS)} |"


if __name__ == "__main__":
    sys.exit(keep(PAGE, written, __doc__))
