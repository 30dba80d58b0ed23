"""Where the term of likelihood stands in a judgement, so that a brief can print it in bold."""

from __future__ import annotations

import re

from briefings.core.likelihood import TERMS
from briefings.core.model import Likelihood


def term_in(text: str, likelihood: Likelihood, language: str) -> tuple[int, int] | None:
    """Half-open; None in a language without a list. Which term it is, the check has settled."""
    words = TERMS.get(language.partition("-")[0])
    if words is None:
        return None
    found = re.search(rf"\b(?:{'|'.join(words[likelihood])})\b", text, re.IGNORECASE)
    return found.span() if found else None
