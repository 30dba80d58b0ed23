"""What version control leaves in a text of which two versions could not be joined."""

from __future__ import annotations

import re

from briefings.core.excerpts import head

MEND = (
    "keep what is right of the two versions, and delete the lines of `<<<<<<<`, `=======` and"
    " `>>>>>>>`"
)
_MARK = re.compile(r"^(?:<{7}|>{7}) [^\r\n]*", re.MULTILINE)
_LONGEST = 40


def conflict(text: str) -> tuple[int, str] | None:
    """Where the first mark of one begins, and what is wrong, as a clause; None without any."""
    mark = _MARK.search(text)
    if mark is None:
        return None
    shown = head(mark.group(), _LONGEST)
    return mark.start(), f"“{shown}” marks a conflict that version control has left"
