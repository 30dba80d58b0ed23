"""ICD 203's terms of likelihood as a brief prints them: their bands, and where one stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from briefings.core.model import Likelihood

BANDS: Mapping[Likelihood, tuple[int, int]] = MappingProxyType(
    {
        Likelihood.ALMOST_NO_CHANCE: (1, 5),
        Likelihood.VERY_UNLIKELY: (5, 20),
        Likelihood.UNLIKELY: (20, 45),
        Likelihood.ROUGHLY_EVEN: (45, 55),
        Likelihood.LIKELY: (55, 80),
        Likelihood.VERY_LIKELY: (80, 95),
        Likelihood.ALMOST_CERTAIN: (95, 99),
    }
)
"""Per cent, from ICD 203 (2015), D.6.e.(2)(a)."""

# Only for emphasis: which term a judgement holds was settled when the base was checked.
_WORDS: Mapping[str, Mapping[Likelihood, str]] = MappingProxyType(
    {
        "en": {
            Likelihood.ALMOST_NO_CHANCE: r"almost no chance|remote(?:ly)?",
            Likelihood.VERY_UNLIKELY: r"very unlikely|highly improbabl[ey]",
            Likelihood.UNLIKELY: r"unlikely|improbabl[ey]",
            Likelihood.ROUGHLY_EVEN: r"(?:a )?roughly even (?:chance|odds)",
            Likelihood.LIKELY: r"likely|probabl[ey]",
            Likelihood.VERY_LIKELY: r"very likely|highly probabl[ey]",
            Likelihood.ALMOST_CERTAIN: r"(?:almost|nearly) certain(?:ly)?",
        }
    }
)


def term_in(text: str, likelihood: Likelihood, language: str) -> tuple[int, int] | None:
    """Where the term stands in a judgement, half-open; None in a language without a list."""
    words = _WORDS.get(language.split("-", maxsplit=1)[0])
    if words is None:
        return None
    found = re.search(rf"\b(?:{words[likelihood]})\b", text, re.IGNORECASE)
    return found.span() if found else None
