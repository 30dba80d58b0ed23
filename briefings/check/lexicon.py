"""The words that the rules know, by language; a rule is silent in a language without them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType


def _words(*alternatives: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Any of these, whole, the longest first."""
    ordered = sorted(alternatives, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?![\w-])", flags)


NEGATIONS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"(?<![\w-])(?:not|cannot|no|never|nor|neither|none|nobody|nothing|without|denied|denies|deny"
            r"|refused|refuses|rejected|rejects|failed to|unless)(?![\w-])|n['’]t\b",
            re.IGNORECASE,
        ),
        "fa": re.compile(
            r"(?<!\w)(?:نه|هیچ|هرگز|بدون|مگر|تکذیب|رد کرد|نیست|نبود\w*"
            r"|نشد\w*|نکرد\w*|نگفت\w*|ندار\w*|نمی\w*|نخواه\w*)(?!\w)"
        ),
    }
)

HEDGES: Mapping[str, Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "en": {
            "reported": _words(
                *("reportedly", "allegedly", "alleged", "purportedly", "said to (?:be|have)"),
                *("claimed", "unconfirmed", "suspected", "(?:the )?reports? (?:say|said|has it)"),
            ),
            # Capital “May” is the month, unless it opens a question nobody would quote.
            "possible": re.compile(
                r"(?<![\w-])(?:may|might|could(?! not|n['’]t)|[Pp]ossibl[ey]|[Pp]erhaps|[Mm]aybe"
                r"|[Pp]otentially)(?![\w-])"
            ),
            "expected": _words("expected", "likely", "probably", "anticipated"),
            "seeming": _words(
                *("appears?", "appeared", "seems?", "seemed", "seemingly", "apparently"),
                "suggests?",
            ),
            "believed": _words("believed", "thought to (?:be|have)"),
        },
        "fa": {
            "reported": re.compile(r"گزارش‌?ها? حاکی|گویا|به ادعای"),
            "possible": re.compile(r"(?<!\w)(?:شاید|ممکن است|احتمالاً?|می‌?تواند)(?!\w)"),
            "expected": re.compile(r"انتظار می‌?رود"),
            "seeming": re.compile(r"به نظر می‌?رسد|ظاهراً?"),
        },
        "ps": {
            "reported": re.compile(r"ویل ک[ېیي]ږي|د راپورونو له مخ[ېیي]"),
            "possible": re.compile(r"(?<!\w)(?:ښا[ېیي]ي|ښایي|ک[ېیي]دای شي|ممکن)(?!\w)"),
            "expected": re.compile(r"تمه (?:ک[ېیي]ږي|ده|لري)"),
            "seeming": re.compile(r"داس[ېیي] ښکاري|داس[ېیي] بر[ېیي]ښي"),
        },
    }
)

# With these a statement keeps a hedge, though in a quote they would not be one for certain.
KEEPS: Mapping[str, Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "fa": {
            "reported": re.compile(
                r"گزارش (?:شده|شد|می‌?شود)|(?:به|بنا به|بنا بر) گزارش|گفته (?:شده|می‌?ش\w+)|مدعی"
                r"|ادعا|تأیید‌?نشده|ظن|مظنون"
            ),
            "possible": re.compile(r"احتمال|محتمل|می‌?توان\w*|ممکن|بالقوه|چه‌?بسا"),
            "expected": re.compile(r"انتظار|پیش‌?بینی|احتمال|محتمل|قرار (?:است|بود)"),
            "seeming": re.compile(r"به نظر|ظاهر|گویا|حاکی از|نشان می‌?ده\w*|نشانه"),
            "believed": re.compile(r"باور|گمان|تصور|عقیده|به نظر|می‌?پندار\w*|دانسته می‌?شو\w*"),
        }
    }
)

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
            *("confiden(?:ce|t|tly)", "sure", "certainty", "conviction", "(?:no|little) doubt")
        ),
        "fa": re.compile(r"(?<!\w)(?:اطمینان|مطمئن\w*|یقین|قطعیت|بی‌?تردید|بدون تردید)(?!\w)"),
        "ps": re.compile(r"(?<!\w)(?:ډاډ|ډاډه|یقین|بې‌?شکه)(?!\w)"),
    }
)

FUTURES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"(?<![\w-])(?<!free )(?<!good )(?<!political )(?<!his )(?<!her )(?<!their )(?<!the )"
            r"(?:will(?! of)|shall|(?:is|are) (?:to(?= [a-z])|going to(?= [a-z])|due to(?= [a-z])"
            r"|set to|expected to)|plan(?:s|ning)? to|intend(?:s|ing)? to|scheduled (?:for|to))"
            r"(?![\w-])|\w['’]ll\b"
        )
    }
)
