"""Where the term of likelihood stands in a judgement, so that a brief can print it in bold."""

from __future__ import annotations

from briefings.core.languages import primary
from briefings.core.likelihood import TERMS, whole
from briefings.core.model import Likelihood


def term_in(text: str, likelihood: Likelihood, language: str) -> tuple[int, int] | None:
    """Where the term of a likelihood stands in a text; which term it is, the check has settled.

    Args:
        text: The statement of a judgement.
        likelihood: One of the seven of ICD 203.
        language: Of the text.

    Returns:
        The half-open range of its code points; None in a language without a list.

    """
    words = TERMS.get(primary(language))
    match = whole(words[likelihood]).search(text) if words else None
    return match.span() if match else None
