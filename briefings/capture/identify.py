"""The language of a text, by its words: a guess."""

from __future__ import annotations

_MOST = 5000
"""Characters that are looked at."""
_FAR = 1.25
"""Times as unlikely as the likeliest: no close relative is so far off, over 80 characters."""


def language_of(text: str) -> str:
    """The likeliest language, as an ISO 639-1 code."""
    import py3langid  # noqa: PLC0415 # of the extra

    return str(py3langid.classify(text[:_MOST])[0])


def unless_declared(text: str, declared: str) -> tuple[str, bool]:
    """The language that a page declares, and that this is no guess; else the likeliest, a guess.

    Pages made from a foreign template declare its language: one that the words are far from is
    not believed.
    """
    import py3langid  # noqa: PLC0415 # of the extra

    ranked = [(str(code), float(score)) for code, score in py3langid.rank(text[:_MOST])]
    likeliest, best = ranked[0]
    score = dict(ranked).get(declared, best)  # of one that is not known nothing can be said
    if not declared or score / best > _FAR:
        return likeliest, True
    return declared, False
