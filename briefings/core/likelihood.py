"""ICD 203's seven terms of likelihood: their bands, and the words that state them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from briefings.core.languages import primary
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
        "fa": {
            Likelihood.ALMOST_NO_CHANCE: (
                "تقریباً? هیچ احتمالی (?:وجود )?ندارد",
                "تقریباً? هیچ شانسی (?:وجود )?ندارد",
            ),
            Likelihood.VERY_UNLIKELY: ("بسیار نامحتمل", "بسیار بعید"),
            Likelihood.UNLIKELY: ("نامحتمل", "بعید"),
            Likelihood.ROUGHLY_EVEN: ("احتمالی? (?:تقریباً? )?برابر",),
            Likelihood.LIKELY: ("محتمل", "احتمالاً?"),
            Likelihood.VERY_LIKELY: ("بسیار محتمل",),
            Likelihood.ALMOST_CERTAIN: ("تقریباً? (?:قطعی|مسلم|یقینی)",),
        },
        "ps": {
            Likelihood.ALMOST_NO_CHANCE: ("تقریباً? ه[ېیي]څ احتمال (?:نه لري|نشته)",),
            Likelihood.VERY_UNLIKELY: ("ډ[ېیي]ر (?:لږ|کم) احتمال (?:لري|شته)",),
            Likelihood.UNLIKELY: ("(?:لږ|کم) احتمال (?:لري|شته)",),
            Likelihood.ROUGHLY_EVEN: (
                "تقریباً? برابر احتمال (?:لري|شته)",
                "احتمال یې تقریباً? برابر دی",
            ),
            Likelihood.LIKELY: ("احتمال (?:لري|شته)",),
            Likelihood.VERY_LIKELY: ("(?:ډ[ېیي]ر|قوي) احتمال (?:لري|شته)",),
            Likelihood.ALMOST_CERTAIN: ("تقریباً? (?:قطعي|یقیني)",),
        },
    }
)
"""By language: each term and its listed synonyms, as patterns."""


def whole(alternatives: Iterable[str]) -> re.Pattern[str]:
    """Any of these where it is no part of a longer word; the group that matched tells which.

    A non-joiner joins its word to the next: `محتمل‌تر` is no `محتمل`. A mark belongs to its letter.
    """
    return re.compile(
        rf"(?<![\w\u200c-])(?:{'|'.join(f'({each})' for each in alternatives)})"
        r"(?![\w\u200c\u064b-\u0652-])",
        re.IGNORECASE,
    )


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
