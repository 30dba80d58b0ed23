"""The language of a text, by its words: a guess."""

from __future__ import annotations

_MOST = 5000
"""Characters that are looked at."""


def language_of(text: str) -> str:
    """The likeliest language, as an ISO 639-1 code."""
    import py3langid  # noqa: PLC0415 # of the extra

    return str(py3langid.classify(text[:_MOST])[0])
