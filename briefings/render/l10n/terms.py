"""Where the term of likelihood stands in a judgement, so that a brief can print it in bold."""

from __future__ import annotations

from briefings.core.languages import primary
from briefings.core.likelihood import TERMS, whole
from briefings.core.model import Likelihood


def term_in(text: str, likelihood: Likelihood, language: str) -> tuple[int, int] | None:
    """Half-open; None in a language without a list. Which term it is, the check has settled."""
    words = TERMS.get(primary(language))
    match = whole(words[likelihood]).search(text) if words else None
    return match.span() if match else None
