"""Words beside a term of likelihood, by language: of another degree than it, and of confidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType


def _words(*alternatives: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Any of these, whole, the longest first."""
    ordered = sorted(alternatives, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?![\w-])", flags)


_NOWHERE = re.compile("(?!)")

# Before or after a term these make another degree, which ICD 203 does not have.
DEGREES: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = MappingProxyType(
    {
        "en": (
            re.compile(
                r"(?:not|n['’]t|never|hardly|scarcely|in no way|less than|too|as|highly|extremely"
                r"|quite|fairly|rather|somewhat|more|less|most|least|pretty|very"
                r"|increasingly|reasonably|all but|virtually|almost|nearly)\s+$",
                re.IGNORECASE,
            ),
            _NOWHERE,
        ),
        "fa": (
            re.compile(
                r"(?<!\w)(?:نه|غیر|چندان|خیلی|کاملاً?|نسبتاً?|تا حدی|تا حدودی|کم‌?وبیش|بیشتر"
                r"|کمتر|عملاً?|تقریباً?|بسیار|فوق‌?العاده|به‌?شدت)\s+$"
            ),
            # A verb denies behind the term, and it may stand at the very end of the clause.
            re.compile(r"\s+(?:نیست|نبود|نخواهد بود|نمی\w*|به نظر نمی\w*)(?!\w)"),
        ),
        "ps": (re.compile(r"(?<!\w)(?:نه|خورا|تر ټولو|ډ[ېیي]ر)\s+$"), _NOWHERE),
    }
)
CONFIDENCES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": _words(
            *(
                "confident(?:ly)?",
                "(?<!no )(?<!no-)(?<!(?:vote|otes|tion|ions) of )confidence(?! vote| motion)",
                "sure",
                "certainty",
                "conviction",
                "(?:no|little) doubt",
            )
        ),
        "fa": re.compile(r"(?<!\w)(?:اطمینان|مطمئن\w*|یقین|قطعیت|بی‌?تردید|بدون تردید)(?!\w)"),
        "ps": re.compile(r"(?<!\w)(?:ډاډ|ډاډه|یقین|بې‌?شکه)(?!\w)"),
    }
)
