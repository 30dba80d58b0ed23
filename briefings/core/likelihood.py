"""ICD 203's seven terms of likelihood: their bands, and the words that state them."""

from __future__ import annotations

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

TERMS: Mapping[str, Mapping[Likelihood, tuple[str, ...]]] = MappingProxyType(
    {
        "en": {
            Likelihood.ALMOST_NO_CHANCE: (
                "almost no chance",
                "remote (?:chance|possibility|prospect|probability|likelihood)",
            ),
            Likelihood.VERY_UNLIKELY: ("very unlikely", "highly improbabl[ey]"),
            Likelihood.UNLIKELY: ("unlikely", "improbabl[ey]"),
            Likelihood.ROUGHLY_EVEN: ("roughly even chance", "roughly even odds"),
            Likelihood.LIKELY: ("likely", "probable", "probably"),
            Likelihood.VERY_LIKELY: ("very likely", "highly probabl[ey]"),
            Likelihood.ALMOST_CERTAIN: ("almost certain(?:ly)?", "nearly certain(?:ly)?"),
        },
    }
)
"""By language: each term and its listed synonyms, as patterns."""
